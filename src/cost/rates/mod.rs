//! What a provider or another seller charges: models with their meters, and rate cards.

pub mod card;
pub mod rate_card;
