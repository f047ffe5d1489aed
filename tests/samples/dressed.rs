//! The corpus in other styles: other spacing, comments, line endings, keys of other programs. A save without an edit keeps every
//! byte, and one edit changes one line.

use crate::corpus::{corpus, place};
use crate::edits::{edit_one, values};
use crate::merge_model::Rng;
use crate::support::read;
use retake::cost::budget::knob::{Scope, TABLE};
use retake::project::write;

const COMMENTS: [&str; 6] = ["# plain", "#", "#no blank", "# 発表 🎨 \"quoted\" = 1", "#\ttab ", "# [not.a.table]"];
const AROUND: [&str; 5] = [" = ", "=", "  =  ", " =\t", "= "];

/// A text whose lines are dressed at random, where a line stands by itself.
fn dressed(text: &str, rng: &mut Rng) -> String {
    let (mut depth, mut inside, mut out) = (0_i32, false, String::new());
    for (number, line) in text.lines().enumerate() {
        let alone = depth == 0 && !inside;
        let marks = line.matches("\"\"\"").count() + line.matches("'''").count();
        inside ^= marks % 2 == 1;
        if !inside && marks == 0 {
            let of = |signs: [char; 2]| i32::try_from(line.matches(signs).count()).unwrap();
            depth += of(['[', '{']) - of([']', '}']);
        }
        let whole = alone && depth == 0 && !inside && marks == 0;
        if alone && number > 0 && rng.one_in(6) {
            out.push_str([*rng.pick(&COMMENTS), "", "   "][rng.below(3)]);
            out.push('\n');
        }
        if alone && rng.one_in(8) {
            out.push_str(["  ", "\t", "      "][rng.below(3)]);
        }
        let key_ends = line.find(" = ").filter(|at| whole && !line[..*at].contains(['#', '"', '\'']));
        match key_ends.filter(|_| rng.one_in(3)) {
            Some(at) => out.push_str(&[&line[..at], *rng.pick(&AROUND), &line[at + 3..]].concat()),
            None => out.push_str(line),
        }
        let is_bare = whole && !line.contains('#') && !line.trim().is_empty();
        if is_bare && rng.one_in(5) {
            out.push_str(&[[" ", "    ", "\t"][rng.below(3)], *rng.pick(&COMMENTS)].concat());
        } else if whole && rng.one_in(10) {
            out.push_str([" ", "\t \t"][rng.below(2)]);
        }
        out.push('\n');
        // Directly in `[deliverable]` it would be a deliverable.
        let takes_others = line.starts_with("[assumptions") || (line.starts_with('[') && line.contains('.'));
        if whole && takes_others && rng.one_in(5) {
            out.push_str(&format!("x_other_{number} = [1, {{ a = \"b\" }}] # of another program\n"));
        }
    }
    ended(out, rng)
}

/// Varies line endings, the byte order mark, and the end of the text.
fn ended(mut text: String, rng: &mut Rng) -> String {
    let endings = rng.below(4);
    match endings {
        0 => text = text.replace('\n', "\r\n"),
        1 => {
            let one = |line: &str| if rng.one_in(2) { line.replace('\n', "\r\n") } else { line.to_owned() };
            text = text.split_inclusive('\n').map(one).collect();
        }
        _ => {}
    }
    if rng.one_in(4) {
        text.insert(0, '\u{feff}');
    }
    // If both endings are mixed, the last line's ending is undecidable.
    if endings != 1 && rng.one_in(4) {
        text.truncate(text.trim_end().len());
    }
    text
}

/// 300 texts; `RETAKE_CASES` asks for more.
#[test]
fn a_dressed_text_keeps_every_byte_and_one_edit_is_one_line() {
    let wanted = std::env::var("RETAKE_CASES").map_or(300, |all| all.parse().expect("RETAKE_CASES is a number"));
    let plain: Vec<_> = corpus()
        .into_iter()
        .map(|(name, text)| (name, text.trim_start_matches('\u{feff}').replace("\r\n", "\n")))
        .filter(|(_, text)| text.len() < 12_000)
        .collect();
    let (mut kept, mut edited) = (0, 0);
    for seed in 0..wanted {
        let mut rng = Rng(seed);
        let (name, text) = rng.pick(&plain);
        let text = dressed(text, &mut rng);
        let case = format!("{name}, seed {seed}");
        let before = read(&text, &place()).budget;
        let mut same = before.clone();
        match write::updated(text.as_bytes(), &before, &mut same) {
            Ok(bytes) => assert!(bytes == text.as_bytes(), "{case}:\n{text}"),
            Err(error) => panic!("{case}: {error:?}\n{text}"),
        }
        kept += 1;
        let line = (!before.lines.is_empty() && rng.one_in(2)).then(|| rng.below(before.lines.len()));
        let row = rng.pick(&TABLE);
        let fits = match row.scope {
            Scope::Both => true,
            Scope::Deliverable => line.is_some(),
            Scope::Project => line.is_none(),
        };
        if fits {
            edit_one(&case, &text, &before, line, row.knob, rng.pick(&values(row.knob)));
            edited += 1;
        }
    }
    println!("{kept} texts kept, {edited} edits");
    assert!(kept == wanted && edited > wanted / 2);
}
