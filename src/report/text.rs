//! The estimate for a terminal or a mail: 80 columns of plain text, without colours or escapes.

use super::amounts::{Amounts, Money, cap, unknown};
use super::{Report, bills, brackets, measured, sources};
use crate::cost::Knob;
use crate::cost::base::money::{Currency, Decimal};
use crate::cost::base::retry::Pick;
use crate::cost::bill::Why;
use crate::cost::budget::knob_text;
use crate::cost::estimate::line::{LineEstimate, Stage, StageKind};
use crate::cost::estimate::named_risks::counting;
use crate::cost::rates::rate_card::{Meter, Profile};
use crate::diagnostics::{Level, Problem};
use crate::figures;
use crate::figures::{Amount, InvoiceRow, StageWork};
use crate::words;
use crate::words::columns::{LINE_COLUMNS, left, right, width, wrap};
use crate::words::safe::safe;

/// The narrowest column for names; below it the table becomes paragraphs.
const NAME_COLUMNS_MIN: usize = 14;
const NAME_COLUMNS_MAX: usize = 32;

/// The estimate as plain text, with a line break at its end.
#[must_use]
pub fn text(report: &Report<'_>) -> String {
    let money = Money::of(report);
    let amounts = Amounts::of(report, &money);
    let table = Table::of(report, &money, &amounts);
    let mut out = header(report, &money);
    out.push('\n');
    out.push_str(&table.draw());
    out.push_str(&totals(report, &money, &amounts));
    out.push_str(&other_bills(report, &money));
    out.push_str(&remarks(report, &money));
    out.push_str(&problems(report));
    out.push_str(&scenario(report));
    out.push_str(&origins(report));
    out
}

/// Name, client, models, tiers, currency and the age of the prices: one line for the project and one for its basis.
pub(super) fn title(report: &Report<'_>) -> String {
    let mut title = safe(report.name).into_owned();
    if let Some(client) = &report.budget.client {
        title = format!("{title} · {}", safe(client));
    }
    match report.scenario {
        Some(scenario) => format!("{title} · {}", words::scenario_named(&scenario.key)),
        None => title,
    }
}

/// Models, service tiers, currency and dates, each once.
pub(super) fn basis(report: &Report<'_>, money: &Money<'_>) -> String {
    let prices = sources::prices(report);
    let mut parts: Vec<String> = prices.iter().map(|price| price.model.id.clone()).collect();
    let mut tiers: Vec<&str> = prices.iter().flat_map(|p| p.tiers.iter().map(|(tier, _)| tier.name())).collect();
    if let (true, Some(open)) = (prices.is_empty(), &report.estimate.assumptions) {
        parts.push(open.model.value.id.clone());
        tiers.push(open.service.value.name());
    }
    tiers.sort_unstable();
    tiers.dedup();
    parts.extend(tiers.into_iter().map(str::to_owned));
    parts.push(money.currency.code().to_owned());
    let oldest = prices.iter().map(|price| price.provenance.checked).min().unwrap_or(Some(report.catalog.read_on));
    parts.push(oldest.map_or_else(|| words::report_rates_undated().to_owned(), words::report_rates_of));
    parts.push(words::report_made_on(report.today));
    parts.join(" · ")
}

fn header(report: &Report<'_>, money: &Money<'_>) -> String {
    format!("{}\n{}\n", wrap(&title(report), "", "  "), wrap(&basis(report, money), "", "  "))
}

/// One stage of a line in words, ready for a table.
pub(super) struct Cells {
    pub(super) size: String,
    pub(super) quality: String,
    pub(super) finals: String,
    pub(super) times: String,
    pub(super) images: String,
    pub(super) each: String,
    pub(super) subtotal: String,
}

