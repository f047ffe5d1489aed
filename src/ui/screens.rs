//! How each screen is laid out, drawn, scrolled and clicked: a file with a row for each.

pub(super) mod bills;
mod risk;
mod scenarios;
mod worksheet;

use super::canvas::{Canvas, FrameInput};
use super::layout::{Arrangement, Layout};
use crate::app::Screen;
use crate::app::actions::mouse::Target;
use ratatui::layout::Position;

/// One row of the table.
pub(super) struct Drawn {
    /// How it stands in a window.
    pub(super) arrangement: Arrangement,
    /// Draws what it has beside the panes.
    pub(super) draw: fn(&mut Canvas, &FrameInput, &Layout),
    /// How far its table scrolls; without limit if it has no table.
    pub(super) furthest_scroll: fn(&FrameInput, &Layout) -> usize,
    /// The target of a click on a cell that it drew.
    pub(super) target: fn(&FrameInput, &Layout, Position) -> Option<Target>,
}

/// The screen's row.
pub(super) fn drawn(screen: Screen) -> &'static Drawn {
    match screen {
        Screen::Worksheet => &worksheet::SCREEN,
        Screen::Bills => &bills::SCREEN,
        Screen::Risk => &risk::SCREEN,
        Screen::Scenarios => &scenarios::SCREEN,
    }
}

/// The first line in sight of a text that follows what is selected in it.
pub(super) fn first_line(input: &FrameInput, places: &Layout) -> usize {
    match input.state.view.screen {
        Screen::Risk => risk::first_line(input, places),
        Screen::Worksheet | Screen::Bills | Screen::Scenarios => 0,
    }
}
