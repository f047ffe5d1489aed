//! The whole invoice: surcharge, fees, markup and tax, against figures that were computed apart from the program.

use crate::support::{budget, catalog, computed, day, dec, line, settings, today};
use proptest::prelude::*;
use retake::cost::base::money::{Currency, Exchange, Shown};
use retake::cost::bill::{Bills, Fraction, Why};
use retake::cost::budget::edit::{Edit, Touched};
use retake::cost::budget::fee::{Charge, Fee, FeeKey, Per};
use retake::cost::estimate::issue::IssueKind;
use retake::cost::estimate::{CapState, Totals, against_cap};
use retake::cost::{Budget, Decimal, Knob, Setting, Value, estimate};
use std::collections::BTreeMap;

fn fee(amount: &str, currency: Option<&str>, per: Per) -> Fee {
    let currency = currency.map(|code| Currency::parse(code).unwrap());
    Fee { amount: Some(Charge { amount: dec(amount), currency }), per: Some(per), ..Fee::default() }
}

fn fees(all: &[(&str, Fee)]) -> BTreeMap<String, Fee> {
    all.iter().map(|(name, fee)| ((*name).to_owned(), fee.clone())).collect()
}

/// 24 finals of 9.249216 USD, of which each step of an invoice is made.
fn hero(more: &[(Knob, &str)]) -> Budget {
    let own = [
        (Knob::Size, "1024x1280"),
        (Knob::Quality, "high"),
        (Knob::Finals, "24"),
        (Knob::Retry, "2"),
        (Knob::References, "1024x1024"),
        (Knob::PromptTokens, "180"),
    ];
    budget(vec![line("hero", &[&own[..], more].concat())])
}

/// Everything at once. Python: images = F("9.249216"); surcharge = images/10; fees = F("4.5")*24 + F("0.02")*48 + 25;
/// buffer = (images + surcharge + F("4.5")*24 + F("0.02")*48)/5; before = images + surcharge + fees + buffer + 80 + 3*12;
/// markup = before*15/100; tax = (before + markup)*19/100.
fn everything() -> Budget {
    let mut budget = hero(&[(Knob::Surcharge, "10%")]);
    budget.assumptions = settings(&[(Knob::Markup, "15%"), (Knob::Tax, "19%")]);
    budget.bills.months = Some(3);
    budget.fees = fees(&[
        ("retouching", fee("4.50", None, Per::Final)),
        ("upscaling", fee("0.02", Some("USD"), Per::Image)),
        ("brief", fee("25", None, Per::Deliverable)),
        ("kick-off", fee("80", None, Per::Project)),
        ("storage", fee("12", None, Per::Month)),
    ]);
    budget
}

#[test]
fn every_step_is_the_figure_that_was_computed_apart() {
    let computed = computed(&everything());
    let Totals { subtotal, buffer, total, per_final, invoice, .. } = computed.totals.clone();
    assert_eq!(invoice.images, Some(dec("9.249216")));
    assert_eq!(invoice.surcharge, Some(dec("0.9249216")));
    assert_eq!(invoice.fees, Some(dec("133.96")));
    assert_eq!(subtotal, Some(dec("144.1341376")));
    assert_eq!(buffer, Some(dec("23.82682752")));
    assert_eq!(invoice.project_fees, Some(dec("116")));
    assert_eq!(invoice.markup, Some(dec("42.594144768")));
    assert_eq!(invoice.tax, Some(dec("62.04547087872")));
    assert_eq!(total, Some(dec("388.60058076672")));
    assert_eq!(per_final, Some(dec("16.19169086528")));
    assert_eq!(invoice.official, Some((dec("10.1741376"), dec("12.20896512"))));
    let hero = &computed.lines[0];
    assert_eq!((hero.images_cost, hero.surcharge, hero.fees), (invoice.images, invoice.surcharge, invoice.fees));
    assert_eq!(hero.total, Some(dec("167.96096512")));
    assert!(computed.issues.is_empty(), "{:?}", computed.issues);
}

#[test]
fn a_fee_has_the_units_that_it_names() {
    let mut budget = everything();
    let one = |per: Per| fees(&[("one", fee("1", None, per))]);
    budget.lines[0].settings.put(Knob::ImagesPerCall, Some(Setting::Value(Value::Count(2))));
    budget.lines.push(line("empty", &[]).into());
    // 24 finals at r = 2, two images a call, one kept: 24 / (1 - 1/4) calls.
    for (per, units) in
        [("project", "1"), ("month", "3"), ("deliverable", "1"), ("final", "24"), ("image", "64"), ("call", "32")]
    {
        budget.fees = one(Per::parse(per).unwrap());
        let rows = computed(&budget).fees(&budget);
        assert_eq!((rows[0].units, rows[0].usd), (Some(dec(units)), Some(dec(units))), "{per}");
    }
    for (named, units) in [(vec!["empty"], "0"), (vec!["hero"], "24"), (vec!["hero", "empty"], "24"), (vec![], "0")] {
        let named = named.into_iter().map(str::to_owned).collect();
        budget.fees = fees(&[("one", Fee { deliverables: Some(named), ..fee("1", None, Per::Final) })]);
        assert_eq!(computed(&budget).fees(&budget)[0].units, Some(dec(units)));
    }
    budget.fees = fees(&[("one", Fee { off: Some(true), ..fee("1", None, Per::Final) })]);
    assert!(computed(&budget).fees(&budget).is_empty());
    assert!(!computed(&budget).totals.invoice.has.fees);
}

