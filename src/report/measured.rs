//! Measured tokens beside the formula's, in printed estimates.

use super::Report;
use crate::cost::estimate::line::LineEstimate;
use crate::cost::rates::rate_card::Meter;
use crate::words;
use crate::words::safe::safe;

/// `tokens measured 6,119, formula 6,204 (usage of 3 calls)`; `None` if nothing measured counts.
pub(super) fn remark(line: &LineEstimate) -> Option<String> {
    let several = line.measured().count() > 1;
    let shown: Vec<String> = line
        .measured()
        .map(|(meter, beside)| match meter {
            Meter::ImageOutput if !several => words::beside(beside),
            _ => words::beside_of(meter, beside),
        })
        .collect();
    if shown.is_empty() {
        return None;
    }
    let source = line.deliverable.measured.value.as_ref().and_then(|measured| measured.source.as_deref());
    let source = source.map_or_else(String::new, |source| format!(" ({})", safe(source)));
    Some(words::report_measured(shown.join("; ")) + &source)
}

/// The same for each line, with its name.
pub(super) fn remarks(report: &Report<'_>) -> Vec<String> {
    report.lines().filter_map(|(line, title)| Some(format!("{}: {}", safe(title), remark(line)?))).collect()
}
