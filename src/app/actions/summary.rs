//! The estimate on the clipboard: as a mail, as Markdown for a chat, or as cells for a spreadsheet.

use crate::app::actions::scenarios;
use crate::app::model::outcome::Effect;
use crate::app::model::picker::{Choice, Item};
use crate::app::model::project::HowSure;
use crate::app::model::state::State;
use crate::cost::Knob;
use crate::cost::base::money::Decimal;
use crate::diagnostics::Level;
use crate::figures::{self, Amount, ClientSummary, InvoiceRow, Summary, SummaryBill, SummaryRow};
use crate::words;
use crate::words::clip::{Cell, Clip};
use crate::words::columns::wrap_to;
use crate::words::markup::in_chat;
use crate::words::safe::safe;

/// What the estimate is copied as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyForm {
    /// A mail to the team: plain text in short lines.
    Text,
    /// A mail to the client, without what is the team's own.
    Client,
    /// Markdown: a list and bold text, which every chat knows; tables are known to few.
    Markdown,
    /// Cells with tabs between them.
    Cells,
}

/// Columns of a line in a mail, less one for the mark before a line that looks like a formula.
const MAIL_COLUMNS: usize = 71;

/// The column of the cells that holds the cost, counted from 0.
const COST_COLUMN: usize = 6;

impl CopyForm {
    /// Every form. The client's comes first: chosen by mistake it gives nothing away.
    pub const ALL: [CopyForm; 4] = [CopyForm::Client, CopyForm::Text, CopyForm::Markdown, CopyForm::Cells];

    fn words(self) -> (&'static str, &'static str) {
        match self {
            CopyForm::Text => (words::summary_text(), words::summary_text_meaning()),
            CopyForm::Client => (words::summary_for_client(), words::summary_for_client_meaning()),
            CopyForm::Markdown => (words::summary_markdown(), words::summary_markdown_meaning()),
            CopyForm::Cells => (words::summary_cells(), words::summary_cells_meaning()),
        }
    }
}

/// The forms to choose from.
pub(in crate::app) fn items() -> Vec<Item> {
    let item = |form: CopyForm| {
        let (label, detail) = form.words();
        Item { label: label.to_owned(), detail: detail.to_owned(), choice: Choice::Summary(form) }
    };
    CopyForm::ALL.into_iter().map(item).collect()
}

/// Copies the estimate in a form.
pub(in crate::app) fn copy(state: &mut State, form: CopyForm) -> Vec<Effect> {
    let clip = written(state, form);
    state.say(Level::Note, words::notice_summary_copied(form.words().0, clip.lines().count()));
    vec![Effect::Copy(clip)]
}

/// The estimate in a form.
#[must_use]
pub fn written(state: &State, form: CopyForm) -> Clip {
    let scenario = state.project.scenario().map(|key| scenarios::title(state, Some(key)));
    if form == CopyForm::Client {
        let summary = ClientSummary::of(state.budget(), state.estimate(), state.session.today, scenario);
        return mail(&Letter::to_client(summary));
    }
    let mut summary = Summary::of(state.budget(), state.estimate(), state.bills(), state.session.today, scenario);
    summary.sentences.extend(risks(state));
    match form {
        CopyForm::Text | CopyForm::Client => mail(&Letter::to_team(summary)),
        CopyForm::Markdown => markdown(&Letter::to_team(summary)),
        CopyForm::Cells => cells(&summary),
    }
}

/// What the total does not say: the named risks that it leaves out, and the first percentile over the cap.
fn risks(state: &State) -> Vec<String> {
    let HowSure::Known(risk) = state.how_sure() else { return Vec::new() };
    let (budget, estimate) = (state.budget(), state.estimate());
    let named = &state.project.risk_parts(risk, 1).named;
    let on_average = named.iter().fold(Decimal::ZERO, |sum, one| sum.checked_add(one.adds).unwrap_or(sum));
    let amount = Amount::of(&budget.shown, on_average).about_if(estimate.totals.approximate);
    let left_out = (!named.is_empty()).then(|| words::summary_risks(named.len(), amount));
    let over = figures::percentiles(budget, estimate, risk).into_iter().find(|told| told.is_over);
    let over = over.zip(budget.cap()).map(|(told, cap)| {
        let cap = words::cap(cap, cap.currency.unwrap_or(budget.shown.currency));
        words::summary_percentile_over(told.name, told.amount, cap)
    });
    left_out.into_iter().chain(over).collect()
}

