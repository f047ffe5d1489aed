//! Which layer a value comes from, and that no unreadable value falls back to another layer.

use crate::support::{budget, catalog, codes, computed, dec, line, px, settings};
use retake::cost::base::retry::Retry as RetrySetting;
use retake::cost::base::size::Tier;
use retake::cost::budget::knob::{Scope, TABLE};
use retake::cost::budget::{Layer, SizeChoice};
use retake::cost::{Budget, Decimal, Deliverable, Knob, Line, Setting, Settings, Value};

fn resolved(budget: &Budget) -> Deliverable {
    budget.resolve(budget.lines.first().map(|line| &**line), catalog()).unwrap()
}

fn project(team: &[(Knob, &str)], assumptions: &[(Knob, &str)], own: &[(Knob, &str)]) -> Budget {
    Budget { team: settings(team), assumptions: settings(assumptions), ..budget(vec![line("one", own)]) }
}

fn quality_and_layer(budget: &Budget) -> (String, Layer) {
    let quality = resolved(budget).quality;
    (retake::cost::budget::knob_text::write(&Value::Quality(quality.value)), quality.layer)
}

#[test]
fn defaults_are_the_documented_ones() {
    let bare = resolved(&budget(vec![Line::default()]));
    assert_eq!(bare.model.value.id, "gpt-image-2");
    assert_eq!(bare.service.value.name(), "standard");
    assert_eq!(bare.ratio.value.to_string(), "1:1");
    assert_eq!(bare.exact_size(bare.size.value), Some(px("1024x1024")));
    assert_eq!(bare.finals.value, 0);
    assert_eq!(bare.retry.value, RetrySetting::Profile("planning-default".to_owned()));
    assert_eq!(bare.factor.unwrap().to_decimal(), dec("1.545"));
    assert_eq!(bare.buffer.value, dec("20"));
    assert_eq!((bare.images_per_call.value, bare.pick.value.name()), (1, "one"));
    assert_eq!((bare.prompt_tokens.value, bare.partial_images.value), (0, 0));
    assert_eq!((bare.cached_input.value, bare.references.value.len()), (Decimal::ZERO, 0));
    assert!(bare.explore.is_none() && bare.preset.is_none());
    let layers = [bare.model.layer, bare.ratio.layer, bare.size.layer, bare.finals.layer, bare.retry.layer];
    assert!(layers.iter().all(|layer| *layer == Layer::BuiltIn));
    assert_eq!(quality_and_layer(&budget(vec![Line::default()])), ("medium".to_owned(), Layer::BuiltIn));
}

#[test]
fn the_more_particular_layer_wins() {
    let q = Knob::Quality;
    assert_eq!(quality_and_layer(&project(&[(q, "low")], &[], &[])), ("low".into(), Layer::Team));
    assert_eq!(quality_and_layer(&project(&[(q, "low")], &[(q, "medium")], &[])), ("medium".into(), Layer::Project));
    let preset = (Knob::Preset, "ecommerce-pdp");
    let three = project(&[(q, "low")], &[(q, "medium")], &[preset]);
    assert_eq!(quality_and_layer(&three), ("high".into(), Layer::Preset));
    let four = project(&[(q, "low")], &[(q, "medium")], &[preset, (q, "auto")]);
    assert_eq!(quality_and_layer(&four), ("auto".into(), Layer::Deliverable));
}

#[test]
fn the_assumptions_by_themselves_are_a_line_without_its_own_values() {
    let budget = project(&[(Knob::Buffer, "10%")], &[(Knob::Quality, "low")], &[(Knob::Quality, "high")]);
    let alone = computed(&budget).assumptions.unwrap();
    assert_eq!((alone.quality.layer, alone.buffer.value), (Layer::Project, dec("10")));
}

#[test]
fn a_preset_fills_what_is_left_open() {
    let filled = resolved(&project(&[], &[], &[(Knob::Preset, "paid-social"), (Knob::Retry, "2")]));
    assert_eq!(filled.preset.as_deref(), Some("paid-social"));
    assert_eq!(filled.ratio.value.to_string(), "4:5");
    assert_eq!((filled.ratio.layer, filled.references.layer), (Layer::Preset, Layer::Preset));
    assert_eq!(filled.references.value, [px("1024x1280")]);
    assert_eq!(filled.exact_size(filled.size.value), Some(px("1024x1280")), "the ratio's 1k size");
    assert_eq!(filled.retry.layer, Layer::Deliverable);
}

