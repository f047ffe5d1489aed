//! The text of the risk screen, line by line: the table of confidence, then sentences, where the uncertainty is from, and what
//! the factors rest on.

use super::canvas::{Align, Canvas, FrameInput, wrap};
use super::text::{fit, safe, width};
use super::theme::Role;
use crate::app::actions::named_risks::{effect, fault};
use crate::app::actions::risk::RISKS_LISTED;
use crate::app::{Action, Context, State};
use crate::cost::Knob;
use crate::cost::base::money::Decimal;
use crate::cost::budget::RiskKey;
use crate::cost::risk::{FactorDoubt, PERCENTILES, Risk, STRESS_PERCENT};
use crate::figures::{self, Amount, ReachOf, ReachRow, bar_units};
use crate::words;
use ratatui::layout::Rect;

/// Deliverables and factors that are listed: of more nobody reads the shares.
const LISTED: usize = 60;
/// Columns between two cells.
const GAP: u16 = 2;
/// Fewest columns of a bar, most of the names before it, and most of a bar in the table.
const BAR: (u16, u16, u16) = (8, 34, 40);

/// A text in a line: its first column, itself, its role.
type Span = (u16, String, Role);

/// A line that is laid out for a width.
#[derive(Default)]
pub(super) struct Line {
    spans: Vec<Span>,
    /// First column, columns, and the share from 0 to 1 of a bar.
    bar: Option<(u16, u16, Decimal)>,
    /// Whether it begins the selected named risk.
    pub(super) is_selected: bool,
    /// Whether it belongs to the named risk on the line before.
    pub(super) goes_on: bool,
}

impl Line {
    pub(super) fn draw(&self, canvas: &mut Canvas, area: Rect, row: u16) {
        for (column, text, role) in &self.spans {
            canvas.text_at(area, *column, row, text, *role);
        }
        if let Some((column, columns, share)) = self.bar {
            canvas.bar(area, column, row, columns, (bar_units(share), bar_units(Decimal::ONE)), Role::Bar);
        }
    }
}

fn columns_of(text: &str) -> u16 {
    u16::try_from(width(&safe(text))).unwrap_or(u16::MAX)
}

fn said(lines: &mut Vec<Line>, room: u16, text: &str, role: Role) {
    let one = |text| Line { spans: vec![(0, text, role)], bar: None, ..Line::default() };
    lines.extend(wrap(text, usize::from(room)).into_iter().map(one));
}

fn blank(lines: &mut Vec<Line>) {
    if !lines.is_empty() {
        lines.push(Line::default());
    }
}

/// The table from buffer to confidence and back: as sentences where they have room, else as cells below a heading.
pub(super) fn table(rows: &[ReachRow], room: u16) -> Vec<Line> {
    let widest = |text: &dyn Fn(&ReachRow) -> &str| rows.iter().map(|row| columns_of(text(row))).max().unwrap_or(0);
    let names = widest(&|row| &row.name);
    let (shares, amounts) = (widest(&|row| &row.share), widest(&|row| &row.amount));
    let head = words::knob_label(Knob::Buffer);
    let buffers = widest(&|row| &row.buffer).max(columns_of(head));
    let [before, after] = [words::risk_such_projects(), words::risk_or_less()];
    let in_words = names + GAP + shares + 1 + columns_of(before) + 1 + amounts + 1 + columns_of(after) + GAP + buffers;
    let is_long = in_words <= room;
    let share_end = names + GAP + shares;
    let amount_end = if is_long { share_end + 1 + columns_of(before) + 1 + amounts } else { share_end + GAP + amounts };
    let buffer_end = if is_long { in_words } else { amount_end + GAP + buffers };
    let at = |end: u16, text: &str| end.saturating_sub(columns_of(text));
    let mut lines =
        vec![Line { spans: vec![(at(buffer_end, head), head.to_owned(), Role::Dim)], bar: None, ..Line::default() }];
    if !is_long {
        let short = words::risk_cost_at_most();
        lines[0].spans.push((at(amount_end, short), short.to_owned(), Role::Dim));
    }
    for row in rows {
        let (name, figure) = match row.of {
            ReachOf::Total => (Role::Total, Role::Total),
            ReachOf::Cap => (Role::Bad, Role::Value),
            ReachOf::Percentile(_) => (Role::Label, Role::Value),
            ReachOf::Buffer => (Role::Label, Role::Dim),
        };
        let mut spans = vec![(0, row.name.clone(), name)];
        if row.usd.is_none() {
            spans.push((names + GAP, words::risk_withheld().to_owned(), Role::Warn));
        } else {
            spans.push((at(share_end, &row.share), row.share.clone(), figure));
            spans.push((at(amount_end, &row.amount), row.amount.clone(), figure));
            spans.push((at(buffer_end, &row.buffer), row.buffer.clone(), figure));
        }
        if is_long && row.usd.is_some() {
            spans.push((share_end + 1, before.to_owned(), Role::Dim));
            spans.push((amount_end + 1, after.to_owned(), Role::Dim));
        }
        // The confidence as a bar, where the words leave room for one.
        let bar = room.saturating_sub(buffer_end + GAP + 1).min(BAR.2);
        let bar = (bar >= BAR.0).then_some((buffer_end + GAP + 1, bar, row.within));
        lines.push(Line { spans, bar, ..Line::default() });
    }
    lines
}

