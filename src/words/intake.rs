//! Sentences about an imported list: the meaning of each column, and why a row is refused.

use super::{Explanation, remedy_example};
use crate::cost::base::limits::{PROMPT_MAX, PROMPTS_MAX};
use crate::cost::{Decimal, Knob};

catalogue! { INTAKE;
    /// A column without a title, by its letters in a spreadsheet.
    intake_column_letters(letters) = "column {letters}";
    /// A column whose title is known.
    intake_column(title, kind) = "{title} is read as {kind}";
    /// A column whose title is close to a known one.
    intake_column_near(title, kind) = "{title} is read as {kind}, the closest known title";
    /// A column recognized by its contents.
    intake_column_guessed(title, kind) = "{title} is read as {kind}, by its contents";
    /// A column whose meaning the person chose.
    intake_column_chosen(title, kind) = "{title} is read as {kind}, as you chose";
    /// A column that the person left out.
    intake_column_left_out(title) = "{title} is left out, as you chose";
    /// A column of which no cell can be read.
    intake_column_failed(title, kind, row, why) = "{title} is left out: no cell can be read as {kind}; row {row}: {why}";
    /// A column of which most cells cannot be read.
    intake_column_mostly_failed(title, failed, filled, kind, row, why) =
        "{title} is left out: {failed} of {filled} cells cannot be read as {kind}; row {row}: {why}";
    /// A column of prices.
    intake_column_price(title) = "{title} is left out: retake computes prices itself";
    /// A column with an unknown title.
    intake_column_unknown(title) = "{title} is left out: the title is not known";
    /// A column with whole numbers that may be counts.
    intake_column_uncounted(title) = "{title} is left out: its numbers may be counts, but no title says so";
    /// A column whose contents are ambiguous.
    intake_column_unclear(title) = "{title} is left out: its contents match nothing that is counted";
    /// A column that numbers the rows.
    intake_column_numbering(title) = "{title} is left out: it numbers the rows";
    /// A second column with the same meaning.
    intake_column_second(title, kind) = "{title} is left out: another column holds {kind}";
    /// A column of totals beside the columns that it adds up.
    intake_column_sum(title) = "{title} is left out: it is the sum of the counts beside it";
    /// A column of counts that were decided again.
    intake_column_earlier(title) = "{title} counts only where the later count beside it is empty";
    /// A column of counts that were decided later than others.
    intake_later(later, earlier) = "{later} is used instead of {earlier}: it was decided later";
    /// A row whose later count is empty.
    intake_earlier_counts(later, earlier, count) = "{later} is empty, so {earlier} counts: {count}";
    /// An empty column.
    intake_column_empty(title) = "{title} is empty";
    /// Kind of a column.
    intake_kind_name() = "the name";
    /// Kind of a column: what several rows belong to.
    intake_kind_group() = "the group, which begins the name";
    /// Kind of a column.
    intake_kind_prompt() = "the text of the prompt";
    /// Kind of a column.
    intake_kind_units() = "the units, each with several finals";
    /// Kind of a column.
    intake_kind_per_unit() = "the finals of each unit";
    /// Kind of a column.
    intake_kind_width() = "the width";
    /// A meaning of a column: counts across.
    intake_kind_across() = "the finals of separate deliverables";
    /// A meaning of a column.
    intake_kind_status() = "the status";
    /// Kind of a column.
    intake_kind_height() = "the height";
    /// A width without a height, or the other way round.
    intake_edge_alone() = "a size needs a width and a height";
    /// Remedy for it.
    intake_edge_alone_remedy() = "fill both cells, or neither";
    /// Kind of a column.
    intake_kind_note() = "the note";
    /// Kind of a column.
    intake_kind_accepted() = "the accepted share";
    /// Kind of a column: any knob.
    intake_kind_knob(knob) = "the {knob}";
    /// A cell whose value differs from its text.
    intake_read_as(column, written, value) = "{column}: {written} is read as {value}";
    /// A row without a name below one with a name.
    intake_name_above(name) = "its name is blank, so the name above is used: {name}";
    /// A name that several rows share.
    intake_name_again(name) = "another row is also called {name}";
    /// A name that the project already has.
    intake_name_in_project(name) = "the project already has a deliverable called {name}";
    /// Names that the project already has, for the whole list.
    intake_names_in_project(count, all) = "{count} of these {all} names {count|is|are} already in the project: adding the list adds them again";
    /// A text longer than its limit.
    intake_shortened(column, max) = "{column} is cut to {max} characters";
    /// A name made of the group and the row's own name.
    intake_grouped_name(group, name) = "{group} · {name}";
    /// The size that a row asks for, where no model makes it.
    intake_asked(size) = "asked for {size}";
    /// Two of the numbers that a row's finals are worked out from.
    intake_factors(first, second) = "{first} × {second}";
    /// Titles of two columns that multiply one another.
    intake_times(first, second) = "{first} times {second}";
    /// A row's finals, worked out.
    intake_product(units, each, product) = "{units} × {each} = {product} {product|final|finals}";
    /// A row's finals differ from those that are worked out.
    intake_product_differs(product, given) = "{product}, but the list says {given}, which is used";
    /// Units and the finals of each.
    intake_multiplied(units, each) = "The finals are {units} times {each}";
    /// A list without names, with prompts.
    intake_named_by_prompt() = "No column holds names, so each deliverable is called by the first words of its prompt";
    /// A prompt that is too long.
    intake_prompt_too_long(length) = "the prompt has {length} characters";
    /// A prompt behind as many as are counted.
    intake_prompts_too_many() = "the prompts of the rows above already fill the limit of a list";
    /// The most characters of all prompts.
    intake_prompts_allowed(max) = "at most {max} characters, counting a repeated text once";
    /// Remedy for it.
    intake_prompts_remedy() = "import the list in parts, or give the prompt tokens in a column of their own";
    /// A date where a number belongs.
    intake_is_date(written, knob) = "{written} is a date, but {knob} is a number";
    /// A ratio and a size that disagree.
    intake_shape_differs(ratio, size) = "{ratio} is not the shape of {size}: the size is used";
    /// A deliverable without finals.
    intake_no_finals() = "no finals are given: it counts 0 until they are";
    /// Kind of a column.
    intake_kind_unit_of_count() = "the unit of the count";
    /// A row that counts something other than images.
    intake_skip_unit(title, unit) = "{title} is {unit}: not images";
    /// A row that no image is made for, by a column of media or a remark.
    intake_skip_medium(title, medium) = "{title} is {medium}: no image is made for it";
    /// A row that no image is made for, by its name.
    intake_skip_other(name) = "{name}: no image is made for it";
    /// A break in a schedule.
    intake_skip_break(name) = "{name} is a break, not a deliverable";
    /// A row that counts and may be no image, by a column of media.
    intake_unsure_medium(title, medium) = "{title} is {medium}, maybe not an image: it counts; delete it if it is not";
    /// A row that counts and may be no image, by its name.
    intake_unsure_other(name) = "{name} may not be an image: it counts; delete it if it is not";
    /// A row of several sizes, each of which is a deliverable.
    intake_each_size(sizes, each) = "a deliverable for each of its {sizes} sizes, with {each} {each|final|finals}";
    /// A row of several sizes without a count.
    intake_each_of_sizes(sizes) = "a deliverable for each of its {sizes} sizes";
    /// A size that only the name says.
    intake_size_of_name(title, size) = "{title}: {size} is taken from the name";
    /// A count beside several sizes.
    intake_of_sizes(count, sizes) = "{count} may be for all {sizes} sizes together, or for each";
    /// Remedy for it.
    intake_of_sizes_remedy() = "write the count of each, such as 2 each, or give each size a row";
    /// A row whose status waits for somebody.
    intake_pending(title, status) = "{title} is {status}: it counts";
    /// A row that is charged beside the pictures.
    intake_skip_charge(name) = "{name} is a charge, not a deliverable";
    /// A row to sign on.
    intake_skip_signed(name) = "{name} is a signature line, not a deliverable";
    /// A unit that is not known.
    intake_unit_unknown(title, unit) = "{title}: each {unit} counts as one final";
    /// A unit of several images.
    intake_unit_several(written) = "{written} may be any number of images";
    /// Remedy for it.
    intake_unit_several_remedy() = "say how many, such as set of 4, or count images";
    /// A row of sums.
    intake_skip_total(name) = "{name} is a sum, not a deliverable";
    /// A row of sums without a name.
    intake_skip_sum(sum) = "{sum} is the sum of the rows above";
    /// A row that sums up those below it.
    intake_skip_sum_below(name) = "{name} is the sum of the rows below it";
    /// A row that may sum up others.
    intake_unsure_sum(name) = "{name} may be the sum of other rows: it counts; delete it if it is";
    /// A row with nothing but numbers in columns that are left out.
    intake_skip_amount(amount) = "{amount} stands alone: an amount, not a deliverable";
    /// A row that heads others.
    intake_skip_heading(name) = "{name} is a heading: its row has no other cells";
    /// A row that only tells something of the list.
    intake_skip_remark(text) = "{text} is a remark, not a deliverable";
    /// A row that is struck through.
    intake_skip_struck(name) = "{name} is struck through: it is not counted";
    /// A row above the titles.
    intake_skip_above() = "it is above the column titles";
    /// A row that is done, dropped or on hold.
    intake_skip_status(title, status) = "{title} is {status}: it is not counted";
    /// The titles, repeated.
    intake_skip_titles() = "it repeats the column titles";
    /// A list without names.
    intake_numbered() = "No column holds names, so the deliverables are numbered";
    /// No count of a list can be read.
    intake_without_counts(title) = "No row has a count: {title} counts the finals, and none of its cells can be read. Every row counts 0 until its finals are given";
    /// A list without qualities.
    intake_quality_of_project(quality) = "No column holds the quality: every row takes the project's, {quality}";
    /// A list with numbers that may be counts.
    intake_uncounted(titles) = "Numbers that may be counts are not counted: {titles}";
    /// A table of counts across.
    intake_across(titles) = "Each row becomes a deliverable for each count in {titles}";
    /// A cell that is left open.
    intake_left_open(title, written) = "{title}: {written} is left open";
    /// A list with decimal commas.
    intake_decimal_comma() = "The comma is read as the decimal sign, as in 1,6";
    /// Summary of a list: the outcome for its rows.
    intake_summary(rows, understood, refused) = "{rows} {rows|row|rows}: {understood} understood, {refused} refused";
    /// Summary of a list with rows that count nothing.
    intake_summary_counted(rows, counted, without, refused) =
        "{rows} {rows|row|rows}: {counted} with finals, {without} without, {refused} refused";
    /// What became of the rows of a table of counts across.
    intake_summary_across(rows, counts, understood, refused) =
        "{rows} {rows|row|rows} with {counts} {counts|count|counts}: {understood} understood, {refused} refused";
    /// A row without a name.
    intake_nameless() = "the row has no name";
    /// Remedy for a row without a name.
    intake_nameless_remedy() = "give it a name, or empty its other cells";
    /// More cells than titles.
    intake_too_many_cells(count, columns) = "the row has {count} cells and the list has {columns} {columns|column|columns}";
    /// Remedy for more cells than titles.
    intake_too_many_cells_remedy() = "put double quotes around a text that contains the separator";
    /// The same for cells of a spreadsheet.
    intake_too_many_cells_grid_remedy() = "give each column a title, or empty the cells beyond the last title";
    /// A meaning in the list of meanings.
    meaning_group() = "group, put before the name";
    /// A meaning in the list of meanings.
    meaning_prompt() = "prompt text";
    /// A meaning in the list of meanings.
    meaning_prompt_tokens() = "number of prompt tokens";
    /// A meaning in the list of meanings.
    meaning_accepted() = "acceptance: share of images kept";
    /// A meaning in the list of meanings.
    meaning_retry() = "tries per final, or acceptance";
    /// A meaning in the list of meanings.
    meaning_units() = "units, such as products";
    /// A meaning in the list of meanings.
    meaning_per_unit() = "finals per unit";
    /// A meaning in the list of meanings.
    meaning_across() = "finals, one deliverable per column";
    /// A meaning in the list of meanings.
    meaning_unit_of_count() = "unit of the count";
    /// A meaning in the list of meanings.
    meaning_status() = "status, such as done or dropped";
    /// A meaning in the list of meanings.
    meaning_width() = "width in pixels";
    /// A meaning in the list of meanings.
    meaning_height() = "height in pixels";
    /// A meaning in the list of meanings.
    meaning_references() = "reference images";
    /// A meaning in the list of meanings.
    meaning_per_call() = "images per call";
    /// A meaning in the list of meanings.
    meaning_drafts() = "drafts per final";
    /// A meaning in the list of meanings.
    meaning_cached() = "cached share of the input";
    /// A meaning in the list of meanings.
    meaning_partials() = "partial images per image";
    /// A meaning in the list of meanings.
    meaning_service() = "service tier";
    /// A meaning in the list of meanings.
    meaning_repeat() = "repeats of the finals";
    /// A meaning in the list of meanings.
    meaning_pick() = "pick: finals per call, one or many";
    /// A meaning in the list of meanings.
    meaning_measured() = "measured tokens";
    /// A quote that never closes.
    intake_quote_open() = "a double quote opens here and never closes, so everything below is part of one cell";
    /// Remedy for a quote that never closes.
    intake_quote_remedy() = "close it, or double each quote inside a text";
    /// Two readings of a cell.
    intake_ambiguous(written, first, second) = "{written} may mean {first} or {second}";
    /// Two readings of a percentage in a column of retry rates.
    intake_retry_rate(written) = "{written} may be the share that is accepted or the share that is redone";
    /// Remedy for it.
    intake_retry_rate_remedy() = "call the column accepted, or write a factor such as 1.6";
    /// A list larger than the limit; in MiB.
    intake_too_large(size) = "the list is {size} MiB";
    /// More rows than a project can hold.
    intake_too_many_rows() = "the list would give the project more deliverables than it may have";
    /// More lines than are read.
    intake_too_many_lines() = "the list has too many lines";
    /// The most lines that are read.
    intake_lines_allowed(max) = "at most {max} lines, blank ones included";
    /// More columns than are read.
    intake_too_many_columns() = "most rows of the list have too many cells";
    /// The most columns that are read.
    intake_columns_allowed(max) = "at most {max} columns";
    /// More cells than are read.
    intake_too_many_cells_in_all() = "the list has too many cells";
    /// The most cells that are read.
    intake_cells_in_all_allowed(max) = "at most {max} cells in all, not counting blank ones at the ends of rows";
    /// A cell that is longer than is read.
    intake_cell_too_long() = "a cell of the list has too much text";
    /// The longest cell that is read; in KiB.
    intake_cell_bytes_allowed(max) = "at most {max} KiB in a cell";
    /// Remedy for a cell that is too long.
    intake_cell_too_long_remedy() = "close the double quote that begins it, or shorten it";
    /// Remedy for too many columns.
    intake_too_many_columns_remedy() = "delete the columns that are not about deliverables";
    /// Remedy for too many rows.
    intake_too_many_rows_remedy() = "split the list across several projects";
    /// An empty list.
    intake_nothing() = "there are no rows to read";
    /// Allowed lists.
    intake_nothing_allowed() = "CSV, or cells copied from a spreadsheet: one row for each deliverable";
}

