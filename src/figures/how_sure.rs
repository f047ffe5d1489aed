//! How sure a total is, in the few columns beside it and below the buffer.

use super::{Amount, buffer_needed, percentile_name};
use crate::cost::Budget;
use crate::cost::base::money::{Decimal, quotient, times};
use crate::cost::estimate::{Estimate, Limit};
use crate::cost::risk::Risk;
use rust_decimal::prelude::ToPrimitive;

/// The percentiles beside the total.
pub const BESIDE_TOTAL: [u8; 2] = [80, 90];
/// The percentiles that a buffer is asked to reach, the lowest first.
const ASKED: [u8; 3] = [80, 90, 95];

/// A percentile beside the total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Percentile {
    /// `P80`.
    pub name: String,
    /// What so many of a hundred such projects cost at most.
    pub amount: Amount,
    /// Whether that is over the cap.
    pub is_over: bool,
}

/// The percentiles of a project as shown: none that are withheld, none where nothing varies.
#[must_use]
pub fn percentiles(budget: &Budget, estimate: &Estimate, risk: &Risk) -> Vec<Percentile> {
    if risk.sd().is_zero() {
        return Vec::new();
    }
    let limit = budget.cap().and_then(|cap| Limit::of(&budget.shown, cap).ok());
    let told = BESIDE_TOTAL.into_iter().filter(|percent| risk.withheld(*percent).is_none());
    let percentile = |percent| {
        let usd = risk.percentile(percent);
        let amount = Amount::of(&budget.shown, usd).about_if(estimate.totals.approximate);
        let is_over = limit.as_ref().and_then(|limit| limit.admits(usd)) == Some(false);
        Percentile { name: percentile_name(percent), amount, is_over }
    };
    told.map(percentile).collect()
}

/// The highest percentile that a total reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// Not even the first.
    None,
    /// This one, and not the next.
    Percentile(u8),
    /// This one at least; how many more is withheld.
    AtLeast(u8),
    /// All: it cannot be higher.
    All,
}

/// What the buffer of a project buys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The percentile that the worksheet's total reaches.
    pub reached: Reached,
    /// The next percentile that is usually asked for, with the buffer for it: `P90`, `31 %`.
    pub next: Option<(String, String)>,
    /// Whose buffer that is.
    pub of: BufferOf,
}

/// Whose buffer a percentile needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BufferOf {
    /// The same for all deliverables.
    All,
    /// One deliverable's, by its place, while the others keep theirs.
    Line(usize),
}

impl Coverage {
    /// Of a project, with the buffer that is needed on what is asked about; `None` if its total is unknown or nothing varies.
    #[must_use]
    pub fn of(estimate: &Estimate, risk: &Risk, of: BufferOf) -> Option<Coverage> {
        let total = estimate.totals.total.filter(|_| !risk.sd().is_zero())?;
        let exact = times(risk.within(total), Decimal::ONE_HUNDRED).ok()?;
        let short = |asked: u8| Decimal::from(asked) > exact;
        // Rounded down: a total that falls short of a percentile, by however little, does not reach it.
        let percent = exact.floor().to_u8()?;
        let reached = match (percent, risk.withheld(percent)) {
            (0, _) => Reached::None,
            (100.., _) => Reached::All,
            (_, Some(_)) => Reached::AtLeast(crate::cost::risk::SURE_OF),
            (percent, None) => Reached::Percentile(percent),
        };
        let next = ASKED.into_iter().find(|asked| short(*asked) && risk.withheld(*asked).is_none());
        let needed = |asked: u8| match of {
            BufferOf::All => risk.buffer_for(asked),
            BufferOf::Line(at) => buffer_of_line(estimate, risk, at, risk.percentile(asked).checked_sub(total)?),
        };
        let next = next.and_then(|asked| Some((percentile_name(asked), buffer_needed(needed(asked)?))));
        Some(Coverage { reached, next, of })
    }
}

/// The buffer in percent that brings a total up by so many USD if one deliverable alone has more; `None` if it costs nothing.
fn buffer_of_line(estimate: &Estimate, risk: &Risk, at: usize, missing: Decimal) -> Option<Decimal> {
    let totals = &estimate.totals;
    // What the same for all makes of one percent, with markup and tax, falls on each deliverable by its part of the subtotal.
    let one_for_all = risk.with_buffer(Decimal::ONE)?.checked_sub(risk.with_buffer(Decimal::ZERO)?)?;
    let part = quotient(estimate.lines.get(at)?.subtotal?, sum_of_lines(estimate)?)?;
    let one_here = one_for_all.checked_mul(part)?;
    let more = quotient(missing, one_here).filter(|_| totals.total.is_some())?;
    estimate.lines.get(at)?.deliverable.buffer.value.checked_add(more)
}

/// USD of all deliverables before the buffer.
fn sum_of_lines(estimate: &Estimate) -> Option<Decimal> {
    estimate.lines.iter().try_fold(Decimal::ZERO, |sum, line| sum.checked_add(line.subtotal?))
}
