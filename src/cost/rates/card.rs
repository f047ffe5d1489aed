//! Rate cards of other sellers and of the user: what they charge for, in which unit, and how credits are bought.

use crate::cost::base::fraction::Fraction;
use crate::cost::base::limits::STEP_DIGITS_MAX;
use crate::cost::base::money::{Decimal, plus, times};
use crate::cost::base::size::Size;
use crate::cost::base::tokens::Quality;
use crate::cost::rates::rate_card::{Grade, Provenance, Rates};

pub use super::card_money::{Money, Pack, Pay, Period, Plan};

/// The unit that a card charges in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Money, in the card's currency.
    Money,
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

impl Inputs {
    /// Both.
    pub const ALL: [Inputs; 2] = [Inputs::Charged, Inputs::Included];

    /// The name used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["charged", "included"][self as usize]
    }

    /// The one of a name in a file.
    #[must_use]
    pub fn parse(name: &str) -> Option<Inputs> {
        Inputs::ALL.into_iter().find(|inputs| inputs.name() == name)
    }
}

/// How a seller reaches the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// Through the maker's own API.
    Official,
    /// Reverse-engineered: size and quality are not guaranteed.
    Unofficial,
}

impl Route {
    /// Both routes.
    pub const ALL: [Route; 2] = [Route::Official, Route::Unofficial];

    /// The name used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["official", "unofficial"][self as usize]
    }
}

/// What a price of images is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Per {
    /// Each image.
    Image,
    /// Each call, however many images it returns.
    Call,
}

impl Per {
    /// Both.
    pub const ALL: [Per; 2] = [Per::Image, Per::Call];

    /// The name used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["image", "call"][self as usize]
    }
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

/// The largest image of a class of sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bound {
    /// The longest edge, in pixels.
    LongEdge(u32),
    /// The pixels, in millions.
    Megapixels(Decimal),
}

impl Bound {
    /// Whether an image of this size is within the bound.
    #[must_use]
    pub fn holds(self, size: Size) -> bool {
        match self {
            Bound::LongEdge(edge) => size.long() <= edge,
            Bound::Megapixels(most) => {
                Decimal::try_from_i128_with_scale(size.pixels().into(), 6).is_ok_and(|megapixels| megapixels <= most)
            }
        }
    }

    /// The name used in files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Bound::LongEdge(_) => "long_edge",
            Bound::Megapixels(_) => "megapixels",
        }
    }
}

/// A class of sizes with one price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SizeTier {
    /// The seller's name for it, such as `1K`.
    pub name: String,
    /// The largest image in this class.
    pub bound: Bound,
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

impl Table {
    /// Whether a price depends on the quality.
    #[must_use]
    pub fn is_by_quality(&self) -> bool {
        let differs = |price: &Price| matches!(price, Price::ByQuality(_));
        match self {
            Table::Flat(price) => differs(price),
            Table::Tiers(tiers) => tiers.iter().any(|tier| differs(&tier.price)),
            Table::Sizes { rows, .. } => rows.iter().any(|(_, price)| differs(price)),
            Table::Unpublished => false,
        }
    }

    /// Every price in it.
    pub fn prices(&self) -> Vec<Decimal> {
        match self {
            Table::Flat(price) => price.all().collect(),
            Table::Tiers(tiers) => tiers.iter().flat_map(|tier| tier.price.all()).collect(),
            Table::Sizes { rows, .. } => rows.iter().flat_map(|(_, price)| price.all()).collect(),
            Table::Unpublished => Vec::new(),
        }
    }
}

/// The prices of calls that send reference images, where they differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The price of an image, reference images included.
    pub table: Table,
    /// The most reference images that the price covers; the price of more is unknown.
    pub references: u64,
}

