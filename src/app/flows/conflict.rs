//! Values that two sides changed differently: both are shown, the user chooses for each, and nothing is applied before.

use crate::app::keys::action::Action;
use crate::app::model::outcome::Effect;
use crate::app::model::overlay::{Kind, Overlay, PLAIN};
use crate::app::model::screen::Context;
use crate::app::model::state::State;
use crate::words;

/// The choice for a dispute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// The value on screen, or the first side of a file with conflict markers.
    Mine,
    /// The value on disk, or the second side.
    Theirs,
    /// Both, mine first.
    Both,
    /// The value before both changes.
    Base,
}

/// The two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Between {
    /// The screen and the file, which another program changed meanwhile.
    ScreenAndDisk,
    /// The two sides of an unfinished merge in the file.
    Markers,
}

/// One value or run of lines with two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// Its place: the dotted key, or the line.
    pub place: String,
    /// One side's lines; `None` if that side removed them.
    pub mine: Option<String>,
    /// The other side's lines.
    pub theirs: Option<String>,
    /// The value before both changes, if known.
    pub base: Option<String>,
}

/// All disputes and the choices so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolving {
    /// The two sides.
    pub between: Between,
    /// In the order of the file.
    pub disputes: Vec<Dispute>,
    /// One for each dispute; `None` while it is open.
    pub choices: Vec<Option<Keep>>,
    /// The dispute that the keys act on.
    pub at: usize,
    /// The names of the two sides.
    pub names: [String; 2],
    /// The total for these choices, with open ones counted as mine.
    pub total: String,
    /// Why the choices cannot be applied, if so.
    pub refused: Option<String>,
}

impl Resolving {
    /// A question with nothing chosen yet.
    #[must_use]
    pub fn new(between: Between, names: [String; 2], disputes: Vec<Dispute>) -> Resolving {
        let choices = vec![None; disputes.len()];
        Resolving { between, disputes, choices, at: 0, names, total: String::new(), refused: None }
    }

    /// The choices, open ones as mine.
    #[must_use]
    pub fn kept(&self) -> Vec<Keep> {
        self.choices.iter().map(|choice| choice.unwrap_or(Keep::Mine)).collect()
    }

    /// The number of disputes without a choice.
    #[must_use]
    pub fn open(&self) -> usize {
        self.choices.iter().filter(|choice| choice.is_none()).count()
    }

    /// Whether this choice is possible for a dispute.
    #[must_use]
    pub fn offers(&self, keep: Keep) -> bool {
        match keep {
            Keep::Mine | Keep::Theirs => true,
            Keep::Both => self.between == Between::Markers,
            Keep::Base => self.disputes.get(self.at).is_some_and(|dispute| dispute.base.is_some()),
        }
    }
}

/// The question which side to keep.
pub(in crate::app) const KIND: Kind = Kind {
    context: Context::Resolving,
    name: |_| words::help_resolve_title().to_owned(),
    purpose: |_| words::help_resolve(),
    only: Some(&[
        Action::Up,
        Action::Down,
        Action::First,
        Action::Last,
        Action::TakeMine,
        Action::TakeTheirs,
        Action::TakeBoth,
        Action::TakeBase,
        Action::AllMine,
        Action::AllTheirs,
        Action::Accept,
        Action::Cancel,
        Action::Help,
        Action::Quit,
        Action::Suspend,
    ]),
    go: |state, by| {
        if let Some(resolving) = open(state) {
            let last = resolving.disputes.len().saturating_sub(1);
            resolving.at = resolving.at.saturating_add_signed(by).min(last);
        }
    },
    enter: |_| words::action_apply_way(),
    accept: |state| open(state).map_or_else(Vec::new, accept),
    ..PLAIN
};

fn open(state: &mut State) -> Option<&mut Resolving> {
    let Some(Overlay::Resolve(resolving)) = state.overlays.top_mut() else { return None };
    Some(resolving)
}

/// Keeps one side of the dispute that the keys act on.
pub(in crate::app) fn take(state: &mut State, keep: Keep) -> Vec<Effect> {
    let at = open(state).map_or(0, |resolving| resolving.at);
    choose(state, at, keep)
}

/// Keeps one side everywhere.
pub(in crate::app) fn take_all(state: &mut State, keep: Keep) -> Vec<Effect> {
    let Some(resolving) = open(state) else { return Vec::new() };
    resolving.choices.fill(Some(keep));
    weigh(resolving)
}

/// Chooses for one dispute and moves to the next open one.
pub(in crate::app) fn choose(state: &mut State, at: usize, keep: Keep) -> Vec<Effect> {
    let Some(resolving) = open(state) else { return Vec::new() };
    let Some(choice) = resolving.choices.get_mut(at) else { return Vec::new() };
    *choice = Some(keep);
    resolving.at = (at..resolving.choices.len()).find(|next| resolving.choices[*next].is_none()).unwrap_or(at);
    weigh(resolving)
}

fn weigh(resolving: &mut Resolving) -> Vec<Effect> {
    resolving.refused = None;
    vec![Effect::Weigh(resolving.kept())]
}

fn accept(resolving: &mut Resolving) -> Vec<Effect> {
    if resolving.open() > 0 {
        resolving.refused = Some(words::resolve_open(resolving.open()));
        resolving.at = resolving.choices.iter().position(Option::is_none).unwrap_or(resolving.at);
        return Vec::new();
    }
    if resolving.refused.is_some() {
        return Vec::new();
    }
    vec![Effect::Resolve(resolving.kept())]
}
