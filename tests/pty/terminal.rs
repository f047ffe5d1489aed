//! The promises of `retake::terminal`: the terminal is restored on every way out, and events arrive.

use crate::app;
use crate::harness::{CTRL_Z, Finished, Home, Pty, UP};
use rustix::process::{Pid, Signal};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

const OUR_MODES: [u16; 6] = [1000, 1002, 1004, 1006, 1049, 2004];

fn started(home: &Home) -> Pty {
    let mut t = Pty::spawn(app::command(home), 80, 24);
    t.wait_for("test program");
    t
}

fn end_note(home: &Home) -> String {
    std::fs::read_to_string(home.path().join(app::END_NOTE)).unwrap()
}

#[test]
fn the_modes_are_entered_and_left() {
    let home = Home::new();
    let mut t = started(&home);
    assert_eq!(*t.modes(), BTreeSet::from(OUR_MODES));
    assert!(!t.is_cooked());
    t.keys("q");
    t.finish().assert_clean(0);
}

/// Settings other than an ordinary shell's must be restored too.
#[test]
fn odd_line_settings_of_the_start_come_back() {
    let home = Home::new();
    let script = format!("stty -echo -icanon min 3; stty -g >before; {}; stty -g >after", app::command_line());
    let mut t = Pty::spawn(app::shell(&home, "sh", &["-c", &script]), 80, 24);
    t.wait_for("test program");
    t.keys("q");
    t.wait_exit();
    let read = |name| std::fs::read_to_string(home.path().join(name)).unwrap();
    assert_eq!(read("before"), read("after"));
}

fn assert_panic(key: &str, message: &str) {
    let home = Home::new();
    let mut t = started(&home);
    t.keys(key);
    let left = t.finish();
    left.assert_clean(101);
    assert!(left.text.contains(message), "{message:?} is to be read on the main screen:\n{}", left.text);
    assert!(left.text.contains("This is a bug in the test program."), "{}", left.text);
    assert!(left.text.contains("tests/pty/app.rs:"), "the place:\n{}", left.text);
}

#[test]
fn a_panic_in_the_main_loop_is_readable_and_harmless() {
    assert_panic("p", "main broke ␛]0;evil␇ here");
}

#[test]
fn a_panic_while_drawing_is_readable() {
    assert_panic("d", "panic in draw");
}

#[test]
fn a_panic_of_a_worker_ends_the_program() {
    assert_panic("w", "worker broke");
}

const SIGNALS: [(Signal, u32); 4] = [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131)];

fn assert_signal_ends(stuck: bool, signal: Signal, code: u32) {
    let once = || {
        let home = Home::new();
        let mut t = started(&home);
        if stuck {
            t.keys("b");
            t.wait_for("stuck");
        }
        let sent = Instant::now();
        t.signal(signal);
        let took = t.exit_and_time().1 - sent;
        t.finish().assert_clean(code);
        assert_eq!(end_note(&home), format!("Signal({})", signal.as_raw()));
        took
    };
    best_of_three(once);
}

#[test]
fn signals_end_an_idle_program() {
    for (signal, code) in SIGNALS {
        assert_signal_ends(false, signal, code);
    }
}

#[test]
fn signals_end_a_stuck_program() {
    for (signal, code) in SIGNALS {
        assert_signal_ends(true, signal, code);
    }
}

/// The best time, as a busy machine may delay any single one; a built-in delay would show in all.
fn best_of_three(once: impl Fn() -> Duration) {
    let best = (0..3).map(|_| once()).min().unwrap();
    assert!(best <= Duration::from_millis(200), "took {best:?}");
}

#[test]
fn a_journal_that_hangs_or_breaks_does_not_keep_it() {
    for on_end in ["hang", "panic"] {
        best_of_three(|| {
            let home = Home::new();
            let mut command = app::command(&home);
            command.env(app::ON_END, on_end);
            let mut t = Pty::spawn(command, 80, 24);
            t.wait_for("test program");
            let sent = Instant::now();
            t.signal(Signal::TERM);
            let took = t.exit_and_time().1 - sent;
            t.finish().assert_clean(143);
            took
        });
    }
}

/// The escape sequences cannot be delivered then; the line settings can.
#[test]
fn a_terminal_that_does_not_read_does_not_keep_it() {
    best_of_three(|| {
        let home = Home::new();
        let mut t = started(&home);
        t.keys("f");
        t.wait_for("floodflood");
        t.stall(true);
        // Long enough for the queue of some kilobytes to fill.
        while !t.stays_quiet(Duration::from_millis(50)) {}
        let sent = Instant::now();
        t.signal(Signal::TERM);
        let (status, when) = t.exit_and_time();
        assert_eq!(status.exit_code(), 143, "{status:?}");
        assert!(t.is_cooked());
        when - sent
    });
}

