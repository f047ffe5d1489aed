//! Cards made by hand, and bills of short projects.

use crate::support::{catalog, computed, dec};
use retake::cost::bill::{Bill, Bills, Fraction, Part};
use retake::cost::rates::card::{
    Card, Failed, Found, Inputs, Money, Pack, Pay, Per, Period, Plan, Price, Pricing, Table, Unit,
};
use retake::cost::rates::rate_card::{Provenance, Rates};
use retake::cost::{Budget, Decimal, Estimate};
use std::sync::Arc;

pub(crate) fn built_in(id: &str) -> Card {
    Card::clone(catalog().card(id).unwrap())
}

/// A card with a flat price in USD, inputs included.
pub(crate) fn flat(usd: &str) -> Card {
    Card {
        id: "flat".to_owned(),
        name: "Flat".to_owned(),
        models: Vec::new(),
        qualities: Vec::new(),
        route: None,
        money: Money::usd(),
        pricing: Pricing::Images {
            unit: Unit::Money,
            table: Table::Flat(Price::Any(dec(usd))),
            inputs: Rates::default(),
        },
        per: Per::Image,
        edit: None,
        inputs: Some(Inputs::Included),
        round_calls: false,
        auto_size: None,
        auto_quality: None,
        failed: Failed::NotStated,
        pay: Pay::default(),
        fee_percent: dec("0"),
        provenance: Provenance { source: "test".to_owned(), checked: None, grade: None },
        notes: None,
        found: Found::Project,
    }
}

pub(crate) fn pack(usd: &str, credits: u64, months: Option<u32>) -> Pack {
    Pack { name: format!("{credits}"), price: dec(usd), credits, months }
}

pub(crate) fn plan(usd: &str, per: Period, credits: u64, overage: Option<&str>) -> Plan {
    Plan { name: format!("{credits} each month"), price: dec(usd), per, credits, overage: overage.map(dec) }
}

pub(crate) fn bills(cards: Vec<Card>, months: u32, budget: &Budget) -> (Bills, Estimate) {
    let estimate = computed(budget);
    (Bills::new(cards.into_iter().map(Arc::new), months, budget, &estimate, catalog()), estimate)
}

pub(crate) fn bill(card: Card, budget: &Budget) -> Bill {
    bills(vec![card], 1, budget).0.cards.remove(0).bill
}

pub(crate) fn usd(fraction: &Option<Fraction>) -> Decimal {
    fraction.as_ref().unwrap().exact().unwrap()
}

pub(crate) fn sum(parts: &[Part]) -> Fraction {
    parts.iter().fold(Fraction::zero(), |sum, part| &sum + &part.usd)
}
