//! The list of levers: what is in it, in which order, and with which swing.

use super::random::{priced, project, with};
use crate::support::{budget, catalog, computed, dec, hero, line, one_in, settings};
use proptest::prelude::*;
use retake::cost::base::wide::difference;
use retake::cost::budget::knob_text;
use retake::cost::estimate::trial::Trials;
use retake::cost::levers::measure::ExactTotal;
use retake::cost::levers::moves::{Extent, Move, all, first_three};
use retake::cost::levers::table::{Reach, TABLE};
use retake::cost::{Budget, Decimal, Knob};

fn listed(of: &Budget, reach: Reach) -> Vec<Move> {
    let estimate = computed(of);
    all(&Trials::new(of, catalog(), &estimate), None, reach, &|| true).unwrap()
}

fn text(values: &[retake::cost::Value]) -> String {
    values.iter().map(knob_text::write).collect::<Vec<_>>().join(" | ")
}

/// `finals one 24>23`.
fn named(one: &Move) -> String {
    let extent = match one.extent {
        Extent::One(index) => format!("{index}"),
        Extent::Shared => "shared".to_owned(),
        Extent::Project => "project".to_owned(),
    };
    format!("{} {extent} {}>{}", one.knob.row().name, text(&one.from), text(&one.to))
}

#[test]
fn every_lever_moves_as_its_row_says() {
    let moves = listed(&hero(), Reach::Near);
    let names: Vec<String> = moves.iter().map(named).collect();
    for wanted in [
        "size 0 1024x1280>1600x2000",
        "size 0 1024x1280>768x960",
        "quality 0 high>medium",
        "model 0 gpt-image-2>gpt-image-2.5-flare",
        "service_tier 0 standard>batch",
        "references 0 1024x1024>none",
        "references 0 1024x1024>1024x1024, 1024x1024",
        "prompt_tokens 0 180>90",
        "cached_input 0 0%>25%",
        "finals 0 24>23",
        "finals 0 24>25",
        "explore.drafts_per_final 0 0>1",
        "retry 0 2>1.5",
        "retry 0 2>2.5",
        "images_per_call 0 1>2",
        "buffer 0 20%>15%",
        "buffer 0 20%>25%",
    ] {
        assert!(names.iter().any(|name| name == wanted), "{wanted} is missing:\n{}", names.join("\n"));
    }
    // One image a call: it does not matter how many of it are kept.
    assert!(!names.iter().any(|name| name.starts_with("pick")), "{names:?}");
    let several = settings(&[(Knob::ImagesPerCall, "4")]);
    let pick = listed(&Budget { assumptions: several, ..hero() }, Reach::Near);
    assert!(pick.iter().map(named).any(|name| name == "pick 0 one>many"));
    let of = |knob: Knob| moves.iter().any(|one| one.knob == knob) || knob == Knob::Pick;
    assert!(TABLE.iter().all(|lever| of(lever.knob)));
}

/// Python: 47/48 of 11.0990592 is 24 finals less one; 2 tries less 0.5 are three quarters; 15 % in place of 20 % on 9.249216.
#[test]
fn a_swing_is_the_figure_that_was_computed_apart() {
    let moves = listed(&hero(), Reach::Near);
    let swing = |name: &str| moves.iter().find(|one| named(one) == name).map(|one| (one.total, one.swing)).unwrap();
    let after = |total: &str| (Some(dec(total)), Some(dec(total) - dec("11.0990592")));
    assert_eq!(swing("finals 0 24>23"), after("10.6365984"));
    assert_eq!(swing("retry 0 2>1.5"), after("8.3242944"));
    assert_eq!(swing("buffer 0 20%>15%"), after("10.6365984"));
    // 48 reference images of 1,024 tokens at $8 a million, with the buffer.
    assert_eq!(swing("references 0 1024x1024>none"), after("10.6272"));
}

#[test]
fn what_is_shared_is_moved_for_all_that_share_it() {
    let finals = |key: &str| line(key, &[(Knob::Finals, "10"), (Knob::Ratio, "4:5")]);
    let own = line("own", &[(Knob::Finals, "10"), (Knob::Quality, "low")]);
    let mut of = budget(vec![finals("a"), finals("b"), own]);
    of.assumptions = settings(&[(Knob::Quality, "high"), (Knob::Retry, "2")]);
    let moves = listed(&of, Reach::Near);
    let quality = |extent: Extent| moves.iter().filter(move |one| one.knob == Knob::Quality && one.extent == extent);
    let shared: Vec<String> = quality(Extent::Shared).map(named).collect();
    assert_eq!(shared, ["quality shared high>medium"]);
    assert!(quality(Extent::Shared).all(|one| one.deliverables == [0, 1] && one.sets.len() == 1));
    // Each from its own value; the lowest quality goes up as the others come down, so only what moves is counted.
    let project: Vec<String> = quality(Extent::Project).map(named).collect();
    assert_eq!(project, Vec::<String>::new(), "down: the same two; up: one alone");
    let retry: Vec<_> = moves.iter().filter(|one| one.knob == Knob::Retry && one.extent == Extent::Project).collect();
    assert!(retry.is_empty(), "all share it, so the project's move would be the same: {retry:?}");
    let finals = moves.iter().filter(|one| one.knob == Knob::Finals && one.extent == Extent::Project);
    assert_eq!(finals.map(|one| one.deliverables.len()).collect::<Vec<_>>(), [3, 3]);
}

