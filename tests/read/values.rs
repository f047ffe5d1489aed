//! Values in every allowed spelling, and the edges of the allowed ranges.

use crate::{codes, printed, reading};
use proptest::prelude::*;
use retake::cost::Decimal;
use retake::cost::base::money::Currency;
use retake::cost::base::number_text::parse_decimal;
use retake::cost::base::retry::{Confidence, Retry};
use retake::cost::base::size::{Ratio, Size, Tier};
use retake::cost::budget::knob_text;
use retake::cost::budget::{Cap, Knob, QualityChoice, Setting, SizeChoice, Value};

fn dec(text: &str) -> Decimal {
    parse_decimal(text).unwrap()
}

/// The reading of an assumption; the problems' codes if it is refused.
fn assumed(knob: Knob, value: &str) -> Result<Value, Vec<&'static str>> {
    let read = reading(&format!("retake = 1\n[assumptions]\n{} = {value}\n", knob.row().name));
    match read.budget.assumptions.get(knob) {
        Some(Setting::Value(value)) => {
            assert_eq!(printed(&read.problems), "", "{value:?}");
            Ok(value.clone())
        }
        Some(Setting::Unreadable) => Err(codes(&read.problems)),
        None => panic!("{knob:?} = {value} is not there"),
    }
}

fn retry(value: &str) -> Result<Retry, Vec<&'static str>> {
    assumed(Knob::Retry, value).map(|value| match value {
        Value::Retry(retry) => retry,
        other => panic!("{other:?}"),
    })
}

#[test]
fn retry_in_all_its_forms() {
    let (percent, factor) = (dec("40"), dec("2"));
    assert_eq!(retry("2.0"), Ok(Retry::plain(factor)));
    assert_eq!(retry("2"), Ok(Retry::plain(factor)));
    assert_eq!(retry("{ factor = 2.0 }"), Ok(Retry::plain(factor)));
    for (word, confidence) in Confidence::WORDS {
        let written = format!("{{ factor = 2.0, confidence = \"{word}\" }}");
        assert_eq!(retry(&written), Ok(Retry::Factor { factor, confidence: Some(confidence) }));
    }
    let worth = |m: &str| Ok(Retry::Accepted { percent, confidence: Some(Confidence::Worth(dec(m))) });
    assert_eq!(retry("{ accepted = \"40%\", confidence = 3 }"), worth("3"));
    assert_eq!(retry("{ accepted = \"40 %\", confidence = 1000 }"), worth("1000"));
    assert_eq!(retry("{ accepted = \"40%\", confidence = 12.5 }"), worth("12.5"));
    assert_eq!(retry("{ accepted = \"40%\" }"), Ok(Retry::Accepted { percent, confidence: None }));
    let range = Retry::Range { low: dec("1.5"), likely: factor, high: dec("3") };
    assert_eq!(retry("{ low = 1.5, likely = 2.0, high = 3.0 }"), Ok(range.clone()));
    assert_eq!(retry("{ kept = 20, made = 60 }"), Ok(Retry::Kept { kept: 20, made: 60 }));
    assert_eq!(retry("{ kept = 1, made = 1_000 }"), Ok(Retry::Kept { kept: 1, made: 1000 }));
    assert_eq!(retry("\"product-edit\""), Ok(Retry::Profile("product-edit".into())));
    let dotted = reading("retake = 1\n[assumptions.retry]\nlow = 1.5\nlikely = 2\nhigh = 3\n");
    assert_eq!(dotted.budget.assumptions.value(Knob::Retry), Some(&Value::Retry(range)));
}

