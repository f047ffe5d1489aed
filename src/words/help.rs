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
    help_on_screen() = "On screen";
    /// Heading: the values that can be typed.
    help_values() = "Values you can type";
    /// Place: an open input field.
    help_typing(field) = "typing {field}";
    /// Purpose of a pane.
    help_output_spec() = "Shape, size, quality and model of an image: they decide how many tokens it takes.";
    /// Purpose of a pane.
    help_finals() = "How many finals are kept, and how many drafts are made for each.";
    /// Purpose of a pane.
    help_retry() = "How many images you pay for to get one final. This knob decides most of the bill.";
    /// Purpose of a pane.
    help_buffer() = "The reserve added to the subtotal, and the most that the total may be.";
    /// Purpose of typing.
    help_while_typing() = "A valid value applies while you type, and the total follows. An invalid one stays in the field, with its rule below.";
    /// Purpose of a line that asks for months.
    help_months() = "A whole number of months, for plans that are paid by the month and for packs that expire.";
    /// Purpose of a line that asks for a name.
    help_name() = "A line of text for a name.";
    /// Purpose of a line that asks for a list.
    help_list_file() = "A line of text for the path of a list. A paste of several lines or of cells is the list itself.";
    /// Purpose of a line that asks for a file.
    help_file() = "A line of text for a path. A name without an extension is saved with .retake.toml.";
    /// Purpose of the search.
    help_find() = "The list shows the deliverables whose name, key or note contains the text.";
    /// Purpose of a list of values.
    help_choosing() = "The value under the cursor applies while you browse. Type to narrow the list.";
    /// Purpose of the list of themes.
    help_themes() = "The theme under the cursor is shown while you browse. Type to narrow the list.";
    /// Purpose of the list of projects.
    help_projects() = "Recent projects, then the samples. Type to narrow the list.";
    /// Purpose of the list of actions.
    help_palette() = "Every action with its keys, or with the reason why it is not available. Type to narrow the list.";
    /// Purpose of the preview of a list.
    help_importing() = "How each column and each row of the list was read. Nothing is added before you add the rows. To correct a column, mark it and choose its meaning.";
    /// Purpose of the message that a list is being read.
    help_import_running() = "A list is being read. Nothing is added before you see its rows and add them. A list that is pasted meanwhile replaces it.";
    /// Purpose of the list of sheets.
    help_sheets() = "The sheets of the workbook. The chosen sheet replaces the one shown. Type to narrow the list.";
    /// Purpose of the preview of a list, on one of its columns.
    help_importing_column() = "How the marked column of the list was read. Choose another meaning or none, and the list is read again.";
    /// Purpose of the list of meanings.
    help_meaning() = "The meaning of the column. If another column has the chosen meaning, it loses it. Type to narrow the list.";
    /// Purpose of the calculation.
    help_why() = "How the figures are calculated: for the project from the deliverables to the total; then each step, and where each input was set.";
    /// Purpose of the list of issues.
    help_issues() = "Everything that is wrong or doubtful, the selection first. Each leads to the field, deliverable or screen that it is about.";
    /// Purpose of the question about edits.
    help_unsaved() = "Edits would be lost. Nothing is closed before you answer.";
    /// Purpose of the question about a changed file.
    help_conflict() = "The file has changed since it was opened, so nothing was written over it.";
    /// Purpose of the list of earlier versions.
    help_versions() = "Versions that saves replaced, the latest first, each with its total. A copy is opened, and the file stays as it is.";
    /// Purpose of the question about edits of an earlier session.
    help_recovery() = "Edits that an earlier session did not save, and their effect on the total. None is applied or deleted unless you ask.";
    /// Place: the choice between two versions.
    help_resolve_title() = "Two versions";
    /// Its purpose.
    help_resolve() = "Two versions of the project disagree. Choose for each value; nothing is written before all are chosen.";
    /// Purpose of the question about an existing file.
    help_replace() = "A file of this name exists. It is replaced only if you ask.";
    /// Purpose of the comparison of prices.
    help_rates() = "The prices that the project was made with, the built-in ones, and the difference in the total.";
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
    help_forms(factor, range) = "24 · 4:5 · 1024x1280 · 2k · 15% · {factor} · 40% kept · 20/60 kept of made · {range} for a range · $500 for the cap. An empty field inherits again.";
    /// Meaning of the letters after values.
    help_letters() = "Inherited values are dim, a deliverable's own are bright; the line above the keys names the source. Without colours a letter says it: d default, t team file, p project assumptions, s preset.";
    /// Meaning of the signs.
    help_signs(error, warning, note) = "{error} error, {warning} warning, {note} note. Amounts with ≈ are approximate, or converted with a dated rate. The list shows subtotals before the buffer.";
    /// Purpose of the lower panels.
    help_panels(shares, notes, why) = "“{shares}” splits the total into the parts of the bill, “{notes}” lists what to check, “{why}” shows how it is calculated. The bars under a knob are the deliverable's total across the knob's range; a mark shows where the project crosses its cap.";
}
