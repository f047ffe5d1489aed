//! The action table: one row for each action, with its name, its help, its availability, and its handler.
//!
//! The row drives dispatch, footer, help and the key documentation, so that they always agree, and an action without a handler
//! does not compile. The list of actions has them in groups of its own (`model/palette.rs`).

use crate::app::actions::{
    bring_back, card_list, cards, choose, clipboard, followers, history, knob_edit, lines, navigation, scenarios,
    update,
};
use crate::app::flows::ask::{self, ask};
use crate::app::flows::conflict::{self, Keep};
use crate::app::flows::{
    import, lifecycle, project_form, project_removal, project_risks, rates, reading, recovery, under_cap,
};
use crate::app::model::outcome::Effect;
use crate::app::model::overlay::{Ask, Leaving};
use crate::app::model::screen::{Context, Screen, TABS};
use crate::app::model::state::State;
use crate::words;

macro_rules! actions {
    ($( $(#[$doc:meta])+ $action:ident = $name:literal, $help:path, $can:path, $footer:literal, $run:expr
        $(, { $($column:ident: $value:expr),+ })?; )+) => {
        /// An action that a key can run.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action { $( $(#[$doc])+ $action, )+ }

        /// Every action, in the order of the help.
        pub const TABLE: &[Row] = &[
            $( Row {
                action: Action::$action,
                name: $name,
                help: $help,
                can: $can,
                footer: $footer,
                run: |state| Done::effects(($run)(state)),
                $( $($column: $value,)+ )?
                ..PLAIN
            } ),+
        ];
    };
}

/// Whether an action is available, or else why not.
pub type Availability = Result<(), String>;

/// One row of the table.
#[derive(Clone, Copy)]
pub struct Row {
    /// The action.
    pub action: Action,
    /// Its name in the key file.
    pub name: &'static str,
    /// Its description, in a few words.
    pub help: fn() -> &'static str,
    /// Whether it is available now.
    pub can: fn(&State) -> Availability,
    /// Its weight in the footer: the smallest are shown first, 0 only where `footer_in` says so.
    pub footer: u8,
    /// Special weights in some contexts, which come before all others.
    pub footer_in: &'static [(Context, u8)],
    /// Whether it comes before all others in the footer now, whatever its weight.
    pub footer_first: fn(&State) -> bool,
    /// The opposite action, which shares its footer entry.
    pub pair: Option<Pair>,
    /// The contexts whose help lists it among their own keys, besides actions that are bound only there.
    pub here: &'static [Context],
    /// Whether it has a meaning only inside an overlay or a field, so that the list of actions leaves it out.
    pub inside: bool,
    /// The handler; returns the runtime's effects.
    pub(in crate::app) run: fn(&mut State) -> Vec<Effect>,
}

/// The second of two opposite actions, and the name of the pair.
#[derive(Clone, Copy)]
pub struct Pair {
    /// The second.
    pub second: Action,
    /// The name of the pair in a context.
    pub name: fn(Context) -> &'static str,
}

/// Defaults for the columns that few rows fill.
const PLAIN: Row = Row {
    action: Action::Up,
    name: "",
    help: || "",
    can: always,
    footer: 0,
    footer_in: &[],
    footer_first: |_| false,
    pair: None,
    here: &[],
    inside: false,
    run: |_| Vec::new(),
};

/// The result of a handler: nothing, or effects.
trait Done {
    fn effects(self) -> Vec<Effect>;
}

impl Done for () {
    fn effects(self) -> Vec<Effect> {
        Vec::new()
    }
}

impl Done for Vec<Effect> {
    fn effects(self) -> Vec<Effect> {
        self
    }
}

const fn pair(second: Action, name: fn(Context) -> &'static str) -> Option<Pair> {
    Some(Pair { second, name })
}

/// Lists, panes and tables.
const ALL_PLACES: &[Context] = &[Context::List, Context::Pane, Context::Bills];

/// Where choosing a column comes before all else.
const FOR_COLUMNS: &[(Context, u8)] = &[(Context::Bills, 0), (Context::Scenarios, 0)];

/// Where the actions of a scenario's column come first.
const FOR_SCENARIOS: &[(Context, u8)] = &[(Context::Scenarios, 3), (Context::ScenariosPane, 3)];

actions! {
    /// A field up, a row up, a line up.
    Up = "up", words::action_up, always, 1, |s| navigation::go(s, -1),
        { pair: pair(Action::Down, |at| (at.row().up_down)()), here: ALL_PLACES };
    /// A field down, a row down, a line down.
    Down = "down", words::action_down, always, 2, |s| navigation::go(s, 1), { here: ALL_PLACES };
    /// To the first row or field.
    First = "first", words::action_first, always, 0, |s| navigation::go(s, isize::MIN), { here: ALL_PLACES };
    /// To the last row or field.
    Last = "last", words::action_last, always, 0, |s| navigation::go(s, isize::MAX), { here: ALL_PLACES };
    /// A page up.
    PageUp = "page-up", words::action_page_up, always, 0, |s| navigation::go(s, -navigation::PAGE), { inside: true };
    /// A page down.
    PageDown = "page-down", words::action_page_down, always, 0, |s| navigation::go(s, navigation::PAGE), { inside: true };
    /// To the next pane.
    FocusNext = "focus-next", words::action_focus_next, always, 7, |s| navigation::focus_around(s, 1);
    /// To the previous pane.
    FocusPrevious = "focus-previous", words::action_focus_previous, always, 0, |s| navigation::focus_around(s, -1);
    /// To the pane on the left.
    FocusLeft = "focus-left", words::action_focus_left, always, 0, |s| navigation::focus_beside(s, -1);
    /// To the pane on the right.
    FocusRight = "focus-right", words::action_focus_right, always, 0, |s| navigation::focus_beside(s, 1);
    /// To the previous deliverable.
    LinePrevious = "line-previous", words::action_line_previous, State::has_rows, 8, |s| navigation::line(s, -1),
        { pair: pair(Action::LineNext, |_| words::footer_line()) };
    /// To the next deliverable.
    LineNext = "line-next", words::action_line_next, State::has_rows, 9, |s| navigation::line(s, 1);
    /// A step more.
    More = "more", words::action_more, State::can_step, 3, |s| knob_edit::step(s, 1),
        { pair: pair(Action::Less, |_| words::footer_change()) };
    /// A step less.
    Less = "less", words::action_less, State::can_step, 4, |s| knob_edit::step(s, -1);
    /// Ten steps more.
    MuchMore = "much-more", words::action_much_more, State::can_step, 0, |s| knob_edit::step(s, 10);
    /// Ten steps less.
    MuchLess = "much-less", words::action_much_less, State::can_step, 0, |s| knob_edit::step(s, -10);
    /// Choose a value from a list, or type it.
    Edit = "edit", words::action_edit, State::can_edit_here, 5, knob_edit::edit, { here: &[Context::List, Context::Pane] };
    /// Type a value.
    Type = "type", words::action_type, State::can_edit_here, 0, knob_edit::type_in, { here: &[Context::Pane] };
    /// Apply the cheaper size of the same shape.
    Advice = "advice", words::action_advice, State::can_take_advice, 0, knob_edit::take_advice;
    /// Return to the inherited value.
    Inherit = "inherit", words::action_inherit, State::can_inherit, 0, knob_edit::inherit;
    /// Give the value for all to the deliverables that keep another one.
    FollowAll = "follow-all", words::action_follow_all, State::can_follow_all, 3, followers::set_for_all,
        { here: &[Context::Pane] };
    /// What gets the project under its cap.
    UnderCap = "under-cap", words::action_under_cap, State::has_rows, 0, under_cap::open,
        { footer_first: State::is_over_cap };
    /// Apply the selected way under the cap.
    ApplyWay = "apply-way", words::action_apply_way, State::can_apply_way, 1, under_cap::apply, { inside: true };
    /// Hold the total, P80 or P90 against the cap.
    CompareNext = "compare-next", words::action_compare_next, State::can_compare_next, 1, under_cap::compare_next,
        { inside: true };
    /// Add a deliverable.
    Add = "add", words::action_add, State::can_change, 10, |s| ask(s, Ask::NewLine, ""), { here: &[Context::List] };
    /// Import a list of deliverables.
    Import = "import", words::action_import, always, 0, import::ask_path,
        { footer_first: State::is_empty_worksheet };
    /// Duplicate the deliverable.
    Duplicate = "duplicate", words::action_duplicate, State::can_arrange, 0, lines::duplicate, { here: &[Context::List] };
    /// Delete the deliverable.
    Delete = "delete", words::action_delete, State::can_arrange, 0, lines::delete, { here: &[Context::List] };
    /// Move the deliverable down.
    MoveDown = "move-down", words::action_move_down, State::can_move, 0, |s| lines::shift(s, true), { here: &[Context::List] };
    /// Move the deliverable up.
    MoveUp = "move-up", words::action_move_up, State::can_move, 0, |s| lines::shift(s, false), { here: &[Context::List] };
    /// Rename the deliverable.
    Rename = "rename", words::action_rename, State::can_change, 0, ask::rename, { here: &[Context::List] };
    /// Everything that the project says of itself.
    Project = "project", words::action_project, always, 0, project_form::open;
    /// Change the selected row of the form.
    EditRow = "edit-row", words::action_edit, State::has_form, 1, project_form::edit, { inside: true };
    /// Give the selected row's value back to the team file.
    ResetRow = "reset-row", words::action_reset_row, State::can_reset_row, 2, project_form::reset, { inside: true };
    /// Remove the selected fee.
    RemoveFee = "remove-fee", words::action_remove_fee, State::can_remove_fee, 2, project_removal::remove_fee, { inside: true };
    /// Rename the project.
    RenameProject = "rename-project", words::action_rename_project, State::is_project, 0, ask::rename_project;
    /// Undo the last edit.
    Undo = "undo", words::action_undo, State::can_undo, 11, history::undo;
    /// Redo it.
    Redo = "redo", words::action_redo, State::can_redo, 0, history::redo;
    /// Write the file.
    Save = "save", words::action_save, State::can_save, 12, lifecycle::save_now;
    /// Write another file.
    SaveAs = "save-as", words::action_save_as, always, 16, lifecycle::save_as;
    /// Open a file.
    Open = "open", words::action_open, always, 0, |s| ask(s, Ask::Open, "");
    /// Open a recent project or a sample.
    Projects = "projects", words::action_projects, State::has_offers, 0, choose::open_projects;
    /// The versions that earlier saves replaced.
    Versions = "versions", words::action_versions, State::can_list_versions, 0, |_| vec![Effect::Versions];
    /// Start a new project.
    New = "new", words::action_new, always, 0, |s| lifecycle::leave(s, Leaving::New);
    /// Every action by name.
    Palette = "palette", words::action_palette, always, 17, choose::open_palette;
    /// Show the calculation.
    Why = "why", words::action_why, always, 6, reading::why, { here: &[Context::Pane, Context::Bills] };
    /// Show only deliverables that match.
    Find = "find", words::action_find, State::has_rows, 0, ask::find, { here: &[Context::List] };
    /// Show the focused pane alone, or all panes again.
    Zoom = "zoom", words::action_zoom, always, 0, navigation::zoom;
    /// Copy the focused figure, or the calculation.
    Copy = "copy", words::action_copy, always, 0, |s| clipboard::copy(s, clipboard::figure),
        { here: &[Context::Pane, Context::Bills] };
    /// Copy the selected row.
    CopyRow = "copy-row", words::action_copy_row, State::can_copy_row, 0, |s| clipboard::copy(s, clipboard::row),
        { here: &[Context::List] };
    /// Copy the whole estimate.
    CopySummary = "copy-summary", words::action_copy_summary, always, 0, choose::open_summary;
    /// Show the issues.
    Issues = "issues", words::action_issues, always, 13, reading::issues;
    /// Compare pinned prices with built-in ones.
    Rates = "rates", words::action_rates, State::can_compare_rates, 0, rates::compare;
    /// Choose the rate cards that the project is compared with.
    Cards = "cards", words::action_cards, always, 18, choose::open_cards,
        { footer_in: &[(Context::Bills, 1), (Context::BillsPane, 1)] };
    /// Tick the entry under the cursor, or remove its tick.
    Toggle = "toggle", words::action_toggle, always, 1, card_list::toggle, { inside: true };
    /// Change a fee, or switch it off or on.
    Fees = "fees", words::action_fees, always, 0, project_form::open_fees;
    /// The named risks: change, switch off, remove.
    NamedRisks = "named-risks", words::action_named_risks, always, 0, project_risks::open_risks,
        { footer_in: &[(Context::Risk, 2)] };
    /// Another named risk.
    AddRisk = "add-risk", words::action_add_risk, always, 0, project_risks::add_risk,
        { footer_in: &[(Context::Risk, 1)] };
    /// Remove the selected card from the comparison.
    TakeOut = "take-out", words::action_take_out, State::can_take_out, 10, cards::take_out,
        { footer_in: &[(Context::Bills, 2), (Context::BillsPane, 2)] };
    /// Move the selected card to the left.
    CardLeft = "card-left", words::action_card_left, State::can_shift_left, 11, |s| cards::shift(s, -1),
        { pair: pair(Action::CardRight, |_| words::footer_card()) };
    /// Move the selected card to the right.
    CardRight = "card-right", words::action_card_right, State::can_shift_right, 12, |s| cards::shift(s, 1);
    /// Say that the prices of the project's own cards cover reference images.
    IncludeInputs = "include-inputs", words::action_include_inputs, State::can_include_inputs, 0,
        cards::include_inputs;
    /// How many months the work takes.
    Months = "months", words::action_months, State::has_cards, 13, ask::months;
    /// To the bill on the left.
    ColumnPrevious = "column-previous", words::action_column_previous, State::has_columns_beside, 3, |s| cards::go(s, -1),
        { footer_in: FOR_COLUMNS, pair: pair(Action::ColumnNext, scenarios::footer_column), inside: true };
    /// To the bill on the right.
    ColumnNext = "column-next", words::action_column_next, State::has_columns_beside, 4, |s| cards::go(s, 1),
        { footer_in: FOR_COLUMNS, inside: true };
    /// Move the edits into a new scenario.
    KeepScenario = "keep-scenario", words::action_keep_scenario, always, 0, scenarios::keep;
    /// Show the previous scenario; the project itself is the first.
    ScenarioPrevious = "scenario-previous", words::action_scenario_previous, always, 0, |s| scenarios::turn(s, -1),
        { pair: pair(Action::ScenarioNext, |_| words::footer_other_scenario()), footer_first: State::shows_scenario };
    /// Show the next scenario.
    ScenarioNext = "scenario-next", words::action_scenario_next, always, 0, |s| scenarios::turn(s, 1);
    /// Show the selected scenario on the worksheet.
    ShowScenario = "show-scenario", words::action_show_scenario, State::has_any_column, 0, scenarios::open,
        { footer_in: &[(Context::Scenarios, 1)], inside: true };
    /// Copy the selected scenario.
    DuplicateScenario = "duplicate-scenario", words::action_duplicate_scenario, State::has_scenario_column, 0, scenarios::duplicate,
        { footer_in: FOR_SCENARIOS };
    /// Rename the selected scenario.
    RenameScenario = "rename-scenario", words::action_rename_scenario, State::has_scenario_column, 0, scenarios::rename;
    /// Note something about the selected scenario.
    NoteScenario = "note-scenario", words::action_scenario_note, State::has_scenario_column, 0, scenarios::note;
    /// Delete the selected scenario.
    DeleteScenario = "delete-scenario", words::action_delete_scenario, State::has_scenario_column, 0, scenarios::delete,
        { footer_in: FOR_SCENARIOS };
    /// Bring a deliverable back that the scenario takes out.
    BringBack = "bring-back", words::action_bring_back, State::can_bring_back, 0, bring_back::bring_back,
        { here: &[Context::List, Context::Scenarios] };
    /// Compare the others with the selected column.
    PromoteScenario = "promote-scenario", words::action_promote_scenario, State::has_any_column, 0, scenarios::promote,
        { footer_in: FOR_SCENARIOS };
    /// Lock the baseline's total.
    LockBaseline = "lock-baseline", words::action_lock_baseline, State::has_any_column, 0, scenarios::lock,
        { footer_in: FOR_SCENARIOS };
    /// Add the rows of the list that is looked at.
    AddRows = "add-rows", words::action_add_rows, State::can_add_rows, 1, import::add_rows,
        { footer_in: &[(Context::ImportingColumn, 2)], inside: true };
    /// Mark the previous column of the list.
    MarkPrevious = "mark-previous", words::action_mark_previous, State::has_columns, 2, |s| import::mark(s, -1),
        { pair: pair(Action::MarkNext, |_| words::footer_column()), inside: true };
    /// Mark the next column of the list.
    MarkNext = "mark-next", words::action_mark_next, State::has_columns, 2, |s| import::mark(s, 1), { inside: true };
    /// Choose what the marked column is read as.
    Meaning = "meaning", words::action_meaning, State::has_marked_column, 1, choose::open_meanings,
        { footer_in: &[(Context::ImportingColumn, 1)], inside: true };
    /// Choose another sheet of the workbook.
    Sheet = "sheet", words::action_sheet, State::has_sheets, 3, choose::open_sheets, { inside: true };
    /// To the worksheet.
    Worksheet = "worksheet", words::action_worksheet, always, 0, |s| navigation::show(s, Screen::Worksheet);
    /// To the screen with the bills.
    Bills = "bills", words::action_bills, always, 0, |s| navigation::show(s, Screen::Bills);
    /// To the screen that says how sure the total is.
    Risk = "risk", words::action_risk, always, 0, |s| navigation::show(s, Screen::Risk);
    /// To the screen with the scenarios.
    Scenarios = "scenarios", words::action_scenarios, always, 0, |s| navigation::show(s, Screen::Scenarios);
    /// To the next screen.
    ScreenNext = "screen-next", words::action_screen_next, always, 19, |s| navigation::turn(s, 1);
    /// To the previous screen.
    ScreenPrevious = "screen-previous", words::action_screen_previous, always, 0, |s| navigation::turn(s, TABS.len() - 1);
    /// The next theme.
    Theme = "theme", words::action_theme, always, 0, choose::open_themes;
    /// Every key.
    Help = "help", words::action_help, always, 14, reading::help;
    /// End the program.
    Quit = "quit", words::action_quit, State::can_quit, 15, |s| lifecycle::leave(s, Leaving::Quit);
    /// Back to the shell for a while.
    Suspend = "suspend", words::action_suspend, always, 0, |_| vec![Effect::Suspend];
    /// Drop the notice.
    Dismiss = "dismiss", words::action_dismiss, always, 0, update::cancel, { inside: true };
    /// Accept the typed text.
    Accept = "accept", words::action_accept, always, 1, update::accept, { inside: true };
    /// Accept the typed text and go to the next pane.
    AcceptNext = "accept-next", words::action_accept_next, State::can_go_on, 3, |s| update::accept_and_go(s, |s| navigation::focus_around(s, 1)),
        { inside: true };
    /// Accept the typed text and go to the previous pane.
    AcceptPrevious = "accept-previous", words::action_accept_previous, always, 0, |s| update::accept_and_go(s, |s| navigation::focus_around(s, -1)),
        { inside: true };
    /// Accept the typed text and go a field down.
    AcceptDown = "accept-down", words::action_accept_down, always, 0, |s| update::accept_and_go(s, |s| navigation::go(s, 1)),
        { inside: true };
    /// Accept the typed text and go a field up.
    AcceptUp = "accept-up", words::action_accept_up, always, 0, |s| update::accept_and_go(s, |s| navigation::go(s, -1)),
        { inside: true };
    /// Leave everything as it was.
    Cancel = "cancel", words::action_cancel, always, 20, update::cancel, { inside: true };
    /// Save, then continue.
    SaveFirst = "save-first", words::action_save_first, always, 1, lifecycle::save_first, { inside: true };
    /// Drop the edits and continue.
    Discard = "discard", words::action_discard, always, 2, lifecycle::discard, { inside: true };
    /// Read the file again and drop the edits.
    Reload = "reload", words::action_reload, State::can_reload, 2, lifecycle::reload, { inside: true };
    /// Show both versions of the values that two sides changed.
    Resolve = "resolve", words::action_resolve, State::can_resolve, 0, |_| vec![Effect::AskAgain];
    /// Keep my version.
    TakeMine = "take-mine", words::action_take_mine, always, 2, |s| conflict::take(s, Keep::Mine), { inside: true };
    /// Take the other version.
    TakeTheirs = "take-theirs", words::action_take_theirs, always, 3, |s| conflict::take(s, Keep::Theirs), { inside: true };
    /// Keep both.
    TakeBoth = "take-both", words::action_take_both, State::can_take_both, 4, |s| conflict::take(s, Keep::Both), { inside: true };
    /// Restore the value before both changes.
    TakeBase = "take-base", words::action_take_base, State::can_take_base, 5, |s| conflict::take(s, Keep::Base), { inside: true };
    /// Keep my version everywhere.
    AllMine = "all-mine", words::action_all_mine, always, 6, |s| conflict::take_all(s, Keep::Mine), { inside: true };
    /// Take the other version everywhere.
    AllTheirs = "all-theirs", words::action_all_theirs, always, 7, |s| conflict::take_all(s, Keep::Theirs), { inside: true };
    /// Replace the file that exists.
    Replace = "replace", words::action_replace, always, 2, lifecycle::replace, { inside: true };
    /// Restore the edits of an earlier session.
    Recover = "recover", words::action_recover, State::can_recover, 1, recovery::restore, { inside: true };
    /// Open the earlier session's whole budget as a project without a file.
    OpenCopy = "open-copy", words::action_open_copy, State::can_open_copy, 2, recovery::open_copy, { inside: true };
    /// Delete the edits of an earlier session.
    Forget = "forget", words::action_forget, State::is_recovering, 3, recovery::forget, { inside: true };
    /// Keep them for the next start.
    Later = "later", words::action_later, State::is_recovering, 4, recovery::later, { inside: true };
    /// Use the built-in prices.
    Adopt = "adopt", words::action_adopt, State::can_compare_rates, 1, rates::adopt, { inside: true };
}

fn always(_: &State) -> Availability {
    Ok(())
}

impl Action {
    /// The action's row.
    #[must_use]
    pub fn row(self) -> &'static Row {
        // The macro writes rows in the order of the variants, so a variant's number is the index of its row.
        &TABLE[self as usize]
    }

    /// The action with this name in the key file.
    #[must_use]
    pub fn named(name: &str) -> Option<Action> {
        TABLE.iter().find(|row| row.name == name).map(|row| row.action)
    }
}
