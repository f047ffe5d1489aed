//! The issues of the project as a whole: its models, prices, cards, total, cap and currency.

use crate::cost::base::money::Currency;
use crate::cost::budget::resolve::Deliverable;
use crate::cost::budget::{Budget, Catalog, Knob, Layer};
use crate::cost::estimate::cap::{CapState, against_cap};
use crate::cost::estimate::fees;
use crate::cost::estimate::issue::{Issue, IssueKind};
use crate::cost::estimate::line::LineEstimate;
use crate::cost::estimate::named_risks;
use crate::cost::estimate::totals::Totals;
use crate::cost::rates::age::{Doubt, SHUTDOWN_NOTICE_DAYS, days_between, differences, doubt};
use crate::cost::rates::card::{Card, Found, Pricing};
use crate::cost::rates::rate_card::{Model, Status};
use jiff::civil::Date;
use std::sync::Arc;

type Kinds = Vec<(Option<Knob>, IssueKind)>;

/// What a day of prices or of an exchange rate is compared with.
#[derive(Clone, Copy)]
struct Days<'a> {
    /// By the clock.
    today: Date,
    /// Its newest prices: where their day is later than today, the clock is slow.
    catalog: &'a Catalog,
}

impl Days<'_> {
    fn doubt(&self, day: Date) -> Option<Doubt> {
        doubt(day, self.today, || self.catalog.newest_prices())
    }
}

/// All of them, from lines and totals that are up to date; `assumptions` are the project's, resolved alone.
pub(super) fn all<'m>(
    lines: &[LineEstimate],
    models: impl Iterator<Item = &'m Arc<Model>>,
    totals: &Totals,
    assumptions: Option<&Deliverable>,
    (budget, catalog, today): (&Budget, &Catalog, Date),
) -> Vec<Issue> {
    let mut kinds = Kinds::new();
    let days = Days { today, catalog };
    for model in models {
        model_issues(model, today, &mut kinds);
        let checked = budget.card(model).provenance.checked;
        kinds.extend(dated((&model.card_id(), false), checked, days).map(|kind| (None, kind)));
    }
    if totals.lines_unknown > 0 {
        kinds.push((None, IssueKind::TotalUnknown { lines: totals.lines_unknown }));
    } else if totals.total.is_none() && !totals.invoice.charges_unknown {
        kinds.push((None, IssueKind::TooManyDigits));
    }
    for card in budget.compared(catalog) {
        kinds.extend(seller_dated(&card, days).map(|kind| (None, kind)));
        kinds.extend(seller_exchange(&card, budget, days).map(|kind| (None, kind)));
        unsaid_inputs(&card, lines, &mut kinds);
    }
    kinds.extend(exchange(budget, days).map(|kind| (None, kind)));
    cap_issue(budget, totals, &mut kinds);
    let differing = differences(&budget.pins, &catalog.models).len();
    if differing > 0 {
        kinds.push((None, IssueKind::RatesDiffer { count: differing }));
    }
    let cards: Vec<String> = budget.outdated_cards(catalog).map(str::to_owned).collect();
    if !cards.is_empty() {
        kinds.push((None, IssueKind::CardsDiffer { cards }));
    }
    charge_issues(budget, assumptions, &mut kinds);
    kinds.into_iter().map(|(knob, kind)| Issue { deliverable: holder(&kind, lines), knob, kind }).collect()
}

/// The deliverable whose own value an issue of the project is about: the first that has a retiring model as its own, unless another
/// one inherits it.
fn holder(kind: &IssueKind, lines: &[LineEstimate]) -> Option<String> {
    let (IssueKind::ModelShutDown { model, .. } | IssueKind::ModelShutsDown { model, .. }) = kind else { return None };
    let mut of_model = lines.iter().filter(|line| line.deliverable.model.value.id == *model).peekable();
    let first = of_model.peek().map(|line| line.key.clone());
    first.filter(|_| of_model.all(|line| line.deliverable.model.layer == Layer::Deliverable))
}

/// The issues of fees and named risks, and of markup or tax that cannot be read, so that the total is unknown.
fn charge_issues(budget: &Budget, assumptions: Option<&Deliverable>, kinds: &mut Kinds) {
    let of_tables = fees::issues(budget).into_iter().chain(named_risks::issues(budget));
    kinds.extend(of_tables.map(|kind| (None, kind)));
    let Some(assumed) = assumptions else { return };
    for (knob, charge) in [(Knob::Markup, &assumed.markup), (Knob::Tax, &assumed.tax)] {
        if !charge.readable {
            kinds.push((Some(knob), IssueKind::Unreadable));
        }
    }
}

