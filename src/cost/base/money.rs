//! Exact decimal money, currencies, the dated exchange rate, and the program's only rounding rules.
//!
//! Amounts are USD until they are shown. Sums and products are exact or refused: nothing here rounds silently.

use crate::cost::base::number_text::grouped;
use jiff::civil::Date;
use num_bigint::BigInt;
pub use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy;

/// A sum or product needs more than the 28 significant digits of an exact decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inexact;

/// The exact product.
///
/// # Errors
/// [`Inexact`] if `rust_decimal` itself would round or underflow (it computes 1e-15 × 1e-15 as 0).
pub fn times(a: Decimal, b: Decimal) -> Result<Decimal, Inexact> {
    let direct = |a: Decimal, b: Decimal| {
        let mantissa = product(a.mantissa(), b.mantissa())?;
        Decimal::try_from_i128_with_scale(mantissa, a.scale() + b.scale()).ok()
    };
    direct(a, b).or_else(|| fitted(BigInt::from(a.mantissa()) * b.mantissa(), a.scale() + b.scale())).ok_or(Inexact)
}

/// The product if it fits 128 bits. Nearly all mantissas fit 64 bits, whose product always fits: skipping the overflow check
/// saves most of the work.
fn product(a: i128, b: i128) -> Option<i128> {
    match (i64::try_from(a), i64::try_from(b)) {
        (Ok(a), Ok(b)) => Some(i128::from(a) * i128::from(b)),
        _ => a.checked_mul(b),
    }
}

/// The powers of ten that fit, up to the largest scale of a decimal.
const POWERS: [i128; 29] = {
    let mut powers = [1; 29];
    let mut at = 1;
    while at < powers.len() {
        powers[at] = powers[at - 1] * 10;
        at += 1;
    }
    powers
};

/// The number in units of `10^-places`; `None` if it has more places, or the units do not fit.
#[must_use]
pub fn in_units(number: Decimal, places: u32) -> Option<i128> {
    let power = POWERS.get(places.checked_sub(number.scale())? as usize)?;
    product(number.mantissa(), *power)
}

/// The same number without trailing zeros, like [`Decimal::normalize`], which divides 96 bits by 10 in three steps for each
/// zero.
#[must_use]
pub fn trim_zeros(number: Decimal) -> Decimal {
    if number.is_zero() {
        return Decimal::ZERO;
    }
    let mut scale = number.scale();
    if scale == 0 {
        return number;
    }
    let Ok(mut short) = i64::try_from(number.mantissa()) else { return number.normalize() };
    if short % 10 != 0 {
        return number;
    }
    while scale > 0 && short % 10 == 0 {
        short /= 10;
        scale -= 1;
    }
    Decimal::new(short, scale)
}

/// The number `mantissa / 10^scale` if it fits a decimal without its trailing zeros.
///
/// Products and sums need this only when they do not fit as they are: 0.5 × 2e-28 has 29 decimals, the last of them 0.
fn fitted(mut mantissa: BigInt, mut scale: u32) -> Option<Decimal> {
    let ten = BigInt::from(10);
    while scale > 0 && &mantissa % &ten == BigInt::ZERO {
        mantissa /= &ten;
        scale -= 1;
    }
    Decimal::try_from_i128_with_scale(i128::try_from(mantissa).ok()?, scale).ok()
}

/// The exact sum.
///
/// # Errors
/// [`Inexact`] if the sum does not fit 28 digits.
pub fn plus(a: Decimal, b: Decimal) -> Result<Decimal, Inexact> {
    // Most sums of an estimate start at zero or add zero.
    match (a.is_zero(), b.is_zero()) {
        (true, false) if a.scale() <= b.scale() => return Ok(b),
        (false, true) if b.scale() <= a.scale() => return Ok(a),
        _ => {}
    }
    let direct = |a: Decimal, b: Decimal| {
        let scale = a.scale().max(b.scale());
        let raise = |d: Decimal| match POWERS[(scale - d.scale()) as usize] {
            1 => Some(d.mantissa()),
            power => product(d.mantissa(), power),
        };
        Decimal::try_from_i128_with_scale(raise(a)?.checked_add(raise(b)?)?, scale).ok()
    };
    let raised = |d: Decimal, scale: u32| BigInt::from(d.mantissa()) * BigInt::from(10).pow(scale - d.scale());
    let scale = a.scale().max(b.scale());
    direct(a, b).or_else(|| fitted(raised(a, scale) + raised(b, scale), scale)).ok_or(Inexact)
}

/// The exact sum of many numbers in any order: partial sums that do not fit may cancel out.
///
/// # Errors
/// [`Inexact`] if the final sum does not fit 28 digits.
pub fn total(parts: impl IntoIterator<Item = Decimal>) -> Result<Decimal, Inexact> {
    let raised = |part: Decimal| BigInt::from(part.mantissa()) * POWERS[(Decimal::MAX_SCALE - part.scale()) as usize];
    fitted(parts.into_iter().map(raised).sum(), Decimal::MAX_SCALE).ok_or(Inexact)
}

