//! Eight cards on 10,000 deliverables: what one edit costs, measured by hand with `RETAKE_BILLS_SPEED=1` and `--nocapture`.

use super::support::{bills, built_in, flat, pack};
use crate::support::{budget, catalog, dec, line, settings, today};
use retake::cost::bill::card::{Card, Pricing, Unit};
use retake::cost::bill::{Bills, mix};
use retake::cost::{Budget, Knob, Value};
use std::time::Instant;

fn eight() -> Vec<Card> {
    let mut pixapi = built_in("pixapi");
    pixapi.pay.rate = Some((dec("0.015"), dec("1")));
    let mut packs = flat("2");
    let Pricing::Images { unit, .. } = &mut packs.pricing else { panic!() };
    *unit = Unit::Credits;
    packs.pay = built_in("imagesv2").pay;
    packs.pay.packs.push(pack("17.30", 1337, None));
    let mut internal = flat("1");
    internal.pricing = Pricing::Internal { credit_usd: dec("0.10"), margin_percent: dec("15") };
    internal.round_calls = true;
    let others = ["laozhang-vip", "muapi", "chatgpt-credits", "fal", "evolink"].map(built_in);
    others.into_iter().chain([pixapi, packs, internal]).collect()
}

fn project(lines: usize) -> Budget {
    let sizes = ["1024x1024", "1024x1280", "2048x1152", "2880x2880"];
    let knobs = |at: usize| {
        [
            (Knob::Size, sizes[at % 4]),
            (Knob::Quality, ["low", "medium", "high"][at % 3]),
            (Knob::Finals, "24"),
            (Knob::Drafts, "4"),
        ]
    };
    let kinds: Vec<_> = (0..12).map(|at| settings(&knobs(at))).collect();
    let one = |at: usize| retake::cost::Line {
        key: format!("line-{at}"),
        settings: kinds[at % 12].clone(),
        ..line("x", &[])
    };
    budget((0..lines).map(one).collect())
}

#[test]
#[allow(clippy::print_stderr)]
fn one_edit_touches_its_own_line() {
    let by_hand = std::env::var_os("RETAKE_BILLS_SPEED").is_some();
    let mut budget = project(if by_hand { 10_000 } else { 60 });
    let (mut bills, mut estimate) = {
        let start = Instant::now();
        let made = bills(eight(), 2, &budget);
        eprintln!("estimate and all bills: {:?}", start.elapsed());
        made
    };
    let start = Instant::now();
    let _ = Bills::new(eight().into_iter().map(std::sync::Arc::new), 2, &budget, &estimate, catalog());
    eprintln!("all bills: {:?}", start.elapsed());
    let mut taken = Vec::new();
    for finals in 1..50 {
        budget.lines[7].settings.put(Knob::Finals, Some(retake::cost::budget::Setting::Value(Value::Count(finals))));
        estimate.refresh_line(7, &budget, catalog(), today());
        let start = Instant::now();
        bills.refresh_line(7, &budget, &estimate, catalog());
        let _ = mix::best(&bills);
        taken.push(start.elapsed());
    }
    taken.sort();
    eprintln!("one edit, eight cards: median {:?}, longest {:?}", taken[24], taken[48]);
    let anew = Bills::new(eight().into_iter().map(std::sync::Arc::new), 2, &budget, &estimate, catalog());
    for (now, anew) in bills.cards.iter().zip(&anew.cards) {
        assert_eq!(now.bill, anew.bill);
    }
    // What another line's bill holds was not touched: the same value, not an equal one, cannot be seen from outside; but a line
    // whose estimate is out of date shows that it was not asked again.
    let before = bills.line(0, 3, &estimate);
    budget.lines[3].settings.put(Knob::Finals, Some(retake::cost::budget::Setting::Value(Value::Count(99))));
    let all = retake::cost::estimate(&budget, catalog(), today());
    bills.refresh_line(7, &budget, &all, catalog());
    assert_eq!(bills.line(0, 3, &estimate), before);
}
