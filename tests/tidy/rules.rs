//! What a source file may name and how long it may be; every rule returns the sentences to print, and no sentence if all is well.

use crate::lexer::{Token, tokens};

/// Who may use whom. A module may always use itself; everything not listed here is forbidden.
pub(crate) const ARROWS: &[(&str, &[&str])] = &[
    ("main", &["cli"]),
    (
        "cli",
        &[
            "runtime",
            "terminal",
            "ui",
            "app",
            "project",
            "tables",
            "rates",
            "actuals",
            "report",
            "figures",
            "config",
            "system",
            "words",
            "diagnostics",
            "cost",
            "prompt",
        ],
    ),
    (
        "runtime",
        &[
            "app",
            "ui",
            "project",
            "rates",
            "terminal",
            "config",
            "system",
            "figures",
            "words",
            "diagnostics",
            "cost",
            "prompt",
        ],
    ),
    ("terminal", &["system", "words", "diagnostics"]),
    ("ui", &["app", "figures", "tables", "cost", "words", "diagnostics"]),
    ("app", &["figures", "tables", "cost", "words", "diagnostics"]),
    ("project", &["system", "cost", "words", "diagnostics", "prompt"]),
    ("tables", &["cost", "words", "diagnostics", "prompt"]),
    ("rates", &["cost", "words", "diagnostics"]),
    ("actuals", &["cost", "words", "diagnostics"]),
    ("report", &["figures", "cost", "words", "diagnostics"]),
    ("figures", &["cost", "words"]),
    ("config", &["app", "ui", "project", "system", "words", "diagnostics", "cost"]),
    ("words", &["cost"]),
    ("diagnostics", &["cost"]),
    ("system", &[]),
    ("prompt", &["cost"]),
    ("cost", &[]),
    ("lib", &[]),
];

/// Where numbers are rounded: the rules themselves, what is shown, and what writes a figure that `figures` has rounded.
const ROUNDS: &[&str] = &["cost/base/", "figures/", "words/number.rs"];

/// Files that round what is no money, or is not shown, and why.
const ROUNDS_TOO: &[(&str, &str)] = &[
    ("app/actions/knob_edit.rs", "a percentage that a step sets or a line of text starts with"),
    ("cost/budget/knob_text.rs", "a factor that a step sets"),
    ("cost/risk/answer.rs", "chances and percentiles, to the six places that are kept of binary floats"),
    ("cost/estimate/advisor.rs", "the percentage that a size saves is compared as it is shown"),
    ("cost/estimate/sensitivity.rs", "values of a knob along a curve, not what they cost"),
    ("words/cost/issues.rs", "images per final in a sentence"),
    ("tables/file/shown.rs", "a workbook's floats, to the digits that a spreadsheet shows"),
];

const ROUNDING: &[&str] = &[
    "rounded",
    "round",
    "round_dp",
    "round_dp_with_strategy",
    "round_sf",
    "round_sf_with_strategy",
    "trunc_with_scale",
    "show_with_digits",
    "amount_with_digits",
];

/// Complaints about money rounded or written outside `figures`.
pub(crate) fn own_rounding(file: &str, source: &str) -> Vec<String> {
    if ROUNDS.iter().any(|room| file.starts_with(room)) || ROUNDS_TOO.iter().any(|(other, _)| *other == file) {
        return Vec::new();
    }
    let tokens = tokens(source);
    let before = |at: usize, back: usize| at.checked_sub(back).map_or("", |at| tokens[at].text.as_str());
    let named = tokens.iter().enumerate().filter(|(at, token)| {
        let of = (before(*at, 1), before(*at, 2).to_ascii_lowercase());
        let is_shortcut = match token.text.as_str() {
            "amount" | "shown" => of.0 == "::" && of.1 == "number",
            "show" => matches!(of.0, "." | "::") && matches!(of.1.as_str(), "currency" | "usd"),
            "text" => of.0 == "." && of.1 == "shown",
            _ => false,
        };
        is_shortcut || ROUNDING.contains(&token.text.as_str())
    });
    named.map(|(_, token)| format!("src/{file}:{}: `{}` is for `figures` to call", token.line, token.text)).collect()
}

