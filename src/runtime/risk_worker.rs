//! How sure the total is, and how likely a scenario is cheaper, on a thread of its own where that takes longer than a frame.
//!
//! A frame that has to do without it shows so, and the thread begins after that frame: keys are never kept waiting. A newer edit
//! ends it. Keys that come at once are one frame, and so one computation.

use super::worker::{Stopped, Worker};
use crate::app::State;
use crate::app::model::outcome::Outcome;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// Longer than the pauses between repeated keys.
const SETTLED: Duration = Duration::from_millis(60);

/// The computation that is running, if one is.
#[derive(Default)]
pub(super) struct RiskWorker {
    worker: Worker,
    /// What the last one was started for, and the change that it belongs to.
    change: Option<(Part, u64)>,
}

/// What is computed; where both are awaited, the total comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    HowSure,
    Differences,
}

/// What a frame waits for.
fn awaited(state: &State) -> Option<(Part, u64)> {
    let differences = || Some((Part::Differences, state.project.awaited_differences(&state.session)?.change));
    state.project.awaited_change().map(|change| (Part::HowSure, change)).or_else(differences)
}

/// A computation that ends early once its flag is set.
type Compute = Box<dyn FnOnce(&AtomicBool) -> Option<Outcome> + Send>;

fn to_compute(part: Part, state: &State) -> Option<Compute> {
    Some(match part {
        Part::HowSure => {
            let risk = state.project.awaited_risk(&state.session)?;
            let change = risk.change;
            Box::new(move |unwanted| Some(Outcome::HowSure { change, answer: risk.compute(unwanted)? }))
        }
        Part::Differences => {
            let differences = state.project.awaited_differences(&state.session)?;
            let change = differences.change;
            Box::new(move |unwanted| Some(Outcome::Differences { change, columns: differences.compute(unwanted)? }))
        }
    })
}

impl RiskWorker {
    /// How long nothing must happen until what a frame did without is begun; `None` if nothing is to be begun. Of keys that come
    /// fast only the last one's distribution is wanted, and what scenarios differ by takes both cores.
    pub(super) fn patience(&mut self, state: &State) -> Option<Duration> {
        let (part, _) = awaited(state).filter(|next| Some(*next) != self.change)?;
        // What is running is of an earlier change.
        self.worker.go_on_while(false);
        Some(match part {
            Part::HowSure => Duration::ZERO,
            Part::Differences => SETTLED,
        })
    }

    /// After a frame: starts what it did without, and ends what nobody waits for any more.
    pub(super) fn follow(&mut self, state: &State, wake: impl Fn() + Send + 'static) -> Option<Outcome> {
        let awaited = awaited(state);
        if awaited == self.change {
            return None;
        }
        self.change = awaited;
        let Some(compute) = awaited.and_then(|(part, _)| to_compute(part, state)) else {
            self.worker.go_on_while(false);
            return None;
        };
        self.worker.begin(Box::new(move |telling| compute(telling.unwanted()).ok_or(Stopped)), wake)
    }

