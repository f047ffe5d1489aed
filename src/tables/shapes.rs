//! Ratios and sizes as people write them in cells.

use crate::cost::base::number_text::{is_blank, without_thousands};
use crate::cost::base::size::{Ratio, Size, SizeRules, Tier};
use crate::tables::letters::narrowed;
use crate::tables::paper::is_paper;
use crate::tables::vocabulary::Orientation;

/// Words for a pixel and signs that only surround a size.
const AROUND: &[&str] = &["pixels", "pixel", "pixeles", "pixel", "px", "ピクセル", "像素"];

/// Longest part, in units, of a ratio that is written like a size: `4x5`, `16x9`.
const SMALL_PART: u32 = 21;

/// The cell's parts with single blanks between them: `3,840 × 2,160 px (16:9)` is `3840x2160 16:9`.
pub(super) fn tidy(text: &str) -> String {
    let mut plain = narrowed(text).to_lowercase().replace(['(', ')', '[', ']', '|', '·'], " ").replace(is_blank, " ");
    for word in AROUND {
        plain = plain.replace(word, " ");
    }
    let plain = plain.replace(['×', '*'], "x").replace(" by ", "x");
    let words: Vec<&str> = plain.split_whitespace().collect();
    let joined = join_around(&without_blank_groups(&words.join(" ")), &['x', ':', '/']);
    let parts = joined.split(' ').map(|part| ungrouped(part).unwrap_or_else(|| part.to_owned()));
    parts.collect::<Vec<_>>().join(" ")
}

/// The sizes or the ratios of a cell that names several: `970x250, 300x600`, `1:1 / 4:5`; of both, the sizes.
pub(super) fn several(text: &str) -> Option<Vec<String>> {
    // Two shapes have two signs between their numbers.
    let signs = text.chars().filter(|c| matches!(c, 'x' | 'X' | '×' | '*' | ':' | '：' | '✕' | 'ｘ')).count();
    if signs < 2 || text.len() > 200 || is_paper(text) {
        return None;
    }
    let tidy = tidy(&text.replace(['、', '，', ';', '&', '+'], " ").replace(", ", " ").replace(" / ", " "));
    let parts = tidy.split([' ', ',', '/']).filter(|part| !part.is_empty());
    let (mut sizes, mut ratios): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for part in parts {
        let held = if Size::parse(part).is_some_and(|size| size.long() > SMALL_PART) {
            &mut sizes
        } else if part.contains(':') && Ratio::parse(part).is_some() {
            &mut ratios
        } else if part.contains(|c: char| c.is_ascii_digit()) {
            return None;
        } else {
            continue;
        };
        if !held.iter().any(|known| known == part) {
            held.push(part.to_owned());
        }
    }
    match (sizes.len(), ratios.len()) {
        (2.., _) => Some(sizes),
        (0, 2..) => Some(ratios),
        _ => None,
    }
}

/// `600x200 @2x` in pixels: `1200x400`.
pub(super) fn scaled(text: &str) -> Option<String> {
    let (size, scale) = text.split_once('@')?;
    let times: u32 = scale.trim().to_lowercase().trim_end_matches(['x', '×']).parse().ok()?;
    let size = Size::parse(&tidy(size)).filter(|_| (1..=4).contains(&times))?;
    Some(format!("{}x{} px", size.w.checked_mul(times)?, size.h.checked_mul(times)?))
}

/// `1 080 x 1 350` without the blanks that separate thousands, as `1080 x 1350`; only in a text of one size, where each blank
/// stands before three digits or beside the sign.
fn without_blank_groups(text: &str) -> String {
    let Some((w, h)) = text.split_once('x').filter(|(_, h)| !h.contains('x')) else { return text.to_owned() };
    let edge = |edge: &str| {
        let edge = edge.trim();
        let grouped = edge.split_once(' ').filter(|(thousands, rest)| {
            let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
            (1..=2).contains(&thousands.len()) && rest.len() == 3 && digits(thousands) && digits(rest)
        });
        grouped.map(|(thousands, rest)| format!("{thousands}{rest}"))
    };
    match (edge(w), edge(h)) {
        (None, None) => text.to_owned(),
        (w_joined, h_joined) => {
            format!("{}x{}", w_joined.as_deref().unwrap_or(w.trim()), h_joined.as_deref().unwrap_or(h.trim()))
        }
    }
}

