//! Lists to choose from: a knob's values with what they cost, themes, and every action by name.

use super::canvas::{Align, Canvas, View};
use super::dialogs::{boxed, centred, hints};
use super::panes::entry;
use super::text::{fit, safe, width};
use super::theme::Role;
use crate::app::Dialog;
use crate::app::palette::Palette;
use crate::app::picker::{Picker, Picking, filtered};
use crate::app::{Action, Context};
use crate::words;
use ratatui::layout::Rect;

/// One row of a list: what it is, what stands at its right, whether it can be had.
struct Row {
    label: String,
    detail: String,
    usable: bool,
}

/// A knob's values or the themes.
pub(super) fn picker(canvas: &mut Canvas, view: &View, area: Rect, picker: &Picker) {
    let title = match picker.picking {
        Picking::Knob(knob) => words::dialog_choose(words::knob_label(knob)),
        Picking::Theme => words::dialog_themes().to_owned(),
        Picking::Project => words::dialog_projects().to_owned(),
        Picking::Version => words::dialog_versions().to_owned(),
    };
    let items = filtered(view.state, picker).into_iter();
    let rows = items.map(|item| Row { label: item.label, detail: item.detail, usable: true }).collect();
    choose(canvas, view, area, &title, picker.filter.split(), rows, picker.at);
}

/// Every action, with its keys, or with the reason why it cannot be done now.
pub(super) fn palette(canvas: &mut Canvas, view: &View, area: Rect, palette: &Palette) {
    let keys = |action| {
        let chords =
            [Context::Pane, Context::List].into_iter().flat_map(|context| view.keymap.keys_of(context, action));
        let mut keys: Vec<String> = Vec::new();
        for chord in chords {
            let chord = chord.to_string();
            if !keys.contains(&chord) {
                keys.push(chord);
            }
        }
        keys.join(" ")
    };
    let rows = palette.rows().into_iter().map(|row| match (row.can)(view.state) {
        Ok(()) => Row { label: (row.help)().to_owned(), detail: keys(row.action), usable: true },
        Err(why) => Row { label: (row.help)().to_owned(), detail: why, usable: false },
    });
    choose(canvas, view, area, words::dialog_palette(), palette.filter.split(), rows.collect(), palette.at);
}

/// Columns and rows of the box of a list with so many entries.
fn size_of(entries: usize, area: Rect) -> (u16, u16) {
    let wanted = u16::try_from(entries).unwrap_or(u16::MAX).saturating_add(4).max(6);
    (76, wanted.min(area.height.saturating_sub(2).max(6)))
}

/// The first entry in sight: as far down as keeps the cursor in sight and the list full.
fn first_row(entries: usize, at: usize, height: u16) -> usize {
    let height = usize::from(height);
    at.saturating_sub(height.saturating_sub(1)).min(entries.saturating_sub(height))
}

/// The entry at a row of the window, if an open list shows one there.
pub(super) fn entry_at(view: &View, area: Rect, x: u16, y: u16) -> Option<usize> {
    let (entries, at) = match &view.state.dialog {
        Some(Dialog::Picker(picker)) => (filtered(view.state, picker).len(), picker.at),
        Some(Dialog::Palette(palette)) => (palette.rows().len(), palette.at),
        _ => return None,
    };
    let (columns, rows) = size_of(entries, area);
    let place = centred(area, columns, rows);
    let list = Rect { y: place.y + 2, height: place.height.saturating_sub(4), ..place };
    if !list.contains(ratatui::layout::Position { x, y }) {
        return None;
    }
    let at = at.min(entries.saturating_sub(1));
    let entry = first_row(entries, at, list.height) + usize::from(y - list.y);
    (entry < entries).then_some(entry)
}

fn choose(canvas: &mut Canvas, view: &View, area: Rect, title: &str, typed: (&str, &str), rows: Vec<Row>, at: usize) {
    let (columns, height) = size_of(rows.len(), area);
    let inside = boxed(canvas, area, columns, height, title);
    let prompt = canvas.text(inside, 0, if view.ascii { "> " } else { "› " }, Role::Accent);
    let field = Rect {
        x: inside.x + prompt,
        width: inside.width.saturating_sub(prompt),
        height: 1.min(inside.height),
        ..inside
    };
    entry(canvas, field, typed, Role::Value);
    let list = Rect { y: inside.y + 1, height: inside.height.saturating_sub(2), ..inside };
    let at = at.min(rows.len().saturating_sub(1));
    let first = first_row(rows.len(), at, list.height);
    if rows.is_empty() {
        canvas.text(list, 0, words::nothing_matches(), Role::Dim);
    }
    let label_width = rows.iter().map(|row| width(&row.label)).max().unwrap_or(0).min(usize::from(list.width) / 2) + 2;
    for (row, (index, item)) in (0..list.height).zip(rows.iter().enumerate().skip(first)) {
        let sign = match (index == at, view.ascii) {
            (true, false) => "▸",
            (true, true) => ">",
            _ => " ",
        };
        let label = fit(&safe(&item.label), label_width, Align::Left, canvas.ellipsis());
        let role = if item.usable { Role::Text } else { Role::Dim };
        let used = canvas.text(list, row, &format!("{sign}{label} "), role);
        let rest = Rect { x: list.x + used, width: list.width.saturating_sub(used), ..list };
        canvas.text(rest, row, &item.detail, Role::Dim);
        if index == at {
            canvas.tint(list, row, Role::Selection);
        }
    }
    let last = inside.height.saturating_sub(1);
    hints(canvas, view, inside, last, &[Action::Accept, Action::Cancel]);
}
