//! The best mix: the cheapest seller for drafts, the cheapest for finals, and everything that must be bought for it.

use super::bill::Bill;
use super::bills::{Bills, CardBills};
use super::certainty::AboutWork;
use super::sums::{Missing, Slot};
use crate::cost::base::fraction::Fraction;
use crate::cost::estimate::line::StageKind;

/// The seller of one stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The card's index in [`Bills::cards`]; `None` means the official price.
    pub card: Option<usize>,
    /// USD of the stage over all lines, incl. buffer, as if its credits were bought for it alone.
    pub usd: Fraction,
    /// True if the price depends on the sum of all work: fees, whole packs and leftovers are included.
    pub pooled: bool,
}

/// A suggestion: one seller for everything, or different sellers for drafts and finals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mix {
    /// How many sellers have a price for everything, or for a stage of it; the official one among them.
    pub compared: usize,
    /// Sellers without any price for the work: a card's index in [`Bills::cards`], `None` for the official price.
    pub unknown: Vec<Option<usize>>,
    /// Sellers with a price for drafts or finals alone.
    pub known_in_part: Vec<Option<usize>>,
    /// Sellers that sell none of the work, neither its models nor its qualities: no price of theirs is unknown.
    pub not_sold: Vec<Option<usize>>,
    /// Sellers that sell a part of the work, and whose price for that is known.
    pub sold_in_part: Vec<Option<usize>>,
    /// The drafts; `None` if no line has any.
    pub explore: Option<Choice>,
    /// The finals.
    pub finals: Choice,
    /// The amount paid; if one seller does both stages it is paid once.
    pub usd: Fraction,
    /// The saving compared to the official price for everything; `None` if that is not known.
    pub saves_official: Option<Fraction>,
    /// The saving compared to the cheapest single bill: above 0 if the suggestion is a real mix; `None` if no single bill has
    /// a price for everything.
    pub saves_single: Option<Fraction>,
    /// The card of that bill, as an index in [`Bills::cards`]; `None` if it is the official one, or if there is none.
    pub single: Option<usize>,
}

impl Mix {
    /// Whether a seller of it, or the one that it is compared with, has approximate prices or counts, so that what it saves is
    /// approximate too.
    #[must_use]
    pub fn is_approximate(&self, bills: &Bills) -> bool {
        let sellers = self.explore.iter().chain([&self.finals]).filter_map(|choice| choice.card).chain(self.single);
        sellers
            .into_iter()
            .filter_map(|at| bills.cards.get(at))
            .any(|card| card.bill.certainty(card.card(), AboutWork::default()).is_about_in_usd())
    }
}

/// The best mix of the official price and every card with a known price; `None` if no seller has a price for the finals.
#[must_use]
pub fn best(bills: &Bills) -> Option<Mix> {
    let sellers: Vec<Seller> = official(bills).into_iter().chain(bills.cards.iter().enumerate().map(seller)).collect();
    let drafts = bills.cards.iter().any(has_drafts);
    let single = sellers.iter().filter(|seller| seller.whole.is_some()).min_by(|a, b| a.whole.cmp(&b.whole));
    let pair = cheapest_two(&sellers, StageKind::Explore).flat_map(|explore| {
        let others = cheapest_two(&sellers, StageKind::Final).filter(move |finals| finals.card != explore.card);
        others.filter_map(move |finals| Some((explore, finals, explore.explore.as_ref()? + finals.finals.as_ref()?)))
    });
    let pair = if drafts { pair.min_by(|(.., a), (.., b)| a.cmp(b)) } else { None };
    let (explore, finals, usd) = match (pair, single) {
        (Some(pair), single) if single.and_then(|one| one.whole.as_ref()).is_none_or(|one| pair.2 < *one) => pair,
        (_, Some(single)) => (single, single, single.whole.clone()?),
        _ => return None,
    };
    let official = sellers.iter().find(|seller| seller.card.is_none()).and_then(|seller| seller.whole.as_ref());
    // Without drafts no price of drafts is needed.
    let explores = |seller: &Seller| drafts && seller.explore.is_some();
    let priced = |seller: &Seller| seller.whole.is_some() || seller.finals.is_some() || explores(seller);
    let those = |is: &dyn Fn(&Seller) -> bool| sellers.iter().filter(|one| is(one)).map(|one| one.card).collect();
    Some(Mix {
        compared: sellers.iter().filter(|seller| priced(seller)).count(),
        unknown: those(&|seller| seller.sells == Sells::All && !priced(seller)),
        known_in_part: those(&|seller| seller.sells == Sells::All && seller.whole.is_none() && priced(seller)),
        not_sold: those(&|seller| seller.sells == Sells::Nothing),
        sold_in_part: those(&|seller| seller.sells == Sells::Part),
        saves_official: official.map(|official| official - &usd),
        saves_single: single.and_then(|single| single.whole.as_ref()).map(|single| single - &usd),
        single: single.and_then(|single| single.card),
        explore: if drafts { Some(explore.choice(StageKind::Explore)?) } else { None },
        finals: finals.choice(StageKind::Final)?,
        usd,
    })
}

