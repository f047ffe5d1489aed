//! Named risks of a project: what reaches the distribution, what each adds, and what does not count.

use crate::support::{budget, catalog, computed, day, dec, hero, line, settings};
use retake::cost::base::money::{Currency, Exchange, Shown};
use retake::cost::budget::fee::{Charge, Fee, Per};
use retake::cost::budget::{Changes, LinePatch, NamedRisk, Points, RiskAmount, RiskKey, Scenario};
use retake::cost::estimate::issue::IssueKind;
use retake::cost::estimate::risk_fault::RiskFault;
use retake::cost::risk::Risk;
use retake::cost::risk::describe::{Described, describe};
use retake::cost::risk::work::{ExtraFinals, ExtraMoney};
use retake::cost::{Budget, Decimal, Knob, scenario};

fn finals(chance: &str, finals: Points<u64>) -> NamedRisk {
    let deliverable = Some("pdp-hero".to_owned());
    NamedRisk { chance: Some(dec(chance)), finals: Some(finals), deliverable, ..NamedRisk::default() }
}

fn money(chance: &str, points: Points<Decimal>, currency: Option<Currency>) -> NamedRisk {
    NamedRisk { chance: Some(dec(chance)), amount: Some(RiskAmount { points, currency }), ..NamedRisk::default() }
}

fn with(mut project: Budget, risks: &[(&str, NamedRisk)]) -> Budget {
    project.risks.extend(risks.iter().map(|(key, risk)| ((*key).to_owned(), risk.clone())));
    project
}

fn described(project: &Budget) -> Described {
    describe(project, &computed(project), catalog()).unwrap()
}

fn risk(project: &Budget) -> Risk {
    Risk::of(project, &computed(project), catalog()).unwrap()
}

fn hero_key() -> Budget {
    let mut project = hero();
    project.lines[0].key = "pdp-hero".to_owned();
    project
}

#[test]
fn extra_finals_and_amounts_reach_the_distribution_and_no_figure_of_the_worksheet() {
    let mut plain = hero_key();
    plain.assumptions = settings(&[(Knob::Surcharge, "10"), (Knob::Drafts, "3")]);
    let fee =
        Fee { amount: Some(Charge { amount: dec("0.5"), currency: None }), per: Some(Per::Final), ..Fee::default() };
    plain.fees.insert("retouching".to_owned(), fee);
    let range = Points::range(6, 12, 20).unwrap();
    let risks = [("lost-day", money("10", Points::One(dec("150")), None)), ("round", finals("30", range))];
    let project = with(plain.clone(), &risks);
    assert_eq!(computed(&project).totals, computed(&plain).totals);
    let (without, all) = (described(&plain).work, described(&project).work);
    assert_eq!(all.constant, without.constant, "extra finals bring no drafts");
    assert_eq!(all.profiles[0].items, without.profiles[0].items);
    let cases = vec![(0.3, 6), (0.4, 12), (0.3, 20)];
    assert_eq!(all.profiles[0].extras, [ExtraFinals { risk: 1, item: 0, chance: 0.3, cases, fee: dec("0.5") }]);
    assert_eq!(all.amounts, [ExtraMoney { risk: 0, chance: 0.1, cases: vec![(1.0, dec("150"))] }]);
}

#[test]
fn a_risk_says_what_it_adds_and_shares_add_up() {
    let mut project = with(
        hero_key(),
        &[
            (
                "lost-day",
                NamedRisk { name: Some("A lost day".to_owned()), ..money("10", Points::One(dec("15")), None) },
            ),
            ("round", finals("30", Points::One(12))),
        ],
    );
    project.assumptions = settings(&[(Knob::Markup, "50"), (Knob::Tax, "20")]);
    let risk = risk(&project);
    let named = risk.named();
    let told: Vec<_> = named.iter().map(|one| (one.risk.title.as_str(), one.adds)).collect();
    // 10 % of $15, and 30 % of 12 finals at 2 tries of $0.192692, both × 1.5 × 1.2.
    assert_eq!(told, [("A lost day", dec("2.7")), ("round", dec("2.497288"))]);
    assert_eq!(risk.mean(), dec("21.845877"));
    let named: Decimal = named.iter().map(|one| one.share).sum();
    let layers = risk.layers().unwrap();
    assert!((named - layers.risks).abs() <= dec("0.000002"), "{named} {layers:?}");
    let lines: Decimal = risk.deliverables().iter().map(|(_, share)| *share).sum();
    assert!((named + lines - Decimal::ONE).abs() <= dec("0.000003"), "{named} {lines}");
    let without = Budget { risks: [].into(), ..project.clone() };
    for percent in [10, 50, 80, 90, 95] {
        let plain = Risk::of(&without, &computed(&without), catalog()).unwrap().percentile(percent);
        assert!(risk.percentile(percent) >= plain, "P{percent}");
    }
}

