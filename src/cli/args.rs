//! The commands and their arguments. Each help text ends with examples to copy.

use super::picture;
use crate::report::Format;
use crate::words;
use clap::builder::{PossibleValuesParser, ValueParser};
use clap::{Arg, ArgAction, Command, ValueHint, value_parser};
use clap_complete::Shell;
use jiff::civil::Date;
use std::path::PathBuf;

/// The formats of every command that has no others.
pub(super) const FORMATS: [&str; 2] = [Format::Text.name(), Format::Json.name()];

/// The formats of an estimate: those that say its figures, and a picture of its screen.
const ESTIMATE_FORMATS: [&str; Format::ALL.len() + 1] = {
    let mut names = [picture::NAME; Format::ALL.len() + 1];
    let mut at = 0;
    while at < Format::ALL.len() {
        names[at] = Format::NAMES[at];
        at += 1;
    }
    names
};

/// The whole command line.
pub(super) fn command() -> Command {
    Command::new("retake")
        .version(env!("CARGO_PKG_VERSION"))
        .about(words::cli_about())
        .subcommand_negates_reqs(true)
        .args_conflicts_with_subcommands(true)
        .disable_help_subcommand(true)
        .max_term_width(100)
        .arg(project(words::cli_file_dashboard()).required(false))
        .after_help(examples(&[
            ("retake", words::cli_example_dashboard()),
            ("retake spring.retake.toml", words::action_open()),
            ("retake estimate spring.retake.toml", words::cli_example_estimate()),
        ]))
        .subcommands([
            later("estimate", words::cli_estimate(), estimate),
            later("check", words::cli_check(), check),
            later("levers", words::cli_levers(), levers),
            later("goal", words::cli_goal(), goal),
            later("risk", words::cli_risk(), risk),
            later("compare", words::cli_compare(), compare),
            later("size", words::cli_size(), size),
            later("tokens", words::cli_tokens(), tokens),
            later("rates", words::cli_rates(), rates),
            later("new", words::cli_new(), new),
            later("import", words::cli_import(), import),
            later("merge", words::cli_merge(), merge),
            later("keys", words::cli_keys(), keys),
            later("themes", words::cli_themes(), themes),
            later("where", words::cli_where(), whereabouts),
            later("completions", words::cli_completions(), completions),
            later("man", words::cli_man(), man),
        ])
}

/// A command whose arguments are built on demand: the dashboard needs none of them.
fn later(name: &'static str, about: &'static str, rest: fn(Command) -> Command) -> Command {
    Command::new(name).about(about).defer(rest)
}

fn estimate(command: Command) -> Command {
    command
        .arg(project(words::cli_file_or_stdin()))
        .arg(format(&ESTIMATE_FORMATS))
        .arg(scenario(words::cli_scenario()))
        .arg(set())
        .arg(Arg::new("raw-csv").long("raw-csv").action(ArgAction::SetTrue).help(words::cli_raw_csv()))
        .arg(today())
        .after_help(examples(&[
            ("retake estimate spring.retake.toml", words::cli_example_text()),
            ("retake estimate spring.retake.toml --format json", words::cli_example_json()),
            ("retake estimate spring.retake.toml --set retry=2.5 --set buffer=15%", words::cli_example_set()),
            ("retake estimate spring.retake.toml --scenario client-2k", words::cli_example_scenario()),
            ("retake estimate - < spring.retake.toml", words::cli_example_stdin()),
            ("retake estimate spring.retake.toml --format svg > spring.svg", words::cli_example_svg()),
        ]))
}

