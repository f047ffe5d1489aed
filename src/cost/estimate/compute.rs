//! Computes one line of the worksheet: its stages, their meters, and its issues.

use crate::cost::base::count::{Count, Expected, count, images_per_final};
use crate::cost::base::money::{Decimal, Inexact, plus, times, trim_zeros};
use crate::cost::base::retry::{Pick, Retry};
use crate::cost::base::size::Size;
use crate::cost::base::tokens::Quality;
use crate::cost::budget::Catalog;
use crate::cost::budget::resolve::{Deliverable, Explore};
use crate::cost::budget::{Budget, Knob, QualityChoice, SizeChoice};
use crate::cost::estimate::bracket;
use crate::cost::estimate::fees::Fees;
use crate::cost::estimate::issue::{Issue, IssueKind};
use crate::cost::estimate::line::{Beside, Charged, LineEstimate, MeterLine, Stage, StageKind};
use crate::cost::estimate::scratch::Scratch;
use crate::cost::estimate::sums::{per_million, price, sum_up};
use crate::cost::rates::rate_card::{Billing, Meter, Rates, ServiceTier};

/// What every line of a project is computed with.
#[derive(Clone, Copy)]
pub struct Basis<'a> {
    /// The project.
    pub budget: &'a Budget,
    /// Its fees.
    pub fees: &'a Fees,
    /// Models and prices.
    pub catalog: &'a Catalog,
}

/// Computes one line.
#[must_use]
pub fn estimate_line(key: &str, deliverable: Deliverable, basis: Basis<'_>) -> LineEstimate {
    estimate_line_in(Scratch::default(), key, deliverable, basis)
}

pub(super) fn estimate_line_in(
    scratch: Scratch,
    key: &str,
    deliverable: Deliverable,
    basis: Basis<'_>,
) -> LineEstimate {
    let Scratch { key: mut own_key, mut stages, meters } = scratch;
    if own_key != key {
        key.clone_into(&mut own_key);
    }
    let Basis { budget, fees, catalog } = basis;
    let mut work = LineBuilder { key, deliverable: &deliverable, budget, catalog, issues: Vec::new(), meters };
    work.common_issues();
    let finals = work.finals();
    stages.reserve_exact(1 + usize::from(deliverable.explore.is_some()));
    if let Some(explore) = &deliverable.explore {
        stages.push(work.explore_stage(explore, finals));
    }
    let readable = work.readable(&[
        deliverable.size.blame(Knob::Size),
        deliverable.ratio.blame(Knob::Ratio),
        deliverable.quality.blame(Knob::Quality),
        deliverable.measured.blame(Knob::Measured),
        deliverable.returned.blame(Knob::Returned),
        deliverable.finals.blame(Knob::Finals),
        deliverable.repeat.blame(Knob::Repeat),
        deliverable.retry.blame(Knob::Retry),
        deliverable.images_per_call.blame(Knob::ImagesPerCall),
        deliverable.pick.blame(Knob::Pick),
    ]);
    let picture =
        Picture { size: (Knob::Size, deliverable.size.value), quality: (Knob::Quality, deliverable.quality.value) };
    let count = if readable { finals.and_then(|finals| work.final_count(finals)) } else { None };
    let fees = fees.of_line(key, &deliverable, count.as_ref());
    stages.push(work.stage(StageKind::Final, picture, count, readable));
    let buffer_readable = work.readable(&[deliverable.buffer.blame(Knob::Buffer)]);
    let surcharge = &deliverable.surcharge;
    let surcharge_readable = work.readable(&[surcharge.blame(Knob::Surcharge)]);
    let charged = Charged { surcharge: !surcharge_readable || !surcharge.value.is_zero(), fees: fees.any };
    let issues = work.issues;
    let bracket = bracket::of_line(&deliverable, |tried| {
        let tried = estimate_line(key, tried, basis);
        Some((tried.total?, tried.is_approximate()))
    });
    let line = LineEstimate {
        key: own_key,
        stages,
        images_cost: None,
        surcharge: None,
        fees: None,
        subtotal: None,
        known_subtotal: Decimal::ZERO,
        buffer: buffer_readable.then_some(Decimal::ZERO),
        total: None,
        official: None,
        charged,
        bracket,
        issues,
        deliverable,
    };
    let mut line = sum_up(line, &fees);
    let guess = retry_guess(&line, budget, catalog);
    line.issues.extend(guess);
    line
}

