//! Handles one key: finds its action, checks that it is available, and runs the handler in the action's row.

use crate::app::actions::{card_list, cards, knob_edit, mouse, navigation, sign};
use crate::app::flows::{import, project_form};
use crate::app::keys::action::Action;
use crate::app::keys::chord::{Chord, Key};
use crate::app::keys::keymap::Keymap;
use crate::app::keys::layouts::latin;
use crate::app::model::entry::Entry;
use crate::app::model::outcome::Effect;
use crate::app::model::screen::Unbound;
use crate::app::model::state::State;
use crate::app::model::view::Focus;
use crate::cost::Pane;
use crate::diagnostics::Level;
use crate::words;

/// Handles a key: an action of the keymap, or else text while text is typed.
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
    let before_sign = state.view.pending_sign.take();
    if sign::begins_number(state, before_sign, chord) {
        return Vec::new();
    }
    if sign::begins_amount(state, chord) {
        return Vec::new();
    }
    if card_list::is_blank_in_filter(state, chord) {
        type_key(state, chord);
        return Vec::new();
    }
    if let Some(action) = keymap.resolve(context, chord) {
        let before = state.project.history().len();
        let effects = update(state, action);
        state.view.pending_sign = sign::pending(state, action, chord, before);
        return effects;
    }
    match context.row().unbound {
        Unbound::Text | Unbound::Amount => type_key(state, chord),
        Unbound::Knob | Unbound::List => begin_typing(state, chord),
        Unbound::Row => begin_row(state, chord),
        Unbound::Nothing => {}
    }
    if context.row().unbound != Unbound::Text {
        tell_layout(state, keymap, chord);
    }
    Vec::new()
}

/// Handles pasted text: data for the open field, never keys.
pub fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    mouse::release(state);
    (state.view.pending_key, state.view.pending_sign) = (None, None);
    let takes_lists = match state.context().row().unbound {
        Unbound::Text | Unbound::Amount => false,
        Unbound::Knob | Unbound::List => true,
        Unbound::Row | Unbound::Nothing => import::is_running(state),
    };
    if let Some(effects) = takes_lists.then(|| import::pasted_or_dropped(state, text)).flatten() {
        return effects;
    }
    match state.context().row().unbound {
        Unbound::Text if import::is_asked(state) && import::is_list_or_cells(text) => {
            return import::pasted(state, text);
        }
        // A note has a sign for the end of a line.
        Unbound::Text if project_form::takes_lines(state) => {
            let text = words::in_one_line(text.trim_end_matches(['\r', '\n']));
            with_entry(state, |entry| entry.insert(&text));
        }
        Unbound::Text | Unbound::Amount => with_entry(state, |entry| entry.insert(text)),
        Unbound::Knob if !text.trim().is_empty() => knob_edit::begin(state, Some(text)),
        Unbound::Row if project_form::begin_row(state) => with_entry(state, |entry| entry.insert(text)),
        Unbound::Knob | Unbound::List | Unbound::Row | Unbound::Nothing => {}
    }
    Vec::new()
}

/// Says once a session that a key of another layout stands where a key of the program would be.
fn tell_layout(state: &mut State, keymap: &Keymap, chord: Chord) {
    let Key::Char(typed) = chord.key else { return };
    let Some(key) = latin(typed).filter(|_| !state.session.layout_told) else { return };
    if let Some(action) = keymap.resolve(state.context(), Chord { key: Key::Char(key), ..chord }) {
        state.session.layout_told = true;
        state.say(Level::Note, words::notice_layout(typed, key, (action.row().help)()));
    }
}

fn begin_typing(state: &mut State, chord: Chord) {
    let Some(c) = sign::of_number(chord) else { return };
    navigation::to_last_pane(state);
    if state.view.focus == Focus::Beside {
        state.view.focus = Focus::Pane(Pane::Finals);
        state.view.field_at[Pane::Finals as usize] = 0;
    }
    knob_edit::begin(state, Some(c.encode_utf8(&mut [0; 4])));
}

/// Begins to type the selected row of the form: numbers with a number's characters, texts with any.
fn begin_row(state: &mut State, chord: Chord) {
    let Key::Char(typed) = chord.key else { return };
    let is_plain = !chord.ctrl && !chord.alt;
    let of_number = sign::of_number(chord).or_else(|| Some(typed).filter(|c| is_plain && sign::is_currency(*c)));
    let of_text = Some(typed).filter(|c| is_plain && !c.is_whitespace());
    let first = if project_form::takes_a_number(state) { of_number } else { of_text };
    let Some(first) = first else { return };
    if project_form::begin_row(state) {
        with_entry(state, |entry| entry.insert(first.encode_utf8(&mut [0; 4])));
    }
}

/// Changes the open text, and applies the consequences at once.
fn with_entry(state: &mut State, change: impl FnOnce(&mut Entry)) {
    let kind = state.overlays.kind();
    let entry = match (kind, state.overlays.top_mut(), &mut state.view.input) {
        (Some(kind), Some(overlay), _) => (kind.entry)(overlay),
        (_, _, input) => input.as_mut().map(|input| &mut input.entry),
    };
    let Some(entry) = entry else { return };
    change(entry);
    match kind {
        Some(kind) => (kind.typed)(state),
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

/// Runs an action, or says why it is not available. Afterwards the selection is always a line that the list shows.
pub fn update(state: &mut State, action: Action) -> Vec<Effect> {
    let effects = carry_out(state, action);
    navigation::into_sight(state);
    effects
}

fn carry_out(state: &mut State, action: Action) -> Vec<Effect> {
    let row = action.row();
    if let Err(why) = (row.can)(state) {
        state.say(Level::Note, why);
        return Vec::new();
    }
    let only = state.overlays.kind().and_then(|kind| kind.only);
    if only.is_some_and(|only| !only.contains(&action)) {
        return Vec::new();
    }
    (row.run)(state)
}

/// Enter: answers the top overlay, or accepts the text typed in a field.
pub(in crate::app) fn accept(state: &mut State) -> Vec<Effect> {
    if let Some(kind) = state.overlays.kind() {
        return (kind.accept)(state);
    }
    knob_edit::accept(state);
    Vec::new()
}

/// Accepts the text typed in a field and moves on; the name of a new deliverable leads to its finals by itself.
pub(in crate::app) fn accept_and_go(state: &mut State, go: fn(&mut State)) -> Vec<Effect> {
    if let Some(kind) = state.overlays.kind() {
        return (kind.accept)(state);
    }
    if knob_edit::accept(state) {
        go(state);
    }
    Vec::new()
}

/// Esc: goes one step back at a time.
pub(in crate::app) fn cancel(state: &mut State) {
    if let Some(kind) = state.overlays.kind() {
        (kind.cancel)(state);
    } else if state.view.input.is_some() {
        knob_edit::cancel(state);
    } else {
        // First closes what is in the way, then moves from the knobs to the table.
        let in_the_way = state.session.notice.is_some() || !state.view.filter.is_empty() || state.view.zoomed;
        state.session.notice = None;
        state.view.filter.clear();
        state.view.zoomed = false;
        if !in_the_way && state.view.screen.row().esc_to_table {
            navigation::stand_beside(state);
        }
    }
}
