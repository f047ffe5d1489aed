//! `[risk.NAME]` in one file, in a team's, and in scenarios.

use crate::{Memory, Words, catalog};
use retake::cost::base::limits::RISKS_MAX;
use retake::cost::base::money::{Currency, Decimal};
use retake::cost::budget::scenario::ChangePath;
use retake::cost::budget::{NamedRisk, Points, RiskAmount, RiskKey};
use retake::diagnostics::Code;
use retake::project::{Reading, read};
use std::path::Path;

fn reading(text: &str, team: &[(&str, &str)]) -> Reading {
    read(text, Some(Path::new("a.toml")), catalog(), &mut Memory::of(team), &mut Words::default())
}

fn range(numbers: [i64; 3]) -> Points<Decimal> {
    let [low, likely, high] = numbers.map(Decimal::from);
    Points::range(low, likely, high).unwrap()
}

#[test]
fn every_form_is_read() {
    let text = "retake = 1\n[risk.a]\nname = \"One more round\"\nchance = \"12.5%\"\nfinals = { low = 6, likely = 12, high = 20 }\ndeliverable = \"hero\"\nnote = \"asked\"\noff = false\n\
        [risk.b]\nchance = \"0%\"\namount = 150.00\n[risk.c]\nchance = \"100%\"\namount = { low = \"100 USD\", likely = \"150 USD\", high = \"250 USD\" }\n\
        [risk.\"発表\"]\nchance = \"5%\"\nfinals = 0\ndeliverable = \"hero\"\n[deliverable.hero]\nfinals = 4\n";
    let found = reading(text, &[]);
    assert!(found.problems.is_empty(), "{:?}", found.problems);
    let risks = found.budget.risks;
    let full = NamedRisk {
        name: Some("One more round".to_owned()),
        chance: Some(Decimal::new(125, 1)),
        finals: Points::range(6, 12, 20),
        deliverable: Some("hero".to_owned()),
        note: Some("asked".to_owned()),
        off: Some(false),
        ..NamedRisk::default()
    };
    assert_eq!(risks["a"], full);
    let amount = |points, currency| Some(RiskAmount { points, currency });
    assert_eq!(risks["b"].amount, amount(Points::One(Decimal::from(150)), None));
    assert_eq!(risks["c"].amount, amount(range([100, 150, 250]), Some(Currency::USD)));
    assert_eq!(risks["発表"].finals, Some(Points::One(0)));
}

#[test]
fn a_team_s_risk_is_completed_key_by_key_in_its_own_currency() {
    let team = "retake = 1\ncurrency = \"EUR\"\n[exchange]\nrate = 0.9\nas_of = 2026-11-20\n[risk.day]\nchance = \"10%\"\namount = 100\n[risk.round]\nchance = \"20%\"\nfinals = 4\n";
    let own = "retake = 1\nextends = \"team.toml\"\n[risk.day]\nchance = \"30%\"\n[risk.round]\ndeliverable = \"hero\"\n[deliverable.hero]\nfinals = 4\n";
    let found = reading(own, &[("team.toml", team)]);
    assert!(found.problems.is_empty(), "{:?}", found.problems);
    let day = found.budget.risk("day").unwrap();
    assert_eq!((day.chance, day.amount.unwrap().currency), (Some(Decimal::from(30)), Currency::parse("EUR")));
    let round = found.budget.risk("round").unwrap();
    assert_eq!((round.finals, round.deliverable.as_deref()), (Some(Points::One(4)), Some("hero")));
    assert_eq!(found.budget.risks["day"].amount, None, "what the team says stays the team's");
}

#[test]
fn scenarios_patch_risks_and_remember_what_they_were() {
    let text = "retake = 1\n[risk.day]\nchance = \"10%\"\namount = 100\n[deliverable.hero]\nfinals = 4\n[scenario.safe]\nrisk.day.chance = \"5%\"\nrisk.new = { chance = \"1%\", amount = 9 }\nwas = { \"risk.day.chance\" = \"10%\" }\n";
    let found = reading(text, &[]);
    assert!(found.problems.is_empty(), "{:?}", found.problems);
    let scenario = &found.budget.scenarios["safe"];
    assert_eq!(scenario.changes.risks["day"].chance, Some(Decimal::from(5)));
    assert_eq!(scenario.was.risks["day"].chance, Some(Decimal::TEN));
    let path = ChangePath::Risk("day".to_owned(), RiskKey::Chance);
    assert!(found.origins.change("safe", &path).is_some());
}

#[test]
fn more_risks_than_the_limit_are_told_and_left_out() {
    let mut text = "retake = 1\n[deliverable.hero]\nfinals = 4\n".to_owned();
    for at in 0..=RISKS_MAX {
        text += &format!("[risk.a{at}]\nchance = \"1%\"\namount = 1\n");
    }
    let found = reading(&text, &[]);
    let codes: Vec<Code> = found.problems.iter().map(|problem| problem.code).collect();
    assert_eq!((codes, found.budget.risks.len()), (vec![Code::RisksTooMany], RISKS_MAX));
}
