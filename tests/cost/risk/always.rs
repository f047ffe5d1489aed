//! What holds of any project: percentiles in order, no fall where costs rise, exact means, shares that add up.

use super::{item, one_profile};
use retake::cost::base::money::Decimal;
use retake::cost::risk::spread::{Share, shares};
use retake::cost::risk::work::{ExtraFinals, ExtraMoney, Item, Mode, Profile, Work};
use retake::cost::risk::{Distribution, Kept, Prior};

const PERCENTILES: [f64; 7] = [0.01, 0.1, 0.5, 0.8, 0.9, 0.95, 0.99];

/// A reproducible stream of numbers: SplitMix64.
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(super) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    /// Between 0 and 1, neither of them.
    pub(super) fn unit(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }
}

/// A project as people make them: few or many finals, prices to a cent or a millionth, shared or own factors.
pub(super) fn random_work(random: &mut Random, modes: bool) -> Work {
    let places = if random.below(2) == 0 { 2 } else { 6 };
    let profiles = (0..1 + random.below(4)).map(|_| random_profile(random, modes, places)).collect();
    Work { constant: Decimal::new(i64::try_from(random.below(500)).unwrap(), 2), profiles, amounts: Vec::new() }
}

fn random_profile(random: &mut Random, modes: bool, places: u32) -> Profile {
    let retry = 1.0 + random.below(300) as f64 / 100.0;
    let worth = [3.0, 4.0, 8.0, 16.0, 32.0, f64::INFINITY][random.below(6) as usize];
    let finals = |random: &mut Random| match random.below(3) {
        0 => 1 + random.below(3),
        1 => 1 + random.below(40),
        _ => 1 + random.below(400),
    };
    let item = |random: &mut Random| {
        let unit = Decimal::new(1 + i64::try_from(random.below(35 * 10_u64.pow(places - 2))).unwrap(), places);
        let images = 2 + u32::try_from(random.below(3)).unwrap();
        let mode = match random.below(if modes { 4 } else { 1 }) {
            1 => Mode::Each(images),
            2 => Mode::Pool(images),
            _ => Mode::Single,
        };
        Item { deliverable: 0, finals: finals(random), unit, mode }
    };
    let items = (0..1 + random.below(5)).map(|_| item(random)).collect();
    Profile { prior: Prior { retry, worth }, items, extras: Vec::new() }
}

/// The same with up to three named risks of each kind.
pub(super) fn with_risks(random: &mut Random, mut work: Work) -> Work {
    for risk in 0..random.below(4) as usize {
        let profile = random.below(work.profiles.len() as u64) as usize;
        let item = random.below(work.profiles[profile].items.len() as u64) as usize;
        let finals = 1 + random.below(12);
        let cases = vec![(0.3, finals), (0.4, finals * 2), (0.3, finals * 3)];
        let fee = Decimal::new(i64::try_from(random.below(50)).unwrap(), 2);
        let chance = random.unit();
        work.profiles[profile].extras.push(ExtraFinals { risk, item, chance, cases, fee });
    }
    for risk in 3..3 + random.below(3) as usize {
        let amount = Decimal::new(1 + i64::try_from(random.below(1000)).unwrap(), 2);
        work.amounts.push(ExtraMoney { risk, chance: random.unit(), cases: vec![(1.0, amount)] });
    }
    work
}

#[test]
fn percentiles_are_in_order_and_chances_meet_them() {
    let mut random = Random(1);
    for case in 0..60 {
        let plain = random_work(&mut random, true);
        let work = with_risks(&mut random, plain);
        let got = Distribution::of(&work);
        for pair in PERCENTILES.windows(2) {
            assert!(got.percentile(pair[0]) <= got.percentile(pair[1]), "case {case} at {pair:?}");
        }
        for q in PERCENTILES {
            let at = got.percentile(q);
            assert!(got.within(at) >= q - 1e-6, "case {case}: P(≤ {at}) is {} for {q}", got.within(at));
            assert!(got.within(at - 1.01 * got.cell()) < q, "case {case}: a cell below {at} reaches {q} too");
        }
    }
}

#[test]
fn a_mean_of_single_images_is_that_of_the_worksheet() {
    let mut random = Random(2);
    for _ in 0..60 {
        let work = random_work(&mut random, false);
        let number = |amount: Decimal| amount.to_string().parse::<f64>().unwrap();
        let of_item = |profile: &Profile| {
            let finals = profile.items.iter().map(|item| number(item.unit) * item.finals as f64).sum::<f64>();
            finals * profile.prior.retry
        };
        let wanted = number(work.constant) + work.profiles.iter().map(of_item).sum::<f64>();
        let found = Distribution::of(&work).mean();
        assert!((found - wanted).abs() <= 1e-10 * wanted, "{found} for {wanted}");
    }
}

