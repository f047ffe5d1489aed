//! Cards in another currency: their rate with its day and source in every format, ≈ where amounts are converted, and nowhere else.

use super::{Desk, flowing};
use serde_json::Value as Json;

/// Ten finals of two tries, 1024x1024 in high quality: 20 images of 7,024 tokens at $30 and 6 at $5 a million, and a fifth on top.
const WORK: &str = "retry = 2\nquality = \"high\"\n[deliverable.a]\nfinals = 10\n";

/// Every kind of card, its money in this currency.
fn card(kind: &str, currency: &str, more: &str) -> String {
    let prices = match kind {
        "tokens" => "kind = \"tokens\"\nstandard = { image_output = 200, text_input = 35.5 }\n",
        "official" => "kind = \"tokens\"\ndiscount = \"20%\"\n",
        "image" => "kind = \"per image\"\nprice = 0.5\ninputs = \"included\"\n",
        "packs" => {
            "kind = \"credits per image\"\nprice = 3\ninputs = \"included\"\npack.a = { amount = 40, credits = 100 }\n"
        }
        other => panic!("{other}"),
    };
    format!(
        "[bills]\ncompare = [\"s\"]\n[card.s]\nname = \"Shop\"\nchecked = 2026-11-10\nsource = \"a page\"\ngrade = \"A\"\n{prices}currency = \"{currency}\"\n{more}\n"
    )
}

const KINDS: [&str; 4] = ["tokens", "official", "image", "packs"];
const OWN_RATE: &str = "exchange = { rate = 7.10, as_of = 2026-11-20, source = \"a bank\" }";

fn in_dollars(kind: &str, more: &str) -> String {
    format!("retake = 1\n[assumptions]\n{WORK}{}", card(kind, "CNY", more))
}

fn in_yuan(kind: &str, more: &str) -> String {
    let exchange = "currency = \"CNY\"\n[exchange]\nrate = 7.10\nas_of = 2026-11-20\nsource = \"a bank\"\n";
    format!("retake = 1\n{exchange}[assumptions]\n{WORK}{}", card(kind, "CNY", more))
}

/// The lines of a printed estimate about the shop.
fn of_shop(text: &str) -> String {
    let bills = text.split("other rate cards").nth(1).unwrap_or_else(|| panic!("{text}"));
    let bills = bills.split("Where the prices come from").next().unwrap();
    let bills = bills.split("Lowest of").next().unwrap();
    flowing(bills.split_once("Shop").unwrap_or_else(|| panic!("{text}")).1)
}

#[test]
fn the_rate_of_a_card_stands_in_every_format() {
    let desk = Desk::new();
    for kind in KINDS {
        // The card's own rate, and that of a project in its currency.
        for (text, of) in [(in_dollars(kind, OWN_RATE), "card"), (in_yuan(kind, ""), "project")] {
            let file = desk.file("p.retake.toml", &text);
            let bill = &desk.json(&["estimate", &file, "--format", "json"])["bills"][1];
            let rate = serde_json::json!({ "rate": "7.1", "as_of": "2026-11-20", "source": "a bank" });
            assert_eq!((&bill["currency"], &bill["exchange"]), (&Json::from("CNY"), &rate), "{kind} {of}: {bill}");
            assert_eq!(bill["approximate"], true, "{kind} {of}: USD are converted: {bill}");
            let csv = desk.ask(&["estimate", &file, "--format", "csv"]).stdout;
            let mut reader = csv::Reader::from_reader(csv.as_bytes());
            let head = reader.headers().unwrap().clone();
            let at = |name: &str| head.iter().position(|head| head == name).unwrap_or_else(|| panic!("{name}: {csv}"));
            let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
            let row = rows.iter().find(|row| &row[0] == "bill").unwrap();
            let told = ["card_currency", "exchange_rate", "exchange_as_of", "exchange_source", "approximate"];
            assert_eq!(told.map(|name| row[at(name)].to_owned()), ["CNY", "7.1", "2026-11-20", "a bank", "true"]);
            let parts: Vec<_> = rows.iter().filter(|row| &row[0] == "differs").collect();
            assert!(
                !parts.is_empty() && parts.iter().all(|row| &row[at("approximate")] == "true"),
                "{kind} {of}: {csv}"
            );
            for format in ["text", "markdown"] {
                let said = flowing(&desk.ask(&["estimate", &file, "--format", format]).stdout);
                assert!(
                    said.contains("converted at 7.1 for 1 USD (2026-11-20, a bank)"),
                    "{kind} {of} {format}: {said}"
                );
            }
        }
    }
    // A card in USD has none of it.
    let file = desk.file("p.retake.toml", &in_dollars("image", "").replace("currency = \"CNY\"\n", ""));
    let bill = &desk.json(&["estimate", &file, "--format", "json"])["bills"][1];
    assert_eq!([bill.get("currency"), bill.get("exchange"), bill.get("approximate")], [None; 3], "{bill}");
}

