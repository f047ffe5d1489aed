//! Measured tokens on other cards: those that bill by tokens follow them, those that bill per image do not.

use super::support::{bill, built_in, flat, sum, usd};
use crate::support::{budget, computed, dec, line};
use retake::cost::bill::Why;
use retake::cost::rates::card::{Card, Edit, Price, Table};
use retake::cost::{Budget, Knob};

fn measured(more: &[(Knob, &str)]) -> Budget {
    let typed: [&[(Knob, &str)]; 3] = [
        &[(Knob::Finals, "10"), (Knob::Retry, "1"), (Knob::Buffer, "0%"), (Knob::Quality, "high")],
        &[(Knob::Measured, "8000")],
        more,
    ];
    budget(vec![line("one", &typed.concat())])
}

#[test]
fn credits_per_token_follow_measured_tokens() {
    // 10 images of 8,000 output tokens at 750 credits a million, and 6 tokens of text at 125; 25 credits are a dollar.
    let found = bill(built_in("chatgpt-credits"), &measured(&[]));
    assert_eq!(usd(&found.total), dec("2.4003"));
    let by_formula = budget(vec![line(
        "one",
        &[(Knob::Finals, "10"), (Knob::Retry, "1"), (Knob::Buffer, "0%"), (Knob::Quality, "high")],
    )]);
    assert_eq!(usd(&bill(built_in("chatgpt-credits"), &by_formula).total), dec("2.1075"), "7,024 by the formula");
}

#[test]
fn cards_per_image_charge_their_price_and_the_parts_add_up() {
    for (service, size) in [("standard", "1024x1024"), ("batch", "1024x1024"), ("standard", "auto"), ("batch", "auto")]
    {
        let budget = measured(&[(Knob::ServiceTier, service), (Knob::Size, size)]);
        let official = computed(&budget).totals.total.unwrap();
        for card in [flat("0.05"), built_in("muapi")] {
            let id = card.id.clone();
            let found = bill(card, &budget);
            if size == "auto" && id == "muapi" {
                assert!(found.total.is_none(), "it says nothing about auto");
                continue;
            }
            let expected = if id == "flat" { "0.5" } else { "0.6" };
            assert_eq!(usd(&found.total), dec(expected), "{id} {service} {size}");
            let parts = sum(&found.parts).exact().unwrap();
            assert_eq!(official + parts, dec(expected), "{id} {service} {size}: {:?}", found.parts);
            assert!(found.parts.iter().all(|part| part.why != Why::SizeTier), "what was measured has no class");
        }
    }
}

#[test]
fn measured_reference_tokens_are_sent_to_every_seller() {
    let budget = |tokens| {
        let typed = [(Knob::Finals, "10"), (Knob::Retry, "1"), (Knob::Quality, "high"), (Knob::Measured, tokens)];
        budget(vec![line("one", &typed)])
    };
    for (tokens, priced) in [("output=8000", true), ("output=8000, reference=0", true), ("reference=1024", false)] {
        let found = bill(built_in("laozhang-vip"), &budget(tokens));
        assert_eq!(found.total.is_some(), priced, "{tokens}: nothing is published about reference images");
        assert!(bill(built_in("muapi"), &budget(tokens)).total.is_some(), "{tokens}: an edit costs the same");
    }
}

/// Drafts send what is listed, whatever was measured of the finals: 20 drafts at $0.05 and 10 edits at $0.10.
#[test]
fn measured_reference_tokens_make_no_edits_of_drafts() {
    let edit = Edit { table: Table::Flat(Price::Any(dec("0.10"))), references: 1 };
    let card = || Card { edit: Some(edit.clone()), inputs: None, ..flat("0.05") };
    let total = |measured, references| {
        let typed = [
            (Knob::Finals, "10"),
            (Knob::Retry, "1"),
            (Knob::Buffer, "0%"),
            (Knob::Quality, "high"),
            (Knob::Drafts, "2"),
            (Knob::DraftQuality, "low"),
            (Knob::References, references),
            (Knob::Measured, measured),
        ];
        usd(&bill(card(), &budget(vec![line("one", &typed)])).total)
    };
    assert_eq!(total("reference=1024", "none"), dec("2.00"));
    assert_eq!(total("reference=1024", "1024x1024"), dec("3.00"), "listed: drafts are edits too");
    assert_eq!(total("output=8000", "none"), dec("1.50"));
}
