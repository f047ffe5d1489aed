//! Scenarios and the baseline: messages about them, their findings, and the values that they change.

use crate::cost::budget::scenario::{ChangePath, LineField};
use crate::cost::budget::{FeeKey, Knob};
use crate::cost::scenario::{Content, Finding, FindingKind, Unsayable};
use crate::words::cost::{Explanation, deliverable_key, none_listed};
use crate::words::safe::safe;

catalogue! { SCENARIOS;
    /// A scenario by its key.
    scenario_named(key) = "scenario {key}";
    /// A change without a deliverable to change.
    scenario_gone_deliverable(key) = "{key} no longer exists, so the scenario does not change it";
    /// Remedy.
    scenario_gone_deliverable_remedy() = "remove it from the scenario, or set finals there to add it as a new deliverable";
    /// A change without a named risk to change.
    scenario_gone_risk(name) = "there is no risk {name}, so the scenario does not change it";
    /// Remedy.
    scenario_gone_risk_remedy() = "remove it from the scenario, or set chance and amount there to add it as a new risk";
    /// A change without a fee to change.
    scenario_gone_fee(name) = "there is no fee {name}, so the scenario does not change it";
    /// Remedy.
    scenario_gone_fee_remedy() = "remove it from the scenario, or set amount and per there to add it as a new fee";
    /// The base moved since the scenario was written.
    scenario_moved(path, was, now) = "{path} was {was} when the scenario was written, but the project now has {now}";
    /// Remedy.
    scenario_moved_remedy() = "check that the change still makes sense, then update the value in was";
    /// A change that changes nothing.
    scenario_same(path, value) = "{path} is already {value} without the scenario";
    /// Remedy.
    scenario_same_remedy() = "remove it from the scenario, or keep it to hold the value if the project changes";
    /// A deliverable was brought back into a scenario, as a step.
    step_brought_back(name) = "{name} back in the scenario";
    /// It was.
    notice_brought_back(name, undo) = "{name} is back in the scenario; {undo} undoes";
    /// Why not.
    why_nothing_taken_out() = "no scenario that takes a deliverable out is shown or selected";
    /// Action.
    action_bring_back() = "bring a deliverable back";
    /// Title of the list.
    dialog_taken_out() = "Taken out by the scenario";
    /// Purpose of the list.
    help_taken_out() = "The deliverables that the scenario takes out. Choosing one brings it back into the scenario.";
    /// A change of a scenario that `--set` replaces.
    scenario_change_set(told, value) = "{told}; --set makes it {value}";
    /// A file that was checked under a scenario.
    check_under(file, key) = "{file} under scenario {key}";
    /// A locked total in a currency that the project does not use.
    since_other_currency(currency) = "unknown: locked in {currency}";
    /// The same, as a problem of the file.
    lock_currency(day, lock, project) = "the total locked on {day} is in {lock} and the project in {project}, so its change is unknown";
    /// Remedy.
    lock_currency_remedy() = "lock the baseline again, or keep only scenario in [baseline]";
    /// The heading of the column that is on screen.
    column_on_screen(name) = "● {name}";
    /// A scenario whose name alone could be another's, or the project's.
    scenario_told_apart(name, key) = "{name} ({key})";
    /// Another program deleted the scenario on screen.
    notice_scenario_gone(name, notice) = "the scenario {name} was deleted, so the project is on screen; {notice}";
    /// What another program changed.
    scenarios_changed() = "scenarios changed";
    /// An error that arises only under a scenario.
    scenario_error(key, message) = "under scenario {key}: {message}";
    /// No value.
    content_nothing() = "not set";
    /// A deliverable that is part of the project.
    content_present() = "included";
    /// A deliverable that is not part of the project.
    content_absent() = "taken out";
    /// A scenario was added.
    scenario_added(count) = "added, {count} {count|change|changes}";
    /// A key that a scenario cannot change.
    scenario_key_wrong(key) = "a scenario cannot change {key}";
    /// What it can change.
    scenario_key_allowed() = "assumptions.KNOB, deliverable.KEY.KNOB, deliverable.KEY.remove, fee.NAME.FIELD, risk.NAME.FIELD";
    /// Remedy.
    scenario_key_remedy() = "remove it from the scenario; the currency, prices, cards and bills are the project's";
    /// More scenarios than are read.
    scenarios_too_many(count, max) = "{count} scenarios, but only {max} are read";
    /// Remedy.
    scenarios_too_many_remedy() = "remove those already decided";
    /// No scenario of this name.
    scenario_unknown(name) = "there is no scenario {name}";
    /// Remedy.
    baseline_unknown_remedy() = "name a scenario of the file, or remove the line to compare with the project itself";
    /// A locked baseline without a total, or without a day.
    baseline_incomplete(key) = "the locked baseline has no {key}";
    /// Remedy.
    baseline_incomplete_remedy(key) = "write {key}, or keep only scenario in [baseline]";
    /// Scenarios or the baseline of an extended file.
    team_scenarios() = "scenarios and the baseline of an extended file are not inherited";
    /// Remedy.
    team_scenarios_remedy() = "copy what you need into the project";
    /// Remedy for a project without scenarios.
    scenario_unknown_remedy() = "the project has no scenarios; add a table [scenario.NAME] with its changes";
    /// A scenario with its name, above its changes.
    scenario_heading(key, name) = "Scenario {key}: {name}";
    /// A scenario without a name, above its changes.
    scenario_heading_bare(key) = "Scenario {key}";
    /// A change.
    scenario_change(path, from, to) = "{path} {from} → {to}";
    /// A change with its place.
    scenario_change_at(change, place) = "{change} ({place})";
    /// Heading of a comparison.
    compare_heading(name) = "{name} · scenarios";
    /// No value differs.
    compare_nothing() = "No value differs between these columns.";
    /// A value that differs from the baseline's.
    compare_to(value) = "→ {value}";
    /// Row: the total less that of the baseline.
    compare_change() = "against baseline";
    /// Row: the same in percent.
    compare_percent() = "in percent";
    /// Row: in how many cases a column costs less than the baseline.
    compare_cheaper() = "cheaper than the baseline";
    /// Row: in how many cases it costs as much.
    compare_same() = "as much as the baseline";
    /// Cell: both are the same for certain.
    compare_the_same() = "the same";
    /// Row: the mean difference. The rows above it hold buffers.
    compare_mean() = "on average, without buffer";
    /// Cell of a difference that is being computed.
    compare_awaited() = "…";
    /// Row: the total less the locked one.
    compare_since(day) = "since {day}";
    /// The change with its percentage.
    compare_since_change(change, percent) = "{change} ({percent})";
    /// Row: the part of it that prices changed.
    compare_by_prices() = "of that, prices";
    /// A value of the assumptions.
    change_label_assumption(knob) = "Assumptions · {knob}";
    /// A field of a deliverable or of a fee.
    change_label_field(name, field) = "{name} · {field}";
    /// The retry factor where its pane is not named.
    retry_factor_name() = "retry factor";
    /// A scenario of a column with its name.
    compare_legend(key, name) = "{key}: {name}";
    /// The scenario on screen, in the title.
    title_scenario(name) = "scenario: {name}";
    /// A scenario was kept, as a step.
    step_kept(name) = "scenario {name}";
    /// A scenario was made the baseline, as a step.
    step_promoted(name) = "baseline {name}";
    /// The proposed name of another one.
    scenario_number(number) = "Scenario {number}";
    /// Nothing to keep.
    notice_nothing_to_keep(key) = "nothing has changed since opening or the last scenario; change a value first, then {key} keeps it";
    /// Too many scenarios.
    notice_no_room_for_scenarios(max) = "a project holds at most {max} scenarios; delete one first";
    /// Another scenario is on screen.
    notice_on_screen(name, total) = "on screen: {name}, {total}";
    /// The same, of a scenario with a finding.
    notice_on_screen_but(told, finding) = "{told}; {finding}";
    /// The first of several.
    scenario_and_more(first, count) = "{first}; {count} more, which retake check lists";
    /// The baseline was locked.
    notice_locked(total) = "locked at {total}: from now on the title shows the change since";
    /// The same, after another column became the baseline.
    notice_lock_ended(total, lock, undo) = "the total locked at {total} was the old baseline's, so that lock ended: {lock} locks this one, {undo} undoes";
    /// A baseline that was locked was deleted.
    notice_deleted_with_lock(title, total, undo) = "deleted {title} and its total locked at {total}; {undo} brings both back";
    /// A percentage of a baseline of 0.
    percent_of_nothing() = "not defined";
    /// Why not.
    why_no_total_to_lock() = "the total is unknown, so there is nothing to lock";
    /// What became of the locked total, in the title.
    headline_since(since, change) = "{since}: {change}";
    /// Why not.
    why_no_scenarios(key) = "there are no scenarios yet; change something, then {key} makes one";
    /// Why not.
    why_on_scenarios(key) = "scenarios are changed on their own screen: {key}";
    /// Why not.
    why_project_column() = "this column is the project itself; select a scenario's column";
    /// Why not.
    why_in_scenario(name, key) = "a scenario cannot hold this, and {name} is on screen; {key} goes back to the project itself";
    /// Why not.
    why_not_changed_by_scenario(name) = "{name} does not change this value";
    /// A scenario cannot hold an edit.
    scenario_cannot_order(key) = "a scenario cannot hold this order of deliverables; {key} goes back to the project itself";
    /// A scenario cannot hold an edit.
    scenario_cannot_unset(knob, key) = "a scenario cannot leave {knob} open; choose a value, or go back to the project with {key}";
    /// A scenario cannot hold an edit.
    scenario_cannot_unset_note(key) = "a scenario cannot empty a note; {key} goes back to the project itself";
    /// The empty screen.
    scenarios_empty(key) = "No scenarios yet. Change anything, such as a size or a quality, then press {key}: your changes become a scenario beside the project as it was.";
    /// A scenario's note below the table.
    scenarios_note(name, note) = "{name}: {note}";
    /// Title of a question.
    ask_scenario_name() = "Name of the scenario";
    /// Purpose.
    help_scenario_name() = "The name of a scenario. Its key in the file stays, so that files still merge.";
    /// Title of a question.
    ask_scenario_note() = "Note about the scenario";
    /// Purpose.
    help_scenario_note() = "A note that the file keeps with the scenario, such as who asked for it.";
    /// Hint.
    ask_kept_hint(accept, cancel) = "Your changes are in this scenario now, and the project is as it was before them. {accept} or {cancel} keeps the proposed name; type for another one.";
    /// Hint.
    ask_scenario_hint(accept) = "{accept} applies it.";
    /// Help.
    action_keep_scenario() = "make a scenario of the changes";
    /// Help.
    action_scenario_previous() = "show the previous scenario";
    /// Help.
    action_scenario_next() = "show the next scenario";
    /// Label of two actions that share an entry in the footer.
    footer_scenario() = "scenario";
    /// The same, of those that change what is on screen.
    footer_other_scenario() = "other scenario";
    /// Help.
    action_show_scenario() = "show on the worksheet";
    /// Help.
    action_duplicate_scenario() = "duplicate the scenario";
    /// Help.
    action_rename_scenario() = "rename the scenario";
    /// Help.
    action_scenario_note() = "note about the scenario";
    /// Help.
    action_delete_scenario() = "delete the scenario";
    /// Help.
    action_promote_scenario() = "compare with this column";
    /// Help.
    action_lock_baseline() = "lock the baseline";
    /// A key of the baseline.
    baseline_part(key) = "baseline {key}";
}

