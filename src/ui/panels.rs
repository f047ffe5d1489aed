//! The lower panels: the cost breakdown, and the notes about the figures.

use crate::app::actions::factor;
use crate::app::model::notes::collected;
use crate::app::{Action, Context};
use crate::cost::bill::Why;
use crate::cost::estimate::calculation;
use crate::cost::{Knob, Setting, Value};
use crate::diagnostics::Level;
use crate::figures::{self, Breakdown, CostPart, bar_units};
use crate::ui::canvas::{Canvas, FrameInput, wrap};
use crate::ui::panes;
use crate::ui::text::width;
use crate::ui::theme::Role;
use crate::words::{self, Explanation};
use ratatui::layout::Rect;

/// One bar for each part of the bill, of the selected deliverable or of the whole project.
pub(super) fn shares(canvas: &mut Canvas, input: &FrameInput, area: Rect) {
    let state = input.state;
    let inside = canvas.frame(area, &words::titled(words::pane_shares(), panes::scope(state)), false);
    let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    let shown = &state.budget().shown;
    let breakdown = match state.line() {
        Some(line) => Breakdown::of_line(shown, line),
        None => Breakdown::of_project(shown, state.estimate()),
    };
    let Some(Breakdown { parts, rounding }) = breakdown else { return };
    if parts.is_empty() {
        canvas.text(inside, 0, words::nothing_spent(), Role::Dim);
    }
    let widest = |columns: Option<usize>| u16::try_from(columns.unwrap_or(0)).unwrap_or(u16::MAX).saturating_add(1);
    let label_width = widest(parts.iter().map(|part| width(part.label)).max());
    let money_width = widest(parts.iter().map(|part| width(&part.text())).max());
    let units = |part: &CostPart| part.usd.map_or(0, bar_units);
    let largest = parts.iter().map(units).max().unwrap_or(0);
    let money = Rect { width: inside.width.saturating_sub(6), ..inside };
    let (height, rows) = (usize::from(inside.height), parts.len() + usize::from(rounding.is_some()));
    let kept = if rows > height { height.saturating_sub(1) } else { parts.len() };
    let below = u16::try_from(kept).unwrap_or(u16::MAX);
    match rounding.filter(|_| rows <= height) {
        Some(rounding) => {
            canvas.text(inside, below, words::differs(Why::Rounding), Role::Dim);
            canvas.text_right(money, below, &rounding.signed(), Role::Dim);
        }
        None if rows > height && height > 0 => {
            canvas.text(inside, below, &words::more_issues(rows - kept, state.reach(Action::Why)), Role::Dim);
        }
        None => {}
    }
    for (row, part) in (0..inside.height).zip(parts.iter().take(kept)) {
        canvas.text(inside, row, part.label, Role::Label);
        canvas.text_right(inside, row, &part.percent, Role::Dim);
        let role = if part.usd.is_some() { Role::Value } else { Role::Warn };
        canvas.text_right(money, row, &part.text(), role);
        let room = money.width.saturating_sub(label_width.saturating_add(money_width));
        canvas.bar(inside, label_width, row, room, (units(part), largest), Role::Bar);
    }
}

/// The calculation of the selected deliverable's total: each step with its numbers, then its source.
pub(super) fn why(canvas: &mut Canvas, input: &FrameInput, area: Rect) {
    let state = input.state;
    let steps = match state.line() {
        Some(line) => calculation::of_line(line, state.budget(), state.session.catalog),
        None => calculation::of_project(state.estimate(), state.budget()),
    };
    if steps.is_empty() {
        return;
    }
    let inside = canvas.frame(area, words::pane_why(), false);
    let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    let height = usize::from(inside.height);
    let kept = if steps.len() > height { height.saturating_sub(1) } else { height };
    if steps.len() > kept {
        let more = words::more_steps(steps.len() - kept, input.state.reach(Action::Why));
        canvas.text(inside, inside.height.saturating_sub(1), &more, Role::Dim);
    }
    let told: Vec<words::Calculation> = steps.iter().take(kept).map(words::step).collect();
    // One left edge for all sources: a ragged column would look like part of the figures.
    let longest = told.iter().map(|told| width(&told.numbers)).filter(|numbers| *numbers <= usize::from(NUMBERS)).max();
    let left = u16::try_from(longest.unwrap_or(0)).unwrap_or(0).saturating_add(3);
    let beside = |numbers: u16| {
        let left = left.max(numbers.saturating_add(3));
        Rect { x: inside.x.saturating_add(left), width: inside.width.saturating_sub(left), ..inside }
    };
    // Sources on as many rows as they need where there are that many, else each cut to the row of its step.
    let rows_of = |told: &words::Calculation| {
        let room = beside(u16::try_from(width(&told.numbers)).unwrap_or(u16::MAX));
        let source = told.source.as_deref().filter(|_| room.width >= SOURCE);
        source.map_or(1, |source| wrap(source, usize::from(room.width)).len())
    };
    let whole = steps.len() == kept && told.iter().map(rows_of).sum::<usize>() <= height;
    let mut row = 0;
    for told in &told {
        let numbers = with_its_end(&told.numbers, usize::from(inside.width));
        let used = canvas.text(inside, row, &numbers, Role::Text);
        let room = beside(used);
        row = match told.source.as_deref().filter(|_| room.width >= SOURCE) {
            Some(source) if whole => canvas.wrapped(room, row, source, Role::Dim),
            Some(source) => {
                canvas.text(room, row, source, Role::Dim);
                row + 1
            }
            None => row + 1,
        };
    }
}

