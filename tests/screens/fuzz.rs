//! Files that are nearly projects: read, estimated, drawn, edited and reported, without a panic, a wait or an invalid figure.

use crate::desk::{Desk, TODAY, TWO_LINES, catalog, every_chord};
use crate::looks::assert_harmless;
use crate::scenes::WIDE_FIGURES;
use crate::sequences::foreign;
use crate::texts::{Dice, anything, cases, everywhere, quoted, random};
use retake::app::model::outcome::Opened;
use retake::cost::base::number_text::parse_decimal;
use retake::diagnostics::Problem;
use retake::project::open::read_text;
use retake::report::{Formulas, Report, csv, json, markdown, text};
use std::path::Path;
use std::time::{Duration, Instant};

/// Generous, because tests run unoptimised and in parallel.
const SOON: Duration = Duration::from_secs(10);

/// Values of every kind, most of them wrong for most keys.
const VALUES: &[&str] = &[
    "0",
    "1",
    "-1",
    "-0.0",
    "10000000",
    "10000001",
    "9223372036854775807",
    "99999999999999999999",
    "1e308",
    "1e-400",
    "0.0000000000000000000000000001",
    "9999999999999999999999999999",
    "nan",
    "inf",
    "-inf",
    "0x1F",
    "1_000",
    "2.5",
    "\"20%\"",
    "\"1000%\"",
    "\"0.0001%\"",
    "\"4:5\"",
    "\"1:3\"",
    "\"10000:1\"",
    "\"1024x1024\"",
    "\"3840x2160\"",
    "\"999999x1\"",
    "\"auto\"",
    "\"4k\"",
    "\"\"",
    "[]",
    "[[1],{}]",
    "{}",
    "{ factor = 2 }",
    "{ factor = 1000 }",
    "{ low = 1, likely = 2, high = 1000 }",
    "{ low = 3, likely = 2, high = 1 }",
    "{ accepted = \"0.1%\" }",
    "{ accepted = \"50%\", confidence = 1000 }",
    "\"product-edit\"",
    "true",
    "2026-01-01",
    "1979-05-27T07:32:00Z",
    "\"\\u0000\"",
    "'''a\nb'''",
    "\"gpt-image-1\"",
    "\"dall-e-3\"",
    "\"batch\"",
    "\"KWD\"",
    "\"JPY\"",
    "\"5 USD\"",
    "[\"1024x1024\"]",
    "\"test.retake.toml\"",
    "\"sample-projects/team/house.retake.toml\"",
    "10",
    "1000",
];

const LINES: &[&str] = &[
    "[assumptions]",
    "[exchange]",
    "[deliverable.a]",
    "[deliverable.\"\"]",
    "[deliverable]",
    "[[deliverable]]",
    "[deliverable.hero.explore]",
    "[retry_profile.r]",
    "[rates.\"openai/gpt-image-2\"]",
    "[scenario.s]",
    "[bills.b]",
    "[[bills]]",
    "retake = 1",
    "retake = 2",
    "explore.drafts_per_final = 1000",
    "explore.quality = \"low\"",
    "=",
    "]]",
    "<<<<<<< ours",
    "=======",
    ">>>>>>> theirs",
    "\u{feff}",
];

fn samples() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-projects");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut texts: Vec<String> = files.iter().filter_map(|file| std::fs::read_to_string(file).ok()).collect();
    assert_eq!(texts.len(), retake::config::welcome::samples().count());
    texts.extend([TWO_LINES.to_owned(), WIDE_FIGURES.to_owned(), anything("x"), everywhere("x"), String::new()]);
    texts
}

/// Where a line begins; any of them.
fn line_start(text: &[u8], dice: &mut Dice) -> usize {
    let from = dice.below(text.len());
    text[from..].iter().position(|byte| *byte == b'\n').map_or(text.len(), |at| from + at + 1)
}

fn mutate(text: &mut Vec<u8>, samples: &[String], dice: &mut Dice) {
    let at = dice.below(text.len());
    let until = (at + 1 + dice.below(40)).min(text.len());
    match dice.below(12) {
        0 => text.get_mut(at).into_iter().for_each(|byte| *byte ^= 1 << dice.below(8)),
        1 => text.insert(at, u8::try_from(dice.below(256)).unwrap()),
        2 => drop(text.drain(at.min(until)..until)),
        3 => {
            let copy = text[at.min(until)..until].to_vec();
            text.splice(at..at, copy);
        }
        4..=6 => {
            // Another value after one of the equals signs.
            let Some(equals) = text[at..].iter().position(|byte| *byte == b'=').map(|found| at + found + 1) else {
                return;
            };
            let end = text[equals..].iter().position(|byte| *byte == b'\n').map_or(text.len(), |found| equals + found);
            let value = if dice.below(6) == 0 { quoted(&random(dice)) } else { (*dice.pick(VALUES)).to_owned() };
            text.splice(equals..end, value.into_bytes());
        }
        7 | 8 => {
            let start = line_start(text, dice);
            let line = format!("{}\n", dice.pick(LINES));
            text.splice(start..start, line.into_bytes());
        }
        9 => {
            let (start, end) = (line_start(text, dice), line_start(text, dice));
            let line = text[start.min(end)..end.max(start)].to_vec();
            let to = line_start(text, dice);
            text.splice(to..to, line.into_iter().take(2000));
        }
        10 => {
            let other = dice.pick(samples).as_bytes();
            let from = dice.below(other.len());
            let start = line_start(text, dice);
            text.splice(start..start, other[from..].iter().copied().take(300));
        }
        _ => {
            let junk: Vec<u8> = (0..dice.below(30)).map(|_| u8::try_from(dice.below(256)).unwrap()).collect();
            text.splice(at..at, junk);
        }
    }
}

