//! Finds the rows with the column titles: one, or two of which each holds a part.

use crate::cost::Knob;
use crate::cost::budget::Catalog;
use crate::tables::across::{JOINED, is_part, is_time_or_shape};
use crate::tables::contents::value_kind;
use crate::tables::letters::{Words, has};
use crate::tables::meanings::Kind;
use crate::tables::table::Row;
use crate::tables::titles::{TITLE_BYTES, is_known, plain_title, proposals, speaks_of_money};
use crate::tables::vocabulary::orientation;
use csv::StringRecord;

/// Rows in which the titles are searched: a list may begin with a heading and some lines about itself.
const TITLE_ROWS: usize = 20;

/// The titles of a list.
pub(super) struct Titles {
    /// The number of the row that holds most of them.
    pub(super) row: usize,
    /// The number of a second row of titles, right above or below.
    pub(super) second: Option<usize>,
    /// The title of each column, of both rows.
    pub(super) cells: StringRecord,
    /// The columns below a title of counts that reaches over several.
    pub(super) counting: Vec<usize>,
    /// How many rows of the sample stand above or in the titles.
    pub(super) sample_rows: usize,
    /// Whether the rows above the titles mention money, so that numbers below may be amounts.
    pub(super) of_money: bool,
}

impl Titles {
    /// The last row of titles; no row above it is a deliverable.
    pub(super) fn last(&self) -> usize {
        self.second.map_or(self.row, |second| second.max(self.row))
    }

    /// Whether the row is one of the titles.
    pub(super) fn has(&self, number: usize) -> bool {
        number == self.row || self.second == Some(number)
    }

    /// Whether the cells repeat the titles.
    pub(super) fn repeated_by(&self, cells: &StringRecord) -> bool {
        let same = |(cell, title): (&str, &str)| cell.trim().eq_ignore_ascii_case(title.trim());
        cells.len() == self.cells.len() && cells.iter().zip(&self.cells).all(same)
    }
}

/// The titles among the first rows.
pub(super) fn titles(sample: &[Row], catalog: &Catalog) -> Option<Titles> {
    let at = title_row(sample, catalog)?;
    let plain = |row: &&Row| !has_values(row, catalog);
    let above = at.checked_sub(1).and_then(|above| sample.get(above)).filter(plain);
    let below = sample.get(at + 1).filter(plain);
    let titles = &sample[at];
    let of_money = sample[..at].iter().flat_map(|row| &row.cells).any(|cell| speaks_of_money(&plain_title(cell)));
    let next = sample.get(at + 1);
    let under = next.and_then(|next| {
        edges(&titles.cells, &next.cells)
            .map(|cells| (cells, Vec::new()))
            .or_else(|| under_groups(&titles.cells, &next.cells))
    });
    let under = under.or_else(|| below.and_then(|below| Some((joined(&titles.cells, &below.cells)?, Vec::new()))));
    if let Some((cells, counting)) = under {
        let second = next.map(|row| row.number);
        return Some(Titles { row: titles.number, second, cells, counting, sample_rows: at + 2, of_money });
    }
    // A heading right above the titles fills a cell alone; titles of groups of columns fill several.
    let beside = |above: &&Row| above.number + 1 == titles.number && filled_count(&above.cells) > 1;
    let over = above.filter(beside).and_then(|above| {
        edges(&above.cells, &titles.cells)
            .map(|cells| (cells, Vec::new()))
            .or_else(|| under_groups(&above.cells, &titles.cells))
            .or_else(|| Some((filled_from(&titles.cells, &above.cells)?, Vec::new())))
    });
    let second = over.as_ref().and(above).map(|row| row.number);
    let (cells, counting) = over.unwrap_or_else(|| (titles.cells.clone(), Vec::new()));
    Some(Titles { row: titles.number, second, cells, counting, sample_rows: at + 1, of_money })
}

fn has_values(row: &Row, catalog: &Catalog) -> bool {
    // `Medium` is a quality, and beside other titles the title of what a file is.
    let titled = || row.cells.iter().filter(|cell| is_title(cell)).nth(1).is_some();
    let is_title_too = |cell: &str| cell.trim().eq_ignore_ascii_case("medium") && titled();
    row.cells.iter().any(|cell| value_kind(cell, catalog).is_some() && !is_title_too(cell))
}

/// Whether a row is the titles of a count for each shape: ratios or sizes beside a known title that is first or last.
fn is_matrix(row: &Row, catalog: &Catalog) -> bool {
    let cells = row.cells.iter().filter(|cell| !is_time_or_shape(cell));
    let kinds: Vec<Kind> = cells.filter_map(|cell| value_kind(cell, catalog)).collect();
    let shapes = kinds.iter().all(|kind| matches!(kind, Kind::Knob(Knob::Ratio | Knob::Size)));
    let mut filled = row.cells.iter().filter(|cell| !cell.trim().is_empty());
    let ends = [filled.next(), filled.next_back()];
    let known = ends.into_iter().flatten().filter(|cell| is_title(cell)).count();
    let lies = |cell: &&str| is_time_or_shape(cell) || orientation(cell).is_some();
    shapes && (known > 1 || (known == 1 && row.cells.iter().filter(lies).count() > 1))
}

