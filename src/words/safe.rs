//! Makes text from files harmless for a terminal: characters that control it, or that a reader cannot see, become visible
//! marks.
//!
//! The same function serves the screen, stdout, stderr and window titles. It never changes the text on disk.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

/// Replaces every character without a control picture (C1 controls, direction overrides, invisible ones).
pub const MARK: char = '\u{fffd}';

/// No written language stacks more marks on one letter; longer stacks only serve to overflow a line.
const MAX_COMBINING: usize = 8;
/// More than the longest emoji of the standard, which has three joiners.
const MAX_JOINERS: usize = 8;
const JOINER: char = '\u{200d}';
/// An emoji that a joiner may precede in any cluster.
const SAMPLE_EMOJI: char = '\u{1f600}';

/// Text that cannot control a terminal, hide, or reverse the text beside it. Made by [`Safe::new`] only.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Safe<'a>(Cow<'a, str>);

impl<'a> Safe<'a> {
    /// Makes `text` harmless; borrows it if it already is.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self(safe(text))
    }

    /// The harmless text, owned.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0.into_owned()
    }
}

impl Deref for Safe<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Safe<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// One line made harmless: line breaks and tabs become marks too.
#[must_use]
pub fn safe(text: &str) -> Cow<'_, str> {
    sanitise(text, false)
}

/// Makes several lines harmless: `\n` stays, everything else is handled as in [`safe`].
#[must_use]
pub fn safe_lines(text: &str) -> Cow<'_, str> {
    sanitise(text, true)
}

/// Whether the text is all printable ASCII: one column per byte, and nothing to make harmless.
#[must_use]
pub fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Whether a character is never shown as it is.
///
/// The zero-width joiner is not in this set: it depends on its neighbours ([`safe`]).
#[must_use]
pub fn is_hostile(c: char) -> bool {
    if c < '\u{ad}' {
        return c.is_control();
    }
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
    )
}

/// The visible replacement of a hostile character: the control's picture (`␛`), or [`MARK`]. One column wide.
#[must_use]
pub fn picture(c: char) -> char {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(MARK),
        '\u{7f}' => '\u{2421}',
        _ => MARK,
    }
}

fn sanitise(text: &str, keep_lines: bool) -> Cow<'_, str> {
    if !needs_work(text, keep_lines) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for cluster in text.graphemes(true) {
        push_cluster(&mut out, cluster, keep_lines);
    }
    Cow::Owned(out)
}

/// One pass over the characters, so that ordinary text is neither segmented nor copied.
fn needs_work(text: &str, keep_lines: bool) -> bool {
    if is_plain(text) {
        return false;
    }
    let mut thin = 0;
    text.chars().any(|c| {
        thin = if c.is_ascii() || c.width() != Some(0) { 0 } else { thin + 1 };
        (is_hostile(c) && !(keep_lines && c == '\n')) || c == JOINER || is_tag(c) || thin > MAX_COMBINING
    })
}

/// Tag letters spell the flags of England, Scotland and Wales after a black flag; elsewhere they are hidden text.
fn is_tag(c: char) -> bool {
    matches!(c, '\u{e0000}'..='\u{e007f}')
}

fn push_cluster(out: &mut String, cluster: &str, keep_lines: bool) {
    let (mut combining, mut joiners) = (0, 0);
    let flag = cluster.starts_with('\u{1f3f4}');
    let mut rest = cluster.chars();
    while let Some(c) = rest.next() {
        if c == JOINER {
            joiners += 1;
            let joins = joiners <= MAX_JOINERS && rest.as_str().chars().next().is_some_and(is_pictograph);
            out.push(if joins { c } else { MARK });
        } else if keep_lines && c == '\n' {
            out.push(c);
        } else if is_hostile(c) || (is_tag(c) && !flag) {
            out.push(picture(c));
        } else if c.width() == Some(0) {
            combining += 1;
            if combining <= MAX_COMBINING {
                out.push(c);
            }
        } else {
            out.push(c);
        }
    }
}

