//! ≈, or its column in data, stands at every amount that rests on figures that are only about right, and at no other.

use crate::bills::{Desk, flowing};
use crate::commands::{answer, folder_with};
use std::collections::BTreeMap;

/// Models of which the token counts are published, and are not.
const MODELS: [(&str, bool); 2] = [("gpt-image-2", false), ("gpt-image-2.6-flare", true)];

fn project(model: &str) -> String {
    format!(
        "retake = 1\n[assumptions]\nmodel = \"{model}\"\nquality = \"high\"\nretry = 2\n\n[deliverable.a]\nfinals = 9\n\n\
         [fee.studio]\namount = 3\nper = \"final\"\n\n[scenario.more]\nassumptions.retry = 3\n\n\
         [bills]\ncompare = [\"list\", \"tokens\"]\n[card.list]\nkind = \"per image\"\ngrade = \"A\"\nsource = \"a page\"\nprice = 0.05\n\
         [card.tokens]\nkind = \"tokens\"\ngrade = \"A\"\nsource = \"a page\"\ndiscount = \"10%\"\n"
    )
}

fn rows(csv: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let head = reader.headers().unwrap().clone();
    let row =
        |record: csv::StringRecord| head.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

#[test]
fn rows_of_csv_say_that_their_amounts_are_approximate() {
    for (model, about) in MODELS {
        let folder = folder_with(&[("a.toml", &project(model))]);
        let wanted = if about { "true" } else { "" };
        let told = |command: &str| answer(folder.path(), &format!("{command} --format csv"), "").stdout;
        let found = rows(&told("estimate {}/a.toml"));
        for (kind, name, wanted) in [
            ("stage", "", wanted),
            ("total", "", wanted),
            ("bill", "tokens", wanted),
            // What it charges does not depend on tokens, and a fee depends on no price.
            ("bill", "list", ""),
            ("fee", "studio", ""),
        ] {
            let row = found.iter().find(|row| row["row"] == kind && (row["name"] == name || kind == "stage"));
            let row = row.unwrap_or_else(|| panic!("{kind} {name}: {found:?}"));
            assert_eq!(row["approximate"], wanted, "{model}: {kind} {name}");
        }
        for command in ["levers {}/a.toml", "goal {}/a.toml --max 4"] {
            let found = rows(&told(command));
            let with_total: Vec<_> = found.iter().filter(|row| !row["total_usd"].is_empty()).collect();
            assert!(!with_total.is_empty(), "{command}");
            // A move to a model or quality whose counts are known is exact.
            let same = with_total.iter().filter(|row| !["model", "quality"].contains(&row["lever"].as_str()));
            assert!(
                same.clone().count() > 0 && same.clone().all(|row| row["approximate"] == wanted),
                "{command}: {found:?}"
            );
        }
        let compared = told("compare {}/a.toml");
        let last = compared.lines().last().unwrap();
        assert_eq!(last, format!("\"approximate\",\"{wanted}\",\"{wanted}\""), "{compared}");
    }
}

/// A project with credits whose digits do not end, and cards of a grade.
fn graded(grade: &str) -> String {
    format!(
        "retake = 1\n[deliverable.a]\nfinals = 10\nquality = \"high\"\nretry = {{ accepted = \"70%\" }}\n\
         explore = {{ drafts_per_final = 1, quality = \"low\" }}\n\
         [bills]\nmonths = 2\ncompare = [\"packs\", \"list\"]\n\
         [card.packs]\nkind = \"credits per image\"\nprice = 3\ngrade = \"{grade}\"\nsource = \"a page\"\n\
         pack.a = {{ usd = 1, credits = 500, months = 1 }}\n\
         [card.list]\nkind = \"per image\"\ngrade = \"{grade}\"\nsource = \"a page\"\nprice = {{ low = 1, high = 0.05 }}\n"
    )
}

#[test]
fn what_is_bought_and_left_and_saved_is_approximate_where_the_prices_are() {
    let desk = Desk::new();
    for (grade, about) in [("A", false), ("C", true)] {
        let text = desk.ask(&["estimate", &desk.file("p.retake.toml", &graded(grade))]).stdout;
        let text = flowing(&text);
        let after = |said: &str| text.split_once(said).unwrap_or_else(|| panic!("{said}: {text}")).1;
        assert_eq!(after("left over, worth ").starts_with('≈'), about, "{text}");
        assert_eq!(after("finals on list; ").starts_with('≈'), about, "{text}");
    }
}

#[test]
fn credits_in_sentences_have_two_decimals() {
    let desk = Desk::new();
    for format in ["text", "markdown"] {
        let text = desk.ask(&["estimate", &desk.file("p.retake.toml", &graded("A")), "--format", format]).stdout;
        let text = flowing(&text);
        let counts = text.split(" credits").map(|before| before.rsplit(' ').next().unwrap_or_default());
        let months = text.split(" used").map(|before| before.rsplit(' ').next().unwrap_or_default());
        let mut cut = 0;
        for count in
            counts.chain(months).filter(|count| count.contains(|c: char| c.is_ascii_digit()) && !count.contains('$'))
        {
            let decimals = count.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            assert!(decimals <= 2, "{count}: {text}");
            cut += usize::from(count.starts_with('≈'));
        }
        // The work, what is left of it, and what a month uses.
        assert!(cut >= 3, "{text}");
    }
}

/// What is converted at a dated rate is approximate, in the sentences that compare it with a cap too.
#[test]
fn a_converted_total_is_approximate_beside_its_cap() {
    // 20 images of 1,756 tokens at $30 a million, a buffer of a fifth, and 0.92 euros a dollar: 1.163.
    let euros = "retake = 1\ncurrency = \"EUR\"\n[exchange]\nrate = 0.92\nas_of = 2026-11-20\n[assumptions]\nretry = 2\n\
                 [deliverable.a]\nfinals = 10\n";
    let folder = folder_with(&[("a.toml", euros), ("b.toml", &project("gpt-image-2"))]);
    let told = |command: &str| {
        let found = answer(folder.path(), command, "");
        found.stdout + &found.stderr
    };
    for (command, about, exact) in [
        ("check {}/a.toml --max 40", "≈€1.16 of €40.00", ""),
        ("check {}/a.toml", "sound: ≈€1.16", ""),
        ("goal {}/a.toml --max 40", "total of ≈€1.16 is within it, with ≈€38.84 left", ""),
        ("goal {}/b.toml --max 60", "is within it, with $", "≈"),
    ] {
        let said = told(command);
        assert!(said.contains(about), "{command}: {said}");
        assert!(exact.is_empty() || !said.lines().nth(2).unwrap().contains(exact), "{command}: {said}");
    }
}

/// A change between an approximate total and an exact one is approximate; the exact total is not.
#[test]
fn a_change_is_as_approximate_as_the_total_that_it_starts_from() {
    let folder = folder_with(&[("a.toml", &project("gpt-image-2.6-flare"))]);
    let told = |command: &str| answer(folder.path(), command, "").stdout;
    let text = told("levers {}/a.toml");
    let row =
        text.lines().find(|row| row.contains("gpt-image-2.6-flare → gpt-image-2 ")).unwrap_or_else(|| panic!("{text}"));
    let figures: Vec<&str> = row.split_whitespace().rev().take(2).collect();
    assert!(figures[0].starts_with('≈') && figures[1].starts_with('$'), "{row}");
    let json: serde_json::Value = serde_json::from_str(&told("levers {}/a.toml --format json")).unwrap();
    assert!(json["levers"].as_array().unwrap().iter().all(|row| row["approximate"] == true), "{json}");
    let json: serde_json::Value = serde_json::from_str(&told("compare {}/a.toml --format json")).unwrap();
    assert!(json["columns"].as_array().unwrap().iter().all(|row| row["approximate"] == true), "{json}");
}

/// Where no price is known for approximate tokens, nothing that is known rests on them.
#[test]
fn what_is_known_beside_an_unknown_price_is_exact() {
    let text = "retake = 1\n[assumptions]\nretry = 2\nbuffer = \"10%\"\nmodel = \"gpt-image-2.6-flare\"\nquality = \"high\"\n\
                [fee.studio]\namount = 3\nper = \"final\"\n[deliverable.a]\nfinals = 10\n[bills]\ncompare = [\"list\"]\n\
                [card.list]\nkind = \"per image\"\nprice = 0.05\ngrade = \"A\"\nsource = \"a page\"\n";
    let folder = folder_with(&[("a.toml", text)]);
    for (service, about) in [("standard", "≈"), ("batch", "")] {
        let said = |format: &str| {
            let command = format!("estimate {{}}/a.toml --set service_tier={service} --format {format}");
            answer(folder.path(), &command, "").stdout
        };
        let text = flowing(&said("text"));
        let subtotal = if about.is_empty() { "known part of the subtotal $30.00" } else { "subtotal ≈$31.05" };
        assert!(text.contains(subtotal), "{service}: {text}");
        // 22 images at 0.05, less what is known of the official bill; the parts rest on an official price all the same.
        let bill = text.split("list per image ").nth(1).unwrap();
        assert!(bill.starts_with("$1.10 "), "{service}: {bill}");
        let difference = bill["$1.10 ".len()..].split(" against").next().unwrap();
        assert_eq!(difference.starts_with('≈'), !about.is_empty(), "{service}: {difference}");
        let part = bill.split("price ").nth(1).unwrap();
        assert!(part.starts_with('≈'), "{service}: {bill}");
        let found = rows(&said("csv"));
        let total = found.iter().find(|row| row["row"] == "total").unwrap();
        assert_eq!(total["approximate"].is_empty(), about.is_empty(), "{service}");
    }
}

/// A surcharge and a buffer are as approximate as the images that they are a share of.
#[test]
fn a_share_of_exact_images_is_exact() {
    let text = |surcharged: &str| {
        format!(
            "retake = 1\n[assumptions]\nretry = 2\nquality = \"high\"\nbuffer = \"0%\"\ntax = \"19%\"\n\
             [deliverable.about]\nmodel = \"gpt-image-2.6-flare\"\nfinals = 10\n[deliverable.exact]\nfinals = 10\n\
             [deliverable.{surcharged}x]\nmodel = \"gpt-image-{}\"\nfinals = 5\nsurcharge = \"10%\"\nbuffer = \"20%\"\n",
            if surcharged == "exact" { "2" } else { "2.6-flare" }
        )
    };
    for which in ["exact", "about"] {
        let folder = folder_with(&[("a.toml", &text(which))]);
        let said = answer(folder.path(), "estimate {}/a.toml", "").stdout;
        for (row, is_about) in
            [("surcharge", which == "about"), ("buffer", which == "about"), ("tax", true), ("TOTAL", true)]
        {
            let line = said.lines().find(|line| line.starts_with(row)).unwrap_or_else(|| panic!("{row}: {said}"));
            assert_eq!(line.contains('≈'), is_about, "{which}: {line}");
        }
        let found = rows(&answer(folder.path(), "estimate {}/a.toml --format csv", "").stdout);
        for (kind, is_about) in [("surcharge", which == "about"), ("tax", true)] {
            let row = found.iter().find(|row| row["row"] == kind).unwrap();
            assert_eq!(row["approximate"] == "true", is_about, "{which}: {row:?}");
        }
    }
}

/// What the first deliverable over the cap lacks is converted like the cap beside it.
#[test]
fn what_a_deliverable_lacks_is_approximate_where_it_is_converted() {
    let text = |currency: &str| {
        format!(
            "retake = 1\n{currency}[assumptions]\nretry = 2\nquality = \"high\"\n[deliverable.a]\nfinals = 10\n[deliverable.b]\nfinals = 10\n"
        )
    };
    let euros = text("currency = \"EUR\"\n[exchange]\nrate = 0.92\nas_of = 2026-11-20\n");
    for (text, is_about) in [(euros, true), (text(""), false)] {
        let folder = folder_with(&[("a.toml", &text)]);
        let said = flowing(&answer(folder.path(), "goal {}/a.toml --max 6", "").stdout);
        let lacks = said.split("b is ").nth(1).unwrap_or_else(|| panic!("{said}"));
        assert_eq!(lacks.starts_with('≈'), is_about, "{lacks}");
    }
}

#[test]
fn the_price_of_a_size_says_that_its_tokens_are_approximate() {
    for (model, about) in MODELS {
        let command = format!("size 1024x1280 --quality high --model {model} --format json");
        let json: serde_json::Value =
            serde_json::from_str(&answer(folder_with(&[]).path(), &command, "").stdout).unwrap();
        let wanted = about.then_some(&serde_json::Value::Bool(true));
        assert_eq!(json.get("approximate"), wanted, "{json}");
        let rows = json["qualities"].as_array().unwrap();
        let high = rows.iter().find(|row| row["quality"] == "high").unwrap();
        assert_eq!(high.get("approximate"), wanted, "{json}");
    }
}

/// Credits by tokens are as approximate as the tokens, in the known part of a bill without a total too.
#[test]
fn the_known_part_of_a_bill_is_approximate_where_its_tokens_are() {
    for (model, about) in MODELS {
        let text = format!(
            "retake = 1\n[assumptions]\nmodel = \"{model}\"\nquality = \"high\"\nretry = 2\n[deliverable.a]\nfinals = 9\n\
             [deliverable.b]\nfinals = 2\nquality = \"auto\"\n[bills]\ncompare = [\"cg\"]\n[card.cg]\nkind = \"credits per token\"\n\
             usd_per_credit = 0.04\ngrade = \"A\"\nsource = \"a page\"\nstandard = {{ image_output = 750, image_input = 200, text_input = 125 }}\n"
        );
        let folder = folder_with(&[("a.toml", &text)]);
        let said = answer(folder.path(), "estimate {}/a.toml", "").stdout;
        let known =
            said.lines().skip_while(|row| !row.contains("other rate cards")).find(|row| row.contains("known part"));
        let known = known.unwrap_or_else(|| panic!("{said}"));
        assert_eq!(known.contains('≈'), about, "{known}");
    }
}
