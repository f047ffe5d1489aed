//! Opens a project for a command: read from a file or stdin, changed by `--set`, estimated, with all its problems.

use super::answer::{Answer, Exit};
use super::{Env, set};
use crate::config::cards;
use crate::config::paths::Paths;
use crate::cost::base::limits::FILE_SIZE_MAX;
use crate::cost::budget::resolve::Deliverable;
use crate::cost::estimate::issue::{Issue, IssueKind};
use crate::cost::estimate::line::LineEstimate;
use crate::cost::{Budget, Catalog, Estimate, Knob, Layer, estimate};
use crate::diagnostics::{Level, Origin, Problem};
use crate::figures;
use crate::project::open::{open, read_text, store_problem};
use crate::project::store;
use crate::project::{Origins, Reading};
use crate::report::Report;
use crate::{rates, words};
use clap::ArgMatches;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

/// The name of stdin in problems, as compilers write it.
const STDIN: &str = "<stdin>";

/// A project with its estimate.
pub(super) struct EstimatedProject {
    pub(super) name: String,
    pub(super) budget: Budget,
    pub(super) estimate: Estimate,
    pub(super) catalog: &'static Catalog,
    /// The file's problems, then the estimate's.
    pub(super) problems: Vec<Problem>,
    /// True if nothing of the file could be read.
    pub(super) unparsable: bool,
    /// The file's version, if a newer program wrote it.
    pub(super) newer: Option<u64>,
    pub(super) today: Date,
}

impl EstimatedProject {
    pub(super) fn report(&self) -> Report<'_> {
        Report {
            name: &self.name,
            budget: &self.budget,
            estimate: &self.estimate,
            catalog: self.catalog,
            problems: &self.problems,
            today: self.today,
        }
    }

    pub(super) fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| problem.level == Level::Error)
    }
}

/// Opens the project that `args` name by `file`, `set` and `today`.
///
/// # Errors
/// The answer to print if the file cannot be read at all or a change is refused.
pub(super) fn open_estimated(args: &ArgMatches, env: &mut Env<'_>) -> Result<EstimatedProject, Box<Answer>> {
    let (catalog, of_cards) = catalog_with(&env.paths)?;
    let file = super::path(args, "file").unwrap_or_default();
    let (reading, file) = if file.as_os_str() == "-" {
        (piped(env.stdin, catalog)?, Path::new(STDIN))
    } else {
        (from_file(&file, catalog)?, file.as_path())
    };
    let unparsable = reading.unparsable();
    let Reading { mut budget, mut problems, origins, newer, .. } = reading;
    let changes = args.get_many::<String>("set").into_iter().flatten();
    let (changed, refused) = set::apply(&mut budget, catalog, changes);
    if !refused.is_empty() {
        return Err(Box::new(Answer::refused(&refused, Exit::BadInput)));
    }
    let today = args.get_one::<Date>("today").copied().unwrap_or(env.today);
    let estimate = estimate(&budget, catalog, today);
    let places = Places {
        origins: &origins,
        changed: &changed,
        lines: estimate.lines.iter().map(|line| (line.key.as_str(), line)).collect(),
        budget: &budget,
        said: problems.iter().map(|problem| (problem.code, problem.key.clone())).collect(),
        has_errors: problems.iter().any(|problem| problem.level == Level::Error),
    };
    let said: Vec<Problem> = estimate.all_issues().filter_map(|issue| places.problem(issue)).collect();
    problems.extend(said);
    problems.extend(of_cards);
    let name = budget.name.clone().unwrap_or_else(|| name_of(file));
    Ok(EstimatedProject { name, budget, estimate, catalog, problems, unparsable, newer, today })
}

/// The built-in prices.
pub(super) fn catalog() -> Result<&'static Catalog, Box<Answer>> {
    rates::built_in()
        .map_err(|reason| Box::new(Answer::refused(&[Problem::new(Level::Error, "catalog", reason)], Exit::Failed)))
}

/// The built-in prices with the user's own cards, and the problems of those.
///
/// # Errors
/// The answer to print if even the built-in prices cannot be read.
pub(super) fn catalog_with(paths: &Paths) -> Result<(&'static Catalog, Vec<Problem>), Box<Answer>> {
    let built_in = catalog()?;
    let (own, problems) = cards::all(paths, built_in);
    // If a project names a missing card, that is the project's problem; problems of the folder are only warnings.
    let problems = problems.into_iter().map(|problem| Problem { level: Level::Warning, ..problem }).collect();
    if own.is_empty() {
        return Ok((built_in, problems));
    }
    let mut catalog = built_in.clone();
    catalog.cards.extend(own);
    // Once per run, and needed until its end.
    Ok((Box::leak(Box::new(catalog)), problems))
}

/// The title of a project without a name: its file's name without endings.
pub(super) fn name_of(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let bare = name.strip_suffix(".toml").unwrap_or(&name);
    bare.strip_suffix(".retake").unwrap_or(bare).to_owned()
}

fn from_file(file: &Path, catalog: &Catalog) -> Result<Reading, Box<Answer>> {
    open(file, catalog).map(|open| open.reading).map_err(|problem| Box::new(refused(*problem)))
}

