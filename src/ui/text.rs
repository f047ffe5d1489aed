//! Text measured and truncated as a terminal shows it: by grapheme cluster and display column, never by byte or character.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

pub use crate::words::safe::{Safe, safe};

/// The sign for truncated text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ellipsis {
    /// `…`, one column.
    #[default]
    Unicode,
    /// `...`, three columns, for terminals that know ASCII only.
    Ascii,
}

impl Ellipsis {
    fn sign(self) -> &'static str {
        match self {
            Self::Unicode => "…",
            Self::Ascii => "...",
        }
    }
}

/// The alignment of text in a wider field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// At the start; the spaces follow.
    Left,
    /// At the end, for figures.
    Right,
    /// In the middle; an odd space goes to the end.
    Centre,
}

/// Columns that `text` takes. Clusters are measured one by one, because that is how cells are filled.
#[must_use]
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        columns_of_simple(text).unwrap_or_else(|| text.graphemes(true).map(UnicodeWidthStr::width).sum())
    }
}

/// The columns of text in which every character is a cluster of one column, as in nearly all of the program's own; `None` for
/// other text.
pub(super) fn columns_of_simple(text: &str) -> Option<usize> {
    let mut columns = 0;
    for c in text.chars() {
        if !is_simple(c) {
            return None;
        }
        columns += 1;
    }
    Some(columns)
}

/// Printable ASCII, and the punctuation, arrows, lines, blocks and shapes that the program writes itself. No characters that join
/// their neighbours, and no ideographs, which are wide.
fn is_simple(c: char) -> bool {
    matches!(c, ' '..='~' | '·' | '×' | '–' | '…' | '←'..='↓' | '−' | '≈' | '≤' | '≥' | '─'..='▟' | '●' | '○')
}

/// Whether this is a single line or block (U+2500 to U+259F), one column wide: frames, bars and charts consist of them, a third
/// of the cells that are not ASCII.
pub(super) fn is_drawing(symbol: &str) -> bool {
    matches!(symbol.as_bytes(), [0xe2, 0x94 | 0x95, _] | [0xe2, 0x96, 0x80..=0x9f])
}

/// At most `columns` columns of `text`, the last of them the ellipsis if something was cut.
///
/// A wide cluster is never split, so the result may be a column narrower. If not even the ellipsis fits, as much of it as does. A
/// number is not split either: half of it is a wrong number, and a number right before the ellipsis could be half, so it is
/// removed as a whole.
#[must_use]
pub fn truncate(text: &str, columns: usize, ellipsis: Ellipsis) -> Cow<'_, str> {
    // Except for a cluster of no width, text with at most as many bytes as columns always fits.
    if text.len() <= columns || width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let sign = ellipsis.sign();
    let Some(room) = columns.checked_sub(width(sign)) else {
        return Cow::Owned(prefix(sign, columns).to_owned());
    };
    let kept = without_last_number(prefix(text, room));
    Cow::Owned(format!("{kept}{sign}"))
}

/// `text` without the figure at its end, its currency or size sign included.
fn without_last_number(text: &str) -> &str {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_digit() || ".,:/×–-\u{a0}\u{202f}".contains(c));
    if digits.len() == text.len() || !text[digits.len()..].contains(|c: char| c.is_ascii_digit()) {
        return text;
    }
    digits.trim_end_matches(['$', '€', '£', '¥', '₩', '₹', '≈', '−'])
}

/// The longest start of `text`, in whole clusters, that fits into `columns`.
#[must_use]
pub fn prefix(text: &str, columns: usize) -> &str {
    let mut used = 0;
    for (at, cluster) in text.grapheme_indices(true) {
        used += cluster.width();
        if used > columns {
            return &text[..at];
        }
    }
    text
}

/// The longest end of `text`, in whole clusters, that fits into `columns`.
#[must_use]
pub fn suffix(text: &str, columns: usize) -> &str {
    let mut used = 0;
    for (at, cluster) in text.grapheme_indices(true).rev() {
        used += cluster.width();
        if used > columns {
            return &text[at + cluster.len()..];
        }
    }
    text
}

/// `text` with spaces after it up to `columns`; longer text stays whole.
#[must_use]
pub fn pad_right(text: &str, columns: usize) -> String {
    pad(text, columns, Align::Left)
}

/// `text` with spaces before it up to `columns`; longer text stays whole.
#[must_use]
pub fn pad_left(text: &str, columns: usize) -> String {
    pad(text, columns, Align::Right)
}

