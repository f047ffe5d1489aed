//! How sure the total is, beside it and below the knobs: when it is computed, what gives way, what is not told.

use crate::desk::{Desk, catalog, styles, text_of};
use proptest::prelude::*;
use retake::app::flows::lifecycle;
use retake::app::model::outcome::Outcome;
use retake::app::model::project::LongRisk;
use retake::app::{Focus, HowSure};
use retake::config::welcome::samples;
use retake::cost::Pane;
use retake::cost::risk::Risk;
use retake::project::open::read_text;
use retake::ui::theme::ColourDepth;
use std::path::Path;
use std::sync::atomic::AtomicBool;

fn sample() -> Desk {
    let text = samples().find(|sample| sample.name == "product-launch").unwrap().text;
    Desk::new(read_text(text, Path::new("launch.retake.toml"), catalog()).budget)
}

/// A project whose factors are each their own: more than are computed within a frame.
fn large() -> Desk {
    let line = |at: u32| format!("[deliverable.row-{at}]\nfinals = 3\nretry = {}.{:02}\n", 1 + at % 3, at % 100);
    Desk::of(&format!("retake = 1\n{}", (1..=70).map(line).collect::<String>()))
}

fn headline(desk: &Desk, width: u16, height: u16) -> String {
    let screen = desk.screen(width, height);
    let row =
        screen.lines().find(|row| row.contains("TOTAL $")).or_else(|| screen.lines().find(|row| row.contains("$3")));
    row.unwrap_or_else(|| panic!("{screen}")).trim_end().to_owned()
}

/// The distribution that a frame waits for, as the runtime brings it.
fn arrived(awaited: LongRisk) -> Outcome {
    let change = awaited.change;
    let answer = awaited.compute(&AtomicBool::new(false)).unwrap();
    Outcome::HowSure { change, answer }
}

/// In this order: the words, the bar to six cells, P90, the change; then the bar, the cap itself, P80.
#[test]
fn what_gives_way_beside_the_total() {
    let mut desk = sample();
    desk.keys("+");
    for (width, words, change, bar, p90, p80) in [
        (120, true, true, true, true, true),
        (80, false, true, true, true, true),
        (74, false, true, true, true, true),
        (70, false, true, true, false, true),
        (56, false, false, true, false, true),
        (46, false, false, false, false, true),
        (30, false, false, false, false, false),
    ] {
        let row = headline(&desk, width, 36);
        let told = (
            row.contains("since opening"),
            row.contains("+$0.47"),
            row.contains('█'),
            row.contains("P90 $39.19"),
            row.contains("P80 $34.80"),
        );
        assert_eq!(told, (words, change, bar, p90, p80), "{width}: {row}");
        assert!(row.contains("$36.08") && row.contains("$3.92 left"), "{width}: {row}");
    }
}

#[test]
fn the_percentiles_stand_at_the_right_and_below_the_large_digits() {
    let desk = sample();
    assert!(headline(&desk, 120, 36).ends_with("  P80 $34.38 · P90 $38.74"));
    let screen = desk.screen(160, 45);
    let row = screen.lines().find(|row| row.contains("$4.39 left of $40")).unwrap();
    assert!(row.contains("P80 $34.38 · P90 $38.74"), "{row}");
    for key in ["<alt-2>", "<alt-3>", "<alt-4>"] {
        let mut desk = sample();
        desk.keys(key);
        assert!(headline(&desk, 120, 36).contains("P80 $34.38 · P90 $38.74"), "{key}");
    }
}

#[test]
fn a_percentile_over_the_cap_says_so_without_colour_too() {
    let mut desk = sample();
    for (cap, told) in [
        ("$40", "P80 $34.38 · P90 $38.74"),
        ("$38", "P80 $34.38 · P90 $38.74 > cap"),
        ("$36", "P80 $34.38 · P90 $38.74 > cap"),
        ("$34", "$1.61 over $34"),
        ("$34", "P80 $34.38 > cap · P90 $38.74 > cap"),
    ] {
        let state = &mut desk.state;
        (state.view.focus, state.view.field_at[Pane::Buffer as usize]) = (Focus::Pane(Pane::Buffer), 1);
        desk.keys(&format!("<enter> <ctrl-u> {cap} <enter>"));
        assert!(headline(&desk, 120, 36).contains(told), "{cap}: {}", headline(&desk, 120, 36));
    }
    desk.keys("u");
    desk.styles = styles("dark", ColourDepth::None);
    assert!(headline(&desk, 120, 36).contains("> cap"));
}

