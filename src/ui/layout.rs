//! Where everything stands: a pure function of the window's size, so that drawing and clicking can never disagree.

use super::tabs;
use crate::cost::Pane;
use ratatui::layout::Rect;

/// Least window that still shows figures; below it one line asks for room.
pub const LEAST: (u16, u16) = (20, 5);
/// Least window for all four panes.
const FOUR_PANES: (u16, u16) = (80, 24);
/// Least window for the list beside the panes.
const LIST_BESIDE: (u16, u16) = (110, 28);
/// Least height for the tabs on a row of their own, and for the little bars.
pub(super) const TABS_APART: u16 = 28;
/// Least rows between header and footer that leave one for the tabs.
const TABS: u16 = 12;
/// Least window for the total in large digits.
const LARGE: (u16, u16) = (60, 40);
/// Rows of the panels whose contents differ from one deliverable to the next: the same for all, so that nothing moves.
const PANEL: u16 = 9;
/// Most rows of the panel with the deliverables as one band.
const BAND: u16 = 6;
/// Least height with a blank row above the large digits, and with the curve of the knob in hand below everything.
const ROOMY: u16 = 55;
/// Most rows of the calculation: few have more steps.
const WHY: u16 = 16;
/// Fewest and most rows of the panel with the curve of the knob in hand, and those that it leaves the others.
const CURVE: (u16, u16, u16) = (7, 14, 42);
/// Columns in which the four panes beside the list show their values whole, and those that the list keeps.
const PANES_BESIDE: u16 = 74;
const LEAST_LIST: u16 = 44;
/// Least rows of a panel.
const LEAST_PANEL: u16 = 5;
/// How the panes share the whole width.
const PANES: [u16; 4] = [27, 16, 19, 18];

/// How much of the worksheet a window has room for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shape {
    /// One line that asks for room.
    #[default]
    TooSmall,
    /// One pane at a time.
    OnePane,
    /// Four panes, the list below them.
    Below,
    /// The list beside the panes.
    Full,
}

/// The places of a window; a place without room is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// How much there is room for.
    pub shape: Shape,
    /// Project, model, prices, saved or not.
    pub header: Rect,
    /// The screens' names.
    pub tabs: Rect,
    /// The total and the cap.
    pub headline: Rect,
    /// Deliverables, their sums below.
    pub list: Rect,
    /// The knob panes that are shown.
    pub panes: Vec<(Pane, Rect)>,
    /// The sentence that the figures make.
    pub strip: Rect,
    /// The panel with the parts of the bill.
    pub shares: Rect,
    /// The panel of notes.
    pub notes: Rect,
    /// The calculation of the selected deliverable.
    pub why: Rect,
    /// The other bills, a line each.
    pub others: Rect,
    /// The way from the official bill to another one.
    pub walk: Rect,
    /// The deliverables as parts of one band.
    pub band: Rect,
    /// The table of a screen that has one.
    pub table: Rect,
    /// The facts about the selected column, if the table does not hold them.
    pub about: Rect,
    /// The total across the range of the knob in hand.
    pub curve: Rect,
    /// What to do in an empty project.
    pub card: Rect,
    /// Notices.
    pub notice: Rect,
    /// Keys.
    pub footer: Rect,
}

/// Puts a screen's places into what is left of a window.
pub type Arrange = fn(&mut Cut, Layout, &Scene) -> Layout;

/// How a screen stands in a window, by the room that there is.
pub struct Arrangement {
    /// The list or table beside the panes, in a window with room for one panel.
    pub small: Arrange,
    /// The same with a large window to itself.
    pub alone: Arrange,
    /// All of the screen where the list has no room beside the panes.
    pub below: Arrange,
    /// All of the screen.
    pub full: Arrange,
}

