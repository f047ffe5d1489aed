//! Levers and goals: every figure compared with a full estimate of the project with the edits made.

mod goals;
mod listed;
mod random;
mod shapes;
mod sure;
mod under_cap;
