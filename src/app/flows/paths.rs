//! A path as people give it: typed, or dropped onto the terminal, which quotes or escapes it in one of several ways.

/// The path in a text. A text that is no quoted path is the path itself, without blanks around it.
///
/// Terminals write `'/a/b c.csv'`, `"/a/b c.csv"`, `/a/b\ c.csv` or `file:///a/b%20c.csv`. Backslashes are only escapes in a path
/// that a shell would need them in, never in one of Windows.
pub(in crate::app) fn given(text: &str) -> String {
    let text = text.trim();
    if let Some(rest) = text.strip_prefix("file://") {
        // A host may stand before the path: empty, or the machine's own.
        let path = rest.find('/').map_or(rest, |at| &rest[at..]);
        return percent_decoded(path);
    }
    if let Some(inside) =
        text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).filter(|inside| !inside.is_empty())
    {
        return unescaped(inside, |c| matches!(c, '"' | '\\' | '$' | '`'));
    }
    if text.starts_with('\'') && text.ends_with('\'') && text.len() > 2 {
        // A quote inside is closed, escaped and opened again.
        return text[1..text.len() - 1].replace("'\\''", "'");
    }
    let is_windows = text.as_bytes().get(1) == Some(&b':') || text.starts_with("\\\\");
    if is_windows { text.to_owned() } else { unescaped(text, |c| !c.is_alphanumeric()) }
}

/// Takes the backslash away before each character that needs one.
fn unescaped(text: &str, needs: impl Fn(char) -> bool) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let escaped = if c == '\\' { rest.next_if(|next| needs(*next)) } else { None };
        plain.push(escaped.unwrap_or(c));
    }
    plain
}

/// `%20` is a blank; a text that does not decode stays as it is.
fn percent_decoded(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::with_capacity(text.len()), text.as_bytes());
    while let Some((byte, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok()).filter(|_| *byte == b'%');
        let code = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(code.unwrap_or(*byte));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::given;

    #[test]
    fn a_dropped_path_is_the_path() {
        for (text, path) in [
            ("list.csv", "list.csv"),
            ("  my list.csv \r\n", "my list.csv"),
            ("'/a/b c.csv' ", "/a/b c.csv"),
            ("'/a/it'\\''s.csv'", "/a/it's.csv"),
            ("\"/a/b c.csv\"", "/a/b c.csv"),
            ("\"/a/\\\"b\\\".csv\"", "/a/\"b\".csv"),
            ("/a/b\\ c\\(1\\).csv", "/a/b c(1).csv"),
            ("/a/b\\\\c.csv", "/a/b\\c.csv"),
            ("file:///a/b%20c%C3%A9.csv", "/a/b cé.csv"),
            ("file://localhost/a/b.csv", "/a/b.csv"),
            ("file:///a/100%.csv", "/a/100%.csv"),
            ("C:\\Users\\me\\list.csv", "C:\\Users\\me\\list.csv"),
            ("\\\\server\\share\\list.csv", "\\\\server\\share\\list.csv"),
            ("~/a b.toml", "~/a b.toml"),
            ("'", "'"),
            ("it's.csv", "it's.csv"),
            ("", ""),
        ] {
            assert_eq!(given(text), path, "{text:?}");
        }
    }
}
