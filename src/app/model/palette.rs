//! Everything by name: actions with their keys, and fields; found by typing a name, or a word that people use for it.

use crate::app::keys::action::{Action, TABLE};
use crate::app::model::entry::Entry;
use crate::app::model::picker::ranked;
use crate::cost::Knob;
use crate::cost::budget::knob;
use crate::words;

/// The open palette.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Palette {
    /// The filter text.
    pub filter: Entry,
    /// The entry under the cursor, by its index among the filtered ones.
    pub at: usize,
}

/// What an entry leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// An action, which is carried out.
    Action(Action),
    /// A field, which gets the keyboard.
    Field(Knob),
}

/// The groups, in the order in which they are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// What people come for.
    Usual,
    /// Files and versions.
    Files,
    /// Deliverables.
    Deliverables,
    /// The value in hand.
    Value,
    /// The bills and the scenarios.
    Compare,
    /// The fields of the panes.
    Fields,
    /// Moving around.
    Moves,
}

/// The actions of each group. Fields are listed before movement.
const GROUPS: [(Group, &[Action]); 6] = [
    (
        Group::Usual,
        &[
            Action::Save,
            Action::Bills,
            Action::Cards,
            Action::Project,
            Action::UnderCap,
            Action::KeepScenario,
            Action::Risk,
            Action::Scenarios,
            Action::CopySummary,
            Action::Theme,
            Action::Import,
            Action::Why,
            Action::Issues,
            Action::Fees,
            Action::NamedRisks,
            Action::Undo,
            Action::Redo,
            Action::Help,
            Action::Quit,
        ],
    ),
    (
        Group::Files,
        &[
            Action::SaveAs,
            Action::Open,
            Action::Projects,
            Action::New,
            Action::Versions,
            Action::RenameProject,
            Action::Rates,
            Action::Resolve,
            Action::Suspend,
        ],
    ),
    (
        Group::Deliverables,
        &[
            Action::Add,
            Action::Find,
            Action::Rename,
            Action::Duplicate,
            Action::Delete,
            Action::MoveUp,
            Action::MoveDown,
            Action::CopyRow,
        ],
    ),
    (
        Group::Value,
        &[
            Action::Edit,
            Action::Type,
            Action::Advice,
            Action::Inherit,
            Action::FollowAll,
            Action::Copy,
            Action::More,
            Action::Less,
            Action::MuchMore,
            Action::MuchLess,
        ],
    ),
    (
        Group::Compare,
        &[
            Action::AddRisk,
            Action::TakeOut,
            Action::CardLeft,
            Action::CardRight,
            Action::Months,
            Action::IncludeInputs,
            Action::ScenarioPrevious,
            Action::ScenarioNext,
            Action::DuplicateScenario,
            Action::RenameScenario,
            Action::NoteScenario,
            Action::DeleteScenario,
            Action::BringBack,
            Action::PromoteScenario,
            Action::LockBaseline,
        ],
    ),
    (
        Group::Moves,
        &[
            Action::Worksheet,
            Action::ScreenNext,
            Action::ScreenPrevious,
            Action::Zoom,
            Action::FocusNext,
            Action::FocusPrevious,
            Action::FocusLeft,
            Action::FocusRight,
            Action::LinePrevious,
            Action::LineNext,
            Action::Up,
            Action::Down,
            Action::First,
            Action::Last,
            Action::Palette,
        ],
    ),
];

/// Commands that people type out of habit from other programs, and their meaning here.
const HABITS: [(&str, Action); 8] = [
    ("w", Action::Save),
    ("write", Action::Save),
    ("q", Action::Quit),
    ("quit", Action::Quit),
    ("e", Action::Open),
    ("edit", Action::Open),
    ("h", Action::Help),
    ("sav", Action::SaveAs),
];