fn check(command: Command) -> Command {
    command
        .arg(project(words::cli_files_or_stdin()).num_args(1..))
        .arg(format(&["text", "json", "github"]))
        .arg(Arg::new("max").long("max").value_name("AMOUNT").allow_hyphen_values(true).help(words::cli_max()))
        .arg(confidence().help(words::cli_confidence()))
        .arg(scenario(words::cli_scenario()))
        .arg(set())
        .arg(today())
        .after_help(examples(&[
            ("retake check spring.retake.toml", words::cli_example_check()),
            ("retake check spring.retake.toml --max 25", words::cli_example_max()),
            ("retake check spring.retake.toml --max \"25 USD\"", words::cli_example_max_usd()),
            ("retake check spring.retake.toml --max 25 --confidence P80", words::cli_example_confidence()),
            ("retake check */*.retake.toml --format github", words::cli_example_github()),
        ]))
}

fn levers(command: Command) -> Command {
    command
        .arg(project(words::cli_file_or_stdin()))
        .arg(deliverable())
        .arg(confidence().help(words::cli_levers_confidence()).conflicts_with("over-cap"))
        .arg(Arg::new("over-cap").long("over-cap").action(ArgAction::SetTrue).help(words::cli_levers_over_cap()))
        .arg(format(Format::NAMES))
        .arg(set())
        .arg(today())
        .after_help(examples(&[
            ("retake levers spring.retake.toml", words::cli_example_levers()),
            ("retake levers spring.retake.toml --deliverable pdp-hero --format csv", words::cli_example_levers_one()),
            ("retake levers spring.retake.toml --confidence P80", words::cli_example_levers_confidence()),
            ("retake levers spring.retake.toml --over-cap", words::cli_example_levers_over_cap()),
        ]))
}

fn goal(command: Command) -> Command {
    command
        .arg(project(words::cli_file_or_stdin()))
        .arg(Arg::new("max").long("max").value_name("AMOUNT").allow_hyphen_values(true).help(words::cli_goal_max()))
        .arg(deliverable())
        .arg(confidence().help(words::cli_goal_confidence()))
        .arg(format(Format::NAMES))
        .arg(set())
        .arg(today())
        .after_help(examples(&[
            ("retake goal spring.retake.toml", words::cli_example_goal()),
            ("retake goal spring.retake.toml --max \"25 USD\"", words::cli_example_goal_max()),
            ("retake goal spring.retake.toml --max 25 --confidence P80", words::cli_example_goal_confidence()),
        ]))
}

fn risk(command: Command) -> Command {
    command
        .arg(project(words::cli_file_or_stdin()))
        .arg(format(Format::NAMES))
        .arg(scenario(words::cli_scenario()))
        .arg(set())
        .arg(today())
        .after_help(examples(&[
            ("retake risk spring.retake.toml", words::cli_example_risk()),
            ("retake risk spring.retake.toml --format json", words::cli_example_risk_json()),
        ]))
}

fn compare(command: Command) -> Command {
    command
        .arg(project(words::cli_file_or_stdin()))
        .arg(scenario(words::cli_compare_scenario()).action(ArgAction::Append))
        .arg(format(&["text", "json", "markdown", "csv"]))
        .arg(Arg::new("raw-csv").long("raw-csv").action(ArgAction::SetTrue).help(words::cli_raw_csv()))
        .arg(today())
        .after_help(examples(&[
            ("retake compare spring.retake.toml", words::cli_example_compare()),
            (
                "retake compare spring.retake.toml --scenario lean --scenario client-2k",
                words::cli_example_compare_some(),
            ),
            ("retake compare spring.retake.toml --format markdown", words::cli_example_compare_markdown()),
        ]))
}

fn size(command: Command) -> Command {
    let model = Arg::new("model").long("model").value_name("MODEL").default_value("gpt-image-2");
    command
        .arg(Arg::new("size").value_name("SIZE").required(true).num_args(1..=2).help(words::cli_size_value()))
        .arg(Arg::new("quality").long("quality").value_name("QUALITY").help(words::cli_size_quality()))
        .arg(model.help(words::cli_size_model()))
        .arg(Arg::new("reference").long("reference").action(ArgAction::SetTrue).help(words::cli_size_reference()))
        .arg(format(&FORMATS))
        .after_help(examples(&[
            ("retake size 1024x1280", words::cli_example_size()),
            ("retake size 4:5 2k --quality high", words::cli_example_ratio()),
            ("retake size 1024x1024 --reference", words::cli_example_reference()),
        ]))
}

