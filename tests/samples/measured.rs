//! Measured tokens and returned sizes in a project file: every way to write them, to change them, and to take them from a team.

use crate::support::{catalog, read};
use retake::app::flows::difference::edits_between;
use retake::cost::budget::measured::write as written;
use retake::cost::{Budget, Knob, Layer, Setting, Value};
use retake::project::merge::merge;
use retake::project::write::{difference, updated};
use retake::runtime::edits;
use std::path::Path;
use std::sync::Arc;

fn budget(text: &str) -> Budget {
    let reading = read(text, Path::new("a.retake.toml"));
    assert!(reading.problems.is_empty(), "{text}\n{:?}", reading.problems);
    reading.budget
}

/// The measured tokens of the first deliverable, as text.
fn tokens(budget: &Budget) -> Option<String> {
    match budget.lines[0].settings.value(Knob::Measured) {
        Some(Value::Measured(measured)) => Some(written(measured)),
        _ => None,
    }
}

const FORMS: [&str; 3] = [
    "retake = 1\n[deliverable.a]\nfinals = 2\ntokens = { output = 6119, source = \"usage\", x-by = \"Mia\" }   # measured\n",
    "retake = 1\n[deliverable.a]\nfinals = 2\ntokens.output = 6119   # measured\ntokens.source = \"usage\"\ntokens.x-by = \"Mia\"\n",
    "retake = 1\n[deliverable.a]\nfinals = 2\n[deliverable.a.tokens]\noutput = 6119   # measured\nsource = \"usage\"\nx-by = \"Mia\"\n",
];

/// The text after the measured tokens of the first deliverable were changed.
fn changed(text: &str, change: impl FnOnce(&mut retake::cost::budget::Measured)) -> String {
    let before = budget(text);
    let mut after = before.clone();
    let Some(Value::Measured(measured)) = after.lines[0].settings.value(Knob::Measured).cloned() else {
        panic!("{text}")
    };
    let mut measured = Arc::unwrap_or_clone(measured);
    change(&mut measured);
    after.lines[0].settings.put(Knob::Measured, Some(Setting::Value(Value::Measured(measured.into()))));
    let new = String::from_utf8(updated(text.as_bytes(), &before, &mut after).unwrap()).unwrap();
    assert_eq!(difference(&after, &budget(&new)), None, "{new}");
    new
}

#[test]
fn every_form_is_read_and_one_number_changes_in_its_place() {
    for text in FORMS {
        assert_eq!(tokens(&budget(text)).as_deref(), Some("output=6119, source=usage"), "{text}");
        assert_eq!(changed(text, |tokens| tokens.output = Some(6204)), text.replace("6119", "6204"));
        let named = changed(text, |tokens| tokens.reference = Some(1024));
        assert!(
            named.contains("reference = 1024") && named.contains("# measured") && named.contains("x-by"),
            "{named}"
        );
        let without = changed(text, |tokens| tokens.source = None);
        assert!(!without.contains("usage") && without.contains("x-by"), "{without}");
    }
}

#[test]
fn tokens_are_added_removed_and_undone() {
    let bare = "retake = 1\n[deliverable.a]\nfinals = 2   # two\n";
    for text in FORMS {
        let (with, mut without) = (budget(text), budget(bare));
        let removed = String::from_utf8(updated(text.as_bytes(), &with, &mut without).unwrap()).unwrap();
        assert_eq!(tokens(&budget(&removed)), None, "{removed}");
        assert!(!removed.contains("6119"), "{removed}");
        let (before, mut after) = (budget(bare), with);
        let added = String::from_utf8(updated(bare.as_bytes(), &before, &mut after).unwrap()).unwrap();
        assert_eq!(
            added,
            "retake = 1\n[deliverable.a]\nfinals = 2   # two\ntokens = { output = 6119, source = \"usage\" }\n"
        );
        // The journal leads there too, and back.
        let (there, back) = (edits_between(&before, &after), edits_between(&after, &before));
        let mut replayed = before.clone();
        assert!(edits::replay(&mut replayed, &[edits::written(&there)]));
        assert_eq!(replayed, after);
        assert!(edits::replay(&mut replayed, &[edits::written(&back)]));
        assert_eq!(replayed, before);
    }
    let returned = "retake = 1\n[deliverable.a]\nsize = \"1402x1122\"\nreturned = true\n";
    let (before, mut after) = (budget(returned), budget(returned));
    after.lines[0].settings.put(Knob::Returned, Some(Setting::Value(Value::Flag(false))));
    let new = String::from_utf8(updated(returned.as_bytes(), &before, &mut after).unwrap()).unwrap();
    assert_eq!(new, returned.replace("true", "false"));
}

#[test]
fn two_people_measure_different_deliverables_and_both_count() {
    let base = "retake = 1\n\n[deliverable.a]\nfinals = 2\n\n[deliverable.b]\nfinals = 3\n";
    let mine = base.replace("finals = 2\n", "finals = 2\ntokens = { output = 1 }\n");
    let theirs = base.replace("finals = 3\n", "finals = 3\ntokens = { output = 2 }\nreturned = true\n");
    let merged = merge(base, &mine, &theirs).unwrap();
    assert!(merged.conflicts.is_empty());
    let both = budget(&merged.text);
    assert_eq!(tokens(&both).as_deref(), Some("output=1"));
    assert_eq!(both.lines[1].settings.value(Knob::Returned), Some(&Value::Flag(true)));
    let other = base.replace("finals = 2\n", "finals = 2\ntokens = { output = 7 }\n");
    assert_eq!(merge(base, &mine, &other).unwrap().conflicts[0].path(), ["deliverable", "a", "tokens"]);
    let [table, others] = ["1", "7"].map(|n| format!("{base}[deliverable.a.tokens]\noutput = {n}\n"));
    let with = format!("{base}[deliverable.a.tokens]\noutput = 1\nreference = 3\n");
    let merged = merge(&table, &others, &with).unwrap();
    assert_eq!(tokens(&budget(&merged.text)).as_deref(), Some("output=7, reference=3"), "key by key in a table");
}

#[test]
fn a_team_measures_for_the_lines_that_were_measured() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir(at(".git")).unwrap();
    let team = "retake = 1\n[assumptions]\nquality = \"high\"\ntokens = { output = 6204, model = \"gpt-image-2\", \
                size = \"1024x1280\", quality = \"high\" }\n";
    std::fs::write(at("team.toml"), team).unwrap();
    let text = "retake = 1\nextends = \"team.toml\"\n[deliverable.a]\nratio = \"4:5\"\n[deliverable.b]\nratio = \"1:1\"\n\
                [deliverable.c]\nratio = \"1:1\"\ntokens = { output = 5 }\n";
    let reading = read(text, &at("a.toml"));
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    let counts = |at: usize| {
        let line = reading.budget.resolve(reading.budget.lines.get(at).map(|line| &**line), catalog()).unwrap();
        (line.measured_output(), line.measured.layer)
    };
    assert_eq!(counts(0), (Some(6204), Layer::Team));
    assert_eq!(counts(1), (None, Layer::Team), "another size");
    assert_eq!(counts(2), (Some(5), Layer::Deliverable));
}
