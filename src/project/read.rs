//! A project file's text into a budget, with every problem in it and the place of every value.
//!
//! Reading never fails: what can be read is there, what cannot is reported, and a value that cannot be read leaves its knob
//! unreadable, so that a price becomes unknown rather than wrong.

use super::origin::Origins;
use super::other_files::{PromptCounter, TeamFiles};
use super::prompts::{keep_counts, keep_patched_counts};
use super::reader::Told;
use super::scenarios::ReadScenario;
use super::sections::{Places, Said};
use super::values::unreadable_assumptions;
use crate::cost::Knob;
use crate::cost::base::money::{Currency, Shown};
use crate::cost::budget::Catalog;
use crate::cost::budget::{Budget, Setting, SharedLine, Value};
use crate::diagnostics::{Code, IssueCode, Layer, Level, Problem};
use crate::project::extends::{Chain, Inherited, OneFile, compared};
use crate::words;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The content of a project file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Every value that could be read; the default where the text is no TOML.
    pub budget: Budget,
    /// The file's problems in the order of its text, then those of the files that it extends, nearest first.
    pub problems: Vec<Problem>,
    /// Where each value stands.
    pub origins: Arc<Origins>,
    /// The file's version where it is newer than this program: it is shown and not written.
    pub newer: Option<u64>,
    /// The files that it extends, nearest first.
    pub extends: Vec<PathBuf>,
    /// Whose prompt tokens were counted from text instead of written as a number: none for the assumptions.
    pub counted: Vec<Option<String>>,
    /// The same for the values that scenarios set, each with the scenario's key.
    pub patched_counts: Vec<(String, Option<String>)>,
    unparsable: bool,
}

impl Reading {
    /// Whether the text is no TOML at all, so that nothing of it could be read.
    #[must_use]
    pub fn unparsable(&self) -> bool {
        self.unparsable
    }

    /// Why the team file, or one that it extends itself, cannot be used at all, if so.
    #[must_use]
    pub fn refused_team_file(&self) -> Option<&Problem> {
        let of_path = |problem: &&Problem| {
            use Code::{ExtendsCircle, ExtendsNoPlace, ExtendsOutside, ExtendsPath, ExtendsTooLong, ExtendsUnreadable};
            let codes = [ExtendsCircle, ExtendsNoPlace, ExtendsOutside, ExtendsPath, ExtendsTooLong, ExtendsUnreadable];
            codes.contains(&problem.code)
        };
        let in_team = |problem: &&Problem| {
            problem.level == Level::Error && problem.file.as_ref().is_some_and(|file| self.extends.contains(file))
        };
        let unread = || (self.budget.team == unreadable_assumptions()).then(|| self.problems.iter().find(in_team));
        self.problems.iter().find(of_path).or_else(|| unread().flatten())
    }

    /// Gives prompt tokens that were counted from text the numbers that they have in `shown`, the same project as it is on
    /// screen: a prompt file that changed since then is no change of the project.
    pub fn keep_counts(&mut self, shown: &Budget) {
        keep_counts(&self.counted, &mut self.budget, shown);
        keep_patched_counts(&self.patched_counts, &mut self.budget, shown);
    }
}

/// Reads the text of a project file. `file` names it in problems and is where its `extends` and its prompt files start from.
#[must_use]
pub fn read(
    text: &str,
    file: Option<&Path>,
    catalog: &Catalog,
    team: &mut dyn TeamFiles,
    prompts: &mut dyn PromptCounter,
) -> Reading {
    reading(Chain::new(file, catalog, team, prompts).read(text, file), file)
}

