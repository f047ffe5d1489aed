//! The columns of the list: which of them a width has room for, and one row in them. Only rows in sight are formatted.
//!
//! Columns give way from the last on: model, quality, size, images, tries, finals. The share bar shrinks to four cells before any
//! of them goes, a name to [`NAME`] columns, beside its finals alone to
//! [`NARROW`], and a cost is never cut.

use super::canvas::{Align, Canvas, FrameInput};
use super::column;
use super::list;
use super::text::{fit, safe, width};
use super::theme::Role;
use crate::cost::base::money::Decimal;
use crate::cost::estimate::line::LineEstimate;
use crate::cost::{Knob, Layer, Value};
use crate::figures;
use crate::words;
use crate::words::number::grouped;
use ratatui::layout::Rect;

/// Least columns of a name beside figures, and those that it has before the widest columns come.
const NAME: (u16, u16) = (16, 20);
/// Least columns of a name beside its finals alone.
const NARROW: u16 = 8;
/// Least columns of a cost.
const COST: u16 = 6;
/// Fewest and most cells of the share bar.
const BAR: (u16, u16) = (4, 24);
/// Least columns of a list with a share bar.
const WITH_BAR: u16 = 34;

/// The columns of figures, in the order in which they get room.
const FIGURES: [Figure; 6] =
    [Figure::Finals, Figure::Tries, Figure::Images, Figure::Size, Figure::Quality, Figure::Model];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Figure {
    Finals,
    Tries,
    Images,
    Size,
    Quality,
    Model,
}

impl Figure {
    fn heading(self) -> &'static str {
        match self {
            Figure::Finals => words::knob_finals(),
            Figure::Tries => words::heading_tries(),
            Figure::Images => words::report_images(),
            Figure::Size => words::knob_label(Knob::Size),
            Figure::Quality => words::knob_label(Knob::Quality),
            Figure::Model => words::knob_label(Knob::Model),
        }
    }

    /// Whether it stands before the numbers, since it describes the image.
    fn describes(self) -> bool {
        matches!(self, Figure::Size | Figure::Quality | Figure::Model)
    }
}

/// What a row shows.
pub(super) struct Cells {
    pub(super) name: String,
    /// A text for each of [`FIGURES`], and whether it is inherited.
    figures: [(String, bool); 6],
    pub(super) cost: String,
    /// The length of its bar; `None` without one.
    bar: Option<u64>,
    measured: bool,
    is_project: bool,
}

impl Cells {
    /// The sums of all deliverables.
    pub(super) fn of_project(input: &FrameInput) -> Cells {
        let totals = &input.state.estimate().totals;
        let images = totals.images.map_or_else(|| words::unknown().to_owned(), figures::count);
        let mut figures: [(String, bool); 6] = Default::default();
        (figures[0].0, figures[2].0) = (grouped(Decimal::from(totals.finals)), images);
        Cells {
            name: words::all_deliverables().to_owned(),
            figures,
            cost: column::subtotal_of_project(input),
            bar: None,
            measured: false,
            is_project: true,
        }
    }

    /// One deliverable.
    pub(super) fn of_line(input: &FrameInput, line: usize) -> Cells {
        let state = input.state;
        let name = state.budget().lines.get(line).map_or("", |line| line.title());
        let estimated = state.estimate().lines.get(line);
        Cells {
            name: safe(name).into_owned(),
            figures: estimated.map(figures_of).unwrap_or_default(),
            cost: column::subtotal(input, line),
            bar: Some(list::units(input, line)),
            measured: estimated.is_some_and(LineEstimate::is_measured),
            is_project: false,
        }
    }
}

fn figures_of(line: &LineEstimate) -> [(String, bool); 6] {
    let deliverable = &line.deliverable;
    let unknown = || words::unknown().to_owned();
    let tries = deliverable.factor.map_or_else(unknown, words::factor_number);
    // A fraction would take the room of three figures; the pane has it.
    let tries = match deliverable.factor {
        Some(factor) if !figures::is_short(factor) => format!("≈{}", figures::mean(factor)),
        _ => tries,
    };
    let size = deliverable.exact_size(deliverable.size.value);
    let size = size.map_or_else(|| words::value(&Value::Size(deliverable.size.value)), words::size);
    let inherited = |layer: Layer| layer != Layer::Deliverable;
    [
        (figures::finals(deliverable), false),
        (tries, inherited(deliverable.retry.layer)),
        (line.images().map_or_else(unknown, figures::count), true),
        (size, inherited(deliverable.size.layer)),
        (words::value(&Value::Quality(deliverable.quality.value)), inherited(deliverable.quality.layer)),
        (deliverable.model.value.id.clone(), inherited(deliverable.model.layer)),
    ]
}

/// The first column is as narrow as its figures, since above the names there is room for its heading; returns what that leaves.
fn lent(found: &mut [(usize, Figure, u16)], figures: u16) -> u16 {
    match found {
        [(_, Figure::Finals, columns), rest @ ..] if !rest.iter().any(|(_, kind, _)| kind.describes()) => {
            let lent = columns.saturating_sub(figures);
            *columns -= lent;
            lent
        }
        _ => 0,
    }
}

