//! `retake import` and what a new project takes from a team's file.

use crate::budgets::decimal;
use crate::commands::{answer, folder_with};
use retake::cli::{Answer, Exit};
use retake::config::paths::Paths;
use std::fs;
use std::path::Path;

const LIST: &str =
    "Name,Ratio,Quality,Finals\nBanner,16:9,high,12\nTile,1:1,medium,40\nPoster,4:5,splendid,3\nTotal,,,55\n";
const GOOD: &str = "Name;Finals;Factor\nBanner;12;1,6\nTotal;12;\n";
const PROJECT: &str =
    "\u{feff}# ours\r\nretake = 1\r\n\r\n[deliverable.tile]\r\nname = \"Tile\"\r\nfinals = 1 # the first\r\n";

fn json(answer: &Answer) -> serde_json::Value {
    serde_json::from_str(&answer.stdout).unwrap()
}

fn text(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).unwrap()
}

#[test]
fn a_list_becomes_a_project_on_stdout_and_its_report_goes_to_stderr() {
    let folder = folder_with(&[("list.csv", LIST), ("good.csv", GOOD)]);
    let made = answer(folder.path(), "import {}/list.csv", "");
    assert_eq!(made.exit, Exit::Failed, "a row was dropped");
    assert!(made.stdout.starts_with("retake = 1\n\n[deliverable.banner]\nname = \"Banner\"\n"), "{}", made.stdout);
    for said in [
        "list.csv: note: 3 rows: 2 understood, 1 refused",
        "list.csv: note: Finals is read as the finals",
        "list.csv: error: row 4 Poster: C4 Quality: splendid is not a known quality; allowed: low, medium, high",
        "list.csv: note: row 5 Total: Total is a sum, not a deliverable",
    ] {
        assert!(made.stderr.contains(said), "{said:?} is missing in\n{}", made.stderr);
    }
    fs::write(folder.path().join("made.toml"), &made.stdout).unwrap();
    let found = json(&answer(folder.path(), "estimate {}/made.toml --format json", ""));
    assert_eq!(found["totals"]["finals"], 52);
    let piped = answer(folder.path(), "import -", LIST);
    assert_eq!((piped.stdout, piped.exit), (made.stdout, Exit::Failed));
    assert!(piped.stderr.contains("<stdin>: error: row 4 Poster"), "{}", piped.stderr);
    let good = answer(folder.path(), "import {}/good.csv", "");
    assert_eq!(good.exit, Exit::Done, "sums and titles are no rows that a person would count: {}", good.stderr);
}

#[test]
fn a_list_that_lost_its_counts_is_no_success() {
    for list in ["Asset,Qty\nA,-4\nB,-3\n", "Asset,Qty\nA,2026-11-01\nB,2026-11-02\n"] {
        let made = answer(folder_with(&[]).path(), "import -", list);
        assert_eq!(made.exit, Exit::Failed, "{list}{}", made.stderr);
    }
    let unknown = answer(folder_with(&[]).path(), "import -", "Asset,Priority\nA,1\nB,2\n");
    assert_eq!(unknown.exit, Exit::Failed, "{}", unknown.stderr);
    assert!(unknown.stderr.contains("Numbers that may be counts are not counted: Priority"));
    let done = answer(folder_with(&[]).path(), "import -", "Asset,Qty,Status\nA,3,done\nB,4,open\n");
    assert_eq!(done.exit, Exit::Done, "{}", done.stderr);
    let names = answer(folder_with(&[]).path(), "import -", "Asset\nA\nB\n");
    assert_eq!(names.exit, Exit::Done, "no title said counts: {}", names.stderr);
}

#[test]
fn into_a_file_every_other_byte_stays_and_what_is_there_is_told() {
    let folder = folder_with(&[("list.csv", LIST), ("spring.retake.toml", PROJECT)]);
    let added = answer(folder.path(), "import {}/list.csv --into {}/spring", "");
    assert_eq!(added.exit, Exit::Failed);
    assert!(added.stdout.starts_with("Added 2 deliverables to "), "{}", added.stdout);
    assert!(added.stderr.contains("row 3 Tile: the project already has a deliverable called Tile"), "{}", added.stderr);
    let after = text(folder.path(), "spring.retake.toml");
    let (own, _) = PROJECT.split_once("[deliverable").unwrap();
    assert!(
        after.starts_with(own) && after.contains("[deliverable.tile]\r\nname = \"Tile\"\r\nfinals = 1 # the first\r\n")
    );
    assert!(after.contains("[deliverable.tile-2]\r\n") && after.contains("[deliverable.banner]\r\n"), "{after}");
    let new = answer(folder.path(), "import {}/list.csv --into {}/new", "");
    assert_eq!((new.exit, text(folder.path(), "new.retake.toml").lines().next()), (Exit::Failed, Some("retake = 1")));
}

