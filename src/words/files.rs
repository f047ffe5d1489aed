//! Problems of a file, a theme or a configuration, and their remedies.

catalogue! { FILES;
    /// A folder was named where a file is needed.
    file_is_folder(file) = "{file} is a folder, not a project file";
    /// A pipe, device or socket was named where a file is needed.
    file_is_not_regular(file) = "{file} is a pipe or a device; a project must be an ordinary file";
    /// The file does not exist.
    file_not_found(file) = "{file} does not exist";
    /// A name without its ending that fits two files.
    file_several(named, one, other) = "{named} may be {one} or {other}";
    /// Remedy.
    file_several_remedy() = "name the file with its extension";
    /// The system refuses to read.
    file_no_permission_to_read(file) = "{file} cannot be read: permission denied";
    /// Larger than the limit before parsing; both in MiB.
    file_too_large(file, size, limit) = "{file} is {size} MiB; at most {limit} MiB can be read";
    /// Bytes that are not text.
    file_not_utf8(file) = "{file} is not UTF-8 text";
    /// A file of something else.
    not_a_project() = "this is not a retake project: it has no line retake = 1";
    /// Remedy where no command is typed.
    not_a_project_field_remedy() = "name a project file";
    /// Remedy.
    not_a_project_remedy() = "name a project file, or create one with retake new FILE";
    /// A key that the format does not know.
    key_unknown(key) = "unknown key {key}";
    /// The nearest known name; a remedy.
    did_you_mean(name) = "did you mean {name}?";
    /// The file's syntax is broken; the reason is the parser's.
    syntax_error(reason) = "not valid TOML: {reason}";
    /// A role that themes do not have.
    theme_role_unknown(role) = "the theme names a role {role} that does not exist";
    /// A colour that cannot be read.
    theme_colour_unknown(colour) = "{colour} is not a colour";
    /// Form of a colour.
    theme_colour_allowed() = "a palette name, #rrggbb, 0 to 255, or a terminal colour such as bright-blue";
    /// A setting of a theme with a value that it cannot have.
    theme_wrong_value(key, value) = "{key} cannot be {value}";
    /// A part of a theme that is not a table.
    theme_must_be_table(key) = "{key} must be a table";
    /// A palette colour without rgb: it only defines the sixteen-colour fallback.
    theme_colour_needs_rgb(key) = "{key} has no rgb";
    /// The theme that a theme builds on does not exist.
    theme_base_unknown(name) = "there is no theme {name} to build on";
    /// Allowed names of a base theme.
    theme_base_allowed() = "the name of a theme in the themes folder, or of a built-in one";
    /// Themes that build on each other.
    theme_circle(circle) = "these themes build on each other in a circle: {circle}";
    /// Remedy for themes in a circle.
    theme_circle_remedy() = "remove inherits from one of them";
    /// Too many themes that build on each other.
    theme_row_too_long(max) = "more than {max} themes build on one another";
    /// A file too large for a theme.
    theme_too_large(limit) = "the file is larger than {limit} KiB and is not read as a theme";
    /// A theme's name that cannot be shown or typed.
    theme_name_wrong(name) = "{name} is not a valid theme name";
    /// Allowed names of themes.
    theme_name_allowed(max) = "a file name of up to {max} characters, none of them hidden";
    /// Two files of the user's with the same theme name.
    theme_name_twice(name) = "there is already a theme {name}; this file has no effect";
    /// Remedy for two themes with one name.
    theme_name_twice_remedy() = "rename one of the two files";
    /// A base16 scheme without some of its colours.
    scheme_lacks(names) = "the scheme lacks {names}: its other colours are used instead";
    /// Colours of a base16 scheme.
    scheme_allowed() = "base00 to base0F";
    /// Form of a base16 colour.
    scheme_colour_allowed() = "six hexadecimal digits such as \"7cafc2\"";

    /// The value to write instead.
    write_value(key, value) = "write {key} = {value}";
    /// Remedy if there is no single right value.
    write_allowed(key) = "give {key} one of the allowed values, or remove the line";
    /// Joins two alternatives.
    or() = "or";
    /// Problems beyond the longest list.
    problems_unlisted(count) = "{count} further {count|problem is|problems are} not listed";
    /// Remedy for a list that is too long.
    problems_unlisted_remedy() = "fix the first ones and check again";
    /// A file larger than the limit; in MiB.
    text_too_large(size) = "the file is {size} MiB";
    /// The largest file that is read; in MiB.
    text_too_large_allowed(limit) = "at most {limit} MiB";
    /// Remedy for too much text.
    text_too_large_remedy() = "split the project into several files";
    /// A limit other than that of bytes is exceeded.
    limit_exceeded() = "the file exceeds a limit from here on";
    /// A limit of a file.
    limit_lines(max) = "at most {max} lines";
    /// A limit of a file.
    limit_keys(max) = "at most {max} keys";
    /// A limit of a file.
    limit_items(max) = "at most {max} commas between the entries of lists and tables";
    /// A limit of a file.
    limit_pieces(max) = "at most {max} names, values and signs";
    /// A limit of a file.
    limit_tables(max) = "at most {max} tables";
    /// A limit of a file.
    limit_nesting(max) = "lists and tables nested at most {max} deep";
    /// git's first marker of an unfinished merge, as written in the file.
    merge_unfinished(mark) = "git left an unfinished merge here: {mark}";
    /// Remedy for an unfinished merge.
    merge_unfinished_remedy() = "open the file with retake and choose what to keep, or keep the lines of one side and delete the marker lines: <<<<<<<, |||||||, ======= and >>>>>>>";
    /// Remedy for broken syntax.
    syntax_remedy() = "fix the line; toml.io describes TOML";
    /// Remedy for text, or a percentage, without quotes, or a missing value.
    syntax_quotes() = "write a value after the =, and put text and percentages in quotes, such as \"20%\"";
    /// Invalid number; a reason of broken syntax.
    syntax_number(number) = "{number} is not a number";
    /// Remedy for an invalid number.
    syntax_number_remedy() = "write the number with digits, up to 64 bits, or put text in quotes";
    /// Remedy for a key alone.
    syntax_equals() = "write a = between the key and its value";
    /// Remedy for more than one value.
    syntax_one_value() = "write one value a line; decimals take a point (25.00), thousands no comma";
    /// Remedy for a header without its end.
    syntax_header() = "close the table's name with ]";
    /// Remedy for a list without its end.
    syntax_list() = "put commas between the entries of the list, and ] at its end";
    /// Remedy for a text without its end.
    syntax_closing_quote() = "close the text with a quote on the same line, and write \\\" for a quote inside it";
    /// The same key a second time.
    key_twice(key) = "duplicate key {key}";
    /// How often a key may be in a table.
    key_twice_allowed() = "each key once in its table";
    /// Remedy for a duplicate key.
    key_twice_remedy() = "keep one of the two, or give one of them another key";
    /// The file does not say its version.
    version_missing() = "the file does not say which version of the format it is written in";
    /// The current version.
    version_allowed(version) = "retake = {version}";
    /// Remedy for a missing version.
    version_missing_remedy(version) = "add the line retake = {version} at the top of the file";
    /// An invalid version.
    version_wrong(value) = "retake = {value} is not a version of the format";
    /// A newer version.
    version_newer(version) = "the file is written in version {version} of the format, which is newer than this program: it opens read-only";
    /// Remedy for a newer version.
    version_newer_remedy() = "update retake to change the file";
    /// Remedy for a key that resembles none.
    key_unknown_remedy() = "remove it if it is not needed; it is kept and has no effect";
    /// A charge that is not counted.
    key_uncounted(key) = "this version does not count {key}, so the total may be wrong";
    /// A table that nothing knows, with a key that would change the money.
    table_uncounted(table, key) = "unknown table {table}: {key} in it is not counted, so the total may be wrong";
    /// Remedy for an amount of money that is not counted.
    amount_uncounted_remedy() = "write a fee as a table [fee.NAME] with amount and per, or begin the table's name with x-";
    /// Remedy for what is not counted.
    key_uncounted_remedy() = "remove it, or begin its name with x- if it is meant for something else";
    /// A key that belongs in another place.
    key_misplaced(key, place) = "{key} has no meaning in {place}";
    /// A key that belongs in a table, written before the first table.
    key_misplaced_top(key) = "{key} has no meaning at the top of the file";
    /// The place where the key belongs.
    key_belongs(place) = "move it to {place}";
    /// The same for a key that also misses a known one by a slip.
    key_belongs_or(place, name) = "move it to {place}, or write {name} if you mean that";
    /// The part of a file before its first table.
    place_top() = "the top of the file, before the first [table]";
    /// A key whose name suggests a secret; the value is not repeated.
    key_secret(key) = "{key} looks like a secret, and retake needs none";
    /// Remedy for a secret in a file.
    key_secret_remedy() = "remove it; if the file was shared, replace the secret";
    /// A value of the wrong kind.
    type_wrong(key, value, kind) = "{key} = {value} is {kind}";
    /// A table where a value belongs.
    kind_wrong(key, kind) = "{key} is {kind} here";
    /// Kind of a value.
    kind_text() = "text";
    /// Kind of a value.
    kind_whole_number() = "a whole number";
    /// Kind of a value.
    kind_decimal_number() = "a decimal number";
    /// Kind of a value.
    kind_boolean() = "a boolean";
    /// Kind of a value.
    kind_date() = "a date";
    /// Kind of a value.
    kind_list() = "a list";
    /// Kind of a value.
    kind_table() = "a table";
    /// A value where a table belongs.
    table_expected(key, value) = "{key} = {value} is not a table";
    /// A list of tables where one table belongs.
    table_not_list(key) = "{key} is a list, not a table";
    /// The header of a table.
    table_allowed(header) = "a table that begins with {header}";
    /// Remedy for a missing table.
    table_remedy(header) = "write {header} on a line of its own and the values below it";
    /// A field of a deliverable whose key was forgotten.
    deliverable_keyless(field) = "{field} does not say which deliverable it belongs to";
    /// Remedy for a deliverable without a key.
    deliverable_keyless_remedy() = "write [deliverable.KEY] instead of [deliverable], with a key of your own such as pdp-hero";
    /// Deliverables as a list.
    deliverable_list() = "deliverables are written as a list, and each needs a key of its own";
    /// Remedy for deliverables written as a list.
    deliverable_list_remedy() = "write [deliverable.KEY] instead of [[deliverable]], with a different key each time, such as pdp-hero";
    /// A deliverable with an empty key.
    deliverable_key_empty() = "the deliverable has an empty key";
    /// Allowed keys of deliverables.
    deliverable_key_allowed() = "letters, digits, - and _, or any text in quotes";
    /// Remedy for an empty key.
    deliverable_key_remedy() = "give it a key such as [deliverable.pdp-hero]";
    /// More deliverables than the limit.
    deliverables_too_many(count) = "the project has {count} deliverables";
    /// The limit of deliverables.
    deliverables_allowed(max) = "at most {max} deliverables";
    /// A range of whole numbers.
    whole_allowed(min, max) = "a whole number from {min} to {max}";
    /// A range of percentages.
    percent_allowed(min, max) = "a percentage from \"{min}%\" to \"{max}%\", in quotes and with its sign";
    /// A number that is not finite.
    number_not_finite(key, value) = "{key} = {value} is not a finite number";
    /// A number with too many digits.
    number_too_long(key, value) = "{key} = {value} has too many digits to compute exactly";
    /// The allowed values, with the limit of digits.
    number_too_long_allowed(allowed) = "{allowed}, in at most 28 digits";
    /// Remedy for too many digits.
    number_too_long_remedy() = "round it to the digits that matter";
    /// A hexadecimal, octal or binary number.
    number_not_decimal(key, value) = "{key} = {value} is not written in decimal digits";
    /// A whole number with a point before three zeros.
    number_two_wholes(key, value, few, many) = "{key} = {value} may mean {few} or {many}";
    /// Remedy for a number with two readings.
    write_one(few, many) = "write {few} or {many}";
    /// Decimals in a whole-number field.
    number_not_whole(key, value) = "{key} = {value} is not a whole number";
    /// Remedy for decimals.
    number_not_whole_remedy(key, whole) = "leave out the decimals, such as {key} = {whole}";
    /// Less or more than allowed.
    out_of_range(key, value) = "{key} = {value} is out of range";
    /// The minimum, as the file spells it.
    out_of_range_below(key, min) = "write {key} = {min} or more";
    /// The maximum, as the file spells it.
    out_of_range_above(key, max) = "write {key} = {max} or less";
    /// A percentage without its sign.
    percent_bare(key, value) = "{key} = {value} needs a percent sign";
    /// Two readings of a small bare number.
    percent_bare_share(key, share, percent) = "write {key} = \"{share}%\", or {key} = \"{percent}%\" if you really mean that";
    /// Not a percentage.
    percent_wrong(key, value) = "{key} = {value} is not a percentage";
    /// A word that the key does not accept.
    word_unknown(key, value) = "{key} = {value} is not valid";
    /// No such model.
    model_unknown(value) = "there is no model {value}";
    /// No such preset.
    preset_unknown(value) = "there is no preset {value}";
    /// No such retry profile.
    profile_unknown(value) = "there is no retry profile {value}";
    /// No such rate card.
    card_unknown(card) = "prices are pinned for {card}, which is not a known model: they are kept and have no effect";
    /// Not a ratio.
    ratio_wrong(value) = "ratio = {value} is not a shape";
    /// Allowed ratios.
    ratio_allowed(max) = "width to height such as \"4:5\", the longer side at most {max} times the shorter";
    /// Form of a ratio.
    ratio_remedy() = "write two numbers with a colon between them, such as \"4:5\"";
    /// A ratio that no model accepts.
    ratio_too_long(value) = "no model accepts ratio = {value}";
    /// The longest ratios.
    ratio_too_long_remedy(max) = "write \"{max}:1\" or \"1:{max}\" at most";
    /// Not a size.
    size_wrong(key, value) = "{key} = {value} is not a size";
    /// Allowed sizes.
    size_allowed() = "width x height in pixels such as \"1024x1280\", or \"1k\", \"2k\", \"4k\", \"auto\"";
    /// Form of a size.
    size_remedy() = "write both edges in pixels with an x between them, such as \"1024x1280\"";
    /// Not the size of a reference image.
    reference_wrong(value) = "{value} is not the size of a reference image";
    /// Allowed reference images.
    references_allowed(max) = "a list of up to {max} sizes such as [\"1024x1024\"]";
    /// Too many reference images.
    references_too_many(count) = "references names {count} images";
    /// Remedy for too many reference images.
    references_too_many_remedy(max) = "keep the {max} that matter most: a call takes no more";
    /// Allowed retry factors.
    retry_allowed(max) = "a number from 1 to {max}, the name of a profile in quotes, {{ accepted = \"40%\" }}, {{ kept = 20, made = 60 }}, or {{ low = 1.5, likely = 2, high = 3 }}";
    /// Allowed factors.
    factor_allowed(max) = "a number from 1 to {max}: tries per final";
    /// Neither a factor, nor an acceptance rate, nor a complete range.
    retry_form(key) = "{key} needs factor alone, accepted alone, kept and made together, or low, likely and high together";
    /// Remedy for a retry table.
    retry_form_remedy() = "keep one of these forms and remove the other keys";
    /// A range out of order.
    retry_order(low, likely, high) = "low {low}, likely {likely} and high {high} are not in ascending order";
    /// Remedy for a range out of order.
    retry_order_remedy(low, likely, high) = "write low = {low}, likely = {likely} and high = {high}";
    /// The order of a range.
    retry_order_allowed() = "low at most likely, and likely at most high";
    /// Allowed confidences.
    confidence_allowed(list, min, max) = "{list}, or a number from {min} to {max}";
    /// A confidence beside a range.
    confidence_unused(keys) = "confidence has no effect beside {keys}, which say how sure it is";
    /// Remedy for a confidence beside a range.
    confidence_unused_remedy() = "remove confidence, or write factor instead";
    /// More images kept than made.
    kept_exceeds_made(kept, made) = "kept cannot exceed made: {kept} of {made}";
    /// Remedy.
    kept_exceeds_made_remedy() = "write how many of the images were kept, and how many were made";
    /// A factor above the largest.
    kept_too_few(kept, made) = "{kept} of {made} kept is too few";
    /// Remedy.
    kept_too_few_remedy() = "write a factor in its range";
    /// Allowed caps.
    cap_allowed() = "an amount above 0 in the project's currency such as 25.00, or with a currency such as \"25 USD\"";
    /// Not an amount of money.
    cap_wrong(value) = "cap = {value} is not an amount of money";
    /// Form of a cap.
    cap_spelling() = "write cap = 25.00, or cap = \"25 USD\" with the currency's three letters";
    /// Remedy for a wrong cap.
    cap_remedy() = "write the amount that the total should stay within, or remove the line to have no cap";
    /// An inherited cap in another currency.
    cap_inherited(amount, from, to) = "the cap of {amount} is in {from}, but the project that extends this file is in {to}";
    /// Remedy for an inherited cap.
    cap_inherited_remedy(amount, currency) = "write cap = \"{amount} {currency}\" here, or give the project a cap of its own";
    /// No such currency.
    currency_unknown(value) = "there is no currency {value}";
    /// Allowed currencies.
    currency_allowed() = "the three letters of an ISO 4217 currency, such as \"USD\", \"EUR\" or \"JPY\"";
    /// Form of a currency.
    currency_remedy() = "write its three letters, or remove the line to use USD";
    /// A currency without its rate.
    exchange_missing(currency) = "the project is in {currency}, and there is no rate for 1 USD in {currency}";
    /// What an exchange table holds.
    exchange_allowed(table) = "[{table}] with rate, the price of 1 USD, and as_of, the day it was taken";
    /// Remedy for a missing rate.
    exchange_missing_remedy(currency) = "add [exchange] with rate and as_of, or remove currency = \"{currency}\" to use USD";
    /// A rate without its number or its day.
    exchange_incomplete(table, missing) = "[{table}] lacks {missing}";
    /// An exchange rate without number and day.
    exchange_incomplete_both(table) = "[{table}] lacks rate and as_of";
    /// Remedy for an incomplete rate.
    exchange_remedy() = "write rate = 152.40 and as_of = 2026-11-20, with the values of your source";
    /// Allowed exchange rates.
    exchange_rate_allowed(max) = "a number above 0 and up to {max}: what 1 USD costs in the project's currency";
    /// Allowed exchange rates of a card.
    card_exchange_rate_allowed(max) = "a number above 0 and up to {max}: what 1 USD costs in the card's currency";
    /// Remedy for an exchange rate.
    exchange_rate_remedy() = "write what 1 USD costs, such as rate = 152.40 for JPY";
    /// Remedy for an exchange rate of a card.
    card_exchange_rate_remedy() = "write what 1 USD costs, such as rate = 7.10 for CNY";
    /// Remedy for an incomplete rate of a card.
    card_exchange_remedy() = "write rate = 7.10 and as_of = 2026-11-20, with the values of your source";
    /// An unused exchange rate.
    exchange_unused() = "[exchange] has no effect: the project is in USD";
    /// Remedy for an unused exchange rate.
    exchange_unused_remedy() = "name the currency at the top of the file, such as currency = \"JPY\", or remove [exchange]";
    /// Allowed dates.
    date_allowed() = "a date such as 2026-11-20";
    /// Form of a date.
    date_remedy(key) = "write year, month and day with dashes, such as {key} = 2026-11-20";
    /// Not a date.
    date_wrong(key, value) = "{key} = {value} is not a date";
    /// Allowed pinned prices.
    rate_allowed(max) = "USD for 1,000,000 tokens, from 0 to {max}";
    /// Allowed positions.
    position_allowed(max) = "a whole number from -{max} to {max}; lower numbers come first on screen";
    /// Maximum length of a text.
    text_allowed(max) = "text of up to {max} characters";
    /// A text longer than its limit.
    text_too_long(key, count) = "{key} has {count} characters";
    /// Remedy for a text longer than its limit.
    text_too_long_remedy() = "shorten it; the rest stays in the file and is not shown";
    /// Characters that are invisible or reverse the text.
    text_hidden(key, count, first) = "{key} has {count} hidden {count|character|characters}, the first is {first}: shown as a mark, kept in the file";
    /// Remedy for hidden characters.
    text_hidden_remedy() = "delete it if it came with pasted text";
    /// A prompt in a build without a tokenizer.
    prompt_not_counted(key) = "{key} is kept and not counted: this program was built without a tokenizer, so the price is unknown";
    /// Values instead of a prompt that cannot be counted.
    prompt_allowed() = "prompt_tokens beside it, from 0 to 100,000";
    /// Remedy for a prompt that cannot be counted.
    prompt_remedy() = "add prompt_tokens = N; English text has about one token per four characters";
    /// A prompt longer than the API accepts.
    prompt_too_long(what, count) = "{what} has {count} characters, more than a prompt may have";
    /// Remedy for a prompt longer than the API accepts.
    prompt_too_long_remedy() = "shorten it, or write prompt_tokens with the number that is sent";
    /// A prompt beyond those that are counted in a project.
    prompts_too_many(key) = "{key} is not counted: the prompts before it already fill the project's limit";
    /// The most prompts that are counted.
    prompts_allowed(characters, files) = "{characters} characters in different texts, and {files} prompt files";
    /// Remedy for too many prompts.
    prompts_too_many_remedy() = "write prompt_tokens = N instead; retake tokens FILE counts them";
    /// A prompt given as text and as a file.
    prompt_twice() = "prompt and prompt_file are both set, and only one can be the prompt";
    /// The ways to give a prompt.
    prompt_twice_allowed() = "prompt, prompt_file or prompt_tokens";
    /// Remedy for a prompt given twice.
    prompt_twice_remedy() = "keep the prompt that is sent";
    /// A token count that differs from the prompt's.
    prompt_differs(key, counted, written) = "{key} has {counted} {counted|token|tokens}, but prompt_tokens = {written} is used";
    /// A token count beside a prompt that cannot be counted.
    prompt_not_compared(key, reason) = "prompt_tokens is used, and {key} cannot be compared with it: {reason}";
    /// Remedy for a token count beside a prompt.
    prompt_differs_remedy() = "remove prompt_tokens to have the text counted, or remove the text";
    /// Allowed prompt files.
    prompt_file_allowed() = "one relative path to a text file inside the project, such as \"hero.txt\"";
    /// An empty path of a prompt.
    prompt_file_empty() = "prompt_file names no file";
    /// A folder, a pipe or a device for a prompt.
    prompt_file_not_ordinary(path) = "{path} is a folder, a pipe or a device";
    /// Remedy for a prompt file that is not an ordinary text file.
    prompt_file_remedy() = "name an ordinary text file";
    /// A drafts stage without drafts.
    explore_empty() = "explore has no effect without drafts_per_final";
    /// Values that enable a drafts stage.
    explore_allowed() = "drafts_per_final from 1 to 1,000";
    /// Remedy for a drafts stage without drafts.
    explore_remedy() = "add drafts_per_final = 6, with your own number, or remove explore";
    /// Form of `extends`.
    extends_allowed() = "one relative path to a .toml file, such as \"../team.retake.toml\"";
    /// `extends` in a project without a file.
    extends_no_place(path) = "{path} cannot be found: the project has no folder yet";
    /// Remedy for `extends` in a project without a file.
    extends_no_place_remedy() = "save the project first";
    /// An empty path.
    extends_empty() = "extends names no file";
    /// An address on the network.
    extends_address(path) = "{path} is an address, and nothing is fetched from the network";
    /// A path from the root of a disk or from a home folder.
    extends_absolute(path) = "{path} is not relative to this file, so it would not be found on another computer";
    /// A path with backslashes.
    extends_backslash(path) = "{path} has a backslash, which separates folders on Windows only";
    /// A path with hidden characters.
    extends_hidden(path) = "{path} has hidden characters";
    /// A file that is not .toml.
    extends_not_toml(path) = "{path} does not end in .toml";
    /// Remedy for a wrong path.
    extends_path_remedy() = "write the path from this file's folder, with / between folders and .. for one up";
    /// A file outside the project.
    extends_outside(path) = "{path} lies outside the project";
    /// Files inside the project.
    extends_outside_allowed(root) = "files below {root}, with links resolved";
    /// Remedy for a file outside the project.
    extends_outside_remedy() = "put a copy of the file inside the project";
    /// Remedy for an extended file that is missing.
    extends_not_found_remedy() = "check the spelling; the path starts from this file's folder";
    /// Remedy for `extends` that does not name an ordinary file.
    extends_file_remedy() = "name an ordinary project file";
    /// Remedy for a file that may not be read.
    extends_permission_remedy() = "give yourself permission to read it, or name another file";
    /// Remedy for bytes that are not text.
    extends_utf8_remedy() = "save it as UTF-8 text";
    /// Any other reason why a file cannot be read.
    extends_other(path, reason) = "{path} cannot be read: {reason}";
    /// Files that extend each other.
    extends_circle(circle) = "these files extend each other in a circle: {circle}";
    /// Remedy for a circle.
    extends_circle_remedy() = "remove extends from one of them";
    /// Too many files that extend each other.
    extends_too_long(max) = "more than {max} files extend one another in a row";
    /// Remedy for too many files.
    extends_too_long_remedy() = "merge some of the team files into one";
    /// Deliverables of an extended file.
    team_deliverables() = "deliverables of an extended file are not inherited";
    /// Remedy for deliverables of an extended file.
    team_deliverables_remedy() = "copy those you need into the project";
}
