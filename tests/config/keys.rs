//! A user's keys on top of the built-in ones, and every problem that is reported about them.

use crate::support::{briefs, settings};
use retake::app::keys::action::TABLE;
use retake::app::keys::keymap::Keymap;
use retake::app::model::screen::Context;
use retake::app::{Action, Chord};
use retake::config::keys::{DEFAULT, default_keymap, read, rows};
use retake::diagnostics::Level;

fn chord(text: &str) -> Chord {
    Chord::parse(text).unwrap()
}

fn keys(keymap: &Keymap, context: Context, action: Action) -> Vec<String> {
    keymap.keys_of(context, action).map(|chord| chord.spelled()).collect()
}

#[test]
fn the_built_in_file_has_no_problems_and_reads_as_a_users_own() {
    let (keymap, problems) = read(DEFAULT);
    assert_eq!(problems, []);
    assert_eq!(default_keymap(), keymap, "by its lines and as TOML");
    // The whole default file as a user's settings changes nothing.
    let mut context = String::new();
    let mut text = String::new();
    for row in rows(&keymap) {
        if context != row.context {
            context = row.context.to_owned();
            text.push_str(&format!("[keys.{context}]\n"));
        }
        let keys: Vec<String> = row.chords.iter().map(|chord| format!("'{}'", chord.spelled())).collect();
        text.push_str(&format!("{} = [{}]\n", row.action, keys.join(", ")));
    }
    let own = settings(&text);
    assert_eq!(briefs(&own), [""; 0], "{text}");
    assert_eq!(rows(&own.keymap), rows(&keymap));
    assert_eq!(own.rebound, rows(&keymap).len());
}

#[test]
fn every_action_can_be_given_another_key_and_loses_the_old_ones() {
    for (context, place) in Context::ALL {
        for row in TABLE {
            let before = keys(&default_keymap(), context, row.action);
            let own: Vec<Chord> =
                default_keymap().bindings().filter(|b| b.0 == context && b.2 == row.action).map(|b| b.1).collect();
            if own.is_empty() {
                continue;
            }
            let found = settings(format!("[keys.{place}]\n{} = [\"f20\"]\n", row.name));
            assert_eq!(found.keymap.resolve(context, chord("f20")), Some(row.action), "{place} {}", row.name);
            let after = keys(&found.keymap, context, row.action);
            // Quit gets a key back where it has none left; no other action does.
            assert!(
                own.iter().all(|old| !after.contains(&old.spelled())),
                "{place} {}: {before:?} {after:?}",
                row.name
            );
        }
    }
}

#[test]
fn an_empty_list_unbinds_and_only_there() {
    let found = settings("[keys.worksheet]\ndelete = []\n");
    assert_eq!(found.keymap.resolve(Context::List, chord("x")), None);
    assert_eq!(found.keymap.resolve(Context::List, chord("delete")), Some(Action::Delete), "the list has its own");
    assert_eq!(briefs(&found), [""; 0]);
}

#[test]
fn an_action_may_be_bound_where_it_had_no_key() {
    let found = settings("[keys.typing]\nundo = [\"ctrl-u\"]\n");
    assert_eq!(found.keymap.resolve(Context::Typing, chord("ctrl-u")), Some(Action::Undo));
    assert_eq!(
        found.keymap.resolve(Context::Worksheet, chord("u")),
        Some(Action::Undo),
        "and keeps its keys elsewhere"
    );
    assert_eq!(briefs(&found), [""; 0]);
}

