//! An estimate without a screen: text, JSON, CSV and Markdown, each a pure function to a `String`.
//!
//! JSON is a contract with scripts (its keys are never changed, only added to); the others are for people.

mod amounts;
mod bills;
mod columns;
mod csv;
mod json;
mod markdown;
mod markup;
mod sources;
mod text;

use crate::cost::budget::Catalog;
use crate::cost::estimate::line::LineEstimate;
use crate::cost::{Budget, Estimate};
use crate::diagnostics::Problem;
use jiff::civil::Date;

pub use csv::{Formulas, csv};
pub use json::{json, pretty};
pub use markdown::markdown;
pub use markup::inline as escape;
pub use text::text;

/// Everything that a report is drawn from.
#[derive(Clone, Copy)]
pub struct Report<'a> {
    /// What the project is called; the file's name where the file does not say.
    pub name: &'a str,
    /// What people set.
    pub budget: &'a Budget,
    /// What it comes to.
    pub estimate: &'a Estimate,
    /// Where prices and rules come from.
    pub catalog: &'a Catalog,
    /// What there is to say beside the figures: the file's problems and the estimate's issues, in the order to print.
    pub problems: &'a [Problem],
    /// The day of the estimate.
    pub today: Date,
}

impl<'a> Report<'a> {
    /// Each line with what people call it.
    fn lines(&self) -> impl Iterator<Item = (&'a LineEstimate, &'a str)> {
        // Both lists are in the order of the worksheet; looking each line up by its key would take minutes for 100,000.
        let (budget, estimate) = (self.budget, self.estimate);
        estimate.lines.iter().enumerate().map(move |(at, line)| {
            let own = budget.lines.get(at).filter(|own| own.key == line.key);
            (line, own.map_or(line.key.as_str(), |own| own.title()))
        })
    }
}
