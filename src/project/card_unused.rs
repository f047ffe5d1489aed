//! Keys of a card that have no effect beside its other keys: a price or a rule that is ignored must not look as if it counted.

use super::problem::{At, Sentence};
use super::reader::Reader;
use crate::diagnostics::Code;
use crate::words;
use std::ops::Range;

/// A key that has an effect only beside one of others.
struct Rule {
    key: &'static str,
    beside: &'static [&'static str],
    /// The same as a person would write it.
    needs: &'static str,
}

/// The list by size, as a person would write it.
pub(super) const BY_SIZE: &str = "size.\"WxH\"";
/// Says that inputs are charged for; the other value of that key does not.
pub(super) const CHARGED: &str = "inputs = \"charged\"";

/// The rules of cards by the image; in cards of other kinds these keys have no meaning at all, or always an effect.
const BY_IMAGE: [Rule; 3] = [
    Rule { key: "other_sizes", beside: &["size"], needs: BY_SIZE },
    Rule { key: "auto_size", beside: &["size", "tier"], needs: "tier.NAME or size.\"WxH\"" },
    Rule { key: "standard", beside: &[CHARGED], needs: CHARGED },
];

impl Reader<'_> {
    /// Reports the keys of a card by the image that have no effect in it. `place`: where this file has a key; `has`: whether
    /// the card has it, from whichever file.
    pub(super) fn card_unused(
        &mut self,
        at: &At<'_>,
        place: impl Fn(&str) -> Option<Range<usize>>,
        has: impl Fn(&str) -> bool,
    ) {
        for rule in BY_IMAGE.iter().filter(|rule| !rule.beside.iter().any(|key| has(key))) {
            if let Some(span) = place(rule.key) {
                self.unused(&at.below(rule.key), &span, rule.needs);
            }
        }
    }

    /// Reports a key that has no effect without another one.
    pub(super) fn unused(&mut self, at: &At<'_>, span: &Range<usize>, needs: &str) {
        self.report.say(Code::CardKeyUnused, at, span, |_| {
            Sentence::new(words::card_key_unused(at.key, needs)).remedy(words::card_key_unused_remedy(at.key, needs))
        });
    }
}
