//! One action at a time: checks that it can be done, does it to the state, and says what the runtime has to do.

use super::action::Action;
use super::chord::{Chord, Key};
use super::dialog::{Ask, Dialog, Leaving, Repricing};
use super::edit::{Edit, Touched};
use super::entry::Entry;
use super::keymap::{Context, Keymap};
use super::outcome::{Effect, Outcome};
use super::state::{Focus, Selection, State};
use super::{lines, turning};
use crate::cost::rate_card::differences;
use crate::cost::{Pane, estimate};
use crate::place::{Level, Problem};
use crate::words;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What a key does: an action of the keymap, or else text where text is typed.
pub fn press(state: &mut State, keymap: &Keymap, chord: Chord) -> Vec<Effect> {
    let context = state.context();
    if let Some(action) = keymap.resolve(context, chord) {
        return update(state, action);
    }
    match context {
        Context::Typing | Context::Ask => type_key(state, chord),
        Context::Pane | Context::List => begin_typing(state, chord),
        _ => {}
    }
    Vec::new()
}

/// Pasted text: data for the field that is open, never keys.
pub fn paste(state: &mut State, text: &str) {
    match state.context() {
        Context::Typing | Context::Ask => with_entry(state, |entry| entry.insert(text)),
        Context::Pane if !text.trim().is_empty() => turning::begin(state, Some(text)),
        _ => {}
    }
}

fn begin_typing(state: &mut State, chord: Chord) {
    let Key::Char(c) = chord.key else { return };
    if chord.ctrl || chord.alt || !(c.is_ascii_digit() || c == '.') {
        return;
    }
    if state.focus == Focus::List {
        state.focus = Focus::Pane(Pane::Finals);
        state.field_at[Pane::Finals as usize] = 0;
    }
    turning::begin(state, Some(c.encode_utf8(&mut [0; 4])));
}

fn with_entry(state: &mut State, change: impl FnOnce(&mut Entry)) {
    if let Some(Dialog::Ask { entry, refused, .. }) = &mut state.dialog {
        change(entry);
        *refused = None;
    } else if let Some(typing) = &mut state.typing {
        change(&mut typing.entry);
        turning::preview(state);
    }
}

fn type_key(state: &mut State, chord: Chord) {
    with_entry(state, |entry| match (chord.key, chord.ctrl, chord.alt) {
        (Key::Char(c), false, false) => entry.insert(c.encode_utf8(&mut [0; 4])),
        (Key::Backspace, false, false) => entry.backspace(),
        (Key::Delete, ..) => entry.delete(),
        (Key::Left, ..) => entry.left(),
        (Key::Right, ..) => entry.right(),
        (Key::Home, ..) | (Key::Char('a'), true, _) => entry.home(),
        (Key::End, ..) | (Key::Char('e'), true, _) => entry.end(),
        (Key::Char('u'), true, _) => entry.clear(),
        (Key::Char('w'), true, _) | (Key::Backspace, ..) => entry.delete_word(),
        _ => {}
    });
}

/// Carries an action out, or says why it cannot be done.
pub fn update(state: &mut State, action: Action) -> Vec<Effect> {
    if let Err(why) = (action.row().can)(state) {
        state.say(Level::Note, why);
        return Vec::new();
    }
    match action {
        Action::More => turning::step(state, 1),
        Action::Less => turning::step(state, -1),
        Action::MuchMore => turning::step(state, 10),
        Action::MuchLess => turning::step(state, -10),
        Action::Inherit => turning::inherit(state),
        Action::Edit => edit(state),
        Action::Accept => return accept(state),
        Action::AcceptNext | Action::AcceptPrevious | Action::AcceptDown | Action::AcceptUp => {
            accept_and_go(state, action);
        }
        Action::Cancel | Action::Dismiss => cancel(state),
        Action::Add => ask(state, Ask::NewLine, String::new()),
        Action::Duplicate => lines::duplicate(state),
        Action::Delete => lines::delete(state),
        Action::MoveDown => lines::shift(state, true),
        Action::MoveUp => lines::shift(state, false),
        Action::Rename | Action::RenameProject => begin_rename(state, action == Action::RenameProject),
        Action::Undo => undo(state),
        Action::Redo => redo(state),
        Action::Help => state.dialog = Some(Dialog::Help { scroll: 0 }),
        Action::Issues => state.dialog = Some(Dialog::Issues { scroll: 0 }),
        Action::Rates => state.dialog = Some(Dialog::Rates(Box::new(repricing(state)))),
        Action::Adopt => adopt(state),
        Action::Theme => next_theme(state),
        Action::Save
        | Action::SaveAs
        | Action::SaveFirst
        | Action::Open
        | Action::New
        | Action::Discard
        | Action::Reload
        | Action::Replace
        | Action::Suspend
        | Action::Quit => return leave_or_save(state, action),
        _ => go(state, action),
    }
    Vec::new()
}

fn edit(state: &mut State) {
    if state.focus == Focus::List {
        state.focus = Focus::Pane(Pane::Finals);
    } else {
        turning::begin(state, None);
    }
}

