//! The differences between the file and the screen, as edits of single values in the file's own text.

use super::card_write;
use super::keyed_write::{Rendered, keyed_changes};
use super::outline::Outline;
use super::scenario_write::{baseline_changes, scenario_changes};
use super::settings_write::{change, line_changes, number, path, settings_changes, text_change};
use super::splice::{Change, SpliceError, apply, render_key, render_string};
use crate::cost::base::limits::POSITION_MAX;
use crate::cost::base::money::{Currency, Decimal, Exchange, Shown};
use crate::cost::budget::Catalog;
use crate::cost::budget::scenario::Scenario;
use crate::cost::budget::{Compared, Setting, Settings, SharedLine};
use crate::cost::rates::rate_card::{Meter, Provenance, Rates, TokenCard};
use crate::cost::scenario::models_of_scenarios;
use crate::cost::{Budget, Estimate, Knob};
use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::Arc;

/// The initial text of a project without a file.
pub const EMPTY: &str = "retake = 1\n";

/// The file's text with all differences between `before`, the budget read from the text, and `after` applied.
///
/// If the text would not give the lines in the order of `after`, they get positions there that do.
///
/// # Errors
/// If the text has no place for a change, or the result does not read back.
pub fn updated(text: &[u8], before: &Budget, after: &mut Budget) -> Result<Vec<u8>, SpliceError> {
    let changes = wanted_changes(text, before, after);
    let new = spliced(text, &changes)?;
    let same = |(a, b): (&SharedLine, &SharedLine)| a.key == b.key && a.position == b.position;
    let as_before = before.lines.len() == after.lines.len() && before.lines.iter().zip(&after.lines).all(same);
    // A key that goes may be the first that names its deliverable: `deliverable.b.finals` above all of a, the rest of b below it.
    let removes = changes.iter().any(
        |change| matches!(change, Change::Remove { path } if path.first().is_some_and(|key| key == "deliverable")),
    );
    if as_before && !removes || stands_in_order(&new, &after.lines) {
        return Ok(new);
    }
    for (position, line) in (10..).step_by(10).zip(&mut after.lines) {
        line.position = Some(position);
    }
    spliced(text, &wanted_changes(text, before, after))
}

fn spliced(text: &[u8], changes: &[Change]) -> Result<Vec<u8>, SpliceError> {
    if !changes.is_empty() && is_blank(text) {
        return apply(&with_version(text), changes);
    }
    apply(text, changes)
}

/// Marks a text as UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// Whether a text says nothing: it is empty, or nothing but comments. Then it lacks the version too.
#[must_use]
pub fn is_blank(text: &[u8]) -> bool {
    let text = text.strip_prefix(MARK).unwrap_or(text);
    text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).all(|line| line.is_empty() || line.starts_with(b"#"))
}

/// A text that says nothing, with the version first and its own line ends.
fn with_version(text: &[u8]) -> Vec<u8> {
    let (mark, rest) = text.strip_prefix(MARK).map_or((&[][..], text), |rest| (MARK, rest));
    let version = if rest.contains(&b'\r') { EMPTY.replace('\n', "\r\n") } else { EMPTY.to_owned() };
    [mark, version.as_bytes(), rest].concat()
}

/// The changes between the two budgets that this text has a place for.
fn wanted_changes(text: &[u8], before: &Budget, after: &Budget) -> Vec<Change> {
    // Most edits change existing values, and need no outline but the one used for splicing.
    let own = LazyCell::new(|| std::str::from_utf8(text).ok().and_then(|text| Outline::parse(text).ok()));
    let stands = |path: &[&str]| own.as_ref().is_none_or(|outline| outline.contains(path));
    // A price pinned by a team file is not in this text: changing it here means writing it in full.
    let stay = |card: &str, pinned: &TokenCard| stands(&["rates", card]) || after.pins.get(card) == Some(pinned);
    let pins = (before.pins != after.pins).then(|| {
        let mut pins = before.pins.clone();
        pins.retain(|card, pinned| stay(card, pinned));
        pins
    });
    // The same of the rate of a team file.
    let mut shown = before.shown.clone();
    shown.exchange = shown.exchange.filter(|_| stands(&["exchange"]));
    let changes = changes_from(before, (pins.as_ref().unwrap_or(&before.pins), &shown), after);
    let mut changes = with_prompts(changes, &own);
    // A value can be unreadable without its own key: a prompt is there instead of its tokens.
    changes.retain(|change| match change {
        Change::Remove { path } => stands(&path.iter().map(String::as_str).collect::<Vec<_>>()),
        Change::Set { .. } | Change::InsertTable { .. } => true,
    });
    changes
}

