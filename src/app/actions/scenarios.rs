//! Scenarios: keeping what is on screen as one, choosing which is on screen, and the columns of their screen.

use crate::app::flows::ask::ask;
use crate::app::flows::difference::edits_between;
use crate::app::keys::action::{Action, Availability};
use crate::app::model::overlay::Ask;
use crate::app::model::screen::{Context, Screen};
use crate::app::model::state::State;
use crate::cost::base::limits::{NAME_MAX, SCENARIOS_MAX};
use crate::cost::base::money::{Currency, Decimal};
use crate::cost::budget::edit::{Edit, Scope};
use crate::cost::budget::scenario::{ChangePath, LineField};
use crate::cost::budget::slugs::FreeKeys;
use crate::cost::budget::{Baseline, Scenario};
use crate::cost::scenario::content::said;
use crate::cost::scenario::{columns, record};
use crate::cost::{Budget, Estimate, Knob};
use crate::diagnostics::Level;
use crate::figures::{Amount, SideBySide, in_shown_currency, since_change};
use crate::words;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Moves the edits since opening, or since the last time, into a new scenario, shows that, and asks for its name. Nothing visible
/// moves. In a scenario they are its own edits since then.
pub(in crate::app) fn keep(state: &mut State) {
    if !has_room(state) {
        return;
    }
    match kept(state) {
        Ok(Some((scenario, others))) => {
            let name = proposed(state, &scenario);
            keep_as(state, &name, scenario, others);
            ask(state, Ask::KeptScenario, name);
        }
        Ok(None) => {
            let told = words::notice_nothing_to_keep(state.reach(Action::KeepScenario));
            state.say(Level::Note, told);
        }
        Err(why) => {
            let told = words::unsayable(why, state.reach(Action::ScenarioPrevious));
            state.say(Level::Warning, told);
        }
    }
}

/// A new scenario, and the edits that take its changes back from where they are now.
type Kept = (Scenario, Vec<Edit>);

fn kept(state: &State) -> Result<Option<Kept>, crate::cost::scenario::Unsayable> {
    let (now, then) = (state.base(), state.project.before_edits());
    if let Some(key) = state.project.scenario() {
        let (Some(scenario), Some(before)) = (now.scenarios.get(key), then.scenarios.get(key)) else {
            return Ok(None);
        };
        let edit =
            Edit::Scenario { key: key.to_owned(), before: Some(Arc::clone(scenario)), after: Some(Arc::clone(before)) };
        let kept = Scenario { name: None, note: None, ..Scenario::clone(scenario) };
        return Ok((scenario.changes != before.changes).then(|| (kept, vec![edit])));
    }
    let recorded = record(&then, &Scenario::default(), &then, &edits_between(&then, now), state.session.catalog)?;
    if recorded.scenario.changes.is_empty() {
        return Ok(None);
    }
    let mut back = then;
    for edit in &recorded.project {
        edit.apply(&mut back);
    }
    Ok(Some((recorded.scenario, edits_between(now, &back))))
}

fn keep_as(state: &mut State, name: &str, scenario: Scenario, mut edits: Vec<Edit>) {
    let key = free_key(state.base(), name);
    let scenario = Scenario { name: Some(name.to_owned()).filter(|name| *name != key), ..scenario };
    edits.push(Edit::Scenario { key: key.clone(), before: None, after: Some(Arc::new(scenario)) });
    let line = state.view.selection.line();
    state.session.notice = None;
    state.project.keep(words::step_kept(name), edits, key, line, &state.session);
    state.keep_cursor();
    state.view.scenario_column = position(state, state.project.scenario());
}

/// Takes the name that was typed for the scenario just kept: the same step, under this name.
pub(in crate::app) fn name_kept(state: &mut State, typed: &str) {
    let Some(key) = state.project.scenario() else { return };
    let Some(scenario) = state.base().scenarios.get(key).cloned() else { return };
    if typed.is_empty() || scenario.title(key) == typed {
        return;
    }
    state.project.take_back(&state.session);
    if let Ok(Some((scenario, edits))) = kept(state) {
        keep_as(state, typed, scenario, edits);
    }
}

