//! The table of bills, and the facts about the selected bill.

use super::Drawn;
use crate::app::actions::bills;
use crate::app::actions::mouse::Target;
use crate::app::{Action, Screen};
use crate::figures::{BillColumn, BillTable, Tone};
use crate::ui::bill_panels;
use crate::ui::canvas::{Align, Canvas, FrameInput, wrap};
use crate::ui::layout::{Arrangement, Cut, Heights, Layout, Scene, around_one, beside, panes_above};
use crate::ui::text::{fit, safe, width};
use crate::ui::theme::Role;
use crate::words;
use ratatui::layout::{Position, Rect};

/// The screen's row.
pub(super) const SCREEN: Drawn = Drawn {
    arrangement: Arrangement { small: alone, alone, below: below_panes, full: below_panes },
    draw: bills,
    furthest_scroll,
    target,
};

/// Columns between two columns of figures.
const GAP: u16 = 2;
/// Most columns of a card's name, and those that it gives up where figures need them.
const NAMES: (u16, u16) = (22, 10);
/// Least columns for texts beside their labels.
const BESIDE: usize = 34;
/// Most columns of the rows' names, and those that they give up.
const LABELS: (u16, u16) = (34, 24);

/// The table by itself.
fn alone(cut: &mut Cut, mut layout: Layout, scene: &Scene) -> Layout {
    around_one(cut, &mut layout);
    in_rest(cut, layout, scene)
}

/// The panes as low as they show three fields each, so that the table has the room.
fn below_panes(cut: &mut Cut, mut layout: Layout, scene: &Scene) -> Layout {
    panes_above(cut, &mut layout, Heights { panes: 5, kept: 14 });
    in_rest(cut, layout, scene)
}

/// Least rows of the table above the pictures, and least columns of a window with both of them.
const ABOVE_PICTURES: (u16, u16) = (14, 100);

/// The table with the facts about the selected bill, and pictures of the money below them where there is room for all of it.
fn in_rest(cut: &mut Cut, mut layout: Layout, scene: &Scene) -> Layout {
    let rows = u16::try_from(scene.others.max(scene.walk)).unwrap_or(u16::MAX).saturating_add(2);
    let has_room = cut.rest.height >= rows.saturating_add(ABOVE_PICTURES.0) && cut.rest.width >= ABOVE_PICTURES.1;
    if scene.walk > 0 && has_room {
        let mut pictures = Cut { rest: cut.bottom(rows) };
        layout.others = pictures.left(pictures.rest.width / 2);
        layout.walk = pictures.rest;
    }
    (layout.table, layout.about) = beside_or_below(cut.rest);
    layout
}

/// The table and the facts about the selected bill: below it, beside it, or inside the table if neither has room.
fn beside_or_below(area: Rect) -> (Rect, Rect) {
    let mut cut = Cut { rest: area };
    if area.height >= 26 && area.width >= 60 {
        let below = cut.bottom((area.height / 2).min(area.height - 17));
        return (cut.rest, below);
    }
    if area.width >= 110 && area.height >= 8 {
        let table = cut.left(area.width - beside(area.width));
        return (table, cut.rest);
    }
    (area, Rect::ZERO)
}

pub(in crate::ui) fn columns_of(text: &str) -> u16 {
    u16::try_from(width(&safe(text))).unwrap_or(u16::MAX)
}

pub(in crate::ui) fn role(tone: Tone) -> Role {
    match tone {
        Tone::Plain => Role::Value,
        Tone::Less => Role::Dim,
        Tone::Total => Role::Total,
        Tone::Unknown => Role::Warn,
        Tone::Cheaper => Role::Good,
    }
}

/// The columns in sight.
struct Placed {
    /// Columns of the rows' names.
    labels: u16,
    /// Which bill, its first column, its columns.
    columns: Vec<(usize, u16, u16)>,
    /// Whether there are more bills on the left and on the right.
    more: (bool, bool),
    /// Rows that the bills' names take.
    heads: u16,
}

