//! What leads from one budget to another, as edits; and edits of one state carried over to another one.

use crate::app::flows::recovery::{Row, settings_row};
use crate::cost::budget::edit::{Edit, Scope, TextField};
use crate::cost::{Budget, Knob, Line, Settings};
use crate::words;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The edits that make `before` what `after` is, in everything that edits can change.
#[must_use]
pub fn edits_between(before: &Budget, after: &Budget) -> Vec<Edit> {
    let mut edits = Vec::new();
    if before.name != after.name {
        let field = TextField::ProjectName;
        edits.push(Edit::Text { field, before: before.name.clone(), after: after.name.clone() });
    }
    if before.bills.compare != after.bills.compare {
        edits.push(Edit::Compare { before: before.bills.compare.clone(), after: after.bills.compare.clone() });
    }
    if before.bills.months != after.bills.months {
        edits.push(Edit::Months { before: before.bills.months, after: after.bills.months });
    }
    knob_edits(&mut edits, Scope::Assumptions, &before.assumptions, &after.assumptions);
    line_edits(&mut edits, &before.lines, &after.lines);
    if before.pins != after.pins {
        let other = |ours: &Budget, theirs: &Budget| {
            let differs = ours.pins.iter().filter(|(card, pinned)| theirs.pins.get(*card) != Some(pinned));
            differs.map(|(card, pinned)| (card.clone(), pinned.clone())).collect::<BTreeMap<_, _>>()
        };
        edits.push(Edit::Pins { before: other(before, after), after: other(after, before) });
    }
    edits
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

fn line_edits(edits: &mut Vec<Edit>, before: &[Line], after: &[Line]) {
    // Most edits leave the list as it is, and the first of a session waits for this.
    if before.len() == after.len() && before.iter().zip(after).all(|(before, after)| before.key == after.key) {
        let pairs = before.iter().zip(after).enumerate();
        pairs.for_each(|(index, (before, after))| field_edits(edits, index, before, after));
        return;
    }
    let mut work: Vec<&Line> = before.iter().collect();
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
            // One line went down: that is one move, not one of each line that it passed.
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
                    edits.push(Edit::Insert { index, line: Box::new(wanted.clone()) });
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
    if before.note != after.note || before.key != after.key {
        edits.push(Edit::Remove { index, line: Box::new(before.clone()) });
        edits.push(Edit::Insert { index, line: Box::new(after.clone()) });
        return;
    }
    if before.name != after.name {
        let field = TextField::LineName(index);
        edits.push(Edit::Text { field, before: before.name.clone(), after: after.name.clone() });
    }
    if before.position != after.position {
        edits.push(Edit::Position { index, before: before.position, after: after.position });
    }
    knob_edits(edits, Scope::Line(index), &before.settings, &after.settings);
}

/// What was changed from `before` to `mine`, carried over to `theirs` field by field, and what does not fit there because
/// `theirs` says something else than `before` did.
#[must_use]
pub fn carried_over(before: &Budget, mine: &Budget, theirs: &Budget) -> (Budget, Vec<Row>) {
    let (mut merged, mut left) = (theirs.clone(), Vec::new());
    let project = words::recovered_project();
    if let Some(name) = taken(&before.name, &mine.name, &theirs.name) {
        match name {
            Ok(name) => merged.name = name,
            Err(()) => left.push(Row::texts(project, words::ask_project_name(), &theirs.name, &mine.name)),
        }
    }
    let compared = |budget: &Budget| budget.bills.compare.join(", ");
    match taken(&before.bills.compare, &mine.bills.compare, &theirs.bills.compare) {
        Some(Ok(cards)) => merged.bills.compare = cards,
        Some(Err(())) => {
            let (theirs, mine) = (Some(compared(theirs)), Some(compared(mine)));
            left.push(Row::texts(project, words::recovered_compare(), &theirs, &mine));
        }
        None => {}
    }
    match taken(&before.bills.months, &mine.bills.months, &theirs.bills.months) {
        Some(Ok(months)) => merged.bills.months = months,
        Some(Err(())) => {
            let told = |budget: &Budget| budget.bills.months.map(|months| months.to_string());
            left.push(Row::texts(project, words::action_months(), &told(theirs), &told(mine)));
        }
        None => {}
    }
    let (of, ours) = (words::recovered_assumptions(), &mine.assumptions);
    carry_settings(of, &before.assumptions, ours, &mut merged.assumptions, &mut left);
    for card in before.pins.keys().chain(mine.pins.keys()).collect::<BTreeSet<_>>() {
        match taken(&before.pins.get(card), &mine.pins.get(card), &theirs.pins.get(card)) {
            Some(Ok(Some(pinned))) => drop(merged.pins.insert(card.clone(), pinned.clone())),
            Some(Ok(None)) => drop(merged.pins.remove(card)),
            Some(Err(())) => left.push(Row::plain(project, words::recovered_prices(card))),
            None => {}
        }
    }
    carry_lines(before, mine, &mut merged, &mut left);
    (merged, left)
}

/// The value to take over, if `mine` is another one than `before`; an error where `theirs` is a third one.
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

fn by_key(budget: &Budget) -> HashMap<&str, &Line> {
    budget.lines.iter().map(|line| (line.key.as_str(), line)).collect()
}

fn keys(budget: &Budget) -> Vec<String> {
    budget.lines.iter().map(|line| line.key.clone()).collect()
}

fn carry_lines(before: &Budget, mine: &Budget, merged: &mut Budget, left: &mut Vec<Row>) {
    let (old, ours) = (by_key(before), by_key(mine));
    let same_order = keys(before) == keys(merged);
    merged.lines.retain(|line| match (old.get(line.key.as_str()), ours.get(line.key.as_str())) {
        (Some(old), None) if *old == line => false,
        (Some(_), None) => {
            left.push(Row::plain(line.title(), words::recovered_deleted()));
            true
        }
        _ => true,
    });
    let mut at: HashMap<String, usize> =
        merged.lines.iter().zip(0..).map(|(line, at)| (line.key.clone(), at)).collect();
    let mut behind: Option<&str> = None;
    for line in &mine.lines {
        let key = line.key.as_str();
        match (old.get(key), at.get(key).copied()) {
            (Some(old), Some(place)) => carry_line(old, line, &mut merged.lines[place], left),
            (None, None) => {
                let place = behind.and_then(|key| at.get(key)).map_or(0, |place| place + 1);
                at.values_mut().filter(|other| **other >= place).for_each(|other| *other += 1);
                at.insert(key.to_owned(), place);
                merged.lines.insert(place, line.clone());
            }
            (None, Some(place)) if merged.lines[place] == *line => {}
            (Some(old), None) if *old == line => continue,
            _ => left.push(Row::plain(line.title(), words::recovered_line_differs())),
        }
        behind = Some(key);
    }
    let (order, now) = (keys(mine), keys(merged));
    if same_order && order.iter().collect::<HashSet<_>>() == now.iter().collect::<HashSet<_>>() && order != now {
        let places: HashMap<&str, usize> = order.iter().map(String::as_str).zip(0..).collect();
        merged.lines.sort_by_key(|line| places.get(line.key.as_str()).copied());
    }
}

fn carry_line(before: &Line, mine: &Line, merged: &mut Line, left: &mut Vec<Row>) {
    let title = merged.title().to_owned();
    match taken(&before.name, &mine.name, &merged.name) {
        Some(Ok(name)) => merged.name = name,
        Some(Err(())) => left.push(Row::texts(&title, words::recovered_name(), &merged.name, &mine.name)),
        None => {}
    }
    // A deliverable that was deleted and added again under its key has another note, though no key changes one.
    match taken(&before.note, &mine.note, &merged.note) {
        Some(Ok(note)) => merged.note = note,
        Some(Err(())) => left.push(Row::texts(&title, words::recovered_note(), &merged.note, &mine.note)),
        None => {}
    }
    if let Some(Ok(position)) = taken(&before.position, &mine.position, &merged.position) {
        merged.position = position;
    }
    carry_settings(&title, &before.settings, &mine.settings, &mut merged.settings, left);
}
