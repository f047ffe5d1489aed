//! The screens: for each the name of its tab, its purpose, and the action that goes there.

catalogue! { SCREENS;
    /// Group of the palette: what people come for.
    palette_usual() = "Usual";
    /// Group of the palette.
    palette_files() = "Files";
    /// Group of the palette.
    palette_deliverables() = "Rows";
    /// Group of the palette.
    palette_value() = "Value";
    /// Group of the palette.
    palette_compare() = "Compare";
    /// Group of the palette.
    palette_fields() = "Fields";
    /// Group of the palette.
    palette_moves() = "Move";
    /// Enter.
    enter_open() = "open";
    /// Enter.
    enter_show() = "show";
    /// Enter.
    enter_copy() = "copy";
    /// Enter.
    enter_run() = "run";
    /// Enter.
    enter_go() = "go there";
    /// Enter.
    enter_rename() = "rename";
    /// Enter.
    enter_keep() = "keep the name";
    /// Enter.
    enter_read() = "read the list";
    /// Enter.
    enter_find() = "find";
    /// Enter.
    enter_search() = "search";
    /// A note leads nowhere: its value has no field, only a key of the file.
    lead_file_alone(key) = "{key} has no field here; change it in the file";
    /// The same with the place.
    lead_file_line(file, line) = "that is in the file: {file}, line {line}";
    /// The same for the file as a whole.
    lead_file() = "that is about the file as a whole; its text says what to do";
    /// Name of a screen.
    tab_worksheet() = "Worksheet";
    /// Purpose of the list.
    help_list() = "The work: a row for each deliverable with its finals and its cost before the buffer. Select the first row to change what all of them inherit.";
    /// Help.
    action_worksheet() = "worksheet";
    /// Name of a screen.
    tab_bills() = "Bills";
    /// Purpose of the table of bills.
    help_bills() = "The same work on other rate cards, compared with the official price, and why each differs, part by part. The knobs above are live: a step or a digit changes the knob that you used last.";
    /// Help.
    action_bills() = "bills on other rate cards";
    /// Name of a screen.
    tab_risk() = "Risk";
    /// Purpose of the risk screen.
    help_risk() = "How sure the total is: the distribution of what such projects cost, the confidence that each buffer buys and the buffer that each percentile needs, and where the uncertainty is from. The knobs above are live.";
    /// Help.
    action_risk() = "how sure the total is";
    /// Name of a screen.
    tab_scenarios() = "Scenarios";
    /// Purpose of the table of scenarios.
    help_scenarios() = "The project and its scenarios side by side: the values that differ, then what each costs, and the change against the baseline in the first column. The knobs above are live and change what is on screen.";
    /// Help.
    action_scenarios() = "scenarios side by side";
}
