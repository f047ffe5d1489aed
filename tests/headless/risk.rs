//! `retake risk` and `check --confidence`: figures, formats, exit codes, and what they refuse.

use crate::commands::{CONTRACT, answer, folder_with};
use retake::cli::{Answer, Exit};
use serde_json::Value as Json;

fn told(file: &str, command: &str) -> Answer {
    answer(folder_with(&[("a.toml", file)]).path(), command, "")
}

fn json(file: &str, more: &str) -> Json {
    let found = told(file, &format!("risk {{}}/a.toml --format json{more}"));
    assert_eq!(found.stderr, "");
    serde_json::from_str(&found.stdout).unwrap()
}

fn with(assumptions: &str) -> String {
    format!("{CONTRACT}\n[assumptions]\n{assumptions}")
}

#[test]
fn the_json_has_every_figure_as_a_number() {
    let found = json(CONTRACT, "");
    assert_eq!((&found["schema"], &found["total"]), (&1.into(), &"11.0990592".into()));
    let risk = &found["risk"];
    assert_eq!(
        (&risk["mean"], &risk["worksheet"], &risk["floor"]),
        (&9.249216.into(), &9.249216.into(), &4.624608.into())
    );
    // 24 finals at 2 tries each, worth 8 finals of experience: the total is so many tries of $0.192692.
    let tries = |name: &str| (risk["percentiles"][name].as_f64().unwrap() / 0.192692 * 1e4).round() / 1e4;
    assert_eq!(["P10", "P50", "P80", "P90", "P95"].map(tries), [33.0, 45.0, 57.0, 66.0, 76.0]);
    let needed = risk["buffer_needed"]["P80"].as_f64().unwrap();
    assert!((needed - (57.0 / 48.0 - 1.0)).abs() < 1e-5, "{needed}");
    assert_eq!(risk["buffer_needed"]["P10"], 0.0);
    let sum: f64 = ["luck", "factor", "risks"].map(|layer| risk["spread"][layer].as_f64().unwrap()).iter().sum();
    assert!((sum - 1.0).abs() < 1e-5, "{sum}");
    assert_eq!(risk["over_cap"], Json::Null);
    assert_eq!(risk["deliverables"][0]["key"], "pdp-hero");
    let factor = &risk["dependence"][0];
    assert_eq!((&factor["profile"], &factor["retry"], &factor["evidence"]), (&Json::Null, &2.0.into(), &8.0.into()));
    assert!(risk["buffer_confidence_if_worse"].as_f64() < risk["buffer_confidence"].as_f64());
}

#[test]
fn each_percentile_is_a_sentence() {
    let found = told(CONTRACT, "risk {}/a.toml").stdout;
    for sentence in [
        "P10: 1 of 10 such projects cost $6.36 or less",
        "P50: half of such projects cost $8.67 or less",
        "P80: 4 of 5 such projects cost $10.98 or less",
        "P90: 9 of 10 such projects cost $12.72 or less",
        "P95: 19 of 20 such projects cost $14.64 or less",
        "80 of 100 such projects cost no more than the worksheet's total, $11.10 with its",
        "Only retries are in it.",
    ] {
        assert!(found.contains(sentence), "{sentence}\n{found}");
    }
    assert!(!found.contains("cap of"), "{found}");
    let capped = told(&with("cap = 10.98\n"), "risk {}/a.toml --format markdown").stdout;
    assert!(capped.contains("such projects cost more than the cap of $10.98."), "{capped}");
}

#[test]
fn a_spreadsheet_has_a_row_for_each_figure() {
    let found = told(CONTRACT, "risk {}/a.toml --format csv").stdout;
    let mut rows = csv::Reader::from_reader(found.as_bytes());
    let kinds: Vec<String> = rows.records().map(|row| row.unwrap()[0].to_owned()).collect();
    let count = |kind: &str| kinds.iter().filter(|own| *own == kind).count();
    assert_eq!(
        ["mean", "worksheet", "percentile", "total", "spread", "deliverable", "factor"].map(count),
        [1, 1, 5, 1, 3, 1, 1]
    );
    assert_eq!(["floor", "sd", "stress", "cap"].map(count), [1, 1, 1, 0]);
    // All that JSON has, under the same names; a chance is that of an amount or less.
    let capped = told(&with("cap = 10.98\n"), "risk {}/a.toml --format csv").stdout;
    let mut rows = csv::Reader::from_reader(capped.as_bytes());
    let rows: Vec<csv::StringRecord> = rows.records().map(|row| row.unwrap()).collect();
    let cell = |kind: &str, column: usize| {
        let row = rows.iter().find(|row| &row[0] == kind).unwrap();
        row[column].parse::<f64>().unwrap()
    };
    let risk = &json(&with("cap = 10.98\n"), "")["risk"];
    let near = |found: f64, wanted: f64| assert!((found - wanted).abs() < 1e-6, "{found} for {wanted}\n{capped}");
    near(cell("floor", 3), risk["floor"].as_f64().unwrap());
    near(cell("sd", 3), risk["sd"].as_f64().unwrap());
    near(cell("stress", 3), cell("total", 3));
    near(cell("stress", 4), risk["buffer_confidence_if_worse"].as_f64().unwrap());
    near(cell("cap", 3), 10.98);
    near(cell("cap", 4), 1.0 - risk["over_cap"].as_f64().unwrap());
    // 56 tries of 24 finals at 2 tries each, worth 8: beta negative binomial, in fractions.
    assert!((cell("cap", 4) - 0.786_238).abs() < 1e-4, "{capped}");
}

