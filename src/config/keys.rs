//! The live key table: the built-in file, and the reader of key tables in files.

use super::report::{Report, nearest};
use crate::app::keys::action::TABLE;
use crate::app::keys::keymap::Keymap;
use crate::app::model::screen::Context;
use crate::app::{Action, Chord, Key};
use crate::diagnostics::{Code, Problem};
use crate::words;
use crate::words::safe::safe;
use std::collections::HashMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The built-in keys as a file to read and to copy.
pub const DEFAULT: &str = include_str!("../app/keys/keys.toml");

/// The built-in keys. Every start reads them before the first frame, so the lines of this known file are matched directly: a
/// table's name, or an action with its keys. [`read`] instead costs 0.85 million instructions of 10.49 and 0.4 ms of a first
/// frame (measured on 2026-11-29). A test checks that both give the same keys and no problems.
#[must_use]
pub fn default_keymap() -> Keymap {
    let actions: HashMap<&[u8], Action> = TABLE.iter().map(|row| (row.name.as_bytes(), row.action)).collect();
    let text = |bytes| str::from_utf8(bytes).unwrap_or_default();
    let (mut bindings, mut context) = (Vec::new(), None);
    // By bytes: a search for a character starts anew for each short line, and costs twice as much.
    for line in DEFAULT.as_bytes().split(|byte| *byte == b'\n') {
        if let Some(name) = line.strip_prefix(b"[") {
            context = Context::named(text(name).trim_end_matches(']'));
        } else if let (Some(context), Some(action)) =
            (context, line.split(|byte| *byte == b' ').next().and_then(|name| actions.get(name)))
        {
            let keys = line.split(|byte| *byte == b'"').skip(1).step_by(2).filter_map(|key| Chord::parse(text(key)));
            bindings.extend(keys.map(|chord| (context, chord, *action)));
        }
    }
    bindings.into_iter().collect()
}

/// Reads a separate key file: a table for each context, in it lists of keys by action. Entries that cannot be read are left
/// out and reported.
#[must_use]
pub fn read(text: &str) -> (Keymap, Vec<Problem>) {
    let mut report = Report::new(None, text);
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let at = error.span().map_or(0, |span| span.start);
        report.say(at, Problem::new(Code::KeysSyntax, words::syntax_error(error.message())));
    }
    let mut keymap = Keymap::default();
    for wish in wishes(document.get_ref(), "", &mut report) {
        for (chord, _) in wish.keys {
            keymap.bind(wish.context, chord, wish.action);
        }
    }
    (keymap, report.finish())
}

/// The keys that a file asks for, for one action in one context: these and no others.
pub(super) struct KeyRequest {
    pub(super) context: Context,
    pub(super) action: Action,
    /// Byte offset of the action's name.
    pub(super) at: usize,
    /// The keys, each with its byte offset.
    pub(super) keys: Vec<(Chord, usize)>,
}

impl KeyRequest {
    /// The dotted path of the value, for problems.
    pub(super) fn key(&self) -> String {
        format!("keys.{}.{}", self.context.name(), self.action.row().name)
    }
}

/// The entries of the tables, in the order of the text; `parent` is the path of the whole, with a trailing dot.
pub(super) fn wishes(document: &DeTable<'_>, parent: &str, report: &mut Report<'_>) -> Vec<KeyRequest> {
    let mut wishes = Vec::new();
    for (name, actions) in document {
        let path = format!("{parent}{}", name.get_ref());
        let Some(context) = Context::named(name.get_ref()) else {
            let problem = Problem::new(Code::KeysContext, words::keys_context_unknown(name.get_ref()));
            let names = Context::ALL.map(|(_, known)| known);
            report.unknown(name.span().start, problem.with_key(path), name.get_ref(), &names);
            continue;
        };
        let Some(actions) = actions.get_ref().as_table() else {
            let problem = Problem::new(Code::KeysType, words::setting_must_be_table(&path));
            report.say(name.span().start, problem.with_key(path));
            continue;
        };
        wishes.extend(actions.iter().filter_map(|(action, keys)| wish(context, action, keys, &path, report)));
    }
    // The parsed tree is sorted by name; a later line overrides an earlier one.
    wishes.sort_by_key(|wish| wish.at);
    wishes
}

