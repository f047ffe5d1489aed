//! Brings a spreadsheet's letters and signs to one form: full-width forms to plain ones, and, for words that are compared, no
//! capitals and no accents.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

/// The text with plain digits and signs in place of the full-width forms that Chinese and Japanese keyboards write, and with
/// plain blanks.
pub(super) fn narrowed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(narrow).collect())
}

fn narrow(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        // The block repeats ASCII from `!` to `~`.
        '\u{ff01}'..='\u{ff5e}' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c),
        '￥' => '¥',
        '∶' | '︰' => ':',
        '✕' | '✖' | '⨯' | '╳' => '×',
        '−' | '﹣' => '-',
        '﹪' => '%',
        c => c,
    }
}

/// The text as it is compared: narrowed, in lower case, without accents.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().map(narrow).flat_map(char::to_lowercase) {
        match c {
            'ß' => out.push_str("ss"),
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            // Combining accents, as some systems store them apart from their letter.
            '\u{300}'..='\u{36f}' => {}
            c => out.push(without_accent(c)),
        }
    }
    out
}

/// The words and numbers of a text, folded: split at signs, and between characters of another `kind`, so that `4er-Set` is `4`,
/// `er`, `set`.
pub(super) fn parts<K: PartialEq>(text: &str, kind: impl Fn(char) -> K) -> Vec<String> {
    let mut parts: Vec<String> = vec![String::new()];
    let mut before = ' ';
    for c in folded(text).chars() {
        if !c.is_alphanumeric() || (before.is_alphanumeric() && kind(c) != kind(before)) {
            parts.push(String::new());
        }
        if c.is_alphanumeric() {
            parts.last_mut().into_iter().for_each(|part| part.push(c));
        }
        before = c;
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// Kinds of characters between which words end: digits, letters of scripts with blanks between words, and of those without.
pub(super) fn script(c: char) -> (bool, bool) {
    (c.is_ascii_digit(), is_unspaced(c))
}

fn without_accent(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' => 'a',
        'è' | 'é' | 'ê' | 'ë' | 'ē' => 'e',
        'ì' | 'í' | 'î' | 'ï' | 'ī' => 'i',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ō' | 'ø' => 'o',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' => 'u',
        'ç' | 'č' => 'c',
        'ñ' => 'n',
        'ý' | 'ÿ' => 'y',
        'º' | '°' => 'o',
        '\'' | '’' | '`' => '\'',
        c => c,
    }
}

/// Whether a word is written without blanks between words, so that a known word at its end decides.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// The words of a table, in which ` | ` separates them.
pub(super) fn words(table: &'static [&'static str]) -> impl Iterator<Item = &'static str> {
    table.iter().flat_map(|line| line.split(" | "))
}

/// The words of tables that were asked before, by the place of the table: cells by the million are looked up.
type Sets = HashMap<(usize, usize), HashSet<&'static str>>;

thread_local! {
    static SETS: RefCell<Sets> = RefCell::default();
}

/// Whether a table has this word.
pub(super) fn has(table: &'static [&'static str], word: &str) -> bool {
    SETS.with_borrow_mut(|sets| {
        let place = (table.as_ptr().addr(), table.len());
        sets.entry(place).or_insert_with(|| words(table).collect()).contains(word)
    })
}

#[cfg(test)]
mod tests {
    use super::{parts, script};

    #[test]
    fn a_part_ends_at_signs_digits_and_scripts() {
        for (text, expected) in [
            ("4er-Set", "4 er set"),
            ("B2縦", "b 2 縦"),
            ("印刷用 350dpi", "印刷用 350 dpi"),
            ("4枚セット", "4 枚セット"),
            ("Lot de 4", "lot de 4"),
            ("2026年1月", "2026 年 1 月"),
            ("1Q26", "1 q 26"),
            ("Größe", "grosse"),
            ("サムネ2x", "サムネ 2 x"),
            ("–", ""),
        ] {
            assert_eq!(parts(text, script).join(" "), expected, "{text}");
        }
    }
}
