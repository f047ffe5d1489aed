//! Texts of levers, goals and the cut line.

catalogue! { LEVERS;
    /// Heading of the list of levers.
    levers_heading() = "What you can change, one lever at a time";
    /// Column of the total after a move.
    levers_after() = "total";
    /// Column of the effect on the total.
    levers_change() = "effect";
    /// The total before any move.
    levers_total(total) = "The total is {total}.";
    /// The same if deliverables without a price are left out.
    levers_known_total(total, count) = "The total without {count} {count|deliverable|deliverables} that {count|has|have} no price is {total}.";
    /// A move: the lever, and its value before and after.
    levers_move(lever, from, to) = "{lever} {from} → {to}";
    /// A lever that moves several values, each to another one.
    levers_pairs(lever, pairs) = "{lever} {pairs}";
    /// One value before and after.
    levers_pair(from, to) = "{from} → {to}";
    /// A lever that goes down by the same number of steps everywhere.
    levers_steps_down(lever, steps) = "{lever} {steps} steps down";
    /// The same for a single step.
    levers_step_down(lever) = "{lever} one step down";
    /// A move, and below which values it changes.
    levers_each(moved, pairs) = "{moved} ({pairs})";
    /// What a move to fewer tries rests on.
    levers_if_enough(moved, tries) = "{moved} (if {tries} {tries|try is|tries are} enough)";
    /// The same where the tries differ.
    levers_if_so_few(moved) = "{moved} (if so few tries are enough)";
    /// A move, and the deliverables that it changes.
    levers_of(moved, whom) = "{moved} · {whom}";
    /// A move of all deliverables that inherit the value.
    levers_shared(count) = "{count} that inherit it";
    /// A move of every deliverable that can move.
    levers_project(count) = "{count} deliverables";
    /// A move of every deliverable of the project.
    levers_all(count) = "all {count} deliverables";
    /// No lever changes the total.
    levers_none() = "No lever changes the total.";
    /// Rows that are not printed.
    levers_more(count) = "{count} more {count|row|rows}: see --format json or csv";
    /// What the first levers that save do together.
    levers_together(moves, total, change) = "Together, {moves}: {total} ({change}). Computed as a whole: single effects do not add up.";
    /// The cap of a goal, with the total within it.
    goal_within(total, left) = "the total of {total} is within it, with {left} left.";
    /// The cap of a goal, with the total over it.
    goal_over(total, over) = "the total of {total} is over it by {over}.";
    /// The cap of a goal, with a total that is not known.
    goal_unknown() = "the total is unknown, so what fits is unknown too.";
    /// The cap of a goal, with a total of which only a part is known, and over the cap.
    goal_over_at_least(known, over) = "the known part of the total, {known}, is over it by {over} already.";
    /// The cap in front of one of them.
    goal_of_cap(cap, told) = "Cap {cap}: {told}";
    /// Heading of the table of goals.
    goal_heading() = "What fits, one knob at a time";
    /// Heading of the knobs of which no value gets under the cap.
    goal_heading_unmet() = "What is not enough by itself";
    /// Row of the values that fit if all deliverables have the same.
    goal_all() = "all at one value";
    /// Cell of a knob that costs nothing.
    goal_any() = "any";
    /// Why no value of a knob fits: it is too much even at the least one.
    goal_over_at(least, total) = "already over at {least} ({total})";
    /// Why a knob has no largest value.
    goal_any_fits() = "every value fits";
    /// Why a knob has no value: a price is missing.
    goal_price_unknown() = "the total is unknown";
    /// Why a knob has no value: none can be had.
    goal_nothing_to_choose() = "no value has a price";
    /// A reason beside its knob and deliverable.
    goal_reason(knob, deliverable, reason) = "{knob} of {deliverable}: {reason}";
    /// Reasons that are not printed.
    goal_reasons_more(count) = "{count} more {count|reason|reasons}: see --format json or csv";
    /// Heading of single moves.
    goal_single() = "Single moves that get under the cap";
    /// Heading of pairs of moves.
    goal_pairs() = "Pairs of moves that get under the cap; no single one does";
    /// Neither a move nor a pair gets there.
    goal_no_way() = "No single move and no pair of moves gets under the cap.";
    /// The same, of one deliverable.
    goal_no_way_of(name) = "No single move of {name} and no pair of them gets under the cap.";
    /// The same heading, of one deliverable.
    goal_pairs_of(name) = "Pairs of moves of {name} that get under the cap; no single one does";
    /// Two moves of a pair.
    goal_pair(first, second) = "{first}; {second}";
    /// All deliverables fit.
    goal_cut_all(count, total) = "{count|The only deliverable fits|All deliverables fit}: {total}.";
    /// One deliverable fits, and the next one lacks an amount.
    goal_cut_first(name, total, next, lacks) = "Going down the list, the cap pays for {name} ({total}); {next} is {lacks} short.";
    /// The first deliverables fit, and the next one lacks an amount.
    goal_cut_some(fitting, total, next, lacks) = "Going down the list, the cap pays for the first {fitting} deliverables ({total}); {next} is {lacks} short.";
    /// Not even the first deliverable fits.
    goal_cut_none(next, lacks) = "The cap does not pay for the first deliverable of the list: {next} is {lacks} short.";
    /// The first deliverables fit, and the next one has no price.
    goal_cut_unpriced(fitting, next) = "Going down the list, the cap pays for {fitting} {fitting|deliverable|deliverables}; {next} has no price, so the rest is unknown.";
    /// There is no cap to seek a goal for.
    goal_no_cap() = "the project has no cap";
    /// Remedy for it.
    goal_no_cap_remedy() = "give one with --max, such as --max 25";
    /// The cap in the file cannot be read.
    goal_cap_unreadable() = "the project's cap cannot be read";
    /// The cap of a goal, with a percentile within it.
    goal_at_within(name, amount, left) = "{name} of {amount} is within it, with {left} left.";
    /// The cap of a goal, with a percentile over it.
    goal_at_over(name, amount, over) = "{name} of {amount} is over it by {over}.";
    /// The cap of a goal, with a percentile that is not known.
    goal_at_unknown(name) = "{name} is unknown, so what fits is unknown too.";
    /// The cap of a goal, with a percentile that is withheld.
    goal_at_withheld(name) = "{name} is withheld, so no goal is sought for it.";
    /// Why a knob has no goal at a percentile: the buffer.
    goal_apart() = "the buffer is not in a percentile";
    /// The same below the table of goals, once.
    goal_buffer_apart(name) = "buffer: not in {name}, which it covers. retake risk prints the buffer that each percentile needs.";
    /// Below the table of goals, if it has not all deliverables.
    goal_costliest(count) = "Only the {count} deliverables that cost most: --deliverable asks for another one.";
    /// Why a knob has no goal at a percentile: it is withheld.
    goal_withheld() = "a retry factor is worth less than 3 finals of experience, so this percentile is withheld";
    /// A percentile before any move.
    levers_at(name, amount, share) = "{name} is {amount}: {share} such projects cost that or less. The buffer is not in it.";
    /// A percentile that is not known.
    levers_at_unknown(name) = "{name} is unknown.";
    /// The chance over a cap that is not known.
    levers_over_cap_unknown() = "The chance of being over the cap is unknown.";
    /// The chance over a cap that is not told.
    levers_over_cap_withheld(chance, cap) = "{chance} such projects cost more than the cap of {cap}. More is withheld, and so is what each lever changes.";
    /// Column of the chance over the cap after a move.
    levers_over_cap_head() = "over the cap";
    /// A change of a chance.
    levers_points_more(points) = "+{points} points";
    /// The same where it falls.
    levers_points_fewer(points) = "−{points} points";
    /// Moves that were not measured.
    levers_not_measured(count) = "{count} more {count|move|moves} with a smaller effect on the total {count|is|are} left out.";
    /// Command.
    cli_levers() = "What you can change: each lever alone, with its effect on the total or a percentile";
    /// Command.
    cli_goal() = "What fits a cap, also at a percentile: the maximum of each knob, moves that get there, and the cut line";
    /// Option.
    cli_one_deliverable() = "Only this deliverable, by its key";
    /// Option.
    cli_levers_confidence() = "Compare by this percentile in place of the total: P50, P80, P90…";
    /// Option.
    cli_levers_over_cap() = "Compare by the chance that the total is over the project's cap";
    /// Option.
    cli_goal_confidence() = "Hold this percentile against the cap in place of the total: P50, P80, P90…";
    /// Option.
    cli_goal_max() = "Cap instead of the project's: 25 (project's currency) or \"25 USD\"";
    /// Example.
    cli_example_levers() = "the largest change first";
    /// Example.
    cli_example_levers_one() = "of one deliverable, for a spreadsheet";
    /// Example.
    cli_example_levers_confidence() = "what moves the amount that 4 of 5 such projects stay within";
    /// Example.
    cli_example_levers_over_cap() = "what moves the chance of passing the cap";
    /// Example.
    cli_example_goal_confidence() = "what fits in 4 of 5 cases";
    /// Example.
    cli_example_goal() = "for the project's own cap";
    /// Example.
    cli_example_goal_max() = "for another amount";
    /// Help.
    action_under_cap() = "under the cap";
    /// Help.
    action_apply_way() = "apply";
    /// Help.
    action_compare_next() = "total, P80, P90";
    /// Title of what gets under the cap.
    dialog_under_cap() = "Under the cap";
    /// Its purpose.
    help_under_cap() = "Moves that bring the total down to the cap, and what the cap still allows. Type an amount for another cap. It is compared with the total, or with P80 or P90: what 8 or 9 of 10 such projects cost at most, without the buffer. The move under the cursor is applied as one step.";
    /// Purpose of the cap's field there.
    help_under_cap_typing() = "The most that may be spent: an amount in the project's currency, or with a currency of its own.";
    /// Label of the cap's field.
    under_cap_field() = "Cap";
    /// Beside the cap, while none is typed.
    under_cap_retype() = "type another cap";
    /// What to type in it, if the project has no cap.
    under_cap_ask(accept, cancel) = "This project has no cap. Type the most that may be spent: {accept} searches, {cancel} leaves.";
    /// What to type in it, if the project has one.
    under_cap_ask_again(accept, cancel) = "{accept} sets this cap and searches, {cancel} keeps the cap as it is.";
    /// Nothing was typed.
    under_cap_empty(cancel) = "Type an amount above 0 such as 25, or {cancel} to leave.";
    /// While the search runs.
    under_cap_searching() = "Searching…";
    /// Deliverables without a price.
    under_cap_unpriced(count, names) = "No price for {count} {count|deliverable|deliverables}: {names}.";
    /// An amount of another currency cannot be converted.
    under_cap_no_rate(currency) = "The cap is in {currency}, and there is no exchange rate.";
    /// Heading of the most of each knob, if the total is within the cap.
    under_cap_allows() = "What the cap still allows, one knob at a time";
    /// The effect of the selected way, and what is left of the cap.
    under_cap_effect(name, before, after, change, left) = "{name} {before} → {after} ({change}), {left} left of the cap.";
    /// The effect if what is left is unknown.
    under_cap_effect_alone(name, before, after, change) = "{name} {before} → {after} ({change}).";
    /// Beside the cap: what it is compared with.
    under_cap_compared(name) = "compared: {name}";
    /// The most of the knob in hand.
    under_cap_in_hand(knob, whose, value) = "The most that fits of {knob} · {whose}: {value}.";
    /// The most of a knob is its value now.
    under_cap_as_it_is(value) = "{value} is already the most that fits";
    /// Notice after a way was applied.
    notice_under_cap(moved, before, after, undo) = "{moved}: {before} → {after}. {undo} undoes.";
    /// Why unavailable.
    why_no_way(key) = "no move is selected: {key} lists those that get under the cap";
    /// Why unavailable.
    why_nothing_to_apply() = "there is no move to apply";
}
