//! Every overlay answers only to the keys that it shows.

use crate::desk::{Desk, TWO_LINES, budget, every_chord, text_of};
use crate::scenes::{Scene, with_bills, with_dialog, without_dialog};
use ratatui::{buffer::Buffer, layout::Rect};
use retake::app::flows::conflict::{Between, Dispute, Resolving};
use retake::app::flows::recovery::recovered;
use retake::app::keys::action::TABLE;
use retake::app::model::outcome::Effect;
use retake::app::model::overlay::{Leaving, Overlay};
use retake::app::{Action, Context, OnDisk, State};
use retake::cost::{Budget, Knob, Setting, Value};
use retake::diagnostics::{Code, Problem};
use std::collections::{BTreeMap, BTreeSet};

fn with_finals(mut budget: Budget, line: usize, finals: u64) -> Budget {
    budget.lines[line].settings.put(Knob::Finals, Some(Setting::Value(Value::Count(finals))));
    budget
}

/// The offer of an earlier session's edits: all, part and none of them fit, and the end of the record may be damaged.
pub(crate) fn offers() -> Vec<Scene> {
    let before = budget(TWO_LINES);
    let mine = with_finals(with_finals(before.clone(), 0, 11), 1, 12);
    let one_changed = with_finals(before.clone(), 0, 99);
    let emptied = Budget::default();
    let mut scenes = Vec::new();
    for (name, now, changed) in [
        ("all fit", &before, false),
        ("all fit", &before, true),
        ("part", &one_changed, true),
        ("none", &emptied, true),
    ] {
        for damaged in [false, true] {
            let recovered = Box::new(recovered(&before, &mine, now, changed, damaged).unwrap());
            assert_eq!((recovered.count(), recovered.edits.is_empty()), (2, name == "none"), "{name}");
            let mut desk = Desk::new((*now).clone());
            desk.state.overlays.show(Overlay::Recover { recovered, totals: Default::default() });
            scenes.push(Scene { name: format!("offer: {name}, changed {changed}, damaged {damaged}"), desk });
        }
    }
    scenes
}

fn questions() -> Vec<Scene> {
    let mut scenes = Vec::new();
    let mut put = |name: String, dialog: Overlay| {
        let mut desk = Desk::of(TWO_LINES);
        desk.keys("+");
        desk.state.overlays.show(dialog);
        scenes.push(Scene { name, desk });
    };
    for on_disk in [OnDisk::Changed, OnDisk::Deleted, OnDisk::LedElsewhere] {
        put(
            format!("conflict {on_disk:?}"),
            Overlay::Conflict(on_disk, Problem::new(Code::ChangedOnDisk, "the file changed")),
        );
    }
    for leaving in [Leaving::Quit, Leaving::New, Leaving::Open("a".into()), Leaving::Version("v".into())] {
        put(format!("unsaved {leaving:?}"), Overlay::Unsaved(leaving));
    }
    put("replace".to_owned(), Overlay::Replace("a".into()));
    for between in [Between::ScreenAndDisk, Between::Markers] {
        for base in [None, Some("1".to_owned())] {
            let dispute = Dispute { place: "finals".to_owned(), mine: Some("2".to_owned()), theirs: None, base };
            let names = ["mine".to_owned(), "theirs".to_owned()];
            let resolving = Resolving::new(between, names, vec![dispute]);
            put(format!("resolve {between:?}"), Overlay::Resolve(Box::new(resolving)));
        }
    }
    for list in ["Name,Finals\nBanner,12\n", "Name,Finals\nBanner,many\n"] {
        let mut desk = Desk::of(TWO_LINES);
        desk.paste(list);
        scenes.push(Scene { name: format!("list {list:?}"), desk });
        for keys in ["<right>", "<left>", "<right> <enter>"] {
            let mut desk = Desk::of(TWO_LINES);
            desk.paste(list).keys(keys);
            scenes.push(Scene { name: format!("list {list:?} after {keys}"), desk });
        }
    }
    scenes.extend(offers());
    scenes
}

fn every() -> Vec<Scene> {
    let mut scenes = questions();
    scenes.extend(with_dialog(TWO_LINES));
    scenes.extend(with_bills(TWO_LINES).into_iter().chain(without_dialog(TWO_LINES)).take(8));
    scenes
}

/// The words of the actions that the place offers: on the screen, in its footer, and in its part of the help.
fn offered(desk: &Desk) -> BTreeSet<Action> {
    let mut shown = desk.screen(120, 45);
    if desk.state.overlays.top() != Some(&Overlay::Help) {
        let mut help = Desk::of(TWO_LINES);
        help.state = desk.state.clone();
        help.state.overlays.cover(Overlay::Help);
        let text = help.screen(100, 80);
        // The section of the place itself ends where the section of every place begins; on the worksheet all of it belongs to the
        // place.
        let end =
            if !desk.state.overlays.is_empty() { text.find("Everywhere").unwrap_or(text.len()) } else { text.len() };
        shown.push_str(&text[..end]);
    }
    let context = desk.state.context();
    let bound = |action: Action| desk.keymap.keys_of(context, action).next().is_some();
    let everywhere = |action: Action| desk.keymap.keys_of(Context::Everywhere, action).next().is_some();
    let pairs = ["scroll", "entry", "field", "deliverable"].iter().any(|pair| shown.contains(&format!("↑↓ {pair}")))
        || shown.contains("←→ column");
    // If a pair of keys that scrolls is shown, the other scroll keys work too.
    let moves = [Action::Up, Action::Down, Action::PageUp, Action::PageDown, Action::First, Action::Last];
    TABLE
        .iter()
        .filter(|row| bound(row.action))
        .filter(|row| {
            shown.contains(desk.state.help_of(row.action))
                || everywhere(row.action)
                || (pairs && moves.contains(&row.action))
        })
        .map(|row| row.action)
        .collect()
}

