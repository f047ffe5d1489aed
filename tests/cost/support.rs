//! Short ways to build a budget as a user would type it.

use jiff::civil::Date;
use proptest::prelude::ProptestConfig;
use retake::cost::base::number_text::parse_decimal;
use retake::cost::base::size::Size;
use retake::cost::budget::knob_text;
use retake::cost::estimate::line::LineEstimate;
use retake::cost::{Budget, Catalog, Decimal, Estimate, Knob, Line, Settings, estimate};

pub(crate) fn catalog() -> &'static Catalog {
    retake::rates::built_in().unwrap()
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// The day on which the facts were read.
pub(crate) fn today() -> Date {
    day("2026-11-21")
}

pub(crate) fn dec(text: &str) -> Decimal {
    parse_decimal(text).unwrap()
}

pub(crate) fn px(text: &str) -> Size {
    Size::parse(text).unwrap()
}

/// Settings typed one after another, each parsed for a line with the previous ones.
pub(crate) fn settings(typed: &[(Knob, &str)]) -> Settings {
    typed.iter().fold(Settings::default(), |so_far, (knob, text)| {
        let budget = Budget { assumptions: so_far.clone(), ..Budget::default() };
        let line = budget.resolve(None, catalog()).unwrap();
        let value =
            knob_text::read(*knob, text, &line, catalog()).unwrap_or_else(|why| panic!("{knob:?} {text}: {why:?}"));
        so_far.with(*knob, value)
    })
}

pub(crate) fn line(key: &str, typed: &[(Knob, &str)]) -> Line {
    Line { key: key.to_owned(), settings: settings(typed), ..Line::default() }
}

/// 24 finals whose total is $11.0990592, $0.4624608 each.
pub(crate) fn hero() -> Budget {
    let typed = [
        (Knob::Size, "1024x1280"),
        (Knob::Quality, "high"),
        (Knob::Finals, "24"),
        (Knob::Retry, "2"),
        (Knob::References, "1024x1024"),
        (Knob::PromptTokens, "180"),
    ];
    budget(vec![line("pdp-hero", &typed)])
}

pub(crate) fn budget(lines: Vec<Line>) -> Budget {
    Budget { lines: lines.into_iter().map(Into::into).collect(), ..Budget::default() }
}

pub(crate) fn computed(budget: &Budget) -> Estimate {
    estimate(budget, catalog(), today())
}

/// A single line, on the day of the facts.
pub(crate) fn single(typed: &[(Knob, &str)]) -> LineEstimate {
    computed(&budget(vec![line("one", typed)])).lines.remove(0)
}

/// Images and calls of a line's stage; `None` if they are not known.
pub(crate) fn counted(line: &LineEstimate, stage: usize) -> Option<(Decimal, Decimal)> {
    line.stages[stage].count.as_ref().map(|count| (count.images.number(), count.calls.number()))
}

/// Whole images and calls, as [`counted`] gives them.
pub(crate) fn whole(images: u64, calls: u64) -> Option<(Decimal, Decimal)> {
    Some((images.into(), calls.into()))
}

/// The codes of a line's issues.
pub(crate) fn codes(line: &LineEstimate) -> Vec<&'static str> {
    line.issues.iter().map(|issue| issue.kind.code().name()).collect()
}

/// The codes of the project's own issues.
pub(crate) fn project_codes(estimate: &Estimate) -> Vec<&'static str> {
    estimate.issues.iter().map(|issue| issue.kind.code().name()).collect()
}

/// A fraction of the usual number of cases, for slow properties; `PROPTEST_CASES` raises them all.
pub(crate) fn one_in(part: u32) -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: (usual.cases / part).max(1), failure_persistence: None, ..usual }
}
