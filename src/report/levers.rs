//! Levers without a screen: every move with its total, for people, spreadsheets and scripts.

use super::compared::{At, MeasuredCells};
use super::csv::{approximate_cell, cell, maybe};
use super::json::{Issue, amount, issue, pretty};
use super::sections::{Section, markdown, text};
use super::{Format, Formulas, Report};
use crate::cost::base::money::{Decimal, Shown};
use crate::cost::budget::{Value, knob_text};
use crate::cost::estimate::trial::Trials;
use crate::cost::levers::moves::{Extent, Move, Together};
use crate::cost::levers::sure::ComparedBy;
use crate::figures::{self, Amount, LeverWords};
use crate::words;
use csv::{QuoteStyle, WriterBuilder};
use serde::Serialize;

/// The version of the keys of `levers` and `goal`; it rises only if one ever has to change its meaning.
pub(super) const SCHEMA: u32 = 1;

/// Moves that are printed for people; the other formats have all of them.
const PRINTED: usize = 20;

/// The levers of a project, computed.
#[derive(Clone, Copy)]
pub struct Levers<'a> {
    /// The project.
    pub report: Report<'a>,
    /// The project as it can be tried.
    pub trials: &'a Trials<'a>,
    /// Every move, in order.
    pub moves: &'a [Move],
    /// The first three that save, together.
    pub together: Option<&'a Together>,
    /// Moves that were left out, because the others change the total more.
    pub more: usize,
    /// What the moves are compared by.
    pub at: At<'a>,
}

impl Levers<'_> {
    /// The whole answer. `formulas` says what cells that begin like a formula become in CSV.
    #[must_use]
    pub fn write(&self, format: Format, formulas: Formulas) -> String {
        match format {
            Format::Text => text(&self.sections()),
            Format::Markdown => markdown(&self.sections()),
            Format::Json => self.json(),
            Format::Csv => {
                let rows = self.moves.iter().map(|one| csv_row(("move", ""), one, (&self.report, self.at), formulas));
                csv(rows)
            }
        }
    }

    fn sections(&self) -> Vec<Section> {
        let mut sections = vec![Section::Title(self.report.name.to_owned())];
        let shown = &self.report.budget.shown;
        let before = self.trials.before();
        let total =
            || before.total.map_or_else(unknown, |usd| Amount::of(shown, usd).about_if(before.approximate).to_string());
        let before_any = self.at.sentence(&self.report).unwrap_or_else(|| match self.trials.unpriced().len() {
            0 => words::levers_total(total()),
            count => words::levers_known_total(total(), count),
        });
        sections.push(Section::Sentence(before_any));
        if self.at.is_withheld() {
            return sections;
        }
        if self.moves.is_empty() {
            sections.push(Section::Sentence(words::levers_none().to_owned()));
            return sections;
        }
        sections.push(table(words::levers_heading().to_owned(), self.moves, PRINTED, (&self.report, self.at)));
        if self.more > 0 {
            sections.push(Section::Sentence(words::levers_not_measured(self.more)));
        }
        if let Some(together) = self.together {
            let moves = together.moves.iter().filter_map(|place| self.moves.get(*place));
            let moves: Vec<String> = moves.map(|one| lever_words(&self.report).named(one)).collect();
            let figures = together.figures();
            let [after, change] = told(figures, together.approximate, (&self.report, self.at));
            sections.push(Section::Sentence(words::levers_together(moves.join(" + "), after, change)));
        }
        sections
    }

    fn json(&self) -> String {
        let before = self.trials.before();
        let whole = self.trials.is_whole();
        pretty(&LeversRoot {
            schema: SCHEMA,
            name: self.report.name,
            amounts_in: "USD",
            total: before.total.filter(|_| whole).map(amount),
            known_total: before.total.filter(|_| !whole).map(amount),
            unpriced: keys(self.trials.unpriced().iter().copied(), &self.report),
            confidence: self.at.confidence(),
            percentile: self.at.percentile(),
            over_cap: self.at.over_cap(),
            withheld: self.at.told_withheld(),
            levers: self.moves.iter().map(|one| json_row(one, (&self.report, self.at))).collect(),
            together: self.together.map(|together| TogetherRow {
                levers: together.moves.clone(),
                total: together.total.map(amount),
                swing: amount(together.swing),
                measured: MeasuredCells::of(together.measured, self.at),
                approximate: is_change_about(together.approximate, &self.report),
            }),
            issues: self.report.problems.iter().map(issue).collect(),
        })
    }
}

