//! The values of the project itself: as the form shows them, as they are typed, and the edits that a typed text means.

use crate::app::actions::knob_edit;
use crate::app::actions::{fees, named_risks};
use crate::app::keys::action::Action;
use crate::app::model::entry::Entry;
use crate::app::model::field::Field;
use crate::app::model::form::{Form, FormRow, Typing};
use crate::app::model::picker::{Choice, Item};
use crate::app::model::screen::Context;
use crate::app::model::state::State;
use crate::cost::base::limits::{EXCHANGE_MAX, MONTHS_MAX, NAME_MAX, NOTE_MAX};
use crate::cost::base::money::{Currency, Decimal, Exchange, Shown};
use crate::cost::base::number_text::{NumberKind, narrowed, parse_grouped};
use crate::cost::budget::edit::{Edit, Scope, TextField};
use crate::cost::budget::knob_text;
use crate::cost::budget::scenario::ChangePath;
use crate::cost::budget::{Cap, Charge, Fee, FeeKey, Per};
use crate::cost::{Budget, Knob, Layer, Setting, Value};
use crate::words;
use crate::words::number::grouped;
use jiff::civil::Date;

/// Where a shown value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// The project's own.
    Project,
    /// The team file's.
    Team,
    /// Set nowhere.
    Nobody,
    /// Of the scenario on screen.
    Scenario,
}

/// A row's value as shown, and whose it is.
#[must_use]
pub fn shown(state: &State, form: &Form, row: &FormRow) -> (String, Whose) {
    let budget = state.budget();
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| words::bill_none().to_owned());
    let whose = |is_set: bool, is_team: bool| match (is_set, is_team) {
        (true, true) => Whose::Team,
        (true, false) => Whose::Project,
        (false, _) => Whose::Nobody,
    };
    let own = |text: &Option<String>| whose(text.is_some(), false);
    match row {
        FormRow::Name => (text(&budget.name), own(&budget.name)),
        FormRow::Client => {
            (text(&budget.client), whose(budget.client.is_some(), budget.client == budget.team_head.client))
        }
        FormRow::Notes => (text(&budget.notes.as_deref().map(words::in_one_line)), own(&budget.notes)),
        FormRow::TeamFile => (text(&budget.extends), own(&budget.extends)),
        FormRow::Currency | FormRow::Rate | FormRow::Day | FormRow::Source => money(budget, form, row),
        FormRow::Knob(knob) => knob_shown(state, *knob),
        FormRow::Months => months(budget),
        FormRow::Fee(_) | FormRow::NewFee | FormRow::NewAmount | FormRow::NewUnit | FormRow::FeeKey(_) => {
            fees::shown(state, form, row)
        }
        FormRow::Risk(_) | FormRow::NewRisk | FormRow::NewRiskKey(_) | FormRow::RiskKey(_) => {
            named_risks::shown(state, form, row)
        }
    }
}

fn money(budget: &Budget, form: &Form, row: &FormRow) -> (String, Whose) {
    let chosen = form.typing.as_ref().and_then(|typing| typing.currency);
    let Shown { currency, exchange } = &budget.shown;
    let team = budget.team_head.shown.as_ref();
    let same = |is_team: bool| if is_team { Whose::Team } else { Whose::Project };
    let of_exchange = |text: fn(&Exchange) -> Option<String>| match exchange {
        Some(exchange) => {
            let is_team = team.and_then(|team| team.exchange.as_ref()) == Some(exchange);
            (text(exchange).unwrap_or_else(|| words::bill_none().to_owned()), same(is_team))
        }
        None => (words::unknown().to_owned(), Whose::Nobody),
    };
    match row {
        FormRow::Rate => of_exchange(|exchange| Some(grouped(exchange.rate))),
        FormRow::Day => of_exchange(|exchange| Some(exchange.as_of.to_string())),
        FormRow::Source => of_exchange(|exchange| exchange.source.clone()),
        _ => {
            let whose = match team {
                _ if chosen.is_some() => Whose::Project,
                Some(team) => same(team.currency == *currency),
                None if *currency == Currency::USD => Whose::Nobody,
                None => Whose::Project,
            };
            (words::currency_named(chosen.unwrap_or(*currency)), whose)
        }
    }
}

