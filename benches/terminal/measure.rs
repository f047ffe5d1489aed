//! Starts programs in pseudo-terminals, types, and times the replies.

use crate::project;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

/// The end of a frame: both programs write their frames as synchronized updates.
const END: &[u8] = b"\x1b[?2026l";
const SIZE: PtySize = PtySize { rows: 45, cols: 160, pixel_width: 0, pixel_height: 0 };
/// The headline while a distribution is awaited.
const AWAITED: &str = "P80 …";
/// Enough that the medians of two runs on a busy machine differ by less than a twentieth.
const STARTS: usize = 101;
/// Longer than any frame takes; a later frame is a fault.
const PATIENCE: Duration = Duration::from_secs(20);

/// The figures with their targets, one row each.
struct Table {
    missed: usize,
}

impl Table {
    fn new() -> Table {
        println!("{:<44} {:>12} {:>12}   target", "", "retake", "bare");
        Table { missed: 0 }
    }

    fn row(&mut self, what: &str, own: &str, bare: &str, target: &str, met: bool) {
        println!("{what:<44} {own:>12} {bare:>12}   {target}{}", if met { "" } else { "   MISSED" });
        self.missed += usize::from(!met);
    }
}

/// Prints the table; exits with 1 if a target is missed.
pub(crate) fn table() {
    let folder = tempfile::tempdir().unwrap();
    let (few, many) = (Program::retake(folder.path(), 20), Program::retake(folder.path(), 10_000));
    let bare = Program::bare(folder.path(), 20);
    let mut table = Table::new();
    starts(&mut table, &few, &many, &bare);
    keys(&mut table, &few, &many, &bare);
    let all = Program::of_all(folder.path(), 10_000);
    every_screen(&mut table, &all);
    searches(&mut table, folder.path(), &all);
    bursts(&mut table, &few, &many, &bare);
    memory_and_rest(&mut table, &few, &many, &bare);
    if table.missed > 0 {
        println!("{} missed", table.missed);
        std::process::exit(1);
    }
}

fn starts(table: &mut Table, few: &Program, many: &Program, bare: &Program) {
    let (mut own, mut other, mut large) = (Vec::new(), Vec::new(), Vec::new());
    let (mut drawn, mut bare_drawn) = (Drawn::default(), Drawn::default());
    for _ in 0..STARTS {
        // In turns, so that other load on the machine affects both.
        let (running, took) = few.start();
        own.push(took);
        drawn = running.first_frame.clone();
        running.quit();
        let (running, took) = bare.start();
        other.push(took);
        bare_drawn = running.first_frame.clone();
        running.quit();
    }
    for _ in 0..5 {
        let (running, took) = many.start();
        large.push(took);
        running.quit();
    }
    let (own, other, large) = (median(own), median(other), median(large));
    let ratio = own.as_secs_f64() / other.as_secs_f64();
    for (what, own, bare) in [
        ("first frame, characters", drawn.characters, bare_drawn.characters),
        ("first frame, changes of colour", drawn.looks, bare_drawn.looks),
    ] {
        let as_much = own.abs_diff(bare) * 10 < own;
        table.row(what, &own.to_string(), &bare.to_string(), "bare draws as much", as_much);
    }
    table.row("first frame, bytes", &drawn.bytes.to_string(), &bare_drawn.bytes.to_string(), "", true);
    let target = format!("1.5 times bare (now {ratio:.2})");
    table.row("first frame at 20 deliverables", &ms(own), &ms(other), &target, ratio <= 1.5);
    table.row("first frame at 10,000", &ms(large), "", "500 ms", large < Duration::from_millis(500));
}

fn keys(table: &mut Table, few: &Program, many: &Program, bare: &Program) {
    let script: Vec<&str> = ["+", "+", "+", "-", "-", "+", "\x1b[B", "+"].repeat(25);
    let (mut one, _) = few.start();
    let (mut other, _) = bare.start();
    let (mut own_keys, mut bare_keys) = (Vec::new(), Vec::new());
    for key in script {
        own_keys.push(one.key(key));
        bare_keys.push(other.key(key));
    }
    one.quit();
    other.quit();
    let (own, bare) = (median(own_keys), median(bare_keys));
    let target = "bare and 1 ms";
    table.row("key to repaint at 20, median", &ms(own), &ms(bare), target, own < bare + Duration::from_millis(1));
    let (mut large, _) = many.start();
    let mut taken = Vec::new();
    for key in EVERYTHING.iter().cycle().take(EVERYTHING.len() * 6) {
        taken.push((large.key(key), *key));
    }
    large.quit();
    taken.sort();
    let times: Vec<Duration> = taken.iter().map(|(took, _)| *took).collect();
    let p99 = times[times.len() * 99 / 100];
    table.row("key to repaint at 10,000, median", &ms(median(times)), "", "", true);
    let slowest: Vec<String> = taken.iter().rev().take(3).map(|(took, key)| format!("{key:?} {}", ms(*took))).collect();
    let target = format!("16 ms (slowest: {})", slowest.join(", "));
    table.row("key to repaint at 10,000, p99", &ms(p99), "", &target, p99 < Duration::from_millis(16));
}

