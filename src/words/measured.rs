//! Sentences about measured tokens and returned sizes.

use crate::cost::Decimal;
use crate::cost::budget::Measured;
use crate::cost::estimate::line::Beside;
use crate::cost::rates::rate_card::Meter;
use crate::words::{meter_label, number, tokens_short};

catalogue! { MEASURED;
    /// Knob: measured tokens.
    knob_measured() = "measured";
    /// Help of the knob.
    knob_measured_help() = "Output tokens of one image as you measured them, in place of the formula";
    /// Knob: whether the size came back from the API.
    knob_returned() = "size returned";
    /// Help of the knob.
    knob_returned_help() = "Whether the API chose this size; if so, any edges from 1 px are fine";
    /// Yes, as the value of a knob.
    flag_yes() = "yes";
    /// No, as the value of a knob.
    flag_no() = "no";
    /// What yes means for a returned size.
    returned_yes_meaning() = "the API returned the size: any edges from 1 px";
    /// What no means for a returned size.
    returned_no_meaning() = "the size is requested: the model's rules apply";
    /// Measured output and reference tokens as a value.
    measured_both(output, reference) = "{output} + {reference} tok";
    /// Measured tokens of reference images alone.
    measured_reference(count) = "{count} tok refs";
    /// Measured tokens that do not count here.
    measured_unused(value) = "{value}, unused";
    /// A measured figure beside the formula's.
    measured_beside(measured, formula) = "measured {measured}, formula {formula}";
    /// A measured figure where the formula has none.
    measured_alone(measured) = "measured {measured}, formula unknown";
    /// As above, with what was measured.
    measured_meter(meter, figures) = "{meter}: {figures}";
    /// Measured tokens of an image with their price.
    measured_each(count, price) = "measured {count} tok {price}";
    /// The formula's figure, below a measured one.
    formula_each(count) = "formula {count} tok";
    /// The formula has no figure, below a measured one.
    formula_unknown() = "formula unknown";
    /// The rule of a step of a calculation.
    step_measured_formula(meter) = "tokens of {meter} = as measured, in place of the formula";
    /// Source of measured tokens of which none is named.
    step_measured_source() = "measured, no source named";
    /// After turning a knob that measured tokens do not follow.
    notice_measured_stays(knob) = "Measured tokens ignore the {knob}: the price stays the same.";
    /// After a change that makes the formula count again.
    notice_measured_unused(knob) = "The tokens were measured with another {knob}: the formula is used now.";
    /// Why no cheaper size is offered.
    why_measured() = "measured tokens do not depend on the size";
    /// The deliverable differs from what was measured.
    issue_measured_unused(what) = "the tokens were measured with another {what}, so the formula is used";
    /// Remedy.
    issue_measured_unused_remedy() = "measure again, or leave it to the formula";
    /// The model is billed per image.
    issue_measured_per_image(model) = "{model} is billed per image, so measured tokens are not used";
    /// Remedy.
    issue_measured_per_image_remedy() = "remove the tokens, or choose a model that is billed by tokens";
    /// Form of measured tokens in a file.
    tokens_allowed(example) = "a table such as {example}, with at least one of the two";
    /// A table of measured tokens without a number.
    tokens_empty() = "tokens has neither output nor reference";
    /// Remedy.
    tokens_empty_remedy() = "add output = 6119, with your own number, or remove tokens";
    /// Inherited tokens that do not say what was measured.
    tokens_unnamed(missing) = "tokens in [assumptions] must name what was measured, but has no {missing}";
    /// Remedy.
    tokens_unnamed_remedy(missing) = "add {missing}, or move tokens to the deliverable that was measured";
    /// Between the last two of several keys.
    tokens_and() = "and";
    /// Form of a measured size.
    measured_size_allowed() = "width x height in pixels such as \"1024x1280\", or \"auto\"";
    /// Form of a key that is yes or no.
    flag_allowed() = "true or false, without quotes";
    /// Form of measured tokens as typed.
    allowed_measured(min, max) = "output tokens from {min} to {max}, or parts such as output=6119, reference=1024, size=1024x1280, quality=high, model=gpt-image-2";
    /// Forms of a flag as typed.
    allowed_flag() = "true or false";
    /// Measured tokens in a printed estimate.
    report_measured(figures) = "tokens {figures}";
}

/// `6,119 tok`, `6,119 + 1,024 tok`.
#[must_use]
pub fn measured_value(measured: &Measured) -> String {
    match (measured.output, measured.reference) {
        (Some(output), Some(reference)) => measured_both(grouped_tokens(output), grouped_tokens(reference)),
        (Some(output), None) => tokens_short(grouped_tokens(output)),
        (None, reference) => measured_reference(grouped_tokens(reference.unwrap_or_default())),
    }
}

/// `measured 6,119, formula 6,204`.
#[must_use]
pub fn beside(beside: Beside) -> String {
    let measured = grouped_tokens(beside.measured);
    match beside.formula {
        Some(formula) => measured_beside(measured, grouped_tokens(formula)),
        None => measured_alone(measured),
    }
}

/// The same with its part of the bill: `references: measured 1,024, formula 920`.
#[must_use]
pub fn beside_of(meter: Meter, figures: Beside) -> String {
    measured_meter(meter_label(meter), beside(figures))
}

fn grouped_tokens(tokens: u64) -> String {
    number::grouped(Decimal::from(tokens))
}
