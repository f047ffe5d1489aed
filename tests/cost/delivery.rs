//! The legal size for a size that no model makes, against a search through every legal size.

use retake::cost::base::size::{Size, SizeRules};
use retake::rates::built_in;

fn rules(model: &str) -> &'static SizeRules {
    &built_in().unwrap().model(model).unwrap().sizes
}

fn size(text: &str) -> Size {
    Size::parse(text).unwrap()
}

/// The rule as it is written down: the smallest area of those that hold the asked one within five percent of its ratio; else the
/// smallest of the longest ratio.
fn searched(rules: &SizeRules, asked: Size) -> Option<Size> {
    if rules.is_legal(asked) {
        return Some(asked);
    }
    let (w, h) = (i128::from(asked.w), i128::from(asked.h));
    let parts = |size: Size| (i128::from(size.w) * h, w * i128::from(size.h));
    let holding: Vec<Size> = rules.legal_sizes().filter(|size| size.w >= asked.w && size.h >= asked.h).collect();
    let off = |size: Size| {
        let (a, b) = parts(size);
        (a - b).abs() * 1_000_000 / a.max(b)
    };
    let near = holding.iter().copied().filter(|size| {
        let (a, b) = parts(*size);
        (a - b).abs() * 20 <= a.max(b)
    });
    let smallest = near.min_by_key(|size| (size.pixels(), off(*size), std::cmp::Reverse(size.w)));
    let SizeRules::Grid(grid) = rules else { return smallest };
    let too_long = w.max(h) > w.min(h) * i128::from(grid.max_aspect);
    let longest = holding
        .iter()
        .copied()
        .filter(|size| size.long() == size.short() * grid.max_aspect && (size.w > size.h) == (asked.w >= asked.h));
    let smallest = smallest.or_else(|| longest.filter(|_| too_long).min_by_key(|size| size.pixels()));
    // Larger than the model makes: the largest of its shape, to a step of the grid.
    let (long, short) = (i128::from(asked.long()), i128::from(asked.short()));
    let shaped = rules.legal_sizes().filter(|size| {
        let lies = (size.w, size.h);
        let (a, b) = if asked.w >= asked.h { lies } else { (lies.1, lies.0) };
        let short_off = i128::from(b) * long - i128::from(a) * short;
        let (x, y) = parts(*size);
        let step = i128::from(grid.step_px) * long;
        -step < short_off && short_off <= step && (x - y).abs() * 20 <= x.max(y)
    });
    smallest.or_else(|| shaped.max_by_key(|size| (size.pixels(), std::cmp::Reverse(off(*size)), size.w)))
}

#[test]
fn sizes_that_customers_ask_for_become_the_smallest_that_holds_them() {
    for (asked, made) in [
        ("1080x1080", "1088x1088"),
        ("1080x1920", "1088x1920"),
        ("1200x630", "1200x640"),
        ("1200x628", "1200x640"),
        ("970x250", "1440x480"),
        ("728x90", "1440x480"),
        ("160x600", "480x1440"),
        ("1024x1280", "1024x1280"),
        ("3840x2160", "3840x2160"),
    ] {
        assert_eq!(rules("gpt-image-2").for_delivery(size(asked)), Some(size(made)), "{asked}");
    }
    for asked in ["3841x2160", "8000x8000", "2480x3508", "3840x100", "1000000x1"] {
        let found = rules("gpt-image-2").for_delivery(size(asked));
        assert_eq!(found, searched(rules("gpt-image-2"), size(asked)), "{asked}");
    }
    // Larger than the model makes: the largest of its shape.
    assert_eq!(rules("gpt-image-2").for_delivery(size("4096x4096")), Some(size("2880x2880")));
    assert_eq!(rules("gpt-image-1").for_delivery(size("3000x2000")), Some(size("1536x1024")));
    assert_eq!(rules("gpt-image-1").for_delivery(size("1000x1000")), Some(size("1024x1024")));
    assert_eq!(rules("gpt-image-1").for_delivery(size("1080x1080")), Some(size("1024x1024")));
    assert_eq!(rules("gpt-image-1").for_delivery(size("3000x4000")), None, "of another shape");
}

#[test]
fn no_search_through_every_legal_size_finds_a_smaller_one() {
    let rules = rules("gpt-image-2");
    let edges =
        [1, 50, 90, 250, 300, 333, 480, 600, 628, 799, 800, 970, 1024, 1080, 1201, 1350, 1920, 2000, 2881, 3508, 3840];
    for w in edges {
        for h in edges {
            let asked = Size::new(w, h).unwrap();
            let found = rules.for_delivery(asked);
            assert_eq!(found, searched(rules, asked), "{asked}");
            // A picture that stands is made as the same one that lies; a square may lie or stand.
            let turned = rules.for_delivery(asked.swapped()).map(Size::swapped);
            assert_eq!(found.map(Size::pixels), turned.map(Size::pixels), "{asked}");
            assert!(found.is_none_or(|size| rules.is_legal(size)), "{asked}");
        }
    }
}