/// What a mail and a message for chat say, part by part.
struct Letter {
    title: String,
    facts: Vec<(&'static str, String)>,
    sentences: Vec<String>,
    /// Lists with their headings; an empty one is left out.
    lists: Vec<(&'static str, Vec<String>)>,
    notes: Vec<String>,
}

impl Letter {
    fn to_team(summary: Summary) -> Letter {
        let lists = vec![
            (words::summary_rows(), summary.rows.iter().map(row_text).collect()),
            (words::summary_sums(), summary.steps.iter().map(sum_text).collect()),
            (words::summary_bills(), summary.bills.iter().map(bill_text).collect()),
        ];
        let sentences = summary.sentences.into_iter().chain(summary.guesses).collect();
        Letter { title: summary.title, facts: summary.facts, sentences, lists, notes: summary.notes }
    }

    fn to_client(summary: ClientSummary) -> Letter {
        let ClientSummary { title, facts, total, rows, notes } = summary;
        Letter { title, facts, sentences: vec![total], lists: vec![(words::summary_client_rows(), rows)], notes }
    }

    fn lists(&self) -> impl Iterator<Item = &(&'static str, Vec<String>)> {
        self.lists.iter().filter(|(_, entries)| !entries.is_empty())
    }
}

fn amount_text(amount: Option<Amount>) -> String {
    amount.map_or_else(|| words::unknown().to_owned(), |amount| amount.to_string())
}

fn row_text(row: &SummaryRow) -> String {
    let name = words::summary_name(&row.name, &row.size, &row.quality);
    words::summary_row(name, &row.work, amount_text(row.cost))
}

fn sum_text(row: &InvoiceRow) -> String {
    words::summary_item(&row.label, amount_text(row.amount))
}

fn bill_text(bill: &SummaryBill) -> String {
    let figures = match bill.above {
        Some(above) => words::summary_bill(&bill.brief.figure, above.signed(), &bill.brief.percent),
        None => bill.brief.figure.clone(),
    };
    words::summary_item(&bill.brief.name, figures)
}

/// Lines for a mail. No line begins with a name, because it could turn into a heading or a list there.
fn mail(letter: &Letter) -> Clip {
    let mut lines = Vec::new();
    let mut put = |text: &str, first: &str, rest: &str| {
        lines.extend(wrap_to(MAIL_COLUMNS, &safe(text), first, rest).split('\n').map(str::to_owned));
    };
    put(&letter.title, "", "  ");
    letter.facts.iter().for_each(|(label, value)| put(&words::summary_item(label, value), "", "  "));
    put("", "", "");
    letter.sentences.iter().for_each(|sentence| put(sentence, "", ""));
    for (heading, entries) in letter.lists() {
        put("", "", "");
        put(heading, "", "");
        entries.iter().for_each(|entry| put(entry, "• ", "  "));
    }
    put("", "", "");
    letter.notes.iter().for_each(|note| put(note, "", ""));
    Clip::lines(lines)
}

/// Lists and bold text. A list's sign is `*`, because a cell that begins with `-` may be a formula.
fn markdown(letter: &Letter) -> Clip {
    let bold = |text: &str| format!("**{}**", in_chat(text.trim()));
    let entry = |text: &String| format!("* {}", in_chat(text));
    let mut lines = vec![bold(&letter.title), String::new()];
    lines.extend(letter.facts.iter().map(|(label, value)| entry(&words::summary_item(label, value))));
    for sentence in &letter.sentences {
        lines.extend([String::new(), in_chat(sentence)]);
    }
    for (heading, entries) in letter.lists() {
        lines.extend([String::new(), bold(heading), String::new()]);
        lines.extend(entries.iter().map(entry));
    }
    for note in &letter.notes {
        lines.extend([String::new(), in_chat(note)]);
    }
    Clip::lines(lines)
}

fn text(text: impl Into<String>) -> Cell {
    Cell::Text(text.into())
}

fn number(number: Option<Decimal>) -> Cell {
    number.map_or_else(|| text(words::unknown()), Cell::Number)
}

/// An amount as a number, and its unit; ≈ is the unit's, so that the number stays one.
fn money(amount: Option<Amount>) -> [Cell; 2] {
    let unit = |amount: Amount| crate::figures::about_if(amount.is_about(), amount.currency().code().to_owned());
    [number(amount.map(|amount| amount.value())), text(amount.map_or_else(String::new, unit))]
}

/// A row with a name in the first column and figures in those of the cost.
fn below(label: &str, figures: impl IntoIterator<Item = Cell>) -> Vec<Cell> {
    let blanks = std::iter::repeat_n(text(""), COST_COLUMN - 1);
    std::iter::once(text(label)).chain(blanks).chain(figures).collect()
}

fn bill_cells(bill: &SummaryBill) -> Vec<Cell> {
    let figures = match bill.total {
        Some(_) => money(bill.total),
        None => [text(&bill.brief.figure), text("")],
    };
    let above = bill.above.map(|above| Cell::Number(above.value()));
    below(&bill.brief.name, figures.into_iter().chain(above))
}

/// Rows of cells: facts, deliverables with their sums, bills, notes. Every figure is a number in a cell of its own.
fn cells(summary: &Summary) -> Clip {
    let mut rows = vec![vec![text(&summary.title)]];
    rows.extend(summary.facts.iter().map(|(label, value)| vec![text(*label), text(value)]));
    rows.push(Vec::new());
    let knob = |knob| text(words::knob_label(knob));
    let mut head = vec![text(words::report_deliverable()), knob(Knob::Size), knob(Knob::Quality), knob(Knob::Finals)];
    let cost = [text(words::heading_cost()), text(words::summary_column_currency())];
    head.extend([text(words::heading_tries()), text(words::report_images())].into_iter().chain(cost));
    rows.push(head);
    for row in &summary.rows {
        let mut cells = vec![text(&row.name), text(&row.size), text(&row.quality), Cell::Number(row.finals)];
        cells.extend([number(row.tries_number), number(row.images)].into_iter().chain(money(row.cost)));
        rows.push(cells);
    }
    rows.extend(summary.sums.iter().map(|row| below(&row.label, money(row.amount))));
    rows.extend(summary.cap.map(|cap| below(words::knob_label(Knob::Cap), money(Some(cap)))));
    if !summary.bills.is_empty() {
        let head = [words::heading_cost(), words::summary_column_currency(), words::bill_row_difference()];
        rows.extend([Vec::new(), below(words::summary_bills(), head.map(text))]);
    }
    rows.extend(summary.bills.iter().map(bill_cells));
    rows.push(Vec::new());
    rows.extend(summary.sentences.iter().chain(&summary.notes).map(|note| vec![text(note)]));
    Clip::table(rows)
}
