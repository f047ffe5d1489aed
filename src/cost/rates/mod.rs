//! What a provider or another seller charges: models with their meters, rate cards, and when a price is outdated.

pub mod age;
pub mod card;
pub mod card_money;
pub mod rate_card;
