//! Commands and their exit codes, each in its own folder.

use crate::budgets::{TODAY, assert_harmless, decimal};
use retake::cli::{Answer, Env, Exit, Outcome, dispatch};
use retake::config::paths::Paths;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// The project of the JSON contract as a file.
pub(crate) const CONTRACT: &str = "retake = 1\nname = \"Spring launch\"\n\n[deliverable.pdp-hero]\nname = \"PDP hero\"\nsize = \"1024x1280\"\n\
quality = \"high\"\nfinals = 24\nretry = 2.0\nreferences = [\"1024x1024\"]\nprompt_tokens = 180\n";

/// Runs the program in this process.
#[track_caller]
pub(crate) fn run(args: impl IntoIterator<Item = OsString>, stdin: &str, paths: Paths) -> Answer {
    let mut stdin = stdin.as_bytes();
    let mut env = Env { stdin: &mut stdin, today: TODAY, paths };
    match dispatch(std::iter::once(OsString::from("retake")).chain(args), &mut env) {
        Outcome::Answer(answer) => answer,
        Outcome::Dashboard(file) => panic!("opens the dashboard on {file:?}"),
    }
}

/// Runs a command: words are separated by blanks, `{}` is replaced by the folder.
#[track_caller]
pub(crate) fn answer(folder: &Path, command: &str, stdin: &str) -> Answer {
    let words = command.split(' ').map(|word| OsString::from(word.replace("{}", folder.to_str().unwrap())));
    run(words, stdin, Paths::default())
}

