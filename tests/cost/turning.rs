//! Knob values: which texts are accepted, that a formatted value parses again, and steps.

use crate::support::{budget, catalog, computed, dec, line, px, settings};
use proptest::prelude::*;
use retake::cost::base::money::Currency;
use retake::cost::base::retry::{Confidence, Pick, Retry};
use retake::cost::base::size::{Ratio, Tier};
use retake::cost::base::tokens::Quality;
use retake::cost::budget::knob::{Pane, Row, Scope, TABLE, Unit};
use retake::cost::budget::knob_text::{read, step, write};
use retake::cost::budget::{Cap, Measured, QualityChoice, SizeChoice};
use retake::cost::rates::rate_card::ServiceTier;
use retake::cost::{Budget, Decimal, Deliverable, Knob, Settings, Value};

fn as_it_stands(typed: &[(Knob, &str)]) -> Deliverable {
    let budget = budget(vec![line("one", typed)]);
    budget.resolve(budget.lines.first().map(|line| &**line), catalog()).unwrap()
}

fn typed(knob: Knob, text: &str) -> Value {
    read(knob, text, &as_it_stands(&[]), catalog()).unwrap_or_else(|why| panic!("{knob:?} {text:?}: {why:?}"))
}

fn retry(text: &str) -> Value {
    Value::Retry(Retry::plain(dec(text)))
}

fn accepted(percent: &str) -> Value {
    Value::Retry(Retry::Accepted { percent: dec(percent), confidence: None })
}

fn cap(amount: &str, currency: Option<&str>) -> Value {
    Value::Cap(Cap { amount: dec(amount), currency: currency.map(|code| Currency::parse(code).unwrap()) })
}

#[test]
fn people_type_shapes_sizes_and_words_like_this() {
    let exact = |text| Value::Size(SizeChoice::Exact(px(text)));
    let forms = [
        (Knob::Ratio, "4:5", Value::Ratio(Ratio { w: 4, h: 5 })),
        (Knob::Ratio, " 16/9 ", Value::Ratio(Ratio { w: 16, h: 9 })),
        (Knob::Ratio, "1.91:1", Value::Ratio(Ratio { w: 191, h: 100 })),
        (Knob::Size, "2k", Value::Size(SizeChoice::Tier(Tier::K2))),
        (Knob::Size, "4K", Value::Size(SizeChoice::Tier(Tier::K4))),
        (Knob::Size, "1024x1280", exact("1024x1280")),
        (Knob::Size, "1024 × 1280", exact("1024x1280")),
        (Knob::Size, "AUTO", Value::Size(SizeChoice::Auto)),
        (Knob::DraftSize, "1k", Value::Size(SizeChoice::Tier(Tier::K1))),
        (Knob::Quality, "High", Value::Quality(QualityChoice::Exact(Quality::High))),
        (Knob::Quality, "auto", Value::Quality(QualityChoice::Auto)),
        (Knob::DraftQuality, "low", Value::Quality(QualityChoice::Exact(Quality::Low))),
        (Knob::Model, "gpt-image-2", Value::Word("gpt-image-2".to_owned())),
        (Knob::Model, "gpt-image-2-2026-04-21", Value::Word("gpt-image-2-2026-04-21".to_owned())),
        (Knob::Preset, "paid-social", Value::Word("paid-social".to_owned())),
        (Knob::ServiceTier, "Batch", Value::Service(ServiceTier::Batch)),
        (Knob::Pick, "many", Value::Pick(Pick::Many)),
        (
            Knob::References,
            "1024x1024, 512x512+256x256",
            Value::Sizes(vec![px("1024x1024"), px("512x512"), px("256x256")]),
        ),
        (Knob::References, "none", Value::Sizes(Vec::new())),
    ];
    for (knob, text, expected) in forms {
        assert_eq!(typed(knob, text), expected, "{knob:?} {text:?}");
    }
}

