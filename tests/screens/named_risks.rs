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
    assert!(
        told.contains("Extra round 40 % 6–20 finals of PDP hero, likely 12") || told.contains("Extra round 40 % $"),
        "{told}"
    );
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
        ("r <down> 3 0 <enter> <enter>", "fill in one of the two"),
        ("r <down> 3 0 <down> 5 <down> <down> 7 <enter>", "fill in one of the two"),
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
    assert!(told.contains("round 40 % off"), "{told}");
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
    assert!(told.contains("a 40 % $15.00"), "an amount says its currency\n{told}");
}

const THREE: &str = "retake = 1\n[assumptions]\nretry = 2\n[deliverable.hero]\nname = \"PDP hero\"\nfinals = 24\n\
[risk.a-round]\nname = \"Another round\"\nchance = \"30%\"\nfinals = 6\ndeliverable = \"hero\"\n\
[risk.b-day]\nname = \"Lost day\"\nchance = \"20%\"\namount = 50\n[risk.c-move]\nname = \"Reshoot\"\nchance = \"5%\"\namount = 90\n";

/// Draws as the program does: what a frame measures is known to the next key.
fn keys_in(desk: &mut Desk, keys: &str, (width, height): (u16, u16)) -> String {
    let area = ratatui::layout::Rect::new(0, 0, width, height);
    for key in keys.split_whitespace() {
        let (first, furthest) = retake::ui::scrolled(&desk.view(), area);
        (desk.state.view.first_line, desk.state.view.furthest_scroll) = (first, furthest);
        desk.keys(key);
    }
    desk.screen(width, height)
}

/// The arrows go from one named risk to the next, the selected one is in sight, and Enter opens it.
#[test]
fn the_selected_risk_is_the_one_that_enter_opens() {
    for size in [(160, 45), (120, 36), (80, 24)] {
        for (keys, name, key) in [
            ("", "▸Lost day", "b-day"),
            ("<down>", "▸Reshoot", "c-move"),
            ("<down> j", "▸Another", "a-round"),
            ("<down> j k", "▸Reshoot", "c-move"),
        ] {
            let mut desk = Desk::of(THREE);
            desk.keys("<alt-3>");
            // Where the text is longer than its panel, the first step comes to the selected risk.
            let area = ratatui::layout::Rect::new(0, 0, size.0, size.1);
            let is_long = retake::ui::scrolled(&desk.view(), area).1 > 0;
            let screen = keys_in(&mut desk, &format!("{} {keys}", if is_long { "<down>" } else { "" }), size);
            assert!(screen.contains(name), "{size:?} {keys}: {name}\n{screen}");
            desk.keys("<enter> <enter>");
            let page = words_of(&desk.screen(160, 45));
            assert!(page.contains(&format!("risk {key}")), "{size:?} {keys}\n{page}");
        }
    }
}

/// In a small window the text before the risks and past them is reached too, and every line of it comes into sight.
#[test]
fn the_text_around_the_risks_still_scrolls() {
    let size = (80, 24);
    let mut desk = Desk::of(THREE);
    desk.keys("<alt-3>");
    let top = keys_in(&mut desk, "", size);
    assert!(top.contains("P80") && !top.contains("What the retry factors rest on"), "{top}");
    let risks = keys_in(&mut desk, "<down>", size);
    assert!(risks.contains("▸Lost day"), "{risks}");
    let end = keys_in(&mut desk, &"<down> ".repeat(30), size);
    assert!(end.contains("What the retry factors rest on"), "{end}");
    let back = keys_in(&mut desk, "<up>", size);
    assert!(back.contains("▸Another"), "{back}");
    let up = keys_in(&mut desk, &"<up> ".repeat(60), size);
    assert_eq!(up.lines().nth(14), top.lines().nth(14), "{up}");
    let paged = keys_in(&mut desk, "<pagedown> <end>", size);
    assert!(paged.contains("What the retry factors rest on"), "{paged}");
    assert_eq!(desk.state.view.selected_risk, 0, "pages select nothing");
}

