//! The whole of what is on screen, and what can be asked of it.

use crate::app::flows::recovery::Recovered;
use crate::app::keys::action::Action;
use crate::app::model::field::{Field, fields};
use crate::app::model::outcome::Opened;
use crate::app::model::overlay::{Overlay, Overlays};
use crate::app::model::project::{HowSure, Project};
use crate::app::model::screen::Context;
use crate::app::model::session::{Notice, Session};
use crate::app::model::view::{Focus, RiskPlace, Selection, ShownLines, View};
use crate::cost::bill::Bills;
use crate::cost::budget::edit::{Edit, Scope};
use crate::cost::budget::knob::Scope as KnobScope;
use crate::cost::budget::scenario::{ChangePath, LineField};
use crate::cost::estimate::issue::IssueKind;
use crate::cost::estimate::line::LineEstimate;
use crate::cost::rates::age::differences;
use crate::cost::rates::card::Found;
use crate::cost::{Budget, Catalog, Deliverable, Estimate, Knob, Layer, Line, Pane, Setting, estimate};
use crate::diagnostics::Level;
use crate::figures;
use crate::words;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The whole of what is on screen.
#[derive(Debug, Clone)]
pub struct State {
    /// The open project.
    pub project: Project,
    /// Where the eye and the keyboard are.
    pub view: View,
    /// The open overlays.
    pub overlays: Overlays,
    /// The state that outlives a project.
    pub session: Session,
}

impl State {
    /// A project on screen, its first deliverable selected.
    #[must_use]
    pub fn new(opened: Opened, catalog: &'static Catalog, today: Date, themes: Vec<String>) -> State {
        let session = Session::new(catalog, today, themes);
        let project = Project::untitled(&session);
        let mut state = State { project, view: View::default(), overlays: Overlays::default(), session };
        state.show(opened);
        state
    }

    /// Puts another project on screen.
    pub fn show(&mut self, mut opened: Opened) {
        self.project.show(&mut opened, &self.session);
        self.view.filter.clear();
        (self.view.selected_bill, self.view.bills_scroll) = (0, 0);
        (self.view.scenario_column, self.view.scenarios_scroll) = (0, 0);
        (self.view.risk_scroll, self.view.selected_risk, self.view.risk_place) = (0, 0, RiskPlace::Before);
        self.view.selection = Selection::of((!self.budget().lines.is_empty()).then_some(0));
        self.view.is_chosen = false;
        (self.view.input, self.session.after_save) = (None, None);
        self.overlays.clear();
        if let Some(disputed) = opened.disputed {
            self.overlays.show(Overlay::Resolve(disputed));
        }
        self.session.notice = self.first_notice();
        if let Some(notice) = opened.notice {
            self.say(Level::Warning, notice);
        }
        if let Some(recovered) = opened.recovered {
            let offer = self.offer(recovered);
            self.overlays.show(offer);
        }
    }

    /// The question whether to restore an earlier session's edits, with their effect on the total.
    fn offer(&self, recovered: Box<Recovered>) -> Overlay {
        let mut then = self.budget().clone();
        for edit in &recovered.edits {
            edit.apply(&mut then);
        }
        let then = estimate(&then, self.session.catalog, self.session.today).totals;
        let shown = |totals| figures::total_text(&self.budget().shown, totals);
        Overlay::Recover { recovered, totals: [shown(&self.estimate().totals), shown(&then)] }
    }

    /// The project's own cards that do not say what a call with reference images costs, with the deliverables that have no
    /// price there.
    pub(in crate::app) fn unsaid_inputs(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.unsaid_inputs_of(Found::Project)
    }

    /// The same for the cards of one place.
    pub(in crate::app) fn unsaid_inputs_of(&self, found: Found) -> impl Iterator<Item = (&str, &[String])> {
        let own = move |id: &str| {
            let card = self.budget().cards.get(id);
            card.is_some_and(|card| card.as_ref().is_some_and(|card| card.found == found))
        };
        let said = self.estimate().issues.iter().filter_map(|issue| match &issue.kind {
            IssueKind::CardInputsUnsaid { card, lines } => Some((card.as_str(), lines.as_slice())),
            _ => None,
        });
        said.filter(move |(card, _)| own(card))
    }

