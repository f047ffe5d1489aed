//! A program in a pseudo-terminal: type keys, read the screen, check what it leaves behind.
//!
//! ```ignore
//! let home = Home::new();
//! let mut t = Pty::spawn(home.command(env!("CARGO_BIN_EXE_retake")), 80, 24);
//! t.wait_for("TOTAL");
//! t.keys("j");
//! t.wait_until("the second row is selected", |t| t.row(3).starts_with('>'));
//! t.keys("q");
//! t.finish().assert_clean(0);
//! ```
//!
//! Nothing sleeps: a reader thread and a waiter thread feed one channel, and every wait is a receive with a deadline. A wait that
//! fails prints the screen. Conditions are checked between frames, never inside a synchronized update.
#![allow(dead_code, reason = "an interface for tests to come")]

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::SeqCst};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Long enough for a busy machine; a test that passes never waits for it.
pub(crate) const DEADLINE: Duration = Duration::from_secs(20);

pub(crate) const ENTER: &str = "\r";
pub(crate) const ESC: &str = "\x1b";
pub(crate) const UP: &str = "\x1b[A";
pub(crate) const DOWN: &str = "\x1b[B";
pub(crate) const RIGHT: &str = "\x1b[C";
pub(crate) const LEFT: &str = "\x1b[D";
pub(crate) const CTRL_C: &str = "\x03";
pub(crate) const CTRL_Z: &str = "\x1a";

/// A home folder for one test, deleted after it, and commands that see no other.
pub(crate) struct Home(tempfile::TempDir);

impl Home {
    pub(crate) fn new() -> Self {
        Home(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// A command that starts in this folder with only `PATH` and a terminal user's usual variables in its environment.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> CommandBuilder {
        let mut command = CommandBuilder::new(program);
        command.env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env("TZ", "UTC");
        command.env("HOME", self.path());
        for (name, folder) in [
            ("XDG_CONFIG_HOME", ".config"),
            ("XDG_DATA_HOME", ".local/share"),
            ("XDG_STATE_HOME", ".local/state"),
            ("XDG_CACHE_HOME", ".cache"),
        ] {
            command.env(name, self.path().join(folder));
        }
        command.cwd(self.path());
        command
    }
}

enum Feed {
    Bytes(Vec<u8>),
    /// Everyone who held the terminal closed it.
    Eof,
    Exit(ExitStatus, Instant),
}

/// A running program and the screen it draws.
pub(crate) struct Pty {
    master: Option<Box<dyn MasterPty + Send>>,
    /// Held so that the line settings can still be read after the program has ended.
    slave: Option<Box<dyn SlavePty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    reader: Option<JoinHandle<()>>,
    closing: Arc<AtomicBool>,
    stalled: Arc<AtomicBool>,
    /// Bytes to read per second.
    speed: Arc<AtomicU64>,
    feed: Receiver<Feed>,
    screen: vt100::Parser,
    modes: Modes,
    raw: Vec<u8>,
    eof: bool,
    exit: Option<(ExitStatus, Instant)>,
    pid: Pid,
    settings_before: String,
}

impl Pty {
    pub(crate) fn spawn(command: CommandBuilder, cols: u16, rows: u16) -> Self {
        let pair = native_pty_system().openpty(size(cols, rows)).unwrap();
        let settings_before = line_settings(&*pair.master);
        let child = pair.slave.spawn_command(command).unwrap();
        let pid = Pid::from_raw(child.process_id().unwrap().try_into().unwrap()).unwrap();
        let (send, feed) = mpsc::channel();
        let closing = Arc::new(AtomicBool::new(false));
        let stalled = Arc::new(AtomicBool::new(false));
        let speed = Arc::new(AtomicU64::new(u64::MAX));
        let input = pair.master.try_clone_reader().unwrap();
        let reader = read_on_a_thread(input, send.clone(), closing.clone(), stalled.clone(), speed.clone());
        wait_on_a_thread(child, send);
        Pty {
            writer: Some(pair.master.take_writer().unwrap()),
            master: Some(pair.master),
            slave: Some(pair.slave),
            reader: Some(reader),
            closing,
            stalled,
            speed,
            feed,
            screen: vt100::Parser::new(rows, cols, 0),
            modes: Modes::default(),
            raw: Vec::new(),
            eof: false,
            exit: None,
            pid,
            settings_before,
        }
    }