#[test]
fn an_amount_converts_once_at_the_rate_of_the_project() {
    let euro = Currency::parse("EUR").unwrap();
    let exchange = Exchange { rate: dec("0.92"), as_of: day("2026-11-20"), source: None };
    let shown = Shown { currency: euro, exchange: Some(exchange) };
    let usd = |amount: &str, code| Charge { amount: dec(amount), currency: code }.to_usd(&shown);
    assert_eq!(usd("4.60", None), Some(dec("5")));
    // Python: round(F("4.5")/F("0.92") * 10**18)
    assert_eq!(usd("4.50", Some(euro)), Some(dec("4.891304347826086957")));
    assert_eq!(usd("4.50", Some(Currency::USD)), Some(dec("4.5")));
    assert_eq!(usd("4.50", Currency::parse("GBP")), None);
    assert_eq!(Charge { amount: dec("1"), currency: None }.to_usd(&Shown { exchange: None, ..shown.clone() }), None);
    let mut budget = everything();
    budget.fees = fees(&[("one", fee("1", Some("GBP"), Per::Project))]);
    let found = computed(&budget);
    assert_eq!(found.totals.total, None);
    assert!(matches!(&found.issues[..], [issue] if issue.kind.code().name() == "fee-currency"), "{:?}", found.issues);
    for (shown, remedy) in [(shown, "write the amount in EUR, or in USD"), (Shown::usd(), "write the amount in USD")] {
        let found = computed(&Budget { shown, ..budget.clone() });
        assert_eq!(retake::words::issue(&found.issues[0], |_, _, _, _| Default::default()).remedy, remedy);
    }
}

#[test]
fn what_cannot_be_read_makes_the_total_unknown_and_never_cheaper() {
    let unreadable = |knob| {
        let mut budget = everything();
        budget.assumptions.put(knob, Some(Setting::Unreadable));
        budget
    };
    for knob in [Knob::Markup, Knob::Tax] {
        let found = computed(&unreadable(knob));
        assert_eq!((found.totals.total, found.totals.invoice.tax), (None, None), "{knob:?}");
        assert!(found.totals.subtotal.is_some());
        assert_eq!(found.issues.iter().map(|issue| issue.knob).collect::<Vec<_>>(), [Some(knob)]);
    }
    let mut budget = everything();
    budget.lines[0].settings.put(Knob::Surcharge, Some(Setting::Unreadable));
    let found = computed(&budget);
    assert_eq!((found.lines[0].surcharge, found.lines[0].total, found.totals.total), (None, None, None));
    assert_eq!(found.lines[0].images_cost, Some(dec("9.249216")));
    for key in [FeeKey::Amount, FeeKey::Per, FeeKey::Deliverables] {
        let mut budget = everything();
        budget.fees.get_mut("retouching").unwrap().unreadable.insert(key);
        let found = computed(&budget);
        assert_eq!(found.totals.total, None, "{key:?}");
        let kind = IssueKind::FeeUnreadable { fee: "retouching".to_owned(), key };
        assert!(found.issues.iter().any(|issue| issue.kind == kind));
    }
    let mut budget = everything();
    budget.fees.insert("none".to_owned(), Fee { per: Some(Per::Final), ..Fee::default() });
    budget.fees.get_mut("brief").unwrap().deliverables = Some(vec!["gone".to_owned()]);
    let found = computed(&budget);
    let codes: Vec<_> = found.issues.iter().map(|issue| issue.kind.code().name()).collect();
    assert_eq!(codes, ["total-unknown", "fee-deliverable-unknown", "fee-incomplete"]);
}

