//! The whole format at once, the shortest file, and both totals.

use crate::{Memory, Words, catalog, codes, printed, reading};
use jiff::civil::date;
use retake::cost::base::money::Currency;
use retake::cost::base::number_text::parse_decimal;
use retake::cost::base::retry::{Confidence, Pick, Retry};
use retake::cost::base::size::{Ratio, Size};
use retake::cost::budget::{Knob, Setting, SizeChoice, Value};
use retake::cost::rates::rate_card::{Grade, Meter, ServiceTier};
use retake::cost::{Decimal, Estimate, estimate};
use retake::project::{Reading, read};
use std::path::Path;

/// Every key of the format, with the figures of the documented example.
const FULL: &str = include_str!("full.toml");

fn estimated(reading: &Reading) -> Estimate {
    estimate(&reading.budget, crate::catalog(), date(2026, 11, 21))
}

fn dec(text: &str) -> Decimal {
    parse_decimal(text).unwrap()
}

/// The full example in a build that cannot compare its prompts with the numbers beside them.
fn full() -> Reading {
    let mut words = Words { mute: true, files: [("story.txt".into(), String::new())].into() };
    read(FULL, Some(Path::new("p.toml")), catalog(), &mut Memory::default(), &mut words)
}

#[test]
fn the_full_example_reads_without_a_problem() {
    let read = full();
    assert!(read.problems.is_empty(), "{}", printed(&read.problems));
    assert!(!read.unparsable() && read.newer.is_none() && read.extends.is_empty());
    let budget = &read.budget;
    assert_eq!(budget.name.as_deref(), Some("Spring launch"));
    assert_eq!(budget.client.as_deref(), Some("Acme"));
    assert_eq!(budget.notes.as_deref(), Some("First round, two rounds of feedback included."));
    assert_eq!(budget.shown.currency, Currency::parse("JPY").unwrap());
    let exchange = budget.shown.exchange.as_ref().unwrap();
    assert_eq!((exchange.rate, exchange.as_of), (dec("152.40"), date(2026, 11, 20)));
    assert_eq!(exchange.source.as_deref(), Some("finance desk"));
    assert_eq!(budget.lines.len(), 2);
    assert_eq!(budget.lines[0].key, "story", "position orders the lines");
}

#[test]
fn every_key_of_the_full_example_arrives() {
    let read = full();
    let value = |knob| read.budget.assumptions.value(knob).unwrap().clone();
    assert_eq!(value(Knob::Model), Value::Word("gpt-image-2".into()));
    assert_eq!(value(Knob::ServiceTier), Value::Service(ServiceTier::Standard));
    let range = Retry::Range { low: dec("1.5"), likely: dec("2"), high: dec("3") };
    assert_eq!(value(Knob::Retry), Value::Retry(range));
    assert_eq!(value(Knob::Buffer), Value::Percent(dec("20")));
    assert_eq!(value(Knob::ImagesPerCall), Value::Count(1));
    assert_eq!(value(Knob::Pick), Value::Pick(Pick::One));
    assert_eq!(value(Knob::Repeat), Value::Count(1));
    assert_eq!(value(Knob::PromptTokens), Value::Count(180));
    assert_eq!(value(Knob::CachedInput), Value::Percent(dec("0")));
    assert_eq!(value(Knob::PartialImages), Value::Count(0));
    assert_eq!(retake::cost::budget::knob_text::write(&value(Knob::Cap)), "2500");

    let hero = read.budget.lines.iter().find(|line| line.key == "pdp-hero").unwrap();
    assert_eq!(
        (hero.name.as_deref(), hero.position, hero.note.as_deref()),
        (Some("PDP hero"), Some(10), Some("white background"))
    );
    let size = |w, h| Size::new(w, h).unwrap();
    assert_eq!(hero.settings.value(Knob::Preset), Some(&Value::Word("ecommerce-pdp".into())));
    assert_eq!(hero.settings.value(Knob::Ratio), Some(&Value::Ratio(Ratio::parse("4:5").unwrap())));
    assert_eq!(hero.settings.value(Knob::Size), Some(&Value::Size(SizeChoice::Exact(size(1024, 1280)))));
    assert_eq!(hero.settings.value(Knob::References), Some(&Value::Sizes(vec![size(1024, 1024)])));

    let story = &read.budget.lines[0];
    assert_eq!(story.settings.value(Knob::Drafts), Some(&Value::Count(6)));
    assert_eq!(story.settings.value(Knob::Retry), Some(&Value::Retry(Retry::Profile("ours".into()))));
    let ours = &read.budget.profiles["ours"];
    assert_eq!(ours.retry, Retry::Factor { factor: dec("2.5"), confidence: Some(Confidence::Measured) });
    assert_eq!((ours.provenance.source.as_str(), ours.provenance.grade), ("our last campaign", Some(Grade::B)));
    let card = &read.budget.pins["openai/gpt-image-2"];
    assert_eq!(card.provenance.checked, Some(date(2026, 11, 21)));
    assert_eq!(card.rates(ServiceTier::Batch).unwrap().get(Meter::TextInputCached), Some(dec("0.625")));
}

