//! What is wrong is told once, at the place of its cause, with a remedy that mends it.

use crate::commands::{answer, folder_with};
use retake::cli::Exit;

/// The problems of a file that `check` tells: code, key, line.
fn problems(text: &str, options: &str) -> Vec<(String, String, Option<u64>)> {
    let folder = folder_with(&[("a.toml", text)]);
    let said = answer(folder.path(), format!("check {{}}/a.toml --format json {options}").trim_end(), "").stdout;
    let json: serde_json::Value = serde_json::from_str(&said).unwrap_or_else(|error| panic!("{error}: {said}"));
    let told = |issue: &serde_json::Value| {
        let text = |key: &str| issue[key].as_str().unwrap_or_default().to_owned();
        (text("code"), text("key"), issue["line"].as_u64())
    };
    json["files"][0]["issues"].as_array().unwrap().iter().map(told).collect()
}

fn errors(text: &str) -> usize {
    let folder = folder_with(&[("a.toml", text)]);
    answer(folder.path(), "check {}/a.toml", "").stderr.matches(": error: ").count()
}

/// The edges of a size are held against the model only where it is known that the size was asked for.
#[test]
fn a_returned_size_that_cannot_be_read_is_told_once() {
    let project = |returned: &str, size: &str| {
        format!(
            "retake = 1\n[deliverable.a]\nfinals = 3\nretry = 2\nquality = \"high\"\nsize = \"{size}\"\n{returned}\n"
        )
    };
    for (returned, size, wanted) in [
        ("returned = \"yes\"", "1402x1122", 1),
        ("returned = 1", "1402x1122", 1),
        ("returned = \"yes\"", "1024x1024", 1),
        ("returned = true", "1402x1122", 0),
        ("returned = false", "1402x1122", 1),
        ("", "1402x1122", 1),
    ] {
        let text = project(returned, size);
        assert_eq!(errors(&text), wanted, "{text}: {:?}", problems(&text, ""));
        let is_of_size = problems(&text, "").iter().any(|(code, ..)| code == "size-illegal");
        assert_eq!(is_of_size, wanted == 1 && !returned.contains("yes") && !returned.contains('1'), "{text}");
    }
}

#[test]
fn measured_tokens_of_any_kind_free_a_size_from_the_grid() {
    for (tokens, wanted) in [
        ("tokens = { output = 6000 }", 0),
        ("tokens = { reference = 900 }", 0),
        ("tokens = { output = 6000, reference = 900 }", 0),
        ("tokens = { reference = 900, quality = \"low\" }", 1),
        ("", 1),
    ] {
        let text = format!(
            "retake = 1\n[deliverable.a]\nfinals = 3\nretry = 2\nquality = \"high\"\nsize = \"1402x1122\"\nreferences = [\"1024x1024\"]\n{tokens}\n"
        );
        assert_eq!(errors(&text), wanted, "{tokens}: {:?}", problems(&text, ""));
    }
}

#[test]
fn an_empty_file_lacks_one_thing() {
    for (text, wanted) in [
        ("", vec!["version-missing"]),
        ("\n# nothing yet\n", vec!["version-missing"]),
        ("retake = 1\n", vec!["no-deliverables"]),
        ("name = \"Spring\"\n", vec!["version-missing", "no-deliverables"]),
    ] {
        let told: Vec<String> = problems(text, "").into_iter().map(|(code, ..)| code).collect();
        assert_eq!(told, wanted, "{text:?}");
    }
}

#[test]
fn a_refused_part_of_a_fee_is_the_only_thing_said_of_it() {
    let folder = folder_with(&[("a.toml", "retake = 1\n[deliverable.a]\nfinals = 3\nretry = 2\n")]);
    for (options, wanted) in [
        ("--set fee.x.per=hour --set fee.x.amount=20", 1),
        ("--set fee.x.amount=much --set fee.x.per=final", 1),
        ("--set fee.x.amount=much --set fee.x.per=hour", 2),
        ("--set fee.x.amount=20", 1),
        ("--set fee.x.amount=20 --set fee.y.per=hour", 2),
        ("--set fee.x.amount=20 --set fee.x.per=final", 0),
    ] {
        let found = answer(folder.path(), &format!("estimate {{}}/a.toml {options}"), "");
        assert_eq!(found.stderr.matches("error: ").count(), wanted, "{options}: {}", found.stderr);
    }
}

