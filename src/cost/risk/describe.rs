//! From a project and its estimate to what varies in it.

use crate::cost::base::money::Decimal;
use crate::cost::base::retry::{Confidence, Factor, Pick, Retry};
use crate::cost::budget::fee::Per;
use crate::cost::budget::{Budget, Catalog, Layer};
use crate::cost::estimate::fees::Fees;
use crate::cost::estimate::line::LineEstimate;
use crate::cost::estimate::named_risks::{CountedRisk, RiskEffect, counting};
use crate::cost::estimate::{Estimate, Totals};
use crate::cost::risk::kinds::float;
use crate::cost::risk::prior::{Fitted, Prior};
use crate::cost::risk::work::{ExtraFinals, ExtraMoney, Item, Mode, Profile, Work};
use std::collections::{BTreeMap, BTreeSet};

/// Why the spread of a total is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// A part of the total has no price, or too many digits.
    Price,
    /// No deliverable has finals.
    Finals,
}

/// Which deliverables share the doubt about a retry factor.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sharing {
    /// All that take the project's own factor.
    Project,
    /// All that name this retry profile.
    Named(String),
    /// The deliverable of this key, which has a factor of its own.
    Own(String),
}

/// A retry factor of a project, with what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Shared {
    /// Who shares it.
    pub sharing: Sharing,
    /// The factor.
    pub fitted: Fitted,
    /// Its deliverables with finals, by their place in the project.
    pub deliverables: Vec<usize>,
}

/// What varies in a project, and what its percentiles are compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct Described {
    /// What varies, on the cost side: before markup and tax.
    pub work: Work,
    /// The factors, in the order of the profiles of `work`.
    pub factors: Vec<Shared>,
    /// The named risks that count, in the order of their keys; the work counts them by their place here.
    pub risks: Vec<CountedRisk>,
    /// USD of the worksheet before buffer, markup and tax.
    pub subtotal: Decimal,
    /// USD that the buffer is a percentage of.
    pub buffered: Decimal,
    /// Percent of markup and of tax.
    pub on_top: (Decimal, Decimal),
}

/// How many finals of experience a word is worth.
fn worth(confidence: Option<Confidence>) -> f64 {
    match confidence {
        Some(Confidence::Guess) => 4.0,
        Some(Confidence::Some) | None => 8.0,
        Some(Confidence::Measured) => 16.0,
        Some(Confidence::WellKnown) => 32.0,
        Some(Confidence::Fixed) => f64::INFINITY,
        Some(Confidence::Worth(finals)) => float(finals),
    }
}

/// A retry factor with its doubt: of a range the fitted one, else the one that its word is worth.
#[must_use]
pub fn fitted(retry: &Retry, factor: Factor, budget: &Budget, catalog: &Catalog) -> Fitted {
    let mean = factor.a() as f64 / factor.b() as f64;
    let named = match retry {
        Retry::Profile(name) => budget.profiles.get(name).or_else(|| catalog.profiles.get(name)),
        Retry::Factor { .. } | Retry::Accepted { .. } | Retry::Kept { .. } | Retry::Range { .. } => None,
    };
    let plain = |worth| Fitted { prior: Prior { retry: mean, worth }, clamped_from: None };
    match named.map_or(retry, |profile| &profile.retry) {
        Retry::Factor { confidence, .. } | Retry::Accepted { confidence, .. } => plain(worth(*confidence)),
        Retry::Kept { kept, .. } => Prior::of_evidence(mean, *kept as f64),
        Retry::Range { low, high, .. } => Prior::of_range(mean, float(*low), float(*high)),
        Retry::Profile(_) => plain(worth(None)),
    }
}

/// What one line adds.
struct Part {
    item: Item,
    constant: Decimal,
    buffered: Decimal,
}

/// Sums of thousands of lines, most of which add nothing.
fn plus(a: Decimal, b: Decimal) -> Result<Decimal, Missing> {
    match (a.is_zero(), b.is_zero()) {
        (true, _) => Ok(b),
        (false, true) => Ok(a),
        (false, false) => a.checked_add(b).ok_or(Missing::Price),
    }
}

fn times(a: Decimal, b: Decimal) -> Result<Decimal, Missing> {
    a.checked_mul(b).ok_or(Missing::Price)
}