#[test]
fn a_wide_range_withholds_high_percentiles() {
    let wide = CONTRACT.replace("retry = 2.0", "retry = { low = 1, likely = 3, high = 9 }");
    let risk = &json(&wide, "")["risk"];
    assert_eq!((&risk["withheld"], &risk["percentiles"]["P90"]), (&"wide-range".into(), &Json::Null));
    assert!(risk["percentiles"]["P80"].is_number());
    assert_eq!(risk["dependence"][0]["clamped"], true);
    let text = told(&wide, "risk {}/a.toml").stdout;
    assert!(text.contains("P95: withheld") && text.contains("Percentiles above P80 are withheld"), "{text}");
}

#[test]
fn a_chance_says_no_more_than_a_percentile_that_is_withheld() {
    let wide = CONTRACT.replace("retry = 2.0", "retry = { low = 1, likely = 3, high = 9 }");
    let capped = format!("{wide}\n[assumptions]\nbuffer = \"900%\"\ncap = 500\n");
    let risk = &json(&capped, "")["risk"];
    for name in ["buffer_confidence", "buffer_confidence_if_worse", "over_cap"] {
        assert_eq!(risk[name], Json::Null, "{name}");
    }
    let text = told(&capped, "risk {}/a.toml").stdout;
    for sentence in [
        "At least 80 of 100 such projects cost no more than the worksheet's total",
        "the same total still holds in at least\n  80 of 100.",
        "At most 20 of 100 such projects cost more than the cap of $500.00.",
    ] {
        assert!(text.contains(sentence), "{sentence}\n{text}");
    }
    let rows = told(&capped, "risk {}/a.toml --format csv").stdout;
    for row in ["total", "stress", "cap"] {
        let found = rows.lines().find(|line| line.starts_with(&format!("\"{row}\""))).unwrap();
        assert_eq!(found.split(',').nth(4), Some("\"\""), "{found}");
    }
    // Up to 80 of 100 a chance is told.
    assert!(json(&format!("{wide}\n[assumptions]\ncap = 13\n"), "")["risk"]["over_cap"].as_f64() > Some(0.2));
}

#[test]
fn a_trifle_of_a_wide_range_withholds_nothing() {
    let icon = "\n[deliverable.icon]\nquality = \"low\"\nfinals = 1\nretry = { low = 1, likely = 1, high = 30 }\n";
    let risk = &json(&format!("{CONTRACT}{icon}"), "")["risk"];
    assert_eq!((&risk["withheld"], &risk["dependence"][0]["clamped"]), (&Json::Null, &true.into()));
    assert!(risk["percentiles"]["P95"].is_number());
    let mut many = icon.replace("finals = 1", "finals = 400");
    many.insert_str(0, CONTRACT);
    assert_eq!(json(&many, "")["risk"]["withheld"], "wide-range");
}

#[test]
fn sentences_begin_with_a_capital_and_tables_say_what_they_leave_out() {
    let text = told(&with("buffer = \"200%\"\ncap = 27\n"), "risk {}/a.toml").stdout;
    for sentence in ["More than 99 of 100 such projects cost no more", "Fewer than 1 of 100 such projects cost more"] {
        assert!(text.contains(sentence), "{sentence}\n{text}");
    }
    let one = |at: usize| format!("[deliverable.d{at}]\nquality = \"low\"\nfinals = 2\nretry = 2.{at}\n");
    let many = format!("retake = 1\n{}", (1..=12).map(one).collect::<String>());
    let text = told(&many, "risk {}/a.toml").stdout;
    assert!(text.contains("2 more factors: see --format json or csv"), "{text}");
    let ten = format!("retake = 1\n{}", (1..=10).map(one).collect::<String>());
    assert!(!told(&ten, "risk {}/a.toml").stdout.contains("more factors"));
}

#[test]
fn a_total_that_is_always_nothing_needs_no_buffer() {
    let risk = &json(CONTRACT, " --set markup=-100%")["risk"];
    assert_eq!((&risk["percentiles"]["P95"], &risk["buffer_needed"]["P95"]), (&0.0.into(), &0.0.into()));
    assert_eq!((&risk["spread"], &risk["deliverables"]), (&Json::Null, &Json::Array(Vec::new())));
}