/// The answer for a file that cannot be read or written: exit 1 if the system is the cause, 2 if the file is not a project.
pub(super) fn refused(problem: Problem) -> Answer {
    let exit = if problem.no_text { Exit::BadInput } else { Exit::Failed };
    Answer::refused(&[problem], exit)
}

fn piped(stdin: &mut dyn Read, catalog: &Catalog) -> Result<Reading, Box<Answer>> {
    let text = piped_text(stdin).map_err(|problem| Box::new(refused(*problem)))?;
    Ok(read_text(&text, Path::new(STDIN), catalog))
}

/// The text on stdin.
///
/// # Errors
/// If it cannot be read, is too large, or is not text.
pub(super) fn piped_text(stdin: &mut dyn Read) -> Result<String, Box<Problem>> {
    let file = Path::new(STDIN);
    let mut bytes = Vec::new();
    stdin.take(FILE_SIZE_MAX + 1).read_to_end(&mut bytes).map_err(|error| {
        Box::new(Problem::new(Level::Error, "failed", words::cli_stdin_failed(error)).at(Some(file), None))
    })?;
    let wrong = |kind| Box::new(store_problem(file, &store::StoreError { path: file.to_owned(), kind, cause: None }));
    if bytes.len() as u64 > FILE_SIZE_MAX {
        return Err(wrong(store::StoreErrorKind::TooLarge { size: bytes.len() as u64, limit: FILE_SIZE_MAX }));
    }
    String::from_utf8(bytes).map_err(|error| wrong(not_utf8(error.as_bytes(), error.utf8_error().valid_up_to())))
}

/// The error for bytes that are not UTF-8, with the position of the first bad one.
pub(super) fn not_utf8(bytes: &[u8], offset: usize) -> store::StoreErrorKind {
    let valid = String::from_utf8_lossy(&bytes[..offset]);
    let (line, column) = crate::project::outline::line_column(&valid, offset);
    store::StoreErrorKind::NotUtf8 { offset, line, column }
}

/// Finds the position of the value that an issue is about.
struct Places<'a> {
    origins: &'a Origins,
    /// Knobs changed by `--set`: their place is the command line.
    changed: &'a [(Option<String>, Knob)],
    lines: BTreeMap<&'a str, &'a LineEstimate>,
    budget: &'a Budget,
    /// Code and key of each problem already reported for the file.
    said: BTreeSet<(&'static str, String)>,
    /// Whether one of those is an error.
    has_errors: bool,
}

impl Places<'_> {
    /// The issue as a problem with its position; `None` if the file's own problems already report it.
    fn problem(&self, issue: &Issue) -> Option<Problem> {
        let (code, key) = (issue.kind.code(), words::issue_key(issue));
        let said_anywhere = || self.said.range((code, String::new())..).next().is_some_and(|(said, _)| *said == code);
        let of_project = issue.deliverable.is_none() && said_anywhere();
        let unreadable = issue.kind == IssueKind::Unreadable && self.has_errors;
        if unreadable || of_project || self.said.contains(&(code, key.clone())) {
            return None;
        }
        let told = figures::issue(issue, &self.budget.shown);
        let problem =
            Problem::new(issue.kind.level(), code, told.message).with_allowed(told.allowed).with_remedy(told.remedy);
        let origin = self.origin(issue);
        let (file, position) = origin.map_or((None, None), |origin| (origin.file, origin.position));
        Some(problem.with_key(key).at(file.as_deref(), position))
    }

    fn origin(&self, issue: &Issue) -> Option<Origin> {
        let Some(knob) = issue.knob else {
            let key = words::issue_key(issue);
            let line = issue.deliverable.as_deref().and_then(|key| self.origins.deliverable(key));
            return line.or_else(|| self.origins.field(&key).cloned());
        };
        if knob == Knob::Cap {
            let own = self.budget.assumptions.get(knob).is_some();
            return self.at(None, knob, if own { Layer::Project } else { Layer::Team });
        }
        let line = match (&issue.deliverable, &issue.kind) {
            (Some(key), _) => self.lines.get(key.as_str()),
            (None, IssueKind::ModelShutDown { model, .. } | IssueKind::ModelShutsDown { model, .. }) => {
                self.lines.values().find(|line| line.deliverable.model.value.id == *model)
            }
            (None, _) => None,
        }?;
        self.at(Some(&line.key), knob, layer(&line.deliverable, knob))
    }

    fn at(&self, line: Option<&str>, knob: Knob, layer: Layer) -> Option<Origin> {
        let place = if layer == Layer::Deliverable { line } else { None };
        let set = self.changed.iter().any(|(changed, k)| changed.as_deref() == place && *k == knob);
        let ours = matches!(layer, Layer::Deliverable | Layer::Project);
        (!(set && ours)).then(|| self.origins.knob(line, knob, layer))
    }
}

/// The layer that a deliverable's value comes from.
fn layer(line: &Deliverable, knob: Knob) -> Layer {
    if matches!(knob, Knob::Preset | Knob::Cap) {
        return Layer::Deliverable;
    }
    line.get(knob).map_or(Layer::BuiltIn, |from| from.layer)
}
