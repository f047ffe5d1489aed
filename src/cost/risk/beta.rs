//! The Beta distribution: its tails and quantiles, with both an acceptance and its complement kept to full precision.
//!
//! Everything is a function of the log odds t = ln(p/(1−p)), because a factor near 1 needs 1−p down to 1e-300.

/// Log odds further out than this are none that a number can hold.
const FARTHEST: f64 = 700.0;
/// Terms of the continued fraction; the largest priors need some thousands.
const TERMS: u32 = 20_000;

/// Beta(a, b), with a > 0 and b > 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Beta {
    a: f64,
    b: f64,
    /// ln B(a, b).
    ln_complete: f64,
}

/// Natural logarithms of what lies below and above a place, and of the density in t there.
struct Tails {
    below: f64,
    above: f64,
    density: f64,
}

impl Beta {
    pub(super) fn new(a: f64, b: f64) -> Beta {
        Beta { a, b, ln_complete: libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b) }
    }

    fn tails(&self, t: f64) -> Tails {
        let Beta { a, b, ln_complete } = *self;
        let (p, q) = (1.0 / (1.0 + libm::exp(-t)), 1.0 / (1.0 + libm::exp(t)));
        let density = -a * libm::log1p(libm::exp(-t)) - b * libm::log1p(libm::exp(t)) - ln_complete;
        if p < (a + 1.0) / (a + b + 2.0) {
            let below = density - libm::log(a) + libm::log(fraction(a, b, p));
            Tails { below, above: libm::log1p(-libm::exp(below)), density }
        } else {
            let above = density - libm::log(b) + libm::log(fraction(b, a, q));
            Tails { below: libm::log1p(-libm::exp(above)), above, density }
        }
    }

    /// The log odds below which `below` of the mass lies; `above` is 1 − `below`, without its rounding. `near`: where to begin.
    ///
    /// Newton on the logarithm of the smaller tail, halving where a step would leave what is known to enclose the answer.
    pub(super) fn log_odds(&self, below: f64, above: f64, near: Option<f64>) -> f64 {
        let is_lower = below <= above;
        let target = libm::log(if is_lower { below } else { above });
        let (mut least, mut most) = (-FARTHEST, FARTHEST);
        let mut t = near.unwrap_or_else(|| libm::log(self.a / self.b)).clamp(least, most);
        for _ in 0..200 {
            let tails = self.tails(t);
            let (tail, sign) = if is_lower { (tails.below, 1.0) } else { (tails.above, -1.0) };
            let miss = (tail - target) * sign;
            if miss > 0.0 {
                most = t;
            } else {
                least = t;
            }
            let step = t - miss / libm::exp(tails.density - tail);
            let next = if step > least && step < most { step } else { (least + most) / 2.0 };
            let moved = (next - t).abs();
            t = next;
            // What is still missing is as small as the square of that.
            if moved <= 1e-8 * (1.0 + t.abs()) {
                break;
            }
        }
        t
    }
}

/// The continued fraction of the incomplete Beta function at `x`, by Lentz's method.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let away = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut sum = d;
    for term in 1..TERMS {
        let m = f64::from(term);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away(1.0 + even * d);
        c = away(1.0 + even / c);
        sum *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away(1.0 + odd * d);
        c = away(1.0 + odd / c);
        let change = d * c;
        sum *= change;
        if (change - 1.0).abs() < 1e-16 {
            break;
        }
    }
    sum
}
