//! Each key of the dashboard's table does what its row says, and no row leaves one of its actions without a key.

use crate::markdown::table;
use crate::{none, text_of};
use retake::app::{Action, Chord, Context, Keymap};
use retake::config::keys::default_keymap;
use std::collections::BTreeMap;

/// Every key by its shown name.
fn shown(keymap: &Keymap) -> BTreeMap<String, Chord> {
    keymap.bindings().map(|(_, chord, _)| (chord.to_string(), chord)).collect()
}

fn complaints(keys: &str, actions: &str, keymap: &Keymap) -> Vec<String> {
    let known = shown(keymap);
    let named: Vec<&str> = actions.split(',').map(str::trim).collect();
    let wanted: Vec<Option<Action>> = named.iter().map(|name| Action::named(name)).collect();
    let mut complaints = Vec::new();
    let mut done = Vec::new();
    for key in keys.split('`').skip(1).step_by(2) {
        let does = known.get(key).and_then(|chord| keymap.resolve(Context::Pane, *chord));
        if does.is_none() || !wanted.contains(&does) {
            complaints.push(format!("{key} does {:?}, not {actions}", does.map(|action| action.row().name)));
        }
        done.push(does);
    }
    let idle = named.iter().zip(&wanted).filter(|(_, action)| action.is_none() || !done.contains(action));
    complaints.extend(idle.map(|(name, _)| format!("no key of the row {keys} does {name}")));
    complaints
}

#[test]
fn the_keys_do_what_the_table_says() {
    let keymap = default_keymap();
    let rows = table(&text_of("docs/dashboard.md"), "Keys");
    none(&rows.iter().flat_map(|row| complaints(&row[0], &row[1], &keymap)).collect::<Vec<_>>());
    let delete = keymap.resolve(Context::List, Chord::parse("delete").unwrap());
    assert_eq!(delete, Some(Action::Delete), "on the list Del deletes");
}

#[test]
fn a_wrong_row_is_found() {
    let keymap = default_keymap();
    assert_eq!(complaints("`q`", "quit", &keymap), Vec::<String>::new());
    for (keys, actions) in [("`q`", "save"), ("`Q`", "quit"), ("`q`", "quit, undo"), ("`q`", "leave")] {
        assert!(!complaints(keys, actions, &keymap).is_empty(), "{keys} {actions}");
    }
}
