//! The largest whole number that fits.

/// The outcome of a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Largest {
    /// Not even the least fits.
    None,
    /// This one fits, and the next does not.
    Of(u64),
    /// All fit.
    All,
}

/// The largest number from `least` to `most` that fits, if what fits is followed by nothing that does. It looks at the ends and
/// at some twenty numbers between. `None` if `fits` gave up.
pub(super) fn largest(least: u64, most: u64, mut fits: impl FnMut(u64) -> Option<bool>) -> Option<Largest> {
    if !fits(least)? {
        return Some(Largest::None);
    }
    if fits(most)? {
        return Some(Largest::All);
    }
    let (mut fitting, mut over) = (least, most);
    while over - fitting > 1 {
        let middle = fitting + (over - fitting) / 2;
        if fits(middle)? { fitting = middle } else { over = middle }
    }
    Some(Largest::Of(fitting))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_is_found_at_every_place() {
        for (least, most) in [(0, 1), (0, 2), (5, 5), (1, 100)] {
            for end in least..=most {
                let wanted = if end == most { Largest::All } else { Largest::Of(end) };
                assert_eq!(largest(least, most, |n| Some(n <= end)), Some(wanted), "{least} {most} {end}");
            }
            assert_eq!(largest(least, most, |_| Some(false)), Some(Largest::None));
        }
        assert_eq!(largest(0, 9, |n| (n < 5).then_some(true)), None, "stopped");
    }
}
