//! Exact decimals against big integers, rounding for display, and currencies.

use crate::support::dec;
use num_bigint::BigInt;
use proptest::prelude::*;
use retake::cost::base::money::{Currency, Decimal, Inexact, plus, quotient, rounded, times, trim_zeros};
use retake::cost::base::number_text::{NumberError, grouped, parse_decimal};
use retake::figures::Amount;

/// `mantissa / 10^scale` without any limit of digits.
#[derive(Debug, Clone)]
struct Exact {
    mantissa: BigInt,
    scale: u32,
}

impl Exact {
    fn of(number: Decimal) -> Exact {
        Exact { mantissa: BigInt::from(number.mantissa()), scale: number.scale() }
    }

    fn at(&self, scale: u32) -> BigInt {
        &self.mantissa * BigInt::from(10).pow(scale - self.scale)
    }

    fn shortest(mut self) -> Exact {
        let ten = BigInt::from(10);
        while self.scale > 0 && &self.mantissa % &ten == BigInt::ZERO {
            self.mantissa /= &ten;
            self.scale -= 1;
        }
        self
    }

    /// The same number as a decimal of 96 bits and 28 digits after the point; `None` if it does not fit.
    fn held(self) -> Option<Decimal> {
        let short = self.shortest();
        let mantissa = i128::try_from(short.mantissa).ok()?;
        Decimal::try_from_i128_with_scale(mantissa, short.scale).ok()
    }
}

fn any_decimal() -> impl Strategy<Value = Decimal> {
    let bits = prop_oneof![0_u32..=96, 0_u32..=20];
    (bits, any::<u128>(), 0_u32..=28, any::<bool>()).prop_map(|(bits, seed, scale, negative)| {
        let mantissa = if bits == 0 { 0 } else { seed >> (128 - bits) };
        let mantissa = i128::try_from(mantissa).unwrap();
        Decimal::from_i128_with_scale(if negative { -mantissa } else { mantissa }, scale)
    })
}

/// Numbers with many trailing zeros: products and sums that fit only without them.
fn round_decimal() -> impl Strategy<Value = Decimal> {
    (-5000_i128..=5000, 0_u32..=24, 0_u32..=28)
        .prop_map(|(lead, zeros, scale)| Decimal::from_i128_with_scale(lead * 10_i128.pow(zeros), scale))
}

fn some_decimal() -> impl Strategy<Value = Decimal> {
    prop_oneof![any_decimal(), round_decimal()]
}

proptest! {
    #[test]
    fn products_are_exact_or_refused(a in some_decimal(), b in some_decimal()) {
        let (x, y) = (Exact::of(a), Exact::of(b));
        let product = Exact { mantissa: x.mantissa * y.mantissa, scale: x.scale + y.scale };
        prop_assert_eq!(times(a, b).ok(), product.held());
    }

    #[test]
    fn sums_are_exact_or_refused(a in some_decimal(), b in some_decimal()) {
        let (x, y) = (Exact::of(a), Exact::of(b));
        let scale = x.scale.max(y.scale);
        let sum = Exact { mantissa: x.at(scale) + y.at(scale), scale };
        prop_assert_eq!(plus(a, b).ok(), sum.held());
    }

    #[test]
    fn reading_is_exact_or_refused(digits in "[0-9]{0,32}", fraction in "[0-9]{0,32}", exponent in -35_i32..=35, sign in "[+-]?") {
        let text = format!("{sign}{digits}.{fraction}e{exponent}");
        let read = parse_decimal(&text);
        if digits.is_empty() && fraction.is_empty() {
            prop_assert_eq!(read, Err(NumberError::NotANumber));
            return Ok(());
        }
        let mantissa: BigInt = format!("{digits}{fraction}").parse().unwrap();
        let mantissa = if sign == "-" { -mantissa } else { mantissa };
        let scale = i32::try_from(fraction.len()).unwrap() - exponent;
        let (mantissa, scale) = if scale < 0 { (mantissa * BigInt::from(10).pow(scale.unsigned_abs()), 0) } else { (mantissa, scale) };
        let exact = Exact { mantissa, scale: scale.unsigned_abs() }.shortest();
        let fits = exact.mantissa.magnitude().to_string().len() <= 28 && exact.scale <= 28;
        match read {
            Ok(number) => {
                prop_assert!(fits);
                prop_assert_eq!(Some(number), exact.held());
            }
            Err(error) => {
                prop_assert!(!fits, "{} refused", text);
                prop_assert_eq!(error, NumberError::TooManyDigits);
            }
        }
    }

    #[test]
    fn what_is_written_reads_back(number in any_decimal()) {
        if number.normalize().mantissa().unsigned_abs().to_string().len() <= 28 {
            prop_assert_eq!(parse_decimal(&number.to_string()), Ok(number));
        }
    }

    #[test]
    fn quotients_are_close_to_their_last_digit(a in 0_i64..i64::MAX, b in 1_i64..1_000_000_000) {
        let shown = Exact::of(quotient(Decimal::new(a, 6), Decimal::from(b)).unwrap());
        // |shown·b − a/10⁶| < b units of the last digit.
        let scale = shown.scale.max(6);
        let off = shown.at(scale) * b - BigInt::from(a) * BigInt::from(10).pow(scale - 6);
        prop_assert!(off.magnitude() <= &BigInt::from(b).magnitude().clone() || shown.scale < 28 && off == BigInt::ZERO);
    }

    #[test]
    fn rounding_for_show_takes_the_even_half(mantissa in -1_000_000_000_i64..1_000_000_000, scale in 0_u32..8, digits in 0_u32..5) {
        let shown = rounded(Decimal::new(mantissa, scale), digits);
        prop_assert_eq!(shown.scale(), digits);
        prop_assert!(!(shown.is_zero() && shown.is_sign_negative()));
        let wide = scale.max(digits);
        let (unit, exact) = (10_i128.pow(wide - digits), i128::from(mantissa) * 10_i128.pow(wide - scale));
        let (low, rest) = (exact.div_euclid(unit), exact.rem_euclid(unit));
        let expected = match (2 * rest).cmp(&unit) {
            std::cmp::Ordering::Less => low,
            std::cmp::Ordering::Greater => low + 1,
            std::cmp::Ordering::Equal => low + low.rem_euclid(2),
        };
        prop_assert_eq!(shown.mantissa(), expected);
    }
}

