//! Headings that carry the sum of the rows below them: `1 Website 10` above `1.1 Hero 4` and `1.2 Tile 6`, or above `- Hero`.

use crate::cost::Knob;
use crate::tables::contents::filled;
use crate::tables::letters::narrowed;
use crate::tables::meanings::{Column, Kind};
use crate::tables::table::Row;
use crate::tables::vocabulary::may_be_sum;
use std::collections::BTreeSet;

/// What is known of the sums of a list before its rows are read.
#[derive(Default)]
pub(in crate::tables) struct Subtotals {
    /// The numbers of the rows that are the sum of those below them.
    pub(in crate::tables) exact: BTreeSet<usize>,
    /// The numbers of the rows above others of their own that count something else than these together.
    pub(in crate::tables) unsure: BTreeSet<usize>,
    /// The finals of all rows together, sums among them.
    pub(in crate::tables) finals: u64,
    columns: Option<(usize, Option<usize>, Option<usize>)>,
    open: Vec<Open>,
}

/// A row below which its own may follow.
struct Open {
    number: usize,
    code: String,
    depth: usize,
    count: u64,
    sum: u64,
    most: u64,
}

impl Subtotals {
    /// Begins with the columns of the finals, the names and the codes such as 1.2.
    pub(in crate::tables) fn of(columns: &[Column], sample: &[Row]) -> Subtotals {
        let at = |kind: Kind| columns.iter().position(|column| column.kind() == Some(kind));
        let finals = at(Kind::Knob(Knob::Finals));
        let others = |column: &usize| columns[*column].kind().is_none_or(|kind| kind == Kind::Group);
        let coded = |at: &usize| {
            let nested = filled(sample, *at).any(|cell| cell.contains(['.', '-']));
            nested && filled(sample, *at).all(is_code)
        };
        let codes = (0..columns.len()).filter(others).find(coded);
        Subtotals { columns: finals.map(|finals| (finals, at(Kind::Name), codes)), ..Subtotals::default() }
    }

    /// Takes the next row.
    pub(in crate::tables) fn add(&mut self, row: &Row) {
        let Some((finals, name, codes)) = self.columns else { return };
        let cell = |at: usize| row.cells.get(at).unwrap_or_default();
        let Ok(count) = narrowed(cell(finals).trim()).parse::<u64>() else { return };
        self.finals = self.finals.saturating_add(count);
        let name = name.map(cell).unwrap_or_default();
        let code = codes.map(|at| narrowed(cell(at).trim()).trim_end_matches('.').to_owned()).unwrap_or_default();
        let depth = if codes.is_some() { 0 } else { indent(name) };
        let own = |open: &Open| match codes {
            Some(_) => code.strip_prefix(&open.code).is_some_and(|rest| rest.starts_with(['.', '-'])),
            None => depth > open.depth,
        };
        while let Some(done) = self.open.pop_if(|open| !own(open)) {
            self.close(&done);
        }
        if let Some(parent) = self.open.last_mut().filter(|_| !may_be_sum(name)) {
            parent.sum = parent.sum.saturating_add(count);
            parent.most = parent.most.max(count);
        }
        self.open.push(Open { number: row.number, code, depth, count, sum: 0, most: 0 });
    }

    /// Ends the list.
    pub(in crate::tables) fn end(mut self) -> Subtotals {
        while let Some(done) = self.open.pop() {
            self.close(&done);
        }
        self
    }

    fn close(&mut self, done: &Open) {
        if done.sum > 0 && done.sum == done.count {
            self.exact.insert(done.number);
        } else if done.sum > 0 && done.count > done.most {
            self.unsure.insert(done.number);
        }
    }
}

/// `1`, `1.2`, `1-2-3`.
fn is_code(cell: &str) -> bool {
    let cell = narrowed(cell.trim());
    let parts = cell.trim_end_matches('.').split(['.', '-']);
    cell.len() <= 12 && parts.into_iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

/// How far a name is moved in, by blanks or by a sign before it: `- Hero`, `• Hero`, `・主图`.
fn indent(name: &str) -> usize {
    let signs = |c: char| {
        c.is_whitespace() || matches!(c, '-' | '–' | '—' | '•' | '·' | '・' | '▪' | '◦' | '└' | '├' | '↳' | '→')
    };
    let moved = name.chars().take_while(|c| signs(*c)).count();
    let blank = name.chars().nth(moved.saturating_sub(1)).is_some_and(|c| c.is_whitespace() || matches!(c, '・' | '•'));
    if moved > 0 && blank { moved } else { 0 }
}