/// The name that is proposed: the value if only one was changed, else a number.
fn proposed(state: &State, scenario: &Scenario) -> String {
    let mut named = BTreeSet::new();
    for path in scenario.changes.effective_paths() {
        named.insert(match &path {
            ChangePath::Assumption(knob) | ChangePath::Line(_, LineField::Knob(knob)) => {
                let label = words::knob_in_sentence(*knob);
                words::step_set(label, words::content(&said(&scenario.changes, &path)))
            }
            ChangePath::Line(..) | ChangePath::Fee(..) | ChangePath::Risk(..) => String::new(),
        });
    }
    let name = if named.len() == 1 { named.pop_first().unwrap_or_default() } else { String::new() };
    let taken: BTreeSet<&str> = state.base().scenarios.iter().map(|(key, other)| other.title(key)).collect();
    let is_free =
        |name: &String| !name.is_empty() && name.chars().count() <= NAME_MAX && !taken.contains(name.as_str());
    if is_free(&name) {
        return name;
    }
    let first = state.base().scenarios.len() + 1;
    (first..).map(words::scenario_number).find(is_free).unwrap_or_default()
}

fn free_key(budget: &Budget, name: &str) -> String {
    FreeKeys::among(budget.scenarios.keys()).take(name)
}

fn has_room(state: &mut State) -> bool {
    let room = state.base().scenarios.len() < SCENARIOS_MAX;
    if !room {
        state.say(Level::Warning, words::notice_no_room_for_scenarios(SCENARIOS_MAX));
    }
    room
}

/// Shows the next or the previous scenario; the project itself comes first.
pub(in crate::app) fn turn(state: &mut State, by: isize) {
    if let Err(why) = state.has_scenarios() {
        return state.say(Level::Note, why);
    }
    let keys: Vec<Option<String>> =
        std::iter::once(None).chain(state.base().scenarios.keys().cloned().map(Some)).collect();
    let now = keys.iter().position(|key| key.as_deref() == state.project.scenario()).unwrap_or(0);
    let count = isize::try_from(keys.len()).unwrap_or(1);
    let next = (isize::try_from(now).unwrap_or(0) + by).rem_euclid(count);
    let key = usize::try_from(next).ok().and_then(|next| keys.get(next)).cloned().flatten();
    show(state, key.as_deref());
}

fn show(state: &mut State, key: Option<&str>) {
    state.look_at(key);
    state.view.scenario_column = position(state, key);
    let (shown, totals) = (&state.budget().shown, &state.estimate().totals);
    let total = crate::figures::total_text(shown, totals);
    let told = words::notice_on_screen(title(state, key), total);
    match graver_findings(state) {
        Some(found) => state.say(Level::Warning, words::notice_on_screen_but(told, found)),
        None => state.say(Level::Note, told),
    }
}

/// What the scenario on screen changes and what moved or is gone since it was written.
fn graver_findings(state: &State) -> Option<String> {
    let mut found = state.project.findings().iter().filter(|finding| finding.kind.level() != Level::Note);
    let first = words::finding(found.next()?).message;
    Some(match found.count() {
        0 => first,
        more => words::scenario_and_more(first, more),
    })
}

/// A scenario's name; the project's place without one.
#[must_use]
pub fn title(state: &State, key: Option<&str>) -> String {
    let all = &state.base().scenarios;
    let named = |key: &str| {
        let name = all.get(key)?.title(key);
        let others = all.iter().filter(|(other, _)| other.as_str() != key);
        let mut others = others.map(|(other, scenario)| scenario.title(other)).chain([words::found_project()]);
        let alone = !others.any(|other| other == name);
        Some(if alone { name.to_owned() } else { words::scenario_told_apart(name, key) })
    };
    key.and_then(named).unwrap_or_else(|| words::found_project().to_owned())
}

fn position(state: &State, key: Option<&str>) -> usize {
    columns(state.base()).iter().position(|column| *column == key).unwrap_or(0)
}

