//! The measured scenes: each prepares a project of some size and returns the work to time, again and again.

use crate::{project, risk, sure};
use jiff::civil::{Date, date};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use retake::app::actions::update;
use retake::app::flows::lifecycle::apply_outcome;
use retake::app::model::outcome::{Effect, Opened, Outcome};
use retake::app::{Chord, Keymap, State};
use retake::config::keys::default_keymap;
use retake::cost::base::size::Size;
use retake::cost::bill::Bills;
use retake::cost::budget::{Cap, SizeChoice};
use retake::cost::estimate::Limit;
use retake::cost::estimate::trial::Trials;
use retake::cost::levers::goal::{Target, goals};
use retake::cost::levers::measure::ExactTotal;
use retake::cost::levers::moves::all;
use retake::cost::levers::table::Reach;
use retake::cost::levers::under_cap::ways;
use retake::cost::rates::card::{Card, Pricing};
use retake::cost::{Budget, Catalog, Decimal, Estimate, Knob, Setting, Value, estimate};
use retake::project::open::read_text;
use retake::project::write;
use retake::runtime::workspace::Workspace;
use retake::ui::theme::{ColourDepth, Styles, Theme};
use retake::ui::{FrameInput, draw};
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

pub(crate) const TODAY: Date = date(2026, 11, 21);
const AREA: Rect = Rect { x: 0, y: 0, width: 160, height: 45 };

/// The work to time; it may be repeated any number of times.
pub(crate) type Work = Box<dyn FnMut()>;

/// A kind of work, its project sizes, and its limits.
pub(crate) struct Scene {
    pub(crate) name: &'static str,
    pub(crate) sizes: &'static [(usize, Option<Duration>)],
    pub(crate) prepare: fn(usize) -> Work,
    /// The project size for counting instructions; `None` if the disk takes part.
    pub(crate) counted: Option<usize>,
}

const fn us(us: u64) -> Option<Duration> {
    Some(Duration::from_micros(us))
}

const fn ms(ms: u64) -> Option<Duration> {
    Some(Duration::from_millis(ms))
}

