//! Floors inside a folder: what is on one uses only what is below it, and no files below it use each other in a circle.

use crate::lexer::tokens;
use crate::rules::{Path, paths};
use std::collections::{BTreeMap, BTreeSet};

/// The floors of a folder of `src/`, the lowest first; each is a list of the folder's own modules (files or folders).
pub(crate) const FLOORS: &[(&str, &[&[&str]])] = &[
    ("cost", &[&["base"], &["rates"], &["budget"], &["estimate"], &["risk"], &["bill"], &["levers"], &["scenario"]]),
    ("project", PROJECT),
];

/// What reads a text, from its bytes up to a project, in the second half; what writes and keeps one stands in the first.
///
/// The methods of `Reader` are added file by file from `reader` to `sections`; [`House::upward_calls`] looks at their calls, which
/// name no file.
const PROJECT: &[&[&str]] = &[
    &["checksum", "problem", "schema", "origin", "bounds", "outline", "unread", "markers", "key_order"],
    &["unknown_keys"],
    &["syntax", "other_files", "splice", "store", "foreign", "other_words"],
    &["chunks", "team", "card_write", "keyed_write", "measured_write", "merge", "versions"],
    &["settings_write"],
    &["scenario_write"],
    &["reader", "write", "journal", "lock"],
    &["numbers", "vocabulary"],
    &["retry", "measured"],
    &["values"],
    &["prompts", "card_parts", "card_unused", "exchange", "fees"],
    &["lines", "card_prices", "risks"],
    &["cards"],
    &["bills", "scenarios"],
    &["baseline"],
    &["sections"],
    &["extends"],
    &["read"],
    &["open"],
];

/// Folders whose files, at any depth, never use each other in a circle.
pub(crate) const WITHOUT_CIRCLES: &[&str] = &["cost"];

/// Types to which several files of a folder add methods.
pub(crate) const SHARED: &[(&str, &str)] = &[("project", "Reader")];

/// One module that names another.
struct Arrow {
    from: String,
    to: String,
    /// What it names there.
    item: Option<String>,
    /// `src/cost/base/money.rs:12`.
    place: String,
}

/// The modules below `src/` by their path, `cost::base::money`, with the file and its text; tests within are left out.
pub(crate) struct House<'a> {
    modules: BTreeMap<String, (&'a str, &'a str)>,
}

impl<'a> House<'a> {
    pub(crate) fn new(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> House<'a> {
        let modules = files.into_iter().map(|(file, text)| (module_path(file), (file, without_tests(text)))).collect();
        House { modules }
    }

    /// Complaints about arrows to an upper floor, and between modules of one floor.
    pub(crate) fn upward_arrows(&self, folder: &str, floors: &[&[&str]]) -> Vec<String> {
        let floor_of = |module: &str| floor_of(module, folder, floors);
        let mut complaints: Vec<String> = Vec::new();
        for module in self.modules.keys().filter(|module| below(module, folder).is_some()) {
            if floor_of(module).is_none() {
                complaints
                    .push(format!("`{module}` is on no floor of `{folder}`; give it one in tests/tidy/floors.rs"));
            }
        }
        for Arrow { from, to, place, .. } in self.arrows(folder) {
            if let (Some(own), Some(other)) = (floor_of(&from), floor_of(&to))
                && own <= other
                && child_of(&from, folder) != child_of(&to, folder)
            {
                complaints.push(format!("{place}: `{from}` must not use `{to}`, which is on no floor below it"));
            }
        }
        complaints
    }

    /// Complaints about calls of methods of `shared`, as `self` or `reader`, that an upper floor or another file of the same one adds.
    pub(crate) fn upward_calls(&self, folder: &str, floors: &[&[&str]], shared: &str) -> Vec<String> {
        let adds =
            |text: &str| [format!("\nimpl {shared}<"), format!("> {shared}<")].iter().any(|mark| text.contains(mark));
        let inside = self.modules.iter().filter(|(module, (_, text))| below(module, folder).is_some() && adds(text));
        let files: Vec<_> = inside.map(|(module, (file, text))| (module, file, tokens(text))).collect();
        let mut home = BTreeMap::new();
        for (module, _, code) in &files {
            for at in (0..code.len()).filter(|at| code[*at].text == "fn") {
                let takes = code[at..].iter().skip_while(|token| token.text != "(").skip(1).take(3);
                if takes.into_iter().any(|token| token.text == "self") {
                    home.insert(code[at + 1].text.as_str(), *module);
                }
            }
        }
        let mut complaints = Vec::new();
        for (module, file, code) in &files {
            let calls = code.windows(4).filter(|four| {
                matches!(four[0].text.as_str(), "self" | "reader") && four[1].text == "." && four[3].text == "("
            });
            for call in calls.map(|four| &four[2]) {
                let Some(other) = home.get(call.text.as_str()).filter(|other| *other != module) else { continue };
                if floor_of(module, folder, floors) <= floor_of(other, folder, floors) {
                    let (name, line) = (&call.text, call.line);
                    complaints
                        .push(format!("src/{file}:{line}: `{name}` of `{other}` is on no floor below `{module}`"));
                }
            }
        }
        complaints
    }