/// Whether the text, read again, gives the lines in this order: by position, and by the order of the text if positions are equal.
fn stands_in_order(text: &[u8], lines: &[SharedLine]) -> bool {
    let text = std::str::from_utf8(text).unwrap_or_default();
    let Ok(outline) = Outline::parse(text) else { return true };
    let places: BTreeMap<&str, usize> =
        (0..).zip(outline.keys_below(&["deliverable"])).map(|(at, key)| (key, at)).collect();
    let sorted = |line: &SharedLine| (line.position.unwrap_or(0), places.get(line.key.as_str()).copied());
    let allowed = |line: &SharedLine| line.position.is_none_or(|position| position.abs() <= POSITION_MAX);
    lines.is_sorted_by_key(sorted) && lines.iter().all(allowed)
}

/// The budget `after` with its inherited values as the files above have them `now`, apart from values that differ from `before`.
#[must_use]
pub fn inheriting(after: &Budget, before: &Budget, now: Budget) -> Budget {
    // Listed one by one, without `..`, so that each new field needs a decision whether a project inherits it.
    let Budget {
        name,
        client,
        notes,
        shown,
        extends,
        team_head: _,
        team: _,
        assumptions,
        profiles: _,
        pins,
        bills,
        cards,
        fees,
        team_fees: _,
        risks,
        team_risks: _,
        lines,
        scenarios,
        baseline,
    } = after;
    // Without a team file, what the old one says no longer counts.
    if *extends != before.extends {
        return after.clone();
    }
    let same_card = |id: &str| cards.get(id) == before.cards.get(id);
    let untouched = |card: &str| pins.get(card) == before.pins.get(card);
    let mut wanted_cards = cards.clone();
    wanted_cards.retain(|id, _| !same_card(id));
    wanted_cards.extend(now.cards.into_iter().filter(|(id, _)| same_card(id)));
    let mut wanted_pins = pins.clone();
    wanted_pins.retain(|card, _| !untouched(card));
    wanted_pins.extend(now.pins.into_iter().filter(|(card, _)| untouched(card)));
    Budget {
        name: name.clone(),
        client: if *client == before.client { now.client } else { client.clone() },
        notes: notes.clone(),
        shown: if *shown == before.shown { now.shown } else { shown.clone() },
        extends: now.extends,
        team_head: now.team_head,
        team: now.team,
        assumptions: assumptions.clone(),
        profiles: now.profiles,
        pins: wanted_pins,
        bills: if *bills == before.bills { now.bills } else { bills.clone() },
        cards: wanted_cards,
        fees: fees.clone(),
        team_fees: now.team_fees,
        risks: risks.clone(),
        team_risks: now.team_risks,
        lines: lines.clone(),
        scenarios: scenarios.clone(),
        baseline: baseline.clone(),
    }
}

/// Why a text was refused before saving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Differs {
    /// The value at this dotted key reads back differently.
    Value(String),
    /// The value at this dotted key could not be read, so there is nothing to write for it.
    Unreadable(String),
    /// The files that it extends have other values, seen from its new place.
    Extends,
}

