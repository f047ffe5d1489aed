//! A picture of the dashboard's first screen, for a page that shows the program.

use super::open::EstimatedProject;
use crate::app::State;
use crate::app::model::outcome::Opened;
use crate::config::keys::default_keymap;
use crate::ui::svg::{self, Ground};
use crate::ui::theme::{ColourDepth, Theme};
use crate::ui::{FrameInput, draw};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Its name as a format of an estimate.
pub(super) const NAME: &str = "svg";
/// Columns and rows of the window.
const WINDOW: (u16, u16) = (120, 36);
/// The theme, whatever the settings of whoever makes the picture are.
const THEME: &str = "dark";

/// The project as the dashboard shows it when it opens, as SVG; empty without the theme.
pub(super) fn write(project: EstimatedProject) -> String {
    let Some(theme) = Theme::built_in(THEME) else { return String::new() };
    let keymap = default_keymap();
    let title = project.name.clone();
    let opened = Opened { budget: project.budget, file: Some(title.clone()), ..Opened::default() };
    let state = State::new(opened, project.catalog, project.today, vec![THEME.to_owned()]).with_keys(&keymap);
    let styles = theme.styles(ColourDepth::True);
    let window = Rect::new(0, 0, WINDOW.0, WINDOW.1);
    let mut frame = Buffer::empty(window);
    draw(&FrameInput::new(&state, &keymap, &styles, false), window, &mut frame);
    svg::write(&frame, Ground::DARK, &title)
}
