//! Subtotal, buffer and what packs or a plan add: figures that add up to the total as it is shown.

use crate::app::actions::bills::{converted, digits, line, money};
use crate::app::model::state::State;
use crate::app::model::view::Selection;
use crate::cost::base::money::{Decimal, plus, rounded, rounded_parts};
use crate::cost::bill::{Bill, Card, Fraction};

/// A subtotal as it is shown: one that is the official one exactly as the list of deliverables shows that, whoever's bill it is
/// on. One figure must not read two ways on one screen.
pub(super) fn listed(state: &State, scope: Selection, subtotal: &Fraction) -> Option<Decimal> {
    let official = match line(state, scope) {
        Some(line) => line.subtotal,
        None => state.project.estimate().totals.subtotal,
    };
    let same = official.is_some_and(|official| Fraction::from(official) == *subtotal);
    let as_listed = if same { as_listed(state, scope) } else { None };
    as_listed.or_else(|| alone(state, subtotal))
}

fn as_listed(state: &State, scope: Selection) -> Option<Decimal> {
    let estimate = state.project.estimate();
    if estimate.lines.len() >= MAX_LISTED {
        return None;
    }
    let known = estimate.lines.iter().map(|line| line.subtotal).chain([estimate.totals.buffer]).flatten();
    let parts: Option<Vec<Decimal>> = known.map(|usd| state.project.budget().shown.from_usd(usd)).collect();
    let parts = rounded_parts(&parts?, digits(state)).ok()?;
    match scope {
        Selection::Line(index) => {
            let before = estimate.lines.iter().take(index).filter(|line| line.subtotal.is_some()).count();
            parts.get(before).copied()
        }
        Selection::Project => {
            let lines = parts.len().saturating_sub(usize::from(estimate.totals.buffer.is_some()));
            parts.iter().take(lines).try_fold(Decimal::ZERO, |sum, part| plus(sum, *part).ok())
        }
    }
}

/// So many lines and more are shown rounded one by one, as the list does it.
const MAX_LISTED: usize = 1000;

/// Subtotal, buffer and what is added to them, so that they add up to the total as it is shown: the buffer takes the rest.
pub(super) fn sums(
    state: &State,
    subtotal: Option<Decimal>,
    total: &Fraction,
    extra: Option<&Fraction>,
) -> Option<[Option<String>; 3]> {
    let (currency, total) = converted(state, total)?;
    let subtotal = subtotal?;
    let extra = match extra {
        Some(extra) => Some(rounded(converted(state, extra)?.1, currency.digits())),
        None => None,
    };
    let rest = plus(rounded(total, currency.digits()), -subtotal).ok()?;
    let buffer = plus(rest, -extra.unwrap_or_default()).ok()?;
    let text = |amount: Decimal| money((currency, amount), 0);
    Some([Some(text(subtotal)), Some(text(buffer)), extra.map(text)])
}

/// Subtotal and buffer at the list price of a credit, and what packs or a plan add to it.
pub(super) fn sums_of(
    state: &State,
    scope: Selection,
    card: &Card,
    bill: &Bill,
    total: &Fraction,
) -> Option<[Option<String>; 3]> {
    if let Some(subtotal) = &bill.subtotal {
        return sums(state, listed(state, scope, subtotal), total, None);
    }
    let (bought, credits, all) = (bill.ways.first()?, bill.credits.as_ref()?, bill.credits_total.as_ref()?);
    let unit = &bought.offer.unit;
    let extra = card.pay.is_pooled().then(|| total - &(unit * all));
    sums(state, alone(state, &(unit * credits)), total, extra.as_ref())
}

/// An amount of USD as it is shown by itself.
fn alone(state: &State, usd: &Fraction) -> Option<Decimal> {
    converted(state, usd).map(|(currency, amount)| rounded(amount, currency.digits()))
}