/// A `config.toml`, and each reported problem: place, level, code.
const CONFLICTS: &[(&str, &[&str])] = &[
    // Two of the user's keys in one context.
    ("[keys.worksheet]\nadd = [\"z\"]\nundo = [\"z\"]\nnew = []", &["3:9 warning keys-conflict"]),
    ("[keys.worksheet]\nadd = [\"Z\", \"Z\"]", &[]),
    ("[keys.worksheet]\nadd = [\"Z\"]\n[keys.pane]\nless = [\"Z\", \"minus\"]", &[]),
    // A default loses its key: a note if it has another, a warning if it has none.
    ("[keys.worksheet]\nadd = [\"G\"]", &["2:8 note keys-taken"]),
    ("[keys.worksheet]\nadd = [\"u\"]", &["2:8 warning keys-taken"]),
    ("[keys.worksheet]\nadd = [\"u\"]\nundo = [\"Z\"]", &[]),
    ("[keys.worksheet]\nadd = [\"u\"]\nundo = []", &[]),
    // A default of a wider context is covered.
    ("[keys.list]\nadd = [\"u\"]", &["2:8 note keys-hidden"]),
    ("[keys.list]\nundo = [\"u\"]", &[]),
    ("[keys.list]\nadd = [\"u\"]\n[keys.worksheet]\nundo = [\"Z\"]", &[]),
    ("[keys.pane]\nadd = [\"delete\"]", &["2:8 note keys-taken"]),
    // A default of a narrower context keeps its key.
    ("[keys.everywhere]\nsave = [\"ctrl-r\"]", &["2:9 note keys-covered"]),
    ("[keys.everywhere]\nredo = [\"ctrl-r\"]", &[]),
    ("[keys.everywhere]\nsave = [\"f5\"]", &[]),
    // Characters that people type.
    ("[keys.typing]\naccept = [\"x\"]", &["2:11 warning keys-eats"]),
    ("[keys.ask]\naccept = [\"enter\", \"alt-x\"]", &[]),
    ("[keys.pane]\nmore = [\"5\"]", &["2:9 note keys-eats"]),
    // Keys that no terminal sends.
    ("[keys.worksheet]\nadd = [\"ctrl-i\"]", &["2:8 warning keys-key"]),
    ("[keys.worksheet]\nadd = [\"ctrl-M\", \"a\"]", &["2:8 warning keys-key"]),
    // Answers outside their question.
    ("[keys.worksheet]\nreload = [\"ctrl-l\"]", &["2:1 warning keys-misplaced"]),
    ("[keys.everywhere]\ndiscard = [\"ctrl-d\"]", &["2:1 warning keys-misplaced"]),
    ("[keys.conflict]\nreload = [\"l\"]", &[]),
    // Names.
    ("[keys.lits]\nup = [\"w\"]", &["1:7 warning keys-context"]),
    ("[keys.list]\naddd = [\"w\"]", &["2:1 warning keys-action"]),
    ("[keys.list]\nadd = [\"wasd\"]", &["2:8 warning keys-key"]),
    ("[keys.list]\nadd = \"w\"", &["2:7 warning keys-type"]),
    ("[keys.list]\nadd = [5]", &["2:7 warning keys-type"]),
    ("[keys]\nadd = [\"w\"]", &["2:1 warning keys-context"]),
    ("keys = 5", &["1:8 warning settings-type"]),
    // Quit.
    ("[keys.worksheet]\nquit = []", &[]),
    ("[keys.everywhere]\nquit = []", &["2:1 warning keys-quit"]),
    ("[keys.everywhere]\nquit = [\"ctrl-q\"]", &[]),
    ("[keys.worksheet]\ncopy = [\"ctrl-c\"]", &["2:9 note keys-hidden"]),
    ("[keys.worksheet]\ncopy = [\"ctrl-c\"]\nquit = []", &["2:1 warning keys-quit", "2:9 note keys-hidden"]),
];

#[test]
fn conflicts_are_said_at_their_place() {
    for (text, wanted) in CONFLICTS {
        assert_eq!(briefs(&settings(text)), *wanted, "{text}");
    }
}

#[test]
fn a_character_that_cannot_be_seen_is_no_key() {
    let directions = "\u{61c}\u{200e}\u{200f}\u{202a}\u{202e}\u{2066}\u{2069}".chars();
    let hidden = "\u{ad}\u{180e}\u{200b}\u{200d}\u{2028}\u{2060}\u{feff}\u{fffb}\u{e0041}".chars();
    for c in ('\0'..='\u{1f}').chain('\u{7f}'..='\u{9f}').chain(directions).chain(hidden) {
        let escaped = format!("\\U{:08x}", u32::from(c));
        for key in [escaped.clone(), format!("ctrl-{escaped}"), format!("g {escaped}"), format!("{escaped} g")] {
            let found = settings(format!("[keys.worksheet]\nsave = [\"{key}\", \"ctrl-s\"]\n"));
            assert_eq!(briefs(&found), ["2:9 warning keys-key"], "{key}");
            let said = format!("U+{:04X} is a character that cannot be seen", u32::from(c));
            assert!(found.problems[0].one_line().contains(&said), "{key}: {}", found.problems[0].one_line());
        }
    }
    let meant = settings("[keys.worksheet]\nsave = [\"\\t\"]\n").problems[0].one_line();
    assert!(meant.ends_with("did you mean \"tab\"?"), "{meant}");
}

#[test]
fn a_problem_names_keys_actions_and_what_to_write() {
    let said = |text: &str| settings(text).problems[0].one_line().split_once("config.toml:").unwrap().1.to_owned();
    assert_eq!(
        said("[keys.worksheet]\nadd = [\"z\"]\nundo = [\"z\"]\nnew = []"),
        "3:9: warning: z is bound to add and to undo; undo gets it"
    );
    assert_eq!(said("[keys.list]\nadd = [\"u\"]"), "2:8: note: u means undo in worksheet; your key hides it here");
    assert!(said("[keys.lits]\n").ends_with("did you mean list?"));
    assert!(said("[keys.list]\naddd = []").ends_with("did you mean add?"));
    assert!(said("[keys.list]\nfrobnicate = []").ends_with("retake keys lists every action"));
    for (wrong, right) in [
        ("Ctrl+S", "ctrl-s"),
        ("<C-s>", "ctrl-s"),
        ("shift-a", "A"),
        ("Return", "enter"),
        ("alt+Escape", "alt-esc"),
        ("pagdown", "pagedown"),
        ("ctrl-spce", "ctrl-space"),
    ] {
        let line = said(&format!("[keys.list]\nadd = [\"{wrong}\"]"));
        assert!(line.ends_with(&format!("did you mean \"{right}\"?")), "{line}");
    }
}

