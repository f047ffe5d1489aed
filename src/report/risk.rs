//! How sure a total is, without a screen: sentences and tables for people, numbers for scripts and spreadsheets.

use super::csv::{cell, maybe, number};
use super::json::{Issue, amount, issue, pretty};
use super::levers::keys;
use super::sections::{Section, markdown, text};
use super::{Format, Formulas, Report};
use crate::cost::base::money::Decimal;
use crate::cost::risk::{FactorDoubt, Missing, PERCENTILES, Risk, STRESS_PERCENT, Sharing, Withheld};
use crate::figures::{self, Amount};
use crate::words;
use csv::{QuoteStyle, WriterBuilder};
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;
use std::collections::BTreeMap;

/// The version of the keys of `risk`; it rises only if one ever has to change its meaning.
const SCHEMA: u32 = 1;

/// Deliverables that are printed for people; the other formats have all of them.
const PRINTED: usize = 10;

/// How sure the total of a project is, computed.
#[derive(Clone, Copy)]
pub struct RiskReport<'a> {
    /// The project.
    pub report: Report<'a>,
    /// The answer, or why there is none.
    pub risk: Result<&'a Risk, Missing>,
}

impl RiskReport<'_> {
    /// The whole answer. `formulas` says what cells that begin like a formula become in CSV.
    #[must_use]
    pub fn write(&self, format: Format, formulas: Formulas) -> String {
        match format {
            Format::Text => text(&self.sections()),
            Format::Markdown => markdown(&self.sections()),
            Format::Json => self.json(),
            Format::Csv => self.csv(formulas),
        }
    }

    fn usd(&self, usd: Decimal) -> Amount {
        Amount::of(&self.report.budget.shown, usd).about_if(self.report.estimate.totals.approximate)
    }

    fn sections(&self) -> Vec<Section> {
        let mut sections = vec![Section::Title(self.report.name.to_owned())];
        let risk = match self.risk {
            Ok(risk) => risk,
            Err(missing) => {
                sections.push(Section::Sentence(figures::missing(missing).to_owned()));
                return sections;
            }
        };
        let (mean, worksheet) = (self.usd(risk.mean()), self.usd(risk.worksheet()));
        sections.push(Section::Sentence(match mean == worksheet {
            true => words::risk_expected(mean),
            false => words::risk_expected_with_doubt(mean, worksheet),
        }));
        sections.push(self.percentiles(risk));
        sections.extend(self.chances(risk).into_iter().map(Section::Sentence));
        sections.extend(self.spread(risk));
        sections.push(self.factors(risk));
        sections.push(Section::Sentence(words::risk_scope().to_owned()));
        sections
    }

    fn percentiles(&self, risk: &Risk) -> Section {
        let row = |percent: u8| {
            let name = figures::percentile_name(percent);
            if risk.withheld(percent).is_some() {
                return vec![words::risk_percentile_withheld(name), String::new()];
            }
            let amount = self.usd(risk.percentile(percent));
            let needed = risk.buffer_for(percent).map(figures::buffer_needed).unwrap_or_default();
            vec![words::risk_percentile(name, figures::share_below(percent), amount), needed]
        };
        let why = PERCENTILES.into_iter().find_map(|percent| risk.withheld(percent)).map(figures::withheld);
        Section::Table {
            title: words::risk_heading().to_owned(),
            head: vec![String::new(), words::risk_buffer_for_it().to_owned()],
            rows: PERCENTILES.into_iter().map(row).collect(),
            notes: why.into_iter().map(str::to_owned).collect(),
        }
    }

    /// What the buffer buys, also if factors are worse, and the chance over the cap.
    fn chances(&self, risk: &Risk) -> Vec<String> {
        let mut told = Vec::new();
        let budget = self.report.budget;
        if let Some(total) = self.report.estimate.totals.total {
            let covered = figures::chance_within(risk, risk.within(total));
            told.push(words::begun(&words::risk_covers(self.usd(total), covered)));
            let if_worse = figures::chance_within(risk, risk.within_if_worse(total));
            told.push(words::risk_stress(STRESS_PERCENT, if_worse));
        }
        if let Some((cap, over)) = budget.cap().and_then(|cap| Some((cap, risk.over(budget, cap)?))) {
            let currency = cap.currency.unwrap_or(budget.shown.currency);
            let over = figures::chance_over(risk, over);
            told.push(words::begun(&words::risk_over_cap(words::cap(cap, currency), over)));
        }
        told
    }

    fn spread(&self, risk: &Risk) -> Vec<Section> {
        let Some(layers) = risk.layers() else { return Vec::new() };
        let named = [
            (words::risk_luck(), layers.luck),
            (words::risk_factor(), layers.factor),
            (words::risk_risks(), layers.risks),
        ];
        let is_there = |(name, share): &(&str, Decimal)| *name != words::risk_risks() || !share.is_zero();
        let row = |(name, share): (&str, Decimal)| vec![name.to_owned(), figures::share(share)];
        let head = || vec![String::new(), words::card_share().to_owned()];
        let by_deliverable = risk.deliverables();
        let more = by_deliverable.len().saturating_sub(PRINTED);
        let of_line = |(at, share): &(usize, Decimal)| vec![self.title(*at), figures::share(*share)];
        vec![
            Section::Table {
                title: words::risk_spread().to_owned(),
                head: head(),
                rows: named.into_iter().filter(is_there).map(row).collect(),
                notes: vec![words::risk_lesson().to_owned()],
            },
            Section::Table {
                title: words::risk_by_deliverable().to_owned(),
                head: head(),
                rows: by_deliverable.iter().take(PRINTED).map(of_line).collect(),
                notes: (more > 0).then(|| words::risk_more(more)).into_iter().collect(),
            },
        ]
    }

    fn title(&self, at: usize) -> String {
        self.report.budget.lines.get(at).map(|line| line.title().to_owned()).unwrap_or_default()
    }

    fn whose(&self, doubt: &FactorDoubt) -> String {
        let of = &doubt.shared.deliverables;
        let name = of.first().map(|at| self.title(*at)).unwrap_or_default();
        figures::sharing(&doubt.shared.sharing, &name, of.len())
    }

    fn factors(&self, risk: &Risk) -> Section {
        let factors = risk.factors();
        let row = |doubt: &FactorDoubt| {
            let (low, high) = doubt.between;
            vec![
                self.whose(doubt),
                words::risk_times(figures::tries(doubt.retry)),
                words::risk_from_to(figures::tries(low), figures::tries(high)),
                figures::experience(doubt.worth),
            ]
        };
        let clamped = factors.iter().filter(|doubt| doubt.shared.fitted.clamped_from.is_some());
        let more = factors.len().saturating_sub(PRINTED);
        let clamped =
            clamped.take(PRINTED).map(|doubt| words::risk_clamped(self.whose(doubt), figures::experience(doubt.worth)));
        let head = [words::risk_mean(), words::risk_between(), words::risk_worth()];
        Section::Table {
            title: words::risk_factors().to_owned(),
            head: std::iter::once("").chain(head).map(str::to_owned).collect(),
            rows: factors.iter().take(PRINTED).map(row).collect(),
            notes: (more > 0).then(|| words::risk_more_factors(more)).into_iter().chain(clamped).collect(),
        }
    }

    fn json(&self) -> String {
        pretty(&Root {
            schema: SCHEMA,
            name: self.report.name,
            scenario: self.report.scenario.map(|scenario| scenario.key.as_str()),
            amounts_in: "USD",
            total: self.report.estimate.totals.total.map(amount),
            risk: self.risk.ok().map(|risk| self.row(risk)),
            unknown: self.risk.err().map(|missing| match missing {
                Missing::Price => "price",
                Missing::Finals => "finals",
            }),
            issues: self.report.problems.iter().map(issue).collect(),
        })
    }

    fn row(&self, risk: &Risk) -> RiskRow {
        let told = |percent: u8| risk.withheld(percent).is_none();
        let total = self.report.estimate.totals.total;
        let budget = self.report.budget;
        let named = |percent| figures::percentile_name(percent);
        let within = |chance: Decimal| risk.tells(chance).then(|| float(chance));
        let under = budget.cap().and_then(|cap| risk.under(budget, cap)).filter(|under| risk.tells(under.1));
        let over = under.and_then(|(_, under)| Decimal::ONE.checked_sub(under));
        RiskRow {
            mean: float(risk.mean()),
            worksheet: float(risk.worksheet()),
            floor: float(risk.floor()),
            sd: float(risk.sd()),
            percentiles: PERCENTILES
                .into_iter()
                .map(|percent| (named(percent), told(percent).then(|| float(risk.percentile(percent)))))
                .collect(),
            buffer_confidence: total.and_then(|total| within(risk.within(total))),
            buffer_confidence_if_worse: total.and_then(|total| within(risk.within_if_worse(total))),
            buffer_needed: PERCENTILES
                .into_iter()
                .map(|percent| (named(percent), risk.buffer_for(percent).filter(|_| told(percent)).map(of_hundred)))
                .collect(),
            over_cap: over.map(float),
            spread: risk.layers().map(|layers| SpreadRow {
                luck: float(layers.luck),
                factor: float(layers.factor),
                risks: float(layers.risks),
            }),
            deliverables: risk.deliverables().into_iter().map(|(at, share)| self.share_row(at, share)).collect(),
            dependence: risk.factors().iter().map(|doubt| self.factor_row(doubt)).collect(),
            withheld: PERCENTILES.into_iter().find_map(|percent| risk.withheld(percent)).map(|why| match why {
                Withheld::WideRange => "wide-range",
            }),
        }
    }

    fn share_row(&self, at: usize, share: Decimal) -> ShareRow {
        ShareRow { key: keys([at].into_iter(), &self.report).pop().unwrap_or_default(), share: float(share) }
    }

    fn factor_row(&self, doubt: &FactorDoubt) -> FactorRow {
        FactorRow {
            profile: profile_name(&doubt.shared.sharing),
            deliverables: keys(doubt.shared.deliverables.iter().copied(), &self.report),
            retry: float(doubt.retry),
            evidence: doubt.worth.map(float),
            low: float(doubt.between.0),
            high: float(doubt.between.1),
            clamped: doubt.shared.fitted.clamped_from.is_some(),
        }
    }

    fn csv(&self, formulas: Formulas) -> String {
        let mut writer = WriterBuilder::new().quote_style(QuoteStyle::NonNumeric).from_writer(Vec::new());
        let rows = match self.risk {
            Ok(risk) => self.csv_rows(risk, formulas),
            Err(missing) => {
                vec![named([("row", "unknown".to_owned()), ("name", figures::missing(missing).to_owned())])]
            }
        };
        for row in std::iter::once(COLUMNS.map(str::to_owned)).chain(rows) {
            // Memory accepts every write, and the type gives each row the same number of cells.
            _ = writer.write_record(&row);
        }
        String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
    }

    fn csv_rows(&self, risk: &Risk, formulas: Formulas) -> Vec<CsvRow> {
        let own = |row: &str| ("row", row.to_owned());
        let within = |row: &str, usd: Decimal, chance: Decimal| {
            let chance = maybe(risk.tells(chance).then_some(chance));
            named([own(row), ("amount_usd", number(usd)), ("chance", chance)])
        };
        let mut rows = vec![
            named([own("mean"), ("amount_usd", number(risk.mean()))]),
            named([own("worksheet"), ("amount_usd", number(risk.worksheet()))]),
            named([own("floor"), ("amount_usd", number(risk.floor()))]),
            named([own("sd"), ("amount_usd", number(risk.sd()))]),
        ];
        rows.extend(PERCENTILES.into_iter().map(|percent| {
            let told = risk.withheld(percent).is_none();
            let needed = risk.buffer_for(percent).filter(|_| told);
            named([
                own("percentile"),
                ("name", figures::percentile_name(percent)),
                ("amount_usd", maybe(told.then(|| risk.percentile(percent)))),
                ("chance", number(Decimal::new(percent.into(), 2))),
                ("buffer_percent", maybe(needed)),
            ])
        }));
        if let Some(total) = self.report.estimate.totals.total {
            let chances = [("total", risk.within(total)), ("stress", risk.within_if_worse(total))];
            rows.extend(chances.map(|(row, chance)| within(row, total, chance)));
        }
        let budget = self.report.budget;
        let cap = budget.cap().and_then(|cap| risk.under(budget, cap));
        rows.extend(cap.map(|(usd, chance)| within("cap", usd, chance)));
        let layer = |(name, share): (&str, Decimal)| {
            named([own("spread"), ("name", name.to_owned()), ("share", number(share))])
        };
        if let Some(layers) = risk.layers() {
            rows.extend([("luck", layers.luck), ("factor", layers.factor), ("risks", layers.risks)].map(layer));
        }
        rows.extend(risk.deliverables().into_iter().map(|(at, share)| {
            let row = self.share_row(at, share);
            let name = cell(&self.title(at), formulas);
            named([
                own("deliverable"),
                ("name", name),
                ("deliverable", cell(&row.key, formulas)),
                ("share", number(share)),
            ])
        }));
        rows.extend(risk.factors().iter().map(|doubt| {
            let (low, high) = doubt.between;
            named([
                own("factor"),
                ("name", cell(&self.whose(doubt), formulas)),
                ("retry", number(doubt.retry)),
                ("low", number(low)),
                ("high", number(high)),
                ("evidence", maybe(doubt.worth)),
            ])
        }));
        rows
    }
}

