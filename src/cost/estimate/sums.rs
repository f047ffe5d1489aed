//! The cost of a stage's meters, and the sums of a line's stages.

use crate::cost::base::money::{Decimal, Inexact, plus, times, trim_zeros};
use crate::cost::estimate::issue::{Issue, IssueKind};
use crate::cost::estimate::line::{LineEstimate, Stage};

/// Prices a stage's meters and sums them; parts without a price make the sum unknown, and the known part is summed
/// separately.
pub(super) fn price(stage: &mut Stage, priced: bool) -> Result<(), Inexact> {
    let images = stage.count.as_ref().map(|count| &count.images);
    let (mut each, mut known, mut complete) = (Decimal::ZERO, Decimal::ZERO, priced && images.is_some());
    for meter in &mut stage.meters {
        match meter.each.filter(|_| priced) {
            // Most meters of most bills are zero.
            Some(none) if none.is_zero() => meter.cost = images.and(Some(Decimal::ZERO)),
            Some(one) => {
                each = plus(each, one)?;
                if let Some(images) = images {
                    let cost = trim_zeros(images.at(one)?);
                    meter.cost = Some(cost);
                    known = plus(known, cost)?;
                }
            }
            // Zero times an unknown price costs nothing: a line with 0 finals must not hide the project's total.
            None if priced && images.is_some_and(|images| images.number().is_zero()) => {
                meter.cost = Some(Decimal::ZERO)
            }
            None => complete = false,
        }
    }
    let all_priced = priced && stage.meters.iter().all(|meter| meter.each.is_some());
    stage.each = all_priced.then(|| trim_zeros(each));
    stage.total = complete.then(|| trim_zeros(known));
    stage.known = trim_zeros(known);
    Ok(())
}

pub(super) fn per_million(tokens: Decimal, usd_per_million: Decimal) -> Result<Decimal, Inexact> {
    let product = times(tokens, usd_per_million)?;
    let shifted = Decimal::try_from_i128_with_scale(product.mantissa(), product.scale() + 6);
    shifted.or_else(|_| times(product, Decimal::new(1, 6))).map(trim_zeros)
}

/// Sums the stages and adds the buffer.
pub(super) fn sum_up(mut line: LineEstimate) -> LineEstimate {
    let known = line.stages.iter().try_fold(Decimal::ZERO, |sum, stage| plus(sum, stage.known));
    // The buffer may run out of digits where the subtotal does not.
    line.known_subtotal = known.map_or(Decimal::ZERO, trim_zeros);
    let computed = (|| {
        let known = known?;
        let complete = line.stages.iter().all(|stage| stage.total.is_some());
        let share = times(line.deliverable.buffer.value, Decimal::new(1, 2))?;
        let buffer = times(known, share)?;
        Ok((known, complete && line.buffer.is_some(), buffer, plus(known, buffer)?))
    })();
    match computed {
        Ok((known, complete, buffer, total)) => {
            line.subtotal = complete.then(|| trim_zeros(known));
            line.buffer = complete.then(|| trim_zeros(buffer));
            line.total = complete.then(|| trim_zeros(total));
        }
        Err(Inexact) => {
            (line.subtotal, line.buffer, line.total) = (None, None, None);
            let issue = Issue { deliverable: Some(line.key.clone()), knob: None, kind: IssueKind::TooManyDigits };
            line.issues.push(issue);
        }
    }
    line
}
