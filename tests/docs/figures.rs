//! The worked example and the tables of prices, presets and profiles, against the program's own figures.

use crate::markdown::{bare, fences, flat, table};
use crate::{none, root, text_of};
use jiff::civil::date;
use retake::cost::base::money::{Decimal, times};
use retake::cost::base::number_text::parse_decimal;
use retake::cost::base::retry::{Factor, Retry};
use retake::cost::base::size::Size;
use retake::cost::base::tokens::Quality;
use retake::cost::budget::Catalog;
use retake::cost::estimate;
use retake::cost::estimate::line::LineEstimate;
use retake::cost::rates::age::{SHUTDOWN_NOTICE_DAYS, STALE_AFTER_DAYS};
use retake::cost::rates::rate_card::{Meter, Model, ServiceTier, Status};
use retake::project::open::open;

/// The page about counting and prices.
const COUNTING: &str = "docs/counting.md";

fn catalog() -> &'static Catalog {
    retake::rates::built_in().unwrap()
}

/// Every number of a line, without its commas and currency signs.
fn numbers(line: &str) -> Vec<Decimal> {
    let number = |word: &str| parse_decimal(&word.trim_start_matches('$').replace(',', "")).ok();
    line.split_whitespace().filter_map(number).collect()
}

fn hero() -> LineEstimate {
    let reading = open(&root().join("sample-projects/product-launch.retake.toml"), catalog()).unwrap().reading;
    estimate(&reading.budget, catalog(), date(2026, 11, 22)).lines[0].clone()
}

#[test]
fn the_worked_example_is_what_the_program_counts() {
    let shown = fences(&text_of(COUNTING)).into_iter().find(|fence| fence.note == "worked example").unwrap().body;
    let lines: Vec<Vec<Decimal>> = shown.lines().map(numbers).collect();
    let line = hero();
    let stage = line.final_stage().unwrap();
    let images = stage.count.as_ref().unwrap().images.number();
    assert_eq!(lines[0], [Decimal::from(line.deliverable.finals.value), parse_decimal("2.0").unwrap(), images]);
    let meters: Vec<_> = stage.meters.iter().filter(|meter| meter.cost.is_some_and(|cost| !cost.is_zero())).collect();
    assert_eq!(meters.len(), 3);
    for (meter, shown) in meters.iter().zip(&lines[1..4]) {
        let [count, tokens, rate, million, cost] = shown[..] else { panic!("five numbers, not {shown:?}") };
        let program = (images, meter.tokens.unwrap(), meter.rate.unwrap(), meter.cost.unwrap());
        assert_eq!((count, tokens, rate, cost), program);
        assert_eq!(times(times(count, tokens).unwrap(), rate).unwrap(), times(cost, million).unwrap());
    }
    let sums = [line.subtotal.unwrap(), line.buffer.unwrap(), line.total.unwrap()];
    let shown: Vec<Decimal> = lines[4..7].iter().map(|line| *line.last().unwrap()).collect();
    assert_eq!(shown, sums);
}

#[test]
fn the_tokens_behind_it_and_beside_it() {
    let page = flat(&text_of(COUNTING));
    let model = catalog().model("gpt-image-2").unwrap();
    let high = |size: &str| model.output.count(Size::parse(size).unwrap(), Quality::High).unwrap();
    assert_eq!(high("1024x1280"), (96 * 77 * (2_000_000_u64 + 1024 * 1280)).div_ceil(4_000_000));
    let grid = model.output.grid_count(Size::parse("1024x1280").unwrap(), Quality::High);
    assert!(grid.is_some(), "counted on a grid");
    assert!(page.contains("96 × 77 × (2,000,000 + 1024 × 1280) ÷ 4,000,000"));
    assert_eq!((high("1536x1024"), high("1024x1024")), (5488, 7024));
    for page in [page.clone(), flat(&text_of("README.md"))] {
        assert!(page.contains("1536x1024 takes 5,488 tokens and 1024x1024 takes 7,024"));
    }
    let extras = &catalog().extras;
    assert!(page.contains(&format!("and {} more as overhead", extras.prompt_overhead_tokens)));
    assert!(page.contains(&format!("previews cost {} output tokens each", extras.partial_image_tokens)));
    let factor = Factor::from_accepted_percent(Decimal::from(60)).unwrap();
    assert_eq!(factor, Factor::new(5, 3).unwrap());
}

