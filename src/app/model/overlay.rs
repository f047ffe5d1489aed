//! What may lie over the screen: the kinds with a row for each, and the stack of those that are open.

use crate::app::actions::choose;
use crate::app::flows::conflict::{self, Resolving};
use crate::app::flows::recovery::{self, Recovered};
use crate::app::flows::{ask, import, lifecycle, rates, reading};
use crate::app::keys::action::Action;
use crate::app::keys::keymap::Context;
use crate::app::model::entry::Entry;
use crate::app::model::outcome::{Effect, OnDisk};
use crate::app::model::palette::Palette;
use crate::app::model::picker::Picker;
use crate::app::model::state::State;
use crate::cost::Decimal;
use crate::cost::rates::age::RateDifference;
use crate::diagnostics::Problem;
use crate::tables::ParsedList;
use std::path::PathBuf;

/// What a line of text is asked for.
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
    /// What deliverables are looked for.
    Find,
    /// How many months the work takes.
    Months,
}

/// What goes on after unsaved edits were dropped on purpose.
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

/// Prices that differ from the built-in ones, and what they would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repricing {
    /// Each differing rate.
    pub differences: Vec<RateDifference>,
    /// Total with the pinned prices, in USD.
    pub now: Option<Decimal>,
    /// Total with the built-in prices, in USD.
    pub then: Option<Decimal>,
}

/// What lies over the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Overlay {
    /// The keys of where the keyboard was, then the others.
    Help,
    /// What is wrong or doubtful.
    Issues,
    /// Why the figures are what they are.
    Why,
    /// What was understood of a list, before anything of it counts.
    Import(Box<ParsedList>),
    /// A list to choose from.
    Picker(Box<Picker>),
    /// Every action by name.
    Palette(Palette),
    /// A line of text.
    Ask {
        /// What for.
        ask: Ask,
        /// What has been typed.
        entry: Entry,
        /// Why it was refused.
        refused: Option<String>,
    },
    /// Unsaved edits are about to be left.
    Unsaved(Leaving),
    /// The file was changed by somebody else.
    Conflict(OnDisk, Problem),
    /// Two sides changed the same values.
    Resolve(Box<Resolving>),
    /// A file of the chosen name exists.
    Replace(PathBuf),
    /// An earlier session left edits that are not saved.
    Recover {
        /// What they are.
        recovered: Box<Recovered>,
        /// The total as the project is, and with the edits, in USD.
        totals: (Option<Decimal>, Option<Decimal>),
    },
    /// Pinned and built-in prices differ.
    Rates(Box<Repricing>),
}

/// What an overlay does: one row for each, in the file that carries it out.
pub struct Kind {
    /// Which keys hold.
    pub context: Context,
    /// What it is called in the help.
    pub name: fn(&Overlay) -> String,
    /// What it is for.
    pub purpose: fn(&Overlay) -> &'static str,
    /// Whether it waits for an answer about what is on screen, so that nothing may change below it.
    pub waits: bool,
    /// The actions that it answers to, beside those of every place; `None` if to all that have a key there.
    pub(in crate::app) only: Option<&'static [Action]>,
    /// Rows or entries up and down.
    pub(in crate::app) go: fn(&mut State, isize),
    /// Enter.
    pub(in crate::app) accept: fn(&mut State) -> Vec<Effect>,
    /// Esc.
    pub(in crate::app) cancel: fn(&mut State),
    /// Its line of text, if it has one.
    pub(in crate::app) entry: fn(&mut Overlay) -> Option<&mut Entry>,
    /// What follows from a change of that line.
    pub(in crate::app) typed: fn(&mut State),
}

/// An overlay that only Esc leaves: what the others differ in.
pub(in crate::app) const PLAIN: Kind = Kind {
    context: Context::Reading,
    name: |_| String::new(),
    purpose: |_| "",
    waits: true,
    only: None,
    go: |_, _| {},
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
            Overlay::Issues => &reading::ISSUES,
            Overlay::Why => &reading::WHY,
            Overlay::Import(_) => &import::KIND,
            Overlay::Picker(_) => &choose::PICKER,
            Overlay::Palette(_) => &choose::PALETTE,
            Overlay::Ask { .. } => &ask::KIND,
            Overlay::Unsaved(_) => &lifecycle::UNSAVED,
            Overlay::Conflict(..) => &lifecycle::CHANGED,
            Overlay::Resolve(_) => &conflict::KIND,
            Overlay::Replace(_) => &lifecycle::REPLACE,
            Overlay::Recover { .. } => &recovery::KIND,
            Overlay::Rates(_) => &rates::KIND,
        }
    }
}

/// What lies over the screen, the last one on top.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Overlays(Vec<Layer>);

/// An overlay, and the first line of it in sight.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Layer {
    overlay: Overlay,
    scroll: usize,
}

impl Overlays {
    /// Whether nothing lies over the screen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The one on top.
    #[must_use]
    pub fn top(&self) -> Option<&Overlay> {
        self.0.last().map(|layer| &layer.overlay)
    }

    /// The one on top, the help aside.
    #[must_use]
    pub fn below_help(&self) -> Option<&Overlay> {
        self.iter().rev().find(|overlay| **overlay != Overlay::Help)
    }

    /// All of them, the lowest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Overlay> {
        self.0.iter().map(|layer| &layer.overlay)
    }

    /// The first line in sight of the one on top.
    #[must_use]
    pub fn scroll(&self) -> usize {
        self.0.last().map_or(0, |layer| layer.scroll)
    }

    /// The row of the one on top.
    #[must_use]
    pub fn kind(&self) -> Option<&'static Kind> {
        self.top().map(Overlay::kind)
    }

    /// Shows one in place of all that are open.
    pub fn show(&mut self, overlay: Overlay) {
        self.clear();
        self.cover(overlay);
    }

    /// Shows one over those that are open: they are there again when it is closed.
    pub fn cover(&mut self, overlay: Overlay) {
        self.0.push(Layer { overlay, scroll: 0 });
    }

    /// Closes the one on top and returns it.
    pub fn close(&mut self) -> Option<Overlay> {
        self.0.pop().map(|layer| layer.overlay)
    }

    /// Closes all.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Closes those that are not kept.
    pub(in crate::app) fn retain(&mut self, keeps: impl Fn(&Overlay) -> bool) {
        self.0.retain(|layer| keeps(&layer.overlay));
    }

    /// The one on top, to be changed.
    pub fn top_mut(&mut self) -> Option<&mut Overlay> {
        self.0.last_mut().map(|layer| &mut layer.overlay)
    }

    /// Scrolls the one on top, as far as `furthest`.
    pub(in crate::app) fn scroll_by(&mut self, by: isize, furthest: usize) {
        if let Some(layer) = self.0.last_mut() {
            layer.scroll = layer.scroll.min(furthest).saturating_add_signed(by).min(furthest);
        }
    }
}