/// Everything beside the picture and the table.
pub(super) fn beside(input: &FrameInput, risk: &Risk, room: u16) -> Vec<Line> {
    let state = input.state;
    let mut lines = Vec::new();
    sentences(&mut lines, state, risk, room);
    spread(&mut lines, state, risk, room);
    named(&mut lines, state, (risk, if input.ascii { ">" } else { "▸" }), room);
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
    let mut told = Vec::new();
    if let Some(total) = totals.total {
        let covered = figures::chance_within(risk, risk.within(total));
        told.push(words::begun(&words::risk_covers(amount(total), covered)));
        let if_worse = figures::chance_within(risk, risk.within_if_worse(total));
        told.push(words::risk_stress(STRESS_PERCENT, if_worse));
    }
    if let Some((cap, over)) = budget.cap().and_then(|cap| Some((cap, risk.over(budget, cap)?))) {
        let currency = cap.currency.unwrap_or(budget.shown.currency);
        told.push(words::begun(&words::risk_over_cap(words::cap(cap, currency), figures::chance_over(risk, over))));
    }
    if mean != worksheet {
        told.push(words::risk_expected_with_doubt(mean, worksheet));
    }
    for text in told {
        said(lines, room, &text, Role::Text);
    }
    if let Some(why) = PERCENTILES.into_iter().find_map(|percent| risk.withheld(percent)) {
        said(lines, room, figures::withheld(why), Role::Warn);
    }
}

/// Names with their shares, and a bar between them where there is room.
fn bars(lines: &mut Vec<Line>, room: u16, shares: &[(String, Decimal)]) {
    let texts: Vec<String> = shares.iter().map(|(_, share)| figures::share(*share)).collect();
    let figures = texts.iter().map(|text| columns_of(text)).max().unwrap_or(0);
    let left = room.saturating_sub(figures + GAP);
    let names = shares.iter().map(|(name, _)| columns_of(name)).max().unwrap_or(0).min(BAR.1);
    let bar = left.saturating_sub(names + GAP);
    let (names, bar) = if bar >= BAR.0 { (names, bar) } else { (left, 0) };
    for ((name, share), text) in shares.iter().zip(texts) {
        let name = fit(&safe(name), usize::from(names), Align::Left, super::text::Ellipsis::Unicode);
        let spans = vec![(0, name, Role::Label), (room.saturating_sub(columns_of(&text)), text, Role::Value)];
        lines.push(Line { spans, bar: (bar > 0).then_some((names + GAP, bar, *share)), ..Line::default() });
    }
}

fn spread(lines: &mut Vec<Line>, state: &State, risk: &Risk, room: u16) {
    let Some(layers) = risk.layers() else { return };
    blank(lines);
    said(lines, room, words::risk_spread(), Role::Title);
    let mut named =
        vec![(words::risk_luck().to_owned(), layers.luck), (words::risk_factor().to_owned(), layers.factor)];
    if !layers.risks.is_zero() {
        named.push((words::risk_risks().to_owned(), layers.risks));
    }
    bars(lines, room, &named);
    said(lines, room, words::risk_lesson(), Role::Dim);
    let shares = risk.deliverables();
    if shares.len() > 1 {
        blank(lines);
        said(lines, room, words::risk_by_deliverable(), Role::Title);
        let named = |(at, share): &(usize, Decimal)| (title(state, *at), *share);
        bars(lines, room, &shares.iter().take(LISTED).map(named).collect::<Vec<_>>());
        more(lines, room, shares.len());
    }
}

