//! How sure the total is, on a thread of its own where that takes longer than a frame.
//!
//! A frame that has to do without it shows so, and the thread begins after that frame: keys are never kept waiting. A newer edit
//! ends it. Keys that come at once are one frame, and so one computation.

use super::worker::{Stopped, Worker};
use crate::app::State;
use crate::app::model::outcome::Outcome;

/// The computation that is running, if one is.
#[derive(Default)]
pub(super) struct RiskWorker {
    worker: Worker,
    /// The change that the last one was started for.
    change: Option<u64>,
}

impl RiskWorker {
    /// After a frame: starts what it did without, and ends what nobody waits for any more.
    pub(super) fn follow(&mut self, state: &State, wake: impl Fn() + Send + 'static) -> Option<Outcome> {
        let change = state.project.awaited_change();
        if change == self.change {
            return None;
        }
        self.change = change;
        let Some(awaited) = state.project.awaited_risk(&state.session) else {
            self.worker.go_on_while(false);
            return None;
        };
        let change = awaited.change;
        self.worker.begin(
            Box::new(move |telling| {
                let answer = awaited.compute(telling.unwanted()).ok_or(Stopped)?;
                Ok(Outcome::HowSure { change, answer })
            }),
            wake,
        )
    }

    /// The distribution, once it is there.
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
    use crate::cost::budget::edit::{Edit, Scope};
    use crate::cost::{Budget, Knob, Setting, Value};
    use crate::project::open::read_text;
    use std::path::Path;
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
        assert_eq!(worker.change, None, "no frame has asked for it");
        assert!(matches!(state.how_sure(), HowSure::Awaited));
        worker.follow(&state, move || _ = wake.send(()));
        let first = worker.change.unwrap();
        worker.follow(&state, || ());
        assert_eq!(worker.change, Some(first), "it is not started again");
        state.carry_out("quality".to_owned(), vec![low_quality()]);
        assert!(matches!(state.how_sure(), HowSure::Awaited));
        worker.follow(&state, move || _ = wake_again.send(()));
        // The first thread ends, whether it was done or not, and what it found reaches nobody.
        while woken.recv().is_ok() {}
        woken_again.recv().unwrap();
        let outcome = worker.news().unwrap();
        assert!(matches!(outcome, Outcome::HowSure { change, .. } if change > first));
        assert!(lifecycle::apply_outcome(&mut state, outcome).is_empty());
        assert!(matches!(state.how_sure(), HowSure::Known(_)));
        worker.follow(&state, || ());
        assert_eq!((worker.change, worker.news()), (None, None));
        assert!(woken_again.recv().is_err(), "nothing wakes any more");
    }
}
