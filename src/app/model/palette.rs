//! Every action by name: found by typing, with its keys, or with the reason why it is not available.

use crate::app::keys::action::{Action, Row, TABLE};
use crate::app::model::entry::Entry;
use crate::app::model::picker::ranked;

/// The open palette.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Palette {
    /// The filter text.
    pub filter: Entry,
    /// The action under the cursor, by its index among the filtered ones.
    pub at: usize,
}

/// Commands that people type out of habit from other programs, and their meaning here.
const HABITS: [(&str, Action); 8] = [
    ("w", Action::Save),
    ("write", Action::Save),
    ("q", Action::Quit),
    ("quit", Action::Quit),
    ("e", Action::Open),
    ("edit", Action::Open),
    ("h", Action::Help),
    ("sav", Action::SaveAs),
];

impl Palette {
    /// The filtered actions, the best match first.
    #[must_use]
    pub fn rows(&self) -> Vec<&'static Row> {
        let typed = self.filter.text().trim();
        let rows: Vec<&'static Row> = TABLE.iter().filter(|row| !row.inside).collect();
        let habit = HABITS.iter().find(|(word, _)| *word == typed).map(|(_, action)| *action);
        let texts: Vec<String> = rows.iter().map(|row| format!("{} {}", (row.help)(), row.name)).collect();
        let mut found: Vec<&'static Row> =
            ranked(typed, &texts).into_iter().filter_map(|index| rows.get(index).copied()).collect();
        if let Some(action) = habit {
            found.retain(|row| row.action != action);
            found.insert(0, action.row());
        }
        found
    }

    /// The action under the cursor.
    #[must_use]
    pub fn chosen(&self) -> Option<Action> {
        let rows = self.rows();
        rows.get(self.at.min(rows.len().saturating_sub(1))).map(|row| row.action)
    }
}
