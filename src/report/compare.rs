//! Scenarios side by side: text, JSON, Markdown and CSV.

use super::csv::{Formulas, approximate_cell, cell as csv_text, maybe};
use super::json::{Issue, issue, pretty};
use super::risk_row::float;
use crate::cost::Budget;
use crate::cost::base::money::Decimal;
use crate::cost::budget::knob_text;
use crate::cost::risk::Withheld;
use crate::cost::scenario::{Column, Comparison, Content, DIFFERENCE_PERCENTILES, Likely, LikelyColumn, Since};
use crate::diagnostics::Problem;
use crate::figures::{self, ComparedRow as TableRow, Differences, SideBySide};
use crate::words;
use crate::words::columns::{LINE_COLUMNS, left, right, width, wrap};
use crate::words::markup::{block, heading, inline};
use crate::words::safe::safe;
use serde::Serialize;
use std::collections::BTreeMap;

/// The version of the keys of the JSON; it rises only if one ever has to change its meaning.
const SCHEMA: u32 = 1;
/// The narrowest column of a scenario in the text.
const CELL_COLUMNS: usize = 10;

/// The inputs of a comparison's report.
#[derive(Clone, Copy)]
pub struct Compared<'a> {
    /// The project's name; the file's name if the project has none.
    pub name: &'a str,
    /// The project itself.
    pub budget: &'a Budget,
    /// The columns, the baseline first, and the values that differ.
    pub comparison: &'a Comparison,
    /// How each column differs from the first, beyond its total.
    pub likely: &'a [LikelyColumn],
    /// The problems of the file and of the scenarios.
    pub problems: &'a [Problem],
}

impl<'a> Compared<'a> {
    fn columns(&self) -> &'a [Column] {
        &self.comparison.columns
    }

    /// How a column differs from the first, if that is known.
    fn likely(&self, at: usize) -> Option<&'a Likely> {
        self.likely.get(at)?.as_ref()?.as_ref().ok()
    }

    fn beside(&self) -> SideBySide<'a> {
        SideBySide { budget: self.budget, comparison: self.comparison, differences: Differences::Known(self.likely) }
    }
}

/// The comparison as plain text. A table that is wider than a line becomes a paragraph for each column.
#[must_use]
pub fn compare_text(report: &Compared<'_>) -> String {
    let mut out = format!("{}\n", wrap(&words::compare_heading(report.name), "", "  "));
    report.beside().legend().iter().for_each(|row| out.push_str(&format!("{}\n", wrap(row, "  ", "    "))));
    out.push('\n');
    let titles: Vec<String> =
        report.columns().iter().map(|column| safe(&report.beside().title(column)).into_owned()).collect();
    let (values, sums) = (report.beside().values(), report.beside().sums());
    if values.is_empty() {
        out.push_str(&format!("{}\n\n", words::compare_nothing()));
    }
    let rows = || values.iter().chain(&sums);
    let labels = rows().map(|(label, _)| width(label)).max().unwrap_or(0);
    let cells = |at: usize| rows().filter_map(move |(_, cells)| cells.get(at)).map(|cell| width(cell));
    let widths: Vec<usize> = titles
        .iter()
        .enumerate()
        .map(|(at, title)| cells(at).chain([width(title), CELL_COLUMNS]).max().unwrap_or(0))
        .collect();
    let fits = labels + widths.iter().map(|width| width + 2).sum::<usize>() <= LINE_COLUMNS;
    if !fits {
        return out + &paragraphs(&titles, &values, &sums);
    }
    let line = |label: &str, cells: &[String]| {
        let cells = cells.iter().zip(&widths).map(|(cell, width)| format!("  {}", right(cell, *width)));
        format!("{}{}\n", left(label, labels), cells.collect::<String>())
    };
    out.push_str(&line("", &titles));
    out.push_str(&format!("{}\n", "─".repeat(labels + widths.iter().map(|width| width + 2).sum::<usize>())));
    values.iter().for_each(|(label, cells)| out.push_str(&line(label, cells)));
    if !values.is_empty() {
        out.push('\n');
    }
    sums.iter().for_each(|(label, cells)| out.push_str(&line(label, cells)));
    out
}

fn paragraphs(titles: &[String], values: &[TableRow], sums: &[TableRow]) -> String {
    let mut out = String::new();
    for (at, title) in titles.iter().enumerate() {
        let gap = if at > 0 { "\n" } else { "" };
        out.push_str(&format!("{gap}{}\n", wrap(title, "", "  ")));
        for (label, cells) in values.iter().chain(sums) {
            let told = cells.get(at).map(|cell| format!("{label}: {cell}")).unwrap_or_default();
            out.push_str(&format!("{}\n", wrap(&told, "  ", "    ")));
        }
    }
    out
}

