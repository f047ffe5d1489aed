//! Overlays over the worksheet: help, issues, questions.

use super::canvas::{Canvas, FrameInput, wrap};
use super::panes::entry;
use super::text::{Align, Ellipsis, fit, pad_left, safe, width};
use super::theme::Role;
use crate::app::actions::why;
use crate::app::actions::why::WhyLine;
use crate::app::model::entry::Entry;
use crate::app::model::notes::collected;
use crate::app::model::overlay::{Ask, Leaving, Overlay, Repricing};
use crate::app::{Action, Context};
use crate::cost::base::money::{Currency, Decimal};
use crate::diagnostics::Problem;
use crate::figures::Amount;
use crate::ui::panels::sign;
use crate::ui::{conflict, help, import, picker, project_form, recovery, under_cap};
use crate::words;
use crate::words::number::grouped;
use ratatui::layout::{Position, Rect};
use std::ops::Range;

/// The content of an overlay.
pub(super) enum Body<'a> {
    /// A text that scrolls, with its keys.
    Text {
        /// The title in the frame.
        title: String,
        /// Wrapped for the window.
        lines: Vec<Line>,
        /// Lines that are always in sight, wherever the text was scrolled to.
        marked: Option<Range<usize>>,
        /// The keys in the last row.
        keys: Vec<Action>,
    },
    /// A question with its answers.
    Question {
        /// The title in the frame.
        title: &'static str,
        /// The question.
        what: String,
        /// The answers.
        keys: Vec<Action>,
    },
    /// A form of its own.
    Own(Box<dyn FnOnce(&mut Canvas) + 'a>),
}

impl Body<'_> {
    /// A text that only Esc closes.
    pub(super) fn text(title: &str, lines: Vec<Line>) -> Body<'static> {
        let keys = vec![Action::Down, Action::Up, Action::Cancel];
        Body::Text { title: title.to_owned(), lines, marked: None, keys }
    }
}

/// The content of an overlay: one arm for each kind; longer ones are in their own files.
fn body<'a>(input: &'a FrameInput, area: Rect, overlay: &'a Overlay) -> Body<'a> {
    match overlay {
        Overlay::Help => Body::text(&words::dialog_help(help::place(input.state)), help::lines(input, area)),
        Overlay::Issues(at) => issues(input, area, *at),
        Overlay::Why => Body::text(words::dialog_why(), why_lines(input, area)),
        Overlay::ImportRunning(running) => import::running(running),
        Overlay::Import(preview) => import::body(input, area, preview),
        Overlay::Recover { recovered, totals } => recovery::body(input, area, recovered, totals),
        Overlay::Unsaved(leaving) => unsaved(leaving),
        Overlay::Conflict(_, problem) => changed(problem),
        Overlay::Replace(path) => Body::Question {
            title: words::dialog_replace(),
            what: words::file_exists(path.display()),
            keys: vec![Action::Replace, Action::SaveAs, Action::Cancel],
        },
        Overlay::Ask { ask, entry, refused } => {
            Body::Own(Box::new(move |canvas| asked(canvas, input, area, *ask, entry, refused.as_deref())))
        }
        Overlay::Resolve(open) => Body::Own(Box::new(move |canvas| conflict::resolving(canvas, input, area, open))),
        Overlay::Rates(repricing) => Body::Own(Box::new(move |canvas| rates(canvas, input, area, repricing))),
        Overlay::UnderCap(open) => Body::Own(Box::new(move |canvas| under_cap::draw(canvas, input, area, open))),
        Overlay::Project(form) => Body::Own(Box::new(move |canvas| project_form::draw(canvas, input, area, form))),
        Overlay::Picker(picker) => Body::Own(Box::new(move |canvas| picker::picker(canvas, input, area, picker))),
        Overlay::Palette(palette) => Body::Own(Box::new(move |canvas| picker::palette(canvas, input, area, palette))),
    }
}

fn unsaved(leaving: &Leaving) -> Body<'static> {
    let what = match leaving {
        Leaving::Quit => words::unsaved_quit(),
        Leaving::New => words::unsaved_new(),
        Leaving::Open(_) | Leaving::Sample(_) | Leaving::Version(_) => words::unsaved_open(),
    };
    let keys = vec![Action::SaveFirst, Action::Discard, Action::Cancel];
    Body::Question { title: words::dialog_unsaved(), what: what.to_owned(), keys }
}

