//! Every limit on what the program reads and holds stands in one file.

use crate::lexer::tokens;

/// Where the limits stand.
const HOME: &str = "cost/base/limits.rs";

/// Constants that are called like limits and bound no input, with the file below `src/`.
const NO_LIMITS: &[(&str, &[&str])] = &[
    // How much of something is shown; the rest is counted or reached otherwise.
    ("ui/conflict.rs", &["LINES_MAX"]),
    ("ui/import.rs", &["LISTED_MAX"]),
    ("report/text.rs", &["NAME_COLUMNS_MAX"]),
    ("app/model/values.rs", &["SIZES_MAX"]),
    ("app/flows/recovery.rs", &["ROWS_MAX"]),
    ("cli/rates_import.rs", &["NAMED_MAX"]),
    ("words/advice.rs", &["NAMED_MAX"]),
    // Where an algorithm goes another way.
    ("runtime/workspace/versions.rs", &["READ_MAX"]),
    ("project/syntax.rs", &["RECOVERED_MAX"]),
    ("project/journal.rs", &["GROWTH_MAX"]),
    ("cost/bill/packs.rs", &["STEPS_MAX", "REMAINDERS_MAX"]),
    ("cost/estimate/tally.rs", &["CORES_MAX"]),
    ("cost/budget/refusal.rs", &["COMPARED_BYTES_MAX"]),
    ("words/safe.rs", &["MAX_COMBINING", "MAX_JOINERS"]),
    // What the system or the terminal bears; these rooms do not know of projects.
    ("terminal/screen.rs", &["CELLS_MAX"]),
    ("project/store/temp.rs", &["MAX_NAME"]),
    ("project/versions.rs", &["NAME_MAX"]),
];

/// Complaints about limits that one file of `src/` defines.
pub(crate) fn strays(file: &str, source: &str) -> Vec<String> {
    let excepted = |name: &str| NO_LIMITS.iter().any(|(home, names)| *home == file && names.contains(&name));
    let found = limits(source).into_iter().filter(|(name, _)| file != HOME && !excepted(name));
    let complain = |(name, line): (String, usize)| {
        format!("src/{file}:{line}: `{name}` belongs into src/{HOME}, with its unit and its reason")
    };
    found.map(complain).collect()
}

/// Complaints about exceptions that no file makes use of.
pub(crate) fn unused_exceptions(files: &[(String, String)]) -> Vec<String> {
    let defines = |file: &str, name: &str| {
        files.iter().any(|(path, text)| path == file && limits(text).iter().any(|(found, _)| found == name))
    };
    let all = NO_LIMITS.iter().flat_map(|(file, names)| names.iter().map(move |name| (*file, *name)));
    let unused = all.filter(|(file, name)| !defines(file, name));
    unused.map(|(file, name)| format!("src/{file} has no `{name}`; take it out of tests/tidy/limits.rs")).collect()
}

/// The name and line of every constant that is called `MAX`, `…_MAX` or `MAX_…`.
fn limits(source: &str) -> Vec<(String, usize)> {
    let tokens = tokens(source);
    let defined =
        tokens.windows(3).filter(|three| matches!(three[0].text.as_str(), "const" | "static") && three[2].text == ":");
    let called = |name: &str| name == "MAX" || name.ends_with("_MAX") || name.starts_with("MAX_");
    defined.filter(|three| called(&three[1].text)).map(|three| (three[1].text.clone(), three[1].line)).collect()
}
