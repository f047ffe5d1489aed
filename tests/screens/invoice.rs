//! Surcharge, fees, markup and tax on screen: shown where they are set, out of sight where not, changed and undone.

use crate::desk::{Desk, TWO_LINES, words_of};
use crate::geometry::{figures, whole_figures};
use retake::app::{Effect, Selection};
use retake::cost::base::money::Decimal;
use retake::cost::budget::Charge;
use retake::cost::estimate::{CapState, against_cap};
use retake::cost::{Knob, Setting, Value};
use retake::figures::{Amount, bracket_text};

/// Everything that an invoice may have. Names have no digits.
const ALL: &str = r#"
[fee.retouching]
amount = 4.50
per = "final"
deliverables = ["hero"]

[fee.brief]
amount = "80 USD"
per = "project"
"#;

fn desk() -> Desk {
    let text = TWO_LINES
        .replace("retry = 2.0\n", "retry = 2.0\nsurcharge = \"10%\"\nmarkup = \"15%\"\ntax = \"19%\"\ncap = 500\n");
    Desk::of(&format!("{text}{ALL}"))
}

fn on_project(mut desk: Desk) -> Desk {
    desk.keys("[ [ [");
    assert_eq!(desk.state.view.selection, Selection::Project);
    desk
}

#[test]
fn every_window_shows_the_last_total_and_a_wide_one_each_step() {
    let desk = on_project(desk());
    let total = desk.total();
    for (width, height) in [(80, 24), (120, 36), (160, 45)] {
        let screen = desk.screen(width, height);
        assert!(screen.contains(&total), "{width}x{height}: {total}\n{screen}");
        if width < 110 {
            continue;
        }
        for said in ["project fees", "markup 15 %", "tax 19 %", "fees", "surcharge"] {
            assert!(screen.contains(said), "{width}x{height}: {said}\n{screen}");
        }
        if width < 160 {
            continue;
        }
        let formula = screen.lines().find(|row| row.contains("+ buffer")).unwrap_or_else(|| panic!("{screen}"));
        for said in ["+ fees $80.00", "+ markup $", "+ tax $", &format!("= {total}")] {
            assert!(formula.contains(said), "{said}: {formula}");
        }
    }
}

#[test]
fn the_formula_of_a_deliverable_names_what_it_is_charged() {
    let desk = desk();
    let screen = desk.screen(160, 45);
    for said in ["+ surcharge $", "+ fees $108.00", "+ buffer $"] {
        assert!(screen.contains(said), "{said}: {screen}");
    }
}

#[test]
fn what_is_not_set_is_not_on_the_first_screen_and_there_for_who_comes_to_it() {
    let mut desk = Desk::of(TWO_LINES);
    for (width, height) in [(80, 24), (120, 36), (160, 45)] {
        let screen = desk.screen(width, height);
        for unset in ["surcharge", "markup", "tax", "fees"] {
            assert!(!screen.contains(unset), "{unset} at {width}x{height}\n{screen}");
        }
    }
    desk.keys("<shift-tab> <shift-tab> <shift-tab>");
    desk.state.view.focus = retake::app::Focus::Pane(retake::cost::Pane::Buffer);
    let screen = desk.screen(120, 36);
    for there in ["surcharge", "markup", "tax"] {
        assert!(screen.contains(there), "{there}\n{screen}");
    }
}

#[test]
fn markup_is_typed_and_undone() {
    let mut desk = on_project(Desk::of(TWO_LINES));
    let before = desk.total();
    desk.state.view.focus = retake::app::Focus::Pane(retake::cost::Pane::Buffer);
    desk.keys("<end> <up>");
    assert_eq!(desk.state.field().map(retake::app::Field::knob), Some(Knob::Markup));
    desk.keys("e").retype("-20%").keys("<enter>");
    let set = Setting::Value(Value::Percent(Decimal::from(-20)));
    assert_eq!(desk.state.budget().assumptions.get(Knob::Markup), Some(&set));
    assert_ne!(desk.total(), before);
    desk.assert_sound();
    desk.keys("u");
    assert_eq!((desk.total(), desk.state.budget().assumptions.get(Knob::Markup)), (before, None));
}