fn changed(problem: &Problem) -> Body<'static> {
    let keys = vec![Action::SaveAs, Action::Reload, Action::Cancel];
    Body::Question { title: words::dialog_conflict(), what: told(problem), keys }
}

/// Draws the top overlay, if any is open.
pub(super) fn overlay(canvas: &mut Canvas, input: &FrameInput, area: Rect) {
    let Some(overlay) = input.state.overlays.top() else { return };
    match body(input, area, overlay) {
        Body::Text { title, lines, marked, keys } => {
            let scroll = marked.map_or(input.state.overlays.scroll(), |marked| first_line(&lines, marked, area));
            read_with(canvas, input, area, &title, (&lines, scroll), &keys);
        }
        Body::Question { title, what, keys } => question(canvas, input, area, title, &what, &keys),
        Body::Own(draw) => draw(canvas),
    }
}

/// The first line in sight of the open text, and how far it scrolls in a window; without an open text there is no limit.
#[must_use]
pub(super) fn scrolled(input: &FrameInput, area: Rect) -> (usize, usize) {
    if let Some(Overlay::UnderCap(open)) = input.state.overlays.top() {
        return (0, under_cap::furthest_past(input, area, open));
    }
    let Some(Body::Text { lines, marked, .. }) = input.state.overlays.top().map(|overlay| body(input, area, overlay))
    else {
        return (0, usize::MAX);
    };
    // The frame above and below, and the line with the keys.
    let furthest = lines.len().saturating_sub(usize::from(reading_rows(lines.len(), area).saturating_sub(3)));
    let first = marked.map_or(input.state.overlays.scroll(), |marked| first_line(&lines, marked, area));
    (first.min(furthest), furthest)
}

/// Rows of the box for a text, its frame included.
fn reading_rows(lines: usize, area: Rect) -> u16 {
    let rows = u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(3);
    rows.min(area.height.saturating_sub(2).max(4)).min(area.height)
}

/// The line of a text at a cell of the window, where a box as [`read_with`] draws it shows one there.
pub(super) fn line_at(lines: &[Line], scroll: usize, area: Rect, at: Position) -> Option<usize> {
    let place = centred(area, 100, reading_rows(lines.len(), area));
    let inside = Rect {
        x: place.x + 1,
        y: place.y + 1,
        width: place.width.saturating_sub(2),
        // The last row holds the keys.
        height: place.height.saturating_sub(3),
    };
    let first = scroll.min(lines.len().saturating_sub(usize::from(inside.height)));
    inside.contains(at).then(|| first + usize::from(at.y - inside.y)).filter(|line| *line < lines.len())
}

/// The first visible line that puts these lines in the middle.
pub(super) fn first_line(lines: &[Line], marked: Range<usize>, area: Rect) -> usize {
    let rows = usize::from(reading_rows(lines.len(), area).saturating_sub(3));
    marked.start.saturating_sub(rows.saturating_sub(marked.len()) / 2)
}

/// Least columns left and right together; in fewer, only letters of the text below would show, without their words.
const MARGINS: u16 = 12;

/// An area of this size in the middle of the window, or as wide as the window if little would be left beside it.
pub(super) fn centred(area: Rect, columns: u16, rows: u16) -> Rect {
    let width = if columns.saturating_add(MARGINS) > area.width { area.width } else { columns };
    let height = rows.min(area.height);
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

/// A frame of at most this size in the middle of the window, cleared.
pub(super) fn boxed(canvas: &mut Canvas, area: Rect, columns: u16, rows: u16, title: &str) -> Rect {
    let place = centred(area, columns, rows);
    canvas.cover(place);
    let inside = canvas.frame(place, title, true);
    Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside }
}

/// A problem without the place and the level that a compiler would print: the dialog shows those itself.
fn told(problem: &Problem) -> String {
    words::in_sentences(&problem.message, &problem.allowed, &problem.remedy)
}

pub(super) type Line = Vec<(String, Role)>;

