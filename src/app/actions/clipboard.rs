//! Texts for the clipboard: a figure, a row, a calculation.

use crate::app::actions::{knob_edit, risk, why};
use crate::app::model::outcome::Effect;
use crate::app::model::overlay::Overlay;
use crate::app::model::project::HowSure;
use crate::app::model::screen::Screen;
use crate::app::model::state::State;
use crate::app::model::view::Focus;
use crate::cost::base::money::Decimal;
use crate::diagnostics::Level;
use crate::figures::{short_count, text_if};
use crate::words;
use crate::words::clip::Clip;

/// Copies a text; while the calculation is open, copies the calculation.
pub(in crate::app) fn copy(state: &mut State, text: fn(&State) -> Clip) -> Vec<Effect> {
    let text = match matches!(state.overlays.top(), Some(Overlay::Why)) {
        true => Clip::lines(why::text(&why::lines(state))),
        false => text(state),
    };
    state.say(Level::Note, words::notice_copied(text.lines().next().unwrap_or_default()));
    vec![Effect::Copy(text)]
}

/// The focused field's value, or what is copied beside the panes.
pub(in crate::app) fn figure(state: &State) -> Clip {
    Clip::line(&figure_text(state))
}

fn figure_text(state: &State) -> String {
    match (state.view.focus, state.field()) {
        (Focus::Beside, _) => (state.view.screen.row().figure)(state),
        (Focus::Pane(_), Some(field)) => knob_edit::typed_text(state, field),
        (Focus::Pane(_), None) => total(state),
    }
}

/// The selected line's total, or the project's.
pub(in crate::app) fn total(state: &State) -> String {
    let totals = &state.project.estimate().totals;
    let (total, is_approximate) =
        state.line().map_or((totals.total, totals.approximate), |line| (line.total, line.is_approximate()));
    money(state, total, is_approximate)
}

fn money(state: &State, usd: Option<Decimal>, is_approximate: bool) -> String {
    text_if(&state.project.budget().shown, usd, is_approximate)
}

/// The selected line with tabs between its figures, for a spreadsheet; on the risk screen its whole table.
pub(in crate::app) fn row(state: &State) -> Clip {
    if let (true, HowSure::Known(risk)) = (state.view.is_beside(Screen::Risk), state.how_sure()) {
        return risk::table(state, risk);
    }
    let Some(line) = state.line() else { return Clip::line("") };
    let name = state.project.budget().lines.iter().find(|other| other.key == line.key).map_or("", |line| line.title());
    let factor = line.deliverable.factor.map_or_else(|| words::unknown().to_owned(), words::factor_number);
    let images = line
        .images()
        .map_or_else(|| words::unknown().to_owned(), |count| words::number::typed(&short_count(count).to_string()));
    let finals = line.deliverable.all_finals().to_string();
    let [subtotal, total] = [line.subtotal, line.total].map(|usd| money(state, usd, line.is_approximate()));
    Clip::cells([name.to_owned(), finals, factor, images, subtotal, total])
}
