//! The sentence about a bill: its causes add up to the difference that it names, and it says which way.

use super::random::{cards, project};
use super::support::{bills, flat};
use crate::support::{budget, line, one_in};
use proptest::prelude::*;
use retake::cost::base::money::{Decimal, Shown};
use retake::cost::bill::Bill;
use retake::cost::{Budget, Knob};
use retake::figures::{Difference, Percent};

/// The amounts of dollars in a sentence, with their signs.
fn amounts(text: &str) -> Vec<Decimal> {
    let words = text.split([' ', '(', ')', ':']);
    let money = words.filter(|word| word.contains('$')).map(|word| word.trim_end_matches([',', '.', ';']));
    let number = |word: &str| word.replace('−', "-").replace(['$', '+', ',', '≈'], "").parse().unwrap();
    money.map(number).collect()
}

fn sentence(budget: &Budget, bill: &Bill) -> Option<String> {
    let difference = Difference::of(&Shown::usd(), bill)?;
    let percent = Percent::of(&bill.difference()?, &bill.official.into());
    assert_eq!(budget.shown, Shown::usd());
    Some(difference.sentence("A shop", percent, bill.official_complete, &|_| true))
}

/// The amounts of the causes, a clause each: its verb says which way it goes.
fn clauses(causes: &str) -> Vec<Decimal> {
    let one = |clause: &str| {
        let less = [" lower", " not charged", " save"].iter().any(|verb| clause.contains(verb));
        let sign = if less { -Decimal::ONE } else { Decimal::ONE };
        amounts(clause).into_iter().map(move |amount| amount * sign).collect::<Vec<_>>()
    };
    causes.split(", ").flat_map(one).collect()
}

proptest! {
    #![proptest_config(one_in(3))]

    #[test]
    fn the_causes_of_a_sentence_add_up(cards in proptest::collection::vec(cards(), 1..3), mut budget in project()) {
        budget.shown = Shown::usd();
        let (bills, _) = bills(cards, 2, &budget);
        for card in &bills.cards {
            let Some(said) = sentence(&budget, &card.bill) else { continue };
            let (head, causes) = said.split_once(": ").unwrap_or((&said, ""));
            let (whole, parts) = (amounts(head), clauses(causes));
            let exact = card.bill.difference().unwrap();
            if let [whole] = whole[..] {
                prop_assert!(whole > Decimal::ZERO, "{said}");
                prop_assert_eq!(exact.is_negative(), said.contains(" less"), "{}", said);
                let signed = if exact.is_negative() { -whole } else { whole };
                prop_assert!(parts.is_empty() || parts.iter().sum::<Decimal>() == signed, "{said}");
                // Three causes at most, and the rest of them or the rounding.
                prop_assert!(parts.len() <= 4, "{said}");
            } else {
                prop_assert!(whole.is_empty() && said.contains(" as much as ") && parts.iter().sum::<Decimal>().is_zero(), "{said}");
            }
        }
    }
}

#[test]
fn a_sentence_names_the_way_and_the_causes() {
    let knobs = [
        (Knob::Size, "1024x1536"),
        (Knob::Quality, "medium"),
        (Knob::Finals, "10"),
        (Knob::Retry, "1"),
        (Knob::Buffer, "20%"),
    ];
    let of = |prompt: &str, price: &str| {
        let budget = budget(vec![line("one", &[&knobs[..], &[(Knob::PromptTokens, prompt)]].concat())]);
        let (bills, _) = bills(vec![flat(price)], 1, &budget);
        sentence(&budget, &bills.cards[0].bill).unwrap()
    };
    // 10 · 1,372 tokens at $30 a million and a buffer of a fifth are $0.49392.
    assert_eq!(of("0", "0.03"), "With A shop it costs $0.13 less (−27 %): its prices are $0.13 lower.");
    assert_eq!(of("0", "0.06"), "With A shop it costs $0.23 more (+46 %): its prices are $0.23 higher.");
    assert_eq!(of("0", "0.04116"), "With A shop it costs as much as the official price.");
    // 200,000 prompt tokens at $5 a million cost $6 with the buffer, and are not charged for.
    assert_eq!(
        of("20000", "0.06"),
        "With A shop it costs $0.97 less (−58 %): references and prompt are not charged ($1.20), its prices are $0.23 higher."
    );
}
