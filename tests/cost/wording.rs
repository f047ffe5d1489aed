//! The sentences for the engine's values: every value has one, and the sentences hold its numbers.

use crate::support::{budget, catalog, computed, day, dec, line, px};
use retake::cost::base::money::{Currency, Exchange, Shown};
use retake::cost::base::retry::{Factor, Pick, Retry};
use retake::cost::base::size::{BrokenRule, Ratio, Tier};
use retake::cost::base::tokens::Quality;
use retake::cost::budget::RiskKey;
use retake::cost::budget::fee::{FeeKey, Per};
use retake::cost::budget::knob::TABLE;
use retake::cost::budget::{Cap, QualityChoice, SizeChoice};
use retake::cost::estimate::calculation;
use retake::cost::estimate::issue::{Issue, IssueCode, IssueKind};
use retake::cost::estimate::risk_fault::RiskFault;
use retake::cost::rates::rate_card::{Grade, Meter, ServiceTier};
use retake::cost::{Knob, Value};
use retake::figures;
use retake::words;

fn yen() -> Currency {
    Currency::parse("JPY").unwrap()
}

/// One issue of every kind.
fn every_kind() -> Vec<IssueKind> {
    let (model, card) = (|| "gpt-image-2".to_owned(), || "openai/gpt-image-2".to_owned());
    let (size, on) = (px("1000x1000"), day("2026-12-01"));
    let rules = catalog().model("gpt-image-2").unwrap().sizes.broken(size);
    let kinds = vec![
        IssueKind::SizeIllegal { size, rules, nearest: Some(px("1008x1008")) },
        IssueKind::SizeAuto,
        IssueKind::QualityAuto,
        IssueKind::QualityNotOfModel {
            quality: Quality::Max,
            model: model(),
            known: vec![Quality::Low, Quality::High],
        },
        IssueKind::ModelShutDown { model: model(), on, replacements: Vec::new() },
        IssueKind::ModelShutsDown { model: model(), on, days: 1, replacements: Vec::new() },
        IssueKind::PriceStale { card: card(), of_seller: false, checked: on, days: 61 },
        IssueKind::PriceUndated { card: card() },
        IssueKind::TokensUnknown { model: model(), quality: Quality::Low, size },
        IssueKind::ReferenceTokensUnknown { model: model() },
        IssueKind::RateUnknown { card: card(), tier: ServiceTier::Batch, meter: Meter::ImageOutput },
        IssueKind::RatioDisagrees { ratio: Ratio { w: 4, h: 5 }, size },
        IssueKind::SizeExperimental { size },
        IssueKind::BufferUnusual { percent: dec("5.0") },
        IssueKind::SparePictures { images_per_call: 4, per_final: dec("4.9846"), factor: dec("3") },
        IssueKind::TooManyFinals { finals: 101, repeat: 100_000, most: 10_000_000 },
        IssueKind::ProfileUnknown { name: "x".to_owned() },
        IssueKind::Unreadable,
        IssueKind::TooManyDigits,
        IssueKind::TotalUnknown { lines: 1 },
        IssueKind::OverCap { total: dec("11.0990592"), cap: dec("11"), currency: Currency::USD, approximate: false },
        IssueKind::OverCapAtLeast {
            known: dec("9.249216"),
            cap: dec("9"),
            currency: Currency::USD,
            approximate: false,
        },
        IssueKind::CapCurrency { cap: Currency::parse("EUR").unwrap(), project: yen() },
        IssueKind::ExchangeMissing { currency: yen() },
        IssueKind::RatesDiffer { count: 2 },
        IssueKind::CardsDiffer { cards: vec!["pixapi".to_owned(), "fal".to_owned()] },
        IssueKind::TokensApproximate { model: model(), quality: Quality::Max, size },
        IssueKind::RetryGuess {
            factor: Factor::new(43, 20).unwrap(),
            range: Some((dec("1.50"), dec("3.0"))),
            grade: Grade::C,
        },
        IssueKind::BatchNotOffered { model: model() },
        IssueKind::CardInputsUnsaid { card: "shop".to_owned(), lines: vec!["a".to_owned(), "b".to_owned()] },
        IssueKind::FeeIncomplete { fee: "brief".to_owned(), key: FeeKey::Amount },
        IssueKind::FeeUnreadable { fee: "brief".to_owned(), key: FeeKey::Per },
        IssueKind::FeeCurrency { fee: "brief".to_owned(), currency: Currency::parse("EUR").unwrap(), project: yen() },
        IssueKind::FeeDeliverable { fee: "brief".to_owned(), deliverable: "gone".to_owned() },
        IssueKind::FeeKeyUnused { fee: "brief".to_owned(), key: FeeKey::Deliverables, per: Per::Month },
        IssueKind::FeeNamesNone { fee: "brief".to_owned() },
        IssueKind::MeasuredUnused { differs: vec![Knob::Model, Knob::Quality] },
        IssueKind::MeasuredPerImage { model: model() },
        IssueKind::PriceAhead { card: card(), of_seller: true, checked: on },
        IssueKind::ExchangeStale { card: None, as_of: on, days: 61 },
        IssueKind::ExchangeStale { card: Some(card()), as_of: on, days: 61 },
        IssueKind::ExchangeAhead { card: Some(card()), as_of: on },
        IssueKind::CardExchangeMissing { card: card(), currency: yen() },
    ];
    kinds.into_iter().chain(every_fault()).collect()
}