fn knob_shown(state: &State, knob: Knob) -> (String, Whose) {
    let budget = state.budget();
    let nobody = (words::bill_none().to_owned(), Whose::Nobody);
    let (setting, layer) = match (budget.assumptions.get(knob), budget.team.get(knob)) {
        (Some(own), _) => (own, Layer::Project),
        (None, Some(team)) => (team, Layer::Team),
        (None, None) => return nobody,
    };
    let text = match setting {
        Setting::Value(Value::Cap(cap)) => words::cap(*cap, budget.shown.currency),
        Setting::Value(value) => words::value(value),
        Setting::Unreadable => words::unreadable().to_owned(),
    };
    let patched = state.project.scenario_changes().is_some_and(|changes| changes.says(&ChangePath::Assumption(knob)));
    match layer {
        _ if patched => (text, Whose::Scenario),
        Layer::Team => (text, Whose::Team),
        Layer::BuiltIn | Layer::Project | Layer::Preset | Layer::Deliverable => (text, Whose::Project),
    }
}

fn months(budget: &Budget) -> (String, Whose) {
    match (budget.bills.months, budget.bills.months()) {
        (Some(months), _) if budget.team_head.months == Some(months) => (grouped(months.into()), Whose::Team),
        (Some(months), _) => (grouped(months.into()), Whose::Project),
        (None, Some(months)) => (grouped(months.into()), Whose::Nobody),
        (None, None) => (words::unreadable().to_owned(), Whose::Project),
    }
}

/// The text of a row as its reader types it; empty if it has no value.
#[must_use]
pub fn typed(state: &State, form: &Form, row: &FormRow) -> String {
    let budget = state.budget();
    let exchange = budget.shown.exchange.as_ref();
    match row {
        FormRow::Name => budget.name.clone(),
        FormRow::Client => budget.client.clone(),
        FormRow::Notes => budget.notes.as_deref().map(words::in_one_line),
        FormRow::TeamFile => budget.extends.clone(),
        FormRow::Currency => Some(budget.shown.currency.code().to_owned()),
        FormRow::Rate => exchange.map(|exchange| words::number::typed(&exchange.rate.normalize().to_string())),
        FormRow::Day => Some(exchange.map_or(state.session.today, |exchange| exchange.as_of).to_string()),
        FormRow::Source => exchange.and_then(|exchange| exchange.source.clone()),
        FormRow::Knob(Knob::Cap) => Some(knob_edit::typed_text(state, Field::Knob(Knob::Cap))),
        FormRow::Knob(knob) => {
            let value = [&budget.assumptions, &budget.team].into_iter().find_map(|layer| layer.value(*knob));
            value.map(|value| words::number::typed(&knob_text::write(value)))
        }
        FormRow::Months => budget.bills.months().map(|months| months.to_string()),
        FormRow::Fee(_) | FormRow::NewFee | FormRow::NewAmount | FormRow::NewUnit | FormRow::FeeKey(_) => {
            fees::typed(state, form, row)
        }
        FormRow::Risk(_) | FormRow::NewRisk | FormRow::NewRiskKey(_) | FormRow::RiskKey(_) => {
            named_risks::typed(state, form, row)
        }
    }
    .unwrap_or_default()
}

/// The edits that the typed fields mean, and their name in the history; no edits if nothing changed.
///
/// # Errors
/// The row whose text is refused, and the rule that it breaks.
pub fn edits(state: &State, form: &Form, typing: &Typing) -> Result<(String, Vec<Edit>), (FormRow, String)> {
    let Some((row, entry)) = typing.fields.first() else { return Ok((String::new(), Vec::new())) };
    match row {
        FormRow::Rate | FormRow::Day | FormRow::Source => exchange(state, typing),
        FormRow::NewFee => fees::added(state, typing),
        FormRow::NewRisk => named_risks::added(state, typing),
        FormRow::RiskKey(key) => {
            let name = form.open_risk(state.budget()).unwrap_or_default();
            if entry.text().trim() == typed(state, form, row).trim() {
                return Ok((String::new(), Vec::new()));
            }
            named_risks::changed(state, name, *key, entry.text().trim()).map_err(|why| (row.clone(), why))
        }
        FormRow::FeeKey(key) => {
            let name = form.open_fee(state.budget()).unwrap_or_default();
            // What was offered and left as it is, also where it could not be typed: a comma in a name, a sign that is hidden.
            if entry.text().trim() == typed(state, form, row).trim() {
                return Ok((String::new(), Vec::new()));
            }
            fees::changed(state, name, *key, entry.text().trim()).map_err(|why| (row.clone(), why))
        }
        row => one(state, row, entry).map_err(|why| (row.clone(), why)),
    }
}

