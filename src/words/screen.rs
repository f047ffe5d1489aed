//! What the dashboard says: names of screens and panes, and short notices.

catalogue! { SCREEN;
    /// Name of the first screen.
    screen_worksheet() = "Worksheet";
    /// Name of the screen with the three bills.
    screen_bills() = "Bills";
    /// Name of the screen with the distribution of the total.
    screen_risk() = "Risk";
    /// Name of the screen with what moves the total.
    screen_levers() = "Levers";
    /// Name of the screen that compares scenarios.
    screen_scenarios() = "Scenarios";
    /// Name of the screen of plan against measurement.
    screen_actuals() = "Actuals";
    /// Title of the first knob pane.
    pane_output_spec() = "Output spec";
    /// Title of the second knob pane.
    pane_finals() = "Finals";
    /// Title of the third knob pane.
    pane_retry_factor() = "Retry factor";
    /// Title of the fourth knob pane.
    pane_buffer() = "Buffer";
    /// Title of the list of deliverables.
    pane_deliverables() = "Deliverables";
    /// In the title line, while edits are not saved.
    unsaved() = "unsaved";
    /// The one line of a window below 20x5.
    window_too_small(width, height) = "Needs {width}×{height}";
    /// The list's sum line.
    deliverable_count(count) = "{count} {count|deliverable|deliverables}";
}
