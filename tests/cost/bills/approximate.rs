//! ≈ travels with every figure that rests on an approximate one, and with no other.

use super::support::{bills, built_in, flat, pack};
use crate::support::{budget, catalog, computed, day, dec, line, settings};
use retake::cost::base::money::{Currency, Exchange, Shown};
use retake::cost::base::tokens::Quality;
use retake::cost::bill::mix;
use retake::cost::budget::fee::{Charge, Fee, Per};
use retake::cost::estimate::calculation;
use retake::cost::rates::card::{Card, Pay, Price, Pricing, Table, Unit};
use retake::cost::rates::rate_card::Grade;
use retake::cost::{Budget, Knob};
use retake::figures::{BillTable, Difference};
use retake::words;

/// Two finals with a prompt and retries, on a model whose tokens are published or on one whose tokens are not.
fn project(model: &str, more: &[(Knob, &str)]) -> Budget {
    let own = [
        (Knob::Model, model),
        (Knob::Size, "1024x1024"),
        (Knob::Quality, "high"),
        (Knob::Finals, "2"),
        (Knob::Retry, "2"),
        (Knob::PromptTokens, "180"),
    ];
    budget(vec![line("hero", &[&own[..], more].concat())])
}

const EXACT: &str = "gpt-image-2";
const ABOUT: &str = "gpt-image-2.6-flare";

/// The steps of the line and of the project: the formula, and the formula with its numbers.
fn steps(budget: &Budget) -> Vec<(String, String)> {
    let estimate = computed(budget);
    let of_line = calculation::of_line(&estimate.lines[0], budget, catalog());
    let all = of_line.iter().chain(&calculation::of_project(&estimate, budget)).map(words::step).collect::<Vec<_>>();
    all.into_iter().map(|step| (step.formula, step.numbers)).collect()
}

/// The formulas, up to the sign, of the steps whose result is marked.
fn marked(budget: &Budget) -> Vec<String> {
    let is_marked = |numbers: &str| numbers.rsplit(" = ").next().is_some_and(|result| result.starts_with('≈'));
    let name = |formula: String| formula.split(" = ").next().unwrap_or_default().to_owned();
    steps(budget).into_iter().filter(|(_, numbers)| is_marked(numbers)).map(|(formula, _)| name(formula)).collect()
}

fn with_fee(mut budget: Budget, per: Per, currency: Option<Currency>) -> Budget {
    let amount = Some(Charge { amount: dec("4.50"), currency });
    budget.fees.insert("fee".to_owned(), Fee { amount, per: Some(per), ..Fee::default() });
    budget
}

fn in_euros(budget: Budget) -> Budget {
    let exchange = Exchange { rate: dec("0.92"), as_of: day("2026-11-20"), source: None };
    Budget { shown: Shown { currency: Currency::parse("EUR").unwrap(), exchange: Some(exchange) }, ..budget }
}

#[test]
fn steps_are_marked_from_an_approximate_number_of_tokens_to_the_total() {
    assert_eq!(marked(&project(EXACT, &[])), [""; 0]);
    assert_eq!(marked(&project(ABOUT, &[])), ["tokens", "image output", "subtotal", "buffer", "total"]);
    let charged = with_fee(project(ABOUT, &[(Knob::Surcharge, "10%")]), Per::Final, None);
    let expected = ["tokens", "image output", "images", "surcharge", "subtotal", "buffer", "total"];
    assert_eq!(marked(&charged), expected);
    let mut whole = with_fee(project(ABOUT, &[]), Per::Project, None);
    whole.assumptions = settings(&[(Knob::Markup, "15%"), (Knob::Tax, "19%")]);
    let of_project = &marked(&whole)[5..];
    assert_eq!(of_project, ["before markup and tax", "markup", "tax", "total"]);
    // All digits stay, so that a reader can add up.
    let total = computed(&whole).totals.total.unwrap().normalize().to_string();
    assert!(steps(&whole).last().unwrap().1.ends_with(&format!(" = ≈${total}")), "{:?}", steps(&whole));
}

#[test]
fn a_converted_fee_is_marked_and_so_is_every_sum_with_it() {
    let exact = in_euros(with_fee(project(EXACT, &[]), Per::Final, Some(Currency::USD)));
    assert_eq!(marked(&exact), [""; 0]);
    let of_line = in_euros(with_fee(project(EXACT, &[]), Per::Final, None));
    assert_eq!(marked(&of_line), ["fee fee", "subtotal", "buffer", "total"]);
    let fee = steps(&of_line).into_iter().find(|(formula, _)| formula.starts_with("fee")).unwrap().1;
    assert!(fee.starts_with("≈$4.891304347826086957 × 2 finals = ≈$9.782608695652173914"), "{fee}");
    // A fee per deliverable bears no buffer.
    let once = in_euros(with_fee(project(EXACT, &[]), Per::Deliverable, None));
    assert_eq!(marked(&once), ["fee fee", "subtotal", "total"]);
    let mut whole = in_euros(with_fee(project(EXACT, &[]), Per::Project, None));
    whole.assumptions = settings(&[(Knob::Tax, "19%")]);
    assert_eq!(marked(&whole), ["fee fee, once", "before markup and tax", "tax", "total"]);
    // What a deliverable is charged is in the sums that the project's steps begin with.
    let mut above = of_line.clone();
    above.assumptions = settings(&[(Knob::Tax, "19%")]);
    assert_eq!(marked(&above)[4..], ["before markup and tax", "tax", "total"]);
    let other = Budget { fees: exact.fees.clone(), ..above };
    assert_eq!(marked(&other), [""; 0]);
}

