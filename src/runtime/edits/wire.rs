//! How the journal writes edits and their values.
//!
//! The engine knows no serde, so each of its types has a mirror here (serde's `remote`). The compiler keeps the two in step: a
//! field or variant missing from the mirror does not compile. Values that people type as one word are written as that word;
//! decimals are text, so that no digit is lost.

use crate::cost::base::money::{Currency, Decimal, Exchange, Shown};
use crate::cost::base::retry::{Confidence, Pick, Retry};
use crate::cost::base::size::{Ratio, Size, Tier};
use crate::cost::base::tokens::Quality;
use crate::cost::budget::edit::{Edit, Scope, TextField};
use crate::cost::budget::{Baseline, Cap, Fee, Measured, NamedRisk, QualityChoice, Scenario, SizeChoice};
use crate::cost::rates::card::Inputs;
use crate::cost::rates::rate_card::{Grade, Meter, Provenance, Rates, ServiceTier, TokenCard};
use crate::cost::{Budget, Knob, Line, Setting, Settings, Value};
use jiff::civil::Date;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A type of the engine with its form in the journal. Named like serde's own functions, so that a field says `with = "Wire"`.
pub(super) trait Wire: Sized {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error>;
    fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error>;
}

/// An owned value inside serde's lists, maps and options.
#[derive(Serialize, Deserialize)]
#[serde(transparent, bound(serialize = "T: Wire", deserialize = "T: Wire"))]
pub(super) struct Wired<T>(#[serde(with = "Wire")] pub(super) T);

/// The same for a borrowed value.
#[derive(Serialize)]
#[serde(transparent, bound(serialize = "T: Wire"))]
struct WiredRef<'a, T>(#[serde(serialize_with = "by_reference")] &'a T);

