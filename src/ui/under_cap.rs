//! Under the cap: the cap's field, what gets there with its total and its saving, and below the list what the selected row does
//! and how far down the deliverables the cap reaches.

use super::canvas::{Align, Canvas, FrameInput, wrap};
use super::dialogs::{boxed, centred, list_end};
use super::panes::entry;
use super::text::{fit, safe, width};
use super::theme::Role;
use crate::app::flows::under_cap::{lever_words, named};
use crate::app::model::under_cap::{Found, UnderCap, Way};
use crate::app::{Action, Context};
use crate::cost::base::wide::difference;
use crate::cost::estimate::Limit;
use crate::diagnostics::Level;
use crate::figures::{Amount, CapMoney, LeverWords, compared_name, is_change_about, lever_label};
use crate::ui::panels::sign;
use crate::words;
use ratatui::layout::{Position, Rect};

/// Columns of the box, its frame included.
const COLUMNS: u16 = 110;
/// Deliverables without a price that are named.
const NAMED: usize = 3;
/// Rows that the list keeps before a sentence below it is left out.
const LIST_ROWS: usize = 5;

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Row {
    /// A heading.
    Heading(&'static str),
    /// A way, by its index.
    Way(usize),
    /// A sentence that cannot be selected.
    Note(String),
}

/// The layout of the box.
struct Places {
    inside: Rect,
    /// The sentences below the field.
    head: Vec<(String, Role)>,
    rows: Vec<Row>,
    list: Rect,
    /// The first row of the list in sight.
    first: usize,
    /// The sentences below the list.
    foot: Vec<(String, Role)>,
}

impl Places {
    fn of(input: &FrameInput, area: Rect, open: &UnderCap) -> Places {
        let columns = usize::from(area.width.min(COLUMNS).saturating_sub(4)).max(1);
        let shown = open.found.as_deref().filter(|_| !open.typing);
        let head = wrapped(head(input, open, shown), columns);
        let rows = shown.map(|found| rows(input, found, columns)).unwrap_or_default();
        let mut foot = shown.map(|found| foot(input, found, open.at)).unwrap_or_default();
        let room = usize::from(area.height.saturating_sub(2).max(4).min(area.height)).saturating_sub(2);
        // Field, blank, list, blank, foot, keys.
        let rest =
            |foot: &[(String, Role)]| room.saturating_sub(4 + head.len() + wrapped(foot.to_vec(), columns).len());
        while foot.len() > 1 && rest(&foot) < rows.len().min(LIST_ROWS) {
            foot.pop();
        }
        let foot = wrapped(foot, columns);
        let height = rows.len().min(room.saturating_sub(4 + head.len() + foot.len()));
        let gaps = usize::from(!rows.is_empty()) * 2;
        let wanted = 2 + 2 + head.len() + foot.len() + height + gaps;
        let place = centred(area, COLUMNS, u16::try_from(wanted).unwrap_or(u16::MAX).max(6).min(area.height));
        let inside = Rect {
            x: place.x + 2,
            y: place.y + 1,
            width: place.width.saturating_sub(4),
            height: place.height.saturating_sub(2),
        };
        let top = u16::try_from(1 + head.len() + gaps / 2).unwrap_or(u16::MAX).min(inside.height);
        let height = u16::try_from(height).unwrap_or(u16::MAX).min(inside.height - top);
        let list = Rect { y: inside.y + top, height, ..inside };
        let selected = rows.iter().position(|row| *row == Row::Way(open.at)).unwrap_or(0);
        let end = rows.len().saturating_sub(usize::from(height));
        // With the last way as much of what follows it is in sight as has room below it.
        let is_last = shown.is_some_and(|found| open.at + 1 >= found.count());
        let least = first_row(&rows, selected, usize::from(height));
        let first = if is_last { least.max(end.min(selected)) } else { least };
        let first = first.saturating_add(open.past).min(end);
        Places { inside, head, rows, list, first, foot }
    }
}

/// How far the list scrolls past its last way: what follows it cannot be selected.
pub(super) fn furthest_past(input: &FrameInput, area: Rect, open: &UnderCap) -> usize {
    let last = open.found.as_ref().map_or(0, |found| found.count()).saturating_sub(1);
    let end = Places::of(input, area, &UnderCap { at: last, past: 0, ..open.clone() });
    end.rows.len().saturating_sub(end.first + usize::from(end.list.height))
}

/// The first row in sight: as low as keeps the selected row in sight, with the heading right above it where there is room.
fn first_row(rows: &[Row], selected: usize, height: usize) -> usize {
    let lowest = selected.saturating_sub(height.saturating_sub(1));
    let heading = selected == 1 && height > 1;
    if heading { 0 } else { lowest.min(rows.len().saturating_sub(height)) }
}

fn wrapped(lines: Vec<(String, Role)>, columns: usize) -> Vec<(String, Role)> {
    lines.into_iter().flat_map(|(text, role)| wrap(&text, columns).into_iter().map(move |line| (line, role))).collect()
}

/// The row below the field: how the total compares with the cap, or what to type.
fn head(input: &FrameInput, open: &UnderCap, shown: Option<&Found>) -> Vec<(String, Role)> {
    let state = input.state;
    if let Some(refused) = &open.refused {
        return vec![(format!("{} {refused}", sign(Level::Error).0), Role::Bad)];
    }
    if open.typing {
        let key = |action| state.reach_in(Context::Ask, action);
        let (accept, cancel) = (key(Action::Accept), key(Action::Cancel));
        let has_cap = state.budget().cap().is_some();
        let ask = if has_cap { words::under_cap_ask_again } else { words::under_cap_ask };
        return vec![(ask(accept, cancel), Role::Text)];
    }
    let Some(found) = shown else { return vec![(words::under_cap_searching().to_owned(), Role::Dim)] };
    let Ok(limit) = Limit::of(&state.budget().shown, found.cap) else { return Vec::new() };
    let role = match found.ways.fits {
        Some(true) => Role::Good,
        Some(false) => Role::Bad,
        None => Role::Warn,
    };
    // The cap itself stands in the field above.
    let against = if found.withheld {
        words::goal_at_withheld(compared_name(found.compared))
    } else {
        lever_words(state, found).against_cap(&limit, found.total, found.ways.known_over)
    };
    let mut lines = vec![(words::begun(&against), role)];
    if found.withheld {
        lines.push((words::begun(words::goal_withheld()), Role::Text));
    } else if found.ways.fits.is_none() {
        lines.push((why_unknown(input, found, &limit), Role::Text));
    }
    lines
}

fn why_unknown(input: &FrameInput, found: &Found, limit: &Limit<'_>) -> String {
    if found.unpriced.is_empty() {
        return words::under_cap_no_rate(limit.currency.code());
    }
    let say = lever_words(input.state, found);
    let mut names: Vec<String> = found.unpriced.iter().take(NAMED).map(|index| say.title(*index)).collect();
    if found.unpriced.len() > NAMED {
        names.push("…".to_owned());
    }
    words::under_cap_unpriced(found.unpriced.len(), names.join(", "))
}

fn rows(input: &FrameInput, found: &Found, columns: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    let (single, pairs) = (found.ways.single.len(), found.ways.pairs.len());
    if found.ways.fits == Some(false) {
        match (single, pairs) {
            (0, 0) => rows.push(Row::Note(words::goal_no_way().to_owned())),
            (0, _) => rows.push(Row::Heading(words::goal_pairs())),
            _ => rows.push(Row::Heading(words::goal_single())),
        }
    }
    rows.extend((0..single + pairs).map(Row::Way));
    let notes: Vec<Row> = notes(input, found, columns);
    let within = found.ways.fits == Some(true);
    let has_aims = single + pairs < found.count();
    if has_aims || (within && !notes.is_empty()) {
        rows.push(Row::Heading(if within { words::under_cap_allows() } else { words::goal_heading() }));
    }
    rows.extend((single + pairs..found.count()).map(Row::Way));
    // Over the cap, what stays over it at every value is not among what fits.
    if !within && !notes.is_empty() {
        rows.push(Row::Heading(words::goal_heading_unmet()));
    }
    rows.extend(notes);
    rows
}

/// The goals that cannot be applied, each with its reason.
fn notes(input: &FrameInput, found: &Found, columns: usize) -> Vec<Row> {
    let say = lever_words(input.state, found);
    let Ok(limit) = Limit::of(&input.state.budget().shown, found.cap) else { return Vec::new() };
    // That the total is unknown is said above, once.
    let told = found.aims.iter().filter(|aim| !aim.changes && found.ways.fits.is_some());
    let text = told.map(|aim| {
        let why = match (say.reason(&aim.goal, &limit), &aim.goal.best) {
            (None, Ok(best)) => words::under_cap_as_it_is(words::value(best)),
            (reason, _) => reason.unwrap_or_default(),
        };
        words::goal_reason(lever_label(aim.goal.knob), say.whose(&aim.goal), why)
    });
    text.flat_map(|text| wrap(&text, columns.saturating_sub(1))).map(Row::Note).collect()
}

/// Below the list: the selected way in full with its effect, the knob in hand, the cut line; the last are dropped first.
fn foot(input: &FrameInput, found: &Found, at: usize) -> Vec<(String, Role)> {
    let state = input.state;
    let say = lever_words(state, found);
    let Ok(limit) = Limit::of(&state.budget().shown, found.cap) else { return Vec::new() };
    let mut lines = Vec::new();
    if let Some(way) = found.list().nth(at) {
        lines.push((effect(found, way, &limit, input), Role::Total));
        lines.push((named(state, found, way), Role::Text));
    }
    lines.extend(say.cut_line(&found.cut, &limit).map(|line| (line, Role::Text)));
    if let Some(aim) = found.aims.first().filter(|aim| found.in_hand && aim.changes)
        && let Ok(best) = &aim.goal.best
        && found.ways.fits == Some(false)
    {
        let (knob, whose) = (lever_label(aim.goal.knob), say.whose(&aim.goal));
        lines.push((words::under_cap_in_hand(knob, whose, words::value(best)), Role::Dim));
    }
    lines
}

/// The total after a way, and its change, which is as approximate as either total.
fn figures(say: &LeverWords<'_>, found: &Found, way: Way<'_>) -> (String, String) {
    let unknown = || words::unknown().to_owned();
    let after = way.is_approximate(found.approximate);
    let total = way.total().map_or_else(unknown, |usd| Amount::of(&say.budget.shown, usd).about_if(after).to_string());
    let totals = found.total.zip(way.total());
    let is_about = is_change_about(found.approximate, after);
    let change = totals.map(|(before, total)| Amount::change(&say.budget.shown, before, total).about_if(is_about));
    let change = change.map_or_else(unknown, |change| change.signed());
    (total, change)
}

/// What a way does to the total, and what it leaves of the cap.
fn effect(found: &Found, way: Way<'_>, limit: &Limit<'_>, input: &FrameInput) -> String {
    let say = lever_words(input.state, found);
    let usd = |usd: Option<_>| usd.map_or_else(|| words::unknown().to_owned(), |usd| say.usd(usd).to_string());
    let (total, change) = figures(&say, found, way);
    let name = words::begun(&compared_name(found.compared));
    let left = way.total().and_then(|usd| difference(limit.cap, limit.convert(usd)?).ok());
    match left {
        Some(left) => {
            let is_about = way.is_approximate(found.approximate);
            let money = CapMoney::of(&input.state.budget().shown, limit.currency, is_about);
            words::under_cap_effect(name, usd(found.total), total, change, money.amount(left))
        }
        None => words::under_cap_effect_alone(name, usd(found.total), total, change),
    }
}

/// Draws the overlay.
pub(super) fn draw(canvas: &mut Canvas, input: &FrameInput, area: Rect, open: &UnderCap) {
    let places = Places::of(input, area, open);
    let outer = places.inside.height.saturating_add(2);
    let inside = boxed(canvas, area, COLUMNS, outer, words::dialog_under_cap());
    field(canvas, input, inside, open);
    for (row, (line, role)) in (1..inside.height.saturating_sub(1).max(1)).zip(&places.head) {
        canvas.text(inside, row, line, *role);
    }
    if let Some(found) = open.found.as_deref().filter(|_| !open.typing) {
        list(canvas, input, &places, found, open.at);
    }
    let last = inside.height.saturating_sub(1);
    let below = (places.list.y + places.list.height).saturating_sub(inside.y) + u16::from(!places.rows.is_empty());
    for (row, (line, role)) in (below..last).zip(&places.foot) {
        canvas.text(inside, row, line, *role);
    }
    keys(canvas, input, inside, &places, open);
}

fn field(canvas: &mut Canvas, input: &FrameInput, inside: Rect, open: &UnderCap) {
    let label = format!("{} ", words::under_cap_field());
    let used = canvas.text(inside, 0, &label, Role::Label);
    let place =
        Rect { x: inside.x + used, width: inside.width.saturating_sub(used), height: 1.min(inside.height), ..inside };
    if open.typing {
        canvas.tint(place, 0, Role::Edit);
        let role = if open.entry.is_offered() { Role::Selection } else { Role::Edit };
        entry(canvas, place, open.entry.split(), role);
    } else if let Some(cap) = input.state.budget().cap() {
        let cap = words::cap(cap, input.state.budget().shown.currency);
        let used = canvas.text(place, 0, &cap, Role::Value);
        let mut end = used;
        if !open.searching {
            end += canvas.text_at(place, used, 0, &format!(" · {}", words::under_cap_retype()), Role::Dim);
        }
        let compared = words::under_cap_compared(compared_name(open.compared));
        let columns = u16::try_from(width(&compared)).unwrap_or(u16::MAX);
        if let Some(column) = place.width.checked_sub(columns).filter(|column| *column >= end + 2) {
            canvas.text_at(place, column, 0, &compared, Role::Label);
        }
    }
}

/// A row's name, and its total and change.
fn cells(input: &FrameInput, found: &Found, way: Way<'_>) -> (String, String, String) {
    let say = lever_words(input.state, found);
    let (total, change) = figures(&say, found, way);
    (safe(&named(input.state, found, way)).into_owned(), total, change)
}

fn list(canvas: &mut Canvas, input: &FrameInput, places: &Places, found: &Found, at: usize) {
    let Places { rows, list, first, .. } = places;
    let seen: Vec<&Row> = rows.iter().skip(*first).take(usize::from(list.height)).collect();
    let ways = found.list().enumerate();
    let (Some(from), Some(to)) = (
        seen.iter().find_map(|row| if let Row::Way(at) = row { Some(*at) } else { None }),
        seen.iter().rev().find_map(|row| if let Row::Way(at) = row { Some(*at) } else { None }),
    ) else {
        for (row, line) in (0..list.height).zip(&seen) {
            plain(canvas, *list, row, line);
        }
        return;
    };
    let texts: Vec<(usize, (String, String, String))> =
        ways.skip(from).take(to + 1 - from).map(|(at, way)| (at, cells(input, found, way))).collect();
    let widest = |of: fn(&(String, String, String)) -> &String| {
        texts.iter().map(|(_, texts)| width(of(texts))).max().unwrap_or(0)
    };
    let (total, change) = (widest(|texts| &texts.1), widest(|texts| &texts.2));
    for (row, line) in (0..list.height).zip(&seen) {
        let Row::Way(index) = line else {
            plain(canvas, *list, row, line);
            continue;
        };
        let Some((_, (name, after, swing))) = texts.iter().find(|(at, _)| at == index) else { continue };
        let mark = match (*index == at, input.ascii) {
            (true, false) => "▸",
            (true, true) => ">",
            (false, _) => " ",
        };
        let figures = format!(
            "{}  {}",
            fit(after, total, Align::Right, canvas.ellipsis()),
            fit(swing, change, Align::Right, canvas.ellipsis())
        );
        let room = usize::from(list.width).saturating_sub(width(&figures) + 2);
        let name = whole_words(name, room, input.ascii);
        canvas.pair(*list, row, (&format!("{mark}{name}"), Role::Text), (&figures, Role::Value));
        if *index == at {
            canvas.tint(*list, row, Role::Selection);
        }
    }
}

/// As many whole words of a name as fit: half a figure is a wrong figure.
fn whole_words(name: &str, columns: usize, ascii: bool) -> String {
    if width(name) <= columns {
        return name.to_owned();
    }
    let mark = if ascii { "..." } else { "…" };
    let first = wrap(name, columns.saturating_sub(mark.len().min(3))).into_iter().next().unwrap_or_default();
    if width(&first) + width(mark) <= columns { format!("{first}{mark}") } else { String::new() }
}

fn plain(canvas: &mut Canvas, list: Rect, row: u16, line: &Row) {
    match line {
        Row::Heading(text) => _ = canvas.text(list, row, text, Role::Title),
        Row::Note(text) => _ = canvas.text_at(list, 1, row, text, Role::Dim),
        Row::Way(_) => {}
    }
}

fn keys(canvas: &mut Canvas, input: &FrameInput, inside: Rect, places: &Places, open: &UnderCap) {
    let below = places.rows.len().saturating_sub(places.first + usize::from(places.list.height));
    let actions: &[Action] = if open.typing {
        &[Action::Accept, Action::Cancel]
    } else {
        &[Action::ApplyWay, Action::CompareNext, Action::Cancel]
    };
    list_end(canvas, input, inside, (places.first, below), actions);
}

/// The way at a cell of the window, by its index.
pub(super) fn way_at(input: &FrameInput, area: Rect, open: &UnderCap, at: Position) -> Option<usize> {
    let places = Places::of(input, area, open);
    let row = places.list.contains(at).then(|| places.first + usize::from(at.y - places.list.y))?;
    match places.rows.get(row)? {
        Row::Way(index) => Some(*index),
        Row::Heading(_) | Row::Note(_) => None,
    }
}