    /// Types. Names for keys that are more than a character: [`UP`], [`ENTER`], …
    pub(crate) fn keys(&mut self, keys: &str) {
        let writer = self.writer.as_mut().unwrap();
        writer.write_all(keys.as_bytes()).unwrap();
        writer.flush().unwrap();
    }

    pub(crate) fn resize(&mut self, cols: u16, rows: u16) {
        self.set_size((cols, rows), (cols, rows));
    }

    /// The terminal reports `told` columns and rows, whatever its screen has.
    pub(crate) fn claim(&mut self, told: (u16, u16), (cols, rows): (u16, u16)) {
        // The model makes all of its rows longer before it takes some away.
        self.screen.screen_mut().set_size(1, 1);
        self.set_size(told, (cols, rows));
    }

    fn set_size(&mut self, told: (u16, u16), (cols, rows): (u16, u16)) {
        // The model has no screen without cells; real terminals have been seen to report one.
        self.screen.screen_mut().set_size(rows.max(1), cols.max(1));
        self.master.as_ref().unwrap().resize(size(told.0, told.1)).unwrap();
    }

    pub(crate) fn pid(&self) -> Pid {
        self.pid
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.pid, signal).unwrap();
    }

    /// The terminal window is closed: nobody reads or types any more. (portable-pty types Ctrl-J and Ctrl-D as it closes.)
    pub(crate) fn close(&mut self) {
        // The reader thread holds a copy of the master and is blocked in a read; a byte of output makes it check the flag.
        let tty = self.master.as_ref().and_then(|master| master.tty_name()).unwrap();
        let no_control = rustix::fs::OFlags::NOCTTY.bits().try_into().unwrap();
        let mut tty = std::fs::File::options().write(true).custom_flags(no_control).open(tty).unwrap();
        self.writer = None;
        self.master = None;
        self.slave = None;
        self.closing.store(true, SeqCst);
        tty.write_all(b"\0").unwrap();
        self.reader.take().unwrap().join().unwrap();
    }

    /// The terminal stops reading the program's output, as over a dead connection; `false` resumes.
    pub(crate) fn stall(&mut self, stalled: bool) {
        self.stalled.store(stalled, SeqCst);
        self.reader.as_ref().unwrap().thread().unpark();
    }

    /// The terminal reads this many bytes a second from now on, as over a slow line.
    pub(crate) fn slow_down(&mut self, bytes_a_second: u64) {
        self.speed.store(bytes_a_second, SeqCst);
    }

