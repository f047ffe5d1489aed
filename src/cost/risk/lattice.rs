//! The cells that a total falls into: multiples of a common unit of all prices, exactly, or else narrow slices.

use crate::cost::base::money::{Decimal, trim_zeros};
use crate::cost::risk::block::{Block, LANES};
use crate::cost::risk::fourier::{CELLS, roots};
use crate::cost::risk::kinds::float;
use num_integer::Integer;
use std::f64::consts::PI;

/// Standard deviations, in cells, of the error that slices are blurred with: exact prices would ring between them.
pub(super) const BLUR: f64 = 1.5;
/// Cells that stay free on both sides of slices, so that nothing wraps around.
pub(super) const MARGIN: f64 = 8.0;
/// Standard deviations from the mean that the cells reach where nothing bounds an amount.
const ABOVE: f64 = 14.0;
/// Cells of a grid, at least: a few tries have a long tail, and more cells cost next to nothing.
const FEWEST: usize = 256;
/// The same for slices on the side of a bound.
const BELOW: f64 = 10.0;

/// A unit of which all prices are multiples: `mantissa` in units of 10^−`scale`.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Unit {
    mantissa: u128,
    scale: u32,
}

impl Unit {
    /// How many units a price is; `None` if it is no multiple or has too many digits.
    fn in_price(self, price: Decimal) -> Option<u128> {
        let price = at_scale(price, self.scale)?;
        (price % self.mantissa == 0).then(|| price / self.mantissa)
    }
}

/// The digits of a price in units of 10^−`scale`, without its sign.
fn at_scale(price: Decimal, scale: u32) -> Option<u128> {
    let price = trim_zeros(price);
    price.mantissa().unsigned_abs().checked_mul(10_u128.checked_pow(scale.checked_sub(price.scale())?)?)
}

/// The greatest common divisor of decimals that are not 0; `None` if there is none of them, or if they need too many digits.
fn common_unit(prices: &[Decimal]) -> Option<Unit> {
    let scale = prices.iter().map(|price| trim_zeros(*price).scale()).max()?;
    let mantissa = prices.iter().try_fold(0_u128, |unit, price| Some(unit.gcd(&at_scale(*price, scale)?)))?;
    (mantissa > 0).then_some(Unit { mantissa, scale })
}

/// Where the cells lie.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lattice {
    /// The middle of the first cell above the floor, in USD.
    pub(super) origin: f64,
    /// The width of a cell, in USD.
    pub(super) cell: f64,
    /// A power of two.
    pub(super) cells: usize,
    unit: Option<Unit>,
}

/// What the frequencies of a lattice depend on: lattices of one spacing have them in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spacing {
    cell: f64,
    cells: usize,
    unit: Option<Unit>,
}

/// How far an amount reaches from the one that cells are counted from, in USD.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reach {
    pub(super) mean: f64,
    pub(super) sd: f64,
    /// The least that it can be; infinite if nothing bounds it.
    pub(super) least: f64,
    /// The most.
    pub(super) most: f64,
}

/// How a price turns from one frequency to the next.
pub(super) enum Turn {
    /// By so many cells, a whole number.
    Cells(usize),
    /// By this angle; with the turns of the first frequencies.
    Angle(f64, Box<Block>),
}

impl Reach {
    /// The part of the cells to spare that lies below: where nothing bounds an amount, its tail is long.
    fn share_below(&self) -> f64 {
        match (self.least.is_finite(), self.most.is_finite()) {
            (true, _) => 0.0,
            (false, true) => 1.0,
            (false, false) => 0.5,
        }
    }
}