/// What the factor of a built-in profile rests on, if a total rests on the factor.
fn retry_guess(line: &LineEstimate, budget: &Budget, catalog: &Catalog) -> Option<Issue> {
    let deliverable = &line.deliverable;
    line.total.filter(|_| deliverable.finals.value > 0)?;
    let (Retry::Profile(name), Some(factor)) = (&deliverable.retry.value, deliverable.factor) else { return None };
    let profile = catalog.profiles.get(name).filter(|_| !budget.profiles.contains_key(name))?;
    let range = match profile.retry {
        Retry::Range { low, high, .. } => Some((low, high)),
        Retry::Factor { .. } | Retry::Accepted { .. } | Retry::Kept { .. } | Retry::Profile(_) => None,
    };
    let kind = IssueKind::RetryGuess { factor, range, grade: profile.provenance.grade? };
    Some(Issue { deliverable: Some(line.key.clone()), knob: Some(Knob::Retry), kind })
}

/// The image of a stage, with the knobs that describe it.
#[derive(Clone, Copy)]
struct Picture {
    size: (Knob, SizeChoice),
    quality: (Knob, QualityChoice),
}

struct LineBuilder<'a> {
    key: &'a str,
    deliverable: &'a Deliverable,
    budget: &'a Budget,
    catalog: &'a Catalog,
    issues: Vec<Issue>,
    /// Reused memory for the meters of each stage.
    meters: [Vec<MeterLine>; 2],
}

