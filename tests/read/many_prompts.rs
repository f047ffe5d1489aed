//! Prompts in number: each text is counted once and each file read once, and beyond a limit nothing is, which is said.

use crate::disk::Folder;
use crate::{catalog, codes, printed};
use jiff::civil::date;
use retake::cost::base::limits::{PROMPT_BYTES_MAX, PROMPT_FILES_MAX, PROMPT_MAX, PROMPTS_MAX};
use retake::cost::estimate::estimate;
use retake::cost::{Knob, Setting, Value};
use retake::project::{DiskPrompts, DiskTeam, Reading, read};
use std::fs;

fn read_in(folder: &Folder, text: &str) -> Reading {
    let path = folder.path("p.toml");
    fs::write(&path, text).unwrap();
    read(text, Some(&path), catalog(), &mut DiskTeam::new(), &mut DiskPrompts::new(&path))
}

/// A project with a deliverable for each of these prompts, written as they stand in a file.
fn with(prompts: impl IntoIterator<Item = String>) -> String {
    let lines =
        prompts.into_iter().enumerate().map(|(at, prompt)| format!("[deliverable.d{at}]\nfinals = 1\n{prompt}\n"));
    format!("retake = 1\n{}", lines.collect::<String>())
}

/// The tokens of each deliverable; none where they cannot be known.
fn tokens(reading: &Reading) -> Vec<Option<u64>> {
    let of_line = |setting: Option<&Setting>| match setting {
        Some(Setting::Value(Value::Count(tokens))) => Some(*tokens),
        _ => None,
    };
    reading.budget.lines.iter().map(|line| of_line(line.settings.get(Knob::PromptTokens))).collect()
}

/// Bytes that this thread has read; none where the system does not count them.
fn bytes_read() -> Option<u64> {
    let text = fs::read_to_string("/proc/thread-self/io").ok()?;
    text.lines().find_map(|line| line.strip_prefix("rchar:")?.trim().parse().ok())
}

/// The same file by as many names as there are numbers.
fn spelled(number: usize) -> String {
    let steps = (0..14).map(|bit| if number >> bit & 1 == 1 { "d/../" } else { "./" });
    format!("prompt_file = \"{}pr.txt\"", steps.collect::<String>())
}

#[test]
fn a_prompt_that_many_deliverables_share_is_read_and_counted_once() {
    let folder = Folder::new();
    let longest = "a ".repeat(PROMPT_MAX / 2);
    folder.write("pr.txt", &longest);
    folder.write("d/x", "");
    let shared = PROMPTS_MAX / PROMPT_MAX + 5;
    let text = with((0..shared).map(spelled).chain((0..shared).map(|_| "prompt_file = \"pr.txt\"".to_owned())));
    let before = bytes_read();
    let reading = read_in(&folder, &text);
    let after = bytes_read();
    assert_eq!(codes(&reading.problems), [""; 0], "{}", printed(&reading.problems));
    let counted = tokens(&reading);
    assert!(counted.len() == 2 * shared && counted[0].is_some_and(|tokens| tokens > 1000));
    assert!(counted.iter().all(|tokens| *tokens == counted[0]));
    if let (Some(before), Some(after)) = (before, after) {
        assert!(after - before < 4 * PROMPT_MAX as u64, "{} bytes were read", after - before);
    }
    // Written out they are as many, and still one text.
    let inline = read_in(&folder, &with((0..shared).map(|_| format!("prompt = \"{longest}\""))));
    assert_eq!(codes(&inline.problems), [""; 0]);
    assert_eq!(tokens(&inline), vec![counted[0]; shared]);
}

#[test]
fn beyond_the_characters_of_a_project_prompts_are_unknown_and_said_by_place() {
    let folder = Folder::new();
    let files = PROMPTS_MAX / PROMPT_BYTES_MAX + 1;
    for number in 0..files {
        folder.write(&format!("{number}.txt"), format!("{number}{}", "x".repeat(PROMPT_BYTES_MAX - 1)));
    }
    folder.write("short.txt", "a red shoe");
    let first = ["prompt = \"a red shoe\"".to_owned()];
    let long = (0..files).map(|number| format!("prompt_file = \"{number}.txt\""));
    let behind =
        ["prompt = \"a blue shoe\"", "prompt_file = \"short.txt\"", "prompt = \"a red shoe\""].map(str::to_owned);
    let reading = read_in(&folder, &with(first.into_iter().chain(long).chain(behind)));
    let mut wanted = vec!["prompt-too-long"; files];
    wanted.extend(["prompts-too-many"; 2]);
    assert_eq!(codes(&reading.problems), wanted, "{}", printed(&reading.problems));
    let said = &reading.problems[files];
    let place = said.position.map(|position| position.line as usize);
    assert_eq!(place, Some(1 + 3 * (files + 1) + 3), "{}", said.lines());
    let allowed = "4,000,000 characters in different texts, and 10,000 prompt files";
    assert!(said.allowed.contains(allowed) && said.remedy.contains("prompt_tokens"), "{}", said.lines());
    // What was counted before is known, and its line is; no other is 0.
    let counted = tokens(&reading);
    assert!(counted[0].is_some() && counted[0] == counted[counted.len() - 1], "{counted:?}");
    assert!(counted[1..counted.len() - 1].iter().all(Option::is_none), "{counted:?}");
    let estimate = estimate(&reading.budget, catalog(), date(2026, 11, 22));
    assert_eq!(estimate.totals.total, None);
    let known: Vec<bool> = estimate.lines.iter().map(|line| line.total.is_some()).collect();
    assert!(known[0] && known[known.len() - 1] && known.iter().filter(|known| **known).count() == 2);
}

#[test]
fn beyond_the_prompt_files_of_a_project_none_is_looked_up() {
    let folder = Folder::new();
    folder.write("pr.txt", "a red shoe\n");
    folder.write("d/x", "");
    let names = (0..=PROMPT_FILES_MAX).map(spelled).chain([spelled(0)]);
    let reading = read_in(&folder, &with(names));
    assert_eq!(codes(&reading.problems), ["prompts-too-many"], "{}", printed(&reading.problems));
    let counted = tokens(&reading);
    let unknown: Vec<usize> = (0..counted.len()).filter(|at| counted[*at].is_none()).collect();
    assert_eq!(unknown, [PROMPT_FILES_MAX]);
}
