//! Prices of images as an imported list gives them: of every size or of one, and of which quality.

use crate::cost::base::money::Decimal;
use crate::cost::base::size::Size;
use crate::cost::base::tokens::Quality;
use crate::cost::rates::card::{Price, Pricing, Table};

/// Whether a price of every size has this amount in a quality.
pub(super) fn has_flat(pricing: &Pricing, usd: Decimal, quality: Option<Quality>) -> bool {
    let Pricing::Images { table: Table::Flat(price), .. } = pricing else { return false };
    match (price, quality) {
        (Price::Any(own), None) => *own == usd,
        (Price::ByQuality(_), Some(quality)) => price.of(quality) == Some(usd),
        (Price::Any(_), Some(_)) | (Price::ByQuality(_), None) => false,
    }
}

/// The one quality that a note says a price is of: `medium only`, `the published medium-quality rate`, `quality: medium`.
pub(super) fn quality_of(notes: &str) -> Option<Quality> {
    let notes = notes.to_lowercase();
    let said = |quality: &Quality| notes.split([';', ',', '.', '(', ')']).any(|clause| says(clause, quality.name()));
    let mut found = Quality::ALL.into_iter().filter(said);
    found.next().filter(|_| found.next().is_none())
}

/// Whether a clause says that something is of a quality alone.
fn says(clause: &str, quality: &str) -> bool {
    let words: Vec<&str> = clause.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.windows(2).any(|pair| match pair {
        [first, "only" | "alone" | "quality"] => *first == quality,
        ["only" | "quality", second] => *second == quality,
        _ => false,
    })
}

/// Adds a price to the list, or returns the existing price of that size and quality.
pub(super) fn listed(rows: &mut Vec<(Size, Price)>, size: Size, quality: Quality, usd: Decimal) -> Option<Decimal> {
    let at = match rows.iter().position(|(own, _)| *own == size) {
        Some(at) => at,
        None => {
            let at = rows.partition_point(|(own, _)| (own.pixels(), *own) < (size.pixels(), size));
            rows.insert(at, (size, Price::ByQuality(Vec::new())));
            at
        }
    };
    let Price::ByQuality(prices) = &mut rows[at].1 else { return None };
    if let Some((_, there)) = prices.iter().find(|(own, _)| *own == quality) {
        return Some(*there);
    }
    prices.push((quality, usd));
    prices.sort_by_key(|(quality, _)| *quality);
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::super::built_in;
    use super::super::import::import;
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_note_says_which_quality_a_price_is_of() {
        for (note, quality) in [
            ("medium only; high is about double", Some(Quality::Medium)),
            ("the published medium-quality rate", Some(Quality::Medium)),
            ("Quality: HIGH", Some(Quality::High)),
            ("high alone", Some(Quality::High)),
            ("only low", Some(Quality::Low)),
            ("low quality and high quality cost the same", None),
            ("flat price, see page; high demand", None),
            ("lowest only", None),
            ("", None),
        ] {
            assert_eq!(quality_of(note), quality, "{note}");
        }
    }

    /// The price of every size on the first card that a list of these entries makes, and how many entries it leaves out.
    fn flat(entries: &str) -> (Price, usize) {
        let found = import(&format!("{{{entries}}}"), "a list", date(2026, 11, 29), built_in().unwrap()).unwrap();
        let Pricing::Images { table: Table::Flat(price), .. } = &found.cards[0].pricing else {
            return (Price::ByQuality(Vec::new()), 0);
        };
        (price.clone(), found.refused.len())
    }

    #[test]
    fn a_price_of_one_quality_is_that_quality_s_alone() {
        let entry = |name: &str, usd: &str, more: &str| {
            format!(
                r#""{name}": {{"litellm_provider":"x","mode":"image_generation","output_cost_per_image":{usd}{more}}}"#
            )
        };
        let usd = |text: &str| text.parse::<Decimal>().unwrap();
        let noted = entry("x/gpt-image-2", "0.054", r#","metadata":{"notes":"medium only; high is about double"}"#);
        assert_eq!(flat(&noted), (Price::ByQuality(vec![(Quality::Medium, usd("0.054"))]), 0));
        let [low, high] = [entry("x/low/gpt-image-2", "0.01", ""), entry("x/high/gpt-image-2", "0.20", "")];
        let both = vec![(Quality::Low, usd("0.01")), (Quality::High, usd("0.20"))];
        assert_eq!(flat(&format!("{low},{high}")), (Price::ByQuality(both), 0));
        assert_eq!(flat(&entry("x/gpt-image-2", "0.054", "")), (Price::Any(usd("0.054")), 0));
    }
}
