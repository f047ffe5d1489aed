//! Everything that the screen shows, and what can be asked of it.

use super::action::Availability;
use super::dialog::{Dialog, Leaving};
use super::edit::{Edit, History, Scope, Step, Touched};
use super::entry::Entry;
use super::field::{Field, fields};
use super::keymap::Context;
use super::outcome::Opened;
use crate::cost::knob::Scope as KnobScope;
use crate::cost::line::LineEstimate;
use crate::cost::rate_card::differences;
use crate::cost::turn::Refusal;
use crate::cost::{Budget, Catalog, Deliverable, Estimate, Knob, Pane, Setting, estimate};
use crate::place::{Level, Problem};
use crate::words;
use jiff::civil::Date;

/// What the panes act on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selection {
    /// The project's assumptions.
    Project,
    /// A deliverable, by its place in the list.
    Line(usize),
}

/// Where the keyboard is on the worksheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// On the list of deliverables.
    List,
    /// In a pane.
    Pane(Pane),
}

/// A field's text while it is typed; a valid text already counts, so that the total moves with each key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typing {
    /// Which field.
    pub field: Field,
    /// What has been typed.
    pub entry: Entry,
    /// Why the text is no value, if it is none.
    pub refused: Option<Refusal>,
    /// What stood there, to go back to.
    pub before: Option<Setting>,
    /// Whether the deliverable was added for this value: leaving the field takes it out again.
    pub added_line: bool,
}

/// A short message in the last line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How much it matters.
    pub level: Level,
    /// What it says.
    pub text: String,
}

/// The whole of what is on screen.
#[derive(Debug, Clone)]
pub struct State {
    /// Built-in prices and starting points.
    pub catalog: &'static Catalog,
    /// The day that stale prices and shutdowns are measured from.
    pub today: Date,
    /// Every value set.
    pub budget: Budget,
    /// What it comes to.
    pub estimate: Estimate,
    /// What the panes act on.
    pub selection: Selection,
    /// Where the keyboard is.
    pub focus: Focus,
    /// The focused field of each pane.
    pub field_at: [usize; 4],
    /// The text being typed in a field.
    pub typing: Option<Typing>,
    /// What lies over the worksheet.
    pub dialog: Option<Dialog>,
    /// What was done.
    pub history: History,
    /// A short message.
    pub notice: Option<Notice>,
    /// What is wrong in the file.
    pub problems: Vec<Problem>,
    /// The file's name; none for a project that has none yet.
    pub file: Option<String>,
    /// Why the file cannot be saved to.
    pub read_only: Option<String>,
    /// The theme's name.
    pub theme: String,
    /// All themes' names, in the order of stepping.
    pub themes: Vec<String>,
    /// How far the text that lies over the worksheet scrolls, as the last frame measured it; without a measure there is no limit.
    pub furthest_scroll: usize,
    /// What goes on once the running save has succeeded.
    pub after_save: Option<Leaving>,
}

impl State {
    /// A project on screen, its first deliverable selected.
    #[must_use]
    pub fn new(opened: Opened, catalog: &'static Catalog, today: Date, themes: Vec<String>) -> State {
        let estimate = estimate(&opened.budget, catalog, today);
        let mut state = State {
            catalog,
            today,
            estimate,
            selection: Selection::Project,
            focus: Focus::Pane(Pane::Finals),
            field_at: [0; 4],
            typing: None,
            dialog: None,
            history: History::default(),
            notice: None,
            problems: Vec::new(),
            budget: Budget::default(),
            file: None,
            read_only: None,
            theme: themes.first().cloned().unwrap_or_default(),
            themes,
            furthest_scroll: usize::MAX,
            after_save: None,
        };
        state.show(opened);
        state
    }