/// The comparison as GitHub-flavoured Markdown.
#[must_use]
pub fn compare_markdown(report: &Compared<'_>) -> String {
    let mut out = format!("### {}\n\n", heading(&words::compare_heading(report.name)));
    report.beside().legend().iter().for_each(|row| out.push_str(&format!("- {}\n", block(row))));
    if !report.beside().legend().is_empty() {
        out.push('\n');
    }
    let row = |label: &str, cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| inline(cell)).collect();
        format!("| {} | {} |\n", inline(label), cells.join(" | "))
    };
    let titles: Vec<String> = report.columns().iter().map(|column| report.beside().title(column)).collect();
    out.push_str(&row("", &titles));
    out.push_str(&format!("|---|{}\n", "--:|".repeat(titles.len())));
    report
        .beside()
        .values()
        .iter()
        .chain(&report.beside().sums())
        .for_each(|(label, cells)| out.push_str(&row(label, cells)));
    out
}

/// The comparison for a spreadsheet: amounts in USD, unrounded; the first column has the path of each value.
#[must_use]
pub fn compare_csv(report: &Compared<'_>, formulas: Formulas) -> String {
    let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::NonNumeric).from_writer(Vec::new());
    let keys = report.columns().iter().map(|column| column.scenario.clone().unwrap_or_default());
    let mut rows: Vec<TableRow> = vec![("scenario".to_owned(), keys.map(|key| csv_text(&key, formulas)).collect())];
    for row in &report.comparison.rows {
        let cells = row.contents.iter().map(|content| csv_text(&script_value(content).unwrap_or_default(), formulas));
        rows.push((csv_text(&words::change_path(&row.path), formulas), cells.collect()));
    }
    let figure = |name: &str, pick: &dyn Fn(&Column) -> Option<Decimal>| {
        (name.to_owned(), report.columns().iter().map(|column| maybe(pick(column))).collect())
    };
    rows.extend([
        figure("images", &|column| column.totals.images),
        figure("subtotal_usd", &|column| column.totals.subtotal),
        figure("total_usd", &|column| column.totals.total),
        figure("change_usd", &|column| report.beside().change(column)),
    ]);
    if report.columns().iter().any(|column| column.since.is_some()) {
        let of = |pick: fn(&Since) -> Option<Decimal>| move |column: &Column| pick(column.since.as_ref()?);
        rows.push(figure("since_change", &of(|since| since.change)));
        rows.push(figure("since_by_prices", &of(|since| since.by_prices)));
        // The two rows above are in the currency of the lock.
        let currency = |column: &Column| column.since.as_ref().map(|since| since.currency.code().to_owned());
        let currencies = report.columns().iter().map(|column| currency(column).unwrap_or_default());
        rows.push(("since_currency".to_owned(), currencies.collect()));
    }
    if report.columns().len() > 1 {
        rows.extend(difference_rows(report));
    }
    // The amounts above it: those of the column itself, and its change against the baseline.
    let about = |column: &Column| approximate_cell(report.beside().is_approximate(column)).to_owned();
    rows.push(("approximate".to_owned(), report.columns().iter().map(about).collect()));
    for (label, cells) in rows {
        // Memory accepts every write, and every row has as many cells.
        _ = writer.write_record(std::iter::once(&label).chain(&cells));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// How each column differs from the first, beyond its total.
fn difference_rows(report: &Compared<'_>) -> Vec<TableRow> {
    let figure = |name: &str, pick: &dyn Fn(&Likely) -> Option<Decimal>| {
        let cells = (0..report.columns().len()).map(|at| maybe(report.likely(at).and_then(pick)));
        (name.to_owned(), cells.collect())
    };
    vec![
        figure("difference_mean_usd", &|likely| Some(likely.mean)),
        figure("difference_p10_usd", &|likely| percentile(likely, 0)),
        figure("difference_p50_usd", &|likely| percentile(likely, 1)),
        figure("difference_p90_usd", &|likely| percentile(likely, 2)),
        figure("cheaper", &|likely| Some(likely.cheaper).filter(|_| likely.tells_cheaper)),
        figure("same", &|likely| Some(likely.same)),
    ]
}

/// A value as files and `--set` spell it; `None` if there is nothing.
fn script_value(content: &Content) -> Option<String> {
    match content {
        Content::Nothing | Content::Unreadable => None,
        Content::Present => Some("true".to_owned()),
        Content::Value(value) => Some(knob_text::write(value)),
        Content::Text(text) => Some(text.clone()),
        Content::Position(position) => Some(position.to_string()),
        Content::Fee(key, fee) => Some(words::fee_value(fee, *key)),
        Content::Risk(key, risk) => Some(words::risk_value(risk, *key)),
    }
}

#[derive(Serialize)]
struct Root<'a> {
    schema: u32,
    name: &'a str,
    amounts_in: &'a str,
    currency: &'a str,
    baseline: Option<&'a str>,
    columns: Vec<ColumnRow<'a>>,
    rows: Vec<ValueRow>,
    issues: Vec<Issue<'a>>,
}

