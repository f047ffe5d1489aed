//! The row of a price list that an image is charged by, and the steps that prices are rounded up to.

use crate::cost::base::fraction::Fraction;
use crate::cost::base::money::Decimal;
use crate::cost::base::size::{Ratio, Size, SizeRules, Tier};
use crate::cost::rates::card;
use crate::cost::rates::card::Bound;

/// The row of a size, in either orientation; else a row of a size that the model does not accept, if this size is what it
/// becomes with its edges rounded up to the model's steps; else the row closest in pixels if the card says that it charges so.
pub(super) fn listed<'r>(
    rows: &'r [(Size, card::Price)],
    size: Size,
    nearest: bool,
    sizes: &SizeRules,
) -> Option<&'r (Size, card::Price)> {
    let either = |own: Size| own == size || own.swapped() == size;
    let stands_for = |own: Size| !sizes.is_legal(own) && rounded_up(own, sizes).is_some_and(either);
    let same = || rows.iter().find(|(own, _)| either(*own));
    let refused = || rows.iter().find(|(own, _)| stands_for(*own));
    let closest = || rows.iter().min_by_key(|(own, _)| own.pixels().abs_diff(size.pixels()));
    same().or_else(refused).or_else(|| closest().filter(|_| nearest))
}

/// The sizes that a list names, as the model makes them: a refused one with its edges rounded up to the model's steps.
pub(super) fn named_in<'t>(table: &'t card::Table, sizes: &'t SizeRules) -> impl Iterator<Item = Size> + 't {
    let rows = match table {
        card::Table::Sizes { rows, .. } => rows.as_slice(),
        card::Table::Flat(_) | card::Table::Tiers(_) | card::Table::Unpublished => &[],
    };
    rows.iter().filter_map(|(size, _)| if sizes.is_legal(*size) { Some(*size) } else { rounded_up(*size, sizes) })
}

fn rounded_up(size: Size, sizes: &SizeRules) -> Option<Size> {
    let SizeRules::Grid(grid) = sizes else { return None };
    let up = |edge: u32| edge.checked_next_multiple_of(grid.step_px);
    Size::new(up(size.w)?, up(size.h)?).filter(|size| sizes.is_legal(*size))
}

/// The image that represents a class: the square of that name, else the largest legal square within the bound.
pub(super) fn square(sizes: &SizeRules, class: Option<Tier>, bound: Bound) -> Option<Size> {
    let named = class.and_then(|class| sizes.of_ratio(Ratio { w: 1, h: 1 }, class)).filter(|size| bound.holds(*size));
    named.or_else(|| {
        let squares = sizes.legal_sizes_of_shape(Size { w: 1024, h: 1024 });
        squares.filter(|size| bound.holds(*size)).max_by_key(|size| size.pixels())
    })
}

/// The number of steps of `step` (numerator and divisor) that cover `amount`, rounded up.
pub(super) fn steps_up(amount: Decimal, (over, under): (i128, i128)) -> Option<Decimal> {
    let amount = amount.normalize();
    let (a, b) = (amount.mantissa().checked_mul(under)?, 10_i128.checked_pow(amount.scale())?.checked_mul(over)?);
    if b <= 0 || a < 0 {
        return (a <= 0).then_some(Decimal::ZERO);
    }
    Decimal::try_from_i128_with_scale(a / b + i128::from(a % b != 0), 0).ok()
}

pub(super) fn parts_of(unit: Decimal) -> Option<(i128, i128)> {
    Fraction::from(unit).parts()
}
