//! The risk screen: everything that is known of the total's distribution, at any size, and what is said where nothing is.

use crate::desk::{Desk, SIZES, catalog, styles, words_of};
use retake::app::model::outcome::{Effect, Outcome};
use retake::app::{HowSure, Screen};
use retake::config::welcome::samples;
use retake::cost::risk::PERCENTILES;
use retake::figures::{Amount, ReachOf, percentile_name, reach_rows};
use retake::project::open::read_text;
use retake::ui::theme::ColourDepth;
use std::path::Path;
use std::sync::atomic::AtomicBool;

fn sample() -> Desk {
    let text = samples().find(|sample| sample.name == "product-launch").unwrap().text;
    let mut desk = Desk::new(read_text(text, Path::new("launch.retake.toml"), catalog()).budget);
    desk.keys("<alt-3>");
    desk
}

fn of(text: &str) -> Desk {
    let mut desk = Desk::of(&format!("retake = 1\n{text}"));
    desk.keys("<alt-3>");
    desk
}

/// Everything that the screen tells in a window, scrolled from top to bottom.
fn all_of(desk: &mut Desk, (width, height): (u16, u16)) -> String {
    let mut told = String::new();
    loop {
        let screen = desk.screen(width, height);
        let view = desk.view();
        let furthest = retake::ui::furthest_scroll(&view, ratatui::layout::Rect::new(0, 0, width, height));
        told.push_str(&words_of(&screen));
        told.push('\n');
        if desk.state.view.risk_scroll >= furthest {
            break;
        }
        desk.state.view.risk_scroll += 4;
    }
    desk.state.view.risk_scroll = 0;
    told
}

/// Percentiles as sentences, buffers, layers, deliverables, factors, the stress line, and what is not in it.
#[test]
fn the_screen_tells_all_at_every_size() {
    for size in SIZES.into_iter().filter(|(width, _)| *width >= 80).chain([(200, 60)]) {
        let told = all_of(&mut sample(), size);
        for wanted in [
            "P10 10 of 100 $22.23 none",
            "P50 50 of 100 $28.21 none",
            "P80 80 of 100 $34.38 16 %",
            "P90 90 of 100 $38.74 31 %",
            "P95 95 of 100 $43.19 46 %",
            "TOTAL 83 of 100 $35.61 20 %",
            "cap 91 of 100 $40.00 35 %",
            "luck in the tries",
            "not knowing the retry factor",
            "PDP details",
            "8 of 10: 1.47–2.67×",
            "6.2 finals",
        ] {
            assert!(told.contains(wanted), "{wanted} at {size:?}\n{told}");
        }
        assert!(told.contains("20 % more tries than planned"), "{told}");
    }
}

#[test]
fn the_table_goes_both_ways_by_rising_amount() {
    let desk = sample();
    let HowSure::Known(risk) = desk.state.how_sure() else { panic!() };
    let rows = reach_rows(desk.state.budget(), desk.state.estimate(), risk);
    assert!(rows.windows(2).all(|pair| pair[0].usd <= pair[1].usd && pair[0].within <= pair[1].within));
    for percent in PERCENTILES {
        let row = rows.iter().find(|row| row.of == ReachOf::Percentile(percent)).unwrap();
        let amount = Amount::of(&desk.state.budget().shown, risk.percentile(percent)).to_string();
        assert_eq!((row.name.clone(), row.amount.clone()), (percentile_name(percent), amount));
    }
    for row in rows.iter().filter(|row| row.of == ReachOf::Buffer) {
        let usd = row.usd.unwrap();
        assert_eq!(risk.within(usd), row.within);
        let back = risk.buffer_of(usd).unwrap().round_dp(4).normalize();
        let told = if back.is_zero() { "none".to_owned() } else { format!("{back} %") };
        assert_eq!(told, row.buffer.replace(['\u{a0}', '\u{202f}'], " "));
    }
}

/// Every column of the picture, and nothing that is withheld.
#[test]
fn the_picture_marks_percentiles_total_and_cap() {
    for (width, height) in [(120, 36), (160, 45), (200, 60)] {
        let screen = sample().screen(width, height);
        let axis = screen.lines().find(|row| row.contains('●')).unwrap_or_else(|| panic!("{screen}"));
        assert_eq!((axis.matches('▲').count(), axis.matches('!').count()), (5, 1), "{axis}");
        let order: Vec<usize> = ["●", "!"].into_iter().map(|sign| axis.find(sign).unwrap()).collect();
        assert!(order[0] < order[1] && screen.contains('▂'), "{screen}");
    }
    let mut desk = sample();
    desk.ascii = true;
    desk.styles = styles("dark", ColourDepth::None);
    let screen = desk.screen(120, 36);
    assert!(screen.is_ascii() && screen.contains('#') && screen.contains('^') && screen.contains('!'), "{screen}");
    let withheld = of("[deliverable.a]\nfinals = 24\nretry = { low = 1, likely = 2, high = 40 }\n").screen(120, 36);
    assert!(words_of(&withheld).contains("Percentiles above P80 are withheld: a retry"), "{withheld}");
    assert_eq!(withheld.lines().find(|row| row.contains('●')).unwrap().matches('▲').count(), 3, "{withheld}");
    assert!(withheld.contains("P90    withheld") && !withheld.contains("P90 $"), "{withheld}");
}