fn has_drafts(CardBills { all, .. }: &CardBills) -> bool {
    let unknown = all.unpriced[StageKind::Explore as usize] + all.unpriced_officially[StageKind::Explore as usize];
    let known = [Slot::Drafts, Slot::OfficialDrafts].into_iter().any(|slot| !all.sums.get(slot).is_zero());
    known || unknown > 0
}

/// The two cheapest sellers for a stage: at least one of them differs from the cheapest seller of the other stage.
fn cheapest_two(sellers: &[Seller], stage: StageKind) -> impl Iterator<Item = &Seller> {
    let mut priced: Vec<&Seller> = sellers.iter().filter(|seller| seller.stage(stage).is_some()).collect();
    priced.sort_by(|a, b| a.stage(stage).cmp(b.stage(stage)));
    priced.into_iter().take(2)
}

/// How much of the work a seller sells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sells {
    /// All of it, whether its price is known or not.
    All,
    /// A part, at a known price.
    Part,
    /// Nothing.
    Nothing,
}

impl Sells {
    fn of(bill: &Bill) -> Sells {
        let is_refusal = |why: &Missing| matches!(why, Missing::Model(_) | Missing::NotSold(_));
        let refuses = !bill.missing.is_empty() && bill.missing.iter().all(|(why, _)| is_refusal(why));
        let sells_any = bill.known.as_ref().is_some_and(|usd| !usd.is_zero());
        match (refuses, sells_any) {
            (false, _) => Sells::All,
            (true, true) => Sells::Part,
            (true, false) => Sells::Nothing,
        }
    }
}

struct Seller {
    card: Option<usize>,
    sells: Sells,
    explore: Option<Fraction>,
    finals: Option<Fraction>,
    whole: Option<Fraction>,
    pooled: bool,
}

impl Seller {
    fn stage(&self, stage: StageKind) -> &Option<Fraction> {
        if stage == StageKind::Explore { &self.explore } else { &self.finals }
    }

    fn choice(&self, stage: StageKind) -> Option<Choice> {
        Some(Choice { card: self.card, usd: self.stage(stage).clone()?, pooled: self.pooled })
    }
}

/// The official bill, taken from any card: each has it among its sums.
fn official(bills: &Bills) -> Option<Seller> {
    let all = &bills.cards.first()?.all;
    let explore = Fraction::from(all.sums.get(Slot::OfficialDrafts));
    let finals = &Fraction::from(all.sums.get(Slot::Official)) - &explore;
    let priced = |stage: StageKind, usd| (all.unpriced_officially[stage as usize] == 0).then_some(usd);
    let (explore, finals) = (priced(StageKind::Explore, explore), priced(StageKind::Final, finals));
    let whole = explore.as_ref().zip(finals.as_ref()).map(|(explore, finals)| explore + finals);
    Some(Seller { card: None, sells: Sells::All, explore, finals, whole, pooled: false })
}

fn seller((at, card): (usize, &CardBills)) -> Seller {
    let own = card.card();
    let stage = |stage: StageKind| card.stages[stage as usize].clone();
    Seller {
        card: Some(at),
        sells: Sells::of(&card.bill),
        explore: stage(StageKind::Explore),
        finals: stage(StageKind::Final),
        whole: card.bill.total.clone(),
        pooled: own.sells_credits() && own.pay.is_pooled(),
    }
}
