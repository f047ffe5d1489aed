//! Lists to choose from: the entry under the cursor applies at once, Enter keeps it, Esc restores the old value.

use crate::app::actions::card_list::{self, CardList};
use crate::app::actions::{bring_back, factor, knob_edit, navigation, summary, update};
use crate::app::flows::lifecycle::leave;
use crate::app::flows::{import, project_form};
use crate::app::model::entry::Entry;
use crate::app::model::form::FormRow;
use crate::app::model::outcome::Effect;
use crate::app::model::overlay::{Kind, Leaving, Overlay, PLAIN};
use crate::app::model::palette::{Palette, Target};
use crate::app::model::picker::{Before, Choice, Offer, Picker, Picking, filtered};
use crate::app::model::preview::Preview;
use crate::app::model::screen::Context;
use crate::app::model::state::State;
use crate::app::model::values;
use crate::app::model::view::Selection;
use crate::cost::base::money::Currency;
use crate::cost::budget::knob::Scope;
use crate::cost::{Knob, Setting, Value};
use crate::diagnostics::Level;
use crate::words;

/// Opens the list of a knob's values, the cursor on the current one.
pub(in crate::app) fn open(state: &mut State, knob: Knob) {
    let before = Before::Setting(state.setting(knob).cloned());
    open_on(state, Picking::Knob(knob), before);
}

/// Opens the list of all actions.
pub(in crate::app) fn open_palette(state: &mut State) {
    state.overlays.show(Overlay::Palette(Palette::default()));
}

/// Opens the list of themes.
pub(in crate::app) fn open_themes(state: &mut State) {
    let before = Before::Theme(state.session.theme.clone());
    open_on(state, Picking::Theme, before);
}

/// Opens the list of rate cards.
pub(in crate::app) fn open_cards(state: &mut State) {
    let list = CardList::of(state);
    open_on(state, Picking::Cards, Before::Cards(list));
}

/// Opens the list of forms that the estimate is copied as.
pub(in crate::app) fn open_summary(state: &mut State) {
    open_on(state, Picking::Summary, Before::Nothing);
}

/// Opens the list of deliverables that the scenario takes out.
pub(in crate::app) fn open_taken_out(state: &mut State) {
    open_on(state, Picking::TakenOut, Before::Nothing);
}

/// Opens the list of recent projects and samples.
pub(in crate::app) fn open_projects(state: &mut State) {
    open_on(state, Picking::Project, Before::Nothing);
}

/// Opens the list of the file's earlier versions.
pub(in crate::app) fn open_versions(state: &mut State) {
    open_on(state, Picking::Version, Before::Nothing);
}

/// Opens the list of meanings for the marked column of the list that is looked at; closing it leads back there.
pub(in crate::app) fn open_meanings(state: &mut State) {
    let Some(Overlay::Import(preview)) = state.overlays.top() else { return };
    let Some(column) = preview.marked() else { return };
    let title = preview.list().columns.get(column).map_or_else(String::new, |column| column.title.clone());
    let picker = picker(state, Picking::Meaning(column, title), Before::Nothing);
    state.overlays.cover(Overlay::Picker(Box::new(picker)));
}

/// Opens the list of the workbook's sheets; closing it leads back to the preview.
pub(in crate::app) fn open_sheets(state: &mut State) {
    if let Some(Overlay::Import(_)) = state.overlays.top() {
        let picker = picker(state, Picking::Sheet, Before::Nothing);
        state.overlays.cover(Overlay::Picker(Box::new(picker)));
    }
}

/// Opens the list of values of a row of the project's form, over the form.
pub(in crate::app) fn open_row(state: &mut State, row: FormRow) {
    let picker = picker(state, Picking::Row(row), Before::Nothing);
    state.overlays.cover(Overlay::Picker(Box::new(picker)));
}

fn open_on(state: &mut State, picking: Picking, before: Before) {
    let picker = picker(state, picking, before);
    state.overlays.show(Overlay::Picker(Box::new(picker)));
}

