//! Each built-in card reproduces its published examples; the source is noted beside them.

use super::support::{bill, built_in, sum, usd};
use crate::support::{budget, dec, line};
use retake::cost::Knob;
use retake::cost::base::size::Size;
use retake::cost::base::tokens::Quality;
use retake::cost::bill::{Fraction, Missing, Why};
use retake::cost::budget::{Setting, SizeChoice, Value};
use retake::cost::rates::card::{Card, Pricing};
use retake::cost::rates::rate_card::ServiceTier;

type Published =
    (&'static str, &'static str, &'static str, &'static str, u32, Option<&'static str>, Option<&'static str>);

/// Card, model, size, quality, images, and the seller's published credits and USD for them. Sources are those of the cards.
const PUBLISHED: &[Published] = &[
    // pixapi.ai/docs/models/gpt-image-2
    ("pixapi", "gpt-image-2", "1024x1024", "low", 1, Some("1"), None),
    ("pixapi", "gpt-image-2", "1024x1536", "medium", 1, Some("4"), None),
    ("pixapi", "gpt-image-2", "1024x1280", "high", 48, Some("672"), None),
    ("pixapi", "gpt-image-2", "2048x2048", "low", 1, Some("2"), None),
    ("pixapi", "gpt-image-2", "2048x1152", "medium", 1, Some("17"), None),
    ("pixapi", "gpt-image-2", "1600x2000", "high", 1, Some("67"), None),
    ("pixapi", "gpt-image-2", "3840x2160", "low", 1, Some("4"), None),
    ("pixapi", "gpt-image-2", "2880x2880", "medium", 1, Some("34"), None),
    ("pixapi", "gpt-image-2", "3840x2160", "high", 1, Some("133"), None),
    // gptimage2.top, pricing page
    ("gptimage2-top", "gpt-image-2", "1024x1024", "medium", 1, Some("4"), None),
    ("gptimage2-top", "gpt-image-2", "3840x2160", "high", 1, Some("22"), None),
    // fal.ai/models/openai/gpt-image-2/llms.txt
    ("fal", "gpt-image-2", "1024x1024", "low", 1, None, Some("0.006")),
    ("fal", "gpt-image-2", "1024x1024", "medium", 1, None, Some("0.053")),
    ("fal", "gpt-image-2", "1024x1024", "high", 1, None, Some("0.211")),
    ("fal", "gpt-image-2", "1024x1536", "medium", 1, None, Some("0.042")),
    ("fal", "gpt-image-2", "1536x1024", "high", 1, None, Some("0.165")),
    ("fal", "gpt-image-2", "1024x768", "high", 1, None, Some("0.145")),
    ("fal", "gpt-image-2", "1920x1080", "low", 1, None, Some("0.005")),
    ("fal", "gpt-image-2", "1920x1080", "medium", 1, None, Some("0.040")),
    ("fal", "gpt-image-2", "1920x1080", "high", 1, None, Some("0.158")),
    ("fal", "gpt-image-2", "2560x1440", "medium", 1, None, Some("0.056")),
    ("fal", "gpt-image-2", "3840x2160", "low", 1, None, Some("0.012")),
    ("fal", "gpt-image-2", "3840x2160", "high", 1, None, Some("0.401")),
    // muapi.ai/playground/gpt-image-2-text-to-image
    ("muapi", "gpt-image-2", "1024x1536", "low", 1, None, Some("0.025")),
    ("muapi", "gpt-image-2", "1024x1536", "high", 1, None, Some("0.060")),
    ("muapi", "gpt-image-2", "2048x2048", "medium", 1, None, Some("0.045")),
    ("muapi", "gpt-image-2", "3840x2160", "high", 1, None, Some("0.150")),
    // docs.laozhang.ai/en/api-capabilities/gpt-image-2.md
    ("laozhang-vip", "gpt-image-2", "3840x2160", "high", 1, None, Some("0.03")),
    ("laozhang-vip", "gpt-image-2", "1024x1024", "low", 100, None, Some("3")),
    ("laozhang-vip", "gpt-image-2.5-flare", "1024x1024", "max", 1, None, Some("0.03")),
    ("laozhang-vip-26", "gpt-image-2.6-sunburst", "1024x1024", "medium", 1, None, Some("0.03")),
    // fal's 1920x1080 is none of the model's sizes: with its edges rounded up to multiples of 16 it is.
    ("fal", "gpt-image-2", "1920x1088", "high", 1, None, Some("0.158")),
    ("fal", "gpt-image-2", "1088x1920", "low", 1, None, Some("0.005")),
    // APIMart, 2.5-ext, 2026-10-12
    ("apimart-ext", "gpt-image-2.5-flare", "1024x1024", "max", 1, None, Some("0.0085")),
    ("apimart-ext", "gpt-image-2.5-sunburst", "2048x2048", "low", 1, None, Some("0.014")),
    ("apimart-ext", "gpt-image-2.5-flare", "3840x2160", "high", 1, None, Some("0.021")),
];

