//! Overlays over the screen: the kinds with a row for each, and the stack of open ones.

use crate::app::actions::choose;
use crate::app::flows::conflict::{self, Resolving};
use crate::app::flows::recovery::{self, Recovered};
use crate::app::flows::{ask, import, lifecycle, project_form, rates, reading, under_cap};
use crate::app::keys::action::Action;
use crate::app::model::entry::Entry;
use crate::app::model::form::Form;
use crate::app::model::outcome::{Effect, OnDisk};
use crate::app::model::palette::Palette;
use crate::app::model::picker::{Before, Picker};
use crate::app::model::preview::Preview;
use crate::app::model::screen::Context;
use crate::app::model::state::State;
use crate::app::model::under_cap::UnderCap;
use crate::cost::rates::age::RateDifference;
use crate::diagnostics::Problem;
use std::path::PathBuf;

/// The purpose of a line of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// The name of a deliverable to add.
    NewLine,
    /// A deliverable's new name.
    LineName(usize),
    /// The project's new name.
    ProjectName,
    /// The file to save to.
    SaveAs,
    /// The file to open.
    Open,
    /// The list of deliverables to read.
    Import,
    /// The text to search deliverables for.
    Find,
    /// How many months the work takes.
    Months,
    /// The name of the scenario that was made just now.
    KeptScenario,
    /// The selected scenario's new name.
    ScenarioName,
    /// Its note.
    ScenarioNote,
}

/// The request that continues after unsaved edits were dropped on purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leaving {
    /// The program ends.
    Quit,
    /// A new project.
    New,
    /// Another project.
    Open(PathBuf),
    /// A sample, by its name.
    Sample(String),
    /// A copy of an earlier version.
    Version(PathBuf),
}

/// Prices that differ from the built-in ones, and their effect on the total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repricing {
    /// Each differing rate.
    pub differences: Vec<RateDifference>,
    /// Total with the pinned prices, as shown.
    pub now: String,
    /// Total with the built-in prices, as shown.
    pub then: String,
}

/// A list that is being read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// Its name, as a sentence calls it.
    pub name: String,
    /// Its path; `None` for a pasted list.
    pub path: Option<PathBuf>,
    /// Rows so far.
    pub rows: usize,
}

/// An overlay over the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Overlay {
    /// The keys of the place below, then the others.
    Help,
    /// The issues, with the marked one by its index.
    Issues(usize),
    /// The calculation.
    Why,
    /// A list is being read.
    ImportRunning(Running),
    /// A parsed list, not applied yet.
    Import(Box<Preview>),
    /// A list to choose from.
    Picker(Box<Picker>),
    /// Every action by name.
    Palette(Palette),
    /// A line of text.
    Ask {
        /// Its purpose.
        ask: Ask,
        /// The typed text.
        entry: Entry,
        /// Why it was refused.
        refused: Option<String>,
    },
    /// The question about unsaved edits.
    Unsaved(Leaving),
    /// The file was changed by somebody else.
    Conflict(OnDisk, Problem),
    /// Two sides changed the same values.
    Resolve(Box<Resolving>),
    /// A file of the chosen name exists.
    Replace(PathBuf),
    /// An earlier session left edits that are not saved.
    Recover {
        /// The edits.
        recovered: Box<Recovered>,
        /// The total of the current project and with the edits, as shown.
        totals: [String; 2],
    },
    /// Pinned and built-in prices differ.
    Rates(Box<Repricing>),
    /// What gets the project under its cap.
    UnderCap(Box<UnderCap>),
    /// What the project says of itself.
    Project(Box<Form>),
}

/// The behaviour of an overlay: one row for each kind, in the file of its flow.
pub struct Kind {
    /// The context of its keys.
    pub context: Context,
    /// Its name in the help.
    pub name: fn(&Overlay) -> String,
    /// Its purpose.
    pub purpose: fn(&Overlay) -> &'static str,
    /// Whether it waits for an answer about the screen, so that nothing may change below it.
    pub waits: bool,
    /// The actions that it answers to, besides those that work everywhere; `None` for all that have a key there.
    pub(in crate::app) only: Option<&'static [Action]>,
    /// Rows or entries up and down.
    pub(in crate::app) go: fn(&mut State, isize),
    /// What Enter does, in a word.
    pub enter: fn(&Overlay) -> &'static str,
    /// Enter.
    pub(in crate::app) accept: fn(&mut State) -> Vec<Effect>,
    /// Esc.
    pub(in crate::app) cancel: fn(&mut State),
    /// Its line of text, if it has one.
    pub(in crate::app) entry: fn(&mut Overlay) -> Option<&mut Entry>,
    /// The consequences of a change of that line.
    pub(in crate::app) typed: fn(&mut State),
}

