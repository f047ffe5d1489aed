//! How a figure is punctuated for its reader.

use std::borrow::Cow;

/// The marks in a shown number. Files, `--set` and machine-readable output know the default only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberFormat {
    /// Between thousands; none for digits without a gap.
    pub thousands: Option<char>,
    /// Before the fraction.
    pub decimal: char,
}

impl Default for NumberFormat {
    fn default() -> Self {
        Self { thousands: Some(','), decimal: '.' }
    }
}

impl NumberFormat {
    /// A figure as [`crate::cost::money`] writes it (`−$1,234.50`), with these marks. Not for sentences: their commas would go too.
    #[must_use]
    pub fn punctuated(self, figure: &str) -> Cow<'_, str> {
        if self == Self::default() {
            return Cow::Borrowed(figure);
        }
        let mut out = String::with_capacity(figure.len());
        for c in figure.chars() {
            match c {
                ',' => out.extend(self.thousands),
                '.' => out.push(self.decimal),
                c => out.push(c),
            }
        }
        Cow::Owned(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_takes_the_readers_marks() {
        let marks = |thousands, decimal| NumberFormat { thousands, decimal };
        let figure = "−$1,234,567.50";
        assert!(matches!(NumberFormat::default().punctuated(figure), Cow::Borrowed(same) if same == figure));
        assert_eq!(marks(Some('.'), ',').punctuated(figure), "−$1.234.567,50");
        assert_eq!(marks(Some(' '), ',').punctuated(figure), "−$1 234 567,50");
        assert_eq!(marks(Some('\''), '.').punctuated(figure), "−$1'234'567.50");
        assert_eq!(marks(None, '.').punctuated(figure), "−$1234567.50");
    }
}
