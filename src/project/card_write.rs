//! Writing rate cards and `[bills]`, in full or as the changes from one budget to another.

use super::splice::{Change, render_key, render_string};
use crate::cost::base::money::{Currency, Exchange};
use crate::cost::budget::{Catalog, Compared};
use crate::cost::rates::card::{
    Bound, Card, Failed, Found, Inputs, Kind, Pack, Pay, Per, Period, Plan, Price, Pricing, SizeTier, Table,
};
use crate::cost::rates::rate_card::{Meter, Rates};
use crate::cost::{Budget, Decimal};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A key below the card's table, and its value.
type Field = (Vec<String>, String);

/// The cards to keep in the file on a save: its own, and the figures of every other compared card, so that a new release of the
/// program does not change an estimate.
#[must_use]
pub fn pinned(budget: &Budget, catalog: &Catalog) -> BTreeMap<String, Option<Arc<Card>>> {
    let mut cards = budget.cards.clone();
    for id in &budget.bills.compare {
        if let (false, Some(card)) = (cards.contains_key(id), catalog.card(id)) {
            let card = Card { found: Found::Project, ..Card::clone(card) };
            cards.insert(id.clone(), Some(Arc::new(card)));
        }
    }
    cards
}

/// The table of a card as TOML, header included, with a line break at its end.
#[must_use]
pub fn card_text(card: &Card) -> String {
    let mut text = format!("[card.{}]\n", render_key(&card.id));
    for (path, value) in fields(card) {
        let key = path.iter().map(|key| render_key(key)).collect::<Vec<_>>().join(".");
        text.push_str(&format!("{key} = {value}\n"));
    }
    text
}

/// Rate cards of a project, by name.
type Cards = BTreeMap<String, Option<Arc<Card>>>;

/// The differences between two projects in `[bills]`.
pub(super) fn bill_changes(changes: &mut Vec<Change>, before: &Compared, after: &Compared) {
    let Compared { compare, months, months_unreadable: _ } = after;
    if before.compare != *compare {
        let listed: Vec<String> = compare.iter().map(|id| render_string(id)).collect();
        changes.push(Change::Set { path: path(&["bills", "compare"]), value: format!("[{}]", listed.join(", ")) });
    }
    if before.months != *months {
        let path = path(&["bills", "months"]);
        changes.push(match months {
            Some(months) => Change::Set { path, value: months.to_string() },
            None => Change::Remove { path },
        });
    }
}

/// The differences between the rate cards of two projects.
pub(super) fn card_changes(changes: &mut Vec<Change>, before: &Cards, after: &Cards) {
    for (id, card) in after {
        let Some(new) = card else { continue };
        let table = path(&["card", id]);
        match before.get(id) {
            Some(Some(old)) if old == new => {}
            // A team's card is not in this file: a changed one is written here in full.
            Some(Some(old)) if old.found == new.found => field_changes(changes, &table, old, new),
            Some(None) => {}
            _ => changes.push(Change::InsertTable { path: table, entries: fields(new) }),
        }
    }
    for id in before.keys().filter(|id| !after.contains_key(*id)) {
        changes.push(Change::Remove { path: path(&["card", id]) });
    }
}

fn path(keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| (*key).to_owned()).collect()
}

/// Keys that files may spell in another way, and that way.
const SPELLINGS: [(&str, &str); 3] =
    [("markup", "margin"), ("usd_per_credit", "amount_per_credit"), ("amount_per_credit", "usd_per_credit")];

fn field_changes(changes: &mut Vec<Change>, table: &[String], old: &Card, new: &Card) {
    let (old, new) = (fields(old), fields(new));
    let at = |key: &[String]| [table, key].concat();
    // The file may have a value under its other name, and must not keep both.
    let other = |key: &[String]| SPELLINGS.iter().find(|(name, _)| key == [*name]).map(|(_, other)| path(&[other]));
    for (key, _) in old.iter().filter(|(key, _)| !new.iter().any(|(kept, _)| kept == key)) {
        changes.extend(other(key).map(|key| Change::Remove { path: at(&key) }));
        changes.push(Change::Remove { path: at(key) });
    }
    for (key, value) in new.iter().filter(|field| !old.contains(field)) {
        changes.extend(other(key).map(|key| Change::Remove { path: at(&key) }));
        changes.push(Change::Set { path: at(key), value: value.clone() });
    }
}

