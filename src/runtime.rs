//! The loop between terminal and state: events in, one update each, one frame, then the effects.
//!
//! Nothing here decides anything about the budget: chords go in, effects come out.

mod document;
pub mod edits;
mod failpoint;
mod input;
mod recovery;
mod risk_worker;
mod shared_file;
mod worker;
pub mod workspace;

use crate::app::State;
use crate::app::flows::lifecycle;
use crate::app::keys::keymap::Keymap;
use crate::app::model::outcome::{Effect, Outcome};
use crate::app::model::picker::Offer;
use crate::config::paths::Paths;
use crate::config::welcome::{self, Sample, Welcome};
use crate::cost::{Catalog, Marks};
use crate::diagnostics::{Level, Problem};
use crate::system::watch::{self, Watch};
use crate::terminal::{self, Options, Screen, Session, TerminalError, Wake};
use crate::ui::theme::{ColourDepth, Styles, Theme, Themes};
use crate::ui::{FrameInput, draw, scrolled};
use crate::words;
use crossterm::event::Event;
use jiff::civil::Date;
use risk_worker::RiskWorker;
use std::io;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use worker::Worker;
use workspace::Workspace;

/// What wakes the loop beside the terminal.
enum News {
    /// A watched file changed.
    Disk,
    /// The worker has something to tell.
    Worker,
    /// The distribution of the total is there.
    Risk,
}

/// The settings that the dashboard starts with.
pub struct Start {
    /// The project to open; `None` for a new project.
    pub file: Option<PathBuf>,
    /// The day used to judge the age of prices.
    pub today: Date,
    /// Built-in prices and starting points.
    pub catalog: &'static Catalog,
    /// The live keys.
    pub keymap: Keymap,
    /// The name of the theme to start with, and the theme.
    pub look: (String, Theme),
    /// Whether the user's settings name that theme: then a choice on the screen ends with the session.
    pub theme_is_set: bool,
    /// Every theme, the user's own first.
    pub themes: Themes,
    /// Whether to ask the terminal for the mouse.
    pub mouse: bool,
    /// The number format on screen.
    pub numbers: Marks,
    /// The problems in the user's settings; the first notice counts them.
    pub problems: Vec<Problem>,
    /// The user's own folders; the list of recent projects is in one.
    pub paths: Paths,
}

/// Why the dashboard stopped early.
#[derive(Debug)]
pub enum RunError {
    /// There is no terminal to draw on.
    Terminal(TerminalError),
    /// The project cannot be opened; the problems say why.
    Project(Vec<Problem>),
}

/// The most memory that a dashboard needs before its first key, in MiB: measured, 16 at 20 deliverables with its five threads.
pub const MEMORY_MIB: usize = 32;

/// Whether the system has [`MEMORY_MIB`] for a dashboard. A program that runs out of memory is aborted on the spot and cannot
/// even restore the terminal, so ask before taking the terminal.
#[must_use]
pub fn has_memory() -> bool {
    let mut room = Vec::<u8>::new();
    let has = room.try_reserve_exact(MEMORY_MIB << 20).is_ok();
    // The compiler would drop an allocation that is never read.
    std::hint::black_box(&room);
    has
}

/// Runs the dashboard until the user quits; returns the exit code.
///
/// # Errors
/// If there is no terminal, or the named file cannot be opened.
pub fn run(start: Start) -> Result<i32, RunError> {
    let _reader = words::number::read_as(reader(start.numbers));
    let mut workspace = Workspace::new(start.catalog, start.today).remembering(start.paths.clone()).not_listing_yet();
    let opened = match start.file.clone() {
        Some(file) => workspace.open(file).map_err(RunError::Project)?,
        None => workspace.recover_or_new(),
    };
    let session = Session::start(options(start.mouse)).map_err(RunError::Terminal)?;
    let names = start.themes.names().map(str::to_owned).collect();
    let mut state = State::new(opened, workspace.catalog(), workspace.today(), names).with_keys(&start.keymap);
    let (name, theme) = start.look;
    (state.session.theme, state.session.theme_is_set) = (name, start.theme_is_set);
    if start.file.is_none() {
        // The first frame of the empty screen shows the samples; recent projects join them after it.
        state.session.offers = offers(Vec::new(), welcome::samples());
    }
    say_problems(&mut state, &start.problems);
    // The total is on screen sooner without it: half of what the first frame would take.
    state.project.put_off_risk(true);
    let shown = show(&session, &mut workspace, state, &theme, &start.keymap, &start.themes, &start.paths);
    session.restore();
    shown.map_err(|error| RunError::Terminal(TerminalError::Io(error)))
}

/// The reader's number format. Set it before reading any file, because messages about a file are worded while it is read. Without
/// a terminal all output is printed, with the same bytes for every user.
fn reader(own: Marks) -> Marks {
    if terminal::check().is_ok() { own } else { Marks::default() }
}

