//! One recomputed line compared with a full estimate, and sums that do not depend on the order of the lines.

use crate::support::{budget, catalog, dec, one_in, today};
use proptest::prelude::*;
use retake::cost::base::money::Decimal;
use retake::cost::base::retry::{Pick, Retry};
use retake::cost::base::size::{Ratio, Size, Tier};
use retake::cost::base::tokens::Quality;
use retake::cost::base::wide::Wide;
use retake::cost::budget::{QualityChoice, SizeChoice};
use retake::cost::estimate::Totals;
use retake::cost::estimate::line::LineEstimate;
use retake::cost::rates::rate_card::{Meter, Provenance, Rates, ServiceTier, TokenCard};
use retake::cost::{Budget, Estimate, Knob, Line, Setting, Value, estimate};

/// A change of one line, as likely to break its price as to set it.
pub(crate) fn edit() -> impl Strategy<Value = (Knob, Option<Setting>)> {
    let percent = |max: i64| (0..=max * 100).prop_map(|hundredths| Value::Percent(Decimal::new(hundredths, 2)));
    let models = [
        "gpt-image-2",
        "gpt-image-2.5-flare",
        "gpt-image-2.6-flare",
        "gpt-image-1.5",
        "gpt-image-1-mini",
        "dall-e-3",
        "x",
    ];
    let size = prop_oneof![
        prop::sample::select(Tier::ALL.to_vec()).prop_map(SizeChoice::Tier),
        (1_u32..260, 1_u32..260).prop_map(|(w, h)| SizeChoice::Exact(Size::new(w * 16, h * 16).unwrap())),
        Just(SizeChoice::Exact(Size::new(1024, 1024).unwrap())),
    ];
    let quality =
        prop::sample::select(Quality::ALL.to_vec()).prop_map(|quality| Value::Quality(QualityChoice::Exact(quality)));
    let value = prop_oneof![
        (0_u64..=10_000_000).prop_map(|count| (Knob::Finals, Value::Count(count))),
        (0_u64..=1000).prop_map(|count| (Knob::Drafts, Value::Count(count))),
        (1_u64..=10).prop_map(|count| (Knob::ImagesPerCall, Value::Count(count))),
        prop::sample::select(vec![Pick::One, Pick::Many]).prop_map(|pick| (Knob::Pick, Value::Pick(pick))),
        (1000_i64..=1_000_000).prop_map(|factor| (Knob::Retry, Value::Retry(Retry::plain(Decimal::new(factor, 3))))),
        prop::sample::select(vec!["product-edit", "nobody-knows-it"])
            .prop_map(|name| (Knob::Retry, Value::Retry(Retry::Profile(name.to_owned())))),
        percent(1000).prop_map(|value| (Knob::Buffer, value)),
        percent(100).prop_map(|value| (Knob::CachedInput, value)),
        quality.clone().prop_map(|value| (Knob::Quality, value)),
        quality.prop_map(|value| (Knob::DraftQuality, value)),
        size.clone().prop_map(|size| (Knob::Size, Value::Size(size))),
        size.prop_map(|size| (Knob::DraftSize, Value::Size(size))),
        (1_u32..=30, 1_u32..=30).prop_map(|(w, h)| (Knob::Ratio, Value::Ratio(Ratio { w, h }))),
        prop::sample::select(models.to_vec()).prop_map(|name| (Knob::Model, Value::Word(name.to_owned()))),
        prop::sample::select(vec![ServiceTier::Standard, ServiceTier::Batch])
            .prop_map(|tier| (Knob::ServiceTier, Value::Service(tier))),
        (0_u64..=100_000).prop_map(|count| (Knob::PromptTokens, Value::Count(count))),
        prop::sample::select(vec!["paid-social", "moodboard", "x"])
            .prop_map(|name| (Knob::Preset, Value::Word(name.to_owned()))),
    ];
    let knobs = [Knob::Model, Knob::Size, Knob::Quality, Knob::Finals, Knob::Retry, Knob::Buffer, Knob::Drafts];
    prop_oneof![
        8 => value.prop_map(|(knob, value)| (knob, Some(Setting::Value(value)))),
        1 => prop::sample::select(knobs.to_vec()).prop_map(|knob| (knob, None)),
        1 => prop::sample::select(knobs.to_vec()).prop_map(|knob| (knob, Some(Setting::Unreadable))),
    ]
}

