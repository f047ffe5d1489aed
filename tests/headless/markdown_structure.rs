//! Two independent Markdown readers see the same blocks and the same texts whatever the names are.
//!
//! The readers represent GitHub, mail programs and pages: text that one of them takes for a heading is a heading for some
//! reader.

use crate::budgets::{Case, HOSTILE, catalog};
use crate::texts::{Dice, cases, known, random};
use markdown::mdast::Node;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use retake::cost::Budget;
use retake::cost::base::retry::Retry;
use retake::cost::{Knob, Value};
use retake::diagnostics::{Code, Level, Problem};
use retake::project::open::read_text;
use retake::report::markdown as report;
use retake::words::safe::safe;
use std::path::Path;
use std::sync::{Arc, LazyLock};

/// Names that are blocks of their own if they are alone on a line.
const BLOCKS: [&str; 48] = [
    ".@.",
    "a@b.c",
    "# x",
    "###### x",
    "#",
    "x #",
    "x ##  ",
    "x \\#",
    "1. x",
    "1) x",
    "123456789. x",
    "0.",
    "-",
    "- x",
    "+ x",
    "+",
    "* x",
    "> x",
    ">",
    "---",
    "- - -",
    "***",
    "_ _ _",
    "===",
    "=",
    "| x",
    "| - | - |",
    "x | y",
    "x \\| y",
    "x \\",
    "```",
    "~~~ rust",
    "    x",
    "\u{a0}x",
    "  - x  ",
    "<div>",
    "<!-- x",
    "<https://x.example>",
    "[x]: /y",
    "[^1]: y",
    "[ ] x",
    "[x](y) ![z](w)",
    "&amp; &#35; &nbsp;",
    "**x** __y__ *z* _w_ ~~v~~ ~u~",
    "https://x.example www.x.example a@x.example",
    "$x$ $$y$$ ``z``",
    ": x",
    "\u{3000}# x",
];

/// A project with a placeholder name in every text, and every part of the report.
const PROJECT: &str = r#"retake = 1
name = "NAME"
currency = "JPY"

[exchange]
rate = 152.4
as_of = 2026-11-20
source = "S"

[assumptions]
quality = "high"
cap = 1

[deliverable.a]
finals = 2
retry = "slow"
explore.drafts_per_final = 2

[deliverable.b]
finals = 1
quality = "auto"
images_per_call = 2

[deliverable.c]
finals = 3
model = "gpt-image-1"
size = "1024x1024"

[retry_profile.slow]
factor = 2

[card.mine]
name = "mine"
kind = "internal credits"
credit_usd = "0.04"
margin = "15%"

[bills]
compare = ["mine", "fal"]
"#;

fn named(name: &str) -> Case {
    let reading = read_text(PROJECT, Path::new("test.retake.toml"), catalog());
    assert!(reading.problems.iter().all(|problem| problem.level != Level::Error), "{:?}", reading.problems);
    let mut budget: Budget = reading.budget;
    let text = || Some(name.to_owned());
    (budget.name, budget.client) = (text(), text());
    budget.shown.exchange.as_mut().unwrap().source = text();
    let mut profile = budget.profiles.remove("slow").unwrap();
    profile.provenance.source = name.to_owned();
    // Profiles are listed by name, and the `z` keeps this one last.
    let slow = format!("z{name}");
    budget.profiles.insert(slow.clone(), profile);
    let line = &mut budget.lines[0];
    line.settings = line.settings.clone().with(Knob::Retry, Value::Retry(Retry::Profile(slow)));
    for line in &mut budget.lines {
        line.name = text();
        line.key = format!("{name}{}", line.key);
    }
    let mut card = budget.cards.remove("mine").unwrap().unwrap();
    let own = Arc::make_mut(&mut card);
    own.name = name.to_owned();
    own.provenance.source = name.to_owned();
    budget.cards.insert("mine".to_owned(), Some(card));
    let mut case = Case::of(budget);
    let problem = Problem::new(Code::KeyUnknown, name).with_key(name).with_allowed(name).with_remedy(name);
    case.problems = vec![problem];
    case
}

/// One block or span: its kind, and its text if it holds any.
type Part = (String, String);

fn push(parts: &mut [Part], text: &str) {
    if let Some((_, own)) = parts.last_mut() {
        own.push_str(text);
    }
}

/// The blocks as `pulldown-cmark` reads them.
fn first_reader(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    for event in Parser::new_ext(text, options | Options::ENABLE_TASKLISTS | Options::ENABLE_GFM) {
        let kind = match event {
            Event::Start(Tag::Paragraph) => "paragraph".to_owned(),
            Event::Start(Tag::Heading { level, .. }) => format!("heading {}", level as u8),
            Event::Start(Tag::List(None)) => "list".to_owned(),
            Event::Start(Tag::Item) => "item".to_owned(),
            Event::Start(Tag::Table(_)) => "table".to_owned(),
            Event::Start(Tag::TableHead | Tag::TableRow) => "row".to_owned(),
            Event::Start(Tag::TableCell) => "cell".to_owned(),
            // Bold labels and the bold total are the report's own; after them the text continues.
            Event::Start(Tag::Strong) => "strong".to_owned(),
            Event::Start(other) => format!("{other:?}"),
            Event::End(TagEnd::Strong) => "after strong".to_owned(),
            Event::End(_) => continue,
            Event::Text(text) => {
                push(&mut parts, &text);
                continue;
            }
            Event::InlineHtml(html) if &*html == "<!-- -->" => continue,
            other => format!("{other:?}"),
        };
        parts.push((kind, String::new()));
    }
    told(parts)
}

