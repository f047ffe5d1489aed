//! Where everything stands: a pure function of the window's size, so that drawing and clicking can never disagree.

use crate::cost::Pane;
use ratatui::layout::Rect;

/// Least window that still shows figures; below it one line asks for room.
pub const LEAST: (u16, u16) = (20, 5);
/// Least window for all four panes.
const FOUR_PANES: (u16, u16) = (80, 24);
/// Least window for the list beside the panes.
const LIST_BESIDE: (u16, u16) = (110, 28);
/// Least rows between header and footer that leave one for the tabs.
const TABS: u16 = 12;
/// Least columns of a lower panel where three stand beside each other.
const PANEL: u16 = 44;
/// How the panes share the whole width.
const PANES: [u16; 4] = [24, 18, 20, 18];

/// How much of the worksheet a window has room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One line that asks for room.
    TooSmall,
    /// One pane at a time.
    OnePane,
    /// Four panes, the list folded into one line.
    Folded,
    /// The list beside the panes.
    Full,
}

/// The places of a window; a place without room is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// How much there is room for.
    pub shape: Shape,
    /// Project, model, prices, saved or not.
    pub header: Rect,
    /// The screens' names.
    pub tabs: Rect,
    /// Deliverables, their sums below.
    pub list: Rect,
    /// The list in one line.
    pub fold: Rect,
    /// The knob panes that are shown.
    pub panes: Vec<(Pane, Rect)>,
    /// The sentence that the figures make.
    pub strip: Rect,
    /// Total and cap, where the list does not hold them.
    pub total: Rect,
    /// The panel with the parts of the bill.
    pub shares: Rect,
    /// The panel of notes.
    pub notes: Rect,
    /// The calculation of the selected deliverable.
    pub why: Rect,
    /// The other bills, a line each.
    pub others: Rect,
    /// The table of a screen that has one.
    pub table: Rect,
    /// The facts about the selected column, if the table does not hold them.
    pub about: Rect,
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
    /// All of the screen where the list is folded.
    pub folded: Arrange,
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
    /// Lines of the panel of other bills.
    pub others: usize,
}

/// Lays a window out.
#[must_use]
pub fn layout(area: Rect, scene: &Scene) -> Layout {
    let shape = if area.width < LEAST.0 || area.height < LEAST.1 {
        Shape::TooSmall
    } else if area.width < FOUR_PANES.0 || area.height < FOUR_PANES.1 {
        Shape::OnePane
    } else if area.width < LIST_BESIDE.0 || area.height < LIST_BESIDE.1 {
        Shape::Folded
    } else {
        Shape::Full
    };
    let mut cut = Cut { rest: area };
    let empty = Layout {
        shape,
        header: Rect::ZERO,
        tabs: Rect::ZERO,
        list: Rect::ZERO,
        fold: Rect::ZERO,
        panes: Vec::new(),
        strip: Rect::ZERO,
        total: Rect::ZERO,
        shares: Rect::ZERO,
        notes: Rect::ZERO,
        why: Rect::ZERO,
        others: Rect::ZERO,
        table: Rect::ZERO,
        about: Rect::ZERO,
        notice: Rect::ZERO,
        footer: Rect::ZERO,
    };
    let screen = scene.arrangement;
    match (shape, scene.zoomed, scene.focused) {
        (Shape::TooSmall, ..) => empty,
        (Shape::OnePane, _, Some(_)) => one_pane(&mut cut, empty, scene),
        (Shape::OnePane, _, None) => (screen.small)(&mut cut, empty, scene),
        (Shape::Folded | Shape::Full, true, Some(_)) => {
            one_pane(&mut cut, Layout { shape: Shape::OnePane, ..empty }, scene)
        }
        (Shape::Folded | Shape::Full, true, None) => (screen.alone)(&mut cut, empty, scene),
        (Shape::Folded, false, _) => (screen.folded)(&mut cut, empty, scene),
        (Shape::Full, false, _) => (screen.full)(&mut cut, empty, scene),
    }
}

/// Header and tabs at the top, keys and notices at the bottom, as far as there is height for them.
pub(super) fn around(cut: &mut Cut, layout: &mut Layout) {
    layout.header = cut.top(1);
    layout.footer = cut.bottom(1);
    if cut.rest.height >= TABS {
        layout.tabs = cut.top(1);
    }
}

