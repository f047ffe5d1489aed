//! The keys of each context: a table that is read from a file, looked up at each key, and shown in footer and help.

use crate::app::keys::action::Action;
use crate::app::keys::chord::Chord;
use crate::app::model::screen::Context;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The live table of keys; a copy costs nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keymap {
    bindings: Arc<BTreeMap<(Context, Chord), Action>>,
    order: Arc<Vec<(Context, Chord, Action)>>,
}

/// A later binding of the same key in the same context wins.
impl FromIterator<(Context, Chord, Action)> for Keymap {
    fn from_iter<T: IntoIterator<Item = (Context, Chord, Action)>>(all: T) -> Keymap {
        let order: Vec<_> = all.into_iter().collect();
        let bindings: BTreeMap<_, _> =
            order.iter().map(|(context, chord, action)| ((*context, *chord), *action)).collect();
        if bindings.len() == order.len() {
            return Keymap { bindings: Arc::new(bindings), order: Arc::new(order) };
        }
        let mut keymap = Keymap::default();
        order.into_iter().for_each(|(context, chord, action)| keymap.bind(context, chord, action));
        keymap
    }
}

impl Keymap {
    /// Binds a key; a later binding of the same key in the same context wins.
    pub fn bind(&mut self, context: Context, chord: Chord, action: Action) {
        let order = Arc::make_mut(&mut self.order);
        if Arc::make_mut(&mut self.bindings).insert((context, chord), action).is_some() {
            order.retain(|(c, k, _)| (*c, *k) != (context, chord));
        }
        order.push((context, chord, action));
    }

    /// The action of a key in a context.
    #[must_use]
    pub fn resolve(&self, context: Context, chord: Chord) -> Option<Action> {
        context.path().iter().find_map(|step| self.bindings.get(&(*step, chord)).copied())
    }

    /// Whether a character may begin a two-key sequence here.
    #[must_use]
    pub fn leads(&self, context: Context, first: char) -> bool {
        let holds =
            |(at, chord, _): &(Context, Chord, Action)| chord.after == Some(first) && context.path().contains(at);
        self.order.iter().any(holds)
    }

    /// The keys of an action in a context, the narrowest context first, without those that a narrower context rebinds.
    pub fn keys_of(&self, context: Context, action: Action) -> impl Iterator<Item = Chord> + '_ {
        let own: Vec<_> = self.order.iter().filter(|(_, _, bound)| *bound == action).collect();
        let mut keys = Vec::with_capacity(own.len());
        for step in context.path() {
            let here = own.iter().filter(|(at, _, _)| at == step).map(|(_, chord, _)| *chord);
            keys.extend(here.filter(|chord| self.resolve(context, *chord) == Some(action)));
        }
        keys.into_iter()
    }

    /// Every binding, in the order of the file.
    pub fn bindings(&self) -> impl Iterator<Item = (Context, Chord, Action)> + '_ {
        self.order.iter().copied()
    }
}
