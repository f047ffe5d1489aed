//! Edits made while a scenario is on screen, as changes of that scenario.

use crate::cost::budget::edit::{Edit, Scope, TextField};
use crate::cost::budget::resolve::Deliverable;
use crate::cost::budget::scenario::{ChangePath, Changes, LineField, LinePatch, Scenario};
use crate::cost::budget::{Budget, Catalog, Keyed, Knob, Line, Setting, Value};
use crate::cost::scenario::apply::{Applied, apply};
use crate::cost::scenario::content::{Content, Lookup};
use std::borrow::Cow;
use std::cell::OnceCell;

/// Edits of the patched budget, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The scenario with the edits in it.
    pub scenario: Scenario,
    /// Edits of what belongs to the project, whichever scenario is on screen.
    pub project: Vec<Edit>,
    /// What turns the patched budget into the new one, or the scenario applied anew.
    pub shown: Shown,
}

/// What is on screen after edits of a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// The patched budget with these edits.
    Edited(Vec<Edit>),
    /// The project with the scenario, applied as a whole.
    Applied(Box<Applied>),
}

/// Why a scenario cannot hold an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsayable {
    /// Deliverables in this order.
    Order,
    /// A value of the project left open, without another one to take its place.
    Unset(Knob),
    /// The same of a key of a fee or a named risk.
    UnsetKey(&'static str),
    /// A note left open.
    Note,
}

/// Takes edits of the patched budget apart: what the scenario says of them, and what is the project's.
///
/// # Errors
/// Why the scenario cannot hold one of them; then none is recorded.
pub fn record(
    base: &Budget,
    scenario: &Scenario,
    patched: &Budget,
    edits: &[Edit],
    catalog: &Catalog,
) -> Result<Recorded, Unsayable> {
    let mut recorder = Recorder {
        base,
        lookup: Lookup::new(base, catalog),
        catalog,
        start: patched,
        edits,
        end: OnceCell::new(),
        patched: Cow::Borrowed(patched),
        scenario: scenario.clone(),
        project: Vec::new(),
        shown: Some(Vec::new()),
    };
    for edit in edits {
        recorder.edit(edit)?;
    }
    let Recorder { patched, scenario, project, shown, .. } = recorder;
    if let Some(edits) = shown {
        return Ok(Recorded { scenario, project, shown: Shown::Edited(edits) });
    }
    // As a project holds it.
    let mut pruned = scenario.clone();
    pruned.prune();
    let applied = apply(base, &pruned, catalog);
    if !applied.budget.lines.iter().map(|line| &line.key).eq(patched.lines.iter().map(|line| &line.key)) {
        return Err(Unsayable::Order);
    }
    Ok(Recorded { scenario, project, shown: Shown::Applied(Box::new(applied)) })
}

struct Recorder<'a> {
    base: &'a Budget,
    lookup: Lookup<'a>,
    catalog: &'a Catalog,
    /// The patched budget before the step.
    start: &'a Budget,
    /// All edits of the step.
    edits: &'a [Edit],
    /// The patched budget after the step, once it is asked for.
    end: OnceCell<Budget>,
    /// The patched budget with the edits so far, where a later one depends on them.
    patched: Cow<'a, Budget>,
    scenario: Scenario,
    project: Vec<Edit>,
    shown: Option<Vec<Edit>>,
}