fn tokens(command: Command) -> Command {
    let model = Arg::new("model").long("model").value_name("MODEL").default_value("gpt-image-2");
    command
        .arg(project(words::cli_tokens_file()))
        .arg(model.help(words::cli_tokens_model()))
        .arg(format(&FORMATS))
        .after_help(examples(&[
            ("retake tokens hero.txt", words::cli_example_tokens()),
            ("echo \"a red shoe on white\" | retake tokens -", words::cli_example_tokens_stdin()),
        ]))
}

fn rates(command: Command) -> Command {
    let text = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    let id = Arg::new("id").value_name("ID").required(true).help(words::cli_rates_id());
    let credits = text("credits", "N", words::cli_rates_credits());
    let write = Arg::new("write").long("write").action(ArgAction::SetTrue).help(words::cli_rates_write());
    let of = || {
        let of = Arg::new("project").long("project").value_name("FILE").value_parser(value_parser!(PathBuf));
        of.value_hint(ValueHint::FilePath).help(words::cli_rates_project())
    };
    let list = Command::new("list").about(words::cli_rates_list()).arg(of()).arg(format(&FORMATS));
    let show = Command::new("show").about(words::cli_rates_show()).arg(id).arg(of()).arg(credits).arg(format(&FORMATS));
    let import = Command::new("import")
        .about(words::cli_rates_import())
        .arg(project(words::cli_rates_file()))
        .arg(write)
        .arg(text("name", "NAME", words::cli_rates_name()))
        .arg(text("source", "TEXT", words::cli_rates_source()))
        .arg(format(&FORMATS))
        .arg(today());
    command
        .arg(format(&FORMATS))
        .disable_help_subcommand(true)
        .subcommands([
            list.after_help(examples(&[
                ("retake rates list", words::cli_example_rates_list()),
                ("retake rates list --project spring.retake.toml", words::cli_example_rates_project()),
            ])),
            show.after_help(examples(&[
                ("retake rates show pixapi", words::cli_example_rates_show()),
                ("retake rates show imagesv2 --credits 3000", words::cli_example_rates_credits()),
            ])),
            import.after_help(examples(&[
                ("retake rates import model_prices_and_context_window.json", words::cli_example_rates_import()),
                ("retake rates import data.json --write", words::cli_example_rates_write()),
            ])),
        ])
        .after_help(examples(&[("retake rates", words::cli_example_rates_list())]))
}

fn new(command: Command) -> Command {
    let from = Arg::new("from").long("from").value_name("FILE").value_parser(value_parser!(PathBuf));
    let from = from.value_hint(ValueHint::FilePath);
    let extends = Arg::new("extends").long("extends").value_name("TEAM").value_parser(value_parser!(PathBuf));
    let extends = extends.value_hint(ValueHint::FilePath).conflicts_with("from").help(words::cli_new_extending());
    let new = command.arg(project(words::cli_new_file())).arg(from.help(words::cli_new_from())).arg(extends);
    new.after_help(examples(&[
        ("retake new spring.retake.toml", words::cli_example_new()),
        ("retake new spring.retake.toml --extends team.retake.toml", words::cli_example_new_extends()),
        ("retake new spring.retake.toml --from team.retake.toml", words::cli_example_new_from()),
    ]))
}

fn import(command: Command) -> Command {
    let path = |name: &'static str, value: &'static str| {
        Arg::new(name).value_name(value).value_parser(value_parser!(PathBuf)).value_hint(ValueHint::FilePath)
    };
    let sheet = Arg::new("sheet").long("sheet").value_name("NAME").help(words::cli_import_sheet());
    command
        .arg(path("list", "LIST").required(true).help(words::cli_import_list()))
        .arg(path("into", "FILE").long("into").help(words::cli_import_into()))
        .arg(sheet)
        .arg(format(&FORMATS))
        .after_help(examples(&[
            ("retake import shots.xlsx > spring.retake.toml", words::cli_example_import()),
            ("retake import shots.csv --into spring.retake.toml", words::cli_example_import_into()),
            ("retake import shots.xlsx --sheet \"Round 2\" --format json", words::cli_example_import_sheet()),
        ]))
}

