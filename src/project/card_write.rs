//! Writing rate cards and `[bills]`, in full or as the changes from one budget to another.

use super::splice::{Change, render_key, render_string};
use crate::cost::budget::{Catalog, Compared};
use crate::cost::rates::card::{
    Card, Failed, Found, Inputs, Kind, Pack, Pay, Period, Plan, Price, Pricing, SizeTier, Table,
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
    let Compared { compare, months } = after;
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

fn field_changes(changes: &mut Vec<Change>, table: &[String], old: &Card, new: &Card) {
    let (old, new) = (fields(old), fields(new));
    for (key, _) in old.iter().filter(|(key, _)| !new.iter().any(|(kept, _)| kept == key)) {
        changes.push(Change::Remove { path: [table, key.as_slice()].concat() });
    }
    for (key, value) in new.iter().filter(|field| !old.contains(field)) {
        changes.push(Change::Set { path: [table, key.as_slice()].concat(), value: value.clone() });
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
    let usual =
        if matches!(card.kind(), Kind::Tokens | Kind::CreditsPerToken) { Inputs::Charged } else { Inputs::Included };
    if card.inputs != usual {
        put("inputs", if card.inputs == Inputs::Charged { "charged" } else { "included" });
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
    paid(&card.pay, &mut fields);
    fields
}

fn priced(card: &Card, fields: &mut Vec<Field>) {
    let mut put =
        |keys: &[&str], value: String| fields.push((keys.iter().map(|key| (*key).to_owned()).collect(), value));
    match &card.pricing {
        Pricing::Tokens { standard, batch, .. } => {
            put(&["standard"], rates(standard));
            if let Some(batch) = batch {
                put(&["batch"], rates(batch));
            }
        }
        Pricing::Internal { credit_usd, margin_percent } => {
            put(&["credit_usd"], number(*credit_usd));
            if !margin_percent.is_zero() {
                put(&["margin"], render_string(&format!("{}%", number(*margin_percent))));
            }
        }
        Pricing::Images { table, inputs, .. } => {
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
            if *inputs != Rates::default() {
                put(&["standard"], rates(inputs));
            }
        }
    }
}

fn paid(pay: &Pay, fields: &mut Vec<Field>) {
    let mut put =
        |keys: &[&str], value: String| fields.push((keys.iter().map(|key| (*key).to_owned()).collect(), value));
    match pay.rate {
        Some((usd, credits)) if usd == Decimal::ONE => put(&["credits_per_usd"], number(credits)),
        Some((usd, _)) => put(&["usd_per_credit"], number(usd)),
        None => {}
    }
    for Pack { name, usd, credits, months } in &pay.packs {
        let months = months.map(|months| format!(", months = {months}")).unwrap_or_default();
        put(&["pack", name], format!("{{ usd = {}, credits = {credits}{months} }}", number(*usd)));
    }
    for Plan { name, usd, per, credits, overage } in &pay.plans {
        let per = if *per == Period::Month { "month" } else { "year" };
        let overage = overage.map(|usd| format!(", overage = {}", number(usd))).unwrap_or_default();
        let value = format!("{{ usd = {}, per = \"{per}\", credits = {credits}{overage} }}", number(*usd));
        put(&["plan", name], value);
    }
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
    format!("{{ long_edge = {}, {} }}", tier.long_edge, by_quality(&tier.price))
}

fn number(number: Decimal) -> String {
    number.normalize().to_string()
}
