//! The cards to compare with: choosing, removing, moving, and the keyboard meanwhile.

use crate::bills::{desk, row};
use crate::desk::{Desk, TWO_LINES, words_of};
use ratatui::layout::Rect;
use retake::app::actions::mouse;
use retake::app::model::overlay::Overlay;
use retake::app::{Effect, Focus, Screen};
use retake::cost::rates::card::Found;
use retake::diagnostics::IssueCode;
use retake::ui::hit;
use std::sync::Arc;

/// The table gets the keyboard however the screen is opened, and on the worksheet the keyboard returns to its old place.
#[test]
fn the_table_gets_the_keyboard_and_the_worksheet_gets_it_back() {
    for before in ["", "h h h", "<tab> j", "l l G"] {
        for (there, back) in [("<alt-2>", "<alt-1>"), ("gt", "gT"), ("<alt-2> <tab> <tab> j", "<alt-1>")] {
            let mut desk = desk(3);
            desk.keys(before);
            let (focus, fields) = (desk.state.view.focus, desk.state.view.field_at);
            desk.keys(there);
            let on_table = desk.state.view.is_beside(Screen::Bills);
            assert_eq!((desk.state.view.screen, on_table), (Screen::Bills, !there.contains("tab")), "{before} {there}");
            desk.keys(back);
            assert_eq!((desk.state.view.screen, desk.state.view.focus), (Screen::Worksheet, focus), "{before} {there}");
            if on_table {
                assert_eq!(desk.state.view.field_at, fields, "{before} {there}");
            }
        }
    }
}

/// On the screen of bills the keys that change the list of deliverables change the cards, wherever the keyboard is.
#[test]
fn what_is_added_taken_out_and_moved_on_the_screen_of_bills_is_a_card() {
    for place in ["", "<tab> <tab>", "+"] {
        let mut desk = desk(3);
        desk.keys("<alt-2> l");
        desk.keys(place);
        let lines = desk.state.budget().lines.len();
        let compare = |desk: &Desk| desk.state.budget().bills.compare.clone();
        let footer = |desk: &Desk| desk.screen(240, 45).lines().last().unwrap().to_owned();
        for said in ["x remove the card", "a choose rate cards", "J move card right"] {
            assert!(footer(&desk).contains(said), "{place}: {said}: {}", footer(&desk));
        }
        // The keys for cards come first: they fit the smallest window that shows the table and the panes.
        for said in ["x remove the card", "a choose rate cards"] {
            assert!(desk.screen(80, 24).lines().last().unwrap().contains(said), "{place}: {said}");
        }
        desk.keys("J");
        assert!(footer(&desk).contains("KJ move card "), "{}", footer(&desk));
        assert_eq!(
            (compare(&desk), desk.state.view.selected_bill),
            (vec!["laozhang-vip".into(), "pixapi".into(), "packs".into()], 2)
        );
        assert!(!footer(&desk).contains("deliverable to"), "{}", footer(&desk));
        desk.keys("J J");
        assert_eq!((compare(&desk)[2].as_str(), desk.state.view.selected_bill), ("pixapi", 3));
        assert!(
            desk.state.session.notice.as_ref().unwrap().text.contains("the last one"),
            "{:?}",
            desk.state.session.notice
        );
        desk.keys("K K K");
        assert_eq!((compare(&desk)[0].as_str(), desk.state.view.selected_bill), ("pixapi", 1));
        assert!(desk.state.session.notice.as_ref().unwrap().text.contains("next to the official price"));
        desk.keys("x");
        assert_eq!(compare(&desk), ["laozhang-vip", "packs"]);
        assert_eq!(desk.state.budget().lines.len(), lines, "{place}");
        desk.keys("D");
        assert!(
            desk.state.session.notice.as_ref().unwrap().text.contains("on the worksheet; Alt-1"),
            "{:?}",
            desk.state.session.notice
        );
        assert_eq!(desk.state.budget().lines.len(), lines, "{place}");
        desk.keys("u u u u u");
        assert_eq!(compare(&desk), ["pixapi", "laozhang-vip", "packs"]);
        desk.keys("a");
        assert!(matches!(desk.state.overlays.top(), Some(Overlay::Picker(_))), "{place}");
        desk.assert_sound();
    }
}

