//! `--set`: its grammar, and what it refuses.

use crate::commands::{CONTRACT, answer, folder_with};
use retake::cli::{Answer, Exit};

fn set(changes: &[&str]) -> Answer {
    let mut text = CONTRACT.to_owned();
    text.push_str("\n[deliverable.\"発表.1\"]\nfinals = 3\n\n[retry_profile.ours]\nlow = 1.5\nlikely = 2\nhigh = 3\n");
    let folder = folder_with(&[("a.toml", &text)]);
    let sets: String = changes.iter().map(|change| format!(" --set {change}")).collect();
    answer(folder.path(), &format!("estimate {{}}/a.toml --format json{sets}"), "")
}

#[track_caller]
fn line(changes: &[&str], index: usize) -> serde_json::Value {
    let found = set(changes);
    assert_eq!(found.exit, Exit::Done, "{changes:?}: {}", found.stderr);
    serde_json::from_str::<serde_json::Value>(&found.stdout).unwrap()["deliverables"][index].clone()
}

#[test]
fn a_change_goes_to_the_layer_that_it_names() {
    // The first deliverable has its own retry: an assumption does not touch it, its own line does.
    assert_eq!(line(&["retry=2.5"], 0)["retry"], "2");
    assert_eq!(line(&["assumptions.retry=2.5"], 1)["retry"], "2.5");
    assert_eq!(line(&["retry=2.5"], 1)["retry"], "2.5");
    assert_eq!(line(&["deliverable.pdp-hero.retry=2.5"], 0)["retry"], "2.5");
    assert_eq!(line(&["deliverable.pdp-hero.finals=7"], 0)["finals"], 7);
    assert_eq!(line(&["deliverable.\"発表.1\".finals=9"], 1)["finals"], 9);
    assert_eq!(line(&["buffer=15%"], 0)["buffer_percent"], "15");
    assert_eq!(line(&["deliverable.pdp-hero.retry=40%"], 0)["retry"], "2.5");
    assert_eq!(line(&["deliverable.pdp-hero.retry=1.5/2/3"], 0)["retry"], "2.15");
    assert_eq!(line(&["repeat=30"], 0)["repeat"], 30);
    assert_eq!(line(&["deliverable.pdp-hero.repeat=7"], 0)["stages"][0]["images"], "336");
    assert_eq!(line(&["retry=ours"], 1)["retry_profile"], "ours");
    let explore = ["deliverable.pdp-hero.explore.drafts_per_final=6", "deliverable.pdp-hero.explore.quality=low"];
    let drafts = line(&explore, 0)["stages"][0].clone();
    assert_eq!((drafts["stage"].as_str(), drafts["images"].as_str()), (Some("explore"), Some("144")));
}

#[test]
fn the_last_of_two_wins_and_a_model_comes_before_its_qualities() {
    assert_eq!(line(&["retry=2.5", "retry=3"], 1)["retry"], "3");
    let changed = line(&["quality=xhigh", "model=gpt-image-2.5-flare"], 1);
    assert_eq!(changed["stages"][0]["quality"], "xhigh");
    assert_eq!(changed["model"], "gpt-image-2.5-flare");
}