/// The scenario of the selected column; `None` for the project itself.
#[must_use]
pub fn selected(state: &State) -> Option<String> {
    let columns = columns(state.base());
    let at = state.view.scenario_column.min(columns.len().saturating_sub(1));
    columns.get(at).copied().flatten().map(str::to_owned)
}

/// Selects the column to the left or the right.
pub(in crate::app) fn go(state: &mut State, by: isize) {
    let last = columns(state.base()).len().saturating_sub(1);
    let at = &mut state.view.scenario_column;
    *at = (*at).min(last).saturating_add_signed(by).min(last);
}

/// The name of a step to the side, for the footer.
pub(in crate::app) fn footer_column(at: Context) -> &'static str {
    if at.path().contains(&Context::Bills) { words::footer_bill() } else { words::footer_scenario() }
}

/// Scrolls the rows, at most as far as the last frame measured.
pub(in crate::app) fn scroll(state: &mut State, by: isize) {
    let furthest = state.view.furthest_scroll;
    let now = state.view.scenarios_scroll.min(furthest);
    state.view.scenarios_scroll = if by == isize::MAX { furthest } else { now.saturating_add_signed(by).min(furthest) };
}

/// Shows the selected column's scenario on the worksheet.
pub(in crate::app) fn open(state: &mut State) {
    let key = selected(state);
    show(state, key.as_deref());
    let notice = state.session.notice.take();
    crate::app::actions::navigation::show(state, Screen::Worksheet);
    state.session.notice = notice;
}

/// Copies the selected scenario.
pub(in crate::app) fn duplicate(state: &mut State) {
    let Some((key, scenario)) = selected_scenario(state).filter(|_| has_room(state)) else { return };
    let mut title = scenario.title(&key).to_owned();
    while words::copy_of(&title).chars().count() > NAME_MAX {
        title.pop();
    }
    let name = words::copy_of(title.trim_end());
    let new = free_key(state.base(), &name);
    let copy = Scenario { name: Some(name.clone()), ..Scenario::clone(&scenario) };
    let edit = Edit::Scenario { key: new.clone(), before: None, after: Some(Arc::new(copy)) };
    state.carry_out(words::step_kept(&name), vec![edit]);
    state.view.scenario_column = position(state, Some(&new));
}

/// Deletes the selected scenario; a baseline that named it names none then.
pub(in crate::app) fn delete(state: &mut State) {
    let Some((key, scenario)) = selected_scenario(state) else { return };
    let title = scenario.title(&key).to_owned();
    let mut edits = vec![Edit::Scenario { key: key.clone(), before: Some(scenario), after: None }];
    let before = state.base().baseline.clone();
    let mut ended = None;
    if before.scenario.as_deref() == Some(&key) {
        let (after, lock) = other_baseline(state, None);
        ended = lock;
        edits.push(Edit::Baseline { before: Box::new(before), after: Box::new(after) });
    }
    state.carry_out(words::step_deleted(&title), edits);
    go(state, 0);
    let undo = state.reach(Action::Undo);
    let told = match ended {
        Some(total) => words::notice_deleted_with_lock(title, total, undo),
        None => words::notice_deleted(title, undo),
    };
    state.say(Level::Note, told);
}

fn selected_scenario(state: &State) -> Option<(String, Arc<Scenario>)> {
    let key = selected(state)?;
    let scenario = state.base().scenarios.get(&key).cloned()?;
    Some((key, scenario))
}

/// Asks for the name of the selected scenario.
pub(in crate::app) fn rename(state: &mut State) {
    if let Some((key, scenario)) = selected_scenario(state) {
        ask(state, Ask::ScenarioName, scenario.title(&key));
    }
}

/// Asks for its note.
pub(in crate::app) fn note(state: &mut State) {
    if let Some((_, scenario)) = selected_scenario(state) {
        ask(state, Ask::ScenarioNote, scenario.note.clone().unwrap_or_default());
    }
}

/// Gives the selected scenario another name; its key stays, so that files still merge.
pub(in crate::app) fn set_name(state: &mut State, typed: &str) {
    let Some((key, before)) = selected_scenario(state) else { return };
    let name = Some(typed.to_owned()).filter(|name| !name.is_empty() && *name != key);
    let after = Scenario { name, ..Scenario::clone(&before) };
    change(state, words::step_renamed(before.title(&key)), key, before, after);
}