#[test]
fn a_range_without_a_width_is_kept_within_a_thousand_finals() {
    for (low, high) in [("3", "3"), ("2.999", "3.001")] {
        let narrow = CONTRACT.replace("2.0", &format!("{{ low = {low}, likely = 3, high = {high} }}"));
        let factor = &json(&narrow, "")["risk"]["dependence"][0];
        assert_eq!((&factor["evidence"], &factor["clamped"]), (&1000.0.into(), &true.into()), "{low}");
    }
    let certain = CONTRACT.replace("2.0", "{ low = 1, likely = 1, high = 1 }");
    let factor = &json(&certain, "")["risk"]["dependence"][0];
    assert_eq!((&factor["evidence"], &factor["clamped"]), (&Json::Null, &false.into()));
}

#[test]
fn what_is_unknown_is_said_and_never_zero() {
    let auto = CONTRACT.replace("quality = \"high\"", "quality = \"auto\"");
    let found = json(&auto, "");
    assert_eq!((&found["risk"], &found["unknown"]), (&Json::Null, &"price".into()));
    let text = told(&auto, "risk {}/a.toml").stdout;
    assert!(text.contains("cannot be computed: a part of it has no price"), "{text}");
    assert_eq!(json("retake = 1\n", "")["unknown"], "finals");
}

#[test]
fn charges_and_the_knobs_of_a_run_count() {
    let plain = json(CONTRACT, "")["risk"]["percentiles"]["P80"].as_f64().unwrap();
    let taxed = json(CONTRACT, " --set markup=50% --set tax=20%")["risk"]["percentiles"]["P80"].as_f64().unwrap();
    assert!((taxed - plain * 1.8).abs() < 1e-5, "{taxed} for {plain}");
}

#[test]
fn a_percentile_is_compared_with_a_cap() {
    // P80 is $10.983444, the total with its buffer $11.0990592.
    for (command, exit, told_there) in [
        (
            "--max 10.99 --confidence P80",
            Exit::Done,
            "P80 is within the cap of $10.99: 4 of 5 such projects cost $10.98 or less",
        ),
        (
            "--max 10.98 --confidence P80",
            Exit::OverBudget,
            "P80 is over the cap of $10.98: 4 of 5 such projects cost $10.98 or less",
        ),
        ("--max 10.99 --confidence p90", Exit::OverBudget, "P90 is over the cap of $10.99"),
        ("--max 10.99", Exit::OverBudget, "over the cap"),
        ("--confidence P80", Exit::BadInput, "P80 is compared with a cap, and the project has none"),
        ("--max 20 --confidence 80", Exit::BadInput, "\"80\" is no percentile"),
        ("--max 20 --confidence P100", Exit::BadInput, "allowed: P1 to P99"),
    ] {
        let found = told(CONTRACT, &format!("check {{}}/a.toml {command}"));
        assert_eq!(found.exit, exit, "{command}: {}{}", found.stdout, found.stderr);
        let all = format!("{}{}", found.stdout, found.stderr);
        assert!(all.contains(told_there), "{command}: {all}");
    }
}

/// Also where the file has a cap of its own, and whichever format tells it: the total with its buffer, $11.10, fails nothing.
#[test]
fn a_percentile_stands_in_place_of_the_total() {
    let capped = CONTRACT.replace("\n\n[deliverable", "\n[assumptions]\ncap = 11\n[deliverable");
    assert!(capped.contains("cap = 11"), "{capped}");
    for (command, exit) in [
        ("--confidence P80", Exit::Done),
        ("--confidence P90", Exit::OverBudget),
        ("--max 10.99 --confidence P80", Exit::Done),
        ("--max 10.98 --confidence P80", Exit::OverBudget),
        ("--max 11", Exit::OverBudget),
    ] {
        for format in ["text", "json", "github"] {
            let found = told(&capped, &format!("check {{}}/a.toml {command} --format {format}"));
            assert_eq!(found.exit, exit, "{command} {format}: {}{}", found.stdout, found.stderr);
            let all = format!("{}{}", found.stdout, found.stderr);
            assert!(all.contains("$11.10 is over the cap of $11.00"), "{command} {format}: {all}");
        }
    }
}

#[test]
fn a_percentile_that_is_not_known_is_not_within_a_cap() {
    let auto = CONTRACT.replace("quality = \"high\"", "quality = \"auto\"");
    let wide = CONTRACT.replace("retry = 2.0", "retry = { low = 1, likely = 3, high = 9 }");
    for (file, command) in [(&auto, "P80"), (&wide, "P90")] {
        let found = told(file, &format!("check {{}}/a.toml --max 1000 --confidence {command}"));
        assert_eq!(found.exit, Exit::OverBudget, "{}", found.stderr);
        assert!(found.stderr.contains(&format!("{command} is not known to be within the cap")), "{}", found.stderr);
    }
    let found = told(CONTRACT, "check {}/a.toml --max 20 --confidence P80 --format json");
    let found: Json = serde_json::from_str(&found.stdout).unwrap();
    let file = &found["files"][0];
    assert_eq!((&file["percentile"]["name"], &file["cap"]), (&"P80".into(), &"20".into()));
    assert!((file["percentile"]["amount"].as_f64().unwrap() - 10.983444).abs() < 1e-4);
}