    /// Puts another project on screen.
    pub fn show(&mut self, opened: Opened) {
        self.budget = opened.budget;
        self.problems = opened.problems;
        self.file = opened.file;
        self.read_only = opened.read_only;
        self.estimate = estimate(&self.budget, self.catalog, self.today);
        self.selection = if self.budget.lines.is_empty() { Selection::Project } else { Selection::Line(0) };
        self.history = History::default();
        (self.typing, self.dialog, self.after_save) = (None, None, None);
        self.notice = self.first_notice();
    }

    fn first_notice(&self) -> Option<Notice> {
        let count = differences(&self.budget.pins, self.catalog).len();
        if let Some(why) = &self.read_only {
            return Some(Notice { level: Level::Warning, text: why.clone() });
        }
        let wrong = self.problems.iter().filter(|problem| problem.level == Level::Error).count();
        if wrong > 0 {
            return Some(Notice { level: Level::Error, text: words::notice_problems(wrong) });
        }
        (count > 0).then(|| Notice { level: Level::Warning, text: words::notice_rates_differ(count) })
    }

    /// Where the keyboard is, for the keymap.
    #[must_use]
    pub fn context(&self) -> Context {
        match (&self.dialog, &self.typing, self.focus) {
            (Some(Dialog::Help { .. } | Dialog::Issues { .. }), ..) => Context::Reading,
            (Some(Dialog::Ask { .. }), ..) => Context::Ask,
            (Some(Dialog::Unsaved(_)), ..) => Context::Unsaved,
            (Some(Dialog::Conflict(_)), ..) => Context::Conflict,
            (Some(Dialog::Replace(_)), ..) => Context::Replace,
            (Some(Dialog::Rates(_)), ..) => Context::Rates,
            (None, Some(_), _) => Context::Typing,
            (None, None, Focus::List) => Context::List,
            (None, None, Focus::Pane(_)) => Context::Pane,
        }
    }

    /// The selected line's figures; none for the project as a whole.
    #[must_use]
    pub fn line(&self) -> Option<&LineEstimate> {
        match self.selection {
            Selection::Project => None,
            Selection::Line(index) => self.estimate.lines.get(index),
        }
    }

    /// The values that the panes show.
    #[must_use]
    pub fn deliverable(&self) -> Option<&Deliverable> {
        self.line().map(|line| &line.deliverable).or(self.estimate.assumptions.as_ref())
    }

    /// The fields of a pane as they are now.
    #[must_use]
    pub fn fields(&self, pane: Pane) -> Vec<Field> {
        let explores = self.deliverable().is_some_and(|deliverable| deliverable.explore.is_some());
        fields(pane, self.selection == Selection::Project, explores)
    }

    /// The focused field of a pane.
    #[must_use]
    pub fn field_in(&self, pane: Pane) -> Option<Field> {
        let fields = self.fields(pane);
        fields.get(self.field_at[pane as usize].min(fields.len().saturating_sub(1))).copied()
    }

    /// The focused field; none on the list.
    #[must_use]
    pub fn field(&self) -> Option<Field> {
        match self.focus {
            Focus::List => None,
            Focus::Pane(pane) => self.field_in(pane),
        }
    }

    /// Which settings a knob turns now.
    #[must_use]
    pub fn scope_of(&self, knob: Knob) -> Scope {
        match self.selection {
            Selection::Line(index) if knob.row().scope != KnobScope::Project => Scope::Line(index),
            _ => Scope::Assumptions,
        }
    }

    /// What stands at a knob in the layer that it turns now.
    #[must_use]
    pub fn setting(&self, knob: Knob) -> Option<&Setting> {
        match self.scope_of(knob) {
            Scope::Assumptions => self.budget.assumptions.get(knob),
            Scope::Line(index) => self.budget.lines.get(index)?.settings.get(knob),
        }
    }

    /// Whether the screen differs from the file on disk.
    #[must_use]
    pub fn is_dirty(&self) -> bool {
        self.history.is_dirty()
    }

