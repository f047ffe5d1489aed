//! The last step: the dashboard's work with files on disk, and its refusals.

use crate::support::{TODAY, catalog, samples_folder};
use retake::app::actions::update::{paste, update};
use retake::app::flows::lifecycle::apply_outcome;
use retake::app::model::outcome::{Effect, Outcome};
use retake::app::{Action, Focus, OnDisk, Overlay, Selection, State};
use retake::config::paths::Paths;
use retake::cost::Pane;
use retake::diagnostics::Code;
use retake::runtime::workspace::Workspace;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;
use tempfile::TempDir;

/// Held while another program is started, and from the end of a session to the next one's start: between its fork and its exec a
/// child has every open file of this process, so that the lock of a journal would seem to be held.
pub(crate) static STARTING: Mutex<()> = Mutex::new(());

/// A dashboard without a screen, in its own folder.
pub(crate) struct Bench {
    pub(crate) folder: TempDir,
    pub(crate) workspace: Workspace,
    pub(crate) state: State,
}

impl Bench {
    /// A folder with files in it, the first of them open.
    pub(crate) fn with(files: &[(&str, &str)]) -> Bench {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Bench::open(folder, files[0].0)
    }

    pub(crate) fn open(folder: TempDir, name: &str) -> Bench {
        let path = folder.path().join(name);
        Bench::of(folder, path)
    }

    /// A file in a folder that is shared with others.
    pub(crate) fn on(shared: &Path, name: &str) -> Bench {
        Bench::of(tempfile::tempdir().unwrap(), shared.join(name))
    }

    fn of(folder: TempDir, path: PathBuf) -> Bench {
        let mut workspace = Workspace::new(catalog(), TODAY);
        let opened = workspace.open(path).unwrap();
        let state = State::new(opened, catalog(), TODAY, vec!["dark".to_owned()]);
        Bench { folder, workspace, state }
    }

    /// The same with a folder for the program's state, like the real dashboard.
    pub(crate) fn kept(self) -> Bench {
        let file = PathBuf::from(self.state.project.file().unwrap());
        Bench::remembering(self.folder, Some(file))
    }

    /// The next session on that file, after this one was cut off.
    pub(crate) fn again(self, name: &str) -> Bench {
        let Bench { folder, workspace, .. } = self;
        let _held = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
        drop(workspace);
        let path = folder.path().join(name);
        Bench::remembering(folder, Some(path))
    }

    /// The next session without a file.
    pub(crate) fn again_without_a_file(self) -> Bench {
        let Bench { folder, workspace, .. } = self;
        let _held = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
        drop(workspace);
        Bench::remembering(folder, None)
    }

    fn remembering(folder: TempDir, file: Option<PathBuf>) -> Bench {
        let paths = Paths { config: None, state: Some(folder.path().join("state")) };
        let mut workspace = Workspace::new(catalog(), TODAY).remembering(paths);
        let opened = match file {
            Some(file) => workspace.open(file).unwrap(),
            None => workspace.recover_or_new(),
        };
        let state = State::new(opened, catalog(), TODAY, vec!["dark".to_owned()]);
        Bench { folder, workspace, state }
    }