#[derive(Serialize)]
struct LeversRoot<'a> {
    schema: u32,
    name: &'a str,
    amounts_in: &'a str,
    total: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    known_total: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unpriced: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    percentile: Option<Option<f64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    over_cap: Option<Option<f64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    withheld: Option<bool>,
    levers: Vec<JsonRow>,
    together: Option<TogetherRow>,
    issues: Vec<Issue<'a>>,
}

#[derive(Serialize)]
struct TogetherRow {
    levers: Vec<usize>,
    total: Option<String>,
    swing: String,
    #[serde(flatten)]
    measured: MeasuredCells,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    approximate: bool,
}

/// A move for scripts.
#[derive(Serialize)]
pub(super) struct JsonRow {
    lever: &'static str,
    deliverable: Option<String>,
    scope: &'static str,
    deliverables: usize,
    from: String,
    to: String,
    total: Option<String>,
    swing: Option<String>,
    #[serde(flatten)]
    measured: MeasuredCells,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    approximate: bool,
}

pub(super) fn json_row(one: &Move, (report, at): (&Report<'_>, At<'_>)) -> JsonRow {
    JsonRow {
        lever: one.knob.row().name,
        deliverable: deliverable(one, report),
        scope: scope(one),
        deliverables: one.deliverables.len(),
        from: values(&one.from),
        to: values(&one.to),
        total: one.total.map(amount),
        swing: one.swing.map(amount),
        measured: MeasuredCells::of(one.measured, at),
        approximate: is_change_about(one.approximate, report),
    }
}

/// The key of the only deliverable that a move is for.
fn deliverable(one: &Move, report: &Report<'_>) -> Option<String> {
    match one.extent {
        Extent::One(index) => keys([index].into_iter(), report).pop(),
        Extent::Shared | Extent::Project => None,
    }
}

fn scope(one: &Move) -> &'static str {
    match one.extent {
        Extent::One(_) => "deliverable",
        Extent::Shared => "shared",
        Extent::Project => "project",
    }
}

/// Different values as files spell them.
fn values(values: &[Value]) -> String {
    values.iter().map(knob_text::write).collect::<Vec<_>>().join(" | ")
}

/// The keys of deliverables, by index.
pub(super) fn keys(of: impl Iterator<Item = usize>, report: &Report<'_>) -> Vec<String> {
    of.filter_map(|index| Some(report.estimate.lines.get(index)?.key.clone())).collect()
}

/// The columns of CSV, in order; names are stable.
const COLUMNS: [&str; 17] = [
    "row",
    "number",
    "lever",
    "scope",
    "deliverable",
    "name",
    "deliverables",
    "from",
    "to",
    "total_usd",
    "swing_usd",
    "reason",
    "approximate",
    "percentile_usd",
    "percentile_swing_usd",
    "over_cap",
    "over_cap_swing",
];

/// A row of CSV.
pub(super) type CsvRow = [String; COLUMNS.len()];

