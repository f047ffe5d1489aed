//! A scenario on screen: the project with its changes. What was on screen before serves again: its figures where few lines differ,
//! else their memory.

use crate::app::model::session::Session;
use crate::cost::bill::Bills;
use crate::cost::budget::edit::Touched;
use crate::cost::scenario::{Applied, Finding};
use crate::cost::{Budget, Estimate};

/// A scenario that is looked at: the project with its changes.
#[derive(Debug, Clone)]
pub(super) struct OnScreen {
    pub(super) key: String,
    pub(super) budget: Budget,
    pub(super) estimate: Estimate,
    pub(super) findings: Vec<Finding>,
}

impl OnScreen {
    /// A scenario of a project, applied, and its bills. `own`: the estimate of the project itself; `before`: what was on screen.
    pub(super) fn of(
        key: &str,
        applied: Applied,
        own: &Estimate,
        before: Option<(Box<OnScreen>, Bills)>,
        session: &Session,
    ) -> (Box<OnScreen>, Bills) {
        let (catalog, today) = (session.catalog, session.today);
        let budget = &applied.budget;
        let before = match before {
            Some((shown, bills)) => match steps(&shown.budget, budget) {
                Some(steps) => {
                    let (mut estimate, mut bills) = (shown.estimate, bills);
                    estimate.refresh_issues(budget, catalog, today);
                    for touched in steps {
                        refresh(&mut estimate, budget, touched, session);
                        refresh_bills(&mut bills, budget, &estimate, touched, session);
                    }
                    let (key, findings) = (key.to_owned(), applied.findings);
                    return (Box::new(OnScreen { key, budget: applied.budget, estimate, findings }), bills);
                }
                None => Some(shown.estimate),
            },
            None => None,
        };
        // Where no line stays as it is in the project, only the memory of its figures would serve.
        let from_nothing = applied.recomputed() == budget.lines.len();
        let mut estimate = before.filter(|_| from_nothing).unwrap_or_else(|| own.clone());
        applied.refresh(&mut estimate, catalog, today);
        let bills = Bills::of(budget, &estimate, catalog);
        let (key, findings) = (key.to_owned(), applied.findings);
        (Box::new(OnScreen { key, budget: applied.budget, estimate, findings }), bills)
    }
}

/// More lines than these are computed faster all at once: each has the issues of the whole project looked at again.
const FEW: usize = 16;

/// What turns one budget into the other, line by line; `None` if they differ in anything else, or in many lines.
fn steps(before: &Budget, now: &Budget) -> Option<Vec<Touched>> {
    let (old, new) = (&before.lines, &now.lines);
    if old.len().abs_diff(new.len()) > 1 || before.bare() != now.bare() {
        return None;
    }
    if old.len() == new.len() {
        let differing = (0..).zip(old.iter().zip(new)).filter(|(_, (old, new))| old != new);
        let steps: Vec<Touched> = differing.map(|(at, _)| Touched::Line(at)).take(FEW + 1).collect();
        return (steps.len() <= FEW).then_some(steps);
    }
    let at = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let (step, rest) = match old.len() < new.len() {
        true => (Touched::Inserted(at), (&old[at..], &new[at + 1..])),
        false => (Touched::Removed(at), (&old[at + 1..], &new[at..])),
    };
    (rest.0 == rest.1).then(|| vec![step])
}

/// Recomputes what an edit touched of an estimate.
pub(super) fn refresh(estimate: &mut Estimate, budget: &Budget, touched: Touched, session: &Session) {
    let (catalog, today) = (session.catalog, session.today);
    match touched {
        Touched::Nothing => {}
        Touched::Cap | Touched::Bills => estimate.refresh_issues(budget, catalog, today),
        Touched::Line(index) => estimate.refresh_line(index, budget, catalog, today),
        Touched::Inserted(index) => estimate.insert_line(index, budget, catalog, today),
        Touched::Removed(index) => estimate.remove_line(index, budget, catalog, today),
        Touched::Moved { from, to } => estimate.move_line((from, to), budget, catalog, today),
        Touched::All => estimate.refresh(budget, catalog, today),
    }
}

/// The same of the bills.
pub(super) fn refresh_bills(
    bills: &mut Bills,
    budget: &Budget,
    estimate: &Estimate,
    touched: Touched,
    session: &Session,
) {
    let catalog = session.catalog;
    match touched {
        Touched::Nothing | Touched::Cap => {}
        Touched::Line(index) => bills.refresh_line(index, budget, estimate, catalog),
        Touched::Inserted(index) => bills.insert_line(index, budget, estimate, catalog),
        Touched::Removed(index) => bills.remove_line(index, budget, estimate, catalog),
        Touched::Moved { from, to } => bills.move_line(from, to),
        Touched::Bills | Touched::All => *bills = Bills::of(budget, estimate, catalog),
    }
}