/// Recent projects, then the samples.
fn offers(recent: Vec<PathBuf>, samples: impl IntoIterator<Item = Sample>) -> Vec<Offer> {
    let sample = |sample: Sample| Offer::Sample(sample.name.to_owned(), sample.line.to_owned());
    recent.into_iter().map(Offer::Recent).chain(samples.into_iter().map(sample)).collect()
}

/// Problems in the project matter more than problems in the settings.
fn say_problems(state: &mut State, problems: &[Problem]) {
    let warnings = problems.iter().filter(|problem| problem.level != Level::Note).count();
    if warnings > 0 && state.session.notice.is_none() {
        state.say(Level::Warning, words::notice_settings(warnings));
    }
}

fn options(mouse: bool) -> Options {
    Options { mouse, panic_preface: words::panic_preface().to_owned(), ..Options::default() }
}

fn show(
    session: &Session<News>,
    workspace: &mut Workspace,
    mut state: State,
    theme: &Theme,
    keymap: &Keymap,
    themes: &Themes,
    paths: &Paths,
) -> io::Result<i32> {
    let env = |name: &str| std::env::var(name).ok();
    let depth = ColourDepth::detect(env("NO_COLOR").as_deref(), env("COLORTERM").as_deref(), env("TERM").as_deref());
    let mut look = Look { name: state.session.theme.clone(), depth, styles: theme.styles(depth) };
    let mut screen = session.screen();
    let ascii = ascii_only(env);
    let (mut watch, mut worker, mut risk_worker) = (None, Worker::default(), RiskWorker::default());
    let (mut changed, mut drawn) = (false, false);
    loop {
        if !drawn {
            look.follow(themes, &state.session.theme);
            (state.view.first_line, state.view.furthest_scroll) =
                paint(&mut screen, &FrameInput::new(&state, keymap, &look.styles, ascii));
        }
        let watch = match &mut watch {
            Some(watch) => watch,
            none => none.insert(after_the_first_frame(session, workspace, &mut state, paths)?),
        };
        workspace.write_ahead();
        // A change between the reading and the start of the watch is found by a look.
        changed |= watch.follow(workspace.watched());
        let due = changed && state.is_at_rest();
        let patience = if due { Some(watch::QUIET) } else { watch.patience() };
        let wakes = appraise_and_wait(session, workspace, &mut risk_worker, &mut state, patience);
        // A change notice alone needs no redraw; the check below decides.
        drawn = wakes.iter().all(|wake| matches!(wake, Wake::Message(News::Disk)));
        if wakes.is_empty() && state.is_at_rest() {
            match look_at_disk(session, workspace, &mut worker, &mut state) {
                Some(changed) => drawn &= !changed,
                None => return Ok(0),
            }
            workspace.note(&mut state, Instant::now());
            changed = workspace.is_unsettled();
        }
        for wake in wakes {
            let effects = match wake {
                Wake::Input(event) => {
                    failpoint::pass("event", state.is_dirty());
                    changed |= matches!(event, Event::FocusGained);
                    let view = FrameInput::new(&state, keymap, &look.styles, ascii);
                    let target = input::pointed_at(&view, screen.area(), &event);
                    input::handle_event(&mut state, keymap, event, target)
                }
                Wake::Redraw => Vec::new(),
                Wake::Message(News::Disk) => {
                    changed = true;
                    Vec::new()
                }
                Wake::Message(News::Worker) => told(&mut state, worker.news()),
                Wake::Message(News::Risk) => told(&mut state, risk_worker.news()),
                Wake::WorkerPanicked => return Ok(terminal::EXIT_PANIC),
            };
            workspace.note(&mut state, Instant::now());
            if carry_out(session, workspace, &mut worker, &mut state, effects) {
                return Ok(0);
            }
            worker.go_on_while(state.awaits_list() || state.awaits_under_cap());
            workspace.note(&mut state, Instant::now());
        }
    }
}

/// Waits for an event; has computed first what the frame did without, unless something happens before that is begun.
fn appraise_and_wait(
    session: &Session<News>,
    workspace: &mut Workspace,
    worker: &mut RiskWorker,
    state: &mut State,
    patience: Option<Duration>,
) -> Vec<Wake<News>> {
    if let Some(patience) = worker.patience(state) {
        let wakes = wait(session, workspace, Some(patience));
        if !wakes.is_empty() {
            return wakes;
        }
    }
    let waker = session.waker();
    let failed = worker.follow(state, move || _ = waker.send(News::Risk));
    state.project.put_off_risk(false);
    if failed.is_some() {
        _ = told(state, failed);
        return vec![Wake::Redraw];
    }
    wait(session, workspace, patience)
}

