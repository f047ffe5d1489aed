//! How sure a total is, without a screen: sentences and tables for people, numbers for scripts and spreadsheets.

use super::csv::{cell, maybe, number};
use super::json::{Issue, amount, issue, pretty};
use super::risk_row::{RiskRow, row, share_row};
use super::sections::{Section, markdown, text};
use super::{Format, Formulas, Report};
use crate::cost::base::money::{Decimal, times};
use crate::cost::risk::{FactorDoubt, Missing, NamedShare, PERCENTILES, Risk, STRESS_PERCENT};
use crate::figures::{self, Amount, NamedRow, Standing};
use crate::words;
use csv::{QuoteStyle, WriterBuilder};
use serde::Serialize;

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
                sections.push(Section::Sentence(figures::missing(self.report.budget, missing)));
                return sections;
            }
        };
        let (mean, worksheet) = (self.usd(risk.mean()), self.usd(risk.worksheet()));
        sections.push(Section::Sentence(match (mean == worksheet, risk.named().is_empty()) {
            (true, _) => words::risk_expected(mean),
            (false, true) => words::risk_expected_with_doubt(mean, worksheet),
            (false, false) => words::risk_expected_with_named(mean, worksheet),
        }));
        sections.push(self.percentiles(risk));
        sections.extend(self.chances(risk).into_iter().map(Section::Sentence));
        sections.extend(self.spread(risk));
        sections.extend(self.named(risk));
        sections.push(self.factors(risk));
        sections.push(Section::Sentence(match risk.named().len() {
            0 => words::risk_scope().to_owned(),
            count => words::risk_scope_named(count),
        }));
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

    /// The named risks that count, and what contingency and reserve are: the one is in the worksheet, the other is not.
    fn named(&self, risk: &Risk) -> Vec<Section> {
        let named = risk.named();
        if named.is_empty() {
            return Vec::new();
        }
        let rows = figures::named_rows(self.report.budget, self.report.estimate, &named);
        let row = |row: &NamedRow| match &row.standing {
            Standing::Counted { adds, .. } => {
                Some(vec![row.name.clone(), row.chance.clone(), row.brings.clone(), adds.to_string(), row.share()])
            }
            Standing::Broken(_) | Standing::Off => None,
        };
        let head = [words::risk_chance(), words::risk_brings(), words::risk_adds(), words::card_share()];
        let more = named.len().saturating_sub(PRINTED);
        let table = Section::Table {
            title: words::risk_named_heading().to_owned(),
            head: std::iter::once("").chain(head).map(str::to_owned).collect(),
            rows: rows.iter().filter_map(row).take(PRINTED).collect(),
            notes: (more > 0).then(|| words::risk_more_named(more)).into_iter().collect(),
        };
        let reserve = words::risk_reserve(self.usd(reserve(&named)));
        let contingency = self.contingency(risk).map(|usd| words::risk_contingency(self.usd(usd)));
        std::iter::once(table).chain(contingency.into_iter().chain([reserve]).map(Section::Sentence)).collect()
    }

    /// The buffer in the worksheet's total, with markup and tax.
    fn contingency(&self, risk: &Risk) -> Option<Decimal> {
        self.report.estimate.totals.total?.checked_sub(risk.worksheet())
    }

    fn title(&self, at: usize) -> String {
        self.report.budget.lines.get(at).map(|line| line.title().to_owned()).unwrap_or_default()
    }

    fn whose(&self, doubt: &FactorDoubt) -> String {
        let of = &doubt.shared.deliverables;
        let name = of.first().map(|at| self.title(*at)).unwrap_or_default();
        figures::sharing(&doubt.shared.sharing, &name, of.len())
    }

    fn none_seen(&self, doubt: &FactorDoubt) -> Option<(u64, u64)> {
        figures::none_seen(self.report.budget, self.report.estimate, doubt)
    }

    /// What a factor rests on: experience, or that no retry is seen yet.
    fn evidence(&self, doubt: &FactorDoubt) -> String {
        let unseen = self.none_seen(doubt).map(|(kept, made)| words::risk_none_seen(kept, made));
        unseen.unwrap_or_else(|| figures::experience(doubt.worth))
    }

    fn factors(&self, risk: &Risk) -> Section {
        let factors = risk.factors();
        let row = |doubt: &FactorDoubt| {
            let (low, high) = doubt.between;
            vec![
                self.whose(doubt),
                words::risk_times(figures::tries(doubt.retry)),
                words::risk_from_to(figures::tries(low), figures::tries(high)),
                self.evidence(doubt),
            ]
        };
        let clamped = factors.iter().filter(|doubt| doubt.shared.fitted.clamped_from.is_some());
        let more = factors.len().saturating_sub(PRINTED);
        let clamped =
            clamped.take(PRINTED).map(|doubt| words::risk_clamped(self.whose(doubt), figures::experience(doubt.worth)));
        let unseen = factors.iter().filter(|doubt| self.none_seen(doubt).is_some()).take(PRINTED);
        let unseen = unseen.map(|doubt| words::risk_none_seen_note(self.whose(doubt)));
        let clamped = clamped.chain(unseen);
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
            risk: self.risk.ok().map(|risk| row(&self.report, risk)),
            unknown: self.risk.err().map(missing_code),
            issues: self.report.problems.iter().map(issue).collect(),
        })
    }

    fn csv(&self, formulas: Formulas) -> String {
        let mut writer = WriterBuilder::new().quote_style(QuoteStyle::NonNumeric).from_writer(Vec::new());
        let rows = match self.risk {
            Ok(risk) => self.csv_rows(risk, formulas),
            Err(missing) => {
                vec![named([("row", "unknown".to_owned()), ("name", figures::missing(self.report.budget, missing))])]
            }
        };
        for row in std::iter::once(COLUMNS.map(str::to_owned)).chain(rows) {
            // Memory accepts every write, and the type gives each row the same number of cells.
            _ = writer.write_record(&row);
        }
        String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
    }

    /// The buffer in the worksheet's total as contingency, each named risk, and what all of them add as reserve.
    fn csv_reserves(&self, risk: &Risk, formulas: Formulas) -> Vec<CsvRow> {
        let own = |row: &str| ("row", row.to_owned());
        let named_risks = risk.named();
        let contingency = self.contingency(risk).map(|usd| {
            let name = words::risk_contingency_name().to_owned();
            named([own("contingency"), ("name", name), ("amount_usd", number(usd))])
        });
        let name = words::risk_reserve_name().to_owned();
        let sum = named([own("reserve"), ("name", name), ("amount_usd", number(reserve(&named_risks)))]);
        let one = |one: &NamedShare| {
            let chance = times(one.risk.chance, Decimal::new(1, 2)).unwrap_or_default();
            named([
                own("named-risk"),
                ("name", cell(&one.risk.title, formulas)),
                ("amount_usd", number(one.adds)),
                ("chance", number(chance)),
                ("share", number(one.share)),
            ])
        };
        contingency.into_iter().chain(named_risks.iter().map(one)).chain([sum]).collect()
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
        rows.extend(self.csv_reserves(risk, formulas));
        rows.extend(risk.deliverables().iter().map(|&(at, share)| {
            let row = share_row(&self.report, at, share);
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

/// What named risks add on average, in USD.
fn reserve(named: &[NamedShare]) -> Decimal {
    named.iter().fold(Decimal::ZERO, |sum, one| sum.checked_add(one.adds).unwrap_or(sum))
}

/// Why there is no risk, for scripts.
pub(super) fn missing_code(missing: Missing) -> &'static str {
    match missing {
        Missing::Price => "price",
        Missing::Finals => "finals",
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