/// Gives it another note.
pub(in crate::app) fn set_note(state: &mut State, typed: &str) {
    let Some((key, before)) = selected_scenario(state) else { return };
    let after = Scenario { note: Some(typed.to_owned()).filter(|note| !note.is_empty()), ..Scenario::clone(&before) };
    change(state, words::action_scenario_note().to_owned(), key, before, after);
}

fn change(state: &mut State, label: String, key: String, before: Arc<Scenario>, after: Scenario) {
    if *before != after {
        state.carry_out(label, vec![Edit::Scenario { key, before: Some(before), after: Some(Arc::new(after)) }]);
    }
}

/// Makes the selected column the one that the others are compared with.
pub(in crate::app) fn promote(state: &mut State) {
    let key = selected(state);
    let (after, ended) = other_baseline(state, key.clone());
    let title = title(state, key.as_deref());
    set_baseline(state, words::step_promoted(&title), after);
    state.view.scenario_column = 0;
    if let Some(ended) = ended {
        let told = words::notice_lock_ended(ended, state.reach(Action::LockBaseline), state.reach(Action::Undo));
        state.say(Level::Note, told);
    }
}

/// The baseline with another scenario, and the total that was locked before: it is no total of the other one, so the lock ends.
fn other_baseline(state: &State, scenario: Option<String>) -> (Baseline, Option<String>) {
    let before = state.base().baseline.clone();
    if before.scenario == scenario {
        return (before, None);
    }
    let ended = before.total.map(|total| in_currency(&before, total));
    (Baseline { scenario, ..Baseline::default() }, ended)
}

/// Locks the total of the baseline, with the day and the prices; locked already, it locks the total of today.
pub(in crate::app) fn lock(state: &mut State) {
    let base = state.base();
    let scenario = base.baseline.scenario.as_deref().and_then(|key| base.scenarios.get(key));
    let found = match scenario {
        Some(scenario) => {
            let applied = crate::cost::scenario::apply(base, scenario, state.session.catalog);
            let mut estimate = state.project.base_estimate().clone();
            applied.refresh(&mut estimate, state.session.catalog, state.session.today);
            locked(state, &applied.budget, &estimate)
        }
        None => locked(state, base, state.project.base_estimate()),
    };
    match found {
        Some(after) => {
            let told = words::notice_locked(after.total.map(|total| in_currency(&after, total)).unwrap_or_default());
            set_baseline(state, words::action_lock_baseline().to_owned(), after);
            state.say(Level::Note, told);
        }
        None => state.say(Level::Warning, words::why_no_total_to_lock()),
    }
}

fn in_currency(baseline: &Baseline, amount: Decimal) -> String {
    Amount::in_currency(baseline.currency.unwrap_or(Currency::USD), amount).to_string()
}

/// The baseline with today's amounts, in the currency of the project, or in USD where no exchange rate is known.
fn locked(state: &State, budget: &Budget, estimate: &Estimate) -> Option<Baseline> {
    let currency = budget.shown.currency;
    let amount = |usd: Option<Decimal>| in_shown_currency(&budget.shown, usd?);
    let total = amount(estimate.totals.total)?;
    let cards = || estimate.models().map(|model| budget.card(model).provenance.checked);
    let first = cards().next().flatten();
    let lines = estimate.lines.iter().filter_map(|line| Some((line.key.clone(), amount(line.total)?))).collect();
    Some(Baseline {
        scenario: budget.baseline.scenario.clone(),
        total: Some(total),
        mean: amount(estimate.totals.subtotal),
        currency: Some(currency),
        on: Some(state.session.today),
        // One day stands for all prices, so it is said only if they share it.
        prices: first.filter(|_| cards().all(|day| day == first)),
        lines,
    })
}

fn set_baseline(state: &mut State, label: String, after: Baseline) {
    let before = state.base().baseline.clone();
    if before != after {
        state.carry_out(label, vec![Edit::Baseline { before: Box::new(before), after: Box::new(after) }]);
    }
}

