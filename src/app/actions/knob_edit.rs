//! Turning the focused knob: by steps, by typing, and back to the inherited value.

use crate::app::actions::lines;
use crate::app::model::entry::Entry;
use crate::app::model::field::Field;
use crate::app::model::state::{Selection, State, Typing};
use crate::cost::base::marks::Takes;
use crate::cost::base::money::{Decimal, parse_decimal, plus, rounded};
use crate::cost::base::retry::Retry;
use crate::cost::budget::SizeChoice;
use crate::cost::budget::edit::{Edit, Scope, Touched};
use crate::cost::budget::knob_text;
use crate::cost::budget::knob_text::Refusal;
use crate::cost::{Knob, Setting, Value};
use crate::diagnostics::Level;
use crate::words;

/// Turns the focused field by some steps.
pub fn step(state: &mut State, steps: i32) {
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
            Field::Knob(knob) => knob_text::step(knob, deliverable, state.budget.cap(), state.catalog, steps),
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
    state.selection == Selection::Project && state.budget.lines.is_empty()
}

/// The first deliverable and its finals, as one step.
fn add_first_line(state: &mut State, finals: Setting) {
    let (label, insert) = lines::first(state);
    let (scope, knob) = (Scope::Line(0), Knob::Finals);
    state.notice = None;
    state.carry_out(label, vec![insert, Edit::Knob { scope, knob, before: None, after: Some(finals) }]);
    state.selection = Selection::Line(0);
}

/// Sets or opens a knob as one step of the history; what already stands there is no step.
pub(in crate::app) fn set(state: &mut State, knob: Knob, after: Option<Setting>) {
    let before = state.setting(knob).cloned();
    if before == after {
        if after.is_some() {
            state.say(Level::Note, words::notice_no_further_step());
        }
        return;
    }
    let label = label(knob, after.as_ref());
    state.notice = None;
    let mut edits = vec![Edit::Knob { scope: state.scope_of(knob), knob, before, after: after.clone() }];
    edits.extend(size_given_up(state, knob, after.as_ref()));
    state.carry_out(label, edits);
}

/// An exact size of another shape stands in the way of a ratio that is chosen beside it: the ratio's own size takes its place,
/// since choosing a shape that changes nothing is not what anybody means.
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

/// Takes the inherited value again.
pub fn inherit(state: &mut State) {
    if let Some(field) = state.field() {
        set(state, field.knob(), None);
    }
}

/// Opens the focused field for typing: with `first`, what is typed replaces the value; without, the value is edited.
pub fn begin(state: &mut State, first: Option<&str>) {
    let Some(field) = state.field() else { return };
    if let Err(why) = state.can_turn(field.knob()) {
        state.say(Level::Note, why);
        return;
    }
    let added_line = field == Field::Knob(Knob::Finals) && starts_first_line(state);
    if added_line {
        // Not a step yet: it becomes one together with the value, or goes without a trace.
        let touched = lines::first(state).1.apply(&mut state.budget);
        // A search left over from lines that are gone would hide it, and what is typed would go to the project.
        state.filter.clear();
        state.selection = Selection::Line(0);
        state.recompute(touched);
    }
    let before = state.setting(field.knob()).cloned();
    let mut entry = match first {
        Some(_) => Entry::default(),
        None => Entry::new(typed_text(state, field)),
    };
    entry.insert(first.unwrap_or_default());
    state.notice = None;
    state.typing = Some(Typing { field, entry, refused: None, before, added_line });
    if first.is_some() {
        preview(state);
    }
}

/// The value that counts, as its reader types it.
pub(in crate::app) fn typed_text(state: &State, field: Field) -> String {
    let text = shown_text(state, field);
    match takes(field) {
        // A name may hold what looks like a number.
        Some(_) if !text.contains(char::is_alphabetic) || field.knob() == Knob::Cap => words::number::typed(&text),
        _ => text,
    }
}

/// What a field takes, as far as it decides how the reader's signs are read; none for words, sizes and lists of them.
fn takes(field: Field) -> Option<Takes> {
    match field.knob() {
        Knob::Finals | Knob::Drafts | Knob::ImagesPerCall | Knob::PartialImages | Knob::PromptTokens => {
            Some(Takes::Whole)
        }
        Knob::CachedInput | Knob::Buffer | Knob::Cap => Some(Takes::Fraction),
        Knob::Retry | Knob::Ratio => Some(Takes::Several),
        _ => None,
    }
}

