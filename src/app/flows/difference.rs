//! The difference between two budgets, as edits; and carrying edits made on one budget over to another.

use crate::app::flows::recovery::{Named, Row, missing_rows, named_row, settings_row};
use crate::app::flows::scenario_difference::{carry_scenarios, scenario_edits};
use crate::cost::base::money::Shown;
use crate::cost::budget::edit::{Edit, Scope, TextField};
use crate::cost::budget::{Compared, Fee, NamedRisk};
use crate::cost::rates::card::Card;
use crate::cost::{Budget, Knob, Line, Settings, SharedLine};
use crate::words;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The same edits without what only another team file changed: that is read again wherever the edits go.
#[must_use]
pub fn own_edits(before: &Budget, after: &Budget) -> Vec<Edit> {
    if before.extends == after.extends {
        return edits_between(before, after);
    }
    let usd = Shown::usd();
    let shown = |budget: &Budget| budget.shown == *budget.team_head.shown.as_ref().unwrap_or(&usd);
    let mut own = after.clone();
    if [before, after].into_iter().all(|budget| budget.client == budget.team_head.client) {
        own.client.clone_from(&before.client);
    }
    if [before, after].into_iter().all(shown) {
        own.shown.clone_from(&before.shown);
    }
    if [before, after].into_iter().all(|budget| budget.bills.months == budget.team_head.months) {
        own.bills.months = before.bills.months;
    }
    edits_between(before, &own)
}

/// The edits that turn `before` into `after`, in everything that edits can change.
#[must_use]
pub fn edits_between(before: &Budget, after: &Budget) -> Vec<Edit> {
    let mut edits = Vec::new();
    // Listed one by one, without `..`, so that each new field needs a decision whether edits change it. Edits do not change
    // these.
    let Budget {
        team_head: _,
        team: _,
        profiles: _,
        cards,
        team_fees: _,
        team_risks: _,
        name,
        client,
        notes,
        shown,
        extends,
        assumptions,
        pins,
        bills,
        fees,
        risks,
        lines,
        scenarios,
        baseline,
    } = after;
    let Compared { compare, months, months_unreadable: _ } = bills;
    let texts = [
        (TextField::ProjectName, &before.name, name),
        (TextField::Client, &before.client, client),
        (TextField::Notes, &before.notes, notes),
    ];
    let differing = texts.into_iter().filter(|(_, before, after)| before != after);
    edits.extend(differing.map(|(field, before, after)| Edit::Text {
        field,
        before: before.clone(),
        after: after.clone(),
    }));
    if before.extends != *extends {
        edits.push(Edit::Extends { before: before.extends.clone(), after: extends.clone() });
    }
    if before.shown != *shown {
        edits.push(Edit::Shown { before: before.shown.clone(), after: shown.clone() });
    }
    if before.bills.compare != *compare {
        edits.push(Edit::Compare { before: before.bills.compare.clone(), after: compare.clone() });
    }
    edits
        .extend(cards.iter().filter_map(|(id, card)| inputs_edit(before.cards.get(id)?.as_deref()?, card.as_deref()?)));
    if before.bills.months != *months {
        edits.push(Edit::Months { before: before.bills.months, after: *months });
    }
    named_edits(&mut edits, &before.fees, fees, fee_edit);
    named_edits(&mut edits, &before.risks, risks, risk_edit);
    knob_edits(&mut edits, Scope::Assumptions, &before.assumptions, assumptions);
    line_edits(&mut edits, &before.lines, lines);
    scenario_edits(&mut edits, before, scenarios, baseline);
    if before.pins != *pins {
        let other = |ours: &Budget, theirs: &Budget| {
            let differs = ours.pins.iter().filter(|(card, pinned)| theirs.pins.get(*card) != Some(pinned));
            differs.map(|(card, pinned)| (card.clone(), pinned.clone())).collect::<BTreeMap<_, _>>()
        };
        edits.push(Edit::Pins { before: other(before, after), after: other(after, before) });
    }
    edits
}

/// Fees or named risks by name.
type All<T> = BTreeMap<String, T>;

fn names<'a, T>(a: &'a All<T>, b: &'a All<T>) -> BTreeSet<&'a String> {
    a.keys().chain(b.keys()).collect()
}

fn fee_edit(name: String, before: Option<Box<Fee>>, after: Option<Box<Fee>>) -> Edit {
    Edit::Fee { name, before, after }
}

fn risk_edit(key: String, before: Option<Box<NamedRisk>>, after: Option<Box<NamedRisk>>) -> Edit {
    Edit::Risk { key, before, after }
}

