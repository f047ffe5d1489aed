//! Built-in rates and token rules compared with the check values and prices of the facts.

use crate::support::{catalog, dec, px};
use retake::cost::base::money::rounded;
use retake::cost::base::size::{Ratio, Tier};
use retake::cost::base::tokens::Quality;
use retake::cost::estimate::advisor::price;
use retake::cost::rates::rate_card::{Meter, ServiceTier};
use toml::Table;

fn fixture() -> Table {
    toml::from_str(include_str!("fixtures/facts.toml")).unwrap()
}

fn models_of(family: &str) -> Vec<&'static str> {
    let named = |id: &&str| *id == family || id.strip_prefix(family).is_some_and(|rest| rest.starts_with('-'));
    let ids: Vec<&str> = catalog().models.iter().map(|model| model.id.as_str()).filter(named).collect();
    assert!(!ids.is_empty(), "{family}");
    ids
}

#[test]
fn output_tokens_meet_the_check_values() {
    let mut checked = 0;
    for check in fixture()["check"].as_array().unwrap() {
        for id in models_of(check["family"].as_str().unwrap()) {
            let model = catalog().model(id).unwrap();
            for row in check["values"].as_array().unwrap() {
                let (size, quality) = (px(row[0].as_str().unwrap()), Quality::parse(row[1].as_str().unwrap()).unwrap());
                let expected = u64::try_from(row[2].as_integer().unwrap()).unwrap();
                assert_eq!(model.output.count(size, quality), Some(expected), "{id} {size} {quality}");
                assert_eq!(model.output.count(size.swapped(), quality), Some(expected), "{id} {size} turned");
                checked += 1;
            }
        }
    }
    assert_eq!(checked, 14 + 2 * 10);
}

#[test]
fn reference_tokens_meet_the_check_values() {
    for check in fixture()["check_input"].as_array().unwrap() {
        for family in check["families"].as_array().unwrap() {
            for id in models_of(family.as_str().unwrap()) {
                for row in check["values"].as_array().unwrap() {
                    let expected = u64::try_from(row[1].as_integer().unwrap()).unwrap();
                    let size = px(row[0].as_str().unwrap());
                    assert_eq!(catalog().model(id).unwrap().references.count(size), Some(expected), "{id} {size}");
                }
            }
        }
    }
}

#[test]
fn reference_tokens_stay_within_their_budget() {
    let rule = &catalog().model("gpt-image-2").unwrap().references;
    for w in (1..5000).step_by(97) {
        for h in (1..5000).step_by(89) {
            let size = px(&format!("{w}x{h}"));
            let tokens = rule.count(size).unwrap();
            assert!((1..=1536).contains(&tokens), "{size}: {tokens}");
        }
    }
}

#[test]
fn tokens_times_rate_give_the_nine_official_prices() {
    let official = fixture()["official"]["gpt-image-2"].as_table().unwrap().clone();
    let model = catalog().model("gpt-image-2").unwrap();
    let rate = model.card.standard.unwrap().get(Meter::ImageOutput);
    let mut checked = 0;
    for (size, prices) in official {
        for (quality, usd) in prices.as_table().unwrap() {
            let tokens = model.output.count(px(&size), Quality::parse(quality).unwrap()).unwrap();
            assert_eq!(rounded(price(tokens, rate).unwrap(), 3), dec(usd.as_str().unwrap()), "{size} {quality}");
            checked += 1;
        }
    }
    assert_eq!(checked, 9);
}

#[test]
fn official_prices_per_image_are_those_of_the_facts() {
    for id in ["gpt-image-1-mini", "dall-e-3", "dall-e-2"] {
        let official = fixture()["official"][id].as_table().unwrap().clone();
        let model = catalog().model(id).unwrap();
        let mut known = 0;
        for (size, prices) in official {
            for (quality, usd) in prices.as_table().unwrap() {
                let price = model.image_price(px(&size), Quality::parse(quality).unwrap());
                assert_eq!(price, Some(dec(usd.as_str().unwrap())), "{id} {size} {quality}");
                known += 1;
            }
        }
        assert_eq!(model.per_image.len(), known, "{id}");
    }
}

#[test]
fn rates_are_those_of_the_facts_and_no_others() {
    let rates = fixture()["rates"].as_table().unwrap().clone();
    let meters =
        [Meter::TextInput, Meter::TextInputCached, Meter::ImageInput, Meter::ImageInputCached, Meter::ImageOutput];
    for model in &catalog().models {
        for tier in [ServiceTier::Standard, ServiceTier::Batch] {
            let expected = rates.get(&format!("{} {}", model.id, tier.name()));
            let card = model.card.rates(tier);
            assert_eq!(card.is_some(), expected.is_some(), "{} {}", model.id, tier.name());
            for (index, meter) in meters.into_iter().enumerate() {
                // An empty text stands for a rate that is not published.
                let published = expected.map(|row| row[index].as_str().unwrap()).filter(|text| !text.is_empty());
                let usd = published.map(dec);
                assert_eq!(card.and_then(|card| card.get(meter)), usd, "{} {} {meter:?}", model.id, tier.name());
            }
        }
    }
    assert_eq!(rates.len(), 3 * 2 + 2 + 2 + 2 + 2 + 2);
}

