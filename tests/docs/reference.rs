//! The tables of the reference pages, compared row by row with what the program accepts, refuses and prints.

use crate::markdown::{bare, fences, flat, spans, table};
use crate::{none, pages, path, text_of};
use retake::config::paths::Paths;
use retake::cost::base::limits;
use retake::cost::budget::knob::{self, Scope, Unit};
use retake::cost::{Knob, Marks, levers};
use retake::project::journal;
use retake::ui::theme::Theme;
use retake::words;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn run(args: &[&str], folder: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_retake"));
    let around = command.args(args).current_dir(folder).env_clear().env("HOME", folder);
    around.stdin(Stdio::null()).output().unwrap()
}

/// The `--help` text of a command.
fn help(command: &str) -> String {
    let args: Vec<&str> = command.split_whitespace().chain(["--help"]).collect();
    String::from_utf8(run(&args, &std::env::temp_dir()).stdout).unwrap()
}

fn first_column(page: &str, heading: &str) -> Vec<String> {
    table(&text_of(page), heading).iter().map(|row| bare(&row[0])).collect()
}

/// The words at the start of the lines below a heading of the help.
fn listed(help: &str, heading: &str) -> Vec<String> {
    let below = help.lines().skip_while(|line| *line != heading).skip(1).take_while(|line| !line.is_empty());
    below.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn every_command_is_told_of() {
    let told = first_column("docs/command-line.md", "Command");
    let wanted: Vec<String> = listed(&help(""), "Commands:").iter().map(|name| format!("retake {name}")).collect();
    assert_eq!(told, [vec!["retake".to_owned()], wanted].concat());
}

#[test]
fn levers_and_goals_are_those_of_their_tables() {
    let levers: Vec<&str> = levers::table::TABLE.iter().map(|lever| lever.knob.row().name).collect();
    assert_eq!(first_column("docs/levers.md", "Lever"), levers);
    let mut goals: Vec<&str> = levers::goal::knobs().map(|knob| knob.row().name).collect();
    let mut told = first_column("docs/levers.md", "Knob");
    goals.sort_unstable();
    told.sort_unstable();
    assert_eq!(told, goals);
}

#[test]
fn every_option_is_told_of_with_its_commands() {
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let subcommands = listed(&help("rates"), "Commands:").into_iter().map(|name| format!("rates {name}"));
    for command in listed(&help(""), "Commands:").into_iter().chain(subcommands) {
        for line in help(&command).lines().map(str::trim_start).filter(|line| line.starts_with("--")) {
            let option = line.split_whitespace().next().unwrap().to_owned();
            let command = command.split(' ').next().unwrap().to_owned();
            known.entry(option).or_default().insert(command);
        }
    }
    let told: BTreeMap<String, BTreeSet<String>> = table(&text_of("docs/command-line.md"), "Option")
        .iter()
        .map(|row| (bare(&row[0]), row[1].split(", ").map(str::to_owned).collect()))
        .collect();
    assert_eq!(told, known);
}

#[test]
fn every_option_that_a_page_names_exists() {
    let told = first_column("docs/command-line.md", "Option");
    let own = ["--help", "--version"];
    let mut complaints = Vec::new();
    for page in pages() {
        for span in spans(&text_of(&page)).iter().filter(|span| !span.starts_with("cargo")) {
            for option in span.split_whitespace().filter(|word| word.starts_with("--")) {
                if !told.iter().any(|known| known == option) && !own.contains(&option) {
                    complaints.push(format!("{page}: there is no {option}"));
                }
            }
        }
    }
    none(&complaints);
}

#[test]
fn formats_and_exit_codes_are_the_programs() {
    let page = "docs/command-line.md";
    let formats = format!("Output format: {} ", first_column(page, "Format").join(", "));
    assert!(help("estimate").contains(&formats), "{formats}");
    let shown: BTreeSet<String> = fences(&text_of(page))
        .iter()
        .flat_map(|fence| {
            fence
                .body
                .split("$ echo $?\n")
                .skip(1)
                .map(|rest| rest.lines().next().unwrap().to_owned())
                .collect::<Vec<_>>()
        })
        .collect();
    let told: BTreeSet<String> = first_column(page, "Exit code").into_iter().collect();
    assert_eq!(told, shown, "each code has an example on its page");
}

/// A default of the table as a file writes it; `None` if there is no default to write.
fn written(default: &str, unit: Unit) -> Option<String> {
    match (default, unit) {
        ("none" | "the deliverable's", _) => None,
        ("the ratio's 1k size", _) => Some("\"1k\"".to_owned()),
        (percent, Unit::Percent) => Some(format!("\"{}\"", percent.replace(' ', ""))),
        (number, Unit::Pictures | Unit::Repetitions | Unit::Tokens) => Some(number.to_owned()),
        (word, _) => Some(format!("\"{word}\"")),
    }
}

/// The estimate of a project with one deliverable, with the knob set to this value, or not set.
fn estimated(knob: &knob::Row, value: Option<&str>, folder: &Path) -> String {
    let said = |key: &str| value.map(|value| format!("{key} = {value}\n")).unwrap_or_default();
    let finals = if knob.name == "finals" { said("finals") } else { "finals = 7\n".to_owned() };
    let text = match (knob.scope, knob.name.split_once('.')) {
        (_, Some((section, key))) if value.is_some() => {
            format!("retake = 1\n[deliverable.a]\n{finals}[deliverable.a.{section}]\n{}", said(key))
        }
        (Scope::Deliverable, None) => format!("retake = 1\n[deliverable.a]\n{finals}"),
        _ => format!("retake = 1\n[assumptions]\n{}[deliverable.a]\n{finals}", said(knob.name)),
    };
    fs::write(folder.join("a.toml"), text).unwrap();
    let output = run(&["estimate", "a.toml", "--format", "json", "--today", "2026-11-22"], folder);
    assert_eq!(output.status.code(), Some(0), "{}: {}", knob.name, String::from_utf8_lossy(&output.stderr));
    // Issues name the line of the file, which differs.
    let mut found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    found["issues"].take();
    found.to_string()
}

#[test]
fn the_knobs_are_those_of_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let rows = table(&text_of("docs/file-format.md"), "Knob");
    assert_eq!(rows.len(), knob::TABLE.len());
    let mut defaults = 0;
    for (row, knob) in rows.iter().zip(&knob::TABLE) {
        assert_eq!(bare(&row[0]), knob.name);
        let scope = match knob.scope {
            Scope::Both => "both",
            Scope::Deliverable => "deliverable",
            Scope::Project => "project",
        };
        assert_eq!(row[1], scope, "{}", knob.name);
        let (_, most) = knob.range;
        let bound = if knob.unit == Unit::Percent { format!("{most}%") } else { grouped(most) };
        assert!(most == 0 || row[2].contains(&bound), "{}: {} does not say {bound}", knob.name, row[2]);
        if let Some(value) = written(&bare(&row[3]), knob.unit) {
            let (with, without) = (estimated(knob, Some(&value), folder.path()), estimated(knob, None, folder.path()));
            assert_eq!(with, without, "{} = {value} is not what counts without it", knob.name);
            defaults += 1;
        }
    }
    assert!(defaults >= 13, "{defaults} defaults");
}

