//! Named risks on their way: file, edit, journal, another's change, file.

use crate::disk::Bench;
use retake::app::Action;
use retake::app::flows::difference::{carried_over, edits_between};
use retake::cost::Budget;
use retake::cost::base::money::{Currency, Decimal};
use retake::cost::budget::edit::Edit;
use retake::cost::budget::{NamedRisk, Points, RiskAmount, RiskKey};
use retake::project::write;
use retake::runtime::edits::{read, replay, written};

const TEXT: &str = "retake = 1\n\n# what the client may ask for\n[risk.extra-round]   # agreed on the phone\nchance = \"30%\"  # twice in six\nfinals = { low = 6, likely = 12, high = 20 }\ndeliverable = \"hero\"\n\n[deliverable.hero]\nfinals = 4\n";

fn budget(text: &str) -> Budget {
    let reading = retake::project::open::read_text(text, std::path::Path::new("a.toml"), crate::support::catalog());
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    reading.budget
}

fn saved(text: &str, change: impl Fn(&mut Budget)) -> String {
    let before = budget(text);
    let mut after = before.clone();
    change(&mut after);
    let new = String::from_utf8(write::updated(text.as_bytes(), &before, &mut after).unwrap()).unwrap();
    assert_eq!(budget(&new).risks, after.risks, "{new}");
    new
}

fn risk(budget: &mut Budget) -> &mut NamedRisk {
    budget.risks.get_mut("extra-round").unwrap()
}

fn lost_day() -> NamedRisk {
    let points = Points::range(Decimal::from(100), Decimal::from(150), Decimal::new(2005, 1)).unwrap();
    let amount = Some(RiskAmount { points, currency: Currency::parse("USD") });
    NamedRisk { name: Some("Lost day".to_owned()), chance: Some(Decimal::TEN), amount, ..NamedRisk::default() }
}

#[test]
fn only_the_lines_of_a_risk_that_changed_are_written() {
    type Change = fn(&mut NamedRisk);
    let cases: [(RiskKey, Change, &str, &str); 6] = [
        (RiskKey::Chance, |risk| risk.chance = Some(Decimal::new(125, 1)), "\"30%\"  #", "\"12.5%\" #"),
        (RiskKey::Finals, |risk| risk.finals = Some(Points::One(9)), "{ low = 6, likely = 12, high = 20 }", "9"),
        (
            RiskKey::Off,
            |risk| risk.off = Some(true),
            "deliverable = \"hero\"\n",
            "deliverable = \"hero\"\noff = true\n",
        ),
        (RiskKey::Name, |risk| risk.name = Some("One more".to_owned()), "chance =", "name = \"One more\"\nchance ="),
        (
            RiskKey::Note,
            |risk| risk.note = Some("asked".to_owned()),
            "deliverable = \"hero\"\n",
            "deliverable = \"hero\"\nnote = \"asked\"\n",
        ),
        (RiskKey::Deliverable, |risk| risk.deliverable = None, "deliverable = \"hero\"\n", ""),
    ];
    for (key, change, old, new) in cases {
        if key == RiskKey::Deliverable {
            // Without its deliverable the finals would be an error, so they go too.
            let text = saved(TEXT, |budget| {
                *risk(budget) = NamedRisk { chance: Some(Decimal::from(30)), ..lost_day() };
            });
            assert!(text.contains("amount = { low = \"100.00 USD\", likely = \"150.00 USD\", high = \"200.50 USD\" }"));
            assert!(!text.contains("finals = {") && !text.contains("deliverable = \"hero\""), "{text}");
            continue;
        }
        let text = saved(TEXT, |budget| change(risk(budget)));
        assert_eq!(text, TEXT.replacen(old, new, 1), "{key:?}");
    }
    let gone = saved(TEXT, |budget| budget.risks.clear());
    assert!(!gone.contains("[risk"), "{gone}");
    let more = saved(TEXT, |budget| drop(budget.risks.insert("a b".to_owned(), lost_day())));
    let table = "[risk.\"a b\"]\nname = \"Lost day\"\nchance = \"10%\"\namount = { low = \"100.00 USD\"";
    assert!(more.contains(table), "{more}");
}

