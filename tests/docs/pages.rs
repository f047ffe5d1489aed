//! The shape of the pages: short README, scannable pages, links with existing targets, and no content without a test.

use crate::markdown::{anchor, fences, headings, links, spans, table_headings};
use crate::{documents, none, pages, path, root, text_of};
use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

/// The README has fewer lines than this.
const README_LINES: usize = 150;

/// Tables, by their first heading, whose content cannot be compared with the program.
const PROSE_TABLES: [&str; 2] = ["Page", "Grade"];

/// Tables by their first heading, which figures, keys, screen and reference compare with the program.
const COMPARED_TABLES: [&str; 22] = [
    "Key",
    "Keys",
    "Window",
    "Model",
    "Preset",
    "Profile",
    "Knob",
    "Limit",
    "Form",
    "Letter",
    "Sample",
    "`kind`",
    "Way to pay",
    "Part",
    "Key of `tokens`",
    "Command",
    "Option",
    "Format",
    "Exit code",
    "`numbers`",
    "In it",
    "Lever",
];

#[test]
fn the_readme_is_a_door() {
    let lines = text_of("README.md").lines().count();
    assert!(lines < README_LINES, "README.md has {lines} lines: move what does not help at the door to docs/");
}

#[test]
fn every_page_begins_with_its_purpose_and_lists_its_headings() {
    let mut complaints = Vec::new();
    for page in pages().into_iter().filter(|page| page != "README.md") {
        let text = text_of(&page);
        let mut lines = text.lines();
        let title = lines.next().unwrap_or_default();
        if !title.starts_with("# ")
            || lines.next() != Some("")
            || !lines.next().unwrap_or_default().starts_with("This page ")
        {
            complaints.push(format!("{page}: it does not begin with a title and a paragraph \"This page …\""));
        }
        let listed: Vec<String> = text.lines().filter_map(|line| line.strip_prefix("- [")).map(str::to_owned).collect();
        let sections: Vec<_> = headings(&text).into_iter().filter(|(level, _)| *level == 2).collect();
        for (number, (_, heading)) in sections.iter().enumerate() {
            let wanted = format!("{heading}](#{})", anchor(heading));
            if listed.get(number) != Some(&wanted) {
                complaints.push(format!("{page}: heading {} in its list should be - [{wanted}", number + 1));
            }
        }
        if !links(&text_of("README.md")).iter().any(|(file, _)| *file == page) {
            complaints.push(format!("README.md does not link to {page}"));
        }
    }
    none(&complaints);
}

/// A path without `.` and `..`; a link may say `../README.md`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(plain.pop()),
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    plain
}

/// The problem with a link of a document.
fn broken(document: &str, file: &str, heading: &str) -> Option<String> {
    let target = match file {
        "" => PathBuf::from(document),
        file => plain(&Path::new(document).parent().unwrap().join(file)),
    };
    let link = format!("{document}: the link to {file}#{heading}");
    if !root().join(&target).exists() {
        return Some(format!("{link} leads nowhere"));
    }
    let known = |text: &str| headings(text).iter().filter(|(_, known)| anchor(known) == heading).count();
    match heading.is_empty() || known(&text_of(target.to_str().unwrap())) == 1 {
        true => None,
        false => Some(format!("{link} names no heading, or one of several")),
    }
}

#[test]
fn every_link_leads_to_a_file_and_a_heading() {
    let mut complaints = Vec::new();
    let mut seen = 0;
    for document in documents() {
        for (file, heading) in links(&text_of(&document)) {
            complaints.extend(broken(&document, &file, &heading));
            seen += 1;
        }
    }
    assert!(seen >= 80, "{seen} links");
    none(&complaints);
}

#[test]
fn a_broken_link_is_found() {
    for (file, heading) in
        [("settings.md", ""), ("../README.md", "install"), ("", "knobs"), ("../src/rates/models.toml", "")]
    {
        assert_eq!(broken("docs/file-format.md", file, heading), None, "{file}#{heading}");
    }
    for (file, heading) in [("setting.md", ""), ("README.md", ""), ("settings.md", "nothing"), ("", "nothing")] {
        assert!(broken("docs/file-format.md", file, heading).is_some(), "{file}#{heading}");
    }
}

#[test]
fn files_that_are_named_exist() {
    let mut complaints = Vec::new();
    for document in documents() {
        let named = spans(&text_of(&document)).into_iter().filter(|span| {
            ["src/", "tests/", "themes/", "docs/", "sample-projects/", ".ci/"].iter().any(|top| span.starts_with(top))
                && !span.contains(char::is_whitespace)
        });
        // Only on the page about settings, `themes/mine.toml` and `themes` mean the user's own folder.
        let missing = named.filter(|name| !root().join(name).exists() && document != "docs/settings.md");
        complaints.extend(missing.map(|name| format!("{document}: {name} does not exist")));
    }
    none(&complaints);
}

/// The package on a registry includes everything that its README and its pages link to.
#[test]
fn what_the_pages_link_to_is_packaged() {
    let manifest: toml::Table = toml::from_str(&text_of("Cargo.toml")).unwrap();
    let include: Vec<&str> =
        manifest["package"]["include"].as_array().unwrap().iter().map(|entry| entry.as_str().unwrap()).collect();
    let packaged = |target: &str| {
        include.iter().any(|entry| match entry.split_once('*') {
            Some((before, _)) => target.starts_with(before),
            None => *entry == target,
        })
    };
    let mut complaints = BTreeSet::new();
    for page in pages() {
        for (file, _) in links(&text_of(&page)).into_iter().filter(|(file, _)| !file.is_empty()) {
            let target = plain(&Path::new(&page).parent().unwrap().join(file));
            let target = target.to_str().unwrap();
            let target = if path(target).is_dir() { format!("{target}/") } else { target.to_owned() };
            if !packaged(&target) {
                complaints.insert(format!("{page} links to {target}, which Cargo.toml does not include"));
            }
        }
    }
    none(&complaints.into_iter().collect::<Vec<_>>());
}

/// Text that any editor shows whole.
#[test]
fn lines_are_short_and_plain() {
    for document in documents() {
        let mut fenced = false;
        for (number, line) in text_of(&document).lines().enumerate() {
            fenced ^= line.starts_with("```");
            let free = fenced || line.starts_with('|');
            assert!(free || line.chars().count() <= 130, "{document}:{}: too long", number + 1);
            assert_eq!(line.trim_end(), line, "{document}:{}: blanks at the end", number + 1);
        }
    }
}

/// A block or a table without a test may be wrong for years.
#[test]
fn every_block_and_table_is_checked() {
    let mut complaints = Vec::new();
    for page in pages() {
        let text = text_of(&page);
        for fence in fences(&text) {
            let note = fence.note.split(' ').next().unwrap();
            let known = [
                ("console", ""),
                ("sh", ""),
                ("sh", "merge"),
                ("yaml", ""),
                ("toml", "file"),
                ("text", "file"),
                ("text", "screen"),
                ("text", "worked"),
            ];
            if !known.contains(&(fence.kind.as_str(), note)) {
                complaints.push(format!(
                    "{page}: no test reads this {} block ({:?}):\n{}",
                    fence.kind, fence.note, fence.body
                ));
            }
        }
        let known = |heading: &String| [&PROSE_TABLES[..], &COMPARED_TABLES].concat().contains(&heading.as_str());
        let strangers = table_headings(&text).into_iter().filter(|heading| !known(heading));
        complaints.extend(strangers.map(|heading| format!("{page}: no test reads the table {heading}")));
    }
    none(&complaints);
}