/// A decimal as a JSON number: percentiles are approximations, and look like it.
pub(super) fn float(decimal: Decimal) -> f64 {
    decimal.to_f64().unwrap_or_default()
}

/// A percentage as a share.
fn of_hundred(percent: Decimal) -> f64 {
    float(percent.checked_mul(Decimal::new(1, 2)).unwrap_or_default())
}

/// The name of a profile that deliverables share; `None` for the project's own factor and for a deliverable's.
fn profile_name(sharing: &Sharing) -> Option<String> {
    match sharing {
        Sharing::Named(name) => Some(name.clone()),
        Sharing::Project | Sharing::Own(_) => None,
    }
}

/// The columns of CSV, in order; names are stable.
const COLUMNS: [&str; 11] = [
    "row",
    "name",
    "deliverable",
    "amount_usd",
    "chance",
    "buffer_percent",
    "share",
    "retry",
    "low",
    "high",
    "evidence",
];

type CsvRow = [String; COLUMNS.len()];

/// A row with these named cells.
fn named<const N: usize>(cells: [(&'static str, String); N]) -> CsvRow {
    let mut row = [const { String::new() }; COLUMNS.len()];
    for (name, value) in cells {
        if let Some(at) = COLUMNS.iter().position(|column| *column == name) {
            row[at] = value;
        }
    }
    row
}

#[derive(Serialize)]
struct Root<'a> {
    schema: u32,
    name: &'a str,
    scenario: Option<&'a str>,
    amounts_in: &'a str,
    total: Option<String>,
    risk: Option<RiskRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unknown: Option<&'static str>,
    issues: Vec<Issue<'a>>,
}

#[derive(Serialize)]
struct RiskRow {
    mean: f64,
    worksheet: f64,
    floor: f64,
    sd: f64,
    percentiles: BTreeMap<String, Option<f64>>,
    buffer_confidence: Option<f64>,
    buffer_confidence_if_worse: Option<f64>,
    buffer_needed: BTreeMap<String, Option<f64>>,
    over_cap: Option<f64>,
    spread: Option<SpreadRow>,
    deliverables: Vec<ShareRow>,
    dependence: Vec<FactorRow>,
    withheld: Option<&'static str>,
}

#[derive(Serialize)]
struct SpreadRow {
    luck: f64,
    factor: f64,
    risks: f64,
}

#[derive(Serialize)]
struct ShareRow {
    key: String,
    share: f64,
}

#[derive(Serialize)]
struct FactorRow {
    profile: Option<String>,
    deliverables: Vec<String>,
    retry: f64,
    evidence: Option<f64>,
    low: f64,
    high: f64,
    clamped: bool,
}
