//! An estimate's issues in words.

use super::exchange_issues::{about_an_exchange, exchange_key};
use super::fee_issues::about_a_fee;
use super::token_issues::about_tokens;
use super::{Explanation, factor, knob_label, listed, meter_label, plain, repeated, size};
use crate::cost::Layer;
use crate::cost::base::money::{Currency, Decimal, rounded};
use crate::cost::base::size::{BrokenRule, Size};
use crate::cost::budget::FeeKey;
use crate::cost::estimate::heirs::Grouped;
use crate::cost::estimate::issue::{Issue, IssueKind};
use crate::cost::rates::age::STALE_AFTER_DAYS;
use crate::cost::rates::rate_card::ServiceTier;
use crate::words::number;

catalogue! { ISSUES;
    /// The known part of the total is over the cap; both with their currency.
    over_cap_at_least(known, cap) = "the known part of the total, {known}, is already over the cap of {cap}";
    /// The width of a size, as a name.
    edge_width() = "width";
    /// The height of a size, as a name.
    edge_height() = "height";
    /// An edge off the grid.
    size_step(edge, value, step) = "the {edge} of {value} px is not a multiple of {step}";
    /// An edge that is too long.
    size_max_edge(value, max) = "an edge of {value} px is longer than {max} px";
    /// A size too long for its width.
    size_aspect(max) = "the longer edge is more than {max} times the shorter";
    /// Fewer pixels than the model accepts.
    size_too_few(pixels, min) = "{pixels} pixels are fewer than {min}";
    /// More pixels than the model accepts.
    size_too_many(pixels, max) = "{pixels} pixels are more than {max}";
    /// A size that is not in the model's table.
    size_not_listed() = "it is not one of the model's sizes";
    /// Allowed edges.
    size_step_allowed(step) = "edges in multiples of {step} px";
    /// Longest allowed edge.
    size_max_edge_allowed(max) = "edges up to {max} px";
    /// Longest allowed ratio.
    size_aspect_allowed(max) = "a longer edge up to {max} times the shorter";
    /// Fewest allowed pixels.
    size_too_few_allowed(min) = "at least {min} pixels";
    /// Most allowed pixels.
    size_too_many_allowed(max) = "at most {max} pixels";
    /// A size that the model does not accept, and why.
    issue_size_illegal(size, reasons) = "the model does not take {size}: {reasons}";
    /// The closest legal size.
    issue_size_illegal_remedy(size) = "the nearest legal size is {size}";
    /// The model chooses the size.
    issue_size_auto() = "the model chooses the size, so the price is not known in advance";
    /// Remedy.
    issue_size_auto_remedy() = "choose a size, or plan with the range from cheapest to most expensive";
    /// The model chooses the quality.
    issue_quality_auto() = "the model chooses the quality, so the price is not known in advance";
    /// Remedy.
    issue_quality_auto_remedy() = "choose a quality, or plan with the range from low to high quality";
    /// The model does not support this quality.
    issue_quality_not_of_model(quality, model) = "{model} has no {quality} quality";
    /// Remedy.
    issue_quality_not_of_model_remedy() = "choose one of these qualities, or another model";
    /// The model is retired.
    issue_model_shut_down(model, on) = "{model} was retired on {on}";
    /// Remedy.
    issue_model_shut_down_remedy() = "choose an available model; the figures are those of the retired one";
    /// Remedy if OpenAI names a replacement.
    issue_model_shut_down_for_remedy(models) = "choose {models}, the replacement that OpenAI names; the figures are the retired one's";
    /// The model will be retired soon.
    issue_model_shuts_down(model, on, days) = "{model} retires on {on}, in {days} {days|day|days}";
    /// Remedy.
    issue_model_shuts_down_remedy(on) = "plan work after {on} with another model";
    /// Remedy if OpenAI names a replacement.
    issue_model_shuts_down_for_remedy(on, models) = "plan work after {on} with {models}, which OpenAI names as its replacement";
    /// Models of which one can be chosen.
    either_model(first, last) = "{first} or {last}";
    /// A price was checked long ago.
    issue_price_stale(card, checked, days) = "the prices of {card} were checked on {checked}, {days} {days|day|days} ago";
    /// How long a price is trusted after it was checked.
    issue_price_stale_allowed(days) = "a check at most {days} days old";
    /// Remedy.
    issue_price_stale_remedy() = "compare them with their source and set the day of the check";
    /// A pinned price without a date.
    issue_price_undated(card) = "the prices of {card} do not say when they were checked";
    /// Remedy; names a key of the file.
    issue_price_undated_remedy() = "add checked = YYYY-MM-DD beside them";
    /// A price dated after today.
    issue_price_ahead(card, checked) = "the prices of {card} are dated {checked}, which is in the future";
    /// Remedy.
    issue_price_ahead_remedy() = "set checked to the day on which they were checked";
    /// The factor of a built-in profile.
    issue_retry_guess(factor, grade) = "{factor} is a public guess (grade {grade})";
    /// The same with its range.
    issue_retry_guess_range(factor, grade, low, high) = "{factor} is a public guess (grade {grade}), range {low}–{high}";
    /// Remedy.
    issue_retry_guess_remedy() = "replace it once you have counted tries and finals of your own";
    /// No batch service.
    issue_batch_not_offered(model) = "{model} is not offered in batch";
    /// Remedy.
    issue_batch_not_offered_remedy() = "use standard service, or another model";
    /// Lines that lost their price on a card.
    issue_card_inputs_unsaid(card, lines) = "the card {card} does not say what a call with reference images costs, so these have no price on it: {lines}";
    /// Remedy; names keys of the file.
    issue_card_inputs_unsaid_remedy(card) = "if the price covers them, add inputs = \"included\" to [card.{card}]; else inputs = \"charged\", or an edit list";
    /// Lines that are not named one by one.
    and_more(names, count) = "{names} and {count} more";
    /// No rate is published.
    issue_rate_unknown(card, tier, meter) = "{card} has no {tier} rate for {meter}, so the cost is unknown";
    /// Remedy for a missing batch rate.
    issue_rate_unknown_batch_remedy() = "use standard service, or pin a rate in the project";
    /// Remedy for a missing standard rate.
    issue_rate_unknown_remedy() = "pin a rate in the project, or choose another model";
    /// Ratio and size disagree.
    issue_ratio_disagrees(ratio, size) = "the ratio {ratio} and the size {size} disagree; the size is used";
    /// Remedy.
    issue_ratio_disagrees_remedy() = "leave one of the two out";
    /// OpenAI calls the size experimental.
    issue_size_experimental(size) = "OpenAI calls sizes as large as {size} experimental";
    /// A buffer outside the usual range.
    issue_buffer_unusual(percent) = "a buffer of {percent} % is unusual";
    /// The usual range.
    issue_buffer_unusual_allowed() = "any from 0 % to 1,000 %; 10 % to 30 % is usual";
    /// More images are paid for than the factor suggests.
    issue_spare_pictures(images, per_final, factor) = "with {images} images a call and one kept, a final pays for at least {per_final} images, not {factor}";
    /// Remedy.
    issue_spare_pictures_remedy() = "several images a call buy time and choice, not money: one image a call costs least";
    /// Finals times repetitions are beyond the limit.
    issue_too_many_finals(finals) = "{finals} finals are too many for one deliverable, so they are not counted";
    /// What is allowed.
    issue_too_many_finals_allowed(most) = "at most {most} finals, including all repetitions";
    /// Remedy.
    issue_too_many_finals_remedy() = "lower finals or repeat";
    /// The profile is unknown.
    issue_profile_unknown(name) = "there is no retry profile {name}";
    /// Remedy; names a table of the file.
    issue_profile_unknown_remedy(name) = "name a built-in profile, or add [retry_profile.{name}]";
    /// Something in the file could not be read.
    issue_unreadable(knob) = "the value of {knob} could not be read, so nothing is counted with it";
    /// As above, if it is not about one knob.
    issue_unreadable_anywhere() = "a value could not be read, so nothing is counted with it";
    /// Remedy.
    issue_unreadable_remedy() = "fix it, or remove it to inherit the value";
    /// More digits than exact arithmetic holds.
    issue_too_many_digits() = "an amount needs more than 28 digits, so it is not shown";
    /// Remedy.
    issue_too_many_digits_remedy() = "use fewer finals, or numbers with fewer decimals";
    /// An issue of a value that several deliverables inherit; the message comes first.
    issue_inherited(message, heirs) = "{message}; {heirs} {heirs|deliverable inherits|deliverables inherit} it";
    /// A gap in the price list that several deliverables meet; the message comes first.
    issue_shared(message, heirs) = "{message}; {heirs} {heirs|deliverable is|deliverables are} affected";
    /// Lines without a price.
    issue_total_unknown(lines) = "{lines} {lines|deliverable has|deliverables have} no price, so the total is unknown";
    /// Remedy.
    issue_total_unknown_remedy() = "the known part is shown; each deliverable says what is missing";
    /// The total is over the cap; amounts with their currency.
    over_cap(total, cap, over) = "the total of {total} is over the cap of {cap} by {over}";
    /// The cap cannot be compared.
    issue_cap_currency(cap, project) = "the cap is in {cap} and the project in {project}, so they cannot be compared";
    /// Which currencies a cap may have.
    issue_cap_currency_allowed(first, second) = "{first} or {second}";
    /// Remedy.
    issue_cap_currency_remedy(project) = "write the cap in {project}";
    /// Pinned rates differ from the built-in ones.
    issue_rates_differ(count) = "{count} pinned {count|rate differs|rates differ} from the built-in ones";
    /// Pinned cards of other sellers differ.
    issue_cards_differ(count, cards) = "{count} pinned {count|rate card differs|rate cards differ} from the built-in {count|one|ones}: {cards}";
    /// Remedy.
    issue_cards_differ_remedy() = "the pinned one is used; remove its table from the file to use the built-in one";
    /// Remedy.
    issue_rates_differ_remedy() = "the pinned ones are used; adopting the built-in prices replaces them";
}

