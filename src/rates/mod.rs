//! Built-in prices and presets: TOML with source, date and grade.
//!
//! The program embeds the same data as JSON, generated from the TOML and compared with it by a test, because every start
//! reads it before the first frame. Measured on 2026-11-29 in one binary, in turns: reading TOML instead costs 1.64 million
//! instructions of 10.49 and 0.4 to 0.6 ms; the fastest of 60 starts takes 1.65 times as long as a bare program instead of
//! 1.44 (target: 1.5).

mod cards;
pub mod import;
mod names;
mod picture_prices;
mod shapes;

use crate::cost::base::retry::Retry;
use crate::cost::budget::Catalog;
use cards::CardsFile;
use serde::Deserialize;
use shapes::{ModelsFile, PresetsFile};
use std::sync::OnceLock;

const BUILT_IN: &str = include_str!("built-in.json");

/// The files, by their names.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Files {
    models: ModelsFile,
    presets: PresetsFile,
    cards: CardsFile,
}

/// The built-in catalog.
///
/// # Errors
/// The problem in the embedded files; the tests check that there is none, so a released program never gets one.
pub fn built_in() -> Result<&'static Catalog, &'static str> {
    static CATALOG: OnceLock<Result<Catalog, String>> = OnceLock::new();
    CATALOG.get_or_init(read).as_ref().map_err(String::as_str)
}

fn read() -> Result<Catalog, String> {
    let files: Files = serde_json::from_str(BUILT_IN).map_err(|error| format!("built-in.json: {error}"))?;
    let catalog = shapes::catalog(files.models, files.presets, cards::cards(files.cards)?)?;
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::Value;
    use std::path::Path;
    use std::{env, fs};

    #[test]
    fn what_is_embedded_is_what_the_files_say() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rates");
        let table = |name: &str| -> (String, Value) {
            let text = fs::read_to_string(folder.join(name).with_extension("toml")).unwrap();
            (name.to_owned(), toml::from_str(&text).unwrap())
        };
        let files = ["models", "presets", "cards"].map(table).into_iter().collect();
        let made = format!("{}\n", Value::Object(files));
        if env::var_os("UPDATE_EXPECTED").is_some() {
            fs::write(folder.join("built-in.json"), &made).unwrap();
        }
        let embedded = fs::read_to_string(folder.join("built-in.json")).unwrap();
        assert!(made == embedded, "the TOML changed: UPDATE_EXPECTED=1 cargo test --lib rates");
    }
}
