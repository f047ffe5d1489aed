//! How sure the total is: the distribution as a picture, the table from buffer to confidence and back, and beside or below them
//! where the uncertainty is from.

use super::Drawn;
use crate::app::actions::mouse::Target;
use crate::app::model::view::{RiskPlace, View};
use crate::app::{HowSure, Screen};
use crate::cost::base::money::Decimal;
use crate::cost::risk::Risk;
use crate::figures::{self, ReachRow};
use crate::ui::canvas::{Canvas, FrameInput};
use crate::ui::chart::{Marks, chart};
use crate::ui::layout::{Cut, Layout, ONE_TABLE};
use crate::ui::risk_chart;
use crate::ui::risk_lines::{self, Line};
use crate::ui::risk_table;
use crate::ui::screens::bills::inner;
use crate::ui::theme::Role;
use crate::words;
use ratatui::layout::{Position, Rect};

/// The screen's row.
pub(super) const SCREEN: Drawn = Drawn { arrangement: ONE_TABLE, draw, furthest_scroll, target };

/// Least room for the table and the rest beside each other.
const BESIDE: (u16, u16) = (110, 16);
/// Rows of a picture above the table: at least, and where the table does not need them at most.
const PICTURE: (u16, u16) = (5, 24);
/// Least rows of the panel with the confidence by buffer.
const CURVE: (u16, u16) = (9, 16);

/// Columns of what stands beside the table in one panel, at least, and between both.
const BESIDE_TABLE: (u16, u16) = (30, 3);
/// Rows of a panel from which on a blank row stands below the picture.
const AIRY: u16 = 16;

/// What the screen shows in a window, laid out: the same for drawing and for scrolling.
struct Page {
    /// The panel with the picture, and the rows of the table.
    main: Rect,
    /// The first lines, above the picture, and their place.
    verdict: (Vec<Line>, Rect),
    picture: Rect,
    rows: Vec<ReachRow>,
    /// The table, and below it what has no panel of its own.
    below: Rect,
    table: Vec<Line>,
    /// The panel beside it, and its lines.
    side: Rect,
    beside: Vec<Line>,
    /// The panel with the confidence by buffer.
    curve: Rect,
}

impl Page {
    fn of(input: &FrameInput, area: Rect, risk: &Risk) -> Page {
        let rows = figures::reach_rows(input.state.budget(), input.state.estimate(), risk);
        let is_wide = area.width >= BESIDE.0 && area.height >= BESIDE.1;
        if is_wide { Page::wide(input, area, risk, rows) } else { Page::narrow(input, area, risk, rows) }
    }

    /// One panel: the verdict, the picture, the table with the named risks beside it, and all else below.
    fn narrow(input: &FrameInput, area: Rect, risk: &Risk, rows: Vec<ReachRow>) -> Page {
        let (state, room) = (input.state, inner(area));
        let mut cut = Cut { rest: room };
        let lines = risk_lines::verdict(state, risk, room.width);
        let top = cut.top(u16::try_from(lines.len()).unwrap_or(u16::MAX).min(room.height / 3));
        let room = cut.rest;
        let picture = if room.height >= 2 * PICTURE.0 { (room.height * 2 / 5).clamp(PICTURE.0, 12) } else { 0 };
        let (picture, below) = above(room, if risk.sd().is_zero() { 0 } else { picture });
        let shown = risk_table::fitting(&rows, usize::from(below.height));
        let columns = risk_table::columns(&shown);
        let rest = room.width.saturating_sub(columns + BESIDE_TABLE.1);
        let mut table;
        if rest >= BESIDE_TABLE.0 {
            table = risk_table::table(&shown, columns);
            let beside = risk_lines::beside_table(input, risk, rest);
            table = risk_lines::side_by_side(table, beside, columns + BESIDE_TABLE.1);
        } else {
            table = risk_table::table(&shown, room.width);
            table.push(Line::default());
            table.extend(risk_lines::beside_table(input, risk, room.width));
        }
        table.push(Line::default());
        table.extend(risk_lines::below_table(state, risk, room.width));
        let (side, curve) = (Rect::ZERO, Rect::ZERO);
        Page { main: area, verdict: (lines, top), picture, rows, below, table, side, beside: Vec::new(), curve }
    }

