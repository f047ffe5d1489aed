//! The headline: the total, its change since the project was opened, the cap with the money that is left or over, and the
//! percentiles of the total.
//!
//! One row; in high windows three, with the total in block digits. It is the same on every screen.

use super::canvas::{Canvas, FrameInput};
use super::digits;
use super::text::width;
use super::theme::Role;
use crate::app::HowSure;
use crate::figures::{self, Against, BESIDE_TOTAL, Headline, bracket_text};
use crate::words;
use ratatui::layout::Rect;

/// Longest bar of the cap, in columns: a longer one would shout.
const BAR: u16 = 40;
/// Columns of the bar before and after it gives way to words.
const BARS: (u16, u16) = (12, 6);
/// Columns between two parts.
const GAP: u16 = 2;
/// What stands between two percentiles.
const BETWEEN: &str = " · ";

/// The parts of the headline as texts; an empty one is not there.
struct Parts {
    total: (String, Role),
    change: String,
    /// The cap in full, and without the cap itself.
    cap: [String; 2],
    cap_role: Role,
    bar: Option<(u64, u64)>,
    /// The percentiles with their roles, the most usual first.
    sure: Vec<(String, Role)>,
}

/// One way to lay the row out.
#[derive(Clone, Copy)]
struct Form {
    /// The word before the total.
    label: bool,
    /// The change, and whether in words.
    change: Option<bool>,
    /// Columns of the bar, at least.
    bar: u16,
    /// Which of the cap's texts; `None` for neither.
    cap: Option<usize>,
    /// How many percentiles.
    sure: usize,
}

/// The ways in the order in which parts give way.
const FORMS: [Form; 13] = {
    const fn form(label: bool, change: Option<bool>, bar: u16, cap: Option<usize>, sure: usize) -> Form {
        Form { label, change, bar, cap, sure }
    }
    [
        form(true, Some(true), BARS.0, Some(0), 2),
        form(true, Some(false), BARS.0, Some(0), 2),
        form(true, Some(false), BARS.1, Some(0), 2),
        form(true, Some(false), BARS.1, Some(0), 1),
        form(true, None, BARS.1, Some(0), 1),
        form(true, None, 0, Some(0), 1),
        form(true, None, 0, Some(1), 1),
        form(true, None, 0, Some(0), 0),
        form(true, None, 0, Some(1), 0),
        form(false, None, 0, Some(1), 0),
        form(true, None, 0, None, 1),
        form(true, None, 0, None, 0),
        form(false, None, 0, None, 0),
    ]
};

/// The headline in its rows.
pub(super) fn headline(canvas: &mut Canvas, input: &FrameInput, area: Rect) {
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let parts = Parts::of(input);
    if area.height >= digits::ROWS && large(canvas, area, &parts) {
        return;
    }
    row(canvas, area, &parts);
}

impl Parts {
    fn of(input: &FrameInput) -> Parts {
        let state = input.state;
        let headline = Headline::of(state.budget(), &state.estimate().totals, state.project.opening());
        let is_over = matches!(headline.against, Against::Over { .. });
        let total = match (headline.total, &state.estimate().totals.bracket) {
            (Some(total), _) => (total.to_string(), if is_over { Role::Bad } else { Role::Total }),
            (None, Some(bracket)) => (bracket_text(&state.budget().shown, bracket), Role::Warn),
            (None, None) => (words::unknown_beyond(headline.known), Role::Warn),
        };
        let change = headline.change.map(|change| change.signed()).unwrap_or_default();
        let (cap, cap_role) = match headline.against {
            Against::None => ([String::new(), String::new()], Role::Dim),
            Against::Unknown => ([words::cap_unknown().to_owned(), String::new()], Role::Warn),
            Against::WrongCurrency { cap, project } => {
                ([words::cap_wrong_currency(cap.code(), project.code()), String::new()], Role::Bad)
            }
            Against::Left { left, cap } => ([words::cap_left(left, cap), words::cap_left_alone(left)], Role::Good),
            Against::Over { over, cap } => ([words::cap_over_of(over, cap), words::cap_over(over)], Role::Bad),
            Against::OverAtLeast { over, cap } => {
                ([words::cap_over_at_least_of(over, cap), words::cap_over_at_least(over)], Role::Bad)
            }
        };
        Parts { total, change, cap, cap_role, bar: headline.bar, sure: percentiles(input) }
    }

