//! Keys as people name them, independent of the bytes that a terminal sends.

use std::fmt;

/// A key without its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// A character as typed; shift is part of it.
    Char(char),
    /// A function key.
    F(u8),
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift and Tab.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
}

/// A key with its modifiers, alone or right after a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Chord {
    /// The character typed just before, if it is part of the sequence: `g` in `gt`.
    pub after: Option<char>,
    /// The key.
    pub key: Key,
    /// Whether Control is held.
    pub ctrl: bool,
    /// Whether Alt is held.
    pub alt: bool,
}

const NAMED: [(Key, &str, &str); 17] = [
    (Key::Char(' '), "space", "Space"),
    (Key::Enter, "enter", "Enter"),
    (Key::Esc, "esc", "Esc"),
    (Key::Tab, "tab", "Tab"),
    (Key::BackTab, "shift-tab", "Shift-Tab"),
    (Key::Backspace, "backspace", "Backspace"),
    (Key::Delete, "delete", "Del"),
    (Key::Insert, "insert", "Ins"),
    (Key::Up, "up", "↑"),
    (Key::Down, "down", "↓"),
    (Key::Left, "left", "←"),
    (Key::Right, "right", "→"),
    (Key::Home, "home", "Home"),
    (Key::End, "end", "End"),
    (Key::PageUp, "pageup", "PgUp"),
    (Key::PageDown, "pagedown", "PgDn"),
    (Key::Char('-'), "minus", "-"),
];

impl Chord {
    /// A key alone.
    #[must_use]
    pub fn plain(key: Key) -> Chord {
        Chord { after: None, key, ctrl: false, alt: false }
    }

    /// A character alone.
    #[must_use]
    pub fn char(c: char) -> Chord {
        Chord::plain(Key::Char(c))
    }

    /// Parses `ctrl-s`, `alt-1`, `shift-tab`, `f1`, `?`, `minus`, and `g t` for a `t` right after a `g`; `None` if the text names
    /// no key.
    #[must_use]
    pub fn parse(text: &str) -> Option<Chord> {
        if let Some((first, second)) = text.trim().split_once(' ') {
            let mut first = first.chars();
            let after = first.next().filter(|c| !c.is_control() && first.as_str().is_empty())?;
            let second = Chord::parse(second).filter(|chord| chord.after.is_none())?;
            return Some(Chord { after: Some(after), ..second });
        }
        let (mut rest, mut ctrl, mut alt) = (text.trim(), false, false);
        loop {
            if let Some(after) = rest.strip_prefix("ctrl-") {
                (rest, ctrl) = (after, true);
            } else if let Some(after) = rest.strip_prefix("alt-") {
                (rest, alt) = (after, true);
            } else {
                break;
            }
        }
        let named = NAMED.iter().find(|(_, name, _)| name.eq_ignore_ascii_case(rest)).map(|(key, _, _)| *key);
        let function = rest.strip_prefix(['f', 'F']).and_then(|n| n.parse().ok()).filter(|n| (1..=24).contains(n));
        let mut chars = rest.chars();
        let single = chars.next().filter(|_| chars.as_str().is_empty()).map(Key::Char);
        let key = named.or(function.map(Key::F)).or(single)?;
        Some(Chord { after: None, key, ctrl, alt })
    }

    /// The spelling in files; [`Chord::parse`] reads it back.
    #[must_use]
    pub fn spelled(&self) -> String {
        let prefix = [(self.ctrl, "ctrl-"), (self.alt, "alt-")];
        let prefix: String = prefix.iter().filter(|(held, _)| *held).map(|(_, text)| *text).collect();
        let named = NAMED.iter().find(|(key, _, _)| *key == self.key).map(|(_, name, _)| (*name).to_owned());
        let key = named.unwrap_or_else(|| match self.key {
            Key::Char(c) => c.to_string(),
            Key::F(n) => format!("f{n}"),
            _ => String::new(),
        });
        let first = self.after.map_or_else(String::new, |c| format!("{c} "));
        format!("{first}{prefix}{key}")
    }
}

/// The spelling in the footer and the help: `^S`, `Alt-1`, `↑`, `gt`.
impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(first) = self.after {
            write!(f, "{first}")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        if self.ctrl {
            f.write_str("^")?;
        }
        if let Some((_, _, shown)) = NAMED.iter().find(|(key, _, _)| *key == self.key) {
            return f.write_str(shown);
        }
        match self.key {
            Key::Char(c) if self.ctrl => write!(f, "{}", c.to_uppercase()),
            Key::Char(c) => write!(f, "{c}"),
            Key::F(n) => write!(f, "F{n}"),
            _ => Ok(()),
        }
    }
}
