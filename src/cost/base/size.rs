//! Image sizes: which sizes a model accepts, which rule a size breaks, the nearest legal size, and the sizes of a ratio.

use crate::cost::base::limits::{EDGE_MAX, RATIO_PART_MAX};
use std::fmt;

/// Width and height in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Size {
    /// Width in pixels, at least 1.
    pub w: u32,
    /// Height in pixels, at least 1.
    pub h: u32,
}

impl Size {
    /// A size of at least 1x1; `None` if an edge is longer than 1,000,000 px.
    #[must_use]
    pub fn new(w: u32, h: u32) -> Option<Size> {
        let fits = |edge: u32| (1..=EDGE_MAX).contains(&edge);
        (fits(w) && fits(h)).then_some(Size { w, h })
    }

    /// Parses `1024x1280`; `×`, `X`, `*` and blanks around the sign are accepted too.
    #[must_use]
    pub fn parse(text: &str) -> Option<Size> {
        let (w, h) = text.trim().split_once(['x', 'X', '×', '*'])?;
        Size::new(whole(w)?, whole(h)?)
    }

    /// Total number of pixels.
    #[must_use]
    pub fn pixels(self) -> u64 {
        u64::from(self.w) * u64::from(self.h)
    }

    /// The longer edge.
    #[must_use]
    pub fn long(self) -> u32 {
        self.w.max(self.h)
    }

    /// The shorter edge.
    #[must_use]
    pub fn short(self) -> u32 {
        self.w.min(self.h)
    }

    /// Width and height swapped.
    #[must_use]
    pub fn swapped(self) -> Size {
        Size { w: self.h, h: self.w }
    }

    /// The ratio under its usual name if it has one (864x2016 is 9:21), else in lowest terms.
    #[must_use]
    pub fn ratio(self) -> Ratio {
        let (w, h) = (u64::from(self.w), u64::from(self.h));
        let usual = |ratio: &Ratio| w * u64::from(ratio.h) == h * u64::from(ratio.w);
        usual_ratios().find(usual).unwrap_or_else(|| Ratio { w: self.w, h: self.h }.reduced())
    }
}

fn whole(text: &str) -> Option<u32> {
    let text = text.trim();
    (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}x{}", self.w, self.h)
    }
}

/// An aspect ratio, width to height.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ratio {
    /// Width part, at least 1.
    pub w: u32,
    /// Height part, at least 1.
    pub h: u32,
}

impl Ratio {
    /// Parses `4:5`, `16/9` or `1.91:1` (up to three decimals); `None` if a part is zero, not a number or above 1,000,000.
    /// Whole parts are kept as written: 21:9 does not become 7:3.
    #[must_use]
    pub fn parse(text: &str) -> Option<Ratio> {
        let (w, h) = text.trim().split_once([':', '/'])?;
        let (w, h) = (thousandths(w)?, thousandths(h)?);
        let as_written = w % 1000 == 0 && h % 1000 == 0;
        let ratio = if as_written { Ratio { w: w / 1000, h: h / 1000 } } else { Ratio { w, h }.reduced() };
        // The result is written without decimals and must parse again.
        (w > 0 && h > 0 && ratio.w.max(ratio.h) <= RATIO_PART_MAX).then_some(ratio)
    }

    fn reduced(self) -> Ratio {
        let divisor = num_integer::gcd(self.w, self.h).max(1);
        Ratio { w: self.w / divisor, h: self.h / divisor }
    }

    /// Whether a size has this ratio within one percent: listed sizes are exact, sizes of other ratios are the nearest legal
    /// ones.
    #[must_use]
    pub fn fits(self, size: Size) -> bool {
        let (a, b) = (u64::from(size.w) * u64::from(self.h), u64::from(size.h) * u64::from(self.w));
        a.abs_diff(b) * 100 <= a.max(b)
    }

    /// Whether the longer part is at most `max` times the shorter.
    #[must_use]
    pub fn within(self, max: u32) -> bool {
        u64::from(self.w.max(self.h)) <= u64::from(self.w.min(self.h)) * u64::from(max)
    }
}

fn thousandths(text: &str) -> Option<u32> {
    let (whole_part, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    if fraction.len() > 3 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let fraction = format!("{fraction:0<3}");
    let units = whole(whole_part).filter(|units| *units <= RATIO_PART_MAX)?;
    Some(units * 1000 + whole(&fraction)?)
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.w, self.h)
    }
}

/// The three size classes that people ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tier {
    /// About 1.3 megapixels; the default for a ratio alone.
    K1,
    /// About 3 megapixels.
    K2,
    /// As many pixels as the model accepts.
    K4,
}

