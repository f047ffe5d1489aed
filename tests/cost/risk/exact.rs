//! Small projects of several prices against their exact distribution: an integer lattice of the smallest coin, on which tries
//! are added one final after another.

use super::always::Random;
use super::{item, one_profile};
use retake::cost::base::money::Decimal;
use retake::cost::risk::work::{Item, Mode, Profile, Work};
use retake::cost::risk::{Distribution, Prior};

/// Coins of a USD.
const COINS: f64 = 10_000.0;

fn coins(amount: Decimal) -> usize {
    (amount * Decimal::from(10_000)).normalize().to_string().parse().unwrap()
}

/// The chance of each number of coins above the floor, up to `span`, for single images: (p / (1 − q·z^price))^finals is a
/// running sum for each final, exact at each node of the prior.
fn of_profile(profile: &Profile, span: usize) -> Vec<f64> {
    let mut all = vec![0.0; span];
    for node in profile.prior.nodes() {
        let mut own = vec![0.0; span];
        own[0] = node.weight;
        for item in &profile.items {
            let price = coins(item.unit);
            for _ in 0..item.finals {
                own.iter_mut().for_each(|mass| *mass *= node.accept);
                (price..span).for_each(|at| own[at] += node.reject * own[at - price]);
            }
        }
        all.iter_mut().zip(own).for_each(|(sum, mass)| *sum += mass);
    }
    all
}

/// The exact distribution of a project of single images.
struct Exact {
    floor: usize,
    /// The chance of each number of coins above the floor, or fewer.
    upto: Vec<f64>,
}

impl Exact {
    fn of(work: &Work, span: usize) -> Exact {
        let mut masses = vec![0.0; span];
        masses[0] = 1.0;
        for profile in &work.profiles {
            let own = of_profile(profile, span);
            let own: Vec<(usize, f64)> = own.into_iter().enumerate().filter(|(_, mass)| *mass > 1e-16).collect();
            let mut next = vec![0.0; span];
            for (at, mass) in masses.into_iter().enumerate().filter(|(_, mass)| *mass > 1e-16) {
                for (more, part) in own.iter().take_while(|(more, _)| at + more < span) {
                    next[at + more] += mass * part;
                }
            }
            masses = next;
        }
        let items = work.profiles.iter().flat_map(|profile| &profile.items);
        let floor = items.map(|item| coins(item.unit) * item.finals as usize).sum::<usize>() + coins(work.constant);
        let upto = masses.iter().scan(0.0, |sum, mass| {
            *sum += mass;
            Some(*sum)
        });
        Exact { floor, upto: upto.collect() }
    }

    /// The chance of so many coins or fewer.
    fn within(&self, coins: usize) -> f64 {
        coins.checked_sub(self.floor).map_or(0.0, |above| self.upto[above.min(self.upto.len() - 1)])
    }
}

/// Two or three deliverables of 1 to 6 finals, at prices without a handy common unit.
fn small_work(random: &mut Random) -> Work {
    let count = 2 + random.below(2);
    let together = random.below(2) == 0;
    let small_item = |_| {
        let unit = Decimal::new(301 + 2 * i64::try_from(random.below(300)).unwrap(), 4);
        Item { deliverable: 0, finals: 1 + random.below(6), unit, mode: Mode::Single }
    };
    let mut items: Vec<Item> = (0..count).map(small_item).collect();
    let retry = [1.13, 1.5, 2.0, 3.0][random.below(4) as usize];
    let worth = [4.0, 8.0, f64::INFINITY][random.below(3) as usize];
    let profile = |items| Profile { prior: Prior { retry, worth }, items, extras: Vec::new() };
    let profiles = match together {
        true => vec![profile(items)],
        false => {
            let rest = items.split_off(1);
            vec![profile(items), profile(rest)]
        }
    };
    Work { profiles, ..Work::default() }
}

#[test]
fn small_projects_of_several_prices_are_exact() {
    let mut random = Random(30);
    for case in 0..24 {
        let work = small_work(&mut random);
        let got = Distribution::of(&work);
        let exact = Exact::of(&work, ((got.mean() - got.floor() + 12.0 * got.sd()) * COINS) as usize);
        let mean = (got.mean() * COINS) as usize;
        let prices: Vec<usize> =
            work.profiles.iter().flat_map(|profile| &profile.items).map(|item| coins(item.unit)).collect();
        let steps = prices.iter().flat_map(|price| [exact.floor + price, exact.floor + 2 * price]);
        let amounts = [exact.floor - 1, exact.floor, exact.floor + 1, mean, mean + mean / 5].into_iter().chain(steps);
        for amount in amounts {
            let (found, wanted) = (got.within(amount as f64 / COINS), exact.within(amount));
            assert!((found - wanted).abs() <= 0.002, "case {case}: P(≤ {amount}) is {found} for {wanted}: {work:?}");
        }
        for q in [0.01, 0.1, 0.25, 0.5, 0.8, 0.9, 0.95, 0.99] {
            let found = got.percentile(q);
            assert!(found >= got.floor() * (1.0 - 1e-12), "case {case}: P{q} is {found}, the floor {}", got.floor());
            let reached = exact.within((found * COINS + 1e-3) as usize);
            assert!(reached >= q - 0.001, "case {case}: {found} is enough for {reached}, not {q}: {work:?}");
            let before = exact.within(((found - 0.002 * got.mean()) * COINS) as usize);
            assert!(before <= q + 0.001, "case {case}: {found} is too much for {q}, {before} need less: {work:?}");
        }
    }
}

