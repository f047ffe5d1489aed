//! What a model charges and accepts, and where each price comes from.

use crate::cost::base::money::Decimal;
use crate::cost::base::retry::Retry;
use crate::cost::base::size::{Size, SizeRules};
use crate::cost::base::tokens::{OutputTokens, Quality, ReferenceTokens};
use jiff::civil::Date;
use std::fmt;

/// What is metered, in tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Meter {
    /// Pictures drawn.
    ImageOutput,
    /// Reference pictures sent.
    ImageInput,
    /// Reference pictures served from the cache.
    ImageInputCached,
    /// Prompt text sent.
    TextInput,
    /// Prompt text served from the cache.
    TextInputCached,
    /// Text drawn up by the model, where it has a price.
    TextOutput,
}

impl Meter {
    /// All meters, in the order of a bill.
    pub const ALL: [Meter; 6] = [
        Meter::ImageOutput,
        Meter::ImageInput,
        Meter::ImageInputCached,
        Meter::TextInput,
        Meter::TextInputCached,
        Meter::TextOutput,
    ];

    /// The name used in files, JSON and cards.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["image_output", "image_input", "image_input_cached", "text_input", "text_input_cached", "text_output"]
            [self as usize]
    }

    /// Reads a meter's name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Meter> {
        Meter::ALL.into_iter().find(|meter| meter.name() == text)
    }
}

/// USD per 1,000,000 tokens, by meter; none where nothing is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rates([Option<Decimal>; 6]);

impl Rates {
    /// The rate of a meter; none is unknown, not free.
    #[must_use]
    pub fn get(&self, meter: Meter) -> Option<Decimal> {
        self.0[meter as usize]
    }

    /// The same rates with one meter set.
    #[must_use]
    pub fn with(mut self, meter: Meter, usd_per_million: Decimal) -> Rates {
        self.0[meter as usize] = Some(usd_per_million);
        self
    }
}

/// How fast and at what price a request is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ServiceTier {
    /// At once.
    Standard,
    /// Within a day, mostly at half the price.
    Batch,
}

impl ServiceTier {
    /// As files spell it.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["standard", "batch"][self as usize]
    }

    /// Reads `standard` or `batch`.
    #[must_use]
    pub fn parse(text: &str) -> Option<ServiceTier> {
        [ServiceTier::Standard, ServiceTier::Batch].into_iter().find(|t| t.name().eq_ignore_ascii_case(text.trim()))
    }
}

/// How good the evidence for a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Grade {
    /// The maker's own text, or several independent sources that agree.
    A,
    /// One good source, or measured by one party.
    B,
    /// Weak.
    C,
}

impl Grade {
    /// Reads `A`, `B` or `C`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Grade> {
        [Grade::A, Grade::B, Grade::C].into_iter().find(|grade| grade.to_string() == text)
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(["A", "B", "C"][*self as usize])
    }
}

/// Where a fact comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// A page, a package or a person.
    pub source: String,
    /// The day it was read; none where a file does not say.
    pub checked: Option<Date>,
    /// How good the evidence is; none where a file does not say.
    pub grade: Option<Grade>,
}

/// Token prices of one model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenCard {
    /// Served at once; none where nothing is published.
    pub standard: Option<Rates>,
    /// Served within a day; none where nothing is published.
    pub batch: Option<Rates>,
    /// Where the prices come from.
    pub provenance: Provenance,
}

impl TokenCard {
    /// The rates of a service tier.
    #[must_use]
    pub fn rates(&self, tier: ServiceTier) -> Option<&Rates> {
        match tier {
            ServiceTier::Standard => self.standard.as_ref(),
            ServiceTier::Batch => self.batch.as_ref(),
        }
    }
}

/// Whether a model can still be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// In service.
    Active,
    /// In service until its shutdown day.
    Deprecated,
    /// No longer in service.
    ShutDown,
}

/// What the official price of a picture rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Billing {
    /// Tokens times rates.
    Tokens,
    /// Inputs by tokens, the picture by the official price per image, which tokens times rates do not give.
    TokensAndImagePrice,
    /// The official price per image covers everything.
    ImagePrice,
}

impl Billing {
    /// What it is called beside the kinds of other sellers' cards.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["tokens", "tokens and per image", "per image"][self as usize]
    }
}

/// A model: what it accepts, how it counts, what it charges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// The API's name, such as `gpt-image-2`.
    pub id: String,
    /// Dated names of the same model.
    pub snapshots: Vec<String>,
    /// Whether it can still be used.
    pub status: Status,
    /// The day it ends or ended, where one is announced.
    pub shutdown: Option<Date>,
    /// What it draws, cheapest first.
    pub qualities: Vec<Quality>,
    /// The sizes it takes.
    pub sizes: SizeRules,
    /// How it counts pictures drawn.
    pub output: OutputTokens,
    /// Where the token counts come from.
    pub output_provenance: Provenance,
    /// How it counts reference pictures.
    pub references: ReferenceTokens,
    /// Where the reference counts come from.
    pub references_provenance: Provenance,
    /// What the price of a picture rests on.
    pub billing: Billing,
    /// Built-in prices.
    pub card: TokenCard,
    /// Official prices per image, where published.
    pub per_image: Vec<(Size, Quality, Decimal)>,
}

impl Model {
    /// The identity of its rate card in files: `openai/<model>`.
    #[must_use]
    pub fn card_id(&self) -> String {
        format!("openai/{}", self.id)
    }

    /// The official price of one image, where published.
    #[must_use]
    pub fn image_price(&self, size: Size, quality: Quality) -> Option<Decimal> {
        self.per_image.iter().find(|(s, q, _)| *s == size && *q == quality).map(|(_, _, usd)| *usd)
    }
}

/// Numbers that hold for every model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extras {
    /// Output tokens of each streamed partial picture.
    pub partial_image_tokens: u64,
    /// Partial pictures a generation, at most.
    pub partial_images_max: u32,
    /// Pictures a call, at most.
    pub images_per_call_max: u32,
    /// Text tokens that each generation adds to the prompt.
    pub prompt_overhead_tokens: u64,
    /// Reference pictures a call, at most.
    pub references_max: usize,
    /// Where the numbers come from.
    pub provenance: Provenance,
}

/// A named retry factor with the evidence behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// What it holds; never the name of another profile.
    pub retry: Retry,
    /// Where it comes from.
    pub provenance: Provenance,
}