fn golden(id: &str) -> serde_json::Value {
    let golden: serde_json::Value = serde_json::from_str(include_str!("fixtures/golden.json")).unwrap();
    golden["cases"].as_array().unwrap().iter().find(|case| case["id"] == id).unwrap().clone()
}

fn texts(value: &serde_json::Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

#[test]
fn the_worked_roundings_hold() {
    let case = golden("money_rounding");
    let values = texts(&case["inputs"]["values"]);
    for (value, expected) in values.iter().zip(texts(&case["expected"]["half_even"])) {
        assert_eq!(rounded(dec(value), 2).to_string(), expected.replace("-0.00", "0.00"), "{value}");
    }
    assert_eq!(values.len(), 8);
}

#[test]
fn a_million_dimes_are_a_hundred_thousand_dollars() {
    let case = golden("money_exact_sum");
    let (line, count) = (dec(case["inputs"]["line"].as_str().unwrap()), case["inputs"]["count"].as_u64().unwrap());
    let sum = (0..count).fold(Decimal::ZERO, |sum, _| plus(sum, line).unwrap());
    assert_eq!(sum, dec(case["expected"]["sum"].as_str().unwrap()));
    let rate = dec(case["inputs"]["token_price_per_million"].as_str().unwrap());
    let cost = retake::cost::estimate::advisor::price(case["inputs"]["tokens"].as_u64().unwrap(), Some(rate));
    assert_eq!(cost, Some(dec(case["expected"]["token_cost"].as_str().unwrap())));
}

#[test]
fn what_the_library_would_round_away_is_refused() {
    let tiny = dec("1e-15");
    assert_eq!(tiny * tiny, Decimal::ZERO, "the operator loses it");
    assert_eq!(times(tiny, tiny), Err(Inexact));
    assert_eq!(plus(dec("9999999999999999999999999999"), dec("0.1")), Err(Inexact));
    assert_eq!(times(Decimal::MAX, Decimal::MAX), Err(Inexact));
    assert_eq!(plus(Decimal::MAX, Decimal::MAX), Err(Inexact));
    assert_eq!(times(dec("0.5"), dec("2e-28")), Ok(dec("1e-28")));
}

#[test]
fn a_quotient_by_zero_is_none() {
    assert_eq!(quotient(dec("1"), Decimal::ZERO), None);
    assert_eq!(quotient(dec("10"), dec("4")).unwrap().to_string(), "2.5");
}

#[test]
fn currencies_have_their_digits() {
    let digits = [
        (0, "JPY KRW VND CLP ISK PYG UGX XAF XOF XPF"),
        (2, "USD EUR GBP CHF CAD AUD CNY INR TWD HKD SGD BRL MXN SEK NOK PLN ZAR TRY HUF CZK"),
        (3, "BHD IQD JOD KWD LYD OMR TND"),
    ];
    for (expected, codes) in digits {
        for code in codes.split(' ') {
            assert_eq!(Currency::parse(code).map(|currency| currency.digits()), Some(expected), "{code}");
        }
    }
    assert_eq!(Currency::parse(" jpy ").unwrap().code(), "JPY");
    for wrong in ["", "US", "USDT", "XXX", "ABC", "美元", "XAU"] {
        assert_eq!(Currency::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn amounts_are_shown_as_people_write_them() {
    let show = |code: &str, amount: &str| Amount::in_currency(Currency::parse(code).unwrap(), dec(amount)).to_string();
    assert_eq!(show("USD", "1234.5"), "$1,234.50");
    assert_eq!(show("USD", "-0.004"), "$0.00");
    assert_eq!(show("USD", "-12345.678"), "−$12,345.68");
    assert_eq!(show("JPY", "1234567.5"), "¥1,234,568");
    assert_eq!(show("KWD", "0.0005"), "KWD 0.000");
    assert_eq!(show("CHF", "999.995"), "CHF 1,000.00");
    assert_eq!(grouped(dec("-1234567.89")), "−1,234,567.89");
    assert_eq!(grouped(dec("123")), "123");
}

proptest! {
    #[test]
    fn idle_zeros_go_as_the_crate_takes_them(mantissa in any::<i64>(), zeros in 0_u32..12, scale in 0_u32..=28) {
        let mantissa = i128::from(mantissa) / 10_i128.pow(6) * 10_i128.pow(zeros);
        let number = Decimal::try_from_i128_with_scale(mantissa, scale).unwrap();
        let (own, theirs) = (trim_zeros(number), number.normalize());
        prop_assert_eq!((own.mantissa(), own.scale()), (theirs.mantissa(), theirs.scale()));
    }
}
