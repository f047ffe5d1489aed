//! The estimate for somebody who does not have the program: what it costs, of which rows, at which prices, and what is not in it.
//!
//! The clipboard writes it as a mail, as Markdown and as cells, so that all three say the same.

use super::{Against, Amount, BillBrief, BillColumn, BillTable, Headline, InvoiceRow, InvoiceRows, StageWork};
use super::{cap_as_set, count, issue, percent_of, short_count};
use crate::cost::base::money::{Decimal, quotient, rounded};
use crate::cost::bill::{Bills, Why};
use crate::cost::estimate::issue::IssueKind;
use crate::cost::estimate::line::{LineEstimate, StageKind};
use crate::cost::{Budget, Estimate, Knob, Value};
use crate::words;
use crate::words::number::plain;
use jiff::civil::Date;

/// Decimals of a factor whose own decimals do not end.
const TRIES_DIGITS: u32 = 4;

/// The estimate in figures and sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// `Estimate: Spring launch`.
    pub title: String,
    /// Labels and values: client, day, scenario.
    pub facts: Vec<(&'static str, String)>,
    /// The total beside the cap, and the tries: a sentence each.
    pub sentences: Vec<String>,
    /// Each deliverable.
    pub rows: Vec<SummaryRow>,
    /// What follows on the rows: surcharge, fees, buffer, fees, markup, tax, rounding, the total last.
    pub sums: Vec<InvoiceRow>,
    /// The same with a subtotal before the buffer, for a reader who adds up by eye.
    pub steps: Vec<InvoiceRow>,
    /// What a guess of the retry factor is, and its range: a sentence each.
    pub guesses: Vec<String>,
    /// The cap as it was set.
    pub cap: Option<Amount>,
    /// The same work by rate card, the official one first; none if nothing is compared.
    pub bills: Vec<SummaryBill>,
    /// Prices, conversion, what is not in the total: a sentence each.
    pub notes: Vec<String>,
}

/// A deliverable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryRow {
    /// Its title.
    pub name: String,
    /// The size of its finals.
    pub size: String,
    /// Their quality.
    pub quality: String,
    /// Its finals, each repetition counted.
    pub finals: Decimal,
    /// Finals, tries and the images that they become, and the drafts beside them, in words.
    pub work: String,
    /// Tries per final, to four decimals if their own do not end; `None` if unknown.
    pub tries_number: Option<Decimal>,
    /// Images, drafts included, with the decimals that are shown; `None` if unknown.
    pub images: Option<Decimal>,
    /// The cost of its images before the buffer; `None` if unknown.
    pub cost: Option<Amount>,
}

/// A bill: the official one, or another card's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryBill {
    /// Its name and figures as text.
    pub brief: BillBrief,
    /// The total in money; `None` if it has none.
    pub total: Option<Amount>,
    /// The difference in money; `None` if it has none.
    pub above: Option<Amount>,
}

impl Summary {
    /// The estimate of a budget on a day, under a scenario if one is named.
    #[must_use]
    pub fn of(budget: &Budget, estimate: &Estimate, bills: &Bills, today: Date, scenario: Option<String>) -> Summary {
        let client = budget.client.iter().map(|client| (words::summary_client(), client.clone()));
        let facts = client.chain([(words::summary_date(), today.to_string())]);
        let each = budget.lines.iter().zip(&estimate.lines);
        let rows: Vec<SummaryRow> =
            each.map(|(own, line)| row(budget, own.title(), line, cost(estimate, line))).collect();
        Summary {
            title: budget.name.as_ref().map_or_else(|| words::summary_untitled().to_owned(), words::summary_title),
            facts: facts.chain(scenario.map(|name| (words::summary_scenario(), name))).collect(),
            sentences: std::iter::once(standing(budget, estimate)).chain(tries(estimate)).collect(),
            sums: sums(budget, estimate, rows.iter().map(|row| row.cost)),
            steps: steps(budget, estimate, rows.iter().map(|row| row.cost)),
            guesses: guesses(budget, estimate),
            rows,
            cap: budget.cap().map(|cap| cap_as_set(cap.currency.unwrap_or(budget.shown.currency), cap.amount)),
            bills: other_bills(budget, estimate, bills),
            notes: notes(budget, estimate, !bills.cards.is_empty()),
        }
    }
}