/// A price that is not published is marked, and what cannot be had at all is absent.
#[test]
fn an_unknown_price_is_no_swing() {
    let up = budget(vec![line(
        "one",
        &[(Knob::Finals, "5"), (Knob::Model, "gpt-image-2.6-flare"), (Knob::Size, "1536x1024"), (Knob::Quality, "low")],
    )]);
    let moves = listed(&up, Reach::Near);
    let medium = moves.iter().find(|one| named(one) == "quality 0 low>medium").unwrap();
    assert_eq!((medium.total, medium.swing), (None, None));
    let known = moves.iter().position(|one| one.swing.is_none()).unwrap();
    assert!(moves[known..].iter().all(|one| one.swing.is_none()), "unknown ones come last");
    // A size that only another model draws is no move.
    let wide = budget(vec![line("one", &[(Knob::Finals, "5"), (Knob::Size, "2k")])]);
    assert!(!listed(&wide, Reach::Near).iter().any(|one| named(one).ends_with(">gpt-image-1.5")));
    // Without a price there is nothing to move, but the other deliverables are still compared.
    let auto = line("auto", &[(Knob::Finals, "5"), (Knob::Quality, "auto")]);
    let two = Budget { lines: [hero().lines, vec![auto.into()]].concat(), ..hero() };
    let moves = listed(&two, Reach::Near);
    assert!(
        moves.iter().all(|one| one.total.is_none() && !one.deliverables.contains(&1) || one.extent == Extent::Shared)
    );
    let finals = moves.iter().find(|one| named(one) == "finals 0 24>23").unwrap();
    assert_eq!(finals.swing, Some(dec("-0.4624608")));
}

#[test]
fn long_work_stops_when_it_is_told() {
    let of = hero();
    let estimate = computed(&of);
    assert_eq!(all(&Trials::new(&of, catalog(), &estimate), None, Reach::Far, &|| false), None);
}

proptest! {
    #![proptest_config(one_in(4))]

    /// Every row is what a full estimate says once its edits are made, and undo restores the project.
    #[test]
    fn each_row_is_what_a_full_estimate_says(of in project(), far in any::<bool>()) {
        let now = computed(&of);
        let trials = Trials::new(&of, catalog(), &now);
        let before = priced(&of, &now.lines);
        prop_assert_eq!(trials.before().total, before);
        let moves = all(&trials, None, if far { Reach::Far } else { Reach::Near }, &|| true).unwrap();
        let mut last: Option<Decimal> = None;
        for one in &moves {
            let edits = one.edits(&of);
            let (mut edited, full) = with(&of, &edits);
            if let Some(swing) = one.swing {
                prop_assert!(!swing.is_zero(), "{}", named(one));
                prop_assert!(last.is_none_or(|last| last >= swing.abs()), "{}", named(one));
                last = Some(swing.abs());
                prop_assert_eq!(full.totals.approximate && trials.is_whole(), one.approximate && trials.is_whole());
            }
            if trials.is_whole() {
                prop_assert_eq!((full.totals.total, full.totals.total.map(|total| difference(total, before.unwrap()).unwrap())), (one.total, one.swing), "{}", named(one));
            } else {
                prop_assert_eq!(one.total, None);
            }
            edits.iter().rev().for_each(|edit| _ = edit.clone().reversed().apply(&mut edited));
            prop_assert_eq!(&edited, &of);
        }
    }

    /// The first three together are computed together, from moves of different levers.
    #[test]
    fn the_first_three_are_computed_together(of in project()) {
        let now = computed(&of);
        let trials = Trials::new(&of, catalog(), &now);
        let moves = all(&trials, None, Reach::Near, &|| true).unwrap();
        let Some(three) = first_three(&moves, &trials, &ExactTotal) else { return Ok(()) };
        prop_assert!((2..=3).contains(&three.moves.len()));
        let mut knobs: Vec<Knob> = three.moves.iter().map(|at| moves[*at].knob).collect();
        knobs.sort();
        knobs.dedup();
        prop_assert_eq!(knobs.len(), three.moves.len());
        let edits: Vec<_> = three.moves.iter().flat_map(|at| moves[*at].edits(&of)).collect();
        let (_, full) = with(&of, &edits);
        if trials.is_whole() {
            prop_assert_eq!(full.totals.total, three.total);
            prop_assert_eq!(full.totals.total.map(|total| difference(total, now.totals.total.unwrap()).unwrap()), Some(three.swing));
        }
    }
}