/// The length of the work is asked for on the screen of bills: it decides the cost of plans and what expires.
#[test]
fn the_months_of_the_work_are_asked_for() {
    let mut desk = desk(3);
    desk.keys("<alt-2> [ l l l");
    assert!(!words_of(&desk.screen(160, 45)).contains("month 2"));
    for refused in ["0", "121", "two", "1.5"] {
        desk.keys("M");
        desk.retype(refused).keys("<enter>");
        assert!(words_of(&desk.screen(160, 45)).contains("not a number of months"), "{refused}");
        desk.keys("<esc>");
    }
    assert!(!desk.state.is_dirty());
    desk.keys("M");
    desk.retype("4").keys("<enter>");
    assert_eq!(desk.state.budget().bills.months, Some(4));
    let screen = words_of(&desk.screen(160, 45));
    assert!(screen.contains("month 2") && screen.contains("expire"), "{screen}");
    desk.assert_sound();
    desk.keys("w y");
    let Some(Effect::Copy(text)) = desk.effects.last() else { panic!() };
    assert!(text.contains("month 4"), "the derivation tells every month: {text}");
    desk.keys("<esc> u");
    assert_eq!(desk.state.budget().bills.months, None);
    assert!(!desk.state.is_dirty());
    desk.keys("<ctrl-r>");
    assert_eq!(desk.state.budget().bills.months, Some(4));
    desk.assert_sound();
}

/// A step or a digit on the table changes the last knob of the worksheet, and Esc leads back to the table.
#[test]
fn a_step_on_the_table_turns_the_knob_that_was_in_hand() {
    let mut desk = desk(3);
    desk.keys("<tab> <tab> <alt-2>");
    let before = row(&desk, "TOTAL");
    desk.keys("+");
    assert_eq!(desk.state.view.focus, Focus::Pane(retake::cost::Pane::Buffer));
    assert_ne!(row(&desk, "TOTAL"), before);
    desk.keys("<esc>");
    assert!(desk.state.view.is_beside(Screen::Bills));
    desk.keys("5");
    assert!(desk.state.view.input.is_some() && desk.state.view.focus == Focus::Pane(retake::cost::Pane::Buffer));
    desk.keys("<esc> <esc>");
    assert!(desk.state.view.is_beside(Screen::Bills));
}

#[test]
fn cards_are_added_and_taken_out_and_both_can_be_undone() {
    let mut desk = desk(0);
    let compare = |desk: &Desk| desk.state.budget().bills.compare.clone();
    assert!(words_of(&desk.screen(120, 36)).contains("b chooses rate cards to compare with"));
    desk.keys("b vip <ctrl-space>");
    assert!(matches!(desk.state.overlays.top(), Some(Overlay::Picker(_))), "the list stays open");
    assert!(desk.screen(120, 36).contains("[x] LaoZhang VIP"), "{}", desk.screen(120, 36));
    desk.keys("<ctrl-u> inpacks <ctrl-space>");
    assert_eq!(compare(&desk), Vec::<String>::new(), "what is chosen counts when the list is left");
    desk.keys("<enter>");
    assert!(desk.state.overlays.is_empty());
    assert_eq!(compare(&desk), ["laozhang-vip", "packs"]);
    desk.assert_sound();
    desk.keys("<alt-2> l x");
    assert_eq!((compare(&desk), desk.state.view.selected_bill), (vec!["packs".to_owned()], 1));
    desk.keys("x");
    assert_eq!((compare(&desk), desk.state.view.selected_bill), (vec![], 0));
    desk.keys("x");
    assert!(
        desk.state.session.notice.as_ref().unwrap().text.contains("it stays"),
        "the official price cannot be removed"
    );
    desk.keys("u u");
    assert_eq!(compare(&desk), ["laozhang-vip", "packs"]);
    // Several cards are one step.
    desk.keys("u");
    assert_eq!(compare(&desk), Vec::<String>::new());
    assert!(!desk.state.is_dirty());
    desk.keys("<ctrl-r>");
    assert_eq!(compare(&desk), ["laozhang-vip", "packs"]);
    // Esc takes nothing of what was chosen, and Enter without a choice changes nothing.
    desk.keys("b vip <space> <esc>");
    assert_eq!(compare(&desk), ["laozhang-vip", "packs"]);
    desk.keys("b <down> <down> <enter>");
    assert_eq!(compare(&desk), ["laozhang-vip", "packs"]);
    assert!(desk.state.overlays.is_empty());
    desk.assert_sound();
}

