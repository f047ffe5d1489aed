//! Cells between the full-width commas and semicolons that Chinese and Japanese keyboards write.

use std::borrow::Cow;

/// The text with a plain separator in place of full-width ones, where most rows have the same number of those and few have a plain
/// one; otherwise the text itself.
pub(super) fn narrowed(text: &str) -> Cow<'_, str> {
    let Some(wide) = ['，', '；'].into_iter().find(|wide| separates(text, *wide)) else { return Cow::Borrowed(text) };
    // A plain sign that is no part of a cell.
    let plain = [',', ';'].into_iter().find(|plain| !text.contains(*plain)).unwrap_or('\t');
    let mut quoted = false;
    let cells = text.chars().map(|c| {
        quoted ^= c == '"';
        if c == wide && !quoted { plain } else { c }
    });
    Cow::Owned(cells.collect())
}

/// Whether this sign separates the cells of a text.
fn separates(text: &str, wide: char) -> bool {
    if !text.contains(wide) {
        return false;
    }
    let rows: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let plain = rows.iter().filter(|row| row.contains(['\t', ';', ','])).count();
    let count = |row: &&str| row.matches(wide).count();
    let Some(usual) = rows.iter().map(count).find(|count| *count > 0) else { return false };
    let same = rows.iter().filter(|row| count(row) == usual).count();
    rows.len() > 1 && plain * 2 < rows.len() && same * 2 > rows.len()
}

#[cfg(test)]
mod tests {
    use super::narrowed;

    #[test]
    fn only_a_sign_that_most_rows_have_separates() {
        for (text, wanted) in [
            ("a，b\n1，2\n", "a,b\n1,2\n"),
            ("a；b\n1；2\n", "a,b\n1,2\n"),
            ("a，b\n1,000，\"2，3\"\nx，y\n", "a;b\n1,000;\"2，3\"\nx;y\n"),
            ("a,b\n一，二,2\n三，四,3\n", "a,b\n一，二,2\n三，四,3\n"),
            ("a\n一，二\nc\n", "a\n一，二\nc\n"),
            ("一，二", "一，二"),
        ] {
            assert_eq!(narrowed(text), wanted, "{text}");
        }
    }
}
