//! `[card.ID]`: the user's own rate cards.

use super::card_prices::{EditList, FORMS, PriceList, laid_over};
use super::card_unused::CHARGED;
use super::problem::{At, Sentence};
use super::reader::{Item, Reader, quoted_list};
use super::schema::{Form, Section};
use crate::cost::Decimal;
use crate::cost::base::limits::{CARDS_MAX, RATE_MAX, UNIT_USD_MAX};
use crate::cost::base::money::{Currency, Exchange};
use crate::cost::base::number_text::grouped;
use crate::cost::base::tokens::Quality;
use crate::cost::rates::card::{
    Card, Edit, Failed, Found, Inputs, Kind, Money, Pack, Pay, Per, Plan, Pricing, Route, Unit,
};
use crate::cost::rates::rate_card::{Grade, Provenance, Rates};
use crate::diagnostics::Code;
use crate::words;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use toml::de::{DeTable, DeValue};

/// Cards by name, before they are complete; `None` if a card cannot be read.
pub(super) type Drafts = BTreeMap<String, Option<Arc<Draft>>>;

/// A card by name; `None` if it could not be read.
pub(super) type Named = (String, Option<Arc<Card>>);

/// A card in the making.
#[derive(Clone, Default)]
pub(super) struct Draft {
    seen: Vec<(&'static str, Range<usize>)>,
    /// Keys that a file above has for the card and that count here.
    inherited: Vec<&'static str>,
    name: Option<String>,
    kind: Option<Kind>,
    models: Vec<String>,
    qualities: Vec<Quality>,
    route: Option<Route>,
    currency: Option<Currency>,
    exchange: Option<Exchange>,
    checked: Option<Date>,
    source: String,
    grade: Option<Grade>,
    notes: Option<String>,
    inputs: Option<Inputs>,
    failed: Option<Failed>,
    round_calls: bool,
    per: Option<Per>,
    standard: Option<Rates>,
    batch: Option<Rates>,
    discount: Option<Decimal>,
    list: PriceList,
    edit: Option<Edit>,
    edit_list: EditList,
    auto_size: Option<String>,
    auto_quality: Option<Quality>,
    credit_usd: Option<Decimal>,
    markup: Option<Decimal>,
    rate: Option<(Decimal, Decimal)>,
    packs: Vec<Pack>,
    plans: Vec<Plan>,
    fee: Option<Decimal>,
}

impl Draft {
    /// Whether the key is written, here or in a file above, readable or not.
    fn has(&self, key: &str) -> bool {
        self.seen.iter().any(|(seen, _)| *seen == key) || self.inherited.contains(&key)
    }

    /// The card of a file above, before the keys that this file has for it.
    fn over(mut above: Draft) -> Draft {
        above.inherited.extend(above.seen.drain(..).map(|(key, _)| key));
        above.list.inherit();
        above.edit_list.list.inherit();
        above
    }

    /// A key of this file counts instead of others that say the same thing in a file above.
    fn supersede(&mut self, key: &str) {
        for ways in SPELLINGS.into_iter().chain([&FORMS[..]]).filter(|ways| ways.contains(&key)) {
            self.inherited.retain(|other| *other == key || !ways.contains(other));
        }
    }

    /// Where the key is written.
    fn span(&self, key: &str) -> Range<usize> {
        self.own_span(key).unwrap_or_default()
    }

