//! The deliverables of a project file.

use super::problem::{At, Sentence};
use super::reader::{Item, Reader};
use super::schema::{Form, Section};
use super::values::Filled;
use crate::cost::Decimal;
use crate::cost::base::limits::{DELIVERABLES_MAX, NAME_MAX, POSITION_MAX};
use crate::cost::budget::knob_text::Refusal;
use crate::cost::budget::{Knob, Line, Setting};
use crate::diagnostics::Code;
use crate::project::chunks::Chunks;
use crate::words;
use crate::words::number::grouped;
use std::collections::HashSet;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// A line with the places of its values.
pub(super) struct ReadLine {
    pub(super) line: Line,
    /// Where its table begins.
    pub(super) place: Range<usize>,
    pub(super) knobs: Vec<(Knob, Range<usize>)>,
    /// Whether its prompt tokens were counted from text.
    pub(super) counted: bool,
}

impl ReadLine {
    /// The same, read in a part that begins at `base`.
    fn moved(&mut self, base: usize) {
        for place in std::iter::once(&mut self.place).chain(self.knobs.iter_mut().map(|(_, place)| place)) {
            *place = base + place.start..base + place.end;
        }
    }
}

/// A key of a table and its value.
type Entry<'t, 'i> = (&'t Spanned<DeString<'i>>, &'t Item<'i>);

/// The tree is sorted by key; people sort by what comes first.
fn in_order<'t, 'i>(table: &'t DeTable<'i>) -> Vec<Entry<'t, 'i>> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

