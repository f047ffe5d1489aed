//! Surcharge, fees, markup and tax in what is printed, and set for one run.

use crate::commands::{answer, folder_with};
use retake::cli::{Answer, Exit};
use retake::cost::Decimal;
use std::collections::BTreeMap;

/// 48 images of 0.18357 USD, whose steps are 8.81136 + 0.881136 + 108 + 0.96, buffer 23.7304992, then 80, 15 % and 19 %.
const PROJECT: &str = r#"retake = 1
name = "Launch"
[assumptions]
surcharge = "10%"
markup = "15%"
tax = "19%"
[fee.retouching]
amount = 4.50
per = "final"
deliverables = ["hero"]
[fee.upscaling]
amount = "0.02 USD"
per = "image"
[fee.kick-off]
amount = 80
per = "project"
[deliverable.hero]
size = "1024x1280"
quality = "high"
finals = 24
retry = 2
[rates."openai/gpt-image-2"]
checked = 2026-11-21
source = "a test"
standard = { image_output = 30, image_input = 8, text_input = 0 }
"#;

fn estimated(text: &str, more: &str) -> Answer {
    let folder = folder_with(&[("a.toml", text)]);
    answer(folder.path(), format!("estimate {{}}/a.toml --today 2026-11-22 {more}").trim_end(), "")
}

fn json(text: &str, more: &str) -> serde_json::Value {
    serde_json::from_str(&estimated(text, &format!("--format json {more}")).stdout).unwrap()
}

fn dec(value: &serde_json::Value) -> Decimal {
    value.as_str().unwrap_or_else(|| panic!("{value}")).parse().unwrap()
}

#[test]
fn json_has_every_step() {
    let found = json(PROJECT, "");
    let line = &found["deliverables"][0];
    for at in [line, &found["totals"]] {
        let steps = [
            ("images_cost", "8.81136"),
            ("surcharge", "0.881136"),
            ("fees", "108.96"),
            ("subtotal", "118.652496"),
            ("buffer", "23.7304992"),
        ];
        for (key, amount) in steps {
            assert_eq!(dec(&at[key]), amount.parse().unwrap(), "{key}");
        }
    }
    assert_eq!(dec(&line["total"]), "142.3829952".parse().unwrap());
    let totals =
        [("project_fees", "80"), ("markup", "33.35744928"), ("tax", "48.5906844512"), ("total", "304.3311289312")];
    for (key, amount) in totals {
        assert_eq!(dec(&found["totals"][key]), amount.parse().unwrap(), "{key}");
    }
    let fees: Vec<[&str; 4]> = found["fees"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fee| ["fee", "per", "units", "amount"].map(|key| fee[key].as_str().unwrap()))
        .collect();
    let wanted = [
        ["kick-off", "project", "1", "80"],
        ["retouching", "final", "24", "108"],
        ["upscaling", "image", "48", "0.96"],
    ];
    assert_eq!(fees, wanted);
    assert_eq!(dec(&found["bills"][0]["total"]), "11.6309952".parse().unwrap());
}

#[test]
fn amounts_that_do_not_occur_are_zero() {
    let found = json("retake = 1\n[deliverable.a]\nfinals = 1\n", "");
    assert_eq!(found["fees"], serde_json::json!([]));
    for key in ["surcharge", "fees", "project_fees", "markup", "tax"] {
        assert_eq!(found["totals"][key], "0", "{key}");
    }
    assert_eq!(found["totals"]["images_cost"], found["totals"]["subtotal"]);
    assert_eq!(found["totals"]["total"], found["bills"][0]["total"]);
}

#[test]
fn people_read_each_step_on_a_line_of_its_own() {
    let text = estimated(PROJECT, "").stdout;
    let figures = [
        ("images", "$8.81"),
        ("surcharge 10 %", "$0.88"),
        ("retouching, 24 finals", "$108.00"),
        ("upscaling, 48 images", "$0.96"),
        ("subtotal", "$118.65"),
        ("buffer 20 %", "$23.73"),
        ("kick-off, once", "$80.00"),
        ("markup 15 %", "$33.36"),
        ("tax 19 %", "$48.59"),
        ("TOTAL", "$304.33"),
    ];
    let mut lines = text.lines();
    for (label, figure) in figures {
        let found = lines.by_ref().find(|line| line.starts_with(label) && line.ends_with(figure));
        assert!(found.is_some(), "{label} {figure} in\n{text}");
    }
    let markdown = estimated(PROJECT, "--format markdown").stdout;
    for (label, figure) in figures {
        let row = markdown.lines().find(|line| line.contains(label) && line.contains(figure));
        assert!(row.is_some_and(|row| row.starts_with('|')), "{label} {figure} in\n{markdown}");
    }
}

