//! The effect of other programs on an open file, without a screen: two that save at once, and merges left unfinished.

use crate::disk::{Bench, STARTING};
use crate::merge_model::{Model, Rng};
use retake::app::flows::conflict::Keep;
use retake::app::model::outcome::{Effect, Outcome};
use retake::app::model::overlay::Overlay;
use retake::app::{Action, Focus, Selection};
use retake::config::paths::Paths;
use retake::cost::Pane;
use retake::project::markers;
use retake::runtime::workspace::Workspace;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::PoisonError;
use std::time::{Duration, SystemTime};

const NAME: &str = "a.retake.toml";

fn cases(few: u64) -> u64 {
    std::env::var("RETAKE_CASES").map_or(few, |all| all.parse().expect("RETAKE_CASES is a number"))
}

/// Another program writes the file, and a second passes.
fn put(bench: &Bench, text: impl AsRef<[u8]>) {
    let path = bench.path(NAME);
    fs::write(&path, text).unwrap();
    let file = fs::File::options().write(true).open(path).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(1)).unwrap();
}

/// One more final of a deliverable.
fn more(bench: &mut Bench, line: usize) {
    bench.state.view.selection = Selection::Line(line);
    bench.state.view.focus = Focus::Pane(Pane::Finals);
    bench.state.view.field_at = [0; 4];
    bench.act(Action::More);
}

#[test]
fn two_that_save_at_random_lose_nothing_of_each_other() {
    let rounds = cases(250);
    let text = "retake = 1\n[deliverable.a]\nfinals = 0\n[deliverable.b]\nfinals = 0\n";
    let shared = tempfile::tempdir().unwrap();
    fs::write(shared.path().join(NAME), text).unwrap();
    let writer = |line: usize| {
        let folder = shared.path().to_owned();
        std::thread::spawn(move || {
            let mut bench = Bench::on(&folder, NAME);
            let mut rng = Rng(line as u64);
            for _ in 0..rounds {
                more(&mut bench, line);
                // Sometimes several edits before a save, or a look between them, as the watch asks for.
                if rng.one_in(3) {
                    bench.carry_out(vec![Effect::Look]);
                }
                if rng.one_in(2) {
                    continue;
                }
                bench.act(Action::Save);
                assert!(bench.state.overlays.is_empty(), "{:?}", bench.state.overlays);
                assert!(!bench.state.is_dirty(), "{}", bench.notice());
            }
            bench.act(Action::Save);
            assert!(!bench.state.is_dirty(), "{}", bench.notice());
        })
    };
    let writers = [writer(0), writer(1)];
    writers.into_iter().for_each(|writer| writer.join().unwrap());
    let text = fs::read_to_string(shared.path().join(NAME)).unwrap();
    let table: toml::Table = text.parse().unwrap();
    for key in ["a", "b"] {
        let finals = table["deliverable"][key]["finals"].as_integer().unwrap();
        assert_eq!(finals, i64::try_from(rounds).unwrap(), "edits of {key} were lost\n{text}");
    }
}

/// The file that git leaves when two sides changed it, with or without the text before.
fn left_by_git(folder: &Path, texts: &[String; 3], with_base: bool) -> Option<String> {
    for (name, text) in ["o", "a", "b"].iter().zip(texts) {
        fs::write(folder.join(name), text).unwrap();
    }
    let style = if with_base { "--diff3" } else { "--no-diff3" };
    let mut git = Command::new("git");
    git.args(["merge-file", "-p", style, "a", "o", "b"]).current_dir(folder);
    git.env("HOME", folder).env("GIT_CONFIG_NOSYSTEM", "1");
    git.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let held = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
    let child = git.spawn().unwrap();
    drop(held);
    let out = child.wait_with_output().unwrap();
    (out.status.code().unwrap() > 0).then(|| String::from_utf8(out.stdout).unwrap())
}

