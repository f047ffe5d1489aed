//! What is known of a percentile without its distribution: a search then skips those that are far from its cap.

use crate::cost::base::money::Decimal;
use crate::cost::risk::answer::{SURE_OF, is_wide, on_top};
use crate::cost::risk::describe::Described;
use crate::cost::risk::distribution::Distribution;
use crate::cost::risk::kept::Kept;
use crate::cost::risk::kinds::float;

/// What cells and slices may move a percentile by, as a share of the amount.
const SLACK: f64 = 0.002;

/// Whether so many percent of such totals are at most so many USD: `None` if only the distribution tells. By Cantelli's
/// inequality a percentile q lies between mean − sd·√((1−q)/q) and mean + sd·√(q/(1−q)).
#[must_use]
pub fn surely_within(kept: &Kept, described: &Described, percent: u8, usd: Decimal) -> Option<bool> {
    let on_top = on_top(described);
    let moments = Distribution::moments(kept, &described.work);
    let (mean, sd, usd) = (moments.mean * on_top, moments.variance.sqrt() * on_top, float(usd));
    let below = f64::from(percent) / 100.0;
    let (least, most) = (mean - sd * ((1.0 - below) / below).sqrt(), mean + sd * (below / (1.0 - below)).sqrt());
    if usd < least - SLACK * mean.abs() {
        return Some(false);
    }
    (usd > most + SLACK * mean.abs()).then_some(true)
}

/// Whether a percentile is withheld, as [`Risk::withheld`](crate::cost::risk::Risk::withheld) says it.
#[must_use]
pub fn is_withheld(kept: &Kept, described: &Described, percent: u8) -> bool {
    percent > SURE_OF && is_wide(kept, described)
}
