//! The money of the bills on the worksheet: a bar for each of them, and the way from the official one to another.

use super::canvas::{Canvas, FrameInput};
use super::screens::bills::{columns_of, inner, role};
use super::theme::Role;
use crate::app::actions::bills;
use crate::app::{Action, Screen, State};
use crate::cost::base::money::{Decimal, plus};
use crate::figures::{Amount, BillBrief, BillColumn, BillTable, Tone, bar_units};
use crate::words;
use ratatui::layout::Rect;

/// Columns between two columns of figures.
const GAP: u16 = 2;
/// Fewest columns of a bar.
const BAR: u16 = 4;
/// Columns of a bar of the walk that names leave.
const WALK_BAR: u16 = 7;
/// Least columns of a panel with bars.
const WITH_BARS: u16 = 44;

/// The bills of the whole project, a line each.
pub(super) fn others(canvas: &mut Canvas, input: &FrameInput, area: Rect) {
    let state = input.state;
    canvas.frame(area, &words::titled(words::tab_bills(), scope(state)), false);
    let room = inner(area);
    if state.bills().cards.is_empty() {
        canvas.wrapped(room, 0, &words::bills_empty(state.reach(Action::Cards)), Role::Dim);
        return;
    }
    let table = input.bills();
    let bills = table.briefs();
    let rows = usize::from(room.height);
    let kept = if bills.len() > rows { rows.saturating_sub(1) } else { bills.len() };
    let widest = |text: &dyn Fn(&BillBrief) -> &str| bills.iter().map(|bill| columns_of(text(bill))).max().unwrap_or(0);
    let (percents, figures) = (widest(&|bill| &bill.percent), widest(&|bill| &bill.figure));
    let names = room.width.saturating_sub(percents.saturating_add(figures).saturating_add(2 * GAP));
    let name = widest(&|bill| &bill.name).min(names);
    let bar = names.saturating_sub(name.saturating_add(1));
    let bar = if bar >= BAR && area.width >= WITH_BARS { bar } else { 0 };
    let total =
        |at: usize| table.columns.get(at).and_then(|column| column.sums.total).map_or(0, |it| bar_units(it.value()));
    let most = (0..bills.len()).map(total).max().unwrap_or(0);
    let pitch = pitch(room, bills.len());
    for (row, (at, bill)) in (0..room.height).step_by(pitch).zip(bills[..kept].iter().enumerate()) {
        canvas.text_right(room, row, &bill.percent, Role::Dim);
        let beside = Rect { width: room.width.saturating_sub(percents.saturating_add(GAP)), ..room };
        let tone = if bill.tone == Tone::Total { Tone::Plain } else { bill.tone };
        canvas.text_right(beside, row, &bill.figure, role(tone));
        canvas.text(Rect { width: if bar > 0 { name } else { names }, ..room }, row, &bill.name, Role::Label);
        canvas.bar(room, name + 1, row, bar, (total(at), most), Role::Bar);
    }
    if kept < bills.len() {
        let more = words::more_issues(bills.len() - kept, state.reach(Action::Bills));
        canvas.text(room, room.height.saturating_sub(1), &more, Role::Dim);
    }
}

/// Rows from one bar to the next: a blank row between them where all have room for that.
fn pitch(room: Rect, bars: usize) -> usize {
    if bars > 0 && usize::from(room.height) >= 2 * bars - 1 { 2 } else { 1 }
}

fn scope(state: &State) -> String {
    if state.view.screen == Screen::Bills { bills::scope(state) } else { words::whole_project().to_owned() }
}

/// The bill to walk to: the selected one, or else the lowest that is known.
fn walked(state: &State, table: &BillTable) -> Option<usize> {
    let known = |at: &usize| {
        let column = table.columns.get(*at);
        column.is_some_and(|column| column.sums.total.is_some() && column.difference.is_some())
    };
    let value = |at: usize| table.columns[at].sums.total.map(|total| total.value());
    Some(state.view.selected_bill)
        .filter(|at| *at > 0 && known(at))
        .or_else(|| (1..table.columns.len()).filter(known).min_by_key(|at| value(*at)))
}

/// One step of the walk: its name and figure, and where its bar begins and ends.
struct Step {
    name: String,
    figure: String,
    tone: Role,
    from: Decimal,
    to: Decimal,
}

