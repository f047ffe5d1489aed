//! The named risks of the risk screen as a table: chance, what each brings if there is room, what it adds, its share.

use super::canvas::Align;
use super::risk_lines::{GAP, Line, SHARE, columns_of, said, side_by_side};
use super::text::{Ellipsis, fit};
use super::theme::Role;
use crate::figures::{NamedRow, Standing};
use crate::words;

/// Named risks of which each has a second line for what it brings.
const FEW: usize = 4;

/// Where the cells of the table stand.
struct Cells {
    room: u16,
    names: u16,
    /// Ends of the chance and of what it adds; the share ends at the edge.
    chance: u16,
    adds: u16,
    /// Whether what a risk brings has a column of its own.
    has_brings: bool,
}

/// The table's lines, a heading first; the selected row has a mark before it.
pub(super) fn table(rows: &[NamedRow], (selected, ascii): (usize, bool), room: u16) -> Vec<Line> {
    let cells = Cells::of(rows, room);
    let mut lines = vec![cells.head()];
    for (at, row) in rows.iter().enumerate() {
        let mark = match (at == selected, ascii) {
            (true, true) => ">",
            (true, false) => "▸",
            (false, _) => " ",
        };
        let mut own = cells.row(row, mark);
        if !cells.has_brings && rows.len() <= FEW {
            own.push(Line::of(vec![(GAP + 1, row.brings.clone(), Role::Dim)]));
        }
        for (below, line) in own.iter_mut().enumerate() {
            (line.is_selected, line.goes_on) = (at == selected && below == 0, below > 0);
        }
        lines.extend(own);
    }
    lines
}

fn heads() -> [&'static str; 3] {
    [words::risk_chance(), words::risk_adds_short(), words::card_share()]
}

fn adds(row: &NamedRow) -> String {
    match &row.standing {
        Standing::Counted { adds, .. } => adds.to_string(),
        Standing::Broken(_) | Standing::Off => String::new(),
    }
}

fn right(end: u16, text: &str, role: Role) -> (u16, String, Role) {
    (end.saturating_sub(columns_of(text)), text.to_owned(), role)
}

impl Cells {
    fn of(rows: &[NamedRow], room: u16) -> Cells {
        let widest = |head: &str, cell: &dyn Fn(&NamedRow) -> String| {
            rows.iter().map(|row| columns_of(&cell(row))).max().unwrap_or(0).max(columns_of(head))
        };
        let [chance, added, share] = heads();
        let (chances, added) = (widest(chance, &|row| row.chance.clone()), widest(added, &adds));
        let shares = SHARE.max(columns_of(share));
        let figures = chances + added + shares + 2 * GAP;
        let names = widest(words::risk_named_heading(), &|row| format!(" {}", row.name));
        let names = names.min(room.saturating_sub(figures + GAP));
        let brings = widest("", &|row| row.brings.clone());
        let has_brings = names + figures + brings + 2 * GAP <= room;
        Cells { room, names, chance: names + GAP + chances, adds: room.saturating_sub(shares + GAP), has_brings }
    }

    fn name(&self, name: &str, role: Role) -> (u16, String, Role) {
        (0, fit(name, usize::from(self.names), Align::Left, Ellipsis::Unicode), role)
    }

    fn head(&self) -> Line {
        let [chance, added, share] = heads();
        Line::of(vec![
            self.name(words::risk_named_heading(), Role::Title),
            right(self.chance, chance, Role::Dim),
            right(self.adds, added, Role::Dim),
            right(self.room, share, Role::Dim),
        ])
    }

    /// A risk in its line; why it does not count stands at its end, or below where that has no room.
    fn row(&self, row: &NamedRow, mark: &str) -> Vec<Line> {
        let role = match row.standing {
            Standing::Counted { .. } => Role::Label,
            Standing::Broken(_) => Role::Warn,
            Standing::Off => Role::Dim,
        };
        let mut spans =
            vec![self.name(&format!("{mark}{}", row.name), role), right(self.chance, &row.chance, Role::Value)];
        let share = row.share();
        let has_room = self.chance + GAP + columns_of(&share) <= self.room;
        let mut below = Vec::new();
        match &row.standing {
            Standing::Counted { .. } => {
                if self.has_brings {
                    spans.push((self.chance + GAP, row.brings.clone(), Role::Dim));
                }
                spans.push(right(self.adds, &adds(row), Role::Value));
                spans.push(right(self.room, &share, Role::Value));
            }
            Standing::Broken(_) | Standing::Off if has_room => spans.push(right(self.room, &share, role)),
            Standing::Broken(_) | Standing::Off => said(&mut below, self.room.saturating_sub(GAP), &share, role),
        }
        std::iter::once(Line::of(spans)).chain(side_by_side(Vec::new(), below, GAP)).collect()
    }
}
