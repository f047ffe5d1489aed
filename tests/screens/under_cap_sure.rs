//! Under the cap at a percentile: `p` holds P80, P90 and the total again against the cap, and what is applied keeps it.

use crate::desk::{Desk, TODAY, catalog, words_of};
use retake::app::HowSure;
use retake::app::flows::lifecycle;
use retake::app::model::outcome::{Effect, Outcome};
use retake::app::model::overlay::Overlay;
use retake::app::model::under_cap::Found;
use retake::cost::levers::sure::ComparedBy;
use retake::cost::{Decimal, Knob};
use std::sync::Arc;

const LAUNCH: &str = include_str!("../../sample-projects/product-launch.retake.toml");

/// A single deliverable: a search takes few distributions.
const SMALL: &str = "retake = 1\n[assumptions]\nquality = \"high\"\nretry = 2.0\nbuffer = \"20%\"\ncap = 10\n\n\
[deliverable.hero]\nname = \"Hero\"\nfinals = 24\nratio = \"4:5\"\n";

fn found(desk: &Desk) -> Arc<Found> {
    let Some(Overlay::UnderCap(open)) = desk.state.overlays.top() else { panic!("not open") };
    open.found.clone().expect("nothing was searched")
}

fn percentile(desk: &Desk, percent: u8) -> Decimal {
    let HowSure::Known(risk) = desk.state.how_sure() else { panic!("no distribution") };
    risk.percentile(percent)
}

fn says(desk: &Desk, (width, height): (u16, u16), sentence: &str) {
    let screen = desk.screen(width, height);
    assert!(words_of(&screen).contains(sentence), "{sentence:?} is not in\n{screen}");
}

#[test]
fn p_goes_from_the_total_to_p80_and_p90_and_back() {
    let mut desk = Desk::of(SMALL);
    desk.keys("U");
    for (compared, sentence) in [
        (ComparedBy::Total, "The total of $"),
        (ComparedBy::Percentile(80), "P80 of $"),
        (ComparedBy::Percentile(90), "P90 of $"),
        (ComparedBy::Total, "The total of $"),
    ] {
        assert_eq!(found(&desk).compared, compared);
        for size in [(160, 45), (120, 36), (80, 24)] {
            says(&desk, size, sentence);
            let name = retake::figures::compared_name(compared);
            says(&desk, size, &format!("compared: {name}"));
            says(&desk, size, "p total, P80, P90");
        }
        if let ComparedBy::Percentile(percent) = compared {
            assert_eq!(found(&desk).total, Some(percentile(&desk, percent)), "the figure beside the total");
            assert!(found(&desk).aims.iter().all(|aim| aim.goal.knob != Knob::Buffer), "a buffer is in no percentile");
        }
        desk.keys("p");
    }
}

#[test]
fn what_is_held_against_the_cap_stays_while_it_is_open() {
    let mut desk = Desk::of(SMALL);
    desk.keys("U <tab> 9 <enter>");
    assert_eq!(found(&desk).compared, ComparedBy::Percentile(80), "another cap keeps it");
    says(&desk, (120, 36), "left of the cap.");
    says(&desk, (120, 36), "P80 $");
    desk.keys("<esc> U");
    assert_eq!(found(&desk).compared, ComparedBy::Total, "opened again, it begins with the total");
}

#[test]
fn each_way_at_p80_keeps_it_and_undo_restores() {
    let mut desk = Desk::of(SMALL);
    desk.keys("U p");
    let all = found(&desk);
    assert!(all.ways.fits == Some(false) && all.ways.single.len() > 2, "{:?}", all.ways.fits);
    let before = percentile(&desk, 80);
    desk.keys("<esc>");
    for (at, way) in all.list().enumerate().filter(|(at, _)| at % 3 == 0) {
        desk.keys("U p");
        for _ in 0..at {
            desk.keys("j");
        }
        desk.keys("<enter>");
        assert_eq!(Some(percentile(&desk, 80)), way.total(), "{at}");
        assert!(percentile(&desk, 80) <= Decimal::TEN, "{at}");
        desk.assert_sound();
        desk.keys("u");
        assert_eq!(percentile(&desk, 80), before, "{at}");
    }
}

#[test]
fn a_percentile_that_is_withheld_says_why() {
    let text = SMALL.replace("retry = 2.0", "retry = { low = 1, likely = 3, high = 9 }");
    let mut desk = Desk::of(&text);
    desk.keys("U p");
    assert!(found(&desk).total.is_some(), "P80 is told");
    desk.keys("p");
    assert!(found(&desk).withheld && found(&desk).count() == 0);
    for size in [(160, 45), (120, 36), (80, 24)] {
        says(&desk, size, "P90 is withheld, so no goal is sought for it.");
        says(&desk, size, "A retry factor is worth less than 3 finals of experience, so this percentile is withheld");
    }
}

#[test]
fn a_search_for_another_figure_runs_beside_the_screen() {
    let mut desk = Desk::of(LAUNCH);
    desk.keys("U");
    desk.holds_lists = true;
    desk.keys("p");
    assert!(desk.state.awaits_under_cap());
    says(&desk, (120, 36), "Searching…");
    says(&desk, (120, 36), "compared: P80");
    let Some(Effect::UnderCap(search)) = desk.effects.pop() else { panic!("no search") };
    assert_eq!(search.compared, ComparedBy::Percentile(80));
    // Esc gives it up, and what comes late reaches nothing.
    desk.keys("<esc>");
    assert!(desk.state.overlays.is_empty() && !desk.state.awaits_under_cap());
    let small = crate::desk::budget(SMALL);
    let late = Outcome::UnderCap(Box::new(search.run(&small, catalog(), TODAY, &|| true).unwrap()));
    assert!(lifecycle::apply_outcome(&mut desk.state, late).is_empty());
    assert!(desk.state.overlays.is_empty());
}

#[test]
fn p_is_no_letter_of_a_cap_and_none_elsewhere() {
    let mut desk = Desk::of(SMALL);
    desk.keys("U 9 p");
    let Some(Overlay::UnderCap(open)) = desk.state.overlays.top() else { panic!("closed") };
    assert!(open.typing && open.entry.text() == "9p" && open.compared == ComparedBy::Total, "{:?}", open.entry.text());
    desk.keys("<esc> ?");
    assert!(words_of(&desk.screen(120, 45)).contains("total, P80, P90"), "the help names it");
}