/// `text` in exactly `columns` columns: truncated if longer, padded if shorter.
///
/// Not for figures: half a number is a wrong number, so figures are laid out by callers that know what else to leave out.
#[must_use]
pub fn fit(text: &str, columns: usize, align: Align, ellipsis: Ellipsis) -> String {
    pad(&truncate(text, columns, ellipsis), columns, align)
}

fn pad(text: &str, columns: usize, align: Align) -> String {
    let spaces = columns.saturating_sub(width(text));
    let before = match align {
        Align::Left => 0,
        Align::Right => spaces,
        Align::Centre => spaces / 2,
    };
    let mut padded = String::with_capacity(text.len() + spaces);
    padded.extend(std::iter::repeat_n(' ', before));
    padded.push_str(text);
    padded.extend(std::iter::repeat_n(' ', spaces - before));
    padded
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn width_counts_columns_of_clusters() {
        let cases = [
            ("", 0),
            ("PDP hero", 8),
            ("発表", 4),
            ("ｱｲ", 2),
            ("é", 1),
            ("e\u{301}", 1),
            ("👩‍💻", 2),
            ("🇯🇵", 2),
            ("❤️", 2),
            ("👍🏽", 2),
            ("▁▂█", 3),
            ("한국", 4),
            ("×", 1),
        ];
        for (text, columns) in cases {
            assert_eq!(width(text), columns, "{text}");
        }
    }

    #[test]
    fn simple_characters_are_clusters_of_one_column_beside_each_other() {
        let simple: String = ('\0'..='\u{ffff}').filter(|c| is_simple(*c)).collect();
        assert!(simple.chars().count() > 95 + 160);
        for text in [simple.clone(), simple.chars().rev().collect()] {
            assert_eq!(text.graphemes(true).count(), text.chars().count());
            assert!(text.graphemes(true).all(|cluster| cluster.width() == 1));
        }
    }

    #[test]
    fn what_fits_is_borrowed_and_whole() {
        for text in ["", "abc", "発", "発表", "👩‍💻x"] {
            assert!(
                matches!(truncate(text, width(text), Ellipsis::Unicode), Cow::Borrowed(same) if same == text),
                "{text}"
            );
        }
    }

    #[test]
    fn cutting_keeps_clusters_whole() {
        let cut = |text, columns| truncate(text, columns, Ellipsis::Unicode).into_owned();
        assert_eq!(cut("Spring launch", 7), "Spring…");
        assert_eq!(cut("発表資料", 5), "発表…");
        assert_eq!(cut("発表資料", 4), "発…");
        assert_eq!(cut("a👩‍💻bcd", 4), "a👩‍💻…");
        assert_eq!(cut("a👩‍💻bcd", 3), "a…");
        assert_eq!(cut("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}…");
        assert_eq!((cut("発表", 1).as_str(), cut("発表", 0).as_str()), ("…", ""));
    }

    #[test]
    fn the_ascii_ellipsis_takes_three_columns() {
        let cut = |columns| truncate("Spring launch", columns, Ellipsis::Ascii).into_owned();
        assert_eq!([cut(8), cut(3), cut(2), cut(0)], ["Sprin...", "...", "..", ""]);
    }

    #[test]
    fn padding_counts_columns() {
        assert_eq!(pad_right("発表", 6), "発表  ");
        assert_eq!(pad_left("👩‍💻", 4), "  👩‍💻");
        assert_eq!(pad_left("too long", 3), "too long");
        assert_eq!(fit("発表資料", 6, Align::Left, Ellipsis::Unicode), "発表… ");
        assert_eq!(fit("ab", 5, Align::Centre, Ellipsis::Unicode), " ab  ");
        assert_eq!(fit("$9.25", 8, Align::Right, Ellipsis::Unicode), "   $9.25");
    }

    proptest! {
        #[test]
        fn a_fitted_text_has_exactly_its_columns(text in "(\\PC|[発表👩💻❤é한]){0,30}", columns in 0usize..40) {
            let text = safe(&text).into_owned();
            for ellipsis in [Ellipsis::Unicode, Ellipsis::Ascii] {
                let cut = truncate(&text, columns, ellipsis);
                prop_assert!(width(&cut) <= columns);
                let kept = cut.strip_suffix(ellipsis.sign()).unwrap_or(&cut);
                prop_assert!(text.starts_with(kept) || columns < 3);
                // A cut before a mark that joins the spaces or the ellipsis would change the width; whole clusters do not.
                prop_assert_eq!(width(&fit(&text, columns, Align::Right, ellipsis)), columns);
            }
        }
    }
}
