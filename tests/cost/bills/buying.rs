//! Packs, plans and their leftovers, compared with a separately written search.

use super::support::{bills, flat, pack, plan, sum};
use crate::support::{budget, dec, line};
use proptest::prelude::*;
use retake::cost::bill::packs::cheapest;
use retake::cost::bill::pay::Way;
use retake::cost::bill::{Fraction, Why};
use retake::cost::rates::card::{Pay, Period, Pricing, Unit};
use retake::cost::{Decimal, Knob};
use retake::words;

#[test]
fn packs_are_bought_whole_and_the_rest_has_a_worth() {
    let packs = [pack("9.90", 500, None), pack("39.90", 5000, None)];
    for (need, counts, usd) in [
        (1, vec![1, 0], "9.90"),
        (500, vec![1, 0], "9.90"),
        (501, vec![2, 0], "19.80"),
        (2000, vec![4, 0], "39.60"),
        (2001, vec![0, 1], "39.90"),
        (5001, vec![1, 1], "49.80"),
        (7001, vec![0, 2], "79.80"),
        (1_000_000_000, vec![0, 200_000], "7980000"),
    ] {
        let found = cheapest(&packs, need).unwrap();
        assert_eq!((found.counts, found.price, found.proven), (counts, dec(usd), true), "{need}");
    }
    let pay = Pay { packs: packs.to_vec(), ..Pay::default() };
    let bought = pay.ways(dec("806.4"), 1).remove(0);
    assert_eq!(bought.usd.exact(), Some(dec("19.80")));
    assert_eq!(bought.leftover, dec("193.6"));
    // At the best list price of $0.00798 a credit.
    assert_eq!(bought.leftover_worth().exact(), Some(dec("1.544928")));
    assert_eq!((bought.lost, bought.expires_after), (Decimal::ZERO, None));
}

#[test]
fn odd_packs_and_large_needs_are_searched_by_remainders() {
    let packs = [pack("9.90", 500, None), pack("39.90", 5000, None), pack("17.30", 1337, None)];
    let cents = [(500, 990), (5000, 3990), (1337, 1730)];
    for need in [4_097, 12_345, 99_999, 123_457] {
        let found = cheapest(&packs, need).unwrap();
        assert_eq!((found.price, found.proven), (Decimal::new(by_table(&cents, need) as i64, 2), true), "{need}");
        assert!(found.credits >= need);
    }
    // Beyond the search limits the answer says that it may not be the cheapest.
    let odd = [pack("1", 999_983, None), pack("1.01", 999_979, None)];
    let found = cheapest(&odd, 10_000_000_000).unwrap();
    assert!(!found.proven && found.credits >= 10_000_000_000, "{found:?}");
}

#[test]
fn credits_beyond_a_plan_that_are_cheaper_than_its_own_are_the_list_price() {
    // Ten credits for $10, and any more of them at a cent each.
    let pay = Pay { plans: vec![plan("10", Period::Month, 10, Some("0.01"))], ..Pay::default() };
    let bought = pay.ways(dec("1010"), 1).remove(0);
    assert_eq!((bought.usd.exact(), bought.offer.unit.exact()), (Some(dec("20")), Some(dec("0.01"))));
    let mut card = flat("1");
    card.pricing = match card.pricing {
        Pricing::Images { table, inputs, .. } => Pricing::Images { unit: Unit::Credits, table, inputs },
        other => other,
    };
    card.pay = pay;
    let knobs = [(Knob::Finals, "1010"), (Knob::Retry, "1"), (Knob::Buffer, "0%")];
    let (all, _) = bills(vec![card], 1, &budget(vec![line("a", &knobs)]));
    let parts = &all.cards[0].bill.parts;
    // The fee is $10 for ten credits of a cent.
    let fee = parts.iter().find(|part| part.why == Why::Fee).map(|part| part.usd.exact());
    assert_eq!(fee, Some(Some(dec("9.90"))));
    assert!(parts.iter().all(|part| part.why != Why::Overage), "{parts:?}");
}

