//! Saving, opening, quitting: the requests to the runtime, its answers, and the questions in between.

use crate::app::actions::choose;
use crate::app::actions::knob_edit;
use crate::app::flows::ask::ask;
use crate::app::flows::{import, project_form, recovery, under_cap};
use crate::app::model::entry::Entry;
use crate::app::model::outcome::{Effect, Outcome};
use crate::app::model::overlay::{Ask, Kind, Leaving, Overlay, PLAIN};
use crate::app::model::screen::Context;
use crate::app::model::state::State;
use crate::diagnostics::{Level, Problem};
use crate::words;

/// The question what to do with unsaved edits.
pub(in crate::app) const UNSAVED: Kind = Kind {
    context: Context::Unsaved,
    name: |_| words::dialog_unsaved().to_owned(),
    purpose: |_| words::help_unsaved(),
    ..PLAIN
};

/// The message that another program changed the file.
pub(in crate::app) const CHANGED: Kind = Kind {
    context: Context::Conflict,
    name: |_| words::dialog_conflict().to_owned(),
    purpose: |_| words::help_conflict(),
    waits: false,
    ..PLAIN
};

/// The question whether to replace another file.
pub(in crate::app) const REPLACE: Kind = Kind {
    context: Context::Replace,
    name: |_| words::dialog_replace().to_owned(),
    purpose: |_| words::help_replace(),
    ..PLAIN
};

/// Saves the screen, including the text in an open field.
pub(in crate::app) fn save_now(state: &mut State) -> Vec<Effect> {
    if knob_edit::accept(state) { save(state) } else { Vec::new() }
}

/// Saves, then continues with the waiting request.
pub(in crate::app) fn save_first(state: &mut State) -> Vec<Effect> {
    if let Some(Overlay::Unsaved(leaving)) = state.overlays.top() {
        state.session.after_save = Some(leaving.clone());
        state.overlays.close();
    }
    save(state)
}

/// Asks for another file to save to.
pub(in crate::app) fn save_as(state: &mut State) {
    let name = file_name(state);
    ask(state, Ask::SaveAs, name);
}

/// Drops the edits and continues with the waiting request.
pub(in crate::app) fn discard(state: &mut State) -> Vec<Effect> {
    let Some(Overlay::Unsaved(leaving)) = state.overlays.top() else { return Vec::new() };
    let effect = effect_of(leaving.clone());
    state.overlays.close();
    vec![effect]
}

/// Replaces the file that exists.
pub(in crate::app) fn replace(state: &mut State) -> Vec<Effect> {
    let Some(Overlay::Replace(path)) = state.overlays.top() else { return Vec::new() };
    let path = path.clone();
    state.overlays.close();
    vec![Effect::SaveAs { path, replace: true }]
}

/// Reads the file again.
pub(in crate::app) fn reload(state: &mut State) -> Vec<Effect> {
    state.overlays.clear();
    vec![Effect::Reload]
}

/// The suggested file name for a save: the file's own, or that of the list that the deliverables came from.
fn file_name(state: &State) -> String {
    let of_list = || Some(words::list_file_name(state.project.list()?.file_stem()?.to_string_lossy()));
    let file = state.project.file().map(str::to_owned).or_else(of_list);
    file.unwrap_or_else(|| words::new_file_name().to_owned())
}

fn save(state: &mut State) -> Vec<Effect> {
    if state.project.file().is_some() && state.project.read_only().is_none() {
        return vec![Effect::Save];
    }
    save_as(state);
    if let Some(Overlay::Ask { refused, .. }) = state.overlays.top_mut() {
        *refused = state.project.read_only().map(str::to_owned);
    }
    Vec::new()
}

