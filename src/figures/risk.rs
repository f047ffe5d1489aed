//! How sure a total is, in words: chances as so many of so many projects, percentiles by name.

use super::whole_percent;
use crate::cost::base::money::{Decimal, rounded, times};
use crate::cost::base::retry::Retry;
use crate::cost::risk::{FactorDoubt, Risk, SURE_OF, Sharing};
use crate::cost::{Budget, Estimate};
use crate::words;
use crate::words::number::{grouped, plain};

/// The name of a percentile: `P80`.
#[must_use]
pub fn percentile_name(percent: u8) -> String {
    format!("P{percent}")
}

/// The share of projects below a percentile, as people say it: `4 of 5`.
#[must_use]
pub fn share_below(percent: u8) -> String {
    match percent {
        50 => words::risk_half().to_owned(),
        80 => words::risk_of(4, 5),
        95 => words::risk_of(19, 20),
        tenths if tenths.is_multiple_of(10) => words::risk_of(tenths / 10, 10),
        percent => words::risk_of(percent, 100),
    }
}

/// A chance from 0 to 1, in so many of 100 such projects: rounded down, so that it never says more than holds. One that is neither
/// 0 nor 1 is never shown as either.
#[must_use]
pub fn chance(chance: Decimal) -> String {
    let of_100 = times(chance, Decimal::ONE_HUNDRED).unwrap_or_default();
    match of_100.floor() {
        whole if whole.is_zero() && chance > Decimal::ZERO => words::risk_hardly_any().to_owned(),
        whole if whole == Decimal::from(99) && whole < of_100 => words::risk_nearly_all().to_owned(),
        whole => words::risk_of(plain(whole), 100),
    }
}

/// The same in few columns, as far as it is told: `79 of 100`, `<1 of 100`, `80+ of 100`.
#[must_use]
pub fn short_chance(risk: &Risk, within: Decimal) -> String {
    if !risk.tells(within) {
        return words::risk_or_more(SURE_OF);
    }
    let of_100 = times(within, Decimal::ONE_HUNDRED).unwrap_or_default();
    match of_100.floor() {
        whole if whole.is_zero() && within > Decimal::ZERO => words::risk_under_one().to_owned(),
        whole if whole == Decimal::from(99) && whole < of_100 => words::risk_over_99().to_owned(),
        whole => words::risk_of(plain(whole), 100),
    }
}

/// The chance to stay within an amount, as far as it is told: `at least 80 of 100` where higher percentiles are withheld.
#[must_use]
pub fn chance_within(risk: &Risk, within: Decimal) -> String {
    if risk.tells(within) { chance(within) } else { words::risk_at_least(SURE_OF, 100) }
}

/// The chance to pass an amount, as far as it is told: `at most 20 of 100` where higher percentiles are withheld. It is the rest of
/// what is told of staying within.
#[must_use]
pub fn chance_over(risk: &Risk, over: Decimal) -> String {
    let within = Decimal::ONE.checked_sub(over).unwrap_or_default();
    if !risk.tells(within) {
        return words::risk_at_most(100 - SURE_OF, 100);
    }
    let of_100 = times(over, Decimal::ONE_HUNDRED).unwrap_or_default();
    match of_100.ceil() {
        whole if whole == Decimal::ONE && of_100 < whole => words::risk_hardly_any().to_owned(),
        whole if whole == Decimal::ONE_HUNDRED && of_100 < whole => words::risk_nearly_all().to_owned(),
        whole => words::risk_of(plain(whole), 100),
    }
}

/// A share from 0 to 1 in whole percent: `31 %`; `<1 %` for a trifle, and `>99 %` beside it.
#[must_use]
pub fn share(part: Decimal) -> String {
    let whole = whole_percent(times(part, Decimal::ONE_HUNDRED).unwrap_or_default());
    match () {
        () if whole.is_zero() && part > Decimal::ZERO => words::less_than_one_percent().to_owned(),
        () if whole == Decimal::ONE_HUNDRED && part < Decimal::ONE => words::more_than_99_percent().to_owned(),
        () => words::percent(plain(whole)),
    }
}

/// The buffer that an amount needs, in whole percent, raised: one that is shown is enough. None if the amount is reached without.
#[must_use]
pub fn buffer_needed(percent: Decimal) -> String {
    let raised = percent.ceil().max(Decimal::ZERO);
    if raised.is_zero() { words::none_listed().to_owned() } else { words::percent(plain(raised)) }
}

/// Tries per final with two decimals.
#[must_use]
pub fn tries(factor: Decimal) -> String {
    grouped(rounded(factor, 2))
}

/// The images that were kept and made behind a factor of 1 that was counted: all were kept, so that no retry is seen yet. `None`
/// for any other factor.
#[must_use]
pub fn none_seen(budget: &Budget, estimate: &Estimate, doubt: &FactorDoubt) -> Option<(u64, u64)> {
    let line = estimate.lines.get(*doubt.shared.deliverables.first()?)?;
    let retry = match &line.deliverable.retry.value {
        Retry::Profile(name) => &budget.profiles.get(name)?.retry,
        retry => retry,
    };
    match retry {
        Retry::Kept { kept, made } if kept == made => Some((*kept, *made)),
        _ => None,
    }
}

/// Accepted finals of experience, to one decimal.
#[must_use]
pub fn experience(finals: Option<Decimal>) -> String {
    finals.map_or_else(
        || words::retry_fixed().to_owned(),
        |finals| words::final_count(plain(rounded(finals, 1).normalize())),
    )
}

/// Who shares a factor; `name` is the deliverable's, if it has one of its own.
#[must_use]
pub fn sharing(of: &Sharing, name: &str, count: usize) -> String {
    match of {
        Sharing::Project => words::risk_of_project(count),
        Sharing::Named(profile) => words::risk_of_profile(profile, count),
        Sharing::Own(_) => words::risk_of_deliverable(name),
    }
}
