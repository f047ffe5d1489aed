//! Other common words for the knobs, and for fees, named risks and discounts: who writes one means the known name, and nothing else.

use crate::cost::budget::fee::FeeKey;
use crate::cost::budget::knob::Knob;
use crate::cost::budget::named_risk::RiskKey;

/// What somebody means by a word that no table has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meant {
    /// A knob.
    Knob(Knob),
    /// A fee, which is a table of its own.
    Fee,
    /// A markup below 0.
    Discount,
}

const WORDS: &[(Meant, &[&str])] = &[
    (
        Meant::Knob(Knob::Tax),
        &[
            "vat",
            "gst",
            "hst",
            "pst",
            "qst",
            "iva",
            "tva",
            "btw",
            "moms",
            "mwst",
            "ust",
            "taxes",
            "tax_rate",
            "vat_rate",
            "sales_tax",
            "consumption_tax",
            "value_added_tax",
            "umsatzsteuer",
            "mehrwertsteuer",
            "消費税",
            "增值税",
            "增值稅",
        ],
    ),
    (
        Meant::Knob(Knob::Markup),
        &["margin", "mark_up", "profit", "profit_margin", "agency_margin", "uplift", "commission", "overhead"],
    ),
    (
        Meant::Discount,
        &["discount", "rebate", "reduction", "price_reduction", "rabatt", "remise", "sconto", "descuento"],
    ),
    (
        Meant::Fee,
        &[
            "fee",
            "fees",
            "charge",
            "charges",
            "extra",
            "extras",
            "extra_cost",
            "extra_costs",
            "fixed_cost",
            "fixed_costs",
        ],
    ),
    (
        Meant::Knob(Knob::Surcharge),
        &["data_residency", "residency", "regional", "regional_processing", "regional_uplift"],
    ),
    (
        Meant::Knob(Knob::Buffer),
        &["contingency", "reserve", "safety", "safety_margin", "cushion", "padding", "headroom"],
    ),
    (
        Meant::Knob(Knob::Cap),
        &[
            "budget",
            "limit",
            "ceiling",
            "budget_cap",
            "budget_limit",
            "max_budget",
            "max_cost",
            "maximum",
            "spend_limit",
        ],
    ),
    (
        Meant::Knob(Knob::Finals),
        &["quantity", "qty", "count", "number", "images", "pictures", "pieces", "assets", "final_count", "image_count"],
    ),
    (Meant::Knob(Knob::Repeat), &["times", "repeats", "repetitions", "occurrences"]),
    (
        Meant::Knob(Knob::Retry),
        &["retries", "tries", "attempts", "iterations", "retry_factor", "retry_rate", "acceptance", "acceptance_rate"],
    ),
    (Meant::Knob(Knob::Ratio), &["aspect", "aspect_ratio", "orientation"]),
    (Meant::Knob(Knob::Size), &["resolution", "dimensions", "pixels"]),
    (Meant::Knob(Knob::ServiceTier), &["batch", "tier", "service", "processing"]),
    (Meant::Knob(Knob::ImagesPerCall), &["images_per_request", "pictures_per_call", "per_call", "batch_size"]),
    (Meant::Knob(Knob::References), &["refs", "reference_image", "reference_images", "input_images"]),
    (Meant::Knob(Knob::PromptTokens), &["prompt_length", "input_tokens", "text_tokens"]),
    (Meant::Knob(Knob::CachedInput), &["cache", "cached", "caching"]),
    (Meant::Knob(Knob::PartialImages), &["previews", "partials", "streaming"]),
];

const OF_FEES: &[(FeeKey, &[&str])] = &[
    (FeeKey::Amount, &["price", "cost", "rate", "value", "sum", "fee", "charge", "usd", "unit_price"]),
    (FeeKey::Per, &["unit", "each", "basis", "charged_per", "every"]),
    (FeeKey::Deliverables, &["lines", "items", "applies_to"]),
    (FeeKey::Off, &["disabled", "enabled", "active"]),
];

const OF_RISKS: &[(RiskKey, &[&str])] = &[
    (RiskKey::Chance, &["probability", "likelihood", "odds", "percent"]),
    (RiskKey::Finals, &["images", "extra", "extra_finals", "more"]),
    (RiskKey::Deliverable, &["deliverables", "line", "item"]),
    (RiskKey::Amount, &["price", "cost", "costs", "value", "sum", "impact", "money", "usd"]),
    (RiskKey::Off, &["disabled", "enabled", "active"]),
];

/// Whether two names are the same but for capitals, and hyphens in place of underscores.
fn same(written: &str, word: &str) -> bool {
    let plain = |c: u8| if c == b'-' || c == b' ' { b'_' } else { c.to_ascii_lowercase() };
    written.len() == word.len() && written.bytes().map(plain).eq(word.bytes())
}

/// What a word means that is no known name of a project's values.
#[must_use]
pub fn meant(written: &str) -> Option<Meant> {
    let listed = WORDS.iter().find(|(_, words)| words.iter().any(|word| same(written, word))).map(|(meant, _)| *meant);
    let tail = |tail: &str| written.len().checked_sub(tail.len()).and_then(|at| written.get(at..));
    let is_fee = ["_fee", "_fees"].into_iter().any(|end| tail(end).is_some_and(|tail| same(tail, end)));
    listed.or_else(|| is_fee.then_some(Meant::Fee))
}

/// The key of a fee that a word means.
#[must_use]
pub fn meant_of_fee(written: &str) -> Option<FeeKey> {
    OF_FEES.iter().find(|(_, words)| words.iter().any(|word| same(written, word))).map(|(key, _)| *key)
}

/// The key of a named risk that a word means.
#[must_use]
pub fn meant_of_risk(written: &str) -> Option<RiskKey> {
    OF_RISKS.iter().find(|(_, words)| words.iter().any(|word| same(written, word))).map(|(key, _)| *key)
}

/// Every other word, with what it means.
pub fn all() -> impl Iterator<Item = (&'static str, Meant)> {
    WORDS.iter().flat_map(|(meant, words)| words.iter().map(|word| (*word, *meant)))
}

/// Every other word for a key of a fee, with that key.
pub fn all_of_fees() -> impl Iterator<Item = (&'static str, FeeKey)> {
    OF_FEES.iter().flat_map(|(key, words)| words.iter().map(|word| (*word, *key)))
}
