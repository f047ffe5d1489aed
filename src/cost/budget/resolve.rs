//! Resolves a deliverable: merges all layers and records which layer each value is from.

use crate::cost::base::money::Decimal;
use crate::cost::base::retry::{Factor, Pick, Retry};
use crate::cost::base::size;
use crate::cost::base::size::{Ratio, Size, Tier};
use crate::cost::base::tokens::Quality;
use crate::cost::budget::budget::Budget;
use crate::cost::budget::catalog::Catalog;
use crate::cost::budget::knob::{Knob, TABLE};
use crate::cost::budget::line::Line;
use crate::cost::budget::settings::{Layer, Measured, QualityChoice, Setting, Settings, SizeChoice, Value};
use crate::cost::rates::rate_card::{Model, ServiceTier};
use std::borrow::Cow;
use std::sync::Arc;

/// A value with the layer it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value in force.
    pub value: T,
    /// The layer that set it.
    pub layer: Layer,
    /// False if that layer holds something unreadable; `value` is then a placeholder and must not be priced.
    pub readable: bool,
}

impl<T> Sourced<T> {
    /// The knob to name in a message about this value, and whether it was readable: for a value that a preset sets, blame the
    /// preset.
    #[must_use]
    pub fn blame(&self, knob: Knob) -> (Knob, bool) {
        (if self.layer == Layer::Preset { Knob::Preset } else { knob }, self.readable)
    }
}

/// The drafts stage before the finals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explore {
    /// Drafts per final.
    pub drafts_per_final: Sourced<u64>,
    /// The drafts' own quality.
    pub quality: Sourced<QualityChoice>,
    /// The drafts' own size, else the deliverable's.
    pub size: Option<Sourced<SizeChoice>>,
}

/// A deliverable with every value resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deliverable {
    /// The name of its preset.
    pub preset: Option<String>,
    /// False if it names a preset that is unreadable or unknown.
    pub preset_readable: bool,
    /// The model.
    pub model: Sourced<Arc<Model>>,
    /// The service tier.
    pub service: Sourced<ServiceTier>,
    /// The chosen ratio, or that of the size.
    pub ratio: Sourced<Ratio>,
    /// The ratio that would count if the size were a class: the chosen one, whatever the pixels are.
    pub class_ratio: Ratio,
    /// The chosen size; see [`Deliverable::exact_size`].
    pub size: Sourced<SizeChoice>,
    /// A ratio set in the same layer as an exact size with another ratio: the size wins.
    pub ratio_overruled: Option<Ratio>,
    /// The rendering quality.
    pub quality: Sourced<QualityChoice>,
    /// Number of finals.
    pub finals: Sourced<u64>,
    /// How many times over, 30 for a month of days.
    pub repeat: Sourced<u64>,
    /// The retry setting as written.
    pub retry: Sourced<Retry>,
    /// The factor that the estimate uses; `None` if the profile is unknown.
    pub factor: Option<Factor>,
    /// The buffer, in percent.
    pub buffer: Sourced<Decimal>,
    /// The provider's surcharge on the images, in percent.
    pub surcharge: Sourced<Decimal>,
    /// The project's markup, in percent: the same for all its deliverables.
    pub markup: Sourced<Decimal>,
    /// The project's tax, in percent: the same for all its deliverables.
    pub tax: Sourced<Decimal>,
    /// Images per call.
    pub images_per_call: Sourced<u64>,
    /// How many images of one call may become finals.
    pub pick: Sourced<Pick>,
    /// Text tokens of the prompt, without the overhead.
    pub prompt_tokens: Sourced<u64>,
    /// Percent of input tokens served from the cache.
    pub cached_input: Sourced<Decimal>,
    /// Streamed partial images per image.
    pub partial_images: Sourced<u64>,
    /// Reference images sent with every call.
    pub references: Sourced<Vec<Size>>,
    /// Measured tokens; see [`Deliverable::measured_output`] for whether they count.
    pub measured: Sourced<Option<Arc<Measured>>>,
    /// Whether the size came back from the API, so that no rule for requests applies to it.
    pub returned: Sourced<bool>,
    /// The drafts stage, if there is one.
    pub explore: Option<Explore>,
}

impl Deliverable {
    /// The finals of every repetition.
    #[must_use]
    pub fn all_finals(&self) -> u64 {
        self.finals.value.saturating_mul(self.repeat.value)
    }

