//! Files with git's conflict markers: edits made beside the question, the question put off, and what its answer replaces.

use crate::disk::Bench;
use crate::support::{TODAY, catalog};
use retake::app::flows::conflict::{Between, Keep};
use retake::app::model::outcome::Effect;
use retake::app::{Action, Overlay};
use retake::config::paths::Paths;
use retake::project::journal;
use retake::project::versions::{label, versions};
use retake::runtime::workspace::Workspace;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

const NAME: &str = "a.toml";
/// The sides differ in a name, which no edit touches, and in the ratio of the deliverable that is edited.
const MARKED: &str =
    "retake = 1\n<<<<<<< HEAD\nname = \"a\"\n=======\nname = \"b\"\n>>>>>>> other\n[deliverable.a]\nfinals = 3\n";
const OURS: &str = "retake = 1\nname = \"a\"\n[deliverable.a]\nfinals = 3\n";
const THEIRS: &str = "retake = 1\nname = \"b\"\n[deliverable.a]\nfinals = 3\n";

/// Another program writes the file, and a second passes.
fn put(bench: &Bench, text: &str) {
    fs::write(bench.path(NAME), text).unwrap();
    let file = fs::File::options().write(true).open(bench.path(NAME)).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(1)).unwrap();
}

/// A marked file with the question put off and one more final, which is not saved.
fn edited(marked: &str) -> Bench {
    let mut bench = Bench::with(&[(NAME, marked)]).kept();
    bench.act(Action::Cancel);
    bench.edit();
    assert_eq!(finals(&bench), 4);
    bench
}

fn finals(bench: &Bench) -> u64 {
    bench.state.estimate().lines[0].deliverable.finals.value
}

fn asked(bench: &Bench) -> Option<Between> {
    match bench.state.overlays.top() {
        Some(Overlay::Resolve(resolving)) => Some(resolving.between),
        _ => None,
    }
}

fn real(bench: &Bench) -> PathBuf {
    fs::canonicalize(bench.path(NAME)).unwrap()
}

/// The journals of the marked file, and those of projects without a file.
fn journals(bench: &Bench) -> (usize, usize) {
    let begins = format!("{}.", label(&real(bench)));
    let names = fs::read_dir(bench.path("state/journal")).into_iter().flatten().flatten();
    let names = names.map(|entry| entry.file_name().into_string().unwrap()).filter(|name| name.ends_with(".journal"));
    let (ours, others): (Vec<_>, Vec<_>) = names.partition(|name| name.starts_with(&begins));
    (ours.len(), others.len())
}

#[test]
fn edits_outlive_the_resolution_of_the_markers_around_them() {
    type Way = fn(&mut Bench);
    let ways: [(&str, &str, Way); 7] = [
        ("ours, outside", OURS, |bench| {
            put(bench, OURS);
            bench.carry_out(vec![Effect::Look]);
        }),
        ("theirs, outside", THEIRS, |bench| {
            put(bench, THEIRS);
            bench.carry_out(vec![Effect::Look]);
        }),
        ("theirs, outside, and asked for", THEIRS, |bench| {
            put(bench, THEIRS);
            bench.act(Action::Resolve);
        }),
        ("by steps, outside", THEIRS, |bench| {
            let again = MARKED.replace("other", "another");
            for text in [&again, "", "retake = = 1\n", THEIRS] {
                put(bench, text);
                bench.carry_out(vec![Effect::Look]);
            }
        }),
        ("ours, here", OURS, |bench| {
            bench.act(Action::Resolve);
            assert_eq!(asked(bench), Some(Between::Markers));
            bench.act(Action::AllMine);
            bench.act(Action::Accept);
        }),
        ("theirs, here", THEIRS, |bench| {
            bench.act(Action::Resolve);
            bench.act(Action::AllTheirs);
            bench.act(Action::Accept);
        }),
        ("ours, here, chosen one by one", OURS, |bench| bench.carry_out(vec![Effect::Resolve(vec![Keep::Mine])])),
    ];
    for (name, text, resolve) in ways {
        let mut bench = edited(MARKED);
        assert_eq!(journals(&bench), (1, 0), "{name}: kept for this file");
        resolve(&mut bench);
        bench.act(Action::FocusNext);
        assert_eq!(bench.text(NAME), text, "{name}: the choices are written, and nothing else");
        assert_eq!((finals(&bench), bench.state.is_dirty()), (4, true), "{name}: {}", bench.notice());
        let read_only = bench.state.project.read_only();
        assert!(bench.state.overlays.is_empty() && read_only.is_none(), "{name}: {read_only:?}");
        assert_eq!(bench.state.budget().name.as_deref(), Some(if text == OURS { "a" } else { "b" }), "{name}");
        assert_eq!(journals(&bench), (1, 0), "{name}");
        // The edits are available after a kill now, too.
        let mut bench = bench.again(NAME);
        bench.act(Action::Recover);
        assert_eq!(finals(&bench), 4, "{name}");
        bench.act(Action::Save);
        assert!(
            bench.text(NAME).starts_with(&text.replace("finals = 3", "finals = 4")),
            "{name}: {}",
            bench.text(NAME)
        );
        assert_eq!(journals(&bench), (0, 0), "{name}");
    }
}