fn not_sold(quality: &str) -> Missing {
    Missing::NotSold(Quality::parse(quality).unwrap())
}

fn one(model: &str, size: &str, quality: &str, images: u32) -> retake::cost::Budget {
    let images = images.to_string();
    let knobs = [
        (Knob::Model, model),
        (Knob::Quality, quality),
        (Knob::Finals, images.as_str()),
        (Knob::Retry, "1"),
        (Knob::Buffer, "0%"),
    ];
    let mut line = line("one", &knobs);
    // A seller may list sizes that the model itself refuses, and typed input refuses those.
    let size = Size::parse(size).map_or(SizeChoice::Auto, SizeChoice::Exact);
    line.settings.put(Knob::Size, Some(Setting::Value(Value::Size(size))));
    budget(vec![line])
}

#[test]
fn each_published_price_comes_out() {
    for (card, model, size, quality, images, credits, money) in PUBLISHED {
        let bill = bill(built_in(card), &one(model, size, quality, *images));
        let at = format!("{card} {size} {quality}");
        match credits {
            Some(credits) => {
                assert_eq!(usd(&bill.credits), dec(credits), "{at}");
                assert_eq!((bill.total, bill.missing), (None, vec![(Missing::CreditPrice, 0)]), "{at}");
                assert!(bill.parts.is_empty(), "{at}");
            }
            None => assert_eq!(usd(&bill.total), dec(money.unwrap()), "{at}"),
        }
    }
}

