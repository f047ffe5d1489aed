//! The form of the project: its rows, what each is for, and why a text is refused.

use crate::cost::base::money::{Currency, Shown};
use crate::cost::budget::Per;
use crate::words::number::grouped;
use std::fmt::Display;

catalogue! { PROJECT_FORM;
    /// Title of the form.
    dialog_project() = "The project";
    /// Title of a fee's page.
    dialog_fee(fee) = "The project · fee {fee}";
    /// Purpose of the form.
    help_project() = "What the project says of itself: name, client, currency, team file, cap, charges, fees and notes. Each change is one undo step.";
    /// Purpose of a field of it.
    help_project_typing() = "The text of the selected row. A refused text says the rule, and stays.";
    /// Purpose of a list of values.
    help_choosing_row() = "The values of a row of the project; typing narrows the list.";
    /// Action: open the form.
    action_project() = "the project: currency, cap, fees";
    /// Action: give the selected row's value back.
    action_reset_row() = "reset";
    /// Action: remove the selected fee.
    action_remove_fee() = "remove the fee or risk";
    /// Why unavailable: the form is not open.
    why_no_form(key) = "{key} opens the project first";
    /// Why unavailable: no fee is selected.
    why_no_fee_selected() = "select a fee first";
    /// What it is.
    form_name_help() = "The project's name, in the title and in reports. Without one, the file's name is shown.";
    /// Row: the client.
    form_client() = "client";
    /// What it is.
    form_client_help() = "Who the work is for, beside the name in the title and in reports.";
    /// Row: the currency.
    form_currency() = "currency";
    /// What it is.
    form_currency_help() = "The currency of all totals. Prices stay in USD, so any other one needs a rate with its day; no rate is ever fetched.";
    /// Row: the rate.
    form_rate(currency) = "1 USD in {currency}";
    /// What it is.
    form_rate_help(currency) = "What 1 USD is in {currency}, by your bank or finance desk. No rate is ever fetched.";
    /// The same while it is typed with its day and source.
    form_rate_typing(accept, next, currency) = "What 1 USD is in {currency}. {accept} applies it with the day and the source shown; {next} goes to them. No rate is ever fetched.";
    /// Row: the day of the rate.
    form_day() = "day of the rate";
    /// What it is.
    form_day_help(today) = "The day that the rate is from, as {today}. today is understood.";
    /// The word for today.
    form_today() = "today";
    /// Row: the source of the rate.
    form_source() = "source of the rate";
    /// What it is.
    form_source_help() = "Where the rate is from, such as a bank or the finance desk. It may stay empty.";
    /// What it is.
    form_team_file_help() = "A file that fills what this project leaves open. A path from the project's folder, such as ../team.retake.toml; empty for none.";
    /// What it is.
    form_months_help() = "How many months the work takes, for monthly fees, plans, and credits that expire. 1 if nothing is set.";
    /// What a fee's row is.
    form_fee_help(edit, remove) = "A fee beyond images. {edit} opens it; {remove} removes it.";
    /// Row: another fee.
    form_new_fee() = "+ add a fee";
    /// What it is.
    form_new_fee_help() = "Money beyond images, such as retouching: a name, the amount of one unit, and the unit.";
    /// The name of a new fee.
    form_new_name() = "name of the fee";
    /// While a new fee is typed.
    form_new_name_typing(accept, next) = "The name of the fee, such as retouching. {next} goes on to amount and unit; {accept} adds it.";
    /// Row: the amount of one unit.
    form_amount() = "amount";
    /// What it is.
    form_amount_help(example) = "What one unit costs: {example} in the project's currency, or {example} USD.";
    /// Row: the unit.
    form_unit() = "unit";
    /// What it is.
    form_unit_help() = "What the amount is charged for: project, month, deliverable, final, image or call.";
    /// The unit that a new fee starts with.
    form_new_unit() = "final";
    /// Row: the deliverables.
    form_deliverables() = "deliverables";
    /// What it is.
    form_deliverables_help() = "The deliverables that the fee is charged for, by key or name, with commas between; all if none is named.";
    /// No deliverable is named.
    form_all_deliverables() = "all";
    /// Remedy for an unknown deliverable.
    form_deliverables_remedy() = "name deliverables of this project, with commas between, or all";
    /// What it is.
    form_note_help() = "A note in the file.";
    /// Row: whether a fee counts.
    form_counts() = "counts";
    /// What it is.
    form_counts_help() = "Whether the fee is in the total: on or off.";
    /// What it is.
    form_notes_help() = "Notes in the file, shown by no report. ↵ is a line break.";
    /// Meaning of a unit of a fee.
    form_per_month() = "each month of work";
    /// Meaning of a unit of a fee.
    form_per_deliverable() = "each deliverable with finals";
    /// Meaning of a unit of a fee.
    form_per_final() = "each image that is kept";
    /// Meaning of a unit of a fee.
    form_per_image() = "each image that is generated, kept or not";
    /// Meaning of a unit of a fee.
    form_per_call() = "each call of the final stage";
    /// While a scenario is on screen.
    form_scenario(name) = "Scenario {name}: cap, tax, markup, surcharge and fees change the scenario; the rest changes the project.";
    /// Characters that hide or reverse text.
    form_hidden(label, first) = "{label} has a hidden character, {first}. Delete it; it may have come with pasted text.";
    /// Not a rate.
    form_rate_wrong(typed, currency, max) = "\"{typed}\" is not a rate. Type what 1 USD is in {currency}: a number above 0, up to {max}.";
    /// Not a day.
    form_day_wrong(typed, today) = "\"{typed}\" is not a day. Type it as {today}, or today.";
    /// Not an amount.
    form_amount_wrong(typed, example) = "\"{typed}\" is not an amount. Type 0 or more, such as {example} or {example} USD.";
    /// An emptied amount that no team file brings.
    form_amount_needed() = "A fee needs an amount. Type 0 or more, or switch the fee off.";
    /// The same for the unit.
    form_unit_needed() = "A fee needs a unit. Type project, month, deliverable, final, image or call.";
    /// Not a unit.
    form_unit_wrong(typed) = "\"{typed}\" is not a unit. Type project, month, deliverable, final, image or call.";
    /// A fee without a name.
    form_fee_unnamed() = "A fee needs a name, such as retouching.";
    /// Two fees of one name.
    form_fee_exists(name) = "There is a fee {name} already. Type another name.";
    /// A currency with its rate.
    form_shown(currency, rate, day) = "{currency}, 1 USD = {rate} on {day}";
    /// A currency without a rate.
    form_shown_unknown(currency) = "{currency}, rate unknown";
    /// A currency with its name.
    form_currency_of(code, name) = "{code} · {name}";
}

