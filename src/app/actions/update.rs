//! One action at a time: checks that it can be done, does it to the state, and says what the runtime has to do.

use crate::app::actions::navigation::go;
use crate::app::actions::{cards, choose, clipboard, knob_edit, lines, mouse, navigation};
use crate::app::flows::lifecycle::{leave, leave_or_save};
use crate::app::flows::{conflict, import, recovery};
use crate::app::keys::action::Action;
use crate::app::keys::chord::{Chord, Key};
use crate::app::keys::keymap::{Context, Keymap};
use crate::app::model::entry::Entry;
use crate::app::model::outcome::Effect;
use crate::app::model::overlay::{Ask, Dialog, Leaving, Repricing};
use crate::app::model::palette::Palette;
use crate::app::model::picker;
use crate::app::model::screen;
use crate::app::model::screen::Screen;
use crate::app::model::state::State;
use crate::app::model::view::{Focus, Selection};
use crate::cost::budget::edit::Edit;
use crate::cost::budget::slugs::NAME_MAX;
use crate::cost::rates::age::differences;
use crate::cost::{Pane, estimate};
use crate::diagnostics::Level;
use crate::words;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What a key does: an action of the keymap, or else text where text is typed.
pub fn press(state: &mut State, keymap: &Keymap, chord: Chord) -> Vec<Effect> {
    mouse::release(state);
    let context = state.context();
    state.session.keymap = keymap.clone();
    let pending = state.view.pending_key.take();
    let second =
        pending.map(|pending| (pending, keymap.resolve(context, Chord { after: Some(pending.first), ..chord })));
    if let Some((pending, Some(action))) = second {
        cards::put_back(state, pending);
        return update(state, action);
    }
    if let Chord { after: None, key: Key::Char(first), ctrl: false, alt: false } = chord
        && keymap.leads(context, first)
    {
        state.view.pending_key = Some(cards::pending(state, first));
    }
    if let Some(action) = keymap.resolve(context, chord) {
        return update(state, action);
    }
    match context {
        Context::Typing | Context::Ask | Context::Choosing => type_key(state, chord),
        Context::Pane | Context::BillsPane | Context::List | Context::Bills => begin_typing(state, chord),
        _ => {}
    }
    Vec::new()
}

/// Pasted text: data for the field that is open, never keys.
pub fn paste(state: &mut State, text: &str) {
    mouse::release(state);
    state.view.pending_key = None;
    match state.context() {
        Context::Typing | Context::Ask | Context::Choosing => with_entry(state, |entry| entry.insert(text)),
        Context::Pane | Context::BillsPane | Context::List | Context::Bills if import::is_list(text) => {
            import::preview(state, text);
        }
        Context::Pane | Context::BillsPane if !text.trim().is_empty() => knob_edit::begin(state, Some(text)),
        _ => {}
    }
}

fn begin_typing(state: &mut State, chord: Chord) {
    let Key::Char(c) = chord.key else { return };
    if chord.ctrl || chord.alt || !(c.is_ascii_digit() || c == '.' || c == words::number::marks().decimal()) {
        return;
    }
    screen::to_last_pane(state);
    if state.view.focus == Focus::List {
        state.view.focus = Focus::Pane(Pane::Finals);
        state.view.field_at[Pane::Finals as usize] = 0;
    }
    knob_edit::begin(state, Some(c.encode_utf8(&mut [0; 4])));
}

