//! What fits a cap, without a screen: the most of each knob, moves and pairs that get there, and the cut line.

use super::compared::{At, MeasuredCells};
use super::csv::{approximate_cell, cell, maybe};
use super::json::{Issue, amount, issue, pretty};
use super::levers::{
    CsvRow, JsonRow, SCHEMA, csv, csv_row, figures_row, head, is_change_about, json_row, keys, lever_words, table,
};
use super::risk_row::float;
use super::sections::{Section, markdown, text};
use super::{Format, Formulas, Report};
use crate::cost::budget::{Knob, Value, knob_text};
use crate::cost::estimate::Limit;
use crate::cost::estimate::trial::Trials;
use crate::cost::levers::cut::Cut;
use crate::cost::levers::goal::{Goal, Unmet, knobs};
use crate::cost::levers::pairs::Pair;
use crate::cost::levers::sure::ComparedBy;
use crate::cost::levers::under_cap::Ways;
use crate::figures::{LeverWords, lever_label, percentile_name};
use crate::words;
use serde::Serialize;
use std::collections::BTreeMap;

/// Single moves that are printed for people; the other formats have all of them.
const MOVES_PRINTED: usize = 12;
/// Reasons that are printed for people.
const REASONS_PRINTED: usize = 8;

/// The goals of a project, computed.
#[derive(Clone, Copy)]
pub struct Goals<'a> {
    /// The project.
    pub report: Report<'a>,
    /// The project as it can be tried.
    pub trials: &'a Trials<'a>,
    /// The cap.
    pub limit: Limit<'a>,
    /// The most of each knob.
    pub goals: &'a [Goal],
    /// The only deliverable that is asked about, by its index.
    pub only: Option<usize>,
    /// What gets under the cap.
    pub ways: &'a Ways,
    /// How far down the list the cap reaches.
    pub cut: &'a Cut,
    /// What is held against the cap.
    pub at: At<'a>,
}

