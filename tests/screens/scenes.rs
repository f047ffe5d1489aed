//! Dashboards in every situation of a screen.

use crate::desk::{Desk, TWO_LINES, budget, catalog};
use crate::list_reading::with_book;
use retake::app::model::outcome::{Effect, Opened};
use retake::app::model::overlay::{Leaving, Overlay};
use retake::app::{Context, Focus, OnDisk, State};
use retake::cost::base::money::Decimal;
use retake::cost::rates::rate_card::Meter;
use retake::cost::{Budget, Pane};
use retake::diagnostics::{Code, Level, Problem};

/// Long figures, a cap, drafts, references, a range: everything that takes the most room. Names have no digits.
pub(crate) const WIDE_FIGURES: &str = r#"retake = 1
name = "Spring launch"
client = "Acme"

[assumptions]
quality = "high"
cap = 123456.78
buffer = "12.5%"
retry = { low = 1.15, likely = 1.87, high = 3.05 }
prompt_tokens = 13579
cached_input = "37.5%"

[deliverable.hero]
name = "Hero shot in three colours"
size = "1600x2000"
finals = 54321
references = ["1024x1280", "768x1152"]
explore.drafts_per_final = 13
explore.quality = "low"

[deliverable.social]
name = "Paid social"
preset = "paid-social"
finals = 987654
retry = 2.345
"#;

/// Cards with every way to pay, to append to a project's text; names have no digits.
pub(crate) const CARDS: &str = r#"
[card.studio]
name = "Studio credits"
kind = "internal credits"
credit_usd = "0.04"
margin = "15%"

[card.packs]
name = "Credits in packs"
kind = "credits per image"
price = { low = "1", medium = "4", high = "14" }
pack.small = { usd = "9.90", credits = 700, months = 3 }
plan.pro = { usd = "33.90", per = "month", credits = 5000, overage = "0.01" }
"#;

/// Compares with this many of the known cards, in the order of comparison.
pub(crate) fn compared(text: &str, count: usize) -> String {
    const CARDS_KNOWN: [&str; 8] =
        ["pixapi", "laozhang-vip", "packs", "studio", "chatgpt-credits", "fal", "muapi", "evolink"];
    let names: Vec<String> = CARDS_KNOWN[..count].iter().map(|name| format!("\"{name}\"")).collect();
    format!("{text}\n[bills]\ncompare = [{}]\n{CARDS}", names.join(", "))
}

/// The screen of bills with each number of cards, each place of the keyboard, the whole project and a deliverable.
pub(crate) fn with_bills(text: &str) -> Vec<Scene> {
    let mut scenes = Vec::new();
    for (count, keys) in [
        (0, "<alt-2>"),
        (3, ""),
        (3, "<alt-2> [ l l l"),
        (5, "<alt-2> l l f"),
        (5, "<alt-2> e <ctrl-u> nonsense"),
        (8, "<alt-2> l l l l l l l l <end>"),
    ] {
        let mut desk = Desk::of(&compared(text, count));
        desk.keys(keys);
        scenes.push(scene(format!("{count} cards after {keys:?}"), desk));
    }
    scenes
}

pub(crate) struct Scene {
    pub(crate) name: String,
    pub(crate) desk: Desk,
}

fn scene(name: impl Into<String>, desk: Desk) -> Scene {
    Scene { name: name.into(), desk }
}

/// The project with every price pinned at another value than the built-in one.
pub(crate) fn repriced(text: &str) -> Budget {
    let mut budget = budget(text);
    for model in &catalog().models {
        let mut card = model.card.clone();
        if let Some(rates) = &mut card.standard {
            for meter in Meter::ALL {
                if let Some(rate) = rates.get(meter) {
                    *rates = rates.with(meter, rate * Decimal::TWO + Decimal::new(125, 3));
                }
            }
        }
        budget.pins.insert(model.card_id(), card);
    }
    budget
}