impl Lattice {
    /// The lattice for an amount that is made up of `prices`, none of them 0. Nodes that are blurred count to what it reaches.
    pub(super) fn choose(prices: &[Decimal], reach: Reach) -> Lattice {
        let Reach { mean, sd, least, most } = reach;
        if sd <= 0.0 {
            return Lattice { origin: mean, cell: 1.0, cells: 1, unit: None };
        }
        let bottom = if least.is_finite() { least } else { mean - ABOVE * sd };
        let top = if most.is_finite() { most.min(mean + ABOVE * sd) } else { mean + ABOVE * sd };
        if let Some(unit) = common_unit(prices) {
            let cell = unit.mantissa as f64 / power_of_ten(unit.scale);
            let under = (-bottom / cell).ceil();
            let needed = top / cell + under;
            if needed <= (CELLS - 2) as f64 {
                let cells = (needed as usize + 2).next_power_of_two().max(FEWEST);
                let under = under + reach.share_below() * (cells as f64 - 2.0 - needed.ceil());
                return Lattice { origin: 0.0 - under.floor() * cell, cell, cells, unit: Some(unit) };
            }
        }
        let bottom = bottom.max(if least.is_finite() { mean - BELOW * sd } else { bottom });
        let top = if most.is_finite() { top.min(mean + BELOW * sd) } else { top };
        let cell = rounded_up((top - bottom) / (CELLS as f64 - 2.0 * MARGIN));
        Lattice { origin: bottom - MARGIN * cell, cell, cells: CELLS, unit: None }
    }

    pub(super) fn spacing(&self) -> Spacing {
        let Lattice { cell, cells, unit, .. } = *self;
        Spacing { cell, cells, unit }
    }

    /// Whether every total lies in the middle of a cell.
    pub(super) fn is_grid(&self) -> bool {
        self.unit.is_some() || self.cells == 1
    }

    /// A variance at a node if it shows: what is narrower than a slice does not.
    pub(super) fn shown(&self, blur: f64) -> f64 {
        if self.is_grid() || blur >= self.cell * self.cell { blur } else { 0.0 }
    }

    /// Blocks of frequencies from 0 to the highest.
    pub(super) fn blocks(&self) -> usize {
        (self.cells / 2 + 1).div_ceil(LANES)
    }

    /// The angle by which one USD turns from one frequency to the next.
    pub(super) fn frequency(&self) -> f64 {
        2.0 * PI / (self.cells as f64 * self.cell)
    }

    /// How a price turns.
    pub(super) fn turn(&self, price: Decimal) -> Turn {
        if let Some(cells) = self.unit.and_then(|unit| unit.in_price(price)) {
            let forward = (cells % self.cells as u128) as usize;
            return Turn::Cells(if price.is_sign_negative() { (self.cells - forward) % self.cells } else { forward });
        }
        self.turn_by(float(price))
    }

    /// How any amount turns.
    pub(super) fn turn_by(&self, amount: f64) -> Turn {
        let angle = self.frequency() * amount;
        let first = Block::of(|lane| {
            let (s, c) = libm::sincos(angle * lane as f64);
            (c, s)
        });
        Turn::Angle(angle, Box::new(first))
    }

    /// e^{iθ·price} at the frequencies of a block.
    pub(super) fn turned(&self, turn: &Turn, block: usize) -> Block {
        match turn {
            Turn::Cells(cells) => {
                let (roots, stride, mask) = (roots(), CELLS / self.cells, self.cells - 1);
                Block::of(|lane| roots[(((block * LANES + lane) * cells) & mask) * stride])
            }
            Turn::Angle(angle, first) => {
                let (s, c) = libm::sincos(angle * (block * LANES) as f64);
                first.turned(c, s)
            }
        }
    }

    /// An angle whose `images`-fold is that of a price at a frequency, up to whole turns.
    pub(super) fn part_of_angle(&self, turn: &Turn, images: u32, frequency: usize) -> f64 {
        let angle = match turn {
            Turn::Cells(cells) => 2.0 * PI * ((frequency * cells) & (self.cells - 1)) as f64 / self.cells as f64,
            Turn::Angle(angle, _) => angle * frequency as f64,
        };
        angle / f64::from(images)
    }
}

/// To the next number of five binary digits: a small edit then leaves all frequencies as they are, and what is kept of other
/// profiles serves again.
fn rounded_up(width: f64) -> f64 {
    const DROPPED: u64 = (1 << (f64::MANTISSA_DIGITS - 5)) - 1;
    f64::from_bits((width.to_bits() + DROPPED) & !DROPPED)
}

fn power_of_ten(exponent: u32) -> f64 {
    (0..exponent).fold(1.0, |power, _| power * 10.0)
}
