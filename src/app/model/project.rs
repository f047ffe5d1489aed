//! The open project: its values, the figures computed from them, its history and its file.
//!
//! The fields are private, so that the figures always match the values and every change of the values goes through here:
//! [`carry_out`](Project::carry_out) records a step, [`try_out`](Project::try_out) does not, and both recompute what they
//! touched.
//!
//! While a scenario is on screen, the budget shown is the project's with the scenario applied, and edits of it are recorded as
//! changes of the scenario ([`record`]). The history has the edits of the project alone, so that undo, the journal and a save know
//! nothing of what is on screen.

use crate::app::model::outcome::{Opened, OriginOf};
use crate::app::model::session::Session;
use crate::cost::base::money::Decimal;
use crate::cost::bill::Bills;
use crate::cost::budget::edit::{Edit, History, Step, Touched};
use crate::cost::budget::{Changes, Scenario};
use crate::cost::estimate::named_risks::not_counting;
use crate::cost::rates::rate_card::TokenCard;
use crate::cost::risk::{Described, Missing, Risk, describe};
use crate::cost::scenario::{Applied, Comparison, Finding, Shown, Since, Unsayable, apply, record, since};
use crate::cost::{Budget, Estimate, estimate};
use crate::diagnostics::Problem;
use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

mod columns;
mod derived;
mod on_screen;
mod read_again;

use columns::Columns;
pub use columns::LongDifferences;
use derived::Derived;
pub use derived::{HowSure, LongRisk, RiskParts};
use on_screen::{OnScreen, refresh, refresh_bills};

/// The project on screen.
#[derive(Debug, Clone)]
pub struct Project {
    budget: Budget,
    estimate: Estimate,
    shown: Option<Box<OnScreen>>,
    bills: Bills,
    columns: Columns,
    derived: Derived,
    history: History,
    problems: Vec<Problem>,
    file: Option<String>,
    list: Option<PathBuf>,
    read_only: Option<String>,
    origins: Option<OriginOf>,
    disputed: bool,
    opening: Option<Opening>,
}

/// The total when the project was opened, to compare with.
#[derive(Debug, Clone)]
struct Opening {
    total: Decimal,
    approximate: bool,
    /// The prices then: a difference between two price lists is no change of the work.
    pins: BTreeMap<String, TokenCard>,
}

impl Opening {
    /// `None` without deliverables: everything would be a change. `None` also if the total is unknown.
    fn of(budget: &Budget, estimate: &Estimate) -> Option<Opening> {
        let total = estimate.totals.total.filter(|_| !budget.lines.is_empty())?;
        Some(Opening { total, approximate: estimate.totals.approximate, pins: budget.pins.clone() })
    }
}

/// Reading.
impl Project {
    /// Every setting of what is on screen: the project, or the project with the changes of a scenario.
    #[must_use]
    pub fn budget(&self) -> &Budget {
        self.shown.as_ref().map_or(&self.budget, |shown| &shown.budget)
    }

    /// The estimate of these values.
    #[must_use]
    pub fn estimate(&self) -> &Estimate {
        self.shown.as_ref().map_or(&self.estimate, |shown| &shown.estimate)
    }

    /// The project itself, whichever scenario is on screen: what a file holds.
    #[must_use]
    pub fn base(&self) -> &Budget {
        &self.budget
    }

    /// The estimate of the project itself.
    #[must_use]
    pub fn base_estimate(&self) -> &Estimate {
        &self.estimate
    }

    /// The key of the scenario on screen; `None` for the project itself.
    #[must_use]
    pub fn scenario(&self) -> Option<&str> {
        self.shown.as_ref().map(|shown| shown.key.as_str())
    }

