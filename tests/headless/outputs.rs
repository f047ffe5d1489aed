//! The table of outputs: everything that carries a text from a file out of the program, tested with hostile texts.
//!
//! A test fails if the table is incomplete: it is compared with the command line's own help, the table of actions and the
//! tabs.

use crate::commands::{folder_with, run};
use crate::desk::Desk;
use crate::texts::{Dice, anything, cases, everywhere, known, quoted, random};
use retake::app::actions::summary::CopyForm;
use retake::app::actions::update;
use retake::app::keys::action::{Action, TABLE};
use retake::app::model::outcome::{Effect, Opened};
use retake::app::model::overlay::Overlay;
use retake::app::model::screen::TABS;
use retake::config::paths::Paths;
use retake::cost::Budget;
use retake::project::open::read_text;
use retake::words::safe::is_hostile;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::Path;

/// The rule that an output must obey.
#[derive(Clone, Copy)]
enum Held {
    /// Lines on a terminal or in a file.
    Lines,
    /// JSON: lines, and valid JSON.
    Json,
    /// CSV: lines, and no cell that a spreadsheet runs as a formula.
    Csv,
    /// Clipboard text: lines with tabs, none of which (nor their cells) a spreadsheet runs.
    Pasted,
    /// The cells of a screen.
    Screen,
}

/// One output: its name in the program, and the way to send a hostile text through it.
struct Output {
    name: &'static str,
    held: Held,
    from: Way,
}

enum Way {
    /// Command lines; placeholders in braces are replaced: `{any}`, `{wrong}`, `{list}`, `{shots}`, `{text}`, `{prompt}`, `{folder}`.
    Commands(&'static [&'static str]),
    /// An action of the dashboard, after some keys; then Enter on each entry of the list that it opens, if it opens one.
    Action(&'static [&'static str]),
    /// A tab.
    Tab,
}

