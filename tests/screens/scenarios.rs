//! Scenarios on screen: made of the changes, looked at, edited, side by side; keys in, figures and pictures out.

use crate::desk::{Desk, TWO_LINES, catalog, words_of};
use retake::app::Screen;
use retake::app::model::outcome::Opened;
use retake::cost::scenario::apply;
use retake::cost::{Knob, Value};
use retake::project::open::read_text;
use std::path::Path;

const SAMPLE: &str = include_str!("../../sample-projects/product-launch.retake.toml");

/// The sample as the program opens it; its assumptions are noted as guesses, which is no problem here.
fn sample() -> Desk {
    let reading = read_text(SAMPLE, Path::new("product-launch.retake.toml"), catalog());
    Desk::opened(Opened { budget: reading.budget, file: Some("a".to_owned()), ..Opened::default() })
}

fn scenario(desk: &Desk) -> Option<&str> {
    desk.state.project.scenario()
}

fn finals(desk: &Desk) -> [u64; 2] {
    let of = |budget: &retake::cost::Budget| match budget.lines[0].settings.value(Knob::Finals) {
        Some(Value::Count(count)) => *count,
        other => panic!("{other:?}"),
    };
    [of(desk.state.base()), of(desk.state.budget())]
}

#[test]
fn a_scenario_is_made_of_the_changes_and_nothing_moves() {
    let mut desk = Desk::of(TWO_LINES);
    let before = desk.state.base().clone();
    desk.keys("+ + +");
    let changed = (desk.state.estimate().clone(), desk.total());
    desk.keys("v");
    assert_eq!(scenario(&desk), Some("finals-27"));
    assert!(desk.screen(120, 36).contains("finals 27"), "{}", desk.screen(120, 36));
    desk.keys("<enter>");
    assert_eq!((desk.state.estimate(), &desk.total()), (&changed.0, &changed.1), "nothing visible moves");
    assert_eq!(desk.state.base().lines, before.lines, "the project is as it was before the changes");
    assert_eq!(finals(&desk), [24, 27]);
    desk.assert_sound();
    // One step: its undo puts the changes back into the project.
    desk.keys("u");
    assert_eq!((scenario(&desk), finals(&desk)), (None, [27, 27]));
    assert!(desk.state.base().scenarios.is_empty());
    assert_eq!(desk.total(), changed.1);
    desk.keys("<ctrl-r>");
    assert_eq!((scenario(&desk), finals(&desk)), (Some("finals-27"), [24, 27]));
    desk.keys("u u u u");
    assert_eq!(*desk.state.base(), before);
}

#[test]
fn the_proposed_name_can_be_typed_over_in_the_same_step() {
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("+ v <ctrl-u> m o r e <enter>");
    assert_eq!(scenario(&desk), Some("more"));
    assert_eq!(finals(&desk), [24, 25]);
    desk.keys("u");
    assert_eq!((scenario(&desk), finals(&desk)), (None, [25, 25]));
    desk.keys("u");
    assert!(!desk.state.is_dirty());
    // Several values have a number.
    desk.keys("+ ] + v <esc>");
    assert_eq!(desk.state.base().scenarios.keys().collect::<Vec<_>>(), ["scenario-1"]);
    desk.keys("v");
    let told = desk.state.session.notice.as_ref().map(|notice| notice.text.clone()).unwrap_or_default();
    assert!(told.contains("nothing has changed"), "{told}");
}

#[test]
fn edits_of_a_scenario_go_into_its_patch() {
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("+ v <enter>");
    let base = desk.state.base().lines.clone();
    // A knob, a new deliverable, a deliverable taken out, a name, and the assumptions.
    for keys in ["+ +", "a n e w <enter> 7 <enter>", "x", "g <tab> 3 <enter>", "] r z <enter>"] {
        desk.keys(keys);
        desk.assert_sound();
        assert_eq!(desk.state.base().lines, base, "{keys}: the project's own deliverables stay");
        let scenario = desk.state.base().scenarios["finals-25"].clone();
        let applied = apply(desk.state.base(), &scenario, catalog()).budget;
        assert_eq!(applied.lines, desk.state.budget().lines, "{keys}");
        assert_eq!(applied.assumptions, desk.state.budget().assumptions, "{keys}");
    }
    // Its own step each.
    while desk.state.is_dirty() {
        desk.keys("u");
        desk.assert_sound();
    }
    assert_eq!((scenario(&desk), finals(&desk)), (None, [24, 24]));
}

