//! The preview of a list: skipped rows first, then the columns, then the result of each row.

use crate::app::Action;
use crate::app::actions::mouse::Target;
use crate::app::model::overlay::Running;
use crate::app::model::preview::Preview;
use crate::cost::{Decimal, Knob, Line as Deliverable, Setting};
use crate::diagnostics::Level;
use crate::tables::{Column, ColumnUse, FoundBy, Kind, ListRow, ParsedList, Reason, RowOutcome, Unused};
use crate::ui::canvas::{FrameInput, wrap};
use crate::ui::dialogs::{Body, Line, first_line, line_at};
use crate::ui::panels::sign;
use crate::ui::theme::Role;
use crate::words::number::grouped;
use crate::words::{self, Explanation};
use ratatui::layout::{Position, Rect};
use std::ops::Range;

/// Rows of one kind that are listed: more are only counted, so that a key is answered at once however long the list is.
const LISTED_MAX: usize = 1000;

/// The message that a list is being read, with how far it is.
pub(super) fn running(running: &Running) -> Body<'static> {
    let reading = words::import_reading(&running.name);
    let what = match running.rows {
        0 => reading,
        rows => format!("{reading} {}", words::import_rows_so_far(grouped(Decimal::from(rows)))),
    };
    Body::Question { title: words::ask_import(), what, keys: vec![Action::Cancel] }
}

/// The preview. The title counts the refused rows, because it stays visible however far the text is scrolled.
pub(super) fn body(input: &FrameInput, area: Rect, preview: &Preview) -> Body<'static> {
    let intake = preview.list();
    let (understood, refused) = (intake.lines().count(), intake.refused_rows());
    let bad = sign(Level::Error).0;
    let number = |count: usize| grouped(Decimal::from(count));
    let title = match (preview.rows_again(), understood, refused) {
        (Some(0), ..) => words::dialog_import_again().to_owned(),
        (Some(rows), ..) => format!("{} {}", words::dialog_import_again(), words::import_rows_so_far(number(rows))),
        (None, 0, 0) => format!("{bad} {}", words::dialog_import_nothing()),
        (None, _, 0) => words::dialog_import(number(understood), finals_of(intake)),
        (None, ..) => {
            let title =
                format!("{bad} {}", words::dialog_import_refused(number(refused), number(understood + refused)));
            if understood == 0 {
                title
            } else {
                words::dialog_import_rest(title, number(understood), finals_of(intake))
            }
        }
    };
    let title = match preview.sheet() {
        Some(sheet) => words::dialog_import_sheet(title, sheet),
        None => title,
    };
    let keys = match preview.marked() {
        Some(_) => vec![Action::Meaning, Action::MarkNext, Action::AddRows, Action::Sheet, Action::Cancel],
        None => vec![Action::AddRows, Action::MarkNext, Action::Sheet, Action::Down, Action::Cancel],
    };
    let Text { lines, marked, .. } = text(input, area, preview);
    let marked = marked.filter(|_| preview.follows_mark());
    Body::Text { title, lines, marked, keys }
}

/// The finals of the rows that will be added: what the sheet's own total is compared with.
fn finals_of(list: &ParsedList) -> String {
    let (finals, without) = list.finals();
    let Some(finals) = finals else { return words::import_finals_unknown().to_owned() };
    let sum = words::final_count(grouped(Decimal::from(finals)));
    match without {
        0 => sum,
        _ if without == list.lines().count() => words::import_finals_none().to_owned(),
        _ => words::import_finals_partly(sum, grouped(Decimal::from(without))),
    }
}

/// The heading of the rows that will be added.
fn understood(rows: String, list: &ParsedList) -> String {
    let (finals, without) = list.finals();
    let (all, rows) = (list.lines().count(), words::import_understood(rows));
    let told = match finals {
        Some(_) if without == all => rows,
        Some(finals) => words::import_understood_finals(rows, words::final_count(grouped(Decimal::from(finals)))),
        None => words::import_understood_finals(rows, words::import_finals_unknown()),
    };
    if without == 0 { told } else { words::import_understood_without(told, grouped(Decimal::from(without))) }
}

/// The column whose lines are at a cell of the window.
pub(super) fn column_at(input: &FrameInput, area: Rect, preview: &Preview, at: Position) -> Option<Target> {
    let Text { lines, marked, columns_at, .. } = text(input, area, preview);
    let marked = marked.filter(|_| preview.follows_mark());
    let scroll = marked.map_or(input.state.overlays.scroll(), |marked| first_line(&lines, marked, area));
    let line = line_at(&lines, scroll, area, at)?;
    columns_at.iter().position(|lines| lines.contains(&line)).map(Target::Column)
}

