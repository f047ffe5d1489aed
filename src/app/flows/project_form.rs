//! The form of the project: everything that a project says of itself, changed in place, each change one step.

use crate::app::actions::{choose, fees, named_risks, project_values};
use crate::app::flows::project_risks::type_new;
use crate::app::flows::recovery;
use crate::app::keys::action::{Action, Availability};
use crate::app::model::entry::Entry;
use crate::app::model::form::{Form, FormRow, Typing};
use crate::app::model::outcome::{Effect, Opened};
use crate::app::model::overlay::{Kind, Overlay, PLAIN};
use crate::app::model::screen::Context;
use crate::app::model::state::State;
use crate::cost::Budget;
use crate::cost::base::money::{Currency, Shown};
use crate::cost::budget::edit::Edit;
use crate::cost::budget::{FeeKey, RiskKey};
use crate::diagnostics::Level;
use crate::words;

/// The form while a row is selected.
pub(in crate::app) const ROWS: Kind = Kind {
    context: Context::ProjectForm,
    name: |_| words::dialog_project().to_owned(),
    purpose: |_| words::help_project(),
    waits: false,
    go,
    enter: |_| words::action_edit(),
    accept: edit,
    cancel,
    ..PLAIN
};

/// The form while a row is typed.
pub(in crate::app) const TYPING: Kind = Kind {
    context: Context::ProjectField,
    purpose: |_| words::help_project_typing(),
    waits: true,
    go: go_field,
    enter: |_| words::action_apply_way(),
    accept: apply,
    cancel: |state| {
        if let Some(form) = form_mut(state) {
            form.typing = None;
        }
    },
    entry: |overlay| {
        let Overlay::Project(form) = overlay else { return None };
        let typing = form.typing.as_mut()?;
        typing.fields.get_mut(typing.at).map(|(_, entry)| entry)
    },
    typed,
    ..ROWS
};

pub(super) fn form_mut(state: &mut State) -> Option<&mut Form> {
    let Some(Overlay::Project(form)) = state.overlays.top_mut() else { return None };
    Some(form)
}

/// Changes the open form beside the project's values.
pub(super) fn with_budget(state: &mut State, change: impl FnOnce(&mut Form, &Budget)) {
    let Some(mut open) = form_mut(state).map(std::mem::take) else { return };
    change(&mut open, state.budget());
    if let Some(form) = form_mut(state) {
        *form = open;
    }
}

/// Whether a text of several lines is being typed.
pub(in crate::app) fn takes_lines(state: &State) -> bool {
    let row = form(state).filter(|form| form.typing.is_some()).and_then(|form| form.row(state.budget()));
    matches!(row, Some(FormRow::Notes | FormRow::FeeKey(FeeKey::Note) | FormRow::RiskKey(RiskKey::Note)))
}

fn form(state: &State) -> Option<&Form> {
    let Some(Overlay::Project(form)) = state.overlays.below_help() else { return None };
    Some(form)
}

/// The form with a row selected.
pub(in crate::app) fn open_at(state: &mut State, row: &FormRow) {
    let mut form = Form::default();
    form.go_to(row, state.budget());
    state.session.notice = None;
    state.overlays.show(Overlay::Project(Box::new(form)));
}

/// Opens the form.
pub(in crate::app) fn open(state: &mut State) {
    open_at(state, &FormRow::Name);
}

/// Opens the form at the fees.
pub(in crate::app) fn open_fees(state: &mut State) {
    let first = state.budget().all_fees().into_keys().next().map(|name| FormRow::Fee(name.to_owned()));
    open_at(state, &first.unwrap_or(FormRow::NewFee));
}

fn go(state: &mut State, by: isize) {
    state.session.notice = None;
    with_budget(state, |form, budget| form.go(form.at(budget).saturating_add_signed(by), budget));
}

/// To another of the fields that are typed together.
fn go_field(state: &mut State, by: isize) {
    if let Some(typing) = form_mut(state).and_then(|form| form.typing.as_mut()) {
        let last = typing.fields.len().saturating_sub(1);
        typing.at = typing.at.saturating_add_signed(by).min(last);
    }
}

/// Esc: back to the project's page, or out of the form.
fn cancel(state: &mut State) {
    match form(state).is_some_and(|form| form.has_page(state.budget())) {
        true => with_budget(state, Form::close_page),
        false => (PLAIN.cancel)(state),
    }
}

