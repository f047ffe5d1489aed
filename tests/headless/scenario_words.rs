//! What is said about scenarios: the changes in force, errors of other parts of a file, headings that are told apart.

use crate::commands::{answer, folder_with};
use retake::cli::{Answer, Exit};
use serde_json::Value;

const SAMPLE: &str = include_str!("../../sample-projects/product-launch.retake.toml");

fn on(text: &str, command: &str) -> Answer {
    answer(folder_with(&[("a.toml", text)]).path(), command, "")
}

#[test]
fn a_change_that_set_replaces_says_so() {
    let told = on(SAMPLE, "estimate {}/a.toml --scenario lean --set service_tier=standard").stdout;
    let row = told.lines().find(|row| row.contains("service_tier")).unwrap_or_else(|| panic!("{told}"));
    let unwrapped = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(unwrapped.contains("--set makes it standard"), "{row}\n{told}");
    let plain = on(SAMPLE, "estimate {}/a.toml --scenario lean --set retry=3").stdout;
    assert!(!plain.contains("--set makes it"), "lean does not change the retry factor: {plain}");
    let fee = "retake = 1\n[fee.f]\namount = 3\nper = \"final\"\n[deliverable.a]\nfinals = 2\n[scenario.x]\nfee.f.amount = 4\n";
    let told = on(fee, "estimate {}/a.toml --scenario x --set fee.f.amount=5").stdout;
    assert!(told.split_whitespace().collect::<Vec<_>>().join(" ").contains("--set makes it"), "{told}");
}

#[test]
fn a_change_without_a_target_is_no_change_in_force() {
    let text = "retake = 1\n[deliverable.a]\nfinals = 2\n[scenario.x]\ndeliverable.gone.size = \"2k\"\nfee.gone.amount = 3\ndeliverable.a.finals = 3\n";
    let told = on(text, "estimate {}/a.toml --scenario x").stdout;
    assert!(told.contains("deliverable.a.finals 2 → 3") && !told.contains("not set → not set"), "{told}");
    assert!(!told.lines().any(|row| row.contains("gone") && row.contains('→')), "{told}");
}

#[test]
fn errors_of_other_parts_are_not_said_to_be_left_out() {
    let text = "retake = 1\n[deliverable.a]\nfinals = 10\n[scenario.two]\ndeliverable.a.finals = 12\n[scenario.bad]\ndeliverable.a.finals = \"x\"\n";
    for (command, elsewhere) in [("", true), (" --scenario two", true), (" --scenario bad", false)] {
        let told = on(text, &format!("estimate {{}}/a.toml{command}"));
        assert_eq!(told.exit, Exit::BadInput, "{command}");
        let said = told.stderr.contains("in parts of the file that these figures do not use");
        assert_eq!(
            (said, told.stderr.contains("not counted\n")),
            (elsewhere, !elsewhere),
            "{command}: {}",
            told.stderr
        );
    }
    let baseline = "retake = 1\n[deliverable.a]\nfinals = 10\n[baseline]\nscenario = \"nope\"\n";
    let told = on(baseline, "estimate {}/a.toml").stderr;
    assert!(told.contains("these figures do not use"), "{told}");
}

#[test]
fn a_check_names_its_scenario() {
    let sound = on(SAMPLE, "check {}/a.toml --scenario lean").stdout;
    assert!(sound.contains("a.toml under scenario lean is sound: $14.50"), "{sound}");
    let over = on(SAMPLE, "check {}/a.toml --scenario client-2k").stderr;
    assert!(over.contains("a.toml under scenario client-2k: "), "{over}");
    for (command, wanted) in [(" --scenario lean", Value::from("lean")), ("", Value::Null)] {
        let found: Value =
            serde_json::from_str(&on(SAMPLE, &format!("check {{}}/a.toml --format json{command}")).stdout).unwrap();
        assert_eq!(found["files"][0]["scenario"], wanted);
    }
}

#[test]
fn columns_and_lists_are_never_mistaken_for_others() {
    let text = "retake = 1\n[fee.r]\namount = 4\nper = \"final\"\ndeliverables = [\"a\"]\n[deliverable.a]\nfinals = 10\n\
                [scenario.project]\ndeliverable.a.finals = 20\n[scenario.none]\nfee.r.deliverables = []\n";
    let told = on(text, "compare {}/a.toml").stdout;
    assert!(told.contains("\"project\"") && told.contains("→ none"), "{told}");
}