#[test]
fn an_edit_that_the_resolution_excludes_is_a_question() {
    let marked = "retake = 1\n[deliverable.a]\n<<<<<<< HEAD\nfinals = 3\n=======\nfinals = 9\n>>>>>>> other\n";
    let theirs = "retake = 1\n[deliverable.a]\nfinals = 9\n";
    for outside in [false, true] {
        let mut bench = edited(marked);
        if outside {
            put(&bench, theirs);
            bench.carry_out(vec![Effect::Look]);
        } else {
            bench.carry_out(vec![Effect::Resolve(vec![Keep::Theirs])]);
        }
        assert_eq!((asked(&bench), finals(&bench)), (Some(Between::ScreenAndDisk), 4), "{outside}");
        assert_eq!((bench.text(NAME).as_str(), journals(&bench)), (theirs, (1, 0)), "{outside}");
        bench.act(Action::AllMine);
        bench.act(Action::Accept);
        assert_eq!((finals(&bench), bench.state.is_dirty()), (4, true), "{outside}");
        bench.act(Action::Save);
        assert!(bench.text(NAME).contains("finals = 4"), "{outside}: {}", bench.text(NAME));
    }
}

#[test]
fn edits_of_a_killed_session_wait_for_their_marked_file() {
    let bench = edited(MARKED).again_without_a_file();
    assert!(bench.state.overlays.is_empty(), "they are nobody else's: {:?}", bench.state.overlays);
    let bench = bench.again(NAME);
    assert!(bench.notice().contains("once the conflicts are resolved"), "{}", bench.notice());
    assert_eq!(journals(&bench), (1, 0));
    put(&bench, THEIRS);
    let mut bench = bench.again(NAME);
    bench.act(Action::Recover);
    assert_eq!((finals(&bench), bench.state.budget().name.as_deref()), (4, Some("b")));
}

#[test]
fn a_second_session_on_a_marked_file_is_told_who_has_it_open() {
    let first = Bench::with(&[(NAME, MARKED)]).kept();
    let second = || {
        let paths = Paths { config: None, state: Some(first.path("state")) };
        let mut second = Workspace::new(catalog(), TODAY).remembering(paths);
        second.open(first.path(NAME)).unwrap().notice.unwrap_or_default()
    };
    assert!(second().contains(&format!("process {}", std::process::id())), "{}", second());
    put(&first, OURS);
    assert!(second().contains("also open in process"), "{}", second());
}

/// What was open before is left on purpose, and its edits with it.
#[test]
fn a_marked_file_takes_over_no_journal() {
    let mut bench = Bench::with(&[("b.toml", OURS), (NAME, MARKED)]).kept();
    bench.edit();
    bench.carry_out(vec![Effect::Open(bench.path(NAME))]);
    bench.act(Action::Cancel);
    bench.act(Action::FocusNext);
    assert_eq!(journal::count(&bench.path("state/journal")), 0);
}

#[test]
fn resolving_keeps_what_it_replaces_or_says_why_not() {
    let resolve = |bench: &mut Bench| bench.carry_out(vec![Effect::Resolve(vec![Keep::Theirs])]);
    for dirty in [false, true] {
        let mut bench = if dirty { edited(MARKED) } else { Bench::with(&[(NAME, MARKED)]).kept() };
        resolve(&mut bench);
        let kept = versions(&bench.path("state/versions"), &real(&bench));
        let texts: Vec<String> = kept.iter().map(|kept| fs::read_to_string(&kept.path).unwrap()).collect();
        assert_eq!(texts, [MARKED], "{dirty}");
        assert!(bench.notice().starts_with("1 conflict resolved, saved "), "{}", bench.notice());
        assert!(!bench.notice().contains("could not be kept"), "{}", bench.notice());
        let mut bench = if dirty { edited(MARKED) } else { Bench::with(&[(NAME, MARKED)]).kept() };
        fs::create_dir_all(bench.path("state")).unwrap();
        fs::write(bench.path("state/versions"), "in the way").unwrap();
        resolve(&mut bench);
        assert_eq!(bench.text(NAME), THEIRS);
        let said = bench.notice();
        assert!(said.contains("resolved, saved ") && said.contains("could not be kept: "), "{said}");
    }
}

#[test]
fn a_marked_file_with_several_names_is_resolved_as_it_is_saved() {
    let mut bench = Bench::with(&[(NAME, MARKED)]).kept();
    fs::hard_link(bench.path(NAME), bench.path("other.toml")).unwrap();
    bench.carry_out(vec![Effect::Resolve(vec![Keep::Theirs])]);
    assert_eq!((bench.text(NAME).as_str(), bench.text("other.toml").as_str()), (THEIRS, THEIRS));
    assert_eq!(fs::metadata(bench.path(NAME)).unwrap().nlink(), 2);
    assert!(bench.notice().contains("several names (hard links)"), "{}", bench.notice());
    // Where no copy of it can be kept, it stays as it is.
    let mut bench = Bench::with(&[(NAME, MARKED)]).kept();
    fs::hard_link(bench.path(NAME), bench.path("other.toml")).unwrap();
    fs::create_dir_all(bench.path("state")).unwrap();
    fs::write(bench.path("state/versions"), "in the way").unwrap();
    bench.carry_out(vec![Effect::Resolve(vec![Keep::Theirs])]);
    assert_eq!((bench.text(NAME).as_str(), bench.text("other.toml").as_str()), (MARKED, MARKED));
    let Some(Overlay::Resolve(open)) = bench.state.overlays.top() else { panic!("{:?}", bench.state.overlays) };
    assert!(open.refused.as_ref().unwrap().contains("hard links"), "{:?}", open.refused);
}