/// What may be wrong with a named risk.
fn every_fault() -> Vec<IssueKind> {
    let risk = |fault| IssueKind::Risk { risk: "round".to_owned(), fault };
    vec![
        risk(RiskFault::Lacks(RiskKey::Chance)),
        risk(RiskFault::Lacks(RiskKey::Amount)),
        risk(RiskFault::Lacks(RiskKey::Deliverable)),
        risk(RiskFault::Unreadable(RiskKey::Finals)),
        risk(RiskFault::Both),
        risk(RiskFault::Currency(yen(), Currency::USD)),
        risk(RiskFault::Deliverable("gone".to_owned())),
        risk(RiskFault::Unused),
    ]
}

fn told(kind: IssueKind) -> words::Explanation {
    let issue = Issue { deliverable: Some("pdp-hero".to_owned()), knob: Some(Knob::Size), kind };
    figures::issue(&issue, &Shown::usd())
}

#[test]
fn every_kind_of_issue_has_words_of_its_own() {
    let mut seen = Vec::new();
    for kind in every_kind() {
        let code = kind.code().name();
        let told = told(kind);
        assert!(!told.message.is_empty() && !seen.contains(&told.message), "{code}: {told:?}");
        for part in [&told.message, &told.allowed, &told.remedy] {
            assert!(!part.contains(['{', '}', '!']) && !part.ends_with('.') && part.trim() == part, "{code}: {part}");
        }
        seen.push(told.message);
    }
    let codes: std::collections::BTreeSet<_> = every_kind().iter().map(IssueKind::code).collect();
    assert_eq!(codes.len(), IssueCode::ALL.len());
}

