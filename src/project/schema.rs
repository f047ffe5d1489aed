//! Every key of a project file, one row each: its table, its type, and its knob.

use crate::cost::Knob;
use crate::cost::base::near::near_miss;
use crate::cost::budget::fee::FeeKey;
use crate::cost::budget::knob_text::nearest_word;
use crate::cost::budget::named_risk::RiskKey;

/// A kind of table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    Top,
    Scenario,
    Patch,
    Baseline,
    Exchange,
    Assumptions,
    Deliverable,
    Explore,
    RetryProfile,
    Retry,
    Fee,
    Risk,
    Points,
    Tokens,
    Rates,
    Meters,
    Bills,
    CardFile,
    Card,
    CardEdit,
    CardTier,
    Qualities,
    Pack,
    Plan,
}

/// The expected value of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Version,
    /// A short text on one line.
    Name,
    /// A long text, line breaks allowed.
    Prose,
    Currency,
    Extends,
    /// A whole number of either sign.
    Position,
    /// A number above 0.
    ExchangeRate,
    Date,
    Grade,
    /// USD per 1,000,000 tokens.
    Rate,
    /// A prompt's text or file, counted in `prompts`.
    Prompt,
    /// A part of a retry factor.
    RetryPart,
    /// A part of measured tokens.
    TokensPart,
    Knob(Knob),
    Table,
    /// A part of a card, read by its key.
    CardPart,
    /// A part of a fee, read by its key.
    FeePart(FeeKey),
    /// A part of a named risk, read by its key.
    RiskPart(RiskKey),
    /// One of three numbers.
    Point,
    /// `true` or `false`, of a scenario's patch.
    Switch,
    /// A part of the baseline, read by its key.
    BaselinePart,
}

/// One key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) key: &'static str,
    pub(super) form: Form,
}

const fn row(key: &'static str, form: Form) -> Row {
    Row { key, form }
}

const fn knob(key: &'static str, knob: Knob) -> Row {
    Row { key, form: Form::Knob(knob) }
}

const TOP: &[Row] = &[
    row("retake", Form::Version),
    row("name", Form::Name),
    row("client", Form::Name),
    row("currency", Form::Currency),
    row("notes", Form::Prose),
    row("extends", Form::Extends),
    row("exchange", Form::Table),
    row("assumptions", Form::Table),
    row("deliverable", Form::Table),
    row("fee", Form::Table),
    row("risk", Form::Table),
    row("retry_profile", Form::Table),
    row("rates", Form::Table),
    row("scenario", Form::Table),
    row("baseline", Form::Table),
    row("bills", Form::Table),
    row("card", Form::Table),
];

const SCENARIO: &[Row] = &[
    row("name", Form::Name),
    row("note", Form::Prose),
    row("assumptions", Form::Table),
    row("deliverable", Form::Table),
    row("fee", Form::Table),
    row("risk", Form::Table),
    row("was", Form::Table),
];

/// What a scenario says of a deliverable: the deliverable's own keys, and whether it is taken out.
const PATCH: &[Row] = &{
    let mut rows = [row("remove", Form::Switch); DELIVERABLE.len() + 1];
    let mut at = 0;
    while at < DELIVERABLE.len() {
        rows[at] = DELIVERABLE[at];
        at += 1;
    }
    rows
};

const BASELINE: &[Row] = &[
    row("scenario", Form::Name),
    row("total", Form::BaselinePart),
    row("mean", Form::BaselinePart),
    row("currency", Form::Currency),
    row("on", Form::Date),
    row("prices", Form::Date),
    row("lines", Form::Table),
];

const EXCHANGE: &[Row] = &[row("rate", Form::ExchangeRate), row("as_of", Form::Date), row("source", Form::Prose)];