#[test]
fn an_amount_is_in_the_project_s_currency_or_in_the_one_that_it_names() {
    let mut project = hero_key();
    let exchange = Exchange { rate: dec("0.8"), as_of: day("2026-11-20"), source: None };
    let euro = Currency::parse("EUR").unwrap();
    project.shown = Shown { currency: euro, exchange: Some(exchange) };
    let range = Points::range(dec("8"), dec("16"), dec("24")).unwrap();
    let pound = Currency::parse("GBP");
    let project = with(
        project,
        &[
            ("a", money("50", range, None)),
            ("b", money("50", Points::One(dec("8")), Some(Currency::USD))),
            ("c", money("50", Points::One(dec("8")), pound)),
        ],
    );
    let amounts = described(&project).work.amounts;
    let cases = vec![(0.3, dec("10")), (0.4, dec("20")), (0.3, dec("30"))];
    assert_eq!(amounts[0].cases, cases);
    assert_eq!((amounts[1].cases.clone(), amounts.len()), (vec![(1.0, dec("8"))], 2));
    let fault = RiskFault::Currency(pound.unwrap(), euro);
    assert_eq!(faults(&project), [("c".to_owned(), fault)]);
}

fn faults(project: &Budget) -> Vec<(String, RiskFault)> {
    let fault = |kind: &IssueKind| match kind {
        IssueKind::Risk { risk, fault } => Some((risk.clone(), fault.clone())),
        _ => None,
    };
    computed(project).issues.iter().filter_map(|issue| fault(&issue.kind)).collect()
}

#[test]
fn what_is_off_or_incomplete_does_not_count_and_is_told() {
    let sound = finals("30", Points::One(12));
    let nobody = Some("poster".to_owned());
    let broken = NamedRisk { unreadable: [RiskKey::Chance].into(), chance: None, ..sound.clone() };
    let cases: [(NamedRisk, Option<RiskFault>, bool); 9] = [
        (sound.clone(), None, true),
        (NamedRisk { off: Some(true), ..sound.clone() }, None, false),
        (NamedRisk { off: Some(true), chance: None, ..sound.clone() }, None, false),
        (NamedRisk { chance: None, ..sound.clone() }, Some(RiskFault::Lacks(RiskKey::Chance)), false),
        (NamedRisk { finals: None, ..sound.clone() }, Some(RiskFault::Lacks(RiskKey::Amount)), false),
        (NamedRisk { deliverable: None, ..sound.clone() }, Some(RiskFault::Lacks(RiskKey::Deliverable)), false),
        (
            NamedRisk { deliverable: nobody.clone(), ..sound.clone() },
            Some(RiskFault::Deliverable("poster".to_owned())),
            false,
        ),
        (broken, Some(RiskFault::Unreadable(RiskKey::Chance)), false),
        (NamedRisk { deliverable: nobody, ..money("30", Points::One(dec("5")), None) }, Some(RiskFault::Unused), true),
    ];
    for (given, fault, counts) in cases {
        let project = with(hero_key(), &[("round", given.clone())]);
        let told: Vec<_> = faults(&project).into_iter().map(|(_, fault)| fault).collect();
        assert_eq!(told, fault.into_iter().collect::<Vec<_>>(), "{given:?}");
        assert_eq!(risk(&project).named().len(), usize::from(counts), "{given:?}");
    }
    let codes = [
        (RiskFault::Lacks(RiskKey::Chance), "risk-incomplete"),
        (RiskFault::Unreadable(RiskKey::Off), "risk-unreadable"),
        (RiskFault::Both, "risk-finals-and-amount"),
        (RiskFault::Currency(Currency::USD, Currency::USD), "risk-currency"),
        (RiskFault::Deliverable(String::new()), "risk-deliverable-unknown"),
        (RiskFault::Unused, "risk-key-unused"),
    ];
    assert!(codes.iter().all(|(fault, code)| fault.code().name() == *code));
    let both = NamedRisk { amount: money("1", Points::One(dec("5")), None).amount, ..sound };
    assert_eq!(faults(&with(hero_key(), &[("a", both)])), [("a".to_owned(), RiskFault::Both)]);
}

