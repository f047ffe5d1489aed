//! Text that may come from anywhere, made unable to command a terminal or to reorder what a person reads.

/// Whether a terminal acts on the character, or hides or reorders text because of it: C0, DEL, C1, Unicode's Bidi_Control,
/// and the invisible U+00AD, U+200B, U+2060, U+FEFF. Not the zero-width joiner, which emoji need.
pub fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// The text with each unsafe character but the line feed as one visible cell: `␛` for escape, `␡` for delete, `�` for those
/// without a picture of their own.
pub fn visible(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { c } else { picture(c) }).collect()
}

pub(super) fn picture(c: char) -> char {
    match c {
        '\u{7F}' => '\u{2421}',
        // U+2400 to U+241F picture U+0000 to U+001F in the same order.
        '\0'..='\u{1F}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        _ if is_unsafe(c) => char::REPLACEMENT_CHARACTER,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn what_commands_a_terminal_or_reorders_text_becomes_visible() {
        assert_eq!(visible("a\u{1b}]52;c;x\u{7}b\u{7f}\u{9b}2J\r\0"), "a␛]52;c;x␇b␡\u{fffd}2J␍␀");
        assert_eq!(
            visible("\u{202e}x\u{2066}\u{200b}\u{feff}\u{ad}\u{61c}"),
            "\u{fffd}x\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}"
        );
    }

    #[test]
    fn ordinary_text_of_any_script_stays() {
        let text = "two\nlines, 日本語, é, e\u{301}, 👩\u{200d}🎨, שלום";
        assert_eq!(visible(text), text);
    }
}