impl Tier {
    /// All classes, smallest first.
    pub const ALL: [Tier; 3] = [Tier::K1, Tier::K2, Tier::K4];

    /// Parses `1k`, `2k`, `4k` in either case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Tier> {
        Tier::ALL.into_iter().find(|tier| tier.name().eq_ignore_ascii_case(text.trim()))
    }

    /// The name used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["1k", "2k", "4k"][self as usize]
    }
}

/// The sizes that one family of models accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SizeRules {
    /// Any size on a grid within bounds.
    Grid(GridRules),
    /// Only these sizes.
    Listed(Vec<Size>),
}

/// Bounds of freely chosen sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GridRules {
    /// Both edges are multiples of this many pixels.
    pub step_px: u32,
    /// Longest edge allowed, in pixels.
    pub max_edge_px: u32,
    /// Longest edge over shortest, at most.
    pub max_aspect: u32,
    /// Fewest pixels in all.
    pub min_pixels: u64,
    /// Most pixels in all.
    pub max_pixels: u64,
    /// OpenAI calls sizes above this experimental.
    pub experimental_above: Option<Size>,
}

/// A rule that a size breaks, with the numbers for the message.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum BrokenRule {
    /// An edge is not on the grid.
    Step {
        /// True for the width, false for the height.
        width: bool,
        /// The edge in pixels.
        edge_px: u32,
        /// The grid in pixels.
        step_px: u32,
    },
    /// An edge is too long.
    MaxEdge {
        /// The edge in pixels.
        edge_px: u32,
        /// The longest allowed.
        max_px: u32,
    },
    /// The longer edge is too long for the shorter one.
    Aspect {
        /// Longest edge over shortest, at most.
        max: u32,
    },
    /// Too few pixels.
    TooFew {
        /// Total number of pixels.
        pixels: u64,
        /// The fewest allowed.
        min: u64,
    },
    /// Too many pixels.
    TooMany {
        /// Total number of pixels.
        pixels: u64,
        /// The most allowed.
        max: u64,
    },
    /// Not one of the listed sizes.
    NotListed {
        /// The listed sizes.
        sizes: Vec<Size>,
    },
}

impl GridRules {
    fn broken(&self, size: Size) -> Vec<BrokenRule> {
        let mut rules = Vec::new();
        for (width, edge_px) in [(true, size.w), (false, size.h)] {
            if edge_px % self.step_px != 0 {
                rules.push(BrokenRule::Step { width, edge_px, step_px: self.step_px });
            }
            if edge_px > self.max_edge_px {
                rules.push(BrokenRule::MaxEdge { edge_px, max_px: self.max_edge_px });
            }
        }
        if u64::from(size.long()) > u64::from(size.short()) * u64::from(self.max_aspect) {
            rules.push(BrokenRule::Aspect { max: self.max_aspect });
        }
        let pixels = size.pixels();
        if pixels < self.min_pixels {
            rules.push(BrokenRule::TooFew { pixels, min: self.min_pixels });
        }
        if pixels > self.max_pixels {
            rules.push(BrokenRule::TooMany { pixels, max: self.max_pixels });
        }
        rules
    }

    fn is_legal(&self, size: Size) -> bool {
        let on_grid = size.w.is_multiple_of(self.step_px) && size.h.is_multiple_of(self.step_px);
        on_grid
            && size.long() <= self.max_edge_px
            && size.long() <= size.short() * self.max_aspect
            && (self.min_pixels..=self.max_pixels).contains(&size.pixels())
    }
}

impl GridRules {
    /// Every edge on the grid, shortest first.
    fn edges(&self) -> impl Iterator<Item = u32> + use<> {
        let step = self.step_px;
        (1..=self.max_edge_px / step).map(move |steps| steps * step)
    }

    /// The lowest and the highest height on the grid that may be legal at a width; every legal height is between them.
    fn heights(&self, w: u32) -> (u32, u32) {
        let narrow = |pixels: u64| u32::try_from(pixels).unwrap_or(u32::MAX);
        let fewest = narrow(self.min_pixels.div_ceil(u64::from(w))).max(w.div_ceil(self.max_aspect));
        let most = narrow(self.max_pixels / u64::from(w)).min(w.saturating_mul(self.max_aspect)).min(self.max_edge_px);
        (fewest.next_multiple_of(self.step_px), most / self.step_px * self.step_px)
    }

