//! Rate cards of other sellers and of one's own: what is charged for, in which unit, and how credits are paid for.

use crate::cost::base::fraction::Fraction;
use crate::cost::base::money::Decimal;
use crate::cost::base::size::Size;
use crate::cost::base::tokens::Quality;
use crate::cost::rates::rate_card::{Provenance, Rates};

/// What a card charges in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Money.
    Usd,
    /// Credits, which [`Pay`] turns into money.
    Credits,
}

/// Whether something that goes along is charged for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inputs {
    /// Reference pictures and prompt are charged for by tokens.
    Charged,
    /// The price of a picture covers them.
    Included,
}

/// What a seller says about calls that fail or are refused; an estimate does not count them, so this is only told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failed {
    /// They cost like any other.
    Charged,
    /// They cost nothing, or are given back.
    Free,
    /// The seller does not say.
    NotStated,
}

/// Where a card was found; a later one stands in for an earlier one of the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Found {
    /// It came with the program.
    BuiltIn,
    /// In the user's own folder of cards.
    Config,
    /// In a file that the project extends.
    Team,
    /// In the project.
    Project,
}

/// What one picture costs, in the card's unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Price {
    /// The same in every quality.
    Any(Decimal),
    /// By quality; one that is absent has no price.
    ByQuality(Vec<(Quality, Decimal)>),
}

impl Price {
    /// The price in a quality; none where the card names none.
    #[must_use]
    pub fn of(&self, quality: Quality) -> Option<Decimal> {
        match self {
            Price::Any(price) => Some(*price),
            Price::ByQuality(rows) => rows.iter().find(|(q, _)| *q == quality).map(|(_, price)| *price),
        }
    }

    /// Every price, cheapest quality first as the card lists them.
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
    /// As the seller calls it, `1K`.
    pub name: String,
    /// The longest edge, in pixels, that still belongs to it.
    pub long_edge: u32,
    /// What a picture costs.
    pub price: Price,
}

/// What pictures cost, in the card's unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Table {
    /// The same in every size.
    Flat(Price),
    /// By class of size, the smallest first.
    Tiers(Vec<SizeTier>),
    /// By listed size; `nearest`: another size is charged like the listed one that is closest in pixels.
    Sizes {
        /// The list.
        rows: Vec<(Size, Price)>,
        /// Whether the seller says that other sizes are charged like the nearest one.
        nearest: bool,
    },
    /// The seller publishes no figures.
    Unpublished,
}

/// What a card charges for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pricing {
    /// Tokens by meter, in units per 1,000,000.
    Tokens {
        /// Money or credits.
        unit: Unit,
        /// At once.
        standard: Rates,
        /// Within a day; none where the seller has no such service, and batch work is charged at the other rates.
        batch: Option<Rates>,
    },
    /// Pictures.
    Images {
        /// Money or credits.
        unit: Unit,
        /// What a picture costs.
        table: Table,
        /// Units per 1,000,000 input tokens on top, where inputs are charged for.
        inputs: Rates,
    },
    /// A team's own credits: so many USD of the official bill each, with a margin on top.
    Internal {
        /// What one credit is worth; above 0.
        credit_usd: Decimal,
        /// Added to the official bill, in percent.
        margin_percent: Decimal,
    },
}

/// A number of credits sold together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// As the card calls it.
    pub name: String,
    /// Its price.
    pub usd: Decimal,
    /// Credits in it; above 0.
    pub credits: u64,
    /// Months until what is left of it is lost; none: it is kept.
    pub months: Option<u32>,
}

/// How often a plan's fee is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// Each month.
    Month,
    /// Each year, begun ones in full.
    Year,
}

/// A subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// As the seller calls it.
    pub name: String,
    /// The fee of one period.
    pub usd: Decimal,
    /// What the fee is for.
    pub per: Period,
    /// Credits that come with each month and are lost at its end.
    pub credits: u64,
    /// USD for each credit beyond; none: packs, or nothing.
    pub overage: Option<Decimal>,
}

/// The ways in which credits can be paid for; empty where nothing is published.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pay {
    /// So many USD for so many credits, in any number.
    pub rate: Option<(Decimal, Decimal)>,
    /// Packs, bought whole.
    pub packs: Vec<Pack>,
    /// Plans.
    pub plans: Vec<Plan>,
}

impl Pay {
    /// USD for one credit where credits are sold in any number.
    #[must_use]
    pub fn per_credit(&self) -> Option<Fraction> {
        self.rate.and_then(|(usd, credits)| Fraction::of(usd, credits))
    }

    /// Whether what is bought depends on the sum of all work: then only the whole project has an exact price.
    #[must_use]
    pub fn is_pooled(&self) -> bool {
        !self.packs.is_empty() || !self.plans.is_empty()
    }
}

/// A rate card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// As files and `compare` spell it.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Models that it is for, by name; empty: any.
    pub models: Vec<String>,
    /// What it charges for.
    pub pricing: Pricing,
    /// Whether reference pictures and prompt are charged for.
    pub inputs: Inputs,
    /// Whether each call is rounded up to whole credits.
    pub round_calls: bool,
    /// What a picture in size `auto` is charged as: the name of a class or a size.
    pub auto_size: Option<String>,
    /// What a picture in quality `auto` is charged as.
    pub auto_quality: Option<Quality>,
    /// What is said about calls that fail.
    pub failed: Failed,
    /// How credits are paid for.
    pub pay: Pay,
    /// Where the figures come from.
    pub provenance: Provenance,
    /// Remarks, assumptions among them.
    pub notes: Option<String>,
    /// Where the card was found.
    pub found: Found,
}

/// What a bill is reckoned in, for scripts and headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// USD by tokens.
    Tokens,
    /// Credits by tokens.
    CreditsPerToken,
    /// Credits by picture.
    CreditsPerImage,
    /// USD by picture.
    PerImage,
    /// A team's own credits.
    Internal,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 5] =
        [Kind::Tokens, Kind::CreditsPerToken, Kind::CreditsPerImage, Kind::PerImage, Kind::Internal];

    /// As files spell it.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["tokens", "credits per token", "credits per image", "per image", "internal credits"][self as usize]
    }
}

impl Card {
    /// What the card charges by.
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

    /// Whether the bill is reckoned in credits that are bought.
    #[must_use]
    pub fn sells_credits(&self) -> bool {
        matches!(self.kind(), Kind::CreditsPerToken | Kind::CreditsPerImage)
    }

    /// Whether the card has prices for a model.
    #[must_use]
    pub fn is_for(&self, model: &str) -> bool {
        self.models.is_empty() || self.models.iter().any(|own| own == model)
    }

    /// The step that the card's prices of pictures are rounded to: one credit, or the last digit of a list by size. None where
    /// a price is for more than one size on purpose, and where nothing is rounded.
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
