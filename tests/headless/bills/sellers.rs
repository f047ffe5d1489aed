//! What is said of sellers: their price apart from previews, the age of their prices, their route.

use super::{Desk, flowing};
use serde_json::Value as Json;

#[test]
fn previews_stand_apart_from_the_sellers_price() {
    let desk = Desk::new();
    let text = "retake = 1\n[assumptions]\nretry = 1\nbuffer = \"0%\"\npartial_images = 2\n[deliverable.a]\nsize = \"1024x1024\"\n\
                quality = \"low\"\nfinals = 100\n[bills]\ncompare = [\"shop\"]\n[card.shop]\nname = \"Shop\"\nkind = \"per image\"\n\
                price = 0.007\nchecked = 2026-11-20\nsource = \"price list\"\ngrade = \"B\"\n";
    let file = desk.file("p.retake.toml", text);
    let bills = &desk.json(&["estimate", &file, "--format", "json"])["bills"];
    // 100 · (196 · 30 + 6 · 5 + 2 · 100 · 30) / 1M.
    assert_eq!((&bills[0]["total"], &bills[1]["total"]), (&Json::from("1.191"), &Json::from("0.7")));
    let part = |part: &Json| (part["why"].as_str().unwrap().to_owned(), part["amount"].as_str().unwrap().to_owned());
    let parts: Vec<_> = bills[1]["differs"].as_array().unwrap().iter().map(part).collect();
    let expected = [
        ("references and prompt not charged", "-0.003"),
        ("previews not charged", "-0.6"),
        ("seller's price", "0.112"),
    ];
    assert_eq!(parts, expected.map(|(why, amount)| (why.to_owned(), amount.to_owned())));
    let text = flowing(&desk.ask(&["estimate", &file]).stdout);
    assert!(text.contains("seller's price +$0.11 (+19 % on $0.59)"), "{text}");
}

#[test]
fn an_old_card_is_pointed_out_like_an_old_official_price() {
    let desk = Desk::new();
    // 2026-11-22 less 60 days is 2026-09-23.
    for (checked, stale) in [("2026-05-01", true), ("2026-09-22", true), ("2026-09-23", false), ("2026-11-20", false)] {
        let text = format!(
            "retake = 1\n[deliverable.a]\nfinals = 10\n[bills]\ncompare = [\"shop\"]\n[card.shop]\nname = \"Shop\"\n\
             kind = \"per image\"\nprice = 0.03\nchecked = {checked}\nsource = \"price list\"\ngrade = \"B\"\n"
        );
        let file = desk.file("p.retake.toml", &text);
        let found = desk.json(&["estimate", &file, "--format", "json"]);
        let told = found["issues"].as_array().unwrap().iter().any(|issue| {
            let message = issue["message"].as_str().unwrap();
            issue["code"] == "price-stale" && message.starts_with("the prices of shop were checked on")
        });
        assert_eq!(told, stale, "{checked}: {}", found["issues"]);
    }
}

#[test]
fn an_unofficial_route_is_said_wherever_its_card_is_cheaper() {
    let desk = Desk::new();
    // 12 · (7,024 · 30 + 6 · 5) / 1M less 12 · $0.03.
    let project = "retake = 1\n[deliverable.a]\nfinals = 10\nretry = 1\nquality = \"high\"\n[bills]\ncompare = [\"laozhang-vip\"]\n";
    let file = desk.file("p.retake.toml", project);
    for format in ["text", "markdown"] {
        let flowing = flowing(&desk.ask(&["estimate", &file, "--format", format]).stdout);
        for said in [
            "unofficial route: not OpenAI's own API; size and quality are not guaranteed",
            "LaoZhang VIP, $2.17 below the official price; unofficial route; prices of 28 November 2026",
            "without reference images; unofficial route",
            "LaoZhang VIP: Flat: any size and any quality.",
        ] {
            assert!(flowing.contains(said), "{format} {said}: {flowing}");
        }
    }
    let shown = desk.ask(&["rates", "show", "laozhang-vip"]).stdout;
    assert!(shown.contains("without reference images; unofficial route"), "{shown}");
    assert_eq!(desk.json(&["estimate", &file, "--format", "json"])["bills"][1]["route"], "unofficial");
}

