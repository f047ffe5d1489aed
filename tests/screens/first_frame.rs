//! Everything that opens is complete in the first frame after its key, on a catalogue of 60 deliverables: nothing is fetched,
//! computed in the background, or drawn later. The list of openable things comes from the tables of actions and knobs, so that
//! new ones are included.

use crate::desk::Desk;
use crate::geometry::{figures, whole_figures};
use crate::list_reading::with_book;
use crate::scenes::repriced;
use ratatui::buffer::Buffer;
use retake::app::flows::conflict::{Between, Dispute, Resolving};
use retake::app::flows::{lifecycle, recovery};
use retake::app::keys::action::TABLE;
use retake::app::model::outcome::{Effect, OnDisk, Opened, Outcome};
use retake::app::model::overlay::{Ask, Overlay};
use retake::app::model::picker::{Offer, Picking};
use retake::app::{Action, Chord, Context, Focus, Selection};
use retake::config::welcome::samples;
use retake::cost::base::money::Decimal;
use retake::cost::budget::knob;
use retake::cost::budget::{Charge, Fee, Per};
use retake::cost::{Budget, Pane};
use retake::diagnostics::{Code, Problem};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 36), (200, 60)];

fn text() -> &'static str {
    samples().find(|sample| sample.name == "home-catalogue").unwrap().text
}

fn offers() -> Vec<Offer> {
    samples().map(|sample| Offer::Sample(sample.name.to_owned(), sample.line.to_owned())).collect()
}

/// The catalogue with prices and fees of its own, one edit made, one undone, the keyboard on the finals: every action is available.
static BUDGET: LazyLock<Budget> = LazyLock::new(|| {
    let mut budget = repriced(text());
    for name in ["brief", "retouching"] {
        let amount = Some(Charge { amount: Decimal::ONE, currency: None });
        let fee = Fee { amount, per: Some(Per::Project), ..Fee::default() };
        budget.fees.insert(name.to_owned(), fee);
    }
    budget
});

fn catalogue() -> Desk {
    let file = Some("home-catalogue.retake.toml".to_owned());
    let mut desk = Desk::opened(Opened { budget: BUDGET.clone(), file, ..Opened::default() });
    desk.state.session.offers = offers();
    desk.keys("+ + u");
    assert_eq!(desk.state.budget().lines.len(), 60);
    desk
}

/// The name of a dialog. There is no `_` here: a new dialog has to be named, and then reached by a test.
fn name(dialog: &Overlay) -> String {
    match dialog {
        Overlay::Help => "help".to_owned(),
        Overlay::Issues(_) => "issues".to_owned(),
        Overlay::Why => "why".to_owned(),
        Overlay::ImportRunning(_) => "import running".to_owned(),
        Overlay::Import { .. } => "import".to_owned(),
        Overlay::Palette(_) => "palette".to_owned(),
        Overlay::Unsaved(_) => "unsaved".to_owned(),
        Overlay::Conflict(..) => "conflict".to_owned(),
        Overlay::Resolve(_) => "two versions".to_owned(),
        Overlay::Recover { .. } => "recovered edits".to_owned(),
        Overlay::Replace(_) => "replace".to_owned(),
        Overlay::Rates(_) => "rates".to_owned(),
        Overlay::UnderCap(_) => "under the cap".to_owned(),
        Overlay::Project(_) => "project".to_owned(),
        Overlay::Ask { ask, .. } => match ask {
            Ask::LineName(_) => "ask for a name".to_owned(),
            Ask::KeptScenario | Ask::ScenarioName | Ask::ScenarioNote => format!("ask {ask:?}"),
            Ask::NewLine | Ask::ProjectName | Ask::SaveAs | Ask::Open | Ask::Import | Ask::Find | Ask::Months => {
                format!("ask {ask:?}")
            }
        },
        Overlay::Picker(picker) => match picker.picking {
            Picking::Knob(knob) => format!("list of {knob:?}"),
            Picking::Theme => "list of themes".to_owned(),
            Picking::Project => "list of projects".to_owned(),
            Picking::Version => "list of versions".to_owned(),
            Picking::Cards => "list of cards".to_owned(),
            Picking::Sheet => "list of sheets".to_owned(),
            Picking::Summary => "list of forms to copy".to_owned(),
            Picking::TakenOut => "list of what a scenario takes out".to_owned(),
            Picking::Row(_) => "list of a row of the project".to_owned(),
            Picking::Meaning(..) => "list of meanings".to_owned(),
        },
    }
}

