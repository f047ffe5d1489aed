//! The control sequences that the program writes to a terminal, and no others: whatever else stands in its output came from a file.
#![allow(dead_code, reason = "each test binary that includes this uses a part of it")]

use retake::words::safe::is_hostile;

/// Cursor, mouse, focus, alternate screen, bracketed paste, synchronized updates.
const MODES: [&str; 8] = ["25", "1000", "1002", "1004", "1006", "1049", "2004", "2026"];

/// The first thing in `bytes` that is neither harmless text nor a sequence of ours. Line ends are text: what is printed before and
/// after the full screen has some.
pub(crate) fn foreign(bytes: &[u8]) -> Option<String> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Some(format!("no UTF-8 at byte {}", error.valid_up_to())),
    };
    let mut rest = text;
    while let Some(at) = rest.find(|c| is_hostile(c) && c != '\n') {
        let hostile = &rest[at..];
        if let Some(after) = hostile.strip_prefix("\r\n") {
            rest = after;
        } else if let Some(length) = own(hostile) {
            rest = &hostile[length..];
        } else {
            let before: String = rest[..at].chars().rev().take(20).collect();
            let shown: String = hostile.chars().take(40).collect();
            return Some(format!("{shown:?} behind {:?}", before.chars().rev().collect::<String>()));
        }
    }
    None
}

/// The length of the sequence of ours that the text begins with.
fn own(text: &str) -> Option<usize> {
    if let Some(body) = text.strip_prefix("\u{1b}]52;c;") {
        let end = body.find(|c: char| !(c.is_ascii_alphanumeric() || "+/=".contains(c)))?;
        let close = ["\u{1b}\\", "\u{7}"].into_iter().find(|close| body[end..].starts_with(close))?;
        return Some(text.len() - body.len() + end + close.len());
    }
    let body = text.strip_prefix("\u{1b}[")?;
    let end = body.find(|c: char| !matches!(c, '0'..='?'))?;
    let (numbers, last) = (&body[..end], body[end..].chars().next()?);
    let plain = numbers.chars().all(|c| c.is_ascii_digit() || c == ';' || c == ':');
    let ours = match last {
        'm' | 'H' => plain,
        'J' => numbers == "2",
        'h' | 'l' => numbers.strip_prefix('?').is_some_and(|mode| MODES.contains(&mode)),
        _ => false,
    };
    ours.then_some("\u{1b}[".len() + end + 1)
}

/// The list is short, and a test of it says so: everything that a payload can be is foreign.
#[test]
fn only_sequences_of_ours_pass() {
    for ours in [
        "",
        "text 発表 👩\u{200d}💻\n",
        "a\r\nb",
        "\u{1b}[12;3Hx\u{1b}[0;1m\u{1b}[?2026h\u{1b}[38;2;1;2;3m",
        "\u{1b}]52;c;YQ==\u{1b}\\",
    ] {
        assert_eq!(foreign(ours.as_bytes()), None, "{ours:?}");
    }
    let hostile = super::texts::known().into_iter().filter(|text| text.chars().any(|c| is_hostile(c) && c != '\n'));
    // Some payloads are what the program itself writes: where that counts, tests look at cells too.
    let passed: Vec<String> = hostile.filter(|text| foreign(text.as_bytes()).is_none()).collect();
    assert!(passed.len() < 12, "{} are taken for ours", passed.len());
    assert!(foreign(b"\xff").is_some() && foreign(b"a\rb").is_some());
    assert!(super::texts::known().len() >= 200);
}