/// The total beside the cap.
fn standing(budget: &Budget, estimate: &Estimate) -> String {
    let headline = Headline::of(budget, &estimate.totals, None);
    match (headline.total, headline.against) {
        (Some(total), Against::Left { left, cap }) => words::summary_total_left(total, left, cap),
        (Some(total), Against::Over { over, cap }) => words::summary_total_over(total, over, cap),
        (Some(total), _) => words::levers_total(total),
        (None, Against::OverAtLeast { over, cap }) => words::summary_total_known_over(headline.known, over, cap),
        (None, _) => words::summary_total_known(headline.known),
    }
}

/// How many images the finals take; `None` if there is nothing to say or a deliverable's images are unknown.
fn tries(estimate: &Estimate) -> Option<String> {
    let finals = Decimal::from(estimate.totals.finals);
    let images = estimate.lines.iter().try_fold(Decimal::ZERO, |sum, line| sum.checked_add(line.images()?))?;
    if finals.is_zero() || images.is_zero() {
        return None;
    }
    if estimate.lines.iter().any(|line| line.deliverable.explore.is_some()) {
        return Some(words::summary_tries_drafts(plain(finals), count(images)));
    }
    // Where a call makes several images, images are no product of finals and tries.
    if estimate.lines.iter().any(LineEstimate::makes_several) {
        return Some(words::summary_images(plain(finals), count(images)));
    }
    let factor = quotient(images, finals)?;
    let kept = percent_of(finals, images)?;
    let tries = plain(rounded(factor, 2));
    Some(words::summary_tries(plain(finals), count(images), tries, words::percent(plain(kept))))
}

fn row(budget: &Budget, name: &str, line: &LineEstimate, usd: Option<Decimal>) -> SummaryRow {
    let stage = line.final_stage();
    let deliverable = &line.deliverable;
    let size = stage.and_then(|stage| stage.size);
    SummaryRow {
        name: name.to_owned(),
        size: size.map_or_else(|| words::value(&Value::Size(deliverable.size.value)), words::size),
        quality: words::value(&Value::Quality(deliverable.quality.value)),
        finals: Decimal::from(deliverable.all_finals()),
        work: work(line),
        tries_number: deliverable.factor.map(|factor| rounded(factor.to_decimal(), TRIES_DIGITS).normalize()),
        images: line.images().map(short_count),
        cost: usd.map(|usd| Amount::of(&budget.shown, usd).about_if(line.is_approximate())),
    }
}

/// The work of a deliverable: its finals as an equation, then its drafts.
fn work(line: &LineEstimate) -> String {
    let unknown = || words::unknown().to_owned();
    let finals = line.final_stage().map_or_else(unknown, |stage| {
        let StageWork { finals, times, becomes, images } = StageWork::of(line, stage);
        words::summary_work(finals, times, becomes, images)
    });
    match line.stages.iter().find(|stage| stage.kind == StageKind::Explore) {
        Some(drafts) => words::summary_work_drafts(finals, StageWork::of(line, drafts).images),
        None => finals,
    }
}

/// What a deliverable's row costs: where surcharge and fees have rows of their own, its images alone.
fn cost(estimate: &Estimate, line: &LineEstimate) -> Option<Decimal> {
    let has = estimate.totals.invoice.has;
    if has.surcharge || has.fees { line.images_cost } else { line.subtotal }
}

/// A project summed up: its deliverables, what comes on top of them, and the total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summed {
    /// Deliverables, then surcharge, fees, buffer, markup, tax and rounding, the total last.
    pub rows: Vec<InvoiceRow>,
    /// The total beside the cap, in a sentence.
    pub standing: String,
}

