//! The one process-wide state of the terminal, and the ways into and out of its modes.
//!
//! A panic hook and a signal cannot be passed a value, so this is the only place in the program with global state. Nothing in it
//! can deadlock on the way out: the output lock is given up after [`PATIENCE`], the other locks are held for a few instructions
//! that cannot panic, and a poisoned lock is used as if it were not.

use super::ending::end;
use super::replies::Replies;
use super::{End, Options, TerminalError, spawn};
use crate::system::tty;
use crate::words::safe::safe_lines;
use crossterm::event::{self, Event, KeyEventKind};
use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::{self, Write};
use std::panic::{self, PanicHookInfo};
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering::SeqCst};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

/// How long leaving waits for a frame that is being written. A terminal that does not read can hold a frame for ever.
const PATIENCE: Duration = Duration::from_millis(50);

/// Alternate screen, cleared (some terminals keep its old text); cursor hidden; bracketed paste; focus reports.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[2J\x1b[?25l\x1b[?2004h\x1b[?1004h";
/// Presses, drags and the wheel, with coordinates beyond column 223. Not 1003, which reports every movement.
const ENTER_MOUSE: &[u8] = b"\x1b[?1000h\x1b[?1002h\x1b[?1006h";
/// Ends a synchronized update first, as one may be open; its ESC also cancels a sequence that was cut short.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?1004l\x1b[?2004l\x1b[0m\x1b[?1049l\x1b[?25h";

/// Who has the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Phase {
    /// Not ours: before the start, after the end, after a panic.
    Off,
    /// In our modes; frames are written.
    Active,
    /// Released for a stop; SIGCONT makes it `Active` again.
    Suspended,
}

/// Messages from the threads of this module to the main loop.
pub(super) enum Notice {
    Input(Event),
    Redraw,
    WorkerPanicked,
}

pub(super) type Notify = Box<dyn Fn(Notice) + Send>;

/// The values that a session registered.
struct Claim {
    notify: Notify,
    on_end: Option<Box<dyn FnOnce(End) + Send>>,
    panic_preface: String,
    main: ThreadId,
}

static PHASE: AtomicU8 = AtomicU8::new(Phase::Off as u8);
static CLAIM: Mutex<Option<Claim>> = Mutex::new(None);
/// Held while bytes are sent, so that a frame and a change of modes never mix.
static OUTPUT: Mutex<()> = Mutex::new(());
static MOUSE: AtomicBool = AtomicBool::new(false);
/// The screen no longer shows the last frame.
static STALE: AtomicBool = AtomicBool::new(true);
/// Set by the first thing that ends the process; later ones leave it alone.
static ENDING: AtomicBool = AtomicBool::new(false);

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn lock_output_patiently() -> Option<MutexGuard<'static, ()>> {
    let give_up = Instant::now() + PATIENCE;
    loop {
        match OUTPUT.try_lock() {
            Ok(guard) => return Some(guard),
            Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) if Instant::now() >= give_up => return None,
            Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(1)),
        }
    }
}

fn is_active() -> bool {
    PHASE.load(SeqCst) == Phase::Active as u8
}

/// Registers the session; only one can exist at a time.
pub(super) fn claim(options: Options, notify: Notify) -> Result<(), TerminalError> {
    let mut claim = lock(&CLAIM);
    if claim.is_some() {
        return Err(TerminalError::AlreadyRunning);
    }
    MOUSE.store(options.mouse, SeqCst);
    *claim = Some(Claim {
        notify,
        on_end: Some(options.on_end),
        panic_preface: options.panic_preface,
        main: thread::current().id(),
    });
    Ok(())
}

/// Restores the terminal and forgets the session.
pub(super) fn release() {
    leave(Phase::Off);
    *lock(&CLAIM) = None;
}

fn notify(notice: Notice) {
    if let Some(claim) = lock(&CLAIM).as_ref() {
        (claim.notify)(notice);
    }
}

/// Enters the modes. After an error call [`leave`]: some modes may already be entered.
pub(super) fn enter() -> io::Result<()> {
    let _output = lock(&OUTPUT);
    enter_locked()
}

fn enter_locked() -> io::Result<()> {
    PHASE.store(Phase::Active as u8, SeqCst);
    STALE.store(true, SeqCst);
    tty::raw()?;
    tty::write(ENTER)?;
    if MOUSE.load(SeqCst) { tty::write(ENTER_MOUSE) } else { Ok(()) }
}

/// Restores the terminal if we have it; harmless otherwise, and from any thread. May block as long as the terminal does not read.
pub(super) fn leave(to: Phase) {
    leave_with(to, true);
}

/// The same, but skips the screen rather than wait for a terminal that does not read.
pub(super) fn leave_soon(to: Phase) {
    leave_with(to, false);
}

fn leave_with(to: Phase, even_if_it_blocks: bool) {
    // First, and again below: the line settings need no room in the output queue, so they work without waiting on a terminal that
    // does not read.
    if is_active() {
        tty::cooked();
    }
    let _output = lock_output_patiently();
    let suspending = to == Phase::Suspended;
    let before =
        PHASE.fetch_update(SeqCst, SeqCst, |now| (!suspending || now == Phase::Active as u8).then_some(to as u8));
    if before == Ok(Phase::Active as u8) {
        give_back(even_if_it_blocks);
    }
}

fn give_back(even_if_it_blocks: bool) {
    tty::cooked();
    if even_if_it_blocks || tty::reads_within(PATIENCE) {
        let _ = tty::write(LEAVE);
    }
    // The shell would run mouse reports, or the rest of a paste, as commands.
    tty::discard_input();
}

