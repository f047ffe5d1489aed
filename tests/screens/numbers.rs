//! Figures in the reader's number format: on every screen, in copied text, and in typed text.

use crate::desk::{Desk, TWO_LINES, words_of};
use crate::scenes::{Scene, WIDE_FIGURES, every};
use proptest::prelude::*;
use retake::app::model::outcome::Effect;
use retake::cost::Marks;
use retake::cost::base::money::{Currency, Decimal};
use retake::words::number::{self, Reading, read_as};

/// Ways to write 1234.56, with the separator of thousands and the decimal sign.
const FORMATS: [(&str, &str, char); 7] = [
    ("1,234.56", ",", '.'),
    ("1.234,56", ".", ','),
    ("1 234,56", "\u{a0}", ','),
    ("1\u{202f}234,56", "\u{202f}", ','),
    ("1'234.56", "'", '.'),
    ("1_234.56", "_", '.'),
    ("1234,56", "", ','),
];

fn reading(example: &str) -> Reading {
    read_as(Marks::of_example(example).unwrap_or_else(|| panic!("{example} is no format")))
}

/// Whether a point or a comma belongs to a figure of the default screen: digits on both sides, and no name around it.
fn in_a_figure(row: &[char], at: usize) -> bool {
    let digit = |at: Option<usize>| at.and_then(|at| row.get(at)).is_some_and(char::is_ascii_digit);
    let word: String = {
        let start = row[..at].iter().rposition(|c| c.is_whitespace()).map_or(0, |space| space + 1);
        let end = row[at..].iter().position(|c| c.is_whitespace()).map_or(row.len(), |space| at + space);
        row[start..end].iter().collect()
    };
    let name = word.contains("gpt-") || word.contains("…image") || word.starts_with('…') || word.contains(".toml");
    let name = name || ["(2.5)", "(2.6)", "(2.5-ext)", "0.1.3"].iter().any(|known| word.contains(known));
    // A text longer than its field begins anywhere, in the midst of a figure too.
    let cut = row[..at].ends_with(&['┃', ' ']);
    (cut || digit(at.checked_sub(1))) && digit(at.checked_add(1)) && !name
}

/// A default row in another number format; both separators have one column each.
fn with_signs(row: &str, group: char, decimal: char) -> String {
    let row: Vec<char> = row.chars().collect();
    let sign = |(at, c): (usize, &char)| match c {
        '.' if in_a_figure(&row, at) => decimal,
        ',' if in_a_figure(&row, at) => group,
        c => *c,
    };
    row.iter().enumerate().map(sign).collect()
}

