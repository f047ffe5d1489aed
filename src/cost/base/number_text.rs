//! The one grammar of numbers: how they are parsed and written.
//!
//! A number is decimal digits with at most one sign, one decimal point and one exponent; it is parsed exactly or refused
//! ([`parse_decimal`]). Who wrote it decides its separators: between thousands (groups of three digits) and before the
//! decimals. Files, `--set` and everything printed use the default separators only; the screen and its inputs use the
//! reader's ([`Marks`]); a spreadsheet list uses those of its country (`tables`).

use crate::cost::base::limits::DIGITS_MAX;
use rust_decimal::Decimal;
use std::borrow::Cow;

/// Why a text cannot be parsed as an exact number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberError {
    /// Not decimal digits with an optional sign, decimal point and exponent.
    NotANumber,
    /// `nan` or an infinity.
    NotFinite,
    /// More than 28 significant digits, or an exponent out of reach.
    TooManyDigits,
}

/// Signs that a number may begin with: those of keyboards, and their twins in print, full width and small forms.
const SIGNS: [char; 7] = ['+', '-', '−', '＋', '－', '﹢', '﹣'];

/// A full-width letter, digit or sign as its ASCII twin, and a minus sign as a hyphen; any other character as it is.
#[must_use]
pub fn narrow(c: char) -> char {
    match c {
        '−' | '﹣' => '-',
        '﹢' => '+',
        '￥' => '¥',
        '￡' => '£',
        '￦' => '₩',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}

/// A text with every character as [`narrow`] writes it.
#[must_use]
pub fn narrowed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(text.chars().map(narrow).collect()) }
}

/// The sign of a number, and the text behind its signs; more than one sign is no number.
fn signed(text: &str) -> Option<(char, &str)> {
    let bare = text.trim_start_matches(SIGNS);
    let mut signs = text.strip_suffix(bare)?.chars();
    let sign = signs.next().map_or('+', narrow);
    signs.next().is_none().then_some((sign, bare))
}

/// Parses decimal text exactly; underscores between digits are allowed, as in TOML. A zero keeps its minus sign, so that a
/// range that begins at 0 can refuse `-0`.
///
/// # Errors
/// The reason why the text is refused; the text is never rounded.
pub fn parse_decimal(text: &str) -> Result<Decimal, NumberError> {
    let text = text.trim();
    short(text).map_or_else(|| by_the_grammar(text), Ok)
}

fn by_the_grammar(text: &str) -> Result<Decimal, NumberError> {
    let Some((sign, bare)) = signed(text) else { return Err(NumberError::NotANumber) };
    if matches!(bare.to_ascii_lowercase().as_str(), "nan" | "inf" | "infinity") {
        return Err(NumberError::NotFinite);
    }
    let joins = |at: usize| {
        let digit_at = |at: Option<usize>| at.and_then(|at| bare.as_bytes().get(at)).is_some_and(u8::is_ascii_digit);
        digit_at(at.checked_sub(1)) && digit_at(at.checked_add(1))
    };
    if bare.match_indices('_').any(|(at, _)| !joins(at)) {
        return Err(NumberError::NotANumber);
    }
    let plain: String = bare.chars().filter(|c| *c != '_').collect();
    let (digits, exponent) = match plain.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().map_err(|_| NumberError::NotANumber)?),
        None => (plain.as_str(), 0),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction) {
        return Err(NumberError::NotANumber);
    }
    let joined = format!("{whole}{}", fraction.trim_end_matches('0'));
    let scale = i64::try_from(fraction.trim_end_matches('0').len()).map_err(|_| NumberError::TooManyDigits)?;
    let value = scaled(joined.trim_start_matches('0'), scale - i64::from(exponent))?;
    Ok(if sign == '-' { -value } else { value })
}

/// The longest text whose digits fit the machine's whole numbers, however large they are.
const SHORT: usize = 18;

/// A short number of digits and a point alone, as nearly all are: a start reads two hundred in the prices, and this takes a
/// fourteenth of the instructions of the whole grammar. `None` leaves the text to it; a test holds both to one answer.
fn short(text: &str) -> Option<Decimal> {
    if text.len() > SHORT {
        return None;
    }
    let (mut number, mut decimals) = (0_i64, None);
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => {
                number = number * 10 + i64::from(byte - b'0');
                decimals = decimals.map(|decimals| decimals + 1);
            }
            b'.' if decimals.is_none() => decimals = Some(0_u32),
            _ => return None,
        }
    }
    let has_digits = text.len() > usize::from(decimals.is_some());
    has_digits.then(|| {
        let mut decimals = decimals.unwrap_or(0);
        while decimals > 0 && number % 10 == 0 {
            (number, decimals) = (number / 10, decimals - 1);
        }
        Decimal::new(number, decimals)
    })
}

