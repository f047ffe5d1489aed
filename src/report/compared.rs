//! What levers and goals are compared by, and what that is before any move: the total, a percentile, or the chance over a cap.

use super::Report;
use super::csv::maybe;
use super::risk_row::float;
use crate::cost::base::money::Decimal;
use crate::cost::levers::moves::Measured;
use crate::cost::levers::sure::ComparedBy;
use crate::cost::risk::Risk;
use crate::figures::{self, Amount, percentile_name};
use crate::words;
use serde::Serialize;

/// What is compared, with how sure the project is without any move.
#[derive(Debug, Clone, Copy)]
pub struct At<'a> {
    /// What is compared.
    pub compared: ComparedBy,
    /// How sure the project's total is; `None` if that is not known, or not asked for.
    pub risk: Option<&'a Risk>,
    /// The chance over the cap that is compared, told or not.
    pub over: Option<Decimal>,
}

impl At<'_> {
    /// The total.
    pub const TOTAL: At<'static> = At { compared: ComparedBy::Total, risk: None, over: None };

    /// Whether it is the total.
    #[must_use]
    pub fn is_total(&self) -> bool {
        self.compared == ComparedBy::Total
    }

    /// Whether it is withheld, because too little is known.
    #[must_use]
    pub fn is_withheld(&self) -> bool {
        let Some(risk) = self.risk else { return false };
        match self.compared {
            ComparedBy::Total => false,
            ComparedBy::Percentile(percent) => risk.withheld(percent).is_some(),
            ComparedBy::OverCap(_) => self.over.is_some_and(|over| !risk.tells(Decimal::ONE - over)),
        }
    }

    /// What it is without any move: USD, or a chance; `None` if that is not known, or withheld. The total is told elsewhere.
    #[must_use]
    pub fn before(&self) -> Option<Decimal> {
        if self.is_withheld() {
            return None;
        }
        match self.compared {
            ComparedBy::Total => None,
            ComparedBy::Percentile(percent) => self.risk.map(|risk| risk.percentile(percent)),
            ComparedBy::OverCap(_) => self.over,
        }
    }

    /// The percentile's name.
    pub(super) fn confidence(&self) -> Option<String> {
        match self.compared {
            ComparedBy::Percentile(percent) => Some(percentile_name(percent)),
            ComparedBy::Total | ComparedBy::OverCap(_) => None,
        }
    }

    /// Whether it is withheld, for scripts, where it is not the total.
    pub(super) fn told_withheld(&self) -> Option<bool> {
        (!self.is_total()).then(|| self.is_withheld())
    }

    /// The percentile for scripts, where one is compared.
    pub(super) fn percentile(&self) -> Option<Option<f64>> {
        matches!(self.compared, ComparedBy::Percentile(_)).then(|| self.before().map(float))
    }

    /// The chance over the cap for scripts, where that is compared.
    pub(super) fn over_cap(&self) -> Option<Option<f64>> {
        matches!(self.compared, ComparedBy::OverCap(_)).then(|| self.before().map(float))
    }

    /// What it is before any move, as a sentence; `None` for the total.
    pub(super) fn sentence(&self, report: &Report<'_>) -> Option<String> {
        let withheld = self.is_withheld();
        match self.compared {
            ComparedBy::Total => None,
            ComparedBy::Percentile(percent) => {
                let name = percentile_name(percent);
                Some(match self.before() {
                    _ if withheld => words::begun(words::goal_withheld()),
                    None => words::levers_at_unknown(name),
                    Some(usd) => {
                        let approximate = report.estimate.totals.approximate;
                        let amount = Amount::of(&report.budget.shown, usd).about_if(approximate);
                        words::levers_at(name, amount, figures::share_below(percent))
                    }
                })
            }
            ComparedBy::OverCap(cap) => {
                let cap = words::cap(cap, cap.currency.unwrap_or(report.budget.shown.currency));
                let Some((risk, over)) = self.risk.zip(self.over) else {
                    return Some(words::levers_over_cap_unknown().to_owned());
                };
                let chance = figures::chance_over(risk, over);
                Some(words::begun(&match withheld {
                    true => words::levers_over_cap_withheld(chance, cap),
                    false => words::risk_over_cap(cap, chance),
                }))
            }
        }
    }

    /// What a move does to it, as cells: USD of a percentile and its swing, the chance over the cap and its swing.
    pub(super) fn cells(&self, measured: Option<Measured>) -> [String; 4] {
        let none = String::new;
        let (after, swing) = measured.map(|measured| (measured.after, measured.swing)).unwrap_or_default();
        match self.compared {
            ComparedBy::OverCap(_) => [none(), none(), maybe(after), maybe(swing)],
            ComparedBy::Total | ComparedBy::Percentile(_) => [maybe(after), maybe(swing), none(), none()],
        }
    }
}

/// What a move does to what is compared, for scripts: keys that are there only where it is not the total.
#[derive(Serialize)]
pub(super) struct MeasuredCells {
    #[serde(skip_serializing_if = "Option::is_none")]
    percentile: Option<Option<f64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    percentile_swing: Option<Option<f64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    over_cap: Option<Option<f64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    over_cap_swing: Option<Option<f64>>,
}

impl MeasuredCells {
    pub(super) fn of(measured: Option<Measured>, at: At<'_>) -> MeasuredCells {
        let after = measured.map(|measured| measured.after.map(float));
        let swing = measured.map(|measured| measured.swing.map(float));
        match at.compared {
            ComparedBy::OverCap(_) => {
                MeasuredCells { percentile: None, percentile_swing: None, over_cap: after, over_cap_swing: swing }
            }
            ComparedBy::Total | ComparedBy::Percentile(_) => {
                MeasuredCells { percentile: after, percentile_swing: swing, over_cap: None, over_cap_swing: None }
            }
        }
    }
}