#[test]
fn a_factor_of_one_is_certain() {
    for worth in [3.0, 8.0, f64::INFINITY] {
        let mut work = one_profile(1.0, worth, vec![item(10, "0.2"), item(3, "0.07001")]);
        work.constant = Decimal::new(150, 2);
        let got = Distribution::of(&work);
        assert_eq!(got.sd(), 0.0);
        for q in PERCENTILES {
            assert!((got.percentile(q) - 3.71003).abs() < 1e-9);
        }
        assert_eq!((got.within(3.7), got.within(3.71003), got.within(4.0)), (0.0, 1.0, 1.0));
    }
}

#[test]
fn much_experience_meets_a_certain_factor() {
    let certain = Distribution::of(&one_profile(2.5, f64::INFINITY, vec![item(24, "0.2")]));
    let known = Distribution::of(&one_profile(2.5, 1e7, vec![item(24, "0.2")]));
    for trials in 24..150 {
        let amount = f64::from(trials) * 0.2;
        let apart = (certain.within(amount) - known.within(amount)).abs();
        assert!(apart < 1e-5, "at {trials}: {apart}");
    }
}

/// Ten finals or, as likely, twenty in calls of two that all succeed: fees for the extra ones are paid with their calls or not at
/// all.
#[test]
fn fees_of_extra_finals_come_with_their_calls() {
    let pooled = Item { mode: Mode::Pool(2), ..item(10, "2") };
    let mut work = one_profile(1.0, 8.0, vec![pooled]);
    let cases = vec![(1.0, 10)];
    work.profiles[0].extras = vec![ExtraFinals { risk: 0, item: 0, chance: 0.5, cases, fee: Decimal::ONE }];
    let got = Distribution::of(&work);
    assert_eq!((got.mean(), got.sd()), (20.0, 10.0));
    let chances = [9.9, 10.1, 20.1, 29.9, 30.1].map(|amount| (got.within(amount) * 1e6).round() / 1e6);
    assert_eq!(chances, [0.0, 0.5, 0.5, 0.5, 1.0]);
}

/// The factor of a node to the power of the finals is beyond all numbers here, where its weight is small.
#[test]
fn a_power_beyond_all_numbers_is_nothing() {
    for retry in [1.01, 1.02, 1.05, 3.0] {
        let items = vec![item(900, "0.130007"), item(700, "0.250003")];
        let got = Distribution::of(&one_profile(retry, 4.0, items));
        // Where there is no grid, amounts are blurred by a cell.
        let mut before = got.floor() - 5.0 * got.cell();
        for q in PERCENTILES {
            let at = got.percentile(q);
            assert!(at >= before && at < got.mean() + 10.0 * got.sd(), "{retry}: P{q} is {at}");
            before = at;
        }
    }
}

/// One step upwards of a project: a final more, a higher factor at the same experience, a dearer try.
pub(super) fn step(random: &mut Random, work: &mut Work) {
    let profile = random.below(work.profiles.len() as u64) as usize;
    let profile = &mut work.profiles[profile];
    let item = random.below(profile.items.len() as u64) as usize;
    match random.below(3) {
        0 => profile.items[item].finals += 1,
        1 => profile.prior.retry += 0.01,
        _ => profile.items[item].unit += Decimal::new(1, 3),
    }
}

/// Steps of the property; 10,000 with `RETAKE_CASES=10000`.
fn steps() -> usize {
    std::env::var("RETAKE_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(300)
}

#[test]
fn no_percentile_falls_where_costs_rise() {
    let mut random = Random(3);
    let mut kept = Kept::default();
    let mut taken = 0;
    while taken < steps() {
        let mut work = random_work(&mut random, false);
        let mut before = Distribution::with(&mut kept, &work);
        for _ in 0..20 {
            step(&mut random, &mut work);
            let after = Distribution::with(&mut kept, &work);
            for q in PERCENTILES {
                let (old, new) = (before.percentile(q), after.percentile(q));
                assert!(new >= old - 0.0005 * before.mean(), "P{q} falls from {old} to {new}: {work:?}");
            }
            before = after;
            taken += 1;
        }
    }
}

#[test]
fn shares_add_up_to_the_whole_and_to_its_layers() {
    let mut random = Random(4);
    for case in 0..60 {
        let plain = random_work(&mut random, true);
        let mut work = with_risks(&mut random, plain);
        let items = work.profiles.iter_mut().flat_map(|profile| &mut profile.items);
        items.enumerate().for_each(|(at, item)| item.deliverable = at);
        let layers = Distribution::of(&work).layers();
        let spread = shares(&work);
        let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * layers.variance().max(1e-12);
        let of_deliverables = |share: fn(&Share) -> f64| spread.deliverables.values().map(share).sum::<f64>();
        assert!(near(of_deliverables(|share| share.luck), layers.luck), "case {case}: luck");
        assert!(near(of_deliverables(|share| share.factor), layers.factor), "case {case}: factor");
        assert!(near(spread.risks.values().sum::<f64>(), layers.risks), "case {case}: risks");
    }
}

#[test]
fn luck_averages_out_and_a_wrong_factor_does_not() {
    let share = |finals| {
        let layers = Distribution::of(&one_profile(3.0, 8.0, vec![item(finals, "0.2")])).layers();
        layers.luck / layers.variance()
    };
    assert!(share(1) > 0.85 && share(24) < 0.3 && share(1000) < 0.01);
}
