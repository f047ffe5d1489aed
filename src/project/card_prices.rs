//! Price lists of a card: one price, classes of size, or a list by size; of all calls, and of those with reference images.

use super::card_unused::BY_SIZE;
use super::problem::{At, Sentence};
use super::reader::{Item, Reader, quoted_list};
use super::schema::Section;
use crate::cost::Decimal;
use crate::cost::base::limits::{MEGAPIXELS_MAX, REFERENCES_MAX, UNIT_USD_MAX};
use crate::cost::base::size::Size;
use crate::cost::base::tokens::Quality;
use crate::cost::rates::card::{Bound, Edit, Price, SizeTier, Table};
use crate::diagnostics::Code;
use crate::words;
use toml::de::DeValue;

/// The keys that give prices, of which a list has one.
pub(super) const FORMS: [&str; 4] = ["prices", "price", "tier", "size"];

/// A price list in the making.
#[derive(Clone, Default)]
pub(super) struct PriceList {
    /// The keys that are written, readable or not.
    written: Vec<&'static str>,
    /// Keys that a file above has for the list and that count here.
    inherited: Vec<&'static str>,
    price: Option<Price>,
    tiers: Vec<SizeTier>,
    sizes: Vec<(Size, Price)>,
    nearest: bool,
}

impl PriceList {
    fn has(&self, key: &str) -> bool {
        self.written.contains(&key) || self.inherited.contains(&key)
    }

    /// All that is written so far is that of a file above.
    pub(super) fn inherit(&mut self) {
        self.inherited.append(&mut self.written);
    }

    /// A key of this file counts instead of the other form that a file above has.
    fn supersede(&mut self, key: &str) {
        if FORMS.contains(&key) && FORMS.iter().any(|form| *form != key && self.inherited.contains(form)) {
            let written = std::mem::take(&mut self.written);
            *self = PriceList { written, ..PriceList::default() };
        }
    }
}

/// The list of calls that send reference images, in the making.
#[derive(Clone, Default)]
pub(super) struct EditList {
    pub(super) list: PriceList,
    references: Option<u64>,
}

/// Puts named entries over those of a file above: of two with one name the new one counts.
pub(super) fn laid_over<T, N: PartialEq + ?Sized>(above: &mut Vec<T>, new: Vec<T>, name: impl Fn(&T) -> &N) {
    above.retain(|old| !new.iter().any(|new| name(new) == name(old)));
    above.extend(new);
}