#[derive(Serialize)]
struct ColumnRow<'a> {
    scenario: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    /// Whether it rests on an approximate number of tokens.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    approximate: bool,
    images: Option<String>,
    subtotal: Option<String>,
    total: Option<String>,
    change: Option<String>,
    change_percent: Option<String>,
    /// Null if it is unknown; the baseline has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    difference: Option<Option<DifferenceRow>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<SinceRow>,
}

#[derive(Serialize)]
struct DifferenceRow {
    mean: f64,
    percentiles: BTreeMap<String, Option<f64>>,
    cheaper: Option<f64>,
    same: f64,
    certain: bool,
    withheld: Option<&'static str>,
}

/// A percentile of a difference, if it is told.
fn percentile(likely: &Likely, at: usize) -> Option<Decimal> {
    let is_told = likely.withheld.is_none() || DIFFERENCE_PERCENTILES.get(at) == Some(&50);
    likely.percentiles.get(at).copied().filter(|_| is_told)
}

fn difference_row(likely: &Likely) -> DifferenceRow {
    let named = |(at, percent)| (figures::percentile_name(percent), percentile(likely, at).map(float));
    DifferenceRow {
        mean: float(likely.mean),
        percentiles: DIFFERENCE_PERCENTILES.into_iter().enumerate().map(named).collect(),
        cheaper: likely.tells_cheaper.then(|| float(likely.cheaper)),
        same: float(likely.same),
        certain: likely.is_certain,
        withheld: likely.withheld.map(|why| match why {
            Withheld::WideRange => "wide-range",
        }),
    }
}

#[derive(Serialize)]
struct SinceRow {
    on: String,
    currency: String,
    locked: String,
    change: Option<String>,
    by_prices: Option<String>,
}

#[derive(Serialize)]
struct ValueRow {
    key: String,
    from: Option<String>,
    to: Vec<Option<String>>,
}

/// The comparison for scripts: amounts are decimal strings in USD, unrounded.
#[must_use]
pub fn compare_json(report: &Compared<'_>) -> String {
    let columns = report.columns().iter().enumerate().map(|(at, column)| column_row(report, at, column));
    let rows = report.comparison.rows.iter().map(|row| {
        let mut values = row.contents.iter().map(script_value);
        ValueRow { key: words::change_path(&row.path), from: values.next().flatten(), to: values.collect() }
    });
    pretty(&Root {
        schema: SCHEMA,
        name: report.name,
        amounts_in: "USD",
        currency: report.budget.shown.currency.code(),
        baseline: report.columns().first().and_then(|column| column.scenario.as_deref()),
        columns: columns.collect(),
        rows: rows.collect(),
        issues: report.problems.iter().map(issue).collect(),
    })
}

fn column_row<'a>(report: &Compared<'a>, at: usize, column: &'a Column) -> ColumnRow<'a> {
    let scenario = column.scenario.as_ref().and_then(|key| report.budget.scenarios.get(key));
    let number = |value: Option<Decimal>| value.map(|value| value.normalize().to_string());
    let baseline = report.columns().first().and_then(|baseline| baseline.totals.total);
    let change = report.beside().change(column);
    let percent = change.zip(baseline).and_then(|(change, of)| figures::percent_to_places(change, of));
    ColumnRow {
        scenario: column.scenario.as_deref(),
        name: scenario.and_then(|scenario| scenario.name.as_deref()),
        approximate: report.beside().is_approximate(column),
        images: number(column.totals.images),
        subtotal: number(column.totals.subtotal),
        total: number(column.totals.total),
        change: number(change),
        change_percent: number(percent),
        difference: (at > 0).then(|| report.likely(at).map(difference_row)),
        since: column.since.as_ref().map(|since| SinceRow {
            on: since.on.to_string(),
            currency: since.currency.code().to_owned(),
            locked: since.locked.to_string(),
            change: number(since.change),
            by_prices: number(since.by_prices),
        }),
    }
}