fn named_edits<T: Named>(
    edits: &mut Vec<Edit>,
    before: &All<T>,
    after: &All<T>,
    edit: impl Fn(String, Option<Box<T>>, Option<Box<T>>) -> Edit,
) {
    for name in names(before, after).into_iter().filter(|name| before.get(*name) != after.get(*name)) {
        let boxed = |all: &All<T>| all.get(name).cloned().map(Box::new);
        edits.push(edit(name.clone(), boxed(before), boxed(after)));
    }
}

/// Carries fees or named risks over key by key.
fn carry_named<T: Named>(before: &All<T>, mine: &All<T>, merged: &mut All<T>, left: &mut Vec<Row>) {
    let nothing = T::default();
    for name in names(before, mine) {
        let [old, ours] = [before, mine].map(|all| all.get(name).unwrap_or(&nothing));
        let mut own = merged.get(name).cloned().unwrap_or_default();
        for key in T::KEYS.iter().copied().filter(|key| !old.same_at(*key, ours)) {
            if own.same_at(key, ours) {
                continue;
            }
            if own.same_at(key, old) {
                own.take(key, ours);
            } else {
                left.push(named_row(name, key, Some(&own), Some(ours)));
            }
        }
        if own.is_empty() && !mine.contains_key(name) {
            merged.remove(name);
        } else if mine.contains_key(name) || merged.contains_key(name) {
            merged.insert(name.clone(), own);
        }
    }
}

/// The edit that turns a card into another one; `None` if they differ in more than what edits change.
fn inputs_edit(before: &Card, after: &Card) -> Option<Edit> {
    let same_but_inputs = *after == Card { inputs: after.inputs, ..before.clone() };
    (before.inputs != after.inputs && same_but_inputs).then(|| Edit::Inputs {
        card: after.id.clone(),
        before: before.inputs,
        after: after.inputs,
    })
}

/// Every knob that one of two layers sets.
fn knobs(a: &Settings, b: &Settings) -> BTreeSet<Knob> {
    a.iter().chain(b.iter()).map(|(knob, _)| knob).collect()
}

fn knob_edits(edits: &mut Vec<Edit>, scope: Scope, before: &Settings, after: &Settings) {
    for knob in knobs(before, after) {
        let (before, after) = (before.get(knob).cloned(), after.get(knob).cloned());
        if before != after {
            edits.push(Edit::Knob { scope, knob, before, after });
        }
    }
}

fn line_edits(edits: &mut Vec<Edit>, before: &[SharedLine], after: &[SharedLine]) {
    // Most edits leave the list as it is, and the first edit of a session waits for this.
    if before.len() == after.len() && before.iter().zip(after).all(|(before, after)| before.key == after.key) {
        let pairs = before.iter().zip(after).enumerate();
        pairs.for_each(|(index, (before, after))| field_edits(edits, index, before, after));
        return;
    }
    let mut work: Vec<&Line> = before.iter().map(|line| &**line).collect();
    let places: HashMap<&str, usize> = after.iter().zip(0..).map(|(line, at)| (line.key.as_str(), at)).collect();
    for index in
        (0..work.len()).rev().filter(|index| !places.contains_key(work[*index].key.as_str())).collect::<Vec<_>>()
    {
        edits.push(Edit::Remove { index, line: Box::new(work.remove(index).clone()) });
    }
    for (index, wanted) in after.iter().enumerate() {
        let is_next = work.get(index + 1).is_some_and(|next| next.key == wanted.key);
        let place = work.get(index).and_then(|line| places.get(line.key.as_str()).copied());
        match place {
            Some(place) if place == index => {}
            // One line moved down: that is one move, not a move of each line that it passed.
            Some(place) if is_next => {
                let to = place.min(work.len() - 1);
                let line = work.remove(index);
                work.insert(to, line);
                edits.push(Edit::Move { from: index, to });
            }
            _ => match work.iter().skip(index).position(|line| line.key == wanted.key) {
                Some(further) => {
                    let line = work.remove(index + further);
                    work.insert(index, line);
                    edits.push(Edit::Move { from: index + further, to: index });
                }
                None => {
                    work.insert(index, wanted);
                    edits.push(Edit::Insert { index, line: Box::new(Line::clone(wanted)) });
                }
            },
        }
        field_edits(edits, index, work[index], wanted);
    }
    for index in (after.len()..work.len()).rev() {
        edits.push(Edit::Remove { index, line: Box::new(work.remove(index).clone()) });
    }
}

fn field_edits(edits: &mut Vec<Edit>, index: usize, before: &Line, after: &Line) {
    if before == after {
        return;
    }
    let Line { key, name, position, note, settings } = after;
    if before.note != *note || before.key != *key {
        edits.push(Edit::Remove { index, line: Box::new(before.clone()) });
        edits.push(Edit::Insert { index, line: Box::new(after.clone()) });
        return;
    }
    if before.name != *name {
        let field = TextField::LineName(index);
        edits.push(Edit::Text { field, before: before.name.clone(), after: name.clone() });
    }
    if before.position != *position {
        edits.push(Edit::Position { index, before: before.position, after: *position });
    }
    knob_edits(edits, Scope::Line(index), &before.settings, settings);
}

