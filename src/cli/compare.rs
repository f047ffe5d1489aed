//! `retake compare`: scenarios side by side with the baseline.

use super::Env;
use super::answer::{Answer, Exit};
use super::open::{self, Refused};
use super::scenario::{self, Read};
use crate::cost::scenario::{Comparison, LikelyColumns, apply, columns as scenario_columns};
use crate::cost::{Budget, estimate};
use crate::diagnostics::{Level, Problem};
use crate::project::Reading;
use crate::report::{Compared, Formulas, compare_csv, compare_json, compare_markdown, compare_text};
use clap::ArgMatches;
use jiff::civil::Date;

/// Runs `retake compare`.
pub(super) fn run(args: &ArgMatches, env: &mut Env<'_>) -> Answer {
    compared(args, env).unwrap_or_else(|answer| *answer)
}

fn compared(args: &ArgMatches, env: &mut Env<'_>) -> Result<Answer, Box<Answer>> {
    let refused = |refused: Refused| Box::new(refused.answer());
    let (catalog, of_cards) = open::catalog_with(&env.paths)?;
    let named = super::path(args, "file").unwrap_or_default();
    let file = open::find(&named).map_err(refused)?;
    let (reading, file) = open::reading(&file, env, catalog).map_err(refused)?;
    let Reading { budget, mut problems, origins, .. } = reading;
    problems.extend(of_cards);
    let wanted: Vec<&String> = args.get_many::<String>("scenario").into_iter().flatten().collect();
    let unknown: Vec<Problem> = wanted
        .iter()
        .filter(|key| !budget.scenarios.contains_key(**key))
        .map(|key| scenario::unknown(key, &budget))
        .collect();
    if !unknown.is_empty() {
        return Err(Box::new(Answer::refused(&unknown, Exit::BadInput)));
    }
    let keys = columns(&budget, &wanted);
    let today = args.get_one::<Date>("today").copied().unwrap_or(env.today);
    let estimate = estimate(&budget, catalog, today);
    let comparison = Comparison::from(&budget, &estimate, &keys, catalog, today);
    let read = Read { budget: &budget, estimate: &estimate, origins: &origins, problems: &problems, catalog, today };
    let told = doubts(&read, &comparison);
    problems.extend(told);
    let name = budget.name.clone().unwrap_or_else(|| open::name_of(file));
    let likely = LikelyColumns { base: &budget, own: &estimate, keys: &keys, catalog, today }.compute();
    let report =
        Compared { name: &name, budget: &budget, comparison: &comparison, likely: &likely, problems: &problems };
    let formulas = if args.get_flag("raw-csv") { Formulas::Raw } else { Formulas::Defanged };
    let errors = problems.iter().any(|problem| problem.level == Level::Error);
    let exit = if errors { Exit::BadInput } else { Exit::Done };
    let (stdout, tells_problems) = match args.get_one::<String>("format").map_or("text", String::as_str) {
        "json" => (compare_json(&report), true),
        "markdown" => (compare_markdown(&report), false),
        "csv" => (compare_csv(&report, formulas), false),
        _ => (compare_text(&report), false),
    };
    let answer = Answer { exit, ..Answer::done(stdout) };
    Ok(if tells_problems { answer } else { answer.telling(&problems) })
}

/// What is doubtful about the scenarios of the columns, and what is wrong in each column.
fn doubts(read: &Read<'_>, comparison: &Comparison) -> Vec<Problem> {
    let own = read.own_errors();
    let mut told: Vec<Problem> = Vec::new();
    for column in &comparison.columns {
        let named = column.scenario.as_ref().and_then(|key| Some((key, read.budget.scenarios.get(key)?)));
        let found = match named {
            Some((key, scenario)) => {
                told.extend(column.findings.iter().map(|finding| scenario::problem(key, finding, read.origins)));
                read.errors(key, &apply(read.budget, scenario, read.catalog), &own)
            }
            None => own.clone(),
        };
        // The same error of the project is in many columns.
        let new: Vec<Problem> = found.into_iter().filter(|problem| !told.contains(problem)).collect();
        told.extend(new);
    }
    told
}

/// The columns: the baseline, then the wanted scenarios, else the project itself and all others.
fn columns<'b>(budget: &'b Budget, wanted: &[&'b String]) -> Vec<Option<&'b str>> {
    let mut columns = scenario_columns(budget);
    if !wanted.is_empty() {
        columns.truncate(1);
        for key in wanted.iter().map(|key| Some(key.as_str())) {
            if !columns.contains(&key) {
                columns.push(key);
            }
        }
    }
    columns
}
