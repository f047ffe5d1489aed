//! Writing over a file itself, if it has several names: all names must show the new content.

use crate::system::files::{Facts, facts, open_to_write};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;

/// Overwrites the old content with the new. If that fails, restores the old content as far as the system allows. Returns whether
/// the disk confirmed it: the same file is not synced twice, because a later success proves nothing.
pub(super) fn write(path: &Path, found: &Facts, old: &[u8], new: &[u8]) -> io::Result<(bool, Facts)> {
    let mut file = open_to_write(path)?;
    if facts(&file)?.identity() != found.identity() {
        return Err(io::Error::other("the file was replaced"));
    }
    let mut put = |bytes: &[u8]| {
        file.seek(SeekFrom::Start(0))?;
        file.write_all(bytes)?;
        file.set_len(bytes.len() as u64)
    };
    if let Err(error) = put(new) {
        // Its space is still its own: nothing was truncated before the new content was complete.
        let _as_far_as_it_goes = put(old);
        return Err(error);
    }
    let durable = file.sync_all().is_ok();
    Ok((durable, facts(&file)?))
}
