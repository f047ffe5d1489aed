//! Where a note leads: the field, the deliverable, the list or the screen that it is about.

use crate::app::actions::navigation;
use crate::app::flows::{project_form, project_risks, rates};
use crate::app::model::form::FormRow;
use crate::app::model::notes::{Told, collected};
use crate::app::model::outcome::Effect;
use crate::app::model::overlay::Overlay;
use crate::app::model::screen::Screen;
use crate::app::model::state::State;
use crate::app::model::view::Selection;
use crate::cost::Knob;
use crate::cost::budget::knob;
use crate::cost::estimate::issue::{Issue, IssueKind};
use crate::diagnostics::{Level, Problem};
use crate::words;

/// The place that a note is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lead {
    /// A field of a deliverable, or of all of them.
    Field(Selection, Knob),
    /// A deliverable.
    Line(usize),
    /// The form of the project, on a row.
    Form(FormRow),
    /// The bills, on the card of this name in files; the official one if it is not compared.
    Card(String),
    /// The comparison of pinned prices with built-in ones.
    Rates,
    /// The scenarios.
    Scenarios,
    /// The risk screen, with the row of a named risk selected in the form over it.
    Risk(FormRow),
    /// Nothing on screen: why, and what to do.
    Nowhere(String),
}

/// Goes where the marked note leads.
pub(in crate::app) fn follow(state: &mut State) -> Vec<Effect> {
    let Some(Overlay::Issues(at)) = state.overlays.top() else { return Vec::new() };
    let at = *at;
    let Some(lead) = collected(state).get(at).map(|told| of_note(state, told)) else {
        // Nothing to go to: Enter closes the list, as it does with other texts.
        state.overlays.close();
        return Vec::new();
    };
    if let Lead::Nowhere(why) = lead {
        state.say(Level::Note, why);
        return Vec::new();
    }
    state.overlays.clear();
    go(state, lead);
    Vec::new()
}

/// Where a note leads.
#[must_use]
pub fn of_note(state: &State, told: &Told<'_>) -> Lead {
    match told {
        Told::Problem(problem, _) => of_problem(state, problem),
        Told::Scenario(_) => Lead::Scenarios,
        Told::NamedRisks(_) => Lead::Risk(project_risks::first_row(state)),
        Told::NoFinals(first, _) => Lead::Field(Selection::Line(*first), Knob::Finals),
        Told::Here(group) | Told::Elsewhere(group, _) => match (group.is_shared(), group.issue.knob) {
            // A value that several inherit is changed once, for all of them.
            (true, Some(knob)) => Lead::Field(Selection::Project, knob),
            _ => of_issue(state, group.issue),
        },
    }
}

/// Where an issue leads: to the knob that it names, or to what its kind is about.
#[must_use]
pub fn of_issue(state: &State, issue: &Issue) -> Lead {
    let key = issue.deliverable.as_deref();
    let line = key.and_then(|key| state.budget().lines.iter().position(|line| line.key == key));
    let field = |knob: Knob| Lead::Field(line.map_or(Selection::Project, Selection::Line), issue.knob.unwrap_or(knob));
    match &issue.kind {
        IssueKind::SizeIllegal { .. } | IssueKind::SizeAuto | IssueKind::SizeExperimental { .. } => field(Knob::Size),
        IssueKind::RatioDisagrees { .. } => field(Knob::Ratio),
        IssueKind::QualityAuto
        | IssueKind::QualityNotOfModel { .. }
        | IssueKind::TokensApproximate { .. }
        | IssueKind::TokensUnknown { .. } => field(Knob::Quality),
        IssueKind::ModelShutDown { .. } | IssueKind::ModelShutsDown { .. } => field(Knob::Model),
        IssueKind::RateUnknown { .. } | IssueKind::BatchNotOffered { .. } => field(Knob::ServiceTier),
        IssueKind::RetryGuess { .. } | IssueKind::ProfileUnknown { .. } => field(Knob::Retry),
        IssueKind::MeasuredUnused { .. } | IssueKind::MeasuredPerImage { .. } => field(Knob::Measured),
        IssueKind::ReferenceTokensUnknown { .. } => field(Knob::References),
        IssueKind::BufferUnusual { .. } => field(Knob::Buffer),
        IssueKind::SparePictures { .. } => field(Knob::ImagesPerCall),
        IssueKind::TooManyFinals { .. } | IssueKind::TooManyDigits | IssueKind::Unreadable => field(Knob::Finals),
        IssueKind::OverCap { .. } | IssueKind::OverCapAtLeast { .. } | IssueKind::CapCurrency { .. } => {
            Lead::Field(Selection::Project, Knob::Cap)
        }
        IssueKind::TotalUnknown { .. } => first_unknown(state),
        IssueKind::FeeIncomplete { fee, .. }
        | IssueKind::FeeUnreadable { fee, .. }
        | IssueKind::FeeCurrency { fee, .. }
        | IssueKind::FeeDeliverable { fee, .. }
        | IssueKind::FeeKeyUnused { fee, .. }
        | IssueKind::FeeNamesNone { fee, .. } => Lead::Form(FormRow::Fee(fee.clone())),
        IssueKind::Risk { risk, .. } => Lead::Risk(FormRow::Risk(risk.clone())),
        IssueKind::CardInputsUnsaid { card, .. } => Lead::Card(card.clone()),
        IssueKind::PriceStale { card, .. } | IssueKind::PriceUndated { card } | IssueKind::PriceAhead { card, .. } => {
            Lead::Card(card.clone())
        }
        IssueKind::CardsDiffer { .. } => Lead::Card(String::new()),
        IssueKind::RatesDiffer { .. } => Lead::Rates,
        IssueKind::ExchangeStale { card: Some(card), .. }
        | IssueKind::ExchangeAhead { card: Some(card), .. }
        | IssueKind::CardExchangeMissing { card, .. } => Lead::Card(card.clone()),
        IssueKind::ExchangeMissing { .. }
        | IssueKind::ExchangeStale { card: None, .. }
        | IssueKind::ExchangeAhead { card: None, .. } => Lead::Form(FormRow::Rate),
    }
}