    /// Waits until the text is somewhere on the screen.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, text: &str) {
        self.wait_until(&format!("{text:?} on the screen"), |t| t.text().contains(text));
    }

    /// Waits until the text is on the screen, or the program has ended; returns which.
    #[track_caller]
    pub(crate) fn reaches(&mut self, text: &str) -> bool {
        let deadline = Instant::now() + DEADLINE;
        while self.modes.set.contains(&2026) || !self.text().contains(text) {
            if self.exit.is_some() || self.eof {
                return false;
            }
            assert!(self.pump(deadline), "waited in vain for {text:?} or the end; the screen:\n{}", self.text());
        }
        true
    }

    /// Waits until the text is nowhere on the screen.
    #[track_caller]
    pub(crate) fn wait_gone(&mut self, text: &str) {
        self.wait_until(&format!("no {text:?} on the screen"), |t| !t.text().contains(text));
    }

    /// Waits until `condition` holds between two frames.
    #[track_caller]
    pub(crate) fn wait_until(&mut self, what: &str, mut condition: impl FnMut(&Self) -> bool) {
        let deadline = Instant::now() + DEADLINE;
        while self.modes.set.contains(&2026) || !condition(self) {
            assert!(!self.eof, "waited for {what}, but the program is gone ({:?}):\n{}", self.exit, self.text());
            assert!(self.pump(deadline), "waited in vain for {what}; the screen:\n{}", self.text());
        }
    }

    /// Waits until the program has ended.
    #[track_caller]
    pub(crate) fn wait_exit(&mut self) -> ExitStatus {
        self.exit_and_time().0
    }

    /// Waits until the program has ended and returns when it did.
    #[track_caller]
    pub(crate) fn exit_and_time(&mut self) -> (ExitStatus, Instant) {
        let deadline = Instant::now() + DEADLINE;
        loop {
            if let Some(exit) = &self.exit {
                return exit.clone();
            }
            assert!(self.pump(deadline), "the program did not end; the screen:\n{}", self.text());
        }
    }

    /// Whether the program writes nothing and keeps running for this long.
    pub(crate) fn stays_quiet(&mut self, for_long: Duration) -> bool {
        !self.pump(Instant::now() + for_long)
    }

    /// Waits for the end and collects the remains.
    #[track_caller]
    pub(crate) fn finish(mut self) -> Finished {
        let exit = self.wait_exit();
        let settings_after = self.master.as_ref().map(|master| line_settings(&**master)).unwrap_or_default();
        self.slave = None;
        let deadline = Instant::now() + DEADLINE;
        while !self.eof {
            assert!(self.pump(deadline), "someone still holds the terminal; the screen:\n{}", self.text());
        }
        Finished {
            code: exit.exit_code(),
            signal: exit.signal().map(str::to_owned),
            modes: self.modes.set.clone(),
            text: self.text(),
            raw: std::mem::take(&mut self.raw),
            settings_before: std::mem::take(&mut self.settings_before),
            settings_after,
        }
    }

    /// The screen, one line a row, without trailing blanks.
    pub(crate) fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// One row, from 0, without trailing blanks.
    pub(crate) fn row(&self, row: u16) -> String {
        let (_, cols) = self.screen.screen().size();
        self.screen.screen().rows(0, cols).nth(row.into()).unwrap_or_default()
    }

    /// A cell with its attributes.
    #[track_caller]
    pub(crate) fn cell(&self, row: u16, col: u16) -> &vt100::Cell {
        self.screen.screen().cell(row, col).unwrap()
    }

    /// The first cell of the text, wherever it is.
    #[track_caller]
    pub(crate) fn cell_of(&self, text: &str) -> &vt100::Cell {
        let (rows, cols) = self.screen.screen().size();
        for row in 0..rows {
            for col in 0..cols {
                if self.screen.screen().contents_between(row, col, row, cols).starts_with(text) {
                    return self.cell(row, col);
                }
            }
        }
        panic!("no {text:?} on the screen:\n{}", self.text());
    }

    /// The private modes (DECSET) that are currently set: 1049 alternate screen, 2004 bracketed paste, 1000… mouse. A visible
    /// cursor, 25, is set from the start.
    pub(crate) fn modes(&self) -> &BTreeSet<u16> {
        &self.modes.set
    }

    /// Every byte so far.
    pub(crate) fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// Whether the line settings are those from before the program.
    pub(crate) fn is_cooked(&self) -> bool {
        line_settings(&**self.master.as_ref().unwrap()) == self.settings_before
    }

    /// Processes the program's next output or end; `false` if there was none until the deadline.
    fn pump(&mut self, deadline: Instant) -> bool {
        match self.feed.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(Feed::Bytes(bytes)) => {
                self.screen.process(&bytes);
                self.modes.process(&bytes);
                self.raw.extend(bytes);
            }
            Ok(Feed::Exit(status, when)) => self.exit = Some((status, when)),
            Ok(Feed::Eof) => self.eof = true,
            Err(RecvTimeoutError::Timeout) => return false,
            Err(RecvTimeoutError::Disconnected) => panic!("waits for a program that was seen to end"),
        }
        true
    }
}

impl Drop for Pty {
    /// A failed test leaves nothing running.
    fn drop(&mut self) {
        self.stalled.store(false, SeqCst);
        if let Some(reader) = &self.reader {
            reader.thread().unpark();
        }
        if self.exit.is_none() {
            let _ = kill_process(self.pid, Signal::KILL);
        }
    }
}

