//! A scenario applied to a budget, and the estimate of the result from that of the base.

use crate::cost::budget::scenario::{ChangePath, LineField, LinePatch, Scenario};
use crate::cost::budget::{Budget, Catalog, Fee, FeeKey, Keyed, Knob, Line, RiskKey, SharedLine};
use crate::cost::estimate::Estimate;
use crate::cost::scenario::content::{Content, Lookup, said};
use crate::cost::scenario::finding::{Finding, FindingKind};
use jiff::civil::Date;
use std::collections::HashSet;

/// A budget with the changes of a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The patched budget.
    pub budget: Budget,
    /// What is doubtful, in the order of the paths.
    pub findings: Vec<Finding>,
    /// For each line of the patched budget the base's line whose figures it keeps; `None` for a line to compute.
    kept: Vec<Option<usize>>,
}

impl Applied {
    /// Turns the base's estimate into that of the patched budget. Only the lines that differ are computed.
    pub fn refresh(&self, base: &mut Estimate, catalog: &Catalog, today: Date) {
        base.follow(&self.kept, &self.budget, catalog, today);
    }

    /// How many lines have to be computed.
    #[must_use]
    pub fn recomputed(&self) -> usize {
        self.kept.iter().filter(|kept| kept.is_none()).count()
    }
}

/// Applies a scenario. Never fails: a change without a target is left out and found.
#[must_use]
pub fn apply(base: &Budget, scenario: &Scenario, catalog: &Catalog) -> Applied {
    let lookup = Lookup::new(base, catalog);
    let mut patch = Patch { budget: base.clone(), lines: Vec::new(), added: Vec::new(), gone: HashSet::new() };
    let mut all = false;
    for (knob, setting) in scenario.changes.assumptions.iter() {
        patch.budget.assumptions.put(knob, Some(setting.clone()));
        // No line depends on the cap.
        all |= knob != Knob::Cap;
    }
    all |= patch.fees(base, scenario);
    patch.risks(base, scenario);
    patch.lines = (0..base.lines.len()).map(|at| Place { from: Some(at), same: !all }).collect();
    let mut removed = HashSet::new();
    for (key, change) in &scenario.changes.lines {
        match lookup.index(key) {
            Some(at) if change.removes() => drop(removed.insert(at)),
            Some(at) => patch.line(at, change),
            None if is_new(scenario, key, change) => patch.added.push(change.line.clone()),
            None => drop(patch.gone.insert(Target::Line(key))),
        }
    }
    patch.remove(&removed);
    patch.add(scenario);
    let kept = patch.lines.iter().map(|place| place.from.filter(|_| place.same)).collect();
    let findings = findings(&lookup, scenario, &patch.budget, &patch.gone, catalog);
    Applied { budget: patch.budget, findings, kept }
}

/// Whether a patch of an unknown deliverable adds one: it sets finals. One that the base had when the scenario was written is
/// gone, and must not come back with the few values of its patch.
fn is_new(scenario: &Scenario, key: &str, change: &LinePatch) -> bool {
    !change.removes() && change.line.settings.get(Knob::Finals).is_some() && !scenario.was.lines.contains_key(key)
}

/// Where a line of the patched budget is from.
struct Place {
    /// The line of the base; `None` for an added one.
    from: Option<usize>,
    /// Whether its figures are those of the base.
    same: bool,
}

/// A budget that is being patched.
struct Patch<'s> {
    budget: Budget,
    lines: Vec<Place>,
    added: Vec<Line>,
    /// What the changes name that does not exist.
    gone: HashSet<Target<'s>>,
}

/// What a change is of, besides the assumptions: a deliverable, a fee and a risk may have the same name.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target<'p> {
    /// A deliverable, by its key.
    Line(&'p str),
    /// A fee, by its name.
    Fee(&'p str),
    /// A named risk, by its key.
    Risk(&'p str),
}

impl Target<'_> {
    /// The target of a change; `None` for an assumption.
    #[must_use]
    pub fn of(path: &ChangePath) -> Option<Target<'_>> {
        match path {
            ChangePath::Assumption(_) => None,
            ChangePath::Line(key, _) => Some(Target::Line(key)),
            ChangePath::Fee(name, _) => Some(Target::Fee(name)),
            ChangePath::Risk(name, _) => Some(Target::Risk(name)),
        }
    }
}

impl<'s> Patch<'s> {
    /// Patches the fees; whether any was.
    fn fees(&mut self, base: &Budget, scenario: &'s Scenario) -> bool {
        let mut any = false;
        for (name, change) in &scenario.changes.fees {
            let complete =
                change.says(FeeKey::Amount) && change.says(FeeKey::Per) && !scenario.was.fees.contains_key(name);
            if base.fee(name).is_none() && !complete {
                self.gone.insert(Target::Fee(name));
                continue;
            }
            let fee = self.budget.fees.entry(name.clone()).or_default();
            fee.patch(change);
            any |= FeeKey::ALL.into_iter().any(|key| key != FeeKey::Note && change.says(key));
        }
        any
    }

