//! Where a card is cheaper, and the best mix.

use super::support::{bills, built_in, flat};
use crate::support::{budget, catalog, dec, line};
use retake::cost::bill::break_even::{Verdict, break_even};
use retake::cost::bill::mix;
use retake::cost::size::Size;
use retake::cost::tokens::Quality;
use retake::cost::{Budget, Knob};
use retake::words;

fn px(text: &str) -> Size {
    Size::parse(text).unwrap()
}

#[test]
fn a_flat_price_wins_where_pictures_are_dear() {
    let model = catalog().model("gpt-image-2").unwrap();
    let card = built_in("laozhang-vip");
    let found = break_even(&card, model, &Budget::default(), catalog()).unwrap();
    // Eighteen sizes of six ratios, three qualities. At $30 a million, $0.03 is 1,000 tokens: 1024x1024 medium has 1,756.
    assert_eq!(found.cells.len(), 54);
    for cell in &found.cells {
        let tokens = model.output.count(cell.size, cell.quality).unwrap();
        assert_eq!(cell.card_wins(), Some(tokens > 1000), "{} {}", cell.size, cell.quality);
    }
    let (dear, cheap) = (&found.by_quality[2], &found.by_quality[0]);
    assert_eq!((dear, cheap), (&(Quality::High, Verdict::Card), &(Quality::Low, Verdict::Official)));
    let Verdict::Mixed { official, .. } = &found.by_quality[1].1 else { panic!() };
    assert_eq!(official, &[px("720x1680"), px("864x2016")]);
    assert_eq!(
        words::break_evens(&card, &[("gpt-image-2", found)]),
        [
            "LaoZhang VIP is cheaper in every size at high; at medium it is cheaper, but for 720×1680, 864×2016; the official \
          price is as low or lower in every size at low"
        ]
    );
}

#[test]
fn the_same_price_is_not_cheaper_and_no_price_is_no_verdict() {
    let model = catalog().model("gpt-image-2").unwrap();
    let even = |card| break_even(&card, model, &Budget::default(), catalog());
    // 1024x1024 medium: 1,756 tokens, $0.05268.
    let same = even(flat("0.05268")).unwrap();
    let cell = same.cells.iter().find(|cell| cell.size == px("1024x1024") && cell.quality == Quality::Medium).unwrap();
    assert_eq!(cell.card_wins(), Some(false));
    assert_eq!(even(built_in("pixapi")), None, "no price of a credit");
    assert_eq!(even(built_in("chatgpt-credits")), None, "not by picture");
    assert_eq!(even(built_in("apimart-ext")), None, "another model");
}

#[test]
fn drafts_and_finals_go_where_each_is_cheapest() {
    let knobs = [
        (Knob::Size, "1024x1024"),
        (Knob::Quality, "high"),
        (Knob::Finals, "10"),
        (Knob::Retry, "1"),
        (Knob::Buffer, "0%"),
        (Knob::Drafts, "10"),
        (Knob::DraftQuality, "low"),
    ];
    let (all, _) = bills(vec![built_in("muapi"), built_in("laozhang-vip")], 1, &budget(vec![line("a", &knobs)]));
    let found = mix::best(&all).unwrap();
    // Drafts: 100 at 196 tokens and 6 of prompt, $0.591 officially. Finals: 10 at $0.03 flat.
    let explore = found.explore.clone().unwrap();
    assert_eq!((explore.card, explore.usd.exact()), (None, Some(dec("0.591"))));
    assert_eq!((found.finals.card, found.finals.usd.exact()), (Some(1), Some(dec("0.3"))));
    // Alone: officially 0.591 + 10 · 0.21075 = 2.6985; MuAPI 2.50 + 0.60; LaoZhang 3.30.
    assert_eq!(found.saves_single.exact(), Some(dec("1.8075")));
    assert_eq!(found.saves_official.as_ref().unwrap().exact(), Some(dec("1.8075")));
    assert_eq!(
        words::best_mix(&all, &found, |usd| format!("${}", usd.exact().unwrap())),
        "cheapest mix: drafts on the official price, finals on LaoZhang VIP; saves $1.8075 against the cheapest single bill"
    );
}

#[test]
fn a_stage_without_a_price_is_no_bargain() {
    let knobs = [(Knob::Quality, "low"), (Knob::Finals, "10"), (Knob::Drafts, "2"), (Knob::DraftQuality, "low")];
    // gptimage2.top has no price for low, and none for a credit.
    let mut cards = vec![built_in("gptimage2-top")];
    cards[0].pay.rate = Some((dec("0.0001"), dec("1")));
    let (all, _) = bills(cards, 1, &budget(vec![line("a", &knobs)]));
    let found = mix::best(&all).unwrap();
    assert_eq!((found.explore.unwrap().card, found.finals.card), (None, None));
}