/// The remains of a program.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) code: u32,
    /// The name of the signal that killed it, if one did.
    pub(crate) signal: Option<String>,
    pub(crate) modes: BTreeSet<u16>,
    pub(crate) text: String,
    pub(crate) raw: Vec<u8>,
    pub(crate) settings_before: String,
    pub(crate) settings_after: String,
}

impl Finished {
    /// The program ended by itself with this code, and the terminal is restored.
    #[track_caller]
    pub(crate) fn assert_clean(&self, code: u32) {
        assert_eq!((self.code, &self.signal), (code, &None), "exit of:\n{}", self.text);
        assert_eq!(self.modes, BTreeSet::from([25]), "modes left set (25 is the visible cursor)");
        assert_eq!(self.settings_after, self.settings_before, "line settings");
    }
}

/// Tracks `CSI ? … h` and `CSI ? … l`, which the screen model supports only in part.
struct Modes {
    set: BTreeSet<u16>,
    sequence: Vec<u8>,
}

impl Default for Modes {
    fn default() -> Self {
        Modes { set: BTreeSet::from([25]), sequence: Vec::new() }
    }
}

impl Modes {
    fn process(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            let expected = match self.sequence.len() {
                0 => byte == b'\x1b',
                1 => byte == b'[',
                2 => byte == b'?',
                _ => byte.is_ascii_digit() || byte == b';',
            };
            if expected {
                self.sequence.push(byte);
                continue;
            }
            let sequence = std::mem::take(&mut self.sequence);
            if sequence.len() > 3 && matches!(byte, b'h' | b'l') {
                let numbers = std::str::from_utf8(&sequence[3..]).unwrap();
                for mode in numbers.split(';').filter_map(|number| number.parse().ok()) {
                    if byte == b'h' {
                        self.set.insert(mode)
                    } else {
                        self.set.remove(&mode)
                    };
                }
            } else if byte == b'\x1b' {
                self.sequence.push(byte);
            }
        }
    }
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

fn line_settings(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

fn read_on_a_thread(
    mut reader: Box<dyn Read + Send>,
    send: Sender<Feed>,
    closing: Arc<AtomicBool>,
    stalled: Arc<AtomicBool>,
    speed: Arc<AtomicU64>,
) -> JoinHandle<()> {
    thread::spawn(move || {
        let mut buffer = [0; 65536];
        loop {
            let slow = speed.load(SeqCst) < u64::MAX;
            let Ok(count @ 1..) = reader.read(&mut buffer[..if slow { 64 } else { 65536 }]) else { break };
            if closing.load(SeqCst) || send.send(Feed::Bytes(buffer[..count].to_vec())).is_err() {
                break;
            }
            while stalled.load(SeqCst) {
                thread::park();
            }
            if slow {
                // The line is busy sending these bytes.
                thread::park_timeout(
                    Duration::from_secs(1) * u32::try_from(count).unwrap()
                        / u32::try_from(speed.load(SeqCst).min(1 << 30)).unwrap(),
                );
            }
        }
        let _ = send.send(Feed::Eof);
    })
}

fn wait_on_a_thread(mut child: Box<dyn Child + Send + Sync>, send: Sender<Feed>) {
    thread::spawn(move || {
        let status = child.wait().unwrap();
        let _ = send.send(Feed::Exit(status, Instant::now()));
    });
}

/// How often the threads of a process went to sleep voluntarily since it started.
#[cfg(target_os = "linux")]
pub(crate) fn times_slept(pid: Pid) -> u64 {
    let tasks = format!("/proc/{}/task", pid.as_raw_nonzero());
    let of_task = |task: std::io::Result<std::fs::DirEntry>| -> u64 {
        let status = std::fs::read_to_string(task.unwrap().path().join("status")).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:")).unwrap();
        line.trim().parse::<u64>().unwrap()
    };
    std::fs::read_dir(tasks).unwrap().map(of_task).sum()
}
