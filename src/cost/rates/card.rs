//! Rate cards of other sellers and of the user: what they charge for, in which unit, and how credits are bought.

use crate::cost::base::fraction::Fraction;
use crate::cost::base::money::Decimal;
use crate::cost::base::size::Size;
use crate::cost::base::tokens::Quality;
use crate::cost::rates::rate_card::{Provenance, Rates};

/// The unit that a card charges in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Money.
    Usd,
    /// Credits, which [`Pay`] turns into money.
    Credits,
}

/// Whether inputs are charged for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inputs {
    /// Reference images and prompt are charged for by tokens.
    Charged,
    /// The price of an image covers them.
    Included,
}

/// What a seller charges for calls that fail or are refused; an estimate does not include them, so this is information only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failed {
    /// They cost like any other call.
    Charged,
    /// They cost nothing, or are refunded.
    Free,
    /// The seller does not say.
    NotStated,
}

/// Where a card was found; a later variant replaces an earlier one of the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Found {
    /// Built into the program.
    BuiltIn,
    /// In the user's own folder of cards.
    Config,
    /// In a file that the project extends.
    Team,
    /// In the project.
    Project,
}

/// The price of one image, in the card's unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Price {
    /// The same in every quality.
    Any(Decimal),
    /// By quality; an absent quality has no price.
    ByQuality(Vec<(Quality, Decimal)>),
}

impl Price {
    /// The price in a quality; `None` if the card has `None` for it.
    #[must_use]
    pub fn of(&self, quality: Quality) -> Option<Decimal> {
        match self {
            Price::Any(price) => Some(*price),
            Price::ByQuality(rows) => rows.iter().find(|(q, _)| *q == quality).map(|(_, price)| *price),
        }
    }

    /// Every price, cheapest quality first as listed on the card.
    pub fn all(&self) -> impl Iterator<Item = Decimal> + '_ {
        let (one, rows) = match self {
            Price::Any(price) => (Some(*price), [].as_slice()),
            Price::ByQuality(rows) => (None, rows.as_slice()),
        };
        one.into_iter().chain(rows.iter().map(|(_, price)| *price))
    }
}

/// A class of sizes with one price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SizeTier {
    /// The seller's name for it, such as `1K`.
    pub name: String,
    /// The longest edge in this class, in pixels.
    pub long_edge: u32,
    /// The price of an image.
    pub price: Price,
}

/// The prices of images, in the card's unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Table {
    /// The same in every size.
    Flat(Price),
    /// By size class, the smallest first.
    Tiers(Vec<SizeTier>),
    /// By listed size; `nearest`: another size is charged like the listed one closest in pixels.
    Sizes {
        /// The list.
        rows: Vec<(Size, Price)>,
        /// Whether the seller says that other sizes are charged like the nearest one.
        nearest: bool,
    },
    /// The seller publishes no prices.
    Unpublished,
}

/// What a card charges for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pricing {
    /// Tokens by meter, in units per 1,000,000.
    Tokens {
        /// Money or credits.
        unit: Unit,
        /// Standard service.
        standard: Rates,
        /// Batch service, within a day; `None` if the seller has none, and batch work is charged at the standard rates.
        batch: Option<Rates>,
    },
    /// Images.
    Images {
        /// Money or credits.
        unit: Unit,
        /// The price of an image.
        table: Table,
        /// Units per 1,000,000 input tokens on top, if inputs are charged for.
        inputs: Rates,
    },
    /// A team's own credits: each is worth some USD of the official bill, with a markup on top.
    Internal {
        /// USD per credit; above 0.
        credit_usd: Decimal,
        /// Markup on the official bill, in percent.
        margin_percent: Decimal,
    },
}

/// A number of credits sold together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// The card's name for it.
    pub name: String,
    /// Its price.
    pub usd: Decimal,
    /// Credits in it; above 0.
    pub credits: u64,
    /// Months until its unused credits are lost; `None` if they never expire.
    pub months: Option<u32>,
}

/// How often a plan's fee is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// Each month.
    Month,
    /// Each year; a year that has begun is paid in full.
    Year,
}

/// A subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The seller's name for it.
    pub name: String,
    /// The fee of one period.
    pub usd: Decimal,
    /// The period of the fee.
    pub per: Period,
    /// Credits that come with each month and are lost at its end.
    pub credits: u64,
    /// USD for each credit beyond the plan's; `None` if only packs, or nothing, can be added.
    pub overage: Option<Decimal>,
}

