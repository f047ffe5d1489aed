//! Finds the meaning of each column: by its title, by a title that is close, or by its contents.

use crate::cost::Knob;
use crate::cost::base::size::{Ratio, Size, Tier};
use crate::cost::base::tokens::Quality;
use crate::cost::budget::Catalog;
use crate::cost::budget::knob::{Scope, TABLE};
use crate::tables::numbers::{shows_decimals, with_plain_blanks};
use crate::tables::table::{Row, Separator};
use crate::words;
use csv::StringRecord;

/// The meaning of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The deliverable's name.
    Name,
    /// A note.
    Note,
    /// The acceptance rate.
    Accepted,
    /// A knob's value; the ratio and size columns may hold each other's values.
    Knob(Knob),
}

impl Kind {
    /// The column's name in sentences.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Kind::Name => words::intake_kind_name().to_owned(),
            Kind::Note => words::intake_kind_note().to_owned(),
            Kind::Accepted => words::intake_kind_accepted().to_owned(),
            Kind::Knob(knob) => words::intake_kind_knob(words::knob_label(knob)),
        }
    }

    /// The knob that it sets; acceptance and factor both set the retry knob.
    fn sets(self) -> Kind {
        if self == Kind::Accepted { Kind::Knob(Knob::Retry) } else { self }
    }
}

/// How the meaning of a column was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundBy {
    /// By its title.
    Title,
    /// By a title that is close to a known one.
    NearTitle,
    /// By its contents.
    Contents,
}

/// Why a column is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unused {
    /// It holds prices, which are computed here.
    Price,
    /// Its title is unknown.
    UnknownTitle,
    /// Its contents are ambiguous.
    Unclear,
    /// It numbers the rows.
    Numbering,
    /// Another column has the same meaning.
    Second(Kind),
    /// It is empty.
    Empty,
}

/// Whether and how a column is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnUse {
    /// With this meaning, found this way.
    As(Kind, FoundBy),
    /// Not used, for this reason.
    Unused(Unused),
}

/// One column of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its title, or its letters in a spreadsheet.
    pub title: String,
    /// Whether and how it is used.
    pub taken: ColumnUse,
}

impl Column {
    /// How the column is used, as a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let title = &self.title;
        match self.taken {
            ColumnUse::As(kind, FoundBy::Title) => words::intake_column(title, kind.label()),
            ColumnUse::As(kind, FoundBy::NearTitle) => words::intake_column_near(title, kind.label()),
            ColumnUse::As(kind, FoundBy::Contents) => words::intake_column_guessed(title, kind.label()),
            ColumnUse::Unused(Unused::Price) => words::intake_column_price(title),
            ColumnUse::Unused(Unused::UnknownTitle) => words::intake_column_unknown(title),
            ColumnUse::Unused(Unused::Unclear) => words::intake_column_unclear(title),
            ColumnUse::Unused(Unused::Numbering) => words::intake_column_numbering(title),
            ColumnUse::Unused(Unused::Second(kind)) => words::intake_column_second(title, kind.label()),
            ColumnUse::Unused(Unused::Empty) => words::intake_column_empty(title),
        }
    }

    /// The meaning of the column, if it is used.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        match self.taken {
            ColumnUse::As(kind, _) => Some(kind),
            ColumnUse::Unused(_) => None,
        }
    }
}