/// Least rows of the table for names in two rows.
const TWO_HEADS: u16 = 12;

/// A name in two rows: broken at the blank that leaves both parts shortest.
fn halves(name: &str) -> (&str, &str) {
    let broken = name.match_indices(' ').map(|(at, _)| (&name[..at], &name[at + 1..]));
    broken.min_by_key(|(first, second)| columns_of(first).max(columns_of(second))).unwrap_or((name, ""))
}

/// Columns of a name in this many rows.
fn name_columns(name: &str, rows: u16) -> u16 {
    let (first, second) = halves(name);
    if rows > 1 { columns_of(first).max(columns_of(second)) } else { columns_of(name) }
}

/// Places the official bill and as many cards as have room whole, the selected one among them: names in one row where all have
/// room for that, else in two where the window has the height.
fn placed(table: &BillTable, selected: usize, room: Rect) -> Placed {
    let one = in_rows(table, selected, room.width, 1);
    let cut = |(at, _, width): &(usize, u16, u16)| columns_of(&table.columns[*at].name) >= *width;
    let whole = !one.columns.iter().any(cut) && one.columns.len() == table.columns.len();
    if whole || room.height < TWO_HEADS { one } else { in_rows(table, selected, room.width, 2) }
}

fn in_rows(table: &BillTable, selected: usize, room: u16, heads: u16) -> Placed {
    let figures = |at: usize| {
        let cells = table.rows.iter().filter_map(|row| row.cells.get(at));
        cells.map(|(text, _)| columns_of(text)).max().unwrap_or(0)
    };
    let widths = |most: u16| -> Vec<u16> {
        let named = |(at, column): (usize, &BillColumn)| {
            figures(at).max(name_columns(&column.name, heads).saturating_add(1).min(if at == 0 {
                u16::MAX
            } else {
                most
            }))
        };
        table.columns.iter().enumerate().map(named).collect()
    };
    let named = table.rows.iter().filter(|row| row.cells.iter().any(|(text, _)| !text.is_empty()));
    let longest = named.map(|row| columns_of(&row.label)).max().unwrap_or(0);
    let sum = |widths: &[u16]| widths.iter().fold(0_u16, |sum, width| sum.saturating_add(*width).saturating_add(GAP));
    let fits = |labels: u16, widths: &[u16]| labels.saturating_add(sum(widths)) <= room;
    // Names give up columns one by one before the rows' names do.
    let tried =
        [LABELS.0, LABELS.1].into_iter().flat_map(|labels| (NAMES.1..=NAMES.0).rev().map(move |name| (labels, name)));
    let mut tried = tried.map(|(labels, name)| (longest.min(labels), widths(name)));
    let found = tried.find(|(labels, widths)| fits(*labels, widths));
    let (mut labels, widths) = found.unwrap_or_else(|| (longest.min(LABELS.1), widths(NAMES.1)));
    let selected = selected.min(widths.len().saturating_sub(1));
    let needed = |at: usize| widths[at].saturating_add(GAP);
    // Where even two bills have no room, the selected one stands alone, and the rows' names take what is left.
    let pinned = selected == 0 || labels.saturating_add(needed(0)).saturating_add(needed(selected)) < room;
    let mut left = if pinned { needed(0) } else { 0 };
    if labels.saturating_add(if pinned { left } else { needed(selected) }) > room {
        labels = room.saturating_sub(needed(selected));
    }
    left = left.saturating_add(labels);
    let until = |first: usize| {
        let mut used = left;
        let mut end = first;
        while end < widths.len() && used.saturating_add(needed(end)) <= room {
            used += needed(end);
            end += 1;
        }
        end
    };
    let first = (1..=selected.max(1)).find(|first| until(*first) > selected).unwrap_or(selected.max(1));
    let mut columns = Vec::new();
    let mut x = labels;
    let shown = pinned.then_some(0).into_iter().chain(first..until(first));
    for at in shown {
        if x.saturating_add(needed(at)) > room {
            break;
        }
        columns.push((at, x + GAP, widths[at]));
        x += needed(at);
    }
    // Spare columns go to names that are cut, then to the rows' names.
    let mut spare = room.saturating_sub(x);
    let mut moved = 0;
    for (at, x, width) in &mut columns {
        let more = name_columns(&table.columns[*at].name, heads).saturating_add(1).saturating_sub(*width).min(spare);
        (*x, *width) = (*x + moved, *width + more);
        (moved, spare) = (moved + more, spare - more);
    }
    let spare = spare.min(longest.saturating_sub(labels));
    columns.iter_mut().for_each(|(_, x, _)| *x += spare);
    labels += spare;
    Placed { labels, columns, more: (first > 1, until(first) < widths.len()), heads }
}

