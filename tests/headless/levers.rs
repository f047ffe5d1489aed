//! `retake levers` and `retake goal`: figures, formats, exit codes, and what they refuse.

use crate::budgets::decimal;
use crate::commands::{CONTRACT, answer, folder_with};
use retake::cli::{Answer, Exit};
use serde_json::{Value as Json, json};

fn told(files: &[(&str, &str)], command: &str) -> Answer {
    answer(folder_with(files).path(), command, "")
}

fn of_contract(command: &str) -> Json {
    let found = told(&[("a.toml", CONTRACT)], &format!("{command} --format json"));
    assert_eq!((found.stderr.as_str(), found.exit), ("", Exit::Done), "{command}");
    serde_json::from_str(&found.stdout).unwrap()
}

/// Three deliverables, the third from another quality.
fn three() -> String {
    let more = "\n[assumptions]\nquality = \"high\"\nretry = 2.0\n\n[deliverable.pdp-detail]\nfinals = 48\n\n[deliverable.mail]\nname = \"Mail headers\"\n\
finals = 6\nquality = \"medium\"\n";
    format!("{CONTRACT}{more}")
}

#[test]
fn levers_are_sorted_by_what_they_change() {
    let found = of_contract("levers {}/a.toml");
    assert_eq!(found["schema"], 1);
    assert_eq!(decimal(found["total"].as_str().unwrap()), decimal("11.0990592"));
    let rows = found["levers"].as_array().unwrap();
    let swing = |row: &Json| decimal(row["swing"].as_str().unwrap());
    let known: Vec<_> = rows.iter().filter(|row| !row["swing"].is_null()).map(|row| swing(row).abs()).collect();
    assert!(known.len() > 15 && known.is_sorted_by(|a, b| a >= b), "{known:?}");
    let finals = rows.iter().find(|row| row["lever"] == "finals" && row["to"] == "23").unwrap();
    let wanted = json!({
        "lever": "finals", "deliverable": "pdp-hero", "scope": "deliverable", "deliverables": 1,
        "from": "24", "to": "23", "total": "10.6365984", "swing": "-0.4624608"
    });
    assert_eq!(*finals, wanted);
    let first: Vec<usize> = serde_json::from_value(found["together"]["levers"].clone()).unwrap();
    let sum: retake::cost::Decimal = first.iter().map(|at| swing(&rows[*at])).sum();
    assert_eq!(first.len(), 3);
    assert!(decimal(found["together"]["swing"].as_str().unwrap()) > sum, "computed together, not added");
}

#[test]
fn a_lever_of_all_names_no_deliverable() {
    let folder = folder_with(&[("b.toml", &three())]);
    let found = answer(folder.path(), "levers {}/b.toml --format json", "");
    let found: Json = serde_json::from_str(&found.stdout).unwrap();
    let rows = found["levers"].as_array().unwrap();
    let of = |scope: &str, lever: &str| {
        let fits = |row: &&Json| row["scope"] == scope && row["lever"] == lever;
        rows.iter().find(fits).unwrap_or_else(|| panic!("{scope} {lever}")).clone()
    };
    let shared = of("shared", "service_tier");
    assert_eq!((&shared["deliverable"], &shared["deliverables"]), (&Json::Null, &json!(3)));
    let project = of("project", "quality");
    assert_eq!((&project["deliverable"], &project["from"]), (&Json::Null, &json!("high | medium")));
    // One deliverable alone has no rows for others, nor for all.
    let one = answer(folder.path(), "levers {}/b.toml --format json --deliverable mail", "");
    let one: Json = serde_json::from_str(&one.stdout).unwrap();
    assert!(one["levers"].as_array().unwrap().iter().all(|row| row["deliverable"] == "mail"));
    let text = answer(folder.path(), "levers {}/b.toml", "");
    for wanted in ["service standard → batch · all 3 deliverables", "Together, ", "more rows: see --format json or csv"]
    {
        assert!(text.stdout.contains(wanted), "{wanted}\n{}", text.stdout);
    }
    let csv = answer(folder.path(), "levers {}/b.toml --format csv", "").stdout;
    assert_eq!(csv.lines().count(), rows.len() + 1);
    let markdown = answer(folder.path(), "levers {}/b.toml --format markdown", "").stdout;
    assert!(markdown.contains("|---|--:|--:|"), "{markdown}");
}