/// Sets a row from a line of text elsewhere, by the same rules.
///
/// # Errors
/// The rule that the text breaks.
pub(in crate::app) fn set(state: &mut State, row: &FormRow, text: &str) -> Result<(), String> {
    let (label, edits) = one(state, row, &Entry::typed(text))?;
    if !edits.is_empty() {
        state.session.notice = None;
        state.carry_out(label, edits);
    }
    Ok(())
}

/// The edit of a row that stands by itself.
fn one(state: &State, row: &FormRow, entry: &Entry) -> Result<(String, Vec<Edit>), String> {
    let budget = state.budget();
    let text = entry.text().trim();
    let given = Some(text.to_owned()).filter(|text| !text.is_empty());
    let label = &*row.label(budget.shown.currency);
    // What was offered and left as it is.
    if text == typed(state, &Form::default(), row).trim() {
        return Ok((String::new(), Vec::new()));
    }
    match row {
        FormRow::Name => Ok(text_edit(label, TextField::ProjectName, &budget.name, checked(label, given, NAME_MAX)?)),
        FormRow::Client => {
            let after = checked(label, given, NAME_MAX)?.or_else(|| budget.team_head.client.clone());
            Ok(text_edit(label, TextField::Client, &budget.client, after))
        }
        FormRow::Notes => {
            let after = checked(label, given.map(|text| words::in_lines(&text)), NOTE_MAX)?;
            Ok(text_edit(label, TextField::Notes, &budget.notes, after))
        }
        FormRow::Months => months_edit(budget, text),
        FormRow::Knob(knob) => {
            let read = knob_edit::read_typed(state, Field::Knob(*knob), entry);
            let after = read.map_err(|refusal| {
                let told = words::refusal(*knob, text, &refusal);
                words::in_sentences(&told.message, &told.allowed, &told.remedy)
            })?;
            Ok(knob_change(budget, *knob, after))
        }
        _ => Ok((String::new(), Vec::new())),
    }
}

/// An unchanged inherited value is no step: what was offered and left as it is.
fn knob_change(budget: &Budget, knob: Knob, after: Option<Setting>) -> (String, Vec<Edit>) {
    let before = budget.assumptions.get(knob).cloned();
    if before == after || (before.is_none() && after.as_ref() == budget.team.get(knob)) {
        return (String::new(), Vec::new());
    }
    let label = match &after {
        Some(Setting::Value(value)) => words::step_set(words::knob_label(knob), words::value(value)),
        Some(Setting::Unreadable) | None => words::step_inherited(words::knob_label(knob)),
    };
    (label, vec![Edit::Knob { scope: Scope::Assumptions, knob, before, after }])
}

fn text_edit(label: &str, field: TextField, before: &Option<String>, after: Option<String>) -> (String, Vec<Edit>) {
    if *before == after {
        return (String::new(), Vec::new());
    }
    let name = words::step_set(label, after.as_deref().map_or(words::bill_none().to_owned(), words::in_short));
    (name, vec![Edit::Text { field, before: before.clone(), after }])
}

/// A text that a file holds as it is: not too long, without characters that hide or reverse what stands beside them.
pub(in crate::app) fn checked(label: &str, text: Option<String>, max: usize) -> Result<Option<String>, String> {
    let Some(text) = text else { return Ok(None) };
    let count = text.chars().count();
    if count > max {
        let [count, max] = [count, max].map(|number| grouped(Decimal::from(number)));
        return Err(words::in_sentences(&words::text_too_long(label, count), &words::text_allowed(max), ""));
    }
    let hidden = |c: &char| words::safe::is_hostile(*c) && *c != '\n';
    match text.chars().find(hidden) {
        Some(first) => Err(words::form_hidden(label, format!("U+{:04X}", u32::from(first)))),
        None => Ok(Some(text)),
    }
}

fn months_edit(budget: &Budget, text: &str) -> Result<(String, Vec<Edit>), String> {
    let before = budget.bills.months;
    let after = match text {
        "" => budget.team_head.months,
        text => {
            let months = narrowed(text).parse::<u32>().ok().filter(|months| (1..=MONTHS_MAX).contains(months));
            Some(months.ok_or_else(|| words::ask_months_wrong(text, MONTHS_MAX))?)
        }
    };
    if before == after {
        return Ok((String::new(), Vec::new()));
    }
    let label = after.map_or_else(|| words::step_inherited(words::action_months()), words::step_months);
    Ok((label, vec![Edit::Months { before, after }]))
}