fn by_reference<T: Wire, S: Serializer>(value: &&T, out: S) -> Result<S::Ok, S::Error> {
    value.serialize(out)
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Edit", rename_all = "lowercase")]
enum EditForm {
    Knob {
        #[serde(with = "Wire")]
        scope: Scope,
        #[serde(with = "Wire")]
        knob: Knob,
        #[serde(with = "Wire")]
        before: Option<Setting>,
        #[serde(with = "Wire")]
        after: Option<Setting>,
    },
    Text {
        #[serde(with = "Wire")]
        field: TextField,
        before: Option<String>,
        after: Option<String>,
    },
    Insert {
        index: usize,
        #[serde(with = "Wire")]
        line: Box<Line>,
    },
    Remove {
        index: usize,
        #[serde(with = "Wire")]
        line: Box<Line>,
    },
    Move {
        from: usize,
        to: usize,
    },
    Position {
        index: usize,
        before: Option<i64>,
        after: Option<i64>,
    },
    /// Split into its parts before it is written.
    #[serde(skip)]
    #[allow(dead_code, reason = "the mirror has every variant, and serde makes none of this one")]
    Whole {
        before: Arc<Budget>,
        after: Arc<Budget>,
    },
    Pins {
        #[serde(with = "Wire")]
        before: BTreeMap<String, TokenCard>,
        #[serde(with = "Wire")]
        after: BTreeMap<String, TokenCard>,
    },
    Compare {
        before: Vec<String>,
        after: Vec<String>,
    },
    Fee {
        name: String,
        #[serde(with = "Wire")]
        before: Option<Box<Fee>>,
        #[serde(with = "Wire")]
        after: Option<Box<Fee>>,
    },
    Risk {
        key: String,
        #[serde(with = "Wire")]
        before: Option<Box<NamedRisk>>,
        #[serde(with = "Wire")]
        after: Option<Box<NamedRisk>>,
    },
    Scenario {
        key: String,
        #[serde(with = "Wire")]
        before: Option<Arc<Scenario>>,
        #[serde(with = "Wire")]
        after: Option<Arc<Scenario>>,
    },
    Baseline {
        #[serde(with = "Wire")]
        before: Box<Baseline>,
        #[serde(with = "Wire")]
        after: Box<Baseline>,
    },
    Inputs {
        card: String,
        #[serde(with = "Wire")]
        before: Option<Inputs>,
        #[serde(with = "Wire")]
        after: Option<Inputs>,
    },
    Months {
        before: Option<u32>,
        after: Option<u32>,
    },
    Shown {
        #[serde(with = "Wire")]
        before: Shown,
        #[serde(with = "Wire")]
        after: Shown,
    },
    Extends {
        before: Option<String>,
        after: Option<String>,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Scope", rename_all = "lowercase")]
enum ScopeForm {
    Assumptions,
    Line(usize),
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "TextField", rename_all = "kebab-case")]
enum TextFieldForm {
    ProjectName,
    Client,
    Notes,
    LineName(usize),
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Line")]
struct LineForm {
    key: String,
    name: Option<String>,
    position: Option<i64>,
    note: Option<String>,
    #[serde(with = "Wire")]
    settings: Settings,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Setting", rename_all = "lowercase")]
enum SettingForm {
    Unreadable,
    #[serde(untagged)]
    Value(#[serde(with = "Wire")] Value),
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Value", rename_all = "lowercase")]
enum ValueForm {
    Word(String),
    Service(#[serde(with = "Wire")] ServiceTier),
    Ratio(#[serde(with = "Wire")] Ratio),
    Size(#[serde(with = "Wire")] SizeChoice),
    Quality(#[serde(with = "Wire")] QualityChoice),
    Count(u64),
    Percent(#[serde(with = "Wire")] Decimal),
    Retry(#[serde(with = "Wire")] Retry),
    Pick(#[serde(with = "Wire")] Pick),
    Sizes(#[serde(with = "Wire")] Vec<Size>),
    Cap(#[serde(with = "Wire")] Cap),
    Measured(#[serde(with = "Wire")] Arc<Measured>),
    Flag(bool),
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Measured")]
struct MeasuredForm {
    output: Option<u64>,
    reference: Option<u64>,
    source: Option<String>,
    model: Option<String>,
    #[serde(with = "Wire")]
    size: Option<SizeChoice>,
    #[serde(with = "Wire")]
    quality: Option<QualityChoice>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Shown")]
struct ShownForm {
    #[serde(with = "Wire")]
    currency: Currency,
    #[serde(with = "Wire")]
    exchange: Option<Exchange>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Exchange")]
struct ExchangeForm {
    #[serde(with = "Wire")]
    rate: Decimal,
    #[serde(with = "Wire")]
    as_of: Date,
    source: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Cap")]
struct CapForm {
    #[serde(with = "Wire")]
    amount: Decimal,
    #[serde(with = "Wire")]
    currency: Option<Currency>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Retry", rename_all = "lowercase")]
enum RetryForm {
    Factor {
        #[serde(with = "Wire")]
        factor: Decimal,
        #[serde(with = "Wire")]
        confidence: Option<Confidence>,
    },
    Accepted {
        #[serde(with = "Wire")]
        percent: Decimal,
        #[serde(with = "Wire")]
        confidence: Option<Confidence>,
    },
    Kept {
        kept: u64,
        made: u64,
    },
    Range {
        #[serde(with = "Wire")]
        low: Decimal,
        #[serde(with = "Wire")]
        likely: Decimal,
        #[serde(with = "Wire")]
        high: Decimal,
    },
    Profile(String),
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Confidence", rename_all = "kebab-case")]
enum ConfidenceForm {
    Guess,
    Some,
    Measured,
    WellKnown,
    Fixed,
    Worth(#[serde(with = "Wire")] Decimal),
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "TokenCard")]
struct TokenCardForm {
    #[serde(with = "Wire")]
    standard: Option<Rates>,
    #[serde(with = "Wire")]
    batch: Option<Rates>,
    #[serde(with = "Wire")]
    provenance: Provenance,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Provenance")]
struct ProvenanceForm {
    source: String,
    #[serde(with = "Wire")]
    checked: Option<Date>,
    #[serde(with = "Wire")]
    grade: Option<Grade>,
}

/// Types written through their mirrors.
macro_rules! mirrored {
    ($($engine:ty: $mirror:ident,)+) => {$(
        impl Wire for $engine {
            fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                $mirror::serialize(self, out)
            }

            fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                $mirror::deserialize(input)
            }
        }
    )+};
}

mod scenarios;

mirrored! {
    Edit: EditForm,
    Scope: ScopeForm,
    TextField: TextFieldForm,
    Line: LineForm,
    Setting: SettingForm,
    Value: ValueForm,
    Cap: CapForm,
    Shown: ShownForm,
    Exchange: ExchangeForm,
    Measured: MeasuredForm,
    Retry: RetryForm,
    Confidence: ConfidenceForm,
    TokenCard: TokenCardForm,
    Provenance: ProvenanceForm,
}

/// Types written as the word or number that people type.
macro_rules! spelled {
    ($($engine:ty: $write:expr, $read:expr;)+) => {$(
        impl Wire for $engine {
            fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                let write: fn(&$engine) -> String = $write;
                out.serialize_str(&write(self))
            }

            fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                let read: fn(&str) -> Option<$engine> = $read;
                read(&String::deserialize(input)?).ok_or_else(|| D::Error::custom(stringify!($engine)))
            }
        }
    )+};
}

mod named;

const AUTO: &str = "auto";

spelled! {
    Decimal: ToString::to_string, |text| Decimal::from_str_exact(text).ok();
    Currency: |currency| currency.code().to_owned(), Currency::parse;
    Date: ToString::to_string, |text| text.parse().ok();
    Grade: ToString::to_string, Grade::parse;
    Inputs: |inputs| inputs.name().to_owned(), Inputs::parse;
    Knob: |knob| knob.row().name.to_owned(), Knob::named;
    Meter: |meter| meter.name().to_owned(), Meter::parse;
    Pick: |pick| pick.name().to_owned(), Pick::parse;
    Ratio: ToString::to_string, Ratio::parse;
    ServiceTier: |tier| tier.name().to_owned(), ServiceTier::parse;
    Size: ToString::to_string, Size::parse;
    SizeChoice: |choice| match choice {
        SizeChoice::Exact(size) => size.to_string(),
        SizeChoice::Tier(tier) => tier.name().to_owned(),
        SizeChoice::Auto => AUTO.to_owned(),
    }, |text| match text {
        AUTO => Some(SizeChoice::Auto),
        _ => Tier::parse(text).map(SizeChoice::Tier).or_else(|| Size::parse(text).map(SizeChoice::Exact)),
    };
    QualityChoice: |choice| match choice {
        QualityChoice::Exact(quality) => quality.name().to_owned(),
        QualityChoice::Auto => AUTO.to_owned(),
    }, |text| match text {
        AUTO => Some(QualityChoice::Auto),
        _ => Quality::parse(text).map(QualityChoice::Exact),
    };
}

impl Wire for Settings {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_map(self.iter().map(|(knob, setting)| (Wired(knob), WiredRef(setting))))
    }

    fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let mut settings = Settings::default();
        for (knob, Wired(setting)) in BTreeMap::<String, Wired<Setting>>::deserialize(input)? {
            settings.put(Knob::named(&knob).ok_or_else(|| D::Error::custom(knob))?, Some(setting));
        }
        Ok(settings)
    }
}

impl Wire for Rates {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let set = Meter::ALL.into_iter().filter_map(|meter| Some((Wired(meter), Wired(self.get(meter)?))));
        out.collect_map(set)
    }

    fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let mut rates = Rates::default();
        for (meter, Wired(usd)) in BTreeMap::<String, Wired<Decimal>>::deserialize(input)? {
            rates = rates.with(Meter::parse(&meter).ok_or_else(|| D::Error::custom(meter))?, usd);
        }
        Ok(rates)
    }
}

impl<T: Wire> Wire for Option<T> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        Serialize::serialize(&self.as_ref().map(WiredRef), out)
    }

    fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let value: Option<Wired<T>> = Deserialize::deserialize(input)?;
        Ok(value.map(|Wired(value)| value))
    }
}

impl<T: Wire> Wire for Box<T> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        T::serialize(self, out)
    }

    fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        T::deserialize(input).map(Box::new)
    }
}

impl<T: Wire> Wire for Arc<T> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        T::serialize(self, out)
    }

    fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        T::deserialize(input).map(Arc::new)
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_seq(self.iter().map(WiredRef))
    }

    fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let values: Vec<Wired<T>> = Deserialize::deserialize(input)?;
        Ok(values.into_iter().map(|Wired(value)| value).collect())
    }
}

impl<T: Wire + Ord> Wire for BTreeSet<T> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_seq(self.iter().map(WiredRef))
    }

    fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let values: Vec<Wired<T>> = Deserialize::deserialize(input)?;
        Ok(values.into_iter().map(|Wired(value)| value).collect())
    }
}

impl<T: Wire> Wire for BTreeMap<String, T> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_map(self.iter().map(|(name, value)| (name, WiredRef(value))))
    }

    fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let values: BTreeMap<String, Wired<T>> = Deserialize::deserialize(input)?;
        Ok(values.into_iter().map(|(name, Wired(value))| (name, value)).collect())
    }
}