#[test]
fn a_deliverable_without_a_price_is_left_out_and_named() {
    let text = three().replace("\"medium\"", "\"auto\"");
    let folder = folder_with(&[("b.toml", &text)]);
    let found = answer(folder.path(), "levers {}/b.toml --format json", "");
    let found: Json = serde_json::from_str(&found.stdout).unwrap();
    assert_eq!((&found["total"], &found["unpriced"]), (&Json::Null, &json!(["mail"])));
    assert!(found["known_total"].is_string());
    let rows = found["levers"].as_array().unwrap();
    assert!(rows.iter().all(|row| row["total"].is_null()) && rows.iter().any(|row| row["swing"].is_string()));
    let told = answer(folder.path(), "levers {}/b.toml", "").stdout;
    assert!(told.contains("without 1 deliverable that has no price"), "{told}");
    let goal = answer(folder.path(), "goal {}/b.toml --max 1000 --format json", "");
    let goal: Json = serde_json::from_str(&goal.stdout).unwrap();
    assert_eq!((&goal["fits"], &goal["finals"]["pdp-hero"]), (&Json::Null, &Json::Null));
    let codes: Vec<_> = goal["reasons"].as_array().unwrap().iter().map(|reason| reason["code"].clone()).collect();
    assert!(codes.iter().all(|code| code == "total-unknown"), "{codes:?}");
    assert_eq!(goal["cut_line"]["next"], json!({ "deliverable": "mail", "lacks": null }));
}

#[test]
fn a_goal_says_the_most_of_each_knob() {
    let found = of_contract("goal {}/a.toml --max 15");
    assert_eq!((&found["schema"], &found["max"], &found["confidence"]), (&json!(1), &json!("15"), &Json::Null));
    assert_eq!((&found["finals"], &found["retry"]), (&json!({ "pdp-hero": 32 }), &json!({ "pdp-hero": "2.7029" })));
    assert_eq!((&found["buffer"], &found["fits"]), (&json!({ "pdp-hero": "62.17%" }), &json!(true)));
    let over = of_contract("goal {}/a.toml --max 1");
    assert_eq!(over["retry"], json!({ "pdp-hero": null }));
    let reason = over["reasons"].as_array().unwrap().iter().find(|reason| reason["lever"] == "retry").unwrap();
    let message = "already over at 1.00× ($5.55)";
    assert_eq!((&reason["code"], &reason["message"]), (&json!("over-at-least"), &json!(message)));
    assert!(!over["moves"].as_array().unwrap().is_empty() || !over["pairs"].as_array().unwrap().is_empty());
    // A value that is set for one run counts, and so does a cap of its own currency.
    let set = of_contract("goal {}/a.toml --max 15 --set deliverable.pdp-hero.retry=1");
    assert_eq!(set["finals"], json!({ "pdp-hero": 64 }));
}

#[test]
fn the_cut_line_says_what_the_next_deliverable_lacks() {
    let folder = folder_with(&[("b.toml", &three())]);
    let total = |finals: &str| {
        let set = format!(
            "estimate {{}}/b.toml --format json --set deliverable.pdp-detail.finals={finals} --set deliverable.mail.finals=0"
        );
        let found: Json = serde_json::from_str(&answer(folder.path(), &set, "").stdout).unwrap();
        decimal(found["totals"]["total"].as_str().unwrap())
    };
    let found = answer(folder.path(), "goal {}/b.toml --max 12 --format json", "");
    let found: Json = serde_json::from_str(&found.stdout).unwrap();
    let cut = &found["cut_line"];
    assert_eq!((&cut["fits"], &cut["next"]["deliverable"]), (&json!(["pdp-hero"]), &json!("pdp-detail")));
    assert_eq!(decimal(cut["total"].as_str().unwrap()), total("0"));
    assert_eq!(decimal(cut["next"]["lacks"].as_str().unwrap()), total("48") - decimal("12"));
    let text = answer(folder.path(), "goal {}/b.toml --max 12", "").stdout;
    assert!(text.contains("Going down the list, the cap pays for PDP hero ($11.10); pdp-detail is"), "{text}");
    let all = answer(folder.path(), "goal {}/b.toml --max 1000", "").stdout;
    assert!(all.contains("All deliverables fit"), "{all}");
    let none = answer(folder.path(), "goal {}/b.toml --max 0.01", "").stdout;
    assert!(none.contains("The cap does not pay for the first deliverable of the list: PDP hero"), "{none}");
    assert!(none.contains("No single move and no pair of moves gets under the cap."), "{none}");
}

