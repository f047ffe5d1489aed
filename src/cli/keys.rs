//! The table of keys as text and Markdown, drawn from the rows of the action table.

use crate::report::escape;
use crate::words;
use unicode_width::UnicodeWidthStr;

/// One action with the keys that reach it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyRow<'a> {
    /// The keys as people write them: `Ctrl-S, :w`.
    pub keys: &'a str,
    /// The action's name.
    pub action: &'a str,
    /// What it does, in one line.
    pub help: &'a str,
    /// Where it works.
    pub context: &'a str,
}

/// The table as aligned text, grouped by context in the order of the rows.
#[must_use]
pub fn text(rows: &[KeyRow<'_>]) -> String {
    let widest = |cell: fn(&KeyRow<'_>) -> usize| rows.iter().map(cell).max().unwrap_or(0);
    let (keys, actions) = (widest(|row| row.keys.width()), widest(|row| row.action.width()));
    let mut out = String::new();
    let mut context = None;
    for row in rows {
        if context != Some(row.context) {
            let gap = if context.is_some() { "\n" } else { "" };
            out.push_str(&format!("{gap}{}\n", row.context));
            context = Some(row.context);
        }
        let pad = |text: &str, columns: usize| " ".repeat(columns.saturating_sub(text.width()));
        let (after_keys, after_action) = (pad(row.keys, keys), pad(row.action, actions));
        out.push_str(&format!("  {}{after_keys}  {}{after_action}  {}\n", row.keys, row.action, row.help));
    }
    out
}

/// The table as Markdown.
#[must_use]
pub fn markdown(rows: &[KeyRow<'_>]) -> String {
    let head = [words::keys_context(), words::keys_keys(), words::keys_action(), words::keys_help()];
    let mut out = format!("| {} |\n|---|---|---|---|\n", head.join(" | "));
    for row in rows {
        let cells = [row.context, row.keys, row.action, row.help].map(escape);
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    out
}
