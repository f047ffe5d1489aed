//! Scenarios applied: each change in its own layer, what is doubtful about one, and figures equal to those of a project that
//! was written with the changes.

use crate::support::{budget, catalog, computed, day, dec, line, settings, today};
use proptest::prelude::*;
use retake::cost::budget::scenario::{ChangePath, LineField};
use retake::cost::budget::{Baseline, Changes, Charge, Fee, FeeKey, LinePatch, Per, Scenario};
use retake::cost::rates::rate_card::TokenCard;
use retake::cost::scenario::{Applied, Comparison, Content, FindingKind, apply, since};
use retake::cost::{Budget, Knob, Level, Line, Setting};
use std::sync::Arc;

fn patch(key: &str, typed: &[(Knob, &str)]) -> (String, LinePatch) {
    (key.to_owned(), LinePatch { remove: None, line: line(key, typed) })
}

fn scenario(assumed: &[(Knob, &str)], lines: Vec<(String, LinePatch)>) -> Scenario {
    let lines = lines.into_iter().collect();
    let changes = Changes { assumptions: settings(assumed), lines, ..Changes::default() };
    Scenario { changes, ..Scenario::default() }
}

fn removed(key: &str) -> (String, LinePatch) {
    (key.to_owned(), LinePatch { remove: Some(true), ..LinePatch::of(key) })
}

fn base() -> Budget {
    let hero = line("hero", &[(Knob::Finals, "24"), (Knob::Size, "1024x1280"), (Knob::Retry, "2")]);
    Budget {
        assumptions: settings(&[(Knob::Retry, "1.5")]),
        ..budget(vec![hero, line("mail", &[(Knob::Finals, "6")])])
    }
}

fn applied(budget: &Budget, scenario: &Scenario) -> Applied {
    let applied = apply(budget, scenario, catalog());
    let mut refreshed = computed(budget);
    applied.refresh(&mut refreshed, catalog(), today());
    assert_eq!(refreshed, computed(&applied.budget), "the refreshed estimate is the whole one");
    applied
}

fn value(budget: &Budget, key: &str, knob: Knob) -> String {
    let line = budget.lines.iter().find(|line| line.key == key).unwrap();
    let resolved = budget.resolve(Some(line), catalog()).unwrap();
    retake::cost::budget::knob_text::write(&resolved.get(knob).unwrap().value)
}

#[test]
fn a_change_patches_the_layer_that_it_names() {
    let all = applied(&base(), &scenario(&[(Knob::Retry, "3")], vec![]));
    let retry = |key| value(&all.budget, key, Knob::Retry);
    assert_eq!([retry("hero"), retry("mail")], ["2", "3"], "a deliverable keeps its own factor");
    let one = applied(&base(), &scenario(&[], vec![patch("hero", &[(Knob::Retry, "3"), (Knob::Quality, "high")])]));
    let retry = |key| value(&one.budget, key, Knob::Retry);
    assert_eq!([retry("hero"), retry("mail")], ["3", "1.5"]);
    assert_eq!(value(&one.budget, "hero", Knob::Size), "1024x1280", "what it does not name stays");
    assert_eq!(one.recomputed(), 1);
    assert!(all.findings.is_empty() && one.findings.is_empty(), "{:?} {:?}", all.findings, one.findings);
}

#[test]
fn deliverables_are_taken_out_and_added() {
    let more = scenario(&[], vec![removed("hero"), patch("poster", &[(Knob::Finals, "3"), (Knob::Size, "1024x1024")])]);
    let applied = applied(&base(), &more);
    let keys: Vec<&str> = applied.budget.lines.iter().map(|line| line.key.as_str()).collect();
    assert_eq!((keys, applied.recomputed()), (vec!["mail", "poster"], 1));
    assert_eq!(value(&applied.budget, "poster", Knob::Retry), "1.5", "the new one inherits");
}

