//! Values that no key reads: whether they are TOML all the same, so that a file which another reader refuses is refused here.
//!
//! The parser cuts a text into values and leaves numbers for whoever decodes them: `0x`, `1_0"` and `1e999` pass it. A key that
//! is read decodes its number; only values of unknown keys are checked here.

use std::ops::Range;
use toml::Spanned;
use toml::de::{DeFloat, DeInteger, DeTable, DeValue};

/// The places of numbers in a value that are none in TOML.
pub(super) fn no_numbers_at(item: &Spanned<DeValue<'_>>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    collect(item, &mut found);
    found
}

/// The places of numbers in a table that are none in TOML, in the order of its keys.
pub(super) fn no_numbers(table: &DeTable<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    table.values().for_each(|item| collect(item, &mut found));
    found
}

/// Goes as deep as the parser follows.
fn collect(item: &Spanned<DeValue<'_>>, found: &mut Vec<Range<usize>>) {
    let sound = match item.get_ref() {
        DeValue::Integer(number) => is_integer(number),
        DeValue::Float(number) => is_float(number),
        DeValue::Array(items) => return items.iter().for_each(|item| collect(item, found)),
        DeValue::Table(table) => return table.values().for_each(|item| collect(item, found)),
        DeValue::String(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => true,
    };
    if !sound {
        found.push(item.span());
    }
}

/// Readers hold whole numbers in 64 bits.
pub(super) fn is_integer(number: &DeInteger<'_>) -> bool {
    i64::from_str_radix(number.as_str(), number.radix()).is_ok()
}

/// Readers hold decimal numbers as doubles, and refuse what would become infinite.
fn is_float(number: &DeFloat<'_>) -> bool {
    let text = number.as_str();
    text.parse::<f64>().is_ok_and(|double| double.is_finite() || !text.contains(|c: char| c.is_ascii_digit()))
}