/// Every focus, every field, typing and refused, without a dialog.
pub(crate) fn without_dialog(text: &str) -> Vec<Scene> {
    let mut scenes = vec![scene("empty", Desk::untitled(Budget::default()))];
    let desk = || Desk::of(text);
    for keys in ["", "[ [", "h h h", "+", "7", "e <ctrl-u> no", "G", "] ]"] {
        let mut pressed = desk();
        pressed.keys(keys);
        scenes.push(scene(format!("after {keys:?}"), pressed));
    }
    for pane in Pane::ALL {
        let mut at = desk();
        at.state.view.focus = Focus::Pane(pane);
        for field in 0..at.state.fields(pane).len() {
            at.state.view.field_at[pane as usize] = field;
            for keys in ["", "e", "e <ctrl-u> nonsense"] {
                let mut pressed = desk();
                pressed.state = at.state.clone();
                pressed.keys(keys);
                scenes.push(scene(format!("field {field} of {pane:?} after {keys:?}"), pressed));
            }
        }
    }
    scenes
}

/// Keys that open the form of the project in each of its states.
const FORM: [&str; 6] = [
    "P",
    "P G",
    "P <enter> <ctrl-u> some name",
    "P <down> <down> <enter>",
    "P <down> <down> <enter> jpy <enter> no <enter>",
    "P G k <enter> retouching <tab> some",
];

/// Every dialog over an edited project.
pub(crate) fn with_dialog(text: &str) -> Vec<Scene> {
    let mut scenes = Vec::new();
    for keys in [
        "?",
        "? G",
        "i",
        "a",
        "r",
        "R",
        "S",
        "<ctrl-o>",
        "<ctrl-o> <enter>",
        "+ q",
        "+ <ctrl-n>",
        "w",
        "w G",
        ":",
        ": s",
        "/",
        "h <enter>",
        "T",
        "b",
        "b <space>",
        "U",
        "U <ctrl-u> 1 <enter>",
        "U 7 <enter>",
    ]
    .into_iter()
    .chain(FORM)
    {
        let mut desk = Desk::of(text);
        desk.keys(keys);
        assert!(!desk.state.overlays.is_empty(), "{keys} opens no dialog");
        scenes.push(scene(format!("dialog after {keys:?}"), desk));
    }
    let problem = Problem::new(Code::ChangedOnDisk, "the file was changed by another program since it was opened")
        .with_allowed("a file that stays as it was")
        .with_remedy("save under another name, or reload");
    for dialog in [
        Overlay::Conflict(OnDisk::Changed, problem),
        Overlay::Replace("some/where/spring.retake.toml".into()),
        Overlay::Unsaved(Leaving::New),
    ] {
        let mut desk = Desk::of(text);
        desk.state.overlays.show(dialog);
        scenes.push(scene("dialog of an answer", desk));
    }
    let mut rates = Desk::new(repriced(text));
    rates.keys("$");
    assert!(!rates.state.overlays.is_empty());
    scenes.push(scene("rates", rates));
    for keys in ["g", "G", "<right>", "<left>", "<right> <enter>"] {
        let mut desk = Desk::of(text);
        desk.paste("Name,Quality,Finals,Shelf\nBanner,high,12,a\nTile,medium,40,b\nPoster,splendid,3,c\nTotal,,55,\n");
        assert_eq!(desk.state.context(), Context::Importing);
        desk.keys(keys);
        scenes.push(scene("list", desk));
    }
    let mut running = Desk::of(text);
    running.holds_lists = true;
    running.paste("Name,Finals\nBanner,12\nTile,40\n").effects.clear();
    scenes.push(scene("list that is being read", running));
    for keys in ["", "s", "<right>"] {
        let mut book = Desk::of(text);
        with_book(&mut book);
        book.keys(keys);
        scenes.push(scene("workbook", book));
    }
    scenes
}

pub(crate) fn all(text: &str) -> Vec<Scene> {
    let mut scenes = without_dialog(text);
    scenes.extend(with_dialog(text));
    scenes.extend(with_bills(text));
    scenes
}

/// All scenes of the plain project and of the one with long figures.
pub(crate) fn every() -> Vec<Scene> {
    let mut scenes = all(TWO_LINES);
    scenes.extend(all(WIDE_FIGURES));
    scenes
}

