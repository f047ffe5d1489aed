//! The state: plain values and the effect of each action on them, testable without a terminal, a disk or a clock.
//!
//! Four rooms. [`model`] is the content of the screen, as plain values. [`keys`] maps keys to actions, and knows whether an
//! action is available. [`actions`] runs them: [`update`](actions::update::update) changes the [`State`], recomputes what the
//! change touched, and returns the [`Effect`]s for the runtime. [`flows`] are the conversations of several steps: import,
//! recovery, conflict, open and save.

pub mod actions;
pub mod flows;
pub mod keys;
pub mod model;

pub use keys::action::Action;
pub use keys::chord::{Chord, Key};
pub use keys::keymap::Keymap;
pub use model::field::Field;
pub use model::outcome::{Effect, OnDisk, Outcome};
pub use model::overlay::Overlay;
pub use model::project::HowSure;
pub use model::screen::{Context, Screen};
pub use model::state::State;
pub use model::view::{Focus, Selection};