const ASSUMPTIONS: &[Row] = &[
    knob("model", Knob::Model),
    knob("service_tier", Knob::ServiceTier),
    knob("quality", Knob::Quality),
    knob("ratio", Knob::Ratio),
    knob("size", Knob::Size),
    knob("repeat", Knob::Repeat),
    knob("retry", Knob::Retry),
    knob("buffer", Knob::Buffer),
    knob("images_per_call", Knob::ImagesPerCall),
    knob("pick", Knob::Pick),
    knob("prompt_tokens", Knob::PromptTokens),
    knob("cached_input", Knob::CachedInput),
    knob("partial_images", Knob::PartialImages),
    knob("references", Knob::References),
    knob("tokens", Knob::Measured),
    knob("cap", Knob::Cap),
    knob("surcharge", Knob::Surcharge),
    knob("markup", Knob::Markup),
    knob("tax", Knob::Tax),
    row("prompt", Form::Prompt),
    row("prompt_file", Form::Prompt),
];

const DELIVERABLE: &[Row] = &[
    row("name", Form::Name),
    knob("preset", Knob::Preset),
    knob("ratio", Knob::Ratio),
    knob("size", Knob::Size),
    knob("quality", Knob::Quality),
    knob("finals", Knob::Finals),
    knob("repeat", Knob::Repeat),
    knob("retry", Knob::Retry),
    row("position", Form::Position),
    row("note", Form::Prose),
    row("explore", Form::Table),
    knob("references", Knob::References),
    knob("tokens", Knob::Measured),
    knob("returned", Knob::Returned),
    knob("model", Knob::Model),
    knob("service_tier", Knob::ServiceTier),
    knob("buffer", Knob::Buffer),
    knob("surcharge", Knob::Surcharge),
    knob("images_per_call", Knob::ImagesPerCall),
    knob("pick", Knob::Pick),
    knob("prompt_tokens", Knob::PromptTokens),
    knob("cached_input", Knob::CachedInput),
    knob("partial_images", Knob::PartialImages),
    row("prompt", Form::Prompt),
    row("prompt_file", Form::Prompt),
];

const EXPLORE: &[Row] =
    &[knob("quality", Knob::DraftQuality), knob("drafts_per_final", Knob::Drafts), knob("size", Knob::DraftSize)];

const RETRY: &[Row] = &[
    row("factor", Form::RetryPart),
    row("accepted", Form::RetryPart),
    row("low", Form::RetryPart),
    row("likely", Form::RetryPart),
    row("high", Form::RetryPart),
    row("confidence", Form::RetryPart),
    row("kept", Form::RetryPart),
    row("made", Form::RetryPart),
];

const TOKENS: &[Row] = &[
    row("output", Form::TokensPart),
    row("reference", Form::TokensPart),
    row("source", Form::Prose),
    row("model", Form::TokensPart),
    row("size", Form::TokensPart),
    row("quality", Form::TokensPart),
];

const RETRY_PROFILE: &[Row] = &[
    RETRY[0],
    RETRY[1],
    RETRY[2],
    RETRY[3],
    RETRY[4],
    RETRY[5],
    RETRY[6],
    RETRY[7],
    row("source", Form::Prose),
    row("grade", Form::Grade),
];

const FEE: &[Row] = &[
    row("amount", Form::FeePart(FeeKey::Amount)),
    row("per", Form::FeePart(FeeKey::Per)),
    row("deliverables", Form::FeePart(FeeKey::Deliverables)),
    row("note", Form::FeePart(FeeKey::Note)),
    row("off", Form::FeePart(FeeKey::Off)),
];

const RISK: &[Row] = &[
    row("name", Form::RiskPart(RiskKey::Name)),
    row("chance", Form::RiskPart(RiskKey::Chance)),
    row("finals", Form::RiskPart(RiskKey::Finals)),
    row("deliverable", Form::RiskPart(RiskKey::Deliverable)),
    row("amount", Form::RiskPart(RiskKey::Amount)),
    row("note", Form::RiskPart(RiskKey::Note)),
    row("off", Form::RiskPart(RiskKey::Off)),
];

