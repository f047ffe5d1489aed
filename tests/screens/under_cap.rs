//! Under the cap: the list of what gets there, applied as one step and undone, over every kind of project.

use crate::desk::{Desk, SIZES, TODAY, catalog, words_of};
use ratatui::layout::Rect;
use retake::app::actions::mouse::{self, Target};
use retake::app::flows::{lifecycle, under_cap};
use retake::app::model::outcome::{Effect, Outcome};
use retake::app::model::overlay::Overlay;
use retake::app::model::under_cap::{Found, Search, Way};
use retake::app::{Action, Context};
use retake::cost::Knob;
use retake::project::open::read_text;
use retake::project::write::updated;
use retake::ui::hit::target;
use std::cell::Cell;
use std::path::Path;
use std::sync::Arc;

const LAUNCH: &str = include_str!("../../sample-projects/product-launch.retake.toml");

/// Three deliverables; `cap` is a line of the assumptions.
fn project(cap: &str) -> String {
    project_in("", cap)
}

fn project_in(currency: &str, cap: &str) -> String {
    format!(
        "retake = 1\nname = \"Spring\"\n{currency}\n[assumptions]\nquality = \"high\"\nretry = 2.0\nbuffer = \"10%\"\n{cap}\n\n\
[deliverable.hero]\nname = \"Hero\"\nfinals = 24\n\n[deliverable.detail]\nname = \"Details\"\nfinals = 48\nretry = 2.5\n\n\
[deliverable.mail]\nname = \"Mail\"\nfinals = 6\n"
    )
}

const EUROS: &str = "currency = \"EUR\"\n[exchange]\nrate = 0.92\nas_of = 2026-11-20\n";

/// The dashboard of a file, whatever is wrong in it.
fn desk_of(text: &str) -> Desk {
    Desk::new(read_text(text, Path::new("test.retake.toml"), catalog()).budget)
}

fn found(desk: &Desk) -> Arc<Found> {
    let Some(Overlay::UnderCap(open)) = desk.state.overlays.top() else { panic!("not open") };
    open.found.clone().expect("nothing was searched")
}

fn bytes(text: &str, desk: &Desk) -> String {
    let before = crate::desk::budget(text);
    let mut after = desk.state.budget().clone();
    String::from_utf8(updated(text.as_bytes(), &before, &mut after).unwrap()).unwrap()
}

fn says(desk: &Desk, sentence: &str) {
    let screen = desk.screen(120, 36);
    assert!(words_of(&screen).contains(sentence), "{sentence:?} is not in\n{screen}");
}

#[test]
fn a_launch_gets_under_twenty_dollars_in_three_keys_and_the_amount() {
    let mut desk = Desk::of(LAUNCH);
    let saved = bytes(LAUNCH, &desk);
    desk.keys("U");
    says(&desk, "The total of $35.61 is within it, with $4.39 left.");
    desk.keys("20 <enter>");
    says(&desk, "The total of $35.61 is over it by $15.61.");
    says(&desk, "Total $35.61 → $18.49 (−$17.12), $1.51 left of the cap.");
    let before = found(&desk).total;
    assert_eq!(desk.state.estimate().totals.total, before, "nothing counts before it is applied");
    desk.keys("<enter>");
    assert_eq!((desk.total().as_str(), desk.state.overlays.is_empty()), ("$18.49", true));
    says(&desk, "$35.61 → $18.49. u undoes.");
    desk.keys("u");
    assert_eq!(desk.total(), "$35.61", "the move is one step");
    assert!(bytes(LAUNCH, &desk).contains("cap = 20"));
    desk.keys("u");
    assert_eq!(bytes(LAUNCH, &desk), saved, "the cap is another");
}

/// Projects with single moves, with pairs alone, within the cap, in another currency, and of one deliverable.
fn kinds() -> Vec<(&'static str, String)> {
    vec![
        ("single", project("cap = 20")),
        ("pairs", project("cap = 0.8")),
        ("within", project("cap = 500")),
        ("sample", LAUNCH.replace("cap = 40.00", "cap = 12.50")),
        ("one deliverable", "retake = 1\n[assumptions]\ncap = 2\n[deliverable.a]\nfinals = 40\nretry = 2\n".to_owned()),
        ("euros", project_in(EUROS, "cap = \"12 EUR\"")),
    ]
}

