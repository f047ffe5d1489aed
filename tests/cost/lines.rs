//! Whole lines: each part of the bill, to the last digit.

use crate::support::{budget, codes, computed, counted, dec, line, project_codes, px, single, whole};
use retake::cost::Knob::{
    Buffer, CachedInput, DraftQuality, DraftSize, Drafts, Finals, ImagesPerCall, Model, PartialImages, Pick,
    PromptTokens, Quality, Ratio, References, Retry, ServiceTier, Size,
};
use retake::cost::Value;
use retake::cost::base::money::Decimal;
use retake::cost::budget::SizeChoice;
use retake::cost::estimate::line::{LineEstimate, StageKind};
use retake::cost::rates::rate_card::Meter;

const PDP: &[(retake::cost::Knob, &str)] = &[
    (Ratio, "4:5"),
    (Size, "1024x1280"),
    (Quality, "high"),
    (Finals, "24"),
    (Retry, "2.0"),
    (References, "1024x1024"),
    (PromptTokens, "180"),
];

fn with(more: &[(retake::cost::Knob, &'static str)]) -> LineEstimate {
    let typed = PDP.iter().filter(|(knob, _)| more.iter().all(|(other, _)| other != knob)).chain(more).copied();
    let mut typed: Vec<_> = typed.collect();
    typed.sort_by_key(|(knob, _)| *knob != Model);
    single(&typed)
}

fn meter(line: &LineEstimate, stage: usize, meter: Meter) -> (Option<Decimal>, Option<Decimal>) {
    let found = line.stages[stage].meters.iter().find(|part| part.meter == meter).unwrap();
    (found.tokens, found.cost)
}

fn tokens_and_cost(tokens: &str, cost: &str) -> (Option<Decimal>, Option<Decimal>) {
    (Some(dec(tokens)), Some(dec(cost)))
}

#[test]
fn the_documented_example_holds_in_every_figure() {
    let estimate = computed(&budget(vec![line("pdp-hero", PDP)]));
    let one = &estimate.lines[0];
    assert_eq!(one.stages.len(), 1);
    let stage = &one.stages[0];
    assert_eq!((stage.kind, counted(one, 0)), (StageKind::Final, whole(48, 48)));
    assert_eq!(meter(one, 0, Meter::ImageOutput), tokens_and_cost("6119", "8.81136"));
    assert_eq!(meter(one, 0, Meter::ImageInput), tokens_and_cost("1024", "0.393216"));
    assert_eq!(meter(one, 0, Meter::ImageInputCached), tokens_and_cost("0", "0"));
    assert_eq!(meter(one, 0, Meter::TextInput), tokens_and_cost("186", "0.04464"));
    assert_eq!(meter(one, 0, Meter::TextInputCached), tokens_and_cost("0", "0"));
    assert_eq!(stage.each, Some(dec("0.192692")));
    assert_eq!(stage.total, Some(dec("9.249216")));
    assert_eq!(
        (one.subtotal, one.buffer, one.total),
        (Some(dec("9.249216")), Some(dec("1.8498432")), Some(dec("11.0990592")))
    );
    let totals = &estimate.totals;
    assert_eq!((totals.finals, totals.images), (24, Some(dec("48"))));
    assert_eq!((totals.subtotal, totals.buffer), (Some(dec("9.249216")), Some(dec("1.8498432"))));
    assert_eq!(totals.total, Some(dec("11.0990592")));
    assert_eq!(totals.per_final, Some(dec("0.4624608")));
    assert_eq!(estimate.all_issues().count(), 0, "{:?}", estimate.all_issues().collect::<Vec<_>>());
}

#[test]
fn batch_has_its_own_rates() {
    let one = with(&[(ServiceTier, "batch")]);
    assert_eq!(one.subtotal, Some(dec("4.624608")), "half of each published rate");
    let one = with(&[(ServiceTier, "batch"), (CachedInput, "100%")]);
    // 48 × (6119 × 15 + 1024 × 1 + 186 × 0.625) / 1,000,000
    assert_eq!(one.subtotal, Some(dec("4.460412")));
}

#[test]
fn batch_that_is_not_offered_is_said_and_has_no_price() {
    let one = with(&[(Model, "gpt-image-2.6-flare"), (ServiceTier, "batch"), (References, "none")]);
    assert_eq!((one.total, one.known_subtotal), (None, Decimal::ZERO));
    assert_eq!(codes(&one), ["tokens-approximate", "batch-not-offered"]);
}

#[test]
fn a_measured_count_is_exact_and_the_formula_of_another_family_approximate() {
    let of = |ratio, size| with(&[(Model, "gpt-image-2.6-flare"), (References, "none"), (Ratio, ratio), (Size, size)]);
    // 48 × (1353 × 30 + 186 × 5) / 1,000,000, and 1372 in place of 1353.
    let (measured, guessed) = (of("3:2", "1536x1024"), of("2:3", "1024x1536"));
    assert_eq!((measured.subtotal, guessed.subtotal), (Some(dec("1.99296")), Some(dec("2.02032"))));
    assert_eq!((measured.is_approximate(), guessed.is_approximate()), (false, true));
    assert!(codes(&measured).is_empty() && codes(&guessed) == ["tokens-approximate"], "{:?}", codes(&guessed));
}

#[test]
fn a_cached_share_splits_the_inputs_exactly() {
    let one = with(&[(CachedInput, "33.3%")]);
    assert_eq!(meter(&one, 0, Meter::ImageInput), tokens_and_cost("683.008", "0.262275072"));
    assert_eq!(meter(&one, 0, Meter::ImageInputCached), tokens_and_cost("340.992", "0.032735232"));
    assert_eq!(meter(&one, 0, Meter::TextInput), tokens_and_cost("124.062", "0.02977488"));
    assert_eq!(meter(&one, 0, Meter::TextInputCached), tokens_and_cost("61.938", "0.00371628"));
    assert_eq!(meter(&one, 0, Meter::ImageOutput), tokens_and_cost("6119", "8.81136"), "output is never cached");
    let all = with(&[(CachedInput, "100%")]);
    assert_eq!(meter(&all, 0, Meter::ImageInput), tokens_and_cost("0", "0"));
    assert_eq!(meter(&all, 0, Meter::ImageInputCached), tokens_and_cost("1024", "0.098304"));
}

#[test]
fn partial_pictures_add_output_tokens() {
    let one = with(&[(PartialImages, "3")]);
    assert_eq!(meter(&one, 0, Meter::ImageOutput), tokens_and_cost("6419", "9.24336"));
}

#[test]
fn references_add_up_and_none_cost_nothing() {
    let one = with(&[(References, "1024x1024, 341x512, 3840x2160")]);
    assert_eq!(meter(&one, 0, Meter::ImageInput).0, Some(dec("3236")), "1024 + 704 + 1508");
    let none = with(&[(References, "none")]);
    assert_eq!(meter(&none, 0, Meter::ImageInput), tokens_and_cost("0", "0"));
}

#[test]
fn inputs_are_billed_for_each_picture_of_a_call() {
    let one = with(&[(ImagesPerCall, "4"), (Pick, "many")]);
    assert_eq!(counted(&one, 0), whole(48, 12));
    assert_eq!(one.subtotal, Some(dec("9.249216")), "a batch of pictures saves no money by itself");
    let spare = with(&[(ImagesPerCall, "4"), (Retry, "3")]);
    // 24 · 81/65 calls of four.
    assert_eq!(counted(&spare, 0), Some((dec("119.630769230769230769"), dec("29.907692307692307692"))));
    assert!(codes(&spare).contains(&"spare-pictures"));
}

#[test]
fn drafts_take_everything_but_their_quality_from_the_line() {
    let one = with(&[(Drafts, "6"), (DraftQuality, "low"), (ImagesPerCall, "2"), (Pick, "many"), (CachedInput, "50%")]);
    let (drafts, finals) = (&one.stages[0], &one.stages[1]);
    assert_eq!((drafts.kind, finals.kind), (StageKind::Explore, StageKind::Final));
    assert_eq!(counted(&one, 0), whole(144, 144), "one image a call");
    assert_eq!(counted(&one, 1), whole(48, 24));
    assert_eq!((drafts.size, drafts.quality.map(|q| q.name())), (Some(px("1024x1280")), Some("low")));
    // 1024x1280 low: B 16, u 13 (12.8), ⌈16 · 13 · 3,310,720 / 4,000,000⌉ = 173
    assert_eq!(meter(&one, 0, Meter::ImageOutput), tokens_and_cost("173", "0.74736"));
    assert_eq!(meter(&one, 0, Meter::ImageInputCached).0, meter(&one, 1, Meter::ImageInputCached).0);
    assert_eq!(one.images(), Some(dec("192")));
    let sum = drafts.total.unwrap() + finals.total.unwrap();
    assert_eq!(one.subtotal, Some(sum));
    let small = with(&[(Drafts, "6"), (DraftSize, "960x720")]);
    assert_eq!((small.stages[0].size, small.stages[1].size), (Some(px("960x720")), Some(px("1024x1280"))));
    assert_eq!(meter(&small, 0, Meter::ImageOutput).0, Some(dec("130")));
}

#[test]
fn without_finals_there_is_nothing_to_pay_and_no_price_for_each() {
    let estimate = computed(&budget(vec![line("one", &[(Model, "gpt-image-2.6-flare"), (Quality, "low")])]));
    assert_eq!(estimate.totals.total, Some(Decimal::ZERO), "nothing of something unknown costs nothing");
    assert_eq!(estimate.totals.per_final, None);
    let nothing = computed(&budget(Vec::new()));
    assert_eq!((nothing.totals.total, nothing.totals.images), (Some(Decimal::ZERO), Some(Decimal::ZERO)));
}

#[test]
fn buffers_from_nothing_to_ten_times() {
    for (typed, buffer) in [("0%", "0"), ("12.5%", "1.156152"), ("1000%", "92.49216")] {
        assert_eq!(with(&[(Buffer, typed)]).buffer, Some(dec(buffer)), "{typed}");
    }
}

fn retired(model: &'static str, size: &'static str, quality: &'static str) -> LineEstimate {
    let typed = [(Model, model), (Size, size), (Quality, quality), (Finals, "10"), (Retry, "1")];
    single(&typed)
}

#[test]
fn mini_takes_the_official_price_of_the_picture() {
    let one = retired("gpt-image-1-mini", "1024x1024", "high");
    let output = one.stages[0].meters[0];
    assert_eq!((output.image_price, output.cost), (Some(dec("0.036")), Some(dec("0.36"))), "not 4160 × $8 per 1M");
    // 6 prompt tokens of overhead at $2.00
    assert_eq!(one.subtotal, Some(dec("0.36012")));
    let batch = single(&[
        (Model, "gpt-image-1-mini"),
        (Quality, "high"),
        (Size, "1024x1024"),
        (ServiceTier, "batch"),
        (Finals, "10"),
        (Retry, "1"),
    ]);
    assert_eq!(batch.stages[0].meters[0].image_price, None, "published for standard service only");
    assert_eq!(batch.stages[0].meters[0].cost, Some(dec("0.1664")), "4160 × $4 per 1M × 10");
}

#[test]
fn older_models_count_from_their_tables() {
    let one = retired("gpt-image-1.5", "1536x1024", "medium");
    assert_eq!(one.stages[0].meters[0].cost, Some(dec("0.50176")), "1568 × $32 per 1M × 10");
    let one = retired("gpt-image-1", "1024x1536", "low");
    assert_eq!(one.stages[0].meters[0].cost, Some(dec("0.1632")), "408 × $40 per 1M × 10");
}

#[test]
fn dall_e_is_billed_by_the_picture_alone() {
    let one = retired("dall-e-3", "1024x1792", "hd");
    assert_eq!(one.stages[0].meters.len(), 1);
    assert_eq!(one.subtotal, Some(dec("1.2")));
    assert_eq!(retired("dall-e-2", "256x256", "standard").subtotal, Some(dec("0.16")));
    let batch = single(&[
        (Model, "dall-e-3"),
        (Size, "1024x1024"),
        (Quality, "hd"),
        (ServiceTier, "batch"),
        (Finals, "1"),
        (Retry, "1"),
    ]);
    assert_eq!((batch.total, codes(&batch)), (None, vec!["rate-unknown"]));
}

#[test]
fn unpublished_counts_are_unknown_and_never_nothing() {
    for (model, quality) in
        [("chatgpt-image-latest", "high"), ("gpt-image-2.6-flare", "low"), ("gpt-image-2.6-sunburst", "medium")]
    {
        let one = retired(model, "1024x1024", quality);
        assert_eq!((one.total, one.subtotal, one.buffer), (None, None, None), "{model}");
        assert!(codes(&one).contains(&"tokens-unknown"), "{model}: {:?}", codes(&one));
        // The prompt's part is known: 6 tokens at $5.00, ten times.
        assert_eq!(one.known_subtotal, dec("0.0003"), "{model}");
    }
    let referenced = with(&[(Model, "gpt-image-2.6-flare")]);
    assert_eq!((referenced.total, codes(&referenced)), (None, vec!["tokens-approximate", "reference-tokens-unknown"]));
}

#[test]
fn a_total_that_is_known_in_part_says_so() {
    let unknown = line("b", &[(Model, "gpt-image-2.6-flare"), (Quality, "low"), (Finals, "10"), (Retry, "1")]);
    let estimate = computed(&budget(vec![line("a", PDP), unknown, line("c", PDP)]));
    let totals = &estimate.totals;
    assert_eq!((totals.total, totals.subtotal, totals.buffer, totals.per_final), (None, None, None, None));
    assert_eq!(totals.known_subtotal, dec("18.498732"), "2 × 9.249216 + 0.0003");
    assert_eq!((totals.lines_unknown, totals.images), (1, Some(dec("106"))));
    assert_eq!(project_codes(&estimate), ["total-unknown"]);
}

/// The lowest and the highest total of a line that is left to the model.
fn ends(line: &LineEstimate) -> (Decimal, Decimal) {
    let bracket = line.bracket.unwrap();
    (bracket.least, bracket.most)
}

#[test]
fn what_the_model_chooses_is_priced_as_a_bracket() {
    let one = with(&[(Quality, "auto")]);
    assert_eq!(one.total, None);
    assert_eq!(codes(&one), ["quality-auto"]);
    let total = |quality| with(&[(Quality, quality)]).total.unwrap();
    assert_eq!(ends(&one), (total("low"), total("high")));

    let one = with(&[(Size, "auto")]);
    assert_eq!(codes(&one), ["size-auto"]);
    let (cheapest, dearest) = ends(&one);
    let model = crate::support::catalog().model("gpt-image-2").unwrap();
    let counts = model
        .sizes
        .legal_sizes()
        .filter_map(|size| model.output.count(size, retake::cost::base::tokens::Quality::High));
    let (least, most) = counts.fold((u64::MAX, 0), |(least, most), n| (least.min(n), most.max(n)));
    let with_tokens = |tokens: u64| {
        let inputs = dec("0.393216") + dec("0.04464");
        (dec("0.00144") * Decimal::from(tokens) + inputs) * dec("1.2")
    };
    assert_eq!((cheapest, dearest), (with_tokens(least), with_tokens(most)));

    let both = with(&[(Size, "auto"), (Quality, "auto")]);
    assert!(ends(&both).0 < cheapest && ends(&both).1 == dearest);
    assert_eq!(with(&[]).bracket, None);
}

#[test]
fn a_size_that_the_model_refuses_has_no_price() {
    let mut illegal = line("one", PDP);
    illegal.settings = illegal.settings.with(Size, Value::Size(SizeChoice::Exact(px("1000x1000"))));
    let estimate = computed(&budget(vec![illegal]));
    assert_eq!(estimate.totals.total, None);
    assert!(codes(&estimate.lines[0]).contains(&"size-illegal"));
}

#[test]
fn a_ratio_that_an_older_model_does_not_draw_is_refused() {
    for ratio in ["4:5", "1.91:1", "21:9"] {
        let mut older = line("one", &[(Ratio, ratio), (Finals, "1")]);
        older.settings = older.settings.with(Model, Value::Word("gpt-image-1.5".to_owned()));
        let estimate = computed(&budget(vec![older]));
        assert_eq!(codes(&estimate.lines[0]), ["size-illegal"], "{ratio}");
        assert_eq!(estimate.totals.total, None);
    }
}