#[test]
fn issues_read_like_this() {
    let sample = |index: usize| {
        let told = told(every_kind().remove(index));
        [told.message, told.allowed, told.remedy].join(" | ")
    };
    assert_eq!(
        sample(0),
        "the model does not take 1000×1000: the width of 1,000 px is not a multiple of 16; the height of 1,000 px is not a multiple of 16 | edges in multiples of 16 px | the nearest legal size is 1008×1008"
    );
    assert_eq!(
        sample(5),
        "gpt-image-2 retires on 2026-12-01, in 1 day |  | plan work after 2026-12-01 with another model"
    );
    assert_eq!(
        sample(10),
        "openai/gpt-image-2 has no batch rate for image output, so the cost is unknown |  | use standard service, or pin a rate in the project"
    );
    assert_eq!(sample(13), "a buffer of 5 % is unusual | any from 0 % to 1,000 %; 10 % to 30 % is usual | ");
    assert_eq!(
        sample(14),
        "with 4 images a call and one kept, a final pays for at least 4.98 images, not 3.00 |  | several images a call buy time and choice, not money: one image a call costs least"
    );
    assert_eq!(
        sample(15),
        "101 × 100,000 finals are too many for one deliverable, so they are not counted | at most 10,000,000 finals, including all repetitions | lower finals or repeat"
    );
    assert_eq!(
        sample(19),
        "1 deliverable has no price, so the total is unknown |  | the known part is shown; each deliverable says what is missing"
    );
    assert_eq!(sample(20), "the total of $11.10 is over the cap of $11.00 by $0.10 |  | ");
    assert_eq!(sample(21), "the known part of the total, $9.25, is already over the cap of $9.00 |  | ");
    assert_eq!(
        sample(24),
        "2 pinned rates differ from the built-in ones |  | the pinned ones are used; adopting the built-in prices replaces them"
    );
    assert_eq!(
        sample(27),
        "2.15× is a public guess (grade C), range 1.5–3 |  | replace it once you have counted tries and finals of your own"
    );
    assert_eq!(sample(28), "gpt-image-2 is not offered in batch |  | use standard service, or another model");
}

#[test]
fn a_total_a_hair_above_its_cap_is_shown_to_be_above() {
    let over = |total, cap, currency, shown: &Shown| {
        let kind = IssueKind::OverCap { total: dec(total), cap: dec(cap), currency, approximate: false };
        figures::issue(&Issue { deliverable: None, knob: Some(Knob::Cap), kind }, shown).message
    };
    let usd = Shown::usd();
    assert_eq!(over("25.001", "25", Currency::USD, &usd), "the total of $25.001 is over the cap of $25.00 by $0.001");
    let exchange = Exchange { rate: dec("152.4"), as_of: day("2026-11-20"), source: None };
    let in_yen = Shown { currency: yen(), exchange: Some(exchange) };
    assert_eq!(over("1691.4966", "1500", yen(), &in_yen), "the total of ≈¥1,691 is over the cap of ¥1,500 by ≈¥191");
}

#[test]
fn issue_keys_are_those_of_the_file() {
    let key = |deliverable: Option<&str>, knob, kind| {
        words::issue_key(&Issue { deliverable: deliverable.map(str::to_owned), knob, kind })
    };
    assert_eq!(key(Some("pdp-hero"), Some(Knob::Size), IssueKind::SizeAuto), "deliverable.pdp-hero.size");
    assert_eq!(
        key(Some("発表"), Some(Knob::DraftQuality), IssueKind::QualityAuto),
        "deliverable.\"発表\".explore.quality"
    );
    assert_eq!(key(Some("a\"b\\"), None, IssueKind::TooManyDigits), "deliverable.\"a\\\"b\\\\\"");
    assert_eq!(key(None, Some(Knob::Cap), IssueKind::Unreadable), "assumptions.cap");
    let card = "openai/gpt-image-2".to_owned();
    assert_eq!(key(None, None, IssueKind::PriceUndated { card }), "rates.\"openai/gpt-image-2\"");
    let ahead = IssueKind::PriceAhead { card: "shop".to_owned(), of_seller: true, checked: day("2031-01-01") };
    assert_eq!(key(None, None, ahead), "card.shop");
    assert_eq!(key(None, None, IssueKind::RatesDiffer { count: 1 }), "rates");
    assert_eq!(key(None, None, IssueKind::ExchangeMissing { currency: yen() }), "exchange.rate");
    assert_eq!(key(None, None, IssueKind::TotalUnknown { lines: 1 }), "");
}