#[test]
fn without_any_of_them_the_output_is_the_same() {
    let plain = "retake = 1\n[deliverable.a]\nfinals = 7\n[bills]\ncompare = [\"muapi\"]\n";
    let none = format!(
        "{plain}[assumptions]\nsurcharge = \"0%\"\nmarkup = \"0%\"\ntax = \"0%\"\n\
                        [fee.later]\namount = 5\nper = \"final\"\noff = true\n"
    );
    for format in ["text", "markdown", "csv", "json"] {
        let one = |text: &str| estimated(text, &format!("--format {format}")).stdout;
        assert_eq!(one(plain), one(&none), "{format}");
    }
}

/// A column of the spreadsheet adds up to its total row.
#[test]
fn the_columns_of_the_spreadsheet_add_up() {
    let csv = estimated(PROJECT, "--format csv").stdout;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<BTreeMap<String, String>> = reader.deserialize().map(Result::unwrap).collect();
    let kinds: Vec<&str> = rows.iter().map(|row| row["row"].as_str()).collect();
    assert_eq!(kinds, ["stage", "surcharge", "fee", "fee", "fee", "markup", "tax", "total"]);
    for column in ["subtotal_usd", "buffer_usd", "total_usd", "shown_subtotal", "known_subtotal_usd"] {
        let number = |row: &BTreeMap<String, String>| row[column].parse().unwrap_or(Decimal::ZERO);
        let (total, parts) = rows.split_last().unwrap();
        assert_eq!(parts.iter().map(number).sum::<Decimal>().normalize(), number(total).normalize(), "{column}");
    }
}

#[test]
fn a_cap_and_a_limit_are_held_against_the_last_total() {
    let folder = folder_with(&[("a.toml", PROJECT)]);
    let check = |max: &str| answer(folder.path(), &format!("check {{}}/a.toml --today 2026-11-22 --max {max}"), "");
    assert_eq!(check("304.33").exit, Exit::OverBudget);
    assert_eq!(check("304.34").exit, Exit::Done, "{}", check("304.34").stderr);
}

#[test]
fn every_path_is_set_for_one_run() {
    let total = |set: &str| dec(&json(PROJECT, &format!("--set {set}"))["totals"]["total"]);
    // 222.3829952 before markup; 118.652496 of it subtotal.
    for (set, wanted) in [
        ("assumptions.tax=0%", "255.74044448"),
        ("tax=0%", "255.74044448"),
        ("markup=-100%", "0"),
        ("deliverable.hero.surcharge=0%", "302.884127392"),
        ("fee.kick-off.off=true", "194.8511289312"),
        ("fee.retouching.amount=5", "324.0375289312"),
        ("fee.retouching.per=project", "133.1317789312"),
        ("fee.upscaling.deliverables=hero", "304.3311289312"),
        ("fee.\"kick-off\".amount=0", "194.8511289312"),
    ] {
        assert_eq!(total(set), wanted.parse().unwrap(), "{set}");
    }
    for (set, said) in [
        ("fee.retuching.off=true", "there is no fee retuching"),
        ("fee.retouching.ammount=5", "did you mean amount?"),
        ("fee.retouching.amount=much", "is not an amount of money"),
        ("fee.retouching.amount=-5", "is not an amount of money"),
        ("fee.retouching.per=week", "is not valid"),
        ("fee.retouching.off=maybe", "allowed: true or false"),
        ("fee.retouching.deliverables=gone", "gone"),
        ("fee.retouching=5", "fee.retouching"),
        ("tax=19", "19%"),
        ("deliverable.hero.tax=19%", "tax"),
        ("tax=101%", "100"),
    ] {
        let found = estimated(PROJECT, &format!("--set {set}"));
        assert_eq!(found.exit, Exit::BadInput, "{set}");
        assert!(found.stderr.contains(said), "{set}: {}", found.stderr);
    }
}

#[test]
fn the_other_bills_say_what_they_leave_out() {
    let text = format!("{PROJECT}[bills]\ncompare = [\"muapi\"]\n");
    let printed = estimated(&text, "").stdout;
    assert!(printed.contains("surcharge not charged −$1.06"), "{printed}");
    assert!(printed.contains("fees, markup and tax come on top of each"), "{printed}");
    let surcharge_alone =
        "retake = 1\n[assumptions]\nsurcharge = \"10%\"\n[deliverable.a]\nfinals = 9\n[bills]\ncompare = [\"muapi\"]\n";
    assert!(!estimated(surcharge_alone, "").stdout.contains("on top of each"));
}