/// Titles of each kind, the plainest first: of two columns with one meaning the plainer title wins. The German ones belong to
/// the semicolon lists, which are parsed too.
const TITLES: &[(Kind, &[&str])] = &[
    (
        Kind::Name,
        &[
            "name",
            "deliverable",
            "deliverables",
            "asset",
            "asset name",
            "title",
            "item",
            "titel",
            "bezeichnung",
            "motiv",
        ],
    ),
    (
        Kind::Knob(Knob::Finals),
        &[
            "finals",
            "final",
            "final images",
            "quantity",
            "qty",
            "count",
            "anzahl",
            "menge",
            "stück",
            "pieces",
            "pcs",
            "images",
            "pictures",
            "no. of finals",
            "no. of images",
            "number of finals",
            "number of images",
            "number",
        ],
    ),
    (Kind::Knob(Knob::Ratio), &["ratio", "aspect ratio", "aspect", "seitenverhältnis", "shape", "format"]),
    (
        Kind::Knob(Knob::Size),
        &["size", "dimensions", "dimension", "resolution", "pixels", "px", "größe", "abmessungen", "auflösung"],
    ),
    (Kind::Knob(Knob::Quality), &["quality", "qualität"]),
    (Kind::Knob(Knob::Retry), &["retry factor", "retry", "retries", "retry rate", "factor", "faktor", "versuche"]),
    (
        Kind::Accepted,
        &["accepted", "acceptance", "acceptance rate", "accept rate", "approval rate", "success rate", "annahmequote"],
    ),
    (Kind::Knob(Knob::Buffer), &["buffer", "contingency", "puffer"]),
    (Kind::Knob(Knob::Model), &["model", "modell"]),
    (Kind::Knob(Knob::Preset), &["preset"]),
    (Kind::Knob(Knob::References), &["references", "reference", "refs", "reference images", "referenzen"]),
    (
        Kind::Note,
        &["note", "notes", "comment", "comments", "remarks", "description", "notiz", "bemerkung", "kommentar"],
    ),
];

/// Words of a title that mean money.
const MONEY: &[&str] = &[
    "price", "prices", "cost", "costs", "total", "subtotal", "usd", "eur", "gbp", "jpy", "$", "€", "£", "¥", "fee",
    "spend", "budget", "preis", "kosten", "betrag", "summe",
];