/// The inputs of the layout.
#[derive(Clone, Copy)]
pub struct Scene {
    /// How the screen stands in the window.
    pub arrangement: &'static Arrangement,
    /// The panel shown if only one has room: a pane; `None` for the list or table beside the panes.
    pub focused: Option<Pane>,
    /// Whether that has the window to itself.
    pub zoomed: bool,
    /// Whether there is nothing but a card that says how to begin.
    pub empty: bool,
    /// Whether a deliverable is selected, so that its knobs have curves.
    pub curves: bool,
    /// Rows that the list needs to show all, its headings and sums included.
    pub rows: usize,
    /// Lines of the panel of other bills.
    pub others: usize,
    /// Lines of the way from the official bill to another one; 0 without one.
    pub walk: usize,
}

/// Lays a window out.
#[must_use]
pub fn layout(area: Rect, scene: &Scene) -> Layout {
    let shape = if area.width < LEAST.0 || area.height < LEAST.1 {
        Shape::TooSmall
    } else if area.width < FOUR_PANES.0 || area.height < FOUR_PANES.1 {
        Shape::OnePane
    } else if area.width < LIST_BESIDE.0 || area.height < LIST_BESIDE.1 {
        Shape::Below
    } else {
        Shape::Full
    };
    let mut cut = Cut { rest: area };
    let empty = Layout { shape, ..Layout::default() };
    let screen = scene.arrangement;
    match (shape, scene.zoomed, scene.focused) {
        (Shape::TooSmall, ..) => empty,
        _ if scene.empty => card(&mut cut, empty),
        (Shape::OnePane, _, Some(_)) => one_pane(&mut cut, empty, scene),
        (Shape::OnePane, _, None) => (screen.small)(&mut cut, empty, scene),
        (Shape::Below | Shape::Full, true, Some(_)) => {
            one_pane(&mut cut, Layout { shape: Shape::OnePane, ..empty }, scene)
        }
        (Shape::Below | Shape::Full, true, None) => (screen.alone)(&mut cut, empty, scene),
        (Shape::Below, false, _) => (screen.below)(&mut cut, empty, scene),
        (Shape::Full, false, _) => (screen.full)(&mut cut, empty, scene),
    }
}

/// Title, tabs and headline at the top, keys and notices at the bottom, as far as there is height for them. Where rows are few,
/// title and tabs share one.
pub(super) fn around(cut: &mut Cut, layout: &mut Layout) {
    let large = cut.rest.width >= LARGE.0 && cut.rest.height >= LARGE.1;
    let roomy = cut.rest.height >= ROOMY;
    let (apart, shared) = (cut.rest.height >= TABS_APART, cut.rest.width >= FOUR_PANES.0);
    layout.header = cut.top(1);
    layout.footer = cut.bottom(1);
    if apart || (!shared && cut.rest.height > TABS) {
        layout.tabs = cut.top(1);
    } else if shared {
        let mut title = Cut { rest: layout.header };
        layout.tabs = title.right(tabs::columns());
        layout.header = title.rest;
    }
    cut.top(u16::from(large && roomy));
    layout.headline = cut.top(if large { 3 } else { 1 });
}

/// The card of an empty project.
fn card(cut: &mut Cut, mut layout: Layout) -> Layout {
    around(cut, &mut layout);
    layout.headline = Rect::ZERO;
    layout.notice = cut.bottom(1);
    layout.card = cut.rest;
    layout
}

/// What a window with room for one thing has around it.
pub(super) fn around_one(cut: &mut Cut, layout: &mut Layout) {
    around(cut, layout);
    if cut.rest.height >= 8 {
        layout.notice = cut.bottom(1);
    }
}

/// The focused pane, or the finals if no pane is focused.
pub(super) fn one_pane(cut: &mut Cut, mut layout: Layout, scene: &Scene) -> Layout {
    around_one(cut, &mut layout);
    if cut.rest.height >= 7 {
        layout.strip = cut.bottom(2);
    }
    layout.panes = vec![(scene.focused.unwrap_or(Pane::Finals), cut.rest)];
    layout
}