#[test]
fn people_type_numbers_like_this() {
    let forms = [
        (Knob::Buffer, "15%", Value::Percent(dec("15"))),
        (Knob::Buffer, "12.5 %", Value::Percent(dec("12.5"))),
        (Knob::Buffer, "15", Value::Percent(dec("15"))),
        (Knob::CachedInput, "100%", Value::Percent(dec("100"))),
        (Knob::Retry, "1.6x", retry("1.6")),
        (Knob::Retry, "1.6×", retry("1.6")),
        (Knob::Retry, "2", retry("2")),
        (Knob::Retry, "40% ok", accepted("40")),
        (Knob::Retry, "40 % accepted", accepted("40")),
        (Knob::Retry, "62.5%", accepted("62.5")),
        (Knob::Retry, "20/60", Value::Retry(Retry::Kept { kept: 20, made: 60 })),
        (Knob::Retry, "3/7", Value::Retry(Retry::Kept { kept: 3, made: 7 })),
        (Knob::Retry, "1.5/2/3", Value::Retry(Retry::Range { low: dec("1.5"), likely: dec("2"), high: dec("3") })),
        (Knob::Retry, "1.5 – 2 – 3", Value::Retry(Retry::Range { low: dec("1.5"), likely: dec("2"), high: dec("3") })),
        (Knob::Retry, "1.5 2 3x", Value::Retry(Retry::Range { low: dec("1.5"), likely: dec("2"), high: dec("3") })),
        (Knob::Retry, "product-edit", Value::Retry(Retry::Profile("product-edit".to_owned()))),
        (Knob::Finals, "24", Value::Count(24)),
        (Knob::Finals, "1,000", Value::Count(1000)),
        (Knob::Finals, "1_000", Value::Count(1000)),
        (Knob::Finals, "1e3", Value::Count(1000)),
        (Knob::Finals, "24.0", Value::Count(24)),
        (Knob::Finals, "10,000,000", Value::Count(10_000_000)),
        (Knob::PromptTokens, "0", Value::Count(0)),
        (Knob::ImagesPerCall, "10", Value::Count(10)),
        (Knob::Cap, "$500", cap("500", Some("USD"))),
        (Knob::Cap, "500", cap("500", None)),
        (Knob::Cap, "25 USD", cap("25", Some("USD"))),
        (Knob::Cap, "¥2,500", cap("2500", Some("JPY"))),
        (Knob::Cap, "€ 1,234.50", cap("1234.5", Some("EUR"))),
        (Knob::Cap, "$25 usd", cap("25", Some("USD"))),
    ];
    for (knob, text, expected) in forms {
        assert_eq!(typed(knob, text), expected, "{knob:?} {text:?}");
    }
}

fn decimal(max: i64, scale: u32) -> impl Strategy<Value = Decimal> {
    (0..=max * 10_i64.pow(scale)).prop_map(move |mantissa| Decimal::new(mantissa, scale))
}

fn any_retry() -> impl Strategy<Value = Retry> {
    let factor = || decimal(999, 3).prop_map(|part| part + Decimal::ONE);
    prop_oneof![
        factor().prop_map(Retry::plain),
        (1_i64..=1000).prop_map(|tenths| Retry::Accepted { percent: Decimal::new(tenths, 1), confidence: None }),
        [factor(), factor(), factor()].prop_map(|mut ends| {
            ends.sort();
            let [low, likely, high] = ends;
            Retry::Range { low, likely, high }
        }),
        prop::sample::select(catalog().profiles.keys().cloned().collect::<Vec<_>>()).prop_map(Retry::Profile),
    ]
}

fn any_measured() -> impl Strategy<Value = Measured> {
    let size = prop_oneof![
        (1_u32..=4000, 1_u32..=4000).prop_map(|(w, h)| SizeChoice::Exact(px(&format!("{w}x{h}")))),
        Just(SizeChoice::Auto),
    ];
    let quality = prop::sample::select(vec![QualityChoice::Auto, QualityChoice::Exact(Quality::Xhigh)]);
    let model = prop::sample::select(catalog().models.iter().map(|model| model.id.clone()).collect::<Vec<_>>());
    let (size, quality, model) = (prop::option::of(size), prop::option::of(quality), prop::option::of(model));
    let source = prop::option::of("[a-z](\\PC{0,12}[a-z=,;])?");
    (1_u64..=10_000_000, prop::option::of(0_u64..=10_000_000), any::<bool>(), source, size, quality, model).prop_map(
        |(output, reference, without, source, size, quality, model)| {
            let output = Some(output).filter(|_| !without || reference.is_none());
            Measured { output, reference, source, model, size, quality }
        },
    )
}

