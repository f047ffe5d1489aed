//! The shipped themes are readable on every terminal, a broken theme reports its mistakes with their place, and names find their
//! themes.

use ratatui::style::Color;

use super::colour::rgb;
use super::*;

mod broken;
mod schemes;
mod shipped;
mod themes;

/// Contrast of two colours; the terminal's own colour counts as black.
fn contrast(a: Color, b: Color) -> f64 {
    super::contrast::contrast(rgb(a).unwrap_or_default(), rgb(b).unwrap_or_default())
}

/// The least contrast that a role needs.
fn required(weight: Weight) -> f64 {
    match weight {
        Weight::Text => 4.5,
        Weight::Sign => 3.0,
        Weight::Decoration => 1.0,
    }
}

/// Every role that is too faint on a background, or on the selection, where rows keep their own colours.
fn unreadable(name: &str, styles: &Styles, depth: ColourDepth, grounds: &[Color]) -> Vec<String> {
    let selected = styles.of(Role::Selection).bg;
    // Two of sixteen colours seldom contrast: there the selection's own colour replaces those of its parts.
    let selected = selected.filter(|_| depth != ColourDepth::Ansi16);
    let mut found = Vec::new();
    for role in Role::all().filter(|role| *role != Role::Background) {
        let style = styles.of(role);
        for ground in grounds.iter().copied().chain(selected) {
            let ratio = contrast(style.fg.unwrap_or_default(), style.bg.unwrap_or(ground));
            if ratio < required(role.weight()) {
                found.push(format!("{name} {depth:?}: {} on {ground}: {ratio:.2}", role.name()));
            }
        }
    }
    found
}
