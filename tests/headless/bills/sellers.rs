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
    let expected =
        [("inputs not charged for", "-0.003"), ("previews not charged for", "-0.6"), ("seller's price", "0.112")];
    assert_eq!(parts, expected.map(|(why, amount)| (why.to_owned(), amount.to_owned())));
    let text = flowing(&desk.ask(&["estimate", &file]).stdout);
    assert!(text.contains("seller's price +$0.1120 (+19 % on $0.5880)"), "{text}");
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
            "unofficial route: not the maker's own API; size and quality are not guaranteed",
            "saves $2.17 against the official price; unofficial route; prices of 28 November 2026",
            "without reference pictures; unofficial route",
            "LaoZhang VIP: Flat: any size and any quality.",
        ] {
            assert!(flowing.contains(said), "{format} {said}: {flowing}");
        }
    }
    let shown = desk.ask(&["rates", "show", "laozhang-vip"]).stdout;
    assert!(shown.contains("without reference pictures; unofficial route"), "{shown}");
    assert_eq!(desk.json(&["estimate", &file, "--format", "json"])["bills"][1]["route"], "unofficial");
}
