//! Named risks in the project's form: opened, added, removed.

use crate::app::actions::named_risks;
use crate::app::flows::project_form::{begin, carry_out, open_at, selected, with_budget};
use crate::app::keys::action::Action;
use crate::app::model::form::{FormRow, Typing};
use crate::app::model::screen::Context;
use crate::app::model::state::State;
use crate::diagnostics::Level;
use crate::words;

/// The row of the first named risk, or of a new one.
pub(super) fn first_row(state: &State) -> FormRow {
    let first = state.budget().all_risks().into_keys().next().map(|name| FormRow::Risk(name.to_owned()));
    first.unwrap_or(FormRow::NewRisk)
}

/// Opens the form at the named risk that is selected on the screen.
pub(in crate::app) fn open_risks(state: &mut State) {
    let names = named_risks::order_on_screen(state);
    let selected = names.get(state.view.selected_risk).or(names.last());
    let row = selected.map_or(FormRow::NewRisk, |name| FormRow::Risk(name.clone()));
    open_at(state, &row);
}

/// Opens the form and types a new risk.
pub(in crate::app) fn add_risk(state: &mut State) {
    open_at(state, &FormRow::NewRisk);
    type_new(state);
}

/// Types a new risk in its rows.
pub(super) fn type_new(state: &mut State) {
    begin(state, Typing::of(named_risks::new_fields(state)));
}

/// The named risk that is selected, or whose page is open.
pub(super) fn selected_risk(state: &State) -> Option<String> {
    let (open, row) = selected(state)?;
    match row {
        FormRow::Risk(name) => Some(name),
        _ => open.open_risk(state.budget()).map(str::to_owned),
    }
}

/// Removes it, or switches it off where another file would bring it back.
pub(super) fn remove_risk(state: &mut State, name: &str) {
    let step = named_risks::removed(state, name);
    let is_off = !step.1.is_empty() && named_risks::comes_back(state, name);
    carry_out(state, step);
    if is_off {
        let undo = state.reach_in(Context::ProjectForm, Action::Undo);
        let title = named_risks::title(state, name);
        let is_of_project = state.project.scenario().is_some() && state.base().risks.contains_key(name);
        let told =
            if is_of_project { words::notice_fee_off_here(title, undo) } else { words::notice_fee_off(title, undo) };
        state.say(Level::Note, told);
    }
    with_budget(state, |form, budget| {
        if form.risk.is_some() {
            form.close_page(budget);
        }
    });
}