/// The text without blanks between a digit, one of these signs, and a digit.
fn join_around(text: &str, signs: &[char]) -> String {
    let letters: Vec<char> = text.chars().collect();
    let digit = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_digit);
    let sign = |at: usize| letters.get(at).is_some_and(|c| signs.contains(c));
    let joins = |at: usize| {
        let before = at.checked_sub(1);
        let sign_after = sign(at + 1) && digit(before) && (digit(Some(at + 2)) || letters.get(at + 2) == Some(&' '));
        let two_before = at.checked_sub(2);
        let sign_before = before.is_some_and(sign)
            && digit(Some(at + 1))
            && (digit(two_before) || two_before.and_then(|at| letters.get(at)) == Some(&' '));
        // A thousands sign may be a blank too: 3 840 x 2 160.
        sign_after || sign_before
    };
    let kept = letters.iter().enumerate().filter(|(at, c)| **c != ' ' || !joins(*at));
    kept.map(|(_, c)| c).collect()
}

/// `3,840x2,160` and `3.840x2.160` without their thousands signs; no edge has a fraction of a pixel.
fn ungrouped(part: &str) -> Option<String> {
    let (w, h) = part.split_once('x')?;
    let plain = |edge: &str| {
        let sign = edge.chars().find(|c| !c.is_ascii_digit())?;
        matches!(sign, ',' | '.' | '\'' | '’')
            .then(|| without_thousands(edge, |c| c == sign).map(|edge| edge.into_owned()))?
    };
    let all_digits = |edge: &str| edge.bytes().all(|byte| byte.is_ascii_digit());
    let edge = |edge: &str| if all_digits(edge) { Some(edge.to_owned()) } else { plain(edge) };
    Some(format!("{}x{}", edge(w)?, edge(h)?))
}

/// A ratio's text: a spreadsheet converts 4:5 to a time and writes 04:05:00, some people write 1,91:1, some 4x5. `whole` is the
/// cell, in which `px` makes 16x16 a size.
pub(super) fn ratio(part: &str, whole: &str) -> Option<String> {
    let text = part.replace(',', ".");
    if Ratio::parse(&text).is_some() && (text.contains(':') || !text.contains('x')) {
        return Some(text);
    }
    if let Some(time) = text.strip_suffix(":00") {
        return Ratio::parse(time).map(|ratio| ratio.to_string());
    }
    let small = |size: &Size| size.long() <= SMALL_PART && !whole.to_lowercase().contains("px");
    Size::parse(&text).filter(small).map(|size| format!("{}:{}", size.w, size.h))
}

/// Whether a cell is a size class, perhaps with words around it: `4K`, `2k min.`, `4K (min.)`.
pub(super) fn is_tier(cell: &str) -> bool {
    let tidy = tidy(cell);
    let mut numbered = tidy.split(' ').filter(|part| part.contains(|c: char| c.is_ascii_digit()));
    cell.len() <= 40 && numbered.next().is_some_and(|part| Tier::parse(part).is_some()) && numbered.next().is_none()
}

/// Whether a cell or its title says that its numbers are pixels.
pub(super) fn speaks_of_pixels(cell: &str, title: &str) -> bool {
    [cell, title].into_iter().any(|text| {
        let lower = text.to_lowercase();
        AROUND.iter().any(|word| lower.contains(word))
    })
}

/// The ratio that an orientation certainly means: 1:1, or that of the only size of a model that lies so.
pub(super) fn only_ratio(orientation: Orientation, rules: &SizeRules) -> Option<Ratio> {
    let lies = |size: &Size| is_so(*size, orientation);
    match (orientation, rules) {
        (Orientation::Square, _) => Ratio::parse("1:1"),
        (_, SizeRules::Listed(sizes)) => {
            let mut so = sizes.iter().copied().filter(lies);
            so.next().filter(|_| so.next().is_none()).map(Size::ratio)
        }
        (_, SizeRules::Grid(_)) => None,
    }
}

/// Whether a size lies as the word says.
pub(super) fn is_so(size: Size, orientation: Orientation) -> bool {
    match orientation {
        Orientation::Portrait => size.h > size.w,
        Orientation::Landscape => size.w > size.h,
        Orientation::Square => size.w == size.h,
    }
}
