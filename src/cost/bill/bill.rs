//! The cost of the same work on one card, and why it differs from the official bill.

use crate::cost::base::fraction::Fraction;
use crate::cost::base::money::Decimal;
use crate::cost::base::tokens::Quality;
use crate::cost::bill::certainty::{AboutWork, Certainty, Conversion};
use crate::cost::bill::pay::Purchase;
use crate::cost::bill::prepared::Prepared;
use crate::cost::bill::sums::{Mark, Missing, Slot, Sums};
use crate::cost::rates::card::{Card, Pricing};

/// Why a bill differs from the official one, in the order of the walk from there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// The official surcharge, which sellers do not charge: minus that.
    Surcharge,
    /// Reference images and prompt are free on this card: minus their official price.
    InputsIncluded,
    /// Streamed partial images are free on this card: minus their official price.
    Previews,
    /// The card has no batch service: the official standard price instead of the batch price.
    NoBatch,
    /// The maker does not offer the model in batch: the official standard price, where there is no official batch price.
    BatchNotOffered,
    /// The official batch price is not known: the official standard price instead.
    BatchUnknown,
    /// The card charges `auto` as an image with a price: plus the official price of that image.
    AutoChargedAs,
    /// Images without an official price, at the card's price.
    NoOfficialPrice,
    /// The card charges by size class: the official price of the class's square (or of the listed size) instead of the
    /// image's own size.
    SizeTier,
    /// The card charges a call once, however many images it returns: the official price of one image for each call instead
    /// of all its images.
    PerCall,
    /// The official price rounded up to the card's step (one credit, or the last digit of its list), and each call rounded
    /// up.
    Rounding,
    /// The card's price minus the price after all earlier steps: a markup above 0, else a discount. What the seller earns
    /// by it is not known.
    SellersPrice,
    /// A plan's fees above the list price of their credits.
    Fee,
    /// Credits beyond the plan's, above the list price.
    Overage,
    /// Packs dearer than the best-value pack.
    Packs,
    /// Credits paid for but not used, at the list price.
    Leftover,
    /// What the seller adds to all that is paid.
    PurchaseFee,
}

impl Why {
    /// All reasons, in the order of the walk.
    pub const ALL: [Why; 17] = [
        Why::Surcharge,
        Why::InputsIncluded,
        Why::Previews,
        Why::NoBatch,
        Why::BatchNotOffered,
        Why::BatchUnknown,
        Why::AutoChargedAs,
        Why::NoOfficialPrice,
        Why::SizeTier,
        Why::PerCall,
        Why::Rounding,
        Why::SellersPrice,
        Why::Fee,
        Why::Overage,
        Why::Packs,
        Why::Leftover,
        Why::PurchaseFee,
    ];
}

/// One part of a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The reason.
    pub why: Why,
    /// USD, incl. buffer; never 0.
    pub usd: Fraction,
    /// The price that it is a part of, if it is the seller's price or the purchase fee; above 0.
    pub of: Option<Fraction>,
}

/// The cost of the same work on one card, for one line or the whole project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bill {
    /// Credits before the buffer, for everything with a price; `None` if the card has no credits or nothing has a price.
    pub credits: Option<Fraction>,
    /// Credits with the buffer.
    pub credits_total: Option<Fraction>,
    /// USD before the buffer; `None` if unknown, or if credits are bought for the whole project.
    pub subtotal: Option<Fraction>,
    /// USD with the buffer; `None` if a price is missing.
    pub total: Option<Fraction>,
    /// USD of everything with a price, with the buffer; `None` if credits have no price or nothing has one.
    pub known: Option<Fraction>,
    /// For a line of a project that buys packs or a plan: its share of the purchase, by credits. Shown with ≈, never summed.
    pub share: Option<Fraction>,
    /// Whether it rests on figures with weak evidence.
    pub approximate: bool,
    pub(super) conversion: Conversion,
    /// Whether its parts rest on more of those than it does itself.
    pub parts_approximate: bool,
    /// What quality `auto` is charged as; `None` if none of the work is in `auto`, or if no price depends on it.
    pub auto_as: Option<Quality>,
    /// The missing prices, each with the number of lines concerned; 0 means the whole project.
    pub missing: Vec<(Missing, usize)>,
    /// The official bill that `parts` start from: its known part if it is incomplete.
    pub official: Decimal,
    /// Whether `official` is the complete official bill.
    pub official_complete: bool,
    /// The difference between `total` and `official`, part by part; empty if `total` is unknown.
    pub parts: Vec<Part>,
    /// Ways to buy the credits, cheapest first; the bill uses the first.
    pub ways: Vec<Purchase>,
}