impl Summed {
    /// A project with at most `most` deliverables by name; what the others cost is one row.
    #[must_use]
    pub fn of(budget: &Budget, estimate: &Estimate, most: usize) -> Summed {
        let cost_of = |line: &LineEstimate| cost(estimate, line);
        let shown = |usd: Option<Decimal>, about| usd.map(|usd| Amount::of(&budget.shown, usd).about_if(about));
        let named = budget.lines.iter().zip(&estimate.lines).take(most);
        let named = named.map(|(own, line)| InvoiceRow::of(own.title(), shown(cost_of(line), line.is_approximate())));
        let mut rows: Vec<InvoiceRow> = named.collect();
        let others = estimate.lines.get(most..).unwrap_or_default();
        if !others.is_empty() {
            let usd = others.iter().try_fold(Decimal::ZERO, |sum, line| sum.checked_add(cost_of(line)?));
            let label = words::why_more_deliverables(plain(Decimal::from(others.len())));
            rows.push(InvoiceRow::of(&label, shown(usd, others.iter().any(LineEstimate::is_approximate))));
        }
        let on_top = sums(budget, estimate, rows.iter().map(|row| row.amount));
        rows.extend(on_top);
        Summed { rows, standing: standing(budget, estimate) }
    }
}

/// What follows on the rows, so that rows and sums as shown add up to the total.
fn sums(budget: &Budget, estimate: &Estimate, lines: impl Iterator<Item = Option<Amount>>) -> Vec<InvoiceRow> {
    let totals = &estimate.totals;
    let shown = |usd: Option<Decimal>| usd.map(|usd| Amount::of(&budget.shown, usd).about_if(totals.approximate));
    let invoice = InvoiceRows::of(budget, estimate);
    // The first of the rows before the subtotal is the sum of the images, which the deliverables show one by one.
    let mut rows: Vec<InvoiceRow> = invoice.before.into_iter().skip(1).collect();
    rows.push(buffer(budget, estimate));
    rows.extend(invoice.after);
    let total = shown(totals.total);
    let parts: Vec<Option<Amount>> = lines.chain(rows.iter().map(|row| row.amount)).collect();
    rows.extend(rounding(total, &parts));
    rows.push(InvoiceRow::of(words::total(), total));
    rows
}

/// What follows on the rows, with the subtotal before the buffer. The rows as shown add up to it, and from it to the total.
fn steps(budget: &Budget, estimate: &Estimate, lines: impl Iterator<Item = Option<Amount>>) -> Vec<InvoiceRow> {
    let totals = &estimate.totals;
    let shown = |usd: Option<Decimal>| usd.map(|usd| Amount::of(&budget.shown, usd).about_if(totals.approximate));
    let invoice = InvoiceRows::of(budget, estimate);
    let mut rows: Vec<InvoiceRow> = invoice.before.into_iter().skip(1).collect();
    let subtotal = shown(totals.subtotal);
    let parts: Vec<Option<Amount>> = lines.chain(rows.iter().map(|row| row.amount)).collect();
    rows.extend(rounding(subtotal, &parts));
    rows.push(InvoiceRow::of(words::report_subtotal(), subtotal));
    let after: Vec<InvoiceRow> = std::iter::once(buffer(budget, estimate)).chain(invoice.after).collect();
    let parts: Vec<Option<Amount>> = std::iter::once(subtotal).chain(after.iter().map(|row| row.amount)).collect();
    let total = shown(totals.total);
    rows.extend(after);
    rows.extend(rounding(total, &parts));
    rows.push(InvoiceRow::of(words::total(), total));
    rows
}

/// The buffer with its percentage, if all deliverables have the same.
fn buffer(budget: &Budget, estimate: &Estimate) -> InvoiceRow {
    let totals = &estimate.totals;
    let amount = totals.buffer.map(|usd| Amount::of(&budget.shown, usd).about_if(totals.about.buffer));
    InvoiceRow::of(&buffer_label(estimate), amount)
}