/// What a card charges for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pricing {
    /// Tokens by meter, in units per 1,000,000.
    Tokens {
        /// Money or credits.
        unit: Unit,
        /// Standard service; `None` means the official rates of the line's model and service tier.
        standard: Option<Rates>,
        /// Batch service, within a day; `None` if the seller has none, and batch work is charged at the standard rates.
        batch: Option<Rates>,
        /// Taken off these rates, in percent.
        discount_percent: Decimal,
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
        markup_percent: Decimal,
    },
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
    /// Qualities that are sold; empty means any.
    pub qualities: Vec<Quality>,
    /// How the seller reaches the model; `None` if that is not stated.
    pub route: Option<Route>,
    /// The currency of all its money, and the rate; without one, that of the project counts if its currency is the same.
    pub money: Money,
    /// What it charges for.
    pub pricing: Pricing,
    /// What a price of images is paid for.
    pub per: Per,
    /// The prices of calls with reference images; `None` if there is no other list.
    pub edit: Option<Edit>,
    /// Whether reference images and prompt are charged for; `None` if that is not said: then a call with reference images has
    /// no price, unless `edit` gives one.
    pub inputs: Option<Inputs>,
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
    /// Added to all money paid to the seller, in percent.
    pub fee_percent: Decimal,
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
            Pricing::Tokens { unit: Unit::Money, .. } => Kind::Tokens,
            Pricing::Tokens { unit: Unit::Credits, .. } => Kind::CreditsPerToken,
            Pricing::Images { unit: Unit::Credits, .. } => Kind::CreditsPerImage,
            Pricing::Images { unit: Unit::Money, .. } => Kind::PerImage,
            Pricing::Internal { .. } => Kind::Internal,
        }
    }

    /// Whether the bill is in credits that must be bought.
    #[must_use]
    pub fn sells_credits(&self) -> bool {
        matches!(self.kind(), Kind::CreditsPerToken | Kind::CreditsPerImage)
    }

    /// Whether its bill depends on numbers of tokens.
    #[must_use]
    pub fn rests_on_tokens(&self) -> bool {
        matches!(self.kind(), Kind::Tokens | Kind::CreditsPerToken | Kind::Internal)
    }

    /// Whether it charges the official rates, with or without a discount, instead of rates of its own.
    #[must_use]
    pub fn charges_official_rates(&self) -> bool {
        matches!(self.pricing, Pricing::Tokens { standard: None, .. } | Pricing::Internal { .. })
    }

    /// Whether the card has prices for a model.
    #[must_use]
    pub fn is_for(&self, model: &str) -> bool {
        self.models.is_empty() || self.models.iter().any(|own| own == model)
    }

    /// Whether a quality is sold.
    #[must_use]
    pub fn sells(&self, quality: Quality) -> bool {
        self.qualities.is_empty() || self.qualities.contains(&quality)
    }

    /// Whether its prices rest on weak evidence, so that its bill is shown with ≈.
    #[must_use]
    pub fn is_approximate(&self) -> bool {
        self.provenance.grade == Some(Grade::C)
    }

    /// What is paid with the purchase fee for 1 paid without it.
    #[must_use]
    pub fn with_fee(&self) -> Fraction {
        let share = times(self.fee_percent, Decimal::new(1, 2)).and_then(|share| plus(share, Decimal::ONE));
        share.map_or_else(|_| Fraction::from(Decimal::ONE), Fraction::from)
    }

    /// The step that the card's image prices are rounded to: one credit, or the last digit of a list by size. `None` if one
    /// price covers several sizes on purpose, or if nothing is rounded.
    #[must_use]
    pub fn step(&self) -> Option<Decimal> {
        let Pricing::Images { unit, table, .. } = &self.pricing else { return None };
        if matches!((unit, table), (Unit::Money, Table::Flat(_) | Table::Tiers(_)) | (_, Table::Unpublished)) {
            return None;
        }
        let of_edits = self.edit.iter().flat_map(|edit| edit.table.prices());
        let prices = table.prices().into_iter().chain(of_edits);
        let digits = prices.map(|price| price.normalize().scale()).max().filter(|digits| *digits <= STEP_DIGITS_MAX);
        digits.map(|digits| Decimal::new(1, digits))
    }
}
