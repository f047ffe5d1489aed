//! Normalizes numbers as spreadsheets of several countries write them, for the knobs to parse.

use crate::cost::base::number_text::{is_apostrophe, is_blank, without_thousands};

/// A number's text with a decimal point and no thousands separators, or the two numbers that it may mean.
pub(super) type Plain = Result<String, (String, String)>;

/// Replaces the special blanks that word processors and spreadsheets put into numbers with plain ones.
pub(super) fn with_plain_blanks(cell: &str) -> String {
    cell.trim().chars().map(|c| if is_blank(c) { ' ' } else { c }).collect()
}

/// Whether the text is a number with one or two decimals after this sign and no other reading: `1,6`, `40,5 %`, `12,50 €`.
pub(super) fn shows_decimals(cell: &str, sign: char) -> bool {
    let bare = cell.trim_matches(|c: char| !c.is_ascii_digit());
    let Some((whole, fraction)) = bare.split_once(sign) else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && digits(fraction) && fraction.len() <= 2
}

/// Normalizes `number` for the knobs. `comma` says that the list writes 1,6 for one and six tenths, `whole` that the column
/// takes whole numbers only.
pub(super) fn plain_number(number: &str, comma: bool, whole: bool) -> Plain {
    let joined = without_blank_groups(number);
    let number = joined.as_deref().unwrap_or(number);
    match (number.rfind(','), number.rfind('.')) {
        (Some(comma_at), Some(point_at)) => Ok(if comma_at > point_at {
            grouped_by(number, '.', ',').unwrap_or_else(|| number.to_owned())
        } else {
            grouped_by(number, ',', '.').unwrap_or_else(|| number.to_owned())
        }),
        (Some(_), None) => single_separator(number, ',', !comma, whole),
        // A second point can only be a thousands separator.
        (None, Some(at)) if comma || number[..at].contains('.') => single_separator(number, '.', true, whole),
        // 1.000 images are one or a thousand: nothing in the list tells which.
        (None, Some(at)) if whole && &number[at..] == ".000" => single_separator(number, '.', false, true),
        (None, _) => Ok(number.to_owned()),
    }
}

/// A number with one kind of separator, which `groups` says separates thousands in this list.
fn single_separator(number: &str, sign: char, groups: bool, whole: bool) -> Plain {
    let (first, last) = number.split_once(sign).unwrap_or((number, ""));
    let decimal = format!("{first}.{}", last.trim_end_matches('0')).trim_end_matches('.').to_owned();
    let thousands = grouped_by(number, sign, ' ');
    match thousands {
        // 0,600 has no thousands, nor has 1,60.
        None if last.contains(sign) => Ok(number.to_owned()),
        None => Ok(decimal),
        Some(thousands) if last.contains(sign) || (groups && whole) => Ok(thousands),
        Some(thousands) => Err((thousands, decimal)),
    }
}

/// The number without thousands separators and with a point for `decimal`; `None` if a group does not have three digits.
fn grouped_by(number: &str, sign: char, decimal: char) -> Option<String> {
    let (whole, fraction) = number.rsplit_once(decimal).map_or((number, None), |(whole, rest)| (whole, Some(rest)));
    let whole = without_thousands(whole, |c| c == sign)?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match fraction {
        Some(fraction) => digits(fraction).then(|| format!("{whole}.{fraction}")),
        None => Some(whole.into_owned()),
    }
}

/// `1 200` and `1'200` without the thousands separators.
fn without_blank_groups(number: &str) -> Option<String> {
    let sign = number.chars().find(|c| *c == ' ' || is_apostrophe(*c))?;
    let decimal = if number.contains(',') { ',' } else { '.' };
    grouped_by(number, sign, decimal).map(|joined| joined.replace('.', &decimal.to_string()))
}

/// The text with each of its numbers normalized; the characters around them are kept.
pub(super) fn normalize_numbers(text: &str, comma: bool) -> Plain {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(begin) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(begin);
        let end = from.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.')).unwrap_or(from.len());
        let number = from[..end].trim_end_matches([',', '.']);
        plain.push_str(before);
        plain.push_str(&plain_number(number, comma, false)?);
        rest = &from[number.len()..];
    }
    plain.push_str(rest);
    Ok(plain)
}

/// Whether a text is a date: three numbers with one sign between them, or with the signs of Chinese and Japanese.
pub(super) fn is_date(text: &str) -> bool {
    let day = text.split([' ', 'T']).next().unwrap_or_default();
    let numbers = |parts: &[&str]| {
        parts.iter().all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    if day.contains(['年', '月']) {
        return numbers(&day.split(['年', '月', '日']).filter(|part| !part.is_empty()).collect::<Vec<_>>());
    }
    let parts = |sign: char| day.trim_end_matches('.').split(sign).collect::<Vec<_>>();
    let is_year = |part: &&str| part.len() == 4 || part.len() == 2;
    let three = |sign: char| {
        let parts = parts(sign);
        parts.len() == 3 && numbers(&parts) && (is_year(&parts[0]) || is_year(&parts[2])) && parts[1].len() <= 2
    };
    ['-', '/', '.'].into_iter().any(three)
}