impl Recorder<'_> {
    fn edit(&mut self, edit: &Edit) -> Result<(), Unsayable> {
        match edit {
            Edit::Knob { scope, knob, after, .. } => return self.knob(*scope, *knob, after.as_ref()),
            Edit::Text { field: TextField::LineName(index), after, .. } => {
                self.name(*index, after.clone());
                return Ok(());
            }
            Edit::Insert { line, .. } => self.insert(line)?,
            Edit::Remove { index, .. } => self.remove(*index),
            Edit::Position { index, after, .. } => self.position(*index, *after)?,
            Edit::Fee { name, after, .. } => {
                let own = [&self.base.fees, &self.patched.fees].map(|fees| fees.get(name).cloned());
                for (key, said) in said_of(own, after.as_deref())? {
                    let fees = said.map(|said| (name.clone(), said)).into_iter().collect();
                    self.say(&ChangePath::Fee(name.clone(), key), &Changes { fees, ..Changes::default() });
                }
            }
            Edit::Risk { key: name, after, .. } => {
                let own = [&self.base.risks, &self.patched.risks].map(|risks| risks.get(name).cloned());
                for (key, said) in said_of(own, after.as_deref())? {
                    let risks = said.map(|said| (name.clone(), said)).into_iter().collect();
                    self.say(&ChangePath::Risk(name.clone(), key), &Changes { risks, ..Changes::default() });
                }
            }
            // The positions that go with it say the order.
            Edit::Move { .. } => {}
            Edit::Text { field: TextField::ProjectName | TextField::Client | TextField::Notes, .. }
            | Edit::Whole { .. }
            | Edit::Pins { .. }
            | Edit::Compare { .. }
            | Edit::Scenario { .. }
            | Edit::Baseline { .. }
            | Edit::Inputs { .. }
            | Edit::Months { .. }
            | Edit::Shown { .. }
            | Edit::Extends { .. } => {
                self.project.push(edit.clone());
                return Ok(());
            }
        }
        self.shown = None;
        edit.apply(self.patched.to_mut());
        Ok(())
    }

    fn base_line(&self, key: &str) -> Option<&Line> {
        self.lookup.index(key).and_then(|at| self.base.lines.get(at)).map(|line| &**line)
    }

    fn is_changed(&self, path: &ChangePath) -> bool {
        self.scenario.changes.says(path)
    }

    /// Says the value in `from` at a path, or nothing if there is none; and what the project had there at first.
    fn say(&mut self, path: &ChangePath, from: &Changes) {
        let is_new = !self.is_changed(path);
        self.scenario.changes.take(path, from);
        if !self.is_changed(path) {
            self.scenario.was.take(path, &Changes::default());
        } else if is_new {
            self.scenario.was.take(path, &content_as_change(path, self.lookup.content(path)));
        }
    }

    fn knob(&mut self, scope: Scope, knob: Knob, after: Option<&Setting>) -> Result<(), Unsayable> {
        let (path, own) = match scope {
            Scope::Assumptions => (ChangePath::Assumption(knob), self.base.assumptions.get(knob).cloned()),
            Scope::Line(index) => {
                let Some(line) = self.patched.lines.get(index) else { return Ok(()) };
                let own = self.base_line(&line.key).and_then(|line| line.settings.get(knob).cloned());
                (ChangePath::Line(line.key.clone(), LineField::Knob(knob)), own)
            }
        };
        let is_added = matches!(&path, ChangePath::Line(key, _) if self.base_line(key).is_none());
        let after = match (after, &own) {
            // Back to what the project has.
            (None, Some(_)) if self.edits.len() == 1 && self.is_changed(&path) => own.clone(),
            // A patch cannot take a value away: it says the one that is inherited then.
            (None, Some(_)) => Some(self.inherited(scope, knob)?),
            // Finals are what makes it a new deliverable.
            (None, None) if is_added && knob == Knob::Finals => Some(Setting::Value(Value::Count(0))),
            (after, _) => after.cloned(),
        };
        let said = after.clone().filter(|_| after != own);
        self.say(&path, &knob_change(&path, knob, said));
        let before = match scope {
            Scope::Assumptions => self.patched.assumptions.get(knob).cloned(),
            Scope::Line(index) => self.patched.lines.get(index).and_then(|line| line.settings.get(knob).cloned()),
        };
        let edit = Edit::Knob { scope, knob, before, after };
        self.shown(edit);
        Ok(())
    }

    /// Does an edit to the patched budget, or leaves it to who shows that.
    fn shown(&mut self, edit: Edit) {
        match &mut self.shown {
            Some(shown) => shown.push(edit),
            None => _ = edit.apply(self.patched.to_mut()),
        }
    }

    /// The value that a knob without a setting of its own in this layer has after the step. A step may change what is inherited
    /// together with who inherits it, in any order, so that an earlier moment does not tell.
    fn inherited(&self, scope: Scope, knob: Knob) -> Result<Setting, Unsayable> {
        let end = self.end.get_or_init(|| {
            let mut end = self.start.clone();
            self.edits.iter().for_each(|edit| _ = edit.apply(&mut end));
            end
        });
        let line = match scope {
            Scope::Assumptions => None,
            Scope::Line(index) => {
                let key = self.patched.lines.get(index).map(|line| line.key.as_str()).unwrap_or_default();
                // Most steps leave the lines where they are.
                let in_place = end.lines.get(index).filter(|line| line.key == key);
                in_place.or_else(|| end.lines.iter().find(|line| line.key == key))
            }
        };
        let resolved = end.resolve(line.map(|line| &**line), self.catalog);
        let found = |resolved: &Deliverable| resolved.get(knob).filter(|from| from.readable).map(|from| from.value);
        resolved.as_ref().and_then(found).map(Setting::Value).ok_or(Unsayable::Unset(knob))
    }

    /// A name. Nothing in place of the project's own name is the key, which is shown then.
    fn name(&mut self, index: usize, after: Option<String>) {
        let Some(key) = self.patched.lines.get(index).map(|line| line.key.clone()) else { return };
        let own = self.base_line(&key).and_then(|line| line.name.clone());
        let after = after.or_else(|| own.is_some().then(|| key.clone()));
        let mut patch = LinePatch::of(&key);
        patch.line.name.clone_from(&after.clone().filter(|_| after != own));
        let edit = Edit::Text { field: TextField::LineName(index), before: None, after };
        self.say_line(key, LineField::Name, patch);
        self.shown(edit);
    }

    fn say_line(&mut self, key: String, field: LineField, patch: LinePatch) {
        let from = Changes { lines: [(key.clone(), patch)].into(), ..Changes::default() };
        self.say(&ChangePath::Line(key, field), &from);
    }

    fn position(&mut self, index: usize, after: Option<i64>) -> Result<(), Unsayable> {
        let Some(key) = self.patched.lines.get(index).map(|line| line.key.clone()) else { return Ok(()) };
        let own = self.base_line(&key).and_then(|line| line.position);
        if after.is_none() && own.is_some() {
            return Err(Unsayable::Order);
        }
        let mut patch = LinePatch::of(&key);
        patch.line.position = after.filter(|_| after != own);
        self.say_line(key, LineField::Position, patch);
        Ok(())
    }

    fn remove(&mut self, index: usize) {
        let Some(key) = self.patched.lines.get(index).map(|line| line.key.clone()) else { return };
        self.scenario.was.lines.remove(&key);
        match self.base_line(&key) {
            Some(_) => {
                let gone = LinePatch { remove: Some(true), ..LinePatch::of(&key) };
                self.scenario.changes.lines.insert(key, gone);
            }
            None => drop(self.scenario.changes.lines.remove(&key)),
        }
    }

    /// A new deliverable, or one of the project that was taken out before.
    fn insert(&mut self, line: &Line) -> Result<(), Unsayable> {
        let key = line.key.clone();
        self.scenario.changes.lines.remove(&key);
        self.scenario.was.lines.remove(&key);
        let Some(own) = self.base_line(&key).cloned() else {
            let mut patch = LinePatch { remove: None, line: line.clone() };
            if patch.line.settings.get(Knob::Finals).is_none() {
                patch.line.settings.put(Knob::Finals, Some(Setting::Value(Value::Count(0))));
            }
            self.scenario.changes.lines.insert(key, patch);
            return Ok(());
        };
        if line.note.is_none() && own.note.is_some() {
            return Err(Unsayable::Note);
        }
        let mut patch = LinePatch { remove: None, line: Line { settings: own.settings.clone(), ..line.clone() } };
        let open = own.settings.iter().map(|(knob, _)| knob).find(|knob| line.settings.get(*knob).is_none());
        if let Some(knob) = open {
            return Err(Unsayable::Unset(knob));
        }
        let knobs: Vec<Knob> = own.settings.iter().chain(line.settings.iter()).map(|(knob, _)| knob).collect();
        for knob in knobs {
            let new = line.settings.get(knob);
            patch.line.settings.put(knob, new.filter(|_| new != own.settings.get(knob)).cloned());
        }
        patch.line.name = line.name.clone().filter(|_| line.name != own.name);
        patch.line.note = line.note.clone().filter(|_| line.note != own.note);
        patch.line.position = line.position.filter(|_| line.position != own.position);
        for field in patch.fields() {
            self.say_line(key.clone(), field, patch.clone());
        }
        Ok(())
    }
}

