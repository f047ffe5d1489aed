//! The loop between terminal and state: events in, one update each, one frame, then the effects.
//!
//! Nothing here decides anything about the budget; it carries chords in and effects out.

pub mod desk;
pub mod edits;
mod input;
mod recovery;

use crate::app::keymap::Keymap;
use crate::app::outcome::{Effect, Opened, Outcome};
use crate::app::picker::Offer;
use crate::app::{State, leaving};
use crate::config::paths::Paths;
use crate::config::welcome::Welcome;
use crate::cost::Catalog;
use crate::place::{Level, Problem};
use crate::terminal::{self, Options, Session, TerminalError, Wake};
use crate::ui::theme::{ColourDepth, Styles, Theme, Themes, default_theme};
use crate::ui::{View, draw, furthest_scroll};
use crate::words;
use desk::Desk;
use jiff::civil::Date;
use std::io;
use std::path::PathBuf;
use std::time::{Duration, Instant};

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
    /// The theme to start with; the default where none is named or known.
    pub theme: Option<String>,
    /// Every theme, the user's own first.
    pub themes: Themes,
    /// Whether to ask the terminal for the mouse.
    pub mouse: bool,
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

/// Runs the dashboard until it is quit; gives back the exit code.
///
/// # Errors
/// Where there is no terminal, or the named file cannot be opened at all.
pub fn run(start: Start) -> Result<i32, RunError> {
    let offers = offers(&start.paths);
    let mut desk = Desk::new(start.catalog, start.today).remembering(start.paths);
    let opened = match start.file {
        Some(file) => desk.open(file).map_err(RunError::Project)?,
        None => desk.start(),
    };
    let session = Session::start(options(start.mouse)).map_err(RunError::Terminal)?;
    let names = start.themes.names().map(str::to_owned).collect();
    let mut state = State::new(opened, desk.catalog(), desk.today(), names);
    let named = start.theme.filter(|named| state.themes.contains(named));
    state.theme = default_theme(named.as_deref(), std::env::var("COLORFGBG").ok().as_deref()).to_owned();
    state.offers = offers;
    say_problems(&mut state, &start.problems);
    let shown = show(&session, &mut desk, state, &start.keymap, &start.themes);
    session.restore();
    shown.map_err(|error| RunError::Terminal(TerminalError::Io(error)))
}

/// Recent projects, then the samples.
fn offers(paths: &Paths) -> Vec<Offer> {
    let Welcome { recent, samples } = Welcome::of(paths);
    let samples = samples.into_iter().map(|sample| Offer::Sample(sample.name.to_owned(), sample.line.to_owned()));
    recent.into_iter().map(Offer::Recent).chain(samples).collect()
}

/// What is wrong with the project matters more than what is wrong with the settings.
fn say_problems(state: &mut State, problems: &[Problem]) {
    let warnings = problems.iter().filter(|problem| problem.level != Level::Note).count();
    if warnings > 0 && state.notice.is_none() {
        state.say(Level::Warning, words::notice_settings(warnings));
    }
}

fn options(mouse: bool) -> Options {
    Options { mouse, panic_preface: words::panic_preface().to_owned(), ..Options::default() }
}

fn show(session: &Session<()>, desk: &mut Desk, mut state: State, keymap: &Keymap, themes: &Themes) -> io::Result<i32> {
    let env = |name: &str| std::env::var(name).ok();
    let depth = ColourDepth::detect(env("NO_COLOR").as_deref(), env("COLORTERM").as_deref(), env("TERM").as_deref());
    let mut look = Look::new(themes, &state.theme, depth);
    let mut screen = session.screen(terminal_depth(depth))?;
    let ascii = ascii_only(env);
    loop {
        look.follow(themes, &state.theme);
        let view = View { state: &state, keymap, styles: &look.styles, ascii };
        let mut furthest = 0;
        screen.draw(|frame| {
            let area = frame.area();
            furthest = furthest_scroll(&view, area);
            if let Some(cursor) = draw(&view, area, frame.buffer_mut()) {
                frame.set_cursor_position(cursor);
            }
        })?;
        state.furthest_scroll = furthest;
        for wake in wait(session, desk) {
            let effects = match wake {
                Wake::Input(event) => {
                    let view = View { state: &state, keymap, styles: &look.styles, ascii };
                    let target = input::pointed_at(&view, screen.area(), &event);
                    input::feed(&mut state, keymap, event, target)
                }
                Wake::Redraw | Wake::Message(()) => Vec::new(),
                Wake::WorkerPanicked => return Ok(terminal::EXIT_PANIC),
            };
            desk.note(&mut state, Instant::now());
            if carry_out(session, desk, &mut state, effects) {
                return Ok(0);
            }
            desk.note(&mut state, Instant::now());
        }
    }
}

/// Waits for something to answer. The disk is asked meanwhile to hold the last edits, a second after the first of them: the
/// one thing here that goes by the clock, and nothing that a frame would show.
fn wait(session: &Session<()>, desk: &mut Desk) -> Vec<Wake<()>> {
    loop {
        let wakes = session.wait(desk.sync_in(Instant::now()));
        if desk.sync_in(Instant::now()) == Some(Duration::ZERO) {
            desk.sync();
        }
        if !wakes.is_empty() {
            return wakes;
        }
    }
}

/// Carries effects out until none is left; true when the program is to end.
fn carry_out(session: &Session<()>, desk: &mut Desk, state: &mut State, mut effects: Vec<Effect>) -> bool {
    while let Some(effect) = effects.pop() {
        let outcome = match effect {
            Effect::Quit => {
                desk.close();
                return true;
            }
            Effect::DropRecovered => {
                desk.drop_recovered();
                continue;
            }
            Effect::Copy(text) => {
                session.copy(&text);
                continue;
            }
            Effect::Suspend => {
                session.suspend();
                continue;
            }
            Effect::Save => desk.save(state),
            Effect::SaveAs { path, replace } => desk.save_as(state, path, replace),
            Effect::Open(path) => opened(desk.open(path)),
            Effect::ReadList(path) => desk.read_list(path),
            Effect::Versions => desk.versions(),
            Effect::OpenVersion(path) => opened(desk.open_version(&path)),
            Effect::Reload => opened(desk.reload()),
            Effect::New => Outcome::Opened(Box::new(desk.begin())),
            Effect::Sample(name) => opened(desk.begin_with(&name)),
        };
        effects.extend(leaving::settle(state, outcome));
    }
    false
}

fn opened(result: Result<Opened, Vec<Problem>>) -> Outcome {
    match result {
        Ok(opened) => Outcome::Opened(Box::new(opened)),
        Err(problems) => Outcome::NotOpened(problems),
    }
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

fn terminal_depth(depth: ColourDepth) -> terminal::ColorDepth {
    match depth {
        ColourDepth::None => terminal::ColorDepth::None,
        ColourDepth::Ansi16 => terminal::ColorDepth::Ansi16,
        ColourDepth::Indexed256 => terminal::ColorDepth::Ansi256,
        ColourDepth::True => terminal::ColorDepth::True,
    }
}

/// Whether the locale rules out anything but ASCII: a plain C or POSIX locale does, an unset one does not.
fn ascii_only(env: impl Fn(&str) -> Option<String>) -> bool {
    let set = |name| env(name).filter(|value| !value.is_empty());
    let locale = set("LC_ALL").or_else(|| set("LC_CTYPE")).or_else(|| set("LANG"));
    locale.is_some_and(|locale| locale == "C" || locale == "POSIX")
}
