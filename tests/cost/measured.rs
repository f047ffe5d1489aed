//! Measured tokens in place of the formula, and sizes that came back from the API. Figures are computed by hand.

use crate::support::{budget, catalog, codes, computed, dec, line, px, settings, single};
use retake::cost::Knob::{
    self, Buffer, CachedInput, DraftQuality, DraftSize, Drafts, Finals, Measured, Model, PartialImages, PromptTokens,
    Quality, References, Retry, Returned, ServiceTier, Size,
};
use retake::cost::base::number_text::parse_decimal;
use retake::cost::budget::edit::{Edit, Scope};
use retake::cost::budget::measured::write;
use retake::cost::budget::{Budget, Measured as Tokens, Setting, Value};
use retake::cost::estimate::calculation::{Step, of_line};
use retake::cost::estimate::line::{Beside, LineEstimate};
use retake::cost::estimate::sensitivity::curve;
use retake::cost::rates::rate_card::Meter;
use retake::cost::{Decimal, Deliverable};

/// Final stage tokens of a meter.
fn tokens(line: &LineEstimate, meter: Meter) -> Option<Decimal> {
    line.final_stage().unwrap().meters.iter().find(|part| part.meter == meter).unwrap().tokens
}

fn beside(line: &LineEstimate) -> Vec<(Meter, u64, Option<u64>)> {
    line.measured().map(|(meter, Beside { measured, formula })| (meter, measured, formula)).collect()
}

const HERO: &[(Knob, &str)] = &[
    (Size, "1024x1280"),
    (Quality, "high"),
    (Finals, "24"),
    (Retry, "2"),
    (References, "1024x1024"),
    (PromptTokens, "180"),
    (Buffer, "0%"),
];

