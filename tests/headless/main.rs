//! Everything that works without a screen: reports, commands, exit codes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, missing_docs)]

#[cfg(target_os = "linux")]
mod amplify;
mod approximate;
mod bills;
mod budgets;
mod cheaper;
mod codes;
mod commands;
mod csv_report;
#[path = "../screens/desk.rs"]
#[allow(dead_code, reason = "shared with the tests of the screens")]
mod desk;
mod fields;
mod figures;
mod guards;
mod hostile;
mod importing;
mod invoice;
mod json_report;
mod knobs_for_one_run;
mod levers;
mod locale;
mod markdown_report;
mod markdown_structure;
mod measured;
#[path = "../files/merge_model.rs"]
#[allow(dead_code, reason = "shared with the tests of the merge itself")]
mod merge_model;
mod merging;
mod named_risks;
mod near_keys;
mod one_cause;
mod outputs;
mod risk;
mod scenario_words;
mod scenarios;
mod sizes;
mod streams;
mod text_report;
#[path = "../hostile/texts.rs"]
mod texts;
