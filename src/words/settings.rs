//! Problems and notes about a user's own settings.

catalogue! { SETTINGS;
    /// A table of keys for an unknown context.
    keys_context_unknown(name) = "there is no place {name} to bind keys in";
    /// An entry of a key table for an unknown action.
    keys_action_unknown(name) = "there is no action {name}";
    /// The list of actions.
    keys_action_remedy() = "retake keys lists every action";
    /// An entry of a key table that is not a list of texts.
    keys_must_be_list(name) = "the keys of {name} must be a list of strings";
    /// Form of such an entry.
    keys_list_form() = "a list such as [\"s\", \"ctrl-s\"], or [] for no key";
    /// A key that cannot be read.
    keys_key_unknown(key) = "{key} is not a key";
    /// A character that commands a terminal or cannot be seen, by its number.
    keys_key_invisible(code) = "{code} is a character that cannot be seen, so it cannot be a key";
    /// Form of a key.
    keys_key_allowed() = "a character, or a name such as enter, space, pagedown, f1, with ctrl- or alt- before it; \"g t\" is a t right after a g";
    /// Two names for one byte: no terminal tells them apart.
    keys_same_byte(key, sent) = "terminals send {sent} for {key}, so {key} can never arrive";
    /// Remedy.
    keys_same_byte_remedy(sent) = "bind {sent}, or choose another key";
    /// One key that the user bound to two actions.
    keys_twice(key, first, second) = "{key} is bound to {first} and to {second}; {second} gets it";
    /// An action that only answers a question, bound elsewhere.
    keys_answer_misplaced(action, context) = "{action} answers a question and cannot be bound in {context}";
    /// A default key that the user bound to another action; the old action has other keys.
    keys_taken(key, old) = "{key} no longer means {old} here; {old} has other keys";
    /// A default key that the user bound to another action; the old action has no other key.
    keys_orphaned(key, old) = "{key} no longer means {old} here, and {old} has no other key";
    /// A user's key that covers a default of a wider context.
    keys_hides(key, old, wider) = "{key} means {old} in {wider}; your key hides it here";
    /// A user's key that defaults of narrower contexts cover.
    keys_covered(key, places) = "{key} keeps its own meaning in {places}";
    /// A character bound in a context where the user types.
    keys_eats_character(key) = "{key} can no longer be typed into fields";
    /// A digit bound in a context where it starts a value.
    keys_eats_digit(key) = "{key} no longer starts a value";
    /// Quit had no key left.
    keys_quit_kept() = "no key was left for quit everywhere, so Ctrl-C still quits";
    /// A setting with a value that it cannot have.
    setting_wrong_value(key, value) = "{key} cannot be {value}; the default is used";
    /// Forms of the setting for figures.
    setting_numbers_allowed() = "the number 1234.56 as you write it: \"1,234.56\", \"1.234,56\", \"1 234,56\", \"1'234.56\", \"1_234.56\" or \"1234.56\"";
    /// Remedy for a wrong one.
    setting_numbers_remedy() = "write it in quotes, with these digits and your own separators, a point or comma before 56";
    /// A table that must hold other settings.
    setting_must_be_table(key) = "{key} must be a table of settings, as in [{key}]";
    /// An unknown theme.
    setting_theme_unknown(name) = "there is no theme {name}; the default is shown";
    /// A settings file or a theme larger than the limit; both in KiB.
    settings_too_large(size, limit) = "the file is {size} KiB and is not read: the limit is {limit} KiB";
    /// Files of a folder beyond those that are read; the size in KiB.
    folder_left_out(count, most, size) = "{count} {count|file|files} in this folder {count|is|are} not read: the limit is {most} files, {size} KiB together";
    /// The user's own cards beyond those that are used.
    own_cards_left_out(count, most) = "{count} {count|card|cards} in this folder {count|is|are} not used: the limit is {most}";
    /// Broken syntax; the reason is the parser's.
    settings_not_toml(reason) = "not valid TOML, so the defaults are used: {reason}";
    /// First notice of a session whose settings have problems.
    notice_settings(count) = "The settings have {count} {count|problem|problems}; retake where lists {count|it|them}";
    /// The system names no state folder.
    state_nowhere() = "the system defines no folder to remember projects in";
    /// A file name that the list cannot hold.
    state_name_not_text() = "a file name that is not text cannot be remembered";
    /// Other programs kept changing the list.
    state_busy() = "other programs kept changing the list of recent projects";
}