/// An issue in words. `beside_cap` gives the texts of a total, the cap that it is over, both in that currency, and what it is
/// over the cap.
#[must_use]
pub fn issue(issue: &Issue, beside_cap: impl FnOnce(Decimal, Decimal, Currency, bool) -> [String; 3]) -> Explanation {
    match &issue.kind {
        IssueKind::SizeIllegal { size: asked, rules, nearest } => illegal_size(*asked, rules, *nearest),
        IssueKind::SizeAuto => Explanation::new(issue_size_auto(), "", issue_size_auto_remedy()),
        IssueKind::QualityAuto => Explanation::new(issue_quality_auto(), "", issue_quality_auto_remedy()),
        IssueKind::QualityNotOfModel { quality, model, known } => {
            let message = issue_quality_not_of_model(quality, model);
            Explanation::new(message, listed(known.iter().map(|q| q.name())), issue_quality_not_of_model_remedy())
        }
        IssueKind::RatioDisagrees { ratio, size: asked } => {
            Explanation::new(issue_ratio_disagrees(ratio, size(*asked)), "", issue_ratio_disagrees_remedy())
        }
        IssueKind::SizeExperimental { size: asked } => Explanation::new(issue_size_experimental(size(*asked)), "", ""),
        IssueKind::BufferUnusual { percent } => {
            Explanation::new(issue_buffer_unusual(plain(*percent)), issue_buffer_unusual_allowed(), "")
        }
        IssueKind::SparePictures { images_per_call, per_final, factor } => {
            let shown = |number| number::grouped(rounded(number, 2));
            let message = issue_spare_pictures(images_per_call, shown(*per_final), shown(*factor));
            Explanation::new(message, "", issue_spare_pictures_remedy())
        }
        IssueKind::TooManyFinals { finals, repeat, most } => Explanation::new(
            issue_too_many_finals(repeated(plain(*finals), plain(*repeat))),
            issue_too_many_finals_allowed(plain(*most)),
            issue_too_many_finals_remedy(),
        ),
        IssueKind::FeeIncomplete { .. }
        | IssueKind::FeeUnreadable { .. }
        | IssueKind::FeeCurrency { .. }
        | IssueKind::FeeKeyUnused { .. }
        | IssueKind::FeeNamesNone { .. }
        | IssueKind::FeeDeliverable { .. } => about_a_fee(&issue.kind),
        IssueKind::Risk { risk, fault } => crate::words::risk_fault(risk, fault),
        IssueKind::ProfileUnknown { name } => {
            Explanation::new(issue_profile_unknown(name), "", issue_profile_unknown_remedy(bare_or_quoted(name)))
        }
        IssueKind::Unreadable => {
            let message = issue.knob.map(|knob| issue_unreadable(knob_label(knob)));
            let message = message.unwrap_or_else(|| issue_unreadable_anywhere().to_owned());
            Explanation::new(message, "", issue_unreadable_remedy())
        }
        IssueKind::TooManyDigits => Explanation::new(issue_too_many_digits(), "", issue_too_many_digits_remedy()),
        IssueKind::TotalUnknown { lines } => {
            Explanation::new(issue_total_unknown(lines), "", issue_total_unknown_remedy())
        }
        IssueKind::OverCap { .. } | IssueKind::OverCapAtLeast { .. } | IssueKind::CapCurrency { .. } => {
            about_the_cap(&issue.kind, beside_cap)
        }
        IssueKind::ExchangeMissing { .. }
        | IssueKind::ExchangeStale { .. }
        | IssueKind::ExchangeAhead { .. }
        | IssueKind::CardExchangeMissing { .. } => about_an_exchange(&issue.kind),
        IssueKind::MeasuredUnused { .. }
        | IssueKind::MeasuredPerImage { .. }
        | IssueKind::TokensApproximate { .. }
        | IssueKind::TokensUnknown { .. }
        | IssueKind::ReferenceTokensUnknown { .. } => about_tokens(&issue.kind),
        IssueKind::ModelShutDown { .. }
        | IssueKind::ModelShutsDown { .. }
        | IssueKind::PriceStale { .. }
        | IssueKind::PriceUndated { .. }
        | IssueKind::PriceAhead { .. }
        | IssueKind::RetryGuess { .. }
        | IssueKind::BatchNotOffered { .. }
        | IssueKind::CardInputsUnsaid { .. }
        | IssueKind::RateUnknown { .. }
        | IssueKind::CardsDiffer { .. }
        | IssueKind::RatesDiffer { .. } => about_a_model(&issue.kind),
    }
}

