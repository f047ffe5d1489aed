//! The JSON contract.

use crate::budgets::{
    Case, HOSTILE, assert_harmless, contract, decimal, hostile, line, pdp_hero, plain, with_lines, yen,
};
use retake::cost::base::retry::Retry;
use retake::cost::base::tokens::Quality;
use retake::cost::budget::{QualityChoice, Setting, SizeChoice};
use retake::cost::{Knob, Value};
use retake::diagnostics::{IssueCode, Position, Problem};
use retake::report::json;
use serde_json::Value as Json;
use std::path::Path;

fn parsed(case: &Case) -> Json {
    serde_json::from_str(&json(&case.report())).unwrap()
}

/// Checks that `found` holds everything in `expected`, with decimal strings compared as numbers; `found` may have more keys,
/// but no longer lists.
#[track_caller]
fn assert_holds(found: &Json, expected: &Json, at: &str) {
    match (found, expected) {
        (Json::Object(found), Json::Object(expected)) => {
            for (key, value) in expected {
                let inner = found.get(key).unwrap_or_else(|| panic!("{at}.{key} is missing"));
                assert_holds(inner, value, &format!("{at}.{key}"));
            }
        }
        (Json::Array(found), Json::Array(expected)) => {
            assert_eq!(found.len(), expected.len(), "{at}");
            for (index, (found, expected)) in found.iter().zip(expected).enumerate() {
                assert_holds(found, expected, &format!("{at}[{index}]"));
            }
        }
        (Json::String(a), Json::String(b))
            if b.starts_with(|c: char| c.is_ascii_digit()) && !b.contains(['x', '-']) =>
        {
            assert_eq!(decimal(a), decimal(b), "{at}");
        }
        _ => assert_eq!(found, expected, "{at}"),
    }
}

const CONTRACT: &str = r#"{ "schema": 2, "name": "Spring launch", "amounts_in": "USD", "currency": "USD", "exchange": null,
  "deliverables": [ {
     "key": "pdp-hero", "name": "PDP hero", "service_tier": "standard", "model": "gpt-image-2", "finals": 24, "repeat": 1, "retry": "2.0", "buffer_percent": "20",
     "stages": [ { "stage": "final", "size": "1024x1280", "quality": "high", "images": "48", "calls": "48",
                   "tokens_per_image": { "image_output": 6119, "image_input": 1024, "image_input_cached": 0, "text_input": 186, "text_input_cached": 0 },
                   "cost": { "image_output": "8.81136", "image_input": "0.393216", "text_input": "0.04464", "total": "9.249216" } } ],
     "subtotal": "9.249216", "buffer": "1.8498432", "total": "11.0990592" } ],
  "totals": { "finals": 24, "images": "48", "subtotal": "9.249216", "buffer": "1.8498432", "total": "11.0990592", "per_final": "0.4624608" },
  "shown": { "currency": "USD", "total": "11.10" },
  "issues": [ ] }"#;