#[test]
fn pairs_are_told_where_no_single_move_gets_there() {
    let found = of_contract("goal {}/a.toml --max 0.4");
    assert_eq!(found["moves"], json!([]));
    let pairs = found["pairs"].as_array().unwrap();
    assert!((1..=6).contains(&pairs.len()), "{pairs:?}");
    for pair in pairs {
        assert!(decimal(pair["total"].as_str().unwrap()) <= decimal("0.4"));
        assert_eq!(pair["moves"].as_array().unwrap().len(), 2);
    }
    let csv = told(&[("a.toml", CONTRACT)], "goal {}/a.toml --max 0.4 --format csv").stdout;
    assert_eq!(csv.lines().filter(|line| line.starts_with("\"pair\"")).count(), pairs.len() * 2, "{csv}");
}

#[test]
fn what_cannot_be_answered_is_refused() {
    let eur = "retake = 1\n[assumptions]\ncap = { amount = 3, currency = \"EUR\" }\n[deliverable.a]\nfinals = 1\n";
    let broken = CONTRACT.replace("finals = 24", "finals = \"many\"");
    let files = [("a.toml", CONTRACT), ("eur.toml", eur), ("broken.toml", &broken), ("no.toml", "not toml at all")];
    for (command, exit, wanted) in [
        ("goal {}/a.toml", Exit::BadInput, "the project has no cap"),
        ("goal {}/a.toml --max many", Exit::BadInput, "needs a number, not many"),
        ("goal {}/a.toml --max 25 --confidence 90", Exit::BadInput, "\"90\" is no percentile"),
        ("levers {}/a.toml --confidence P100", Exit::BadInput, "\"P100\" is no percentile"),
        ("levers {}/a.toml --over-cap", Exit::BadInput, "the project has no cap"),
        ("goal {}/a.toml --confidence P80", Exit::BadInput, "the project has no cap"),
        ("goal {}/a.toml --max 25 --deliverable pdp", Exit::BadInput, "there is no deliverable pdp"),
        ("goal {}/a.toml --max 25 --deliverable pdp-hera", Exit::BadInput, "did you mean pdp-hero?"),
        ("levers {}/a.toml --deliverable nothing", Exit::BadInput, "there is no deliverable nothing"),
        ("goal {}/a.toml --max €25", Exit::BadInput, "EUR"),
        ("levers {}/a.toml --set nothing=1", Exit::BadInput, "there is no knob nothing"),
        ("levers {}/no.toml", Exit::BadInput, "this is not a retake project"),
        ("levers {}/nowhere.toml", Exit::Failed, "nowhere.toml"),
    ] {
        let found = told(&files, command);
        assert_eq!((found.exit, found.stdout.as_str()), (exit, ""), "{command}: {}", found.stderr);
        assert!(found.stderr.contains(wanted), "{command}: {}", found.stderr);
    }
    // An error of the file is told beside what can be computed, as an estimate tells it.
    let found = told(&files, "levers {}/broken.toml");
    assert_eq!(found.exit, Exit::BadInput);
    assert!(found.stderr.contains("error"), "{}", found.stderr);
}

#[test]
fn a_known_part_that_is_over_the_cap_is_over_it() {
    let text = three().replace("\"medium\"", "\"auto\"");
    let folder = folder_with(&[("b.toml", &text)]);
    let found = answer(folder.path(), "goal {}/b.toml --max 1 --format json", "");
    let found: Json = serde_json::from_str(&found.stdout).unwrap();
    assert_eq!((&found["fits"], &found["total"]), (&json!(false), &Json::Null));
    let told = answer(folder.path(), "goal {}/b.toml --max 1", "").stdout;
    assert!(told.contains("Cap $1.00: the known part of the total, $") && told.contains("is over it by $"), "{told}");
    assert!(!told.contains("what fits is unknown") && !told.contains("No single move"), "{told}");
}