#[test]
fn token_cards_count_the_same_meters() {
    // 7,024 tokens at 750 credits a million, the prompt's overhead of 6 at 125: 25 credits are $1.
    let chat = bill(built_in("chatgpt-credits"), &one("gpt-image-2", "1024x1024", "high", 1));
    assert_eq!(usd(&chat.credits), dec("5.26875"));
    assert_eq!(usd(&chat.total), dec("0.21075"));
    assert!(chat.parts.is_empty(), "25 credits of 750 a million are $30 a million: {:?}", chat.parts);
    // 68 credits are $1: 1,836 credits a million are $27. The prompt has no published price, so the sum has none.
    let evolink = bill(built_in("evolink"), &one("gpt-image-2", "1024x1024", "high", 1));
    assert_eq!(evolink.total, None);
    assert_eq!(usd(&evolink.known), dec("0.189648"));
    assert!(matches!(evolink.missing[..], [(Missing::Rate(_), 1)]), "{:?}", evolink.missing);
    // 9,051.90 credits a million for 7,024 tokens and 1,508.65 for 6; 211 credits are $1.
    let comfy = bill(built_in("comfyui-partner-nodes"), &one("gpt-image-2.5-flare", "1024x1024", "max", 1));
    assert_eq!(usd(&comfy.credits), dec("63.5895975"));
    assert_eq!(comfy.total, Fraction::of(dec("63.5895975"), dec("211")));
    // 7,600 credits a million; the price of prompt text is not in the source.
    let comfy = bill(built_in("comfyui-partner-nodes-2"), &one("gpt-image-2", "1024x1024", "high", 1));
    assert_eq!(usd(&comfy.credits), dec("53.3824"));
    assert!(matches!(comfy.missing[..], [(Missing::Rate(_), 1)]), "{:?}", comfy.missing);
    // piapi: three quarters of the official rates. 1,756 tokens of high, 6 of the prompt.
    let piapi = bill(built_in("piapi"), &one("gpt-image-2.5-flare", "1024x1024", "high", 1));
    assert_eq!(usd(&piapi.total), dec("0.0395325"));
    assert_eq!(piapi.parts.len(), 1);
    assert_eq!((piapi.parts[0].why, piapi.parts[0].usd.exact()), (Why::SellersPrice, Some(dec("-0.0131775"))));
    for quality in ["xhigh", "max"] {
        let refused = bill(built_in("piapi"), &one("gpt-image-2.5-flare", "1024x1024", quality, 1));
        assert_eq!((refused.total, refused.missing), (None, vec![(not_sold(quality), 1)]));
    }
    // fal.ai, 2.5: the formula at $30 a million, 3,122 tokens of xhigh.
    let fal = bill(built_in("fal-25"), &one("gpt-image-2.5-sunburst", "1024x1024", "xhigh", 1));
    assert_eq!(usd(&fal.total), dec("0.09366"));
}

#[test]
fn a_missing_price_is_named_and_never_nothing() {
    let of = |card: &str, model: &str, size: &str, quality: &str| {
        bill(built_in(card), &one(model, size, quality, 1)).missing
    };
    let lacks = |found: Vec<(Missing, usize)>, missing: Missing| {
        assert!(found.contains(&(missing.clone(), 1)), "{missing:?}: {found:?}")
    };
    lacks(of("fal", "gpt-image-2", "1280x720", "low"), Missing::Size(Size::parse("1280x720").unwrap()));
    lacks(of("gptimage2-top", "gpt-image-2", "1024x1024", "low"), Missing::Quality(Quality::Low));
    lacks(of("fal", "gpt-image-2.5-flare", "1024x1024", "low"), Missing::Model("gpt-image-2.5-flare".to_owned()));
    lacks(of("fal", "gpt-image-2", "auto", "low"), Missing::AutoSize);
    lacks(of("muapi", "gpt-image-2", "1024x1024", "auto"), Missing::AutoQuality);
    lacks(of("imagesv2", "gpt-image-2", "1024x1024", "medium"), Missing::Quality(Quality::Medium));
    lacks(of("laozhang-vip-26", "gpt-image-2.6-flare", "1024x1024", "max"), not_sold("max"));
}

#[test]
fn auto_is_charged_as_the_card_says() {
    let mut pixapi = built_in("pixapi");
    pixapi.pay.rate = Some((dec("0.015"), dec("1")));
    let open = bill(pixapi, &one("gpt-image-2", "1024x1280", "auto", 10));
    assert_eq!(usd(&open.credits), dec("140"));
    assert_eq!(usd(&open.total), dec("2.1"));
    assert!(!open.official_complete);
    // Known officially: six prompt tokens per image. `auto` is compared with high at 1024x1280: 6,119 tokens.
    assert_eq!(open.official, dec("0.0003"));
    let part = |why: Why| open.parts.iter().find(|part| part.why == why).unwrap().usd.exact().unwrap();
    assert_eq!(part(Why::AutoChargedAs), dec("1.8357"));
    assert_eq!(part(Why::InputsIncluded), dec("-0.0003"));
    // From 1024x1280 to the class's 1024x1024: 7,024 tokens.
    assert_eq!(part(Why::SizeTier), dec("0.2715"));
    // 0.21072 is 14.048 credits, rounded up to 15.
    assert_eq!(part(Why::Rounding), dec("0.1428"));
    assert_eq!(part(Why::SellersPrice), dec("-0.15"));
}

