//! A list to choose a value from, filtered by typing; the value under the cursor applies while it is previewed.

use crate::app::actions::card_list::CardList;
use crate::app::actions::summary::CopyForm;
use crate::app::actions::{bring_back, project_values, summary};
use crate::app::model::entry::Entry;
use crate::app::model::form::FormRow;
use crate::app::model::overlay::Overlay;
use crate::app::model::preview::{Meaning, Preview};
use crate::app::model::state::State;
use crate::app::model::values;
use crate::cost::{Knob, Setting, Value};
use crate::tables::Kind;
use crate::words;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use std::path::PathBuf;

/// The thing to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picking {
    /// A knob's value.
    Knob(Knob),
    /// The theme.
    Theme,
    /// A project: a recent one, or a sample.
    Project,
    /// An earlier version of the file.
    Version,
    /// Rate cards to compare with, any number.
    Cards,
    /// The meaning of a column of a list that is looked at: its index, and its title.
    Meaning(usize, String),
    /// The sheet of a workbook that is looked at.
    Sheet,
    /// What the estimate is copied as.
    Summary,
    /// The value of a row of the project's form.
    Row(FormRow),
    /// A deliverable that the scenario takes out.
    TakenOut,
}

/// One entry of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The name of the choice.
    pub label: String,
    /// Its meaning: tokens, price, purpose.
    pub detail: String,
    /// The effect of choosing it.
    pub choice: Choice,
}

/// The choice behind an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// A value of the knob.
    Value(Value),
    /// A theme's name.
    Theme(String),
    /// A project to open.
    Project(Offer),
    /// A rate card, by its name in files.
    Card(String),
    /// The meaning of a column.
    Meaning(Meaning),
    /// A sheet, by its name.
    Sheet(String),
    /// What the estimate is copied as.
    Summary(CopyForm),
    /// A value of a row of the project's form, as it is typed.
    Text(String),
}

/// A project that can be opened without typing its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offer {
    /// A file that was open before.
    Recent(PathBuf),
    /// A sample that comes with the program: its name and its description.
    Sample(String, String),
    /// An earlier version of the open file: its path, when it was replaced, and its description.
    Version(PathBuf, String, String),
}

/// An open list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picker {
    /// The thing to choose.
    pub picking: Picking,
    /// The filter text.
    pub filter: Entry,
    /// The entry under the cursor, by its index among the filtered ones.
    pub at: usize,
    /// The setting to restore.
    pub before: Before,
}

/// The setting that a picker restores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Before {
    /// A knob's setting.
    Setting(Option<Setting>),
    /// A theme's name.
    Theme(String),
    /// Nothing was previewed.
    Nothing,
    /// Nothing was previewed: what is chosen counts when the list is left.
    Cards(CardList),
}

/// Every entry, in the order of the list.
#[must_use]
pub fn items(state: &State, picking: &Picking) -> Vec<Item> {
    match picking {
        Picking::Cards => CardList::of(state).items(),
        Picking::Summary => summary::items(),
        Picking::Theme => state.session.themes.iter().map(|name| theme(name)).collect(),
        Picking::Project => state.session.offers.iter().map(project).collect(),
        Picking::Version => state.session.versions.iter().map(project).collect(),
        Picking::Meaning(column, _) => state.previewed().map_or_else(Vec::new, |list| meanings(list, *column)),
        Picking::Sheet => state.previewed().map_or_else(Vec::new, sheets),
        Picking::Row(row) => project_values::items(row),
        Picking::TakenOut => bring_back::items(state),
        Picking::Knob(knob) => state.deliverable().map_or_else(Vec::new, |line| values::items(state, *knob, line)),
    }
}

/// The entries that match the filter, the best match first; all in their own order if nothing is typed.
#[must_use]
pub fn filtered(state: &State, picker: &Picker) -> Vec<Item> {
    let items = match &picker.before {
        Before::Cards(list) => list.items(),
        _ => items(state, &picker.picking),
    };
    let texts = items.iter().map(|item| format!("{} {}", item.label, item.detail)).collect::<Vec<_>>();
    let found = ranked(picker.filter.text(), &texts).into_iter().filter_map(|index| items.get(index).cloned());
    let typed = values::typed(state, picker).filter(|typed| items.iter().all(|item| item.choice != typed.choice));
    typed.into_iter().chain(found).collect()
}

/// The indexes of the texts that match the filter, the best first; every index if nothing is typed.
#[must_use]
pub fn ranked(typed: &str, texts: &[String]) -> Vec<usize> {
    if typed.trim().is_empty() {
        return (0..texts.len()).collect();
    }
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
    let mut buffer = Vec::new();
    let scored = texts.iter().enumerate();
    let mut found: Vec<(u32, usize)> = scored
        .filter_map(|(index, text)| Some((pattern.score(Utf32Str::new(text, &mut buffer), &mut matcher)?, index)))
        .collect();
    found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    found.into_iter().map(|(_, index)| index).collect()
}

impl State {
    /// The list that is looked at, whatever lies over it.
    #[must_use]
    pub fn previewed(&self) -> Option<&Preview> {
        self.overlays.iter().find_map(|overlay| {
            let Overlay::Import(preview) = overlay else { return None };
            Some(preview.as_ref())
        })
    }
}

/// The way back, leaving the column out, and every meaning, each with the other column that has it now.
fn meanings(preview: &Preview, column: usize) -> Vec<Item> {
    let columns = &preview.list().columns;
    let now = preview.meaning(column);
    let holder = |kind: Kind| columns.iter().find(|column| column.kind() == Some(kind));
    let entry = |meaning: Meaning| {
        let (label, elsewhere) = match meaning {
            Meaning::Found => (words::meaning_found().to_owned(), Some(words::meaning_found_by().to_owned())),
            Meaning::Unread => (words::meaning_unread().to_owned(), None),
            Meaning::As(kind) => {
                (kind.name().to_owned(), holder(kind).map(|held| words::meaning_elsewhere(&held.title)))
            }
        };
        let detail = if meaning == now { words::meaning_now().to_owned() } else { elsewhere.unwrap_or_default() };
        Item { label, detail, choice: Choice::Meaning(meaning) }
    };
    let way_back = preview.is_chosen(column).then_some(Meaning::Found);
    way_back.into_iter().chain([Meaning::Unread]).chain(Kind::all().map(Meaning::As)).map(entry).collect()
}

/// The sheets in the order of their tabs.
fn sheets(preview: &Preview) -> Vec<Item> {
    let detail = |name: &str| match (preview.sheet() == Some(name), preview.is_hidden(name)) {
        (true, true) => words::sheet_hidden_now(),
        (true, false) => words::meaning_now(),
        (false, true) => words::sheet_hidden(),
        (false, false) => "",
    };
    let item = |name: &String| Item {
        label: name.clone(),
        detail: detail(name).to_owned(),
        choice: Choice::Sheet(name.clone()),
    };
    preview.sheets().iter().map(item).collect()
}

fn theme(name: &str) -> Item {
    Item { label: name.to_owned(), detail: String::new(), choice: Choice::Theme(name.to_owned()) }
}

fn project(offer: &Offer) -> Item {
    let (label, detail) = match offer {
        Offer::Recent(path) => {
            let name = path.file_name().unwrap_or(path.as_os_str());
            (name.to_string_lossy().into_owned(), path.display().to_string())
        }
        Offer::Version(_, when, what) => (when.clone(), what.clone()),
        Offer::Sample(name, line) => (words::offer_sample(name), line.clone()),
    };
    Item { label, detail, choice: Choice::Project(offer.clone()) }
}
