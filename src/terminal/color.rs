//! How many colours the terminal has, from what the environment says.

/// The colours a theme may use. Ordered: a deeper one shows everything that a shallower one does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColorDepth {
    /// No colour: bold, reverse and underline carry the meaning.
    None,
    /// The terminal's own 16 colours.
    Ansi16,
    /// The 256-colour palette.
    Ansi256,
    /// 24 bits.
    True,
}

/// Terminals without colour that still run today, as consoles or behind serial lines.
const MONOCHROME: [&str; 5] = ["vt100", "vt102", "vt220", "vt320", "xterm-mono"];

impl ColorDepth {
    /// From this process's environment.
    pub fn detect() -> Self {
        Self::from_env(|name| std::env::var(name).ok())
    }

    /// From any environment: `NO_COLOR` (non-empty) wins, then `COLORTERM`, then `TERM`.
    pub fn from_env(get: impl Fn(&str) -> Option<String>) -> Self {
        let value = |name| get(name).unwrap_or_default();
        let term = value("TERM");
        if !value("NO_COLOR").is_empty() || MONOCHROME.contains(&term.as_str()) || term.ends_with("-m") {
            Self::None
        } else if matches!(value("COLORTERM").as_str(), "truecolor" | "24bit") || term.ends_with("-direct") {
            Self::True
        } else if term.contains("256color") {
            Self::Ansi256
        } else {
            Self::Ansi16
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ColorDepth::{self, *};

    #[test]
    fn the_environment_decides_the_depth() {
        let rows = [
            ("", "", "xterm", Ansi16),
            ("", "", "linux", Ansi16),
            ("", "", "xterm-256color", Ansi256),
            ("", "yes", "xterm-256color", Ansi256),
            ("", "truecolor", "xterm-256color", True),
            ("", "24bit", "screen", True),
            ("", "", "xterm-direct", True),
            ("", "", "vt100", None),
            ("", "", "linux-m", None),
            ("1", "truecolor", "xterm-256color", None),
            ("0", "", "xterm", None),
        ];
        for (no_color, colorterm, term, expected) in rows {
            let depth = ColorDepth::from_env(|name| {
                let value = match name {
                    "NO_COLOR" => no_color,
                    "COLORTERM" => colorterm,
                    _ => term,
                };
                Some(value.to_owned())
            });
            assert_eq!(depth, expected, "NO_COLOR={no_color} COLORTERM={colorterm} TERM={term}");
        }
    }
}