/// The first difference between the wanted budget and the new text's.
#[must_use]
pub fn difference(wanted: &Budget, read: &Budget) -> Option<Differs> {
    // Listed one by one, without `..`: a new field that is not compared here would be lost by saves that look fine.
    let Budget {
        name,
        client,
        notes,
        shown,
        extends,
        team_head,
        team,
        assumptions,
        profiles,
        pins,
        bills,
        cards,
        fees,
        team_fees,
        risks,
        team_risks,
        lines,
        scenarios,
        baseline,
    } = wanted;
    let value = |key: &str| Some(Differs::Value(key.to_owned()));
    if *extends != read.extends {
        return value("extends");
    }
    let inherited = (team_head, team, profiles, team_fees, team_risks);
    if inherited != (&read.team_head, &read.team, &read.profiles, &read.team_fees, &read.team_risks) {
        return Some(Differs::Extends);
    }
    if let Some((wanted, read)) = lines.iter().zip(&read.lines).find(|(wanted, read)| wanted != read) {
        let table = format!("deliverable.{}", render_key(&wanted.key));
        let found = setting_difference(&table, &wanted.settings, &read.settings);
        return found.filter(|_| wanted.key == read.key).or(Some(Differs::Value(table)));
    }
    match () {
        () if lines.len() != read.lines.len() => value("deliverable"),
        () if *assumptions != read.assumptions => setting_difference("assumptions", assumptions, &read.assumptions),
        () if *pins != read.pins => value("rates"),
        () if *cards != read.cards => value("card"),
        () if *bills != read.bills && bills.months().is_none() => Some(Differs::Unreadable("bills.months".to_owned())),
        () if *bills != read.bills => value("bills"),
        () if *fees != read.fees => unreadable_key(fees, &read.fees).or_else(|| value("fee")),
        () if *risks != read.risks => unreadable_key(risks, &read.risks).or_else(|| value("risk")),
        () if *scenarios != read.scenarios => {
            unreadable_in_scenario(scenarios, &read.scenarios).or_else(|| value("scenario"))
        }
        () if *baseline != read.baseline => value("baseline"),
        () if *shown != read.shown => value("currency"),
        () if *name != read.name => value("name"),
        () if *client != read.client => value("client"),
        () if *notes != read.notes => value("notes"),
        () => None,
    }
}

fn setting_difference(table: &str, wanted: &Settings, read: &Settings) -> Option<Differs> {
    let knobs: BTreeSet<Knob> = wanted.iter().chain(read.iter()).map(|(knob, _)| knob).collect();
    let knob = knobs.into_iter().find(|knob| wanted.get(*knob) != read.get(*knob))?;
    let key = format!("{table}.{}", knob.row().name);
    let unreadable = [wanted, read].into_iter().any(|side| side.get(knob) == Some(&Setting::Unreadable));
    Some(if unreadable { Differs::Unreadable(key) } else { Differs::Value(key) })
}

/// The first key of a fee, or of a named risk, that could not be read, so that there is nothing to write for it.
fn unreadable_key<T: Rendered>(wanted: &BTreeMap<String, T>, read: &BTreeMap<String, T>) -> Option<Differs> {
    let mut changed = wanted.iter().filter(|(name, said)| read.get(*name) != Some(said));
    let (name, key) = changed.find_map(|(name, said)| Some((name, said.unreadable().first()?)))?;
    Some(Differs::Unreadable(format!("{}.{}.{}", T::TABLE, render_key(name), T::key_name(*key))))
}

/// The first value of a scenario that could not be read.
fn unreadable_in_scenario(
    wanted: &BTreeMap<String, Arc<Scenario>>,
    read: &BTreeMap<String, Arc<Scenario>>,
) -> Option<Differs> {
    let nothing = Settings::default();
    let mut changed = wanted.iter().filter(|(key, scenario)| read.get(*key) != Some(scenario));
    changed.find_map(|(key, scenario)| {
        let table = format!("scenario.{}", render_key(key));
        let now = read.get(key).map(|scenario| &scenario.changes);
        let of = |table: &str, wanted: &Settings, read: Option<&Settings>| {
            setting_difference(table, wanted, read.unwrap_or(&nothing))
        };
        let assumed =
            of(&format!("{table}.assumptions"), &scenario.changes.assumptions, now.map(|now| &now.assumptions));
        let lines = scenario.changes.lines.iter().map(|(line, patch)| {
            let read = now.and_then(|now| now.lines.get(line)).map(|patch| &patch.line.settings);
            of(&format!("{table}.deliverable.{}", render_key(line)), &patch.line.settings, read)
        });
        let found = std::iter::once(assumed).chain(lines).flatten();
        found.into_iter().find(|differs| matches!(differs, Differs::Unreadable(_)))
    })
}