#[test]
fn unfinished_merges_are_resolved_into_valid_files() {
    let wanted = cases(200);
    let scratch = tempfile::tempdir().unwrap();
    let (mut resolved, mut regions, mut refused) = (0, 0, 0);
    for seed in 0.. {
        if resolved == wanted {
            break;
        }
        let mut rng = Rng(seed);
        let mut ids = 0;
        let base = Model::random(&mut rng, &mut ids);
        let mut sides = [base.clone(), base.clone()];
        for side in &mut sides {
            for _ in 0..1 + rng.below(4) {
                side.edit(&mut rng, &mut ids);
            }
        }
        let [mine, theirs] = sides;
        let texts = [&base, &mine, &theirs].map(|model| model.text(0));
        let Some(marked) = left_by_git(scratch.path(), &texts, rng.one_in(2)) else { continue };
        let mut bench = Bench::with(&[(NAME, &marked)]);
        let Some(Overlay::Resolve(open)) = bench.state.overlays.top() else {
            panic!("seed {seed}: no question\n{marked}")
        };
        let count = open.disputes.len();
        assert_eq!(count, marked.lines().filter(|line| line.starts_with("<<<<<<<")).count());
        let offered = if open.disputes[0].base.is_some() { 4 } else { 3 };
        let all = [Keep::Mine, Keep::Theirs, Keep::Both, Keep::Base];
        // At random first; an impossible combination of choices is refused, and one side throughout always works.
        let random: Vec<Keep> = (0..count).map(|_| all[rng.below(offered)]).collect();
        let tries = [random, vec![Keep::Mine; count], vec![Keep::Theirs; count], vec![Keep::Both; count]];
        let done = tries.iter().find(|choices| {
            bench.carry_out(vec![Effect::Resolve((*choices).clone())]);
            let open = matches!(bench.state.overlays.top(), Some(Overlay::Resolve(_)));
            refused += u64::from(open);
            !open
        });
        let choices = done.unwrap_or_else(|| panic!("seed {seed}: no way out of\n{marked}"));
        let text = bench.text(NAME);
        assert!(text.parse::<toml::Table>().is_ok() && markers::parse(&text).is_none(), "seed {seed}\n{text}");
        if choices.iter().all(|choice| *choice == Keep::Theirs) {
            let theirs = markers::parse(&marked).unwrap().resolved(&vec![markers::Keep::Theirs; count]);
            assert_eq!(text, theirs, "seed {seed}");
        }
        resolved += 1;
        regions += count;
    }
    println!("{resolved} files with {regions} conflicts resolved; {refused} choices refused on the way");
}

#[test]
fn a_marked_file_that_changes_while_the_question_stands_is_not_overwritten() {
    let mut bench = Bench::with(&[(NAME, MARKED)]);
    let meanwhile = "retake = 1\nname = \"c\"\n";
    put(&bench, meanwhile);
    bench.carry_out(vec![Effect::Resolve(vec![Keep::Mine])]);
    assert_eq!(bench.text(NAME), meanwhile);
    bench.carry_out(vec![Effect::Look]);
    assert_eq!(bench.state.budget().name.as_deref(), Some("c"));
    assert!(bench.state.overlays.is_empty());
}

#[test]
fn the_disk_may_move_on_while_a_question_about_it_stands() {
    let text = "retake = 1\n[deliverable.a]\nfinals = 10\n[deliverable.b]\nfinals = 20\n";
    let mut bench = Bench::with(&[(NAME, text)]);
    more(&mut bench, 0);
    put(&bench, text.replace("= 10", "= 5"));
    bench.carry_out(vec![Effect::Look]);
    assert!(matches!(bench.state.overlays.top(), Some(Overlay::Resolve(open)) if open.disputes.len() == 1));
    let moved = text.replace("= 10", "= 6").replace("= 20", "= 21");
    put(&bench, &moved);
    bench.carry_out(vec![Effect::Resolve(vec![Keep::Mine])]);
    let Some(Overlay::Resolve(open)) = bench.state.overlays.top() else { panic!("asked anew") };
    assert_eq!(open.disputes[0].theirs.as_deref(), Some("6"));
    bench.carry_out(vec![Effect::Resolve(vec![Keep::Base])]);
    assert_eq!(finals(&bench), [10, 21]);
    bench.act(Action::Undo);
    assert_eq!(finals(&bench), [11, 20], "what was on screen before");
    bench.act(Action::Redo);
    bench.act(Action::Save);
    assert!(bench.text(NAME).starts_with(&text.replace("= 20", "= 21")), "{}", bench.text(NAME));
}