const POINTS: &[Row] = &[row("low", Form::Point), row("likely", Form::Point), row("high", Form::Point)];

const RATES: &[Row] = &[
    row("checked", Form::Date),
    row("source", Form::Prose),
    row("grade", Form::Grade),
    row("standard", Form::Table),
    row("batch", Form::Table),
];

const METERS: &[Row] = &[
    row("image_output", Form::Rate),
    row("image_input", Form::Rate),
    row("image_input_cached", Form::Rate),
    row("text_input", Form::Rate),
    row("text_input_cached", Form::Rate),
    row("text_output", Form::Rate),
];

const BILLS: &[Row] = &[row("compare", Form::CardPart), row("months", Form::CardPart)];

const CARD_FILE: &[Row] = &[row("card", Form::Table)];

const CARD: &[Row] = &[
    row("name", Form::Name),
    row("kind", Form::CardPart),
    row("models", Form::CardPart),
    row("qualities", Form::CardPart),
    row("route", Form::CardPart),
    row("currency", Form::Currency),
    row("exchange", Form::Table),
    row("checked", Form::Date),
    row("source", Form::Prose),
    row("grade", Form::Grade),
    row("notes", Form::Prose),
    row("standard", Form::Table),
    row("batch", Form::Table),
    row("discount", Form::CardPart),
    row("inputs", Form::CardPart),
    row("per", Form::CardPart),
    PRICES[0],
    PRICES[1],
    PRICES[2],
    PRICES[3],
    row("prices", Form::CardPart),
    row("edit", Form::Table),
    row("auto_size", Form::CardPart),
    row("auto_quality", Form::CardPart),
    row("rounding", Form::CardPart),
    row("credit_usd", Form::CardPart),
    row("markup", Form::CardPart),
    // An old name of markup.
    row("margin", Form::CardPart),
    row("usd_per_credit", Form::CardPart),
    row("amount_per_credit", Form::CardPart),
    row("credits_per_usd", Form::CardPart),
    row("pack", Form::Table),
    row("plan", Form::Table),
    row("fee", Form::CardPart),
    row("failed", Form::CardPart),
];

/// The forms of a price list.
const PRICES: [Row; 4] = [
    row("price", Form::CardPart),
    row("tier", Form::Table),
    row("size", Form::Table),
    row("other_sizes", Form::CardPart),
];

const CARD_EDIT: &[Row] = &[PRICES[0], PRICES[1], PRICES[2], PRICES[3], row("references", Form::CardPart)];

const CARD_TIER: &[Row] = &[
    row("long_edge", Form::CardPart),
    row("megapixels", Form::CardPart),
    row("price", Form::CardPart),
    QUALITIES[0],
    QUALITIES[1],
    QUALITIES[2],
    QUALITIES[3],
    QUALITIES[4],
    QUALITIES[5],
    QUALITIES[6],
];

const QUALITIES: &[Row] = &[
    row("low", Form::CardPart),
    row("medium", Form::CardPart),
    row("high", Form::CardPart),
    row("xhigh", Form::CardPart),
    row("max", Form::CardPart),
    row("standard", Form::CardPart),
    row("hd", Form::CardPart),
];

const PACK: &[Row] = &[
    row("usd", Form::CardPart),
    row("amount", Form::CardPart),
    row("credits", Form::CardPart),
    row("months", Form::CardPart),
];

const PLAN: &[Row] = &[
    row("usd", Form::CardPart),
    row("amount", Form::CardPart),
    row("per", Form::CardPart),
    row("credits", Form::CardPart),
    row("overage", Form::CardPart),
];

impl Section {
    /// All sections, in the order in which a message names them. Without those of cards, whose short keys resemble everything.
    const ALL: [Section; 9] = [
        Section::Top,
        Section::Assumptions,
        Section::Deliverable,
        Section::Explore,
        Section::Exchange,
        Section::Retry,
        Section::RetryProfile,
        Section::Rates,
        Section::Meters,
    ];

