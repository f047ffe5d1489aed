//! `[bills]`: which bills stand beside the official one; and files of cards.

use super::cards::Drafts;
use super::problem::{At, Sentence, quoted_key};
use super::reader::{Item, Reader};
use super::schema::Section;
use super::syntax;
use crate::cost::base::limits::{COMPARED_MAX, MONTHS_MAX};
use crate::cost::budget::Catalog;
use crate::cost::budget::Compared;
use crate::cost::budget::knob_text::nearest_word;
use crate::cost::rates::card::{Card, Found};
use crate::diagnostics::{Code, Problem};
use crate::words;
use std::path::Path;
use std::sync::Arc;
use toml::de::DeValue;

/// The cards of a file, and its problems.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardFile {
    /// The cards that could be read.
    pub cards: Vec<Arc<Card>>,
    /// The file's problems in the order of its text.
    pub problems: Vec<Problem>,
}

/// Reads a file that holds nothing but `[card.ID]` tables, as the folder of cards does.
#[must_use]
pub fn read_cards(text: &str, file: &Path, catalog: &Catalog) -> CardFile {
    let (top, report) = match syntax::parse(text, Some(file)) {
        Ok(read) => read,
        Err(problems) => return CardFile { cards: Vec::new(), problems },
    };
    let mut reader = Reader::new(report, catalog);
    let mut cards = Vec::new();
    reader.each(Section::CardFile, &At::TOP, &top, |reader, _, at, item| {
        cards = reader.cards(at, item, Found::Config, &mut Drafts::new());
    });
    if reader.not_toml {
        cards.clear();
    }
    let cards = cards.into_iter().filter_map(|(_, card)| card).collect();
    CardFile { cards, problems: reader.report.finish() }
}

impl Reader<'_> {
    /// `[bills]`.
    pub(super) fn bills(&mut self, at: &At<'_>, item: &Item<'_>) -> Compared {
        let mut bills = Compared::default();
        let Some(table) = self.table(at, item) else { return bills };
        self.each(Section::Bills, at, table, |reader, row, at, item| match row.key {
            "compare" => bills.compare = reader.compare(at, item),
            _ => {
                bills.months =
                    reader.whole_number(at, item, 1, u64::from(MONTHS_MAX)).and_then(|n| u32::try_from(n).ok());
                bills.months_unreadable = bills.months.is_none();
            }
        });
        bills
    }

    fn compare(&mut self, at: &At<'_>, item: &Item<'_>) -> Vec<String> {
        let DeValue::Array(names) = item.get_ref() else {
            let allowed = &|| words::compare_allowed().to_owned();
            let remedy = match item.get_ref() {
                DeValue::String(name) => words::write_value(at.key, format!("[\"{name}\"]")),
                _ => String::new(),
            };
            self.wrong_type(at, item, allowed, &remedy);
            return Vec::new();
        };
        let mut compared: Vec<String> = Vec::new();
        for name in names {
            let allowed = &|| words::compare_allowed().to_owned();
            let Some(id) = self.text(at, name, allowed, "") else { continue };
            let id = id.to_owned();
            if !self.cards_known.contains(&id) && self.catalog.card(&id).is_none() {
                self.card_unknown(at, name, &id);
            } else if !compared.contains(&id) {
                compared.push(id);
            }
        }
        if compared.len() > COMPARED_MAX {
            self.wrong(Code::CompareTooMany, at, item, |_| {
                Sentence::new(words::compare_too_many(compared.len(), COMPARED_MAX))
                    .remedy(words::compare_too_many_remedy(COMPARED_MAX))
            });
            compared.truncate(COMPARED_MAX);
        }
        compared
    }

    fn card_unknown(&mut self, at: &At<'_>, item: &Item<'_>, id: &str) {
        let known: Vec<String> =
            self.cards_known.iter().cloned().chain(self.catalog.cards.iter().map(|card| card.id.clone())).collect();
        let nearest =
            if id.len() <= 64 { nearest_word(id, known.iter().map(String::as_str)).map(str::to_owned) } else { None };
        self.wrong(Code::BillUnknown, at, item, |written| {
            let sentence = Sentence::new(words::bill_unknown(written));
            match nearest {
                Some(name) => sentence.remedy(words::did_you_mean(format!("\"{name}\""))),
                None => sentence.remedy(words::bill_unknown_remedy(quoted_key(id))),
            }
        });
    }
}