/// The name of a knob in the list of meanings, where no pane around it says what it belongs to.
#[must_use]
pub fn meaning_knob(knob: Knob) -> &'static str {
    match knob {
        Knob::PromptTokens => meaning_prompt_tokens(),
        Knob::Retry => meaning_retry(),
        Knob::References => meaning_references(),
        Knob::ImagesPerCall => meaning_per_call(),
        Knob::Drafts => meaning_drafts(),
        Knob::CachedInput => meaning_cached(),
        Knob::PartialImages => meaning_partials(),
        Knob::ServiceTier => meaning_service(),
        Knob::Repeat => meaning_repeat(),
        Knob::Pick => meaning_pick(),
        Knob::Measured => meaning_measured(),
        Knob::Preset
        | Knob::Ratio
        | Knob::Size
        | Knob::Quality
        | Knob::Model
        | Knob::Returned
        | Knob::Finals
        | Knob::DraftQuality
        | Knob::DraftSize
        | Knob::Buffer
        | Knob::Surcharge
        | Knob::Markup
        | Knob::Tax
        | Knob::Cap => super::knob_label(knob),
    }
}

/// A row with too many cells; `is_grid` if they come from a spreadsheet, where no separator can split a cell.
#[must_use]
pub fn intake_cells(count: usize, columns: usize, is_grid: bool) -> Explanation {
    let remedy = if is_grid { intake_too_many_cells_grid_remedy() } else { intake_too_many_cells_remedy() };
    Explanation::new(intake_too_many_cells(count, columns), "", remedy)
}

