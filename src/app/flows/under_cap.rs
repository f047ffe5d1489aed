//! Under the cap: what gets a project there, what the cap still allows, and applying one of both as one step.

use crate::app::actions::knob_edit;
use crate::app::keys::action::{Action, Availability};
use crate::app::model::entry::Entry;
use crate::app::model::field::Field;
use crate::app::model::outcome::Effect;
use crate::app::model::overlay::{Kind, Overlay, PLAIN};
use crate::app::model::screen::Context;
use crate::app::model::state::State;
use crate::app::model::under_cap::{Found, Search, UnderCap, Way};
use crate::cost::Knob;
use crate::cost::base::money::Shown;
use crate::cost::budget::{Cap, Setting, Value};
use crate::cost::estimate::Limit;
use crate::cost::levers::goal;
use crate::cost::levers::moves::Move;
use crate::cost::levers::sure::ComparedBy;
use crate::diagnostics::Level;
use crate::figures::{BESIDE_TOTAL, LeverWords, lever_label};
use crate::words;
use std::sync::Arc;

/// The list of what gets under the cap.
pub(in crate::app) const LIST: Kind = Kind {
    context: Context::UnderCap,
    name: |_| words::dialog_under_cap().to_owned(),
    purpose: |_| words::help_under_cap(),
    go,
    accept: |state| {
        apply(state);
        Vec::new()
    },
    entry,
    typed: begin_typing,
    ..PLAIN
};

/// The cap's field above it, while the cap is typed.
pub(in crate::app) const CAP: Kind = Kind {
    context: Context::Ask,
    purpose: |_| words::help_under_cap_typing(),
    go: |_, _| {},
    enter: |_| words::enter_search(),
    accept: take_cap,
    cancel,
    typed: |state| {
        if let Some(open) = open_mut(state) {
            open.refused = None;
        }
    },
    ..LIST
};

const FIELD: Field = Field::Knob(Knob::Cap);

/// Opens the overlay. Without a cap, it asks for one.
pub(in crate::app) fn open(state: &mut State) -> Vec<Effect> {
    let compared = open_mut(state).map(|open| open.compared).unwrap_or_default();
    let mut open = UnderCap { entry: offered(state), compared, ..UnderCap::default() };
    open.refused = why_not(state);
    open.typing = open.refused.is_some() || state.budget().cap().is_none();
    open.searching = !open.typing;
    let effects = if open.searching { vec![Effect::UnderCap(search(state, compared))] } else { Vec::new() };
    state.session.notice = None;
    state.overlays.show(Overlay::UnderCap(Box::new(open)));
    effects
}

/// The cap as text to type over; empty without one.
fn offered(state: &State) -> Entry {
    Entry::new(knob_edit::typed_text(state, FIELD))
}

/// Why the project's cap cannot be compared with its total, if so.
fn why_not(state: &State) -> Option<String> {
    let budget = state.budget();
    if budget.cap_is_unreadable() {
        return Some(words::goal_cap_unreadable().to_owned());
    }
    wrong_currency(&budget.shown, budget.cap()?)
}

/// Why a cap cannot be held against totals: its currency is neither theirs nor USD.
fn wrong_currency(shown: &Shown, cap: Cap) -> Option<String> {
    let currency = Limit::of(shown, cap).err()?;
    Some(words::cap_wrong_currency(currency.code(), shown.currency.code()))
}

/// The knob in hand first, then those that a cap is usually spent on.
fn search(state: &State, compared: ComparedBy) -> Search {
    let count = state.budget().lines.len();
    let one = state.view.selection.line().or((count == 1).then_some(0));
    let in_hand = state.stepped_field().map(|field| field.knob()).filter(|knob| has_goal(*knob, one));
    let mut goals: Vec<_> = in_hand.map(|knob| (knob, one)).into_iter().collect();
    // A buffer is in no percentile.
    let buffer = (compared == ComparedBy::Total).then_some(Knob::Buffer);
    let own = [Knob::Finals, Knob::Retry].into_iter().chain(buffer).map(|knob| (knob, one));
    let all = [Knob::Retry].into_iter().chain(buffer).map(|knob| (knob, None)).filter(|_| count > 1);
    for wanted in own.chain(all) {
        if !goals.contains(&wanted) {
            goals.push(wanted);
        }
    }
    Search { goals, in_hand: in_hand.is_some(), compared }
}