#[test]
fn a_value_goes_back_to_the_project_s_and_is_remembered_as_it_was() {
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("+ v <enter>");
    let was = |desk: &Desk| {
        let scenario = &desk.state.base().scenarios["finals-25"];
        scenario.was.lines.get("hero").and_then(|patch| patch.line.settings.value(Knob::Finals).cloned())
    };
    assert_eq!(was(&desk), Some(Value::Count(24)));
    desk.keys("<backspace>");
    assert_eq!((finals(&desk), was(&desk)), ([24, 24], None));
    assert!(desk.state.base().scenarios["finals-25"].changes.is_empty());
    desk.assert_sound();
}

#[test]
fn what_a_scenario_cannot_hold_is_refused_with_the_reason() {
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("+ v <enter>");
    for (keys, told) in [("R", "a scenario cannot hold this"), ("J", "a scenario cannot hold this")] {
        let before = desk.state.base().clone();
        desk.keys("h h h h").keys(keys);
        let notice = desk.state.session.notice.as_ref().map(|notice| notice.text.clone()).unwrap_or_default();
        assert!(notice.contains(told), "{keys}: {notice}");
        assert_eq!(*desk.state.base(), before, "{keys}");
    }
}

#[test]
fn each_scenario_is_looked_at_from_every_screen() {
    let mut desk = sample();
    let own = desk.total();
    for screen in ["<alt-1>", "<alt-2>", "<alt-3>", "<alt-4>"] {
        desk.keys(screen);
        let mut seen = vec![(scenario(&desk).map(str::to_owned), desk.total())];
        for _ in 0..3 {
            desk.keys("}");
            desk.assert_sound();
            seen.push((scenario(&desk).map(str::to_owned), desk.total()));
        }
        let keys: Vec<_> = seen.iter().map(|(key, _)| key.as_deref()).collect();
        assert_eq!(keys, [None, Some("client-2k"), Some("lean"), None], "{screen}");
        assert!(seen[0].1 == own && seen[3].1 == own && seen[1].1 != own && seen[2].1 != own, "{seen:?}");
        desk.keys("{");
        assert_eq!(scenario(&desk), Some("lean"));
        assert!(desk.screen(120, 36).contains("scenario: Batch, no mail"), "{}", desk.screen(120, 36));
        desk.keys("}");
    }
    assert!(!desk.state.is_dirty(), "looking is no edit");
}

#[test]
fn the_screen_has_the_baseline_first_and_room_for_two_columns_at_80() {
    let mut desk = sample();
    desk.keys("<alt-4>");
    assert_eq!(desk.state.view.screen, Screen::Scenarios);
    let wide = desk.screen(160, 45);
    for told in ["project", "Client wants 2K", "Batch, no mail", "→ 1600×2000", "TOTAL", "$54.72", "+$19.11", "+54 %"]
    {
        assert!(wide.contains(told), "{told}\n{wide}");
    }
    for (width, height) in crate::desk::SIZES {
        desk.screen(width, height);
    }
    let all = desk.screen(80, 24);
    assert!(!all.contains(['›', '‹']) && all.contains("Batch, no mail"), "three columns have room\n{all}");
    desk.keys("l l <enter>");
    assert_eq!((desk.state.view.screen, scenario(&desk)), (Screen::Worksheet, Some("lean")));
}