/// What is said at keys of a fee or a named risk; `None` for nothing.
type SaidOf<T> = Vec<(<T as Keyed>::Key, Option<T>)>;

/// What a scenario says of a fee or a named risk, key by key, so that it becomes `after`; `own`: the project's part of it, and that
/// of the patched budget.
///
/// # Errors
/// A key that the project sets cannot be left open.
fn said_of<T: Keyed>(own: [Option<T>; 2], after: Option<&T>) -> Result<SaidOf<T>, Unsayable> {
    let nothing = T::default();
    let ([own, now], after) = (own.map(Option::unwrap_or_default), after.unwrap_or(&nothing));
    let mut all = Vec::new();
    for key in T::KEYS.iter().copied().filter(|key| !now.same_at(*key, after)) {
        let mut said = T::default();
        let is_replaced = T::instead(key).is_some_and(|other| after.says(other));
        match (after.says(key), own.says(key)) {
            (true, _) if !after.same_at(key, &own) => said.take(key, after),
            (false, true) if is_replaced => {}
            (false, true) if key == T::switched_on().0 => said = T::switched_on().1,
            (false, true) => return Err(Unsayable::UnsetKey(T::key_name(key))),
            (true | false, _) => {}
        }
        all.push((key, Some(said).filter(|said| !said.is_empty())));
    }
    Ok(all)
}

