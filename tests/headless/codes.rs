//! What commands refuse, with the code of each sentence: `codes.expected` holds every command of the table with all that it says.
//!
//! `UPDATE_EXPECTED=1` rewrites it; read it as the person who typed the command would.

use crate::commands::{CONTRACT, answer, folder_with, run};
use retake::config::paths::Paths;
use retake::diagnostics::{Code, IssueCode, Level};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// The files that the commands below name.
fn files() -> Vec<(&'static str, String)> {
    let own = |more: &str| format!("{CONTRACT}{more}");
    let image = "{\"some-model\": {\"mode\": \"image_generation\", \"output_cost_per_image\": 0.04, \"litellm_provider\": \"x\"}}";
    vec![
        ("a.toml", CONTRACT.to_owned()),
        ("ours.toml", own("buffer = \"10%\"\n")),
        ("theirs.toml", own("buffer = \"15%\"\n")),
        ("newer.toml", CONTRACT.replace("retake = 1", "retake = 2")),
        ("two.toml", CONTRACT.to_owned()),
        ("two.retake.toml", CONTRACT.to_owned()),
        ("auto.toml", own("[deliverable.b]\nquality = \"auto\"\nfinals = 1\n")),
        ("weak.toml", own("model = \"gpt-image-2.6-flare\"\n").replace("references = [\"1024x1024\"]\n", "")),
        ("retired.toml", own("model = \"dall-e-2\"\n")),
        ("refused-quality.toml", CONTRACT.replace("\"high\"", "\"xhigh\"")),
        ("large.toml", CONTRACT.replace("1024x1280", "3840x2160")),
        ("own.toml", own("[deliverable.b]\nquality = \"medium\"\nfinals = 1\n")),
        ("locked.toml", own("[baseline]\non = 2026-11-01\ntotal = 3.00\ncurrency = \"EUR\"\n")),
        (
            "list.csv",
            "Name,Finals,Size,Mood\nHero,3,1024x1280,calm\nPoster,many,1024x1024,\nTotal,3,,\nBanner,2,1001x1024,\n"
                .to_owned(),
        ),
        ("nameless.csv", "Name,Finals\n,3\n,4\n".to_owned()),
        ("bill.csv", "Date,Amount,Currency,Line item,Invoice id\n2026-11-01,4.20,USD,images,7\n".to_owned()),
        ("prices.json", image.to_owned()),
        ("known.json", image.replace("some-model", "gpt-image-2")),
    ]
}

/// The commands; `{}` is the folder of the files.
const COMMANDS: &[&str] = &[
    "estimat {}/a.toml",
    "estimate {}/two",
    "estimate {}/a.toml --set retry",
    "estimate {}/a.toml --set colour=red",
    "estimate {}/a.toml --set finals=3",
    "estimate {}/a.toml --set deliverable.poster.size=1k",
    "estimate {}/a.toml --set retry=0.5",
    "estimate {}/a.toml --set fee.retouching.amount=3",
    "estimate {}/a.toml --set risk.round.chance=30%",
    "estimate {}/a.toml --set risk.round.chance=0.3",
    "estimate {}/a.toml --set risk.round.finals=6/20",
    "estimate {}/a.toml --set risk.round.probability=30%",
    "estimate {}/own.toml --set quality=low --format csv",
    "check {}/locked.toml",
    "merge {}/a.toml {}/ours.toml {}/theirs.toml",
    "size 1000by1000",
    "check {}/a.toml --max much",
    "goal {}/a.toml",
    "check {}/a.toml --max 25 --confidence often",
    "check {}/a.toml --max 10 --confidence P80",
    "check {}/auto.toml --max 1000 --confidence P80",
    "levers {}/a.toml --deliverable poster",
    "check {}/auto.toml --max 1000",
    "check {}/newer.toml",
    "check {}/weak.toml",
    "check {}/retired.toml",
    "check {}/refused-quality.toml",
    "check {}/large.toml",
    "rates show nowhere",
    "rates show pixapi --credits some",
    "rates import {}/prices.json",
    "rates import {}/known.json --write --name a/b",
    "import {}/list.csv",
    "import {}/nameless.csv",
    "import {}/bill.csv",
    "import {}/list.csv --into {}/newer.toml",
    "import {}/list.csv --into {}/a.toml",
];

