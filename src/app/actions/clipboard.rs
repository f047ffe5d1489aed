//! Texts for the clipboard: a figure, a row, the whole estimate, a derivation.

use crate::app::actions::{bills, knob_edit, why};
use crate::app::model::outcome::Effect;
use crate::app::model::overlay::Overlay;
use crate::app::model::state::State;
use crate::app::model::view::Focus;
use crate::cost::Knob;
use crate::cost::base::money::{Currency, Decimal, rounded_parts};
use crate::diagnostics::Level;
use crate::words;
use crate::words::clip::Clip;

/// Copies a text; in the calculation, the calculation.
pub(in crate::app) fn copy(state: &mut State, text: fn(&State) -> Clip) -> Vec<Effect> {
    let text = match matches!(state.overlays.top(), Some(Overlay::Why)) {
        true => Clip::lines(why::text(&why::lines(state))),
        false => text(state),
    };
    state.say(Level::Note, words::notice_copied(text.lines().next().unwrap_or_default()));
    vec![Effect::Copy(text)]
}

/// The focused field's value, or on the list the selected line's total.
pub(in crate::app) fn figure(state: &State) -> Clip {
    Clip::line(&figure_text(state))
}

fn figure_text(state: &State) -> String {
    if state.view.focus == Focus::Bills {
        return bills::figure(state);
    }
    match (state.field(), state.line()) {
        (Some(field), _) => knob_edit::typed_text(state, field),
        (None, Some(line)) => money(state, line.total),
        (None, None) => money(state, state.project.estimate().totals.total),
    }
}

fn money(state: &State, usd: Option<Decimal>) -> String {
    usd.map_or_else(|| words::unknown().to_owned(), |usd| words::number::shown(&state.project.budget().shown, usd))
}

/// Amounts that add up to the shown total where all of them are known.
fn column(state: &State, usd: Vec<Option<Decimal>>) -> Vec<String> {
    let shown = &state.project.budget().shown;
    let sign = if shown.currency == Currency::USD { "" } else { "≈" };
    let converted: Option<Vec<Decimal>> = usd.iter().map(|usd| shown.from_usd((*usd)?)).collect();
    let amount = |part| format!("{sign}{}", words::number::amount(shown.currency, part));
    match converted.and_then(|amounts| rounded_parts(&amounts, shown.currency.digits()).ok()) {
        Some(parts) => parts.into_iter().map(amount).collect(),
        None => usd.into_iter().map(|usd| money(state, usd)).collect(),
    }
}

/// The selected line with tabs between its figures, as a spreadsheet takes it.
pub(in crate::app) fn row(state: &State) -> Clip {
    let Some(line) = state.line() else { return Clip::line("") };
    let name = state.project.budget().lines.iter().find(|other| other.key == line.key).map_or("", |line| line.title());
    let factor = line.deliverable.factor.map_or_else(|| words::unknown().to_owned(), words::factor_number);
    let generations = line.generations().map_or_else(|| words::unknown().to_owned(), |count| count.to_string());
    let finals = line.deliverable.finals.value.to_string();
    Clip::cells([name.to_owned(), finals, factor, generations, money(state, line.subtotal), money(state, line.total)])
}

/// The estimate as a few lines for a mail or a chat. No name begins a line: there it could be a heading or a list of its own.
pub(in crate::app) fn summary(state: &State) -> Clip {
    let totals = &state.project.estimate().totals;
    let mut text: Vec<String> = state.project.budget().name.iter().map(words::summary_title).collect();
    let amounts = state.project.estimate().lines.iter().map(|line| line.subtotal).chain([totals.buffer]);
    let amounts = column(state, amounts.collect());
    for ((line, estimate), amount) in
        state.project.budget().lines.iter().zip(&state.project.estimate().lines).zip(&amounts)
    {
        let finals = words::final_count(words::number::plain(estimate.deliverable.finals.value));
        text.push(words::summary_item(line.title(), format!("{finals}, {amount}")));
    }
    let buffer = amounts.last().map_or("", String::as_str);
    text.push(words::summary_sum(words::knob_label(Knob::Buffer), buffer));
    text.push(words::summary_sum(words::total(), money(state, totals.total)));
    for bill in bills::of_project(state).into_iter().skip(1) {
        text.push(words::summary_item(bill.name, format!("{} ({})", bill.figure, bill.percent)));
    }
    Clip::lines(text)
}