    /// The exact size in pixels for a choice; `None` for `auto`. It may be illegal for the model.
    #[must_use]
    pub fn exact_size(&self, choice: SizeChoice) -> Option<Size> {
        match choice {
            SizeChoice::Exact(size) => Some(size),
            SizeChoice::Auto => None,
            SizeChoice::Tier(tier) => {
                let sizes = &self.model.value.sizes;
                sizes.of_ratio(self.ratio.value, tier).or_else(|| size::unconstrained(self.ratio.value, tier))
            }
        }
    }

    /// The size of a class in the shape of this deliverable: the class itself if that keeps the shape, else its pixels. `None`
    /// if the model has no such size.
    #[must_use]
    pub fn class(&self, tier: Tier) -> Option<SizeChoice> {
        let sizes = &self.model.value.sizes;
        let size = sizes.of_ratio(self.ratio.value, tier)?;
        let keeps = sizes.of_ratio(self.class_ratio, tier) == Some(size);
        Some(if keeps { SizeChoice::Tier(tier) } else { SizeChoice::Exact(size) })
    }
}

impl Deliverable {
    /// What counts at a knob, and where it comes from. `None` if nothing does: there is no preset, no explore stage, drafts
    /// are as large as finals; and for the cap, which is the project's.
    #[must_use]
    pub fn get(&self, knob: Knob) -> Option<Sourced<Value>> {
        fn of<T: Clone>(from: &Sourced<T>, value: impl FnOnce(T) -> Value) -> Option<Sourced<Value>> {
            let Sourced { layer, readable, .. } = *from;
            Some(Sourced { value: value(from.value.clone()), layer, readable })
        }
        match knob {
            Knob::Preset => {
                let name = self.preset.clone()?;
                Some(Sourced { value: Value::Word(name), layer: Layer::Deliverable, readable: self.preset_readable })
            }
            Knob::Ratio => of(&self.ratio, Value::Ratio),
            Knob::Size => of(&self.size, Value::Size),
            Knob::Quality => of(&self.quality, Value::Quality),
            Knob::Model => of(&self.model, |model| Value::Word(model.id.clone())),
            Knob::ServiceTier => of(&self.service, Value::Service),
            Knob::References => of(&self.references, Value::Sizes),
            Knob::PromptTokens => of(&self.prompt_tokens, Value::Count),
            Knob::CachedInput => of(&self.cached_input, Value::Percent),
            Knob::PartialImages => of(&self.partial_images, Value::Count),
            Knob::Measured => {
                let Sourced { value, layer, readable } = &self.measured;
                let value = value.clone().or_else(|| (!readable).then(Arc::default))?;
                Some(Sourced { value: Value::Measured(value), layer: *layer, readable: *readable })
            }
            Knob::Returned => of(&self.returned, Value::Flag),
            Knob::Finals => of(&self.finals, Value::Count),
            Knob::Repeat => of(&self.repeat, Value::Count),
            Knob::Drafts => of(&self.explore.as_ref()?.drafts_per_final, Value::Count),
            Knob::DraftQuality => of(&self.explore.as_ref()?.quality, Value::Quality),
            Knob::DraftSize => of(self.explore.as_ref()?.size.as_ref()?, Value::Size),
            Knob::Retry => of(&self.retry, Value::Retry),
            Knob::ImagesPerCall => of(&self.images_per_call, Value::Count),
            Knob::Pick => of(&self.pick, Value::Pick),
            Knob::Buffer => of(&self.buffer, Value::Percent),
            Knob::Surcharge => of(&self.surcharge, Value::Percent),
            Knob::Markup => of(&self.markup, Value::Percent),
            Knob::Tax => of(&self.tax, Value::Percent),
            Knob::Cap => None,
        }
    }
}

/// The default buffer in percent.
pub const DEFAULT_BUFFER_PERCENT: u32 = 20;
/// The default retry profile.
pub const DEFAULT_PROFILE: &str = "planning-default";
/// The default model.
pub const DEFAULT_MODEL: &str = "gpt-image-2";

