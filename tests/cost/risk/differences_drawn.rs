//! Differences of random projects against draws of both, one final after another.

use super::always::Random;
use super::differences::{Project, difference};
use super::simulated::{chosen, draws, number, tries};
use retake::cost::risk::work::{ExtraFinals, Item, Mode, Profile};
use retake::cost::risk::{Prior, Sharing};

const KEYS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// A project of up to six deliverables that share a factor, or have their own.
fn random_project(random: &mut Random) -> Project {
    let mut project = Project { constant: i64::try_from(random.below(3000)).unwrap(), ..Project::default() };
    let shared = random_prior(random);
    project.profiles.push((Sharing::Project, shared, Vec::new()));
    for key in KEYS.into_iter().take(2 + random.below(5) as usize) {
        let images = 2 + u32::try_from(random.below(3)).unwrap();
        let mode = [Mode::Single, Mode::Single, Mode::Each(images), Mode::Pool(images)][random.below(4) as usize];
        let made = (key, 1 + random.below(20), 200 + i64::try_from(random.below(2000)).unwrap(), mode);
        if random.below(3) == 0 {
            let own = (Sharing::Own(key.to_owned()), random_prior(random), vec![made]);
            project.profiles.push(own);
        } else {
            project.profiles[0].2.push(made);
        }
    }
    if random.below(2) == 0 {
        project.amounts.push(("lost-day", 30, vec![1000, 3000, 9000]));
    }
    project.profiles.retain(|(_, _, items)| !items.is_empty());
    if let Some((_, _, items)) = project.profiles.first().filter(|_| random.below(2) == 0) {
        project.extras.push(("round", 40, items[0].0, vec![1, 2, 4], 30));
    }
    project
}

fn random_prior(random: &mut Random) -> Prior {
    let worth = [4.0, 8.0, 16.0, f64::INFINITY][random.below(4) as usize];
    Prior { retry: 1.0 + random.below(200) as f64 / 100.0, worth }
}

/// The same project with some of its values changed, as a scenario changes them.
fn changed(random: &mut Random, before: &Project) -> Project {
    let mut after = before.clone();
    for (_, prior, items) in &mut after.profiles {
        if random.below(4) == 0 {
            prior.retry += 0.25;
        }
        for (_, finals, unit, mode) in items {
            match random.below(6) {
                0 => *finals += random.below(4),
                1 => *unit += 150,
                2 => *unit -= 120,
                3 => *mode = Mode::Single,
                _ => {}
            }
        }
    }
    if random.below(3) == 0 {
        after.amounts.clear();
    }
    after.extras.iter_mut().for_each(|(_, _, _, finals, _)| finals.iter_mut().for_each(|more| *more += 1));
    after.on_top = (0, i64::try_from(random.below(2)).unwrap());
    after
}

fn calls(mode: Mode, made: f64) -> f64 {
    match mode {
        Mode::Single | Mode::Each(_) => made,
        Mode::Pool(images) => (made / f64::from(images)).ceil(),
    }
}

/// The chance that a try of an item fails.
fn reject(mode: Mode, reject: f64) -> f64 {
    match mode {
        Mode::Each(images) => reject.powi(i32::try_from(images).unwrap()),
        Mode::Single | Mode::Pool(_) => reject,
    }
}

/// What an event brings for both; nothing if it does not come.
fn event(random: &mut Random, both: [Option<&ExtraFinals>; 2]) -> [u64; 2] {
    let Some(one) = both.into_iter().flatten().next().filter(|one| random.unit() < one.chance) else { return [0, 0] };
    let at = chosen(random, &[(one.cases[0].0, 0), (one.cases[1].0, 1), (one.cases[2].0, 2)]);
    both.map(|extra| extra.map_or(0, |extra| extra.cases[at].1))
}

