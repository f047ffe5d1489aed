//! Habits from other programs: one row each, with the state before, the keys, and the expected result. Alternatives follow `or`,
//! and each is tried on its own dashboard.
//!
//! Of Alt-1 to Alt-6 only those with existing screens are checked. Habits that need a terminal are in `tests/pty`: the return
//! from Ctrl-Z, the clipboard's bytes, and that Shift-drag is left to the terminal.

use crate::desk::{Desk, TWO_LINES};
use ratatui::layout::Rect;
use retake::app::actions::mouse;
use retake::app::model::overlay::{Ask, Leaving, Overlay};
use retake::app::model::view::ShownLines;
use retake::app::{Effect, Focus, Screen, Selection};
use retake::cost::{Knob, Pane, Setting, Value};
use retake::ui::hit;
use retake::words::clip::Clip;
use std::collections::BTreeSet;

/// Before and after.
type Seen = fn(&Desk, &Desk) -> bool;

macro_rules! habits {
    ($( $test:ident: $habit:literal, $before:literal, $keys:literal, $seen:expr; )+) => {
        /// The habit, the keys before it, its keys, and the test that checks it.
        const TABLE: &[(&str, &str, &str, &str)] = &[$( ($habit, $before, $keys, stringify!($test)) ),+];

        $( #[test] fn $test() { hold($habit, $before, $keys, $seen); } )+
    };
}

fn hold(habit: &str, first: &str, keys: &str, seen: Seen) {
    for keys in keys.split(" or ") {
        let mut before = Desk::of(TWO_LINES);
        before.keys(first);
        let mut after = Desk::of(TWO_LINES);
        after.keys(first);
        (before.effects, after.effects) = (Vec::new(), Vec::new());
        after.keys(keys);
        assert!(!seen(&before, &before), "{habit}: what is to be seen was there before {keys}");
        assert!(seen(&before, &after), "{habit}: {keys} after {first:?}\n{}", after.screen(120, 36));
        after.assert_sound();
    }
}

fn finals(desk: &Desk) -> Option<u64> {
    match desk.state.budget().lines[0].settings.value(Knob::Finals) {
        Some(Value::Count(count)) => Some(*count),
        _ => None,
    }
}

fn pane(desk: &Desk) -> Option<Pane> {
    match desk.state.view.focus {
        Focus::Pane(pane) => Some(pane),
        Focus::Beside => None,
    }
}

/// The focused field's index in its pane.
fn field(desk: &Desk) -> Option<usize> {
    pane(desk).map(|pane| desk.state.view.field_at[pane as usize])
}

fn last_field(desk: &Desk) -> Option<usize> {
    pane(desk).map(|pane| desk.state.fields(pane).len() - 1)
}

fn names(desk: &Desk) -> Vec<&str> {
    desk.state.budget().lines.iter().map(|line| line.title()).collect()
}

fn typed(desk: &Desk) -> Option<&str> {
    desk.state.view.input.as_ref().map(|typing| typing.entry.text())
}

fn shows(desk: &Desk, text: &str) -> bool {
    desk.screen(120, 36).contains(text)
}

habits! {
    arrows_and_hjkl_down: "arrows and hjkl", "h", "<down> or j", |_, after| field(after) == Some(1);
    arrows_and_hjkl_up: "arrows and hjkl", "h j", "<up> or k", |_, after| field(after) == Some(0);
    arrows_and_hjkl_right: "arrows and hjkl", "", "<right> or l", |_, after| pane(after) == Some(Pane::Retry);
    arrows_and_hjkl_left: "arrows and hjkl", "", "<left> or h", |_, after| pane(after) == Some(Pane::OutputSpec);
    arrows_and_hjkl_in_the_list: "arrows and hjkl", "h h", "<down> or j",
        |_, after| after.state.view.selection == Selection::Line(1);
    last_of_a_pane: "g/G first, last", "h", "G or <end>", |_, after| field(after) == last_field(after);
    first_of_a_pane: "g/G first, last", "h G", "g or <home>", |_, after| field(after) == Some(0);
    last_of_the_list: "g/G first, last", "h h", "G or <end>", |_, after| after.state.view.selection == Selection::Line(1);
    first_of_the_list: "g/G first, last", "h h G", "g or <home>", |_, after| after.state.view.selection == Selection::Project;
    tab_to_the_next_pane: "Tab/Shift-Tab panes", "", "<tab>", |_, after| pane(after) == Some(Pane::Retry);
    shift_tab_to_the_pane_before: "Tab/Shift-Tab panes", "", "<shift-tab>",
        |_, after| pane(after) == Some(Pane::OutputSpec);
    tab_goes_around: "Tab/Shift-Tab panes", "<tab>", "<tab> <tab> <tab> <tab>", |_, after| pane(after) == Some(Pane::Finals);
    enter_or_e_edits: "Enter or e edit", "", "<enter> or e", |_, after| typed(after) == Some("24");
    enter_offers_a_list: "Enter or e edit", "h", "<enter>", |_, after| shows(after, "16:9") && !after.state.overlays.is_empty();
    digits_type_at_once: "digits type at once", "", "3",
        |before, after| typed(after) == Some("3") && after.total() != before.total();
    a_step_more: "+/− step", "", "+ or =", |_, after| finals(after) == Some(25);
    a_step_less: "+/− step", "", "<minus>", |_, after| finals(after) == Some(23);
    ten_steps_more: "> and < (PgUp/PgDn) ten times", "", "> or <pageup>", |_, after| finals(after) == Some(34);
    ten_steps_less: "> and < (PgUp/PgDn) ten times", "", "< or <pagedown>", |_, after| finals(after) == Some(14);
    a_adds: "a add", "", "aTile <enter>", |_, after| names(after) == ["Hero shot", "Tile", "Paid social"];
    big_d_duplicates: "D duplicate", "", "D", |_, after| names(after).len() == 3 && after.state.view.selection == Selection::Line(1);
    x_deletes: "x delete", "", "x", |_, after| names(after) == ["Paid social"];
    big_j_moves_down: "J/K reorder", "", "J", |_, after| names(after) == ["Paid social", "Hero shot"];
    big_k_moves_up: "J/K reorder", "]", "K", |_, after| names(after) == ["Paid social", "Hero shot"];
    r_renames: "r rename", "", "r <ctrl-u> Tile <enter>", |_, after| names(after) == ["Tile", "Paid social"];
    w_says_why: "w why", "", "w", |_, after| matches!(after.state.overlays.top(), Some(Overlay::Why)) && shows(after, "grade A");
    u_undoes: "u undo", "+", "u", |_, after| finals(after) == Some(24) && !after.state.is_dirty();
    ctrl_r_redoes: "Ctrl-R redo", "+ u", "<ctrl-r>", |_, after| finals(after) == Some(25);
    ctrl_s_or_colon_w_saves: "Ctrl-S and :w save", "+", "<ctrl-s> or :w <enter>", |_, after| after.effects == [Effect::Save];
    ctrl_o_opens: "Ctrl-O open", "", "<ctrl-o>",
        |_, after| matches!(after.state.overlays.top(), Some(Overlay::Ask { ask: Ask::Open, .. }));
    slash_searches: "/ search", "h h", "/social or /SOCIAL <enter>",
        |_, after| !shows(after, "▸Hero shot") && after.state.shown_lines() == ShownLines::Some(vec![1]);
    colon_or_ctrl_p_is_the_palette: ": and Ctrl-P palette", "", ": or <ctrl-p>",
        |_, after| matches!(after.state.overlays.top(), Some(Overlay::Palette(_))) && shows(after, "Actions");
    question_mark_or_f1_helps: "? and F1 help", "", "? or <f1>",
        |_, after| matches!(after.state.overlays.top(), Some(Overlay::Help)) && shows(after, "Help · Finals");
    y_copies: "y copy", "", "y", |_, after| after.effects == [Effect::Copy(Clip::line("24"))] && shows(after, "copied");
    f_is_one_pane_full_screen: "f one pane full screen", "", "f", |_, after| !shows(after, "Retry factor") && shows(after, "Finals");
    f_again_is_all_of_them: "f one pane full screen", "f", "f or <esc>", |_, after| shows(after, "Retry factor");
    esc_leaves_a_field: "Esc back, never loses work", "5", "<esc>", |_, after| finals(after) == Some(24) && typed(after).is_none();
    esc_leaves_a_question: "Esc back, never loses work", "+ q", "<esc>",
        |_, after| after.state.overlays.is_empty() && after.effects.is_empty() && finals(after) == Some(25);
    esc_leaves_a_list: "Esc back, never loses work", "h <enter> <down>", "<esc>",
        |_, after| after.state.overlays.is_empty() && after.total() == Desk::of(TWO_LINES).total();
    q_quits: "q and Ctrl-C quit", "", "q or <ctrl-c> or :q <enter>", |_, after| after.effects == [Effect::Quit];
    quitting_asks_only_when_unsaved: "asking only when unsaved", "+", "q or <ctrl-c> or :q <enter>",
        |_, after| after.state.overlays.top() == Some(&Overlay::Unsaved(Leaving::Quit)) && after.effects.is_empty();
    alt_and_a_digit_change_the_screen: "Alt-1…6, gt/gT", "", "<alt-2> or gt or :bills <enter>",
        |_, after| after.state.view.screen == Screen::Bills && shows(after, "▸Bills") && shows(after, "Bills · whole project");
    alt_1_is_the_worksheet: "Alt-1…6, gt/gT", "<alt-2>", "<alt-1> or gT",
        |_, after| after.state.view.screen == Screen::Worksheet && shows(after, "▸Worksheet") && shows(after, "Notes");
    ctrl_z_suspends: "Ctrl-Z suspends", "5", "<ctrl-z>",
        |before, after| after.effects == [Effect::Suspend] && after.screen(120, 36) == before.screen(120, 36);
}

/// Only what the question offers answers it: Enter, pressed once too often, saves nothing over the file.
#[test]
fn enter_is_no_answer_to_the_question_about_unsaved_edits() {
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("+ q");
    desk.effects.clear();
    desk.keys("<enter>");
    assert_eq!(desk.state.overlays.top(), Some(&Overlay::Unsaved(Leaving::Quit)));
    assert!(desk.effects.is_empty(), "{:?}", desk.effects);
}

/// Escape, however often it is pressed, undoes no edit and ends nothing.
#[test]
fn esc_never_loses_work() {
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("+ <tab> + <esc> <esc> <esc> h <esc> <esc>");
    assert!(desk.state.is_dirty() && finals(&desk) == Some(25) && desk.effects.is_empty());
}

#[test]
fn each_habit_is_a_row_of_its_own() {
    let tests: BTreeSet<&str> = TABLE.iter().map(|row| row.3).collect();
    let rows: BTreeSet<_> = TABLE.iter().map(|row| (row.1, row.2)).collect();
    assert_eq!((tests.len(), rows.len()), (TABLE.len(), TABLE.len()));
}

/// The target at the first cell of a text, as a click finds it.
fn target(desk: &Desk, text: &str) -> mouse::Target {
    let screen = desk.screen(120, 36);
    let (y, row) = screen.lines().enumerate().find(|(_, row)| row.contains(text)).unwrap();
    let x = retake::ui::text::width(row.split(text).next().unwrap());
    let (x, y) = (u16::try_from(x).unwrap(), u16::try_from(y).unwrap());
    hit::target(&desk.view(), Rect::new(0, 0, 120, 36), x, y).unwrap_or_else(|| panic!("nothing at {text}\n{screen}"))
}

fn click(desk: &mut Desk, text: &str) -> Vec<Effect> {
    let at = target(desk, text);
    let effects = mouse::press(&mut desk.state, at);
    mouse::release(&mut desk.state);
    effects
}

#[test]
fn a_click_chooses_a_pane_a_field_and_a_row() {
    let mut desk = Desk::of(TWO_LINES);
    click(&mut desk, "Retry factor");
    assert_eq!(pane(&desk), Some(Pane::Retry));
    click(&mut desk, "quality");
    assert_eq!((pane(&desk), field(&desk)), (Some(Pane::OutputSpec), Some(2)));
    click(&mut desk, "quality");
    assert!(matches!(desk.state.overlays.top(), Some(Overlay::Picker(_))), "a second click opens it");
    click(&mut desk, "low");
    assert!(desk.state.overlays.is_empty() && shows(&desk, "low"), "and one on an entry takes it");
    click(&mut desk, "Paid social");
    assert_eq!((desk.state.view.selection, desk.state.view.focus), (Selection::Line(1), Focus::Beside));
    assert_eq!(click(&mut desk, "? help"), []);
    assert!(matches!(desk.state.overlays.top(), Some(Overlay::Help)), "the keys in the last line can be clicked");
}

/// A point of the first chart in the pane of the finals: another value than the current one.
fn on_the_chart(desk: &Desk) -> mouse::Target {
    let finals = desk.state.setting(Knob::Finals).cloned();
    let cells = (0..36).flat_map(|y| (0..120).map(move |x| (x, y)));
    let mut charts = cells.filter_map(|(x, y)| hit::target(&desk.view(), Rect::new(0, 0, 120, 36), x, y));
    let other = |target: &mouse::Target| match target {
        mouse::Target::Chart(_, Knob::Finals, values, at) => finals != Some(Setting::Value(values[*at].clone())),
        _ => false,
    };
    charts.rfind(other).expect("a chart of the finals")
}

#[test]
fn what_is_not_part_of_a_drag_ends_it_as_one_step() {
    let endings: [fn(&mut Desk); 4] = [
        |desk| {
            desk.keys("[");
        },
        |desk| {
            desk.paste("12");
        },
        |desk| drop(click(desk, "Paid social")),
        |desk| drop(mouse::wheel(&mut desk.state, None, true)),
    ];
    for end in endings {
        let mut desk = Desk::of(TWO_LINES);
        let before = desk.state.budget().clone();
        let point = on_the_chart(&desk);
        mouse::press(&mut desk.state, point);
        let dragged = finals(&desk);
        assert_ne!(dragged, Some(24), "the chart follows the button");
        end(&mut desk);
        assert!(desk.state.is_dirty() && desk.state.view.drag.is_none(), "and what it left is an edit");
        mouse::release(&mut desk.state);
        desk.keys("<esc> <esc> u");
        assert_eq!(*desk.state.budget(), before, "one undo takes it back");
    }
}

#[test]
fn a_click_on_a_tab_changes_the_screen() {
    let mut desk = Desk::of(TWO_LINES);
    click(&mut desk, "Bills");
    assert_eq!((desk.state.view.screen, desk.state.view.focus), (Screen::Bills, Focus::Beside));
    click(&mut desk, "Worksheet");
    assert_eq!((desk.state.view.screen, pane(&desk)), (Screen::Worksheet, Some(Pane::Finals)));
}

/// The `g` of `gt` goes to the first field at once; the `t` undoes that. Anything between the two makes them separate keys.
#[test]
fn gt_leaves_the_keyboard_where_it_was() {
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("h G");
    let last = desk.state.view.field_at;
    desk.keys("g");
    assert_ne!(desk.state.view.field_at, last, "the g acts by itself");
    desk.keys("t");
    assert_eq!((desk.state.view.field_at, desk.state.view.screen), (last, Screen::Bills));
    desk.keys("<alt-1> g j t");
    assert_eq!(desk.state.view.screen, Screen::Worksheet);
    desk.keys("g");
    click(&mut desk, "Retry factor");
    desk.keys("t");
    assert_eq!(desk.state.view.screen, Screen::Worksheet, "a click stands between the two");
    desk.keys("a gt");
    assert_eq!(desk.state.view.screen, Screen::Worksheet, "where text is typed they are text");
}

#[test]
fn the_wheel_changes_what_is_under_it_or_scrolls() {
    let mut desk = Desk::of(TWO_LINES);
    let at = target(&desk, "‹ 24 ›");
    mouse::wheel(&mut desk.state, Some(at.clone()), true);
    assert_eq!(finals(&desk), Some(25));
    mouse::wheel(&mut desk.state, Some(at), false);
    assert_eq!(finals(&desk), Some(24));
    let row = target(&desk, "Hero shot");
    mouse::wheel(&mut desk.state, Some(row), false);
    assert_eq!(desk.state.view.selection, Selection::Line(1));
    desk.keys("?");
    let top = desk.screen(120, 36);
    mouse::wheel(&mut desk.state, Some(mouse::Target::Text), false);
    assert_ne!(desk.screen(120, 36), top);
    assert_eq!(finals(&desk), Some(24), "what lies below a text is left alone");
}
