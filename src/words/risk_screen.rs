//! How sure the total is, on the screen.

catalogue! { RISK_SCREEN;
    /// Beside the total: a percentile.
    headline_percentile(name, amount) = "{name} {amount}";
    /// The same if it is over the cap, while the total is not.
    headline_percentile_over(name, amount) = "{name} {amount} over cap";
    /// A percentile that is being computed.
    headline_percentile_awaited(name) = "{name} …";
    /// Below the buffer: which percentile the total reaches with it, and what a higher one needs.
    reach_covers_needs(covers, needs) = "{covers} · {needs}";
    /// Below the buffer.
    reach_covers(percentile) = "covers {percentile}";
    /// Below the buffer: the percentile is withheld, but is above this one.
    reach_covers_at_least(percentile) = "covers {percentile} or more";
    /// The same in few columns.
    reach_covers_plus(percentile) = "covers {percentile}+";
    /// Below the buffer: even the first percentile is not reached.
    reach_covers_less(percentile) = "covers less than {percentile}";
    /// The same in few columns.
    reach_covers_under(percentile) = "under {percentile}";
    /// Below the buffer: the total cannot be higher.
    reach_covers_all() = "covers all cases";
    /// The buffer that a percentile needs.
    reach_needs(name, percent) = "{name} needs {percent}";
    /// The same in few columns.
    reach_needs_short(name, percent) = "{name} at {percent}";
    /// Below a retry factor: the tries per final that it lies between in 8 of 10 cases.
    retry_between(range) = "8 of 10: {range}";
}
