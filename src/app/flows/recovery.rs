//! Edits that an earlier session did not save: shown with their effect before any of them is applied.

use crate::app::actions::lines::has_room;
use crate::app::actions::navigation;
use crate::app::flows::difference::{carried_over, edits_between};
use crate::app::flows::scenario_difference::{baseline_rows, scenario_rows};
use crate::app::keys::action::Action;
use crate::app::model::outcome::{Effect, Opened};
use crate::app::model::overlay::{Kind, Overlay, PLAIN};
use crate::app::model::screen::Context;
use crate::app::model::state::State;
use crate::cost::budget::edit::{Edit, Scope, TextField};
use crate::cost::budget::{Fee, FeeKey, Keyed, NamedRisk, RiskKey};
use crate::cost::rates::card::Inputs;
use crate::cost::{Budget, Knob, Line, Setting, Value};
use crate::diagnostics::Level;
use crate::words;
use std::collections::BTreeSet;

/// Rows that are listed; more are counted.
const ROWS_MAX: usize = 500;

/// One edit in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The deliverable, or the part of the project.
    pub place: String,
    /// The edited part of it.
    pub what: String,
    /// The value before and after, if the edit changes a value.
    pub values: Option<(String, String)>,
}

impl Row {
    pub(in crate::app) fn plain(place: &str, what: impl Into<String>) -> Row {
        Row { place: place.to_owned(), what: what.into(), values: None }
    }

    pub(in crate::app) fn texts(place: &str, what: &str, old: &Option<String>, new: &Option<String>) -> Row {
        let shown = |text: &Option<String>| text.clone().unwrap_or_else(|| words::content_nothing().to_owned());
        Row { values: Some((shown(old), shown(new))), ..Row::plain(place, what) }
    }
}

fn shown(setting: Option<&Setting>) -> String {
    match setting {
        Some(Setting::Value(value)) => words::value(value),
        Some(Setting::Unreadable) => words::recovered_unreadable().to_owned(),
        None => words::recovered_inherited().to_owned(),
    }
}

pub(in crate::app) fn settings_row(place: &str, knob: Knob, old: Option<&Setting>, new: Option<&Setting>) -> Row {
    Row { values: Some((shown(old), shown(new))), ..Row::plain(place, words::knob_label(knob)) }
}

/// What is told of key by key: fees and named risks.
pub(in crate::app) trait Named: Keyed {
    /// Its name where that of a deliverable may stand too.
    fn named(name: &str) -> String;

    /// What it says at a key, in words.
    fn told(&self, key: Self::Key) -> String;
}

impl Named for Fee {
    fn named(name: &str) -> String {
        words::fee_named(name)
    }

    fn told(&self, key: FeeKey) -> String {
        words::fee_value(self, key)
    }
}

impl Named for NamedRisk {
    fn named(name: &str) -> String {
        words::risk_named(name)
    }

    fn told(&self, key: RiskKey) -> String {
        words::risk_value(self, key)
    }
}

/// A key of a fee or a named risk with its value.
pub(in crate::app) fn named_row<T: Named>(name: &str, key: T::Key, old: Option<&T>, new: Option<&T>) -> Row {
    let told = |said: Option<&T>| said.unwrap_or(&T::default()).told(key);
    Row { values: Some((told(old), told(new))), ..Row::plain(&T::named(name), T::key_name(key)) }
}

/// The keys in which two versions of a fee or a named risk differ.
fn named_rows<T: Named>(name: &str, old: Option<&T>, new: Option<&T>) -> Vec<Row> {
    let nothing = T::default();
    let (a, b) = (old.unwrap_or(&nothing), new.unwrap_or(&nothing));
    let keys = T::KEYS.iter().copied().filter(|key| !a.same_at(*key, b));
    keys.map(|key| named_row(name, key, old, new)).collect()
}

/// The edits from `before` to `mine` of a deliverable that is not in the file any more, by name and value.
pub(in crate::app) fn missing_rows(before: &Line, mine: &Line) -> Vec<Row> {
    let title = mine.title();
    let row = |what: &str, value: String| Row {
        values: Some((words::recovered_no_line().to_owned(), value)),
        ..Row::plain(title, what)
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| words::content_nothing().to_owned());
    let mut rows = Vec::new();
    let Line { key: _, name, position, note, settings } = mine;
    if before.name != *name {
        rows.push(row(words::field_name(), text(name)));
    }
    if before.note != *note {
        rows.push(row(words::field_note(), text(note)));
    }
    if before.position != *position {
        rows.push(row(words::recovered_moved(), String::new()));
    }
    let knobs = before.settings.iter().chain(settings.iter()).map(|(knob, _)| knob);
    for knob in knobs.collect::<BTreeSet<_>>() {
        if before.settings.get(knob) != settings.get(knob) {
            rows.push(row(words::knob_label(knob), shown(settings.get(knob))));
        }
    }
    rows
}