/// Issues about the cap; empty for any other issue.
fn about_the_cap(
    kind: &IssueKind,
    beside_cap: impl FnOnce(Decimal, Decimal, Currency, bool) -> [String; 3],
) -> Explanation {
    match kind {
        IssueKind::OverCap { total, cap, currency, approximate } => {
            let [total, cap, over] = beside_cap(*total, *cap, *currency, *approximate);
            Explanation::new(over_cap(total, cap, over), "", "")
        }
        IssueKind::OverCapAtLeast { known, cap, currency, approximate } => {
            let [known, cap, _] = beside_cap(*known, *cap, *currency, *approximate);
            Explanation::new(over_cap_at_least(known, cap), "", "")
        }
        IssueKind::CapCurrency { cap, project } => {
            let allowed = if *project == Currency::USD {
                project.code().to_owned()
            } else {
                issue_cap_currency_allowed(project.code(), Currency::USD.code())
            };
            let (cap, project) = (cap.code(), project.code());
            Explanation::new(issue_cap_currency(cap, project), allowed, issue_cap_currency_remedy(project))
        }
        _ => Explanation::default(),
    }
}

/// An issue in words, with the number of deliverables that have it from the same cause.
#[must_use]
pub fn with_heirs(told: Explanation, group: &Grouped<'_>) -> Explanation {
    let message = match group.layer {
        _ if !group.is_shared() => return told,
        Some(_) => issue_inherited(told.message, group.heirs),
        None => issue_shared(told.message, group.heirs),
    };
    Explanation { message, ..told }
}

