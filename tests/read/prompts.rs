//! Prompt text instead of a number of tokens: counting, precedence, and the effect of a save.

use crate::{Memory, Words, catalog, codes, reading};
use retake::cost::base::limits::PROMPT_MAX;
use retake::cost::{Budget, Knob, Setting, Value};
use retake::project::{Reading, read, write};
use std::path::{Path, PathBuf};

fn with_files(text: &str, files: &[(&str, &str)]) -> Reading {
    let files = files.iter().map(|(path, text)| (PathBuf::from(path), (*text).to_owned()));
    let mut words = Words { files: files.collect(), mute: false };
    let team = "retake = 1\n[assumptions]\nprompt_file = \"base.txt\"\n";
    read(text, Some(Path::new("a/p.toml")), catalog(), &mut Memory::of(&[("team.toml", team)]), &mut words)
}

fn tokens(setting: Option<&Setting>) -> Option<u64> {
    match setting {
        Some(Setting::Value(Value::Count(tokens))) => Some(*tokens),
        _ => None,
    }
}

fn assumed(budget: &Budget) -> Option<u64> {
    tokens(budget.assumptions.get(Knob::PromptTokens))
}

fn of_line(budget: &Budget) -> Option<u64> {
    tokens(budget.lines[0].settings.get(Knob::PromptTokens))
}

const TEXT: &str = "retake = 1\n\n[assumptions]\nprompt = \"\"\"a red shoe\non white\"\"\" # the brief\n\n\
                    [deliverable.hero]\nfinals = 3\nprompt_file = \"../hero.txt\"\n";

#[test]
fn text_and_file_are_counted_layer_by_layer() {
    let read = with_files(TEXT, &[("hero.txt", "one two three")]);
    assert_eq!(codes(&read.problems), [""; 0]);
    assert_eq!((assumed(&read.budget), of_line(&read.budget)), (Some(5), Some(3)));
    assert_eq!(read.counted, [None, Some("hero".to_owned())]);
    let line = read.budget.resolve(read.budget.lines.first().map(|line| &**line), catalog()).unwrap();
    assert_eq!((line.prompt_tokens.value, line.prompt_tokens.readable), (3, true));
}

#[test]
fn a_prompt_file_is_looked_for_beside_the_file_that_names_it() {
    let text = "retake = 1\nextends = \"../team.toml\"\n[deliverable.a]\n";
    let read = with_files(text, &[("base.txt", "from the team"), ("a/base.txt", "no")]);
    assert_eq!(codes(&read.problems), [""; 0]);
    assert_eq!(tokens(read.budget.team.get(Knob::PromptTokens)), Some(3));
    assert_eq!(read.counted, [], "what a team file counts is never written here");
}

#[test]
fn a_number_beside_the_text_counts_and_a_difference_is_noted() {
    let text = |tokens: u32| format!("retake = 1\n[assumptions]\nprompt = \"a b c\"\nprompt_tokens = {tokens}\n");
    let same = reading(&text(3));
    assert_eq!((codes(&same.problems).len(), assumed(&same.budget)), (0, Some(3)));
    let other = reading(&text(4));
    assert_eq!((codes(&other.problems), assumed(&other.budget)), (vec!["prompt-differs"], Some(4)));
    assert_eq!(other.counted, []);
    let broken = reading("retake = 1\n[assumptions]\nprompt = \"a b c\"\nprompt_tokens = -1\n");
    assert_eq!(codes(&broken.problems), ["out-of-range"]);
    assert_eq!(broken.budget.assumptions.get(Knob::PromptTokens), Some(&Setting::Unreadable));
}

#[test]
fn what_cannot_be_counted_leaves_the_tokens_unreadable_at_its_place() {
    let long = format!("prompt = \"{}\"", "é".repeat(PROMPT_MAX + 1));
    let longest = format!("prompt = \"{}\"", "é".repeat(PROMPT_MAX));
    for (written, code) in [
        (long.as_str(), "prompt-too-long"),
        ("prompt_file = \"none.txt\"", "prompt-file"),
        ("prompt = \"a\"\nprompt_file = \"hero.txt\"", "prompt-twice"),
        ("prompt = 5", "type-wrong"),
    ] {
        let read = reading(&format!("retake = 1\n[deliverable.a]\n{written}\n"));
        assert_eq!(codes(&read.problems), [code]);
        let position = read.problems[0].position.unwrap();
        assert!(position.line >= 3 && position.column > 1, "{code}: {position:?}");
        assert_eq!(read.budget.lines[0].settings.get(Knob::PromptTokens), Some(&Setting::Unreadable), "{code}");
    }
    assert_eq!(codes(&reading(&format!("retake = 1\n[deliverable.a]\n{longest}\n")).problems), [""; 0]);
    let nowhere = "retake = 1\n[assumptions]\nprompt_file = \"hero.txt\"\n";
    let read = read(nowhere, None, catalog(), &mut Memory::default(), &mut Words::default());
    assert_eq!(codes(&read.problems), ["prompt-file"]);
}

