//! A folder of bad files, one for each message, with the whole report beside each: NAME.toml and NAME.expected.
//!
//! `UPDATE_EXPECTED=1` rewrites the reports; read them as the person who made the mistake would.

use crate::{Memory, Words, catalog, printed};
use retake::diagnostics::{Code, IssueCode};
use retake::project::{Reading, read};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/read/bad")
}

fn files(ending: &str) -> Vec<PathBuf> {
    let all = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = all.filter(|path| path.to_str().unwrap().ends_with(ending)).collect();
    files.sort();
    files
}

/// Every bad file can be extended by every other, so that problems of chains have their files here too.
fn read_bad(path: &Path) -> Reading {
    let named = |path: &Path| PathBuf::from(path.file_name().unwrap());
    let mut team = Memory(files(".toml").iter().map(|p| (named(p), std::fs::read_to_string(p).unwrap())).collect());
    // The message of a build without a tokenizer has its file here too.
    let mut words = Words { mute: path.ends_with("prompt-not-counted.toml"), ..Words::default() };
    read(&std::fs::read_to_string(path).unwrap(), Some(&named(path)), catalog(), &mut team, &mut words)
}

#[test]
fn every_bad_file_gets_its_whole_report() {
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let mut wrong = Vec::new();
    for path in files(".toml") {
        let found = printed(&read_bad(&path).problems);
        let expected = path.with_extension("expected");
        if update {
            std::fs::write(&expected, &found).unwrap();
        }
        let wanted = std::fs::read_to_string(&expected).unwrap_or_default().replace("\r\n", "\n");
        if found != wanted {
            wrong.push(format!("== {}\n-- expected\n{wanted}-- found\n{found}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_report_belongs_to_a_file() {
    let toml: BTreeSet<_> = files(".toml").iter().map(|path| path.with_extension("")).collect();
    let expected: BTreeSet<_> = files(".expected").iter().map(|path| path.with_extension("")).collect();
    assert_eq!(toml, expected);
}

/// Problems that no file in this folder can show: it would have 64 MiB, two million lines, 100,001 deliverables, 201 fees, risks or scenarios, a prompt of
/// 32,001 characters, four million characters of prompts, or no name at all.
const SHOWN_ELSEWHERE: [Code; 13] = [
    Code::LimitExceeded,
    Code::CardsTooMany,
    Code::FeesTooMany,
    Code::RisksTooMany,
    Code::ScenariosTooMany,
    Code::PromptTooLong,
    Code::PromptsTooMany,
    Code::FileTooLarge,
    Code::DeliverablesTooMany,
    Code::Unlisted,
    Code::ExtendsNoPlace,
    Code::ExtendsTooLong,
    Code::ExtendsOutside,
];

#[test]
fn every_code_has_a_bad_file() {
    let found: BTreeSet<Code> =
        files(".toml").iter().flat_map(|path| read_bad(path).problems).map(|problem| problem.code).collect();
    for code in Code::PROJECT {
        assert_eq!(found.contains(code), !SHOWN_ELSEWHERE.contains(code), "{}", code.name());
    }
    use IssueCode::{ExchangeMissing, FeeDeliverable, FeeIncomplete, ProfileUnknown};
    let of_the_estimate = [ExchangeMissing, FeeDeliverable, FeeIncomplete, ProfileUnknown];
    assert!(of_the_estimate.iter().all(|code| found.contains(&Code::Issue(*code))));
}

#[test]
fn every_problem_says_what_where_and_how_to_mend_it() {
    for path in files(".toml") {
        for problem in read_bad(&path).problems {
            let at = format!("{}: {}", path.display(), problem.lines());
            assert!(problem.file.is_some() && !problem.message.is_empty(), "{at}");
            assert!(!problem.remedy.is_empty(), "{at}");
            assert!(problem.position.is_some() || problem.code == Code::VersionMissing, "{at}");
            assert!(problem.lines().lines().all(|line| line.chars().count() <= 260), "{at}");
        }
    }
}