#[test]
fn a_team_file_brings_fees_and_a_project_switches_one_off() {
    let team =
        "retake = 1\n[fee.retouching]\namount = 4.50\nper = \"final\"\n[fee.brief]\namount = 10\nper = \"project\"\n";
    let own = "retake = 1\nextends = \"team.retake.toml\"\n[fee.brief]\noff = true\n[deliverable.a]\nfinals = 2\n";
    let folder = folder_with(&[("a.toml", own), ("team.retake.toml", team)]);
    let found = answer(folder.path(), "estimate {}/a.toml --format json", "");
    let found: serde_json::Value = serde_json::from_str(&found.stdout).unwrap();
    assert_eq!(found["fees"].as_array().unwrap().len(), 1);
    assert_eq!(dec(&found["totals"]["fees"]), "9".parse().unwrap());
    // A team's amount keeps the team's currency.
    let yen = own.replace("[fee.brief]", "currency = \"JPY\"\n[exchange]\nrate = 100\nas_of = 2026-11-20\n[fee.brief]");
    let folder = folder_with(&[("a.toml", &yen), ("team.retake.toml", team)]);
    let found = answer(folder.path(), "estimate {}/a.toml --format json", "");
    let found: serde_json::Value = serde_json::from_str(&found.stdout).unwrap();
    assert_eq!(dec(&found["totals"]["fees"]), "9".parse().unwrap());
}

#[test]
fn more_fees_than_are_counted_are_refused() {
    let fees: String = (0..201).map(|at| format!("[fee.f{at}]\namount = 1\nper = \"project\"\n")).collect();
    let found = estimated(&format!("retake = 1\n{fees}[deliverable.a]\nfinals = 1\n"), "");
    assert!(
        found.stderr.contains("201 fees, but only 200 are counted") || found.stdout.contains("201 fees"),
        "{}",
        found.stdout
    );
    assert_eq!(found.exit, Exit::BadInput);
}

#[test]
fn a_fee_that_cannot_be_read_leaves_the_total_unknown() {
    let many: String = (0..201).map(|at| format!("[fee.f{at}]\namount = 1\nper = \"project\"\n")).collect();
    for fees in [
        "fee = 5\n",
        "fee = \"5 EUR\"\n",
        "fee = []\n",
        "[[fee]]\namount = 5\nper = \"project\"\n",
        "[fee]\nbrief = 5\n",
        "[fee.brief]\namount = \"much\"\nper = \"project\"\n",
        "[fee.brief]\namount = -5\nper = \"final\"\n",
        "[fee.brief]\namount = 5\nper = \"week\"\n",
        "[fee.brief]\namount = 5\nper = \"project\"\noff = \"maybe\"\n",
        "[fee.brief]\namount = 5\nper = \"final\"\noff = 1\n",
        "[fee.brief]\namount = 5\nper = \"project\"\ndeliverables = \"a\"\n",
        "[fee.brief]\namount = 5\nper = \"final\"\ndeliverables = 5\n",
        many.as_str(),
    ] {
        let found = json(&format!("retake = 1\n{fees}[deliverable.a]\nfinals = 1\n"), "");
        let totals = &found["totals"];
        assert!(totals["total"].is_null() && totals["per_final"].is_null(), "{fees}: {totals}");
        assert!(dec(&totals["known_subtotal"]) > Decimal::ZERO, "{fees}: {totals}");
        assert!(found["fees"].as_array().unwrap().iter().any(|fee| fee["amount"].is_null()), "{fees}");
    }
}

#[test]
fn fees_are_known_where_another_part_is_not() {
    let unknown = PROJECT.replace(
        "[deliverable.hero]",
        "[deliverable.other]\nmodel = \"gpt-image-2.6-flare\"\nquality = \"low\"\nfinals = 3\n[deliverable.hero]",
    );
    let found = json(&unknown, "");
    assert!(found["totals"]["total"].is_null());
    // 24 finals, 48 images and those of the other deliverable, which has a count though no price.
    let [retouching, upscaling] = ["retouching", "upscaling"].map(|name| {
        let all = found["fees"].as_array().unwrap();
        dec(&all.iter().find(|fee| fee["fee"] == name).unwrap()["amount"])
    });
    assert_eq!(dec(&found["totals"]["fees"]), retouching + upscaling);
    assert_eq!(dec(&found["totals"]["project_fees"]), Decimal::from(80));
}

