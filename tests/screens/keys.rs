//! The table of actions and the keys: every key shown in footer, dialogs and help exists, is available, and does what it says.

use crate::desk::{Desk, SIZES, TWO_LINES};
use crate::scenes::with_dialog;
use retake::app::actions::mouse::{self, Target};
use retake::app::keys::action::TABLE;
use retake::app::model::overlay::{Leaving, Overlay};
use retake::app::{Action, Chord, Context, OnDisk};
use retake::config::keys::{DEFAULT, read};
use retake::cost::Budget;
use retake::diagnostics::{Code, Problem};
use std::collections::BTreeMap;

/// A dashboard in each context.
fn everywhere() -> Vec<Desk> {
    let mut desks: Vec<Desk> = ["", "h h h", "5", "a", "?", "a <f1>", "5 <f1>", "i", "+ q", "<alt-2>"]
        .iter()
        .map(|keys| pressed(keys))
        .collect();
    let problem = Problem::new(Code::ChangedOnDisk, "changed on disk");
    desks.extend(
        [Overlay::Conflict(OnDisk::Changed, problem), Overlay::Replace("a".into()), Overlay::Unsaved(Leaving::New)]
            .map(|dialog| {
                let mut desk = Desk::of(TWO_LINES);
                desk.keys("+");
                desk.state.overlays.show(dialog);
                desk
            }),
    );
    desks.push(pressed("["));
    for list in ["Name,Finals\nBanner,12\n", "Name,Finals\nBanner,many\n"] {
        let mut desk = Desk::of(TWO_LINES);
        desk.paste(list);
        desks.push(desk);
    }
    desks.push(Desk::untitled(Budget::default()));
    desks
}

fn pressed(keys: &str) -> Desk {
    let mut desk = Desk::of(TWO_LINES);
    desk.keys(keys);
    desk
}

#[test]
fn the_key_file_is_sound_and_binds_every_action() {
    let (keymap, problems) = read(DEFAULT);
    assert!(problems.is_empty(), "{problems:?}");
    for row in TABLE {
        let bound = Context::ALL.iter().any(|(context, _)| keymap.keys_of(*context, row.action).next().is_some());
        assert!(bound, "{} has no key", row.name);
    }
    let mut names: Vec<&str> = TABLE.iter().map(|row| row.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), TABLE.len());
    for (at, row) in TABLE.iter().enumerate() {
        assert_eq!((row.action as usize, Action::named(row.name)), (at, Some(row.action)));
    }
}

/// A key that a narrower context redefines means the same as in the wider one, or is one of these.
#[test]
fn no_two_actions_compete_for_a_key() {
    // On the bills, adding and removing concerns cards, and left and right move from bill to bill.
    let cards = ["a", "insert", "x", "J", "K"];
    let across = ["left", "h", "right", "l", "enter"];
    let allowed: Vec<(Context, &str)> = across
        .into_iter()
        .chain(cards)
        .map(|key| (Context::Bills, key))
        .chain(cards.map(|key| (Context::BillsPane, key)))
        // On the scenarios a column is duplicated, renamed and deleted.
        .chain(across.into_iter().chain(["D", "r", "x"]).map(|key| (Context::Scenarios, key)))
        .chain(["D", "r", "x"].map(|key| (Context::ScenariosPane, key)))
        // On the risk screen they are the named risks.
        .chain(["a", "insert", "enter", "x"].map(|key| (Context::Risk, key)))
        .chain(["a", "insert"].map(|key| (Context::RiskPane, key)))
        .collect();
    let keymap = Desk::of(TWO_LINES).keymap;
    let mut bound: BTreeMap<(Context, Chord), Action> = BTreeMap::new();
    for (context, chord, action) in keymap.bindings() {
        let before = bound.insert((context, chord), action);
        assert_eq!(before, None, "{chord} in {}", context.name());
    }
    for (context, chord, action) in keymap.bindings() {
        for wider in &context.path()[1..] {
            if let Some(other) = bound.get(&(*wider, chord)) {
                let known = allowed.contains(&(context, chord.spelled().as_str()));
                assert!(known, "{chord} is {action:?} in {} and {other:?} in {}", context.name(), wider.name());
            }
        }
    }
}

#[test]
fn every_key_is_spelled_so_that_it_reads_back() {
    for (_, chord, _) in Desk::of(TWO_LINES).keymap.bindings() {
        assert_eq!(Chord::parse(&chord.spelled()), Some(chord));
    }
}

/// The keys and words of the last line, as a reader sees them.
fn footer(desk: &Desk, width: u16, height: u16) -> String {
    desk.screen(width, height).lines().last().unwrap().to_owned()
}

#[test]
fn the_footer_shows_what_can_be_done_and_nothing_else() {
    for desk in everywhere() {
        let context = desk.state.context();
        let shown = footer(&desk, 300, 50);
        for row in TABLE {
            let help = (row.help)();
            let Some(chord) = desk.keymap.keys_of(context, row.action).next() else { continue };
            let entry = format!(" {chord} {help}  ");
            if shown.contains(&entry) {
                assert!((row.can)(&desk.state).is_ok(), "{} is shown in {}: {shown}", row.name, context.name());
            }
        }
        for (pair, name) in [("↑↓", "field"), ("↑↓", "deliverable"), ("↑↓", "scroll")] {
            if shown.contains(&format!("{pair} {name}")) {
                let fits = match context {
                    Context::Pane | Context::BillsPane => "field",
                    Context::List => "deliverable",
                    _ => "scroll",
                };
                assert_eq!(name, fits, "{shown}");
            }
        }
        for (width, height) in SIZES {
            let line = footer(&desk, width, height);
            assert!(line.trim_end().len() > 3, "some key is shown at {width}x{height}: {line:?}");
        }
    }
}

