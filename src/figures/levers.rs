//! Levers and goals in words: moves, values, reasons, the cap and the cut line, for the screen and every report.

use super::{Amount, CapMoney, chance, factor, mean, percentile_name};
use crate::cost::base::money::{Decimal, rounded, times};
use crate::cost::base::wide::difference;
use crate::cost::budget::{Budget, Cap, Catalog, Knob, QualityChoice, Value};
use crate::cost::estimate::Limit;
use crate::cost::levers::cut::Cut;
use crate::cost::levers::goal::{Goal, Unmet};
use crate::cost::levers::moves::{Extent, Move};
use crate::cost::levers::sure::ComparedBy;
use crate::words;

/// The most values of one side of a move that are named.
const NAMED: usize = 3;

/// The project that levers are named for.
#[derive(Debug, Clone, Copy)]
pub struct LeverWords<'a> {
    /// Its values.
    pub budget: &'a Budget,
    /// Models and prices.
    pub catalog: &'a Catalog,
    /// Whether its total is approximate.
    pub approximate: bool,
    /// What is compared with a cap.
    pub compared: ComparedBy,
}

/// A lever's name beside its values, out of its pane.
#[must_use]
pub fn lever_label(knob: Knob) -> &'static str {
    let out_of_pane = [(Knob::Retry, words::report_retry()), (Knob::ImagesPerCall, words::meaning_per_call())];
    out_of_pane.into_iter().find(|(own, _)| *own == knob).map_or_else(|| words::knob_label(knob), |(_, name)| name)
}

/// The name of what is compared, at the head of its column: `total`, `P80`.
#[must_use]
pub fn compared_name(compared: ComparedBy) -> String {
    match compared {
        ComparedBy::Total => words::levers_after().to_owned(),
        ComparedBy::Percentile(percent) => percentile_name(percent),
        ComparedBy::OverCap(_) => words::levers_over_cap_head().to_owned(),
    }
}

/// A chance over a cap after a move, and the change in points.
#[must_use]
pub fn chance_figures(after: Option<Decimal>, swing: Option<Decimal>) -> [Option<String>; 2] {
    let points = |swing: Decimal| {
        let points = rounded(times(swing, Decimal::ONE_HUNDRED).unwrap_or_default(), 1);
        let text = words::number::plain(points.abs().normalize());
        if points < Decimal::ZERO { words::levers_points_fewer(text) } else { words::levers_points_more(text) }
    };
    [after.map(chance), swing.map(points)]
}

/// The names of values, the first few of them; one alone if they are the same.
fn listed(mut names: Vec<String>) -> String {
    if names.iter().all(|name| Some(name) == names.first()) {
        names.truncate(1);
    }
    if names.len() > NAMED {
        names.truncate(NAMED);
        names.push("…".to_owned());
    }
    names.join(" | ")
}

/// Whether values before become different values after.
fn differ(pairs: &[(String, String)]) -> bool {
    pairs.iter().any(|(_, to)| Some(to) != pairs.first().map(|(_, first)| first))
}

/// Pairs of values, the first few of them: `high → medium, medium → low`.
fn each(pairs: &[(String, String)]) -> String {
    let mut names: Vec<String> = pairs.iter().take(NAMED).map(|(from, to)| words::levers_pair(from, to)).collect();
    if pairs.len() > NAMED {
        names.push("…".to_owned());
    }
    names.join(", ")
}

/// By how many steps every quality goes down; `None` if they are no qualities, or go by different numbers of steps.
fn quality_steps(from: &[Value], to: &[Value]) -> Option<usize> {
    let at = |value: &Value| match value {
        Value::Quality(QualityChoice::Exact(quality)) => Some(*quality as usize),
        _ => None,
    };
    let mut steps = from.iter().zip(to).map(|(from, to)| at(from)?.checked_sub(at(to)?));
    let first = steps.next()??;
    steps.all(|steps| steps == Some(first)).then_some(first)
}

