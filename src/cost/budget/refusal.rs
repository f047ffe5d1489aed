//! Why a text is not a value of a knob, and the known word that it may have meant.

use crate::cost::base::money::Decimal;
use crate::cost::base::number_text::{Misread, NumberError};
use crate::cost::base::size::{BrokenRule, Size};

/// Why a text is not a valid value of a knob; `words` writes the sentence with the allowed values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Not a number that can be computed with.
    Number(NumberError),
    /// A number with decimals for a knob that takes whole numbers only.
    NotWhole,
    /// Outside the knob's range; both ends are allowed.
    OutOfRange {
        /// The minimum.
        min: Decimal,
        /// The maximum.
        max: Decimal,
    },
    /// An unknown word.
    UnknownWord {
        /// The known words.
        known: Vec<String>,
        /// The closest known word, if any is close.
        nearest: Option<String>,
    },
    /// A separator that may mark decimals or thousands; both readings, typed unambiguously.
    Ambiguous {
        /// The reading with decimals.
        fraction: String,
        /// The reading a thousand times larger.
        whole: String,
    },
    /// Not in a form that the knob parses.
    Form,
    /// A size that the model does not accept.
    IllegalSize {
        /// The size.
        size: Size,
        /// Which rules it breaks.
        rules: Vec<BrokenRule>,
        /// The closest legal size.
        nearest: Option<Size>,
    },
    /// A ratio longer than the model accepts.
    RatioTooLong {
        /// Longest edge over shortest, at most.
        max: u32,
    },
    /// A percentage below 1 without its sign: 0.2 may be meant as 20 %.
    BareShare {
        /// The number as a percentage, 0.2 for 0.2 %.
        percent: Decimal,
    },
    /// More images are kept than are made.
    MoreKeptThanMade,
    /// A range whose low, likely and high are not in this order.
    RangeOrder,
    /// More reference images than a call accepts.
    TooMany {
        /// The maximum.
        max: usize,
    },
}

impl From<NumberError> for Refusal {
    fn from(error: NumberError) -> Refusal {
        Refusal::Number(error)
    }
}

impl From<Misread> for Refusal {
    fn from(misread: Misread) -> Refusal {
        match misread {
            Misread::NotANumber => Refusal::Number(NumberError::NotANumber),
            Misread::Ambiguous { fraction, whole } => Refusal::Ambiguous { fraction, whole },
        }
    }
}

/// Longest text that is compared, in bytes. No known word is half as long, and the cost grows with the product of the
/// lengths.
const COMPARED_BYTES_MAX: usize = 64;

/// The known word closest to a text, if it is close enough to be a typing error.
#[must_use]
pub fn nearest_word<'a>(text: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if text.len() > COMPARED_BYTES_MAX {
        return None;
    }
    let text = text.to_lowercase();
    known
        .into_iter()
        .map(|word| (strsim::damerau_levenshtein(&text, &word.to_lowercase()), word))
        .filter(|(distance, word)| *distance <= 1 + word.chars().count().min(text.chars().count()) / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// A refusal that lists the known words.
#[must_use]
pub fn unknown_word(text: &str, known: Vec<String>) -> Refusal {
    let nearest = nearest_word(text, known.iter().map(String::as_str)).map(str::to_owned);
    Refusal::UnknownWord { known, nearest }
}