#[test]
fn values_read_as_on_screen() {
    let range = Retry::Range { low: dec("1.5"), likely: dec("2.0"), high: dec("3.0") };
    let shown = [
        (Value::Size(SizeChoice::Exact(px("1024x1280"))), "1024×1280"),
        (Value::Size(SizeChoice::Tier(Tier::K2)), "2k"),
        (Value::Quality(QualityChoice::Auto), "auto"),
        (Value::Ratio(Ratio { w: 21, h: 9 }), "21:9"),
        (Value::Percent(dec("20.0")), "20 %"),
        (Value::Percent(dec("12.5")), "12.5 %"),
        (Value::Count(1_000_000), "1,000,000"),
        (Value::Retry(Retry::plain(dec("2"))), "2.00×"),
        (Value::Retry(Retry::plain(dec("1.545"))), "1.545×"),
        (Value::Retry(Retry::Accepted { percent: dec("40"), confidence: None }), "40 % kept"),
        (Value::Retry(Retry::Kept { kept: 20, made: 60 }), "20 of 60 kept"),
        (Value::Retry(range), "1.5–2–3"),
        (Value::Retry(Retry::Profile("product-edit".to_owned())), "product-edit"),
        (Value::Service(ServiceTier::Batch), "batch"),
        (Value::Pick(Pick::Many), "many"),
        (Value::Sizes(vec![]), "none"),
        (Value::Sizes(vec![px("512x512")]), "512×512"),
        (Value::Sizes(vec![px("512x512"); 3]), "3 of 512×512"),
        (Value::Sizes(vec![px("512x512"), px("16x16")]), "512×512, 16×16"),
        (Value::Cap(Cap { amount: dec("2500"), currency: None }), "2,500"),
        (Value::Cap(Cap { amount: dec("2500"), currency: Some(Currency::USD) }), "$2,500.00"),
        (Value::Word("a\u{1b}[2J".to_owned()), "a␛[2J"),
    ];
    for (value, expected) in shown {
        assert_eq!(words::value(&value), expected);
    }
    assert_eq!(words::cap(Cap { amount: dec("2500"), currency: None }, yen()), "¥2,500");
    assert_eq!(words::cap(Cap { amount: dec("0.005"), currency: None }, Currency::USD), "$0.005");
    assert_eq!(words::factor(Factor::new(5, 3).unwrap()), "5/3×");
    assert_eq!(words::factor(Factor::new(5, 2).unwrap()), "2.50×");
}

#[test]
fn every_knob_has_a_short_label_and_help() {
    let mut seen = Vec::new();
    for row in &TABLE {
        let (label, help) = (words::knob_label(row.knob), words::knob_help(row.knob));
        assert!(label.chars().count() <= 13 && !seen.contains(&label), "{label}");
        assert!(help.chars().count() > label.chars().count(), "{help}");
        seen.push(label);
    }
}

#[test]
fn broken_rules_name_their_numbers() {
    let say = |rule: &BrokenRule| words::broken_rule(rule);
    assert_eq!(
        say(&BrokenRule::MaxEdge { edge_px: 4096, max_px: 3840 }),
        "an edge of 4,096 px is longer than 3,840 px"
    );
    assert_eq!(say(&BrokenRule::TooFew { pixels: 640_000, min: 655_360 }), "640,000 pixels are fewer than 655,360");
    assert_eq!(say(&BrokenRule::Aspect { max: 3 }), "the longer edge is more than 3 times the shorter");
}

/// All numbers of the steps of a line, and the steps that have a source.
fn derivation(typed: &[(Knob, &str)]) -> Vec<words::Calculation> {
    let budget = budget(vec![line("one", typed)]);
    let estimate = computed(&budget);
    calculation::of_line(&estimate.lines[0], &budget, catalog()).iter().map(words::step).collect()
}

