//! Other processes, and the machine they run on.

use rustix::io::Errno;
use rustix::process::{Pid, test_kill_process};

/// Whether a process with this number runs on this machine, of any user.
pub(crate) fn is_alive(pid: i32) -> bool {
    Pid::from_raw(pid).is_some_and(|pid| !matches!(test_kill_process(pid), Err(Errno::SRCH)))
}

/// The machine's name.
pub(crate) fn host() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}