/// A row without a name.
#[must_use]
pub fn intake_without_name() -> Explanation {
    Explanation::new(intake_nameless(), "", intake_nameless_remedy())
}

/// A row with a quote that never closes.
#[must_use]
pub fn intake_open_quote() -> Explanation {
    Explanation::new(intake_quote_open(), "", intake_quote_remedy())
}

/// A cell with two readings.
#[must_use]
pub fn intake_two_readings(written: &str, first: &str, second: &str) -> Explanation {
    Explanation::new(intake_ambiguous(written, first, second), "", remedy_example(first))
}

/// A unit that holds several images and does not say how many.
#[must_use]
pub fn intake_unit(written: &str) -> Explanation {
    Explanation::new(intake_unit_several(written), "", intake_unit_several_remedy())
}

/// A count of which nothing says whether it is for each of several sizes.
#[must_use]
pub fn intake_sizes_or_all(count: u64, sizes: u64) -> Explanation {
    let number = |count: u64| super::number::grouped(Decimal::from(count));
    Explanation::new(intake_of_sizes(number(count), number(sizes)), "", intake_of_sizes_remedy())
}

/// A width without a height.
#[must_use]
pub fn intake_one_edge() -> Explanation {
    Explanation::new(intake_edge_alone(), "", intake_edge_alone_remedy())
}