/// The cells of a stage; `part` is the known part of its cost.
pub(super) fn cells(line: &LineEstimate, stage: &Stage, part: Option<Amount>, money: &Money<'_>) -> Cells {
    let work = StageWork::of(line, stage);
    let amount = part.map_or_else(unknown, |part| part.to_string());
    Cells {
        size: stage.size.map_or_else(|| "auto".to_owned(), |size| size.to_string()),
        quality: stage.quality.map_or("auto", |quality| quality.name()).to_owned(),
        finals: work.finals,
        times: format!("× {}", work.times),
        images: format!("{} {}", work.becomes, work.images),
        each: money.each(stage.each, stage.is_approximate(&line.deliverable.model.value)),
        subtotal: match (stage.total, stage.known.is_zero()) {
            (Some(_), _) => amount,
            (None, true) => unknown(),
            (None, false) => format!("{amount} + ?"),
        },
    }
}

/// The details missing in a line's row: different models, references, several images per call.
fn details(line: &LineEstimate, names_model: bool) -> Vec<String> {
    let deliverable = &line.deliverable;
    let mut details = Vec::new();
    if names_model {
        details.push(format!("{} · {}", deliverable.model.value.id, deliverable.service.value.name()));
    }
    let references = &deliverable.references.value;
    if !references.is_empty() {
        details.push(words::report_references(references.len(), join(references.iter().map(ToString::to_string))));
    }
    details.extend(measured::remark(line));
    let n = deliverable.images_per_call.value;
    if let (2.., Some(count)) = (n, line.final_stage().and_then(|stage| stage.count.as_ref())) {
        let calls = figures::count(count.calls.number());
        details.push(match deliverable.pick.value {
            Pick::One => words::report_calls_keep_one(calls, n),
            Pick::Many => words::report_calls_keep_many(calls, n),
        });
    }
    details
}