impl Goals<'_> {
    /// The whole answer. `formulas` says what cells that begin like a formula become in CSV.
    #[must_use]
    pub fn write(&self, format: Format, formulas: Formulas) -> String {
        match format {
            Format::Text => text(&self.sections()),
            Format::Markdown => markdown(&self.sections()),
            Format::Json => self.json(),
            Format::Csv => csv(self.csv_rows(formulas)),
        }
    }

    fn sections(&self) -> Vec<Section> {
        let mut sections = vec![Section::Title(self.report.name.to_owned()), Section::Sentence(self.against_cap())];
        if self.at.is_withheld() {
            sections.push(Section::Sentence(words::begun(words::goal_withheld())));
            return sections;
        }
        if !self.goals.is_empty() {
            sections.push(self.knobs_table());
        }
        if self.ways.fits == Some(false) {
            sections.push(self.ways_section());
        }
        sections.extend(self.words().cut_line(self.cut, &self.limit).map(Section::Sentence));
        sections
    }

    /// The words for the project's levers and goals.
    fn words(&self) -> LeverWords<'_> {
        LeverWords {
            approximate: self.trials.before().approximate,
            compared: self.at.compared,
            ..lever_words(&self.report)
        }
    }

    fn against_cap(&self) -> String {
        let words = self.words();
        let told = match self.at.compared {
            ComparedBy::Total | ComparedBy::OverCap(_) => {
                let total = self.trials.before().total.filter(|_| self.trials.is_whole());
                words.against_cap(&self.limit, total, self.ways.known_over)
            }
            ComparedBy::Percentile(percent) if self.at.is_withheld() => {
                words::goal_at_withheld(percentile_name(percent))
            }
            ComparedBy::Percentile(_) => words.against_cap(&self.limit, self.at.before(), None),
        };
        words::goal_of_cap(words.cap(&self.limit), told)
    }

    fn knobs_table(&self) -> Section {
        let mut rows: BTreeMap<(bool, usize), Vec<String>> = BTreeMap::new();
        let columns = knobs().count();
        for goal in self.goals {
            let (place, name) = match goal.deliverable {
                Some(index) => ((false, index), self.words().title(index)),
                None => ((true, 0), words::goal_all().to_owned()),
            };
            let row = rows.entry(place).or_insert_with(|| {
                let mut cells = vec![String::new(); columns + 1];
                cells.splice(0..1, [name]);
                cells
            });
            if let Some(cell) = knobs().position(|knob| knob == goal.knob).and_then(|at| row.get_mut(at + 1)) {
                *cell = shown(goal);
            }
        }
        let labels = knobs().map(|knob| lever_label(knob).to_owned());
        Section::Table {
            title: words::goal_heading().to_owned(),
            head: std::iter::once(String::new()).chain(labels).collect(),
            rows: rows.into_values().collect(),
            notes: self.reasons(),
        }
    }

    /// Why a cell has no value; not for those that any value fits.
    fn reasons(&self) -> Vec<String> {
        let told = |goal: &&Goal| !matches!(goal.best, Ok(_) | Err(Unmet::AnyFits | Unmet::Unknown | Unmet::Apart));
        let (all, one): (Vec<&Goal>, Vec<&Goal>) =
            self.goals.iter().filter(told).partition(|goal| goal.deliverable.is_none());
        let unmet = all.into_iter().chain(one);
        let reasons: Vec<String> = unmet
            .filter_map(|goal| {
                Some(words::goal_reason(
                    lever_label(goal.knob),
                    self.words().whose(goal),
                    self.words().reason(goal, &self.limit)?,
                ))
            })
            .collect();
        let more = reasons.len().saturating_sub(REASONS_PRINTED);
        let told = (more > 0).then(|| words::goal_reasons_more(more));
        let apart = match self.at.compared {
            ComparedBy::Percentile(percent) => Some(words::goal_buffer_apart(percentile_name(percent))),
            ComparedBy::Total | ComparedBy::OverCap(_) => None,
        };
        let asked = self.goals.iter().filter(|goal| goal.knob == Knob::Finals).count();
        let is_part = self.only.is_none() && asked < self.trials.lines().len();
        let costliest = is_part.then(|| words::goal_costliest(asked));
        reasons.into_iter().take(REASONS_PRINTED).chain(told).chain(apart).chain(costliest).collect()
    }

    fn ways_section(&self) -> Section {
        let Ways { single, pairs, .. } = self.ways;
        if !single.is_empty() {
            return table(words::goal_single().to_owned(), single, MOVES_PRINTED, (&self.report, self.at));
        }
        if pairs.is_empty() {
            let own = self.only.map(|index| words::goal_no_way_of(self.words().title(index)));
            return Section::Sentence(own.unwrap_or_else(|| words::goal_no_way().to_owned()));
        }
        let row = |pair: &Pair| {
            let [first, second] = pair.moves.each_ref().map(|one| self.words().named(one));
            figures_row(words::goal_pair(first, second), pair.figures(), pair.approximate, (&self.report, self.at))
        };
        let rows = pairs.iter().map(row).collect();
        let own = self.only.map(|index| words::goal_pairs_of(self.words().title(index)));
        let title = own.unwrap_or_else(|| words::goal_pairs().to_owned());
        Section::Table { title, head: head(self.at), rows, notes: Vec::new() }
    }

    fn csv_rows(&self, formulas: Formulas) -> impl Iterator<Item = CsvRow> {
        let goals = self.goals.iter().map(move |goal| self.goal_row(goal, formulas));
        let single =
            self.ways.single.iter().map(move |one| csv_row(("move", ""), one, (&self.report, self.at), formulas));
        let pairs = (1..).zip(&self.ways.pairs).flat_map(move |(number, pair): (usize, _)| {
            let row = move |one| csv_row(("pair", &number.to_string()), one, (&self.report, self.at), formulas);
            let mut both = pair.moves.each_ref().map(row);
            // The figures of the pair: those of each move alone would be taken for parts of a sum.
            for [.., total, swing, _, is_about, percentile, percentile_swing, _, _] in &mut both {
                (*total, *swing, *is_about) = (
                    maybe(pair.total),
                    maybe(Some(pair.swing)),
                    approximate_cell(is_change_about(pair.approximate, &self.report)).to_owned(),
                );
                let measured = pair.measured.map(|measured| (measured.after, measured.swing)).unwrap_or_default();
                (*percentile, *percentile_swing) = (maybe(measured.0), maybe(measured.1));
            }
            both
        });
        goals.chain(single).chain(pairs)
    }

    fn goal_row(&self, goal: &Goal, formulas: Formulas) -> CsvRow {
        let (scope, key, name) = match goal.deliverable {
            Some(index) => ("deliverable", keys([index].into_iter(), &self.report).pop(), self.words().title(index)),
            None => ("project", None, String::new()),
        };
        let count = goal.deliverable.map_or(self.report.estimate.lines.len(), |_| 1);
        [
            "goal".to_owned(),
            String::new(),
            goal.knob.row().name.to_owned(),
            scope.to_owned(),
            cell(&key.unwrap_or_default(), formulas),
            cell(&name, formulas),
            count.to_string(),
            String::new(),
            goal.best.as_ref().map(|value| cell(&knob_text::write(value), formulas)).unwrap_or_default(),
            maybe(goal.amount.filter(|_| self.at.is_total())),
            String::new(),
            code(goal).unwrap_or_default().to_owned(),
            approximate_cell(goal.amount.is_some() && self.trials.before().approximate).to_owned(),
            maybe(goal.amount.filter(|_| !self.at.is_total())),
            String::new(),
            String::new(),
            String::new(),
        ]
    }

    fn json(&self) -> String {
        let of = |knob: Knob| self.goals.iter().filter(move |goal| goal.knob == knob);
        let each = |knob: Knob| {
            let own = of(knob).filter_map(|goal| Some((keys(goal.deliverable.into_iter(), &self.report).pop()?, goal)));
            own.map(|(key, goal)| (key, goal.best.as_ref().ok().map(knob_text::write))).collect()
        };
        let counts = of(Knob::Finals).filter_map(|goal| {
            let count = if let Ok(Value::Count(count)) = goal.best { Some(count) } else { None };
            Some((keys(goal.deliverable.into_iter(), &self.report).pop()?, count))
        });
        let all = self.goals.iter().filter(|goal| goal.deliverable.is_none());
        let unmet = self.goals.iter().filter_map(|goal| {
            let deliverable = goal.deliverable.and_then(|at| keys([at].into_iter(), &self.report).pop());
            let (code, reason) = (code(goal)?, self.words().reason(goal, &self.limit)?);
            Some(Reason { lever: goal.knob.row().name, deliverable, code, message: reason })
        });
        pretty(&Root {
            schema: SCHEMA,
            name: self.report.name,
            amounts_in: "USD",
            max: amount(self.limit.cap),
            max_currency: self.limit.currency.code().to_owned(),
            confidence: self.at.confidence(),
            percentile: self.at.percentile(),
            withheld: self.at.told_withheld(),
            total: self.trials.before().total.filter(|_| self.trials.is_whole()).map(amount),
            fits: self
                .ways
                .fits
                .filter(|_| self.at.is_total() || self.at.before().is_some())
                .or(self.ways.known_over.map(|_| false)),
            finals: counts.collect(),
            retry: each(Knob::Retry),
            quality: each(Knob::Quality),
            size: each(Knob::Size),
            service_tier: each(Knob::ServiceTier),
            buffer: each(Knob::Buffer),
            all: all.map(|goal| (goal.knob.row().name, goal.best.as_ref().ok().map(knob_text::write))).collect(),
            reasons: unmet.collect(),
            moves: self.ways.single.iter().map(|one| json_row(one, (&self.report, self.at))).collect(),
            pairs: self.ways.pairs.iter().map(|pair| self.pair_row(pair)).collect(),
            cut_line: CutLine {
                fits: keys(0..self.cut.fitting, &self.report),
                total: self.cut.total.filter(|_| self.at.is_total()).map(amount),
                percentile: (!self.at.is_total()).then(|| self.cut.total.map(float)),
                next: self.cut.next.map(|next| NextRow {
                    deliverable: keys([next.index].into_iter(), &self.report).pop().unwrap_or_default(),
                    lacks: next.lacks.map(amount),
                }),
            },
            issues: self.report.problems.iter().map(issue).collect(),
        })
    }

    fn pair_row(&self, pair: &Pair) -> PairRow {
        PairRow {
            moves: pair.moves.iter().map(|one| json_row(one, (&self.report, At::TOTAL))).collect(),
            deliverables: pair.deliverables,
            total: pair.total.map(amount),
            swing: amount(pair.swing),
            measured: MeasuredCells::of(pair.measured, self.at),
            approximate: is_change_about(pair.approximate, &self.report),
        }
    }
}

