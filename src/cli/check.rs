//! `retake check`: whether each project's file is valid and its total within the cap.

use super::answer::{Answer, Exit};
use super::open::{EstimatedProject, Refused, STDIN, catalog_with, find, open_estimated};
use super::{Env, guard, risk, scenario};
use crate::cost::base::money::Currency;
use crate::cost::budget::knob_text;
use crate::cost::budget::{Cap, Setting, Value};
use crate::cost::estimate::issue::{Issue, IssueCode, IssueKind};
use crate::cost::estimate::{CapState, against_cap};
use crate::cost::{Budget, Catalog, Knob};
use crate::diagnostics::{Code, Level, Problem};
use crate::figures::{self, Amount, CapMoney};
use crate::report::{Checked, checks};
use crate::words;
use crate::words::safe::safe;
use clap::ArgMatches;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// What totals are compared with.
#[derive(Clone, Copy)]
struct Limits {
    /// The amount of `--max`.
    max: Option<Cap>,
    /// The percentile of `--confidence`, which is then compared in place of the total.
    confidence: Option<u8>,
}

/// A file's outcome for people: the exit code, and the last line.
struct Outcome {
    exit: Exit,
    checked: Checked,
    /// Says that the file is sound; empty if it is not.
    sound: String,
}

/// Runs `retake check`.
pub(super) fn run(args: &ArgMatches, env: &mut Env<'_>) -> Answer {
    let max = match args.get_one::<String>("max").map(|typed| limit(typed)).transpose() {
        Ok(max) => max,
        Err(problem) => return Answer::refused(&[*problem], Exit::BadInput),
    };
    let confidence = match risk::confidence(args) {
        Ok(confidence) => confidence,
        Err(problem) => return Answer::refused(&[*problem], Exit::BadInput),
    };
    let limits = Limits { max, confidence };
    let (catalog, of_cards) = match catalog_with(&env.paths) {
        Ok(found) => found,
        Err(answer) => return *answer,
    };
    let files: Vec<PathBuf> = args.get_many("file").into_iter().flatten().cloned().collect();
    let outcomes: Vec<Outcome> =
        files.iter().map(|file| outcome(file, args, env, (catalog, &of_cards), limits)).collect();
    let exit = outcomes.iter().map(|outcome| outcome.exit).max_by_key(|exit| weight(*exit)).unwrap_or(Exit::Done);
    match args.get_one::<String>("format").map_or("text", String::as_str) {
        "json" => Answer { exit, ..Answer::done(checks::json(&checked(outcomes))) },
        "github" => Answer { exit, ..Answer::done(checks::github(&checked(outcomes))) },
        _ => text(&outcomes, exit),
    }
}

/// A total that was locked in a currency which the project does not use any more: nothing says what became of it.
fn lock_currency(counted: &EstimatedProject) -> Option<Problem> {
    let (baseline, project) = (&counted.budget.baseline, counted.budget.shown.currency);
    let (day, lock) = (baseline.on?, baseline.currency?);
    baseline.total.filter(|_| ![Currency::USD, project].contains(&lock))?;
    let found = Problem::new(Code::LockCurrency, words::lock_currency(day, lock.code(), project.code()));
    let (file, position) =
        counted.origins.field("baseline").map_or((None, None), |at| (at.file.as_deref(), at.position));
    Some(found.with_key("baseline.currency").with_remedy(words::lock_currency_remedy()).at(file, position))
}

/// The exit code for two files: problems before a budget, and that before a file that could not be read.
fn weight(exit: Exit) -> u8 {
    match exit {
        Exit::Done => 0,
        Exit::Failed => 1,
        Exit::OverBudget => 2,
        Exit::BadInput => 3,
    }
}

fn checked(outcomes: Vec<Outcome>) -> Vec<Checked> {
    outcomes.into_iter().map(|outcome| outcome.checked).collect()
}