const MARKED: &str = "retake = 1\n<<<<<<< HEAD\nname = \"a\"\n=======\nname = \"b\"\n>>>>>>> other\n";

#[test]
fn a_marked_file_saved_under_another_name_asks_no_more() {
    let mut bench = Bench::with(&[(NAME, MARKED)]);
    let other = bench.path("b.toml");
    bench.carry_out(vec![Effect::SaveAs { path: other.clone(), replace: false }]);
    assert!(bench.text("b.toml").contains("name = \"a\""), "{}", bench.text("b.toml"));
    assert_eq!(bench.text(NAME), MARKED);
    assert_eq!(bench.workspace.look(&bench.state, false), None);
    assert!(
        bench.workspace.watched().iter().all(|watched| watched.ends_with("b.toml")),
        "{:?}",
        bench.workspace.watched()
    );
}

#[test]
fn a_marked_file_that_is_read_again_asks_again() {
    let mut bench = Bench::with(&[(NAME, MARKED)]);
    bench.state.overlays.clear();
    bench.carry_out(vec![Effect::Reload]);
    let top = bench.state.overlays.top();
    assert!(matches!(top, Some(Overlay::Resolve(_))), "{top:?}");
}

#[test]
fn a_file_left_for_a_marked_one_is_free_for_others() {
    let mut bench = Bench::with(&[("b.toml", "retake = 1\n"), (NAME, MARKED)]).kept();
    let other = bench.path("b.toml");
    let _held = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
    bench.carry_out(vec![Effect::Open(bench.path(NAME))]);
    let paths = Paths { config: None, state: Some(bench.path("state")) };
    let second = Workspace::new(bench.state.session.catalog, bench.state.session.today).remembering(paths).open(other);
    assert_eq!(second.unwrap().notice, None);
}

fn finals(bench: &Bench) -> Vec<u64> {
    bench.state.estimate().lines.iter().map(|line| line.deliverable.finals.value).collect()
}

#[test]
fn what_cannot_be_used_now_is_said_once_and_never_saved_over() {
    let text = "retake = 1\n[deliverable.a]\nfinals = 10\n";
    let mut bench = Bench::with(&[(NAME, text)]);
    more(&mut bench, 0);
    for broken in ["retake = = 1\n", "\u{0}", "\n", "<<<<<<< a\nretake = 1\n=======\nretake = 2\n>>>>>>> b\n"] {
        put(&bench, broken);
        bench.carry_out(vec![Effect::Look]);
        assert!(bench.notice().contains("the screen keeps its values"), "{broken}: {}", bench.notice());
        assert!(bench.workspace.look(&bench.state, false).is_none(), "said once");
        bench.act(Action::Save);
        assert!(
            matches!(bench.state.overlays.top(), Some(Overlay::Conflict(..))),
            "{broken}: {:?}",
            bench.state.overlays
        );
        assert_eq!(bench.text(NAME), broken);
        bench.act(Action::Cancel);
    }
    put(&bench, [b"# \xff\n", text.as_bytes()].concat());
    bench.carry_out(vec![Effect::Look]);
    assert!(bench.notice().contains("UTF-8"), "{}", bench.notice());
    put(&bench, text.replace("finals = 10", "finals = 10\nratio = \"4:5\""));
    let outcome = bench.workspace.look(&bench.state, false);
    assert!(matches!(outcome, Some(Outcome::ExternalChange { .. })), "{outcome:?}");
}

#[test]
fn a_save_that_takes_in_what_others_changed_says_so() {
    let text = "retake = 1\n[deliverable.a]\nfinals = 10\n[deliverable.b]\nfinals = 20\n";
    let mut bench = Bench::with(&[(NAME, text)]);
    more(&mut bench, 0);
    fs::write(bench.path(NAME), text.replace("= 20", "= 30")).unwrap();
    bench.act(Action::Save);
    assert_eq!((finals(&bench), bench.state.is_dirty()), (vec![11, 30], false));
    let said = bench.notice();
    assert!(
        said.contains("merged with your edits: 1 deliverable changed; total") && said.contains("; saved "),
        "{said}"
    );
    // The next save has nothing of this to report.
    more(&mut bench, 0);
    bench.act(Action::Save);
    assert!(bench.notice().starts_with("saved "), "{}", bench.notice());
}