#[test]
fn each_way_gives_the_total_that_it_says_and_undo_gives_the_same_bytes() {
    for (kind, text) in kinds() {
        let mut desk = Desk::of(&text);
        desk.keys("U");
        let all = found(&desk);
        assert!(all.count() > 0, "{kind}");
        let fits = all.ways.fits == Some(true);
        assert_eq!((kind == "within", kind == "pairs"), (fits, !all.ways.pairs.is_empty()), "{kind}");
        let saved = bytes(&text, &desk);
        desk.keys("<esc>");
        let steps = desk.state.project.history().len();
        for (at, way) in all.list().enumerate().filter(|(at, _)| *at < 12 || at % 7 == 0) {
            desk.keys("U");
            for _ in 0..at {
                desk.keys("j");
            }
            desk.keys("<enter>");
            assert_eq!(desk.state.estimate().totals.total, way.total(), "{kind} {at}");
            assert_eq!(desk.state.project.history().len(), steps + 1, "{kind} {at}: one step");
            let screen = desk.total();
            desk.assert_sound();
            desk.keys("u");
            assert_eq!(bytes(&text, &desk), saved, "{kind} {at}");
            assert_ne!(desk.total(), screen, "{kind} {at}: the total followed");
        }
    }
}

#[test]
fn the_mildest_way_under_the_cap_is_the_first() {
    let mut desk = Desk::of(&LAUNCH.replace("cap = 40.00", "cap = 20"));
    desk.keys("U");
    let all = found(&desk);
    // Fewer tries are a hope, not a decision: they come last.
    let order: Vec<_> = all.ways.single.iter().map(|one| (one.knob == Knob::Retry, one.saving())).collect();
    let hopes = order.iter().filter(|(is_hope, _)| *is_hope).count();
    assert!(order.len() > 4 && order.is_sorted() && 0 < hopes && hopes < order.len(), "{order:?}");
    says(&desk, "Single moves that get under the cap");
    desk.keys("j");
    let second = all.ways.single[1].total.unwrap();
    let shown = retake::figures::text(&desk.state.budget().shown, Some(second));
    says(&desk, &format!("→ {shown} ("));
}

#[test]
fn what_the_cap_still_allows_is_the_knob_in_hand_first() {
    let mut desk = Desk::of(&project("cap = 500"));
    for keys in ["", "<tab>", "<tab>", "<tab>", "<tab> j j"] {
        desk.keys(keys);
        let in_hand = desk.state.stepped_field().map(|field| field.knob());
        desk.keys("U");
        let all = found(&desk);
        if let Some(in_hand) = in_hand.filter(|knob| retake::cost::levers::goal::knobs().any(|sought| sought == *knob))
        {
            assert_eq!((all.in_hand, all.aims[0].goal.knob), (true, in_hand), "{keys}");
        } else {
            assert!(!all.in_hand, "{keys}");
        }
        desk.keys("<esc>");
    }
    desk.keys("U");
    says(&desk, "What the cap still allows, one knob at a time");
    says(&desk, "All deliverables fit");
}

#[test]
fn the_cut_line_stands_below_the_list() {
    let mut desk = Desk::of(&project("cap = 15"));
    desk.keys("U");
    says(&desk, "Going down the list, the cap pays for");
    says(&desk, " short.");
}

/// What is said where nothing can be listed, and where the project has no cap that counts.
#[test]
fn what_stands_in_the_way_is_said() {
    let unknown = project("cap = 20").replace("finals = 6", "finals = 6\nquality = \"auto\"");
    let rate = project_in("currency = \"EUR\"", "cap = 20");
    for (text, sentences) in [
        (
            project("cap = 0.01"),
            vec!["No single move and no pair of moves gets under the cap.", "retry of Hero: already over at 1.00×"],
        ),
        (
            unknown.clone(),
            vec!["The known part of the total, $", "is over it by $15.41 already.", "No price for 1 deliverable"],
        ),
        (
            unknown.replace("cap = 20", "cap = 2000"),
            vec!["The total is unknown, so what fits is unknown too.", "No price for 1 deliverable: Mail."],
        ),
        (rate, vec!["The cap is in EUR, and there is no exchange rate."]),
        (project("cap = \"20 GBP\""), vec!["cap is in GBP, totals in USD"]),
        (project(""), vec!["This project has no cap. Type the most that may be spent: Enter searches, Esc leaves."]),
    ] {
        let mut desk = desk_of(&text);
        desk.keys("U");
        for sentence in sentences {
            says(&desk, sentence);
        }
        desk.keys("<esc>");
        assert!(desk.state.overlays.is_empty(), "Esc leaves");
        assert_eq!(desk.state.project.history().len(), 0);
    }
}