/// Screens differ from the default ones only in the separators of their figures: not in a width, not in a cut.
#[test]
fn every_screen_is_the_default_one_with_other_signs() {
    let plain: Vec<Scene> = every();
    let (mut seen, mut wrong) = (0, Vec::new());
    for (example, group, decimal, sizes) in
        [("1.234,56", '.', ',', [(160, 45), (80, 24)]), ("1\u{202f}234,56", '\u{202f}', ',', [(120, 36), (100, 30)])]
    {
        let _reader = reading(example);
        for (at, (Scene { name, desk }, other)) in plain.iter().zip(every()).enumerate() {
            let (width, height) = sizes[at % 2];
            let theirs = other.desk.screen(width, height);
            let ours = {
                let _default = read_as(Marks::default());
                desk.screen(width, height)
            };
            for (row, (ours, theirs)) in ours.lines().zip(theirs.lines()).enumerate() {
                let expected = with_signs(ours, group, decimal);
                seen += usize::from(expected != ours);
                // Large digits have separators of their own; the words beside them differ in signs only, as any row does.
                let small = |row: &str| row.replace(['▀', '▄', '█'], " ");
                if expected != theirs && !(ours.contains('▀') && small(&expected) == small(theirs)) {
                    wrong.push(format!("{name} at {width}x{height}, row {row}:\n{ours}\n{theirs}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} rows, such as\n{}", wrong.len(), wrong[..wrong.len().min(12)].join("\n"));
    assert!(seen > 1000, "only {seen} rows had signs to compare");
}

proptest! {
    #[test]
    fn without_its_signs_a_figure_is_the_default_one(mantissa in -10i64.pow(17)..10i64.pow(17), scale in 0u32..8, format in 0..FORMATS.len(), currency in 0..4usize) {
        let number = Decimal::new(mantissa, scale);
        let currency = Currency::parse(["USD", "JPY", "KWD", "CHF"][currency]).unwrap();
        let texts = || [number::grouped(number), number::in_full(currency, number, 2), number::amount_with_digits(currency, number, 5)];
        let default = texts().map(|text| text.replace(',', ""));
        let (example, group, decimal) = FORMATS[format];
        let reader = reading(example);
        let theirs = texts();
        drop(reader);
        for (theirs, default) in theirs.iter().zip(default) {
            let signs = if group.is_empty() { theirs.clone() } else { theirs.replace(group, "") };
            // If a currency's code comes before a figure, a blank is between them.
            prop_assert_eq!(signs.replace(decimal, "."), default);
        }
    }

    /// A shown figure can be typed: it is parsed as the same number, or refused, and never as another one.
    #[test]
    fn a_shown_figure_is_understood_or_refused(cents in 1i64..10i64.pow(13), scale in 0u32..4, format in 0..FORMATS.len()) {
        let amount = Decimal::new(cents, scale);
        let _reader = reading(FORMATS[format].0);
        for typed in [number::grouped(amount), amount.normalize().to_string()] {
            let mut desk = Desk::of(TWO_LINES);
            desk.keys("<tab> <tab> <down>").paste(&typed).keys("<enter>");
            match desk.state.budget().cap() {
                Some(cap) => prop_assert_eq!(cap.amount.normalize(), amount.normalize(), "{}", typed),
                None => prop_assert!(desk.screen(120, 36).contains("thousands"), "{} is refused without a word", typed),
            }
        }
    }
}

#[test]
fn lines_of_a_sentence_do_not_break_a_figure() {
    for (example, group, _) in FORMATS {
        let _reader = reading(example);
        let mut desk = Desk::of(WIDE_FIGURES);
        let wanted = format!("54{group}321");
        for width in [20, 34, 50, 80, 120, 160] {
            let screen = desk.screen(width, 24);
            assert!(screen.contains(&wanted), "{example} at {width}:\n{screen}");
        }
        desk.keys("i");
        let capped = format!("$123{group}456");
        for width in 40..70 {
            let screen = desk.screen(width, 40);
            assert!(screen.contains(&capped), "{example} at {width}:\n{screen}");
        }
    }
}

/// The focused field after typing, and whether the text was refused.
#[track_caller]
fn typed(format: &str, keys: &str, text: &str) -> String {
    let _reader = reading(format);
    let mut desk = Desk::of(TWO_LINES);
    desk.keys(keys).type_text(text);
    let refused = desk.state.view.input.as_ref().unwrap().refused.is_some();
    desk.keys("<enter>");
    assert_eq!(refused, desk.state.view.input.is_some());
    if refused {
        assert_eq!(desk.state.view.input.as_ref().unwrap().entry.text(), text, "what was refused stays");
        return words_of(&desk.screen(160, 45)).split_once("Not accepted").unwrap().1.to_owned();
    }
    let knob = desk.state.field().unwrap().knob();
    match desk.state.setting(knob) {
        Some(retake::cost::Setting::Value(value)) => retake::cost::budget::knob_text::write(value),
        other => format!("{other:?}"),
    }
}

const FINALS: &str = "";
const RETRY: &str = "<tab>";
const BUFFER: &str = "<tab> <tab>";
const CAP: &str = "<tab> <tab> <down>";

#[test]
fn the_readers_decimal_sign_is_read_and_so_is_the_point() {
    for (format, keys, text, wanted) in [
        ("1.234,56", RETRY, "1,6", "1.6"),
        ("1.234,56", RETRY, "1,6x", "1.6"),
        ("1.234,56", RETRY, "1.6x", "1.6"),
        ("1.234,56", RETRY, "1,5/2/3,25", "1.5/2/3.25"),
        ("1 234,56", RETRY, "1,5 2 3,25", "1.5/2/3.25"),
        ("1.234,56", RETRY, "37,5% ok", "37.5%"),
        ("1.234,56", RETRY, "1,234", "1.234"),
        ("1.234,56", BUFFER, "12,5%", "12.5%"),
        ("1.234,56", BUFFER, "12.5", "12.5%"),
        ("1.234,56", BUFFER, "0.125%", "0.125%"),
        ("1.234,56", FINALS, "1.234", "1234"),
        ("1.234,56", FINALS, "1.234.567", "1234567"),
        ("1 234,56", FINALS, "1 234", "1234"),
        ("1\u{202f}234,56", FINALS, "1 234", "1234"),
        ("1'234.56", FINALS, "1’234", "1234"),
        ("1_234.56", FINALS, "1_234", "1234"),
        ("1234.56", FINALS, "1,234", "1234"),
        ("1,234.56", FINALS, "1,234", "1234"),
        ("1.234,56", CAP, "1.234,5", "1234.5"),
        ("1.234,56", CAP, "1.234.567", "1234567"),
        ("1.234,56", CAP, "1234,5 USD", "1234.5 USD"),
        ("1 234,56", CAP, "1 234,5 USD", "1234.5 USD"),
        ("1'234.56", CAP, "1'234.5", "1234.5"),
        ("1'234.56", CAP, "1.234", "1.234"),
        ("1,234.56", CAP, "1.234", "1.234"),
        ("1,234.56", CAP, "1,234", "1234"),
    ] {
        assert_eq!(typed(format, keys, text), wanted, "{text} in {format}");
    }
}

/// A separator that could make a figure a thousand times larger or smaller leads to a question; a misplaced one is refused.
#[test]
fn what_may_mean_two_figures_is_refused_with_both() {
    for format in ["1.234,56", "1 234,56", "1234,56"] {
        for (keys, text) in [(RETRY, "1.234"), (CAP, "1.234"), (BUFFER, "1.234%")] {
            let said = typed(format, keys, text);
            assert!(said.contains("1,234 or 1234") && said.contains("type 1,234 for decimals"), "{text}: {said}");
        }
    }
    for (format, text, sign) in [
        ("1 234,56", "1.000", ','),
        ("1234,56", "2.000", ','),
        ("1.234,56", "1,000", ','),
        ("1,234.56", "1.000", '.'),
        ("1'234.56", "12.000", '.'),
    ] {
        let said = typed(format, FINALS, text);
        let whole = text.replace([',', '.'], "");
        let both = format!("{}{sign}000 or {whole}", text.split([',', '.']).next().unwrap());
        assert!(said.contains(&both), "{text} in {format}: {said}");
    }
    for (format, keys, text) in [
        ("1.234,56", FINALS, "1,234"),
        ("1.234,56", FINALS, "0.123"),
        ("1.234,56", FINALS, "1.5"),
        ("1 234,56", FINALS, "1.234"),
        ("1,234.56", FINALS, "1,5"),
        ("1,234.56", RETRY, "1,5"),
        ("1.234,56", CAP, "1,234.56"),
        ("1.234,56", CAP, "1,234,567"),
        ("1.234,56", CAP, "12.34,5"),
        ("1.234,56", CAP, "1.23.456"),
        ("1 234,56", CAP, "1.234,5"),
        ("1 234,56", CAP, "12 34"),
        ("1'234.56", CAP, "1'23"),
        ("1'234.56", CAP, "1.234.567"),
    ] {
        let said = typed(format, keys, text);
        assert!(said.contains("Allowed"), "{text} in {format} became {said}");
    }
}

#[test]
fn an_opened_field_and_a_copied_figure_have_the_readers_signs() {
    let _reader = reading("1.234,56");
    let mut desk = Desk::of(WIDE_FIGURES);
    desk.keys("<tab> <tab> e");
    assert_eq!(desk.state.view.input.as_ref().unwrap().entry.text(), "12,5%");
    let total = desk.total();
    desk.keys("<enter>");
    assert_eq!(desk.total(), total, "an untouched text is the value that it was");
    desk.keys("y <ctrl-y> <down> <enter> w y");
    let copied: Vec<&str> = desk
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Copy(text) => Some(text.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(copied[0], "12,5%");
    assert!(copied[1].contains(": 54.321 × "), "{}", copied[1]);
    assert!(copied[1].contains("• TOTAL: $362.334,24\n"), "{}", copied[1]);
    assert!(copied[2].contains(" × 12,5 % = $10.879,966663459875\n"), "{}", copied[2]);
}

#[test]
fn a_comma_begins_a_fraction_where_it_is_the_decimal_sign() {
    let _reader = reading("1.234,56");
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("<tab> <tab>").type_text(",5%");
    assert_eq!(desk.state.view.input.as_ref().unwrap().entry.text(), ",5%");
    desk.keys("<enter>");
    assert!(desk.screen(120, 36).contains("‹ 0,5 % ›"), "{}", desk.screen(120, 36));
}
