//! Changes of the file by other programs while it is open, and the question that follows if both sides changed one value.

catalogue! { OUTSIDE;
    /// Name of a step that can be undone.
    step_reloaded() = "changes from disk";
    /// The file changed, and nothing was edited here.
    notice_reloaded(what, total) = "reloaded: {what}; {total}";
    /// The file changed, and so did the screen; both are kept.
    notice_merged(what, total) = "merged with your edits: {what}; {total}";
    /// A save found the file changed, merged it and wrote both.
    notice_saved_merged(merged, saved) = "{merged}; {saved}";
    /// The file changed, but no figure depends on the change.
    notice_reloaded_comments() = "reloaded: only comments or unused keys changed";
    /// The kind of change.
    lines_changed(count) = "{count} {count|deliverable|deliverables} changed";
    /// The kind of change.
    lines_added(count) = "{count} added";
    /// The kind of change.
    lines_removed(count) = "{count} removed";
    /// The kind of change.
    assumptions_changed() = "assumptions changed";
    /// The kind of change.
    team_changed() = "team file changed";
    /// The kind of change.
    prices_changed() = "pinned prices changed";
    /// The kind of change: compared cards, their prices, or the months.
    bills_changed() = "rate cards changed";
    /// The kind of change.
    risks_changed() = "named risks changed";
    /// The total is the same, and a percentile is not.
    total_stays_percentile_moves(total, name, old, new) = "total {total} as before, {name} {old} → {new}";
    /// The kind of change.
    texts_changed() = "names or texts changed";
    /// The kind of change: both sides changed these values, and the screen's stayed.
    kept_mine(count) = "{count} of your values kept";
    /// The kind of change: both sides changed these values, and the file's came.
    kept_theirs(count) = "{count} {count|value|values} taken from the file";
    /// The kind of change: both sides changed these values, and those before both came back.
    kept_earlier(count) = "{count} earlier {count|value|values} restored";
    /// Both sides changed something, and nothing of it is new on screen.
    nothing_changed() = "no value on screen changed";
    /// The total before and after.
    total_moves(old, new) = "total {old} → {new}";
    /// The total is the same.
    total_stays(total) = "total {total} as before";
    /// The file is no longer there.
    disk_gone(file) = "{file} was deleted or moved; the screen keeps its values, and saving asks first";
    /// The file exists but cannot be read.
    disk_unreadable(why) = "{why}; the screen keeps its values";
    /// The file exists but is not a valid project at the moment.
    disk_broken(file, why) = "{file} changed and cannot be read now ({why}); the screen keeps its values";
    /// Why a file cannot be read.
    disk_empty() = "it is empty";
    /// Remedy.
    disk_broken_remedy() = "fix the file and save again, or save under another name; nothing was overwritten";
    /// Why a file cannot be saved.
    read_only_markers() = "the file holds an unfinished merge: press m to choose what to keep";
    /// Title of the choice between the screen and the disk.
    dialog_disputes(count) = "Changed here and on disk: {count} {count|value|values}";
    /// Title of the choice between two sides of a merge.
    dialog_markers(count) = "Unfinished merge: {count} {count|conflict|conflicts}";
    /// Whose version.
    side_screen() = "mine, on screen";
    /// Whose version.
    side_disk() = "theirs, on disk";
    /// Whose version.
    side_ours() = "mine";
    /// Whose version.
    side_theirs() = "theirs";
    /// The place of a conflict.
    dispute_line(line) = "line {line}";
    /// The place of a conflict.
    dispute_in_table(table, line) = "{table}, line {line}";
    /// A side that removed the value.
    dispute_removed() = "(removed)";
    /// The value before.
    dispute_before(value) = "before: {value}";
    /// Lines that do not fit.
    dispute_more(count) = "… {count} more {count|line|lines}";
    /// Below the conflicts.
    resolve_total() = "Total with these choices";
    /// Not everything is chosen.
    resolve_open(count) = "{count} {count|choice is|choices are} still open";
    /// The choices contradict each other.
    resolve_no_project(why) = "with these choices the file cannot be read: {why}";
    /// The choices cannot be written.
    resolve_not_by_field() = "these choices cannot be combined: save under another name, or edit the file";
    /// A merge in the file is settled; behind it what a save says.
    notice_resolved(count, saved) = "{count} {count|conflict|conflicts} resolved, {saved}";
    /// Behind that, where edits were made meanwhile.
    notice_resolved_below(resolved) = "{resolved}; your edits are not saved yet";
}