impl Budget {
    /// Resolves a line: built in < team < project < preset < deliverable. With `None`, resolves the assumptions alone.
    /// Returns `None` only if the catalog holds no model at all.
    #[must_use]
    pub fn resolve(&self, line: Option<&Line>, catalog: &Catalog) -> Option<Deliverable> {
        let chosen = line.and_then(|line| line.settings.get(Knob::Preset));
        let preset = match chosen {
            Some(Setting::Value(Value::Word(name))) => catalog.preset(name),
            _ => None,
        };
        let filled = match (chosen, preset) {
            (_, Some(preset)) => Some(Cow::Borrowed(&preset.filled)),
            (Some(_), None) => Some(Cow::Owned(filled_by_an_unknown_preset())),
            (None, None) => None,
        };
        let mut layers = Layers { found: [None; TABLE.len()] };
        layers.apply(Layer::Team, &self.team);
        layers.apply(Layer::Project, &self.assumptions);
        if let Some(filled) = &filled {
            layers.apply(Layer::Preset, filled);
        }
        if let Some(line) = line {
            layers.apply(Layer::Deliverable, &line.settings);
        }
        let shape = layers.shape();
        let retry = layers.retry();
        Some(Deliverable {
            preset: preset.map(|preset| preset.name.clone()),
            preset_readable: chosen.is_none() || preset.is_some(),
            model: layers.model(catalog)?,
            service: layers.service(),
            ratio: shape.ratio,
            class_ratio: shape.chosen,
            size: shape.size,
            ratio_overruled: shape.overruled,
            quality: layers.quality(Knob::Quality, Quality::Medium),
            finals: layers.count(Knob::Finals, 0),
            repeat: layers.count(Knob::Repeat, 1),
            factor: self.factor(&retry.value, catalog),
            retry,
            buffer: layers.percent(Knob::Buffer, Decimal::from(DEFAULT_BUFFER_PERCENT)),
            surcharge: layers.percent(Knob::Surcharge, Decimal::ZERO),
            markup: layers.percent(Knob::Markup, Decimal::ZERO),
            tax: layers.percent(Knob::Tax, Decimal::ZERO),
            images_per_call: layers.count(Knob::ImagesPerCall, 1),
            pick: layers.pick(
                Knob::Pick,
                || Pick::One,
                |value| match value {
                    Value::Pick(pick) => Some(*pick),
                    _ => None,
                },
            ),
            prompt_tokens: layers.count(Knob::PromptTokens, 0),
            cached_input: layers.percent(Knob::CachedInput, Decimal::ZERO),
            partial_images: layers.count(Knob::PartialImages, 0),
            references: layers.pick(Knob::References, Vec::new, |value| match value {
                Value::Sizes(sizes) => Some(sizes.clone()),
                _ => None,
            }),
            measured: layers.measured(),
            returned: layers.flag(Knob::Returned),
            explore: layers.explore(),
        })
    }

    /// The factor for a retry setting; `None` if it names an unknown profile.
    #[must_use]
    pub fn factor(&self, retry: &Retry, catalog: &Catalog) -> Option<Factor> {
        match retry {
            Retry::Profile(name) => {
                self.profiles.get(name).or_else(|| catalog.profiles.get(name)).and_then(|p| p.retry.mean())
            }
            other => other.mean(),
        }
    }
}

/// Marks every knob that an unreadable preset might set as unreadable: another layer's values must not replace them.
fn filled_by_an_unknown_preset() -> Settings {
    let mut settings = Settings::default();
    for knob in [Knob::Ratio, Knob::Size, Knob::Quality, Knob::Retry, Knob::References] {
        settings.put(knob, Some(Setting::Unreadable));
    }
    settings
}

