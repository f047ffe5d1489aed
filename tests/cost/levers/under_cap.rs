//! Ways under a cap: single moves, and pairs where no single one gets there.

use super::goals::limit;
use super::random::{project, with};
use crate::support::{catalog, computed, dec, one_in};
use proptest::prelude::*;
use retake::cost::base::wide::difference;
use retake::cost::estimate::Limit;
use retake::cost::estimate::trial::Trials;
use retake::cost::levers::goal::Target;
use retake::cost::levers::measure::ExactTotal;
use retake::cost::levers::moves::{Move, all};
use retake::cost::levers::pairs::PAIRS_LISTED;
use retake::cost::levers::table::Reach;
use retake::cost::levers::under_cap::ways;
use retake::cost::{Budget, Decimal, Knob};
use std::collections::BTreeSet;

/// What a pair asks for: its levers, how many deliverables it changes, how long its steps are, and the swing.
type Asks = ([Knob; 2], usize, u32, Decimal);

fn asks(a: &Move, b: &Move, swing: Decimal) -> Asks {
    let both: BTreeSet<usize> = a.deliverables.iter().chain(&b.deliverables).copied().collect();
    ([a.knob.min(b.knob), a.knob.max(b.knob)], both.len(), a.length + b.length, swing)
}

fn as_good(a: &Asks, b: &Asks) -> bool {
    a.0 == b.0 && a.1 <= b.1 && a.2 <= b.2 && a.3 <= b.3
}

/// Every pair of moves that gets there, each by a full estimate.
fn every_pair(of: &Budget, moves: &[Move], limit: &Limit<'_>, before: Decimal) -> Vec<Asks> {
    let mut found = Vec::new();
    for (at, a) in moves.iter().enumerate() {
        for b in moves.iter().skip(at + 1).filter(|b| !b.collides_with(a)) {
            let (_, full) = with(of, &[a.edits(of), b.edits(of)].concat());
            if let Some(total) = full.totals.total.filter(|usd| limit.admits(*usd) == Some(true)) {
                found.push(asks(a, b, difference(total, before).unwrap()));
            }
        }
    }
    found
}

proptest! {
    #![proptest_config(one_in(16))]

    #[test]
    fn ways_get_there_and_none_is_forgotten(of in project(), share in 1_u32..99) {
        let now = computed(&of);
        let Some(total) = now.totals.total.filter(|total| !total.is_zero()) else { return Ok(()) };
        let cap = (of.shown.from_usd(total).unwrap() * Decimal::new(i64::from(share), 2)).max(dec("0.000000001"));
        let limit = limit(&of, cap, false);
        let trials = Trials::new(&of, catalog(), &now);
        let target = Target { trials: &trials, limit, measure: &ExactTotal };
        let found = ways(target, None, &|| true).unwrap();
        prop_assert_eq!(found.fits, Some(false));
        let mut moves = all(&trials, None, Reach::Far, &|| true).unwrap();
        moves.retain(|one| one.saving() > Decimal::ZERO);
        let alone = moves.iter().filter(|one| one.total.is_some_and(|usd| limit.admits(usd) == Some(true)));
        prop_assert_eq!(alone.count(), found.single.len());
        prop_assert!(found.single.is_sorted_by_key(|one| one.swing));
        if !found.single.is_empty() {
            prop_assert_eq!(found.pairs.len(), 0);
            return Ok(());
        }
        let possible = every_pair(&of, &moves, &limit, total);
        prop_assert_eq!(found.pairs.is_empty(), possible.is_empty());
        prop_assert!(found.pairs.len() <= PAIRS_LISTED && found.pairs.is_sorted_by_key(|pair| pair.swing));
        let listed: Vec<Asks> = found.pairs.iter().map(|pair| asks(&pair.moves[0], &pair.moves[1], pair.swing)).collect();
        for (pair, own) in found.pairs.iter().zip(&listed) {
            let edits = [pair.moves[0].edits(&of), pair.moves[1].edits(&of)].concat();
            let full = with(&of, &edits).1.totals.total;
            prop_assert_eq!(full, pair.total);
            prop_assert_eq!(full.map(|after| difference(after, total).unwrap()), Some(pair.swing));
            prop_assert!(possible.contains(own), "{:?}", own);
            prop_assert!(!possible.iter().any(|other| as_good(other, own) && other != own), "{:?} is dominated", own);
        }
        if listed.len() < PAIRS_LISTED {
            for other in &possible {
                prop_assert!(listed.iter().any(|own| as_good(own, other)), "{:?} is forgotten", other);
            }
        }
    }
}

#[test]
fn what_fits_needs_no_way() {
    let of = crate::support::budget(vec![crate::support::line("one", &[(Knob::Finals, "5")])]);
    let now = computed(&of);
    let trials = Trials::new(&of, catalog(), &now);
    let target = Target { trials: &trials, limit: limit(&of, dec("100"), false), measure: &ExactTotal };
    let found = ways(target, None, &|| true).unwrap();
    assert_eq!((found.fits, found.single.len(), found.pairs.len()), (Some(true), 0, 0));
    let target = Target { limit: limit(&of, dec("0.01"), false), ..target };
    assert_eq!(ways(target, None, &|| false), None, "stopped");
}
