//! Where a card is cheaper, and the best mix.

use super::support::{bills, built_in, flat, pack, plan};
use crate::support::{budget, catalog, dec, line};
use retake::cost::base::size::Size;
use retake::cost::base::tokens::Quality;
use retake::cost::bill::break_even::{OfModel, Verdict, break_even};
use retake::cost::bill::{Why, mix};
use retake::cost::rates::card::{Card, Pay, Period, Pricing, Unit};
use retake::cost::{Budget, Knob};
use retake::words;
use std::sync::Arc;

/// What is said of the card whose route is not OpenAI's own.
const LAOZHANG: &str = "unofficial route; prices of 28 November 2026";

fn px(text: &str) -> Size {
    Size::parse(text).unwrap()
}

#[test]
fn a_flat_price_wins_where_pictures_are_dear() {
    let model = catalog().model("gpt-image-2").unwrap();
    let card = Arc::new(built_in("laozhang-vip"));
    let found = break_even(&card, model, &Budget::default(), catalog()).unwrap();
    // Eighteen sizes of six ratios, three qualities. At $30 a million, $0.03 is 1,000 tokens: 1024x1024 medium has 1,756.
    assert_eq!(found.cells.len(), 54);
    for cell in &found.cells {
        let tokens = model.output.count(cell.size, cell.quality).unwrap();
        assert_eq!(cell.card_wins(), Some(tokens > 1000), "{} {}", cell.size, cell.quality);
    }
    let by_quality = found.by_quality(model);
    let (dear, cheap) = (&by_quality[2], &by_quality[0]);
    assert_eq!((dear, cheap), (&(Quality::High, Verdict::Card), &(Quality::Low, Verdict::Official)));
    let Verdict::Mixed { official, .. } = &by_quality[1].1 else { panic!() };
    assert_eq!(official, &[px("720x1680"), px("864x2016")]);
    assert_eq!(
        words::break_evens(&card, &[OfModel { model: Arc::clone(model), found: vec![found], all: true }]),
        [
            "LaoZhang VIP is cheaper at high in all usual sizes, never at low; at medium it is cheaper, except for 720×1680, \
             864×2016; without reference images; unofficial route"
        ]
    );
}

/// A list of the seller's own sizes is compared in all of them. 1920x1080 becomes 1920x1088: at high 5,300 tokens, $0.159
/// against $0.158; in the other five sizes the list rounds up, such as 7,024 tokens, $0.21072, to $0.211.
#[test]
fn the_sizes_that_a_card_lists_are_compared() {
    let model = catalog().model("gpt-image-2").unwrap();
    let card = Arc::new(built_in("fal"));
    let found = break_even(&card, model, &Budget::default(), catalog()).unwrap();
    for (size, official) in [("1088x1920", "0.159"), ("1440x2560", "0.2211"), ("768x1024", "0.14445")] {
        let cell = found.cells.iter().find(|cell| cell.size == px(size) && cell.quality == Quality::High).unwrap();
        assert_eq!(cell.official, dec(official), "{size}");
        assert_eq!(cell.card_wins(), Some(size == "1088x1920"), "{size}");
    }
    let told = words::break_evens(&card, &[OfModel { model: Arc::clone(model), found: vec![found], all: true }]);
    let said = "at high fal.ai is cheaper only for 1088×1920; it is cheaper in no usual size at low, medium";
    assert!(told[0].starts_with(said), "{told:?}");
}

#[test]
fn the_same_price_is_not_cheaper_and_no_price_is_no_verdict() {
    let model = catalog().model("gpt-image-2").unwrap();
    let even = |card| break_even(&Arc::new(card), model, &Budget::default(), catalog());
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
    assert_eq!(found.saves_single.as_ref().unwrap().exact(), Some(dec("1.8075")));
    assert_eq!(found.saves_official.as_ref().unwrap().exact(), Some(dec("1.8075")));
    assert_eq!(
        words::best_mix(&all, &found, |usd| format!("${}", usd.exact().unwrap())),
        format!(
            "Lowest of 3 at list prices: drafts on the official price, finals on LaoZhang VIP; $1.8075 below the \
             lowest single bill; LaoZhang VIP: {LAOZHANG}"
        )
    );
}

#[test]
fn a_stage_without_a_price_is_no_bargain() {
    let knobs = [(Knob::Quality, "low"), (Knob::Finals, "10"), (Knob::Drafts, "2"), (Knob::DraftQuality, "low")];
    // gptimage2.top has no price for low, and `None` for a credit.
    let mut cards = vec![built_in("gptimage2-top")];
    cards[0].pay.rate = Some((dec("0.0001"), dec("1")));
    let (all, _) = bills(cards, 1, &budget(vec![line("a", &knobs)]));
    let found = mix::best(&all).unwrap();
    assert_eq!((found.explore.unwrap().card, found.finals.card), (None, None));
}