    /// What was found about the scenario on screen when it was last applied.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        self.shown.as_ref().map_or(&[], |shown| &shown.findings)
    }

    /// The changes of the scenario on screen.
    #[must_use]
    pub fn scenario_changes(&self) -> Option<&Changes> {
        Some(&self.budget.scenarios.get(self.scenario()?)?.changes)
    }

    /// All scenarios beside the baseline, which is computed when it is first asked for after a change.
    #[must_use]
    pub fn comparison(&self, session: &Session) -> &Comparison {
        self.columns.comparison(&self.budget, &self.estimate, session)
    }

    /// What became of the locked total in what is on screen; `None` if none is locked.
    #[must_use]
    pub fn since_lock(&self, session: &Session) -> Option<&Since> {
        // The locked total is the baseline's: another scenario's total beside it would be no change since then.
        let is_baseline = self.scenario() == self.budget.baseline.scenario.as_deref();
        let found = || {
            let since = || since(self.budget(), self.estimate(), session.catalog, session.today);
            is_baseline.then(since).flatten()
        };
        self.derived.since.0.get_or_init(found).as_ref()
    }

    /// How sure the total on screen is. What takes longer than a frame is awaited from a thread of its own.
    #[must_use]
    pub fn how_sure(&self, session: &Session) -> HowSure<'_> {
        self.derived.how_sure(self.budget().lines.len(), || self.describe(session))
    }

    /// Whether even a distribution that takes no longer than a frame is awaited from a thread, as before the first frame.
    pub fn put_off_risk(&mut self, put_off: bool) {
        self.derived.put_off = put_off;
    }

    /// How many named risks are on and do not count, because of a fault.
    #[must_use]
    pub fn broken_risks(&self) -> usize {
        not_counting(self.budget()).len()
    }

    /// Where the uncertainty of the distribution on screen is from; so many retry factors are listed at most.
    #[must_use]
    pub fn risk_parts(&self, risk: &Risk, factors: usize) -> &RiskParts {
        self.derived.parts(risk, factors)
    }

    /// The change whose distribution a frame waits for; see [`HowSure::Awaited`].
    #[must_use]
    pub fn awaited_change(&self) -> Option<u64> {
        self.derived.awaited()
    }

    /// The distribution that a frame waits for. Finding what varies in ten thousand deliverables takes some milliseconds.
    #[must_use]
    pub fn awaited_risk(&self, session: &Session) -> Option<LongRisk> {
        self.derived.awaited_risk(|| self.describe(session))
    }

    fn describe(&self, session: &Session) -> Result<Described, Missing> {
        describe(self.budget(), self.estimate(), session.catalog)
    }

    /// The project as it was before the edits since opening, or since the last ones that were moved into a scenario.
    #[must_use]
    pub(in crate::app) fn before_edits(&self) -> Budget {
        let mut then = self.budget.clone();
        for edit in self.history.since_kept().iter().rev().flat_map(|step| step.edits.iter().rev()) {
            edit.clone().reversed().apply(&mut then);
        }
        then
    }

    /// The bills on the compared rate cards.
    #[must_use]
    pub fn bills(&self) -> &Bills {
        &self.bills
    }

    /// The history.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// The problems in the file.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The file's name; `None` for a project without a file.
    #[must_use]
    pub fn file(&self) -> Option<&str> {
        self.file.as_deref()
    }

    /// The path of the last list with rows in the project; `None` if that was pasted.
    #[must_use]
    pub fn list(&self) -> Option<&Path> {
        self.list.as_deref()
    }

    /// Why the file cannot be saved to, if so.
    #[must_use]
    pub fn read_only(&self) -> Option<&str> {
        self.read_only.as_deref()
    }

    /// The places of values in the files.
    #[must_use]
    pub fn origins(&self) -> Option<&OriginOf> {
        self.origins.as_ref()
    }

    /// The total in USD when the project was opened, and whether it was approximate. `None` if it was unknown, if there was
    /// nothing to count, if the prices are others now, or while a scenario is on screen.
    #[must_use]
    pub fn opening(&self) -> Option<(Decimal, bool)> {
        // A scenario's total beside the project's would be no change since then.
        let same = |opening: &&Opening| self.shown.is_none() && opening.pins == self.budget.pins;
        let opening = self.opening.as_ref().filter(same)?;
        Some((opening.total, opening.approximate))
    }

    /// Whether two sides disagree and nothing was chosen yet.
    #[must_use]
    pub fn is_disputed(&self) -> bool {
        self.disputed
    }
}

/// Changing.
impl Project {
    /// A project without values and without a file.
    pub(in crate::app) fn untitled(session: &Session) -> Project {
        let budget = Budget::default();
        Project {
            estimate: estimate(&budget, session.catalog, session.today),
            budget,
            shown: None,
            bills: Bills::default(),
            columns: Columns::default(),
            derived: Derived::default(),
            history: History::default(),
            problems: Vec::new(),
            file: None,
            list: None,
            read_only: None,
            origins: None,
            disputed: false,
            opening: None,
        }
    }

