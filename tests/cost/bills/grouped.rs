//! Lines are priced by kind of work: the result equals every line priced alone, after any edits in any order.

use super::random::{a_line, cards};
use super::support::{bills, built_in, flat};
use crate::support::{budget, catalog, dec, line, one_in, today};
use proptest::prelude::*;
use retake::cost::bill::{Bill, Bills, Fraction, Missing, mix};
use retake::cost::rates::card::Card;
use retake::cost::{Budget, Estimate, Knob, Line, Setting, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

fn add(sum: Option<Fraction>, more: Option<&Fraction>) -> Option<Fraction> {
    Some(&sum? + more?)
}

/// Compares the project's bill on card `at` with the sum of its lines' bills, added up here.
fn assert_is_the_sum_of_its_lines(bills: &Bills, at: usize, estimate: &Estimate) {
    let (card, whole) = (bills.cards[at].card(), &bills.cards[at].bill);
    let lines: Vec<Bill> = (0..estimate.lines.len()).map(|line| bills.line(at, line, estimate).unwrap()).collect();
    let zero = || Some(Fraction::zero());
    let sum =
        |of: &dyn Fn(&Bill) -> Option<Fraction>| lines.iter().fold(zero(), |sum, line| add(sum, of(line).as_ref()));
    if whole.credits.is_some() {
        // A line without any price has no credits and adds none.
        let or_none = |line: &Bill, credits: &Option<Fraction>| {
            assert!(credits.is_some() || !line.credits_complete(), "{line:?}");
            Some(credits.clone().unwrap_or_else(Fraction::zero))
        };
        assert_eq!(whole.credits, sum(&|line| or_none(line, &line.credits)));
        assert_eq!(whole.credits_total, sum(&|line| or_none(line, &line.credits_total)));
    }
    assert_eq!(Some(Fraction::from(whole.official)), sum(&|line| Some(line.official.into())));
    let mut missing: BTreeMap<Missing, usize> = BTreeMap::new();
    for (why, count) in lines.iter().flat_map(|line| &line.missing) {
        *missing.entry(why.clone()).or_default() += count;
    }
    let of_credits = |why: &Missing| matches!(why, Missing::CreditPrice | Missing::Reach);
    missing.retain(|why, _| !of_credits(why));
    let mut told: BTreeMap<Missing, usize> =
        whole.missing.iter().filter(|(why, _)| !of_credits(why)).cloned().collect();
    // The sum of all lines may have more digits than are held although each line has fewer: that is told of no line.
    let out_of_digits = told.get(&Missing::Digits) == Some(&0);
    if out_of_digits {
        told.remove(&Missing::Digits);
        assert_eq!(whole.total, None);
    }
    assert_eq!(told, missing);
    if card.sells_credits() && card.pay.is_pooled() {
        return;
    }
    // The sum of no lines is 0 even if a credit has no price.
    if missing.is_empty() && !out_of_digits && (whole.missing.is_empty() || !lines.is_empty()) {
        assert_eq!(whole.subtotal, sum(&|line| line.subtotal.clone()));
        assert_eq!(whole.total, sum(&|line| line.total.clone()));
    }
    if whole.total.is_some() && !lines.is_empty() {
        let mut parts = BTreeMap::new();
        for part in lines.iter().flat_map(|line| &line.parts) {
            let sum = parts.entry(part.why).or_insert_with(Fraction::zero);
            *sum = &*sum + &part.usd;
        }
        parts.retain(|_, usd| !usd.is_zero());
        // Rounding to the card's steps depends on the way to pay: the cheapest way for a line is the cheapest for all of
        // them.
        let told: BTreeMap<_, _> = whole.parts.iter().map(|part| (part.why, part.usd.clone())).collect();
        assert_eq!(told, parts);
    }
}

#[derive(Debug, Clone)]
enum Change {
    Replace(usize, Line),
    Insert(usize, Line),
    Remove(usize),
    Move(usize, usize),
    Unreadable(usize, Knob),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let at = || 0_usize..8;
    const KNOBS: [Knob; 6] =
        [Knob::Buffer, Knob::Retry, Knob::Model, Knob::PromptTokens, Knob::Quality, Knob::References];
    let one = prop_oneof![
        3 => (at(), a_line("new")).prop_map(|(at, line)| Change::Replace(at, line)),
        2 => (at(), a_line("more")).prop_map(|(at, line)| Change::Insert(at, line)),
        2 => at().prop_map(Change::Remove),
        1 => (at(), at()).prop_map(|(from, to)| Change::Move(from, to)),
        1 => (at(), proptest::sample::select(&KNOBS[..])).prop_map(|(at, knob)| Change::Unreadable(at, knob)),
    ];
    proptest::collection::vec(one, 1..8)
}

fn carry_out(change: Change, budget: &mut Budget, estimate: &mut Estimate, bills: &mut Bills) {
    let count = budget.lines.len();
    let replaced = |at: usize, budget: &Budget, estimate: &mut Estimate, bills: &mut Bills| {
        estimate.refresh_line(at, budget, catalog(), today());
        bills.refresh_line(at, budget, estimate, catalog());
    };
    match change {
        Change::Replace(at, line) if count > 0 => {
            budget.lines[at % count] = line.into();
            replaced(at % count, budget, estimate, bills);
        }
        Change::Unreadable(at, knob) if count > 0 => {
            budget.lines[at % count].settings.put(knob, Some(Setting::Unreadable));
            replaced(at % count, budget, estimate, bills);
        }
        Change::Insert(at, line) => {
            let at = at.min(count);
            budget.lines.insert(at, line.into());
            estimate.insert_line(at, budget, catalog(), today());
            bills.insert_line(at, budget, estimate, catalog());
        }
        Change::Remove(at) if count > 0 => {
            budget.lines.remove(at % count);
            estimate.remove_line(at % count, budget, catalog(), today());
            bills.remove_line(at % count, budget, estimate, catalog());
        }
        Change::Move(from, to) if count > 0 => {
            let line = budget.lines.remove(from % count);
            budget.lines.insert(to % count, line);
            estimate.move_line((from % count, to % count), budget, catalog(), today());
            bills.move_line(from % count, to % count);
        }
        _ => {}
    }
}

fn assert_holds(cards: &[Card], budget: &Budget, estimate: &Estimate, bills: &Bills) {
    let anew = Bills::new(cards.iter().cloned().map(Arc::new), 2, budget, estimate, catalog());
    assert!(*bills == anew, "{bills:#?}\n{anew:#?}");
    let (advice, advice_anew) = (mix::best(bills), mix::best(&anew));
    assert_eq!(advice, advice_anew);
    // No single seller is cheaper than the suggestion.
    let totals = bills.cards.iter().filter_map(|card| card.bill.total.as_ref());
    assert!(totals.into_iter().all(|total| advice.as_ref().is_some_and(|advice| advice.usd <= *total)), "{advice:?}");
    (0..cards.len()).for_each(|at| assert_is_the_sum_of_its_lines(bills, at, estimate));
}

proptest! {
    #![proptest_config(one_in(3))]

    #[test]
    fn kinds_of_work_come_to_the_sum_of_their_lines(
        cards in proptest::collection::vec(cards(), 1..4),
        lines in proptest::collection::vec(a_line("a"), 0..7),
        changes in changes(),
    ) {
        let mut budget = budget(lines);
        let (mut bills, mut estimate) = bills(cards.clone(), 2, &budget);
        assert_holds(&cards, &budget, &estimate, &bills);
        for change in changes {
            carry_out(change, &mut budget, &mut estimate, &mut bills);
        }
        assert_holds(&cards, &budget, &estimate, &bills);
    }
}

/// Amounts beyond the whole-number sums are priced line by line, and digits run out for those lines alone.
#[test]
fn amounts_beyond_all_use_are_priced_line_by_line() {
    let plain = || line("a", &[(Knob::Finals, "10"), (Knob::Retry, "1"), (Knob::Buffer, "10%")]);
    let huge = |finals: u64, percent: &str| {
        let mut line = plain();
        line.settings.put(Knob::Finals, Some(Setting::Value(Value::Count(finals))));
        line.settings.put(Knob::Buffer, Some(Setting::Value(Value::Percent(dec(percent)))));
        line
    };
    let most = || huge(18_000_000_000_000_000_019, "0.0000000001");
    let cards =
        [flat("0.12345678901234"), built_in("muapi"), built_in("evolink"), Card { round_calls: true, ..flat("1.5") }];
    let mut budget = budget(vec![plain(), most(), huge(7, "0.0000000001"), most(), plain()]);
    let (mut bills, mut estimate) = bills(cards.to_vec(), 2, &budget);
    assert_holds(&cards, &budget, &estimate, &bills);
    let digits = |bills: &Bills| bills.cards[0].bill.missing.iter().find(|(why, _)| *why == Missing::Digits).cloned();
    assert_eq!(digits(&bills), Some((Missing::Digits, 2)));
    for (at, left) in [(1, 1), (3, 0)] {
        carry_out(Change::Replace(at, plain()), &mut budget, &mut estimate, &mut bills);
        assert_holds(&cards, &budget, &estimate, &bills);
        assert_eq!(digits(&bills).map_or(0, |(_, lines)| lines), left);
    }
    // Forty images with a tenth on top, and seven with a tiny buffer.
    let pictures = dec("51.000000000007");
    let total = &Fraction::from(pictures) * &Fraction::from(dec("0.12345678901234"));
    assert_eq!(bills.cards[0].bill.total, Some(total));
}
