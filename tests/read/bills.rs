//! Rate cards in files: their content, which card applies, and what a save writes.

use crate::{Memory, Words, catalog, codes, printed, reading};
use retake::cost::Budget;
use retake::cost::bill::Card;
use retake::cost::rates::card::Found;
use retake::project::bills::read_cards;
use retake::project::card_write::{card_text, pinned};
use retake::project::{read, write};
use std::path::Path;
use std::sync::Arc;

const BUILT_IN: &str = include_str!("../../src/rates/cards.toml");

/// Every key of a card, as in docs/bills.md.
const FULL: &str = r#"[card.my-studio]
name = "My studio"
kind = "credits per image"
models = ["gpt-image-2"]
qualities = ["low", "medium", "high"]
route = "official"
currency = "CNY"
exchange = { rate = 7.1, as_of = 2026-11-20, source = "the bank" }
checked = 2026-11-20
source = "the contract"
grade = "B"
notes = "until June"
tier.1K = { long_edge = 1536, low = 1, medium = 4, high = 14 }
tier.4K = { long_edge = 3840, price = 40 }
standard = { image_input = 200, text_input = 125 }
inputs = "charged"
per = "call"
auto_size = "1K"
auto_quality = "high"
rounding = "per call"
failed = "free"
amount_per_credit = 0.015
pack.small = { amount = 9.9, credits = 500, months = 12 }
plan.pro = { amount = 20, per = "month", credits = 1000, overage = 0.012 }
fee = "5.5%"

[card.by-size]
kind = "per image"
size.1024x1024 = { low = 0.006, high = 0.211 }
size.1024x1536 = 0.05
other_sizes = "nearest"
edit.size.1024x1024 = { low = 0.015, high = 0.219 }
edit.size.1024x1536 = 0.06
edit.other_sizes = "nearest"
edit.references = 1
failed = "charged"

[card.tokens]
kind = "tokens"
standard = { image_output = 27, image_input = 7.2, text_input = 4.5 }
batch = { image_output = 13.5, image_input = 3.6, text_input = 2.25 }
inputs = "included"

[card.reseller]
kind = "tokens"
route = "unofficial"
discount = "20%"

[card.by-area]
kind = "per image"
tier.small = { megapixels = 1.7, price = 0.03 }
tier.large = { megapixels = 8.3, low = 0.04, high = 0.09 }
edit.price = 0.1
edit.references = 4

[card.internal]
kind = "internal credits"
credit_usd = 0.1
markup = "15%"

[card.open]
kind = "credits per image"
prices = "not published"
credits_per_usd = 25
"#;

fn cards(text: &str) -> Vec<Arc<Card>> {
    let read = read_cards(text, Path::new("cards.toml"), catalog());
    assert_eq!(printed(&read.problems), "");
    read.cards
}

#[test]
fn built_in_cards_are_in_the_form_of_ones_own() {
    let own: Vec<Card> =
        cards(BUILT_IN).iter().map(|card| Card { found: Found::BuiltIn, ..Card::clone(card) }).collect();
    assert_eq!(own.len(), catalog().cards.len());
    for card in own {
        let mut built_in = Card::clone(catalog().card(&card.id).unwrap());
        // Packs and plans are in the order of the file here, and sorted by name there.
        built_in.pay.packs.sort_by_key(|pack| card.pay.packs.iter().position(|own| own.name == pack.name));
        built_in.pay.plans.sort_by_key(|plan| card.pay.plans.iter().position(|own| own.name == plan.name));
        assert_eq!(built_in, card);
    }
}

#[test]
fn what_is_written_reads_as_the_same_card() {
    for text in [BUILT_IN, FULL] {
        for card in cards(text) {
            let written = card_text(&card);
            assert_eq!(cards(&written), [Arc::clone(&card)], "{written}");
        }
    }
    // In the usual order of keys, a card is written as a person writes it.
    assert_eq!(cards(FULL).iter().map(|card| card_text(card)).collect::<Vec<_>>().join("\n"), FULL);
}

#[test]
fn a_project_compares_with_its_own_card_at_once() {
    let read = reading(&format!("retake = 1\n[bills]\ncompare = [\"my-studio\", \"pixapi\"]\nmonths = 3\n\n{FULL}"));
    assert_eq!(printed(&read.problems), "");
    let compared = read.budget.compared(catalog());
    assert_eq!(
        compared.iter().map(|card| (card.id.as_str(), card.found)).collect::<Vec<_>>(),
        [("my-studio", Found::Project), ("pixapi", Found::BuiltIn)]
    );
    assert_eq!(read.budget.bills.months(), Some(3));
    let origin = read.origins.field("card.my-studio").unwrap();
    assert_eq!((origin.layer.code(), origin.position.unwrap().line), ("project", 6));
}

#[test]
fn a_teams_cards_serve_its_projects() {
    let team = "retake = 1\n[bills]\ncompare = [\"ours\", \"fal\"]\n[card.ours]\nkind = \"per image\"\nprice = 0.05\n";
    let mut files = Memory::of(&[("team.toml", team)]);
    let text = "retake = 1\nextends = \"team.toml\"\n[card.fal]\nkind = \"per image\"\nprice = 0.01\n";
    let read = read(text, Some(Path::new("p.toml")), catalog(), &mut files, &mut Words::default());
    assert_eq!(printed(&read.problems), "");
    let compared = read.budget.compared(catalog());
    assert_eq!(compared.iter().map(|card| card.found).collect::<Vec<_>>(), [Found::Team, Found::Project]);
    assert_eq!(read.origins.field("card.ours").unwrap().layer.code(), "team");
}