pub(crate) fn lines() -> impl Strategy<Value = Vec<Line>> {
    prop::collection::vec(prop::collection::vec(edit(), 0..6), 1..6).prop_map(|lines| {
        let named = lines.into_iter().enumerate().map(|(index, edits)| {
            let mut line = Line { key: format!("line-{index}"), ..Line::default() };
            for (knob, setting) in edits {
                line.settings.put(knob, setting);
            }
            line
        });
        named.collect()
    })
}

/// A sum of any number of digits, apart from the one of the program that stops at 28.
struct Exact(Wide);

impl Exact {
    /// The sum, if it fits a decimal.
    fn decimal(&self) -> Option<Decimal> {
        self.0.nearest().ok().filter(|nearest| Wide::from(*nearest) == self.0)
    }
}

impl std::iter::Sum<Decimal> for Exact {
    fn sum<I: Iterator<Item = Decimal>>(parts: I) -> Exact {
        parts.fold(Exact(Wide::default()), |mut sum, part| {
            sum.0 += part;
            sum
        })
    }
}

fn computed(budget: &Budget) -> Estimate {
    estimate(budget, catalog(), today())
}

proptest! {
    #![proptest_config(one_in(2))]

    #[test]
    fn an_edit_gives_what_a_full_estimate_gives(lines in lines(), edits in prop::collection::vec((any::<prop::sample::Index>(), edit()), 1..8)) {
        let mut budget = budget(lines);
        let mut live = computed(&budget);
        for (index, (knob, setting)) in edits {
            let index = index.index(budget.lines.len());
            let before = (budget.lines[index].clone(), live.clone());
            let undo = budget.lines[index].settings.put(knob, setting.clone());
            live.refresh_line(index, &budget, catalog(), today());
            prop_assert_eq!(&live, &computed(&budget), "{:?} {:?}", knob, setting);
            // A change and its reversal restore the original.
            budget.lines[index].settings.put(knob, undo);
            live.refresh_line(index, &budget, catalog(), today());
            prop_assert_eq!((&budget.lines[index], &live), (&before.0, &before.1));
            budget.lines[index].settings.put(knob, setting);
            live.refresh_line(index, &budget, catalog(), today());
        }
    }

    /// Lines inserted, removed, moved and edited in any order: the updated figures equal a full estimate, bit for bit.
    #[test]
    fn lines_that_come_go_and_move_give_what_a_full_estimate_gives(
        lines in lines(),
        more in lines(),
        steps in prop::collection::vec((0_u8..4, any::<prop::sample::Index>(), any::<prop::sample::Index>(), edit()), 1..12),
    ) {
        let mut budget = budget(lines);
        let mut live = computed(&budget);
        let mut spare = more.into_iter();
        for (step, at, to, (knob, setting)) in steps {
            let count = budget.lines.len();
            match (step, spare.next()) {
                (0, Some(line)) => {
                    let at = at.index(count + 1);
                    budget.lines.insert(at, line.into());
                    live.insert_line(at, &budget, catalog(), today());
                }
                (1, _) if count > 0 => {
                    let at = at.index(count);
                    budget.lines.remove(at);
                    live.remove_line(at, &budget, catalog(), today());
                }
                (2, _) if count > 0 => {
                    let (from, to) = (at.index(count), to.index(count));
                    let line = budget.lines.remove(from);
                    budget.lines.insert(to, line);
                    live.move_line((from, to), &budget, catalog(), today());
                }
                (3, _) if count > 0 => {
                    let at = at.index(count);
                    budget.lines[at].settings.put(knob, setting);
                    live.refresh_line(at, &budget, catalog(), today());
                }
                _ => {
                    budget.assumptions.put(knob, setting);
                    live.refresh(&budget, catalog(), today());
                }
            }
            prop_assert_eq!(&live, &computed(&budget), "step {}", step);
        }
    }

    #[test]
    fn totals_do_not_depend_on_the_order(lines in lines(), seed in any::<prop::sample::Index>()) {
        let straight = computed(&budget(lines.clone())).totals;
        let mut turned = lines.clone();
        turned.rotate_left(seed.index(lines.len()));
        prop_assert_eq!(&computed(&budget(turned)).totals, &straight);
        let mut back = lines;
        back.reverse();
        prop_assert_eq!(&computed(&budget(back)).totals, &straight);
    }

    #[test]
    fn totals_are_the_sums_of_their_lines(lines in lines()) {
        let estimate = computed(&budget(lines));
        let totals = &estimate.totals;
        let all = |part: fn(&LineEstimate) -> Option<Decimal>| estimate.lines.iter().map(part).collect::<Option<Vec<_>>>().map(|parts| parts.into_iter().sum::<Exact>());
        let known = all(|line| Some(line.known_subtotal)).unwrap();
        prop_assert_eq!(totals.known_subtotal, known.0.nearest().unwrap());
        let (total, buffer) = (all(|line| line.total), all(|line| line.buffer));
        match totals.total {
            Some(shown) => {
                prop_assert_eq!(Some(shown), total.and_then(|sum| sum.decimal()));
                prop_assert_eq!(totals.subtotal, known.decimal());
                prop_assert_eq!(totals.buffer, buffer.and_then(|sum| sum.decimal()));
            }
            // A line has no price, or a sum has more digits than a decimal.
            None => prop_assert!([total, buffer, Some(known)].iter().any(|sum| sum.as_ref().and_then(Exact::decimal).is_none())),
        }
        let costs = || estimate.lines.iter().map(|line| line.subtotal);
        prop_assert_eq!(estimate.largest(), costs().flatten().max());
        prop_assert_eq!(estimate.has_unknown(), costs().any(|cost| cost.is_none()));
        prop_assert_eq!(totals.lines_unknown, estimate.lines.iter().filter(|line| line.total.is_none()).count());
        for line in &estimate.lines {
            check_parts(line)?;
            prop_assert!(line.total.is_some() || !line.issues.is_empty(), "no price and not a word: {:?}", line.deliverable);
        }
    }
}

