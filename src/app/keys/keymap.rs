//! Which key does what, by context: a table that is read from a file, asked at each key, and shown in footer and help.

use crate::app::keys::action::Action;
use crate::app::keys::chord::Chord;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where the keyboard is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// In every context.
    Everywhere,
    /// On a screen of the project: on the list, in the panes, on a table.
    Worksheet,
    /// On the list of deliverables.
    List,
    /// On a field of a pane.
    Pane,
    /// On the table of bills.
    Bills,
    /// On a field of a pane above the table of bills.
    BillsPane,
    /// In a field's text.
    Typing,
    /// In a line of text that was asked for.
    Ask,
    /// In a list to choose from.
    Choosing,
    /// In the preview of a list that may be taken in.
    Importing,
    /// In a text that scrolls.
    Reading,
    /// Where unsaved edits are about to be left.
    Unsaved,
    /// Where the file was changed by somebody else.
    Conflict,
    /// Where two sides changed the same values.
    Resolving,
    /// Where a file of the chosen name exists.
    Replace,
    /// Where edits of an earlier session are offered.
    Recovering,
    /// Where prices differ.
    Rates,
}

impl Context {
    /// All contexts with the name of their table in the key file.
    pub const ALL: [(Context, &'static str); 17] = [
        (Context::Everywhere, "everywhere"),
        (Context::Worksheet, "worksheet"),
        (Context::List, "list"),
        (Context::Pane, "pane"),
        (Context::Bills, "bills"),
        (Context::BillsPane, "bills-pane"),
        (Context::Typing, "typing"),
        (Context::Ask, "ask"),
        (Context::Choosing, "choosing"),
        (Context::Importing, "importing"),
        (Context::Reading, "reading"),
        (Context::Unsaved, "unsaved"),
        (Context::Conflict, "conflict"),
        (Context::Resolving, "resolving"),
        (Context::Replace, "replace"),
        (Context::Recovering, "recovering"),
        (Context::Rates, "rates"),
    ];

    /// The context's table in the key file.
    #[must_use]
    pub fn name(self) -> &'static str {
        Context::ALL[self as usize].1
    }

    /// The context of a table in the key file.
    #[must_use]
    pub fn named(name: &str) -> Option<Context> {
        Context::ALL.into_iter().find(|(_, known)| *known == name).map(|(context, _)| context)
    }

    /// Whether the keyboard is on a field of a pane.
    #[must_use]
    pub fn is_pane(self) -> bool {
        matches!(self, Context::Pane | Context::BillsPane)
    }

    /// Where a key is looked up, the narrowest first.
    #[must_use]
    pub fn path(self) -> &'static [Context] {
        match self {
            Context::Everywhere => &[Context::Everywhere],
            Context::Worksheet => &[Context::Worksheet, Context::Everywhere],
            Context::List => &[Context::List, Context::Worksheet, Context::Everywhere],
            Context::Pane => &[Context::Pane, Context::Worksheet, Context::Everywhere],
            Context::Bills => &[Context::Bills, Context::Worksheet, Context::Everywhere],
            Context::BillsPane => &[Context::BillsPane, Context::Pane, Context::Worksheet, Context::Everywhere],
            Context::Typing => &[Context::Typing, Context::Everywhere],
            Context::Ask => &[Context::Ask, Context::Everywhere],
            Context::Choosing => &[Context::Choosing, Context::Everywhere],
            Context::Importing => &[Context::Importing, Context::Everywhere],
            Context::Reading => &[Context::Reading, Context::Everywhere],
            Context::Unsaved => &[Context::Unsaved, Context::Everywhere],
            Context::Conflict => &[Context::Conflict, Context::Everywhere],
            Context::Resolving => &[Context::Resolving, Context::Everywhere],
            Context::Replace => &[Context::Replace, Context::Everywhere],
            Context::Recovering => &[Context::Recovering, Context::Everywhere],
            Context::Rates => &[Context::Rates, Context::Everywhere],
        }
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

    /// What a key does where the keyboard is.
    #[must_use]
    pub fn resolve(&self, context: Context, chord: Chord) -> Option<Action> {
        context.path().iter().find_map(|step| self.bindings.get(&(*step, chord)).copied())
    }

    /// Whether a character may be the first of two here.
    #[must_use]
    pub fn leads(&self, context: Context, first: char) -> bool {
        let holds =
            |(at, chord, _): &(Context, Chord, Action)| chord.after == Some(first) && context.path().contains(at);
        self.order.iter().any(holds)
    }

    /// The keys of an action in a context, the narrowest context first, without those that mean something narrower there.
    pub fn keys_of(&self, context: Context, action: Action) -> impl Iterator<Item = Chord> + '_ {
        let live = move |chord: &Chord| self.resolve(context, *chord) == Some(action);
        let narrowest_first = context.path().iter();
        narrowest_first
            .flat_map(move |step| self.order.iter().filter(move |(c, _, a)| *a == action && c == step))
            .map(|(_, chord, _)| *chord)
            .filter(live)
    }

    /// Every binding in the order of the file.
    pub fn bindings(&self) -> impl Iterator<Item = (Context, Chord, Action)> + '_ {
        self.order.iter().copied()
    }
}