/// Within one cluster a pictograph follows a joiner only as part of an emoji (rule GB11 of Unicode's segmentation); the same
/// rule tells whether a character is a pictograph, without a table here.
fn is_pictograph(c: char) -> bool {
    let probe: String = [c, JOINER, SAMPLE_EMOJI].into_iter().collect();
    probe.graphemes(true).nth(1).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ordinary_text_is_borrowed() {
        for text in
            ["", "PDP hero", "発表会 ＡＢ", "naïve 한국어 עברית हिन्दी", "e\u{301}", "🎨❤️🇯🇵👍🏽", "5\u{fe0f}\u{20e3}"]
        {
            assert!(matches!(safe(text), Cow::Borrowed(_)), "{text:?}");
        }
    }

    #[test]
    fn controls_become_their_pictures() {
        assert_eq!(safe("\0a\u{1b}[2J\u{7}\r\n\t\u{7f}"), "␀a␛[2J␇␍␊␉␡");
        assert_eq!(safe("\u{80}\u{9b}31m\u{9f}"), "��31m�");
        assert_eq!(safe_lines("a\n\tb\u{1b}\r\n"), "a\n␉b␛␍\n");
    }

    #[test]
    fn every_direction_control_and_invisible_character_is_shown() {
        let bidi = "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";
        for c in bidi.chars().chain("\u{200b}\u{2060}\u{feff}\u{ad}\u{2028}\u{2029}".chars()) {
            assert_eq!(safe(&format!("a{c}b")), "a\u{fffd}b", "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn joiners_stay_inside_emoji_only() {
        for kept in ["👩‍💻", "👨‍👩‍👧‍👦", "🏳️‍🌈", "❤️‍🔥", "🧑🏽‍🚀", "👩‍❤️‍💋‍👨"]
        {
            assert_eq!(safe(kept), kept);
        }
        assert_eq!(safe("a\u{200d}b"), "a\u{fffd}b");
        assert_eq!(safe("👩\u{200d}"), "👩\u{fffd}");
        assert_eq!(safe("\u{200d}👩"), "\u{fffd}👩");
        assert_eq!(safe("क\u{94d}\u{200d}ष"), "क\u{94d}\u{fffd}ष");
    }

    #[test]
    fn tags_stay_behind_a_black_flag_only() {
        let england = "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}";
        assert_eq!(safe(england), england);
        assert_eq!(safe("a\u{e0041}"), "a\u{fffd}");
    }

    #[test]
    fn a_letter_carries_at_most_eight_marks() {
        let stacked = |n: usize| format!("a{}b", "\u{301}".repeat(n));
        assert_eq!(safe(&stacked(8)), stacked(8));
        assert_eq!(safe(&stacked(500)), stacked(8));
    }

    #[test]
    fn an_endless_emoji_ends() {
        let chain = vec!["👩"; 500].join("\u{200d}");
        assert_eq!(safe(&chain).graphemes(true).next().map(str::len), Some("👩\u{200d}".repeat(8).len() + "👩".len()));
    }

    #[test]
    fn pictures_are_one_column_wide() {
        for c in (0..=0x2fff).chain(0xfe00..=0xffff).filter_map(char::from_u32).filter(|c| is_hostile(*c)) {
            assert_eq!(picture(c).width(), Some(1), "U+{:04X}", u32::from(c));
            assert!(!is_hostile(picture(c)));
        }
    }

    proptest! {
        #[test]
        fn nothing_hostile_is_left_and_a_second_pass_changes_nothing(text in "(\\PC|[\\x00-\\x1f\\x7f-\\x9f\\u{200b}-\\u{200f}\\u{202a}-\\u{202e}\\u{300}👩🏽❤]){0,40}") {
            let once = safe(&text).into_owned();
            prop_assert!(!once.chars().any(is_hostile));
            prop_assert_eq!(safe(&once).into_owned(), once);
        }
    }
}
