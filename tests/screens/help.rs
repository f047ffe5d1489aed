//! The help begins with the keys of the place that has the keyboard, is available there, and restores everything as it was.

use crate::desk::{Desk, TWO_LINES, budget, words_of};
use crate::list_reading::with_book;
use crate::scenes::repriced;
use ratatui::layout::Rect;
use retake::app::flows::conflict::{Between, Dispute, Resolving};
use retake::app::flows::recovery::recovered;
use retake::app::keys::action::TABLE;
use retake::app::model::overlay::{Leaving, Overlay};
use retake::app::{Action, Chord, Context, OnDisk};
use retake::diagnostics::{Code, Problem};
use std::collections::BTreeSet;

/// Two versions of one value.
fn versions() -> Overlay {
    let dispute = Dispute { place: "finals".to_owned(), mine: Some("25".to_owned()), theirs: None, base: None };
    let names = ["mine".to_owned(), "theirs".to_owned()];
    Overlay::Resolve(Box::new(Resolving::new(Between::ScreenAndDisk, names, vec![dispute])))
}

/// A dashboard in each place, with the expected heading of its help.
fn places() -> Vec<(Desk, &'static str)> {
    let mut all = other_places();
    for keys in ["P", "P <enter>"] {
        let mut form = Desk::of(TWO_LINES);
        form.keys(keys);
        all.push((form, "The project"));
    }
    all
}

fn other_places() -> Vec<(Desk, &'static str)> {
    let after = |keys: &str| {
        let mut desk = Desk::of(TWO_LINES);
        desk.keys(keys);
        desk
    };
    let with = |dialog: Overlay| {
        let mut desk = after("+");
        desk.state.overlays.show(dialog);
        desk
    };
    let mut rates = Desk::new(repriced(TWO_LINES));
    rates.keys("$");
    let pasted = |keys: &str| {
        let mut desk = after("");
        desk.paste("Name,Finals\nBanner,12\nTile,many\n").keys(keys);
        desk
    };
    let (list, column, meanings) = (pasted("j"), pasted("<right>"), pasted("<right> <enter>"));
    let (mut running, mut book) = (after(""), after(""));
    running.holds_lists = true;
    running.paste("Name,Finals\nBanner,12\nTile,many\n").effects.clear();
    with_book(&mut book);
    book.keys("s");
    let (before, mut mine) = (budget(TWO_LINES), budget(TWO_LINES));
    mine.name = Some("Autumn".to_owned());
    let recovered = Box::new(recovered(&before, &mine, &before, false, false).unwrap());
    let changed = Problem::new(Code::ChangedOnDisk, "changed on disk");
    vec![
        (with(Overlay::Recover { recovered, totals: Default::default() }), "Edits that were not saved"),
        (with(versions()), "Two versions"),
        (after("h h h"), "Deliverables"),
        (after("h <down>"), "Output spec"),
        (after(""), "Finals"),
        (after("<tab>"), "Retry factor"),
        (after("<tab> <tab>"), "Buffer"),
        (after("<alt-2>"), "Bills"),
        (after("<alt-2> <tab>"), "Output spec"),
        (after("<alt-3>"), "Risk"),
        (after("<alt-3> <tab>"), "Output spec"),
        (after("<alt-4>"), "Scenarios"),
        (after("<alt-4> <tab>"), "Output spec"),
        (after("b"), "Rate cards to compare with"),
        (after("7 5"), "typing finals"),
        (after("<tab> e <ctrl-u> nonsense"), "typing factor"),
        (after("a"), "Name of the new deliverable"),
        (after("r"), "Rename the deliverable"),
        (after("S"), "Save as"),
        (after("<ctrl-o> some/where <left> <left>"), "Open"),
        (after("I"), "Import a list"),
        (after("/ soc"), "Find deliverables"),
        (after("h <enter> <down> <down>"), "Choose ratio"),
        (after("T <down>"), "Choose a theme"),
        (after(": un <down>"), "Actions"),
        (list, "Import a list"),
        (column, "Import a list"),
        (meanings, "Read Name as"),
        (running, "Import a list"),
        (book, "Read the sheet"),
        (after("w j"), "Why"),
        (after("i"), "Issues"),
        (after("+ q"), "Unsaved edits"),
        (with(Overlay::Unsaved(Leaving::New)), "Unsaved edits"),
        (with(Overlay::Conflict(OnDisk::Changed, changed)), "Changed on disk"),
        (with(Overlay::Replace("a.toml".into())), "The file exists"),
        (rates, "Pinned and built-in prices"),
        (after("U 4 0 0 <enter>"), "Under the cap"),
    ]
}

/// The whole text of the open help in a window, scrolled through to its end.
fn whole_help(desk: &Desk, width: u16, height: u16) -> String {
    let mut reader = Desk::of(TWO_LINES);
    (reader.state, reader.keymap) = (desk.state.clone(), desk.keymap.clone());
    let mut text = String::new();
    loop {
        text.push_str(&words_of(&reader.screen(width, height)));
        text.push('\n');
        reader.state.view.furthest_scroll = retake::ui::furthest_scroll(&reader.view(), Rect::new(0, 0, width, height));
        let before = reader.state.overlays.clone();
        reader.keys("<pagedown>");
        if reader.state.overlays == before {
            return text;
        }
    }
}

