//! How the journal writes scenarios and the baseline.

use super::Wire;
use crate::cost::base::money::{Currency, Decimal};
use crate::cost::budget::{Baseline, Changes, Fee, LinePatch, NamedRisk, Scenario};
use crate::cost::{Line, Settings};
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;

#[derive(Serialize, Deserialize)]
#[serde(remote = "Scenario")]
struct ScenarioForm {
    name: Option<String>,
    note: Option<String>,
    #[serde(with = "Wire")]
    changes: Changes,
    #[serde(with = "Wire")]
    was: Changes,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Changes")]
struct ChangesForm {
    #[serde(with = "Wire")]
    assumptions: Settings,
    #[serde(with = "Wire")]
    lines: BTreeMap<String, LinePatch>,
    #[serde(with = "Wire")]
    fees: BTreeMap<String, Fee>,
    /// Journals of before there were named risks have none.
    #[serde(with = "Wire", default)]
    risks: BTreeMap<String, NamedRisk>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "LinePatch")]
struct LinePatchForm {
    remove: Option<bool>,
    #[serde(with = "Wire")]
    line: Line,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Baseline")]
struct BaselineForm {
    scenario: Option<String>,
    #[serde(with = "Wire")]
    total: Option<Decimal>,
    #[serde(with = "Wire")]
    mean: Option<Decimal>,
    #[serde(with = "Wire")]
    currency: Option<Currency>,
    #[serde(with = "Wire")]
    on: Option<Date>,
    #[serde(with = "Wire")]
    prices: Option<Date>,
    #[serde(with = "Wire")]
    lines: BTreeMap<String, Decimal>,
}

mirrored! {
    Scenario: ScenarioForm,
    Changes: ChangesForm,
    LinePatch: LinePatchForm,
    Baseline: BaselineForm,
}