/// Unsaved edits, ready to be restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovered {
    /// The edits from the current project to the project with them applied.
    pub edits: Vec<Edit>,
    /// The same edits in words.
    pub rows: Vec<Row>,
    /// The number of edits beyond those listed.
    pub unlisted: usize,
    /// Edits that do not fit the current file, so that restoring leaves them out: the file's value, then the edit's.
    pub left: Vec<Row>,
    /// Whether the file has changed since the edits were made.
    pub changed: bool,
    /// Whether the end of the record is unreadable.
    pub damaged: bool,
}

impl Recovered {
    /// The number of edits, including those that do not fit.
    #[must_use]
    pub fn count(&self) -> usize {
        self.rows.len() + self.unlisted + self.left.len()
    }

    /// Whether restoring applies everything in the record.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.left.is_empty() && !self.damaged
    }
}

/// Prepares an earlier session's changes, from `before` to `mine`, for the current project. `None` if the project has them all
/// already.
#[must_use]
pub fn recovered(before: &Budget, mine: &Budget, now: &Budget, changed: bool, damaged: bool) -> Option<Recovered> {
    let (target, left) = if changed { carried_over(before, mine, now) } else { (mine.clone(), Vec::new()) };
    let edits = edits_between(now, &target);
    if edits.is_empty() && left.is_empty() {
        return None;
    }
    let all = rows(now, &edits);
    let unlisted = all.len().saturating_sub(ROWS_MAX);
    let rows = all.into_iter().take(ROWS_MAX).collect();
    Some(Recovered { edits, rows, unlisted, left, changed, damaged })
}

/// The edits in words, in order.
fn rows(now: &Budget, edits: &[Edit]) -> Vec<Row> {
    let mut work = now.clone();
    let mut rows = Vec::new();
    for edit in edits {
        let title = |index: usize| work.lines.get(index).map_or("", |line| line.title());
        match edit {
            Edit::Knob { scope, knob, before, after } => {
                let place = match scope {
                    Scope::Assumptions => words::recovered_assumptions(),
                    Scope::Line(index) => title(*index),
                };
                rows.push(settings_row(place, *knob, before.as_ref(), after.as_ref()));
            }
            Edit::Text { field: TextField::ProjectName, before, after } => {
                rows.push(Row::texts(words::recovered_project(), words::field_name(), before, after));
            }
            Edit::Text { field: TextField::LineName(index), before, after } => {
                rows.push(Row::texts(title(*index), words::field_name(), before, after));
            }
            Edit::Text { field: field @ (TextField::Client | TextField::Notes), before, after } => {
                let label = if *field == TextField::Client { words::form_client() } else { words::card_notes() };
                rows.push(Row::texts(words::recovered_project(), label, before, after));
            }
            Edit::Extends { before, after } => {
                rows.push(Row::texts(words::recovered_project(), words::layer_team(), before, after));
            }
            Edit::Shown { before, after } => {
                let (before, after) = (Some(words::shown_in(before)), Some(words::shown_in(after)));
                rows.push(Row::texts(words::recovered_project(), words::form_currency(), &before, &after));
            }
            Edit::Insert { line, .. } => rows.push(Row::plain(line.title(), added(line))),
            Edit::Remove { line, .. } => rows.push(Row::plain(line.title(), words::recovered_deleted())),
            Edit::Move { from, .. } => rows.push(Row::plain(title(*from), words::recovered_moved())),
            // It accompanies a moved or added line, and means nothing by itself.
            Edit::Position { .. } => {}
            Edit::Compare { before, after } => {
                let (before, after) = (Some(before.join(", ")), Some(after.join(", ")));
                rows.push(Row::texts(words::recovered_project(), words::recovered_compare(), &before, &after));
            }
            Edit::Inputs { card, before, after } => {
                let told = |inputs: &Option<Inputs>| inputs.map(|inputs| inputs.name().to_owned());
                rows.push(Row::texts(card, words::recovered_inputs(), &told(before), &told(after)));
            }
            Edit::Scenario { key, before, after } => {
                rows.extend(scenario_rows(key, before.as_deref(), after.as_deref()));
            }
            Edit::Baseline { before, after } => rows.extend(baseline_rows(before, after)),
            Edit::Months { before, after } => {
                let told = |months: &Option<u32>| months.map(|months| months.to_string());
                rows.push(Row::texts(words::recovered_project(), words::action_months(), &told(before), &told(after)));
            }
            Edit::Fee { name, before, after } => rows.extend(named_rows(name, before.as_deref(), after.as_deref())),
            Edit::Risk { key, before, after } => rows.extend(named_rows(key, before.as_deref(), after.as_deref())),
            // A difference between two budgets is a list of single edits, never `Whole`.
            Edit::Whole { .. } => {}
            Edit::Pins { before, after } => {
                let cards = before.keys().chain(after.keys()).collect::<std::collections::BTreeSet<_>>();
                let project = words::recovered_project();
                rows.extend(cards.into_iter().map(|card| Row::plain(project, words::recovered_prices(card))));
            }
        }
        edit.apply(&mut work);
    }
    rows
}