    pub(in crate::app) fn first_notice(&self) -> Option<Notice> {
        let count = differences(&self.budget().pins, &self.session.catalog.models).len();
        if let Some(why) = self.project.read_only() {
            return Some(Notice { level: Level::Warning, text: why.to_owned() });
        }
        let wrong = self.project.problems().iter().filter(|problem| problem.level == Level::Error).count();
        if wrong > 0 {
            return Some(Notice {
                level: Level::Error,
                text: words::notice_problems(wrong, self.reach(Action::Issues)),
            });
        }
        if count > 0 {
            let text = words::notice_rates_differ(count, self.reach(Action::Rates));
            return Some(Notice { level: Level::Warning, text });
        }
        let told = |found, say: &dyn Fn(String, String) -> String| {
            let (cards, lines): (Vec<&str>, Vec<&[String]>) = self.unsaid_inputs_of(found).unzip();
            let lines: BTreeSet<&String> = lines.into_iter().flatten().collect();
            let lines: Vec<String> = lines.into_iter().cloned().collect();
            (!cards.is_empty()).then(|| say(cards.join(", "), words::some_of(&lines)))
        };
        let key = self.reach(Action::IncludeInputs);
        let own = told(Found::Project, &|cards, lines| words::notice_inputs_unsaid(cards, lines, &key));
        let text = own.or_else(|| told(Found::Team, &|cards, lines| words::notice_team_inputs_unsaid(cards, lines)))?;
        Some(Notice { level: Level::Warning, text })
    }

    /// Where the keyboard is, for the keymap.
    #[must_use]
    pub fn context(&self) -> Context {
        self.context_in(self.overlays.top())
    }

    /// Where the keyboard was before the help was opened, if it is.
    #[must_use]
    pub fn context_below_help(&self) -> Context {
        self.context_in(self.overlays.below_help())
    }

    fn context_in(&self, overlay: Option<&Overlay>) -> Context {
        match (overlay, &self.view.input, self.view.focus) {
            (Some(overlay), ..) => overlay.kind().context,
            (None, Some(_), _) => Context::Typing,
            (None, None, Focus::Pane(_)) => self.view.screen.row().pane_context,
            (None, None, Focus::Beside) => self.view.screen.row().context,
        }
    }

    /// The selected line's figures; none for the project as a whole.
    #[must_use]
    pub fn line(&self) -> Option<&LineEstimate> {
        match self.view.selection {
            Selection::Project => None,
            Selection::Line(index) => self.estimate().lines.get(index),
        }
    }

    /// The values that the panes show.
    #[must_use]
    pub fn deliverable(&self) -> Option<&Deliverable> {
        self.line().map(|line| &line.deliverable).or(self.estimate().assumptions.as_ref())
    }

    /// The fields of a pane as they are now.
    #[must_use]
    pub fn fields(&self, pane: Pane) -> Vec<Field> {
        let explores = self.deliverable().is_some_and(|deliverable| deliverable.explore.is_some());
        let mut fields = fields(pane, self.view.selection == Selection::Project, explores);
        // Charges that are not set appear once the pane is focused, so that they do not crowd the first screen.
        if self.view.focus != Focus::Pane(pane) {
            fields.retain(|field| !self.is_unset_charge(field.knob()));
        }
        fields
    }

    fn is_unset_charge(&self, knob: Knob) -> bool {
        let layer = || self.deliverable().and_then(|deliverable| deliverable.get(knob)).map(|from| from.layer);
        matches!(knob, Knob::Surcharge | Knob::Markup | Knob::Tax) && layer() == Some(Layer::BuiltIn)
    }

    /// The focused field of a pane.
    #[must_use]
    pub fn field_in(&self, pane: Pane) -> Option<Field> {
        let fields = self.fields(pane);
        fields.get(self.view.field_at[pane as usize].min(fields.len().saturating_sub(1))).copied()
    }

    /// The focused field; none beside the panes.
    #[must_use]
    pub fn field(&self) -> Option<Field> {
        match self.view.focus {
            Focus::Beside => None,
            Focus::Pane(pane) => self.field_in(pane),
        }
    }

    /// The field that a step turns: the focused one, or beside the panes that of the pane that was left last, where
    /// the screen has it so.
    #[must_use]
    pub fn stepped_field(&self) -> Option<Field> {
        match self.view.focus {
            Focus::Beside if self.view.screen.row().steps_last_pane => self.field_in(self.view.last_pane),
            Focus::Beside | Focus::Pane(_) => self.field(),
        }
    }

    /// Which settings a knob turns now.
    #[must_use]
    pub fn scope_of(&self, knob: Knob) -> Scope {
        match self.view.selection {
            Selection::Line(index) if knob.row().scope != KnobScope::Project => Scope::Line(index),
            _ => Scope::Assumptions,
        }
    }

    /// The setting of a knob in the layer that it changes now.
    #[must_use]
    pub fn setting(&self, knob: Knob) -> Option<&Setting> {
        match self.scope_of(knob) {
            Scope::Assumptions => self.budget().assumptions.get(knob),
            Scope::Line(index) => self.budget().lines.get(index)?.settings.get(knob),
        }
    }

