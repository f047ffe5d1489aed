//! Lists that are laid over the screen: they say what is left out, and an amount in them stays whole.

use crate::desk::{Desk, TWO_LINES};
use retake::app::Effect;
use retake::app::model::overlay::Overlay;
use retake::app::model::picker::filtered;

/// A project with this many fees; their names have no digits.
fn with_fees(count: usize) -> String {
    let name = |at: usize| "fee".to_owned() + &"x".repeat(at);
    let fees = (0..count).map(|at| format!("\n[fee.{}]\namount = 123456.5\nper = \"project\"\n", name(at)));
    TWO_LINES.to_owned() + &fees.collect::<String>()
}

/// Entries of the open list, and of the palette of actions.
fn entries(desk: &Desk) -> usize {
    match desk.state.overlays.top() {
        Some(Overlay::Picker(picker)) => filtered(&desk.state, picker).len(),
        Some(Overlay::Palette(palette)) => palette.rows().len(),
        other => panic!("no list: {other:?}"),
    }
}

/// The rows of the list, and how many it says that it leaves out.
fn seen(screen: &str) -> (usize, Option<usize>) {
    let inside = screen.lines().filter(|row| row.contains('┃')).collect::<Vec<_>>();
    let said = inside.last().unwrap().split("… ").nth(1).and_then(|rest| rest.split(" more").next()?.parse().ok());
    (inside.len() - 2, said)
}

#[test]
fn a_list_that_is_cut_says_how_many_more_there_are_below_and_above() {
    for (keys, name) in [("<ctrl-p>", "actions")] {
        let mut cut = 0;
        for (width, height) in [(80, 24), (80, 18), (120, 36), (160, 45)] {
            let mut desk = Desk::of(&with_fees(24));
            desk.keys(keys);
            let all = entries(&desk);
            let screen = desk.screen(width, height);
            let (rows, said) = seen(&screen);
            if all > rows {
                cut += 1;
                let left = said.unwrap_or_else(|| panic!("{name} at {width}x{height}\n{screen}"));
                // Two rows below the list may hold the whole text of the marked entry.
                assert!([all - rows, all - rows + 2].contains(&left), "{name} at {width}x{height}\n{screen}");
                assert!(screen.contains(&format!("… {left} more")), "{screen}");
                (0..all).for_each(|_| _ = desk.keys("<down>"));
                let screen = desk.screen(width, height);
                assert!(screen.contains(&format!("… {left} more above")), "{name} at {width}x{height}\n{screen}");
            } else {
                assert_eq!(said, None, "{name} at {width}x{height}\n{screen}");
            }
        }
        assert!(cut >= 2, "{name}");
    }
}

#[test]
fn the_amount_of_a_fee_stays_whole_in_its_list_at_any_width() {
    let long = "a-fee-with-a-name-that-no-list-has-the-room-for-beside-anything-else";
    let fee = "amount = 123456.5\nper = \"deliverable\"\n";
    let text = format!("{TWO_LINES}\n[fee.{long}]\n{fee}\n[fee.zz]\namount = 1\nper = \"project\"\n");
    let mut desk = Desk::of(&text);
    desk.keys("F <down>");
    for width in [50, 60, 70, 80, 100, 160] {
        let screen = desk.screen(width, 24);
        let row = screen.lines().find(|row| row.contains("a-fee-with")).unwrap_or_else(|| panic!("{screen}"));
        assert!(row.contains("$246,913.00 ·"), "{width}: {row}\n{screen}");
    }
}

#[test]
fn the_steps_of_a_bill_are_approximate_where_its_prices_are() {
    for (grade, about) in [("A", false), ("C", true)] {
        let card = format!(
            "\n[bills]\ncompare = [\"own\"]\n[card.own]\nname = \"Own\"\nkind = \"credits per image\"\nprice = 3\n\
             source = \"a page\"\ngrade = \"{grade}\"\npack.a = {{ usd = 1, credits = 500 }}\n"
        );
        let mut desk = Desk::of(&(TWO_LINES.to_owned() + &card));
        desk.keys("<alt-2> [ [ [ l w y");
        let Some(Effect::Copy(text)) = desk.effects.last() else { panic!("{:?}", desk.effects) };
        let lines: Vec<&str> = text.lines().collect();
        let below = |said: &str| {
            let at = lines.iter().position(|line| line.contains(said)).unwrap_or_else(|| panic!("{said}: {lines:?}"));
            lines[at + 1]
        };
        for step in
            ["credits, including the buffer", "list price of a credit", "what is paid", "= the sum of the parts below"]
        {
            // The formula of the difference names what is paid too; the step itself comes first.
            assert_eq!(below(step).contains('≈'), about, "{step}: {lines:?}");
        }
        assert!(!below("the official bill").contains('≈'), "{lines:?}");
    }
}