/// A step that is too long without the end of its left side: its result is never cut.
fn with_its_end(numbers: &str, room: usize) -> String {
    let Some((sides, result)) = numbers.rsplit_once(" = ").filter(|_| width(numbers) > room) else {
        return numbers.to_owned();
    };
    let end = format!("… = {result}");
    let mut kept = String::new();
    for word in sides.split_inclusive(' ') {
        if width(&kept) + width(word) + width(&end) > room {
            break;
        }
        kept.push_str(word);
    }
    kept + &end
}

/// The column after which sources begin; longer numbers push their own source to the right.
const NUMBERS: u16 = 76;
/// Least columns for a useful part of a source.
const SOURCE: u16 = 24;

/// The notes: a refused entry first, then those on the selection, then those on the rest of the project.
pub(super) fn notes(canvas: &mut Canvas, input: &FrameInput, area: Rect) {
    if objection(input).is_some() {
        refused(canvas, input, area);
        return;
    }
    let notes = collected(input.state);
    let inside = canvas.frame(area, words::pane_notes(), false);
    let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    if notes.is_empty() {
        canvas.wrapped(inside, 0, words::nothing_to_note(), Role::Dim);
    }
    let mut row = 0;
    for (index, note) in notes.iter().enumerate() {
        let level = note.level();
        let body = Rect { x: inside.x + 2, width: inside.width.saturating_sub(2), ..inside };
        let lines = wrap(&note.text(input.state), usize::from(body.width));
        let (left, room) = (notes.len() - index, usize::from(inside.height - row));
        // The row of the counter stays free, so that no note ends in the middle without a word.
        let whole = lines.len() <= room.saturating_sub(usize::from(left > 1));
        let kept = if whole || room < 2 { room } else { room - 1 };
        if whole || row == 0 {
            let (sign, role) = sign(level);
            canvas.text(inside, row, sign, role);
            let role = if level == Level::Note { Role::Dim } else { Role::Text };
            for line in lines.iter().take(kept) {
                canvas.text(body, row, line, role);
                row += 1;
            }
        }
        if !whole {
            let more = words::more_issues(left, input.state.reach(Action::Issues));
            canvas.text(inside, row, &more, Role::Dim);
            break;
        }
    }
}

/// The sign and the role of a level; the sign shows the level without colour.
#[must_use]
pub(super) fn sign(level: Level) -> (&'static str, Role) {
    match level {
        Level::Error => ("✗", Role::Bad),
        Level::Warning => ("!", Role::Warn),
        Level::Note => ("·", Role::Dim),
    }
}

/// What is said about the typed text: why it was refused, or the question whether it is meant.
pub(super) fn objection(input: &FrameInput) -> Option<(&'static str, Level, Explanation)> {
    let typing = input.state.view.input.as_ref()?;
    if let Some(refusal) = &typing.refused {
        let told = words::refusal(typing.field.knob(), typing.entry.text(), refusal);
        return Some((words::not_yet_a_value(), Level::Error, told));
    }
    let Some(Setting::Value(Value::Retry(retry))) = input.state.setting(Knob::Retry).filter(|_| typing.asked) else {
        return None;
    };
    let confirm = words::factor_unusual_confirm(
        input.state.reach_in(Context::Typing, Action::Accept),
        figures::factor(retry.mean()?),
    );
    Some((
        words::factor_question(),
        Level::Warning,
        Explanation { message: factor::question(retry)?, allowed: String::new(), remedy: confirm },
    ))
}

/// Why the typed text was refused, the allowed values, and how to correct it.
pub(super) fn refused(canvas: &mut Canvas, input: &FrameInput, area: Rect) {
    let Some((title, level, told)) = objection(input) else { return };
    canvas.clear(area);
    // Not the frame of a focused pane: the keyboard stays in the field.
    let inside = canvas.frame(area, &format!("{} {title}", sign(level).0), false);
    let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    let mut row = canvas.wrapped(inside, 0, &told.message, sign(level).1);
    if !told.allowed.is_empty() {
        row = canvas.wrapped(inside, row, &words::allowed(&told.allowed), Role::Text);
    }
    if !told.remedy.is_empty() {
        canvas.wrapped(inside, row, &told.remedy, Role::Dim);
    }
}

/// As much of the reason as fits on one line, in whole words.
pub(super) fn refused_in_a_line(canvas: &mut Canvas, input: &FrameInput, area: Rect) {
    let Some((_, level, told)) = objection(input) else { return };
    canvas.clear(area);
    let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2), height: 1.min(area.height), ..area };
    canvas.wrapped(inside, 0, &format!("{} {}", sign(level).0, told.message), sign(level).1);
}
