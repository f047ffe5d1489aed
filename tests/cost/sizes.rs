//! Legal sizes: each rule, the nearest legal size, sizes of a ratio, and cheaper sizes with the same ratio.

use crate::support::{catalog, dec, one_in, px};
use proptest::prelude::*;
use retake::cost::base::size::{BrokenRule, Ratio, Size, SizeRules, Tier, common_ratios, unconstrained};
use retake::cost::base::tokens::Quality;
use retake::cost::estimate::advisor::cheaper;
use retake::cost::rates::rate_card::Model;
use std::sync::OnceLock;

fn current() -> &'static Model {
    catalog().model("gpt-image-2").unwrap()
}

/// The documented rules, word for word, written apart from the engine.
fn legal(w: u64, h: u64) -> bool {
    let (long, short) = (w.max(h), w.min(h));
    w.is_multiple_of(16)
        && h.is_multiple_of(16)
        && long <= 3840
        && long <= 3 * short
        && (655_360..=8_294_400).contains(&(w * h))
}

fn all_legal() -> &'static [(u64, u64)] {
    static ALL: OnceLock<Vec<(u64, u64)>> = OnceLock::new();
    let edges = || (16..=3840).step_by(16);
    ALL.get_or_init(|| edges().flat_map(|w| edges().map(move |h| (w, h))).filter(|(w, h)| legal(*w, *h)).collect())
}

fn broken(size: &str) -> Vec<BrokenRule> {
    current().sizes.broken(px(size))
}

#[test]
fn each_rule_alone() {
    let step = |width, edge_px| BrokenRule::Step { width, edge_px, step_px: 16 };
    assert_eq!(broken("1000x1024"), [step(true, 1000)]);
    assert_eq!(broken("1024x1000"), [step(false, 1000)]);
    assert_eq!(broken("3856x1536"), [BrokenRule::MaxEdge { edge_px: 3856, max_px: 3840 }]);
    assert_eq!(broken("2064x672"), [BrokenRule::Aspect { max: 3 }]);
    assert_eq!(broken("800x800"), [BrokenRule::TooFew { pixels: 640_000, min: 655_360 }]);
    assert_eq!(broken("2896x2896"), [BrokenRule::TooMany { pixels: 8_386_816, max: 8_294_400 }]);
    let classic = catalog().model("gpt-image-1.5").unwrap();
    let [BrokenRule::NotListed { sizes }] = &classic.sizes.broken(px("2048x2048"))[..] else { panic!() };
    assert_eq!(sizes.len(), 3);
}

#[test]
fn all_rules_together() {
    let names = |size| broken(size).into_iter().map(|rule| format!("{rule:?}")).collect::<Vec<_>>().join(" ");
    let all = names("4001x33");
    for rule in ["Step { width: true, edge_px: 4001", "Step { width: false, edge_px: 33", "MaxEdge", "Aspect", "TooFew"]
    {
        assert!(all.contains(rule), "{rule} in {all}");
    }
    let huge = names("5000x5000");
    assert_eq!(huge.matches("MaxEdge").count(), 2);
    assert!(huge.contains("TooMany") && huge.contains("Step"));
}

#[test]
fn the_bounds_themselves_are_legal() {
    for size in ["3840x2160", "2880x2880", "3840x1280", "1280x3840", "640x1024", "1024x640"] {
        assert_eq!(broken(size), [], "{size}");
    }
    for size in ["3840x2176", "3840x1264", "640x1008"] {
        assert_ne!(broken(size), [], "{size}");
    }
}

#[test]
fn legal_sizes_are_exactly_those_of_the_rules() {
    let listed: Vec<(u64, u64)> = current().sizes.legal_sizes().map(|s| (u64::from(s.w), u64::from(s.h))).collect();
    assert_eq!(listed, all_legal());
    assert!(listed.len() > 10_000);
}

/// Squared distance of the edges plus eight times the squared distance from the line of the asked ratio, as a fraction over
/// w² + h² of the asked size. Edges of at most 1,000,000 px keep it below 10²⁵.
fn distance(asked: Size, (x, y): (u64, u64)) -> i128 {
    let (w, h, x, y) = (i128::from(asked.w), i128::from(asked.h), i128::from(x), i128::from(y));
    let apart = (x - w) * (x - w) + (y - h) * (y - h);
    let across = x * h - y * w;
    apart * (w * w + h * h) + 8 * across * across
}

fn any_size(max: u32) -> impl Strategy<Value = Size> {
    (1..=max, 1..=max).prop_map(|(w, h)| Size::new(w, h).unwrap())
}

