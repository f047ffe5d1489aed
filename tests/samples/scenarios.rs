//! Scenarios on their way: file, edit, journal, another's change, file.

use crate::disk::Bench;
use retake::app::Action;
use retake::app::flows::difference::{carried_over, edits_between};
use retake::cost::budget::edit::Edit;
use retake::cost::budget::{Baseline, Knob, LinePatch, Scenario, Setting, Value};
use retake::cost::{Budget, Decimal};
use retake::project::merge::merge;
use retake::project::write;
use retake::runtime::edits::{read, replay, written};
use std::sync::Arc;

const TEXT: &str = "retake = 1\n\n[deliverable.hero]\nfinals = 4\n\n# what the client may want\n[scenario.client-2k]   # asked in May\n\
                    name = \"Client wants 2K\"\nassumptions.retry = 2.5  # more care\ndeliverable.hero.size = \"2k\" # as asked\n\
                    was = { \"deliverable.hero.size\" = \"1k\" }  # then\n\n[scenario.lean]\nassumptions.buffer = \"5%\"\n";

fn budget(text: &str) -> Budget {
    let reading = retake::project::open::read_text(text, std::path::Path::new("a.toml"), crate::support::catalog());
    assert!(reading.problems.is_empty(), "{text}\n{:?}", reading.problems);
    reading.budget
}

/// Writes a change and reads it back, there and back again.
fn saved(text: &str, change: impl Fn(&mut Budget)) -> String {
    let before = budget(text);
    let mut after = before.clone();
    change(&mut after);
    after.scenarios.values_mut().for_each(|scenario| Arc::make_mut(scenario).prune());
    let new = String::from_utf8(write::updated(text.as_bytes(), &before, &mut after).unwrap()).unwrap();
    assert_eq!(write::difference(&after, &budget(&new)), None, "{new}");
    let back = String::from_utf8(write::updated(new.as_bytes(), &after, &mut before.clone()).unwrap()).unwrap();
    assert_eq!(write::difference(&before, &budget(&back)), None, "{back}");
    new
}

fn of<'b>(budget: &'b mut Budget, key: &str) -> &'b mut Scenario {
    Arc::make_mut(budget.scenarios.get_mut(key).unwrap())
}

fn hero(scenario: &mut Scenario) -> &mut LinePatch {
    scenario.changes.lines.entry("hero".to_owned()).or_insert_with(|| LinePatch::of("hero"))
}

fn count(number: u64) -> Option<Setting> {
    Some(Setting::Value(Value::Count(number)))
}

/// Lines of one text that the other does not have.
fn differing(old: &str, new: &str) -> (Vec<String>, Vec<String>) {
    let only = |a: &str, b: &str| {
        let other: Vec<&str> = b.lines().collect();
        a.lines().filter(|line| !other.contains(line)).map(str::to_owned).collect()
    };
    (only(old, new), only(new, old))
}

#[test]
fn a_changed_value_touches_its_own_line() {
    type Change = fn(&mut Budget);
    let table: [(Change, &[&str], &[&str]); 11] = [
        (
            |b| drop(hero(of(b, "client-2k")).line.settings.put(Knob::Finals, count(9))),
            &[],
            &["deliverable.hero.finals = 9"],
        ),
        (
            |b| drop(hero(of(b, "client-2k")).line.settings.put(Knob::Size, None)),
            &["deliverable.hero.size = \"2k\" # as asked"],
            &[],
        ),
        (|b| hero(of(b, "lean")).remove = Some(true), &[], &["deliverable.hero.remove = true"]),
        (|b| hero(of(b, "lean")).line.note = Some("x".into()), &[], &["deliverable.hero.note = \"x\""]),
        (
            |b| drop(hero(of(b, "lean")).line.settings.put(Knob::Drafts, count(3))),
            &[],
            &["deliverable.hero.explore.drafts_per_final = 3"],
        ),
        (|b| of(b, "client-2k").name = Some("2K".to_owned()), &["name = \"Client wants 2K\""], &["name = \"2K\""]),
        (|b| of(b, "lean").name = Some("Lean".to_owned()), &[], &["name = \"Lean\""]),
        (|b| of(b, "lean").note = Some("as little as possible".to_owned()), &[], &["note = \"as little as possible\""]),
        (
            |b| drop(hero(of(b, "client-2k")).line.settings.put(Knob::Size, Some(size()))),
            &["deliverable.hero.size = \"2k\" # as asked"],
            &["deliverable.hero.size = \"4k\" # as asked"],
        ),
        (
            |b| {
                let was = &mut of(b, "client-2k").was;
                was.lines.get_mut("hero").unwrap().line.settings.put(Knob::Size, Some(size()));
            },
            &["was = { \"deliverable.hero.size\" = \"1k\" }  # then"],
            &["was = { \"deliverable.hero.size\" = \"4k\" }  # then"],
        ),
        (
            |b| {
                let buffer = of(b, "lean").changes.assumptions.value(Knob::Buffer).cloned().unwrap();
                of(b, "lean").was.assumptions.put(Knob::Buffer, Some(Setting::Value(buffer)));
            },
            &[],
            &["was = { \"assumptions.buffer\" = \"5%\" }"],
        ),
    ];
    for (change, gone, new) in table {
        let text = saved(TEXT, change);
        assert_eq!(differing(TEXT, &text), (to_owned(gone), to_owned(new)), "{text}");
    }
    let moved = saved(TEXT, table_first());
    assert!(
        moved.contains("deliverable.hero.size = \"2k\" # as asked\n") && moved.contains("assumptions.buffer"),
        "{moved}"
    );
}

