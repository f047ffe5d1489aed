//! What makes a price out of date: the days since it was read, a newer one built in, a model that is shut down.

use crate::cost::base::money::Decimal;
use crate::cost::rates::card::{Card, Found, Pay};
use crate::cost::rates::rate_card::{Meter, Model, ServiceTier, TokenCard};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A price checked longer ago than this many days is pointed out.
pub const STALE_AFTER_DAYS: i32 = 60;
/// A shutdown within this many days is pointed out.
pub const SHUTDOWN_NOTICE_DAYS: i32 = 90;

/// Days from one date to another; negative where the second is earlier.
#[must_use]
pub fn days_between(from: Date, to: Date) -> i32 {
    // Civil dates span fewer than 8 million days, so a span in days always fits.
    from.until(to).map_or(0, |span| span.get_days())
}

/// One rate that a project pinned and that is built in otherwise now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateDifference {
    /// The card, such as `openai/gpt-image-2`.
    pub card: String,
    /// Which service tier.
    pub tier: ServiceTier,
    /// Which meter.
    pub meter: Meter,
    /// USD per 1,000,000 tokens in the project.
    pub pinned: Option<Decimal>,
    /// USD per 1,000,000 tokens built in.
    pub built_in: Option<Decimal>,
}

/// Where pinned rates and built-in ones disagree; cards of models that are not built in have nothing to compare with.
#[must_use]
pub fn differences(pins: &BTreeMap<String, TokenCard>, models: &[Arc<Model>]) -> Vec<RateDifference> {
    let mut found = Vec::new();
    for (card, pinned) in pins {
        let Some(model) = models.iter().find(|model| model.card_id() == *card) else { continue };
        for tier in [ServiceTier::Standard, ServiceTier::Batch] {
            for meter in Meter::ALL {
                let rate = |card: &TokenCard| card.rates(tier).and_then(|rates| rates.get(meter));
                let (pinned, built_in) = (rate(pinned), rate(&model.card));
                if pinned != built_in {
                    found.push(RateDifference { card: card.clone(), tier, meter, pinned, built_in });
                }
            }
        }
    }
    found
}

impl Card {
    /// Whether the built-in card of the same name has other figures now: of the same source, or of the same seller and checked
    /// since. A card of one's own that only adds what the built-in one lacks, the price of a credit above all, is not outdated.
    #[must_use]
    pub fn is_outdated(&self, built_in: &Card) -> bool {
        let (before, now) = (&self.provenance, &built_in.provenance);
        // Sources say of which day they are, so that a newer one reads differently.
        let checked_since = self.name == built_in.name && before.checked.is_some() && before.checked < now.checked;
        let unpaid = built_in.pay == Pay::default();
        let same = self.pricing == built_in.pricing && (unpaid || self.pay == built_in.pay);
        built_in.found == Found::BuiltIn && (before.source == now.source || checked_since) && !same
    }
}