fn check_nearest(asked: Size, all: &[(u64, u64)]) -> Result<(), TestCaseError> {
    let near = current().sizes.nearest(asked).unwrap();
    prop_assert!(legal(u64::from(near.w), u64::from(near.h)), "{} for {}", near, asked);
    let own = distance(asked, (u64::from(near.w), u64::from(near.h)));
    for other in all {
        let their = distance(asked, *other);
        let larger = other.0 * other.1 > near.pixels();
        prop_assert!(their > own || (their == own && !larger), "{}: {} but {:?} is closer", asked, near, other);
    }
    Ok(())
}

proptest! {
    #![proptest_config(one_in(32))]

    #[test]
    fn the_nearest_legal_size_is_the_nearest(asked in prop_oneof![any_size(4500), any_size(300), any_size(1_000_000)]) {
        check_nearest(asked, all_legal())?;
    }
}

/// Tries every legal size: the ratio first, then the extent, then the first by width and height.
fn tried(ratio: Ratio, tier: Tier) -> Option<Size> {
    let target = [1_310_720_u64, 3_200_000, 8_294_400][tier as usize];
    let shaped = current().sizes.legal_sizes().filter(|size| ratio.fits(*size));
    shaped.min_by_key(|size| {
        let (a, b) = (u64::from(size.w) * u64::from(ratio.h), u64::from(size.h) * u64::from(ratio.w));
        a.abs_diff(b) * 1000 / a.max(b) * 20 + size.pixels().abs_diff(target) * 1000 / target
    })
}

proptest! {
    #![proptest_config(one_in(4))]

    #[test]
    fn the_size_of_a_ratio_is_the_best_of_all(
        (w, h) in prop_oneof![(1_u32..=40, 1_u32..=40), (1_u32..=3000, 1_u32..=3000), (1_u32..=1_000_000, 1_u32..=1_000_000)],
        tier in prop::sample::select(Tier::ALL.to_vec()),
    ) {
        let ratio = Ratio { w, h };
        let listed = retake::cost::base::size::listed(ratio, tier).filter(|size| current().sizes.is_legal(*size));
        prop_assert_eq!(current().sizes.of_ratio(ratio, tier), listed.or_else(|| tried(ratio, tier)), "{} {:?}", ratio, tier);
    }

    #[test]
    fn cheaper_sizes_are_all_found(w in 20_u32..=200, h in 20_u32..=200, quality in 0_usize..3) {
        let size = Size::new(w * 16, h * 16).unwrap();
        let quality = [Quality::Low, Quality::Medium, Quality::High][quality];
        check_cheaper(size, quality)?;
    }

    #[test]
    fn sizes_of_odd_ratios_are_legal_and_of_that_shape((short, long) in (1_u32..=3000).prop_flat_map(|short| (Just(short), short..=3 * short)), tall in any::<bool>(), tier in 0_usize..3) {
        let ratio = if tall { Ratio { w: short, h: long } } else { Ratio { w: long, h: short } };
        let size = current().sizes.of_ratio(ratio, Tier::ALL[tier]).unwrap();
        prop_assert!(legal(u64::from(size.w), u64::from(size.h)));
        prop_assert!(ratio.fits(size), "{} for {}", size, ratio);
    }
}

/// Compares the advisor's suggestions with every legal size of the same ratio.
fn check_cheaper(size: Size, quality: Quality) -> Result<(), TestCaseError> {
    let (model, rate) = (current(), Some(dec("30")));
    let now = model.output.count(size, quality).unwrap();
    let offers = cheaper(model, size, quality, rate);
    let (w, h) = (u64::from(size.w), u64::from(size.h));
    let mut expected: Vec<(u64, u64)> = Vec::new();
    for (x, y) in all_legal().iter().copied().filter(|(x, y)| x * h == y * w) {
        let other = Size::new(u32::try_from(x).unwrap(), u32::try_from(y).unwrap()).unwrap();
        if model.output.count(other, quality).unwrap() < now {
            expected.push((x, y));
        }
    }
    let mut found: Vec<(u64, u64)> = offers.iter().map(|o| (u64::from(o.size.w), u64::from(o.size.h))).collect();
    prop_assert!(offers.is_sorted_by_key(|offer| offer.tokens));
    found.sort_unstable();
    prop_assert_eq!(found, expected);
    for offer in &offers {
        prop_assert_eq!(Some(offer.tokens), model.output.count(offer.size, quality));
        prop_assert_eq!(offer.price, retake::cost::estimate::advisor::price(offer.tokens, rate));
    }
    Ok(())
}