#[test]
fn fees_are_listed_changed_switched_off_and_undone() {
    let mut desk = desk();
    let (total, budget) = (desk.total(), desk.state.budget().clone());
    desk.keys("F");
    let screen = words_of(&desk.screen(120, 36));
    for said in [
        "+ add a fee",
        "brief $80.00 · 80.00 USD per project · once",
        "retouching $108.00 · 4.50 per final · 24 finals",
    ] {
        assert!(screen.contains(said), "{said}: {screen}");
    }
    desk.keys("<down> <enter> <enter>").retype("5").keys("<enter>");
    let amount = |desk: &Desk| desk.state.budget().fees["retouching"].amount;
    assert_eq!(amount(&desk), Some(Charge { amount: Decimal::from(5), currency: None }));
    // Its page is still open, on the same row.
    desk.keys("<enter>").retype("much").keys("<enter>");
    assert!(words_of(&desk.screen(120, 36)).contains("is not an amount"), "{}", desk.screen(120, 36));
    desk.keys("<esc> <end> <enter> <esc>");
    assert!(words_of(&desk.screen(120, 36)).contains("retouching off · 5.00 per final"), "{}", desk.screen(120, 36));
    desk.keys("<esc> u u");
    desk.assert_sound();
    assert_eq!((desk.total(), desk.state.budget()), (total, &budget));
    let mut plain = Desk::of(TWO_LINES);
    plain.keys("F");
    assert!(plain.screen(120, 36).contains("▸ + add a fee"), "{}", plain.screen(120, 36));
}

#[test]
fn the_calculation_has_a_line_for_each_step() {
    let mut desk = on_project(desk());
    desk.keys("w");
    let said = words_of(&desk.screen(160, 45));
    for step in [
        "fee brief, once",
        "before markup and tax = subtotal + buffer + project fees",
        "markup = that sum × share",
        "tax = (that sum + markup) × share",
        "total = sum of the steps",
    ] {
        assert!(said.contains(step), "{step}: {said}");
    }
    desk.keys("<esc> ] w");
    let said = words_of(&desk.screen(160, 60));
    for step in [
        "images = sum of the parts",
        "surcharge = images × share",
        "fee retouching = amount × units",
        "subtotal = images + surcharge + fees",
        "$4.50 × 24 finals = $108.00",
    ] {
        assert!(said.contains(step), "{step}: {said}");
    }
}

