//! The reader of every table of a project file: its keys one by one, texts, words, and the problems found.
//!
//! The files above this one each add the values that they read to [`Reader`]; a file uses only what those below it add.

use super::chunks::Chunks;
use super::other_files::PromptCounter;
use super::other_words;
use super::problem::{At, Report, Sentence};
use super::schema::{Form, Row, Section};
use super::syntax::number_problem;
use super::unknown_keys;
use super::unread;
use crate::cost::Decimal;
use crate::cost::base::limits::{NAME_MAX, NOTE_MAX};
use crate::cost::budget::{Catalog, knob_text};
use crate::cost::rates::card::Found;
use crate::diagnostics::Code;
use crate::words;
use crate::words::number::grouped;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// A value with its place.
pub(super) type Item<'i> = Spanned<DeValue<'i>>;

/// Says what is allowed; asked only when something is wrong.
pub(super) type Allowed<'a> = &'a dyn Fn() -> String;

/// The value at a key.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) enum Told<T> {
    /// Nothing.
    #[default]
    Open,
    /// Something that could not be read: nothing may stand in for it.
    Broken,
    /// This.
    Is(T),
}

impl<T> Told<T> {
    /// The value, if it could be read.
    pub(super) fn is(&self) -> Option<&T> {
        match self {
            Told::Is(value) => Some(value),
            Told::Open | Told::Broken => None,
        }
    }
}

impl<T> From<Option<T>> for Told<T> {
    /// The outcome of reading something that is there.
    fn from(read: Option<T>) -> Told<T> {
        read.map_or(Told::Broken, Told::Is)
    }
}