/// Enter on a row: its list, its page, or its text in place.
pub(in crate::app) fn edit(state: &mut State) -> Vec<Effect> {
    let Some((open, row)) = selected(state) else { return Vec::new() };
    state.session.notice = None;
    match row {
        FormRow::Currency | FormRow::FeeKey(FeeKey::Per) => choose::open_row(state, row),
        FormRow::FeeKey(FeeKey::Off) => {
            let step = fees::toggled(state, open.open_fee(state.budget()).unwrap_or_default());
            carry_out(state, step);
        }
        FormRow::Fee(name) => {
            if let Some(form) = form_mut(state) {
                form.open(name);
            }
        }
        FormRow::Risk(name) => {
            if let Some(form) = form_mut(state) {
                form.open_page_of_risk(name);
            }
        }
        FormRow::RiskKey(RiskKey::Off) => {
            let step = named_risks::toggled(state, open.open_risk(state.budget()).unwrap_or_default());
            carry_out(state, step);
        }
        FormRow::NewRisk => type_new(state),
        FormRow::Rate | FormRow::Day | FormRow::Source => type_rate(state, &open, &row),
        FormRow::NewFee => {
            let unit = words::form_new_unit().to_owned();
            let texts =
                [(FormRow::NewFee, String::new()), (FormRow::NewAmount, String::new()), (FormRow::NewUnit, unit)];
            begin(state, Typing::of(texts));
        }
        row => {
            let text = project_values::typed(state, &open, &row);
            begin(state, Typing::of([(row, text)]));
        }
    }
    Vec::new()
}

/// Whether the selected row takes a number, or text that begins with one.
pub(in crate::app) fn takes_a_number(state: &State) -> bool {
    match selected(state) {
        Some((_, FormRow::Knob(_) | FormRow::Months | FormRow::Rate | FormRow::Day | FormRow::NewAmount)) => true,
        Some((_, FormRow::FeeKey(key))) => key == FeeKey::Amount,
        Some((_, FormRow::RiskKey(key) | FormRow::NewRiskKey(key))) => {
            matches!(key, RiskKey::Chance | RiskKey::Finals | RiskKey::Amount)
        }
        Some(_) | None => false,
    }
}

/// Opens the selected row for typing; false if it is chosen from a list, switched, or a page of its own.
pub(in crate::app) fn begin_row(state: &mut State) -> bool {
    match selected(state) {
        None => return false,
        Some((_, row)) => match row {
            FormRow::Currency | FormRow::Fee(_) | FormRow::FeeKey(FeeKey::Per | FeeKey::Off) => return false,
            FormRow::Risk(_) | FormRow::RiskKey(RiskKey::Off) => return false,
            FormRow::Name
            | FormRow::Client
            | FormRow::Rate
            | FormRow::Day
            | FormRow::Source
            | FormRow::TeamFile
            | FormRow::Knob(_)
            | FormRow::Months
            | FormRow::NewFee
            | FormRow::NewAmount
            | FormRow::NewUnit
            | FormRow::NewRisk
            | FormRow::NewRiskKey(_)
            | FormRow::RiskKey(_)
            | FormRow::Notes
            | FormRow::FeeKey(_) => {}
        },
    }
    edit(state);
    true
}

pub(super) fn selected(state: &State) -> Option<(Form, FormRow)> {
    let form = form(state)?;
    Some((form.clone(), form.row(state.budget())?))
}

pub(super) fn begin(state: &mut State, typing: Typing) {
    if let Some(form) = form_mut(state) {
        form.typing = Some(typing);
    }
}

/// Types the rate with its day and source, the keyboard on one of them.
fn type_rate(state: &mut State, open: &Form, row: &FormRow) {
    let rows = [FormRow::Rate, FormRow::Day, FormRow::Source];
    let at = rows.iter().position(|other| other == row).unwrap_or(0);
    let texts = rows.map(|row| {
        let text = project_values::typed(state, open, &row);
        (row, text)
    });
    begin(state, Typing { at, ..Typing::of(texts) });
}

/// A currency was chosen: USD counts at once, another one with its rate.
fn choose_currency(state: &mut State, currency: Currency) {
    let before = state.budget().shown.clone();
    if currency == before.currency && before.exchange.is_some() {
        return;
    }
    if currency == Currency::USD {
        let step = project_values::shown_edit(state, Shown::usd());
        return carry_out(state, step);
    }
    let today = state.session.today.to_string();
    let texts = [(FormRow::Rate, String::new()), (FormRow::Day, today), (FormRow::Source, String::new())];
    let typing = Typing { currency: Some(currency), ..Typing::of(texts) };
    begin(state, typing);
}

/// An entry of a row's list was chosen.
pub(in crate::app) fn choose(state: &mut State, row: &FormRow, text: &str) {
    match row {
        FormRow::Currency => {
            if let Some(currency) = Currency::parse(text) {
                choose_currency(state, currency);
            }
        }
        FormRow::FeeKey(key) => {
            let name = form(state).and_then(|form| form.fee.clone()).unwrap_or_default();
            if let Ok(step) = fees::changed(state, &name, *key, text) {
                carry_out(state, step);
            }
        }
        _ => {}
    }
}

