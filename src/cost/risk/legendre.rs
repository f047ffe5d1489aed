//! Gauss–Legendre quadrature on (0, 1): where a smooth function is looked at, and how much each look counts.

use std::f64::consts::PI;
use std::sync::OnceLock;

/// How many nodes a prior is looked at.
pub(super) const NODES: usize = 32;

/// The nodes, ascending, each with its weight; the weights sum to 1.
pub(super) fn nodes() -> &'static [(f64, f64); NODES] {
    static TABLE: OnceLock<[(f64, f64); NODES]> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = [(0.0, 0.0); NODES];
        for (at, place) in table.iter_mut().enumerate() {
            // The roots are found from the largest down, so that those on (0, 1) ascend.
            let (root, slope) = root(NODES - 1 - at);
            *place = ((1.0 + root) / 2.0, 1.0 / ((1.0 - root * root) * slope * slope));
        }
        table
    })
}

/// The `at`-th root of the Legendre polynomial, the largest first, with the slope there: Newton from the usual guess.
fn root(at: usize) -> (f64, f64) {
    let count = NODES as f64;
    let mut x = libm::cos(PI * (at as f64 + 0.75) / (count + 0.5));
    let mut slope = 1.0;
    // Six steps are one more than full precision takes.
    for _ in 0..6 {
        let (mut value, mut before) = (1.0, 0.0);
        for degree in 0..NODES {
            let degree = degree as f64;
            let next = ((2.0 * degree + 1.0) * x * value - degree * before) / (degree + 1.0);
            before = value;
            value = next;
        }
        slope = count * (x * value - before) / (x * x - 1.0);
        x -= value / slope;
    }
    (x, slope)
}
