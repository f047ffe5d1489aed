//! What is said of sizes never contradicts the bills beside it.

use super::random::{a_line, cards};
use super::support::{bills, flat};
use crate::support::{budget, catalog, dec, line, one_in};
use proptest::prelude::*;
use retake::cost::bill::break_even::{Cell, CreditPrice, OfModel, Verdict, of_work};
use retake::cost::bill::{Bill, Bills, Fraction};
use retake::cost::budget::Value;
use retake::cost::estimate::line::LineEstimate;
use retake::cost::rates::card::{Card, Inputs, Pay, Per, Period, Pricing, Unit};
use retake::cost::{Budget, Decimal, Estimate, Knob, Line};
use retake::words;

/// Whether the bill is below the official one; `None` if that is not known, or closer than counts of 18 decimals tell.
fn is_cheaper(bill: &Bill) -> Option<bool> {
    let paid = bill.total.as_ref().or(bill.share.as_ref()).filter(|_| bill.official_complete)?;
    let above = paid - &Fraction::from(bill.official);
    let size = if above.is_negative() { &Fraction::zero() - &above } else { above.clone() };
    (size > Fraction::from(Decimal::new(1, 12))).then(|| above.is_negative())
}

/// What a comparison says of a line's own image.
fn said(found: &OfModel, line: &LineEstimate) -> Option<bool> {
    let stage = line.final_stage().unwrap();
    let (size, quality) = (stage.size?, stage.quality?);
    let mut cells = found.found.iter().flat_map(|found| &found.cells);
    let is_own = |cell: &Cell| (cell.size, cell.quality) == (size, quality);
    let wins = cells.find(|cell| is_own(cell) && cell.card.is_some())?.card_wins()?;
    // The sentence is made of the verdicts.
    let by_quality = found.by_quality()?;
    let (_, verdict) = by_quality.iter().find(|(of, _)| *of == quality).unwrap();
    match verdict {
        Verdict::Card => assert!(wins),
        Verdict::Official => assert!(!wins),
        Verdict::Mixed { card, official } | Verdict::Known { card, official } => {
            assert!(if wins { card } else { official }.contains(&size));
        }
        Verdict::Varied => return None,
        Verdict::NoPrice => panic!("{size} {quality} has a price"),
    }
    Some(wins)
}

fn assert_agrees(bills: &Bills, budget: &Budget, estimate: &Estimate) {
    for (at, card) in bills.cards.iter().enumerate() {
        let mut all_say = Vec::new();
        for (index, line) in estimate.lines.iter().enumerate() {
            let bill = bills.line(at, index, estimate).unwrap();
            let found = of_work(card, std::slice::from_ref(line), budget, catalog());
            let wins = found.first().and_then(|model| said(model, line));
            all_say.push(wins);
            // Drafts are other images, and are not spoken of.
            if line.stages.len() > 1 {
                continue;
            }
            if let (Some(cheaper), Pricing::Images { .. }) = (is_cheaper(&bill), &card.card().pricing) {
                let stage = line.final_stage().unwrap();
                if stage.size.is_some() && stage.quality.is_some() {
                    assert_eq!(wins, Some(cheaper), "{line:?} {:?} {bill:?}", card.card());
                }
            }
        }
        // One sentence for all of the project holds for each of its lines.
        let found = of_work(card, &estimate.lines, budget, catalog());
        for (line, own) in estimate.lines.iter().zip(&all_say) {
            let for_all = found.first().and_then(|model| said(model, line));
            // Without a price for a line, nothing is said of it.
            assert!(for_all.is_none() || own.is_none() || for_all == *own, "{line:?} {:?}", card.card());
        }
        let no_drafts = estimate.lines.iter().all(|line| line.stages.len() == 1);
        let same = all_say.first().copied().flatten().filter(|first| all_say.iter().all(|one| *one == Some(*first)));
        if let (Some(wins), Some(cheaper), true) = (same, is_cheaper(&card.bill), no_drafts) {
            assert_eq!(wins, cheaper, "{:?}", card.bill);
        }
    }
}