#[test]
fn retry_ends_are_allowed_and_no_further() {
    for fits in ["1", "1000", "1.000000000000000000000000001"] {
        assert!(retry(fits).is_ok(), "{fits}");
    }
    for (beyond, code) in [
        ("0.9999999999999999999999999999", "out-of-range"),
        ("1000.0000000000000000000001", "out-of-range"),
        ("-2", "out-of-range"),
        ("-0.0", "out-of-range"),
        ("{ accepted = \"0.09%\" }", "out-of-range"),
        ("{ kept = 1, made = 1001 }", "out-of-range"),
        ("{ kept = 0, made = 5 }", "out-of-range"),
        ("{ kept = 2.5, made = 5 }", "number-not-whole"),
        ("{ kept = 6, made = 5 }", "kept-more-than-made"),
        ("{ kept = 5 }", "retry-form"),
        ("{ kept = 5, made = 9, factor = 2 }", "retry-form"),
        ("{ accepted = \"100.01%\" }", "out-of-range"),
        ("{ factor = 2, confidence = 2.99 }", "out-of-range"),
        ("{ factor = 2, confidence = 1001 }", "out-of-range"),
        ("{ low = 1, likely = 2, high = 1001 }", "out-of-range"),
        ("{ low = 1, likely = 2, high = 1.9 }", "retry-order"),
        ("{ accepted = 40 }", "percent-bare"),
        ("{ low = 1, likely = 2 }", "retry-form"),
        ("{ low = 1, likely = 2, high = 3, factor = 2 }", "retry-form"),
        ("true", "type-wrong"),
    ] {
        assert_eq!(retry(beyond), Err(vec![code]), "{beyond}");
    }
}

#[test]
fn numbers_are_their_own_decimal_digits() {
    let count = |text: &str| assumed(Knob::PromptTokens, text);
    assert_eq!(count("100_000"), Ok(Value::Count(100_000)));
    assert_eq!(count("1e5"), Ok(Value::Count(100_000)));
    assert_eq!(count("180.000"), Ok(Value::Count(180)));
    for (text, code) in [
        ("-0", "out-of-range"),
        ("-0.0", "out-of-range"),
        ("nan", "number-not-finite"),
        ("-nan", "number-not-finite"),
        ("inf", "number-not-finite"),
        ("-inf", "number-not-finite"),
        ("1e308", "number-too-long"),
        ("1e-308", "number-too-long"),
        ("1e99999999999999", "number-too-long"),
        ("12345678901234567890123456789", "number-too-long"),
        ("1.0000000000000000000000000001234", "number-too-long"),
        ("0xB4", "number-not-decimal"),
        ("0o264", "number-not-decimal"),
        ("0b10110100", "number-not-decimal"),
        ("180.5", "number-not-whole"),
        ("100_001", "out-of-range"),
        ("99999999999999999999", "out-of-range"),
        ("-1", "out-of-range"),
        ("\"180\"", "type-wrong"),
        ("07:32:00", "type-wrong"),
    ] {
        assert_eq!(count(text), Err(vec![code]), "{text}");
    }
}

#[test]
fn percentages_carry_their_sign() {
    for (text, percent) in [("\"20%\"", "20"), ("\"12.5 %\"", "12.5"), ("\"0%\"", "0"), ("\" 1000% \"", "1000")] {
        assert_eq!(assumed(Knob::Buffer, text), Ok(Value::Percent(dec(percent))), "{text}");
    }
    for (text, code) in [
        ("20", "percent-bare"),
        ("0.2", "percent-bare"),
        ("\"20\"", "percent-bare"),
        ("\"%\"", "percent-wrong"),
        ("\"\"", "percent-wrong"),
        ("\"nan%\"", "percent-wrong"),
        ("\"20%%\"", "percent-wrong"),
        ("0x14", "percent-wrong"),
        ("nan", "percent-wrong"),
        ("\"-1%\"", "out-of-range"),
        ("\"1000.1%\"", "out-of-range"),
        ("true", "type-wrong"),
    ] {
        assert_eq!(assumed(Knob::Buffer, text), Err(vec![code]), "{text}");
    }
    assert_eq!(assumed(Knob::CachedInput, "\"100.1%\""), Err(vec!["out-of-range"]));
}