/// An interactive shell in the pty, with the program started from it.
fn in_a_shell(home: &Home, shell: &str, arguments: &[&str]) -> Pty {
    let mut t = at_a_prompt(home, shell, arguments);
    t.keys(&format!("{}\r", app::command_line()));
    t.wait_for("test program");
    t
}

fn at_a_prompt(home: &Home, shell: &str, arguments: &[&str]) -> Pty {
    std::fs::write(home.path().join(".inputrc"), "set enable-bracketed-paste off\n").unwrap();
    let mut command = app::shell(home, shell, arguments);
    command.env("PS1", "READY> ");
    command.env("INPUTRC", home.path().join(".inputrc"));
    let mut t = Pty::spawn(command, 200, 24);
    t.wait_for("READY>");
    t
}

/// The process group's leader is the program itself: an interactive shell makes one of every job.
fn pid_on_screen(t: &Pty) -> Pid {
    let text = t.text();
    let (_, after) = text.split_once("pid ").unwrap();
    Pid::from_raw(after.split_once('.').unwrap().0.parse().unwrap()).unwrap()
}

/// Waits for a new prompt: an older one is followed by the command typed there. Keys sent earlier would be dropped with the rest
/// of the program's input.
fn wait_for_prompt(t: &mut Pty) {
    t.wait_until("a prompt", |t| !t.modes().contains(&1049) && t.text().trim_end().ends_with("READY>"));
}

/// The shell answers a command: it has a prompt, an echo and its main screen.
fn assert_shell_works(t: &mut Pty, word: &str) {
    wait_for_prompt(t);
    assert!(t.text().contains("topped"), "{}", t.text());
    t.keys(&format!("echo {word}-$((40+2))\r"));
    t.wait_for(&format!("{word}-42"));
    assert!(t.text().contains(&format!("echo {word}-$((40+2))")), "the shell echoes:\n{}", t.text());
    assert_eq!(*t.modes(), BTreeSet::from([25]));
}

fn assert_back(t: &mut Pty, redraws: u32) {
    t.keys("fg\r");
    t.wait_for(&format!("redraws {redraws}."));
    for gone in ["topped", "READY"] {
        t.wait_gone(gone);
    }
    t.wait_for("test program");
    t.wait_for("selected");
    assert_eq!(*t.modes(), BTreeSet::from(OUR_MODES));
}

fn assert_quits_to_the_shell(mut t: Pty) {
    t.keys("q");
    wait_for_prompt(&mut t);
    t.keys("echo code-$?\r");
    t.wait_for("code-0");
    t.keys("exit\r");
    t.finish().assert_clean(0);
}

const SHELLS: [(&str, &[&str]); 2] = [("bash", &["--norc", "--noprofile", "-i"]), ("sh", &["-i"])];

/// `RETAKE_CASES` asks for more rounds.
#[test]
fn ctrl_z_and_fg_in_a_shell() {
    for (shell, arguments) in SHELLS {
        let home = Home::new();
        let mut t = in_a_shell(&home, shell, arguments);
        for round in 1..=crate::texts::cases(2).try_into().unwrap() {
            t.keys(CTRL_Z);
            assert_shell_works(&mut t, &format!("round{round}"));
            assert_back(&mut t, round);
            t.keys("k");
            t.wait_for(&format!("keys {}.", 2 * round));
        }
        assert_quits_to_the_shell(t);
    }
}

/// A wrapper that waits for the program (a script, sudo, an alias of git) is what the shell sees: the wrapper must stop too.
#[test]
fn ctrl_z_stops_the_whole_job() {
    let home = Home::new();
    let (shell, arguments) = SHELLS[0];
    let mut t = at_a_prompt(&home, shell, arguments);
    t.keys(&format!("sh -c '{}; exit $?'\r", app::command_line()));
    t.wait_for("test program");
    t.keys(CTRL_Z);
    assert_shell_works(&mut t, "wrapped");
    assert_back(&mut t, 1);
    assert_quits_to_the_shell(t);
}