/// The list in the room of one pane.
pub(super) fn list_small(cut: &mut Cut, mut layout: Layout, _: &Scene) -> Layout {
    around_one(cut, &mut layout);
    layout.list = cut.rest;
    layout
}

/// The list with a large window to itself.
pub(super) fn list_alone(cut: &mut Cut, mut layout: Layout, _: &Scene) -> Layout {
    around(cut, &mut layout);
    layout.notice = cut.bottom(1);
    layout.list = cut.rest;
    layout
}

/// The panes above, the list on the lower left, notes on the right.
pub(super) fn list_below(cut: &mut Cut, mut layout: Layout, scene: &Scene) -> Layout {
    panes_above(cut, &mut layout, Heights { panes: 11, kept: 8 });
    let mut left = Cut { rest: cut.left(cut.rest.width / 5 * 3) };
    layout.list = list_place(&mut left, scene);
    if left.rest.height >= LEAST_PANEL {
        layout.others = left.top(bill_rows(scene));
    }
    if cut.rest.height >= 12 {
        layout.shares = cut.top(PANEL.min(cut.rest.height - LEAST_PANEL));
    }
    layout.notes = cut.rest;
    layout
}

/// How a screen below the panes shares its height with them, in rows.
#[derive(Clone, Copy)]
pub(super) struct Heights {
    /// The panes, at least.
    pub(super) panes: u16,
    /// What comes below them, at least; the panes get a fifth of the other rows, up to 5.
    pub(super) kept: u16,
}

/// A screen of one table: it has the whole window where there is only one pane, else all below the panes.
pub(super) const ONE_TABLE: Arrangement =
    Arrangement { small: table_alone, alone: table_alone, below: table_below, full: table_below };

fn table_alone(cut: &mut Cut, mut layout: Layout, _: &Scene) -> Layout {
    around_one(cut, &mut layout);
    layout.table = cut.rest;
    layout
}

fn table_below(cut: &mut Cut, mut layout: Layout, _: &Scene) -> Layout {
    panes_above(cut, &mut layout, Heights { panes: 5, kept: 14 });
    layout.table = cut.rest;
    layout
}

/// Puts the four panes and the sentence on top of a screen; the rest of the cut is its own.
pub(super) fn panes_above(cut: &mut Cut, layout: &mut Layout, heights: Heights) {
    around(cut, layout);
    layout.notice = cut.bottom(1);
    panes_and_strip(cut, layout, heights, PANES);
}

fn panes_and_strip(cut: &mut Cut, layout: &mut Layout, heights: Heights, weights: [u16; 4]) {
    let spare = cut.rest.height.saturating_sub(heights.panes + 1 + heights.kept);
    let panes = cut.top(heights.panes + (spare / 5).min(5));
    layout.panes = pane_row(panes, weights);
    // A second row for the drafts, where none of the panels needs it.
    layout.strip = cut.top(if spare >= 16 { 2 } else { 1 });
}

