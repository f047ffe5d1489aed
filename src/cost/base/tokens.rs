//! Tokens of an image, a reference image and a prompt, by model family, in whole numbers.

use crate::cost::base::size::Size;
use std::fmt;

/// Rendering quality; each step costs several times more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Quality {
    /// Drafts.
    Low,
    /// The middle of the three classic steps.
    Medium,
    /// The top of the three classic steps.
    High,
    /// From family 2.5 on.
    Xhigh,
    /// From family 2.5 on.
    Max,
    /// The retired DALL·E models' plain step.
    Standard,
    /// The retired DALL·E 3's upper step.
    Hd,
}

impl Quality {
    /// All steps, cheapest first within a family.
    pub const ALL: [Quality; 7] =
        [Quality::Low, Quality::Medium, Quality::High, Quality::Xhigh, Quality::Max, Quality::Standard, Quality::Hd];

    /// The name used in the API and in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["low", "medium", "high", "xhigh", "max", "standard", "hd"][self as usize]
    }

    /// Parses the API's name, in any case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Quality> {
        Quality::ALL.into_iter().find(|quality| quality.name().eq_ignore_ascii_case(text.trim()))
    }
}

impl fmt::Display for Quality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How a family counts the output tokens of an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutputTokens {
    /// `u = round(B·short/long)`, `tokens = ceil(B·u·(offset + w·h)/divisor)`, ties of the rounding to even.
    Grid {
        /// B by quality; a quality that is absent has no published count.
        edges: Vec<(Quality, u32)>,
        /// Added to the pixels.
        area_offset: u64,
        /// Divides the product.
        area_divisor: u64,
        /// Counts that were measured and count instead of the formula's.
        measured: Vec<(Size, Quality, u64)>,
        /// Whether the formula is that of another family, and its counts are approximate.
        approximate: bool,
    },
    /// A table of sizes and qualities.
    Listed(Vec<(Size, Quality, u64)>),
    /// Nothing published.
    Unknown,
}

/// The numbers of one use of the token formula, for the calculation pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GridCount {
    /// Grid edge B.
    pub edge: u32,
    /// Grid cells along the short edge, rounded.
    pub short_cells: u64,
    /// Tokens of one image.
    pub tokens: u64,
}

impl OutputTokens {
    /// Output tokens of one image; `None` if nothing is published for the size or quality.
    #[must_use]
    pub fn count(&self, size: Size, quality: Quality) -> Option<u64> {
        match self {
            OutputTokens::Grid { .. } => {
                self.measured(size, quality).or_else(|| self.grid_count(size, quality).map(|count| count.tokens))
            }
            OutputTokens::Listed(rows) => {
                rows.iter().find(|(s, q, _)| *s == size && *q == quality).map(|(_, _, tokens)| *tokens)
            }
            OutputTokens::Unknown => None,
        }
    }

    /// A count that was measured for exactly this size and quality.
    fn measured(&self, size: Size, quality: Quality) -> Option<u64> {
        let OutputTokens::Grid { measured, .. } = self else { return None };
        measured.iter().find(|(s, q, _)| *s == size && *q == quality).map(|(_, _, tokens)| *tokens)
    }

    /// Whether some of the counts are approximate.
    #[must_use]
    pub fn has_approximate(&self) -> bool {
        matches!(self, OutputTokens::Grid { approximate: true, .. })
    }

    /// Whether the count of one image is approximate: by a formula that is another family's.
    #[must_use]
    pub fn is_approximate(&self, size: Size, quality: Quality) -> bool {
        self.has_approximate() && self.grid_count(size, quality).is_some()
    }

    /// As [`OutputTokens::count`], with the formula's numbers; `None` where a table or a measurement counts.
    #[must_use]
    pub fn grid_count(&self, size: Size, quality: Quality) -> Option<GridCount> {
        let OutputTokens::Grid { edges, area_offset, area_divisor, .. } = self else { return None };
        if self.measured(size, quality).is_some() {
            return None;
        }
        let edge = edges.iter().find(|(q, _)| *q == quality).map(|(_, edge)| *edge)?;
        let short_cells = round_half_even(u64::from(edge) * u64::from(size.short()), u64::from(size.long()));
        let area = area_offset.checked_add(size.pixels())?;
        let product = u64::from(edge).checked_mul(short_cells)?.checked_mul(area)?;
        Some(GridCount { edge, short_cells, tokens: product.div_ceil(*area_divisor) })
    }
}

/// Whole-number rounding; exact halves go to the even neighbour.
fn round_half_even(numerator: u64, divisor: u64) -> u64 {
    let (k, remainder) = (numerator / divisor, numerator % divisor);
    match (2 * remainder).cmp(&divisor) {
        std::cmp::Ordering::Less => k,
        std::cmp::Ordering::Greater => k + 1,
        std::cmp::Ordering::Equal => k + k % 2,
    }
}

/// How a family counts the tokens of a reference image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceTokens {
    /// Patches of a fixed edge, up to a maximum; small images are scaled up first.
    Patches {
        /// Patch edge in pixels.
        patch_px: u32,
        /// Most patches that are counted.
        budget: u32,
        /// Smaller images are scaled up towards this long edge, in pixels.
        upscale_to_px: u32,
        /// By this factor at most.
        upscale_max: u32,
    },
    /// A base plus tiles, after scaling the shortest side to one tile.
    Tiles {
        /// Tokens of every image.
        base: u64,
        /// Tokens of each tile.
        per_tile: u64,
    },
    /// Nothing published.
    Unknown,
}

impl ReferenceTokens {
    /// Input tokens of one reference image; `None` if nothing is published.
    #[must_use]
    pub fn count(&self, size: Size) -> Option<u64> {
        match *self {
            ReferenceTokens::Patches { patch_px, budget, upscale_to_px, upscale_max } => {
                let scaled = upscaled(size, upscale_to_px, upscale_max);
                Some(patches(scaled, u64::from(patch_px), u64::from(budget)))
            }
            ReferenceTokens::Tiles { base, per_tile } => {
                let (long, short) = (u64::from(size.long()), u64::from(size.short()));
                // The long edge is scaled to 512·long/short; up to a pixel over a multiple of 512 counts as the multiple.
                let tiles = (TILE_PX * long).saturating_sub(short).div_ceil(TILE_PX * short);
                Some(base + per_tile * tiles.max(1))
            }
            ReferenceTokens::Unknown => None,
        }
    }
}

/// Edge of a tile in pixels.
const TILE_PX: u64 = 512;

fn upscaled(size: Size, to_px: u32, most: u32) -> (u64, u64) {
    let (w, h, long) = (u64::from(size.w), u64::from(size.h), u64::from(size.long()));
    let (to, most) = (u64::from(to_px), u64::from(most));
    if long >= to {
        (w, h)
    } else if long * most <= to {
        (w * most, h * most)
    } else {
        let nearest_half_up = |edge: u64| (2 * edge * to + long) / (2 * long);
        (nearest_half_up(w), nearest_half_up(h))
    }
}

fn patches((w, h): (u64, u64), patch: u64, budget: u64) -> u64 {
    let plain = w.div_ceil(patch) * h.div_ceil(patch);
    if plain <= budget {
        return plain;
    }
    let (iw, ih) = ((budget * w / h).isqrt(), (budget * h / w).isqrt());
    let (fit_w, fit_h) =
        if iw * h <= ih * w { (patch * iw, patch * iw * h / w) } else { (patch * ih * w / h, patch * ih) };
    (fit_w.div_ceil(patch).max(1) * fit_h.div_ceil(patch).max(1)).min(budget)
}