/// What a table shows where no value fits.
const NO_VALUE: &str = "–";

fn shown(goal: &Goal) -> String {
    match &goal.best {
        Ok(value) => words::value(value),
        Err(Unmet::AnyFits) => words::goal_any().to_owned(),
        Err(Unmet::OverAt { .. } | Unmet::Unknown | Unmet::NoValue | Unmet::Apart | Unmet::Withheld) => {
            NO_VALUE.to_owned()
        }
    }
}

/// The fixed name of the reason.
fn code(goal: &Goal) -> Option<&'static str> {
    Some(match goal.best.as_ref().err()? {
        Unmet::OverAt { .. } => "over-at-least",
        Unmet::AnyFits => "any-fits",
        Unmet::Unknown => "total-unknown",
        Unmet::NoValue => "no-value",
        Unmet::Apart => "not-in-it",
        Unmet::Withheld => "withheld",
    })
}

type ByDeliverable<T> = BTreeMap<String, Option<T>>;

#[derive(Serialize)]
struct Root<'a> {
    schema: u32,
    name: &'a str,
    amounts_in: &'a str,
    max: String,
    max_currency: String,
    confidence: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    percentile: Option<Option<f64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    withheld: Option<bool>,
    total: Option<String>,
    fits: Option<bool>,
    finals: ByDeliverable<u64>,
    retry: ByDeliverable<String>,
    quality: ByDeliverable<String>,
    size: ByDeliverable<String>,
    service_tier: ByDeliverable<String>,
    buffer: ByDeliverable<String>,
    all: BTreeMap<&'static str, Option<String>>,
    reasons: Vec<Reason>,
    moves: Vec<JsonRow>,
    pairs: Vec<PairRow>,
    cut_line: CutLine,
    issues: Vec<Issue<'a>>,
}

#[derive(Serialize)]
struct Reason {
    lever: &'static str,
    deliverable: Option<String>,
    code: &'static str,
    message: String,
}

#[derive(Serialize)]
struct PairRow {
    moves: Vec<JsonRow>,
    deliverables: usize,
    total: Option<String>,
    swing: String,
    #[serde(flatten)]
    measured: MeasuredCells,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    approximate: bool,
}

#[derive(Serialize)]
struct CutLine {
    fits: Vec<String>,
    total: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    percentile: Option<Option<f64>>,
    next: Option<NextRow>,
}

#[derive(Serialize)]
struct NextRow {
    deliverable: String,
    lacks: Option<String>,
}
