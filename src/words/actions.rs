//! Names of actions, reasons why an action is unavailable, names of undo steps, and notices.

catalogue! { ACTIONS;
    /// Help text of the action with this name; likewise below.
    action_up() = "up";
    /// Help.
    action_down() = "down";
    /// Help.
    action_first() = "first";
    /// Help.
    action_last() = "last";
    /// Help.
    action_page_up() = "page up";
    /// Help.
    action_page_down() = "page down";
    /// Help.
    action_focus_next() = "next pane";
    /// Help.
    action_focus_previous() = "previous pane";
    /// Help.
    action_focus_left() = "pane to the left";
    /// Help.
    action_focus_right() = "pane to the right";
    /// Help.
    action_line_previous() = "previous deliverable";
    /// Help.
    action_line_next() = "next deliverable";
    /// Help.
    action_more() = "more";
    /// Help.
    action_less() = "less";
    /// Help.
    action_much_more() = "ten steps more";
    /// Help.
    action_much_less() = "ten steps less";
    /// Help.
    action_edit() = "edit";
    /// Help.
    action_type() = "type a value";
    /// Help.
    action_advice() = "apply the cheaper size";
    /// Help.
    action_follow_all() = "set it for all";
    /// Help.
    action_palette() = "all actions";
    /// Help.
    action_why() = "why";
    /// Help.
    action_find() = "find deliverables";
    /// Help.
    action_zoom() = "one pane full screen";
    /// Help.
    action_copy() = "copy the figure";
    /// Help.
    action_copy_row() = "copy the row";
    /// Help.
    action_copy_summary() = "copy the estimate";
    /// Help.
    action_inherit() = "inherit the value again";
    /// Help.
    action_add() = "add";
    /// Help.
    action_import() = "import a list of deliverables";
    /// Help.
    action_duplicate() = "duplicate the deliverable";
    /// Help.
    action_delete() = "delete the deliverable";
    /// Help.
    action_move_down() = "move the deliverable down";
    /// Help.
    action_move_up() = "move the deliverable up";
    /// Help.
    action_rename() = "rename the deliverable";
    /// Help.
    action_rename_project() = "rename the project";
    /// Help.
    action_undo() = "undo";
    /// Help.
    action_redo() = "redo";
    /// Help.
    action_save() = "save";
    /// Help.
    action_save_as() = "save as";
    /// Help.
    action_open() = "open a project";
    /// Help.
    action_projects() = "recent projects and samples";
    /// Help.
    action_new() = "new project";
    /// Help.
    action_issues() = "issues";
    /// Help.
    action_rates() = "compare pinned and built-in prices";
    /// Help.
    action_cards() = "choose rate cards";
    /// Help.
    action_toggle() = "tick / untick";
    /// Help.
    action_take_out() = "remove the card";
    /// Help.
    action_include_inputs() = "count references as included";
    /// Name of a step in the history: what cards say about reference images.
    step_include_inputs(cards) = "inputs included on {cards}";
    /// Why unavailable: the card that says nothing is the team's.
    why_team_inputs(card) = "{card} is in the team file: add inputs = \"included\" to [card.{card}] there or in this project's file";
    /// Why unavailable: every card says what reference images cost.
    why_no_unsaid_inputs() = "every card already states what a call with reference images costs";
    /// Notice: cards say that their prices cover reference images.
    notice_inputs_included(cards, key) = "{cards}: the price of an image now covers reference images; {key} reverts";
    /// Notice: deliverables without a price on cards of the team.
    notice_team_inputs_unsaid(cards, lines) = "{cards} (team file): cost of reference images not stated, so no price there for {lines}; add inputs = \"included\" to the card, there or in this project";
    /// Notice: deliverables without a price on cards of the project.
    notice_inputs_unsaid(cards, lines, key) = "{cards}: cost of reference images not stated, so no price there for {lines}; {key} adds inputs = \"included\"";
    /// Help.
    action_card_left() = "move card left";
    /// Help.
    action_card_right() = "move card right";
    /// Help.
    action_months() = "months of work";
    /// Help.
    action_column_previous() = "column to the left";
    /// Help.
    action_column_next() = "column to the right";
    /// Help.
    action_add_rows() = "add the rows";
    /// Help.
    action_mark_previous() = "previous column";
    /// Help.
    action_mark_next() = "next column";
    /// Help.
    action_meaning() = "set meaning";
    /// Help.
    action_sheet() = "another sheet";
    /// Help.
    action_screen_next() = "next screen";
    /// Help.
    action_screen_previous() = "previous screen";
    /// Help.
    action_theme() = "choose a theme";
    /// Help.
    action_help() = "help";
    /// Help.
    action_quit() = "quit";
    /// Help.
    action_suspend() = "suspend to the shell";
    /// Help.
    action_dismiss() = "dismiss the notice";
    /// Help.
    action_accept() = "accept";
    /// Help.
    action_accept_next() = "accept, next pane";
    /// Help.
    action_accept_previous() = "accept, previous pane";
    /// Help.
    action_accept_down() = "accept, next field";
    /// Help.
    action_accept_up() = "accept, previous field";
    /// Help.
    action_cancel() = "back";
    /// Help.
    action_save_first() = "save first";
    /// Help.
    action_discard() = "discard the edits";
    /// Help.
    action_reload() = "reload, drop my edits";
    /// Help.
    action_replace() = "replace the file";
    /// Help.
    action_recover() = "restore";
    /// Help.
    action_open_copy() = "open a copy";
    /// Help.
    action_forget() = "delete them";
    /// Help.
    action_later() = "later";
    /// Help.
    action_versions() = "open an earlier version";
    /// Help.
    action_adopt() = "adopt the built-in prices";
    /// Help.
    action_resolve() = "choose between two versions";
    /// Help.
    action_take_mine() = "keep mine";
    /// Help.
    action_take_theirs() = "take theirs";
    /// Help.
    action_take_both() = "both";
    /// Help.
    action_take_base() = "as before";
    /// Help.
    action_all_mine() = "all mine";
    /// Help.
    action_all_theirs() = "all theirs";
    /// Why unavailable.
    why_nothing_disputed() = "there are no versions to choose between";
    /// Why unavailable.
    why_no_list() = "no list is open for import";
    /// Why unavailable.
    why_no_sheets() = "the list has no other sheets";
    /// Why unavailable.
    why_reading_again() = "the list is being read again";
    /// Why unavailable.
    why_no_column() = "no column of a list is marked";
    /// Why unavailable.
    why_not_both() = "a field holds only one value: keep mine or take theirs";
    /// Why unavailable.
    why_no_base() = "the value before both changes is not known";

    /// Why unavailable: the file is gone.
    why_nothing_to_reload() = "the file is gone; there is nothing to reload";
    /// Why unavailable: no file.
    why_no_versions() = "the project has no file yet, so there are no earlier versions";
    /// Why unavailable: nothing to offer.
    why_no_offers() = "there are no recent projects yet";
    /// Why unavailable: no legal size of the ratio costs less.
    why_no_advice() = "no legal size of this shape costs less";
    /// Notice: the text now on the clipboard.
    notice_copied(text) = "copied {text}";
    /// Why unavailable: the project has no deliverables.
    why_no_deliverables(key) = "there are no deliverables yet; {key} adds one";
    /// Why unavailable: the row of the project is selected.
    why_no_line_selected(key) = "all deliverables are selected; {key} goes to the first one";
    /// Why unavailable.
    why_nothing_to_undo() = "nothing to undo";
    /// Why unavailable.
    why_nothing_to_redo() = "nothing to redo";
    /// Why unavailable.
    why_rates_agree() = "the project already uses the built-in prices";
    /// Why unavailable: finals belong to deliverables.
    why_finals_per_deliverable(key) = "finals are set for each deliverable; {key} goes to the first one";
    /// Why unavailable: there are no drafts.
    why_no_explore_stage() = "there is no explore stage; set the drafts above 0 first";
    /// Why unavailable: the list is focused.
    why_no_field(key) = "no field is focused; {key} goes to the panes";
    /// Why unavailable: the question whether to save is open.
    why_answer_first() = "answer the question first: save, discard, or go back";
    /// Why unavailable.
    why_already_inherited() = "the value is already inherited";

    /// Why unavailable: the official price cannot be removed.
    why_official_stays() = "the official price is the reference for the other bills, so it stays";
    /// Why unavailable: there is only the official bill.
    why_no_cards(key) = "no cards are compared yet; {key} chooses some";
    /// Why unavailable: no bill is focused.
    why_no_card(key) = "no card is selected; {key} shows the bills";
    /// Why unavailable: the card is the first.
    why_first_card() = "this card is already next to the official price";
    /// Why unavailable: the card is the last.
    why_last_card() = "this card is already the last one";
    /// Why unavailable: deliverables are not shown on this screen.
    why_on_the_worksheet(key) = "deliverables are duplicated, deleted and moved on the worksheet; {key} goes there";
    /// Why unavailable: the comparison is full.
    why_cards_full(max, key) = "{max} cards, the most possible, are already compared; {key} removes one";

    /// Path to an action without a key: the key of the list of all actions, and the name to type there.
    reach_by_palette(key, name) = "“{name}” under {key}";
    /// Path to an action if that list has no key either.
    reach_by_name(name) = "“{name}”";

    /// Name of a step in the history: a knob was set.
    step_set(knob, value) = "{knob} {value}";
    /// Name of a step in the history: a knob was unset.
    step_inherited(knob) = "{knob} inherited";
    /// Name of a step in the history.
    step_added(name) = "add {name}";
    /// Name of a step in the history: rows of a list.
    step_imported(count) = "import {count} {count|deliverable|deliverables}";
    /// Name of a step in the history.
    step_duplicated(name) = "duplicate {name}";
    /// Name of a step in the history.
    step_deleted(name) = "delete {name}";
    /// Name of a step in the history.
    step_moved(name) = "move {name}";
    /// Name of a step in the history.
    step_renamed(name) = "rename {name}";
    /// Name of a step in the history: a card was added to the comparison.
    step_compared(card) = "compare with {card}";
    /// Name of a step in the history: a card was removed from the comparison.
    step_not_compared(card) = "no longer compare with {card}";
    /// Name of a step in the history: several cards were chosen or no longer chosen.
    step_cards_chosen() = "other cards to compare with";
    /// Name of a step in the history: another number of months.
    step_months(months) = "work of {months} {months|month|months}";
    /// Name of a step in the history: a card was moved among those that are compared.
    step_card_moved(card) = "move {card}";
    /// Name of a new deliverable without a name.
    new_deliverable(number) = "Deliverable {number}";
    /// Name of a duplicated deliverable.
    copy_of(name) = "{name} copy";
    /// File name offered for a project without one.
    new_file_name() = "project.retake.toml";
    /// The file suggested for a project whose deliverables came from a list.
    list_file_name(list) = "{list}.retake.toml";

    /// Notice.
    notice_undone(step) = "undone: {step}";
    /// Notice.
    notice_redone(step) = "redone: {step}";
    /// Notice.
    notice_deleted(name, key) = "deleted {name}; {key} brings it back";
    /// Notice: with the deliverable goes what named risks bring.
    notice_deleted_with_risks(name, stopped, key) = "deleted {name}. {stopped}; {key} brings it back";
    /// Notice: a change has a consequence that is told.
    notice_undoable(told, key) = "{told}; {key} undoes";
    /// Notice.
    notice_taken_out(card, key) = "{card} is no longer compared; {key} brings it back";
    /// Notice: every row of a list was imported.
    notice_imported(count, key) = "{count} {count|deliverable|deliverables} added; {key} reverts";
    /// Notice: some rows of a list were refused.
    notice_imported_in_part(count, refused, rows, again, key) = "{count} added, {refused} {refused|row|rows} refused: {rows} · {again} · {key} reverts";
    /// More rows than a notice names.
    notice_rows_more(rows) = "{rows}, …";
    /// How to see the rows again that were left out.
    notice_shows_why(key) = "{key} shows why";
    /// The same for a list without a path.
    notice_paste_again() = "paste the list again to see why";
    /// No deliverable can be added.
    notice_no_room(most) = "a project holds at most {most} deliverables; split it into several files";
    /// Notice: a sheet of a workbook is no list.
    notice_sheet_refused(sheet, why) = "{sheet} cannot be imported: {why}";
    /// Notice: no row of a list could be parsed.
    notice_nothing_imported(key) = "no row of the list can be added; {key} goes back";
    /// Notice.
    notice_saved(file) = "saved {file}";
    /// Notice: the folder could not be synced.
    notice_saved_not_durable(file) = "saved {file}; the system did not confirm that it would survive a power cut";
    /// Notice.
    notice_theme(name) = "theme {name}";
    /// The same where the settings name another one.
    notice_theme_session(name) = "theme {name} until you quit: your settings name another one";
    /// A value for all deliverables, which none has of its own.
    all_follow(count) = "{count} of {count} {count|follows|follow}";
    /// A value for all deliverables, and the names of those that keep another one.
    some_follow(follow, count, kept) = "{follow} of {count} {follow|follows|follow}; {kept}";
    /// The first of those that keep a value.
    keeps(name, value) = "{name} keeps {value}";
    /// Each further one, after a comma.
    keeps_too(name, value) = "{name} {value}";
    /// A kept value that the preset sets.
    of_its_preset(value) = "{value} of its preset";
    /// Those without a name in the sentence, after a comma.
    keepers_more(count) = "{count} more";
    /// The key that gives the value to those that keep another one.
    follows_unless(told, key) = "{told} · {key} sets it for all";
    /// Notice: the value was given to all.
    notice_set_for_all(knob, value, count, key) = "{knob} {value} for {count} {count|deliverable|deliverables}; {key} reverts";
    /// Step of the history.
    step_for_all(knob, value) = "{knob} {value} for all";
    /// Why a value cannot be given to all.
    why_not_for_all(key) = "select All deliverables to set a value for all: {key} in the list";
    /// Why a value cannot be given to all.
    why_not_inherited(knob) = "{knob}: the deliverables do not inherit it";
    /// Notice: the project extends this file.
    notice_extended(file, taken) = "{file}: {taken} taken";
    /// The same where the project sets some values itself.
    notice_extended_in_part(file, taken, own, key) =
        "{file}: {taken} taken; set here: {own} ({key} on a row takes the team's)";
    /// No value of a team file counts.
    notice_none_taken() = "nothing";
    /// A deliverable counts nothing.
    issue_no_finals(name) = "{name} has no finals yet, so it adds nothing to the total";
    /// Several do.
    issue_no_finals_of(name, more) = "{name} and {more} more {more|deliverable|deliverables} have no finals, so they count nothing";
    /// A note on another deliverable than the selected one.
    issue_of(name, told) = "{name}: {told}";
    /// Why there is nothing to go on to.
    why_no_field_after() = "there is no field after this one";
    /// Why a value cannot be given to all.
    why_all_follow() = "all deliverables have this value";
    /// Notice.
    notice_no_further_step() = "no further step in this direction";
    /// Notice.
    notice_no_further_move() = "it cannot move further";
    /// Notice: the file has errors.
    notice_problems(count, key) = "{count} {count|problem|problems} in the file; {key} lists {count|it|them}";
    /// Notice: pinned and built-in prices differ.
    notice_rates_differ(count, key) = "{count} pinned {count|price differs|prices differ} from the built-in ones; {key} compares";
    /// Notice.
    notice_rates_adopted(key) = "built-in prices adopted; {key} reverts";
    /// A typed number of months was refused.
    ask_months_wrong(typed, max) = "{typed} is not a number of months; allowed: a whole number from 1 to {max}";
    /// A typed name was refused.
    ask_name_too_long(count, max) = "{count} characters; a name has at most {max}";
    /// A file name was requested and none was typed.
    ask_file_empty(key) = "type a file name, or {key} to go back";
}
