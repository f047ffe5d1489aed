//! Names of scenarios, of their columns and of the values that differ, at every width.

use crate::desk::{Desk, catalog};
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