#[test]
fn a_card_that_cannot_be_read_is_not_replaced_and_the_others_work() {
    let text = "retake = 1\n[bills]\ncompare = [\"pixapi\", \"mine\"]\n[card.pixapi]\nkind = \"per image\"\nprice = \"dear\"\n\
                [card.mine]\nkind = \"per image\"\nprice = 0.03\nchecked = \"one day\"\n";
    let read = reading(text);
    assert_eq!(codes(&read.problems), ["type-wrong", "date-wrong"]);
    let compared = read.budget.compared(catalog());
    assert_eq!(compared.iter().map(|card| card.id.as_str()).collect::<Vec<_>>(), ["mine"]);
}

#[test]
fn a_save_pins_what_is_compared_and_the_next_one_writes_nothing() {
    let text = "retake = 1 # ours\n[deliverable.hero]\nfinals = 3\n\n[bills] # three\ncompare = [\"pixapi\", \"own\"] # kept\n\n[card.own]\nkind = \"per image\"\nprice = 0.03\n";
    let before = reading(text).budget;
    let mut after = before.clone();
    after.cards = pinned(&before, catalog());
    let saved = String::from_utf8(write::updated(text.as_bytes(), &before, &mut after).unwrap()).unwrap();
    assert!(saved.contains("compare = [\"pixapi\", \"own\"] # kept"), "{saved}");
    assert!(saved.contains("[card.pixapi]\nname = \"Pixapi\"\nkind = \"credits per image\"\n"), "{saved}");
    let again = reading(&saved);
    assert_eq!(printed(&again.problems), "");
    assert_eq!(write::difference(&after, &again.budget), None);
    let mut third = Budget::clone(&again.budget);
    third.cards = pinned(&again.budget, catalog());
    assert_eq!(write::updated(saved.as_bytes(), &again.budget, &mut third).unwrap(), saved.as_bytes());
    // A pinned card applies, whatever is built in later.
    assert_eq!(again.budget.compared(catalog())[0].found, Found::Project);
}

#[test]
fn a_changed_card_and_a_changed_comparison_touch_their_lines_alone() {
    let text = format!("retake = 1\n[bills]\ncompare = [\"fal\"] # one\n\n{FULL}");
    let before = reading(&text).budget;
    let mut after = before.clone();
    after.bills.compare = vec!["my-studio".to_owned()];
    after.bills.months = Some(2);
    let mut card = Card::clone(before.cards["my-studio"].as_ref().unwrap());
    card.pay.rate = Some(("0.02".parse().unwrap(), "1".parse().unwrap()));
    card.fee_percent = "6".parse().unwrap();
    card.route = None;
    card.pay.plans.clear();
    after.cards.insert("my-studio".to_owned(), Some(Arc::new(card)));
    after.cards.remove("open");
    let saved = String::from_utf8(write::updated(text.as_bytes(), &before, &mut after).unwrap()).unwrap();
    let expected = text
        .replace("[\"fal\"] # one\n", "[\"my-studio\"] # one\nmonths = 2\n")
        .replace("amount_per_credit = 0.015", "amount_per_credit = 0.02")
        .replace("fee = \"5.5%\"", "fee = \"6%\"")
        .replacen("route = \"official\"\n", "", 1)
        .replace("plan.pro = { amount = 20, per = \"month\", credits = 1000, overage = 0.012 }\n", "");
    let (kept, _) = expected.split_once("\n[card.open]").unwrap();
    assert_eq!(saved, kept);
    assert_eq!(write::difference(&after, &reading(&saved).budget), None);
}

#[test]
fn other_spellings_are_read_and_replaced_only_where_they_change() {
    let text = "retake = 1\n[card.house]\nkind = \"internal credits\"\ncredit_usd = 0.1\nmargin = \"15%\" # ours\n\n\
                [card.shop]\nkind = \"credits per image\"\nprice = 4\namount_per_credit = 0.02\npack.small = { amount = 9.9, credits = 500 }\n";
    let before = reading(text);
    assert_eq!(printed(&before.problems), "");
    let same = "retake = 1\n[card.house]\nkind = \"internal credits\"\ncredit_usd = 0.1\nmarkup = \"15%\"\n\n\
                [card.shop]\nkind = \"credits per image\"\nprice = 4\nusd_per_credit = 0.02\npack.small = { usd = 9.9, credits = 500 }\n";
    assert_eq!(before.budget.cards, reading(same).budget.cards);
    let before = before.budget;
    let untouched = write::updated(text.as_bytes(), &before, &mut before.clone()).unwrap();
    assert_eq!(untouched, text.as_bytes());
    let mut after = before.clone();
    let changed = reading(&same.replace("15%", "20%").replace("0.02", "0.03")).budget;
    after.cards = changed.cards.clone();
    let saved = String::from_utf8(write::updated(text.as_bytes(), &before, &mut after).unwrap()).unwrap();
    assert!(!saved.contains("margin") && !saved.contains("amount_per_credit"), "{saved}");
    assert_eq!(reading(&saved).budget.cards, changed.cards);
}

#[test]
fn an_edit_list_in_a_table_of_its_own_is_changed_there() {
    let text = "retake = 1\n[card.shop]\nkind = \"per image\"\nprice = 0.05\n\n[card.shop.edit] # theirs\nprice = 0.06 # with one\nreferences = 1\n";
    let before = reading(text).budget;
    let mut after = before.clone();
    let mut card = Card::clone(before.cards["shop"].as_ref().unwrap());
    let edit = card.edit.as_mut().unwrap();
    edit.references = 2;
    after.cards.insert("shop".to_owned(), Some(Arc::new(card)));
    let saved = String::from_utf8(write::updated(text.as_bytes(), &before, &mut after).unwrap()).unwrap();
    assert_eq!(saved, text.replace("references = 1", "references = 2"));
}