#[test]
fn a_lock_in_another_currency_says_why_its_change_is_unknown() {
    let text = "retake = 1\n[deliverable.a]\nfinals = 10\n[scenario.s]\ndeliverable.a.finals = 20\n\
                [baseline]\ntotal = \"7.00\"\ncurrency = \"EUR\"\non = 2026-11-18\n";
    assert!(on(text, "compare {}/a.toml").stdout.contains("unknown: locked in EUR"));
    let csv = on(text, "compare {}/a.toml --format csv").stdout;
    assert!(csv.contains("\"since_currency\",\"EUR\",\"\""), "{csv}");
}

#[test]
fn check_tells_a_lock_that_cannot_be_compared() {
    let locked = |currency: &str| {
        let lock = format!("[baseline]\ntotal = \"7.00\"\n{currency}on = 2026-11-18\n");
        on(&format!("retake = 1\n[deliverable.a]\nfinals = 10\n{lock}"), "check {}/a.toml")
    };
    let told = locked("currency = \"EUR\"\n");
    assert_eq!(told.exit, Exit::Done);
    let wanted = "a.toml:4:1: warning: the total locked on 2026-11-18 is in EUR and the project in USD";
    assert!(told.stderr.contains(wanted), "{}", told.stderr);
    for currency in ["", "currency = \"USD\"\n"] {
        assert!(!locked(currency).stderr.contains("locked on"), "{currency}");
    }
}

#[test]
fn a_fee_whose_deliverables_a_scenario_took_out_is_no_fee_that_names_none() {
    let fee = "retake = 1\n[fee.r]\namount = 3\nper = \"final\"\ndeliverables = [\"a\"]\n\
               [deliverable.a]\nfinals = 1\n[deliverable.b]\nfinals = 1\n";
    let under =
        |changes: &str| on(&format!("{fee}[scenario.z]\n{changes}\n"), "estimate {}/a.toml --scenario z").stdout;
    let taken = under("deliverable.a.remove = true");
    let unwrapped = taken.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(unwrapped.contains("under scenario z no deliverable of the fee r is left"), "{taken}");
    assert!(!unwrapped.contains("remove deliverables to charge"), "{taken}");
    // A list that the scenario itself empties is what the first sentence is about.
    assert!(under("fee.r.deliverables = []").contains("names no deliverable"));
}

#[test]
fn a_max_that_may_be_one_or_a_thousand_is_refused() {
    for (max, refused) in [
        ("1.000", true),
        ("$1.000", true),
        ("1.000 USD", true),
        ("１．０００", true),
        ("1,000", false),
        ("1.0", false),
        ("0.500", false),
    ] {
        for command in ["goal", "check"] {
            let folder = folder_with(&[("a.toml", SAMPLE)]);
            let told = retake_with(folder.path(), command, max);
            let said = format!("{}{}", told.stdout, told.stderr);
            assert_eq!(
                said.contains("may be a decimal point or a thousands separator"),
                refused,
                "{command} {max}: {said}"
            );
        }
    }
}

/// A blank in an argument, which [`answer`] would split at.
fn retake_with(folder: &std::path::Path, command: &str, max: &str) -> Answer {
    answer(folder, &format!("{command} {{}}/a.toml --max={}", max.replace(' ', "")), "")
}

#[test]
fn amounts_beside_a_cap_are_in_its_currency() {
    let text = "retake = 1\ncurrency = \"JPY\"\n[exchange]\nrate = 150\nas_of = 2026-11-20\n[assumptions]\ncap = \"5 USD\"\n\
                quality = \"high\"\nretry = 2\n[deliverable.a]\nfinals = 40\n[deliverable.b]\nfinals = 4\n";
    let told = on(text, "goal {}/a.toml").stdout;
    let sentences: Vec<&str> =
        told.lines().filter(|row| row.contains("already over") || row.contains("In their order")).collect();
    assert!(sentences.len() > 1 && sentences.iter().all(|row| row.contains('$') && !row.contains('¥')), "{told}");
}

/// A file that is sound beside warnings says so: whoever reads the last line alone must not miss them.
#[test]
fn a_sound_file_with_warnings_counts_them() {
    let folder = tempfile::tempdir().unwrap();
    let project = "retake = 1\n[deliverable.a]\nfinals = 3\n";
    for (more, end) in [
        ("", ""),
        ("[scenario.s]\ndeliverable.gone.retry = 2\n", "; 1 warning above"),
        ("[scenario.s]\ndeliverable.gone.retry = 2\ndeliverable.lost.retry = 2\n", "; 2 warnings above"),
    ] {
        std::fs::write(folder.path().join("a.toml"), format!("{project}{more}")).unwrap();
        let found = answer(folder.path(), "check {}/a.toml", "");
        let last = found.stdout.lines().last().unwrap();
        assert!(
            last.contains("is sound: $") && last.ends_with(end) && (!end.is_empty() || !last.contains(';')),
            "{last}"
        );
    }
}
