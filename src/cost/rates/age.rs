//! When a price or an exchange rate is outdated: days since its day, a newer built-in price, a retired model.

use crate::cost::base::money::Decimal;
use crate::cost::rates::card::{Card, Found, Pay};
use crate::cost::rates::rate_card::{Meter, Model, ServiceTier, TokenCard};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A price checked, or an exchange rate dated, longer ago than this many days is reported.
pub const STALE_AFTER_DAYS: i32 = 60;
/// A retirement within this many days is reported.
pub const SHUTDOWN_NOTICE_DAYS: i32 = 90;

/// Days from one date to another; negative if the second is earlier.
#[must_use]
pub fn days_between(from: Date, to: Date) -> i32 {
    // Civil dates span fewer than 8 million days, so a span in days always fits.
    from.until(to).map_or(0, |span| span.get_days())
}

/// What is doubtful about the day of a price or of an exchange rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// It is more than [`STALE_AFTER_DAYS`] ago.
    Stale {
        /// Days ago.
        days: i32,
    },
    /// It is still to come.
    Ahead,
}

/// What is doubtful about a day. `newest`: the day of the newest built-in prices; a day up to then is not to come, the clock is slow.
#[must_use]
pub fn doubt(day: Date, today: Date, newest: impl FnOnce() -> Date) -> Option<Doubt> {
    let days = days_between(day, today);
    if days > STALE_AFTER_DAYS {
        return Some(Doubt::Stale { days });
    }
    // Each edit asks, and few days are to come: the newest prices are looked for only then.
    (day > today && day > newest()).then_some(Doubt::Ahead)
}

/// One pinned rate that differs from the built-in one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateDifference {
    /// The card, such as `openai/gpt-image-2`.
    pub card: String,
    /// The service tier.
    pub tier: ServiceTier,
    /// The meter.
    pub meter: Meter,
    /// USD per 1,000,000 tokens in the project.
    pub pinned: Option<Decimal>,
    /// USD per 1,000,000 tokens built in.
    pub built_in: Option<Decimal>,
}

/// The pinned rates that differ from built-in ones; cards of models that are not built in have nothing to compare with.
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
    /// Whether the built-in card of the same name has other figures now: from the same source, or from the same seller and
    /// checked later. The user's own card that only adds what the built-in one lacks, mostly the price of a credit, is not
    /// outdated.
    #[must_use]
    pub fn is_outdated(&self, built_in: &Card) -> bool {
        let (before, now) = (&self.provenance, &built_in.provenance);
        // A source names its date, so a newer reading has another source text.
        let checked_since = self.name == built_in.name && before.checked.is_some() && before.checked < now.checked;
        let unpaid = built_in.pay == Pay::default();
        let same = self.pricing == built_in.pricing && (unpaid || self.pay == built_in.pay);
        built_in.found == Found::BuiltIn && (before.source == now.source || checked_since) && !same
    }
}
