//! What becomes of each row: a deliverable, a refusal with its reasons, or a heading or sum that is skipped.

mod derived;
mod doubled;
mod left_out;
mod medium;
mod names;
mod parts;
mod repeated;
mod spread;
mod subtotals;

use crate::cost::base::limits::NOTE_MAX;
use crate::cost::budget::SizeChoice;
use crate::cost::budget::slugs::FreeKeys;
use crate::cost::{Budget, Catalog, Decimal, Deliverable, Knob, Line, Setting, Value};
use crate::prompt::{Counter, NotCounted};
use crate::tables::cells::{Cell, CellContext, Unread, is_open, quoted, shape_differs};
use crate::tables::contents::{Decimals, filled_width};
use crate::tables::file::listed;
use crate::tables::heads::Titles;
use crate::tables::meanings::{Column, ColumnUse, Failure, FoundBy, Kind, Unused};
use crate::tables::media::Medium;
pub(super) use crate::tables::rows::medium::Media;
pub(super) use crate::tables::rows::names::heads;
pub(super) use crate::tables::rows::repeated::reference;
pub(super) use crate::tables::rows::subtotals::Subtotals;
use crate::tables::sums::Sums;
use crate::tables::table::Row;
use crate::tables::{ListRow, Reason, RowOutcome, shapes};
use crate::words::number::grouped;
use crate::words::{self, Explanation};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What is known of the whole list before its rows are read.
pub(super) struct List<'a> {
    pub(super) budget: &'a Budget,
    pub(super) catalog: &'a Catalog,
    pub(super) columns: &'a [Column],
    /// The columns that each count for a deliverable of their own.
    pub(super) across: Vec<usize>,
    pub(super) titles: Option<&'a Titles>,
    /// True if the list writes 1,6 for one and six tenths.
    pub(super) comma: bool,
    /// Most cells of a row: with one more, even an empty one, earlier cells are in the wrong columns.
    pub(super) cells_max: usize,
    /// True if its cells stand between tabs, as those of a spreadsheet do: no text of a cell can hold the separator then.
    pub(super) is_grid: bool,
    /// The last row with more than one filled cell.
    pub(super) last_values: usize,
    /// Whether some cell refers to another row.
    pub(super) refers: bool,
    /// The rows that sum up others below them.
    pub(super) subtotals: Subtotals,
    /// The column with the unit of the widths and heights.
    pub(super) edge_unit: Option<usize>,
    /// The columns that say what a row is made of.
    pub(super) media: Media,
    /// Codes of headings, by their column: `A` above `A1`, `2` above `2.1`.
    pub(super) heads: HashSet<(usize, String)>,
    /// Whether its titles are of a language in which the first word of a name decides.
    pub(super) leads: bool,
    /// Columns of shapes of which most cells are none: those stay open.
    pub(super) loose: Vec<usize>,
    /// Whether circles mark its columns across, so that crosses say no.
    pub(super) circles: bool,
}

