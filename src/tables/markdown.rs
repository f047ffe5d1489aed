//! Tables of Markdown, as issues, wikis and notes hold them: `| Asset | Qty |` above a row of dashes.
//!
//! Each line stays a line, so that rows keep their numbers. What stands around the table is no part of it. Later tables are put
//! under the titles of the first, each cell by its own title; titles that the first lacks are columns behind its own.

use crate::cost::base::limits::LIST_CELLS_MAX;
use crate::tables::letters::folded;
use crate::tables::meanings::Kind;
use crate::tables::titles::proposals;
use std::borrow::Cow;
use std::collections::HashMap;

/// The text with the cells of its Markdown tables between tabs, and blank lines for all others; the text itself if it has none.
pub(super) fn as_cells(text: &str) -> Cow<'_, str> {
    // Every line of a table has a bar, and few other lists have one.
    if !text.contains('|') {
        return Cow::Borrowed(text);
    }
    let lines: Vec<&str> = text.lines().collect();
    let rules: Vec<usize> = (1..lines.len()).filter(|at| is_rule(lines[*at]) && lines[at - 1].contains('|')).collect();
    if rules.is_empty() {
        return Cow::Borrowed(text);
    }
    let tables = Tables::of(&lines, &rules);
    let mut plain = String::with_capacity(text.len());
    let (mut inside, mut table) = (false, 0);
    for (at, line) in lines.iter().enumerate() {
        let begins = rules.contains(&(at + 1));
        inside = begins || (inside && line.contains('|'));
        if begins {
            table = rules.partition_point(|rule| *rule <= at);
        }
        if inside && !rules.contains(&at) {
            plain.push_str(&tables.row(table, begins, cells(line)));
        }
        plain.push('\n');
    }
    Cow::Owned(plain)
}

/// The titles of a text's tables.
struct Tables {
    /// Those of the first table and, behind them, those that only later ones have.
    titles: Vec<String>,
    /// For each table, the column of each of its titles.
    columns: Vec<Vec<usize>>,
}

impl Tables {
    fn of(lines: &[&str], rules: &[usize]) -> Tables {
        let mut tables = Tables { titles: Vec::new(), columns: Vec::new() };
        let (mut known, mut kinds) = (HashMap::new(), Vec::new());
        for rule in rules {
            let first = tables.columns.is_empty();
            let mut columns: Vec<usize> = Vec::new();
            for title in cells(lines[rule - 1]) {
                let free = |at: &usize| !first && !columns.contains(at);
                let text = folded(&title);
                let column = known.get(&text).copied().filter(free).unwrap_or_else(|| {
                    let kind = kind_of(&title);
                    let same = |at: &usize| free(at) && kind.is_some() && kinds[*at] == kind;
                    let column = (0..kinds.len()).find(same).unwrap_or(kinds.len());
                    if column == kinds.len() {
                        kinds.push(kind);
                        tables.titles.push(title);
                    }
                    known.entry(text).or_insert(column);
                    column
                });
                columns.push(column);
            }
            tables.columns.push(columns);
            // Under one row of titles the list would be too much: its tables stand as they are.
            if tables.titles.len().saturating_mul(lines.len()) > LIST_CELLS_MAX {
                tables.titles.truncate(tables.columns[0].len());
                tables.columns.clear();
                break;
            }
        }
        tables
    }

    /// A row of a table under the titles of all; those of later tables are blank.
    fn row(&self, table: usize, is_titles: bool, cells: Vec<String>) -> String {
        let quoted = |cells: &[String]| cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join("\t");
        match (is_titles, table) {
            (true, 0) => quoted(&self.titles),
            (true, _) if table < self.columns.len() => String::new(),
            (false, 0) => quoted(&cells),
            (_, _) => {
                let Some(columns) = self.columns.get(table) else { return quoted(&cells) };
                let mut row = vec![String::new(); self.titles.len()];
                for (at, cell) in cells.into_iter().enumerate() {
                    match columns.get(at) {
                        Some(column) => row[*column] = cell,
                        // A cell too many is behind all titles, where its row is refused.
                        None => row.push(cell),
                    }
                }
                quoted(&row)
            }
        }
    }
}

