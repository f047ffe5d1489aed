//! The system calls on the terminal: line settings on standard input, bytes to standard output, job control.

use nix::unistd;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Signal, getpid, kill_current_process_group, kill_process};
use rustix::termios::{self, OptionalActions, QueueSelector, Termios};
use std::io::{self, stdin, stdout};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The line settings at the start of the session, to be restored.
static AT_START: Mutex<Option<Termios>> = Mutex::new(None);

fn at_start() -> MutexGuard<'static, Option<Termios>> {
    AT_START.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads the line settings that [`cooked`] will restore.
pub(crate) fn remember() -> io::Result<()> {
    *at_start() = Some(termios::tcgetattr(stdin())?);
    Ok(())
}

/// No echo, no line editing, no signals from keys, no translation of output.
pub(crate) fn raw() -> io::Result<()> {
    let Some(mut settings) = at_start().clone() else { return Ok(()) };
    settings.make_raw();
    Ok(rustix::io::retry_on_intr(|| termios::tcsetattr(stdin(), OptionalActions::Now, &settings))?)
}

/// Restores the line settings of the start. Not from the background, where the shell owns them and the kernel would stop us.
pub(crate) fn cooked() {
    let settings = at_start().clone();
    if let Some(settings) = settings
        && is_foreground()
    {
        let _ = rustix::io::retry_on_intr(|| termios::tcsetattr(stdin(), OptionalActions::Now, &settings));
    }
}

/// Drops input that is not read yet, typed or reported.
pub(crate) fn discard_input() {
    if is_foreground() {
        let _ = termios::tcflush(stdin(), QueueSelector::IFlush);
    }
}

/// Writes everything, past the buffer and the lock of `std::io::stdout`, which a panicking thread may hold.
pub(crate) fn write(mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match rustix::io::write(stdout(), bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(count) => bytes = bytes.get(count..).unwrap_or_default(),
            Err(Errno::INTR) => {}
            // Another program may have made the shared terminal non-blocking.
            Err(Errno::AGAIN) => drop(poll(&mut [PollFd::new(&stdout(), PollFlags::OUT)], None)),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Columns and rows; `None` if the terminal does not report them. A serial line does not know its size and reports 0.
pub(crate) fn size() -> Option<(u16, u16)> {
    let size = termios::tcgetwinsize(stdout()).ok()?;
    (size.ws_col > 0 && size.ws_row > 0).then_some((size.ws_col, size.ws_row))
}

/// Whether the terminal says that it cannot address its cells.
pub(crate) fn is_dumb() -> bool {
    matches!(std::env::var("TERM").as_deref(), Err(_) | Ok("" | "dumb"))
}

/// Whether input waits to be read.
pub(crate) fn has_input() -> bool {
    poll(&mut [PollFd::new(&stdin(), PollFlags::IN)], Some(&Timespec::default())).is_ok_and(|ready| ready > 0)
}

/// Whether there is, or soon will be, room for output.
pub(crate) fn reads_within(limit: Duration) -> bool {
    let limit = Timespec { tv_sec: 0, tv_nsec: limit.subsec_nanos().into() };
    poll(&mut [PollFd::new(&stdout(), PollFlags::OUT)], Some(&limit)).is_ok_and(|ready| ready > 0)
}

/// Blocks until the terminal of input or output is gone. Polls for no event, so that input neither wakes it nor is consumed.
pub(crate) fn wait_for_hang_up() -> io::Result<()> {
    hung_up(None).map(drop)
}

/// Whether the terminal of input or output is gone by now.
pub(crate) fn is_gone() -> bool {
    hung_up(Some(&Timespec::default())).is_ok_and(|gone| gone > 0)
}

fn hung_up(limit: Option<&Timespec>) -> io::Result<usize> {
    let (input, output) = (stdin(), stdout());
    let mut ends = [PollFd::new(&input, PollFlags::empty()), PollFd::new(&output, PollFlags::empty())];
    Ok(rustix::io::retry_on_intr(|| poll(&mut ends, limit))?)
}

/// Whether we may change the terminal. We may also if we can see no foreground group (it is not our controlling terminal, or it
/// is held from outside our container).
pub(crate) fn is_foreground() -> bool {
    match unistd::tcgetpgrp(stdin()) {
        Ok(group) => group == OUTSIDE || group == unistd::getpgrp(),
        Err(_) => true,
    }
}

/// Linux's answer for a process, group or session outside our process namespace. Called through nix, because rustix 1.1.6 treats
/// the answer as a process number, which is never 0.
const OUTSIDE: unistd::Pid = unistd::Pid::from_raw(0);

/// Whether anyone could continue us: a parent in our session but outside our process group, usually the shell. A group led by the
/// session's leader has no such parent, and a parent that we cannot see does not count.
pub(crate) fn can_stop() -> bool {
    let parent = unistd::getppid();
    let (Ok(session), Ok(of_parent)) = (unistd::getsid(None), unistd::getsid(Some(parent))) else {
        return false;
    };
    parent != OUTSIDE && session != OUTSIDE && session == of_parent && session != unistd::getpgrp()
}

/// Stops the whole job, so that a wrapper that waits for us (make, a script, an alias of git) stops too. Not SIGTSTP: our own
/// handler answers that slightly later than the wrapper stops, and we would miss a quick `fg` in between.
pub(crate) fn stop_job() -> io::Result<()> {
    Ok(kill_current_process_group(Signal::STOP)?)
}

/// Stops this process; it may run for some more instructions, so continue only when SIGCONT arrives.
pub(crate) fn stop_self() -> io::Result<()> {
    Ok(kill_process(getpid(), Signal::STOP)?)
}

/// If started with `&`, stops until `fg`, instead of reading line settings that belong to the shell's line editor. Waiting for
/// output to drain changes nothing, and the kernel allows it in the foreground only.
pub(crate) fn wait_for_foreground() {
    if !is_foreground() {
        let _ = rustix::io::retry_on_intr(|| termios::tcdrain(stdin()));
    }
}

/// Not `std::process::exit`: exit handlers could wait for a lock that a stuck main thread holds.
pub(crate) fn exit(code: i32) {
    signal_hook::low_level::exit(code);
}
