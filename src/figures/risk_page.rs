//! What the risk screen tells, as texts: the screen lays them out, the clipboard takes them as they are.

use super::{Amount, buffer_needed, chance, chance_within, percentile_name, share_below, short_chance};
use crate::cost::base::money::Decimal;
use crate::cost::estimate::named_risks::counting;
use crate::cost::estimate::{Estimate, Limit};
use crate::cost::risk::{Missing, PERCENTILES, Risk, Withheld};
use crate::cost::{Budget, Knob};
use crate::words;

/// The buffers whose confidence is told, in percent.
const BUFFERS: [i64; 6] = [0, 10, 20, 30, 40, 50];

/// What a row of the table of confidence is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReachOf {
    /// A percentile.
    Percentile(u8),
    /// The worksheet's total.
    Total,
    /// The cap.
    Cap,
    /// A buffer that is usual.
    Buffer,
}

/// A row of the table of confidence: an amount, how many projects cost no more, and the buffer that reaches it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReachRow {
    /// What it is about.
    pub of: ReachOf,
    /// USD, for its place in a picture; `None` if it is withheld.
    pub usd: Option<Decimal>,
    /// The chance that the total is no more than that, from 0 to 1; 0 if it is withheld.
    pub within: Decimal,
    /// `P80`, or empty.
    pub name: String,
    /// `80 of 100`.
    pub share: String,
    /// The same in few columns: `>99 of 100`.
    pub short: String,
    /// `$34.38`; empty if it is withheld.
    pub amount: String,
    /// `16 %`.
    pub buffer: String,
}

impl ReachRow {
    /// The row as a sentence that cannot be read backwards.
    #[must_use]
    pub fn sentence(&self) -> String {
        match (self.usd, self.of) {
            (None, _) => words::risk_percentile_withheld(&self.name),
            (Some(_), ReachOf::Buffer) => words::risk_with_buffer(&self.buffer, &self.share, &self.amount),
            (Some(_), ReachOf::Percentile(percent)) => {
                words::risk_percentile(&self.name, share_below(percent), &self.amount)
            }
            (Some(_), ReachOf::Total | ReachOf::Cap) => words::risk_percentile(&self.name, &self.share, &self.amount),
        }
    }
}

/// From buffer to confidence and back, by rising amount; what is withheld comes last. Percentiles, the worksheet's total and the
/// cap are always there, and the buffers that are usual.
#[must_use]
pub fn reach_rows(budget: &Budget, estimate: &Estimate, risk: &Risk) -> Vec<ReachRow> {
    let amount = |usd| Amount::of(&budget.shown, usd).about_if(estimate.totals.approximate).to_string();
    let mut rows: Vec<ReachRow> = Vec::new();
    for percent in PERCENTILES {
        let usd = risk.withheld(percent).is_none().then(|| risk.percentile(percent));
        rows.push(ReachRow {
            of: ReachOf::Percentile(percent),
            usd,
            within: usd.map(|_| Decimal::new(percent.into(), 2)).unwrap_or_default(),
            name: percentile_name(percent),
            share: words::risk_of(percent, 100),
            short: words::risk_of(percent, 100),
            amount: usd.map(amount).unwrap_or_default(),
            buffer: usd.and_then(|_| risk.buffer_for(percent)).map(buffer_needed).unwrap_or_default(),
        });
    }
    let own = estimate.totals.total.and_then(|total| risk.buffer_of(total));
    if let Some(total) = estimate.totals.total {
        let buffer = own.map(buffer_needed).unwrap_or_default();
        let (name, within) = (words::total().to_owned(), risk.within(total));
        let (of, usd, share) = (ReachOf::Total, Some(total), chance_within(risk, within));
        let short = short_chance(risk, within);
        rows.push(ReachRow { of, usd, within, name, share, short, amount: amount(total), buffer });
    }
    rows.extend(cap_row(budget, risk));
    let is_told = |percent: &Decimal| own != Some(*percent) && risk.withheld(99).is_none();
    for percent in BUFFERS.into_iter().map(Decimal::from).filter(is_told) {
        let Some(usd) = risk.with_buffer(percent) else { continue };
        let (within, buffer) = (risk.within(usd), buffer_needed(percent));
        let (of, name, share) = (ReachOf::Buffer, String::new(), chance(within));
        let short = short_chance(risk, within);
        rows.push(ReachRow { of, usd: Some(usd), within, name, share, short, amount: amount(usd), buffer });
    }
    rows.sort_by_key(|row| (row.usd.is_none(), row.usd));
    rows
}

/// The rows without those that repeat another one: percentiles of one amount are one row, and a usual buffer is left out where
/// another row has it, or where one more or less changes nothing.
#[must_use]
pub fn distinct_rows(rows: &[ReachRow]) -> Vec<ReachRow> {
    let is_percentile = |row: &ReachRow| matches!(row.of, ReachOf::Percentile(_)) && row.usd.is_some();
    let mut shown: Vec<ReachRow> = Vec::new();
    for row in rows {
        let twin = shown.iter().rposition(|other| match row.of {
            ReachOf::Percentile(_) => is_percentile(row) && is_percentile(other) && other.amount == row.amount,
            ReachOf::Buffer => other.of == ReachOf::Buffer && other.share == row.share,
            ReachOf::Total | ReachOf::Cap => false,
        });
        let says_so = |other: &ReachRow| {
            let same_buffer = row.buffer != words::none_listed() && other.buffer == row.buffer;
            other.of != ReachOf::Buffer && (same_buffer || other.amount == row.amount)
        };
        let is_said = row.of == ReachOf::Buffer && rows.iter().any(says_so);
        match twin {
            Some(_) if row.of == ReachOf::Buffer => {}
            Some(at) => {
                let first = shown.remove(at);
                let low = first.name.split('–').next().unwrap_or_default().to_owned();
                shown.push(ReachRow { name: words::risk_percentiles_of_one(low, &row.name), ..row.clone() });
            }
            None if is_said => {}
            None => shown.push(row.clone()),
        }
    }
    shown
}

fn cap_row(budget: &Budget, risk: &Risk) -> Option<ReachRow> {
    let cap = budget.cap()?;
    let limit = Limit::of(&budget.shown, cap).ok()?;
    let usd = limit.cap.checked_div(limit.convert(Decimal::ONE)?)?;
    let within = risk.within(usd);
    Some(ReachRow {
        of: ReachOf::Cap,
        usd: Some(usd),
        within,
        name: words::knob_label(Knob::Cap).to_owned(),
        share: chance_within(risk, within),
        short: short_chance(risk, within),
        amount: words::cap(cap, limit.currency),
        buffer: risk.buffer_of(usd).map(buffer_needed).unwrap_or_default(),
    })
}

/// Why there is no distribution.
#[must_use]
pub fn missing(budget: &Budget, why: Missing) -> String {
    match (why, counting(budget).len()) {
        (Missing::Price, _) => words::risk_no_price().to_owned(),
        (Missing::Finals, 0) => words::risk_no_finals().to_owned(),
        (Missing::Finals, risks) => words::risk_no_finals_named(risks),
    }
}

/// Why high percentiles are withheld.
#[must_use]
pub fn withheld(why: Withheld) -> &'static str {
    match why {
        Withheld::WideRange => words::risk_wide_range(),
    }
}