#[test]
fn a_cap_is_asked_for_in_place_and_refused_as_at_the_knob() {
    let mut desk = Desk::of(&project(""));
    desk.keys("U");
    assert_eq!(desk.state.context(), Context::Ask);
    desk.keys("<enter>");
    says(&desk, "Type an amount above 0 such as 25, or Esc to leave.");
    desk.keys("many <enter>");
    says(&desk, "cap");
    assert!(desk.state.budget().cap().is_none());
    desk.keys("<ctrl-u> $20 <enter>");
    assert_eq!(desk.state.context(), Context::UnderCap);
    says(&desk, "Single moves that get under the cap");
    assert_eq!(desk.state.project.history().len(), 1, "the cap is a step");
    // Another one is begun with a digit; Esc keeps the first, and a letter begins none.
    desk.keys("3");
    says(&desk, "Enter sets this cap and searches, Esc keeps the cap as it is.");
    desk.keys("<esc> x z");
    assert_eq!(desk.state.context(), Context::UnderCap);
    says(&desk, "Cap $20.00");
    desk.keys("<esc>");
    assert_eq!((desk.state.overlays.is_empty(), desk.state.project.history().len()), (true, 1));
}

#[test]
fn a_late_answer_is_dropped() {
    let mut desk = Desk::of(&project("cap = 20"));
    desk.holds_lists = true;
    desk.keys("U");
    assert!(desk.state.awaits_under_cap());
    says(&desk, "Searching…");
    let Some(Effect::UnderCap(search)) = desk.effects.pop() else { panic!("no search") };
    let late = || Outcome::UnderCap(Box::new(search.run(desk.state.budget(), catalog(), TODAY, &|| true).unwrap()));
    let first = late();
    desk.keys("<enter> j <esc>");
    assert!(!desk.state.awaits_under_cap(), "Esc gives the search up");
    assert!(lifecycle::apply_outcome(&mut desk.state, first.clone()).is_empty());
    assert!(desk.state.overlays.is_empty());
    // Shown once it is awaited again.
    desk.keys("U");
    lifecycle::apply_outcome(&mut desk.state, first);
    assert!(!desk.state.awaits_under_cap() && found(&desk).count() > 0);
}

#[test]
fn ten_thousand_deliverables_are_searched_beside_the_screen_and_can_be_stopped() {
    let mut text = String::from("retake = 1\n[assumptions]\ncap = 20\nquality = \"high\"\n");
    for number in 0..10_000 {
        text += &format!("[deliverable.d{number}]\nfinals = 3\n");
    }
    let mut desk = Desk::of(&text);
    desk.holds_lists = true;
    desk.keys("U");
    says(&desk, "Searching…");
    let Some(Effect::UnderCap(search)) = desk.effects.pop() else { panic!("no search") };
    for asked in [0_u32, 1, 100] {
        let left = Cell::new(asked);
        let going = || left.replace(left.get().saturating_sub(1)) > 0;
        assert_eq!(search.run(desk.state.budget(), catalog(), TODAY, &going), None, "stopped after {asked}");
    }
    desk.keys("<esc>");
    assert!(desk.state.overlays.is_empty());
}

#[test]
fn a_click_selects_and_a_second_one_applies() {
    let mut desk = Desk::of(&project("cap = 20"));
    desk.keys("U");
    let area = Rect::new(0, 0, 120, 36);
    let rows: Vec<Target> =
        (0..36).filter_map(|y| target(&desk.view(), area, 60, y)).filter(|at| matches!(at, Target::Entry(_))).collect();
    assert!(rows.len() > 3, "{rows:?}");
    mouse::press(&mut desk.state, rows[2].clone());
    let Some(Overlay::UnderCap(open)) = desk.state.overlays.top() else { panic!("closed") };
    assert_eq!(open.at, 2);
    let total = found(&desk).list().nth(2).and_then(|way| way.total());
    mouse::press(&mut desk.state, rows[2].clone());
    assert_eq!((desk.state.overlays.is_empty(), desk.state.estimate().totals.total), (true, total));
}

#[test]
fn at_every_size_the_selected_row_is_in_sight_with_the_way_out() {
    let mut desk = Desk::of(LAUNCH);
    desk.keys("U 20 <enter>");
    let count = found(&desk).count();
    for (width, height) in SIZES.into_iter().chain([(200, 60)]).filter(|size| size.0 >= 50) {
        for keys in ["g", "j j j", "G"] {
            desk.keys(keys);
            let screen = desk.screen(width, height);
            assert_eq!(screen.matches("┃ ▸").count(), 1, "{width}x{height} {keys}\n{screen}");
            assert!(screen.contains("Esc"), "{width}x{height}\n{screen}");
        }
    }
    let Some(Overlay::UnderCap(open)) = desk.state.overlays.top() else { panic!("closed") };
    assert_eq!(open.at, count - 1);
    assert!(matches!(found(&desk).list().last(), Some(Way::Aim(_))), "goals come last");
}