#[test]
fn an_exact_size_speaks_for_itself() {
    let sized = resolved(&project(&[], &[], &[(Knob::Size, "1600x2000")]));
    assert_eq!((sized.ratio.value.to_string(), sized.ratio.layer), ("4:5".to_owned(), Layer::Deliverable));
    // A ratio in a lower layer has no effect.
    let below = resolved(&project(&[], &[(Knob::Ratio, "1:1")], &[(Knob::Size, "1600x2000")]));
    assert_eq!((below.ratio.value.to_string(), below.ratio_overruled), ("4:5".to_owned(), None));
}

#[test]
fn a_ratio_above_an_exact_size_takes_its_own_1k_size() {
    let above = resolved(&project(&[], &[(Knob::Size, "2048x2048")], &[(Knob::Ratio, "9:16")]));
    assert_eq!((above.size.value, above.size.layer), (SizeChoice::Tier(Tier::K1), Layer::Deliverable));
    assert_eq!(above.exact_size(above.size.value), Some(px("864x1536")));
    // A preset's ratio overrides an assumed size in the same way.
    let preset = resolved(&project(&[], &[(Knob::Size, "2048x2048")], &[(Knob::Preset, "story-vertical")]));
    assert_eq!(preset.exact_size(preset.size.value), Some(px("864x1536")));
}

#[test]
fn a_class_of_size_goes_with_any_ratio() {
    let classed = resolved(&project(&[], &[(Knob::Size, "2k")], &[(Knob::Ratio, "16:9")]));
    assert_eq!((classed.exact_size(classed.size.value), classed.size.layer), (Some(px("2048x1152")), Layer::Project));
}

#[test]
fn ratio_and_size_of_one_layer_may_disagree_and_the_size_counts() {
    let budget = project(&[], &[], &[(Knob::Ratio, "1:1"), (Knob::Size, "1600x2000"), (Knob::Finals, "1")]);
    let line = resolved(&budget);
    assert!(line.ratio_overruled.is_some());
    assert_eq!((line.exact_size(line.size.value), line.ratio.value.to_string()), (Some(px("1600x2000")), "4:5".into()));
    let estimate = computed(&budget);
    assert!(codes(&estimate.lines[0]).contains(&"ratio-disagrees") && estimate.totals.total.is_some());
    let agreeing = project(&[], &[], &[(Knob::Ratio, "9:21"), (Knob::Size, "864x2016"), (Knob::Retry, "2")]);
    assert_eq!(codes(&computed(&agreeing).lines[0]), Vec::<&str>::new(), "9:21 in whole pixels");
}

/// Knobs that affect a line's price, each with a value that differs from its default.
const PRICED: &[(Knob, &str)] = &[
    (Knob::Model, "gpt-image-2.5-flare"),
    (Knob::Preset, "paid-social"),
    (Knob::Ratio, "4:5"),
    (Knob::Size, "2k"),
    (Knob::Quality, "low"),
    (Knob::ServiceTier, "batch"),
    (Knob::References, "512x512"),
    (Knob::PromptTokens, "10"),
    (Knob::CachedInput, "10%"),
    (Knob::PartialImages, "1"),
    (Knob::Measured, "100"),
    (Knob::Returned, "true"),
    (Knob::Finals, "5"),
    (Knob::Repeat, "2"),
    (Knob::Drafts, "2"),
    (Knob::DraftQuality, "low"),
    (Knob::DraftSize, "1k"),
    (Knob::Retry, "2"),
    (Knob::ImagesPerCall, "2"),
    (Knob::Pick, "many"),
    (Knob::Buffer, "10%"),
    (Knob::Surcharge, "10%"),
];

#[test]
fn nothing_unreadable_falls_back_to_another_layer() {
    // Markup and tax are the project's: `invoice` has them.
    assert_eq!(PRICED.len(), TABLE.len() - 3, "every knob but cap, markup and tax");
    for (knob, _) in PRICED {
        for layer in [Layer::Team, Layer::Project, Layer::Deliverable] {
            if layer != Layer::Deliverable && knob.row().scope == Scope::Deliverable {
                continue;
            }
            // Nothing else may be set beside a preset, or its values would have no effect.
            let others = PRICED.iter().filter(|(other, _)| other != knob && *other != Knob::Preset).copied().collect();
            let own = if *knob == Knob::Preset { vec![(Knob::Finals, "5")] } else { others };
            let mut budget = project(&[], &[], &own);
            let at = match layer {
                Layer::Team => &mut budget.team,
                Layer::Project => &mut budget.assumptions,
                _ => &mut budget.lines[0].settings,
            };
            at.put(*knob, Some(Setting::Unreadable));
            let estimate = computed(&budget);
            assert_eq!(estimate.totals.total, None, "{knob:?} in {layer:?}");
            let said = estimate.lines[0]
                .issues
                .iter()
                .filter(|issue| issue.kind.code() == retake::cost::estimate::issue::IssueCode::Unreadable);
            let blamed: Vec<Option<Knob>> = said.map(|issue| issue.knob).collect();
            assert_eq!(blamed, [Some(*knob)], "{layer:?}");
        }
    }
}