#[test]
fn a_new_deliverable_goes_where_its_position_says() {
    let mut budget = base();
    (budget.lines[0].position, budget.lines[1].position) = (Some(10), Some(20));
    let mut new = patch("poster", &[(Knob::Finals, "3")]);
    let order = |scenario: &Scenario| {
        let applied = applied(&budget, scenario);
        applied.budget.lines.iter().map(|line| line.key.clone()).collect::<Vec<_>>()
    };
    assert_eq!(order(&scenario(&[], vec![new.clone()])), ["hero", "mail", "poster"]);
    new.1.line.position = Some(15);
    assert_eq!(order(&scenario(&[], vec![new.clone()])), ["hero", "poster", "mail"]);
    let mut moved = LinePatch::of("hero");
    moved.line.position = Some(30);
    assert_eq!(order(&scenario(&[], vec![("hero".to_owned(), moved)])), ["mail", "hero"]);
}

#[test]
fn what_is_gone_changes_nothing_and_is_told_once() {
    for gone in [patch("pdp-hero", &[(Knob::Size, "1600x2000"), (Knob::Quality, "high")]), removed("pdp-hero")] {
        let applied = applied(&base(), &scenario(&[], vec![gone]));
        assert_eq!(applied.budget, base());
        let [finding] = &applied.findings[..] else { panic!("{:?}", applied.findings) };
        assert_eq!((&finding.kind, finding.kind.level()), (&FindingKind::Gone, Level::Error));
        assert!(matches!(&finding.path, ChangePath::Line(key, _) if key == "pdp-hero"));
    }
    // With finals it is a new one, unless the base had it when the scenario was written.
    let mut with_finals = scenario(&[], vec![patch("pdp-hero", &[(Knob::Finals, "5")])]);
    assert_eq!(applied(&base(), &with_finals).budget.lines.len(), 3);
    with_finals.was.lines.extend([patch("pdp-hero", &[(Knob::Finals, "4")])]);
    let back = applied(&base(), &with_finals);
    assert_eq!((back.budget.lines.len(), &back.findings[0].kind), (2, &FindingKind::Gone));
}

#[test]
fn a_base_that_moved_is_told_with_both_values() {
    let mut wants = scenario(&[(Knob::Retry, "3")], vec![patch("hero", &[(Knob::Size, "1600x2000")])]);
    wants.was = scenario(&[(Knob::Retry, "1.5")], vec![patch("hero", &[(Knob::Size, "1024x1024")])]).changes;
    let found = applied(&base(), &wants).findings;
    let [finding] = &found[..] else { panic!("{found:?}") };
    assert_eq!(finding.path, ChangePath::Line("hero".to_owned(), LineField::Knob(Knob::Size)));
    assert_eq!(finding.kind.level(), Level::Warning);
    let told = retake::words::finding(finding);
    let expected =
        "deliverable.hero.size was 1024×1024 when the scenario was written, but the project now has 1024×1280";
    assert_eq!(told.message, expected);
}

#[test]
fn a_value_that_the_base_moved_below_is_told_too() {
    // The deliverable inherits: what was written down is the value in force, wherever it came from.
    let mut wants = scenario(&[], vec![patch("mail", &[(Knob::Retry, "3")])]);
    wants.was = scenario(&[], vec![patch("mail", &[(Knob::Retry, "1.5")])]).changes;
    assert!(applied(&base(), &wants).findings.is_empty());
    let mut moved = base();
    moved.assumptions = settings(&[(Knob::Retry, "1.8")]);
    assert!(matches!(applied(&moved, &wants).findings[0].kind, FindingKind::Moved { .. }));
}

#[test]
fn a_change_that_changes_nothing_is_a_note() {
    for same in [
        scenario(&[(Knob::Retry, "1.5")], vec![]),
        scenario(&[], vec![patch("hero", &[(Knob::Retry, "2")])]),
        scenario(&[], vec![patch("mail", &[(Knob::Size, "1024x1024")])]),
        scenario(&[], vec![("hero".to_owned(), LinePatch { remove: Some(false), ..LinePatch::of("hero") })]),
    ] {
        let applied = applied(&base(), &same);
        let [finding] = &applied.findings[..] else { panic!("{same:?}: {:?}", applied.findings) };
        assert!(matches!(finding.kind, FindingKind::Same { .. }) && finding.kind.level() == Level::Note);
    }
}

fn fee(amount: &str, per: Per) -> Fee {
    Fee { amount: Some(Charge { amount: dec(amount), currency: None }), per: Some(per), ..Fee::default() }
}