/// A currency with its rate, in a few words.
#[must_use]
pub fn shown_in(shown: &Shown) -> String {
    let code = shown.currency.code();
    match &shown.exchange {
        None if shown.currency == Currency::USD => code.to_owned(),
        None => form_shown_unknown(code),
        Some(exchange) => form_shown(code, grouped(exchange.rate.normalize()), exchange.as_of),
    }
}

/// A currency's name.
#[must_use]
pub fn currency_name(currency: Currency) -> &'static str {
    super::currencies::name(currency.code()).unwrap_or_default()
}

/// A currency by its code and its name.
#[must_use]
pub fn currency_named(currency: Currency) -> String {
    form_currency_of(currency.code(), currency_name(currency))
}

/// What a fee of this unit is charged for.
#[must_use]
pub fn per_meaning(per: Per) -> &'static str {
    match per {
        Per::Project => super::fee_once(),
        Per::Month => form_per_month(),
        Per::Deliverable => form_per_deliverable(),
        Per::Final => form_per_final(),
        Per::Image => form_per_image(),
        Per::Call => form_per_call(),
    }
}

/// A line break, in a field of one line.
const BREAK: char = '↵';

/// A text of several lines as one line, each break as a sign.
#[must_use]
pub fn in_one_line(text: &str) -> String {
    text.replace("\r\n", "\n").replace(['\n', '\r'], BREAK.encode_utf8(&mut [0; 4]))
}

/// The same text with its lines.
#[must_use]
pub fn in_lines(text: &str) -> String {
    text.replace(BREAK, "\n")
}

/// Characters of a value in the name of a step.
const SHORT: usize = 40;

/// A value in a few words, for the name of a step.
#[must_use]
pub fn in_short(text: impl Display) -> String {
    let text = in_one_line(&text.to_string());
    match text.char_indices().nth(SHORT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
