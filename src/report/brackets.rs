//! The lowest and highest total where size or quality is left to the model: for scripts, and as notes of a printed estimate.

use super::Report;
use crate::cost::estimate::line::Bracket;
use crate::figures::bracket_text;
use crate::words;
use serde::Serialize;

/// Both ends in USD, unrounded.
#[derive(Serialize)]
pub(super) struct BracketRow {
    least: String,
    most: String,
    /// Whether one of them rests on an approximate number of tokens.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    approximate: bool,
}

impl From<&Bracket> for BracketRow {
    fn from(of: &Bracket) -> BracketRow {
        let [least, most] = [of.least, of.most].map(|end| end.normalize().to_string());
        BracketRow { least, most, approximate: of.approximate }
    }
}

/// The possible range of each line whose size or quality is left to the model, and that of the last total.
pub(super) fn notes(report: &Report<'_>) -> Vec<String> {
    let shown = &report.budget.shown;
    let open = report.estimate.lines.iter().filter_map(|line| Some((line, line.bracket?)));
    let of_lines = open.map(|(line, bracket)| words::report_bracket(&line.key, bracket_text(shown, &bracket)));
    let total = report.estimate.totals.bracket.map(|total| bracket_text(shown, &total));
    of_lines.chain(total.map(words::report_bracket_total)).collect()
}