/// Changes the text that is open, and lets what follows from it follow at once.
fn with_entry(state: &mut State, change: impl FnOnce(&mut Entry)) {
    let entry = match (&mut state.dialog, &mut state.view.input) {
        (Some(Dialog::Palette(palette)), _) => &mut palette.filter,
        (Some(Dialog::Picker(picker)), _) => &mut picker.filter,
        (Some(Dialog::Ask { entry, .. }), _) => entry,
        (None, Some(input)) => &mut input.entry,
        _ => return,
    };
    change(entry);
    match &mut state.dialog {
        Some(Dialog::Ask { ask, entry, refused }) => {
            *refused = None;
            if *ask == Ask::Find {
                state.view.filter = entry.text().to_owned();
                navigation::into_sight(state);
            }
        }
        Some(_) => choose::narrowed(state),
        None => knob_edit::preview(state),
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

/// Carries an action out, or says why it cannot be done. Whatever it did, the panes act on a line that the list shows.
pub fn update(state: &mut State, action: Action) -> Vec<Effect> {
    let effects = carry_out(state, action);
    navigation::into_sight(state);
    effects
}

fn carry_out(state: &mut State, action: Action) -> Vec<Effect> {
    if let Err(why) = (action.row().can)(state) {
        state.say(Level::Note, why);
        return Vec::new();
    }
    if state.context() == Context::Resolving
        && !matches!(action, Action::Cancel | Action::Help | Action::Quit | Action::Suspend)
    {
        return conflict::act(state, action);
    }
    match action {
        Action::More
        | Action::Less
        | Action::MuchMore
        | Action::MuchLess
        | Action::Inherit
        | Action::Edit
        | Action::Type => turn(state, action),
        Action::Advice => knob_edit::take_advice(state),
        Action::Palette => state.dialog = Some(Dialog::Palette(Palette::default())),
        Action::Why => state.dialog = Some(Dialog::Why { scroll: 0 }),
        Action::Find => ask(state, Ask::Find, state.view.filter.clone()),
        Action::Zoom => state.view.zoomed = !state.view.zoomed,
        Action::Copy | Action::CopyRow | Action::CopySummary => return clipboard::copy(state, action),
        Action::Accept => return accept(state),
        Action::AcceptNext | Action::AcceptPrevious | Action::AcceptDown | Action::AcceptUp => {
            accept_and_go(state, action);
        }
        Action::Cancel | Action::Dismiss => cancel(state),
        Action::Add => ask(state, Ask::NewLine, String::new()),
        Action::Import => ask(state, Ask::Import, String::new()),
        Action::Duplicate => lines::duplicate(state),
        Action::Delete => lines::delete(state),
        Action::MoveDown => lines::shift(state, true),
        Action::MoveUp => lines::shift(state, false),
        Action::Rename | Action::RenameProject => begin_rename(state, action == Action::RenameProject),
        Action::Undo => undo(state),
        Action::Redo => redo(state),
        Action::Help => help(state),
        Action::Issues => state.dialog = Some(Dialog::Issues { scroll: 0 }),
        Action::Rates => state.dialog = Some(Dialog::Rates(Box::new(repricing(state)))),
        Action::Adopt => adopt(state),
        Action::Resolve => return vec![Effect::Look],
        Action::Cards => choose::open_cards(state),
        Action::Months => ask(state, Ask::Months, state.project.budget().bills.months().to_string()),
        Action::TakeOut => cards::take_out(state),
        Action::CardLeft => cards::shift(state, -1),
        Action::CardRight => cards::shift(state, 1),
        Action::Theme => choose::open_themes(state),
        Action::Projects => choose::open_projects(state),
        Action::Recover | Action::OpenCopy | Action::Forget | Action::Later => return recovery::answer(state, action),
        Action::Versions => return vec![Effect::Versions],
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

/// Turns the knob in hand; from the table of bills the keyboard goes to it.
fn turn(state: &mut State, action: Action) {
    screen::to_last_pane(state);
    match action {
        Action::More => knob_edit::step(state, 1),
        Action::Less => knob_edit::step(state, -1),
        Action::MuchMore => knob_edit::step(state, 10),
        Action::MuchLess => knob_edit::step(state, -10),
        Action::Inherit => knob_edit::inherit(state),
        _ => edit(state, action == Action::Edit),
    }
}

fn edit(state: &mut State, from_list: bool) {
    match state.field() {
        None => state.view.focus = Focus::Pane(Pane::Finals),
        Some(field) if from_list && picker::has_list(field.knob()) => choose::open(state, field.knob()),
        Some(_) => knob_edit::begin(state, None),
    }
}

fn accept_and_go(state: &mut State, action: Action) {
    if knob_edit::accept(state) {
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

/// Opens the help over whatever is open, or closes it.
fn help(state: &mut State) {
    match state.dialog.take() {
        Some(Dialog::Help { over, .. }) => state.dialog = over.map(|over| *over),
        open => state.dialog = Some(Dialog::Help { scroll: 0, over: open.map(Box::new) }),
    }
}

fn cancel(state: &mut State) {
    if matches!(state.dialog, Some(Dialog::Help { .. })) {
        help(state);
    } else if let Some(dialog) = state.dialog.take() {
        state.session.after_save = None;
        match dialog {
            Dialog::Picker(picker) => choose::go_back(state, *picker),
            Dialog::Ask { ask: Ask::Find, .. } => state.view.filter.clear(),
            _ => {}
        }
    } else if state.view.input.is_some() {
        knob_edit::cancel(state);
    } else {
        // One step back at a time: what is in the way first, then from the knobs to the table.
        let in_the_way = state.session.notice.is_some() || !state.view.filter.is_empty() || state.view.zoomed;
        state.session.notice = None;
        state.view.filter.clear();
        state.view.zoomed = false;
        if state.view.screen == Screen::Bills && !in_the_way {
            screen::stand_beside(state);
        }
    }
}

/// Asks for a line of text.
pub(in crate::app) fn ask(state: &mut State, ask: Ask, text: String) {
    state.dialog = Some(Dialog::Ask { ask, entry: Entry::new(text), refused: None });
}

fn begin_rename(state: &mut State, project: bool) {
    match (project, state.view.selection) {
        (false, Selection::Line(index)) => {
            let text = state.project.budget().lines.get(index).map(|line| line.title().to_owned());
            ask(state, Ask::LineName(index), text.unwrap_or_default());
        }
        _ => ask(state, Ask::ProjectName, state.project.budget().name.clone().unwrap_or_default()),
    }
}

/// Enter: in a field, in a line of text that was asked for.
fn accept(state: &mut State) -> Vec<Effect> {
    match state.context() {
        Context::Choosing => return choose::accept(state),
        Context::Importing => {
            import::accept(state);
            return Vec::new();
        }
        _ => {}
    }
    let Some(Dialog::Ask { ask, entry, .. }) = state.dialog.take() else {
        knob_edit::accept(state);
        return Vec::new();
    };
    let text = entry.text().trim().to_owned();
    if matches!(ask, Ask::NewLine | Ask::LineName(_) | Ask::ProjectName) && text.chars().nth(NAME_MAX).is_some() {
        let refused = Some(words::ask_name_too_long(text.chars().count(), NAME_MAX));
        state.dialog = Some(Dialog::Ask { ask, entry, refused });
        return Vec::new();
    }
    match ask {
        Ask::Months => {
            if let Err(refused) = cards::set_months(state, &text) {
                state.dialog = Some(Dialog::Ask { ask, entry, refused: Some(refused) });
            }
        }
        Ask::Find => {}
        Ask::NewLine => lines::add(state, Some(text).filter(|text| !text.is_empty())),
        Ask::LineName(index) => lines::rename(state, index, &text),
        Ask::ProjectName => lines::rename_project(state, &text),
        Ask::SaveAs | Ask::Open | Ask::Import if text.is_empty() => {
            let refused = Some(words::ask_file_empty(state.reach_in(Context::Ask, Action::Cancel)));
            state.dialog = Some(Dialog::Ask { ask, entry, refused });
        }
        Ask::SaveAs => {
            let path = with_suffix(&text);
            state.session.asked = Some((ask, text));
            return vec![Effect::SaveAs { path, replace: false }];
        }
        Ask::Open => {
            state.session.asked = Some((ask, text.clone()));
            return leave(state, Leaving::Open(PathBuf::from(text)));
        }
        Ask::Import => {
            state.session.asked = Some((ask, text.clone()));
            return vec![Effect::ReadList(PathBuf::from(text))];
        }
    }
    Vec::new()
}

/// The path that was typed; a name without any ending gets the usual one.
fn with_suffix(text: &str) -> PathBuf {
    let path = PathBuf::from(text);
    match (path.extension(), path.file_name()) {
        (None, Some(name)) => path.with_file_name(format!("{}.retake.toml", name.to_string_lossy())),
        _ => path,
    }
}

/// Takes the last step back.
pub fn undo(state: &mut State) {
    let Some(step) = state.project.undo(&state.session) else { return };
    state.view.selection = Selection::of(step.line);
    state.keep_cursor();
    state.say(Level::Note, words::notice_undone(step.label));
}

fn redo(state: &mut State) {
    let Some(step) = state.project.redo(&state.session) else { return };
    // A list that was taken in may number the old lines anew before it adds its own.
    state.view.selection = match step.edits.iter().find(|edit| !matches!(edit, Edit::Position { .. })) {
        Some(Edit::Insert { index, .. } | Edit::Move { to: index, .. }) => Selection::Line(*index),
        _ => Selection::of(step.line),
    };
    state.keep_cursor();
    state.say(Level::Note, words::notice_redone(step.label));
}

fn repricing(state: &State) -> Repricing {
    let mut repriced = state.project.budget().clone();
    repriced.pins.clear();
    Repricing {
        differences: differences(&state.project.budget().pins, &state.session.catalog.models),
        now: state.project.estimate().totals.total,
        then: estimate(&repriced, state.session.catalog, state.session.today).totals.total,
    }
}

/// Replaces the differing pins by the built-in prices, with the day they were read.
fn adopt(state: &mut State) {
    let (mut before, mut after) = (BTreeMap::new(), BTreeMap::new());
    for difference in differences(&state.project.budget().pins, &state.session.catalog.models) {
        let model = state.session.catalog.models.iter().find(|model| model.card_id() == difference.card);
        if let (Some(model), Some(pinned)) = (model, state.project.budget().pins.get(&difference.card)) {
            before.insert(difference.card.clone(), pinned.clone());
            after.insert(difference.card, model.card.clone());
        }
    }
    state.dialog = None;
    state.carry_out(words::action_adopt().to_owned(), vec![Edit::Pins { before, after }]);
    state.say(Level::Note, words::notice_rates_adopted(state.reach(Action::Undo)));
}
