//! Rows of the project's form that are removed: fees and named risks.

use crate::app::actions::{fees, named_risks};
use crate::app::flows::project_form::{carry_out, selected, with_budget};
use crate::app::flows::project_risks::{remove_risk, selected_risk};
use crate::app::keys::action::{Action, Availability};
use crate::app::model::form::{Form, FormRow};
use crate::app::model::screen::Context;
use crate::app::model::state::State;
use crate::diagnostics::Level;
use crate::words;

/// Removes the selected fee or named risk.
pub(in crate::app) fn remove_fee(state: &mut State) {
    if let Some(name) = selected_risk(state) {
        return remove_risk(state, &name);
    }
    let Some((open, row)) = selected(state) else { return };
    let name = match row {
        FormRow::Fee(name) => name,
        _ => open.open_fee(state.budget()).unwrap_or_default().to_owned(),
    };
    let step = fees::removed(state, &name);
    let is_off = !step.1.is_empty() && fees::comes_back(state, &name);
    carry_out(state, step);
    if is_off {
        let undo = state.reach_in(Context::ProjectForm, Action::Undo);
        let is_of_project = state.project.scenario().is_some() && state.base().fees.contains_key(&name);
        let told =
            if is_of_project { words::notice_fee_off_here(name, undo) } else { words::notice_fee_off(name, undo) };
        state.say(Level::Note, told);
    }
    if open.fee.is_some() {
        with_budget(state, Form::close_page);
    }
}

impl State {
    /// Whether the form is open on a fee.
    pub(in crate::app) fn can_remove_fee(&self) -> Availability {
        if let Some(name) = selected_risk(self) {
            let is_there = !named_risks::removed(self, &name).1.is_empty();
            return if is_there { Ok(()) } else { Err(words::why_risk_off().to_owned()) };
        }
        let on_fee = selected(self)
            .is_some_and(|(open, row)| open.open_fee(self.budget()).is_some() || matches!(row, FormRow::Fee(_)));
        let name = selected(self).and_then(|(open, row)| match row {
            FormRow::Fee(name) => Some(name),
            _ => open.open_fee(self.budget()).map(str::to_owned),
        });
        let is_off = name.is_some_and(|name| fees::removed(self, &name).1.is_empty());
        match (on_fee, is_off) {
            (false, _) => Err(words::why_no_fee_selected().to_owned()),
            (true, true) => Err(words::why_fee_off().to_owned()),
            (true, false) => Ok(()),
        }
    }
}
