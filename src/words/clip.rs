//! Text for the clipboard, which other programs read: a shell, a spreadsheet, a chat.
//!
//! An escape or a line break from a file would end a bracketed paste and run the text after it; spreadsheets run a cell that
//! begins with `=`. [`Clip`] has no constructor that lets either through.

use super::formula::defused;
use std::fmt;
use std::ops::Deref;

/// Text that can be pasted anywhere: its own line breaks and tabs only, and no line or cell that looks like a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clip(String);

impl Clip {
    /// One line, without a break at its end.
    #[must_use]
    pub fn line(text: &str) -> Clip {
        Clip(defused(text))
    }

    /// Lines, each with a break at its end.
    #[must_use]
    pub fn lines<T: AsRef<str>>(lines: impl IntoIterator<Item = T>) -> Clip {
        Clip(lines.into_iter().map(|line| defused(line.as_ref()) + "\n").collect())
    }

    /// The cells of a spreadsheet's row, with tabs between them.
    #[must_use]
    pub fn cells<T: AsRef<str>>(cells: impl IntoIterator<Item = T>) -> Clip {
        Clip(cells.into_iter().map(|cell| defused(cell.as_ref())).collect::<Vec<_>>().join("\t"))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Clip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Deref for Clip {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_tabs_and_formulas_from_a_text_are_marks() {
        assert_eq!(Clip::line("one\u{1b}[201~\necho gone\u{202e}").as_str(), "one␛[201~␊echo gone\u{fffd}");
        assert_eq!(Clip::lines(["=1+1", "• a\nb"]).as_str(), "'=1+1\n• a␊b\n");
        assert_eq!(Clip::cells(["@a\tb", "2", "$9.25"]).as_str(), "'@a␉b\t2\t$9.25");
    }
}
