//! Sessions that end without saving, and the offer in the next one; dropping a workspace ends it like a kill.

use crate::disk::Bench;
use retake::app::{Action, Overlay, State};
use retake::config::paths::Paths;
use retake::cost::budget::edit::{Edit, Scope};
use retake::cost::{Knob, Setting, Value};
use retake::figures;
use retake::project::journal::UNUSABLE_KEPT;
use retake::runtime::workspace::Workspace;
use std::fs::{self, File};
use std::os::unix::fs::MetadataExt;
use std::time::{Duration, Instant, SystemTime};

const TEXT: &str = "retake = 1\n[deliverable.a]\nfinals = 3\n[deliverable.b]\nname = \"Beta\"\nfinals = 4\n";

/// An open file, with a state folder.
fn bench() -> Bench {
    Bench::with(&[("a.toml", TEXT)]).kept()
}

fn offered(bench: &Bench) -> Option<&retake::app::flows::recovery::Recovered> {
    match bench.state.overlays.top() {
        Some(Overlay::Recover { recovered, .. }) => Some(recovered),
        _ => None,
    }
}

fn journals(bench: &Bench) -> usize {
    retake::project::journal::count(&bench.path("state/journal"))
}

fn finals(state: &State, line: usize) -> u64 {
    state.estimate().lines[line].deliverable.finals.value
}

#[test]
fn edits_of_a_session_that_was_cut_off_are_offered_and_taken_as_one_step() {
    let mut bench = bench();
    bench.edit();
    bench.edit();
    bench.act(Action::Duplicate);
    let (budget, total) = (bench.state.budget().clone(), bench.state.estimate().totals.total);
    let total_shown = figures::text(&budget.shown, total);
    assert_eq!(journals(&bench), 1);
    let mut bench = bench.again("a.toml");
    assert_eq!((finals(&bench.state, 0), bench.state.budget().lines.len()), (3, 2), "nothing of it counts yet");
    let found = offered(&bench).expect("an offer");
    let shown: Vec<(&str, &str)> = found.rows.iter().map(|row| (row.place.as_str(), row.what.as_str())).collect();
    assert_eq!(shown, [("a", "finals"), ("a copy", "added, 5 finals")]);
    assert_eq!(found.rows[0].values, Some(("3".to_owned(), "5".to_owned())));
    assert!(matches!(bench.state.overlays.top(), Some(Overlay::Recover { totals, .. }) if totals[1] == total_shown));
    bench.act(Action::Recover);
    assert_eq!((bench.state.budget(), bench.state.estimate().totals.total), (&budget, total));
    assert!(bench.state.is_dirty());
    assert_eq!(journals(&bench), 1, "taken, they are this session's unsaved edits");
    bench.act(Action::Undo);
    assert_eq!((finals(&bench.state, 0), bench.state.is_dirty()), (3, false));
    bench.act(Action::Redo);
    bench.act(Action::Save);
    assert!(!bench.state.is_dirty());
    assert_eq!(journals(&bench), 0);
    assert!(offered(&bench.again("a.toml")).is_none());
}

#[test]
fn an_offer_can_wait_and_can_be_dropped() {
    let mut bench = bench();
    bench.edit();
    let mut bench = bench.again("a.toml");
    bench.act(Action::Later);
    bench.workspace.close();
    let mut bench = bench.again("a.toml");
    assert!(offered(&bench).is_some(), "kept for the next start");
    bench.act(Action::Forget);
    assert_eq!((finals(&bench.state, 0), journals(&bench)), (3, 0));
    assert!(offered(&bench.again("a.toml")).is_none());
}

#[test]
fn edits_that_were_undone_dropped_or_saved_are_not_offered() {
    for end in [Action::Undo, Action::Save, Action::Reload] {
        let mut bench = bench();
        bench.edit();
        bench.act(end);
        assert!(offered(&bench.again("a.toml")).is_none(), "{end:?}");
    }
    let mut bench = bench();
    bench.edit();
    // Quitting asked before, and the edits were dropped on purpose.
    bench.workspace.close();
    assert_eq!(journals(&bench), 0);
}

#[test]
fn what_still_fits_a_file_that_changed_since_is_offered_and_the_rest_is_said() {
    let mut bench = bench();
    bench.edit();
    let edit = Edit::Knob {
        scope: Scope::Line(1),
        knob: Knob::Finals,
        before: None,
        after: Some(Setting::Value(Value::Count(9))),
    };
    bench.state.carry_out("b".to_owned(), vec![edit]);
    bench.workspace.note(&mut bench.state, Instant::now());
    let theirs =
        TEXT.replace("finals = 3", "finals = 30").replace("[deliverable.a]", "[deliverable.0]\n[deliverable.a]");
    fs::write(bench.path("a.toml"), theirs).unwrap();
    let mut bench = bench.again("a.toml");
    let found = offered(&bench).expect("an offer");
    assert!(found.changed);
    assert_eq!((found.rows.len(), found.rows[0].place.as_str()), (1, "Beta"));
    assert_eq!(found.left.len(), 1);
    assert_eq!(found.left[0].values, Some(("30".to_owned(), "4".to_owned())));
    bench.act(Action::Recover);
    let now: Vec<u64> = (0..3).map(|line| finals(&bench.state, line)).collect();
    assert_eq!(now, [0, 30, 9]);
}

