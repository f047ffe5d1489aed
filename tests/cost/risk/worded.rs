//! Chances in words: a row never says more than holds, and no two rows of the table contradict each other.

use super::always::Random;
use crate::support::{budget, catalog, dec, line, settings, today};
use retake::cost::budget::{Cap, NamedRisk, Points, RiskAmount, Setting, Value};
use retake::cost::risk::{PERCENTILES, Risk};
use retake::cost::{Budget, Decimal, Knob, estimate};
use retake::figures::{BufferOf, Coverage, ReachOf, ReachRow, Reached, chance, chance_over, reach_rows};

/// A project as people make them: one to four deliverables, some with a range, a cap, a buffer of their own, named risks.
fn random_project(random: &mut Random) -> Budget {
    let one = |random: &mut Random, at: u64| {
        let most = [3, 40, 200][random.below(3) as usize];
        let finals = (1 + random.below(most)).to_string();
        let retry = ["1", "2", "2.4", "1.5 2 3", "20/45", "4"][random.below(6) as usize];
        let quality = ["low", "high"][random.below(2) as usize];
        let buffer = random.below(60).to_string();
        let mut knobs = vec![(Knob::Finals, finals.as_str()), (Knob::Retry, retry), (Knob::Quality, quality)];
        if random.below(2) == 0 {
            knobs.push((Knob::Buffer, buffer.as_str()));
        }
        line(&format!("d{at}"), &knobs)
    };
    let count = 1 + random.below(4);
    let mut project = budget((0..count).map(|at| one(random, at)).collect());
    project.assumptions = settings(&[(Knob::Buffer, &random.below(60).to_string())]);
    for at in 0..random.below(3) {
        let amount = Decimal::new(1 + i64::try_from(random.below(3000)).unwrap(), 2);
        let amount = RiskAmount { points: Points::One(amount), currency: None };
        let chance = Some(Decimal::from(random.below(101)));
        let risk = NamedRisk { chance, amount: Some(amount), ..NamedRisk::default() };
        project.risks.insert(format!("r{at}"), risk);
    }
    let total = estimate(&project, catalog(), today()).totals.total.unwrap();
    let cap = (total * Decimal::new(50 + i64::try_from(random.below(120)).unwrap(), 2)).round_dp(2);
    project.assumptions.put(Knob::Cap, Some(Setting::Value(Value::Cap(Cap { amount: cap, currency: None }))));
    project
}

