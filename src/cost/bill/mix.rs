//! The best mix: drafts where drafts are cheapest, finals where finals are.

use super::fraction::Fraction;
use super::sums::Slot;
use super::{Bills, CardBills};
use crate::cost::line::StageKind;
use crate::cost::money::Decimal;

/// Where a stage is cheapest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The card's place in [`Bills::cards`]; none: the official price.
    pub card: Option<usize>,
    /// USD of the stage over all lines, with the buffer.
    pub usd: Fraction,
    /// The price is a list price of packs or plans: fees and leftovers come on top.
    pub at_list_price: bool,
}

/// A suggestion: each stage where it is cheapest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mix {
    /// The drafts; none where no line has any.
    pub explore: Option<Choice>,
    /// The finals.
    pub finals: Choice,
    /// Both together.
    pub usd: Fraction,
    /// What it saves against doing everything at the official price; none where that is not known.
    pub saves_official: Option<Fraction>,
    /// What it saves against the cheapest single card, by the same prices. Above 0 where the suggestion is a real mix.
    pub saves_single: Fraction,
}

/// The best mix among the official price and every card with a known price; none where no seller has a price for the finals.
#[must_use]
pub fn best(bills: &Bills) -> Option<Mix> {
    let sellers: Vec<Seller> =
        official(bills).into_iter().chain(bills.cards.iter().enumerate().filter_map(seller)).collect();
    let drafts = sellers.iter().any(|seller| seller.explore.as_ref().is_none_or(|usd| !usd.is_zero()));
    let cheapest = |stage: StageKind| {
        let priced = sellers.iter().filter_map(|seller| {
            let usd = seller.stage(stage).clone()?;
            Some(Choice { card: seller.card, usd, at_list_price: seller.at_list_price })
        });
        priced.min_by(|a, b| a.usd.cmp(&b.usd))
    };
    let finals = cheapest(StageKind::Final)?;
    let explore = if drafts { Some(cheapest(StageKind::Explore)?) } else { None };
    let usd = explore.as_ref().map_or_else(|| finals.usd.clone(), |explore| &explore.usd + &finals.usd);
    let whole = |seller: &Seller| Some(seller.explore.as_ref()? + seller.finals.as_ref()?);
    let single = sellers.iter().filter_map(whole).min();
    let official = sellers.iter().find(|seller| seller.card.is_none()).and_then(whole);
    let saves_single = single.map_or_else(Fraction::zero, |single| &single - &usd);
    Some(Mix { saves_official: official.map(|official| &official - &usd), explore, finals, usd, saves_single })
}

struct Seller {
    card: Option<usize>,
    explore: Option<Fraction>,
    finals: Option<Fraction>,
    at_list_price: bool,
}

impl Seller {
    fn stage(&self, stage: StageKind) -> &Option<Fraction> {
        if stage == StageKind::Explore { &self.explore } else { &self.finals }
    }
}

/// Every card has the official bill among its sums.
fn official(bills: &Bills) -> Option<Seller> {
    let all = &bills.cards.first()?.all;
    let explore = Fraction::from(all.sums.get(Slot::OfficialDrafts));
    let finals = &Fraction::from(all.sums.get(Slot::Anchor)) - &explore;
    let priced = |stage: StageKind, usd| (all.unpriced_officially[stage as usize] == 0).then_some(usd);
    let (explore, finals) = (priced(StageKind::Explore, explore), priced(StageKind::Final, finals));
    Some(Seller { card: None, explore, finals, at_list_price: false })
}

fn seller((at, card): (usize, &CardBills)) -> Option<Seller> {
    let own = card.card();
    let unit = match own.sells_credits() {
        true => card.prepared.offers.iter().map(|offer| offer.unit.clone()).min()?,
        false => Fraction::from(Decimal::ONE),
    };
    let sums = &card.all.sums;
    let explore = Fraction::from(sums.get(Slot::Drafts));
    let finals = &Fraction::from(sums.get(Slot::Total)) - &explore;
    let priced = |stage: StageKind, units: Fraction| (card.all.unpriced[stage as usize] == 0).then(|| &unit * &units);
    Some(Seller {
        card: Some(at),
        explore: priced(StageKind::Explore, explore),
        finals: priced(StageKind::Final, finals),
        at_list_price: own.sells_credits() && own.pay.is_pooled(),
    })
}