#[test]
fn a_team_s_risk_is_switched_off_in_the_project_alone() {
    let team = "retake = 1\n[risk.lost-day]\nchance = \"10%\"\namount = 150\n";
    let own = "retake = 1\nextends = \"team.retake.toml\"\n\n[deliverable.hero]\nfinals = 10\n";
    let mut bench = Bench::with(&[("a.retake.toml", own), ("team.retake.toml", team)]);
    let inherited = bench.state.budget().risk("lost-day").unwrap();
    assert_eq!(inherited.amount.unwrap().currency, Some(Currency::USD));
    let off = NamedRisk { off: Some(true), ..NamedRisk::default() };
    let edit = Edit::Risk { key: "lost-day".to_owned(), before: None, after: Some(Box::new(off)) };
    bench.state.carry_out("off".to_owned(), vec![edit]);
    assert!(!bench.state.budget().risk("lost-day").unwrap().is_on());
    bench.act(Action::Save);
    assert!(!bench.state.is_dirty(), "{:?}", bench.state.overlays);
    let text = bench.text("a.retake.toml");
    assert!(text.contains("[risk.lost-day]\noff = true\n") && !text.contains("chance"), "{text}");
    assert_eq!(bench.text("team.retake.toml"), team);
    bench.act(Action::Undo);
    assert!(bench.state.budget().risk("lost-day").unwrap().is_on());
}

#[test]
fn an_edit_while_a_scenario_is_on_screen_goes_into_the_scenario() {
    let text = format!("{TEXT}\n[scenario.safe]\nrisk.extra-round.chance = \"10%\"\n");
    let mut bench = Bench::with(&[("a.retake.toml", &text)]);
    bench.act(Action::ScenarioNext);
    let now = bench.state.budget().risks["extra-round"].clone();
    assert_eq!(now.chance, Some(Decimal::TEN));
    let after =
        NamedRisk { amount: lost_day().amount, finals: None, deliverable: now.deliverable.clone(), ..now.clone() };
    let edit = |before: &NamedRisk, after: &NamedRisk| Edit::Risk {
        key: "extra-round".to_owned(),
        before: Some(Box::new(before.clone())),
        after: Some(Box::new(after.clone())),
    };
    bench.state.carry_out("an amount".to_owned(), vec![edit(&now, &after)]);
    let shown = bench.state.budget().risks["extra-round"].clone();
    assert_eq!((shown.finals, shown.amount), (None, lost_day().amount));
    // The project itself keeps its finals.
    assert!(bench.state.base().risks["extra-round"].finals.is_some());
    bench.act(Action::Save);
    let saved = bench.text("a.retake.toml");
    assert!(saved.contains("risk.extra-round.amount = { low = \"100.00 USD\""), "{saved}");
    assert!(budget(&saved).scenarios["safe"].changes.risks["extra-round"].amount.is_some());
    bench.act(Action::Undo);
    assert_eq!(bench.state.budget().risks["extra-round"].finals, now.finals);
}

#[test]
fn the_journal_and_another_s_change_keep_each_key() {
    let base = budget(TEXT);
    let mut mine = base.clone();
    risk(&mut mine).chance = Some(Decimal::ONE);
    let mut broken = lost_day();
    broken.unreadable.insert(RiskKey::Off);
    mine.risks.insert("new".to_owned(), broken);
    let edits = edits_between(&base, &mine);
    let line = written(&edits);
    assert_eq!(read(&line), Some(edits));
    let mut replayed = base.clone();
    assert!(replay(&mut replayed, &[line]));
    assert_eq!(replayed, mine);
    let mut theirs = base.clone();
    risk(&mut theirs).off = Some(true);
    let (merged, left) = carried_over(&base, &mine, &theirs);
    assert!(left.is_empty(), "{left:?}");
    let both = &merged.risks["extra-round"];
    assert_eq!((both.chance, both.off, merged.risks.len()), (Some(Decimal::ONE), Some(true), 2));
    risk(&mut theirs).chance = None;
    let (merged, left) = carried_over(&base, &mine, &theirs);
    assert_eq!((merged.risks["extra-round"].chance, left.len()), (None, 1));
}