fn accept_and_go(state: &mut State, action: Action) {
    if turning::accept(state) {
        go(
            state,
            match action {
                Action::AcceptNext => Action::FocusNext,
                Action::AcceptPrevious => Action::FocusPrevious,
                Action::AcceptUp => Action::Up,
                _ => Action::Down,
            },
        );
    }
}

fn cancel(state: &mut State) {
    if state.dialog.take().is_some() {
        state.after_save = None;
    } else if state.typing.is_some() {
        turning::cancel(state);
    } else {
        state.notice = None;
    }
}

fn ask(state: &mut State, ask: Ask, text: String) {
    state.dialog = Some(Dialog::Ask { ask, entry: Entry::new(text), refused: None });
}

fn begin_rename(state: &mut State, project: bool) {
    match (project, state.selection) {
        (false, Selection::Line(index)) => {
            let text = state.budget.lines.get(index).map(|line| line.title().to_owned());
            ask(state, Ask::LineName(index), text.unwrap_or_default());
        }
        _ => ask(state, Ask::ProjectName, state.budget.name.clone().unwrap_or_default()),
    }
}

/// Enter: in a field, in a line of text that was asked for.
fn accept(state: &mut State) -> Vec<Effect> {
    let Some(Dialog::Ask { ask, entry, .. }) = state.dialog.take() else {
        turning::accept(state);
        return Vec::new();
    };
    let text = entry.text().trim().to_owned();
    if matches!(ask, Ask::NewLine | Ask::LineName(_) | Ask::ProjectName) && text.chars().nth(lines::NAME_MAX).is_some()
    {
        let refused = Some(words::ask_name_too_long(text.chars().count(), lines::NAME_MAX));
        state.dialog = Some(Dialog::Ask { ask, entry, refused });
        return Vec::new();
    }
    match ask {
        Ask::NewLine => lines::add(state, Some(text).filter(|text| !text.is_empty())),
        Ask::LineName(index) => lines::rename(state, index, &text),
        Ask::ProjectName => lines::rename_project(state, &text),
        Ask::SaveAs | Ask::Open if text.is_empty() => {
            let refused = Some(words::ask_file_empty().to_owned());
            state.dialog = Some(Dialog::Ask { ask, entry, refused });
        }
        Ask::SaveAs => return vec![Effect::SaveAs { path: PathBuf::from(text), replace: false }],
        Ask::Open => return leave(state, Leaving::Open(PathBuf::from(text))),
    }
    Vec::new()
}

