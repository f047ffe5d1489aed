//! A value for all deliverables: who follows, who keeps another by name, and the key that gives it to all.

use crate::desk::{Desk, catalog};
use retake::app::actions::why::{self, WhyLine};
use retake::app::{Field, Focus, Selection};
use retake::cost::budget::edit::Scope;
use retake::cost::budget::knob::{Scope as KnobScope, TABLE};
use retake::cost::budget::resolve::Deliverable;
use retake::cost::estimate::keepers;
use retake::cost::{Knob, Setting, Value};

/// Three deliverables: one with own values for everything, one with a preset's, one without any.
const THREE: &str = r#"retake = 1
[assumptions]
quality = "high"
retry = 1.5

[deliverable.hero]
name = "PDP hero"
finals = 24
size = "1024x1280"
quality = "low"
model = "gpt-image-1.5"
service_tier = "batch"
references = ["1024x1024"]
prompt_tokens = 77
cached_input = "30%"
partial_images = 1
tokens = { output = 1234 }
repeat = 3
retry = 2.0
images_per_call = 2
pick = "many"
buffer = "7%"
surcharge = "5%"

[deliverable.detail]
name = "PDP details"
preset = "ecommerce-pdp"
finals = 48

[deliverable.mail]
name = "Mail"
finals = 6
"#;

fn said(desk: &Desk) -> String {
    desk.state.session.notice.as_ref().map(|notice| notice.text.clone()).unwrap_or_default()
}

/// A desk on All deliverables with this field in hand.
fn on_all(text: &str, knob: Knob) -> Desk {
    let mut desk = Desk::of(text);
    desk.state.view.selection = Selection::Project;
    let pane = knob.row().pane;
    desk.state.view.focus = Focus::Pane(pane);
    let at = desk.state.fields(pane).iter().position(|field| *field == Field::Knob(knob)).unwrap();
    desk.state.view.field_at[pane as usize] = at;
    desk
}

#[test]
fn who_keeps_what_is_told_while_typing_and_after_enter() {
    let told = "1 of 3 follows; PDP hero keeps 2.00×, PDP details 2.15× of its preset";
    let mut desk = on_all(THREE, Knob::Retry);
    desk.keys("4 0 %");
    for (width, height) in [(80, 24), (120, 36)] {
        assert!(desk.screen(width, height).contains(&told[..40]), "{}", desk.screen(width, height));
    }
    assert!(desk.screen(120, 36).contains(told), "{}", desk.screen(120, 36));
    desk.keys("<enter>");
    assert_eq!(said(&desk), format!("{told} · A sets it for all"));
    // A single deliverable has nobody to speak for.
    desk.state.view.selection = Selection::Line(0);
    desk.keys("3");
    assert!(!desk.screen(120, 36).contains("follow"), "{}", desk.screen(120, 36));
}

/// For every knob that the project has a value for: afterwards each deliverable has it, in one step that undo takes back.
#[test]
fn one_key_gives_each_value_to_all_and_is_one_step() {
    let catalog = catalog();
    for knob in TABLE.iter().filter(|row| row.scope == KnobScope::Both).map(|row| row.knob) {
        let mut desk = on_all(THREE, knob);
        let before = desk.state.budget().clone();
        let kept = keepers(&before, desk.state.estimate(), knob, catalog);
        assert!(!kept.is_empty(), "{knob:?}: nobody keeps a value");
        assert!(desk.screen(120, 36).contains("A set it for all"), "{knob:?}\n{}", desk.screen(120, 36));
        let steps = desk.state.project.history().len();
        desk.keys("A");
        assert_eq!(desk.state.project.history().len(), steps + 1, "{knob:?}: {}", said(&desk));
        let shared = desk.state.deliverable().unwrap().get(knob).map(|from| from.value);
        for line in &desk.state.estimate().lines {
            assert_eq!(line.deliverable.get(knob).map(|from| from.value), shared, "{knob:?} of {}", line.key);
        }
        assert!(said(&desk).ends_with("for 3 deliverables; u reverts"), "{knob:?}: {}", said(&desk));
        assert!(!desk.screen(120, 36).contains("set it for all"), "{knob:?}\n{}", desk.screen(120, 36));
        // An own value is not needed where the project's applies without it.
        assert_eq!(desk.state.budget().lines[0].settings.get(knob), None, "{knob:?}");
        desk.assert_sound();
        desk.keys("u");
        assert_eq!(*desk.state.budget(), before, "{knob:?}");
    }
}