const fn command(name: &'static str, held: Held, lines: &'static [&'static str]) -> Output {
    Output { name, held, from: Way::Commands(lines) }
}

const fn copied(name: &'static str, after: &'static [&'static str]) -> Output {
    Output { name, held: Held::Pasted, from: Way::Action(after) }
}

const OUTPUTS: &[Output] = &[
    command(
        "estimate text",
        Held::Lines,
        &["estimate {any}", "estimate {wrong}", "estimate {any} --set {text}={text}"],
    ),
    command("estimate json", Held::Json, &["estimate {any} --format json"]),
    command("estimate csv", Held::Csv, &["estimate {any} --format csv"]),
    // Read as data: it only has to be harmless on a terminal.
    command("estimate csv", Held::Lines, &["estimate {any} --format csv --raw-csv"]),
    // tests/headless/markdown_structure.rs checks its structure too.
    command("estimate markdown", Held::Lines, &["estimate {any} --format markdown"]),
    command("estimate svg", Held::Lines, &["estimate {any} --format svg"]),
    command(
        "check",
        Held::Lines,
        &["check {any}", "check {wrong}", "check {any} --max {text}", "check {folder}/{text}"],
    ),
    command("levers", Held::Lines, &["levers {any}", "levers {wrong}", "levers {any} --deliverable {text}"]),
    command("levers", Held::Json, &["levers {any} --format json"]),
    command("levers", Held::Csv, &["levers {any} --format csv"]),
    command("levers", Held::Lines, &["levers {any} --format markdown"]),
    command(
        "goal",
        Held::Lines,
        &["goal {any} --max 0.01", "goal {any}", "goal {any} --max {text}", "goal {any} --confidence {text}"],
    ),
    command("goal", Held::Json, &["goal {any} --format json --max 1000"]),
    command("goal", Held::Csv, &["goal {any} --format csv --max 0.01"]),
    command("goal", Held::Lines, &["goal {any} --format markdown --max 0.01"]),
    command("risk", Held::Lines, &["risk {any}", "risk {wrong}", "risk {any} --format markdown"]),
    command("risk", Held::Json, &["risk {any} --format json"]),
    command("risk", Held::Csv, &["risk {any} --format csv"]),
    command("check", Held::Lines, &["check {any} --max 1 --confidence P80", "check {any} --confidence {text}"]),
    command("size", Held::Lines, &["size {text}", "size 1024x1024 --model {text} --quality {text}"]),
    command("tokens", Held::Lines, &["tokens {prompt}", "tokens {folder}/{text}", "tokens {prompt} --model {text}"]),
    command(
        "compare",
        Held::Lines,
        &["compare {any}", "compare {wrong}", "compare {any} --scenario {text}", "compare {any} --format markdown"],
    ),
    command("compare json", Held::Json, &["compare {any} --format json"]),
    command("compare csv", Held::Csv, &["compare {any} --format csv"]),
    command(
        "rates",
        Held::Lines,
        &[
            "rates list --project {any}",
            "rates show mine --project {any}",
            "rates show {text}",
            "rates import {list}",
            "rates list",
            "rates show own",
        ],
    ),
    command(
        "new",
        Held::Lines,
        &["new {any}", "new {folder}/{text}/x.toml", "new {folder}/b.toml --from {folder}/{text}"],
    ),
    command(
        "import",
        Held::Lines,
        &["import {shots}", "import {shots} --into {any}", "import {folder}/{text}", "import {prompt} --sheet {text}"],
    ),
    command("import json", Held::Json, &["import {shots} --format json"]),
    command("merge", Held::Lines, &["merge {any} {any} {wrong} {text}", "merge {wrong} {folder}/{text} {any}"]),
    command("keys", Held::Lines, &["keys", "keys --format markdown"]),
    command("keys", Held::Json, &["keys --format json"]),
    command("themes", Held::Lines, &["themes", "themes --format json"]),
    command("where", Held::Lines, &["where"]),
    command("completions", Held::Lines, &["completions {text}"]),
    command("man", Held::Lines, &["man {text}"]),
    copied("copy", &["", "<tab>", "h h j", "<alt-2> l", "w", "<alt-2> l w", "<alt-3>", "<alt-3> w"]),
    copied("copy-row", &["", "<alt-2>", "<alt-3>"]),
    copied("copy-summary", &["", "<alt-2>"]),
    Output { name: "Worksheet", held: Held::Screen, from: Way::Tab },
    Output { name: "Bills", held: Held::Screen, from: Way::Tab },
    Output { name: "Risk", held: Held::Screen, from: Way::Tab },
    Output { name: "Scenarios", held: Held::Screen, from: Way::Tab },
];

/// A project with the text everywhere in the dashboard, also on the rate card that it is compared with.
fn project(text: &str) -> String {
    let t = quoted(text);
    let plain = anything(text);
    let compared =
        format!("[card.mine]\nname = {t}\nkind = \"internal credits\"\ncredit_usd = \"0.04\"\nsource = {t}\n");
    plain.replace("[bills.", &format!("[bills]\ncompare = [\"mine\"]\n\n{compared}\n[bills."))
}

fn desk(text: &str) -> Desk {
    let catalog = crate::desk::catalog();
    let reading = read_text(&project(text), Path::new("test.retake.toml"), catalog);
    let opened = Opened {
        budget: named(reading.budget, text),
        problems: reading.problems,
        file: Some(text.to_owned()),
        ..Opened::default()
    };
    Desk::opened(opened)
}

/// Sets the text directly if it is too long or too bare to be read from a file.
fn named(mut budget: Budget, text: &str) -> Budget {
    budget.name = Some(text.to_owned());
    budget.lines.iter_mut().for_each(|line| line.name = Some(text.to_owned()));
    budget
}

/// The text's characters as keys, alone, held with Control, and after another.
fn keys(text: &str) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    chars.sort_unstable();
    chars.dedup();
    let keys =
        chars.iter().take(50).flat_map(|c| [c.to_string(), format!("ctrl-{c}"), format!("g {c}"), format!("{c} g")]);
    keys.map(|key| quoted(&key)).collect::<Vec<_>>().join(", ")
}

struct Folder {
    folder: tempfile::TempDir,
}

impl Folder {
    fn of(text: &str) -> Folder {
        let list = format!(
            "{{ {0}: {{ \"litellm_provider\": {0}, \"mode\": \"image_generation\", \"output_cost_per_image\": {0} }} }}",
            serde_json::to_string(text).unwrap()
        );
        let settings =
            format!("theme = {0}\n[keys]\n{0} = {0}\n[keys.worksheet]\nsave = [{1}]\n", quoted(text), keys(text));
        let theme = format!("description = {0}\nsource = {0}\nlicense = {0}\n[roles]\ntext = {0}\n", quoted(text));
        let card = format!(
            "[card.own]\nname = {0}\nkind = \"internal credits\"\ncredit_usd = \"0.04\"\nsource = {0}\nnotes = {0}\n{0} = {0}\n",
            quoted(text)
        );
        let cell = format!("\"{}\"", text.replace('"', "\"\""));
        let shots = format!("Name,Finals,{cell},Quality\n{cell},3,{cell},high\n{cell},4,,{cell}\n{cell},5,,low\n");
        let files = [
            ("any.toml", project(text)),
            ("wrong.toml", everywhere(text)),
            ("list.json", list),
            ("shots.csv", shots),
            ("prompt.txt", text.to_owned()),
            ("config.toml", settings),
        ];
        let folder = folder_with(&files.each_ref().map(|(name, text)| (*name, text.as_str())));
        for (name, text) in [("themes/own.toml", theme), ("cards/own.toml", card)] {
            let file = folder.path().join(name);
            std::fs::create_dir(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        }
        Folder { folder }
    }

    /// The output of a command line on both streams.
    fn said(&self, line: &str, text: &str) -> (String, String) {
        let at = |name: &str| self.folder.path().join(name).to_str().unwrap().to_owned();
        let put_in = |word: &str| {
            let files = [
                ("{any}", "any.toml"),
                ("{wrong}", "wrong.toml"),
                ("{list}", "list.json"),
                ("{shots}", "shots.csv"),
                ("{prompt}", "prompt.txt"),
            ];
            let word = files.iter().fold(word.to_owned(), |word, (hole, name)| word.replace(hole, &at(name)));
            OsString::from(word.replace("{folder}", self.folder.path().to_str().unwrap()).replace("{text}", text))
        };
        let paths = Paths { config: Some(self.folder.path().to_owned()), state: None };
        let answer = run(line.split(' ').map(put_in), "", paths);
        (answer.stdout, answer.stderr)
    }
}

/// Everything that `output` writes for a project with the text everywhere.
fn made(output: &Output, text: &str) -> Vec<(String, Held)> {
    match output.from {
        Way::Commands(lines) => {
            // No system passes on an argument with a zero byte.
            let typed = text.replace('\0', "");
            let mut said = Vec::new();
            let folder = Folder::of(text);
            for line in lines {
                let (stdout, stderr) = folder.said(line, &typed);
                said.extend([(stdout, output.held), (stderr, Held::Lines)]);
            }
            said
        }
        Way::Action(after) => {
            let action = TABLE.iter().find(|row| row.name == output.name).unwrap().action;
            let mut said = Vec::new();
            let asks = |desk: &Desk| matches!(desk.state.overlays.top(), Some(Overlay::Picker(_)));
            for (keys, entry) in after.iter().flat_map(|keys| (0..CopyForm::ALL.len()).map(move |entry| (keys, entry)))
            {
                let mut desk = desk(text);
                desk.keys(keys);
                let mut effects = update::update(&mut desk.state, action);
                match asks(&desk) {
                    true => {
                        (0..entry).for_each(|_| _ = desk.keys("<down>"));
                        effects.append(&mut desk.keys("<enter>").effects);
                    }
                    false if entry > 0 => continue,
                    false => {}
                }
                said.extend(effects.into_iter().filter_map(copied_text).map(|text| (text, output.held)));
                said.push((desk.screen(100, 30), Held::Screen));
            }
            said
        }
        Way::Tab => {
            let tab = TABS.iter().find(|tab| format!("{:?}", tab.screen) == output.name).unwrap();
            let mut desk = desk(text);
            update::update(&mut desk.state, tab.action);
            [(160, 45), (100, 30), (60, 15)].map(|(width, height)| (desk.screen(width, height), output.held)).to_vec()
        }
    }
}

fn copied_text(effect: Effect) -> Option<String> {
    match effect {
        Effect::Copy(text) => Some(text.as_str().to_owned()),
        _ => None,
    }
}

fn is_run(cell: &str) -> bool {
    let shown = cell.trim_start();
    // Numbers of a table may be negative.
    let number = shown.strip_prefix('-').is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || c == '.'));
    shown.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '|']) && !number
}