/// 100,000 lines have no targets of their own: the time for each line says whether the growth is linear.
pub(crate) const SCENES: [Scene; 33] = [
    Scene {
        name: "recompute after one edit",
        sizes: &[(20, us(20)), (1_000, None), (10_000, us(200)), (100_000, None)],
        prepare: recompute_one,
        counted: Some(200),
    },
    Scene {
        name: "recompute all",
        sizes: &[(20, None), (1_000, None), (10_000, ms(10)), (100_000, None)],
        prepare: |lines| recompute_all(budget(&project::text(lines))),
        counted: Some(200),
    },
    Scene {
        name: "recompute all, no legal size",
        sizes: &[(1_000, None), (10_000, None)],
        prepare: recompute_illegal,
        counted: Some(20),
    },
    Scene {
        name: "levers: all of them",
        sizes: &[(20, None), (60, ms(20)), (1_000, None), (10_000, ms(1_500))],
        prepare: levers,
        counted: None,
    },
    Scene {
        name: "levers: pairs under a cap",
        sizes: &[(20, None), (60, ms(200)), (10_000, None)],
        prepare: |lines| pairs(budget(&project::text(lines))),
        counted: None,
    },
    Scene {
        name: "levers: pairs, the whole invoice",
        sizes: &[(20, None), (60, ms(200))],
        prepare: |lines| pairs(budget(&(project::text(lines) + INVOICE))),
        counted: None,
    },
    Scene {
        name: "levers: goals of every knob",
        sizes: &[(20, None), (60, ms(100)), (1_000, None), (10_000, None)],
        prepare: goals_of_all,
        counted: None,
    },
    Scene {
        name: "levers: one and all by P80",
        sizes: &[(20, ms(100)), (60, None)],
        prepare: sure::goals_at_percentile,
        counted: None,
    },
    Scene {
        name: "levers: all of them by P80",
        sizes: &[(20, None), (60, None)],
        prepare: sure::levers_at_percentile,
        counted: None,
    },
    Scene {
        name: "levers: ways under a cap by P80",
        sizes: &[(20, None)],
        prepare: sure::ways_at_percentile,
        counted: None,
    },
    Scene { name: "risk: three profiles", sizes: &[(20, ms(3))], prepare: risk::usual, counted: Some(20) },
    Scene { name: "risk: fifty kinds", sizes: &[(10_000, ms(16))], prepare: risk::fifty_kinds, counted: Some(200) },
    Scene {
        name: "risk: each its own factor",
        sizes: &[(10_000, ms(3_000))],
        prepare: risk::own_factors,
        counted: None,
    },
    Scene {
        name: "risk: what varies in a project",
        sizes: &[(20, None), (10_000, ms(5)), (100_000, None)],
        prepare: risk::describing,
        counted: Some(200),
    },
    Scene { name: "risk: two scenarios", sizes: &[(20, ms(5))], prepare: risk::difference, counted: None },
    Scene {
        name: "bills: one edit, eight cards",
        sizes: &[(20, us(200)), (1_000, None), (10_000, us(200)), (100_000, None)],
        prepare: bills_one,
        counted: Some(200),
    },
    Scene {
        name: "bills: all, eight cards",
        sizes: &[(20, None), (1_000, None), (10_000, ms(5)), (100_000, None)],
        prepare: |lines| bills_all(budget(&project::text(lines))),
        counted: Some(200),
    },
    Scene {
        name: "bills: all, each prompt its own",
        sizes: &[(20, None), (1_000, None), (10_000, ms(5)), (100_000, None)],
        prepare: bills_all_prompts,
        counted: Some(200),
    },
    Scene {
        name: "bills: an assumption turned",
        sizes: &[(20, None), (1_000, None), (10_000, ms(16)), (100_000, None)],
        prepare: bills_assumption,
        counted: None,
    },
    Scene {
        name: "show a scenario, and the project",
        sizes: &[(20, None), (1_000, None), (10_000, ms(100)), (100_000, None)],
        prepare: |lines| show_scenario(lines, "deliverable.line-000003.quality = \"high\"\n"),
        counted: Some(200),
    },
    Scene {
        name: "show one of all lines, and back",
        sizes: &[(20, None), (1_000, None), (10_000, ms(100)), (100_000, None)],
        prepare: |lines| show_scenario(lines, "assumptions.retry = 2.5\nassumptions.buffer = \"5%\"\n"),
        counted: Some(200),
    },
    Scene {
        name: "step a knob in a scenario and draw",
        sizes: &[(20, None), (1_000, None), (10_000, ms(32)), (100_000, None)],
        prepare: in_scenario,
        counted: Some(200),
    },
    Scene {
        name: "step a knob beside scenarios and draw",
        sizes: &[(20, None), (1_000, None), (10_000, ms(16)), (100_000, None)],
        prepare: beside_scenarios,
        counted: Some(200),
    },
    Scene {
        name: "bills: list the cards and draw",
        sizes: &[(20, None), (1_000, None), (10_000, ms(16)), (100_000, None)],
        prepare: |lines| keys(lines, "b"),
        counted: None,
    },
    Scene {
        name: "read a text",
        sizes: &[(20, None), (1_000, None), (10_000, None), (100_000, None)],
        prepare: read,
        counted: Some(200),
    },
    Scene {
        name: "one edit into a text",
        sizes: &[(20, None), (1_000, None), (10_000, None), (100_000, None)],
        prepare: splice,
        counted: Some(200),
    },
    Scene {
        name: "open a file",
        sizes: &[(20, None), (10_000, ms(500)), (100_000, None)],
        prepare: open,
        counted: None,
    },
    Scene {
        name: "save one edit in a file",
        sizes: &[(20, None), (10_000, ms(200)), (100_000, None)],
        prepare: save,
        counted: None,
    },
    Scene {
        name: "draw a frame",
        sizes: &[(20, ms(1)), (1_000, None), (10_000, ms(5)), (100_000, None)],
        prepare: |lines| keys(lines, ""),
        counted: Some(20),
    },
    Scene {
        name: "step a knob and draw",
        sizes: &[(20, ms(1)), (1_000, None), (10_000, ms(5)), (100_000, None)],
        prepare: |lines| keys(lines, "+-"),
        counted: Some(200),
    },
    Scene {
        name: "type what to find and draw",
        sizes: &[(20, None), (1_000, None), (10_000, ms(32)), (100_000, None)],
        prepare: |lines| keys(lines, "/9"),
        counted: Some(200),
    },
    Scene {
        name: "move a line, draw, and back",
        sizes: &[(20, None), (1_000, None), (10_000, ms(32)), (100_000, None)],
        prepare: |lines| keys(lines, "Ju"),
        counted: None,
    },
    Scene {
        name: "delete a line, draw, and back",
        sizes: &[(20, None), (1_000, None), (10_000, ms(32)), (100_000, None)],
        prepare: |lines| keys(lines, "xu"),
        counted: None,
    },
];