/// A value that the knob can have on a line of gpt-image-2.
fn value_of(row: &'static Row) -> BoxedStrategy<Value> {
    let (min, max) = row.range;
    match row.knob {
        Knob::Preset => prop::sample::select(catalog().presets.clone()).prop_map(|p| Value::Word(p.name)).boxed(),
        Knob::Model => prop::sample::select(catalog().models.clone()).prop_map(|m| Value::Word(m.id.clone())).boxed(),
        Knob::ServiceTier => {
            prop::sample::select(vec![ServiceTier::Standard, ServiceTier::Batch]).prop_map(Value::Service).boxed()
        }
        Knob::Pick => prop::sample::select(vec![Pick::One, Pick::Many]).prop_map(Value::Pick).boxed(),
        Knob::Ratio => (1_u32..=4000, 1_u32..=4000)
            .prop_map(|(w, h)| Ratio { w, h })
            .prop_filter("longer than the model draws", |ratio| ratio.within(3))
            .prop_map(Value::Ratio)
            .boxed(),
        Knob::Size | Knob::DraftSize => {
            let legal: Vec<_> = catalog().model("gpt-image-2").unwrap().sizes.legal_sizes().collect();
            let exact = prop::sample::select(legal).prop_map(SizeChoice::Exact);
            let tier = prop::sample::select(Tier::ALL.to_vec()).prop_map(SizeChoice::Tier);
            prop_oneof![4 => exact, 2 => tier, 1 => Just(SizeChoice::Auto)].prop_map(Value::Size).boxed()
        }
        Knob::Quality | Knob::DraftQuality => {
            let known = [Quality::Low, Quality::Medium, Quality::High].map(QualityChoice::Exact);
            let all = known.into_iter().chain([QualityChoice::Auto]).collect::<Vec<_>>();
            prop::sample::select(all).prop_map(Value::Quality).boxed()
        }
        Knob::References => {
            let any = (1_u32..=5000, 1_u32..=5000).prop_map(|(w, h)| px(&format!("{w}x{h}")));
            prop::collection::vec(any, 0..=16).prop_map(Value::Sizes).boxed()
        }
        Knob::Retry => any_retry().prop_map(Value::Retry).boxed(),
        Knob::CachedInput | Knob::Buffer | Knob::Surcharge | Knob::Markup | Knob::Tax => {
            let parts = (min * 10_000)..=(max * 10_000);
            parts.prop_map(|mantissa| Value::Percent(Decimal::new(mantissa, 4))).boxed()
        }
        Knob::Measured => any_measured().prop_map(|measured| Value::Measured(measured.into())).boxed(),
        Knob::Returned => any::<bool>().prop_map(Value::Flag).boxed(),
        Knob::Cap => {
            let currency = prop::option::of(prop::sample::select(vec!["USD", "EUR", "JPY", "KWD", "TWD"]));
            (1_i64..=1_000_000_000, currency)
                .prop_map(|(cents, code)| cap(&Decimal::new(cents, 2).to_string(), code))
                .boxed()
        }
        _ => (min.unsigned_abs()..=max.unsigned_abs()).prop_map(Value::Count).boxed(),
    }
}

fn any_setting() -> impl Strategy<Value = (Knob, Value)> {
    let knobs = TABLE.iter().map(|row| value_of(row).prop_map(move |value| (row.knob, value)).boxed());
    prop::strategy::Union::new(knobs)
}

proptest! {
    #[test]
    fn what_is_written_reads_back_as_the_same_value((knob, value) in any_setting()) {
        let text = write(&value);
        prop_assert_eq!(read(knob, &text, &as_it_stands(&[]), catalog()), Ok(value), "{:?} {}", knob, text);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,12}", number in "[-+]?[0-9,._eE%x×/:$ ]{0,14}") {
        let line = as_it_stands(&[]);
        for row in &TABLE {
            for text in [&text, &number] {
                if let Ok(value) = read(row.knob, text, &line, catalog()) {
                    prop_assert_eq!(read(row.knob, &write(&value), &line, catalog()), Ok(value));
                }
            }
        }
    }

    #[test]
    fn a_step_stays_within_the_range_and_reads_back((knob, value) in any_setting(), steps in prop_oneof![-12_i32..=12, any::<i32>()]) {
        let line = with_value(knob, &value);
        let cap = if let Value::Cap(cap) = &value { Some(*cap) } else { None };
        if let Some(next) = step(knob, &line, cap, catalog(), steps) {
            prop_assert_eq!(read(knob, &write(&next), &line, catalog()), Ok(next), "{:?} by {}", knob, steps);
        }
    }

    #[test]
    fn a_step_back_undoes_a_step((knob, value) in any_setting(), up in any::<bool>()) {
        let one = if up { 1 } else { -1 };
        let (line, row) = (with_value(knob, &value), knob.row());
        let cap = if let Value::Cap(cap) = &value { Some(*cap) } else { None };
        let Some(next) = step(knob, &line, cap, catalog(), one) else { return Ok(()) };
        let next_cap = if let Value::Cap(cap) = &next { Some(*cap) } else { None };
        let back = step(knob, &with_value(knob, &next), next_cap, catalog(), -one);
        if let (Some(before), Some(there)) = (number(&value, &line), number(&next, &line)) {
            let full = Decimal::new(i64::from(row.step_hundredths), 2);
            // Limited by the range, a step is shorter, and the way back is longer.
            if (there - before).abs() == full {
                prop_assert_eq!(back.and_then(|back| number(&back, &line)), Some(before), "{:?} {:?}", knob, value);
            }
        }
    }
}

