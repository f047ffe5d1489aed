//! Scenarios and the baseline as values: every form of a key, and the place of each change.

use crate::{Memory, Words, catalog, codes, printed, reading};
use retake::cost::Layer;
use retake::cost::base::number_text::parse_decimal;
use retake::cost::budget::scenario::{ChangePath, LineField};
use retake::cost::budget::{Baseline, FeeKey, Knob, Per};
use retake::cost::scenario::{Content, apply, content::said};
use retake::project::{Reading, read};
use retake::words;
use std::path::Path;

fn sound(text: &str) -> Reading {
    let read = reading(text);
    assert!(read.problems.is_empty(), "{}", printed(&read.problems));
    read
}

const LINES: &str =
    "retake = 1\n[deliverable.hero]\nfinals = 24\nsize = \"1024x1280\"\n[deliverable.mail]\nfinals = 6\n";

/// Each change of a scenario as `path = value`.
fn changes(read: &Reading, key: &str) -> Vec<String> {
    let changes = &read.budget.scenarios[key].changes;
    let told = |path: &ChangePath| format!("{} = {}", words::change_path(path), words::content(&said(changes, path)));
    changes.paths().iter().map(told).collect()
}

#[test]
fn dotted_keys_sub_tables_and_inline_tables_say_the_same() {
    let forms = [
        "[scenario.x]\nassumptions.retry = 2.5\ndeliverable.hero.size = \"2k\"\ndeliverable.hero.explore.drafts_per_final = 3\n\
         deliverable.hero.note = \"n\"\ndeliverable.mail.remove = true\nfee.print.amount = 5\nfee.print.per = \"final\"\n",
        "[scenario.x.assumptions]\nretry = 2.5\n[scenario.x.deliverable.hero]\nsize = \"2k\"\nnote = \"n\"\n\
         [scenario.x.deliverable.hero.explore]\ndrafts_per_final = 3\n[scenario.x.deliverable.mail]\nremove = true\n\
         [scenario.x.fee.print]\namount = 5\nper = \"final\"\n",
        "[scenario]\nx = { assumptions = { retry = 2.5 }, deliverable = { hero = { size = \"2k\", note = \"n\", explore = \
         { drafts_per_final = 3 } }, mail = { remove = true } }, fee = { print = { amount = 5, per = \"final\" } } }\n",
    ];
    let read = forms.map(|form| sound(&format!("{LINES}{form}")));
    assert_eq!(
        changes(&read[0], "x"),
        [
            "assumptions.retry = 2.50×",
            "deliverable.hero.size = 2k",
            "deliverable.hero.explore.drafts_per_final = 3",
            "deliverable.hero.note = n",
            "deliverable.mail = included",
            "fee.print.amount = 5.00",
            "fee.print.per = final"
        ]
    );
    assert!(read[0].budget.scenarios["x"].changes.removes("mail"));
    assert!(read.iter().all(|other| other.budget.scenarios == read[0].budget.scenarios));
    assert!(read.iter().all(|read| read.budget.lines.len() == 2), "the project itself is as it was");
}

#[test]
fn was_has_every_kind_of_path() {
    let read = sound(&format!(
        "{LINES}[scenario.x]\nwas = {{ \"assumptions.retry\" = {{ low = 1.5, likely = 2, high = 3 }}, \
         \"deliverable.hero.size\" = \"1k\", 'deliverable.\"a b\".name' = \"AB\", \"deliverable.hero.explore.quality\" = \"low\", \
         \"deliverable.hero.position\" = 3, \"deliverable.hero.remove\" = false, \"fee.print.per\" = \"call\" }}\n"
    ));
    let was = &read.budget.scenarios["x"].was;
    let at = |path| said(was, &path);
    let line = |key: &str, field| ChangePath::Line(key.to_owned(), field);
    assert_eq!(words::content(&at(ChangePath::Assumption(Knob::Retry))), "1.5–2–3");
    assert_eq!(words::content(&at(line("hero", LineField::Knob(Knob::Size)))), "1k");
    assert_eq!(at(line("a b", LineField::Name)), Content::Text("AB".to_owned()));
    assert_eq!(words::content(&at(line("hero", LineField::Knob(Knob::DraftQuality)))), "low");
    assert_eq!(at(line("hero", LineField::Position)), Content::Position(3));
    assert_eq!(was.lines["hero"].remove, Some(false));
    assert_eq!(was.fees["print"].per, Some(Per::Call));
    assert_eq!(was.paths().len(), 7);
}