/// A project with the same hostile text in every place for a text.
pub(crate) fn hostile(text: &str) -> Vec<Scene> {
    hostile_where(text, |_| true)
}

/// The number of these scenes.
pub(crate) const HOSTILE_SCENES: usize = 28;

/// The scenes selected by their number.
pub(crate) fn hostile_where(text: &str, wanted: impl Fn(usize) -> bool) -> Vec<Scene> {
    let mut budget = budget(TWO_LINES);
    for field in [&mut budget.name, &mut budget.client, &mut budget.notes, &mut budget.extends] {
        *field = Some(text.to_owned());
    }
    let retry = retake::cost::Value::Retry(retake::cost::base::retry::Retry::Profile(text.to_owned()));
    for (knob, line) in [(retake::cost::Knob::Preset, 0), (retake::cost::Knob::Model, 1)] {
        let line = &mut budget.lines[line];
        line.name = Some(text.to_owned());
        line.note = Some(text.to_owned());
        line.key = format!("{text}{}", line.key);
        let word = retake::cost::Value::Word(text.to_owned());
        line.settings = line.settings.clone().with(knob, word).with(retake::cost::Knob::Retry, retry.clone());
    }
    let problem = Problem::new(Code::ChangedOnDisk, text).with_key(text).with_allowed(text).with_remedy(text);
    let problem = problem.at(Some(std::path::Path::new(text)), None);
    let opened = |read_only: Option<&str>| Opened {
        budget: budget.clone(),
        problems: vec![problem.clone()],
        file: Some(text.to_owned()),
        read_only: read_only.map(str::to_owned),
        ..Opened::default()
    };
    let mut scenes = Vec::new();
    let mut count = 0;
    let mut add = |read_only: Option<&str>, change: &dyn Fn(&mut Desk)| {
        count += 1;
        if !wanted(count - 1) {
            return;
        }
        let mut desk = Desk::opened(opened(read_only));
        change(&mut desk);
        scenes.push(scene(format!("hostile {text:?}"), desk));
    };
    add(None, &|_| {});
    add(None, &|desk| _ = desk.keys("h h h ]"));
    add(Some(text), &|desk| _ = desk.keys("["));
    add(None, &|desk| _ = desk.keys("e <ctrl-u>").paste(text));
    add(None, &|desk| _ = desk.keys("a").paste(text));
    add(None, &|desk| _ = desk.paste(&format!("Name,Finals,{text}\n{text},12,{text}\nb,{text},\n")));
    for keys in ["x", "D", "r", "R", "S", "i", "+ <ctrl-s>", "<ctrl-o>", "w", "h c", ":", "/", "h <enter>", "f", "T"] {
        add(None, &|desk| _ = desk.keys(keys));
    }
    for keys in ["P", "P <enter>", "P G <enter>"] {
        add(None, &|desk| _ = desk.keys(keys));
    }
    for dialog in [Overlay::Conflict(OnDisk::Changed, problem.clone()), Overlay::Replace(text.into())] {
        add(None, &|desk| desk.state.overlays.show(dialog.clone()));
    }
    add(None, &|desk: &mut Desk| desk.state.say(Level::Error, text));
    add(None, &|desk: &mut Desk| text.clone_into(&mut desk.state.session.theme));
    scenes
}

/// Effects and states are plain values: a failed test can print them.
#[test]
fn scenes_are_as_many_as_they_say() {
    let (plain, dialogs) = (without_dialog(TWO_LINES), with_dialog(TWO_LINES));
    assert!(plain.len() > 40 && dialogs.len() > 12);
    assert_eq!(hostile("x").len(), HOSTILE_SCENES);
    assert!(plain.iter().all(|scene| scene.desk.state.overlays.is_empty()));
    assert!(dialogs.iter().all(|scene| !scene.desk.effects.contains(&Effect::Quit)));
    let refused = |state: &State| state.view.input.as_ref().is_some_and(|typing| typing.refused.is_some());
    assert!(plain.iter().any(|scene| refused(&scene.desk.state)));
}