/// The dotted key of a value that several deliverables inherit; of any other issue, its own.
#[must_use]
pub fn grouped_key(group: &Grouped<'_>) -> String {
    match (group.layer, group.issue.knob) {
        (Some(Layer::BuiltIn | Layer::Team | Layer::Project), Some(knob)) if group.is_shared() => {
            format!("assumptions.{}", knob.row().name)
        }
        _ => issue_key(group.issue),
    }
}

/// Issues about models and their published facts; empty for any other issue.
fn about_a_model(kind: &IssueKind) -> Explanation {
    match kind {
        IssueKind::ModelShutDown { model, on, replacements } => {
            let named = either(replacements).map(issue_model_shut_down_for_remedy);
            let remedy = named.unwrap_or_else(|| issue_model_shut_down_remedy().to_owned());
            Explanation::new(issue_model_shut_down(model, on), "", remedy)
        }
        IssueKind::ModelShutsDown { model, on, days, replacements } => {
            let named = either(replacements).map(|models| issue_model_shuts_down_for_remedy(on, models));
            let remedy = named.unwrap_or_else(|| issue_model_shuts_down_remedy(on));
            Explanation::new(issue_model_shuts_down(model, on, days), "", remedy)
        }
        IssueKind::RetryGuess { factor: guessed, range, grade } => {
            let guessed = factor(*guessed);
            let message =
                match range.map(|(low, high)| (number::grouped(low.normalize()), number::grouped(high.normalize()))) {
                    Some((low, high)) => issue_retry_guess_range(guessed, grade, low, high),
                    None => issue_retry_guess(guessed, grade),
                };
            Explanation::new(message, "", issue_retry_guess_remedy())
        }
        IssueKind::BatchNotOffered { model } => {
            Explanation::new(issue_batch_not_offered(model), "", issue_batch_not_offered_remedy())
        }
        IssueKind::CardInputsUnsaid { card, lines } => Explanation::new(
            issue_card_inputs_unsaid(card, some_of(lines)),
            "",
            issue_card_inputs_unsaid_remedy(bare_or_quoted(card)),
        ),
        IssueKind::PriceStale { card, of_seller: _, checked, days } => Explanation::new(
            issue_price_stale(card, checked, days),
            issue_price_stale_allowed(STALE_AFTER_DAYS),
            issue_price_stale_remedy(),
        ),
        IssueKind::PriceUndated { card } => {
            Explanation::new(issue_price_undated(card), "", issue_price_undated_remedy())
        }
        IssueKind::PriceAhead { card, of_seller: _, checked } => {
            Explanation::new(issue_price_ahead(card, checked), "", issue_price_ahead_remedy())
        }
        IssueKind::RateUnknown { card, tier, meter } => {
            let remedy = match tier {
                ServiceTier::Standard => issue_rate_unknown_remedy(),
                ServiceTier::Batch => issue_rate_unknown_batch_remedy(),
            };
            Explanation::new(issue_rate_unknown(card, tier.name(), meter_label(*meter)), "", remedy)
        }
        IssueKind::CardsDiffer { cards } => Explanation::new(
            issue_cards_differ(cards.len(), super::super::listed(cards)),
            "",
            issue_cards_differ_remedy(),
        ),
        IssueKind::RatesDiffer { count } => {
            Explanation::new(issue_rates_differ(count), "", issue_rates_differ_remedy())
        }
        _ => Explanation::default(),
    }
}

