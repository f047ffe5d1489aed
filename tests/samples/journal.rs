//! A journal leads back to the budget on screen, whatever the edits were.
//!
//! 150 sessions; `PROPTEST_CASES` asks for more.

use crate::corpus::corpus;
use crate::random::{Session, Step, bare, steps};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use retake::app::flows::difference::{carried_over, edits_between};
use retake::cost::base::money::{Currency, Decimal};
use retake::cost::base::retry::{Confidence, Pick, Retry};
use retake::cost::base::size::{Ratio, Size, Tier};
use retake::cost::base::tokens::Quality;
use retake::cost::budget::edit::{Edit, Scope};
use retake::cost::budget::{Cap, Measured, QualityChoice, SizeChoice};
use retake::cost::rates::rate_card::ServiceTier;
use retake::cost::{Budget, Knob, Setting, Value};
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
            for edits in session.state.project.take_log() {
                let line = written(&edits);
                prop_assert_eq!(read(&line), Some(edits), "{}", line);
                lines.push(line);
            }
            if matches!(step, Step::Save) && !session.state.is_dirty() {
                (base, lines) = (session.base.clone(), Vec::new());
            }
        }
        let now = session.state.base();
        let mut replayed = base.clone();
        prop_assert!(replay(&mut replayed, &lines));
        prop_assert_eq!(bare(&replayed), bare(now));
        // The difference alone, as in a shortened journal and in the offer, leads to the same budget.
        prop_assert_eq!(&applied(&base, &edits_between(&base, &replayed)), &replayed);
        prop_assert_eq!(&applied(&replayed, &edits_between(&replayed, &base)), &base);
        // On the original file, everything fits.
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
fn every_kind_of_value_is_read_back_as_it_was_written() {
    let decimal = |text: &str| text.parse::<Decimal>().unwrap();
    let size = |w, h| Size::new(w, h).unwrap();
    let sizes = [SizeChoice::Auto, SizeChoice::Exact(size(1_000_000, 1))];
    let sizes = sizes.into_iter().chain(Tier::ALL.map(SizeChoice::Tier)).map(Value::Size);
    let qualities = Quality::ALL.map(QualityChoice::Exact).into_iter().chain([QualityChoice::Auto]).map(Value::Quality);
    let words = Confidence::WORDS.map(|(_, known)| Some(known));
    let worth = [None, Some(Confidence::Worth(decimal("12.50")))];
    let retries = words.into_iter().chain(worth).flat_map(|confidence| {
        [
            Retry::Factor { factor: decimal("1.10"), confidence },
            Retry::Accepted { percent: decimal("66.7"), confidence },
        ]
    });
    let range = Retry::Range { low: decimal("1"), likely: decimal("1.5"), high: Decimal::MAX };
    let retries = retries.chain([range, Retry::Profile("ours".to_owned())]).map(Value::Retry);
    let amount = decimal("0.0000000000000000000000000001");
    let caps = [None, Currency::parse("JPY")].map(|currency| Value::Cap(Cap { amount, currency }));
    let others = [
        Value::Word("\u{202e}\"\n".to_owned()),
        Value::Service(ServiceTier::Standard),
        Value::Service(ServiceTier::Batch),
        Value::Ratio(Ratio { w: 1_000_000, h: 1 }),
        Value::Count(u64::MAX),
        Value::Percent(decimal("20.0")),
        Value::Pick(Pick::One),
        Value::Pick(Pick::Many),
        Value::Flag(true),
        Value::Measured(Measured::default().into()),
        Value::Measured(
            Measured {
                output: Some(6119),
                reference: Some(0),
                source: Some("\u{202e}\"\n".to_owned()),
                model: Some("gpt-image-2".to_owned()),
                size: Some(SizeChoice::Auto),
                quality: Some(QualityChoice::Auto),
            }
            .into(),
        ),
        Value::Sizes(Vec::new()),
        Value::Sizes(vec![size(1024, 1536), size(1, 1)]),
    ];
    let values = sizes.chain(qualities).chain(retries).chain(caps).chain(others).map(Setting::Value);
    for setting in values.chain([Setting::Unreadable]) {
        let edit = Edit::Knob { scope: Scope::Line(3), knob: Knob::Finals, before: None, after: Some(setting) };
        let line = written(std::slice::from_ref(&edit));
        assert_eq!(read(&line), Some(vec![edit]), "{line}");
    }
}

#[test]
fn what_is_no_step_is_none_and_nothing_behind_it_counts() {
    let good = "[{\"text\":{\"field\":\"project-name\",\"before\":null,\"after\":\"A\"}}]".to_owned();
    let finals = |value: &str| {
        format!("[{{\"knob\":{{\"scope\":\"assumptions\",\"knob\":\"finals\",\"before\":null,\"after\":{value}}}}}]")
    };
    assert!(read(&finals("{\"count\":1}")).is_some());
    let of_another = finals("null").replace("finals", "finale");
    for text in ["", "[", "{}", "[[]]", "[\"whole\"]", "[{\"knob\":{}}]", &format!("{good}{good}"), &of_another] {
        assert_eq!(read(text), None, "{text}");
    }
    for value in [
        "{\"count\":-1}",
        "{\"ratio\":\"0:1\"}",
        "{\"count\":1,\"word\":\"x\"}",
        "{\"percent\":\"x\"}",
        "{\"percent\":1.5}",
        "{\"cap\":{\"amount\":\"1\"}}",
    ] {
        assert_eq!(read(&finals(value)), None, "{value}");
    }
    let mut budget = Budget::default();
    assert!(!replay(&mut budget, &[good.clone(), "?".to_owned(), good.replace("\"A\"", "\"B\"")]));
    assert_eq!(budget.name.as_deref(), Some("A"));
}