#[test]
fn the_documented_advice_holds() {
    let offers = cheaper(current(), px("1024x1280"), Quality::High, Some(dec("30")));
    let advice = offers.iter().find(|offer| offer.size == px("768x960")).unwrap();
    assert_eq!((advice.tokens, advice.saving_percent), (5059, dec("17.3")));
    assert_eq!(advice.price, Some(dec("0.15177")));
    assert_eq!(
        cheaper(current(), px("1024x1280"), Quality::High, None)[0].price,
        None,
        "an unknown rate stays unknown"
    );
    assert_eq!(cheaper(current(), px("1024x1280"), Quality::Max, Some(dec("30"))), [], "no count, no advice");
}

#[test]
fn awkward_ratios_have_sizes() {
    for text in ["1.91:1", "1:1.91", "3:1", "1:3", "2.39:1", "1.85:1", "7:5", "5:7", "32:27", "2.97:1"] {
        let ratio = Ratio::parse(text).unwrap();
        for tier in Tier::ALL {
            let size = current().sizes.of_ratio(ratio, tier).unwrap();
            assert!(legal(u64::from(size.w), u64::from(size.h)) && ratio.fits(size), "{text}: {size}");
        }
        let [small, middle, large] = Tier::ALL.map(|tier| current().sizes.of_ratio(ratio, tier).unwrap().pixels());
        assert!(small < middle && middle < large, "{text}: {small} {middle} {large}");
    }
}

#[test]
fn ratios_are_read_as_written() {
    let read = |text| Ratio::parse(text).map(|ratio| ratio.to_string());
    for (text, expected) in
        [("4:5", "4:5"), ("21:9", "21:9"), (" 16 / 9 ", "16:9"), ("1.91:1", "191:100"), ("2.5:1", "5:2")]
    {
        assert_eq!(read(text).as_deref(), Some(expected), "{text}");
    }
    for text in
        ["", ":", "4:", ":5", "0:1", "1:0", "4:5:6", "-4:5", "4x5", "1.2345:1", "a:b", "１:１", "1e3:1", "9999999:1"]
    {
        assert_eq!(read(text), None, "{text}");
    }
    assert_eq!(px("864x2016").ratio().to_string(), "9:21", "under its usual name");
    assert_eq!(px("1040x1024").ratio().to_string(), "65:64");
}

#[test]
fn sizes_are_read_as_written() {
    for text in ["1024x1280", "1024X1280", "1024×1280", " 1024 * 1280 "] {
        assert_eq!(Size::parse(text), Size::new(1024, 1280), "{text}");
    }
    for text in [
        "",
        "x",
        "1024",
        "1024x",
        "x1280",
        "0x16",
        "16x0",
        "-16x16",
        "1024x1280x3",
        "1e3x16",
        "99999999999x1",
        "1000001x16",
    ] {
        assert_eq!(Size::parse(text), None, "{text}");
    }
}

#[test]
fn what_a_ratio_wishes_for_has_its_shape() {
    for text in ["1.91:1", "1:1.91", "5:1", "1:20"] {
        let ratio = Ratio::parse(text).unwrap();
        for tier in Tier::ALL {
            let size = unconstrained(ratio, tier).unwrap();
            assert!(size.w.is_multiple_of(16) && size.h.is_multiple_of(16));
            assert_eq!(size.w > size.h, ratio.w > ratio.h, "{text}: {size}");
        }
    }
    let classic = &catalog().model("gpt-image-1.5").unwrap().sizes;
    assert!(matches!(classic, SizeRules::Listed(_)));
    assert_eq!(classic.of_ratio(Ratio::parse("1.91:1").unwrap(), Tier::K1), None);
    assert_eq!(classic.nearest(px("1400x1000")), Some(px("1536x1024")));
}

#[test]
fn common_ratios_go_from_tall_to_wide() {
    let ratios: Vec<String> = common_ratios().iter().map(Ratio::to_string).collect();
    assert_eq!(ratios, ["9:21", "9:16", "2:3", "3:4", "4:5", "1:1", "5:4", "4:3", "3:2", "16:9", "21:9"]);
}

#[test]
fn sizes_above_the_experimental_line_are_known() {
    let rules = &current().sizes;
    assert!(!rules.is_experimental(px("2560x1440")) && !rules.is_experimental(px("1440x2560")));
    assert!(rules.is_experimental(px("2560x1456")) && rules.is_experimental(px("3840x2160")));
    assert!(!catalog().model("gpt-image-1").unwrap().sizes.is_experimental(px("1536x1024")));
}
