//! Complex numbers at 64 frequencies at once, in vectors of two: each is one instruction on any machine that the program runs on,
//! also where it is built for size, and rounds as two plain numbers do.

use wide::f64x2;

/// Frequencies of a block.
pub(super) const LANES: usize = 64;
/// Vectors of a block.
const VECTORS: usize = LANES / 2;
/// A power this large has a reciprocal that no mass can show: the lane is dead, and stays so, since no factor is below 1.
const DEAD: f64 = 1e15;

/// Bits of a power after which it is looked whether any lane lives.
const LOOKED_AT: u32 = 4;

/// One complex number for each frequency.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Block {
    re: [f64x2; VECTORS],
    im: [f64x2; VECTORS],
}

impl Block {
    pub(super) const ONES: Block = Block { re: [f64x2::ONE; VECTORS], im: [f64x2::ZERO; VECTORS] };
    pub(super) const ZEROS: Block = Block { re: [f64x2::ZERO; VECTORS], im: [f64x2::ZERO; VECTORS] };

    /// A number for each lane.
    pub(super) fn of(mut lane: impl FnMut(usize) -> (f64, f64)) -> Block {
        let mut block = Block::ZEROS;
        for at in 0..VECTORS {
            let (one, other) = (lane(2 * at), lane(2 * at + 1));
            block.re[at] = f64x2::new([one.0, other.0]);
            block.im[at] = f64x2::new([one.1, other.1]);
        }
        block
    }

    /// The numbers, lane by lane.
    pub(super) fn lanes(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        let both = |(re, im): (&f64x2, &f64x2)| {
            let ([a, b], [x, y]) = (re.to_array(), im.to_array());
            [(a, x), (b, y)]
        };
        self.re.iter().zip(&self.im).flat_map(both)
    }

    pub(super) fn multiply(&mut self, by: &Block) {
        for at in 0..VECTORS {
            let (x, y) = (self.re[at], self.im[at]);
            self.re[at] = x * by.re[at] - y * by.im[at];
            self.im[at] = x * by.im[at] + y * by.re[at];
        }
    }

    /// Each lane times a number of its own.
    pub(super) fn scale(&mut self, mut by: impl FnMut(usize) -> f64) {
        for at in 0..VECTORS {
            let by = f64x2::new([by(2 * at), by(2 * at + 1)]);
            self.re[at] *= by;
            self.im[at] *= by;
        }
    }

    fn square(&mut self) {
        for at in 0..VECTORS {
            let (x, y) = (self.re[at], self.im[at]);
            self.re[at] = x * x - y * y;
            self.im[at] = (x + x) * y;
        }
    }

    /// Every lane turned by one angle of this cosine and sine.
    pub(super) fn turned(&self, c: f64, s: f64) -> Block {
        let (c, s) = (f64x2::splat(c), f64x2::splat(s));
        let mut turned = Block::ONES;
        for at in 0..VECTORS {
            turned.re[at] = self.re[at] * c - self.im[at] * s;
            turned.im[at] = self.re[at] * s + self.im[at] * c;
        }
        turned
    }

    /// 1 − each lane.
    pub(super) fn complement(&self) -> Block {
        let mut gap = Block::ZEROS;
        for at in 0..VECTORS {
            gap.re[at] = f64x2::ONE - self.re[at];
            gap.im[at] = f64x2::ZERO - self.im[at];
        }
        gap
    }

    pub(super) fn add_scaled(&mut self, other: &Block, scale: f64) {
        let scale = f64x2::splat(scale);
        for at in 0..VECTORS {
            self.re[at] += scale * other.re[at];
            self.im[at] += scale * other.im[at];
        }
    }

    /// Multiplies each lane by 1 + `odds`·`gap`.
    fn multiply_failing(&mut self, gap: &Block, odds: f64) {
        let odds = f64x2::splat(odds);
        for at in 0..VECTORS {
            let (x, y) = (self.re[at], self.im[at]);
            let (a, b) = (f64x2::ONE + odds * gap.re[at], odds * gap.im[at]);
            self.re[at] = x * a - y * b;
            self.im[at] = x * b + y * a;
        }
    }

    /// Whether any lane lives. A lane that overflowed does not: what comes of it is not at most anything.
    fn any_lives(&self) -> bool {
        let limit = f64x2::splat(DEAD * DEAD);
        let sizes = self.re.iter().zip(&self.im).map(|(re, im)| *re * *re + *im * *im);
        sizes.fold(f64x2::ZERO, |living, size| living | size.simd_le(limit)).any()
    }

    /// 1 ÷ each lane, 0 for dead ones; and the largest size of all.
    fn reciprocal(&mut self) -> f64 {
        let limit = f64x2::splat(DEAD * DEAD);
        let mut largest = f64x2::ZERO;
        for at in 0..VECTORS {
            let (x, y) = (self.re[at], self.im[at]);
            let size = x * x + y * y;
            let lives = size.simd_le(limit);
            let inverse = lives.select(f64x2::ONE / size, f64x2::ZERO);
            // A lane that overflowed times 0 would be no number.
            self.re[at] = lives.select(x * inverse, f64x2::ZERO);
            self.im[at] = lives.select(f64x2::ZERO - y * inverse, f64x2::ZERO);
            largest = larger(inverse, largest);
        }
        largest_of(largest).sqrt()
    }

    /// Π (1 + odds·gap)^−finals over kinds, with squarings that all kinds share, and the largest size of a lane.
    pub(super) fn of_failures(gaps: &[Block], odds: &[f64], finals: &[u64]) -> (Block, f64) {
        let mut product = Block::ONES;
        let top = finals.iter().map(|count| u64::BITS - count.leading_zeros()).max().unwrap_or(0);
        for bit in (0..top).rev() {
            if bit + 1 < top {
                product.square();
            }
            for ((gap, odds), finals) in gaps.iter().zip(odds).zip(finals) {
                if finals >> bit & 1 == 1 {
                    product.multiply_failing(gap, *odds);
                }
            }
            if bit % LOOKED_AT == 0 && !product.any_lives() {
                return (Block::ZEROS, 0.0);
            }
        }
        let largest = product.reciprocal();
        (product, largest)
    }

    /// Each lane to a whole power.
    pub(super) fn power(mut self, mut exponent: u64) -> Block {
        let mut product = Block::ONES;
        while exponent > 0 {
            if exponent & 1 == 1 {
                product.multiply(&self);
            }
            self.square();
            exponent >>= 1;
        }
        product
    }

    /// The largest size of a lane, squared.
    pub(super) fn largest(&self) -> f64 {
        let sizes = self.re.iter().zip(&self.im).map(|(re, im)| *re * *re + *im * *im);
        largest_of(sizes.fold(f64x2::ZERO, |largest, size| larger(size, largest)))
    }
}

/// The larger numbers of two vectors; the second ones where that cannot be told.
fn larger(a: f64x2, b: f64x2) -> f64x2 {
    a.simd_gt(b).select(a, b)
}

fn largest_of(vector: f64x2) -> f64 {
    let [a, b] = vector.to_array();
    if a > b { a } else { b }
}
