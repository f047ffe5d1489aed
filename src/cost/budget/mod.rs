//! The values that the user sets, in layers, before anything is computed.

#[expect(clippy::module_inception, reason = "the main file of a floor bears its name")]
mod budget;
pub mod catalog;
pub mod edit;
pub mod fee;
mod keyed;
pub mod knob;
pub mod knob_text;
mod line;
pub mod measured;
pub mod named_risk;
pub mod other_words;
pub mod refusal;
pub mod resolve;
pub mod retry_text;
pub mod risk_text;
pub mod scenario;
pub mod settings;
pub mod slugs;

pub use budget::{Budget, Compared, Scenarios, TeamHead};
pub use catalog::{Catalog, Preset};
pub use fee::{Charge, Fee, FeeKey, Per};
pub use keyed::Keyed;
pub use knob::Knob;
pub use line::{Line, SharedLine};
pub use named_risk::{NamedRisk, Points, RiskAmount, RiskKey};
pub use scenario::{Baseline, Changes, LinePatch, Scenario};
pub use settings::{Cap, Layer, Measured, QualityChoice, Setting, Settings, SizeChoice, Value};
