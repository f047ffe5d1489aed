//! Named risks: messages about them, and their values.

use crate::cost::base::money::Currency;
use crate::cost::budget::named_risk::{NamedRisk, RiskKey};
use crate::cost::budget::risk_text;
use crate::cost::estimate::risk_fault::RiskFault;
use crate::words::cost::{Explanation, bare_or_quoted, issue_unreadable_remedy};
use crate::words::safe::safe;

catalogue! { NAMED_RISKS;
    /// Remedy for something else in place of a named risk.
    risk_table_remedy() = "write a risk as a table [risk.NAME] with chance, and amount or finals";
    /// A key of a risk right below [risk].
    risk_keyless(key) = "{key} does not say which risk it belongs to";
    /// Remedy.
    risk_keyless_remedy() = "write [risk.NAME] instead of [risk], with a name of your own such as extra-round";
    /// More risks than are counted.
    risks_too_many(count, max) = "{count} named risks, but only {max} are counted";
    /// Remedy.
    risks_too_many_remedy() = "combine risks of the same kind";
    /// What the deliverable of a risk may be.
    risk_deliverable_allowed() = "the key of a deliverable such as \"pdp-hero\"";
    /// Remedy for an amount below 0.
    risk_amount_remedy() = "write what the risk costs if it comes, 0 or more; off = true switches a risk off";
    /// A range without all of its numbers.
    range_incomplete(key) = "{key} needs low, likely and high, or one number";
    /// Remedy.
    range_incomplete_remedy() = "write low, likely and high, or a single number";
    /// The numbers of a range are out of order.
    range_order(key, low, likely, high) = "{key}: low {low}, likely {likely}, high {high} are out of order";
    /// Remedy.
    range_order_remedy() = "write the smallest as low and the largest as high";
    /// The amounts of a range are in several currencies.
    range_currencies(key) = "{key}: low, likely and high are in different currencies";
    /// Remedy.
    range_currencies_remedy() = "write all three in one currency";
    /// A risk without a chance.
    risk_no_chance(risk) = "the risk {risk} has no chance";
    /// Remedy.
    risk_no_chance_remedy() = "add chance = \"30%\", or off = true to leave the risk out";
    /// A risk that does nothing.
    risk_no_effect(risk) = "the risk {risk} does not say what it brings";
    /// Remedy.
    risk_no_effect_remedy() = "add amount = 150.00, or finals = 12 with deliverable = \"KEY\"";
    /// Extra finals of no deliverable.
    risk_no_deliverable(risk) = "the risk {risk} does not say which deliverable its finals belong to";
    /// Remedy.
    risk_no_deliverable_remedy() = "add deliverable = \"KEY\"";
    /// Finals and an amount.
    risk_both(risk) = "the risk {risk} has finals and an amount";
    /// Remedy.
    risk_both_remedy() = "keep one, and write a second risk for the other";
    /// A key of a risk is unreadable.
    risk_unreadable(risk, key) = "{key} of the risk {risk} cannot be read, so it does not count";
    /// A risk in a currency without a rate.
    risk_currency(risk, currency, project) = "the risk {risk} is in {currency} and the project in {project}, so it does not count";
    /// Remedy.
    risk_currency_remedy(project) = "write its amount in {project}, or in USD";
    /// Remedy in a project in USD.
    risk_currency_remedy_usd() = "write its amount in USD";
    /// A risk names a deliverable that does not exist.
    risk_deliverable_unknown(risk, key) = "the risk {risk} names the deliverable {key}, which does not exist, so it does not count";
    /// Remedy.
    risk_deliverable_remedy() = "name another deliverable, or add this one";
    /// A deliverable beside an amount.
    risk_key_unused(risk) = "deliverable has no effect: the risk {risk} costs an amount";
    /// Remedy.
    risk_key_unused_remedy() = "remove deliverable, or write finals in place of amount";
    /// A risk by its key, where a deliverable's name may stand too.
    risk_named(name) = "risk {name}";
    /// No risk of this name.
    risk_unknown(name) = "there is no risk {name}";
    /// Remedy for a risk that no file has.
    set_risk_new(chance, effect) = "a new one needs --set {chance}=30% and --set {effect}=AMOUNT too";
    /// A value that a key of a risk does not take.
    risk_value_wrong(key, value) = "{value} is not a value of {key}";
    /// A text that is no chance.
    risk_not_chance(value) = "{value} is not a chance";
    /// A text that is no number of finals.
    risk_not_finals(value) = "{value} is not a number of finals";
    /// A text that is no amount.
    risk_not_amount(value) = "{value} is not an amount";
    /// Nothing is typed where a risk needs a chance.
    risk_chance_empty() = "A risk needs a chance, such as 30%.";
    /// Nothing is typed where finals need a deliverable.
    risk_deliverable_empty() = "The extra finals need a deliverable, by its key or name.";
    /// Why a risk does not count, beside its name.
    risk_short_no_chance() = "no chance";
    /// Why a risk does not count.
    risk_short_no_effect() = "neither finals nor an amount";
    /// Why a risk does not count.
    risk_short_no_deliverable() = "no deliverable for its finals";
    /// Why a risk does not count.
    risk_short_unreadable(key) = "{key} cannot be read";
    /// Why a risk does not count.
    risk_short_both() = "it has finals and an amount";
    /// Why a risk does not count.
    risk_short_currency(currency, project) = "in {currency}, the project in {project}";
    /// A risk that is on and does not count.
    risk_not_counted(why) = "not counted: {why}";
    /// After a change: a risk that counted.
    risk_stopped(name, why) = "{name} no longer counts: {why}";
    /// After a change: several risks that counted.
    risks_stopped(count) = "{count} named {count|risk|risks} no longer {count|counts|count}";
    /// What finals of a risk may be.
    risk_finals_allowed() = "a whole number such as 12, or low/likely/high such as 6/12/20";
    /// What an amount of a risk may be.
    risk_amount_allowed() = "an amount from 0 such as 150 or \"150 USD\", or low/likely/high such as 100/150/250";
    /// What a chance may be.
    risk_chance_allowed() = "a percentage from 0% to 100%";
}

