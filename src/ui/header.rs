//! The title line and the two last lines: the open project, the latest notice, the available keys.

use super::canvas::{Canvas, FrameInput};
use super::text::{Ellipsis, truncate, width};
use super::theme::Role;
use crate::app::actions::scenarios;
use crate::app::keys::action::{Row, TABLE};
use crate::app::{Action, Context, State};
use crate::cost::Knob;
use crate::cost::rates::rate_card::ServiceTier;
use crate::diagnostics::Level;
use crate::words;
use crate::words::safe::safe;
use ratatui::layout::Rect;

/// Project and client on the left; model, tier and the date of the prices in the middle; saved or not on the right.
pub(super) fn header(canvas: &mut Canvas, input: &FrameInput, area: Rect) {
    let state = input.state;
    let parts = Title::of(state);
    let title = parts.whole();
    let dirty = if state.is_dirty() { format!("● {} ", words::unsaved()) } else { String::new() };
    let right = canvas.text_right(area, 0, &dirty, Role::Warn);
    let facts = facts(input);
    let needed = u16::try_from(width(&facts)).unwrap_or(u16::MAX);
    let titled = u16::try_from(width(&title)).unwrap_or(u16::MAX);
    let room = area.width.saturating_sub(right);
    if titled.saturating_add(needed).saturating_add(4) <= room {
        let gap = if right == 0 { 1 } else { 3 };
        let free = Rect { x: area.x, width: room.saturating_sub(gap), ..area };
        canvas.text_right(free, 0, &facts, Role::Dim);
    }
    let title_room = Rect { x: area.x, width: room.saturating_sub(1), ..area };
    canvas.text(title_room, 0, &parts.within(usize::from(title_room.width)), Role::Header);
}

/// The parts of the title. Where they have no room, the client goes first and the scenario last: an edit goes into it.
struct Title<'a> {
    name: &'a str,
    client: Option<&'a str>,
    scenario: Option<String>,
    since: Option<String>,
}

/// Least columns of the project's name beside a scenario.
const NAME_COLUMNS: usize = 8;

impl Title<'_> {
    fn of(state: &State) -> Title<'_> {
        let budget = state.budget();
        let scenario = state.project.scenario().map(|key| words::title_scenario(scenarios::title(state, Some(key))));
        Title {
            name: budget.name.as_deref().or(state.project.file()).unwrap_or_else(|| words::untitled()),
            client: budget.client.as_deref(),
            scenario,
            since: scenarios::since_lock(state),
        }
    }

    fn whole(&self) -> String {
        self.joined(self.name, self.client, self.since.as_deref())
    }

    fn joined(&self, name: &str, client: Option<&str>, since: Option<&str>) -> String {
        let parts = [Some(name), client, self.scenario.as_deref(), since];
        format!(" {}", parts.into_iter().flatten().map(safe).collect::<Vec<_>>().join(" · "))
    }

    /// The title in a row of so many columns.
    fn within(&self, columns: usize) -> String {
        let whole = self.whole();
        let Some(scenario) = &self.scenario else { return whole };
        let shorter = [self.joined(self.name, None, self.since.as_deref()), self.joined(self.name, None, None)];
        if let Some(title) = [whole].into_iter().chain(shorter).find(|title| width(title) <= columns) {
            return title;
        }
        let room = columns.saturating_sub(width(&self.joined("", None, None)));
        if room < NAME_COLUMNS {
            return format!(" {}", safe(scenario));
        }
        self.joined(&truncate(&safe(self.name), room, Ellipsis::Unicode), None, None)
    }
}

fn facts(input: &FrameInput) -> String {
    let state = input.state;
    let Some(deliverable) = state.deliverable() else { return String::new() };
    let model = &deliverable.model.value;
    let card = state.budget().card(model);
    let tier = match deliverable.service.value {
        ServiceTier::Standard => words::tier_standard(),
        ServiceTier::Batch => words::tier_batch(),
    };
    let rates = match card.provenance.checked {
        Some(day) => words::rates_of(day),
        None => words::rates_undated().to_owned(),
    };
    format!("{} · {tier} · {rates}", model.id)
}

/// The latest notice, or a hint about the focused field.
pub(super) fn notice(canvas: &mut Canvas, input: &FrameInput, area: Rect) {
    let state = input.state;
    if let Some(notice) = &state.session.notice {
        let (sign, role) = match notice.level {
            Level::Error => ("✗", Role::Bad),
            Level::Warning => ("!", Role::Warn),
            Level::Note => ("·", Role::Text),
        };
        canvas.text_at(area, 1, 0, &format!("{sign} {}", notice.text), role);
    } else if let Some(told) = state.told_while_typing() {
        canvas.text_at(area, 1, 0, &told, Role::Text);
    } else if let Some(field) = state.field().filter(|_| state.overlays.is_empty()) {
        let help = words::knob_help(field.knob()).into_owned();
        let origin = value_origin(state, field.knob());
        let both =
            origin.map(|origin| words::titled(&help, origin)).filter(|both| width(both) < usize::from(area.width));
        canvas.text_at(area, 1, 0, &both.unwrap_or(help), Role::Dim);
    }
}