impl List<'_> {
    pub(super) fn column(&self, kind: Kind) -> Option<usize> {
        self.columns.iter().position(|column| column.kind() == Some(kind))
    }

    /// The columns of a kind that several may have.
    pub(super) fn of_kind(&self, kind: Kind) -> impl Iterator<Item = usize> + '_ {
        (0..self.columns.len()).filter(move |at| self.columns[*at].kind() == Some(kind))
    }

    pub(super) fn has(&self, kind: Kind) -> bool {
        self.column(kind).is_some()
    }

    /// The title of a kind's column with the row's cell.
    pub(super) fn cell<'r>(&self, row: &'r Row, kind: Kind) -> Option<(&str, &'r str)> {
        let column = self.column(kind)?;
        Some((self.columns[column].title.as_str(), row.cells.get(column)?.trim()))
    }

    /// The title of a column of counts that cannot be read, if no other column counts: every row counts 0 then.
    fn without_count(&self) -> Option<&str> {
        let counted = self.columns.iter().any(|column| column.kind().is_some_and(Kind::counts));
        let failed =
            |column: &&Column| matches!(column.taken, ColumnUse::Unused(Unused::Failed(kind)) if kind.counts());
        self.columns.iter().find(failed).filter(|_| !counted).map(|column| column.title.as_str())
    }

    /// Notes on the list as a whole.
    pub(super) fn notes(&self, decimals: Decimals) -> Vec<String> {
        let mut notes = Vec::new();
        notes.extend(self.without_count().map(words::intake_without_counts));
        let titles = |columns: &[&Column]| {
            let titles: Vec<&str> = columns.iter().map(|column| column.title.as_str()).collect();
            listed(&titles)
        };
        let across: Vec<&Column> = self.across.iter().map(|at| &self.columns[*at]).collect();
        notes.extend((!across.is_empty()).then(|| words::intake_across(titles(&across))));
        let uncounted = |column: &&Column| column.taken == ColumnUse::Unused(Unused::Uncounted);
        let uncounted: Vec<&Column> = self.columns.iter().filter(uncounted).collect();
        notes.extend((!uncounted.is_empty()).then(|| words::intake_uncounted(titles(&uncounted))));
        notes.extend(self.later_counts());
        let named = self.has(Kind::Name) || self.has(Kind::Group);
        let by_prompt = !named && self.has(Kind::Prompt);
        notes.extend(by_prompt.then(|| words::intake_named_by_prompt().to_owned()));
        notes.extend((!named && !by_prompt && self.across.is_empty()).then(|| words::intake_numbered().to_owned()));
        notes.extend((decimals == Decimals::Comma).then(|| words::intake_decimal_comma().to_owned()));
        let units = self.of_kind(Kind::Units).map(|at| self.columns[at].title.clone());
        if let (Some(units), Some(each)) = (units.reduce(words::intake_times), self.column(Kind::PerUnit)) {
            let each = &self.columns[each].title;
            notes.extend((!self.has(Kind::Knob(Knob::Finals))).then(|| words::intake_multiplied(units, each)));
        }
        notes
    }
}

/// How many cells of a column are filled and cannot be read, and the first of those.
#[derive(Default)]
struct Tally {
    filled: usize,
    failed: usize,
    first: Option<(usize, String)>,
    /// The row that was counted last: a row of counts across is read several times.
    row: usize,
}

/// The state while rows are read.
pub(super) struct Rows<'a> {
    list: &'a List<'a>,
    /// A deliverable for each model in the list: the model decides which sizes and qualities are valid.
    models: Vec<(Option<Value>, Deliverable)>,
    keys: FreeKeys<'a>,
    in_project: HashSet<&'a str>,
    in_list: HashSet<String>,
    /// The latest row with a name or that went on with one, unless a heading or a sum followed: its number and that name.
    named: Option<(usize, String)>,
    /// What the latest row belongs to, by the column that says it.
    groups: Vec<(usize, String)>,
    sums: Sums,
    tallies: BTreeMap<usize, Tally>,
    /// The columns with values and their kinds, in the order in which they are read.
    order: Vec<(usize, Kind)>,
    /// Cells that were read before, by their column and the row's model: most lists repeat a few values.
    cache: HashMap<(usize, usize), HashMap<String, CellRead>>,
    /// The prompts of the rows so far.
    prompts: Counter,
    understood: usize,
    refused: usize,
    /// Deliverables whose names the project has already.
    again: usize,
    /// The column across that the row is read for.
    part: Option<usize>,
    above: repeated::Above,
    /// What cells of media or file types say, by their text.
    types: HashMap<String, Option<Medium>>,
    /// Why the row that is being read may be no image.
    perhaps: Option<String>,
    /// Whether a person has to decide something about the row that is being read.
    unsure: bool,
    /// Whether some cell gave a quality or a preset, and whether some cell under a title of qualities gave a size class.
    rated: (bool, bool),
}

/// The values of a cell, or why it has none.
type CellRead = Result<Vec<Cell>, Unread>;

/// Different cells of a column that are remembered: a column of more is one of free texts or counts.
const CACHED: usize = 1000;

/// A value with its column's index and the cell's text.
struct Read<'r> {
    column: usize,
    kind: Kind,
    written: &'r str,
    cell: Cell,
}