/// A little of everything: stepping, moving, finding, moving lines, duplicating, deleting, undoing, dialogs, zoom.
const EVERYTHING: [&str; 45] = [
    "+", "+", "-", "]", "]", "+", "-", "]", "/", "n", "u", "m", "b", "e", "r", " ", "9", "9", "\r", "+", "\x1b", "J",
    "J", "K", "K", "D", "+", "x", "u", "u", "u", "G", "g", "\t", "\x1b[B", "\x1b[B", "?", "\x1b[B", "q", "w", "q", "i",
    "q", "f", "f",
];

/// Keys on each screen, at 10,000 deliverables beside three cards and two scenarios, in a window of 200x60: with the project on
/// screen, and with a scenario; and switching from one to the other.
fn every_screen(table: &mut Table, all: &Program) {
    let (mut running, _) = all.start();
    let mut taken = Vec::new();
    let mut switched = Vec::new();
    for _ in 0..6 {
        for (shown, next) in [("project", "one"), ("one", "slow"), ("slow", "project")] {
            for (screen, keys) in ON_EVERY_SCREEN {
                taken.extend(keys.iter().map(|key| (running.key(key), format!("{screen} of {shown}"), *key)));
            }
            switched.push(running.key("}"));
            let screen = running.text();
            assert!(screen.contains(&format!("on screen: {next}")), "{next} is not on screen:\n{screen}");
        }
    }
    running.quit();
    taken.sort();
    let slowest = taken.iter().rev().take(3).map(|(took, screen, key)| format!("{key:?} on {screen} {}", ms(*took)));
    let target = format!("16 ms (slowest: {})", slowest.collect::<Vec<_>>().join(", "));
    let p99 = taken[taken.len() * 99 / 100].0;
    table.row("key on each screen, 10,000, 200x60, p99", &ms(p99), "", &target, p99 < Duration::from_millis(16));
    switched.sort();
    let slowest = switched[switched.len() - 1];
    let target = format!("50 ms (median {})", ms(median(switched)));
    table.row(
        "showing another scenario, 10,000, slowest",
        &ms(slowest),
        "",
        &target,
        slowest < Duration::from_millis(50),
    );
}

/// What is looked for on a thread or over all lines: what gets 60 deliverables under a cap that takes two moves together, until it
/// is on screen; and what 10,000 cost on each rate card.
fn searches(table: &mut Table, folder: &Path, all: &Program) {
    let capped = project::text(60).replace("cap = 4000.00", "cap = 10.00");
    let (mut running, _) = Program::with(folder, "capped.retake.toml", &capped).start();
    let mut found = Vec::new();
    for _ in 0..11 {
        found.push(running.until_without("Searching", "U"));
        assert!(running.text().contains("Under the cap"), "{}", running.text());
        running.key("\x1b");
    }
    running.quit();
    let found = median(found);
    let limit = Duration::from_millis(200);
    table.row("what gets 60 deliverables under a cap", &ms(found), "", "200 ms", found < limit);
    let (mut running, _) = all.start();
    let mut listed = Vec::new();
    for _ in 0..11 {
        listed.push(running.key("b"));
        running.key("\x1b");
    }
    running.quit();
    let listed = median(listed);
    table.row("the list of rate cards at 10,000", &ms(listed), "", "16 ms", listed < Duration::from_millis(16));
}

/// The way to each screen, and steps, moves, a dialog, the calculation there.
const ON_EVERY_SCREEN: [(&str, &[&str]); 4] = [
    (
        "worksheet",
        &["\x1b1", "+", "-", "]", "\t", "\x1b[Z", "+", "-", "w", "q", "D", "+", "x", "u", "u", "u", "J", "K", "+"],
    ),
    ("bills", &["\x1b2", "+", "-", "]", "\x1b[C", "w", "q", "+"]),
    ("risk", &["\x1b3", "+", "-", "]", "\x1b[B", "?", "q", "+"]),
    ("scenarios", &["\x1b4", "+", "-", "]", "\x1b[C", "?", "q", "+"]),
];