#[test]
fn auto_is_charged_by_tokens_as_the_card_says() {
    // fal.ai, 2.5: auto is billed as high, 1,756 tokens at $30 a million, the prompt included.
    let open = bill(built_in("fal-25"), &one("gpt-image-2.5-flare", "1024x1024", "auto", 10));
    assert_eq!((usd(&open.total), &open.missing[..], open.auto_as), (dec("0.5268"), &[][..], Some(Quality::High)));
    assert_eq!((open.official, open.official_complete), (dec("0.0003"), false));
    let parts: Vec<_> = open.parts.iter().map(|part| (part.why, part.usd.exact().unwrap())).collect();
    assert_eq!(parts, [(Why::InputsIncluded, dec("-0.0003")), (Why::AutoChargedAs, dec("0.5268"))]);
    // A size that the model chooses has no number of tokens.
    let sized = bill(built_in("fal-25"), &one("gpt-image-2.5-flare", "auto", "auto", 10));
    assert_eq!((sized.total, sized.missing), (None, vec![(Missing::AutoSize, 1)]));
    // Nobody says so of PiAPI.
    let silent = bill(built_in("piapi"), &one("gpt-image-2.5-flare", "1024x1024", "auto", 10));
    assert_eq!((silent.total, silent.missing, silent.auto_as), (None, vec![(Missing::AutoQuality, 1)], None));
    // A chosen quality is charged as itself.
    let chosen = bill(built_in("fal-25"), &one("gpt-image-2.5-flare", "1024x1024", "low", 10));
    assert_eq!(chosen.auto_as, None);
    // In credits too, with streamed partial images and in batch: 1,756 + 200 tokens at half of 9,051.90 credits.
    let mut comfy = built_in("comfyui-partner-nodes");
    comfy.auto_quality = Some(Quality::High);
    if let Pricing::Tokens { standard, batch, .. } = &mut comfy.pricing {
        *batch = standard.and_then(|rates| rates.scaled(dec("0.5")));
    }
    let mut work = one("gpt-image-2.5-flare", "1024x1024", "auto", 10);
    work.lines[0].settings.put(Knob::PartialImages, Some(Setting::Value(Value::Count(2))));
    work.lines[0].settings.put(Knob::ServiceTier, Some(Setting::Value(Value::Service(ServiceTier::Batch))));
    let found = bill(comfy, &work);
    assert_eq!(usd(&found.credits), dec("88.5728415"));
    assert_eq!(sum(&found.parts), found.difference().unwrap());
}

#[test]
fn auto_by_an_approximate_count_is_approximate() {
    // The counts of 2.6 at high follow another family's formula, but for the size that was measured.
    let mut card = built_in("fal-25");
    card.models = Vec::new();
    let of = |size| bill(card.clone(), &one("gpt-image-2.6-flare", size, "auto", 10));
    assert_eq!((of("1024x1024").approximate, of("1536x1024").approximate), (true, false));
    // A price per image rests on no count, but what it is compared with does.
    let flat = Card { auto_quality: Some(Quality::High), ..super::support::flat("0.03") };
    let found = bill(flat, &one("gpt-image-2.6-flare", "1024x1024", "auto", 10));
    assert_eq!((found.approximate, found.parts_approximate), (false, true));
}