/// Exceptions to [`own_rounding`] that round nothing any more.
pub(crate) fn idle_exceptions(files: &[(String, String)]) -> Vec<String> {
    let rounds = |name: &str| {
        let source = files.iter().find(|(file, _)| file == name).map(|(_, source)| source.as_str());
        source.is_some_and(|source| tokens(source).iter().any(|token| ROUNDING.contains(&token.text.as_str())))
    };
    let idle = ROUNDS_TOO.iter().filter(|(file, _)| !rounds(file));
    idle.map(|(file, _)| format!("src/{file} rounds nothing: take it off the list in tests/tidy/rules.rs")).collect()
}

/// Names that a module must not use: pure code stays testable without a terminal, a disk or a clock.
pub(crate) const BANNED: &[(&str, &[&str])] = &[("cost", OUTSIDE), ("app", OUTSIDE), ("ui", &["std::fs"])];

const OUTSIDE: &[&str] = &[
    "ratatui",
    "crossterm",
    "std::fs",
    "std::net",
    "std::process",
    "std::time",
    "std::env",
    "toml",
    "toml_edit",
    "toml_parser",
    "serde",
    "serde_json",
    "Zoned::now",
    "Timestamp::now",
];

/// Crates of system calls, and system-specific parts of the standard library. Only `system` names them.
const CALLS: &[&str] = &["rustix", "nix", "signal_hook", "libc", "notify", "directories", "std::os"];
/// The `cfg` names that depend on the system.
const SYSTEMS: &[&str] = &["unix", "windows", "target_os", "target_family", "target_vendor", "target_env"];

pub(crate) const MAX_FILE_LINES: usize = 500;
pub(crate) const MAX_FUNCTION_LINES: usize = 70;

/// `a::b::c` as written, with `{…}` groups expanded, and its first line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Path {
    pub(crate) segments: Vec<String>,
    pub(crate) line: usize,
    /// The number of inline `mod name { … }` around it.
    pub(crate) inline_modules: usize,
}