/// What a thread tells.
fn told(state: &mut State, news: Option<Outcome>) -> Vec<Effect> {
    news.map_or_else(Vec::new, |outcome| lifecycle::apply_outcome(state, outcome))
}

/// Looks whether another program changed the file: whether anything is different on screen, or `None` if the program should end.
fn look_at_disk(
    session: &Session<News>,
    workspace: &mut Workspace,
    worker: &mut Worker,
    state: &mut State,
) -> Option<bool> {
    let Some(outcome) = workspace.carry_out(state, Effect::Look) else { return Some(false) };
    let effects = lifecycle::apply_outcome(state, outcome);
    (!carry_out(session, workspace, worker, state, effects)).then_some(true)
}

/// Draws a frame; returns where the open text is scrolled to, and how far it goes.
fn paint(screen: &mut Screen, view: &FrameInput) -> (usize, usize) {
    let mut text = (0, 0);
    screen.draw(|window, frame| {
        failpoint::pass("draw", view.state.is_dirty());
        text = scrolled(view, frame.area);
        draw(view, window, frame)
    });
    text
}

/// Waits for an event, at most `patience`. Meanwhile the edits are synced to the disk, a second after the first of them: the only
/// timer here, and no frame shows it.
fn wait(session: &Session<News>, workspace: &mut Workspace, patience: Option<Duration>) -> Vec<Wake<News>> {
    let until = patience.map(|patience| Instant::now() + patience);
    loop {
        let now = Instant::now();
        let left = until.map(|until| until.saturating_duration_since(now));
        let wakes = session.wait(left.into_iter().chain(workspace.sync_in(now)).min());
        let now = Instant::now();
        if workspace.sync_in(now) == Some(Duration::ZERO) {
            workspace.sync();
        }
        if !wakes.is_empty() || until.is_some_and(|until| until <= now) {
            return wakes;
        }
    }
}

/// Everything that the first frame does not show and so does not wait for: keys, the list of recent projects, the watch and its
/// thread.
fn after_the_first_frame(
    session: &Session<News>,
    workspace: &mut Workspace,
    state: &mut State,
    paths: &Paths,
) -> io::Result<Watch> {
    session.listen()?;
    let Welcome { recent, samples } = Welcome::of(paths);
    state.session.offers = offers(recent, samples);
    workspace.list_recent();
    let waker = session.waker();
    Ok(Watch::new(move || {
        failpoint::pass("watch", true);
        _ = waker.send(News::Disk);
    }))
}

/// Runs effects until none is left; true if the program should end.
fn carry_out(
    session: &Session<News>,
    workspace: &mut Workspace,
    worker: &mut Worker,
    state: &mut State,
    mut effects: Vec<Effect>,
) -> bool {
    while let Some(effect) = effects.pop() {
        failpoint::pass("effect", state.is_dirty());
        let outcome = match effect {
            Effect::Quit => {
                workspace.close();
                return true;
            }
            Effect::Copy(text) => {
                session.copy(&text);
                continue;
            }
            Effect::Suspend => {
                session.suspend();
                continue;
            }
            Effect::ReadList(request) => {
                let work = worker::read_list(request, state.base().clone(), workspace.catalog());
                let waker = session.waker();
                match worker.start(work, move || _ = waker.send(News::Worker)) {
                    Some(outcome) => outcome,
                    None => continue,
                }
            }
            Effect::UnderCap(wanted) => {
                let work = worker::search(wanted, state.budget().clone(), workspace.catalog(), workspace.today());
                let waker = session.waker();
                match worker.start(work, move || _ = waker.send(News::Worker)) {
                    Some(outcome) => outcome,
                    None => continue,
                }
            }
            effect => match workspace.carry_out(state, effect) {
                Some(outcome) => outcome,
                None => continue,
            },
        };
        effects.extend(lifecycle::apply_outcome(state, outcome));
    }
    false
}

/// The current theme's styles, rebuilt only when the theme changes.
struct Look {
    name: String,
    depth: ColourDepth,
    styles: Styles,
}

impl Look {
    fn new(themes: &Themes, name: &str, depth: ColourDepth) -> Look {
        let theme = themes.get(name).unwrap_or_else(|| Theme::read("", None).0);
        Look { name: name.to_owned(), depth, styles: theme.styles(depth) }
    }

    fn follow(&mut self, themes: &Themes, name: &str) {
        if self.name != name {
            *self = Look::new(themes, name, self.depth);
        }
    }
}

/// Whether the locale allows ASCII only: a plain C or POSIX locale does, an unset locale does not.
fn ascii_only(env: impl Fn(&str) -> Option<String>) -> bool {
    let set = |name| env(name).filter(|value| !value.is_empty());
    let locale = set("LC_ALL").or_else(|| set("LC_CTYPE")).or_else(|| set("LANG"));
    locale.is_some_and(|locale| locale == "C" || locale == "POSIX")
}