    /// Takes the distribution that was awaited after a change.
    pub(in crate::app) fn take_risk(&mut self, change: u64, answer: Result<Box<Risk>, Missing>) {
        self.derived.take(change, answer);
    }

    /// Remembers the list whose rows were added.
    pub(in crate::app) fn took_list(&mut self, path: Option<PathBuf>) {
        self.list = path;
    }

    /// Replaces the project by the one in `opened`. The figures are computed in the memory of the old ones.
    pub(in crate::app) fn show(&mut self, opened: &mut Opened, session: &Session) {
        self.list = None;
        self.budget = std::mem::take(&mut opened.budget);
        self.take_file(opened);
        self.disputed = opened.disputed.is_some();
        self.history = History::default();
        self.shown = None;
        self.recompute(Touched::All, session);
        self.opening = Opening::of(&self.budget, &self.estimate);
    }

    fn take_file(&mut self, opened: &mut Opened) {
        self.problems = std::mem::take(&mut opened.problems);
        (self.file, self.read_only) = (opened.file.take(), opened.read_only.take());
        self.origins = opened.origins.take();
    }

    /// Applies edits of what is on screen and records them as one step; `line` is the line selected before, which undo selects
    /// again.
    ///
    /// # Errors
    /// Why the scenario on screen cannot hold one of them; then nothing is done.
    pub(in crate::app) fn carry_out(
        &mut self,
        label: String,
        edits: Vec<Edit>,
        line: Option<usize>,
        session: &Session,
    ) -> Result<(), Unsayable> {
        if edits.is_empty() {
            return Ok(());
        }
        let key = self.scenario().map(str::to_owned);
        let edits = match &key {
            Some(key) => self.apply_in_scenario(key, &edits, session)?,
            None => {
                self.apply(&edits, session);
                edits
            }
        };
        if !edits.is_empty() {
            self.history.record(Step { label, edits, line, scenario: [key.clone(), key], keeps: false });
        }
        Ok(())
    }

    /// Applies edits of the project that put them into a scenario, and shows that, as one step.
    pub(in crate::app) fn keep(
        &mut self,
        label: String,
        edits: Vec<Edit>,
        key: String,
        line: Option<usize>,
        session: &Session,
    ) {
        let before = self.scenario().map(str::to_owned);
        let shown = self.look_away();
        self.apply(&edits, session);
        self.look_again(shown, Some(&key), session);
        self.history.record(Step { label, edits, line, scenario: [before, Some(key)], keeps: true });
    }

    /// Shows the project with the changes of a scenario, or the project itself.
    pub(in crate::app) fn look_at(&mut self, key: Option<&str>, session: &Session) {
        let before = self.look_away();
        self.look_again(before, key, session);
    }

    /// Takes the scenario with its bills from the screen, if one is there.
    fn look_away(&mut self) -> Option<(Box<OnScreen>, Bills)> {
        Some((self.shown.take()?, std::mem::take(&mut self.bills)))
    }

    fn look_again(&mut self, before: Option<(Box<OnScreen>, Bills)>, key: Option<&str>, session: &Session) {
        let found = key.and_then(|key| Some((key, self.budget.scenarios.get(key)?)));
        match found.map(|(key, scenario)| (key, apply(&self.budget, scenario, session.catalog))) {
            Some((key, applied)) => self.show_applied(before, key, applied, session),
            None => {
                drop(before);
                self.derived.forget();
                self.shown = None;
                self.bills = Bills::of(&self.budget, &self.estimate, session.catalog);
            }
        }
    }

    fn show_applied(&mut self, before: Option<(Box<OnScreen>, Bills)>, key: &str, applied: Applied, session: &Session) {
        let (shown, bills) = OnScreen::of(key, applied, &self.estimate, before, session);
        self.derived.forget();
        (self.shown, self.bills) = (Some(shown), bills);
    }

