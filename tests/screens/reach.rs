//! Sentences that name a key name the live one, or the action's name if it has no key.

use crate::desk::{Desk, TWO_LINES, budget, words_of};
use crate::scenes::repriced;
use retake::app::actions::update;
use retake::app::model::outcome::Opened;
use retake::app::{Action, Chord, Context, Focus, Keymap};
use retake::config::keys::default_keymap;
use retake::cost::Budget;
use retake::diagnostics::{Code, Level, Problem};

/// The default keys with some actions rebound, everywhere that they are bound at all; `None` for no key.
fn rebound(changes: &[(Action, Option<&str>)]) -> Keymap {
    let mut keymap = Keymap::default();
    for (context, chord, action) in default_keymap().bindings() {
        match changes.iter().find(|(changed, _)| *changed == action) {
            None => keymap.bind(context, chord, action),
            Some((_, Some(key))) => keymap.bind(context, Chord::parse(key).unwrap(), action),
            Some((_, None)) => {}
        }
    }
    keymap
}

const NAMED: [(Action, &str); 10] = [
    (Action::Undo, "f2"),
    (Action::Issues, "f3"),
    (Action::Rates, "f4"),
    (Action::LineNext, "f5"),
    (Action::Add, "f6"),
    (Action::FocusNext, "f7"),
    (Action::Why, "f8"),
    (Action::Accept, "f9"),
    (Action::Cancel, "f10"),
    (Action::Projects, "f11"),
];

/// Every sentence that refers to an action, with its actions, on a dashboard with these keys.
fn sentences(keymap: &Keymap) -> Vec<(Vec<Action>, String)> {
    let desk = |opened: Opened| {
        let mut desk = Desk::opened(opened);
        desk.state = desk.state.with_keys(keymap);
        desk.keymap = keymap.clone();
        desk
    };
    let two_lines = || desk(Opened { budget: crate::desk::budget(TWO_LINES), ..Opened::default() });
    let empty = || desk(Opened::default());
    let notice = |desk: &Desk| desk.state.session.notice.as_ref().unwrap().text.clone();
    let after = |mut desk: Desk, actions: &[Action]| {
        actions.iter().for_each(|action| _ = update::update(&mut desk.state, *action));
        desk
    };
    let screen = |desk: &Desk| words_of(&desk.screen(160, 45));
    let list = |text: &str| {
        let mut desk = two_lines();
        desk.paste(text);
        after(desk, &[Action::AddRows])
    };
    let problem = Problem::new(Code::ChangedOnDisk, "broken");
    let problems = vec![problem.clone(); 60];
    let many = desk(Opened { budget: budget(TWO_LINES), problems, ..Opened::default() });
    let mut on_list = two_lines();
    on_list.state.view.focus = Focus::Beside;
    let start = |actions: &[Action]| notice(&after(two_lines(), actions));
    vec![
        (vec![Action::Undo], start(&[Action::Delete])),
        (vec![Action::Undo], notice(&list("Name,Finals\nBanner,12\nTile,4\n"))),
        (vec![Action::Undo], notice(&list("Name,Finals\nBanner,12\nTile,many\n"))),
        (
            vec![Action::Undo],
            notice(&after(
                desk(Opened { budget: repriced(TWO_LINES), ..Opened::default() }),
                &[Action::Rates, Action::Adopt],
            )),
        ),
        (vec![Action::Cancel], notice(&list("Name,Finals\nBanner,many\n"))),
        (vec![Action::Issues], notice(&desk(Opened { problems: vec![problem], ..Opened::default() }))),
        (vec![Action::Issues], screen(&many)),
        (vec![Action::Rates], notice(&desk(Opened { budget: repriced(TWO_LINES), ..Opened::default() }))),
        (vec![Action::LineNext], start(&[Action::LinePrevious, Action::Rename, Action::Cancel, Action::Delete])),
        (vec![Action::LineNext], start(&[Action::LinePrevious, Action::More])),
        (vec![Action::FocusNext], notice(&after(on_list, &[Action::More]))),
        (vec![Action::Add], notice(&after(empty(), &[Action::LineNext]))),
        (vec![Action::Add, Action::Projects], screen(&empty())),
        (vec![Action::Why], screen(&two_lines())),
        (vec![Action::Accept, Action::Cancel], screen(&after(two_lines(), &[Action::Add]))),
        (vec![Action::Accept], screen(&after(two_lines(), &[Action::Rename]))),
        (vec![Action::Accept, Action::Cancel], screen(&after(two_lines(), &[Action::RenameProject]))),
        (vec![Action::Accept, Action::Cancel], screen(&after(two_lines(), &[Action::Find]))),
        (vec![Action::Cancel], screen(&after(two_lines(), &[Action::Open, Action::Accept]))),
    ]
}

