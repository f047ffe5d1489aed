//! Everything that the screen shows, and what can be asked of it.

use crate::app::actions::mouse::Drag;
use crate::app::flows::recovery::Recovered;
use crate::app::keys::action::Action;
use crate::app::keys::keymap::{Context, Keymap};
use crate::app::model::entry::Entry;
use crate::app::model::field::{Field, fields};
use crate::app::model::outcome::{Opened, OriginOf};
use crate::app::model::overlay::{Ask, Dialog, Leaving};
use crate::app::model::picker::Offer;
use crate::app::model::screen::Screen;
use crate::cost::bill::Bills;
use crate::cost::budget::edit::{Edit, History, Scope, Step, Touched};
use crate::cost::budget::knob::Scope as KnobScope;
use crate::cost::budget::knob_text::Refusal;
use crate::cost::estimate::line::LineEstimate;
use crate::cost::rates::rate_card::differences;
use crate::cost::{Budget, Catalog, Deliverable, Estimate, Knob, Layer, Line, Pane, Setting, estimate};
use crate::diagnostics::{Level, Problem};
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

/// Where the keyboard is on a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// On the list of deliverables.
    List,
    /// In a pane.
    Pane(Pane),
    /// On the table of bills.
    Bills,
}

/// What was typed last where another character may follow it to mean something, and where the keyboard was before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Typed {
    /// The character.
    pub first: char,
    /// What the panes acted on.
    pub selection: Selection,
    /// The focused field of each pane.
    pub field_at: [usize; 4],
    /// The selected bill.
    pub column: usize,
    /// How far the table of bills was scrolled.
    pub bills_scroll: usize,
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
    /// What the same comes to on the cards that it is compared with.
    pub bills: Bills,
    /// What fills the window.
    pub screen: Screen,
    /// The selected bill: 0 is the official one, then the cards in their order.
    pub column: usize,
    /// The first row of the table of bills in sight.
    pub bills_scroll: usize,
    /// The first of two characters, while the second may follow.
    pub typed: Option<Typed>,
    /// What the panes act on.
    pub selection: Selection,
    /// Where the keyboard is.
    pub focus: Focus,
    /// Where the keyboard was on the worksheet, while another screen is shown.
    pub left: Focus,
    /// The pane that the keyboard was in last: its knob is turned from the table of bills too.
    pub in_hand: Pane,
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
    /// What the running save has taken in from the disk first; it is told with the save.
    pub(in crate::app) merged: Option<String>,
    /// What the shown deliverables match; all are shown while it is empty.
    pub filter: String,
    /// Whether the focused pane has the window to itself.
    pub zoomed: bool,
    /// The path that was asked for last, while what came of it is not known.
    pub asked: Option<(Ask, String)>,
    /// Projects that can be opened without typing a path.
    pub offers: Vec<Offer>,
    /// Earlier versions of the file, as they were last asked for.
    pub versions: Vec<Offer>,
    /// A drag along a chart that has not ended.
    pub drag: Option<Drag>,
    /// Where values stand in the files.
    pub origins: Option<OriginOf>,
    /// The keys that sentences name: those of the last key press.
    pub keymap: Keymap,
    /// Whether two sides disagree and nothing was chosen yet.
    pub disputed: bool,
}