impl LineBuilder<'_> {
    fn say(&mut self, knob: Knob, kind: IssueKind) {
        let issue = Issue { deliverable: Some(self.key.to_owned()), knob: Some(knob), kind };
        if !self.issues.contains(&issue) {
            self.issues.push(issue);
        }
    }

    /// Whether all can be read; adds an issue for each that cannot.
    fn readable(&mut self, knobs: &[(Knob, bool)]) -> bool {
        let mut all = true;
        for &(knob, readable) in knobs {
            if !readable {
                self.say(knob, IssueKind::Unreadable);
                all = false;
            }
        }
        all
    }

    fn common_issues(&mut self) {
        let line = self.deliverable;
        // All its values may be overridden, and the line priced; the unreadable preset is an issue all the same.
        self.readable(&[(Knob::Preset, line.preset_readable)]);
        if let (Some(ratio), SizeChoice::Exact(size)) = (line.ratio_overruled, line.size.value) {
            self.say(Knob::Ratio, IssueKind::RatioDisagrees { ratio, size });
        }
        let percent = line.buffer.value;
        if line.buffer.readable && !(Decimal::TEN..=Decimal::from(30)).contains(&percent) {
            self.say(Knob::Buffer, IssueKind::BufferUnusual { percent });
        }
        match (line.factor, &line.retry.value) {
            (None, Retry::Profile(name)) if line.retry.readable => {
                self.say(Knob::Retry, IssueKind::ProfileUnknown { name: name.clone() });
            }
            (None, _) => self.say(Knob::Retry, IssueKind::Unreadable),
            (Some(_), _) => {}
        }
        if line.measured.value.is_some() && line.model.readable {
            let differs = line.measured_differs();
            match (line.model.value.billing, differs.is_empty()) {
                (Billing::ImagePrice, _) => {
                    self.say(Knob::Measured, IssueKind::MeasuredPerImage { model: line.model.value.id.clone() });
                }
                (Billing::Tokens | Billing::TokensAndImagePrice, false) => {
                    self.say(Knob::Measured, IssueKind::MeasuredUnused { differs });
                }
                (Billing::Tokens | Billing::TokensAndImagePrice, true) => {}
            }
        }
        let n = line.images_per_call.value;
        if let (Pick::One, 2.., Some(factor), Ok(images)) = (line.pick.value, n, line.factor, u32::try_from(n))
            && images <= self.catalog.extras.images_per_call_max
            && let Some(per_final) = images_per_final(factor, images)
            && per_final > factor.to_decimal()
        {
            let factor = factor.to_decimal();
            self.say(Knob::ImagesPerCall, IssueKind::SparePictures { images_per_call: n, per_final, factor });
        }
    }

    /// The finals of every repetition; `None` beyond their limit.
    fn finals(&mut self) -> Option<u64> {
        let (finals, repeat) = (self.deliverable.finals.value, self.deliverable.repeat.value);
        let most = Knob::Finals.row().range.1.unsigned_abs();
        let all = finals.checked_mul(repeat).filter(|all| *all <= most || repeat == 1);
        if all.is_none() {
            self.say(Knob::Repeat, IssueKind::TooManyFinals { finals, repeat, most });
        }
        all
    }

    /// The drafts; `finals` are those of every repetition, `None` beyond their limit.
    fn explore_stage(&mut self, explore: &Explore, finals: Option<u64>) -> Stage {
        let deliverable = self.deliverable;
        let size = explore.size.as_ref().unwrap_or(&deliverable.size);
        let size_knob = if explore.size.is_some() { Knob::DraftSize } else { Knob::Size };
        let shaped_by_ratio = !matches!(size.value, SizeChoice::Exact(_));
        let drafts = &explore.drafts_per_final;
        let images = finals.and_then(|finals| finals.checked_mul(drafts.value));
        let readable = self.readable(&[
            size.blame(size_knob),
            (deliverable.ratio.blame(Knob::Ratio).0, deliverable.ratio.readable || !shaped_by_ratio),
            explore.quality.blame(Knob::DraftQuality),
            drafts.blame(Knob::Drafts),
        ]);
        if finals.is_some() && images.is_none() {
            self.say(Knob::Finals, IssueKind::TooManyDigits);
        }
        let known = readable && deliverable.finals.readable && deliverable.repeat.readable;
        let counted = images.filter(|_| known);
        let picture = Picture { size: (size_knob, size.value), quality: (Knob::DraftQuality, explore.quality.value) };
        let count = counted.map(|images| Count::single(Expected::whole(images)));
        self.stage(StageKind::Explore, picture, count, readable)
    }

    fn final_count(&mut self, finals: u64) -> Option<Count> {
        let line = self.deliverable;
        let factor = line.factor?;
        let counted = u32::try_from(line.images_per_call.value)
            .ok()
            .filter(|images| *images <= self.catalog.extras.images_per_call_max)
            .and_then(|images| count(finals, factor, images, line.pick.value));
        if counted.is_none() {
            self.say(Knob::Finals, IssueKind::TooManyDigits);
        }
        counted
    }

    fn stage(&mut self, kind: StageKind, picture: Picture, count: Option<Count>, readable: bool) -> Stage {
        let line = self.deliverable;
        let inputs_readable = self.readable(&[
            line.model.blame(Knob::Model),
            line.service.blame(Knob::ServiceTier),
            line.references.blame(Knob::References),
            line.prompt_tokens.blame(Knob::PromptTokens),
            line.cached_input.blame(Knob::CachedInput),
            line.partial_images.blame(Knob::PartialImages),
        ]);
        let (measured, reference) = match kind {
            StageKind::Explore => (None, None),
            StageKind::Final => (line.measured_output(), line.measured_reference()),
        };
        let asked = line.exact_size(picture.size.1);
        let size = self.legal_size(picture.size.0, asked, measured);
        let quality = self.exact_quality(picture.quality, measured);
        let drawn = size.zip(quality).filter(|_| readable);
        let refused = |exact: bool, asked: bool| asked && !exact;
        let fits = !refused(size.is_some(), asked.is_some())
            && !refused(quality.is_some(), picture.quality.1 != QualityChoice::Auto);
        let formula = || drawn.and_then(|(size, quality)| line.model.value.output.count(size, quality));
        let beside = measured.filter(|_| readable && fits).map(|measured| Beside { measured, formula: formula() });
        let mut meters = std::mem::take(&mut self.meters[kind as usize]);
        meters.clear();
        meters.reserve_exact(5);
        let rates = self.budget.card(&line.model.value).rates(line.service.value).copied().unwrap_or_default();
        meters.push(self.output_meter(drawn, beside, &rates, picture));
        self.input_meters(reference, &rates, &mut meters);
        let mut stage = Stage {
            kind,
            size: asked,
            quality: match picture.quality.1 {
                QualityChoice::Exact(quality) => Some(quality),
                QualityChoice::Auto => None,
            },
            count,
            meters,
            each: None,
            total: None,
            known: Decimal::ZERO,
        };
        let priced = inputs_readable && readable;
        if price(&mut stage, priced).is_err() {
            self.say(Knob::Finals, IssueKind::TooManyDigits);
            (stage.each, stage.total, stage.known) = (None, None, Decimal::ZERO);
        }
        stage
    }

    /// The size asked for if it is legal; otherwise adds an issue that says why. `auto` asks for none, and needs none where
    /// tokens were measured.
    fn legal_size(&mut self, knob: Knob, asked: Option<Size>, measured: Option<u64>) -> Option<Size> {
        let Some(size) = asked else {
            if measured.is_none() {
                self.say(knob, IssueKind::SizeAuto);
            }
            return None;
        };
        let sizes = &self.deliverable.model.value.sizes;
        // Drafts of their own size are asked for by it.
        let own = knob != Knob::DraftSize;
        let rules = if own { self.deliverable.broken_rules(size) } else { sizes.broken(size) };
        if !rules.is_empty() {
            let nearest = sizes.nearest(size);
            self.say(knob, IssueKind::SizeIllegal { size, rules, nearest });
            return None;
        }
        if sizes.is_experimental(size) {
            self.say(knob, IssueKind::SizeExperimental { size });
        }
        Some(size)
    }

    fn exact_quality(&mut self, (knob, choice): (Knob, QualityChoice), measured: Option<u64>) -> Option<Quality> {
        let model = &self.deliverable.model.value;
        match choice {
            QualityChoice::Auto => {
                if measured.is_none() {
                    self.say(knob, IssueKind::QualityAuto);
                }
                None
            }
            QualityChoice::Exact(quality) if model.qualities.contains(&quality) => Some(quality),
            QualityChoice::Exact(quality) => {
                let (model, known) = (model.id.clone(), model.qualities.clone());
                self.say(knob, IssueKind::QualityNotOfModel { quality, model, known });
                None
            }
        }
    }

    fn output_meter(
        &mut self,
        drawn: Option<(Size, Quality)>,
        beside: Option<Beside>,
        rates: &Rates,
        picture: Picture,
    ) -> MeterLine {
        let model = &self.deliverable.model.value;
        let partial = match self.deliverable.partial_images.value {
            0 => Some(Decimal::ZERO),
            images => times(Decimal::from(self.catalog.extras.partial_image_tokens), Decimal::from(images)).ok(),
        };
        let formula = || drawn.and_then(|(size, quality)| model.output.count(size, quality));
        let plain = beside.map_or_else(formula, |beside| Some(beside.measured));
        // Prices per image are published for standard service only.
        let image_price = match (model.billing, self.deliverable.service.value) {
            (Billing::Tokens, _) | (_, ServiceTier::Batch) => None,
            _ => drawn.filter(|_| beside.is_none()).and_then(|(size, quality)| model.image_price(size, quality)),
        };
        let tokens = plain.and_then(|tokens| plus(Decimal::from(tokens), partial?).ok());
        match (tokens, image_price, drawn) {
            (None, None, Some(_)) if model.billing == Billing::ImagePrice => self.no_rate(Meter::ImageOutput),
            (None, None, Some((size, quality))) => {
                let model = model.id.clone();
                self.say(picture.quality.0, IssueKind::TokensUnknown { model, quality, size });
            }
            _ => {}
        }
        let by_formula = drawn.filter(|_| beside.is_none());
        if let Some((size, quality)) = by_formula.filter(|(size, quality)| model.output.is_approximate(*size, *quality))
        {
            let model = model.id.clone();
            self.say(picture.quality.0, IssueKind::TokensApproximate { model, quality, size });
        }
        let mut line = MeterLine { beside, ..self.meter(Meter::ImageOutput, tokens, rates) };
        if let Some(price) = image_price {
            // The official price covers the image itself; streamed partial images are added by tokens.
            let extra = match (partial, line.rate) {
                (Some(none), _) if none.is_zero() => Some(Decimal::ZERO),
                (Some(partial), Some(rate)) => per_million(partial, rate).ok(),
                _ => None,
            };
            line.image_price = Some(price);
            line.each = extra.and_then(|extra| plus(price, extra).ok());
            if line.each.is_none() {
                self.no_rate(Meter::ImageOutput);
            }
        }
        line
    }

    fn input_meters(&mut self, measured: Option<u64>, rates: &Rates, meters: &mut Vec<MeterLine>) {
        let line = self.deliverable;
        let model = &line.model.value;
        if model.billing == Billing::ImagePrice {
            return;
        }
        let formula =
            line.references.value.iter().try_fold(0_u64, |sum, size| Some(sum + model.references.count(*size)?));
        let images = measured.or(formula);
        let beside = measured.map(|measured| Beside { measured, formula });
        if images.is_none() {
            self.say(Knob::References, IssueKind::ReferenceTokensUnknown { model: model.id.clone() });
        }
        let text = line.prompt_tokens.value.checked_add(self.catalog.extras.prompt_overhead_tokens);
        if text.is_none() {
            self.say(Knob::PromptTokens, IssueKind::TooManyDigits);
        }
        let cached = times(line.cached_input.value, Decimal::new(1, 2)).unwrap_or(Decimal::ZERO);
        for &(tokens, beside, plain, from_cache) in &[
            (images, beside, Meter::ImageInput, Meter::ImageInputCached),
            (text, None, Meter::TextInput, Meter::TextInputCached),
        ] {
            let tokens = tokens.map(Decimal::from);
            let (plain_tokens, cached_tokens) = match cached.is_zero() {
                true => (tokens, tokens.and(Some(Decimal::ZERO))),
                false => {
                    let cached = tokens.and_then(|tokens| times(tokens, cached).ok());
                    (tokens.zip(cached).and_then(|(all, cached)| plus(all, -cached).ok()), cached)
                }
            };
            meters.push(MeterLine { beside, ..self.meter(plain, plain_tokens, rates) });
            meters.push(self.meter(from_cache, cached_tokens, rates));
        }
    }

    fn meter(&mut self, meter: Meter, tokens: Option<Decimal>, rates: &Rates) -> MeterLine {
        let rate = rates.get(meter);
        let needed = tokens.is_some_and(|tokens| !tokens.is_zero());
        if needed && rate.is_none() {
            self.no_rate(meter);
        }
        let each = match (tokens, rate) {
            (Some(tokens), _) if tokens.is_zero() => Some(Decimal::ZERO),
            (Some(tokens), Some(rate)) => match per_million(tokens, rate) {
                Ok(each) => Some(each),
                Err(Inexact) => {
                    self.say(Knob::CachedInput, IssueKind::TooManyDigits);
                    None
                }
            },
            _ => None,
        };
        MeterLine { meter, tokens: tokens.map(trim_zeros), rate, image_price: None, beside: None, each, cost: None }
    }

    fn no_rate(&mut self, meter: Meter) {
        let (card, tier) = (self.deliverable.model.value.card_id(), self.deliverable.service.value);
        // A tier without any price is one gap in the list, not one for each meter.
        let model = &self.deliverable.model.value;
        let whole_tier = self.budget.card(model).rates(tier).is_none();
        if whole_tier && tier == ServiceTier::Batch && !model.offers_batch {
            return self.say(Knob::ServiceTier, IssueKind::BatchNotOffered { model: model.id.clone() });
        }
        let said = |issue: &Issue| matches!(issue.kind, IssueKind::RateUnknown { .. });
        if !(whole_tier && self.issues.iter().any(said)) {
            self.say(Knob::ServiceTier, IssueKind::RateUnknown { card, tier, meter });
        }
    }
}