/// A title in lower case, without text in brackets, with single blanks between its words.
fn plain_title(title: &str) -> String {
    let outside = title.split(['(', '[']).next().unwrap_or_default();
    let outside = if outside.trim().is_empty() { title } else { outside };
    let parted = outside.to_lowercase().replace(['_', '-', '/', ':', '*', '\n', '\r', '\u{a0}'], " ");
    parted.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The known title equal to this text, with its rank among its kind's titles.
fn known_title(plain: &str) -> Option<(Kind, usize)> {
    let listed = TITLES.iter().find_map(|(kind, titles)| Some((*kind, titles.iter().position(|t| *t == plain)?)));
    let knobs = TABLE.iter().filter(|row| row.scope != Scope::Project);
    let of_knob = |row: &&crate::cost::budget::knob::Row| row.name.replace(['_', '.'], " ") == plain;
    listed.or_else(|| knobs.clone().find(of_knob).map(|row| (Kind::Knob(row.knob), 0)))
}

fn speaks_of_money(plain: &str) -> bool {
    plain.split(' ').any(|word| MONEY.contains(&word))
}

/// The known title with one letter changed, or two in a long word.
fn near_title(plain: &str) -> Option<(Kind, usize)> {
    let letters = plain.chars().count();
    let allowed = match letters {
        0..4 => return None,
        4..7 => 1,
        7..=40 => 2,
        _ => return None,
    };
    let all = TITLES.iter().flat_map(|(kind, titles)| titles.iter().enumerate().map(move |(at, t)| (*kind, at, *t)));
    let close = all.filter(|(_, _, title)| title.chars().count() >= 4);
    let scored = close.map(|(kind, at, title)| (strsim::damerau_levenshtein(plain, title), kind, at));
    scored
        .filter(|(distance, ..)| *distance <= allowed)
        .min_by_key(|(distance, ..)| *distance)
        .map(|(_, k, at)| (k, at))
}

/// A title whose last known word decides: `asset notes` are notes, `image size` is a size.
fn title_within(plain: &str) -> Option<(Kind, usize)> {
    let single = |word: &str| known_title(word).map(|(kind, at)| (kind, at + 100));
    plain.split(' ').rev().filter(|word| word.len() > 2).find_map(single)
}

/// The meaning of a title, with the rank of its plainness.
fn by_title(title: &str) -> Option<(Kind, FoundBy, usize)> {
    let plain = plain_title(title);
    let exact = known_title(&plain).map(|(kind, rank)| (kind, FoundBy::Title, rank));
    if exact.is_some() || speaks_of_money(&plain) {
        return exact;
    }
    let within = || title_within(&plain).map(|(kind, rank)| (kind, FoundBy::Title, rank));
    let near = || near_title(&plain).map(|(kind, rank)| (kind, FoundBy::NearTitle, rank + 200));
    within().or_else(near)
}

/// Rows in which the titles are searched: a list may begin with a heading.
const TITLE_ROWS: usize = 10;

/// The index of the row with the titles, among the first rows.
pub(super) fn title_row(sample: &[Row], catalog: &Catalog) -> Option<usize> {
    let has_values = |row: &Row| row.cells.iter().any(|cell| value_kind(cell, catalog).is_some());
    let titles = |row: &Row| {
        let money_or_known = |cell: &&str| {
            let plain = plain_title(cell);
            known_title(&plain).is_some() || speaks_of_money(&plain) || near_title(&plain).is_some()
        };
        row.cells.iter().filter(money_or_known).count()
    };
    let plain = |row: &&Row| !has_values(row);
    let many = sample.iter().take(TITLE_ROWS).position(|row| plain(&row) && titles(row) >= 2);
    let first = sample.first().filter(plain);
    let one = || first.filter(|row| titles(row) >= 1).map(|_| 0);
    // Unknown titles: a row of texts only, above a column of values.
    let unknown =
        || first.filter(|row| row.cells.len() > 1 && sample.iter().skip(1).any(has_values) && full(row)).map(|_| 0);
    many.or_else(one).or_else(unknown)
}

fn full(row: &Row) -> bool {
    row.cells.iter().all(|cell| !cell.trim().is_empty())
}

/// The only possible meaning of a single cell.
fn value_kind(cell: &str, catalog: &Catalog) -> Option<Kind> {
    let cell = with_plain_blanks(cell);
    let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','));
    let lower = cell.to_lowercase();
    let bare = lower.trim_end_matches(['x', '×']).trim_end();
    if cell.len() > 100 || cell.is_empty() {
        None
    } else if Size::parse(lower.trim_end_matches("px")).is_some() || Tier::parse(&cell).is_some() {
        Some(Kind::Knob(Knob::Size))
    } else if cell.contains(':') && Ratio::parse(cell.strip_suffix(":00").unwrap_or(&cell)).is_some() {
        Some(Kind::Knob(Knob::Ratio))
    } else if Quality::parse(&lower).is_some() {
        Some(Kind::Knob(Knob::Quality))
    } else if cell.strip_suffix('%').is_some_and(|share| number(share.trim_end())) || (bare != lower && number(bare)) {
        Some(Kind::Knob(Knob::Retry))
    } else if number(&cell) && !shows_decimals(&cell, '.') && !shows_decimals(&cell, ',') {
        Some(Kind::Knob(Knob::Finals))
    } else if catalog.model(&lower).is_some() {
        Some(Kind::Knob(Knob::Model))
    } else if catalog.preset(&lower).is_some() {
        Some(Kind::Knob(Knob::Preset))
    } else {
        None
    }
}

/// The cells of a column that are not empty.
fn filled(rows: &[Row], column: usize) -> impl Iterator<Item = &str> {
    rows.iter().filter_map(move |row| row.cells.get(column)).map(str::trim).filter(|cell| !cell.is_empty())
}

/// The only possible meaning of most cells of a column.
fn by_contents(rows: &[Row], column: usize, catalog: &Catalog) -> Option<Kind> {
    let kinds: Vec<Option<Kind>> = filled(rows, column).map(|cell| value_kind(cell, catalog)).collect();
    let known = kinds.iter().flatten().copied();
    let kind = known.max_by_key(|kind| kinds.iter().filter(|k| **k == Some(*kind)).count())?;
    let count = kinds.iter().filter(|k| **k == Some(kind)).count();
    (count * 2 > kinds.len()).then_some(kind)
}

/// Whether a column counts 1, 2, 3 … along the rows.
fn is_numbering(rows: &[Row], column: usize) -> bool {
    let cells: Vec<&str> = filled(rows, column).collect();
    cells.len() >= 3 && cells.iter().zip(1..).all(|(cell, number): (&&str, usize)| **cell == number.to_string())
}

