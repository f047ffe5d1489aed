//! What a project has at the path of a change, with every layer applied.

use crate::cost::budget::resolve::Deliverable;
use crate::cost::budget::scenario::{ChangePath, Changes, LineField};
use crate::cost::budget::{Budget, Catalog, Fee, FeeKey, Keyed, Knob, Line, NamedRisk, RiskKey, Setting, Value};
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

/// The value at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Nothing: no layer sets it, or the deliverable does not exist.
    Nothing,
    /// Something is written that cannot be read.
    Unreadable,
    /// The deliverable is part of the project.
    Present,
    /// The value of a knob.
    Value(Value),
    /// A name or a note.
    Text(String),
    /// A position.
    Position(i64),
    /// A key of a fee, in a fee that says only this.
    Fee(FeeKey, Box<Fee>),
    /// A key of a named risk, in a risk that says only this.
    Risk(RiskKey, Box<NamedRisk>),
}

impl Content {
    fn of_setting(setting: Option<&Setting>) -> Content {
        match setting {
            None => Content::Nothing,
            Some(Setting::Unreadable) => Content::Unreadable,
            Some(Setting::Value(value)) => Content::Value(value.clone()),
        }
    }

    fn of_keyed<T: Keyed>(said: Option<&T>, key: T::Key, content: fn(T::Key, Box<T>) -> Content) -> Content {
        let Some(said) = said.filter(|said| said.says(key)) else { return Content::Nothing };
        if said.unreadable().contains(&key) {
            return Content::Unreadable;
        }
        let mut only = T::default();
        only.take(key, said);
        content(key, Box::new(only))
    }

    fn of_line(line: &Line, field: LineField) -> Content {
        let text = |text: &Option<String>| text.clone().map_or(Content::Nothing, Content::Text);
        match field {
            LineField::Exists => Content::Present,
            LineField::Name => text(&line.name),
            LineField::Note => text(&line.note),
            LineField::Position => line.position.map_or(Content::Nothing, Content::Position),
            LineField::Knob(knob) => Content::of_setting(line.settings.get(knob)),
        }
    }
}

/// What the changes themselves say at a path, without any other layer.
#[must_use]
pub fn said(changes: &Changes, path: &ChangePath) -> Content {
    match path {
        ChangePath::Assumption(knob) => Content::of_setting(changes.assumptions.get(*knob)),
        ChangePath::Line(key, field) => match changes.lines.get(key) {
            Some(patch) => Content::of_line(&patch.line, *field),
            None => Content::Nothing,
        },
        ChangePath::Fee(name, key) => Content::of_keyed(changes.fees.get(name), *key, Content::Fee),
        ChangePath::Risk(name, key) => Content::of_keyed(changes.risks.get(name), *key, Content::Risk),
    }
}

/// To look for so many deliverables one by one costs less than a table of all.
const FEW: usize = 8;

/// Looks up values of one budget, its deliverables by key.
pub struct Lookup<'a> {
    budget: &'a Budget,
    catalog: &'a Catalog,
    /// The deliverables that were looked up first, each by going over all: most scenarios name a few.
    found: RefCell<Vec<(String, Option<usize>)>>,
    /// Made for more than [`FEW`].
    lines: OnceCell<HashMap<&'a str, usize>>,
    assumptions: Option<Deliverable>,
}

impl<'a> Lookup<'a> {
    /// Looks up values of this budget.
    #[must_use]
    pub fn new(budget: &'a Budget, catalog: &'a Catalog) -> Lookup<'a> {
        let (found, lines) = (RefCell::default(), OnceCell::new());
        Lookup { budget, catalog, found, lines, assumptions: budget.resolve(None, catalog) }
    }

    /// The index of a deliverable.
    #[must_use]
    pub fn index(&self, key: &str) -> Option<usize> {
        let mut found = self.found.borrow_mut();
        if let Some((_, at)) = found.iter().find(|(known, _)| known == key) {
            return *at;
        }
        if found.len() < FEW {
            let at = self.budget.lines.iter().rposition(|line| line.key == key);
            found.push((key.to_owned(), at));
            return at;
        }
        let places = || self.budget.lines.iter().zip(0..).map(|(line, at)| (line.key.as_str(), at)).collect();
        self.lines.get_or_init(places).get(key).copied()
    }

    /// Whether two values at a path are the same in effect: also a class of size and the pixels that it has there.
    #[must_use]
    pub fn same(&self, path: &ChangePath, a: &Content, b: &Content) -> bool {
        let (Content::Value(Value::Size(one)), Content::Value(Value::Size(other))) = (a, b) else { return a == b };
        let line = match path {
            ChangePath::Line(key, _) => self.index(key).and_then(|at| self.budget.lines.get(at)),
            ChangePath::Assumption(_) | ChangePath::Fee(..) | ChangePath::Risk(..) => None,
        };
        let resolved = self.budget.resolve(line.map(|line| &**line), self.catalog);
        one == other || resolved.is_some_and(|line| line.exact_size(*one) == line.exact_size(*other))
    }

    /// The value in force at a path.
    #[must_use]
    pub fn content(&self, path: &ChangePath) -> Content {
        match path {
            ChangePath::Assumption(Knob::Cap) if self.budget.cap_is_unreadable() => Content::Unreadable,
            ChangePath::Assumption(Knob::Cap) => {
                self.budget.cap().map_or(Content::Nothing, |cap| Content::Value(Value::Cap(cap)))
            }
            ChangePath::Assumption(knob) => knob_of(self.assumptions.as_ref(), *knob),
            ChangePath::Line(key, field) => {
                let Some(line) = self.index(key).and_then(|at| self.budget.lines.get(at)) else {
                    return Content::Nothing;
                };
                match field {
                    LineField::Knob(Knob::Preset) => Content::of_line(line, *field),
                    LineField::Knob(knob) => knob_of(self.budget.resolve(Some(line), self.catalog).as_ref(), *knob),
                    LineField::Exists | LineField::Name | LineField::Position | LineField::Note => {
                        Content::of_line(line, *field)
                    }
                }
            }
            ChangePath::Fee(name, key) => Content::of_keyed(self.budget.fee(name).as_ref(), *key, Content::Fee),
            ChangePath::Risk(name, key) => Content::of_keyed(self.budget.risk(name).as_ref(), *key, Content::Risk),
        }
    }
}

fn knob_of(resolved: Option<&Deliverable>, knob: Knob) -> Content {
    match resolved.and_then(|resolved| resolved.get(knob)) {
        None => Content::Nothing,
        Some(from) if !from.readable => Content::Unreadable,
        Some(from) => Content::Value(from.value),
    }
}
