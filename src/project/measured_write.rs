//! Writing measured tokens: whole, and as the changes from one to another.

use super::splice::{Change, render_string};
use crate::cost::budget::Measured;
use crate::cost::budget::measured;

/// Part by part, so that keys of one's own and comments beside the others stay.
pub(super) fn measured_changes(changes: &mut Vec<Change>, table: &[&str], before: &Measured, after: &Measured) {
    let (before, after) = (rendered_parts(before), rendered_parts(after));
    for key in measured::KEYS {
        let of = |parts: &[(&str, String)]| parts.iter().find(|(part, _)| *part == key).map(|(_, text)| text.clone());
        let path = table.iter().copied().chain([key]).map(str::to_owned).collect();
        match (of(&before), of(&after)) {
            (old, new) if old == new => {}
            (_, Some(value)) => changes.push(Change::Set { path, value }),
            (_, None) => changes.push(Change::Remove { path }),
        }
    }
}

/// As an inline table.
pub(super) fn rendered_measured(measured: &Measured) -> String {
    let parts = rendered_parts(measured).into_iter().map(|(key, text)| format!("{key} = {text}"));
    format!("{{ {} }}", parts.collect::<Vec<_>>().join(", "))
}

/// The parts as a file spells them: numbers bare, all else in quotes.
fn rendered_parts(measured: &Measured) -> Vec<(&'static str, String)> {
    let spelt = |key: &str, text: String| match key {
        "output" | "reference" => text,
        _ => render_string(&text),
    };
    measured::parts(measured).into_iter().map(|(key, text)| (key, spelt(key, text))).collect()
}
