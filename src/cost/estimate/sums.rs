//! The cost of a stage's meters, and the sums of a line's stages.

use crate::cost::base::money::{Decimal, Inexact, plus, times, trim_zeros};
use crate::cost::base::wide::Wide;
use crate::cost::estimate::fees::LineFees;
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

/// Sums the stages, adds surcharge and fees, then the buffer.
pub(super) fn sum_up(mut line: LineEstimate, fees: &LineFees) -> LineEstimate {
    let known = line.stages.iter().try_fold(Decimal::ZERO, |sum, stage| plus(sum, stage.known));
    // The buffer may run out of digits where the subtotal does not.
    line.known_subtotal = known.map_or(Decimal::ZERO, trim_zeros);
    let computed = known.and_then(|known| match line.charged.any() {
        true => with_charges(&mut line, known, fees),
        false => images_alone(&mut line, known),
    });
    if computed.is_err() {
        (line.images_cost, line.surcharge, line.fees) = (None, None, None);
        (line.subtotal, line.buffer, line.total, line.official) = (None, None, None, None);
        let issue = Issue { deliverable: Some(line.key.clone()), knob: None, kind: IssueKind::TooManyDigits };
        line.issues.push(issue);
    }
    line
}

fn is_complete(line: &LineEstimate) -> bool {
    line.stages.iter().all(|stage| stage.total.is_some())
}

/// Nothing but images: every sum and product is exact, or refused.
fn images_alone(line: &mut LineEstimate, known: Decimal) -> Result<(), Inexact> {
    let complete = is_complete(line);
    let share = times(line.deliverable.buffer.value, Decimal::new(1, 2))?;
    let buffer = times(known, share)?;
    let total = plus(known, buffer)?;
    let is_known = complete && line.buffer.is_some();
    let (known, buffer, total) = (trim_zeros(known), trim_zeros(buffer), trim_zeros(total));
    line.images_cost = complete.then_some(known);
    (line.surcharge, line.fees) = (Some(Decimal::ZERO), Some(Decimal::ZERO));
    (line.subtotal, line.buffer) = (is_known.then_some(known), is_known.then_some(buffer));
    line.total = is_known.then_some(total);
    line.official = is_known.then_some((known, total));
    Ok(())
}

/// Percentages of percentages: exact until each figure is kept, as the nearest decimal of 28 digits.
fn with_charges(line: &mut LineEstimate, known: Decimal, fees: &LineFees) -> Result<(), Inexact> {
    let (complete, percent) = (is_complete(line), line.deliverable.buffer.value);
    let readable = line.deliverable.surcharge.readable;
    let share = if readable { line.deliverable.surcharge.value } else { Decimal::ZERO };
    let images = Wide::from(known);
    let surcharge = images.percent(share);
    let mut provider = images;
    provider += &surcharge;
    let (mut subtotal, mut base, mut official) = (provider.clone(), provider.clone(), provider.clone());
    subtotal += &fees.all;
    base += &fees.buffered;
    official += &provider.percent(percent);
    let buffer = base.percent(percent);
    let mut total = subtotal.clone();
    total += &buffer;
    let (surcharge_known, buffer_known) = (complete && readable, line.buffer.is_some());
    let subtotal_known = surcharge_known && !fees.unknown;
    let all_known = subtotal_known && buffer_known;
    line.images_cost = complete.then(|| trim_zeros(known));
    line.surcharge = if surcharge_known { Some(surcharge.nearest()?) } else { None };
    line.fees = if fees.unknown { None } else { Some(fees.all.nearest()?) };
    line.known_subtotal = subtotal.nearest()?;
    line.subtotal = if all_known { Some(line.known_subtotal) } else { None };
    line.buffer = if all_known { Some(buffer.nearest()?) } else { None };
    line.total = if all_known { Some(total.nearest()?) } else { None };
    let official_known = surcharge_known && buffer_known;
    line.official = if official_known { Some((provider.nearest()?, official.nearest()?)) } else { None };
    Ok(())
}
