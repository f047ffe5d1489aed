//! What a new project takes from a team's file: a copy of it without what is one project's own, or its values by `extends`.

use super::answer::{Answer, Exit};
use super::open::refused;
use crate::cost::{Budget, Catalog, Settings};
use crate::diagnostics::{Code, Level, Problem};
use crate::project::open::{Open, open, read_text};
use crate::project::splice::render_string;
use crate::project::write;
use crate::words;
use crate::words::safe::safe;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// The text of a new project, and what it took, as a sentence.
pub(super) struct Draft {
    pub(super) bytes: Vec<u8>,
    pub(super) told: Option<String>,
}

/// The template of a project that extends a team's file.
const EXTENDING: &str = include_str!("extending.toml");

pub(super) fn errors(problems: Vec<Problem>) -> Vec<Problem> {
    problems.into_iter().filter(|problem| problem.level == Level::Error).collect()
}

/// A copy of a file without its name and deliverables, which belong to one project; every other byte stays. It must be valid both
/// in its own folder and in the new one, where a relative `extends` may lead nowhere.
pub(super) fn copied(from: &Path, file: &Path, catalog: &Catalog) -> Result<Draft, Box<Answer>> {
    let Open { loaded, reading, .. } = valid(from, catalog)?;
    let before = reading.budget;
    let mut after = Budget { name: None, lines: Vec::new(), ..before.clone() };
    // A fee for single deliverables, or a risk of one, means nothing without them.
    after.fees.retain(|_, fee| fee.deliverables.is_none());
    after.risks.retain(|_, risk| risk.deliverable.is_none());
    let bytes = write::updated(&loaded.bytes, &before, &mut after).map_err(|error| {
        let problem = Problem::new(Code::NotSaved, words::save_no_place(error)).at(Some(from), None);
        Box::new(Answer::refused(&[problem], Exit::BadInput))
    })?;
    let wrong = errors(read_text(&String::from_utf8_lossy(&bytes), file, catalog).problems);
    if !wrong.is_empty() {
        return Err(Box::new(Answer::refused(&wrong, Exit::BadInput)));
    }
    let shown = safe(&from.display().to_string()).into_owned();
    let took = words::cli_new_took(shown, named(&before, &before.assumptions));
    let own = before.name.is_some() || !before.lines.is_empty();
    let left = own.then(|| words::cli_new_left(before.lines.len()));
    let told = [Some(took), left].into_iter().flatten().collect::<Vec<_>>().join("\n");
    Ok(Draft { bytes, told: Some(told) })
}

/// A project that takes what it leaves open from a team's file.
pub(super) fn extending(team: &Path, title: &str, file: &Path, catalog: &Catalog) -> Result<Draft, Box<Answer>> {
    valid(team, catalog)?;
    let wanted = relative(team, file).unwrap_or_else(|| team.to_owned());
    let wanted = wanted.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
    let text = EXTENDING.replace("{extends}", &render_string(&wanted)).replace("{name}", &render_string(title));
    let reading = read_text(&text, file, catalog);
    let wrong = errors(reading.problems);
    if !wrong.is_empty() {
        return Err(Box::new(Answer::refused(&wrong, Exit::BadInput)));
    }
    let told = words::cli_new_extends(safe(&wanted), named(&reading.budget, &reading.budget.team));
    Ok(Draft { bytes: text.into_bytes(), told: Some(told) })
}

/// A file without errors.
fn valid(path: &Path, catalog: &Catalog) -> Result<Open, Box<Answer>> {
    let mut found = open(path, catalog).map_err(|problem| Box::new(refused(*problem)))?;
    let wrong = errors(std::mem::take(&mut found.reading.problems));
    if wrong.is_empty() { Ok(found) } else { Err(Box::new(Answer::refused(&wrong, Exit::BadInput))) }
}

/// The values that a file sets for its projects, by name.
fn named(budget: &Budget, settings: &Settings) -> String {
    let knobs = settings.iter().map(|(knob, _)| words::knob_label(knob).to_owned());
    let profiles = budget.profiles.keys().map(words::cli_new_profile);
    let all: Vec<String> = knobs.chain(profiles).collect();
    if all.is_empty() { words::cli_new_no_values().to_owned() } else { all.join(", ") }
}

/// The path from the folder of a file that may not be there yet to another file.
fn relative(to: &Path, from: &Path) -> Option<PathBuf> {
    let folder = from.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (folder, to) = (fs::canonicalize(folder).ok()?, fs::canonicalize(to).ok()?);
    let shared = folder.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    let up = folder.components().skip(shared).map(|_| Component::ParentDir);
    Some(up.chain(to.components().skip(shared)).collect())
}