/// The lines inside the table's frame below the names of the bills: its rows, then facts without a panel of their own.
struct Body<'a> {
    table: &'a BillTable,
    told: Vec<(String, String)>,
}

fn body<'a>(input: &'a FrameInput, places: &Layout) -> Body<'a> {
    let told = if places.about.is_empty() { told(input, usize::from(inner(places.table).width)) } else { Vec::new() };
    Body { table: input.bills(), told }
}

impl Body<'_> {
    fn lines(&self) -> usize {
        self.table.rows.len() + if self.told.is_empty() { 0 } else { self.told.len() + 1 }
    }
}

/// What stands inside the table's frame: a sentence about the selected bill, and the room below it.
struct Inside {
    sentence: Vec<String>,
    below: Rect,
}

/// Rows of the frame from which a sentence has two of them, and as many as it needs.
const SENTENCES: (u16, u16) = (7, 14);

fn inside(input: &FrameInput, places: &Layout) -> Inside {
    let room = inner(places.table);
    let most = match room.height {
        height if height < SENTENCES.0 => 0,
        height if height < SENTENCES.1 => 2,
        _ => usize::from(room.height),
    };
    let fits = |text: &str| wrap(text, usize::from(room.width)).len() <= most;
    let said = bills::sentences(input.state, input.bills(), &fits);
    let wrapped: Vec<Vec<String>> = said.iter().map(|text| wrap(text, usize::from(room.width))).collect();
    // As many rows as the longest takes: the table must not move with the selection.
    let rows = wrapped.iter().map(Vec::len).max().unwrap_or(0).min(most);
    let gap = usize::from(rows > 0 && room.height >= SENTENCES.1);
    let used = u16::try_from(rows + gap).unwrap_or(u16::MAX).min(room.height);
    let below = Rect { y: room.y + used, height: room.height - used, ..room };
    let mut sentence = wrapped.into_iter().nth(input.state.view.selected_bill).unwrap_or_default();
    if let (true, Some(last)) = (sentence.len() > rows, rows.checked_sub(1)) {
        let rest = sentence.split_off(last).join(" ");
        sentence.push(rest);
    }
    sentence.truncate(rows);
    Inside { sentence, below }
}

/// The room inside a panel's frame, with air on both sides.
pub(in crate::ui) fn inner(area: Rect) -> Rect {
    Rect { x: area.x + 2, y: area.y + 1, width: area.width.saturating_sub(4), height: area.height.saturating_sub(2) }
}

/// How far the table scrolls; without limit if there is no table.
fn furthest_scroll(input: &FrameInput, places: &Layout) -> usize {
    if places.table.height < 3 {
        return usize::MAX;
    }
    let (room, body) = (inside(input, places).below, body(input, places));
    let heads = placed(body.table, input.state.view.selected_bill, room).heads;
    body.lines().saturating_sub(usize::from(room.height.saturating_sub(heads)))
}

/// The target of a click on the table or on the facts below it.
fn target(input: &FrameInput, places: &Layout, at: Position) -> Option<Target> {
    let here = places.table.contains(at) || places.about.contains(at);
    here.then(|| Target::Bill(column_at(input, places, at)))
}

