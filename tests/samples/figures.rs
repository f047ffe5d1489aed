//! The samples' totals, computed by hand in whole numbers from the published formulas.
//!
//! Money is counted in billionths of a dollar: tokens times thousandths of a dollar per 1,000,000 tokens.

/// The cost of one stage of a line.
pub(crate) struct Stage {
    /// The deliverable's key.
    pub(crate) key: &'static str,
    /// The number of paid images, as a fraction.
    pub(crate) images: (i128, i128),
    /// Billionths of a dollar per image.
    pub(crate) each: i128,
}

/// A sample's figures.
pub(crate) struct Figures {
    pub(crate) file: &'static str,
    pub(crate) finals: u64,
    pub(crate) stages: Vec<Stage>,
    pub(crate) buffer_percent: i128,
    /// Hundredths of a dollar of the fees of a deliverable, all of them per final.
    pub(crate) fees: &'static [(&'static str, i128)],
    /// Hundredths of a dollar of the project's fees, then markup and tax in percent.
    pub(crate) on_top: [i128; 3],
    /// Hundredths of the project's currency.
    pub(crate) cap_hundredths: i128,
    /// One dollar in hundredths of that currency.
    pub(crate) dollar_hundredths: i128,
    /// The total as shown.
    pub(crate) shown: &'static str,
    /// The totals in dollars, as decimals, so that a mistake above shows.
    pub(crate) subtotal: &'static str,
    pub(crate) total: &'static str,
}

/// Rates in thousandths of a dollar: image output, reference images, prompt.
const STANDARD: [i128; 3] = [30_000, 8_000, 5_000];
/// Half of them.
const BATCH: [i128; 3] = [15_000, 4_000, 2_500];
/// 60 % of the input from the cache: 0.4 · 8 + 0.6 · 2 and 0.4 · 5 + 0.6 · 1.25.
const CACHED_60: [i128; 3] = [30_000, 4_400, 2_750];

fn each(rates: [i128; 3], image: i128, references: i128, prompt: i128) -> i128 {
    // Each prompt has six tokens of overhead.
    image * rates[0] + references * rates[1] + (prompt + 6) * rates[2]
}

/// finals · a / b.
fn tries(finals: i128, a: i128, b: i128) -> (i128, i128) {
    (finals * a, b)
}

pub(crate) fn figures() -> Vec<Figures> {
    vec![
        agency_estimate(),
        brand_campaign(),
        home_catalogue(),
        paid_social(),
        product_launch(),
        studio_lookbook(),
        tokyo_launch(),
        ui_screenshots(),
    ]
}

fn product_launch() -> Figures {
    // 1024x1280 high 6,119 tokens · 1536x1024 medium 1,372 · a reference of 1024x1024 has 1,024.
    // 1.5/2/3 counts with .3 · 1.5 + .4 · 2 + .3 · 3 = 2.15 = 43/20.
    Figures {
        file: "product-launch.retake.toml",
        finals: 24 + 48 + 6,
        stages: vec![
            Stage { key: "pdp-hero", images: (24 * 2, 1), each: each(STANDARD, 6119, 1024, 180) },
            Stage { key: "pdp-detail", images: tries(48, 43, 20), each: each(STANDARD, 6119, 1024, 180) },
            Stage { key: "launch-mail", images: tries(6, 43, 20), each: each(STANDARD, 1372, 0, 180) },
        ],
        buffer_percent: 20,
        fees: &[],
        on_top: [0; 3],
        cap_hundredths: 4000,
        subtotal: "29.6779914",
        total: "35.61358968",
        dollar_hundredths: 100,
        shown: "$35.61",
    }
}

