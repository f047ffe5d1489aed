//! How the journal writes fees and named risks.

use super::Wire;
use crate::cost::base::money::{Currency, Decimal};
use crate::cost::budget::{Charge, Fee, FeeKey, NamedRisk, Per, Points, RiskAmount, RiskKey};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeSet;

#[derive(Serialize, Deserialize)]
#[serde(remote = "Fee")]
struct FeeForm {
    #[serde(with = "Wire")]
    amount: Option<Charge>,
    #[serde(with = "Wire")]
    per: Option<Per>,
    deliverables: Option<Vec<String>>,
    note: Option<String>,
    off: Option<bool>,
    #[serde(with = "Wire")]
    unreadable: BTreeSet<FeeKey>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Charge")]
struct ChargeForm {
    #[serde(with = "Wire")]
    amount: Decimal,
    #[serde(with = "Wire")]
    currency: Option<Currency>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "NamedRisk")]
struct RiskForm {
    name: Option<String>,
    #[serde(with = "Wire")]
    chance: Option<Decimal>,
    #[serde(with = "Wire")]
    finals: Option<Points<u64>>,
    deliverable: Option<String>,
    #[serde(with = "Wire")]
    amount: Option<RiskAmount>,
    note: Option<String>,
    off: Option<bool>,
    #[serde(with = "Wire")]
    unreadable: BTreeSet<RiskKey>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "RiskAmount")]
struct RiskAmountForm {
    #[serde(with = "Wire")]
    points: Points<Decimal>,
    #[serde(with = "Wire")]
    currency: Option<Currency>,
}

/// A number, or a list of three.
#[derive(Serialize, Deserialize)]
#[serde(untagged, bound(serialize = "T: Wire", deserialize = "T: Wire"))]
enum PointsForm<T> {
    One(#[serde(with = "Wire")] T),
    Range(#[serde(with = "Wire")] Vec<T>),
}

impl Wire for u64 {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_u64(*self)
    }

    fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        <u64 as Deserialize>::deserialize(input)
    }
}

impl<T: Wire + Copy + PartialOrd> Wire for Points<T> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let form = match *self {
            Points::One(number) => PointsForm::One(number),
            Points::Range { .. } => PointsForm::Range(self.all()),
        };
        Serialize::serialize(&form, out)
    }

    fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let wrong = || D::Error::custom("points");
        match <PointsForm<T> as Deserialize>::deserialize(input)? {
            PointsForm::One(number) => Ok(Points::One(number)),
            PointsForm::Range(points) => match points[..] {
                [low, likely, high] => Points::range(low, likely, high).ok_or_else(wrong),
                _ => Err(wrong()),
            },
        }
    }
}

mirrored! {
    Fee: FeeForm,
    Charge: ChargeForm,
    NamedRisk: RiskForm,
    RiskAmount: RiskAmountForm,
}

spelled! {
    Per: |per| per.name().to_owned(), Per::parse;
    FeeKey: |key| key.name().to_owned(), FeeKey::parse;
    RiskKey: |key| key.name().to_owned(), RiskKey::parse;
}