/// Nothing is told that is not known, and a percentile that nothing rests on is no percentile.
#[test]
fn what_is_not_known_is_left_out() {
    let with = |lines: &str| Desk::of(&format!("retake = 1\n[deliverable.a]\nratio = \"4:5\"\n{lines}"));
    for (name, lines, p80, p90) in [
        ("counts", "finals = 24\nretry = 2", true, true),
        ("nothing varies", "finals = 24\nretry = 1", false, false),
        ("no finals", "finals = 0", false, false),
        (
            "no price",
            "finals = 24\nmodel = \"gpt-image-2.6-flare\"\nquality = \"medium\"\nsize = \"2048x2048\"",
            false,
            false,
        ),
        ("a range without experience", "finals = 24\nretry = { low = 1, likely = 2, high = 40 }", true, false),
    ] {
        let screen = with(lines).screen(120, 36);
        assert_eq!((screen.contains("P80 $"), screen.contains("P90 $")), (p80, p90), "{name}\n{screen}");
    }
}

#[test]
fn the_buffer_says_what_it_covers_and_what_more_needs() {
    for (width, height, told) in [
        (80, 24, "covers P83 54 % for P90"),
        (120, 36, "covers P83 54 % for P90"),
        (200, 60, "covers P83 P90 needs 54 % here"),
    ] {
        let screen = sample().screen(width, height);
        let pane: Vec<&str> = screen.lines().filter_map(|row| row.rsplit('│').nth(1)).map(str::trim).collect();
        assert!(pane.join(" ").split_whitespace().collect::<Vec<_>>().join(" ").contains(told), "{screen}");
    }
    let wide = |retry: &str| {
        let text =
            format!("retake = 1\n[assumptions]\nretry = {retry}\nbuffer = \"60%\"\n[deliverable.a]\nfinals = 24\n");
        let mut desk = Desk::of(&text);
        (desk.state.view.focus, desk.state.view.zoomed) = (Focus::Pane(Pane::Buffer), true);
        desk.screen(120, 36)
    };
    assert!(wide("2").contains("covers P95") && !wide("2").contains("needs"), "{}", wide("2"));
    let withheld = wide("{ low = 1, likely = 2, high = 9 }");
    assert!(withheld.contains("covers P80 or more") && !withheld.contains("P90"), "{withheld}");
    assert!(!wide("1").contains("covers"), "nothing varies");
}

/// The buffer that is named, once it is set, covers what it was named for.
#[test]
fn the_buffer_that_is_named_is_enough() {
    for buffer in [0, 5, 20, 29, 31, 40, 46] {
        let mut desk = sample();
        desk.keys("[");
        desk.state.view.focus = Focus::Pane(Pane::Buffer);
        desk.keys(&format!("<enter> <ctrl-u> {buffer}% <enter> A"));
        let HowSure::Known(risk) = desk.state.how_sure() else { panic!() };
        let coverage =
            retake::figures::Coverage::of(desk.state.estimate(), risk, retake::figures::BufferOf::All).unwrap();
        let within = risk.within(desk.state.estimate().totals.total.unwrap());
        if let Some((name, percent)) = coverage.next {
            let asked: u32 = name.trim_start_matches('P').parse().unwrap();
            assert!(within < rust_decimal::Decimal::new(asked.into(), 2), "{name} is reached already");
            let needed: u32 = percent.trim_end_matches(['%', ' ', '\u{a0}', '\u{202f}']).parse().unwrap();
            assert!(needed > buffer, "{buffer}: {name} needs {percent}");
        }
    }
}

#[test]
fn it_is_computed_only_to_be_drawn_and_once() {
    let desk = sample();
    let at = |desk: &Desk| match desk.state.how_sure() {
        HowSure::Known(risk) => std::ptr::from_ref(risk),
        other => panic!("{other:?}"),
    };
    let first = at(&desk);
    desk.screen(120, 36);
    assert_eq!(first, at(&desk), "kept between frames");
    let mut desk = large();
    desk.keys("+ + +");
    assert!(desk.state.project.awaited_change().is_none(), "nobody has drawn it");
    desk.screen(120, 36);
    assert!(desk.state.project.awaited_change().is_some());
}

