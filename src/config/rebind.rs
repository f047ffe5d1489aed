//! Applies a user's keys to the built-in ones, and reports everything that this takes away or hides.

use super::keys::{KeyRequest, default_keymap, wishes};
use super::report::Report;
use crate::app::keys::keymap::Keymap;
use crate::app::model::screen::{Context, Unbound};
use crate::app::{Action, Chord, Key};
use crate::diagnostics::{Code, Level, Problem};
use crate::words;
use std::collections::BTreeSet;
use toml::de::DeTable;

type Binding = (Context, Chord, Action);

/// One key that the user set.
struct UserKey {
    context: Context,
    chord: Chord,
    action: Action,
    at: usize,
    path: String,
}

/// The built-in keys with the user's changes, and the number of actions that the user changed.
pub(super) fn rebound(keys: &DeTable<'_>, report: &mut Report<'_>) -> (Keymap, usize) {
    let defaults: Vec<Binding> = default_keymap().bindings().collect();
    let mut wishes = wishes(keys, "keys.", report);
    wishes.retain(|wish| is_allowed(wish, &defaults, report));
    let own = without_duplicates(&wishes, report);
    let asked: BTreeSet<(Context, Action)> = wishes.iter().map(|wish| (wish.context, wish.action)).collect();
    let taken: BTreeSet<(Context, Chord)> = own.iter().map(|own| (own.context, own.chord)).collect();
    let stays = |(context, chord, action): &Binding| {
        !asked.contains(&(*context, *action)) && !taken.contains(&(*context, *chord))
    };
    let kept: Vec<Binding> = defaults.iter().copied().filter(stays).collect();
    let mut keymap = Keymap::default();
    for (context, chord, action) in kept.iter().copied().chain(own.iter().map(|o| (o.context, o.chord, o.action))) {
        keymap.bind(context, chord, action);
    }
    let table = Table { defaults: &defaults, kept: &kept, asked: &asked, keymap: &keymap };
    for own in &own {
        table.report_taken(own, report);
        table.report_hidden(own, report);
        table.report_covered(own, report);
        table.report_untypable(own, report);
    }
    ensure_quit(&mut keymap, &wishes, report);
    (keymap, asked.len())
}

/// Answers to a question do harm outside it: reload would drop edits unasked. Their keys may be changed, but only in their
/// own context.
fn is_allowed(wish: &KeyRequest, defaults: &[Binding], report: &mut Report<'_>) -> bool {
    let asks = |context: &Context| {
        matches!(context, Context::Unsaved | Context::Conflict | Context::Resolving | Context::Replace | Context::Rates)
    };
    let homes: Vec<Context> = defaults.iter().filter(|(_, _, a)| *a == wish.action).map(|(c, _, _)| *c).collect();
    let stands = homes.is_empty() || homes.contains(&wish.context) || !homes.iter().all(asks);
    if !stands {
        let message = words::keys_answer_misplaced(wish.action.row().name, wish.context.name());
        let problem = Problem::new(Code::KeysMisplaced, message).with_key(wish.key());
        report.say(wish.at, problem.with_allowed(homes.iter().map(|home| home.name()).collect::<Vec<_>>().join(", ")));
    }
    stands
}

/// The user's keys, each once in a context: if two actions ask for one key, the later line gets it.
fn without_duplicates(wishes: &[KeyRequest], report: &mut Report<'_>) -> Vec<UserKey> {
    let mut own: Vec<UserKey> = Vec::new();
    for wish in wishes {
        for (chord, at) in &wish.keys {
            let (context, action) = (wish.context, wish.action);
            if let Some(before) = own.iter().position(|own| own.context == context && own.chord == *chord) {
                let before = own.remove(before);
                if before.action != action {
                    let message = words::keys_twice(chord.spelled(), before.action.row().name, action.row().name);
                    report.say(*at, Problem::new(Code::KeysConflict, message).with_key(wish.key()));
                }
            }
            own.push(UserKey { context, chord: *chord, action, at: *at, path: wish.key() });
        }
    }
    own
}

/// The key table before and after.
struct Table<'a> {
    defaults: &'a [Binding],
    /// Remaining defaults.
    kept: &'a [Binding],
    /// Actions whose keys the user set, or unset.
    asked: &'a BTreeSet<(Context, Action)>,
    keymap: &'a Keymap,
}

