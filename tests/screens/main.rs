//! Keys in, picture out: the state and the screens through the default keys, without a terminal, a disk or a clock.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod bills;
mod desk;
mod first_frame;
mod geometry;
mod habits;
mod help;
mod history;
mod importing;
mod keys;
mod knobs;
mod leaving;
mod list;
mod looks;
mod numbers;
mod reach;
mod resolving;
mod scenes;
mod typing;
