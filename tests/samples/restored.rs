//! Edits of an earlier session that were restored: until they are saved, or deleted by the key that says so, they can be had again.

use crate::disk::Bench;
use retake::app::model::overlay::Leaving;
use retake::app::{Action, Overlay};
use retake::project::journal;
use std::fs;

const TEXT: &str = "retake = 1\n[deliverable.a]\nfinals = 3\n";

fn is_offered(bench: &Bench) -> bool {
    matches!(bench.state.overlays.top(), Some(Overlay::Recover { .. }))
}

fn finals(bench: &Bench) -> u64 {
    bench.state.estimate().lines[0].deliverable.finals.value
}

fn journals(bench: &Bench) -> usize {
    journal::count(&bench.path("state/journal"))
}

/// A session on a file that is offered one more final by the one before.
fn offered() -> Bench {
    let mut bench = Bench::with(&[("a.toml", TEXT)]).kept();
    bench.edit();
    let bench = bench.again("a.toml");
    assert!(is_offered(&bench));
    bench
}

#[test]
fn restored_edits_are_offered_again_until_they_are_saved_or_deleted() {
    use Action::{Discard, Forget, Quit, Recover, Redo, Save, Undo};
    let cases: [(&[Action], bool); 12] = [
        (&[Recover], true),
        (&[Recover, Quit, Discard], true),
        (&[Recover, Undo], true),
        (&[Recover, Undo, Quit], true),
        (&[Recover, Undo, Redo], true),
        (&[Recover, Undo, Redo, Undo, Quit], true),
        (&[Recover, Action::New, Discard], true),
        (&[Recover, Action::Reload], true),
        (&[Recover, Save], false),
        (&[Recover, Save, Undo, Save, Quit], false),
        (&[Recover, Undo, Redo, Save, Quit], false),
        (&[Forget, Quit], false),
    ];
    for (actions, again) in cases {
        let mut bench = offered();
        actions.iter().for_each(|action| bench.act(*action));
        if actions.last() == Some(&Quit) {
            assert!(!matches!(bench.state.overlays.top(), Some(Overlay::Unsaved(Leaving::Quit))), "{actions:?}");
        }
        let mut bench = bench.again("a.toml");
        assert_eq!(is_offered(&bench), again, "{actions:?}");
        if again {
            bench.act(Recover);
            assert_eq!((finals(&bench), bench.state.is_dirty()), (4, true), "{actions:?}");
            bench.act(Save);
            let bench = bench.again("a.toml");
            assert!(!is_offered(&bench) && finals(&bench) == 4, "{actions:?}");
        }
    }
}

/// Edits made instead of those that were restored and undone do not take their place.
#[test]
fn a_save_of_other_edits_deletes_no_record() {
    let mut bench = offered();
    bench.act(Action::Recover);
    bench.act(Action::Undo);
    bench.act(Action::Duplicate);
    bench.act(Action::Save);
    assert_eq!(journals(&bench), 1);
    let mut bench = bench.again("a.toml");
    assert!(is_offered(&bench));
    bench.act(Action::Recover);
    assert_eq!((finals(&bench), bench.state.budget().lines.len()), (4, 2));
}

/// The record and the journal that holds its edits are never both offered, however often a session is cut off.
#[test]
fn sessions_that_are_cut_off_again_and_again_leave_one_record() {
    let mut bench = offered();
    for round in 0..5 {
        bench.act(Action::Recover);
        assert_eq!(journals(&bench), 1, "{round}");
        bench.edit();
        bench = bench.again("a.toml");
        assert!(is_offered(&bench));
    }
    bench.act(Action::Recover);
    assert_eq!(finals(&bench), 4 + 5);
    bench.act(Action::Save);
    assert_eq!(journals(&bench), 0);
    assert!(!is_offered(&bench.again("a.toml")));
}

#[test]
fn edits_of_a_file_that_is_gone_stay_those_of_that_file() {
    let bench = offered();
    fs::remove_file(bench.path("a.toml")).unwrap();
    let mut bench = bench.again("a.toml");
    for round in 0..3 {
        assert!(is_offered(&bench), "{round}");
        bench.act(Action::Recover);
        bench.edit();
        assert_eq!(finals(&bench), 5 + round);
        // No session without a file is offered them.
        bench = bench.again_without_a_file();
        assert!(!is_offered(&bench), "{round}");
        bench = bench.again("a.toml");
    }
    bench.act(Action::Recover);
    let file = bench.path("a.toml");
    bench.save_as(&file);
    assert!(bench.text("a.toml").contains("finals = 7"), "{}", bench.text("a.toml"));
    assert_eq!(journals(&bench), 0);
    assert!(!is_offered(&bench.again("a.toml")));
}
