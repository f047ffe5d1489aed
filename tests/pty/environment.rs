//! The dashboard's reaction to its environment: colours, locale, a missing terminal.

use crate::dashboard::sample;
use crate::harness::{Finished, Home, Pty};

const SAMPLE: &str = "product-launch.retake.toml";

/// The attributes (SGR) that were sent, each as its numbers.
fn attributes(sent: &[u8]) -> Vec<String> {
    let sent = String::from_utf8_lossy(sent).into_owned();
    let sequences = sent.split("\x1b[").skip(1).filter_map(|rest| rest.split_once('m').map(|(numbers, _)| numbers));
    let plain = |numbers: &&str| numbers.bytes().all(|byte| byte.is_ascii_digit() || byte == b';' || byte == b':');
    sequences.filter(plain).map(str::to_owned).collect()
}

/// The colours that they use: none, the terminal's sixteen, 256, or any.
fn depth(attributes: &[String]) -> &'static str {
    let of_a_table = |numbers: &str| {
        let index = numbers.strip_prefix("38;5;").or_else(|| numbers.strip_prefix("48;5;"))?;
        index.split(';').next()?.parse::<u16>().ok()
    };
    let any = |wanted: &dyn Fn(&str) -> bool| attributes.iter().any(|numbers| wanted(numbers));
    if any(&|numbers| numbers.contains("8;2;")) {
        "true"
    } else if any(&|numbers| of_a_table(numbers).is_some_and(|index| index > 15)) {
        "256"
    } else if any(&|numbers| of_a_table(numbers).is_some()) {
        "16"
    } else {
        "none"
    }
}

/// Looks at the first frame and at one after a key.
fn dashboard(home: &Home, environment: &[(&str, &str)]) -> (Finished, String) {
    let mut command = home.command(env!("CARGO_BIN_EXE_retake"));
    command.arg(SAMPLE);
    for (name, value) in environment {
        command.env(name, value);
    }
    let mut t = Pty::spawn(command, 120, 36);
    t.wait_for("TOTAL");
    // Blanks tell the rows of the list from titles with the same name.
    let (chosen, other) = (t.cell_of("PDP hero  ").clone(), t.cell_of("PDP details  ").clone());
    let look = |cell: &vt100::Cell| (cell.bold(), cell.inverse(), cell.underline());
    assert_ne!(look(&chosen), look(&other), "{environment:?}: the selection shows by more than colour");
    t.keys("+");
    t.wait_for("unsaved");
    let text = t.text();
    t.keys("u");
    t.wait_gone("unsaved");
    t.keys("q");
    (t.finish(), text)
}

#[test]
fn colours_and_signs_are_those_that_the_surroundings_allow() {
    let home = Home::new();
    sample(&home, SAMPLE);
    let depths = [("xterm", "", "16"), ("xterm-256color", "", "256"), ("xterm-256color", "truecolor", "true")];
    let mut tried = 0;
    for (term, colorterm, found) in depths {
        for (no_color, expected) in [(None, found), (Some(""), found), (Some("1"), "none")] {
            for (locale, ascii) in [("C", true), ("C.UTF-8", false)] {
                let mut environment = vec![("TERM", term), ("COLORTERM", colorterm), ("LANG", locale)];
                environment.extend(no_color.map(|value| ("NO_COLOR", value)));
                let (left, text) = dashboard(&home, &environment);
                let attributes = attributes(&left.raw);
                assert_eq!(depth(&attributes), expected, "{environment:?}: {attributes:?}");
                assert_eq!(text.is_ascii() && left.raw.is_ascii(), ascii, "{environment:?}\n{text}");
                assert!(!attributes.iter().any(String::is_empty), "an empty SGR resets bold and reverse");
                left.assert_clean(0);
                tried += 1;
            }
        }
    }
    for term in ["dumb", "", "unset"] {
        for locale in ["C", "C.UTF-8"] {
            let mut command = home.command(env!("CARGO_BIN_EXE_retake"));
            command.arg(SAMPLE);
            command.env("LANG", locale);
            command.env("TERM", term);
            if term == "unset" {
                command.env_remove("TERM");
            }
            // A terminal that cannot place text gets the report instead.
            let left = Pty::spawn(command, 120, 60).finish();
            assert!(!left.raw.contains(&0x1b) && left.text.contains("TOTAL"), "TERM {term}: {}", left.text);
            left.assert_clean(0);
            tried += 1;
        }
    }
    assert_eq!(tried, 24);
}

#[test]
fn without_a_terminal_on_either_side_it_refuses_in_one_line() {
    for missing in ["</dev/null", ">out", "</dev/null >out"] {
        for file in ["", SAMPLE] {
            let home = Home::new();
            sample(&home, SAMPLE);
            let mut command = home.command("sh");
            let line = format!("{} {file} {missing} 2>err; code=$?; cat err; exit $code", env!("CARGO_BIN_EXE_retake"));
            command.args(["-c", &line]);
            let left = Pty::spawn(command, 200, 24).finish();
            let read = |name| std::fs::read(home.path().join(name)).unwrap_or_default();
            assert_eq!((read("out").len(), left.raw.contains(&0x1b)), (0, false), "{line}: {}", left.text);
            assert_eq!(read("err").iter().filter(|byte| **byte == b'\n').count(), 1, "{line}: {}", left.text);
            left.assert_clean(2);
        }
    }
}
