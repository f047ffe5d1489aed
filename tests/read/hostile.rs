//! Inputs that nobody writes by hand: they are refused or read, quickly, and nothing panics.

use crate::{Memory, Words, catalog, codes, reading};
use proptest::prelude::*;
use retake::cost::base::limits::{DELIVERABLES_MAX, FILE_BYTES_MAX, PROBLEMS_MAX};
use retake::diagnostics::{Code, Level};
use retake::project::Reading;
use std::time::{Duration, Instant};

/// Generous, because tests run unoptimised and in parallel; anything quadratic in its input takes minutes.
const SOON: Duration = Duration::from_secs(20);

fn soon(text: &str) -> Reading {
    let begin = Instant::now();
    let read = reading(text);
    assert!(begin.elapsed() < SOON, "{:?} for {} bytes", begin.elapsed(), text.len());
    assert!(read.problems.len() <= 3 * PROBLEMS_MAX + 2);
    read
}

#[test]
fn deep_nesting_is_refused() {
    let n = 1_000_000;
    let texts = [
        format!("retake = 1\nx = {}", "[".repeat(n)),
        format!("retake = 1\nx = {}{}", "[".repeat(n), "]".repeat(n)),
        format!("retake = 1\nx = {}", "{a=".repeat(n)),
        format!("retake = 1\n[{}x]", "a.".repeat(n)),
        format!("retake = 1\n{}x = 1", "a.".repeat(n)),
        format!("retake = 1\n[deliverable.a]\nretry = {}1{}", "{factor=".repeat(n), "}".repeat(n)),
    ];
    for text in texts {
        let read = soon(&text);
        assert!(read.unparsable(), "{}", &text[..30]);
        assert!(!read.problems.is_empty() && read.problems.iter().all(|p| p.level == Level::Error));
        assert_eq!(codes(&read.problems), ["limit-exceeded"], "found before anything is parsed");
        assert_eq!(read.problems[0].allowed, "lists and tables nested at most 80 deep");
        assert_eq!(read.budget, retake::cost::Budget::default());
    }
}

#[test]
fn unbalanced_text_is_refused() {
    let n = 250_000;
    for text in [
        "]".repeat(n),
        "[".repeat(n),
        "\"".repeat(n),
        "=".repeat(n),
        "\n=".repeat(n),
        "'''".repeat(n),
        "#\r".repeat(n),
        "a\n".repeat(n),
    ] {
        assert!(soon(&text).unparsable());
    }
}

#[test]
fn many_unknown_keys_are_listed_up_to_a_limit_and_counted() {
    let mut text = String::from("retake = 1\nname = 5\n");
    for n in 0..200_000 {
        text.push_str(&format!("key{n} = {n}\n"));
    }
    let read = soon(&text);
    assert_eq!(read.problems.len(), 1 + PROBLEMS_MAX + 1);
    assert_eq!(read.problems[0].code, Code::TypeWrong);
    let last = read.problems.last().unwrap();
    assert_eq!(
        last.lines(),
        "p.toml: note: 199,000 further problems are not listed\n  help: fix the first ones and check again"
    );
}

#[test]
fn warnings_never_crowd_out_errors() {
    let mut text = String::from("retake = 1\n[deliverable.a]\n");
    for n in 0..5000 {
        text.push_str(&format!("key{n} = {n}\n"));
    }
    text.push_str("finals = \"x\"\n");
    let read = soon(&text);
    assert_eq!(read.problems.iter().filter(|problem| problem.level == Level::Error).count(), 1);
}

#[test]
fn more_deliverables_than_a_project_holds() {
    let mut text = String::from("retake = 1\n");
    for n in 0..=DELIVERABLES_MAX {
        text.push_str(&format!("[deliverable.d{n}]\nfinals = 1\n"));
    }
    let read = soon(&text);
    assert!(read.unparsable(), "a total of some of them would be a wrong total");
    let told = "p.toml:200002:14: error: the project has 100,001 deliverables\n  key: deliverable\n  \
                allowed: at most 100,000 deliverables\n  help: split the project into several files";
    assert_eq!(read.problems.iter().map(|problem| problem.lines()).collect::<Vec<_>>(), [told]);
    // Refused before it is parsed: other mistakes are not even looked at.
    text.push_str("[deliverable.broken]\nfinals =\n");
    let read = soon(&text);
    assert_eq!(read.problems.len(), 1);
    assert!(read.problems[0].message.contains("100,002"), "{}", read.problems[0].message);
    // Without a header each, they are found by the parser; the count is one too many as well.
    let inline: Vec<String> = (0..=DELIVERABLES_MAX).map(|n| format!("d{n} = {{ finals = 1 }}\n")).collect();
    let read = soon(&format!("retake = 1\n[deliverable]\n{}", inline.concat()));
    assert_eq!(read.problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), [Code::DeliverablesTooMany]);
    assert!(read.unparsable());
}

