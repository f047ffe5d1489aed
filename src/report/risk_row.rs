//! How sure a total is, for scripts: the same object in `estimate` and in `risk`.

use super::Report;
use super::levers::keys;
use crate::cost::base::money::Decimal;
use crate::cost::risk::{FactorDoubt, NamedShare, PERCENTILES, Risk, Sharing, Withheld};
use crate::figures;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;
use std::collections::BTreeMap;

/// What is known of a project's total, for scripts.
pub(super) fn row(report: &Report<'_>, risk: &Risk) -> RiskRow {
    let told = |percent: u8| risk.withheld(percent).is_none();
    let total = report.estimate.totals.total;
    let budget = report.budget;
    let named = |percent| figures::percentile_name(percent);
    let within = |chance: Decimal| risk.tells(chance).then(|| float(chance));
    let under = budget.cap().and_then(|cap| risk.under(budget, cap)).filter(|under| risk.tells(under.1));
    let over = under.and_then(|(_, under)| Decimal::ONE.checked_sub(under));
    RiskRow {
        mean: float(risk.mean()),
        worksheet: float(risk.worksheet()),
        floor: float(risk.floor()),
        sd: float(risk.sd()),
        percentiles: PERCENTILES
            .into_iter()
            .map(|percent| (named(percent), told(percent).then(|| float(risk.percentile(percent)))))
            .collect(),
        buffer_confidence: total.and_then(|total| within(risk.within(total))),
        buffer_confidence_if_worse: total.and_then(|total| within(risk.within_if_worse(total))),
        buffer_needed: PERCENTILES
            .into_iter()
            .map(|percent| (named(percent), risk.buffer_for(percent).filter(|_| told(percent)).map(of_hundred)))
            .collect(),
        over_cap: over.map(float),
        spread: risk.layers().map(|layers| SpreadRow {
            luck: float(layers.luck),
            factor: float(layers.factor),
            risks: float(layers.risks),
        }),
        deliverables: risk.deliverables().iter().map(|&(at, share)| share_row(report, at, share)).collect(),
        named: risk.named().iter().map(named_row).collect(),
        dependence: risk.factors().iter().map(|doubt| factor_row(report, doubt)).collect(),
        withheld: PERCENTILES.into_iter().find_map(|percent| risk.withheld(percent)).map(|why| match why {
            Withheld::WideRange => "wide-range",
        }),
    }
}

/// A deliverable's share of the variance.
pub(super) fn share_row(report: &Report<'_>, at: usize, share: Decimal) -> ShareRow {
    ShareRow { key: keys([at].into_iter(), report).pop().unwrap_or_default(), share: float(share) }
}

fn named_row(one: &NamedShare) -> NamedRow {
    NamedRow {
        key: one.risk.key.clone(),
        name: one.risk.title.clone(),
        chance: of_hundred(one.risk.chance),
        adds: float(one.adds),
        share: float(one.share),
    }
}

fn factor_row(report: &Report<'_>, doubt: &FactorDoubt) -> FactorRow {
    FactorRow {
        profile: profile_name(&doubt.shared.sharing),
        deliverables: keys(doubt.shared.deliverables.iter().copied(), report),
        retry: float(doubt.retry),
        evidence: doubt.worth.map(float),
        low: float(doubt.between.0),
        high: float(doubt.between.1),
        clamped: doubt.shared.fitted.clamped_from.is_some(),
    }
}

/// A decimal as a JSON number: percentiles are approximations, and look like it.
pub(super) fn float(decimal: Decimal) -> f64 {
    decimal.to_f64().unwrap_or_default()
}

/// A percentage as a share.
fn of_hundred(percent: Decimal) -> f64 {
    float(percent.checked_mul(Decimal::new(1, 2)).unwrap_or_default())
}

/// The name of a profile that deliverables share; `None` for the project's own factor and for a deliverable's.
fn profile_name(sharing: &Sharing) -> Option<String> {
    match sharing {
        Sharing::Named(name) => Some(name.clone()),
        Sharing::Project | Sharing::Own(_) => None,
    }
}

/// How sure a total is, as numbers: percentiles are approximations, and look like it.
#[derive(Serialize)]
pub(super) struct RiskRow {
    mean: f64,
    worksheet: f64,
    floor: f64,
    sd: f64,
    percentiles: BTreeMap<String, Option<f64>>,
    buffer_confidence: Option<f64>,
    buffer_confidence_if_worse: Option<f64>,
    buffer_needed: BTreeMap<String, Option<f64>>,
    over_cap: Option<f64>,
    spread: Option<SpreadRow>,
    deliverables: Vec<ShareRow>,
    named: Vec<NamedRow>,
    dependence: Vec<FactorRow>,
    withheld: Option<&'static str>,
}

#[derive(Serialize)]
struct SpreadRow {
    luck: f64,
    factor: f64,
    risks: f64,
}

/// A deliverable's share.
#[derive(Serialize)]
pub(super) struct ShareRow {
    pub(super) key: String,
    share: f64,
}

#[derive(Serialize)]
struct NamedRow {
    key: String,
    name: String,
    chance: f64,
    adds: f64,
    share: f64,
}

#[derive(Serialize)]
struct FactorRow {
    profile: Option<String>,
    deliverables: Vec<String>,
    retry: f64,
    evidence: Option<f64>,
    low: f64,
    high: f64,
    clamped: bool,
}
