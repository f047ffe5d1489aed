//! What is known of a retry factor before any work: its mean, and how many accepted finals of experience that is worth.

use crate::cost::risk::beta::Beta;
use crate::cost::risk::legendre;

/// The P90 of the standard normal less its P10: how far apart a low and a high are in standard deviations.
const TENTH_TO_TENTH: f64 = 2.563_103_131_089_200_8;
/// The least experience that a range may be worth.
pub const LEAST_WORTH: f64 = 3.0;
/// The most.
pub const MOST_WORTH: f64 = 1000.0;

/// A retry factor with its doubt: the chance that a try is accepted is Beta(M+1, (r−1)·M), so that tries per final average r.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prior {
    /// r, the mean tries per accepted final, from 1.
    pub retry: f64,
    /// M, from 3; infinite if the factor is certain.
    pub worth: f64,
}

/// A chance of acceptance that a prior is looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Node {
    /// How much it counts; a prior's weights sum to 1.
    pub weight: f64,
    /// The chance that a try is accepted.
    pub accept: f64,
    /// The chance that it is not: kept apart, because near 0 it cannot be had from the other.
    pub reject: f64,
    /// The second over the first: the tries per final that fail, on average.
    pub odds: f64,
}

impl Node {
    fn of_odds(weight: f64, odds: f64) -> Node {
        Node { weight, accept: 1.0 / (1.0 + odds), reject: odds / (1.0 + odds), odds }
    }

    /// Calls that fail for each that brings at least one accepted image of `images`, on average.
    #[must_use]
    pub fn odds_of_call(&self, images: u32) -> f64 {
        if images <= 1 {
            return self.odds;
        }
        let (mut power, mut sum) = (1.0, 0.0);
        for _ in 0..images {
            sum += power;
            power *= self.reject;
        }
        power / (self.accept * sum)
    }
}

/// The experience that a range low, likely, high is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fitted {
    /// The prior.
    pub prior: Prior,
    /// The experience before it was kept within 3 to 1,000, if it was not.
    pub clamped_from: Option<f64>,
}

impl Prior {
    /// Whether the factor is certain: then only luck remains, and at a factor of 1 nothing.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        self.retry <= 1.0 || self.worth.is_infinite()
    }

    /// V, the variance of the mean tries per final.
    #[must_use]
    pub fn variance(&self) -> f64 {
        if self.is_certain() { 0.0 } else { self.retry * (self.retry - 1.0) / (self.worth - 1.0) }
    }

    fn beta(&self) -> Beta {
        Beta::new(self.worth + 1.0, (self.retry - 1.0) * self.worth)
    }

    /// Tries per final that the factor stays at or below with the chance `below`, between 0 and 1.
    #[must_use]
    pub fn quantile(&self, below: f64) -> f64 {
        if self.is_certain() {
            return self.retry;
        }
        1.0 + libm::exp(-self.beta().log_odds(1.0 - below, below, None))
    }

    /// The chances of acceptance that stand for the prior, the highest first.
    ///
    /// They lie closer together at small chances, where the costs are; the odds are scaled once, so that the tries per final
    /// average the factor exactly.
    #[must_use]
    pub fn nodes(&self) -> Vec<Node> {
        if self.is_certain() {
            return vec![Node::of_odds(1.0, self.retry - 1.0)];
        }
        let beta = self.beta();
        let mut near = None;
        let place = |&(v, weight): &(f64, f64)| {
            let log_odds = beta.log_odds(v * v, (1.0 - v) * (1.0 + v), near);
            near = Some(log_odds);
            (2.0 * v * weight, libm::exp(-log_odds))
        };
        let places: Vec<(f64, f64)> = legendre::nodes().iter().rev().map(place).collect();
        let total: f64 = places.iter().map(|(weight, _)| weight).sum();
        let mean: f64 = places.iter().map(|(weight, odds)| weight * odds).sum();
        let scale = (self.retry - 1.0) * total / mean;
        places.into_iter().map(|(weight, odds)| Node::of_odds(weight / total, odds * scale)).collect()
    }

    /// Two places at which a mean and a variance that depend on the factor and its square come out exactly. They are no
    /// chances of acceptance: only [`Node::odds`] means anything.
    #[must_use]
    pub(super) fn moment_nodes(&self) -> Vec<Node> {
        let away = self.variance().sqrt();
        let node = |weight, odds| Node { weight, accept: 0.0, reject: 0.0, odds };
        match away > 0.0 {
            true => vec![node(0.5, self.retry - 1.0 - away), node(0.5, self.retry - 1.0 + away)],
            false => vec![node(1.0, self.retry - 1.0)],
        }
    }

    /// The prior of a range: low is passed in 9 of 10 cases, high in 1 of 10.
    #[must_use]
    pub fn of_range(retry: f64, low: f64, high: f64) -> Fitted {
        let sd = (high - low) / TENTH_TO_TENTH;
        if retry <= 1.0 {
            return Fitted { prior: Prior { retry, worth: f64::INFINITY }, clamped_from: None };
        }
        // A range without a width is worth more than can be: infinitely much.
        Prior::of_evidence(retry, retry * (retry - 1.0) / (sd * sd) - 1.0)
    }

    /// The prior of a factor that rests on so many accepted finals, kept within 3 to 1,000 of them.
    #[must_use]
    pub fn of_evidence(retry: f64, worth: f64) -> Fitted {
        let kept = worth.clamp(LEAST_WORTH, MOST_WORTH);
        Fitted { prior: Prior { retry, worth: kept }, clamped_from: (kept != worth).then_some(worth) }
    }
}