    fn sample(name: &str) -> Bench {
        let text = fs::read_to_string(samples_folder().join(name)).unwrap();
        Bench::with(&[(name, &text)])
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Steps the finals of the first deliverable once.
    pub(crate) fn edit(&mut self) {
        self.state.overlays.clear();
        self.state.view.selection = Selection::Line(0);
        self.state.view.focus = Focus::Pane(Pane::Finals);
        self.state.view.field_at = [0; 4];
        self.act(Action::More);
        assert!(self.state.is_dirty());
    }

    /// Runs an action and all its effects, like the loop.
    pub(crate) fn act(&mut self, action: Action) {
        let effects = update(&mut self.state, action);
        self.workspace.note(&mut self.state, Instant::now());
        self.carry_out(effects);
        self.workspace.note(&mut self.state, Instant::now());
    }

    pub(crate) fn carry_out(&mut self, mut effects: Vec<Effect>) {
        while let Some(effect) = effects.pop() {
            if let Some(outcome) = self.workspace.carry_out(&self.state, effect) {
                effects.extend(apply_outcome(&mut self.state, outcome));
            }
        }
    }

    pub(crate) fn save_as(&mut self, path: &Path) {
        self.act(Action::SaveAs);
        let Some(Overlay::Ask { entry, .. }) = self.state.overlays.top_mut() else { panic!("no name was asked for") };
        entry.clear();
        paste(&mut self.state, path.to_str().unwrap());
        self.act(Action::Accept);
    }

    /// The last message: below a refused path, else in the line of notices.
    pub(crate) fn notice(&self) -> &str {
        match self.state.overlays.top() {
            Some(Overlay::Ask { refused: Some(refused), .. }) => refused,
            _ => self.state.session.notice.as_ref().map_or("", |notice| &notice.text),
        }
    }

    /// Everything in the folder, temporary files too.
    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    fn assert_saved(&self) {
        assert!(!self.state.is_dirty() && self.state.overlays.is_empty(), "{:?}", self.state.overlays);
        // The merged changes are mentioned first.
        assert!(self.notice().rsplit("; ").any(|part| part.starts_with("saved ")), "{}", self.notice());
    }

    fn assert_refused(&self, because: &str) {
        assert!(self.state.is_dirty(), "the edits stay");
        let said = match self.state.overlays.top() {
            Some(Overlay::Conflict(_, problem)) => problem.one_line(),
            _ => self.notice().to_owned(),
        };
        assert!(said.contains(because), "{said}");
    }
}

const LAUNCH: &str = "product-launch.retake.toml";
const SMALL: &str = "retake = 1\n[deliverable.a]\nfinals = 3\n";

fn launch_with_25() -> String {
    fs::read_to_string(samples_folder().join(LAUNCH)).unwrap().replacen("finals = 24", "finals = 25", 1)
}

fn chmod(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn one_edit_saved_is_one_line_on_disk() {
    let mut bench = Bench::sample(LAUNCH);
    chmod(&bench.path(LAUNCH), 0o640);
    bench.edit();
    bench.act(Action::Save);
    bench.assert_saved();
    assert_eq!(bench.text(LAUNCH), launch_with_25());
    assert_eq!(fs::metadata(bench.path(LAUNCH)).unwrap().permissions().mode() & 0o7777, 0o640);
    assert_eq!(bench.names(), [LAUNCH]);
    bench.act(Action::Undo);
    bench.act(Action::Save);
    bench.assert_saved();
    assert_eq!(bench.text(LAUNCH), fs::read_to_string(samples_folder().join(LAUNCH)).unwrap());
}

#[test]
fn a_link_stays_a_link_and_its_file_is_written() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("real")).unwrap();
    fs::copy(samples_folder().join(LAUNCH), folder.path().join("real/project.toml")).unwrap();
    symlink("real/project.toml", folder.path().join("link.toml")).unwrap();
    let mut bench = Bench::open(folder, "link.toml");
    bench.edit();
    bench.act(Action::Save);
    bench.assert_saved();
    assert!(fs::symlink_metadata(bench.path("link.toml")).unwrap().is_symlink());
    assert_eq!(bench.text("real/project.toml"), launch_with_25());
    assert_eq!(bench.names(), ["link.toml", "real"]);
}

#[test]
fn a_read_only_file_is_refused_and_another_name_is_offered() {
    let mut bench = Bench::sample(LAUNCH);
    let before = bench.text(LAUNCH);
    chmod(&bench.path(LAUNCH), 0o444);
    bench.edit();
    bench.act(Action::Save);
    bench.assert_refused("is read-only");
    assert!(bench.notice().contains("Save it under another name"), "{}", bench.notice());
    assert_eq!(bench.text(LAUNCH), before);
    let mine = bench.path("mine.toml");
    bench.save_as(&mine);
    bench.assert_saved();
    assert_eq!((bench.text("mine.toml"), bench.text(LAUNCH)), (launch_with_25(), before));
    assert_eq!(bench.names(), ["mine.toml", LAUNCH]);
}

#[test]
fn a_folder_that_may_not_be_written_is_refused() {
    let mut bench = Bench::sample(LAUNCH);
    let before = bench.text(LAUNCH);
    bench.edit();
    chmod(bench.folder.path(), 0o555);
    bench.act(Action::Save);
    let elsewhere = bench.path("new.toml");
    let (said, after) = (bench.notice().to_owned(), bench.text(LAUNCH));
    bench.save_as(&elsewhere);
    let (said_of_new, names) = (bench.notice().to_owned(), bench.names());
    chmod(bench.folder.path(), 0o755);
    assert!(said.contains("folder") && said.contains("read-only"), "{said}");
    assert!(said_of_new.contains("folder") && said_of_new.contains("read-only"), "{said_of_new}");
    assert_eq!((after, names), (before, vec![LAUNCH.to_owned()]));
    bench.act(Action::Cancel);
    bench.act(Action::Save);
    bench.assert_saved();
}

