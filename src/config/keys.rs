//! The live key table, read from the built-in file.

use crate::app::action::TABLE;
use crate::app::keymap::{Context, Keymap};
use crate::app::{Action, Chord};
use crate::place::{Level, LineIndex, Problem};
use crate::words;
use toml::de::{DeTable, DeValue};

/// The built-in keys as a file to read and to copy.
pub const DEFAULT: &str = include_str!("../app/keys.toml");

/// The built-in keys; a test holds the file to no problems.
#[must_use]
pub fn default_keymap() -> Keymap {
    read(DEFAULT).0
}

/// Reads a key file: a table for each context, in it lists of keys by action. What is not understood is left out and said.
#[must_use]
pub fn read(text: &str) -> (Keymap, Vec<Problem>) {
    let mut keymap = Keymap::default();
    let mut problems = Vec::new();
    let index = LineIndex::new(text);
    let mut say = |at: usize, message: String| {
        problems.push(Problem::new(Level::Warning, "keys", message).at(None, Some(index.position(at))));
    };
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        say(error.span().map_or(0, |span| span.start), words::syntax_error(error.message()));
    }
    for (context, actions) in document.get_ref() {
        let at = context.span().start;
        let Some(known) = Context::ALL.iter().find(|(_, name)| *name == context.get_ref().as_ref()) else {
            say(at, words::keys_context_unknown(context.get_ref()));
            continue;
        };
        let DeValue::Table(actions) = actions.get_ref() else {
            say(at, words::theme_must_be_table(context.get_ref()));
            continue;
        };
        for (action, keys) in actions {
            let Some(named) = Action::named(action.get_ref()) else {
                say(action.span().start, words::keys_action_unknown(action.get_ref()));
                continue;
            };
            let DeValue::Array(keys) = keys.get_ref() else {
                say(action.span().start, words::keys_must_be_list(action.get_ref()));
                continue;
            };
            for key in keys.iter() {
                match key.get_ref().as_str().and_then(Chord::parse) {
                    Some(chord) => keymap.bind(known.0, chord, named),
                    None => say(key.span().start, words::keys_key_unknown(key.get_ref().as_str().unwrap_or("?"))),
                }
            }
        }
    }
    (keymap, problems)
}

/// One row of the key documentation: context, keys, action, what it does.
#[must_use]
pub fn rows(keymap: &Keymap) -> Vec<[String; 4]> {
    let mut rows = Vec::new();
    for (context, name) in Context::ALL {
        for row in TABLE {
            let bound = keymap.bindings().filter(|(c, _, action)| *c == context && *action == row.action);
            let keys: Vec<String> = bound.map(|(_, chord, _)| chord.to_string()).collect();
            if !keys.is_empty() {
                rows.push([name.to_owned(), keys.join(" "), row.name.to_owned(), (row.help)().to_owned()]);
            }
        }
    }
    rows
}