/// Holds the next figure against the cap: the total, P80, P90.
pub(in crate::app) fn compare_next(state: &mut State) -> Vec<Effect> {
    let Some(now) = open_mut(state).map(|open| open.compared) else { return Vec::new() };
    let [first, second] = BESIDE_TOTAL;
    let next = match now {
        ComparedBy::Total => ComparedBy::Percentile(first),
        ComparedBy::Percentile(percent) if percent == first => ComparedBy::Percentile(second),
        ComparedBy::Percentile(_) | ComparedBy::OverCap(_) => ComparedBy::Total,
    };
    let search = search(state, next);
    if let Some(open) = open_mut(state) {
        (open.compared, open.searching, open.found, open.at, open.past) = (next, true, None, 0, 0);
    }
    vec![Effect::UnderCap(search)]
}

fn has_goal(knob: Knob, one: Option<usize>) -> bool {
    goal::knobs().any(|sought| sought == knob) && (one.is_some() || knob != Knob::Finals)
}

fn open_mut(state: &mut State) -> Option<&mut UnderCap> {
    let Some(Overlay::UnderCap(open)) = state.overlays.top_mut() else { return None };
    Some(open)
}

fn entry(overlay: &mut Overlay) -> Option<&mut Entry> {
    let Overlay::UnderCap(open) = overlay else { return None };
    Some(&mut open.entry)
}

/// A digit or a currency's sign begins another cap; any other character is none of the list's business.
fn begin_typing(state: &mut State) {
    let offered = offered(state);
    let Some(open) = open_mut(state) else { return };
    let text = open.entry.text().trim_start();
    let begins = text.chars().next().is_none_or(|first| first.is_numeric() || !first.is_ascii() || first == '$');
    if begins && text != offered.text() {
        (open.typing, open.refused) = (true, None);
    } else {
        open.entry = offered;
    }
}

/// Esc: the cap stays as it was; without one, the overlay closes.
fn cancel(state: &mut State) {
    let offered = offered(state);
    match open_mut(state) {
        Some(open) if open.searching || open.found.is_some() => {
            (open.entry, open.typing, open.refused) = (offered, false, None);
        }
        _ => (PLAIN.cancel)(state),
    }
}

/// Enter: sets the typed cap as one step, and searches.
fn take_cap(state: &mut State) -> Vec<Effect> {
    let Some(typed) = open_mut(state).map(|open| open.entry.clone()) else { return Vec::new() };
    match knob_edit::read_typed(state, FIELD, &typed) {
        Ok(Some(cap)) => {
            if let Setting::Value(Value::Cap(typed)) = &cap
                && let Some(why) = wrong_currency(&state.budget().shown, *typed)
            {
                refuse(state, why);
                return Vec::new();
            }
            if state.setting(Knob::Cap) != Some(&cap) {
                knob_edit::set(state, Knob::Cap, Some(cap));
            }
            open(state)
        }
        Ok(None) => {
            let refused = words::under_cap_empty(state.reach_in(Context::Ask, Action::Cancel));
            refuse(state, refused);
            Vec::new()
        }
        Err(refusal) => {
            let told = words::refusal(Knob::Cap, typed.text(), &refusal);
            refuse(state, words::in_sentences(&told.message, &told.allowed, &told.remedy));
            Vec::new()
        }
    }
}

fn refuse(state: &mut State, why: String) {
    if let Some(open) = open_mut(state) {
        (open.typing, open.refused) = (true, Some(why));
    }
}

/// Shows what was found, if the state still waits for it.
pub(in crate::app) fn arrived(state: &mut State, found: Found) {
    let found = Arc::new(found);
    for overlay in state.overlays.iter_mut() {
        if let Overlay::UnderCap(open) = overlay
            && open.searching
        {
            (open.searching, open.found, open.at, open.past) = (false, Some(Arc::clone(&found)), 0, 0);
        }
    }
}

/// The search cannot run: the overlay closes, and the notice says why.
pub(in crate::app) fn give_up(state: &mut State) {
    state.overlays.retain(|overlay| !matches!(overlay, Overlay::UnderCap(open) if open.searching));
}