#[test]
fn a_risk_that_is_gone_leaves_the_last_one_selected() {
    let mut desk = Desk::of(THREE);
    desk.keys("<alt-3>");
    keys_in(&mut desk, "<down> <down> <down> <down>", (160, 45));
    desk.keys("<enter> x <esc>");
    let screen = keys_in(&mut desk, "", (160, 45));
    assert!(screen.contains("▸Reshoot") && !screen.contains("Another round"), "{screen}");
}

/// A risk brings finals or money: typing one takes the other out, as one step, and nothing else stops counting.
#[test]
fn typing_the_other_effect_takes_the_first_out() {
    let risk = "[risk.round]\nchance = \"40%\"\nfinals = 12\ndeliverable = \"hero\"\n";
    let mut desk = Desk::of(&format!("{PROJECT}{risk}"));
    desk.keys("<alt-3> <enter> <enter>");
    let before = p80(&desk);
    desk.keys("<down> <down> <down> <down> <enter> 5 0 <enter>");
    let money = desk.state.budget().risk("round").unwrap();
    assert_eq!(
        [RiskKey::Finals, RiskKey::Deliverable, RiskKey::Amount].map(|key| money.says(key)),
        [false, false, true]
    );
    assert!(p80(&desk) > before, "it counts on");
    desk.keys("<up> <up> <enter> 6 <enter>");
    let finals = desk.state.budget().risk("round").unwrap();
    assert_eq!(
        [RiskKey::Finals, RiskKey::Deliverable, RiskKey::Amount].map(|key| finals.says(key)),
        [true, true, false]
    );
    desk.keys("<esc> <esc> u u");
    assert_eq!(p80(&desk), before, "each was one step");
}

/// The last value that a risk needs is not emptied without a word: the notice, its row and its page say that it no longer counts.
#[test]
fn a_risk_that_stops_counting_says_why() {
    let round = "[risk.round]\nname = \"Extra round\"\nchance = \"40%\"\nfinals = 12\ndeliverable = \"hero\"\n";
    for (rows, keys, why) in [
        (1, "<backspace>", "no chance"),
        (1, "<enter> <ctrl-u> <enter>", "no chance"),
        (2, "<backspace>", "neither finals nor an amount"),
        (3, "<backspace>", "no deliverable for its finals"),
    ] {
        let mut desk = Desk::of(&format!("{PROJECT}{round}"));
        desk.keys("<alt-3>");
        let before = p80(&desk);
        desk.keys("<enter> <enter>");
        for _ in 0..rows {
            desk.keys("<down>");
        }
        desk.keys(keys);
        let told = screen(&desk);
        assert!(told.contains(&format!("Extra round no longer counts: {why}; ")), "{keys} {rows}\n{told}");
        assert!(told.contains(&format!("not counted: {why}")), "its page\n{told}");
        desk.keys("<esc>");
        assert!(screen(&desk).contains(&format!("not counted: {why}")), "its row\n{}", screen(&desk));
        desk.keys("<esc>");
        assert!(screen(&desk).contains(&format!("not counted: {why}")), "the risk screen\n{}", screen(&desk));
        desk.keys("u");
        assert_eq!(p80(&desk), before);
    }
}

/// With a deliverable goes what its risks bring, and the notice says so.
#[test]
fn deleting_a_deliverable_tells_of_the_risks_that_stop_counting() {
    let two = "[deliverable.mail]\nfinals = 3\nretry = 2\n";
    let risk = |key: &str| format!("[risk.{key}]\nchance = \"40%\"\nfinals = 12\ndeliverable = \"hero\"\n");
    for (risks, told) in [
        (risk("round"), "deleted PDP hero. round no longer counts: there is no deliverable hero; u brings it back"),
        (risk("a") + &risk("b"), "deleted PDP hero. 2 named risks no longer count; u brings it back"),
        (String::new(), "deleted PDP hero; u brings it back"),
    ] {
        let mut desk = Desk::of(&format!("{PROJECT}{two}{risks}"));
        desk.keys("x");
        let screen = words_of(&desk.screen(160, 45));
        assert!(screen.contains(told), "{told}\n{screen}");
    }
}