pub(crate) fn catalog() -> &'static Catalog {
    retake::rates::built_in().unwrap()
}

pub(crate) fn budget(text: &str) -> Budget {
    let reading = read_text(text, Path::new("measured.retake.toml"), catalog());
    assert!(reading.problems.is_empty(), "{:?}", reading.problems.first());
    reading.budget
}

/// What is charged beside images, at the end of a project.
const INVOICE: &str =
    "[fee.retouching]\namount = 4.50\nper = \"final\"\n[fee.kick-off]\namount = 80\nper = \"project\"\n";

fn levers(lines: usize) -> Work {
    let budget = budget(&project::text(lines));
    let figures = estimate(&budget, catalog(), TODAY);
    Box::new(move || {
        let trials = Trials::new(&budget, catalog(), &figures);
        black_box(all(&trials, None, Reach::Near, &|| true));
    })
}

/// Pairs under a cap that every single move misses: at a hundredth of the total.
fn pairs(budget: Budget) -> Work {
    let figures = estimate(&budget, catalog(), TODAY);
    let least = figures.totals.total.unwrap() * Decimal::new(1, 2);
    Box::new(move || {
        let trials = Trials::new(&budget, catalog(), &figures);
        let limit = Limit::of(&budget.shown, Cap { amount: least, currency: None }).unwrap();
        let ways = ways(Target { trials: &trials, limit, measure: &ExactTotal }, None, &|| true).unwrap();
        assert!(ways.single.is_empty());
        black_box(ways);
    })
}

fn goals_of_all(lines: usize) -> Work {
    let budget = budget(&project::text(lines));
    let figures = estimate(&budget, catalog(), TODAY);
    let half = figures.totals.total.unwrap() * Decimal::new(5, 1);
    Box::new(move || {
        let trials = Trials::new(&budget, catalog(), &figures);
        let limit = Limit::of(&budget.shown, Cap { amount: half, currency: None }).unwrap();
        black_box(goals(Target { trials: &trials, limit, measure: &ExactTotal }, None, &|| true));
    })
}

fn recompute_one(lines: usize) -> Work {
    let mut budget = budget(&project::text(lines));
    let mut figures = estimate(&budget, catalog(), TODAY);
    let mut finals = 1;
    Box::new(move || {
        finals = finals % 89 + 1;
        let line = lines / 2;
        budget.lines[line].settings.put(Knob::Finals, Some(Setting::Value(Value::Count(finals))));
        figures.refresh_line(line, &budget, catalog(), TODAY);
        black_box(figures.totals.total);
    })
}

fn recompute_all(budget: Budget) -> Work {
    let mut figures = estimate(&budget, catalog(), TODAY);
    Box::new(move || {
        figures.refresh(black_box(&budget), catalog(), TODAY);
        black_box(figures.totals.total);
    })
}