fn model_issues(model: &Model, today: Date, kinds: &mut Kinds) {
    let Some(on) = model.shutdown else { return };
    let days = days_between(today, on);
    let (name, replacements) = (model.id.clone(), model.replacements.clone());
    if days <= 0 || model.status == Status::ShutDown {
        kinds.push((Some(Knob::Model), IssueKind::ModelShutDown { model: name, on, replacements }));
    } else if days <= SHUTDOWN_NOTICE_DAYS {
        kinds.push((Some(Knob::Model), IssueKind::ModelShutsDown { model: name, on, days, replacements }));
    }
}

/// Names the lines that a card of the project's files has no price for, because it does not say what a call with reference
/// images costs: older versions of the program took them as included.
fn unsaid_inputs(card: &Card, lines: &[LineEstimate], kinds: &mut Kinds) {
    if card.inputs.is_some() || card.edit.is_some() || !matches!(card.pricing, Pricing::Images { .. }) {
        return;
    }
    if !matches!(card.found, Found::Project | Found::Team) {
        return;
    }
    let sends = |line: &&LineEstimate| {
        let own = &line.deliverable;
        own.finals.value > 0 && !own.references.value.is_empty() && card.is_for(&own.model.value.id)
    };
    let keys: Vec<String> = lines.iter().filter(sends).map(|line| line.key.clone()).collect();
    if !keys.is_empty() {
        kinds.push((None, IssueKind::CardInputsUnsaid { card: card.id.clone(), lines: keys }));
    }
}

/// Issues about the day of a seller's prices.
fn seller_dated(card: &Card, days: Days<'_>) -> Option<IssueKind> {
    let kind = dated((&card.id, true), card.provenance.checked, days)?;
    let is_own = card.found != Found::BuiltIn;
    let is_told = match kind {
        // Said where it counts: beside the lowest bill.
        IssueKind::PriceUndated { .. } => false,
        IssueKind::PriceAhead { .. } => is_own,
        _ => true,
    };
    is_told.then_some(kind)
}

/// Prices that were checked long ago, on a day to come, or on no day.
fn dated((card, of_seller): (&str, bool), checked: Option<Date>, known: Days<'_>) -> Option<IssueKind> {
    let Some(checked) = checked else { return Some(IssueKind::PriceUndated { card: card.to_owned() }) };
    Some(match known.doubt(checked)? {
        Doubt::Stale { days } => IssueKind::PriceStale { card: card.to_owned(), of_seller, checked, days },
        Doubt::Ahead => IssueKind::PriceAhead { card: card.to_owned(), of_seller, checked },
    })
}

/// An issue about the project's own exchange rate.
fn exchange(budget: &Budget, days: Days<'_>) -> Option<IssueKind> {
    let currency = budget.shown.currency;
    match &budget.shown.exchange {
        _ if currency == Currency::USD => None,
        None => Some(IssueKind::ExchangeMissing { currency }),
        Some(exchange) => exchange_dated(None, exchange.as_of, days),
    }
}

/// An issue about the exchange rate of a card's money: its own, since that of the project is told once.
fn seller_exchange(card: &Card, budget: &Budget, days: Days<'_>) -> Option<IssueKind> {
    let currency = card.money.currency;
    match &card.money.exchange {
        _ if currency == Currency::USD => None,
        // The project's own rate would serve, and that it is missing is told already.
        None if card.money.rate(&budget.shown).is_some() || currency == budget.shown.currency => None,
        None => Some(IssueKind::CardExchangeMissing { card: card.id.clone(), currency }),
        Some(exchange) => exchange_dated(Some(&card.id), exchange.as_of, days),
    }
}

/// An exchange rate, of a card or of the project, whose day is long ago or still to come.
fn exchange_dated(card: Option<&str>, as_of: Date, known: Days<'_>) -> Option<IssueKind> {
    let card = card.map(str::to_owned);
    Some(match known.doubt(as_of)? {
        Doubt::Stale { days } => IssueKind::ExchangeStale { card, as_of, days },
        Doubt::Ahead => IssueKind::ExchangeAhead { card, as_of },
    })
}

fn cap_issue(budget: &Budget, totals: &Totals, kinds: &mut Kinds) {
    let approximate = totals.approximate;
    match against_cap(budget, totals) {
        CapState::Over { total, cap, currency } => {
            kinds.push((Some(Knob::Cap), IssueKind::OverCap { total, cap, currency, approximate }));
        }
        CapState::OverAtLeast { known, cap, currency } => {
            kinds.push((Some(Knob::Cap), IssueKind::OverCapAtLeast { known, cap, currency, approximate }));
        }
        CapState::WrongCurrency { cap, project } => {
            kinds.push((Some(Knob::Cap), IssueKind::CapCurrency { cap, project }));
        }
        CapState::None if budget.cap_is_unreadable() => kinds.push((Some(Knob::Cap), IssueKind::Unreadable)),
        CapState::None | CapState::Unknown | CapState::Within { .. } => {}
    }
}
