//! The text of the risk screen, line by line: the verdict, named risks, where the uncertainty comes from, and what the factors
//! rest on.

use super::canvas::{Align, Canvas, FrameInput, wrap};
use super::risk_named;
use super::text::{fit, safe, width};
use super::theme::Role;
use crate::app::actions::risk::RISKS_LISTED;
use crate::app::{Action, Context, State};
use crate::cost::base::money::Decimal;
use crate::cost::risk::{FactorDoubt, PERCENTILES, Risk, STRESS_PERCENT};
use crate::figures::{self, Amount, bar_units};
use crate::words;
use ratatui::layout::Rect;

/// Deliverables and factors that are listed: of more nobody reads the shares.
const LISTED: usize = 60;
/// Columns between two cells.
pub(super) const GAP: u16 = 2;
/// Fewest columns of a bar, and most of the names before it.
const BAR: (u16, u16) = (8, 34);
/// Columns of a share.
pub(super) const SHARE: u16 = 5;

/// A text in a line: its first column, itself, its role.
type Span = (u16, String, Role);

/// A line that is laid out for a width.
#[derive(Default)]
pub(super) struct Line {
    spans: Vec<Span>,
    /// First column, columns, and the share from 0 to 1 of each bar.
    bars: Vec<(u16, u16, Decimal)>,
    /// Whether it begins the selected named risk.
    pub(super) is_selected: bool,
    /// The first column of what is selected: what stands before it is something else.
    pub(super) selected_from: u16,
    /// Whether it belongs to the named risk on the line before.
    pub(super) goes_on: bool,
}

impl Line {
    pub(super) fn draw(&self, canvas: &mut Canvas, area: Rect, row: u16) {
        for (column, text, role) in &self.spans {
            canvas.text_at(area, *column, row, text, *role);
        }
        for (column, columns, share) in &self.bars {
            canvas.bar(area, *column, row, *columns, (bar_units(*share), bar_units(Decimal::ONE)), Role::Bar);
        }
    }

    pub(super) fn of(spans: Vec<Span>) -> Line {
        Line { spans, ..Line::default() }
    }

    /// The same with a bar, if there is one.
    pub(super) fn with_bar(self, bar: Option<(u16, u16, Decimal)>) -> Line {
        Line { bars: bar.into_iter().collect(), ..self }
    }
}

/// Lines beside each other, the second ones from a column on.
pub(super) fn side_by_side(mut left: Vec<Line>, right: Vec<Line>, from: u16) -> Vec<Line> {
    let rows = left.len().max(right.len());
    left.resize_with(rows, Line::default);
    for (line, beside) in left.iter_mut().zip(right) {
        if beside.is_selected {
            (line.is_selected, line.selected_from) = (true, from);
        }
        line.goes_on |= beside.goes_on;
        line.spans.extend(beside.spans.into_iter().map(|(column, text, role)| (column + from, text, role)));
        line.bars.extend(beside.bars.into_iter().map(|(column, columns, share)| (column + from, columns, share)));
    }
    left
}

pub(super) fn columns_of(text: &str) -> u16 {
    u16::try_from(width(&safe(text))).unwrap_or(u16::MAX)
}

pub(super) fn said(lines: &mut Vec<Line>, room: u16, text: &str, role: Role) {
    let one = |text| Line::of(vec![(0, text, role)]);
    lines.extend(wrap(text, usize::from(room)).into_iter().map(one));
}

fn blank(lines: &mut Vec<Line>) {
    if !lines.is_empty() {
        lines.push(Line::default());
    }
}

/// The first lines of the screen: how many such projects stay within the total and the cap, and what the total leaves out.
pub(super) fn verdict(state: &State, risk: &Risk, room: u16) -> Vec<Line> {
    let (budget, totals) = (state.budget(), &state.estimate().totals);
    let amount = |usd| Amount::of(&budget.shown, usd).about_if(totals.approximate);
    let mut lines = Vec::new();
    if let Some(total) = totals.total {
        let within = figures::chance_within(risk, risk.within(total));
        let cap = budget.cap().and_then(|cap| Some((cap, risk.under(budget, cap)?.1)));
        let told = match cap {
            Some((cap, in_cap)) => {
                let shown = words::cap(cap, cap.currency.unwrap_or(budget.shown.currency));
                words::risk_verdict_cap(within, amount(total), figures::chance_within(risk, in_cap), shown)
            }
            None => words::risk_verdict(within, amount(total)),
        };
        said(&mut lines, room, &words::begun(&told), Role::Value);
    }
    let named = &state.project.risk_parts(risk, LISTED).named;
    if !named.is_empty() {
        let adds = named.iter().fold(Decimal::ZERO, |sum, one| sum.checked_add(one.adds).unwrap_or(sum));
        said(&mut lines, room, &words::risk_verdict_named(named.len(), amount(adds)), Role::Text);
    }
    match state.project.broken_risks() {
        0 => {}
        broken => said(&mut lines, room, &words::risk_verdict_broken(broken), Role::Warn),
    }
    lines
}