fn with_surcharge(line: Line, percent: i64) -> Line {
    let settings = line.settings.with(Knob::Surcharge, Value::Percent(Decimal::new(percent, 0)));
    Line { settings, ..line }
}

proptest! {
    #![proptest_config(one_in(2))]

    #[test]
    fn where_a_card_is_called_cheaper_its_bill_is_lower(
        cards in proptest::collection::vec(cards(), 1..3), a in a_line("a"), b in a_line("b"), percents in (0_i64..3, 0_i64..3),
        months in 1_u32..8,
    ) {
        let budget = budget(vec![with_surcharge(a, percents.0 * 10), with_surcharge(b, percents.1 * 10)]);
        let (bills, estimate) = bills(cards, months, &budget);
        assert_agrees(&bills, &budget, &estimate);
    }
}

fn sentence(card: Card, knobs: &[&[(Knob, &str)]]) -> String {
    let lines = knobs.iter().enumerate().map(|(at, knobs)| line(&format!("l{at}"), knobs)).collect();
    let budget = budget(lines);
    let (bills, estimate) = bills(vec![card], 1, &budget);
    assert_agrees(&bills, &budget, &estimate);
    words::break_evens(bills.cards[0].card(), &of_work(&bills.cards[0], &estimate.lines, &budget, catalog()))
        .join(" | ")
}

const HIGH: [(Knob, &str); 4] =
    [(Knob::Size, "1024x1024"), (Knob::Quality, "high"), (Knob::Finals, "10"), (Knob::Retry, "1")];

#[test]
fn a_surcharge_and_the_images_of_a_call_are_compared() {
    // 1024x1024 high is 7,024 tokens, $0.21072, and $0.21075 with its prompt; $0.22 is dearer, but not with a surcharge of 10 %.
    let plain = sentence(flat("0.22"), &[&HIGH]);
    assert_eq!(
        plain,
        "at high Flat is cheaper in 9 of 18 usual sizes, the smallest being 1536×2048; it is cheaper in no usual size at low, \
         medium"
    );
    let surcharged = [HIGH.as_slice(), &[(Knob::Surcharge, "10%")]].concat();
    let found = sentence(flat("0.22"), &[&surcharged]);
    assert!(
        found.starts_with("at high Flat is cheaper in 11 of 18 usual sizes, the smallest being 1024×1024;"),
        "{found}"
    );
    assert!(found.ends_with("; the official price includes its surcharge"), "{found}");
    // $0.30 a call is dear for one image and cheap for four.
    let by_call = || Card { per: Per::Call, ..flat("0.30") };
    let four = [HIGH.as_slice(), &[(Knob::ImagesPerCall, "4")]].concat();
    let [one, four] = [&HIGH[..], &four].map(|knobs| sentence(by_call(), &[knobs]));
    assert!(one.starts_with("at high Flat is cheaper in ") && one.ends_with("at 1 image a call"), "{one}");
    assert!(
        four.starts_with("Flat is cheaper at high in all usual sizes") && four.ends_with("at 4 images a call"),
        "{four}"
    );
}

/// Of 2.6 at low, only 1536x1024 was measured: 664 tokens, $0.01992.
#[test]
fn nothing_is_said_of_sizes_without_an_official_price() {
    let measured = [
        (Knob::Model, "gpt-image-2.6-flare"),
        (Knob::Size, "1536x1024"),
        (Knob::Quality, "low"),
        (Knob::Finals, "10"),
        (Knob::Retry, "1"),
    ];
    let card = |price| Card { models: Vec::new(), ..flat(price) };
    for (price, said) in [
        (
            "0.02",
            "at low the official price is as low or lower for 1536×1024; other sizes have no official price at low",
        ),
        ("0.019", "is cheaper for 1536×1024; other sizes have no official price at low"),
    ] {
        let found = sentence(card(price), &[&measured]);
        assert!(found.contains(said), "{found}");
        assert!(!found.contains("medium"), "{found}");
        assert!(!found.contains("usual size at low") && !found.contains("never at low"), "{found}");
    }
}