#[test]
fn every_place_has_a_help_that_begins_with_its_own_keys() {
    let mut seen = BTreeSet::new();
    for (mut desk, name) in places() {
        let context = desk.state.context();
        seen.insert(context);
        // A question lists only its possible answers.
        let question = !desk.state.overlays.is_empty();
        let state = desk.state.clone();
        let unsaid = move |action: Action| question && (action.row().can)(&state).is_err();
        desk.keys("<f1>");
        assert_eq!(desk.state.context_below_help(), context, "{name}");
        let first = words_of(&desk.screen(100, 60));
        assert!(first.contains(&format!("Help · {name}")), "{name}: {first}");
        let here = first.split_once("Keys here").unwrap_or_else(|| panic!("{name}: {first}")).1;
        let here = here.split("Everywhere").next().unwrap();
        for (_, chord, action) in desk.keymap.bindings().filter(|(at, _, _)| *at == context) {
            let listed = here.contains(&chord.to_string()) && here.contains(desk.state.help_of(action));
            let general = matches!(action, Action::Help | Action::Quit | Action::Suspend);
            assert!(listed != unsaid(action) || general, "{chord} {} is not said of {name}: {here}", action.row().name);
        }
        for (width, height) in [(160, 45), (80, 24)] {
            let help = whole_help(&desk, width, height);
            for row in TABLE {
                let worksheet = if context == Context::List { Context::List } else { Context::Pane };
                let mut keys =
                    desk.keymap.keys_of(context, row.action).chain(desk.keymap.keys_of(worksheet, row.action));
                if let Some(chord) = keys.next().filter(|_| !unsaid(row.action)) {
                    let said = help.contains(&chord.to_string()) && help.contains(desk.state.help_of(row.action));
                    assert!(said, "{} is missing from the help of {name} at {width}x{height}", row.name);
                }
            }
        }
    }
    // "Everywhere" and "worksheet" are parents of other places, not places of their own.
    let all = Context::ALL.iter().map(|(context, _)| *context);
    assert!(all.filter(|context| !seen.contains(context)).eq([Context::Everywhere, Context::Worksheet]));
}

#[test]
fn the_help_gives_everything_back_as_it_was() {
    for closing in ["<esc>", "<f1>", "?", "q"] {
        for (mut desk, name) in places() {
            let (before, shown) = (format!("{:?}", desk.state), desk.screen(120, 36));
            desk.keys("<f1>");
            assert_ne!(desk.screen(120, 36), shown, "{name}");
            desk.keys("j j <pagedown> k");
            desk.paste("12\n13");
            desk.keys(closing);
            assert_eq!(desk.screen(120, 36), shown, "{name} after {closing}");
            assert_eq!(format!("{:?}", desk.state), before, "{name} after {closing}");
            assert!(desk.effects.is_empty(), "{name}");
        }
    }
}

/// Typing continues where it was before; a question under the help still waits for its answer.
#[test]
fn what_was_begun_goes_on_after_the_help() {
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("S <ctrl-u> sprng <left> <left> <f1> <esc> i <enter>");
    assert!(format!("{:?}", desk.effects).contains("spring"), "{:?}", desk.effects);
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("7 <f1> <esc> 5 <enter>");
    assert!(desk.screen(120, 36).contains("‹ 75 ›"));
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("+ q <f1> q");
    assert!(matches!(desk.state.overlays.top(), Some(Overlay::Unsaved(Leaving::Quit))) && desk.effects.is_empty());
    desk.keys("d");
    assert_eq!(desk.effects, [retake::app::Effect::Quit]);
}

/// A question mark is a character in a text field, and opens the help everywhere else.
#[test]
fn a_question_mark_asks_for_help_where_it_is_no_text() {
    for (mut desk, name) in places() {
        let context = desk.state.context();
        let text = matches!(
            context,
            Context::Typing | Context::Ask | Context::Choosing | Context::ChoosingCards | Context::ProjectField
        );
        desk.keys("?");
        assert_eq!(matches!(desk.state.overlays.top(), Some(Overlay::Help)), !text, "{name}");
    }
}

#[test]
fn the_help_is_built_from_the_live_keys() {
    let mut desk = Desk::of(TWO_LINES);
    desk.keymap.bind(Context::Ask, Chord::parse("f9").unwrap(), Action::Accept);
    desk.keymap.bind(Context::Ask, Chord::parse("ctrl-u").unwrap(), Action::Cancel);
    desk.keys("a <f1>");
    let help = words_of(&desk.screen(100, 60));
    assert!(help.contains("Enter F9 add"), "{help}");
    assert!(help.contains("Esc ^U back") && !help.contains("empty the line"), "{help}");
}
