//! `[scenario.NAME]`: the changes that a scenario makes, each read like the value that it replaces.

use super::fees::ReadFee;
use super::problem::{At, Sentence};
use super::reader::{Item, Reader};
use super::risks::ReadRisk;
use super::schema::{Form, Row, Section};
use super::values::{Filled, unreadable_assumptions};
use crate::cost::base::limits::{NAME_MAX, SCENARIOS_MAX};
use crate::cost::budget::{Changes, FeeKey, Keyed, Knob, LinePatch, RiskKey, Scenario, Setting};
use crate::diagnostics::Code;
use crate::words;
use std::collections::BTreeMap;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// A scenario of the file.
pub(super) struct ReadScenario {
    pub(super) key: String,
    pub(super) scenario: Scenario,
    /// Whose prompt tokens were counted from text: `None` for the assumptions that it sets.
    pub(super) counted: Vec<Option<String>>,
}

impl ReadScenario {
    fn of(key: &str) -> ReadScenario {
        ReadScenario { key: key.to_owned(), scenario: Scenario::default(), counted: Vec::new() }
    }

    /// A scenario of which nothing can be read: under it nothing has a known price.
    fn unreadable(key: &str) -> ReadScenario {
        let mut read = ReadScenario::of(key);
        read.scenario.changes.assumptions = unreadable_assumptions();
        read
    }
}