/// The bill whose column lies at a place.
fn column_at(input: &FrameInput, places: &Layout, at: Position) -> Option<usize> {
    if !places.table.contains(at) {
        return None;
    }
    let room = inside(input, places).below;
    let column = at.x.checked_sub(room.x)?;
    let placed = placed(input.bills(), input.state.view.selected_bill, room);
    let mut columns = placed.columns.into_iter();
    columns.find(|(_, x, width)| (*x..x + width).contains(&column)).map(|(at, ..)| at)
}

/// The table, and beside or below it the facts about the selected bill.
fn bills(canvas: &mut Canvas, input: &FrameInput, places: &Layout) {
    if places.table.height < 3 {
        return in_a_line(canvas, input, places.table);
    }
    let state = input.state;
    let focused = state.view.is_beside(Screen::Bills) && state.overlays.is_empty();
    canvas.frame(places.table, &format!("{} · {}", words::tab_bills(), bills::scope(state)), focused);
    let Inside { sentence, below: room } = inside(input, places);
    let lead = inner(places.table);
    for (row, line) in (0..lead.height).zip(&sentence) {
        canvas.text(lead, row, &fit(line, usize::from(lead.width), Align::Left, canvas.ellipsis()), Role::Text);
    }
    let body = body(input, places);
    let placed = placed(body.table, state.view.selected_bill, room);
    heads(canvas, input, room, body.table, &placed, focused);
    let heads = placed.heads.min(room.height);
    let below = Rect { y: room.y + heads, height: room.height - heads, ..room };
    let first = state.view.bills_scroll.min(body.lines().saturating_sub(usize::from(below.height)));
    for (row, line) in (0..below.height).zip(first..body.lines()) {
        match (body.table.rows.get(line), line.checked_sub(body.table.rows.len() + 1)) {
            (Some(_), _) => figures(canvas, below, row, body.table, line, &placed),
            (None, Some(told)) => say(canvas, below, row, &body.told[told]),
            (None, None) => {}
        }
    }
    if first + usize::from(below.height) < body.lines() {
        let edge =
            Rect { x: places.table.right().saturating_sub(4), y: places.table.bottom() - 1, width: 1, height: 1 };
        canvas.text(
            edge,
            0,
            if input.ascii { "v" } else { "↓" },
            if focused { Role::FocusBorder } else { Role::Border },
        );
    }
    if places.about.height >= 3 {
        about(canvas, input, places.about, body.table);
    }
    if places.others.height >= 3 {
        bill_panels::others(canvas, input, places.others);
    }
    if places.walk.height >= 3 {
        bill_panels::walk(canvas, input, places.walk);
    }
}

/// The selected bill if no frame has room: its name and total, then the difference in percent.
fn in_a_line(canvas: &mut Canvas, input: &FrameInput, area: Rect) {
    let Some(brief) = bills::selected_brief(input.state).filter(|_| area.height > 0) else { return };
    let room = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let figures = columns_of(&brief.figure);
    let named = usize::from(room.width.saturating_sub(figures.saturating_add(1)));
    canvas.text(room, 0, &fit(&safe(&brief.name), named, Align::Left, canvas.ellipsis()), Role::TabActive);
    canvas.text_right(room, 0, &brief.figure, role(brief.tone));
    if area.height > 1 {
        canvas.text_right(room, 1, &brief.percent, Role::Dim);
    }
}

