//! The little bars below a knob: the deliverable's total across the knob's range, one or two rows high, with a mark at the value
//! in force, money at the ends, and a mark where the project's total crosses the cap.

use super::canvas::{Canvas, FrameInput};
use super::chart::{Marks, chart};
use super::panes;
use super::theme::Role;
use crate::app::Focus;
use crate::cost::base::money::{Decimal, plus};
use crate::cost::estimate::headroom;
use crate::cost::estimate::sensitivity::{self, Curve, Point};
use crate::cost::{Knob, Pane, Setting, Value};
use crate::figures::{Amount, bar_units};
use crate::words;
use ratatui::layout::Rect;

/// Columns of a chart with money at both ends.
const BOTH_ENDS: u16 = 24;

/// Columns from which on a chart has twice as many points.
const WIDE: u16 = 100;

/// The knob whose range a pane's chart shows.
pub(super) fn charted(pane: Pane) -> Knob {
    match pane {
        Pane::OutputSpec => Knob::Quality,
        Pane::Finals => Knob::Finals,
        Pane::Retry => Knob::Retry,
        Pane::Buffer => Knob::Buffer,
    }
}

/// The curve of a pane's knob for the selected deliverable, with one point for each column of the chart.
pub(super) fn curve_of(input: &FrameInput, pane: Pane, columns: u16) -> Option<Curve> {
    let state = input.state;
    let line = state.line()?;
    let written = state.budget().lines.get(state.view.selection.line()?)?;
    let knob = charted(pane);
    let fits = |values: &[Value]| values.len() <= usize::from(columns);
    if let Some(drag) = state.view.drag.as_ref().filter(|drag| drag.knob == knob && fits(&drag.values)) {
        let now = state.setting(knob);
        let present = drag.values.iter().position(|value| now == Some(&Setting::Value(value.clone())))?;
        let values = drag.values.iter().cloned();
        let points = sensitivity::over(knob, values, written, state.budget(), state.session.catalog);
        return Some(Curve { points, present });
    }
    // As many points as fill the chart with whole columns, and no more than one key press has time for.
    let most = if columns >= WIDE { 48 } else { 24 };
    let points = usize::from(columns / columns.div_ceil(most).max(1));
    sensitivity::curve(knob, written, line, state.budget(), state.session.catalog, points)
}

/// The bars of a pane. Four charts in full colour would draw more attention than the total: only the focused pane's has it.
pub(super) fn draw(canvas: &mut Canvas, input: &FrameInput, pane: Pane, area: Rect) {
    let focused = input.state.view.focus == Focus::Pane(pane);
    let roles = if focused { (Role::Bar, Role::Bad) } else { (Role::BarRest, Role::BarRest) };
    bars(canvas, input, (pane, area), roles);
}

/// The bars in a role, and in another one where they are over the cap.
fn bars(canvas: &mut Canvas, input: &FrameInput, (pane, area): (Pane, Rect), roles: (Role, Role)) {
    let Some(curve) = curve_of(input, pane, area.width) else { return };
    let heights: Vec<Option<u64>> = curve.points.iter().map(|point| point.total.map(bar_units)).collect();
    let ends = (curve.points.first(), curve.points.last());
    let (Some(low), Some(high)) = ends else { return };
    let ends = (end(input, low, area.width >= BOTH_ENDS), end(input, high, true));
    let marks = Marks { present: curve.present, over: over_from(input, &curve) };
    chart(canvas, area, &heights, marks, (&ends.0, &ends.1), roles);
}

/// The pane whose knob is in hand; that of the finals while the list is.
pub(super) fn in_hand(input: &FrameInput) -> Pane {
    match input.state.view.focus {
        Focus::Pane(pane) => pane,
        Focus::Beside => Pane::Finals,
    }
}

/// Where the bars stand in a panel of their own.
pub(super) fn inside(area: Rect) -> Rect {
    Rect { x: area.x + 2, y: area.y + 1, width: area.width.saturating_sub(4), height: area.height.saturating_sub(2) }
}

/// The bars of the knob in hand, in a panel of their own.
pub(super) fn panel(canvas: &mut Canvas, input: &FrameInput, area: Rect) {
    let pane = in_hand(input);
    let title = words::total_across(words::knob_label(charted(pane)));
    canvas.frame(area, &words::titled(title, panes::scope(input.state)), false);
    // What is over the cap steps back: so large, in the colour of what is wrong, it would shout.
    bars(canvas, input, (pane, inside(area)), (Role::Bar, Role::BarRest));
}

/// A value at the end of the range: with the deliverable's total there, and alone.
fn end(input: &FrameInput, point: &Point, with_money: bool) -> [String; 2] {
    let value = words::value(&point.value);
    let about = input.state.line().is_some_and(crate::cost::estimate::line::LineEstimate::is_approximate);
    let money = point.total.filter(|_| with_money).map(|usd| Amount::of(&input.state.budget().shown, usd));
    let money = money.map(|amount| format!("{value} {}", amount.about_if(about).short()));
    [money.unwrap_or_else(|| value.clone()), value]
}

/// The first point from which on the project's total is over the cap; `None` if none is.
fn over_from(input: &FrameInput, curve: &Curve) -> Option<usize> {
    let state = input.state;
    let now = state.line()?.total?;
    let most = plus(now, headroom(state.budget(), state.estimate())?).ok()?;
    let is_over = |total: Option<Decimal>| total.is_some_and(|total| total > most);
    let first = curve.points.iter().position(|point| is_over(point.total))?;
    curve.points[first..].iter().all(|point| is_over(point.total)).then_some(first)
}