fn size() -> Setting {
    Setting::Value(Value::Size(retake::cost::budget::SizeChoice::Tier(retake::cost::base::size::Tier::K4)))
}

fn to_owned(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

/// A change of the assumptions from one scenario into another.
fn table_first() -> fn(&mut Budget) {
    |budget| {
        let buffer = of(budget, "lean").changes.assumptions.put(Knob::Buffer, None);
        of(budget, "client-2k").changes.assumptions.put(Knob::Buffer, buffer);
    }
}

#[test]
fn scenarios_are_added_renamed_and_removed() {
    let mut new = Scenario { name: Some("All in batch".to_owned()), ..Scenario::default() };
    new.changes.assumptions = budget(TEXT).scenarios["lean"].changes.assumptions.clone();
    hero(&mut new).line.settings.put(Knob::Finals, count(2));
    hero(&mut new).line.settings.put(Knob::Drafts, count(1));
    new.was.lines.insert("hero".to_owned(), {
        let mut was = LinePatch::of("hero");
        was.line.settings.put(Knob::Finals, count(4));
        was
    });
    let added = saved(TEXT, |budget| drop(budget.scenarios.insert("batch it".to_owned(), Arc::new(new.clone()))));
    let table = "[scenario.\"batch it\"]\nname = \"All in batch\"\nassumptions.buffer = \"5%\"\ndeliverable.hero.finals = 2\n\
                 deliverable.hero.explore.drafts_per_final = 1\nwas = { \"deliverable.hero.finals\" = 4 }\n";
    assert!(added.contains(table), "{added}");
    assert_eq!(differing(TEXT, &added).0, Vec::<String>::new());
    let gone = saved(TEXT, |budget| drop(budget.scenarios.remove("client-2k")));
    assert!(!gone.contains("2k") && gone.contains("[scenario.lean]"), "{gone}");
    let renamed = saved(TEXT, |budget| {
        let scenario = budget.scenarios.remove("lean").unwrap();
        budget.scenarios.insert("small".to_owned(), scenario);
    });
    assert!(
        renamed.contains("[scenario.small]\nassumptions.buffer = \"5%\"\n") && !renamed.contains("lean"),
        "{renamed}"
    );
    let empty = saved("retake = 1\n", |budget| drop(budget.scenarios.insert("none".to_owned(), Arc::default())));
    assert!(empty.contains("[scenario.none]\n"), "{empty}");
}

#[test]
fn sub_tables_stay_sub_tables() {
    let text = "retake = 1\n[deliverable.hero]\nfinals = 4\n[scenario.x.deliverable.hero]\nfinals = 5 # more\n\
                [scenario.y]\nassumptions = { retry = 2.0 } # all\n";
    let more = saved(text, |budget| {
        hero(of(budget, "x")).line.settings.put(Knob::Repeat, count(2));
        let retry = of(budget, "y").changes.assumptions.value(Knob::Retry).cloned().unwrap();
        of(budget, "x").changes.assumptions.put(Knob::Retry, Some(Setting::Value(retry)));
        hero(of(budget, "y")).line.settings.put(Knob::Finals, count(7));
    });
    assert!(more.contains("[scenario.x.deliverable.hero]\nfinals = 5 # more\nrepeat = 2\n"), "{more}");
    assert!(more.contains("assumptions = { retry = 2.0 } # all\ndeliverable.hero.finals = 7\n"), "{more}");
}

#[test]
fn a_baseline_is_written_key_by_key() {
    let promote = |key: Option<&str>| {
        let scenario = key.map(str::to_owned);
        move |budget: &mut Budget| budget.baseline.scenario.clone_from(&scenario)
    };
    let text = saved(TEXT, promote(Some("lean")));
    assert_eq!(differing(TEXT, &text), (vec![], to_owned(&["[baseline]", "scenario = \"lean\""])), "{text}");
    let other = saved(&text, promote(Some("client-2k")));
    assert_eq!(other, text.replace("scenario = \"lean\"", "scenario = \"client-2k\""));
    let number = |text: &str| text.parse::<Decimal>().unwrap();
    let lock = |budget: &mut Budget| {
        budget.baseline = Baseline {
            scenario: Some("lean".to_owned()),
            total: Some(number("11.10")),
            mean: Some(number("9.25")),
            currency: Some(retake::cost::base::money::Currency::USD),
            on: "2026-11-18".parse().ok(),
            prices: "2026-11-21".parse().ok(),
            lines: [("hero".to_owned(), number("11.10"))].into(),
        };
    };
    let locked = saved(&text, lock);
    let table = "[baseline]\nscenario = \"lean\"\ntotal = \"11.10\"\nmean = \"9.25\"\ncurrency = \"USD\"\non = 2026-11-18\n\
                 prices = 2026-11-21\nlines = { hero = \"11.10\" }\n";
    for key in table.lines() {
        assert!(locked.lines().any(|line| line == key), "{key}: {locked}");
    }
    let more = saved(&locked, |budget| _ = budget.baseline.lines.insert("mail".to_owned(), number("1.20")));
    assert!(more.contains("lines = { hero = \"11.10\", mail = \"1.20\" }\n"), "{more}");
    let gone = saved(&locked, |budget| budget.baseline = Baseline::default());
    assert!(!gone.contains("baseline"), "{gone}");
}

#[test]
fn the_dashboard_saves_and_undoes_an_edit_of_a_scenario() {
    let mut bench = Bench::with(&[("a.retake.toml", TEXT)]);
    let total = bench.state.estimate().totals.total;
    let before = bench.state.budget().scenarios["client-2k"].clone();
    let mut after = Scenario::clone(&before);
    hero(&mut after).line.settings.put(Knob::Finals, count(9));
    let key = "client-2k".to_owned();
    let edit = Edit::Scenario { key, before: Some(before.clone()), after: Some(Arc::new(after.clone())) };
    bench.state.carry_out("more finals".to_owned(), vec![edit]);
    assert!(bench.state.is_dirty());
    assert_eq!(bench.state.estimate().totals.total, total, "the project itself is as it was");
    bench.act(Action::Save);
    assert!(!bench.state.is_dirty(), "{:?}", bench.state.overlays);
    let text = bench.text("a.retake.toml");
    assert!(text.contains("deliverable.hero.finals = 9\n"), "{text}");
    bench.act(Action::Undo);
    assert_eq!(bench.state.budget().scenarios["client-2k"], before);
    bench.act(Action::Redo);
    assert_eq!(*bench.state.budget().scenarios["client-2k"], after);
}

#[test]
fn an_edit_while_a_scenario_is_on_screen_is_saved_in_it() {
    let mut bench = Bench::with(&[("a.retake.toml", TEXT)]);
    bench.act(Action::ScenarioNext);
    assert_eq!(bench.state.project.scenario(), Some("client-2k"));
    bench.act(Action::More);
    assert!(bench.state.is_dirty());
    bench.act(Action::Save);
    assert!(!bench.state.is_dirty(), "{:?}", bench.state.overlays);
    let saved = bench.text("a.retake.toml");
    let (gone, new) = differing(TEXT, &saved);
    let was = "was = { \"deliverable.hero.finals\" = 4, \"deliverable.hero.size\" = \"1k\" }  # then";
    assert_eq!(gone, ["was = { \"deliverable.hero.size\" = \"1k\" }  # then"], "{saved}");
    assert!(new.contains(&"deliverable.hero.finals = 5".to_owned()), "{saved}");
    assert!(new.iter().any(|line| line == was || line.contains("\"deliverable.hero.finals\" = 4")), "{saved}");
    assert_eq!(bench.state.project.scenario(), Some("client-2k"), "a save shows what it showed");
    let again = bench.again("a.retake.toml");
    assert_eq!(again.state.project.scenario(), None, "a project opens on itself");
    let settings = &again.state.base().scenarios["client-2k"].changes.lines["hero"].line.settings;
    assert_eq!(settings.value(Knob::Finals), Some(&Value::Count(5)));
}

#[test]
fn an_edit_of_a_scenario_is_recovered() {
    let mut bench = Bench::with(&[("a.retake.toml", TEXT)]).kept();
    bench.act(Action::ScenarioNext);
    bench.act(Action::More);
    let mine = bench.state.base().clone();
    let mut again = bench.again("a.retake.toml");
    assert!(!again.state.overlays.is_empty(), "the edits are offered");
    again.act(Action::Recover);
    assert_eq!(again.state.base().scenarios, mine.scenarios);
    assert!(again.state.is_dirty());
}

#[test]
fn the_journal_and_another_s_change_keep_each_change() {
    let base = budget(TEXT);
    let mut mine = base.clone();
    hero(of(&mut mine, "client-2k")).line.settings.put(Knob::Finals, count(9));
    of(&mut mine, "lean").name = Some("Lean".to_owned());
    mine.scenarios
        .insert("new".to_owned(), Arc::new(Scenario { note: Some("later".to_owned()), ..Scenario::default() }));
    mine.baseline.scenario = Some("lean".to_owned());
    mine.baseline.total = Some("12.30".parse().unwrap());
    let edits = edits_between(&base, &mine);
    assert_eq!(edits.len(), 4);
    let line = written(&edits);
    assert_eq!(read(&line), Some(edits.clone()));
    let mut replayed = base.clone();
    assert!(replay(&mut replayed, std::slice::from_ref(&line)));
    assert_eq!(replayed, mine);
    for edit in edits.into_iter().rev() {
        edit.reversed().apply(&mut replayed);
    }
    assert_eq!(replayed, base);
    // What somebody else changed elsewhere stays; what both changed is told.
    let mut theirs = base.clone();
    hero(of(&mut theirs, "client-2k")).line.settings.put(Knob::Repeat, count(2));
    of(&mut theirs, "lean").note = Some("theirs".to_owned());
    let (merged, left) = carried_over(&base, &mine, &theirs);
    assert!(left.is_empty(), "{left:?}");
    let settings = &merged.scenarios["client-2k"].changes.lines["hero"].line.settings;
    assert_eq!(
        (settings.value(Knob::Finals), settings.value(Knob::Repeat)),
        (Some(&Value::Count(9)), Some(&Value::Count(2)))
    );
    let lean = &merged.scenarios["lean"];
    assert_eq!((lean.name.as_deref(), lean.note.as_deref()), (Some("Lean"), Some("theirs")));
    assert_eq!((&merged.baseline, merged.scenarios.len()), (&mine.baseline, 3));
    hero(of(&mut theirs, "client-2k")).line.settings.put(Knob::Finals, count(5));
    theirs.scenarios.remove("lean");
    theirs.baseline.scenario = Some("client-2k".to_owned());
    let (merged, left) = carried_over(&base, &mine, &theirs);
    assert_eq!(
        merged.scenarios["client-2k"].changes.lines["hero"].line.settings.value(Knob::Finals),
        Some(&Value::Count(5))
    );
    assert!(!merged.scenarios.contains_key("lean"));
    assert_eq!(merged.baseline.scenario.as_deref(), Some("client-2k"));
    let told: Vec<String> = left.iter().map(|row| format!("{} {}", row.place, row.what)).collect();
    let expected = [
        "scenario client-2k deliverable.hero.finals",
        "scenario lean",
        "Project baseline scenario",
        "Project baseline total",
    ];
    assert!(expected.iter().all(|row| told.iter().any(|told| told.starts_with(row))) && told.len() == 4, "{told:?}");
}

#[test]
fn two_people_s_changes_of_one_scenario_merge_by_key() {
    let ours = TEXT.replace("assumptions.retry = 2.5", "assumptions.retry = 3.0");
    let theirs = TEXT
        .replace("\"2k\" # as asked", "\"4k\" # as asked")
        .replace("[scenario.lean]\n", "[scenario.batch]\nassumptions.service_tier = \"batch\"\n\n[scenario.lean]\n");
    let merged = merge(TEXT, &ours, &theirs).unwrap();
    let text = merged.resolved(&[]).unwrap();
    assert_eq!(text, theirs.replace("assumptions.retry = 2.5", "assumptions.retry = 3.0"));
    let clash = TEXT.replace("assumptions.retry = 2.5", "assumptions.retry = 4.0");
    assert!(
        merge(TEXT, &ours, &clash).unwrap().resolved(&[]).is_err()
            || !merge(TEXT, &ours, &clash).unwrap().conflicts.is_empty()
    );
}

#[test]
fn a_comment_above_the_first_scenario_may_speak_of_the_next_too() {
    let gone = |text: &str, key: &str| saved(text, |budget| _ = budget.scenarios.remove(key));
    let both = TEXT;
    assert!(gone(both, "client-2k").contains("# what the client may want"), "{}", gone(both, "client-2k"));
    assert!(gone(both, "lean").contains("# what the client may want"));
    // Where the next one has a comment of its own, each goes with its scenario.
    let own = TEXT.replace("[scenario.lean]", "# cheap\n[scenario.lean]");
    let first = gone(&own, "client-2k");
    assert!(!first.contains("# what the client may want") && first.contains("# cheap"), "{first}");
    assert!(!gone(&own, "lean").contains("# cheap"));
}