    /// Patches the named risks, on which no figure depends.
    fn risks(&mut self, base: &Budget, scenario: &'s Scenario) {
        for (name, change) in &scenario.changes.risks {
            let does = change.says(RiskKey::Finals) || change.says(RiskKey::Amount);
            let complete = does && change.says(RiskKey::Chance) && !scenario.was.risks.contains_key(name);
            if base.risk(name).is_none() && !complete {
                self.gone.insert(Target::Risk(name));
            } else {
                self.budget.risks.entry(name.clone()).or_default().patch(change);
            }
        }
    }

    fn line(&mut self, at: usize, change: &LinePatch) {
        let (Some(line), Some(place)) = (self.budget.lines.get_mut(at), self.lines.get_mut(at)) else { return };
        let line: &mut Line = line;
        let Line { key: _, name, position, note, settings } = &change.line;
        for (own, new) in [(&mut line.name, name), (&mut line.note, note)] {
            if new.is_some() {
                own.clone_from(new);
            }
        }
        line.position = position.or(line.position);
        for (knob, setting) in settings.iter() {
            line.settings.put(knob, Some(setting.clone()));
            place.same = false;
        }
    }

    /// Takes lines out, and out of the lists of fees too: a fee for a deliverable that is not there would be an error. Extra finals
    /// of a deliverable that is not there cannot come either.
    fn remove(&mut self, removed: &HashSet<usize>) {
        if removed.is_empty() {
            return;
        }
        let keys: HashSet<String> =
            removed.iter().filter_map(|at| Some(self.budget.lines.get(*at)?.key.clone())).collect();
        let names: Vec<String> = self.budget.all_fees().into_keys().map(str::to_owned).collect();
        for name in names {
            let Some(Fee { deliverables: Some(listed), .. }) = self.budget.fee(&name) else { continue };
            if listed.iter().any(|key| keys.contains(key)) {
                let left = listed.into_iter().filter(|key| !keys.contains(key)).collect();
                self.budget.fees.entry(name).or_default().deliverables = Some(left);
            }
        }
        let gone = |key: &Option<String>| key.as_ref().is_some_and(|key| keys.contains(key));
        let all = self.budget.all_risks().into_iter();
        let without: Vec<String> =
            all.filter(|(_, risk)| gone(&risk.deliverable)).map(|(name, _)| name.to_owned()).collect();
        for name in without {
            self.budget.risks.entry(name).or_default().off = Some(true);
        }
        let mut at = 0..;
        self.budget.lines.retain(|_| at.next().is_some_and(|at| !removed.contains(&at)));
        self.lines.retain(|place| place.from.is_some_and(|at| !removed.contains(&at)));
    }

    /// Adds the new lines, at the end or where their position says.
    fn add(&mut self, scenario: &Scenario) {
        let placed = scenario.changes.lines.values().any(|change| change.line.position.is_some());
        let added = std::mem::take(&mut self.added);
        self.lines.extend(added.iter().map(|_| Place { from: None, same: false }));
        self.budget.lines.extend(added.into_iter().map(SharedLine::from));
        if placed {
            let lines = std::mem::take(&mut self.budget.lines).into_iter();
            let mut both: Vec<(SharedLine, Place)> = lines.zip(std::mem::take(&mut self.lines)).collect();
            let end = |place: &Place| if place.from.is_some() { 0 } else { i64::MAX };
            both.sort_by_key(|(line, place)| line.position.unwrap_or_else(|| end(place)));
            (self.budget.lines, self.lines) = both.into_iter().unzip();
        }
    }
}

fn findings(
    base: &Lookup<'_>,
    scenario: &Scenario,
    patched: &Budget,
    gone: &HashSet<Target<'_>>,
    catalog: &Catalog,
) -> Vec<Finding> {
    let patched = Lookup::new(patched, catalog);
    let mut findings = Vec::new();
    let mut told = HashSet::new();
    let paths = scenario.changes.effective_paths();
    for path in &paths {
        if let Some(target) = Target::of(path).filter(|target| gone.contains(target)) {
            if told.insert(target) {
                findings.push(Finding { path: path.clone(), kind: FindingKind::Gone });
            }
            continue;
        }
        let (before, after) = (base.content(path), patched.content(path));
        let was = said(&scenario.was, path);
        if was != Content::Nothing
            && !base.same(path, &was, &before)
            && !matches!(path, ChangePath::Line(_, LineField::Exists))
        {
            findings.push(Finding { path: path.clone(), kind: FindingKind::Moved { was, now: before.clone() } });
        }
        if patched.same(path, &before, &after) && before != Content::Unreadable {
            findings.push(Finding { path: path.clone(), kind: FindingKind::Same { value: after } });
        }
    }
    findings
}
