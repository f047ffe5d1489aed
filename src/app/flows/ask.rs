//! A line of text that the program asks for: a name, a file, a search.

use crate::app::actions::{lines, navigation, project_values, scenarios};
use crate::app::flows::import;
use crate::app::flows::lifecycle::leave;
use crate::app::flows::paths;
use crate::app::keys::action::Action;
use crate::app::model::entry::Entry;
use crate::app::model::form::FormRow;
use crate::app::model::outcome::Effect;
use crate::app::model::overlay::{Ask, Kind, Leaving, Overlay, PLAIN};
use crate::app::model::screen::Context;
use crate::app::model::state::State;
use crate::app::model::view::Selection;
use crate::cost::base::limits::NAME_MAX;
use crate::words;
use std::path::PathBuf;

/// The line of text.
pub(in crate::app) const KIND: Kind = Kind {
    context: Context::Ask,
    name: |overlay| texts(overlay).map_or("", |(title, _)| title).to_owned(),
    purpose: |overlay| texts(overlay).map_or("", |(_, purpose)| purpose),
    enter: ask_enter,
    accept,
    cancel: |state| {
        if let Some(Overlay::Ask { ask: Ask::Find, .. }) = state.overlays.top() {
            state.view.filter.clear();
        }
        (PLAIN.cancel)(state);
    },
    entry: |overlay| {
        let Overlay::Ask { entry, .. } = overlay else { return None };
        Some(entry)
    },
    typed,
    ..PLAIN
};

impl Ask {
    /// The name of the line, and its purpose.
    #[must_use]
    pub fn texts(self) -> (&'static str, &'static str) {
        match self {
            Ask::NewLine => (words::ask_new_line(), words::help_name()),
            Ask::LineName(_) => (words::ask_line_name(), words::help_name()),
            Ask::ProjectName => (words::ask_project_name(), words::help_name()),
            Ask::SaveAs => (words::ask_save_as(), words::help_file()),
            Ask::Open => (words::ask_open(), words::help_file()),
            Ask::Import => (words::ask_import(), words::help_list_file()),
            Ask::Find => (words::ask_find(), words::help_find()),
            Ask::Months => (words::ask_months(), words::help_months()),
            Ask::KeptScenario | Ask::ScenarioName => (words::ask_scenario_name(), words::help_scenario_name()),
            Ask::ScenarioNote => (words::ask_scenario_note(), words::help_scenario_note()),
        }
    }

    /// Whether it asks for a name.
    fn is_name(self) -> bool {
        let is_scenarios = matches!(self, Ask::KeptScenario | Ask::ScenarioName);
        is_scenarios || matches!(self, Ask::NewLine | Ask::LineName(_) | Ask::ProjectName)
    }

    /// Whether it asks for a path.
    #[must_use]
    pub fn is_path(self) -> bool {
        match self {
            Ask::SaveAs | Ask::Open | Ask::Import => true,
            Ask::NewLine | Ask::LineName(_) | Ask::ProjectName | Ask::Find | Ask::Months => false,
            Ask::KeptScenario | Ask::ScenarioName | Ask::ScenarioNote => false,
        }
    }
}

/// What Enter does with the text.
fn ask_enter(overlay: &Overlay) -> &'static str {
    let Overlay::Ask { ask, .. } = overlay else { return "" };
    match ask {
        Ask::NewLine => words::action_add(),
        Ask::LineName(_) | Ask::ProjectName | Ask::ScenarioName => words::enter_rename(),
        Ask::KeptScenario => words::enter_keep(),
        Ask::ScenarioNote => words::field_note(),
        Ask::SaveAs => words::action_save(),
        Ask::Open => words::enter_open(),
        Ask::Import => words::enter_read(),
        Ask::Find => words::enter_find(),
        Ask::Months => words::action_apply_way(),
    }
}

fn texts(overlay: &Overlay) -> Option<(&'static str, &'static str)> {
    let Overlay::Ask { ask, .. } = overlay else { return None };
    Some(ask.texts())
}