fn grouped(number: i64) -> String {
    retake::words::number::grouped(retake::cost::Decimal::from(number))
}

#[test]
fn every_form_of_the_retry_factor_is_read() {
    let folder = tempfile::tempdir().unwrap();
    for row in table(&text_of("docs/file-format.md"), "Form") {
        let text = format!("retake = 1\n[assumptions]\n{}\n[deliverable.a]\nfinals = 1\n", bare(&row[1]));
        fs::write(folder.path().join("a.toml"), text).unwrap();
        let output = run(&["check", "a.toml"], folder.path());
        assert_eq!(output.status.code(), Some(0), "{}: {}", row[1], String::from_utf8_lossy(&output.stderr));
    }
}

/// The command line for a file that reaches a limit with this count.
#[test]
fn the_keys_of_measured_tokens_are_the_programs() {
    let page = text_of("docs/file-format.md");
    let rows = table(&page, "Key of `tokens`");
    let told: Vec<String> = rows.iter().flat_map(|row| spans(&row[0])).collect();
    let known = retake::project::known_keys().into_iter().find(|(place, _)| *place == "tokens = { … }").unwrap().1;
    assert_eq!(told, known);
    for (row, least) in rows.iter().zip([1, 0]) {
        let range = format!("{least} to {}", grouped(10_000_000));
        assert!(row[1].ends_with(&range), "{row:?}: {range}");
    }
}