/// What is wrong with a named risk.
#[must_use]
pub fn risk_fault(risk: &str, fault: &RiskFault) -> Explanation {
    let (message, remedy) = match fault {
        RiskFault::Lacks(RiskKey::Chance) => (risk_no_chance(risk), risk_no_chance_remedy().to_owned()),
        RiskFault::Lacks(RiskKey::Deliverable) => (risk_no_deliverable(risk), risk_no_deliverable_remedy().to_owned()),
        RiskFault::Lacks(_) => (risk_no_effect(risk), risk_no_effect_remedy().to_owned()),
        RiskFault::Unreadable(key) => (risk_unreadable(risk, key.name()), issue_unreadable_remedy().to_owned()),
        RiskFault::Both => (risk_both(risk), risk_both_remedy().to_owned()),
        RiskFault::Currency(currency, project) => {
            let remedy = match *project == Currency::USD {
                true => risk_currency_remedy_usd().to_owned(),
                false => risk_currency_remedy(project.code()),
            };
            (risk_currency(risk, currency.code(), project.code()), remedy)
        }
        RiskFault::Deliverable(key) => (risk_deliverable_unknown(risk, key), risk_deliverable_remedy().to_owned()),
        RiskFault::Unused => (risk_key_unused(risk), risk_key_unused_remedy().to_owned()),
    };
    Explanation::new(message, "", remedy)
}

/// A value that a key of a risk does not take.
#[must_use]
pub fn risk_value_refused(key: RiskKey, value: &str) -> String {
    match key {
        RiskKey::Chance => risk_not_chance(value),
        RiskKey::Finals => risk_not_finals(value),
        RiskKey::Amount => risk_not_amount(value),
        RiskKey::Name | RiskKey::Deliverable | RiskKey::Note | RiskKey::Off => risk_value_wrong(key.name(), value),
    }
}

/// Why a risk does not count, in a few words beside its name.
#[must_use]
pub fn risk_fault_short(fault: &RiskFault) -> String {
    match fault {
        RiskFault::Lacks(RiskKey::Chance) => risk_short_no_chance().to_owned(),
        RiskFault::Lacks(RiskKey::Deliverable) => risk_short_no_deliverable().to_owned(),
        RiskFault::Lacks(_) => risk_short_no_effect().to_owned(),
        RiskFault::Unreadable(key) => risk_short_unreadable(key.name()),
        RiskFault::Both => risk_short_both().to_owned(),
        RiskFault::Currency(currency, project) => risk_short_currency(currency.code(), project.code()),
        RiskFault::Deliverable(key) => super::cli_set_deliverable_unknown(key),
        RiskFault::Unused => String::new(),
    }
}

/// The dotted key of a risk's table, or of a key in it: `risk.extra-round.chance`.
#[must_use]
pub fn risk_key(risk: &str, key: Option<RiskKey>) -> String {
    let risk = bare_or_quoted(risk);
    key.map_or_else(|| format!("risk.{risk}"), |key| format!("risk.{risk}.{}", key.name()))
}

/// What a layer says at a key of a named risk, as it is typed.
#[must_use]
pub fn risk_value(risk: &NamedRisk, key: RiskKey) -> String {
    let nothing = || super::bill_none().to_owned();
    let text = |text: &Option<String>| text.as_ref().map_or_else(nothing, |text| safe(text).into_owned());
    if risk.unreadable.contains(&key) {
        return super::unreadable().to_owned();
    }
    match key {
        RiskKey::Name => text(&risk.name),
        RiskKey::Chance => risk.chance.map_or_else(nothing, risk_text::chance_text),
        RiskKey::Finals => risk.finals.map_or_else(nothing, risk_text::finals_text),
        RiskKey::Deliverable => text(&risk.deliverable),
        RiskKey::Amount => risk.amount.map_or_else(nothing, risk_text::amount_text),
        RiskKey::Note => text(&risk.note),
        RiskKey::Off => match risk.off {
            Some(true) => super::fee_off().to_owned(),
            Some(false) => super::fee_on().to_owned(),
            None => nothing(),
        },
    }
}