/// Leaves the project, asking only if edits would be lost. An open field counts with its current text.
pub(in crate::app) fn leave(state: &mut State, leaving: Leaving) -> Vec<Effect> {
    choose::give_up(state);
    if !knob_edit::accept(state) {
        knob_edit::cancel(state);
    }
    if state.is_dirty() {
        state.overlays.show(Overlay::Unsaved(leaving));
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

/// Reports a refusal: if a path was typed, below the path, which stays.
fn refused(state: &mut State, problem: &Problem) {
    let place = problem.position.map_or_else(String::new, |_| problem.head());
    let text = place + &words::in_sentences(&problem.message, &problem.allowed, &problem.remedy);
    match state.session.asked.take() {
        Some((ask, typed)) => {
            state.overlays.show(Overlay::Ask { ask, entry: Entry::typed(typed), refused: Some(text) });
        }
        None => state.say(Level::Error, text),
    }
}

/// The file now holds the screen's budget; continues with the request that waited for it.
fn saved(state: &mut State) -> Vec<Effect> {
    state.session.asked = None;
    state.session.after_save.take().map(effect_of).into_iter().collect()
}

/// The message after a save: whether the disk confirmed it, whether it was in place, and why no version was kept.
fn saved_text(file: &str, how: (bool, bool), not_kept: Option<&str>) -> (Level, String) {
    let (level, text) = match how {
        (true, false) => (Level::Note, words::notice_saved(file)),
        (true, true) => (Level::Note, words::notice_saved_in_place(file)),
        (false, _) => (Level::Warning, words::notice_saved_not_durable(file)),
    };
    match not_kept {
        Some(reason) => (Level::Warning, words::notice_saved_not_kept(text, reason)),
        None => (level, text),
    }
}

fn say_saved(state: &mut State, file: &str, how: (bool, bool), not_kept: Option<&str>) {
    let (level, text) = saved_text(file, how, not_kept);
    match state.session.merged.take() {
        // The merge may have changed the total.
        Some(merged) => state.say(Level::Warning, words::notice_saved_merged(merged, text)),
        None => state.say(level, text),
    }
}

fn say_resolved(state: &mut State, count: usize, (level, saved): (Level, String)) {
    let resolved = words::notice_resolved(count, saved);
    let below = state.is_dirty();
    state.say(level, if below { words::notice_resolved_below(resolved) } else { resolved });
}

/// What was to be opened, read or searched was not: no dialog waits for it any longer.
fn not_opened(state: &mut State, problems: &[Problem]) {
    state.session.after_save = None;
    import::give_up(state);
    under_cap::give_up(state);
    if let Some(first) = problems.first() {
        refused(state, first);
    }
}

/// Applies the outcome of an effect; may return further effects.
pub fn apply_outcome(state: &mut State, outcome: Outcome) -> Vec<Effect> {
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
        Outcome::ListRows(rows) => import::progress(state, rows),
        Outcome::List(read) => import::arrived(state, *read),
        Outcome::UnderCap(found) => under_cap::arrived(state, *found),
        Outcome::HowSure { change, answer } => state.project.take_risk(change, answer),
        Outcome::Differences { change, columns } => state.project.take_differences(change, columns),
        Outcome::Versions(versions) if versions.is_empty() => {
            state.say(Level::Note, words::notice_no_versions());
        }
        Outcome::Versions(versions) => {
            state.session.versions = versions;
            choose::open_versions(state);
        }
        Outcome::NotOpened(problems) => not_opened(state, &problems),
        Outcome::NotSaved(problem) => {
            state.session.after_save = None;
            refused(state, &problem);
        }
        Outcome::Conflict(on_disk, problem) => {
            state.session.after_save = None;
            state.overlays.show(Overlay::Conflict(on_disk, problem));
        }
        Outcome::ExternalChange { change, then_save } => {
            state.session.asked = None;
            state.show_external_change(*change);
            if then_save && state.project.read_only().is_none() {
                state.session.merged = state.session.notice.take().map(|notice| notice.text);
                return vec![Effect::Save];
            }
        }
        Outcome::Disputed { resolving, read_only } => {
            state.project.dispute(read_only);
            state.overlays.show(Overlay::Resolve(resolving));
        }
        Outcome::Weighed { total, refused } => {
            if let Some(Overlay::Resolve(resolving)) = state.overlays.top_mut() {
                (resolving.total, resolving.refused) = (total, refused);
            }
        }
        Outcome::Resolved { count, file, how, not_kept, then } => {
            let effects = apply_outcome(state, *then);
            say_resolved(state, count, saved_text(&file, how, not_kept.as_deref()));
            return effects;
        }
        Outcome::Extended(opened) => project_form::extended(state, *opened),
        Outcome::NotExtended(why) => project_form::not_extended(state, why),
        Outcome::Retraced(mut opened) => state.project.retrace(&mut opened),
        Outcome::Said(level, text) => state.say(level, text),
        Outcome::Exists { path } => state.overlays.show(Overlay::Replace(path)),
        Outcome::Saved { file, pins, durable, in_place, not_kept } => {
            say_saved(state, &file, (durable, in_place), not_kept.as_deref());
            state.project.saved(file, pins, &state.session);
            return saved(state);
        }
    }
    Vec::new()
}
