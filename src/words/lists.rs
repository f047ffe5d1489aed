//! Sentences about files that should hold a list: their format, how they were read, and remarks on their rows.

use super::Explanation;

catalogue! { LISTS;
    /// The encoding of a list, by a rule.
    list_encoding(encoding) = "The text is read as {encoding}";
    /// The same, of languages whose words are not known.
    list_central_european(encoding) =
        "The text is read as {encoding}, of Central Europe: the words of its languages are not known, so look for sums and for what is done";
    /// A workbook with several sheets.
    list_sheet(sheet, others) = "The sheet {sheet} is read; the workbook also has {others}";
    /// A workbook with macros.
    list_macros() = "The workbook has macros, which are not run";
    /// A row that the spreadsheet hides.
    list_row_hidden(row) = "row {row} is hidden in the spreadsheet";
    /// A cell whose formula failed.
    list_cell_error(cell, error) = "{cell} holds the spreadsheet's error {error}";
    /// A formula without a stored result.
    list_cell_no_result(cell) = "{cell} holds a formula without a stored result: open the file in a spreadsheet and save it";
    /// A cell with bytes that are no characters.
    list_cell_lost(cell) = "{cell} has a character that cannot be read, shown as �";
    /// Merged cells with a text, over several rows.
    list_merged_text(area) = "{area} is one merged cell: its text is used for each of its rows";
    /// Merged cells with a number, over several rows.
    list_merged_number(area, row) = "{area} is one merged cell: its value is used for row {row} only";
    /// Merged cells within a row.
    list_merged_across(area, cell) = "{area} is one merged cell: its value is used for {cell} only";
    /// A cell behind the last column that is read.
    list_cell_beyond(cell, last) = "{cell} is left out: a row is read up to column {last}";
    /// Rows with something to know beyond those that are listed.
    list_more_places(count) = "{count} more {count|cell|cells} of this kind";
    /// A file that is no list; the kind is one of the next.
    list_not_a_list(kind) = "the file is {kind}";
    /// A kind of file.
    list_is_archive() = "a ZIP archive";
    /// A kind of file.
    list_is_old() = "an old .xls workbook, or another old Office file";
    /// A kind of file.
    list_is_binary() = "a binary workbook (.xlsb)";
    /// A kind of file.
    list_is_locked() = "protected by a password";
    /// A kind of file.
    list_is_document() = "a document of a word processor or a presentation";
    /// A kind of file.
    list_is_numbers() = "an Apple Numbers, Pages or Keynote file";
    /// A kind of file.
    list_is_open_document() = "an OpenDocument file (.ods)";
    /// A kind of file.
    list_is_pdf() = "a PDF";
    /// A kind of file.
    list_is_picture() = "a picture or a video";
    /// A kind of file.
    list_is_packed() = "compressed";
    /// A kind of file.
    list_is_html() = "a web page";
    /// A kind of file.
    list_is_damaged() = "damaged: its parts do not fit together";
    /// A kind of file.
    list_is_unknown() = "of an unknown kind: it holds bytes that are not text";
    /// A kind of file.
    list_is_json() = "JSON";
    /// A kind of file.
    list_is_project() = "a retake project";
    /// Remedy.
    list_save_as() = "open it in a spreadsheet and save it as .xlsx or CSV";
    /// Remedy.
    list_from_spreadsheet() = "export the list as .xlsx or CSV, or copy its cells and paste them";
    /// Remedy.
    list_unpack() = "unpack it and import the list in it";
    /// Remedy.
    list_unlock() = "save a copy without the password";
    /// Remedy.
    list_repair() = "open it in a spreadsheet and save it again";
    /// Remedy.
    list_open_project() = "open it instead";
    /// A workbook that becomes too large.
    list_unpacked() = "the workbook is too large once unpacked";
    /// The limit; in MiB.
    list_unpacked_allowed(max) = "at most {max} MiB unpacked";
    /// Remedy.
    list_unpacked_remedy() = "save the sheet with the list as CSV";
    /// A sheet of a file that has none.
    list_sheet_of_text() = "the file has no sheets: it is plain text";
    /// Remedy.
    list_sheet_of_text_remedy() = "leave --sheet out";
    /// A sheet that the workbook does not have.
    list_sheet_unknown(sheet) = "there is no sheet {sheet}";
    /// Remedy for a list that is not there.
    list_missing_remedy() = "check the spelling and the folder";
    /// Remedy for a folder.
    list_folder_remedy() = "name the list in it, a .xlsx, .csv or .tsv file";
    /// Remedy for a pipe or a device.
    list_stream_remedy() = "write its content to a file first; retake import - reads standard input";
    /// Remedy for a file of too many bytes.
    list_too_large_remedy() = "check that it is a list; split a very long one across several projects";
    /// A bill; the columns that show it.
    list_bill(columns) = "this is a bill, not a list: {columns} say what was spent, not what to make";
    /// Remedy for a bill.
    list_bill_remedy() = "import a list with a row for each deliverable; a later version reads bills with retake actuals import";
}

/// A file that is no list.
#[must_use]
pub fn list_foreign(kind: &str, remedy: &str) -> Explanation {
    Explanation::new(list_not_a_list(kind), "", remedy)
}

/// A workbook that unpacks to more than `max` MiB.
#[must_use]
pub fn list_unpacks_to_more(max: usize) -> Explanation {
    Explanation::new(list_unpacked(), list_unpacked_allowed(max), list_unpacked_remedy())
}

/// A sheet of a text.
#[must_use]
pub fn list_no_sheets() -> Explanation {
    Explanation::new(list_sheet_of_text(), "", list_sheet_of_text_remedy())
}

/// An unknown sheet; `sheets` are the known ones.
#[must_use]
pub fn list_unknown_sheet(sheet: &str, sheets: &str) -> Explanation {
    Explanation::new(list_sheet_unknown(sheet), sheets, "")
}

/// A bill, told by these columns or keys.
#[must_use]
pub fn list_is_bill(columns: &str) -> Explanation {
    Explanation::new(list_bill(columns), "", list_bill_remedy())
}