impl Reader<'_> {
    /// Every deliverable in the order of the file.
    pub(super) fn lines(&mut self, at: &At<'_>, item: &Item<'_>) -> Vec<ReadLine> {
        if let Some(parts) = self.parts.take() {
            return self.lines_of(at, &parts);
        }
        let table = match item.get_ref() {
            DeValue::Array(items) => return self.listed_lines(at, item, items),
            _ => match self.table(at, item) {
                Some(table) => table,
                None => return vec![unreadable("deliverable", item.span())],
            },
        };
        let entries = in_order(table);
        if let Some((beyond, _)) = entries.get(DELIVERABLES_MAX) {
            self.report.too_many_deliverables(entries.len(), &beyond.span());
            self.too_many = true;
            return Vec::new();
        }
        let mut lines = Vec::with_capacity(entries.len());
        self.entries(at, entries, &mut lines);
        lines
    }

    /// The deliverables of a long text, part by part. Their keys show whether the parts are what they seem to be.
    fn lines_of(&mut self, at: &At<'_>, parts: &Chunks<'_>) -> Vec<ReadLine> {
        let mut lines: Vec<ReadLine> = Vec::with_capacity(parts.count);
        for (base, tree) in parts.trees() {
            let Some(tree) = tree else {
                self.scattered = true;
                break;
            };
            let entries = in_order(&tree);
            let first = lines.len();
            self.report.enter(base);
            self.entries(at, entries, &mut lines);
            self.report.enter(0);
            lines[first..].iter_mut().for_each(|line| line.moved(base));
        }
        let keys: HashSet<&str> = lines.iter().map(|read| read.line.key.as_str()).collect();
        self.scattered |= keys.len() != parts.count || lines.len() != parts.count;
        lines
    }

    fn entries(&mut self, at: &At<'_>, entries: Vec<Entry<'_, '_>>, lines: &mut Vec<ReadLine>) {
        let mut stray = None;
        for (key, item) in entries {
            let name: &str = key.get_ref();
            let below = at.below(name);
            match item.get_ref() {
                DeValue::Table(fields) => {
                    let mut line = self.line(&below, name, fields);
                    line.place = key.span();
                    self.line_key(&below, name, &line.place);
                    lines.push(line);
                }
                // `finals = 24` right below `[deliverable]`: the key of the deliverable was forgotten.
                _ if Section::Deliverable.row(name).is_some() => {
                    if stray.is_some() {
                        continue;
                    }
                    stray = Some(key.span());
                    self.wrong(Code::TableExpected, &below, item, |_| {
                        Sentence::new(words::deliverable_keyless(name))
                            .allowed(words::table_allowed("[deliverable.KEY]"))
                            .remedy(words::deliverable_keyless_remedy())
                    });
                }
                _ => {
                    self.table(&below, item);
                    lines.push(unreadable(name, key.span()));
                }
            }
        }
        lines.extend(stray.map(|span| unreadable("deliverable", span)));
    }

    /// `[[deliverable]]`: the entries have no keys. They are shown, and nothing is added up as if they were all there.
    fn listed_lines(&mut self, at: &At<'_>, item: &Item<'_>, items: &[Item<'_>]) -> Vec<ReadLine> {
        self.wrong(Code::DeliverableList, at, item, |_| {
            Sentence::new(words::deliverable_list())
                .allowed(words::table_allowed("[deliverable.KEY]"))
                .remedy(words::deliverable_list_remedy())
        });
        let mut lines = Vec::new();
        for (index, item) in items.iter().take(DELIVERABLES_MAX).enumerate() {
            let key = format!("item-{}", index + 1);
            let mut line = match item.get_ref() {
                DeValue::Table(fields) => self.line(at, &key, fields),
                _ => unreadable(&key, item.span()),
            };
            line.line.settings.put(Knob::Finals, Some(Setting::Unreadable));
            line.place = item.span();
            lines.push(line);
        }
        lines
    }

    fn line_key(&mut self, at: &At<'_>, key: &str, span: &Range<usize>) {
        if key.trim().is_empty() {
            self.report.say(Code::KeyEmpty, at, span, |_| {
                Sentence::new(words::deliverable_key_empty())
                    .allowed(words::deliverable_key_allowed())
                    .remedy(words::deliverable_key_remedy())
            });
        }
        self.hidden_characters(at, span, key, false);
        if key.chars().nth(NAME_MAX).is_some() {
            self.text_too_long(at, span, key, NAME_MAX);
        }
    }

    fn line(&mut self, at: &At<'_>, key: &str, table: &DeTable<'_>) -> ReadLine {
        let mut line = Line { key: key.to_owned(), ..Line::default() };
        let mut filled = Filled::default();
        self.each(Section::Deliverable, at, table, |reader, row, at, item| match row.form {
            Form::Name => line.name = reader.prose(at, item, row.form),
            Form::Prose => line.note = reader.prose(at, item, row.form),
            Form::Position => line.position = reader.line_position(at, item),
            Form::Table => reader.explore(&mut filled, at, item),
            _ => reader.fill(&mut filled, row, at, item),
        });
        self.prompts(&mut filled, at);
        line.settings = filled.settings;
        line.settings.shrink();
        ReadLine { line, place: 0..0, knobs: filled.places, counted: filled.counted }
    }

    fn explore(&mut self, filled: &mut Filled, at: &At<'_>, item: &Item<'_>) {
        let Some(table) = self.table(at, item) else {
            // Drafts cost money: without their number the price is not known.
            filled.settings.put(Knob::Drafts, Some(Setting::Unreadable));
            filled.places.push((Knob::Drafts, item.span()));
            return;
        };
        self.each(Section::Explore, at, table, |reader, row, at, item| reader.fill(filled, row, at, item));
        if filled.settings.get(Knob::Drafts).is_none() {
            self.wrong(Code::ExploreEmpty, at, item, |_| {
                Sentence::new(words::explore_empty()).allowed(words::explore_allowed()).remedy(words::explore_remedy())
            });
        }
    }

    pub(super) fn line_position(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<i64> {
        let max = Decimal::from(POSITION_MAX);
        let allowed = &|| words::position_allowed(grouped(max));
        let number = self.number(at, item, allowed)?.normalize();
        let read = match i64::try_from(number) {
            _ if number.scale() > 0 => Err(Refusal::NotWhole),
            Ok(position) if number.abs() <= max => Ok(position),
            _ => Err(Refusal::OutOfRange { min: -max, max }),
        };
        self.checked(at, item, read, |end| end.to_string(), allowed)
    }
}

/// A line of which nothing is known but that it is there.
fn unreadable(key: &str, place: Range<usize>) -> ReadLine {
    let mut line = Line { key: key.to_owned(), ..Line::default() };
    line.settings.put(Knob::Finals, Some(Setting::Unreadable));
    ReadLine { line, knobs: vec![(Knob::Finals, place.clone())], place, counted: false }
}