/// After SIGCONT: enters the modes again, and asks for a whole frame. Stops again if the shell continued us in the background.
pub(super) fn resume() {
    {
        let _output = lock(&OUTPUT);
        if PHASE.load(SeqCst) == Phase::Off as u8 {
            return;
        }
        if !tty::is_foreground() && tty::can_stop() {
            let _ = tty::stop_self();
            return;
        }
        let _ = enter_locked();
    }
    notify(Notice::Redraw);
}

/// Writes a frame, or drops it if the terminal is not ours. If the terminal cannot be written to, it is gone, whether or not the
/// signal thread and the watcher know yet: the frame's error must not come first and end the program differently.
pub(super) fn write_frame(bytes: &[u8]) {
    let written = {
        let _output = lock(&OUTPUT);
        if !is_active() {
            STALE.store(true, SeqCst);
            return;
        }
        tty::write(bytes)
    };
    if written.is_err() {
        STALE.store(true, SeqCst);
        end(End::TerminalGone);
    }
}

/// Whether the next frame must be complete; reading resets it.
pub(super) fn take_stale() -> bool {
    STALE.swap(false, SeqCst)
}

/// The first caller gets the session's `on_end` and must end the process; `None` for every later caller.
pub(super) fn begin_end() -> Option<Box<dyn FnOnce(End) + Send>> {
    if ENDING.swap(true, SeqCst) {
        return None;
    }
    let on_end = lock(&CLAIM).as_mut().and_then(|claim| claim.on_end.take());
    Some(on_end.unwrap_or_else(|| Box::new(|_| ())))
}

/// From now on a panic restores the terminal before it prints its message.
pub(super) fn install_panic_hook() {
    static INSTALLED: AtomicBool = AtomicBool::new(false);
    if !INSTALLED.swap(true, SeqCst) {
        panic::set_hook(Box::new(on_panic));
    }
}

fn on_panic(info: &PanicHookInfo<'_>) {
    leave(Phase::Off);
    let (preface, on_main) = match lock(&CLAIM).as_ref() {
        Some(claim) => (claim.panic_preface.clone(), claim.main == thread::current().id()),
        None => (String::new(), true),
    };
    // One write, not `eprintln!`, which itself panics when stderr is gone.
    let _ = io::stderr().write_all(panic_text(info, &preface).as_bytes());
    if !on_main && !ENDING.load(SeqCst) {
        notify(Notice::WorkerPanicked);
    }
}

fn panic_text(info: &PanicHookInfo<'_>, preface: &str) -> String {
    let message = safe_lines(info.payload_as_str().unwrap_or("panic with a value that is not text"));
    let mut text = String::new();
    if !preface.is_empty() {
        text += &safe_lines(preface);
        text.push('\n');
    }
    if let Some(place) = info.location() {
        text += &format!("{place}: ");
    }
    text += &message;
    text.push('\n');
    let trace = Backtrace::capture();
    if trace.status() == BacktraceStatus::Captured {
        text += &format!("{trace}\n");
    }
    text
}

/// Ends the program if the failure was caused by a missing terminal.
pub(super) fn end_if_gone() {
    if tty::is_gone() {
        end(End::TerminalGone);
        // Another thread is ending the program: this failure must not end it differently.
        loop {
            thread::park();
        }
    }
}

/// Starts the thread that reads events. It runs for the life of the process, because a blocked read cannot be cancelled: a second
/// reader would take every other key.
pub(super) fn spawn_input_once() -> io::Result<()> {
    static SPAWNED: AtomicBool = AtomicBool::new(false);
    if SPAWNED.swap(true, SeqCst) {
        return Ok(());
    }
    // Has crossterm install its SIGWINCH handler now: a resize before the thread's first read would go unnoticed.
    event::poll(Duration::ZERO)?;
    if super::signals::was_resized() {
        STALE.store(true, SeqCst);
        notify(Notice::Redraw);
    }
    spawn("input", read_events)
}

fn read_events() {
    let mut replies = Replies::default();
    loop {
        finish_burst();
        let events = match next_event(replies.patience()) {
            Ok(Some(Event::Key(key))) if key.kind == KeyEventKind::Release => continue,
            Ok(Some(event)) => replies.take(event),
            Ok(None) => replies.pause(),
            // A program without input has no terminal.
            Err(_) => return end(End::TerminalGone),
        };
        for event in events {
            // Even if the size is back to the old one by the next frame: the terminal may have cut off its text.
            if matches!(event, Event::Resize(..)) {
                STALE.store(true, SeqCst);
            }
            notify(Notice::Input(event));
        }
    }
}

/// The next event, or `None` if none came within `patience`.
fn next_event(patience: Option<Duration>) -> io::Result<Option<Event>> {
    match patience {
        Some(limit) if !event::poll(limit)? => Ok(None),
        _ => event::read().map(Some),
    }
}

/// crossterm 0.29 waits for *new* input when more than 1024 bytes came at once, and leaves the rest unread until the next key
/// (crossterm #1057). Setting the same line settings again makes Linux announce the rest.
fn finish_burst() {
    let read_all_it_saw = matches!(event::poll(Duration::ZERO), Ok(false));
    if read_all_it_saw && tty::has_input() {
        let _output = lock(&OUTPUT);
        if is_active() {
            let _ = tty::raw();
        }
    }
}