/// The two whole numbers that `5.000` may mean: 5, and 5000 to readers who part thousands with a point.
#[must_use]
pub fn two_wholes(text: &str) -> Option<(&str, String)> {
    let (few, fraction) = text.trim().split_once('.')?;
    let few = few.strip_prefix('+').unwrap_or(few);
    let digits = (1..=3).contains(&few.len()) && few.bytes().all(|byte| byte.is_ascii_digit());
    (digits && fraction == "000" && !few.starts_with('0')).then(|| (few, format!("{few}{fraction}")))
}

/// The two amounts of money that `$5.000` or `5.000 EUR` may mean, as [`two_wholes`] of the number in it.
#[must_use]
pub fn two_amounts(text: &str) -> Option<(String, String)> {
    let text = narrowed(text);
    let (few, many) = two_wholes(text.trim_matches(|sign: char| !sign.is_ascii_digit()))?;
    Some((few.to_owned(), many))
}

/// Parses a number with a comma at each thousand. Any other comma is refused: many readers mean one and a half by `1,5`, and
/// it must not become 15.
///
/// # Errors
/// As for [`parse_decimal`], and if a comma is out of place.
pub fn parse_grouped(text: &str) -> Result<Decimal, NumberError> {
    if !text.contains(',') {
        return parse_decimal(text);
    }
    let (sign, unsigned) = signed(text.trim()).ok_or(NumberError::NotANumber)?;
    let (whole, point, fraction) = match unsigned.split_once('.') {
        Some((whole, fraction)) => (whole, ".", fraction),
        None => (unsigned, "", ""),
    };
    let whole = without_thousands(whole, |c| c == ',').ok_or(NumberError::NotANumber)?;
    parse_decimal(&format!("{sign}{whole}{point}{fraction}"))
}

fn scaled(digits: &str, scale: i64) -> Result<Decimal, NumberError> {
    if digits.is_empty() {
        return Ok(Decimal::ZERO);
    }
    let shortened = digits.trim_end_matches('0');
    let dropped = i64::try_from(digits.len() - shortened.len()).map_err(|_| NumberError::TooManyDigits)?;
    let (mut digits, mut scale) = (shortened.to_owned(), scale - dropped);
    if scale.unsigned_abs() > DIGITS_MAX as u64 || digits.len() > DIGITS_MAX {
        return Err(NumberError::TooManyDigits);
    }
    while scale < 0 {
        digits.push('0');
        scale += 1;
    }
    let mantissa = digits.parse::<i128>().map_err(|_| NumberError::TooManyDigits)?;
    let scale = u32::try_from(scale).map_err(|_| NumberError::TooManyDigits)?;
    if digits.len() > DIGITS_MAX {
        return Err(NumberError::TooManyDigits);
    }
    Decimal::try_from_i128_with_scale(mantissa, scale).map_err(|_| NumberError::TooManyDigits)
}

/// A whole or decimal number with a comma at each thousand.
#[must_use]
pub fn grouped(number: Decimal) -> String {
    let text = number.abs().to_string();
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
    let mut out = String::with_capacity(text.len() + whole.len() / 3 + 1);
    if number.is_sign_negative() && !number.is_zero() {
        out.push('−');
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// The digits of a whole number without its thousands separators; `None` if a separator is in any other place, or if the
/// number has separators and begins with 0. A number without separators is returned unchanged.
#[must_use]
pub fn without_thousands(whole: &str, groups: impl Fn(char) -> bool) -> Option<Cow<'_, str>> {
    if !whole.contains(&groups) {
        return Some(Cow::Borrowed(whole));
    }
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let leads = |first: &str| (1..=3).contains(&first.len()) && !first.starts_with('0') && digits(first);
    let mut parts = whole.split(&groups);
    let fits = parts.next().is_some_and(leads) && parts.all(|part| part.len() == 3 && digits(part));
    fits.then(|| Cow::Owned(whole.chars().filter(|c| !groups(*c)).collect()))
}

/// Whether a character is a blank used in numbers, of any width that keyboards and spreadsheets write.
#[must_use]
pub fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{2009}')
}