#[test]
fn the_documented_deliverable_comes_to_the_documented_figures() {
    let text = "retake = 1\n[assumptions]\nprompt_tokens = 180\nquality = \"high\"\nbuffer = \"20%\"\n\
                [deliverable.pdp-hero]\nname = \"PDP hero\"\npreset = \"ecommerce-pdp\"\nratio = \"4:5\"\nsize = \"1024x1280\"\n\
                finals = 24\nretry = 2.0\nreferences = [\"1024x1024\"]\n";
    let read = reading(text);
    assert_eq!(printed(&read.problems), "");
    let totals = estimated(&read).totals;
    assert_eq!((totals.finals, totals.images), (24, Some(dec("48"))));
    assert_eq!(totals.subtotal, Some(dec("9.249216")));
    assert_eq!(totals.buffer, Some(dec("1.8498432")));
    assert_eq!(totals.total, Some(dec("11.0990592")));
    assert_eq!(totals.per_final, Some(dec("0.4624608")));
}

#[test]
fn a_version_is_all_that_a_file_needs() {
    let read = reading("retake = 1");
    assert_eq!(printed(&read.problems), "");
    assert_eq!(read.budget, retake::cost::Budget::default());
    let assumed = estimated(&read).assumptions.unwrap();
    assert_eq!(assumed.model.value.id, "gpt-image-2");
    assert_eq!(assumed.buffer.value, dec("20"));
    assert_eq!(assumed.factor.unwrap().to_decimal(), dec("1.545"));
}

#[test]
fn an_empty_deliverable_is_a_line_with_no_finals() {
    let read = reading("retake = 1\n[deliverable.a]\n");
    let estimate = estimated(&read);
    assert_eq!(estimate.lines.len(), 1);
    assert_eq!((estimate.totals.finals, estimate.totals.total), (0, Some(Decimal::ZERO)));
    assert_eq!(read.budget.lines[0].title(), "a");
}

#[test]
fn deliverables_stand_by_position_then_as_in_the_file() {
    let text = "retake = 1\n[deliverable.z]\n[deliverable.b]\nposition = 2\n[deliverable.a]\n[deliverable.m]\nposition = -1\n[deliverable.\"発表\"]\n";
    let read = reading(text);
    let keys: Vec<&str> = read.budget.lines.iter().map(|line| line.key.as_str()).collect();
    assert_eq!(keys, ["m", "z", "a", "発表", "b"]);
}