#[test]
fn somebody_elses_change_is_merged_however_the_file_is_named() {
    let mut bench = Bench::sample(LAUNCH);
    symlink(LAUNCH, bench.path("alias.toml")).unwrap();
    for (finals, name) in [(50, ""), (51, LAUNCH), (52, "./product-launch.retake.toml"), (53, "alias.toml")] {
        bench.edit();
        let mine = bench.state.estimate().lines[0].deliverable.finals.value;
        let before = bench.state.estimate().lines[1].deliverable.finals.value;
        let theirs = bench.text(LAUNCH).replace(&format!("finals = {before}"), &format!("finals = {finals}"));
        fs::write(bench.path(LAUNCH), &theirs).unwrap();
        match name {
            "" => bench.act(Action::Save),
            name => bench.save_as(&bench.path(name)),
        }
        bench.assert_saved();
        let wanted = theirs.replace(&format!("finals = {}\n", mine - 1), &format!("finals = {mine}\n"));
        assert_eq!(without_prices(&bench.text(LAUNCH)), without_prices(&wanted), "{name}");
        assert!(bench.path("alias.toml").is_symlink());
    }
}

fn without_prices(text: &str) -> &str {
    text.split("\n[rates.").next().unwrap()
}

#[test]
fn saved_is_never_said_of_a_file_that_is_gone_or_another() {
    let mut bench = Bench::sample(LAUNCH);
    bench.act(Action::Save);
    bench.assert_saved();
    let text = "retake = 1\nname = \"another\"\n";
    fs::write(bench.path(LAUNCH), text).unwrap();
    bench.act(Action::Save);
    assert!(bench.notice().starts_with("reloaded") && !bench.state.is_dirty(), "{}", bench.notice());
    fs::remove_file(bench.path(LAUNCH)).unwrap();
    bench.act(Action::Save);
    assert!(matches!(bench.state.overlays.top(), Some(Overlay::Conflict(OnDisk::Deleted, _))));
    bench.act(Action::Cancel);
    let path = bench.path(LAUNCH);
    bench.save_as(&path);
    bench.assert_saved();
    assert!(bench.text(LAUNCH).starts_with(text), "the same name again is no conflict when nothing stands there");
}

#[test]
fn a_deleted_file_is_not_silently_made_again() {
    let mut bench = Bench::sample(LAUNCH);
    bench.edit();
    fs::remove_file(bench.path(LAUNCH)).unwrap();
    bench.act(Action::Save);
    bench.assert_refused("was deleted or moved");
    assert_eq!(bench.names(), [""; 0]);
    bench.act(Action::SaveAs);
    bench.act(Action::Accept);
    bench.assert_saved();
    assert_eq!(bench.text(LAUNCH), launch_with_25());
}

#[test]
fn another_name_is_a_new_file_and_an_existing_one_is_asked_about() {
    let mut bench = Bench::with(&[("a.toml", SMALL), ("b.toml", "retake = 1\nname = \"B\"\n")]);
    bench.edit();
    let (b, c) = (bench.path("b.toml"), bench.path("c.toml"));
    bench.save_as(&b);
    assert!(matches!(bench.state.overlays.top(), Some(Overlay::Replace(path)) if *path == b));
    assert_eq!(bench.text("b.toml"), "retake = 1\nname = \"B\"\n");
    bench.act(Action::Cancel);
    assert!(bench.state.is_dirty());
    bench.save_as(&c);
    bench.assert_saved();
    let wanted = bench.text("c.toml");
    assert!(wanted.starts_with("retake = 1\n[deliverable.a]\nfinals = 4\n"), "{wanted}");
    assert_eq!(bench.text("a.toml"), SMALL);
    bench.edit();
    bench.save_as(&b);
    bench.act(Action::Replace);
    bench.assert_saved();
    assert_eq!(bench.text("b.toml"), wanted.replace("finals = 4", "finals = 5"));
    bench.edit();
    bench.act(Action::Save);
    assert_eq!(bench.text("b.toml"), wanted.replace("finals = 4", "finals = 6"), "it goes on with the new file");
    assert_eq!((bench.text("c.toml"), bench.text("a.toml")), (wanted, SMALL.to_owned()));
}

