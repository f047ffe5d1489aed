//! How likely a scenario costs less than the baseline, in rows of the table of scenarios.

use super::{Amount, ComparedRow, chance};
use crate::cost::base::money::{Decimal, Shown};
use crate::cost::risk::SURE_OF;
use crate::cost::scenario::{Likely, LikelyColumn};
use crate::words;

/// The differences of the columns from the first of them, as far as they are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Differences<'a> {
    /// One for each column.
    Known(&'a [LikelyColumn]),
    /// They are being computed.
    Awaited,
}

/// The least chance that both cost the same that is worth a row.
const WORTH_A_ROW: Decimal = Decimal::from_parts(5, 0, 0, false, 3);

impl Differences<'_> {
    /// How often each of so many columns is cheaper, and where it can happen how often it costs the same.
    #[must_use]
    pub fn chances(&self, columns: usize) -> Vec<ComparedRow> {
        let mut rows = vec![(words::compare_cheaper().to_owned(), self.cells(columns, cheaper))];
        let is_told = |likely: &Likely| !likely.is_certain && likely.same >= WORTH_A_ROW;
        if self.known().any(is_told) {
            rows.push((words::compare_same().to_owned(), self.cells(columns, |likely| chance(likely.same))));
        }
        rows
    }

    /// The mean difference, and the two amounts that 8 of 10 lie between. `is_approximate` tells it of a column.
    #[must_use]
    pub fn amounts(&self, shown: &Shown, columns: usize, is_approximate: impl Fn(usize) -> bool) -> Vec<ComparedRow> {
        let amount = |at: usize, usd| Amount::of(shown, usd).about_if(is_approximate(at)).signed();
        let between = |at: usize, likely: &Likely| {
            let [low, _, high] = likely.percentiles;
            match likely.withheld {
                Some(_) => words::risk_withheld().to_owned(),
                None if amount(at, low) == amount(at, high) => amount(at, low),
                None => words::between(amount(at, low), amount(at, high)),
            }
        };
        vec![
            (words::compare_mean().to_owned(), self.cells_at(columns, |at, likely| amount(at, likely.mean))),
            (words::risk_between().to_owned(), self.cells_at(columns, between)),
        ]
    }

    fn known(&self) -> impl Iterator<Item = &Likely> {
        let all = match self {
            Differences::Known(columns) => *columns,
            Differences::Awaited => &[],
        };
        all.iter().flatten().flatten()
    }

    fn cells(&self, columns: usize, cell: impl Fn(&Likely) -> String) -> Vec<String> {
        self.cells_at(columns, |_, likely| cell(likely))
    }

    fn cells_at(&self, columns: usize, cell: impl Fn(usize, &Likely) -> String) -> Vec<String> {
        let told = |at: usize| match (self, at) {
            // The others are compared with it.
            (_, 0) => words::bill_none().to_owned(),
            (Differences::Awaited, _) => words::compare_awaited().to_owned(),
            (Differences::Known(all), at) => match all.get(at) {
                Some(Some(Ok(likely))) => cell(at, likely),
                Some(Some(Err(_)) | None) | None => words::unknown().to_owned(),
            },
        };
        (0..columns).map(told).collect()
    }
}

/// The chance that a scenario costs less, as far as it is told: `97 of 100`.
fn cheaper(likely: &Likely) -> String {
    match (likely.tells_cheaper, likely.same == Decimal::ONE) {
        (_, true) => words::compare_the_same().to_owned(),
        (true, false) => chance(likely.cheaper),
        (false, false) if likely.cheaper > Decimal::new(5, 1) => words::risk_at_least(SURE_OF, 100),
        (false, false) => words::risk_at_most(100 - SURE_OF, 100),
    }
}