#[test]
fn sizes_and_shapes() {
    let exact = |w, h| Ok(Value::Size(SizeChoice::Exact(Size::new(w, h).unwrap())));
    assert_eq!(assumed(Knob::Size, "\"1024x1280\""), exact(1024, 1280));
    assert_eq!(assumed(Knob::Size, "\"1024 × 1280\""), exact(1024, 1280));
    // Illegal for every model, but still a size: the estimate names the rule that it breaks.
    assert_eq!(assumed(Knob::Size, "\"1000x1000\""), exact(1000, 1000));
    assert_eq!(assumed(Knob::Size, "\"2K\""), Ok(Value::Size(SizeChoice::Tier(Tier::K2))));
    assert_eq!(assumed(Knob::Size, "\"auto\""), Ok(Value::Size(SizeChoice::Auto)));
    assert_eq!(assumed(Knob::Quality, "\"auto\""), Ok(Value::Quality(QualityChoice::Auto)));
    for wrong in ["\"12x\"", "\"0x0\"", "\"8k\"", "\"-1x5\"", "\"99999999x1\"", "\"\"", "\"1024\"", "\"1024x1024x3\""] {
        assert_eq!(assumed(Knob::Size, wrong), Err(vec!["size-wrong"]), "{wrong}");
    }
    let ratio = |text: &str| Ok(Value::Ratio(Ratio::parse(text).unwrap()));
    assert_eq!(assumed(Knob::Ratio, "\"3:1\""), ratio("3:1"));
    assert_eq!(assumed(Knob::Ratio, "\"1.91:1\""), ratio("1.91:1"));
    assert_eq!(assumed(Knob::Ratio, "\"3.1:1\""), Err(vec!["ratio-too-long"]));
    assert_eq!(assumed(Knob::Ratio, "\"0:1\""), Err(vec!["ratio-wrong"]));
}

#[test]
fn every_wrong_reference_is_named() {
    let wrong = assumed(Knob::References, "[\"1024x1024\", 5, \"big\", \"1k\"]");
    assert_eq!(wrong, Err(vec!["type-wrong", "size-wrong", "size-wrong"]));
    assert!(assumed(Knob::References, &format!("[{}]", "\"64x64\",".repeat(16))).is_ok());
    assert_eq!(assumed(Knob::References, &format!("[{}]", "\"64x64\",".repeat(17))), Err(vec!["references-too-many"]));
}

#[test]
fn caps_name_their_currency_or_are_in_the_projects() {
    let cap = |amount: &str, code: Option<&str>| {
        Ok(Value::Cap(Cap { amount: dec(amount), currency: code.map(|code| Currency::parse(code).unwrap()) }))
    };
    assert_eq!(assumed(Knob::Cap, "25.00"), cap("25", None));
    assert_eq!(assumed(Knob::Cap, "25"), cap("25", None));
    assert_eq!(assumed(Knob::Cap, "\"25 USD\""), cap("25", Some("USD")));
    assert_eq!(assumed(Knob::Cap, "\"€1,250.50\""), cap("1250.5", Some("EUR")));
    for (text, code) in [
        ("0", "out-of-range"),
        ("-5", "out-of-range"),
        ("\"0 USD\"", "out-of-range"),
        ("\"25\"", "cap-wrong"),
        ("\"$25 EUR\"", "cap-wrong"),
        ("\"\"", "cap-wrong"),
        ("inf", "number-not-finite"),
        ("\"1e300 USD\"", "number-too-long"),
        ("[25]", "type-wrong"),
    ] {
        assert_eq!(assumed(Knob::Cap, text), Err(vec![code]), "{text}");
    }
    let unknown = reading("retake = 1\ncurrency = \"YEN\"\n[assumptions]\ncap = 25\n");
    assert_eq!(unknown.budget.cap(), None, "25 of an unknown currency compare with nothing");
    assert_eq!(codes(&unknown.problems), ["currency-unknown"]);
}