#[test]
fn the_summary_for_a_mail_adds_up_to_the_last_total() {
    let mut desk = desk();
    desk.keys("<ctrl-y> <down> <enter>");
    let Some(Effect::Copy(clip)) = desk.effects.last() else { panic!("{:?}", desk.effects) };
    let text = clip.lines().collect::<Vec<_>>().join("\n");
    for said in ["brief, once", "markup 15 %", "tax 19 %", &desk.total()] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[test]
fn the_bills_say_what_comes_on_top() {
    let text = format!("{TWO_LINES}{ALL}\n[bills]\ncompare = [\"muapi\"]\n");
    let mut desk = Desk::of(&text);
    desk.keys("<alt-2> l");
    assert!(
        words_of(&desk.screen(160, 60)).contains("fees, markup and tax come on top of each"),
        "{}",
        desk.screen(160, 60)
    );
}

#[test]
fn unchanged_text_leaves_a_fee_as_it_is_on_or_off() {
    let mut desk = desk();
    desk.keys("F <down> <enter> <end> <enter> <home>");
    let off = desk.state.budget().clone();
    assert_eq!(off.fees["retouching"].off, Some(true));
    desk.keys("<enter> <enter>");
    assert_eq!(desk.state.budget(), &off);
    // The amount that it has, typed again, is a change of nothing too: only the row that counts it brings it back.
    desk.keys("<enter>").retype("4.50").keys("<enter>");
    assert_eq!(desk.state.budget(), &off);
    desk.keys("<end> <enter> <home>");
    let on = desk.state.budget().clone();
    assert_ne!(on, off);
    desk.keys("<enter> <enter>");
    assert_eq!(desk.state.budget(), &on);
}

#[test]
fn the_known_part_of_a_total_is_what_the_cap_is_held_against() {
    let unknown = "\n[deliverable.flare]\nmodel = \"gpt-image-2.6-flare\"\nquality = \"low\"\nfinals = 1\n";
    let text = TWO_LINES.replace("retry = 2.0\n", "retry = 2.0\nmarkup = \"15%\"\ncap = 9\n");
    let desk = on_project(Desk::of(&format!("{text}{ALL}{unknown}")));
    let CapState::OverAtLeast { known, .. } = against_cap(desk.state.budget(), &desk.state.estimate().totals) else {
        panic!("{}", desk.screen(120, 36));
    };
    let said = format!("{} + unknown", Amount::of(&desk.state.budget().shown, known));
    assert!(words_of(&desk.screen(120, 36)).contains(&said), "{said}: {}", desk.screen(120, 36));
}

/// Five fees with names of about 40 columns, two of them in wide characters.
fn long_fees() -> String {
    let names = ["retouching of hair, skin and every shado", "文字入れと色調整と切り抜きと最終確認作業"];
    let mut text = TWO_LINES.replace("retry = 2.0\n", "retry = 2.0\nmarkup = \"12.5%\"\ntax = \"19%\"\n");
    for (at, per) in ["project", "deliverable", "final", "project", "image"].into_iter().enumerate() {
        let name = names[at % 2].to_owned() + &"x".repeat(at / 2);
        text.push_str(&format!("[fee.\"{name}\"]\namount = {}31.17\nper = \"{per}\"\n", at + 5));
    }
    text
}

#[test]
fn a_long_name_of_a_fee_pushes_no_amount_out() {
    let text = long_fees();
    for (keys, lists_fees) in [("", false), ("F", true), ("w", false)] {
        let mut desk = on_project(Desk::of(&text));
        desk.keys(keys);
        let whole = whole_figures(&mut desk);
        let budget = desk.state.project.budget();
        let fees = desk.state.project.estimate().fees(budget);
        let amounts: Vec<String> =
            fees.iter().map(|fee| Amount::of(&budget.shown, fee.usd.unwrap()).to_string()).collect();
        assert_eq!(amounts.len(), 5);
        for (width, height) in [(80, 24), (120, 36), (160, 45)] {
            let screen = desk.screen(width, height);
            let cut: Vec<_> = figures(&screen).difference(&whole).cloned().collect();
            assert!(cut.is_empty(), "{cut:?} at {width}x{height}:\n{screen}");
            for amount in amounts.iter().filter(|_| lists_fees) {
                assert!(screen.contains(amount.as_str()), "{amount} at {width}x{height}:\n{screen}");
            }
        }
    }
}

#[test]
fn a_total_that_is_left_to_the_model_shows_its_bracket() {
    let text = TWO_LINES.replace("retry = 2.0\n", "retry = 2.0\nmarkup = \"15%\"\ntax = \"19%\"\n").replacen(
        "quality = \"high\"",
        "quality = \"auto\"",
        1,
    );
    for (text, left_open) in [(text.as_str(), true), (TWO_LINES, false)] {
        let desk = on_project(Desk::of(text));
        let budget = desk.state.project.budget();
        let ends = desk.state.project.estimate().totals.bracket.map(|ends| bracket_text(&budget.shown, &ends));
        assert_eq!(ends.is_some(), left_open);
        for (width, height) in [(80, 24), (120, 36), (160, 45)] {
            let screen = desk.screen(width, height);
            let total = screen.lines().find(|row| row.contains("TOTAL")).unwrap_or_else(|| panic!("{screen}"));
            match &ends {
                Some(ends) => assert!(total.contains(ends.as_str()), "{width}x{height}: {total}"),
                None => assert!(!total.contains(" to $"), "{width}x{height}: {total}"),
            }
        }
    }
}
