//! Text laid out in terminal columns: measured by grapheme cluster, so that Chinese or emoji names keep the table straight.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The line length that suits mail and terminals.
pub const LINE_COLUMNS: usize = 80;

/// Columns that `text` takes.
#[must_use]
pub fn width(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// `text` with spaces after it.
#[must_use]
pub fn left(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// `text` with spaces before it.
#[must_use]
pub fn right(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

/// Lines of at most [`LINE_COLUMNS`]: [`wrap_to`].
#[must_use]
pub fn wrap(text: &str, first: &str, rest: &str) -> String {
    wrap_to(LINE_COLUMNS, text, first, rest)
}

/// Lines of at most `most` columns, the first after `first`, the others after `rest`. Words longer than a line are split between
/// clusters, so that a hostile text cannot make an endless line.
#[must_use]
pub fn wrap_to(most: usize, text: &str, first: &str, rest: &str) -> String {
    let mut out = String::from(first);
    let (mut used, start) = (width(first), width(rest));
    let mut fresh = true;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let columns = width(word);
        if !fresh && used + 1 + columns > most {
            out.push('\n');
            out.push_str(rest);
            (used, fresh) = (start, true);
        }
        if !fresh {
            out.push(' ');
            used += 1;
        }
        for cluster in word.graphemes(true) {
            let wide = cluster.width();
            if used + wide > most && used > start {
                out.push('\n');
                out.push_str(rest);
                used = start;
            }
            out.push_str(cluster);
            used += wide;
        }
        fresh = false;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_counts_columns() {
        assert_eq!(left("発表", 6), "発表  ");
        assert_eq!(right("$1", 4), "  $1");
        assert_eq!(right("too long", 3), "too long");
    }

    #[test]
    fn lines_end_before_column_eighty() {
        let text = "発表会の写真 ".repeat(30) + &"x".repeat(200);
        let wrapped = wrap(&text, "note: ", "      ");
        assert!(wrapped.lines().all(|line| width(line) <= LINE_COLUMNS), "{wrapped}");
        assert!(wrapped.lines().skip(1).all(|line| line.starts_with("      ")));
        let joined: String = wrapped.chars().filter(|c| *c == 'x').collect();
        assert_eq!(joined.len(), 200);
        assert_eq!(wrap("a b", "", ""), "a b");
    }
}
