//! `[bills]` and `[card.ID]`: which bills stand beside the official one, and rate cards of one's own.

use super::card_parts::Draft;
use super::problem::{At, Code, Sentence, quoted_key};
use super::reader::{Item, Reader, quoted_list};
use super::schema::Section;
use super::syntax;
use crate::cost::Decimal;
use crate::cost::base::limits::{CARDS_MAX, COMPARED_MAX, MONTHS_MAX};
use crate::cost::base::number_text::grouped;
use crate::cost::base::size::Size;
use crate::cost::budget::Catalog;
use crate::cost::budget::Compared;
use crate::cost::budget::knob_text::nearest_word;
use crate::cost::rates::card::{Card, Failed, Found, Inputs, Kind, Pay, Price, Pricing, SizeTier, Table, Unit};
use crate::cost::rates::rate_card::Provenance;
use crate::diagnostics::Problem;
use crate::words;
use std::path::Path;
use std::sync::Arc;
use toml::de::DeValue;

/// A card by name; none where it is written and cannot be read.
pub(super) type Named = (String, Option<Arc<Card>>);

/// What a file of cards holds, and what is wrong with it.
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
        cards = reader.cards(at, item, Found::Config);
    });
    if reader.not_toml {
        cards.clear();
    }
    let cards = cards.into_iter().filter_map(|(_, card)| card).collect();
    CardFile { cards, problems: reader.report.finish() }
}

