//! Every code of a problem is made by some test: those of project files by a bad file (bad.rs), those of the store by the table
//! here, those of commands by tests/headless/codes.rs, the others by tests that name them. The table of exceptions says why.

use retake::diagnostics::{Code, IssueCode, Level};
use retake::project::open::store_problem;
use retake::project::store::{Step, StoreError, StoreErrorKind};
use std::fs;
use std::path::{Path, PathBuf};

/// What the disk can refuse, with the code of each.
fn refusals() -> Vec<(StoreErrorKind, Code)> {
    use StoreErrorKind as Kind;
    let to = || PathBuf::from("elsewhere.toml");
    vec![
        (Kind::Missing, Code::Missing),
        (Kind::MissingFolder, Code::MissingFolder),
        (Kind::DanglingLink { to: to() }, Code::DanglingLink),
        (Kind::LinkLoop, Code::LinkLoop),
        (Kind::Directory, Code::NotAFile),
        (Kind::Fifo, Code::NotAFile),
        (Kind::Socket, Code::NotAFile),
        (Kind::Device, Code::NotAFile),
        (Kind::TooLarge { size: 1 << 30, limit: 1 << 20 }, Code::TooLarge),
        (Kind::NotUtf8 { offset: 0, line: 1, column: 1, ours: false }, Code::NotUtf8),
        (Kind::NoPermission(Step::Read), Code::NoPermission),
        (Kind::NoPermission(Step::Write), Code::NoPermission),
        (Kind::ReadOnlyFile, Code::ReadOnly),
        (Kind::ReadOnlyFolder, Code::ReadOnly),
        (Kind::ReadOnlyFileSystem, Code::ReadOnly),
        (Kind::HardLinked { links: 2 }, Code::HardLinked),
        (Kind::ChangedOnDisk, Code::ChangedOnDisk),
        (Kind::LedElsewhere { to: to() }, Code::LedElsewhere),
        (Kind::Deleted, Code::Deleted),
        (Kind::Exists, Code::Exists),
        (Kind::NoSpace, Code::NoSpace),
        (Kind::ReadBack, Code::ReadBack),
        (Kind::Refused { reason: "it differs".to_owned() }, Code::Refused),
        (Kind::Failed(Step::Sync), Code::Failed),
    ]
}

#[test]
fn every_refusal_of_the_disk_has_its_code() {
    for (kind, code) in refusals() {
        let path = Path::new("a.retake.toml");
        let problem = store_problem(path, &StoreError { path: path.to_owned(), kind, cause: None });
        assert_eq!((problem.code, problem.level), (code, Level::Error), "{problem}");
    }
}

/// Codes that no test names, with the reason.
const UNNAMED: &[(&[Code], &str)] = &[
    (&[Code::Catalog], "the built-in prices are read by a test of their own, and never fail afterwards"),
    (&[Code::NoThread], "the operating system starts every thread that a test asks for"),
    (
        &[Code::Issue(IssueCode::FeeUnreadable)],
        "the file's own problem is told in place of the issue; tests/cost asserts it by its kind",
    ),
    (&[Code::NoTerminal], "only a process can lack a terminal, and it prints the sentence; tests/pty asserts that"),
];

fn texts(folder: &Path, into: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("read/codes.rs") {
            into.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_code_is_made_by_a_test_or_has_a_reason() {
    let mut tests = String::new();
    texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests"), &mut tests);
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let holds =
        |variant: &str| tests.match_indices(variant).any(|(at, _)| !tests[at + variant.len()..].starts_with(is_word));
    let variant = |code: Code| format!("{code:?}").replace("Issue(", "").replace(')', "");
    let named = |code: Code| {
        let of_settings = ["note", "warning", "error"].map(|level| format!("{level} {}\"", code.name()));
        // A name of one word may mean anything.
        (code.name().contains('-') && tests.contains(&format!("\"{}\"", code.name())))
            || of_settings.iter().any(|text| tests.contains(text))
            || holds(&format!("Code::{}", variant(code)))
    };
    let by_tables = |code: Code| Code::PROJECT.contains(&code) || refusals().iter().any(|(_, made)| *made == code);
    let excused = |code: Code| UNNAMED.iter().any(|(codes, _)| codes.contains(&code));
    let missed: Vec<Code> = Code::all().filter(|code| !named(*code) && !by_tables(*code) && !excused(*code)).collect();
    assert!(missed.is_empty(), "no test makes {missed:?}");
    let needless: Vec<Code> = Code::all().filter(|code| excused(*code) && named(*code)).collect();
    assert!(needless.is_empty(), "tests name {needless:?}, which need no reason");
}