fn wish(
    context: Context,
    name: &Spanned<impl AsRef<str>>,
    keys: &Spanned<DeValue<'_>>,
    parent: &str,
    report: &mut Report<'_>,
) -> Option<KeyRequest> {
    let (at, spelled) = (name.span().start, name.get_ref().as_ref());
    let path = format!("{parent}.{spelled}");
    let Some(action) = Action::named(spelled) else {
        let problem = Problem::new(Code::KeysAction, words::keys_action_unknown(spelled)).with_key(path);
        let names: Vec<&str> = TABLE.iter().map(|row| row.name).collect();
        let near = nearest(spelled, &names);
        let remedy = near.map_or_else(|| words::keys_action_remedy().to_owned(), words::did_you_mean);
        report.say(at, problem.with_remedy(remedy));
        return None;
    };
    let texts = keys.get_ref().as_array().map(|keys| {
        let texts = keys.iter().map(|key| key.get_ref().as_str().map(|text| (text, key.span())));
        texts.collect::<Option<Vec<(&str, Range<usize>)>>>()
    });
    let Some(Some(texts)) = texts else {
        let problem = Problem::new(Code::KeysType, words::keys_must_be_list(spelled));
        report.say(keys.span().start, problem.with_key(path).with_allowed(words::keys_list_form()));
        return None;
    };
    let unbound = texts.is_empty();
    let keys: Vec<(Chord, usize)> = texts
        .into_iter()
        .filter_map(|(text, span)| match chord(text) {
            Ok(chord) => Some((chord, span.start)),
            Err(problem) => {
                report.say(span.start, (*problem).with_key(path.as_str()));
                None
            }
        })
        .collect();
    // A typing error in the only key must not unbind the action: it keeps its previous keys.
    (unbound || !keys.is_empty()).then_some(KeyRequest { context, action, at, keys })
}

/// Parses the name of a key that a terminal can send.
fn chord(text: &str) -> Result<Chord, Box<Problem>> {
    if let Some(hidden) = text.chars().find(|c| is_hidden(*c)) {
        let code = format!("U+{:04X}", u32::from(hidden));
        let problem = Problem::new(Code::KeysKey, words::keys_key_invisible(code));
        let named = BYTES.iter().find(|(c, _)| *c == hidden);
        let meant = named.map(|(_, name)| words::did_you_mean(format!("\"{name}\"")));
        return Err(Box::new(problem.with_allowed(words::keys_key_allowed()).with_remedy(meant.unwrap_or_default())));
    }
    let Some(chord) = Chord::parse(text) else {
        let problem = Problem::new(Code::KeysKey, words::keys_key_unknown(text));
        let near = guessed(text).map(|key| words::did_you_mean(format!("\"{}\"", key.spelled())));
        return Err(Box::new(problem.with_allowed(words::keys_key_allowed()).with_remedy(near.unwrap_or_default())));
    };
    let chord = match chord.key {
        // With Control held, terminals send the same byte for both cases.
        Key::Char(c) if chord.ctrl => Chord { key: Key::Char(c.to_ascii_lowercase()), ..chord },
        _ => chord,
    };
    let sent = SAME_BYTE.iter().find(|(c, _)| chord.ctrl && chord.key == Key::Char(*c));
    match sent {
        Some((_, sent)) => {
            let problem = Problem::new(Code::KeysKey, words::keys_same_byte(chord.spelled(), sent));
            Err(Box::new(problem.with_remedy(words::keys_same_byte_remedy(sent))))
        }
        None => Ok(chord),
    }
}