#[test]
fn a_project_without_a_file_is_brought_back_too() {
    let mut bench = bench();
    bench.act(Action::New);
    bench.act(Action::Add);
    retake::app::actions::update::paste(&mut bench.state, "Hero");
    bench.act(Action::Accept);
    bench.edit();
    let budget = bench.state.budget().clone();
    let mut bench = bench.again_without_a_file();
    assert!(bench.state.budget().lines.is_empty() && bench.state.project.file().is_none());
    bench.act(Action::Recover);
    assert_eq!(*bench.state.budget(), budget);
    let new = bench.path("new.retake.toml");
    bench.save_as(&new);
    assert!(bench.text("new.retake.toml").contains("[deliverable.hero]"));
    assert_eq!(journals(&bench), 0);
    // A sample is the base of its edits.
    let mut bench = Bench::with(&[("a.toml", TEXT)]).kept();
    let opened = bench.workspace.new_from_sample("product-launch").unwrap();
    bench.state.show(opened);
    bench.edit();
    let budget = bench.state.budget().clone();
    let mut bench = bench.again_without_a_file();
    bench.act(Action::Recover);
    assert_eq!(*bench.state.budget(), budget);
    bench.save_as(&bench.path("of a sample.toml"));
    assert!(bench.text("of a sample.toml").starts_with("# "), "its comments come along");
}

#[test]
fn a_running_session_is_named_and_its_edits_are_its_own() {
    let mut first = bench();
    first.edit();
    let paths = Paths { config: None, state: Some(first.path("state")) };
    let mut workspace = Workspace::new(first.state.session.catalog, first.state.session.today).remembering(paths);
    let opened = workspace.open(first.path("a.toml")).unwrap();
    assert!(opened.recovered.is_none());
    let notice = opened.notice.clone().expect("a warning");
    assert!(notice.contains(&format!("process {}", std::process::id())), "{notice}");
    // The second may still work: it notices the first one's saves.
    let mut second = State::new(opened, first.state.session.catalog, first.state.session.today, Vec::new());
    let edit = Edit::Text {
        field: retake::cost::budget::edit::TextField::ProjectName,
        before: None,
        after: Some("B".to_owned()),
    };
    second.carry_out("name".to_owned(), vec![edit]);
    workspace.note(&mut second, Instant::now());
    assert_eq!(journals(&first), 2);
    first.act(Action::Save);
    let outcome = workspace.save(&second);
    assert!(matches!(outcome, retake::app::Outcome::Conflict(..)), "{outcome:?}");
    drop(workspace);
    first.workspace.close();
    let alone = first.again("a.toml");
    assert!(alone.state.session.notice.is_none() || offered(&alone).is_some());
    assert_eq!(offered(&alone).expect("the second's edits").rows.len(), 1);
}

#[test]
fn a_journal_that_cannot_be_used_is_kept_and_said() {
    let mut bench = bench();
    bench.edit();
    let folder = bench.path("state/journal");
    let file = fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("0{text}")).unwrap();
    let bench = bench.again("a.toml");
    assert!(offered(&bench).is_none());
    assert!(bench.notice().contains("cannot be read; they are kept until 20"), "{}", bench.notice());
    // It is deleted on the announced day, neither earlier nor only with the next failed session.
    let written =
        |ago: Duration| File::options().write(true).open(&file).unwrap().set_modified(SystemTime::now() - ago);
    let hour = Duration::from_secs(60 * 60);
    written(UNUSABLE_KEPT - hour).unwrap();
    let bench = bench.again("a.toml");
    assert!(file.exists() && bench.notice().contains("kept until"));
    written(UNUSABLE_KEPT + hour).unwrap();
    let bench = bench.again("a.toml");
    assert!(!file.exists() && bench.state.session.notice.is_none());
}

/// The content of the journal folder, by inode.
fn kept(bench: &Bench) -> Vec<(String, u64, u64)> {
    let entries = fs::read_dir(bench.path("state/journal")).into_iter().flatten().flatten();
    let entry = |entry: fs::DirEntry| {
        let metadata = entry.metadata().ok()?;
        Some((entry.file_name().to_string_lossy().into_owned(), metadata.ino(), metadata.len()))
    };
    entries.filter_map(entry).collect()
}