    /// Every value set.
    #[must_use]
    pub fn budget(&self) -> &Budget {
        self.project.budget()
    }

    /// The project itself, whichever scenario is on screen.
    #[must_use]
    pub fn base(&self) -> &Budget {
        self.project.base()
    }

    /// The estimate of these values.
    #[must_use]
    pub fn estimate(&self) -> &Estimate {
        self.project.estimate()
    }

    /// The same work on the rate cards that it is compared with.
    #[must_use]
    pub fn bills(&self) -> &Bills {
        self.project.bills()
    }

    /// How sure the total on screen is.
    #[must_use]
    pub fn how_sure(&self) -> HowSure<'_> {
        self.project.how_sure(&self.session)
    }

    /// Whether the screen differs from the file on disk.
    #[must_use]
    pub fn is_dirty(&self) -> bool {
        self.project.history().is_dirty()
    }

    /// Carries out edits of what is on screen, and records them as one step; says so and returns false if the scenario on screen
    /// cannot hold them.
    pub fn carry_out(&mut self, label: String, edits: Vec<Edit>) -> bool {
        let done = self.project.carry_out(label, edits, self.view.selection.line(), &self.session);
        self.keep_cursor();
        if let Err(why) = done {
            self.say(Level::Warning, words::unsayable(why, self.reach(Action::ScenarioPrevious)));
        }
        done.is_ok()
    }

    /// Shows a scenario, or the project itself; the selection stays on its deliverable.
    pub(in crate::app) fn look_at(&mut self, key: Option<&str>) {
        let line = self.line().map(|line| line.key.clone());
        self.project.look_at(key, &self.session);
        if let Some(line) = line {
            let there = self.budget().lines.iter().position(|other| other.key == line);
            self.view.selection = there.map_or(self.view.selection, Selection::Line);
        }
        self.keep_cursor();
    }

    /// Carries out an edit that counts while it is typed or looked at, without a step in the history.
    pub(in crate::app) fn try_out(&mut self, edit: &Edit) {
        self.project.try_out(edit, &self.session);
        self.keep_cursor();
    }

    /// Keeps the selection and the selected bill on what exists.
    pub(in crate::app) fn keep_cursor(&mut self) {
        self.view.selected_bill = self.view.selected_bill.min(self.bills().cards.len());
        if let Selection::Line(index) = self.view.selection {
            self.view.selection = Selection::of(self.budget().lines.len().checked_sub(1).map(|last| index.min(last)));
        }
    }

    /// Whether the list shows a line: all while nothing is looked for, else those whose name, key or note matches.
    #[must_use]
    pub fn shows(&self, line: &Line) -> bool {
        matches(line, &self.view.filter.to_lowercase())
    }

    /// The places of the lines that the list shows.
    #[must_use]
    pub fn shown_lines(&self) -> ShownLines {
        let lines = &self.budget().lines;
        if self.view.filter.is_empty() {
            return ShownLines::All(lines.len());
        }
        let wanted = self.view.filter.to_lowercase();
        let shown = (0..).zip(lines).filter(|(_, line)| matches(line, &wanted)).map(|(index, _)| index);
        ShownLines::Some(shown.collect())
    }

    /// Where a knob's value comes from, in words: the layer, and the place in a file where it stands in one.
    #[must_use]
    pub fn origin(&self, knob: Knob, layer: Layer) -> String {
        let key = self.line().map(|line| line.key.as_str());
        if let (Some(scenario), true) = (self.project.scenario(), self.is_scenarios(knob, layer)) {
            return words::scenario_named(scenario);
        }
        let name = words::layer(layer);
        let place = self.project.origins().as_ref().map(|origins| origins.find(key, knob, layer));
        match place.and_then(|origin| Some((origin.file?, origin.position?))) {
            Some((file, position)) => words::origin_at(name, file.display(), position.line),
            None => name.to_owned(),
        }
    }

    /// Whether the value of a knob in a layer is that of the scenario on screen.
    fn is_scenarios(&self, knob: Knob, layer: Layer) -> bool {
        let path = match (layer, self.line()) {
            (Layer::Project, _) => ChangePath::Assumption(knob),
            (Layer::Deliverable, Some(line)) => ChangePath::Line(line.key.clone(), LineField::Knob(knob)),
            (Layer::BuiltIn | Layer::Team | Layer::Preset | Layer::Deliverable, _) => return false,
        };
        self.project.scenario_changes().is_some_and(|changes| changes.says(&path))
    }

    /// Shows a short message.
    pub fn say(&mut self, level: Level, text: impl Into<String>) {
        self.session.say(level, text);
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