impl Table<'_> {
    /// Reports that a default of the same context lost its key although the user did not change it.
    fn report_taken(&self, own: &UserKey, report: &mut Report<'_>) {
        let lost = self.defaults.iter().find(|(context, chord, action)| {
            (*context, *chord) == (own.context, own.chord)
                && *action != own.action
                && !self.asked.contains(&(*context, *action))
        });
        let Some((_, chord, old)) = lost else { return };
        let (spelled, name) = (chord.spelled(), old.row().name);
        let problem = match self.keymap.keys_of(own.context, *old).next() {
            Some(_) => Problem::new(Code::KeysTaken, words::keys_taken(spelled, name)),
            None => Problem::new(Code::KeysTaken, words::keys_orphaned(spelled, name)).with_level(Level::Warning),
        };
        report.say(own.at, problem.with_key(own.path.as_str()));
    }

    /// Reports that a default of a wider context is covered.
    fn report_hidden(&self, own: &UserKey, report: &mut Report<'_>) {
        let wider = own.context.path().iter().skip(1);
        let hidden = wider.flat_map(|wide| self.kept.iter().filter(move |(context, _, _)| context == wide));
        let mut hidden = hidden.filter(|(_, chord, action)| *chord == own.chord && *action != own.action);
        if let Some((wide, chord, old)) = hidden.next() {
            let message = words::keys_hides(chord.spelled(), old.row().name, wide.name());
            report.say(own.at, Problem::new(Code::KeysHidden, message).with_key(own.path.as_str()));
        }
    }

    /// Whether the built-in keys say the same, so that there is nothing new to report.
    fn is_default(&self, own: &UserKey) -> bool {
        self.defaults.contains(&(own.context, own.chord, own.action))
    }

    /// Reports that a character used for typing, or for starting a value, is now a command.
    fn report_untypable(&self, own: &UserKey, report: &mut Report<'_>) {
        let Chord { key: Key::Char(c), ctrl: false, alt: false, .. } = own.chord else { return };
        if self.is_default(own) {
            return;
        }
        let problem = match own.context.row().unbound {
            Unbound::Text => {
                Problem::new(Code::KeysEats, words::keys_eats_character(own.chord.spelled())).with_level(Level::Warning)
            }
            Unbound::Knob | Unbound::List | Unbound::Amount | Unbound::Row if c.is_ascii_digit() || c == '.' => {
                Problem::new(Code::KeysEats, words::keys_eats_digit(own.chord.spelled()))
            }
            Unbound::Knob | Unbound::List | Unbound::Amount | Unbound::Row | Unbound::Nothing => return,
        };
        report.say(own.at, problem.with_key(own.path.as_str()));
    }

    /// Reports that a default of a narrower context keeps the key there.
    fn report_covered(&self, own: &UserKey, report: &mut Report<'_>) {
        if self.is_default(own) {
            return;
        }
        let inside = |context: &Context| *context != own.context && context.path().contains(&own.context);
        let covering = self
            .kept
            .iter()
            .filter(|(context, chord, action)| inside(context) && *chord == own.chord && *action != own.action);
        let places: Vec<&str> = covering.map(|(context, _, _)| context.name()).collect();
        if !places.is_empty() {
            let message = words::keys_covered(own.chord.spelled(), places.join(", "));
            report.say(own.at, Problem::new(Code::KeysCovered, message).with_key(own.path.as_str()));
        }
    }
}

/// Binds Ctrl-C to quit in every context where no key for it is left.
fn ensure_quit(keymap: &mut Keymap, wishes: &[KeyRequest], report: &mut Report<'_>) {
    let ctrl_c = Chord { after: None, key: Key::Char('c'), ctrl: true, alt: false };
    let mut kept = false;
    // The widest context comes first, so that one binding serves as many contexts as it can.
    for (context, _) in Context::ALL {
        if keymap.keys_of(context, Action::Quit).next().is_none() {
            keymap.bind(context, ctrl_c, Action::Quit);
            kept = true;
        }
    }
    if kept {
        let cause = wishes.iter().find(|wish| wish.action == Action::Quit || wish.keys.iter().any(|k| k.0 == ctrl_c));
        let problem = Problem::new(Code::KeysQuit, words::keys_quit_kept());
        report.say(cause.map_or(0, |wish| wish.at), problem.with_key(cause.map_or_else(String::new, KeyRequest::key)));
    }
}
