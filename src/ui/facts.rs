//! The facts below a pane's fields: what follows from them, and where the retry factor comes from.

use super::canvas::FrameInput;
use super::text::width;
use super::theme::Role;
use crate::app::HowSure;
use crate::cost::base::money::Decimal;
use crate::cost::base::retry::{Confidence, Factor, Retry};
use crate::cost::budget::QualityChoice;
use crate::cost::estimate::advisor::{self, cheaper, output_rate};
use crate::cost::{Deliverable, Layer, Pane, risk};
use crate::figures::{self, BufferOf, Coverage, Reached, unit_price};
use crate::words;
use crate::words::number::{grouped, plain};

/// The facts that follow from a pane's fields, the most important first.
pub(super) fn facts(
    input: &FrameInput,
    pane: Pane,
    deliverable: &Deliverable,
    (columns, buffer): (usize, String),
) -> Vec<(String, Role)> {
    match pane {
        Pane::OutputSpec => output_facts(input, deliverable, columns),
        Pane::Finals => {
            let state = input.state;
            let images = match state.line() {
                Some(line) => line.images(),
                None => state.estimate().totals.images,
            };
            let number = images.map_or_else(String::new, figures::count);
            let text = match images {
                Some(_) => words::image_count(&number),
                None => words::unknown().to_owned(),
            };
            vec![(if width(&text) <= columns { text } else { number }, Role::Dim)]
        }
        Pane::Retry => retry_facts(input, deliverable, columns),
        Pane::Buffer => {
            let text = words::on_top(&buffer);
            let mut facts = vec![(if width(&text) <= columns { text } else { buffer }, Role::Dim)];
            facts.extend(coverage(input, columns).into_iter().map(|text| (text, Role::Dim)));
            facts
        }
    }
}

/// Which percentile the total on the worksheet reaches, and the buffer that the next one needs.
fn coverage(input: &FrameInput, columns: usize) -> Vec<String> {
    let state = input.state;
    let HowSure::Known(risk) = state.how_sure() else { return Vec::new() };
    let of = state.view.selection.line().map_or(BufferOf::All, BufferOf::Line);
    let Some(coverage) = Coverage::of(state.estimate(), risk, of) else { return Vec::new() };
    let named = figures::percentile_name;
    let covers = match coverage.reached {
        Reached::None => [words::reach_covers_less(named(1)), words::reach_covers_under(named(1))],
        Reached::Percentile(percent) => [words::buffer_covers(named(percent)), named(percent)],
        Reached::AtLeast(percent) => {
            [words::reach_covers_at_least(named(percent)), words::reach_covers_plus(named(percent))]
        }
        Reached::All => [words::reach_covers_all().to_owned(), String::new()],
    };
    let needs = coverage.next.map(|(name, percent)| {
        let in_full = match coverage.of {
            BufferOf::All => words::reach_needs_for_all(&name, &percent),
            BufferOf::Line(_) => words::reach_needs_here(&name, &percent),
        };
        [in_full, words::reach_needs_short(&percent, &name)]
    });
    let whole = needs.as_ref().map(|needs| words::reach_covers_needs(&covers[0], &needs[0]));
    if let Some(whole) = whole.filter(|whole| width(whole) <= columns) {
        return vec![whole];
    }
    let fitting = |texts: [String; 2]| texts.into_iter().find(|text| !text.is_empty() && width(text) <= columns);
    [Some(covers), needs].into_iter().flatten().filter_map(fitting).collect()
}

/// The price of measured tokens, and what the formula has beside them.
fn measured_facts(input: &FrameInput, deliverable: &Deliverable, tokens: u64) -> Vec<(String, Role)> {
    let model = &deliverable.model.value;
    let rate = output_rate(input.state.budget(), model, deliverable.service.value);
    let each = unit_price(advisor::price(tokens, rate), false);
    let drawn = match deliverable.quality.value {
        QualityChoice::Exact(quality) => deliverable.exact_size(deliverable.size.value).zip(Some(quality)),
        QualityChoice::Auto => None,
    };
    let formula = drawn.and_then(|(size, quality)| {
        let tokens = grouped(Decimal::from(model.output.count(size, quality)?));
        Some(words::formula_each(figures::about_if(model.output.is_approximate(size, quality), tokens)))
    });
    let beside = formula.unwrap_or_else(|| words::formula_unknown().to_owned());
    // The tokens stand in their field above.
    vec![(words::price_each(each), Role::Dim), (beside, Role::Dim)]
}