    fn change_text(&self, in_words: bool) -> String {
        match (self.change.is_empty(), in_words) {
            (true, _) => String::new(),
            (false, true) => words::since_opening(&self.change),
            (false, false) => self.change.clone(),
        }
    }

    /// Columns of the row in this form.
    fn columns(&self, form: Form) -> u16 {
        let label = if form.label { columns_of(words::total()) + 1 } else { 0 };
        let part = |text: &str| if text.is_empty() { 0 } else { columns_of(text).saturating_add(GAP) };
        let change = form.change.map_or(0, |in_words| part(&self.change_text(in_words)));
        let bar = if self.bar.is_some() && form.bar > 0 { form.bar + GAP } else { 0 };
        let cap = form.cap.map_or(0, |at| part(&self.cap[at]));
        let sure = self.sure_columns(form.sure);
        [columns_of(&self.total.0), change, bar, cap, sure].into_iter().fold(label, u16::saturating_add)
    }

    /// Columns of some percentiles, with those before them.
    fn sure_columns(&self, count: usize) -> u16 {
        let between = columns_of(BETWEEN);
        let shown = self.sure.iter().take(count).map(|(text, _)| columns_of(text));
        shown.reduce(|sum, columns| sum + between + columns).map_or(0, |columns| columns + GAP)
    }

    /// Draws some percentiles at the right end of a row.
    fn draw_sure(&self, canvas: &mut Canvas, area: Rect, row: u16, count: usize) {
        let mut column = area.width.saturating_sub(self.sure_columns(count).saturating_sub(GAP));
        for (at, (text, role)) in self.sure.iter().take(count).enumerate() {
            if at > 0 {
                column += canvas.text_at(area, column, row, BETWEEN, Role::Dim);
            }
            column += canvas.text_at(area, column, row, text, *role);
        }
    }
}

/// The percentiles of the total, a sign in the place of those that are not there yet. Each over the cap says so: beside a total
/// within the cap it is what one has to know. Named risks with a fault are not in them, and the first says so.
fn percentiles(input: &FrameInput) -> Vec<(String, Role)> {
    let state = input.state;
    match state.how_sure() {
        HowSure::Awaited => {
            let name = figures::percentile_name(BESIDE_TOTAL[0]);
            vec![(words::headline_percentile_awaited(name), Role::Dim)]
        }
        HowSure::Missing(_) => Vec::new(),
        HowSure::Known(risk) => {
            let told = figures::percentiles(state.budget(), state.estimate(), risk);
            let text = |told: figures::Percentile| match told.is_over {
                true => (words::headline_percentile_over(told.name, told.amount), Role::Warn),
                false => (words::headline_percentile(told.name, told.amount), Role::Value),
            };
            let mut told: Vec<(String, Role)> = told.into_iter().map(text).collect();
            let broken = state.project.broken_risks();
            if let Some(first) = told.first_mut().filter(|_| broken > 0) {
                *first = (words::headline_without_risks(&first.0, broken), Role::Warn);
            }
            told
        }
    }
}

fn columns_of(text: &str) -> u16 {
    u16::try_from(width(text)).unwrap_or(u16::MAX)
}