/// Keeping as a scenario what is on screen moves nothing, also where deliverables gave up values of their own for a new one of
/// the project in the same edits: the scenario says what they inherit now.
#[test]
fn what_all_follow_is_kept_as_a_scenario_without_a_change() {
    for knob in TABLE.iter().filter(|row| row.scope == KnobScope::Both).map(|row| row.knob) {
        for give_up in ["A", "<esc> ] <backspace>"] {
            let mut desk = on_all(THREE, knob);
            desk.keys("+").keys(give_up);
            let values = |desk: &Desk| {
                let value = |deliverable: &Deliverable| deliverable.get(knob).map(|from| from.value);
                desk.state.estimate().lines.iter().map(|line| value(&line.deliverable)).collect::<Vec<_>>()
            };
            let before = (values(&desk), desk.total());
            desk.keys("v <enter>");
            // Measured tokens cannot be taken away by a scenario: it says so, and nothing is kept.
            let is_kept = desk.state.project.scenario().is_some();
            assert_eq!(is_kept, knob != Knob::Measured, "{knob:?} {give_up}: {}", said(&desk));
            assert_eq!((values(&desk), desk.total()), before, "{knob:?} {give_up}");
            desk.assert_sound();
        }
    }
}

/// A size of another shape does not stand in the way of a ratio, nor a ratio in that of a size.
#[test]
fn a_shape_for_all_replaces_shapes_that_do_not_fit_it() {
    let wide = "retake = 1\n[assumptions]\nsize = \"1024x1280\"\n[deliverable.a]\nratio = \"3:2\"\nfinals = 1\n";
    let mut desk = on_all(wide, Knob::Size);
    desk.keys("A");
    assert_eq!(desk.state.estimate().lines[0].deliverable.size.value, desk.state.deliverable().unwrap().size.value);
    let exact = "retake = 1\n[assumptions]\nratio = \"3:2\"\n[deliverable.a]\nsize = \"1024x1280\"\nfinals = 1\n";
    let mut desk = on_all(exact, Knob::Ratio);
    desk.keys("A");
    assert_eq!(desk.state.estimate().lines[0].deliverable.ratio.value, desk.state.deliverable().unwrap().ratio.value);
}

/// Under a scenario it is the scenario that says so, and the project stays.
#[test]
fn under_a_scenario_the_project_stays() {
    let text = format!("{THREE}\n[scenario.forty]\nassumptions.retry = {{ accepted = \"40%\" }}\n");
    let mut desk = on_all(&text, Knob::Retry);
    let project = desk.state.base().lines.clone();
    desk.keys("}");
    desk.state.view.selection = Selection::Project;
    desk.keys("A");
    let tries: Vec<_> = desk.state.estimate().lines.iter().map(|line| line.deliverable.factor).collect();
    assert!(tries.windows(2).all(|pair| pair[0] == pair[1]), "{tries:?}\n{}", said(&desk));
    assert_eq!(desk.state.base().lines, project);
    desk.assert_sound();
}

#[test]
fn without_a_reason_to_follow_the_action_says_why() {
    let mut desk = on_all(THREE, Knob::Retry);
    desk.keys("A A");
    assert_eq!(said(&desk), "all deliverables have this value");
    desk.state.view.selection = Selection::Line(1);
    desk.keys("A");
    assert!(said(&desk).contains("All deliverables"), "{}", said(&desk));
    let mut desk = on_all(THREE, Knob::Cap);
    desk.keys("A");
    assert!(said(&desk).contains("do not inherit it"), "{}", said(&desk));
    // The palette finds it by what people call it.
    let mut desk = on_all(THREE, Knob::Retry);
    desk.keys(":").type_text("all follow").keys("<enter>");
    assert!(said(&desk).contains("for 3 deliverables"), "{}", said(&desk));
}