/// Keys go on meanwhile, and a figure of an earlier project is never shown as today's.
#[test]
fn what_takes_long_comes_later_and_never_too_late() {
    let mut desk = large();
    assert!(headline(&desk, 120, 36).ends_with("P80 …"), "{}", headline(&desk, 120, 36));
    let first = desk.state.project.awaited_risk(&desk.state.session).unwrap();
    desk.keys("+");
    assert!(desk.screen(120, 36).contains("P80 …"));
    let second = desk.state.project.awaited_risk(&desk.state.session).unwrap();
    assert!(second.change > first.change);
    lifecycle::apply_outcome(&mut desk.state, arrived(first));
    assert!(desk.screen(120, 36).contains("P80 …"), "that was before the edit");
    lifecycle::apply_outcome(&mut desk.state, arrived(second));
    let shown = desk.screen(120, 36);
    assert!(shown.contains("P80 $") && !shown.contains('…'), "{shown}");
    assert!(desk.state.project.awaited_change().is_none());
    // What is no part of it leaves it as it is.
    desk.keys("r").type_text("Another name").keys("<enter>");
    assert!(desk.screen(120, 36).contains("P80 $"));
    // One other factor among seventy that are kept is there at once.
    desk.keys("u u");
    assert!(desk.screen(120, 36).contains("P80 $"), "the edit is undone");
    let full = Risk::of(desk.state.budget(), desk.state.estimate(), catalog()).unwrap();
    assert!(matches!(desk.state.how_sure(), HowSure::Known(shown) if *shown == full));
}

/// Finding what varies in thousands of deliverables is no work for a frame, and neither is finding that there is no answer.
#[test]
fn of_many_deliverables_it_comes_after_the_frame() {
    let line = |at: u32| format!("[deliverable.row-{at}]\nfinals = 3\n");
    let text = format!("retake = 1\n{}", (0..1_001).map(line).collect::<String>());
    for (more, answer) in [("", "P80 $"), ("[deliverable.auto]\nfinals = 3\nquality = \"auto\"\n", "unknown")] {
        let mut desk = Desk::of(&format!("{text}{more}"));
        assert!(desk.screen(120, 36).contains("P80 …"));
        let awaited = desk.state.project.awaited_risk(&desk.state.session).unwrap();
        lifecycle::apply_outcome(&mut desk.state, arrived(awaited));
        let shown = desk.screen(120, 36);
        assert!(shown.contains(answer) && !shown.contains("P80 …"), "{shown}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever was pressed: what is drawn is the distribution of what is on screen.
    #[test]
    fn the_distribution_is_that_of_the_screen(keys in prop::collection::vec(0..KEYS.len(), 1..8)) {
        let mut desk = sample();
        for key in keys {
            desk.keys(KEYS[key]);
            desk.screen(80, 24);
            let full = Risk::of(desk.state.budget(), desk.state.estimate(), catalog());
            match (desk.state.how_sure(), &full) {
                (HowSure::Known(shown), Ok(full)) => prop_assert!(shown == full, "{}", KEYS[key]),
                (HowSure::Missing(shown), Err(full)) => prop_assert_eq!(shown, *full),
                other => prop_assert!(false, "{other:?}"),
            }
        }
    }
}

const KEYS: [&str; 14] =
    ["+", "<minus>", "u", "<ctrl-r>", "D", "x", "J", "v <esc>", "{", "}", "]", "<tab> >", "[ <tab> +", "5 <enter>"];

#[test]
fn a_factor_says_what_is_known_of_it() {
    let with = |retry: &str| {
        let mut desk = Desk::of(&format!("retake = 1\n[deliverable.a]\nfinals = 24\nretry = {retry}\n"));
        (desk.state.view.focus, desk.state.view.zoomed) = (Focus::Pane(Pane::Retry), true);
        let frame = desk.frame(120, 36);
        text_of(&frame)
    };
    for (retry, told) in [
        ("2", ["some experience", "8 of 10: 1.47–2.67×"]),
        ("{ accepted = \"50%\" }", ["some experience", "8 of 10: 1.47–2.67×"]),
        ("{ factor = 2, confidence = \"guess\" }", ["a guess", "8 of 10: 1.32–2.90×"]),
        ("{ factor = 2, confidence = \"measured\" }", ["measured", "8 of 10: 1.60–2.48×"]),
        ("{ factor = 2, confidence = \"well-known\" }", ["well known", "8 of 10: 1.70–2.33×"]),
        ("{ factor = 2, confidence = \"fixed\" }", ["certain", "2.00×"]),
    ] {
        let screen = with(retry);
        assert!(told.iter().all(|told| screen.contains(told)), "{retry}\n{screen}");
    }
    assert!(!with("{ factor = 2, confidence = \"fixed\" }").contains("8 of 10"));
}
