//! Files that a packager installs with the program: completion scripts and the manual page, both built from the command
//! line's own table.

use crate::cli::answer::Answer;
use crate::cli::args;
use crate::words;
use clap::{Arg, ArgMatches, Command};
use clap_complete::{Shell, generate};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, italic, roman};

/// Runs `retake completions`.
pub(super) fn completions(args: &ArgMatches) -> Answer {
    let mut script = Vec::new();
    if let Some(shell) = args.get_one::<Shell>("shell") {
        generate(*shell, &mut args::command(), "retake", &mut script);
    }
    Answer::done(String::from_utf8_lossy(&script).into_owned())
}

/// Runs `retake man`: one page for the program with every command in it.
pub(super) fn man() -> Answer {
    let mut command = args::command();
    // Names and usages of subcommands are complete only once the whole command is built.
    command.build();
    let mut page = Vec::new();
    let man = Man::new(command.clone()).manual(words::man_manual());
    // Writing to memory cannot fail; the test that reads the page would notice a truncated one.
    _ = man.render_title(&mut page);
    _ = no_hyphenation().to_writer(&mut page);
    _ = man.render_name_section(&mut page);
    _ = synopsis(&command).to_writer(&mut page);
    _ = man.render_description_section(&mut page);
    _ = man.render_options_section(&mut page);
    _ = commands(&command).to_writer(&mut page);
    let tables: [(&str, &[(&str, &str)]); 3] = [
        (words::man_exit_status(), &exit_codes()),
        (words::man_files(), &files()),
        (words::man_environment(), &environment()),
    ];
    for (heading, rows) in tables {
        _ = table(heading, rows).to_writer(&mut page);
    }
    _ = examples(&command).to_writer(&mut page);
    Answer::done(String::from_utf8_lossy(&page).into_owned())
}

/// Options and paths are copied from the page, so hyphenation and stretched gaps must not change them.
fn no_hyphenation() -> Roff {
    let mut roff = Roff::new();
    roff.control("nh", []).control("ad", ["l"]);
    roff
}

fn synopsis(command: &Command) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", [words::man_synopsis()]);
    roff.text([bold("retake"), roman(" ["), italic("FILE"), roman("]")]);
    for sub in command.get_subcommands() {
        roff.control("br", []);
        roff.text(usage(sub));
    }
    roff
}

/// Name and arguments of a command on one line.
fn usage(command: &Command) -> Vec<clap_mangen::roff::Inline> {
    let mut line = vec![bold("retake "), bold(command.get_name())];
    for arg in arguments(command) {
        let (open, close) = if arg.is_required_set() { (" ", "") } else { (" [", "]") };
        line.push(roman(open));
        line.extend(name(arg));
        line.push(roman(close));
    }
    line
}

/// Every argument but `--help`, which every command has; required ones come last, as people type them.
fn arguments(command: &Command) -> impl Iterator<Item = &Arg> {
    let shown = command.get_arguments().filter(|arg| !arg.is_positional() && !arg.is_hide_set());
    let named = shown.filter(|arg| arg.get_id() != "help");
    named.chain(command.get_positionals())
}

fn name(arg: &Arg) -> Vec<clap_mangen::roff::Inline> {
    let mut parts = Vec::new();
    if let Some(long) = arg.get_long() {
        parts.push(bold(format!("--{long}")));
        if arg.get_action().takes_values() {
            parts.push(roman(" "));
        }
    }
    if arg.get_action().takes_values() {
        let names = arg.get_value_names().unwrap_or_default();
        parts.extend(names.iter().map(|name| italic(name.as_str())));
    }
    parts
}

fn commands(command: &Command) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", [words::man_commands()]);
    for sub in command.get_subcommands() {
        roff.control("SS", [format!("retake {}", sub.get_name()).as_str()]);
        roff.text([roman(sub.get_about().map(ToString::to_string).unwrap_or_default())]);
        for arg in arguments(sub) {
            roff.control("TP", []);
            roff.text(name(arg));
            roff.text([roman(help_text(arg))]);
        }
    }
    roff
}

/// The help of an argument, with its possible values and its default.
fn help_text(arg: &Arg) -> String {
    let mut text = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let values: Vec<String> = arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    if !values.is_empty() && arg.get_action().takes_values() {
        text.push_str(&format!(" [{}]", words::man_possible(values.join(", "))));
    }
    let defaults: Vec<String> = arg.get_default_values().iter().map(|d| d.to_string_lossy().into_owned()).collect();
    if !defaults.is_empty() && arg.get_action().takes_values() {
        text.push_str(&format!(" [{}]", words::man_default(defaults.join(", "))));
    }
    text
}

fn table(heading: &str, rows: &[(&str, &str)]) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", [heading]);
    for (name, text) in rows {
        roff.control("TP", []);
        roff.text([bold(*name)]);
        roff.text([roman(*text)]);
    }
    roff
}

fn exit_codes() -> [(&'static str, &'static str); 4] {
    [
        ("0", words::man_exit_done()),
        ("1", words::man_exit_failed()),
        ("2", words::man_exit_bad_input()),
        ("3", words::man_exit_over_budget()),
    ]
}

fn files() -> [(&'static str, &'static str); 6] {
    [
        ("NAME.retake.toml", words::man_file_project()),
        ("$XDG_CONFIG_HOME/retake/config.toml", words::man_file_settings()),
        ("$XDG_CONFIG_HOME/retake/themes/NAME.toml", words::man_file_theme()),
        ("$XDG_CONFIG_HOME/retake/cards/NAME.toml", words::man_file_cards()),
        ("$XDG_STATE_HOME/retake/recent.toml", words::man_file_recent()),
        ("$XDG_STATE_HOME/retake/theme.toml", words::man_file_chosen_theme()),
    ]
}

fn environment() -> [(&'static str, &'static str); 5] {
    [
        ("NO_COLOR", words::man_env_no_color()),
        ("COLORTERM", words::man_env_colorterm()),
        ("TERM", words::man_env_term()),
        ("LC_ALL, LC_CTYPE, LANG", words::man_env_locale()),
        ("XDG_CONFIG_HOME, XDG_STATE_HOME", words::man_env_folders()),
    ]
}

/// The examples of every help text, unchanged.
fn examples(command: &Command) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", [words::man_examples()]);
    let all = std::iter::once(command).chain(command.get_subcommands());
    let texts = all.filter_map(|command| command.get_after_help().map(ToString::to_string));
    for text in texts {
        for line in text.lines().skip(1) {
            match line.strip_prefix("      ") {
                Some(meaning) => roff.text([roman(meaning)]),
                None => {
                    roff.control("TP", []);
                    roff.text([bold(line.trim())])
                }
            };
        }
    }
    roff
}
