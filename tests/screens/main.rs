//! Keys in, screen out: the state and the screens through the default keys, without a terminal, a disk or a clock.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr, missing_docs)]

mod bill_pictures;
mod bills;
mod breakdown;
mod cards;
mod causes;
mod cheaper;
mod copies;
mod desk;
mod face;
mod first_frame;
mod followers;
mod fuzz;
mod geometry;
mod habits;
mod help;
mod history;
mod hostile;
mod how_sure;
mod import_paths;
mod importing;
mod invoice;
mod issue_leads;
mod keys;
mod knobs;
mod leaving;
mod list;
mod list_reading;
mod looks;
mod meanings;
mod measured;
mod named_risks;
mod numbers;
mod overlay_lists;
mod questions;
mod reach;
mod resolving;
mod risk;
mod scenario_names;
mod scenarios;
mod scenes;
#[path = "../hostile/sequences.rs"]
mod sequences;
mod signs;
#[path = "../hostile/texts.rs"]
mod texts;
mod typed_forms;
mod typing;
mod under_cap;
mod under_cap_sure;
mod windows;
#[path = "../intake/workbooks.rs"]
mod workbooks;