/// A line for each problem, which begins with its file. What several files share, such as a problem of their team's file, is
/// told once.
fn text(outcomes: &[Outcome], exit: Exit) -> Answer {
    let (mut stdout, mut stderr, mut told, mut problems) = (String::new(), String::new(), HashSet::new(), Vec::new());
    for Outcome { exit, checked, sound } in outcomes {
        for problem in &checked.problems {
            let line = format!("{}\n", safe(&problem.one_line()));
            if !told.contains(&line) {
                stderr.push_str(&line);
                told.insert(line);
                problems.push(problem.clone());
            }
        }
        if *exit == Exit::Done {
            let said = match problems_of(checked) {
                0 => sound.clone(),
                warnings => words::check_sound_but(sound, warnings),
            };
            stdout.push_str(&format!("{said}\n"));
        } else {
            let file = named(&checked.file, checked.scenario.as_deref());
            stderr.push_str(&format!("{}\n", words::check_problem_count(file, problems_of(checked))));
        }
    }
    Answer { stdout, stderr, problems, exit }
}

/// How many errors and warnings: a note is no problem.
fn problems_of(checked: &Checked) -> usize {
    checked.problems.iter().filter(|problem| problem.level != Level::Note).count()
}

/// A file, with the scenario that it was checked under.
fn named(file: &str, scenario: Option<&str>) -> String {
    scenario.map_or_else(|| file.to_owned(), |key| words::check_under(file, key))
}

