//! Values that two sides changed differently: both are shown, a choice is made for each, and nothing is taken before.

use crate::app::keys::action::Action;
use crate::app::model::outcome::Effect;
use crate::app::model::overlay::Dialog;
use crate::app::model::state::State;
use crate::words;

/// What is kept of a dispute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// What is on screen, or the first side of a file with conflict markers.
    Mine,
    /// What is on disk, or the second side.
    Theirs,
    /// Both, mine first.
    Both,
    /// What stood there before both changes.
    Base,
}

/// Who disagrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Between {
    /// The screen and the file, which somebody else changed meanwhile.
    ScreenAndDisk,
    /// The two sides of an unfinished merge in the file.
    Markers,
}

/// One value or run of lines with two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// Where it is: the dotted key, or the line.
    pub place: String,
    /// One side's lines; none where it took them away.
    pub mine: Option<String>,
    /// The other side's lines.
    pub theirs: Option<String>,
    /// What stood there before, where that is known.
    pub base: Option<String>,
}

/// All disputes and what has been chosen so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolving {
    /// Who disagrees.
    pub between: Between,
    /// In the order of the file.
    pub disputes: Vec<Dispute>,
    /// One for each dispute; none while it is open.
    pub choices: Vec<Option<Keep>>,
    /// The dispute that the keys act on.
    pub at: usize,
    /// What the two sides are called.
    pub names: [String; 2],
    /// The total that the choices come to, open ones counted as mine.
    pub total: String,
    /// Why the choices cannot be taken, if they cannot.
    pub refused: Option<String>,
}

impl Resolving {
    /// Nothing chosen yet.
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

    /// Disputes without a choice.
    #[must_use]
    pub fn open(&self) -> usize {
        self.choices.iter().filter(|choice| choice.is_none()).count()
    }

    /// Whether a dispute can be settled so.
    #[must_use]
    pub fn offers(&self, keep: Keep) -> bool {
        match keep {
            Keep::Mine | Keep::Theirs => true,
            Keep::Both => self.between == Between::Markers,
            Keep::Base => self.disputes.get(self.at).is_some_and(|dispute| dispute.base.is_some()),
        }
    }
}

/// A key of the dialog.
pub(in crate::app) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let Some(Dialog::Resolve(resolving)) = &mut state.dialog else { return Vec::new() };
    let last = resolving.disputes.len().saturating_sub(1);
    let keep = match action {
        Action::TakeMine | Action::AllMine => Keep::Mine,
        Action::TakeTheirs | Action::AllTheirs => Keep::Theirs,
        Action::TakeBoth => Keep::Both,
        Action::TakeBase => Keep::Base,
        Action::Accept => return accept(resolving),
        _ => {
            resolving.at = match action {
                Action::Up => resolving.at.saturating_sub(1),
                Action::Down => (resolving.at + 1).min(last),
                Action::First => 0,
                Action::Last => last,
                _ => resolving.at,
            };
            return Vec::new();
        }
    };
    if matches!(action, Action::AllMine | Action::AllTheirs) {
        resolving.choices.fill(Some(keep));
        return weigh(resolving);
    }
    let at = resolving.at;
    choose(state, at, keep)
}

/// Settles one dispute and goes on to the next open one.
pub(in crate::app) fn choose(state: &mut State, at: usize, keep: Keep) -> Vec<Effect> {
    let Some(Dialog::Resolve(resolving)) = &mut state.dialog else { return Vec::new() };
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
