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
    CATALOG.get_or_init(|| read(MODELS, PRESETS, CARDS)).as_ref().map_err(String::as_str)
}

fn read(models: &str, presets: &str, cards: &str) -> Result<Catalog, String> {
    // The first frame waits for all of it, and the models are more than half.
    let (models, others) = std::thread::scope(|scope| {
        let of_models = || parsed::<ModelsFile>("models.toml", models);
        let apart = std::thread::Builder::new().spawn_scoped(scope, of_models);
        let presets = parsed::<PresetsFile>("presets.toml", presets);
        let cards = parsed("cards.toml", cards).and_then(cards::cards);
        let others = presets.and_then(|presets| Ok((presets, cards?)));
        let models = apart.ok().and_then(|thread| thread.join().ok());
        (models.unwrap_or_else(of_models), others)
    });
    let (presets, cards) = others?;
    let catalog = shapes::catalog(models?, presets, cards)?;
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