pub(crate) fn folder_with(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// The contract with further lines at its end.
fn with(more: &str) -> String {
    format!("{CONTRACT}{more}")
}

fn json(answer: &Answer) -> serde_json::Value {
    serde_json::from_str(&answer.stdout).unwrap()
}

#[test]
fn exit_codes_tell_done_failed_bad_and_over() {
    let capped = CONTRACT.replace("\n[del", "[assumptions]\ncap = 11.00\n\n[del");
    let unpriced = with("model = \"gpt-image-2.6-flare\"\n").replace("\"high\"", "\"low\"");
    let folder = folder_with(&[
        ("a.toml", CONTRACT),
        ("capped.toml", &capped),
        ("warned.toml", &with("sky_colour = 3\n")),
        ("near.toml", &with("finalss = 3\n")),
        ("broken.toml", &with("buffer = 20\n")),
        ("unpriced.toml", &unpriced),
        ("no.toml", "not toml at all"),
    ]);
    fs::write(folder.path().join("latin.toml"), b"retake = 1\nname = \"\xe9\"\n").unwrap();
    let rows = [
        ("estimate {}/a.toml", Exit::Done),
        ("estimate {}/capped.toml", Exit::Done),
        ("estimate {}/warned.toml", Exit::Done),
        ("estimate {}/unpriced.toml", Exit::Done),
        ("estimate {}/broken.toml", Exit::BadInput),
        ("estimate {}/no.toml", Exit::BadInput),
        ("estimate {}/latin.toml", Exit::BadInput),
        ("estimate {}", Exit::BadInput),
        ("estimate {}/nowhere.toml", Exit::Failed),
        ("estimate", Exit::BadInput),
        ("estimate {}/a.toml --format html5", Exit::BadInput),
        ("estimate {}/a.toml --set retry=0.5", Exit::BadInput),
        ("estimate {}/a.toml --today 2026-13-01", Exit::BadInput),
        ("check {}/a.toml", Exit::Done),
        ("check {}/warned.toml", Exit::Done),
        ("check {}/near.toml", Exit::BadInput),
        ("estimate {}/near.toml", Exit::Done),
        ("check {}/unpriced.toml", Exit::Done),
        ("check {}/capped.toml", Exit::OverBudget),
        ("check {}/a.toml --max 11.10", Exit::Done),
        ("check {}/a.toml --max 11.0990592", Exit::Done),
        ("check {}/a.toml --max 11.0990591", Exit::OverBudget),
        ("check {}/capped.toml --max 100", Exit::OverBudget),
        ("check {}/unpriced.toml --max 100", Exit::OverBudget),
        ("check {}/a.toml --max €100", Exit::BadInput),
        ("check {}/a.toml --max -5", Exit::BadInput),
        ("check {}/a.toml --max nan", Exit::BadInput),
        ("check {}/broken.toml", Exit::BadInput),
        ("check {}/broken.toml --max 1", Exit::BadInput),
        ("check {}/nowhere.toml", Exit::Failed),
        ("size 1024x1280", Exit::Done),
        ("size 1000x1000", Exit::BadInput),
        ("new {}/a.toml", Exit::Failed),
        ("new {}/sub/new.toml", Exit::Failed),
        ("new {}/new.toml", Exit::Done),
        ("where", Exit::Done),
        ("themes", Exit::Done),
        ("man", Exit::Done),
        ("completions zsh", Exit::Done),
        ("completions tcsh", Exit::BadInput),
        ("keys", Exit::Done),
        ("--help", Exit::Done),
        ("--version", Exit::Done),
        ("--nonsense", Exit::BadInput),
    ];
    for (command, exit) in rows {
        let found = answer(folder.path(), command, "");
        assert_eq!(found.exit, exit, "{command}: {found:?}");
        let said = if exit == Exit::Done { &found.stdout } else { &found.stderr };
        assert!(!said.is_empty(), "{command} says nothing");
    }
    assert_eq!([Exit::Done, Exit::Failed, Exit::BadInput, Exit::OverBudget].map(Exit::code), [0, 1, 2, 3]);
}

#[test]
fn every_command_shows_an_example() {
    let folder = folder_with(&[]);
    for command in ["estimate", "check", "size", "new", "import", "keys", "themes", "where", "completions", "man"] {
        let help = answer(folder.path(), &format!("{command} --help"), "").stdout;
        assert!(help.contains("Examples:") && help.contains(&format!("retake {command}")), "{help}");
        assert!(help.lines().all(|line| line.chars().count() <= 100), "{help}");
    }
    assert!(answer(folder.path(), "--version", "").stdout.starts_with("retake 0."));
}

#[test]
fn the_file_of_the_contract_gives_the_json_of_the_contract() {
    let folder = folder_with(&[("a.toml", CONTRACT)]);
    let found = json(&answer(folder.path(), "estimate {}/a.toml --format json", ""));
    assert_eq!(found["totals"]["total"], "11.0990592");
    assert_eq!(found["deliverables"][0]["stages"][0]["cost"]["image_input"], "0.393216");
    assert_eq!(found["issues"], serde_json::json!([]));
    assert_eq!(json(&answer(folder.path(), "estimate - --format json", CONTRACT)), found);
}

#[test]
fn problems_are_printed_as_compilers_print_them() {
    let folder = folder_with(&[("a.toml", &with("size_of = 3\nbuffer = 20\n"))]);
    let found = answer(folder.path(), "check {}/a.toml", "");
    let file = folder.path().join("a.toml");
    let lines: Vec<&str> = found.stderr.lines().collect();
    assert!(lines[0].starts_with(&format!("{}:12:1: warning: ", file.display())), "{lines:?}");
    assert!(lines[1].starts_with(&format!("{}:13:10: error: ", file.display())), "{lines:?}");
    assert!(lines[1].contains("\"20%\""), "{lines:?}");
    // The unreadable buffer leaves the line without a total: that only follows, and is not told beside it.
    let count = format!("{}: 2 problems", file.display());
    assert_eq!((lines.len(), lines.last()), (3, Some(&count.as_str())));
    assert_eq!(found.stdout, "");
}

#[test]
fn an_issue_of_the_estimate_points_at_the_value_that_counts() {
    let inherited = "retake = 1\n[assumptions]\nsize = \"1000x1000\"\n[deliverable.a]\nfinals = 1\n\
[deliverable.b]\nsize = \"100x100\"\nfinals = 1\n";
    let folder = folder_with(&[("a.toml", inherited)]);
    let found = answer(folder.path(), "estimate {}/a.toml --format json", "");
    assert_eq!(found.exit, Exit::BadInput);
    let issues = json(&found)["issues"].clone();
    let illegal = issues.as_array().unwrap().iter().filter(|issue| issue["code"] == "size-illegal");
    let places: Vec<_> = illegal.map(|issue| (issue["key"].as_str().unwrap(), issue["line"].as_u64())).collect();
    assert_eq!(places, [("deliverable.a.size", Some(3)), ("deliverable.b.size", Some(7))]);
    let changed = json(&answer(folder.path(), "estimate {}/a.toml --format json --set model=gpt-image-1.5", ""));
    let issues = changed["issues"].as_array().unwrap();
    let ending = issues.iter().find(|issue| issue["code"] == "model-shuts-down").unwrap();
    assert_eq!(ending["file"], serde_json::Value::Null, "the command line is no file");
}

#[test]
fn a_problem_of_the_file_is_not_said_twice() {
    let text = CONTRACT.replace("retry = 2.0", "retry = \"nosuch\"");
    let text = text.replace("name = \"S", "currency = \"JPY\"\nname = \"S");
    let folder = folder_with(&[("a.toml", &text)]);
    let found = json(&answer(folder.path(), "estimate {}/a.toml --format json", ""));
    let issues = found["issues"].as_array().unwrap();
    let codes: Vec<&str> = issues.iter().map(|issue| issue["code"].as_str().unwrap()).collect();
    for code in ["exchange-missing", "profile-unknown"] {
        assert_eq!(codes.iter().filter(|found| **found == code).count(), 1, "{codes:?}");
    }
    assert!(!codes.contains(&"value-unreadable"), "{codes:?}");
}

#[test]
fn a_text_that_is_no_toml_gives_its_problems_and_no_figures() {
    let folder = folder_with(&[("a.toml", "retake = 1\nname = Spring\n")]);
    for format in ["text", "csv", "markdown"] {
        let found = answer(folder.path(), &format!("estimate {{}}/a.toml --format {format}"), "");
        assert_eq!(found.stdout, "", "{format}");
        assert!(found.stderr.contains(":2:8: error: "), "{}", found.stderr);
    }
    let found = json(&answer(folder.path(), "estimate {}/a.toml --format json", ""));
    assert_eq!(found["issues"][0]["line"], 2);
}

#[test]
fn csv_says_on_stderr_what_it_has_no_room_for() {
    let folder = folder_with(&[("a.toml", &with("finalss = 3\n"))]);
    let found = answer(folder.path(), "estimate {}/a.toml --format csv", "");
    assert!(found.stderr.contains("finalss") && !found.stdout.contains("finalss"));
}

#[test]
fn a_cap_is_compared_in_its_own_currency() {
    let exchange = "currency = \"JPY\"\nexchange = { rate = 150, as_of = 2026-11-20 }\nname = \"S";
    let folder = folder_with(&[("a.toml", &CONTRACT.replace("name = \"S", exchange))]);
    let check = |max: &str| {
        let file = folder.path().join("a.toml").into_os_string();
        run(["check".into(), file, "--max".into(), max.into()], "", Paths::default())
    };
    // 11.0990592 × 150 = 1664.85888
    let rows = [
        ("1665", Exit::Done),
        ("1664", Exit::OverBudget),
        ("12 USD", Exit::Done),
        ("11 USD", Exit::OverBudget),
        ("1700 EUR", Exit::BadInput),
    ];
    for (max, exit) in rows {
        assert_eq!(check(max).exit, exit, "{max}: {:?}", check(max));
    }
    let told = check("1665").stdout;
    assert!(told.contains("¥1,665 of ¥1,665"), "{told}");
}

#[test]
fn a_new_project_reads_without_problems_and_is_never_overwritten() {
    let folder = folder_with(&[]);
    let made = answer(folder.path(), "new {}/spring-launch.retake.toml", "");
    assert_eq!(made.stdout.lines().count(), 1);
    let file = folder.path().join("spring-launch.retake.toml");
    let text = fs::read_to_string(&file).unwrap();
    let found = json(&answer(folder.path(), "estimate {}/spring-launch.retake.toml --format json", ""));
    let codes: Vec<_> =
        found["issues"].as_array().unwrap().iter().map(|issue| issue["code"].as_str().unwrap()).collect();
    assert_eq!((found["name"].as_str(), codes), (Some("Spring launch"), vec!["retry-guess"]));
    assert!(decimal(found["totals"]["total"].as_str().unwrap()) > decimal("1"));
    assert_eq!(found["rates"][0]["pinned"], true);
    let again = answer(folder.path(), "new {}/spring-launch.retake.toml", "");
    assert_eq!(again.exit, Exit::Failed);
    assert!(again.stderr.contains("already exists"), "{}", again.stderr);
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
}

#[test]
fn a_new_project_takes_its_name_from_the_file_whatever_it_is() {
    let folder = folder_with(&[]);
    for (file, name) in [("発表会", "発表会"), ("a\"b\\c", "A\"b\\c"), ("x_y.toml", "X y"), ("{name}", "{name}")]
    {
        let made = run(["new".into(), folder.path().join(file).into_os_string()], "", Paths::default());
        assert_eq!(made.exit, Exit::Done, "{made:?}");
        let written = if file.ends_with(".toml") { file.to_owned() } else { format!("{file}.retake.toml") };
        let text = fs::read_to_string(folder.path().join(written)).unwrap();
        let table: toml::Table = text.parse().unwrap();
        assert_eq!(table["name"].as_str(), Some(name));
    }
}

#[test]
fn a_team_template_is_copied_byte_for_byte_or_refused() {
    let team = "\u{feff}# ours\r\nretake = 1\r\n\r\n[assumptions]\r\nretry = 1.8\r\n";
    let folder = folder_with(&[("team.toml", team), ("bad.toml", "retake = 1\n[assumptions]\nbuffer = 20\n")]);
    assert_eq!(answer(folder.path(), "new {}/mine.toml --from {}/team.toml", "").exit, Exit::Done);
    assert_eq!(fs::read_to_string(folder.path().join("mine.toml")).unwrap(), team);
    let refused = answer(folder.path(), "new {}/other.toml --from {}/bad.toml", "");
    assert_eq!(refused.exit, Exit::BadInput);
    assert!(refused.stderr.contains("bad.toml:3:10: error:"), "{}", refused.stderr);
    assert!(!folder.path().join("other.toml").exists());
    assert_eq!(answer(folder.path(), "new {}/other.toml --from {}/nowhere.toml", "").exit, Exit::Failed);
    assert_eq!(answer(folder.path(), "new - --from {}/team.toml", "").exit, Exit::BadInput);
}

#[test]
fn keys_come_from_the_live_table() {
    let folder = folder_with(&[]);
    let text = answer(folder.path(), "keys", "").stdout;
    assert!(text.lines().any(|line| line.contains("^C") && line.contains("quit")), "{text}");
    let markdown = answer(folder.path(), "keys --format markdown", "").stdout;
    let listed = text.lines().filter(|line| line.starts_with("  ")).count();
    assert_eq!(markdown.lines().count() - 2, listed);
    assert!(markdown.lines().all(|line| line.replace("\\|", "").matches('|').count() == 5), "{markdown}");
}

#[test]
fn where_prints_no_folder_raw_and_survives_having_none() {
    let hostile = |name: &str| Some(PathBuf::from(format!("/nonexistent/\u{1b}[2J{name}")));
    let found = run(["where".into()], "", Paths { config: hostile("config"), state: hostile("state") }).stdout;
    assert_eq!(
        found.matches("/nonexistent/␛[2J").count(),
        6,
        "settings, themes, cards, state, versions and journal: {found}"
    );
    assert_harmless(&found);
    let folder = folder_with(&[]);
    assert!(answer(folder.path(), "where", "").stdout.contains("no home folder"));
}

#[test]
fn hostile_arguments_command_nothing() {
    let folder = folder_with(&[("a.toml", CONTRACT)]);
    let commands = [
        "estimate {}/\u{1b}[2J.toml",
        "--\u{1b}]0;x\u{7}",
        "size \u{202e}12",
        "check {}/a.toml --max \u{9b}3m",
        "estimate {}/a.toml --set \u{1b}[1m=2",
        "estimate {}/a.toml --set deliverable.\u{1b}.retry=2",
    ];
    for command in commands {
        let found = answer(folder.path(), command, "");
        assert_harmless(&found.stdout);
        assert_harmless(&found.stderr);
        assert_ne!(found.exit, Exit::Done, "{command:?}");
    }
}