fn filled(limit: &str, count: usize, folder: &Path) -> Vec<&'static str> {
    let project = |rest: String| fs::write(folder.join("a.toml"), format!("retake = 1\n{rest}")).unwrap();
    let numbered = |row: &dyn Fn(usize) -> String| (0..count).map(row).collect::<String>();
    let list = |text: &str| vec![format!("\"{text}\""); count].join(", ");
    match limit {
        "size of a file" => {
            let bytes = u64::try_from(count).unwrap() * 1024 * 1024;
            fs::File::create(folder.join("a.toml")).unwrap().set_len(bytes).unwrap();
        }
        "lines of a file" => project("#\n".repeat(count - 1)),
        "keys with a value" => project(numbered(&|n| format!("a{n}=1\n"))),
        "commas between the entries of lists and inline tables" => project(format!("a = [{}]\n", "1,".repeat(count))),
        "names, values and signs together" => project("b ".repeat(count)),
        "tables, those of dotted names included" => project(numbered(&|n| format!("[a{n}]\n"))),
        "lists and tables inside one another" => project(format!("a = {}{}\n", "[".repeat(count), "]".repeat(count))),
        "deliverables in a project" => project(numbered(&|n| format!("[deliverable.a{n}]\n"))),
        "scenarios in a project" => {
            project(numbered(&|n| format!("[scenario.a{n}]\n")) + "[deliverable.a]\nfinals = 1\n");
        }
        "significant digits of a number" => project(format!("[assumptions]\nretry = 1.{}\n", "1".repeat(count - 1))),
        "characters of a name" => project(format!("name = \"{}\"\n", "n".repeat(count))),
        "characters of a note" => project(format!("notes = \"{}\"\n", "n".repeat(count))),
        "reference images of a call" => project(format!("[assumptions]\nreferences = [{}]\n", list("1024x1024"))),
        "team files in a row" => {
            for n in 0..count {
                fs::write(
                    folder.join(format!("team{n}.toml")),
                    format!("retake = 1\nextends = \"team{}.toml\"\n", n + 1),
                )
                .unwrap();
            }
            fs::write(folder.join(format!("team{count}.toml")), "retake = 1\n").unwrap();
            return vec!["check", "team0.toml"];
        }
        "rate cards in a file" => project(numbered(&|n| format!("[card.a{n}]\nkind = \"per image\"\nprice = 1\n"))),
        "rate cards that a project is compared with" => {
            let cards = numbered(&|n| format!("[card.a{n}]\nkind = \"per image\"\nprice = 1\n"));
            let names: Vec<String> = (0..count).map(|n| format!("\"a{n}\"")).collect();
            project(format!("[bills]\ncompare = [{}]\n{cards}", names.join(", ")));
        }
        "characters of a prompt" => {
            fs::write(folder.join("a.txt"), "a ".repeat(count / 2) + &"a".repeat(count % 2)).unwrap();
            return vec!["tokens", "a.txt"];
        }
        "characters of all different prompts of a project" => {
            // Files that are too long for themselves take their room uncounted, which is quick.
            let files = (count - 1) / 1_000_000;
            for n in 0..files {
                fs::write(folder.join(format!("{n}.txt")), format!("{n}{}", "a".repeat(999_999))).unwrap();
            }
            let named = |n: usize| format!("[deliverable.a{n}]\nprompt_file = \"{n}.txt\"\n");
            let long = (0..files).map(named).collect::<String>();
            project(format!("{long}[deliverable.b]\nprompt = \"a\"\n"));
        }
        "prompt files of a project, by name" => {
            fs::create_dir_all(folder.join("d")).unwrap();
            fs::write(folder.join("a.txt"), "a").unwrap();
            let steps = |n: usize| (0..14).map(move |bit| if n >> bit & 1 == 1 { "d/../" } else { "./" });
            let name = |n: usize| steps(n).collect::<String>() + "a.txt";
            project(numbered(&|n| format!("[deliverable.a{n}]\nprompt_file = \"{}\"\n", name(n))));
        }
        other => panic!("a limit that no test tries: {other}"),
    }
    vec!["check", "a.toml"]
}