/// The defaults: an overlay that only Esc closes.
pub(in crate::app) const PLAIN: Kind = Kind {
    context: Context::Reading,
    name: |_| String::new(),
    purpose: |_| "",
    waits: true,
    only: None,
    go: |_, _| {},
    // No promise: where Enter does something, its row says what.
    enter: |_| "",
    accept: |_| Vec::new(),
    cancel: |state| {
        state.overlays.close();
        state.session.after_save = None;
    },
    entry: |_| None,
    typed: |_| {},
};

impl Overlay {
    /// Its row.
    #[must_use]
    pub fn kind(&self) -> &'static Kind {
        match self {
            Overlay::Help => &reading::HELP,
            Overlay::Issues(_) => &reading::ISSUES,
            Overlay::Why => &reading::WHY,
            Overlay::ImportRunning(_) => &import::RUNNING,
            Overlay::Import(preview) if preview.marked().is_some() => &import::COLUMNS,
            Overlay::Import(_) => &import::KIND,
            Overlay::Picker(picker) if matches!(picker.before, Before::Cards(_)) => &choose::CARD_PICKER,
            Overlay::Picker(_) => &choose::PICKER,
            Overlay::Palette(_) => &choose::PALETTE,
            Overlay::Ask { .. } => &ask::KIND,
            Overlay::Unsaved(_) => &lifecycle::UNSAVED,
            Overlay::Conflict(..) => &lifecycle::CHANGED,
            Overlay::Resolve(_) => &conflict::KIND,
            Overlay::Replace(_) => &lifecycle::REPLACE,
            Overlay::Recover { .. } => &recovery::KIND,
            Overlay::Rates(_) => &rates::KIND,
            Overlay::UnderCap(open) if open.typing => &under_cap::CAP,
            Overlay::UnderCap(_) => &under_cap::LIST,
            Overlay::Project(form) if form.typing.is_some() => &project_form::TYPING,
            Overlay::Project(_) => &project_form::ROWS,
        }
    }
}

/// The open overlays, the last one on top.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Overlays(Vec<Layer>);

/// An overlay, and its first visible line.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Layer {
    overlay: Overlay,
    scroll: usize,
}

impl Overlays {
    /// Whether no overlay is open.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The top overlay.
    #[must_use]
    pub fn top(&self) -> Option<&Overlay> {
        self.0.last().map(|layer| &layer.overlay)
    }

    /// The top overlay, ignoring the help.
    #[must_use]
    pub fn below_help(&self) -> Option<&Overlay> {
        self.iter().rev().find(|overlay| **overlay != Overlay::Help)
    }

    /// All overlays, the lowest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Overlay> {
        self.0.iter().map(|layer| &layer.overlay)
    }

    /// The first visible line of the top overlay.
    #[must_use]
    pub fn scroll(&self) -> usize {
        self.0.last().map_or(0, |layer| layer.scroll)
    }

    /// The row of the top overlay.
    #[must_use]
    pub fn kind(&self) -> Option<&'static Kind> {
        self.top().map(Overlay::kind)
    }

    /// Shows an overlay in place of all open ones.
    pub fn show(&mut self, overlay: Overlay) {
        self.clear();
        self.cover(overlay);
    }

    /// Shows an overlay over the open ones, which reappear when it is closed.
    pub fn cover(&mut self, overlay: Overlay) {
        self.0.push(Layer { overlay, scroll: 0 });
    }

    /// Closes the top overlay and returns it.
    pub fn close(&mut self) -> Option<Overlay> {
        self.0.pop().map(|layer| layer.overlay)
    }

    /// Closes all.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Closes all overlays that `keeps` does not accept.
    pub(in crate::app) fn retain(&mut self, keeps: impl Fn(&Overlay) -> bool) {
        self.0.retain(|layer| keeps(&layer.overlay));
    }

    /// All overlays, the lowest first, mutable.
    pub(in crate::app) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Overlay> {
        self.0.iter_mut().map(|layer| &mut layer.overlay)
    }

    /// The top overlay, mutable.
    pub fn top_mut(&mut self) -> Option<&mut Overlay> {
        self.0.last_mut().map(|layer| &mut layer.overlay)
    }

    /// Makes a line of the top overlay the first in sight.
    pub(in crate::app) fn scroll_to(&mut self, line: usize) {
        if let Some(layer) = self.0.last_mut() {
            layer.scroll = line;
        }
    }

    /// Scrolls the top overlay, at most to `furthest`.
    pub(in crate::app) fn scroll_by(&mut self, by: isize, furthest: usize) {
        if let Some(layer) = self.0.last_mut() {
            layer.scroll = layer.scroll.min(furthest).saturating_add_signed(by).min(furthest);
        }
    }
}