#[test]
fn columns_are_duplicated_named_noted_deleted_and_compared_with() {
    let mut desk = sample();
    let original = desk.state.base().clone();
    desk.keys("<alt-4> l D");
    assert_eq!(desk.state.base().scenarios.len(), 3);
    desk.keys("r").keys("<ctrl-u> O t h e r <enter> N").type_text("asked by phone");
    desk.keys("<enter>");
    let copy = desk.state.base().scenarios.values().find(|scenario| scenario.name.as_deref() == Some("Other"));
    assert_eq!(copy.and_then(|scenario| scenario.note.as_deref()), Some("asked by phone"));
    assert!(desk.screen(120, 36).contains("Other: asked by phone"), "{}", desk.screen(120, 36));
    desk.keys("B");
    assert!(desk.state.base().baseline.scenario.is_some());
    assert_eq!(desk.state.view.scenario_column, 0, "the baseline is the first column");
    desk.keys("x");
    assert_eq!((desk.state.base().scenarios.len(), desk.state.base().baseline.scenario.as_deref()), (2, None));
    while desk.state.is_dirty() {
        desk.keys("u");
    }
    assert_eq!(*desk.state.base(), original);
}

#[test]
fn a_locked_baseline_is_told_in_the_title() {
    let mut desk = sample();
    desk.keys("<alt-4> L");
    let baseline = desk.state.base().baseline.clone();
    assert_eq!(baseline.total, Some("35.61".parse().unwrap()));
    assert_eq!((baseline.on, baseline.lines.len()), (Some(crate::desk::TODAY), 3));
    desk.keys("<alt-1> +");
    let screen = desk.screen(160, 45);
    assert!(screen.contains("since 2026-11-21: +$"), "{screen}");
    // Another scenario beside it is no change since that day.
    desk.keys("<alt-4> l <enter>");
    assert!(!desk.screen(160, 45).contains("since 2026-11-21"), "{}", desk.screen(160, 45));
}

#[test]
fn a_lock_ends_with_the_baseline_that_it_was_of() {
    // B on another column, and x on the locked scenario: what was locked is no total of what the columns are compared with then.
    for (lock, other, scenario) in [("L", "l B", Some("client-2k")), ("l B L", "l B", None), ("l B L", "x", None)] {
        let mut desk = sample();
        desk.keys("<alt-4>").keys(lock);
        let locked = desk.state.base().baseline.clone();
        assert!(locked.total.is_some() && !locked.lines.is_empty(), "{lock}");
        desk.keys(other);
        let after = &desk.state.base().baseline;
        assert_eq!((after.scenario.as_deref(), after.total, after.lines.len()), (scenario, None, 0), "{lock} {other}");
        let screen = desk.screen(160, 45);
        assert!(screen.contains("locked at $") && !screen.contains("since 2026-11-21"), "{screen}");
        desk.keys("u");
        assert_eq!(desk.state.base().baseline, locked, "one undo brings the lock back");
    }
    // The same column again changes nothing.
    let mut desk = sample();
    desk.keys("<alt-4> L B");
    assert!(desk.state.base().baseline.total.is_some());
}

#[test]
fn backspace_takes_only_changes_out_of_a_scenario() {
    let text = "retake = 1\n[deliverable.hero]\nfinals = 10\nsize = \"1600x2000\"\n[deliverable.b]\nfinals = 1\n\
                [scenario.x]\ndeliverable.hero.finals = 12\n";
    let reading = read_text(text, Path::new("a.toml"), catalog());
    let mut desk = Desk::opened(Opened { budget: reading.budget, file: Some("a".to_owned()), ..Opened::default() });
    desk.keys("}");
    assert_eq!((scenario(&desk), finals(&desk)), (Some("x"), [10, 12]));
    desk.keys("<backspace>");
    assert_eq!(finals(&desk), [10, 10], "the change is out");
    let before = desk.state.base().clone();
    desk.keys("<backspace>");
    assert_eq!(*desk.state.base(), before, "there is nothing to take out any more");
    let screen = desk.screen(120, 36);
    assert!(screen.contains("x does not change this value"), "{screen}");
    // An emptied field is the same.
    desk.keys("<enter> <ctrl-u> <enter>");
    assert_eq!((finals(&desk), desk.state.base()), ([10, 10], &before));
}

