//! Texts that must be refused, why, and that each refusal lists the allowed values.

use crate::support::{budget, catalog, dec, line, px};
use retake::cost::base::number_text::{NumberError::NotANumber, NumberError::NotFinite, NumberError::TooManyDigits};
use retake::cost::base::size::BrokenRule;
use retake::cost::budget::knob_text::{Refusal, nearest_word, read};
use retake::cost::{Budget, Decimal, Deliverable, Knob};
use retake::words;

fn fresh() -> Deliverable {
    Budget::default().resolve(None, catalog()).unwrap()
}

fn refused(knob: Knob, text: &str) -> Refusal {
    read(knob, text, &fresh(), catalog()).err().unwrap_or_else(|| panic!("{knob:?} took {text:?}"))
}

/// Short names for the kinds of refusal, so that the table below stays a table.
fn kind(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Number(NotANumber) => "not a number",
        Refusal::Number(NotFinite) => "not finite",
        Refusal::Number(TooManyDigits) => "digits",
        Refusal::NotWhole => "whole",
        Refusal::OutOfRange { .. } => "range",
        Refusal::UnknownWord { .. } => "word",
        Refusal::Form => "form",
        Refusal::IllegalSize { .. } => "illegal",
        Refusal::RatioTooLong { .. } => "long",
        Refusal::RangeOrder => "order",
        Refusal::MoreKeptThanMade => "kept",
        Refusal::TooMany { .. } => "many",
        Refusal::Ambiguous { .. } => "ambiguous",
        Refusal::BareShare { .. } => "share",
    }
}

