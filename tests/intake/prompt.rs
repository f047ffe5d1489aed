//! Token counts compared with published ones, prompts on a real disk, and the command.

use crate::catalog;
use retake::cli::{Answer, Env, Exit, Outcome, dispatch};
use retake::config::paths::Paths;
use retake::cost::base::limits::{PROMPT_MAX, PROMPTS_MAX};
use retake::cost::{Budget, Knob, Setting, Value};
use retake::diagnostics::{Code, Level};
use retake::project::open::{Open, open};
use retake::project::write;
use retake::prompt::{NotCounted, count, of_file};
use retake::tables::{Reason, RowOutcome};
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

/// The counts that OpenAI's cookbook prints for `o200k_base` ("How to count tokens with tiktoken"), and those that several
/// other implementations use as test vectors.
#[test]
fn counts_are_the_published_ones() {
    for (text, tokens) in [
        ("", 0),
        ("hello world", 2),
        ("tiktoken is great!", 6),
        ("antidisestablishmentarianism", 6),
        ("2 + 2 = 4", 7),
        ("お誕生日おめでとう", 8),
    ] {
        assert_eq!(count(text), Ok(tokens), "{text}");
    }
    // As a special token it would be one token; in a prompt it is ordinary text.
    assert!(count("<|endoftext|>").unwrap() > 1);
}

#[test]
fn the_longest_prompt_is_counted_and_the_next_one_is_not() {
    let longest = "é".repeat(PROMPT_MAX);
    assert!(count(&longest).unwrap() > 0);
    assert_eq!(count(&format!("{longest}a")), Err(NotCounted::TooLong(PROMPT_MAX + 1)));
}