/// The number at the start of a text: the `79` of `79 of 100`, the 31 of `31 %`.
fn number(text: &str) -> Option<u32> {
    let digits: String = text.replace(',', "").chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn percent_told(row: &ReachRow) -> u32 {
    if let ReachOf::Percentile(percent) = row.of {
        return percent.into();
    }
    match row.share.as_str() {
        "fewer than 1 of 100" => 0,
        "more than 99 of 100" => 99,
        text => number(text).unwrap_or_else(|| panic!("{row:?}")),
    }
}

#[test]
fn no_row_of_the_table_contradicts_another() {
    let mut random = Random(32);
    for case in 0..150 {
        let project = random_project(&mut random);
        let estimated = estimate(&project, catalog(), today());
        let risk = Risk::of(&project, &estimated, catalog()).unwrap();
        let rows = reach_rows(&project, &estimated, &risk);
        let told: Vec<_> = rows.iter().map(|row| (&row.name, &row.share, row.usd, &row.buffer)).collect();
        for pair in rows.windows(2) {
            assert!(percent_told(&pair[0]) <= percent_told(&pair[1]), "case {case}: {told:#?}");
            let buffers = [&pair[0], &pair[1]].map(|row| number(&row.buffer).unwrap_or(0));
            assert!(buffers[0] <= buffers[1], "case {case}: {told:#?}");
        }
        for percent in PERCENTILES {
            let least = risk.percentile(percent);
            let below = |row: &&ReachRow| row.usd.is_some_and(|usd| usd < least - dec("0.000002"));
            for row in rows.iter().filter(below) {
                assert!(percent_told(row) < u32::from(percent), "case {case}: {row:?} is below P{percent}: {told:#?}");
            }
        }
        let total = rows.iter().find(|row| row.of == ReachOf::Total).unwrap();
        match Coverage::of(&estimated, &risk, BufferOf::All).map(|coverage| coverage.reached) {
            Some(Reached::Percentile(percent)) => assert_eq!(u32::from(percent), percent_told(total), "{told:#?}"),
            Some(Reached::All) => assert_eq!(total.share, "100 of 100"),
            Some(Reached::None) => assert_eq!(percent_told(total), 0),
            Some(Reached::AtLeast(_)) | None => {}
        }
    }
}

/// What holds is never rounded up, and what is over is the rest of a hundred.
#[test]
fn a_chance_is_rounded_down_and_its_opposite_is_the_rest() {
    let project = budget(vec![line("a", &[(Knob::Finals, "24"), (Knob::Retry, "2")])]);
    let risk = Risk::of(&project, &estimate(&project, catalog(), today()), catalog()).unwrap();
    for (within, told, over) in [
        ("0", "0 of 100", "100 of 100"),
        ("0.004", "fewer than 1 of 100", "more than 99 of 100"),
        ("0.0149", "1 of 100", "99 of 100"),
        ("0.7999", "79 of 100", "21 of 100"),
        ("0.8", "80 of 100", "20 of 100"),
        ("0.897491", "89 of 100", "11 of 100"),
        ("0.99", "99 of 100", "1 of 100"),
        ("0.996", "more than 99 of 100", "fewer than 1 of 100"),
        ("1", "100 of 100", "0 of 100"),
    ] {
        assert_eq!(chance(dec(within)), told, "{within}");
        assert_eq!(chance_over(&risk, Decimal::ONE - dec(within)), over, "{within}");
    }
}

/// The buffer that is told for one deliverable alone reaches the percentile when it is set there.
#[test]
fn the_buffer_that_is_told_for_one_deliverable_is_enough_there() {
    let mut random = Random(7);
    let mut tried = 0;
    for case in 0..60 {
        let project = random_project(&mut random);
        let at = usize::try_from(random.below(project.lines.len() as u64)).unwrap();
        let estimated = estimate(&project, catalog(), today());
        let risk = Risk::of(&project, &estimated, catalog()).unwrap();
        let Some(coverage) = Coverage::of(&estimated, &risk, BufferOf::Line(at)) else { continue };
        let Some((name, buffer)) = coverage.next else { continue };
        let Some(percent) = number(&buffer).filter(|percent| *percent <= 500) else { continue };
        let wanted: u8 = name[1..].parse().unwrap();
        let mut with = project.clone();
        let typed = settings(&[(Knob::Buffer, &percent.to_string())]);
        with.lines[at].settings.put(Knob::Buffer, typed.get(Knob::Buffer).cloned());
        let total = estimate(&with, catalog(), today()).totals.total.unwrap();
        assert!(total >= risk.percentile(wanted) - dec("0.000002"), "case {case}: {name} {buffer}: {total}");
        tried += 1;
    }
    assert!(tried > 10, "{tried}");
}

/// What a certain risk costs is paid in any case.
#[test]
fn the_least_total_holds_what_is_certain() {
    let mut project = budget(vec![line("a", &[(Knob::Finals, "24"), (Knob::Retry, "2")])]);
    let floor =
        |project: &Budget| Risk::of(project, &estimate(project, catalog(), today()), catalog()).unwrap().floor();
    let plain = floor(&project);
    for (chance, more) in [(100, "5"), (99, "0")] {
        let amount = RiskAmount { points: Points::One(dec("5")), currency: None };
        let risk = NamedRisk { chance: Some(chance.into()), amount: Some(amount), ..NamedRisk::default() };
        project.risks.insert("day".to_owned(), risk);
        assert_eq!(floor(&project) - plain, dec(more), "{chance} %");
    }
}