#[test]
fn the_cap_is_held_against_the_last_total() {
    let mut budget = everything();
    for (cap, within) in [("388.60", false), ("388.61", true)] {
        budget.assumptions.put(Knob::Cap, settings(&[(Knob::Cap, cap)]).get(Knob::Cap).cloned());
        let state = against_cap(&budget, &computed(&budget).totals);
        assert_eq!(matches!(state, CapState::Within { .. }), within, "{state:?}");
    }
    // The known part alone is over a cap only with what a discount leaves of it.
    let mut part = budget;
    part.lines.push(line("auto", &[(Knob::Finals, "1"), (Knob::Quality, "auto")]).into());
    part.fees = fees(&[("one", fee("100", None, Per::Project))]);
    let markup = |percent: &str, budget: &Budget| {
        let mut budget = budget.clone();
        budget.assumptions = settings(&[(Knob::Markup, percent), (Knob::Cap, "100")]);
        against_cap(&budget, &computed(&budget).totals)
    };
    assert!(matches!(markup("0%", &part), CapState::OverAtLeast { .. }));
    assert_eq!(markup("-50%", &part), CapState::Unknown);
}

#[test]
fn without_any_of_them_nothing_is_there() {
    for more in [&[][..], &[(Knob::Surcharge, "0%")]] {
        let mut budget = hero(more);
        budget.assumptions = settings(&[(Knob::Markup, "0%"), (Knob::Tax, "0%")]);
        let totals = computed(&budget).totals;
        assert!(!totals.invoice.has.any());
        assert_eq!(totals.total, Some(dec("11.0990592")));
        assert_eq!(totals.invoice.official, totals.subtotal.zip(totals.total));
        assert_eq!((totals.invoice.markup, totals.invoice.tax), (Some(Decimal::ZERO), Some(Decimal::ZERO)));
    }
}

#[test]
fn layers_of_a_fee_merge_key_by_key() {
    let mut budget = everything();
    budget.team_fees = fees(&[("retouching", Fee { note: Some("two rounds".into()), ..fee("9", None, Per::Call) })]);
    budget.fees = fees(&[("retouching", Fee { off: Some(true), ..Fee::default() })]);
    let merged = budget.fee("retouching").unwrap();
    assert_eq!((merged.per, merged.off, merged.note.as_deref()), (Some(Per::Call), Some(true), Some("two rounds")));
    assert!(!computed(&budget).totals.invoice.has.fees);
    let mut unreadable = Fee::default();
    unreadable.unreadable.insert(FeeKey::Amount);
    budget.fees = fees(&[("retouching", unreadable)]);
    assert_eq!(computed(&budget).totals.total, None);
}

#[test]
fn an_edit_of_a_fee_is_undone() {
    let mut budget = everything();
    let before = budget.clone();
    let old = budget.fees["brief"].clone();
    let edit = Edit::Fee {
        name: "brief".to_owned(),
        before: Some(Box::new(old.clone())),
        after: Some(Box::new(Fee { off: Some(true), ..old })),
    };
    assert_eq!(edit.apply(&mut budget), Touched::All);
    assert_ne!(budget, before);
    edit.reversed().apply(&mut budget);
    assert_eq!(budget, before);
}

#[test]
fn bills_hold_images_and_surcharge_and_their_differences_add_up() {
    let mut budget = everything();
    for id in ["muapi", "fal-25", "evolink"] {
        budget.bills.compare.push(id.to_owned());
    }
    let estimate = computed(&budget);
    let official = estimate.totals.invoice.official.unwrap().1;
    let bills = Bills::of(&budget, &estimate, catalog());
    let mut with_parts = 0;
    for card in &bills.cards {
        let bill = &card.bill;
        assert_eq!(bill.official, official, "{}", card.card().id);
        let Some(total) = &bill.total else { continue };
        let sum = bill.parts.iter().fold(Fraction::from(official), |sum, part| &sum + &part.usd);
        assert_eq!(sum, *total, "{}", card.card().id);
        let surcharge = bill.parts.iter().find(|part| part.why == Why::Surcharge).unwrap();
        // 0.9249216 with its buffer of 20 %.
        assert_eq!(surcharge.usd, Fraction::from(dec("-1.10990592")));
        with_parts += 1;
    }
    assert!(with_parts > 0);
}

fn percent(low: i64, high: i64) -> impl Strategy<Value = Decimal> {
    prop_oneof![1 => Just(Decimal::ZERO), 4 => (low..=high).prop_map(|tenths| Decimal::new(tenths, 1))]
}

fn any_fee() -> impl Strategy<Value = Fee> {
    let per = prop::sample::select(Per::ALL.to_vec());
    let named = prop::option::of(prop::collection::vec(prop::sample::select(vec!["a", "b", "c"]), 0..3));
    (0_i64..20_000, per, named, any::<bool>()).prop_map(|(cents, per, named, off)| Fee {
        amount: Some(Charge { amount: Decimal::new(cents, 2), currency: None }),
        per: Some(per),
        deliverables: named.map(|keys| keys.into_iter().map(str::to_owned).collect()),
        off: off.then_some(true),
        ..Fee::default()
    })
}