/// A line's money is the sum of its stages and meters, and nothing known is negative.
fn check_parts(line: &retake::cost::estimate::line::LineEstimate) -> Result<(), TestCaseError> {
    let mut sum = Decimal::ZERO;
    for stage in &line.stages {
        let parts: Decimal = stage.meters.iter().filter_map(|meter| meter.cost).sum();
        prop_assert_eq!(stage.known, parts);
        prop_assert!(stage.total.is_none_or(|total| total == parts));
        if let (Some(each), Some(total), Some(count)) = (stage.each, stage.total, &stage.count) {
            // Each of five meters is rounded once at most, to 18 decimals.
            prop_assert!(
                (each * count.images.number() - total).abs() <= dec("0.00000000000001"),
                "{each} {count:?} {total}"
            );
        }
        sum += parts;
    }
    prop_assert!(sum >= Decimal::ZERO);
    prop_assert_eq!(line.known_subtotal, sum);
    if let (Some(subtotal), Some(buffer), Some(total)) = (line.subtotal, line.buffer, line.total) {
        prop_assert_eq!((subtotal, total), (sum, sum + buffer));
        prop_assert_eq!(buffer, sum * line.deliverable.buffer.value * dec("0.01"));
    }
    Ok(())
}

/// Two sums of 28 digits that do not fit one of 28: which of the lines is missing from a sum that stops there depends on their
/// order, so the sum is the nearest decimal of all of them.
#[test]
fn the_known_part_of_a_sum_without_room_for_its_digits_does_not_depend_on_the_order() {
    let line = |key: &str, finals: u64, settings: &[(Knob, Value)]| {
        let mut line = Line { key: key.to_owned(), ..Line::default() };
        line.settings.put(Knob::Finals, Some(Setting::Value(Value::Count(finals))));
        for (knob, value) in settings {
            line.settings.put(*knob, Some(Setting::Value(value.clone())));
        }
        line
    };
    let endless = [(Knob::ImagesPerCall, Value::Count(2)), (Knob::Buffer, Value::Percent(dec("38.81")))];
    let large = [(Knob::Retry, Value::Retry(Retry::plain(dec("203.051"))))];
    let mut budget = budget(vec![line("a", 893, &endless), line("b", 0, &[]), line("c", 3_701_257, &large)]);
    let mut live = computed(&budget);
    assert_eq!(live.totals.total, None, "{:?}", live.totals);
    let moved = budget.lines.remove(0);
    budget.lines.push(moved);
    live.move_line((0, 2), &budget, catalog(), today());
    assert_eq!(live, computed(&budget));
    let last = budget.lines.remove(1);
    live.remove_line(1, &budget, catalog(), today());
    assert_eq!((live.totals.total.is_some(), &live), (true, &computed(&budget)), "{}", last.key);
}

#[test]
fn a_line_that_is_not_there_computes_everything() {
    let mut budget = budget(vec![Line::default()]);
    let mut live = computed(&budget);
    budget.lines.push(Line { key: "new".to_owned(), ..Line::default() }.into());
    live.refresh_line(1, &budget, catalog(), today());
    assert_eq!(live, computed(&budget));
    budget.lines.clear();
    live.refresh_line(0, &budget, catalog(), today());
    assert_eq!((live.lines.len(), live.totals.total), (0, Some(Decimal::ZERO)));
    assert_eq!(Totals::default().total, None);
}