/// The keys of a card in the order that people write them.
fn fields(card: &Card) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut put = |key: &str, value: String| fields.push((vec![key.to_owned()], value));
    if card.name != card.id {
        put("name", render_string(&card.name));
    }
    put("kind", render_string(card.kind().name()));
    if !card.models.is_empty() {
        let listed: Vec<String> = card.models.iter().map(|model| render_string(model)).collect();
        put("models", format!("[{}]", listed.join(", ")));
    }
    if !card.qualities.is_empty() {
        let listed: Vec<String> = card.qualities.iter().map(|quality| render_string(quality.name())).collect();
        put("qualities", format!("[{}]", listed.join(", ")));
    }
    if let Some(route) = card.route {
        put("route", render_string(route.name()));
    }
    if card.money.currency != Currency::USD {
        put("currency", render_string(card.money.currency.code()));
    }
    if let Some(Exchange { rate, as_of, source }) = &card.money.exchange {
        let source = source.iter().map(|source| format!(", source = {}", render_string(source))).collect::<String>();
        put("exchange", format!("{{ rate = {}, as_of = {as_of}{source} }}", number(*rate)));
    }
    let from = &card.provenance;
    if let Some(checked) = from.checked {
        put("checked", checked.to_string());
    }
    if !from.source.is_empty() {
        put("source", render_string(&from.source));
    }
    if let Some(grade) = from.grade {
        put("grade", render_string(&grade.to_string()));
    }
    if let Some(notes) = &card.notes {
        put("notes", render_string(notes));
    }
    priced(card, &mut fields);
    let mut put = |key: &str, value: &str| fields.push((vec![key.to_owned()], render_string(value)));
    // Cards by tokens charge for inputs unless they say otherwise, internal ones say nothing of them.
    let usual = matches!(card.kind(), Kind::Tokens | Kind::CreditsPerToken).then_some(Inputs::Charged);
    if let Some(inputs) = card.inputs.filter(|_| card.inputs != usual) {
        put("inputs", inputs.name());
    }
    if card.per != Per::Image {
        put("per", card.per.name());
    }
    if let Some(size) = &card.auto_size {
        put("auto_size", size);
    }
    if let Some(quality) = card.auto_quality {
        put("auto_quality", quality.name());
    }
    if card.round_calls {
        put("rounding", "per call");
    }
    match card.failed {
        Failed::Charged => put("failed", "charged"),
        Failed::Free => put("failed", "free"),
        Failed::NotStated => {}
    }
    paid(card, &mut fields);
    if !card.fee_percent.is_zero() {
        fields.push((path(&["fee"]), percent(card.fee_percent)));
    }
    fields
}

fn priced(card: &Card, fields: &mut Vec<Field>) {
    let mut put = |keys: &[&str], value: String| fields.push((path(keys), value));
    match &card.pricing {
        Pricing::Tokens { standard, batch, discount_percent, .. } => {
            for (key, given) in [("standard", standard), ("batch", batch)] {
                given.iter().for_each(|given| put(&[key], rates(given)));
            }
            if !discount_percent.is_zero() || standard.is_none() {
                put(&["discount"], percent(*discount_percent));
            }
        }
        Pricing::Internal { credit_usd, markup_percent } => {
            put(&["credit_usd"], number(*credit_usd));
            if !markup_percent.is_zero() {
                put(&["markup"], percent(*markup_percent));
            }
        }
        Pricing::Images { table, inputs, .. } => {
            listed(table, &[], &mut put);
            if let Some(edit) = &card.edit {
                listed(&edit.table, &["edit"], &mut put);
                put(&["edit", "references"], edit.references.to_string());
            }
            if *inputs != Rates::default() {
                put(&["standard"], rates(inputs));
            }
        }
    }
}

/// A price list at a place of the card.
fn listed(table: &Table, at: &[&str], put: &mut impl FnMut(&[&str], String)) {
    let mut put = |keys: &[&str], value: String| put(&[at, keys].concat(), value);
    match table {
        Table::Unpublished => put(&["prices"], render_string("not published")),
        Table::Flat(flat) => put(&["price"], price(flat)),
        Table::Tiers(tiers) => tiers.iter().for_each(|one| put(&["tier", &one.name], tier(one))),
        Table::Sizes { rows, nearest } => {
            rows.iter().for_each(|(size, one)| put(&["size", &size.to_string()], price(one)));
            if *nearest {
                put(&["other_sizes"], render_string("nearest"));
            }
        }
    }
}

fn paid(card: &Card, fields: &mut Vec<Field>) {
    let mut put = |keys: &[&str], value: String| fields.push((path(keys), value));
    let Pay { rate, packs, plans } = &card.pay;
    let in_usd = card.money.currency == Currency::USD;
    match rate {
        Some((price, credits)) if *price == Decimal::ONE => put(&["credits_per_usd"], number(*credits)),
        Some((price, _)) => put(&[if in_usd { "usd_per_credit" } else { "amount_per_credit" }], number(*price)),
        None => {}
    }
    let amount = if in_usd { "usd" } else { "amount" };
    for Pack { name, price, credits, months } in packs {
        let months = months.map(|months| format!(", months = {months}")).unwrap_or_default();
        put(&["pack", name], format!("{{ {amount} = {}, credits = {credits}{months} }}", number(*price)));
    }
    for Plan { name, price, per, credits, overage } in plans {
        let per = if *per == Period::Month { "month" } else { "year" };
        let overage = overage.map(|price| format!(", overage = {}", number(price))).unwrap_or_default();
        let value = format!("{{ {amount} = {}, per = \"{per}\", credits = {credits}{overage} }}", number(*price));
        put(&["plan", name], value);
    }
}

fn percent(percent: Decimal) -> String {
    render_string(&format!("{}%", number(percent)))
}

fn rates(rates: &Rates) -> String {
    let set = Meter::ALL.into_iter().filter_map(|meter| Some((meter.name(), rates.get(meter)?)));
    let listed: Vec<String> = set.map(|(name, units)| format!("{name} = {}", number(units))).collect();
    if listed.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", listed.join(", ")) }
}

fn price(price: &Price) -> String {
    match price {
        Price::Any(price) => number(*price),
        Price::ByQuality(_) => format!("{{ {} }}", by_quality(price)),
    }
}

fn by_quality(price: &Price) -> String {
    let rows = match price {
        Price::Any(any) => return format!("price = {}", number(*any)),
        Price::ByQuality(rows) => rows,
    };
    rows.iter().map(|(quality, price)| format!("{quality} = {}", number(*price))).collect::<Vec<_>>().join(", ")
}

fn tier(tier: &SizeTier) -> String {
    let most = match tier.bound {
        Bound::LongEdge(edge) => edge.to_string(),
        Bound::Megapixels(most) => number(most),
    };
    format!("{{ {} = {most}, {} }}", tier.bound.key(), by_quality(&tier.price))
}

fn number(number: Decimal) -> String {
    number.normalize().to_string()
}