/// A quotient to 28 significant digits, half to even; `None` if the divisor is zero. For display only.
#[must_use]
pub fn quotient(a: Decimal, b: Decimal) -> Option<Decimal> {
    let raw = a.checked_div(b)?;
    raw.round_sf_with_strategy(28, RoundingStrategy::MidpointNearestEven).map(|d| d.normalize())
}

/// Rounds for display: half to even, and no minus sign before a zero.
#[must_use]
pub fn rounded(amount: Decimal, digits: u32) -> Decimal {
    let mut shown = amount.round_dp_with_strategy(digits, RoundingStrategy::MidpointNearestEven);
    if shown.is_zero() {
        shown = Decimal::ZERO;
    }
    shown.rescale(digits);
    shown
}

/// Decimals of a converted amount. An amount in the project's currency is computed in USD, kept to 18 decimals, and converted
/// back to be shown: what that leaves stands further to the right, even of large amounts.
const CONVERTED_PLACES: u32 = 12;

/// Whether an amount is over a limit in the same currency. Less than 1e-12 is what a conversion leaves, and never over.
#[must_use]
pub fn exceeds(amount: Decimal, limit: Decimal) -> bool {
    amount > limit && plus(amount, -limit).map_or(true, |over| over >= Decimal::new(1, CONVERTED_PLACES))
}

/// A currency by its ISO 4217 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

/// ISO 4217 codes of currencies in use (funds codes, metals and test codes left out).
const CODES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD \
CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL \
HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD \
MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR \
SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES \
VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";
const NO_DIGITS: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
const THREE_DIGITS: &str = "BHD IQD JOD KWD LYD OMR TND";

impl Currency {
    /// The currency that prices are published in.
    pub const USD: Currency = Currency(*b"USD");

    /// Parses a three-letter ISO 4217 code, in any case; `None` if it is not a currency in use.
    #[must_use]
    pub fn parse(code: &str) -> Option<Currency> {
        let upper = code.trim().to_ascii_uppercase();
        let bytes: [u8; 3] = upper.as_bytes().try_into().ok()?;
        CODES.split(' ').any(|known| known == upper).then_some(Currency(bytes))
    }

    /// Every currency in use, by code.
    pub fn all() -> impl Iterator<Item = Currency> {
        CODES.split(' ').filter_map(Currency::parse)
    }

    /// The ISO code in capitals.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("USD")
    }

    /// Digits after the decimal point by ISO 4217: 0 for JPY, 3 for KWD, mostly 2.
    #[must_use]
    pub fn digits(&self) -> u32 {
        let is_in = |list: &str| list.as_bytes().chunks(4).any(|known| known.starts_with(&self.0));
        if is_in(NO_DIGITS) {
            0
        } else if is_in(THREE_DIGITS) {
            3
        } else {
            2
        }
    }

    fn symbol(&self) -> Option<&'static str> {
        Some(match self.code() {
            "USD" => "$",
            "EUR" => "€",
            "GBP" => "£",
            "JPY" => "¥",
            "KRW" => "₩",
            "INR" => "₹",
            _ => return None,
        })
    }

    /// The amount rounded to a number of digits, with thousands separators: `$1,234.50`, `¥1,235`, `CHF 1,234.50`.
    #[must_use]
    pub fn show_with_digits(&self, amount: Decimal, digits: u32) -> String {
        let shown = rounded(amount, digits);
        let sign = if shown.is_sign_negative() { "−" } else { "" };
        let number = grouped(shown.abs());
        match self.symbol() {
            Some(symbol) => format!("{sign}{symbol}{number}"),
            None => format!("{sign}{} {number}", self.code()),
        }
    }
}

/// An exchange rate that the user typed in and dated; the program never fetches one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// Units of the shown currency for 1 USD; greater than 0.
    pub rate: Decimal,
    /// The date of the rate.
    pub as_of: Date,
    /// The source of the rate.
    pub source: Option<String>,
}

/// How totals are shown: the currency and, unless it is USD, the rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The currency of every shown total.
    pub currency: Currency,
    /// The rate; `None` for USD, or if the project names a currency without a rate.
    pub exchange: Option<Exchange>,
}

impl Shown {
    /// USD, not converted.
    #[must_use]
    pub fn usd() -> Shown {
        Shown { currency: Currency::USD, exchange: None }
    }

    /// An amount of USD in the shown currency, a converted one to 12 decimals, half to even; `None` if the rate is missing or
    /// digits run out.
    #[must_use]
    pub fn from_usd(&self, usd: Decimal) -> Option<Decimal> {
        if self.currency == Currency::USD {
            return Some(usd);
        }
        let rate = self.exchange.as_ref()?.rate;
        let exact = times(usd, rate).ok().or_else(|| usd.checked_mul(rate))?;
        Some(trim_zeros(exact.round_dp_with_strategy(CONVERTED_PLACES, RoundingStrategy::MidpointNearestEven)))
    }
}
