//! What is wrong with a file, a theme or a configuration, and how to mend it.

catalogue! { FILES;
    /// A folder was named where a file is needed.
    file_is_folder(file) = "{file} is a folder, not a project file";
    /// A pipe, device or socket was named where a file is needed.
    file_is_not_regular(file) = "{file} is a pipe or a device; a project must be an ordinary file";
    /// The file does not exist.
    file_not_found(file) = "{file} does not exist";
    /// What to do about a file that does not exist.
    file_not_found_remedy(file) = "check the spelling, or start it with: retake new {file}";
    /// The system refuses to read.
    file_no_permission_to_read(file) = "{file} may not be read: permission denied";
    /// The system refuses to write.
    file_no_permission_to_write(file) = "{file} may not be written: permission denied";
    /// Larger than the limit before parsing; both in MiB.
    file_too_large(file, size, limit) = "{file} has {size} MiB; at most {limit} MiB are read";
    /// Bytes that are not text.
    file_not_utf8(file) = "{file} is not UTF-8 text";
    /// Somebody else changed the file since it was read.
    file_changed_on_disk(file) = "{file} was changed by another program since it was opened";
    /// git left its markers in the file.
    file_has_conflict_markers(file) = "{file} holds an unfinished merge";
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
    /// What a colour may be.
    theme_colour_allowed() = "a name of the palette, #rrggbb, 0 to 255, or a terminal colour such as bright-blue";
    /// A setting of a theme with a value that it cannot have.
    theme_wrong_value(key, value) = "{key} cannot be {value}";
    /// A part of a theme that is not a table.
    theme_must_be_table(key) = "{key} must be a table";
    /// A palette colour that only says what to do on sixteen colours.
    theme_colour_needs_rgb(key) = "{key} says nothing about rgb";
    /// The theme that a theme builds on does not exist.
    theme_base_unknown(name) = "there is no built-in theme {name} to build on";
}
