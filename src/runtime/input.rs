//! Terminal events as chords and text.

use crate::app::actions::mouse;
use crate::app::actions::mouse::Target;
use crate::app::actions::update;
use crate::app::keys::keymap::Keymap;
use crate::app::model::outcome::Effect;
use crate::app::{Chord, Key, State};
use crate::ui::{FrameInput, hit};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEventKind};
use ratatui::layout::Rect;

/// Applies one event to the state.
pub(super) fn handle_event(state: &mut State, keymap: &Keymap, event: Event, target: Option<Target>) -> Vec<Effect> {
    match event {
        Event::Key(key) => chord(key).map_or_else(Vec::new, |chord| update::press(state, keymap, chord)),
        Event::Paste(text) => update::paste(state, &text),
        Event::Mouse(mouse) => point(state, mouse.kind, target),
        _ => Vec::new(),
    }
}

/// The target of a mouse event, in the frame on screen.
pub(super) fn pointed_at(view: &FrameInput, area: Rect, event: &Event) -> Option<Target> {
    match event {
        Event::Mouse(mouse) => hit::target(view, area, mouse.column, mouse.row),
        _ => None,
    }
}

fn point(state: &mut State, kind: MouseEventKind, target: Option<Target>) -> Vec<Effect> {
    match (kind, target) {
        (MouseEventKind::Down(MouseButton::Left), Some(target)) => mouse::press(state, target),
        (MouseEventKind::Drag(MouseButton::Left), target) => {
            mouse::drag(state, target);
            Vec::new()
        }
        // A press outside every target, or of another button, does not continue a drag whose release was lost.
        (MouseEventKind::Up(MouseButton::Left) | MouseEventKind::Down(_), _) => {
            mouse::release(state);
            Vec::new()
        }
        (MouseEventKind::ScrollUp, target) => mouse::wheel(state, target, true),
        (MouseEventKind::ScrollDown, target) => mouse::wheel(state, target, false),
        _ => Vec::new(),
    }
}

fn chord(event: KeyEvent) -> Option<Chord> {
    let key = match event.code {
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::F(n) => Key::F(n),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Insert => Key::Insert,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        _ => return None,
    };
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    // With Control held, terminals differ in whether they report shift; use the letter alone.
    let key = match key {
        Key::Char(c) if ctrl => Key::Char(c.to_ascii_lowercase()),
        other => other,
    };
    Some(Chord { after: None, key, ctrl, alt: event.modifiers.contains(KeyModifiers::ALT) })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::app::actions::mouse::Drag;
    use crate::app::model::outcome::Opened;
    use crate::cost::Knob;
    use crossterm::event::MouseEvent;

    #[test]
    fn every_press_ends_a_drag_whose_release_was_lost() {
        let catalog = crate::rates::built_in().unwrap();
        let (keymap, today) = (Keymap::default(), jiff::civil::date(2026, 1, 1));
        for button in [MouseButton::Left, MouseButton::Middle, MouseButton::Right] {
            let mut state = State::new(Opened::default(), catalog, today, Vec::new());
            state.view.drag = Some(Drag { knob: Knob::Finals, before: None, values: Vec::new() });
            let (kind, modifiers) = (MouseEventKind::Down(button), KeyModifiers::NONE);
            handle_event(&mut state, &keymap, Event::Mouse(MouseEvent { kind, column: 0, row: 0, modifiers }), None);
            assert_eq!(state.view.drag, None, "{button:?}");
        }
    }
}
