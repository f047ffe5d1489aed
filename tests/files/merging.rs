//! Merging two copies of a project: the result has every edit of both sides, and values that both changed are conflicts.

use crate::merge_model::{Model, Path, Rng};
use retake::project::merge::{MergeError, Side, merge, merge_lines};
use std::collections::BTreeSet;
use toml::Table;

/// Cases of a property: `RETAKE_CASES`, else this many.
fn cases(few: u64) -> u64 {
    std::env::var("RETAKE_CASES").map_or(few, |all| all.parse().expect("RETAKE_CASES is a number"))
}

fn table(text: &str) -> Table {
    text.replace("\r\n", "\n")
        .trim_start_matches('\u{feff}')
        .parse()
        .unwrap_or_else(|error| panic!("{error} in\n{text}"))
}

/// Three models and their texts, in the styles of people and programs.
fn random(seed: u64) -> ([Model; 3], [String; 3]) {
    let mut rng = Rng(seed);
    let mut ids = 0;
    let base = Model::random(&mut rng, &mut ids);
    let mut both = base.clone();
    // Edits that both sides make alike, once.
    for _ in 0..rng.below(3) {
        both.edit(&mut rng, &mut ids);
    }
    let (mut mine, mut theirs) = (both.clone(), both);
    for side in [&mut mine, &mut theirs] {
        for _ in 0..rng.below(6) {
            side.edit(&mut rng, &mut ids);
        }
    }
    let models = [base, mine, theirs];
    let order = if rng.one_in(2) { 0 } else { 1 + rng.next() };
    let mut texts = [0, 1, 2].map(|side: usize| {
        let other = side > 0 && rng.one_in(10);
        models[side].text(if other { 1 + rng.next() } else { order })
    });
    let (crlf, mark) = (rng.one_in(4), rng.one_in(4));
    for text in &mut texts {
        if crlf {
            *text = text.replace('\n', "\r\n");
        }
        if mark {
            text.insert(0, '\u{feff}');
        }
        if rng.one_in(6) {
            text.truncate(text.trim_end().len());
        }
    }
    (models, texts)
}

#[test]
fn random_edits_on_both_sides_are_merged_as_a_plain_model_merges_them() {
    let (mut clean, mut conflicting) = (0, 0);
    for seed in 0..cases(2000) {
        let ([base, mine, theirs], texts) = random(seed);
        let (expected, wanted) = Model::merged(&base, &mine, &theirs);
        let said = |text: &str| {
            format!("seed {seed}: {text}\n--- base\n{}\n--- mine\n{}\n--- theirs\n{}", texts[0], texts[1], texts[2])
        };
        let merged =
            merge(&texts[0], &texts[1], &texts[2]).unwrap_or_else(|error| panic!("{}", said(&format!("{error:?}"))));
        let found: BTreeSet<Path> = merged.conflicts.iter().map(|conflict| conflict.path().to_vec()).collect();
        assert_eq!(found, wanted, "{}", said("conflicts"));
        assert_eq!(table(&merged.text), table(&expected.text(0)), "{}", said(&merged.text));
        let turned = merge(&texts[0], &texts[2], &texts[1]).unwrap();
        let disputed: BTreeSet<Path> = turned.conflicts.iter().map(|conflict| conflict.path().to_vec()).collect();
        assert_eq!(disputed, wanted, "{}", said("the order of the sides"));
        if wanted.is_empty() {
            assert_eq!(table(&turned.text), table(&merged.text), "{}", said("the order of the sides"));
        }
        let old = base.comments();
        let [of_mine, of_theirs] = [&mine, &theirs].map(|side| side.comments_apart_from(&wanted, &expected));
        let lost: Vec<_> = of_mine
            .union(&of_theirs)
            .filter(|comment| !old.contains(*comment))
            .filter(|comment| !merged.text.contains(**comment))
            .collect();
        assert!(lost.is_empty(), "{}", said(&format!("lost {lost:?} in\n{}", merged.text)));
        let kept = of_mine.intersection(&of_theirs).filter(|comment| !merged.text.contains(**comment));
        assert_eq!(kept.count(), 0, "{}", said(&merged.text));
        let bare = |text: &str| text.replace("\r\n", "").contains('\n');
        assert!(!texts[1].contains("\r\n") || !bare(&merged.text), "line endings: {}", said(&merged.text));
        assert_eq!(texts[1].starts_with('\u{feff}'), merged.text.starts_with('\u{feff}'));
        if wanted.is_empty() {
            clean += 1
        } else {
            conflicting += 1
        }
        if !wanted.is_empty() {
            resolutions(&merged, &mine, &theirs, &said);
        }
    }
    println!("{clean} clean, {conflicting} with conflicts");
    assert!(clean > 0 && conflicting > 0);
}

