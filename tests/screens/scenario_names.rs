//! Names of scenarios, of their columns and of the values that differ, at every width.

use crate::desk::{Desk, catalog};
use retake::app::Overlay;
use retake::app::flows::recovery::recovered;
use retake::app::model::outcome::Opened;
use retake::project::open::read_text;
use std::path::Path;

fn of(text: &str) -> Desk {
    let reading = read_text(text, Path::new("a.toml"), catalog());
    Desk::opened(Opened { budget: reading.budget, file: Some("a".to_owned()), ..Opened::default() })
}

#[test]
fn the_column_on_screen_is_marked_beside_the_selected_one() {
    let mut desk = of(include_str!("../../sample-projects/product-launch.retake.toml"));
    let screen = desk.keys("<alt-4> l l").screen(120, 36);
    assert!(screen.contains("● project") && !screen.contains("● Batch"), "{screen}");
    let screen = desk.keys("}").screen(120, 36);
    assert!(screen.contains("● Client") && !screen.contains("● project"), "{screen}");
}

#[test]
fn scenarios_of_one_name_are_told_apart() {
    let text = "retake = 1\n[deliverable.a]\nfinals = 1\n[scenario.one]\nname = \"Twin\"\ndeliverable.a.finals = 2\n\
                [scenario.two]\nname = \"Twin\"\ndeliverable.a.finals = 3\n[scenario.three]\nname = \"project\"\ndeliverable.a.finals = 4\n";
    let mut desk = of(text);
    let screen = desk.keys("<alt-4>").screen(160, 45);
    for wanted in ["Twin (one)", "Twin (two)", "project (three)"] {
        assert!(screen.contains(wanted), "{wanted}\n{screen}");
    }
}

#[test]
fn a_narrow_title_leaves_the_client_out_before_the_scenario() {
    let mut desk = of(include_str!("../../sample-projects/brand-campaign.retake.toml"));
    let wide = desk.keys("+ v <enter>").screen(160, 45);
    let title = |screen: &str| screen.lines().next().unwrap().to_owned();
    let named = title(&wide).split(" · ").find(|part| part.starts_with("scenario: ")).unwrap().trim().to_owned();
    let named = named.split("  ").next().unwrap().to_owned();
    for keys in ["<alt-1>", "<alt-2>", "<alt-3>", "<alt-4>"] {
        for columns in [120, 80, 60, 44] {
            let screen = desk.keys(keys).screen(columns, 24);
            assert!(title(&screen).contains(&named), "{columns}: {}", title(&screen));
            assert!(title(&screen).contains("unsaved"), "{columns}: {}", title(&screen));
        }
    }
    let screen = desk.keys("<alt-1>").screen(80, 24);
    assert!(title(&screen).contains(" Northlig"), "{}", title(&screen));
}

#[test]
fn a_long_path_in_the_offer_of_edits_is_parted_from_its_value() {
    let text = "retake = 1\n[deliverable.pdp-hero]\nfinals = 1\n[scenario.s]\nassumptions.retry = 3\n";
    let changed = text.replace("assumptions.retry = 3", "assumptions.retry = 3\ndeliverable.pdp-hero.finals = 26");
    let budgets = [text, &changed].map(|text| read_text(text, Path::new("a.toml"), catalog()).budget);
    let recovered = recovered(&budgets[0], &budgets[1], &budgets[0], false, false).expect("a change");
    let mut desk = of(text);
    desk.state.overlays.show(Overlay::Recover { recovered: Box::new(recovered), totals: Default::default() });
    let screen = desk.screen(120, 36);
    assert!(screen.contains("deliverable.pdp-hero.finals not set → 26"), "{screen}");
}

#[test]
fn a_row_keeps_the_name_of_what_changes() {
    let long = "Key visuals for the shop, portraits and landscapes, in all six colours of the season";
    let text = format!(
        "retake = 1\n[deliverable.a]\nname = \"{long}\"\nfinals = 1\n[deliverable.b]\nfinals = 1\n\
         [scenario.s]\ndeliverable.a.finals = 10\ndeliverable.a.size = \"2k\"\n"
    );
    let mut desk = of(&text);
    desk.keys("<alt-4>");
    for (columns, rows) in [(80, 24), (100, 30), (120, 36), (160, 45)] {
        let screen = desk.screen(columns, rows);
        for field in ["finals", "size"] {
            let row = screen.lines().find(|row| row.contains("Key vis") && row.contains(&format!(" · {field}")));
            assert!(row.is_some(), "{columns}: {field}\n{screen}");
        }
    }
}

#[test]
fn what_a_scenario_takes_out_is_brought_back() {
    let text = "retake = 1\n[deliverable.a]\nname = \"Hero\"\nfinals = 1\n[deliverable.b]\nname = \"Mail\"\nfinals = 2\n\
                [deliverable.c]\nfinals = 3\n[scenario.one]\ndeliverable.b.remove = true\n[scenario.one.was]\n\
                deliverable.b.remove = false\n[scenario.two]\ndeliverable.a.remove = true\ndeliverable.b.remove = true\n\
                assumptions.retry = 3\n";
    // The only one comes back at once, from the list and beside the columns.
    for keys in ["} h h h <backspace>", "<alt-4> l <backspace>"] {
        let mut desk = of(text);
        let before = desk.state.base().clone();
        desk.keys(keys);
        assert!(!desk.state.base().scenarios["one"].changes.removes("b"), "{keys}");
        assert!(desk.state.base().scenarios["one"].is_pruned(), "{keys}");
        assert!(desk.screen(120, 36).contains("Mail is back in the scenario"), "{keys}");
        desk.keys("u");
        assert_eq!(*desk.state.base(), before, "{keys}: one step");
    }
    // Of several, the one that is chosen by its name; the palette finds it by a word for it.
    let mut desk = of(text);
    desk.keys("} } :").type_text("undelete").keys("<enter>").type_text("Mail").keys("<enter>");
    let two = &desk.state.base().scenarios["two"].changes;
    assert!(two.removes("a") && !two.removes("b") && !two.assumptions.is_empty());
    assert_eq!(desk.state.budget().lines.iter().map(|line| line.key.as_str()).collect::<Vec<_>>(), ["b", "c"]);
    // Where nothing is taken out, the key says so.
    let mut desk = of(text);
    let before = desk.state.base().clone();
    let screen = desk.keys("<alt-4> <backspace>").screen(120, 36);
    assert!(screen.contains("takes a deliverable out"), "{screen}");
    assert_eq!(*desk.state.base(), before);
}
