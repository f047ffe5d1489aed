//! Random projects with everything that a total may rest on: one image of a call and several, repetitions, drafts, fees,
//! markup, tax, another currency, approximate prices.

use crate::support::{budget, catalog, day, dec, line, today};
use proptest::prelude::*;
use retake::cost::base::money::{Currency, Exchange, Shown};
use retake::cost::budget::edit::Edit;
use retake::cost::budget::fee::{Charge, Fee, Per};
use retake::cost::estimate::line::LineEstimate;
use retake::cost::{Budget, Decimal, Estimate, Knob, Setting, Value, estimate};

/// Values of a deliverable as a person would type them.
fn own_line() -> impl Strategy<Value = Vec<(Knob, &'static str)>> {
    let of = |knob: Knob, texts: &'static [&'static str]| {
        prop::option::weighted(0.5, prop::sample::select(texts).prop_map(move |text| (knob, text)))
    };
    let spec = (
        of(Knob::Model, &["gpt-image-2", "gpt-image-2.5-flare", "gpt-image-2.6-flare", "gpt-image-1.5"]),
        of(Knob::Ratio, &["1:1", "4:5", "16:9", "2:3"]),
        of(Knob::Size, &["1k", "2k"]),
        of(Knob::Quality, &["low", "medium", "high"]),
        of(Knob::ServiceTier, &["standard", "batch"]),
        of(Knob::References, &["1024x1024", "1024x1024, 768x1024"]),
        of(Knob::PromptTokens, &["180", "1"]),
        of(Knob::CachedInput, &["0%", "50%"]),
    );
    let work = (
        prop::sample::select(&["0", "1", "3", "24", "97"][..]).prop_map(|text| (Knob::Finals, text)),
        of(Knob::Repeat, &["2", "30"]),
        of(Knob::Drafts, &["1", "4"]),
        of(Knob::Retry, &["1", "1.3", "2", "2.15", "60%", "1.5/2/3"]),
        of(Knob::ImagesPerCall, &["2", "4"]),
        of(Knob::Pick, &["one", "many"]),
        of(Knob::Buffer, &["0%", "15%"]),
        of(Knob::Surcharge, &["10%"]),
    );
    (spec, work).prop_map(|(a, b)| {
        let spec = [a.0, a.1, a.2, a.3, a.4, a.5, a.6, a.7];
        let work = [Some(b.0), b.1, b.2, b.3, b.4, b.5, b.6, b.7];
        spec.into_iter().chain(work).flatten().collect()
    })
}

fn fee(amount: &str, per: Per) -> Fee {
    Fee { amount: Some(Charge { amount: dec(amount), currency: None }), per: Some(per), ..Fee::default() }
}

/// What the assumptions say, the fees, and the currency.
fn around() -> impl Strategy<Value = Budget> {
    let of = |knob: Knob, texts: &'static [&'static str]| {
        prop::option::weighted(0.4, prop::sample::select(texts).prop_map(move |text| (knob, text)))
    };
    let assumed = (
        of(Knob::Quality, &["high", "medium"]),
        of(Knob::Retry, &["2", "40%"]),
        of(Knob::Buffer, &["25%"]),
        of(Knob::Markup, &["15%", "-10%"]),
        of(Knob::Tax, &["19%"]),
    );
    let pers = [Per::Project, Per::Deliverable, Per::Final, Per::Image, Per::Call];
    let fees =
        prop::collection::vec((prop::sample::select(&["0.02", "4.5"][..]), prop::sample::select(pers.to_vec())), 0..3);
    (assumed, fees, prop::option::weighted(0.3, Just("152.40"))).prop_map(|(a, fees, rate)| {
        let typed: Vec<_> = [a.0, a.1, a.2, a.3, a.4].into_iter().flatten().collect();
        let mut budget = Budget { assumptions: crate::support::settings(&typed), ..Budget::default() };
        budget.fees = (0..).zip(fees).map(|(at, (amount, per))| (format!("fee-{at}"), fee(amount, per))).collect();
        if let Some(rate) = rate {
            let exchange = Exchange { rate: dec(rate), as_of: day("2026-11-20"), source: None };
            budget.shown = Shown { currency: Currency::parse("JPY").unwrap(), exchange: Some(exchange) };
        }
        budget
    })
}

/// A project of one to three deliverables.
pub(super) fn project() -> impl Strategy<Value = Budget> {
    (around(), prop::collection::vec(own_line(), 1..4)).prop_map(|(around, lines)| {
        let lines = lines.iter().enumerate().map(|(at, typed)| line(&format!("line-{at}"), &in_order(typed)));
        Budget { lines: lines.map(Into::into).collect(), ..around }
    })
}

/// The model first: it decides what other values may be.
fn in_order(typed: &[(Knob, &'static str)]) -> Vec<(Knob, &'static str)> {
    let mut typed = typed.to_vec();
    typed.sort_by_key(|(knob, _)| *knob != Knob::Model);
    typed
}

/// The full estimate of a project with some edits made.
pub(super) fn with(of: &Budget, edits: &[Edit]) -> (Budget, Estimate) {
    let mut edited = of.clone();
    edits.iter().for_each(|edit| _ = edit.apply(&mut edited));
    let computed = estimate(&edited, catalog(), today());
    (edited, computed)
}

/// The full estimate with one value set for a deliverable, or for all of them.
pub(super) fn set(of: &Budget, deliverable: Option<usize>, knob: Knob, value: &Value) -> Estimate {
    let mut edited = of.clone();
    for (_, line) in edited.lines.iter_mut().enumerate().filter(|(at, _)| deliverable.is_none_or(|only| only == *at)) {
        line.settings.put(knob, Some(Setting::Value(value.clone())));
    }
    estimate(&edited, catalog(), today())
}

/// The sum of the lines with a price, with the project's charges, as a project of these lines alone.
pub(super) fn priced(of: &Budget, lines: &[LineEstimate]) -> Option<Decimal> {
    let kept = of.lines.iter().zip(lines).filter(|(_, line)| line.total.is_some()).map(|(line, _)| (**line).clone());
    let alone = budget(kept.collect());
    estimate(&Budget { lines: alone.lines, ..of.clone() }, catalog(), today()).totals.total
}
