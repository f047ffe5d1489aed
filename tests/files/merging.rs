//! Two copies of a project put together: every edit of both sides is there, and what both changed is a conflict.

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

/// Three models and their texts, in the ways in which people and programs write them.
fn random(seed: u64) -> ([Model; 3], [String; 3]) {
    let mut rng = Rng(seed);
    let mut ids = 0;
    let base = Model::random(&mut rng, &mut ids);
    let mut both = base.clone();
    // What both sides do alike, once.
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
        let (old, of_mine, of_theirs) = (base.comments(), mine.comments(), theirs.comments());
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

/// Chosen all mine, or all theirs, each conflicting path says what that side says.
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