/// The program's own figure for a limit of the page; sizes in MiB.
fn most(limit: &str) -> usize {
    match limit {
        "size of a file" => limits::FILE_BYTES_MAX / (1024 * 1024),
        "lines of a file" => limits::FILE_LINES_MAX,
        "keys with a value" => limits::KEYS_MAX,
        "commas between the entries of lists and inline tables" => limits::ITEMS_MAX,
        "names, values and signs together" => limits::PIECES_MAX,
        "tables, those of dotted names included" => limits::TABLES_MAX,
        "lists and tables inside one another" => limits::NESTING_MAX as usize,
        "deliverables in a project" => limits::DELIVERABLES_MAX,
        "scenarios in a project" => limits::SCENARIOS_MAX,
        "significant digits of a number" => limits::DIGITS_MAX,
        "characters of a name" => limits::NAME_MAX,
        "characters of a note" => limits::NOTE_MAX,
        "reference images of a call" => usize::try_from(Knob::References.row().range.1).unwrap(),
        "team files in a row" => limits::TEAM_FILES_MAX,
        "rate cards in a file" => limits::CARDS_MAX,
        "rate cards that a project is compared with" => limits::COMPARED_MAX,
        "characters of a prompt" => limits::PROMPT_MAX,
        "characters of all different prompts of a project" => limits::PROMPTS_MAX,
        "prompt files of a project, by name" => limits::PROMPT_FILES_MAX,
        other => panic!("a limit that the program does not name: {other}"),
    }
}

#[test]
fn every_limit_holds_where_the_page_says() {
    let mut complaints = Vec::new();
    for row in table(&text_of("docs/file-format.md"), "Limit") {
        let most = most(&row[0]);
        let told: usize = row[1].split(' ').next().unwrap().replace(',', "").parse().unwrap();
        if told != most {
            complaints.push(format!("{}: the page says {told}, the program {most}", row[0]));
            continue;
        }
        let folder = tempfile::tempdir().unwrap();
        let refused = |count: usize| {
            let args = filled(&row[0], count, folder.path());
            let output = run(&args, folder.path());
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            (output.status.code() == Some(2) && said.contains(&row[1]), said)
        };
        // The large ones take seconds at the limit; beyond it they are refused with the figure.
        let large = most >= 100_000 || row[0] == "size of a file";
        let within = if large { (false, String::new()) } else { refused(most) };
        let beyond = refused(most + 1);
        if within.0 || !beyond.0 {
            let said = |said: &str| said.chars().take(300).collect::<String>();
            complaints.push(format!(
                "{} {}: at it {:?}, past it {:?}",
                row[0],
                row[1],
                said(&within.1),
                said(&beyond.1)
            ));
        }
    }
    none(&complaints);
}

/// Keys of files, as the rows of the reader's tables spell them.
fn schema() -> BTreeSet<String> {
    let mut texts = Vec::new();
    crate::house::sources(&path("src/project"), &mut texts);
    let code = texts.concat();
    let rows = ["row(\"", "knob(\""]
        .into_iter()
        .flat_map(|mark| code.split(mark).skip(1).map(|rest| rest.split('"').next().unwrap()));
    rows.map(str::to_owned).collect()
}