/// The lines of the open list of cards, without its frame: from the first mark to the edge.
fn listed(screen: &str) -> Vec<String> {
    let marked = |line: &str| {
        let at = line.find("[ ]").or_else(|| line.find("[x]"))?;
        Some(line[at..].trim_end_matches(['│', '║', '|', ' ']).to_owned())
    };
    screen.lines().filter_map(marked).collect()
}

/// Cards that can price the project come first, by total, with their difference from the official bill below each other; those that
/// cannot come last with the reason, and are dim.
#[test]
fn the_list_of_cards_begins_with_the_lowest() {
    let text = "retake = 1\n[assumptions]\nretry = 2\nquality = \"high\"\nbuffer = \"0%\"\n[deliverable.a]\nfinals = 100\nreferences = [\"1024x1024\"]\n\
                [card.dear]\nname = \"A dear one\"\nkind = \"per image\"\nprice = 10\ninputs = \"included\"\n\
                [card.cheap]\nname = \"Zcheap\"\nkind = \"per image\"\nprice = 0.01\ninputs = \"included\"\n\
                [card.silent]\nname = \"An unpriced\"\nkind = \"per image\"\nprice = 0.001\n";
    for (width, height) in [(80, 24), (100, 30), (120, 36), (160, 45), (200, 60)] {
        let mut desk = Desk::of(text);
        desk.keys("b");
        let screen = desk.screen(width, height);
        let lines = listed(&screen);
        let place = |name: &str| lines.iter().position(|line| line.contains(name));
        assert_eq!(place("Zcheap"), Some(0), "{screen}");
        assert!(words_of(&lines[0]).contains("$2.00 −$"), "{screen}");
        assert!(screen.contains("to compare with the official $"), "{screen}");
        // Enough rows for all: the dear one is the last with a price.
        if height > 30 {
            let (dear, silent) = (place("A dear one").unwrap(), place("An unpriced").unwrap());
            assert!(dear < silent && words_of(&lines[dear]).contains("$2,000.00 +$"), "{screen}");
            assert!(lines[silent].contains("no price stated for calls with"), "{screen}");
            // Totals and differences end below each other.
            let column = |line: &str| line.split(" · ").next().unwrap().chars().count();
            assert!(lines[..=dear].iter().all(|line| column(line) == column(&lines[0])), "{screen}");
        }
    }
}

/// A click chooses the card under the mouse, and leaves the list open.
#[test]
fn a_click_chooses_a_card() {
    let mut desk = desk(0);
    desk.keys("b");
    let screen = desk.screen(120, 36);
    let row = screen.lines().position(|line| line.contains("[ ] LaoZhang VIP")).unwrap();
    let column = screen.lines().nth(row).unwrap().chars().position(|c| c == '[').unwrap();
    let (x, y) = (u16::try_from(column + 6).unwrap(), u16::try_from(row).unwrap());
    let target = hit::target(&desk.view(), Rect::new(0, 0, 120, 36), x, y).unwrap();
    mouse::press(&mut desk.state, target);
    assert!(desk.screen(120, 36).contains("[x] LaoZhang VIP"), "{}", desk.screen(120, 36));
    assert!(matches!(desk.state.overlays.top(), Some(Overlay::Picker(_))));
    desk.keys("<enter>");
    assert_eq!(desk.state.budget().bills.compare.len(), 1);
    desk.assert_sound();
}

