//! Lists to choose from: a knob's values with their cost, themes, and every action by name.

use crate::app::Action;
use crate::app::Overlay;
use crate::app::model::palette::{Group, Palette, Target};
use crate::app::model::picker::{Before, Choice, Item, Picker, Picking, filtered};
use crate::app::model::screen::TABS;
use crate::ui::canvas::{Align, Canvas, FrameInput};
use crate::ui::dialogs::{boxed, centred, list_end};
use crate::ui::panes::{self, entry};
use crate::ui::text::{fit, pad_right, safe, width};
use crate::ui::theme::Role;
use crate::words;
use ratatui::layout::Rect;

/// One row of a list: its label, the text at its right, whether it is available.
struct Row {
    label: String,
    detail: String,
    usable: bool,
}

/// A knob's values or the themes.
pub(super) fn picker(canvas: &mut Canvas, input: &FrameInput, area: Rect, picker: &Picker) {
    let (title, keys) = match &picker.before {
        Before::Cards(list) => (words::dialog_cards_beside(&list.official), &CARD_KEYS[..]),
        Before::Setting(_) | Before::Theme(_) | Before::Nothing => (picker.picking.title(), &KEYS[..]),
    };
    let title = match &picker.picking {
        Picking::Theme if input.state.session.theme_is_set => words::dialog_themes_session().to_owned(),
        _ => title,
    };
    choose(canvas, input, area, (&title, keys), picker.filter.split(), &picker_rows(input, picker), picker.at);
}

fn picker_rows(input: &FrameInput, picker: &Picker) -> Vec<Row> {
    let items = filtered(input.state, picker).into_iter();
    let row = |item: Item| match (&picker.before, &item.choice) {
        (Before::Cards(list), Choice::Card(id)) => {
            // Said without colour, and in ASCII.
            let mark = if list.is_chosen(id) { "[x]" } else { "[ ]" };
            Row { label: format!("{mark} {}", item.label), detail: item.detail, usable: list.is_priced(id) }
        }
        _ => Row { label: item.label, detail: item.detail, usable: true },
    };
    items.map(row).collect()
}

/// Every action, with its keys, or the reason why it is not available.
pub(super) fn palette(canvas: &mut Canvas, input: &FrameInput, area: Rect, palette: &Palette) {
    let rows = palette_rows(input, palette);
    choose(canvas, input, area, (words::dialog_palette(), &KEYS), palette.filter.split(), &rows, palette.at);
}

fn palette_rows(input: &FrameInput, palette: &Palette) -> Vec<Row> {
    let keys = |action| {
        let contexts = TABS.iter().flat_map(|tab| [tab.pane_context, tab.context]);
        let chords = contexts.flat_map(|context| input.keymap.keys_of(context, action));
        let mut keys: Vec<String> = Vec::new();
        for chord in chords {
            let chord = chord.to_string();
            if !keys.contains(&chord) {
                keys.push(chord);
            }
        }
        keys.join(" ")
    };
    let mut before = None;
    let is_whole = palette.filter.text().trim().is_empty();
    let row = |(group, target): (Group, Target)| {
        // The group's name stands before its first entry, while all of them are listed.
        let is_first = is_whole && before.replace(group) != Some(group);
        let (detail, usable) = match target {
            Target::Action(action) => match (action.row().can)(input.state) {
                Ok(()) => (keys(action), true),
                Err(why) => (why, false),
            },
            Target::Field(knob) => match input.state.can_turn(knob) {
                Ok(()) => (panes::title(knob.row().pane).to_owned(), true),
                Err(why) => (why, false),
            },
        };
        let group = if is_first { group.name() } else { "" };
        let label = match is_whole {
            true => format!("{} {}", pad_right(group, GROUP_COLUMNS), target.label()),
            false => target.label().to_owned(),
        };
        Row { label, detail, usable }
    };
    palette.rows().into_iter().map(row).collect()
}

/// Columns of a group's name.
const GROUP_COLUMNS: usize = 12;

/// The keys that a list names below its rows, and those of the list of rate cards.
const KEYS: [Action; 2] = [Action::Accept, Action::Cancel];
const CARD_KEYS: [Action; 3] = [Action::Toggle, Action::Accept, Action::Cancel];

/// Least and most columns of the box, its frame included: it grows for entries that would be cut while there is room.
const COLUMNS: (u16, u16) = (76, 100);
/// Rows below the list for the full text of an entry that its row truncates.
const WHOLE: u16 = 2;

/// The layout of a list's box, the rows of the list, and the width of its labels.
struct Places {
    place: Rect,
    columns: u16,
    rows: u16,
    labels: usize,
}