/// The setting of each knob in the most specific layer that sets it.
struct Layers<'a> {
    found: [Option<(Layer, &'a Setting)>; TABLE.len()],
}

/// Ratio and size, which are chosen together.
struct Shape {
    ratio: Sourced<Ratio>,
    chosen: Ratio,
    size: Sourced<SizeChoice>,
    overruled: Option<Ratio>,
}

impl<'a> Layers<'a> {
    /// Puts a layer on top of those before it.
    fn apply(&mut self, layer: Layer, settings: &'a Settings) {
        for (knob, setting) in settings.iter() {
            self.found[knob as usize] = Some((layer, setting));
        }
    }

    fn find(&self, knob: Knob) -> Option<(Layer, &'a Setting)> {
        self.found[knob as usize]
    }

    fn pick<T>(&self, knob: Knob, default: impl Fn() -> T, read: impl Fn(&Value) -> Option<T>) -> Sourced<T> {
        match self.find(knob) {
            None => Sourced { value: default(), layer: Layer::BuiltIn, readable: true },
            Some((layer, Setting::Value(value))) => match read(value) {
                Some(value) => Sourced { value, layer, readable: true },
                None => Sourced { value: default(), layer, readable: false },
            },
            Some((layer, Setting::Unreadable)) => Sourced { value: default(), layer, readable: false },
        }
    }

    fn count(&self, knob: Knob, default: u64) -> Sourced<u64> {
        self.pick(knob, || default, |value| if let Value::Count(count) = value { Some(*count) } else { None })
    }

    fn percent(&self, knob: Knob, default: Decimal) -> Sourced<Decimal> {
        self.pick(knob, || default, |value| if let Value::Percent(percent) = value { Some(*percent) } else { None })
    }

    fn quality(&self, knob: Knob, default: Quality) -> Sourced<QualityChoice> {
        let default = QualityChoice::Exact(default);
        self.pick(knob, || default, |value| if let Value::Quality(quality) = value { Some(*quality) } else { None })
    }

    fn size(&self, knob: Knob) -> Sourced<SizeChoice> {
        let default = SizeChoice::Tier(Tier::K1);
        self.pick(knob, || default, |value| if let Value::Size(size) = value { Some(*size) } else { None })
    }

    fn service(&self) -> Sourced<ServiceTier> {
        let standard = || ServiceTier::Standard;
        self.pick(
            Knob::ServiceTier,
            standard,
            |value| if let Value::Service(tier) = value { Some(*tier) } else { None },
        )
    }

    fn model(&self, catalog: &Catalog) -> Option<Sourced<Arc<Model>>> {
        let default = catalog.model(DEFAULT_MODEL).or_else(|| catalog.models.first())?;
        Some(self.pick(
            Knob::Model,
            || Arc::clone(default),
            |value| match value {
                Value::Word(name) => catalog.model(name).cloned(),
                _ => None,
            },
        ))
    }

    /// An exact size has its own ratio; a ratio in a more specific layer overrides an exact size of a more general one.
    fn shape(&self) -> Shape {
        let square = Ratio { w: 1, h: 1 };
        let mut ratio = self.pick(
            Knob::Ratio,
            || square,
            |value| if let Value::Ratio(ratio) = value { Some(*ratio) } else { None },
        );
        let chosen = ratio.value;
        let mut size = self.size(Knob::Size);
        let mut overruled = None;
        if let SizeChoice::Exact(exact) = size.value {
            if ratio.layer > size.layer {
                size = Sourced { value: SizeChoice::Tier(Tier::K1), layer: ratio.layer, readable: true };
            } else {
                let disagrees = ratio.layer == size.layer && ratio.readable && !ratio.value.fits(exact);
                overruled = disagrees.then_some(ratio.value);
                if ratio.layer < size.layer || disagrees {
                    ratio = Sourced { value: exact.ratio(), layer: size.layer, readable: true };
                }
            }
        }
        Shape { ratio, chosen, size, overruled }
    }

    fn retry(&self) -> Sourced<Retry> {
        self.pick(
            Knob::Retry,
            || Retry::Profile(DEFAULT_PROFILE.to_owned()),
            |value| match value {
                Value::Retry(retry) => Some(retry.clone()),
                _ => None,
            },
        )
    }

    fn measured(&self) -> Sourced<Option<Arc<Measured>>> {
        let read = |value: &Value| match value {
            Value::Measured(measured) => Some(Some(Arc::clone(measured))),
            _ => None,
        };
        self.pick(Knob::Measured, || None, read)
    }

    fn flag(&self, knob: Knob) -> Sourced<bool> {
        self.pick(knob, || false, |value| if let Value::Flag(flag) = value { Some(*flag) } else { None })
    }

    fn explore(&self) -> Option<Explore> {
        let drafts_per_final = self.count(Knob::Drafts, 0);
        if drafts_per_final.value == 0 && drafts_per_final.readable {
            return None;
        }
        let own_size = self.find(Knob::DraftSize).is_some();
        Some(Explore {
            drafts_per_final,
            quality: self.quality(Knob::DraftQuality, Quality::Low),
            size: own_size.then(|| self.size(Knob::DraftSize)),
        })
    }
}