/// The expected row of prices for a model.
fn price_row(model: &Model) -> Vec<String> {
    let rate = |meter| model.card.rates(ServiceTier::Standard).and_then(|rates| rates.get(meter)).unwrap();
    let day = model.shutdown.map(|day| day.to_string()).unwrap_or_default();
    let status = match model.status {
        Status::Active => "available".to_owned(),
        Status::ShutDown => format!("retired {day}"),
        _ => format!("retires {day}"),
    };
    let square = Size::parse("1024x1024").unwrap();
    let silent: Vec<&str> = model
        .qualities
        .iter()
        .filter(|quality| model.output.count(square, **quality).is_none())
        .map(|quality| quality.name())
        .collect();
    let mut unknown = Vec::new();
    match silent.len() {
        0 => {}
        all if all == model.qualities.len() => unknown.push("tokens".to_owned()),
        _ => unknown.push(format!("tokens of {}", silent.join(" and "))),
    }
    if model.references.count(square).is_none() {
        unknown.push("reference tokens".to_owned());
    }
    if model.offers_batch && model.card.rates(ServiceTier::Batch).is_none() {
        unknown.push("batch prices".to_owned());
    }
    let rates =
        [Meter::ImageOutput, Meter::ImageInput, Meter::TextInput].map(|meter| rate(meter).normalize().to_string());
    [vec![model.id.clone()], rates.to_vec(), vec![status, unknown.join(", ")]].concat()
}

#[test]
fn the_tables_are_the_catalog() {
    let counting = text_of(COUNTING);
    let file_format = text_of("docs/file-format.md");
    let cells = |heading: &str| -> Vec<Vec<String>> {
        table(if heading == "Preset" { &file_format } else { &counting }, heading)
            .iter()
            .map(|row| row.iter().map(|cell| bare(cell)).collect())
            .collect()
    };
    let priced: Vec<_> = catalog().models.iter().filter(|model| model.card.standard.is_some()).collect();
    assert_eq!(cells("Model"), priced.iter().map(|model| price_row(model)).collect::<Vec<_>>());
    let by_image = catalog().models.iter().filter(|model| model.card.standard.is_none());
    none(&by_image.filter(|model| !counting.contains(&model.id)).map(|model| model.id.clone()).collect::<Vec<_>>());

    let presets = catalog().presets.iter().map(|preset| {
        [preset.name.clone(), preset.ratio.to_string(), preset.quality.name().to_owned(), preset.retry.clone()].to_vec()
    });
    assert_eq!(cells("Preset"), presets.collect::<Vec<_>>());

    let mut profiles = cells("Profile");
    profiles.sort();
    let counted: Vec<Vec<String>> = catalog()
        .profiles
        .iter()
        .map(|(name, profile)| {
            let Retry::Range { low, likely, high } = &profile.retry else { panic!("{name} is no range") };
            let range = [low, likely, high].map(|end| end.normalize().to_string()).join(" / ");
            let mean = profile.retry.mean().unwrap();
            let shown = profiles.iter().find(|row| row[0] == *name).map(|row| row[2].clone()).unwrap_or_default();
            assert_eq!(Factor::from_decimal(parse_decimal(&shown).unwrap()), Some(mean), "{name} counts with {shown}");
            vec![name.clone(), range, shown, profile.provenance.grade.unwrap().to_string()]
        })
        .collect();
    assert_eq!(profiles, counted);
}

#[test]
fn the_day_of_the_prices_is_told() {
    let days: Vec<_> = catalog().models.iter().filter_map(|model| model.card.provenance.checked).collect();
    assert!(!days.is_empty());
    let counting = flat(&text_of(COUNTING));
    let readme = flat(&text_of("README.md"));
    let limits = [format!("more than {STALE_AFTER_DAYS} days ago"), format!("within {SHUTDOWN_NOTICE_DAYS} days")];
    none(&limits.into_iter().filter(|limit| !counting.contains(limit)).collect::<Vec<_>>());
    for day in days {
        let told = format!("were read on **{day}**");
        assert!(readme.contains(&told) && counting.contains(&told), "README and counting.md do not say {day}");
    }
}
