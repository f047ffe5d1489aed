//! Parses `config.toml` into settings.

use super::paths::Paths;
use super::rebind::rebound;
use super::report::Report;
use super::{Found, Settings, themes};
use crate::cost::base::limits::SETTINGS_BYTES_MAX;
use crate::diagnostics::{Code, Level, Problem};
use crate::project::open::store_problem;
use crate::project::store::{self, StoreError, StoreErrorKind};
use crate::ui::theme::Themes;
use crate::words;
use crate::words::number::Marks;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub(super) fn load(paths: &Paths) -> Settings {
    let (themes, unread) = themes::all(paths);
    let mut settings = of_file(paths, &themes);
    let chosen = settings.theme.as_ref().and_then(|name| themes.describe(name)).and_then(|theme| theme.file);
    settings.problems.extend(unread);
    if let Some(file) = chosen {
        settings.problems.extend(themes.problems().into_iter().filter(|problem| problem.file.as_ref() == Some(&file)));
    }
    Settings { themes, ..settings }
}

fn of_file(paths: &Paths, themes: &Themes) -> Settings {
    let Some(file) = paths.settings() else { return Settings::default() };
    match store::load_at_most(&file, SETTINGS_BYTES_MAX) {
        Ok(loaded) => read(&String::from_utf8_lossy(&loaded.bytes), &file, themes),
        Err(error) if error.kind == StoreErrorKind::Missing => Settings::default(),
        Err(StoreError { kind: StoreErrorKind::TooLarge { size, .. }, .. }) => {
            let message = words::settings_too_large(size.div_ceil(1024), SETTINGS_BYTES_MAX / 1024);
            unusable(Problem::new(Code::SettingsTooLarge, message).at(Some(&file), None))
        }
        Err(error) => {
            let problem = store_problem(&file, &error);
            let position = problem.position;
            let warning = Problem { level: Level::Warning, remedy: String::new(), ..problem };
            unusable(warning.at(Some(&file), position))
        }
    }
}

fn unusable(problem: Problem) -> Settings {
    Settings { found: Found::Unusable, problems: vec![problem], ..Settings::default() }
}

fn read(text: &str, file: &Path, themes: &Themes) -> Settings {
    let mut report = Report::new(Some(file), text);
    let (table, errors) = DeTable::parse_recoverable(text);
    // Half a list would unbind keys by accident, so a file with syntax errors is ignored as a whole.
    for error in &errors {
        let message = words::settings_not_toml(error.message());
        let problem = Problem::new(Code::SettingsSyntax, message);
        report.say(error.span().map_or(0, |span| span.start), problem.with_remedy(words::syntax_remedy()));
    }
    if !errors.is_empty() {
        return Settings { found: Found::Unusable, problems: report.finish(), ..Settings::default() };
    }
    let document = table.get_ref();
    only(document, "", &["theme", "mouse", "numbers", "keys"], &mut report);
    let mut settings = Settings { found: Found::File, ..Settings::default() };
    settings.theme = theme(document, themes, &mut report);
    settings.mouse = mouse(document, &mut report).unwrap_or(settings.mouse);
    settings.numbers = numbers(document, &mut report).unwrap_or_default();
    if let Some(keys) = section(document, "keys", &mut report) {
        (settings.keymap, settings.rebound) = rebound(keys, &mut report);
    }
    settings.problems = report.finish();
    settings
}

fn theme(document: &DeTable<'_>, themes: &Themes, report: &mut Report<'_>) -> Option<String> {
    let value = document.get("theme")?;
    let Some(name) = value.get_ref().as_str() else {
        wrong(value, "theme", "\"dark\", \"light\", …", report);
        return None;
    };
    let names: Vec<&str> = themes.names().collect();
    if names.contains(&name) {
        return Some(name.to_owned());
    }
    let problem = Problem::new(Code::SettingsTheme, words::setting_theme_unknown(name)).with_key("theme");
    report.unknown(value.span().start, problem, name, &names);
    None
}

fn mouse(document: &DeTable<'_>, report: &mut Report<'_>) -> Option<bool> {
    let value = document.get("mouse")?;
    let on = value.get_ref().as_bool();
    if on.is_none() {
        wrong(value, "mouse", "true, false", report);
    }
    on
}

/// Reads the number separators from 1234.56 as the user writes it: an example is clearer than two names of separators, and
/// cannot set both to one sign.
fn numbers(document: &DeTable<'_>, report: &mut Report<'_>) -> Option<Marks> {
    let value = document.get("numbers")?;
    let marks = value.get_ref().as_str().and_then(Marks::of_example);
    if marks.is_none() {
        let message = words::setting_wrong_value("numbers", shown(value));
        let problem = Problem::new(Code::SettingsValue, message).with_key("numbers");
        let problem = problem.with_allowed(words::setting_numbers_allowed());
        report.say(value.span().start, problem.with_remedy(words::setting_numbers_remedy()));
    }
    marks
}

fn section<'a, 'd>(document: &'a DeTable<'d>, name: &str, report: &mut Report<'_>) -> Option<&'a DeTable<'d>> {
    let value = document.get(name)?;
    let table = value.get_ref().as_table();
    if table.is_none() {
        let problem = Problem::new(Code::SettingsType, words::setting_must_be_table(name));
        report.say(value.span().start, problem.with_key(name));
    }
    table
}

fn only(table: &DeTable<'_>, parent: &str, known: &[&str], report: &mut Report<'_>) {
    for name in table.keys().filter(|name| !known.contains(&name.get_ref().as_ref())) {
        let key = format!("{parent}{}", name.get_ref());
        let problem = Problem::new(Code::SettingsKey, words::key_unknown(&key)).with_key(key);
        report.unknown(name.span().start, problem, name.get_ref(), known);
    }
}

fn wrong(value: &Spanned<DeValue<'_>>, key: &str, allowed: &str, report: &mut Report<'_>) {
    let message = words::setting_wrong_value(key, shown(value));
    let problem = Problem::new(Code::SettingsValue, message).with_key(key);
    report.say(value.span().start, problem.with_allowed(allowed));
}

/// A value as shown in a message.
fn shown(value: &Spanned<DeValue<'_>>) -> String {
    match value.get_ref() {
        DeValue::String(text) => format!("\"{text}\""),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(on) => on.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        DeValue::Array(_) => "[…]".to_owned(),
        DeValue::Table(_) => "{…}".to_owned(),
    }
}
