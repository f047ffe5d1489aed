//! The visible part and the keyboard: screen, selection, focus, the text being typed in a field.

use crate::app::actions::mouse::Drag;
use crate::app::model::entry::Entry;
use crate::app::model::field::Field;
use crate::app::model::screen::Screen;
use crate::cost::budget::knob_text::Refusal;
use crate::cost::{Pane, Setting};

/// The selection: the whole project, or one deliverable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selection {
    /// The project's assumptions.
    Project,
    /// A deliverable, by its index in the list.
    Line(usize),
}

impl Selection {
    /// The selected deliverable's index; `None` for the whole project.
    #[must_use]
    pub fn line(self) -> Option<usize> {
        match self {
            Selection::Project => None,
            Selection::Line(index) => Some(index),
        }
    }

    /// A deliverable by its index, or the whole project.
    #[must_use]
    pub fn of(line: Option<usize>) -> Selection {
        line.map_or(Selection::Project, Selection::Line)
    }
}

/// The place of the keyboard on a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// On what the screen has beside the panes: the list, the table of bills.
    Beside,
    /// In a pane.
    Pane(Pane),
}

/// First key of a two-key sequence, and the cursor to restore if a second one completes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PendingKey {
    /// The character.
    pub first: char,
    /// The selection before it.
    pub selection: Selection,
    /// The focused field of each pane.
    pub field_at: [usize; 4],
    /// The selected bill.
    pub selected_bill: usize,
    /// How far the table of bills was scrolled.
    pub bills_scroll: usize,
}

/// A minus that stepped a knob: a digit right after it makes both the beginning of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PendingSign {
    /// The character as typed.
    pub sign: char,
    /// Whether it changed the knob.
    pub stepped: bool,
    /// The steps done after it: with another number of them, something else happened in between.
    pub done: usize,
}

/// A field's text while it is typed; a valid text already counts, so that the total moves with each key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The field.
    pub field: Field,
    /// The typed text.
    pub entry: Entry,
    /// Why the text is not a value, if so.
    pub refused: Option<Refusal>,
    /// Whether the text is a value that is probably not meant, and the question about it is on screen.
    pub asked: bool,
    /// The setting before, which Esc restores.
    pub before: Option<Setting>,
    /// Whether the deliverable was added for this value: leaving the field removes it again.
    pub added_line: bool,
}

/// The keyboard's place in the text of the risk screen, where that is longer than its panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RiskPlace {
    /// Before the named risks: the text scrolls.
    Before,
    /// At the selected risk, which is kept in sight.
    At,
    /// Past the named risks: the text scrolls.
    Past,
}

/// The visible part of the project, and the keyboard's place.
#[derive(Debug, Clone)]
pub struct View {
    /// The content of the window.
    pub screen: Screen,
    /// The selection.
    pub selection: Selection,
    /// Whether a person has chosen it: at first it is the first deliverable, and the bills are those of the whole project.
    pub is_chosen: bool,
    /// The keyboard's place.
    pub focus: Focus,
    /// The keyboard's place on the worksheet, while another screen is shown.
    pub worksheet_focus: Focus,
    /// The last pane that had the keyboard: its knob is stepped from the table of bills too.
    pub last_pane: Pane,
    /// The focused field of each pane.
    pub field_at: [usize; 4],
    /// The text being typed in a field.
    pub input: Option<Input>,
    /// The first key of a two-key sequence, while the second may follow.
    pub pending_key: Option<PendingKey>,
    /// The minus that stepped the focused knob, while a digit may follow.
    pub pending_sign: Option<PendingSign>,
    /// The selected bill: 0 is the official one, then the cards in their order.
    pub selected_bill: usize,
    /// The first visible row of the table of bills.
    pub bills_scroll: usize,
    /// The selected column of the scenarios: 0 is the baseline.
    pub scenario_column: usize,
    /// The first visible row of the scenarios.
    pub scenarios_scroll: usize,
    /// The first visible row of the text of the risk screen, unless the selected risk is kept in sight.
    pub risk_scroll: usize,
    /// The selected named risk, by its place on the risk screen.
    pub selected_risk: usize,
    /// Whether the keyboard is before the named risks in that text, at them, or past them.
    pub risk_place: RiskPlace,
    /// How far the open text scrolls, as the last frame measured it; without a measure there is no limit.
    pub furthest_scroll: usize,
    /// The first line in sight of the open text, as the last frame shows it.
    pub first_line: usize,
    /// The search text; all deliverables are shown while it is empty.
    pub filter: String,
    /// Whether the focused pane has the window to itself.
    pub zoomed: bool,
    /// A drag along a chart that has not ended.
    pub drag: Option<Drag>,
}

impl View {
    /// Whether the keyboard is on what this screen has beside the panes.
    #[must_use]
    pub fn is_beside(&self, screen: Screen) -> bool {
        self.screen == screen && self.focus == Focus::Beside
    }

    /// Selects for a person.
    pub fn choose(&mut self, selection: Selection) {
        (self.selection, self.is_chosen) = (selection, true);
    }

    /// Whose bills are shown: a person comes to that screen for those of the whole project, unless one has selected.
    #[must_use]
    pub fn of_bills(&self) -> Selection {
        if self.is_chosen { self.selection } else { Selection::Project }
    }
}

impl Default for View {
    fn default() -> View {
        View {
            screen: Screen::Worksheet,
            selection: Selection::Project,
            is_chosen: false,
            focus: Focus::Pane(Pane::Finals),
            worksheet_focus: Focus::Pane(Pane::Finals),
            last_pane: Pane::Finals,
            field_at: [0; 4],
            input: None,
            pending_key: None,
            pending_sign: None,
            selected_bill: 0,
            bills_scroll: 0,
            scenario_column: 0,
            scenarios_scroll: 0,
            risk_scroll: 0,
            selected_risk: 0,
            risk_place: RiskPlace::Before,
            furthest_scroll: usize::MAX,
            first_line: 0,
            filter: String::new(),
            zoomed: false,
            drag: None,
        }
    }
}

/// The lines that the list shows, by their index: all of them without looking at any, or those that the filter leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShownLines {
    /// This many, from the first one on.
    All(usize),
    /// In rising order.
    Some(Vec<usize>),
}

impl ShownLines {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            ShownLines::All(count) => *count,
            ShownLines::Some(lines) => lines.len(),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The line at a place among them.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<usize> {
        match self {
            ShownLines::All(count) => Some(place).filter(|place| place < count),
            ShownLines::Some(lines) => lines.get(place).copied(),
        }
    }

    /// How many of them stand before a line.
    #[must_use]
    pub fn before(&self, line: usize) -> usize {
        match self {
            ShownLines::All(count) => line.min(*count),
            ShownLines::Some(lines) => lines.partition_point(|shown| *shown < line),
        }
    }
}
