//! Issues about numbers of tokens in words.

use super::{Explanation, knob_label, listed, size};
use crate::cost::estimate::issue::IssueKind;
use crate::words::{
    issue_measured_per_image, issue_measured_per_image_remedy, issue_measured_unused, issue_measured_unused_remedy,
};

catalogue! { TOKEN_ISSUES;
    /// A token count by another model's formula.
    issue_tokens_approximate(model, quality, size) = "how many tokens {model} takes for {size} in {quality} quality is not published; the formula of gpt-image-2.5 is used, so the cost is approximate (grade C)";
    /// Remedy.
    issue_tokens_approximate_remedy() = "compare it with the usage that a few calls of your own report";
    /// No token count is published.
    issue_tokens_unknown(model, quality, size) = "how many tokens {model} takes for {size} in {quality} quality is not published, so the cost is unknown";
    /// Remedy.
    issue_tokens_unknown_remedy() = "choose a quality, size or model with published counts";
    /// No reference count is published.
    issue_reference_tokens_unknown(model) = "how many tokens {model} takes for a reference image is not published, so the cost is unknown";
    /// Remedy.
    issue_reference_tokens_unknown_remedy() = "leave the references out, or choose another model";
}

/// Issues about numbers of tokens; empty for any other issue.
pub(super) fn about_tokens(kind: &IssueKind) -> Explanation {
    match kind {
        IssueKind::TokensApproximate { model, quality, size: asked } => Explanation::new(
            issue_tokens_approximate(model, quality, size(*asked)),
            "",
            issue_tokens_approximate_remedy(),
        ),
        IssueKind::TokensUnknown { model, quality, size: asked } => {
            Explanation::new(issue_tokens_unknown(model, quality, size(*asked)), "", issue_tokens_unknown_remedy())
        }
        IssueKind::MeasuredUnused { differs } => {
            let what = listed(differs.iter().map(|knob| knob_label(*knob)));
            Explanation::new(issue_measured_unused(what), "", issue_measured_unused_remedy())
        }
        IssueKind::MeasuredPerImage { model } => {
            Explanation::new(issue_measured_per_image(model), "", issue_measured_per_image_remedy())
        }
        IssueKind::ReferenceTokensUnknown { model } => {
            Explanation::new(issue_reference_tokens_unknown(model), "", issue_reference_tokens_unknown_remedy())
        }
        _ => Explanation::default(),
    }
}