    /// Complaints about paths that go through the list of names (`pub use`) of a folder that the file itself is in: they
    /// would hide which file is used.
    pub(crate) fn own_facade(&self, folder: &str) -> Vec<String> {
        let lists: BTreeMap<&str, BTreeSet<String>> =
            self.modules.iter().map(|(module, (_, text))| (module.as_str(), passed_on(text))).collect();
        let arrows = self.arrows(folder).into_iter().filter(|arrow| {
            let listed = lists.get(arrow.to.as_str()).zip(arrow.item.as_ref());
            below(&arrow.from, &arrow.to).is_some() && listed.is_some_and(|(list, item)| list.contains(item))
        });
        let complain = |Arrow { to, item, place, .. }: Arrow| {
            format!("{place}: `{to}` only passes on `{}`; write the path of its file", item.unwrap_or_default())
        };
        arrows.map(complain).collect()
    }

    /// Complaints about files below `folder` that use each other in a circle.
    pub(crate) fn circles(&self, folder: &str) -> Vec<String> {
        let mut left = self.arrows(folder);
        loop {
            // What nobody uses, and what uses nobody, is on no circle.
            let users: BTreeSet<String> = left.iter().map(|arrow| arrow.from.clone()).collect();
            let used: BTreeSet<String> = left.iter().map(|arrow| arrow.to.clone()).collect();
            let before = left.len();
            left.retain(|arrow| used.contains(&arrow.from) && users.contains(&arrow.to));
            if left.len() == before {
                break;
            }
        }
        let complain = |arrow: &Arrow| format!("{}: `{}` uses `{}` in a circle", arrow.place, arrow.from, arrow.to);
        let complaints: BTreeSet<String> = left.iter().map(complain).collect();
        complaints.into_iter().collect()
    }

    /// Every use of one module below `folder` (or of the folder itself) by another one there.
    fn arrows(&self, folder: &str) -> Vec<Arrow> {
        let inside = |module: &str| module == folder || below(module, folder).is_some();
        let mut arrows = Vec::new();
        for (from, (file, text)) in self.modules.iter().filter(|(module, _)| inside(module)) {
            for path in paths(text) {
                let Some((to, item)) = self.target(from, &path).filter(|(to, _)| to != from && inside(to)) else {
                    continue;
                };
                arrows.push(Arrow { from: from.clone(), to, item, place: format!("src/{file}:{}", path.line) });
            }
        }
        arrows
    }

    /// The module that a path leads to, and the name that it takes there.
    fn target(&self, from: &str, path: &Path) -> Option<(String, Option<String>)> {
        let mut segments = path.segments.iter().map(String::as_str).peekable();
        let mut at: Vec<&str> = from.split("::").collect();
        match *segments.peek()? {
            "crate" => {
                segments.next();
                at.clear();
            }
            "self" | "super" => {
                let mut inline = path.inline_modules;
                while let Some(step) = segments.next_if(|step| matches!(*step, "self" | "super")) {
                    match (step, inline) {
                        ("super", 0) => drop(at.pop()),
                        ("super", _) => inline -= 1,
                        _ => {}
                    }
                }
            }
            child if self.modules.contains_key(&format!("{from}::{child}")) => {}
            _ => return None,
        }
        let mut item = None;
        for segment in segments {
            at.push(segment);
            if !self.modules.contains_key(&at.join("::")) {
                at.pop();
                item = Some(segment.to_owned());
                break;
            }
        }
        Some((at.join("::"), item)).filter(|(to, _)| !to.is_empty())
    }
}

/// `cost::base::money` of `cost/base/money.rs`, `cost` of `cost/mod.rs`.
fn module_path(file: &str) -> String {
    let parts = file.trim_end_matches(".rs").split('/').filter(|part| *part != "mod");
    parts.collect::<Vec<_>>().join("::")
}

/// The path of `module` below `folder`.
fn below<'m>(module: &'m str, folder: &str) -> Option<&'m str> {
    module.strip_prefix(folder)?.strip_prefix("::")
}

/// The module or folder right below `folder` that `module` is, or is in.
fn child_of<'m>(module: &'m str, folder: &str) -> Option<&'m str> {
    below(module, folder)?.split("::").next()
}

fn floor_of(module: &str, folder: &str, floors: &[&[&str]]) -> Option<usize> {
    let child = child_of(module, folder)?;
    floors.iter().position(|floor| floor.contains(&child))
}

/// The text before its tests, which stand at the end of a file.
pub(crate) fn without_tests(text: &str) -> &str {
    text.split("\n#[cfg(test)]\nmod ").next().unwrap_or(text)
}

/// The names that a module lists with `pub use` from elsewhere.
fn passed_on(text: &str) -> BTreeSet<String> {
    let lists = text.split("\npub use ").skip(1).filter_map(|rest| rest.split(';').next());
    let names = lists.flat_map(|list| paths(&format!("use {list};")));
    names.filter_map(|path| path.segments.last().cloned()).collect()
}
