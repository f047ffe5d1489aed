//! Scenarios side by side, as text: the values that differ, then the sums. Screen and reports read the same rows.

use super::{Against, Amount, CapMoney, Differences, Headline, Percent, count, is_change_about, text_if};
use crate::cost::base::fraction::Fraction;
use crate::cost::base::money::{Currency, Decimal, Shown, plus, rounded};
use crate::cost::base::wide::difference;
use crate::cost::budget::scenario::ChangePath;
use crate::cost::scenario::{Column, Comparison, Content, Row, Since};
use crate::cost::{Budget, Knob, Settings, Value};
use crate::words;
use std::collections::{HashMap, HashSet};

/// An amount of USD in the project's currency with the digits that are shown, as a file keeps it; `None` if the project's
/// exchange rate is unknown.
#[must_use]
pub fn in_shown_currency(shown: &Shown, usd: Decimal) -> Option<Decimal> {
    shown.from_usd(usd).map(|amount| rounded(amount, shown.currency.digits()))
}

/// A change since the lock: approximate where today's total is.
fn since_amount(shown: &Shown, since: &Since, change: Decimal, is_approximate: bool) -> Amount {
    CapMoney::of(shown, since.currency, is_approximate).amount(change)
}

/// What became of a locked total, with its percentage unless nothing was locked: `+$41 (+9 %)`; `None` if it is unknown.
#[must_use]
pub fn since_change(shown: &Shown, since: &Since, is_approximate: bool) -> Option<String> {
    let change = since.change?;
    let amount = |own| since_amount(shown, since, own, is_approximate);
    let amount = amount(plus(since.locked, change).ok()?).less(amount(since.locked));
    let is_about = amount.is_about();
    let percent = Some(since.locked).filter(|locked| *locked > Decimal::ZERO);
    let percent = percent.and_then(|locked| Percent::of(&Fraction::from(change), &Fraction::from(locked)));
    let percent = percent.map(|percent| if is_about { percent.about() } else { percent }.signed());
    Some(match percent {
        Some(percent) => words::compare_since_change(amount.signed(), percent),
        None => amount.signed(),
    })
}

/// A row of the table: its label, and a cell for each column.
pub type ComparedRow = (String, Vec<String>);

/// A comparison with the project that it is about.
#[derive(Clone, Copy)]
pub struct SideBySide<'a> {
    /// The project itself.
    pub budget: &'a Budget,
    /// The columns, the baseline first, and the values that differ.
    pub comparison: &'a Comparison,
    /// How the columns differ from the baseline, beyond their totals.
    pub differences: Differences<'a>,
}

