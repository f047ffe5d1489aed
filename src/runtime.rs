//! The loop between terminal and state: events in, one update each, one frame, then the effects.
//!
//! Nothing here decides anything about the budget; it carries chords in and effects out.

mod document;
pub mod edits;
mod external_change;
mod failpoint;
mod input;
mod recovery;
pub mod workspace;

use crate::app::State;
use crate::app::flows::lifecycle;
use crate::app::keys::keymap::Keymap;
use crate::app::model::outcome::Effect;
use crate::app::model::picker::Offer;
use crate::config::paths::Paths;
use crate::config::welcome::{self, Sample, Welcome};
use crate::cost::{Catalog, Marks};
use crate::diagnostics::{Level, Problem};
use crate::system::watch::{self, Watch};
use crate::terminal::{self, Options, Screen, Session, TerminalError, Wake};
use crate::ui::theme::{ColourDepth, Styles, Theme, Themes};
use crate::ui::{View, draw, furthest_scroll};
use crate::words;
use crossterm::event::Event;
use jiff::civil::Date;
use std::io;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use workspace::Workspace;

/// A watched file changed.
struct Disk;

/// What the dashboard starts with.
pub struct Start {
    /// The project to open; none for a new one.
    pub file: Option<PathBuf>,
    /// The day that stale prices are measured from.
    pub today: Date,
    /// Built-in prices and starting points.
    pub catalog: &'static Catalog,
    /// The live keys.
    pub keymap: Keymap,
    /// The name of the theme to start with, and the theme.
    pub look: (String, Theme),
    /// Every theme, the user's own first.
    pub themes: Themes,
    /// Whether to ask the terminal for the mouse.
    pub mouse: bool,
    /// How figures on screen are punctuated.
    pub numbers: Marks,
    /// What is wrong with the user's settings; the first notice says how much.
    pub problems: Vec<Problem>,
    /// Where opened and saved projects are remembered.
    pub paths: Paths,
}

/// Why the dashboard did not run to its end.
#[derive(Debug)]
pub enum RunError {
    /// There is no terminal to draw on.
    Terminal(TerminalError),
    /// The project cannot be opened, for these reasons.
    Project(Vec<Problem>),
}

/// What a dashboard takes at most before its first key, in MiB: measured, 16 at 20 deliverables with its five threads.
pub const MEMORY_MIB: usize = 32;

/// Whether the system has [`MEMORY_MIB`] for a dashboard. A program that asks for memory in vain is ended on the spot, and cannot
/// even give the terminal back: so this is asked before it is taken.
#[must_use]
pub fn has_memory() -> bool {
    let mut room = Vec::<u8>::new();
    let has = room.try_reserve_exact(MEMORY_MIB << 20).is_ok();
    // Room that nothing looks at would not be asked for at all.
    std::hint::black_box(&room);
    has
}

/// Runs the dashboard until it is quit; gives back the exit code.
///
/// # Errors
/// Where there is no terminal, or the named file cannot be opened at all.
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
    state.session.theme = name;
    if start.file.is_none() {
        // A first frame with nothing open shows them; the recent ones join them after it.
        state.session.offers = offers(Vec::new(), welcome::samples());
    }
    say_problems(&mut state, &start.problems);
    let shown = show(&session, &mut workspace, state, &theme, &start.keymap, &start.themes, &start.paths);
    session.restore();
    shown.map_err(|error| RunError::Terminal(TerminalError::Io(error)))
}

/// The signs of who will read. Chosen before anything is read, because what is said of a file is put into words as it is read.
/// Without a terminal all that will come is printed, with the same bytes for every user.
fn reader(own: Marks) -> Marks {
    if terminal::check().is_ok() { own } else { Marks::default() }
}

/// Recent projects, then the samples.
fn offers(recent: Vec<PathBuf>, samples: impl IntoIterator<Item = Sample>) -> Vec<Offer> {
    let sample = |sample: Sample| Offer::Sample(sample.name.to_owned(), sample.line.to_owned());
    recent.into_iter().map(Offer::Recent).chain(samples.into_iter().map(sample)).collect()
}

