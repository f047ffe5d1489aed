//! How a deliverable's total depends on one of its knobs: the total over the knob's range, including the present value.
//!
//! The deliverable's own total, not the project's: among sixty deliverables, one knob would barely move the project.

use crate::cost::base::limits::FACTOR_MAX;
use crate::cost::base::money::{Decimal, plus, rounded, times};
use crate::cost::base::retry::Retry;
use crate::cost::budget::Catalog;
use crate::cost::budget::knob::Form;
use crate::cost::budget::{Budget, Knob, Line, QualityChoice, Setting, Value};
use crate::cost::estimate::compute::{Basis, estimate_line};
use crate::cost::estimate::fees::Fees;
use crate::cost::estimate::line::LineEstimate;

/// One value of the knob with the deliverable's total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The value.
    pub value: Value,
    /// USD with the buffer; `None` if it has no price.
    pub total: Option<Decimal>,
}

/// The total over a knob's range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Curve {
    /// From the minimum to the maximum.
    pub points: Vec<Point>,
    /// The index of the point nearest to the present value.
    pub present: usize,
}

/// The curve of a knob of `line`, whose estimate is `now`. `None` if the knob has no range, or if the curve would have fewer
/// than two points.
#[must_use]
pub fn curve(
    knob: Knob,
    line: &Line,
    now: &LineEstimate,
    budget: &Budget,
    catalog: &Catalog,
    points: usize,
) -> Option<Curve> {
    let values = values(knob, now, points)?;
    let present = values.iter().position(|(_, is_present)| *is_present)?;
    let values = values.into_iter().map(|(value, _)| value);
    Some(Curve { points: over(knob, values, line, budget, catalog), present })
}

/// The deliverable's total for each of the values.
#[must_use]
pub fn over(
    knob: Knob,
    values: impl Iterator<Item = Value>,
    line: &Line,
    budget: &Budget,
    catalog: &Catalog,
) -> Vec<Point> {
    let mut tried = line.clone();
    let fees = Fees::of(budget);
    let basis = Basis { budget, fees: &fees, catalog };
    let points = values.map(|value| {
        tried.settings.put(knob, Some(Setting::Value(value.clone())));
        let estimated = budget.resolve(Some(&tried), catalog).map(|d| estimate_line(&line.key, d, basis));
        Point { value, total: estimated.and_then(|line| line.total) }
    });
    points.collect()
}

/// The values along the curve, each with whether it is the present one. The present value is always included exactly.
fn values(knob: Knob, now: &LineEstimate, points: usize) -> Option<Vec<(Value, bool)>> {
    let line = &now.deliverable;
    let (least, most, present) = match line.get(knob)?.value {
        Value::Quality(now) => {
            let listed = line.model.value.qualities.iter().map(|quality| QualityChoice::Exact(*quality));
            let walked: Vec<_> = listed.map(|choice| (Value::Quality(choice), choice == now)).collect();
            return (walked.len() >= 2).then_some(walked);
        }
        Value::Count(count) => {
            let count = Decimal::from(count);
            (Decimal::ZERO, times(count, Decimal::TWO).ok()?.max(Decimal::TEN), count)
        }
        Value::Retry(_) => {
            let factor = line.factor?.to_decimal();
            let most = plus(times(factor, Decimal::TWO).ok()?, -Decimal::ONE).ok()?;
            (Decimal::ONE, most.max(Decimal::from(3)).min(Decimal::from(FACTOR_MAX)), factor)
        }
        Value::Percent(percent) => (Decimal::ZERO, times(percent, Decimal::TWO).ok()?.max(Decimal::from(40)), percent),
        _ => return None,
    };
    let steps = u64::try_from(points.checked_sub(1).filter(|steps| *steps >= 1)?).ok()?;
    let span = plus(most, -least).ok()?;
    let at = |index: u64| {
        let share = span.checked_mul(Decimal::from(index))?.checked_div(Decimal::from(steps))?;
        least.checked_add(share)
    };
    // The step nearest to the present value is replaced by it.
    let beyond = plus(present, -least).ok()?;
    let nearest = beyond.checked_mul(Decimal::from(steps))?.checked_div(span)?;
    let nearest = u64::try_from(rounded(nearest, 0)).ok()?.min(steps);
    let mut walked: Vec<(Value, bool)> = Vec::with_capacity(points);
    for index in 0..=steps {
        let is_present = index == nearest;
        let number = if is_present { present } else { at(index)? };
        let value = value_of(knob, number, is_present, now)?;
        match walked.last_mut() {
            // Of few whole numbers each has one point: equal ones beside each other would look like steps that cost nothing.
            Some((last, was_present)) if *last == value => *was_present |= is_present,
            _ => walked.push((value, is_present)),
        }
    }
    Some(walked)
}

fn value_of(knob: Knob, number: Decimal, is_present: bool, now: &LineEstimate) -> Option<Value> {
    Some(match knob.row().form {
        Form::Count => Value::Count(u64::try_from(rounded(number, 0)).ok()?),
        Form::Percent => Value::Percent(if is_present { number } else { rounded(number, 1).normalize() }),
        _ if is_present => match &now.deliverable.retry.value {
            // 5/3 is not a decimal: the present point keeps the value as written.
            written @ (Retry::Accepted { .. } | Retry::Kept { .. } | Retry::Profile(_)) => {
                Value::Retry(written.clone())
            }
            _ => Value::Retry(Retry::plain(number)),
        },
        _ => Value::Retry(Retry::plain(rounded(number, 2).normalize())),
    })
}