    /// Where this file has the key; `None` if it has not.
    fn own_span(&self, key: &str) -> Option<Range<usize>> {
        self.seen.iter().find(|(seen, _)| *seen == key).map(|(_, span)| span.clone())
    }
}

/// Values that are said in one of several ways.
const SPELLINGS: [&[&str]; 2] = [&["usd_per_credit", "amount_per_credit", "credits_per_usd"], &["markup", "margin"]];

/// Whether a key means something in a card of this kind.
fn fits(key: &str, kind: Kind) -> bool {
    let by_tokens = matches!(kind, Kind::Tokens | Kind::CreditsPerToken);
    let by_image = matches!(kind, Kind::PerImage | Kind::CreditsPerImage);
    match key {
        "usd_per_credit" | "amount_per_credit" | "credits_per_usd" | "pack" | "plan" => {
            matches!(kind, Kind::CreditsPerToken | Kind::CreditsPerImage)
        }
        "prices" | "price" | "tier" | "size" | "other_sizes" | "auto_size" | "edit" | "per" => by_image,
        "auto_quality" => by_image || by_tokens,
        "credit_usd" | "markup" | "margin" => kind == Kind::Internal,
        "standard" | "inputs" | "currency" | "exchange" | "fee" => kind != Kind::Internal,
        "batch" => by_tokens,
        "discount" => kind == Kind::Tokens,
        _ => true,
    }
}

/// Whether a table is a card of this kind, or does not say another one.
fn of_kind(table: &DeTable<'_>, kind: Option<Kind>) -> bool {
    let written = table.get("kind").map(|item| item.get_ref());
    written.is_none_or(|written| matches!(written, DeValue::String(name) if Some(&**name) == kind.map(Kind::name)))
}

impl Reader<'_> {
    /// Every `[card.ID]`. A card with a problem in its prices is none: nothing may stand in for it.
    /// `drafts`: the cards of the files above, whose keys count where this file has none; then also those of this file.
    pub(super) fn cards(&mut self, at: &At<'_>, item: &Item<'_>, found: Found, drafts: &mut Drafts) -> Vec<Named> {
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
            let card = self.card(&below, item, found, drafts.get(name));
            let (card, draft) = card.unzip();
            drafts.insert(name.to_owned(), draft.map(Arc::new));
            cards.push((name.to_owned(), card.map(Arc::new)));
        }
        cards
    }

    /// A card, and the same before it was complete.
    fn card(
        &mut self,
        at: &At<'_>,
        item: &Item<'_>,
        found: Found,
        above: Option<&Option<Arc<Draft>>>,
    ) -> Option<(Card, Draft)> {
        let id = at.key;
        let table = self.table(at, item)?;
        let mut draft = match above {
            Some(Some(above)) if of_kind(table, above.kind) => Draft::over(Draft::clone(above)),
            // The file above says what is wrong with it.
            Some(None) if !table.contains_key("kind") => return None,
            _ => Draft::default(),
        };
        let before = self.report.errors();
        let mut harmless = 0;
        self.each(Section::Card, at, table, |reader, row, at, item| {
            let errors = reader.report.errors();
            draft.supersede(row.key);
            reader.card_key(&mut draft, row.key, at, item);
            if matches!(row.key, "name" | "checked" | "source" | "grade" | "notes" | "failed" | "route") {
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
        self.card_said_twice(at, &draft);
        if matches!(kind, Kind::PerImage | Kind::CreditsPerImage) {
            let charged = draft.inputs == Some(Inputs::Charged);
            let has = |key: &str| draft.has(key) || (key == CHARGED && charged);
            self.card_unused(at, |key| draft.own_span(key), has);
        }
        let whole = draft.clone();
        let pricing = self.pricing(at, item, kind, &mut draft);
        if let (Some(Pricing::Images { table, .. }), Some(edit)) = (&pricing, &draft.edit) {
            self.edit_gaps(at, item, table, edit);
        }
        if self.report.errors() - before > harmless {
            return None;
        }
        let by_tokens = matches!(kind, Kind::Tokens | Kind::CreditsPerToken);
        let inputs = draft.inputs.or(by_tokens.then_some(Inputs::Charged));
        Some((draft.card(id, pricing?, inputs, found), whole))
    }

    /// One key of a card.
    fn card_key(&mut self, draft: &mut Draft, key: &'static str, at: &At<'_>, item: &Item<'_>) {
        if self.price_key(&mut draft.list, key, at, item) || self.card_about(draft, key, at, item) {
            return;
        }
        match key {
            "kind" => draft.kind = self.word(at, item, &Kind::ALL, Kind::name),
            "models" => draft.models = self.card_models(at, item),
            "qualities" => draft.qualities = self.card_qualities(at, item),
            "currency" => {
                draft.currency = self.currency(at, item);
                self.named.push((at.to_string(), item.span()));
            }
            "exchange" => draft.exchange = self.exchange(at, item).is().cloned(),
            "inputs" => draft.inputs = self.word(at, item, &Inputs::ALL, Inputs::name),
            "rounding" => draft.round_calls = self.word(at, item, &[()], |()| "per call").is_some(),
            "per" => draft.per = self.word(at, item, &Per::ALL, Per::name),
            "standard" => draft.standard = self.card_rates(at, item, draft.standard),
            "batch" => draft.batch = self.card_rates(at, item, draft.batch),
            "discount" => draft.discount = self.share(at, item, 0, 100),
            "edit" => {
                let above = std::mem::take(&mut draft.edit_list);
                (draft.edit, draft.edit_list) = self.edit(at, item, above);
            }
            "auto_size" => draft.auto_size = self.prose(at, item, Form::Name),
            "auto_quality" => draft.auto_quality = self.word(at, item, &Quality::ALL, Quality::name),
            "credit_usd" => draft.credit_usd = self.above_nothing(at, item, UNIT_USD_MAX),
            "markup" | "margin" => draft.markup = self.share(at, item, -100, 10_000),
            "usd_per_credit" | "amount_per_credit" => {
                draft.rate = self.above_nothing(at, item, UNIT_USD_MAX).map(|price| (price, Decimal::ONE));
            }
            "credits_per_usd" => {
                draft.rate = self.above_nothing(at, item, RATE_MAX).map(|credits| (Decimal::ONE, credits));
            }
            "pack" => laid_over(&mut draft.packs, self.tables_of(at, item, Self::pack), |pack| &pack.name),
            "plan" => laid_over(&mut draft.plans, self.tables_of(at, item, Self::plan), |plan| &plan.name),
            "fee" => draft.fee = self.share(at, item, 0, 100),
            _ => {}
        }
    }

    /// A key that no price depends on; false if it is none.
    fn card_about(&mut self, draft: &mut Draft, key: &str, at: &At<'_>, item: &Item<'_>) -> bool {
        match key {
            "name" => draft.name = self.prose(at, item, Form::Name),
            "route" => draft.route = self.word(at, item, &Route::ALL, Route::name),
            "checked" => draft.checked = self.date(at, item),
            "source" => draft.source = self.prose(at, item, Form::Prose).unwrap_or_default(),
            "grade" => draft.grade = self.grade(at, item),
            "notes" => draft.notes = self.prose(at, item, Form::Prose),
            "failed" => {
                let name = |failed| if failed == Failed::Charged { "charged" } else { "free" };
                draft.failed = self.word(at, item, &[Failed::Charged, Failed::Free], name);
            }
            _ => return false,
        }
        true
    }

    /// Reports keys without a meaning in a card of this kind: a price that is ignored is worse than a missing price.
    fn misfits(&mut self, at: &At<'_>, kind: Kind, draft: &Draft) {
        let dollars = |key: &str| key == "currency" && draft.currency.is_none_or(|currency| currency == Currency::USD);
        for (key, span) in draft.seen.iter().filter(|(key, _)| !fits(key, kind) && !dollars(key)) {
            self.report.say(Code::CardKeyMisfit, &at.below(key), span, |_| {
                Sentence::new(words::card_key_misfit(key, kind.name())).remedy(words::card_key_misfit_remedy())
            });
        }
        if fits("exchange", kind) && draft.has("exchange") && (!draft.has("currency") || dollars("currency")) {
            self.report.say(Code::ExchangeUnused, &at.below("exchange"), &draft.span("exchange"), |_| {
                Sentence::new(words::card_exchange_unused()).remedy(words::card_exchange_unused_remedy())
            });
        }
    }

    fn card_said_twice(&mut self, at: &At<'_>, draft: &Draft) {
        for ways in SPELLINGS {
            let written: Vec<&str> = ways.iter().copied().filter(|key| draft.has(key)).collect();
            if let [_, .., last] = written[..] {
                self.report.say(Code::CardPriceTwice, &at.below(last), &draft.span(last), |_| {
                    Sentence::new(words::card_price_twice(written.join(", "))).remedy(words::card_price_twice_remedy())
                });
            }
        }
    }

    fn pricing(&mut self, at: &At<'_>, item: &Item<'_>, kind: Kind, draft: &mut Draft) -> Option<Pricing> {
        let unit =
            if matches!(kind, Kind::CreditsPerToken | Kind::CreditsPerImage) { Unit::Credits } else { Unit::Money };
        match kind {
            Kind::Tokens | Kind::CreditsPerToken => {
                // With a discount alone, the official rates are what it is taken off.
                let of_official = kind == Kind::Tokens && draft.has("discount");
                if !of_official && !draft.has("standard") {
                    self.lacks(at, item, "standard");
                }
                let discount_percent = draft.discount.unwrap_or_default();
                Some(Pricing::Tokens { unit, standard: draft.standard, batch: draft.batch, discount_percent })
            }
            Kind::Internal => {
                if !draft.has("credit_usd") {
                    self.lacks(at, item, "credit_usd");
                }
                let markup_percent = draft.markup.unwrap_or_default();
                Some(Pricing::Internal { credit_usd: draft.credit_usd?, markup_percent })
            }
            Kind::CreditsPerImage | Kind::PerImage => {
                let list = std::mem::take(&mut draft.list);
                let table = self.price_table(at, item, list, draft.auto_size.as_deref())?;
                Some(Pricing::Images { unit, table, inputs: draft.standard.unwrap_or_default() })
            }
        }
    }
}

impl Draft {
    fn card(self, id: &str, pricing: Pricing, inputs: Option<Inputs>, found: Found) -> Card {
        Card {
            id: id.to_owned(),
            name: self.name.unwrap_or_else(|| id.to_owned()),
            models: self.models,
            qualities: self.qualities,
            route: self.route,
            money: Money { currency: self.currency.unwrap_or(Currency::USD), exchange: self.exchange },
            pricing,
            per: self.per.unwrap_or(Per::Image),
            edit: self.edit,
            inputs,
            round_calls: self.round_calls,
            auto_size: self.auto_size,
            auto_quality: self.auto_quality,
            failed: self.failed.unwrap_or(Failed::NotStated),
            pay: Pay { rate: self.rate, packs: self.packs, plans: self.plans },
            fee_percent: self.fee.unwrap_or_default(),
            provenance: Provenance { source: self.source, checked: self.checked, grade: self.grade },
            notes: self.notes,
            found,
        }
    }
}
