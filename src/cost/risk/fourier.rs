//! Roots of unity, and the inverse Fourier transform of a power-of-two length.
//!
//! Our own, because libraries choose vector instructions at run time, and with them the last bit of an answer.

use std::f64::consts::PI;
use std::sync::OnceLock;

/// The most cells that a distribution has.
pub(super) const CELLS: usize = 4096;

/// e^{2πi·k/4096} for k from 0; shorter lengths take every second of them, every fourth, and so on.
pub(super) fn roots() -> &'static [(f64, f64)] {
    static TABLE: OnceLock<Vec<(f64, f64)>> = OnceLock::new();
    TABLE.get_or_init(|| (0..CELLS).map(root).collect())
}

/// By symmetry from the first eighth of the circle, so that opposite roots are exactly opposite.
fn root(at: usize) -> (f64, f64) {
    let (eighth, inside) = (at * 8 / CELLS, at % (CELLS / 8));
    let along = if eighth % 2 == 0 { inside } else { CELLS / 8 - inside };
    let angle = 2.0 * PI * along as f64 / CELLS as f64;
    let (c, s) = (libm::cos(angle), libm::sin(angle));
    match eighth {
        0 => (c, s),
        1 => (s, c),
        2 => (-s, c),
        3 => (-c, s),
        4 => (-c, -s),
        5 => (-s, -c),
        6 => (s, -c),
        _ => (c, -s),
    }
}

/// The real sums Σ x·e^{−2πi·m·k/N}, k from 0, divided by N: masses from the values of a characteristic function at the
/// frequencies m. `re` and `im` hold N values, a power of two up to [`CELLS`]; the answer is in `re`.
pub(super) fn invert(re: &mut [f64], im: &mut [f64]) {
    let cells = re.len();
    reverse_bits(re, im);
    let roots = roots();
    let mut half = 1;
    while half < cells {
        let stride = CELLS / (2 * half);
        for start in (0..cells).step_by(2 * half) {
            for (at, other) in (start..start + half).enumerate().map(|(step, at)| (at, (at + half, step * stride))) {
                let (other, turn) = other;
                let (c, s) = roots[turn];
                let (x, y) = (re[other] * c + im[other] * s, im[other] * c - re[other] * s);
                (re[other], im[other]) = (re[at] - x, im[at] - y);
                (re[at], im[at]) = (re[at] + x, im[at] + y);
            }
        }
        half *= 2;
    }
    let scale = 1.0 / cells as f64;
    re.iter_mut().for_each(|mass| *mass *= scale);
}

fn reverse_bits(re: &mut [f64], im: &mut [f64]) {
    let cells = re.len();
    if cells < 2 {
        return;
    }
    let shift = usize::BITS - cells.trailing_zeros();
    for at in 0..cells {
        let other = at.reverse_bits() >> shift;
        if at < other {
            re.swap(at, other);
            im.swap(at, other);
        }
    }
}
