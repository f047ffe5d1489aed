//! What a key may be that its table does not have: the user's own, a charge that would not be counted, a secret, or a value that
//! stands elsewhere.

use super::schema::{Form, Row, Section};
use toml::Spanned;
use toml::de::DeValue;

/// The tables with knobs.
const WITH_KNOBS: [Section; 3] = [Section::Assumptions, Section::Deliverable, Section::Explore];

/// Whether a key, of a value or a table, is the user's own: it is kept and never reported.
pub(super) fn is_own(key: &str) -> bool {
    key.starts_with("x-")
}

/// Whether a key would change the money if it were read: a knob's, or one of the charges that no section has yet.
pub(super) fn is_counting(key: &str) -> bool {
    let of_knob = |row: &Row| row.key == key && matches!(row.form, Form::Knob(_) | Form::Prompt);
    is_charge(key) || WITH_KNOBS.iter().any(|section| section.rows().iter().any(of_knob))
}

/// Whether a key is of a charge that this version does not count.
pub(super) fn is_charge(key: &str) -> bool {
    matches!(key, "risk" | "risks")
}

/// The amount of money in an unknown table, as in one that is meant for a fee: a number under `amount`, or a text that begins
/// with one.
pub(super) fn amount_key<'t>(item: &'t Spanned<DeValue<'_>>) -> Option<&'t str> {
    let is_money = |item: &Spanned<DeValue<'_>>| match item.get_ref() {
        DeValue::Integer(_) | DeValue::Float(_) => true,
        DeValue::String(text) => text.starts_with(|c: char| c.is_ascii_digit()),
        _ => false,
    };
    match item.get_ref() {
        DeValue::Array(items) => items.iter().find_map(amount_key),
        DeValue::Table(table) => table.iter().filter(|(key, _)| !is_own(key.get_ref())).find_map(|(key, item)| {
            let name: &str = key.get_ref();
            if name == "amount" && is_money(item) { Some(name) } else { amount_key(item) }
        }),
        _ => None,
    }
}

/// The first key in a value, at any depth, that would change the money if it were read, also by a slip; keys of one's own hide
/// what is below.
pub(super) fn counting_key<'t>(item: &'t Spanned<DeValue<'_>>) -> Option<&'t str> {
    match item.get_ref() {
        DeValue::Array(items) => items.iter().find_map(counting_key),
        DeValue::Table(table) => table.iter().filter(|(key, _)| !is_own(key.get_ref())).find_map(|(key, item)| {
            let name: &str = key.get_ref();
            if is_counting(name) || is_count_by_a_slip(name, item) { Some(name) } else { counting_key(item) }
        }),
        _ => None,
    }
}

/// Whether a key below an unknown table is one of a count but for a letter, with a number: `final = 5000`. There the short names
/// resemble too many others, such as `site` and `mode`, and so do two letters.
fn is_count_by_a_slip(key: &str, item: &Spanned<DeValue<'_>>) -> bool {
    const SHORTEST: usize = 6;
    let number = matches!(item.get_ref(), DeValue::Integer(_) | DeValue::Float(_));
    let rows = || WITH_KNOBS.iter().flat_map(|section| section.rows());
    let counts = |row: &&Row| row.key.len() >= SHORTEST && matches!(row.form, Form::Knob(_));
    let close =
        |near: &&str| near.len().abs_diff(key.len()) <= 1 && strsim::osa_distance(&key.to_lowercase(), near) <= 1;
    number && rows().filter(counts).map(|row| row.key).any(|near| close(&near))
}

/// Whether a key is known at the top of the file, in assumptions or in a deliverable, and is no key of a scenario.
pub(super) fn is_unpatchable(key: &str) -> bool {
    [Section::Top, Section::Assumptions, Section::Deliverable].iter().any(|section| section.row(key).is_some())
}

/// The path that a knob has in a scenario, if the key is one.
pub(super) fn patch_of(key: &str) -> Option<String> {
    let has = |section: Section| section.row(key).is_some_and(|row| matches!(row.form, Form::Knob(_)));
    if has(Section::Assumptions) {
        return Some(format!("assumptions.{key}"));
    }
    has(Section::Deliverable).then(|| format!("deliverable.KEY.{key}"))
}

/// Whether a key's name suggests a secret.
pub(super) fn is_secret(key: &str) -> bool {
    const SECRETS: [&str; 9] =
        ["apikey", "token", "secret", "password", "passwd", "passphrase", "privatekey", "credentials", "bearer"];
    let plain: String = key.chars().take(200).filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    SECRETS.iter().any(|secret| plain.ends_with(secret))
}