fn is_text(rows: &[Row], column: usize, catalog: &Catalog) -> bool {
    let texts = |cell: &&str| value_kind(cell, catalog).is_none() && cell.chars().any(char::is_alphabetic);
    let (all, text) = (filled(rows, column).count(), filled(rows, column).filter(texts).count());
    text * 2 > all
}

/// `A`, `Z`, `AA` for 0, 25, 26.
pub(super) fn letters(mut column: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(column % 26).unwrap_or(0)));
        match column / 26 {
            0 => break,
            rest => column = rest - 1,
        }
    }
    letters.iter().rev().collect()
}

/// The meaning of each column. `rows` are those below the titles.
pub(super) fn columns(titles: Option<&Row>, rows: &[Row], catalog: &Catalog) -> Vec<Column> {
    let width = titles.map_or(0, |titles| filled_width(&titles.cells)).max(usual_width(rows, titles));
    let title = |column: usize| titles.and_then(|row| row.cells.get(column)).map(str::trim).filter(|t| !t.is_empty());
    let titled = titles.is_some_and(|row| row.cells.iter().any(|cell| by_title(cell).is_some()));
    let mut found: Vec<(ColumnUse, usize)> = (0..width)
        .map(|column| match title(column) {
            Some(title) if titled => (taken_by_title(title, rows, column, catalog), by_title(title).map_or(0, |t| t.2)),
            _ => (taken_by_contents(rows, column, catalog), 1000 + column),
        })
        .collect();
    keep_plainest(&mut found);
    name_by_contents(&mut found, rows, catalog);
    let named = found.into_iter().enumerate().map(|(column, (taken, _))| Column {
        title: title(column).map_or_else(|| words::intake_column_letters(letters(column)), str::to_owned),
        taken,
    });
    named.collect()
}

fn taken_by_title(title: &str, rows: &[Row], column: usize, catalog: &Catalog) -> ColumnUse {
    let empty = filled(rows, column).next().is_none();
    match by_title(title) {
        Some((kind, ..))
            if kind == Kind::Knob(Knob::Finals) && plain_title(title) == "number" && is_numbering(rows, column) =>
        {
            ColumnUse::Unused(Unused::Numbering)
        }
        // A format may be PNG or A4 as well as 4:5.
        Some((kind, ..))
            if kind == Kind::Knob(Knob::Ratio)
                && plain_title(title).ends_with("format")
                && !empty
                && !matches!(by_contents(rows, column, catalog), Some(Kind::Knob(Knob::Ratio | Knob::Size))) =>
        {
            ColumnUse::Unused(Unused::Unclear)
        }
        Some((kind, how, _)) => ColumnUse::As(kind, how),
        None if speaks_of_money(&plain_title(title)) => ColumnUse::Unused(Unused::Price),
        None if is_numbering(rows, column) => ColumnUse::Unused(Unused::Numbering),
        // A ratio or size is unambiguous. Words and numbers are not: high may be a priority, 3 a number of weeks.
        None => match shape_by_contents(rows, column, catalog) {
            Some(kind) => ColumnUse::As(kind, FoundBy::Contents),
            None => ColumnUse::Unused(Unused::UnknownTitle),
        },
    }
}

fn shape_by_contents(rows: &[Row], column: usize, catalog: &Catalog) -> Option<Kind> {
    let kind = by_contents(rows, column, catalog)?;
    let shape = matches!(kind, Kind::Knob(Knob::Ratio | Knob::Size));
    (shape && filled(rows, column).all(|cell| value_kind(cell, catalog) == Some(kind))).then_some(kind)
}