    /// The legal sizes of about this ratio, by width, then height, including every size that [`Ratio::fits`].
    fn sizes_near(&self, ratio: Ratio) -> impl Iterator<Item = Size> + '_ {
        self.edges().flat_map(move |w| {
            let height = u64::from(w) * u64::from(ratio.h);
            let (from, to) = (height * 99 / 100 / u64::from(ratio.w), height * 100 / 99 / u64::from(ratio.w) + 1);
            let steps =
                from / u64::from(self.step_px)..=(to / u64::from(self.step_px)).min(u64::from(self.max_edge_px));
            let heights = steps.filter_map(move |steps| u32::try_from(steps * u64::from(self.step_px)).ok());
            heights.filter_map(move |h| Size::new(w, h)).filter(|size| self.is_legal(*size))
        })
    }
}

impl SizeRules {
    /// Every rule that the size breaks; empty when it is legal.
    #[must_use]
    pub fn broken(&self, size: Size) -> Vec<BrokenRule> {
        match self {
            SizeRules::Grid(grid) => grid.broken(size),
            SizeRules::Listed(sizes) if sizes.contains(&size) => Vec::new(),
            SizeRules::Listed(sizes) => vec![BrokenRule::NotListed { sizes: sizes.clone() }],
        }
    }

    /// Whether the model accepts the size.
    #[must_use]
    pub fn is_legal(&self, size: Size) -> bool {
        match self {
            SizeRules::Grid(grid) => grid.is_legal(size),
            SizeRules::Listed(sizes) => sizes.contains(&size),
        }
    }

    /// Whether OpenAI calls the size experimental.
    #[must_use]
    pub fn is_experimental(&self, size: Size) -> bool {
        match self {
            SizeRules::Grid(GridRules { experimental_above: Some(limit), .. }) => size.pixels() > limit.pixels(),
            _ => false,
        }
    }

    /// Every legal size, by width, then height.
    pub fn legal_sizes(&self) -> Box<dyn Iterator<Item = Size> + '_> {
        match self {
            SizeRules::Listed(sizes) => Box::new(sizes.iter().copied()),
            SizeRules::Grid(grid) => {
                let steps = 1..=grid.max_edge_px / grid.step_px;
                let edge = grid.step_px;
                Box::new(
                    steps
                        .clone()
                        .flat_map(move |w| steps.clone().map(move |h| Size { w: w * edge, h: h * edge }))
                        .filter(|size| grid.is_legal(*size)),
                )
            }
        }
    }

    /// Every legal size with exactly the ratio of `like`, smallest first.
    pub fn legal_sizes_of_shape(&self, like: Size) -> Box<dyn Iterator<Item = Size> + '_> {
        let (a, b) = (u64::from(like.w), u64::from(like.h));
        match self {
            SizeRules::Listed(sizes) => {
                Box::new(sizes.iter().copied().filter(move |s| u64::from(s.w) * b == u64::from(s.h) * a))
            }
            SizeRules::Grid(grid) => {
                let widths = (1..=grid.max_edge_px / grid.step_px).map(|step| u64::from(step * grid.step_px));
                let shaped = widths.filter(move |w| (w * b).is_multiple_of(a)).filter_map(move |w| {
                    let (w, h) = (u32::try_from(w).ok()?, u32::try_from(w * b / a).ok()?);
                    Size::new(w, h)
                });
                Box::new(shaped.filter(|size| grid.is_legal(*size)))
            }
        }
    }

    /// The legal size closest to `asked`: the squared distance of the edges plus eight times the squared distance from the
    /// line of the asked ratio, because a wrong ratio matters more than a wrong extent. Of two equally close sizes the larger
    /// one, because an image can be scaled down. `None` only if no size is legal at all.
    #[must_use]
    pub fn nearest(&self, asked: Size) -> Option<Size> {
        if self.is_legal(asked) {
            return Some(asked);
        }
        let (w, h) = (i128::from(asked.w), i128::from(asked.h));
        let nearer = |size: &Size| {
            let (x, y) = (i128::from(size.w), i128::from(size.h));
            let apart = (x - w).pow(2) + (y - h).pow(2);
            // Both terms are multiplied by w² + h², the divisor of the second: whole numbers, nothing rounded.
            let off_shape = (x * h - y * w).pow(2);
            (apart * (w * w + h * h) + SHAPE_WEIGHT * off_shape, std::cmp::Reverse(size.pixels()))
        };
        match self {
            SizeRules::Listed(sizes) => sizes.iter().copied().min_by_key(nearer),
            SizeRules::Grid(grid) => {
                // At a given width the distance is a parabola over the height with its minimum here, and the legal heights
                // have no gaps: the best height is one of the two on the grid beside the minimum, or the end nearest to it.
                let lowest =
                    |x: i128| h * (w * w + h * h + SHAPE_WEIGHT * w * x) / (w * w + h * h + SHAPE_WEIGHT * w * w);
                let heights = |x: u32| {
                    let (from, to) = grid.heights(x);
                    let below = u32::try_from(lowest(i128::from(x))).unwrap_or(u32::MAX) / grid.step_px * grid.step_px;
                    let pair = [below, below.saturating_add(grid.step_px)].map(|y| y.max(from).min(to));
                    pair.into_iter().map(move |y| Size { w: x, h: y })
                };
                grid.edges().flat_map(heights).filter(|size| grid.is_legal(*size)).min_by_key(nearer)
            }
        }
    }

    /// The size for a ratio and a class: the listed size, else the legal size of nearly that ratio and extent.
    #[must_use]
    pub fn of_ratio(&self, ratio: Ratio, tier: Tier) -> Option<Size> {
        if let Some(size) = listed(ratio, tier).filter(|size| self.is_legal(*size)) {
            return Some(size);
        }
        let target = TIER_PIXELS[tier as usize];
        let fitting: Box<dyn Iterator<Item = Size>> = match self {
            SizeRules::Listed(sizes) => Box::new(sizes.iter().copied()),
            SizeRules::Grid(grid) => Box::new(grid.sizes_near(ratio)),
        };
        fitting.filter(|size| ratio.fits(*size)).min_by_key(|size| {
            let (a, b) = (u64::from(size.w) * u64::from(ratio.h), u64::from(size.h) * u64::from(ratio.w));
            let per_mille_off_shape = a.abs_diff(b) * 1000 / a.max(b);
            let per_mille_off_extent = size.pixels().abs_diff(target) * 1000 / target;
            per_mille_off_shape * 20 + per_mille_off_extent
        })
    }
}

