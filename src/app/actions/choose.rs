//! Lists to choose from: the entry under the cursor counts at once, Enter keeps it, Esc goes back.

use crate::app::actions::{cards, knob_edit, update};
use crate::app::flows::lifecycle::leave;
use crate::app::keys::action::Action;
use crate::app::model::entry::Entry;
use crate::app::model::outcome::Effect;
use crate::app::model::overlay::{Dialog, Leaving};
use crate::app::model::picker::{Before, Choice, Offer, Picker, Picking, filtered};
use crate::app::model::state::State;
use crate::cost::{Knob, Setting};
use crate::words;
use std::sync::Arc;

/// Opens the list of a knob's values, the cursor on the present one.
pub(in crate::app) fn open(state: &mut State, knob: Knob) {
    let before = Before::Setting(state.setting(knob).cloned());
    open_on(state, Picking::Knob(knob), before);
}

/// Opens the list of themes.
pub(in crate::app) fn open_themes(state: &mut State) {
    let before = Before::Theme(state.session.theme.clone());
    open_on(state, Picking::Theme, before);
}

/// Opens the list of rate cards.
pub(in crate::app) fn open_cards(state: &mut State) {
    let costs = cards::costs(state);
    open_on(state, Picking::Cards, Before::Cards(Arc::new(costs)));
}

/// Opens the list of recent projects and samples.
pub(in crate::app) fn open_projects(state: &mut State) {
    open_on(state, Picking::Project, Before::Nothing);
}

/// Opens the list of the file's earlier versions.
pub(in crate::app) fn open_versions(state: &mut State) {
    open_on(state, Picking::Version, Before::Nothing);
}

fn open_on(state: &mut State, picking: Picking, before: Before) {
    let mut picker = Picker { picking, filter: Entry::default(), at: 0, before };
    let items = filtered(state, &picker);
    let present = items.iter().position(|item| match &item.choice {
        Choice::Theme(name) => *name == state.session.theme,
        Choice::Project(_) | Choice::Card(_) => false,
        Choice::Value(value) => match picker.picking {
            Picking::Knob(knob) => knob_edit::counts(state, knob, value),
            Picking::Theme | Picking::Project | Picking::Version | Picking::Cards => false,
        },
    });
    picker.at = present.unwrap_or(0);
    state.dialog = Some(Dialog::Picker(Box::new(picker)));
}

/// After the text that narrows the list has changed: the best match comes under the cursor.
pub(in crate::app) fn narrowed(state: &mut State) {
    match &mut state.dialog {
        Some(Dialog::Palette(palette)) => palette.at = 0,
        Some(Dialog::Picker(picker)) => {
            picker.at = 0;
            preview(state);
        }
        _ => {}
    }
}

/// Moves the cursor of the open list.
pub(in crate::app) fn move_by(state: &mut State, by: isize) {
    let last = match &state.dialog {
        Some(Dialog::Palette(palette)) => palette.rows().len(),
        Some(Dialog::Picker(picker)) => filtered(state, picker).len(),
        _ => return,
    }
    .saturating_sub(1);
    match &mut state.dialog {
        Some(Dialog::Palette(palette)) => palette.at = palette.at.min(last).saturating_add_signed(by).min(last),
        Some(Dialog::Picker(picker)) => {
            picker.at = picker.at.min(last).saturating_add_signed(by).min(last);
            preview(state);
        }
        _ => {}
    }
}

/// Puts the cursor of the open list on an entry.
pub(in crate::app) fn go_to(state: &mut State, at: usize) {
    match &mut state.dialog {
        Some(Dialog::Palette(palette)) => palette.at = at,
        Some(Dialog::Picker(picker)) => picker.at = at,
        _ => {}
    }
}

fn under_cursor(state: &State) -> Option<(Picking, Choice)> {
    let Some(Dialog::Picker(picker)) = &state.dialog else { return None };
    let item = filtered(state, picker).into_iter().nth(picker.at)?;
    Some((picker.picking.clone(), item.choice))
}

/// Lets the entry under the cursor count.
fn preview(state: &mut State) {
    match under_cursor(state) {
        Some((Picking::Knob(knob), Choice::Value(value))) => knob_edit::put(state, knob, Some(Setting::Value(value))),
        Some((_, Choice::Theme(name))) => state.session.theme = name,
        _ => {}
    }
}

/// Enter: keeps the choice as one step, or carries the action out.
pub(in crate::app) fn accept(state: &mut State) -> Vec<Effect> {
    let chosen = under_cursor(state);
    if let Some((_, Choice::Card(id))) = chosen {
        cards::toggle(state, &id);
        return Vec::new();
    }
    match state.dialog.take() {
        Some(Dialog::Palette(palette)) => match palette.chosen() {
            Some(action) => update::update(state, action),
            None => Vec::new(),
        },
        Some(Dialog::Picker(picker)) => {
            go_back(state, *picker);
            match chosen {
                Some((Picking::Knob(knob), Choice::Value(value))) => {
                    knob_edit::set(state, knob, Some(Setting::Value(value)));
                }
                Some((_, Choice::Project(Offer::Recent(path)))) => return leave(state, Leaving::Open(path)),
                Some((_, Choice::Project(Offer::Sample(name, _)))) => return leave(state, Leaving::Sample(name)),
                Some((_, Choice::Project(Offer::Version(path, ..)))) => return leave(state, Leaving::Version(path)),
                Some((_, Choice::Theme(name))) => {
                    state.say(crate::diagnostics::Level::Note, words::notice_theme(&name));
                    state.session.theme = name;
                }
                _ => {}
            }
            Vec::new()
        }
        other => {
            state.dialog = other;
            Vec::new()
        }
    }
}

/// Puts back what stood there before the list was opened.
pub(in crate::app) fn go_back(state: &mut State, picker: Picker) {
    match (picker.picking, picker.before) {
        (Picking::Knob(knob), Before::Setting(setting)) => knob_edit::put(state, knob, setting),
        (_, Before::Theme(name)) => state.session.theme = name,
        _ => {}
    }
}

/// Closes the help and an open list where the project is left: what was only looked at must not be saved with the edits.
pub(in crate::app) fn give_up(state: &mut State) {
    let open = match state.dialog.take() {
        Some(Dialog::Help { over, .. }) => over.map(|over| *over),
        open => open,
    };
    match open {
        Some(Dialog::Picker(picker)) => go_back(state, *picker),
        open => state.dialog = open,
    }
}

/// Whether an action moves inside an open list, and by how much.
#[must_use]
pub(in crate::app) fn movement(action: Action) -> Option<isize> {
    Some(match action {
        Action::Up => -1,
        Action::Down => 1,
        Action::PageUp => -10,
        Action::PageDown => 10,
        _ => return None,
    })
}