/// Every path with at least two segments, and every single name that a `use` or `extern crate` brings in.
pub(crate) fn paths(source: &str) -> Vec<Path> {
    let tokens = tokens(source);
    let (mut found, mut at, mut braces) = (Vec::new(), 0, Vec::new());
    while at < tokens.len() {
        match tokens[at].text.as_str() {
            "{" => braces.push(at >= 2 && tokens[at - 2].text == "mod"),
            "}" => drop(braces.pop()),
            _ => {}
        }
        let continues = at > 0 && matches!(tokens[at - 1].text.as_str(), "::" | ".");
        if tokens[at].is_word() && !continues {
            let inline_modules = braces.iter().filter(|is_module| **is_module).count();
            let brought_in = at > 0 && matches!(tokens[at - 1].text.as_str(), "use" | "crate");
            let line = tokens[at].line;
            let (expanded, end) = expand(&tokens, at, &[]);
            let kept = expanded.into_iter().filter(|segments| brought_in || segments.len() > 1);
            found.extend(kept.map(|segments| Path { segments, line, inline_modules }));
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

/// The paths that start at `at` behind `prefix`, and the index of the first token after them.
fn expand(tokens: &[Token], mut at: usize, prefix: &[String]) -> (Vec<Vec<String>>, usize) {
    let text = |at: usize| tokens.get(at).map_or("", |t| t.text.as_str());
    let mut segments = prefix.to_vec();
    loop {
        if text(at) == "{" {
            let mut all = Vec::new();
            at += 1;
            while !matches!(text(at), "}" | "") {
                let (inner, end) = expand(tokens, at, &segments);
                all.extend(inner);
                at = end.max(at + 1);
            }
            return (all, at + 1);
        }
        if text(at) == "*" || tokens.get(at).is_some_and(Token::is_word) {
            segments.push(text(at).to_owned());
            at += 1;
        }
        let goes_on =
            text(at) == "::" && (matches!(text(at + 1), "{" | "*") || tokens.get(at + 1).is_some_and(Token::is_word));
        if !goes_on {
            return (vec![segments], at);
        }
        at += 1;
    }
}

/// Top-level module and depth (1 for `cost` itself, 2 for `cost::money`) of a file, from its path below `src/`.
pub(crate) fn module_of(file: &str) -> (String, usize) {
    let parts: Vec<&str> = file.trim_end_matches(".rs").split('/').filter(|part| *part != "mod").collect();
    let depth = if parts == ["lib"] || parts == ["main"] { 0 } else { parts.len() };
    (parts.first().copied().unwrap_or_default().to_owned(), depth)
}

/// Complaints about the arrows of one file of `src/`.
pub(crate) fn forbidden_arrows(file: &str, source: &str) -> Vec<String> {
    let (module, depth) = module_of(file);
    let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == module) else {
        return vec![format!(
            "src/{file}: `{module}` is not in the table of modules; give it a row in tests/tidy/rules.rs"
        )];
    };
    let mut complaints = Vec::new();
    for Path { segments, line, inline_modules } in paths(source) {
        let ups = segments.iter().take_while(|s| *s == "super").count();
        let from_root = segments[0] == "crate" || (module == "main" && segments[0] == "retake");
        if ups > 0 && depth > 0 && ups >= depth + inline_modules {
            complaints.push(format!("src/{file}:{line}: `super` climbs to the crate's root; write `crate::…`"));
        }
        let target = segments.get(1).filter(|_| from_root);
        let is_module = |name: &str| ARROWS.iter().any(|(module, _)| *module == name);
        match target.map(String::as_str) {
            Some("*" | "self") => {
                complaints.push(format!("src/{file}:{line}: name the module instead of the whole crate"))
            }
            Some(target) if is_module(target) && target != module && !allowed.contains(&target) => {
                complaints.push(format!(
                    "src/{file}:{line}: `{module}` must not use `{target}`; it may use {}",
                    if allowed.is_empty() { "nothing of ours".to_owned() } else { allowed.join(", ") }
                ))
            }
            _ => {}
        }
    }
    complaints
}

/// Complaints about names that the file's module must not use.
pub(crate) fn banned_names(file: &str, source: &str) -> Vec<String> {
    let (module, _) = module_of(file);
    let banned: Vec<&str> =
        BANNED.iter().filter(|(name, _)| *name == module).flat_map(|(_, names)| names.iter().copied()).collect();
    let names = |segments: &[String], banned: &str| {
        let wanted: Vec<&str> = banned.split("::").collect();
        let starts = segments.iter().zip(&wanted).all(|(a, b)| a == b) && segments.len() >= wanted.len();
        let is_call = wanted.last() == Some(&"now");
        starts || (is_call && segments.windows(wanted.len()).any(|part| part.iter().zip(&wanted).all(|(a, b)| a == b)))
    };
    let complain = |path: &Path| {
        let hit = banned.iter().find(|banned| names(&path.segments, banned))?;
        Some(format!("src/{file}:{}: `{module}` must not name `{hit}` (it stays free of the world outside)", path.line))
    };
    paths(source).iter().filter_map(complain).collect()
}

/// Complaints about a file outside `system` that knows its operating system.
pub(crate) fn named_systems(file: &str, source: &str) -> Vec<String> {
    if module_of(file).0 == "system" {
        return Vec::new();
    }
    let named = paths(source).into_iter().filter_map(|path| {
        let starts = |call: &&&str| call.split("::").zip(&path.segments).all(|(a, b)| a == b);
        let long_enough = |call: &&&str| path.segments.len() >= call.split("::").count();
        CALLS.iter().find(|call| long_enough(call) && starts(call)).map(|call| (path.line, (*call).to_owned()))
    });
    let complain = |(line, name): (usize, String)| {
        format!("src/{file}:{line}: only `system` may name `{name}`; give it a function there")
    };
    named.chain(asked_systems(source)).map(complain).collect()
}

/// Systems named in a `cfg`, `cfg_attr` or `cfg!`, with their lines.
fn asked_systems(source: &str) -> Vec<(usize, String)> {
    let tokens = tokens(source);
    let (mut found, mut depth) = (Vec::new(), 0_usize);
    for (at, token) in tokens.iter().enumerate() {
        let before = |back: usize| at.checked_sub(back).map_or("", |at| tokens[at].text.as_str());
        let asks = |name: &str| matches!(name, "cfg" | "cfg_attr");
        match token.text.as_str() {
            "(" if depth > 0 || asks(before(1)) || (before(1) == "!" && asks(before(2))) => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            name if depth > 0 && SYSTEMS.contains(&name) => found.push((token.line, name.to_owned())),
            _ => {}
        }
    }
    found
}

/// Complaints about code that asks what a problem's printed code says: a type says what happened, a code is for people.
pub(crate) fn asked_codes(file: &str, source: &str) -> Vec<String> {
    let tokens = tokens(source);
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let is_sign = |at: usize| tokens.get(at).is_some_and(|token| !token.is_word());
    let asks = |at: &usize| {
        let at = *at;
        // A string leaves no token: after the comparison, in `matches!` or in an arm there is only the next sign.
        let compared = matches!(text(at + 2), "=" | "!") && text(at + 3) == "=" && is_sign(at + 4);
        let matched = text(at + 2) == "," && matches!(text(at + 3), "|" | ")" | "if");
        let in_arms = text(at + 2) == "{" && matches!(text(at + 3), "|" | "=" | "if");
        text(at) == "." && text(at + 1) == "code" && (compared || matched || in_arms)
    };
    let found = (0..tokens.len()).filter(asks);
    found
        .map(|at| format!("src/{file}:{}: a problem's code is for print; give what happened a type", tokens[at].line))
        .collect()
}

/// Name, first line and number of lines of every function with a body.
pub(crate) fn functions(source: &str) -> Vec<(String, usize, usize)> {
    let tokens = tokens(source);
    let starts = tokens.windows(2).enumerate().filter(|(_, pair)| pair[0].text == "fn" && pair[1].is_word());
    let measured = starts.filter_map(|(at, pair)| {
        let end = function_end(&tokens[at..])?;
        Some((pair[1].text.clone(), pair[0].line, end + 1 - pair[0].line))
    });
    measured.collect()
}

/// The line of the brace that closes the function at the start of `tokens`; `None` for a declaration without a body.
fn function_end(tokens: &[Token]) -> Option<usize> {
    let (mut braces, mut nested) = (0usize, 0usize);
    for token in tokens {
        match token.text.as_str() {
            ";" if braces == 0 && nested == 0 => return None,
            "(" | "[" => nested += 1,
            ")" | "]" => nested = nested.saturating_sub(1),
            "{" => braces += 1,
            "}" if braces == 1 => return Some(token.line),
            "}" => braces = braces.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// Complaints about size, head comment and unfinished work; for `src/` and `tests/` alike.
pub(crate) fn untidy(file: &str, source: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    let lines = source.lines().count();
    if lines > MAX_FILE_LINES {
        complaints
            .push(format!("{file}: {lines} lines, at most {MAX_FILE_LINES}; a second subject wants a file of its own"));
    }
    if !source.starts_with("//!") {
        complaints.push(format!("{file}:1: the first line must be a `//!` comment that says what the file is for"));
    }
    for (name, line, length) in functions(source).into_iter().filter(|(_, _, length)| *length > MAX_FUNCTION_LINES) {
        complaints.push(format!(
            "{file}:{line}: fn {name} has {length} lines, at most {MAX_FUNCTION_LINES}; a name is missing in it"
        ));
    }
    let code = tokens(source);
    let unfinished = code
        .windows(2)
        .filter(|pair| pair[1].text == "!" && ["todo", "dbg", "unimplemented"].contains(&pair[0].text.as_str()));
    complaints
        .extend(unfinished.map(|pair| format!("{file}:{}: `{}!` is unfinished work", pair[0].line, pair[0].text)));
    // Assembled here so that this file passes its own rule.
    let mark = ["FIX", "ME"].concat();
    let marked = source.lines().enumerate().filter(|(_, text)| text.contains(&mark));
    complaints.extend(marked.map(|(index, _)| format!("{file}:{}: {mark} is unfinished work", index + 1)));
    complaints
}

/// Complaints about folders of one machine in shared text.
pub(crate) fn machine_paths(file: &str, text: &str) -> Vec<String> {
    let roots = ["work", "home", "root"].map(|name| format!("/{name}/"));
    let hits = text.lines().enumerate().filter_map(|(index, line)| {
        let root = roots.iter().find(|root| names_folder(line, root))?;
        Some(format!("{file}:{}: `{root}…` is a folder of one machine", index + 1))
    });
    hits.collect()
}

/// A folder at the root of a file system, not a part of an address such as `example.org/home/`.
fn names_folder(line: &str, root: &str) -> bool {
    let starts_path = |at: usize| {
        !line[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '~' | '}' | ')'))
    };
    line.match_indices(root).any(|(at, _)| starts_path(at))
}