fn join(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

/// Whether lines differ in model or tier, so that each has to show its own.
pub(super) fn names_models(report: &Report<'_>) -> bool {
    let mut used =
        report.estimate.lines.iter().map(|line| (&line.deliverable.model.value.id, line.deliverable.service.value));
    let first = used.next();
    used.any(|other| Some(other) != first)
}

enum Row {
    /// A name above the rows of its stages, or a name too long for its column.
    Name(String),
    /// A stage with its figures.
    Figures(String, Cells),
    /// A remark under a line.
    Detail(String),
}

struct Table {
    head: Cells,
    rows: Vec<Row>,
}

impl Table {
    fn of(report: &Report<'_>, money: &Money<'_>, amounts: &Amounts) -> Table {
        let head = Cells {
            size: words::knob_label(Knob::Size).to_owned(),
            quality: words::knob_label(Knob::Quality).to_owned(),
            finals: words::knob_label(Knob::Finals).to_owned(),
            times: format!("× {}", words::report_retry()),
            images: format!("= {}", words::report_images()),
            each: words::report_each().to_owned(),
            subtotal: words::report_subtotal().to_owned(),
        };
        let names_model = names_models(report);
        let mut parts = amounts.stages.iter().copied();
        let mut rows = Vec::new();
        for (line, title) in report.lines() {
            let name = safe(title).into_owned();
            let staged = line.stages.len() > 1;
            if staged {
                rows.push(Row::Name(name.clone()));
            }
            for stage in &line.stages {
                let label = match (staged, stage.kind) {
                    (false, _) => name.clone(),
                    (true, StageKind::Explore) => format!("  {}", words::field_drafts()),
                    (true, StageKind::Final) => format!("  {}", words::knob_label(Knob::Finals)),
                };
                rows.push(Row::Figures(label, cells(line, stage, parts.next(), money)));
            }
            rows.extend(details(line, names_model).into_iter().map(Row::Detail));
        }
        Table { head, rows }
    }

    fn draw(&self) -> String {
        let figures = || {
            self.rows
                .iter()
                .filter_map(|row| if let Row::Figures(name, cells) = row { Some((name, cells)) } else { None })
        };
        if figures().next().is_none() {
            return format!("{}\n", words::report_no_deliverables());
        }
        let all = || std::iter::once(&self.head).chain(figures().map(|(_, cells)| cells));
        let widest = |cell: fn(&Cells) -> &String| all().map(|cells| width(cell(cells))).max().unwrap_or(0);
        let columns = [
            widest(|c| &c.size),
            widest(|c| &c.quality),
            widest(|c| &c.finals),
            widest(|c| &c.times),
            widest(|c| &c.images),
            widest(|c| &c.each),
            widest(|c| &c.subtotal),
        ];
        // Two spaces between columns; single spaces in the middle, where the counts read as one formula.
        let figures_columns = columns.iter().sum::<usize>() + 12;
        let Some(room) = LINE_COLUMNS.checked_sub(figures_columns).filter(|room| *room >= NAME_COLUMNS_MIN) else {
            return self.draw_stacked();
        };
        let heading = words::report_deliverable();
        let longest = figures().map(|(name, _)| width(name)).chain([width(heading)]).max().unwrap_or(0);
        let name_columns = longest.min(room).min(NAME_COLUMNS_MAX);
        let mut out = row_text(heading, &self.head, name_columns, &columns);
        out.push_str(&"─".repeat(name_columns + figures_columns));
        out.push('\n');
        for row in &self.rows {
            out.push_str(&match row {
                Row::Name(name) => wrap(name, "", "") + "\n",
                Row::Detail(detail) => wrap(detail, "    ", "    ") + "\n",
                Row::Figures(name, cells) if width(name) > name_columns => {
                    format!("{}\n{}", wrap(name, "", ""), row_text("", cells, name_columns, &columns))
                }
                Row::Figures(name, cells) => row_text(name, cells, name_columns, &columns),
            });
        }
        out
    }

    /// The layout for figures too long for a table: each line as a paragraph, so that no number is cut.
    fn draw_stacked(&self) -> String {
        let mut out = String::new();
        for row in &self.rows {
            out.push_str(&match row {
                Row::Name(name) => wrap(name, "", "") + "\n",
                Row::Detail(detail) => wrap(detail, "    ", "    ") + "\n",
                Row::Figures(name, c) => {
                    let spec = format!("{} {} · {} {} {}", c.size, c.quality, c.finals, c.times, c.images);
                    let price = words::report_each_makes(&c.each, &c.subtotal);
                    format!("{}\n{}\n", wrap(name, "", "  "), wrap(&format!("{spec} · {price}"), "    ", "    "))
                }
            });
        }
        out
    }
}

fn row_text(name: &str, cells: &Cells, name_columns: usize, columns: &[usize; 7]) -> String {
    let [size, quality, finals, times, images, each, subtotal] = columns;
    let line = format!(
        "{}  {}  {}  {} {} {}  {}  {}",
        left(name, name_columns),
        left(&cells.size, *size),
        left(&cells.quality, *quality),
        right(&cells.finals, *finals),
        left(&cells.times, *times),
        right(&cells.images, *images),
        right(&cells.each, *each),
        right(&cells.subtotal, *subtotal),
    );
    line.trim_end().to_owned() + "\n"
}

/// The label of the buffer: its percentage, or the range if lines differ.
pub(super) fn buffer_label(report: &Report<'_>) -> String {
    let readable = report.estimate.lines.iter().filter(|line| line.deliverable.buffer.readable);
    let percents = || readable.clone().map(|line| line.deliverable.buffer.value.normalize());
    match (percents().min(), percents().max()) {
        (Some(least), Some(most)) if least == most => words::report_buffer(least),
        (Some(least), Some(most)) => words::report_buffer_between(least, most),
        _ => words::knob_label(Knob::Buffer).to_owned(),
    }
}

/// Label and amount of each line below the table.
pub(super) fn sums(report: &Report<'_>, money: &Money<'_>, amounts: &Amounts) -> Vec<(String, String)> {
    let show = |amount: Option<Amount>| amount.map_or_else(unknown, |amount| amount.to_string());
    let totals = &report.estimate.totals;
    let rounding = |rest: Option<Amount>| rest.map(|rest| (words::differs(Why::Rounding).to_owned(), rest.signed()));
    let subtotal = if totals.total.is_some() { words::report_subtotal() } else { words::report_known_subtotal() };
    let mut rows = Vec::from_iter(rounding(amounts.stages_rounding));
    let invoice = &amounts.invoice;
    let shown = |row: &InvoiceRow| (safe(&row.label).into_owned(), show(row.amount));
    rows.extend(invoice.before.iter().map(shown));
    rows.extend(rounding(invoice.rounding_before));
    rows.push((subtotal.to_owned(), amounts.subtotal.to_string()));
    rows.push((buffer_label(report), show(amounts.sums.buffer)));
    rows.extend(invoice.after.iter().map(shown));
    rows.extend(rounding(invoice.rounding));
    let total = match (amounts.sums.total, &totals.bracket) {
        (None, Some(bracket)) => words::unknown_between(figures::bracket_text(money.shown(), bracket)),
        (total, _) => show(total),
    };
    rows.push((words::total().to_owned(), total));
    if totals.finals > 0 {
        rows.push((words::per_final().to_owned(), money.each(totals.per_final, totals.approximate)));
    }
    rows.extend(cap(report));
    rows
}

fn totals(report: &Report<'_>, money: &Money<'_>, amounts: &Amounts) -> String {
    let rows = sums(report, money, amounts);
    let labels = rows.iter().map(|(label, _)| width(label)).max().unwrap_or(0);
    let figures = rows.iter().map(|(_, figure)| width(figure)).max().unwrap_or(0);
    let mut out = String::from("\n");
    for (label, figure) in &rows {
        out.push_str(&format!("{}  {}\n", left(label, labels), right(figure, figures)));
    }
    out
}

/// The bills by other cards, one row each with its remarks below.
fn other_bills(report: &Report<'_>, money: &Money<'_>) -> String {
    let rows = bills::rows(report, money);
    if rows.is_empty() {
        return String::new();
    }
    let figure = |row: &bills::Row| match row.credits.as_str() {
        "" => row.total.clone(),
        credits => format!("{credits} · {}", row.total),
    };
    let names = rows.iter().map(|row| width(&safe(&row.card))).max().unwrap_or(0).min(NAME_COLUMNS_MAX);
    let kinds = rows.iter().map(|row| width(row.kind)).max().unwrap_or(0);
    let figures = rows.iter().map(|row| width(&figure(row))).max().unwrap_or(0);
    let mut out = format!("\n{}\n", words::bills_heading());
    for row in &rows {
        let name = safe(&row.card).into_owned();
        let line = format!("  {}  {}", left(row.kind, kinds), right(&figure(row), figures));
        if width(&name) > names {
            out.push_str(&format!("{}\n", wrap(&name, "  ", "  ")));
            out.push_str(&format!("  {}{line}\n", " ".repeat(names)));
        } else {
            out.push_str(&format!("  {}{line}\n", left(&name, names)));
        }
        for remark in &row.remarks {
            out.push_str(&format!("{}\n", wrap(remark, "    ", "      ")));
        }
    }
    for note in bills::notes(report, money) {
        out.push_str(&format!("{}\n", wrap(&note, "  ", "  ")));
    }
    out
}

/// The notes on the figures themselves: the exchange rate.
pub(super) fn money_notes(report: &Report<'_>, money: &Money<'_>) -> Vec<String> {
    let note = words::converted_note(&report.budget.shown);
    let without = Some(counting(report.budget).len()).filter(|count| *count > 0).map(words::risk_without_named);
    note.filter(|_| money.is_converted()).into_iter().chain(without).collect()
}

fn remarks(report: &Report<'_>, money: &Money<'_>) -> String {
    let mut notes = money_notes(report, money);
    notes.extend(brackets::notes(report));
    let lines: Vec<String> = notes.iter().map(|note| wrap(note, "", "") + "\n").collect();
    if lines.is_empty() { String::new() } else { format!("\n{}", lines.concat()) }
}

/// The message with the allowed values and the remedy, in one line and harmless.
pub(super) fn problem_text(problem: &Problem) -> String {
    let place = match (&problem.file, problem.position) {
        (Some(file), Some(position)) => format!(" ({}:{position})", file.display()),
        (Some(file), None) => format!(" ({})", file.display()),
        _ => String::new(),
    };
    let mut text = problem.message.clone();
    if !problem.allowed.is_empty() {
        text.push_str(&format!("; {}", words::report_allowed(&problem.allowed)));
    }
    if !problem.remedy.is_empty() {
        text.push_str(&format!("; {}", problem.remedy));
    }
    let key = if problem.key.is_empty() { String::new() } else { format!("{}: ", problem.key) };
    safe(&format!("{key}{text}{place}")).into_owned()
}

fn problems(report: &Report<'_>) -> String {
    let mut out = String::new();
    for level in [Level::Error, Level::Warning, Level::Note] {
        for problem in report.problems.iter().filter(|problem| problem.level == level) {
            out.push_str(&wrap(&problem_text(problem), &format!("{}: ", level.code()), "  "));
            out.push('\n');
        }
    }
    if out.is_empty() { out } else { format!("\n{out}") }
}

/// The sources of the figures, as label and source: each card with its prices, token counts, retry profiles.
pub(super) fn origin_rows(report: &Report<'_>) -> Vec<(String, Vec<String>)> {
    let mut rows = Vec::new();
    for price in sources::prices(report) {
        let label = if price.pinned { words::report_card_pinned(&price.card) } else { words::report_card(&price.card) };
        let mut lines = vec![words::provenance(price.provenance)];
        for (tier, rates) in &price.tiers {
            let usd = |rate: Decimal| Amount::own(Currency::USD, rate, rate.scale());
            let rate = |meter: Meter| rates.as_ref()?.get(meter).map(usd);
            let one = |meter: Meter| Some(format!("{} {}", words::meter_label(meter), rate(meter)?));
            let listed = Meter::ALL.into_iter().filter_map(one).collect::<Vec<_>>().join("; ");
            let per_million = words::report_per_million(tier.name(), &listed);
            let none = words::report_no_rates(tier.name());
            lines.push(if listed.is_empty() { none } else { per_million });
        }
        rows.push((label, lines));
        let model = price.model;
        rows.push((words::report_output_rule(&model.id), vec![words::provenance(&model.output_provenance)]));
        if price.uses_references {
            rows.push((words::report_reference_rule(&model.id), vec![words::provenance(&model.references_provenance)]));
        }
    }
    rows.extend(sources::profiles(report).into_iter().map(|(name, profile)| profile_row(name, profile)));
    rows
}

fn profile_row(name: &str, profile: &Profile) -> (String, Vec<String>) {
    let value = knob_text::write(&crate::cost::Value::Retry(profile.retry.clone()));
    (words::report_profile(name, value), vec![words::provenance(&profile.provenance)])
}

/// The scenario with each of its changes and the place of it.
fn scenario(report: &Report<'_>) -> String {
    let Some(scenario) = report.scenario else { return String::new() };
    let rows: Vec<String> = scenario.rows().iter().map(|row| wrap(row, "  ", "    ") + "\n").collect();
    format!("\n{}\n{}", wrap(&scenario.heading(), "", "  "), rows.concat())
}

fn origins(report: &Report<'_>) -> String {
    let rows = origin_rows(report);
    if rows.is_empty() {
        return String::new();
    }
    let mut out = format!("\n{}\n", words::report_origins());
    for (label, lines) in rows {
        out.push_str(&format!("{}\n", wrap(&label, "  ", "    ")));
        for line in lines {
            out.push_str(&format!("{}\n", wrap(&line, "    ", "    ")));
        }
    }
    out
}