/// 0.3 may be meant as 30 %: it is asked, as in every field of percentages.
#[test]
fn a_chance_below_one_needs_its_sign() {
    let mut desk = desk();
    desk.keys("a").type_text("Rush").keys("<down> 0 . 3 <down> 5 <enter>");
    assert!(screen(&desk).contains("Type 30%, or 0.3%"), "{}", screen(&desk));
    assert!(desk.state.budget().all_risks().is_empty());
    desk.keys("% <enter>");
    assert_eq!(desk.state.budget().risk("rush").unwrap().chance, Some(Decimal::new(3, 1)));
    desk.keys("<enter> <down> <enter> <ctrl-u> 0 . 4 <enter>");
    assert!(screen(&desk).contains("Type 40%, or 0.4%"), "{}", screen(&desk));
}

/// Enter goes from field to field until all is there that a risk needs.
#[test]
fn enter_goes_to_the_next_field_that_is_needed() {
    let mut desk = desk();
    desk.keys("a").type_text("Rush").keys("<enter>");
    let told = screen(&desk);
    assert!(!told.contains("is not a") && !told.contains("fill in one"), "{told}");
    desk.keys("3 0 <enter>");
    assert!(!screen(&desk).contains("fill in one"), "{}", screen(&desk));
    desk.keys("5 <enter>");
    let risk = desk.state.budget().risk("rush").unwrap();
    assert_eq!((risk.chance, risk.says(RiskKey::Finals)), (Some(Decimal::from(30)), true));
    let mut desk = Desk::of("retake = 1\n");
    desk.keys("<alt-3> a").type_text("Rush").keys("<enter> 3 0 <enter> 5 <enter> <enter>");
    assert!(screen(&desk).contains("The extra finals need a deliverable"), "{}", screen(&desk));
}

/// In a scenario the project keeps the risk, and that is what the notice says.
#[test]
fn a_risk_of_the_project_is_off_in_a_scenario_and_stays_in_the_project() {
    let risk = "[risk.round]\nname = \"Extra round\"\nchance = \"40%\"\namount = 12\n[scenario.rush]\n";
    let mut desk = Desk::of(&format!("{PROJECT}{risk}"));
    desk.keys("<alt-3> } <enter> x");
    let told = screen(&desk);
    assert!(told.contains("Extra round is off in this scenario, and the project keeps it"), "{told}");
}

/// Three numbers that nothing can be misread in, the largest share first and by display name; what does not count comes last.
#[test]
fn the_named_risks_are_a_table_by_their_share() {
    let risk = |key: &str, name: &str, amount: u32, more: &str| {
        format!("[risk.{key}]\nname = \"{name}\"\nchance = \"20%\"\namount = {amount}\n{more}")
    };
    let risks = risk("a", "Small", 1, "")
        + &risk("b", "Off", 9, "off = true\n")
        + &risk("c", "Large", 7, "")
        + "[risk.d]\nname = \"Broken\"\namount = 5\n";
    let text = format!("{PROJECT}{risks}");
    let read = retake::project::open::read_text(&text, std::path::Path::new("a.retake.toml"), crate::desk::catalog());
    let mut desk = Desk::new(read.budget);
    desk.keys("<alt-3>");
    for (width, height) in [(80, 24), (100, 30), (120, 36), (160, 45)] {
        let shown = desk.screen(width, height);
        let place = |text: &str| shown.find(text).unwrap_or_else(|| panic!("{text} at {width}x{height}\n{shown}"));
        let order = ["such projects fit the total", "Large ", "Small ", "Broken "].map(place);
        assert!(order.is_sorted(), "{order:?}\n{shown}");
        assert!(place("Large ") < shown.find("uncertainty comes from").unwrap_or(usize::MAX), "{shown}");
        let told = words_of(&shown);
        assert!(told.contains("2 named risks add $1.60 on average"), "{told}");
        assert!(told.contains("without 1 broken risk") || width < 100, "the headline\n{told}");
    }
    let told = words_of(&desk.screen(160, 60));
    for wanted in
        ["Large 20 % $7.00 $1.40", "Broken – not counted: no chance", "Off 20 % off", "1 named risk does not count"]
    {
        assert!(told.contains(wanted), "{wanted}\n{told}");
    }
}