/// Whatever happened to the file: its edits are offered on their original text, as a project without a file.
#[test]
fn edits_of_a_file_that_is_gone_are_offered_too() {
    let mut bench = bench();
    bench.edit();
    let budget = bench.state.budget().clone();
    fs::remove_file(bench.path("a.toml")).unwrap();
    let mut bench = bench.again("a.toml");
    assert_eq!(offered(&bench).expect("an offer").rows.len(), 1);
    assert!(bench.notice().contains("a.toml is gone"), "{}", bench.notice());
    bench.act(Action::Recover);
    assert_eq!(*bench.state.budget(), budget);
    assert_eq!(bench.state.project.file(), None, "a name is asked for when it is saved");
    let mut bench = bench.again("a.toml");
    assert_eq!(offered(&bench).expect("taken, they are still edits of that file").rows.len(), 1);
    bench.act(Action::Recover);
    bench.save_as(&bench.path("a.toml"));
    let saved = fs::read_to_string(bench.path("a.toml")).unwrap();
    assert!(saved.starts_with(&TEXT.replace("finals = 3", "finals = 4")), "{saved}");
    assert_eq!(journals(&bench), 0);
}

#[test]
fn the_first_line_of_a_large_journal_is_there_before_its_first_edit() {
    let large = format!("{TEXT}{}", "# a remark\n".repeat(40_000));
    let ahead = || {
        let mut bench = Bench::with(&[("a.toml", &large)]).kept();
        bench.workspace.write_ahead();
        let begun = Instant::now();
        let found = loop {
            assert!(begun.elapsed() < Duration::from_secs(20), "nothing was written ahead");
            match kept(&bench)[..] {
                [(ref name, ino, len)] if len as usize > large.len() => break (name.clone(), ino),
                _ => std::thread::yield_now(),
            }
        };
        assert_eq!((journals(&bench), found.0.ends_with(".retake-tmp")), (0, true), "nobody is offered it");
        (bench, found)
    };
    let (mut bench, (_, ino)) = ahead();
    bench.edit();
    bench.edit();
    let now = kept(&bench);
    assert_eq!((now.len(), now[0].1, journals(&bench)), (1, ino, 1), "the same file under its own name");
    let mut bench = bench.again("a.toml");
    assert_eq!(offered(&bench).expect("an offer").rows.len(), 1);
    bench.act(Action::Recover);
    assert_eq!(finals(&bench.state, 0), 5);
    // Without an edit it is deleted, and without it an edit is just as safe.
    let (mut bench, _) = ahead();
    bench.workspace.close();
    assert_eq!(kept(&bench), []);
    let (mut bench, (name, _)) = ahead();
    fs::remove_file(bench.path("state/journal").join(name)).unwrap();
    bench.edit();
    assert!(offered(&bench.again("a.toml")).is_some());
}

#[test]
fn a_folder_that_cannot_be_written_is_said_once_and_stops_nobody() {
    let mut bench = Bench::with(&[("a.toml", TEXT), ("state/journal", "a file")]).kept();
    bench.edit();
    assert!(bench.notice().contains("not safe from a crash"), "{}", bench.notice());
    bench.edit();
    assert!(!bench.notice().contains("not safe"), "{}", bench.notice());
    bench.act(Action::Save);
    assert!(bench.text("a.toml").contains("finals = 5"));
}

#[test]
fn the_disk_is_asked_one_second_after_an_edit_and_never_while_nothing_changes() {
    let mut bench = bench();
    let start = Instant::now();
    assert_eq!(bench.workspace.sync_in(start), None);
    bench.edit();
    let wait = bench.workspace.sync_in(Instant::now()).expect("a moment");
    assert!(wait <= Duration::from_secs(1));
    assert_eq!(bench.workspace.sync_in(Instant::now() + Duration::from_secs(1)), Some(Duration::ZERO));
    bench.workspace.sync();
    assert_eq!(bench.workspace.sync_in(Instant::now()), None);
    bench.act(Action::Down);
    assert_eq!(bench.workspace.sync_in(Instant::now()), None, "no edit, no timer");
}

#[test]
fn a_long_session_keeps_its_journal_short() {
    let mut bench = bench();
    let long = "x".repeat(150);
    let size = |bench: &Bench| {
        fs::read_dir(bench.path("state/journal"))
            .unwrap()
            .map(|file| file.unwrap().metadata().unwrap().len())
            .sum::<u64>()
    };
    let mut most = 0;
    for n in 0..30_000 {
        let edit = Edit::Text {
            field: retake::cost::budget::edit::TextField::ProjectName,
            before: bench.state.budget().name.clone(),
            after: Some(format!("{n} {long}")),
        };
        bench.state.carry_out(String::new(), vec![edit]);
        bench.workspace.note(&mut bench.state, Instant::now());
        if n % 1_000 == 0 {
            most = most.max(size(&bench));
        }
    }
    assert!(most < 5 * 1024 * 1024 && most > 1024 * 1024, "{most}");
    let name = bench.state.budget().name.clone();
    let mut bench = bench.again("a.toml");
    bench.act(Action::Recover);
    assert_eq!(bench.state.budget().name, name);
}