#[test]
fn only_what_rests_on_approximate_tokens_is_approximate() {
    let text = PROJECT.replace("quality = \"high\"", "quality = \"high\"\nmodel = \"gpt-image-2.6-flare\"");
    let printed = estimated(&text, "").stdout;
    let row = |label: &str| {
        printed.lines().find(|row| row.starts_with(label)).unwrap_or_else(|| panic!("{label}: {printed}"))
    };
    for exact in ["kick-off, once", "retouching, 24 finals", "upscaling, 48 images"] {
        assert!(!row(exact).contains('≈'), "{printed}");
    }
    for about in ["markup 15 %", "tax 19 %", "TOTAL"] {
        assert!(row(about).contains('≈'), "{printed}");
    }
}

#[test]
fn a_percentage_that_cannot_be_read_is_unknown() {
    for (knob, label) in [("markup = \"15%\"", "markup"), ("tax = \"19%\"", "tax")] {
        let printed = estimated(&PROJECT.replace(knob, &format!("{label} = \"much\"")), "").stdout;
        let row = printed.lines().find(|row| row.starts_with(label)).unwrap_or_else(|| panic!("{label}: {printed}"));
        assert!(row.contains("unknown") && !row.contains('%'), "{printed}");
    }
}

#[test]
fn a_surcharge_on_some_deliverables_alone_says_so() {
    let own = PROJECT.replace("surcharge = \"10%\"\n", "").replace("retry = 2\n", "retry = 2\nsurcharge = \"10%\"\n");
    let both = own.replace("[rates.", "[deliverable.other]\nquality = \"low\"\nfinals = 3\n[rates.");
    assert!(estimated(&own, "").stdout.contains("surcharge 10 %"), "{}", estimated(&own, "").stdout);
    let printed = estimated(&both, "").stdout;
    assert!(printed.contains("surcharges 0–10 %"), "{printed}");
}

#[test]
fn the_rows_above_a_known_part_add_up_to_it_with_their_rounding() {
    let unknown = PROJECT.replace("amount = \"0.02 USD\"\n", "");
    let mut rounded = 0;
    for finals in 1..30 {
        let text = unknown.replace("finals = 24", &format!("finals = {finals}")).replace("\"10%\"", "\"7.3%\"");
        let printed = estimated(&text, "").stdout;
        let amount = |row: &str| row.rsplit(' ').next()?.replace(['$', '+', ','], "").replace('−', "-").parse().ok();
        let above =
            printed.lines().skip_while(|row| !row.starts_with("images ")).take_while(|row| !row.starts_with("known"));
        let sum: Decimal = above.clone().filter_map(amount).sum();
        let known = printed.lines().find(|row| row.starts_with("known part of the subtotal")).and_then(amount);
        assert_eq!(Some(sum), known, "{printed}");
        assert!(above.clone().any(|row| row.starts_with("upscaling") && row.ends_with("unknown")), "{printed}");
        rounded += usize::from(above.clone().any(|row| row.starts_with("rounding")));
    }
    assert!(rounded > 0, "no rounding in any");
}

fn check(text: &str) -> Answer {
    let folder = folder_with(&[("a.toml", text)]);
    answer(folder.path(), "check {}/a.toml", "")
}

fn errors(found: &Answer) -> Vec<&str> {
    found.stderr.lines().filter_map(|line| line.split_once(": error: ").map(|(_, told)| told)).collect()
}

#[test]
fn a_key_of_a_fee_under_another_word_is_one_error() {
    let file = |body: &str| format!("retake = 1\n[deliverable.a]\nfinals = 3\nretry = 2\n[fee.studio]\n{body}\n");
    for (word, right) in [
        ("price", "amount"),
        ("cost", "amount"),
        ("sum", "amount"),
        ("value", "amount"),
        ("rate", "amount"),
        ("usd", "amount"),
        ("amuont", "amount"),
        ("unit", "per"),
        ("each", "per"),
        ("basis", "per"),
    ] {
        let body = if right == "amount" {
            format!("{word} = 20\nper = \"project\"")
        } else {
            format!("amount = 20\n{word} = \"project\"")
        };
        let found = check(&file(&body));
        assert_eq!(errors(&found), [format!("unknown key {word}; did you mean {right}?")], "{}", found.stderr);
        assert_eq!(found.exit, Exit::BadInput, "{word}");
    }
    // Another fee with a fault of its own is told for itself.
    let found = check(&file("price = 20\nper = \"project\"\n[fee.travel]\namount = 20"));
    assert_eq!(errors(&found).len(), 2, "{}", found.stderr);
}