#[test]
fn a_floor_is_a_step_of_its_own() {
    // Two finals of $0.18357 and $0.03009 at 2 tries each, certain: the floor is paid in a quarter of all cases.
    let got = Distribution::of(&one_profile(2.0, f64::INFINITY, vec![item(1, "0.18357"), item(1, "0.03009")]));
    let near = |amount: f64, wanted: f64| {
        let found = got.within(amount);
        assert!((found - wanted).abs() < 1e-4, "P(≤ {amount}) is {found} for {wanted}");
    };
    near(0.21365, 0.0);
    near(0.21366, 0.25);
    near(0.24375, 0.375);
    assert!((got.percentile(0.1) - 0.21366).abs() < 1e-9, "{}", got.percentile(0.1));
    // A large project whose factor is near 1: the floor is what it costs in most cases.
    let nearly = Prior { retry: 1.02, worth: 8.0 };
    let large = Distribution::of(&one_profile(nearly.retry, nearly.worth, vec![item(100_000, "1")]));
    let never: f64 = nearly.nodes().iter().map(|node| node.weight * (-100_000.0 * node.odds.ln_1p()).exp()).sum();
    assert!((large.within(100_000.0) - never).abs() < 0.005, "{} for {never}", large.within(100_000.0));
    assert!(large.percentile(0.1) >= 100_000.0 && large.within(99_999.0) == 0.0);
}

/// Many finals whose factor is near 1: the chance of each number of tries, beta negative binomial, against a grid of nodes that
/// lie further apart than luck spreads them.
#[test]
fn many_finals_near_their_floor_are_no_row_of_spikes() {
    for (finals, retry, worth) in [(4000_u64, 1.013_f64, 6.0), (4000, 1.02, 8.0), (10_000, 1.01, 16.0)] {
        let got = Distribution::of(&one_profile(retry, worth, vec![item(finals, "1")]));
        // P(k failures) follows from P(k − 1): a ratio of rising factorials.
        let (n, a, b) = (finals as f64, worth + 1.0, (retry - 1.0) * worth);
        let mut mass = (0..finals).map(|at| ((a + at as f64) / (a + b + at as f64)).ln()).sum::<f64>().exp();
        let (mut sum, mut failures) = (0.0, 0.0);
        for q in [0.5, 0.8, 0.9, 0.95] {
            while sum + mass < q {
                sum += mass;
                mass *= (n + failures) * (b + failures) / ((failures + 1.0) * (n + a + b + failures));
                failures += 1.0;
            }
            let (found, wanted) = (got.percentile(q), n + failures);
            assert!((found - wanted).abs() < 0.001 * wanted, "{finals} at {retry}: P{q} is {found} for {wanted}");
            let chance = got.within(wanted);
            assert!((chance - (sum + mass)).abs() < 0.003, "{finals} at {retry}: {chance} for {} at {q}", sum + mass);
        }
    }
}

/// Tokens of a price rise one by one: some prices have a handy common unit, most have none, and slices change their width.
#[test]
fn no_percentile_of_a_small_project_falls_where_a_price_rises() {
    let priced = |tokens: i64| (Decimal::new(3, 5) * Decimal::from(tokens)).normalize();
    let item = |finals, tokens| Item { deliverable: 0, finals, unit: priced(tokens), mode: Mode::Single };
    let profile = |retry, item| Profile { prior: Prior { retry, worth: 8.0 }, items: vec![item], extras: Vec::new() };
    for (first, finals, other, beside) in [(3_970, 2, 6_119, 1), (3_960, 3, 8_001, 2)] {
        let at = |tokens| {
            let profiles = vec![profile(1.5, item(finals, tokens)), profile(2.0, item(beside, other))];
            Distribution::of(&Work { profiles, ..Work::default() })
        };
        let mut before = at(first);
        for tokens in first + 1..first + 80 {
            let after = at(tokens);
            for q in [0.01, 0.1, 0.5, 0.8, 0.9, 0.95, 0.99] {
                let (old, new) = (before.percentile(q), after.percentile(q));
                assert!(new >= old - 0.0005 * before.mean(), "{tokens} tokens: P{q} falls from {old} to {new}");
            }
            before = after;
        }
    }
}
