//! The difference of two projects against its exact distribution: whole coins on a lattice, one way of falling out after another.

use crate::support::{budget, computed, line};
use retake::cost::base::money::Decimal;
use retake::cost::estimate::named_risks::{CountedRisk, RiskEffect};
use retake::cost::risk::describe::Shared;
use retake::cost::risk::prior::{Fitted, Node};
use retake::cost::risk::work::{ExtraFinals, ExtraMoney, Item, Mode, Profile, Work};
use retake::cost::risk::{Compared, Described, Difference, Kept, Prior, Sharing, Side};
use retake::cost::{Estimate, Knob};
use std::collections::BTreeMap;

/// Coins of a USD.
const COINS: f64 = 10_000.0;

/// A deliverable's key, finals, coins of a try and how it is paid.
type Made = (&'static str, u64, i64, Mode);

/// A project of a test, with its deliverables by profile.
#[derive(Clone, Default)]
pub(super) struct Project {
    pub(super) profiles: Vec<(Sharing, Prior, Vec<Made>)>,
    pub(super) constant: i64,
    /// Key, chance in percent, coins.
    pub(super) amounts: Vec<(&'static str, i64, Vec<i64>)>,
    /// Key, chance in percent, deliverable, finals, coins of fees for each.
    pub(super) extras: Vec<(&'static str, i64, &'static str, Vec<u64>, i64)>,
    pub(super) on_top: (i64, i64),
}

fn usd(coins: i64) -> Decimal {
    Decimal::new(coins, 4)
}

fn weighed<T: Copy>(points: &[T]) -> Vec<(f64, T)> {
    let shares: &[f64] = if points.len() == 3 { &[0.3, 0.4, 0.3] } else { &[1.0] };
    shares.iter().copied().zip(points.iter().copied()).collect()
}

impl Project {
    fn keys(&self) -> Vec<&'static str> {
        self.profiles.iter().flat_map(|(_, _, items)| items.iter().map(|item| item.0)).collect()
    }

    fn risks(&self) -> Vec<CountedRisk> {
        let risk = |key: &str, chance: i64| CountedRisk {
            key: key.to_owned(),
            title: key.to_owned(),
            chance: chance.into(),
            effect: RiskEffect::Usd(Vec::new()),
        };
        let amounts = self.amounts.iter().map(|(key, chance, _)| risk(key, *chance));
        amounts.chain(self.extras.iter().map(|(key, chance, ..)| risk(key, *chance))).collect()
    }

    pub(super) fn work(&self) -> Work {
        let keys = self.keys();
        let at = |key: &str| keys.iter().position(|own| *own == key).unwrap();
        let profile = |(_, prior, items): &(Sharing, Prior, Vec<_>)| {
            let item = |&(key, finals, unit, mode): &Made| Item { deliverable: at(key), finals, unit: usd(unit), mode };
            let items: Vec<Item> = items.iter().map(item).collect();
            let mut extras = Vec::new();
            for (risk, (_, chance, key, finals, fee)) in self.extras.iter().enumerate() {
                let Some(item) = items.iter().position(|item| item.deliverable == at(key)) else { continue };
                let (risk, chance) = (self.amounts.len() + risk, *chance as f64 / 100.0);
                extras.push(ExtraFinals { risk, item, chance, cases: weighed(finals), fee: usd(*fee) });
            }
            Profile { prior: *prior, items, extras }
        };
        let amount = |(risk, (_, chance, coins)): (usize, &(&str, i64, Vec<i64>))| {
            let cases = weighed(coins).into_iter().map(|(share, coins)| (share, usd(coins))).collect();
            ExtraMoney { risk, chance: *chance as f64 / 100.0, cases }
        };
        Work {
            constant: usd(self.constant),
            profiles: self.profiles.iter().map(profile).collect(),
            amounts: self.amounts.iter().enumerate().map(amount).collect(),
        }
    }

    fn described(&self) -> (Described, Estimate) {
        let shared = |(sharing, prior, _): &(Sharing, Prior, Vec<_>)| Shared {
            sharing: sharing.clone(),
            fitted: Fitted { prior: *prior, clamped_from: None },
            deliverables: Vec::new(),
        };
        let described = Described {
            work: self.work(),
            factors: self.profiles.iter().map(shared).collect(),
            risks: self.risks(),
            subtotal: Decimal::ZERO,
            buffered: Decimal::ZERO,
            on_top: (self.on_top.0.into(), self.on_top.1.into()),
        };
        let lines = self.keys().into_iter().map(|key| line(key, &[(Knob::Finals, "1")])).collect();
        (described, computed(&budget(lines)))
    }
}

pub(super) fn difference(before: &Project, after: &Project) -> Difference {
    let (one, other) = (before.described(), after.described());
    let compared =
        Compared::of(Side { described: &one.0, estimate: &one.1 }, Side { described: &other.0, estimate: &other.1 });
    Difference::of(&Kept::default(), &compared.unwrap())
}

/// The chance of each number of coins.
type Masses = BTreeMap<i64, f64>;

fn both(one: &Masses, other: &Masses) -> Masses {
    let mut sums = Masses::new();
    for (a, chance) in one {
        for (b, with) in other.iter().filter(|(_, with)| chance * **with > 1e-13) {
            *sums.entry(a + b).or_default() += chance * with;
        }
    }
    sums
}

fn mixed(cases: &[(f64, Masses)]) -> Masses {
    let mut sums = Masses::new();
    for (chance, masses) in cases {
        masses.iter().for_each(|(at, mass)| *sums.entry(*at).or_default() += chance * mass);
    }
    sums
}

fn certain(coins: i64) -> Masses {
    Masses::from([(coins, 1.0)])
}

/// What each number of tries comes to.
fn summed(tries: Masses, paid: impl Fn(i64) -> i64) -> Masses {
    let mut sums = Masses::new();
    tries.into_iter().for_each(|(tries, mass)| *sums.entry(paid(tries)).or_default() += mass);
    sums
}

/// Tries until so many finals.
fn tries(finals: u64, accept: f64) -> Masses {
    if finals == 0 {
        return certain(0);
    }
    let (mut all, mut chance, mut failed) = (Masses::new(), accept.powi(i32::try_from(finals).unwrap()), 0_u64);
    let mean = finals as f64 / accept;
    while chance > 1e-13 || (failed as f64) < mean {
        all.insert(i64::try_from(finals + failed).unwrap(), chance);
        failed += 1;
        chance *= (1.0 - accept) * (finals + failed - 1) as f64 / failed as f64;
    }
    all
}

/// What varies, at a chance of acceptance before and after.
#[derive(Clone)]
enum Varies {
    /// Tries of the side at this price in coins: 0 before, 1 after; so many images each, of which one at most is kept.
    Tries { side: usize, coins: i64, images: i32, finals: u64 },
    /// Whole calls of images for one side alone.
    Bought { side: usize, coins: i64, images: i64, finals: u64 },
    /// Whole calls of images: prices and finals of both sides, made together as far as they go.
    Calls { coins: [i64; 2], images: i64, finals: [u64; 2] },
    /// An event: its chance, and coins with what varies if it comes, in cases.
    Event(f64, Vec<(f64, i64, Vec<Varies>)>),
}

impl Varies {
    fn masses(&self, nodes: [&Node; 2]) -> Masses {
        match self {
            Varies::Tries { side, coins, images, finals } => {
                let accept = 1.0 - nodes[*side].reject.powi(*images);
                summed(tries(*finals, accept), |tries| coins * tries)
            }
            Varies::Bought { side, coins, images, finals } => {
                summed(tries(*finals, nodes[*side].accept), |made| coins * ((made + images - 1) / images))
            }
            Varies::Calls { coins, images, finals } => {
                let calls = |made: i64| (made + images - 1) / images;
                let (least, most) = (finals[0].min(finals[1]), finals[0].max(finals[1]));
                let (first, rest) = (tries(least, nodes[0].accept), tries(most - least, nodes[0].accept));
                let mut sums = Masses::new();
                for (made, chance) in &first {
                    for (more, with) in &rest {
                        let ends = if finals[0] < finals[1] { [0, *more] } else { [*more, 0] };
                        let paid = coins[0] * calls(made + ends[0]) + coins[1] * calls(made + ends[1]);
                        *sums.entry(paid).or_default() += chance * with;
                    }
                }
                sums
            }
            Varies::Event(chance, cases) => {
                let case = |(share, coins, parts): &(f64, i64, Vec<Varies>)| {
                    let all = parts.iter().fold(certain(*coins), |sum, part| both(&sum, &part.masses(nodes)));
                    (chance * share, all)
                };
                let none = (1.0 - chance, certain(0));
                mixed(&cases.iter().map(case).chain([none]).collect::<Vec<_>>())
            }
        }
    }
}

/// What shares a factor, with the factor before and after.
type Group = ([Prior; 2], Vec<Varies>);

fn exactly(constant: i64, groups: &[Group]) -> Masses {
    let of_group = |(priors, all): &Group| {
        let nodes = priors.map(|prior| prior.nodes());
        let count = nodes[0].len().max(nodes[1].len());
        let at = |at: usize| {
            let node = |side: usize| &nodes[side][at.min(nodes[side].len() - 1)];
            let weight = if nodes[0].len() == count { node(0).weight } else { node(1).weight };
            let masses = all.iter().fold(certain(0), |sum, one| both(&sum, &one.masses([node(0), node(1)])));
            (weight, masses)
        };
        mixed(&(0..count).map(at).collect::<Vec<_>>())
    };
    groups.iter().fold(certain(constant), |sum, group| both(&sum, &of_group(group)))
}

fn number(amount: Decimal) -> f64 {
    amount.to_string().parse().unwrap()
}

/// Compares a difference with its exact distribution, and its mirror image too.
fn holds(name: &str, (before, after): (&Project, &Project), exact: &Masses) {
    let found = difference(before, after);
    let chance =
        |holds: &dyn Fn(i64) -> bool| exact.iter().filter(|(at, _)| holds(**at)).map(|(_, mass)| mass).sum::<f64>();
    let mean: f64 = exact.iter().map(|(at, mass)| *at as f64 * mass).sum::<f64>() / COINS;
    let spread: f64 = exact.iter().map(|(at, mass)| (*at as f64 / COINS - mean).powi(2) * mass).sum::<f64>().sqrt();
    let near = |what: &str, found: f64, wanted: f64, apart: f64| {
        assert!((found - wanted).abs() <= apart, "{name}: {what} is {found}, not {wanted}");
    };
    // Among slices the rarest steps stay in them, one of exactly nothing too.
    near("cheaper", number(found.cheaper()), chance(&|at| at < 0), 0.002);
    near("the same", number(found.same()), chance(&|at| at == 0), 0.002);
    near("dearer", number(found.dearer()), chance(&|at| at > 0), 0.002);
    // The enumeration leaves out what is rarer than 1 in 10^14, which the tail of a wide factor shows.
    near("mean", number(found.mean()), mean, 1e-4 * (spread + mean.abs()) + 1e-9);
    for percent in [10, 50, 90] {
        let (at, wanted) = (number(found.percentile(percent)), f64::from(percent) / 100.0);
        let slack = (0.01 * spread * COINS) as i64 + 1;
        let coins = (at * COINS).round() as i64;
        let (upto, below) = (chance(&|own| own <= coins + slack), chance(&|own| own < coins - slack));
        assert!(upto >= wanted - 0.001, "{name}: P{percent} is {at}, which {upto} do not pass");
        assert!(below <= wanted + 0.001, "{name}: P{percent} is {at}, but {below} are below");
    }
    let mirror = difference(after, before);
    near("cheaper the other way", number(mirror.cheaper()), number(found.dearer()), 1e-4);
    near("the same the other way", number(mirror.same()), number(found.same()), 1e-4);
    near("the mean the other way", number(mirror.mean()), -number(found.mean()), 1e-6);
    assert_eq!(mirror.is_certain(), found.is_certain(), "{name}");
}

const DOUBT: Prior = Prior { retry: 2.0, worth: 8.0 };
const WORSE: Prior = Prior { retry: 2.6, worth: 4.0 };

fn one(prior: Prior, items: &[Made]) -> Project {
    Project { profiles: vec![(Sharing::Project, prior, items.to_vec())], ..Project::default() }
}

fn single(side: usize, coins: i64, finals: u64) -> Varies {
    Varies::Tries { side, coins, images: 1, finals }
}

#[test]
fn a_lower_price_of_the_same_tries_is_cheaper_for_certain() {
    for (name, high, low) in [("grid", 2000, 1500), ("slices", 1837, 411)] {
        let before = one(DOUBT, &[("a", 3, high, Mode::Single), ("b", 2, 300, Mode::Single)]);
        let after = one(DOUBT, &[("a", 3, low, Mode::Single), ("b", 2, 300, Mode::Single)]);
        let exact = exactly(0, &[([DOUBT; 2], vec![single(0, low - high, 3)])]);
        holds(name, (&before, &after), &exact);
        let found = difference(&before, &after);
        assert!(found.is_certain() && found.cheaper() == Decimal::ONE && found.same().is_zero(), "{name}");
        // The three finals are paid in any case.
        assert!(number(found.percentile(99)) <= 3.0 * (low - high) as f64 / COINS + 1e-9, "{name}");
    }
}

#[test]
fn a_project_is_the_same_as_itself_and_constants_are_certain() {
    let mut project = one(DOUBT, &[("a", 3, 1837, Mode::Single), ("b", 5, 911, Mode::Pool(4))]);
    project.amounts.push(("lost-day", 20, vec![100_000]));
    project.extras.push(("round", 30, "b", vec![1, 2, 3], 50));
    let same = difference(&project, &project);
    assert!(same.is_certain() && same.same() == Decimal::ONE && same.mean().is_zero());
    assert_eq!([10, 50, 90].map(|percent| same.percentile(percent)), [Decimal::ZERO; 3]);
    let sure = Prior { retry: 1.0, worth: f64::INFINITY };
    let before = one(sure, &[("a", 3, 1837, Mode::Single), ("b", 6, 500, Mode::Pool(4))]);
    let after = Project { constant: 20, ..one(sure, &[("a", 3, 1837, Mode::Single), ("b", 5, 500, Mode::Pool(4))]) };
    let fees = difference(&before, &after);
    assert!(fees.is_certain() && fees.dearer() == Decimal::ONE, "both need two calls of b");
    assert_eq!((fees.mean(), fees.percentile(50)), (usd(20), usd(20)));
}

#[test]
fn where_finals_alone_differ_the_smaller_part_is_shared() {
    for (name, prices) in [("one price", [1000, 1000]), ("another price", [1000, 700]), ("slices", [1003, 701])] {
        let before = one(DOUBT, &[("a", 4, prices[0], Mode::Single)]);
        let after = one(DOUBT, &[("a", 6, prices[1], Mode::Single)]);
        let parts = vec![single(0, prices[1] - prices[0], 4), single(1, prices[1], 2)];
        holds(name, (&before, &after), &exactly(0, &[([DOUBT; 2], parts)]));
    }
}

#[test]
fn another_factor_is_paired_by_its_places_with_tries_of_its_own() {
    for prices in [[1000, 1000], [1000, 800], [1003, 797]] {
        let before = one(DOUBT, &[("a", 4, prices[0], Mode::Single)]);
        let after = one(WORSE, &[("a", 4, prices[1], Mode::Single)]);
        let parts = vec![single(0, -prices[0], 4), single(1, prices[1], 4)];
        holds(&format!("{prices:?}"), (&before, &after), &exactly(0, &[([DOUBT, WORSE], parts)]));
    }
    // A factor that is certain has one place only.
    let sure = Prior { retry: 2.0, worth: f64::INFINITY };
    let before = one(DOUBT, &[("a", 3, 1000, Mode::Each(2))]);
    let after = one(sure, &[("a", 3, 1000, Mode::Each(2))]);
    let each = |side, coins| Varies::Tries { side, coins, images: 2, finals: 3 };
    holds("certain", (&before, &after), &exactly(0, &[([DOUBT, sure], vec![each(0, -1000), each(1, 1000)])]));
}

#[test]
fn another_profile_and_another_mode_are_independent() {
    let named = Sharing::Named("portrait".to_owned());
    let before = one(DOUBT, &[("a", 3, 1000, Mode::Single)]);
    let after = Project { profiles: vec![(named, DOUBT, vec![("a", 3, 1000, Mode::Single)])], ..Project::default() };
    let apart = [([DOUBT; 2], vec![single(0, -1000, 3)]), ([DOUBT; 2], vec![single(0, 1000, 3)])];
    holds("profile", (&before, &after), &exactly(0, &apart));
    let after = one(DOUBT, &[("a", 3, 1000, Mode::Each(2))]);
    let each = Varies::Tries { side: 0, coins: 1000, images: 2, finals: 3 };
    holds("mode", (&before, &after), &exactly(0, &[([DOUBT; 2], vec![single(0, -1000, 3), each])]));
    // Other deliverables share the factor, and no tries.
    let after = one(DOUBT, &[("b", 3, 1000, Mode::Single)]);
    let parts = vec![single(0, -1000, 3), single(0, 1000, 3)];
    holds("deliverable", (&before, &after), &exactly(0, &[([DOUBT; 2], parts)]));
}

#[test]
fn whole_calls_are_shared_as_far_as_they_go() {
    let cases = [([1000, 800], [3, 3]), ([1000, 1000], [3, 5]), ([1000, 700], [5, 3]), ([1003, 797], [2, 4])];
    for (coins, finals) in cases {
        for images in [2, 3, 4] {
            let mode = Mode::Pool(u32::try_from(images).unwrap());
            let before = one(DOUBT, &[("a", finals[0], coins[0], mode)]);
            let after = one(DOUBT, &[("a", finals[1], coins[1], mode)]);
            let calls = Varies::Calls { coins: [-coins[0], coins[1]], images, finals };
            let exact = exactly(0, &[([DOUBT; 2], vec![calls])]);
            holds(&format!("{images} a call, {coins:?}, {finals:?}"), (&before, &after), &exact);
        }
    }
    // With other factors the calls of both are their own.
    let before = one(DOUBT, &[("a", 3, 1000, Mode::Pool(3))]);
    let after = one(WORSE, &[("a", 3, 900, Mode::Pool(3))]);
    let bought = |side, coins| Varies::Bought { side, coins, images: 3, finals: 3 };
    holds("factor", (&before, &after), &exactly(0, &[([DOUBT, WORSE], vec![bought(0, -1000), bought(1, 900)])]));
}

#[test]
fn a_named_risk_of_one_key_and_chance_is_one_event() {
    let plain = one(DOUBT, &[("a", 3, 1000, Mode::Single)]);
    let cheap = one(DOUBT, &[("a", 3, 900, Mode::Single)]);
    let with = |project: &Project, chance, coins: &[i64]| {
        let mut project = project.clone();
        project.amounts.push(("lost-day", chance, coins.to_vec()));
        project
    };
    let shared = |parts: Vec<Varies>| exactly(0, &[([DOUBT; 2], parts)]);
    let event = |chance: f64, cases: &[(f64, i64)]| {
        Varies::Event(chance, cases.iter().map(|(share, coins)| (*share, *coins, Vec::new())).collect())
    };
    let (risky, cut) = (with(&plain, 20, &[5000]), single(0, -100, 3));
    holds("one side", (&plain, &risky), &shared(vec![event(0.2, &[(1.0, 5000)])]));
    holds("taken away", (&risky, &cheap), &shared(vec![event(0.2, &[(1.0, -5000)]), cut.clone()]));
    holds("the same", (&risky, &with(&cheap, 20, &[5000])), &shared(vec![cut.clone()]));
    let dearer = with(&cheap, 20, &[3000, 5000, 9000]);
    let cases = [(0.3, -2000), (0.4, 0), (0.3, 4000)];
    holds("more", (&risky, &dearer), &shared(vec![event(0.2, &cases), cut.clone()]));
    let likelier = with(&cheap, 30, &[5000]);
    let apart = vec![event(0.2, &[(1.0, -5000)]), event(0.3, &[(1.0, 5000)]), cut];
    holds("another chance", (&risky, &likelier), &shared(apart));
}

#[test]
fn more_finals_by_a_named_risk_are_shared_too() {
    let with = |finals: &[u64], price, mode, fee| {
        let mut project = one(DOUBT, &[("a", 3, price, mode)]);
        project.extras.push(("round", 30, "a", finals.to_vec(), fee));
        project
    };
    let (before, after) = (with(&[2], 1000, Mode::Single, 50), with(&[2, 3, 4], 900, Mode::Single, 70));
    let case = |share: f64, finals: u64| {
        let fees = 70 * i64::try_from(finals).unwrap() - 100;
        (share, fees, vec![single(0, -100, 2), single(0, 900, finals - 2)])
    };
    let event = Varies::Event(0.3, vec![case(0.3, 2), case(0.4, 3), case(0.3, 4)]);
    holds("tries", (&before, &after), &exactly(0, &[([DOUBT; 2], vec![single(0, -100, 3), event])]));
    let (before, after) = (with(&[2], 1000, Mode::Pool(2), 50), with(&[1], 900, Mode::Pool(2), 0));
    let calls = |finals| Varies::Calls { coins: [-1000, 900], images: 2, finals };
    let cases = vec![(0.7, 0, vec![calls([3, 3])]), (0.3, -100, vec![calls([5, 4])])];
    holds("calls", (&before, &after), &exactly(0, &[([DOUBT; 2], vec![Varies::Event(1.0, cases)])]));
}

#[test]
fn markup_and_tax_may_differ() {
    let before = Project { on_top: (20, 10), constant: 500, ..one(DOUBT, &[("a", 3, 1000, Mode::Single)]) };
    let after = Project { on_top: (0, 25), constant: 100, ..one(DOUBT, &[("a", 3, 1000, Mode::Single)]) };
    // 1.32 and 1.25 of a price of $0.1000.
    let exact = exactly(125 - 660, &[([DOUBT; 2], vec![single(0, 1250 - 1320, 3)])]);
    holds("both", (&before, &after), &exact);
    assert!(difference(&before, &after).is_certain());
}

#[test]
fn several_of_all_that_in_one_difference() {
    let own = |key: &str| Sharing::Own(key.to_owned());
    let mut before = one(DOUBT, &[("a", 3, 1000, Mode::Single), ("b", 2, 431, Mode::Pool(3))]);
    before.profiles.push((own("c"), WORSE, vec![("c", 2, 700, Mode::Single)]));
    before.amounts.push(("lost-day", 20, vec![2500]));
    let mut after = one(DOUBT, &[("a", 4, 850, Mode::Single), ("b", 3, 431, Mode::Pool(3))]);
    after.profiles.push((own("c"), DOUBT, vec![("c", 2, 700, Mode::Single)]));
    let first = vec![
        single(0, -150, 3),
        single(0, 850, 1),
        Varies::Calls { coins: [-431, 431], images: 3, finals: [2, 3] },
        Varies::Event(0.2, vec![(1.0, -2500, Vec::new())]),
    ];
    let second = vec![single(0, -700, 2), single(1, 700, 2)];
    holds("all", (&before, &after), &exactly(0, &[([DOUBT; 2], first), ([WORSE, DOUBT], second)]));
}