/// Where the focused value comes from.
fn value_origin(state: &State, knob: Knob) -> Option<String> {
    let layer = state.deliverable()?.get(knob)?.layer;
    Some(state.origin(knob, layer))
}

/// One entry of the footer: its start, its keys, their description, and the action of a click.
pub(super) struct Entry {
    pub(super) column: u16,
    pub(super) end: u16,
    keys: String,
    help: &'static str,
    pub(super) action: Option<Action>,
}

/// Keys of the current context, the most important first, as many as fit; built from the live tables.
pub(super) fn footer(canvas: &mut Canvas, input: &FrameInput, area: Rect) {
    for entry in entries(input, area.width) {
        let used = canvas.text_at(area, entry.column, 0, &entry.keys, Role::Key);
        canvas.text_at(area, entry.column.saturating_add(used).saturating_add(1), 0, entry.help, Role::KeyHelp);
    }
}

/// The entries that fit a footer of this width. Help and the way out are always at the right: a user who sees nothing else can go
/// on from there.
pub(super) fn entries(input: &FrameInput, columns: u16) -> Vec<Entry> {
    let state = input.state;
    let context = state.context();
    let mut rows: Vec<_> = TABLE.iter().filter(|row| is_shown(row, state)).collect();
    rows.sort_by_key(|row| (!(row.footer_first)(state), weight(row, context)));
    let (last, first): (Vec<&Row>, Vec<&Row>) = rows.into_iter().partition(|row| is_kept(row, state));
    let kept: Vec<_> = last.into_iter().filter_map(|row| keyed(input, context, row)).collect();
    let reserved = kept.iter().map(columns_of).fold(0, u16::saturating_add);
    let mut entries = Vec::new();
    let mut column = 1;
    let types = state.field().is_some_and(|field| state.can_turn(field.knob()).is_ok());
    let digits = (context.is_pane() && types).then(|| (words::footer_digits().to_owned(), words::footer_type(), None));
    let flowing = first.into_iter().filter_map(|row| keyed(input, context, row)).chain(digits);
    for keyed in flowing {
        let needed = columns_of(&keyed);
        let end = needed.saturating_add(column);
        if end.saturating_add(reserved) <= columns {
            entries.push(Entry::at(column, keyed));
            column = end;
        }
    }
    let mut column = columns.saturating_sub(reserved).max(column);
    for keyed in kept {
        let needed = columns_of(&keyed);
        // The gap behind the last one may be outside.
        let end = needed.saturating_add(column);
        if end.saturating_sub(2) <= columns {
            entries.push(Entry::at(column, keyed));
            column = end;
        }
    }
    entries
}

/// Whether an entry stands at the right whatever the width: help, the way out, and saving while something is not saved.
fn is_kept(row: &Row, state: &State) -> bool {
    matches!(row.action, Action::Help | Action::Quit) || (row.action == Action::Save && state.is_dirty())
}

fn is_shown(row: &Row, state: &State) -> bool {
    let is_here = || row.footer_in.iter().any(|(at, _)| *at == state.context());
    (row.footer > 0 || is_here() || (row.footer_first)(state)) && (row.can)(state).is_ok()
}

/// Keys, their description, and the action of a click.
type Keyed = (String, &'static str, Option<Action>);

impl Entry {
    fn at(column: u16, keyed: Keyed) -> Entry {
        let end = column.saturating_add(columns_of(&keyed).saturating_sub(2));
        let (keys, help, action) = keyed;
        Entry { column, end, keys, help, action }
    }
}

/// Columns of an entry with the gap after it.
fn columns_of((keys, help, _): &Keyed) -> u16 {
    u16::try_from(width(keys) + width(help) + 3).unwrap_or(u16::MAX)
}

/// The entry of an action in a context; `None` if it has no key, or its opposite's entry covers both.
fn keyed(input: &FrameInput, context: Context, row: &Row) -> Option<Keyed> {
    // On the list both pairs move between deliverables.
    if context == Context::List && row.action == Action::LinePrevious {
        return None;
    }
    let chord = input.state.live_key(input.keymap, context, row.action)?;
    let alone = || (chord.to_string(), input.state.help_of(row.action), Some(row.action));
    match row.pair.filter(|pair| (pair.second.row().can)(input.state).is_ok()) {
        Some(pair) => Some(match input.keymap.keys_of(context, pair.second).next() {
            // Two opposite actions: a click would be ambiguous, so it does nothing.
            Some(second) => (format!("{chord}{second}"), (pair.name)(context), None),
            None => alone(),
        }),
        None => (!is_second(input.state, row.action)).then(alone),
    }
}

/// The order in the footer: a weight for this context first, then the row's own weight.
fn weight(row: &Row, context: Context) -> (bool, u8) {
    let own = row.footer_in.iter().find(|(at, _)| *at == context).map(|(_, weight)| *weight);
    (own.is_none(), own.unwrap_or(row.footer))
}

/// Whether the action is shown in one entry with its opposite; the first card can move to the right only.
fn is_second(state: &State, action: Action) -> bool {
    let first = TABLE.iter().find(|row| row.pair.is_some_and(|pair| pair.second == action));
    let alone = action == Action::CardRight && first.is_some_and(|first| (first.can)(state).is_err());
    first.is_some() && !alone
}
