//! What `retake check` refuses beyond an estimate: a guard must not pass what it cannot read, nor vouch for nothing.

use super::open::EstimatedProject;
use super::places::slips;
use crate::cost::rates::rate_card::{Grade, Model};
use crate::diagnostics::{Code, Level, Problem};
use crate::words;

/// Raises what a check refuses to an error, drops what only follows from a misspelled key, and adds what a check alone tells.
pub(super) fn strict(counted: &mut EstimatedProject) {
    let near: Vec<Problem> = counted.problems.iter().filter(|problem| problem.code == Code::KeyNear).cloned().collect();
    counted.problems.retain(|problem| !near.iter().any(|near| follows(problem, near)));
    for problem in &mut counted.problems {
        if [Code::NoFinals, Code::NoDeliverables, Code::KeyNear, Code::KeyUncounted].contains(&problem.code) {
            problem.level = Level::Error;
        }
    }
    if let Some(version) = counted.newer {
        // A value from a newer version, which this program does not know, could change the total.
        let problem = Problem::new(Code::NewerUnproven, words::check_newer(version));
        counted.problems.push(problem.with_key("retake"));
    }
    let approximate: Vec<Problem> = counted.estimate.models().flat_map(|model| weak(counted, model)).collect();
    counted.problems.extend(approximate);
}

/// Whether an error may hide deliverables or finals, so that a total says nothing about the work.
pub(super) fn hides(counted: &EstimatedProject) -> bool {
    const HIDING: [Code; 6] = [
        Code::KeyNear,
        Code::KeyUncounted,
        Code::KeyMisplaced,
        Code::TableExpected,
        Code::DeliverableList,
        Code::DeliverablesTooMany,
    ];
    let hiding = |problem: &Problem| HIDING.contains(&problem.code);
    let mut errors = counted.problems.iter().filter(|problem| problem.level == Level::Error);
    errors.any(|problem| counted.estimate.lines.is_empty() || problem.key == "deliverable" || hiding(problem))
}

/// Whether a table lacks something only because its key is misspelled.
fn follows(problem: &Problem, near: &Problem) -> bool {
    const LACKING: [Code; 4] = [Code::ExchangeIncomplete, Code::CardIncomplete, Code::RetryForm, Code::ExploreEmpty];
    if problem.code == Code::VersionMissing {
        return problem.file == near.file && slips(near, "", "retake");
    }
    let table = near.key.rsplit_once('.').map(|(table, _)| table);
    LACKING.contains(&problem.code) && problem.file == near.file && table == Some(problem.key.as_str())
}

/// Warnings of prices and token counts that count, and that the maker has not vouched for.
fn weak(counted: &EstimatedProject, model: &Model) -> Vec<Problem> {
    let warning = |message: String| {
        let problem = Problem::new(Code::PriceApproximate, message);
        problem.with_remedy(words::check_approximate_remedy())
    };
    let lines = counted.estimate.lines.iter();
    let mut priced =
        lines.filter(|line| line.total.is_some() && line.deliverable.model.value.id == model.id).peekable();
    let is_priced = priced.peek().is_some();
    let counts_tokens = priced.any(|line| line.stages.iter().any(|stage| !stage.has_measured_output()));
    let card = counted.budget.card(model);
    let of_card = card.provenance.grade.filter(|grade| *grade != Grade::A);
    let of_tokens = model.output_provenance.grade.filter(|grade| *grade != Grade::A).filter(|_| counts_tokens);
    let of_card = of_card.map(|grade| warning(words::check_price_weak(model.card_id(), grade)));
    let of_tokens = of_tokens.map(|_| warning(words::check_tokens_derived(&model.id)));
    of_card.into_iter().chain(of_tokens).filter(|_| is_priced).collect()
}
