//! What the commands print around their answer.

catalogue! { CLI;
    /// Started without a terminal on stdin or stdout.
    needs_terminal() = "The dashboard needs a terminal; retake estimate FILE prints without one";
    /// Closing line of a check without problems.
    check_sound(file) = "{file} is sound";
    /// Closing line of a check with problems.
    check_problem_count(count) = "{count} {count|problem|problems}";
}
