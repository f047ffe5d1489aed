//! The system calls on files and folders.

use std::path::Path;

/// Whether a folder lies on a file system that other machines write to, or that says nothing of changes.
#[cfg(target_os = "linux")]
pub(crate) fn is_remote(folder: &Path) -> bool {
    // From linux/magic.h: NFS, SMB, CIFS, SMB2, 9P, AFS, Ceph, Coda, FUSE.
    const REMOTE: [u32; 9] =
        [0x6969, 0x517B, 0xFF53_4D42, 0xFE53_4D42, 0x0102_1997, 0x5346_414F, 0x00C3_6400, 0x7375_7245, 0x6573_5546];
    // The type of the field differs from machine to machine; what counts is its lower half.
    rustix::fs::statfs(folder).is_ok_and(|found| REMOTE.contains(&(found.f_type as u32)))
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn is_remote(_: &Path) -> bool {
    false
}