impl<'a> Rows<'a> {
    pub(super) fn new(list: &'a List<'a>, default: Deliverable) -> Rows<'a> {
        Rows {
            list,
            models: vec![(None, default)],
            keys: FreeKeys::of(list.budget),
            in_project: list.budget.lines.iter().map(|line| line.title()).collect(),
            in_list: HashSet::new(),
            named: None,
            groups: list.of_kind(Kind::Group).map(|at| (at, String::new())).collect(),
            sums: Sums::default(),
            tallies: BTreeMap::new(),
            order: order(list),
            cache: HashMap::new(),
            prompts: Counter::default(),
            understood: 0,
            refused: 0,
            again: 0,
            part: None,
            above: repeated::Above::default(),
            types: HashMap::new(),
            perhaps: None,
            unsure: false,
            rated: (false, false),
        }
    }

    pub(super) fn understood(&self) -> usize {
        self.understood
    }

    /// How many of the deliverables have names that the project has already, as a sentence.
    pub(super) fn again(&self) -> Option<String> {
        let number = |count: usize| grouped(Decimal::from(count));
        (self.again > 0).then(|| words::intake_names_in_project(number(self.again), number(self.understood)))
    }

    fn read_row(&mut self, row: &Row, name: String, mut notes: Vec<String>) -> ListRow {
        let outcome = match self.line(row, &name, &mut notes) {
            Ok(line) => RowOutcome::Parsed(Box::new(line)),
            Err(reasons) => {
                self.refused += 1;
                RowOutcome::Refused(reasons)
            }
        };
        let unsure = std::mem::take(&mut self.unsure) && matches!(outcome, RowOutcome::Parsed(_));
        ListRow { number: row.number, name, outcome, unsure, notes }
    }

    /// Columns of which the cells cannot be read: at least two, and all of them; or four in five, if no row would be left.
    pub(super) fn unreadable_columns(&self) -> Vec<(usize, (Kind, Failure))> {
        let nothing_left = self.understood == 0 && self.refused > 0;
        let unreadable = self.tallies.iter().filter(|(_, tally)| {
            let most = nothing_left && tally.failed * 5 >= tally.filled * 4;
            tally.failed >= 2 && (tally.failed == tally.filled || most)
        });
        let found = unreadable.filter_map(|(at, tally)| {
            let (row, reason) = tally.first.clone()?;
            let failure = Failure { filled: tally.filled, failed: tally.failed, row, reason };
            Some((*at, (self.list.columns.get(*at)?.kind()?, failure)))
        });
        found.collect()
    }

    fn line(&mut self, row: &Row, name: &str, notes: &mut Vec<String>) -> Result<Line, Vec<Reason>> {
        let list = self.list;
        if row.open_quote {
            return Err(of_row(words::intake_open_quote()));
        }
        let beyond = row.cells.len() > list.cells_max || filled_width(&row.cells) > list.columns.len();
        if beyond || row.too_wide.is_some() {
            let count = row.too_wide.unwrap_or(row.cells.len());
            return Err(of_row(words::intake_cells(count, list.columns.len(), list.is_grid)));
        }
        self.unsure = false;
        let mut values = self.values(row, notes)?;
        if name.is_empty() {
            return Err(of_row(words::intake_without_name()));
        }
        self.multiplied(&mut values, notes)?;
        self.in_units(row, &mut values, notes)?;
        self.sized(row, &mut values, notes)?;
        self.shaped(&mut values);
        self.doubled(&mut values, notes);
        self.summed(&values);
        self.unsure = values.iter().any(|read| read.cell.unsure);
        self.unsure |= self.perhaps.is_some();
        notes.extend(self.perhaps.clone());
        let sums = self.may_sum(row, name, &values);
        self.unsure |= sums.is_some();
        notes.extend(sums);
        notes.extend(self.pending(row));
        let asked = self.told(&values, notes);
        let cells: Vec<Cell> = values.into_iter().map(|read| read.cell).collect();
        if let Some((ratio, size)) = shape_differs(&cells) {
            notes.push(words::intake_shape_differs(ratio, words::size(size)));
        }
        let mut line = Line::default();
        for cell in cells {
            line.settings.put(cell.knob, Some(Setting::Value(cell.value)));
        }
        line.note = self.note(row, name, asked, &mut line.settings, notes)?;
        match line.settings.value(Knob::Finals) {
            Some(Value::Count(finals)) => self.sums.add(*finals),
            _ => notes.push(words::intake_no_finals().to_owned()),
        }
        self.call(&mut line, name, notes);
        self.understood += 1;
        Ok(line)
    }

    /// Notes the values that differ from their cell; the sizes that were asked for, as one text.
    fn told(&self, values: &[Read<'_>], notes: &mut Vec<String>) -> Option<String> {
        let mut asked = None;
        for Read { column, written, cell, .. } in values {
            let value = words::value(&cell.value);
            if let Some(size) = cell.asked {
                let told = words::intake_asked(words::size(size));
                notes.push(told.clone());
                asked = Some(told);
            } else if cell.noteworthy && value != written.trim() {
                notes.push(words::intake_read_as(&self.list.columns[*column].title, quoted(written.trim()), value));
            }
        }
        asked
    }

    /// Every value of a row, or every reason to refuse the row.
    fn values<'r>(&mut self, row: &'r Row, notes: &mut Vec<String>) -> Result<Vec<Read<'r>>, Vec<Reason>> {
        let (mut values, mut unread): (Vec<Read<'r>>, Vec<(usize, Unread)>) = (Vec::new(), Vec::new());
        let mut model = 0;
        for at in 0..self.order.len() {
            let (column, kind) = self.order[at];
            let Some(written) = row.cells.get(column).filter(|cell| !cell.trim().is_empty()) else { continue };
            let read = self.read(column, kind, model, written);
            self.tally(column, row.number, &read);
            match read {
                Ok(cells) => {
                    if cells.is_empty() && !is_open(written.trim()) {
                        notes.push(words::intake_left_open(&self.list.columns[column].title, quoted(written.trim())));
                    }
                    for cell in cells {
                        if cell.knob == Knob::Model {
                            model = self.model(&cell.value);
                        }
                        values.push(Read { column, kind, written, cell });
                    }
                }
                Err(why) => unread.push((column, why)),
            }
        }
        unread.retain(|(column, why)| !self.settled(row, *column, why, &values, notes));
        if unread.is_empty() {
            return Ok(values);
        }
        let reasons = unread.into_iter().map(|(column, why)| Reason {
            column: Some(self.list.columns[column].title.clone()),
            written: quoted(row.cells.get(column).unwrap_or_default().trim()),
            explanation: why.explanation,
        });
        Err(reasons.collect())
    }

    /// The values of a cell, or why it has none.
    fn read(&mut self, column: usize, kind: Kind, model: usize, written: &str) -> CellRead {
        let held = self.cache.entry((column, model)).or_default();
        if let Some(read) = held.get(written) {
            return read.clone();
        }
        let context = CellContext {
            budget: self.list.budget,
            catalog: self.list.catalog,
            deliverable: &self.models[model].1,
            comma: self.list.comma,
            title: &self.list.columns[column].title,
        };
        let read = context.cell(kind, written);
        if held.len() < CACHED {
            held.insert(written.to_owned(), read.clone());
        }
        read
    }

    fn tally(&mut self, column: usize, row: usize, read: &CellRead) {
        let tally = self.tallies.entry(column).or_default();
        if std::mem::replace(&mut tally.row, row) == row {
            return;
        }
        match read {
            Ok(cells) => tally.filled += usize::from(!cells.is_empty()),
            Err(why) => {
                tally.filled += 1;
                if !why.either_way {
                    tally.failed += 1;
                    tally.first.get_or_insert_with(|| (row, why.explanation.message.clone()));
                }
            }
        }
    }

    /// Whether a word such as `portrait` only repeats what the row's size says; where they differ the size counts, and without
    /// a size the ratio stays open.
    fn settled(&self, row: &Row, column: usize, why: &Unread, values: &[Read<'_>], notes: &mut Vec<String>) -> bool {
        let by_contents =
            self.list.columns[column].taken == ColumnUse::As(Kind::Knob(Knob::Quality), FoundBy::Contents);
        if by_contents || self.list.loose.contains(&column) {
            // Its other cells made it what it is; this one is none.
            let written = quoted(row.cells.get(column).unwrap_or_default().trim());
            notes.push(words::intake_left_open(&self.list.columns[column].title, written));
            return true;
        }
        let Some(orientation) = why.orientation else { return false };
        let exact = |read: &Read<'_>| match read.cell.value {
            Value::Size(SizeChoice::Exact(size)) if read.cell.knob == Knob::Size => {
                Some(read.cell.asked.unwrap_or(size))
            }
            Value::Ratio(ratio) => crate::cost::base::size::Size::new(ratio.w, ratio.h),
            _ => None,
        };
        let Some(size) = values.iter().find_map(exact) else {
            // The row counts all the same; the ratio is still to be chosen.
            let written = quoted(row.cells.get(column).unwrap_or_default().trim());
            notes.push(words::intake_left_open(&self.list.columns[column].title, written));
            return true;
        };
        if !shapes::is_so(size, orientation) {
            let written = quoted(row.cells.get(column).unwrap_or_default().trim());
            notes.push(words::intake_shape_differs(written, words::size(size)));
        }
        true
    }

    /// The index of the deliverable for a model.
    fn model(&mut self, model: &Value) -> usize {
        let known = self.models.iter().position(|(value, _)| value.as_ref() == Some(model));
        known.unwrap_or_else(|| {
            let mut line = Line::default();
            line.settings.put(Knob::Model, Some(Setting::Value(model.clone())));
            match self.list.budget.resolve(Some(&line), self.list.catalog) {
                Some(deliverable) => {
                    self.models.push((Some(model.clone()), deliverable));
                    self.models.len() - 1
                }
                None => 0,
            }
        })
    }

    /// The row's note: what it says, the size that was asked for, and a prompt that is longer than the name.
    fn note(
        &mut self,
        row: &Row,
        name: &str,
        asked: Option<String>,
        settings: &mut crate::cost::budget::Settings,
        notes: &mut Vec<String>,
    ) -> Result<Option<String>, Vec<Reason>> {
        let mut parts = Vec::new();
        let (title, own) = self.list.cell(row, Kind::Note).unwrap_or_default();
        parts.extend(Some(own.replace("\r\n", "\n")).filter(|own| !own.is_empty()));
        parts.extend(asked);
        if let Some((title, text)) = self.list.cell(row, Kind::Prompt).filter(|(_, text)| !is_open(text)) {
            match self.prompts.count(text) {
                Ok(tokens) => {
                    settings.put(Knob::PromptTokens, Some(Setting::Value(Value::Count(tokens))));
                }
                Err(NotCounted::NoTokenizer) => notes.push(words::prompt_not_counted(title)),
                Err(why @ (NotCounted::TooLong(_) | NotCounted::TooManyTogether)) => {
                    let explanation = match why {
                        NotCounted::TooLong(length) => words::intake_prompt_length(length),
                        _ => words::intake_prompts_room(),
                    };
                    let column = Some(title.to_owned());
                    return Err(vec![Reason { column, written: quoted(text), explanation }]);
                }
            }
            parts.extend((text != name).then(|| text.replace("\r\n", "\n")));
        }
        let note = shortened(parts.join("\n"), NOTE_MAX, title, notes);
        Ok(Some(note).filter(|note| !note.is_empty()))
    }

    /// Sets the line's key, and its name if the key does not say it.
    fn call(&mut self, line: &mut Line, name: &str, notes: &mut Vec<String>) {
        line.key = self.keys.take(name);
        line.name = Some(name.to_owned()).filter(|name| *name != line.key);
        if self.in_project.contains(name) {
            self.again += 1;
            notes.push(words::intake_name_in_project(name));
        }
        if !self.in_list.insert(name.to_owned()) {
            notes.push(words::intake_name_again(name));
        }
    }
}

/// The columns with values; the model first, because it decides which sizes are valid.
fn order(list: &List<'_>) -> Vec<(usize, Kind)> {
    let kinds = list.columns.iter().enumerate().filter_map(|(at, column)| Some((at, column.kind()?)));
    let mut order: Vec<(usize, Kind)> = kinds.filter(|(_, kind)| !kind.is_text()).collect();
    order.sort_by_key(|(_, kind)| *kind != Kind::Knob(Knob::Model));
    order
}

fn of_row(explanation: Explanation) -> Vec<Reason> {
    vec![Reason { column: None, written: String::new(), explanation }]
}

fn shortened(text: String, max: usize, title: &str, notes: &mut Vec<String>) -> String {
    let Some((end, _)) = text.char_indices().nth(max) else { return text };
    notes.push(words::intake_shortened(title, grouped(Decimal::from(max))));
    text[..end].to_owned()
}