fn is_title(cell: &str) -> bool {
    cell.len() <= TITLE_BYTES
        && !cell.trim().is_empty()
        && (is_known(&plain_title(cell)) || !proposals(cell).is_empty())
}

/// How many titles a row holds: those that are known, and beside one of them what counts across.
fn known_count(row: &Row) -> usize {
    let known = row.cells.iter().filter(|cell| is_title(cell)).count();
    let parts = row.cells.iter().filter(|cell| !is_title(cell) && is_part(cell)).count();
    if known > 0 { known + parts } else { 0 }
}

/// Whether a row among the first ones holds titles: the list begins there. A cover sheet has none.
pub(super) fn has_titles(sample: &[Row]) -> bool {
    sample.iter().take(TITLE_ROWS).any(|row| known_count(row) >= 2)
}

/// The index of the row with the titles, among the first rows: the first with the most of them.
fn title_row(sample: &[Row], catalog: &Catalog) -> Option<usize> {
    let counted = sample.iter().take(TITLE_ROWS).enumerate();
    let titles = |row: &Row| !has_values(row, catalog) || is_matrix(row, catalog);
    let counted = counted.filter(|(_, row)| titles(row)).map(|(at, row)| (known_count(row), at));
    let most = counted.max_by_key(|(count, at)| (*count, std::cmp::Reverse(*at)));
    let first = sample.first().filter(|row| titles(row));
    match most {
        Some((2.., at)) => Some(at),
        _ if first.is_some_and(|row| known_count(row) >= 1) => Some(0),
        // Unknown titles: a row of texts only, above a column of values.
        _ => {
            let below = sample.iter().skip(1).any(|row| has_values(row, catalog));
            first.filter(|row| row.cells.len() > 1 && below && full(row)).map(|_| 0)
        }
    }
}

fn filled_count(cells: &StringRecord) -> usize {
    cells.iter().filter(|cell| !cell.trim().is_empty()).count()
}

/// The titles with those of the row above where they have gaps; `None` if that adds no title.
fn filled_from(titles: &StringRecord, above: &StringRecord) -> Option<StringRecord> {
    let gap = |at: usize| titles.get(at).is_none_or(|cell| cell.trim().is_empty());
    let adds = |at: &usize| gap(*at) && above.get(*at).is_some_and(is_title);
    let width = titles.len().max(above.len());
    (0..width).any(|at| adds(&at)).then(|| {
        let cell = |at: usize| if adds(&at) { above.get(at) } else { titles.get(at) };
        (0..width).map(|at| cell(at).unwrap_or_default()).collect()
    })
}

/// Titles below those of groups of columns as one row, and the columns whose group says that they count: `Instagram` above `Feed`
/// and `Story` gives `Instagram · Feed`, `Quantity` above them `Feed`, which counts. A group reaches over the gaps behind its title,
/// or repeats it. Where no structure shows it, at least two groups have titles of what is counted below them.
fn under_groups(upper: &StringRecord, lower: &StringRecord) -> Option<(StringRecord, Vec<usize>)> {
    let shown = is_split(upper, lower);
    let (mut cells, mut counting, mut group) = (StringRecord::new(), Vec::new(), String::new());
    let (mut groups, mut wide) = (Vec::new(), false);
    for at in 0..upper.len().max(lower.len()) {
        let (high, low) = (cell(upper, at), cell(lower, at));
        let own = !high.is_empty() && high != group;
        let begins = low.is_empty() || (low == high && (shown || is_title(low)));
        if begins || (high.is_empty() && (group.is_empty() || (is_title(low) && !is_part(low)))) {
            // A title of its own in one of the rows; the group before it ends.
            group.clear();
            cells.push_field(if low.is_empty() { high } else { low });
            continue;
        }
        if own {
            high.clone_into(&mut group);
            groups.push(high);
        } else {
            wide = true;
        }
        let counts = shown && proposals(&group).iter().any(|proposal| proposal.kind.counts());
        counting.extend(counts.then_some(at));
        if shown && is_title(&group) {
            cells.push_field(low);
            continue;
        }
        if !shown && (!is_part(low) || is_title(&group) || group.chars().all(|c| !c.is_alphabetic())) {
            return None;
        }
        cells.push_field(&format!("{group}{JOINED}{low}"));
    }
    let titled = cells.iter().any(|cell| is_title(cell) && !cell.contains(JOINED));
    (wide && titled && groups.len() + usize::from(shown) > 1).then_some((cells, counting))
}

