//! What a provider or another seller charges: models with their meters, rate cards, and what makes a price out of date.

pub mod age;
pub mod card;
pub mod rate_card;
