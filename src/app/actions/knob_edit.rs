//! Changing the focused knob: by steps, by typing, and back to the inherited value.

use crate::app::actions::{choose, factor, followers, lines, navigation};
use crate::app::model::entry::Entry;
use crate::app::model::field::Field;
use crate::app::model::state::State;
use crate::app::model::view::{Focus, Input, Selection};
use crate::cost::base::money::{Decimal, plus, rounded};
use crate::cost::base::number_text::{NumberKind, narrowed, parse_decimal};
use crate::cost::base::retry::Retry;
use crate::cost::budget::SizeChoice;
use crate::cost::budget::edit::{Edit, Scope};
use crate::cost::budget::knob::Form;
use crate::cost::budget::knob_text;
use crate::cost::budget::knob_text::Refusal;
use crate::cost::{Knob, Pane, Setting, Value};
use crate::diagnostics::Level;
use crate::words;
use std::borrow::Cow;
use std::sync::Arc;

/// Changes the focused field by some steps.
pub fn step(state: &mut State, steps: i32) {
    navigation::to_last_pane(state);
    let Some(field) = state.field() else { return };
    if field == Field::Knob(Knob::Finals) && starts_first_line(state) {
        match u64::try_from(steps) {
            Ok(finals) => add_first_line(state, Setting::Value(Value::Count(finals))),
            Err(_) => state.say(Level::Note, words::notice_no_further_step()),
        }
        return;
    }
    let next = {
        let Some(deliverable) = state.deliverable() else { return };
        match field {
            Field::Accepted => step_accepted(deliverable.factor.map(|f| f.accepted_percent()), steps),
            Field::Knob(knob) => {
                knob_text::step(knob, deliverable, state.project.budget().cap(), state.session.catalog, steps)
            }
        }
    };
    match next {
        Some(value) => set(state, field.knob(), Some(Setting::Value(value))),
        None => state.say(Level::Note, words::notice_no_further_step()),
    }
}

fn step_accepted(now: Option<Decimal>, steps: i32) -> Option<Value> {
    let now = rounded(now?, 0);
    let next = plus(now, Decimal::from(steps)).ok()?.clamp(Decimal::ONE, Decimal::ONE_HUNDRED);
    Some(Value::Retry(Retry::Accepted { percent: next.normalize(), confidence: None }))
}

fn starts_first_line(state: &State) -> bool {
    state.view.selection == Selection::Project && state.project.budget().lines.is_empty()
}

/// Adds the first deliverable with its finals, as one step.
fn add_first_line(state: &mut State, finals: Setting) {
    let (label, insert) = lines::first(state);
    let (scope, knob) = (Scope::Line(0), Knob::Finals);
    state.session.notice = None;
    if state.carry_out(label, vec![insert, Edit::Knob { scope, knob, before: None, after: Some(finals) }]) {
        state.view.selection = Selection::Line(0);
    }
}

/// Sets or clears a knob as one step of the history; an unchanged value is no step.
pub(in crate::app) fn set(state: &mut State, knob: Knob, after: Option<Setting>) {
    let before = state.setting(knob).cloned();
    if before == after {
        if after.is_some() {
            state.say(Level::Note, words::notice_no_further_step());
        }
        return;
    }
    if let (None, Err(why)) = (&after, state.is_changed_here(knob)) {
        return state.say(Level::Note, why);
    }
    let label = label(knob, after.as_ref());
    state.session.notice = None;
    let mut edits = vec![Edit::Knob { scope: state.scope_of(knob), knob, before, after: after.clone() }];
    edits.extend(size_given_up(state, knob, after.as_ref()));
    let was_measured = state.deliverable().is_some_and(|line| line.measured_output().is_some());
    let done = state.carry_out(label, edits);
    if done {
        followers::say_who_follows(state, knob);
    }
    if done && was_measured {
        say_whether_measured(state, knob);
    }
}