/// The list on the left as high as its rows, the money of the bills below it; panes, parts, notes and calculation on the right.
pub(super) fn full(cut: &mut Cut, mut layout: Layout, scene: &Scene) -> Layout {
    around(cut, &mut layout);
    layout.notice = cut.bottom(1);
    let (least, most, others) = CURVE;
    let curve = cut.rest.height.saturating_sub(others).min(most);
    if scene.curves && curve >= least {
        layout.curve = cut.bottom(curve);
    }
    let mut left = Cut { rest: cut.left(list_columns(cut.rest.width)) };
    layout.list = list_place(&mut left, scene);
    pictures(&mut left, &mut layout, scene);
    panes_and_strip(cut, &mut layout, Heights { panes: 13, kept: PANEL }, beside_the_list(cut.rest.width));
    let mut upper = Cut { rest: cut.top(if cut.rest.height >= PANEL + LEAST_PANEL { PANEL } else { cut.rest.height }) };
    layout.shares = upper.left(upper.rest.width.div_ceil(2));
    layout.notes = upper.rest;
    let bills_below = layout.others.is_empty() && cut.rest.height >= LEAST_PANEL;
    if bills_below {
        let rows = bill_rows(scene).max(walk_rows(scene)).min(cut.rest.height);
        let mut lower = Cut { rest: cut.top(rows) };
        layout.others = if walk_rows(scene) > 0 { lower.left(lower.rest.width.div_ceil(2)) } else { lower.rest };
        layout.walk = if walk_rows(scene) > 0 { lower.rest } else { Rect::ZERO };
    }
    // Of fewer steps nobody reads a calculation.
    if cut.rest.height >= LEAST_PANEL + 2 {
        layout.why = cut.top(WHY);
    } else {
        let spare = cut.rest.height;
        let grown = |place: Rect| Rect { height: place.height + spare, ..place };
        (layout.shares, layout.notes) = (grown(layout.shares), grown(layout.notes));
        if bills_below {
            let moved = |place: Rect| Rect { y: place.y + spare, ..place };
            (layout.others, layout.walk) = (moved(layout.others), moved(layout.walk));
        }
    }
    layout
}

/// How the panes beside the list share their width: where it just suffices, the first one keeps the room for its
/// title.
fn beside_the_list(width: u16) -> [u16; 4] {
    if (PANES_BESIDE..PANES_BESIDE + 6).contains(&width) { [26, 15, 16, 17] } else { [24, 15, 16, 17] }
}

/// Below the list: the bills, the way from the official one to another, and the deliverables as parts of one band. Where there is
/// twice the room, a blank row stands between two bars. Rows that nothing needs are the list's.
fn pictures(left: &mut Cut, layout: &mut Layout, scene: &Scene) {
    let (bills, walk) = (bill_rows(scene), walk_rows(scene));
    if left.rest.height < bills.max(LEAST_PANEL) {
        return;
    }
    let has_double = scene.walk > 0 && left.rest.height >= 2 * (bills + walk) + LEAST_PANEL - 6;
    let rows = |rows: u16| if has_double && rows > 0 { 2 * rows - 3 } else { rows };
    layout.others = left.top(rows(bills));
    if walk > 0 && left.rest.height >= walk {
        layout.walk = left.top(rows(walk));
    }
    if left.rest.height >= LEAST_PANEL {
        layout.band = left.top(BAND);
    }
    let (least, most, _) = CURVE;
    if scene.curves && layout.curve.is_empty() && left.rest.height >= least {
        layout.curve = left.top(most);
    }
    let spare = left.rest.height;
    layout.list.height += spare;
    for place in [&mut layout.others, &mut layout.walk, &mut layout.band] {
        place.y += spare;
    }
    if layout.curve.x == layout.list.x && layout.curve.width == layout.list.width {
        layout.curve.y += spare;
    }
}

/// Rows of the panel with the way to another bill, 0 without one.
fn walk_rows(scene: &Scene) -> u16 {
    if scene.walk == 0 { 0 } else { u16::try_from(scene.walk).unwrap_or(u16::MAX).saturating_add(2) }
}

/// The list's share of a column: as high as its rows, and all of it if the rest would hold no panel.
fn list_place(column: &mut Cut, scene: &Scene) -> Rect {
    let rows = u16::try_from(scene.rows).unwrap_or(u16::MAX).saturating_add(2);
    let all = column.rest.height;
    column.top(if all.saturating_sub(rows) < bill_rows(scene).max(LEAST_PANEL) { all } else { rows })
}

/// Rows of the panel of bills with its frame.
fn bill_rows(scene: &Scene) -> u16 {
    u16::try_from(scene.others).unwrap_or(u16::MAX).saturating_add(2)
}

/// Columns of the list beside the panes, which leaves them what they need: in wide windows it has size, quality and model too.
fn list_columns(width: u16) -> u16 {
    match width {
        0..160 => (width * 2 / 5).min(width.saturating_sub(PANES_BESIDE).max(LEAST_LIST)),
        _ => 78 + (width.min(240) - 160) * 3 / 10,
    }
}