/// The first deliverable without a total.
fn first_unknown(state: &State) -> Lead {
    let unknown = state.estimate().lines.iter().position(|line| line.total.is_none());
    unknown.map_or(Lead::Field(Selection::Project, Knob::Buffer), Lead::Line)
}

/// Keys at the top of a file that have a row in the form of the project.
const FORM_KEYS: [(&str, FormRow); 6] = [
    ("name", FormRow::Name),
    ("client", FormRow::Client),
    ("notes", FormRow::Notes),
    ("currency", FormRow::Currency),
    ("exchange", FormRow::Rate),
    ("extends", FormRow::TeamFile),
];

/// Where a problem of the file leads, by the key that it names.
#[must_use]
pub fn of_problem(state: &State, problem: &Problem) -> Lead {
    let below = |table: &str| {
        let rest = problem.key.strip_prefix(table)?;
        if rest.is_empty() { Some("") } else { rest.strip_prefix('.') }
    };
    for (at, line) in state.budget().lines.iter().enumerate() {
        if let Some(rest) = below(&words::deliverable_key(&line.key)) {
            return named(rest).map_or(Lead::Line(at), |knob| Lead::Field(Selection::Line(at), knob));
        }
    }
    if let Some(knob) = below("assumptions").and_then(named) {
        return Lead::Field(Selection::Project, knob);
    }
    if let Some(name) = state.budget().all_fees().keys().find(|name| below(&words::fee_key(name, None)).is_some()) {
        return Lead::Form(FormRow::Fee((*name).to_owned()));
    }
    if below("risk").is_some() {
        let all = state.budget().all_risks();
        let name = all.keys().find(|name| below(&words::risk_key(name, None)).is_some());
        return name
            .map_or_else(|| Lead::Nowhere(in_file(problem)), |name| Lead::Risk(FormRow::Risk((*name).to_owned())));
    }
    if below("card").is_some() || below("bills").is_some() {
        let id = state.budget().cards.keys().find(|id| below(&words::card_key(id)).is_some());
        return Lead::Card(id.cloned().unwrap_or_default());
    }
    if below("scenario").is_some() || below("baseline").is_some() {
        return Lead::Scenarios;
    }
    let row = FORM_KEYS.iter().find(|(key, _)| below(key).is_some());
    row.map_or_else(|| Lead::Nowhere(in_file(problem)), |(_, row)| Lead::Form(row.clone()))
}

/// The knob of the key that a path begins with.
fn named(path: &str) -> Option<Knob> {
    let key = path.split('.').next()?;
    knob::TABLE.iter().find(|row| row.name == key).map(|row| row.knob)
}

/// That the place is in the file alone, with the place.
fn in_file(problem: &Problem) -> String {
    match (&problem.file, problem.position) {
        (Some(file), Some(position)) => words::lead_file_line(file.display(), position.line),
        _ if problem.key.is_empty() => words::lead_file().to_owned(),
        _ => words::lead_file_alone(&problem.key),
    }
}

fn go(state: &mut State, lead: Lead) {
    match lead {
        Lead::Field(selection, knob) => navigation::to_field(state, selection, knob),
        Lead::Line(at) => navigation::to_row(state, Selection::Line(at)),
        Lead::Form(row) => project_form::open_at(state, &row),
        Lead::Card(id) => {
            navigation::show(state, Screen::Bills);
            let at = state.bills().cards.iter().position(|card| card.card().id == id);
            state.view.selected_bill = at.map_or(0, |at| at + 1);
        }
        Lead::Rates => rates::compare(state),
        Lead::Scenarios => navigation::show(state, Screen::Scenarios),
        Lead::Risk(row) => {
            navigation::show(state, Screen::Risk);
            project_form::open_at(state, &row);
        }
        Lead::Nowhere(why) => state.say(Level::Note, why),
    }
}
