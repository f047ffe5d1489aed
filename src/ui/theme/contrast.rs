//! Contrast as the Web Content Accessibility Guidelines define it, and moving colours until they are readable.
#![allow(clippy::float_arithmetic, reason = "WCAG defines contrast by a power function")]

use super::colour::{Rgb, by_nearness};

/// Least contrast of words, WCAG 2.2 success criterion 1.4.3.
pub(super) const WORDS: f64 = 4.5;
/// Least contrast of signs that carry meaning, success criterion 1.4.11.
pub(super) const SIGNS: f64 = 3.0;

/// Least contrast of two large areas side by side.
const SEEN: f64 = 1.15;
const BLACK: Rgb = (0, 0, 0);
const WHITE: Rgb = (255, 255, 255);
/// Steps from a colour to the colour that it is moved towards.
const STEPS: u8 = 32;

fn luminance((r, g, b): Rgb) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { to_2_4((part + 0.055) / 1.055) }
    };
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

/// The power 2.4 of a number above 0 and up to 1: its square times the fifth root of its square, by Newton's method. A call of
/// `powf` would make every start of the program load the maths library.
fn to_2_4(base: f64) -> f64 {
    let square = base * base;
    let closer = |root: f64| {
        let fourth = root * root * root * root;
        (4.0 * root + square / fourth) / 5.0
    };
    // From above the iteration only decreases; from 1 to the least root needed, 0.33, that takes eight steps to the last digit.
    square * (0..10).fold(1.0, |root, _| closer(root))
}

/// From 1 for the same luminance to 21 for black and white.
pub(super) fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The least contrast with any of the backgrounds.
pub(super) fn least(colour: Rgb, grounds: &[Rgb]) -> f64 {
    grounds.iter().map(|ground| contrast(colour, *ground)).fold(f64::INFINITY, f64::min)
}

/// Black or white, whichever reads better; against any background it has 4.58 or more.
pub(super) fn pole(ground: Rgb) -> Rgb {
    if contrast(WHITE, ground) >= contrast(BLACK, ground) { WHITE } else { BLACK }
}

/// The colours on the way from one to another, both included.
fn way(from: Rgb, to: Rgb) -> impl Iterator<Item = Rgb> {
    let part = |a: u8, b: u8, step: u8| {
        let sum = u16::from(a) * u16::from(STEPS - step) + u16::from(b) * u16::from(step);
        u8::try_from(sum / u16::from(STEPS)).unwrap_or(u8::MAX)
    };
    (0..=STEPS).map(move |step| (part(from.0, to.0, step), part(from.1, to.1, step), part(from.2, to.2, step)))
}

/// The colour nearest to `wanted`, on the way to each of `towards` in turn, that has the contrast on every background; else the
/// last of these.
pub(super) fn lifted(wanted: Rgb, towards: &[Rgb], grounds: &[Rgb], needed: f64) -> Rgb {
    let mut ways = towards.iter().flat_map(|to| way(wanted, *to));
    ways.find(|colour| least(*colour, grounds) >= needed).or(towards.last().copied()).unwrap_or(wanted)
}

/// A background for the selection: the wanted one, moved towards the window's until words keep enough of their contrast there. If
/// the result is too faint to see, a colour beyond the window's background, away from words, or else towards them.
pub(super) fn selection(wanted: Rgb, ground: Rgb, text: Rgb) -> Rgb {
    let kept = (contrast(text, ground) * 0.7).max(WORDS);
    let seen = |colour: &Rgb| contrast(*colour, ground) >= SEEN;
    let calm = way(wanted, ground).find(|colour| contrast(text, *colour) >= kept).filter(seen);
    let away = if pole(ground) == WHITE { BLACK } else { WHITE };
    calm.or_else(|| way(ground, away).find(seen)).or_else(|| way(ground, pole(ground)).find(seen)).unwrap_or(ground)
}

/// The nearest of the 240 fixed colours that has the contrast on every background, else the one with the most.
pub(super) fn indexed(wanted: Rgb, grounds: &[Rgb], needed: f64) -> (u8, Rgb) {
    let all = by_nearness(wanted);
    let readable = all.iter().find(|(_, rgb)| least(*rgb, grounds) >= needed);
    let most = || all.iter().max_by(|(_, a), (_, b)| least(*a, grounds).total_cmp(&least(*b, grounds)));
    readable.or_else(most).copied().unwrap_or((0, wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_computed_as_wcag_defines_it() {
        assert!((contrast(BLACK, WHITE) - 21.0).abs() < 1e-9);
        assert!((contrast((119, 119, 119), WHITE) - 4.478).abs() < 1e-3);
    }

    #[test]
    fn the_power_is_that_of_the_mathematics_library() {
        for part in 11..=255 {
            let base = (f64::from(part) / 255.0 + 0.055) / 1.055;
            assert!((to_2_4(base) - base.powf(2.4)).abs() < 1e-14, "{part}");
        }
    }

    #[test]
    fn one_of_the_poles_can_be_read_on_every_grey() {
        for part in 0..=255 {
            let grey = (part, part, part);
            assert!(contrast(pole(grey), grey) > WORDS, "{part}");
        }
    }

    #[test]
    fn a_colour_is_moved_no_further_than_needed() {
        let (ground, comment) = ((0x28, 0x2a, 0x36), (0x62, 0x72, 0xa4));
        assert_eq!(lifted(WHITE, &[WHITE], &[ground], WORDS), WHITE);
        let moved = lifted(comment, &[WHITE], &[ground], WORDS);
        assert!((WORDS..WORDS + 0.5).contains(&contrast(moved, ground)), "{moved:?}");
        assert_eq!(lifted(comment, &[comment, WHITE], &[(119, 119, 119)], WORDS), WHITE, "as far as it goes");
    }
}