/// A retiring model is told where it stands: in the deliverable that has it as its own, else in the assumptions.
#[test]
fn a_retiring_model_is_told_where_it_stands() {
    for (model, code) in [("gpt-image-1.5", "model-shuts-down"), ("gpt-image-1", "model-shut-down")] {
        let own = format!(
            "retake = 1\n[deliverable.a]\nfinals = 3\nretry = 2\n[deliverable.b]\nfinals = 3\nretry = 2\nmodel = \"{model}\"\n"
        );
        let assumed = format!(
            "retake = 1\n[assumptions]\nretry = 2\nmodel = \"{model}\"\n[deliverable.a]\nfinals = 3\n[deliverable.b]\nfinals = 3\nmodel = \"{model}\"\n"
        );
        for (text, key, line) in [(own, "deliverable.b.model", 8), (assumed, "assumptions.model", 4)] {
            let told: Vec<_> =
                problems(&text, "--today 2026-11-22").into_iter().filter(|(found, ..)| found == code).collect();
            assert_eq!(told, [(code.to_owned(), key.to_owned(), Some(line))], "{text}");
        }
    }
}

#[test]
fn the_template_hints_at_returned_sizes() {
    let folder = folder_with(&[]);
    assert_eq!(answer(folder.path(), "new {}/spring", "").exit, Exit::Done);
    let text = std::fs::read_to_string(folder.path().join("spring.retake.toml")).unwrap();
    let hint = text.lines().find(|line| line.contains("returned = true")).unwrap();
    // Taken out of its comment it is read.
    let with = text.replace(hint, hint.trim_start_matches("# "));
    assert_eq!(errors(&with), 0, "{with}");
}

/// `--set` has the paths of a scenario: it takes deliverables out, and adds them.
#[test]
fn deliverables_are_added_and_taken_out_for_one_run() {
    let text = "retake = 1\n[assumptions]\nretry = 2\nquality = \"high\"\nbuffer = \"0%\"\n[deliverable.hero]\nfinals = 10\n[deliverable.side]\nfinals = 5\n\
                [fee.studio]\namount = 1\nper = \"final\"\ndeliverables = [\"hero\", \"side\"]\n";
    let folder = folder_with(&[("a.toml", text)]);
    let finals = |options: &str| {
        let found = answer(folder.path(), format!("estimate {{}}/a.toml --format json {options}").trim_end(), "");
        let json: serde_json::Value =
            serde_json::from_str(&found.stdout).unwrap_or_else(|_| panic!("{}", found.stderr));
        (found.exit, json["totals"]["finals"].as_u64().unwrap(), json["totals"]["fees"].as_str().unwrap().to_owned())
    };
    for (options, wanted, fees) in [
        ("", 15, "15"),
        ("--set deliverable.side.remove=true", 10, "10"),
        ("--set deliverable.side.remove=false", 15, "15"),
        ("--set deliverable.poster.finals=7", 22, "15"),
        ("--set deliverable.poster.size=2048x2048 --set deliverable.poster.finals=7", 22, "15"),
        ("--set deliverable.poster.finals=7 --set deliverable.hero.remove=true", 12, "5"),
    ] {
        assert_eq!(finals(options), (Exit::Done, wanted, fees.to_owned()), "{options}");
    }
    for (options, said) in [
        ("--set deliverable.hreo.finals=7", "did you mean hero?"),
        ("--set deliverable.poster.size=2k", "there is no deliverable poster"),
        ("--set deliverable.poster.remove=true", "there is no deliverable poster"),
        ("--set deliverable.side.remove=perhaps", "true or false"),
    ] {
        let found = answer(folder.path(), &format!("estimate {{}}/a.toml {options}"), "");
        assert!(found.exit == Exit::BadInput && found.stderr.contains(said), "{options}: {}", found.stderr);
    }
}