/// `buffer 20 %`; without a percentage if deliverables differ.
pub(super) fn buffer_label(estimate: &Estimate) -> String {
    let mut percents = estimate.lines.iter().map(|line| &line.deliverable.buffer);
    let label = || words::knob_label(Knob::Buffer).to_owned();
    let Some(first) = percents.next().filter(|first| first.readable) else { return label() };
    let all_alike = percents.all(|buffer| buffer.readable && buffer.value == first.value);
    if all_alike { words::report_buffer(plain(first.value.normalize())) } else { label() }
}

/// The difference between a shown sum and the sum of the shown parts, as a row; `None` if there is none.
fn rounding(sum: Option<Amount>, parts: &[Option<Amount>]) -> Option<InvoiceRow> {
    let parts: Vec<Amount> = parts.iter().copied().collect::<Option<_>>()?;
    let rest = sum?.rest_of(parts)?;
    Some(InvoiceRow::of(words::differs(Why::Rounding), Some(rest)))
}

/// Each guessed retry factor with its grade and range, and whose it is.
fn guesses(budget: &Budget, estimate: &Estimate) -> Vec<String> {
    let mut told: Vec<(String, Vec<String>)> = Vec::new();
    for (own, line) in budget.lines.iter().zip(&estimate.lines) {
        let guessed = line.issues.iter().filter(|issue| matches!(issue.kind, IssueKind::RetryGuess { .. }));
        for sentence in guessed.map(|guess| issue(guess, &budget.shown).message) {
            match told.iter_mut().find(|(other, _)| *other == sentence) {
                Some((_, names)) => names.push(own.title().to_owned()),
                None => told.push((sentence, vec![own.title().to_owned()])),
            }
        }
    }
    told.into_iter().map(|(sentence, names)| words::summary_item(words::some_of(&names), sentence)).collect()
}

fn other_bills(budget: &Budget, estimate: &Estimate, bills: &Bills) -> Vec<SummaryBill> {
    let table = BillTable::of(&budget.shown, estimate, bills, None);
    if table.columns.len() < 2 {
        return Vec::new();
    }
    let bill = |(brief, column): (BillBrief, &BillColumn)| SummaryBill {
        total: column.sums.total,
        above: column.difference.as_ref().map(|difference| difference.amount),
        brief,
    };
    table.briefs().into_iter().zip(&table.columns).map(bill).collect()
}

/// Prices, conversion, what is not in the total.
fn notes(budget: &Budget, estimate: &Estimate, has_bills: bool) -> Vec<String> {
    let mut notes: Vec<String> = prices(budget, estimate).into_iter().collect();
    notes.extend(words::converted_note(&budget.shown));
    let has = estimate.totals.invoice.has;
    let left_out = [
        (!(has.fees || has.project_fees), words::invoice_fees()),
        (!has.markup, words::knob_label(Knob::Markup)),
        (!has.tax, words::knob_label(Knob::Tax)),
        (true, words::summary_refused()),
    ];
    let left_out: Vec<&str> = left_out.into_iter().filter(|(is_out, _)| *is_out).map(|(_, name)| name).collect();
    notes.push(words::summary_not_in(left_out.join(", ")));
    if has_bills && has.on_top_of_bills() {
        notes.push(words::summary_on_top().to_owned());
    }
    notes
}

/// The models and service tiers of the rows, with the oldest day of their prices.
fn prices(budget: &Budget, estimate: &Estimate) -> Option<String> {
    let name = |line: &LineEstimate| {
        let (model, service) = (&line.deliverable.model.value.id, line.deliverable.service.value.name());
        words::summary_price(model, service)
    };
    let mut names: Vec<String> = Vec::new();
    for line in &estimate.lines {
        let name = name(line);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let days = estimate.models().map(|model| budget.card(model).provenance.checked);
    let day = days.min().flatten().map_or_else(|| words::unknown().to_owned(), |day| day.to_string());
    (!names.is_empty()).then(|| words::summary_prices(names.join(", "), day))
}