/// A currency with its rate, day and source, as one step.
fn exchange(state: &State, typing: &Typing) -> Result<(String, Vec<Edit>), (FormRow, String)> {
    let before = &state.budget().shown;
    let currency = typing.currency.unwrap_or(before.currency);
    let text = |row: &FormRow| typing.text(row).unwrap_or_default();
    let refused = |row: FormRow| move |why: String| (row, why);
    let rate = rate(text(&FormRow::Rate), currency).map_err(refused(FormRow::Rate))?;
    let as_of = day(text(&FormRow::Day), state.session.today).map_err(refused(FormRow::Day))?;
    let source = Some(text(&FormRow::Source).to_owned()).filter(|source| !source.is_empty());
    let now = before.exchange.as_ref().and_then(|exchange| exchange.source.as_ref());
    let source = match source {
        // What the file says already is no concern of another rate.
        source if source.as_ref() == now.map(|now| now.trim().to_owned()).as_ref() => now.cloned(),
        source => checked(words::form_source(), source, NOTE_MAX).map_err(refused(FormRow::Source))?,
    };
    Ok(shown_edit(state, Shown { currency, exchange: Some(Exchange { rate, as_of, source }) }))
}

/// The edits to another currency, or another rate of it, as one step.
pub(in crate::app) fn shown_edit(state: &State, after: Shown) -> (String, Vec<Edit>) {
    let before = &state.budget().shown;
    if *before == after {
        return (String::new(), Vec::new());
    }
    let label = words::step_set(words::form_currency(), words::shown_in(&after));
    let mut edits = match before.currency == after.currency || state.project.scenario().is_some() {
        true => Vec::new(),
        false => named_amounts(state.budget()),
    };
    edits.push(Edit::Shown { before: before.clone(), after });
    (label, edits)
}

/// A cap and fees without a currency are in the project's, so another one would make ¥40 of $40: they keep the one they had, by
/// name.
fn named_amounts(budget: &Budget) -> Vec<Edit> {
    let currency = Some(budget.shown.currency);
    let cap = budget.cap().filter(|cap| cap.currency.is_none()).map(|cap| Edit::Knob {
        scope: Scope::Assumptions,
        knob: Knob::Cap,
        before: budget.assumptions.get(Knob::Cap).cloned(),
        after: Some(Setting::Value(Value::Cap(Cap { currency, ..cap }))),
    });
    let fee = |(name, fee): (&String, &Fee)| {
        let amount = fee.amount.filter(|amount| amount.currency.is_none())?;
        let after = Fee { amount: Some(Charge { currency, ..amount }), ..fee.clone() };
        Some(Edit::Fee { name: name.clone(), before: Some(Box::new(fee.clone())), after: Some(Box::new(after)) })
    };
    cap.into_iter().chain(budget.fees.iter().filter_map(fee)).collect()
}

fn rate(text: &str, currency: Currency) -> Result<Decimal, String> {
    let max = Decimal::from(EXCHANGE_MAX);
    let wrong = || words::form_rate_wrong(text, currency.code(), grouped(max));
    let narrow = narrowed(text);
    let understood = words::number::marks().normalized(&narrow, NumberKind::Fraction).map_err(|_| wrong())?;
    let rate = parse_grouped(understood.trim()).map_err(|_| wrong())?;
    if rate > Decimal::ZERO && rate <= max { Ok(rate.normalize()) } else { Err(wrong()) }
}

fn day(text: &str, today: Date) -> Result<Date, String> {
    let narrow = narrowed(text);
    if narrow.eq_ignore_ascii_case(words::form_today()) {
        return Ok(today);
    }
    narrow.parse().map_err(|_| words::form_day_wrong(text, today))
}