/// A file and what it extends, put together.
pub(super) fn reading(one: OneFile, file: Option<&Path>) -> Reading {
    let OneFile { said, above, mut problems, newer, unparsable, places } = one;
    let shown = shown(&said, &above, &places, file, &mut problems);
    let origins = places.origins(file, above.fields.clone(), above.knobs.clone());
    let team_head = above.head();
    let mut inherited = above.settings;
    foreign_cap(&mut inherited, &origins, above.cap_currency, &said, shown.currency, &mut problems);
    problems.extend(above.problems);
    let counted_lines = said.lines.iter().filter(|read| read.counted).map(|read| Some(read.line.key.clone()));
    let counted = said.counted.then_some(None).into_iter().chain(counted_lines).collect();
    let mut lines: Vec<SharedLine> = said.lines.into_iter().map(|read| SharedLine::from(read.line)).collect();
    lines.sort_by_key(|line| line.position.unwrap_or(0));
    let counted_in =
        |read: &ReadScenario| read.counted.iter().map(|line| (read.key.clone(), line.clone())).collect::<Vec<_>>();
    let patched_counts = said.scenarios.iter().flat_map(counted_in).collect();
    let scenarios = said.scenarios.into_iter().map(|read| (read.key, Arc::new(read.scenario))).collect();
    let (mut profiles, mut pins, mut cards) = (above.profiles, above.pins, above.cards);
    cards.extend(said.cards);
    let fees = said.fees.into_iter().map(|read| (read.name, read.fee)).collect();
    let risks = said.risks.into_iter().map(|read| (read.name, read.risk)).collect();
    profiles.extend(said.profiles);
    pins.extend(said.pins);
    let budget = Budget {
        name: said.name,
        client: said.client.or(above.client),
        notes: said.notes,
        shown,
        extends: said.extends,
        team_head,
        team: inherited,
        assumptions: said.settings,
        profiles,
        pins,
        bills: compared(said.bills, above.bills),
        cards,
        fees,
        team_fees: above.fees,
        risks,
        team_risks: above.risks,
        lines,
        scenarios,
        baseline: said.baseline.baseline,
    };
    let origins = Arc::new(origins);
    Reading { budget, problems, origins, newer, extends: above.files, counted, patched_counts, unparsable }
}

/// The currency and the rate that count, with a problem where a currency has no rate.
fn shown(said: &Said, above: &Inherited, places: &Places, file: Option<&Path>, problems: &mut Vec<Problem>) -> Shown {
    let currency = above.currency(said).is().copied().unwrap_or(Currency::USD);
    let exchange = above.exchange(said);
    if currency != Currency::USD && exchange == Told::Open {
        let own = places.field("currency").map(|position| (file, Some(position)));
        let team = above.fields.get("currency").map(|origin| (origin.file.as_deref(), origin.position));
        let (file, position) = own.or(team).unwrap_or((file, None));
        let problem = Problem::new(Code::Issue(IssueCode::ExchangeMissing), words::exchange_missing(currency.code()));
        let problem = problem.at(file, position).with_key("currency").with_allowed(words::exchange_allowed("exchange"));
        place(problems, problem.with_remedy(words::exchange_missing_remedy(currency.code())));
    }
    let exchange = exchange.is().filter(|_| currency != Currency::USD).cloned();
    Shown { currency, exchange }
}

/// A team's cap in another currency than the project's is no cap here.
fn foreign_cap(
    team: &mut crate::cost::Settings,
    origins: &Origins,
    cap_currency: Option<Currency>,
    said: &Said,
    project: Currency,
    problems: &mut Vec<Problem>,
) {
    let own = said.settings.get(Knob::Cap).is_some();
    let (Some(Value::Cap(cap)), false) = (team.value(Knob::Cap), own) else { return };
    let in_currency = cap_currency.unwrap_or(Currency::USD);
    if cap.currency.is_some() || in_currency == project {
        return;
    }
    let amount = cap.amount.normalize();
    let origin = origins.knob(None, Knob::Cap, Layer::Team);
    let message = words::cap_inherited(amount, in_currency.code(), project.code());
    let problem = Problem::new(Code::CapInherited, message)
        .at(origin.file.as_deref(), origin.position)
        .with_key("assumptions.cap")
        .with_allowed(words::cap_allowed())
        .with_remedy(words::cap_inherited_remedy(amount, in_currency.code()));
    team.put(Knob::Cap, Some(Setting::Unreadable));
    problems.push(problem);
}

/// Puts a problem where its place in the file is.
fn place(problems: &mut Vec<Problem>, problem: Problem) {
    let at = problems.partition_point(|other| other.position <= problem.position);
    problems.insert(at, problem);
}
