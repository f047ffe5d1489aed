//! Every sentence that a person reads, by key.
//!
//! A message is one row of a `catalogue!` table: `name(params) = "text with {params}";`. The row becomes a function
//! `words::name(…)` and an [`Entry`] of [`all`], so that a later language is a table of texts by key. Nothing is parsed or
//! allocated before a message is requested. In a text, `{n}` is the value, `{n|final|finals}` the word that fits the number,
//! `{{` and `}}` are braces. Values come from files, so each is made [`safe`] when it is inserted.

use std::fmt::{Display, Write};

/// Turns rows into functions and into the table `$table`; see the module's documentation.
macro_rules! catalogue {
    ($table:ident; $( $(#[$doc:meta])+ $name:ident ( $($param:ident),* ) = $text:literal; )*) => {
        /// The messages of this area, in the order of the file.
        pub(super) const $table: &[$crate::words::Entry] = &[
            $( $crate::words::Entry { key: stringify!($name), params: &[$(stringify!($param)),*], english: $text } ),*
        ];
        $( catalogue! { @function $(#[$doc])+ $name ($($param),*) $text } )*
    };
    (@function $(#[$doc:meta])+ $name:ident () $text:literal) => {
        $(#[$doc])+
        #[must_use]
        pub fn $name() -> &'static str {
            const ENTRY: &$crate::words::Entry = &$crate::words::Entry { key: stringify!($name), params: &[], english: $text };
            $crate::words::Language::current().template(ENTRY)
        }
    };
    (@function $(#[$doc:meta])+ $name:ident ($($param:ident),+) $text:literal) => {
        $(#[$doc])+
        #[must_use]
        pub fn $name($($param: impl std::fmt::Display),+) -> String {
            const ENTRY: &$crate::words::Entry =
                &$crate::words::Entry { key: stringify!($name), params: &[$(stringify!($param)),+], english: $text };
            $crate::words::fill(ENTRY, &[$(&$param as &dyn std::fmt::Display),+])
        }
    };
}

mod actions;
mod advice;
mod bills;
mod cli;
pub mod clip;
pub mod columns;
mod compare;
mod cost;
mod currencies;
mod fees;
mod files;
pub mod formula;
mod help;
mod intake;
mod invoice;
mod levers;
mod lists;
mod manual;
pub mod markup;
mod measured;
mod named_risks;
pub mod number;
mod outside;
mod project_form;
mod rates;
mod recovery;
mod report;
mod risk;
mod risk_screen;
pub mod safe;
mod scenarios;
mod screen;
mod screens;
mod settings;
mod store;
mod summary;

pub use actions::*;
pub use advice::*;
pub use bills::*;
pub use cli::*;
pub use compare::*;
pub use cost::*;
use cost::{listed, not_a_number};
pub use fees::*;
pub use files::*;
pub use help::*;
pub use intake::*;
pub use invoice::*;
pub use levers::*;
pub use lists::*;
pub use manual::*;
pub use measured::*;
pub use named_risks::*;
pub use outside::*;
pub use project_form::*;
pub use rates::*;
pub use recovery::*;
pub use report::*;
pub use risk::*;
pub use risk_screen::*;
pub use scenarios::*;
pub use screen::*;
pub use screens::*;
pub use settings::*;
pub use store::*;
pub use summary::*;

/// One message: its key, its parameters, its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The function's name; unique in the whole catalogue.
    pub key: &'static str,
    /// The parameters used in the text, in the order of the function.
    pub params: &'static [&'static str],
    /// The English text.
    pub english: &'static str,
}

/// Every message of the catalogue.
pub fn all() -> impl Iterator<Item = &'static Entry> {
    let own = [
        actions::ACTIONS,
        screen::SCREEN,
        project_form::PROJECT_FORM,
        screens::SCREENS,
        files::FILES,
        intake::INTAKE,
        lists::LISTS,
        store::STORE,
        outside::OUTSIDE,
        report::REPORT,
        cli::CLI,
    ];
    let around = [
        settings::SETTINGS,
        manual::MANUAL,
        help::HELP,
        advice::ADVICE,
        bills::BILLS,
        rates::RATES,
        recovery::RECOVERY,
        compare::COMPARE,
        fees::FEES,
        invoice::INVOICE,
        measured::MEASURED,
        levers::LEVERS,
        named_risks::NAMED_RISKS,
        risk::RISK,
        risk_screen::RISK_SCREEN,
        scenarios::SCENARIOS,
        summary::SUMMARY,
    ];
    own.into_iter().chain(around).chain(cost::TABLES).flatten()
}

/// A language of the catalogue. A new one is a variant here and a table of texts by key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English, complete by construction.
    English,
}

impl Language {
    /// The language of this run; the only place that decides it.
    #[must_use]
    pub fn current() -> Self {
        Self::English
    }

    /// The text of a message, with its placeholders.
    #[must_use]
    pub fn template(self, entry: &Entry) -> &'static str {
        match self {
            Self::English => entry.english,
        }
    }

    /// Index of the form in `{n|…|…}` that fits a number, given as it is shown.
    #[must_use]
    pub fn plural(self, number: &str) -> usize {
        match self {
            Self::English => usize::from(number != "1"),
        }
    }
}

/// The text of `entry` with `values`, in the order of its params.
fn fill(entry: &Entry, values: &[&dyn Display]) -> String {
    let language = Language::current();
    let template = language.template(entry);
    let mut text = String::with_capacity(template.len() + 16 * values.len());
    for part in parts(template) {
        match part {
            Part::Text(plain) => text.push_str(plain),
            Part::Value { name, forms } => {
                let index = entry.params.iter().position(|param| *param == name);
                let mut value = String::new();
                if let Some(given) = index.and_then(|index| values.get(index)) {
                    // Writing to a String fails only if a Display does; the part written so far is still shown.
                    _ = write!(value, "{given}");
                }
                match forms {
                    None => text.push_str(&safe::safe(&value)),
                    Some(forms) => text.push_str(forms.split('|').nth(language.plural(&value)).unwrap_or_default()),
                }
            }
        }
    }
    text
}

/// A piece of a text: literal, or a placeholder with the forms of a number's word.
#[derive(Debug, PartialEq, Eq)]
enum Part<'a> {
    Text(&'a str),
    Value { name: &'a str, forms: Option<&'a str> },
}

/// The pieces of a text. An unmatched brace is literal.
fn parts(template: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        let (part, after) = next_part(rest)?;
        rest = after;
        Some(part)
    })
}

fn next_part(text: &str) -> Option<(Part<'_>, &str)> {
    let first = text.chars().next()?;
    if text.starts_with("{{") || text.starts_with("}}") {
        return Some((Part::Text(&text[..1]), &text[2..]));
    }
    if first == '{'
        && let Some((body, after)) = text[1..].split_once('}')
    {
        let (name, forms) = body.split_once('|').map_or((body, None), |(name, forms)| (name, Some(forms)));
        return Some((Part::Value { name, forms }, after));
    }
    let skip = first.len_utf8();
    let end = text[skip..].find(['{', '}']).map_or(text.len(), |at| skip + at);
    Some((Part::Text(&text[..end]), &text[end..]))
}

/// A sentence that stands by itself: it begins with a capital letter.
#[must_use]
pub fn begun(sentence: &str) -> String {
    let mut rest = sentence.chars();
    rest.next().map_or_else(String::new, |first| format!("{}{}", first.to_uppercase(), rest.as_str()))
}

/// A message, what is allowed and what to do as sentences, for a place that shows them as one text; empty parts are left out.
#[must_use]
pub fn in_sentences(message: &str, allowed: &str, remedy: &str) -> String {
    let mut text = message.to_owned();
    if !allowed.is_empty() {
        text = format!("{text} ({allowed})");
    }
    match remedy {
        "" => text,
        // A command stays as it is typed.
        _ if remedy.starts_with("retake ") => format!("{text}. {remedy}."),
        _ => format!("{text}. {}.", begun(remedy)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The faults of a message; empty if there are none.
    fn faults(entry: &Entry) -> Vec<String> {
        let mut faults = Vec::new();
        let mut used = BTreeSet::new();
        let mut plain = String::new();
        for part in parts(entry.english) {
            match part {
                Part::Text(text) => plain.push_str(text),
                Part::Value { name, forms } => {
                    used.insert(name);
                    if !entry.params.contains(&name) {
                        faults.push(format!("unknown placeholder {{{name}}}"));
                    }
                    if forms.is_some_and(|forms| forms.split('|').count() != 2) {
                        faults.push(format!("{{{name}|…}} needs the forms for one and for many"));
                    }
                    plain.push_str(forms.unwrap_or("x"));
                }
            }
        }
        faults.extend(
            entry.params.iter().filter(|param| !used.contains(*param)).map(|param| format!("{param} is not used")),
        );
        let lower = plain.to_lowercase();
        let typography = [
            ("is empty", entry.english.is_empty()),
            ("begins or ends with a space", entry.english.trim() != entry.english),
            ("has two spaces in a row", plain.contains("  ")),
            ("has an exclamation mark", plain.contains('!')),
            ("says please or sorry", lower.contains("please") || lower.contains("sorry")),
            ("has three dots for …", plain.contains("...")),
            ("has a control character or a line break", plain.chars().any(safe::is_hostile)),
            ("has an unmatched brace", plain.contains('{') != plain.contains('}')),
        ];
        faults.extend(typography.into_iter().filter(|(_, wrong)| *wrong).map(|(fault, _)| fault.to_owned()));
        faults
    }

    #[test]
    fn the_catalogue_is_complete_and_well_set() {
        let wrong: Vec<String> =
            all().flat_map(|entry| faults(entry).into_iter().map(|f| format!("{}: {f}", entry.key))).collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn keys_are_unique_and_texts_are_not_said_twice() {
        let (mut keys, mut texts) = (BTreeSet::new(), BTreeSet::new());
        for entry in all() {
            assert!(keys.insert(entry.key), "{} is there twice", entry.key);
            assert!(texts.insert(entry.english), "{} says what another message says", entry.key);
        }
    }

    /// Phrases that readers took for translated, and words for things that have another name.
    const PHRASES: [&str; 20] = [
        "what is to be",
        "one that",
        "ones that",
        "none where",
        "comes to",
        "come to",
        "held against",
        "stands for",
        "stand for",
        "what stands",
        "anew",
        "gives back",
        "give back",
        "nothing of",
        "nobody",
        "laid by",
        "doubts",
        "worth knowing",
        "anchor",
        "margin",
    ];

    /// What is not plain English in a message.
    fn phrases(english: &str) -> Vec<String> {
        let plain = format!(" {} ", english.to_lowercase().replace(|c: char| !c.is_alphanumeric(), " "));
        let found =
            PHRASES.iter().filter(|phrase| plain.contains(&format!(" {phrase} "))).map(|p| format!("says {p:?}"));
        // Three clauses joined this way are too long to read at a glance: a full stop is due.
        let clauses = english.split(". ").map(|sentence| sentence.matches("; ").count()).max().unwrap_or(0);
        found.chain((clauses > 1).then(|| "joins three clauses by semicolons".to_owned())).collect()
    }

    #[test]
    fn messages_are_plain_english() {
        let wrong: Vec<String> =
            all().flat_map(|entry| phrases(entry.english).into_iter().map(|f| format!("{} {f}", entry.key))).collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        for wrong in
            ["Keep the one that is sent", "it comes to {sum}", "Nothing of them counts", "a; b; c", "No doubts."]
        {
            assert_eq!(phrases(wrong).len(), 1, "{wrong}");
        }
        for right in ["Someone thats", "a; b. c; d", "income tools", "the marginal tax"] {
            assert_eq!(phrases(right), [""; 0], "{right}");
        }
    }

    /// Words that are the name of a key: the user may bind another key, so sentences take keys as values.
    fn literal_keys(entry: &Entry) -> Vec<&'static str> {
        const NAMED: [&str; 12] =
            ["Enter", "Esc", "Tab", "Shift-Tab", "Space", "Backspace", "Del", "Ins", "PgUp", "PgDn", "Home", "F1"];
        // Formulas have symbols of one letter; shells write standard input as `-`; one key cannot be unbound.
        if entry.key.starts_with("step_") || entry.key.starts_with("cli_") || entry.key == "keys_quit_kept" {
            return Vec::new();
        }
        let words: Vec<&str> = entry.english.split(' ').collect();
        let is_key = |at: &usize| {
            let (before, after) =
                (words[..*at].last().copied().unwrap_or(""), words.get(at + 1).copied().unwrap_or(""));
            let bare = words[*at].trim_end_matches([',', '.', ';', ':']);
            // "a row" is an article; "; a adds one" is not.
            let named_by_verb = before.ends_with([';', ':']) && (after.ends_with('s') || after.is_empty());
            NAMED.contains(&bare)
                || bare.starts_with("Ctrl-")
                || (bare.starts_with('^') && bare.len() > 1)
                || (bare.len() == 1 && !bare.starts_with(|c: char| c.is_ascii_digit()) && named_by_verb)
        };
        (0..words.len()).filter(is_key).map(|at| words[at]).collect()
    }

    #[test]
    fn no_sentence_names_a_key_that_may_be_rebound() {
        let named: Vec<String> = all()
            .flat_map(|entry| literal_keys(entry).into_iter().map(|key| format!("{} names {key}", entry.key)))
            .collect();
        assert!(named.is_empty(), "{}", named.join("\n"));
        let entry = |english| Entry { key: "k", params: &[], english };
        for wrong in
            ["deleted; u brings it back", "none yet; a adds one", "3 more: i", "Esc goes back", "press ^S", "by Ctrl-P"]
        {
            assert_eq!(literal_keys(&entry(wrong)).len(), 1, "{wrong}");
        }
        for right in ["a row; a column", "letters: d default, t team", "the Entered text"] {
            assert!(literal_keys(&entry(right)).is_empty(), "{right}");
        }
    }

    #[test]
    fn the_rules_find_what_is_wrong() {
        let entry = |params: &'static [&'static str], english| Entry { key: "k", params, english };
        let wrong: [(&'static [&'static str], &'static str); 11] = [
            (&["a"], "no value"),
            (&[], "{a}"),
            (&["a"], "{a|one}"),
            (&[], ""),
            (&[], "end "),
            (&[], "two  spaces"),
            (&[], "Done!"),
            (&[], "Please wait"),
            (&[], "wait..."),
            (&[], "a\nb"),
            (&[], "open {"),
        ];
        for (params, english) in wrong {
            assert_eq!(faults(&entry(params, english)).len(), 1, "{english:?}");
        }
        assert_eq!(faults(&entry(&["n"], "{n} {n|final|finals} of {{ }}")), Vec::<String>::new());
    }

    #[test]
    fn values_are_filled_in_by_name_and_made_safe() {
        const ENTRY: Entry =
            Entry { key: "k", params: &["n", "what"], english: "{what}: {n} {n|final|finals} {{n}} }" };
        assert_eq!(fill(&ENTRY, &[&1, &"発表"]), "発表: 1 final {n} }");
        assert_eq!(fill(&ENTRY, &[&"1,000", &"a\u{1b}[2Jb"]), "a␛[2Jb: 1,000 finals {n} }");
        // A value is never parsed for placeholders.
        assert_eq!(fill(&ENTRY, &[&2, &"{n}"]), "{n}: 2 finals {n} }");
    }

    #[test]
    fn messages_are_functions() {
        assert_eq!(size_step(edge_width(), 1000, 16), "the width of 1000 px is not a multiple of 16");
        assert_eq!(file_is_folder("team/"), "team/ is a folder, not a project file");
    }
}