#[test]
fn packs_that_expire_are_bought_anew() {
    let pay = Pay { packs: vec![pack("10", 1000, Some(3))], ..Pay::default() };
    // Seven months: three windows of 1,200, 1,200 and 400 credits.
    let bought = pay.ways(dec("2800"), 7).remove(0);
    assert_eq!(bought.packs.iter().map(|packs| packs.counts[0]).collect::<Vec<_>>(), [2, 2, 1]);
    assert_eq!(bought.usd.exact(), Some(dec("50")));
    assert_eq!((bought.leftover, bought.lost, bought.expires_after), (dec("2200"), dec("2200"), Some(9)));
    // Three packs are enough, bought in months 1, 3 and 6.
    assert!(!bought.proven);
    let text = words::purchase(&pay, &bought, |usd| usd.to_string(), |credits| credits.to_string());
    assert!(text.ends_with("buying them as needed may take fewer"), "{text}");
    // 2,800 credits in packs of 400 are seven packs, and so are three, three and one.
    let pay = Pay { packs: vec![pack("4", 400, Some(3))], ..Pay::default() };
    let bought = pay.ways(dec("2800"), 7).remove(0);
    assert_eq!((bought.usd.exact(), bought.proven), (Some(dec("28")), true));
}

#[test]
fn packs_that_outlast_the_work_are_bought_once_where_that_is_cheaper() {
    let pay = Pay { packs: vec![pack("10", 1000, Some(1)), pack("25", 3000, None)], ..Pay::default() };
    // Three months of 1,000 credits: three small packs at $30, or the large one at $25.
    let bought = pay.ways(dec("3000"), 3).remove(0);
    assert_eq!((bought.usd.exact(), bought.packs[0].counts.clone()), (Some(dec("25")), vec![0, 1]));
    assert_eq!((bought.leftover, bought.pack_months), (dec("0"), None));
}

#[test]
fn months_show_what_comes_in_and_what_is_lost() {
    let pay = Pay { packs: vec![pack("10", 1000, Some(3))], ..Pay::default() };
    let months = pay.ways(dec("2800"), 7).remove(0).over_time(&pay);
    let shown: Vec<[Decimal; 4]> = months
        .iter()
        .map(|month| {
            [month.bought, month.used.exact().unwrap(), month.lost.exact().unwrap(), month.left.exact().unwrap()]
        })
        .collect();
    let row = |bought, lost, left| [dec(bought), dec("400"), dec(lost), dec(left)];
    let expected = [
        row("2000", "0", "1600"),
        row("0", "0", "1200"),
        row("0", "800", "0"),
        row("2000", "0", "1600"),
        row("0", "0", "1200"),
        row("0", "800", "0"),
        row("1000", "0", "600"),
    ];
    assert_eq!(shown, expected);
    // Seven credits in two windows are four and three, never three and a half twice.
    let halves = Pay { packs: vec![pack("1", 1, Some(1))], ..Pay::default() };
    assert_eq!(halves.ways(dec("7"), 2)[0].usd.exact(), Some(dec("8")));
}

#[test]
fn plans_bring_credits_each_month_and_the_rest_is_overage_or_packs() {
    let plans = vec![plan("8.40", Period::Month, 1000, Some("0.01")), plan("49.90", Period::Year, 1000, None)];
    let pay = Pay { plans, packs: vec![pack("9.90", 500, None)], ..Pay::default() };
    let over = |credits: &str, months: u32, at: usize| {
        let offer = pay.offers(&Fraction::from(dec("1"))).into_iter().find(|offer| offer.way == Way::Plan(at)).unwrap();
        pay.buy(&offer, dec(credits), months).unwrap()
    };
    let month = over("2500", 2, 0);
    assert_eq!(
        (month.usd.exact(), month.fees, month.leftover),
        (Some(dec("21.80")), Fraction::from(dec("16.80")), dec("0"))
    );
    assert_eq!((month.overage.0, month.lost), (dec("500"), dec("0")));
    // A year is paid in full; the credits of ten months are lost, and packs are added.
    let year = over("2500", 2, 1);
    assert_eq!((year.usd.exact(), year.leftover, year.lost), (Some(dec("59.80")), dec("10000"), dec("10000")));
    assert_eq!(year.packs[0].counts, [1]);
    let little = over("300", 2, 0);
    assert_eq!((little.usd.exact(), little.leftover, little.lost), (Some(dec("16.80")), dec("1700"), dec("1700")));
    assert_eq!(pay.ways(dec("2500"), 2)[0].offer.way, Way::Plan(0));
}