/// With all mine, or all theirs, each conflicting path has that side's value.
fn resolutions(merged: &retake::project::merge::Merged, mine: &Model, theirs: &Model, said: &dyn Fn(&str) -> String) {
    for (side, model) in [(Side::Mine, mine), (Side::Theirs, theirs)] {
        let choices = vec![side; merged.conflicts.len()];
        let text = merged.resolved(&choices).unwrap_or_else(|error| panic!("{}", said(&format!("{side:?} {error:?}"))));
        let (got, wanted) = (table(&text), table(&model.text(0)));
        for conflict in &merged.conflicts {
            let at = |table: &Table| {
                let value = toml::Value::Table(table.clone());
                conflict.path().iter().try_fold(value, |value, key| value.get(key).cloned())
            };
            assert_eq!(at(&got), at(&wanted), "{}", said(&format!("{side:?} {:?}\n{text}", conflict.path())));
        }
    }
    let marked = String::from_utf8(merged.marked().unwrap()).unwrap();
    assert!(marked.contains("<<<<<<< ours"), "{}", said(&marked));
}

const BASE: &str = "retake = 1\n\n[assumptions]\nretry = { low = 1.5, likely = 2.0, high = 3.0 }    # two launches\n\n# the hero\n[deliverable.hero]\nfinals = 24\nreferences = [\"1024x1024\"]\nstudio = \"north\"\n";

/// Both merge, and the result is this text, whichever side is mine.
#[track_caller]
fn assert_merged(mine: &str, theirs: &str, wanted: &str) {
    for (mine, theirs) in [(mine, theirs), (theirs, mine)] {
        let merged = merge(BASE, mine, theirs).unwrap();
        assert!(merged.conflicts.is_empty(), "{:?}", merged.conflicts);
        assert!(merged.text == wanted, "--- got\n{}\n--- wanted\n{wanted}", merged.text);
    }
}

fn with(from: &str, to: &str) -> String {
    assert!(BASE.contains(from));
    BASE.replace(from, to)
}

/// Both sides' values of the only conflict.
#[track_caller]
fn conflict(mine: &str, theirs: &str) -> (String, [Option<String>; 3]) {
    let merged = merge(BASE, mine, theirs).unwrap();
    let [conflict] = &merged.conflicts[..] else { panic!("{:?}", merged.conflicts) };
    (conflict.path().join("."), [Side::Base, Side::Mine, Side::Theirs].map(|side| conflict.said_by(side)))
}

#[test]
fn fields_of_one_table_comments_and_unknown_keys_come_from_both_sides() {
    let mine = with("finals = 24", "finals = 30").replace("# the hero", "# the hero, agreed");
    let theirs = with("\"north\"", "\"south\"    # moved").replace("two launches", "three launches");
    let wanted = mine.replace("\"north\"", "\"south\"    # moved").replace("two launches", "three launches");
    assert_merged(&mine, &theirs, &wanted);
    assert_merged(&mine, &mine, &mine);
    assert_merged(&mine, BASE, &mine);
}

