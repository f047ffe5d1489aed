//! Comparing pinned prices with built-in ones, and replacing the pinned ones.

use crate::app::keys::action::Action;
use crate::app::model::overlay::{Kind, Overlay, PLAIN, Repricing};
use crate::app::model::screen::Context;
use crate::app::model::state::State;
use crate::cost::budget::edit::Edit;
use crate::cost::estimate;
use crate::cost::rates::age::differences;
use crate::diagnostics::Level;
use crate::figures;
use crate::words;
use std::collections::BTreeMap;

/// The prices that differ.
pub(in crate::app) const KIND: Kind = Kind {
    context: Context::Rates,
    name: |_| words::dialog_rates().to_owned(),
    purpose: |_| words::help_rates(),
    ..PLAIN
};

/// Shows the prices that differ, and their effect on the total.
pub(in crate::app) fn compare(state: &mut State) {
    let mut repriced = state.project.budget().clone();
    repriced.pins.clear();
    let then = estimate(&repriced, state.session.catalog, state.session.today).totals;
    let shown = |totals| figures::total_text(&state.project.budget().shown, totals);
    let repricing = Repricing {
        differences: differences(&state.project.budget().pins, &state.session.catalog.models),
        now: shown(&state.project.estimate().totals),
        then: shown(&then),
    };
    state.overlays.show(Overlay::Rates(Box::new(repricing)));
}

/// Replaces the differing pins by the built-in prices, with the date they were read.
pub(in crate::app) fn adopt(state: &mut State) {
    let (mut before, mut after) = (BTreeMap::new(), BTreeMap::new());
    for difference in differences(&state.project.budget().pins, &state.session.catalog.models) {
        let model = state.session.catalog.models.iter().find(|model| model.card_id() == difference.card);
        if let (Some(model), Some(pinned)) = (model, state.project.budget().pins.get(&difference.card)) {
            before.insert(difference.card.clone(), pinned.clone());
            after.insert(difference.card, model.card.clone());
        }
    }
    state.overlays.clear();
    state.carry_out(words::action_adopt().to_owned(), vec![Edit::Pins { before, after }]);
    state.say(Level::Note, words::notice_rates_adopted(state.reach(Action::Undo)));
}