    /// Two panels: picture and table, and beside them what they mean.
    fn wide(input: &FrameInput, area: Rect, risk: &Risk, rows: Vec<ReachRow>) -> Page {
        let mut cut = Cut { rest: area };
        let main = cut.left(area.width * 11 / 20);
        let (room, mut side) = (inner(main), cut.rest);
        let least = if risk.sd().is_zero() { 0 } else { PICTURE.0 + 1 };
        let shown = risk_table::fitting(&rows, usize::from(room.height.saturating_sub(least)));
        let table = risk_table::table(&shown, room.width);
        let lines = u16::try_from(table.len()).unwrap_or(u16::MAX);
        let picture = room.height.saturating_sub(lines.saturating_add(1)).min(PICTURE.1);
        let (picture, below) = above(room, if risk.sd().is_zero() { 0 } else { picture });
        let width = inner(side).width;
        let mut beside = risk_lines::verdict(input.state, risk, width);
        beside.extend(risk_lines::beside(input, risk, width));
        let needed = u16::try_from(beside.len()).unwrap_or(u16::MAX).saturating_add(2);
        let mut curve = Rect::ZERO;
        let has_curve = risk.withheld(99).is_none() && !risk.sd().is_zero();
        if has_curve && side.height >= needed.saturating_add(CURVE.0) {
            let mut cut = Cut { rest: side };
            curve = cut.bottom((side.height - needed).min(CURVE.1));
            side = cut.rest;
        }
        let verdict = (Vec::new(), Rect::ZERO);
        Page { main, verdict, picture, rows, below, table, side, beside, curve }
    }

    /// The lines that scroll, and their room.
    fn scrolling(&self) -> (&[Line], Rect) {
        if self.side.is_empty() { (&self.table, self.below) } else { (&self.beside, inner(self.side)) }
    }

    /// The first line in sight: as it was scrolled, or moved so that the selected risk is in sight.
    fn first(&self, view: &View) -> usize {
        let (lines, room) = self.scrolling();
        let scrolled = view.risk_scroll.min(self.furthest());
        let is_at = view.risk_place == RiskPlace::At;
        let Some(selected) = lines.iter().position(|line| line.is_selected).filter(|_| is_at) else { return scrolled };
        // A risk may take two lines.
        let last = selected + usize::from(lines.get(selected + 1).is_some_and(|line| line.goes_on));
        scrolled.max((last + 1).saturating_sub(usize::from(room.height))).min(selected)
    }

    fn furthest(&self) -> usize {
        let (lines, room) = self.scrolling();
        lines.len().saturating_sub(usize::from(room.height))
    }
}

/// A picture above the rest, with a blank row between them where there is room.
fn above(room: Rect, rows: u16) -> (Rect, Rect) {
    let mut cut = Cut { rest: room };
    let picture = cut.top(rows);
    cut.top(u16::from(rows > 0 && room.height >= AIRY));
    (picture, cut.rest)
}

/// How far the text scrolls; without limit if there is none.
fn furthest_scroll(input: &FrameInput, places: &Layout) -> usize {
    match input.state.how_sure() {
        HowSure::Known(risk) if places.table.height >= 3 => Page::of(input, places.table, risk).furthest(),
        HowSure::Known(_) | HowSure::Missing(_) | HowSure::Awaited => usize::MAX,
    }
}

/// The first line in sight.
pub(super) fn first_line(input: &FrameInput, places: &Layout) -> usize {
    match input.state.how_sure() {
        HowSure::Known(risk) if places.table.height >= 3 => {
            Page::of(input, places.table, risk).first(&input.state.view)
        }
        HowSure::Known(_) | HowSure::Missing(_) | HowSure::Awaited => 0,
    }
}