fn knob_change(path: &ChangePath, knob: Knob, setting: Option<Setting>) -> Changes {
    let mut changes = Changes::default();
    match path {
        ChangePath::Line(key, _) => {
            let mut patch = LinePatch::of(key);
            patch.line.settings.put(knob, setting);
            changes.lines.insert(key.clone(), patch);
        }
        ChangePath::Assumption(_) | ChangePath::Fee(..) | ChangePath::Risk(..) => {
            drop(changes.assumptions.put(knob, setting))
        }
    }
    changes
}

/// What the project had at a path, as a file holds it; nothing for what no file can spell.
fn content_as_change(path: &ChangePath, content: Content) -> Changes {
    let of_line = |put: &dyn Fn(&mut LinePatch)| match path {
        ChangePath::Line(key, _) => {
            let mut patch = LinePatch::of(key);
            put(&mut patch);
            Changes { lines: [(key.clone(), patch)].into(), ..Changes::default() }
        }
        ChangePath::Assumption(_) | ChangePath::Fee(..) | ChangePath::Risk(..) => Changes::default(),
    };
    match (path, content) {
        (ChangePath::Assumption(knob) | ChangePath::Line(_, LineField::Knob(knob)), Content::Value(value)) => {
            knob_change(path, *knob, Some(Setting::Value(value)))
        }
        (ChangePath::Line(_, LineField::Name), Content::Text(text)) => {
            of_line(&|patch| patch.line.name = Some(text.clone()))
        }
        (ChangePath::Line(_, LineField::Note), Content::Text(text)) => {
            of_line(&|patch| patch.line.note = Some(text.clone()))
        }
        (ChangePath::Fee(name, _), Content::Fee(_, fee)) => {
            Changes { fees: [(name.clone(), *fee)].into(), ..Changes::default() }
        }
        (ChangePath::Risk(name, _), Content::Risk(_, risk)) => {
            Changes { risks: [(name.clone(), *risk)].into(), ..Changes::default() }
        }
        _ => Changes::default(),
    }
}