#[test]
fn fees_are_patched_key_by_key_and_over_those_of_the_team() {
    let mut budget = base();
    budget.fees.insert("retouching".to_owned(), Fee { note: Some("ours".to_owned()), ..fee("4.50", Per::Final) });
    budget.team_fees.insert("admin".to_owned(), fee("100", Per::Project));
    let only = |amount: &str| Fee { per: None, ..fee(amount, Per::Final) };
    let change = |fees: Vec<(&str, Fee)>| Scenario {
        changes: Changes {
            fees: fees.into_iter().map(|(name, fee)| (name.to_owned(), fee)).collect(),
            ..Changes::default()
        },
        ..Scenario::default()
    };
    let off = Fee { off: Some(true), ..Fee::default() };
    let patched = applied(&budget, &change(vec![("retouching", only("6")), ("admin", off)]));
    let retouching = patched.budget.fee("retouching").unwrap();
    assert_eq!((retouching.amount.unwrap().amount, retouching.note.as_deref()), (dec("6"), Some("ours")));
    assert!(!patched.budget.fee("admin").unwrap().is_on());
    let new = applied(&budget, &change(vec![("travel", fee("50", Per::Project))]));
    assert_eq!(computed(&new.budget).totals.invoice.project_fees, Some(dec("150")));
    let gone = applied(&budget, &change(vec![("travel", only("50"))]));
    assert_eq!((&gone.budget, &gone.findings[0].kind), (&budget, &FindingKind::Gone));
    assert_eq!(gone.findings[0].path, ChangePath::Fee("travel".to_owned(), FeeKey::Amount));
}

#[test]
fn a_fee_for_a_deliverable_that_is_taken_out_is_no_error() {
    let mut budget = base();
    let of = |keys: &[&str]| Fee {
        deliverables: Some(keys.iter().map(|key| (*key).to_owned()).collect()),
        ..fee("4.50", Per::Final)
    };
    budget.fees.insert("retouching".to_owned(), of(&["hero", "mail"]));
    budget.team_fees.insert("copy".to_owned(), of(&["hero"]));
    let applied = applied(&budget, &scenario(&[], vec![removed("hero")]));
    let estimate = computed(&applied.budget);
    let codes: Vec<&str> = estimate.all_issues().map(|issue| issue.kind.code().name()).collect();
    assert!(!codes.contains(&"fee-deliverable-unknown"), "{codes:?}");
    assert_eq!(
        estimate.totals.invoice.fees,
        Some(dec("27")),
        "6 finals of mail at 4.50; the other fee has no deliverable left"
    );
}

#[test]
fn what_cannot_be_read_has_no_price_under_the_scenario() {
    let mut broken = scenario(&[], vec![]);
    broken.changes.assumptions.put(Knob::Retry, Some(Setting::Unreadable));
    let applied = applied(&base(), &broken);
    assert_eq!(computed(&applied.budget).totals.total, None);
    assert!(computed(&base()).totals.total.is_some());
}

/// Few deliverables are looked for one by one, many by a table.
#[test]
fn however_many_deliverables_a_scenario_names_each_is_found() {
    let key = |at: usize| format!("line-{at:02}");
    let many = budget((0..40).map(|at| line(&key(at), &[(Knob::Finals, "5")])).collect());
    for count in [1, 8, 9, 40] {
        let changes = (0..count).map(|at| patch(&key(39 - at), &[(Knob::Finals, "7")]));
        let gone = patch("gone", &[(Knob::Quality, "high")]);
        let all = applied(&many, &scenario(&[], changes.chain([gone]).collect()));
        let finals = all.budget.lines.iter().filter(|line| value(&all.budget, &line.key, Knob::Finals) == "7");
        assert_eq!(finals.count(), count);
        assert_eq!(all.findings.iter().map(|finding| &finding.kind).collect::<Vec<_>>(), [&FindingKind::Gone]);
    }
}