/// Whether a character is an apostrophe used in numbers.
#[must_use]
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// The reader's number separators: thousands and decimal. The two differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marks {
    group: Option<char>,
    decimal: char,
}

impl Default for Marks {
    fn default() -> Marks {
        Marks { group: Some(','), decimal: '.' }
    }
}

/// The numbers that a knob takes, as far as it decides how separators are parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberKind {
    /// Whole numbers only: a thousands separator cannot be a decimal sign.
    Whole,
    /// One number, with decimals.
    Fraction,
    /// Several numbers with blanks between them, so a blank is never a thousands separator.
    Several,
}

/// Why a typed text cannot be parsed with these separators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misread {
    /// A separator is out of place.
    NotANumber,
    /// `1.234` for a reader whose decimal sign is the comma: 1.234, or a thousand times as much.
    Ambiguous {
        /// The reading with decimals, typed unambiguously.
        fraction: String,
        /// The reading with thousands, typed unambiguously.
        whole: String,
    },
}

/// Thousands separators that a reader may choose. Blanks and apostrophes have several forms, all parsed alike.
const GROUPS: [char; 9] = [',', '.', ' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '’', '_'];

impl Marks {
    /// Derives the separators from the number 1234.56 as the reader writes it: `1,234.56`, `1.234,56`, `1 234,56`, `1234.56`.
    #[must_use]
    pub fn of_example(text: &str) -> Option<Marks> {
        let rest = text.strip_prefix('1')?;
        let (group, rest) = match rest.strip_prefix("234") {
            Some(rest) => (None, rest),
            None => {
                let group = rest.chars().next().filter(|sign| GROUPS.contains(sign))?;
                (Some(group), rest.strip_prefix(group)?.strip_prefix("234")?)
            }
        };
        let decimal = rest.strip_suffix("56").and_then(|sign| [",", "."].into_iter().find(|known| *known == sign))?;
        let decimal = if decimal == "," { ',' } else { '.' };
        // A line may break at a blank but not within a figure.
        let group = group.map(|sign| match sign {
            ' ' => '\u{a0}',
            '\u{2009}' => '\u{202f}',
            sign => sign,
        });
        (group != Some(decimal)).then_some(Marks { group, decimal })
    }

    /// The decimal sign.
    #[must_use]
    pub fn decimal(self) -> char {
        self.decimal
    }

    /// Whether a character is the thousands separator.
    #[must_use]
    pub fn is_group(self, c: char) -> bool {
        self.group == Some(c)
    }

    /// Rewrites a figure with the default separators (`−$1,234.50`) with these. Not for sentences: their commas would change
    /// too.
    #[must_use]
    pub fn punctuated(self, figure: &str) -> Cow<'_, str> {
        if self == Marks::default() {
            return Cow::Borrowed(figure);
        }
        let mut out = String::with_capacity(figure.len());
        for c in figure.chars() {
            match c {
                ',' => out.extend(self.group),
                '.' => out.push(self.decimal),
                c => out.push(c),
            }
        }
        Cow::Owned(out)
    }

    /// Rewrites a text that a knob parses (`1.5/2/3`, `25.5 USD`) as this reader would type it: only a point between digits
    /// changes.
    #[must_use]
    pub fn typed(self, text: &str) -> Cow<'_, str> {
        if self.decimal == '.' {
            return Cow::Borrowed(text);
        }
        let bytes = text.as_bytes();
        let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
        let between = |at: usize| digit(at.checked_sub(1)) && digit(at.checked_add(1));
        let signs = text.char_indices();
        Cow::Owned(signs.map(|(at, c)| if c == '.' && between(at) { self.decimal } else { c }).collect())
    }

    /// Rewrites typed text with the default decimal sign and without thousands separators, for a knob to parse.
    ///
    /// # Errors
    /// If a separator is out of place, or could make the number a thousand times larger or smaller.
    pub fn normalized(self, typed: &str, takes: NumberKind) -> Result<Cow<'_, str>, Misread> {
        self.sure_of_zeros(typed.trim(), takes)?;
        if self == Marks::default() {
            return Ok(Cow::Borrowed(typed));
        }
        let mut out = String::with_capacity(typed.len());
        let mut rest = typed;
        while let Some(first) = rest.chars().next() {
            let length = self.number_length(rest, takes);
            if length == 0 {
                out.push(first);
                rest = &rest[first.len_utf8()..];
            } else {
                out.push_str(&self.number(&rest[..length], takes)?);
                rest = &rest[length..];
            }
        }
        Ok(Cow::Owned(out))
    }

    /// Refuses a whole number written with three zeros after its decimal sign: another reader means thousands by that.
    fn sure_of_zeros(self, typed: &str, takes: NumberKind) -> Result<(), Misread> {
        let Some((count, "000")) = typed.split_once(self.decimal).filter(|_| takes == NumberKind::Whole) else {
            return Ok(());
        };
        let digits = count.bytes().all(|b| b.is_ascii_digit()) && !count.starts_with('0');
        if !digits || !(1..=3).contains(&count.len()) {
            return Ok(());
        }
        Err(Misread::Ambiguous { fraction: format!("{count}{}000", self.decimal), whole: format!("{count}000") })
    }

    /// Length in bytes of the number at the start of a text; 0 if there is none.
    fn number_length(self, text: &str, takes: NumberKind) -> usize {
        let mut length = 0;
        let mut signs = text.chars().peekable();
        while let Some(c) = signs.next() {
            let before_digit = signs.peek().is_some_and(char::is_ascii_digit);
            let inside = match c {
                '0'..='9' => true,
                // An unfinished fraction counts as a number too: each key of `1,5` is parsed as it is typed.
                '.' | ',' => before_digit || length > 0,
                '_' => before_digit && length > 0,
                c => self.groups(c) && before_digit && length > 0 && !(is_blank(c) && takes == NumberKind::Several),
            };
            if !inside {
                break;
            }
            length += c.len_utf8();
        }
        length
    }

    fn groups(self, c: char) -> bool {
        self.group.is_some_and(|group| {
            group == c || (is_blank(group) && is_blank(c)) || (is_apostrophe(group) && is_apostrophe(c))
        })
    }

    fn number(self, text: &str, takes: NumberKind) -> Result<String, Misread> {
        if self.decimal == ',' && !text.contains(',') && text.contains('.') {
            return self.pointed(text, takes);
        }
        let (whole, fraction) = match text.split_once(self.decimal) {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (text, None),
        };
        if fraction.is_some_and(|fraction| !fraction.chars().all(|c| c.is_ascii_digit() || c == '_')) {
            return Err(Misread::NotANumber);
        }
        let whole = self.ungrouped(whole)?;
        Ok(fraction.map_or_else(|| whole.clone(), |fraction| format!("{whole}.{fraction}")))
    }

    /// Parses a number with points and no comma for a reader whose decimal sign is the comma: the point is a decimal point,
    /// as most people write it, or a thousands separator.
    fn pointed(self, text: &str, takes: NumberKind) -> Result<String, Misread> {
        let thousands = || self.ungrouped_by(text, |c| c == '.');
        let (whole, fraction) = text.rsplit_once('.').unwrap_or((text, ""));
        if self.groups('.') && (whole.contains('.') || (takes == NumberKind::Whole && fraction.len() == 3)) {
            return thousands();
        }
        let bare = whole.bytes().all(|b| b.is_ascii_digit()) && !whole.starts_with('0');
        if bare && (1..=3).contains(&whole.len()) && fraction.len() == 3 {
            return Err(Misread::Ambiguous {
                fraction: format!("{whole},{fraction}"),
                whole: format!("{whole}{fraction}"),
            });
        }
        if !fraction.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Misread::NotANumber);
        }
        Ok(format!("{}.{fraction}", self.ungrouped(whole)?))
    }

    fn ungrouped(self, whole: &str) -> Result<String, Misread> {
        self.ungrouped_by(whole, |c| self.groups(c) && c != '_')
    }

    /// The digits without thousands separators; a separator in any other place is refused.
    fn ungrouped_by(self, whole: &str, groups: impl Fn(char) -> bool) -> Result<String, Misread> {
        let plain = without_thousands(whole, groups).ok_or(Misread::NotANumber)?;
        match self.decimal == ',' && plain.contains(['.', ',']) {
            true => Err(Misread::NotANumber),
            false => Ok(plain.into_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::cost::base::number_text::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_short_number_is_what_the_grammar_says(text in "[0-9]{0,10}[.]?[0-9]{0,10}|[0-9.]{1,5}|[0-9.eE_+-]{1,8}") {
            if let Some(value) = short(&text) {
                prop_assert_eq!(Ok((value.mantissa(), value.scale())), by_the_grammar(&text).map(|it| (it.mantissa(), it.scale())));
            }
            prop_assert_eq!(short(&text).is_some(), text.len() <= SHORT && by_the_grammar(&text).is_ok() && !text.contains(['e', 'E', '_', '+', '-']));
        }
    }
}
