//! The sentence about a bill, and the pictures of its money.

use crate::bills::desk;
use crate::desk::Desk;
use retake::app::actions::bills;

/// The sentence about the selected bill stands first, and says what the table says; a table does not move with the selection.
#[test]
fn a_sentence_says_why_the_selected_bill_differs() {
    for (width, height) in [(80, 24), (120, 36), (160, 45), (200, 60)] {
        let mut desk = desk(5);
        desk.keys("<alt-2>");
        let mut places = Vec::new();
        for at in 0..=5 {
            let screen = desk.screen(width, height);
            let rows: Vec<&str> = screen.lines().skip_while(|row| !row.contains("▸ Bills ·")).skip(1).collect();
            let said = rows[0].split('┃').nth(1).unwrap().trim().to_owned();
            let table = bills::table(&desk.state);
            let wanted = &bills::sentences(&desk.state, &table, &|_| true)[at];
            assert!(
                !said.is_empty() && wanted.starts_with(&said),
                "{width}x{height}: {said:?} of {wanted:?}\n{screen}"
            );
            let column = &table.columns[at];
            assert!(at == 0 || wanted.contains(&column.name) || wanted.contains(" unknown"), "{wanted}");
            if let Some(percent) = column.percent.filter(|_| !wanted.contains(" as much as ")) {
                assert!(wanted.contains(&percent.signed()), "{wanted}");
            }
            places.push(rows.iter().position(|row| row.contains("subtotal")));
            desk.keys("l");
        }
        assert!(places[0].is_some() && places.iter().all(|place| place == &places[0]), "{width}x{height}: {places:?}");
    }
}

/// Where the whole sentence has no room, its smallest causes are left out, so that it never breaks off.
#[test]
fn a_sentence_about_a_bill_is_never_cut() {
    let launch = include_str!("../../sample-projects/product-launch.retake.toml");
    for (width, height) in [(80, 24), (100, 30), (110, 36), (120, 36), (160, 45), (200, 60)] {
        for (scope, cards) in [("", 5), ("[", 5), ("", 2), ("[", 2)] {
            let mut desk = if cards == 2 { Desk::of(launch) } else { desk(cards) };
            desk.keys("<alt-2>").keys(scope);
            for at in 0..=cards {
                let screen = desk.screen(width, height);
                let inside = screen.lines().skip_while(|row| !row.contains("▸ Bills ·")).skip(1);
                let inside = inside.take_while(|row| !row.contains("subtotal"));
                let said: Vec<&str> = inside.filter_map(|row| row.split('┃').nth(1)).map(str::trim).collect();
                let until = said.iter().position(|row| row.ends_with('.'));
                assert!(until.is_some_and(|until| until < 3), "{width}x{height} {at}: {said:?}\n{screen}");
                desk.keys("l");
            }
        }
    }
}

/// Where the table leaves room for them: a bar for each bill, and the steps from the official one to the selected one.
#[test]
fn a_wide_window_pictures_the_money_of_the_bills() {
    for (width, height, has_room) in [(160, 45, true), (200, 60, true), (80, 24, false)] {
        let mut desk = desk(3);
        desk.keys("<alt-2> l l");
        let screen = desk.screen(width, height);
        let name = bills::table(&desk.state).columns[2].name.clone();
        assert_eq!(
            screen.contains(&format!("From the official price to {name}")),
            has_room,
            "{width}x{height}\n{screen}"
        );
        // With a deliverable selected the pictures are of its bills, as the title says.
        desk.keys("[");
        let screen = desk.screen(width, height);
        let scope = bills::scope(&desk.state);
        assert_eq!(screen.matches(&format!("Bills · {scope}")).count(), 1 + usize::from(has_room), "{screen}");
    }
}
