//! Complex numbers at 64 frequencies at once: plain loops over two arrays, which any compiler turns into vector instructions.

/// Frequencies of a block.
pub(super) const LANES: usize = 64;
/// A power this large has a reciprocal that no mass can show: the lane is dead and stays so.
const DEAD: f64 = 1e15;

/// One complex number for each frequency.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) re: [f64; LANES],
    pub(super) im: [f64; LANES],
}

impl Block {
    pub(super) const ONES: Block = Block { re: [1.0; LANES], im: [0.0; LANES] };
    pub(super) const ZEROS: Block = Block { re: [0.0; LANES], im: [0.0; LANES] };

    pub(super) fn multiply(&mut self, by: &Block) {
        for lane in 0..LANES {
            let (x, y) = (self.re[lane], self.im[lane]);
            self.re[lane] = x * by.re[lane] - y * by.im[lane];
            self.im[lane] = x * by.im[lane] + y * by.re[lane];
        }
    }

    fn square(&mut self) {
        for lane in 0..LANES {
            let (x, y) = (self.re[lane], self.im[lane]);
            self.re[lane] = x * x - y * y;
            self.im[lane] = 2.0 * x * y;
        }
    }

    /// Every lane turned by one angle of this cosine and sine.
    pub(super) fn turned(&self, c: f64, s: f64) -> Block {
        let mut turned = Block::ONES;
        for lane in 0..LANES {
            turned.re[lane] = self.re[lane] * c - self.im[lane] * s;
            turned.im[lane] = self.re[lane] * s + self.im[lane] * c;
        }
        turned
    }

    /// 1 − each lane.
    pub(super) fn complement(&self) -> Block {
        let mut gap = Block::ZEROS;
        for lane in 0..LANES {
            gap.re[lane] = 1.0 - self.re[lane];
            gap.im[lane] = -self.im[lane];
        }
        gap
    }

    pub(super) fn add_scaled(&mut self, other: &Block, scale: f64) {
        for lane in 0..LANES {
            self.re[lane] += scale * other.re[lane];
            self.im[lane] += scale * other.im[lane];
        }
    }

    /// Multiplies each lane by 1 + `odds`·`gap`.
    fn multiply_failing(&mut self, gap: &Block, odds: f64) {
        for lane in 0..LANES {
            let (x, y) = (self.re[lane], self.im[lane]);
            let (a, b) = (1.0 + odds * gap.re[lane], odds * gap.im[lane]);
            self.re[lane] = x * a - y * b;
            self.im[lane] = x * b + y * a;
        }
    }

    /// Holds lanes that are dead at one size, so that they do not overflow. Returns whether any lane lives.
    fn hold_dead(&mut self) -> bool {
        let mut living = false;
        for lane in 0..LANES {
            let (x, y) = (self.re[lane], self.im[lane]);
            let lives = x * x + y * y <= DEAD * DEAD;
            self.re[lane] = if lives { x } else { DEAD };
            self.im[lane] = if lives { y } else { DEAD };
            living |= lives;
        }
        living
    }

    /// 1 ÷ each lane, 0 for dead ones; and the largest size of all.
    fn reciprocal(&mut self) -> f64 {
        let mut largest = 0.0;
        for lane in 0..LANES {
            let (x, y) = (self.re[lane], self.im[lane]);
            let size = x * x + y * y;
            let inverse = if size <= DEAD * DEAD { 1.0 / size } else { 0.0 };
            self.re[lane] = x * inverse;
            self.im[lane] = -y * inverse;
            largest = if inverse > largest { inverse } else { largest };
        }
        f64::sqrt(largest)
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
            if !product.hold_dead() {
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
        let mut largest = 0.0;
        for lane in 0..LANES {
            let size = self.re[lane] * self.re[lane] + self.im[lane] * self.im[lane];
            largest = if size > largest { size } else { largest };
        }
        largest
    }
}
