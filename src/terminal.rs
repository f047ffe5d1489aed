//! The terminal, borrowed and always restored.
//!
//! [`Session::start`] takes the terminal (raw mode, alternate screen, hidden cursor, bracketed paste, mouse, focus reports) and
//! every way out of the program restores it: a normal end, a panic on any thread, SIGTERM, SIGHUP, SIGINT, SIGQUIT, Ctrl-Z, a
//! stop from outside. Only SIGKILL cannot be handled.
//!
//! The main loop is `for wake in session.wait(None) { … }` followed by one [`Screen::draw`]. Nothing here ticks: with no
//! input every thread sleeps in the kernel.
//!
//! | part | what it holds |
//! |---|---|
//! | `guard` | the one process-wide state, entering and leaving the modes, the panic hook |
//! | `replies` | telling late replies of the terminal from keys |
//! | `ending` | `on_end`, restore and exit within 200 ms |
//! | `signals` | the signal thread and the watcher for a terminal that disappears |
//! | `screen` | frames, one write each |
//! | `cells` | the difference between two frames as bytes |
//!
//! The system calls are in [`crate::system`].

pub mod ansi;
mod ending;
mod guard;
mod replies;
mod screen;
mod signals;

pub use screen::{CELLS_MAX, Screen, drawn};

use crate::system::tty;
use crate::words;
use crate::words::clip::Clip;
use crossterm::event::Event;
use std::fmt;
use std::io::{self, IsTerminal};
use std::marker::PhantomData;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

/// Exit code of a program whose worker thread panicked; Rust uses the same when the main thread panics.
pub const EXIT_PANIC: i32 = 101;

/// Why the main loop woke up. `M` is the program's own message, sent by its workers through [`Waker`].
#[derive(Debug)]
pub enum Wake<M> {
    /// A key, a paste, a mouse event, a change of focus or of size. Key releases never arrive.
    Input(Event),
    /// The modes were entered again after a stop: draw, the next frame is complete by itself.
    Redraw,
    /// Another thread panicked; the terminal is already restored and the message printed: end with [`EXIT_PANIC`].
    WorkerPanicked,
    /// A message from a worker of the program.
    Message(M),
}

/// The cause that ends the program from outside; passed to [`Options::on_end`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// One of SIGTERM, SIGHUP, SIGINT, SIGQUIT, by its number.
    Signal(i32),
    /// The terminal disappeared without a SIGHUP, or before it.
    TerminalGone,
}

impl End {
    /// 128 + the signal's number, as shells report it; a vanished terminal counts as SIGHUP (129).
    pub fn exit_code(self) -> i32 {
        match self {
            End::Signal(number) => 128 + number,
            End::TerminalGone => 129,
        }
    }
}

/// How to take the terminal.
pub struct Options {
    /// Ask for mouse reports: presses, releases, drags and the wheel, but no plain movement, which would wake the program
    /// for nothing.
    pub mouse: bool,
    /// Runs on another thread before a signal ends the program. It has 100 ms; after that the program ends without it.
    pub on_end: Box<dyn FnOnce(End) + Send>,
    /// Printed on its own line before a panic's message, for instance where to report it.
    pub panic_preface: String,
}

impl Default for Options {
    fn default() -> Self {
        Options { mouse: true, on_end: Box::new(|_| ()), panic_preface: String::new() }
    }
}

/// Why a session did not start. Nothing was written to the terminal unless it is `Io`.
#[derive(Debug)]
pub enum TerminalError {
    /// Standard input or output is a file, a pipe or closed.
    NotATerminal {
        /// Whether standard input is a terminal.
        stdin: bool,
        /// Whether standard output is a terminal.
        stdout: bool,
    },
    /// `TERM` is unset, empty or `dumb`: the terminal says that it cannot place text.
    DumbTerminal,
    /// One process has one terminal, and another session is running.
    AlreadyRunning,
    /// The terminal refused a request.
    Io(io::Error),
}

impl fmt::Display for TerminalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotATerminal { stdin: false, stdout: false } => f.write_str("stdin and stdout are not a terminal"),
            Self::NotATerminal { stdin: false, .. } => f.write_str("stdin is not a terminal"),
            Self::NotATerminal { .. } => f.write_str("stdout is not a terminal"),
            Self::DumbTerminal => f.write_str("TERM is unset or `dumb`"),
            Self::AlreadyRunning => f.write_str("the terminal is already in use by this process"),
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for TerminalError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        if let Self::Io(error) = self { Some(error) } else { None }
    }
}

impl From<io::Error> for TerminalError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// The terminal while this program has it; dropping it restores the terminal.
pub struct Session<M> {
    wakes: Receiver<Wake<M>>,
    sender: Sender<Wake<M>>,
    /// Not `Send`: the thread that started the session is the main thread to the panic hook.
    main_thread_only: PhantomData<*const ()>,
}

