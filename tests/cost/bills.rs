//! Bills on other cards: published examples, purchases of credits, and parts that add up exactly.

mod advice;
mod approximate;
mod buying;
mod choosing;
mod examples;
mod grouped;
mod measured;
mod random;
mod sentences;
mod support;
mod terms;