#[test]
fn what_a_save_replaces_is_kept_as_a_version() {
    let folder = folder_with(&[("list.csv", GOOD), ("a.toml", PROJECT)]);
    let state = tempfile::tempdir().unwrap();
    let paths = Paths { state: Some(state.path().to_owned()), ..Paths::default() };
    let at = |name: &str| folder.path().join(name).into_os_string();
    let args = ["import".into(), at("list.csv"), "--into".into(), at("a.toml")];
    let added = crate::commands::run(args, "", paths);
    assert_eq!(added.exit, Exit::Done, "{}", added.stderr);
    let mut kept = Vec::new();
    let mut folders = vec![state.path().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() { folders.push(entry) } else { kept.extend(fs::read_to_string(entry)) }
        }
    }
    assert!(kept.iter().any(|text| text == PROJECT), "{kept:?}");
    assert_ne!(text(folder.path(), "a.toml"), PROJECT);
}

/// Everything that is refused, with nothing written.
#[test]
fn what_is_no_list_and_what_is_no_project_is_refused() {
    let bill = "amount_value,amount_currency,line_item\n0.31,usd,output\n";
    let folder = folder_with(&[
        ("list.csv", LIST),
        ("bill.csv", bill),
        ("none.csv", "Name,Quality\nPoster,splendid\n"),
        ("list.pdf", "%PDF-1.7"),
        ("project.toml", PROJECT),
        ("other.toml", "a = 1\n"),
        ("newer.toml", "retake = 99\n"),
    ]);
    let before: Vec<_> = ["project.toml", "other.toml", "newer.toml"].map(|file| text(folder.path(), file)).into();
    for (command, exit, said) in [
        ("import {}/bill.csv --into {}/project.toml", Exit::BadInput, "this is a bill, not a list"),
        (
            "import {}/none.csv --into {}/project.toml",
            Exit::BadInput,
            "no row of the list can be added; nothing was written",
        ),
        ("import {}/list.pdf", Exit::BadInput, "the file is a PDF"),
        ("import {}/project.toml", Exit::BadInput, "the file is a retake project"),
        ("import {}/nowhere.csv", Exit::Failed, "does not exist; check the spelling and the folder"),
        ("import {}", Exit::BadInput, "name the list in it"),
        ("import {}/list.csv --sheet One", Exit::BadInput, "the file has no sheets"),
        ("import {}/list.csv --into {}/other.toml", Exit::BadInput, "not a retake project"),
        ("import {}/list.csv --into {}/newer.toml", Exit::BadInput, "version 99"),
        ("import {}/list.csv --into {}/no/folder.toml", Exit::Failed, "the folder of"),
        ("import {}/none.csv --into {}/fresh.toml", Exit::BadInput, "nothing was written"),
    ] {
        let found = answer(folder.path(), command, "");
        assert_eq!((found.exit, found.stdout.as_str()), (exit, ""), "{command}: {}", found.stderr);
        assert!(found.stderr.contains(said), "{command}: {}", found.stderr);
    }
    let after: Vec<_> = ["project.toml", "other.toml", "newer.toml"].map(|file| text(folder.path(), file)).into();
    assert_eq!(after, before);
    assert!(!folder.path().join("fresh.toml").exists());
}

#[test]
fn json_holds_what_became_of_each_row() {
    let folder = folder_with(&[("list.csv", LIST), ("bill.csv", "BilledCost,BillingCurrency\n1,USD\n")]);
    let found = json(&answer(folder.path(), "import {}/list.csv --format json", ""));
    assert_eq!((&found["schema"], &found["into"], &found["refused"]), (&1.into(), &().into(), &().into()));
    assert_eq!(found["deliverables"][1]["key"], "tile");
    assert_eq!(found["deliverables"][1]["row"], 3);
    let reason = &found["rows_refused"][0]["reasons"][0];
    assert_eq!(
        (&reason["cell"], &reason["column"], &reason["written"]),
        (&"C4".into(), &"Quality".into(), &"splendid".into())
    );
    assert_eq!(found["rows_skipped"][0]["name"], "Total");
    assert_eq!(found["columns"][3]["used"], true);
    assert!(found["project"].as_str().unwrap().starts_with("retake = 1\n"));
    let added = json(&answer(folder.path(), "import {}/list.csv --into {}/a.toml --format json", ""));
    assert_eq!((added["project"].as_str(), added["deliverables"][0]["key"].as_str()), (None, Some("banner")));
    let refused = answer(folder.path(), "import {}/bill.csv --format json", "");
    assert_eq!(refused.exit, Exit::BadInput);
    assert!(json(&refused)["refused"]["message"].as_str().unwrap().contains("a bill"));
}