impl Reader<'_> {
    /// A key of a price list; false if it is none.
    pub(super) fn price_key(&mut self, list: &mut PriceList, key: &'static str, at: &At<'_>, item: &Item<'_>) -> bool {
        list.supersede(key);
        match key {
            "prices" => drop(self.word(at, item, &[()], |()| "not published")),
            "price" => list.price = self.price(at, item),
            "tier" => laid_over(&mut list.tiers, self.tables_of(at, item, Self::tier), |tier| &tier.name),
            "size" => laid_over(&mut list.sizes, self.tables_of(at, item, Self::sized), |(size, _)| size),
            "other_sizes" => list.nearest = self.word(at, item, &[()], |()| "nearest").is_some(),
            _ => return false,
        }
        list.written.push(key);
        true
    }

    /// The list as a table; `auto`: what size `auto` is charged as.
    pub(super) fn price_table(
        &mut self,
        at: &At<'_>,
        item: &Item<'_>,
        mut list: PriceList,
        auto: Option<&str>,
    ) -> Option<Table> {
        let written: Vec<&str> = FORMS.into_iter().filter(|key| list.has(key)).collect();
        match written[..] {
            [] => self.wrong(Code::CardIncomplete, at, item, |_| {
                Sentence::new(words::card_lacks(at.key, "price")).remedy(words::card_lacks_prices_remedy())
            }),
            [_] => {}
            _ => self.wrong(Code::CardPriceTwice, at, item, |_| {
                Sentence::new(words::card_price_twice(written.join(", "))).remedy(words::card_price_twice_remedy())
            }),
        }
        if list.has("tier") {
            return self.tiers(at, item, list.tiers, auto);
        }
        if list.has("size") {
            if let Some(auto) = auto.filter(|auto| Size::parse(auto).is_none()) {
                let known: Vec<String> = list.sizes.iter().map(|(size, _)| size.to_string()).collect();
                self.auto_unknown(at, item, auto, &known);
            }
            list.sizes.sort_by_key(|(size, _)| (size.pixels(), *size));
            return Some(Table::Sizes { rows: list.sizes, nearest: list.nearest });
        }
        if list.has("prices") {
            return Some(Table::Unpublished);
        }
        list.price.map(Table::Flat)
    }

    fn tiers(&mut self, at: &At<'_>, item: &Item<'_>, mut tiers: Vec<SizeTier>, auto: Option<&str>) -> Option<Table> {
        // Classes by edge stand before those by area, so that two of one kind are neighbours.
        tiers.sort_by_key(|tier| tier.bound);
        for pair in tiers.windows(2) {
            let mixed = pair[0].bound.key() != pair[1].bound.key();
            if !mixed && pair[0].bound != pair[1].bound {
                continue;
            }
            let (all, name) = (at.below("tier"), pair[1].name.as_str());
            let second = below(item, "tier").and_then(|tiers| below(tiers, name)).unwrap_or(item);
            self.wrong(Code::TierOverlap, &all.below(name), second, |_| match (mixed, pair[0].bound) {
                (true, _) => Sentence::new(words::tiers_mixed(&pair[0].name, name)).remedy(words::tiers_mixed_remedy()),
                (false, Bound::LongEdge(edge)) => {
                    Sentence::new(words::tier_overlap(&pair[0].name, name, edge)).remedy(words::tier_overlap_remedy())
                }
                (false, Bound::Megapixels(most)) => {
                    Sentence::new(words::tier_overlap_area(&pair[0].name, name, words::number::plain(most)))
                        .remedy(words::tier_overlap_area_remedy())
                }
            });
            break;
        }
        let known: Vec<String> = tiers.iter().map(|tier| tier.name.clone()).collect();
        if let Some(auto) = auto.filter(|auto| !known.iter().any(|name| name == auto)) {
            self.auto_unknown(at, item, auto, &known);
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

    /// `edit`: the prices of calls with reference images. Without `references` they cover one.
    pub(super) fn edit(&mut self, at: &At<'_>, item: &Item<'_>, above: EditList) -> (Option<Edit>, EditList) {
        let mut edit = above;
        let read = self.edit_prices(at, item, &mut edit);
        (read, edit)
    }

    fn edit_prices(&mut self, at: &At<'_>, item: &Item<'_>, edit: &mut EditList) -> Option<Edit> {
        let table = self.table(at, item)?;
        let mut references = Some(edit.references.unwrap_or(1));
        let list = &mut edit.list;
        self.each(Section::CardEdit, at, table, |reader, row, at, item| {
            if !reader.price_key(list, row.key, at, item) {
                references = reader.whole_number(at, item, 1, REFERENCES_MAX);
            }
        });
        if !FORMS.into_iter().any(|key| list.has(key)) {
            self.lacks(at, item, "price");
            return None;
        }
        if let (true, Some(other)) = (!list.has("size"), below(item, "other_sizes")) {
            self.unused(&at.below("other_sizes"), &other.span(), BY_SIZE);
        }
        let table = self.price_table(at, item, list.clone(), None)?;
        edit.references = references;
        Some(Edit { table, references: references? })
    }

    /// Says which sizes or classes of a card have no price for calls with reference images.
    pub(super) fn edit_gaps(&mut self, at: &At<'_>, item: &Item<'_>, all: &Table, edit: &Edit) {
        let missing: Vec<String> = match (all, &edit.table) {
            (Table::Sizes { rows, nearest: false }, Table::Sizes { rows: own, nearest: false }) => {
                let lacks = |(size, _): &&(Size, Price)| {
                    !own.iter().any(|(other, _)| *other == *size || other.swapped() == *size)
                };
                rows.iter().filter(lacks).map(|(size, _)| size.to_string()).collect()
            }
            (Table::Tiers(tiers), Table::Tiers(own)) => {
                let lacks = |tier: &&SizeTier| own.iter().all(|other| other.bound < tier.bound);
                tiers.iter().filter(lacks).map(|tier| tier.name.clone()).collect()
            }
            _ => Vec::new(),
        };
        if !missing.is_empty() {
            let (at, written) = (at.below("edit"), below(item, "edit").unwrap_or(item));
            self.wrong(Code::EditGaps, &at, written, |_| {
                Sentence::new(words::edit_gaps(missing.join(", "))).remedy(words::edit_gaps_remedy())
            });
        }
    }

    /// One price for every quality, or one for each.
    fn price(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<Price> {
        match item.get_ref() {
            DeValue::Table(table) => {
                let mut rows = Vec::new();
                self.each(Section::Qualities, at, table, |reader, row, at, item| {
                    if let Some(quality) = Quality::parse(row.key) {
                        rows.extend(reader.amount(at, item, Decimal::ZERO, UNIT_USD_MAX).map(|price| (quality, price)));
                    }
                });
                self.by_quality(at, item, rows)
            }
            _ => self.amount(at, item, Decimal::ZERO, UNIT_USD_MAX).map(Price::Any),
        }
    }

    fn by_quality(&mut self, at: &At<'_>, item: &Item<'_>, mut rows: Vec<(Quality, Decimal)>) -> Option<Price> {
        if rows.is_empty() {
            self.lacks(at, item, "price");
            return None;
        }
        rows.sort_by_key(|(quality, _)| *quality);
        Some(Price::ByQuality(rows))
    }

    fn tier(&mut self, at: &At<'_>, name: &str, item: &Item<'_>) -> Option<SizeTier> {
        let table = self.table(at, item)?;
        let (mut edge, mut area, mut any, mut rows) = (None, None, None, Vec::new());
        self.each(Section::CardTier, at, table, |reader, row, at, item| match row.key {
            "long_edge" => edge = reader.whole_number(at, item, 1, 1_000_000).and_then(|edge| u32::try_from(edge).ok()),
            "megapixels" => area = reader.above_nothing(at, item, MEGAPIXELS_MAX),
            "price" => any = reader.amount(at, item, Decimal::ZERO, UNIT_USD_MAX),
            word => {
                let price = reader.amount(at, item, Decimal::ZERO, UNIT_USD_MAX);
                rows.extend(Quality::parse(word).zip(price));
            }
        });
        let written = ["long_edge", "megapixels"].map(|key| table.contains_key(key));
        match written {
            [false, false] => self.lacks(at, item, "long_edge"),
            [true, true] => self.wrong(Code::CardPriceTwice, at, item, |_| {
                Sentence::new(words::card_price_twice("long_edge, megapixels")).remedy(words::card_price_twice_remedy())
            }),
            _ => {}
        }
        let by_quality = Section::Qualities.rows().iter().map(|row| row.key).filter(|key| table.contains_key(*key));
        let ways: Vec<&str> = std::iter::once("price").chain(by_quality).collect();
        if table.contains_key("price") && ways.len() > 1 {
            self.wrong(Code::CardPriceTwice, at, item, |_| {
                Sentence::new(words::card_price_twice(ways.join(", "))).remedy(words::card_price_twice_remedy())
            });
        }
        let price = match any {
            Some(any) => Some(Price::Any(any)),
            None => self.by_quality(at, item, rows),
        };
        let bound = edge.map(Bound::LongEdge).or(area.map(Bound::Megapixels))?;
        Some(SizeTier { name: name.to_owned(), bound, price: price? })
    }

    fn sized(&mut self, at: &At<'_>, name: &str, item: &Item<'_>) -> Option<(Size, Price)> {
        let size = Size::parse(name);
        if size.is_none() {
            self.wrong(Code::SizeWrong, at, item, |_| {
                Sentence::new(words::card_size_wrong(name))
                    .allowed(words::card_size_allowed())
                    .remedy(words::size_remedy())
            });
        }
        let price = self.price(at, item);
        Some((size?, price?))
    }
}

/// The value at a key of a table.
pub(super) fn below<'i, 'a>(item: &'i Item<'a>, key: &str) -> Option<&'i Item<'a>> {
    let DeValue::Table(table) = item.get_ref() else { return None };
    table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
}