/// A draw of one profile in both projects: the first less the second.
fn of_profile(random: &mut Random, both: [&Profile; 2], on_top: [f64; 2]) -> f64 {
    // Both factors at the same place of their ranges.
    let at = random.unit();
    let rejects = both.map(|profile| 1.0 - 1.0 / profile.prior.quantile(at));
    let mut sum = 0.0;
    for (item, other) in both[0].items.iter().zip(&both[1].items) {
        let extra = |of: &'_ Profile, place: &Item| {
            let place = of.items.iter().position(|own| std::ptr::eq(own, place)).unwrap();
            of.extras.iter().find(|extra| extra.item == place).cloned()
        };
        let extras = [extra(both[0], item), extra(both[1], other)];
        let more = event(random, [extras[0].as_ref(), extras[1].as_ref()]);
        let fee = |side: usize| extras[side].as_ref().map_or(0.0, |extra| number(extra.fee) * more[side] as f64);
        sum += fee(1) * on_top[1] - fee(0) * on_top[0];
        let own = |side: usize| reject([item, other][side].mode, rejects[side]);
        let is_common = item.mode == other.mode && both[0].prior == both[1].prior;
        let mut made = [0.0; 2];
        let parts = match item.mode {
            // What calls leave over serves all their finals.
            Mode::Pool(_) => vec![[item.finals + more[0], other.finals + more[1]]],
            Mode::Single | Mode::Each(_) => vec![[item.finals, other.finals], more],
        };
        for finals in parts {
            let shared = if is_common { finals[0].min(finals[1]) } else { 0 };
            let together = tries(random, shared, own(0));
            for side in 0..2 {
                made[side] += together + tries(random, finals[side] - shared, own(side));
            }
        }
        let paid = |side: usize| {
            let item = [item, other][side];
            number(item.unit) * calls(item.mode, made[side]) * on_top[side]
        };
        sum += paid(1) - paid(0);
    }
    sum
}

fn drawn(random: &mut Random, [before, after]: [&Project; 2]) -> f64 {
    let works = [before.work(), after.work()];
    let on_top = [before, after].map(|project| 1.0 + project.on_top.1 as f64 / 100.0);
    let mut sum = number(works[1].constant) * on_top[1] - number(works[0].constant) * on_top[0];
    for (one, other) in works[0].profiles.iter().zip(&works[1].profiles) {
        sum += of_profile(random, [one, other], on_top);
    }
    if let Some(amount) = works[0].amounts.first()
        && random.unit() < amount.chance
    {
        let usd = number(chosen(random, &amount.cases));
        let kept = if works[1].amounts.is_empty() { 0.0 } else { on_top[1] };
        sum += usd * (kept - on_top[0]);
    }
    sum
}

#[test]
fn differences_meet_drawn_projects() {
    let (mut random, count) = (Random(32), draws());
    for case in 0..12 {
        let before = random_project(&mut random);
        let after = changed(&mut random, &before);
        let got = difference(&before, &after);
        let mut all: Vec<f64> = (0..count).map(|_| drawn(&mut random, [&before, &after])).collect();
        all.sort_by(f64::total_cmp);
        let share = |holds: &dyn Fn(f64) -> bool| all.iter().filter(|one| holds(**one)).count() as f64 / count as f64;
        // A share of draws is known to five of its standard deviations.
        let known = |chance: f64| 0.003 + 5.0 * (chance * (1.0 - chance) / count as f64).sqrt();
        let near = |what: &str, found: f64, wanted: f64| {
            let apart = known(wanted.clamp(0.01, 0.99));
            assert!((found - wanted).abs() <= apart, "case {case}: {what} is {found}, drawn {wanted}");
        };
        near("cheaper", number(got.cheaper()), share(&|usd| usd < -1e-9));
        near("the same", number(got.same()), share(&|usd| usd.abs() <= 1e-9));
        let mean = all.iter().sum::<f64>() / count as f64;
        let spread = (all.iter().map(|usd| (usd - mean).powi(2)).sum::<f64>() / count as f64).sqrt();
        let apart = 6.0 * spread / (count as f64).sqrt() + 1e-6;
        assert!((number(got.mean()) - mean).abs() <= apart, "case {case}: mean {}, drawn {mean}", got.mean());
        for percent in [10, 50, 90] {
            let (at, q) = (number(got.percentile(percent)), f64::from(percent) / 100.0);
            let slack = 0.02 * spread + 1e-4;
            let (below, upto) = (share(&|usd| usd < at - slack), share(&|usd| usd <= at + slack));
            assert!(upto >= q - known(q) && below <= q + known(q), "case {case}: P{percent} {at}: {below} to {upto}");
        }
    }
}
