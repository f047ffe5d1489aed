//! Opens a project for a command: read from a file or stdin, changed by `--set`, estimated, with all its problems.

use super::answer::{Answer, Exit};
use super::places::Places;
use super::scenario::{self, Under};
use super::{Env, set};
use crate::config::cards;
use crate::config::paths::Paths;
use crate::cost::base::limits::FILE_SIZE_MAX;
use crate::cost::{Budget, Catalog, Estimate, estimate};
use crate::diagnostics::{Code, Level, Problem};
use crate::project::open::{find as find_project, open, read_text, store_problem};
use crate::project::store;
use crate::project::{Origins, Reading};
use crate::report::{Format, Report};
use crate::{rates, words};
use clap::ArgMatches;
use jiff::civil::Date;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The name of stdin in problems, as compilers write it.
pub(super) const STDIN: &str = "<stdin>";

/// A project with its estimate.
pub(super) struct EstimatedProject {
    pub(super) name: String,
    pub(super) budget: Budget,
    pub(super) estimate: Estimate,
    pub(super) catalog: &'static Catalog,
    /// The file's problems, then the estimate's.
    pub(super) problems: Vec<Problem>,
    /// How many of them are the file's.
    pub(super) of_file: usize,
    /// True if nothing of the file could be read.
    pub(super) unparsable: bool,
    /// The file's version, if a newer program wrote it.
    pub(super) newer: Option<u64>,
    pub(super) today: Date,
    /// The places of the file's values.
    pub(super) origins: Arc<Origins>,
    /// The scenario that was applied.
    pub(super) under: Option<Under>,
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
            scenario: self.under.as_ref().map(Under::reported),
        }
    }

    pub(super) fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| problem.level == Level::Error)
    }
}

/// Why a project could not be opened at all.
pub(super) struct Refused {
    pub(super) problems: Vec<Problem>,
    pub(super) exit: Exit,
}

impl Refused {
    fn one(problem: Problem) -> Refused {
        let exit = if problem.no_text { Exit::BadInput } else { Exit::Failed };
        Refused { problems: vec![problem], exit }
    }

    /// The answer that lists the problems.
    pub(super) fn answer(&self) -> Answer {
        Answer::refused(&self.problems, self.exit)
    }
}

/// Reads a project from a file or from stdin, `-`; also how the file is called in problems.
///
/// # Errors
/// The problem if it cannot be read at all.
pub(super) fn reading<'f>(
    file: &'f Path,
    env: &mut Env<'_>,
    catalog: &'static Catalog,
) -> Result<(Reading, &'f Path), Refused> {
    if file.as_os_str() == "-" {
        return Ok((piped(env.stdin, catalog)?, Path::new(STDIN)));
    }
    let open = open(file, catalog).map_err(|problem| Refused::one(*problem))?;
    Ok((open.reading, file))
}

/// Opens a project, under the `scenario` of `args`, changed by their `set` and estimated for their `today`.
///
/// # Errors
/// The problems if the file cannot be read at all, there is no such scenario, or a change is refused.
pub(super) fn open_estimated(
    file: &Path,
    args: &ArgMatches,
    env: &mut Env<'_>,
    catalog: &'static Catalog,
) -> Result<EstimatedProject, Refused> {
    let (reading, file) = reading(file, env, catalog)?;
    let unparsable = reading.unparsable();
    let Reading { mut budget, mut problems, origins, newer, .. } = reading;
    let wanted = args.try_get_one::<String>("scenario").ok().flatten();
    let under = wanted.map(|key| scenario::put_under(&mut budget, &mut problems, &origins, key, catalog)).transpose();
    let mut under = under.map_err(|problem| Refused { problems: vec![*problem], exit: Exit::BadInput })?;
    let changes = args.get_many::<String>("set").into_iter().flatten();
    let (changed, refused) = set::apply(&mut budget, catalog, changes);
    if !refused.is_empty() {
        return Err(Refused { problems: refused, exit: Exit::BadInput });
    }
    if let Some(under) = &mut under {
        under.note_set(&budget, catalog);
    }
    let today = args.get_one::<Date>("today").copied().unwrap_or(env.today);
    let estimate = estimate(&budget, catalog, today);
    let of_file = problems.len();
    let scenario = under.as_ref().map(|under| under.key.as_str());
    let places = Places::of(&origins, scenario, &changed, (&budget, &estimate));
    let said = places.all(&mut problems);
    problems.extend(said);
    problems.extend(set::without_effect(&changed, &estimate));
    problems.extend(set::kept(&changed, &budget, &estimate, catalog));
    if !unparsable {
        let uncounted = places.uncounted(&problems);
        problems.extend(uncounted);
    }
    let name = budget.name.clone().unwrap_or_else(|| name_of(file));
    Ok(EstimatedProject {
        name,
        budget,
        estimate,
        catalog,
        problems,
        of_file,
        unparsable,
        newer,
        today,
        origins,
        under,
    })
}

/// The file that a name means, with or without its ending; `-` is stdin.
///
/// # Errors
/// If two files fit the name.
pub(super) fn find(named: &Path) -> Result<PathBuf, Refused> {
    if named.as_os_str() == "-" {
        return Ok(named.to_owned());
    }
    find_project(named).map_err(|problem| Refused { problems: vec![*problem], exit: Exit::BadInput })
}

/// The built-in prices.
pub(super) fn catalog() -> Result<&'static Catalog, Box<Answer>> {
    rates::built_in().map_err(|reason| Box::new(Answer::refused(&[Problem::new(Code::Catalog, reason)], Exit::Failed)))
}

/// The project that a command's arguments name, estimated, and the form of the answer; whatever prints anything but JSON needs a
/// file that can be read.
pub(super) fn asked_for(args: &ArgMatches, env: &mut Env<'_>) -> Result<(EstimatedProject, Format), Box<Answer>> {
    let (catalog, of_cards) = catalog_with(&env.paths)?;
    let file = super::path(args, "file").unwrap_or_default();
    let opened = find(&file).and_then(|file| open_estimated(&file, args, env, catalog));
    let mut project = opened.map_err(|refused| Box::new(refused.answer()))?;
    project.problems.extend(of_cards);
    let format = args.get_one::<String>("format").and_then(|name| Format::named(name)).unwrap_or(Format::Text);
    if project.unparsable && !format.of_anything() {
        return Err(Box::new(Answer::refused(&project.problems, Exit::BadInput)));
    }
    Ok((project, format))
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

/// The answer for a file that cannot be read or written: exit 1 if the system is the cause, 2 if the file is not a project.
pub(super) fn refused(problem: Problem) -> Answer {
    Refused::one(problem).answer()
}

fn piped(stdin: &mut dyn Read, catalog: &Catalog) -> Result<Reading, Refused> {
    let text = piped_text(stdin).map_err(|problem| Refused::one(*problem))?;
    Ok(read_text(&text, Path::new(STDIN), catalog))
}

/// The text on stdin.
///
/// # Errors
/// If it cannot be read, is too large, or is not text.
pub(super) fn piped_text(stdin: &mut dyn Read) -> Result<String, Box<Problem>> {
    let file = Path::new(STDIN);
    let mut bytes = Vec::new();
    stdin
        .take(FILE_SIZE_MAX + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Box::new(Problem::new(Code::Failed, words::cli_stdin_failed(error)).at(Some(file), None)))?;
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
    store::StoreErrorKind::NotUtf8 { offset, line, column, ours: store::is_ours(bytes) }
}
