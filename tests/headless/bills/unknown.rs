//! What a printed bill says where there is no price, or nothing to pay for.

use super::Desk;

#[test]
fn what_has_no_price_at_all_is_unknown_and_not_nothing() {
    let desk = Desk::new();
    let project = |finals: u32| {
        format!(
            "retake = 1\n[deliverable.a]\nfinals = {finals}\nretry = 1\nquality = \"high\"\n[deliverable.b]\nfinals = {finals}\nretry = 1\n\
             [bills]\nmonths = 7\ncompare = [\"imagesv2\", \"half\", \"dear\"]\n\
             [card.half]\nkind = \"credits per image\"\nprice = {{ medium = 4 }}\npack.a = {{ usd = 3, credits = 10 }}\n\
             [card.dear]\nkind = \"per image\"\nprice = {{ low = 4 }}\n"
        )
    };
    let file = desk.file("p.retake.toml", &project(10));
    let text = desk.ask(&["estimate", &file]).stdout;
    assert!(!text.contains(" 0 credits") && !text.contains("packs:\n") && !text.contains("each:\n"), "{text}");
    // Medium has a price, high has none: 10 · 4 · 1.2 credits and what the rest takes.
    assert!(text.contains("at least 48 credits · unknown"), "{text}");
    assert!(text.contains("(3 bills are unknown)"), "{text}");
    let found = desk.json(&["estimate", &file, "--format", "json"]);
    for at in [1, 3] {
        for key in ["credits", "credits_with_buffer", "known", "purchase"] {
            assert_eq!(found["bills"][at].get(key), None, "{at}: {key}");
        }
    }
    assert_eq!(found["bills"][2]["credits_with_buffer"], "48");
    let csv = desk.ask(&["estimate", &file, "--format", "csv"]).stdout;
    assert!(!csv.contains("packs: \""), "{csv}");
    // Where there is nothing to do, nothing is bought.
    let text = desk.ask(&["estimate", &desk.file("none.retake.toml", &project(0))]).stdout;
    assert!(text.contains("0 credits · $0.00\n    nothing has to be bought\n"), "{text}");
}

#[test]
fn converted_differences_have_their_sign_at_the_amount() {
    let desk = Desk::new();
    let text = "retake = 1\ncurrency = \"JPY\"\n[exchange]\nrate = 152.40\nas_of = 2026-11-20\n[deliverable.a]\nfinals = 10\nretry = 1\n\
                [bills]\ncompare = [\"dear\"]\n[card.dear]\nkind = \"per image\"\nprice = 4\n";
    let text = desk.ask(&["estimate", &desk.file("p.retake.toml", text)]).stdout;
    // 12 · $4 less 12 · (1,756 · 30 + 6 · 5) / 1M: $47.36748.
    assert!(text.contains("≈+¥7,218.80 against the official bill") && !text.contains("+≈"), "{text}");
}
