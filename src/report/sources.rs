//! The sources of an estimate's prices, token rules and retry factors.

use super::Report;
use crate::cost::base::retry::Retry;
use crate::cost::rates::rate_card::{Model, Profile, Provenance, Rates, ServiceTier};
use std::sync::Arc;

/// One rate card in use.
pub(super) struct PriceSource<'a> {
    /// The card's identity, `openai/gpt-image-2`.
    pub(super) card: String,
    /// Whether the project pins the prices itself.
    pub(super) pinned: bool,
    /// The source of the prices.
    pub(super) provenance: &'a Provenance,
    /// The service tiers that lines use; USD per 1,000,000 tokens, `None` if no price is published.
    pub(super) tiers: Vec<(ServiceTier, Option<Rates>)>,
    /// The card's model.
    pub(super) model: &'a Arc<Model>,
    /// Whether a line sends reference images to the model.
    pub(super) uses_references: bool,
}

/// Every card that a line uses, in the order of the models' names.
pub(super) fn prices<'a>(report: &Report<'a>) -> Vec<PriceSource<'a>> {
    let used = |model: &'a Arc<Model>| {
        let card = report.budget.card(model);
        let lines = report.estimate.lines.iter().map(|line| &line.deliverable);
        let own = lines.filter(|line| line.model.value.id == model.id);
        let mut tiers: Vec<ServiceTier> = own.clone().map(|line| line.service.value).collect();
        tiers.sort_unstable();
        tiers.dedup();
        PriceSource {
            card: model.card_id(),
            pinned: report.budget.pins.contains_key(&model.card_id()),
            provenance: &card.provenance,
            tiers: tiers.into_iter().map(|tier| (tier, card.rates(tier).copied())).collect(),
            model,
            uses_references: own.clone().any(|line| !line.references.value.is_empty()),
        }
    };
    report.estimate.models().map(used).collect()
}

/// The retry profiles that lines name, with their definitions.
pub(super) fn profiles<'a>(report: &Report<'a>) -> Vec<(&'a str, &'a Profile)> {
    let named = report.estimate.lines.iter().filter_map(|line| match &line.deliverable.retry.value {
        Retry::Profile(name) => Some(name.as_str()),
        _ => None,
    });
    let mut names: Vec<&str> = named.collect();
    names.sort_unstable();
    names.dedup();
    let find = |name| report.budget.profiles.get(name).or_else(|| report.catalog.profiles.get(name));
    names.into_iter().filter_map(|name| Some((name, find(name)?))).collect()
}
