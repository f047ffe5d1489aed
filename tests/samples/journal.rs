//! What a journal holds leads back to what was on screen, whatever was done.
//!
//! 150 sessions; `PROPTEST_CASES` asks for more.

use crate::corpus::corpus;
use crate::random::{Session, Step, bare, steps};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use retake::app::flows::difference::{carried_over, edits_between};
use retake::cost::Budget;
use retake::cost::budget::edit::Edit;
use retake::runtime::edits::{read, replay, written};

fn applied(budget: &Budget, edits: &[Edit]) -> Budget {
    let mut budget = budget.clone();
    for edit in edits {
        edit.apply(&mut budget);
    }
    budget
}

#[test]
fn the_journal_of_any_session_replays_to_its_last_state() {
    let cases = corpus();
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let config = Config {
        cases: asked.unwrap_or(150),
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(15),
        ..Config::default()
    };
    let strategy = (0..cases.len(), steps());
    let run = TestRunner::new(config).run(&strategy, |(case, steps)| {
        let mut session = Session::open(&cases[case]);
        let (mut base, mut lines) = (session.base.clone(), Vec::new());
        for step in &steps {
            session.go(step);
            for edits in session.state.history.take_log() {
                let line = written(&edits);
                prop_assert_eq!(read(&line), Some(edits), "{}", line);
                lines.push(line);
            }
            if matches!(step, Step::Save) && !session.state.is_dirty() {
                (base, lines) = (session.base.clone(), Vec::new());
            }
        }
        let now = &session.state.budget;
        let mut replayed = base.clone();
        prop_assert!(replay(&mut replayed, &lines));
        prop_assert_eq!(bare(&replayed), bare(now));
        // The difference alone, which a shortened journal holds and the offer shows, leads to the same.
        prop_assert_eq!(&applied(&base, &edits_between(&base, &replayed)), &replayed);
        prop_assert_eq!(&applied(&replayed, &edits_between(&replayed, &base)), &base);
        // On the file as it was, everything fits.
        let (merged, left) = carried_over(&base, &replayed, &base);
        prop_assert!(left.is_empty(), "{:?}", left);
        prop_assert_eq!(merged, replayed);
        Ok(())
    });
    if let Err(error) = run {
        panic!("{error}");
    }
}

#[test]
fn what_is_no_step_is_none_and_nothing_behind_it_counts() {
    for text in ["", "[", "{}", "[[]]", "[[\"knob\"]]", "[[\"knob\",null,\"finals\",null,{\"count\":-1}]]"] {
        assert_eq!(read(text), None, "{text}");
    }
    for value in ["{\"ratio\":[0,1]}", "{\"count\":1,\"word\":\"x\"}", "{\"percent\":\"x\"}", "{\"cap\":[\"1\"]}"] {
        assert_eq!(read(&format!("[[\"knob\",null,\"finals\",null,{value}]]")), None, "{value}");
    }
    let good = "[[\"name\",null,null,\"A\"]]".to_owned();
    let mut budget = Budget::default();
    assert!(!replay(&mut budget, &[good.clone(), "?".to_owned(), good.replace('A', "B")]));
    assert_eq!(budget.name.as_deref(), Some("A"));
}
