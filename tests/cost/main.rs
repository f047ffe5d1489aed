//! The cost engine against facts, worked numbers and separately written reference arithmetic, and its sentences.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod bills;
mod caps;
mod comparing;
mod counts;
mod delivery;
mod facts;
mod invoice;
mod issues;
mod layers;
mod levers;
mod limits;
mod lines;
mod measured;
mod money;
mod refresh;
mod refusals;
mod risk;
mod scenarios;
mod sizes;
mod support;
mod turning;
mod wording;