#[test]
fn a_derivation_reads_from_the_first_token_to_the_last_cent() {
    let steps = derivation(&[
        (Knob::Size, "1024x1280"),
        (Knob::Quality, "high"),
        (Knob::Finals, "24"),
        (Knob::Retry, "2"),
        (Knob::References, "1024x1024"),
        (Knob::PromptTokens, "180"),
    ]);
    let numbers: Vec<&str> = steps.iter().map(|step| step.numbers.as_str()).collect();
    assert_eq!(
        numbers,
        [
            "24 finals × 2.00 = 48 images",
            "1024×1280 high: ⌈96 × 77 × (2,000,000 + 1,310,720) / 4,000,000⌉ = 6,119 tokens",
            "1024×1024: 1,024 tokens",
            "180 + 6 = 186 tokens",
            "48 images × 6,119 tokens × $30.00 per 1M = $8.81136",
            "48 images × 1,024 tokens × $8.00 per 1M = $0.393216",
            "48 images × 186 tokens × $5.00 per 1M = $0.04464",
            "$8.81136 + $0.393216 + $0.04464 = $9.249216",
            "$9.249216 × 20 % = $1.8498432",
            "$9.249216 + $1.8498432 = $11.0990592",
        ]
    );
    let source = steps[4].source.as_deref();
    assert_eq!(source, Some("developers.openai.com/api/docs/models/gpt-image-2, checked 2026-11-21, grade A"));
    assert_eq!(steps[4].formula, "image output = images × tokens × standard rate");
    assert!(steps[1].source.as_deref().is_some_and(|source| source.contains("calculator")));
    assert!(steps[7].source.is_none());
}

#[test]
fn other_ways_to_count_read_clearly() {
    let counted = |typed: &[(Knob, &str)]| derivation(typed).remove(0).numbers;
    assert_eq!(counted(&[(Knob::Finals, "3"), (Knob::Retry, "60%")]), "3 finals × 5/3 = 5 images");
    assert_eq!(counted(&[(Knob::Finals, "1"), (Knob::Retry, "1.5")]), "1 final × 1.50 = 1.5 images");
    assert_eq!(
        counted(&[(Knob::Finals, "5"), (Knob::Retry, "3"), (Knob::ImagesPerCall, "2")]),
        "5 finals × 3.00, 2 images a call: 9 calls, 18 images"
    );
    assert_eq!(counted(&[(Knob::Finals, "10"), (Knob::Retry, "60%")]), "10 finals × 5/3 = 50/3 (≈16.666667) images");
    assert_eq!(
        counted(&[(Knob::Finals, "10"), (Knob::Retry, "3"), (Knob::ImagesPerCall, "4")]),
        "10 finals × 3.00, 4 images a call: 162/13 (≈12.461538) calls, 648/13 (≈49.846154) images"
    );
    assert_eq!(
        counted(&[(Knob::Finals, "40"), (Knob::Repeat, "30"), (Knob::Retry, "2.15")]),
        "40 × 30 finals × 2.15 = 2,580 images"
    );
    assert_eq!(counted(&[(Knob::Finals, "5"), (Knob::Drafts, "6")]), "5 finals × 6 = 30 images");
    let mini = derivation(&[
        (Knob::Model, "gpt-image-1-mini"),
        (Knob::Finals, "2"),
        (Knob::Retry, "1"),
        (Knob::Quality, "high"),
        (Knob::PartialImages, "2"),
    ]);
    let numbers: Vec<&str> = mini.iter().map(|step| step.numbers.as_str()).collect();
    assert!(numbers.contains(&"2 images × $0.036 = $0.072"), "{numbers:?}");
    assert!(numbers.contains(&"2 images × 200 tokens × $8.00 per 1M = $0.0032"), "{numbers:?}");
}

#[test]
fn an_unknown_part_says_that_it_is_unknown() {
    let steps = derivation(&[(Knob::Model, "gpt-image-2.6-flare"), (Knob::Quality, "low"), (Knob::Finals, "2")]);
    let unknown = steps.iter().find(|step| step.formula == "image output = unknown").unwrap();
    assert_eq!(unknown.numbers, "no price is published, so it counts as unknown and not as 0");
    assert!(!steps.iter().any(|step| step.formula.starts_with("total")));
}