#[test]
fn every_key_that_the_footer_shows_does_something() {
    for desk in everywhere() {
        let context = desk.state.context();
        for row in TABLE.iter().filter(|row| row.footer > 0 && (row.can)(&desk.state).is_ok()) {
            let Some(chord) = desk.keymap.keys_of(context, row.action).next() else { continue };
            let mut tried = Desk::of(TWO_LINES);
            tried.state = desk.state.clone();
            tried.press(chord);
            let same = format!("{:?}", tried.state) == format!("{:?}", desk.state) && tried.effects.is_empty();
            let pairs = [Action::Up, Action::Down, Action::LinePrevious, Action::LineNext, Action::ColumnPrevious];
            let at_the_edge = pairs.contains(&row.action);
            assert!(!same || at_the_edge, "{chord} ({}) does nothing in {}", row.name, context.name());
        }
    }
}

#[test]
fn digits_are_offered_where_they_type() {
    let desk = pressed("");
    assert!(footer(&desk, 300, 50).contains("0–9 type"));
    let assumptions = pressed("[");
    assert!(!footer(&assumptions, 300, 50).contains("0–9"), "finals are not typed for the project as a whole");
}

#[test]
fn the_help_lists_every_worksheet_key_and_scrolls_to_its_end() {
    let mut desk = pressed("?");
    let area = ratatui::layout::Rect::new(0, 0, 80, 24);
    let mut seen = String::new();
    for _ in 0..200 {
        seen.push_str(&desk.screen(80, 24));
        desk.state.view.furthest_scroll = retake::ui::furthest_scroll(&desk.view(), area);
        desk.keys("j");
    }
    for row in TABLE {
        let keys: Vec<Chord> = desk.keymap.keys_of(Context::Pane, row.action).collect();
        if let Some(chord) = keys.first() {
            assert!(seen.contains((row.help)()) && seen.contains(&chord.to_string()), "{} is missing", row.name);
        }
    }
    assert!(seen.contains("≈"), "the end is reached");
    let end = desk.screen(80, 24);
    desk.keys("k");
    assert_ne!(desk.screen(80, 24), end, "one key up moves at once, however often down was pressed");
    desk.keys("G");
    assert_eq!(desk.screen(80, 24), end);
    desk.keys("g");
    assert!(desk.screen(80, 24).contains("Help · Finals"));
    desk.keys("q");
    assert!(desk.state.overlays.is_empty() && desk.effects.is_empty(), "q closes the help and not the program");
}

#[test]
fn what_cannot_be_done_says_why() {
    for (keys, why) in [
        ("u", "nothing to undo"),
        ("<ctrl-r>", "nothing to redo"),
        ("$", "already uses the built-in prices"),
        ("[ x", "all deliverables are selected"),
        ("[ +", "each deliverable"),
        ("h h h <backspace>", ""),
    ] {
        let desk = pressed(keys);
        assert!(desk.screen(120, 36).contains(why), "{keys}\n{}", desk.screen(120, 36));
    }
    let mut empty = Desk::untitled(Budget::default());
    empty.keys("]");
    assert!(empty.screen(120, 36).contains("no deliverables yet"));
}

#[test]
fn suspend_and_theme_are_there_everywhere_they_say() {
    let mut desk = pressed("T <down>");
    let first = desk.state.session.themes[0].clone();
    assert_ne!(desk.state.session.theme, first, "a theme shows while it is looked at");
    desk.keys("<esc>");
    assert_eq!(desk.state.session.theme, first);
    desk.keys("T <down> <enter>");
    assert_ne!(desk.state.session.theme, first);
    desk.keys("<ctrl-z>");
    assert_eq!(desk.effects.last(), Some(&retake::app::Effect::Suspend));
}

#[test]
fn help_over_an_overlay_leaves_it_as_it_was() {
    for mut scene in with_dialog(TWO_LINES) {
        let before = scene.desk.state.overlays.clone();
        if before.top() == Some(&Overlay::Help) {
            continue;
        }
        scene.desk.keys("<f1>");
        assert_eq!(scene.desk.state.overlays.top(), Some(&Overlay::Help), "{}", scene.name);
        scene.desk.keys("G <esc>");
        assert_eq!(scene.desk.state.overlays, before, "{}", scene.name);
    }
}

#[test]
fn the_wheel_moves_nothing_below_an_overlay() {
    for mut scene in with_dialog(TWO_LINES) {
        let at = |desk: &Desk| (desk.state.view.screen, desk.state.view.focus, desk.state.view.field_at);
        let before = at(&scene.desk);
        for up in [true, false, false] {
            assert!(mouse::wheel(&mut scene.desk.state, Some(Target::Text), up).is_empty());
            assert_eq!(at(&scene.desk), before, "{}", scene.name);
        }
    }
}
