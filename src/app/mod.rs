//! State: plain values and what each action does to them, testable without a terminal, a disk or a clock.
//!
//! Four rooms. [`model`] is what is on screen, as plain values. [`keys`] says which key means which action, and whether the action
//! is available. [`actions`] carries one out: [`update`](actions::update::update) changes the [`State`], recomputes what the change
//! touched, and returns the [`Effect`]s for the runtime. [`flows`] are the conversations of several steps: import, recovery,
//! conflict, open and save.

pub mod actions;
pub mod flows;
pub mod keys;
pub mod model;

pub use keys::action::Action;
pub use keys::chord::{Chord, Key};
pub use keys::keymap::{Context, Keymap};
pub use model::field::Field;
pub use model::outcome::{Effect, OnDisk, Outcome};
pub use model::overlay::Overlay;
pub use model::screen::Screen;
pub use model::state::State;
pub use model::view::{Focus, Selection};
