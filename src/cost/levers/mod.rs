//! What you can change: one lever at a time, recomputed in full on the exact total, a percentile of it or the chance over a cap;
//! and what fits a cap.
//!
//! [`table`] lists the levers, [`moves`] tries them. [`goal`] asks what the value of a knob may be at most under a cap,
//! [`under_cap`] which moves, or pairs of moves, get there, and [`cut`] how far down the list of deliverables the cap reaches.
//! Everything here can be stopped between two deliverables by a [`KeepGoing`], because the dashboard runs it on a worker.

mod costly;
pub mod cut;
pub mod goal;
pub mod measure;
pub mod moves;
pub mod pairs;
mod search;
pub mod sure;
pub mod table;
pub mod under_cap;

/// Asked again and again during long work, which ends early once it answers `false`.
pub type KeepGoing<'a> = &'a dyn Fn() -> bool;