#[test]
fn of_two_actions_on_one_key_the_later_line_has_it() {
    let found = settings("[keys.worksheet]\nundo = [\"z\"]\nadd = [\"z\"]\nnew = []\n");
    assert_eq!(found.keymap.resolve(Context::Worksheet, chord("z")), Some(Action::Add));
    assert_eq!(keys(&found.keymap, Context::Worksheet, Action::Undo), [""; 0]);
}

#[test]
fn a_slip_in_the_only_key_of_a_list_leaves_the_default() {
    let found = settings("[keys.worksheet]\nundo = [\"ctlr-u\"]\nredo = [\"ctlr-u\", \"U\"]\n");
    assert_eq!(found.keymap.resolve(Context::Worksheet, chord("u")), Some(Action::Undo));
    assert_eq!(keys(&found.keymap, Context::Worksheet, Action::Redo), ["U"]);
}

#[test]
fn control_with_a_capital_is_the_same_key() {
    let found = settings("[keys.worksheet]\nadd = [\"ctrl-A\"]\n");
    assert_eq!(found.keymap.resolve(Context::Worksheet, chord("ctrl-a")), Some(Action::Add));
}

#[test]
fn there_is_a_way_out_of_every_place_whatever_is_bound() {
    let everywhere = |value: &str| Context::ALL.map(|(_, place)| format!("[keys.{place}]\nquit = {value}\n")).concat();
    let taken = Context::ALL.map(|(_, place)| format!("[keys.{place}]\nquit = []\nsuspend = [\"ctrl-c\"]\n")).concat();
    for text in [everywhere("[]"), everywhere("[\"ctrl-m\"]"), taken] {
        let found = settings(&text);
        for (context, place) in Context::ALL {
            assert!(!keys(&found.keymap, context, Action::Quit).is_empty(), "{place}: {text}");
        }
    }
    let found = settings(everywhere("[]"));
    assert_eq!(found.problems.len(), 1);
    assert_eq!(found.problems[0].level, Level::Warning);
    for (context, _) in Context::ALL {
        assert_eq!(found.keymap.resolve(context, chord("ctrl-c")), Some(Action::Quit));
    }
}

/// A character pressed right after another one is a key of its own: it can be moved, taken, and is reported like any other.
#[test]
fn two_characters_in_a_row_are_a_key() {
    assert_eq!((chord("g t").spelled(), chord("g t").to_string()), ("g t".to_owned(), "gt".to_owned()));
    assert_eq!(Chord::parse("z alt-t").map(|chord| chord.to_string()), Some("zAlt-t".to_owned()));
    for wrong in ["gg t", "g t t", "f1 t", "g ", " "] {
        assert!(Chord::parse(wrong).is_none_or(|chord| chord.after.is_none()), "{wrong:?}");
    }
    let found = settings("[keys.worksheet]\nscreen-next = [\"z t\"]\n");
    assert!(found.keymap.leads(Context::Pane, 'z') && !found.keymap.leads(Context::Typing, 'z'));
    assert_eq!(found.keymap.resolve(Context::Pane, chord("z t")), Some(Action::ScreenNext));
    assert_eq!(found.keymap.resolve(Context::Pane, chord("g t")), None);
    let taken = settings("[keys.worksheet]\ntheme = [\"g t\"]\n");
    assert_eq!(taken.keymap.resolve(Context::Pane, chord("g t")), Some(Action::Theme));
    assert!(taken.problems[0].one_line().contains("screen-next"), "{:?}", taken.problems);
    let twice = settings("[keys.worksheet]\ntheme = [\"g t\"]\ncards = [\"g t\"]\n");
    assert!(twice.problems[0].one_line().contains("g t is bound to theme and to cards"), "{:?}", twice.problems);
}

#[test]
fn a_key_file_that_is_not_toml_says_so_and_keeps_the_rest() {
    let (keymap, problems) = retake::config::keys::read("[pane]\nmore = [\"+\"]\n[list\n");
    assert_eq!(problems[0].code, retake::diagnostics::Code::KeysSyntax);
    assert_eq!(keymap.resolve(Context::Pane, chord("+")), Some(Action::More));
}
