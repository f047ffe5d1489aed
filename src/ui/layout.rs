//! Where everything stands: a pure function of the window's size, so that drawing and clicking can never disagree.

use crate::app::Screen;
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
    /// Where the money goes.
    pub shares: Rect,
    /// What is worth knowing.
    pub notes: Rect,
    /// How the selected deliverable's figures come about.
    pub why: Rect,
    /// The other bills, a line each.
    pub others: Rect,
    /// The table of bills.
    pub bills: Rect,
    /// The selected bill, where the table does not hold what is to be said of it.
    pub bill: Rect,
    /// Notices.
    pub notice: Rect,
    /// Keys.
    pub footer: Rect,
}

/// What has the window to itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zoom {
    /// The list of deliverables.
    List,
    /// A pane.
    Pane(Pane),
    /// The table of bills.
    Bills,
}

/// What there is to lay out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scene {
    /// What fills the window.
    pub screen: Screen,
    /// What is shown where only one thing has room: a pane, or none for what stands beside the panes.
    pub focused: Option<Pane>,
    /// What has the window to itself.
    pub zoomed: Option<Zoom>,
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
        bills: Rect::ZERO,
        bill: Rect::ZERO,
        notice: Rect::ZERO,
        footer: Rect::ZERO,
    };
    let focused = scene.focused.unwrap_or(Pane::Finals);
    let bills = scene.screen == Screen::Bills;
    match (shape, scene.zoomed) {
        (Shape::TooSmall, _) => empty,
        (Shape::OnePane, _) if bills && scene.focused.is_none() => bills_alone(&mut cut, empty),
        (Shape::Folded | Shape::Full, Some(Zoom::List)) => list_alone(&mut cut, empty),
        (Shape::Folded | Shape::Full, Some(Zoom::Bills)) => bills_alone(&mut cut, empty),
        (Shape::Folded | Shape::Full, Some(Zoom::Pane(_))) => {
            one_pane(&mut cut, Layout { shape: Shape::OnePane, ..empty }, focused)
        }
        (Shape::OnePane, _) => one_pane(&mut cut, empty, focused),
        (Shape::Folded | Shape::Full, None) if bills => bills_below(&mut cut, empty),
        (Shape::Folded, None) => folded(&mut cut, empty, scene.others),
        (Shape::Full, None) => full(&mut cut, empty, scene.others),
    }
}

/// Header and tabs at the top, keys and notices at the bottom, as far as there is height for them.
fn around(cut: &mut Cut, layout: &mut Layout) {
    layout.header = cut.top(1);
    layout.footer = cut.bottom(1);
    if cut.rest.height >= TABS {
        layout.tabs = cut.top(1);
    }
}

fn one_pane(cut: &mut Cut, mut layout: Layout, focused: Pane) -> Layout {
    around(cut, &mut layout);
    layout.total = cut.bottom(1);
    if cut.rest.height >= 8 {
        layout.notice = cut.bottom(1);
    }
    if cut.rest.height >= 5 {
        layout.fold = cut.top(1);
    }
    if cut.rest.height >= 7 {
        layout.strip = cut.bottom(2);
    }
    layout.panes = vec![(focused, cut.rest)];
    layout
}

fn list_alone(cut: &mut Cut, mut layout: Layout) -> Layout {
    around(cut, &mut layout);
    layout.notice = cut.bottom(1);
    layout.list = cut.rest;
    layout
}

fn bills_alone(cut: &mut Cut, mut layout: Layout) -> Layout {
    around(cut, &mut layout);
    layout.total = cut.bottom(1);
    if cut.rest.height >= 8 {
        layout.notice = cut.bottom(1);
    }
    if cut.rest.height >= 6 {
        layout.fold = cut.top(1);
    }
    (layout.bills, layout.bill) = beside_or_below(cut.rest);
    layout
}

/// The panes as low as they show three fields each, so that the table has the room.
fn bills_below(cut: &mut Cut, mut layout: Layout) -> Layout {
    around(cut, &mut layout);
    layout.notice = cut.bottom(1);
    layout.fold = cut.top(1);
    let spare = cut.rest.height.saturating_sub(18);
    let panes = cut.top(5 + (spare / 2).min(6));
    layout.panes = pane_row(panes, PANES);
    layout.strip = cut.top(2);
    layout.total = cut.top(2);
    (layout.bills, layout.bill) = beside_or_below(cut.rest);
    layout
}

/// The table, and what is to be said of the selected bill: below it, beside it, or in the table where neither has room.
fn beside_or_below(area: Rect) -> (Rect, Rect) {
    let mut cut = Cut { rest: area };
    if area.height >= 26 && area.width >= 60 {
        let below = cut.bottom((area.height / 2).min(area.height - 17));
        return (cut.rest, below);
    }
    if area.width >= 110 && area.height >= 8 {
        let table = cut.left(area.width - (area.width * 3 / 10).clamp(34, 60));
        return (table, cut.rest);
    }
    (area, Rect::ZERO)
}

fn folded(cut: &mut Cut, mut layout: Layout, others: usize) -> Layout {
    around(cut, &mut layout);
    layout.notice = cut.bottom(1);
    layout.fold = cut.top(1);
    let spare = cut.rest.height.saturating_sub(19);
    let panes = cut.top(8 + (spare / 2).min(6));
    layout.panes = pane_row(panes, PANES);
    layout.strip = cut.top(2);
    // The blank row above the total gives way to the tabs where every row is needed.
    layout.total = cut.top(if spare > 0 { 3 } else { 2 });
    lower(cut.rest, &mut layout, others);
    layout
}

fn full(cut: &mut Cut, mut layout: Layout, others: usize) -> Layout {
    around(cut, &mut layout);
    layout.notice = cut.bottom(1);
    let list = (cut.rest.width * 3 / 10).clamp(34, 60);
    layout.list = cut.left(list);
    let spare = cut.rest.height.saturating_sub(25);
    let panes = cut.top(12 + (spare / 2).min(4 + spare / 8));
    layout.panes = pane_row(panes, [26, 18, 21, 19]);
    layout.strip = cut.top(3);
    if cut.rest.height >= 16 {
        layout.why = cut.bottom((cut.rest.height / 2).max(cut.rest.height.saturating_sub(11)));
    }
    lower(cut.rest, &mut layout, others);
    layout
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
struct Cut {
    rest: Rect,
}

impl Cut {
    fn top(&mut self, height: u16) -> Rect {
        let height = height.min(self.rest.height);
        let piece = Rect { height, ..self.rest };
        self.rest = Rect { y: self.rest.y + height, height: self.rest.height - height, ..self.rest };
        piece
    }

    fn bottom(&mut self, height: u16) -> Rect {
        let height = height.min(self.rest.height);
        self.rest.height -= height;
        Rect { y: self.rest.y + self.rest.height, height, ..self.rest }
    }

    fn right(&mut self, width: u16) -> Rect {
        let width = width.min(self.rest.width);
        self.rest.width -= width;
        Rect { x: self.rest.x + self.rest.width, width, ..self.rest }
    }

    fn left(&mut self, width: u16) -> Rect {
        let width = width.min(self.rest.width);
        let piece = Rect { width, ..self.rest };
        self.rest = Rect { x: self.rest.x + width, width: self.rest.width - width, ..self.rest };
        piece
    }
}
