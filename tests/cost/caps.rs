//! The cap, in the project's currency and in others, and the exchange rate.

use crate::support::{budget, computed, day, dec, hero, line, project_codes, settings};
use retake::cost::base::money::{Currency, Exchange, Shown};
use retake::cost::budget::Cap;
use retake::cost::budget::fee::{Charge, Fee, Per};
use retake::cost::estimate::issue::IssueKind;
use retake::cost::estimate::{CapState, against_cap};
use retake::cost::{Budget, Knob, Setting, Value};
use retake::figures;

fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap()
}

fn shown_in(code: &str, rate: Option<&str>) -> Shown {
    let exchange = rate.map(|rate| Exchange { rate: dec(rate), as_of: day("2026-11-20"), source: None });
    Shown { currency: currency(code), exchange }
}

fn state(budget: &Budget) -> CapState {
    against_cap(budget, &computed(budget).totals)
}

fn with_cap(cap: &str, shown: Shown) -> Budget {
    let mut budget = Budget { shown, ..hero() };
    budget.assumptions = settings(&[(Knob::Cap, cap)]);
    budget
}

#[test]
fn a_cap_is_compared_with_the_unrounded_total() {
    let (total, usd) = (dec("11.0990592"), Currency::USD);
    let within = |cap| CapState::Within { total, cap: dec(cap), currency: usd };
    let over = |cap| CapState::Over { total, cap: dec(cap), currency: usd };
    assert_eq!(state(&hero()), CapState::None);
    assert_eq!(state(&with_cap("25", Shown::usd())), within("25"));
    assert_eq!(state(&with_cap("11.0990592", Shown::usd())), within("11.0990592"));
    assert_eq!(state(&with_cap("11.0990591", Shown::usd())), over("11.0990591"));
    assert_eq!(state(&with_cap("11.099", Shown::usd())), over("11.099"), "shown alike, over all the same");
    let estimate = computed(&with_cap("11", Shown::usd()));
    assert_eq!(project_codes(&estimate), ["over-cap"]);
    assert_eq!(estimate.issues[0].knob, Some(Knob::Cap));
}

#[test]
fn a_cap_in_the_projects_currency_is_converted_for() {
    let yen = shown_in("JPY", Some("152.40"));
    let total = dec("11.0990592") * dec("152.40");
    assert_eq!(
        state(&with_cap("1691", yen.clone())),
        CapState::Over { total, cap: dec("1691"), currency: currency("JPY") }
    );
    assert_eq!(
        state(&with_cap("1692", yen.clone())),
        CapState::Within { total, cap: dec("1692"), currency: currency("JPY") }
    );
    // A cap in USD needs no rate.
    let (total, cap) = (dec("11.0990592"), dec("12"));
    assert_eq!(state(&with_cap("$12", yen)), CapState::Within { total, cap, currency: Currency::USD });
    assert_eq!(
        state(&with_cap("12 USD", shown_in("JPY", None))),
        CapState::Within { total, cap, currency: Currency::USD }
    );
}

#[test]
fn a_cap_in_a_third_currency_cannot_be_compared() {
    let budget = with_cap("€25", shown_in("JPY", Some("152.40")));
    assert_eq!(state(&budget), CapState::WrongCurrency { cap: currency("EUR"), project: currency("JPY") });
    assert_eq!(project_codes(&computed(&budget)), ["cap-currency"]);
}

#[test]
fn without_a_rate_the_cap_is_open_and_the_rate_is_asked_for() {
    let budget = with_cap("1692", shown_in("JPY", None));
    assert_eq!(state(&budget), CapState::Unknown);
    let estimate = computed(&budget);
    let missing = IssueKind::ExchangeMissing { currency: currency("JPY") };
    assert_eq!(estimate.issues.iter().map(|issue| issue.kind.clone()).collect::<Vec<_>>(), [missing]);
    assert_eq!(estimate.totals.total, Some(dec("11.0990592")), "USD are known all the same");
    assert_eq!(figures::text(&budget.shown, Some(dec("11.0990592"))), "$11.10");
    assert_eq!(figures::text(&shown_in("JPY", Some("152.40")), Some(dec("11.0990592"))), "≈¥1,691");
}