/// `cargo test --release --test samples -- --ignored --nocapture what_an_edit_costs`
#[test]
#[ignore = "a measurement"]
fn what_an_edit_costs() {
    for lines in [20, 10_000] {
        let text: String =
            (0..lines).map(|n| format!("[deliverable.d{n}]\nfinals = 3\nquality = \"high\"\n")).collect();
        let mut bench = Bench::with(&[("a.toml", &format!("retake = 1\n{text}"))]).kept();
        let mut costs = Vec::new();
        for n in 0..2_000_u64 {
            let after = Some(Setting::Value(Value::Count(n)));
            let edit = Edit::Knob { scope: Scope::Line(7), knob: Knob::Finals, before: None, after };
            bench.state.carry_out("finals".to_owned(), vec![edit]);
            let start = Instant::now();
            bench.workspace.note(&mut bench.state, Instant::now());
            costs.push(start.elapsed());
        }
        let first = costs.remove(0);
        costs.sort();
        println!(
            "{lines} lines: first {first:?}, median {:?}, p99 {:?}",
            costs[costs.len() / 2],
            costs[costs.len() * 99 / 100]
        );
    }
}

#[test]
fn an_earlier_version_opens_as_a_copy() {
    let mut bench = bench();
    bench.act(Action::Versions);
    assert!(bench.notice().contains("no earlier versions yet"), "{}", bench.notice());
    for _ in 0..2 {
        bench.edit();
        bench.act(Action::Save);
    }
    bench.act(Action::Versions);
    assert_eq!(bench.state.session.versions.len(), 2);
    assert!(matches!(bench.state.overlays.top(), Some(Overlay::Picker(_))));
    bench.act(Action::Down);
    bench.act(Action::Accept);
    assert_eq!((finals(&bench.state, 0), &bench.state.project.file(), bench.state.is_dirty()), (3, &None, false));
    bench.save_as(&bench.path("old.toml"));
    assert!(bench.text("old.toml").starts_with(TEXT));
    assert!(bench.text("a.toml").contains("finals = 5"), "the file stays as it is");
}

#[test]
fn a_file_with_several_names_is_saved_in_place_and_said_so() {
    let mut bench = bench();
    fs::hard_link(bench.path("a.toml"), bench.path("b.toml")).unwrap();
    bench.edit();
    bench.act(Action::Save);
    assert!(bench.notice().contains("in place"), "{}", bench.notice());
    assert_eq!(bench.text("a.toml"), bench.text("b.toml"));
    assert!(bench.text("b.toml").contains("finals = 4"));
}

/// A card that says nothing of reference images: the notice on opening leads to the edit, which is undone, saved and kept.
#[test]
fn inputs_of_a_card_are_included_by_an_edit_like_any_other() {
    let text = "retake = 1\n[deliverable.a]\nfinals = 3\nreferences = [\"1024x1024\"]\n[bills]\ncompare = [\"shop\"]\n\n\
                [card.shop]\nkind = \"per image\"\nprice = 0.03\n";
    let mut bench = Bench::with(&[("a.toml", text)]).kept();
    let told = "shop: cost of reference images not stated, so no price there for a; ";
    assert!(
        bench.notice().starts_with(told) && bench.notice().contains("count references as included"),
        "{}",
        bench.notice()
    );
    let total = |bench: &Bench| bench.state.bills().cards[0].bill.total.clone();
    assert_eq!(total(&bench), None);
    bench.act(Action::IncludeInputs);
    assert!(total(&bench).is_some());
    bench.act(Action::Undo);
    assert_eq!((total(&bench), bench.state.is_dirty()), (None, false));
    bench.act(Action::Redo);
    // Cut off and offered again.
    let mut bench = bench.again("a.toml");
    let found = offered(&bench).expect("an offer");
    assert_eq!((found.rows[0].place.as_str(), found.rows[0].what.as_str()), ("shop", "inputs"));
    bench.act(Action::Recover);
    bench.act(Action::Save);
    assert!(bench.text("a.toml").contains("price = 0.03\ninputs = \"included\"\n"), "{}", bench.text("a.toml"));
    let bench = bench.again("a.toml");
    assert!(total(&bench).is_some() && bench.state.session.notice.is_none(), "{}", bench.notice());
}