/// If a prompt's number is removed, also removes the prompt that it may have been counted from: otherwise the next reading would
/// bring the number back.
fn with_prompts<'a>(changes: Vec<Change>, own: &impl Deref<Target = Option<Outline<'a>>>) -> Vec<Change> {
    let number = Knob::PromptTokens.row().name;
    let taken_back =
        |change: &Change| matches!(change, Change::Remove { path } if path.last().is_some_and(|key| key == number));
    if !changes.iter().any(taken_back) {
        return changes;
    }
    let stands = |path: &[String]| own.as_ref().is_some_and(|own| own.contains(path));
    let mut all = Vec::with_capacity(changes.len() + 1);
    for change in changes {
        if !taken_back(&change) {
            all.push(change);
            continue;
        }
        let above = change.path().split_last().map(|(_, above)| above).unwrap_or_default();
        let paths = [number, "prompt", "prompt_file"].map(|key| [above, &[key.to_owned()]].concat());
        all.extend(paths.into_iter().filter(|path| stands(path)).map(|path| Change::Remove { path }));
    }
    all
}

/// The prices to pin on a save: those pinned already, and the built-in card of every other model in use, also of those that a
/// scenario alone uses: a later release must not change what it is compared with.
#[must_use]
pub fn pins(budget: &Budget, estimate: &Estimate, catalog: &Catalog) -> BTreeMap<String, TokenCard> {
    let mut pins = budget.pins.clone();
    let assumed = estimate.assumptions.as_ref().map(|deliverable| &deliverable.model.value);
    let used: Vec<_> = estimate.models().collect();
    let used = if used.is_empty() { assumed.into_iter().collect() } else { used };
    let of_scenarios = models_of_scenarios(budget, catalog);
    for model in used.into_iter().chain(&of_scenarios) {
        let priced = model.card.standard.is_some() || model.card.batch.is_some();
        if priced && catalog.model(&model.id).is_some() {
            pins.entry(model.card_id()).or_insert_with(|| model.card.clone());
        }
    }
    pins
}

/// The single edits that lead from one budget to the other.
#[must_use]
pub fn changes(before: &Budget, after: &Budget) -> Vec<Change> {
    changes_from(before, (&before.pins, &before.shown), after)
}

/// The same, but starting from the pinned prices and the rate that stand in the text, which may be fewer than those of `before`.
fn changes_from(before: &Budget, (pins, rate): (&BTreeMap<String, TokenCard>, &Shown), after: &Budget) -> Vec<Change> {
    let mut changes = Vec::new();
    // Listed one by one, without `..`: a new field has to be written here. Inherited values are in other files.
    let Budget {
        name,
        client,
        notes,
        shown: _,
        extends,
        team_head,
        team: _,
        assumptions,
        profiles: _,
        pins: new_pins,
        bills,
        cards,
        fees,
        team_fees: _,
        risks,
        team_risks: _,
        lines,
        scenarios,
        baseline,
    } = after;
    text_change(&mut changes, &["extends"], before.extends.as_ref(), extends.as_ref());
    let client = own(&before.client, client, &team_head.client);
    for (key, old, new) in
        [("name", &before.name, name), ("client", &before.client, client), ("notes", &before.notes, notes)]
    {
        text_change(&mut changes, &[key], old.as_ref(), new.as_ref());
    }
    shown_changes(&mut changes, before, rate, after);
    settings_changes(&mut changes, &["assumptions"], &before.assumptions, assumptions);
    keyed_changes(&mut changes, &before.fees, fees);
    keyed_changes(&mut changes, &before.risks, risks);
    line_changes(&mut changes, &before.lines, lines);
    scenario_changes(&mut changes, &before.scenarios, scenarios);
    baseline_changes(&mut changes, &before.baseline, baseline);
    for (card, new) in new_pins {
        pin_changes(&mut changes, card, pins.get(card), new);
    }
    let months = *own(&before.bills.months, &bills.months, &team_head.months);
    card_write::bill_changes(&mut changes, &before.bills, &Compared { months, ..bills.clone() });
    card_write::card_changes(&mut changes, &before.cards, cards);
    for card in pins.keys().filter(|card| !new_pins.contains_key(*card)) {
        changes.push(Change::Remove { path: path(&["rates", card]) });
    }
    changes
}

