//! Moves and goals that keep what they do not change: the shape of a size, what a model offers, and which value becomes which.

use super::goals::limit;
use crate::support::{budget, catalog, computed, dec, line, px, settings};
use retake::cost::base::size::Size;
use retake::cost::budget::knob_text::{self, step};
use retake::cost::budget::{SizeChoice, Value};
use retake::cost::estimate::trial::Trials;
use retake::cost::levers::goal::{Goal, Target, goals};
use retake::cost::levers::measure::ExactTotal;
use retake::cost::levers::moves::{Extent, Move, all};
use retake::cost::levers::table::Reach;
use retake::cost::{Budget, Knob};

/// The size that one step makes of another, in pixels.
fn stepped(of: &Budget, by: i32) -> Option<Size> {
    let before = of.resolve(of.lines.first().map(|line| &**line), catalog()).unwrap();
    let value = step(Knob::Size, &before, None, catalog(), by)?;
    let mut after = of.clone();
    after.lines[0].settings = after.lines[0].settings.clone().with(Knob::Size, value);
    let after = after.resolve(after.lines.first().map(|line| &**line), catalog()).unwrap();
    after.exact_size(after.size.value)
}

#[test]
fn a_step_of_a_size_keeps_its_shape() {
    let shapes = [
        // The pixels alone say the shape.
        ("1600x1280", Some("2000x1600"), Some("1280x1024")),
        ("1024x1280", Some("1600x2000"), Some("1024x1280")),
        ("2000x1600", Some("3200x2560"), Some("1280x1024")),
        ("1024x1024", Some("2048x2048"), Some("1024x1024")),
    ];
    for (size, up, down) in shapes {
        let of = budget(vec![line("a", &[(Knob::Size, size), (Knob::Finals, "1")])]);
        let [up, down] = [up, down].map(|size| size.map(px));
        assert_eq!(stepped(&of, 1), up, "{size}");
        assert_eq!(stepped(&of, -1), down, "{size}");
    }
    // A banner of three to one has no listed sizes: the nearest of its shape, never a square.
    let banner = budget(vec![line("a", &[(Knob::Size, "1920x640"), (Knob::Finals, "1")])]);
    let up = stepped(&banner, 1).unwrap();
    assert!(up.w.abs_diff(up.h * 3) * 100 <= up.w && up.pixels() > px("1920x640").pixels(), "{up}");
}

#[test]
fn a_class_stays_a_class_where_a_ratio_says_the_shape() {
    let of = |assumed: &[(Knob, &str)], own: &[(Knob, &str)]| {
        let of = Budget { assumptions: settings(assumed), ..budget(vec![line("a", own)]) };
        let line = of.resolve(of.lines.first().map(|line| &**line), catalog()).unwrap();
        knob_text::write(&step(Knob::Size, &line, None, catalog(), 1).unwrap())
    };
    assert_eq!(of(&[], &[(Knob::Ratio, "4:5"), (Knob::Size, "1024x1280")]), "2k");
    assert_eq!(of(&[(Knob::Ratio, "4:5")], &[(Knob::Size, "1024x1280")]), "2k");
    assert_eq!(of(&[(Knob::Ratio, "16:9")], &[(Knob::Size, "1024x1280")]), "1600x2000");
    assert_eq!(of(&[], &[(Knob::Ratio, "4:5")]), "2k");
    assert_eq!(of(&[], &[(Knob::Size, "1024x1024")]), "2k", "without a ratio a class is a square");
}

fn moves(of: &Budget) -> Vec<Move> {
    let estimate = computed(of);
    all(&Trials::new(of, catalog(), &estimate), None, Reach::Near, &|| true).unwrap()
}

fn text(values: &[Value]) -> Vec<String> {
    values.iter().map(knob_text::write).collect()
}

#[test]
fn every_size_lever_keeps_the_shape_of_each_deliverable() {
    let lines =
        ["1024x1280", "1600x1280", "1920x640"].map(|size| line(size, &[(Knob::Size, size), (Knob::Finals, "5")]));
    let of = budget(lines.to_vec());
    let mut seen = 0;
    for one in moves(&of).iter().filter(|one| one.knob == Knob::Size) {
        for edit in one.edits(&of) {
            let mut after = of.clone();
            edit.apply(&mut after);
            for (before, after) in computed(&of).lines.iter().zip(&computed(&after).lines) {
                let ratio = |line: &retake::cost::estimate::line::LineEstimate| {
                    line.deliverable.exact_size(line.deliverable.size.value).unwrap()
                };
                let (before, after) = (ratio(before), ratio(after));
                assert!(before.ratio().fits(after), "{before} becomes {after}");
                seen += 1;
            }
        }
    }
    assert!(seen > 10, "{seen}");
}

fn all_at_one(of: &Budget, cap: &str) -> Vec<Goal> {
    let estimate = computed(of);
    let trials = Trials::new(of, catalog(), &estimate);
    let target = Target { trials: &trials, limit: limit(of, dec(cap), false), measure: &ExactTotal };
    goals(target, None, &|| true).unwrap().into_iter().filter(|goal| goal.deliverable.is_none()).collect()
}