/// The dotted path of a change, as `--set` and files spell it: `deliverable.pdp-hero.size`.
#[must_use]
pub fn change_path(path: &ChangePath) -> String {
    match path {
        ChangePath::Assumption(knob) => format!("assumptions.{}", knob.row().name),
        ChangePath::Line(key, field) => match line_field(*field) {
            "" => deliverable_key(key),
            field => format!("{}.{field}", deliverable_key(key)),
        },
        ChangePath::Fee(name, key) => super::fee_key(name, Some(*key)),
        ChangePath::Risk(name, key) => super::risk_key(name, Some(*key)),
    }
}

fn line_field(field: LineField) -> &'static str {
    match field {
        LineField::Exists => "",
        LineField::Name => "name",
        LineField::Position => "position",
        LineField::Knob(knob) => knob.row().name,
        LineField::Note => "note",
    }
}

/// The place of a change in words, the deliverable by its title: `PDP hero · size`.
#[must_use]
pub fn change_label(path: &ChangePath, title: Option<&str>) -> String {
    match path {
        ChangePath::Assumption(knob) => change_label_assumption(knob_in_sentence(*knob)),
        ChangePath::Line(key, field) => {
            let title = safe(title.unwrap_or(key)).into_owned();
            match field {
                LineField::Exists => title,
                LineField::Knob(knob) => change_label_field(title, knob_in_sentence(*knob)),
                LineField::Name | LineField::Position | LineField::Note => {
                    change_label_field(title, line_field(*field))
                }
            }
        }
        ChangePath::Fee(name, key) => change_label_field(super::fee_named(name), key.name()),
        ChangePath::Risk(name, key) => change_label_field(super::risk_named(name), key.name()),
    }
}

