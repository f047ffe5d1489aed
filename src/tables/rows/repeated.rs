//! Cells that say what another row says: `ditto`, `〃`, `as B1`.

use super::Rows;
use crate::tables::cells::{is_open, quoted};
use crate::tables::letters::{Words, folded, has, words};
use crate::tables::meanings::{ColumnUse, Kind};
use crate::tables::table::Row;
use crate::words;
use csv::StringRecord;
use std::collections::HashMap;

/// What a cell refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::tables) enum Reference {
    /// The row above.
    Above,
    /// The row that one of its cells calls so, folded.
    Row(String),
}

/// Rows that later ones may refer to; none where no cell of the list refers to another.
#[derive(Default)]
pub(super) struct Above {
    rows: Vec<StringRecord>,
    /// What their cells call them, folded, with their index.
    called: HashMap<String, usize>,
}

/// Words for the row above, folded.
static DITTO: Words = Words::of(&[
    "\" | '' | ″ | ” | 〃 | 々 | ditto | dto | idem | same | same as above | as above | see above | dito | wie oben | siehe oben | s o | wie vor",
    "identique | comme ci dessus | voir ci dessus | igual | igual que arriba | como arriba | come sopra | uguale | 同上 | 上に同じ | 上記と同じ | 同前",
]);

/// Words before the name of a row, folded.
static AS: Words = Words::of(&[
    "same as | as in | as | like | see | analog zu | siehe | analog | wie | comme | idem | voir | igual que | como | ver | uguale a | come | vedi",
]);

/// Words between those and the name, folded.
static LINES: Words = Words::of(&["row | line | no | pos | zeile | nr | ligne | fila | riga | linea | #"]);

/// Longest cell that refers to another row, in bytes.
const REFERENCE_BYTES: usize = 40;

/// Whether a cell may refer to another row, by how it begins: every cell of a list is asked.
fn may_refer(cell: &str) -> bool {
    const BEGINNINGS: [&str; 23] = [
        "s",
        "as",
        "see",
        "dto",
        "wie",
        "ver",
        "dito",
        "idem",
        "same",
        "like",
        "voir",
        "come",
        "como",
        "vedi",
        "ditto",
        "siehe",
        "comme",
        "igual",
        "analog",
        "uguale",
        "identique",
        "\"",
        "''",
    ];
    let Some(first) = cell.chars().next() else { return false };
    if !first.is_ascii() {
        return matches!(first, '″' | '”' | '〃' | '々' | '同' | '与' | '上') || cell.ends_with("同じ");
    }
    let word = cell.split([' ', '.', '-', ':']).next().unwrap_or_default();
    BEGINNINGS.iter().any(|known| known.eq_ignore_ascii_case(word)) || cell.ends_with("同じ")
}

/// What a cell refers to, if to another row.
pub(in crate::tables) fn reference(cell: &str) -> Option<Reference> {
    if cell.len() > REFERENCE_BYTES || !may_refer(cell.trim()) {
        return None;
    }
    let plain = folded(cell.trim()).replace(['.', '-', ':'], " ");
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if has(&DITTO, &plain) {
        return Some(Reference::Above);
    }
    let mut blanks = plain.match_indices(' ').map(|(at, _)| at).take(3).collect::<Vec<_>>();
    blanks.reverse();
    let after_word = blanks.iter().find(|at| has(&AS, &plain[..**at])).map(|at| plain[at + 1..].trim());
    let called = after_word
        .or_else(|| plain.strip_prefix('同'))
        .or_else(|| plain.strip_suffix("と同じ"))
        .or_else(|| plain.strip_prefix('与')?.strip_suffix("相同"))?;
    let bare = words(&LINES).find_map(|word| called.strip_prefix(word)?.strip_prefix(' ')).unwrap_or(called);
    (!bare.is_empty()).then(|| Reference::Row(bare.to_owned()))
}

impl Rows<'_> {
    /// The row with what other rows say in its cells that refer to them; `None` if it refers to none.
    pub(super) fn repeated(&self, row: &Row, notes: &mut Vec<String>) -> Option<Row> {
        let list = self.list;
        if !list.refers {
            return None;
        }
        let mut changed = false;
        let cells: StringRecord = row
            .cells
            .iter()
            .enumerate()
            .map(|(at, cell)| {
                let kind = list.columns.get(at).and_then(|column| column.kind());
                let known =
                    kind.filter(|kind| !matches!(kind, Kind::Name | Kind::Note | Kind::Status)).and(reference(cell));
                let other = known.and_then(|reference| match reference {
                    Reference::Above => self.above.rows.last(),
                    Reference::Row(called) => self.above.rows.get(*self.above.called.get(&called)?),
                });
                let Some(value) = other.and_then(|other| other.get(at)).filter(|value| !is_open(value.trim())) else {
                    return cell;
                };
                changed = true;
                notes.push(words::intake_read_as(&list.columns[at].title, quoted(cell.trim()), quoted(value.trim())));
                value
            })
            .collect();
        changed.then(|| row.with(cells))
    }

    /// Remembers a row for those that refer to it.
    pub(super) fn remember(&mut self, row: &Row) {
        let list = self.list;
        if !list.refers {
            return;
        }
        let index = self.above.rows.len();
        for (column, cell) in list.columns.iter().zip(&row.cells) {
            let calls = matches!(column.taken, ColumnUse::As(Kind::Name | Kind::Group, _) | ColumnUse::Unused(_));
            if calls && !is_open(cell.trim()) && cell.len() <= REFERENCE_BYTES {
                let called = folded(cell.trim()).replace(['.', '-', ':'], " ");
                let called = called.split_whitespace().collect::<Vec<_>>().join(" ");
                self.above.called.entry(called).or_insert(index);
            }
        }
        self.above.rows.push(row.cells.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_refer_to_rows_and_others() {
        for above in [
            "ditto",
            "dto.",
            "idem",
            "\"",
            "''",
            "〃",
            "同上",
            "wie oben",
            "same as above",
            "comme ci-dessus",
            "come sopra",
        ] {
            assert_eq!(reference(above), Some(Reference::Above), "{above}");
        }
        for (text, row) in [
            ("as B1", "b1"),
            ("wie Zeile 3", "3"),
            ("comme A2", "a2"),
            ("B1と同じ", "b1"),
            ("同B1", "b1"),
            ("same as A-1", "a 1"),
            ("see line 4", "4"),
        ] {
            assert_eq!(reference(text), Some(Reference::Row(row.to_owned())), "{text}");
        }
        for none in ["1024x1024", "square", "A4", "low", "", "asset", "wieder", "Do", "auto", "high"] {
            assert_eq!(reference(none), None, "{none}");
        }
    }
}