#[test]
fn an_unknown_total_is_not_within_any_cap() {
    let mut budget = with_cap("1000000", Shown::usd());
    let unknown = [(Knob::Model, "gpt-image-2.6-flare"), (Knob::Quality, "low"), (Knob::Finals, "1")];
    budget.lines.push(line("unknown", &unknown).into());
    assert_eq!(state(&budget), CapState::Unknown);
}

#[test]
fn the_projects_cap_comes_before_its_teams() {
    let mut budget = with_cap("25", Shown::usd());
    budget.team = settings(&[(Knob::Cap, "10")]);
    assert_eq!(budget.cap(), Some(Cap { amount: dec("25"), currency: None }));
    budget.assumptions.put(Knob::Cap, None);
    assert_eq!(budget.cap(), Some(Cap { amount: dec("10"), currency: None }));
    assert_eq!(project_codes(&computed(&budget)), ["over-cap"]);
}

#[test]
fn an_unreadable_cap_does_not_pass_for_none() {
    let mut budget = with_cap("25", Shown::usd());
    budget.team = settings(&[(Knob::Cap, "10")]);
    for wrong in [Setting::Unreadable, Setting::Value(Value::Count(5))] {
        budget.assumptions.put(Knob::Cap, Some(wrong));
        let estimate = computed(&budget);
        assert_eq!(budget.cap(), None, "the team's does not stand in");
        assert_eq!(project_codes(&estimate), ["value-unreadable"]);
        assert_eq!(estimate.issues[0].knob, Some(Knob::Cap));
    }
}

/// Nothing but a fee for the whole project, in the project's currency.
fn of_one_fee(amount: &str, per: Per, months: u32, shown: Shown) -> Budget {
    let charge = Charge { amount: dec(amount), currency: None };
    let fee = Fee { amount: Some(charge), per: Some(per), ..Fee::default() };
    let mut budget = Budget { shown, fees: [("brief".to_owned(), fee)].into(), ..budget(Vec::new()) };
    budget.bills.months = Some(months);
    budget
}

#[test]
fn what_a_conversion_leaves_over_is_never_over_a_cap() {
    for rate in ["0.92", "0.87", "1.07", "0.33", "7", "152.4", "0.0003", "1.000000007"] {
        for amount in ["33", "0.01", "1999.99", "0.335"] {
            let mut budget = of_one_fee(amount, Per::Project, 1, shown_in("EUR", Some(rate)));
            let with = |budget: &mut Budget, cap: &str| {
                budget.assumptions = settings(&[(Knob::Cap, cap)]);
                state(budget)
            };
            let (cap, currency) = (dec(amount), currency("EUR"));
            assert_eq!(with(&mut budget, amount), CapState::Within { total: cap, cap, currency }, "{rate} {amount}");
            // A real excess is over, however small.
            let less = cap - dec("0.0000001");
            let over = CapState::Over { total: cap, cap: less, currency };
            assert_eq!(with(&mut budget, &less.to_string()), over, "{rate} {amount}");
            // In the other currency too, where the fee itself is what was converted.
            let usd = (cap / dec(rate)).round_dp(13);
            let in_usd = with(&mut budget, &format!("{usd} USD"));
            assert!(matches!(in_usd, CapState::Within { .. }), "{rate} {amount}: {in_usd:?}");
        }
    }
}

#[test]
fn what_a_conversion_leaves_over_is_not_rounded_up() {
    for rate in ["0.92", "0.87", "1.07", "0.33", "7"] {
        let budget = of_one_fee("0.335", Per::Month, 3, shown_in("EUR", Some(rate)));
        let total = computed(&budget).totals.total.unwrap();
        // 1.005 to the even cent.
        assert_eq!(figures::Amount::of(&budget.shown, total).to_string(), "≈€1.00", "{rate}");
    }
}