impl Bill {
    /// Whether its credits rest on figures that are only about right: the seller's, or the work's tokens where the seller is
    /// paid by them.
    #[must_use]
    pub fn has_about_credits(&self, card: &Card, work: AboutWork) -> bool {
        self.approximate || (work.tokens && card.rests_on_tokens())
    }

    /// How sure its amounts are; they rest on what its credits rest on, and on the card's exchange rate.
    #[must_use]
    pub fn certainty(&self, card: &Card, work: AboutWork) -> Certainty {
        Certainty::of(self.has_about_credits(card, work), self.conversion)
    }

    /// Whether the difference from the official bill is only about right: as sure as both bills are.
    #[must_use]
    pub fn is_difference_about(&self, card: &Card, work: AboutWork) -> bool {
        work.official || self.certainty(card, work).is_about_in_usd()
    }

    /// Whether its parts are, which may rest on official prices that the official bill has none of.
    #[must_use]
    pub fn are_parts_about(&self, card: &Card, work: AboutWork) -> bool {
        work.tokens || self.parts_approximate || self.is_difference_about(card, work)
    }

    /// Whether the credits cover all the work: only their price may be missing.
    #[must_use]
    pub fn credits_complete(&self) -> bool {
        let of_money = |why: &Missing| {
            matches!(why, Missing::CreditPrice | Missing::Reach | Missing::Months | Missing::Exchange(_))
        };
        self.missing.iter().all(|(why, _)| of_money(why))
    }

    /// `total` minus `official`.
    #[must_use]
    pub fn difference(&self) -> Option<Fraction> {
        self.total.as_ref().map(|total| total - &Fraction::from(self.official))
    }
}

/// The bill computed from its sums and the ways to buy that many credits.
pub(super) fn bill_of_sums(
    prepared: &Prepared,
    sums: &Sums,
    mut missing: Vec<(Missing, usize)>,
    official_complete: bool,
    marked: impl Fn(Mark) -> bool,
    mut ways: Vec<Purchase>,
) -> Bill {
    let card = &prepared.card;
    let total = Fraction::from(sums.get(Slot::Total));
    let subtotal = Fraction::from(sums.get(Slot::Units));
    // Work without any price is unknown: neither 0 credits nor 0 dollars, and nothing to buy.
    let nothing = !missing.is_empty() && total.is_zero();
    let credits = |units: &Fraction| match &card.pricing {
        _ if nothing => None,
        Pricing::Internal { credit_usd, .. } => units.checked_div(&Fraction::from(*credit_usd)),
        _ => card.sells_credits().then(|| units.clone()),
    };
    if prepared.money.is_none() {
        missing.push((Missing::Exchange(card.money.currency), 0));
    } else if card.sells_credits() && ways.is_empty() {
        let why = match prepared.offers.is_empty() {
            true if prepared.months_unknown => Missing::Months,
            true => Missing::CreditPrice,
            false => Missing::Reach,
        };
        missing.push((why, 0));
    }
    if nothing {
        ways.clear();
    }
    let bought = ways.first();
    let unit = match bought {
        Some(bought) => Some(bought.offer.unit.clone()),
        None => prepared.money.clone().filter(|_| !card.sells_credits()),
    };
    let known = match bought {
        Some(bought) => Some(bought.usd.clone()),
        None => unit.as_ref().filter(|_| !nothing).map(|unit| unit * &total),
    };
    let exact_total = known.as_ref().filter(|_| missing.is_empty()).map(|paid| prepared.with_fee(paid));
    let way = bought.and_then(|bought| prepared.offers.iter().position(|offer| offer.way == bought.offer.way));
    let parts = match (&exact_total, &unit) {
        (Some(total), Some(unit)) => parts(sums, unit, way.unwrap_or(0), (bought, total)),
        _ => Vec::new(),
    };
    let pooled = card.sells_credits() && card.pay.is_pooled();
    Bill {
        credits: credits(&subtotal),
        credits_total: credits(&total),
        subtotal: unit
            .as_ref()
            .filter(|_| !pooled && missing.is_empty())
            .map(|unit| prepared.with_fee(&(unit * &subtotal))),
        total: exact_total,
        known: known.as_ref().map(|paid| prepared.with_fee(paid)),
        share: None,
        approximate: card.is_approximate() || marked(Mark::AboutTotal),
        conversion: prepared.conversion,
        parts_approximate: marked(Mark::AboutParts),
        auto_as: card.auto_quality.filter(|_| marked(Mark::Auto)),
        missing,
        official: sums.get(Slot::Official).normalize(),
        official_complete,
        parts,
        ways,
    }
}

