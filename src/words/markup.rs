//! Texts escaped for Markdown, depending on their place: a letter inside a line can be a heading or a list at its start.
//!
//! tests/headless/markdown_structure.rs checks that two parsers see one structure whatever the texts are.

use super::safe::safe;

/// A text inside a line that begins with something else.
#[must_use]
pub fn inline(text: &str) -> String {
    let text = safe(text);
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let after = rest.as_str();
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '!' => {
                out.push('\\');
                out.push(c);
            }
            // Two `$` signs turn the text between them into a formula; one before an amount of money does not need the escape.
            '$' if !after.starts_with(|c: char| c.is_ascii_digit()) => out.push_str("\\$"),
            // Bare addresses become links; a backslash before their colon or dot prevents that.
            ':' if after.starts_with("//") => out.push_str("\\:"),
            '.' if out.to_lowercase().ends_with("www") => out.push_str("\\."),
            // A backslash does not stop GitHub from notifying a person or linking an issue, nor a parser from taking `.@.` for an
            // address of mail; an invisible empty comment between the sign and what follows does.
            '#' if after.starts_with(char::is_alphanumeric) => out.push_str("#<!-- -->"),
            '@' if after.starts_with(|c: char| !c.is_whitespace()) => out.push_str("@<!-- -->"),
            _ => out.push(c),
        }
    }
    out
}

/// A text inside a line of a chat, where comments are shown as they are: only a sign right before a name is escaped.
#[must_use]
pub fn in_chat(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for part in inline(text).split("<!-- -->") {
        let is_mention = out.ends_with('@') && part.starts_with(char::is_alphabetic);
        if is_mention {
            out.truncate(out.len() - 1);
            out.push_str("\\@");
        }
        out.push_str(part);
    }
    out
}

/// A text at the start of a paragraph or list item.
#[must_use]
pub fn block(text: &str) -> String {
    let shown = safe(text);
    // Four blanks at the start would make a code block.
    let text = shown.trim();
    let escaped = inline(text);
    if text.starts_with(['-', '+', ':']) || is_sign(text) {
        return format!("\\{escaped}");
    }
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let behind = &text[digits..];
    let ends = |rest: &str| rest.is_empty() || rest.starts_with(char::is_whitespace);
    let counts = (1..=9).contains(&digits) && behind.strip_prefix(['.', ')']).is_some_and(ends);
    if counts { format!("{}\\{}", &text[..digits], inline(behind)) } else { escaped }
}

/// Whether a `#` at the start begins a heading; one before a letter or a number is separated from it already.
fn is_sign(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// A text that is a whole heading: a row of `#` at its end would count as the heading's own, and parsers differ on one at its
/// start.
#[must_use]
pub fn heading(text: &str) -> String {
    let shown = safe(text);
    let text = shown.trim();
    let escaped = if text.starts_with('#') { format!("\\{}", inline(text)) } else { inline(text) };
    let before = escaped.trim_end_matches('#');
    let closes = before.len() < escaped.len() && before.ends_with(char::is_whitespace);
    if closes { format!("{before}\\{}", &escaped[before.len()..]) } else { escaped }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_names() {
        assert_eq!(inline("a|b`c[d](e)<f>*g*_h_"), "a\\|b\\`c\\[d\\](e)\\<f\\>\\*g\\*\\_h\\_");
        assert_eq!(inline("https://x.y www.x.y"), "https\\://x.y www\\.x.y");
        assert_eq!(inline("@team #12 # @"), "@<!-- -->team #<!-- -->12 # @");
        assert_eq!(inline("\u{1b}[2J\n- item"), "␛\\[2J␊- item");
        assert_eq!(inline("PDP hero v1.2 – 60 %: ok"), "PDP hero v1.2 – 60 %: ok");
        assert_eq!(inline("$9.25 $1+1$"), "$9.25 $1+1\\$");
    }

    #[test]
    fn a_chat_shows_no_comment() {
        for (text, written) in [
            ("PDP @2x", "PDP @2x"),
            ("Set #3", "Set #3"),
            ("for @everyone", "for \\@everyone"),
            ("a|b *c*", "a\\|b \\*c\\*"),
            ("<!-- x -->", "\\<\\!-- x --\\>"),
        ] {
            assert_eq!(in_chat(text), written);
        }
    }

    #[test]
    fn what_begins_a_block_is_escaped_there_alone() {
        for (text, written) in [
            ("# x", "\\# x"),
            ("#12", "#<!-- -->12"),
            ("1. x", "1\\. x"),
            ("20)", "20\\)"),
            ("1.5 x", "1.5 x"),
            ("---", "\\---"),
            ("+ x", "\\+ x"),
            ("    code", "code"),
            ("PDP hero", "PDP hero"),
        ] {
            assert_eq!(block(text), written);
        }
        assert_eq!(inline("# x"), "# x");
        assert_eq!(heading("# x ##"), "\\# x \\##");
    }
}
