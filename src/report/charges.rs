//! Rows of the spreadsheet for what is charged beside images: surcharge and fees of each deliverable, then fees, markup and tax
//! of the project. The columns of amounts add up to the total row with them.

use super::Report;
use super::amounts::Money;
use super::csv::{Formulas, approximate_cell, cell, maybe, number};
use crate::cost::base::money::Decimal;
use crate::cost::base::wide::Wide;
use crate::cost::budget::Per;
use crate::cost::estimate::fees::{FeeCost, Fees};
use crate::cost::estimate::line::LineEstimate;
use crate::figures::Amount;

/// Named cells of a row.
pub(super) type Cells = Vec<(&'static str, String)>;

/// A row for each surcharge and fee of a deliverable, with its amount as shown.
pub(super) fn of_lines(report: &Report<'_>, money: &Money<'_>, formulas: Formulas) -> Vec<(Cells, Option<Amount>)> {
    let fees = Fees::of(report.budget);
    let mut rows = Vec::new();
    for (line, _) in report.lines() {
        if line.charged.surcharge {
            rows.push(row(line, ("surcharge", String::new()), (line.surcharge, true), money, formulas));
        }
        for fee in fees.rows_of_line(&line.key, &line.deliverable, line.final_count()) {
            let bears = fee.per.is_some_and(Per::bears_buffer);
            rows.push(row(line, ("fee", cell(&fee.name, formulas)), (fee.usd, bears), money, formulas));
        }
    }
    rows
}

fn row(
    line: &LineEstimate,
    (kind, name): (&str, String),
    (usd, bears_buffer): (Option<Decimal>, bool),
    money: &Money<'_>,
    formulas: Formulas,
) -> (Cells, Option<Amount>) {
    let percent = if bears_buffer { line.deliverable.buffer.value } else { Decimal::ZERO };
    let known = usd.filter(|_| line.total.is_some());
    let buffer = known.map(|usd| Wide::from(usd).percent(percent));
    let total = known.zip(buffer.as_ref()).and_then(|(usd, buffer)| {
        let mut total = Wide::from(usd);
        total += buffer;
        total.nearest().ok()
    });
    let part = known.map(|usd| Amount::of(money.shown(), usd));
    let cells = vec![
        ("row", kind.to_owned()),
        ("deliverable", cell(&line.key, formulas)),
        ("name", name),
        ("known_subtotal_usd", maybe(usd)),
        ("subtotal_usd", maybe(usd)),
        ("buffer_percent", if line.deliverable.buffer.readable { number(percent) } else { String::new() }),
        ("buffer_usd", maybe(buffer.and_then(|buffer| buffer.nearest().ok()))),
        ("total_usd", maybe(total)),
        ("shown_currency", money.currency.code().to_owned()),
        ("shown_subtotal", part.map(|part| part.value().to_string()).unwrap_or_default()),
    ];
    // A surcharge is a share of the images, a fee an amount of its own.
    let cells = [cells, about_cell(kind == "surcharge" && line.is_approximate())].concat();
    (cells, part)
}

/// The cell that marks a row whose amount rests on figures that are only about right.
fn about_cell(is_about: bool) -> Cells {
    if is_about { vec![("approximate", approximate_cell(true).to_owned())] } else { Vec::new() }
}

/// A row for each fee of the project, and for markup and tax.
pub(super) fn of_project(report: &Report<'_>, formulas: Formulas) -> Vec<Cells> {
    let invoice = &report.estimate.totals.invoice;
    let row = |kind: &str, name: String, usd: Option<Decimal>| {
        vec![("row", kind.to_owned()), ("name", name), ("total_usd", maybe(usd))]
    };
    let share = |kind: &str, usd: Option<Decimal>| {
        let is_about = usd.is_some() && report.estimate.totals.approximate;
        [row(kind, String::new(), usd), about_cell(is_about)].concat()
    };
    let fee = |fee: FeeCost| row("fee", cell(&fee.name, formulas), fee.usd);
    let mut rows: Vec<Cells> = Fees::of(report.budget).rows_of_project().into_iter().map(fee).collect();
    if invoice.has.markup {
        rows.push(share("markup", invoice.markup));
    }
    if invoice.has.tax {
        rows.push(share("tax", invoice.tax));
    }
    rows
}