fn any_project() -> impl Strategy<Value = Budget> {
    let line = (1_u32..500, 10_i64..40, percent(0, 400), percent(0, 300));
    let fees = prop::collection::btree_map("[a-z]{4}", any_fee(), 0..4);
    (prop::collection::vec(line, 3), fees, percent(-500, 900), percent(0, 300)).prop_map(
        |(lines, fees, markup, tax)| {
            let lines = lines.into_iter().zip(["a", "b", "c"]).map(|((finals, tries, buffer, surcharge), key)| {
                let mut line = line_of(key, finals, tries);
                line.settings = line.settings.with(Knob::Buffer, Value::Percent(buffer));
                line.settings = line.settings.with(Knob::Surcharge, Value::Percent(surcharge));
                line
            });
            let mut budget = budget(lines.collect());
            budget.assumptions =
                settings(&[]).with(Knob::Markup, Value::Percent(markup)).with(Knob::Tax, Value::Percent(tax));
            budget.fees = fees;
            budget
        },
    )
}

fn line_of(key: &str, finals: u32, tries: i64) -> retake::cost::Line {
    let (finals, tries) = (finals.to_string(), Decimal::new(tries, 1).to_string());
    let mut line = line(key, &[(Knob::Quality, "high")]);
    for (knob, text) in [(Knob::Finals, finals), (Knob::Retry, tries)] {
        line.settings.put(knob, settings(&[(knob, text.as_str())]).get(knob).cloned());
    }
    line
}

proptest! {
    #![proptest_config(crate::support::one_in(4))]

    #[test]
    fn the_total_is_the_sum_of_its_steps(budget in any_project()) {
        let found = computed(&budget);
        let Totals { subtotal, buffer, total, invoice, .. } = found.totals.clone();
        let sum = |parts: &[Option<Decimal>]| parts.iter().map(|part| part.unwrap()).sum::<Decimal>().normalize();
        prop_assert_eq!(sum(&[invoice.images, invoice.surcharge, invoice.fees]), subtotal.unwrap().normalize());
        let steps = [subtotal, buffer, invoice.project_fees, invoice.markup, invoice.tax];
        prop_assert_eq!(sum(&steps), total.unwrap().normalize());
        let of_lines: Vec<_> = found.lines.iter().map(|line| line.total).collect();
        prop_assert_eq!(sum(&of_lines), sum(&[subtotal, buffer]));
        let fees: Vec<_> = found.fees(&budget).iter().map(|fee| fee.usd).collect();
        prop_assert_eq!(sum(&fees), sum(&[invoice.fees, invoice.project_fees]));
    }

    #[test]
    fn edits_of_lines_leave_the_sums_of_all(before in any_project(), after in any_project(), at in 0_usize..3) {
        let mut budget = before;
        let mut found = computed(&budget);
        budget.lines[at] = after.lines[at].clone();
        found.refresh_line(at, &budget, catalog(), today());
        prop_assert_eq!(&found, &computed(&budget));
        let line = budget.lines.remove(at);
        found.remove_line(at, &budget, catalog(), today());
        prop_assert_eq!(&found, &computed(&budget));
        budget.lines.insert(0, line);
        found.insert_line(0, &budget, catalog(), today());
        prop_assert_eq!(&found, &computed(&budget));
        prop_assert_eq!(&found, &estimate(&budget, catalog(), today()));
    }
}

/// The whole invoice with the finals of each quality; the most was computed apart (see [`everything`]).
#[test]
fn what_is_left_to_the_model_brackets_the_last_total_with_all_that_is_charged() {
    let of = |quality: &str| {
        let mut budget = everything();
        let typed = settings(&[(Knob::Quality, quality)]).get(Knob::Quality).cloned();
        budget.lines[0].settings.put(Knob::Quality, typed);
        computed(&budget).totals
    };
    let bracket = of("auto").bracket.unwrap();
    assert_eq!((Some(bracket.least), Some(bracket.most)), (of("low").total, of("high").total));
    assert_eq!((bracket.most, bracket.approximate), (dec("388.60058076672"), false));
    assert_eq!((of("high").bracket, of("auto").total), (None, None));
    // An unknown fee leaves no end known.
    let mut unknown = everything();
    unknown.fees.insert("later".to_owned(), Fee { per: Some(Per::Project), ..Fee::default() });
    unknown.lines[0].settings.put(Knob::Quality, settings(&[(Knob::Quality, "auto")]).get(Knob::Quality).cloned());
    assert_eq!(computed(&unknown).totals.bracket, None);
}

#[test]
fn a_bracket_of_approximate_counts_is_approximate() {
    let own =
        [(Knob::Model, "gpt-image-2.6-flare"), (Knob::Quality, "high"), (Knob::Size, "auto"), (Knob::Finals, "2")];
    let computed = computed(&budget(vec![line("hero", &own)]));
    let [of_line, total] = [computed.lines[0].bracket.unwrap(), computed.totals.bracket.unwrap()];
    assert!(of_line.approximate && total == of_line, "{total:?}");
}