/// One of several models in words; `None` without any.
fn either(models: &[String]) -> Option<String> {
    let (last, others) = models.split_last()?;
    if others.is_empty() { Some(last.clone()) } else { Some(either_model(listed(others), last)) }
}

/// Names of lines, the first few one by one.
#[must_use]
pub fn some_of(names: &[String]) -> String {
    const NAMED: usize = 6;
    match names.len().checked_sub(NAMED).filter(|more| *more > 1) {
        Some(more) => and_more(listed(&names[..NAMED]), more),
        None => listed(names),
    }
}

/// A size that a model does not accept: the rules that it breaks, the values that they allow, and the nearest legal size.
pub(super) fn illegal_size(asked: Size, rules: &[BrokenRule], nearest: Option<Size>) -> Explanation {
    let reasons = rules.iter().map(broken_rule).collect::<Vec<_>>().join("; ");
    let mut allowed: Vec<String> = Vec::new();
    for rule in rules.iter().map(rule_allows) {
        if !allowed.contains(&rule) {
            allowed.push(rule);
        }
    }
    let remedy = nearest.map(|near| issue_size_illegal_remedy(size(near))).unwrap_or_default();
    Explanation::new(issue_size_illegal(size(asked), reasons), allowed.join(", "), remedy)
}

/// A rule that a size breaks, with its numbers.
#[must_use]
pub fn broken_rule(rule: &BrokenRule) -> String {
    match rule {
        BrokenRule::Step { width, edge_px, step_px } => {
            size_step(if *width { edge_width() } else { edge_height() }, plain(*edge_px), step_px)
        }
        BrokenRule::MaxEdge { edge_px, max_px } => size_max_edge(plain(*edge_px), plain(*max_px)),
        BrokenRule::Aspect { max } => size_aspect(max),
        BrokenRule::TooFew { pixels, min } => size_too_few(plain(*pixels), plain(*min)),
        BrokenRule::TooMany { pixels, max } => size_too_many(plain(*pixels), plain(*max)),
        BrokenRule::NotListed { .. } => size_not_listed().to_owned(),
    }
}

