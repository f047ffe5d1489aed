//! Where everything stands: a pure function of the window's size, so that drawing and clicking can never disagree.

use crate::cost::Pane;
use ratatui::layout::Rect;

/// Least window that still shows figures; below it one line asks for room.
pub const LEAST: (u16, u16) = (20, 5);
/// Least window for all four panes.
const FOUR_PANES: (u16, u16) = (80, 24);
/// Least window for the list beside the panes.
const LIST_BESIDE: (u16, u16) = (110, 28);

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
}

/// Lays a window out. `focused` is the pane that is shown where only one has room, `zoomed` what has the window to itself.
#[must_use]
pub fn layout(area: Rect, focused: Pane, zoomed: Option<Zoom>) -> Layout {
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
        list: Rect::ZERO,
        fold: Rect::ZERO,
        panes: Vec::new(),
        strip: Rect::ZERO,
        total: Rect::ZERO,
        shares: Rect::ZERO,
        notes: Rect::ZERO,
        why: Rect::ZERO,
        notice: Rect::ZERO,
        footer: Rect::ZERO,
    };
    match shape {
        Shape::TooSmall => empty,
        Shape::Folded | Shape::Full if zoomed == Some(Zoom::List) => list_alone(&mut cut, empty),
        Shape::Folded | Shape::Full if zoomed.is_some() => {
            one_pane(&mut cut, Layout { shape: Shape::OnePane, ..empty }, focused)
        }
        Shape::OnePane => one_pane(&mut cut, empty, focused),
        Shape::Folded => folded(&mut cut, empty),
        Shape::Full => full(&mut cut, empty),
    }
}

fn one_pane(cut: &mut Cut, mut layout: Layout, focused: Pane) -> Layout {
    layout.header = cut.top(1);
    layout.footer = cut.bottom(1);
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
    layout.header = cut.top(1);
    layout.footer = cut.bottom(1);
    layout.notice = cut.bottom(1);
    layout.list = cut.rest;
    layout
}

fn folded(cut: &mut Cut, mut layout: Layout) -> Layout {
    layout.header = cut.top(1);
    layout.footer = cut.bottom(1);
    layout.notice = cut.bottom(1);
    layout.fold = cut.top(1);
    let spare = cut.rest.height.saturating_sub(20);
    let panes = cut.top(8 + (spare / 2).min(6));
    layout.panes = pane_row(panes, [24, 18, 20, 18]);
    layout.strip = cut.top(2);
    layout.total = cut.top(3);
    (layout.shares, layout.notes) = lower(cut.rest);
    layout
}

fn full(cut: &mut Cut, mut layout: Layout) -> Layout {
    layout.header = cut.top(1);
    layout.footer = cut.bottom(1);
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
    (layout.shares, layout.notes) = lower(cut.rest);
    layout
}

fn lower(area: Rect) -> (Rect, Rect) {
    if area.width >= 70 {
        let mut cut = Cut { rest: area };
        let left = cut.left(area.width.div_ceil(2));
        return (left, cut.rest);
    }
    (area, Rect::ZERO)
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

    fn left(&mut self, width: u16) -> Rect {
        let width = width.min(self.rest.width);
        let piece = Rect { width, ..self.rest };
        self.rest = Rect { x: self.rest.x + width, width: self.rest.width - width, ..self.rest };
        piece
    }
}
