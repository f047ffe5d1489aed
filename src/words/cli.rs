//! Texts that the commands print around their answer, and their help.

catalogue! { CLI;
    /// Started without a terminal on stdin or stdout.
    needs_terminal() = "The dashboard needs a terminal; retake estimate FILE prints without one";
    /// The terminal refused a request; the reason is the system's.
    cli_terminal_failed(reason) = "The terminal could not be used: {reason}";
    /// The system has no thread for the dashboard; the reason is the system's.
    no_thread(reason) = "no thread could be started: {reason}";
    /// The system has less memory than a dashboard takes.
    no_memory(mib) = "Not enough memory: the dashboard needs {mib} MiB; retake estimate FILE needs less";
    /// A check of a file that a newer program wrote.
    check_newer(version) = "the file has format version {version}, which is newer than this program, so its total may be wrong";
    /// Last line of a check without problems and without a price.
    check_sound(file) = "{file} is sound";
    /// Last line of a check with warnings.
    check_sound_but(said, count) = "{said}; {count} {count|warning|warnings} above";
    /// Last line of a check without a cap.
    check_total(file, total) = "{file} is sound: {total}";
    /// Last line of a check within the cap.
    check_within(file, total, cap) = "{file} is sound: {total} of {cap}";
    /// How many problems a file has.
    check_problem_count(file, count) = "{file}: {count} {count|problem|problems}";
    /// A project without deliverables.
    no_deliverables() = "the project has no deliverables, so there is nothing to count";
    /// Remedy.
    no_deliverables_remedy() = "add a table [deliverable.NAME] with finals";
    /// A deliverable without finals.
    no_finals(key) = "[{key}] has no finals, so it is not counted";
    /// Remedy.
    no_finals_remedy() = "write finals = 1 or more, or remove the deliverable";
    /// A price list of a weak grade.
    check_price_weak(card, grade) = "≈ the prices of {card} have grade {grade}, so the total is approximate";
    /// Token counts that the maker has not published.
    check_tokens_derived(model) = "≈ the token counts of {model} are derived, not published by OpenAI, so the total is approximate";
    /// Remedy for both.
    check_approximate_remedy() = "compare them with a bill before you rely on the total";
    /// The first word is neither a command nor a file.
    command_unknown(word) = "there is no command {word}, and no file of that name";
    /// A total with unknown parts cannot be compared with a cap.
    cli_cap_unproven() = "The total is not known, so it may be over the budget";
    /// Last line of an estimate whose file has errors.
    cli_estimate_incomplete(count) = "{count} {count|error|errors}: what {count|it is|they are} about is not counted";
    /// Ends the problems of an estimate whose figures have no part in them.
    cli_estimate_errors_elsewhere(count) = "{count} {count|error|errors} in parts of the file that these figures do not use";
    /// The answer could not be written; the reason is the system's.
    cli_not_written(reason) = "The answer could not be written: {reason}";
    /// Reading stdin failed; the reason is the system's.
    cli_stdin_failed(reason) = "Standard input could not be read: {reason}";
    /// `--set` without its form.
    cli_set_form(typed) = "--set {typed} is not in the form KNOB=VALUE";
    /// Remedy.
    cli_set_form_remedy() = "for example, --set retry=2.5, or --set deliverable.KEY.finals=24";
    /// `--set` with a value that the knob refuses; the reason is a sentence of its own.
    cli_set_refused(path, reason) = "--set {path}: {reason}";
    /// A percentage without its sign.
    cli_percent_bare(value) = "{value} needs a percent sign";
    /// Remedy.
    cli_write_percent(percent) = "write {percent}%";
    /// Remedy for a number that may be a share.
    cli_write_share(share, percent) = "write {share}%, or {percent}% if you really mean that";
    /// `--set` for an unknown deliverable.
    cli_set_deliverable_unknown(key) = "there is no deliverable {key}";
    /// `--set` for an unknown knob.
    cli_set_unknown(name) = "there is no knob {name}";
    /// `--set` for a path that leads to nothing.
    cli_set_path_unknown(path) = "nothing is called {path}";
    /// `--set` for a knob in a place without a meaning for it.
    cli_set_misplaced(name) = "{name} cannot be set there";
    /// Remedy for a knob of the project.
    cli_set_on_project(name) = "it belongs to the project: --set {name}=VALUE";
    /// Remedy for a knob of deliverables.
    cli_set_on_deliverable(name) = "it belongs to a deliverable: --set deliverable.KEY.{name}=VALUE";
    /// `new -`.
    cli_new_needs_name() = "A new project needs a file name";
    /// Remedy for a file that already exists.
    cli_new_exists_remedy() = "choose another name, or open the existing file";
    /// A project was started.
    cli_new_written(file) = "Wrote {file}; open it with: retake {file}";
    /// Tokens of an image.
    cli_size_tokens(count) = "{count} tokens";
    /// Heading of the cheaper sizes.
    cli_size_cheaper(quality) = "Cheaper sizes of the same shape at {quality}:";
    /// Cheaper sizes that the text leaves out.
    cli_size_more(count) = "and {count} more; --format json lists all";
    /// Cost of a reference image.
    cli_size_as_reference(tokens, price) = "{tokens} tokens, {price} for each call that it is sent with";
    /// Tokens of a prompt, by the name of the encoding.
    cli_tokens_counted(encoding) = "counted by {encoding}";
    /// Tokens that each image adds to a prompt.
    cli_tokens_overhead() = "added to each image";
    /// Tokens of one image's prompt.
    cli_tokens_each() = "for each image";
    /// Cost of prompts without the images.
    cli_tokens_price(count) = "for the prompts of {count} images, without caching";
    /// Remedy for a prompt that the API refuses.
    cli_tokens_too_long_remedy() = "shorten it: the API accepts nothing longer";
    /// A prompt in a build without a tokenizer.
    cli_tokens_none() = "this program was built without a tokenizer";
    /// What to do without a tokenizer.
    cli_tokens_none_remedy() = "build it with the feature prompt-tokens, which is on by default";
    /// A row of `where`.
    where_config() = "settings";
    /// A row of `where`.
    where_themes() = "themes";
    /// A row of `where`.
    where_state() = "state";
    /// A row of `where`.
    where_keys() = "keys";
    /// A row of `where`.
    where_samples() = "samples";
    /// No home folder is known.
    where_no_home() = "nowhere: the system defines no home folder";
    /// Shown instead of a path.
    where_built_in() = "built in";
    /// A settings file without problems.
    where_sound() = "read";
    /// A settings file with problems and with notes about keys.
    where_problems(count, notes) = "read, with {count} {count|problem|problems} and {notes} {notes|note|notes}";
    /// A settings file that is not used.
    where_unusable(reason) = "not used: {reason}";
    /// Keys of the user's own.
    where_rebound(count) = "{count} {count|action has|actions have} keys of your own";
    /// No keys of the user's own.
    where_default_keys() = "the default keys";
    /// The user's own themes.
    where_theme_count(count) = "{count} {count|theme|themes}";
    /// The user's own themes with their problems.
    where_theme_problems(count, problems) = "{count} {count|theme|themes} with {problems} {problems|problem|problems}";
    /// Recent projects.
    where_recent(count) = "{count} recent {count|project|projects}";
    /// Recent projects, some of which are gone.
    where_recent_gone(count, gone) = "{count} recent {count|project|projects}, {gone} of them missing";
    /// Samples that come with the program.
    where_sample_count(count) = "{count} {count|sample|samples}";
    /// A file or folder that may not be read; the reason is the system's.
    where_closed(reason) = "cannot be read: {reason}";
    /// A file where a folder belongs.
    where_no_folder() = "not a folder";
    /// There is no file at the path.
    where_nothing() = "not there";
    /// Column of the key table.
    keys_context() = "Where";
    /// Column of the key table.
    keys_keys() = "Keys";
    /// Column of the key table.
    keys_action() = "Action";
    /// Column of the key table.
    keys_help() = "What it does";
    /// Description of the program.
    cli_about() = "Budgets image generation: output spec, finals, retry factor, buffer, and the cost as you change them";
    /// Heading of examples.
    cli_examples() = "Examples:";
    /// Argument.
    cli_file_dashboard() = "Project to open in the dashboard";
    /// Argument.
    cli_files_or_stdin() = "Project files; - reads standard input";
    /// Argument.
    cli_file_or_stdin() = "Project file; - reads standard input";
    /// Option.
    cli_format(formats) = "Output format: {formats}";
    /// Command.
    cli_compare() = "Compare scenarios side by side with the baseline";
    /// `--scenario` of an estimate or a check.
    cli_scenario() = "Apply a scenario of the project, by key, before any --set";
    /// `--scenario` of a comparison.
    cli_compare_scenario() = "Scenario to compare, by key; repeat for more, in this order [default: all]";
    /// Example.
    cli_example_scenario() = "what the client's wish would cost";
    /// Example.
    cli_example_compare() = "every scenario beside the baseline";
    /// Example.
    cli_example_compare_some() = "two of them";
    /// Example.
    cli_example_compare_markdown() = "a table for a pull request";
    /// Option.
    cli_set() = "Change a knob for this run; may be repeated";
    /// Option.
    cli_today() = "Compare prices and models with this day instead of today";
    /// A day that cannot be read.
    cli_today_form() = "not a date such as 2026-11-22";
    /// Option.
    cli_raw_csv() = "Do not defuse text that a spreadsheet would run as a formula";
    /// Command.
    cli_estimate() = "Print the estimate of a project";
    /// Command.
    cli_check() = "Check projects and their budgets: exit 0 sound and within budget, 2 problems, 3 over";
    /// Option.
    cli_max() = "Budget for this check: 25 (project's currency) or \"25 USD\"";
    /// Command.
    cli_size() = "Tokens and price of a size, whether it is legal, and cheaper sizes of its shape";
    /// Argument.
    cli_size_value() = "Pixels such as 1024x1280, or a ratio such as 4:5, with 1k, 2k or 4k after it";
    /// Option.
    cli_size_quality() = "Quality to compare sizes at [default: medium]";
    /// Option.
    cli_size_model() = "Model to use";
    /// Option.
    cli_size_reference() = "Show what the image costs as a reference image";
    /// Command.
    cli_tokens() = "Tokens of a prompt, and what they cost";
    /// Argument.
    cli_tokens_file() = "Text file with the prompt; - reads standard input";
    /// Option.
    cli_tokens_model() = "Model whose rate applies";
    /// Example.
    cli_example_tokens() = "a prompt in a file";
    /// Example.
    cli_example_tokens_stdin() = "a prompt from a pipe";
    /// Command.
    cli_merge() = "Merge two versions of a project field by field; git runs it as a merge driver";
    /// Argument.
    cli_merge_base() = "The version that both sides started from (%O in git); may be empty";
    /// Argument.
    cli_merge_ours() = "Our version (%A in git); the result is written here";
    /// Argument.
    cli_merge_theirs() = "Their version (%B in git)";
    /// Argument.
    cli_merge_path() = "Name of the file in messages (%P in git)";
    /// Example.
    cli_example_merge_attributes() = "in a repository, for everyone who clones it";
    /// Example.
    cli_example_merge_driver() = "once for each clone";
    /// Both sides changed the same fields.
    merge_left(file, count, keys) = "{file}: both sides changed {count} {count|field|fields} differently: {keys}. Open it with retake to choose, or edit the lines between the markers";
    /// A version is not TOML, so only lines could be compared.
    merge_left_lines(file) = "{file}: a version cannot be read as a project, so it was merged line by line. Edit the lines between the markers";
    /// Command.
    cli_new() = "Start a project file; nothing is overwritten";
    /// Argument.
    cli_new_file() = "File to write; a name without .toml becomes FILE.retake.toml";
    /// Option.
    cli_new_from() = "Copy a team's file without its name and deliverables";
    /// Option.
    cli_new_extending() = "Inherit from a shared team file whatever the project leaves open";
    /// Example.
    cli_example_new_extends() = "extending a team's file";
    /// What a copy took from its template.
    cli_new_took(file, values) = "Taken from {file}: {values}";
    /// What a copy left out.
    cli_new_left(count) = "Left out: its name and {count} {count|deliverable|deliverables}";
    /// What a new project takes from the file that it extends.
    cli_new_extends(file, values) = "It extends {file}, which sets: {values}";
    /// A value of a team's file.
    cli_new_profile(name) = "retry profile {name}";
    /// A team's file that sets nothing.
    cli_new_no_values() = "no values";
    /// Command.
    cli_import() = "Add a list of deliverables to a project, or print the new project";
    /// Argument.
    cli_import_list() = "List to read: .xlsx, CSV or TSV; - reads standard input";
    /// Option.
    cli_import_into() = "Project file to add to; created if it does not exist";
    /// Option.
    cli_import_sheet() = "Sheet to read, instead of the first one with titles";
    /// Example.
    cli_example_import() = "a new project from a workbook's first sheet";
    /// Example.
    cli_example_import_into() = "add a list to a project";
    /// Example.
    cli_example_import_sheet() = "another sheet, and what became of each row";
    /// A list was added to a file.
    cli_import_added(count, file) = "Added {count} {count|deliverable|deliverables} to {file}; open it with: retake {file}";
    /// No row of a list can be added.
    cli_import_nothing() = "no row of the list can be added; nothing was written";
    /// Problems of a list that are not printed.
    cli_import_more(count) = "{count} more {count|line|lines} like these";
    /// Remedy for a project that changed while a list was added.
    cli_import_again() = "import the list again";
    /// Command.
    cli_where() = "Every path that is read or written, and what is there";
    /// Command.
    cli_keys() = "The keys of the dashboard";
    /// Example.
    cli_example_dashboard() = "open the dashboard on a new project";
    /// Example.
    cli_example_estimate() = "print it without a screen";
    /// Example.
    cli_example_text() = "for people";
    /// Example.
    cli_example_json() = "for scripts; amounts are decimal strings in USD";
    /// Example.
    cli_example_set() = "what if";
    /// Example.
    cli_example_svg() = "a picture of the dashboard, for a page";
    /// Example.
    cli_example_stdin() = "from standard input";
    /// Example.
    cli_example_check() = "against the project's own cap";
    /// Example.
    cli_example_max() = "against 25 in the project's currency";
    /// Example.
    cli_example_max_usd() = "against an amount in a named currency";
    /// Example.
    cli_example_github() = "every file, with annotations in a pull request";
    /// Example.
    cli_example_size() = "every quality of a size";
    /// Example.
    cli_example_ratio() = "the 2k size of a ratio";
    /// Example.
    cli_example_reference() = "as a reference image";
    /// Example.
    cli_example_new() = "from the built-in template";
    /// Example.
    cli_example_new_from() = "from a team's file";
    /// Example.
    cli_example_where() = "settings, themes, state and samples";
    /// Example.
    cli_example_text_keys() = "grouped by where they work";
    /// Example.
    cli_example_keys() = "as a Markdown table";
}