fn row(canvas: &mut Canvas, area: Rect, parts: &Parts) {
    let fits = |form: &Form| parts.columns(*form) <= area.width;
    let form = FORMS.into_iter().find(fits).unwrap_or(FORMS[FORMS.len() - 1]);
    let mut column = 0;
    if form.label {
        column = canvas.text(area, 0, words::total(), Role::Label) + 1;
    }
    column += canvas.text_at(area, column, 0, &parts.total.0, parts.total.1);
    if let Some(change) = form.change.map(|in_words| parts.change_text(in_words)).filter(|text| !text.is_empty()) {
        column += GAP;
        column += canvas.text_at(area, column, 0, &change, Role::Text);
    }
    if let Some(bar) = parts.bar.filter(|_| form.bar > 0) {
        let spare = area.width.saturating_sub(parts.columns(form));
        let room = form.bar.saturating_add(spare).min(BAR);
        column += GAP;
        cap_bar(canvas, area, (column, 0, room), bar);
        column += room;
    }
    if let Some(at) = form.cap.filter(|at| !parts.cap[*at].is_empty()) {
        canvas.text_at(area, column.saturating_add(GAP), 0, &parts.cap[at], parts.cap_role);
    }
    parts.draw_sure(canvas, area, 0, form.sure);
}

/// The total in block digits, beside them the change, the bar and the cap on a row each; returns false without the room.
fn large(canvas: &mut Canvas, area: Rect, parts: &Parts) -> bool {
    let Some(end) = digits::columns(&parts.total.0) else { return false };
    let left = end.saturating_add(3);
    let beside = Rect { x: area.x.saturating_add(left), width: area.width.saturating_sub(left), ..area };
    let change = parts.change_text(true);
    let first = parts.columns(Form { label: true, change: Some(true), bar: 0, cap: None, sure: 0 });
    let third = columns_of(&parts.cap[0]).saturating_add(parts.sure_columns(parts.sure.len()));
    let needed = first.max(third);
    if left.saturating_add(needed.max(BARS.0)) > area.width {
        return false;
    }
    digits::draw(canvas, area, &parts.total.0, parts.total.1);
    // The figure once more as text: blocks can be neither copied nor read aloud.
    let label = canvas.text(beside, 0, words::total(), Role::Label).saturating_add(1);
    let label = label.saturating_add(canvas.text_at(beside, label, 0, &parts.total.0, Role::Label));
    canvas.text_at(beside, label.saturating_add(GAP), 0, &change, Role::Text);
    let below = Rect { width: beside.width.min(2 * BAR), ..beside };
    if let Some(bar) = parts.bar {
        cap_bar(canvas, beside, (0, 1, below.width), bar);
    }
    canvas.text(beside, 2, &parts.cap[0], parts.cap_role);
    // At the right end of the bar; without a cap there is nothing between them and the total.
    let sure = if parts.cap[0].is_empty() { third.saturating_sub(GAP) } else { below.width.max(third) };
    parts.draw_sure(canvas, Rect { width: sure, ..beside }, 2, parts.sure.len());
    true
}

/// A bar of the total beside the cap, in whole columns, since a part of one would leave a gap before the track: within the cap
/// what it takes of it, over it the cap as a mark and what is beyond, so that twice the cap looks like twice the cap.
fn cap_bar(canvas: &mut Canvas, area: Rect, (column, row, room): (u16, u16, u16), (total, cap): (u64, u64)) {
    let [full, mark, beyond, track] =
        if canvas.is_ascii() { ["#", "|", "!", "."] } else { ["█", "┃", "▓", "░"] };
    let of = |part: u64, whole: u64| {
        let columns = (u128::from(part) * u128::from(room)).checked_div(u128::from(whole)).unwrap_or(0);
        // Never all or nothing, unless it is.
        let least = u16::from(part > 0);
        u16::try_from(columns).unwrap_or(room).clamp(least, room.saturating_sub(u16::from(part < whole)).max(least))
    };
    let runs = match total <= cap {
        true => [(full, of(total, cap), Role::Bar), (track, room, Role::BarRest), (track, 0, Role::BarRest)],
        false => [(full, of(cap, total), Role::Bar), (mark, 1, Role::Bad), (beyond, room, Role::Bad)],
    };
    let mut at = 0;
    for (sign, columns, role) in runs {
        let columns = columns.min(room - at);
        canvas.text_at(area, column + at, row, &sign.repeat(usize::from(columns)), role);
        at += columns;
    }
}
