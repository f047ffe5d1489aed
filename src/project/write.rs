//! The differences between the file and the screen, as edits of single values in the file's own text.

use super::card_write;
use super::fee_write;
use super::key_order::rank;
use super::measured_write::{measured_changes, rendered_measured};
use super::outline::Outline;
use super::splice::{Change, SpliceError, apply, render_key, render_string};
use crate::cost::base::limits::POSITION_MAX;
use crate::cost::base::money::{Currency, Decimal, Exchange, Shown};
use crate::cost::base::retry::{Confidence, Retry};
use crate::cost::budget::Catalog;
use crate::cost::budget::knob_text;
use crate::cost::budget::{Cap, Line, Setting, Settings, Value};
use crate::cost::rates::rate_card::{Meter, Provenance, Rates, TokenCard};
use crate::cost::{Budget, Estimate, Knob};
use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

/// The initial text of a project without a file.
pub const EMPTY: &str = "retake = 1\n";

/// The file's text with all differences between `before`, the budget read from the text, and `after` applied.
///
/// If the text would not give the lines in the order of `after`, they get positions there that do.
///
/// # Errors
/// If the text has no place for a change, or the result does not read back.
pub fn updated(text: &[u8], before: &Budget, after: &mut Budget) -> Result<Vec<u8>, SpliceError> {
    let new = spliced(text, before, after)?;
    let same = |(a, b): (&Line, &Line)| a.key == b.key && a.position == b.position;
    let as_before = before.lines.len() == after.lines.len() && before.lines.iter().zip(&after.lines).all(same);
    if as_before || stands_in_order(&new, &after.lines) {
        return Ok(new);
    }
    for (position, line) in (10..).step_by(10).zip(&mut after.lines) {
        line.position = Some(position);
    }
    spliced(text, before, after)
}

fn spliced(text: &[u8], before: &Budget, after: &Budget) -> Result<Vec<u8>, SpliceError> {
    let changes = wanted_changes(text, before, after);
    if !changes.is_empty() && is_blank(text) {
        return apply(&with_version(text), &changes);
    }
    apply(text, &changes)
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
    let changes = changes_from(before, pins.as_ref().unwrap_or(&before.pins), after);
    let mut changes = with_prompts(changes, &own);
    // A value can be unreadable without its own key: a prompt is there instead of its tokens.
    changes.retain(|change| match change {
        Change::Remove { path } => stands(&path.iter().map(String::as_str).collect::<Vec<_>>()),
        Change::Set { .. } | Change::InsertTable { .. } => true,
    });
    changes
}

/// Whether the text, read again, gives the lines in this order: by position, and by the order of the text if positions are equal.
fn stands_in_order(text: &[u8], lines: &[Line]) -> bool {
    let text = std::str::from_utf8(text).unwrap_or_default();
    let Ok(outline) = Outline::parse(text) else { return true };
    let places: BTreeMap<&str, usize> =
        (0..).zip(outline.keys_below(&["deliverable"])).map(|(at, key)| (key, at)).collect();
    let sorted = |line: &Line| (line.position.unwrap_or(0), places.get(line.key.as_str()).copied());
    let allowed = |line: &Line| line.position.is_none_or(|position| position.abs() <= POSITION_MAX);
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
        team: _,
        assumptions,
        profiles: _,
        pins,
        bills,
        cards,
        fees,
        team_fees: _,
        lines,
    } = after;
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
        team: now.team,
        assumptions: assumptions.clone(),
        profiles: now.profiles,
        pins: wanted_pins,
        bills: if *bills == before.bills { now.bills } else { bills.clone() },
        cards: wanted_cards,
        fees: fees.clone(),
        team_fees: now.team_fees,
        lines: lines.clone(),
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
    let Budget { name, client, notes, shown, team, assumptions, profiles, pins, bills, cards, fees, team_fees, lines } =
        wanted;
    if (team, profiles, team_fees) != (&read.team, &read.profiles, &read.team_fees) {
        return Some(Differs::Extends);
    }
    let value = |key: &str| Some(Differs::Value(key.to_owned()));
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
        () if *bills != read.bills => value("bills"),
        () if *fees != read.fees => value("fee"),
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

