//! The table of keys as text, Markdown and JSON, built from the live key table with the user's own keys.

use super::answer::Answer;
use crate::config::keys::{KeyRow, rows};
use crate::config::{self, paths::Paths};
use crate::report::{escape, pretty};
use crate::words;
use crate::words::safe::safe;
use clap::ArgMatches;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

/// Runs `retake keys`; problems of the user's settings go to stderr.
pub(super) fn run(args: &ArgMatches, paths: &Paths) -> Answer {
    let settings = config::load(paths);
    let rows = rows(&settings.keymap);
    let stdout = match args.get_one::<String>("format").map(String::as_str) {
        Some("markdown") => markdown(&rows),
        Some("json") => json(&rows),
        _ => text(&rows),
    };
    Answer::done(stdout).telling(&settings.problems)
}

fn shown(row: &KeyRow) -> String {
    let keys = row.chords.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    safe(&keys).into_owned()
}

/// Keys, action and help of each row, aligned, with one paragraph per context.
fn text(rows: &[KeyRow]) -> String {
    let widest = |cell: &dyn Fn(&KeyRow) -> usize| rows.iter().map(cell).max().unwrap_or(0);
    let (keys_columns, action_columns) = (widest(&|row| shown(row).width()), widest(&|row| row.action.width()));
    let pad = |text: &str, columns: usize| format!("{text}{}", " ".repeat(columns.saturating_sub(text.width())));
    let mut out = String::new();
    let mut heading = None;
    for row in rows {
        if heading != Some(row.context) {
            let gap = if heading.is_some() { "\n" } else { "" };
            out.push_str(&format!("{gap}{}\n", row.context));
            heading = Some(row.context);
        }
        let (keys, action) = (pad(&shown(row), keys_columns), pad(row.action, action_columns));
        out.push_str(&format!("  {keys}  {action}  {}\n", row.help));
    }
    out
}

/// The same rows as a Markdown table.
fn markdown(rows: &[KeyRow]) -> String {
    let head = [words::keys_context(), words::keys_keys(), words::keys_action(), words::keys_help()];
    let mut out = format!("| {} |\n|---|---|---|---|\n", head.join(" | "));
    for row in rows {
        let cells = [row.context, &shown(row), row.action, row.help].map(escape);
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    out
}

#[derive(Serialize)]
struct Row<'a> {
    context: &'a str,
    action: &'a str,
    /// As written in the settings.
    keys: Vec<String>,
    help: &'a str,
}

fn json(rows: &[KeyRow]) -> String {
    let rows = rows.iter().map(|row| Row {
        context: row.context,
        action: row.action,
        keys: row.chords.iter().map(crate::app::Chord::spelled).collect(),
        help: row.help,
    });
    pretty(&rows.collect::<Vec<_>>())
}