fn target(_: &FrameInput, places: &Layout, at: Position) -> Option<Target> {
    places.table.contains(at).then_some(Target::Risk)
}

fn draw(canvas: &mut Canvas, input: &FrameInput, places: &Layout) {
    let (state, area) = (input.state, places.table);
    if area.height < 3 {
        return;
    }
    let focused = state.view.is_beside(Screen::Risk) && state.overlays.is_empty();
    let title = words::titled(words::risk_heading(), words::whole_project());
    let risk = match state.how_sure() {
        HowSure::Known(risk) => risk,
        HowSure::Missing(missing) => {
            return instead(canvas, area, &title, focused, &figures::missing(state.budget(), missing));
        }
        HowSure::Awaited => return instead(canvas, area, &title, focused, words::risk_awaited()),
    };
    let page = Page::of(input, area, risk);
    canvas.frame(page.main, &title, focused);
    for (row, line) in (0..page.verdict.1.height).zip(&page.verdict.0) {
        line.draw(canvas, page.verdict.1, row);
    }
    risk_chart::distribution(canvas, page.picture, risk, &figures::distinct_rows(&page.rows));
    if !page.side.is_empty() {
        canvas.frame(page.side, words::risk_where_from(), false);
        for (row, line) in (0..page.below.height).zip(&page.table) {
            line.draw(canvas, page.below, row);
        }
    }
    let (lines, room) = page.scrolling();
    let first = page.first(&state.view);
    for (row, line) in (0..room.height).zip(&lines[first..]) {
        line.draw(canvas, room, row);
        if line.is_selected && focused {
            let from = line.selected_from.min(room.width);
            canvas.tint(Rect { x: room.x + from, width: room.width - from, ..room }, row, Role::Selection);
        }
    }
    if first < page.furthest() {
        let edge = Rect { x: room.right(), y: room.bottom(), width: 1, height: 1 };
        canvas.text(
            edge,
            0,
            if input.ascii { "v" } else { "↓" },
            if focused { Role::FocusBorder } else { Role::Border },
        );
    }
    if !page.curve.is_empty() {
        by_buffer(canvas, input, page.curve, risk);
    }
}

/// A sentence in the place of a picture that cannot be drawn.
fn instead(canvas: &mut Canvas, area: Rect, title: &str, focused: bool, said: &str) {
    canvas.frame(area, title, focused);
    canvas.wrapped(inner(area), 0, said, Role::Dim);
}

/// The confidence that each buffer buys, from none to twice what P95 needs, with a mark at the buffer in force.
fn by_buffer(canvas: &mut Canvas, input: &FrameInput, area: Rect, risk: &Risk) {
    let total = input.state.estimate().totals.total;
    let (Some(needed), Some(own)) = (risk.buffer_for(95), total.and_then(|total| risk.buffer_of(total))) else {
        return;
    };
    let room = inner(area);
    let tens = (needed.max(own) / Decimal::TEN).ceil().max(Decimal::ONE) + Decimal::ONE;
    let most = tens * Decimal::TEN;
    let points = room.width.clamp(2, 60);
    let percent = |at: u16| most * Decimal::from(at) / Decimal::from(points - 1);
    let within = |at: u16| risk.with_buffer(percent(at)).map(|usd| risk.within(usd));
    let chances: Vec<Option<Decimal>> = (0..points).map(within).collect();
    let heights: Vec<Option<u64>> = chances.iter().map(|chance| chance.map(figures::bar_units)).collect();
    let present = (0..points).rposition(|at| percent(at) <= own).unwrap_or(0);
    let end = |at: u16| {
        let buffer = words::percent(words::number::plain(percent(at)));
        let chance = chances.get(usize::from(at)).copied().flatten().map(figures::chance).unwrap_or_default();
        [words::risk_buffer_covers(&buffer, chance), buffer]
    };
    canvas.frame(area, words::risk_by_buffer(), false);
    let marks = Marks { present, over: None };
    chart(canvas, room, &heights, marks, (&end(0), &end(points - 1)), (Role::BarRest, Role::BarRest));
}
