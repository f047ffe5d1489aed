//! The risk screen: scrolling, what is copied from it, and how its figures are computed.

use crate::app::actions::clipboard;
use crate::app::actions::why::WhyLine;
use crate::app::model::project::HowSure;
use crate::app::model::state::State;
use crate::app::model::view::RiskPlace;
use crate::cost::Knob;
use crate::cost::base::limits::WHY_DELIVERABLES_MAX;
use crate::cost::base::money::Decimal;
use crate::cost::risk::{FactorDoubt, Risk};
use crate::figures::{self, Amount, ReachOf, ReachRow, Standing};
use crate::words;
use crate::words::clip::{Cell, Clip};

/// Named risks that are listed on the screen.
pub const RISKS_LISTED: usize = 60;

/// The arrows go from one named risk to the next, and scroll the text before and past them; pages scroll.
pub(in crate::app) fn go(state: &mut State, by: isize) {
    let last = state.budget().all_risks().len().min(RISKS_LISTED).checked_sub(1);
    let view = &mut state.view;
    let Some(last) = last.filter(|_| by.abs() == 1) else {
        view.risk_place = if by < 0 { RiskPlace::Before } else { RiskPlace::Past };
        return scroll(state, by);
    };
    let at = view.selected_risk.min(last);
    // Where all of the text is in sight, so is the selected risk.
    let place = if view.furthest_scroll == 0 { RiskPlace::At } else { view.risk_place };
    let (at, place) = match (place, by > 0) {
        (RiskPlace::Before, true) | (RiskPlace::Past, false) => (at, RiskPlace::At),
        (RiskPlace::At, true) if at < last => (at + 1, RiskPlace::At),
        (RiskPlace::At, false) if at > 0 => (at - 1, RiskPlace::At),
        (RiskPlace::At | RiskPlace::Past, true) => (at, RiskPlace::Past),
        (RiskPlace::At | RiskPlace::Before, false) => (at, RiskPlace::Before),
    };
    (view.selected_risk, view.risk_place) = (at, place);
    if place != RiskPlace::At {
        scroll(state, by);
    }
}

/// Scrolls from the first line in sight, at most as far as the last frame measured.
fn scroll(state: &mut State, by: isize) {
    let furthest = state.view.furthest_scroll;
    let now = state.view.first_line.min(furthest);
    state.view.risk_scroll = if by == isize::MAX { furthest } else { now.saturating_add_signed(by).min(furthest) };
    state.view.first_line = state.view.risk_scroll;
}

fn rows(state: &State, risk: &Risk) -> Vec<ReachRow> {
    figures::reach_rows(state.budget(), state.estimate(), risk)
}

/// P80 as a sentence, which cannot be read backwards; without it the total.
pub(in crate::app) fn figure(state: &State) -> String {
    let HowSure::Known(risk) = state.how_sure() else { return clipboard::total(state) };
    let p80 = rows(state, risk).into_iter().find(|row| row.of == ReachOf::Percentile(80));
    p80.map_or_else(|| clipboard::total(state), |row| row.sentence())
}

/// The table of confidence as cells: amounts and percentages are numbers.
pub(in crate::app) fn table(state: &State, risk: &Risk) -> Clip {
    let text = |text: &str| Cell::Text(text.to_owned());
    let number = |number: Option<Decimal>| number.map_or_else(|| text(words::risk_withheld()), Cell::Number);
    let shown = &state.budget().shown;
    let head = vec![
        text(""),
        text(words::risk_such_projects()),
        text(shown.currency.code()),
        text(words::knob_label(Knob::Buffer)),
    ];
    let row = |row: &ReachRow| {
        let amount = row.usd.map(|usd| Amount::of(shown, usd).value());
        let share = if row.usd.is_some() { row.share.as_str() } else { "" };
        vec![text(&row.name), text(share), number(amount), text(&row.buffer)]
    };
    Clip::table(std::iter::once(head).chain(rows(state, risk).iter().map(row)))
}

/// How the figures are computed, with what this project has for each step.
pub(in crate::app) fn why(state: &State) -> Option<Vec<WhyLine>> {
    let HowSure::Known(risk) = state.how_sure() else { return None };
    let amount = |usd| Amount::of(&state.budget().shown, usd).about_if(state.estimate().totals.approximate).to_string();
    let step = |formula: &str, numbers: String| WhyLine::Step { formula: formula.to_owned(), numbers, source: None };
    let factors = risk.first_factors(WHY_DELIVERABLES_MAX);
    let experience = |doubt: &FactorDoubt| {
        let whose = figures::sharing(&doubt.shared.sharing, &title(state, doubt), doubt.shared.deliverables.len());
        let (low, high) = doubt.between;
        let range = words::risk_from_to(figures::tries(low), figures::tries(high));
        let unseen = figures::none_seen(state.budget(), state.estimate(), doubt);
        let unseen = unseen.map(|(kept, made)| words::risk_none_seen(kept, made));
        let origin = unseen.unwrap_or_else(|| figures::experience(doubt.worth));
        WhyLine::Input { name: whose, value: words::retry_between(range), origin }
    };
    let mut lines = vec![WhyLine::Heading(words::why_risk().to_owned())];
    lines.push(step(words::why_risk_tries(), String::new()));
    lines.push(step(words::why_risk_doubt(), String::new()));
    lines.push(step(words::why_risk_shared(), String::new()));
    lines.push(step(words::why_risk_sum(), String::new()));
    lines.push(step(words::why_risk_buffer(), String::new()));
    for (name, usd) in
        [(words::why_risk_floor(), risk.floor()), (words::risk_mean(), risk.mean()), (words::why_risk_sd(), risk.sd())]
    {
        lines.push(WhyLine::Sum(name.to_owned(), amount(usd)));
    }
    lines.push(WhyLine::Heading(words::risk_factors().to_owned()));
    lines.extend(factors.iter().map(experience));
    let budget = state.budget();
    let named = figures::named_rows(budget, state.estimate(), &risk.named());
    if !named.is_empty() {
        lines.push(WhyLine::Heading(words::risk_named_heading().to_owned()));
        lines.push(step(words::risk_three_points(), String::new()));
        let input = |row: figures::NamedRow| {
            let origin = match &row.standing {
                Standing::Counted { adds, .. } => words::risk_adds_on_average(adds),
                Standing::Broken(_) | Standing::Off => row.share(),
            };
            WhyLine::Input { name: row.name, value: words::risk_detail(row.chance, row.brings), origin }
        };
        lines.extend(named.into_iter().take(WHY_DELIVERABLES_MAX).map(input));
    }
    Some(lines)
}

fn title(state: &State, doubt: &FactorDoubt) -> String {
    let first = doubt.shared.deliverables.first().and_then(|at| state.budget().lines.get(*at));
    first.map(|line| line.title().to_owned()).unwrap_or_default()
}
