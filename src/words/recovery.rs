//! Texts about the user's state folder: unsaved edits, earlier versions, and open files.

catalogue! { RECOVERY;
    /// Title.
    dialog_recovery() = "Edits that were not saved";
    /// Above the edits: the file is unchanged.
    recovery_explained(count) = "An earlier session ended before {count|this edit was|these edits were} saved. {count|It is|They are} not applied yet. Restore {count|it|them}? Undo reverts.";
    /// Above the edits: the file has changed.
    recovery_changed(count) = "An earlier session ended before {count|this edit was|these edits were} saved, and the file has changed since.";
    /// Above the edits that still apply to a changed file.
    recovery_restores() = "Restore applies what still fits; undo reverts.";
    /// The end of the journal cannot be read.
    recovery_damaged() = "The record is damaged: the last edits of that session cannot be read.";
    /// Heading of edits that no longer apply.
    recovery_left(copy) = "Kept, not applied: the file has changed here too. {copy} opens the whole earlier session as a copy";
    /// No edit applies any more.
    recovery_nothing_fits() = "None of these edits fits the file as it is now.";
    /// Edits that are not listed.
    recovery_more(count) = "… {count} more {count|edit|edits}";
    /// The file is gone, its edits are kept.
    recovered_gone(file) = "{file} is gone, but its edits are here. Saving writes the file again";
    /// Place of an edit.
    recovered_project() = "Project";
    /// Place of an edit.
    recovered_assumptions() = "Project assumptions";
    /// The edited text.
    field_name() = "name";
    /// What a card says about reference images.
    recovered_inputs() = "inputs";
    /// The edited list.
    recovered_compare() = "bills compared";
    /// The edited text.
    field_note() = "note";
    /// The change of a deliverable.
    recovered_added() = "added";
    /// The change of a deliverable.
    recovered_added_with(finals) = "added, {finals} {finals|final|finals}";
    /// The change of a deliverable.
    recovered_deleted() = "deleted";
    /// The change of a deliverable.
    recovered_moved() = "moved";
    /// The edited order.
    recovered_order() = "order of the deliverables";
    /// Shown instead of the file's value: the deliverable is not in the file.
    recovered_no_line() = "not in the file";
    /// The edited prices.
    recovered_prices(card) = "prices of {card} adopted";
    /// Shown instead of a value.
    recovered_inherited() = "inherited";
    /// Shown instead of a value.
    recovered_unreadable() = "not readable";
    /// Name of the undo step.
    step_recovered() = "the edits of an earlier session";
    /// The edits were applied.
    notice_recovered(undo) = "edits restored, not saved yet; {undo} reverts";
    /// Some edits were applied, the others are kept.
    notice_recovered_in_part(count, undo) = "restored what fits, {undo} reverts; {count} {count|edit is|edits are} kept and offered again at the next start";
    /// The edits were applied; the damaged part of the record is kept.
    notice_recovered_damaged(undo) = "edits restored, not saved yet; {undo} reverts. The damaged rest of the record is kept";
    /// The edits were applied, but the team file that they name cannot be read.
    notice_recovered_without_team(file, why) = "edits restored without the team file {file}: {why}";
    /// All edits are open as a copy, beside the file.
    notice_recovered_copy() = "a copy of the earlier session; saving asks for a name, and its edits to the file are kept until you delete them";
    /// Why unavailable.
    why_nothing_recovered() = "no edits of an earlier session are offered";
    /// Why unavailable.
    why_nothing_fits() = "none of these edits fits the file as it is now";
    /// Why unavailable.
    why_all_fits() = "the file has not changed: restore applies all of these edits";
    /// The edits were deleted.
    notice_recovered_dropped() = "edits deleted";
    /// The edits were kept.
    notice_recovered_kept() = "edits kept; they are offered again at the next start";
    /// The journal was written by a newer program.
    recovery_newer(file, day) = "unsaved edits were left by a newer version of retake, which this one cannot read; they are kept until {day} in {file}";
    /// The journal cannot be read.
    recovery_unreadable(file, day) = "unsaved edits of an earlier session cannot be read; they are kept until {day} in {file}";
    /// Journals that are not read at this start.
    recovery_passed_over(count, folder) = "{count} older {count|record|records} of unsaved edits {count|was|were} not read, because there are too many or they are large; {count|it stays|they stay} in {folder}";
    /// The file cannot be read as a project.
    recovery_waits_unreadable(when) = "unsaved edits of {when} are kept; they will be offered once the file can be read";
    /// The file has conflict markers.
    recovery_waits_conflicts(when) = "unsaved edits of {when} are kept; they will be offered once the conflicts are resolved";
    /// A newer program wrote the file.
    recovery_waits_newer(when) = "unsaved edits of {when} are kept; a version of retake that can save this file will offer them";
    /// The journal cannot be written.
    recovery_not_written(reason) = "edits are not safe from a crash until you save, because they cannot be recorded: {reason}";
    /// The offered record is gone, or cannot be read any more.
    recovery_gone() = "the edits of the earlier session can no longer be read; their record was left as it is";
    /// Another process has the file open.
    open_elsewhere(pid, host) = "also open in process {pid} on {host}; neither will overwrite what the other saves";
    /// Another process has the file open, and could not write down which one it is.
    open_elsewhere_unnamed() = "also open in another session; neither will overwrite what the other saves";
    /// Something is in the way of the file that tells other sessions of this one.
    open_untold(reason) = "other sessions cannot see that this file is open here: {reason}";
    /// Title.
    dialog_versions() = "Open an earlier version as a copy";
    /// An earlier version.
    version_what(count, total) = "{count} {count|deliverable|deliverables}, {total}";
    /// An earlier version that cannot be read as a project.
    version_unreadable() = "not a readable project";
    /// An earlier version that is not parsed.
    version_size(kib) = "{kib} KiB";
    /// There are no earlier versions.
    notice_no_versions() = "there are no earlier versions yet; a save keeps what it replaces";
    /// An earlier version is open.
    notice_version_open(when) = "a copy of the version of {when}; saving asks for a name, and the file stays as it is";
    /// A file with several names.
    notice_saved_in_place(file) = "saved {file} in place, as it has several names (hard links); the previous version is kept";
    /// Why no version can be kept.
    version_nowhere() = "the system defines no home folder";
    /// Behind what a save says: what it replaced is lost.
    notice_saved_not_kept(saved, reason) = "{saved}; the previous version could not be kept: {reason}";
    /// In the list of paths.
    where_versions() = "versions";
    /// In the list of paths.
    where_version_count(versions, files) = "{versions} earlier {versions|version|versions} of {files} {files|file|files}";
    /// In the list of paths.
    where_journals() = "journal";
    /// In the list of paths.
    where_journal_count(count) = "unsaved edits of {count} {count|session|sessions}, running ones included";
}