const ALL: [&str; 33] = [
    "help",
    "issues",
    "why",
    "import running",
    "import",
    "palette",
    "unsaved",
    "conflict",
    "two versions",
    "recovered edits",
    "list of versions",
    "replace",
    "rates",
    "under the cap",
    "project",
    "list of a row of the project",
    "ask for a name",
    "ask NewLine",
    "ask ProjectName",
    "ask SaveAs",
    "ask Open",
    "ask Import",
    "ask Find",
    "ask KeptScenario",
    "ask ScenarioName",
    "ask ScenarioNote",
    "list of themes",
    "list of projects",
    "list of cards",
    "list of meanings",
    "list of sheets",
    "list of forms to copy",
    "list of what a scenario takes out",
];

/// The cells of the one heavy frame, which is the dialog's.
fn framed(frame: &Buffer) -> usize {
    frame.content.iter().filter(|cell| "┏┓┗┛".contains(cell.symbol())).count()
}

/// Opens something, and checks that the very next frame shows all of it.
fn opened(desk: &mut Desk, what: &str, open: impl FnOnce(&mut Desk)) -> Option<String> {
    let state = desk.state.clone();
    desk.effects.clear();
    open(desk);
    let dialog = desk.state.overlays.top()?.clone();
    let said = desk.screen(120, 36);
    assert!(!said.contains("Enter accept"), "{what}: Enter has no verb of its own\n{said}");
    let enter = Chord::parse("enter").unwrap();
    if desk.keymap.resolve(desk.state.context(), enter) == Some(Action::Accept) {
        assert_ne!(desk.state.help_of(Action::Accept), "", "{what}: Enter says nothing");
    }
    let after = std::mem::replace(&mut desk.state, state);
    let before = SIZES.map(|(width, height)| desk.frame(width, height));
    desk.state = after;
    let name = name(&dialog);
    assert_eq!(desk.effects, [], "{what}: {name} waits for nothing");
    for ((width, height), before) in SIZES.into_iter().zip(before) {
        let first = desk.frame(width, height);
        assert_ne!(first, before, "{what}: {name} at {width}x{height}");
        assert_eq!(framed(&first), 4, "{what}: {name} at {width}x{height}");
        assert_eq!(first, desk.frame(width, height), "{what}: the second frame of {name} has nothing to add");
    }
    if let Overlay::Picker(picker) = &dialog {
        let items = retake::app::model::picker::items(&desk.state, &picker.picking);
        assert!(items.len() >= 2, "{what}: {name} offers something");
        let screen = desk.screen(120, 36);
        assert!(screen.contains(items[0].label.as_str()), "{what}: the first entry of {name}\n{screen}");
    }
    Some(name)
}

/// Keys that open something only behind others.
const BEHIND_OTHERS: [(&str, &str); 5] = [
    ("+", "v"),
    ("+ v <enter> <alt-4> l", "r"),
    ("+ v <enter> <alt-4> l", "N"),
    ("x x v <enter> <alt-4> l", "<backspace>"),
    ("P j j", "<enter>"),
];