impl Places {
    fn of(rows: &[Row], area: Rect) -> Places {
        let details = rows.iter().map(|row| width(&row.detail)).max().unwrap_or(0);
        let widest = rows.iter().map(|row| width(&row.label)).max().unwrap_or(0);
        let needed = u16::try_from(widest + details + 9).unwrap_or(COLUMNS.1);
        let columns = needed.clamp(COLUMNS.0, COLUMNS.1);
        let list = usize::from(centred(area, columns, 1).width.saturating_sub(4));
        let room = (list / 2).max(list.saturating_sub(details + 4));
        let labels = widest.min(room) + 2;
        let cut = rows.iter().any(|row| width(&row.detail) + labels + 2 > list);
        let below = if cut { WHOLE } else { 0 };
        let wanted = u16::try_from(rows.len()).unwrap_or(u16::MAX).saturating_add(4 + below).max(6);
        let place = centred(area, columns, wanted.min(area.height.saturating_sub(2).max(6)));
        let room = place.height.saturating_sub(4);
        Places { place, columns, rows: if room >= below + 2 { room - below } else { room }, labels }
    }
}

/// The first visible entry: as low as keeps the cursor visible and the list full.
fn first_row(entries: usize, at: usize, height: u16) -> usize {
    let height = usize::from(height);
    at.saturating_sub(height.saturating_sub(1)).min(entries.saturating_sub(height))
}

/// The entry of an open list at a position, if there is one.
pub(super) fn entry_at(input: &FrameInput, area: Rect, x: u16, y: u16) -> Option<usize> {
    let overlay = input.state.overlays.top()?;
    let (rows, at) = if let Overlay::Picker(picker) = overlay {
        (picker_rows(input, picker), picker.at)
    } else {
        let Overlay::Palette(palette) = overlay else { return None };
        (palette_rows(input, palette), palette.at)
    };
    let places = Places::of(&rows, area);
    let list = Rect { y: places.place.y + 2, height: places.rows, ..places.place };
    let entries = rows.len();
    if !list.contains(ratatui::layout::Position { x, y }) {
        return None;
    }
    let at = at.min(entries.saturating_sub(1));
    let entry = first_row(entries, at, list.height) + usize::from(y - list.y);
    (entry < entries).then_some(entry)
}

/// As many whole parts of a text as fit: half a figure is a wrong figure.
pub(super) fn whole_parts(text: &str, columns: usize, ascii: bool) -> String {
    if width(&safe(text)) <= columns {
        return text.to_owned();
    }
    let ends = text.rmatch_indices(PART).map(|(at, _)| at);
    let mark = if ascii { "..." } else { "…" };
    let mut kept = ends.map(|at| format!("{}{PART}{mark}", &text[..at]));
    kept.find(|kept| width(&safe(kept)) <= columns).unwrap_or_else(|| text.to_owned())
}

/// Separates the parts of an entry's text.
const PART: &str = " · ";

fn choose(
    canvas: &mut Canvas,
    input: &FrameInput,
    area: Rect,
    (title, keys): (&str, &[Action]),
    typed: (&str, &str),
    rows: &[Row],
    at: usize,
) {
    let Places { place, columns, rows: list_rows, labels } = Places::of(rows, area);
    let inside = boxed(canvas, area, columns, place.height, title);
    let prompt = canvas.text(inside, 0, if input.ascii { "> " } else { "› " }, Role::Accent);
    let field = Rect {
        x: inside.x + prompt,
        width: inside.width.saturating_sub(prompt),
        height: 1.min(inside.height),
        ..inside
    };
    entry(canvas, field, typed, Role::Value);
    let list = Rect { y: inside.y + 1, height: list_rows.min(inside.height.saturating_sub(2)), ..inside };
    let at = at.min(rows.len().saturating_sub(1));
    let first = first_row(rows.len(), at, list.height);
    if rows.is_empty() {
        canvas.text(list, 0, words::nothing_matches(), Role::Dim);
    }
    for (row, (index, item)) in (0..list.height).zip(rows.iter().enumerate().skip(first)) {
        let sign = match (index == at, input.ascii) {
            (true, false) => "▸",
            (true, true) => ">",
            _ => " ",
        };
        let label = fit(&safe(&item.label), labels, Align::Left, canvas.ellipsis());
        let role = if item.usable { Role::Text } else { Role::Dim };
        let used = canvas.text(list, row, &format!("{sign}{label} "), role);
        let rest = Rect { x: list.x + used, width: list.width.saturating_sub(used), ..list };
        canvas.text(rest, row, &whole_parts(&item.detail, usize::from(rest.width), input.ascii), Role::Dim);
        if index == at {
            canvas.tint(list, row, Role::Selection);
            if width(&safe(&item.detail)) > usize::from(rest.width) {
                let below = Rect { y: list.y + list.height, height: inside.height - 2 - list.height, ..inside };
                canvas.wrapped(below, 0, &item.detail, Role::Text);
            }
        }
    }
    let below = rows.len().saturating_sub(first + usize::from(list.height));
    list_end(canvas, input, inside, (first, below), keys);
}
