//! Named risks in `retake risk` and `estimate`, the risk in the JSON of both, and factors that rest on counted images.

use crate::commands::{CONTRACT, answer, folder_with};
use serde_json::Value as Json;

/// Another round, and a lost day in a currency of its own.
const RISKS: &str = "
[risk.round]
name = \"Another round\"
chance = \"30%\"
deliverable = \"pdp-hero\"
finals = 6

[risk.day]
chance = \"10%\"
amount = 50
";

fn told(file: &str, command: &str) -> String {
    let found = answer(folder_with(&[("a.toml", file)]).path(), command, "");
    assert_eq!(found.stderr, "", "{command}");
    found.stdout
}

fn json(file: &str, command: &str) -> Json {
    serde_json::from_str(&told(file, &format!("{command} --format json"))).unwrap()
}

fn with_risks() -> String {
    format!("{CONTRACT}{RISKS}")
}

#[test]
fn the_report_tells_contingency_from_reserve() {
    // 6 finals at 2 tries of $0.192692 come with 30 %: $0.69 on average. $50 with 10 %: $5.
    let text = told(&with_risks(), "risk {}/a.toml").split_whitespace().collect::<Vec<_>>().join(" ");
    for sentence in [
        "On average $14.94 with the named risks, $9.25 on the worksheet; both before the buffer.",
        "Another round 30 % 6 finals of PDP hero $0.69",
        "day 10 % $50.00 $5.00",
        "Contingency (the buffer, in the worksheet's total): $1.85.",
        "Reserve (named risks on average, not in the worksheet's total): $5.69.",
        "Retries and 2 named risks are in it; prices and scope beyond them are not.",
    ] {
        assert!(text.contains(sentence), "{sentence}\n{text}");
    }
    assert!(!text.contains("Only retries are in it"), "{text}");
    let plain = told(CONTRACT, "risk {}/a.toml");
    assert!(!plain.contains("Contingency") && !plain.contains("Reserve"), "{plain}");
}

#[test]
fn an_estimate_says_that_its_total_is_without_named_risks() {
    for format in ["text", "markdown"] {
        let command = format!("estimate {{}}/a.toml --format {format}");
        assert!(told(&with_risks(), &command).contains("\nwithout 2 named risks\n"), "{format}");
        assert!(!told(CONTRACT, &command).contains("named risk"), "{format}");
        let off = format!("{}off = true\n", with_risks());
        assert!(told(&off, &command).contains("\nwithout 1 named risk\n"), "{format}");
    }
    let total = |file: &str| json(file, "estimate {}/a.toml")["totals"]["total"].clone();
    assert_eq!(total(&with_risks()), total(CONTRACT));
}

#[test]
fn a_spreadsheet_has_contingency_each_risk_and_reserve() {
    let found = told(&with_risks(), "risk {}/a.toml --format csv");
    let rows: Vec<csv::StringRecord> =
        csv::Reader::from_reader(found.as_bytes()).records().map(|row| row.unwrap()).collect();
    let amounts = |kind: &str| {
        let own = rows.iter().filter(|row| &row[0] == kind);
        own.map(|row| (row[1].to_owned(), (row[3].parse::<f64>().unwrap() * 1e4).round() / 1e4)).collect::<Vec<_>>()
    };
    assert_eq!(amounts("contingency"), [("the buffer, in the total".to_owned(), 1.8498)]);
    assert_eq!(amounts("reserve"), [("named risks on average, not in the total".to_owned(), 5.6937)]);
    let mut named = amounts("named-risk");
    named.sort_by(|a, b| a.1.total_cmp(&b.1));
    assert_eq!(named, [("Another round".to_owned(), 0.6937), ("day".to_owned(), 5.0)]);
}

#[test]
fn an_estimate_has_the_same_risk_as_the_risk_command() {
    for file in [CONTRACT, &with_risks()] {
        let (own, risk) = (json(file, "estimate {}/a.toml"), json(file, "risk {}/a.toml"));
        assert!(own["risk"]["mean"].is_number(), "{}", own["risk"]);
        assert_eq!(own["risk"], risk["risk"]);
        assert_eq!(own.get("risk_unknown"), None);
    }
    let named = json(&with_risks(), "estimate {}/a.toml")["risk"]["named"].clone();
    let day = named.as_array().unwrap().iter().find(|one| one["key"] == "day").unwrap();
    assert_eq!((&day["chance"], &day["adds"]), (&0.1.into(), &5.0.into()));
    assert_eq!(json(CONTRACT, "estimate {}/a.toml")["risk"]["named"], Json::Array(Vec::new()));
}

#[test]
fn a_risk_that_is_unknown_is_null_with_its_reason() {
    for (file, why) in
        [(CONTRACT.replace("quality = \"high\"", "quality = \"auto\""), "price"), ("retake = 1\n".to_owned(), "finals")]
    {
        let found = json(&file, "estimate {}/a.toml");
        assert_eq!((&found["risk"], &found["risk_unknown"]), (&Json::Null, &why.into()));
    }
    let wide = CONTRACT.replace("retry = 2.0", "retry = { low = 1, likely = 3, high = 9 }");
    let few = CONTRACT.replace("retry = 2.0", "retry = { kept = 2, made = 6 }");
    for file in [wide, few] {
        let risk = &json(&file, "estimate {}/a.toml")["risk"];
        assert_eq!((&risk["withheld"], &risk["percentiles"]["P90"]), (&"wide-range".into(), &Json::Null));
        assert!(risk["percentiles"]["P80"].is_number());
    }
}

#[test]
fn kept_of_made_is_exact_and_worth_what_was_kept() {
    let file = |kept: u64, made: u64| CONTRACT.replace("2.0", &format!("{{ kept = {kept}, made = {made} }}"));
    for (kept, made, retry, evidence) in [(20, 60, 3.0, 20.0), (30, 70, 7.0 / 3.0, 30.0), (2000, 6000, 3.0, 1000.0)] {
        let written = json(&file(kept, made), "risk {}/a.toml")["risk"].clone();
        let factor = &written["dependence"][0];
        assert!((factor["retry"].as_f64().unwrap() - retry).abs() < 1e-6, "{factor}");
        assert_eq!(factor["evidence"], evidence, "{kept} of {made}");
        // The same for one run, where nothing is rounded on the way.
        let set = json(CONTRACT, &format!("risk {{}}/a.toml --set deliverable.pdp-hero.retry={kept}/{made}"));
        assert_eq!(set["risk"], written, "{kept} of {made}");
        let total =
            |file: &str, more: &str| json(file, &format!("estimate {{}}/a.toml{more}"))["totals"]["total"].clone();
        let set = total(CONTRACT, &format!(" --set deliverable.pdp-hero.retry={kept}/{made}"));
        assert_eq!(total(&file(kept, made), ""), set);
    }
    // 24 finals at 7/3 are 56 images, with a buffer of 20 %.
    assert_eq!(json(&file(30, 70), "estimate {}/a.toml")["totals"]["total"], "12.9489024");
}