/// Ten thousand deliverables, of which a scenario changes a few: the others keep their figures where they are in memory.
#[test]
fn only_the_changed_lines_of_ten_thousand_are_computed() {
    let lines = (0..10_000).map(|at| line(&format!("line-{at:05}"), &[(Knob::Finals, "5")])).collect();
    let big = budget(lines);
    let mut changes: Vec<_> =
        (0..10).map(|at| patch(&format!("line-{:05}", at * 997), &[(Knob::Finals, "7")])).collect();
    changes.extend([removed("line-00001"), patch("new", &[(Knob::Finals, "1")])]);
    let applied = apply(&big, &scenario(&[], changes), catalog());
    assert_eq!(applied.recomputed(), 11);
    let own: std::collections::BTreeMap<&str, &Line> =
        big.lines.iter().map(|line| (line.key.as_str(), &**line)).collect();
    let copied = |line: &&Line| !own.get(line.key.as_str()).is_some_and(|own| std::ptr::eq(*own, *line));
    assert_eq!(applied.budget.lines.iter().map(|line| &**line).filter(copied).count(), 11, "the others are shared");
    let mut estimate = computed(&big);
    let place = |line: &retake::cost::estimate::line::LineEstimate| line.stages.as_ptr();
    let before: std::collections::BTreeMap<String, _> =
        estimate.lines.iter().map(|line| (line.key.clone(), place(line))).collect();
    applied.refresh(&mut estimate, catalog(), today());
    let moved = estimate.lines.iter().filter(|line| before.get(&line.key) != Some(&place(line))).count();
    assert_eq!((estimate.lines.len(), moved), (10_000, 11));
    assert_eq!(estimate, computed(&applied.budget));
}

#[test]
fn a_comparison_has_the_values_that_differ_and_the_totals() {
    let mut budget = base();
    let client = scenario(&[(Knob::Buffer, "20%")], vec![patch("hero", &[(Knob::Size, "1600x2000")])]);
    let lean = scenario(&[(Knob::Retry, "1.2")], vec![removed("mail")]);
    budget.scenarios = [("client-2k", client), ("lean", lean)]
        .into_iter()
        .map(|(key, scenario)| (key.to_owned(), Arc::new(scenario)))
        .collect();
    let keys = [None, Some("client-2k"), Some("lean"), Some("nobody")];
    let compared = Comparison::of(&budget, &keys, catalog(), today());
    let named: Vec<_> = compared.columns.iter().map(|column| column.scenario.as_deref()).collect();
    assert_eq!(named, keys[..3]);
    let rows: Vec<(String, Vec<String>)> = compared
        .rows
        .iter()
        .map(|row| {
            (
                retake::words::change_path(&row.path),
                row.contents.iter().map(|content| retake::words::content_at(&row.path, content)).collect(),
            )
        })
        .collect();
    let row = |path: &str, cells: [&str; 3]| (path.to_owned(), cells.map(str::to_owned).to_vec());
    assert_eq!(
        rows,
        [
            row("assumptions.retry", ["1.50×", "1.50×", "1.20×"]),
            row("deliverable.hero.size", ["1024×1280", "1600×2000", "1024×1280"]),
            row("deliverable.mail", ["included", "included", "taken out"]),
        ],
        "the buffer is 20 % everywhere"
    );
    let totals: Vec<_> = compared.columns.iter().map(|column| column.totals.total.unwrap()).collect();
    assert!(totals[1] > totals[0] && totals[0] > totals[2], "{totals:?}");
    assert!(matches!(&compared.columns[1].findings[0].kind, FindingKind::Same { value: Content::Value(_) }));
}

