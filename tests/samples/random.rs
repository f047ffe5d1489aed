//! Realistic sessions: edits of every kind in any order, with saves in between; nothing in the file is lost.
//!
//! 150 sessions; `PROPTEST_CASES` asks for more.

use crate::corpus::{Case, corpus, place};
use crate::support::{TODAY, catalog, read};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use retake::app::actions::update::{paste, update};
use retake::app::flows::lifecycle::apply_outcome;
use retake::app::model::outcome::{Opened, Outcome};
use retake::app::{Action, Focus, Selection, State};
use retake::cost::{Budget, Pane};
use retake::project::outline::{Kind, Outline};
use retake::project::write::{self, Differs};
use std::collections::BTreeSet;

#[derive(Clone, Debug)]
pub(crate) enum Step {
    Select(usize),
    Focus(usize, usize),
    Do(Action),
    Type(&'static str),
    Name(Action, &'static str),
    Adopt,
    /// An action on a compared card.
    Card(usize, Action),
    /// The amount of the first fee is typed.
    Fee(&'static str),
    /// A card of the list is toggled.
    Compare(usize),
    /// An action on a column of the scenarios, and the text that it may ask for.
    Scenario(usize, Action, &'static str),
    Import(&'static str),
    Save,
}

const TYPED: &[&str] = &[
    "7",
    "24",
    "0",
    "2.5",
    "60%",
    "1.5/2/3",
    "product-edit",
    "high",
    "low",
    "auto",
    "2k",
    "1024x1280",
    "4:5",
    "3:2",
    "12 %",
    "1,000",
    "batch",
    "many",
    "25 USD",
    "25.50",
    "1024x1024, 640x480",
    "none",
    "editorial",
    "gpt-image-2.5-flare",
    "nonsense",
    "",
];

const NAMES: &[&str] = &[
    "Hero",
    "hero",
    "Alpha",
    "zebra",
    "発表",
    "Über été",
    "a.b \"c\" \\ d",
    "…",
    "",
    "  spaced  ",
    "item-2",
    "İstanbul",
    "[table]",
    "# no comment",
    "apple",
    "x = 1",
];

const LISTS: &[&str] =
    &["name\tfinals\nHero\t12\nDetail\t7\n", "name,finals,quality,retry\nA,3,high,60% ok\nA,4,low,1.5\n"];

pub(crate) fn steps() -> impl Strategy<Value = Vec<Step>> {
    let turns = [Action::More, Action::Less, Action::MuchMore, Action::MuchLess, Action::Inherit];
    let lists = [Action::Duplicate, Action::Delete, Action::MoveDown, Action::MoveUp];
    let cards = [Action::TakeOut, Action::CardLeft, Action::CardRight];
    let columns = [
        Action::ShowScenario,
        Action::DuplicateScenario,
        Action::DeleteScenario,
        Action::PromoteScenario,
        Action::LockBaseline,
        Action::RenameScenario,
        Action::NoteScenario,
    ];
    let column = (0_usize..4, proptest::sample::select(columns.to_vec()), proptest::sample::select(NAMES));
    let step = prop_oneof![
        3 => (0_usize..9).prop_map(Step::Select),
        3 => (0_usize..4, 0_usize..11).prop_map(|(pane, field)| Step::Focus(pane, field)),
        4 => proptest::sample::select(turns.to_vec()).prop_map(Step::Do),
        4 => proptest::sample::select(TYPED).prop_map(Step::Type),
        5 => proptest::sample::select(lists.to_vec()).prop_map(Step::Do),
        3 => proptest::sample::select(&[Action::Undo, Action::Redo][..]).prop_map(Step::Do),
        2 => proptest::sample::select(NAMES).prop_map(|name| Step::Name(Action::Add, name)),
        2 => proptest::sample::select(NAMES).prop_map(|name| Step::Name(Action::Rename, name)),
        1 => proptest::sample::select(NAMES).prop_map(|name| Step::Name(Action::RenameProject, name)),
        1 => Just(Step::Adopt),
        1 => proptest::sample::select(&["4.50", "12 USD", "off", "on"][..]).prop_map(Step::Fee),
        2 => (0_usize..9, proptest::sample::select(cards.to_vec())).prop_map(|(at, action)| Step::Card(at, action)),
        2 => (0_usize..9).prop_map(Step::Compare),
        2 => proptest::sample::select(NAMES).prop_map(|name| Step::Name(Action::KeepScenario, name)),
        2 => proptest::sample::select(&[Action::ScenarioNext, Action::ScenarioPrevious][..]).prop_map(Step::Do),
        3 => column.prop_map(|(at, action, text)| Step::Scenario(at, action, text)),
        1 => proptest::sample::select(&["2", "12"][..]).prop_map(|months| Step::Name(Action::Months, months)),
        1 => proptest::sample::select(LISTS).prop_map(Step::Import),
        2 => Just(Step::Save),
    ];
    proptest::collection::vec(step, 1..40)
}

/// The screen, and its file.
pub(crate) struct Session {
    name: String,
    pub(crate) state: State,
    text: String,
    pub(crate) base: Budget,
    kept: Vec<Kept>,
    refusals: usize,
}

/// A part of the file that no edit concerns.
#[derive(Clone, Debug)]
struct Kept {
    /// It may be removed only with the table or the key that it belongs to.
    owner: Vec<String>,
    /// Whether the owner has a header.
    is_table: bool,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    Comment(String),
    Entry(Vec<String>, String),
}

fn keys(path: &[&str]) -> Vec<String> {
    path.iter().map(|key| (*key).to_owned()).collect()
}

/// Every comment with its subject, and every entry that the dashboard does not edit.
fn kept(text: &str) -> Vec<Kept> {
    let outline = Outline::parse(text).unwrap();
    let mut kept = Vec::new();
    let mut owners: Vec<(usize, Vec<String>)> = Vec::new();
    let mut inside: Vec<std::ops::Range<usize>> = Vec::new();
    for entry in outline.entries() {
        let path = entry.path();
        let line = entry.line_span();
        inside.push(line.clone());
        if matches!(entry.kind(), Kind::Table | Kind::ArrayTable) {
            owners.push((line.start, keys(&path)));
        }
        let behind = &text[entry.value_span().end..line.end.max(entry.value_span().end)];
        if behind.trim_start().starts_with('#') {
            let is_table = entry.kind() == Kind::Table;
            kept.push(Kept { owner: keys(&path), is_table, what: What::Comment(behind.trim().to_owned()) });
        }
        if entry.kind() == Kind::Value && !edited(&path) {
            let above = &path[..path.len() - 1];
            let what = What::Entry(keys(&path), entry.raw_value().to_owned());
            kept.push(Kept { owner: keys(above), is_table: false, what });
        }
    }
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (start, end) = (at, at + line.len());
        at = end;
        if line.trim_start().starts_with('#') && !inside.iter().any(|span| span.start < end && start < span.end) {
            // It may belong to the next table or to this one: it may be removed only when both are gone.
            let before = owners.iter().rev().find(|(offset, _)| *offset < start).map(|(_, path)| path.clone());
            let after = owners.iter().find(|(offset, _)| *offset > start).map(|(_, path)| path.clone());
            let lead = text[end..].lines().find(|line| !line.trim_start().starts_with('#'));
            let leads = lead.is_some_and(|line| line.trim_start().starts_with('['));
            let owner = if leads { after } else { before };
            kept.push(Kept {
                owner: owner.unwrap_or_default(),
                is_table: true,
                what: What::Comment(line.trim().to_owned()),
            });
        }
    }
    kept
}

/// The parts that a session may change: names, positions, knobs and pinned prices.
fn edited(path: &[&str]) -> bool {
    // A prompt is removed with its count: otherwise the next reading would bring the count back.
    const OURS: &[&str] = &["name", "position", "note", "explore", "retry", "prompt", "prompt_file"];
    let knob = |key: &str| OURS.contains(&key) || retake::cost::Knob::named(key).is_some();
    match path {
        ["name"] | ["bills", "compare" | "months"] | ["fee", _, "amount" | "off"] => true,
        ["scenario" | "baseline", ..] => true,
        ["assumptions", key, ..] | ["deliverable", _, key, ..] => knob(key),
        ["rates", card, key, ..] => *card == "openai/gpt-image-2" && *key != "mine",
        _ => false,
    }
}

/// The budget without positions, which a save may add to keep the order; the rest must be equal.
pub(crate) fn bare(budget: &Budget) -> Budget {
    let mut budget = budget.clone();
    budget.lines.iter_mut().for_each(|line| line.position = None);
    // A save writes the figures of built-in cards to the file; on screen they are the same without.
    budget.cards.clear();
    budget
}

/// Changes the first fee in the form of the project: its amount, or whether it counts.
fn change_fee(state: &mut State, amount: &str) {
    update(state, Action::Fees);
    update(state, Action::EditRow);
    if matches!(amount, "on" | "off") {
        update(state, Action::Last);
    }
    update(state, Action::EditRow);
    if let Some(retake::app::Overlay::Project(form)) = state.overlays.top_mut()
        && let Some(typing) = &mut form.typing
    {
        typing.fields.iter_mut().for_each(|(_, entry)| entry.clear());
        paste(state, amount);
        update(state, Action::Accept);
    }
    state.overlays.clear();
}

/// Runs an action, and answers the line of text that it may ask for; in a scenario some are refused.
fn answered(state: &mut State, action: Action, text: &str) {
    update(state, action);
    if let Some(retake::app::Overlay::Ask { entry, .. }) = state.overlays.top_mut() {
        entry.clear();
        paste(state, text);
        update(state, Action::Accept);
    }
    assert!(state.overlays.is_empty());
}

impl Session {
    pub(crate) fn open((name, text): &Case) -> Session {
        let reading = read(text, &place());
        let opened = Opened {
            budget: reading.budget.clone(),
            problems: reading.problems,
            file: Some("case.retake.toml".to_owned()),
            ..Opened::default()
        };
        let state = State::new(opened, catalog(), TODAY, vec!["dark".to_owned()]);
        Session { name: name.clone(), state, text: text.clone(), base: reading.budget, kept: kept(text), refusals: 0 }
    }

    pub(crate) fn go(&mut self, step: &Step) {
        let state = &mut self.state;
        match step {
            Step::Select(row) => {
                let row = row % (state.budget().lines.len() + 1);
                state.view.selection = row.checked_sub(1).map_or(Selection::Project, Selection::Line);
            }
            Step::Focus(pane, field) => {
                state.view.focus = Focus::Pane(Pane::ALL[*pane]);
                state.view.field_at[*pane] = *field;
            }
            Step::Do(action) => drop(update(state, *action)),
            Step::Type(text) => {
                if matches!(state.view.focus, Focus::Pane(_)) {
                    paste(state, text);
                    update(state, Action::Accept);
                    if state.view.input.is_some() {
                        update(state, Action::Cancel);
                    }
                }
            }
            Step::Card(at, action) => {
                update(state, Action::Bills);
                state.view.selected_bill = at % (state.bills().cards.len() + 1);
                update(state, *action);
                update(state, Action::Worksheet);
            }
            Step::Compare(at) => {
                update(state, Action::Cards);
                (0..*at).for_each(|_| drop(update(state, Action::Down)));
                update(state, Action::Toggle);
                update(state, Action::Accept);
                state.overlays.clear();
            }
            // Without a fee there is no list of them.
            Step::Fee(_) if state.base().all_fees().is_empty() => {}
            Step::Fee(amount) => change_fee(state, amount),
            // Without a card there is no question about months.
            Step::Name(Action::Months, _) if state.bills().cards.is_empty() => {}
            Step::Name(action, name) => answered(state, *action, name),
            Step::Scenario(at, action, text) => {
                update(state, Action::Scenarios);
                state.view.scenario_column = at % (state.base().scenarios.len() + 1);
                answered(state, *action, text);
                update(state, Action::Worksheet);
            }
            Step::Adopt => {
                update(state, Action::Rates);
                if !state.overlays.is_empty() {
                    update(state, Action::Adopt);
                }
            }
            Step::Import(list) => {
                paste(state, list);
                update(state, Action::Accept);
                state.overlays.clear();
            }
            Step::Save => self.save(),
        }
    }

    fn save(&mut self) {
        if !self.state.is_dirty() {
            assert_eq!(bare(self.state.base()), bare(&self.base), "{}: clean and different", self.name);
            return;
        }
        let mut after = self.state.base().clone();
        after.pins = write::pins(&after, self.state.project.base_estimate(), catalog());
        after.cards = retake::project::card_write::pinned(&after, catalog());
        let new = write::updated(self.text.as_bytes(), &self.base, &mut after);
        let new = match new {
            Ok(new) => String::from_utf8(new).unwrap(),
            Err(error) => panic!("{}: {error}\n{}", self.name, self.text),
        };
        let again = read(&new, &place());
        match write::difference(&after, &again.budget) {
            None => {}
            // There is nothing to write for it: the save is refused, and the file stays.
            Some(Differs::Unreadable(_)) if self.name.starts_with("values that cannot be read") => {
                self.refusals += 1;
                return;
            }
            Some(other) => panic!("{}: {other:?}\n{}\n→\n{new}", self.name, self.text),
        }
        let keys = |budget: &Budget| budget.lines.iter().map(|line| line.key.clone()).collect::<Vec<_>>();
        assert_eq!(keys(&again.budget), keys(self.state.base()), "{}: the order on screen", self.name);
        self.check_kept(&new);
        (self.text, self.base) = (new, again.budget);
        let pins = self.base.pins.clone();
        apply_outcome(
            &mut self.state,
            Outcome::Saved {
                file: "case.retake.toml".to_owned(),
                pins,
                durable: true,
                in_place: false,
                not_kept: None,
            },
        );
        assert!(!self.state.is_dirty());
        assert_eq!(bare(self.state.base()), bare(&self.base), "{}", self.name);
        let mut same = self.base.clone();
        assert_eq!(write::updated(self.text.as_bytes(), &self.base, &mut same).unwrap(), self.text.as_bytes());
    }

    fn check_kept(&mut self, new: &str) {
        let outline = Outline::parse(new).unwrap();
        // Comments on the parts of a retry table go when a plain factor replaces the table.
        let plain = |path: &[String]| outline.find(path).is_some_and(|entry| entry.kind() != Kind::Table);
        self.kept.retain(|kept| {
            let replaced = kept.owner.last().is_some_and(|key| key == "retry") && kept.is_table && plain(&kept.owner);
            kept.owner.is_empty() || (outline.contains(&kept.owner) && !replaced)
        });
        let comments: BTreeSet<&str> = new
            .lines()
            .flat_map(|line| line.match_indices('#').map(|(at, _)| line[at..].trim()).collect::<Vec<_>>())
            .collect();
        for kept in &self.kept {
            match &kept.what {
                What::Comment(text) => {
                    assert!(
                        comments.contains(text.as_str()),
                        "{}: {text} of {:?} is lost\n{new}",
                        self.name,
                        kept.owner
                    );
                }
                What::Entry(path, raw) => {
                    let found = outline.find(path).map(|entry| entry.raw_value());
                    assert_eq!(found, Some(raw.as_str()), "{}: {path:?}\n{new}", self.name);
                }
            }
        }
    }
}

#[test]
fn nothing_is_lost_in_any_session() {
    let cases = corpus();
    let seed = std::env::var("PROPTEST_RNG_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(14);
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let config = Config {
        cases: asked.unwrap_or(150),
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(seed),
        ..Config::default()
    };
    let strategy = (0..cases.len(), steps());
    let run = TestRunner::new(config).run(&strategy, |(case, steps)| {
        let mut session = Session::open(&cases[case]);
        for step in &steps {
            session.go(step);
        }
        session.save();
        Ok(())
    });
    if let Err(error) = run {
        panic!("{error}");
    }
}

/// Whatever was done, in scenarios and outside: undoing all of it leads to the bytes of before.
#[test]
fn undoing_a_whole_session_leads_back_to_the_same_bytes() {
    let cases = corpus();
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let config = Config {
        cases: asked.unwrap_or(150),
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(16),
        ..Config::default()
    };
    let strategy = (0..cases.len(), steps());
    let run = TestRunner::new(config).run(&strategy, |(case, steps)| {
        let mut session = Session::open(&cases[case]);
        for step in steps.iter().filter(|step| !matches!(step, Step::Save)) {
            session.go(step);
        }
        while session.state.project.history().can_undo() {
            update(&mut session.state, Action::Undo);
        }
        prop_assert_eq!(session.state.base(), &session.base);
        let mut back = session.state.base().clone();
        let bytes = write::updated(session.text.as_bytes(), &session.base, &mut back).unwrap();
        prop_assert_eq!(bytes, session.text.as_bytes());
        Ok(())
    });
    if let Err(error) = run {
        panic!("{error}");
    }
}

/// What a file holds unreadable, typed over and saved, then undone: there is nothing to write for it, which is said with its key, and
/// the file stays as it is; done again, it is saved.
#[test]
fn what_could_not_be_read_is_named_when_its_return_cannot_be_saved() {
    let knob = |pane, field, text| vec![Step::Select(1), Step::Focus(pane, field), Step::Type(text)];
    let shown = |steps: Vec<Step>| [vec![Step::Do(Action::ScenarioNext)], steps].concat();
    let cases = corpus();
    let case = |name: &str| cases.iter().find(|(own, _)| own.ends_with(name)).unwrap();
    for (name, steps, key) in [
        ("without a count", knob(1, 0, "7"), "deliverable.hero.finals"),
        ("beside the knobs", vec![Step::Name(Action::Months, "2")], "bills.months"),
        ("beside the knobs", vec![Step::Fee("4.50")], "fee.studio.amount"),
        ("beside the knobs", shown(knob(1, 0, "7")), "scenario.more.deliverable.hero.finals"),
    ] {
        let mut session = Session::open(case(name));
        steps.iter().for_each(|step| session.go(step));
        let before = session.text.clone();
        session.save();
        assert!(session.refusals == 0 && session.text != before, "{key}: {}", session.text);
        let saved = session.text.clone();
        session.go(&Step::Do(Action::Undo));
        assert!(session.state.is_dirty(), "{key}");
        let mut after = session.state.base().clone();
        let new = write::updated(session.text.as_bytes(), &session.base, &mut after).unwrap();
        let again = read(std::str::from_utf8(&new).unwrap(), &place());
        assert_eq!(write::difference(&after, &again.budget), Some(Differs::Unreadable(key.to_owned())));
        session.save();
        assert_eq!((session.refusals, &session.text), (1, &saved), "{key}");
        session.go(&Step::Do(Action::Redo));
        assert!(!session.state.is_dirty(), "{key}: what is on screen is what the file says");
    }
}