impl State {
    /// A project on screen, its first deliverable selected.
    #[must_use]
    pub fn new(opened: Opened, catalog: &'static Catalog, today: Date, themes: Vec<String>) -> State {
        let mut state = State {
            catalog,
            today,
            estimate: estimate(&Budget::default(), catalog, today),
            bills: Bills::default(),
            screen: Screen::Worksheet,
            column: 0,
            bills_scroll: 0,
            typed: None,
            selection: Selection::Project,
            focus: Focus::Pane(Pane::Finals),
            left: Focus::Pane(Pane::Finals),
            in_hand: Pane::Finals,
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
            merged: None,
            filter: String::new(),
            zoomed: false,
            asked: None,
            offers: Vec::new(),
            versions: Vec::new(),
            drag: None,
            origins: None,
            keymap: Keymap::default(),
            disputed: false,
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
        self.origins = opened.origins;
        self.filter.clear();
        self.estimate.refresh(&self.budget, self.catalog, self.today);
        self.bills = Bills::of(&self.budget, &self.estimate, self.catalog);
        (self.column, self.bills_scroll) = (0, 0);
        self.selection = if self.budget.lines.is_empty() { Selection::Project } else { Selection::Line(0) };
        self.history = History::default();
        (self.typing, self.after_save) = (None, None);
        self.disputed = opened.disputed.is_some();
        self.dialog = opened.disputed.map(Dialog::Resolve);
        self.notice = self.first_notice();
        if let Some(notice) = opened.notice {
            self.notice = Some(Notice { level: Level::Warning, text: notice });
        }
        if let Some(recovered) = opened.recovered {
            self.dialog = Some(self.offer(recovered));
        }
    }

    /// The question whether edits of an earlier session are to be taken, with what they would do to the total.
    fn offer(&self, recovered: Box<Recovered>) -> Dialog {
        let mut then = self.budget.clone();
        for edit in &recovered.edits {
            edit.apply(&mut then);
        }
        let then = estimate(&then, self.catalog, self.today).totals.total;
        Dialog::Recover { recovered, totals: (self.estimate.totals.total, then), scroll: 0 }
    }

    pub(in crate::app) fn first_notice(&self) -> Option<Notice> {
        let count = differences(&self.budget.pins, self.catalog).len();
        if let Some(why) = &self.read_only {
            return Some(Notice { level: Level::Warning, text: why.clone() });
        }
        let wrong = self.problems.iter().filter(|problem| problem.level == Level::Error).count();
        if wrong > 0 {
            return Some(Notice {
                level: Level::Error,
                text: words::notice_problems(wrong, self.reach(Action::Issues)),
            });
        }
        (count > 0).then(|| Notice {
            level: Level::Warning,
            text: words::notice_rates_differ(count, self.reach(Action::Rates)),
        })
    }

    /// Where the keyboard is, for the keymap.
    #[must_use]
    pub fn context(&self) -> Context {
        match &self.dialog {
            Some(Dialog::Help { .. }) => Context::Reading,
            dialog => self.context_in(dialog.as_ref()),
        }
    }

    /// Where the keyboard was before the help was opened, if it is.
    #[must_use]
    pub fn context_below_help(&self) -> Context {
        self.context_in(self.dialog_below_help())
    }

    /// The dialog that is open, the help aside.
    #[must_use]
    pub fn dialog_below_help(&self) -> Option<&Dialog> {
        match &self.dialog {
            Some(Dialog::Help { over, .. }) => over.as_deref(),
            dialog => dialog.as_ref(),
        }
    }

    fn context_in(&self, dialog: Option<&Dialog>) -> Context {
        match (dialog, &self.typing, self.focus) {
            (Some(Dialog::Help { .. } | Dialog::Issues { .. } | Dialog::Why { .. }), ..) => Context::Reading,
            (Some(Dialog::Import { .. }), ..) => Context::Importing,
            (Some(Dialog::Picker(_) | Dialog::Palette(_)), ..) => Context::Choosing,
            (Some(Dialog::Ask { .. }), ..) => Context::Ask,
            (Some(Dialog::Unsaved(_)), ..) => Context::Unsaved,
            (Some(Dialog::Conflict(_)), ..) => Context::Conflict,
            (Some(Dialog::Resolve(_)), ..) => Context::Resolving,
            (Some(Dialog::Replace(_)), ..) => Context::Replace,
            (Some(Dialog::Recover { .. }), ..) => Context::Recovering,
            (Some(Dialog::Rates(_)), ..) => Context::Rates,
            (None, Some(_), _) => Context::Typing,
            (None, None, Focus::List) => Context::List,
            (None, None, Focus::Pane(_)) if self.screen == Screen::Bills => Context::BillsPane,
            (None, None, Focus::Pane(_)) => Context::Pane,
            (None, None, Focus::Bills) => Context::Bills,
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

    /// The focused field; none beside the panes.
    #[must_use]
    pub fn field(&self) -> Option<Field> {
        match self.focus {
            Focus::List | Focus::Bills => None,
            Focus::Pane(pane) => self.field_in(pane),
        }
    }

    /// The field that a step turns: the focused one, and on the table of bills that of the pane that was left last.
    #[must_use]
    pub fn field_in_hand(&self) -> Option<Field> {
        match self.focus {
            Focus::Bills => self.field_in(self.in_hand),
            Focus::List | Focus::Pane(_) => self.field(),
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
        let (estimate, budget, catalog, today) = (&mut self.estimate, &self.budget, self.catalog, self.today);
        match touched {
            Touched::Nothing => {}
            Touched::Cap | Touched::Bills => estimate.refresh_issues(budget, catalog, today),
            Touched::Line(index) => estimate.refresh_line(index, budget, catalog, today),
            Touched::Inserted(index) => estimate.insert_line(index, budget, catalog, today),
            Touched::Removed(index) => estimate.remove_line(index, budget, catalog, today),
            Touched::Moved { from, to } => estimate.move_line(from, to),
            Touched::All => estimate.refresh(budget, catalog, today),
        }
        match touched {
            Touched::Nothing | Touched::Cap => {}
            Touched::Line(index) => self.bills.refresh_line(index, &self.budget, &self.estimate, self.catalog),
            Touched::Inserted(index) => self.bills.insert_line(index, &self.budget, &self.estimate, self.catalog),
            Touched::Removed(index) => self.bills.remove_line(index, &self.budget, &self.estimate, self.catalog),
            Touched::Moved { from, to } => self.bills.move_line(from, to),
            Touched::Bills | Touched::All => self.bills = Bills::of(&self.budget, &self.estimate, self.catalog),
        }
        self.column = self.column.min(self.bills.cards.len());
        self.keep_selection();
    }

    /// Keeps the selection on a line that exists.
    pub(in crate::app) fn keep_selection(&mut self) {
        if let Selection::Line(index) = self.selection {
            self.selection = match self.budget.lines.len() {
                0 => Selection::Project,
                count => Selection::Line(index.min(count - 1)),
            };
        }
    }

    /// Whether the list shows a line: all while nothing is looked for, else those whose name, key or note matches.
    #[must_use]
    pub fn shows(&self, line: &Line) -> bool {
        matches(line, &self.filter.to_lowercase())
    }

    /// The places of the lines that the list shows.
    #[must_use]
    pub fn shown_lines(&self) -> Vec<usize> {
        let wanted = self.filter.to_lowercase();
        (0..).zip(&self.budget.lines).filter(|(_, line)| matches(line, &wanted)).map(|(index, _)| index).collect()
    }

    /// Where a knob's value comes from, in words: the layer, and the place in a file where it stands in one.
    #[must_use]
    pub fn origin(&self, knob: Knob, layer: Layer) -> String {
        let key = self.line().map(|line| line.key.as_str());
        let name = words::layer(layer);
        let place = self.origins.as_ref().map(|origins| origins.find(key, knob, layer));
        match place.and_then(|origin| Some((origin.file?, origin.position?))) {
            Some((file, position)) => words::origin_at(name, file.display(), position.line),
            None => name.to_owned(),
        }
    }

    /// Shows a short message.
    pub fn say(&mut self, level: Level, text: impl Into<String>) {
        self.notice = Some(Notice { level, text: text.into() });
    }
}

/// Whether a line's name, key or note holds what is wanted, which is in lower case.
fn matches(line: &Line, wanted: &str) -> bool {
    let holds = |text: &str| match text.is_ascii() {
        // Nearly all names are, and each key that is typed while looking goes through all of them.
        true => text.as_bytes().windows(wanted.len()).any(|part| part.eq_ignore_ascii_case(wanted.as_bytes())),
        false => text.to_lowercase().contains(wanted),
    };
    wanted.is_empty() || holds(line.title()) || holds(&line.key) || line.note.as_deref().is_some_and(holds)
}
