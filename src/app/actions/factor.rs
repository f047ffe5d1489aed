//! What a typed retry factor means, in words: what is built of it, and the question about one that is hardly meant.

use crate::app::model::field::Field;
use crate::app::model::view::Input;
use crate::cost::base::money::Decimal;
use crate::cost::base::retry::{Factor, Retry};
use crate::cost::{Knob, Setting, Value};
use crate::figures;
use crate::words;

/// A factor above this is asked about: who types 40 may mean that 40 % are kept.
const USUAL_FACTOR: u32 = 10;

fn retry_of(setting: Option<&Setting>) -> Option<&Retry> {
    let Some(Setting::Value(Value::Retry(retry))) = setting else { return None };
    Some(retry)
}

/// Whether a typed factor is asked about before it counts: it is above ten and was not there before.
pub(super) fn is_asked(input: &Input, after: Option<&Setting>) -> bool {
    let typed = retry_of(after).and_then(unusual).is_some();
    typed && input.field == Field::Knob(Knob::Retry) && after != input.before.as_ref()
}

/// The factor of a setting that is hardly meant.
fn unusual(retry: &Retry) -> Option<Factor> {
    match retry {
        Retry::Factor { .. } | Retry::Range { .. } => {
            retry.mean().filter(|factor| factor.to_decimal() > Decimal::from(USUAL_FACTOR))
        }
        Retry::Accepted { .. } | Retry::Kept { .. } | Retry::Profile(_) => None,
    }
}

/// The question about a factor that is hardly meant: `40× is 2.5 % kept; meant 40 %? type 40%`.
#[must_use]
pub fn question(retry: &Retry) -> Option<String> {
    let factor = unusual(retry)?;
    let (shown, kept) = (figures::factor(factor), figures::accepted(factor));
    Some(match retry {
        Retry::Factor { factor, .. } if *factor <= Decimal::ONE_HUNDRED => {
            words::factor_meant_share(shown, kept, words::number::plain(*factor))
        }
        _ => words::factor_unusual(shown, kept),
    })
}

/// What is built of a typed range, share, or count of kept images; `None` for a plain factor.
pub(super) fn built(input: &Input, after: Option<&Setting>) -> Option<String> {
    let retry = retry_of(after)?;
    let factor = retry.mean()?;
    match retry {
        Retry::Range { low, likely, high } => {
            let [low, likely, high] = [low, likely, high].map(|end| words::number::plain(*end));
            Some(words::factor_of_range(low, likely, high, figures::mean(factor)))
        }
        Retry::Accepted { .. } | Retry::Kept { .. } | Retry::Factor { .. } => {
            let typed = input.entry.text();
            let says_more = typed.contains(['/', '／', '%', '％']) || input.field == Field::Accepted;
            says_more.then(|| words::factor_of_share(figures::accepted(factor), figures::factor(factor)))
        }
        Retry::Profile(_) => None,
    }
}