/// An amount with so many percent on it.
fn with_percent(amount: Decimal, percent: Decimal) -> Result<Decimal, Missing> {
    if percent.is_zero() {
        return Ok(amount);
    }
    times(amount, plus(Decimal::ONE, times(percent, Decimal::new(1, 2))?)?)
}

/// What varies in a project.
///
/// # Errors
/// If a part has no price, or there are no finals.
pub fn describe(budget: &Budget, estimate: &Estimate, catalog: &Catalog) -> Result<Described, Missing> {
    let assumptions = estimate.assumptions.as_ref().ok_or(Missing::Price)?;
    let on_top = (assumptions.markup.value, assumptions.tax.value);
    let described = describe_lines(estimate.lines.iter(), (&estimate.totals, on_top), budget, catalog)?;
    if described.factors.is_empty() { Err(Missing::Finals) } else { Ok(described) }
}

/// The same of any lines of a project, in their order from its first one on, with their totals and the percent of markup and of
/// tax. Without finals only named risks vary.
///
/// # Errors
/// If a part has no price.
pub fn describe_lines<'l>(
    lines: impl Iterator<Item = &'l LineEstimate>,
    (totals, on_top): (&Totals, (Decimal, Decimal)),
    budget: &Budget,
    catalog: &Catalog,
) -> Result<Described, Missing> {
    let (Some(_), Some(subtotal)) = (totals.total, totals.subtotal) else { return Err(Missing::Price) };
    let of_project = totals.invoice.project_fees.unwrap_or_default();
    let fees = Fees::of(budget);
    let risks = counting(budget);
    let at_risk = lines_at_risk(&risks);
    let mut profiles = Profiles::default();
    let (mut constant, mut buffered) = (of_project, Decimal::ZERO);
    for (at, line) in lines.enumerate() {
        let is_at_risk = at_risk.contains(&at);
        let part = part(at, line, &fees, is_at_risk)?;
        constant = plus(constant, part.constant)?;
        buffered = plus(buffered, part.buffered)?;
        if part.item.finals == 0 && !is_at_risk {
            continue;
        }
        let deliverable = &line.deliverable;
        let factor = deliverable.factor.ok_or(Missing::Price)?;
        let (shared, items) = profiles.of(line, || fitted(&deliverable.retry.value, factor, budget, catalog));
        shared.deliverables.push(at);
        items.push(part.item);
    }
    profiles.all.sort_by(|(one, _), (other, _)| one.sharing.cmp(&other.sharing));
    let (factors, items): (Vec<Shared>, Vec<Vec<Item>>) = profiles.all.into_iter().unzip();
    let profile = |(shared, items): (&Shared, Vec<Item>)| {
        let extras = extras(&risks, &items, budget, &fees)?;
        Ok(Profile { prior: shared.fitted.prior, items, extras })
    };
    let profiles = factors.iter().zip(items).map(profile).collect::<Result<_, Missing>>()?;
    Ok(Described {
        work: Work { constant, profiles, amounts: amounts(&risks) },
        factors,
        risks,
        subtotal: plus(subtotal, of_project)?,
        buffered,
        on_top,
    })
}

/// The deliverables that may get more finals, by their place in the project.
fn lines_at_risk(risks: &[CountedRisk]) -> BTreeSet<usize> {
    let line = |risk: &CountedRisk| match risk.effect {
        RiskEffect::Finals(line, _) => Some(line),
        RiskEffect::Usd(_) => None,
    };
    risks.iter().filter_map(line).collect()
}

/// Numbers with their shares: one, or three at 30, 40 and 30 percent.
fn weighed<T: Copy>(points: &[T]) -> Vec<(f64, T)> {
    match *points {
        [low, likely, high] => vec![(0.3, low), (0.4, likely), (0.3, high)],
        _ => points.iter().map(|point| (1.0, *point)).collect(),
    }
}

fn chance(risk: &CountedRisk) -> f64 {
    float(risk.chance) / 100.0
}

/// The risks that bring more finals of these items. Each of those bears the fee per final too, and brings no drafts.
fn extras(risks: &[CountedRisk], items: &[Item], budget: &Budget, fees: &Fees) -> Result<Vec<ExtraFinals>, Missing> {
    let mut extras = Vec::new();
    for (risk, counted) in risks.iter().enumerate() {
        let RiskEffect::Finals(line, finals) = &counted.effect else { continue };
        let Some(item) = items.iter().position(|item| item.deliverable == *line) else { continue };
        let key = budget.lines.get(*line).map_or("", |line| line.key.as_str());
        let fee = fees.each_of_line(key, Per::Final).ok_or(Missing::Price)?;
        extras.push(ExtraFinals { risk, item, chance: chance(counted), cases: weighed(finals), fee });
    }
    Ok(extras)
}