fn paid_social() -> Figures {
    // 1024x1280 high 6,119, medium 1,510 · 1024x1024 medium 1,756, low 196 · 864x1536 and 1536x864 medium 1,078 ·
    // a reference of 1024x1280 has 1,280. ad-stills 2/3/4 counts with 3; one of five accepted is 5.
    let variant = |key, image| Stage { key, images: (30, 1), each: each(CACHED_60, image, 1280, 240) };
    Figures {
        file: "paid-social.retake.toml",
        finals: 1 + 6 * 10,
        stages: vec![
            Stage { key: "baseline", images: (5, 1), each: each(CACHED_60, 6119, 0, 240) },
            variant("variant-1-square", 1756),
            variant("variant-2-portrait", 1510),
            variant("variant-3-story", 1078),
            variant("variant-4-link", 1078),
            // One of four kept: a call succeeds with 1 - (2/3)^4 = 65/81, so 10 finals take 10 · 81/65 calls.
            Stage { images: tries(4 * 10, 81, 65), ..variant("variant-5-headline", 1756) },
            // Any of them kept: 30 images in whole calls of four are 8 calls.
            Stage { images: (4 * 8, 1), ..variant("variant-6-background", 196) },
        ],
        buffer_percent: 15,
        fees: &[],
        on_top: [0; 3],
        cap_hundredths: 1500,
        subtotal: "9.888434346153846154",
        total: "11.371699498076923077",
        dollar_hundredths: 100,
        shown: "$11.37",
    }
}

fn ui_screenshots() -> Figures {
    // 864x1536 and 1536x864 medium 1,078 · 2048x1152 high 5,650 · a reference of 720x1280 has 23 · 40 = 920 patches;
    // 1920x1080 is scaled down to 52 · 29 = 1,508. 1/1.1/1.3 counts with 1.13 = 113/100, the preset's
    // planning-default with 309/200.
    Figures {
        file: "ui-screenshots.retake.toml",
        finals: 8 + 40 + 2 + 12,
        stages: vec![
            Stage { key: "store-page", images: tries(8, 113, 100), each: each(BATCH, 1078, 920, 420) },
            Stage { key: "store-languages", images: tries(40, 113, 100), each: each(BATCH, 1078, 920, 420) },
            Stage { key: "web-hero", images: tries(2, 309, 200), each: each(BATCH, 5650, 1508, 420) },
            Stage { key: "web-sections", images: tries(12, 309, 200), each: each(BATCH, 1078, 1508, 420) },
        ],
        buffer_percent: 10,
        fees: &[],
        on_top: [0; 3],
        cap_hundredths: 250,
        subtotal: "1.84960701",
        total: "2.034567711",
        dollar_hundredths: 100,
        shown: "$2.03",
    }
}

fn brand_campaign() -> Figures {
    // 2.5: 1536x1024 low 158 · 2016x1344 max 7,234 · 1024x1280 medium 378, max 6,119 · 864x1536 medium 280.
    // References: 1536x1024 has 1,536, 1024x1024 1,024, 1024x1280 1,280. 1.5/2.5/3.3 counts with 2.44 = 61/25.
    Figures {
        file: "brand-campaign.retake.toml",
        finals: 6 + 10 + 18,
        stages: vec![
            Stage { key: "key-visual", images: (6 * 24, 1), each: each(STANDARD, 158, 2560, 320) },
            Stage { key: "key-visual", images: tries(6, 5, 3), each: each(STANDARD, 7234, 2560, 320) },
            Stage { key: "portraits", images: (10 * 6, 1), each: each(STANDARD, 378, 1280, 320) },
            Stage { key: "portraits", images: tries(10, 61, 25), each: each(STANDARD, 6119, 1280, 320) },
            Stage { key: "social-cutdowns", images: (18 * 3, 1), each: each(STANDARD, 280, 1536, 320) },
        ],
        buffer_percent: 25,
        fees: &[],
        on_top: [0; 3],
        cap_hundredths: 2000,
        subtotal: "13.624208",
        total: "17.03026",
        dollar_hundredths: 100,
        shown: "$17.03",
    }
}