#[test]
fn without_scenarios_the_screen_says_how_to_make_one() {
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("<alt-4>");
    assert!(desk.screen(120, 36).contains("No scenarios yet"), "{}", desk.screen(120, 36));
    desk.keys("}");
    let told = desk.state.session.notice.as_ref().map(|notice| notice.text.clone()).unwrap_or_default();
    assert!(told.contains("no scenarios yet"), "{told}");
}

#[test]
fn two_sizes_stand_side_by_side_after_six_keys() {
    let mut desk = sample();
    desk.keys("h");
    let size = desk.state.fields(retake::cost::Pane::OutputSpec).iter().position(|field| field.knob() == Knob::Size);
    let mut keys = 1;
    for _ in 0..size.unwrap() {
        desk.keys("j");
        keys += 1;
    }
    desk.keys("+ v <esc> <alt-4>");
    keys += 4;
    let screen = desk.screen(120, 36);
    assert!(screen.contains("PDP hero · size") && screen.contains("→ "), "{screen}");
    assert!(keys <= 6, "{keys} keys");
}

/// The sample with more scenarios than have room, and longer names.
fn crowded() -> Desk {
    let more = ["", "with a longer name than most", "and another long name", "the last"];
    let added = (1..more.len()).map(|at| {
        format!("\n[scenario.more-{at}]\nname = \"Scenario {}\"\nassumptions.buffer = \"{at}%\"\n", more[at])
    });
    let text = SAMPLE.replacen("\n[scenario.", &format!("{}\n[scenario.", added.collect::<String>()), 1);
    let reading = read_text(&text, Path::new("product-launch.retake.toml"), catalog());
    Desk::opened(Opened { budget: reading.budget, file: Some("a".to_owned()), ..Opened::default() })
}

#[test]
fn more_columns_than_have_room_are_marked_and_reached() {
    let mut desk = crowded();
    desk.keys("<alt-4>");
    let names: Vec<String> = retake::cost::scenario::columns(desk.state.base())
        .into_iter()
        .map(|key| retake::app::actions::scenarios::title(&desk.state, key))
        .collect();
    assert_eq!(names.len(), 6);
    let (mut left, mut right) = (0, 0);
    for name in &names {
        let narrow = desk.screen(80, 24);
        let begin: String = name.chars().take(12).collect();
        assert!(narrow.contains("project") && narrow.contains(&begin), "{name}\n{narrow}");
        left += usize::from(narrow.contains('‹'));
        right += usize::from(narrow.contains('›'));
        desk.keys("l");
    }
    assert!(left > 0 && right > 0, "{left} {right}");
}

#[test]
fn the_sums_stay_in_sight_while_the_values_scroll() {
    let mut desk = crowded();
    desk.keys("<alt-4>");
    for (width, height) in [(160, 45), (120, 36), (100, 30), (80, 24), (50, 16)] {
        let mut seen = std::collections::BTreeSet::new();
        for scrolled in 0..12 {
            desk.state.view.scenarios_scroll = scrolled;
            let screen = desk.screen(width, height);
            let rows = |wanted: &str| screen.lines().filter(|row| row.contains(wanted)).count();
            let pinned = ["TOTAL  ", "against baseline", "in percent"];
            assert!(height < 20 || pinned.iter().all(|label| rows(label) > 0), "{width}x{height}\n{screen}");
            seen.extend(screen.lines().map(str::to_owned));
        }
        let values = retake::app::actions::scenarios::table(&desk.state).values();
        for (label, _) in values {
            let begin: String = label.chars().take(8).collect();
            assert!(seen.iter().any(|row| row.contains(&begin)), "{label} at {width}x{height}");
        }
    }
}