const REFUSED: &[(Knob, &str, &str)] = &[
    (Knob::Finals, "", "not a number"),
    (Knob::Finals, "   ", "not a number"),
    (Knob::Finals, "nan", "not finite"),
    (Knob::Finals, "NaN", "not finite"),
    (Knob::Finals, "inf", "not finite"),
    (Knob::Finals, "-inf", "not finite"),
    (Knob::Finals, "+Infinity", "not finite"),
    (Knob::Finals, "-0", "range"),
    (Knob::Finals, "-0.0e5", "range"),
    (Knob::Finals, "-1", "range"),
    (Knob::Finals, "1e308", "digits"),
    (Knob::Finals, "1e-400", "digits"),
    (Knob::Finals, "5e-324", "digits"),
    (Knob::Finals, "1e99999999999", "not a number"),
    (Knob::Finals, "10000001", "range"),
    (Knob::Finals, "99999999999999999999999999999", "digits"),
    (Knob::Finals, "1.00000000000000000000000000001", "digits"),
    (Knob::Finals, "24.5", "whole"),
    (Knob::Finals, "1e-2", "whole"),
    (Knob::Finals, "1,5", "not a number"),
    (Knob::Finals, "0,600", "not a number"),
    (Knob::PromptTokens, "1,0e3", "not a number"),
    (Knob::Cap, "0,600", "not a number"),
    (Knob::Finals, "1,00", "not a number"),
    (Knob::Finals, ",100", "not a number"),
    (Knob::Finals, "1000,000", "not a number"),
    (Knob::Finals, "1.000,000", "not a number"),
    (Knob::Finals, "1 000", "not a number"),
    (Knob::Finals, "_1", "not a number"),
    (Knob::Finals, "1_", "not a number"),
    (Knob::Finals, "1__0", "not a number"),
    (Knob::Finals, "--5", "not a number"),
    (Knob::Finals, "+-5", "not a number"),
    (Knob::Finals, "5-", "not a number"),
    (Knob::Finals, "0x10", "not a number"),
    (Knob::Finals, "1e", "not a number"),
    (Knob::Finals, "e5", "not a number"),
    (Knob::Finals, ".", "not a number"),
    (Knob::Finals, "…", "not a number"),
    (Knob::Finals, "١٢", "not a number"),
    (Knob::Finals, "二十四", "not a number"),
    (Knob::Finals, "twenty", "not a number"),
    (Knob::Finals, "5 finals", "not a number"),
    (Knob::ImagesPerCall, "0", "range"),
    (Knob::ImagesPerCall, "11", "range"),
    (Knob::PartialImages, "4", "range"),
    (Knob::Drafts, "1001", "range"),
    (Knob::Repeat, "0", "range"),
    (Knob::Repeat, "100001", "range"),
    (Knob::Repeat, "1.5", "whole"),
    (Knob::PromptTokens, "100001", "range"),
    (Knob::Measured, "", "not a number"),
    (Knob::Measured, "0", "range"),
    (Knob::Measured, "-5", "range"),
    (Knob::Measured, "10000001", "range"),
    (Knob::Measured, "61.5", "whole"),
    (Knob::Measured, "many", "not a number"),
    (Knob::Measured, "ouput=6119", "word"),
    (Knob::Measured, "source=usage", "form"),
    (Knob::Measured, "output=6119, reference", "not a number"),
    (Knob::Measured, "output=6119, size=1k", "form"),
    (Knob::Measured, "output=6119, quality=hi", "word"),
    (Knob::Measured, "output=6119, model=gpt-image-3", "word"),
    (Knob::Returned, "maybe", "word"),
    (Knob::Buffer, "-0%", "range"),
    (Knob::Buffer, "1000.01%", "range"),
    (Knob::Buffer, "%", "not a number"),
    (Knob::Buffer, "20%%", "not a number"),
    (Knob::Buffer, "%20", "not a number"),
    (Knob::Buffer, "nan%", "not finite"),
    (Knob::CachedInput, "101%", "range"),
    (Knob::Retry, "", "not a number"),
    (Knob::Retry, "0.99", "range"),
    (Knob::Retry, "1000.1x", "range"),
    (Knob::Retry, "2xx", "word"),
    (Knob::Retry, "-2", "range"),
    (Knob::Retry, "0% ok", "range"),
    (Knob::Retry, "0.09%", "range"),
    (Knob::Retry, "100.1% accepted", "range"),
    (Knob::Retry, "inf", "not finite"),
    (Knob::Retry, "nan%", "not finite"),
    (Knob::Retry, "3/2/1.5", "order"),
    (Knob::Retry, "0.5/2/3", "range"),
    (Knob::Retry, "1.5/2", "not a number"),
    (Knob::Retry, "60/20", "kept"),
    (Knob::Retry, "0/5", "not a number"),
    (Knob::Retry, "1/2000", "range"),
    (Knob::Retry, "1/2/3/4", "not a number"),
    (Knob::Retry, "1,6x", "not a number"),
    (Knob::Retry, "product-edits", "word"),
    (Knob::Ratio, "", "form"),
    (Knob::Ratio, "0:5", "form"),
    (Knob::Ratio, "4", "form"),
    (Knob::Ratio, "4:1", "long"),
    (Knob::Ratio, "1:3.001", "long"),
    (Knob::Size, "", "form"),
    (Knob::Size, "3k", "form"),
    (Knob::Size, "1024", "form"),
    (Knob::Size, "0x0", "form"),
    (Knob::Size, "1000x1000", "illegal"),
    (Knob::Size, "4096x4096", "illegal"),
    (Knob::Quality, "max", "word"),
    (Knob::Quality, "", "word"),
    (Knob::Model, "gpt-image-3", "word"),
    (Knob::Preset, "ecomerce-pdp", "word"),
    (Knob::ServiceTier, "bacth", "word"),
    (Knob::Pick, "1", "word"),
    (Knob::References, "1024", "form"),
    (Knob::References, "1x1,1x1,1x1,1x1,1x1,1x1,1x1,1x1,1x1,1x1,1x1,1x1,1x1,1x1,1x1,1x1,1x1", "many"),
    (Knob::Cap, "", "not a number"),
    (Knob::Cap, "0", "range"),
    (Knob::Cap, "-5", "range"),
    (Knob::Cap, "-0", "range"),
    (Knob::Cap, "$", "not a number"),
    (Knob::Cap, "2,50", "not a number"),
    (Knob::Cap, "€25 USD", "form"),
    (Knob::Cap, "25 XYZ", "form"),
    (Knob::Cap, "nan", "not finite"),
    (Knob::Cap, "$inf", "not finite"),
    (Knob::Cap, "1e40", "digits"),
];

