//! The action table: one row for each thing that a key can do, with its name, its help, and whether it can be done now.
//!
//! The row drives dispatch, footer, help and the key documentation, so none of them can lie about another.

use crate::app::model::state::State;
use crate::words;

macro_rules! actions {
    ($( $(#[$doc:meta])+ $action:ident = $name:literal, $help:path, $can:path, $footer:literal; )+) => {
        /// Something that a key can do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action { $( $(#[$doc])+ $action, )+ }

        /// Every action, in the order of the help.
        pub const TABLE: &[Row] = &[
            $( Row { action: Action::$action, name: $name, help: $help, can: $can, footer: $footer } ),+
        ];
    };
}

/// Whether an action can be done now, or else why not.
pub type Availability = Result<(), String>;

/// One row of the table.
#[derive(Clone, Copy)]
pub struct Row {
    /// Which action.
    pub action: Action,
    /// Its name in the key file.
    pub name: &'static str,
    /// What it does, in a few words.
    pub help: fn() -> &'static str,
    /// Whether it can be done now.
    pub can: fn(&State) -> Availability,
    /// Its weight in the footer: the smallest are shown first, 0 never.
    pub footer: u8,
}

actions! {
    /// A field up, a row up, a line up.
    Up = "up", words::action_up, always, 1;
    /// A field down, a row down, a line down.
    Down = "down", words::action_down, always, 2;
    /// To the first row or field.
    First = "first", words::action_first, always, 0;
    /// To the last row or field.
    Last = "last", words::action_last, always, 0;
    /// A page up.
    PageUp = "page-up", words::action_page_up, always, 0;
    /// A page down.
    PageDown = "page-down", words::action_page_down, always, 0;
    /// To the next pane.
    FocusNext = "focus-next", words::action_focus_next, always, 7;
    /// To the pane before.
    FocusPrevious = "focus-previous", words::action_focus_previous, always, 0;
    /// To the pane on the left.
    FocusLeft = "focus-left", words::action_focus_left, always, 0;
    /// To the pane on the right.
    FocusRight = "focus-right", words::action_focus_right, always, 0;
    /// To the deliverable before.
    LinePrevious = "line-previous", words::action_line_previous, State::has_rows, 8;
    /// To the next deliverable.
    LineNext = "line-next", words::action_line_next, State::has_rows, 9;
    /// A step more.
    More = "more", words::action_more, State::can_step, 3;
    /// A step less.
    Less = "less", words::action_less, State::can_step, 4;
    /// Ten steps more.
    MuchMore = "much-more", words::action_much_more, State::can_step, 0;
    /// Ten steps less.
    MuchLess = "much-less", words::action_much_less, State::can_step, 0;
    /// Choose a value from a list, or type it.
    Edit = "edit", words::action_edit, State::can_edit_here, 5;
    /// Type a value.
    Type = "type", words::action_type, State::can_edit_here, 0;
    /// Take the cheaper size of the same shape.
    Advice = "advice", words::action_advice, State::can_take_advice, 0;
    /// Take the inherited value again.
    Inherit = "inherit", words::action_inherit, State::can_inherit, 0;
    /// Add a deliverable.
    Add = "add", words::action_add, State::can_change, 10;
    /// Take in a list of deliverables.
    Import = "import", words::action_import, always, 0;
    /// Double the deliverable.
    Duplicate = "duplicate", words::action_duplicate, State::can_arrange, 0;
    /// Take the deliverable out.
    Delete = "delete", words::action_delete, State::can_arrange, 0;
    /// Move the deliverable down.
    MoveDown = "move-down", words::action_move_down, State::can_arrange, 0;
    /// Move the deliverable up.
    MoveUp = "move-up", words::action_move_up, State::can_arrange, 0;
    /// Rename the deliverable.
    Rename = "rename", words::action_rename, State::can_change, 0;
    /// Rename the project.
    RenameProject = "rename-project", words::action_rename_project, State::can_change, 0;
    /// Take the last edit back.
    Undo = "undo", words::action_undo, State::can_undo, 11;
    /// Do it again.
    Redo = "redo", words::action_redo, State::can_redo, 0;
    /// Write the file.
    Save = "save", words::action_save, State::can_save, 12;
    /// Write another file.
    SaveAs = "save-as", words::action_save_as, always, 16;
    /// Open a file.
    Open = "open", words::action_open, always, 0;
    /// A recent project or a sample.
    Projects = "projects", words::action_projects, State::has_offers, 0;
    /// What earlier saves replaced.
    Versions = "versions", words::action_versions, State::can_list_versions, 0;
    /// Start a new project.
    New = "new", words::action_new, always, 0;
    /// Every action by name.
    Palette = "palette", words::action_palette, always, 17;
    /// Why the figures are what they are.
    Why = "why", words::action_why, always, 6;
    /// Show only deliverables that match.
    Find = "find", words::action_find, State::has_rows, 0;
    /// The focused pane by itself, or all again.
    Zoom = "zoom", words::action_zoom, always, 0;
    /// Copy the focused figure, or the derivation.
    Copy = "copy", words::action_copy, always, 0;
    /// Copy the selected row.
    CopyRow = "copy-row", words::action_copy_row, State::can_change_line, 0;
    /// Copy the whole estimate.
    CopySummary = "copy-summary", words::action_copy_summary, always, 0;
    /// What is wrong or doubtful.
    Issues = "issues", words::action_issues, always, 13;
    /// Pinned prices against built-in ones.
    Rates = "rates", words::action_rates, State::can_compare_rates, 0;
    /// Choose the rate cards that the project is compared with.
    Cards = "cards", words::action_cards, always, 18;
    /// Take the selected card out of the comparison.
    TakeOut = "take-out", words::action_take_out, State::can_take_out, 10;
    /// Move the selected card to the left.
    CardLeft = "card-left", words::action_card_left, State::can_shift_left, 11;
    /// Move the selected card to the right.
    CardRight = "card-right", words::action_card_right, State::can_shift_right, 12;
    /// How many months the work takes.
    Months = "months", words::action_months, State::has_cards, 13;
    /// To the bill on the left.
    ColumnPrevious = "column-previous", words::action_column_previous, State::has_cards, 3;
    /// To the bill on the right.
    ColumnNext = "column-next", words::action_column_next, State::has_cards, 4;
    /// To the worksheet.
    Worksheet = "worksheet", words::action_worksheet, always, 0;
    /// To the screen with the bills.
    Bills = "bills", words::action_bills, always, 0;
    /// To the next screen.
    ScreenNext = "screen-next", words::action_screen_next, always, 19;
    /// To the screen before.
    ScreenPrevious = "screen-previous", words::action_screen_previous, always, 0;
    /// The next theme.
    Theme = "theme", words::action_theme, always, 0;
    /// Every key.
    Help = "help", words::action_help, always, 14;
    /// End the program.
    Quit = "quit", words::action_quit, State::can_quit, 15;
    /// Back to the shell for a while.
    Suspend = "suspend", words::action_suspend, always, 0;
    /// Drop the notice.
    Dismiss = "dismiss", words::action_dismiss, always, 0;
    /// Take what was typed.
    Accept = "accept", words::action_accept, always, 1;
    /// Take what was typed and go to the next pane.
    AcceptNext = "accept-next", words::action_accept_next, always, 3;
    /// Take what was typed and go to the pane before.
    AcceptPrevious = "accept-previous", words::action_accept_previous, always, 0;
    /// Take what was typed and go a field down.
    AcceptDown = "accept-down", words::action_accept_down, always, 0;
    /// Take what was typed and go a field up.
    AcceptUp = "accept-up", words::action_accept_up, always, 0;
    /// Leave things as they were.
    Cancel = "cancel", words::action_cancel, always, 20;
    /// Save, then go on.
    SaveFirst = "save-first", words::action_save_first, always, 1;
    /// Drop the edits and go on.
    Discard = "discard", words::action_discard, always, 2;
    /// Read the file again and drop the edits.
    Reload = "reload", words::action_reload, State::can_reload, 2;
    /// Both versions of what two sides changed.
    Resolve = "resolve", words::action_resolve, State::can_resolve, 0;
    /// Keep one's own version.
    TakeMine = "take-mine", words::action_take_mine, always, 2;
    /// Take the other version.
    TakeTheirs = "take-theirs", words::action_take_theirs, always, 3;
    /// Keep both.
    TakeBoth = "take-both", words::action_take_both, State::can_take_both, 4;
    /// Go back to what stood there before.
    TakeBase = "take-base", words::action_take_base, State::can_take_base, 5;
    /// Keep one's own version everywhere.
    AllMine = "all-mine", words::action_all_mine, always, 6;
    /// Take the other version everywhere.
    AllTheirs = "all-theirs", words::action_all_theirs, always, 7;
    /// Replace the file that exists.
    Replace = "replace", words::action_replace, always, 2;
    /// Restore the edits of an earlier session.
    Recover = "recover", words::action_recover, State::can_recover, 1;
    /// Open all that an earlier session did as a project without a file.
    OpenCopy = "open-copy", words::action_open_copy, State::can_open_copy, 2;
    /// Delete the edits of an earlier session.
    Forget = "forget", words::action_forget, State::is_recovering, 3;
    /// Leave them for the next start.
    Later = "later", words::action_later, State::is_recovering, 4;
    /// Take the built-in prices.
    Adopt = "adopt", words::action_adopt, State::can_compare_rates, 1;
}

fn always(_: &State) -> Availability {
    Ok(())
}

impl Action {
    /// The action's row.
    #[must_use]
    pub fn row(self) -> &'static Row {
        // The macro writes rows in the order of the variants, so the number of a variant is the place of its row.
        &TABLE[self as usize]
    }

    /// The action of a name in the key file.
    #[must_use]
    pub fn named(name: &str) -> Option<Action> {
        TABLE.iter().find(|row| row.name == name).map(|row| row.action)
    }
}
