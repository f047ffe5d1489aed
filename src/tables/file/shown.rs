//! What a number of a workbook looks like: its value to 15 digits, as the spreadsheet itself shows it, as a percentage, a date, a
//! time or money where its format says so.
//!
//! Workbooks store binary floats in decimal: 1.6 may stand there as 1.6000000000000001. All of this is exact decimal arithmetic.

use crate::cost::Decimal;
use crate::cost::base::money::trim_zeros;
use jiff::ToSpan;
use jiff::civil::date;

/// What a number format makes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Number,
    Percent,
    /// With the sign of its currency before it.
    Money(char),
    Date,
    Time,
    DateAndTime,
}

/// The form of the formats that have a number and no code.
pub(super) fn built_in_form(id: usize) -> Form {
    match id {
        5..=8 | 42 | 44 => Form::Money('$'),
        9 | 10 => Form::Percent,
        14..=17 | 27..=31 | 36 | 50..=54 | 57 | 58 => Form::Date,
        18..=21 | 32..=35 | 45..=47 | 55 | 56 => Form::Time,
        22 => Form::DateAndTime,
        _ => Form::Number,
    }
}

/// The form of a format's code such as `0.00%` or `[$-407]d. mmm yy`.
pub(super) fn form(code: &str) -> Form {
    let (signs, quoted) = unquoted(code);
    let currency = signs.chars().chain(quoted.chars()).find(|c| matches!(c, '$' | '€' | '£' | '¥'));
    let signs = signs.to_lowercase();
    if signs.contains("general") {
        return Form::Number;
    }
    let has = |any: &[char]| signs.contains(any);
    let clock = has(&['h', 's']) || signs.contains("[m");
    let calendar = has(&['y', 'd', 'g', 'e']) || (signs.contains('m') && !clock);
    match (calendar, clock) {
        (true, true) => Form::DateAndTime,
        (true, false) => Form::Date,
        (false, true) => Form::Time,
        (false, false) if signs.contains('%') => Form::Percent,
        (false, false) => currency.map_or(Form::Number, Form::Money),
    }
}

/// The signs of a code's first section, and the texts in it that are shown as they are.
fn unquoted(code: &str) -> (String, String) {
    let (mut signs, mut quoted) = (String::new(), String::new());
    let mut rest = code.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            ';' => break,
            '"' => quoted.extend(rest.by_ref().take_while(|c| *c != '"')),
            '\\' | '!' => quoted.extend(rest.next()),
            '_' | '*' => drop(rest.next()),
            '[' => {
                let inside: String = rest.by_ref().take_while(|c| *c != ']').collect();
                let elapsed = inside.chars().all(|c| matches!(c.to_ascii_lowercase(), 'h' | 'm' | 's'));
                match inside.strip_prefix('$') {
                    Some(currency) => quoted.push_str(currency.split('-').next().unwrap_or_default()),
                    None if elapsed => signs.push_str(&format!("[{inside}]")),
                    None => {}
                }
            }
            // Scientific, which the sign behind it tells from `General` and from the years of an era.
            'e' | 'E' if matches!(rest.peek(), Some('+' | '-')) => {}
            c => signs.push(c),
        }
    }
    (signs, quoted)
}

/// A number as a person sees it; the text itself if it is no number. `from_1904` is how Macs counted days.
pub(super) fn shown(written: &str, form: Form, from_1904: bool) -> String {
    let Some(number) = parsed(written.trim()) else { return written.to_owned() };
    let plain = |number: Decimal| trim_zeros(number).to_string();
    let stamp = match form {
        Form::Number => None,
        Form::Percent => number.checked_mul(Decimal::ONE_HUNDRED).map(|share| format!("{}%", plain(share))),
        Form::Money(sign) => Some(format!("{sign}{}", plain(number))),
        Form::Date => day(number, from_1904),
        Form::Time => time(number),
        Form::DateAndTime => {
            day(number, from_1904).zip(time(number.fract())).map(|(day, time)| format!("{day} {time}"))
        }
    };
    stamp.unwrap_or_else(|| plain(number))
}