/// As if all sizes of a project were written for another model: each needs a search for the nearest legal one.
fn recompute_illegal(lines: usize) -> Work {
    let mut budget = budget(&project::text(lines));
    for (line, edge) in budget.lines.iter_mut().zip((1000..2000).cycle()) {
        let size = SizeChoice::Exact(Size { w: edge + 1, h: 1001 });
        line.settings.put(Knob::Size, Some(Setting::Value(Value::Size(size))));
    }
    recompute_all(budget)
}

/// Eight typical cards to compare with, of every kind: built-in ones, with additions as in users' own cards.
fn eight(budget: &mut Budget) {
    let own = |id: &str| Card::clone(catalog().card(id).unwrap());
    let mut pixapi = own("pixapi");
    pixapi.pay.rate = Some((Decimal::new(15, 3), Decimal::ONE));
    let mut packs = own("gptimage2-top");
    packs.pay = own("imagesv2").pay;
    let mut internal = own("evolink");
    internal.id = "studio".to_owned();
    internal.pricing = Pricing::Internal { credit_usd: Decimal::new(10, 2), markup_percent: Decimal::new(15, 0) };
    for card in [pixapi, packs, internal] {
        budget.cards.insert(card.id.clone(), Some(Arc::new(card)));
    }
    let compare = ["laozhang-vip", "muapi", "chatgpt-credits", "fal", "evolink", "pixapi", "gptimage2-top", "studio"];
    budget.bills.compare = compare.map(str::to_owned).to_vec();
}

fn with_bills(mut budget: Budget) -> (Budget, Estimate, Bills) {
    eight(&mut budget);
    let figures = estimate(&budget, catalog(), TODAY);
    let bills = Bills::of(&budget, &figures, catalog());
    assert_eq!(bills.cards.len(), 8);
    (budget, figures, bills)
}

/// The bills alone: the estimate is measured separately.
fn bills_one(lines: usize) -> Work {
    let (mut budget, mut figures, mut bills) = with_bills(budget(&project::text(lines)));
    let line = lines / 2;
    // Two states of one line in turn, so that the estimate is not part of the timed work.
    let mut states = [1, 88].map(|finals| {
        budget.lines[line].settings.put(Knob::Finals, Some(Setting::Value(Value::Count(finals))));
        figures.refresh_line(line, &budget, catalog(), TODAY);
        figures.lines[line].clone()
    });
    Box::new(move || {
        std::mem::swap(&mut figures.lines[line], &mut states[0]);
        states.swap(0, 1);
        bills.refresh_line(line, &budget, &figures, catalog());
        black_box(&bills);
    })
}

fn bills_all(budget: Budget) -> Work {
    let (budget, figures, _) = with_bills(budget);
    Box::new(move || {
        black_box(Bills::of(black_box(&budget), &figures, catalog()));
    })
}

fn bills_all_prompts(lines: usize) -> Work {
    let mut budget = budget(&project::text(lines));
    for (line, tokens) in budget.lines.iter_mut().zip(1..) {
        line.settings.put(Knob::PromptTokens, Some(Setting::Value(Value::Count(tokens))));
    }
    bills_all(budget)
}

/// The work of a key that changes the project's buffer.
fn bills_assumption(lines: usize) -> Work {
    let (mut budget, mut figures, _) = with_bills(budget(&project::text(lines)));
    let mut percent = 10;
    Box::new(move || {
        percent = percent % 30 + 1;
        budget.assumptions.put(Knob::Buffer, Some(Setting::Value(Value::Percent(Decimal::from(percent)))));
        figures.refresh(&budget, catalog(), TODAY);
        black_box(Bills::of(&budget, &figures, catalog()));
    })
}

fn read(lines: usize) -> Work {
    let text = project::text(lines);
    _ = catalog();
    Box::new(move || {
        black_box(read_text(black_box(&text), Path::new("measured.retake.toml"), catalog()));
    })
}

