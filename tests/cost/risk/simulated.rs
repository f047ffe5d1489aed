//! Random projects against draws, one final after another: a second way that knows nothing of the first.

use super::always::{Random, random_work, with_risks};
use retake::cost::base::money::Decimal;
use retake::cost::risk::work::{Item, Mode, Work};
use retake::cost::risk::{Distribution, Prior};

/// Draws for each project; 200,000 with `RETAKE_DRAWS=200000` and `--release`.
pub(super) fn draws() -> usize {
    std::env::var("RETAKE_DRAWS").ok().and_then(|text| text.parse().ok()).unwrap_or(400)
}

pub(super) fn number(amount: Decimal) -> f64 {
    amount.to_string().parse().unwrap()
}

/// A draw of Gamma(shape, 1), by Marsaglia and Tsang.
fn gamma(random: &mut Random, shape: f64) -> f64 {
    if shape < 1.0 {
        return gamma(random, shape + 1.0) * random.unit().powf(1.0 / shape);
    }
    let d = shape - 1.0 / 3.0;
    loop {
        let radius = (-2.0 * random.unit().ln()).sqrt();
        let x = radius * (2.0 * std::f64::consts::PI * random.unit()).cos();
        let v = (1.0 + x / (9.0 * d).sqrt()).powi(3);
        if v > 0.0 && random.unit().ln() < x * x / 2.0 + d - d * v + d * v.ln() {
            return d * v;
        }
    }
}

/// The chance of acceptance and of its opposite.
fn acceptance(random: &mut Random, prior: Prior) -> (f64, f64) {
    if prior.is_certain() {
        return (1.0 / prior.retry, 1.0 - 1.0 / prior.retry);
    }
    let (a, b) = (gamma(random, prior.worth + 1.0), gamma(random, (prior.retry - 1.0) * prior.worth));
    (a / (a + b), b / (a + b))
}

/// Tries until `finals` succeed, each with the chance of failing `reject`.
pub(super) fn tries(random: &mut Random, finals: u64, reject: f64) -> f64 {
    if reject <= 0.0 {
        return finals as f64;
    }
    (0..finals).map(|_| 1.0 + (random.unit().ln() / reject.ln()).floor()).sum()
}

fn cost(random: &mut Random, item: &Item, finals: u64, reject: f64) -> f64 {
    let calls = match item.mode {
        Mode::Single => tries(random, finals, reject),
        Mode::Each(images) => tries(random, finals, reject.powi(i32::try_from(images).unwrap())),
        Mode::Pool(images) => (tries(random, finals, reject) / f64::from(images)).ceil(),
    };
    calls * number(item.unit)
}

pub(super) fn chosen<T: Copy>(random: &mut Random, cases: &[(f64, T)]) -> T {
    let mut left = random.unit();
    for (share, case) in cases {
        left -= share;
        if left <= 0.0 {
            return *case;
        }
    }
    cases[cases.len() - 1].1
}

fn total(random: &mut Random, work: &Work) -> f64 {
    let mut sum = number(work.constant);
    for profile in &work.profiles {
        let (_, reject) = acceptance(random, profile.prior);
        let mut finals: Vec<u64> = profile.items.iter().map(|item| item.finals).collect();
        for extra in &profile.extras {
            if random.unit() < extra.chance {
                let more = chosen(random, &extra.cases);
                finals[extra.item] += more;
                sum += number(extra.fee) * more as f64;
            }
        }
        for (item, finals) in profile.items.iter().zip(finals) {
            sum += cost(random, item, finals, reject);
        }
    }
    for extra in &work.amounts {
        if random.unit() < extra.chance {
            sum += number(chosen(random, &extra.cases));
        }
    }
    sum
}

#[test]
fn percentiles_meet_simulated_projects() {
    let mut random = Random(5);
    let count = draws();
    for case in 0..60 {
        let mut work = random_work(&mut random, true);
        work.profiles.iter_mut().flat_map(|profile| &mut profile.items).for_each(|item| item.finals %= 41);
        work.profiles[0].items[0].finals += 1;
        if case % 2 == 1 {
            work = with_risks(&mut random, work);
        }
        let got = Distribution::of(&work);
        let mut totals: Vec<f64> = (0..count).map(|_| total(&mut random, &work)).collect();
        totals.sort_by(f64::total_cmp);
        let dearest = work.profiles.iter().flat_map(|profile| &profile.items).map(|item| number(item.unit));
        let tolerance = (got.mean() * 0.01).max(dearest.fold(0.0, f64::max) * 1.001);
        for q in [0.1, 0.5, 0.8, 0.9, 0.95] {
            // The share of draws up to an amount is known to five of its standard deviations.
            let known = 5.0 * (q * (1.0 - q) / count as f64).sqrt();
            let at = got.percentile(q);
            let upto = |amount: f64| totals.partition_point(|total| *total <= amount) as f64 / count as f64;
            let (below, above) = (upto(at - tolerance), upto(at + tolerance));
            assert!(
                above >= q - known && below <= q + known,
                "case {case}: P{q} is {at}, draws {below} to {above}: {work:?}"
            );
        }
        let mean = totals.iter().sum::<f64>() / count as f64;
        let known = 6.0 * got.sd() / (count as f64).sqrt();
        assert!((mean - got.mean()).abs() <= known + 1e-9, "case {case}: mean {mean} for {}", got.mean());
    }
}
