//! The kinds of issue without their numbers: names that scripts may rely on, and how serious each is.

use crate::cost::base::level::Level;

macro_rules! issue_codes {
    ($( $(#[$doc:meta])+ $code:ident = $name:literal, $level:ident; )*) => {
        /// The kinds of issue without their numbers, for scripts.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum IssueCode { $( $(#[$doc])+ $code ),* }

        impl IssueCode {
            /// Every code.
            pub const ALL: &[IssueCode] = &[$( IssueCode::$code ),*];

            /// The short name that scripts may rely on.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $( IssueCode::$code => $name ),* }
            }

            /// How serious it is.
            #[must_use]
            pub fn level(self) -> Level {
                match self { $( IssueCode::$code => Level::$level ),* }
            }
        }
    };
}

issue_codes! {
    /// The model does not accept the size.
    SizeIllegal = "size-illegal", Error;
    /// The model chooses the size.
    SizeAuto = "size-auto", Warning;
    /// The model chooses the quality.
    QualityAuto = "quality-auto", Warning;
    /// The model does not support this quality.
    QualityNotOfModel = "quality-not-of-model", Error;
    /// The model is retired.
    ModelShutDown = "model-shut-down", Warning;
    /// The model will be retired soon.
    ModelShutsDown = "model-shuts-down", Warning;
    /// A price was checked long ago.
    PriceStale = "price-stale", Warning;
    /// A pinned price does not say when it was checked.
    PriceUndated = "price-undated", Note;
    /// A price is dated after today.
    PriceAhead = "price-dated-ahead", Warning;
    /// The number of tokens of an image follows a formula that is another model's.
    TokensApproximate = "tokens-approximate", Note;
    /// The retry factor of a built-in profile, which is a public guess.
    RetryGuess = "retry-guess", Note;
    /// The model is not offered in batch.
    BatchNotOffered = "batch-not-offered", Warning;
    /// Lines without a price on a card that does not say what a call with reference images costs.
    CardInputsUnsaid = "card-inputs-unsaid", Note;
    /// The number of tokens of an image is not published.
    TokensUnknown = "tokens-unknown", Warning;
    /// Measured tokens count for nothing: the deliverable differs from what was measured, or its model is billed per image.
    MeasuredUnused = "measured-unused", Note;
    /// The number of tokens of a reference image is not published.
    ReferenceTokensUnknown = "reference-tokens-unknown", Warning;
    /// A rate is not published.
    RateUnknown = "rate-unknown", Warning;
    /// Ratio and size were set together and disagree; the size wins.
    RatioDisagrees = "ratio-disagrees", Warning;
    /// OpenAI calls the size experimental.
    SizeExperimental = "size-experimental", Note;
    /// The buffer is outside the usual 10–30 %.
    BufferUnusual = "buffer-unusual", Note;
    /// A call returns several images and one is kept, so that a final costs more than the retry factor alone suggests.
    SparePictures = "spare-pictures", Note;
    /// The retry factor names an unknown profile.
    ProfileUnknown = "profile-unknown", Error;
    /// A fee has no amount or no unit.
    FeeIncomplete = "fee-incomplete", Error;
    /// A key of a fee is unreadable.
    FeeUnreadable = "fee-unreadable", Error;
    /// A fee is in a currency that is neither USD nor the project's.
    FeeCurrency = "fee-currency", Error;
    /// A fee names a deliverable that does not exist.
    FeeDeliverable = "fee-deliverable-unknown", Error;
    /// A key of a fee has no effect beside its unit.
    FeeKeyUnused = "fee-key-unused", Warning;
    /// A fee names no deliverable, so it is never charged.
    FeeNamesNone = "fee-names-none", Warning;
    /// A named risk lacks its chance, what it does, or the deliverable of its finals.
    RiskIncomplete = "risk-incomplete", Error;
    /// A key of a named risk is unreadable.
    RiskUnreadable = "risk-unreadable", Error;
    /// A named risk has finals and an amount.
    RiskBoth = "risk-finals-and-amount", Error;
    /// A named risk is in a currency that is neither USD nor the project's.
    RiskCurrency = "risk-currency", Error;
    /// A named risk names a deliverable that does not exist.
    RiskDeliverable = "risk-deliverable-unknown", Error;
    /// A named risk names a deliverable beside an amount, where that has no effect.
    RiskKeyUnused = "risk-key-unused", Warning;
    /// Finals times repetitions are more than the most finals of a deliverable.
    TooManyFinals = "too-many-finals", Error;
    /// A value in the file is unreadable, so it has no value.
    Unreadable = "value-unreadable", Error;
    /// An amount needs more than 28 digits.
    TooManyDigits = "too-many-digits", Error;
    /// Some lines have no price.
    TotalUnknown = "total-unknown", Warning;
    /// The total is over the cap.
    OverCap = "over-cap", Warning;
    /// The cap is in a currency that is neither USD nor the project's.
    CapCurrency = "cap-currency", Error;
    /// The project's currency has no exchange rate.
    ExchangeMissing = "exchange-missing", Error;
    /// An exchange rate is of a day long ago.
    ExchangeStale = "exchange-stale", Warning;
    /// An exchange rate is dated after today.
    ExchangeAhead = "exchange-dated-ahead", Warning;
    /// A card is in another currency, and neither it nor the project has a rate for that.
    CardExchangeMissing = "card-exchange-missing", Warning;
    /// Pinned cards of other sellers differ from the built-in ones.
    CardsDiffer = "cards-differ", Note;
    /// Pinned rates differ from the built-in ones.
    RatesDiffer = "rates-differ", Note;
}
