//! Finds what is at a cell of the window, from the same layout that drawing uses, so that clicks always match the screen.

use super::canvas::FrameInput;
use super::layout;
use super::little_bars::{charted, curve_of, in_hand, inside};
use super::panes::{Places, facts_count, first_field};
use crate::app::Overlay;
use crate::app::actions::mouse::Target;
use crate::cost::Pane;
use crate::ui::{body_of, chart, conflict, header, import, picker, project_form, scene, screens, tabs, under_cap};
use ratatui::layout::{Position, Rect};

/// The mouse target at a cell, if any.
#[must_use]
pub fn target(input: &FrameInput, area: Rect, x: u16, y: u16) -> Option<Target> {
    let state = input.state;
    let at = Position { x, y };
    let places = layout::layout(area, &scene(input));
    if places.footer.contains(at) {
        let entries = header::entries(input, places.footer.width);
        let hit = entries.iter().find(|entry| (entry.column..entry.end).contains(&(x - places.footer.x)));
        return hit.and_then(|entry| entry.action).map(Target::Key);
    }
    if !state.overlays.is_empty() {
        if let Some(Overlay::Resolve(open)) = state.overlays.top() {
            return conflict::side_at(open, body_of(area), at).or(Some(Target::Text));
        }
        if let Some(Overlay::Import(preview)) = state.overlays.top() {
            return import::column_at(input, body_of(area), preview, at).or(Some(Target::Text));
        }
        if let Some(Overlay::UnderCap(open)) = state.overlays.top() {
            return under_cap::way_at(input, body_of(area), open, at).map(Target::Entry).or(Some(Target::Text));
        }
        if let Some(Overlay::Project(form)) = state.overlays.top() {
            return project_form::row_at(input, body_of(area), form, at).map(Target::Entry).or(Some(Target::Text));
        }
        let entry = picker::entry_at(input, body_of(area), x, y).map(Target::Entry);
        return entry.or(Some(Target::Text));
    }
    if places.tabs.contains(at) {
        return tabs::tab_at(places.tabs, x).map(Target::Key);
    }
    if let Some(target) = (screens::drawn(state.view.screen).target)(input, &places, at) {
        return Some(target);
    }
    if places.curve.contains(at) {
        let pane = in_hand(input);
        return charted_value(input, pane, inside(places.curve), at).or(Some(Target::Pane(pane)));
    }
    places.panes.iter().find_map(|(pane, area)| in_pane(input, *pane, *area, at))
}

fn in_pane(input: &FrameInput, pane: Pane, area: Rect, at: Position) -> Option<Target> {
    if !area.contains(at) {
        return None;
    }
    let fields = input.state.fields(pane);
    let places = Places::of(pane, area, fields.len(), facts_count(input, pane, area));
    if places.headline.contains(at) {
        return Some(Target::Field(pane, 0));
    }
    if places.list.contains(at) {
        let leads = usize::from(places.headline.height > 0);
        let index = leads + first_field(input, pane, &places) + usize::from(at.y - places.list.y);
        return (index < fields.len()).then_some(Target::Field(pane, index));
    }
    if places.chart.contains(at)
        && let Some(value) = charted_value(input, pane, places.chart, at)
    {
        return Some(value);
    }
    Some(Target::Pane(pane))
}

fn charted_value(input: &FrameInput, pane: Pane, area: Rect, at: Position) -> Option<Target> {
    let curve = curve_of(input, pane, area.width)?;
    let (left, column) = chart::grid(area, curve.points.len())?;
    let index = at.x.checked_sub(area.x + left)? / column;
    let values: Vec<_> = curve.points.into_iter().map(|point| point.value).collect();
    let at = usize::from(index);
    (at < values.len()).then_some(Target::Chart(pane, charted(pane), values, at))
}