#[test]
fn what_is_no_value_is_refused_with_its_reason() {
    for (knob, text, expected) in REFUSED {
        assert_eq!(kind(&refused(*knob, text)), *expected, "{knob:?} {text:?}");
    }
}

#[test]
fn every_refusal_says_what_is_the_matter_and_what_is_allowed() {
    for (knob, text, _) in REFUSED {
        let told = words::refusal(*knob, text, &refused(*knob, text));
        assert!(!told.message.is_empty() && !told.allowed.is_empty(), "{knob:?} {text:?}: {told:?}");
        let named = text.trim().is_empty() || told.message.contains(text.trim());
        let special = ["illegal", "many"].contains(&kind(&refused(*knob, text)));
        assert!(named || special, "{knob:?} {text:?}: {told:?}");
    }
}

#[test]
fn examples_in_refusals_can_be_typed() {
    for row in &retake::cost::budget::knob::TABLE {
        let told = words::refusal(row.knob, "", &Refusal::Form);
        let example = told.remedy.strip_prefix("for example, type ").unwrap_or_else(|| panic!("{told:?}"));
        assert!(read(row.knob, example, &fresh(), catalog()).is_ok(), "{:?}: {example}", row.knob);
    }
}

#[test]
fn ranges_are_those_of_the_knob() {
    let range = |knob, text| match refused(knob, text) {
        Refusal::OutOfRange { min, max } => (min, max),
        other => panic!("{other:?}"),
    };
    assert_eq!(range(Knob::Finals, "-1"), (Decimal::ZERO, dec("10000000")));
    assert_eq!(range(Knob::Retry, "0.5"), (Decimal::ONE, dec("1000")));
    assert_eq!(range(Knob::Retry, "101%"), (dec("0.1"), dec("100")));
    assert_eq!(range(Knob::Buffer, "1001"), (Decimal::ZERO, dec("1000")));
}

#[test]
fn an_illegal_size_is_refused_with_its_rules_and_the_nearest() {
    let expected = Refusal::IllegalSize {
        size: px("1000x1008"),
        rules: vec![BrokenRule::Step { width: true, edge_px: 1000, step_px: 16 }],
        nearest: Some(px("1008x1008")),
    };
    assert_eq!(refused(Knob::Size, "1000x1008"), expected);
}

#[test]
fn the_line_as_it_stands_decides_what_is_known() {
    let budget = budget(vec![line("one", &[(Knob::Model, "gpt-image-2.5-flare")])]);
    let newer = budget.resolve(budget.lines.first().map(|line| &**line), catalog()).unwrap();
    assert!(read(Knob::Quality, "max", &newer, catalog()).is_ok());
    let Refusal::UnknownWord { known, .. } = refused(Knob::Quality, "max") else { panic!() };
    assert_eq!(known, ["low", "medium", "high"]);
    let budget = crate::support::budget(vec![line("one", &[(Knob::Model, "gpt-image-1.5")])]);
    let older = budget.resolve(budget.lines.first().map(|line| &**line), catalog()).unwrap();
    assert!(matches!(read(Knob::Size, "2048x2048", &older, catalog()), Err(Refusal::IllegalSize { .. })));
}

#[test]
fn a_near_miss_is_named() {
    let nearest = |knob, text| match refused(knob, text) {
        Refusal::UnknownWord { nearest, .. } => nearest,
        other => panic!("{other:?}"),
    };
    assert_eq!(nearest(Knob::Preset, "ecomerce-pdp").as_deref(), Some("ecommerce-pdp"));
    assert_eq!(nearest(Knob::Quality, "hihg").as_deref(), Some("high"));
    assert_eq!(nearest(Knob::Retry, "product-edits").as_deref(), Some("product-edit"));
    assert_eq!(nearest(Knob::Quality, "something else"), None);
    assert_eq!(
        nearest_word("GPT-IMAGE-2.5-FLAER", ["gpt-image-2", "gpt-image-2.5-flare"]),
        Some("gpt-image-2.5-flare")
    );
    assert_eq!(nearest_word("", ["low", "medium"]), None);
}
