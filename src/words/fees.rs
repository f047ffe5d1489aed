//! Fees, surcharge, markup and tax: messages about them, and their labels.

use crate::cost::budget::fee::{Charge, Fee, FeeKey, Per};
use crate::words::cost::{call_count, final_count, image_count};
use crate::words::safe::safe;

catalogue! { FEES;
    /// What an amount of a fee may be.
    fee_amount_allowed() = "an amount from 0 in the project's currency such as 4.50, or with a currency such as \"4.50 USD\"";
    /// Not an amount.
    fee_amount_wrong(key, value) = "{key} = {value} is not an amount of money";
    /// Remedy.
    fee_amount_spelling(key) = "write {key} = 4.50, or {key} = \"4.50 USD\" with the currency's three letters";
    /// Remedy for an amount below 0.
    fee_amount_remedy() = "write what one unit costs, 0 or more; off = true switches a fee off";
    /// What the list of a fee may hold.
    fee_deliverables_allowed() = "a list of keys of deliverables such as [\"pdp-hero\"]";
    /// A fee names a deliverable that does not exist.
    fee_deliverable_unknown(fee, key) = "the fee {fee} names the deliverable {key}, which does not exist";
    /// Remedy.
    fee_deliverable_remedy() = "remove it from the list, or add the deliverable";
    /// Remedy for another word for a key of another table.
    other_word_elsewhere(key, place) = "write {key} in {place}";
    /// Remedy for another word for a fee.
    other_word_fee() = "write a fee as a table [fee.NAME] with amount and per";
    /// Remedy for another word for a discount.
    other_word_discount() = "write a discount as a markup below 0, such as markup = \"-15%\" in [assumptions]";
    /// The same for one run.
    set_fee_instead() = "a fee needs a name of its own: write fee.NAME.amount and fee.NAME.per";
    /// An option that gives a fee a key that it lacks.
    set_fee_option(path, value) = "--set {path}={value}";
    /// Two such options.
    set_fee_both(first, second) = "{first} and {second}";
    /// Remedy for a fee that no file has and that lacks a key.
    set_fee_new(options) = "a new fee also needs {options}";
    /// Measured tokens do not follow a change for one run.
    set_measured_stays(knob, lines) = "the {knob} does not change the price of {lines}: measured tokens ignore it";
    /// Remedy.
    set_measured_stays_remedy() = "set tokens.output to the count of such an image, or leave tokens out to count by the formula";
    /// Remedy where some deliverables keep their value for one run.
    set_kept_remedy(path) = "to change one of the others as well, add --set {path}=…";
    /// The same for one run.
    set_discount_instead() = "write a discount as a markup below 0, such as markup=-15%";
    /// A key of a fee right below [fee].
    fee_keyless(key) = "{key} does not say which fee it belongs to";
    /// Remedy.
    fee_keyless_remedy() = "write [fee.NAME] instead of [fee], with a name of your own such as retouching";
    /// A key of a fee that means nothing beside its unit.
    fee_key_unused(key, fee, per) = "{key} has no effect: the fee {fee} is charged per {per}";
    /// Remedy.
    fee_key_unused_remedy(key) = "remove {key}, or charge the fee per deliverable, final, image or call";
    /// A fee with an empty list of deliverables.
    fee_names_none(fee) = "the fee {fee} names no deliverable, so it is never charged";
    /// Remedy.
    fee_names_none_remedy() = "name a deliverable, or remove deliverables to charge the fee for all";
    /// A fee whose deliverables a scenario took out.
    fee_left_by_scenario(scenario, fee) = "under scenario {scenario} no deliverable of the fee {fee} is left, so it is not charged";
    /// A fee without an amount.
    fee_no_amount(fee) = "the fee {fee} has no amount";
    /// Remedy.
    fee_no_amount_remedy() = "add amount = 4.50, or off = true to leave the fee out";
    /// A fee without a unit.
    fee_no_unit(fee) = "the fee {fee} does not say what it is charged for";
    /// Remedy.
    fee_no_unit_remedy() = "add per = \"project\", \"month\", \"deliverable\", \"final\", \"image\" or \"call\"";
    /// More fees than are counted.
    fees_too_many(count, max) = "{count} fees, but only {max} are counted";
    /// Remedy.
    fees_too_many_remedy() = "combine fees of the same unit";
    /// A key of a fee is unreadable.
    fee_unreadable(fee, key) = "{key} of the fee {fee} cannot be read, so the total is unknown";
    /// Part of a difference: the official surcharge.
    differs_surcharge() = "surcharge not charged";
    /// Explanation.
    differs_surcharge_formula() = "the official surcharge, which this seller does not charge";
    /// Below bills that end before the agency's own steps.
    bills_without_charges() = "fees, markup and tax come on top of each";
    /// Fees of all deliverables together.
    invoice_fees() = "fees";
    /// Fees that belong to no deliverable, together.
    invoice_project_fees() = "project fees";
    /// The surcharge with its percentage.
    invoice_surcharge(percent) = "surcharge {percent} %";
    /// Surcharges with different percentages.
    invoice_surcharge_between(least, most) = "surcharges {least}–{most} %";
    /// The markup with its percentage.
    invoice_markup(percent) = "markup {percent} %";
    /// The tax with its percentage.
    invoice_tax(percent) = "tax {percent} %";
    /// A fee with its units.
    fee_row(name, units) = "{name}, {units}";
    /// A fee that is charged once.
    fee_once() = "once";
    /// Months.
    fee_months(count) = "{count} {count|month|months}";
    /// No fee of this name.
    fee_unknown(name) = "there is no fee {name}";
    /// Action: the list of fees.
    action_fees() = "list and change fees";
    /// What one unit of a fee costs.
    fee_each(amount, per) = "{amount} per {per}";
    /// A fee that counts.
    fee_detail(total, each, units) = "{total} · {each} · {units}";
    /// A fee that is off.
    fee_detail_off(each) = "off · {each}";
    /// Heading of the steps of the project's last total.
    why_project_steps() = "From the sum of all deliverables to the total";
    /// A fee by its name, where a deliverable's name may stand too.
    fee_named(name) = "fee {name}";
    /// A fee is on.
    fee_on() = "on";
    /// A fee is off.
    fee_off() = "off";
    /// A fee that cannot be removed was switched off.
    notice_fee_off(name, undo) = "{name} is not this project's own, so it is switched off and not removed; {undo} undoes";
    /// Notice: a scenario on screen switches off what the project has.
    notice_fee_off_here(name, undo) = "{name} is off in this scenario, and the project keeps it; {undo} undoes";
    /// Why not.
    why_fee_off() = "this fee is not the project's own, and it is off already";
    /// A fee in a currency without a rate.
    fee_currency(fee, currency, project) = "the fee {fee} is in {currency} and the project in {project}, so the total is unknown";
    /// Remedy.
    fee_currency_remedy(project) = "write the amount in {project}, or in USD";
    /// Remedy in a project in USD.
    fee_currency_remedy_usd() = "write the amount in USD";
}