/// Everything that a search needs is in the request: what it finds does not depend on the screen.
#[test]
fn a_search_without_goals_has_moves_alone() {
    let budget = crate::desk::budget(&project("cap = 20"));
    let bare = Search::default().run(&budget, catalog(), TODAY, &|| true).unwrap();
    assert!(bare.aims.is_empty() && !bare.ways.single.is_empty() && !bare.in_hand);
    let none = crate::desk::budget(&project(""));
    assert_eq!(
        Search::default().run(&none, catalog(), TODAY, &|| true),
        None,
        "without a cap there is nothing to find"
    );
}

#[test]
fn the_key_is_in_the_footer_once_the_total_is_over_the_cap() {
    for (cap, wanted) in [("cap = 20", true), ("cap = 500", false), ("", false)] {
        let screen = Desk::of(&project(cap)).screen(120, 36);
        let footer = screen.lines().last().unwrap().to_owned();
        assert_eq!(footer.contains("under the cap"), wanted, "{footer}");
    }
    let mut empty = Desk::untitled(retake::cost::Budget::default());
    empty.keys("U");
    assert!(empty.state.overlays.is_empty(), "there is nothing to bring down");
    assert!((Action::UnderCap.row().can)(&empty.state).is_err());
}

/// A cap can be typed there, a move of several qualities says by how much, and fewer tries are a hope.
#[test]
fn the_panel_says_what_its_moves_are() {
    let text = "retake = 1\n[assumptions]\nquality = \"high\"\ncap = 20\n[deliverable.a]\nfinals = 24\nretry = 2.0\n\
                [deliverable.b]\nfinals = 48\nretry = 2.0\n[deliverable.c]\nquality = \"medium\"\nfinals = 6\nretry = 2.0\n";
    let mut desk = Desk::of(text);
    desk.keys("U");
    says(&desk, "Cap $20.00 · type another cap");
    let all = found(&desk);
    let named: Vec<String> = all.list().map(|way| under_cap::named(&desk.state, &all, way)).collect();
    let has = |wanted: &str| assert!(named.iter().any(|name| name == wanted), "{wanted}: {named:#?}");
    has("quality one step down · all 3 deliverables (high → medium, medium → low)");
    has("retry 2.00× → 1.00× · all 3 deliverables (if 1 try is enough)");
    // Several values are listed beside each other only where all become the same one.
    let after = |name: &String| name.split_once('→').is_some_and(|(_, after)| after.contains('|'));
    assert!(!named.iter().any(after), "{named:#?}");
}

/// Over the cap, knobs that stay over it at every value are not under the heading of what fits.
#[test]
fn what_does_not_fit_is_not_headed_as_fitting() {
    let mut desk = Desk::of(&project("cap = 0.01"));
    desk.keys("U");
    let screen = words_of(&desk.screen(120, 36));
    assert!(screen.contains("What is not enough by itself") && !screen.contains("What fits"), "{screen}");
}

#[test]
fn what_follows_the_last_way_is_reached_at_any_height() {
    let mut desk = Desk::of(LAUNCH);
    desk.keys("U 20 <enter>");
    let (area, all) = (Rect::new(0, 0, 80, 24), desk.screen(120, 60));
    // The reasons are the last rows of the list.
    let reasons: Vec<&str> = all.lines().filter(|row| row.contains(": already over at")).collect();
    assert!(!reasons.is_empty(), "{all}");
    let measured = |desk: &mut Desk| desk.state.view.furthest_scroll = retake::ui::furthest_scroll(&desk.view(), area);
    for keys in ["G", "<down>", "<pagedown>"] {
        let mut at = Desk::of(LAUNCH);
        at.keys("U 20 <enter>");
        for _ in 0..60 {
            measured(&mut at);
            at.keys(keys);
        }
        let seen = at.screen(80, 24);
        assert!(!seen.replace("more above", "").contains(" more"), "{keys}: {seen}");
        assert!(seen.contains(": already over at"), "{keys}: {seen}");
        // One key up moves at once, however often the way down was pressed.
        measured(&mut at);
        at.keys("<up>");
        assert_ne!(at.screen(80, 24), seen, "{keys}");
    }
}

/// A cap in a currency that is neither the project's nor USD is refused before it counts.
#[test]
fn a_cap_in_another_currency_changes_nothing() {
    let mut desk = Desk::of(LAUNCH);
    let saved = bytes(LAUNCH, &desk);
    desk.keys("U").keys("15 <space> E U R <enter>");
    says(&desk, "cap is in EUR, totals in USD");
    desk.keys("<esc> <esc>");
    assert!(desk.state.overlays.is_empty());
    assert_eq!((bytes(LAUNCH, &desk), desk.state.is_dirty()), (saved, false));
}
