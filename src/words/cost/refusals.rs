//! Why a typed text is not a valid value of a knob: the rule, the allowed values, and the remedy.

use super::{Explanation, illegal_size, knob_label, listed, percent, times};
use crate::cost::base::limits::FACTOR_MAX;
use crate::cost::base::money::Decimal;
use crate::cost::base::number_text::NumberError;
use crate::cost::budget::knob::{Knob, Unit};
use crate::cost::budget::knob_text::Refusal;
use crate::words::number::plain;
use crate::words::{allowed_flag, allowed_measured};
use crate::words::{did_you_mean, number};

catalogue! { REFUSALS;
    /// An empty field.
    refusal_empty(knob) = "{knob} needs a value";
    /// Not a number.
    refusal_not_a_number(knob, typed) = "{knob} needs a number, not {typed}";
    /// nan or an infinity.
    refusal_not_finite(typed) = "{typed} is not a finite number";
    /// More digits than exact arithmetic holds.
    refusal_too_many_digits(typed) = "{typed} needs more than 28 digits";
    /// Limit of digits.
    refusal_too_many_digits_allowed() = "at most 28 significant digits";
    /// Decimals for a knob that takes whole numbers.
    refusal_not_whole(knob, typed) = "{typed} has decimals, but {knob} takes whole numbers";
    /// Outside the range.
    refusal_out_of_range(knob, typed) = "{typed} is outside the range of {knob}";
    /// A separator with two meanings.
    refusal_ambiguous(typed) = "the point in {typed} may be a decimal point or a thousands separator";
    /// Its two readings.
    refusal_ambiguous_allowed(fraction, whole) = "{fraction} or {whole}";
    /// Remedy for it.
    refusal_ambiguous_remedy(fraction, whole) = "type {fraction} for decimals, {whole} for thousands";
    /// Not one of the known words.
    refusal_unknown_word(knob, typed) = "{typed} is not a known {knob}";
    /// Not in a form that the knob parses.
    refusal_form(knob, typed) = "{typed} cannot be read as a {knob}";
    /// A ratio that is too long.
    refusal_ratio_too_long(typed, max) = "{typed} is longer than {max} to 1";
    /// Allowed ratios.
    refusal_ratio_allowed(max) = "1:{max} to {max}:1";
    /// A range out of order.
    refusal_range_order(typed) = "{typed} does not rise from low through likely to high";
    /// More images kept than made.
    refusal_more_kept(typed) = "{typed} keeps more images than are made";
    /// A percentage below 1 without its sign.
    refusal_bare_share(typed) = "{typed} needs a percent sign";
    /// Its remedy.
    refusal_bare_share_remedy(share, percent) = "type {share}%, or {percent}% if you really mean that";
    /// Too many reference images.
    refusal_too_many_references(max) = "a call takes at most {max} reference images";
    /// A range of numbers, with their unit.
    allowed_range(least, most) = "{least} to {most}";
    /// Forms of a ratio.
    allowed_ratio(example) = "width:height, such as 4:5, 16:9 or {example}";
    /// Forms of a size.
    allowed_size() = "1024x1280 in pixels, 1k, 2k, 4k or auto";
    /// Forms of reference sizes.
    allowed_references(max) = "up to {max} sizes such as 1024x1024, with commas between them, or none";
    /// Forms of a retry factor.
    allowed_factor(max, range) = "a factor from 1 to {max}, a share such as 40%, kept of made such as 20/60, a range such as {range}, or a profile";
    /// Acceptance rates.
    allowed_accepted(least, most) = "{least} to {most} accepted";
    /// Forms of a cap.
    allowed_cap() = "an amount above 0, such as 25, $25 or 25 USD";
    /// A word of a list.
    allowed_word() = "one of the known names";
    /// An example to type.
    remedy_example(example) = "for example, type {example}";
    /// One value of the reference images.
    one_reference() = "reference";
    /// One value of the measured tokens.
    one_measurement() = "measurement";
    /// The nearest allowed number.
    remedy_nearest(number) = "the nearest allowed is {number}";
}

/// An example of a range of factors.
const RANGE: &str = "1.5/2/3";

/// An example of images kept of those that were made.
const KEPT_OF_MADE: &str = "20/60";

