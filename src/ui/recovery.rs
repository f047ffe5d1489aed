//! The question what to do with edits that an earlier session did not save.

use super::canvas::{FrameInput, wrap};
use super::dialogs::{Body, Line};
use super::text::{Ellipsis, pad_right, safe, truncate, width};
use super::theme::Role;
use crate::app::flows::recovery::{Recovered, Row};
use crate::app::{Action, Context};
use crate::diagnostics::Level;
use crate::ui::panels::sign;
use crate::words;
use ratatui::layout::Rect;

/// Columns for the edited knob's name, before the values.
const WHAT_COLUMNS: usize = 18;

/// The question, and its answers.
pub(super) fn body(input: &FrameInput, area: Rect, recovered: &Recovered, totals: &[String; 2]) -> Body<'static> {
    let keys = vec![Action::Recover, Action::OpenCopy, Action::Forget, Action::Later];
    let lines = lines(input, recovered, totals, area);
    Body::Text { title: words::dialog_recovery().to_owned(), lines, marked: None, keys }
}

/// The text of the question, wrapped for a window: its subject, the totals, then each edit below its place.
fn lines(input: &FrameInput, recovered: &Recovered, [now, then]: &[String; 2], area: Rect) -> Vec<Line> {
    let columns = usize::from(area.width.min(100).saturating_sub(6));
    let mut lines = Vec::new();
    let mut put = |text: &str, role: Role| {
        lines.extend(wrap(text, columns).into_iter().map(|line| vec![(line, role)]));
    };
    let count = recovered.count();
    match recovered.changed {
        true if recovered.edits.is_empty() => put(&words::recovery_changed(count), Role::Text),
        true => put(&format!("{} {}", words::recovery_changed(count), words::recovery_restores()), Role::Text),
        false => put(&words::recovery_explained(count), Role::Text),
    }
    if recovered.damaged {
        put(&format!("{} {}", sign(Level::Warning).0, words::recovery_damaged()), Role::Warn);
    }
    lines.push(Vec::new());
    if recovered.edits.is_empty() {
        lines.push(vec![(words::recovery_nothing_fits().to_owned(), Role::Warn)]);
    } else {
        let change = format!("{now} {} {then}", arrow(input));
        let label = pad_right(words::total(), WHAT_COLUMNS + 2);
        lines.push(vec![(label, Role::Total), (change, Role::Total)]);
    }
    listed(&mut lines, input, &recovered.rows, columns);
    if recovered.unlisted > 0 {
        lines.push(vec![(words::recovery_more(recovered.unlisted), Role::Dim)]);
    }
    if !recovered.left.is_empty() {
        lines.push(Vec::new());
        let heading = format!(
            "{} {}",
            sign(Level::Warning).0,
            words::recovery_left(input.state.reach_in(Context::Recovering, Action::OpenCopy))
        );
        lines.extend(wrap(&heading, columns).into_iter().map(|line| vec![(line, Role::Warn)]));
        listed(&mut lines, input, &recovered.left, columns);
    }
    lines
}

fn arrow(input: &FrameInput) -> &'static str {
    if input.ascii { "->" } else { "→" }
}

fn listed(lines: &mut Vec<Line>, input: &FrameInput, rows: &[Row], columns: usize) {
    let mut place = None;
    for row in rows {
        if place != Some(&row.place) {
            place = Some(&row.place);
            lines.push(Vec::new());
            lines.push(vec![(cut(&row.place, columns), Role::Title)]);
        }
        let what = pad_right(&format!("  {} ", safe(&row.what)), WHAT_COLUMNS + 2);
        let Some((old, new)) = &row.values else {
            lines.push(vec![(cut(&what, columns), Role::Text)]);
            continue;
        };
        let room = columns.saturating_sub(width(&what));
        let old = cut(&format!("{} {} ", safe(old), arrow(input)), room);
        let new = cut(new, room.saturating_sub(width(&old)));
        lines.push(vec![(what, Role::Label), (old, Role::Dim), (new, Role::Value)]);
    }
}

fn cut(text: &str, columns: usize) -> String {
    let text = safe(text);
    if width(&text) <= columns { text.into_owned() } else { truncate(&text, columns, Ellipsis::Unicode).into_owned() }
}