fn with_value(knob: Knob, value: &Value) -> Deliverable {
    let mut typed = Settings::default().with(knob, value.clone());
    if matches!(knob, Knob::DraftQuality | Knob::DraftSize) {
        typed = typed.with(Knob::Drafts, Value::Count(2));
    }
    Budget { assumptions: typed, ..Budget::default() }.resolve(None, catalog()).unwrap()
}

/// A number that steps change by the row's step; `None` for words and lists, and for factors that are not decimals.
fn number(value: &Value, line: &Deliverable) -> Option<Decimal> {
    match value {
        Value::Count(count) => Some(Decimal::from(*count)),
        Value::Percent(percent) => Some(*percent),
        Value::Retry(Retry::Factor { factor, .. }) => Some(*factor),
        Value::Retry(_) => line.factor.map(|factor| factor.to_decimal()).filter(|factor| factor.scale() <= 6),
        Value::Cap(cap) => Some(cap.amount),
        _ => None,
    }
}

fn stepped(knob: Knob, from: &[(Knob, &str)], steps: i32) -> Option<String> {
    step(knob, &as_it_stands(from), None, catalog(), steps).map(|value| write(&value))
}

/// A knob, the line's settings, the number of steps, and the expected value.
type StepCase = (Knob, &'static [(Knob, &'static str)], i32, Option<&'static str>);

#[test]
fn steps_go_where_a_person_expects() {
    let cases: [StepCase; 35] = [
        (Knob::Finals, &[(Knob::Finals, "24")], 1, Some("25")),
        (Knob::Finals, &[(Knob::Finals, "24")], -10, Some("14")),
        (Knob::Finals, &[], -1, Some("0")),
        (Knob::Finals, &[(Knob::Finals, "10,000,000")], 1, Some("10000000")),
        (Knob::Repeat, &[], 1, Some("2")),
        (Knob::Retry, &[(Knob::Retry, "2")], 1, Some("2.1")),
        (Knob::Retry, &[(Knob::Retry, "1.05")], -1, Some("1")),
        (Knob::Retry, &[(Knob::Retry, "1.5/2/3")], 1, Some("2.25")),
        (Knob::Retry, &[(Knob::Retry, "60%")], 1, Some("1.77")),
        (Knob::Retry, &[(Knob::Retry, "1000")], 5, Some("1000")),
        (Knob::Buffer, &[], 1, Some("21%")),
        (Knob::Buffer, &[(Knob::Buffer, "0%")], -1, Some("0%")),
        (Knob::CachedInput, &[], 3, Some("15%")),
        (Knob::PromptTokens, &[(Knob::PromptTokens, "180")], -1, Some("170")),
        (Knob::PartialImages, &[], 9, Some("3")),
        (Knob::ImagesPerCall, &[], -1, Some("1")),
        (Knob::Measured, &[], 1, None),
        (Knob::Measured, &[(Knob::Measured, "output=6119, size=auto")], 1, Some("output=6129, size=auto")),
        (Knob::Measured, &[(Knob::Measured, "5")], -1, Some("output=1")),
        (Knob::Returned, &[], 1, Some("true")),
        (Knob::Quality, &[(Knob::Quality, "high")], -1, Some("medium")),
        (Knob::Quality, &[(Knob::Quality, "high")], 1, Some("high")),
        (Knob::Quality, &[(Knob::Model, "gpt-image-2.5-flare"), (Knob::Quality, "high")], 1, Some("xhigh")),
        (Knob::Quality, &[(Knob::Quality, "auto")], 1, Some("low")),
        (Knob::Size, &[], 1, Some("2k")),
        (Knob::Size, &[(Knob::Size, "4k")], 1, Some("4k")),
        (Knob::Size, &[(Knob::Size, "1280x1280")], 1, Some("2k")),
        (Knob::Size, &[(Knob::Size, "1280x1280")], -1, Some("1k")),
        (Knob::Size, &[(Knob::Size, "816x816")], -1, None),
        (Knob::Size, &[(Knob::Size, "auto")], 1, Some("1k")),
        (Knob::Ratio, &[], 1, Some("5:4")),
        (Knob::Ratio, &[(Knob::Ratio, "21:9")], 3, Some("21:9")),
        (Knob::References, &[(Knob::References, "512x512")], 1, Some("512x512, 512x512")),
        (Knob::References, &[(Knob::References, "512x512")], -5, Some("none")),
        (Knob::DraftQuality, &[], 1, None),
    ];
    for (knob, from, steps, expected) in cases {
        assert_eq!(stepped(knob, from, steps).as_deref(), expected, "{knob:?} from {from:?} by {steps}");
    }
    for row in &TABLE {
        assert_eq!(stepped(row.knob, &[], 0), None, "{:?}: no step is no change", row.knob);
    }
}

