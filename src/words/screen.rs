//! Texts of the dashboard: names of panes and parts, facts beside the figures, questions.

catalogue! { SCREEN;
    /// The question about a factor that is hardly meant, where the number may be a share.
    factor_meant_share(factor, kept, typed) = "{factor} is {kept} kept; meant {typed} %? type {typed}%";
    /// The same for other factors.
    factor_unusual(factor, kept) = "{factor} is {kept} kept";
    /// How the question is answered with yes.
    factor_unusual_confirm(key, factor) = "{key} again keeps {factor}";
    /// Title of the question.
    factor_question() = "Is this meant?";
    /// What is built of a typed range.
    factor_of_range(low, likely, high, mean) = "{low} at best, {likely} likely, {high} at worst: the mean of {mean} counts";
    /// What is built of a typed share.
    factor_of_share(kept, factor) = "{kept} of the images kept: {factor} per final";
    /// A retry profile in the list: its grade.
    profile_grade(grade) = "grade {grade}";
    /// The present size in the list of sizes.
    size_present() = "as now";
    /// What is typed into a list, as a value.
    typed_value() = "as typed";
    /// A key of another keyboard layout was pressed.
    notice_layout(typed, key, help) = "{typed} is on the key {key} ({help}): switch the keyboard to Latin letters for keys";
    /// The program's name in the title line.
    program() = "retake";
    /// A project without a name.
    untitled() = "untitled project";
    /// Title of the first knob pane.
    pane_output_spec() = "Output spec";
    /// Title of the second knob pane.
    pane_finals() = "Finals";
    /// Title of the third knob pane.
    pane_retry_factor() = "Retry factor";
    /// Title of the fourth knob pane.
    pane_buffer() = "Buffer";
    /// Title of the list of deliverables.
    pane_deliverables() = "Deliverables";
    /// Title of the panel with one bar for each part of the bill.
    pane_shares() = "Cost breakdown";
    /// Title of the panel with the total for each value of a knob.
    total_across(knob) = "Total by {knob}";
    /// Title of the panel with the deliverables as one band.
    pane_share_of_cost() = "Share of the cost";
    /// In that panel: those without a part of their own.
    other_deliverables(count) = "{count} {count|other|others}";
    /// Title of the panel with issues.
    pane_notes() = "Notes";
    /// In the title line, while edits are not saved.
    unsaved() = "unsaved";
    /// In the title line.
    tier_standard() = "standard";
    /// In the title line.
    tier_batch() = "batch";
    /// In the title line: the day the prices were checked.
    rates_of(day) = "rates {day}";
    /// In the title line: pinned prices without a day.
    rates_undated() = "rates undated";
    /// The one line of a window below 20x5.
    window_too_small(width, height) = "Needs {width}×{height}";
    /// In the corner of a window with more cells than are drawn.
    window_too_large(width, height) = "Window too large, {width}×{height} drawn";
    /// The list's sum line.
    deliverable_count(count) = "{count} {count|deliverable|deliverables}";
    /// The list's first row: what all inherit, and their sums.
    all_deliverables() = "All deliverables";
    /// Title of the list.
    list_title() = "Deliverables · before buffer";
    /// Heading of a column of the list: tries per final.
    heading_tries() = "tries";
    /// Heading of a column of the list.
    heading_cost() = "cost";
    /// On the list's frame: rows above those in sight.
    list_above(count) = "↑ {count} more";
    /// On the list's frame: rows below those in sight.
    list_below(count) = "↓ {count} more";
    /// A panel's title with what it is about.
    titled(title, of) = "{title} · {of}";
    /// On the card of an empty project.
    begin_title() = "A new estimate. How many finals do you need?";
    /// On the card: after the digits.
    begin_finals() = "type how many finals";
    /// On the card: after a key.
    begin_name() = "add a deliverable by name";
    /// On the card: after a key.
    begin_paste() = "paste or open rows from a spreadsheet";
    /// On the card: after a key.
    begin_sample() = "open a sample or a recent project";
    /// The list's sum line.
    total() = "TOTAL";
    /// The list's sum line.
    per_final() = "per final";
    /// The difference between a shown total and its shown parts; a seller's own rounding may be among the parts.
    figures_rounding_of_parts() = "rounding of these figures";
    /// The difference between a shown sum and its shown parts, in a line of its own.
    figures_rounding_line(amount) = "rounding {amount}";
    /// Shown instead of a total if a part of it is unknown.
    unknown_beyond(known) = "{known} + unknown";
    /// The same if its bracket is known.
    unknown_between(between) = "unknown: {between}";
    /// An unknown amount.
    unknown() = "unknown";
    /// A value in the file that is unreadable.
    unreadable() = "unreadable";
    /// The drafts' size if they have no size of their own.
    same() = "same";
    /// Beside a total: what it has changed by.
    since_opening(change) = "{change} since opening";
    /// Beside the total: what is left under the cap.
    cap_left(amount, cap) = "{amount} left of {cap}";
    /// The same if there is no space for the cap itself.
    cap_left_alone(amount) = "{amount} left";
    /// Beside the total: what it is over the cap.
    cap_over_of(amount, cap) = "{amount} over {cap}";
    /// Beside the cap: the amount that the total is over it.
    cap_over(amount) = "{amount} over";
    /// The total is unknown, so it cannot be compared with the cap.
    cap_unknown() = "cap: the total is unknown";
    /// Beside the cap: the amount that the known part of the total is over it.
    cap_over_at_least(amount) = "at least {amount} over";
    /// The same with the cap.
    cap_over_at_least_of(amount, cap) = "at least {amount} over {cap}";
    /// The cap's currency is neither USD nor the project's.
    cap_wrong_currency(cap, project) = "cap is in {cap}, totals in {project}";
    /// Acceptance, as a field.
    field_accepted() = "kept";
    /// Drafts for each final, as a field.
    field_drafts() = "drafts";
    /// The drafts' quality, as a field below them.
    field_draft_quality() = "· quality";
    /// The drafts' size, as a field below them.
    field_draft_size() = "· size";
    /// Title of the calculation panel.
    pane_why() = "Calculation";
    /// A share of the bill that rounds to zero.
    less_than_one_percent() = "<1 %";
    /// A share that is not quite all.
    more_than_99_percent() = ">99 %";
    /// Letter of a value that is the program's default.
    letter_built_in() = "d";
    /// Letter of a value from a team file.
    letter_team() = "t";
    /// Letter of a value from the project's assumptions.
    letter_project() = "p";
    /// Letter of a value from a preset.
    letter_preset() = "s";
    /// Prompt tokens.
    tokens_short(count) = "{count} tok";
    /// Below the finals: the reserve.
    on_top(amount) = "+ {amount}";
    /// Size or quality is left to the model.
    price_not_beforehand() = "auto: no price in advance";
    /// The token count of this image is not published.
    tokens_unknown() = "tokens unknown";
    /// Output tokens of one image and their price.
    tokens_each(count, price) = "{count} tok {price}";
    /// The price of an image where its tokens stand elsewhere, or have no room.
    price_each(price) = "{price} each";
    /// A cheaper size of the same ratio.
    cheaper_size(size, saving) = "↓ {size}: {saving}";
    /// A range without space for its mean.
    retry_range(low, likely, high) = "{low}/{likely}/{high}";
    /// A range whose mean stands above.
    mean_of(range) = "mean of {range}";
    /// A range: its likely value, and the mean that the estimate uses.
    likely_and_mean(likely, mean) = "likely {likely}, mean {mean}";
    /// Below a factor without a short decimal.
    exactly(fraction) = "exactly {fraction}";
    /// Below a factor: a built-in profile, with the grade of its source.
    retry_guess(grade) = "a guess ({grade})";
    /// Below a factor: what it rests on.
    retry_a_guess() = "a guess";
    /// Below a factor: what it rests on.
    retry_some_experience() = "some experience";
    /// Below a factor: what it rests on.
    retry_well_known() = "well known";
    /// Below a factor: what it rests on.
    retry_fixed() = "certain";
    /// Below a factor: set for the deliverable.
    retry_set_here() = "set here";
    /// Below a factor: set for the project.
    retry_set_for_all() = "project's value";
    /// In the formula line.
    strip_finals(count) = "{count|final|finals} ×";
    /// In the formula line.
    strip_tries(count) = "{count|try|tries}";
    /// In the formula line, between tries and images, for several images a call of which one is kept.
    strip_each(n) = ", {n} a call → ≥";
    /// As above for several images a call of which any are kept.
    strip_pool(calls, n) = "→ {calls} {calls|call|calls} × {n} =";
    /// In the formula line.
    strip_drafts(count) = "{count|draft|drafts} =";
    /// In the formula line.
    strip_images(count) = "{count|image|images} ×";
    /// In the formula line of the whole project.
    strip_project_finals(count) = "{count|final|finals},";
    /// In the formula line of the whole project.
    strip_project_images(count) = "{count|image|images}:";
    /// In the formula line of the whole project.
    strip_project_buffer() = "+ buffer";
    /// In the formula line of the whole project, before the total: what it holds beside the images.
    strip_project_with(parts) = "images, with {parts}:";
    /// A bracket instead of an amount.
    between(low, high) = "{low} to {high}";
    /// In the title of the panel with the parts of the bill.
    whole_project() = "whole project";
    /// In the titles of panes: they turn what all deliverables inherit.
    scope_all() = "all deliverables";
    /// No part of the bill yet.
    nothing_spent() = "nothing yet";
    /// No issues.
    nothing_to_note() = "Nothing to flag.";
    /// Issues that do not fit.
    more_issues(count, key) = "… {count} more: {key}";
    /// A part of a cost with its share.
    why_part(amount, percent) = "{amount} · {percent}";
    /// Entries of a list below those in sight.
    list_more(count) = "… {count} more";
    /// Entries above them, at the end of the list.
    list_more_above(count) = "… {count} more above";
    /// Title above a refused entry.
    not_yet_a_value() = "Not accepted";
    /// The allowed values.
    allowed(what) = "Allowed: {what}";
    /// In the footer and on the card of an empty project: any digit.
    footer_digits() = "0–9";
    /// In the footer, after the digits.
    footer_type() = "type";
    /// Title.
    dialog_why() = "Why";
    /// Title.
    dialog_palette() = "Actions";
    /// Title of the list of a knob's values.
    dialog_choose(knob) = "Choose {knob}";
    /// Title of the list of recent projects and samples.
    dialog_projects() = "Open a project";
    /// A sample in that list.
    offer_sample(name) = "sample: {name}";
    /// Title of the list of themes.
    dialog_themes() = "Choose a theme";
    /// The same where the settings name one.
    dialog_themes_session() = "Choose a theme until you quit · your settings name one";
    /// Title of a question.
    ask_find() = "Find deliverables";
    /// Hint.
    ask_find_hint(accept, cancel) = "{accept} keeps the list narrowed, {cancel} shows all";
    /// In a list that the filter leaves empty.
    nothing_matches() = "Nothing matches.";
    /// Title of the list while it is narrowed.
    list_narrowed(text, shown, all) = "Deliverables · “{text}” {shown}/{all}";
    /// Heading of the calculation.
    why_steps() = "Steps";
    /// Heading of the inputs.
    why_inputs() = "Inputs";
    /// A layer.
    layer_built_in() = "default";
    /// A layer.
    layer_team() = "team file";
    /// A layer.
    layer_project() = "project assumptions";
    /// A layer.
    layer_deliverable() = "this deliverable";
    /// A layer with the place in its file.
    origin_at(layer, file, line) = "{layer}, {file}:{line}";
    /// Meaning of a service tier.
    service_standard_meaning() = "at once, at the list price";
    /// Meaning of a service tier.
    service_batch_meaning() = "within a day, usually at half the price";
    /// Meaning of `pick`.
    pick_one_meaning() = "each final has its own prompt; at most one image of a call is kept";
    /// Meaning of `pick`.
    pick_many_meaning() = "any number of a call's images may be kept";
    /// A cheaper size.
    saves(percent) = "−{percent} %";
    /// An available model.
    model_active() = "available";
    /// A model with an announced retirement date.
    model_ends(day) = "retires {day}";
    /// A retired model.
    model_ended(day) = "retired {day}";
    /// More steps than fit the panel.
    more_steps(count, key) = "… {count} more {count|step|steps}: {key}";
    /// Title: every row of a list could be parsed.
    dialog_import(count, finals) = "Import: {count} {count|row|rows} understood, {finals}";
    /// Title: rows of a list were refused.
    dialog_import_refused(refused, rows) = "{refused} of {rows} {rows|row|rows} refused";
    /// Title: some rows can be added; with their finals.
    dialog_import_rest(title, rest, finals) = "{title}; the other {rest}: {finals}";
    /// The finals of the rows that can be added, where some of these rows have none.
    import_finals_partly(finals, without) = "{finals} ({without} {without|row|rows} without)";
    /// The finals of the rows that can be added, where none has any.
    import_finals_none() = "none with finals";
    /// The same, beyond what can be counted.
    import_finals_unknown() = "too many finals to count";
    /// Title: nothing of a list can be imported.
    dialog_import_nothing() = "Nothing to import";
    /// A list is being read; the name of its file, or the next.
    import_reading(name) = "reading {name}…";
    /// A list that has no file.
    import_pasted() = "the pasted list";
    /// How far a list is read.
    import_rows_so_far(count) = "{count} {count|row|rows} so far";
    /// Title: a list that is looked at is being read again.
    dialog_import_again() = "Reading the list again…";
    /// Title of the preview, with the sheet of a workbook.
    dialog_import_sheet(title, sheet) = "{title} · sheet {sheet}";
    /// Title of the list of a workbook's sheets.
    dialog_sheets() = "Read the sheet";
    /// Title of the list of meanings.
    dialog_meaning(title) = "Read {title} as";
    /// Entry: the meaning that is found without a choice.
    meaning_found() = "automatic";
    /// Its description.
    meaning_found_by() = "by its title and contents";
    /// Entry: the column is left out.
    meaning_unread() = "not read";
    /// The entry that counts at present.
    meaning_now() = "current";
    /// A sheet that the spreadsheet hides.
    sheet_hidden() = "hidden";
    /// The same, if it is the sheet being read.
    sheet_hidden_now() = "hidden, current";
    /// Another column has this meaning.
    meaning_elsewhere(title) = "now {title}";
    /// What the rows do to the total.
    import_total(before, after) = "Total {before} → {after}";
    /// The same below the cap.
    import_total_left(before, after, left) = "Total {before} → {after}, {left} left of the cap";
    /// The same over the cap.
    import_total_over(before, after, over) = "Total {before} → {after}, {over} over the cap";
    /// The outcome for the rows, with those that are no deliverables.
    import_summary(summary, skipped) = "{summary}, {skipped} skipped";
    /// Heading in the preview of a list.
    import_refused(count) = "{count} {count|row|rows} refused: could not be read";
    /// Heading in the preview of a list.
    import_columns(used, all) = "{used} of {all} {all|column is|columns are} read";
    /// Heading in the preview of a list.
    import_understood(count) = "{count} {count|row|rows} will be added, as one undo step";
    /// The same with the finals of these rows.
    import_understood_finals(rows, finals) = "{rows}: {finals}";
    /// The same with the number of those without finals.
    import_understood_without(rows, without) = "{rows}; {without} {without|row is|rows are} without finals";
    /// Heading in the preview of a list.
    import_skipped(count) = "{count} {count|row is not a deliverable and is|rows are not deliverables and are} skipped";
    /// A row in the preview of a list.
    import_row(number, name) = "row {number} {name}";
    /// Rows that the preview does not list.
    import_rows_more(count) = "… {count} more {count|row|rows} of this kind";
    /// Title.
    dialog_issues() = "Issues";
    /// Title.
    dialog_unsaved() = "Unsaved edits";
    /// Title.
    dialog_conflict() = "Changed on disk";
    /// Title.
    dialog_replace() = "The file exists";
    /// Title.
    dialog_rates() = "Pinned and built-in prices";
    /// Question.
    unsaved_quit() = "The project has edits that are not saved. Save them before quitting?";
    /// Question.
    unsaved_new() = "The project has edits that are not saved. Save them before starting a new one?";
    /// Question.
    unsaved_open() = "The project has edits that are not saved. Save them before opening another one?";
    /// Question.
    file_exists(file) = "{file} already exists. Nothing was written.";
    /// Below the differences.
    rates_explained(tokens) = "The project uses the prices on the left; the built-in prices are on the right. USD per {tokens} tokens.";
    /// Differing prices that do not fit.
    rates_more(count) = "… {count} more {count|price|prices}";
    /// Title of a question.
    ask_new_line() = "Name of the new deliverable";
    /// Title of a question.
    ask_months() = "Months that the work takes";
    /// Hint.
    ask_months_hint(accept) = "{accept} applies it. The work is spread evenly over the months. Plans are paid for each month, and credits that expire are shown month by month.";
    /// Title of a question.
    ask_line_name() = "Rename the deliverable";
    /// Title of a question.
    ask_project_name() = "Rename the project";
    /// Title of a question.
    ask_save_as() = "Save as";
    /// Title of a question.
    ask_open() = "Open";
    /// Title of a question.
    ask_import() = "Import a list";
    /// Hint.
    ask_import_hint() = "a .xlsx, CSV or TSV file, or the list itself: paste its cells or lines here";
    /// Hint.
    ask_new_line_hint(accept, cancel) = "{accept} adds it, an empty name gets a number, {cancel} goes back";
    /// Hint.
    ask_line_name_hint(accept) = "{accept} renames it; its key in the file stays";
    /// Hint.
    ask_project_name_hint(accept, cancel) = "{accept} renames it, {cancel} goes back";
    /// Hint.
    ask_file_hint() = "a path, from the folder that retake was started in";
    /// The rest of a text that scrolls.
    reading_more(count) = "{count} more {count|line|lines}";
    /// Label of two actions that share an entry in the footer.
    footer_entry() = "choose";
    /// Label of two actions that share an entry in the footer.
    footer_field() = "field";
    /// Label of two actions that share an entry in the footer.
    footer_change() = "change";
    /// Label of two actions that share an entry in the footer.
    footer_line() = "deliverable";
    /// Label of two actions that share an entry in the footer.
    footer_bill() = "bill";
    /// Label of two actions that share an entry in the footer.
    footer_card() = "move card";
    /// Label of two actions that share an entry in the footer.
    footer_column() = "column";
    /// Label of two actions that share an entry in the footer.
    footer_scroll() = "scroll";
}

/// The display name of a layer.
#[must_use]
pub fn layer(layer: crate::cost::Layer) -> &'static str {
    use crate::cost::Layer;
    match layer {
        Layer::BuiltIn => layer_built_in(),
        Layer::Team => layer_team(),
        Layer::Project => layer_project(),
        Layer::Preset => super::knob_label(crate::cost::Knob::Preset),
        Layer::Deliverable => layer_deliverable(),
    }
}
