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
    /// A buffer as a sentence.
    risk_with_buffer(buffer, share, amount) = "with a buffer of {buffer}: {share} such projects cost {amount} or less";
    /// Between a share and an amount.
    risk_such_projects() = "such projects cost";
    /// After an amount.
    risk_or_less() = "or less";
    /// Heading of the amounts where the words have no room.
    risk_cost_at_most() = "cost at most";
    /// In the place of a percentile.
    risk_withheld() = "withheld";
    /// In the place of the picture while the distribution is computed.
    risk_awaited() = "The distribution is being computed; it comes by itself.";
    /// Heading of the panel with sentences and shares.
    risk_where_from() = "What it means, and where it is from";
    /// Heading of the picture of buffers.
    risk_by_buffer() = "What a buffer covers · whole project";
    /// End of that picture.
    risk_buffer_covers(buffer, chance) = "{buffer}: {chance}";
    /// More rows than are listed.
    risk_not_listed(count) = "{count} more: retake risk --format csv lists all";
    /// Why: heading.
    why_risk() = "How the distribution is computed";
    /// Why: a step.
    why_risk_tries() = "Tries until the last final are negative binomial, given the chance that a try is accepted.";
    /// Why: a step.
    why_risk_doubt() = "That chance is Beta distributed, so that tries per final average the factor: its experience says how widely.";
    /// Why: a step.
    why_risk_shared() = "Deliverables that share a factor are wrong together; different factors are independent.";
    /// Why: a step.
    why_risk_sum() = "The sum over all deliverables is computed whole, by one inverse Fourier transform. Nothing is drawn at random.";
    /// Why: a step.
    why_risk_buffer() = "Amounts hold fees, markup and tax, and no buffer: a buffer is what covers them.";
    /// Why: a term of the calculation.
    why_risk_sd() = "standard deviation";
    /// Why: a term of the calculation.
    why_risk_floor() = "least";
}