#[test]
fn a_baseline_is_read_whole() {
    let amount = |text: &str| parse_decimal(text).ok();
    let read = sound(&format!(
        "{LINES}[scenario.x]\n[baseline]\nscenario = \"x\"\ntotal = \"12.30\"\nmean = 10\ncurrency = \"EUR\"\non = 2026-11-18\n\
         prices = 2026-11-01\nlines = {{ hero = \"11.10\", mail = 1.20 }}\n"
    ));
    let lines = [("hero", "11.10"), ("mail", "1.20")].map(|(key, of)| (key.to_owned(), amount(of).unwrap()));
    let expected = Baseline {
        scenario: Some("x".to_owned()),
        total: amount("12.30"),
        mean: amount("10"),
        currency: retake::cost::base::money::Currency::parse("EUR"),
        on: "2026-11-18".parse().ok(),
        prices: "2026-11-01".parse().ok(),
        lines: lines.into(),
    };
    assert_eq!(read.budget.baseline, expected);
}

#[test]
fn a_patched_value_names_the_scenario_and_its_own_line() {
    let read = sound(&format!(
        "{LINES}[scenario.client-2k]\nassumptions.retry = 2.5\n  deliverable.hero.size = \"1600x2000\"\n\
         [scenario.client-2k.deliverable.hero.explore]\nquality = \"low\"\n"
    ));
    let scenario = &read.budget.scenarios["client-2k"];
    let patched = apply(&read.budget, scenario, catalog()).budget;
    let hero = patched.resolve(patched.lines.first().map(|line| &**line), catalog()).unwrap();
    let at = |under, knob, layer| {
        let origin = read.origins.knob_under(under, Some("hero"), knob, layer);
        let position = origin.position.map_or(String::new(), |position| position.to_string());
        format!("{} {position}", origin.scenario.as_deref().unwrap_or("-"))
    };
    let under = Some("client-2k");
    assert_eq!(at(under, Knob::Size, hero.size.layer), "client-2k 9:27");
    assert_eq!(at(under, Knob::Retry, hero.retry.layer), "client-2k 8:21");
    assert_eq!(at(under, Knob::DraftQuality, Layer::Deliverable), "client-2k 11:11");
    assert_eq!(at(under, Knob::Finals, hero.finals.layer), "- 3:10", "what it leaves alone");
    assert_eq!(at(None, Knob::Size, hero.size.layer), "- 4:8", "without it");
    let fee = read.origins.change("client-2k", &ChangePath::Fee("none".to_owned(), FeeKey::Amount)).unwrap();
    assert_eq!(fee.position.unwrap().to_string(), "7:11", "else the scenario's table");
}

#[test]
fn a_prompt_in_a_scenario_is_counted() {
    let mut prompts = Words { files: [("long.txt".into(), "a b c d".to_owned())].into(), ..Words::default() };
    let text =
        format!("{LINES}[scenario.x]\nassumptions.prompt = \"one two\"\ndeliverable.hero.prompt_file = \"long.txt\"\n");
    let mut read = read(&text, Some(Path::new("p.toml")), catalog(), &mut Memory::default(), &mut prompts);
    assert!(read.problems.is_empty(), "{}", printed(&read.problems));
    let tokens = |read: &Reading| changes(read, "x");
    let counted = tokens(&read);
    assert!(counted.iter().all(|told| told.contains("prompt_tokens")) && counted.len() == 2, "{counted:?}");
    // A prompt file that changed since is no change of the project.
    let shown = read.budget.clone();
    prompts.files.insert("long.txt".into(), "a b c d e f g".to_owned());
    read = retake::project::read(&text, Some(Path::new("p.toml")), catalog(), &mut Memory::default(), &mut prompts);
    assert_ne!(tokens(&read), counted);
    read.keep_counts(&shown);
    assert_eq!(read.budget, shown);
}

#[test]
fn more_scenarios_than_a_comparison_can_hold_are_told_once() {
    let many: String = (0..202).map(|n| format!("[scenario.s{n}]\nassumptions.retry = 2\n")).collect();
    let read = reading(&format!("{LINES}{many}"));
    assert_eq!((codes(&read.problems), read.budget.scenarios.len()), (vec!["scenarios-too-many"], 200));
}

#[test]
fn what_cannot_be_read_of_a_scenario_has_no_price_under_it_alone() {
    for broken in [
        "[scenario]\nx = 5\n",
        "[scenario.x]\nassumptions = 5\n",
        "[scenario.x]\ndeliverable.hero = 5\n",
        "[scenario.x]\ndeliverable.hero.remove = 1\n",
        "[scenario.x]\ndeliverable.hero.retry = 0.2\n",
        "[scenario.x]\ndeliverable.hero.explore = 1\n",
        "[scenario.x]\nfee.print = 1\n",
    ] {
        let read = reading(&format!("{LINES}{broken}"));
        assert_eq!(read.problems.len(), 1, "{broken}: {}", printed(&read.problems));
        let day = "2026-11-21".parse().unwrap();
        let total = |budget| retake::cost::estimate(budget, catalog(), day).totals.total;
        assert!(total(&read.budget).is_some(), "{broken}");
        let under = apply(&read.budget, &read.budget.scenarios["x"], catalog()).budget;
        assert_eq!(total(&under), None, "{broken}");
    }
}