#[test]
fn a_list_that_is_not_the_expected_one_computes_everything() {
    let mut budget = budget(vec![Line::default()]);
    let mut live = computed(&budget);
    budget.lines.extend(["a", "b"].map(|key| Line { key: key.to_owned(), ..Line::default() }.into()));
    live.insert_line(1, &budget, catalog(), today());
    assert_eq!(live, computed(&budget));
    budget.lines.clear();
    live.remove_line(0, &budget, catalog(), today());
    assert_eq!(live, computed(&budget));
    live.move_line((0, 5), &budget, catalog(), today());
    assert_eq!(live, computed(&budget));
}

/// What is said of the whole project names deliverables in the order of the list.
#[test]
fn what_names_lines_follows_a_move() {
    let old = |key: &str| {
        let mut line = Line { key: key.to_owned(), ..Line::default() };
        line.settings.put(Knob::Model, Some(Setting::Value(Value::Word("gpt-image-1-mini".to_owned()))));
        line
    };
    let mut budget = budget(vec![old("a"), old("b")]);
    let mut live = computed(&budget);
    let of_first =
        |live: &Estimate| live.issues.iter().filter(|issue| issue.deliverable.as_deref() == Some("a")).count();
    assert_eq!(of_first(&live), 1, "{:?}", live.issues);
    budget.lines.swap(0, 1);
    live.move_line((0, 1), &budget, catalog(), today());
    assert_eq!(live, computed(&budget));
    assert_eq!(of_first(&live), 0, "{:?}", live.issues);
}

/// From two thousand lines on, several cores share the work; the result equals that of one core.
#[test]
fn many_lines_are_computed_as_few_are() {
    let kinds = |at: usize| {
        let mut line = crate::support::line(&format!("line-{at}"), &[]);
        line.settings.put(Knob::Finals, Some(Setting::Value(Value::Count(at as u64 % 97))));
        line.settings
            .put(Knob::Retry, Some(Setting::Value(Value::Retry(Retry::plain(Decimal::new(10 + at as i64 % 30, 1))))));
        if at.is_multiple_of(11) {
            line.settings.put(Knob::Model, Some(Setting::Unreadable));
        }
        line
    };
    let mut many = budget((0..5_001).map(kinds).collect());
    let mut shared = computed(&many);
    many.assumptions.put(Knob::Buffer, Some(Setting::Value(Value::Percent(dec("17")))));
    shared.refresh(&many, catalog(), today());
    let mut start = 0;
    for part in [1_000, 1_999, 1_500, 502] {
        let few = computed(&Budget { lines: many.lines[start..start + part].to_vec(), ..many.clone() });
        assert!(shared.lines[start..start + part] == few.lines[..], "{start}");
        start += part;
    }
    assert_eq!((start, &shared), (5_001, &computed(&many)));
}

/// The known part of a sum that runs out of digits depends on the order of its parts; it must not depend on which core adds
/// them.
#[test]
fn a_sum_without_room_is_known_as_far_on_many_cores_as_on_one() {
    let card = |price: &str| {
        let rates = Rates::default().with(Meter::ImageOutput, dec(price));
        let provenance = Provenance { source: "own".to_owned(), checked: None, grade: None };
        TokenCard { standard: Some(rates), batch: None, provenance }
    };
    let kinds = |at: usize| {
        let model = if at == 0 || at == 3_999 { "gpt-image-2" } else { "gpt-image-2.5-flare" };
        crate::support::line(&format!("line-{at}"), &[(Knob::Finals, "1"), (Knob::Retry, "1"), (Knob::Model, model)])
    };
    let mut many = budget((0..4_000).map(kinds).collect());
    many.assumptions.put(Knob::Buffer, Some(Setting::Value(Value::Percent(dec("0")))));
    many.pins.insert("openai/gpt-image-2".to_owned(), card("9999999999999999"));
    many.pins.insert("openai/gpt-image-2.5-flare".to_owned(), card("0.0000000000005"));
    let once = computed(&many);
    assert_eq!(once.totals.total, None, "the sum runs out of digits");
    let mut again = once.clone();
    again.refresh(&many, catalog(), today());
    assert!(again == once, "{:?} {:?}", again.totals, once.totals);
}
