//! The keys of each context: a table that is read from a file, looked up at each key, and shown in footer and help.

use crate::app::keys::action::Action;
use crate::app::keys::chord::Chord;
use crate::words;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The effect of a key without a binding in a context, or in some part of a context that covers several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unbound {
    /// Nothing.
    Nothing,
    /// It is typed into the open text.
    Text,
    /// A digit begins to type the focused knob's value.
    Knob,
    /// The same, from a list or table.
    List,
}

/// One row of the table of contexts.
#[derive(Clone, Copy)]
pub struct Place {
    /// The context.
    pub context: Context,
    /// The name of its table in the key file.
    pub name: &'static str,
    /// The contexts to look a key up in, the narrowest first.
    pub path: &'static [Context],
    /// The effect of a key without a binding.
    pub unbound: Unbound,
    /// The name for moving up and down there.
    pub up_down: fn() -> &'static str,
}

macro_rules! contexts {
    ($( $(#[$doc:meta])+ $context:ident = $name:literal, [$($step:ident),+], $unbound:ident, $up_down:ident; )+) => {
        /// The place that has the keyboard.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Context { $( $(#[$doc])+ $context, )+ }

        const PLACES: &[Place] = &[
            $( Place {
                context: Context::$context,
                name: $name,
                path: &[$(Context::$step),+],
                unbound: Unbound::$unbound,
                up_down: words::$up_down,
            } ),+
        ];

        impl Context {
            /// All contexts with the name of their table in the key file.
            pub const ALL: [(Context, &'static str); PLACES.len()] = [$( (Context::$context, $name) ),+];
        }
    };
}

contexts! {
    /// In every context.
    Everywhere = "everywhere", [Everywhere], Text, footer_field;
    /// On a screen of the project: on the list, in the panes, on a table.
    Worksheet = "worksheet", [Worksheet, Everywhere], List, footer_field;
    /// On the list of deliverables.
    List = "list", [List, Worksheet, Everywhere], List, footer_line;
    /// On a field of a pane.
    Pane = "pane", [Pane, Worksheet, Everywhere], Knob, footer_field;
    /// On the table of bills.
    Bills = "bills", [Bills, Worksheet, Everywhere], List, footer_scroll;
    /// On a field of a pane above the table of bills.
    BillsPane = "bills-pane", [BillsPane, Pane, Worksheet, Everywhere], Knob, footer_field;
    /// In a field's text.
    Typing = "typing", [Typing, Everywhere], Text, footer_field;
    /// In a line of text that the program asks for.
    Ask = "ask", [Ask, Everywhere], Text, footer_field;
    /// In a list to choose from.
    Choosing = "choosing", [Choosing, Everywhere], Text, footer_entry;
    /// In the preview of a list to import.
    Importing = "importing", [Importing, Everywhere], Nothing, footer_scroll;
    /// On a column of it.
    ImportingColumn = "importing-column", [ImportingColumn, Everywhere], Nothing, footer_column;
    /// In a text that scrolls.
    Reading = "reading", [Reading, Everywhere], Nothing, footer_scroll;
    /// On the question about unsaved edits.
    Unsaved = "unsaved", [Unsaved, Everywhere], Nothing, footer_field;
    /// On the message that another program changed the file.
    Conflict = "conflict", [Conflict, Everywhere], Nothing, footer_field;
    /// On the values that two sides changed.
    Resolving = "resolving", [Resolving, Everywhere], Nothing, footer_entry;
    /// On the question whether to replace a file.
    Replace = "replace", [Replace, Everywhere], Nothing, footer_field;
    /// On the offer of an earlier session's edits.
    Recovering = "recovering", [Recovering, Everywhere], Nothing, footer_scroll;
    /// On the comparison of prices.
    Rates = "rates", [Rates, Everywhere], Nothing, footer_field;
}

impl Context {
    /// The context's row.
    #[must_use]
    pub fn row(self) -> &'static Place {
        // The macro writes rows in the order of the variants, so a variant's number is the index of its row.
        &PLACES[self as usize]
    }

    /// The context's table in the key file.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The context of a table in the key file.
    #[must_use]
    pub fn named(name: &str) -> Option<Context> {
        PLACES.iter().find(|place| place.name == name).map(|place| place.context)
    }

    /// Whether the keyboard is on a field of a pane.
    #[must_use]
    pub fn is_pane(self) -> bool {
        self.path().contains(&Context::Pane)
    }

    /// The contexts to look a key up in, the narrowest first.
    #[must_use]
    pub fn path(self) -> &'static [Context] {
        self.row().path
    }
}

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
        let live = move |chord: &Chord| self.resolve(context, *chord) == Some(action);
        let narrowest_first = context.path().iter();
        narrowest_first
            .flat_map(move |step| self.order.iter().filter(move |(c, _, a)| *a == action && c == step))
            .map(|(_, chord, _)| *chord)
            .filter(live)
    }

    /// Every binding, in the order of the file.
    pub fn bindings(&self) -> impl Iterator<Item = (Context, Chord, Action)> + '_ {
        self.order.iter().copied()
    }
}
