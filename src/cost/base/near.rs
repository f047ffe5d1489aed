//! Near misses: a name so close to a known name that the known one must be meant.

use crate::cost::base::number_text::narrow;

/// Longest known name that a slip of two letters may hide, plus those letters; anything longer is no slip.
const LONGEST: usize = 40;

/// The known name that `written` misses by so little that nothing else can be meant: one letter of a name of three to five
/// letters, up to two of a longer one. A letter left out, added, replaced or swapped with its neighbour counts as one; capitals
/// do not count. The closest, and of equals the first. Known names are ASCII.
#[must_use]
pub fn near_miss<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut room = [0; LONGEST];
    let mut length = 0;
    for c in written.chars() {
        // No known name has any other letter, so that these need not be told apart.
        *room.get_mut(length)? = u8::try_from(narrow(c)).map_or(OTHER, |byte| byte.to_ascii_lowercase());
        length += 1;
    }
    let written = &room[..length];
    let letters = letters(written);
    let mut best: Option<(usize, &str)> = None;
    for name in known.into_iter().filter(|name| name.len() >= SHORTEST) {
        let allowed = if name.len() <= 5 { 1 } else { 2 };
        let most = match best {
            Some((0, _)) => break,
            Some((slips, _)) => allowed.min(slips - 1),
            None => allowed,
        };
        if length.abs_diff(name.len()) > most || apart(letters, self::letters(name.as_bytes())) > most {
            continue;
        }
        if let Some(slips) = (0..=most).find(|slips| within(written, name.as_bytes(), *slips)) {
            best = Some((slips, name));
        }
    }
    best.map(|(_, name)| name)
}

/// Every word of two letters resembles every other.
const SHORTEST: usize = 3;
/// Replaces a letter that is not ASCII.
const OTHER: u8 = 0xff;

/// Which letters a name has, as bits.
fn letters(name: &[u8]) -> u32 {
    name.iter().fold(0, |letters, byte| letters | 1 << (byte & 31))
}

/// How many letters one of two names has and the other lacks, the larger number of both: no slip makes up for more than one.
/// This sorts out most names before their letters are compared in order, which matters for a million unknown keys.
fn apart(a: u32, b: u32) -> usize {
    (a & !b).count_ones().max((b & !a).count_ones()) as usize
}

/// Whether so many slips make `b` of `a`.
fn within(a: &[u8], b: &[u8], slips: usize) -> bool {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    let (Some(left), false) = (slips.checked_sub(1), a.is_empty() && b.is_empty()) else {
        return a.is_empty() && b.is_empty();
    };
    let rest = |letters: &[u8]| letters.len().min(1);
    let swapped = matches!((a, b), ([a0, a1, ..], [b0, b1, ..]) if a0 == b1 && a1 == b0);
    within(&a[rest(a)..], &b[rest(b)..], left)
        || within(&a[rest(a)..], b, left)
        || within(a, &b[rest(b)..], left)
        || (swapped && within(&a[2..], &b[2..], left))
}

#[cfg(test)]
mod tests {
    use super::near_miss;

    const KNOWN: [&str; 6] = ["hd", "cap", "rates", "rate", "finals", "images_per_call"];

    #[test]
    fn one_slip_in_a_short_name_and_two_in_a_long_one() {
        let rows = [
            ("final", Some("finals")),
            ("Finals", Some("finals")),
            ("fianls", Some("finals")),
            ("fnials", Some("finals")),
            ("finales", Some("finals")),
            ("fnial", Some("finals")),
            ("finé", None),
            ("finély", Some("finals")),
            ("fínäls", Some("finals")),
            ("ｆｉｎａｌｓ", Some("finals")),
            ("Ｆinal", Some("finals")),
            ("ratse", Some("rates")),
            ("rats", Some("rates")),
            ("ratio", None),
            ("cp", Some("cap")),
            ("cat", Some("cap")),
            ("cups", None),
            ("h", None),
            ("hdd", None),
            ("images-per-call", Some("images_per_call")),
            ("imagespercall", Some("images_per_call")),
            ("image_per_cal", Some("images_per_call")),
            ("image_per_cl", None),
            ("", None),
        ];
        for (written, known) in rows {
            assert_eq!(near_miss(written, KNOWN), known, "{written}");
        }
    }

    #[test]
    fn the_closest_is_named_and_length_costs_nothing() {
        assert_eq!(near_miss("rates", ["rate", "rates"]), Some("rates"));
        assert_eq!(near_miss("rate", ["rates", "rate", "gate"]), Some("rate"));
        assert_eq!(near_miss("rater", ["rates", "rate"]), Some("rates"));
        assert_eq!(near_miss(&"x".repeat(1 << 20), KNOWN), None);
    }
}