/// Everything else, in one column: sentences, named risks, where the uncertainty comes from, what the factors rest on.
pub(super) fn beside(input: &FrameInput, risk: &Risk, room: u16) -> Vec<Line> {
    let state = input.state;
    let mut lines = Vec::new();
    sentences(&mut lines, state, risk, room);
    append(&mut lines, named(input, risk, room));
    append(&mut lines, spread(state, risk, room));
    append(&mut lines, details(state, risk, room));
    lines
}

/// What stands beside the table where one column holds all: the named risks, and where the uncertainty comes from.
pub(super) fn beside_table(input: &FrameInput, risk: &Risk, room: u16) -> Vec<Line> {
    let mut lines = named(input, risk, room);
    append(&mut lines, layers(input.state, risk, room));
    lines
}

/// What stands below both then.
pub(super) fn below_table(state: &State, risk: &Risk, room: u16) -> Vec<Line> {
    let mut lines = Vec::new();
    sentences(&mut lines, state, risk, room);
    append(&mut lines, by_deliverable(state, risk, room));
    append(&mut lines, details(state, risk, room));
    lines
}

fn append(lines: &mut Vec<Line>, more: Vec<Line>) {
    if !more.is_empty() {
        blank(lines);
        lines.extend(more);
    }
}

/// What the factors rest on, and what is in all of this.
fn details(state: &State, risk: &Risk, room: u16) -> Vec<Line> {
    let mut lines = Vec::new();
    factors(&mut lines, state, risk, room);
    blank(&mut lines);
    let is_alone = state.project.risk_parts(risk, LISTED).named.is_empty();
    said(&mut lines, room, if is_alone { words::risk_scope() } else { words::risk_screen_scope() }, Role::Dim);
    lines
}

fn sentences(lines: &mut Vec<Line>, state: &State, risk: &Risk, room: u16) {
    let (budget, totals) = (state.budget(), &state.estimate().totals);
    let amount = |usd| Amount::of(&budget.shown, usd).about_if(totals.approximate);
    let (mean, worksheet) = (amount(risk.mean()), amount(risk.worksheet()));
    if let Some(total) = totals.total {
        let if_worse = figures::chance_within(risk, risk.within_if_worse(total));
        said(lines, room, &words::risk_stress(STRESS_PERCENT, if_worse), Role::Text);
    }
    if mean != worksheet {
        let told = match state.project.risk_parts(risk, LISTED).named.is_empty() {
            true => words::risk_expected_with_doubt(mean, worksheet),
            false => words::risk_expected_with_named(mean, worksheet),
        };
        said(lines, room, &told, Role::Text);
    }
    if let Some(why) = PERCENTILES.into_iter().find_map(|percent| risk.withheld(percent)) {
        said(lines, room, figures::withheld(why), Role::Warn);
    }
}

/// Columns of the names before bars: the same for all bars of a pane.
fn edge(state: &State, risk: &Risk) -> u16 {
    let titles = risk.deliverables().iter().take(LISTED).map(|(at, _)| columns_of(&title(state, *at)));
    let layers = [words::risk_luck(), words::risk_factor()].map(columns_of);
    titles.chain(layers).max().unwrap_or(0).min(BAR.1)
}

/// Names with their shares, and a bar between them where there is room.
fn bars(lines: &mut Vec<Line>, room: u16, names: u16, shares: &[(String, Decimal)]) {
    let texts: Vec<String> = shares.iter().map(|(_, share)| figures::share(*share)).collect();
    let left = room.saturating_sub(SHARE + GAP);
    let bar = left.saturating_sub(names + GAP);
    let (names, bar) = if bar >= BAR.0 { (names, bar) } else { (left, 0) };
    for ((name, share), text) in shares.iter().zip(texts) {
        let name = fit(&safe(name), usize::from(names), Align::Left, super::text::Ellipsis::Unicode);
        let spans = vec![(0, name, Role::Label), (room.saturating_sub(columns_of(&text)), text, Role::Value)];
        let bars = if bar > 0 { vec![(names + GAP, bar, *share)] } else { Vec::new() };
        lines.push(Line { spans, bars, ..Line::default() });
    }
}

fn spread(state: &State, risk: &Risk, room: u16) -> Vec<Line> {
    let mut lines = layers(state, risk, room);
    append(&mut lines, by_deliverable(state, risk, room));
    lines
}

fn layers(state: &State, risk: &Risk, room: u16) -> Vec<Line> {
    let mut lines = Vec::new();
    let Some(layers) = risk.layers() else { return lines };
    said(&mut lines, room, words::risk_spread(), Role::Title);
    let mut named =
        vec![(words::risk_luck().to_owned(), layers.luck), (words::risk_factor().to_owned(), layers.factor)];
    if !layers.risks.is_zero() {
        named.push((words::risk_risks().to_owned(), layers.risks));
    }
    bars(&mut lines, room, edge(state, risk), &named);
    if layers.factor > layers.risks {
        said(&mut lines, room, words::risk_lesson(), Role::Dim);
    }
    lines
}