/// After a change of a line with measured tokens: whether they still count though they do not follow the change.
fn say_whether_measured(state: &mut State, knob: Knob) {
    let turned = matches!(knob, Knob::Ratio | Knob::Size | Knob::Quality);
    let Some(line) = state.deliverable().filter(|_| turned) else { return };
    let notice = match &line.measured_differs()[..] {
        [] => words::notice_measured_stays(words::knob_label(if knob == Knob::Ratio { Knob::Size } else { knob })),
        [differs, ..] => words::notice_measured_unused(words::knob_label(*differs)),
    };
    state.say(Level::Note, notice);
}

/// An exact size of another shape overrides a ratio chosen beside it: replace the size by the ratio's own, because a chosen
/// shape should have an effect.
fn size_given_up(state: &State, knob: Knob, after: Option<&Setting>) -> Option<Edit> {
    let (Knob::Ratio, Some(Setting::Value(Value::Ratio(ratio)))) = (knob, after) else { return None };
    let before = state.setting(Knob::Size).cloned();
    match &before {
        Some(Setting::Value(Value::Size(SizeChoice::Exact(size)))) if !ratio.fits(*size) => {
            Some(Edit::Knob { scope: state.scope_of(Knob::Size), knob: Knob::Size, before, after: None })
        }
        _ => None,
    }
}

fn label(knob: Knob, after: Option<&Setting>) -> String {
    match after {
        Some(Setting::Value(value)) => words::step_set(words::knob_label(knob), words::value(value)),
        Some(Setting::Unreadable) | None => words::step_inherited(words::knob_label(knob)),
    }
}

/// Clears the own value, so that the inherited one applies.
pub fn inherit(state: &mut State) {
    navigation::to_last_pane(state);
    if let Some(field) = state.field() {
        set(state, field.knob(), None);
    }
}

/// Opens the list of the focused field's values, or the field for typing if it has no list.
pub(in crate::app) fn edit(state: &mut State) {
    navigation::to_last_pane(state);
    match state.field() {
        Some(Field::Knob(knob)) if knob.row().form.has_list() => choose::open(state, knob),
        Some(_) => begin(state, None),
        None => state.view.focus = Focus::Pane(Pane::Finals),
    }
}

/// Opens the focused field for typing.
pub(in crate::app) fn type_in(state: &mut State) {
    navigation::to_last_pane(state);
    match state.field() {
        Some(_) => begin(state, None),
        None => state.view.focus = Focus::Pane(Pane::Finals),
    }
}

/// Opens the focused field for typing: with `first`, the typed text replaces the value; without, the value is edited.
pub fn begin(state: &mut State, first: Option<&str>) {
    let Some(field) = state.field() else { return };
    if let Err(why) = state.can_turn(field.knob()) {
        state.say(Level::Note, why);
        return;
    }
    let added_line = field == Field::Knob(Knob::Finals) && starts_first_line(state);
    if added_line {
        // Not a step yet: it becomes one together with the value, or is undone without a trace.
        let first = lines::first(state).1;
        state.try_out(&first);
        // A search left over from removed lines would hide the new line, and the typed value would go to the project.
        state.view.filter.clear();
        state.view.selection = Selection::Line(0);
    }
    let before = state.setting(field.knob()).cloned();
    let mut entry = match first {
        Some(_) => Entry::default(),
        None => Entry::new(typed_text(state, field)),
    };
    entry.insert(first.unwrap_or_default());
    state.session.notice = None;
    state.view.input = Some(Input { field, entry, refused: None, asked: false, before, added_line });
    if first.is_some() {
        preview(state);
    }
}

/// The effective value, as its reader types it.
pub(in crate::app) fn typed_text(state: &State, field: Field) -> String {
    let text = shown_text(state, field);
    match takes(field) {
        // A name may contain something that looks like a number.
        Some(_) if !text.contains(char::is_alphabetic) || field.knob() == Knob::Cap => words::number::typed(&text),
        _ => text,
    }
}