#[test]
fn that_nothing_gets_there_is_said_of_the_deliverable_that_is_asked_about() {
    let folder = folder_with(&[("b.toml", &three())]);
    let all = answer(folder.path(), "goal {}/b.toml --max 3", "").stdout;
    assert!(!all.contains("No single move"), "{all}");
    let one = answer(folder.path(), "goal {}/b.toml --max 3 --deliverable mail", "").stdout;
    let name = one.lines().find(|line| line.starts_with("No single move of ")).unwrap_or_else(|| panic!("{one}"));
    assert!(name.contains("no pair of them"), "{one}");
}

/// A factor so wide that high percentiles are withheld.
fn wide() -> String {
    CONTRACT.replace("retry = 2.0", "retry = { low = 1, likely = 3, high = 9 }")
}

#[test]
fn a_goal_at_a_percentile_is_that_of_the_risk() {
    let found = of_contract("goal {}/a.toml --max 15 --confidence P80");
    let risk = of_contract("risk {}/a.toml");
    assert_eq!((&found["confidence"], &found["withheld"]), (&json!("P80"), &json!(false)));
    assert_eq!(found["percentile"], risk["risk"]["percentiles"]["P80"]);
    assert_eq!((&found["finals"], &found["retry"]), (&json!({ "pdp-hero": 32 }), &json!({ "pdp-hero": "2.6467" })));
    assert_eq!((&found["buffer"], &found["all"]["buffer"]), (&json!({ "pdp-hero": null }), &Json::Null));
    let codes: Vec<_> = found["reasons"].as_array().unwrap().iter().map(|reason| reason["code"].clone()).collect();
    assert_eq!(codes, ["not-in-it", "not-in-it"]);
    assert_eq!((&found["cut_line"]["total"], &found["cut_line"]["percentile"]), (&Json::Null, &found["percentile"]));
    // As `check` holds the same percentile against the same amount.
    for (finals, exit) in [("32", Exit::Done), ("33", Exit::OverBudget)] {
        let check = format!("check {{}}/a.toml --max 15 --confidence P80 --set deliverable.pdp-hero.finals={finals}");
        assert_eq!(told(&[("a.toml", CONTRACT)], &check).exit, exit, "{finals}");
    }
    let over = of_contract("goal {}/a.toml --max 10 --confidence P80");
    assert_eq!(over["fits"], json!(false));
    let moves = over["moves"].as_array().unwrap();
    assert!(moves.len() > 3 && moves.iter().all(|one| one["percentile"].as_f64().unwrap() <= 10.0), "{moves:?}");
    assert!(moves.iter().all(|one| one["lever"] != "buffer"), "a buffer moves no percentile");
}

#[test]
fn levers_by_a_percentile_and_by_the_chance_are_sorted_by_it() {
    for (option, amount, swing) in [
        ("--confidence P90", "percentile", "percentile_swing"),
        ("--over-cap --set cap=12", "over_cap", "over_cap_swing"),
    ] {
        let found = of_contract(&format!("levers {{}}/a.toml {option}"));
        let before = found[amount].as_f64().unwrap();
        let rows = found["levers"].as_array().unwrap();
        let swings: Vec<f64> = rows.iter().filter_map(|row| row[swing].as_f64()).collect();
        assert!(swings.len() > 10 && swings.is_sorted_by(|a, b| a.abs() >= b.abs()), "{option}: {swings:?}");
        for row in rows.iter().filter(|row| !row[swing].is_null()) {
            let change = row[amount].as_f64().unwrap() - before;
            assert!((change - row[swing].as_f64().unwrap()).abs() < 1e-9, "{option}: {row}");
            assert!(row["total"].is_string(), "the total stays beside it");
        }
        assert!(rows.iter().all(|row| row["lever"] != "buffer"), "{option}");
        assert!(found["together"][swing].as_f64().unwrap() < 0.0, "{option}");
    }
}