/// Everything that the commands say, and the codes that they say it with.
fn said() -> (String, BTreeSet<Code>) {
    let texts = files();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let (mut all, mut codes) = (String::new(), BTreeSet::new());
    for command in COMMANDS {
        let folder = folder_with(&texts);
        let place = format!("{}/", folder.path().display());
        let words = command.split(' ').map(|word| word.replace("{}", folder.path().to_str().unwrap()).into());
        let found = run(words, "", Paths { config: Some(folder.path().join("config")), state: None });
        writeln!(all, "$ retake {}", command.replace("{}/", "")).unwrap();
        for problem in &found.problems {
            let line = problem.one_line().replace(&place, "");
            assert!(found.stderr.replace(&place, "").contains(&line), "{command}: {line}\n{}", found.stderr);
            writeln!(all, "{}: {line}", problem.code.name()).unwrap();
            codes.insert(problem.code);
        }
        writeln!(all).unwrap();
    }
    (all, codes)
}

#[test]
fn every_refused_command_says_its_whole_sentence_under_its_code() {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/headless/codes.expected");
    let (found, codes) = said();
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&path, &found).unwrap();
    }
    let wanted = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    assert!(found == wanted, "-- expected\n{wanted}-- found\n{found}");
    let missed: Vec<Code> = BY_COMMANDS.iter().filter(|code| !codes.contains(code)).copied().collect();
    assert!(missed.is_empty(), "no command says {missed:?}");
}

/// The codes that the table is there for.
const BY_COMMANDS: &[Code] = &[
    Code::CommandUnknown,
    Code::FileAmbiguous,
    Code::MergeConflict,
    Code::ValueRefused,
    Code::MaxRefused,
    Code::NoCap,
    Code::ConfidenceRefused,
    Code::OverAtConfidence,
    Code::PercentileUnproven,
    Code::SetKept,
    Code::LockCurrency,
    Code::DeliverableUnknown,
    Code::CapUnproven,
    Code::NewerUnproven,
    Code::PriceApproximate,
    Code::SetForm,
    Code::SetUnknown,
    Code::SetMisplaced,
    Code::SetDeliverableUnknown,
    Code::SetRefused,
    Code::SetFeeUnknown,
    Code::SetRiskUnknown,
    Code::CardUnknown,
    Code::CreditsWrong,
    Code::ListWithoutCards,
    Code::NameWrong,
    Code::NotWritten,
    Code::List,
    Code::ListNote,
    Code::ListColumn,
    Code::ListRowNote,
    Code::ListRowSkipped,
    Code::ListRowRefused,
    Code::ListRefused,
    Code::ListNothing,
    Code::Issue(IssueCode::ModelShutDown),
    Code::Issue(IssueCode::QualityNotOfModel),
    Code::Issue(IssueCode::SizeExperimental),
];

#[test]
fn a_list_with_more_to_say_than_is_printed_says_so() {
    let rows: String = (0..1001).map(|row| format!("Row {row},many\n")).collect();
    let folder = folder_with(&[("list.csv", &format!("Name,Finals\nHero,3\n{rows}"))]);
    let found = answer(folder.path(), "import {}/list.csv", "");
    let last = found.problems.last().unwrap();
    assert_eq!((last.code, last.level), (Code::ListMore, Level::Warning), "{last}");
    assert!(found.stderr.ends_with("more lines like these\n"), "{}", found.stderr.lines().last().unwrap());
}

#[test]
fn a_save_whose_earlier_version_is_not_kept_says_so() {
    let folder =
        folder_with(&[("a.toml", CONTRACT), ("list.csv", "Name,Finals\nHero,3\n"), ("state", "a file, and no folder")]);
    let [list, into] = ["list.csv", "a.toml"].map(|name| folder.path().join(name).into_os_string());
    let paths = Paths { config: None, state: Some(folder.path().join("state")) };
    let found = run(["import".into(), list, "--into".into(), into], "", paths);
    let last = found.problems.last().unwrap();
    assert_eq!((last.code, last.level), (Code::Saved, Level::Warning), "{}", found.stderr);
    assert!(last.message.contains("a.toml; the previous version could not be kept: "), "{last}");
}
