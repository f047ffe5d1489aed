//! What varies in a project, as plain numbers: the only input of the distribution.

use crate::cost::base::money::Decimal;
use crate::cost::risk::prior::Prior;

/// What is paid as a unit, and how many finals it can bring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// One image a call: an image is a trial.
    Single,
    /// Several images a call, of which one at most is kept: a call is a trial.
    Each(u32),
    /// Several images a call, any number of which may be kept; a call is bought whole.
    Pool(u32),
}

/// A deliverable's finals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Which deliverable, in the caller's own count.
    pub deliverable: usize,
    /// Finals, those of every repetition.
    pub finals: u64,
    /// USD of one image ([`Mode::Single`]) or one call, not below 0.
    pub unit: Decimal,
    /// How it is paid.
    pub mode: Mode,
}

/// A named risk that brings extra finals.
#[derive(Debug, Clone, PartialEq)]
pub struct ExtraFinals {
    /// Which risk, in the caller's own count.
    pub risk: usize,
    /// The item of its profile that has more finals then.
    pub item: usize,
    /// How likely it is, from 0 to 1.
    pub chance: f64,
    /// How many finals with which share; the shares sum to 1.
    pub cases: Vec<(f64, u64)>,
    /// USD of fees for each extra final.
    pub fee: Decimal,
}

/// A named risk that costs an amount of money.
#[derive(Debug, Clone, PartialEq)]
pub struct ExtraMoney {
    /// Which risk, in the caller's own count.
    pub risk: usize,
    /// How likely it is, from 0 to 1.
    pub chance: f64,
    /// USD with which share, not below 0; the shares sum to 1.
    pub cases: Vec<(f64, Decimal)>,
}

/// Items that share one retry factor and its doubt.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// The factor.
    pub prior: Prior,
    /// The items.
    pub items: Vec<Item>,
    /// Named risks of those items.
    pub extras: Vec<ExtraFinals>,
}

/// Everything that the distribution of a total depends on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Work {
    /// USD of all that does not vary: drafts, and fees of project, month, deliverable and final.
    pub constant: Decimal,
    /// What varies, independently of each other.
    pub profiles: Vec<Profile>,
    /// Named risks that cost money.
    pub amounts: Vec<ExtraMoney>,
}