/// A knob without the pane that shows it: the label of the retry factor alone would say too little.
#[must_use]
pub fn knob_in_sentence(knob: Knob) -> &'static str {
    if knob == Knob::Retry { retry_factor_name() } else { super::knob_label(knob) }
}

/// What a project has at the path of a change.
#[must_use]
pub fn content(content: &Content) -> String {
    match content {
        Content::Nothing => content_nothing().to_owned(),
        Content::Unreadable => super::unreadable().to_owned(),
        Content::Present => content_present().to_owned(),
        Content::Value(value) => super::value(value),
        Content::Text(text) => safe(text).into_owned(),
        Content::Position(position) => position.to_string(),
        // A fee that names no deliverable is charged for none.
        Content::Fee(FeeKey::Deliverables, fee) if fee.deliverables.as_ref().is_some_and(Vec::is_empty) => {
            none_listed().to_owned()
        }
        Content::Fee(key, fee) => super::fee_value(fee, *key),
        Content::Risk(key, risk) => super::risk_value(risk, *key),
    }
}

/// The same at a path: a deliverable that is not there is taken out.
#[must_use]
pub fn content_at(path: &ChangePath, value: &Content) -> String {
    match (path, value) {
        (ChangePath::Line(_, LineField::Exists), Content::Nothing) => content_absent().to_owned(),
        (_, value) => content(value),
    }
}