fn bursts(table: &mut Table, few: &Program, many: &Program, bare: &Program) {
    let burst = |program: &Program| {
        let times = (0..5).map(|_| {
            let (mut running, _) = program.start();
            let took = running.burst("+", 1000);
            running.quit();
            took
        });
        median(times.collect())
    };
    let (own, other, large) = (burst(few), burst(bare), burst(many));
    let limit = Duration::from_millis(50);
    table.row("1,000 keys at once, 20 deliverables", &ms(own), &ms(other), "50 ms", own < limit);
    table.row("1,000 keys at once, 10,000 deliverables", &ms(large), "", "50 ms", large < limit);
}

fn memory_and_rest(table: &mut Table, few: &Program, many: &Program, bare: &Program) {
    let peak = |program: &Program, script: &[&str]| {
        let (mut running, _) = program.start();
        for key in script {
            running.key(key);
        }
        let peak = running.status("VmHWM:");
        running.quit();
        peak
    };
    let edits = ["+", "+", "\x13", "-", "\x1b[B"];
    let large = [edits.as_slice(), &["D", "x", "u", "+", "\x13", "J", "\x13"]].concat();
    let (own, other, large) = (peak(few, &edits), peak(bare, &edits), peak(many, &large));
    let ratio = own as f64 / other as f64;
    let target = format!("4 times bare (now {ratio:.2})");
    table.row("peak memory at 20, edited and saved", &mib(own), &mib(other), &target, ratio < 4.0);
    table.row("peak memory at 10,000, edited and saved", &mib(large), "", "96 MiB", large < 96 * 1024);
    let (mut running, _) = few.start();
    running.key("+");
    // A second after an edit the journal is synced, once.
    std::thread::sleep(Duration::from_millis(1500));
    let before = running.sleeps();
    std::thread::sleep(Duration::from_secs(2));
    let woken = running.sleeps() - before;
    running.quit();
    table.row("wake-ups in 2 s of rest", &woken.to_string(), "", "0", woken == 0);
}

/// How much a frame shows, however many bytes it takes.
#[derive(Clone, Default)]
struct Drawn {
    bytes: usize,
    /// Cells that are not blank.
    characters: usize,
    /// Cells that visibly have another style than what is to the left.
    looks: usize,
}

impl Drawn {
    fn of(bytes: &[u8]) -> Drawn {
        let mut terminal = vt100::Parser::new(SIZE.rows, SIZE.cols, 0);
        terminal.process(bytes);
        let mut drawn = Drawn { bytes: bytes.len(), ..Drawn::default() };
        for row in 0..SIZE.rows {
            let (mut ink, mut ground) = (None, None);
            for cell in (0..SIZE.cols).filter_map(|column| terminal.screen().cell(row, column)) {
                let is_blank = matches!(cell.contents(), "" | " ");
                let mut look = ground.replace((cell.bgcolor(), cell.inverse())) != ground;
                // Nobody sees in which colour a blank is written.
                look |= !is_blank && ink.replace((cell.fgcolor(), cell.bold())) != ink;
                drawn.characters += usize::from(!is_blank);
                drawn.looks += usize::from(look);
            }
        }
        drawn
    }
}

/// The program to start.
struct Program {
    program: PathBuf,
    args: Vec<String>,
    folder: PathBuf,
    size: PtySize,
}

impl Program {
    fn retake(folder: &Path, deliverables: usize) -> Program {
        Program::with(folder, &format!("{deliverables}.retake.toml"), &project::text(deliverables))
    }

    fn with(folder: &Path, name: &str, text: &str) -> Program {
        std::fs::write(folder.join(name), text).unwrap();
        Program {
            program: std::env::var_os("RETAKE_PROGRAM").unwrap_or(env!("CARGO_BIN_EXE_retake").into()).into(),
            args: vec![name.to_owned()],
            folder: folder.to_owned(),
            size: SIZE,
        }
    }

    /// With rate cards and scenarios, in a wide window.
    fn of_all(folder: &Path, deliverables: usize) -> Program {
        let size = PtySize { rows: 60, cols: 200, pixel_width: 0, pixel_height: 0 };
        let more = "\n[bills]\ncompare = [\"muapi\", \"fal\", \"laozhang-vip\"]\n\
                    [scenario.slow]\nassumptions.retry = 2.5\n\
                    [scenario.one]\ndeliverable.line-000003.quality = \"high\"\n";
        Program { size, ..Program::with(folder, "all.retake.toml", &(project::text(deliverables) + more)) }
    }

    fn bare(folder: &Path, rows: usize) -> Program {
        let args = vec!["bare".to_owned(), rows.to_string()];
        Program { program: std::env::current_exe().unwrap(), args, folder: folder.to_owned(), size: SIZE }
    }