#[test]
fn every_spelling_of_a_table_is_the_same() {
    let spellings = [
        "retake = 1\n[deliverable.a]\nfinals = 3\nquality = \"low\"\n[deliverable.a.explore]\ndrafts_per_final = 2\n",
        "retake = 1\n[deliverable]\na = { finals = 3, quality = \"low\", explore = { drafts_per_final = 2 } }\n",
        "retake = 1\ndeliverable.a.finals = 3\ndeliverable.a.explore.drafts_per_final = 2\ndeliverable.a.quality = \"low\"\n",
        "retake = 1\n[deliverable.a.explore]\ndrafts_per_final = 2\n[deliverable.a]\nquality = 'low'\nfinals = +3\n",
        "\u{feff}retake = 1\r\n[deliverable.\"a\"]\r\nfinals = 3\r\nquality = \"LOW\"\r\n[deliverable.a.explore]\r\ndrafts_per_final = 2\r\n",
        "retake = 1\n[deliverable.a]\nfinals = 3.0\nquality = \"\"\"low\"\"\"\nexplore.drafts_per_final = 2_0e-1\n",
    ];
    let first = reading(spellings[0]);
    for text in spellings {
        let read = reading(text);
        assert_eq!(printed(&read.problems), "", "{text}");
        assert_eq!(read.budget, first.budget, "{text}");
    }
}

#[test]
fn what_cannot_be_read_leaves_no_price_and_the_rest_stands() {
    for (broken, knob) in [
        ("finals = \"x\"", Knob::Finals),
        ("retry = 0", Knob::Retry),
        ("quality = 3", Knob::Quality),
        ("size = \"12x\"", Knob::Size),
        ("buffer = 20", Knob::Buffer),
        ("prompt_file = \"none.txt\"", Knob::PromptTokens),
        ("preset = \"none such\"", Knob::Preset),
        ("explore = 6", Knob::Drafts),
        ("model = \"gpt-image-9\"", Knob::Model),
    ] {
        let text =
            format!("retake = 1\n[assumptions]\nretry = 2\n[deliverable.a]\n{broken}\n[deliverable.b]\nfinals = 2\n");
        let read = reading(&text);
        assert_eq!(read.problems.len(), 1, "{broken}");
        assert_eq!(read.budget.lines[0].settings.get(knob), Some(&Setting::Unreadable), "{broken}");
        let estimate = estimated(&read);
        assert_eq!(estimate.lines[0].total, None, "{broken}");
        assert!(estimate.lines[1].total.is_some() && estimate.totals.total.is_none(), "{broken}");
    }
}

#[test]
fn a_broken_part_of_the_project_lends_nothing_from_below() {
    let prices_unknown = |text: &str| {
        let read = reading(text);
        assert!(!read.problems.is_empty(), "{text}");
        assert_eq!(estimated(&read).totals.total, None, "{text}");
    };
    let line = "[deliverable.a]\nfinals = 2\n";
    prices_unknown(&format!("retake = 1\nassumptions = 5\n{line}"));
    prices_unknown(&format!("retake = 1\nextends = 5\n{line}"));
    prices_unknown(&format!("retake = 1\nextends = \"none.toml\"\n{line}"));
    prices_unknown(&format!("retake = 1\n[rates]\n\"openai/gpt-image-2\" = 5\n{line}"));
    prices_unknown(&format!("retake = 1\n[retry_profile]\nplanning-default = 5\n{line}"));
    prices_unknown(&format!("retake = 1\n[retry_profile.planning-default]\nfactor = \"2\"\n{line}"));
    prices_unknown("retake = 1\n[deliverable]\na = 5\n");
    prices_unknown("retake = 1\ndeliverable = 5\n");
    prices_unknown("retake = 1\n[deliverable]\nfinals = 5\n");
    prices_unknown("retake = 1\n[[deliverable]]\nfinals = 5\n");
}

#[test]
fn a_newer_file_is_read_as_far_as_it_is_known() {
    let read = reading("retake = 2\nmood = 1\n[assumptions]\nbuffer = \"5%\"\nsky = \"blue\"\n");
    assert_eq!((read.newer, codes(&read.problems)), (Some(2), vec!["version-newer"]));
    assert_eq!(read.budget.assumptions.value(Knob::Buffer), Some(&Value::Percent(dec("5"))));
}