#[test]
fn a_readable_value_above_an_unreadable_one_counts() {
    let mut budget = project(&[], &[], &[(Knob::Quality, "high"), (Knob::Finals, "1")]);
    budget.assumptions.put(Knob::Quality, Some(Setting::Unreadable));
    assert!(computed(&budget).totals.total.is_some());
}

#[test]
fn names_that_nobody_knows_are_not_replaced_by_defaults() {
    for (knob, code) in [(Knob::Preset, "value-unreadable"), (Knob::Model, "value-unreadable")] {
        let unknown = Settings::default().with(knob, Value::Word("nobody-knows-it".to_owned()));
        let unknown = unknown.with(Knob::Finals, Value::Count(3));
        let estimate = computed(&budget(vec![Line { settings: unknown, ..Line::default() }]));
        assert_eq!((estimate.totals.total, codes(&estimate.lines[0])), (None, vec![code]), "{knob:?}");
    }
    let profile = Value::Retry(RetrySetting::Profile("nobody-knows-it".to_owned()));
    let unknown = Settings::default().with(Knob::Retry, profile).with(Knob::Finals, Value::Count(3));
    let estimate = computed(&budget(vec![Line { settings: unknown, ..Line::default() }]));
    assert_eq!((estimate.totals.total, codes(&estimate.lines[0])), (None, vec!["profile-unknown"]));
    assert_eq!(estimate.totals.images, None);
}

#[test]
fn a_preset_that_is_overruled_in_full_may_be_unknown_but_is_said() {
    // Everything that it would set is set anyway; the line can be priced.
    let own = [
        (Knob::Ratio, "1:1"),
        (Knob::Size, "1k"),
        (Knob::Quality, "low"),
        (Knob::Retry, "2"),
        (Knob::References, "none"),
        (Knob::Finals, "1"),
    ];
    let mut budget = project(&[], &[], &own);
    budget.lines[0].settings.put(Knob::Preset, Some(Setting::Unreadable));
    let estimate = computed(&budget);
    assert!(estimate.totals.total.is_some());
    assert_eq!(codes(&estimate.lines[0]), ["value-unreadable"]);
}

#[test]
fn a_profile_of_the_project_comes_before_a_built_in_one() {
    let mut budget = project(&[], &[], &[(Knob::Retry, "product-edit"), (Knob::Finals, "10")]);
    let built_in = computed(&budget).totals.images;
    let mut profile = catalog().profiles["product-edit"].clone();
    profile.retry = RetrySetting::plain(dec("4"));
    budget.profiles.insert("product-edit".to_owned(), profile);
    assert_eq!((built_in, computed(&budget).totals.images), (Some(dec("21.5")), Some(dec("40"))));
}

#[test]
fn settings_are_replaced_opened_and_kept_in_order() {
    let mut settings = Settings::default();
    assert_eq!(settings.put(Knob::Buffer, Some(Setting::Unreadable)), None);
    assert_eq!(settings.put(Knob::Finals, Some(Setting::Value(Value::Count(2)))), None);
    let before = settings.put(Knob::Finals, Some(Setting::Value(Value::Count(3))));
    assert_eq!(before, Some(Setting::Value(Value::Count(2))));
    assert_eq!(settings.iter().map(|(knob, _)| knob).collect::<Vec<_>>(), [Knob::Finals, Knob::Buffer]);
    assert_eq!((settings.value(Knob::Buffer), settings.get(Knob::Buffer)), (None, Some(&Setting::Unreadable)));
    assert_eq!(settings.put(Knob::Buffer, None), Some(Setting::Unreadable));
    assert_eq!((settings.put(Knob::Buffer, None), settings.is_empty()), (None, false));
}