impl Reader<'_> {
    /// Every scenario of the file.
    pub(super) fn scenarios(&mut self, at: &At<'_>, item: &Item<'_>) -> Vec<ReadScenario> {
        let Some(table) = self.table(at, item) else { return Vec::new() };
        let mut scenarios = Vec::new();
        for (key, item) in table {
            let name: &str = key.get_ref();
            let below = at.below(name);
            if scenarios.len() == SCENARIOS_MAX {
                self.report.say(Code::ScenariosTooMany, &below, &key.span(), |_| {
                    let sentence = Sentence::new(words::scenarios_too_many(table.len(), SCENARIOS_MAX));
                    sentence.remedy(words::scenarios_too_many_remedy())
                });
                break;
            }
            self.hidden_characters(&below, &key.span(), name, false);
            if name.chars().nth(NAME_MAX).is_some() {
                self.text_too_long(&below, &key.span(), name, NAME_MAX);
            }
            self.named.push((below.to_string(), key.span()));
            scenarios.push(match self.table(&below, item) {
                Some(table) => self.scenario(&below, name, table),
                None => ReadScenario::unreadable(name),
            });
        }
        scenarios
    }

    fn scenario(&mut self, at: &At<'_>, key: &str, table: &DeTable<'_>) -> ReadScenario {
        let mut read = ReadScenario::of(key);
        self.each(Section::Scenario, at, table, |reader, row, at, item| {
            let ReadScenario { scenario, counted, .. } = &mut read;
            match row.key {
                "name" => scenario.name = reader.prose(at, item, row.form),
                "note" => scenario.note = reader.prose(at, item, row.form),
                "was" => scenario.was = reader.was(at, item),
                "assumptions" => scenario.changes.assumptions = reader.assumption_patch(at, item, counted),
                "deliverable" => scenario.changes.lines = reader.line_patches(at, item, counted),
                "fee" => {
                    let fees = reader.fees(at, item).into_iter().map(|read| (read.name, read.fee));
                    scenario.changes.fees = fees.filter(|(_, fee)| !fee.is_empty()).collect();
                }
                "risk" => {
                    let risks = reader.risks(at, item).into_iter().map(|read| (read.name, read.risk));
                    scenario.changes.risks = risks.filter(|(_, risk)| !risk.is_empty()).collect();
                }
                _ => reader.unread(at, item),
            }
        });
        read
    }

    fn assumption_patch(
        &mut self,
        at: &At<'_>,
        item: &Item<'_>,
        counted: &mut Vec<Option<String>>,
    ) -> crate::cost::Settings {
        let mut filled = Filled::default();
        match self.table(at, item) {
            Some(table) => self.each(Section::Assumptions, at, table, |reader, row, at, item| {
                reader.fill(&mut filled, row, at, item);
            }),
            None => filled.settings = unreadable_assumptions(),
        }
        self.prompts(&mut filled, at);
        counted.extend(filled.counted.then_some(None));
        self.patch_places(at, &filled);
        filled.settings
    }

    /// Remembers where the knobs of a patch stand.
    fn patch_places(&mut self, at: &At<'_>, filled: &Filled) {
        let table = at.to_string();
        let places = filled.places.iter().map(|(knob, span)| (format!("{table}.{}", knob.row().name), span.clone()));
        self.named.extend(places);
    }

    fn line_patches(
        &mut self,
        at: &At<'_>,
        item: &Item<'_>,
        counted: &mut Vec<Option<String>>,
    ) -> BTreeMap<String, LinePatch> {
        let Some(table) = self.table(at, item) else { return BTreeMap::new() };
        let mut patches = BTreeMap::new();
        for (key, item) in table {
            let name: &str = key.get_ref();
            let below = at.below(name);
            self.named.push((below.to_string(), key.span()));
            let (patch, is_counted) = match self.table(&below, item) {
                Some(table) => self.line_patch(&below, name, table),
                None => {
                    let mut patch = LinePatch::of(name);
                    patch.line.settings.put(Knob::Finals, Some(Setting::Unreadable));
                    (patch, false)
                }
            };
            counted.extend(is_counted.then(|| Some(name.to_owned())));
            if patch != LinePatch::of(name) {
                patches.insert(name.to_owned(), patch);
            }
        }
        patches
    }

    fn line_patch(&mut self, at: &At<'_>, key: &str, table: &DeTable<'_>) -> (LinePatch, bool) {
        let (mut patch, mut filled) = (LinePatch::of(key), Filled::default());
        self.each(Section::Patch, at, table, |reader, row, at, item| {
            match row.form {
                Form::Name => patch.line.name = reader.prose(at, item, row.form),
                Form::Prose => patch.line.note = reader.prose(at, item, row.form),
                Form::Position => patch.line.position = reader.line_position(at, item),
                Form::Table => match reader.table(at, item) {
                    Some(table) => reader.each(Section::Explore, at, table, |reader, row, at, item| {
                        reader.fill(&mut filled, row, at, item);
                    }),
                    None => drop(filled.settings.put(Knob::Drafts, Some(Setting::Unreadable))),
                },
                Form::Switch => {
                    patch.remove = reader.flag(at, item);
                    if patch.remove.is_none() {
                        filled.settings.put(Knob::Finals, Some(Setting::Unreadable));
                    }
                }
                _ => return reader.fill(&mut filled, row, at, item),
            }
            reader.named.push((at.to_string(), item.span()));
        });
        self.prompts(&mut filled, at);
        self.patch_places(at, &filled);
        patch.line.settings = filled.settings;
        (patch, filled.counted)
    }

    /// What the changed values were: a table of dotted paths.
    fn was(&mut self, at: &At<'_>, item: &Item<'_>) -> Changes {
        let mut was = Changes::default();
        let Some(table) = self.table(at, item) else { return was };
        for (key, item) in table {
            let below = at.below(key.get_ref());
            let path = dotted_path(key.get_ref());
            let keys: Vec<&str> = path.iter().flatten().map(String::as_str).collect();
            match &keys[..] {
                ["assumptions", rest @ ..] => self.was_assumption(&mut was, rest, &below, (key, item)),
                ["deliverable", of, rest @ ..] => self.was_line(&mut was, of, rest, &below, (key, item)),
                ["fee", of, field] => self.was_fee(&mut was, of, field, &below, (key, item)),
                ["risk", of, field] => self.was_risk(&mut was, of, field, &below, (key, item)),
                _ => self.not_patchable(&below, key),
            }
        }
        was
    }

    fn was_assumption(&mut self, was: &mut Changes, rest: &[&str], at: &At<'_>, (key, item): Entry<'_, '_>) {
        let row = Section::Assumptions.row(&rest.join("."));
        let Some(Row { form: Form::Knob(knob), .. }) = row else { return self.not_patchable(at, key) };
        if let Some(value) = self.knob(*knob, at, item) {
            was.assumptions.put(*knob, Some(Setting::Value(value)));
        }
    }

    fn was_line(&mut self, was: &mut Changes, of: &str, rest: &[&str], at: &At<'_>, (key, item): Entry<'_, '_>) {
        let row = match rest {
            ["explore", field] => Section::Explore.row(field),
            [field] => Section::Patch.row(field),
            _ => None,
        };
        let mut patch = was.lines.remove(of).unwrap_or_else(|| LinePatch::of(of));
        match row.map(|row| row.form) {
            Some(Form::Name) => patch.line.name = self.prose(at, item, Form::Name),
            Some(Form::Prose) => patch.line.note = self.prose(at, item, Form::Prose),
            Some(Form::Position) => patch.line.position = self.line_position(at, item),
            Some(Form::Switch) => patch.remove = self.flag(at, item),
            Some(Form::Knob(knob)) => {
                if let Some(value) = self.knob(knob, at, item) {
                    patch.line.settings.put(knob, Some(Setting::Value(value)));
                }
            }
            _ => self.not_patchable(at, key),
        }
        if patch != LinePatch::of(of) {
            was.lines.insert(of.to_owned(), patch);
        }
    }

    fn was_fee(&mut self, was: &mut Changes, of: &str, field: &str, at: &At<'_>, (key, item): Entry<'_, '_>) {
        let Some(field) = FeeKey::parse(field) else { return self.not_patchable(at, key) };
        let mut read = ReadFee::empty(of, key.span());
        self.fee_field(&mut read, field, at, item);
        if read.fee.unreadable.is_empty() && read.fee.says(field) {
            was.fees.entry(of.to_owned()).or_default().take(field, &read.fee);
        }
    }

    fn was_risk(&mut self, was: &mut Changes, of: &str, field: &str, at: &At<'_>, (key, item): Entry<'_, '_>) {
        let Some(field) = RiskKey::parse(field) else { return self.not_patchable(at, key) };
        let mut read = ReadRisk::empty(of, key.span());
        self.risk_field(&mut read, field, at, item);
        if read.risk.unreadable.is_empty() && read.risk.says(field) {
            was.risks.entry(of.to_owned()).or_default().take(field, &read.risk);
        }
    }
}

/// A key of a table and its value.
type Entry<'t, 'i> = (&'t Spanned<DeString<'i>>, &'t Item<'i>);

/// The keys of a dotted path, as TOML spells it; `None` if it is none.
fn dotted_path(path: &str) -> Option<Vec<String>> {
    if path.contains(['\n', '\r', '=', '#']) && !path.contains('"') {
        return None;
    }
    let text = format!("{path} = 0");
    let tree = DeTable::parse(&text).ok()?;
    let mut table = tree.get_ref();
    let mut keys = Vec::new();
    loop {
        let (key, value) = table.iter().next().filter(|_| table.len() == 1)?;
        keys.push(key.get_ref().to_string());
        match value.get_ref() {
            DeValue::Table(below) => table = below,
            DeValue::Integer(_) => return Some(keys),
            _ => return None,
        }
    }
}