#[test]
fn words_step_along_their_lists_and_back() {
    assert_eq!(stepped(Knob::ServiceTier, &[], 1).as_deref(), Some("batch"));
    assert_eq!(stepped(Knob::Pick, &[], 1).as_deref(), Some("many"));
    assert_eq!(stepped(Knob::Preset, &[], 1).as_deref(), Some("ecommerce-pdp"), "the first, where none is chosen");
    assert_eq!(stepped(Knob::Model, &[], 1).as_deref(), Some("gpt-image-2.5-flare"));
    // From a retired model, a step offers only available models and the model itself.
    let older = stepped(Knob::Model, &[(Knob::Model, "gpt-image-1.5")], -1);
    assert_eq!(older.as_deref(), Some("gpt-image-2.6-sunburst"));
    assert_eq!(stepped(Knob::Model, &[], 20).as_deref(), Some("gpt-image-2.6-sunburst"));
}

#[test]
fn an_older_model_steps_among_its_own_sizes() {
    let older = [(Knob::Model, "gpt-image-1.5"), (Knob::Size, "1024x1024")];
    assert_eq!(stepped(Knob::Ratio, &older, 1).as_deref(), Some("3:2"));
    assert_eq!(stepped(Knob::Ratio, &older, -1).as_deref(), Some("2:3"));
    assert_eq!(stepped(Knob::Size, &older, 1).as_deref(), Some("1k"), "its only square");
}

#[test]
fn a_step_keeps_what_stands_behind_the_factor() {
    let measured = Retry::Factor { factor: dec("2"), confidence: Some(Confidence::Measured) };
    let next = step(Knob::Retry, &with_value(Knob::Retry, &Value::Retry(measured)), None, catalog(), 1);
    let expected = Retry::Factor { factor: dec("2.1"), confidence: Some(Confidence::Measured) };
    assert_eq!(next, Some(Value::Retry(expected)));
}

#[test]
fn the_cap_steps_by_one_and_not_below_nothing() {
    let line = as_it_stands(&[]);
    let from = |amount, steps| {
        let cap = Cap { amount: dec(amount), currency: Currency::parse("JPY") };
        step(Knob::Cap, &line, Some(cap), catalog(), steps)
    };
    assert_eq!(from("25", 10), Some(cap("35", Some("JPY"))));
    assert_eq!(from("25", -24), Some(cap("1", Some("JPY"))));
    assert_eq!(from("1", -1), None);
    assert_eq!(step(Knob::Cap, &line, None, catalog(), 1), Some(cap("1", None)));
}

#[test]
fn a_typed_value_changes_the_estimate_of_its_line() {
    let before = computed(&budget(vec![line("one", &[(Knob::Finals, "10"), (Knob::Retry, "2")])]));
    let after = computed(&budget(vec![line("one", &[(Knob::Finals, "20"), (Knob::Retry, "2")])]));
    assert_eq!(after.totals.total, before.totals.total.map(|total| total * Decimal::TWO));
}

#[test]
fn the_table_has_every_knob_once_and_names_it_as_files_do() {
    for (index, row) in TABLE.iter().enumerate() {
        assert_eq!((row.knob.row(), Knob::named(row.name)), (row, Some(row.knob)));
        assert!(!TABLE[..index].iter().any(|other| other.knob == row.knob || other.name == row.name));
        let counts = !matches!(row.unit, Unit::Word | Unit::Ratio | Unit::Pixels | Unit::Money);
        assert!(!counts || row.range.0 < row.range.1, "{row:?}");
    }
    assert_eq!(Knob::ALL.iter().filter(|knob| knob.row().knob != **knob).count(), 0, "a knob without a row");
    assert_eq!(Pane::ALL.iter().map(|pane| pane.knobs().count()).sum::<usize>(), TABLE.len());
    assert_eq!(Knob::Drafts.path().collect::<Vec<_>>(), ["explore", "drafts_per_final"]);
    assert_eq!((Knob::named("nothing"), Knob::named("")), (None, None));
    let project: Vec<Knob> = TABLE.iter().filter(|row| row.scope == Scope::Project).map(|row| row.knob).collect();
    assert_eq!(project, [Knob::Cap, Knob::Markup, Knob::Tax]);
    assert!(settings(&[]).is_empty());
}