/// The difference from the official bill, part by part; `total`: what is paid, the purchase fee included.
fn parts(sums: &Sums, unit: &Fraction, way: usize, (bought, total): (Option<&Purchase>, &Fraction)) -> Vec<Part> {
    let usd = |slot: Slot| Fraction::from(sums.get(slot));
    let paid = |slot: Slot| unit * &usd(slot);
    let mut rounding = paid(Slot::RoundedCalls);
    let charged = &(&paid(Slot::Total) - &rounding) - &paid(Slot::Unofficial);
    let mut level = usd(Slot::Level);
    if let Some(steps) = sums.step(way) {
        let stepped = unit * &Fraction::from(steps);
        let up = &stepped - &usd(Slot::Stepped);
        level = &level + &up;
        rounding = &rounding + &up;
    }
    let before_fee = bought.map_or_else(|| paid(Slot::Total), |bought| bought.usd.clone());
    let mut parts = vec![
        (Why::Surcharge, usd(Slot::Surcharge), None),
        (Why::InputsIncluded, usd(Slot::Inputs), None),
        (Why::Previews, usd(Slot::Previews), None),
        (Why::NoBatch, usd(Slot::NoBatch), None),
        (Why::BatchNotOffered, usd(Slot::BatchNotOffered), None),
        (Why::BatchUnknown, usd(Slot::BatchUnknown), None),
        (Why::AutoChargedAs, usd(Slot::Auto), None),
        (Why::NoOfficialPrice, paid(Slot::Unofficial), None),
        (Why::SizeTier, usd(Slot::Tier), None),
        (Why::PerCall, usd(Slot::PerCall), None),
        (Why::Rounding, rounding, None),
        (Why::SellersPrice, &charged - &level, Some(level)),
    ];
    if let Some(bought) = bought {
        parts.extend([
            (Why::Fee, bought.fee_surcharge(), None),
            (Why::Overage, bought.overage_surcharge(), None),
            (Why::Packs, bought.pack_surcharge(), None),
            (Why::Leftover, bought.leftover_worth(), None),
        ]);
    }
    parts.push((Why::PurchaseFee, total - &before_fee, Some(before_fee)));
    let one = |(why, usd, of): (Why, Fraction, Option<Fraction>)| {
        let of = of.filter(|of| !of.is_zero() && !of.is_negative());
        (!usd.is_zero()).then_some(Part { why, usd, of })
    };
    parts.into_iter().filter_map(one).collect()
}