/// What is wrong with the project matters more than what is wrong with the settings.
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
    session: &Session<Disk>,
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
    let mut watch = None;
    let (mut changed, mut drawn) = (false, false);
    loop {
        if !drawn {
            look.follow(themes, &state.session.theme);
            state.view.furthest_scroll =
                paint(&mut screen, &View { state: &state, keymap, styles: &look.styles, ascii });
        }
        let watch = match &mut watch {
            Some(watch) => watch,
            none => none.insert(after_the_first_frame(session, workspace, &mut state, paths)?),
        };
        workspace.write_ahead();
        // What changed between the reading and the watch is found by a look.
        changed |= watch.follow(workspace.watched());
        let due = changed && state.is_at_rest();
        let wakes = wait(session, workspace, if due { Some(watch::QUIET) } else { watch.patience() });
        // News from the disk are no news on the screen until a look has made something of them.
        drawn = wakes.iter().all(|wake| matches!(wake, Wake::Message(Disk)));
        if wakes.is_empty() && state.is_at_rest() {
            if let Some(outcome) = workspace.carry_out(&state, Effect::Look) {
                drawn = false;
                let effects = lifecycle::settle(&mut state, outcome);
                if carry_out(session, workspace, &mut state, effects) {
                    return Ok(0);
                }
            }
            workspace.note(&mut state, Instant::now());
            changed = workspace.is_unsettled();
        }
        for wake in wakes {
            let effects = match wake {
                Wake::Input(event) => {
                    failpoint::pass("event", state.is_dirty());
                    changed |= matches!(event, Event::FocusGained);
                    let view = View { state: &state, keymap, styles: &look.styles, ascii };
                    let target = input::pointed_at(&view, screen.area(), &event);
                    input::feed(&mut state, keymap, event, target)
                }
                Wake::Redraw => Vec::new(),
                Wake::Message(Disk) => {
                    changed = true;
                    Vec::new()
                }
                Wake::WorkerPanicked => return Ok(terminal::EXIT_PANIC),
            };
            workspace.note(&mut state, Instant::now());
            if carry_out(session, workspace, &mut state, effects) {
                return Ok(0);
            }
            workspace.note(&mut state, Instant::now());
        }
    }
}

/// Draws a frame; gives back how far the text that is open scrolls.
fn paint(screen: &mut Screen, view: &View) -> usize {
    let mut furthest = 0;
    screen.draw(|window, frame| {
        failpoint::pass("draw", view.state.is_dirty());
        furthest = furthest_scroll(view, frame.area);
        draw(view, window, frame)
    });
    furthest
}

/// Waits for something to answer, at most for as long as `patience`. The disk is asked meanwhile to hold the last edits, a
/// second after the first of them: the one thing here that goes by the clock, and nothing that a frame would show.
fn wait(session: &Session<Disk>, workspace: &mut Workspace, patience: Option<Duration>) -> Vec<Wake<Disk>> {
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

/// What the first frame does not show, and so does not wait for: keys, the list of recent projects, the watch and its thread.
fn after_the_first_frame(
    session: &Session<Disk>,
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
        _ = waker.send(Disk);
    }))
}

/// Carries effects out until none is left; true when the program is to end.
fn carry_out(session: &Session<Disk>, workspace: &mut Workspace, state: &mut State, mut effects: Vec<Effect>) -> bool {
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
            effect => match workspace.carry_out(state, effect) {
                Some(outcome) => outcome,
                None => continue,
            },
        };
        effects.extend(lifecycle::settle(state, outcome));
    }
    false
}

/// The present theme's styles, made again only when the theme changes.
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

/// Whether the locale rules out anything but ASCII: a plain C or POSIX locale does, an unset one does not.
fn ascii_only(env: impl Fn(&str) -> Option<String>) -> bool {
    let set = |name| env(name).filter(|value| !value.is_empty());
    let locale = set("LC_ALL").or_else(|| set("LC_CTYPE")).or_else(|| set("LANG"));
    locale.is_some_and(|locale| locale == "C" || locale == "POSIX")
}