    /// Starts the program and waits for its first frame.
    fn start(&self) -> (Running, Duration) {
        let mut command = CommandBuilder::new(&self.program);
        command.args(&self.args);
        command.env_clear();
        for (name, value) in
            [("TERM", "xterm-256color"), ("COLORTERM", "truecolor"), ("LANG", "C.UTF-8"), ("TZ", "UTC")]
        {
            command.env(name, value);
        }
        command.env("HOME", &self.folder);
        // The sessions before were killed: their edits would be offered, and keys would answer that question.
        _ = std::fs::remove_dir_all(self.folder.join(".local/state/retake/journal"));
        command.cwd(&self.folder);
        let pair = native_pty_system().openpty(self.size).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (send, output) = mpsc::channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 65536];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if send.send((Instant::now(), buffer[..count].to_vec())).is_err() {
                    break;
                }
            }
        });
        let begun = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        let writer = pair.master.take_writer().unwrap();
        let screen = vt100::Parser::new(self.size.rows, self.size.cols, 0);
        let mut running = Running {
            child,
            _master: pair.master,
            writer,
            output,
            tail: Vec::new(),
            first_frame: Drawn::default(),
            screen,
        };
        let (last, bytes) = running.frame();
        running.first_frame = Drawn::of(&bytes);
        // Work after the first frame must not delay the first key.
        while let Ok((_, chunk)) = running.output.recv_timeout(Duration::from_millis(30)) {
            running.screen.process(&chunk);
        }
        (running, last - begun)
    }
}

/// A program in its pseudo-terminal.
struct Running {
    child: Box<dyn Child + Send + Sync>,
    _master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    output: Receiver<(Instant, Vec<u8>)>,
    tail: Vec<u8>,
    first_frame: Drawn,
    screen: vt100::Parser,
}

impl Running {
    /// Waits for the end of a frame: returns the time of its last byte, and the bytes.
    fn frame(&mut self) -> (Instant, Vec<u8>) {
        let mut bytes = Vec::new();
        loop {
            let (at, chunk) = self.output.recv_timeout(PATIENCE).expect("a frame");
            self.screen.process(&chunk);
            bytes.extend_from_slice(&chunk);
            self.tail.extend_from_slice(&chunk);
            let ended = self.tail.windows(END.len()).any(|window| window == END);
            self.tail.drain(..self.tail.len().saturating_sub(END.len() - 1));
            if ended {
                self.tail.clear();
                return (at, bytes);
            }
        }
    }

    /// From the moment a key is written to the last byte of the repaint. Returns once no distribution is awaited: the frame
    /// that brings it would be taken for the repaint of the next key.
    fn key(&mut self, key: &str) -> Duration {
        let typed = Instant::now();
        self.writer.write_all(key.as_bytes()).unwrap();
        let took = self.frame().0 - typed;
        while self.text().contains(AWAITED) {
            self.frame();
        }
        took
    }

    /// What is on screen.
    fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// From the moment a key is written to the last byte of the first repaint without a text.
    fn until_without(&mut self, text: &str, key: &str) -> Duration {
        let typed = Instant::now();
        self.writer.write_all(key.as_bytes()).unwrap();
        loop {
            let last = self.frame().0;
            if !self.text().contains(text) {
                return last - typed;
            }
        }
    }

    /// Many keys written at once: until nothing more is drawn. The last frame is the one before a long silence.
    fn burst(&mut self, key: &str, times: usize) -> Duration {
        let typed = Instant::now();
        self.writer.write_all(key.repeat(times).as_bytes()).unwrap();
        let mut last = self.frame().0;
        while let Ok((at, _)) = self.output.recv_timeout(Duration::from_millis(300)) {
            last = at;
        }
        last - typed
    }

    /// A number of the process's status, in KiB.
    fn status(&self, field: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.process_id().unwrap())).unwrap();
        number_of(&status, field)
    }

    /// How often its threads went to sleep.
    fn sleeps(&self) -> u64 {
        let tasks = format!("/proc/{}/task", self.child.process_id().unwrap());
        let of = |task: std::io::Result<std::fs::DirEntry>| {
            number_of(
                &std::fs::read_to_string(task.unwrap().path().join("status")).unwrap(),
                "voluntary_ctxt_switches:",
            )
        };
        std::fs::read_dir(tasks).unwrap().map(of).sum()
    }

    fn quit(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn number_of(status: &str, field: &str) -> u64 {
    let rest = status.lines().find_map(|line| line.strip_prefix(field)).unwrap();
    rest.split_whitespace().next().unwrap().parse().unwrap()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn ms(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}

fn mib(kib: u64) -> String {
    format!("{:.1} MiB", kib as f64 / 1024.0)
}