fn output_facts(input: &FrameInput, deliverable: &Deliverable, columns: usize) -> Vec<(String, Role)> {
    if let Some(tokens) = deliverable.measured_output() {
        return measured_facts(input, deliverable, tokens);
    }
    let (Some(size), QualityChoice::Exact(quality)) =
        (deliverable.exact_size(deliverable.size.value), deliverable.quality.value)
    else {
        return vec![(words::price_not_beforehand().to_owned(), Role::Warn)];
    };
    let model = &deliverable.model.value;
    let Some(tokens) = model.output.count(size, quality).filter(|_| deliverable.broken_rules(size).is_empty()) else {
        return vec![(words::tokens_unknown().to_owned(), Role::Warn)];
    };
    let rate = output_rate(input.state.budget(), model, deliverable.service.value);
    let about = model.output.is_approximate(size, quality);
    let each = unit_price(advisor::price(tokens, rate), about);
    let tokens = figures::about_if(about, grouped(Decimal::from(tokens)));
    let both = words::tokens_each(tokens, &each);
    let mut facts = vec![(if width(&both) <= columns { both } else { words::price_each(each) }, Role::Dim)];
    if let Some(best) = cheaper(model, size, quality, None).first().filter(|_| input.state.makes_the_size()) {
        let percent = figures::whole_percent(best.saving_percent);
        let saving = figures::about_if(best.approximate, words::saves(percent));
        facts.push((words::cheaper_size(words::size(best.size), saving), Role::Good));
    }
    facts
}

/// Where the factor comes from, and its range or exact fraction.
fn retry_facts(input: &FrameInput, deliverable: &Deliverable, columns: usize) -> Vec<(String, Role)> {
    let Some(factor) = deliverable.factor else { return vec![(words::unknown().to_owned(), Role::Warn)] };
    let mut facts = vec![(factor_source(input, deliverable), Role::Dim)];
    if let Some([low, likely, high]) = range_of(input, &deliverable.retry.value) {
        // The mean is the headline already: where both do not fit, the range says what it is the mean of.
        let range = words::retry_range(plain(low), plain(likely), plain(high));
        let told = [words::likely_and_mean(plain(likely), figures::mean(factor)), words::mean_of(&range), range];
        facts.extend(told.into_iter().find(|told| width(told) <= columns).map(|told| (told, Role::Dim)));
    } else {
        if !figures::is_short(factor) {
            facts.push((words::exactly(words::factor_number(factor)), Role::Dim));
        }
        facts.extend(doubt(input, &deliverable.retry.value, factor, columns).map(|doubt| (doubt, Role::Dim)));
    }
    facts.retain(|(text, _)| width(text) <= columns);
    facts
}

/// The tries per final that the factor lies between in 8 of 10 cases; `None` if it is certain.
fn doubt(input: &FrameInput, retry: &Retry, factor: Factor, columns: usize) -> Option<String> {
    let (low, high) = risk::between(retry, factor, input.state.budget(), input.state.session.catalog)?;
    let range = words::risk_from_to(figures::tries(low), figures::tries(high));
    [words::retry_between(&range), range].into_iter().find(|told| width(told) <= columns)
}

/// The three values of a range, of a profile too.
fn range_of(input: &FrameInput, retry: &Retry) -> Option<[Decimal; 3]> {
    match retry {
        Retry::Range { low, likely, high } => Some([*low, *likely, *high]),
        Retry::Profile(name) => {
            let own = input.state.budget().profiles.contains_key(name);
            let profile = input.state.session.catalog.profiles.get(name).filter(|_| !own)?;
            range_of(input, &profile.retry).filter(|_| !matches!(profile.retry, Retry::Profile(_)))
        }
        Retry::Factor { .. } | Retry::Accepted { .. } | Retry::Kept { .. } => None,
    }
}

/// Where a factor comes from, in words: what it rests on if that is said, else who set it.
fn factor_source(input: &FrameInput, deliverable: &Deliverable) -> String {
    let confidence = match &deliverable.retry.value {
        Retry::Profile(name) => {
            let own = input.state.budget().profiles.contains_key(name);
            let profile = input.state.session.catalog.profiles.get(name).filter(|_| !own);
            return match profile.and_then(|profile| profile.provenance.grade) {
                Some(grade) => words::retry_guess(grade),
                None => name.clone(),
            };
        }
        Retry::Factor { confidence, .. } | Retry::Accepted { confidence, .. } => *confidence,
        Retry::Kept { kept, made } => return words::retry_kept(kept, made),
        Retry::Range { .. } => None,
    };
    let is_range = matches!(deliverable.retry.value, Retry::Range { .. });
    match (confidence, deliverable.retry.layer) {
        (Some(Confidence::Guess), _) => words::retry_a_guess(),
        (Some(Confidence::Some), _) => words::retry_some_experience(),
        (Some(Confidence::Measured), _) => words::knob_measured(),
        (Some(Confidence::WellKnown), _) => words::retry_well_known(),
        (Some(Confidence::Fixed), _) => words::retry_fixed(),
        // A plain number counts as some experience; a range says itself how wide it is.
        (None, Layer::Deliverable | Layer::Project) if !is_range => words::retry_some_experience(),
        (_, Layer::Deliverable) => words::retry_set_here(),
        (_, Layer::Project) => words::retry_set_for_all(),
        (_, layer @ (Layer::BuiltIn | Layer::Team | Layer::Preset)) => words::layer(layer),
    }
    .to_owned()
}
