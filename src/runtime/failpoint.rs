//! Places that break when a test asks for it: that a panic gives the terminal back and leaves the edits is tried on the real
//! program, not on a likeness of it. A release build has none of them.

/// Named in the environment, a place breaks as soon as there are edits to lose.
const BREAK: &str = "RETAKE_BREAK";

/// Breaks at its caller where this place was named and `edits` are not saved.
#[track_caller]
pub(super) fn pass(place: &str, edits: bool) {
    let asked = || std::env::var_os(BREAK).is_some_and(|named| named == place);
    debug_assert!(!(edits && asked()), "broken on purpose: {place}");
}
