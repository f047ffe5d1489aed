//! Built-in prices and starting points: TOML with source, date and grade, embedded and read once at start.

mod cards;
pub mod import;
mod shapes;

use crate::cost::rate_card::Catalog;
use crate::cost::retry::Retry;
use shapes::{ModelsFile, PresetsFile};
use std::sync::OnceLock;

const MODELS: &str = include_str!("models.toml");
const PRESETS: &str = include_str!("presets.toml");
const CARDS: &str = include_str!("cards.toml");

/// The built-in catalog.
///
/// # Errors
/// Says what is wrong in the embedded files; the tests hold them to none, so a released program never meets it.
pub fn built_in() -> Result<&'static Catalog, &'static str> {
    static CATALOG: OnceLock<Result<Catalog, String>> = OnceLock::new();
    CATALOG.get_or_init(read).as_ref().map_err(String::as_str)
}

fn read() -> Result<Catalog, String> {
    let presets: PresetsFile = parsed("presets.toml", PRESETS)?;
    let cards = cards::cards(parsed("cards.toml", CARDS)?)?;
    let models: ModelsFile = parsed("models.toml", MODELS)?;
    let catalog = shapes::catalog(models, presets, cards)?;
    for preset in &catalog.presets {
        if !catalog.profiles.contains_key(&preset.retry) {
            return Err(format!("preset {}: no profile {}", preset.name, preset.retry));
        }
    }
    match catalog.profiles.values().find(|profile| matches!(profile.retry, Retry::Profile(_))) {
        Some(_) => Err("a profile names another profile".to_owned()),
        None => Ok(catalog),
    }
}

fn parsed<T: serde::de::DeserializeOwned>(name: &str, text: &str) -> Result<T, String> {
    toml::from_str(text).map_err(|error| format!("{name}: {error}"))
}
