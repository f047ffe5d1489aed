//! Fees on their way: file, edit, journal, another's change, file.

use crate::disk::Bench;
use retake::app::Action;
use retake::app::flows::difference::{carried_over, edits_between};
use retake::cost::Budget;
use retake::cost::base::money::{Currency, Decimal};
use retake::cost::budget::edit::Edit;
use retake::cost::budget::{Charge, Fee, FeeKey, Per};
use retake::project::write;
use retake::runtime::edits::{read, replay, written};

const TEXT: &str = "retake = 1\n\n# what the studio adds\n[fee.retouching]   # two rounds\namount = 4.50  # each\nper = \"final\"\n\n[deliverable.hero]\nfinals = 4\n";

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
    assert_eq!(budget(&new).fees, after.fees, "{new}");
    new
}

fn euro() -> Charge {
    Charge { amount: Decimal::new(5, 0), currency: Currency::parse("EUR") }
}

#[test]
fn only_the_lines_of_a_fee_that_changed_are_written() {
    let amount = saved(TEXT, |budget| budget.fees.get_mut("retouching").unwrap().amount = Some(euro()));
    assert_eq!(amount, TEXT.replace("amount = 4.50  # each", "amount = \"5.00 EUR\" # each"));
    let off = saved(TEXT, |budget| budget.fees.get_mut("retouching").unwrap().off = Some(true));
    assert_eq!(off, TEXT.replace("per = \"final\"\n", "per = \"final\"\noff = true\n"));
    let note = |budget: &mut Budget| {
        let fee = budget.fees.get_mut("retouching").unwrap();
        (fee.note, fee.deliverables) = (Some("two rounds".to_owned()), Some(vec!["hero".to_owned()]));
    };
    let noted = saved(TEXT, note);
    assert!(noted.contains("per = \"final\"\ndeliverables = [\"hero\"]\nnote = \"two rounds\"\n"), "{noted}");
    let gone = saved(TEXT, |budget| budget.fees.clear());
    assert!(!gone.contains("[fee"), "{gone}");
    let more = saved(TEXT, |budget| {
        let fee = Fee { amount: Some(euro()), per: Some(Per::Call), ..Fee::default() };
        budget.fees.insert("a b".to_owned(), fee);
    });
    assert!(more.contains("[fee.\"a b\"]\namount = \"5.00 EUR\"\nper = \"call\"\n"), "{more}");
}

#[test]
fn a_team_s_fee_is_switched_off_in_the_project_alone() {
    let team = "retake = 1\n[fee.retouching]\namount = 4.50\nper = \"final\"\n";
    let own = "retake = 1\nextends = \"team.retake.toml\"\n\n[deliverable.hero]\nfinals = 10\n";
    let mut bench = Bench::with(&[("a.retake.toml", own), ("team.retake.toml", team)]);
    let total = bench.state.estimate().totals.total;
    let edit = Edit::Fee {
        name: "retouching".to_owned(),
        before: None,
        after: Some(Box::new(Fee { off: Some(true), ..Fee::default() })),
    };
    bench.state.carry_out("off".to_owned(), vec![edit]);
    bench.act(Action::Save);
    assert!(!bench.state.is_dirty(), "{:?}", bench.state.overlays);
    let text = bench.text("a.retake.toml");
    assert!(text.contains("[fee.retouching]\noff = true\n") && !text.contains("amount"), "{text}");
    assert_eq!(bench.text("team.retake.toml"), team);
    assert!(bench.state.estimate().totals.total < total);
    bench.act(Action::Undo);
    assert_eq!(bench.state.estimate().totals.total, total);
}

#[test]
fn the_journal_and_another_s_change_keep_each_key() {
    let base = budget(TEXT);
    let mut mine = base.clone();
    mine.fees.get_mut("retouching").unwrap().amount = Some(euro());
    let mut broken = Fee { note: Some("later".to_owned()), ..Fee::default() };
    broken.unreadable.insert(FeeKey::Amount);
    mine.fees.insert("new".to_owned(), broken);
    let edits = edits_between(&base, &mine);
    let line = written(&edits);
    assert_eq!(read(&line), Some(edits));
    let mut replayed = base.clone();
    assert!(replay(&mut replayed, &[line]));
    assert_eq!(replayed, mine);
    let mut theirs = base.clone();
    theirs.fees.get_mut("retouching").unwrap().off = Some(true);
    let (merged, left) = carried_over(&base, &mine, &theirs);
    assert!(left.is_empty(), "{left:?}");
    let fee = &merged.fees["retouching"];
    assert_eq!((fee.amount, fee.off, merged.fees.len()), (Some(euro()), Some(true), 2));
    theirs.fees.get_mut("retouching").unwrap().amount = None;
    let (merged, left) = carried_over(&base, &mine, &theirs);
    assert_eq!((merged.fees["retouching"].amount, left.len()), (None, 1));
}