/// Asks for a line of text.
pub(in crate::app) fn ask(state: &mut State, ask: Ask, text: impl Into<String>) {
    state.overlays.show(Overlay::Ask { ask, entry: Entry::new(text), refused: None });
}

/// Asks for the selected deliverable's name, or the project's.
pub(in crate::app) fn rename(state: &mut State) {
    match state.view.selection {
        Selection::Line(index) => {
            let text = state.project.budget().lines.get(index).map(|line| line.title().to_owned());
            ask(state, Ask::LineName(index), text.unwrap_or_default());
        }
        Selection::Project => rename_project(state),
    }
}

/// Asks for the text to search deliverables for.
pub(in crate::app) fn find(state: &mut State) {
    let filter = state.view.filter.clone();
    ask(state, Ask::Find, filter);
}

/// Asks how many months the work takes.
pub(in crate::app) fn months(state: &mut State) {
    let months = state.project.budget().bills.months().map(|months| months.to_string()).unwrap_or_default();
    ask(state, Ask::Months, months);
}

/// Asks for the project's name.
pub(in crate::app) fn rename_project(state: &mut State) {
    let name = state.project.budget().name.clone().unwrap_or_default();
    ask(state, Ask::ProjectName, name);
}

fn typed(state: &mut State) {
    let Some(Overlay::Ask { ask, entry, refused }) = state.overlays.top_mut() else { return };
    *refused = None;
    if *ask == Ask::Find {
        entry.text().clone_into(&mut state.view.filter);
        navigation::into_sight(state);
    }
}

/// Enter: performs the request with the text, or says below it why it cannot.
fn accept(state: &mut State) -> Vec<Effect> {
    let Some(Overlay::Ask { ask, entry, .. }) = state.overlays.close() else { return Vec::new() };
    let text = entry.text().trim().to_owned();
    answer(state, ask, text).unwrap_or_else(|refused| {
        state.overlays.show(Overlay::Ask { ask, entry, refused: Some(refused) });
        Vec::new()
    })
}

fn answer(state: &mut State, ask: Ask, text: String) -> Result<Vec<Effect>, String> {
    let text = if ask.is_path() { paths::given(&text) } else { text };
    if ask.is_name() && text.chars().nth(NAME_MAX).is_some() {
        return Err(words::ask_name_too_long(text.chars().count(), NAME_MAX));
    }
    if ask.is_path() {
        if text.is_empty() {
            return Err(words::ask_file_empty(state.reach_in(Context::Ask, Action::Cancel)));
        }
        state.session.asked = Some((ask, text.clone()));
    }
    match ask {
        Ask::Months => project_values::set(state, &FormRow::Months, &text)?,
        Ask::Find => {}
        Ask::KeptScenario => scenarios::name_kept(state, &text),
        Ask::ScenarioName => scenarios::set_name(state, &text),
        Ask::ScenarioNote => scenarios::set_note(state, &text),
        Ask::NewLine => lines::add(state, Some(text).filter(|text| !text.is_empty())),
        Ask::LineName(index) => lines::rename(state, index, &text),
        Ask::ProjectName => project_values::set(state, &FormRow::Name, &text)?,
        Ask::SaveAs => return Ok(vec![Effect::SaveAs { path: with_suffix(&text), replace: false }]),
        Ask::Open => return Ok(leave(state, Leaving::Open(PathBuf::from(text)))),
        Ask::Import => return Ok(import::from_file(state, PathBuf::from(text))),
    }
    Ok(Vec::new())
}

/// The typed path; a name without an extension gets the usual one.
fn with_suffix(text: &str) -> PathBuf {
    let path = PathBuf::from(text);
    match (path.extension(), path.file_name()) {
        (None, Some(name)) => path.with_file_name(format!("{}.retake.toml", name.to_string_lossy())),
        _ => path,
    }
}
