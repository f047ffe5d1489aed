//! The list of deliverables: add, double, take out, move, rename; keys and positions that keep the file mergeable.

use crate::app::actions::named_risks;
use crate::app::keys::action::Action;
use crate::app::model::state::State;
use crate::app::model::view::{Focus, Selection};
use crate::cost::base::limits::{DELIVERABLES_MAX, NAME_MAX, POSITION_MAX};
use crate::cost::budget::edit::{Edit, TextField};
use crate::cost::budget::knob::TABLE;
use crate::cost::budget::slugs::FreeKeys;
use crate::cost::{Decimal, Line, Pane, Setting};
use crate::diagnostics::Level;
use crate::words;
use crate::words::number::grouped;

/// Adds a deliverable below the selected one and goes to its finals.
pub fn add(state: &mut State, name: Option<String>) {
    if !has_room(state, 1) {
        return;
    }
    let name = name.unwrap_or_else(|| words::new_deliverable(state.project.budget().lines.len() + 1));
    let key = free_key(state, &name);
    let named = if key == name { None } else { Some(name.clone()) };
    insert(state, Line { key, name: named, ..Line::default() }, words::step_added(name));
    state.view.focus = Focus::Pane(Pane::Finals);
    state.view.field_at[Pane::Finals as usize] = 0;
}

/// Doubles the selected deliverable.
pub fn duplicate(state: &mut State) {
    if selected(state).is_none() || !has_room(state, 1) {
        return;
    }
    let Some(line) = selected(state) else { return };
    let mut title = line.title().to_owned();
    while words::copy_of(&title).chars().count() > NAME_MAX {
        title.pop();
    }
    let name = words::copy_of(title.trim_end());
    let mut doubled = Line { key: free_key(state, &name), name: Some(name), position: None, ..line.clone() };
    // An unreadable value has no text that could be written into a second table, so the copy does not set it.
    for row in &TABLE {
        if doubled.settings.get(row.knob) == Some(&Setting::Unreadable) {
            doubled.settings.put(row.knob, None);
        }
    }
    let label = words::step_duplicated(line.title());
    insert(state, doubled, label);
}

/// Whether `more` deliverables fit into the project. If not, the notice says why: the project could not be saved with them.
pub(in crate::app) fn has_room(state: &mut State, more: usize) -> bool {
    let room = state.project.budget().lines.len() + more <= DELIVERABLES_MAX;
    if !room {
        state.say(Level::Warning, words::notice_no_room(grouped(Decimal::from(DELIVERABLES_MAX))));
    }
    room
}

/// The edit that starts a project with an unnamed deliverable, and its name in the history.
pub(in crate::app) fn first(state: &State) -> (String, Edit) {
    let name = words::new_deliverable(1);
    let key = free_key(state, &name);
    let line = Line { key, name: Some(name.clone()), ..Line::default() };
    (words::step_added(name), Edit::Insert { index: 0, line: Box::new(line) })
}

/// A key that no deliverable has, also none that the scenario on screen takes out.
fn free_key(state: &State, name: &str) -> String {
    FreeKeys::of_both(state.budget(), state.base(), name).take(name)
}

fn insert(state: &mut State, line: Line, label: String) {
    let index = match state.view.selection {
        Selection::Line(index) => index + 1,
        Selection::Project => state.project.budget().lines.len(),
    };
    let mut order: Vec<Option<i64>> = state.project.budget().lines.iter().map(|line| line.position).collect();
    order.insert(index, None);
    let mut edits = vec![Edit::Insert { index, line: Box::new(line) }];
    edits.extend(placed(&order, index));
    if !state.carry_out(label, edits) {
        return;
    }
    // A new line that the search would hide could be neither seen nor turned.
    state.view.filter.clear();
    state.view.choose(Selection::Line(index));
    state.session.notice = None;
}

/// Takes the selected deliverable out; undo brings it back.
pub fn delete(state: &mut State) {
    let (Selection::Line(index), Some(line)) = (state.view.selection, selected(state)) else { return };
    let (label, name) = (words::step_deleted(line.title()), line.title().to_owned());
    let edit = Edit::Remove { index, line: Box::new(line.clone()) };
    let counted = named_risks::counted(state);
    if state.carry_out(label, vec![edit]) {
        let undo = state.reach(Action::Undo);
        match named_risks::stopped(state, &counted) {
            Some(stopped) => state.say(Level::Warning, words::notice_deleted_with_risks(name, stopped, undo)),
            None => state.say(Level::Note, words::notice_deleted(name, undo)),
        }
    }
}

/// Moves the selected deliverable up or down by one.
pub fn shift(state: &mut State, down: bool) {
    let (Selection::Line(from), Some(line)) = (state.view.selection, selected(state)) else { return };
    let to = if down { from + 1 } else { from.wrapping_sub(1) };
    if to >= state.project.budget().lines.len() {
        state.say(Level::Note, words::notice_no_further_move());
        return;
    }
    let label = words::step_moved(line.title());
    let mut order: Vec<Option<i64>> = state.project.budget().lines.iter().map(|line| line.position).collect();
    let moved = order.remove(from);
    order.insert(to, moved);
    let mut edits = vec![Edit::Move { from, to }];
    edits.extend(placed(&order, to));
    if state.carry_out(label, edits) {
        state.view.choose(Selection::Line(to));
    }
}

/// Gives a deliverable another name; its key stays, so that files still merge. An empty name leaves the key to serve.
pub fn rename(state: &mut State, index: usize, name: &str) {
    let Some(line) = state.project.budget().lines.get(index) else { return };
    let after = Some(name.trim().to_owned()).filter(|name| !name.is_empty() && *name != line.key);
    if after != line.name {
        let edit = Edit::Text { field: TextField::LineName(index), before: line.name.clone(), after };
        let label = words::step_renamed(line.title());
        state.carry_out(label, vec![edit]);
    }
}

fn selected(state: &State) -> Option<&Line> {
    match state.view.selection {
        Selection::Line(index) => state.project.budget().lines.get(index).map(|line| &**line),
        Selection::Project => None,
    }
}

/// The fewest changes of position that make the list read back in its order, `moved` being the line out of place.
///
/// A line without a position counts as 0 and keeps the order of the file among its like; a new table may stand anywhere in
/// the file, so a moved line needs a number strictly between its neighbours', and all get new ones where there is no room.
fn placed(order: &[Option<i64>], moved: usize) -> Vec<Edit> {
    let number = |at: usize| order.get(at).map(|position| position.unwrap_or(0));
    let before = moved.checked_sub(1).and_then(number);
    let after = number(moved + 1);
    let between = match (before, after) {
        (None, None) => return Vec::new(),
        (Some(before), None) => before.checked_add(10),
        (None, Some(after)) => after.checked_sub(10),
        (Some(before), Some(after)) => {
            let middle = before.saturating_add(after.saturating_sub(before) / 2);
            (before < middle && middle < after).then_some(middle)
        }
    };
    let rest_in_order =
        (1..order.len()).filter(|at| *at != moved && *at != moved + 1).all(|at| number(at - 1) <= number(at));
    let between = between.filter(|position| (-POSITION_MAX..=POSITION_MAX).contains(position));
    if let (Some(position), true) = (between, rest_in_order) {
        return vec![Edit::Position { index: moved, before: order[moved], after: Some(position) }];
    }
    let numbered = (10..).step_by(10).zip(order.iter().copied().enumerate());
    numbered
        .filter(|(position, (_, before))| *before != Some(*position))
        .map(|(position, (index, before))| Edit::Position { index, before, after: Some(position) })
        .collect()
}