/// A number of units of a fee: `24 finals`.
#[must_use]
pub fn fee_units(per: Per, count: &str) -> String {
    match per {
        Per::Project => fee_once().to_owned(),
        Per::Month => fee_months(count),
        Per::Deliverable => super::deliverable_count(count),
        Per::Final => final_count(count),
        Per::Image => image_count(count),
        Per::Call => call_count(count),
    }
}

/// What a layer says at a key of a fee.
#[must_use]
pub fn fee_value(fee: &Fee, key: FeeKey) -> String {
    let nothing = || super::bill_none().to_owned();
    if fee.unreadable.contains(&key) {
        return super::unreadable().to_owned();
    }
    match key {
        FeeKey::Amount => fee.amount.map_or_else(nothing, charge),
        FeeKey::Per => fee.per.map_or_else(nothing, |per| per.name().to_owned()),
        FeeKey::Deliverables => {
            fee.deliverables.as_ref().map_or_else(nothing, |keys| safe(&keys.join(", ")).into_owned())
        }
        FeeKey::Note => fee.note.as_ref().map_or_else(nothing, |note| safe(note).into_owned()),
        FeeKey::Off => match fee.off {
            Some(true) => fee_off().to_owned(),
            Some(false) => fee_on().to_owned(),
            None => nothing(),
        },
    }
}

/// An amount as it is typed: `4.50`, `4.50 USD`.
#[must_use]
pub fn charge(Charge { amount, currency }: Charge) -> String {
    let mut number = amount.normalize();
    number.rescale(number.scale().max(2));
    match currency {
        Some(currency) => format!("{number} {}", currency.code()),
        None => number.to_string(),
    }
}

/// An option that gives a new fee one of the keys that it needs.
#[must_use]
pub fn set_fee_key(path: String, key: FeeKey) -> String {
    set_fee_option(path, if key == FeeKey::Per { "UNIT" } else { "AMOUNT" })
}

/// A fee lacks its amount or its unit: the message, and the remedy.
#[must_use]
pub fn fee_lacks(fee: &str, key: FeeKey) -> [String; 2] {
    match key {
        FeeKey::Per => [fee_no_unit(fee), fee_no_unit_remedy().to_owned()],
        FeeKey::Amount | FeeKey::Deliverables | FeeKey::Note | FeeKey::Off => {
            [fee_no_amount(fee), fee_no_amount_remedy().to_owned()]
        }
    }
}