#[test]
fn the_footer_says_how_a_scenario_is_shown_and_left() {
    for (width, height) in [(160, 45), (120, 36), (80, 24)] {
        let mut desk = sample();
        for keys in ["<alt-4>", "l", "}", "{"] {
            let screen = desk.keys(keys).screen(width, height);
            let footer = screen.lines().last().unwrap_or_default();
            assert!(footer.contains("Enter show on the worksheet"), "{keys} {width}x{height}\n{screen}");
        }
        // And elsewhere with a scenario on screen, how it is left again.
        for tab in ["<alt-1>", "<alt-2>"] {
            let screen = desk.keys("} {").keys(tab).screen(width, height);
            assert!(!screen.contains("{} other scenario"), "{width}x{height}\n{screen}");
            let screen = desk.keys("}").screen(width, height);
            assert!(screen.contains("{} other scenario"), "{width}x{height}\n{screen}");
            desk.keys("{");
        }
    }
}

#[test]
fn a_move_under_the_cap_is_of_the_scenario_on_screen() {
    let mut desk = sample();
    let project = desk.state.base().clone();
    let own = desk.state.project.base_estimate().totals.total;
    desk.keys("}");
    let (key, before) = (scenario(&desk).map(str::to_owned).unwrap_or_default(), desk.state.estimate().totals.total);
    assert_ne!(own, before);
    desk.keys("U 30 <enter>");
    let Some(retake::app::Overlay::UnderCap(open)) = desk.state.overlays.top() else { panic!("not open") };
    let found = open.found.clone().expect("nothing was searched");
    assert_eq!(found.total, before, "the total searched from is that of the scenario");
    for at in 0..found.count() {
        let way = found.list().nth(at).map(|way| way.total());
        desk.keys("U");
        for _ in 0..at {
            desk.keys("j");
        }
        desk.keys("<enter>");
        assert_eq!(Some(desk.state.estimate().totals.total), way, "{at}");
        desk.assert_sound();
        let base = desk.state.base();
        assert_eq!((&base.lines, &base.assumptions), (&project.lines, &project.assumptions), "{at}: in the scenario");
        let applied = apply(base, &base.scenarios[&key], catalog()).budget;
        assert_eq!(
            (&applied.lines, &applied.assumptions),
            (&desk.state.budget().lines, &desk.state.budget().assumptions)
        );
        desk.keys("u");
        assert_eq!((scenario(&desk), desk.state.estimate().totals.total), (Some(&*key), before), "{at}: one step");
    }
    desk.keys("u");
    assert_eq!(*desk.state.base(), project, "the cap was one too");
    assert!(!desk.state.is_dirty());
}

/// A deliverable that only the scenario has is selected: what another program writes keeps it selected.
#[test]
fn what_another_program_writes_keeps_the_selection_within_a_scenario() {
    use retake::app::flows::lifecycle::apply_outcome;
    use retake::app::model::outcome::{ExternalChange, How, Outcome};
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("+ v <enter> [ D");
    let key = desk.state.line().map(|line| line.key.clone());
    let mut theirs = desk.state.base().clone();
    assert!(theirs.lines.iter().all(|line| Some(&line.key) != key.as_ref()), "the project does not have it");
    theirs.lines.remove(1);
    let opened = Opened { budget: theirs, file: Some("a".to_owned()), ..Opened::default() };
    let change = Box::new(ExternalChange { opened, dirty: true, how: How::Reloaded });
    apply_outcome(&mut desk.state, Outcome::ExternalChange { change, then_save: false });
    assert_eq!(scenario(&desk), Some("finals-25"));
    assert_eq!(desk.state.line().map(|line| line.key.clone()), key);
    desk.assert_sound();
}