/// The names of the bills, the selected one marked; signs where there are more.
fn heads(canvas: &mut Canvas, input: &FrameInput, room: Rect, table: &BillTable, placed: &Placed, focused: bool) {
    let selected = input.state.view.selected_bill;
    for (at, x, width) in &placed.columns {
        let sign = match (*at == selected, input.ascii) {
            (true, false) => "▸",
            (true, true) => ">",
            _ => "",
        };
        let (role, focus) = (if *at == selected { Role::TabActive } else { Role::Title }, *at == selected && focused);
        // A name in a single row is directly above its figures.
        let (first, second) = match (placed.heads > 1, halves(&table.columns[*at].name)) {
            (false, _) => ("", table.columns[*at].name.as_str()),
            (true, (first, "")) => ("", first),
            (true, both) => both,
        };
        for (half, part) in [first, second].into_iter().enumerate().skip(usize::from(placed.heads == 1)) {
            let row = u16::from(half == 1 && placed.heads > 1);
            // The sign stands before the name's first word.
            let signed = if (half == 0) == first.is_empty() { "" } else { sign };
            let name = fit(&safe(&format!("{signed}{part}")), usize::from(*width), Align::Right, canvas.ellipsis());
            canvas.text_at(room, *x, row, &name, role);
            if focus {
                canvas.tint(Rect { x: room.x + x, width: *width, ..room }, row, Role::Selection);
            }
        }
    }
    if let (true, Some((_, x, _))) = (placed.more.0, placed.columns.iter().find(|(at, ..)| *at > 0)) {
        canvas.text_at(room, x.saturating_sub(1), 0, if input.ascii { "<" } else { "‹" }, Role::Key);
    }
    if placed.more.1 {
        let edge = Rect { x: room.right(), width: 1, ..room };
        canvas.text(edge, 0, if input.ascii { ">" } else { "›" }, Role::Key);
    }
}

fn figures(canvas: &mut Canvas, room: Rect, line: u16, table: &BillTable, row: usize, placed: &Placed) {
    let row = &table.rows[row];
    let spans = row.cells.iter().all(|(text, _)| text.is_empty());
    let label = Rect { width: if spans { room.width } else { placed.labels }, ..room };
    canvas.text(label, line, &row.label, if row.tone == Tone::Plain { Role::Label } else { role(row.tone) });
    for (at, x, width) in &placed.columns {
        let Some((text, tone)) = row.cells.get(*at) else { continue };
        if columns_of(text) <= *width {
            canvas.text_right(Rect { x: room.x + x, width: *width, ..room }, line, text, role(*tone));
        }
    }
}

/// The facts about the selected bill, broken into lines; a label is on the first line of its fact.
fn told(input: &FrameInput, columns: usize) -> Vec<(String, String)> {
    let about = bills::about(input.state);
    let labels = about.iter().map(|(label, _)| width(label)).max().unwrap_or(0) + 2;
    let mut lines = Vec::new();
    if columns < BESIDE {
        // Beside a label there would be no room for a figure.
        for (label, text) in about {
            let head = if label.is_empty() { String::new() } else { format!("{label}: ") };
            for (at, part) in wrap(&format!("{head}{text}"), columns).into_iter().enumerate() {
                let named = part.strip_prefix(&head).filter(|_| at == 0).map(|rest| (head.clone(), rest.to_owned()));
                lines.push(named.unwrap_or((String::new(), part)));
            }
        }
        return lines;
    }
    for (label, text) in about {
        for (at, part) in wrap(&text, columns.saturating_sub(labels).max(1)).into_iter().enumerate() {
            let label = if at == 0 { label } else { "" };
            lines.push((format!("{label:labels$}"), part));
        }
    }
    lines
}

fn say(canvas: &mut Canvas, room: Rect, row: u16, (label, text): &(String, String)) {
    let used = columns_of(label).min(room.width);
    canvas.text(room, row, label, Role::Dim);
    canvas.text(Rect { x: room.x + used, width: room.width - used, ..room }, row, text, Role::Text);
}

fn about(canvas: &mut Canvas, input: &FrameInput, area: Rect, table: &BillTable) {
    let name = table.columns.get(input.state.view.selected_bill).map_or("", |column| &column.name);
    canvas.frame(area, name, false);
    let room = inner(area);
    let told = told(input, usize::from(room.width));
    let rows = usize::from(room.height);
    let kept = if told.len() > rows { rows.saturating_sub(1) } else { told.len() };
    for (row, line) in (0..room.height).zip(&told[..kept]) {
        say(canvas, room, row, line);
    }
    if kept < told.len() {
        let more = words::lines_more(told.len() - kept, input.state.reach(Action::Why));
        canvas.text(room, room.height.saturating_sub(1), &more, Role::Dim);
    }
}