/// Significant digits that a spreadsheet shows of a number; the rest is noise.
const SHOWN_DIGITS: u32 = 15;

fn parsed(written: &str) -> Option<Decimal> {
    let number = match written.contains(['e', 'E']) {
        true => Decimal::from_scientific(written).ok()?,
        false => written.parse().ok()?,
    };
    number.round_sf(SHOWN_DIGITS)
}

/// The day of a count of days, as 2026-11-20; `None` if the count is none.
fn day(days: Decimal, from_1904: bool) -> Option<String> {
    let days = i64::try_from(days.floor()).ok().filter(|days| (0..=3_000_000).contains(days))?;
    // The first of the two calendars has a 29 February 1900.
    let first = match (from_1904, days > 59) {
        (true, _) => date(1904, 1, 1),
        (false, true) => date(1899, 12, 30),
        (false, false) => date(1899, 12, 31),
    };
    first.checked_add(days.days()).ok().map(|day| day.to_string())
}

/// The time of a part of a day, as 04:05:00; a ratio that a spreadsheet took for a time is read back from it.
fn time(days: Decimal) -> Option<String> {
    let seconds = days.checked_mul(Decimal::from(86_400))?.round();
    let seconds = u64::try_from(seconds).ok()?;
    Some(format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_without_binary_noise() {
        for (written, wanted) in [
            ("1.6", "1.6"),
            ("1.6000000000000001", "1.6"),
            ("0.30000000000000004", "0.3"),
            ("12", "12"),
            ("1200", "1200"),
            ("1.2E+3", "1200"),
            ("5.0000000000000003E-2", "0.05"),
            ("-3", "-3"),
            ("2.0", "2"),
            ("1E+300", "1E+300"),
            ("x", "x"),
        ] {
            assert_eq!(shown(written, Form::Number, false), wanted, "{written}");
        }
    }

    #[test]
    fn a_format_says_what_a_number_is() {
        for (code, wanted) in [
            ("General", Form::Number),
            ("0.00", Form::Number),
            ("0.00E+00", Form::Number),
            ("0.0\"x\"", Form::Number),
            ("0 \"days\"", Form::Number),
            ("0%", Form::Percent),
            ("#,##0.00 [$€-407]", Form::Money('€')),
            ("\"$\"#,##0.00_);[Red](\"$\"#,##0.00)", Form::Money('$')),
            ("[$-409]d/m/yy", Form::Date),
            ("yyyy\\-mm\\-dd", Form::Date),
            ("mmm", Form::Date),
            ("[$-411]ge.m.d", Form::Date),
            ("e\\.mm", Form::Date),
            ("[$-409]General", Form::Number),
            ("h:mm", Form::Time),
            ("[h]:mm:ss", Form::Time),
            ("mm:ss", Form::Time),
            ("[mm]", Form::Time),
            ("m/d/yy h:mm AM/PM", Form::DateAndTime),
        ] {
            assert_eq!(form(code), wanted, "{code}");
        }
        assert_eq!((built_in_form(9), built_in_form(14), built_in_form(0)), (Form::Percent, Form::Date, Form::Number));
    }

    #[test]
    fn shares_money_dates_and_times_look_as_in_the_sheet() {
        for (written, form, wanted) in [
            ("0.2", Form::Percent, "20%"),
            ("0.125", Form::Percent, "12.5%"),
            ("3.5", Form::Money('€'), "€3.5"),
            ("46346", Form::Date, "2026-11-20"),
            ("1", Form::Date, "1900-01-01"),
            ("61", Form::Date, "1900-03-01"),
            ("0.17013888888888887", Form::Time, "04:05:00"),
            ("0.67291666666666672", Form::Time, "16:09:00"),
            ("0.87569444444444444", Form::Time, "21:01:00"),
            ("46346.5", Form::DateAndTime, "2026-11-20 12:00:00"),
            ("-5", Form::Date, "-5"),
        ] {
            assert_eq!(shown(written, form, false), wanted, "{written} {form:?}");
        }
        assert_eq!(shown("44884", Form::Date, true), "2026-11-20");
    }
}