impl Reader<'_> {
    /// Every `[card.ID]`. A card with a problem in its prices is none: nothing may stand in for it.
    pub(super) fn cards(&mut self, at: &At<'_>, item: &Item<'_>, found: Found) -> Vec<Named> {
        let Some(table) = self.table(at, item) else { return Vec::new() };
        let mut cards = Vec::new();
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        if entries.len() > CARDS_MAX {
            let beyond = entries[CARDS_MAX].0.span();
            self.report.say(Code::CardsTooMany, at, &beyond, |_| {
                Sentence::new(words::cards_too_many(grouped(Decimal::from(entries.len()))))
                    .allowed(words::cards_allowed(grouped(Decimal::from(CARDS_MAX))))
                    .remedy(words::cards_remedy())
            });
            entries.truncate(CARDS_MAX);
        }
        for (key, item) in entries {
            let name: &str = key.get_ref();
            let below = at.below(name);
            self.named.push((below.to_string(), key.span()));
            self.hidden_characters(&below, &key.span(), name, false);
            let card = self.card(&below, name, item, found);
            cards.push((name.to_owned(), card.map(Arc::new)));
        }
        cards
    }

    fn card(&mut self, at: &At<'_>, id: &str, item: &Item<'_>, found: Found) -> Option<Card> {
        let table = self.table(at, item)?;
        let mut draft = Draft::default();
        let before = self.report.errors();
        let mut harmless = 0;
        self.each(Section::Card, at, table, |reader, row, at, item| {
            let errors = reader.report.errors();
            reader.card_key(&mut draft, row.key, at, item);
            if matches!(row.key, "name" | "checked" | "source" | "grade" | "notes" | "failed") {
                harmless += reader.report.errors() - errors;
            }
            draft.seen.push((row.key, item.span()));
        });
        let kind = match draft.kind {
            Some(kind) => kind,
            None if draft.has("kind") => return None,
            None => {
                self.wrong(Code::CardIncomplete, at, item, |_| {
                    Sentence::new(words::card_lacks(id, "kind"))
                        .allowed(quoted_list(&Kind::ALL.map(Kind::name)))
                        .remedy(words::card_kind_remedy())
                });
                return None;
            }
        };
        self.misfits(at, kind, &draft);
        let pricing = self.pricing(at, item, kind, &mut draft);
        if self.report.errors() - before > harmless {
            return None;
        }
        let (checked, grade) = (draft.checked, draft.grade);
        let by_tokens = matches!(kind, Kind::Tokens | Kind::CreditsPerToken);
        Some(Card {
            id: id.to_owned(),
            name: draft.name.unwrap_or_else(|| id.to_owned()),
            models: draft.models,
            pricing: pricing?,
            inputs: draft.inputs.unwrap_or(if by_tokens { Inputs::Charged } else { Inputs::Included }),
            round_calls: draft.round_calls,
            auto_size: draft.auto_size,
            auto_quality: draft.auto_quality,
            failed: draft.failed.unwrap_or(Failed::NotStated),
            pay: Pay { rate: draft.rate, packs: draft.packs, plans: draft.plans },
            provenance: Provenance { source: draft.source, checked, grade },
            notes: draft.notes,
            found,
        })
    }

    /// Keys that mean nothing in a card of this kind: a price that nobody reads is worse than none.
    fn misfits(&mut self, at: &At<'_>, kind: Kind, draft: &Draft) {
        const PAY: [&str; 4] = ["usd_per_credit", "credits_per_usd", "pack", "plan"];
        const PICTURES: [&str; 7] = ["prices", "price", "tier", "size", "other_sizes", "auto_size", "auto_quality"];
        let fits = |key: &str| match kind {
            Kind::Internal => {
                !PAY.contains(&key) && !PICTURES.contains(&key) && !matches!(key, "standard" | "batch" | "inputs")
            }
            _ if matches!(key, "credit_usd" | "margin") => false,
            Kind::Tokens | Kind::CreditsPerToken if PICTURES.contains(&key) => false,
            Kind::Tokens | Kind::PerImage if PAY.contains(&key) => false,
            Kind::PerImage | Kind::CreditsPerImage => key != "batch",
            _ => true,
        };
        for (key, span) in draft.seen.iter().filter(|(key, _)| !fits(key)) {
            self.report.say(Code::CardKeyMisfit, &at.below(key), span, |_| {
                Sentence::new(words::card_key_misfit(key, kind.name())).remedy(words::card_key_misfit_remedy())
            });
        }
    }

    fn pricing(&mut self, at: &At<'_>, item: &Item<'_>, kind: Kind, draft: &mut Draft) -> Option<Pricing> {
        let unit =
            if matches!(kind, Kind::CreditsPerToken | Kind::CreditsPerImage) { Unit::Credits } else { Unit::Usd };
        let lacks = |reader: &mut Self, what: &str| {
            reader.wrong(Code::CardIncomplete, at, item, |_| {
                Sentence::new(words::card_lacks(at.key, what)).remedy(words::card_lacks_remedy(what))
            });
        };
        if draft.has("usd_per_credit") && draft.has("credits_per_usd") {
            let span = draft.seen.iter().find(|(key, _)| *key == "credits_per_usd").map(|(_, span)| span.clone());
            self.report.say(Code::CardPriceTwice, &at.below("credits_per_usd"), &span.unwrap_or_default(), |_| {
                Sentence::new(words::card_price_twice("usd_per_credit, credits_per_usd"))
                    .remedy(words::card_price_twice_remedy())
            });
        }
        match kind {
            Kind::Tokens | Kind::CreditsPerToken => {
                if !draft.has("standard") {
                    lacks(self, "standard");
                }
                Some(Pricing::Tokens { unit, standard: draft.standard?, batch: draft.batch })
            }
            Kind::Internal => {
                if !draft.has("credit_usd") {
                    lacks(self, "credit_usd");
                }
                Some(Pricing::Internal {
                    credit_usd: draft.credit_usd?,
                    margin_percent: draft.margin.unwrap_or_default(),
                })
            }
            Kind::CreditsPerImage | Kind::PerImage => {
                let written: Vec<&str> =
                    ["prices", "price", "tier", "size"].into_iter().filter(|key| draft.has(key)).collect();
                match written[..] {
                    [] => self.wrong(Code::CardIncomplete, at, item, |_| {
                        Sentence::new(words::card_lacks(at.key, "price")).remedy(words::card_lacks_prices_remedy())
                    }),
                    [_] => {}
                    _ => self.wrong(Code::CardPriceTwice, at, item, |_| {
                        Sentence::new(words::card_price_twice(written.join(", ")))
                            .remedy(words::card_price_twice_remedy())
                    }),
                }
                let table = self.pictures(at, item, draft)?;
                Some(Pricing::Images { unit, table, inputs: draft.standard.unwrap_or_default() })
            }
        }
    }

    fn pictures(&mut self, at: &At<'_>, item: &Item<'_>, draft: &mut Draft) -> Option<Table> {
        if draft.has("tier") {
            let tiers = std::mem::take(&mut draft.tiers);
            return self.tiers(at, item, tiers, draft);
        }
        if draft.has("size") {
            if let (Some(auto), false) =
                (&draft.auto_size, draft.auto_size.as_deref().is_some_and(|auto| Size::parse(auto).is_some()))
            {
                let known: Vec<String> = draft.sizes.iter().map(|(size, _)| size.to_string()).collect();
                self.auto_unknown(at, item, auto, &known);
            }
            let mut rows: Vec<(Size, Price)> = std::mem::take(&mut draft.sizes);
            rows.sort_by_key(|(size, _)| (size.pixels(), *size));
            return Some(Table::Sizes { rows, nearest: draft.nearest });
        }
        if draft.has("prices") {
            return Some(Table::Unpublished);
        }
        draft.price.clone().map(Table::Flat)
    }

    fn tiers(&mut self, at: &At<'_>, item: &Item<'_>, mut tiers: Vec<SizeTier>, draft: &Draft) -> Option<Table> {
        tiers.sort_by_key(|tier| tier.long_edge);
        if let Some(pair) = tiers.windows(2).find(|pair| pair[0].long_edge == pair[1].long_edge) {
            let (all, name) = (at.below("tier"), pair[1].name.as_str());
            let second = below(item, "tier").and_then(|tiers| below(tiers, name)).unwrap_or(item);
            self.wrong(Code::TierOverlap, &all.below(name), second, |_| {
                Sentence::new(words::tier_overlap(&pair[0].name, &pair[1].name, pair[0].long_edge))
                    .remedy(words::tier_overlap_remedy())
            });
        }
        let known: Vec<String> = tiers.iter().map(|tier| tier.name.clone()).collect();
        match &draft.auto_size {
            Some(auto) if !known.contains(auto) => self.auto_unknown(at, item, auto, &known),
            _ => {}
        }
        Some(Table::Tiers(tiers))
    }

    fn auto_unknown(&mut self, at: &At<'_>, item: &Item<'_>, auto: &str, known: &[String]) {
        let written = below(item, "auto_size").unwrap_or(item);
        self.wrong(Code::TierUnknown, &at.below("auto_size"), written, |_| {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            Sentence::new(words::auto_size_unknown(auto))
                .allowed(quoted_list(&known))
                .remedy(words::auto_size_unknown_remedy())
        });
    }

    /// `[bills]`.
    pub(super) fn bills(&mut self, at: &At<'_>, item: &Item<'_>) -> Compared {
        let mut bills = Compared::default();
        let Some(table) = self.table(at, item) else { return bills };
        self.each(Section::Bills, at, table, |reader, row, at, item| match row.key {
            "compare" => bills.compare = reader.compare(at, item),
            _ => {
                bills.months =
                    reader.whole_number(at, item, 1, u64::from(MONTHS_MAX)).and_then(|n| u32::try_from(n).ok())
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

/// What stands at a key of a table.
fn below<'i, 'a>(item: &'i Item<'a>, key: &str) -> Option<&'i Item<'a>> {
    let DeValue::Table(table) = item.get_ref() else { return None };
    table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
}