#[test]
fn every_amount_of_a_converted_bill_is_approximate() {
    let desk = Desk::new();
    for kind in KINDS {
        let file = desk.file("p.retake.toml", &in_dollars(kind, OWN_RATE));
        let found = desk.ask(&["estimate", &file]).stdout;
        let shop = of_shop(&found);
        // What rounding leaves is exact.
        let amounts = shop.split(", rounding of").next().unwrap();
        let amounts: Vec<&str> = amounts.split(' ').filter(|word| word.contains('$')).collect();
        assert!(amounts.len() > 2 && amounts.iter().all(|amount| amount.contains('≈')), "{kind}: {shop}");
        assert!(flowing(&found).contains("Lowest of 2 at list prices"), "{found}");
        let saved = found.split("saves ").nth(1);
        assert!(saved.is_none_or(|saved| saved.trim_start().starts_with('≈')), "{kind}: {found}");
        // The official bill is exact beside it.
        assert!(flowing(&found).contains("openai/gpt-image-2 tokens $5.06"), "{found}");
    }
}

#[test]
fn a_price_in_the_currency_of_the_project_is_exact() {
    let desk = Desk::new();
    // 24 images at 0.5; 72 credits in one pack of 40; 24 images of 7,024 tokens at 200 and 6 at 35.5 a million.
    for (kind, total, is_exact) in [
        ("image", "CNY 12.00", true),
        ("packs", "CNY 40.00", true),
        ("tokens", "CNY 33.72", true),
        ("official", "CNY 28.73", false),
    ] {
        let file = desk.file("p.retake.toml", &in_yuan(kind, ""));
        let shop = of_shop(&desk.ask(&["estimate", &file]).stdout);
        let head = shop.split(" against the official bill").next().unwrap();
        assert_eq!(head.contains(&format!("≈{total}")), !is_exact, "{kind}: {shop}");
        assert!(head.contains(total), "{kind}: {shop}");
        // What it is compared with is converted.
        let difference = head.rsplit(' ').take(2).collect::<Vec<_>>().join(" ");
        assert!(difference.contains('≈'), "{kind}: {shop}");
    }
    // A rate of its own converts the price twice.
    let other = "exchange = { rate = 7.00, as_of = 2026-11-20 }";
    let file = desk.file("p.retake.toml", &in_yuan("image", other));
    let shop = of_shop(&desk.ask(&["estimate", &file]).stdout);
    assert!(shop.contains("≈CNY 12.17"), "{shop}");
}

fn issues(desk: &Desk, text: &str) -> Vec<Json> {
    let file = desk.file("p.retake.toml", text);
    desk.json(&["check", &file, "--format", "json"])["files"][0]["issues"].as_array().unwrap().clone()
}

#[test]
fn the_day_of_a_rate_is_held_to_the_rule_for_prices() {
    let desk = Desk::new();
    // 2026-11-22 less 60 days is 2026-09-23.
    for (as_of, code) in [
        ("2019-01-01", Some("exchange-stale")),
        ("2026-09-22", Some("exchange-stale")),
        ("2026-09-23", None),
        ("2026-11-22", None),
        ("2030-01-01", Some("exchange-dated-ahead")),
    ] {
        let of_card = in_dollars("image", OWN_RATE).replace("as_of = 2026-11-20", &format!("as_of = {as_of}"));
        let of_project = in_yuan("image", "").replace("as_of = 2026-11-20", &format!("as_of = {as_of}"));
        for (text, key) in [(of_card, "card.s.exchange.as_of"), (of_project, "exchange.as_of")] {
            let found = issues(&desk, &text);
            let dated: Vec<&Json> =
                found.iter().filter(|issue| issue["code"].as_str().unwrap().starts_with("exchange-")).collect();
            assert_eq!(dated.len(), usize::from(code.is_some()), "{as_of} {key}: {found:?}");
            for issue in dated {
                assert_eq!((&issue["code"], &issue["key"]), (&Json::from(code.unwrap()), &Json::from(key)), "{issue}");
                assert!(issue["line"].is_u64() && issue["message"].as_str().unwrap().contains(as_of), "{issue}");
                let file = desk.file("p.retake.toml", &text);
                let said = flowing(&desk.ask(&["estimate", &file]).stdout);
                assert!(said.contains(issue["message"].as_str().unwrap()), "{said}");
            }
        }
    }
}

#[test]
fn a_card_without_any_rate_is_told_with_its_place() {
    let desk = Desk::new();
    for kind in KINDS {
        for (text, told) in
            [(in_dollars(kind, ""), true), (in_dollars(kind, OWN_RATE), false), (in_yuan(kind, ""), false)]
        {
            let found = issues(&desk, &text);
            let issue = found.iter().find(|issue| issue["code"] == "card-exchange-missing");
            assert_eq!(issue.is_some(), told, "{kind}: {found:?}");
            let Some(issue) = issue else { continue };
            let message = issue["message"].as_str().unwrap();
            assert!(message.contains("CNY") && message.contains("card s"), "{issue}");
            assert!(issue["line"].is_u64() && issue["file"].is_string(), "{issue}");
            assert!(issue["remedy"].as_str().unwrap().contains("exchange.rate = "), "{issue}");
        }
    }
}