/// A text that scrolls, with its keys.
fn read_with(
    canvas: &mut Canvas,
    input: &FrameInput,
    area: Rect,
    title: &str,
    (lines, scroll): (&[Line], usize),
    actions: &[Action],
) {
    let inside = boxed(canvas, area, 100, reading_rows(lines.len(), area), title);
    let text_rows = inside.height.saturating_sub(1);
    let first = scroll.min(lines.len().saturating_sub(usize::from(text_rows)));
    for (row, line) in (0..text_rows).zip(lines.iter().skip(first)) {
        let pieces: Vec<(&str, Role)> = line.iter().map(|(text, role)| (text.as_str(), *role)).collect();
        let mut column = 0;
        for (text, role) in pieces {
            column += canvas.text_at(inside, column, row, text, role);
        }
    }
    let rest = lines.len().saturating_sub(first + usize::from(text_rows));
    let scrolls = lines.len() > usize::from(text_rows);
    let mut actions: Vec<Action> =
        actions.iter().copied().filter(|action| scrolls || !matches!(action, Action::Down | Action::Up)).collect();
    let keys = if rest > 0 { words::reading_more(grouped(rest.into())) } else { String::new() };
    // The last key is the way out and the first one the way on: both stay in sight.
    while actions.len() > 2 && width(&keys) + hint_width(input, &actions) > usize::from(inside.width) {
        actions.remove(actions.len() - 2);
    }
    let left = canvas.text(inside, inside.height.saturating_sub(1), &keys, Role::Dim);
    hints(
        canvas,
        input,
        Rect { x: inside.x + left, width: inside.width.saturating_sub(left), ..inside },
        inside.height.saturating_sub(1),
        &actions,
    );
}

/// The key of an action that is available now: a question answers only to the keys that it shows.
fn key_of(input: &FrameInput, action: Action) -> Option<String> {
    (action.row().can)(input.state).ok()?;
    input.state.live_key(input.keymap, input.state.context(), action).map(|chord| chord.to_string())
}

/// The last row of a list: how many rows are above and below those in sight, and the keys. Where there is no room for both, a
/// sign says that there are more.
pub(super) fn list_end(
    canvas: &mut Canvas,
    input: &FrameInput,
    area: Rect,
    (above, below): (usize, usize),
    actions: &[Action],
) {
    let last = area.height.saturating_sub(1);
    let more = match (above, below) {
        (0, 0) => String::new(),
        (above, 0) => words::list_more_above(above),
        (_, below) => words::list_more(below),
    };
    let fits = width(&more) + hint_width(input, actions) <= usize::from(area.width);
    canvas.text(area, last, if fits || more.is_empty() { &more } else { "…" }, Role::Dim);
    hints(canvas, input, area, last, actions);
}

/// Columns that [`hints`] takes for these actions.
pub(super) fn hint_width(input: &FrameInput, actions: &[Action]) -> usize {
    let keyed = actions.iter().filter_map(|action| Some((key_of(input, *action)?, input.state.help_of(*action))));
    keyed.map(|(key, help)| width(&key) + width(help) + 3).sum()
}

/// Keys with their actions, at the right edge of a row.
pub(super) fn hints(canvas: &mut Canvas, input: &FrameInput, area: Rect, row: u16, actions: &[Action]) {
    let mut pieces: Vec<(String, Role)> = Vec::new();
    for action in actions {
        if let Some(key) = key_of(input, *action) {
            pieces.push((format!("  {key}"), Role::Key));
            pieces.push((format!(" {}", input.state.help_of(*action)), Role::KeyHelp));
        }
    }
    let needed: usize = pieces.iter().map(|(text, _)| width(text)).sum();
    let mut column = area.width.saturating_sub(u16::try_from(needed).unwrap_or(u16::MAX));
    for (text, role) in pieces {
        column += canvas.text_at(area, column, row, &text, role);
    }
}