/// A look finds the same bytes at each focus of the window: that is no new question.
#[test]
fn a_question_put_off_waits_until_it_is_asked_for() {
    let marked = || Bench::with(&[(NAME, MARKED)]);
    let both = || {
        let mut bench = Bench::with(&[(NAME, OURS)]);
        bench.edit();
        put(&bench, &OURS.replace("finals = 3", "finals = 9"));
        bench.carry_out(vec![Effect::Look]);
        bench
    };
    for (mut bench, between) in [(marked(), Between::Markers), (both(), Between::ScreenAndDisk)] {
        for _ in 0..3 {
            assert_eq!(asked(&bench), Some(between));
            bench.act(Action::Cancel);
            for _ in 0..3 {
                bench.carry_out(vec![Effect::Look]);
                assert!(bench.state.overlays.is_empty(), "{between:?}");
            }
            bench.act(Action::Resolve);
        }
    }
    // What has changed since is asked about.
    let mut bench = both();
    bench.act(Action::Cancel);
    put(&bench, &OURS.replace("finals = 3", "finals = 8"));
    bench.carry_out(vec![Effect::Look]);
    assert_eq!(asked(&bench), Some(Between::ScreenAndDisk));
    // What excludes it no longer is taken in.
    bench.act(Action::Cancel);
    bench.act(Action::Undo);
    bench.carry_out(vec![Effect::Look]);
    assert_eq!((asked(&bench), finals(&bench)), (None, 8));
}

#[test]
fn a_marked_file_that_is_broken_meanwhile_is_said_once() {
    let mut bench = Bench::with(&[(NAME, MARKED)]);
    bench.act(Action::Cancel);
    for broken in ["retake = = 1\n", "retake = = 2\n"] {
        put(&bench, broken);
        bench.carry_out(vec![Effect::Look]);
        assert!(bench.notice().contains("a.toml:1:"), "{}", bench.notice());
        for _ in 0..3 {
            assert_eq!(bench.workspace.look(&bench.state, false), None);
        }
        bench.state.session.notice = None;
        bench.act(Action::Resolve);
        assert!(bench.notice().contains("a.toml:1:"), "asked, it answers: {}", bench.notice());
    }
    put(&bench, THEIRS);
    bench.carry_out(vec![Effect::Look]);
    assert_eq!(bench.state.budget().name.as_deref(), Some("b"));
}

#[test]
fn what_was_answered_and_what_was_merged_is_said_as_it_was() {
    let text = "retake = 1\n[deliverable.a]\nfinals = 3\nratio = \"1:1\"\n";
    let both = text.replace("finals = 3", "finals = 9");
    let comment = text.replace("ratio", "# agreed\nratio");
    let other = both.replace("1:1", "4:5");
    // What the file says by then, the answers, and what is said before the total.
    let cases: [(&str, &[Keep], &str); 7] = [
        (&both, &[Keep::Mine], "merged with your edits: 1 of your values kept; total "),
        (&both, &[Keep::Theirs], "merged with your edits: 1 deliverable changed, 1 value taken from the file; total "),
        (&both, &[Keep::Base], "merged with your edits: 1 deliverable changed, 1 earlier value restored; total "),
        (&other, &[Keep::Mine], "merged with your edits: 1 deliverable changed, 1 of your values kept; total "),
        (&comment, &[], "merged with your edits: no value on screen changed; total "),
        (&text.replace("finals = 3", "finals = 4"), &[], "merged with your edits: no value on screen changed; total "),
        (&text.replace("1:1", "4:5"), &[], "merged with your edits: 1 deliverable changed; total "),
    ];
    for (theirs, answers, wanted) in cases {
        let mut bench = Bench::with(&[(NAME, text)]);
        bench.edit();
        put(&bench, theirs);
        bench.carry_out(vec![Effect::Look]);
        assert_eq!(asked(&bench).is_some(), !answers.is_empty(), "{wanted}");
        if !answers.is_empty() {
            bench.carry_out(vec![Effect::Resolve(answers.to_vec())]);
        }
        assert!(bench.notice().starts_with(wanted), "{wanted}\n{}", bench.notice());
    }
    // Without edits, nothing was merged.
    let mut bench = Bench::with(&[(NAME, text)]);
    put(&bench, &comment);
    bench.carry_out(vec![Effect::Look]);
    assert_eq!(bench.notice(), "reloaded: only comments or unused keys changed");
}