/// The ways to pay for credits; empty if nothing is published.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pay {
    /// (USD, credits): credits are sold in any number at this rate.
    pub rate: Option<(Decimal, Decimal)>,
    /// Packs, bought whole.
    pub packs: Vec<Pack>,
    /// Plans.
    pub plans: Vec<Plan>,
}

impl Pay {
    /// USD for one credit if credits are sold in any number.
    #[must_use]
    pub fn per_credit(&self) -> Option<Fraction> {
        self.rate.and_then(|(usd, credits)| Fraction::of(usd, credits))
    }

    /// Whether the price depends on the sum of all work: then only the whole project has an exact price.
    #[must_use]
    pub fn is_pooled(&self) -> bool {
        !self.packs.is_empty() || !self.plans.is_empty()
    }
}

/// A rate card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The name used in files and `compare`.
    pub id: String,
    /// The display name.
    pub name: String,
    /// Models that it is for, by name; empty means any.
    pub models: Vec<String>,
    /// What it charges for.
    pub pricing: Pricing,
    /// Whether reference images and prompt are charged for.
    pub inputs: Inputs,
    /// Whether each call is rounded up to whole credits.
    pub round_calls: bool,
    /// What an image in size `auto` is charged as: the name of a class or a size.
    pub auto_size: Option<String>,
    /// What an image in quality `auto` is charged as.
    pub auto_quality: Option<Quality>,
    /// What the seller charges for calls that fail.
    pub failed: Failed,
    /// How credits are bought.
    pub pay: Pay,
    /// Source of the prices.
    pub provenance: Provenance,
    /// Notes, including assumptions.
    pub notes: Option<String>,
    /// Where the card was found.
    pub found: Found,
}

/// The unit of a bill, for scripts and headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// USD by tokens.
    Tokens,
    /// Credits by tokens.
    CreditsPerToken,
    /// Credits per image.
    CreditsPerImage,
    /// USD per image.
    PerImage,
    /// A team's own credits.
    Internal,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 5] =
        [Kind::Tokens, Kind::CreditsPerToken, Kind::CreditsPerImage, Kind::PerImage, Kind::Internal];

    /// The name used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["tokens", "credits per token", "credits per image", "per image", "internal credits"][self as usize]
    }
}

impl Card {
    /// The kind of bill.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match &self.pricing {
            Pricing::Tokens { unit: Unit::Usd, .. } => Kind::Tokens,
            Pricing::Tokens { unit: Unit::Credits, .. } => Kind::CreditsPerToken,
            Pricing::Images { unit: Unit::Credits, .. } => Kind::CreditsPerImage,
            Pricing::Images { unit: Unit::Usd, .. } => Kind::PerImage,
            Pricing::Internal { .. } => Kind::Internal,
        }
    }

    /// Whether the bill is in credits that must be bought.
    #[must_use]
    pub fn sells_credits(&self) -> bool {
        matches!(self.kind(), Kind::CreditsPerToken | Kind::CreditsPerImage)
    }

    /// Whether the card has prices for a model.
    #[must_use]
    pub fn is_for(&self, model: &str) -> bool {
        self.models.is_empty() || self.models.iter().any(|own| own == model)
    }

    /// The step that the card's image prices are rounded to: one credit, or the last digit of a list by size. `None` if one
    /// price covers several sizes on purpose, or if nothing is rounded.
    #[must_use]
    pub fn step(&self) -> Option<Decimal> {
        let Pricing::Images { unit, table, .. } = &self.pricing else { return None };
        let prices: Vec<Decimal> = match (unit, table) {
            (Unit::Credits, Table::Flat(price)) => price.all().collect(),
            (Unit::Credits, Table::Tiers(tiers)) => tiers.iter().flat_map(|tier| tier.price.all()).collect(),
            (_, Table::Sizes { rows, .. }) => rows.iter().flat_map(|(_, price)| price.all()).collect(),
            (Unit::Usd, Table::Flat(_) | Table::Tiers(_)) | (_, Table::Unpublished) => return None,
        };
        prices.iter().map(|price| price.normalize().scale()).max().map(|digits| Decimal::new(1, digits))
    }
}