fn more(lines: &mut Vec<Line>, room: u16, all: usize) {
    if let Some(rest) = all.checked_sub(LISTED).filter(|rest| *rest > 0) {
        said(lines, room, &words::risk_not_listed(rest), Role::Dim);
    }
}

fn title(state: &State, at: usize) -> String {
    state.budget().lines.get(at).map(|line| line.title().to_owned()).unwrap_or_default()
}

/// The named risks with their chance, what they bring, and their share of the uncertainty.
fn named(lines: &mut Vec<Line>, state: &State, (risk, marker): (&Risk, &str), room: u16) {
    blank(lines);
    said(lines, room, words::risk_named_heading(), Role::Title);
    let all = state.budget().all_risks();
    if all.is_empty() {
        let key = state.reach_in(Context::Risk, Action::AddRisk);
        return said(lines, room, &words::risk_none_named(key), Role::Dim);
    }
    let counted = &state.project.risk_parts(risk, LISTED).named;
    let selected = state.view.selected_risk.min(all.len().min(RISKS_LISTED) - 1);
    for (at, (key, named)) in all.iter().take(RISKS_LISTED).enumerate() {
        let share = counted.iter().find(|share| share.risk.key == *key).map(|share| figures::share(share.share));
        let (role, end) = match (&share, named.is_on()) {
            (Some(share), _) => (Role::Label, share.clone()),
            (None, true) => (Role::Warn, words::risk_not_counted(fault(state, key).unwrap_or_default())),
            (None, false) => (Role::Dim, words::fee_off().to_owned()),
        };
        let is_selected = at == selected;
        let mark = if is_selected { marker } else { " " };
        let told = words::risk_detail(words::risk_value(named, RiskKey::Chance), effect(state, named));
        let title = format!("{mark}{}", safe(named.title(key)));
        let left = room.saturating_sub(columns_of(&end) + GAP);
        let is_one = columns_of(&title).saturating_add(GAP + columns_of(&told)) <= left;
        let mut spans = vec![(0, title.clone(), role), (room.saturating_sub(columns_of(&end)), end, Role::Value)];
        if is_one {
            spans.push((columns_of(&title) + GAP, told.clone(), Role::Dim));
        }
        lines.push(Line { spans, is_selected, ..Line::default() });
        if !is_one {
            lines.push(Line { spans: vec![(GAP + 1, told, Role::Dim)], goes_on: true, ..Line::default() });
        }
    }
    more(lines, room, all.len());
}

/// What the factors rest on: a row of cells each, or two rows where they have no room beside each other.
fn factors(lines: &mut Vec<Line>, state: &State, risk: &Risk, room: u16) {
    let factors = &state.project.risk_parts(risk, LISTED).factors;
    blank(lines);
    said(lines, room, words::risk_factors(), Role::Title);
    let whose = |doubt: &FactorDoubt| {
        let of = &doubt.shared.deliverables;
        let name = of.first().map(|at| title(state, *at)).unwrap_or_default();
        figures::sharing(&doubt.shared.sharing, &name, of.len())
    };
    let cells = |doubt: &FactorDoubt| {
        let (low, high) = doubt.between;
        let range = words::risk_from_to(figures::tries(low), figures::tries(high));
        let range = if doubt.worth.is_some() { words::retry_between(range) } else { String::new() };
        [words::risk_times(figures::tries(doubt.retry)), range, figures::experience(doubt.worth)]
    };
    let rows: Vec<(String, [String; 3])> = factors.iter().map(|doubt| (whose(doubt), cells(doubt))).collect();
    let widest = |at: usize| rows.iter().map(|(_, cells)| columns_of(&cells[at])).max().unwrap_or(0);
    let widths = [widest(0), widest(1), widest(2)];
    let figures = widths.iter().sum::<u16>() + 2 * GAP;
    let names = rows.iter().map(|(name, _)| columns_of(name)).max().unwrap_or(0);
    let is_one = names.saturating_add(GAP + figures) <= room;
    for (name, cells) in rows {
        let mut line = Line { spans: vec![(0, name, Role::Label)], bar: None, ..Line::default() };
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
    let clamped = factors.iter().filter(|doubt| doubt.shared.fitted.clamped_from.is_some());
    for doubt in clamped {
        said(lines, room, &words::risk_clamped(whose(doubt), figures::experience(doubt.worth)), Role::Dim);
    }
}