/// The text of the preview, wrapped for a window.
fn text(input: &FrameInput, area: Rect, preview: &Preview) -> Text {
    let intake = preview.list();
    let columns = usize::from(area.width.min(100).saturating_sub(6));
    let pointer = if input.ascii { ">" } else { "▸" };
    let mut text = Text { columns, pointer, lines: Vec::new(), marked: None, columns_at: Vec::new() };
    if let Some(told) = &intake.refused {
        text.told(0, "", told);
        return text;
    }
    let skipped = intake.rows.iter().filter(|row| matches!(row.outcome, RowOutcome::Skipped(_))).count();
    let summary = match skipped {
        0 => intake.summary(),
        _ => words::import_summary(intake.summary(), grouped(Decimal::from(skipped))),
    };
    text.put(0, Level::Note, &summary, Role::Value);
    if let Some(total) = preview.total() {
        text.put(0, Level::Note, total, Role::Value);
    }
    for note in &intake.notes {
        text.put(0, Level::Warning, note, Role::Text);
    }
    text.section(|rows, _| words::import_refused(rows), intake, |outcome| matches!(outcome, RowOutcome::Refused(_)));
    text.column_list(intake, preview.marked());
    text.section(understood, intake, |outcome| matches!(outcome, RowOutcome::Parsed(_)));
    text.section(|rows, _| words::import_skipped(rows), intake, |outcome| matches!(outcome, RowOutcome::Skipped(_)));
    text
}

/// Whether the finals can be in no other column: each of the others is the name, has a title that says what it is, or is empty.
fn has_no_rival(all: &[Column]) -> bool {
    let guessed = all.iter().filter(|column| match column.taken {
        ColumnUse::As(_, FoundBy::Title | FoundBy::Choice) => false,
        ColumnUse::As(_, FoundBy::NearTitle) => true,
        ColumnUse::As(kind, FoundBy::Contents) => kind != Kind::Name,
        ColumnUse::Unused(Unused::Empty | Unused::Numbering) => false,
        ColumnUse::Unused(_) => true,
    });
    guessed.count() == 1
}

/// Marks the surprises: a guess, and a column with several possible meanings.
fn column_look(column: &Column, all: &[Column]) -> (Level, Role) {
    match column.taken {
        ColumnUse::As(Kind::Knob(Knob::Finals), FoundBy::Contents) if has_no_rival(all) => (Level::Note, Role::Text),
        ColumnUse::As(_, FoundBy::Title | FoundBy::Choice) => (Level::Note, Role::Text),
        ColumnUse::As(Kind::Name, FoundBy::Contents) => (Level::Note, Role::Text),
        ColumnUse::Unused(Unused::Empty | Unused::Numbering | Unused::Price | Unused::Choice | Unused::Sum) => {
            (Level::Note, Role::Dim)
        }
        ColumnUse::As(..) | ColumnUse::Unused(_) => (Level::Warning, Role::Text),
    }
}

/// The heading above so many rows of a list.
type Heading = fn(String, &ParsedList) -> String;

struct Text {
    columns: usize,
    /// Stands before the marked column.
    pointer: &'static str,
    lines: Vec<Line>,
    /// The lines of each column.
    columns_at: Vec<Range<usize>>,
    /// The lines of the marked column.
    marked: Option<Range<usize>>,
}

impl Text {
    /// A sentence after its sign, wrapped at the window's width.
    fn put(&mut self, indent: usize, level: Level, sentence: &str, role: Role) {
        let (mark, mark_role) = sign(level);
        for (at, part) in wrap(sentence, self.columns.saturating_sub(indent + 2)).into_iter().enumerate() {
            let mark = if at == 0 { mark } else { " " };
            // The blanks separately: an underlined role would underline them too.
            let (before, mark) = (" ".repeat(indent), mark.to_owned());
            self.lines.push(vec![(before, Role::Text), (mark, mark_role), (" ".to_owned(), Role::Text), (part, role)]);
        }
    }

    /// Cells, without a sign: it would look like one more separator.
    fn sample(&mut self, cells: &str) {
        let indent = 4;
        let parts = wrap(cells, self.columns.saturating_sub(indent));
        self.lines.extend(parts.into_iter().map(|part| vec![(" ".repeat(indent), Role::Text), (part, Role::Dim)]));
    }