#[test]
fn a_scenario_that_another_program_deletes_is_told() {
    use retake::app::flows::lifecycle::apply_outcome;
    use retake::app::model::outcome::{ExternalChange, How, Outcome};
    let mut desk = sample();
    desk.keys("}");
    let mut theirs = desk.state.base().clone();
    theirs.scenarios.remove("client-2k");
    let opened = Opened { budget: theirs, file: Some("a".to_owned()), ..Opened::default() };
    let change = Box::new(ExternalChange { opened, dirty: false, how: How::Reloaded });
    apply_outcome(&mut desk.state, Outcome::ExternalChange { change, then_save: false });
    assert_eq!(scenario(&desk), None);
    let notice = desk.state.session.notice.as_ref().unwrap();
    assert!(
        notice.text.starts_with("the scenario Client wants 2K was deleted, so the project is on screen"),
        "{}",
        notice.text
    );
    assert!(notice.text.contains("scenarios changed"), "{}", notice.text);
}

#[test]
fn a_copied_estimate_says_which_scenario_it_is_of() {
    let mut desk = sample();
    let copied = |desk: &mut Desk| match desk.keys("<ctrl-y> <down> <enter>").effects.pop() {
        Some(retake::app::model::outcome::Effect::Copy(text)) => text,
        other => panic!("{other:?}"),
    };
    assert!(!copied(&mut desk).contains("Scenario"));
    desk.keys("}");
    let text = copied(&mut desk);
    assert!(text.contains("Scenario: Client wants 2K") && text.contains("$54.72"), "{text}");
}

#[test]
fn a_scenario_whose_base_moved_says_so_when_it_is_shown() {
    let notice = |desk: &Desk| desk.state.session.notice.as_ref().map(|notice| notice.text.clone()).unwrap_or_default();
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("+ v <enter> { }");
    assert_eq!(notice(&desk), format!("on screen: finals 25, {}", desk.total()));
    desk.keys("{ + + + }");
    assert!(notice(&desk).contains("was 24 when the scenario was written"), "{}", notice(&desk));
    desk.keys("{ x }");
    assert!(notice(&desk).contains("hero no longer exists"), "{}", notice(&desk));
    desk.assert_sound();
}

/// Whatever comes, goes, moves or is undone while a scenario is on screen, what is kept of the look before is never stale.
#[test]
fn a_scenario_on_screen_has_the_figures_of_a_full_computation_after_every_key() {
    let beside = "[bills]\ncompare = [\"muapi\", \"fal\"]\n[scenario.a.assumptions]\nretry = 2.5\n\
                  [scenario.b.deliverable.hero]\nquality = \"low\"\n[scenario.c.deliverable.hero]\nremove = true\n";
    let keys = "} + D <esc> + x u u u <ctrl-r> <ctrl-r> J K } D <esc> x x u <ctrl-r> u u } a <esc> u D <esc> x u { { + u } u u u";
    for fees in ["", "[fee.review]\namount = 3\nper = \"final\"\n"] {
        let mut desk = Desk::of(&format!("{TWO_LINES}\n{beside}{fees}"));
        for key in keys.split(' ') {
            desk.keys(key);
            desk.assert_sound();
        }
    }
}

/// What is doubtful about the scenario on screen is told once when it comes, and stays among the issues.
#[test]
fn the_issues_hold_what_is_doubtful_about_the_scenario() {
    let text = format!(
        "{TWO_LINES}\n[scenario.less]\ndeliverable.gone.retry = 2\ndeliverable.hero.size = \"2k\"\n\
         was = {{ \"deliverable.hero.size\" = \"3k\" }}\n"
    );
    let text = text.replace("\"3k\"", "\"1024x1024\"");
    let mut desk = Desk::of(&text);
    desk.keys("i");
    assert!(!desk.screen(120, 36).contains("no longer exists"), "the project has none of them");
    desk.keys("<esc> } i");
    let screen = words_of(&desk.screen(160, 45));
    for said in ["gone no longer exists, so the scenario does not change it", "but the project now has"] {
        assert!(screen.contains(said), "{said}\n{screen}");
    }
    desk.keys("<enter>");
    assert_eq!(desk.state.view.screen, Screen::Scenarios, "Enter leads to the scenarios");
}