#[test]
fn a_text_file_ends_in_a_line_break_that_is_no_prompt() {
    for (text, prompt) in [("a\n", "a"), ("a\r\n", "a"), ("\u{feff}a", "a"), ("a\n\n", "a\n"), ("a", "a"), ("\n", "")] {
        assert_eq!(of_file(text), prompt);
    }
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn with(files: &[(&str, &[u8])]) -> Folder {
        let folder = Folder(tempfile::tempdir().unwrap());
        for (path, bytes) in files {
            let path = folder.path(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        folder
    }

    fn path(&self, relative: &str) -> PathBuf {
        self.0.path().join(relative)
    }

    fn open(&self, relative: &str) -> Open {
        open(&self.path(relative), catalog()).unwrap()
    }
}

fn assumed(budget: &Budget) -> Option<&Value> {
    budget.assumptions.value(Knob::PromptTokens)
}

fn naming(wanted: &str) -> Vec<u8> {
    format!("retake = 1\n[assumptions]\nprompt_file = \"{wanted}\"\n").into_bytes()
}

#[test]
fn a_prompt_file_is_read_within_the_bound_of_the_project() {
    let (own, up, far) = (naming("hero.txt"), naming("../../hero.txt"), naming("../../../hero.txt"));
    let team = naming("base.txt");
    let extending = b"retake = 1\nextends = \"../../team/t.toml\"\n".as_slice();
    let folder = Folder::with(&[
        ("hero.txt", b"never reached"),
        ("x/hero.txt", "\u{feff}hello world\r\n".as_bytes()),
        ("x/y/z/hero.txt", b"tiktoken is great!\n"),
        ("x/y/z/own.toml", &own),
        ("x/y/z/up.toml", &up),
        ("x/y/z/far.toml", &far),
        ("x/y/z/team.toml", extending),
        ("x/team/t.toml", &team),
        ("x/team/base.txt", b"hello world"),
    ]);
    assert_eq!(assumed(&folder.open("x/y/z/own.toml").reading.budget), Some(&Value::Count(6)));
    assert_eq!(assumed(&folder.open("x/y/z/up.toml").reading.budget), Some(&Value::Count(2)));
    let of_team = folder.open("x/y/z/team.toml").reading;
    assert_eq!(of_team.budget.team.value(Knob::PromptTokens), Some(&Value::Count(2)), "{:?}", of_team.problems);
    let far = folder.open("x/y/z/far.toml").reading;
    assert_eq!(far.budget.assumptions.get(Knob::PromptTokens), Some(&Setting::Unreadable));
    assert!(far.problems[0].message.ends_with("lies outside the project"), "{}", far.problems[0].lines());
    fs::create_dir(folder.path("x/y/z/.git")).unwrap();
    assert_eq!(folder.open("x/y/z/up.toml").reading.problems[0].code, Code::PromptFile, "the repository is the bound");
    assert!(folder.open("x/y/z/own.toml").reading.problems.is_empty());
}

#[test]
fn what_is_no_text_of_a_prompt_is_said_with_its_place() {
    let long = "a ".repeat(PROMPT_MAX);
    let folder = Folder::with(&[
        ("p/latin.txt", b"caf\xe9"),
        ("p/long.txt", long.as_bytes()),
        ("p/huge.txt", &vec![b'a'; 2 * 1024 * 1024]),
        ("p/folder/x", b""),
    ]);
    for (wanted, code, said) in [
        ("latin.txt", "prompt-file", "latin.txt is not UTF-8 text"),
        ("folder", "prompt-file", "folder is a folder, a pipe or a device"),
        ("none.txt", "prompt-file", "none.txt does not exist"),
        ("huge.txt", "prompt-file", "huge.txt is 2 MiB; at most 1 MiB can be read"),
        ("long.txt", "prompt-too-long", "long.txt has 64,000 characters, more than a prompt may have"),
    ] {
        fs::write(folder.path("p/p.toml"), naming(wanted)).unwrap();
        let reading = folder.open("p/p.toml").reading;
        let problem = &reading.problems[0];
        assert_eq!((problem.code.name(), problem.message.as_str(), problem.level), (code, said, Level::Error));
        let position = problem.position.unwrap();
        assert_eq!((position.line, position.column, reading.problems.len()), (3, 15, 1));
    }
}

#[cfg(unix)]
#[test]
fn a_link_does_not_lead_out_of_the_project_and_a_pipe_does_not_wait() {
    let folder = Folder::with(&[("secret.txt", b"s"), ("a/b/c/p.toml", &naming("link.txt"))]);
    std::os::unix::fs::symlink(folder.path("secret.txt"), folder.path("a/b/c/link.txt")).unwrap();
    let reading = folder.open("a/b/c/p.toml").reading;
    assert!(reading.problems[0].message.ends_with("lies outside the project"), "{}", reading.problems[0].lines());
    fs::remove_file(folder.path("a/b/c/link.txt")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(folder.path("a/b/c/link.txt")).status().unwrap();
    assert!(made.success());
    assert_eq!(folder.open("a/b/c/p.toml").reading.problems[0].code, Code::PromptFile);
}

#[test]
fn a_saved_project_keeps_its_prompt_file() {
    let text = naming("hero.txt");
    let folder = Folder::with(&[("p.toml", &text), ("hero.txt", b"hello world")]);
    let before = folder.open("p.toml").reading;
    let mut after = before.budget.clone();
    assert_eq!(write::updated(&text, &before.budget, &mut after.clone()).unwrap(), text);
    after.assumptions.put(Knob::PromptTokens, Some(Setting::Value(Value::Count(180))));
    let new = write::updated(&text, &before.budget, &mut after.clone()).unwrap();
    fs::write(folder.path("p.toml"), &new).unwrap();
    let again = folder.open("p.toml").reading;
    assert_eq!(assumed(&again.budget), Some(&Value::Count(180)));
    assert_eq!(again.problems[0].message, "prompt_file has 2 tokens, but prompt_tokens = 180 is used");
}

fn tokens(args: &[&str], stdin: &[u8]) -> Answer {
    let (mut stdin, today) = (stdin, jiff::civil::date(2026, 11, 22));
    let mut env = Env { stdin: &mut stdin, today, paths: Paths::of_user() };
    let args = ["retake", "tokens"].iter().chain(args).map(OsString::from);
    match dispatch(args, &mut env) {
        Outcome::Answer(answer) => answer,
        Outcome::Dashboard(_) => panic!("no answer"),
    }
}

#[test]
fn the_command_counts_and_prices() {
    let answer = tokens(&["-"], b"tiktoken is great!\n");
    assert_eq!((answer.stderr.as_str(), answer.exit), ("", Exit::Done));
    // 12 tokens × 1,000 images × $5 per 1,000,000 tokens.
    assert_eq!(
        answer.stdout,
        "gpt-image-2\n\n       6 tokens  counted by o200k_base\n       6 tokens  added to each image\n      \
         12 tokens  for each image\n       $0.06000  for the prompts of 1,000 images, without caching\n"
    );
    let json: serde_json::Value =
        serde_json::from_str(&tokens(&["-", "--format", "json"], b"hello world").stdout).unwrap();
    assert_eq!(
        json,
        serde_json::json!({
            "tokens": 2, "overhead_tokens": 6, "tokens_each": 8, "characters": 11, "encoding": "o200k_base",
            "model": "gpt-image-2", "images": 1000, "price": "0.04"
        })
    );
    let folder = Folder::with(&[("hero.txt", b"hello world")]);
    let file = folder.path("hero.txt");
    assert!(tokens(&[file.to_str().unwrap()], b"").stdout.contains(" 2 tokens"));
}

#[test]
fn the_command_says_why_it_cannot() {
    let long = "a ".repeat(PROMPT_MAX);
    for (args, stdin, exit, said) in [
        (&["-"][..], long.as_bytes(), Exit::BadInput, "- has 64,000 characters, more than a prompt may have"),
        (&["-"][..], b"caf\xe9".as_slice(), Exit::BadInput, "<stdin>"),
        (&["no/such/file.txt"][..], b"".as_slice(), Exit::Failed, "no/such/file.txt does not exist"),
        (&["-", "--model", "gpt-image-9"][..], b"".as_slice(), Exit::BadInput, "gpt-image-9 is not a known model"),
    ] {
        let answer = tokens(args, stdin);
        assert_eq!((answer.stdout.as_str(), answer.exit), ("", exit), "{args:?}: {}", answer.stderr);
        assert!(answer.stderr.contains(said), "{}", answer.stderr);
    }
}

/// As many characters as are counted, in prompts of the longest: the row behind them is told why it stays out, and one that
/// repeats a prompt is counted.
#[cfg(feature = "prompt-tokens")]
#[test]
fn the_prompts_of_a_list_are_counted_up_to_the_limit_of_a_project() {
    let full = PROMPTS_MAX / PROMPT_MAX;
    let prompt = |row: usize| format!("{row:04} {}", "x".repeat(PROMPT_MAX - 5));
    let row = |row: usize, prompt: String| format!("Row {row},3,{prompt}\n");
    let mut list = String::from("Name,Finals,Prompt\n");
    list.extend((0..=full).map(|at| row(at, prompt(at))));
    list += &row(full + 1, prompt(0));
    let list = retake::tables::read(&list, &Budget::default(), crate::catalog());
    let said: Vec<_> = list.rows.iter().map(|row| matches!(row.outcome, RowOutcome::Parsed(_))).collect();
    let wanted: Vec<_> = (0..full + 2).map(|row| row != full).collect();
    assert_eq!(said, wanted);
    let RowOutcome::Refused(reasons) = &list.rows[full].outcome else { panic!("counted") };
    let Reason { column, explanation, .. } = &reasons[0];
    assert_eq!(column.as_deref(), Some("Prompt"));
    assert_eq!(explanation.message, "the prompts of the rows above already fill the limit of a list");
    assert!(explanation.allowed.starts_with("at most 4,000,000 characters"), "{}", explanation.allowed);
}