/// The text after a change on screen, and its reading.
fn saved(before: &Reading, text: &str, change: impl FnOnce(&mut Budget)) -> (String, Reading) {
    let mut after = before.budget.clone();
    change(&mut after);
    let new = String::from_utf8(write::updated(text.as_bytes(), &before.budget, &mut after).unwrap()).unwrap();
    let mut again = with_files(&new, &[("hero.txt", "one two three")]);
    again.keep_counts(&after);
    assert_eq!(again.budget.assumptions, after.assumptions, "{new}");
    assert_eq!(again.budget.lines[0].settings, after.lines[0].settings, "{new}");
    (new, again)
}

#[test]
fn a_save_leaves_the_text_as_it_was_written() {
    let before = with_files(TEXT, &[("hero.txt", "one two three")]);
    assert_eq!(saved(&before, TEXT, |_| {}).0, TEXT);
    let (new, _) = saved(&before, TEXT, |budget| {
        budget.lines[0].settings.put(Knob::Finals, Some(Setting::Value(Value::Count(9))));
    });
    assert_eq!(new, TEXT.replace("finals = 3", "finals = 9"));
}

#[test]
fn a_number_set_by_hand_wins_and_is_written_beside_the_text() {
    let before = with_files(TEXT, &[("hero.txt", "one two three")]);
    let by_hand = Some(Setting::Value(Value::Count(50)));
    let (new, again) = saved(&before, TEXT, |budget| {
        budget.assumptions.put(Knob::PromptTokens, by_hand.clone());
        budget.lines[0].settings.put(Knob::PromptTokens, by_hand.clone());
    });
    assert!(new.contains("on white\"\"\" # the brief") && new.contains("prompt_file = \"../hero.txt\""), "{new}");
    assert_eq!(new.matches("prompt_tokens = 50").count(), 2, "{new}");
    assert_eq!((assumed(&again.budget), of_line(&again.budget)), (Some(50), Some(50)));
    assert_eq!((codes(&again.problems), again.counted.len()), (vec!["prompt-differs"; 2], 0));
}

#[test]
fn a_number_taken_back_takes_the_text_along_that_would_bring_it_back() {
    let before = with_files(TEXT, &[("hero.txt", "one two three")]);
    let (new, again) = saved(&before, TEXT, |budget| {
        budget.lines[0].settings.put(Knob::PromptTokens, None);
    });
    assert_eq!(new, TEXT.replace("prompt_file = \"../hero.txt\"\n", ""));
    assert_eq!(again.budget.lines[0].settings.get(Knob::PromptTokens), None);
    let both = TEXT.replace("finals = 3", "prompt_tokens = 8\nfinals = 3");
    let before = with_files(&both, &[("hero.txt", "one two three")]);
    let (new, _) = saved(&before, &both, |budget| {
        budget.lines[0].settings.put(Knob::PromptTokens, None);
    });
    assert!(!new.contains("prompt_tokens") && !new.contains("prompt_file"), "{new}");
}

#[test]
fn a_prompt_file_that_changed_meanwhile_is_no_change_of_the_project() {
    let before = with_files(TEXT, &[("hero.txt", "one two three")]);
    let mut now = with_files(TEXT, &[("hero.txt", "one two three four")]);
    assert_ne!(now.budget, before.budget);
    now.keep_counts(&before.budget);
    assert_eq!(now.budget, before.budget);
    let mut gone = with_files(TEXT, &[]);
    assert_eq!(codes(&gone.problems), ["prompt-file"]);
    gone.keep_counts(&before.budget);
    assert_eq!(write::changes(&gone.budget, &before.budget), []);
}