/// What is doubtful about a change of a scenario.
#[must_use]
pub fn finding(finding: &Finding) -> Explanation {
    let path = || change_path(&finding.path);
    let told =
        |message: String, remedy: &str| Explanation { message, allowed: String::new(), remedy: remedy.to_owned() };
    match (&finding.kind, &finding.path) {
        (FindingKind::Gone, ChangePath::Fee(name, _)) => told(scenario_gone_fee(name), scenario_gone_fee_remedy()),
        (FindingKind::Gone, ChangePath::Risk(name, _)) => told(scenario_gone_risk(name), scenario_gone_risk_remedy()),
        (FindingKind::Gone, ChangePath::Line(key, _)) => {
            told(scenario_gone_deliverable(key), scenario_gone_deliverable_remedy())
        }
        (FindingKind::Gone, ChangePath::Assumption(_)) => told(scenario_gone_deliverable(path()), ""),
        (FindingKind::Moved { was, now }, _) => told(
            scenario_moved(path(), content_at(&finding.path, was), content_at(&finding.path, now)),
            scenario_moved_remedy(),
        ),
        (FindingKind::Same { value }, _) => {
            told(scenario_same(path(), content_at(&finding.path, value)), scenario_same_remedy())
        }
    }
}

/// The dotted key of a change inside its scenario: `scenario.client-2k.assumptions.retry`.
#[must_use]
pub fn change_key(scenario: &str, path: &ChangePath) -> String {
    format!("{}.{}", scenario_key(scenario), change_path(path))
}

/// The dotted key of a scenario's table: `scenario.client-2k`.
#[must_use]
pub fn scenario_key(key: &str) -> String {
    format!("scenario.{}", super::cost::bare_or_quoted(key))
}

/// Why a scenario cannot hold an edit; `key` leads to the project itself.
#[must_use]
pub fn unsayable(why: Unsayable, key: String) -> String {
    match why {
        Unsayable::Order => scenario_cannot_order(key),
        Unsayable::Unset(knob) => scenario_cannot_unset(knob_in_sentence(knob), key),
        Unsayable::UnsetKey(field) => scenario_cannot_unset(field, key),
        Unsayable::Note => scenario_cannot_unset_note(key),
    }
}
