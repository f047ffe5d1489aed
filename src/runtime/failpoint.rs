//! Places that panic when a test asks for it, so that the real program, not a copy of its parts, is shown to restore the terminal
//! and keep the edits after a panic. A release build has none.

/// The environment variable that names a place; the place panics as soon as there are unsaved edits.
const BREAK: &str = "RETAKE_BREAK";

/// Panics in its caller if this place is named and `edits` are unsaved.
#[track_caller]
pub(super) fn pass(place: &str, edits: bool) {
    let asked = || std::env::var_os(BREAK).is_some_and(|named| named == place);
    debug_assert!(!(edits && asked()), "broken on purpose: {place}");
}