/// The value that a project has to write for `after`: none where that is what its team file says, unless nothing changed.
fn own<'v, T: PartialEq>(before: &Option<T>, after: &'v Option<T>, team: &Option<T>) -> &'v Option<T> {
    if after != before && after == team { &None } else { after }
}

/// `rate`: the rate that stands in the text.
fn shown_changes(changes: &mut Vec<Change>, before: &Budget, rate: &Shown, after: &Budget) {
    let Shown { currency, exchange: new } = &after.shown;
    if before.shown == after.shown {
        return;
    }
    if after.team_head.shown.as_ref() == Some(&after.shown) {
        changes.extend(["currency", "exchange"].map(|key| Change::Remove { path: path(&[key]) }));
        return;
    }
    let code = |currency: Currency| Some(render_string(currency.code()));
    change(changes, &["currency"], code(before.shown.currency), code(*currency));
    let old = rate.exchange.as_ref();
    let Some(new) = new else {
        changes.push(Change::Remove { path: path(&["exchange"]) });
        return;
    };
    let Exchange { rate, as_of, source } = new;
    change(changes, &["exchange", "rate"], old.map(|old| number(old.rate)), Some(number(*rate)));
    change(changes, &["exchange", "as_of"], old.map(|old| old.as_of.to_string()), Some(as_of.to_string()));
    text_change(changes, &["exchange", "source"], old.and_then(|old| old.source.as_ref()), source.as_ref());
}

fn pin_changes(changes: &mut Vec<Change>, card: &str, before: Option<&TokenCard>, after: &TokenCard) {
    if before == Some(after) {
        return;
    }
    let Some(before) = before else {
        let entries = pin_fields(after).into_iter().filter_map(|(key, value)| Some((vec![key.to_owned()], value?)));
        changes.push(Change::InsertTable { path: path(&["rates", card]), entries: entries.collect() });
        return;
    };
    for ((key, old), (_, new)) in pin_fields(before).into_iter().zip(pin_fields(after)) {
        match (key, meters(before, key), meters(after, key)) {
            ("standard" | "batch", Some(before), Some(after)) => {
                for meter in Meter::ALL {
                    let price = |rates: &Rates| rates.get(meter).map(money);
                    change(changes, &["rates", card, key, meter.name()], price(before), price(after));
                }
            }
            _ => change(changes, &["rates", card, key], old, new),
        }
    }
}

fn pin_fields(card: &TokenCard) -> [(&'static str, Option<String>); 5] {
    let TokenCard { standard, batch, provenance: Provenance { source, checked, grade } } = card;
    [
        ("checked", checked.map(|day| day.to_string())),
        ("source", Some(render_string(source))),
        ("grade", grade.map(|grade| render_string(&grade.to_string()))),
        ("standard", standard.as_ref().map(rates)),
        ("batch", batch.as_ref().map(rates)),
    ]
}

fn meters<'c>(card: &'c TokenCard, key: &str) -> Option<&'c Rates> {
    if key == "batch" { card.batch.as_ref() } else { card.standard.as_ref() }
}

fn money(usd: Decimal) -> String {
    let mut usd = usd.normalize();
    usd.rescale(usd.scale().max(2));
    usd.to_string()
}

fn rates(rates: &Rates) -> String {
    let set = Meter::ALL.into_iter().filter_map(|meter| Some((meter.name(), rates.get(meter)?)));
    let listed: Vec<String> = set.map(|(name, usd)| format!("{name} = {}", money(usd))).collect();
    format!("{{ {} }}", listed.join(", "))
}
