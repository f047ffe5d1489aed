//! `retake size`: legality, tokens, price, cheaper sizes, references.

use crate::budgets::decimal;
use crate::commands::{answer, folder_with};
use retake::cli::{Answer, Exit};
use serde_json::{Value as Json, json};

fn told(arguments: &str) -> Answer {
    answer(folder_with(&[]).path(), &format!("size {arguments}"), "")
}

fn size(arguments: &str) -> (Json, Exit) {
    let found = told(&format!("{arguments} --format json"));
    (serde_json::from_str(&found.stdout).unwrap_or(Json::Null), found.exit)
}

#[test]
fn tokens_and_prices_are_the_published_ones() {
    let rows = [
        ("1024x1280 --quality high", 6119, "0.18357"),
        ("1024x1024 --quality low", 196, "0.00588"),
        ("1024x1024 --quality medium", 1756, "0.05268"),
        ("1024x1024 --quality high", 7024, "0.21072"),
        ("1024x1024 --quality max --model gpt-image-2.5-sunburst", 7024, "0.21072"),
    ];
    for (arguments, tokens, price) in rows {
        let (found, exit) = size(arguments);
        assert_eq!((exit, &found["legal"]), (Exit::Done, &json!(true)), "{arguments}");
        assert_eq!(found["tokens"], tokens, "{arguments}");
        assert_eq!(decimal(found["price"].as_str().unwrap()), decimal(price), "{arguments}");
    }
}

#[test]
fn a_ratio_stands_for_its_size() {
    let rows = [("4:5", "1024x1280"), ("4:5 2k", "1600x2000"), ("16:9 4K", "3840x2160"), ("1:1", "1024x1024")];
    for (arguments, expected) in rows {
        assert_eq!(size(arguments).0["size"], expected, "{arguments}");
    }
}

#[test]
fn illegal_sizes_name_each_broken_rule_and_the_nearest_legal_size() {
    let rows = [("1000x1280", 1), ("1000x1000", 2), ("4000x4000", 3), ("256x256", 1), ("3840x1024", 1), ("16x16", 1)];
    for (arguments, rules) in rows {
        let (found, exit) = size(arguments);
        assert_eq!((exit, &found["legal"]), (Exit::BadInput, &json!(false)), "{arguments}");
        assert_eq!(found["broken"].as_array().unwrap().len(), rules, "{arguments}: {found}");
        let (nearest, exit) = size(found["nearest"].as_str().unwrap());
        assert_eq!((exit, &nearest["legal"]), (Exit::Done, &json!(true)), "{arguments}");
    }
    let found = told("1000x1280");
    assert_eq!((found.stdout.as_str(), found.exit), ("", Exit::BadInput));
    assert!(found.stderr.contains("multiple of 16") && found.stderr.contains("1008×1280"), "{}", found.stderr);
}

#[test]
fn cheaper_sizes_have_the_same_shape_and_cost_less() {
    let (found, _) = size("1024x1280 --quality high");
    let cheaper = found["cheaper"].as_array().unwrap();
    assert!(!cheaper.is_empty());
    for row in cheaper {
        let (w, h) = row["size"].as_str().unwrap().split_once('x').unwrap();
        assert_eq!(w.parse::<u64>().unwrap() * 5, h.parse::<u64>().unwrap() * 4, "{row}");
        assert!(row["tokens"].as_u64().unwrap() < 6119, "{row}");
        assert!(decimal(row["price"].as_str().unwrap()) < decimal("0.18357"), "{row}");
        assert!(decimal(row["saving_percent"].as_str().unwrap()) > decimal("0"), "{row}");
    }
    let text = told("2560x3200 --quality high").stdout;
    assert!(text.contains("more; --format json lists all") && text.contains("▸ high"), "{text}");
}

#[test]
fn what_a_cheaper_size_saves_is_approximate_where_a_number_of_tokens_is() {
    for (model, about) in [("gpt-image-2.6-flare", true), ("gpt-image-2", false)] {
        let arguments = format!("1024x1280 --quality high --model {model}");
        let (found, _) = size(&arguments);
        let rows = found["cheaper"].as_array().unwrap();
        assert!(!rows.is_empty(), "{model}");
        for row in rows {
            assert_eq!(row.get("approximate"), about.then_some(&json!(true)), "{model}: {row}");
        }
        let text = told(&arguments).stdout;
        let savings: Vec<&str> = text.lines().filter(|row| row.contains('−')).collect();
        assert!(!savings.is_empty(), "{text}");
        for row in savings {
            assert_eq!((row.contains("≈−"), row.contains("≈$")), (about, about), "{model}: {row}");
        }
    }
}

#[test]
fn what_is_not_published_is_null_or_unknown() {
    let (found, exit) = size("1024x1024 --quality low --model gpt-image-2.6-flare");
    assert_eq!((exit, &found["tokens"], &found["price"]), (Exit::Done, &Json::Null, &Json::Null));
    let text = told("1024x1024 --model gpt-image-2.6-flare").stdout;
    assert!(text.contains("unknown"), "{text}");
    let (found, _) = size("1024x1024 --model dall-e-3 --quality hd");
    assert_eq!((&found["tokens"], found["price"].as_str()), (&Json::Null, Some("0.08")));
}

#[test]
fn a_reference_costs_its_own_tokens() {
    assert_eq!(size("1024x1024 --reference").0["reference_tokens"], 1024);
    assert_eq!(size("1024x1024 --reference --model gpt-image-2.6-flare").0["reference_tokens"], Json::Null);
    let text = told("1024x1024 --reference").stdout;
    assert!(text.contains("1,024 tokens") && text.contains("$0.008192"), "{text}");
}

#[test]
fn what_is_no_size_quality_or_model_is_refused_with_what_is() {
    let rows = [
        ("abc", "1024x1280"),
        ("1024x1280 --quality ultra", "high"),
        ("1024x1280 --model gpt-imag-2", "did you mean gpt-image-2?"),
        ("0x0", "1024x1280"),
        ("4:5 9k", "1024x1280"),
        ("4:1", "4:1"),
        ("99999999x1", "1024x1280"),
    ];
    for (arguments, hint) in rows {
        let found = told(arguments);
        assert_eq!((found.exit, found.stdout.as_str()), (Exit::BadInput, ""), "{arguments}");
        assert!(found.stderr.contains(hint), "{arguments}: {}", found.stderr);
    }
}