/// More than three names are counted.
#[test]
fn many_that_keep_a_value_are_counted() {
    let lines: String = (0..9).map(|at| format!("[deliverable.row-{at}]\nfinals = 1\nretry = {}\n", at + 2)).collect();
    let mut desk = on_all(&format!("retake = 1\n{lines}"), Knob::Retry);
    desk.keys("1 . 5 <enter>");
    let told = "0 of 9 follow; row-0 keeps 2.00×, row-1 3.00×, row-2 4.00×, 6 more · A sets it for all";
    assert_eq!(said(&desk), told);
    assert_eq!(desk.state.scope_of(Knob::Retry), Scope::Assumptions);
    desk.keys("A");
    let own = |at: usize| desk.state.budget().lines[at].settings.get(Knob::Retry);
    assert!((0..9).all(|at| !matches!(own(at), Some(Setting::Value(Value::Retry(_))))));
}

/// `w` on all deliverables lists the values that somebody follows, with how many do; and advises no size that nobody makes.
#[test]
fn why_lists_only_values_that_some_deliverable_follows() {
    let inputs = |text: &str| -> Vec<(String, String)> {
        let desk = on_all(text, Knob::Retry);
        let lines = why::lines(&desk.state).into_iter();
        let inputs = lines.skip_while(|line| !matches!(line, WhyLine::Heading(heading) if heading == "Inputs"));
        let named = inputs.filter_map(|line| match line {
            WhyLine::Input { name, origin, .. } => Some((name, origin)),
            WhyLine::Heading(_) | WhyLine::Step { .. } | WhyLine::Sum(..) => None,
        });
        named.collect()
    };
    let all = inputs(THREE);
    let origin = |name: &str| all.iter().find(|(own, _)| own == name).map(|(_, origin)| origin.as_str());
    assert_eq!(origin("finals"), None, "{all:?}");
    assert!(origin("quality").is_some_and(|origin| origin.ends_with(", 1 of 3 follows")), "{all:?}");
    assert!(origin("service").is_some_and(|origin| origin.ends_with(", 2 of 3 follow")), "{all:?}");
    assert!(origin("ratio").is_some_and(|origin| origin.ends_with(", 1 of 3 follows")), "{all:?}");
    assert!(origin("markup").is_some_and(|origin| !origin.contains("follow")), "{all:?}");
    let own = "retake = 1\n[deliverable.a]\nratio = \"4:5\"\nsize = \"2k\"\nretry = 2\nfinals = 3\n";
    let all = inputs(own);
    assert!(!all.iter().any(|(name, _)| ["ratio", "size", "factor", "finals"].contains(&&**name)), "{all:?}");
    let mut desk = on_all(own, Knob::Size);
    for (width, height) in [(80, 24), (120, 36), (200, 60)] {
        let screen = desk.screen(width, height);
        assert!(!screen.lines().any(|row| row.contains('↓') && row.contains(": −")), "{screen}");
    }
    desk.keys("c");
    assert!(said(&desk).contains("no"), "{}", said(&desk));
    assert_eq!(desk.state.project.history().len(), 0);
}

/// What is not saved keeps its key in sight, at every width, and the notes call a deliverable by its name.
#[test]
fn the_footer_keeps_saving_and_notes_have_names() {
    let mut desk = Desk::of(include_str!("../../sample-projects/product-launch.retake.toml"));
    assert!(!desk.screen(80, 24).contains("^S save"), "{}", desk.screen(80, 24));
    desk.keys("+");
    for (width, height) in [(80, 24), (100, 30), (120, 36), (160, 45)] {
        let screen = desk.screen(width, height);
        assert_eq!(screen.lines().last().unwrap().matches("^S save").count(), 1, "{screen}");
    }
    let screen = desk.screen(160, 45);
    assert!(screen.contains("PDP details: 2.15× is") && !screen.contains("pdp-detail: "), "{screen}");
}