fn question(canvas: &mut Canvas, input: &FrameInput, area: Rect, title: &str, what: &str, actions: &[Action]) {
    let actions: Vec<Action> = actions.iter().copied().filter(|action| key_of(input, *action).is_some()).collect();
    let actions = actions.as_slice();
    let columns = 76.min(area.width);
    let lines = wrap(what, usize::from(columns.saturating_sub(6)));
    let in_a_row = hint_width(input, actions) <= usize::from(columns.saturating_sub(4));
    let hint_rows = if in_a_row { 1 } else { u16::try_from(actions.len()).unwrap_or(1) };
    let rows = u16::try_from(lines.len()).unwrap_or(1).saturating_add(3 + hint_rows);
    let inside = boxed(canvas, area, columns, rows, title);
    // The keys come before the sentence: a way out must always be visible.
    let hint_rows = hint_rows.min(inside.height);
    let first = inside.height - hint_rows;
    for (row, line) in (0..first).zip(lines) {
        canvas.text(inside, row, &line, Role::Text);
    }
    if in_a_row {
        hints(canvas, input, inside, first, actions);
    } else if usize::from(hint_rows) < actions.len() {
        let keys: Vec<String> = actions.iter().filter_map(|action| key_of(input, *action)).collect();
        canvas.text(inside, first, &keys.join("  "), Role::Key);
    } else {
        for (row, action) in (first..).zip(actions) {
            hints(canvas, input, inside, row, std::slice::from_ref(action));
        }
    }
}

fn asked(canvas: &mut Canvas, input: &FrameInput, area: Rect, ask: Ask, typed: &Entry, refused: Option<&str>) {
    let title = ask.texts().0;
    let key = |action| input.state.reach_in(Context::Ask, action);
    let hint = match (refused, ask) {
        (Some(refused), _) => refused.to_owned(),
        (None, Ask::NewLine) => words::ask_new_line_hint(key(Action::Accept), key(Action::Cancel)),
        (None, Ask::LineName(_)) => words::ask_line_name_hint(key(Action::Accept)),
        (None, Ask::ProjectName) => words::ask_project_name_hint(key(Action::Accept), key(Action::Cancel)),
        (None, Ask::Months) => words::ask_months_hint(key(Action::Accept)),
        (None, Ask::KeptScenario) => words::ask_kept_hint(key(Action::Accept), key(Action::Cancel)),
        (None, Ask::ScenarioName | Ask::ScenarioNote) => words::ask_scenario_hint(key(Action::Accept)),
        (None, Ask::Import) => words::ask_import_hint().to_owned(),
        (None, Ask::Find) => words::ask_find_hint(key(Action::Accept), key(Action::Cancel)),
        (None, Ask::SaveAs | Ask::Open) => words::ask_file_hint().to_owned(),
    };
    let hint = wrap(&hint, usize::from(64.min(area.width).saturating_sub(4)));
    let rows = u16::try_from(hint.len()).unwrap_or(1).saturating_add(4);
    let inside = boxed(canvas, area, 64, rows, title);
    canvas.tint(inside, 0, Role::Edit);
    let role = if typed.is_offered() { Role::Selection } else { Role::Edit };
    entry(canvas, Rect { height: 1.min(inside.height), ..inside }, typed.split(), role);
    let role = if refused.is_some() { Role::Bad } else { Role::Dim };
    let gap = u16::from(inside.height >= rows.saturating_sub(2));
    for (row, line) in (1 + gap..inside.height).zip(&hint) {
        canvas.text(inside, row, line, role);
    }
}

fn rates(canvas: &mut Canvas, input: &FrameInput, area: Rect, repricing: &Repricing) {
    let rows = u16::try_from(repricing.differences.len()).unwrap_or(u16::MAX).saturating_add(9);
    let inside = boxed(canvas, area, 78, rows, words::dialog_rates());
    let rate = |rate: Option<Decimal>| {
        rate.map_or_else(
            || words::unknown().to_owned(),
            |usd| Amount::own(Currency::USD, usd, usd.scale().max(2)).to_string(),
        )
    };
    let mut row = canvas.wrapped(inside, 0, &words::rates_explained(words::number::plain(1_000_000)), Role::Dim) + 1;
    let room = inside.height.saturating_sub(row + 4);
    let all = repricing.differences.len();
    let listed = if all <= usize::from(room) { all } else { usize::from(room.saturating_sub(1)) };
    for difference in &repricing.differences[..listed] {
        let what = format!("{} {} {}", difference.card, difference.tier.name(), difference.meter.name());
        let change = format!("{} → {}", rate(difference.pinned), rate(difference.built_in));
        canvas.pair(inside, row, (&what, Role::Label), (&change, Role::Value));
        row += 1;
    }
    if listed < all {
        canvas.text(inside, row, &words::rates_more(all - listed), Role::Dim);
        row += 1;
    }
    row += 1;
    let change = format!("{} → {}", repricing.now, repricing.then);
    canvas.pair(inside, row, (words::total(), Role::Total), (&change, Role::Total));
    hints(canvas, input, inside, inside.height.saturating_sub(1), &[Action::Adopt, Action::Cancel]);
}