impl<'a> SideBySide<'a> {
    fn columns(&self) -> &'a [Column] {
        &self.comparison.columns
    }

    fn shown(&self) -> &'a Shown {
        &self.budget.shown
    }

    /// A column's heading: the scenario's key, which commands take, in quotes if it reads like the project's; or the project.
    #[must_use]
    pub fn title(&self, column: &Column) -> String {
        match &column.scenario {
            Some(key) if key == words::found_project() => format!("\"{key}\""),
            Some(key) => key.clone(),
            None => words::found_project().to_owned(),
        }
    }

    /// The names of the scenarios that have one.
    #[must_use]
    pub fn legend(&self) -> Vec<String> {
        let named = |column: &Column| {
            let key = column.scenario.as_ref()?;
            Some(words::compare_legend(key, self.budget.scenarios.get(key)?.name.as_ref()?))
        };
        self.columns().iter().filter_map(named).collect()
    }

    /// The change of a column's total against the baseline's, in USD, the nearest decimal of 28 digits; `None` if one is unknown.
    #[must_use]
    pub fn change(&self, column: &Column) -> Option<Decimal> {
        let baseline = self.columns().first()?.totals.total?;
        difference(column.totals.total?, baseline).ok()
    }

    fn percent(&self, column: &Column) -> Option<Percent> {
        let baseline = self.columns().first()?.totals.total?;
        Percent::of(&Fraction::from(self.change(column)?), &Fraction::from(baseline))
    }

    /// Whether a figure of a column rests on an approximate number of tokens.
    #[must_use]
    pub fn is_approximate(&self, column: &Column) -> bool {
        let baseline = self.columns().first().is_some_and(|baseline| baseline.totals.approximate);
        is_change_about(baseline, column.totals.approximate)
    }

    /// The values that differ: the baseline's, and in each other column the new value behind an arrow.
    #[must_use]
    pub fn values(&self) -> Vec<ComparedRow> {
        let titles = self.titles();
        let row = |row: &Row| {
            let from = row.contents.first();
            let cell = |content: &Content| match Some(content) == from {
                true => words::content_at(&row.path, content),
                false => words::compare_to(words::content_at(&row.path, content)),
            };
            (self.label(&row.path, &titles), row.contents.iter().map(cell).collect())
        };
        self.comparison.rows.iter().map(row).collect()
    }

    /// The titles of the deliverables in the rows, found in one pass over all.
    fn titles(&self) -> HashMap<&'a str, &'a str> {
        let key = |row: &'a Row| match &row.path {
            ChangePath::Line(key, _) => Some(key.as_str()),
            ChangePath::Assumption(_) | ChangePath::Fee(..) | ChangePath::Risk(..) => None,
        };
        let named: HashSet<&str> = self.comparison.rows.iter().filter_map(key).collect();
        let lines = self.budget.lines.iter().filter(|line| named.contains(line.key.as_str()));
        lines.map(|line| (line.key.as_str(), line.title())).collect()
    }

    /// A change's place in words: `PDP hero · size`.
    fn label(&self, path: &ChangePath, titles: &HashMap<&str, &'a str>) -> String {
        let ChangePath::Line(key, _) = path else { return words::change_label(path, None) };
        let own = titles.get(key.as_str()).copied();
        let added = || {
            let mut patches = self.budget.scenarios.values().filter_map(|scenario| scenario.changes.lines.get(key));
            patches.find_map(|patch| patch.line.name.as_deref())
        };
        words::change_label(path, own.or_else(added))
    }

    /// Images, subtotal, total, the change against the baseline, what became of a locked total, and how the difference varies.
    #[must_use]
    pub fn sums(&self) -> Vec<ComparedRow> {
        let is_approximate = |at: usize| self.columns().get(at).is_some_and(|column| self.is_approximate(column));
        let amounts = self.differences.amounts(self.shown(), self.columns().len(), is_approximate);
        [self.parts(), self.totals_with(amounts)].concat()
    }

    /// What the totals are made of: images, subtotal and buffer.
    #[must_use]
    pub fn parts(&self) -> Vec<ComparedRow> {
        let images = |column: &Column| column.totals.images.map_or_else(|| words::unknown().to_owned(), count);
        let subtotal = |column: &Column| self.money(column, column.totals.subtotal);
        let buffer = |column: &Column| self.money(column, column.totals.buffer);
        vec![
            (words::report_images().to_owned(), self.each(&images)),
            (words::report_subtotal().to_owned(), self.each(&subtotal)),
            (words::knob_label(Knob::Buffer).to_owned(), self.each(&buffer)),
        ]
    }

    /// The money that each column's total leaves of its cap, or is over it; `None` if no column has a cap.
    fn caps(&self) -> Option<ComparedRow> {
        let cap = |column: &Column| {
            let scenario = column.scenario.as_ref().and_then(|key| self.budget.scenarios.get(key));
            let own = scenario.and_then(|scenario| scenario.changes.assumptions.value(Knob::Cap)).cloned();
            own.or_else(|| self.budget.cap().map(Value::Cap))
        };
        let caps: Vec<Option<Value>> = self.columns().iter().map(cap).collect();
        if caps.iter().all(Option::is_none) {
            return None;
        }
        let cell = |(column, cap): (&Column, Option<Value>)| {
            let Some(cap) = cap else { return words::bill_none().to_owned() };
            let assumptions = Settings::default().with(Knob::Cap, cap);
            let alone = Budget { shown: self.shown().clone(), assumptions, ..Budget::default() };
            match Headline::of(&alone, &column.totals, None).against {
                Against::Left { left, .. } => words::cap_left_alone(left),
                Against::Over { over, .. } => words::cap_over(over),
                Against::OverAtLeast { over, .. } => words::cap_over_at_least(over),
                Against::None => words::bill_none().to_owned(),
                Against::Unknown | Against::WrongCurrency { .. } => words::unknown().to_owned(),
            }
        };
        let cells = self.columns().iter().zip(caps).map(cell).collect();
        Some((words::knob_label(Knob::Cap).to_owned(), cells))
    }

    fn each(&self, cell: &dyn Fn(&Column) -> String) -> Vec<String> {
        self.columns().iter().map(cell).collect()
    }

    fn money(&self, column: &Column, usd: Option<Decimal>) -> String {
        text_if(self.shown(), usd, column.totals.approximate)
    }

    /// The totals, the change against the baseline and how likely it is one, and what became of a locked total.
    #[must_use]
    pub fn totals(&self) -> Vec<ComparedRow> {
        self.totals_with(Vec::new())
    }

    /// The same with the amounts of a difference beside its chance.
    fn totals_with(&self, amounts: Vec<ComparedRow>) -> Vec<ComparedRow> {
        let unknown = || words::unknown().to_owned();
        let change = |column: &Column| {
            let totals = self.columns().first().and_then(|baseline| baseline.totals.total).zip(column.totals.total);
            totals.map_or_else(unknown, |(baseline, total)| {
                Amount::change(self.shown(), baseline, total).about_if(self.is_approximate(column)).signed()
            })
        };
        let percent = |column: &Column| {
            let signed =
                |percent: Percent| if self.is_approximate(column) { percent.about() } else { percent }.signed();
            let not_defined =
                self.columns().first().is_some_and(|baseline| baseline.totals.total == Some(Decimal::ZERO));
            let without = || if not_defined { words::percent_of_nothing().to_owned() } else { unknown() };
            self.percent(column).map_or_else(without, signed)
        };
        let total = |column: &Column| self.money(column, column.totals.total);
        let mut rows = vec![(words::total().to_owned(), self.each(&total))];
        if self.columns().len() > 1 {
            rows.push((words::compare_change().to_owned(), self.each(&change)));
            rows.push((words::compare_percent().to_owned(), self.each(&percent)));
            rows.extend(self.differences.chances(self.columns().len()));
            rows.extend(amounts);
        }
        rows.extend(self.caps());
        rows.extend(self.since());
        rows
    }

    /// Why a change since the lock is not known: it may be in a currency that the project does not use.
    fn unknown_since(&self, since: &Since) -> String {
        let usable = since.currency == Currency::USD || since.currency == self.shown().currency;
        if usable { words::unknown().to_owned() } else { words::since_other_currency(since.currency.code()) }
    }

    /// What became of the locked total, and the part that prices changed.
    fn since(&self) -> Vec<ComparedRow> {
        let Some(first) = self.columns().iter().find_map(|column| column.since.as_ref()) else { return Vec::new() };
        // Only the baseline was locked: beside it the other columns have nothing to say.
        let cell = |pick: &dyn Fn(&Since, bool) -> Option<String>| {
            let told = |column: &Column| {
                let told = |since| pick(since, column.totals.approximate);
                column.since.as_ref().map(|since| told(since).unwrap_or_else(|| self.unknown_since(since)))
            };
            self.columns().iter().map(|column| told(column).unwrap_or_default()).collect::<Vec<_>>()
        };
        let changed = cell(&|since, is_approximate| since_change(self.shown(), since, is_approximate));
        let by_prices = cell(&|since, is_approximate| {
            since.by_prices.map(|change| since_amount(self.shown(), since, change, is_approximate).signed())
        });
        vec![(words::compare_since(first.on), changed), (words::compare_by_prices().to_owned(), by_prices)]
    }
}