/// Beside the table of amounts, only the risk's own columns are selected.
#[test]
fn a_selected_risk_selects_no_row_of_the_table_beside_it() {
    let risk = "[risk.a]\nname = \"Rush\"\nchance = \"20%\"\namount = 3\n";
    let mut desk = Desk::of(&format!("{PROJECT}{risk}"));
    desk.keys("<alt-3>");
    for (width, height) in [(80, 24), (100, 30)] {
        let frame = desk.frame(width, height);
        let ground = |text: &str, row: u16| {
            let cells: Vec<&str> = (0..width).map(|x| frame[(x, row)].symbol()).collect();
            let at = (0..cells.len()).find(|at| cells[*at..].concat().starts_with(text))?;
            Some(frame[(u16::try_from(at).unwrap(), row)].bg)
        };
        let row = (0..height).find(|row| ground("▸Rush", *row).is_some()).unwrap();
        assert!(ground("10 of 100", row).is_some(), "{}", desk.screen(width, height));
        assert_ne!(ground("Rush", row), ground("Rush", row + 1).or(ground("10 of 100", row)), "{width}x{height}");
        assert_eq!(ground("10 of 100", row), ground("Named risks", row - 1), "{width}x{height}");
    }
}

/// What a risk with three numbers is counted as is told where they are typed and where it is explained.
#[test]
fn three_numbers_are_told_as_what_they_are_counted_as() {
    let mut desk = desk();
    desk.keys("a").type_text("Rush").keys("<enter> 3 0 <enter>");
    assert!(screen(&desk).contains("counted at exactly these three"), "{}", screen(&desk));
    desk.keys("6 / 1 2 / 2 0 <enter> <esc> w");
    let told = words_of(&desk.screen(160, 60));
    assert!(told.contains("counted at exactly these three") && told.contains("Rush"), "{told}");
    assert!(told.contains("30 % · 6–20 finals of PDP hero, likely 12"), "{told}");
}

/// The mail to the team says what the total leaves out, and a percentile over the cap.
#[test]
fn the_mail_to_the_team_tells_of_the_named_risks() {
    let text =
        format!("{PROJECT}[risk.day]\nchance = \"20%\"\namount = 15\n").replace("retry = 2", "retry = 2\ncap = 4");
    let mut desk = Desk::of(&text);
    desk.keys("<ctrl-y> <down> <enter>");
    let copied = desk.effects.iter().rev().find_map(|effect| match effect {
        retake::app::model::outcome::Effect::Copy(clip) => Some(clip.as_str().to_owned()),
        _ => None,
    });
    let copied = words_of(&copied.unwrap());
    assert!(copied.contains("1 named risk is not in the total: $3.00 on average."), "{copied}");
    assert!(copied.contains("over the cap of $4.00."), "{copied}");
}

/// Without finals the risks are not computed either, and nobody reads that nothing is uncertain.
#[test]
fn risks_without_finals_are_not_called_certain() {
    let mut desk = Desk::of("retake = 1\n[risk.day]\nchance = \"20%\"\namount = 15\n");
    let told = words_of(desk.keys("<alt-3>").screen(120, 36).as_str());
    assert!(
        told.contains("so 1 named risk is not computed either") && !told.contains("Nothing is uncertain"),
        "{told}"
    );
}

/// A factor of 1 that was counted is no certainty.
#[test]
fn all_kept_so_far_is_not_called_certain() {
    let text = format!("{PROJECT}[deliverable.mail]\nfinals = 9\nretry = {{ kept = 20, made = 20 }}\n");
    let told = words_of(Desk::of(&text).keys("<alt-3>").screen(160, 60).as_str());
    assert!(told.contains("20 of 20 kept: no retry seen yet") && !told.contains(" certain"), "{told}");
    assert!(told.contains("Count more before you rely on it"), "{told}");
}