    /// Applies edits of the scenario on screen, and returns the same as edits of the project.
    fn apply_in_scenario(&mut self, key: &str, edits: &[Edit], session: &Session) -> Result<Vec<Edit>, Unsayable> {
        let before: Arc<Scenario> = self.budget.scenarios.get(key).cloned().unwrap_or_default();
        let recorded = record(&self.budget, &before, self.budget(), edits, session.catalog)?;
        let mut done = recorded.project;
        let is_of_project = !done.is_empty();
        if *before != recorded.scenario {
            let after = Some(Arc::new(recorded.scenario));
            done.push(Edit::Scenario { key: key.to_owned(), before: Some(before), after });
        }
        if is_of_project {
            self.apply(&done, session);
            return Ok(done);
        }
        self.columns.forget();
        for edit in &done {
            edit.apply(&mut self.budget);
        }
        match recorded.shown {
            Shown::Edited(edits) => edits.iter().for_each(|edit| self.try_out(edit, session)),
            Shown::Applied(applied) => {
                let before = self.look_away();
                self.show_applied(before, key, *applied, session);
            }
        }
        Ok(done)
    }

    /// Applies an edit of what is on screen without a step in the history: a value that applies while it is typed or previewed.
    pub(in crate::app) fn try_out(&mut self, edit: &Edit, session: &Session) {
        let Some(shown) = &mut self.shown else { return self.apply([edit], session) };
        let touched = edit.apply(&mut shown.budget);
        self.derived.forget_after(touched);
        refresh(&mut shown.estimate, &shown.budget, touched, session);
        refresh_bills(&mut self.bills, &shown.budget, &shown.estimate, touched, session);
    }

    /// Undoes the last step and returns it; `None` if there is none.
    pub(in crate::app) fn undo(&mut self, session: &Session) -> Option<Step> {
        let step = self.history.pop_done()?;
        self.show_step(&step.scenario[1], &step.scenario[0], session, |project| {
            project.apply(step.edits.iter().rev().map(|edit| edit.clone().reversed()), session);
        });
        Some(step)
    }

    /// Applies a step, and shows the scenario that was on screen on its other side.
    fn show_step(
        &mut self,
        from: &Option<String>,
        to: &Option<String>,
        session: &Session,
        apply: impl FnOnce(&mut Project),
    ) {
        let stays = from.is_none() && to.is_none() && self.shown.is_none();
        let shown = self.look_away();
        apply(self);
        if !stays {
            self.look_again(shown, to.as_deref(), session);
        }
    }

    /// Takes back the last step as if it had not been done: it cannot be redone.
    pub(in crate::app) fn take_back(&mut self, session: &Session) {
        if self.undo(session).is_some() {
            self.history.forget_undone();
        }
    }

    /// Redoes the last undone step and returns it; `None` if there is none.
    pub(in crate::app) fn redo(&mut self, session: &Session) -> Option<Step> {
        let step = self.history.pop_undone()?;
        self.show_step(&step.scenario[0], &step.scenario[1], session, |project| project.apply(&step.edits, session));
        Some(step)
    }

    /// Records a save: the project is in the file of this name, with these prices pinned.
    pub(in crate::app) fn saved(&mut self, file: String, pins: BTreeMap<String, TokenCard>, session: &Session) {
        if self.budget.pins != pins {
            // The first save pins the prices that have counted all along.
            if let Some(opening) = self.opening.as_mut().filter(|opening| opening.pins == self.budget.pins) {
                opening.pins.clone_from(&pins);
            }
            self.budget.pins = pins;
            self.recompute(Touched::All, session);
        }
        self.history.mark_saved();
        (self.file, self.read_only) = (Some(file), None);
    }

    /// Marks the project as disputed between two sides; `read_only` says why its file cannot be saved to, if so.
    pub(in crate::app) fn dispute(&mut self, read_only: Option<String>) {
        (self.disputed, self.read_only) = (true, read_only);
    }

    /// The steps since the last call, for the journal.
    pub fn take_log(&mut self) -> Vec<Vec<Edit>> {
        self.history.take_log()
    }

    /// Applies edits of the project itself.
    fn apply(&mut self, edits: impl IntoIterator<Item = impl Borrow<Edit>>, session: &Session) {
        let mut touched = Touched::Nothing;
        for edit in edits {
            touched = touched.and(edit.borrow().apply(&mut self.budget));
        }
        self.recompute(touched, session);
    }

    /// Recomputes what an edit of the project itself touched.
    fn recompute(&mut self, touched: Touched, session: &Session) {
        self.columns.forget();
        self.derived.forget_after(touched);
        refresh(&mut self.estimate, &self.budget, touched, session);
        match self.scenario().map(str::to_owned) {
            Some(key) => self.look_at(Some(&key), session),
            None => refresh_bills(&mut self.bills, &self.budget, &self.estimate, touched, session),
        }
    }
}