/// Words that people use for an action or a field that has another name here.
const SYNONYMS: &[(Target, &str)] = &[
    (Target::Action(Action::Bills), "compare vendors sellers credits providers"),
    (Target::Action(Action::Cards), "price list prices vendors sellers rates compare"),
    (Target::Action(Action::UnderCap), "budget limit cheaper savings reduce optimise"),
    (Target::Action(Action::Project), "name client currency yen euro exchange rate team file extends settings"),
    (Target::Action(Action::KeepScenario), "what if variant option version"),
    (Target::Action(Action::BringBack), "restore removed deleted undelete include"),
    (Target::Action(Action::Risk), "percentiles confidence p80 p90 how sure uncertainty"),
    (Target::Action(Action::Scenarios), "what if variants options compare"),
    (Target::Action(Action::CopySummary), "mail email share send clipboard export markdown spreadsheet"),
    (Target::Action(Action::Theme), "dark light colors colours contrast appearance"),
    (Target::Action(Action::Import), "spreadsheet excel csv xlsx paste"),
    (Target::Action(Action::Why), "explain formula calculation details"),
    (Target::Action(Action::Issues), "warnings errors problems notes"),
    (Target::Action(Action::NamedRisks), "chance extra round reserve"),
    (Target::Action(Action::AddRisk), "new risk chance extra round"),
    (Target::Action(Action::Fees), "charges retouching license licence"),
    (Target::Action(Action::Help), "keys shortcuts manual"),
    (Target::Action(Action::Quit), "exit close leave"),
    (Target::Action(Action::Versions), "history backup restore earlier"),
    (Target::Action(Action::Projects), "samples examples recent"),
    (Target::Action(Action::Rates), "update prices outdated pinned"),
    (Target::Action(Action::Find), "search filter"),
    (Target::Action(Action::Delete), "remove"),
    (Target::Action(Action::Duplicate), "clone copy"),
    (Target::Action(Action::FollowAll), "all follow same every deliverable override"),
    (Target::Action(Action::Zoom), "full screen maximise"),
    (Target::Field(Knob::Ratio), "aspect format shape"),
    (Target::Field(Knob::Size), "resolution pixels dimensions 1k 2k 4k"),
    (Target::Field(Knob::Quality), "fidelity detail"),
    (Target::Field(Knob::ServiceTier), "batch tier async"),
    (Target::Field(Knob::References), "input images edits"),
    (Target::Field(Knob::PromptTokens), "text words"),
    (Target::Field(Knob::CachedInput), "cache discount"),
    (Target::Field(Knob::Finals), "count quantity amount number pictures"),
    (Target::Field(Knob::Repeat), "times sets versions"),
    (Target::Field(Knob::Drafts), "explore proofs previews"),
    (Target::Field(Knob::Retry), "acceptance rate accepted kept tries attempts yield"),
    (Target::Field(Knob::ImagesPerCall), "variants n"),
    (Target::Field(Knob::Buffer), "reserve contingency safety"),
    (Target::Field(Knob::Cap), "budget limit maximum ceiling"),
    (Target::Field(Knob::Markup), "margin profit agency"),
    (Target::Field(Knob::Surcharge), "region residency uplift"),
    (Target::Field(Knob::Tax), "vat gst sales tax mwst"),
];

/// Letters from which on the beginning of a word is taken for the word.
const BEGINNING: usize = 3;

impl Group {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Group::Usual => words::palette_usual(),
            Group::Files => words::palette_files(),
            Group::Deliverables => words::palette_deliverables(),
            Group::Value => words::palette_value(),
            Group::Compare => words::palette_compare(),
            Group::Fields => words::palette_fields(),
            Group::Moves => words::palette_moves(),
        }
    }
}

impl Target {
    /// Its name in the list.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Target::Action(action) => (action.row().help)(),
            Target::Field(knob) => words::knob_label(knob),
        }
    }

    /// The text that is searched: its names, and the words that people use for it.
    fn searched(self) -> String {
        let name = match self {
            Target::Action(action) => action.row().name,
            Target::Field(knob) => knob.row().name,
        };
        format!("{} {name} {}", self.label(), self.synonyms())
    }

    fn synonyms(self) -> &'static str {
        SYNONYMS.iter().find(|(target, _)| *target == self).map_or("", |(_, synonyms)| synonyms)
    }

    /// Whether a typed text is one of the words that people use for it, or begins one or several of them.
    fn is_called(self, typed: &str) -> bool {
        let synonyms = self.synonyms();
        let begins = |(at, _): (usize, &str)| synonyms[at..].strip_prefix(typed);
        let mut starts = std::iter::once((0, "")).chain(synonyms.match_indices(' ').map(|(at, gap)| (at + 1, gap)));
        let is_whole = |rest: &str| rest.is_empty() || rest.starts_with(' ');
        starts.any(|start| begins(start).is_some_and(|rest| is_whole(rest) || typed.len() >= BEGINNING))
    }
}