/// The steps from the official total to the bill's, the parts between them; empty if a sum has no room.
fn steps(official: &BillColumn, bill: &BillColumn) -> Vec<Step> {
    let (Some(start), Some(end), Some(difference)) = (official.sums.total, bill.sums.total, &bill.difference) else {
        return Vec::new();
    };
    let whole = |column: &BillColumn, total: Amount| Step {
        name: column.name.clone(),
        figure: total.to_string(),
        tone: Role::Value,
        from: Decimal::ZERO,
        to: total.value(),
    };
    let mut steps = vec![whole(official, start)];
    let mut at = start.value();
    for (why, part) in &difference.parts {
        let Ok(to) = plus(at, part.value()) else { return Vec::new() };
        let tone = if part.value() < Decimal::ZERO { Role::Good } else { Role::Warn };
        let name = format!("· {}", words::differs(*why));
        steps.push(Step { name, figure: part.signed(), tone, from: at, to });
        at = to;
    }
    // The figures of a picture are added up by whoever looks at it.
    let parts = difference.parts.iter().map(|(_, part)| *part);
    if let Some(rest) = end.rest_of(std::iter::once(start).chain(parts)) {
        let name = format!("· {}", words::figures_rounding_of_parts());
        steps.push(Step { name, figure: rest.signed(), tone: Role::Dim, from: at, to: end.value() });
    }
    steps.push(whole(bill, end));
    steps
}

/// Lines of the walk; 0 without one.
pub(super) fn walk_lines(input: &FrameInput) -> usize {
    if input.state.bills().cards.is_empty() {
        return 0;
    }
    let table = input.bills();
    walked(input.state, table).map_or(0, |at| steps(&table.columns[0], &table.columns[at]).len())
}

/// The waterfall from the official bill to another one.
pub(super) fn walk(canvas: &mut Canvas, input: &FrameInput, area: Rect) {
    let table = input.bills();
    let Some(at) = walked(input.state, table) else { return };
    let (official, bill) = (&table.columns[0], &table.columns[at]);
    let steps = steps(official, bill);
    canvas.frame(area, &words::walk_title(&bill.name), false);
    let room = inner(area);
    let widest = |text: &dyn Fn(&Step) -> &str| steps.iter().map(|step| columns_of(text(step))).max().unwrap_or(0);
    let figures = widest(&|step| &step.figure);
    let names = room.width.saturating_sub(figures.saturating_add(GAP));
    // A long name gives way to the bars, which are what the panel is for.
    let name = widest(&|step| &step.name).min(names.saturating_sub(WALK_BAR + 1).max(names / 2));
    let bar = names.saturating_sub(name.saturating_add(1));
    let bar = if bar >= BAR { bar } else { 0 };
    let most = steps.iter().map(|step| bar_units(step.from.max(step.to))).max().unwrap_or(0);
    // Where not all steps have a row, the last one is the bill itself.
    let cut = steps.len() > usize::from(room.height);
    let first = if cut { usize::from(room.height).saturating_sub(1) } else { steps.len() };
    let shown = steps[..first].iter().chain(steps.last().filter(|_| cut));
    let pitch = pitch(room, steps.len());
    for (row, step) in (0..room.height).step_by(pitch).zip(shown) {
        canvas.text_right(room, row, &step.figure, step.tone);
        canvas.text(Rect { width: if bar > 0 { name } else { names }, ..room }, row, &step.name, Role::Label);
        if bar > 0 {
            floating(canvas, Rect { x: room.x + name + 1, width: bar, ..room }, row, step, most);
        }
    }
}

/// A bar from where the step begins to where it ends, at least one cell wide; nothing for a step under an eighth of a cell.
fn floating(canvas: &mut Canvas, area: Rect, row: u16, step: &Step, most: u64) {
    let (low, high) = (bar_units(step.from.min(step.to)), bar_units(step.from.max(step.to)));
    let cells = |units: u64| {
        let exact = (u128::from(units) * u128::from(area.width)).checked_div(u128::from(most)).unwrap_or(0);
        u16::try_from(exact).unwrap_or(area.width).min(area.width)
    };
    let left = cells(low).min(area.width.saturating_sub(1));
    if step.from.is_zero() {
        return canvas.bar(area, 0, row, area.width, (high, most), Role::Bar);
    }
    if u128::from(high - low) * u128::from(area.width) * 8 < u128::from(most) {
        return;
    }
    let columns = cells(high).saturating_sub(left).max(1);
    canvas.bar(area, left, row, columns, (1, 1), step.tone);
}
