//! The manual page and related texts: completions, themes, exit codes, files, environment.

catalogue! { MANUAL;
    /// Command.
    cli_completions() = "Print a completion script for a shell";
    /// Argument.
    cli_completions_shell() = "The shell that reads the script";
    /// Command.
    cli_man() = "Print the manual page in roff";
    /// Command.
    cli_themes() = "The themes, built-in and your own";
    /// Example.
    cli_example_completions() = "for bash, once for all sessions";
    /// Example.
    cli_example_man() = "read it right away";
    /// Example.
    cli_example_themes() = "with the background that each is made for";
    /// Example.
    cli_example_where_json() = "every path as data";
    /// Example.
    cli_example_keys_json() = "keys as the settings spell them";
    /// A theme of the user's own; its description follows.
    themes_own() = "your own";
    /// Name of the manual in the page's head.
    man_manual() = "Budgets for image generation";
    /// Section.
    man_synopsis() = "SYNOPSIS";
    /// Section.
    man_commands() = "COMMANDS";
    /// Section.
    man_exit_status() = "EXIT STATUS";
    /// Section.
    man_files() = "FILES";
    /// Section.
    man_environment() = "ENVIRONMENT";
    /// Section.
    man_examples() = "EXAMPLES";
    /// Possible values of an option.
    man_possible(values) = "one of: {values}";
    /// Default of an option.
    man_default(value) = "default: {value}";
    /// Exit code 0.
    man_exit_done() = "Done.";
    /// Exit code 1.
    man_exit_failed() = "A system error: a file does not exist, cannot be read, or could not be written.";
    /// Exit code 2.
    man_exit_bad_input() = "The input cannot be used: wrong arguments, or a project with errors, all of which are printed.";
    /// Exit code 3.
    man_exit_over_budget() = "The project is over its budget, or not known to be within it.";
    /// File.
    man_file_project() = "A project. The dashboard and the commands read it and keep its comments.";
    /// File.
    man_file_settings() = "Settings: theme, mouse, number format, keys. Its problems are reported, and the defaults apply. On other systems, retake where prints its path.";
    /// File.
    man_file_theme() = "A theme of your own, named NAME in the settings; a base16 scheme (.yaml) works too.";
    /// A file of the user's.
    man_file_cards() = "Rate cards of your own, or kept from an import.";
    /// File.
    man_file_chosen_theme() = "The theme chosen on the screen. It may be deleted at any time.";
    /// A file of the program.
    man_file_recent() = "The projects that were opened or saved last. It may be deleted at any time.";
    /// Environment variable.
    man_env_no_color() = "Set to anything: no colour; bold, underline and reverse stay.";
    /// Environment variable.
    man_env_colorterm() = "truecolor or 24bit: all colours are sent.";
    /// Environment variable.
    man_env_term() = "The kind of terminal; with dumb the project is printed instead of shown.";
    /// Environment variables.
    man_env_locale() = "C or POSIX: nothing but ASCII is drawn.";
    /// Environment variables.
    man_env_folders() = "Where settings and state are kept, on systems without another convention.";
}
