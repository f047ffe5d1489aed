//! State: plain values and what each action does to them, testable without a terminal, a disk or a clock.
//!
//! A chord becomes an [`Action`] by the keymap; [`update`](update::update) checks that the action is available, changes the
//! [`State`], recomputes what the change touched, and returns the [`Effect`]s that the runtime carries out.

pub mod action;
pub mod bills;
mod bringing;
mod can;
mod cards;
mod choosing;
pub mod chord;
mod copying;
pub mod dialog;
pub mod difference;
pub mod edit;
pub mod entry;
pub mod field;
mod importing;
pub mod intake;
pub mod keymap;
pub mod leaving;
pub mod lines;
mod moving;
pub mod naming;
pub mod outcome;
pub mod palette;
pub mod picker;
pub mod pointing;
mod reach;
pub mod recovering;
pub mod resolving;
pub mod screen;
pub mod state;
pub mod turning;
pub mod update;
pub mod why;

pub use action::Action;
pub use chord::{Chord, Key};
pub use dialog::Dialog;
pub use field::Field;
pub use keymap::{Context, Keymap};
pub use outcome::{Effect, Outcome};
pub use screen::Screen;
pub use state::{Focus, Selection, State};