#[test]
fn what_both_did_alike_is_there_once() {
    let card = "\n[rates.\"openai/gpt-image-2\"]\nchecked = 2026-11-21\nstandard = { image_output = 30.00 }\n";
    let mine = format!("{}{card}", with("finals = 24", "finals = 30"));
    let theirs = format!("{}{card}", with("\"north\"", "\"south\""));
    assert_merged(&mine, &theirs, &mine.replace("\"north\"", "\"south\""));
    let other = theirs.replace("30.00", "28.00");
    let (path, said) = conflict(&mine, &other);
    assert_eq!(path, "rates.openai/gpt-image-2.standard");
    assert_eq!(said[0], None);
}

#[test]
fn an_inline_table_and_an_array_are_one_value_each() {
    let (path, said) = conflict(&with("low = 1.5", "low = 1.4"), &with("high = 3.0", "high = 4.0"));
    assert_eq!(path, "assumptions.retry");
    assert_eq!(said[1].as_deref(), Some("{ low = 1.4, likely = 2.0, high = 3.0 }"));
    let one = with("[\"1024x1024\"]", "[\"1024x1024\", \"1x1\"]");
    let (path, _) = conflict(&one, &with("[\"1024x1024\"]", "[]"));
    assert_eq!(path, "deliverable.hero.references");
}

#[test]
fn a_table_taken_out_on_one_side_and_changed_on_the_other_is_a_question() {
    let gone = BASE.split("\n# the hero").next().unwrap();
    let (path, said) = conflict(&with("finals = 24", "finals = 30"), gone);
    assert_eq!(path, "deliverable.hero");
    assert!(said[1].as_deref().unwrap().contains("finals = 30") && said[2].is_none(), "{said:?}");
    let merged = merge(BASE, gone, &with("finals = 24", "finals = 30 # agreed")).unwrap();
    assert_eq!(merged.text, gone);
    let back = merged.resolved(&[Side::Theirs]).unwrap();
    assert!(back.contains("[deliverable.hero]") && back.contains("finals = 30 # agreed"), "{back}");
    assert_eq!(table(&merged.resolved(&[Side::Base]).unwrap()), table(BASE));
    assert_merged(gone, &with("likely = 2.0", "likely = 2.1"), &gone.replace("likely = 2.0", "likely = 2.1"));
}

#[test]
fn arrays_of_tables_travel_as_text_or_not_at_all() {
    let base = "retake = 1\n\n[[note]]\ntext = \"a\"\n\n[[note]]\ntext = \"b\"\n";
    let (mine, theirs) = (base.replace("\"a\"", "\"c\""), base.replace("retake = 1", "retake = 1\nname = \"x\""));
    let merged = merge(base, &mine, &theirs).unwrap();
    assert_eq!(merged.text, mine.replace("retake = 1", "retake = 1\nname = \"x\""));
    let merged = merge(base, &mine, &base.replace("\"a\"", "\"d\"")).unwrap();
    assert_eq!((merged.conflicts.len(), merged.text.as_str()), (1, mine.as_str()));
    assert_eq!(merged.resolved(&[Side::Theirs]).err(), Some(MergeError::NotByField));
}

#[test]
fn a_text_that_is_no_toml_is_merged_by_line_and_never_called_clean() {
    for broken in ["retake = = 1\n", "a = 1\na = 2\n", "<<<<<<< a\n"] {
        for texts in [[broken, BASE, BASE], [BASE, broken, BASE], [BASE, BASE, broken]] {
            assert_eq!(merge(texts[0], texts[1], texts[2]).err(), Some(MergeError::Unreadable));
        }
        let (text, clean) = merge_lines(BASE.as_bytes(), broken.as_bytes(), BASE.as_bytes());
        assert!(!clean, "{}", String::from_utf8_lossy(&text));
    }
    // Neighbouring lines are one conflict, as for git.
    let (text, clean) = merge_lines(b"a = 1\nb = 2\n", b"a = 3\nb = 2\n", b"a = 1\nb = 4");
    let wanted = "<<<<<<< ours\na = 3\nb = 2\n=======\na = 1\nb = 4\n>>>>>>> theirs\n";
    assert_eq!((String::from_utf8(text).unwrap().as_str(), clean), (wanted, false));
}
