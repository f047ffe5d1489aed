//! The largest cost among the lines, kept from edit to edit: what is drawn to its scale visits no other line.

use crate::cost::base::money::Decimal;
use crate::cost::estimate::line::LineEstimate;

/// The largest subtotal of some lines, and how many lines have none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Largest {
    /// In USD, and how many lines cost as much.
    most: Option<(Decimal, usize)>,
    unknown: usize,
    /// Whether the last line that cost as much went, so that only the lines tell the next one.
    lost: bool,
}

impl Largest {
    pub(super) fn change(&mut self, line: &LineEstimate, add: bool) {
        let Some(usd) = line.subtotal else {
            self.unknown = if add { self.unknown + 1 } else { self.unknown.saturating_sub(1) };
            return;
        };
        match (self.most, add) {
            (Some((most, lines)), true) if usd == most => self.most = Some((most, lines + 1)),
            (Some((most, _)), true) if usd < most => {}
            (_, true) => self.most = Some((usd, 1)),
            (Some((most, lines)), false) if usd == most && lines > 1 => self.most = Some((most, lines - 1)),
            (Some((most, _)), false) if usd == most => (self.most, self.lost) = (None, true),
            (_, false) => {}
        }
    }

    /// Looks for the largest again if it went.
    pub(super) fn mend<'l>(&mut self, lines: impl Iterator<Item = &'l LineEstimate>) {
        if self.lost {
            *self = Largest::default();
            lines.for_each(|line| self.change(line, true));
        }
    }

    pub(super) fn with(&self, other: &Largest) -> Largest {
        let most = match (self.most, other.most) {
            (Some((ours, lines)), Some((theirs, others))) if ours == theirs => Some((ours, lines + others)),
            (ours, theirs) => ours.max(theirs),
        };
        Largest { most, unknown: self.unknown + other.unknown, lost: self.lost || other.lost }
    }

    /// In USD; `None` if no line has a price.
    pub(super) fn usd(&self) -> Option<Decimal> {
        self.most.map(|(usd, _)| usd)
    }

    pub(super) fn has_unknown(&self) -> bool {
        self.unknown > 0
    }
}
