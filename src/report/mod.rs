//! An estimate, levers and goals without a screen: text, JSON, CSV and Markdown, each a pure function to a `String`.
//!
//! JSON is a contract with scripts (keys are only added, never changed); the others are for people.

mod amounts;
mod bills;
mod brackets;
mod charges;
pub mod checks;
mod compare;
mod compared;
mod csv;
mod exchange;
mod format;
mod goal;
mod json;
mod levers;
mod markdown;
mod measured;
mod risk;
mod risk_row;
mod scenario;
mod sections;
mod sources;
mod text;

use crate::cost::budget::Catalog;
use crate::cost::estimate::line::LineEstimate;
use crate::cost::{Budget, Estimate};
use crate::diagnostics::Problem;
use jiff::civil::Date;

pub use crate::words::markup::inline as escape;
pub use checks::Checked;
pub use compare::{Compared, compare_csv, compare_json, compare_markdown, compare_text};
pub use compared::At;
pub use csv::{Formulas, csv};
pub use format::Format;
pub use goal::Goals;
pub use json::{Place, json, pretty};
pub use levers::Levers;
pub use markdown::markdown;
pub use risk::RiskReport;
pub use scenario::{ReportedChange, ReportedScenario};
pub use text::text;

/// The inputs of a report.
#[derive(Clone, Copy)]
pub struct Report<'a> {
    /// The project's name; the file's name if the project has none.
    pub name: &'a str,
    /// The project's settings.
    pub budget: &'a Budget,
    /// The estimate of the settings.
    pub estimate: &'a Estimate,
    /// The built-in prices and rules.
    pub catalog: &'a Catalog,
    /// The problems of the file and the issues of the estimate, in the order to print.
    pub problems: &'a [Problem],
    /// The day of the estimate.
    pub today: Date,
    /// The scenario that the budget is under.
    pub scenario: Option<&'a ReportedScenario>,
}

impl<'a> Report<'a> {
    /// Each line with its display name.
    fn lines(&self) -> impl Iterator<Item = (&'a LineEstimate, &'a str)> {
        // Both lists are in the order of the worksheet; looking up each line by its key would take minutes for 100,000.
        let (budget, estimate) = (self.budget, self.estimate);
        estimate.lines.iter().enumerate().map(move |(at, line)| {
            let own = budget.lines.get(at).filter(|own| own.key == line.key);
            (line, own.map_or(line.key.as_str(), |own| own.title()))
        })
    }
}