/// Whether a row has this value now.
pub(in crate::app) fn has(state: &State, row: &FormRow, text: &str) -> bool {
    form(state).is_some_and(|form| project_values::typed(state, form, row) == text)
}

/// A field's text changed: nothing is refused any more, and a new rate is today's until its day is typed.
fn typed(state: &mut State) {
    let now = state.budget().shown.exchange.as_ref().map(|exchange| exchange.as_of);
    let rate = form(state).map(|form| project_values::typed(state, form, &FormRow::Rate)).unwrap_or_default();
    let today = state.session.today;
    let Some(typing) = form_mut(state).and_then(|form| form.typing.as_mut()) else { return };
    typing.refused = None;
    match typing.fields.get(typing.at).map(|(row, _)| row.clone()) {
        Some(FormRow::Day) => typing.dated = true,
        Some(FormRow::Rate) if !typing.dated && typing.currency.is_none() => {
            let is_old = typing.text(&FormRow::Rate) == Some(rate.as_str());
            let day = now.filter(|_| is_old).unwrap_or(today);
            if let Some((_, entry)) = typing.fields.iter_mut().find(|(row, _)| *row == FormRow::Day) {
                *entry = Entry::new(day.to_string());
            }
        }
        _ => {}
    }
}

/// Enter while typing: applies the fields as one step, or says which rule a text breaks.
fn apply(state: &mut State) -> Vec<Effect> {
    let Some(open) = form(state).cloned() else { return Vec::new() };
    let Some(typing) = open.typing.clone() else { return Vec::new() };
    if let Some((FormRow::TeamFile, entry)) = typing.fields.first() {
        return extend(state, entry.text().trim());
    }
    let new_risk = typing.text(&FormRow::NewRisk).map(|_| named_risks::new_key(state, &typing));
    match project_values::edits(state, &open, &typing) {
        Ok(step) => {
            if let Some(form) = form_mut(state) {
                form.typing = None;
            }
            carry_out(state, step);
            let added = typing.text(&FormRow::NewFee).map(|name| FormRow::Fee(name.to_owned()));
            let added = added.or(new_risk.map(FormRow::Risk));
            if let Some(row) = added {
                with_budget(state, |form, budget| form.go_to(&row, budget));
            }
        }
        Err((row, why)) => {
            // A field further down that is still empty is the next one to fill: nothing in it is wrong yet.
            let place = typing.fields.iter().position(|(other, _)| *other == row);
            match place.filter(|place| *place > typing.at && typing.text(&row) == Some("")) {
                Some(next) => go_to_field(state, next),
                None => refuse(state, &row, why),
            }
        }
    }
    Vec::new()
}

fn go_to_field(state: &mut State, at: usize) {
    if let Some(typing) = form_mut(state).and_then(|form| form.typing.as_mut()) {
        (typing.at, typing.refused) = (at, None);
    }
}

fn refuse(state: &mut State, row: &FormRow, why: String) {
    if let Some(typing) = form_mut(state).and_then(|form| form.typing.as_mut()) {
        typing.at = typing.fields.iter().position(|(other, _)| other == row).unwrap_or(typing.at);
        typing.refused = Some(why);
    }
}

pub(super) fn carry_out(state: &mut State, (label, edits): (String, Vec<Edit>)) {
    if edits.is_empty() {
        return;
    }
    state.session.notice = None;
    let counted = named_risks::counted(state);
    if state.carry_out(label, edits)
        && let Some(stopped) = named_risks::stopped(state, &counted)
    {
        let undo = state.reach_in(Context::ProjectForm, Action::Undo);
        state.say(Level::Warning, words::notice_undoable(stopped, undo));
    }
}

/// Back to the team file's value, or to none.
pub(in crate::app) fn reset(state: &mut State) -> Vec<Effect> {
    let Some((open, row)) = selected(state) else { return Vec::new() };
    if row == FormRow::TeamFile {
        return extend(state, "");
    }
    if let Some(step) = project_values::reset(state, &open, &row) {
        carry_out(state, step);
    }
    Vec::new()
}

/// Names another team file, or none; whether it can be read is the runtime's answer.
fn extend(state: &mut State, wanted: &str) -> Vec<Effect> {
    let wanted = Some(wanted.to_owned()).filter(|wanted| !wanted.is_empty());
    // The same path reads the file again, which may have changed since.
    if wanted.is_none() && state.base().extends.is_none() {
        if let Some(form) = form_mut(state) {
            form.typing = None;
        }
        return Vec::new();
    }
    vec![Effect::Extend(wanted)]
}

