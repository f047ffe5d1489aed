//! The smallest program that uses the terminal like the real one. The test binary starts itself as this program, so that it can
//! do what the real one must not: panic, hang.

use crate::harness::Home;
use crossterm::event::{Event, KeyCode, KeyModifiers};
use portable_pty::CommandBuilder;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::{Color, Style};
use ratatui::text::Line;
use ratatui::widgets::Widget;
use retake::terminal::{EXIT_PANIC, Options, Session, TerminalError, Wake};
use std::process::exit;

/// Set in the environment of a process that should be the program.
const ASKED: &str = "RETAKE_TEST_APP";
/// File in the working directory with the reason why the program was ended from outside.
pub(crate) const END_NOTE: &str = "end-note";

/// In the environment: what `on_end` does after its note, `hang` or `panic`.
pub(crate) const ON_END: &str = "RETAKE_TEST_ON_END";

/// Arguments that make the test binary the program, together with `ASKED`.
const ARGUMENTS: [&str; 6] =
    ["app::run_when_asked", "--exact", "--nocapture", "--test-threads=1", "--color=never", "-q"];

pub(crate) fn command(home: &Home) -> CommandBuilder {
    let mut command = home.command(std::env::current_exe().unwrap());
    command.args(ARGUMENTS);
    command.env(ASKED, "1");
    command
}

/// A shell command line that runs the program; the shell must have been started by [`shell`].
pub(crate) fn command_line() -> String {
    format!("{} {}", std::env::current_exe().unwrap().display(), ARGUMENTS.join(" "))
}

/// A program of another name, with the environment that [`command_line`] needs.
pub(crate) fn shell(home: &Home, program: &str, arguments: &[&str]) -> CommandBuilder {
    let mut command = home.command(program);
    command.args(arguments);
    command.env(ASKED, "1");
    command
}

#[test]
fn run_when_asked() {
    if std::env::var_os(ASKED).is_some() {
        run();
    }
}

#[derive(Default)]
struct Seen {
    keys: u32,
    frames: u32,
    redraws: u32,
    last: String,
}

fn run() {
    let options = Options {
        on_end: Box::new(|end| {
            std::fs::write(END_NOTE, format!("{end:?}")).unwrap();
            match std::env::var(ON_END).as_deref() {
                Ok("hang") => be_stuck(),
                Ok("panic") => panic!("on_end broke"),
                _ => {}
            }
        }),
        panic_preface: "This is a bug in the test program.".into(),
        ..Options::default()
    };
    let session = match Session::<&'static str>::start(options) {
        Ok(session) => session,
        Err(TerminalError::Io(error)) => panic!("{error}"),
        Err(refusal) => {
            eprintln!("{refusal}");
            exit(2);
        }
    };
    let mut screen = session.screen();
    let mut seen = Seen::default();
    screen.draw(|_, frame| draw(frame, &mut seen));
    session.listen().unwrap();
    loop {
        for wake in session.wait(None) {
            match wake {
                Wake::Input(event) => on_event(&session, &event, &mut seen),
                Wake::Redraw => seen.redraws += 1,
                Wake::Message(text) => seen.last = text.to_owned(),
                Wake::WorkerPanicked => exit(EXIT_PANIC),
            }
        }
        if seen.last == "quit" {
            drop(session);
            exit(0);
        }
        screen.draw(|_, frame| draw(frame, &mut seen));
        while seen.last == "flood" {
            screen.draw(|_, frame| flood(frame, &mut seen));
        }
    }
}

fn on_event(session: &Session<&'static str>, event: &Event, seen: &mut Seen) {
    seen.last = format!("{event:?}");
    let Event::Key(key) = event else { return };
    seen.keys += 1;
    match (key.modifiers, key.code) {
        (KeyModifiers::CONTROL, KeyCode::Char('z')) => seen.last = format!("suspend: {}", session.suspend()),
        (KeyModifiers::NONE, KeyCode::Char('q')) => seen.last = "quit".into(),
        (KeyModifiers::NONE, KeyCode::Char('p')) => panic!("main broke \x1b]0;evil\x07 here"),
        (KeyModifiers::NONE, KeyCode::Char('d')) => seen.last = "panic in draw".into(),
        (KeyModifiers::NONE, KeyCode::Char('w')) => drop(std::thread::spawn(|| panic!("worker broke"))),
        (KeyModifiers::NONE, KeyCode::Char('m')) => {
            let waker = session.waker();
            std::thread::spawn(move || waker.send("message from a worker"));
        }
        (KeyModifiers::NONE, KeyCode::Char('b')) => be_stuck(),
        (KeyModifiers::NONE, KeyCode::Char('f')) => seen.last = "flood".into(),
        _ => {}
    }
}

/// Every cell differs from the frame before.
fn flood(frame: &mut Buffer, seen: &mut Seen) -> Option<Position> {
    seen.frames += 1;
    let symbol = if seen.frames.is_multiple_of(2) { "flood" } else { "FLOOD" };
    let line = symbol.repeat(frame.area.width.into());
    for row in frame.area.rows() {
        line.as_str().render(row, frame);
    }
    None
}

/// Writes a message past the screen, as a stuck loop draws nothing, and never returns.
fn be_stuck() -> ! {
    eprint!("stuck");
    loop {
        std::hint::spin_loop();
    }
}

fn draw(frame: &mut Buffer, seen: &mut Seen) -> Option<Position> {
    seen.frames += 1;
    let (width, height) = (frame.area.width, frame.area.height);
    let lines = [
        Line::from(format!("test program, pid {}.", std::process::id())),
        Line::from(format!("size {width}x{height}.")),
        Line::from(format!("keys {}. frames {}. redraws {}.", seen.keys, seen.frames, seen.redraws)),
        Line::from(seen.last.as_str()),
        Line::styled("selected", Style::new().fg(Color::Red).bg(Color::Blue).bold().reversed()),
    ];
    for (line, row) in lines.into_iter().zip(frame.area.rows()) {
        line.render(row, frame);
    }
    assert_ne!(seen.last, "panic in draw");
    None
}
