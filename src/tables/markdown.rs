//! Tables of Markdown, as issues, wikis and notes hold them: `| Asset | Qty |` above a row of dashes.
//!
//! Each line stays a line, so that rows keep their numbers. What stands around the table is no part of it.

use std::borrow::Cow;

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
    let mut plain = String::with_capacity(text.len());
    let mut inside = false;
    for (at, line) in lines.iter().enumerate() {
        let begins = rules.contains(&(at + 1));
        inside = begins || (inside && line.contains('|'));
        if inside && !rules.contains(&at) {
            let cells: Vec<String> = cells(line).iter().map(|cell| quoted(cell)).collect();
            plain.push_str(&cells.join("\t"));
        }
        plain.push('\n');
    }
    Cow::Owned(plain)
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
    bare.replace("<br>", "\n").replace("<br/>", "\n").replace("<br />", "\n")
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
        for other in ["Asset,Qty\nA | B,3\n", "a|b\n1|2\n", "|\n", "", "| a |\n| b |\n"] {
            assert_eq!(as_cells(other), other);
        }
    }
}
