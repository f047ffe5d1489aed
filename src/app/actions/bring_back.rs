//! Deliverables that a scenario takes out, brought back into it.

use crate::app::actions::{choose, scenarios};
use crate::app::keys::action::{Action, Availability};
use crate::app::model::picker::{Choice, Item};
use crate::app::model::screen::Screen;
use crate::app::model::state::State;
use crate::cost::budget::edit::Edit;
use crate::cost::budget::scenario::{ChangePath, Changes, LineField, Scenario};
use crate::diagnostics::Level;
use crate::words;
use std::sync::Arc;

/// The scenario that is meant: beside the columns the selected one, elsewhere the one on screen.
fn meant(state: &State) -> Option<(String, Arc<Scenario>)> {
    let key = match state.view.screen {
        Screen::Scenarios => scenarios::selected(state),
        Screen::Worksheet | Screen::Bills | Screen::Risk => state.project.scenario().map(str::to_owned),
    }?;
    let scenario = state.base().scenarios.get(&key).cloned()?;
    Some((key, scenario))
}

/// What it takes out, by the key and the name of each, in the project's order.
fn taken_out(state: &State) -> Vec<(String, String)> {
    let Some((_, scenario)) = meant(state) else { return Vec::new() };
    let lines = state.base().lines.iter().filter(|line| scenario.changes.removes(&line.key));
    lines.map(|line| (line.key.clone(), line.title().to_owned())).collect()
}

/// The entries of the list of them.
#[must_use]
pub fn items(state: &State) -> Vec<Item> {
    let entry = |(key, title): (String, String)| {
        let detail = if key == title { String::new() } else { key.clone() };
        Item { label: title, detail, choice: Choice::Text(key) }
    };
    taken_out(state).into_iter().map(entry).collect()
}

/// Brings the only one back, or offers the list of them.
pub(in crate::app) fn bring_back(state: &mut State) {
    match &taken_out(state)[..] {
        [] => {}
        [(key, _)] => put_back(state, key),
        _ => choose::open_taken_out(state),
    }
}

/// Takes the removal of a deliverable out of the scenario, as one step.
pub(in crate::app) fn put_back(state: &mut State, line: &str) {
    let Some((key, before)) = meant(state) else { return };
    let title = taken_out(state).into_iter().find(|(key, _)| key == line).map(|(_, title)| title).unwrap_or_default();
    let mut after = Scenario::clone(&before);
    let path = ChangePath::Line(line.to_owned(), LineField::Exists);
    after.changes.take(&path, &Changes::default());
    after.was.take(&path, &Changes::default());
    after.prune();
    let edit = Edit::Scenario { key, before: Some(before), after: Some(Arc::new(after)) };
    state.carry_out(words::step_brought_back(&title), vec![edit]);
    let undo = state.reach(Action::Undo);
    state.say(Level::Note, words::notice_brought_back(title, undo));
}

impl State {
    /// Whether the scenario takes a deliverable out.
    pub(in crate::app) fn can_bring_back(&self) -> Availability {
        match taken_out(self).is_empty() {
            true => Err(words::why_nothing_taken_out().to_owned()),
            false => Ok(()),
        }
    }
}