fn added(line: &Line) -> String {
    match line.settings.value(Knob::Finals) {
        Some(Value::Count(finals)) => words::recovered_added_with(finals),
        _ => words::recovered_added().to_owned(),
    }
}

/// The question what to do with them.
pub(in crate::app) const KIND: Kind = Kind {
    context: Context::Recovering,
    name: |_| words::dialog_recovery().to_owned(),
    purpose: |_| words::help_recovery(),
    go: navigation::scroll,
    ..PLAIN
};

/// Closes the question; false if it is not open.
fn closed(state: &mut State) -> bool {
    let open = matches!(state.overlays.top(), Some(Overlay::Recover { .. }));
    if open {
        state.overlays.close();
    }
    open
}

/// Opens the earlier session's whole budget as a copy.
pub(in crate::app) fn open_copy(state: &mut State) -> Vec<Effect> {
    if closed(state) { vec![Effect::OpenRecovered] } else { Vec::new() }
}

/// Deletes them.
pub(in crate::app) fn forget(state: &mut State) -> Vec<Effect> {
    if !closed(state) {
        return Vec::new();
    }
    state.say(Level::Note, words::notice_recovered_dropped());
    vec![Effect::DropRecovered]
}

/// Keeps them for the next start.
pub(in crate::app) fn later(state: &mut State) {
    if closed(state) {
        state.say(Level::Note, words::notice_recovered_kept());
    }
}

/// Restores the edits that fit as one step. The others stay in the earlier session's record, and are offered again.
pub(in crate::app) fn restore(state: &mut State) -> Vec<Effect> {
    let Some(Overlay::Recover { recovered, .. }) = state.overlays.top() else { return Vec::new() };
    let recovered = (**recovered).clone();
    let count = |counts: fn(&Edit) -> bool| recovered.edits.iter().filter(|edit| counts(edit)).count();
    let more = count(|edit| matches!(edit, Edit::Insert { .. }));
    let fewer = count(|edit| matches!(edit, Edit::Remove { .. }));
    // The question stays open: its other answers are still possible.
    if !has_room(state, more.saturating_sub(fewer)) {
        return Vec::new();
    }
    let (whole, left) = (recovered.is_whole(), recovered.left.len());
    // The edits name the team file, and only its text says what it sets.
    let extends = recovered.edits.iter().any(|edit| matches!(edit, Edit::Extends { .. }));
    state.overlays.close();
    state.carry_out(words::step_recovered().to_owned(), recovered.edits);
    let undo = state.reach(Action::Undo);
    if whole {
        state.say(Level::Note, words::notice_recovered(undo));
        return team_of(state, extends).into_iter().chain([Effect::HoldRecovered]).collect();
    }
    match left {
        0 => state.say(Level::Warning, words::notice_recovered_damaged(undo)),
        left => state.say(Level::Warning, words::notice_recovered_in_part(left, undo)),
    }
    team_of(state, extends)
}

/// Reads the team file that the project names, where edits changed that.
fn team_of(state: &State, extends: bool) -> Vec<Effect> {
    let wanted = Effect::Extend(state.base().extends.clone());
    if extends { vec![wanted] } else { Vec::new() }
}

/// Takes back a step that has just restored edits which name another team file: its edits.
pub(in crate::app) fn take_back(state: &mut State) -> Option<Vec<Edit>> {
    let names = |edit: &Edit| matches!(edit, Edit::Extends { .. });
    let last = state.project.history().last();
    let edits =
        last.filter(|step| step.label == words::step_recovered() && step.edits.iter().any(names))?.edits.clone();
    state.project.take_back(&state.session);
    Some(edits)
}

/// Where restored edits name a team file that cannot be read: all of them but that one stay. False if none were restored.
pub(in crate::app) fn without_team(state: &mut State, why: &str) -> bool {
    let Some(edits) = take_back(state) else { return false };
    let named = edits.iter().find_map(|edit| match edit {
        Edit::Extends { after, .. } => after.clone(),
        _ => None,
    });
    let others = edits.into_iter().filter(|edit| !matches!(edit, Edit::Extends { .. })).collect();
    state.carry_out(words::step_recovered().to_owned(), others);
    state.say(Level::Warning, words::notice_recovered_without_team(named.unwrap_or_default(), why));
    true
}

/// Shows the earlier session's whole budget as a project without a file: its edits are one step on the budget that it started
/// from.
pub(in crate::app) fn opened_copy(state: &mut State, opened: Opened, edits: Vec<Edit>) {
    state.show(opened);
    state.carry_out(words::step_recovered().to_owned(), edits);
    state.say(Level::Note, words::notice_recovered_copy());
}