/// The prices to pin on a save: those pinned already, and the built-in card of every other model in use.
#[must_use]
pub fn pins(budget: &Budget, estimate: &Estimate, catalog: &Catalog) -> BTreeMap<String, TokenCard> {
    let mut pins = budget.pins.clone();
    let assumed = estimate.assumptions.as_ref().map(|deliverable| &deliverable.model.value);
    let used: Vec<_> = estimate.models().collect();
    let used = if used.is_empty() { assumed.into_iter().collect() } else { used };
    for model in used {
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
    changes_from(before, &before.pins, after)
}

/// The same, but starting from other pinned prices than those of `before`.
fn changes_from(before: &Budget, pins: &BTreeMap<String, TokenCard>, after: &Budget) -> Vec<Change> {
    let mut changes = Vec::new();
    // Listed one by one, without `..`: a new field has to be written here. Inherited values are in other files.
    let Budget {
        name,
        client,
        notes,
        shown,
        team: _,
        assumptions,
        profiles: _,
        pins: new_pins,
        bills,
        cards,
        fees,
        team_fees: _,
        lines,
    } = after;
    for (key, old, new) in
        [("name", &before.name, name), ("client", &before.client, client), ("notes", &before.notes, notes)]
    {
        text_change(&mut changes, &[key], old.as_ref(), new.as_ref());
    }
    shown_changes(&mut changes, &before.shown, shown);
    settings_changes(&mut changes, &["assumptions"], &before.assumptions, assumptions);
    fee_write::fee_changes(&mut changes, &before.fees, fees);
    line_changes(&mut changes, &before.lines, lines);
    for (card, new) in new_pins {
        pin_changes(&mut changes, card, pins.get(card), new);
    }
    card_write::bill_changes(&mut changes, &before.bills, bills);
    card_write::card_changes(&mut changes, &before.cards, cards);
    for card in pins.keys().filter(|card| !new_pins.contains_key(*card)) {
        changes.push(Change::Remove { path: path(&["rates", card]) });
    }
    changes
}

fn path(keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| (*key).to_owned()).collect()
}

fn change(changes: &mut Vec<Change>, keys: &[&str], old: Option<String>, new: Option<String>) {
    match new {
        _ if old == new => {}
        Some(value) => changes.push(Change::Set { path: path(keys), value }),
        None => changes.push(Change::Remove { path: path(keys) }),
    }
}

fn text_change(changes: &mut Vec<Change>, keys: &[&str], old: Option<&String>, new: Option<&String>) {
    change(changes, keys, old.map(|text| render_string(text)), new.map(|text| render_string(text)));
}

fn shown_changes(changes: &mut Vec<Change>, before: &Shown, after: &Shown) {
    let code = |currency: Currency| Some(render_string(currency.code()));
    let Shown { currency, exchange: new } = after;
    change(changes, &["currency"], code(before.currency), code(*currency));
    let old = &before.exchange;
    if old == new {
        return;
    }
    let Some(new) = new else {
        changes.push(Change::Remove { path: path(&["exchange"]) });
        return;
    };
    let (old, Exchange { rate, as_of, source }) = (old.as_ref(), new);
    change(changes, &["exchange", "rate"], old.map(|old| number(old.rate)), Some(number(*rate)));
    change(changes, &["exchange", "as_of"], old.map(|old| old.as_of.to_string()), Some(as_of.to_string()));
    text_change(changes, &["exchange", "source"], old.and_then(|old| old.source.as_ref()), source.as_ref());
}

fn settings_changes(changes: &mut Vec<Change>, table: &[&str], before: &Settings, after: &Settings) {
    for knob in in_file_order(before.iter().chain(after.iter()).map(|(knob, _)| knob)) {
        let (old, new) = (before.get(knob), after.get(knob));
        if old == new {
            continue;
        }
        let mut keys = table.to_vec();
        for key in knob.path() {
            keys.push(key);
        }
        match (old, new) {
            (Some(Setting::Value(Value::Measured(old))), Some(Setting::Value(Value::Measured(new)))) => {
                measured_changes(changes, &keys, old, new);
            }
            (_, Some(Setting::Value(value))) => {
                changes.push(Change::Set { path: path(&keys), value: rendered(value) });
            }
            (_, Some(Setting::Unreadable)) => {}
            (_, None) => changes.push(Change::Remove { path: path(&keys) }),
        }
    }
}

/// Knobs in the order that people write their keys.
fn in_file_order(knobs: impl Iterator<Item = Knob>) -> Vec<Knob> {
    let mut knobs: Vec<Knob> = knobs.collect::<BTreeSet<_>>().into_iter().collect();
    knobs.sort_by_key(|knob| knob.path().last().and_then(rank));
    knobs
}