/// Size, quality and price of an edit: litellm 1.110.2, keys `fal_ai/*/openai/gpt-image-2/edit`.
const EDITS: &[(&str, &str, &str)] = &[
    ("1024x1024", "low", "0.015"),
    ("1024x1024", "medium", "0.061"),
    ("1024x1024", "high", "0.219"),
    ("1536x1024", "low", "0.018"),
    ("1024x1536", "medium", "0.054"),
    ("1024x1536", "high", "0.178"),
    ("1024x768", "low", "0.011"),
    ("1024x768", "high", "0.151"),
    ("1920x1088", "medium", "0.053"),
    ("2560x1440", "high", "0.234"),
    ("3840x2160", "low", "0.024"),
    ("3840x2160", "high", "0.413"),
];

fn with_references(mut budget: retake::cost::Budget, count: usize) -> retake::cost::Budget {
    let references = vec!["1024x1024"; count].join(", ");
    let typed = line("one", &[(Knob::References, references.as_str())]);
    budget.lines[0].settings.put(Knob::References, typed.settings.get(Knob::References).cloned());
    budget
}

#[test]
fn an_edit_has_a_price_of_its_own_or_none() {
    for (size, quality, price) in EDITS {
        let edit = bill(built_in("fal"), &with_references(one("gpt-image-2", size, quality, 1), 1));
        assert_eq!(usd(&edit.total), dec(price), "{size} {quality}");
    }
    // 1,756 tokens at $30 a million, 1,024 of the reference at $8, 6 of the prompt at $5: officially 0.060902.
    let fal = bill(built_in("fal"), &with_references(one("gpt-image-2", "1024x1024", "medium", 1), 1));
    assert_eq!((fal.official, usd(&fal.total)), (dec("0.060902"), dec("0.061")));
    // The price covers one reference.
    let two = bill(built_in("fal"), &with_references(one("gpt-image-2", "1024x1024", "medium", 1), 2));
    assert_eq!((two.total, two.missing), (None, vec![(Missing::ReferencesOver(1), 1)]));
    // MuAPI says that an edit costs as much as a generation; others publish nothing.
    let muapi = bill(built_in("muapi"), &with_references(one("gpt-image-2", "1024x1024", "medium", 1), 3));
    assert_eq!(usd(&muapi.total), dec("0.03"));
    for (card, model) in [
        ("laozhang-vip", "gpt-image-2"),
        ("laozhang-vip-26", "gpt-image-2.6-flare"),
        ("apimart-ext", "gpt-image-2.5-flare"),
        ("pixapi", "gpt-image-2"),
        ("imagesv2", "gpt-image-2"),
        ("gptimage2-top", "gpt-image-2"),
    ] {
        let unsaid = bill(built_in(card), &with_references(one(model, "1024x1024", "high", 1), 1));
        assert!(unsaid.missing.contains(&(Missing::References, 1)), "{card}: {:?}", unsaid.missing);
        assert_eq!(unsaid.total, None, "{card}");
    }
}

#[test]
fn every_built_in_card_has_an_example() {
    let by_tokens =
        ["chatgpt-credits", "evolink", "comfyui-partner-nodes", "comfyui-partner-nodes-2", "piapi", "fal-25"];
    let by_plan = ["imagesv2"];
    for card in &crate::support::catalog().cards {
        let published = PUBLISHED.iter().any(|(id, ..)| *id == card.id);
        assert!(
            published || by_tokens.contains(&card.id.as_str()) || by_plan.contains(&card.id.as_str()),
            "{}",
            card.id
        );
    }
}

#[test]
fn a_plan_with_a_monthly_fee_pays_for_credits_from_a_rounded_line() {
    // 120 high pictures are 1,000 credits by the seller's own line: the starter plan, $8.40 a month.
    let of = |images| bill(built_in("imagesv2"), &one("gpt-image-2", "1024x1024", "high", images));
    let month = of(119);
    assert_eq!(usd(&month.total), dec("8.40"));
    assert_eq!(month.ways[0].fees.exact(), Some(dec("8.40")));
    // 240 pictures: two thousand credits, a month of pro or of starter with two packs of 500 on top.
    assert_eq!(usd(&of(240).total), dec("28.2"));
}
