//! A project that changed outside while it was open: shown as one step that can be undone.

use crate::app::actions::scenarios;
use crate::app::flows::conflict::Keep;
use crate::app::model::outcome::{ExternalChange, How};
use crate::app::model::overlay::Overlay;
use crate::app::model::project::HowSure;
use crate::app::model::state::State;
use crate::app::model::view::Selection;
use crate::cost::{Budget, SharedLine};
use crate::diagnostics::Level;
use crate::figures;
use crate::words;
use std::collections::BTreeMap;

impl State {
    /// Whether no input is half done, so that the project may change on screen: no field is open, nothing is being dragged, and
    /// no dialog waits for an answer about the screen.
    #[must_use]
    pub fn is_at_rest(&self) -> bool {
        let reading = self.overlays.iter().all(|overlay| !overlay.kind().waits);
        reading && self.view.input.is_none() && self.view.drag.is_none()
    }

    /// Shows the disk's budget, merged with the edits made here. The same deliverable stays selected; undo restores the screen
    /// before.
    pub(in crate::app) fn show_external_change(&mut self, change: ExternalChange) {
        let ExternalChange { mut opened, dirty, how } = change;
        let (total, p80) = (self.shown_total(), self.shown_p80());
        let line = self.view.selection.line();
        let key = self.line().map(|line| line.key.clone());
        let shown = self.project.scenario().map(|key| scenarios::title(self, Some(key)));
        let before = self.project.show_external_change(&mut opened, dirty, line, &self.session);
        let mut changed = changes(&before, self.project.base());
        let gone = shown.filter(|_| self.project.scenario().is_none());
        let there = key.and_then(|key| self.project.budget().lines.iter().position(|line| line.key == key));
        self.view.selection = Selection::of(there.or(line));
        self.keep_cursor();
        self.overlays.retain(|overlay| !matches!(overlay, Overlay::Resolve(_) | Overlay::Conflict(..)));
        let now = self.shown_total();
        let total = match (now == total, p80.zip(self.shown_p80())) {
            (true, Some((old, new))) if old != new => {
                words::total_stays_percentile_moves(now, figures::percentile_name(80), old, new)
            }
            (true, _) => words::total_stays(now),
            (false, _) => words::total_moves(total, now),
        };
        let (level, notice) = match how {
            How::Reloaded if changed.is_empty() => (Level::Note, words::notice_reloaded_comments().to_owned()),
            How::Reloaded => (Level::Note, words::notice_reloaded(changed.join(", "), total)),
            How::Merged(answers) => {
                changed.extend(answered(&answers));
                if changed.is_empty() {
                    changed.push(words::nothing_changed().to_owned());
                }
                (Level::Warning, words::notice_merged(changed.join(", "), total))
            }
        };
        match gone {
            // Edits go into the project from now on, which nobody here has chosen.
            Some(title) => self.say(Level::Warning, words::notice_scenario_gone(title, notice)),
            None => self.say(level, notice),
        }
    }

    /// P80 as shown; `None` if it is not known yet.
    fn shown_p80(&self) -> Option<String> {
        let HowSure::Known(risk) = self.how_sure() else { return None };
        let told = figures::percentiles(self.budget(), self.estimate(), risk);
        told.into_iter().find(|told| told.name == figures::percentile_name(80)).map(|told| told.amount.to_string())
    }

    fn shown_total(&self) -> String {
        figures::total_text(&self.project.budget().shown, &self.project.estimate().totals)
    }
}

/// The choices for the values that both sides changed, in a few words.
fn answered(answers: &[Keep]) -> Vec<String> {
    let count = |sides: &[Keep]| answers.iter().filter(|answer| sides.contains(answer)).count();
    let (mine, theirs, base) = (count(&[Keep::Mine, Keep::Both]), count(&[Keep::Theirs]), count(&[Keep::Base]));
    let told =
        [(mine, words::kept_mine(mine)), (theirs, words::kept_theirs(theirs)), (base, words::kept_earlier(base))];
    told.into_iter().filter(|(count, _)| *count > 0).map(|(_, text)| text).collect()
}

/// The differences in a few words.
fn changes(before: &Budget, after: &Budget) -> Vec<String> {
    let lines = |budget: &Budget| -> BTreeMap<String, SharedLine> {
        budget.lines.iter().map(|line| (line.key.clone(), line.clone())).collect()
    };
    let (old, new) = (lines(before), lines(after));
    let added = new.keys().filter(|key| !old.contains_key(*key)).count();
    let removed = old.keys().filter(|key| !new.contains_key(*key)).count();
    let changed = new.iter().filter(|(key, line)| old.get(*key).is_some_and(|old| old != *line)).count();
    let mut told = Vec::new();
    for (count, what) in [
        (changed, words::lines_changed(changed)),
        (added, words::lines_added(added)),
        (removed, words::lines_removed(removed)),
    ] {
        told.extend((count > 0).then_some(what));
    }
    let inherited = before.team != after.team || before.profiles != after.profiles;
    let risks = before.risks != after.risks || before.team_risks != after.team_risks;
    let bills = before.bills != after.bills || before.cards != after.cards;
    for (differs, what) in [
        (before.assumptions != after.assumptions, words::assumptions_changed()),
        (inherited, words::team_changed()),
        (before.pins != after.pins, words::prices_changed()),
        (risks, words::risks_changed()),
        (bills, words::bills_changed()),
        (before.scenarios != after.scenarios, words::scenarios_changed()),
    ] {
        told.extend(differs.then(|| what.to_owned()));
    }
    if told.is_empty() && before != after {
        told.push(words::texts_changed().to_owned());
    }
    told
}