#[test]
fn a_file_that_is_being_written_is_looked_at_again_instead_of_shown_in_half() {
    let text = "retake = 1\n[deliverable.a]\nfinals = 10\n[deliverable.b]\nfinals = 20\n";
    let mut bench = Bench::with(&[(NAME, text)]);
    more(&mut bench, 1);
    bench.act(Action::Undo);
    let half = text.split("[deliverable.b]").next().unwrap();
    fs::write(bench.path(NAME), half).unwrap();
    assert!(bench.workspace.look(&bench.state, false).is_none() && bench.workspace.is_unsettled());
    put(&bench, "");
    bench.carry_out(vec![Effect::Look]);
    assert!(!bench.workspace.is_unsettled() && bench.notice().contains("it is empty"), "{}", bench.notice());
    assert_eq!(finals(&bench), [10, 20]);
    put(&bench, text.replace("= 20", "= 30"));
    bench.carry_out(vec![Effect::Look]);
    assert_eq!(finals(&bench), [10, 30]);
    assert_eq!(bench.state.view.selection, Selection::Line(1));
}

#[test]
fn a_change_from_outside_reckons_every_bill_anew() {
    let text = |finals: u32, cards: &str| {
        format!("retake = 1\n[bills]\ncompare = [{cards}]\n[deliverable.a]\nquality = \"low\"\nfinals = {finals}\n")
    };
    let two = "\"laozhang-vip\", \"muapi\"";
    let mut bench = Bench::with(&[(NAME, &text(24, two))]);
    put(&bench, text(24, "\"muapi\""));
    bench.carry_out(vec![Effect::Look]);
    assert!(bench.notice().starts_with("reloaded: rate cards changed; total "), "{}", bench.notice());
    put(&bench, text(24, two));
    bench.carry_out(vec![Effect::Look]);
    let total = |bench: &Bench| bench.state.bills().cards[0].bill.total.clone();
    let before = total(&bench);
    bench.state.view.selected_bill = 2;
    for changed in [
        text(2400, two),
        text(24, two) + "[deliverable.b]\nfinals = 7\n",
        text(5, "\"laozhang-vip\"") + "[deliverable.0]\nfinals = 3\n",
    ] {
        put(&bench, changed);
        bench.carry_out(vec![Effect::Look]);
        let state = &bench.state;
        assert_eq!(
            *state.bills(),
            retake::cost::bill::Bills::of(state.budget(), state.estimate(), state.session.catalog)
        );
        assert_ne!(total(&bench), before, "the price per image follows");
        assert!(state.view.selected_bill <= state.bills().cards.len());
    }
}

/// Each side may be a project, and the merge not: an unreadable file is not an empty project. Here the screen deletes the last
/// table that only a project has, and the other program the version.
#[test]
fn a_merge_that_cannot_be_read_is_a_conflict_and_loses_no_line() {
    let text = "retake = 1\nname = \"Posters\"\n\n[deliverable.hero]\nfinals = 3\n";
    let mut bench = Bench::with(&[(NAME, text)]);
    bench.state.view.selection = Selection::Line(0);
    bench.act(Action::Delete);
    assert_eq!(bench.state.budget().lines.len(), 0);
    let theirs = text.replace("retake = 1", "package = \"posters\"");
    put(&bench, &theirs);
    bench.act(Action::Save);
    assert!(
        matches!(bench.state.overlays.top(), Some(Overlay::Conflict(..))),
        "{:?} {}",
        bench.state.overlays,
        bench.notice()
    );
    assert_eq!(bench.state.budget().name.as_deref(), Some("Posters"), "the screen keeps its project");
    assert!(bench.text(NAME) == theirs, "the other program's lines are kept");
}