#[test]
fn a_locked_total_is_compared_with_what_the_file_says_today() {
    let mut locked = base();
    let own = computed(&locked).totals.total.unwrap();
    let read_on = catalog().models.iter().find(|model| model.id == "gpt-image-2").unwrap().card.clone();
    assert_eq!(since(&locked, &computed(&locked), catalog(), today()), None, "nothing is locked");
    locked.baseline = Baseline {
        total: Some(own - dec("1")),
        on: Some(day("2026-11-18")),
        prices: read_on.provenance.checked,
        ..Baseline::default()
    };
    let told = |budget: &Budget| since(budget, &computed(budget), catalog(), today()).unwrap();
    let same = told(&locked);
    assert_eq!((same.change, same.by_prices), (Some(dec("1")), Some(dec("0"))));
    let half = |card: &TokenCard| {
        let rates = card.standard.unwrap();
        let mut new = rates;
        for meter in retake::cost::rates::rate_card::Meter::ALL {
            if let Some(usd) = rates.get(meter) {
                new = new.with(meter, usd / dec("2"));
            }
        }
        let mut half = TokenCard { standard: Some(new), ..card.clone() };
        half.provenance.checked = Some(day("2026-11-25"));
        half
    };
    // Locked at the built-in prices, and since then pinned at half of them.
    locked.pins.insert("openai/gpt-image-2".to_owned(), half(&read_on));
    let halved = told(&locked);
    let saved = (own / dec("2")).normalize();
    assert_eq!(halved.change, Some(dec("1") - saved), "the project's total, at its own prices");
    assert_eq!(halved.by_prices, Some(-saved));
    // Locked at the pinned prices: whatever the program's own are now, prices changed nothing.
    locked.baseline.prices = Some(day("2026-11-25"));
    assert_eq!((told(&locked).change, told(&locked).by_prices), (Some(dec("1") - saved), Some(dec("0"))));
    for gone in [Some(day("2026-01-01")), None] {
        locked.baseline.prices = gone;
        assert_eq!(told(&locked).by_prices, None, "the prices of the lock are gone");
    }
    locked.baseline.currency = retake::cost::base::money::Currency::parse("EUR");
    assert_eq!(told(&locked).change, None, "there is no rate");
}

proptest! {
    /// Whatever a scenario does, the refreshed estimate is that of the patched budget.
    #[test]
    fn refreshing_is_estimating(
        finals in prop::collection::vec(0_u64..100, 1..8),
        changed in prop::collection::vec((0_usize..10, 0_u8..4, 1_u64..50), 0..8),
        assumed in prop::option::of(0_u32..3),
    ) {
        let lines: Vec<Line> = finals.iter().enumerate()
            .map(|(at, finals)| line(&format!("l{at}"), &[(Knob::Finals, &finals.to_string())])).collect();
        let patches = changed.iter().map(|(at, kind, number)| {
            let key = format!("l{at}");
            match kind {
                0 => removed(&key),
                1 => patch(&key, &[(Knob::Quality, "high")]),
                _ => patch(&key, &[(Knob::Finals, &number.to_string())]),
            }
        });
        let assumed: Vec<(Knob, &str)> = assumed.map(|which| match which {
            0 => (Knob::Retry, "2.5"), 1 => (Knob::Cap, "5"), _ => (Knob::Tax, "19%"),
        }).into_iter().collect();
        applied(&budget(lines), &scenario(&assumed, patches.collect()));
    }
}

#[test]
fn a_save_pins_the_prices_of_models_that_only_a_scenario_uses() {
    let text = "retake = 1\n[assumptions]\nquality = \"high\"\n[deliverable.a]\nfinals = 10\nmodel = \"gpt-image-2\"\n\
                [scenario.s]\nassumptions.model = \"gpt-image-2.5-flare\"\n[scenario.t]\ndeliverable.a.model = \"gpt-image-2.5-sunburst\"\n";
    let added = text.replace("[scenario.s]", "[scenario.s.deliverable.b]\nfinals = 1\n[scenario.s]");
    let pinned = |text: &str| {
        let budget = retake::project::open::read_text(text, std::path::Path::new("a.toml"), catalog()).budget;
        let pins = retake::project::write::pins(&budget, &computed(&budget), catalog());
        pins.into_keys().collect::<Vec<_>>()
    };
    // No line is counted with the assumption's model before the scenario adds one that is.
    assert_eq!(pinned(text), ["openai/gpt-image-2", "openai/gpt-image-2.5-sunburst"]);
    let all = ["openai/gpt-image-2", "openai/gpt-image-2.5-flare", "openai/gpt-image-2.5-sunburst"];
    assert_eq!(pinned(&added), all);
    assert_eq!(
        pinned(&text.replace("deliverable.a.model = \"gpt-image-2.5-sunburst\"", "deliverable.a.remove = true")),
        ["openai/gpt-image-2"]
    );
}