#[test]
fn a_card_in_the_file_that_says_nothing_of_inputs_names_the_lines_that_lost_their_price() {
    let desk = Desk::new();
    let project = |inputs: &str| {
        format!(
            "retake = 1\n[deliverable.a]\nfinals = 3\nreferences = [\"1024x1024\"]\n[deliverable.b]\nfinals = 3\n[bills]\n\
             compare = [\"shop\"]\n[card.shop]\nkind = \"per image\"\nprice = 0.03\n{inputs}"
        )
    };
    let told = |inputs: &str| {
        let found = desk.json(&["estimate", &desk.file("p.retake.toml", &project(inputs)), "--format", "json"]);
        let issues = found["issues"].as_array().unwrap().clone();
        issues.into_iter().filter(|issue| issue["code"] == "card-inputs-unsaid").collect::<Vec<_>>()
    };
    let once = told("");
    assert_eq!(once.len(), 1, "{once:?}");
    assert!(once[0]["message"].as_str().unwrap().ends_with("have no price on it: a"), "{once:?}");
    assert_eq!((&once[0]["key"], &once[0]["line"]), (&Json::from("card.shop"), &Json::from(9)));
    assert!(told("inputs = \"included\"\n").is_empty());
    assert!(told("edit.price = 0.04\n").is_empty());
}

#[test]
fn an_approximate_count_marks_the_line_the_sums_and_the_bills() {
    let desk = Desk::new();
    let project = |size: &str| {
        format!(
            "retake = 1\n[assumptions]\nretry = 1\n[deliverable.a]\nfinals = 10\nmodel = \"gpt-image-2.6-flare\"\nquality = \"high\"\n\
             size = \"{size}\"\n[deliverable.b]\nfinals = 10\n[bills]\ncompare = [\"shop\", \"flat\"]\n[card.shop]\nkind = \"tokens\"\ndiscount = \"20%\"\n\
             [card.flat]\nkind = \"per image\"\nprice = 0.03\n"
        )
    };
    for (size, marked) in [("1024x1024", true), ("1536x1024", false)] {
        let file = desk.file("p.retake.toml", &project(size));
        let found = desk.json(&["estimate", &file, "--format", "json"]);
        let is = |value: &Json| value.get("approximate") == Some(&Json::from(true));
        assert_eq!(is(&found["totals"]), marked, "{size}");
        assert_eq!(found["deliverables"].as_array().unwrap().iter().map(is).collect::<Vec<_>>(), [marked, false]);
        let text = desk.ask(&["estimate", &file]).stdout;
        let row = |start: &str| text.lines().find(|line| line.trim_start().starts_with(start)).unwrap().contains('≈');
        let rows = ["a ", "subtotal", "buffer", "TOTAL", "per final", "openai", "shop"].map(row);
        assert_eq!(rows, [marked; 7], "{size}: {text}");
        // A price per image rests on no tokens; what it is compared with does.
        assert!(!row("b ") && !row("flat"), "{text}");
        let compared = text.lines().skip_while(|line| !line.trim_start().starts_with("flat")).nth(1).unwrap();
        assert_eq!(compared.contains('≈'), marked, "{compared}");
        let bills: Vec<bool> = found["bills"].as_array().unwrap().iter().map(is).collect();
        assert_eq!(bills, [marked, marked, false]);
        assert_eq!(is(&found["deliverables"][0]["bills"][0]), marked);
        let over = desk.ask(&["check", &file, "--max", "0.01"]).stderr;
        assert_eq!(over.contains("the total of ≈$"), marked, "{over}");
        assert_eq!(desk.ask(&["check", &file]).stdout.contains("is sound: ≈$"), marked, "{size}");
    }
}

