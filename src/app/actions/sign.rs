//! `-15%` at a knob: the minus steps the knob down by itself, and is the sign of the number once a digit follows.

use crate::app::actions::knob_edit;
use crate::app::keys::action::Action;
use crate::app::keys::chord::{Chord, Key};
use crate::app::model::field::Field;
use crate::app::model::state::State;
use crate::app::model::view::PendingSign;
use crate::cost::Knob;
use crate::cost::base::number_text::narrow;
use crate::cost::budget::knob::Form;
use crate::words;

/// The character of a key that a number may begin with: a digit, a decimal sign, a sign of any width.
pub(super) fn of_number(chord: Chord) -> Option<char> {
    let Key::Char(c) = chord.key else { return None };
    let begins = matches!(narrow(c), '0'..='9' | '.' | '+' | '-') || c == words::number::marks().decimal();
    (begins && !chord.ctrl && !chord.alt).then_some(c)
}

/// Whether an amount may begin with this sign.
pub(super) fn is_currency(c: char) -> bool {
    matches!(narrow(c), '$' | '€' | '£' | '¥' | '₩' | '₹')
}

/// A currency sign on the cap begins to type an amount, also where the key does something else elsewhere.
pub(super) fn begins_amount(state: &mut State, chord: Chord) -> bool {
    let Key::Char(c) = chord.key else { return false };
    let is_sign = is_currency(c) && !chord.ctrl && !chord.alt;
    let on_cap = state.context().is_pane() && state.field() == Some(Field::Knob(Knob::Cap));
    if is_sign && on_cap {
        knob_edit::begin(state, Some(c.encode_utf8(&mut [0; 4])));
    }
    is_sign && on_cap
}

/// What to remember of a minus that stepped a knob of numbers; `before` is the number of steps done before it. A plus is
/// nothing to remember: without it the number is the same.
pub(super) fn pending(state: &State, action: Action, chord: Chord, before: usize) -> Option<PendingSign> {
    let sign = of_number(chord).filter(|c| narrow(*c) == '-' && action == Action::Less)?;
    let field = state.field().filter(|_| state.view.input.is_none())?;
    let signed = field.knob().row().form != Form::Ratio && knob_edit::takes(field).is_some();
    let done = state.project.history().len();
    signed.then_some(PendingSign { sign, stepped: done > before, done })
}

/// After a sign that stepped the knob: takes the step back and begins to type with both, so that no sign is lost. False if
/// the key is no digit.
pub(super) fn begins_number(state: &mut State, pending: Option<PendingSign>, chord: Chord) -> bool {
    let Some((pending, c)) = pending.zip(of_number(chord).filter(|c| !matches!(narrow(*c), '+' | '-'))) else {
        return false;
    };
    if state.project.history().len() != pending.done {
        return false;
    }
    if pending.stepped {
        let State { project, session, .. } = state;
        project.take_back(session);
        state.keep_cursor();
    }
    knob_edit::begin(state, Some(&format!("{}{c}", pending.sign)));
    true
}
