//! The cost breakdown: a pane too low for all parts says how many there are more, and `w` lists each.

use crate::desk::{Desk, budget};
use retake::app::Selection;
use retake::cost::base::money::Decimal;
use retake::figures::{Amount, Breakdown};

/// Every part that there is: all meters, drafts, surcharge, fees, buffer, project fees, markup and tax. The last of five fees is charged per
/// `last_fee`.
fn project(finals: u32, last_fee: &str) -> String {
    format!(
        r#"retake = 1
[assumptions]
surcharge = "10%"
markup = "12.5%"
tax = "19%"
buffer = "15%"
retry = 1.7
cached_input = "20%"
[fee.retouching]
amount = 4.5
per = "final"
[fee.upscaling]
amount = 0.0217
per = "image"
[fee.brief]
amount = 25
per = "deliverable"
[fee.kick-off]
amount = 80
per = "project"
[fee.last]
amount = 0.003
per = "{last_fee}"
[deliverable.hero]
finals = {finals}
size = "1024x1280"
quality = "high"
references = ["1024x1024"]
prompt_tokens = 3180
explore = {{ drafts_per_final = 2, quality = "low" }}
[deliverable.tiles]
finals = 33
size = "1536x1024"
quality = "medium"
"#
    )
}

/// The rows of the pane, without its frame.
fn rows(screen: &str) -> Vec<String> {
    // From the corner of its frame: where its name takes all of the frame, no blank comes before it.
    let corner = |row: &str| row.find("Cost breakdown").and_then(|byte| row[..byte].rfind('┌'));
    let from = |row: &str| corner(row).map(|byte| row[..byte].chars().count() + 1);
    let at = screen.lines().find_map(from).unwrap_or_else(|| panic!("{screen}"));
    let cells = screen.lines().skip_while(|row| from(row).is_none()).skip(1);
    let inside = |row: &str| row.chars().skip(at).take_while(|cell| *cell != '│').collect::<String>();
    let pane = cells.take_while(|row| row.chars().nth(at - 1) != Some('└'));
    pane.map(|row| inside(row).trim().to_owned()).filter(|row| !row.is_empty()).collect()
}

#[test]
fn a_pane_too_low_for_all_parts_says_how_many_there_are_more_and_w_lists_each() {
    for selection in [Selection::Project, Selection::Line(0)] {
        let mut desk = Desk::of(&project(7, "call"));
        desk.state.view.selection = selection;
        let (shown, estimate) = (&desk.state.budget().shown, desk.state.estimate());
        let found = match selection {
            Selection::Project => Breakdown::of_project(shown, estimate).unwrap(),
            Selection::Line(at) => Breakdown::of_line(shown, &estimate.lines[at]).unwrap(),
        };
        let all = found.parts.len() + usize::from(found.rounding.is_some());
        assert!(all >= 9, "{found:?}");
        let mut cut = 0;
        for (width, height) in [(80, 24), (80, 28), (100, 30), (120, 36), (160, 45), (200, 60)] {
            let screen = desk.screen(width, height);
            if height < 30 {
                // The list has the room of the panel.
                assert!(!screen.contains("Cost breakdown") && screen.contains("All deliverables"), "{screen}");
                continue;
            }
            let rows = rows(&screen);
            match rows.last().and_then(|row| row.strip_prefix("… ")?.strip_suffix(" more: w")) {
                Some(more) => {
                    cut += 1;
                    assert_eq!(rows.len() - 1 + more.parse::<usize>().unwrap(), all, "{screen}");
                }
                None => assert_eq!(rows.len(), all, "{width}x{height}: {screen}"),
            }
        }
        assert!(cut > 0, "the lowest window shows all");
        desk.keys("w");
        let screen = desk.screen(200, 60);
        for part in &found.parts {
            let said = screen.lines().any(|row| row.contains(part.label) && row.contains(&part.text()));
            assert!(said, "{part:?}: {screen}");
        }
    }
}

#[test]
fn the_known_parts_add_up_with_their_rounding_beside_an_unknown_fee_too() {
    for fee in ["call", "project"] {
        let mut rounded = 0;
        for finals in 1..40 {
            let mut budget = budget(&project(finals, fee));
            budget.fees.get_mut("last").unwrap().amount = None;
            let desk = Desk::new(budget);
            let (shown, estimate) = (&desk.state.budget().shown, desk.state.estimate());
            assert_eq!(estimate.totals.total, None);
            let found = Breakdown::of_project(shown, estimate).unwrap();
            let known: Decimal = found.parts.iter().filter_map(|part| part.usd).sum();
            let seen: Decimal = found.parts.iter().filter_map(|part| Some(part.amount?.value())).sum();
            let rounding = found.rounding.map_or(Decimal::ZERO, |rest| rest.value());
            assert_eq!(seen + rounding, Amount::of(shown, known).value(), "{finals}: {found:?}");
            rounded += u32::from(found.rounding.is_some());
            // A share of an unknown sum is a share of something else.
            assert!(found.parts.iter().all(|part| part.percent.is_empty()), "{found:?}");
        }
        assert!(rounded > 5, "{fee}: {rounded}");
    }
}