/// Reads one file.
pub(super) struct Reader<'a> {
    pub(super) report: Report<'a>,
    pub(super) catalog: &'a Catalog,
    /// Every retry profile that may be named, and whether it could be read.
    pub(super) profiles: BTreeMap<String, bool>,
    /// A file of a newer version may hold keys that this program cannot know.
    pub(super) newer: bool,
    /// Places of what a person named in a table of its own: pinned cards and retry profiles.
    pub(super) named: Vec<(String, Range<usize>)>,
    /// Where prompt files are looked for from.
    pub(super) file: Option<&'a Path>,
    /// Counts prompts; none before the files above have been read.
    pub(super) prompts: Option<&'a mut dyn PromptCounter>,
    /// Cards that the files have, readable or not.
    pub(super) cards_known: BTreeSet<String>,
    /// Whether the file is the project's own, or a file that it extends.
    pub(super) found: Found,
    /// Deliverables that are not in the tree.
    pub(super) parts: Option<Chunks<'a>>,
    /// Whether the parts turned out to be none: then all that was read here counts for nothing.
    pub(super) scattered: bool,
    /// There are more deliverables than a project holds.
    pub(super) too_many: bool,
    /// Something that no key reads is not TOML.
    pub(super) not_toml: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(report: Report<'a>, catalog: &'a Catalog) -> Reader<'a> {
        let (profiles, named) = (BTreeMap::new(), Vec::new());
        let (cards_known, found) = (BTreeSet::new(), Found::Project);
        let (file, prompts, parts) = (None, None, None);
        let (newer, scattered, too_many, not_toml) = (false, false, false, false);
        Reader {
            report,
            catalog,
            profiles,
            newer,
            named,
            file,
            prompts,
            cards_known,
            found,
            parts,
            scattered,
            too_many,
            not_toml,
        }
    }

    /// Calls `on` for each known key of a table and reports the others.
    pub(super) fn each<'t, 'i>(
        &mut self,
        section: Section,
        at: &At<'_>,
        table: &'t DeTable<'i>,
        mut on: impl FnMut(&mut Self, &'static Row, &At<'_>, &'t Item<'i>),
    ) {
        for (key, item) in table {
            match section.row(key.get_ref()) {
                Some(row) => on(self, row, &at.below(row.key), item),
                None => {
                    self.unknown_key(section, at, key, item);
                    self.unread(&at.below(key.get_ref()), item);
                }
            }
        }
    }

    fn unknown_key(&mut self, section: Section, at: &At<'_>, key: &Spanned<DeString<'_>>, item: &Item<'_>) {
        let name: &str = key.get_ref();
        if self.newer || unknown_keys::is_own(name) {
            return;
        }
        let (below, span) = (at.below(name), key.span());
        let full = self.report.is_full(Code::KeyNear);
        if let Some(remedy) = other_words::remedy(section, below.key, item).filter(|_| !full) {
            return self.report.say(Code::KeyNear, &below, &span, |written| {
                Sentence::new(words::key_unknown(written)).remedy(remedy)
            });
        }
        let near = if full { None } else { section.near_miss(name) };
        let elsewhere = section.elsewhere(name);
        if near.is_none() && section == Section::Scenario && unknown_keys::is_unpatchable(name) {
            self.not_patchable(&below, key);
        } else if !elsewhere.is_empty() {
            self.key_misplaced(section, at, key, &elsewhere, near);
        } else if unknown_keys::is_charge(name) && near.is_none() {
            self.report.say(Code::KeyUncounted, &below, &span, |_| {
                Sentence::new(words::key_uncounted(name)).remedy(words::key_uncounted_remedy())
            });
        } else if let Some(near) = near {
            self.report.say(Code::KeyNear, &below, &span, |written| {
                Sentence::new(words::key_unknown(written)).remedy(words::did_you_mean(near))
            });
        } else if let Some(counting) = unknown_keys::counting_key(item) {
            self.report.say(Code::KeyUncounted, &below, &span, |_| {
                Sentence::new(words::table_uncounted(below, counting)).remedy(words::key_uncounted_remedy())
            });
        } else if let Some(amount) = unknown_keys::amount_key(item) {
            self.report.say(Code::KeyUncounted, &below, &span, |_| {
                Sentence::new(words::table_uncounted(below, amount)).remedy(words::amount_uncounted_remedy())
            });
        } else {
            // Comparing with every known key takes most of the time in a file of a million unknown ones.
            let nearest = if self.report.is_full(Code::KeyUnknown) { None } else { section.nearest(name) };
            if nearest.is_none() && unknown_keys::is_secret(name) {
                return self.report.say(Code::KeySecret, &below, &span, |written| {
                    Sentence::new(words::key_secret(written)).remedy(words::key_secret_remedy())
                });
            }
            self.report.say(Code::KeyUnknown, &below, &span, |written| {
                let sentence = Sentence::new(words::key_unknown(written));
                match nearest {
                    Some(name) => sentence.remedy(words::did_you_mean(name)),
                    None => {
                        let known: Vec<&str> = section.rows().iter().map(|row| row.key).collect();
                        sentence.allowed(known.join(", ")).remedy(words::key_unknown_remedy())
                    }
                }
            });
        }
    }

    /// A key that a scenario cannot change, or not there.
    pub(super) fn not_patchable(&mut self, at: &At<'_>, key: &Spanned<DeString<'_>>) {
        let name: &str = key.get_ref();
        self.report.say(Code::ScenarioKey, at, &key.span(), |written| {
            let sentence = Sentence::new(words::scenario_key_wrong(written)).allowed(words::scenario_key_allowed());
            sentence.remedy(match unknown_keys::patch_of(name) {
                Some(path) => words::did_you_mean(path),
                None => words::scenario_key_remedy().to_owned(),
            })
        });
    }

    /// A key that other tables have; `near` is the one of this table that it misses by a slip.
    fn key_misplaced(
        &mut self,
        section: Section,
        at: &At<'_>,
        key: &Spanned<DeString<'_>>,
        elsewhere: &[Section],
        near: Option<&str>,
    ) {
        let name: &str = key.get_ref();
        self.report.say(Code::KeyMisplaced, &at.below(name), &key.span(), |_| {
            let message = match section {
                Section::Top => words::key_misplaced_top(name),
                _ => words::key_misplaced(name, format!("[{at}]")),
            };
            let place = match (section, elsewhere) {
                (Section::Deliverable, [Section::Explore]) => format!("[{at}.explore]"),
                _ => places(elsewhere),
            };
            Sentence::new(message).remedy(match near {
                Some(near) => words::key_belongs_or(place, near),
                None => words::key_belongs(place),
            })
        });
    }

    /// Reports each invalid TOML number in a value that is not read.
    pub(super) fn unread(&mut self, at: &At<'_>, item: &Item<'_>) {
        for span in unread::no_numbers_at(item) {
            self.not_toml = true;
            number_problem(&mut self.report, at, &span);
        }
    }

    /// A table, or a problem.
    pub(super) fn table<'t, 'i>(&mut self, at: &At<'_>, item: &'t Item<'i>) -> Option<&'t DeTable<'i>> {
        if let DeValue::Table(table) = item.get_ref() {
            return Some(table);
        }
        let array = matches!(item.get_ref(), DeValue::Array(_));
        self.wrong(Code::TableExpected, at, item, |written| {
            let header = format!("[{at}]");
            let message = if array { words::table_not_list(at.key) } else { words::table_expected(at.key, written) };
            Sentence::new(message).allowed(words::table_allowed(&header)).remedy(words::table_remedy(header))
        });
        None
    }

    /// A problem with the value at `item`.
    pub(super) fn wrong(&mut self, code: Code, at: &At<'_>, item: &Item<'_>, say: impl FnOnce(&str) -> Sentence) {
        self.report.say(code, at, &item.span(), say);
    }

    /// The value is of another kind than the key expects.
    pub(super) fn wrong_type(&mut self, at: &At<'_>, item: &Item<'_>, allowed: Allowed<'_>, remedy: &str) {
        let kind = kind_of(item.get_ref());
        self.wrong(Code::TypeWrong, at, item, |written| {
            // A table under its own header has no value that could be quoted.
            let headed = written.starts_with('[') && matches!(item.get_ref(), DeValue::Table(_));
            let message =
                if headed { words::kind_wrong(at.key, kind) } else { words::type_wrong(at.key, written, kind) };
            let remedy = if remedy.is_empty() { words::write_allowed(at.key) } else { remedy.to_owned() };
            Sentence::new(message).allowed(allowed()).remedy(remedy)
        });
    }

    /// A text, or a problem that says what else is expected.
    pub(super) fn text<'v>(
        &mut self,
        at: &At<'_>,
        item: &'v Item<'_>,
        allowed: Allowed<'_>,
        remedy: &str,
    ) -> Option<&'v str> {
        let DeValue::String(text) = item.get_ref() else {
            self.wrong_type(at, item, allowed, remedy);
            return None;
        };
        Some(text)
    }

    /// One of a few words.
    pub(super) fn word<T: Copy>(
        &mut self,
        at: &At<'_>,
        item: &Item<'_>,
        all: &[T],
        name: impl Fn(T) -> &'static str,
    ) -> Option<T> {
        let names: Vec<&str> = all.iter().map(|value| name(*value)).collect();
        let text = self.text(at, item, &|| quoted_list(&names), "")?;
        let found = all.iter().copied().find(|value| name(*value).eq_ignore_ascii_case(text.trim()));
        if found.is_none() {
            self.unknown_word(Code::WordUnknown, at, item, &names, |written| words::word_unknown(at.key, written));
        }
        found
    }

    /// Refuses a word, says which are known, and which was most likely meant.
    pub(super) fn unknown_word(
        &mut self,
        code: Code,
        at: &At<'_>,
        item: &Item<'_>,
        known: &[&str],
        message: impl FnOnce(&str) -> String,
    ) {
        let nearest = match item.get_ref() {
            // One or two letters resemble every short word.
            DeValue::String(text) if text.len() >= 3 => knob_text::nearest_word(text, known.iter().copied()),
            _ => None,
        };
        self.wrong(code, at, item, |written| {
            let remedy = match nearest {
                Some(word) => words::did_you_mean(format!("\"{word}\"")),
                None => words::write_allowed(at.key),
            };
            Sentence::new(message(written)).allowed(quoted_list(known)).remedy(remedy)
        });
    }

    /// A text within its limit; what is beyond is reported and left out here, and stays in the file.
    pub(super) fn prose(&mut self, at: &At<'_>, item: &Item<'_>, form: Form) -> Option<String> {
        let prose = form == Form::Prose;
        let max = if prose { NOTE_MAX } else { NAME_MAX };
        let shown = grouped(Decimal::from(max));
        let quoted = match item.get_ref() {
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {
                words::write_value(at.key, format!("\"{}\"", self.report.written(&item.span())))
            }
            _ => String::new(),
        };
        let text = self.text(at, item, &|| words::text_allowed(&shown), &quoted)?;
        self.hidden_characters(at, &item.span(), text, prose);
        let Some((end, _)) = text.char_indices().nth(max) else { return Some(text.to_owned()) };
        self.text_too_long(at, &item.span(), text, max);
        Some(text[..end].to_owned())
    }

    pub(super) fn text_too_long(&mut self, at: &At<'_>, span: &Range<usize>, text: &str, max: usize) {
        self.report.say(Code::TextTooLong, at, span, |_| {
            let (count, max) = (text.chars().count(), grouped(Decimal::from(max)));
            Sentence::new(words::text_too_long(at.key, grouped(Decimal::from(count))))
                .allowed(words::text_allowed(&max))
                .remedy(words::text_too_long_remedy())
        });
    }

    /// Notes characters that hide, or reverse the text beside them; they are kept, and shown as marks.
    pub(super) fn hidden_characters(&mut self, at: &At<'_>, span: &Range<usize>, text: &str, prose: bool) {
        let allowed = |c: char| prose && matches!(c, '\n' | '\r' | '\t');
        let hidden = |c: &char| words::safe::is_hostile(*c) && !allowed(*c);
        let Some(first) = text.chars().find(hidden) else { return };
        self.report.say(Code::TextHidden, at, span, |_| {
            let count = grouped(Decimal::from(text.chars().filter(hidden).count()));
            let name = format!("U+{:04X}", u32::from(first));
            Sentence::new(words::text_hidden(at.key, count, name)).remedy(words::text_hidden_remedy())
        });
    }
}

/// `"a", "b", "c"`.
pub(super) fn quoted_list(words: &[&str]) -> String {
    words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ")
}

fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => words::kind_text(),
        DeValue::Integer(_) => words::kind_whole_number(),
        DeValue::Float(_) => words::kind_decimal_number(),
        DeValue::Boolean(_) => words::kind_boolean(),
        DeValue::Datetime(_) => words::kind_date(),
        DeValue::Array(_) => words::kind_list(),
        DeValue::Table(_) => words::kind_table(),
    }
}

fn place(section: Section) -> String {
    if section == Section::Top { words::place_top().to_owned() } else { section.place().to_owned() }
}

fn places(sections: &[Section]) -> String {
    sections.iter().map(|section| place(*section)).collect::<Vec<_>>().join(&format!(" {} ", words::or()))
}
