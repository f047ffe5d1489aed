//! "Nothing lost", along the whole way: file, budget, edit, file. And the sample projects, which people start from.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, missing_docs)]

mod corpus;
mod disk;
mod dressed;
mod edits;
mod evidence;
mod fees;
mod fields;
mod figures;
mod journal;
mod measured;
#[path = "../files/merge_model.rs"]
#[allow(dead_code, reason = "shared with the tests of the merge itself")]
mod merge_model;
mod outside;
mod project_form;
mod random;
mod recovery;
mod recovery_kept;
mod recovery_waits;
mod restored;
mod risks;
mod samples;
mod scenarios;
mod state_folder;
mod support;
mod team_choice;
mod teams;
mod unfinished;