fn best(of: &Budget, cap: &str, knob: Knob) -> Option<String> {
    let goals = all_at_one(of, cap);
    let goal = goals.iter().find(|goal| goal.knob == knob).unwrap();
    goal.best.as_ref().ok().map(knob_text::write)
}

#[test]
fn one_class_for_all_is_in_the_shape_of_each_and_not_experimental() {
    let sized =
        |sizes: [&str; 2]| budget(sizes.map(|size| line(size, &[(Knob::Size, size), (Knob::Finals, "10")])).to_vec());
    let of = sized(["1024x1280", "1600x1280"]);
    let goal = all_at_one(&of, "1000").into_iter().find(|goal| goal.knob == Knob::Size).unwrap();
    assert_eq!(goal.best.as_ref().map(knob_text::write).unwrap(), "2k");
    let pixels: Vec<String> = goal.sets.iter().filter_map(|(_, value)| value.as_ref().map(knob_text::write)).collect();
    assert_eq!(pixels, ["1600x2000", "2000x1600"]);
    let after = goal.edits(&of).iter().fold(of.clone(), |mut after, edit| {
        edit.apply(&mut after);
        after
    });
    assert_eq!(computed(&after).totals.total, goal.amount);
    // 2048x2048 has more pixels than 2560x1440, above which sizes are called experimental.
    assert_eq!(best(&sized(["1920x1920", "1920x1920"]), "1000", Knob::Size).as_deref(), Some("1k"));
    assert_eq!(best(&sized(["1024x1024", "1024x1024"]), "1000", Knob::Size).as_deref(), Some("1k"));
    assert_eq!(best(&sized(["2048x2048", "2048x2048"]), "1000", Knob::Size).as_deref(), Some("2k"), "as large as now");
}

#[test]
fn one_value_for_all_is_offered_by_every_model_in_use() {
    let with = |first: &[(Knob, &str)], second: &[(Knob, &str)]| budget(vec![line("a", first), line("b", second)]);
    let none = [(Knob::Finals, "0")];
    let flare = [(Knob::Finals, "10"), (Knob::Model, "gpt-image-2.5-flare")];
    assert_eq!(best(&with(&none, &none), "10", Knob::Quality).as_deref(), Some("high"));
    for of in [with(&none, &flare), with(&flare, &none)] {
        let best = best(&of, "1000", Knob::Quality).unwrap();
        let offered = |line: &retake::cost::estimate::line::LineEstimate| {
            line.deliverable.model.value.qualities.iter().any(|quality| quality.name() == best)
        };
        assert!(computed(&of).lines.iter().all(offered), "{best}");
    }
}

#[test]
fn drafts_are_taken_away_or_added_and_never_both() {
    let some = [(Knob::Finals, "10"), (Knob::Drafts, "10")];
    let of = budget(vec![
        line("a", &some),
        line("b", &some),
        line("c", &[(Knob::Finals, "1")]),
        line("d", &[(Knob::Finals, "2")]),
    ]);
    let wide: Vec<Move> =
        moves(&of).into_iter().filter(|one| one.knob == Knob::Drafts && one.extent == Extent::Project).collect();
    let rows: Vec<_> = wide.iter().map(|one| (text(&one.from), text(&one.to), one.deliverables.clone())).collect();
    let row = |from: &str, to: &str, whose: &[usize]| (vec![from.to_owned()], vec![to.to_owned()], whose.to_vec());
    assert!(rows.contains(&row("10", "0", &[0, 1])) && rows.contains(&row("0", "1", &[2, 3])), "{rows:?}");
    assert_eq!(rows.len(), 2, "{rows:?}");
}

#[test]
fn values_before_and_after_stand_at_the_same_places() {
    let of = budget(vec![
        line("a", &[(Knob::Size, "1024x1280"), (Knob::Finals, "1")]),
        line("b", &[(Knob::Ratio, "4:5"), (Knob::Finals, "1")]),
        line("c", &[(Knob::Ratio, "3:2"), (Knob::Finals, "1")]),
    ]);
    for one in moves(&of) {
        assert_eq!(one.from.len(), one.to.len(), "{one:?}");
    }
    let is_cheapest =
        |one: &&Move| one.knob == Knob::Size && one.to.contains(&Value::Size(SizeChoice::Exact(px("1008x672"))));
    let moves = moves(&of);
    let cheapest = moves.iter().find(|one| is_cheapest(one) && one.extent == Extent::Project).unwrap();
    let pairs: Vec<_> = text(&cheapest.from).into_iter().zip(text(&cheapest.to)).collect();
    let pair = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    assert_eq!(pairs, [pair("1024x1280", "768x960"), pair("1k", "768x960"), pair("1k", "1008x672")]);
}

#[test]
fn a_share_of_all_is_one_try_already() {
    let of = budget(vec![
        line("a", &[(Knob::Retry, "100%"), (Knob::Finals, "10")]),
        line("b", &[(Knob::Retry, "3"), (Knob::Finals, "10")]),
    ]);
    let down = |one: &Move| one.knob == Knob::Retry && one.swing.is_some_and(|swing| swing.is_sign_negative());
    let rows: Vec<Vec<usize>> = moves(&of).into_iter().filter(down).map(|one| one.deliverables).collect();
    assert_eq!(rows, [vec![1]], "only b has tries to spare");
}
