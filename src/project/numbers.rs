//! Numbers and percentages, from the digits of the file itself.

use super::problem::{At, Sentence};
use super::reader::{Allowed, Item, Reader};
use crate::cost::Decimal;
use crate::cost::base::number_text::{NumberError, parse_decimal, two_wholes};
use crate::cost::budget::knob_text::Refusal;
use crate::diagnostics::Code;
use crate::words;
use crate::words::number::grouped;
use toml::de::DeValue;

impl Reader<'_> {
    /// A number in decimal digits, exactly as written.
    pub(super) fn number(&mut self, at: &At<'_>, item: &Item<'_>, allowed: Allowed<'_>) -> Option<Decimal> {
        let read = match item.get_ref() {
            DeValue::Integer(number) if number.radix() != 10 => {
                let decimal = i128::from_str_radix(number.as_str(), number.radix());
                self.wrong(Code::NumberNotDecimal, at, item, |written| {
                    let remedy = decimal.map(|n| words::write_value(at.key, n)).unwrap_or_default();
                    Sentence::new(words::number_not_decimal(at.key, written)).allowed(allowed()).remedy(remedy)
                });
                return None;
            }
            DeValue::Integer(number) => parse_decimal(number.as_str()),
            DeValue::Float(number) => parse_decimal(number.as_str()),
            other => {
                let unquoted = match other {
                    DeValue::String(text) if parse_decimal(text).is_ok() => words::write_value(at.key, text.trim()),
                    _ => String::new(),
                };
                self.wrong_type(at, item, allowed, &unquoted);
                return None;
            }
        };
        match read {
            Ok(number) => Some(number),
            Err(error) => {
                self.wrong_number(at, item, error, allowed);
                None
            }
        }
    }

    /// A whole number within limits.
    pub(super) fn whole_number(&mut self, at: &At<'_>, item: &Item<'_>, min: u64, max: u64) -> Option<u64> {
        let (min, max) = (Decimal::from(min), Decimal::from(max));
        let allowed = &|| words::whole_allowed(grouped(min), grouped(max));
        let number = self.number(at, item, allowed)?.normalize();
        let read = match u64::try_from(number) {
            _ if number.scale() > 0 => Err(Refusal::NotWhole),
            Ok(whole) if number >= min && number <= max => Ok(whole),
            _ => Err(Refusal::OutOfRange { min, max }),
        };
        self.checked(at, item, read, |end| end.to_string(), allowed)
    }

    /// A number of finals with one reading; `5.000` has two, and nothing in the file tells which.
    pub(super) fn one_whole(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<()> {
        let DeValue::Float(number) = item.get_ref() else { return Some(()) };
        let Some((few, many)) = two_wholes(number.as_str()) else { return Some(()) };
        self.wrong(Code::NumberNotWhole, at, item, |written| {
            let remedy = words::write_one(format!("{} = {few}", at.key), format!("{} = {many}", at.key));
            Sentence::new(words::number_two_wholes(at.key, written, few, &many)).remedy(remedy)
        });
        None
    }

    pub(super) fn wrong_number(&mut self, at: &At<'_>, item: &Item<'_>, error: NumberError, allowed: Allowed<'_>) {
        match error {
            NumberError::NotFinite => self.wrong(Code::NumberNotFinite, at, item, |written| {
                Sentence::new(words::number_not_finite(at.key, written))
                    .allowed(allowed())
                    .remedy(words::write_allowed(at.key))
            }),
            // TOML has no other numbers than these; an exponent beyond 32 bits fails here too.
            NumberError::TooManyDigits | NumberError::NotANumber => {
                self.wrong(Code::NumberTooLong, at, item, |written| {
                    Sentence::new(words::number_too_long(at.key, written))
                        .allowed(words::number_too_long_allowed(allowed()))
                        .remedy(words::number_too_long_remedy())
                });
            }
        }
    }

    /// Returns the value, or reports the limit that it breaks; `spell` writes a limit as the file would.
    pub(super) fn checked<T>(
        &mut self,
        at: &At<'_>,
        item: &Item<'_>,
        read: Result<T, Refusal>,
        spell: impl Fn(Decimal) -> String,
        allowed: Allowed<'_>,
    ) -> Option<T> {
        let refusal = match read {
            Ok(value) => return Some(value),
            Err(refusal) => refusal,
        };
        match refusal {
            Refusal::NotWhole => self.wrong(Code::NumberNotWhole, at, item, |written| {
                let whole = written.split(['.', 'e', 'E']).next().unwrap_or_default();
                Sentence::new(words::number_not_whole(at.key, written))
                    .allowed(allowed())
                    .remedy(words::number_not_whole_remedy(at.key, whole))
            }),
            Refusal::OutOfRange { min, max } => self.wrong(Code::OutOfRange, at, item, |written| {
                let bare = written.trim_matches(['"', '\'']).trim().trim_end_matches('%');
                let too_much = parse_decimal(bare).is_ok_and(|number| number > max);
                let remedy = match too_much {
                    true => words::out_of_range_above(at.key, spell(max.normalize())),
                    false => words::out_of_range_below(at.key, spell(min.normalize())),
                };
                Sentence::new(words::out_of_range(at.key, written)).allowed(allowed()).remedy(remedy)
            }),
            _ => self.wrong_type(at, item, allowed, ""),
        }
        None
    }

    /// A percentage, which needs its sign: 20 % in a buffer and 0.2 meant as 20 % must not be confused.
    pub(super) fn percent(&mut self, at: &At<'_>, item: &Item<'_>, allowed: Allowed<'_>) -> Option<Decimal> {
        let bare = match item.get_ref() {
            DeValue::String(text) => match text.trim().strip_suffix('%') {
                Some(number) => match parse_decimal(number) {
                    Ok(percent) => return Some(percent),
                    Err(NumberError::TooManyDigits) => {
                        self.wrong_number(at, item, NumberError::TooManyDigits, allowed);
                        return None;
                    }
                    Err(_) => None,
                },
                None => parse_decimal(text).ok(),
            },
            DeValue::Integer(number) if number.radix() == 10 => parse_decimal(number.as_str()).ok(),
            DeValue::Float(number) => parse_decimal(number.as_str()).ok(),
            DeValue::Integer(_) => None,
            _ => {
                self.wrong_type(at, item, allowed, "");
                return None;
            }
        };
        match bare {
            Some(number) => self.wrong(Code::PercentBare, at, item, |written| {
                let number = number.normalize();
                let hundredfold = number.checked_mul(Decimal::ONE_HUNDRED).map(|n| n.normalize());
                let share = hundredfold.filter(|_| number > Decimal::ZERO && number <= Decimal::ONE);
                let remedy = match share {
                    Some(share) => words::percent_bare_share(at.key, share, number),
                    None => words::write_value(at.key, format!("\"{number}%\"")),
                };
                Sentence::new(words::percent_bare(at.key, written)).allowed(allowed()).remedy(remedy)
            }),
            None => self.wrong(Code::PercentWrong, at, item, |written| {
                Sentence::new(words::percent_wrong(at.key, written))
                    .allowed(allowed())
                    .remedy(words::write_allowed(at.key))
            }),
        }
        None
    }
}