#[test]
fn older_families_count_from_their_table() {
    let table = fixture()["tokens_listed"].as_table().unwrap().clone();
    for id in ["gpt-image-1", "gpt-image-1.5", "gpt-image-1-mini"] {
        for (size, row) in &table {
            for (index, quality) in [Quality::Low, Quality::Medium, Quality::High].into_iter().enumerate() {
                let expected = u64::try_from(row[index].as_integer().unwrap()).ok();
                assert_eq!(catalog().model(id).unwrap().output.count(px(size), quality), expected, "{id} {size}");
            }
        }
    }
    // Base 65 and 129 for each 512-px tile after the shortest side is scaled to 512.
    let tiles = &catalog().model("gpt-image-1").unwrap().references;
    assert_eq!(tiles.count(px("1024x1024")), Some(65 + 129));
    assert_eq!(tiles.count(px("1024x1536")), Some(65 + 2 * 129));
    // Up to a pixel over a multiple of 512 counts as the multiple, community.openai.com/t/1281361.
    assert_eq!(tiles.count(px("1024x1025")), Some(65 + 129));
    assert_eq!(tiles.count(px("1026x1024")), Some(65 + 129));
    assert_eq!(tiles.count(px("1027x1024")), Some(65 + 2 * 129));
    assert_eq!(tiles.count(px("512x1537")), Some(65 + 3 * 129));
    assert_eq!(tiles.count(px("512x1538")), Some(65 + 4 * 129));
    assert_eq!(tiles.count(px("1x1")), Some(65 + 129));
}

#[test]
fn what_is_not_published_is_unknown() {
    for id in ["gpt-image-2.6-flare", "gpt-image-2.6-sunburst"] {
        let model = catalog().model(id).unwrap();
        for quality in [Quality::Low, Quality::Medium] {
            assert_eq!(model.output.count(px("1024x1024"), quality), None, "{id}");
        }
        // Measured at one size, docs.laozhang.ai (zh), 2026-11-05; above medium else by the grid of 2.5, approximately.
        assert_eq!(model.output.count(px("1536x1024"), Quality::Low), Some(664));
        assert_eq!(model.output.count(px("1536x1024"), Quality::High), Some(1353));
        assert_eq!(model.output.count(px("1536x1024"), Quality::Medium), None);
        assert_eq!(model.output.count(px("1024x1536"), Quality::High), Some(1372), "nobody measured portrait");
        assert_eq!(model.output.count(px("1024x1024"), Quality::High), Some(1756), "as 2.5");
        for (size, quality, approximate) in [
            ("1536x1024", Quality::High, false),
            ("1024x1536", Quality::High, true),
            ("1024x1024", Quality::Max, true),
            ("1024x1024", Quality::Low, false),
        ] {
            assert_eq!(model.output.is_approximate(px(size), quality), approximate, "{id} {size} {quality}");
        }
        assert!(!model.offers_batch && model.card.batch.is_none());
        assert_eq!(model.references.count(px("1024x1024")), None);
    }
    assert_eq!(catalog().model("chatgpt-image-latest").unwrap().output.count(px("1024x1024"), Quality::High), None);
}

#[test]
fn ties_of_the_grid_go_to_the_even_neighbour() {
    let model = catalog().model("gpt-image-2").unwrap();
    assert_eq!(model.output.count(px("1024x672"), Quality::Low), Some(108), "half up would give 119");
}

#[test]
fn bigger_can_be_cheaper() {
    let model = catalog().model("gpt-image-2").unwrap();
    let high = |size| model.output.count(px(size), Quality::High).unwrap();
    assert!(high("1536x1024") < high("1024x1024"));
    assert!(high("3840x2160") < high("2048x2048"));
}

#[test]
fn the_sizes_of_each_ratio_are_the_listed_ones() {
    let table = [
        ("1:1", ["1024x1024", "2048x2048", "2880x2880"]),
        ("4:5", ["1024x1280", "1600x2000", "2560x3200"]),
        ("3:4", ["960x1280", "1536x2048", "2448x3264"]),
        ("2:3", ["1024x1536", "1344x2016", "2336x3504"]),
        ("9:16", ["864x1536", "1152x2048", "2160x3840"]),
        ("9:21", ["720x1680", "864x2016", "1632x3808"]),
    ];
    let rules = &catalog().model("gpt-image-2").unwrap().sizes;
    for (portrait, sizes) in table {
        let ratio = Ratio::parse(portrait).unwrap();
        let landscape = Ratio { w: ratio.h, h: ratio.w };
        for (tier, size) in Tier::ALL.into_iter().zip(sizes) {
            assert_eq!(rules.of_ratio(ratio, tier), Some(px(size)), "{portrait}");
            assert_eq!(rules.of_ratio(landscape, tier), Some(px(size).swapped()), "{landscape}");
            assert!(rules.is_legal(px(size)), "{size}");
        }
    }
}

#[test]
fn every_preset_can_be_priced() {
    for preset in &catalog().presets {
        let priced = crate::support::single(&[
            (retake::cost::Knob::Preset, preset.name.as_str()),
            (retake::cost::Knob::Finals, "10"),
        ]);
        assert!(priced.total.is_some_and(|total| total > retake::cost::Decimal::ZERO), "{}", preset.name);
    }
}