/// The name of one value of a knob, after "a": labels of a list or of a participle are none.
fn one_value(knob: Knob, label: &'static str) -> &'static str {
    if knob == Knob::References {
        one_reference()
    } else if knob == Knob::Measured {
        one_measurement()
    } else {
        label
    }
}

/// A percentage below 1 without its sign, in a sentence: what it may be meant as.
#[must_use]
pub fn bare_share(typed: &str, percent: Decimal) -> String {
    super::super::in_sentences(&refusal_bare_share(typed), "", &bare_share_remedy(percent))
}

fn bare_share_remedy(percent: Decimal) -> String {
    let share = percent.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(percent).normalize();
    refusal_bare_share_remedy(number::typed(&plain(share)), number::typed(&plain(percent.normalize())))
}

/// Why `typed` is not a valid value of `knob`.
#[must_use]
pub fn refusal(knob: Knob, typed: &str, refusal: &Refusal) -> Explanation {
    let (label, typed) = (knob_label(knob), typed.trim());
    if typed.is_empty() {
        let allowed = if let Refusal::UnknownWord { known, .. } = refusal { listed(known) } else { allowed(knob) };
        return Explanation::new(refusal_empty(label), allowed, remedy_example(number::typed(example(knob))));
    }
    match refusal {
        Refusal::Number(NumberError::NotANumber) => Explanation::new(
            refusal_not_a_number(label, typed),
            allowed(knob),
            remedy_example(number::typed(example(knob))),
        ),
        Refusal::Number(NumberError::NotFinite) => {
            Explanation::new(refusal_not_finite(typed), allowed(knob), remedy_example(number::typed(example(knob))))
        }
        Refusal::Number(NumberError::TooManyDigits) => Explanation::new(
            refusal_too_many_digits(typed),
            format!("{}, {}", allowed(knob), refusal_too_many_digits_allowed()),
            remedy_example(number::typed(example(knob))),
        ),
        Refusal::NotWhole => Explanation::new(
            refusal_not_whole(label, typed),
            allowed(knob),
            remedy_example(number::typed(example(knob))),
        ),
        Refusal::OutOfRange { min, max } => out_of_range(knob, typed, *min, *max),
        Refusal::Ambiguous { fraction, whole } => Explanation::new(
            refusal_ambiguous(typed),
            refusal_ambiguous_allowed(fraction, whole),
            refusal_ambiguous_remedy(fraction, whole),
        ),
        Refusal::UnknownWord { known, nearest } => {
            let remedy = nearest.as_ref().map(did_you_mean).unwrap_or_default();
            Explanation::new(refusal_unknown_word(one_value(knob, label), typed), listed(known), remedy)
        }
        Refusal::Form => Explanation::new(
            refusal_form(one_value(knob, label), typed),
            allowed(knob),
            remedy_example(number::typed(example(knob))),
        ),
        Refusal::IllegalSize { size, rules, nearest } => illegal_size(*size, rules, *nearest),
        Refusal::RatioTooLong { max } => {
            let (message, allowed) = (refusal_ratio_too_long(typed, max), refusal_ratio_allowed(max));
            Explanation::new(message, allowed, remedy_example(number::typed(example(knob))))
        }
        Refusal::BareShare { percent } => Explanation::new(refusal_bare_share(typed), "", bare_share_remedy(*percent)),
        Refusal::MoreKeptThanMade => {
            Explanation::new(refusal_more_kept(typed), allowed(knob), remedy_example(KEPT_OF_MADE))
        }
        Refusal::RangeOrder => {
            Explanation::new(refusal_range_order(typed), allowed(knob), remedy_example(number::typed(RANGE)))
        }
        Refusal::TooMany { max } => Explanation::new(refusal_too_many_references(max), allowed_references(max), ""),
    }
}

/// `message`, with the numbers that `knob` takes and an example.
pub(in crate::words) fn not_a_number(knob: Knob, message: String) -> Explanation {
    Explanation::new(message, allowed(knob), remedy_example(number::typed(example(knob))))
}

fn out_of_range(knob: Knob, typed: &str, min: Decimal, max: Decimal) -> Explanation {
    let message = refusal_out_of_range(knob_label(knob), typed);
    // Factors begin at 1; only acceptance rates can be smaller.
    let accepted = knob == Knob::Retry && min < Decimal::ONE;
    let shown = |number: Decimal| if accepted { percent(plain(number)) } else { with_unit(knob, number) };
    if knob == Knob::Cap {
        return Explanation::new(message, allowed_cap(), remedy_example(number::typed(example(knob))));
    }
    let allowed = match accepted {
        true => allowed_accepted(shown(min), shown(max)),
        false => allowed_range(shown(min), shown(max)),
    };
    let below = typed.starts_with(['-', '−', '－', '﹣', '0', '.']);
    Explanation::new(message, allowed, remedy_nearest(shown(if below { min } else { max })))
}

/// The values that a knob allows, with units and range.
fn allowed(knob: Knob) -> String {
    let row = knob.row();
    let (min, max) = (Decimal::from(row.range.0), Decimal::from(row.range.1));
    match (knob, row.unit) {
        (Knob::Measured, _) => allowed_measured(1, plain(row.range.1)),
        (Knob::Returned, _) => allowed_flag().to_owned(),
        (Knob::References, _) => allowed_references(row.range.1),
        (_, Unit::Ratio) => allowed_ratio(number::typed("1.91:1")),
        (_, Unit::Pixels) => allowed_size().to_owned(),
        (_, Unit::Times) => allowed_factor(plain(FACTOR_MAX), number::typed(RANGE)),
        (_, Unit::Money) => allowed_cap().to_owned(),
        (_, Unit::Word) => allowed_word().to_owned(),
        (_, Unit::Pictures | Unit::Repetitions | Unit::Tokens | Unit::Percent) => {
            allowed_range(with_unit(knob, min), with_unit(knob, max))
        }
    }
}

fn with_unit(knob: Knob, number: Decimal) -> String {
    let number = plain(number);
    match knob.row().unit {
        Unit::Percent => percent(number),
        Unit::Times => times(number),
        _ => number,
    }
}

/// A text that the knob parses.
fn example(knob: Knob) -> &'static str {
    match knob {
        Knob::Preset => "ecommerce-pdp",
        Knob::Ratio => "4:5",
        Knob::Size | Knob::DraftSize => "1024x1280",
        Knob::Quality => "high",
        Knob::DraftQuality => "low",
        Knob::Model => "gpt-image-2",
        Knob::ServiceTier => "standard",
        Knob::References => "1024x1024",
        Knob::PromptTokens => "180",
        Knob::CachedInput => "50%",
        Knob::PartialImages => "2",
        Knob::Measured => "6119",
        Knob::Returned => "true",
        Knob::Finals => "24",
        Knob::Repeat => "30",
        Knob::Drafts => "6",
        Knob::Retry => "2.5",
        Knob::ImagesPerCall => "4",
        Knob::Pick => "one",
        Knob::Buffer => "20%",
        Knob::Surcharge => "10%",
        Knob::Markup => "15%",
        Knob::Tax => "19%",
        Knob::Cap => "25 USD",
    }
}
