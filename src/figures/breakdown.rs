//! What a cost consists of, part by part: the meters, the drafts, and what is charged beside images.

use super::{Amount, percent_of};
use crate::cost::Knob;
use crate::cost::base::money::{Decimal, Shown, plus};
use crate::cost::base::wide::Wide;
use crate::cost::estimate::line::{LineEstimate, StageKind};
use crate::cost::estimate::{Estimate, Totals};
use crate::cost::rates::rate_card::Meter;
use crate::words;

/// Parts of a cost in the order they are shown.
const PARTS: usize = 12;

/// One part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CostPart {
    /// What it is.
    pub label: &'static str,
    /// USD; `None` if unknown.
    pub usd: Option<Decimal>,
    /// The same as shown.
    pub amount: Option<Amount>,
    /// Its share of all parts; empty if one of them is unknown.
    pub percent: String,
}

impl CostPart {
    /// The amount, or the word for an unknown one.
    #[must_use]
    pub fn text(&self) -> String {
        self.amount.map_or_else(|| words::unknown().to_owned(), |amount| amount.to_string())
    }
}

/// The parts of a cost other than 0.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Breakdown {
    /// Each part.
    pub parts: Vec<CostPart>,
    /// The rounding between the known parts together and as shown; `None` if they add up.
    pub rounding: Option<Amount>,
}

impl Breakdown {
    /// The parts of a deliverable's cost; `None` if digits run out.
    #[must_use]
    pub fn of_line(shown: &Shown, line: &LineEstimate) -> Option<Breakdown> {
        let parts = parts_of(std::slice::from_ref(line), charges_of_line(line))?;
        Some(Breakdown::with(shown, &parts, line.is_approximate()))
    }

    /// The parts of the whole project's cost; `None` if digits run out.
    #[must_use]
    pub fn of_project(shown: &Shown, estimate: &Estimate) -> Option<Breakdown> {
        let parts = parts_of(&estimate.lines, charges_of_project(&estimate.totals))?;
        Some(Breakdown::with(shown, &parts, estimate.totals.approximate))
    }

    fn with(shown: &Shown, usd: &[Option<Decimal>; PARTS], approximate: bool) -> Breakdown {
        let mut sum = Wide::default();
        usd.iter().flatten().for_each(|part| sum += *part);
        let sum = sum.nearest().ok();
        // A share of an unknown sum would be a share of something else.
        let whole = sum.filter(|_| usd.iter().all(Option::is_some));
        let percent = |part: Option<Decimal>| match part.zip(whole).and_then(|(part, sum)| percent_of(part, sum)) {
            None => String::new(),
            Some(none) if none.is_zero() => words::less_than_one_percent().to_owned(),
            Some(percent) => words::percent(percent),
        };
        // Only generated images have approximate counts, and what follows the drafts is a share of all; fees are exact.
        let rests = |at: usize| approximate && matches!(at, 0 | 5 | 6 | 8 | 10..);
        let one = |(at, usd): (usize, Option<Decimal>)| CostPart {
            label: label(at),
            usd,
            amount: usd.map(|usd| Amount::of(shown, usd).about_if(rests(at))),
            percent: percent(usd),
        };
        let there = usd.iter().copied().enumerate().filter(|(_, usd)| *usd != Some(Decimal::ZERO));
        let parts: Vec<CostPart> = there.map(one).collect();
        // What is known adds up beside an unknown part too.
        let known = parts.iter().filter_map(|part| part.amount);
        let rounding = sum.and_then(|sum| Amount::of(shown, sum).rest_of(known));
        Breakdown { parts, rounding }
    }
}

fn label(index: usize) -> &'static str {
    match index {
        0 => words::meter_label(Meter::ImageOutput),
        1 => words::meter_label(Meter::ImageInput),
        2 => words::meter_label(Meter::ImageInputCached),
        3 => words::meter_label(Meter::TextInput),
        4 => words::meter_label(Meter::TextInputCached),
        5 => words::field_drafts(),
        6 => words::knob_label(Knob::Surcharge),
        7 => words::invoice_fees(),
        8 => words::knob_label(Knob::Buffer),
        9 => words::invoice_project_fees(),
        10 => words::knob_label(Knob::Markup),
        _ => words::knob_label(Knob::Tax),
    }
}

/// What follows the drafts: surcharge, fees, buffer, fees of the project, markup, tax.
type Charges = [Option<Decimal>; 6];

fn charges_of_line(line: &LineEstimate) -> Charges {
    let none = Some(Decimal::ZERO);
    let surcharge = if line.charged.surcharge { line.surcharge } else { none };
    let fees = if line.charged.fees { line.fees } else { none };
    [surcharge, fees, line.buffer, none, none, none]
}

fn charges_of_project(totals: &Totals) -> Charges {
    let invoice = &totals.invoice;
    let part = |has: bool, amount: Option<Decimal>| if has { amount } else { Some(Decimal::ZERO) };
    [
        part(invoice.has.surcharge, invoice.surcharge),
        part(invoice.has.fees, invoice.fees),
        totals.buffer,
        part(invoice.has.project_fees, invoice.project_fees),
        part(invoice.has.markup, invoice.markup),
        part(invoice.has.tax, invoice.tax),
    ]
}

/// USD by part, `None` if a part is unknown: the meters of the final stage, the explore stage as one, then the charges.
fn parts_of(lines: &[LineEstimate], charges: Charges) -> Option<[Option<Decimal>; PARTS]> {
    let mut amounts = [Some(Decimal::ZERO); PARTS];
    for stage in lines.iter().flat_map(|line| &line.stages) {
        for meter in &stage.meters {
            let part = if stage.kind == StageKind::Explore { 5 } else { meter.meter as usize };
            if let Some(slot) = amounts.get_mut(part) {
                // Known plus unknown is unknown, never the known part alone.
                *slot = match slot.zip(meter.cost) {
                    Some((sum, cost)) => Some(plus(sum, cost).ok()?),
                    None => None,
                };
            }
        }
    }
    amounts.iter_mut().skip(6).zip(charges).for_each(|(slot, amount)| *slot = amount);
    Some(amounts)
}