    /// What was computed, once it is there.
    pub(super) fn news(&mut self) -> Option<Outcome> {
        self.worker.news()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::app::HowSure;
    use crate::app::flows::lifecycle;
    use crate::app::model::outcome::Opened;
    use crate::cost::base::tokens::Quality;
    use crate::cost::budget::QualityChoice;
    use crate::cost::budget::Scenario;
    use crate::cost::budget::edit::{Edit, Scope};
    use crate::cost::{Budget, Decimal, Knob, Setting, Value};
    use crate::figures::Differences;
    use crate::project::open::read_text;
    use std::path::Path;
    use std::sync::Arc;
    use std::sync::mpsc::channel;

    /// A project whose factors are each their own: more than are computed within a frame.
    fn large() -> State {
        let line = |at: u32| format!("[deliverable.row-{at}]\nfinals = 3\nretry = {}.{at:02}\n", 1 + at % 3);
        of(&format!("retake = 1\n{}", (1..=70).map(line).collect::<String>()))
    }

    fn of(text: &str) -> State {
        let catalog = crate::rates::built_in().unwrap();
        let budget: Budget = read_text(text, Path::new("project.retake.toml"), catalog).budget;
        let opened = Opened { budget, ..Opened::default() };
        State::new(opened, catalog, jiff::civil::date(2026, 11, 21), vec!["dark".to_owned()])
    }

    #[test]
    fn what_is_put_off_comes_from_the_thread_and_later_answers_at_once() {
        let (mut state, mut worker) = (of("retake = 1\n[deliverable.a]\nfinals = 3\n"), RiskWorker::default());
        let (wake, woken) = channel();
        state.project.put_off_risk(true);
        assert!(matches!(state.how_sure(), HowSure::Awaited));
        assert_eq!(worker.follow(&state, move || _ = wake.send(())), None);
        state.project.put_off_risk(false);
        assert!(matches!(state.how_sure(), HowSure::Awaited), "it is computed once");
        woken.recv().unwrap();
        lifecycle::apply_outcome(&mut state, worker.news().unwrap());
        assert!(matches!(state.how_sure(), HowSure::Known(_)));
        state.carry_out("quality".to_owned(), vec![low_quality()]);
        assert!(matches!(state.how_sure(), HowSure::Known(_)));
    }

    /// Another price of every image: nothing that is kept serves again.
    fn low_quality() -> Edit {
        let after = Some(Setting::Value(Value::Quality(QualityChoice::Exact(Quality::Low))));
        Edit::Knob { scope: Scope::Assumptions, knob: Knob::Quality, before: None, after }
    }

    #[test]
    fn what_a_frame_did_without_comes_by_itself_and_ends_with_its_edit() {
        let (mut state, mut worker) = (large(), RiskWorker::default());
        let ((wake, woken), (wake_again, woken_again)) = (channel(), channel());
        assert_eq!(worker.follow(&state, || ()), None);
        assert_eq!((worker.change, worker.patience(&state)), (None, None), "no frame has asked for it");
        assert!(matches!(state.how_sure(), HowSure::Awaited));
        assert_eq!(worker.patience(&state), Some(Duration::ZERO), "unless a key is there already");
        worker.follow(&state, move || _ = wake.send(()));
        let first = worker.change.unwrap();
        worker.follow(&state, || ());
        assert_eq!((worker.change, worker.patience(&state)), (Some(first), None), "it is not started again");
        state.carry_out("quality".to_owned(), vec![low_quality()]);
        assert!(matches!(state.how_sure(), HowSure::Awaited));
        worker.follow(&state, move || _ = wake_again.send(()));
        // The first thread ends, whether it was done or not, and what it found reaches nobody.
        while woken.recv().is_ok() {}
        woken_again.recv().unwrap();
        let outcome = worker.news().unwrap();
        assert!(matches!(outcome, Outcome::HowSure { change, .. } if change > first.1));
        assert!(lifecycle::apply_outcome(&mut state, outcome).is_empty());
        assert!(matches!(state.how_sure(), HowSure::Known(_)));
        worker.follow(&state, || ());
        assert_eq!((worker.change, worker.news()), (None, None));
        assert!(woken_again.recv().is_err(), "nothing wakes any more");
    }

    /// Waits for what a thread computes, and takes it.
    fn taken(state: &mut State, worker: &mut RiskWorker) -> Outcome {
        let (wake, woken) = channel();
        worker.follow(state, move || _ = wake.send(()));
        woken.recv().unwrap();
        let outcome = worker.news().unwrap();
        assert!(lifecycle::apply_outcome(state, outcome.clone()).is_empty());
        outcome
    }

    #[test]
    fn the_total_comes_before_the_differences_of_scenarios() {
        let mut scenario = Scenario::default();
        let Edit::Knob { knob, after, .. } = low_quality() else { return };
        scenario.changes.assumptions.put(knob, after);
        let (mut state, mut worker) = (large(), RiskWorker::default());
        let add = |key: &str, after| Edit::Scenario { key: key.to_owned(), before: None, after };
        let drafts = (1..=5).map(|at| add(&format!("draft-{at}"), Some(Arc::new(scenario.clone()))));
        state.carry_out("keep".to_owned(), drafts.collect());
        let differences = |state: &State| match state.project.differences(&state.session) {
            Differences::Known(columns) => columns.to_vec(),
            Differences::Awaited => Vec::new(),
        };
        assert!(differences(&state).is_empty() && matches!(state.how_sure(), HowSure::Awaited));
        assert!(matches!(taken(&mut state, &mut worker), Outcome::HowSure { .. }));
        assert_eq!(worker.patience(&state), Some(SETTLED), "scenarios wait until keys rest");
        let late = taken(&mut state, &mut worker);
        let cheaper = differences(&state)[1].clone().unwrap().unwrap();
        assert!(cheaper.is_certain && cheaper.cheaper == Decimal::ONE, "the same tries at a lower price");
        // An edit makes them others: a late answer is dropped.
        state.carry_out("again".to_owned(), vec![add("other", Some(Arc::default()))]);
        assert!(differences(&state).is_empty());
        lifecycle::apply_outcome(&mut state, late);
        assert!(differences(&state).is_empty());
        assert!(matches!(taken(&mut state, &mut worker), Outcome::Differences { .. }));
        assert_eq!(differences(&state).len(), 7);
    }
}