fn graded(card: Card, grade: Grade) -> Card {
    let provenance = retake::cost::rates::rate_card::Provenance { grade: Some(grade), ..card.provenance };
    Card { provenance, ..card }
}

fn priced(name: &str, price: Price) -> Card {
    let mut card = Card { id: name.to_owned(), name: name.to_owned(), ..flat("1") };
    if let Pricing::Images { table, .. } = &mut card.pricing {
        *table = Table::Flat(price);
    }
    card
}

#[test]
fn a_mix_is_as_approximate_as_the_single_bill_that_it_is_compared_with() {
    let knobs = [(Knob::Drafts, "1"), (Knob::DraftQuality, "low")];
    let budget = project(EXACT, &knobs);
    let by_quality = Price::ByQuality(vec![(Quality::Low, dec("1")), (Quality::High, dec("0.02"))]);
    // Drafts are cheapest officially and finals on the list; the lowest single bill is the flat one.
    for (grade, about) in [(Grade::C, true), (Grade::A, false)] {
        let single = graded(priced("single", Price::Any(dec("0.03"))), grade);
        let (bills, _) = bills(vec![single, priced("list", by_quality.clone())], 1, &budget);
        let found = mix::best(&bills).unwrap();
        assert_eq!((found.explore.as_ref().unwrap().card, found.finals.card), (None, Some(1)));
        assert_eq!((found.single, found.is_approximate(&bills)), (Some(0), about));
    }
}

fn in_credits(card: Card) -> Card {
    let pricing = match card.pricing {
        Pricing::Images { table, inputs, .. } => Pricing::Images { unit: Unit::Credits, table, inputs },
        other => other,
    };
    Card { pricing, pay: Pay { packs: vec![pack("9.90", 500, None)], ..Pay::default() }, ..card }
}

#[test]
fn credits_in_the_table_are_marked_where_the_card_or_the_tokens_are_approximate() {
    let text = |card: Card, model: &str| {
        let budget = project(model, &[]);
        let (bills, estimate) = bills(vec![card], 1, &budget);
        BillTable::of(&budget.shown, &estimate, &bills, None).columns[1].credits.unwrap().to_string()
    };
    let by_image = |grade| in_credits(graded(flat("3"), grade));
    // 4 images and a buffer of 20 %, 3 credits each.
    assert_eq!(text(by_image(Grade::A), EXACT), "14.4");
    assert_eq!(text(by_image(Grade::C), EXACT), "≈14.4");
    assert_eq!(text(by_image(Grade::A), ABOUT), "14.4");
    let by_token = || Card { models: Vec::new(), qualities: Vec::new(), ..built_in("evolink") };
    // It publishes no price of prompt text, so both are the least: 4 × 7,024 and 4 × 1,756 tokens × 1,836 per million × 1.2.
    assert_eq!(text(by_token(), EXACT), "≥61.9");
    assert_eq!(text(by_token(), ABOUT), "≥≈15.48");
}

#[test]
fn what_is_less_than_a_billionth_is_nothing_left_over() {
    let budget = project(EXACT, &[]);
    let (bills, _) = bills(vec![in_credits(flat("3"))], 1, &budget);
    let bill = &bills.cards[0].bill;
    let told = |leftover: &str| {
        let mut bought = bill.ways[0].clone();
        (bought.leftover, bought.lost) = (dec(leftover), dec(leftover));
        let pay = &bills.cards[0].card().pay;
        words::purchase(pay, &bought, |usd| format!("${usd}"), retake::figures::credits_text)
    };
    assert!(told("0.01").contains("0.01 credits left over"), "{}", told("0.01"));
    assert!(told("0.000000001").contains("left over"));
    for speck in ["0.0000000009", "0.000000000000000001"] {
        assert!(!told(speck).contains("left over") && !told(speck).contains("expire"), "{}", told(speck));
    }
    // The same in what is shown of a difference.
    let parts = |usd: &str| {
        let mut bill = bill.clone();
        bill.parts[0].usd = dec(usd).into();
        Difference::of(&budget.shown, &bill).unwrap().parts.len()
    };
    assert_eq!(parts("0.0000000009") + 1, parts("0.000000001"));
    assert_eq!(parts("-0.0000000009") + 1, parts("-0.000000001"));
}
