//! Bills without a price, with nothing to pay for, or with a newer built-in card.

use super::{Desk, flowing};

#[test]
fn what_has_no_price_at_all_is_unknown_and_not_nothing() {
    let desk = Desk::new();
    let project = |finals: u32| {
        format!(
            "retake = 1\n[deliverable.a]\nfinals = {finals}\nretry = 1\nquality = \"high\"\n[deliverable.b]\nfinals = {finals}\nretry = 1\n\
             [bills]\nmonths = 7\ncompare = [\"silent\", \"half\", \"dear\"]\n\
             [card.silent]\nkind = \"credits per image\"\nprices = \"not published\"\nusd_per_credit = 1\n\
             [card.half]\nkind = \"credits per image\"\nprice = {{ medium = 4 }}\npack.a = {{ usd = 3, credits = 10 }}\n\
             [card.dear]\nkind = \"per image\"\nprice = {{ low = 4 }}\n"
        )
    };
    let file = desk.file("p.retake.toml", &project(10));
    let text = desk.ask(&["estimate", &file]).stdout;
    assert!(!text.contains(" 0 credits") && !text.contains("packs:\n") && !text.contains("each:\n"), "{text}");
    // Medium has a price, high has none: 10 · 4 · 1.2 credits plus an unknown rest.
    assert!(text.contains("at least 48 credits · unknown"), "{text}");
    assert!(flowing(&text).contains("(unknown: silent, half, dear)"), "{text}");
    let found = desk.json(&["estimate", &file, "--format", "json"]);
    for at in [1, 3] {
        for key in ["credits", "credits_with_buffer", "known", "purchase"] {
            assert_eq!(found["bills"][at].get(key), None, "{at}: {key}");
        }
    }
    assert_eq!(found["bills"][2]["credits_with_buffer"], "48");
    let csv = desk.ask(&["estimate", &file, "--format", "csv"]).stdout;
    assert!(!csv.contains("packs: \""), "{csv}");
    // Without any work, nothing is bought.
    let text = desk.ask(&["estimate", &desk.file("none.retake.toml", &project(0))]).stdout;
    assert!(text.contains("0 credits · $0.00\n    nothing to buy\n"), "{text}");
}

#[test]
fn converted_differences_have_their_sign_at_the_amount() {
    let desk = Desk::new();
    let text = "retake = 1\ncurrency = \"JPY\"\n[exchange]\nrate = 152.40\nas_of = 2026-11-20\n[deliverable.a]\nfinals = 10\nretry = 1\n\
                [bills]\ncompare = [\"dear\"]\n[card.dear]\nkind = \"per image\"\nprice = 4\n";
    let text = desk.ask(&["estimate", &desk.file("p.retake.toml", text)]).stdout;
    // 12 · $4 less 12 · (1,756 · 30 + 6 · 5) / 1M: $47.36748.
    assert!(text.contains("≈+¥7,219 against the official bill") && !text.contains("+≈"), "{text}");
}

#[test]
fn a_pinned_card_that_the_built_in_one_has_left_behind_is_named() {
    let desk = Desk::new();
    let told = |name: &str, source: &str, checked: &str, high: &str| {
        let text = format!(
            "retake = 1\n[deliverable.a]\nfinals = 1\nretry = 1\n[bills]\ncompare = [\"gptimage2-top\"]\n[card.gptimage2-top]\n\
             name = \"{name}\"\nkind = \"credits per image\"\nmodels = [\"gpt-image-2\"]\nchecked = {checked}\nsource = \"{source}\"\n\
             price = {{ medium = 4, high = {high} }}\nusd_per_credit = 0.01\n"
        );
        let answer = desk.ask(&["check", &desk.file("p.retake.toml", &text)]);
        answer.stderr.contains("1 pinned rate card differs from the built-in one: gptimage2-top")
    };
    let (own, page) = ("gptimage2.top", "gptimage2.top, pricing page");
    assert!(told(own, page, "2026-11-21", "21"));
    assert!(told(own, "gptimage2.top, pricing page of May", "2026-05-21", "21"), "read anew since, the source says so");
    // Users may add the price of a credit to a card, and use a card with their own prices.
    assert!(!told(own, page, "2026-05-21", "22"));
    assert!(!told("Our contract", "the contract", "2026-05-21", "21"));
    assert!(!told(own, "asked by mail", "2026-11-22", "21"));
}

/// A seller whose card is broken may be the lowest: the advice does not count it, and names it.
#[test]
fn a_card_that_cannot_be_read_is_named_in_the_advice() {
    let desk = Desk::new();
    let cards = "[card.list]\nkind = \"per image\"\nsource = \"a page\"\nprice = 0.01\n";
    let text = format!(
        "retake = 1\n[deliverable.a]\nfinals = 10\nretry = 1\n[bills]\ncompare = [\"list\", \"broken\"]\n{cards}\
         [card.broken]\nkind = \"per image\"\nsource = \"a page\"\nprice = \"cheap\"\n"
    );
    for format in ["text", "markdown"] {
        let said = desk.ask(&["estimate", &desk.file("p.retake.toml", &text), "--format", format]).stdout;
        let said = flowing(&said);
        assert!(said.contains("Lowest of 2 known at list prices"), "{said}");
        assert!(said.contains("no readable rate card for broken"), "{said}");
    }
    let sound = text.replace("price = \"cheap\"", "price = 0.02");
    let said = flowing(&desk.ask(&["estimate", &desk.file("q.retake.toml", &sound)]).stdout);
    assert!(said.contains("Lowest of 3 at list prices") && !said.contains("readable"), "{said}");
}

/// A seller's prices in another currency: the rate, its day and its source stand beside the bill.
#[test]
fn the_rate_of_a_card_in_another_currency_is_told() {
    let desk = Desk::new();
    let project = |head: &str, exchange: &str| {
        format!(
            "retake = 1\n{head}[deliverable.a]\nfinals = 10\nretry = 1\n[bills]\ncompare = [\"s\"]\n[card.s]\nkind = \"per image\"\n\
             currency = \"CNY\"\nsource = \"a page\"\nprice = 0.5\n{exchange}"
        )
    };
    let own = "exchange = { rate = 7.10, as_of = 2026-11-20, source = \"the bank\" }\n";
    let of_project = "currency = \"CNY\"\n[exchange]\nrate = 7.2\nas_of = 2026-11-19\n";
    for (text, wanted) in [
        (project("", own), "prices in CNY, converted at 7.1 for 1 USD (2026-11-20, the bank)"),
        (project(of_project, ""), "prices in CNY, converted at 7.2 for 1 USD (2026-11-19)"),
    ] {
        for format in ["text", "markdown"] {
            let said = desk.ask(&["estimate", &desk.file("p.retake.toml", &text), "--format", format]).stdout;
            assert!(flowing(&said).contains(wanted), "{format}: {said}");
        }
    }
    let dollars = project("", "").replace("currency = \"CNY\"\n", "");
    let said = desk.ask(&["estimate", &desk.file("p.retake.toml", &dollars)]).stdout;
    assert!(!said.contains("converted at"), "{said}");
}
