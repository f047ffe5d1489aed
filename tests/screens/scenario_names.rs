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
    let screen = desk.keys("<alt-3> l l").screen(120, 36);
    assert!(screen.contains("● project") && !screen.contains("● Batch"), "{screen}");
    let screen = desk.keys("}").screen(120, 36);
    assert!(screen.contains("● Client") && !screen.contains("● project"), "{screen}");
}

#[test]
fn scenarios_of_one_name_are_told_apart() {
    let text = "retake = 1\n[deliverable.a]\nfinals = 1\n[scenario.one]\nname = \"Twin\"\ndeliverable.a.finals = 2\n\
                [scenario.two]\nname = \"Twin\"\ndeliverable.a.finals = 3\n[scenario.three]\nname = \"project\"\ndeliverable.a.finals = 4\n";
    let mut desk = of(text);
    let screen = desk.keys("<alt-3>").screen(160, 45);
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
    for keys in ["<alt-1>", "<alt-2>", "<alt-3>"] {
        for columns in [120, 80, 60, 44] {
            let screen = desk.keys(keys).screen(columns, 24);
            assert!(title(&screen).contains(&named), "{columns}: {}", title(&screen));
            assert!(title(&screen).contains("unsaved"), "{columns}: {}", title(&screen));
        }
    }
    let screen = desk.keys("<alt-1>").screen(80, 24);
    assert!(title(&screen).contains(" Northlight bran"), "{}", title(&screen));
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