impl<M: Send + 'static> Session<M> {
    /// Takes the terminal. If there is none, fails before the first byte is written.
    pub fn start(options: Options) -> Result<Self, TerminalError> {
        check()?;
        let (sender, wakes) = mpsc::channel();
        let notify = sender.clone();
        guard::claim(options, Box::new(move |notice| drop(notify.send(notice.into()))))?;
        // From here on `Drop` releases the claim, whichever step fails.
        let session = Session { wakes, sender, main_thread_only: PhantomData };
        tty::wait_for_foreground();
        tty::remember()?;
        guard::install_panic_hook();
        signals::spawn_once()?;
        guard::enter()?;
        Ok(session)
    }

    /// Starts to listen for input, and for a terminal that disappears. Call it once, after the first frame, so that the frame
    /// waits for neither: until then the kernel keeps the input, and a frame for a terminal that is gone ends the program. If the
    /// size changed meanwhile, [`Wake::Redraw`] follows.
    pub fn listen(&self) -> io::Result<()> {
        // First, because crossterm may never return from a terminal that is gone by now.
        signals::watch_terminal_once()?;
        guard::spawn_input_once().inspect_err(|_| guard::end_if_gone())
    }

    /// Blocks until something happens and returns it with everything else already pending, so that one frame answers a burst.
    /// Empty only if `limit` passed first.
    pub fn wait(&self, limit: Option<Duration>) -> Vec<Wake<M>> {
        let first = match limit {
            None => self.wakes.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(limit) => self.wakes.recv_timeout(limit),
        };
        first.into_iter().chain(self.wakes.try_iter()).collect()
    }

    /// A handle for workers to wake the main loop.
    pub fn waker(&self) -> Waker<M> {
        Waker(self.sender.clone())
    }

    /// A screen to draw on. Frames are sent unchanged: the view must make text harmless and choose fitting colours.
    pub fn screen(&self) -> Screen {
        Screen::default()
    }

    /// Ctrl-Z: restores the terminal and stops the whole job, as a shell expects. After `fg` the modes are entered again and
    /// [`Wake::Redraw`] arrives. Returns `false` and does nothing if no shell could ever continue us (the program *is* the
    /// terminal's session).
    pub fn suspend(&self) -> bool {
        if !tty::can_stop() {
            return false;
        }
        guard::leave(guard::Phase::Suspended);
        if tty::stop_job().is_err() {
            guard::resume();
        }
        true
    }

    /// Asks the terminal to copy a text to the clipboard (OSC 52). Terminals that do not know or allow the request ignore it;
    /// there is no answer. The text is sent encoded, so it cannot contain commands.
    pub fn copy(&self, text: &Clip) {
        use crossterm::Command;
        let mut request = String::new();
        if crossterm::clipboard::CopyToClipboard::to_clipboard_from(text.as_str()).write_ansi(&mut request).is_ok() {
            guard::write_frame(request.as_bytes());
        }
    }

    /// Restores the terminal now, like dropping the session; may be called repeatedly.
    pub fn restore(&self) {
        guard::leave(guard::Phase::Off);
    }
}

impl<M> Drop for Session<M> {
    fn drop(&mut self) {
        guard::release();
    }
}

/// Wakes the main loop from another thread.
pub struct Waker<M>(Sender<Wake<M>>);

impl<M> Waker<M> {
    /// Never blocks. `false` once the session is gone: the worker may stop.
    pub fn send(&self, message: M) -> bool {
        self.0.send(Wake::Message(message)).is_ok()
    }
}

impl<M> Clone for Waker<M> {
    fn clone(&self) -> Self {
        Waker(self.0.clone())
    }
}

impl<M> From<guard::Notice> for Wake<M> {
    fn from(notice: guard::Notice) -> Self {
        match notice {
            guard::Notice::Input(event) => Wake::Input(event),
            guard::Notice::Redraw => Wake::Redraw,
            guard::Notice::WorkerPanicked => Wake::WorkerPanicked,
        }
    }
}

/// Starts a thread that lives as long as the process.
///
/// # Errors
/// If the system has no thread left.
fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let started = thread::Builder::new().name(name.to_owned()).spawn(work);
    started.map(drop).map_err(|error| io::Error::new(error.kind(), words::no_thread(error)))
}

/// Checks that a session could start: input and output are a terminal that can place text.
///
/// # Errors
/// The missing requirement.
pub fn check() -> Result<(), TerminalError> {
    let (stdin, stdout) = (io::stdin().is_terminal(), io::stdout().is_terminal());
    if !(stdin && stdout) {
        return Err(TerminalError::NotATerminal { stdin, stdout });
    }
    if tty::is_dumb() {
        return Err(TerminalError::DumbTerminal);
    }
    Ok(())
}