/// The edits that give a row back to the team file, or to nobody; `None` if the project has no value of its own there.
#[must_use]
pub fn reset(state: &State, form: &Form, row: &FormRow) -> Option<(String, Vec<Edit>)> {
    let budget = state.budget();
    let label = &*row.label(budget.shown.currency);
    let step = match row {
        FormRow::Name => text_edit(label, TextField::ProjectName, &budget.name, None),
        FormRow::Client => text_edit(label, TextField::Client, &budget.client, budget.team_head.client.clone()),
        FormRow::Notes => text_edit(label, TextField::Notes, &budget.notes, None),
        FormRow::Currency | FormRow::Rate | FormRow::Day | FormRow::Source => {
            shown_edit(state, budget.team_head.shown.clone().unwrap_or_else(Shown::usd))
        }
        FormRow::Knob(knob) => {
            budget.assumptions.get(*knob)?;
            knob_change(budget, *knob, None)
        }
        FormRow::Months => months_edit(budget, "").ok()?,
        FormRow::Fee(name) => fees::reset(state, name, None)?,
        FormRow::FeeKey(key) => fees::reset(state, form.open_fee(budget)?, Some(*key))?,
        FormRow::Risk(name) => named_risks::reset(state, name, None)?,
        FormRow::RiskKey(key) => named_risks::reset(state, form.open_risk(budget)?, Some(*key))?,
        FormRow::NewRisk | FormRow::NewRiskKey(_) => return None,
        FormRow::TeamFile | FormRow::NewFee | FormRow::NewAmount | FormRow::NewUnit => return None,
    };
    Some(step).filter(|(_, edits)| !edits.is_empty())
}

/// What a row is for, in a sentence.
#[must_use]
pub fn explained(state: &State, form: &Form, row: &FormRow) -> String {
    let key = |action| state.reach_in(Context::ProjectForm, action);
    let in_field = |action| state.reach_in(Context::ProjectField, action);
    let typing = form.typing.as_ref();
    let currency = typing.and_then(|typing| typing.currency).unwrap_or(state.budget().shown.currency);
    let text = match row {
        FormRow::Rate if typing.is_some() => {
            let (accept, next) = (in_field(Action::Accept), in_field(Action::Down));
            return words::form_rate_typing(accept, next, words::currency_name(currency));
        }
        FormRow::Rate => return words::form_rate_help(words::currency_name(currency)),
        FormRow::Day => return words::form_day_help(state.session.today),
        FormRow::Fee(_) => return words::form_fee_help(key(Action::EditRow), key(Action::RemoveFee)),
        FormRow::NewFee if typing.is_some() => {
            return words::form_new_name_typing(in_field(Action::Accept), in_field(Action::Down));
        }
        FormRow::Knob(knob) => return words::knob_help(*knob).into_owned(),
        FormRow::Name => words::form_name_help(),
        FormRow::Client => words::form_client_help(),
        FormRow::Currency => words::form_currency_help(),
        FormRow::Source => words::form_source_help(),
        FormRow::TeamFile => words::form_team_file_help(),
        FormRow::Months => words::form_months_help(),
        FormRow::Risk(_) => return words::form_risk_help(key(Action::EditRow), key(Action::RemoveFee)),
        FormRow::NewRisk if typing.is_some() => {
            return words::form_new_risk_typing(in_field(Action::Accept), in_field(Action::Down));
        }
        FormRow::NewRisk => words::form_new_risk_help(),
        FormRow::NewRiskKey(key) | FormRow::RiskKey(key) => words::risk_key_help(*key),
        FormRow::NewFee => words::form_new_fee_help(),
        FormRow::NewAmount | FormRow::FeeKey(FeeKey::Amount) => {
            return words::form_amount_help(words::number::typed("4.50"));
        }
        FormRow::NewUnit | FormRow::FeeKey(FeeKey::Per) => words::form_unit_help(),
        FormRow::Notes => words::form_notes_help(),
        FormRow::FeeKey(FeeKey::Deliverables) => words::form_deliverables_help(),
        FormRow::FeeKey(FeeKey::Note) => words::form_note_help(),
        FormRow::FeeKey(FeeKey::Off) => words::form_counts_help(),
    };
    text.to_owned()
}

/// The values of a row that are chosen from a list: the currencies, those that offices meet most first, or the units of a fee.
#[must_use]
pub fn items(row: &FormRow) -> Vec<Item> {
    let item = |label: &str, detail: &str| Item {
        label: label.to_owned(),
        detail: detail.to_owned(),
        choice: Choice::Text(label.to_owned()),
    };
    match row {
        FormRow::Currency => {
            let first = FIRST.into_iter().filter_map(Currency::parse);
            let others = Currency::all().filter(|currency| !FIRST.contains(&currency.code()));
            first.chain(others).map(|currency| item(currency.code(), words::currency_name(currency))).collect()
        }
        FormRow::FeeKey(FeeKey::Per) => {
            Per::ALL.into_iter().map(|per| item(per.name(), words::per_meaning(per))).collect()
        }
        _ => Vec::new(),
    }
}

/// Currencies at the top of the list.
const FIRST: [&str; 8] = ["USD", "EUR", "GBP", "JPY", "CNY", "TWD", "KRW", "CHF"];