/// What a title surely means, if only one column can: titles of one meaning are one column, such as `Qty` and `Anzahl`.
fn kind_of(title: &str) -> Option<Kind> {
    let sure = proposals(title).first().filter(|first| !first.unsure).map(|first| first.kind);
    sure.filter(|kind| !matches!(kind, Kind::Group | Kind::Note | Kind::Across))
}

/// A row of dashes, perhaps with colons: `|---|:--:|`.
fn is_rule(line: &str) -> bool {
    let cells = cells(line);
    let rule = |cell: &String| {
        let dashes = cell.trim().trim_start_matches(':').trim_end_matches(':');
        !dashes.is_empty() && dashes.bytes().all(|byte| byte == b'-')
    };
    line.contains('|') && !cells.is_empty() && cells.iter().all(rule)
}

/// The cells of a line; `\|` is a bar within one.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let (mut cells, mut cell, mut escaped) = (Vec::new(), String::new(), false);
    for c in line.chars() {
        match c {
            '|' if !escaped => cells.push(std::mem::take(&mut cell)),
            '|' => {
                cell.pop();
                cell.push('|');
            }
            c => cell.push(c),
        }
        escaped = c == '\\' && !escaped;
    }
    if !cell.trim().is_empty() {
        cells.push(cell);
    }
    cells.iter().map(|cell| bare(cell)).collect()
}

/// A cell without the signs of bold, italics and code around it, and with line breaks for `<br>`.
fn bare(cell: &str) -> String {
    let mut bare = cell.trim();
    for sign in ["**", "__", "`", "*", "_"] {
        let within = bare.strip_prefix(sign).and_then(|rest| rest.strip_suffix(sign)).filter(|rest| !rest.is_empty());
        bare = within.map_or(bare, str::trim);
    }
    unstruck(bare).replace("<br>", "\n").replace("<br/>", "\n").replace("<br />", "\n")
}

/// A cell without what is struck through, if something else remains: `~~2~~ 3` is `3`.
fn unstruck(cell: &str) -> String {
    // Of the parts between the signs every second one is struck.
    let parts: Vec<&str> = cell.split("~~").collect();
    let kept =
        parts.iter().step_by(2).map(|part| part.trim()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    if parts.len().is_multiple_of(2) || kept.is_empty() { cell.to_owned() } else { kept }
}

fn quoted(cell: &str) -> String {
    if cell.is_empty() { String::new() } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_cells_and_what_stands_around_it_is_blank() {
        let text = "# Shots\n\n| Asset | Qty |\n|:---|---:|\n| **Hero** | 3 |\n| A \\| B | `4` |\n\nDone | soon?\n";
        assert_eq!(as_cells(text), "\n\n\"Asset\"\t\"Qty\"\n\n\"Hero\"\t\"3\"\n\"A | B\"\t\"4\"\n\n\n");
        assert_eq!(as_cells("Asset | Qty\n--- | ---\nHero | 3\n"), "\"Asset\"\t\"Qty\"\n\n\"Hero\"\t\"3\"\n");
        assert_eq!(
            as_cells("|Asset|Qty|\n|-|-|\n|A|3|\n\n|Qty|Size|Asset|\n|-|-|-|\n|2|1:1|B|\n"),
            "\"Asset\"\t\"Qty\"\t\"Size\"\n\n\"A\"\t\"3\"\n\n\n\n\"B\"\t\"2\"\t\"1:1\"\n"
        );
        for other in ["Asset,Qty\nA | B,3\n", "a|b\n1|2\n", "|\n", "", "| a |\n| b |\n"] {
            assert_eq!(as_cells(other), other);
        }
    }
}