fn assert_held(text: &str, held: Held, about: &str) {
    let own = |c: char| c == '\n' || (c == '\t' && matches!(held, Held::Pasted));
    let bad = text.chars().find(|c| !own(*c) && is_hostile(*c));
    assert_eq!(bad, None, "{about} in {text:?}");
    match held {
        Held::Json if !text.is_empty() => _ = serde_json::from_str::<serde_json::Value>(text).unwrap(),
        Held::Csv => {
            let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
            for row in reader.records() {
                assert!(row.unwrap().iter().all(|cell| !is_run(cell)), "{about}: {text}");
            }
        }
        Held::Pasted => assert!(!text.split(['\n', '\t']).any(is_run), "{about}: {text}"),
        Held::Json | Held::Lines | Held::Screen => {}
    }
}

fn assert_sent(text: &str, output: &Output) {
    for (made, held) in made(output, text) {
        assert_held(&made, held, &format!("{} of {:?}", output.name, text.chars().take(60).collect::<String>()));
    }
}

/// Texts that spreadsheets, shells and Markdown interpret; the last is the case that was found.
const PASTED: [&str; 8] = [
    "=1+1",
    "=HYPERLINK(\"http://x.example\",\"y\")",
    "  +1",
    "-1+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1",
    "a\n=1+1\tb",
    "one\u{1b}[201~\necho gone\u{202e}",
];