/// Carries the changes from `before` to `mine` over to `theirs` field by field; also returns the changes that do not fit, because
/// `theirs` differs from `before` there.
#[must_use]
pub fn carried_over(before: &Budget, mine: &Budget, theirs: &Budget) -> (Budget, Vec<Row>) {
    let (mut merged, mut left) = (theirs.clone(), Vec::new());
    let project = words::recovered_project();
    // The fields that edits change, as in `edits_between`; the others stay as `theirs` has them.
    let Budget {
        team_head: _,
        team: _,
        profiles: _,
        cards: _,
        team_fees: _,
        team_risks: _,
        name,
        client,
        notes,
        shown,
        extends,
        assumptions,
        pins,
        bills,
        fees,
        risks,
        lines,
        scenarios: _,
        baseline: _,
    } = mine;
    carry_scenarios(before, mine, &mut merged, &mut left);
    let texts = [
        (words::ask_project_name(), &before.name, name, &mut merged.name),
        (words::form_client(), &before.client, client, &mut merged.client),
        (words::card_notes(), &before.notes, notes, &mut merged.notes),
        (words::layer_team(), &before.extends, extends, &mut merged.extends),
    ];
    for (label, before, mine, merged) in texts {
        match taken(before, mine, merged) {
            Some(Ok(text)) => *merged = text,
            Some(Err(())) => left.push(Row::texts(project, label, merged, mine)),
            None => {}
        }
    }
    match taken(&before.shown, shown, &merged.shown) {
        Some(Ok(shown)) => merged.shown = shown,
        Some(Err(())) => left.push(Row::texts(
            project,
            words::form_currency(),
            &Some(words::shown_in(&merged.shown)),
            &Some(words::shown_in(shown)),
        )),
        None => {}
    }
    carry_bills(&before.bills, bills, &mut merged.bills, &mut left);
    carry_named(&before.fees, fees, &mut merged.fees, &mut left);
    carry_named(&before.risks, risks, &mut merged.risks, &mut left);
    let of = words::recovered_assumptions();
    carry_settings(of, &before.assumptions, assumptions, &mut merged.assumptions, &mut left);
    for card in before.pins.keys().chain(pins.keys()).collect::<BTreeSet<_>>() {
        match taken(&before.pins.get(card), &pins.get(card), &theirs.pins.get(card)) {
            Some(Ok(Some(pinned))) => drop(merged.pins.insert(card.clone(), pinned.clone())),
            Some(Ok(None)) => drop(merged.pins.remove(card)),
            Some(Err(())) => left.push(Row::plain(project, words::recovered_prices(card))),
            None => {}
        }
    }
    carry_lines(&before.lines, lines, &mut merged.lines, &mut left);
    (merged, left)
}

fn carry_bills(before: &Compared, mine: &Compared, merged: &mut Compared, left: &mut Vec<Row>) {
    let project = words::recovered_project();
    let Compared { compare, months, months_unreadable: _ } = mine;
    match taken(&before.compare, compare, &merged.compare) {
        Some(Ok(cards)) => merged.compare = cards,
        Some(Err(())) => {
            let (theirs, mine) = (Some(merged.compare.join(", ")), Some(compare.join(", ")));
            left.push(Row::texts(project, words::recovered_compare(), &theirs, &mine));
        }
        None => {}
    }
    match taken(&before.months, months, &merged.months) {
        Some(Ok(months)) => merged.months = months,
        Some(Err(())) => {
            let told = |months: Option<u32>| months.map(|months| months.to_string());
            left.push(Row::texts(project, words::action_months(), &told(merged.months), &told(*months)));
        }
        None => {}
    }
}

/// The value to carry over, if `mine` differs from `before`; an error if `theirs` is a third value.
fn taken<T: Clone + PartialEq>(before: &T, mine: &T, theirs: &T) -> Option<Result<T, ()>> {
    match () {
        () if mine == before || mine == theirs => None,
        () if theirs == before => Some(Ok(mine.clone())),
        () => Some(Err(())),
    }
}

fn carry_settings(of: &str, before: &Settings, mine: &Settings, merged: &mut Settings, left: &mut Vec<Row>) {
    for knob in knobs(before, mine) {
        match taken(&before.get(knob).cloned(), &mine.get(knob).cloned(), &merged.get(knob).cloned()) {
            Some(Ok(setting)) => drop(merged.put(knob, setting)),
            Some(Err(())) => left.push(settings_row(of, knob, merged.get(knob), mine.get(knob))),
            None => {}
        }
    }
}

fn by_key(lines: &[SharedLine]) -> HashMap<&str, &Line> {
    lines.iter().map(|line| (line.key.as_str(), &**line)).collect()
}