/// Ten finals, each of one image of $0.05 on the list, with credits in a plan, in packs that expire and in packs that last.
const SPREAD: &str = r#"retake = 1
[assumptions]
retry = 1
quality = "high"
[deliverable.a]
finals = 10
[card.list]
kind = "per image"
price = 0.05
[card.plan]
kind = "credits per image"
price = 1
plan.p = { usd = 20, per = "month", credits = 1000 }
[card.expiring]
kind = "credits per image"
price = 1
pack.s = { usd = 5, credits = 100, months = 12 }
[card.lasting]
kind = "credits per image"
price = 1
pack.s = { usd = 5, credits = 100 }
"#;

#[test]
fn months_that_cannot_be_read_leave_unknown_what_depends_on_them() {
    let compare = "compare = [\"list\", \"plan\", \"expiring\", \"lasting\"]\n";
    let fee = "[fee.h]\namount = 5\nper = \"month\"\n";
    for (months, readable) in [("\"3\"", false), ("0", false), ("3.5", false), ("121", false), ("3", true)] {
        for fee in [fee, ""] {
            let text = format!("{SPREAD}{fee}[bills]\nmonths = {months}\n{compare}");
            let found = json(&text, "");
            assert_eq!(found["totals"]["total"].is_string(), readable || fee.is_empty(), "{months}: {found}");
            assert_eq!(found["totals"]["project_fees"].is_string(), readable || fee.is_empty(), "{months}");
            let total = |card: &str| {
                let bills = found["bills"].as_array().unwrap();
                bills.iter().find(|bill| bill["card"] == card).unwrap()["total"].clone()
            };
            // 10 images and a buffer of a fifth: 12 at 5 cents, or one pack of $5; the plan for three months.
            assert_eq!((dec(&total("list")), dec(&total("lasting"))), ("0.6".parse().unwrap(), "5".parse().unwrap()));
            let spread = [total("plan"), total("expiring")];
            match readable {
                true => assert_eq!(spread.map(|usd| dec(&usd).to_string()), ["60", "5"], "{months}"),
                false => assert!(spread.iter().all(serde_json::Value::is_null), "{months}: {found}"),
            }
            for more in ["", "--format markdown"] {
                let told = estimated(&text, more).stdout;
                let unknown = told.matches("the months of work cannot be read").count();
                assert_eq!(unknown > 0, !readable, "{months}: {told}");
            }
        }
    }
}

#[test]
fn a_fee_of_an_unknown_unit_leaves_the_fees_that_it_may_be_part_of_unknown() {
    let project = |fee: &str| {
        format!(
            "retake = 1\n[assumptions]\nretry = 1\n[deliverable.a]\nfinals = 10\n[deliverable.b]\nfinals = 1\n\
             [fee.y]\namount = 5\nper = \"final\"\n[fee.z]\namount = 5\n{fee}\n"
        )
    };
    // What is said of the fee, and whether the fees of a, of b and of all deliverables are known.
    for (fee, known) in [
        ("per = \"hour\"", [false, false, false]),
        ("per = 3", [false, false, false]),
        ("", [false, false, false]),
        ("per = \"hour\"\ndeliverables = [\"b\"]", [true, false, false]),
        ("per = \"hour\"\noff = true", [true, true, true]),
        ("per = \"final\"", [true, true, true]),
    ] {
        let text = project(fee);
        let found = json(&text, "");
        let rows = [&found["deliverables"][0], &found["deliverables"][1], &found["totals"]];
        for key in ["fees", "subtotal", "total"] {
            assert_eq!(rows.map(|row| row[key].is_string()), known, "{fee}: {key}: {found}");
        }
        let csv = estimated(&text, "--format csv").stdout;
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let head = reader.headers().unwrap().clone();
        let at = |name: &str| head.iter().position(|title| title == name).unwrap();
        let total = reader.records().map(Result::unwrap).find(|row| &row[0] == "total").unwrap();
        assert_eq!(!total[at("subtotal_usd")].is_empty(), known[2], "{fee}: {csv}");
        assert!(!total[at("known_subtotal_usd")].is_empty(), "{fee}: {csv}");
    }
}