/// The team file that was asked for is read: its values count, as one step.
pub(in crate::app) fn extended(state: &mut State, mut opened: Opened) {
    if let Some(form) = form_mut(state) {
        form.typing = None;
    }
    if recovery::take_back(state).is_some() {
        // The edits that were restored and the values of the team file that they name are one step.
        let line = state.view.selection.line();
        state.project.extend(&mut opened, words::step_recovered().to_owned(), line, &state.session);
        state.keep_cursor();
        return;
    }
    state.session.notice = None;
    if opened.budget == *state.base() {
        state.project.retrace(&mut opened);
        return;
    }
    let name = opened.budget.extends.clone();
    let label = words::step_set(words::layer_team(), name.unwrap_or_else(|| words::bill_none().to_owned()));
    state.project.extend(&mut opened, label, state.view.selection.line(), &state.session);
    state.keep_cursor();
    say_what_was_taken(state);
}

/// Most values that a notice names.
const NAMED: usize = 3;

/// Says which values of the team file count, and which ones the project sets itself.
fn say_what_was_taken(state: &mut State) {
    let base = state.base();
    let Some(file) = base.extends.clone() else { return };
    let of_team = base.team.iter().map(|(knob, _)| (words::knob_label(knob), base.assumptions.get(knob).is_none()));
    let client = base.team_head.client.as_ref().map(|client| base.client.as_ref() == Some(client));
    let shown = base.team_head.shown.as_ref().map(|shown| *shown == base.shown);
    let months = base.team_head.months.map(|months| base.bills.months == Some(months));
    let head = [(words::form_client(), client), (words::form_currency(), shown), (words::card_months(), months)];
    let head = head.into_iter().filter_map(|(label, is_taken)| Some((label, is_taken?)));
    let (taken, own): (Vec<_>, Vec<_>) = of_team.chain(head).partition(|(_, is_taken)| *is_taken);
    let (taken, own) = (names(&taken), names(&own));
    let key = state.reach_in(Context::ProjectForm, Action::ResetRow);
    let told = match (taken, own) {
        (taken, None) => words::notice_extended(file, taken.unwrap_or_else(|| words::notice_none_taken().to_owned())),
        (taken, Some(own)) => {
            let taken = taken.unwrap_or_else(|| words::notice_none_taken().to_owned());
            words::notice_extended_in_part(file, taken, own, key)
        }
    };
    state.say(Level::Note, told);
}

/// The first values by name, and how many more there are; `None` without any.
fn names(values: &[(&str, bool)]) -> Option<String> {
    let more = values.len().saturating_sub(NAMED);
    let named = values.iter().take(NAMED).map(|(label, _)| (*label).to_owned());
    let all: Vec<String> = named.chain((more > 0).then(|| words::keepers_more(more))).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

/// It was not: below the typed path, or as a notice if none is typed.
pub(in crate::app) fn not_extended(state: &mut State, why: String) {
    if recovery::without_team(state, &why) {
        return;
    }
    let is_typed = form(state).is_some_and(|form| form.typing.is_some());
    match is_typed {
        true => refuse(state, &FormRow::TeamFile, why),
        false => state.say(Level::Error, why),
    }
}

/// A click on a row: selects it; on the selected one, the same as Enter.
pub(in crate::app) fn click(state: &mut State, at: usize) -> Vec<Effect> {
    let Some(open) = form(state) else { return Vec::new() };
    let row = open.rows(state.budget()).get(at).cloned();
    match (&open.typing, row) {
        (Some(typing), Some(row)) => {
            let field = typing.fields.iter().position(|(other, _)| *other == row);
            if let (Some(field), Some(typing)) = (field, form_mut(state).and_then(|form| form.typing.as_mut())) {
                typing.at = field;
            }
        }
        (None, Some(_)) if open.at(state.budget()) == at => return edit(state),
        (None, Some(_)) => {
            state.session.notice = None;
            with_budget(state, |form, budget| form.go(at, budget));
        }
        (_, None) => {}
    }
    Vec::new()
}

impl State {
    /// Whether the form is open on a row with a value of the project's own, which can be given back.
    pub(in crate::app) fn can_reset_row(&self) -> Availability {
        let Some((open, row)) = selected(self) else { return Err(words::why_no_form(self.reach(Action::Project))) };
        let is_own = match row {
            FormRow::TeamFile => self.base().extends.is_some(),
            row => project_values::reset(self, &open, &row).is_some(),
        };
        if is_own { Ok(()) } else { Err(words::why_already_inherited().to_owned()) }
    }

    /// Whether the form is open.
    pub(in crate::app) fn has_form(&self) -> Availability {
        if form(self).is_some() { Ok(()) } else { Err(words::why_no_form(self.reach(Action::Project))) }
    }
}