fn leave_or_save(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Save => {
            if turning::accept(state) {
                save(state)
            } else {
                Vec::new()
            }
        }
        Action::SaveFirst => {
            if let Some(Dialog::Unsaved(leaving)) = state.dialog.take() {
                state.after_save = Some(leaving);
            }
            save(state)
        }
        Action::SaveAs => {
            let text = state.file.clone().unwrap_or_else(|| words::new_file_name().to_owned());
            ask(state, Ask::SaveAs, text);
            Vec::new()
        }
        Action::Discard => match state.dialog.take() {
            Some(Dialog::Unsaved(leaving)) => vec![effect_of(leaving)],
            other => {
                state.dialog = other;
                Vec::new()
            }
        },
        Action::Replace => match state.dialog.take() {
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

fn save(state: &mut State) -> Vec<Effect> {
    if state.file.is_some() && state.read_only.is_none() {
        return vec![Effect::Save];
    }
    ask(state, Ask::SaveAs, state.file.clone().unwrap_or_else(|| words::new_file_name().to_owned()));
    if let Some(Dialog::Ask { refused, .. }) = &mut state.dialog {
        refused.clone_from(&state.read_only);
    }
    Vec::new()
}

/// Goes elsewhere, asking only when edits would be lost. A field that is open counts as it stands.
fn leave(state: &mut State, leaving: Leaving) -> Vec<Effect> {
    if !turning::accept(state) {
        turning::cancel(state);
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
    }
}

/// Takes the last step back.
pub fn undo(state: &mut State) {
    let Some(step) = state.history.take_back() else { return };
    let mut touched = Touched::Nothing;
    for edit in step.edits.iter().rev() {
        touched = touched.and(edit.clone().reversed().apply(&mut state.budget));
    }
    state.selection = step.line.map_or(Selection::Project, Selection::Line);
    state.recompute(touched);
    state.say(Level::Note, words::notice_undone(step.label));
}

fn redo(state: &mut State) {
    let Some(step) = state.history.take_again() else { return };
    let mut touched = Touched::Nothing;
    for edit in &step.edits {
        touched = touched.and(edit.apply(&mut state.budget));
    }
    state.selection = match step.edits.first() {
        Some(Edit::Insert { index, .. } | Edit::Move { to: index, .. }) => Selection::Line(*index),
        _ => step.line.map_or(Selection::Project, Selection::Line),
    };
    state.recompute(touched);
    state.say(Level::Note, words::notice_redone(step.label));
}

fn next_theme(state: &mut State) {
    let now = state.themes.iter().position(|name| *name == state.theme).unwrap_or(0);
    if let Some(next) = state.themes.get((now + 1) % state.themes.len().max(1)) {
        state.theme.clone_from(next);
        state.say(Level::Note, words::notice_theme(next));
    }
}

fn repricing(state: &State) -> Repricing {
    let mut repriced = state.budget.clone();
    repriced.pins.clear();
    Repricing {
        differences: differences(&state.budget.pins, state.catalog),
        now: state.estimate.totals.total,
        then: estimate(&repriced, state.catalog, state.today).totals.total,
    }
}

/// Replaces the differing pins by the built-in prices, with the day they were read.
fn adopt(state: &mut State) {
    let (mut before, mut after) = (BTreeMap::new(), BTreeMap::new());
    for difference in differences(&state.budget.pins, state.catalog) {
        let model = state.catalog.models.iter().find(|model| model.card_id() == difference.card);
        if let (Some(model), Some(pinned)) = (model, state.budget.pins.get(&difference.card)) {
            before.insert(difference.card.clone(), pinned.clone());
            after.insert(difference.card, model.card.clone());
        }
    }
    state.dialog = None;
    state.carry_out(words::action_adopt().to_owned(), vec![Edit::Pins { before, after }]);
    state.say(Level::Note, words::notice_rates_adopted());
}

fn go(state: &mut State, action: Action) {
    let furthest = state.furthest_scroll;
    if let Some(Dialog::Help { scroll } | Dialog::Issues { scroll }) = &mut state.dialog {
        let now = (*scroll).min(furthest);
        *scroll = match action {
            Action::Up => now.saturating_sub(1),
            Action::Down => now.saturating_add(1),
            Action::PageUp => now.saturating_sub(10),
            Action::PageDown => now.saturating_add(10),
            Action::First => 0,
            Action::Last => furthest,
            _ => now,
        }
        .min(furthest);
        return;
    }
    state.notice = None;
    match action {
        Action::FocusNext | Action::FocusRight => move_focus(state, 1, action == Action::FocusNext),
        Action::FocusPrevious | Action::FocusLeft => move_focus(state, -1, action == Action::FocusPrevious),
        Action::LineNext => select(state, 1),
        Action::LinePrevious => select(state, -1),
        Action::Up => move_inside(state, -1),
        Action::Down => move_inside(state, 1),
        Action::PageUp => move_inside(state, -10),
        Action::PageDown => move_inside(state, 10),
        Action::First => move_inside(state, isize::MIN),
        Action::Last => move_inside(state, isize::MAX),
        _ => {}
    }
}

fn move_focus(state: &mut State, by: isize, around: bool) {
    let now = match state.focus {
        Focus::List => 0,
        Focus::Pane(pane) => pane as isize + 1,
    };
    let next = if around { (now + by).rem_euclid(5) } else { (now + by).clamp(0, 4) };
    let pane = usize::try_from(next - 1).ok().and_then(|index| Pane::ALL.get(index));
    state.focus = pane.map_or(Focus::List, |pane| Focus::Pane(*pane));
}

fn move_inside(state: &mut State, by: isize) {
    match state.focus {
        Focus::List => select(state, by),
        Focus::Pane(pane) => {
            let last = state.fields(pane).len().saturating_sub(1);
            let at = &mut state.field_at[pane as usize];
            *at = (*at).min(last).saturating_add_signed(by).min(last);
        }
    }
}

/// The row of the whole project stands before the first deliverable.
fn select(state: &mut State, by: isize) {
    let now = match state.selection {
        Selection::Project => 0,
        Selection::Line(index) => index + 1,
    };
    let row = now.saturating_add_signed(by).min(state.budget.lines.len());
    state.selection = row.checked_sub(1).map_or(Selection::Project, Selection::Line);
}

/// Takes in what came of an effect; the answer may ask for a further one.
pub fn settle(state: &mut State, outcome: Outcome) -> Vec<Effect> {
    match outcome {
        Outcome::Opened(opened) => state.show(*opened),
        Outcome::NotOpened(problems) => {
            state.after_save = None;
            let first = problems.first().map(Problem::one_line);
            state.say(Level::Error, first.unwrap_or_default());
        }
        Outcome::NotSaved(problem) => {
            state.after_save = None;
            state.say(Level::Error, problem.one_line());
        }
        Outcome::Conflict(problem) => {
            state.after_save = None;
            state.dialog = Some(Dialog::Conflict(problem));
        }
        Outcome::Exists { path } => state.dialog = Some(Dialog::Replace(path)),
        Outcome::Saved { file, pins, durable } => {
            state.budget.pins = pins;
            state.recompute(Touched::All);
            state.history.mark_saved();
            let text = if durable { words::notice_saved(&file) } else { words::notice_saved_not_durable(&file) };
            state.say(if durable { Level::Note } else { Level::Warning }, text);
            (state.file, state.read_only) = (Some(file), None);
            return state.after_save.take().map(effect_of).into_iter().collect();
        }
    }
    Vec::new()
}