fn taken_by_contents(rows: &[Row], column: usize, catalog: &Catalog) -> ColumnUse {
    if filled(rows, column).next().is_none() {
        return ColumnUse::Unused(Unused::Empty);
    }
    if is_numbering(rows, column) {
        return ColumnUse::Unused(Unused::Numbering);
    }
    let money = |cell: &&str| cell.contains(['$', '€', '£', '¥']) && cell.contains(|c: char| c.is_ascii_digit());
    if filled(rows, column).filter(money).count() * 2 > filled(rows, column).count() {
        return ColumnUse::Unused(Unused::Price);
    }
    by_contents(rows, column, catalog)
        .map_or(ColumnUse::Unused(Unused::Unclear), |kind| ColumnUse::As(kind, FoundBy::Contents))
}

/// Of several columns with one meaning the plainest title wins; at equal rank the first.
fn keep_plainest(found: &mut [(ColumnUse, usize)]) {
    let all: Vec<(ColumnUse, usize)> = found.to_vec();
    for (at, (taken, rank)) in found.iter_mut().enumerate() {
        let ColumnUse::As(kind, _) = *taken else { continue };
        let same = |other: &ColumnUse| matches!(other, ColumnUse::As(k, _) if k.sets() == kind.sets());
        let plainer = |(other_at, (other, other_rank)): (usize, &(ColumnUse, usize))| {
            same(other) && (*other_rank, other_at) < (*rank, at)
        };
        if all.iter().enumerate().any(plainer) {
            *taken = ColumnUse::Unused(Unused::Second(kind));
        }
    }
}

/// If no title marks the names, the first column of texts holds them.
fn name_by_contents(found: &mut [(ColumnUse, usize)], rows: &[Row], catalog: &Catalog) {
    if found.iter().any(|(taken, _)| matches!(taken, ColumnUse::As(Kind::Name, _))) {
        return;
    }
    let unused = |taken: &ColumnUse| matches!(taken, ColumnUse::Unused(Unused::UnknownTitle | Unused::Unclear));
    let texts = |at: usize, taken: &ColumnUse| unused(taken) && is_text(rows, at, catalog);
    if let Some(at) = found.iter().enumerate().position(|(at, (taken, _))| texts(at, taken)) {
        found[at].0 = ColumnUse::As(Kind::Name, FoundBy::Contents);
    }
}

/// The decimal sign of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decimals {
    /// 1.6
    Point,
    /// 1,6, as shown by numbers of the list.
    Comma,
    /// 1,6, concluded from the separator alone: no number shows it.
    CommaUnseen,
}

/// The decimal sign of the list: shown by its numbers, else concluded from its separator.
pub(super) fn decimals(columns: &[Column], rows: &[Row], separator: Separator) -> Decimals {
    let numeric = |column: &Column| !matches!(column.kind(), Some(Kind::Name | Kind::Note));
    let kept: Vec<usize> = columns.iter().enumerate().filter(|(_, c)| numeric(c)).map(|(at, _)| at).collect();
    let shows = |sign: char| kept.iter().any(|at| filled(rows, *at).any(|cell| shows_decimals(cell, sign)));
    match (shows(','), shows('.')) {
        (true, false) => Decimals::Comma,
        (false, false) if separator == Separator::Semicolon => Decimals::CommaUnseen,
        _ => Decimals::Point,
    }
}

/// The number of cells that most rows have, at equal counts the larger; a row with more cells has an extra separator.
pub(super) fn usual_cell_count(rows: &[Row]) -> usize {
    let counts: Vec<usize> = rows.iter().map(|row| row.cells.len()).collect();
    let same = |count: usize| counts.iter().filter(|other| **other == count).count();
    counts.iter().copied().max_by_key(|count| (same(*count), *count)).unwrap_or(0)
}

/// The number of cells up to the last column with contents in rows of the usual length. Titles have the same number, because
/// spreadsheets write them as long as the rows.
fn usual_width(rows: &[Row], titles: Option<&Row>) -> usize {
    let usual = titles.map_or_else(|| usual_cell_count(rows), |titles| titles.cells.len());
    rows.iter().map(|row| filled_width(&row.cells)).filter(|width| *width <= usual).max().unwrap_or(0)
}

/// The number of cells up to the last non-empty one.
pub(super) fn filled_width(cells: &StringRecord) -> usize {
    cells.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()).last().map_or(0, |(at, _)| at + 1)
}
