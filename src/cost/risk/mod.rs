//! How sure a total is: its whole distribution, exactly, without a simulation.
//!
//! [`Work`] says what varies, [`Distribution::of`] answers everything that is asked of it. A total is a sum of independent
//! parts once the chances of acceptance are known, so its characteristic function is a product; one inverse Fourier transform
//! makes masses of it. The same work gives the same bits on every machine: elementary functions are from `libm`, sums run in a
//! fixed order, and no instruction is chosen at run time.
//!
//! [`prior`] is the doubt about a factor, [`kinds`] puts equal items together, [`lattice`] says which cells a total can fall
//! into, [`steps`] which totals are too heavy for slices, [`characteristic`] is the product, [`fourier`] the transform, [`kept`]
//! what serves the next answer too, [`moments`] mean, variance and its three layers, [`spread`] the part of each deliverable and
//! each named risk, [`bounds`] what is known of a percentile without all that. [`describe`] finds what varies in a project, and
//! [`Risk`] is what the rest of the program asks.
//!
//! [`Difference`] is the same of one total less another: [`pairing`] finds what both pay for, [`paired`] holds it, and
//! [`paired_values`] is its product.
#![allow(clippy::float_arithmetic, reason = "chances are no money: nothing here reaches a sum that is shown as exact")]

mod answer;
mod beta;
mod block;
pub mod bounds;
mod characteristic;
pub mod describe;
mod difference;
mod distribution;
mod doubt;
mod fourier;
mod kept;
mod kinds;
mod lattice;
mod legendre;
pub mod moments;
mod paired;
mod paired_values;
mod pairing;
pub mod prior;
pub mod spread;
mod steps;
pub mod work;

pub use answer::{FactorDoubt, LayerShares, NamedShare, PERCENTILES, Risk, STRESS_PERCENT, SURE_OF, Withheld};
pub use describe::{Described, Missing, Sharing, describe, describe_lines};
pub use difference::{Compared, Difference};
pub use distribution::Distribution;
pub use doubt::between;
pub use kept::Kept;
pub use moments::Layers;
pub use pairing::Side;
pub use prior::Prior;
pub use work::Work;