    /// The section's keys.
    pub(super) fn rows(self) -> &'static [Row] {
        match self {
            Section::Top => TOP,
            Section::Scenario => SCENARIO,
            Section::Patch => PATCH,
            Section::Baseline => BASELINE,
            Section::Exchange => EXCHANGE,
            Section::Assumptions => ASSUMPTIONS,
            Section::Deliverable => DELIVERABLE,
            Section::Explore => EXPLORE,
            Section::RetryProfile => RETRY_PROFILE,
            Section::Retry => RETRY,
            Section::Fee => FEE,
            Section::Risk => RISK,
            Section::Points => POINTS,
            Section::Tokens => TOKENS,
            Section::Rates => RATES,
            Section::Meters => METERS,
            Section::Bills => BILLS,
            Section::CardFile => CARD_FILE,
            Section::Card => CARD,
            Section::CardEdit => CARD_EDIT,
            Section::CardTier => CARD_TIER,
            Section::Qualities => QUALITIES,
            Section::Pack => PACK,
            Section::Plan => PLAN,
        }
    }

    /// The row of a key, if the section has it.
    pub(super) fn row(self, key: &str) -> Option<&'static Row> {
        self.rows().iter().find(|row| row.key == key)
    }

    /// The section as a file spells it.
    pub(super) fn place(self) -> &'static str {
        match self {
            Section::Top => "",
            Section::Scenario => "[scenario.NAME]",
            Section::Patch => "[scenario.NAME.deliverable.KEY]",
            Section::Baseline => "[baseline]",
            Section::Exchange => "[exchange]",
            Section::Assumptions => "[assumptions]",
            Section::Deliverable => "[deliverable.KEY]",
            Section::Explore => "[deliverable.KEY.explore]",
            Section::RetryProfile => "[retry_profile.NAME]",
            Section::Retry => "retry = { … }",
            Section::Fee => "[fee.NAME]",
            Section::Risk => "[risk.NAME]",
            Section::Points => "{ low = …, likely = …, high = … }",
            Section::Tokens => "tokens = { … }",
            Section::Rates => "[rates.\"openai/MODEL\"]",
            Section::Meters => "standard = { … }",
            Section::Bills => "[bills]",
            Section::CardFile => "",
            Section::Card => "[card.ID]",
            Section::CardEdit => "[card.ID.edit]",
            Section::CardTier => "tier.NAME = { … }",
            Section::Qualities => "price = { … }",
            Section::Pack => "pack.NAME = { … }",
            Section::Plan => "plan.NAME = { … }",
        }
    }

    /// The other sections that have this key.
    pub(super) fn elsewhere(self, key: &str) -> Vec<Section> {
        Section::ALL.into_iter().filter(|other| *other != self && other.row(key).is_some()).collect()
    }

    /// The known key that this one misses by a slip.
    pub(super) fn near_miss(self, key: &str) -> Option<&'static str> {
        near_miss(key, self.rows().iter().map(|row| row.key))
    }

    /// The most similar known key.
    pub(super) fn nearest(self, key: &str) -> Option<&'static str> {
        nearest_word(key, self.rows().iter().map(|row| row.key))
    }
}

/// Every kind of table by the way a file spells it, with its keys in their order.
#[must_use]
pub fn known_keys() -> Vec<(&'static str, Vec<&'static str>)> {
    let all = [
        Section::Top,
        Section::Exchange,
        Section::Assumptions,
        Section::Deliverable,
        Section::Explore,
        Section::Fee,
        Section::Risk,
        Section::Scenario,
        Section::Patch,
        Section::Baseline,
        Section::RetryProfile,
        Section::Retry,
        Section::Tokens,
        Section::Rates,
        Section::Meters,
        Section::Bills,
        Section::Card,
        Section::CardTier,
        Section::Qualities,
        Section::Pack,
        Section::Plan,
    ];
    all.map(|section| (section.place(), section.rows().iter().map(|row| row.key).collect())).to_vec()
}
