//! The help: the purpose of each place, and the meaning of the signs on screen.

catalogue! { HELP;
    /// Title: help, and the focused place.
    dialog_help(place) = "Help · {place}";
    /// Heading: the keys of the place.
    help_here() = "Keys here";
    /// Heading: keys of the worksheet.
    help_worksheet() = "On the worksheet";
    /// Heading: keys that work everywhere.
    help_everywhere() = "Everywhere";
    /// Heading: what is on screen.
    help_on_screen() = "What is on screen";
    /// Heading: the values that can be typed.
    help_values() = "What may be typed";
    /// Place: an open input field.
    help_typing(field) = "typing {field}";
    /// Purpose of a pane.
    help_output_spec() = "What one image is: shape, size, quality and model decide how many tokens it takes.";
    /// Purpose of a pane.
    help_finals() = "How many images will be kept, and how many drafts come before them.";
    /// Purpose of a pane.
    help_retry() = "How many images are paid for each final that is kept: the knob that decides most of the bill.";
    /// Purpose of a pane.
    help_buffer() = "What is laid by on top of the subtotal, and the cap that the total is held against.";
    /// Purpose of typing.
    help_while_typing() = "The text counts as soon as it is a value, and the total follows; a refused text says its rule and stays.";
    /// Purpose of a line that asks for months.
    help_months() = "A whole number of months, for plans that are paid by the month and for packs that expire.";
    /// Purpose of a line that asks for a name.
    help_name() = "A line of text for a name.";
    /// Purpose of a line that asks for a list.
    help_list_file() = "A line of text for the path of a list. A paste of several lines or of cells is the list itself.";
    /// Purpose of a line that asks for a file.
    help_file() = "A line of text for a path. A file to save that is named without an ending gets .retake.toml.";
    /// Purpose of the search.
    help_find() = "The list shows the deliverables whose name, key or note holds the text.";
    /// Purpose of a list of values.
    help_choosing() = "The value under the cursor counts while it is looked at; typing narrows the list.";
    /// Purpose of the list of themes.
    help_themes() = "The theme under the cursor is shown while it is looked at; typing narrows the list.";
    /// Purpose of the list of projects.
    help_projects() = "Projects that were opened before, then the samples; typing narrows the list.";
    /// Purpose of the list of actions.
    help_palette() = "Every action with its keys, or with the reason why it cannot be done now; typing narrows the list.";
    /// Purpose of the preview of a list.
    help_importing() = "What each column and each row of the list was taken as. Nothing counts before the rows are added. A column that was misunderstood can be marked and given its meaning.";
    /// Purpose of the message that a list is being read.
    help_import_running() = "A list is being read. Nothing counts before its rows were shown and added. Another list that is pasted meanwhile takes its place.";
    /// Purpose of the list of sheets.
    help_sheets() = "The sheets of the workbook. The chosen one is read in place of the one that is shown; typing narrows the list.";
    /// Purpose of the preview of a list, on one of its columns.
    help_importing_column() = "What the marked column of the list was taken as. It can be given another meaning, or none; the list is read again with it.";
    /// Purpose of the list of meanings.
    help_meaning() = "What a column of the list is read as. A column that has the chosen meaning now gives way; typing narrows the list.";
    /// Purpose of the calculation.
    help_why() = "How the figures of the selected deliverable come about, and where each input was set.";
    /// Purpose of the list of issues.
    help_issues() = "Everything that is wrong or doubtful, what concerns the selection first.";
    /// Purpose of the question about edits.
    help_unsaved() = "Edits would be lost. Nothing is left before this is answered.";
    /// Purpose of the question about a changed file.
    help_conflict() = "The file is not what was opened, so nothing was written over it.";
    /// Purpose of the list of earlier versions.
    help_versions() = "What saves replaced, the latest first, each with its total; a copy is opened, the file stays as it is.";
    /// Purpose of the question about edits of an earlier session.
    help_recovery() = "Edits that an earlier session did not save, and what they do to the total. None is applied or deleted unasked.";
    /// Place: the choice between two versions.
    help_resolve_title() = "Two versions";
    /// Its purpose.
    help_resolve() = "Two versions of the project disagree. Each place is decided by itself; nothing is written before all of them are.";
    /// Purpose of the question about an existing file.
    help_replace() = "A file of this name is there already; it is replaced on demand only.";
    /// Purpose of the comparison of prices.
    help_rates() = "Prices that the project was made with, beside the built-in ones, and what the difference comes to.";
    /// Keys of a line of text that cannot be rebound.
    help_entry_left() = "a character left or right";
    /// Help.
    help_entry_ends() = "to the start or the end";
    /// Help.
    help_entry_erase() = "erase a character";
    /// Help.
    help_entry_word() = "erase the last word";
    /// Help.
    help_entry_clear() = "empty the line";
    /// Forms of typed values.
    help_forms(factor, range) = "24 · 4:5 · 1024x1280 · 2k · 15% · {factor} · 40% ok · {range} for a range · $500 for the cap. An empty field inherits again.";
    /// Meaning of the letters after values.
    help_letters() = "A letter behind a value says where it comes from: d default, t team file, p project assumptions, s preset. A value without a letter is the deliverable's own.";
    /// Meaning of the signs.
    help_signs(error, warning, note) = "{error} error, {warning} warning, {note} note. Amounts with ≈ are converted with the project's own dated rate. The list shows subtotals before the buffer.";
    /// Purpose of the lower panels.
    help_panels(shares, notes, why) = "“{shares}” shares the total out over the parts of the bill, “{notes}” says what is doubtful about it, “{why}” how it is counted. The bars under a knob are the total across the knob's range.";
}