#[test]
fn the_example_of_the_contract_comes_out_exactly() {
    let case = Case::of(contract());
    assert_eq!(case.estimate.all_issues().count(), 0);
    let found = parsed(&case);
    assert_holds(&found, &serde_json::from_str(CONTRACT).unwrap(), "$");
    let costs: Vec<&str> =
        found["deliverables"][0]["stages"][0]["cost"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(costs, ["image_input", "image_output", "text_input", "total"], "meters without tokens are left out");
    // serde_json sorts what it parses; people see the order of the text.
    let text = json(&case.report());
    let order = ["schema", "name", "amounts_in", "currency", "exchange", "deliverables", "totals", "shown", "issues"];
    let places: Vec<_> = order.iter().map(|key| text.find(&format!("\n  \"{key}\":")).unwrap()).collect();
    assert!(places.is_sorted(), "{places:?}");
    assert_eq!(found["shown"]["total"], "11.10", "digits of the currency are kept");
}

#[test]
fn prices_come_with_their_source_and_date() {
    let card = &parsed(&Case::of(contract()))["rates"][0];
    assert_eq!(card["card"], "openai/gpt-image-2");
    assert_eq!(card["checked"], "2026-11-21");
    assert_eq!((card["grade"].as_str(), card["pinned"].as_bool()), (Some("A"), Some(false)));
    assert_eq!(card["usd_per_million_tokens"]["image_output"], "30");
}

#[test]
fn a_range_and_a_currency_say_what_was_written() {
    let mut budget = contract();
    budget.shown = yen("152.40");
    let range = Retry::Range { low: decimal("1.5"), likely: decimal("2"), high: decimal("3") };
    budget.lines[0].settings.put(Knob::Retry, Some(Setting::Value(Value::Retry(range))));
    let found = parsed(&Case::of(budget));
    let line = &found["deliverables"][0];
    assert_eq!(line["retry"], "2.15");
    assert_holds(&line["retry_range"], &serde_json::json!({"low": "1.5", "likely": "2.0", "high": "3.0"}), "range");
    assert_eq!(line["stages"][0]["images"], "51.6");
    assert_holds(&found["exchange"], &serde_json::json!({"rate": "152.40"}), "exchange");
    assert_eq!(found["exchange"]["as_of"], "2026-11-20");
    // 51.6 × 0.192692 = 9.9429072; + 20 % = 11.93148864 USD; × 152.40 = 1818.35… JPY.
    assert_eq!(found["totals"]["total"], "11.93148864");
    assert_eq!((found["currency"].as_str(), found["shown"]["total"].as_str()), (Some("JPY"), Some("1818")));
}

#[test]
fn a_profile_is_named_beside_the_factor_it_counts_with() {
    let mut budget = contract();
    budget.lines[0].settings.put(Knob::Retry, None);
    let line = &parsed(&Case::of(budget))["deliverables"][0];
    // planning-default: .3·1.15 + .4·1.5 + .3·2
    assert_eq!((line["retry"].as_str(), line["retry_profile"].as_str()), (Some("1.545"), Some("planning-default")));
}

#[test]
fn what_has_no_price_is_null_beside_what_is_known() {
    let unknown = plain("1:1", Quality::Low, 3, "2").with(Knob::Model, Value::Word("gpt-image-2.6-flare".to_owned()));
    let budget = with_lines(vec![line("a", "A", pdp_hero()), line("b", "B", unknown)]);
    let found = parsed(&Case::of(budget));
    let line = &found["deliverables"][1];
    assert_eq!(line["stages"][0]["tokens_per_image"]["image_output"], Json::Null);
    assert_eq!(line["stages"][0]["cost"]["image_output"], Json::Null);
    assert_eq!((&line["total"], &line["subtotal"], &line["buffer"]), (&Json::Null, &Json::Null, &Json::Null));
    // 6 prompt tokens × $5/1M × 6 images are known.
    assert_eq!(line["known_subtotal"], "0.00018");
    assert_eq!(found["totals"]["total"], Json::Null);
    assert_eq!(found["totals"]["known_subtotal"], "9.249396");
    assert_eq!(found["totals"]["per_final"], Json::Null);
    assert_eq!(found["shown"]["total"], Json::Null);
    assert_eq!(found["totals"]["images"], "54");
}

#[test]
fn a_value_that_could_not_be_read_is_null_and_not_its_stand_in() {
    for knob in [Knob::Finals, Knob::Retry, Knob::Buffer, Knob::Size, Knob::Quality, Knob::Model, Knob::ServiceTier] {
        let mut budget = contract();
        budget.lines[0].settings.put(knob, Some(Setting::Unreadable));
        let found = parsed(&Case::of(budget));
        let line = &found["deliverables"][0];
        let value = match knob {
            Knob::Finals => &line["finals"],
            Knob::Retry => &line["retry"],
            Knob::Buffer => &line["buffer_percent"],
            Knob::Size => &line["stages"][0]["size"],
            Knob::Quality => &line["stages"][0]["quality"],
            Knob::Model => &line["model"],
            _ => &line["service_tier"],
        };
        assert_eq!(value, &Json::Null, "{knob:?}");
        assert_eq!(found["totals"]["total"], Json::Null, "{knob:?}");
    }
}

#[test]
fn auto_is_said_and_bracketed() {
    let mut budget = contract();
    budget.lines[0].settings.put(Knob::Quality, Some(Setting::Value(Value::Quality(QualityChoice::Auto))));
    let found = parsed(&Case::of(budget));
    let line = &found["deliverables"][0];
    assert_eq!(line["stages"][0]["quality"], "auto");
    let (least, most) = (&line["bracket"]["least"], &line["bracket"]["most"]);
    assert!(decimal(least.as_str().unwrap()) < decimal(most.as_str().unwrap()));
    let mut budget = contract();
    budget.lines[0].settings.put(Knob::Size, Some(Setting::Value(Value::Size(SizeChoice::Auto))));
    assert_eq!(parsed(&Case::of(budget))["deliverables"][0]["stages"][0]["size"], "auto");
}

#[test]
fn a_cached_share_makes_fractional_counts_decimal_strings() {
    let mut budget = contract();
    budget.lines[0].settings.put(Knob::CachedInput, Some(Setting::Value(Value::Percent(decimal("25")))));
    let found = parsed(&Case::of(budget));
    let tokens = &found["deliverables"][0]["stages"][0]["tokens_per_image"];
    assert_eq!((&tokens["text_input"], &tokens["text_input_cached"]), (&"139.5".into(), &"46.5".into()));
    assert_eq!((&tokens["image_input"], &tokens["image_input_cached"]), (&768.into(), &256.into()));
}

#[test]
fn nothing_to_make_costs_nothing_and_has_no_price_per_final() {
    let found = parsed(&Case::of(with_lines(vec![line("a", "A", retake::cost::Settings::default())])));
    assert_eq!((found["totals"]["total"].as_str(), &found["totals"]["per_final"]), (Some("0"), &Json::Null));
    assert_eq!(found["shown"]["total"], "0.00");
    assert_eq!(parsed(&Case::of(with_lines(Vec::new())))["deliverables"], Json::Array(Vec::new()));
}

#[test]
fn a_currency_without_a_rate_has_no_shown_total() {
    let mut budget = contract();
    budget.shown = retake::cost::base::money::Shown { exchange: None, ..yen("1") };
    let found = parsed(&Case::of(budget));
    assert_eq!((&found["shown"]["total"], found["totals"]["total"].as_str()), (&Json::Null, Some("11.0990592")));
}

#[test]
fn problems_carry_their_place_and_their_code() {
    let mut case = Case::of(contract());
    case.problems = vec![
        Problem::new(IssueCode::SizeIllegal, "1000x1280 is not legal")
            .at(Some(Path::new("a.toml")), Some(Position { line: 12, column: 8 }))
            .with_key("deliverable.pdp-hero.size"),
        Problem::new(IssueCode::RatesDiffer, "rates differ"),
    ];
    let issues = parsed(&case)["issues"].clone();
    let first = serde_json::json!({ "level": "error", "code": "size-illegal", "key": "deliverable.pdp-hero.size",
        "message": "1000x1280 is not legal", "file": "a.toml", "line": 12, "column": 8 });
    assert_eq!(issues[0], first);
    assert_eq!((&issues[1]["key"], &issues[1]["file"], &issues[1]["line"]), (&Json::Null, &Json::Null, &Json::Null));
}

#[test]
fn hostile_names_are_valid_harmless_and_unchanged() {
    for name in HOSTILE {
        let case = hostile(name);
        assert_harmless(&json(&case.report()));
        let found = parsed(&case);
        assert_eq!(found["name"], name);
        assert_eq!(found["deliverables"][0]["name"], name);
        assert_eq!(found["deliverables"][0]["key"], name);
    }
}