/// Letters under a title of sizes for a width and a height, folded: `L` and `H` are French and Italian, `B` and `H` German.
static EDGES: [Words; 2] = [
    Words::of(&["w | b | l | an | anch | lar | larg | base | wide | w px | b px | l px | 宽 | 幅 | 横"]),
    Words::of(&["h | a | al | alt | haut | high | tall | h px | a px | 高 | 縦 | 竖"]),
];

/// Whether a title is of a width, or of a height.
fn edge(title: &str) -> Option<Kind> {
    let known = proposals(title).first().map(|first| first.kind).filter(|kind| is_edge(*kind));
    let plain = plain_title(title);
    known.or_else(|| {
        EDGES.iter().zip([Kind::Width, Kind::Height]).find(|(words, _)| has(words, &plain)).map(|(_, kind)| kind)
    })
}

fn is_edge(kind: Kind) -> bool {
    matches!(kind, Kind::Width | Kind::Height)
}

/// Titles above a row that adds a width and a height to them, below a title of sizes or a gap behind it: `Size` above `W` and `H`.
/// Other cells of the lower row repeat the title above them, as merged cells do, or fill a gap.
fn edges(upper: &StringRecord, lower: &StringRecord) -> Option<StringRecord> {
    let (mut cells, mut group, mut found) = (StringRecord::new(), "", Vec::new());
    for at in 0..upper.len().max(lower.len()) {
        let (high, low) = (cell(upper, at), cell(lower, at));
        if !high.is_empty() {
            group = high;
        }
        let of_size = || proposals(group).iter().any(|of| matches!(of.kind, Kind::Knob(Knob::Size | Knob::Ratio)));
        match edge(low).filter(|_| low != high) {
            Some(kind) if of_size() => {
                let letter = if kind == Kind::Width { "W" } else { "H" };
                let told = proposals(low).first().is_some_and(|first| first.kind == kind);
                cells.push_field(&if told { low.to_owned() } else { format!("{letter} ({low})") });
                found.push(kind);
            }
            Some(_) => return None,
            None if low.is_empty() || low == high => cells.push_field(high),
            None if high.is_empty() && is_title(low) => {
                group = low;
                cells.push_field(low);
            }
            None => return None,
        }
    }
    (found == [Kind::Width, Kind::Height] || found == [Kind::Height, Kind::Width]).then_some(cells)
}

/// Whether two rows are surely the titles of one table: the lower one repeats at least two titles, as cells that are merged over both
/// rows do, or fills nothing but the gaps behind one title of counts.
fn is_split(upper: &StringRecord, lower: &StringRecord) -> bool {
    let width = upper.len().max(lower.len());
    let repeated = (0..width).filter(|at| !cell(lower, *at).is_empty() && cell(lower, *at) == cell(upper, *at));
    if repeated.count() > 1 {
        return (0..width).any(|at| !cell(lower, at).is_empty() && cell(lower, at) != cell(upper, at));
    }
    let filled: Vec<usize> = (0..width).filter(|at| !cell(lower, *at).is_empty()).collect();
    let (Some(first), Some(last)) = (filled.first(), filled.last()) else { return false };
    let counts = proposals(cell(upper, *first)).first().is_some_and(|first| first.kind.counts());
    let gaps = (first + 1..=*last).all(|at| cell(upper, at).is_empty());
    let texts = filled.iter().all(|at| cell(lower, *at).contains(char::is_alphabetic));
    filled.len() > 1 && filled.len() == last - first + 1 && counts && gaps && texts
}

fn cell(cells: &StringRecord, at: usize) -> &str {
    cells.get(at).unwrap_or_default().trim()
}

fn full(row: &Row) -> bool {
    row.cells.iter().all(|cell| !cell.trim().is_empty())
}

/// Two rows of titles as one, if the lower one holds titles where the upper one has gaps or words of its own: `Image` above
/// `Ratio` and `Size`, or `px` below `Size`.
fn joined(upper: &StringRecord, lower: &StringRecord) -> Option<StringRecord> {
    let (mut parts, mut doubled) = (0, false);
    let width = upper.len().max(lower.len());
    let cell = |cells: &StringRecord, at: usize| cells.get(at).unwrap_or_default().trim().to_owned();
    let mut cells = StringRecord::new();
    for at in 0..width {
        let (high, low) = (cell(upper, at), cell(lower, at));
        let taken = match (is_title(&high), is_title(&low)) {
            _ if low.is_empty() => high,
            (false, true) => {
                parts += 1;
                low
            }
            (true, true) => {
                parts += 1;
                // A second name is a deliverable that is called like a title.
                doubled |= proposals(&low).iter().any(|proposal| proposal.kind.is_text());
                doubled |= proposals(&high).first().map(|p| p.kind) != proposals(&low).first().map(|p| p.kind);
                high
            }
            (true, false) => return None,
            (false, false) => low,
        };
        cells.push_field(&taken);
    }
    (parts > 0 && !doubled && (0..width).any(|at| is_title(&cell(upper, at)))).then_some(cells)
}