fn input(samples: &[String], dice: &mut Dice) -> String {
    let mut bytes = match dice.below(20) {
        0 => (0..dice.below(400)).map(|_| u8::try_from(dice.below(256)).unwrap()).collect(),
        1 => anything(&random(dice)).into_bytes(),
        2 => everywhere(&random(dice)).into_bytes(),
        _ => dice.pick(samples).clone().into_bytes(),
    };
    for _ in 0..dice.below(8) {
        mutate(&mut bytes, samples, dice);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Every cell below a heading of numbers is a decimal number or empty.
fn assert_numbers(table: &str) {
    let mut reader = ::csv::Reader::from_reader(table.as_bytes());
    let numeric =
        |name: &str| name.ends_with("_usd") || name.ends_with("tokens") || ["finals", "images"].contains(&name);
    let head = reader.headers().unwrap().clone();
    assert!(head.iter().filter(|name| numeric(name)).count() > 5);
    for row in reader.records().map(Result::unwrap) {
        for (name, cell) in head.iter().zip(&row).filter(|(name, cell)| numeric(name) && !cell.is_empty()) {
            assert!(parse_decimal(cell).is_ok(), "{cell:?} below {name}");
        }
    }
}

fn assert_reports(desk: &Desk, problems: &[Problem]) {
    let state = &desk.state;
    let name = state.budget().name.as_deref().unwrap_or("untitled");
    let (budget, estimate, catalog) = (state.budget(), state.estimate(), catalog());
    let report = Report { name, budget, estimate, catalog, problems, today: TODAY, scenario: None };
    let table = csv(&report, Formulas::Defanged);
    assert_numbers(&table);
    let answer = json(&report);
    serde_json::from_str::<serde_json::Value>(&answer).unwrap();
    for said in [text(&report), table, answer, markdown(&report)] {
        assert_eq!(foreign(said.as_bytes()), None);
        assert!(!said.contains('\u{1b}') && !said.contains("NaN"), "{said}");
    }
}

/// Reads a text like the program and does with it what a user could.
fn live_through(source: &str, dice: &mut Dice) {
    let reading = read_text(source, Path::new("test.retake.toml"), catalog());
    // Stored as written; made harmless when printed, like the reports below.
    assert!(reading.problems.iter().all(|problem| !problem.lines().is_empty()));
    let unparsable = reading.unparsable();
    let problems = reading.problems.clone();
    let opened =
        Opened { budget: reading.budget, problems: reading.problems, file: Some("a".to_owned()), ..Opened::default() };
    let mut desk = Desk::opened(opened);
    assert_reports(&desk, &problems);
    if unparsable {
        return;
    }
    let chords = every_chord(&desk.keymap);
    for _ in 0..dice.below(8) {
        desk.press(*dice.pick(&chords));
    }
    desk.assert_sound();
    let (width, height) = (u16::try_from(dice.below(200)).unwrap(), u16::try_from(dice.below(60)).unwrap());
    let frame = desk.frame(width, height);
    assert_harmless(&frame, "fuzzed");
    let shown: String = frame.content.iter().map(|cell| cell.symbol()).collect();
    assert!(!shown.contains("NaN"), "{shown}");
}

/// The most memory that this process ever held, in MiB; 0 if the system does not report it.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or_default() / 1024
}

/// `RETAKE_CASES` asks for more; `RETAKE_SEED` sets the first seed, and a failure names its own.
#[test]
fn what_is_nearly_a_project_is_read_drawn_and_reported() {
    let first: u64 = std::env::var("RETAKE_SEED").map_or(0, |seed| seed.parse().unwrap());
    let samples = samples();
    let (mut slowest, begin) = ((Duration::ZERO, 0), Instant::now());
    let last = first + cases(200);
    for seed in first..last {
        let mut dice = Dice::new(seed);
        let source = input(&samples, &mut dice);
        let since = Instant::now();
        let done = std::panic::catch_unwind(move || live_through(&source, &mut dice));
        assert!(done.is_ok(), "RETAKE_SEED={seed} RETAKE_CASES=1 brings it back");
        slowest = slowest.max((since.elapsed(), seed));
    }
    eprintln!("{} inputs in {:?}, slowest {slowest:?}, {} MiB at most", last - first, begin.elapsed(), peak_memory());
    assert!(slowest.0 < SOON && peak_memory() < 512, "{slowest:?}, {} MiB", peak_memory());
}