/// Checks one file.
fn outcome(
    file: &Path,
    args: &ArgMatches,
    env: &mut Env<'_>,
    (catalog, of_cards): (&'static Catalog, &[Problem]),
    Limits { max, confidence }: Limits,
) -> Outcome {
    let found = find(file);
    let file = found.as_ref().map_or(file, PathBuf::as_path).to_owned();
    let opened = found.and_then(|file| open_estimated(&file, args, env, catalog));
    let file = if file.as_os_str() == "-" { STDIN.to_owned() } else { file.display().to_string() };
    let mut counted = match opened {
        Ok(counted) => counted,
        Err(Refused { problems, exit }) => {
            let checked = Checked { problems: placed(problems, &file), file, exit: exit.code(), ..Checked::default() };
            return Outcome { exit, checked, sound: String::new() };
        }
    };
    let doubts = if counted.under.is_none() { scenario::doubts(&counted) } else { Vec::new() };
    guard::strict(&mut counted);
    counted.problems.extend_from_slice(of_cards);
    counted.problems.extend(doubts);
    counted.problems.extend(lock_currency(&counted));
    let percentile = confidence.map(|percent| risk::against(percent, max, &mut counted));
    let (over, state) = match &percentile {
        Some(percentile) => {
            total_is_no_matter(&mut counted);
            (percentile.over, CapState::None)
        }
        None => against_caps(&mut counted, max),
    };
    let exit = match (counted.has_errors(), over) {
        (true, _) => Exit::BadInput,
        (false, true) => Exit::OverBudget,
        (false, false) => Exit::Done,
    };
    let sound = percentile.as_ref().and_then(|one| sound_at(&file, &counted, one));
    let sound = sound.unwrap_or_else(|| self::sound(&file, &counted, state));
    let total = counted.estimate.totals.total.filter(|_| !guard::hides(&counted));
    let cap = deciding_cap(&counted.budget, max, state);
    let percentile = percentile.map(|percentile| (percentile.name, percentile.amount));
    let scenario = counted.under.as_ref().map(|under| under.key.clone());
    let problems = placed(counted.problems, &file);
    let checked = Checked { problems, file, scenario, exit: exit.code(), total, cap, percentile };
    Outcome { exit, checked, sound }
}

/// A percentile stands in place of the total: that the total is over the file's cap stays to be read, but fails nothing.
fn total_is_no_matter(counted: &mut EstimatedProject) {
    let of_total = |problem: &&mut Problem| problem.code == Code::Issue(IssueCode::OverCap);
    counted.problems.iter_mut().filter(of_total).for_each(|problem| problem.level = Level::Note);
}

/// Problems of a file as a whole name it too.
fn placed(problems: Vec<Problem>, file: &str) -> Vec<Problem> {
    let name = |problem: Problem| match problem.file {
        Some(_) => problem,
        None => problem.at(Some(Path::new(file)), None),
    };
    problems.into_iter().map(name).collect()
}

/// Compares the total with the file's own cap and `--max`: whether it is over one of them, or not known to be within, and the
/// state that decides.
fn against_caps(counted: &mut EstimatedProject, max: Option<Cap>) -> (bool, CapState) {
    let own = against_cap(&counted.budget, &counted.estimate.totals);
    let given = max.map(|max| against_cap(&limited(&counted.budget, max), &counted.estimate.totals));
    if let Some(state) = given {
        counted.problems.extend(max_problem(state, counted));
    }
    let states = [Some(own), given].into_iter().flatten();
    if states.clone().any(|state| state == CapState::Unknown) {
        counted.problems.push(Problem::new(Code::CapUnproven, words::cli_cap_unproven()));
    }
    let over =
        |state: &CapState| matches!(state, CapState::Over { .. } | CapState::OverAtLeast { .. } | CapState::Unknown);
    (states.clone().any(|state| over(&state)), states.clone().find(over).or(given).unwrap_or(own))
}

/// The cap that the total was compared with, and its currency: the first that is exceeded, else `--max`, else the file's own.
fn deciding_cap(budget: &Budget, max: Option<Cap>, state: CapState) -> Option<(Cap, String)> {
    let own = budget.cap();
    let amount = match state {
        CapState::Within { cap, .. } | CapState::Over { cap, .. } | CapState::OverAtLeast { cap, .. } => Some(cap),
        CapState::None | CapState::Unknown | CapState::WrongCurrency { .. } => None,
    };
    let fits = |cap: &Cap| amount.is_none_or(|amount| cap.amount == amount);
    let cap = max.filter(fits).or(own)?;
    let currency = cap.currency.unwrap_or(budget.shown.currency).code().to_owned();
    Some((cap, currency))
}

/// The amount of `--max`.
///
/// # Errors
/// What it has to look like.
pub(super) fn limit(typed: &str) -> Result<Cap, Box<Problem>> {
    knob_text::argument_cap(typed).map_err(|refusal| {
        let told = words::refusal(Knob::Cap, typed, &refusal);
        let found = Problem::new(Code::MaxRefused, told.message).with_key("--max");
        Box::new(found.with_allowed(told.allowed).with_remedy(told.remedy))
    })
}

fn limited(budget: &Budget, max: Cap) -> Budget {
    let mut limited = budget.clone();
    limited.assumptions.put(Knob::Cap, Some(Setting::Value(Value::Cap(max))));
    limited
}

/// The problem with `--max`, if any; the file's own cap is among the estimate's issues.
fn max_problem(state: CapState, counted: &EstimatedProject) -> Option<Problem> {
    let (budget, approximate) = (&counted.budget, counted.estimate.totals.approximate);
    let kind = match state {
        CapState::Over { total, cap, currency } => IssueKind::OverCap { total, cap, currency, approximate },
        CapState::OverAtLeast { known, cap, currency } => {
            IssueKind::OverCapAtLeast { known, cap, currency, approximate }
        }
        CapState::WrongCurrency { cap, project } => IssueKind::CapCurrency { cap, project },
        CapState::None | CapState::Unknown | CapState::Within { .. } => return None,
    };
    let issue = Issue { deliverable: None, knob: Some(Knob::Cap), kind };
    let told = figures::issue(&issue, &budget.shown);
    let problem = Problem::new(issue.kind.code(), told.message).with_key("--max");
    Some(problem.with_allowed(told.allowed).with_remedy(told.remedy))
}

/// The last line of a file whose percentile is within the cap.
fn sound_at(file: &str, counted: &EstimatedProject, percentile: &risk::Percentile) -> Option<String> {
    let within = percentile.within.as_ref()?;
    let under = counted.under.as_ref().map(|under| under.key.as_str());
    let file = safe(&named(file, under)).into_owned();
    Some(words::check_within_at(file, &percentile.name, &within.share, &within.amount, &within.cap))
}

fn sound(file: &str, counted: &EstimatedProject, state: CapState) -> String {
    let under = counted.under.as_ref().map(|under| under.key.as_str());
    let file = safe(&named(file, under)).into_owned();
    let approximate = counted.estimate.totals.approximate;
    match (state, counted.estimate.totals.total) {
        (CapState::Within { total, cap, currency }, _) => words::check_within(
            file,
            CapMoney::of(&counted.budget.shown, currency, approximate).amount(total),
            words::cap(Cap { amount: cap, currency: None }, currency),
        ),
        (_, Some(total)) => words::check_total(file, Amount::of(&counted.budget.shown, total).about_if(approximate)),
        (_, None) => words::check_sound(file),
    }
}