/// The kind of number that a field takes, for parsing the reader's separators; `None` for words, sizes and lists.
pub(in crate::app) fn takes(field: Field) -> Option<NumberKind> {
    match field.knob().row().form {
        Form::Count | Form::Measured => Some(NumberKind::Whole),
        Form::Percent | Form::Cap => Some(NumberKind::Fraction),
        Form::Retry | Form::Ratio => Some(NumberKind::Several),
        Form::Preset | Form::Model | Form::Service | Form::Pick | Form::Size | Form::Quality | Form::Sizes => None,
        Form::Flag => None,
    }
}

fn field_form(field: Field) -> Form {
    field.knob().row().form
}

/// The effective value, as text that the knob parses.
pub(in crate::app) fn shown_text(state: &State, field: Field) -> String {
    let Some(deliverable) = state.deliverable() else { return String::new() };
    if field == Field::Accepted {
        let percent = deliverable.factor.map(|factor| rounded(factor.accepted_percent(), 2).normalize());
        return percent.map_or_else(String::new, |percent| format!("{percent}%"));
    }
    let knob = field.knob();
    let explore = deliverable.explore.as_ref();
    let value = match deliverable.get(knob).map(|from| from.value) {
        None if knob == Knob::Cap => state.project.budget().cap().map(Value::Cap),
        None if knob == Knob::Drafts => Some(Value::Count(0)),
        None if knob == Knob::DraftSize => explore.map(|_| Value::Size(deliverable.size.value)),
        // The pixels that a class means here.
        Some(Value::Size(choice)) if knob == Knob::Size => {
            Some(Value::Size(deliverable.exact_size(choice).map_or(SizeChoice::Auto, SizeChoice::Exact)))
        }
        value => value,
    };
    value.as_ref().map_or_else(String::new, knob_text::write)
}

/// Whether a value is the effective one for the selection, from whichever layer.
pub(in crate::app) fn counts(state: &State, knob: Knob, value: &Value) -> bool {
    let Some(line) = state.deliverable() else { return false };
    if let Value::Size(choice) = value
        && knob == Knob::Size
    {
        return line.exact_size(*choice) == line.exact_size(line.size.value);
    }
    knob_text::write(value) == shown_text(state, Field::Knob(knob))
}

/// Applies the cheapest legal size of the same shape.
pub(in crate::app) fn take_advice(state: &mut State) {
    if let Some(offer) = state.advice() {
        set(state, Knob::Size, Some(Setting::Value(Value::Size(SizeChoice::Exact(offer.size)))));
    }
}

/// Applies the typed text if it is a value. While it is none, the value from before counts: the beginning of a text that is
/// refused, such as the 4 of `40` images a call, was never meant.
pub fn preview(state: &mut State) {
    let Some(mut input) = state.view.input.take() else { return };
    input.asked = false;
    match read_typed(state, input.field, &input.entry) {
        Ok(after) => {
            input.refused = None;
            put(state, input.field.knob(), after);
        }
        Err(refusal) => {
            input.refused = Some(refusal);
            put(state, input.field.knob(), input.before.clone());
        }
    }
    state.view.input = Some(input);
}

/// Whether a percentage may be meant as a share: 0.2 without its sign may be 20 %. A file and `--set` refuse it too.
fn is_bare_share(text: &str, percent: Decimal) -> bool {
    let is_below_one = percent > Decimal::ZERO && percent < Decimal::ONE;
    is_below_one && !text.contains('%')
}

