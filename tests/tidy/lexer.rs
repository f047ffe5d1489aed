//! Just enough of Rust's grammar to read paths and measure functions: tokens with their line, without comments, strings and chars.

/// One word or one sign of the source, and its line (from 1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) text: String,
    pub(crate) line: usize,
}

impl Token {
    pub(crate) fn is_word(&self) -> bool {
        self.text.starts_with(|c: char| c == '_' || c.is_alphabetic())
    }
}

/// The tokens of `source`. `::` is one token, every other sign is a separate token; literals are dropped.
pub(crate) fn tokens(source: &str) -> Vec<Token> {
    let chars: Vec<char> = source.chars().collect();
    let (mut found, mut at, mut line) = (Vec::new(), 0, 1);
    while let Some(&c) = chars.get(at) {
        let end = literal_end(&chars, at).unwrap_or(at);
        if end > at {
            line += newlines(&chars[at..end]);
            at = end;
        } else if c == '_' || c.is_alphanumeric() {
            let end = word_end(&chars, at);
            found.push(Token { text: chars[at..end].iter().collect(), line });
            at = end;
        } else {
            let double = c == ':' && chars.get(at + 1) == Some(&':');
            if !c.is_whitespace() {
                found.push(Token { text: if double { "::".to_owned() } else { c.to_string() }, line });
            }
            line += usize::from(c == '\n');
            at += 1 + usize::from(double);
        }
    }
    found
}

fn newlines(chars: &[char]) -> usize {
    chars.iter().filter(|c| **c == '\n').count()
}

fn word_end(chars: &[char], start: usize) -> usize {
    start + chars[start..].iter().take_while(|c| **c == '_' || c.is_alphanumeric()).count()
}

/// The end of the comment, string or char that starts at `at`; `None` if there is no such thing.
fn literal_end(chars: &[char], at: usize) -> Option<usize> {
    let next = chars.get(at + 1).copied();
    match chars[at] {
        '/' if next == Some('/') => Some(at + chars[at..].iter().take_while(|c| **c != '\n').count()),
        '/' if next == Some('*') => Some(block_comment_end(chars, at)),
        '"' => Some(string_end(chars, at)),
        '\'' => char_end(chars, at),
        c if c.is_alphabetic() => prefixed_end(chars, at),
        _ => None,
    }
}

/// Block comments nest in Rust.
fn block_comment_end(chars: &[char], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0usize);
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) if depth == 1 => return at + 2,
            ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    at
}

fn string_end(chars: &[char], start: usize) -> usize {
    let mut at = start + 1;
    while at < chars.len() {
        match chars[at] {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    chars.len()
}

/// `'a'` and `'
/// '` are chars; `'a` in `&'a str` is a lifetime, of which only the tick is skipped.
fn char_end(chars: &[char], at: usize) -> Option<usize> {
    if chars.get(at + 1) == Some(&'\\') {
        let close = chars[at + 3..].iter().position(|c| *c == '\'')?;
        return Some(at + 3 + close + 1);
    }
    if chars.get(at + 2) == Some(&'\'') { Some(at + 3) } else { Some(at + 1) }
}

/// Strings with a prefix (`b"…"`, `r#"…"#`, `c"…"`, `b'…'`); `None` for an ordinary word and for `r#word`.
fn prefixed_end(chars: &[char], at: usize) -> Option<usize> {
    let end = word_end(chars, at);
    let prefix: String = chars[at..end].iter().collect();
    match (prefix.as_str(), chars.get(end)) {
        ("b" | "c", Some('"')) => Some(string_end(chars, end)),
        ("b", Some('\'')) => char_end(chars, end),
        ("r" | "br" | "cr", Some('"' | '#')) => raw_string_end(chars, end),
        _ => None,
    }
}

fn raw_string_end(chars: &[char], start: usize) -> Option<usize> {
    let hashes = chars[start..].iter().take_while(|c| **c == '#').count();
    if chars.get(start + hashes) != Some(&'"') {
        return None;
    }
    let body = start + hashes + 1;
    let closes =
        |at: &usize| chars[*at] == '"' && chars[at + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes;
    Some((body..chars.len()).find(closes).map_or(chars.len(), |at| at + 1 + hashes))
}

#[test]
fn comments_strings_and_chars_leave_no_tokens() {
    let source =
        "a // b {\n/* c /* d */ e */ \"f \\\" {\" r#\"g \" {\"# b'{' '\\'' '\\u{7d}' '{' h<'i> r#j c\"k\" br\"l\\\" m";
    let words: Vec<String> = tokens(source).into_iter().map(|t| t.text).collect();
    assert_eq!(words, ["a", "h", "<", "i", ">", "r", "#", "j", "m"]);
}

#[test]
fn tokens_know_their_line() {
    let lines: Vec<(String, usize)> = tokens("a\n\"x\ny\" b::c").into_iter().map(|t| (t.text, t.line)).collect();
    assert_eq!(lines, [("a".to_owned(), 1), ("b".to_owned(), 3), ("::".to_owned(), 3), ("c".to_owned(), 3)]);
}