impl LeverWords<'_> {
    /// The name of a deliverable, by index.
    #[must_use]
    pub fn title(&self, index: usize) -> String {
        self.budget.lines.get(index).map(|line| line.title().to_owned()).unwrap_or_default()
    }

    /// A value as shown; of a retry factor what counts, however it is written.
    #[must_use]
    pub fn value(&self, value: &Value) -> String {
        let Value::Retry(retry) = value else { return words::value(value) };
        self.budget.factor(retry, self.catalog).map_or_else(|| words::value(value), factor)
    }

    /// The number of tries that all of these retry factors are; `None` if they differ.
    #[must_use]
    pub fn factors(&self, values: &[Value]) -> Option<String> {
        let mut factors = values.iter().map(|value| match value {
            Value::Retry(retry) => self.budget.factor(retry, self.catalog),
            _ => None,
        });
        let first = factors.next()??;
        factors.all(|factor| factor == Some(first)).then(|| mean(first))
    }

    /// An amount of USD of the project.
    #[must_use]
    pub fn usd(&self, usd: Decimal) -> Amount {
        Amount::of(&self.budget.shown, usd).about_if(self.approximate)
    }

    /// A move in words: `quality high → medium · PDP hero`.
    #[must_use]
    pub fn named(&self, one: &Move) -> String {
        let pairs = self.pairs(&one.from, &one.to);
        let whom = match one.extent {
            Extent::One(index) => self.title(index),
            Extent::Shared | Extent::Project if one.deliverables.len() == self.budget.lines.len() => {
                words::levers_all(one.deliverables.len())
            }
            Extent::Shared => words::levers_shared(one.deliverables.len()),
            Extent::Project => words::levers_project(one.deliverables.len()),
        };
        match (&pairs[..], quality_steps(&one.from, &one.to)) {
            ([_, _, ..], Some(steps)) => {
                let lever = lever_label(one.knob);
                let moved =
                    if steps == 1 { words::levers_step_down(lever) } else { words::levers_steps_down(lever, steps) };
                words::levers_each(words::levers_of(moved, whom), each(&pairs))
            }
            ([_, _, ..], None) if differ(&pairs) => {
                words::levers_of(words::levers_pairs(lever_label(one.knob), each(&pairs)), whom)
            }
            _ => {
                let (from, to) = pairs.into_iter().unzip();
                words::levers_of(words::levers_move(lever_label(one.knob), listed(from), listed(to)), whom)
            }
        }
    }

    /// The different values before a move, each with its value after.
    fn pairs(&self, from: &[Value], to: &[Value]) -> Vec<(String, String)> {
        // A profile and a number may be the same factor.
        let mut pairs: Vec<(String, String)> = Vec::new();
        for pair in from.iter().map(|value| self.value(value)).zip(to.iter().map(|value| self.value(value))) {
            if !pairs.contains(&pair) {
                pairs.push(pair);
            }
        }
        pairs
    }

    /// The different values of a knob, such as those before all take one.
    #[must_use]
    pub fn different(&self, values: &[Value]) -> String {
        let mut names: Vec<String> = Vec::new();
        for name in values.iter().map(|value| self.value(value)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        listed(names)
    }

    /// Whose value a goal is about.
    #[must_use]
    pub fn whose(&self, goal: &Goal) -> String {
        goal.deliverable.map_or_else(|| words::goal_all().to_owned(), |index| self.title(index))
    }

    /// A total of USD beside a cap, in the cap's currency.
    fn beside_cap(&self, limit: &Limit<'_>, usd: Decimal) -> Amount {
        limit.convert(usd).map_or_else(|| self.usd(usd), |amount| self.of_cap(limit).amount(amount))
    }

    /// Why a goal has no value, its amounts in the cap's currency; `None` if it has one.
    #[must_use]
    pub fn reason(&self, goal: &Goal, limit: &Limit<'_>) -> Option<String> {
        Some(match goal.best.as_ref().err()? {
            Unmet::OverAt { least, amount } => {
                words::goal_over_at(words::value(least), self.beside_cap(limit, *amount))
            }
            Unmet::AnyFits => words::goal_any_fits().to_owned(),
            Unmet::Unknown => words::goal_price_unknown().to_owned(),
            Unmet::NoValue => words::goal_nothing_to_choose().to_owned(),
            Unmet::Apart => words::goal_apart().to_owned(),
            Unmet::Withheld => words::goal_withheld().to_owned(),
        })
    }

    /// The cap as it was given.
    #[must_use]
    pub fn cap(&self, limit: &Limit<'_>) -> String {
        words::cap(Cap { amount: limit.cap, currency: None }, limit.currency)
    }

    /// The amount of the deliverables that fit, with the name of the percentile that it is.
    fn cut_total(&self, amount: Amount) -> String {
        match self.compared {
            ComparedBy::Percentile(percent) => words::headline_percentile(percentile_name(percent), amount),
            ComparedBy::Total | ComparedBy::OverCap(_) => amount.to_string(),
        }
    }

    fn of_cap(&self, limit: &Limit<'_>) -> CapMoney {
        CapMoney::of(&self.budget.shown, limit.currency, self.approximate)
    }

    /// The cap and a total of USD compared; the total is `None` if it is not known, and then its known part may be over the cap
    /// all the same.
    #[must_use]
    pub fn against_cap(&self, limit: &Limit<'_>, total: Option<Decimal>, known_over: Option<Decimal>) -> String {
        if let ComparedBy::Percentile(percent) = self.compared {
            return self.percentile_against_cap(limit, &percentile_name(percent), total);
        }
        let money = self.of_cap(limit);
        let compared = total.and_then(|usd| Some((limit.convert(usd)?, limit.admits(usd)?)));
        match compared {
            Some((total, true)) => {
                let left = difference(limit.cap, total).unwrap_or_default();
                words::goal_within(money.amount(total), money.amount(left))
            }
            Some((total, false)) => {
                let beside = money.beside(total, limit.cap);
                words::goal_over(beside.total, beside.over)
            }
            None => match known_over.and_then(|usd| limit.convert(usd)) {
                Some(known) => {
                    let beside = money.beside(known, limit.cap);
                    words::goal_over_at_least(beside.total, beside.over)
                }
                None => words::goal_unknown().to_owned(),
            },
        }
    }

    /// The cap and a percentile compared.
    fn percentile_against_cap(&self, limit: &Limit<'_>, name: &str, usd: Option<Decimal>) -> String {
        let money = self.of_cap(limit);
        match usd.and_then(|usd| Some((limit.convert(usd)?, limit.admits(usd)?))) {
            Some((amount, true)) => {
                let left = difference(limit.cap, amount).unwrap_or_default();
                words::goal_at_within(name, money.amount(amount), money.amount(left))
            }
            Some((amount, false)) => {
                let beside = money.beside(amount, limit.cap);
                words::goal_at_over(name, beside.total, beside.over)
            }
            None => words::goal_at_unknown(name),
        }
    }

    /// How far down the list of deliverables the cap reaches; `None` without deliverables.
    #[must_use]
    pub fn cut_line(&self, cut: &Cut, limit: &Limit<'_>) -> Option<String> {
        let total = cut.total.map(|usd| self.beside_cap(limit, usd));
        let Some(next) = cut.next else {
            return (cut.fitting > 0)
                .then(|| total.map(|total| words::goal_cut_all(cut.fitting, self.cut_total(total))))?;
        };
        let name = self.title(next.index);
        let lacks = next.lacks.map(|lacks| self.of_cap(limit).amount(lacks));
        Some(match (lacks, total) {
            (None, _) => words::goal_cut_unpriced(cut.fitting, name),
            (Some(lacks), Some(total)) if cut.fitting == 1 => {
                words::goal_cut_first(self.title(next.index.saturating_sub(1)), self.cut_total(total), name, lacks)
            }
            (Some(lacks), Some(total)) if cut.fitting > 1 => {
                words::goal_cut_some(cut.fitting, self.cut_total(total), name, lacks)
            }
            (Some(lacks), _) => words::goal_cut_none(name, lacks),
        })
    }
}