fn line_changes(changes: &mut Vec<Change>, before: &[Line], after: &[Line]) {
    let old: BTreeMap<&str, &Line> = before.iter().map(|line| (line.key.as_str(), line)).collect();
    let kept: BTreeSet<&str> = after.iter().map(|line| line.key.as_str()).collect();
    for key in old.keys().filter(|key| !kept.contains(*key)) {
        changes.push(Change::Remove { path: path(&["deliverable", key]) });
    }
    for line in after {
        let Some(before) = old.get(line.key.as_str()) else {
            insert_line(changes, line);
            continue;
        };
        if *before == line {
            continue;
        }
        let Line { key, name, position, note, settings } = line;
        text_change(changes, &["deliverable", key, "name"], before.name.as_ref(), name.as_ref());
        let written = |position: Option<i64>| position.map(|position| position.to_string());
        change(changes, &["deliverable", key, "position"], written(before.position), written(*position));
        settings_changes(changes, &["deliverable", key], &before.settings, settings);
        text_change(changes, &["deliverable", key, "note"], before.note.as_ref(), note.as_ref());
    }
}

fn insert_line(changes: &mut Vec<Change>, line: &Line) {
    let mut entries = Vec::new();
    let mut explore = Vec::new();
    let mut put = |key: &str, value: String| entries.push((vec![key.to_owned()], value));
    let Line { key, name, position, note, settings } = line;
    if let Some(name) = name {
        put("name", render_string(name));
    }
    if let Some(position) = position {
        put("position", position.to_string());
    }
    for knob in in_file_order(settings.iter().map(|(knob, _)| knob)) {
        let Some(value) = settings.value(knob) else { continue };
        match knob.path().collect::<Vec<_>>()[..] {
            [_, inner] => explore.push((vec![inner.to_owned()], rendered(value))),
            _ => put(knob.row().name, rendered(value)),
        }
    }
    if let Some(note) = note {
        put("note", render_string(note));
    }
    changes.push(Change::InsertTable { path: path(&["deliverable", key]), entries });
    if !explore.is_empty() {
        let path = path(&["deliverable", key, "explore"]);
        changes.push(Change::InsertTable { path, entries: explore });
    }
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

/// A value as the file spells it.
fn rendered(value: &Value) -> String {
    match value {
        Value::Count(count) => count.to_string(),
        Value::Retry(retry) => rendered_retry(retry),
        Value::Sizes(sizes) => {
            let listed: Vec<String> = sizes.iter().map(|size| render_string(&size.to_string())).collect();
            format!("[{}]", listed.join(", "))
        }
        Value::Cap(Cap { amount, currency: None }) => number(*amount),
        Value::Measured(measured) => rendered_measured(measured),
        Value::Flag(yes) => yes.to_string(),
        other => render_string(&knob_text::write(other)),
    }
}

/// Files show a factor with a decimal, so that it does not look like a count.
fn factor(factor: Decimal) -> String {
    let mut factor = factor.normalize();
    factor.rescale(factor.scale().max(1));
    factor.to_string()
}

fn number(number: Decimal) -> String {
    number.normalize().to_string()
}

fn rendered_retry(retry: &Retry) -> String {
    match retry {
        Retry::Factor { factor: of, confidence: None } => factor(*of),
        Retry::Factor { factor: of, confidence: Some(confidence) } => {
            format!("{{ factor = {}, confidence = {} }}", factor(*of), rendered_confidence(*confidence))
        }
        Retry::Accepted { percent, confidence } => {
            let accepted = render_string(&format!("{}%", percent.normalize()));
            match confidence {
                None => format!("{{ accepted = {accepted} }}"),
                Some(confidence) => {
                    format!("{{ accepted = {accepted}, confidence = {} }}", rendered_confidence(*confidence))
                }
            }
        }
        Retry::Range { low, likely, high } => {
            format!("{{ low = {}, likely = {}, high = {} }}", factor(*low), factor(*likely), factor(*high))
        }
        Retry::Profile(name) => render_string(name),
    }
}

fn rendered_confidence(confidence: Confidence) -> String {
    let word = Confidence::WORDS.iter().find(|(_, known)| *known == confidence).map(|(word, _)| render_string(word));
    match (word, confidence) {
        (None, Confidence::Worth(finals)) => number(finals),
        (word, _) => word.unwrap_or_default(),
    }
}