/// Columns of the panel beside the rest: three tenths of the width. From 200 columns on it is 60, whatever the width: three
/// times that of a window need not fit its type.
pub(super) fn beside(width: u16) -> u16 {
    (width.min(200) * 3 / 10).clamp(34, 60)
}

/// Shares a row out by weight, every column of it used.
fn pane_row(area: Rect, weights: [u16; 4]) -> Vec<(Pane, Rect)> {
    let sum: u32 = weights.iter().map(|weight| u32::from(*weight)).sum();
    let mut edge = 0_u32;
    let mut left = area.x;
    let mut panes = Vec::with_capacity(4);
    for (pane, weight) in Pane::ALL.into_iter().zip(weights) {
        edge += u32::from(weight);
        let right = area.x + u16::try_from(u32::from(area.width) * edge / sum).unwrap_or(area.width);
        panes.push((pane, Rect { x: left, width: right - left, ..area }));
        left = right;
    }
    panes
}

/// Cuts pieces off a rectangle; what is not there is not cut.
pub struct Cut {
    pub(super) rest: Rect,
}

impl Cut {
    pub(super) fn top(&mut self, height: u16) -> Rect {
        let height = height.min(self.rest.height);
        let piece = Rect { height, ..self.rest };
        self.rest = Rect { y: self.rest.y + height, height: self.rest.height - height, ..self.rest };
        piece
    }

    pub(super) fn bottom(&mut self, height: u16) -> Rect {
        let height = height.min(self.rest.height);
        self.rest.height -= height;
        Rect { y: self.rest.y + self.rest.height, height, ..self.rest }
    }

    pub(super) fn right(&mut self, width: u16) -> Rect {
        let width = width.min(self.rest.width);
        self.rest.width -= width;
        Rect { x: self.rest.x + self.rest.width, width, ..self.rest }
    }

    pub(super) fn left(&mut self, width: u16) -> Rect {
        let width = width.min(self.rest.width);
        let piece = Rect { width, ..self.rest };
        self.rest = Rect { x: self.rest.x + width, width: self.rest.width - width, ..self.rest };
        piece
    }
}

#[cfg(test)]
mod tests {
    use super::super::screens;
    use crate::app::model::screen::TABS as SCREENS;
    use crate::ui::layout::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 20_000, ..ProptestConfig::default() })]

        /// A frame drawn over another one is the ugliest thing that a screen can do.
        #[test]
        fn no_two_places_share_a_cell(
            (width, height, rows, others, walk) in (20_u16..260, 5_u16..100, 0_usize..80, 1_usize..12, 0_usize..12),
            (screen, focused, zoomed, empty, curves) in (0..SCREENS.len(), 0..=Pane::ALL.len(), any::<bool>(), any::<bool>(), any::<bool>()),
        ) {
            let arrangement = &screens::drawn(SCREENS[screen].screen).arrangement;
            let focused = Pane::ALL.into_iter().nth(focused);
            let scene = Scene { arrangement, focused, zoomed, empty, curves, rows, others, walk };
            let window = Rect::new(0, 0, width, height);
            let Layout {
                shape: _, header, tabs, headline, list, panes, strip, shares, notes, why, others, walk, band, table, about,
                curve, card, notice, footer,
            } = layout(window, &scene);
            let mut places = vec![
                header, tabs, headline, list, strip, shares, notes, why, others, walk, band, table, about, curve, card, notice,
                footer,
            ];
            places.extend(panes.into_iter().map(|(_, pane)| pane));
            places.retain(|place| !place.is_empty());
            for (at, place) in places.iter().enumerate() {
                prop_assert_eq!(place.intersection(window), *place);
                for other in &places[at + 1..] {
                    prop_assert!(!place.intersects(*other), "{:?} and {:?} in {}x{}", place, other, width, height);
                }
            }
        }
    }
}