#[test]
fn every_key_of_a_file_is_told_of() {
    let mut told = String::new();
    for page in ["docs/file-format.md", "docs/bills.md"] {
        let text = text_of(page);
        told.push_str(&spans(&text).join(" "));
        told.extend(fences(&text).iter().filter(|fence| fence.kind == "toml").map(|fence| fence.body.as_str()));
    }
    let words: BTreeSet<&str> = told.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let known = schema();
    assert!(known.len() >= 60, "{}", known.len());
    none(
        &known
            .iter()
            .filter(|key| !words.contains(key.as_str()))
            .map(|key| format!("no page tells of the key {key}"))
            .collect::<Vec<_>>(),
    );
    for row in table(&text_of("docs/bills.md"), "Way to pay") {
        for key in spans(&row[0]).iter().map(|key| key.split('.').next().unwrap().to_owned()) {
            assert!(known.contains(&key), "{key} is no key");
        }
    }
}

#[test]
fn kinds_of_cards_and_parts_of_differences_are_the_programs() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.toml"), "retake = 1\n[card.a]\nkind = \"?\"\n").unwrap();
    let said = String::from_utf8(run(&["check", "a.toml"], folder.path()).stderr).unwrap();
    let kinds: Vec<String> = first_column("docs/bills.md", "`kind`").iter().map(|kind| format!("\"{kind}\"")).collect();
    assert!(said.contains(&format!("allowed: {};", kinds.join(", "))), "{said}");
    let parts: BTreeSet<String> = first_column("docs/bills.md", "Part").into_iter().collect();
    let known = words::all().filter(|entry| entry.key.starts_with("differs_") && !entry.key.ends_with("_formula"));
    assert_eq!(parts, known.map(|entry| entry.english.to_owned()).collect::<BTreeSet<_>>());
}

#[test]
fn letters_samples_and_themes_are_the_programs() {
    let page = "docs/dashboard.md";
    let letters = first_column(page, "Letter");
    none(
        &letters
            .iter()
            .filter(|letter| !words::help_letters().contains(&format!(" {letter} ")))
            .cloned()
            .collect::<Vec<_>>(),
    );
    let mut samples: Vec<String> = fs::read_dir(path("sample-projects"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".toml"))
        .collect();
    samples.sort();
    assert_eq!(first_column(page, "Sample"), samples);
    assert_eq!(Theme::names().count(), 15);
    assert!(flat(&text_of(page)).contains("offers fifteen themes"));
}

#[test]
fn settings_and_their_folders_are_the_programs() {
    let page = "docs/settings.md";
    for example in first_column(page, "`numbers`") {
        assert!(Marks::of_example(example.trim_matches('"')).is_some(), "{example}");
    }
    let paths = Paths { config: Some("c".into()), state: Some("s".into()) };
    let files = [paths.recent(), paths.theme(), paths.journals(), paths.locks(), paths.versions()];
    let names: Vec<String> =
        files.iter().map(|file| file.as_ref().unwrap().file_name().unwrap().to_str().unwrap().to_owned()).collect();
    let told: Vec<String> =
        first_column(page, "In it").iter().map(|name| name.trim_end_matches('/').to_owned()).collect();
    assert_eq!(told, names);
}

#[test]
fn what_is_kept_is_kept_as_long_as_told() {
    let promises = flat(&text_of("docs/promises.md"));
    let settings = flat(&text_of("docs/settings.md"));
    let kept = format!("the last {} contents of each project", limits::VERSIONS_MAX);
    assert!(promises.contains(&kept) && settings.contains(&kept), "{kept}");
    let days = journal::UNUSABLE_KEPT.as_secs() / (24 * 60 * 60);
    assert!(promises.contains(&format!("kept** for {days} days")), "{days} days");
}

#[test]
fn the_readme_asks_for_the_compiler_of_the_manifest() {
    let manifest: toml::Table = toml::from_str(&text_of("Cargo.toml")).unwrap();
    let version = manifest["package"]["rust-version"].as_str().unwrap();
    assert!(text_of("README.md").contains(&format!("Rust {version} or later")), "{version}");
}