#[test]
fn a_new_project_gets_a_file_and_goes_on_with_it() {
    let mut bench = Bench::with(&[("a.toml", SMALL)]);
    bench.act(Action::New);
    bench.act(Action::Save);
    assert!(matches!(bench.state.overlays.top(), Some(Overlay::Ask { .. })), "a name is asked for");
    bench.act(Action::Cancel);
    for name in ["Hero", "発表"] {
        bench.act(Action::Add);
        paste(&mut bench.state, name);
        bench.act(Action::Accept);
        bench.act(Action::MuchMore);
    }
    let new = bench.path("new.retake.toml");
    bench.save_as(&new);
    bench.assert_saved();
    let text = bench.text("new.retake.toml");
    assert!(text.starts_with("retake = 1\n\n[deliverable.hero]\nname = \"Hero\"\n"), "{text}");
    assert!(text.contains("[deliverable.\"発表\"]\nposition = 10\nfinals = 10\n"), "{text}");
    assert!(text.contains("[rates.\"openai/gpt-image-2\"]\n"), "{text}");
    bench.act(Action::Delete);
    bench.act(Action::Save);
    bench.act(Action::Undo);
    bench.act(Action::Save);
    bench.assert_saved();
    assert_eq!(bench.text("new.retake.toml"), text);
}

#[test]
fn a_file_that_is_no_toml_is_neither_opened_nor_written() {
    let broken = "retake = 1\nname = \"x\n";
    let mut bench = Bench::with(&[("a.toml", SMALL), ("broken.toml", broken)]);
    bench.act(Action::Open);
    let path = bench.path("broken.toml");
    paste(&mut bench.state, path.to_str().unwrap());
    bench.act(Action::Accept);
    assert!(bench.notice().contains("broken.toml:2:"), "{}", bench.notice());
    bench.edit();
    bench.act(Action::Save);
    bench.assert_saved();
    assert!(bench.text("a.toml").contains("finals = 4"), "the project that was open stays");
    fs::write(bench.path("a.toml"), broken).unwrap();
    bench.edit();
    bench.act(Action::Save);
    bench.assert_refused("cannot be read now");
    bench.act(Action::Reload);
    assert_eq!((bench.text("a.toml"), bench.text("broken.toml")), (broken.to_owned(), broken.to_owned()));
    assert!(bench.state.is_dirty(), "what is on screen stays");
}

#[test]
fn a_file_of_a_newer_version_is_never_written() {
    let newer = "retake = 2\nnovelty = true\n[deliverable.a]\nfinals = 3\n";
    let mut bench = Bench::with(&[("a.toml", newer)]);
    bench.edit();
    bench.act(Action::Save);
    bench.assert_refused("newer than this program");
    symlink("a.toml", bench.path("alias.toml")).unwrap();
    for name in ["a.toml", "alias.toml"] {
        let path = bench.path(name);
        bench.save_as(&path);
        bench.assert_refused("newer than this program");
        assert!(matches!(bench.state.overlays.top(), Some(Overlay::Ask { .. })), "the path that was typed stays");
    }
    assert_eq!(bench.text("a.toml"), newer);
}

#[test]
fn what_cannot_be_written_is_refused_in_plain_words() {
    let text = "retake = 1\n[deliverable.a]\nquality = \"hgih\"\nfinals = 3\n";
    let mut bench = Bench::with(&[("a.toml", text)]);
    bench.state.view.selection = Selection::Line(0);
    bench.state.view.focus = Focus::Pane(Pane::OutputSpec);
    bench.state.view.field_at = [2, 0, 0, 0];
    paste(&mut bench.state, "low");
    bench.act(Action::Accept);
    bench.act(Action::Save);
    bench.assert_saved();
    let saved = bench.text("a.toml");
    assert!(saved.contains("quality = \"low\"\nfinals = 3\n"), "{saved}");
    bench.act(Action::Undo);
    bench.act(Action::Save);
    bench.assert_refused("deliverable.a.quality cannot be written");
    let Outcome::NotSaved(refused) = bench.workspace.save(&bench.state) else { panic!("it was saved") };
    assert_eq!(refused.code, Code::NotSaved, "{refused}");
    assert_eq!((bench.text("a.toml"), bench.names()), (saved.clone(), vec!["a.toml".to_owned()]));
    bench.act(Action::Redo);
    bench.act(Action::Save);
    bench.assert_saved();
    assert_eq!(bench.text("a.toml"), saved);
}