/// Everything that can be opened, each on its own dashboard, as (its name, the dashboard).
fn everything() -> Vec<(String, Desk)> {
    let mut all = Vec::new();
    let mut add = |what: &str, mut desk: Desk, open: &dyn Fn(&mut Desk)| {
        if let Some(name) = opened(&mut desk, what, open) {
            all.push((name, desk));
        }
    };
    for row in TABLE.iter().filter(|row| !matches!(row.action, Action::Resolve | Action::FollowAll)) {
        let desk = catalogue();
        let chords: Vec<Chord> = desk.keymap.keys_of(Context::Pane, row.action).collect();
        for chord in chords {
            assert_eq!((row.can)(&desk.state), Ok(()), "{}", row.name);
            add(row.name, catalogue(), &|desk| _ = desk.press(chord));
        }
    }
    for pane in Pane::ALL {
        // The cover has drafts, which have their own fields.
        let mut desk = catalogue();
        let cover = desk.state.budget().lines.iter().position(|line| line.key == "cover").unwrap();
        desk.state.view.selection = Selection::Line(cover);
        desk.state.view.focus = Focus::Pane(pane);
        for field in 0..desk.state.fields(pane).len() {
            let mut at = catalogue();
            at.state = desk.state.clone();
            at.state.view.field_at[pane as usize] = field;
            let knob = at.state.field().unwrap().knob();
            add(&format!("Enter on {knob:?}"), at, &|desk| _ = desk.keys("<enter>"));
        }
    }
    for (first, key) in BEHIND_OTHERS {
        let mut at = catalogue();
        at.keys(first);
        add(first, at, &|desk| _ = desk.keys(key));
    }
    add("a pasted list", catalogue(), &|desk| _ = desk.paste("Name,Finals\nBanner,12\nPoster,many\n"));
    add("a long pasted list", catalogue(), &|desk| {
        desk.holds_lists = true;
        desk.paste("Name,Finals\nBanner,12\nPoster,many\n").effects.clear();
    });
    let mut book = catalogue();
    with_book(&mut book);
    add("the sheets of a workbook", book, &|desk| _ = desk.keys("s"));
    let mut column = catalogue();
    column.paste("Name,Finals\nBanner,12\nPoster,many\n").keys("<right>");
    add("Enter on a column", column, &|desk| _ = desk.keys("<enter>"));
    let problem = Problem::new(Code::ChangedOnDisk, "changed on disk");
    let one = Dispute { place: "finals".to_owned(), mine: Some("25".to_owned()), theirs: None, base: None };
    let names = ["mine".to_owned(), "theirs".to_owned()];
    let disputed = Outcome::Disputed {
        resolving: Box::new(Resolving::new(Between::ScreenAndDisk, names, vec![one])),
        read_only: None,
    };
    let version = |day: &str| Offer::Version(day.into(), format!("{day} 10:00:00"), "$12.34".to_owned());
    let versions = Outcome::Versions(vec![version("2026-11-20"), version("2026-11-19")]);
    let budget = BUDGET.clone();
    let mut mine = budget.clone();
    mine.name = Some("Autumn".to_owned());
    let recovered = recovery::recovered(&budget, &mine, &budget, false, false).map(Box::new);
    add("a start", catalogue(), &|desk| {
        desk.state.show(Opened { budget: budget.clone(), recovered: recovered.clone(), ..Opened::default() });
    });
    for outcome in
        [Outcome::Conflict(OnDisk::Changed, problem), Outcome::Exists { path: "b.toml".into() }, disputed, versions]
    {
        add("an answer", catalogue(), &|desk| _ = lifecycle::apply_outcome(&mut desk.state, outcome.clone()));
    }
    all
}

#[test]
fn everything_that_opens_is_in_the_frame_of_its_key() {
    let reached: BTreeSet<String> = everything().into_iter().map(|(name, _)| name).collect();
    let lists = knob::TABLE.iter().filter(|row| row.form.has_list()).map(|row| row.knob);
    let wanted: BTreeSet<String> =
        lists.map(|knob| format!("list of {knob:?}")).chain(ALL.map(str::to_owned)).collect();
    assert_eq!(reached, wanted);
}

#[test]
fn a_key_that_asks_for_work_outside_opens_nothing_by_itself() {
    for row in TABLE {
        let mut desk = catalogue();
        let Some(chord) = desk.keymap.keys_of(Context::Pane, row.action).next() else { continue };
        desk.press(chord);
        let waits = desk.effects.iter().any(|effect| !matches!(effect, Effect::Copy(_)));
        assert!(!waits || desk.state.overlays.is_empty(), "{} both opens and waits", row.name);
        assert!(
            !waits || [Action::Save, Action::Suspend, Action::Versions].contains(&row.action),
            "{}: {:?}",
            row.name,
            desk.effects
        );
    }
}

#[test]
fn no_figure_is_cut_on_the_catalogue() {
    // One of each, without the questions, which show no figures.
    let mut scenes: BTreeMap<String, Desk> = everything().into_iter().collect();
    scenes.retain(|name, _| !(name.starts_with("ask") || ["unsaved", "replace", "conflict"].contains(&name.as_str())));
    for keys in ["", "G", "h h h", "] ] ] ]", "f", "[", "h h h h G"] {
        let mut desk = catalogue();
        desk.keys(keys);
        scenes.insert(format!("after {keys:?}"), desk);
    }
    let mut wrong = BTreeSet::new();
    for (name, mut desk) in scenes {
        let whole = whole_figures(&mut desk);
        for (width, height) in SIZES {
            let screen = desk.screen(width, height);
            for figure in figures(&screen).difference(&whole) {
                let row = screen.lines().find(|row| row.contains(figure.as_str())).unwrap_or_default();
                wrong.insert(format!("{figure} at {width}x{height}, {name}: {row}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
}