#[test]
fn a_sentence_names_the_key_that_is_bound() {
    let plain = default_keymap();
    let own = rebound(&NAMED.map(|(action, key)| (action, Some(key))));
    for ((actions, ours), (_, theirs)) in sentences(&plain).into_iter().zip(sentences(&own)) {
        assert_ne!(ours, theirs, "{actions:?}");
        let says = |sentence: &str, key: &str| {
            sentence.split_whitespace().any(|word| word.trim_end_matches([';', ':', ',', '.']) == key || word == key)
        };
        for action in actions {
            let context = if matches!(action, Action::Accept | Action::Cancel) { Context::Ask } else { Context::Pane };
            let key = |keymap: &Keymap| keymap.keys_of(context, action).next().unwrap().to_string();
            assert!(says(&ours, &key(&plain)), "{} is not named by default: {ours}", key(&plain));
            assert!(says(&theirs, &key(&own)), "{} is not named: {theirs}", key(&own));
        }
        if !theirs.contains('│') {
            let old =
                NAMED.iter().flat_map(|(action, _)| plain.keys_of(Context::Pane, *action)).map(|key| key.to_string());
            let lies: Vec<String> = old.filter(|old| theirs.len() < 200 && old != "a" && says(&theirs, old)).collect();
            assert!(lies.is_empty(), "{lies:?} still stand in: {theirs}");
        }
    }
}

#[test]
fn an_action_without_a_key_is_named_through_the_palette_and_without_that_by_itself() {
    let mut desk = Desk::new(Budget::default());
    for (changes, wanted) in [
        (vec![(Action::Add, None)], "there are no deliverables yet; “add” under : adds one"),
        (
            vec![(Action::Add, None), (Action::Palette, Some("f12"))],
            "there are no deliverables yet; “add” under F12 adds one",
        ),
        (vec![(Action::Add, None), (Action::Palette, None)], "there are no deliverables yet; “add” adds one"),
    ] {
        desk.keymap = rebound(&changes);
        desk.keys("]");
        assert_eq!(desk.state.session.notice.as_ref().unwrap().text, wanted);
    }
}

/// The first notice is shown before any key is pressed.
#[test]
fn keys_that_come_with_the_start_are_named_at_the_start() {
    let mut desk = Desk::new(repriced(TWO_LINES));
    assert!(desk.state.session.notice.as_ref().unwrap().text.ends_with("; $ compares"));
    desk.state = desk.state.with_keys(&rebound(&[(Action::Rates, Some("f4"))]));
    assert!(desk.state.session.notice.as_ref().unwrap().text.ends_with("; F4 compares"));
    desk.state.say(Level::Note, "something else");
    desk.state = desk.state.with_keys(&default_keymap());
    assert_eq!(desk.state.session.notice.as_ref().unwrap().text, "something else");
}

/// With the default keys each action that a sentence names has a key where the sentence stands, so none is sent to the palette.
#[test]
fn no_sentence_sends_to_the_palette_for_an_action_that_has_a_key() {
    let under = "” under";
    let mut scenes = crate::scenes::all(TWO_LINES);
    for scene in &mut scenes {
        let screen = words_of(&scene.desk.screen(160, 45));
        assert!(!screen.contains(under), "{}: {screen}", scene.name);
        for row in retake::app::keys::action::TABLE {
            if let Err(why) = (row.can)(&scene.desk.state) {
                assert!(!why.contains(under), "{}, {}: {why}", scene.name, row.name);
            }
        }
    }
    for mut scene in crate::scenes::without_dialog(TWO_LINES).into_iter().take(3) {
        let start = scene.desk.state.clone();
        for chord in crate::desk::every_chord(&default_keymap()) {
            scene.desk.press(chord);
            let notice = scene.desk.state.session.notice.as_ref().map(|notice| notice.text.clone()).unwrap_or_default();
            assert!(!notice.contains(under), "{} after {chord}: {notice}", scene.name);
            scene.desk.state = start.clone();
        }
    }
    // A factor that is asked about names the key that confirms it.
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("<tab> 4 0 <enter>");
    let screen = words_of(&desk.screen(120, 36));
    assert!(screen.contains("Enter again keeps 40.00×") && !screen.contains(under), "{screen}");
}