fn splice(lines: usize) -> Work {
    let text = project::text(lines);
    let before = budget(&text);
    let mut after = before.clone();
    after.lines[lines / 2].settings.put(Knob::Finals, Some(Setting::Value(Value::Count(4321))));
    Box::new(move || {
        black_box(write::updated(text.as_bytes(), &before, &mut after).unwrap());
    })
}

fn open(lines: usize) -> Work {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("measured.retake.toml");
    std::fs::write(&file, project::text(lines)).unwrap();
    Box::new(move || {
        let folder = &folder;
        let mut workspace = Workspace::new(catalog(), TODAY);
        let opened = workspace.open(folder.path().join("measured.retake.toml")).unwrap();
        black_box(State::new(opened, catalog(), TODAY, vec!["dark".to_owned()]));
    })
}

fn save(lines: usize) -> Work {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("measured.retake.toml");
    std::fs::write(&file, project::text(lines)).unwrap();
    let mut workspace = Workspace::new(catalog(), TODAY);
    let mut state = State::new(workspace.open(file).unwrap(), catalog(), TODAY, vec!["dark".to_owned()]);
    let keymap = default_keymap();
    let mut key = '+';
    Box::new(move || {
        _ = &folder;
        update::press(&mut state, &keymap, Chord::char(key));
        key = if key == '+' { '-' } else { '+' };
        match workspace.save(&state) {
            saved @ Outcome::Saved { .. } => drop(apply_outcome(&mut state, saved)),
            other => panic!("{other:?}"),
        }
    })
}

/// A scenario with these changes, and the project itself again: both frames, beside eight cards. Each way may take 50 ms.
fn show_scenario(lines: usize, changes: &str) -> Work {
    let mut budget = budget(&(project::text(lines) + &scenario(changes)));
    eight(&mut budget);
    keys_on(budget, &[], "}{")
}

fn scenario(changes: &str) -> String {
    format!("\n[scenario.client]\n{changes}")
}

/// Presses each key and draws after it, then closes whatever was opened.
fn keys(lines: usize, keys: &'static str) -> Work {
    keys_on(budget(&project::text(lines)), &[], keys)
}

fn in_scenario(lines: usize) -> Work {
    keys_on(budget(&(project::text(lines) + &scenario("assumptions.retry = 2.5\n"))), &["}"], "+-")
}

/// Keys on the screen of all scenarios: one changes every line, one a single line.
fn beside_scenarios(lines: usize) -> Work {
    let scenarios = scenario("assumptions.retry = 2.5\n[scenario.one]\ndeliverable.line-000003.quality = \"high\"\n");
    keys_on(budget(&(project::text(lines) + &scenarios)), &["alt-4"], "+-")
}

/// The same on this budget, after other keys.
fn keys_on(budget: Budget, first: &[&str], keys: &'static str) -> Work {
    let opened = Opened { budget, ..Opened::default() };
    let mut state = State::new(opened, catalog(), TODAY, vec!["dark".to_owned()]);
    let (keymap, styles) = (default_keymap(), Theme::built_in("dark").unwrap().styles(ColourDepth::True));
    for key in first {
        update::press(&mut state, &keymap, Chord::parse(key).unwrap());
    }
    let mut buffer = Buffer::empty(AREA);
    Box::new(move || {
        if keys.is_empty() {
            frame(&state, &keymap, &styles, &mut buffer);
        }
        for key in keys.chars() {
            let effects = update::press(&mut state, &keymap, Chord::char(key));
            assert_eq!(effects, Vec::<Effect>::new());
            frame(&state, &keymap, &styles, &mut buffer);
        }
        if !state.overlays.is_empty() {
            update::press(&mut state, &keymap, Chord::parse("esc").unwrap());
        }
    })
}

fn frame(state: &State, keymap: &Keymap, styles: &Styles, buffer: &mut Buffer) {
    let view = FrameInput::new(state, keymap, styles, false);
    black_box(draw(&view, AREA, buffer));
}