#[test]
fn what_only_looks_like_more_deliverables_than_a_project_holds() {
    let headers: String = (0..=DELIVERABLES_MAX).map(|n| format!("[deliverable.d{n}]\n")).collect();
    let read = soon(&format!("retake = 1\n[deliverable.a]\nfinals = 1\nnote = \"\"\"\n{headers}\"\"\"\n"));
    assert_eq!(read.budget.lines.len(), 1);
    assert_eq!(read.problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), [Code::TextTooLong]);
}

#[test]
fn more_text_than_is_read() {
    let read = soon(&" ".repeat(FILE_BYTES_MAX + 1));
    assert!(read.unparsable());
    assert_eq!(
        read.problems[0].lines(),
        "p.toml: error: the file is 65 MiB\n  allowed: at most 64 MiB\n  help: split the project into several files"
    );
    assert_eq!(codes(&soon(&" ".repeat(1_000_000)).problems), ["version-missing"]);
}

#[test]
fn long_keys_and_values_are_quoted_short() {
    let long = "x".repeat(5_000_000);
    for text in [
        format!("retake = 1\n{long} = 1"),
        format!("retake = 1\n[assumptions]\nquality = \"{long}\""),
        format!("retake = 1\n[assumptions]\nsize = \"{long}\""),
        format!("retake = 1\n[assumptions]\nretry = \"{long}\""),
        format!("retake = 1\n[assumptions]\nfinals = {}", "9".repeat(5_000_000)),
        format!("retake = 1\n[assumptions]\nbuffer = \"{}%\"", "9".repeat(5_000_000)),
        format!("retake = 1\nextends = \"{long}\""),
        format!("retake = 1\nname = \"{long}\""),
    ] {
        let read = soon(&text);
        assert!(!read.problems.is_empty());
        assert!(read.problems.iter().all(|problem| problem.message.len() < 400), "{}", &text[..40]);
    }
}

#[test]
fn duplicates_and_conflicts_without_number() {
    let read = soon(&format!("retake = 1\n{}", "a = 1\n".repeat(100_000)));
    assert!(read.unparsable());
    let conflicts = "<<<<<<< a\nx = 1\n=======\nx = 2\n>>>>>>> b\n".repeat(50_000);
    let read = soon(&conflicts);
    assert!(read.problems.iter().all(|problem| matches!(problem.code, Code::Conflict | Code::Unlisted)));
}

#[test]
fn conflict_markers_inside_a_text_do_not_hide_the_rest() {
    let read =
        reading("retake = 1\nnotes = \"\"\"\n<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n\"\"\"\nname = \"n\"\n");
    assert_eq!(codes(&read.problems), ["conflict-markers"]);
    assert_eq!(read.budget.name.as_deref(), Some("n"));
    // A line of equals signs under a heading is not a conflict marker.
    let read = reading("retake = 1\nnotes = \"\"\"\nFirst round\n=======\n\"\"\"\n");
    assert!(read.problems.is_empty());
}

/// Pieces close enough to the format to get past the parser.
fn fragment() -> impl Strategy<Value = String> {
    const KEYS: &[&str] = &[
        "retake",
        "name",
        "extends",
        "currency",
        "finals",
        "retry",
        "buffer",
        "size",
        "ratio",
        "references",
        "cap",
        "position",
        "explore",
        "prompt",
        "x",
    ];
    const VALUES: &[&str] = &[
        "1",
        "-1",
        "1e400",
        "nan",
        "0x1F",
        "\"20%\"",
        "\"4:5\"",
        "[]",
        "[[1],{}]",
        "{}",
        "{ factor = 2 }",
        "{ low = 1 }",
        "true",
        "2026-01-01",
        "\"\\u0000\"",
        "'''a\nb'''",
        "\"p.toml\"",
    ];
    const TABLES: &[&str] = &[
        "[assumptions]",
        "[exchange]",
        "[deliverable.a]",
        "[deliverable.\"\"]",
        "[deliverable]",
        "[[deliverable]]",
        "[deliverable.a.explore]",
        "[retry_profile.r]",
        "[rates.c]",
        "[rates.c.standard]",
        "[scenario.s]",
        "[a.b]",
    ];
    prop_oneof![
        (proptest::sample::select(KEYS), proptest::sample::select(VALUES))
            .prop_map(|(key, value)| format!("{key} = {value}\n")),
        proptest::sample::select(TABLES).prop_map(|table| format!("{table}\n")),
        "\\PC{0,12}\n?",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let read = reading(&String::from_utf8_lossy(&bytes));
        prop_assert!(!read.problems.is_empty());
    }

    #[test]
    fn random_projects_are_read_or_reported(parts in proptest::collection::vec(fragment(), 0..20)) {
        let text = parts.concat();
        let read = reading(&text);
        let estimate = retake::cost::estimate(&read.budget, catalog(), jiff::civil::date(2026, 11, 21));
        prop_assert_eq!(estimate.lines.len(), read.budget.lines.len());
        for problem in &read.problems {
            prop_assert!(!problem.message.is_empty());
        }
        // Reading the same text again gives the same result.
        let again = retake::project::read(&text, Some(std::path::Path::new("p.toml")), catalog(), &mut Memory::default(), &mut Words::default());
        prop_assert_eq!(read, again);
    }
}
