//! The legal size to make for a size that a customer asks for and no model makes, such as 1080x1080.

use crate::cost::base::size::{GridRules, Size, SizeRules};
use std::cmp::Reverse;

/// How far the ratio may be from the asked one, in percent: a picture loses so little at its edges.
const OFF_SHAPE_PERCENT: u64 = 5;

impl SizeRules {
    /// The smallest legal size from which `asked` can be cut: both edges at least as long, the ratio within 5 %; of equal areas the
    /// one nearest in ratio, then the wider one. If the model makes no such ratio because it is too long, the longest that the model
    /// makes takes its place. If no legal size is large enough, it is the largest one of that ratio. `None` if there is none.
    #[must_use]
    pub fn for_delivery(&self, asked: Size) -> Option<Size> {
        if self.is_legal(asked) {
            return Some(asked);
        }
        let fits = |size: &Size| covers(*size, asked) && is_near(*size, asked) && self.is_legal(*size);
        let place = |size: &Size| (size.pixels(), off_shape(*size, asked), Reverse(size.w));
        let near = |size: &Size| is_near(*size, asked) && self.is_legal(*size);
        let largest = |size: &Size| (size.pixels(), Reverse(off_shape(*size, asked)), size.w);
        match self {
            SizeRules::Listed(sizes) => {
                let near = || sizes.iter().copied().filter(|size| is_near(*size, asked));
                near().filter(fits).min_by_key(place).or_else(|| near().max_by_key(|size| size.pixels()))
            }
            SizeRules::Grid(grid) => grid.lowest_for(asked).filter(fits).min_by_key(place).or_else(|| {
                let longest = grid.longest_like(asked).filter(|_| grid.is_too_long(asked));
                let longest = longest.filter(|size| covers(*size, asked)).find(|size| self.is_legal(*size));
                longest.or_else(|| grid.shaped_like(asked).filter(near).max_by_key(largest))
            }),
        }
    }
}

impl GridRules {
    /// For each width on the grid the lowest height that may fit: a higher one only adds to the area.
    fn lowest_for(&self, asked: Size) -> impl Iterator<Item = Size> + '_ {
        let widths =
            (asked.w.div_ceil(self.step_px)..=self.max_edge_px / self.step_px).map(|steps| steps * self.step_px);
        widths.filter_map(move |w| {
            let shaped =
                (u64::from(w) * u64::from(asked.h) * (100 - OFF_SHAPE_PERCENT)).div_ceil(100 * u64::from(asked.w));
            let pixels = self.min_pixels.div_ceil(u64::from(w));
            let narrow = |edge: u64| u32::try_from(edge).ok();
            let least = asked.h.max(narrow(shaped)?).max(narrow(pixels)?).max(w.div_ceil(self.max_aspect));
            Size::new(w, least.checked_next_multiple_of(self.step_px)?)
        })
    }

    /// For each long edge on the grid the short ones next to the asked ratio, as `asked` lies or stands.
    fn shaped_like(&self, asked: Size) -> impl Iterator<Item = Size> + '_ {
        let longs = (1..=self.max_edge_px / self.step_px).map(|steps| steps * self.step_px);
        longs.flat_map(move |long| {
            let shaped = u64::from(long) * u64::from(asked.short()) / u64::from(asked.long());
            let below = shaped / u64::from(self.step_px);
            [below, below + 1].into_iter().filter_map(move |steps| {
                let short = u32::try_from(steps * u64::from(self.step_px)).ok()?;
                if asked.w >= asked.h { Size::new(long, short) } else { Size::new(short, long) }
            })
        })
    }

    /// The sizes of the longest ratio that the model makes, as `asked` lies or stands, smallest first.
    fn longest_like(&self, asked: Size) -> impl Iterator<Item = Size> + '_ {
        let shorts = (1..=self.max_edge_px / self.step_px).map(|steps| steps * self.step_px);
        shorts.filter_map(move |short| {
            let long = short.checked_mul(self.max_aspect)?;
            if asked.w >= asked.h { Size::new(long, short) } else { Size::new(short, long) }
        })
    }

    fn is_too_long(&self, asked: Size) -> bool {
        u64::from(asked.long()) > u64::from(asked.short()) * u64::from(self.max_aspect)
    }
}

fn covers(size: Size, asked: Size) -> bool {
    size.w >= asked.w && size.h >= asked.h
}

/// Both ratios over the product of the two heights: whole numbers, nothing rounded.
fn ratios(size: Size, asked: Size) -> (u64, u64) {
    (u64::from(size.w) * u64::from(asked.h), u64::from(asked.w) * u64::from(size.h))
}

fn is_near(size: Size, asked: Size) -> bool {
    let (own, other) = ratios(size, asked);
    own.abs_diff(other) * 100 <= own.max(other) * OFF_SHAPE_PERCENT
}

/// How far the ratio is off, in millionths.
fn off_shape(size: Size, asked: Size) -> u64 {
    let (own, other) = ratios(size, asked);
    own.abs_diff(other) * 1_000_000 / own.max(other)
}