/// A list with the cursor on the present entry.
fn picker(state: &State, picking: Picking, before: Before) -> Picker {
    let mut picker = Picker { picking, filter: Entry::default(), at: 0, before };
    let items = filtered(state, &picker);
    let present = items.iter().position(|item| match &item.choice {
        Choice::Theme(name) => *name == state.session.theme,
        Choice::Project(_) | Choice::Card(_) | Choice::Summary(_) => false,
        Choice::Meaning(meaning) => match (&picker.picking, state.previewed()) {
            (Picking::Meaning(column, _), Some(preview)) => preview.meaning(*column) == *meaning,
            _ => false,
        },
        Choice::Text(text) => match &picker.picking {
            Picking::Row(row) => project_form::has(state, row, text),
            _ => false,
        },
        Choice::Sheet(name) => state.previewed().and_then(Preview::sheet) == Some(name),
        Choice::Value(value) => match picker.picking {
            Picking::Knob(knob) => knob_edit::counts(state, knob, value),
            Picking::Theme
            | Picking::Project
            | Picking::Version
            | Picking::Cards
            | Picking::Sheet
            | Picking::Summary
            | Picking::TakenOut
            | Picking::Row(_)
            | Picking::Meaning(..) => false,
        },
    });
    picker.at = present.unwrap_or(0);
    picker
}

/// The list of values, projects, themes, cards.
pub(in crate::app) const PICKER: Kind = Kind {
    context: Context::Choosing,
    name: |overlay| texts(overlay).map_or_else(String::new, |(title, _)| title),
    purpose: |overlay| texts(overlay).map_or("", |(_, purpose)| purpose),
    go: move_by,
    enter: picker_enter,
    accept,
    cancel: |state| {
        if let Some(Overlay::Picker(picker)) = state.overlays.close() {
            go_back(state, *picker);
        }
        state.session.after_save = None;
    },
    entry: |overlay| {
        let Overlay::Picker(picker) = overlay else { return None };
        Some(&mut picker.filter)
    },
    // Put the cursor on the best match.
    typed: |state| go_to(state, 0),
    ..PLAIN
};

/// The list of rate cards, which has a key to choose several.
pub(in crate::app) const CARD_PICKER: Kind = Kind { context: Context::ChoosingCards, ..PICKER };

/// The list of all actions.
pub(in crate::app) const PALETTE: Kind = Kind {
    context: Context::Choosing,
    name: |_| words::dialog_palette().to_owned(),
    purpose: |_| words::help_palette(),
    go: move_by,
    enter: palette_enter,
    accept: |state| {
        let Some(Overlay::Palette(palette)) = state.overlays.close() else { return Vec::new() };
        match palette.chosen() {
            Some(Target::Action(action)) => update::update(state, action),
            Some(Target::Field(knob)) => {
                go_to_field(state, knob);
                Vec::new()
            }
            None => Vec::new(),
        }
    },
    entry: |overlay| {
        let Overlay::Palette(palette) = overlay else { return None };
        Some(&mut palette.filter)
    },
    typed: |state| go_to(state, 0),
    ..PLAIN
};

/// The keyboard goes to a field of the selection, or the reason why it has none is said.
fn go_to_field(state: &mut State, knob: Knob) {
    let of_lines_alone = knob.row().scope == Scope::Deliverable && knob != Knob::Finals;
    let selection = match state.view.selection {
        // The first deliverable has the field that all of them together lack.
        Selection::Project if of_lines_alone => Selection::of((!state.budget().lines.is_empty()).then_some(0)),
        selection => selection,
    };
    match state.can_turn(knob) {
        Ok(()) => navigation::to_field(state, selection, knob),
        Err(why) => state.say(Level::Note, why),
    }
}