/// The blocks as the crate `markdown` reads them.
fn second_reader(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    walk(&markdown::to_mdast(text, &markdown::ParseOptions::gfm()).unwrap(), &mut parts, false);
    told(parts)
}

fn walk(node: &Node, parts: &mut Vec<Part>, tight: bool) {
    let kind = match node {
        Node::Root(_) => None,
        // In a list without blank lines the other reader reports no paragraphs.
        Node::Paragraph(_) if tight => None,
        Node::Paragraph(_) => Some("paragraph".to_owned()),
        Node::Heading(heading) => Some(format!("heading {}", heading.depth)),
        Node::List(list) if !list.ordered => Some("list".to_owned()),
        Node::ListItem(item) if item.checked.is_none() => Some("item".to_owned()),
        Node::Table(_) => Some("table".to_owned()),
        Node::TableRow(_) => Some("row".to_owned()),
        Node::TableCell(_) => Some("cell".to_owned()),
        Node::Strong(_) => Some("strong".to_owned()),
        Node::Text(text) => {
            push(parts, &text.value);
            None
        }
        Node::Html(html) if html.value == "<!-- -->" => None,
        other => Some(format!("{other:?}")),
    };
    parts.extend(kind.map(|kind| (kind, String::new())));
    let tight = matches!(node, Node::ListItem(item) if !item.spread);
    for child in node.children().into_iter().flatten() {
        walk(child, parts, tight);
    }
    if matches!(node, Node::Strong(_)) {
        parts.push(("after strong".to_owned(), String::new()));
    }
}

/// Removes blanks at the ends of a block, and joins several: a page shows them as one.
fn told(parts: Vec<Part>) -> Vec<Part> {
    let folded = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    parts.into_iter().map(|(kind, text)| (kind, folded(text))).collect()
}

/// A name that occurs nowhere else in a report.
const PLAIN: &str = "Qxzqx";

/// How the structure with this name differs from that with a plain name.
fn difference(name: &str) -> Option<String> {
    let shown = safe(name).into_owned();
    if name.trim().is_empty() || name.chars().count() > 300 {
        return None;
    }
    static PLAIN_PARTS: LazyLock<Vec<Part>> = LazyLock::new(|| first_reader(&report(&named(PLAIN).report())));
    let wanted = PLAIN_PARTS.iter().map(|(kind, text)| (kind.clone(), text.replace(PLAIN, &shown)));
    let wanted = told(wanted.collect());
    let text = report(&named(name).report());
    for (reader, parts) in [("pulldown-cmark", first_reader(&text)), ("markdown", second_reader(&text))] {
        if let Some((found, wanted)) = parts.iter().zip(&wanted).find(|(found, wanted)| found != wanted) {
            return Some(format!("{reader} reads {name:?} as {found:?} and not as {wanted:?}"));
        }
        if parts.len() != wanted.len() {
            return Some(format!("{reader} sees {} parts with {name:?} and not {}", parts.len(), wanted.len()));
        }
    }
    None
}

#[track_caller]
fn assert_same_blocks<'a>(names: impl IntoIterator<Item = &'a str>) {
    let found: Vec<String> = names.into_iter().filter_map(difference).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn both_readers_see_every_part_of_a_plain_report() {
    let text = report(&named(PLAIN).report());
    let parts = first_reader(&text);
    assert_eq!(parts, second_reader(&text), "{text}");
    for kind in ["heading 3", "paragraph", "list", "item", "table", "row", "cell", "strong"] {
        assert!(parts.iter().any(|part| part.0 == kind), "{kind} in\n{text}");
    }
    assert!(text.matches(PLAIN).count() > 12, "{text}");
}

#[test]
fn names_that_are_blocks_stay_names() {
    assert_same_blocks(BLOCKS.into_iter().chain(HOSTILE));
}

#[test]
fn known_payloads_stay_names() {
    assert_same_blocks(known().iter().map(String::as_str));
}

/// `RETAKE_CASES` sets a larger number of cases.
#[test]
fn random_payloads_stay_names() {
    let names: Vec<String> = (0..cases(100)).map(|seed| random(&mut Dice::new(seed))).collect();
    assert_same_blocks(names.iter().map(String::as_str));
}

proptest! {
    #[test]
    fn texts_of_signs_stay_names(name in "[-+*_#>=|~`0-9.)(\\[\\]!<&;:$@\\\\/wx \u{a0}^{}\"']{1,12}") {
        assert_same_blocks([name.as_str()]);
    }
}
