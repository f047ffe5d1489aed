//! Problems between a project and the disk, and their remedies.

catalogue! { STORE;
    /// Remedy.
    store_missing_remedy(file) = "check the spelling, or create it with: retake new {file}";
    /// The path's folder.
    store_missing_folder(file) = "the folder of {file} does not exist";
    /// Remedy.
    store_missing_folder_remedy() = "create the folder first, or choose another one";
    /// A link to nothing.
    store_dangling(file, to) = "{file} is a link to {to}, which does not exist";
    /// Remedy.
    store_dangling_remedy() = "fix the link, or name the file itself";
    /// A circle of links.
    store_loop(file) = "{file} is a link that leads back to itself";
    /// Not an ordinary file; the kind is one of the next four.
    store_not_a_file(file, kind) = "{file} is {kind}";
    /// A kind.
    store_folder() = "a folder";
    /// A kind.
    store_fifo() = "a named pipe";
    /// A kind.
    store_socket() = "a socket";
    /// A kind.
    store_device() = "a device";
    /// Remedy.
    store_folder_remedy() = "name a project file in it";
    /// Remedy.
    store_stream_remedy() = "write its content to a file first, or use - with estimate and check for standard input";
    /// The same where no command is typed.
    store_stream_field_remedy() = "write its content to a file and name that file";
    /// Too large; both in MiB.
    store_too_large(file, size) = "{file} is {size} MiB";
    /// Remedy.
    store_too_large_remedy() = "check that it is a project file; split a very large project by client or quarter";
    /// Not text.
    store_not_utf8(file) = "{file} is not UTF-8 text from here on";
    /// Remedy.
    store_not_utf8_remedy() = "save it as UTF-8 in an editor";
    /// Remedy.
    store_may_not_read_remedy() = "ask its owner for read permission";
    /// May not be written.
    store_may_not_write(file) = "{file} cannot be written: permission denied";
    /// The file is read-only.
    store_read_only_file(file) = "{file} is read-only";
    /// The folder is read-only.
    store_read_only_folder(file) = "the folder of {file} is read-only, so nothing can be saved in it";
    /// The file system is read-only.
    store_read_only_system(file) = "{file} is on a read-only file system";
    /// Remedy.
    store_save_elsewhere() = "save it under another name; nothing is lost";
    /// A file with several names.
    store_hard_linked(file, links) = "{file} has {links} names (hard links); saving would detach the other names, and without a copy it cannot be written in place";
    /// Another program changed the file.
    store_changed(file) = "{file} was changed by another program since it was opened; nothing was overwritten";
    /// Remedy.
    store_changed_remedy() = "save under another name, or reload the file and lose the edits made here";
    /// A link replaced the file, or a link on the way to it leads elsewhere.
    store_led_elsewhere(file, to) = "{file} now leads to {to}, not to the file that was opened; nothing was written";
    /// Another program deleted the file.
    store_deleted(file) = "{file} was deleted or moved since it was opened; nothing was written";
    /// The file exists.
    store_exists(file) = "{file} already exists; nothing was written";
    /// The disk is full.
    store_no_space(file) = "there is no space on the disk for {file}; the file is unchanged";
    /// Remedy.
    store_no_space_remedy() = "free some space and save again";
    /// The file did not read back as written.
    store_read_back(file) = "{file} did not read back from the disk as it was written; the file is unchanged";
    /// The check before saving refused the text.
    store_refused(file, reason) = "{file} was not saved, because the new text would not read back as what is on screen: {reason}";
    /// Remedy.
    store_refused_remedy() = "keep the file, which is unchanged, and report the problem";
    /// Any other error.
    store_failed(file, reason) = "{file}: {reason}; the file is unchanged";
    /// A sample that is not built in.
    no_sample(name) = "there is no sample {name}";
    /// The shared file that a sample extends.
    sample_extends(file) = "this sample extends {file}; saving puts a copy of that file beside it";
    /// The project has no file yet.
    save_no_file(key) = "the project has no file yet; {key} saves it under a name";
    /// An edit that the file's text has no place for.
    save_no_place(reason) = "the edits do not fit into the file's text: {reason}";
    /// A value that would not read back equal.
    save_differs(key) = "{key} differs";
    /// The file holds, or held, an unreadable value, and edits only write readable ones.
    save_unreadable(key) = "{key} cannot be written, because its text in the file could not be read: set it, or undo";
    /// Saved to a folder from which `extends` finds no file, or another one.
    save_extends() = "from there, \"extends\" does not lead to the same values: save it in the same folder";
    /// Newer version: why the file is not written.
    read_only_newer(version) = "the file has format version {version}, which is newer than this program: it is shown but not written";
    /// Not TOML: why the file is not written.
    read_only_unparsable() = "the file is not valid TOML, so it is not written: fix it in an editor, then open it again";
    /// Above a panic's message.
    panic_preface() = "retake hit an internal error; the terminal is restored, the file on disk is as it was last saved, and edits since then are offered at the next start.";
}
