//! The answer to "why this figure?": the origin of each input, then each step of the calculation with its source.

use crate::app::model::field::Field;
use crate::app::model::state::State;
use crate::app::model::view::Focus;
use crate::cost::base::limits::WHY_DELIVERABLES_MAX;
use crate::cost::bill::Why;
use crate::cost::budget::knob::Scope;
use crate::cost::estimate::calculation;
use crate::cost::{Deliverable, Knob, Layer};
use crate::figures::{Amount, Breakdown, Summed};
use crate::words;

/// One line of the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyLine {
    /// The name of a part.
    Heading(String),
    /// A step: its formula, the formula with numbers, and their source.
    Step {
        /// In words and signs.
        formula: String,
        /// With the numbers of this figure.
        numbers: String,
        /// Source, day and grade.
        source: Option<String>,
    },
    /// A part of a sum: its name and its amount, which stand below each other.
    Sum(String, String),
    /// An input: its name, its value, where it was set.
    Input {
        /// The knob's name.
        name: String,
        /// The effective value.
        value: String,
        /// The layer, and the place in a file if there is one.
        origin: String,
    },
}

/// The answer for the selected deliverable, or for the assumptions; the focused field's own input comes first.
#[must_use]
pub fn lines(state: &State) -> Vec<WhyLine> {
    if state.view.focus == Focus::Beside
        && let Some(lines) = (state.view.screen.row().why)(state)
    {
        return lines;
    }
    let Some(deliverable) = state.deliverable() else { return Vec::new() };
    let mut lines = summed(state);
    lines.extend(breakdown(state));
    if let Some(line) = state.line() {
        lines.push(WhyLine::Heading(words::why_steps().to_owned()));
        for step in calculation::of_line(line, state.project.budget(), state.session.catalog) {
            let told = words::step(&step);
            lines.push(WhyLine::Step { formula: told.formula, numbers: told.numbers, source: told.source });
        }
    }
    // What comes on top of all deliverables belongs to the project as a whole.
    let on_top = match state.line() {
        Some(_) => Vec::new(),
        None => calculation::of_project(state.project.estimate(), state.project.budget()),
    };
    if !on_top.is_empty() {
        lines.push(WhyLine::Heading(words::why_project_steps().to_owned()));
    }
    for step in on_top {
        let told = words::step(&step);
        lines.push(WhyLine::Step { formula: told.formula, numbers: told.numbers, source: told.source });
    }
    lines.push(WhyLine::Heading(words::why_inputs().to_owned()));
    let focused = state.field().map(Field::knob);
    let mut knobs: Vec<Knob> = crate::cost::budget::knob::TABLE.iter().map(|row| row.knob).collect();
    knobs.sort_by_key(|knob| Some(*knob) != focused);
    for knob in knobs {
        let Some((value, layer)) = input(knob, deliverable) else { continue };
        let Some(origin) = followed(state, knob, state.origin(knob, layer)) else { continue };
        lines.push(WhyLine::Input { name: words::knob_label(knob).to_owned(), value, origin });
    }
    lines
}

/// The origin of an input with the number of deliverables that it reaches, where not all inherit it; `None` for a value of the
/// project that no deliverable has.
fn followed(state: &State, knob: Knob, origin: String) -> Option<String> {
    let lines = &state.estimate().lines;
    if state.line().is_some() || lines.is_empty() || knob.row().scope == Scope::Project {
        return Some(origin);
    }
    let inherits = |own: &Deliverable| own.get(knob).is_none_or(|from| from.layer < Layer::Preset);
    let count = lines.iter().filter(|line| inherits(&line.deliverable)).count();
    match count {
        _ if knob.row().scope == Scope::Deliverable => None,
        0 => None,
        count if count == lines.len() => Some(origin),
        count => Some(words::why_followed(origin, count, lines.len())),
    }
}

/// The project from its deliverables to the total, beside the cap; nothing for a single deliverable.
fn summed(state: &State) -> Vec<WhyLine> {
    if state.line().is_some() || state.budget().lines.is_empty() {
        return Vec::new();
    }
    let (budget, estimate) = (state.budget(), state.estimate());
    let unknown = |amount: Option<Amount>| amount.map_or_else(|| words::unknown().to_owned(), |sum| sum.to_string());
    let summed = Summed::of(budget, estimate, WHY_DELIVERABLES_MAX);
    let mut lines = vec![WhyLine::Heading(words::why_sum().to_owned())];
    lines.extend(summed.rows.iter().map(|row| WhyLine::Sum(row.label.clone(), unknown(row.amount))));
    lines.push(WhyLine::Input { name: String::new(), value: summed.standing, origin: String::new() });
    lines
}

/// Every part of the cost: a pane that is too low for all of them points here.
fn breakdown(state: &State) -> Vec<WhyLine> {
    let shown = &state.project.budget().shown;
    let found = match state.line() {
        Some(line) => Breakdown::of_line(shown, line),
        None => Breakdown::of_project(shown, state.project.estimate()),
    };
    let Some(found) = found.filter(|found| !found.parts.is_empty()) else { return Vec::new() };
    let part = |name: &str, value: String| WhyLine::Input { name: name.to_owned(), value, origin: String::new() };
    let parts = found.parts.iter().map(|of| match of.percent.as_str() {
        "" => part(of.label, of.text()),
        percent => part(of.label, words::why_part(of.text(), percent)),
    });
    let rounding = found.rounding.map(|rest| part(words::differs(Why::Rounding), rest.signed()));
    let heading = WhyLine::Heading(words::pane_shares().to_owned());
    std::iter::once(heading).chain(parts).chain(rounding).collect()
}

/// The answer as lines of plain text, for copying.
#[must_use]
pub fn text(lines: &[WhyLine]) -> Vec<String> {
    let mut text = Vec::new();
    for line in lines {
        match line {
            WhyLine::Heading(heading) => text.push(heading.clone()),
            WhyLine::Step { formula, numbers, source } => {
                text.extend([format!("  {formula}"), format!("    {numbers}")]);
                text.extend(source.as_ref().map(|source| format!("    {source}")));
            }
            WhyLine::Sum(name, amount) => text.push(format!("  {name}: {amount}")),
            WhyLine::Input { name, value, origin } if origin.is_empty() => text.push(format!("  {name}: {value}")),
            WhyLine::Input { name, value, origin } => text.push(format!("  {name}: {value} ({origin})")),
        }
    }
    text
}

/// A knob's effective value, and the layer that set it; `None` for knobs that do not matter here.
fn input(knob: Knob, line: &Deliverable) -> Option<(String, Layer)> {
    // A value that a preset fills in has the preset as its origin.
    let from = line.get(knob).filter(|_| knob != Knob::Preset)?;
    let text = if from.readable { words::value(&from.value) } else { words::unreadable().to_owned() };
    Some((text, from.layer))
}
