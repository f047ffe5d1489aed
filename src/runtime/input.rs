//! Terminal events as chords and text.

use crate::app::keymap::Keymap;
use crate::app::outcome::Effect;
use crate::app::{Chord, Key, State, update};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

/// Feeds one event to the state.
pub(super) fn feed(state: &mut State, keymap: &Keymap, event: Event) -> Vec<Effect> {
    match event {
        Event::Key(key) => chord(key).map_or_else(Vec::new, |chord| update::press(state, keymap, chord)),
        Event::Paste(text) => {
            update::paste(state, &text);
            Vec::new()
        }
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
    // With Control held, terminals differ in whether shift shows; the letter alone decides.
    let key = match key {
        Key::Char(c) if ctrl => Key::Char(c.to_ascii_lowercase()),
        other => other,
    };
    Some(Chord { key, ctrl, alt: event.modifiers.contains(KeyModifiers::ALT) })
}