/// One credit per image in every size and quality, at one price.
fn in_credits(pay: Pay) -> Card {
    let mut card = flat("1");
    card.pricing = match card.pricing {
        Pricing::Images { table, inputs, .. } => Pricing::Images { unit: Unit::Credits, table, inputs },
        other => other,
    };
    Card { name: "Credits".to_owned(), pay, ..card }
}

fn advice(cards: Vec<Card>, knobs: &[(Knob, &str)]) -> (mix::Mix, String) {
    let (all, _) = bills(cards, 1, &budget(vec![line("a", knobs)]));
    let found = mix::best(&all).unwrap();
    let text = words::best_mix(&all, &found, |usd| format!("${}", usd.exact().unwrap()));
    (found, text)
}

const TEN: [(Knob, &str); 5] = [
    (Knob::Size, "1024x1024"),
    (Knob::Quality, "high"),
    (Knob::Finals, "10"),
    (Knob::Retry, "1"),
    (Knob::Buffer, "0%"),
];

#[test]
fn a_pack_that_is_mostly_left_over_is_no_bargain() {
    // A thousand credits for $20 are two cents each, but ten images cost the whole $20, not $0.20; elsewhere $0.30.
    let pay = Pay { packs: vec![pack("20", 1000, None)], ..Pay::default() };
    let (found, text) = advice(vec![in_credits(pay), built_in("laozhang-vip")], &TEN);
    assert_eq!((found.finals.card, found.usd.exact()), (Some(1), Some(dec("0.3"))));
    // Officially 10 · (7,024 · 30 + 6 · 5) / 1M.
    assert_eq!(text, format!("Lowest of 3 at list prices: LaoZhang VIP, $1.8075 below the official price; {LAOZHANG}"));
}

#[test]
fn a_plan_counts_with_its_fee_and_with_what_lies_beyond_it() {
    // The fee is a dollar per credit; each further credit costs a tenth of a cent.
    let pay = Pay { plans: vec![plan("1", Period::Month, 1, Some("0.001"))], ..Pay::default() };
    let (found, text) = advice(vec![in_credits(pay)], &TEN);
    assert_eq!((found.finals.card, found.usd.exact()), (Some(0), Some(dec("1.009"))));
    let expected = "Lowest of 2 at list prices: Credits, $1.0985 below the official price; no date on its prices (fees, whole packs and leftover credits are included)";
    assert_eq!(text, expected);
}

#[test]
fn a_pack_that_holds_drafts_and_finals_is_paid_once() {
    // 10 drafts and 10 finals: one pack of 20 for $0.40. Bought separately each needs its own pack, and finals elsewhere cost
    // $0.30 more.
    let knobs: Vec<_> = TEN.into_iter().chain([(Knob::Drafts, "1"), (Knob::DraftQuality, "high")]).collect();
    let pay = Pay { packs: vec![pack("0.40", 20, None)], ..Pay::default() };
    let (found, text) = advice(vec![in_credits(pay), built_in("laozhang-vip")], &knobs);
    assert_eq!((found.explore.map(|choice| choice.card), found.finals.card), (Some(Some(0)), Some(0)));
    assert_eq!(found.usd.exact(), Some(dec("0.40")));
    assert!(text.starts_with("Lowest of 3 at list prices: Credits, $"), "{text}");
}