fn rule_allows(rule: &BrokenRule) -> String {
    match rule {
        BrokenRule::Step { step_px, .. } => size_step_allowed(step_px),
        BrokenRule::MaxEdge { max_px, .. } => size_max_edge_allowed(plain(*max_px)),
        BrokenRule::Aspect { max } => size_aspect_allowed(max),
        BrokenRule::TooFew { min, .. } => size_too_few_allowed(plain(*min)),
        BrokenRule::TooMany { max, .. } => size_too_many_allowed(plain(*max)),
        BrokenRule::NotListed { sizes } => listed(sizes.iter().copied().map(size)),
    }
}

/// The dotted key of an issue's value, as the project file spells it: `deliverable.pdp-hero.size`, `assumptions.cap`,
/// `rates."openai/gpt-image-2"`; empty if no value in a file is concerned.
#[must_use]
pub fn issue_key(issue: &Issue) -> String {
    let knob = issue.knob.map(|knob| knob.row().name);
    match (&issue.deliverable, knob, &issue.kind) {
        (Some(key), Some(knob), _) => format!("{}.{knob}", deliverable_key(key)),
        (Some(key), None, _) => deliverable_key(key),
        (None, Some(knob), _) => format!("assumptions.{knob}"),
        (
            None,
            None,
            IssueKind::PriceStale { card, of_seller: true, .. }
            | IssueKind::PriceAhead { card, of_seller: true, .. }
            | IssueKind::CardInputsUnsaid { card, .. },
        ) => card_key(card),
        (
            None,
            None,
            IssueKind::PriceStale { card, .. } | IssueKind::PriceUndated { card } | IssueKind::PriceAhead { card, .. },
        ) => rates_key(card),
        (None, None, IssueKind::FeeIncomplete { fee, .. }) => fee_key(fee, None),
        (None, None, IssueKind::FeeUnreadable { fee, key }) => fee_key(fee, Some(*key)),
        (None, None, IssueKind::FeeCurrency { fee, .. }) => fee_key(fee, Some(FeeKey::Amount)),
        (None, None, IssueKind::FeeKeyUnused { fee, key, .. }) => fee_key(fee, Some(*key)),
        (None, None, IssueKind::FeeDeliverable { fee, .. } | IssueKind::FeeNamesNone { fee }) => {
            fee_key(fee, Some(FeeKey::Deliverables))
        }
        (None, None, IssueKind::Risk { risk, fault }) => crate::words::risk_key(risk, fault.key()),
        (None, None, IssueKind::RatesDiffer { .. }) => "rates".to_owned(),
        (None, None, IssueKind::CardsDiffer { .. }) => "card".to_owned(),
        (None, None, kind) => exchange_key(kind).unwrap_or_default(),
    }
}

/// The dotted key of a fee's table, or of a key in it: `fee.retouching.amount`.
#[must_use]
pub fn fee_key(fee: &str, key: Option<FeeKey>) -> String {
    let fee = bare_or_quoted(fee);
    key.map_or_else(|| format!("fee.{fee}"), |key| format!("fee.{fee}.{}", key.name()))
}

/// The dotted key of a deliverable's table, as the project file spells it: `deliverable.pdp-hero`.
#[must_use]
pub fn deliverable_key(key: &str) -> String {
    format!("deliverable.{}", bare_or_quoted(key))
}

/// The dotted key of a rate card's table: `card.mine`.
#[must_use]
pub fn card_key(id: &str) -> String {
    format!("card.{}", bare_or_quoted(id))
}

/// The dotted key of a model's pinned prices: `rates."openai/gpt-image-2"`.
#[must_use]
pub fn rates_key(card: &str) -> String {
    format!("rates.{}", bare_or_quoted(card))
}

/// The dotted key of a retry profile's table: `retry_profile.ours`.
#[must_use]
pub fn retry_profile_key(name: &str) -> String {
    format!("retry_profile.{}", bare_or_quoted(name))
}

/// A key of the file: bare where TOML allows it, else in quotes.
pub(in crate::words) fn bare_or_quoted(key: &str) -> String {
    let bare = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if bare { key.to_owned() } else { format!("\"{}\"", key.replace('\\', "\\\\").replace('"', "\\\"")) }
}