/// A move in CSV; `number` tells the rows of one pair.
pub(super) fn csv_row(
    (kind, number): (&str, &str),
    one: &Move,
    (report, at): (&Report<'_>, At<'_>),
    formulas: Formulas,
) -> CsvRow {
    let [percentile, percentile_swing, over_cap, over_cap_swing] = at.cells(one.measured);
    let name = match one.extent {
        Extent::One(index) => lever_words(report).title(index),
        Extent::Shared | Extent::Project => String::new(),
    };
    [
        kind.to_owned(),
        number.to_owned(),
        one.knob.row().name.to_owned(),
        scope(one).to_owned(),
        cell(&deliverable(one, report).unwrap_or_default(), formulas),
        cell(&name, formulas),
        one.deliverables.len().to_string(),
        cell(&values(&one.from), formulas),
        cell(&values(&one.to), formulas),
        maybe(one.total),
        maybe(one.swing),
        String::new(),
        approximate_cell(is_change_about(one.approximate, report)).to_owned(),
        percentile,
        percentile_swing,
        over_cap,
        over_cap_swing,
    ]
}

/// Rows below the names of the columns.
pub(super) fn csv(rows: impl Iterator<Item = CsvRow>) -> String {
    let mut writer = WriterBuilder::new().quote_style(QuoteStyle::NonNumeric).from_writer(Vec::new());
    for row in std::iter::once(COLUMNS.map(str::to_owned)).chain(rows) {
        // Memory accepts every write, and the type gives each row the same number of cells.
        _ = writer.write_record(&row);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// The words for the levers of a report's project.
pub(super) fn lever_words<'a>(report: &Report<'a>) -> LeverWords<'a> {
    let approximate = report.estimate.totals.approximate;
    LeverWords { budget: report.budget, catalog: report.catalog, approximate, compared: ComparedBy::Total }
}

fn unknown() -> String {
    words::unknown().to_owned()
}

/// Moves below each other, each with its total and its swing.
pub(super) fn table(title: String, moves: &[Move], printed: usize, (report, at): (&Report<'_>, At<'_>)) -> Section {
    let row = |one: &Move| figures_row(lever_words(report).named(one), one.figures(), one.approximate, (report, at));
    let more = moves.len().saturating_sub(printed);
    Section::Table {
        title,
        head: head(at),
        rows: moves.iter().take(printed).map(row).collect(),
        notes: (more > 0).then(|| words::levers_more(more)).into_iter().collect(),
    }
}

/// The names of the columns of moves.
pub(super) fn head(at: At<'_>) -> Vec<String> {
    vec![String::new(), figures::compared_name(at.compared), words::levers_change().to_owned()]
}

/// Whether the swing of a row is approximate: from the total before it to the one after.
pub(super) fn is_change_about(after: bool, report: &Report<'_>) -> bool {
    figures::is_change_about(report.estimate.totals.approximate, after)
}

/// What a total changes by: the difference of both totals as shown, or the swing of the known parts where one is unknown.
fn change(before: Option<Decimal>, (after, swing): (Option<Decimal>, Decimal), shown: &Shown) -> Amount {
    before.zip(after).map_or_else(|| Amount::of(shown, swing), |(before, after)| Amount::change(shown, before, after))
}

/// A name with what is compared after a move and its change.
pub(super) fn figures_row(
    name: String,
    figures: (Option<Decimal>, Option<Decimal>),
    approximate: bool,
    (report, at): (&Report<'_>, At<'_>),
) -> Vec<String> {
    let [after, change] = told(figures, approximate, (report, at));
    vec![name, after, change]
}

/// What is compared after a move, and its change, as shown.
fn told(
    (after, swing): (Option<Decimal>, Option<Decimal>),
    approximate: bool,
    (report, at): (&Report<'_>, At<'_>),
) -> [String; 2] {
    if let ComparedBy::OverCap(_) = at.compared {
        return figures::chance_figures(after, swing).map(|text| text.unwrap_or_else(unknown));
    }
    let amount = |usd, is_about| Amount::of(&report.budget.shown, usd).about_if(is_about);
    let total = after.map_or_else(unknown, |usd| amount(usd, approximate).to_string());
    let changes = is_change_about(approximate, report);
    let before = if at.is_total() { report.estimate.totals.total } else { at.before() };
    let swing = swing.map(|swing| change(before, (after, swing), &report.budget.shown).about_if(changes));
    [total, swing.map_or_else(unknown, |swing| swing.signed())]
}