/// The state that a key may change, without what any key may leave: a message, and the first of two keys or a minus.
fn told(state: &State) -> String {
    let (project, mut view, session) = (&state.project, state.view.clone(), &state.session);
    (view.pending_key, view.pending_sign) = (None, None);
    let file = (project.file(), project.read_only(), project.problems());
    let (budget, history, dialog) = (project.budget(), project.history(), &state.overlays);
    format!("{view:?} {dialog:?} {file:?} {} {:?} {history:?} {budget:?}", session.theme, session.after_save)
}

#[test]
fn a_key_that_is_not_offered_changes_nothing() {
    let (mut tried, mut still) = (0, 0);
    for scene in every() {
        let desk = &scene.desk;
        let context = desk.state.context();
        let types = matches!(
            context,
            Context::Typing
                | Context::Ask
                | Context::Choosing
                | Context::ChoosingCards
                | Context::UnderCap
                | Context::ProjectField
                | Context::ProjectForm
        );
        let on_worksheet = desk.state.overlays.is_empty();
        let offered = offered(desk);
        let before = told(&desk.state);
        let mut pressed = Desk::of(TWO_LINES);
        for chord in every_chord(&desk.keymap) {
            let action = desk.keymap.resolve(context, chord);
            if action.is_none() && (types || on_worksheet) {
                continue;
            }
            pressed.state = desk.state.clone();
            pressed.effects.clear();
            pressed.press(chord);
            tried += 1;
            if action.is_some_and(|action| offered.contains(&action) && (action.row().can)(&desk.state).is_ok()) {
                continue;
            }
            still += 1;
            // A text copies the content below it, and changes nothing.
            pressed.effects.retain(|effect| context != Context::Reading || !matches!(effect, Effect::Copy(_)));
            assert!(pressed.effects.is_empty(), "{chord} ({action:?}) in {}: {:?}", scene.name, pressed.effects);
            assert!(told(&pressed.state) == before, "{chord} ({action:?}) is not offered in {}", scene.name);
        }
    }
    assert!(tried > 3_000 && still > 2_000, "{tried} {still}");
}

/// Also for a key bound to it by hand, or an action chosen in the palette.
#[test]
fn an_action_that_cannot_be_done_changes_nothing() {
    for scene in every() {
        let before = told(&scene.desk.state);
        for row in TABLE.iter().filter(|row| (row.can)(&scene.desk.state).is_err()) {
            let mut state = scene.desk.state.clone();
            let effects = retake::app::actions::update::update(&mut state, row.action);
            assert!(effects.is_empty() && told(&state) == before, "{} in {}", row.name, scene.name);
        }
    }
}

#[test]
fn only_the_key_that_says_so_deletes_the_edits_of_an_earlier_session() {
    let mut deleting: BTreeMap<Action, usize> = BTreeMap::new();
    for scene in every() {
        let whole =
            matches!(scene.desk.state.overlays.top(), Some(Overlay::Recover { recovered, .. }) if recovered.is_whole());
        for row in TABLE {
            let mut state = scene.desk.state.clone();
            for effect in retake::app::actions::update::update(&mut state, row.action) {
                match effect {
                    Effect::DropRecovered => {
                        assert_eq!(row.action, Action::Forget, "{}", scene.name);
                        *deleting.entry(row.action).or_default() += 1;
                    }
                    Effect::HoldRecovered => {
                        assert!(row.action == Action::Recover && whole, "{:?} in {}", row.action, scene.name);
                        *deleting.entry(row.action).or_default() += 1;
                    }
                    _ => {}
                }
            }
        }
    }
    assert_eq!(deleting, BTreeMap::from([(Action::Recover, 2), (Action::Forget, 8)]));
}

#[test]
fn an_offer_names_every_edit_and_the_keys_that_hold() {
    for scene in offers() {
        let screen = scene.desk.screen(100, 60);
        for (place, value) in [("Hero", "11"), ("social", "12")] {
            let place = screen.to_lowercase().contains(&place.to_lowercase());
            assert!(place && screen.contains(value), "{}\n{screen}", scene.name);
        }
        for (width, height) in [(160, 45), (120, 36), (80, 24)] {
            let area = Rect::new(0, 0, width, height);
            let mut buffer = Buffer::empty(area);
            retake::ui::draw(&scene.desk.view(), area, &mut buffer);
            let screen = text_of(&buffer);
            for action in [Action::Recover, Action::OpenCopy, Action::Forget, Action::Later] {
                let can = (action.row().can)(&scene.desk.state).is_ok();
                let key = scene.desk.keymap.keys_of(Context::Recovering, action).next().unwrap();
                let entry = format!(" {key} {}", (action.row().help)());
                let rows = screen.lines().filter(|row| row.contains('┃'));
                assert_eq!(rows.clone().any(|row| row.contains(&entry)), can, "{entry} in {}\n{screen}", scene.name);
            }
        }
    }
}