/// A date in a column of numbers.
#[must_use]
pub fn intake_date(written: &str, knob: Knob) -> Explanation {
    super::not_a_number(knob, intake_is_date(written, super::knob_label(knob)))
}

/// A prompt of more characters than the API takes.
#[must_use]
pub fn intake_prompt_length(length: usize) -> Explanation {
    let number = |count: usize| super::number::grouped(Decimal::from(count));
    Explanation::new(
        intake_prompt_too_long(number(length)),
        super::text_allowed(number(PROMPT_MAX)),
        super::prompt_too_long_remedy(),
    )
}

/// A prompt for which those of the rows above leave no room.
#[must_use]
pub fn intake_prompts_room() -> Explanation {
    let max = super::number::grouped(Decimal::from(PROMPTS_MAX));
    Explanation::new(intake_prompts_too_many(), intake_prompts_allowed(max), intake_prompts_remedy())
}

/// A percentage under the title of a retry rate.
#[must_use]
pub fn intake_which_share(written: &str) -> Explanation {
    Explanation::new(intake_retry_rate(written), "", intake_retry_rate_remedy())
}

/// A list of more than `limit` MiB.
#[must_use]
pub fn intake_size(size: usize, limit: usize) -> Explanation {
    Explanation::new(intake_too_large(size), super::text_too_large_allowed(limit), intake_too_many_rows_remedy())
}