/// What Enter does on an entry.
fn picker_enter(overlay: &Overlay) -> &'static str {
    let Overlay::Picker(picker) = overlay else { return "" };
    match picker.picking {
        Picking::Knob(_) | Picking::Row(_) | Picking::Theme | Picking::Meaning(..) | Picking::Cards => {
            words::action_apply_way()
        }
        Picking::Project => words::enter_open(),
        Picking::Version => words::action_open_copy(),
        Picking::Sheet => words::enter_show(),
        Picking::Summary => words::enter_copy(),
        Picking::TakenOut => words::action_bring_back(),
    }
}

/// What Enter does on an entry of the palette: a field gets the keyboard.
fn palette_enter(overlay: &Overlay) -> &'static str {
    let Overlay::Palette(palette) = overlay else { return "" };
    match palette.chosen() {
        Some(Target::Field(_)) => words::enter_go(),
        Some(Target::Action(_)) | None => words::enter_run(),
    }
}

fn texts(overlay: &Overlay) -> Option<(String, &'static str)> {
    let Overlay::Picker(picker) = overlay else { return None };
    Some((picker.picking.title(), picker.picking.purpose()))
}

impl Picking {
    /// The name of the list.
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Picking::Knob(knob) => words::dialog_choose(words::knob_label(*knob)),
            Picking::Theme => words::dialog_themes().to_owned(),
            Picking::Project => words::dialog_projects().to_owned(),
            Picking::Version => words::dialog_versions().to_owned(),
            Picking::Meaning(_, title) => words::dialog_meaning(title),
            Picking::Cards => words::dialog_cards().to_owned(),
            Picking::Sheet => words::dialog_sheets().to_owned(),
            Picking::Summary => words::dialog_summary().to_owned(),
            Picking::TakenOut => words::dialog_taken_out().to_owned(),
            Picking::Row(row) => words::dialog_choose(row.label(Currency::USD)),
        }
    }

    fn purpose(&self) -> &'static str {
        match self {
            Picking::Knob(_) => words::help_choosing(),
            Picking::Theme => words::help_themes(),
            Picking::Project => words::help_projects(),
            Picking::Version => words::help_versions(),
            Picking::Meaning(..) => words::help_meaning(),
            Picking::Cards => words::help_cards(),
            Picking::Sheet => words::help_sheets(),
            Picking::Summary => words::help_summary(),
            Picking::TakenOut => words::help_taken_out(),
            Picking::Row(_) => words::help_choosing_row(),
        }
    }
}

/// The cursor of the open list.
fn cursor(state: &mut State) -> Option<&mut usize> {
    let overlay = state.overlays.top_mut()?;
    if let Overlay::Palette(palette) = overlay {
        return Some(&mut palette.at);
    }
    let Overlay::Picker(picker) = overlay else { return None };
    Some(&mut picker.at)
}

/// How many entries the open list has.
fn entries(state: &State) -> usize {
    if let Some(Overlay::Palette(palette)) = state.overlays.top() {
        return palette.rows().len();
    }
    let Some(Overlay::Picker(picker)) = state.overlays.top() else { return 0 };
    filtered(state, picker).len()
}

/// Moves the cursor of the open list.
fn move_by(state: &mut State, by: isize) {
    let last = entries(state).saturating_sub(1);
    if let Some(at) = cursor(state) {
        *at = (*at).min(last).saturating_add_signed(by).min(last);
        preview(state);
    }
}

/// Moves the cursor of the open list to an entry, which applies at once.
pub(in crate::app) fn go_to(state: &mut State, at: usize) {
    if let Some(cursor) = cursor(state) {
        *cursor = at;
        preview(state);
    }
}

fn under_cursor(state: &State) -> Option<(Picking, Choice)> {
    let Some(Overlay::Picker(picker)) = state.overlays.top() else { return None };
    let item = filtered(state, picker).into_iter().nth(picker.at)?;
    Some((picker.picking.clone(), item.choice))
}

/// Applies the entry under the cursor, without a step in the history.
fn preview(state: &mut State) {
    match under_cursor(state) {
        Some((Picking::Knob(knob), Choice::Value(value))) => knob_edit::put(state, knob, Some(Setting::Value(value))),
        Some((_, Choice::Theme(name))) => state.session.theme = name,
        _ => {}
    }
}

