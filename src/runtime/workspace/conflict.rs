//! Files in which git left conflict markers: the first side on screen, the question which lines to keep, and writing the file
//! without markers. The same two effects, weigh and resolve, also answer the questions of `changes`.

use super::changes::Answer;
use super::{Basis, Workspace, outcome, with_note};
use crate::app::State;
use crate::app::flows::conflict::{Between, Dispute, Keep, Resolving};
use crate::app::model::outcome::{Opened, Outcome};
use crate::cost::{Budget, Catalog};
use crate::diagnostics::Problem;
use crate::project::markers::{self, Keep as Kept, Marked};
use crate::project::open::{self, Open};
use crate::project::store::{Expected, load, save};
use crate::runtime::document::{Conflicted, Document, Draft, opened};
use crate::words;
use std::path::PathBuf;

impl Workspace {
    /// The total that these choices lead to.
    pub fn weigh(&self, state: &State, choices: &[Keep]) -> Option<Outcome> {
        match &self.document {
            Document::Untitled(_) => None,
            Document::File(file) => Some(file.weigh(state, choices, self.basis)),
            Document::Conflicted(conflicted) => {
                let text = conflicted.chosen(choices);
                Some(weighed(self.basis.weigh(&text, &conflicted.path, state.budget())))
            }
        }
    }

    /// Applies the choices: to the screen, or by writing the file without its markers.
    pub fn resolve(&mut self, state: &State, choices: &[Keep]) -> Option<Outcome> {
        let basis = self.basis;
        match &mut self.document {
            Document::Untitled(_) => None,
            Document::File(file) => match file.resolve(state, choices, basis)? {
                Answer::Outcome(outcome) => Some(*outcome),
                Answer::Late { then_save } => self.look(state, then_save),
            },
            Document::Conflicted(conflicted) => Some(match conflicted.write(choices, basis.catalog) {
                Err(problem) => weighed((words::unknown().to_owned(), Some(problem.message))),
                Ok(()) => {
                    let (path, count) = (conflicted.path.clone(), conflicted.marked.regions().count());
                    match self.open(path) {
                        Ok(opened) => Outcome::Resolved { opened: Box::new(opened), count },
                        Err(problems) => Outcome::NotOpened(problems),
                    }
                }
            }),
        }
    }

    /// Opens a file with conflict markers.
    ///
    /// # Errors
    /// The problems of the file other than its markers.
    pub(super) fn open_conflicted(&mut self, path: PathBuf, open: Open) -> Result<Opened, Vec<Problem>> {
        let real_path = &open.loaded.real_path;
        let Some(marked) = markers_of(&open) else {
            let waiting = self.waiting(real_path, words::recovery_waits_unreadable);
            return Err(with_note(open.reading.problems, waiting));
        };
        let text = marked.resolved(&[]);
        let reading = open::read_text(&text, &path, self.basis.catalog);
        let read_only = Some(words::read_only_markers().to_owned());
        let mut opened = opened(&path, &reading, reading.budget.clone(), read_only);
        opened.notice = self.waiting(real_path, words::recovery_waits_conflicts);
        let lock = self.held(real_path);
        let first_side = Draft { text, budget: reading.budget, extends: None };
        let conflicted = Conflicted { path, loaded: open.loaded, marked, first_side, lock };
        opened.disputed = Some(Box::new(conflicted.question(self.basis)));
        self.document = Document::Conflicted(Box::new(conflicted));
        Ok(opened)
    }

    /// Asks again while the file has the same markers, and opens it once its content changed.
    pub(super) fn look_at_conflicted(&mut self) -> Option<Outcome> {
        let Document::Conflicted(conflicted) = &self.document else { return None };
        match load(&conflicted.path) {
            Ok(now) if now.bytes == conflicted.loaded.bytes => {
                Some(Outcome::Disputed(Box::new(conflicted.question(self.basis))))
            }
            Ok(_) => {
                let path = conflicted.path.clone();
                Some(outcome(self.open(path)))
            }
            Err(_) => None,
        }
    }
}

impl Conflicted {
    /// The text that these choices lead to, with the first side for open ones.
    fn chosen(&self, choices: &[Keep]) -> String {
        let kept = |keep: &Keep| match keep {
            Keep::Mine => Kept::Ours,
            Keep::Theirs => Kept::Theirs,
            Keep::Both => Kept::Both,
            Keep::Base => Kept::Base,
        };
        self.marked.resolved(&choices.iter().map(kept).collect::<Vec<_>>())
    }

    /// Writes the file without markers, if it has not changed since and the result can be read.
    fn write(&self, choices: &[Keep], catalog: &Catalog) -> Result<(), Box<Problem>> {
        let text = self.chosen(choices);
        let reading = open::read_text(&text, &self.path, catalog);
        if let (true, Some(problem)) = (reading.unparsable(), reading.problems.first()) {
            return Err(Box::new(problem.clone()));
        }
        let saved = save(&self.path, Expected::Unchanged(&self.loaded), text.as_bytes(), &|_| Ok(()));
        saved.map(|_| ()).map_err(|error| Box::new(open::store_problem(&self.path, &error)))
    }

    /// The question which lines to keep, with nothing chosen yet.
    fn question(&self, basis: Basis) -> Resolving {
        let lines = |text: &str| (!text.trim().is_empty()).then(|| text.trim_matches(['\r', '\n']).to_owned());
        let disputes = self.marked.regions().map(|region| Dispute {
            place: match &region.table {
                Some(table) => words::dispute_in_table(table, region.line),
                None => words::dispute_line(region.line),
            },
            mine: lines(&region.ours),
            theirs: lines(&region.theirs),
            base: region.base.as_deref().map(|base| lines(base).unwrap_or_default()),
        });
        let mut resolving = Resolving::new(Between::Markers, self.side_names(), disputes.collect());
        (resolving.total, resolving.refused) = basis.weigh(&self.first_side.text, &self.path, &Budget::default());
        resolving
    }

    /// The names of the two sides, with git's labels.
    fn side_names(&self) -> [String; 2] {
        let first = self.marked.regions().next();
        let name = |label: Option<&String>, name: &str| {
            label
                .filter(|label| !label.is_empty() && *label != name)
                .map_or(name.to_owned(), |label| format!("{name} ({label})"))
        };
        [
            name(first.map(|region| &region.ours_label), words::side_ours()),
            name(first.map(|region| &region.theirs_label), words::side_theirs()),
        ]
    }
}

/// The file's conflicts, if it has any.
pub(super) fn markers_of(open: &Open) -> Option<Marked> {
    markers::parse(std::str::from_utf8(&open.loaded.bytes).ok()?)
}

/// The total, and why the choices cannot be applied, for the question.
pub(super) fn weighed((total, refused): (String, Option<String>)) -> Outcome {
    Outcome::Weighed { total, refused }
}