    /// Carries out edits, remembers them as one step, and computes again what they touched.
    pub fn carry_out(&mut self, label: String, edits: Vec<Edit>) {
        if edits.is_empty() {
            return;
        }
        let mut touched = Touched::Nothing;
        for edit in &edits {
            touched = touched.and(edit.apply(&mut self.budget));
        }
        let line = match self.selection {
            Selection::Line(index) => Some(index),
            Selection::Project => None,
        };
        self.history.record(Step { label, edits, line });
        self.recompute(touched);
    }

    /// Computes again what an edit touched.
    pub fn recompute(&mut self, touched: Touched) {
        match touched {
            Touched::Nothing => {}
            Touched::Line(index) => self.estimate.refresh_line(index, &self.budget, self.catalog, self.today),
            Touched::All => self.estimate = estimate(&self.budget, self.catalog, self.today),
        }
        self.keep_selection();
    }

    /// Keeps the selection on a line that exists.
    fn keep_selection(&mut self) {
        if let Selection::Line(index) = self.selection {
            self.selection = match self.budget.lines.len() {
                0 => Selection::Project,
                count => Selection::Line(index.min(count - 1)),
            };
        }
    }

    /// Shows a short message.
    pub fn say(&mut self, level: Level, text: impl Into<String>) {
        self.notice = Some(Notice { level, text: text.into() });
    }
}

/// What can be done now, or why not.
impl State {
    pub(super) fn can_change(&self) -> Availability {
        Ok(())
    }

    pub(super) fn has_rows(&self) -> Availability {
        if self.budget.lines.is_empty() { Err(words::why_no_deliverables().to_owned()) } else { Ok(()) }
    }

    pub(super) fn can_change_line(&self) -> Availability {
        match self.selection {
            Selection::Line(_) => Ok(()),
            Selection::Project => Err(words::why_no_line_selected().to_owned()),
        }
    }

    pub(super) fn can_undo(&self) -> Availability {
        if self.history.can_undo() { Ok(()) } else { Err(words::why_nothing_to_undo().to_owned()) }
    }

    pub(super) fn can_redo(&self) -> Availability {
        if self.history.can_redo() { Ok(()) } else { Err(words::why_nothing_to_redo().to_owned()) }
    }

    /// The question that quitting asks is answered, not asked again: a second Ctrl-C drops nothing.
    pub(super) fn can_quit(&self) -> Availability {
        match &self.dialog {
            Some(Dialog::Unsaved(Leaving::Quit)) => Err(words::why_answer_first().to_owned()),
            _ => Ok(()),
        }
    }

    pub(super) fn can_save(&self) -> Availability {
        match &self.read_only {
            Some(why) => Err(why.clone()),
            None => Ok(()),
        }
    }

    pub(super) fn can_compare_rates(&self) -> Availability {
        let same = differences(&self.budget.pins, self.catalog).is_empty();
        if same { Err(words::why_rates_agree().to_owned()) } else { Ok(()) }
    }

    /// Whether a knob can be turned where the selection is.
    pub fn can_turn(&self, knob: Knob) -> Availability {
        let whole_project = self.selection == Selection::Project;
        match knob {
            Knob::Finals if whole_project && self.budget.lines.is_empty() => Ok(()),
            Knob::Finals if whole_project => Err(words::why_finals_per_deliverable().to_owned()),
            Knob::DraftQuality | Knob::DraftSize if self.deliverable().is_none_or(|d| d.explore.is_none()) => {
                Err(words::why_no_explore_stage().to_owned())
            }
            _ => Ok(()),
        }
    }

    pub(super) fn can_step(&self) -> Availability {
        match self.field() {
            Some(field) => self.can_turn(field.knob()),
            None => Err(words::why_no_field().to_owned()),
        }
    }

    pub(super) fn can_edit_here(&self) -> Availability {
        self.field().map_or(Ok(()), |field| self.can_turn(field.knob()))
    }

    pub(super) fn can_inherit(&self) -> Availability {
        let Some(field) = self.field() else { return Err(words::why_no_field().to_owned()) };
        if self.setting(field.knob()).is_some() { Ok(()) } else { Err(words::why_already_inherited().to_owned()) }
    }
}
