//! Issues found by an estimate, as codes and values only; `words` writes the sentences.

use crate::cost::base::level::Level;
use crate::cost::base::money::{Currency, Decimal};
use crate::cost::base::retry::Factor;
use crate::cost::base::size::{BrokenRule, Ratio, Size};
use crate::cost::base::tokens::Quality;
use crate::cost::budget::Knob;
use crate::cost::budget::fee::{FeeKey, Per};
pub use crate::cost::estimate::issue_code::IssueCode;
use crate::cost::estimate::risk_fault::RiskFault;
use crate::cost::rates::rate_card::{Grade, Meter, ServiceTier};
use jiff::civil::Date;

/// One issue, and the deliverable and knob it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// The deliverable's key; `None` for the project as a whole.
    pub deliverable: Option<String>,
    /// The knob, if the issue is about one.
    pub knob: Option<Knob>,
    /// The kind of issue, with its numbers.
    pub kind: IssueKind,
}

/// The kinds of issue.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum IssueKind {
    /// The model does not accept the size.
    SizeIllegal {
        /// The size.
        size: Size,
        /// The rules that it breaks.
        rules: Vec<BrokenRule>,
        /// The closest legal size.
        nearest: Option<Size>,
    },
    /// The model chooses the size.
    SizeAuto,
    /// The model chooses the quality.
    QualityAuto,
    /// The model does not support this quality.
    QualityNotOfModel {
        /// The quality.
        quality: Quality,
        /// The model.
        model: String,
        /// The qualities that it supports.
        known: Vec<Quality>,
    },
    /// The model is retired.
    ModelShutDown {
        /// The model.
        model: String,
        /// The date.
        on: Date,
        /// What its maker names in its place.
        replacements: Vec<String>,
    },
    /// The model will be retired soon.
    ModelShutsDown {
        /// The model.
        model: String,
        /// The date.
        on: Date,
        /// Days from today.
        days: i32,
        /// What its maker names in its place.
        replacements: Vec<String>,
    },
    /// A price was checked long ago.
    PriceStale {
        /// The rate card.
        card: String,
        /// Whether it is another seller's.
        of_seller: bool,
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
    /// A price is dated after today.
    PriceAhead {
        /// The rate card.
        card: String,
        /// Whether it is another seller's.
        of_seller: bool,
        /// The day that it names.
        checked: Date,
    },
    /// The number of tokens of an image follows a formula that is another model's.
    TokensApproximate {
        /// The model.
        model: String,
        /// The quality.
        quality: Quality,
        /// The size.
        size: Size,
    },
    /// The retry factor of a built-in profile, which is a public guess.
    RetryGuess {
        /// The factor.
        factor: Factor,
        /// The lowest and the highest factor of its range.
        range: Option<(Decimal, Decimal)>,
        /// How good the evidence is.
        grade: Grade,
    },
    /// The model is not offered in batch.
    BatchNotOffered {
        /// The model.
        model: String,
    },
    /// Lines without a price on a card that does not say what a call with reference images costs.
    CardInputsUnsaid {
        /// The card, by name in files.
        card: String,
        /// The lines, by key.
        lines: Vec<String>,
    },
    /// The number of tokens of an image is not published.
    TokensUnknown {
        /// The model.
        model: String,
        /// The quality.
        quality: Quality,
        /// The size.
        size: Size,
    },
    /// The deliverable differs from what was measured, so the formula is used.
    MeasuredUnused {
        /// In what: of model, size and quality.
        differs: Vec<Knob>,
    },
    /// The model is billed per image, so measured tokens count for nothing.
    MeasuredPerImage {
        /// The model.
        model: String,
    },
    /// The number of tokens of a reference image is not published.
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
    /// Ratio and size were set together and disagree; the size wins.
    RatioDisagrees {
        /// The chosen ratio.
        ratio: Ratio,
        /// The chosen size.
        size: Size,
    },
    /// OpenAI calls the size experimental.
    SizeExperimental {
        /// The size.
        size: Size,
    },
    /// The buffer is outside the usual 10–30 %.
    BufferUnusual {
        /// The buffer in percent.
        percent: Decimal,
    },
    /// A call returns several images and one is kept, so that a final costs more than the retry factor alone suggests.
    SparePictures {
        /// Images per call.
        images_per_call: u64,
        /// Images paid for per final.
        per_final: Decimal,
        /// The retry factor.
        factor: Decimal,
    },
    /// The retry factor names an unknown profile.
    ProfileUnknown {
        /// The name.
        name: String,
    },
    /// A fee has no amount or no unit.
    FeeIncomplete {
        /// The fee.
        fee: String,
        /// What it lacks.
        key: FeeKey,
    },
    /// A key of a fee is unreadable.
    FeeUnreadable {
        /// The fee.
        fee: String,
        /// The key.
        key: FeeKey,
    },
    /// A fee is in a currency that is neither USD nor the project's.
    FeeCurrency {
        /// The fee.
        fee: String,
        /// Its currency.
        currency: Currency,
        /// The project's.
        project: Currency,
    },
    /// A fee names a deliverable that does not exist.
    FeeDeliverable {
        /// The fee.
        fee: String,
        /// The key that no deliverable has.
        deliverable: String,
    },
    /// A key of a fee has no effect beside its unit.
    FeeKeyUnused {
        /// The fee.
        fee: String,
        /// The key.
        key: FeeKey,
        /// What the fee is charged for.
        per: Per,
    },
    /// A fee names no deliverable, so it is never charged.
    FeeNamesNone {
        /// The fee.
        fee: String,
    },
    /// Something is wrong with a named risk.
    Risk {
        /// The risk, by its key.
        risk: String,
        /// What is wrong with it.
        fault: RiskFault,
    },
    /// Finals times repetitions are more than the most finals of a deliverable.
    TooManyFinals {
        /// Finals of one repetition.
        finals: u64,
        /// Repetitions.
        repeat: u64,
        /// The most of both together.
        most: u64,
    },
    /// A value in the file is unreadable, so it has no value.
    Unreadable,
    /// An amount needs more than 28 digits.
    TooManyDigits,
    /// Some lines have no price.
    TotalUnknown {
        /// How many lines.
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
        /// Whether the amount beside the cap rests on an approximate number of tokens.
        approximate: bool,
    },
    /// Part of the total is unknown, and the known part alone is over the cap.
    OverCapAtLeast {
        /// In the cap's currency.
        known: Decimal,
        /// The cap.
        cap: Decimal,
        /// The currency of both.
        currency: Currency,
        /// Whether the amount beside the cap rests on an approximate number of tokens.
        approximate: bool,
    },
    /// The cap is in a currency that is neither USD nor the project's.
    CapCurrency {
        /// The cap's currency.
        cap: Currency,
        /// The project's.
        project: Currency,
    },
    /// The project's currency has no exchange rate.
    ExchangeMissing {
        /// The currency.
        currency: Currency,
    },
    /// An exchange rate is of a day long ago.
    ExchangeStale {
        /// The card whose rate it is; `None`: the project's.
        card: Option<String>,
        /// Its day.
        as_of: Date,
        /// Days ago.
        days: i32,
    },
    /// An exchange rate is dated after today.
    ExchangeAhead {
        /// The card whose rate it is; `None`: the project's.
        card: Option<String>,
        /// Its day.
        as_of: Date,
    },
    /// A card is in another currency, and neither it nor the project has a rate for that.
    CardExchangeMissing {
        /// The card, by name in files.
        card: String,
        /// Its currency.
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
    /// How serious it is.
    #[must_use]
    pub fn level(&self) -> Level {
        self.code().level()
    }

    /// Its code, without the numbers.
    #[must_use]
    pub fn code(&self) -> IssueCode {
        match self {
            IssueKind::SizeIllegal { .. } => IssueCode::SizeIllegal,
            IssueKind::SizeAuto => IssueCode::SizeAuto,
            IssueKind::QualityAuto => IssueCode::QualityAuto,
            IssueKind::QualityNotOfModel { .. } => IssueCode::QualityNotOfModel,
            IssueKind::ModelShutDown { .. } => IssueCode::ModelShutDown,
            IssueKind::ModelShutsDown { .. } => IssueCode::ModelShutsDown,
            IssueKind::PriceStale { .. } => IssueCode::PriceStale,
            IssueKind::PriceUndated { .. } => IssueCode::PriceUndated,
            IssueKind::PriceAhead { .. } => IssueCode::PriceAhead,
            IssueKind::TokensApproximate { .. } => IssueCode::TokensApproximate,
            IssueKind::RetryGuess { .. } => IssueCode::RetryGuess,
            IssueKind::BatchNotOffered { .. } => IssueCode::BatchNotOffered,
            IssueKind::CardInputsUnsaid { .. } => IssueCode::CardInputsUnsaid,
            IssueKind::TokensUnknown { .. } => IssueCode::TokensUnknown,
            IssueKind::MeasuredUnused { .. } | IssueKind::MeasuredPerImage { .. } => IssueCode::MeasuredUnused,
            IssueKind::ReferenceTokensUnknown { .. } => IssueCode::ReferenceTokensUnknown,
            IssueKind::RateUnknown { .. } => IssueCode::RateUnknown,
            IssueKind::RatioDisagrees { .. } => IssueCode::RatioDisagrees,
            IssueKind::SizeExperimental { .. } => IssueCode::SizeExperimental,
            IssueKind::BufferUnusual { .. } => IssueCode::BufferUnusual,
            IssueKind::SparePictures { .. } => IssueCode::SparePictures,
            IssueKind::ProfileUnknown { .. } => IssueCode::ProfileUnknown,
            IssueKind::FeeIncomplete { .. } => IssueCode::FeeIncomplete,
            IssueKind::FeeUnreadable { .. } => IssueCode::FeeUnreadable,
            IssueKind::FeeCurrency { .. } => IssueCode::FeeCurrency,
            IssueKind::FeeDeliverable { .. } => IssueCode::FeeDeliverable,
            IssueKind::FeeKeyUnused { .. } => IssueCode::FeeKeyUnused,
            IssueKind::FeeNamesNone { .. } => IssueCode::FeeNamesNone,
            IssueKind::Risk { fault, .. } => fault.code(),
            IssueKind::TooManyFinals { .. } => IssueCode::TooManyFinals,
            IssueKind::Unreadable => IssueCode::Unreadable,
            IssueKind::TooManyDigits => IssueCode::TooManyDigits,
            IssueKind::TotalUnknown { .. } => IssueCode::TotalUnknown,
            IssueKind::OverCap { .. } | IssueKind::OverCapAtLeast { .. } => IssueCode::OverCap,
            IssueKind::CapCurrency { .. } => IssueCode::CapCurrency,
            IssueKind::ExchangeMissing { .. } => IssueCode::ExchangeMissing,
            IssueKind::ExchangeStale { .. } => IssueCode::ExchangeStale,
            IssueKind::ExchangeAhead { .. } => IssueCode::ExchangeAhead,
            IssueKind::CardExchangeMissing { .. } => IssueCode::CardExchangeMissing,
            IssueKind::CardsDiffer { .. } => IssueCode::CardsDiffer,
            IssueKind::RatesDiffer { .. } => IssueCode::RatesDiffer,
        }
    }
}