#[test]
fn a_copy_of_a_line_that_could_not_be_read_whole_can_be_saved() {
    let text = "retake = 1\n[deliverable.a]\nquality = \"hgih\"\nfinals = 3\nprompt = \"a cup\"\n";
    let mut bench = Bench::with(&[("a.toml", text)]);
    bench.state.view.selection = Selection::Line(0);
    bench.act(Action::Duplicate);
    bench.act(Action::Save);
    bench.assert_saved();
    assert!(bench.text("a.toml").starts_with(text), "{}", bench.text("a.toml"));
}

#[test]
fn a_verification_that_fails_leaves_the_file() {
    use retake::project::store::{Expected, StoreErrorKind, load, save};
    let bench = Bench::sample(LAUNCH);
    let path = bench.path(LAUNCH);
    let before = bench.text(LAUNCH);
    let loaded = load(&path).unwrap();
    // A simulated fault of the splice: the new text is truncated in the middle.
    let verify = |bytes: &[u8]| if bytes == before.as_bytes() { Ok(()) } else { Err("finals differs".to_owned()) };
    let error = save(&path, Expected::Unchanged(&loaded), &before.as_bytes()[..200], &verify).unwrap_err();
    assert_eq!(error.kind, StoreErrorKind::Refused { reason: "finals differs".to_owned() });
    assert_eq!((bench.text(LAUNCH), bench.names()), (before, vec![LAUNCH.to_owned()]));
}

#[test]
fn a_name_without_its_ending_opens_the_file() {
    let text = "retake = 1\n[deliverable.a]\nfinals = 3\n";
    let files = [("b.toml", text), ("spring.retake.toml", text), ("two.toml", text), ("two.retake.toml", text)];
    let mut bench = Bench::with(&files);
    let named = bench.path("spring");
    let opened = bench.workspace.open(named).unwrap();
    assert!(opened.file.unwrap().ends_with("spring.retake.toml"));
    let refused = bench.workspace.open(bench.path("two")).unwrap_err();
    assert!(refused[0].message.contains("two.retake.toml or "), "{refused:?}");
    let missing = bench.workspace.open(bench.path("autumn")).unwrap_err();
    assert_eq!(missing[0].code, Code::Missing);
}

#[test]
fn a_file_of_something_else_is_not_opened_and_told_once() {
    let text = "retake = 1\n[deliverable.a]\nfinals = 3\n";
    let (other, list) = ("[package]\nname = \"x\"\n[dependencies]\n", "Name,Finals\nHero,3\nStory,4\n");
    let mut bench = Bench::with(&[("a.toml", text), ("Cargo.toml", other), ("list.csv", list)]);
    fs::write(bench.path("picture.png"), b"\x89PNG\r\n\x1a\n\0\0\xff\xfe").unwrap();
    for name in ["Cargo.toml", "list.csv", "picture.png"] {
        let refused = bench.workspace.open(bench.path(name)).unwrap_err();
        let codes: Vec<&str> = refused.iter().map(|problem| problem.code.name()).collect();
        assert_eq!(codes, ["not-a-project"], "{name}");
    }
    assert_eq!(bench.text("Cargo.toml"), other);
}

#[test]
fn what_has_no_file_and_no_sample_is_refused_under_its_code() {
    let mut workspace = Workspace::new(catalog(), TODAY);
    let unknown = workspace.new_from_sample("nowhere").unwrap_err();
    assert_eq!((unknown[0].code, unknown[0].message.as_str()), (Code::NoSample, "there is no sample nowhere"));
    let state = State::new(workspace.new_untitled(), catalog(), TODAY, vec!["dark".to_owned()]);
    let Outcome::NotSaved(refused) = workspace.save(&state) else { panic!("a project without a file was saved") };
    assert_eq!(refused.code, Code::NoFile, "{refused}");
    assert!(refused.message.starts_with("the project has no file yet; "), "{refused}");
}
