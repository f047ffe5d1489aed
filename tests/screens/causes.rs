//! The list of what is wrong: one cause is one message, with the deliverables that inherit it.

use crate::desk::{Desk, catalog, words_of};
use retake::app::model::outcome::Opened;
use retake::project::{DiskPrompts, DiskTeam, read};
use std::path::Path;

fn desk(text: &str) -> Desk {
    let path = Path::new("spring.retake.toml");
    let reading = read(text, Some(path), catalog(), &mut DiskTeam::new(), &mut DiskPrompts::new(path));
    let file = Some("spring.retake.toml".to_owned());
    Desk::opened(Opened { budget: reading.budget, problems: reading.problems, file, ..Opened::default() })
}

/// What the list of everything that is wrong shows.
fn listed(text: &str) -> String {
    let mut desk = desk(text);
    desk.keys("i");
    let shown = words_of(&desk.screen(110, 30));
    let (_, list) = shown.split_once("▸ Issues").unwrap();
    list.split_once("Esc back").unwrap().0.to_owned()
}

fn deliverables(count: usize) -> String {
    (0..count).map(|n| format!("[deliverable.d{n:02}]\nfinals = 1\n")).collect()
}

#[test]
fn an_inherited_issue_is_listed_once_with_its_heirs() {
    let text = format!("retake = 1\n[assumptions]\nbuffer = \"2%\"\nsize = \"1024x1000\"\n{}", deliverables(12));
    let shown = listed(&text);
    for said in ["a buffer of 2 % is unusual; 12 deliverables inherit it", "12 deliverables inherit it"] {
        assert!(shown.contains(said), "{said}: {shown}");
    }
    assert_eq!(shown.matches("does not take 1024×1000").count(), 1, "{shown}");
    assert_eq!(shown.matches("12 deliverables inherit it").count(), 2, "{shown}");
    assert!(!shown.contains("the total is unknown"), "{shown}");
}

#[test]
fn a_value_that_cannot_be_read_is_listed_once_with_its_heirs() {
    for (head, said) in [
        ("buffer = 20", "needs a percent sign"),
        ("model = \"gpt-image-9\"", "there is no model"),
        ("retry = \"nobody\"", "there is no retry profile"),
    ] {
        let shown = listed(&format!("retake = 1\n[assumptions]\n{head}\n{}", deliverables(4)));
        assert_eq!(shown.matches(said).count(), 1, "{head}: {shown}");
        assert_eq!(shown.matches("4 deliverables inherit it").count(), 1, "{head}: {shown}");
        assert!(!shown.contains("could not be read, so"), "{head}: {shown}");
    }
}

#[test]
fn issues_of_their_own_stay_apart() {
    let text =
        "retake = 1\n[deliverable.a]\nfinals = 1\nbuffer = \"2%\"\n[deliverable.b]\nfinals = 1\nbuffer = \"2%\"\n";
    let shown = listed(text);
    assert_eq!(shown.matches("a buffer of 2 % is unusual").count(), 2, "{shown}");
    assert!(!shown.contains("inherit it"), "{shown}");
}