/// The value that counts, as text that the knob reads.
pub(in crate::app) fn shown_text(state: &State, field: Field) -> String {
    let Some(deliverable) = state.deliverable() else { return String::new() };
    if field == Field::Accepted {
        let percent = deliverable.factor.map(|factor| rounded(factor.accepted_percent(), 2).normalize());
        return percent.map_or_else(String::new, |percent| format!("{percent}%"));
    }
    let counted = |count: u64| knob_text::write(&Value::Count(count));
    let explore = deliverable.explore.as_ref();
    match field.knob() {
        Knob::Preset => deliverable.preset.clone().unwrap_or_default(),
        Knob::Ratio => deliverable.ratio.value.to_string(),
        Knob::Size => {
            deliverable.exact_size(deliverable.size.value).map_or_else(|| "auto".to_owned(), |size| size.to_string())
        }
        Knob::Quality => knob_text::write(&Value::Quality(deliverable.quality.value)),
        Knob::Model => deliverable.model.value.id.clone(),
        Knob::ServiceTier => deliverable.service.value.name().to_owned(),
        Knob::References => knob_text::write(&Value::Sizes(deliverable.references.value.clone())),
        Knob::PromptTokens => counted(deliverable.prompt_tokens.value),
        Knob::CachedInput => knob_text::write(&Value::Percent(deliverable.cached_input.value)),
        Knob::PartialImages => counted(deliverable.partial_images.value),
        Knob::Finals => counted(deliverable.finals.value),
        Knob::Drafts => counted(explore.map_or(0, |explore| explore.drafts_per_final.value)),
        Knob::DraftQuality => {
            explore.map_or_else(String::new, |explore| knob_text::write(&Value::Quality(explore.quality.value)))
        }
        Knob::DraftSize => {
            let choice = explore.and_then(|explore| explore.size.as_ref()).unwrap_or(&deliverable.size);
            knob_text::write(&Value::Size(choice.value))
        }
        Knob::Retry => knob_text::write(&Value::Retry(deliverable.retry.value.clone())),
        Knob::ImagesPerCall => counted(deliverable.images_per_call.value),
        Knob::Pick => deliverable.pick.value.name().to_owned(),
        Knob::Buffer => knob_text::write(&Value::Percent(deliverable.buffer.value)),
        Knob::Cap => state.budget.cap().map_or_else(String::new, |cap| knob_text::write(&Value::Cap(cap))),
    }
}

/// Whether a value is what counts for the selection now, from whichever layer.
pub(in crate::app) fn counts(state: &State, knob: Knob, value: &Value) -> bool {
    let Some(line) = state.deliverable() else { return false };
    match (knob, value) {
        (Knob::Size, Value::Size(choice)) => line.exact_size(*choice) == line.exact_size(line.size.value),
        _ => knob_text::write(value) == shown_text(state, Field::Knob(knob)),
    }
}

/// Takes the cheapest legal size of the same shape.
pub(in crate::app) fn take_advice(state: &mut State) {
    if let Some(offer) = state.advice() {
        set(state, Knob::Size, Some(Setting::Value(Value::Size(SizeChoice::Exact(offer.size)))));
    }
}

/// Lets what has been typed so far count, if it is a value; else the last value that was one goes on counting.
pub fn preview(state: &mut State) {
    let Some(mut typing) = state.typing.take() else { return };
    match read(state, &typing) {
        Ok(after) => {
            typing.refused = None;
            put(state, typing.field.knob(), after);
        }
        Err(refusal) => typing.refused = Some(refusal),
    }
    state.typing = Some(typing);
}

/// The setting that the text means: none for an empty text, which inherits.
fn read(state: &State, typing: &Typing) -> Result<Option<Setting>, Refusal> {
    let text = typing.entry.text().trim();
    if text.is_empty() {
        return Ok(None);
    }
    let Some(deliverable) = state.deliverable() else { return Err(Refusal::Form) };
    if typing.field == Field::Knob(Knob::Retry) && knows_profile(state, text) {
        return Ok(Some(Setting::Value(Value::Retry(Retry::Profile(text.to_owned())))));
    }
    let understood = takes(typing.field).map(|takes| words::number::marks().understood(text, takes)).transpose()?;
    let text = understood.as_deref().unwrap_or(text);
    let value = match typing.field {
        Field::Accepted => {
            let bare = text.to_lowercase();
            let bare = bare.trim_end_matches("accepted").trim_end().trim_end_matches("ok").trim_end();
            Value::Retry(knob_text::accepted_retry(parse_decimal(bare.trim_end_matches('%').trim_end())?)?)
        }
        Field::Knob(knob) => knob_text::read(knob, text, deliverable, state.catalog)?,
    };
    Ok(Some(Setting::Value(value)))
}

/// A profile of the project's or a built-in one; its name is no number whatever signs it holds.
fn knows_profile(state: &State, name: &str) -> bool {
    state.budget.profiles.contains_key(name) || state.catalog.profiles.contains_key(name)
}

/// Puts a setting in place without a step in the history.
pub(in crate::app) fn put(state: &mut State, knob: Knob, after: Option<Setting>) {
    let scope = state.scope_of(knob);
    let edit = Edit::Knob { scope, knob, before: None, after };
    let touched = edit.apply(&mut state.budget);
    state.recompute(touched);
}

/// Takes what was typed. False, and the text stays with the reason, where it is no value.
pub fn accept(state: &mut State) -> bool {
    let Some(typing) = state.typing.take() else { return true };
    match read(state, &typing) {
        Err(refusal) => {
            state.typing = Some(Typing { refused: Some(refusal), ..typing });
            false
        }
        Ok(after) => {
            take_back(state, &typing);
            match after {
                Some(finals) if typing.added_line => add_first_line(state, finals),
                after if after != typing.before => set(state, typing.field.knob(), after),
                _ => {}
            }
            true
        }
    }
}

/// Leaves the field as it was before typing.
pub fn cancel(state: &mut State) {
    if let Some(typing) = state.typing.take() {
        take_back(state, &typing);
    }
}

/// Takes away what typing let count, so that the budget is what the history says it is.
fn take_back(state: &mut State, typing: &Typing) {
    if typing.added_line {
        state.budget.lines.clear();
        state.recompute(Touched::All);
    } else {
        put(state, typing.field.knob(), typing.before.clone());
    }
}