    fn heading(&mut self, heading: &str) {
        self.lines.push(Vec::new());
        for part in wrap(heading, self.columns) {
            self.lines.push(vec![(part, Role::Title)]);
        }
    }

    /// The meaning of each column; the marked column with its first cells.
    fn column_list(&mut self, intake: &ParsedList, marked: Option<usize>) {
        let used = intake.columns.iter().filter(|column| column.kind().is_some()).count();
        if !intake.columns.is_empty() {
            self.heading(&words::import_columns(used, intake.columns.len()));
        }
        for (at, column) in intake.columns.iter().enumerate() {
            let (level, role) = column_look(column, &intake.columns);
            let first = self.lines.len();
            if marked != Some(at) {
                self.put(2, level, &column.sentence(), role);
                self.columns_at.push(first..self.lines.len());
                continue;
            }
            self.put(2, level, &column.sentence(), Role::Selection);
            if let Some((pointer, _)) = self.lines.get_mut(first).and_then(|line| line.first_mut()) {
                *pointer = format!("{} ", self.pointer);
            }
            if !column.sample.is_empty() {
                self.sample(&column.sample.join(" · "));
            }
            self.columns_at.push(first..self.lines.len());
            self.marked = Some(first..self.lines.len());
        }
    }

    fn section(&mut self, heading: Heading, intake: &ParsedList, belongs: fn(&RowOutcome) -> bool) {
        let rows = || intake.rows.iter().filter(|row| belongs(&row.outcome));
        let count = rows().count();
        if count > 0 {
            self.heading(&heading(grouped(Decimal::from(count)), intake));
        }
        for row in rows().take(LISTED_MAX) {
            self.row(row);
        }
        if count > LISTED_MAX {
            self.put(0, Level::Note, &words::import_rows_more(grouped(Decimal::from(count - LISTED_MAX))), Role::Dim);
        }
    }

    fn row(&mut self, row: &ListRow) {
        let called = words::import_row(row.number, &row.name);
        match &row.outcome {
            RowOutcome::Parsed(line) => match (values(line, &row.notes), is_finals_alone(line)) {
                (finals, true) => {
                    let told = words::titled(called.trim_end(), finals);
                    self.put(0, Level::Note, &told, Role::Value);
                }
                (values, false) => {
                    self.put(0, Level::Note, called.trim_end(), Role::Value);
                    self.put(2, Level::Note, &values, Role::Text);
                }
            },
            RowOutcome::Refused(reasons) => {
                self.put(0, Level::Error, called.trim_end(), Role::Bad);
                for Reason { column, explanation, .. } in reasons {
                    let column = column.as_ref().map_or(String::new(), |column| format!("{column}: "));
                    self.told(2, &column, explanation);
                }
            }
            RowOutcome::Skipped(why) => {
                self.put(0, Level::Note, called.trim_end(), Role::Dim);
                self.put(2, Level::Note, why, Role::Dim);
            }
        }
        for note in &row.notes {
            self.put(2, Level::Warning, note, Role::Text);
        }
    }

    fn told(&mut self, indent: usize, before: &str, told: &Explanation) {
        self.put(indent, Level::Error, &format!("{before}{}", told.message), Role::Text);
        if !told.allowed.is_empty() {
            self.put(indent, Level::Note, &words::allowed(&told.allowed), Role::Text);
        }
        if !told.remedy.is_empty() {
            self.put(indent, Level::Note, &told.remedy, Role::Dim);
        }
    }
}

/// Whether a row sets its finals and nothing else.
fn is_finals_alone(line: &Deliverable) -> bool {
    line.note.is_none() && line.settings.iter().all(|(knob, _)| knob == Knob::Finals) && !line.settings.is_empty()
}

/// The values that a row sets, apart from its name; a line of its note that is told below it is not said twice.
fn values(line: &Deliverable, told: &[String]) -> String {
    let set = line.settings.iter().filter_map(|(knob, setting)| match setting {
        Setting::Value(value) => Some(words::step_set(words::knob_label(knob), words::value(value))),
        Setting::Unreadable => None,
    });
    // A note may have several lines.
    let note = line.note.iter().flat_map(|note| note.lines());
    let note = note.filter(|line| !told.iter().any(|told| told == line)).map(str::to_owned);
    set.chain(note).collect::<Vec<_>>().join(" · ")
}
