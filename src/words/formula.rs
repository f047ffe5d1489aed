//! Recognizes texts that a spreadsheet would run as a formula, and turns them into plain text.
//!
//! OWASP's list of leading signs, also after invisible blanks and in full width. CSV and the clipboard use it.

use super::safe::{is_hostile, safe};

/// The text made harmless for a terminal, with a leading `'` if a spreadsheet would run it as a formula.
#[must_use]
pub fn defused(text: &str) -> String {
    let shown = safe(text);
    if runs(text) { format!("'{shown}") } else { shown.into_owned() }
}

/// Whether a spreadsheet might run the text as a formula. Invisible characters before the sign do not prevent that.
fn runs(text: &str) -> bool {
    let unseen = |c: char| c.is_whitespace() || is_hostile(c);
    let first = text.trim_start_matches(unseen).chars().next();
    let sign = first.is_some_and(|c| {
        matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '﹦' | '﹢' | '﹣' | '﹫' | '|')
    });
    sign || text.starts_with(['\t', '\r', '\n'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_found_wherever_they_hide() {
        for text in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            " =1",
            "\t=1",
            "\u{a0}=1",
            "\u{3000}＝1",
            "\u{200b}=1",
            "＋1",
            "－1",
            "＠a",
            "\n=1",
            "\tx",
        ] {
            assert!(defused(text).starts_with('\''), "{text:?}");
        }
        for text in ["", "PDP hero", "a=b", "1-2", "'=1", "発表"] {
            assert_eq!(defused(text), text);
        }
    }
}