/// The same with the total and the list in one line each, for a window with room for one thing: the list's line only if that
/// leaves the thing `least` rows.
pub(super) fn around_one(cut: &mut Cut, layout: &mut Layout, least: u16) {
    around(cut, layout);
    layout.total = cut.bottom(1);
    if cut.rest.height >= 8 {
        layout.notice = cut.bottom(1);
    }
    if cut.rest.height > least {
        layout.fold = cut.top(1);
    }
}

/// The focused pane, or the finals if no pane is focused.
pub(super) fn one_pane(cut: &mut Cut, mut layout: Layout, scene: &Scene) -> Layout {
    around_one(cut, &mut layout, 4);
    if cut.rest.height >= 7 {
        layout.strip = cut.bottom(2);
    }
    layout.panes = vec![(scene.focused.unwrap_or(Pane::Finals), cut.rest)];
    layout
}

pub(super) fn list_alone(cut: &mut Cut, mut layout: Layout, _: &Scene) -> Layout {
    around(cut, &mut layout);
    layout.notice = cut.bottom(1);
    layout.list = cut.rest;
    layout
}

pub(super) fn folded(cut: &mut Cut, mut layout: Layout, scene: &Scene) -> Layout {
    panes_above(cut, &mut layout, &Heights { panes: 8, taken: 19, total: 3 });
    lower(cut.rest, &mut layout, scene.others);
    layout
}

/// How a screen below the panes shares its height with them, in rows.
pub(super) struct Heights {
    /// The panes, at least.
    pub(super) panes: u16,
    /// Of the rows below the tabs and the list's line, those that are taken; the panes get up to 6 of half the others.
    pub(super) taken: u16,
    /// The total, if any row is left: with 3, a blank row above it, which gives way to the tabs first.
    pub(super) total: u16,
}

/// Puts the list's line, the four panes, the sentence and the total on top of a screen; the rest of the cut is its own.
pub(super) fn panes_above(cut: &mut Cut, layout: &mut Layout, heights: &Heights) {
    around(cut, layout);
    layout.notice = cut.bottom(1);
    layout.fold = cut.top(1);
    let spare = cut.rest.height.saturating_sub(heights.taken);
    let panes = cut.top(heights.panes + (spare / 2).min(6));
    layout.panes = pane_row(panes, PANES);
    layout.strip = cut.top(2);
    layout.total = cut.top(if spare > 0 { heights.total } else { 2 });
}

pub(super) fn full(cut: &mut Cut, mut layout: Layout, scene: &Scene) -> Layout {
    around(cut, &mut layout);
    layout.notice = cut.bottom(1);
    layout.list = cut.left(beside(cut.rest.width));
    let spare = cut.rest.height.saturating_sub(25);
    let panes = cut.top(12 + (spare / 2).min(4 + spare / 8));
    layout.panes = pane_row(panes, [26, 18, 21, 19]);
    layout.strip = cut.top(3);
    if cut.rest.height >= 16 {
        layout.why = cut.bottom((cut.rest.height / 2).max(cut.rest.height.saturating_sub(11)));
    }
    lower(cut.rest, &mut layout, scene.others);
    layout
}

/// Columns of the panel beside the rest: three tenths of the width. From 200 columns on it is 60, whatever the width: three
/// times that of a window need not fit its type.
pub(super) fn beside(width: u16) -> u16 {
    (width.min(200) * 3 / 10).clamp(34, 60)
}

/// Shares, notes, and the other bills: beside them where three panels have room, else below the notes.
fn lower(area: Rect, layout: &mut Layout, others: usize) {
    let mut cut = Cut { rest: area };
    let lines = u16::try_from(others).unwrap_or(u16::MAX).saturating_add(2);
    if area.width >= 3 * PANEL && area.height >= 5 {
        layout.shares = cut.left(area.width / 3);
        layout.others = cut.right(area.width / 3);
        layout.notes = cut.rest;
    } else if area.width >= 70 {
        layout.shares = cut.left(area.width.div_ceil(2));
        // The notes keep two lines.
        if area.height >= 10 {
            layout.others = cut.bottom(lines.min(area.height - 4));
        }
        layout.notes = cut.rest;
    } else {
        layout.shares = area;
    }
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