/// Columns of the names and of the amounts of a sum.
fn sum_columns(told: &[WhyLine]) -> [usize; 2] {
    let sums = || {
        told.iter().filter_map(|line| match line {
            WhyLine::Sum(name, amount) => Some([width(&safe(name)), width(&safe(amount))]),
            WhyLine::Heading(_) | WhyLine::Step { .. } | WhyLine::Input { .. } => None,
        })
    };
    [0, 1].map(|at| sums().map(|widths| widths[at]).max().unwrap_or(0))
}

/// The calculation and its inputs, each step's formula dim below its numbers.
fn why_lines(input: &FrameInput, area: Rect) -> Vec<Line> {
    let columns = usize::from(area.width.min(100).saturating_sub(6));
    let mut lines = Vec::new();
    let put = |lines: &mut Vec<Line>, indent: usize, text: &str, role: Role| {
        for part in wrap(text, columns.saturating_sub(indent)) {
            lines.push(vec![(format!("{}{part}", " ".repeat(indent)), role)]);
        }
    };
    let told = why::lines(input.state);
    let [names, amounts] = sum_columns(&told);
    let names = names.min(columns.saturating_sub(amounts + 4));
    let ellipsis = if input.ascii { Ellipsis::Ascii } else { Ellipsis::Unicode };
    for line in told {
        match line {
            WhyLine::Heading(heading) => put(&mut lines, 0, &heading, Role::Title),
            WhyLine::Step { formula, numbers, source } => {
                put(&mut lines, 2, &numbers, Role::Text);
                put(&mut lines, 4, &formula, Role::Dim);
                if let Some(source) = source {
                    put(&mut lines, 4, &source, Role::Dim);
                }
            }
            WhyLine::Sum(name, amount) => {
                let name = fit(&safe(&name), names, Align::Left, ellipsis);
                let amount = pad_left(&safe(&amount), amounts);
                lines.push(vec![(format!("  {name}  {amount}"), Role::Text)]);
            }
            WhyLine::Input { name, value, origin } => {
                let name = super::text::pad_right(&name, 14);
                put(&mut lines, 2, &format!("{name} {value}"), Role::Text);
                put(&mut lines, 4, &origin, Role::Dim);
            }
        }
    }
    lines
}

/// Every issue; the marked one is always in sight.
fn issues(input: &FrameInput, area: Rect, at: usize) -> Body<'static> {
    let columns = usize::from(area.width.min(100).saturating_sub(8));
    let (mut lines, mut marked): (Vec<Line>, _) = (Vec::new(), None);
    let told = collected(input.state);
    let at = at.min(told.len().saturating_sub(1));
    for (index, told) in told.iter().enumerate() {
        let (level, role) = sign(told.level());
        let first = lines.len();
        let pointer = match (index == at, input.ascii) {
            (false, _) => " ",
            (true, true) => ">",
            (true, false) => "▸",
        };
        let text = if index == at { Role::Value } else { Role::Text };
        for (row, part) in wrap(&told.text(input.state), columns).into_iter().enumerate() {
            let (pointer, level) = if row == 0 { (pointer, level) } else { (" ", " ") };
            lines.push(vec![(pointer.to_owned(), Role::Accent), (format!("{level} "), role), (part, text)]);
        }
        if index == at {
            marked = Some(first..lines.len());
        }
    }
    let mut keys = vec![Action::Down, Action::Up, Action::Accept, Action::Cancel];
    if told.is_empty() {
        lines.push(vec![(words::nothing_to_note().to_owned(), Role::Dim)]);
        keys = vec![Action::Cancel];
    }
    Body::Text { title: words::dialog_issues().to_owned(), lines, marked, keys }
}