/// What became of the locked total, for the headline: `since 18 Nov: +$41 (+9 %)`; `None` if none is locked, or it is unknown.
#[must_use]
pub fn since_lock(state: &State) -> Option<String> {
    let found = state.project.since_lock(&state.session)?;
    let told = since_change(&state.budget().shown, found, state.estimate().totals.approximate)?;
    Some(words::headline_since(words::compare_since(found.on), told))
}

/// The table of the screen.
#[must_use]
pub fn table(state: &State) -> SideBySide<'_> {
    let (project, session) = (&state.project, &state.session);
    let (comparison, differences) = (project.comparison(session), project.differences(session));
    SideBySide { budget: state.base(), comparison, differences }
}

/// The total of the selected column, to be copied.
pub(in crate::app) fn figure(state: &State) -> String {
    let compared = state.project.comparison(&state.session);
    let at = state.view.scenario_column.min(compared.columns.len().saturating_sub(1));
    let totals = compared.columns.get(at).map(|column| &column.totals);
    totals.map_or_else(String::new, |totals| crate::figures::total_text(&state.base().shown, totals))
}

/// Availability of the actions.
impl State {
    /// Whether the project has a scenario.
    pub(in crate::app) fn has_scenarios(&self) -> Availability {
        match self.base().scenarios.is_empty() {
            true => Err(words::why_no_scenarios(self.reach(Action::KeepScenario))),
            false => Ok(()),
        }
    }

    /// Whether a scenario's column is selected.
    pub(in crate::app) fn has_scenario_column(&self) -> Availability {
        self.has_scenarios()?;
        match (self.view.screen == Screen::Scenarios, selected(self)) {
            (false, _) => Err(words::why_on_scenarios(self.reach(Action::Scenarios))),
            (true, None) => Err(words::why_project_column().to_owned()),
            (true, Some(_)) => Ok(()),
        }
    }

    /// Whether the screen with the columns is shown.
    pub(in crate::app) fn has_any_column(&self) -> Availability {
        match self.view.screen == Screen::Scenarios {
            true => Ok(()),
            false => Err(words::why_on_scenarios(self.reach(Action::Scenarios))),
        }
    }

    /// Whether there is another column beside the selected one, of bills or of scenarios.
    pub(in crate::app) fn has_columns_beside(&self) -> Availability {
        if self.view.screen == Screen::Scenarios { self.has_scenarios() } else { self.has_cards() }
    }

    /// Whether a scenario is on screen: then the way back is the first thing to know. Beside the columns Enter is one too.
    pub(in crate::app) fn shows_scenario(&self) -> bool {
        self.project.scenario().is_some() && self.view.screen != Screen::Scenarios
    }

    /// Whether a value can be taken back here: with a scenario on screen only a change of it, since a scenario cannot take away
    /// what the project itself sets.
    pub(in crate::app) fn is_changed_here(&self, knob: Knob) -> Availability {
        let Some(key) = self.project.scenario() else { return Ok(()) };
        let path = match self.scope_of(knob) {
            Scope::Assumptions => Some(ChangePath::Assumption(knob)),
            Scope::Line(index) => {
                let line = self.budget().lines.get(index);
                line.map(|line| ChangePath::Line(line.key.clone(), LineField::Knob(knob)))
            }
        };
        let scenario = self.base().scenarios.get(key);
        let says = scenario.zip(path).is_some_and(|(scenario, path)| scenario.changes.says(&path));
        if says { Ok(()) } else { Err(words::why_not_changed_by_scenario(title(self, Some(key)))) }
    }

    /// Whether the project itself is on screen, for what belongs to it alone.
    pub(in crate::app) fn is_project(&self) -> Availability {
        match self.project.scenario() {
            None => Ok(()),
            Some(key) => Err(words::why_in_scenario(title(self, Some(key)), self.reach(Action::ScenarioPrevious))),
        }
    }

    /// Whether a deliverable can be moved here.
    pub(in crate::app) fn can_move(&self) -> Availability {
        self.can_arrange()?;
        self.is_project()
    }
}