fn merge(command: Command) -> Command {
    let file = |name: &'static str, place: &'static str, help: &'static str| {
        let file = Arg::new(name).value_name(place).required(true).value_parser(value_parser!(PathBuf));
        file.value_hint(ValueHint::FilePath).help(help)
    };
    command
        .arg(file("base", "BASE", words::cli_merge_base()))
        .arg(file("ours", "OURS", words::cli_merge_ours()))
        .arg(file("theirs", "THEIRS", words::cli_merge_theirs()))
        .arg(file("path", "PATH", words::cli_merge_path()).required(false))
        .after_help(examples(&[
            ("echo \"*.retake.toml merge=retake\" >> .gitattributes", words::cli_example_merge_attributes()),
            ("git config merge.retake.driver \"retake merge %O %A %B %P\"", words::cli_example_merge_driver()),
        ]))
}

fn keys(command: Command) -> Command {
    command.arg(format(&["text", "markdown", "json"])).after_help(examples(&[
        ("retake keys", words::cli_example_text_keys()),
        ("retake keys --format markdown", words::cli_example_keys()),
        ("retake keys --format json", words::cli_example_keys_json()),
    ]))
}

fn themes(command: Command) -> Command {
    command.arg(format(&FORMATS)).after_help(examples(&[("retake themes", words::cli_example_themes())]))
}

fn whereabouts(command: Command) -> Command {
    command.arg(format(&FORMATS)).after_help(examples(&[
        ("retake where", words::cli_example_where()),
        ("retake where --format json", words::cli_example_where_json()),
    ]))
}

fn completions(command: Command) -> Command {
    let shell = Arg::new("shell").value_name("SHELL").required(true).value_parser(value_parser!(Shell));
    command.arg(shell.help(words::cli_completions_shell())).after_help(examples(&[(
        "retake completions bash > ~/.local/share/bash-completion/completions/retake",
        words::cli_example_completions(),
    )]))
}

fn man(command: Command) -> Command {
    command.after_help(examples(&[("retake man > retake.1 && man ./retake.1", words::cli_example_man())]))
}

fn project(help: &'static str) -> Arg {
    let file = Arg::new("file").value_name("FILE").required(true).value_parser(value_parser!(PathBuf));
    file.value_hint(ValueHint::FilePath).help(help)
}

fn format(formats: &'static [&'static str]) -> Arg {
    let parser = ValueParser::from(PossibleValuesParser::new(formats));
    let format = Arg::new("format").long("format").value_name("FORMAT").value_parser(parser);
    format.hide_possible_values(true).default_value("text").help(words::cli_format(formats.join(", ")))
}

fn deliverable() -> Arg {
    Arg::new("deliverable").long("deliverable").value_name("KEY").help(words::cli_one_deliverable())
}

fn confidence() -> Arg {
    Arg::new("confidence").long("confidence").value_name("PERCENTILE")
}

fn set() -> Arg {
    Arg::new("set").long("set").value_name("KNOB=VALUE").action(ArgAction::Append).help(words::cli_set())
}

fn scenario(help: &'static str) -> Arg {
    Arg::new("scenario").long("scenario").value_name("NAME").help(help)
}

fn today() -> Arg {
    let read = |text: &str| text.parse::<Date>().map_err(|_| words::cli_today_form());
    Arg::new("today").long("today").value_name("YYYY-MM-DD").value_parser(read).help(words::cli_today())
}

/// Example command lines with explanations, aligned.
fn examples(rows: &[(&str, &str)]) -> String {
    let mut text = words::cli_examples().to_owned();
    for (line, meaning) in rows {
        text.push_str(&format!("\n  {line}\n      {meaning}"));
    }
    text
}