#[test]
fn a_project_changes_single_keys_of_its_teams_card() {
    let desk = Desk::new();
    let team = "retake = 1\n[card.shop]\nname = \"The shop\"\nkind = \"per image\"\nsource = \"a letter\"\ninputs = \"included\"\n\
                fee = \"10%\"\nsize.1024x1024 = { low = 0.01, medium = 0.05 }\nsize.1536x1024 = 0.04\n\
                edit.size.1024x1024 = 0.08\nedit.references = 2\n";
    desk.file("team.toml", team);
    let project = |own: &str| {
        let line =
            |key: &str, more: &str| format!("[deliverable.{key}]\nfinals = 1\nmodel = \"gpt-image-2\"\n{more}\n");
        format!(
            "retake = 1\nextends = \"team.toml\"\n[assumptions]\nretry = 1\nbuffer = \"0%\"\n{}{}{}[bills]\ncompare = [\"shop\"]\n{own}",
            line("a", "size = \"1024x1024\""),
            line("b", "size = \"1536x1024\""),
            line("c", "size = \"1024x1024\"\nreferences = [\"1024x1024\"]"),
        )
    };
    let totals = |own: &str| {
        let found = desk.json(&["estimate", &desk.file("p.retake.toml", &project(own)), "--format", "json"]);
        let of = |line: &Json| line["bills"][0]["total"].as_str().unwrap_or("unknown").to_owned();
        let lines: Vec<String> = found["deliverables"].as_array().unwrap().iter().map(of).collect();
        (found["bills"][1]["name"].as_str().unwrap_or_default().to_owned(), lines.join(" "))
    };
    for (own, expected) in [
        ("", "0.055 0.044 0.088"),
        ("fee = \"20%\"\n", "0.06 0.048 0.096"),
        // Named entries are changed one by one; another form of the list takes its place.
        ("size.1024x1024 = 0.07\n", "0.077 0.044 0.088"),
        ("price = 0.02\n", "0.022 0.022 0.088"),
        ("edit.references = 1\n", "0.055 0.044 0.088"),
        ("edit.price = 0.1\n", "0.055 0.044 0.11"),
        ("qualities = [\"low\"]\n", "unknown unknown unknown"),
    ] {
        let own = if own.is_empty() { String::new() } else { format!("[card.shop]\n{own}") };
        assert_eq!(totals(&own), ("The shop".to_owned(), expected.to_owned()), "{own}");
    }
    // A card of another kind is a card of its own.
    let (name, lines) = totals("[card.shop]\nkind = \"tokens\"\nstandard = { image_output = 10, text_input = 5 }\n");
    assert_eq!((name.as_str(), lines.as_str()), ("shop", "0.01759 0.01375 unknown"));
    // What cannot be read in the team's card is told there, and once.
    desk.file("team.toml", &team.replace("\"10%\"", "10"));
    let broken = desk.ask(&["check", &desk.file("p.retake.toml", &project("[card.shop]\nprice = 0.02\n"))]).stderr;
    assert_eq!(broken.matches("error").count(), 1, "{broken}");
    assert!(broken.contains("team.toml:7:7"), "{broken}");
}

#[test]
fn every_format_says_what_auto_is_billed_as() {
    let desk = Desk::new();
    let text = "retake = 1\n[deliverable.a]\nmodel = \"gpt-image-2.5-flare\"\nfinals = 10\nretry = 1\nquality = \"auto\"\n\
                size = \"1024x1024\"\nbuffer = \"0%\"\n[bills]\ncompare = [\"fal-25\", \"piapi\"]\n";
    let file = desk.file("p.retake.toml", text);
    let said = "quality auto is billed as high";
    for format in ["text", "markdown"] {
        let flowing = flowing(&desk.ask(&["estimate", &file, "--format", format]).stdout);
        // 10 · 1,756 · 30 / 1M.
        assert!(flowing.contains("$0.53") && flowing.matches(said).count() == 1, "{format}: {flowing}");
        assert!(flowing.contains("quality billed for auto not stated"), "{format}: {flowing}");
    }
    let bills = &desk.json(&["estimate", &file, "--format", "json"])["bills"];
    assert_eq!((&bills[1]["total"], &bills[1]["auto_quality"]), (&Json::from("0.5268"), &Json::from("high")));
    assert_eq!((&bills[2]["total"], bills[2].get("auto_quality")), (&Json::Null, None));
    let csv = desk.ask(&["estimate", &file, "--format", "csv"]).stdout;
    let auto = csv.lines().find(|line| line.contains("auto billed as a priced image")).unwrap();
    assert!(auto.contains("\"high\""), "{auto}");
    // Where a quality is chosen, nothing is said of auto.
    let file = desk.file("p.retake.toml", &text.replace("\"auto\"", "\"low\""));
    assert!(!desk.ask(&["estimate", &file]).stdout.contains("billed as"));
}
