//! Text for the clipboard, which other programs read: a shell, a spreadsheet, a chat.
//!
//! An escape or a line break from a file would end a bracketed paste and run the text after it; spreadsheets run a cell that
//! begins with `=`. [`Clip`] has no constructor that lets either through.

use super::formula::defused;
use super::number;
use crate::cost::base::money::Decimal;
use std::fmt;
use std::ops::Deref;

/// A cell of a spreadsheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A text: never a formula.
    Text(String),
    /// A number, with the reader's decimal sign and no other: a spreadsheet counts with it.
    Number(Decimal),
}

impl Cell {
    fn written(&self) -> String {
        match self {
            Cell::Text(text) => defused(text),
            Cell::Number(number) => number::typed(&number.to_string()),
        }
    }
}

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

    /// The rows of a spreadsheet, with tabs between their cells and a break at the end of each.
    #[must_use]
    pub fn table(rows: impl IntoIterator<Item = Vec<Cell>>) -> Clip {
        let row = |cells: Vec<Cell>| cells.iter().map(Cell::written).collect::<Vec<_>>().join("\t") + "\n";
        Clip(rows.into_iter().map(row).collect())
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
        let row = vec![Cell::Text("-1".to_owned()), Cell::Number(Decimal::new(-1, 2)), Cell::Text("\t=1".to_owned())];
        assert_eq!(Clip::table([row]).as_str(), "'-1\t-0.01\t'␉=1\n");
    }
}