/// Every entry with its group, in the order of the list.
pub fn all() -> Vec<(Group, Target)> {
    let mut all = Vec::with_capacity(TABLE.len() + knob::TABLE.len());
    for (group, actions) in GROUPS {
        if group == Group::Moves {
            all.extend(knob::TABLE.iter().map(|row| (Group::Fields, Target::Field(row.knob))));
        }
        all.extend(actions.iter().map(|action| (group, Target::Action(*action))));
    }
    all
}

impl Palette {
    /// The filtered entries, the best match first: a habit, then what is called so, then what is similar.
    #[must_use]
    pub fn rows(&self) -> Vec<(Group, Target)> {
        let typed = self.filter.text().trim().to_lowercase();
        let all = all();
        if typed.is_empty() {
            return all;
        }
        let texts: Vec<String> = all.iter().map(|(_, target)| target.searched()).collect();
        let mut found: Vec<(Group, Target)> =
            ranked(&typed, &texts).into_iter().filter_map(|index| all.get(index).copied()).collect();
        // A stable sort: within each rank the matcher's order stays.
        found.sort_by_key(|(_, target)| !target.is_called(&typed));
        let habit = HABITS.iter().find(|(word, _)| *word == typed).map(|(_, action)| Target::Action(*action));
        if let Some(first) = all.iter().find(|(_, target)| Some(*target) == habit) {
            found.retain(|(_, target)| *target != first.1);
            found.insert(0, *first);
        }
        found
    }

    /// The entry under the cursor.
    #[must_use]
    pub fn chosen(&self) -> Option<Target> {
        let rows = self.rows();
        rows.get(self.at.min(rows.len().saturating_sub(1))).map(|(_, target)| *target)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_action_of_a_screen_and_every_field_is_listed_once() {
        let listed: Vec<Target> = all().into_iter().map(|(_, target)| target).collect();
        let actions = TABLE.iter().filter(|row| !row.inside).map(|row| Target::Action(row.action));
        let wanted: BTreeSet<Target> = actions.chain(knob::TABLE.iter().map(|row| Target::Field(row.knob))).collect();
        assert_eq!(listed.len(), wanted.len());
        assert_eq!(listed.into_iter().collect::<BTreeSet<_>>(), wanted);
    }

    #[test]
    fn the_list_opens_with_what_people_come_for_and_ends_with_movement() {
        let all = all();
        assert_eq!((all[0].1, all[0].0), (Target::Action(Action::Save), Group::Usual));
        assert_eq!(all.last().map(|(group, _)| *group), Some(Group::Moves));
        let groups: Vec<Group> = all.iter().map(|(group, _)| *group).collect();
        assert_eq!(groups.chunk_by(|a, b| a == b).count(), 7, "each group is in one piece");
    }

    #[test]
    fn words_that_people_use_come_first() {
        for (typed, target) in [
            ("vat", Target::Field(Knob::Tax)),
            ("margin", Target::Field(Knob::Markup)),
            ("price list", Target::Action(Action::Cards)),
            ("dark", Target::Action(Action::Theme)),
            ("email", Target::Action(Action::CopySummary)),
            ("excel", Target::Action(Action::Import)),
            ("acceptance", Target::Field(Knob::Retry)),
            ("kept", Target::Field(Knob::Retry)),
            ("2k", Target::Field(Knob::Size)),
            ("version", Target::Action(Action::KeepScenario)),
            ("contingency", Target::Field(Knob::Buffer)),
            ("what if", Target::Action(Action::KeepScenario)),
            ("w", Target::Action(Action::Save)),
            ("redo", Target::Action(Action::Redo)),
        ] {
            let palette = Palette { filter: Entry::new(typed), at: 0 };
            assert_eq!(palette.chosen(), Some(target), "{typed}: {:?}", palette.rows().get(..3));
        }
    }
}