fn hero(more: &[(Knob, &'static str)]) -> LineEstimate {
    let mut typed: Vec<(Knob, &str)> =
        HERO.iter().filter(|(knob, _)| more.iter().all(|(other, _)| other != knob)).copied().collect();
    typed.extend(more);
    typed.sort_by_key(|(knob, _)| (*knob != Model, *knob != Returned, *knob != Measured));
    single(&typed)
}

#[test]
fn measured_tokens_count_for_the_finals_in_place_of_the_formula() {
    let one = hero(&[(Measured, "output=6204, reference=1100, source=usage of 3 calls")]);
    // 48 images: 6204 × $30 + 1100 × $8 + 186 × $5, each per million.
    assert_eq!(one.total, Some(dec("9.4008")), "{:?}", one.issues);
    assert_eq!(beside(&one), [(Meter::ImageOutput, 6204, Some(6119)), (Meter::ImageInput, 1100, Some(1024))]);
    let output = hero(&[(Measured, "6204")]);
    assert_eq!(output.total, Some(dec("9.371616")), "the references keep the formula: 1,024 tokens");
    let reference = hero(&[(Measured, "reference=1100")]);
    assert_eq!(reference.total, Some(dec("9.2784")), "the output keeps the formula: 6,119 tokens");
    assert!([one, output, reference].iter().all(|line| codes(line) == ["buffer-unusual"]));
}

#[test]
fn drafts_previews_prompt_cache_and_batch_keep_the_formula() {
    let one = hero(&[
        (Measured, "output=6204, reference=1100"),
        (Drafts, "2"),
        (DraftQuality, "low"),
        (PartialImages, "3"),
        (CachedInput, "50%"),
        (ServiceTier, "batch"),
    ]);
    let drafts = &one.stages[0];
    assert_eq!(drafts.meters[0].tokens, Some(dec("473")), "173 by the formula and 300 of previews");
    assert!(drafts.meters.iter().all(|meter| meter.beside.is_none()));
    assert_eq!(tokens(&one, Meter::ImageOutput), Some(dec("6504")));
    assert_eq!(tokens(&one, Meter::ImageInput), Some(dec("550")));
    assert_eq!(tokens(&one, Meter::ImageInputCached), Some(dec("550")));
    assert_eq!(tokens(&one, Meter::TextInput), Some(dec("93")));
    // 48 × (6504 × 15 + 550 × 4 + 550 × 1 + 93 × 2.5 + 93 × 0.625) / 1,000,000
    assert_eq!(one.final_stage().unwrap().total, Some(dec("4.82883")));
}

#[test]
fn a_line_that_differs_from_what_was_measured_uses_the_formula_and_says_so() {
    let same = "output=6204, model=gpt-image-2, size=1024x1280, quality=high";
    assert_eq!(tokens(&hero(&[(Measured, same)]), Meter::ImageOutput), Some(dec("6204")));
    for (knob, value, formula) in [
        (Model, "gpt-image-2.5-flare", Some(1510)),
        (Size, "1024x1024", Some(7024)),
        (Quality, "medium", Some(1510)),
        (Size, "auto", None),
        (Quality, "auto", None),
    ] {
        let one = hero(&[(Measured, same), (knob, value)]);
        assert_eq!(tokens(&one, Meter::ImageOutput), formula.map(Decimal::from), "{knob:?} {value}");
        assert!(codes(&one).contains(&"measured-unused"), "{knob:?} {value}: {:?}", codes(&one));
        assert!(!one.is_measured());
    }
    let class = hero(&[(Measured, same), (Size, "1k"), (Knob::Ratio, "4:5")]);
    assert_eq!(tokens(&class, Meter::ImageOutput), Some(dec("6204")), "a class stands for its pixels");
    let image = hero(&[(Model, "dall-e-3"), (Size, "1024x1024"), (Quality, "standard"), (Measured, "6204")]);
    assert_eq!(image.final_stage().unwrap().meters[0].cost, Some(dec("1.92")), "48 × $0.04, billed per image");
    assert!(codes(&image).contains(&"measured-unused"));
}

#[test]
fn measured_tokens_give_a_price_that_the_formula_cannot() {
    let cases: [&[(Knob, &str)]; 4] = [
        &[(Quality, "auto")],
        &[(Size, "auto")],
        &[(Model, "gpt-image-2.6-flare"), (Quality, "low"), (References, "none")],
        &[(Model, "gpt-image-2.6-sunburst"), (Quality, "medium"), (References, "none")],
    ];
    for case in cases {
        assert_eq!(hero(case).total, None, "{case:?}");
        let measured = [case, &[(Measured, "800")]].concat();
        let one = hero(&measured);
        // 48 × (800 × $30 + 186 × $5) per million, and 1,024 reference tokens at $8 where they are sent.
        let references = if one.deliverable.references.value.is_empty() { "0" } else { "0.393216" };
        assert_eq!(one.total, Some(dec("1.19664") + dec(references)), "{case:?} {:?}", codes(&one));
        assert_eq!((beside(&one)[0].2, one.bracket), (None, None), "{case:?}");
        assert!(codes(&one).iter().all(|code| !code.contains("auto") && !code.contains("unknown")), "{case:?}");
    }
}

#[test]
fn drafts_of_an_auto_size_still_have_no_price() {
    let one = hero(&[(Size, "auto"), (Measured, "800"), (Drafts, "1"), (DraftQuality, "low")]);
    assert_eq!((one.total, one.final_stage().unwrap().total.is_some()), (None, true));
    assert!(codes(&one).contains(&"size-auto"));
    let (least, most) = one.bracket.map(|bracket| (bracket.least, bracket.most)).unwrap();
    assert!(least < most, "the drafts differ, the finals do not: {least} {most}");
}

#[test]
fn measured_output_replaces_an_official_price_per_image() {
    let mini = [(Model, "gpt-image-1-mini"), (Size, "1024x1024"), (Quality, "low"), (References, "none")];
    let listed = hero(&mini);
    assert_eq!(listed.final_stage().unwrap().meters[0].image_price, Some(dec("0.005")));
    let measured = hero(&[&mini[..], &[(Measured, "300")]].concat());
    assert_eq!(measured.final_stage().unwrap().meters[0].cost, Some(dec("0.1152")), "48 × 300 × $8 per million");
    assert_eq!(beside(&measured), [(Meter::ImageOutput, 300, Some(272))]);
}

#[test]
fn a_returned_size_needs_no_rule_and_counts_by_the_formula() {
    let one = single(&[(Returned, "true"), (Size, "1402x1122"), (Quality, "low"), (Finals, "1"), (Retry, "1")]);
    assert_eq!(tokens(&one, Meter::ImageOutput), Some(dec("186")));
    assert_eq!(codes(&one), Vec::<&str>::new());
    let tiny = single(&[(Returned, "true"), (Size, "1x1"), (Finals, "1")]);
    assert!(tiny.total.is_some() && codes(&tiny) == ["retry-guess"], "{:?}", codes(&tiny));
    let drafts = [(Returned, "true"), (Size, "1402x1122"), (Finals, "1"), (Drafts, "1"), (DraftQuality, "low")];
    assert!(single(&drafts).total.is_some(), "drafts are as large");
}

#[test]
fn with_measured_tokens_edges_need_not_be_multiples_and_all_other_rules_hold() {
    let settings = settings(&[(Measured, "190"), (Size, "1402x1122"), (Finals, "1")]);
    assert!(settings.value(Size).is_some());
    assert_eq!(tokens(&hero(&[(Measured, "190"), (Size, "1402x1122")]), Meter::ImageOutput), Some(dec("190")));
    let sized = |text: &str| {
        let mut one = line("one", &[(Measured, "190"), (Finals, "1")]);
        let size = retake::cost::budget::SizeChoice::Exact(px(text));
        one.settings.put(Size, Some(Setting::Value(Value::Size(size))));
        computed(&budget(vec![one])).lines.remove(0)
    };
    for text in ["1x1", "5002x5002", "4000x101"] {
        let one = sized(text);
        assert_eq!((one.total, codes(&one).contains(&"size-illegal")), (None, true), "{text}");
    }
    let drafts = line("one", &[(Measured, "190"), (Finals, "1"), (Drafts, "1")]);
    let own = retake::cost::budget::SizeChoice::Exact(px("1402x1122"));
    let drafts = retake::cost::Line { settings: drafts.settings.with(DraftSize, Value::Size(own)), ..drafts };
    let drafts = computed(&budget(vec![drafts])).lines.remove(0);
    assert!(codes(&drafts).contains(&"size-illegal"), "drafts of their own size are asked for by it");
}

#[test]
fn inherited_reference_tokens_count_where_references_are_sent() {
    let all = "output=6204, reference=1100, model=gpt-image-2, size=1024x1280, quality=high";
    let shape = [(Size, "1024x1280"), (Quality, "high"), (Finals, "1")];
    let lines = vec![line("none", &shape), line("sent", &[&shape[..], &[(References, "512x512")]].concat())];
    let estimate = computed(&Budget { assumptions: settings(&[(Measured, all)]), ..budget(lines) });
    let input = |at: usize| tokens(&estimate.lines[at], Meter::ImageInput);
    assert_eq!((input(0), input(1)), (Some(dec("0")), Some(dec("1100"))));
    let own = single(&[&shape[..], &[(Measured, "output=6204, reference=1100")]].concat());
    assert_eq!(tokens(&own, Meter::ImageInput), Some(dec("1100")), "a deliverable's own always");
}

#[test]
fn the_calculation_shows_both_figures_and_the_source() {
    let one = hero(&[(Measured, "output=6204, reference=1100, source=usage of 3 calls")]);
    let steps = of_line(&one, &Budget::default(), catalog());
    let told: Vec<_> = steps.iter().map(retake::words::step).collect();
    let of = |text: &str| told.iter().find(|step| step.numbers.contains(text)).unwrap_or_else(|| panic!("{told:?}"));
    assert_eq!(of("measured 6,204, formula 6,119").source.as_deref(), Some("usage of 3 calls"));
    assert!(of("measured 1,100, formula 1,024").formula.contains("as measured"));
    assert!(!steps.iter().any(|step| matches!(step, Step::GridTokens { .. } | Step::ReferenceTokens { .. })));
    let drafts = hero(&[(Measured, "6204"), (Drafts, "2"), (DraftQuality, "low")]);
    let steps = of_line(&drafts, &Budget::default(), catalog());
    assert!(steps.iter().any(|step| matches!(step, Step::GridTokens { .. })), "the drafts keep the formula");
}

#[test]
fn the_curve_of_quality_is_flat_where_tokens_name_none() {
    let totals = |measured: &str| {
        let written = line("one", &[(Finals, "3"), (Quality, "high"), (Measured, measured)]);
        let budget = budget(vec![written.clone()]);
        let now = computed(&budget).lines.remove(0);
        let curve = curve(Quality, &written, &now, &budget, catalog(), 3).unwrap();
        curve.points.into_iter().map(|point| point.total.unwrap()).collect::<Vec<_>>()
    };
    let open = totals("800");
    assert!(open.iter().all(|total| *total == open[0]), "{open:?}");
    let named = totals("output=800, quality=high");
    assert!(named[0] < named[1] && named[2] == open[2], "{named:?}");
}

fn as_typed(text: &str, line: &Deliverable) -> Value {
    retake::cost::budget::knob_text::read(Measured, text, line, catalog()).unwrap()
}

#[test]
fn a_bare_number_keeps_what_counts_beside_it_but_the_source() {
    let one = hero(&[(Measured, "output=6204, reference=1100, quality=high, source=usage of 3 calls")]);
    let Value::Measured(next) = as_typed("7,000", &one.deliverable) else { panic!() };
    assert_eq!(write(&next), "output=7000, reference=1100, quality=high");
    let differs = hero(&[(Measured, "output=6204, reference=1100, quality=low")]);
    let Value::Measured(next) = as_typed("7000", &differs.deliverable) else { panic!() };
    assert_eq!(write(&next), "output=7000", "what does not count is not measured here");
    let Value::Measured(next) = as_typed("Output = 6,119 ; size=1024x1280 source=a, b=c", &one.deliverable) else {
        panic!()
    };
    assert_eq!(write(&next), "output=6119, size=1024x1280, source=a, b=c");
}

#[test]
fn in_assumptions_what_was_measured_is_named_after_what_is_in_force() {
    let line = Budget::default().resolve(None, catalog()).unwrap();
    let named = Tokens { output: Some(5), ..Tokens::default() }.named_after(&line);
    assert_eq!(write(&named), "output=5, model=gpt-image-2, size=1024x1024, quality=medium");
}

#[test]
fn an_edit_of_tokens_is_reversed_and_computed_again() {
    let mut budget = budget(vec![line("one", HERO)]);
    let before = computed(&budget);
    let after = settings(&[(Measured, "6204")]).get(Measured).cloned();
    let edit = Edit::Knob { scope: Scope::Line(0), knob: Measured, before: None, after };
    edit.apply(&mut budget);
    assert_eq!(computed(&budget).lines[0].total, parse_decimal("9.371616").ok());
    edit.reversed().apply(&mut budget);
    assert_eq!(computed(&budget).totals, before.totals);
}