#[test]
fn what_is_refused_says_why_and_what_is_near() {
    let rows = [
        ("retry", "KNOB=VALUE"),
        ("retrry=2", "did you mean retry?"),
        ("assumptions.bufer=2%", "did you mean buffer?"),
        ("deliverable.pdp-heroo.retry=2", "did you mean pdp-hero?"),
        ("deliverable.pdp-hero=2", "KNOB=VALUE"),
        ("deliverable.pdp-hero.cap=2", "--set cap="),
        ("finals=2", "deliverable.KEY.finals"),
        ("retry=0.9", "--set retry: "),
        ("retry=abc", "ad-stills"),
        ("buffer=2000%", "1,000 %"),
        ("size=1000x1000", "1008×1008"),
        ("quality=hihg", "high"),
        ("model=gpt-image-3", "gpt-image-2"),
        ("deliverables.pdp-hero.finals=1", "did you mean deliverable.pdp-hero.finals?"),
        ("Deliverable.pdp-hero.finals=1", "did you mean deliverable.pdp-hero.finals?"),
        ("deliverables.\"発表.1\".finals=1", "did you mean deliverable.\"発表.1\".finals?"),
        ("pdp-hero.finals=1", "did you mean deliverable.pdp-hero.finals?"),
        ("assumption.retry=2", "did you mean assumptions.retry?"),
        ("deliverable.pdp-hero.finals=5.000", "5.000 may mean 5 or 5000; write 5 or 5000"),
        ("repeat=1.000", "1.000 may mean 1 or 1000"),
        ("cap=1.000", "the point in 1.000 may be a decimal point or a thousands separator"),
        ("assumptions.cap=€1.000", "type 1 for decimals, 1000 for thousands"),
        ("cap=１．０００", "may be a decimal point or a thousands separator"),
        ("fee.brief.amount=$2.000", "$2.000 may mean 2 or 2000; write 2 or 2000"),
        ("deliverable.pdp-hero.finals=2.5", "deliverable.pdp-hero.finals"),
        ("retry=nan", "nan"),
        ("cap=1e400", "1e400"),
        ("=2", "ratio"),
        ("retry=", "--set retry: "),
    ];
    for (change, hint) in rows {
        let found = set(&[change]);
        assert_eq!(found.exit, Exit::BadInput, "{change}");
        assert!(found.stderr.contains(hint), "{change}: {}", found.stderr);
        assert_eq!(found.stdout, "", "{change}");
    }
}

#[test]
fn every_refused_change_is_said() {
    assert_eq!(set(&["retrry=2", "finals=2", "buffer=-1%"]).stderr.lines().count(), 3);
}

/// A change for all that some deliverables do not follow says which, for each knob that they inherit; with the path to change one.
#[test]
fn a_change_for_all_says_which_deliverables_keep_their_own() {
    let text = format!("{CONTRACT}buffer = \"5%\"\n[deliverable.mail]\nname = \"Mail\"\nfinals = 3\n");
    let folder = folder_with(&[("a.toml", &text)]);
    let run = |command: &str| answer(folder.path(), command, "");
    for (change, told) in [
        ("retry=40%", "--set retry: 1 of 2 follows; PDP hero keeps 2.00×"),
        ("quality=low", "--set quality: 1 of 2 follows; PDP hero keeps high"),
        ("size=2k", "--set size: 1 of 2 follows; PDP hero keeps 1024×1280"),
        ("buffer=10%", "--set buffer: 1 of 2 follows; PDP hero keeps 5 %"),
        ("prompt_tokens=9", "--set prompt_tokens: 1 of 2 follows; PDP hero keeps 180"),
    ] {
        for command in ["estimate {}/a.toml --format csv", "goal {}/a.toml --max 5", "levers {}/a.toml"] {
            let found = run(&format!("{command} --set {change}"));
            assert!(found.stderr.contains(told), "{command} {change}: {}", found.stderr);
            let knob = change.split('=').next().unwrap();
            assert!(found.stderr.contains(&format!("--set deliverable.pdp-hero.{knob}=…")), "{}", found.stderr);
        }
        // Where each deliverable follows, or is changed too, there is nothing to say.
        let (knob, value) = change.split_once('=').unwrap();
        let both = run(&format!("estimate {{}}/a.toml --set {change} --set deliverable.pdp-hero.{knob}={value}"));
        assert!(!both.stderr.contains("follow"), "{}", both.stderr);
    }
    assert!(!run("estimate {}/a.toml --set surcharge=10%").stderr.contains("follow"));
}

/// A note is told, and is no problem that is counted.
#[test]
fn a_note_is_no_problem() {
    let text = "retake = 1\n[deliverable.a]\nfinals = 10\nquality = \"high\"\n";
    let folder = folder_with(&[("a.toml", text)]);
    let found = answer(folder.path(), "check {}/a.toml --max 0.01", "");
    assert_eq!(found.exit, Exit::OverBudget);
    assert!(found.stderr.matches(": note: ").count() >= 1, "{}", found.stderr);
    assert!(found.stderr.ends_with("a.toml: 1 problem\n"), "{}", found.stderr);
}