/// The list shows the project's total on each card before the card is chosen.
#[test]
fn the_list_of_cards_says_what_the_project_comes_to() {
    let mut chosen = desk(2);
    chosen.keys("[");
    let total = row(&chosen, "TOTAL")[2].clone();
    let mut desk = desk(0);
    desk.keys("b vip");
    let screen = desk.screen(120, 36);
    let line = screen.lines().find(|line| line.contains("LaoZhang VIP")).unwrap();
    assert!(
        words_of(line).contains(&format!("{total} −$")) && words_of(&screen).contains("· per image · $0.03 an image"),
        "{total}\n{screen}"
    );
    desk.keys("<ctrl-u> pixapi");
    assert!(
        desk.screen(120, 36).contains("price per credit not published · credits per image"),
        "what is missing is said"
    );
}

#[test]
fn there_is_an_end_to_how_many_are_compared() {
    let cards: String = (0..20).map(|n| format!("[card.c{n}]\nkind = \"per image\"\nprice = \"0.0{n}1\"\n")).collect();
    let mut desk = Desk::of(&format!("{TWO_LINES}\n{cards}"));
    desk.keys("b");
    for _ in 0..20 {
        desk.keys("<space> <down>");
    }
    let notice = desk.state.session.notice.clone().unwrap().text;
    assert!(
        notice.starts_with("16 cards, the most possible, are already compared") && notice.contains("Space"),
        "{notice}"
    );
    desk.keys("<enter>");
    assert_eq!(desk.state.budget().bills.compare.len(), 16);
}

/// The note that a card of the project differs from the built-in one shows while the card is compared, and again after an undo.
#[test]
fn what_is_said_of_a_card_goes_and_comes_with_it() {
    let mut desk = Desk::of(
        "retake = 1\n[deliverable.a]\nfinals = 3\n[bills]\ncompare = [\"muapi\"]\n[card.muapi]\nname = \"MuAPI\"\n\
         kind = \"per image\"\nmodels = [\"gpt-image-2\"]\nchecked = 2026-01-01\nsource = \"own\"\nprice = 0.5\n",
    );
    let said = |desk: &Desk| {
        desk.state.estimate().issues.iter().filter(|issue| issue.kind.code() == IssueCode::CardsDiffer).count()
    };
    assert_eq!(said(&desk), 1);
    desk.keys("<alt-2> l x");
    assert_eq!((said(&desk), desk.state.budget().bills.compare.len()), (0, 0));
    desk.assert_sound();
    desk.keys("u");
    assert_eq!(said(&desk), 1);
    desk.assert_sound();
}

#[test]
fn a_card_of_the_team_that_says_nothing_of_references_is_told_with_the_way_to_say_it() {
    let text = "retake = 1\n[bills]\ncompare = [\"shop\"]\n[card.shop]\nkind = \"per image\"\nprice = 0.05\n\
                [deliverable.hero]\nfinals = 4\nreferences = [\"1024x1024\"]\n";
    for found in [Found::Team, Found::Project] {
        let mut budget = crate::desk::budget(text);
        let card = budget.cards.get_mut("shop").and_then(Option::as_mut).unwrap();
        Arc::make_mut(card).found = found;
        let mut desk = Desk::new(budget);
        let notice = desk.state.session.notice.as_ref().map(|notice| notice.text.clone()).unwrap_or_default();
        assert!(notice.contains("no price there for hero") && notice.contains("inputs = \"included\""), "{notice}");
        desk.keys("<alt-2> N");
        let notice = desk.state.session.notice.as_ref().map(|notice| notice.text.clone()).unwrap_or_default();
        let [done, way] = [found == Found::Project, notice.contains("add inputs = \"included\" to [card.shop]")];
        assert_ne!(done, way, "{found:?}: {notice}");
    }
}
