//! Files in which git left conflict markers: the first side on screen, the question which lines to keep, and writing the file
//! without markers. Edits that were made meanwhile start from the first side: once the file has no markers, by this program or
//! another, they are merged with it like any other change of the disk. The same two effects, weigh and resolve, also answer the
//! questions of `changes`.

use super::changes::{Answer, Why};
use super::{Basis, Workspace, outcome, with_note};
use crate::app::State;
use crate::app::flows::conflict::{Between, Dispute, Keep, Resolving};
use crate::app::model::outcome::{ExternalChange, How, Opened, Outcome};
use crate::cost::{Budget, Catalog};
use crate::diagnostics::Problem;
use crate::project::Reading;
use crate::project::markers::{self, Keep as Kept, Marked};
use crate::project::open::{self, Open};
use crate::project::store::{Expected, Keep as Keeper, Loaded, Saved, load, save_keeping};
use crate::runtime::document::{Conflicted, Document, OpenFile, Told, opened};
use crate::words;
use std::mem;
use std::path::PathBuf;

impl Workspace {
    /// The total that these choices lead to.
    pub fn weigh(&self, state: &State, choices: &[Keep]) -> Option<Outcome> {
        match &self.document {
            Document::Untitled(_) => None,
            Document::File(file) => Some(file.weigh(state, choices, self.basis)),
            Document::Conflicted(conflicted) => {
                let text = conflicted.chosen(choices);
                Some(weighed(self.basis.weigh(&text, &conflicted.path, state.base())))
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
            Document::Conflicted(_) => self.resolve_markers(state, choices),
        }
    }

    /// Writes the file with these choices, and goes on with it and the edits that were made meanwhile.
    fn resolve_markers(&mut self, state: &State, choices: &[Keep]) -> Option<Outcome> {
        let Document::Conflicted(conflicted) = &self.document else { return None };
        let keep = self.keeps(&conflicted.path);
        let (mut saved, reading) = match conflicted.write(choices, self.basis.catalog, &keep) {
            Err(problem) => return Some(weighed((words::unknown().to_owned(), Some(problem.message)))),
            Ok(written) => written,
        };
        let (path, count) = (conflicted.path.clone(), conflicted.marked.regions().count());
        let (how, not_kept, file) = ((saved.durable, saved.in_place), self.not_kept(&mut saved), path.display());
        let file = file.to_string();
        let then = if state.is_dirty() {
            let basis = self.basis;
            self.as_file()?.merge(state, Open::of(saved.loaded, reading), false, basis)
        } else {
            outcome(self.open(path))
        };
        Some(match then {
            Outcome::NotOpened(_) => then,
            then => Outcome::Resolved { count, file, how, not_kept, then: Box::new(then) },
        })
    }

    /// Goes on with a file that has, or had, markers as with any other one. The edits on screen start from the first side.
    fn as_file(&mut self) -> Option<&mut OpenFile> {
        let Document::Conflicted(conflicted) = &self.document else { return None };
        let real_path = conflicted.loaded.real_path.clone();
        // If someone else has it open, that is told to whoever opens it second.
        let (lock, _somebody_else) = self.lock(&real_path);
        self.document = match mem::replace(&mut self.document, Document::Untitled(Box::default())) {
            Document::Conflicted(conflicted) => {
                let Conflicted { path, first_side, .. } = *conflicted;
                Document::File(Box::new(OpenFile::new(path, first_side, lock)))
            }
            other @ (Document::Untitled(_) | Document::File(_)) => other,
        };
        match &mut self.document {
            Document::File(file) => Some(file),
            Document::Untitled(_) | Document::Conflicted(_) => None,
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
        let (lock, elsewhere) = self.lock(real_path);
        opened.notice = self.waiting(real_path, words::recovery_waits_conflicts).or(elsewhere);
        // The project that was open before has no edits, or the user chose to drop them.
        self.recovery.end();
        let first_side = Open::of(
            Loaded { bytes: text.into_bytes(), real_path: real_path.clone(), stamp: open.loaded.stamp },
            reading,
        );
        let conflicted = Conflicted { path, loaded: open.loaded, marked, first_side, lock, told: Told::Nothing };
        opened.disputed = Some(Box::new(conflicted.question(self.basis)));
        self.document = Document::Conflicted(Box::new(conflicted));
        Ok(opened)
    }

    /// Asks again where that is wanted while the file has the same markers. Once its content changed, opens it, or merges it
    /// with the edits that were made meanwhile.
    pub(super) fn look_at_conflicted(&mut self, state: &State, why: Why) -> Option<Outcome> {
        let Document::Conflicted(conflicted) = &self.document else { return None };
        let path = conflicted.path.clone();
        let now = load(&path).ok()?;
        if now.bytes == conflicted.loaded.bytes {
            let question = || Outcome::Disputed {
                resolving: Box::new(conflicted.question(self.basis)),
                read_only: Some(words::read_only_markers().to_owned()),
            };
            return (why == Why::Asked).then(question);
        }
        if state.is_dirty() {
            let file = self.as_file()?;
            if file.base.loaded.bytes == now.bytes {
                file.base.loaded = now;
                return Some(file.without_markers(state));
            }
            return self.look_because(state, why);
        }
        let Document::Conflicted(conflicted) = &mut self.document else { return None };
        let unusable = Told::Unusable(now.bytes);
        let again = mem::replace(&mut conflicted.told, unusable) == conflicted.told;
        match self.open(path) {
            // The message is shown once, not at every look.
            Err(_) if again && why == Why::Changed => None,
            opened => Some(outcome(opened)),
        }
    }
}

impl OpenFile {
    /// The file holds what the edits on screen start from.
    fn without_markers(&self, state: &State) -> Outcome {
        let (opened, how) = (self.opened(state.base().clone()), How::Merged(Vec::new()));
        Outcome::ExternalChange { change: Box::new(ExternalChange { opened, dirty: true, how }), then_save: false }
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
    fn write(&self, choices: &[Keep], catalog: &Catalog, keep: Keeper<'_>) -> Result<(Saved, Reading), Box<Problem>> {
        let text = self.chosen(choices);
        let reading = open::read_text(&text, &self.path, catalog);
        if let (true, Some(problem)) = (reading.unparsable(), reading.problems.first()) {
            return Err(Box::new(problem.clone()));
        }
        let expected = Expected::Unchanged(&self.loaded);
        let saved = save_keeping(&self.path, expected, text.as_bytes(), &|_| Ok(()), Some(keep));
        saved.map(|saved| (saved, reading)).map_err(|error| Box::new(open::store_problem(&self.path, &error)))
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
        (resolving.total, resolving.refused) = basis.weigh(&self.chosen(&[]), &self.path, &Budget::default());
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