#[test]
fn a_nearer_layer_replaces_what_a_risk_does() {
    let mut project = hero_key();
    project.team_risks.insert("a".to_owned(), finals("30", Points::One(12)));
    let own = NamedRisk { amount: money("1", Points::One(dec("5")), None).amount, ..NamedRisk::default() };
    let project = with(project, &[("a", own)]);
    let now = project.risk("a").unwrap();
    assert_eq!((now.chance, now.finals, now.amount.is_some()), (Some(dec("30")), None, true));
    assert_eq!(faults(&project), [("a".to_owned(), RiskFault::Unused)]);
}

#[test]
fn finals_that_only_a_risk_brings_have_the_price_of_their_deliverable() {
    let mut project = hero_key();
    let poster = line("poster", &[(Knob::Finals, "0"), (Knob::Size, "1024x1280"), (Knob::Quality, "high")]);
    project.lines.push(poster.into());
    let fee =
        |per| Fee { amount: Some(Charge { amount: dec("0.25"), currency: None }), per: Some(per), ..Fee::default() };
    project.fees.extend([("a".to_owned(), fee(Per::Final)), ("b".to_owned(), fee(Per::Image))]);
    let more = NamedRisk { deliverable: Some("poster".to_owned()), ..finals("50", Points::One(4)) };
    let work = described(&with(project, &[("poster", more)])).work;
    let profile = work.profiles.iter().find(|profile| !profile.extras.is_empty()).unwrap();
    let item = &profile.items[profile.extras[0].item];
    assert_eq!((item.deliverable, item.finals), (1, 0));
    assert_eq!((item.unit, profile.extras[0].fee), (dec("0.4336"), dec("0.25")));
}

#[test]
fn a_scenario_patches_a_risk_adds_one_and_takes_out_its_deliverable() {
    let project = with(hero_key(), &[("round", finals("30", Points::One(12)))]);
    let of = |changes: Changes| {
        let applied = scenario::apply(&project, &Scenario { changes, ..Scenario::default() }, catalog());
        assert_eq!(applied.recomputed(), 0, "no figure depends on it");
        applied
    };
    let chance = NamedRisk { chance: Some(dec("60")), ..NamedRisk::default() };
    let patched = of(Changes { risks: [("round".to_owned(), chance.clone())].into(), ..Changes::default() });
    assert_eq!(patched.budget.risk("round").unwrap().chance, Some(dec("60")));
    let gone = of(Changes { risks: [("other".to_owned(), chance)].into(), ..Changes::default() });
    assert_eq!((gone.findings.len(), gone.budget.risks.len()), (1, 1));
    let new = money("5", Points::One(dec("9")), None);
    let added = of(Changes { risks: [("other".to_owned(), new.clone())].into(), ..Changes::default() });
    assert_eq!((added.findings.len(), added.budget.risk("other")), (0, Some(new)));
    let money = NamedRisk { amount: money("5", Points::One(dec("9")), None).amount, ..NamedRisk::default() };
    let turned = of(Changes { risks: [("round".to_owned(), money)].into(), ..Changes::default() });
    assert_eq!(turned.budget.risk("round").unwrap().finals, None);
    let removal = LinePatch { remove: Some(true), ..LinePatch::of("pdp-hero") };
    let without = of(Changes { lines: [("pdp-hero".to_owned(), removal)].into(), ..Changes::default() });
    assert!(!without.budget.risk("round").unwrap().is_on());
    assert_eq!(faults(&without.budget), []);
}

#[test]
fn a_project_of_two_deliverables_has_its_risk_in_the_right_profile() {
    let mut project = budget(vec![
        line("pdp-hero", &[(Knob::Finals, "4"), (Knob::Retry, "3")]),
        line("mail", &[(Knob::Finals, "4")]),
    ]);
    project = with(project, &[("round", finals("30", Points::One(12)))]);
    let described = described(&project);
    let at: Vec<_> = described.work.profiles.iter().map(|profile| profile.extras.len()).collect();
    let own = described.factors.iter().position(|factor| factor.deliverables == [0]).unwrap();
    assert_eq!((at[own], at.iter().sum::<usize>()), (1, 1));
}