/// The risks that cost money.
fn amounts(risks: &[CountedRisk]) -> Vec<ExtraMoney> {
    let amount = |(risk, counted): (usize, &CountedRisk)| match &counted.effect {
        RiskEffect::Usd(usd) => Some(ExtraMoney { risk, chance: chance(counted), cases: weighed(usd) }),
        RiskEffect::Finals(..) => None,
    };
    risks.iter().enumerate().filter_map(amount).collect()
}

/// Profiles as they are met, with their items. Thousands of deliverables may have a factor of their own, so no key is looked for
/// that is met once.
#[derive(Default)]
struct Profiles<'l> {
    all: Vec<(Shared, Vec<Item>)>,
    project: Option<usize>,
    named: BTreeMap<&'l str, usize>,
}

impl<'l> Profiles<'l> {
    /// Whose doubt a line shares: that of the profile that it names, else the project's, unless its factor is its own.
    fn of(&mut self, line: &'l LineEstimate, fitted: impl FnOnce() -> Fitted) -> &mut (Shared, Vec<Item>) {
        let retry = &line.deliverable.retry;
        let new = self.all.len();
        let (at, sharing) = match (&retry.value, retry.layer) {
            (Retry::Profile(name), _) => {
                let at = *self.named.entry(name).or_insert(new);
                (at, (at == new).then(|| Sharing::Named(name.clone())))
            }
            (_, Layer::Deliverable) => (new, Some(Sharing::Own(line.key.clone()))),
            (_, Layer::BuiltIn | Layer::Team | Layer::Project | Layer::Preset) => {
                let at = *self.project.get_or_insert(new);
                (at, (at == new).then_some(Sharing::Project))
            }
        };
        if let Some(sharing) = sharing {
            self.all.push((Shared { sharing, fitted: fitted(), deliverables: Vec::new() }, Vec::new()));
        }
        &mut self.all[at]
    }
}

/// The price of a try and the constants of a line. Fees for each image and call grow with the tries; drafts, and fees for the
/// deliverable and for its finals, do not.
fn part(at: usize, line: &LineEstimate, fees: &Fees, is_at_risk: bool) -> Result<Part, Missing> {
    let deliverable = &line.deliverable;
    let finals = deliverable.all_finals();
    let surcharge = deliverable.surcharge.value;
    let images = deliverable.images_per_call.value;
    let (mut image, mut call, mut constant) = (Decimal::ZERO, Decimal::ZERO, Decimal::ZERO);
    let mut buffered = plus(line.images_cost.ok_or(Missing::Price)?, line.surcharge.ok_or(Missing::Price)?)?;
    for stage in line.stages.iter().rev().skip(1) {
        constant = plus(constant, with_percent(stage.total.ok_or(Missing::Price)?, surcharge)?)?;
    }
    if finals > 0 || is_at_risk {
        let each = line.final_stage().and_then(|stage| stage.each).ok_or(Missing::Price)?;
        let fee = |per| fees.each_of_line(&line.key, per).ok_or(Missing::Price);
        image = plus(with_percent(each, surcharge)?, fee(Per::Image)?)?;
        call = fee(Per::Call)?;
    }
    for row in fees.rows_of_line(&line.key, deliverable, line.final_count()) {
        let usd = row.usd.ok_or(Missing::Price)?;
        match row.per.ok_or(Missing::Price)? {
            Per::Image | Per::Call => {}
            Per::Project | Per::Month | Per::Deliverable | Per::Final => constant = plus(constant, usd)?,
        }
        if row.per.is_some_and(Per::bears_buffer) {
            buffered = plus(buffered, usd)?;
        }
    }
    let count = u32::try_from(images).map_err(|_| Missing::Price)?;
    let mode = match (count, deliverable.pick.value) {
        (0 | 1, _) => Mode::Single,
        (count, Pick::One) => Mode::Each(count),
        (count, Pick::Many) => Mode::Pool(count),
    };
    let pictures = if images <= 1 { image } else { times(image, Decimal::from(images))? };
    let unit = plus(pictures, call)?;
    Ok(Part { item: Item { deliverable: at, finals, unit, mode }, constant, buffered })
}