#[test]
fn a_percentile_is_said_in_every_format() {
    let files = [("a.toml", CONTRACT)];
    for (command, sentences) in [
        (
            "goal {}/a.toml --max 15 --confidence P80",
            &["P80 of $10.98 is within it, with $4.02 left.", "buffer: not in P80", "All deliverables fit"][..1],
        ),
        (
            "goal {}/a.toml --max 10 --confidence P80",
            &["P80 of $10.98 is over it by $0.98.", "Single moves that get under the cap"][..],
        ),
        (
            "goal {}/a.toml --max 10 --confidence P80 --format markdown",
            &["P80 of $10.98 is over it by $0.98.", "P80 | effect"][..],
        ),
        ("levers {}/a.toml --confidence P80", &["P80 is $10.98: 4 of 5 such projects cost that or less."][..]),
        (
            "levers {}/a.toml --over-cap --set cap=12",
            &["14 of 100 such projects cost more than the cap of $12.00.", " points"][..],
        ),
    ] {
        let found = told(&files, command);
        assert_eq!(found.exit, Exit::Done, "{command}: {}", found.stderr);
        for sentence in sentences {
            assert!(found.stdout.contains(sentence), "{command}: {sentence}\n{}", found.stdout);
        }
    }
    let csv = told(&files, "goal {}/a.toml --max 10 --confidence P80 --format csv").stdout;
    let mut lines = csv.lines();
    assert!(
        lines
            .next()
            .unwrap()
            .ends_with("\"approximate\",\"percentile_usd\",\"percentile_swing_usd\",\"over_cap\",\"over_cap_swing\"")
    );
    let goal = lines.find(|line| line.contains("\"finals\"")).unwrap();
    assert!(goal.contains(",21,") || goal.contains(",\"21\","), "{goal}");
    let chance = told(&files, "levers {}/a.toml --over-cap --set cap=12 --format csv").stdout;
    assert!(chance.lines().nth(1).unwrap().ends_with(",0.651176,0.516001"), "{chance}");
}

#[test]
fn what_is_not_told_ends_as_in_check() {
    let no_price = CONTRACT.replace("quality = \"high\"", "quality = \"auto\"");
    let no_finals = CONTRACT.replace("finals = 24", "finals = 0");
    let wide = wide();
    let files = [("wide.toml", wide.as_str()), ("price.toml", no_price.as_str()), ("none.toml", no_finals.as_str())];
    for (command, exit, sentence) in [
        (
            "goal {}/wide.toml --max 100 --confidence P90",
            Exit::OverBudget,
            "P90 is withheld, so no goal is sought for it.",
        ),
        ("goal {}/wide.toml --max 100 --confidence P80", Exit::Done, "What fits, one knob at a time"),
        ("levers {}/wide.toml --confidence P95", Exit::OverBudget, "worth less than 3 finals of experience"),
        ("levers {}/wide.toml --over-cap --set cap=100", Exit::OverBudget, "at most 20 of 100 such projects"),
        (
            "goal {}/price.toml --max 100 --confidence P80",
            Exit::OverBudget,
            "P80 is unknown, so what fits is unknown too.",
        ),
        ("levers {}/price.toml --confidence P80", Exit::OverBudget, "P80 is unknown."),
        ("levers {}/none.toml --confidence P80", Exit::OverBudget, "P80 is unknown."),
        (
            "levers {}/none.toml --over-cap --set cap=9",
            Exit::OverBudget,
            "The chance of being over the cap is unknown.",
        ),
    ] {
        let found = told(&files, command);
        assert_eq!(found.exit, exit, "{command}: {}{}", found.stdout, found.stderr);
        assert!(found.stdout.to_lowercase().contains(&sentence.to_lowercase()), "{command}\n{}", found.stdout);
        // The same percentile in `check`.
        if command.starts_with("goal") {
            let check = command.replacen("goal", "check", 1);
            assert_eq!(told(&files, &check).exit, exit, "{check}");
        }
    }
    let json = told(&files, "goal {}/wide.toml --max 100 --confidence P90 --format json");
    let json: Json = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!((&json["percentile"], &json["withheld"], &json["fits"]), (&Json::Null, &json!(true), &Json::Null));
}