#[test]
fn known_payloads_leave_harmless_through_every_output() {
    for output in OUTPUTS {
        PASTED.iter().for_each(|text| assert_sent(text, output));
    }
    for (at, text) in known().iter().enumerate() {
        // One output per payload, in turn: over all payloads each output meets every sort of them.
        assert_sent(text, &OUTPUTS[at % OUTPUTS.len()]);
    }
}

/// `RETAKE_CASES` sets a larger number of cases.
#[test]
fn random_payloads_leave_harmless_through_every_output() {
    for seed in 0..cases(100) {
        let mut dice = Dice::new(seed);
        let text = random(&mut dice);
        assert_sent(&text, dice.pick(OUTPUTS));
    }
}

/// Names in a help text's list: the start of each line of a paragraph.
fn listed(help: &str, heading: &str) -> BTreeSet<String> {
    let rest = help.split(heading).nth(1).unwrap();
    let lines = rest.lines().skip(1).take_while(|line| !line.is_empty());
    let first = |line: &str| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')).map(str::to_owned);
    lines.filter_map(first).map(|line| line.split(' ').next().unwrap().to_owned()).collect()
}

#[test]
fn every_output_of_the_program_has_a_row() {
    let names = || OUTPUTS.iter().map(|output| output.name);
    let help = |line: &str| run(line.split(' ').map(OsString::from), "", Paths::default()).stdout;
    let commands: BTreeSet<String> = names()
        .filter(|name| name.is_ascii() && !name.starts_with("copy"))
        .map(|name| name.split(' ').next().unwrap().to_owned())
        .filter(|name| name.starts_with(char::is_lowercase))
        .collect();
    assert_eq!(commands, listed(&help("--help"), "Commands:"), "a command without a row, or a row without a command");
    let rows: BTreeSet<&str> = names().filter_map(|name| name.strip_prefix("estimate ")).collect();
    let refused = run(["estimate", "x", "--format", "?"].map(OsString::from), "", Paths::default()).stderr;
    let formats = refused.split("possible values: ").nth(1).unwrap().split(']').next().unwrap();
    assert_eq!(rows, formats.split(", ").collect(), "a format without a row, or a row without a format");
    let tabs: BTreeSet<String> =
        names().filter(|name| name.starts_with(char::is_uppercase)).map(str::to_owned).collect();
    assert_eq!(tabs, TABS.iter().map(|tab| format!("{:?}", tab.screen)).collect(), "a screen without a row");
}

/// Only an action with a row in the table copies text to the clipboard.
#[test]
fn every_action_that_copies_has_a_row() {
    let rows: BTreeSet<&str> =
        OUTPUTS.iter().filter(|output| matches!(output.from, Way::Action(_))).map(|output| output.name).collect();
    let mut copying = BTreeSet::new();
    for keys in ["", "<tab>", "h", "<alt-2> l", "w", "i", "?", ":", "/", "r", "T"] {
        for row in TABLE {
            let mut desk = desk("name");
            desk.keys(keys);
            let mut effects = update::update(&mut desk.state, row.action);
            // What it copies may be asked first.
            if row.action == Action::CopySummary {
                effects.append(&mut desk.keys("<enter>").effects);
            }
            if effects.into_iter().any(|effect| copied_text(effect).is_some()) {
                copying.insert(row.name);
            }
        }
    }
    assert_eq!(copying, rows);
}
