//! Texts of how sure a total is. Each percentile is a sentence that cannot be read backwards.

catalogue! { RISK;
    /// The mean, if the worksheet has the same.
    risk_expected(mean) = "Expected: {mean}, without the buffer.";
    /// The mean, if the doubt about a factor, or calls that are bought whole, make it another one than the worksheet's.
    risk_expected_with_doubt(mean, worksheet) = "On average {mean} with the doubt about the factors, {worksheet} on the worksheet; both before the buffer.";
    /// The mean with named risks, which the worksheet does not have.
    risk_expected_with_named(mean, worksheet) = "On average {mean} with the named risks, {worksheet} on the worksheet; both before the buffer.";
    /// Heading of the percentiles.
    risk_heading() = "What such projects cost";
    /// Column of the buffer that a percentile needs.
    risk_buffer_for_it() = "buffer for it";
    /// A percentile as a sentence.
    risk_percentile(name, share, amount) = "{name}: {share} such projects cost {amount} or less";
    /// A percentile that is not told.
    risk_percentile_withheld(name) = "{name}: withheld";
    /// Share of projects.
    risk_half() = "half of";
    /// Share of projects.
    risk_of(some, all) = "{some} of {all}";
    /// Chance that is not told, because it says as much as a percentile that is withheld.
    risk_at_least(some, all) = "at least {some} of {all}";
    /// The opposite.
    risk_at_most(some, all) = "at most {some} of {all}";
    /// Chance that is above 0.
    risk_hardly_any() = "fewer than 1 of 100";
    /// Chance that is below 1.
    risk_nearly_all() = "more than 99 of 100";
    /// Why high percentiles are withheld.
    risk_wide_range() = "Percentiles above P80 are withheld: a retry factor is worth less than 3 finals of experience.";
    /// What the buffer buys.
    risk_covers(total, chance) = "{chance} such projects cost no more than the worksheet's total, {total} with its buffer.";
    /// What it buys if factors are worse.
    risk_stress(percent, chance) = "If it takes {percent} % more tries than planned, the same total still holds in {chance}.";
    /// The chance over the cap.
    risk_over_cap(cap, chance) = "{chance} such projects cost more than the cap of {cap}.";
    /// Heading of the layers.
    risk_spread() = "Where the uncertainty comes from";
    /// Layer.
    risk_luck() = "luck in the tries";
    /// Layer.
    risk_factor() = "not knowing the retry factor";
    /// Layer.
    risk_risks() = "named risks";
    /// Remark below the layers.
    risk_lesson() = "Luck averages out over many finals; a wrong factor does not.";
    /// Heading of the shares of deliverables.
    risk_by_deliverable() = "Uncertainty by deliverable";
    /// Rows that are not printed.
    risk_more(count) = "{count} more {count|deliverable|deliverables}: see --format json or csv";
    /// Rows that are not printed.
    risk_more_factors(count) = "{count} more {count|factor|factors}: see --format json or csv";
    /// Heading of the factors.
    risk_factors() = "What the retry factors rest on";
    /// Column.
    risk_mean() = "mean";
    /// Column.
    risk_between() = "8 of 10 cases";
    /// Column.
    risk_worth() = "experience";
    /// Row of a factor.
    risk_of_project(count) = "the project's own, {count} {count|deliverable|deliverables}";
    /// Row of a factor.
    risk_of_profile(name, count) = "profile {name}, {count} {count|deliverable|deliverables}";
    /// Row of a factor.
    risk_of_deliverable(name) = "{name}, its own";
    /// Cell of a factor.
    risk_times(tries) = "{tries}×";
    /// Cell of a factor's range.
    risk_from_to(low, high) = "{low}–{high}×";
    /// Remark on a range whose experience was kept within its limits.
    risk_clamped(whose, worth) = "{whose}: its experience is not within 3 to 1,000 finals, so it is counted as {worth}";
    /// What the percentiles hold.
    risk_scope() = "Only retries are in it. Price changes and extra work are not.";
    /// The same with named risks.
    risk_scope_named(count) = "Retries and {count} named {count|risk|risks} are in it; prices and scope beyond {count|it|them} are not.";
    /// Below a worksheet's total.
    risk_without_named(count) = "without {count} named {count|risk|risks}";
    /// Heading of the named risks.
    risk_named_heading() = "Named risks";
    /// Column.
    risk_chance() = "chance";
    /// Column: what a risk brings if it comes.
    risk_brings() = "if it happens";
    /// Column: what a risk adds to the mean.
    risk_adds() = "on average";
    /// Extra finals of a deliverable.
    risk_finals_of(finals, name) = "{finals} finals of {name}";
    /// Rows that are not printed.
    risk_more_named(count) = "{count} more named {count|risk|risks}: see --format json or csv";
    /// The buffer, in the field's word.
    risk_contingency(amount) = "Contingency (the buffer, in the worksheet's total): {amount}.";
    /// What named risks add, in the field's word.
    risk_reserve(amount) = "Reserve (named risks on average, not in the worksheet's total): {amount}.";
    /// Name of the buffer in a spreadsheet.
    risk_contingency_name() = "the buffer, in the total";
    /// Name of what named risks add in a spreadsheet.
    risk_reserve_name() = "named risks on average, not in the total";
    /// There is no distribution.
    risk_no_price() = "How sure the total is cannot be computed: a part of it has no price.";
    /// There is no distribution.
    risk_no_finals() = "Nothing is uncertain: no deliverable has finals.";
    /// The same where named risks would be.
    risk_no_finals_named(count) = "No deliverable has finals, so {count} named {count|risk is|risks are} not computed either.";
    /// Three numbers of a risk.
    risk_range(low, high, likely) = "{low}–{high}, likely {likely}";
    /// Three numbers of finals.
    risk_range_of(low, high, name, likely) = "{low}–{high} finals of {name}, likely {likely}";
    /// What a risk with three numbers is counted as.
    risk_three_points() = "A risk with three numbers is counted at exactly these three, with 30, 40 and 30 %.";
    /// In the place of a factor's experience: every image was kept.
    risk_none_seen(kept, made) = "{kept} of {made} kept: no retry seen yet";
    /// Remark on such a factor.
    risk_none_seen_note(whose) = "{whose}: all images so far were kept, so the percentiles hold no retry of it. Count more before you rely on it.";
    /// Command.
    cli_risk() = "How sure the total is: percentiles, what the buffer covers, where the uncertainty comes from";
    /// Option.
    cli_confidence() = "Percentile that must be within the cap, such as P80";
    /// Example.
    cli_example_risk() = "percentiles, as sentences";
    /// Example.
    cli_example_risk_json() = "for a script";
    /// Example.
    cli_example_confidence() = "fails unless 4 of 5 such projects cost 25 or less";
    /// `--confidence` is no percentile.
    check_confidence_form(typed) = "\"{typed}\" is no percentile";
    /// Allowed values.
    check_confidence_allowed() = "P1 to P99";
    /// Remedy.
    check_confidence_remedy() = "write --confidence P80";
    /// There is nothing to compare a percentile with.
    check_confidence_no_cap(name) = "{name} is compared with a cap, and the project has none";
    /// A percentile is over the cap.
    check_over_at(name, share, amount, cap) = "{name} is over the cap of {cap}: {share} such projects cost {amount} or less";
    /// A percentile cannot be told.
    check_percentile_unproven(name) = "{name} is not known to be within the cap";
    /// The last line of a file whose percentile is within the cap.
    check_within_at(file, name, share, amount, cap) = "{file}: {name} is within the cap of {cap}: {share} such projects cost {amount} or less";
}
