//! What a row is called: by its own cell, and by what it belongs to.

use super::{List, Rows, shortened};
use crate::cost::Knob;
use crate::cost::base::limits::NAME_MAX;
use crate::tables::file::listed;
use crate::tables::meanings::{Column, ColumnUse, Kind, Unused};
use crate::tables::remarks::{is_charge, is_to_sign};
use crate::tables::sums::tells_nothing;
use crate::tables::table::Row;
use crate::tables::vocabulary::may_be_sum;
use crate::words;
use std::collections::HashSet;

impl List<'_> {
    /// Which count is the later decision, if there are two.
    pub(super) fn later_counts(&self) -> Option<String> {
        let earlier = self.columns.iter().filter(|column| column.taken == ColumnUse::Unused(Unused::Earlier));
        let earlier: Vec<&str> = earlier.map(|column| column.title.as_str()).collect();
        let later = self.column(Kind::Knob(Knob::Finals)).filter(|_| !earlier.is_empty())?;
        Some(words::intake_later(&self.columns[later].title, listed(&earlier)))
    }
}

impl<'a> Rows<'a> {
    /// The name: what the row belongs to, and its own.
    pub(super) fn name(&mut self, row: &Row, notes: &mut Vec<String>) -> String {
        let list = self.list;
        for at in 0..self.groups.len() {
            let cell = joined(row.cells.get(self.groups[at].0).unwrap_or_default());
            if !cell.is_empty() && cell != self.groups[at].1 && !is_no_group(&cell) {
                self.groups[at].1 = cell;
                // Groups inside another group start over.
                self.groups[at + 1..].iter_mut().for_each(|(_, within)| within.clear());
            }
        }
        let groups: Vec<&str> =
            self.groups.iter().map(|(_, group)| group.as_str()).filter(|group| !group.is_empty()).collect();
        let group = groups.into_iter().map(str::to_owned).reduce(words::intake_grouped_name).unwrap_or_default();
        let (title, own) = self.own_name(row);
        let name = match (group.as_str(), own.as_str()) {
            ("", own) => own.to_owned(),
            (group, "") if !list.has(Kind::Name) => group.to_owned(),
            (_, "") => String::new(),
            (group, own) => words::intake_grouped_name(group, own),
        };
        shortened(name, NAME_MAX, title, notes)
    }

    /// The name of a row, or where its cell is blank as those of merged cells are in a text, the name of the row right above: only a
    /// row that says what its picture is like goes on with it, because a count alone may be a sum.
    pub(super) fn continued(&mut self, row: &Row, own: &str, name: String, notes: &mut Vec<String>) -> String {
        let list = self.list;
        if !own.is_empty() || !list.has(Kind::Name) {
            self.named = (!own.is_empty()).then(|| (row.number, name.clone()));
            return name;
        }
        let grouped = list.of_kind(Kind::Group).any(|at| !row.cells.get(at).unwrap_or_default().trim().is_empty());
        match self.named.take().filter(|(above, _)| above + 1 == row.number && !grouped && !tells_nothing(list, row)) {
            Some((_, above)) => {
                notes.push(words::intake_name_above(&above));
                self.named = Some((row.number, above.clone()));
                above
            }
            None => name,
        }
    }

    /// The row's own name, by which it is known whether the row is a deliverable, with the title of the column that says it.
    pub(super) fn own_name(&self, row: &Row) -> (&'a str, String) {
        let list = self.list;
        match list.cell(row, Kind::Name) {
            Some((title, cell)) => (title, joined(cell)),
            None if list.has(Kind::Name) => ("", String::new()),
            None => match (list.cell(row, Kind::Group), list.cell(row, Kind::Prompt)) {
                (None, Some((title, prompt))) => (title, beginning(&joined(prompt))),
                (Some(_), _) => ("", String::new()),
                // The first cell of a row says what it is across.
                (None, None) if !list.across.is_empty() => ("", joined(row.cells.get(0).unwrap_or_default())),
                (None, None) => ("", words::new_deliverable(list.budget.lines.len() + self.understood + 1)),
            },
        }
    }

    /// What tells a sum, a heading or a remark: the row's own name; of a list without names what its group says.
    pub(super) fn told_by<'n>(&self, own: &'n str, name: &'n str) -> &'n str {
        if own.is_empty() && !self.list.has(Kind::Name) { name } else { own }
    }
}

/// A text with single blanks between its words.
fn joined(cell: &str) -> String {
    cell.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a cell under a title of groups is a sum or a remark, to which nothing belongs.
fn is_no_group(cell: &str) -> bool {
    may_be_sum(cell) || is_charge(cell) || is_to_sign(cell)
}

/// Characters of a name that is made of a prompt.
const NAME_OF_PROMPT: usize = 60;

/// The first words of a prompt.
fn beginning(prompt: &str) -> String {
    let Some((end, _)) = prompt.char_indices().nth(NAME_OF_PROMPT) else { return prompt.to_owned() };
    let cut = &prompt[..end];
    let words = cut.rfind(' ').map_or(cut, |at| &cut[..at]);
    format!("{}…", words.trim_end_matches([',', ';', '.']))
}

/// The codes that head others in columns of texts: `A` of `A1`, `2` of `2.1`.
pub(in crate::tables) fn heads(columns: &[Column], sample: &[Row]) -> HashSet<(usize, String)> {
    let texts = columns.iter().enumerate().filter(|(_, column)| column.kind().is_none_or(|kind| kind == Kind::Group));
    let texts: Vec<usize> = texts.map(|(at, _)| at).collect();
    let head = |cell: &str| {
        let digits = cell.find(|c: char| c.is_ascii_digit())?;
        let (begin, rest) = match digits {
            0 => cell.split_once(['.', '-'])?,
            at => cell.split_at(at),
        };
        let begin = begin.trim_end_matches(['.', '-', ' ']);
        let coded = !begin.is_empty() && begin.len() <= 3 && begin.chars().all(char::is_alphanumeric);
        (coded && !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'))
            .then(|| begin.to_lowercase())
    };
    let cells = sample.iter().flat_map(|row| texts.iter().filter_map(|at| Some((*at, row.cells.get(*at)?.trim()))));
    cells.filter_map(|(at, cell)| Some((at, head(cell)?))).collect()
}
