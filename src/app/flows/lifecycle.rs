//! Saving, opening, quitting: what goes to the runtime, what it answers, and the questions in between.

use crate::app::actions::choose;
use crate::app::actions::knob_edit;
use crate::app::actions::update::ask;
use crate::app::flows::{import, recovery};
use crate::app::keys::action::Action;
use crate::app::model::entry::Entry;
use crate::app::model::outcome::{Effect, Outcome};
use crate::app::model::overlay::{Ask, Dialog, Leaving};
use crate::app::model::state::State;
use crate::diagnostics::{Level, Problem};
use crate::words;

/// Carries out an action that leaves the project or writes it.
pub(in crate::app) fn leave_or_save(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Save => {
            if knob_edit::accept(state) {
                save(state)
            } else {
                Vec::new()
            }
        }
        Action::SaveFirst => {
            if let Some(Dialog::Unsaved(leaving)) = state.dialog.take_if(|dialog| matches!(dialog, Dialog::Unsaved(_)))
            {
                state.session.after_save = Some(leaving);
            }
            save(state)
        }
        Action::SaveAs => {
            ask(state, Ask::SaveAs, file_name(state));
            Vec::new()
        }
        Action::Discard => match state.dialog.take_if(|dialog| matches!(dialog, Dialog::Unsaved(_))) {
            Some(Dialog::Unsaved(leaving)) => vec![effect_of(leaving)],
            _ => Vec::new(),
        },
        Action::Replace => match state.dialog.take_if(|dialog| matches!(dialog, Dialog::Replace(_))) {
            Some(Dialog::Replace(path)) => vec![Effect::SaveAs { path, replace: true }],
            _ => Vec::new(),
        },
        Action::Open => {
            ask(state, Ask::Open, String::new());
            Vec::new()
        }
        Action::New => leave(state, Leaving::New),
        Action::Reload => {
            state.dialog = None;
            vec![Effect::Reload]
        }
        Action::Suspend => vec![Effect::Suspend],
        _ => leave(state, Leaving::Quit),
    }
}

/// The name that is offered to save under.
fn file_name(state: &State) -> String {
    state.project.file().unwrap_or_else(|| words::new_file_name()).to_owned()
}

fn save(state: &mut State) -> Vec<Effect> {
    if state.project.file().is_some() && state.project.read_only().is_none() {
        return vec![Effect::Save];
    }
    ask(state, Ask::SaveAs, file_name(state));
    if let Some(Dialog::Ask { refused, .. }) = &mut state.dialog {
        *refused = state.project.read_only().map(str::to_owned);
    }
    Vec::new()
}

/// Goes elsewhere, asking only when edits would be lost. A field that is open counts as it stands.
pub(in crate::app) fn leave(state: &mut State, leaving: Leaving) -> Vec<Effect> {
    choose::give_up(state);
    if !knob_edit::accept(state) {
        knob_edit::cancel(state);
    }
    if state.is_dirty() {
        state.dialog = Some(Dialog::Unsaved(leaving));
        return Vec::new();
    }
    vec![effect_of(leaving)]
}

fn effect_of(leaving: Leaving) -> Effect {
    match leaving {
        Leaving::Quit => Effect::Quit,
        Leaving::New => Effect::New,
        Leaving::Open(path) => Effect::Open(path),
        Leaving::Sample(name) => Effect::Sample(name),
        Leaving::Version(path) => Effect::OpenVersion(path),
    }
}

/// Says what was refused: where a path was typed, below the path, which stays.
fn refused(state: &mut State, problem: &Problem) {
    let parts = [problem.message.as_str(), &problem.allowed, &problem.remedy];
    let place = problem
        .position
        .map_or_else(String::new, |_| format!("{}: ", problem.one_line().split(": ").next().unwrap_or_default()));
    let text = place + &parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ");
    match state.session.asked.take() {
        Some((ask, typed)) => {
            state.dialog = Some(Dialog::Ask { ask, entry: Entry::typed(typed), refused: Some(text) });
        }
        None => state.say(Level::Error, text),
    }
}

/// The file holds what is on screen; what waited for that goes on.
fn saved(state: &mut State) -> Vec<Effect> {
    state.session.asked = None;
    state.session.after_save.take().map(effect_of).into_iter().collect()
}

fn say_saved(state: &mut State, file: &str, durable: bool, in_place: bool) {
    let (level, text) = match (durable, in_place) {
        (true, false) => (Level::Note, words::notice_saved(file)),
        (true, true) => (Level::Note, words::notice_saved_in_place(file)),
        (false, _) => (Level::Warning, words::notice_saved_not_durable(file)),
    };
    match state.session.merged.take() {
        // The total may have moved with it.
        Some(merged) => state.say(Level::Warning, words::notice_saved_merged(merged, text)),
        None => state.say(level, text),
    }
}

/// Takes in what came of an effect; the answer may ask for a further one.
pub fn settle(state: &mut State, outcome: Outcome) -> Vec<Effect> {
    if !matches!(outcome, Outcome::Saved { .. }) {
        state.session.merged = None;
    }
    match outcome {
        Outcome::Opened(opened) => {
            state.session.asked = None;
            state.show(*opened);
        }
        Outcome::Copied { opened, edits } => {
            state.session.asked = None;
            recovery::opened_copy(state, *opened, edits);
        }
        Outcome::List { text } => {
            state.session.asked = None;
            import::preview(state, &text);
        }
        Outcome::Versions(versions) if versions.is_empty() => {
            state.say(Level::Note, words::notice_no_versions());
        }
        Outcome::Versions(versions) => {
            state.session.versions = versions;
            choose::open_versions(state);
        }
        Outcome::NotOpened(problems) => {
            state.session.after_save = None;
            if let Some(first) = problems.first() {
                refused(state, first);
            }
        }
        Outcome::NotSaved(problem) => {
            state.session.after_save = None;
            refused(state, &problem);
        }
        Outcome::Conflict(problem) => {
            state.session.after_save = None;
            state.dialog = Some(Dialog::Conflict(problem));
        }
        Outcome::Brought { brought, then_save } => {
            state.session.asked = None;
            state.bring(*brought);
            if then_save && state.project.read_only().is_none() {
                state.session.merged = state.session.notice.take().map(|notice| notice.text);
                return vec![Effect::Save];
            }
        }
        Outcome::Disputed(resolving) => {
            state.project.dispute();
            state.dialog = Some(Dialog::Resolve(resolving));
        }
        Outcome::Weighed { total, refused } => {
            if let Some(Dialog::Resolve(resolving)) = &mut state.dialog {
                (resolving.total, resolving.refused) = (total, refused);
            }
        }
        Outcome::Resolved { opened, count } => {
            let file = opened.file.clone().unwrap_or_default();
            state.show(*opened);
            state.say(Level::Note, words::notice_resolved(count, file));
        }
        Outcome::Said(level, text) => state.say(level, text),
        Outcome::Exists { path } => state.dialog = Some(Dialog::Replace(path)),
        Outcome::Saved { file, pins, durable, in_place } => {
            say_saved(state, &file, durable, in_place);
            state.project.saved(file, pins, &state.session);
            return saved(state);
        }
    }
    Vec::new()
}
