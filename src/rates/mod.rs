//! Built-in prices and starting points: TOML with source, date and grade, embedded and read once at start.

mod cards;
pub mod import;
mod shapes;

use crate::cost::rate_card::Catalog;
use crate::cost::retry::Retry;
use shapes::{ModelsFile, PresetsFile};
use std::sync::{Mutex, OnceLock, PoisonError};

const MODELS: &str = include_str!("models.toml");
const PRESETS: &str = include_str!("presets.toml");
const CARDS: &str = include_str!("cards.toml");

/// The models, which are more than half of what is read.
enum Models {
    Unread,
    Read(Result<ModelsFile, String>),
    /// In the catalog, or on the way there.
    Used,
}

static AHEAD: Mutex<Models> = Mutex::new(Models::Unread);

/// Reads the models, for a thread beside one that reads something else meanwhile; nothing where that one was sooner.
pub fn read_ahead() {
    let mut ahead = AHEAD.lock().unwrap_or_else(PoisonError::into_inner);
    if matches!(*ahead, Models::Unread) {
        *ahead = Models::Read(parsed("models.toml", MODELS));
    }
}

fn models() -> Result<ModelsFile, String> {
    let mut ahead = AHEAD.lock().unwrap_or_else(PoisonError::into_inner);
    match std::mem::replace(&mut *ahead, Models::Used) {
        Models::Read(models) => models,
        Models::Unread | Models::Used => parsed("models.toml", MODELS),
    }
}

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
    let catalog = shapes::catalog(models()?, presets, cards)?;
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
