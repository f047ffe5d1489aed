//! `retake themes`: every theme with what it is for.

use super::answer::Answer;
use crate::config::paths::Paths;
use crate::config::themes::{Named, all, described};
use crate::project::store::load;
use crate::report::pretty;
use crate::ui::theme::{Ground, Theme};
use crate::words;
use crate::words::safe::safe;
use clap::ArgMatches;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

#[derive(Serialize)]
struct Row {
    name: String,
    ground: &'static str,
    description: String,
    /// Null for a built-in theme.
    file: Option<String>,
}

/// Answers `retake themes`.
pub(super) fn run(args: &ArgMatches, paths: &Paths) -> Answer {
    let rows: Vec<Row> = all(paths).iter().map(row).collect();
    let as_json = args.get_one::<String>("format").is_some_and(|format| format == "json");
    Answer::done(if as_json { pretty(&rows) } else { text(&rows) })
}

fn row(theme: &Named) -> Row {
    let own = theme.file.as_ref().map(|file| load(file).map(|loaded| loaded.bytes).unwrap_or_default());
    let own = own.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let text = own.as_deref().or_else(|| Theme::source(&theme.name)).unwrap_or_default();
    let (line, ground) = described(text);
    Row {
        name: theme.name.clone(),
        ground: match ground {
            Ground::Dark => "dark",
            Ground::Light => "light",
        },
        description: if line.is_empty() && own.is_some() { words::themes_own().to_owned() } else { line },
        file: theme.file.as_ref().map(|file| file.display().to_string()),
    }
}

fn text(rows: &[Row]) -> String {
    let columns = rows.iter().map(|row| safe(&row.name).width()).max().unwrap_or(0);
    let line = |row: &Row| {
        let name = safe(&row.name);
        let gap = " ".repeat(columns.saturating_sub(name.width()));
        format!("{name}{gap}  {:<5}  {}", row.ground, safe(&row.description)).trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}