#[test]
fn inputs_batch_and_references_are_compared() {
    // 1024x1024 high costs $0.10536 in batch, and twice that at standard service.
    let batch = [HIGH.as_slice(), &[(Knob::ServiceTier, "batch")]].concat();
    let [standard, batch] = [&HIGH[..], &batch].map(|knobs| sentence(flat("0.11"), &[knobs]));
    assert!(standard.contains("at high it is cheaper, except for 720×1680;"), "{standard}");
    assert!(batch.starts_with("at high Flat is cheaper in 9 of 18"), "{batch}");
    // Two references of 1,024 tokens at $8 a million are $0.016: who includes them is cheaper at $0.22.
    let sent = [HIGH.as_slice(), &[(Knob::References, "1024x1024, 1024x1024")]].concat();
    let with = sentence(flat("0.22"), &[&sent]);
    assert!(
        with.starts_with("at high Flat is cheaper in 11 of 18 usual sizes, the smallest being 1024×1024;"),
        "{with}"
    );
    // A card that does not say what a reference costs is not said to be cheaper with one.
    let silent = Card { inputs: None, ..flat("0.01") };
    assert_eq!(sentence(silent.clone(), &[&sent]), "");
    assert!(sentence(silent, &[&HIGH]).ends_with("; without reference images"));
}

#[test]
fn credits_count_at_what_they_come_to() {
    // A thousand credits for $20 are two cents each, but ten images pay all of them: $2 an image.
    let mut card = flat("1");
    card.pricing = match card.pricing {
        Pricing::Images { table, inputs, .. } => Pricing::Images { unit: Unit::Credits, table, inputs },
        other => other,
    };
    card.inputs = Some(Inputs::Included);
    card.pay = Pay { packs: vec![super::support::pack("20", 1000, None)], ..Pay::default() };
    let found = sentence(card.clone(), &[&HIGH]);
    assert_eq!(found, "Flat is cheaper in no usual size at low, medium, high; at the price per credit of this bill");
    card.pay = Pay { plans: vec![super::support::plan("1", Period::Month, 1, Some("0.001"))], ..Pay::default() };
    let budget = budget(vec![line("a", &HIGH)]);
    let (bills, estimate) = bills(vec![card], 1, &budget);
    let of = of_work(&bills.cards[0], &estimate.lines, &budget, catalog());
    assert_eq!(of[0].found[0].credit, CreditPrice::Paid);
    assert_eq!(bills.cards[0].bill.total.as_ref().and_then(Fraction::exact), Some(dec("1.011")));
}

#[test]
fn work_on_different_terms_has_one_sentence_only_if_it_holds_for_all() {
    let four = [HIGH.as_slice(), &[(Knob::ImagesPerCall, "4")]].concat();
    let by_call = Card { per: Per::Call, ..flat("0.30") };
    let found = sentence(by_call, &[&HIGH, &four]);
    assert_eq!(
        found,
        "Flat is cheaper in no usual size at low; at medium, high it depends on the deliverable; at 1 to 4 images a call"
    );
    // The same result on different terms is one sentence.
    let prompted = [HIGH.as_slice(), &[(Knob::PromptTokens, "10")]].concat();
    let found = sentence(flat("0.001"), &[&HIGH, &prompted]);
    assert!(found.starts_with("Flat is cheaper at low, medium, high in all usual sizes"), "{found}");
    // More different terms than are compared.
    let prompts: Vec<String> = (0..20).map(|tokens| tokens.to_string()).collect();
    let many: Vec<Vec<(Knob, &str)>> =
        prompts.iter().map(|tokens| [HIGH.as_slice(), &[(Knob::PromptTokens, tokens)]].concat()).collect();
    let many: Vec<&[(Knob, &str)]> = many.iter().map(Vec::as_slice).collect();
    assert_eq!(sentence(flat("0.001"), &many), "whether Flat is cheaper depends on the deliverable");
}