/// Enter: keeps the choice as one step.
fn accept(state: &mut State) -> Vec<Effect> {
    if card_list::is_found_by_name(state) {
        card_list::toggle(state);
        if state.session.notice.is_some() {
            return Vec::new();
        }
    }
    let chosen = under_cursor(state);
    let typed = unusual_factor(state, chosen.as_ref());
    if let Some(Overlay::Picker(picker)) = state.overlays.close() {
        if let Before::Cards(list) = picker.before {
            card_list::apply(state, list);
            return Vec::new();
        }
        go_back(state, *picker);
    }
    if let Some(typed) = typed {
        knob_edit::ask_about(state, &typed);
        return Vec::new();
    }
    match chosen {
        Some((Picking::Knob(knob), Choice::Value(value))) => {
            knob_edit::set(state, knob, Some(Setting::Value(value)));
        }
        Some((_, Choice::Project(Offer::Recent(path)))) => return leave(state, Leaving::Open(path)),
        Some((_, Choice::Project(Offer::Sample(name, _)))) => return leave(state, Leaving::Sample(name)),
        Some((_, Choice::Project(Offer::Version(path, ..)))) => return leave(state, Leaving::Version(path)),
        Some((Picking::Meaning(column, _), Choice::Meaning(meaning))) => return import::give(state, column, meaning),
        Some((_, Choice::Summary(form))) => return summary::copy(state, form),
        Some((Picking::TakenOut, Choice::Text(key))) => bring_back::put_back(state, &key),
        Some((Picking::Row(row), Choice::Text(text))) => project_form::choose(state, &row, &text),
        Some((_, Choice::Sheet(name))) => return import::give_sheet(state, &name),
        Some((_, Choice::Theme(name))) => {
            state.session.theme.clone_from(&name);
            if state.session.theme_is_set {
                state.say(Level::Note, words::notice_theme_session(&name));
            } else {
                state.say(Level::Note, words::notice_theme(&name));
                return vec![Effect::RememberTheme(name)];
            }
        }
        _ => {}
    }
    Vec::new()
}

/// The text of a retry factor that was typed in the list and that its field would ask about.
fn unusual_factor(state: &State, chosen: Option<&(Picking, Choice)>) -> Option<String> {
    let Some(Overlay::Picker(picker)) = state.overlays.top() else { return None };
    let Some((_, Choice::Value(value @ Value::Retry(retry)))) = chosen else { return None };
    let is_typed = values::typed(state, picker).is_some_and(|typed| typed.choice == Choice::Value(value.clone()));
    let before = Before::Setting(Some(Setting::Value(value.clone())));
    factor::question(retry).filter(|_| is_typed && picker.before != before)?;
    Some(picker.filter.text().to_owned())
}

/// A click on an entry.
pub(in crate::app) fn take(state: &mut State, at: usize) -> Vec<Effect> {
    if let Some(cursor) = cursor(state) {
        *cursor = at;
    }
    if state.context() == Context::ChoosingCards {
        card_list::toggle(state);
        return Vec::new();
    }
    update::accept(state)
}

/// Restores the setting from before the list was opened.
fn go_back(state: &mut State, picker: Picker) {
    match (picker.picking, picker.before) {
        (Picking::Knob(knob), Before::Setting(setting)) => knob_edit::put(state, knob, setting),
        (_, Before::Theme(name)) => state.session.theme = name,
        _ => {}
    }
}

/// Closes the help and an open list when the project is left: a value that was only previewed must not be saved with the edits.
pub(in crate::app) fn give_up(state: &mut State) {
    state.overlays.retain(|overlay| *overlay != Overlay::Help);
    if let Some(Overlay::Picker(_)) = state.overlays.top()
        && let Some(Overlay::Picker(picker)) = state.overlays.close()
    {
        go_back(state, *picker);
    }
}
