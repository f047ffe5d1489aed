//! What an estimate has to say beside its figures: codes and values only, the sentences are elsewhere.

use crate::cost::base::level::Level;
use crate::cost::base::money::{Currency, Decimal};
use crate::cost::base::size::{BrokenRule, Ratio, Size};
use crate::cost::base::tokens::Quality;
use crate::cost::budget::Knob;
use crate::cost::rates::rate_card::{Meter, ServiceTier};
use jiff::civil::Date;

/// One thing to say, and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// The deliverable's key; none for the project as a whole.
    pub deliverable: Option<String>,
    /// The knob it is about, if it is about one.
    pub knob: Option<Knob>,
    /// What it is, with its numbers.
    pub kind: IssueKind,
}

/// What may have to be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IssueKind {
    /// The model refuses the size.
    SizeIllegal {
        /// The size.
        size: Size,
        /// Which rules it breaks.
        rules: Vec<BrokenRule>,
        /// The closest legal one.
        nearest: Option<Size>,
    },
    /// The model chooses the size.
    SizeAuto,
    /// The model chooses the quality.
    QualityAuto,
    /// The model does not draw this quality.
    QualityNotOfModel {
        /// The quality.
        quality: Quality,
        /// The model.
        model: String,
        /// What it draws.
        known: Vec<Quality>,
    },
    /// The model is no longer in service.
    ModelShutDown {
        /// The model.
        model: String,
        /// Since when.
        on: Date,
    },
    /// The model ends soon.
    ModelShutsDown {
        /// The model.
        model: String,
        /// When.
        on: Date,
        /// Days from today.
        days: i32,
    },
    /// A price was checked long ago.
    PriceStale {
        /// The rate card.
        card: String,
        /// When it was checked.
        checked: Date,
        /// Days ago.
        days: i32,
    },
    /// A pinned price does not say when it was checked.
    PriceUndated {
        /// The rate card.
        card: String,
    },
    /// How many tokens a picture takes is not published.
    TokensUnknown {
        /// The model.
        model: String,
        /// The quality.
        quality: Quality,
        /// The size.
        size: Size,
    },
    /// How many tokens a reference picture takes is not published.
    ReferenceTokensUnknown {
        /// The model.
        model: String,
    },
    /// A rate is not published.
    RateUnknown {
        /// The rate card.
        card: String,
        /// The service tier.
        tier: ServiceTier,
        /// The meter.
        meter: Meter,
    },
    /// Ratio and size were chosen together and disagree; the size counts.
    RatioDisagrees {
        /// As chosen.
        ratio: Ratio,
        /// As chosen.
        size: Size,
    },
    /// The maker calls the size experimental.
    SizeExperimental {
        /// The size.
        size: Size,
    },
    /// The buffer is outside the usual 10–30 %.
    BufferUnusual {
        /// The buffer in percent.
        percent: Decimal,
    },
    /// Several pictures a call with one kept cost more a final than the factor says.
    SparePictures {
        /// Pictures a call.
        images_per_call: u64,
        /// Pictures paid for each final.
        per_final: Decimal,
        /// The retry factor.
        factor: Decimal,
    },
    /// The retry factor names a profile that nobody defines.
    ProfileUnknown {
        /// The name.
        name: String,
    },
    /// Something written in the file could not be read, so nothing stands in for it.
    Unreadable,
    /// An amount needs more than 28 digits.
    TooManyDigits,
    /// Some lines have no price.
    TotalUnknown {
        /// How many.
        lines: usize,
    },
    /// The total is over the cap.
    OverCap {
        /// In the cap's currency.
        total: Decimal,
        /// The cap.
        cap: Decimal,
        /// The currency of both.
        currency: Currency,
    },
    /// A part of the total is not known, and the known part alone is over the cap.
    OverCapAtLeast {
        /// In the cap's currency.
        known: Decimal,
        /// The cap.
        cap: Decimal,
        /// The currency of both.
        currency: Currency,
    },
    /// The cap is in a currency that neither prices nor totals are in.
    CapCurrency {
        /// The cap's currency.
        cap: Currency,
        /// The project's.
        project: Currency,
    },
    /// The project's currency has no rate.
    ExchangeMissing {
        /// The currency.
        currency: Currency,
    },
    /// Pinned cards of other sellers differ from the built-in ones.
    CardsDiffer {
        /// Which cards, by name in files.
        cards: Vec<String>,
    },
    /// Pinned rates differ from the built-in ones.
    RatesDiffer {
        /// How many rates.
        count: usize,
    },
}

impl IssueKind {
    /// The stable code that scripts may rely on.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.nature().0
    }

    /// How much it matters.
    #[must_use]
    pub fn level(&self) -> Level {
        self.nature().1
    }

    fn nature(&self) -> (&'static str, Level) {
        use Level::{Error, Note, Warning};
        match self {
            IssueKind::SizeIllegal { .. } => ("size-illegal", Error),
            IssueKind::SizeAuto => ("size-auto", Warning),
            IssueKind::QualityAuto => ("quality-auto", Warning),
            IssueKind::QualityNotOfModel { .. } => ("quality-not-of-model", Error),
            IssueKind::ModelShutDown { .. } => ("model-shut-down", Warning),
            IssueKind::ModelShutsDown { .. } => ("model-shuts-down", Warning),
            IssueKind::PriceStale { .. } => ("price-stale", Warning),
            IssueKind::PriceUndated { .. } => ("price-undated", Note),
            IssueKind::TokensUnknown { .. } => ("tokens-unknown", Warning),
            IssueKind::ReferenceTokensUnknown { .. } => ("reference-tokens-unknown", Warning),
            IssueKind::RateUnknown { .. } => ("rate-unknown", Warning),
            IssueKind::RatioDisagrees { .. } => ("ratio-disagrees", Warning),
            IssueKind::SizeExperimental { .. } => ("size-experimental", Note),
            IssueKind::BufferUnusual { .. } => ("buffer-unusual", Note),
            IssueKind::SparePictures { .. } => ("spare-pictures", Note),
            IssueKind::ProfileUnknown { .. } => ("profile-unknown", Error),
            IssueKind::Unreadable => ("value-unreadable", Error),
            IssueKind::TooManyDigits => ("too-many-digits", Error),
            IssueKind::TotalUnknown { .. } => ("total-unknown", Warning),
            IssueKind::OverCap { .. } | IssueKind::OverCapAtLeast { .. } => ("over-cap", Warning),
            IssueKind::CapCurrency { .. } => ("cap-currency", Error),
            IssueKind::ExchangeMissing { .. } => ("exchange-missing", Error),
            IssueKind::CardsDiffer { .. } => ("cards-differ", Note),
            IssueKind::RatesDiffer { .. } => ("rates-differ", Note),
        }
    }
}