#[test]
fn a_new_project_extends_a_teams_file_by_a_relative_path() {
    let team = "retake = 1\nname = \"Team\"\n[assumptions]\nretry = 1.8\nbuffer = \"15%\"\n";
    let folder = folder_with(&[("team.toml", team), ("bad.toml", "retake = 1\n[assumptions]\nbuffer = 20\n")]);
    fs::create_dir_all(folder.path().join("a/b")).unwrap();
    for (file, wanted) in [("near.toml", "team.toml"), ("a/b/far.toml", "../../team.toml")] {
        let made = answer(folder.path(), &format!("new {{}}/{file} --extends {{}}/team.toml"), "");
        assert_eq!(made.exit, Exit::Done, "{}", made.stderr);
        assert!(
            made.stdout.ends_with(&format!("It extends {wanted}, which sets: factor, buffer\n")),
            "{}",
            made.stdout
        );
        let text = text(folder.path(), file);
        assert!(text.contains(&format!("extends = \"{wanted}\"\n")), "{text}");
        let set = format!("estimate {{}}/{file} --format json --set deliverable.x.size=2k");
        assert_eq!(answer(folder.path(), &set, "").exit, Exit::BadInput, "it has no deliverable yet");
        fs::write(folder.path().join(file), format!("{text}[deliverable.x]\nfinals = 10\n")).unwrap();
        let found = json(&answer(folder.path(), &format!("estimate {{}}/{file} --format json"), ""));
        assert_eq!(decimal(found["deliverables"][0]["retry"].as_str().unwrap()), decimal("1.8"));
    }
    fs::create_dir_all(folder.path().join("a/b/c/d")).unwrap();
    for (command, said) in [
        ("new {}/x.toml --extends {}/bad.toml", "bad.toml:3:10: error:"),
        ("new {}/a/b/c/d/x.toml --extends {}/team.toml", "outside the project"),
        ("new {}/x.toml --extends {}/team.toml --from {}/team.toml", "cannot be used with"),
    ] {
        let refused = answer(folder.path(), command, "");
        assert!(refused.exit == Exit::BadInput && refused.stderr.contains(said), "{command}: {refused:?}");
    }
    assert!(!folder.path().join("x.toml").exists());
}

#[test]
fn a_copy_of_a_teams_file_leaves_its_name_and_deliverables() {
    let team = "# ours\nretake = 1\nname = \"Team\"\nclient = \"Acme\"\n\n[assumptions]\nretry = 1.8 # measured\n\n\
        [deliverable.hero]\nfinals = 3\n\n[deliverable.hero.explore]\nquality = \"low\"\n";
    let folder = folder_with(&[("team.toml", team)]);
    let made = answer(folder.path(), "new {}/mine.toml --from {}/team.toml", "");
    assert!(made.stdout.ends_with("team.toml: factor\nLeft out: its name and 1 deliverable\n"), "{}", made.stdout);
    let text = text(folder.path(), "mine.toml");
    assert_eq!(text.trim_end(), "# ours\nretake = 1\nclient = \"Acme\"\n\n[assumptions]\nretry = 1.8 # measured");
}

#[test]
fn into_a_file_that_says_nothing_the_version_comes_first() {
    let rows = [
        ("", "retake = 1\n"),
        ("\n\n", "retake = 1\n"),
        ("# ours\n", "retake = 1\n# ours\n"),
        ("\u{feff}# ours\r\n", "\u{feff}retake = 1\r\n# ours\r\n"),
    ];
    for (before, start) in rows {
        let folder = folder_with(&[("list.csv", GOOD), ("e.retake.toml", before)]);
        let added = answer(folder.path(), "import {}/list.csv --into {}/e.retake.toml", "");
        assert_eq!(added.exit, Exit::Done, "{before:?}: {}", added.stderr);
        let after = text(folder.path(), "e.retake.toml");
        assert!(after.starts_with(start), "{before:?}: {after:?}");
        let checked = answer(folder.path(), "check {}/e.retake.toml", "");
        assert_eq!(checked.exit, Exit::Done, "{before:?}: {} {after}", checked.stderr);
    }
}

#[test]
fn into_a_file_without_its_version_nothing_is_written() {
    for before in ["name = \"x\"\n", "[deliverable.a]\nfinals = 1\n"] {
        let folder = folder_with(&[("list.csv", GOOD), ("e.retake.toml", before)]);
        let added = answer(folder.path(), "import {}/list.csv --into {}/e.retake.toml", "");
        assert_eq!((added.exit, added.stdout.as_str()), (Exit::BadInput, ""), "{before:?}: {}", added.stderr);
        assert!(added.stderr.contains("does not say which version"), "{}", added.stderr);
        assert_eq!(text(folder.path(), "e.retake.toml"), before);
    }
}

#[cfg(unix)]
#[test]
fn into_a_file_that_is_read_only_nothing_is_written() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder_with(&[("list.csv", GOOD), ("e.retake.toml", PROJECT)]);
    let file = folder.path().join("e.retake.toml");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
    let added = answer(folder.path(), "import {}/list.csv --into {}/e.retake.toml", "");
    assert_eq!((added.exit, added.stdout.as_str()), (Exit::BadInput, ""), "{}", added.stderr);
    assert!(added.stderr.contains("read-only"), "{}", added.stderr);
    assert_eq!(text(folder.path(), "e.retake.toml"), PROJECT);
}
