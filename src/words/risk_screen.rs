//! How sure the total is, on the screen.

use crate::cost::budget::RiskKey;

catalogue! { RISK_SCREEN;
    /// Beside the total: a percentile.
    headline_percentile(name, amount) = "{name} {amount}";
    /// The same if the amount is over the cap.
    headline_percentile_over(name, amount) = "{name} {amount} > cap";
    /// Behind the first percentile: named risks that are on and have a fault.
    headline_without_risks(percentile, count) = "{percentile} without {count} broken {count|risk|risks}";
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
    reach_needs_for_all(name, percent) = "{name} needs {percent} for all";
    /// The buffer of the selected deliverable that a percentile needs, the others as they are.
    reach_needs_here(name, percent) = "{name} needs {percent} here";
    /// The same in few columns.
    reach_needs_short(percent, name) = "{percent} for {name}";
    /// Below a retry factor: the tries per final that it lies between in 8 of 10 cases.
    retry_between(range) = "8 of 10: {range}";
    /// A buffer as a sentence.
    risk_with_buffer(buffer, share, amount) = "with a buffer of {buffer}: {share} such projects cost {amount} or less";
    /// Between a share and an amount.
    risk_such_projects() = "such projects cost";
    /// Heading of the amounts.
    risk_cost_at_most() = "cost at most";
    /// Heading of the shares of projects.
    risk_projects() = "projects";
    /// A share of projects in a table, above 0.
    risk_under_one() = "<1 of 100";
    /// A share of projects in a table, below 100.
    risk_over_99() = ">99 of 100";
    /// A share of projects in a table that is not told in full.
    risk_or_more(some) = "{some}+ of 100";
    /// The first line: how sure the total is.
    risk_verdict(chance, total) = "{chance} such projects fit the total of {total}.";
    /// The same with a cap.
    risk_verdict_cap(chance, total, in_cap, cap) = "{chance} such projects fit the total of {total}, {in_cap} the {cap} cap.";
    /// The second line: what the named risks add.
    risk_verdict_named(count, amount) = "{count} named {count|risk adds|risks add} {amount} on average, which the total leaves out.";
    /// The second line: risks that are on and do not count.
    risk_verdict_broken(count) = "{count} named {count|risk does|risks do} not count.";
    /// Percentiles of one amount.
    risk_percentiles_of_one(low, high) = "{low}–{high}";
    /// What a named risk adds.
    risk_adds_on_average(amount) = "+{amount} on average";
    /// Column of what a named risk adds.
    risk_adds_short() = "adds";
    /// In the place of a percentile.
    risk_withheld() = "withheld";
    /// In the place of the picture while the distribution is computed.
    risk_awaited() = "The distribution is being computed; it comes by itself.";
    /// Heading of the panel with sentences and shares.
    risk_where_from() = "What it means, and where it comes from";
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
    /// Action: the named risks.
    action_named_risks() = "change the risks";
    /// Action: another one.
    action_add_risk() = "add a risk";
    /// Title of a risk's page.
    dialog_risk(risk) = "The project · risk {risk}";
    /// Row: a new risk.
    form_new_risk() = "+ add a risk";
    /// What it is.
    form_new_risk_help() = "Something that the retry factors do not know, such as another round of feedback or a lost day, with its chance.";
    /// While it is typed.
    form_new_risk_typing(accept, next) = "Its name, such as Extra round; then its chance, and extra finals of a deliverable or an amount. {accept} adds it, {next} goes on.";
    /// What a risk's row is.
    form_risk_help(edit, remove) = "Counts in the percentiles, not in the total. {edit} opens it; {remove} removes it.";
    /// A risk that cannot be removed.
    why_risk_off() = "this risk is not the project's own, and it is off already";
    /// A risk without a name.
    form_risk_unnamed() = "A risk needs a name, such as Extra round.";
    /// A risk that brings both or nothing.
    form_risk_one_effect() = "A risk brings extra finals or an amount: fill in one of the two.";
    /// Row of a key.
    risk_label_name() = "shown name";
    /// Row of a key.
    risk_label_finals() = "extra finals";
    /// Row of a key.
    risk_label_amount() = "or an amount";
    /// What it is.
    risk_help_name() = "How the risk is shown. Without one it is the name of its table in the file.";
    /// What it is.
    risk_help_chance() = "How likely it is to happen, such as 30%.";
    /// What it is.
    risk_help_finals() = "The finals that it adds if it happens: 12, or low/likely/high such as 6/12/20 (counted at exactly these three, with 30, 40 and 30 %).";
    /// What it is.
    risk_help_deliverable() = "The deliverable of its extra finals, by key or name; they have its size, price and tries.";
    /// What it is.
    risk_help_amount() = "What it costs if it happens: 150, 150 USD, or low/likely/high such as 100/150/250 (counted at exactly these three, with 30, 40 and 30 %). It takes the place of extra finals.";
    /// What it is.
    risk_help_note() = "Why you expect it, for whoever reads the project later.";
    /// What it is.
    risk_help_off() = "Whether it counts. Switched off, it stays in the file.";
    /// A risk's row.
    risk_detail(chance, effect) = "{chance} · {effect}";
    /// There is no named risk.
    risk_none_named(key) = "None. {key} adds one, such as another round of feedback or a lost day, with its chance.";
    /// What the percentiles hold where there are named risks.
    risk_screen_scope() = "Retries and named risks are in it. Price changes and other extra work are not.";
}

/// The name of a row of a named risk.
#[must_use]
pub fn risk_label(key: RiskKey) -> &'static str {
    match key {
        RiskKey::Name => risk_label_name(),
        RiskKey::Chance => super::risk_chance(),
        RiskKey::Finals => risk_label_finals(),
        RiskKey::Deliverable => super::footer_line(),
        RiskKey::Amount => risk_label_amount(),
        RiskKey::Note => super::field_note(),
        RiskKey::Off => super::form_counts(),
    }
}

/// What a row of a named risk is for.
#[must_use]
pub fn risk_key_help(key: RiskKey) -> &'static str {
    match key {
        RiskKey::Name => risk_help_name(),
        RiskKey::Chance => risk_help_chance(),
        RiskKey::Finals => risk_help_finals(),
        RiskKey::Deliverable => risk_help_deliverable(),
        RiskKey::Amount => risk_help_amount(),
        RiskKey::Note => risk_help_note(),
        RiskKey::Off => risk_help_off(),
    }
}