/// The setting that the text means: `None` for an empty text, which inherits.
pub(in crate::app) fn read_typed(state: &State, field: Field, typed: &Entry) -> Result<Option<Setting>, Refusal> {
    let text = typed.text().trim();
    if text.is_empty() {
        return Ok(None);
    }
    let Some(deliverable) = state.deliverable() else { return Err(Refusal::Form) };
    if field == Field::Knob(Knob::Retry) && knows_profile(state, text) {
        return Ok(Some(Setting::Value(Value::Retry(Retry::Profile(text.to_owned())))));
    }
    let is_parts = field_form(field) == Form::Measured && text.contains('=');
    let text = if is_parts { Cow::Borrowed(text) } else { narrowed(text) };
    let text = &*text;
    let understood =
        takes(field).filter(|_| !is_parts).map(|takes| words::number::marks().normalized(text, takes)).transpose()?;
    let text = understood.as_deref().unwrap_or(text);
    let value = match field {
        Field::Accepted => {
            let lower = text.to_lowercase();
            let bare = knob_text::without_kept(&lower);
            match bare.contains('/') {
                true => knob_text::read(Knob::Retry, bare, deliverable, state.session.catalog)?,
                false => {
                    let percent = parse_decimal(bare.trim_end_matches('%').trim_end())?;
                    Value::Retry(knob_text::accepted_retry(percent)?)
                }
            }
        }
        Field::Knob(knob) => {
            let value = knob_text::read(knob, text, deliverable, state.session.catalog)?;
            let is_there = deliverable.get(knob).is_some_and(|from| from.value == value);
            match value {
                Value::Percent(percent) if !is_there && is_bare_share(text, percent) => {
                    return Err(Refusal::BareShare { percent });
                }
                value => value,
            }
        }
    };
    let value = match value {
        Value::Measured(measured) if state.view.selection == Selection::Project => {
            Value::Measured(Arc::new(Arc::unwrap_or_clone(measured).named_after(deliverable)))
        }
        value => value,
    };
    Ok(Some(Setting::Value(value)))
}

/// Whether a profile of this name exists, the project's or built-in; such a name is not a number, whatever characters it has.
fn knows_profile(state: &State, name: &str) -> bool {
    state.project.budget().profiles.contains_key(name) || state.session.catalog.profiles.contains_key(name)
}

/// Applies a setting without a step in the history.
pub(in crate::app) fn put(state: &mut State, knob: Knob, after: Option<Setting>) {
    let scope = state.scope_of(knob);
    state.try_out(&Edit::Knob { scope, knob, before: None, after });
}

/// Puts a text into the focused field with the question about it, as its first Enter does.
pub(in crate::app) fn ask_about(state: &mut State, text: &str) {
    begin(state, Some(text));
    if let Some(input) = &mut state.view.input {
        input.asked = true;
    }
}

/// Accepts the typed text. If it is not a value, returns false, and the text stays with the reason.
pub fn accept(state: &mut State) -> bool {
    let Some(input) = state.view.input.take() else { return true };
    match read_typed(state, input.field, &input.entry) {
        Err(refusal) => {
            state.view.input = Some(Input { refused: Some(refusal), ..input });
            false
        }
        Ok(after) if !input.asked && factor::is_asked(&input, after.as_ref()) => {
            state.view.input = Some(Input { asked: true, ..input });
            false
        }
        Ok(after) => {
            take_back(state, &input);
            let built = factor::built(&input, after.as_ref());
            match after {
                Some(finals) if input.added_line => add_first_line(state, finals),
                after if after != input.before => set(state, input.field.knob(), after),
                _ => {}
            }
            if let (Some(built), None) = (built, &state.session.notice) {
                state.say(Level::Note, built);
            }
            true
        }
    }
}

/// Restores the field to its state before typing.
pub fn cancel(state: &mut State) {
    if let Some(input) = state.view.input.take() {
        take_back(state, &input);
    }
}

/// Undoes the preview of the typed text, so that the budget matches the history.
fn take_back(state: &mut State, input: &Input) {
    if input.added_line {
        let line = Box::new((*state.project.budget().lines[0]).clone());
        state.try_out(&Edit::Remove { index: 0, line });
    } else {
        put(state, input.field.knob(), input.before.clone());
    }
}
