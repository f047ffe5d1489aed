//! The estimate for the client: the total, what is delivered and what is in it. Cap, other bills, markup and how sure the retry
//! factor is stay with the team.

use super::invoice::rate_label;
use super::summary::buffer_label;
use super::{Amount, Headline};
use crate::cost::estimate::line::LineEstimate;
use crate::cost::{Budget, Estimate, Knob, Value};
use crate::words;
use jiff::civil::Date;

/// The estimate in sentences for somebody outside the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientSummary {
    /// `Estimate: Spring launch`.
    pub title: String,
    /// Labels and values: client, day.
    pub facts: Vec<(&'static str, String)>,
    /// The total.
    pub total: String,
    /// Each deliverable with its size, quality and finals.
    pub rows: Vec<String>,
    /// What is in the total and what is not, the day of the prices, conversion: a sentence each.
    pub notes: Vec<String>,
}

impl ClientSummary {
    /// The estimate of a budget on a day; `scenario` is the name of the one that is applied to it.
    #[must_use]
    pub fn of(budget: &Budget, estimate: &Estimate, today: Date, scenario: Option<String>) -> ClientSummary {
        let client = budget.client.iter().map(|client| (words::summary_client(), client.clone()));
        let headline = Headline::of(budget, &estimate.totals, None);
        ClientSummary {
            title: budget.name.as_ref().map_or_else(|| words::summary_untitled().to_owned(), words::summary_title),
            facts: client
                .chain(scenario.map(|scenario| (words::summary_scenario(), scenario)))
                .chain([(words::summary_date(), today.to_string())])
                .collect(),
            total: match (headline.total, estimate.totals.invoice.tax.filter(|_| estimate.totals.invoice.has.tax)) {
                (Some(total), Some(tax)) => {
                    let tax = Amount::of(&budget.shown, tax).about_if(total.is_about());
                    words::summary_total_taxed(total, total.less(tax), rate_label(estimate, Knob::Tax), tax)
                }
                (Some(total), None) => words::levers_total(total),
                (None, _) => words::summary_total_known(headline.known),
            },
            rows: budget.lines.iter().zip(&estimate.lines).map(|(own, line)| row(own.title(), line)).collect(),
            notes: notes(budget, estimate),
        }
    }
}

fn row(title: &str, line: &LineEstimate) -> String {
    let own = &line.deliverable;
    let size = line.final_stage().and_then(|stage| stage.size);
    let size = size.map_or_else(|| words::value(&Value::Size(own.size.value)), words::size);
    let name = words::summary_name(title, size, words::value(&Value::Quality(own.quality.value)));
    words::summary_item(name, words::summary_finals(own.all_finals()))
}

fn notes(budget: &Budget, estimate: &Estimate) -> Vec<String> {
    let has = estimate.totals.invoice.has;
    let mut included = vec![words::summary_all_tries().to_owned()];
    if estimate.lines.iter().any(|line| line.deliverable.explore.is_some()) {
        included.push(words::field_drafts().to_owned());
    }
    if estimate.totals.buffer.is_none_or(|buffer| !buffer.is_zero()) {
        included.push(buffer_label(estimate));
    }
    let fees = if has.any() { estimate.fees(budget) } else { Vec::new() };
    for fee in fees {
        if !included.contains(&fee.name) {
            included.push(fee.name);
        }
    }
    if has.tax {
        included.push(words::knob_label(Knob::Tax).to_owned());
    }
    let left_out = [
        (!(has.fees || has.project_fees), words::invoice_fees()),
        (!has.tax, words::knob_label(Knob::Tax)),
        (true, words::summary_more_finals()),
    ];
    let left_out: Vec<&str> = left_out.into_iter().filter(|(is_out, _)| *is_out).map(|(_, name)| name).collect();
    let days = estimate.models().map(|model| budget.card(model).provenance.checked);
    let day = days.min().flatten().map(words::summary_prices_day);
    let fixed = [words::summary_in(included.join(", ")), words::summary_not_in(left_out.join(", "))];
    fixed.into_iter().chain(day).chain(words::converted_note(&budget.shown)).collect()
}
