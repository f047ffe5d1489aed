//! Keys and strings as TOML.

/// A basic string with all characters escaped that TOML forbids raw, and all other control characters (C1 too), so that the file
/// is safe to print.
pub fn render_string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A key: bare if TOML allows it, else a basic string.
pub fn render_key(key: &str) -> String {
    let bare = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if !key.is_empty() && key.bytes().all(bare) { key.to_owned() } else { render_string(key) }
}

/// Keys joined by dots.
pub fn render_path<S: AsRef<str>>(path: &[S]) -> String {
    path.iter().map(|key| render_key(key.as_ref())).collect::<Vec<_>>().join(".")
}