fn by_deliverable(state: &State, risk: &Risk, room: u16) -> Vec<Line> {
    let mut lines = Vec::new();
    let shares = risk.deliverables();
    if shares.len() > 1 {
        said(&mut lines, room, words::risk_by_deliverable(), Role::Title);
        let named = |(at, share): &(usize, Decimal)| (title(state, *at), *share);
        bars(&mut lines, room, edge(state, risk), &shares.iter().take(LISTED).map(named).collect::<Vec<_>>());
        more(&mut lines, room, shares.len());
    }
    lines
}

fn more(lines: &mut Vec<Line>, room: u16, all: usize) {
    if let Some(rest) = all.checked_sub(LISTED).filter(|rest| *rest > 0) {
        said(lines, room, &words::risk_not_listed(rest), Role::Dim);
    }
}

fn title(state: &State, at: usize) -> String {
    state.budget().lines.get(at).map(|line| line.title().to_owned()).unwrap_or_default()
}

/// The named risks, the largest share first, or how the first one is added.
fn named(input: &FrameInput, risk: &Risk, room: u16) -> Vec<Line> {
    let state = input.state;
    let counted = &state.project.risk_parts(risk, LISTED).named;
    let all = figures::named_rows(state.budget(), state.estimate(), counted);
    let mut lines = Vec::new();
    if all.is_empty() {
        said(&mut lines, room, words::risk_named_heading(), Role::Title);
        let key = state.reach_in(Context::Risk, Action::AddRisk);
        said(&mut lines, room, &words::risk_none_named(key), Role::Dim);
        return lines;
    }
    let listed = &all[..all.len().min(RISKS_LISTED)];
    let selected = state.view.selected_risk.min(listed.len() - 1);
    lines = risk_named::table(listed, (selected, input.ascii), room);
    more(&mut lines, room, all.len());
    lines
}

/// What the factors rest on: a row of cells each, or two rows where they have no room beside each other.
fn factors(lines: &mut Vec<Line>, state: &State, risk: &Risk, room: u16) {
    let factors = &state.project.risk_parts(risk, LISTED).factors;
    said(lines, room, words::risk_factors(), Role::Title);
    let whose = |doubt: &FactorDoubt| {
        let of = &doubt.shared.deliverables;
        let name = of.first().map(|at| title(state, *at)).unwrap_or_default();
        figures::sharing(&doubt.shared.sharing, &name, of.len())
    };
    let none_seen = |doubt: &FactorDoubt| figures::none_seen(state.budget(), state.estimate(), doubt);
    let cells = |doubt: &FactorDoubt| {
        let (low, high) = doubt.between;
        let range = words::risk_from_to(figures::tries(low), figures::tries(high));
        let range = if doubt.worth.is_some() { words::retry_between(range) } else { String::new() };
        let unseen = none_seen(doubt).map(|(kept, made)| words::risk_none_seen(kept, made));
        let rests_on = unseen.unwrap_or_else(|| figures::experience(doubt.worth));
        [words::risk_times(figures::tries(doubt.retry)), range, rests_on]
    };
    let rows: Vec<(String, [String; 3])> = factors.iter().map(|doubt| (whose(doubt), cells(doubt))).collect();
    let widest = |at: usize| rows.iter().map(|(_, cells)| columns_of(&cells[at])).max().unwrap_or(0);
    let widths = [widest(0), widest(1), widest(2)];
    let figures = widths.iter().sum::<u16>() + 2 * GAP;
    let names = rows.iter().map(|(name, _)| columns_of(name)).max().unwrap_or(0);
    let is_one = names.saturating_add(GAP + figures) <= room;
    for (name, cells) in rows {
        let mut line = Line::of(vec![(0, name, Role::Label)]);
        let mut end = if is_one { room - figures } else { GAP };
        if !is_one {
            lines.push(std::mem::take(&mut line));
        }
        for (cell, columns) in cells.into_iter().zip(widths) {
            end += columns;
            line.spans.push((end.saturating_sub(columns_of(&cell)), cell, Role::Value));
            end += GAP;
        }
        lines.push(line);
    }
    more(lines, room, risk.factor_count());
    for doubt in factors.iter().filter(|doubt| none_seen(doubt).is_some()) {
        said(lines, room, &words::risk_none_seen_note(whose(doubt)), Role::Warn);
    }
    let clamped = factors.iter().filter(|doubt| doubt.shared.fitted.clamped_from.is_some());
    for doubt in clamped {
        said(lines, room, &words::risk_clamped(whose(doubt), figures::experience(doubt.worth)), Role::Dim);
    }
}
