//! The parts of a Markdown text that can be checked: fences, tables, headings, links, code spans.

/// A fenced block.
pub(crate) struct Fence {
    /// `console`, `toml`, `text` …
    pub(crate) kind: String,
    /// The comment on the line before, such as `screen 120x30 FILE` or `file NAME`.
    pub(crate) note: String,
    /// The lines between the fences.
    pub(crate) body: String,
}

/// Every fenced block, in order.
pub(crate) fn fences(text: &str) -> Vec<Fence> {
    let mut found = Vec::new();
    let mut open: Option<Fence> = None;
    let mut before = "";
    for line in text.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(kind), None) => {
                let note = before.trim().strip_prefix("<!--").and_then(|note| note.strip_suffix("-->"));
                let note = note.unwrap_or_default().trim().to_owned();
                open = Some(Fence { kind: kind.to_owned(), note, body: String::new() });
            }
            (None, Some(fence)) => {
                fence.body.push_str(line);
                fence.body.push('\n');
            }
            (None, None) => {}
        }
        before = line;
    }
    assert!(open.is_none(), "a fence is never closed");
    found
}

/// The rows of the table whose first heading is `heading`, without head and rule.
#[track_caller]
pub(crate) fn table(text: &str, heading: &str) -> Vec<Vec<String>> {
    let head = format!("| {heading} |");
    let rows: Vec<Vec<String>> = text
        .lines()
        .skip_while(|line| !line.starts_with(&head))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect())
        .collect();
    assert!(!rows.is_empty(), "no table with the heading {heading}");
    rows
}

/// The first heading of each table.
pub(crate) fn table_headings(text: &str) -> Vec<String> {
    let prose = prose(text);
    let lines: Vec<&str> = prose.lines().collect();
    let heads = lines.windows(2).filter(|pair| pair[0].starts_with("| ") && pair[1].starts_with("|--"));
    heads.map(|pair| pair[0].trim_matches('|').split('|').next().unwrap().trim().to_owned()).collect()
}

/// The text without its fences.
fn prose(text: &str) -> String {
    let mut inside = false;
    let mut prose = String::new();
    for line in text.lines() {
        if line.starts_with("```") {
            inside = !inside;
        } else if !inside {
            prose.push_str(line);
            prose.push('\n');
        }
    }
    prose
}

/// The text on one line, so that a sentence is found wherever its lines break.
pub(crate) fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text between backticks, outside fences.
pub(crate) fn spans(text: &str) -> Vec<String> {
    prose(text).split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Headings below the title, with their number of `#`.
pub(crate) fn headings(text: &str) -> Vec<(usize, String)> {
    let lines = prose(text);
    let headings = lines.lines().filter(|line| line.starts_with('#'));
    headings
        .map(|line| (line.bytes().take_while(|byte| *byte == b'#').count(), line.trim_matches(['#', ' ']).to_owned()))
        .collect()
}

/// The part after `#` in a link to a heading.
pub(crate) fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

/// The targets of links, without those to other sites: `(FILE, HEADING)`, each of which may be empty.
pub(crate) fn links(text: &str) -> Vec<(String, String)> {
    // A link inside backticks is shown as text, so it has no target.
    let prose: String = prose(text).split('`').enumerate().filter(|(i, _)| i % 2 == 0).map(|(_, part)| part).collect();
    let targets = prose.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let inner = targets.filter(|target| !target.contains("://"));
    inner
        .map(|target| target.split_once('#').unwrap_or((target, "")))
        .map(|(file, part)| (file.to_owned(), part.to_owned()))
        .collect()
}

/// The cell without its backticks.
pub(crate) fn bare(cell: &str) -> String {
    cell.replace('`', "")
}
