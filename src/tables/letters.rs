//! Brings a spreadsheet's letters and signs to one form: full-width forms to plain ones, and, for words that are compared, no
//! capitals and no accents.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

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

/// A table of words, of which each line holds some with ` | ` between them.
///
/// Which words it has is found out once for the whole program: cells by the million are looked up.
pub(super) struct Words {
    lines: &'static [&'static str],
    known: OnceLock<Known>,
}

/// The words of a table by what they hash to, and the length of the longest, in bytes.
struct Known {
    set: HashSet<&'static str, BuildHasherDefault<ByBytes>>,
    longest: usize,
}

impl Words {
    pub(super) const fn of(lines: &'static [&'static str]) -> Words {
        Words { lines, known: OnceLock::new() }
    }

    fn known(&self) -> &Known {
        self.known.get_or_init(|| {
            let set: HashSet<_, _> = words(self).collect();
            let longest = set.iter().map(|word| word.len()).max().unwrap_or(0);
            Known { set, longest }
        })
    }
}

/// The words of a table in their order.
pub(super) fn words(table: &Words) -> impl Iterator<Item = &'static str> + use<> {
    split(table.lines)
}

/// The words of some lines.
pub(super) fn split(lines: &'static [&'static str]) -> impl Iterator<Item = &'static str> + use<> {
    lines.iter().flat_map(|line| line.split(" | "))
}

/// What each word of a table of values means.
pub(super) fn by_word<T: Copy>(table: &[(T, &'static [&'static str])]) -> HashMap<&'static str, T> {
    table.iter().flat_map(|(value, lines)| split(lines).map(move |word| (word, *value))).collect()
}

/// Whether a table has this word.
pub(super) fn has(table: &Words, word: &str) -> bool {
    let known = table.known();
    word.len() <= known.longest && known.set.contains(word)
}

/// Hashes the bytes of short words (FNV-1a): the tables are fixed, so that nobody can fill them with words that collide.
struct ByBytes(u64);

impl Default for ByBytes {
    fn default() -> ByBytes {
        ByBytes(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for ByBytes {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
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