/// The settings to restore are those at `fg`: before, the terminal belonged to the shell, which may have had it in the mode of
/// its line editor.
#[test]
fn started_in_the_background_it_waits_for_fg() {
    let home = Home::new();
    let (shell, arguments) = SHELLS[1];
    let mut t = at_a_prompt(&home, shell, arguments);
    t.keys(&format!("stty -g >before; stty -echo; {} &\r", app::command_line()));
    t.wait_for("running 1 test");
    t.keys(&format!("{UNTIL_STOPPED}; stty echo; cat list\r"));
    t.wait_for("Stopped");
    assert_eq!(*t.modes(), BTreeSet::from([25]));
    wait_for_prompt(&mut t);
    t.keys("fg\r");
    t.wait_for("test program");
    t.keys("q");
    wait_for_prompt(&mut t);
    t.keys("stty -g >after; exit\r");
    t.finish().assert_clean(0);
    let read = |name| std::fs::read_to_string(home.path().join(name)).unwrap();
    assert_eq!(read("before"), read("after"));
}

/// A shell command; its parts do not spell what the tests then look for.
const UNTIL_STOPPED: &str = "until jobs >list; grep -q 'S[t]opped' list; do :; done";

#[test]
fn bg_keeps_it_stopped_and_harmless() {
    let home = Home::new();
    let (shell, arguments) = SHELLS[0];
    let mut t = in_a_shell(&home, shell, arguments);
    t.keys(CTRL_Z);
    assert_shell_works(&mut t, "one");
    // The shell prints that it runs and, as it must not touch the terminal, that it stopped again: at once with -b. Keys typed
    // before that would go to the program, and stop it in another way.
    t.keys("clear\r");
    t.wait_gone("topped");
    t.keys("set -b; bg\r");
    t.wait_for("Stopped");
    t.keys("\r");
    assert_shell_works(&mut t, "two");
    assert_back(&mut t, 1);
    assert_quits_to_the_shell(t);
}

#[test]
fn a_stop_from_outside_gives_the_terminal_back() {
    let home = Home::new();
    let (shell, arguments) = SHELLS[0];
    let mut t = in_a_shell(&home, shell, arguments);
    rustix::process::kill_process(pid_on_screen(&t), Signal::TSTP).unwrap();
    assert_shell_works(&mut t, "outside");
    assert_back(&mut t, 1);
    assert_quits_to_the_shell(t);
}

/// SIGSTOP cannot be handled, but the shell's output over the screen must disappear.
#[test]
fn a_hard_stop_leads_to_a_clean_screen() {
    let home = Home::new();
    let (shell, arguments) = SHELLS[0];
    let mut t = in_a_shell(&home, shell, arguments);
    rustix::process::kill_process(pid_on_screen(&t), Signal::STOP).unwrap();
    t.wait_for("Stopped");
    assert_back(&mut t, 1);
    t.keys("q");
    wait_for_prompt(&mut t);
    // The row where the program was started, not the row of the shell's cursor on our screen.
    let started = (0..24).find(|&row| t.row(row).contains("running 1 test")).unwrap();
    assert!(t.row(started + 1).starts_with("READY>"), "{}", t.text());
    t.keys("exit\r");
    t.finish().assert_clean(0);
}

#[test]
fn a_program_that_nobody_could_continue_does_not_stop() {
    let home = Home::new();
    let mut t = started(&home);
    t.keys(CTRL_Z);
    t.wait_for("suspend: false");
    t.signal(Signal::TSTP);
    t.keys("k");
    t.wait_for("keys 2.");
    t.signal(Signal::STOP);
    t.signal(Signal::CONT);
    t.wait_for("redraws 1.");
    t.keys("q");
    t.finish().assert_clean(0);
}

#[test]
fn a_closed_window_ends_it() {
    let home = Home::new();
    let mut t = started(&home);
    let closed = Instant::now();
    t.close();
    let (status, when) = t.exit_and_time();
    assert_eq!(status.exit_code(), 129, "{status:?}");
    assert!(when - closed <= Duration::from_secs(1), "took {:?}", when - closed);
}

/// In a separate session it gets no SIGHUP; crossterm alone would spin for ever.
#[test]
#[cfg(target_os = "linux")]
fn a_terminal_that_disappears_without_a_signal_ends_it() {
    use rustix::event::{PollFd, PollFlags, poll};
    let home = Home::new();
    let line = format!("setsid {}", app::command_line());
    let mut t = Pty::spawn(app::shell(&home, "sh", &["-c", &format!("{line}; true")]), 80, 24);
    t.wait_for("test program");
    let program = rustix::process::pidfd_open(pid_on_screen(&t), rustix::process::PidfdFlags::empty()).unwrap();
    t.close();
    let limit = rustix::event::Timespec { tv_sec: 1, tv_nsec: 0 };
    let gone = poll(&mut [PollFd::new(&program, PollFlags::IN)], Some(&limit)).unwrap();
    assert_eq!(gone, 1, "still there after a second");
    assert_eq!(end_note(&home), "TerminalGone");
}

