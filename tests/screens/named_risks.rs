//! Named risks on the risk screen and in the form: added, changed, switched off, removed, and what the percentiles say then.

use crate::desk::{Desk, words_of};
use retake::app::HowSure;
use retake::cost::base::money::Decimal;
use retake::cost::budget::{Keyed, RiskKey};

const PROJECT: &str = "retake = 1\n[assumptions]\nretry = 2\n[deliverable.hero]\nname = \"PDP hero\"\nfinals = 24\n";

fn desk() -> Desk {
    let mut desk = Desk::of(PROJECT);
    desk.keys("<alt-3>");
    desk
}

fn p80(desk: &Desk) -> Decimal {
    let HowSure::Known(risk) = desk.state.how_sure() else { panic!() };
    risk.percentile(80)
}

/// The words of the panel beside the picture, or of what lies over both.
fn screen(desk: &Desk) -> String {
    let screen = desk.screen(160, 45);
    if !desk.state.overlays.is_empty() {
        return words_of(&screen);
    }
    let beside: Vec<&str> = screen.lines().filter_map(|row| row.rsplit_once("┃│").map(|(_, right)| right)).collect();
    words_of(&beside.join("\n"))
}

#[test]
fn a_risk_is_added_with_extra_finals_and_undone() {
    let mut desk = desk();
    assert!(screen(&desk).contains("Named risks None. a adds one"), "{}", screen(&desk));
    let (before, total) = (p80(&desk), desk.total());
    desk.keys("a").type_text("Extra round").keys("<down> 4 0 % <down> 6 / 1 2 / 2 0 <enter>");
    let risk = desk.state.budget().risk("extra-round").unwrap();
    assert_eq!((risk.name.as_deref(), risk.deliverable.as_deref()), (Some("Extra round"), Some("hero")));
    desk.keys("<esc>");
    let told = screen(&desk);
    assert!(told.contains("Extra round 40% · 6/12/20 finals of PDP hero"), "{told}");
    assert!(told.contains("named risks") && p80(&desk) > before, "its share is a layer of its own\n{told}");
    assert_eq!(desk.total(), total, "the worksheet's total stays what it is");
    desk.keys("u");
    assert!(desk.state.budget().all_risks().is_empty() && p80(&desk) == before);
}

#[test]
fn an_amount_is_added_switched_off_changed_and_removed() {
    let mut desk = desk();
    let before = p80(&desk);
    desk.keys("a").type_text("lost-day").keys("<down> 3 0 <down> <down> <ctrl-u> <down> 1 5 0 <enter>");
    let with = p80(&desk);
    assert!(with > before && desk.state.budget().risk("lost-day").unwrap().says(RiskKey::Amount));
    // Its page: the last row switches it off and on.
    desk.keys("<enter> <end> <enter>");
    assert_eq!(p80(&desk), before, "off");
    assert!(words_of(&desk.screen(160, 45)).contains("The project · risk lost-day"));
    desk.keys("<enter>");
    assert_eq!(p80(&desk), with, "on again");
    desk.keys("<home> <down> <enter> <ctrl-u> 9 0 % <enter>");
    assert!(p80(&desk) > with, "a higher chance");
    desk.keys("<esc> x");
    assert!(desk.state.budget().all_risks().is_empty() && p80(&desk) == before);
    desk.keys("u");
    assert!(p80(&desk) > with);
    desk.keys("<esc> <enter>");
    assert!(words_of(&desk.screen(160, 45)).contains("risk lost-day"), "Enter opens the list");
}

#[test]
fn a_text_that_is_no_value_is_refused_and_stays() {
    for (keys, told) in [
        ("<enter>", "A risk needs a name"),
        ("r <down> 1 4 0 % <down> 5 <enter>", "from 0% to 100%"),
        ("r <down> 3 0 <down> 2 . 5 <enter>", "a whole number"),
        ("r <down> 3 0 <enter>", "fill one of both"),
        ("r <down> 3 0 <down> 5 <down> <down> 7 <enter>", "fill one of both"),
        ("r <down> 3 0 <down> 5 <down> <ctrl-u> n o <enter>", "there is no deliverable no"),
    ] {
        let mut desk = desk();
        desk.keys("a").keys(keys);
        assert!(screen(&desk).contains(told), "{keys}\n{}", screen(&desk));
        assert!(desk.state.budget().all_risks().is_empty(), "{keys}");
    }
}

#[test]
fn a_risk_that_does_not_count_says_so() {
    let text = format!("{PROJECT}[risk.round]\nchance = \"40%\"\nfinals = 12\ndeliverable = \"hero\"\noff = true\n");
    let mut desk = Desk::of(&text);
    let told = screen(desk.keys("<alt-3>"));
    assert!(told.contains("round 40% · 12 finals of PDP hero off"), "{told}");
}

#[test]
fn the_worksheet_says_what_its_total_is_without() {
    let risk = |name: &str, off| format!("[risk.{name}]\nchance = \"40%\"\namount = 15\noff = {off}\n");
    let told = |text: &str| words_of(&Desk::of(text).screen(160, 45)).contains("without ");
    assert!(!told(PROJECT) && !told(&format!("{PROJECT}{}", risk("a", true))), "none is on");
    let text = format!("{PROJECT}{}{}{}", risk("a", false), risk("b", true), risk("c", false));
    let screen = words_of(&Desk::of(&text).screen(160, 45));
    assert!(screen.contains("· without 2 named risks"), "{screen}");
    let told = words_of(Desk::of(&text).keys("<alt-3>").screen(160, 100).as_str());
    assert!(told.contains("a 40% · 15.00 USD"), "an amount says its currency\n{told}");
}
