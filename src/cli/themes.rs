//! `retake themes`: lists every theme with its description.

use super::answer::Answer;
use crate::config::{paths::Paths, themes};
use crate::report::pretty;
use crate::ui::theme::{Description, Ground, Themes};
use crate::words;
use crate::words::safe::safe;
use clap::ArgMatches;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

#[derive(Serialize)]
struct Row {
    name: String,
    ground: &'static str,
    description: Option<String>,
    /// The source of its colours.
    source: Option<String>,
    license: Option<String>,
    /// Null for a built-in theme.
    file: Option<String>,
}

/// Runs `retake themes`; problems of the user's own themes go to stderr.
pub(super) fn run(args: &ArgMatches, paths: &Paths) -> Answer {
    let (themes, mut problems) = themes::all(paths);
    problems.extend(themes.problems());
    let rows = rows(&themes);
    let as_json = args.get_one::<String>("format").is_some_and(|format| format == "json");
    let stdout = if as_json { pretty(&rows) } else { text(&rows) };
    Answer::done(stdout).telling(&problems)
}

fn rows(themes: &Themes) -> Vec<Row> {
    let described = themes.names().filter_map(|name| themes.describe(name));
    described.map(row).collect()
}

fn row(of: Description) -> Row {
    let ground = match of.ground {
        Ground::Dark => "dark",
        Ground::Light => "light",
    };
    let file = of.file.map(|file| file.display().to_string());
    Row { name: of.name, ground, description: of.text, source: of.source, license: of.license, file }
}

fn text(rows: &[Row]) -> String {
    let columns = rows.iter().map(|row| safe(&row.name).width()).max().unwrap_or(0);
    let line = |row: &Row| {
        let name = safe(&row.name);
        let gap = " ".repeat(columns.saturating_sub(name.width()));
        let own = row.file.is_some().then(words::themes_own);
        let parts: Vec<&str> = own.into_iter().chain(row.description.as_deref()).collect();
        let told = parts.join(": ");
        format!("{name}{gap}  {:<5}  {}", row.ground, safe(&told)).trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}