#[test]
fn advice_tells_of_bills_that_nobody_knows_and_of_mixes_without_a_single_bill_beside_them() {
    let (_, text) = advice(vec![built_in("pixapi"), built_in("laozhang-vip")], &TEN);
    let lowest = "Lowest of 2 known at list prices: LaoZhang VIP, $1.8075 below the official price";
    assert_eq!(text, format!("{lowest}; {LAOZHANG} (unknown: Pixapi)"));
    // No seller has a price for both: fal.ai lacks the size of the finals, and auto has no official price.
    let knobs = [
        (Knob::Size, "auto"),
        (Knob::Quality, "high"),
        (Knob::Finals, "10"),
        (Knob::Retry, "1"),
        (Knob::Drafts, "1"),
        (Knob::DraftSize, "1024x1024"),
        (Knob::DraftQuality, "low"),
    ];
    let mut finals_alone = built_in("muapi");
    finals_alone.auto_size = Some("1K".to_owned());
    if let Pricing::Images { table: retake::cost::rates::card::Table::Tiers(tiers), .. } = &mut finals_alone.pricing {
        for tier in tiers {
            tier.price = retake::cost::rates::card::Price::ByQuality(vec![(Quality::High, dec("0.06"))]);
        }
    }
    let (found, text) = advice(vec![finals_alone], &knobs);
    assert_eq!(found.saves_single, None);
    let expected = "Lowest of 2 known at list prices: drafts on the official price, finals on MuAPI; no single bill has a price for both; \
                    MuAPI: prices of 28 November 2026 (known in part: the official price, MuAPI)";
    assert_eq!(text, expected);
    // Nobody publishes the tokens of 2.6 at low: without drafts, nothing of the official price is known.
    let knobs =
        [(Knob::Model, "gpt-image-2.6-flare"), (Knob::Quality, "low"), (Knob::Finals, "10"), (Knob::Retry, "1")];
    let (found, text) = advice(vec![built_in("laozhang-vip-26")], &knobs);
    assert_eq!((found.compared, &found.unknown[..], found.known_in_part.len()), (1, &[None][..], 0));
    assert_eq!(
        text,
        format!("Lowest of 1 known at list prices: LaoZhang VIP (2.6); {LAOZHANG} (unknown: the official price)")
    );
    // Many are not named one by one.
    let cards = (0..6).map(|at| Card { name: format!("S{at}"), ..built_in("pixapi") }).chain([flat("0.03")]).collect();
    let (_, text) = advice(cards, &knobs);
    assert!(text.ends_with("(unknown: the official price, S0, S1 and 4 more)"), "{text}");
}

#[test]
fn who_does_not_sell_the_work_has_no_unknown_price() {
    // apimart-ext is for another model.
    let sold = Card { models: Vec::new(), ..flat("0.03") };
    let (found, text) = advice(vec![built_in("apimart-ext"), sold.clone()], &TEN);
    assert_eq!((&found.not_sold[..], &found.unknown[..], found.compared), (&[Some(0)][..], &[][..], 2));
    let name = built_in("apimart-ext").name;
    assert!(text.starts_with("Lowest of 2 at list prices: Flat"), "{text}");
    assert!(text.ends_with(&format!("(not sold by {name})")), "{text}");
    // Another quality is not sold either; a price that is not published stays unknown beside it.
    let low_alone = Card { qualities: vec![Quality::Low], name: "Low".to_owned(), ..sold.clone() };
    let (_, text) = advice(vec![low_alone, built_in("pixapi"), sold.clone()], &TEN);
    assert!(text.starts_with("Lowest of 2 known at list prices"), "{text}");
    assert!(text.ends_with("(unknown: Pixapi; not sold by Low)"), "{text}");
    // One of two models.
    let other: Vec<_> = TEN.into_iter().chain([(Knob::Model, "gpt-image-2.5-sunburst")]).collect();
    let both = budget(vec![line("a", &TEN), line("b", &other)]);
    let one_model = Card { models: vec!["gpt-image-2".to_owned()], name: "One".to_owned(), ..sold.clone() };
    let (bills, _) = bills(vec![one_model, sold], 1, &both);
    let found = mix::best(&bills).unwrap();
    assert_eq!((&found.sold_in_part[..], found.not_sold.len() + found.unknown.len()), (&[Some(0)][..], 0));
    let text = words::best_mix(&bills, &found, |usd| format!("{usd}"));
    assert!(text.ends_with("(sold only in part by One)"), "{text}");
}

#[test]
fn batch_is_named_by_what_is_known_of_it() {
    let parts = |model: &str, batch: &str| {
        let quality = if model == "dall-e-3" { "hd" } else { "high" };
        let knobs = [(Knob::Model, model), (Knob::Quality, quality), (Knob::ServiceTier, batch), (Knob::Finals, "10")];
        let found = super::support::bill(flat("0.03"), &budget(vec![line("a", &knobs)]));
        assert_eq!(super::support::sum(&found.parts), found.difference().unwrap());
        found.parts.into_iter().map(|part| part.why).collect::<Vec<_>>()
    };
    let batch = [Why::NoBatch, Why::BatchNotOffered, Why::BatchUnknown];
    let of = |model, tier| parts(model, tier).into_iter().filter(|why| batch.contains(why)).collect::<Vec<_>>();
    assert_eq!(of("gpt-image-2", "batch"), [Why::NoBatch]);
    assert_eq!(of("gpt-image-2.6-flare", "batch"), [Why::BatchNotOffered]);
    assert_eq!(of("gpt-image-2.6-flare", "standard"), []);
    assert_eq!(of("dall-e-3", "batch"), [Why::BatchUnknown]);
    assert_eq!(words::differs(Why::BatchNotOffered), "batch not offered: standard price");
}