#[test]
fn without_a_distribution_the_reason_stands_in_its_place() {
    let unpriced = "model = \"gpt-image-2.6-flare\"\nquality = \"medium\"\nsize = \"2048x2048\"";
    for (text, told) in [
        ("[deliverable.a]\nfinals = 0\n".to_owned(), "no deliverable has finals"),
        (format!("[deliverable.a]\nfinals = 4\n{unpriced}\n"), "a part of it has no price"),
    ] {
        for (width, height) in SIZES.into_iter().filter(|(width, _)| *width >= 80) {
            let screen = of(&text).screen(width, height);
            assert!(words_of(&screen).contains(told), "{screen}");
        }
    }
    let certain = of("[deliverable.a]\nfinals = 4\nretry = 1\n").screen(120, 36);
    assert!(certain.contains("P10–P95") && !certain.contains('▲'), "{certain}");
    let line = |at: u32| format!("[deliverable.row-{at}]\nfinals = 3\nretry = {}.{at:02}\n", 1 + at % 3);
    let mut large = of(&(1..=70).map(line).collect::<String>());
    assert!(large.screen(120, 36).contains("is being computed"));
    let awaited = large.state.project.awaited_risk(&large.state.session).unwrap();
    let change = awaited.change;
    let answer = awaited.compute(&AtomicBool::new(false)).unwrap();
    retake::app::flows::lifecycle::apply_outcome(&mut large.state, Outcome::HowSure { change, answer });
    assert!(large.screen(120, 36).contains('▲'));
}

/// One deliverable and forty, and no figure is cut.
#[test]
fn many_deliverables_and_one_have_room() {
    let line = |at: u32| format!("[deliverable.row-{at}]\nname = \"A long name of a thing\"\nfinals = {at}\n");
    let forty: String = (1..=40).map(line).collect();
    let one = "[deliverable.only]\nname = \"Packshot\"\nfinals = 24\nretry = 2\n";
    for (size, long) in [((80, 24), &forty), ((120, 36), &forty), ((200, 60), &forty)] {
        let told = all_of(&mut of(long), size);
        assert!(told.contains("40 deliverables") && !told.contains("$…"), "{told}");
    }
    for size in [(80, 24), (100, 30), (120, 36), (160, 45), (200, 60)] {
        let told = all_of(&mut of(one), size);
        assert!(told.contains("Packshot, its own") && !told.contains("Uncertainty by deliverable"), "{told}");
    }
}

#[test]
fn the_knobs_are_live_and_a_sentence_is_copied() {
    let mut desk = sample();
    assert!(desk.state.view.is_beside(Screen::Risk));
    let before = desk.screen(120, 36);
    desk.keys("+");
    assert_ne!(before, desk.screen(120, 36), "+ steps the finals that were in hand");
    let mut desk = sample();
    desk.keys("y Y");
    let copied: Vec<String> = desk
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Copy(clip) => Some(clip.as_str().to_owned()),
            _ => None,
        })
        .collect();
    assert_eq!(copied[0], "P80: 4 of 5 such projects cost $34.38 or less");
    assert!(copied[1].contains("P80\t80 of 100\t34.38\t16") && copied[1].lines().count() >= 12, "{}", copied[1]);
    desk.keys("w");
    let why = words_of(&desk.screen(120, 36));
    assert!(why.contains("How the distribution is computed") && why.contains("negative binomial"), "{why}");
}

/// Total, cap, P80 and P90 have their names below the axis at every size, and the verdict is the first line of the panel.
#[test]
fn the_axis_names_what_people_come_for() {
    for (width, height) in [(80, 24), (100, 30), (120, 36), (160, 45), (200, 60)] {
        let shown = sample().screen(width, height);
        let rows: Vec<&str> = shown.lines().collect();
        let axis = rows.iter().position(|row| row.contains('●') && row.contains('▲')).unwrap();
        let names = rows[axis + 1..axis + 3].join(" ");
        for name in ["TOTAL", "cap", "P80", "P90"] {
            assert!(names.contains(name), "{name} at {width}x{height}\n{shown}");
        }
        assert!(words_of(&shown).contains("83 of 100 such projects fit the total of $35.61"), "{shown}");
    }
}

/// Without colours the parts of the hill differ by their signs, and nothing is drawn below the least possible total.
#[test]
fn the_hill_has_three_signs_without_colours() {
    for (ascii, signs) in [(false, ['█', '▒', '░']), (true, ['#', ':', '.'])] {
        let mut desk = sample();
        (desk.ascii, desk.styles) = (ascii, styles("dark", ColourDepth::None));
        let shown = desk.screen(160, 45);
        let foot = shown.lines().rfind(|row| row.contains(signs[0]) && row.contains(signs[1]));
        let foot = foot.unwrap_or_else(|| panic!("{shown}"));
        let places = signs.map(|sign| foot.rfind(sign));
        assert!(places[0] < places[1] && places[1] < places[2], "{foot}");
    }
}

/// Percentiles of one amount are one row and one mark, and no buffer is listed twice.
#[test]
fn rows_that_say_the_same_are_one() {
    let mut desk = of("[deliverable.a]\nfinals = 1\nretry = 1.05\n");
    let shown = desk.screen(120, 36);
    let told = words_of(&shown);
    assert!(told.contains("P10–P95 95 of 100") || told.contains("P10–P90 90 of 100"), "{told}");
    assert!(all_of(&mut desk, (80, 24)).matches("100 of 100").count() <= 2, "{told}");
}