fn refusal(prepare: &str) -> Finished {
    let home = Home::new();
    let script = format!("{prepare} 2>err; code=$?; cat err; exit $code");
    let left = Pty::spawn(app::shell(&home, "sh", &["-c", &script]), 80, 24).finish();
    let out = std::fs::read(home.path().join("out")).unwrap_or_default();
    assert!(!out.contains(&0x1b) && !left.raw.contains(&0x1b), "{}", left.text);
    let err = std::fs::read_to_string(home.path().join("err")).unwrap();
    assert_eq!(err.lines().count(), 1, "{err}");
    left.assert_clean(2);
    left
}

#[test]
fn without_a_terminal_it_refuses_in_one_plain_line() {
    let run = app::command_line();
    assert!(refusal(&format!("{run} </dev/null")).text.contains("stdin is not a terminal"));
    assert!(refusal(&format!("{run} >out")).text.contains("stdout is not a terminal"));
    assert!(refusal(&format!("{run} </dev/null >out")).text.contains("stdin and stdout are not a terminal"));
    assert!(refusal(&format!("{run} <&-")).text.contains("stdin is not a terminal"));
    assert!(refusal(&format!("TERM=dumb {run}")).text.contains("`dumb`"));
    assert!(refusal(&format!("TERM= {run}")).text.contains("`dumb`"));
    assert!(refusal(&format!("unset TERM; {run}")).text.contains("`dumb`"));
}

#[test]
fn resizes_arrive_and_redraw_everything() {
    let home = Home::new();
    let mut t = started(&home);
    t.wait_for("size 80x24.");
    for (cols, rows) in [(120, 40), (41, 7), (132, 50)] {
        t.resize(cols, rows);
        t.wait_for(&format!("size {cols}x{rows}."));
        t.wait_for("selected");
    }
    t.keys("q");
    t.finish().assert_clean(0);
}

#[test]
fn the_smallest_sizes_do_not_break_it() {
    let home = Home::new();
    let mut t = started(&home);
    for (cols, rows) in [(1, 1), (2, 1), (1, 3)] {
        t.resize(cols, rows);
    }
    t.resize(80, 24);
    t.wait_for("size 80x24.");
    t.keys("q");
    t.finish().assert_clean(0);
}

#[test]
fn a_terminal_that_does_not_tell_its_size_is_taken_for_a_usual_one() {
    let home = Home::new();
    let (shell, arguments) = SHELLS[1];
    let mut t = at_a_prompt(&home, shell, arguments);
    t.keys(&format!("stty rows 0 cols 0; {}\r", app::command_line()));
    t.wait_for("size 80x24.");
    t.keys("q");
    wait_for_prompt(&mut t);
}

#[test]
fn a_burst_of_keys_arrives_whole_and_is_answered_by_few_frames() {
    // Three bytes a key: more than crossterm reads at once, and less than the kernel's queue of 4096.
    for (key, burst) in [("j", 1000), (UP, 1000)] {
        let home = Home::new();
        let mut t = started(&home);
        t.keys(&key.repeat(burst));
        t.wait_for(&format!("keys {burst}."));
        let text = t.text();
        let frames = text.split_once("frames ").unwrap().1.split_once('.').unwrap().0;
        assert!(frames.parse::<usize>().unwrap() < burst / 4, "{frames} frames");
        t.keys("q");
        t.finish().assert_clean(0);
    }
}

#[test]
fn pastes_mouse_focus_and_messages_arrive() {
    let home = Home::new();
    let mut t = started(&home);
    t.keys("\x1b[200~pasted q\ntext\x1b[201~");
    t.wait_for(r#"Paste("pasted q\ntext")"#);
    t.keys("\x1b[<0;5;6M");
    t.wait_for("column: 4, row: 5");
    t.keys("\x1b[I");
    t.wait_for("FocusGained");
    t.keys("m");
    t.wait_for("message from a worker");
    t.keys("q");
    t.finish().assert_clean(0);
}

#[test]
#[cfg(target_os = "linux")]
fn an_idle_program_does_not_wake_up() {
    let home = Home::new();
    let mut t = started(&home);
    // One key, so that every thread has run its loop once.
    t.keys("k");
    t.wait_for("keys 1.");
    t.stays_quiet(Duration::from_millis(50));
    let before = crate::harness::times_slept(t.pid());
    assert!(t.stays_quiet(Duration::from_millis(500)));
    assert_eq!(crate::harness::times_slept(t.pid()), before);
    t.keys("q");
    t.finish().assert_clean(0);
}