/// The columns that have room, from left to right.
pub(super) struct Columns {
    name: u16,
    figures: Vec<(usize, Figure, u16)>,
    bar: u16,
    largest: u64,
    marker: &'static str,
}

fn columns_of(text: &str) -> u16 {
    u16::try_from(width(text)).unwrap_or(u16::MAX)
}

impl Columns {
    /// The columns for rows of this width: those in sight, and the one of all deliverables.
    pub(super) fn of(input: &FrameInput, columns: u16, in_sight: &[Cells], all: &Cells) -> Columns {
        let rows = || in_sight.iter().chain([all]);
        let widest = |text: &dyn Fn(&Cells) -> &str| rows().map(|row| columns_of(text(row))).max().unwrap_or(0);
        let figure = |at: usize| widest(&|row| &row.figures[at].0);
        // Amounts out of sight count too, so that the column stands still while the list scrolls.
        let hidden = u16::try_from(column::widest(input)).unwrap_or(0);
        let cost = widest(&|row| &row.cost).max(hidden).max(COST);
        // The mark before the name, and a blank column on the right.
        let mut free = columns.saturating_sub(cost + 2 + 1);
        let named = |row: &Cells| {
            let word = if row.measured { columns_of(words::knob_measured()) + 1 } else { 0 };
            columns_of(&row.name).saturating_add(word)
        };
        let longest = rows().map(named).max().unwrap_or(0);
        let bar = if columns >= WITH_BAR && !in_sight.is_empty() && free > NAME.0 + BAR.0 { BAR.0 } else { 0 };
        free -= if bar > 0 { bar + 1 } else { 0 };
        let mut found = Vec::new();
        for (at, kind) in FIGURES.into_iter().enumerate() {
            let columns = figure(at).max(columns_of(kind.heading()));
            let least = match kind {
                Figure::Finals => NARROW,
                Figure::Tries | Figure::Images => NAME.0,
                Figure::Size | Figure::Quality | Figure::Model => NAME.1.max(longest.min(26)),
            };
            if free < least + columns + 1 {
                break;
            }
            free -= columns + 1;
            found.push((at, kind, columns));
        }
        free += lent(&mut found, figure(0));
        let describing = found.iter().copied().filter(|(_, kind, _)| kind.describes());
        let counting = found.iter().copied().filter(|(_, kind, _)| !kind.describes());
        let figures = describing.chain(counting).collect();
        // What is left goes to names that would be cut, then to the bar, then to the names.
        let more = if bar > 0 { free.saturating_sub(longest.max(NAME.0)).min(BAR.1 - BAR.0) } else { 0 };
        Columns {
            name: free - more,
            figures,
            bar: bar + more,
            largest: input.state.estimate().largest().map_or(0, figures::bar_units),
            marker: if input.ascii { ">" } else { "▸" },
        }
    }

    /// The names of the columns.
    pub(super) fn headings(&self, canvas: &mut Canvas, area: Rect) {
        let mut x = 1 + self.name;
        for (at, (_, kind, columns)) in self.figures.iter().enumerate() {
            let left = if at == 0 { 0 } else { x };
            let place = Rect { x: area.x + left, width: x - left + columns + 1, ..area };
            canvas.text_right(place, 0, kind.heading(), Role::Dim);
            x += columns + 1;
        }
        let cost = Rect { width: area.width.saturating_sub(1), ..area };
        if area.width > 1 + self.name {
            canvas.text_right(cost, 0, words::heading_cost(), Role::Dim);
        }
    }

    /// One row.
    pub(super) fn draw(&self, canvas: &mut Canvas, area: Rect, row: u16, cells: &Cells, selected: bool) {
        if row >= area.height {
            return;
        }
        let name = if cells.measured { with_word(cells, usize::from(self.name)) } else { cells.name.clone() };
        let name = fit(&name, usize::from(self.name), Align::Left, canvas.ellipsis());
        canvas.text(area, row, if selected { self.marker } else { " " }, Role::Text);
        canvas.text_at(area, 1, row, &name, if cells.is_project { Role::Header } else { Role::Text });
        let mut x = 1 + self.name;
        for (at, _, columns) in &self.figures {
            let (text, inherited) = &cells.figures[*at];
            let place = Rect { x: area.x + x, width: columns + 1, ..area };
            let role = if *inherited && !cells.is_project { Role::Dim } else { Role::Value };
            canvas.text_right(place, row, text, role);
            x += columns + 1;
        }
        let cost = Rect { width: area.width.saturating_sub(1), ..area };
        canvas.text_right(cost, row, &cells.cost, Role::Value);
        if selected {
            canvas.tint(area, row, Role::Selection);
        }
        if let Some(units) = cells.bar.filter(|_| self.bar > 0) {
            canvas.bar(area, x + 1, row, self.bar, (units, self.largest), Role::Bar);
        }
    }
}

/// A name with the word for measured tokens at the end of its column, if both fit.
fn with_word(cells: &Cells, room: usize) -> String {
    let word = words::knob_measured();
    match room.checked_sub(width(&cells.name) + width(word) + 1) {
        Some(blank) => format!("{} {}{word}", cells.name, " ".repeat(blank)),
        None => cells.name.clone(),
    }
}