fn keys(lines: &[SharedLine]) -> Vec<String> {
    lines.iter().map(|line| line.key.clone()).collect()
}

/// Whether deliverables in both `before` and `mine` were moved, and `merged` still has the old order.
fn is_order_lost(before: &[SharedLine], mine: &[SharedLine], merged: &[SharedLine]) -> bool {
    let [old, ours, now] = [before, mine, merged].map(keys);
    let [in_old, in_ours, in_now] = [&old, &ours, &now].map(|keys| keys.iter().collect::<HashSet<_>>());
    let common = |keys: &[String]| {
        let known = |key: &&String| in_old.contains(key) && in_ours.contains(key) && in_now.contains(key);
        keys.iter().filter(known).cloned().collect::<Vec<_>>()
    };
    let wanted = common(&ours);
    wanted != common(&old) && wanted != common(&now)
}

fn carry_lines(before: &[SharedLine], mine: &[SharedLine], merged: &mut Vec<SharedLine>, left: &mut Vec<Row>) {
    let (old, ours) = (by_key(before), by_key(mine));
    let same_order = keys(before) == keys(merged);
    merged.retain(|line| match (old.get(line.key.as_str()), ours.get(line.key.as_str())) {
        (Some(old), None) if **old == **line => false,
        (Some(_), None) => {
            left.push(Row::plain(line.title(), words::recovered_deleted()));
            true
        }
        _ => true,
    });
    let mut at: HashMap<String, usize> = merged.iter().zip(0..).map(|(line, at)| (line.key.clone(), at)).collect();
    let mut behind: Option<&str> = None;
    for line in mine {
        let key = line.key.as_str();
        match (old.get(key), at.get(key).copied()) {
            (Some(old), Some(place)) => carry_line(old, line, &mut merged[place], left),
            (None, None) => {
                let place = behind.and_then(|key| at.get(key)).map_or(0, |place| place + 1);
                at.values_mut().filter(|other| **other >= place).for_each(|other| *other += 1);
                at.insert(key.to_owned(), place);
                merged.insert(place, line.clone());
            }
            // Added on both sides under one key: report the difference value by value.
            (None, Some(place)) => differing(line, &merged[place], left),
            // Only the file removed it: an edit of it has no place any more, so report it as well.
            (Some(old), None) => {
                left.extend(missing_rows(old, line));
                continue;
            }
        }
        behind = Some(key);
    }
    let (order, now) = (keys(mine), keys(merged));
    if same_order && order.iter().collect::<HashSet<_>>() == now.iter().collect::<HashSet<_>>() && order != now {
        let places: HashMap<&str, usize> = order.iter().map(String::as_str).zip(0..).collect();
        merged.sort_by_key(|line| places.get(line.key.as_str()).copied());
    }
    if is_order_lost(before, mine, merged) {
        left.push(Row::plain(words::recovered_project(), words::recovered_order()));
    }
}

/// The differences of `mine` from `theirs`, without a common base.
fn differing(mine: &Line, theirs: &Line, left: &mut Vec<Row>) {
    let title = theirs.title();
    let Line { key: _, name, position, note, settings } = mine;
    if *name != theirs.name {
        left.push(Row::texts(title, words::field_name(), &theirs.name, name));
    }
    if *note != theirs.note {
        left.push(Row::texts(title, words::field_note(), &theirs.note, note));
    }
    if *position != theirs.position {
        left.push(Row::plain(title, words::recovered_moved()));
    }
    let differs = |knob: &Knob| settings.get(*knob) != theirs.settings.get(*knob);
    let knobs = knobs(settings, &theirs.settings).into_iter().filter(differs);
    left.extend(knobs.map(|knob| settings_row(title, knob, theirs.settings.get(knob), settings.get(knob))));
}

fn carry_line(before: &Line, mine: &Line, merged: &mut Line, left: &mut Vec<Row>) {
    let title = merged.title().to_owned();
    let Line { key: _, name, position, note, settings } = mine;
    match taken(&before.name, name, &merged.name) {
        Some(Ok(name)) => merged.name = name,
        Some(Err(())) => left.push(Row::texts(&title, words::field_name(), &merged.name, name)),
        None => {}
    }
    // A deliverable that was deleted and added again under its key has another note, though no knob changes a note.
    match taken(&before.note, note, &merged.note) {
        Some(Ok(note)) => merged.note = note,
        Some(Err(())) => left.push(Row::texts(&title, words::field_note(), &merged.note, note)),
        None => {}
    }
    match taken(&before.position, position, &merged.position) {
        Some(Ok(position)) => merged.position = position,
        Some(Err(())) => left.push(Row::plain(&title, words::recovered_moved())),
        None => {}
    }
    carry_settings(&title, &before.settings, settings, &mut merged.settings, left);
}
