//! The same questions about files where there is no POSIX.

use std::path::Path;

pub(crate) fn is_remote(_: &Path) -> bool {
    false
}