/// Whether a list of keys could not show a character: such a key is not known by its name, and it may command the terminal.
fn is_hidden(c: char) -> bool {
    let alone = String::from(c);
    safe(&alone) != alone
}

/// The keys whose byte is a control character.
const BYTES: [(char, &str); 5] =
    [('\t', "tab"), ('\n', "enter"), ('\r', "enter"), ('\u{1b}', "esc"), ('\u{7f}', "backspace")];

/// Characters that become another key's byte when Control is held, and that key's name (ECMA-48: Control clears bits 6 and
/// 7).
const SAME_BYTE: [(char, &str); 8] = [
    ('i', "tab"),
    ('m', "enter"),
    ('[', "esc"),
    ('\\', "ctrl-4"),
    (']', "ctrl-5"),
    ('^', "ctrl-6"),
    ('_', "ctrl-7"),
    ('?', "backspace"),
];

/// The key that other programs write this way (`C-s`, `<c-s>`, `Ctrl+S`, `shift-a`, `Escape`), or the key with the nearest
/// name.
fn guessed(text: &str) -> Option<Chord> {
    let bare = text.trim().trim_start_matches('<').trim_end_matches('>');
    let mut rest = bare.replace('+', "-");
    let (mut ctrl, mut alt, mut shift) = (false, false, false);
    while let Some((modifier, after)) = rest.split_once('-').filter(|(_, after)| !after.is_empty()) {
        match modifier.to_lowercase().as_str() {
            "ctrl" | "control" | "c" => ctrl = true,
            "alt" | "meta" | "option" | "a" | "m" => alt = true,
            "shift" | "s" => shift = true,
            _ => return None,
        }
        rest = after.to_owned();
    }
    let key = match (Chord::parse(&rest).or_else(|| by_other_name(&rest))?.key, shift) {
        (Key::Char(c), _) if ctrl => Key::Char(c.to_ascii_lowercase()),
        (Key::Char(c), true) => Key::Char(c.to_ascii_uppercase()),
        (Key::Tab, true) => Key::BackTab,
        (_, true) => return None,
        (key, false) => key,
    };
    Some(Chord { after: None, key, ctrl, alt })
}

fn by_other_name(name: &str) -> Option<Chord> {
    const NAMES: [&str; 16] = [
        "space",
        "enter",
        "esc",
        "tab",
        "backspace",
        "delete",
        "insert",
        "up",
        "down",
        "left",
        "right",
        "home",
        "end",
        "pageup",
        "pagedown",
        "minus",
    ];
    const OTHERS: [(&str, &str); 8] = [
        ("return", "enter"),
        ("cr", "enter"),
        ("escape", "esc"),
        ("del", "delete"),
        ("ins", "insert"),
        ("bs", "backspace"),
        ("pgup", "pageup"),
        ("pgdn", "pagedown"),
    ];
    let lower = name.to_lowercase();
    let other = OTHERS.iter().find(|(other, _)| *other == lower).map(|(_, ours)| *ours);
    Chord::parse(other.or_else(|| nearest(&lower, &NAMES))?)
}

/// One row of the key documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRow {
    /// Its table in the key file.
    pub context: &'static str,
    /// Its keys there; the footer shows the first one first.
    pub chords: Vec<Chord>,
    /// The action's name in the key file.
    pub action: &'static str,
    /// The action's description.
    pub help: &'static str,
}

/// The key documentation by context, in the order of the action table.
#[must_use]
pub fn rows(keymap: &Keymap) -> Vec<KeyRow> {
    let mut rows = Vec::new();
    for (context, name) in Context::ALL {
        for row in TABLE {
            let bound = keymap.bindings().filter(|(c, _, action)| *c == context && *action == row.action);
            let chords: Vec<Chord> = bound.map(|(_, chord, _)| chord).collect();
            if !chords.is_empty() {
                rows.push(KeyRow { context: name, chords, action: row.name, help: (row.help)() });
            }
        }
    }
    rows
}