/// Selects another way; on the last one a step down scrolls on to what follows it, as far as the last frame measured.
fn go(state: &mut State, by: isize) {
    let furthest = state.view.furthest_scroll;
    let Some(open) = open_mut(state) else { return };
    let last = open.found.as_ref().map_or(0, |found| found.count()).saturating_sub(1);
    let (at, past) = (open.at.min(last), open.past.min(furthest));
    if by > 0 && at == last {
        open.past = past.saturating_add_signed(by).min(furthest);
        return;
    }
    let back = past.min(by.min(0).unsigned_abs());
    open.past = past - back;
    let steps = by.saturating_add_unsigned(back);
    open.at = at.saturating_add_signed(steps).min(last);
}

/// A click: selects a way, and applies the selected one.
pub(in crate::app) fn click(state: &mut State, at: usize) {
    match open_mut(state) {
        Some(open) if open.at == at => apply(state),
        Some(open) => (open.at, open.past) = (at, 0),
        None => {}
    }
}

/// Applies the selected way as one step.
pub(in crate::app) fn apply(state: &mut State) {
    let Some(Overlay::UnderCap(open)) = state.overlays.top() else { return };
    let Some(found) = open.found.clone() else { return };
    let Some(way) = found.list().nth(open.at) else { return };
    let named = named(state, &found, way);
    let edits = way.edits(state.budget());
    let total = |state: &State| crate::figures::total_text(&state.budget().shown, &state.estimate().totals);
    let before = total(state);
    state.overlays.close();
    if state.carry_out(named.clone(), edits) {
        let notice = words::notice_under_cap(named, before, total(state), state.reach(Action::Undo));
        state.say(Level::Note, notice);
    }
}

/// The words for what was found.
#[must_use]
pub fn lever_words<'s>(state: &'s State, found: &Found) -> LeverWords<'s> {
    LeverWords {
        budget: state.budget(),
        catalog: state.session.catalog,
        approximate: found.approximate,
        compared: found.compared,
    }
}

/// A way in words.
#[must_use]
pub fn named(state: &State, found: &Found, way: Way<'_>) -> String {
    let say = lever_words(state, found);
    match way {
        Way::Move(one) => hoped(&say, one),
        Way::Pair(pair) => {
            let [first, second] = pair.moves.each_ref().map(|one| hoped(&say, one));
            words::goal_pair(first, second)
        }
        Way::Aim(aim) => {
            let best = aim.goal.best.as_ref().map(words::value).unwrap_or_default();
            let moved = words::levers_move(lever_label(aim.goal.knob), say.different(&aim.from), best);
            words::levers_of(moved, say.whose(&aim.goal))
        }
    }
}

/// A move in words. Fewer tries are a hope, and not a decision.
fn hoped(say: &LeverWords<'_>, one: &Move) -> String {
    let named = say.named(one);
    if one.knob != Knob::Retry || one.saving().is_zero() {
        return named;
    }
    match say.factors(&one.to) {
        Some(tries) => words::levers_if_enough(named, tries),
        None => words::levers_if_so_few(named),
    }
}

impl State {
    /// Whether a search under the cap runs for this state.
    #[must_use]
    pub fn awaits_under_cap(&self) -> bool {
        self.overlays.iter().any(|overlay| matches!(overlay, Overlay::UnderCap(open) if open.searching))
    }

    /// Whether another figure can be held against the cap.
    pub(in crate::app) fn can_compare_next(&self) -> Availability {
        if matches!(self.overlays.below_help(), Some(Overlay::UnderCap(open)) if !open.typing) {
            return Ok(());
        }
        Err(words::why_no_way(self.reach(Action::UnderCap)))
    }

    /// Whether a way is selected that can be applied.
    pub(in crate::app) fn can_apply_way(&self) -> Availability {
        let Some(Overlay::UnderCap(open)) = self.overlays.below_help() else {
            return Err(words::why_no_way(self.reach(Action::UnderCap)));
        };
        match &open.found {
            None => Err(words::under_cap_searching().to_owned()),
            Some(found) if found.count() == 0 => Err(words::why_nothing_to_apply().to_owned()),
            Some(_) => Ok(()),
        }
    }
}