#[test]
fn a_plan_without_a_way_further_does_not_reach() {
    let pay = Pay { plans: vec![plan("8.40", Period::Month, 1000, None)], ..Pay::default() };
    assert!(pay.ways(dec("1001"), 1).is_empty());
    assert_eq!(pay.ways(dec("1001"), 2).len(), 1);
}

#[test]
fn a_project_buys_once_and_its_lines_have_shares() {
    let mut card = flat("1");
    let Pricing::Images { unit, .. } = &mut card.pricing else { panic!() };
    *unit = Unit::Credits;
    card.pay.packs = vec![pack("9.90", 500, None)];
    let knobs = [(Knob::Finals, "100"), (Knob::Retry, "1"), (Knob::Buffer, "0%")];
    let budget = budget(vec![line("a", &knobs), line("b", &[(Knob::Finals, "300"), knobs[1], knobs[2]])]);
    let (bills, estimate) = bills(vec![card], 1, &budget);
    let whole = &bills.cards[0].bill;
    assert_eq!(whole.total.as_ref().unwrap().exact(), Some(dec("9.90")));
    assert_eq!(sum(&whole.parts), whole.difference().unwrap());
    let left = whole.parts.iter().find(|part| part.why == Why::Leftover).unwrap();
    assert_eq!(left.usd.exact(), Some(dec("1.98")));
    let a = bills.line(0, 0, &estimate).unwrap();
    assert_eq!((a.total, a.share.unwrap().exact()), (None, Some(dec("2.475"))));
    assert_eq!(a.credits_total.unwrap(), Fraction::from(dec("100")));
}

/// Tries every combination with up to as many of each pack as cover the need alone.
fn by_trying(packs: &[(u64, u64)], need: u64) -> u64 {
    let Some(((credits, price), rest)) = packs.split_first() else { return if need == 0 { 0 } else { u64::MAX } };
    let tries = (0..=need.div_ceil(*credits))
        .map(|count| by_trying(rest, need.saturating_sub(count * credits)).saturating_add(count * price));
    tries.min().unwrap()
}

/// Computes the same from the price of each smaller need.
fn by_table(packs: &[(u64, u64)], need: u64) -> u64 {
    let mut prices = vec![0_u64];
    for missing in 1..=need {
        let options = packs.iter().map(|(credits, price)| prices[missing.saturating_sub(*credits) as usize] + price);
        prices.push(options.min().unwrap());
    }
    prices[need as usize]
}

proptest! {
    #[test]
    fn no_combination_of_packs_is_cheaper(
        packs in proptest::collection::vec((1_u64..60, 1_u64..500), 1..4),
        need in prop_oneof![0_u64..400, Just(0_u64), 4_000_u64..4_600],
    ) {
        let cards: Vec<_> = packs.iter().map(|(credits, cents)| {
            let mut pack = pack("1", *credits, None);
            pack.price = Decimal::from(*cents);
            pack
        }).collect();
        let found = cheapest(&cards, need).unwrap();
        prop_assert!(found.proven && found.credits >= need);
        prop_assert_eq!(found.price, Decimal::from(by_table(&packs, need)));
        if need < 100 {
            prop_assert_eq!(found.price, Decimal::from(by_trying(&packs, need)));
        }
    }
}

/// A third of the largest decimals has no decimal near it: `nearest` returns `None`.
#[test]
fn a_fraction_beyond_every_decimal_has_no_nearest_one() {
    let whole = Fraction::from(dec("9000000000000000000000000000"));
    let third = Fraction::from(dec("1")).checked_div(&Fraction::from(dec("3"))).unwrap();
    assert!((&whole + &third).nearest().is_some());
    let beyond = &(&whole * &Fraction::from(dec("16"))) + &third;
    assert_eq!((beyond.exact(), beyond.nearest()), (None, None));
    let negative = &Fraction::zero() - &beyond;
    assert_eq!(negative.nearest(), None);
}