/// A list with too many rows.
#[must_use]
pub fn intake_rows(max: &str) -> Explanation {
    Explanation::new(intake_too_many_rows(), super::deliverables_allowed(max), intake_too_many_rows_remedy())
}

/// A list of more lines than are read.
#[must_use]
pub fn intake_lines(max: &str) -> Explanation {
    Explanation::new(intake_too_many_lines(), intake_lines_allowed(max), intake_too_many_rows_remedy())
}

/// A row of more cells than are read.
#[must_use]
pub fn intake_columns(max: &str) -> Explanation {
    Explanation::new(intake_too_many_columns(), intake_columns_allowed(max), intake_too_many_columns_remedy())
}

/// A list of more cells than are read.
#[must_use]
pub fn intake_cells_in_all(max: &str) -> Explanation {
    Explanation::new(intake_too_many_cells_in_all(), intake_cells_in_all_allowed(max), intake_too_many_columns_remedy())
}

/// A cell of more than `max` KiB.
#[must_use]
pub fn intake_cell_bytes(max: usize) -> Explanation {
    Explanation::new(intake_cell_too_long(), intake_cell_bytes_allowed(max), intake_cell_too_long_remedy())
}

/// A list without rows.
#[must_use]
pub fn intake_blank() -> Explanation {
    Explanation::new(intake_nothing(), intake_nothing_allowed(), "")
}
