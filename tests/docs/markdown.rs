//! The parts of a Markdown text that can be checked: fences, tables, links, code spans.

/// A fenced block.
pub(crate) struct Fence {
    /// `console`, `toml`, `text` …
    pub(crate) kind: String,
    /// What a comment on the line before says, such as `screen 120x30 FILE` or `file NAME`.
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

/// What stands between backticks, outside of fences.
pub(crate) fn spans(text: &str) -> Vec<String> {
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
    prose.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Where links lead, without those to other sites.
pub(crate) fn links(text: &str) -> Vec<String> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets.filter(|target| !target.contains("://")).map(str::to_owned).collect()
}

/// The cell without its backticks.
pub(crate) fn bare(cell: &str) -> String {
    cell.replace('`', "")
}