fn tokyo_launch() -> Figures {
    // 2016x1344 high 7,234 tokens · 1024x1536 high 5,488 · 864x1536 medium 1,078 · 1024x1024 low 196. brand-hero counts with
    // 61/25, 1.5/2/3 with 43/20, ad-stills with 3, three of four accepted are 4/3. 11.245984224 dollars are 1,713.8879… yen.
    Figures {
        file: "tokyo-launch.retake.toml",
        finals: 4 + 12 + 20 + 60,
        stages: vec![
            Stage { key: "key-visual", images: tries(4, 61, 25), each: each(STANDARD, 7234, 1024, 340) },
            Stage { key: "station-posters", images: tries(12, 43, 20), each: each(STANDARD, 5488, 1024, 340) },
            Stage { key: "stories", images: (20 * 3, 1), each: each(STANDARD, 1078, 0, 340) },
            Stage { key: "shop-thumbnails", images: tries(60, 4, 3), each: each(STANDARD, 196, 0, 340) },
        ],
        buffer_percent: 20,
        fees: &[],
        on_top: [0; 3],
        cap_hundredths: 240_000,
        dollar_hundredths: 15_240,
        shown: "≈¥1,714",
        subtotal: "9.37165352",
        total: "11.245984224",
    }
}

fn studio_lookbook() -> Figures {
    // The studio: 260 tokens of prompt, a card of 1024x1024, 1.4/1.8/2.5 which counts with 1.89 = 189/100; its edits 1/1.2/1.6
    // with 1.26 = 63/50; planning-default is 309/200. 1600x2000 high 9,610 · 1024x1024 medium 1,756 · 1024x1280 high 6,119 ·
    // 1536x1024 medium 1,372.
    Figures {
        file: "studio-lookbook.retake.toml",
        finals: 6 + 36 + 30 + 2,
        stages: vec![
            Stage { key: "covers", images: tries(6, 189, 100), each: each(STANDARD, 9610, 1024, 260) },
            Stage { key: "details", images: tries(36, 189, 100), each: each(STANDARD, 1756, 1024, 260) },
            Stage { key: "colourways", images: tries(30, 63, 50), each: each(STANDARD, 6119, 1280 + 1024, 260) },
            Stage { key: "title-page", images: tries(2, 309, 200), each: each(STANDARD, 1372, 0, 260) },
        ],
        buffer_percent: 25,
        fees: &[],
        on_top: [0; 3],
        cap_hundredths: 3000,
        dollar_hundredths: 100,
        shown: "$19.28",
        subtotal: "15.42676926",
        total: "19.283461575",
    }
}

/// Its 62 stages are in a separate table, which names its source.
fn home_catalogue() -> Figures {
    let rows = include_str!("home-catalogue.txt").lines().filter(|row| !row.starts_with('#'));
    let stage = |row: &'static str| {
        let (key, numbers) = row.split_once(' ').unwrap();
        let numbers: Vec<&str> = numbers.split(' ').collect();
        let whole = |text: &str| -> i128 { text.parse().unwrap() };
        let images = match numbers[0].split_once('/') {
            Some((over, under)) => (whole(over), whole(under)),
            None => (whole(numbers[0]), 1),
        };
        Stage { key, images, each: each(STANDARD, whole(numbers[1]), whole(numbers[2]), 210) }
    };
    Figures {
        file: "home-catalogue.retake.toml",
        finals: 454,
        stages: rows.map(stage).collect(),
        buffer_percent: 18,
        fees: &[],
        on_top: [0; 3],
        cap_hundredths: 18_000,
        dollar_hundredths: 100,
        shown: "$142.58",
        subtotal: "120.83268624",
        total: "142.5825697632",
    }
}

/// Python, in fractions: images = 18 · 0.192692 + 36 · 0.061802; before = (images + 72 + 84) · 1.2 + 450; before · 1.15 · 1.19.
fn agency_estimate() -> Figures {
    Figures {
        file: "agency-estimate.retake.toml",
        finals: 6 + 24,
        stages: vec![
            Stage { key: "key-visuals", images: tries(6, 3, 1), each: each(STANDARD, 6119, 1024, 180) },
            Stage { key: "formats", images: tries(24, 3, 2), each: each(STANDARD, 1756, 1024, 180) },
        ],
        buffer_percent: 20,
        fees: &[("key-visuals", 6 * 1_200), ("formats", 24 * 350)],
        on_top: [45_000, 15, 19],
        cap_hundredths: 100_000,
        dollar_hundredths: 100,
        shown: "$881.36",
        subtotal: "161.693328",
        total: "881.3577832416",
    }
}