/// Number of pixels that a class aims at if a ratio has no listed size.
const TIER_PIXELS: [u64; 3] = [1_310_720, 3_200_000, 8_294_400];

/// How much more a wrong ratio counts than a wrong extent in the search for the nearest legal size.
const SHAPE_WEIGHT: i128 = 8;

/// Ratios with listed sizes, in portrait, with their 1k, 2k and 4k sizes; landscape swaps width and height.
pub const LISTED: [(Ratio, [Size; 3]); 6] = [
    row(1, 1, [(1024, 1024), (2048, 2048), (2880, 2880)]),
    row(4, 5, [(1024, 1280), (1600, 2000), (2560, 3200)]),
    row(3, 4, [(960, 1280), (1536, 2048), (2448, 3264)]),
    row(2, 3, [(1024, 1536), (1344, 2016), (2336, 3504)]),
    row(9, 16, [(864, 1536), (1152, 2048), (2160, 3840)]),
    row(9, 21, [(720, 1680), (864, 2016), (1632, 3808)]),
];

const fn row(w: u32, h: u32, sizes: [(u32, u32); 3]) -> (Ratio, [Size; 3]) {
    let [a, b, c] = sizes;
    (Ratio { w, h }, [Size { w: a.0, h: a.1 }, Size { w: b.0, h: b.1 }, Size { w: c.0, h: c.1 }])
}

/// The listed size for a ratio, whether or not a given model accepts it.
#[must_use]
pub fn listed(ratio: Ratio, tier: Tier) -> Option<Size> {
    let same = |w: u32, h: u32, as_one: Ratio| u64::from(w) * u64::from(as_one.h) == u64::from(h) * u64::from(as_one.w);
    LISTED.iter().find_map(|(portrait, sizes)| {
        let size = sizes[tier as usize];
        if same(ratio.w, ratio.h, *portrait) {
            Some(size)
        } else if same(ratio.h, ratio.w, *portrait) {
            Some(size.swapped())
        } else {
            None
        }
    })
}

/// The size for a ratio and a class if every size were allowed: listed, or computed. Messages name it if a model accepts no
/// size of that ratio.
#[must_use]
pub fn unconstrained(ratio: Ratio, tier: Tier) -> Option<Size> {
    let computed = || {
        let (w, h, pixels) = (u64::from(ratio.w), u64::from(ratio.h), TIER_PIXELS[tier as usize]);
        let edge = |long: u64, short: u64| u32::try_from((pixels * long / short).isqrt().next_multiple_of(16)).ok();
        Size::new(edge(w, h)?, edge(h, w)?)
    };
    listed(ratio, tier).or_else(computed)
}

/// The ratios that a step moves through, tallest portrait to widest landscape.
#[must_use]
pub fn common_ratios() -> Vec<Ratio> {
    usual_ratios().collect()
}

fn usual_ratios() -> impl Iterator<Item = Ratio> {
    let portraits = LISTED.iter().skip(1).rev().map(|(ratio, _)| *ratio);
    let landscapes = LISTED.iter().map(|(ratio, _)| Ratio { w: ratio.h, h: ratio.w });
    portraits.chain(landscapes)
}
