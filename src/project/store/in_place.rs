//! Writing over a file itself, for one that has several names: all of them are to show the new content.

use std::fs::{Metadata, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;

use rustix::fs::OFlags;

/// Writes the new content over the old one. Where that fails, the old content is put back as far as the system allows.
/// Says whether the disk confirmed it: the same file is not asked twice, because a second answer proves nothing.
pub(super) fn write(path: &Path, found: &Metadata, old: &[u8], new: &[u8]) -> io::Result<(bool, Metadata)> {
    let flags = (OFlags::NOFOLLOW | OFlags::NOCTTY | OFlags::CLOEXEC).bits().cast_signed();
    let mut file = OpenOptions::new().write(true).custom_flags(flags).open(path)?;
    let opened = file.metadata()?;
    if (opened.dev(), opened.ino()) != (found.dev(), found.ino()) {
        return Err(io::Error::other("the file was replaced"));
    }
    let mut put = |bytes: &[u8]| {
        file.seek(SeekFrom::Start(0))?;
        file.write_all(bytes)?;
        file.set_len(bytes.len() as u64)
    };
    if let Err(error) = put(new) {
        // Its room is still its own: nothing was cut off before the new content was complete.
        let _as_far_as_it_goes = put(old);
        return Err(error);
    }
    let durable = file.sync_all().is_ok();
    Ok((durable, file.metadata()?))
}
