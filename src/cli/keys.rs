//! The table of keys as text and Markdown, drawn from the live key table.

use super::answer::Answer;
use crate::config::keys::{default_keymap, rows};
use crate::report::escape;
use crate::words;
use clap::ArgMatches;
use unicode_width::UnicodeWidthStr;

/// Answers `retake keys`.
pub(super) fn run(args: &ArgMatches) -> Answer {
    let rows = rows(&default_keymap());
    let as_markdown = args.get_one::<String>("format").is_some_and(|format| format == "markdown");
    Answer::done(if as_markdown { markdown(&rows) } else { text(&rows) })
}

/// Context, keys, action and help of each row as aligned text, a paragraph for each context.
fn text(rows: &[[String; 4]]) -> String {
    let widest = |cell: usize| rows.iter().map(|row| row[cell].width()).max().unwrap_or(0);
    let (keys_columns, action_columns) = (widest(1), widest(2));
    let pad = |text: &str, columns: usize| format!("{text}{}", " ".repeat(columns.saturating_sub(text.width())));
    let mut out = String::new();
    let mut heading = None;
    for [context, keys, action, help] in rows {
        if heading != Some(context) {
            let gap = if heading.is_some() { "\n" } else { "" };
            out.push_str(&format!("{gap}{context}\n"));
            heading = Some(context);
        }
        out.push_str(&format!("  {}  {}  {help}\n", pad(keys, keys_columns), pad(action, action_columns)));
    }
    out
}

/// The same rows as a Markdown table.
fn markdown(rows: &[[String; 4]]) -> String {
    let head = [words::keys_context(), words::keys_keys(), words::keys_action(), words::keys_help()];
    let mut out = format!("| {} |\n|---|---|---|---|\n", head.join(" | "));
    for row in rows {
        out.push_str(&format!("| {} |\n", row.each_ref().map(|cell| escape(cell)).join(" | ")));
    }
    out
}