#[test]
fn rates_of_exchange() {
    let with = |lines: &str| reading(&format!("retake = 1\ncurrency = \"jpy\"\n[exchange]\n{lines}\n"));
    for fine in [
        "rate = 152.4\nas_of = 2999-01-01",
        "rate = 1e9\nas_of = \"2026-11-20\"",
        "rate = 0.0001\nas_of = 2026-11-20T10:00:00Z",
    ] {
        let read = with(fine);
        assert_eq!(printed(&read.problems), "", "{fine}");
        assert!(read.budget.shown.exchange.is_some(), "{fine}");
    }
    for (wrong, code) in [
        ("rate = 0\nas_of = 2026-11-20", "out-of-range"),
        ("rate = 1_000_000_001\nas_of = 2026-11-20", "out-of-range"),
        ("rate = \"152.4\"\nas_of = 2026-11-20", "type-wrong"),
        ("rate = 152.4\nas_of = 10:00:00", "date-wrong"),
        ("rate = 152.4\nas_of = \"2026-02-30\"", "date-wrong"),
        ("rate = 152.4", "exchange-incomplete"),
    ] {
        let read = with(wrong);
        assert_eq!(codes(&read.problems), [code], "{wrong}");
        assert_eq!(read.budget.shown.currency.code(), "JPY");
        assert!(read.budget.shown.exchange.is_none(), "{wrong}");
    }
}

#[test]
fn secrets_are_pointed_out_and_never_repeated() {
    for key in [
        "api_key",
        "apikey",
        "OPENAI_API_KEY",
        "token",
        "access-token",
        "secret",
        "client_secret",
        "password",
        "\"my password\"",
    ] {
        let read = reading(&format!("retake = 1\n{key} = \"hunter2\"\n"));
        assert_eq!(codes(&read.problems), ["key-secret"], "{key}");
        assert!(!printed(&read.problems).contains("hunter2"), "{key}");
    }
    let near = reading("retake = 1\n[assumptions]\nprompt_token = 5\n");
    assert_eq!(codes(&near.problems), ["key-near-miss"], "{}", printed(&near.problems));
}

#[test]
fn texts_keep_what_they_hold() {
    let read = reading("retake = 1\nname = \"a\\u001b[2Jb\\n\"\nnotes = \"\"\"\none\n\ttwo\u{202e}\n\"\"\"\n");
    assert_eq!(codes(&read.problems), ["text-hidden", "text-hidden"]);
    assert_eq!(read.budget.name.as_deref(), Some("a\u{1b}[2Jb\n"));
    assert_eq!(read.budget.notes.as_deref(), Some("one\n\ttwo\u{202e}\n"));
    let plain = reading("retake = 1\nnotes = \"\"\"one\r\n\ttwo\"\"\"\nname = \"発表 🎨 👩‍🚀\"\n");
    assert_eq!(printed(&plain.problems), "");
    let long = reading(&format!("retake = 1\nname = \"{}\"\n", "発".repeat(201)));
    assert_eq!(long.budget.name.unwrap().chars().count(), 200);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Every number, percentage or size that the program writes can be read back.
    #[test]
    fn written_values_read_back(mantissa in 1_000_000_u64..1_000_000_000, tokens in 0_u64..100_000, w in 1_u32..4000, h in 1_u32..4000) {
        let factor = Decimal::new(i64::try_from(mantissa).unwrap(), 6);
        prop_assert_eq!(retry(&factor.to_string()), Ok(Retry::plain(factor)));
        let count = Value::Count(tokens);
        prop_assert_eq!(assumed(Knob::PromptTokens, &knob_text::write(&count)), Ok(count));
        let percent = Value::Percent(factor);
        prop_assert_eq!(assumed(Knob::Buffer, &format!("\"{}\"", knob_text::write(&percent))), Ok(percent));
        let size = Value::Size(SizeChoice::Exact(Size::new(w, h).unwrap()));
        prop_assert_eq!(assumed(Knob::Size, &format!("\"{}\"", knob_text::write(&size))), Ok(size));
    }
}
