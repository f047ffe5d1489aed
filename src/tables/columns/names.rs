//! Which column holds the names, and which ones begin them.

use super::{Found, Sheet};
use crate::tables::contents::{filled, holds_codes, is_text, repeats};
use crate::tables::letters::{Words, has};
use crate::tables::meanings::{ColumnUse, FoundBy, Kind, Unused};
use crate::tables::table::Row;
use crate::tables::titles::{is_attribute, is_of_group, plain_title};
use std::collections::HashSet;

/// Titles of what a call says beside its prompt and no picture is called by, folded.
static PARAMETERS: Words = Words::of(&[
    "output format | response format | output compression | background | moderation | input fidelity | file format | style | user",
    "dateiformat | ausgabeformat | hintergrund | stil | format de fichier | format de sortie | arriere plan | formato de archivo",
    "formato de salida | fondo | estilo | formato file | formato di file | formato di output | sfondo | stile | ファイル形式",
    "出力形式 | 背景 | スタイル | 文件格式 | 输出格式 | 背景色 | 风格",
]);

/// Whether a title is of what a call says beside its prompt.
fn is_parameter(title: &str) -> bool {
    has(&PARAMETERS, &plain_title(title))
}

impl Sheet<'_> {
    /// The column of names, if no title marks it: the first column of texts, else notes that stand in every row, else prompts.
    /// Names with gaps, as merged cells leave them, belong to a group if a further column of texts tells the rows apart.
    pub(super) fn names(&self, found: &mut [Found]) {
        let prompted = found.iter().any(|(taken, _)| matches!(taken, ColumnUse::As(Kind::Prompt, _)));
        let attribute =
            |at: usize| self.title(at).is_some_and(|title| is_attribute(title) || (prompted && is_parameter(title)));
        let texts = |at: usize| is_text(self.rows, at, self.context.catalog) && !attribute(at);
        let unused = |taken: &ColumnUse| matches!(taken, ColumnUse::Unused(Unused::UnknownTitle | Unused::Unclear));
        let heads = |at: usize| self.title(at).is_some_and(is_of_group);
        let open = |found: &[Found], after: usize| {
            let columns = || (after..found.len()).filter(|at| unused(&found[*at].0) && texts(*at));
            let first = columns().next()?;
            let fuller = || columns().find(|at| !heads(*at) && self.is_fuller(*at, first));
            Some(if heads(first) { fuller().unwrap_or(first) } else { first })
        };
        let name = found.iter().position(|(taken, _)| matches!(taken, ColumnUse::As(Kind::Name, _)));
        match name {
            None => {
                let note = |taken: &ColumnUse| matches!(taken, ColumnUse::As(Kind::Note, FoundBy::Title));
                let full = |at: usize| filled(self.rows, at).count() == self.rows.len();
                let notes = || (0..found.len()).find(|at| note(&found[*at].0) && full(*at) && texts(*at));
                let described =
                    open(found, 0).filter(|at| holds_codes(self.rows, *at)).and_then(|_| self.described(found));
                if let Some(at) = described.or_else(|| open(found, 0)).or_else(notes) {
                    found[at].0 = ColumnUse::As(Kind::Name, FoundBy::Contents);
                    self.groups(found, at);
                    // What was passed over for this name begins it.
                    for before in (0..at).filter(|before| heads(*before) && texts(*before)) {
                        if unused(&found[before].0) {
                            found[before].0 = ColumnUse::As(Kind::Group, FoundBy::Title);
                        }
                    }
                }
            }
            Some(name) if self.is_merged(name) => {
                let further = open(found, name + 1).filter(|at| self.fills_gaps(name, *at));
                if let Some(further) = further.filter(|_| !matches!(found[name].0, ColumnUse::As(_, FoundBy::Choice))) {
                    let ColumnUse::As(_, how) = found[name].0 else { return };
                    found[name].0 = ColumnUse::As(Kind::Group, how);
                    found[further].0 = ColumnUse::As(Kind::Name, FoundBy::Contents);
                } else {
                    self.groups(found, name);
                }
            }
            Some(name) => self.groups(found, name),
        }
        self.told_apart(found);
    }

    /// Names that rows share, such as the product of several shots, and a further column of texts that tells those rows apart: it
    /// holds the names then, and they are what they belong to.
    fn told_apart(&self, found: &mut [Found]) {
        let named = |(taken, _): &Found| matches!(taken, ColumnUse::As(Kind::Name, _));
        let Some(name) = found.iter().position(named) else { return };
        let ColumnUse::As(_, how) = found[name].0 else { return };
        let grouped = found.iter().any(|(taken, _)| matches!(taken, ColumnUse::As(Kind::Group, _)));
        if grouped || how == FoundBy::Choice || !(repeats(self.rows, name) || self.is_merged(name)) {
            return;
        }
        let unused = |at: usize| matches!(found[at].0, ColumnUse::Unused(Unused::UnknownTitle | Unused::Unclear));
        let tells = |at: &usize| {
            let all = filled(self.rows, *at).count();
            let apart = self.differ(&[name, *at]);
            let attribute = self.title(*at).is_some_and(is_attribute);
            let full = all * 4 >= self.rows.len() * 3 && apart * 4 >= all * 3 && apart > self.differ(&[name]);
            full && unused(*at) && !attribute && is_text(self.rows, *at, self.context.catalog)
        };
        if let Some(at) = (name + 1..found.len()).find(tells) {
            found[name].0 = ColumnUse::As(Kind::Group, how);
            found[at].0 = ColumnUse::As(Kind::Name, FoundBy::Contents);
        }
    }

    /// Whether a column has as many texts as another one, and more that differ or none that repeat.
    fn is_fuller(&self, at: usize, other: usize) -> bool {
        let all = |at: usize| filled(self.rows, at).count();
        all(at) >= all(other) && (self.differ(&[at]) > self.differ(&[other]) || self.differ(&[at]) == all(at))
    }

    /// A description beside a column of notes, in most rows: it says what each row is.
    fn described(&self, found: &[Found]) -> Option<usize> {
        let second = |taken: &ColumnUse| *taken == ColumnUse::Unused(Unused::Second(Kind::Note));
        let most = |at: usize| filled(self.rows, at).count() * 2 > self.rows.len();
        let described = |at: &usize| most(*at) && is_text(self.rows, *at, self.context.catalog);
        (0..found.len()).filter(|at| second(&found[*at].0)).find(described)
    }

    /// Whether a column begins with a text and has gaps in rows that hold something else.
    fn is_merged(&self, column: usize) -> bool {
        let blank = |row: &Row| row.cells.get(column).is_none_or(|cell| cell.trim().is_empty());
        self.rows.first().is_some_and(|row| !blank(row)) && self.rows.iter().any(blank)
    }

    /// Whether `other` is filled wherever `column` is not, apart from sums.
    fn fills_gaps(&self, column: usize, other: usize) -> bool {
        let blank = |row: &Row, at: usize| row.cells.get(at).is_none_or(|cell| cell.trim().is_empty());
        let gaps = self.rows.iter().filter(|row| blank(row, column));
        let (all, filled) = gaps.fold((0, 0), |(all, some), row| (all + 1, some + usize::from(!blank(row, other))));
        filled > 0 && filled + 1 >= all
    }

    /// Columns of texts that rows have in common and that begin the names: by a title of groups, or of names that give way to one
    /// that tells the rows apart.
    fn groups(&self, found: &mut [Found], name: usize) {
        let by_choice = |at: usize| matches!(found[at].0, ColumnUse::As(_, FoundBy::Choice));
        if by_choice(name) || found.iter().any(|(taken, _)| matches!(taken, ColumnUse::As(Kind::Group, _))) {
            return;
        }
        let doubled = self.differ(&[name]) < filled(self.rows, name).count();
        let titled = |at: usize| match found[at].0 {
            ColumnUse::Unused(Unused::Second(Kind::Name)) => true,
            ColumnUse::Unused(Unused::UnknownTitle) => self.title(at).is_some_and(is_of_group),
            _ => false,
        };
        let begins = |at: &usize| {
            let shared = *at < name && (repeats(self.rows, *at) || self.is_merged(*at));
            let parts = || doubled && self.differ(&[*at, name]) > self.differ(&[name]);
            titled(*at) && is_text(self.rows, *at, self.context.catalog) && (shared || parts())
        };
        let groups: Vec<usize> = (0..found.len()).filter(|at| *at != name).filter(begins).collect();
        for at in groups {
            found[at].0 = ColumnUse::As(Kind::Group, FoundBy::Title);
        }
    }

    /// How many different texts these columns hold together, in rows where the last one is filled.
    fn differ(&self, columns: &[usize]) -> usize {
        let cell = |row: &Row, at: usize| row.cells.get(at).unwrap_or_default().trim().to_lowercase();
        let filled = |row: &&Row| columns.last().is_some_and(|at| !cell(row, *at).is_empty());
        let texts =
            self.rows.iter().filter(filled).map(|row| columns.iter().map(|at| cell(row, *at)).collect::<Vec<_>>());
        texts.collect::<HashSet<_>>().len()
    }
}