/// What Enter does is said by a verb of its own in each dialog; tests/screens/first_frame.rs holds that none says "accept".
#[test]
fn enter_has_the_verb_of_the_dialog() {
    let mut wrong = Vec::new();
    for (keys, verb) in [
        ("a", "add"),
        ("r", "rename"),
        ("R", "rename"),
        ("S", "save"),
        ("<ctrl-o>", "open"),
        ("I", "read the list"),
        ("/", "find"),
        ("v", "keep the name"),
        ("T", "apply"),
        ("b", "apply"),
        ("F", "edit"),
        ("F <enter>", "edit"),
        ("P", "edit"),
        ("P <enter>", "apply"),
        ("F <enter> <enter>", "apply"),
        ("<ctrl-y>", "copy"),
        (":", "run"),
        (": v a t", "go there"),
        ("i", "go there"),
        ("<s-tab> j j <enter>", "apply"),
    ] {
        let mut desk = Desk::of(&with_fees(2));
        // A change for the scenario to keep.
        desk.keys("+");
        desk.keys(&keys.replace("<s-tab>", "<shift-tab>"));
        let screen = desk.screen(120, 36);
        // In the dialog, or in the last line below it.
        if !screen.contains(&format!("Enter {verb}")) {
            wrong.push(format!("{keys}: no {verb}\n{screen}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_palette_opens_in_groups_and_leads_to_fields() {
    let mut desk = Desk::of(TWO_LINES);
    desk.keys(":");
    let screen = desk.screen(80, 24);
    let first =
        screen.lines().find(|line| line.contains('▸') && line.contains("save")).unwrap_or_else(|| panic!("{screen}"));
    assert!(first.contains("Usual"), "{screen}");
    assert!(screen.contains("bills") && screen.contains("under the cap"), "{screen}");
    desk.type_text("vat");
    assert!(desk.screen(80, 24).contains("tax"), "{}", desk.screen(80, 24));
    desk.keys("<enter>");
    assert_eq!(desk.state.field().map(|field| field.knob()), Some(retake::cost::Knob::Tax));
    // A field of deliverables alone leads to one of them.
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("[ [ :").type_text("sets").keys("<enter>");
    assert_eq!(desk.state.field().map(|field| field.knob()), Some(retake::cost::Knob::Repeat));
    // The way to a field of drafts says why there is none.
    let mut desk = Desk::of(TWO_LINES);
    desk.keys(":").type_text("draft size").keys("<enter>");
    assert!(desk.state.session.notice.is_some());
}

/// A name of a card has blanks; Space chooses while nothing is typed.
#[test]
fn a_blank_in_the_filter_of_cards_is_text_and_enter_applies_what_is_chosen() {
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("b").type_text("fal flux");
    // The footer and the dialog name the chord that works at this moment.
    let screen = desk.screen(120, 36);
    assert_eq!(
        screen.matches("Ctrl-Space tick / untick").count() + screen.matches("^Space tick / untick").count(),
        2,
        "{screen}"
    );
    desk.keys("<esc> b");
    assert!(desk.screen(120, 36).contains("Space tick / untick"), "{}", desk.screen(120, 36));
    desk.keys("<esc>");
    // Enter takes the card that was found by its name, if no tick was changed, and adds it only once.
    for _ in 0..2 {
        desk.keys("b").type_text("muapi").keys("<enter>");
        assert_eq!(desk.state.budget().bills.compare, ["muapi"]);
    }
    desk.keys("b").type_text("muapi").keys("<ctrl-space> <enter>");
    assert!(desk.state.budget().bills.compare.is_empty(), "{:?}", desk.state.budget().bills.compare);
    // Without a filter nothing is meant but the ticks.
    desk.keys("b <enter>");
    assert!(desk.state.budget().bills.compare.is_empty(), "{:?}", desk.state.budget().bills.compare);
    desk.keys("b").type_text(" ").keys("<enter>");
    assert!(desk.state.overlays.is_empty());
    assert_eq!(desk.state.budget().bills.compare.len(), 1);
    // Beside a filter another key chooses.
    desk.keys("b").type_text("muapi").keys("<ctrl-space> <enter>");
    assert_ne!(desk.state.budget().bills.compare.len(), 1);
}
