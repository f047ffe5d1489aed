//! The form of the project: its rows, the one that is selected, and the fields that are being typed.

use crate::app::model::entry::Entry;
use crate::cost::base::money::Currency;
use crate::cost::budget::{FeeKey, RiskKey};
use crate::cost::{Budget, Knob};
use crate::words;
use std::borrow::Cow;

/// A row of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormRow {
    /// The project's name.
    Name,
    /// The client.
    Client,
    /// The currency of totals.
    Currency,
    /// What 1 USD is in it.
    Rate,
    /// The day of that rate.
    Day,
    /// Where that rate is from.
    Source,
    /// The file that fills what the project leaves open.
    TeamFile,
    /// A knob of the whole project.
    Knob(Knob),
    /// Months of work.
    Months,
    /// A fee, by its name: a page of its own.
    Fee(String),
    /// Another fee, by the name that it gets.
    NewFee,
    /// What one unit of it costs.
    NewAmount,
    /// Its unit.
    NewUnit,
    /// A named risk, by its key: a page of its own.
    Risk(String),
    /// Another risk, by the name that it gets.
    NewRisk,
    /// What that says at a key.
    NewRiskKey(RiskKey),
    /// A key of the risk whose page is open.
    RiskKey(RiskKey),
    /// The project's notes.
    Notes,
    /// A key of the fee whose page is open.
    FeeKey(FeeKey),
}

impl FormRow {
    /// The row's name.
    #[must_use]
    pub fn label(&self, currency: Currency) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            FormRow::Name => words::field_name(),
            FormRow::Client => words::form_client(),
            FormRow::Currency => words::form_currency(),
            FormRow::Rate => return Cow::Owned(words::form_rate(currency.code())),
            FormRow::Day => words::form_day(),
            FormRow::Source => words::form_source(),
            FormRow::TeamFile => words::layer_team(),
            FormRow::Knob(knob) => words::knob_label(*knob),
            FormRow::Months => words::card_months(),
            FormRow::Fee(name) => return Cow::Owned(words::fee_named(name)),
            FormRow::NewFee => words::form_new_fee(),
            FormRow::Risk(name) => return Cow::Owned(words::risk_named(name)),
            FormRow::NewRisk => words::form_new_risk(),
            FormRow::NewRiskKey(key) | FormRow::RiskKey(key) => words::risk_label(*key),
            FormRow::NewAmount | FormRow::FeeKey(FeeKey::Amount) => words::form_amount(),
            FormRow::NewUnit | FormRow::FeeKey(FeeKey::Per) => words::form_unit(),
            FormRow::Notes => words::card_notes(),
            FormRow::FeeKey(FeeKey::Deliverables) => words::form_deliverables(),
            FormRow::FeeKey(FeeKey::Note) => words::field_note(),
            FormRow::FeeKey(FeeKey::Off) => words::form_counts(),
        })
    }

    /// Whether the row belongs to the one above it.
    #[must_use]
    pub fn is_part(&self) -> bool {
        match self {
            FormRow::Rate | FormRow::Day | FormRow::Source | FormRow::NewAmount | FormRow::NewUnit => true,
            FormRow::NewRiskKey(_) => true,
            FormRow::Name
            | FormRow::Client
            | FormRow::Currency
            | FormRow::TeamFile
            | FormRow::Knob(_)
            | FormRow::Months
            | FormRow::Fee(_)
            | FormRow::NewFee
            | FormRow::Risk(_)
            | FormRow::NewRisk
            | FormRow::RiskKey(_)
            | FormRow::Notes
            | FormRow::FeeKey(_) => false,
        }
    }
}

/// The knobs that are rows of the form.
const KNOBS: [Knob; 4] = [Knob::Cap, Knob::Tax, Knob::Markup, Knob::Surcharge];

/// Fields that are being typed, and applied as one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typing {
    /// Each field with its text, from the top.
    pub fields: Vec<(FormRow, Entry)>,
    /// The field that has the keyboard.
    pub at: usize,
    /// The currency that was chosen, until its rate is known.
    pub currency: Option<Currency>,
    /// Whether the day was typed, so that a new rate does not bring today's.
    pub dated: bool,
    /// Why the text was refused.
    pub refused: Option<String>,
}

/// The open form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Form {
    /// The fee whose page is open; `None` for the project's.
    pub fee: Option<String>,
    /// The named risk whose page is open.
    pub risk: Option<String>,
    /// The selected row; `None` for the first.
    pub selected: Option<FormRow>,
    /// Where it stood among the rows: the nearest one is selected when it is gone.
    at: usize,
    /// The fields that are being typed.
    pub typing: Option<Typing>,
}

impl Form {
    /// The fee whose page is open. A fee that is gone has none: the project's page is open again.
    #[must_use]
    pub fn open_fee(&self, budget: &Budget) -> Option<&str> {
        self.fee.as_deref().filter(|name| budget.fee(name).is_some())
    }

    /// The named risk whose page is open, in the same way.
    #[must_use]
    pub fn open_risk(&self, budget: &Budget) -> Option<&str> {
        self.risk.as_deref().filter(|name| budget.risk(name).is_some())
    }

    /// The rows of the open page, for a project with these values.
    #[must_use]
    pub fn rows(&self, budget: &Budget) -> Vec<FormRow> {
        if self.open_fee(budget).is_some() {
            return FeeKey::ALL.into_iter().map(FormRow::FeeKey).collect();
        }
        if self.open_risk(budget).is_some() {
            return RiskKey::ALL.into_iter().map(FormRow::RiskKey).collect();
        }
        let chosen = self.typing.as_ref().and_then(|typing| typing.currency);
        let mut rows = vec![FormRow::Name, FormRow::Client, FormRow::Currency];
        if chosen.unwrap_or(budget.shown.currency) != Currency::USD {
            rows.extend([FormRow::Rate, FormRow::Day, FormRow::Source]);
        }
        rows.push(FormRow::TeamFile);
        rows.extend(KNOBS.map(FormRow::Knob));
        rows.push(FormRow::Months);
        rows.extend(budget.all_fees().into_keys().map(|name| FormRow::Fee(name.to_owned())));
        rows.push(FormRow::NewFee);
        if self.field(&FormRow::NewFee).is_some() {
            rows.extend([FormRow::NewAmount, FormRow::NewUnit]);
        }
        rows.extend(budget.all_risks().into_keys().map(|name| FormRow::Risk(name.to_owned())));
        rows.push(FormRow::NewRisk);
        if let Some(typing) = self.typing.as_ref().filter(|_| self.field(&FormRow::NewRisk).is_some()) {
            rows.extend(typing.fields.iter().skip(1).map(|(row, _)| row.clone()));
        }
        rows.push(FormRow::Notes);
        rows
    }

    /// The selected row: while fields are typed, the one that has the keyboard.
    #[must_use]
    pub fn row(&self, budget: &Budget) -> Option<FormRow> {
        if let Some(typing) = &self.typing {
            return typing.fields.get(typing.at).map(|(row, _)| row.clone());
        }
        let at = self.at(budget);
        self.rows(budget).into_iter().nth(at)
    }

    /// The text of a row that is being typed.
    #[must_use]
    pub fn field(&self, row: &FormRow) -> Option<&Entry> {
        self.typing.as_ref()?.fields.iter().find(|(of, _)| of == row).map(|(_, entry)| entry)
    }

    /// Where the selected row stands now: undo and other programs add and remove rows above it.
    #[must_use]
    pub fn at(&self, budget: &Budget) -> usize {
        let rows = self.rows(budget);
        let place = |wanted: &FormRow| rows.iter().position(|row| row == wanted);
        let gone = self.fee.is_some() && self.open_fee(budget).is_none();
        let risk_gone = self.risk.is_some() && self.open_risk(budget).is_none();
        let selected = match (gone, risk_gone) {
            (true, _) => Some(&FormRow::NewFee),
            (_, true) => Some(&FormRow::NewRisk),
            _ => self.selected.as_ref(),
        };
        // Without a rate there is no row of it: the currency's is left, and no key of it goes to the row below.
        let of_rate = selected.filter(|row| matches!(row, FormRow::Rate | FormRow::Day | FormRow::Source));
        let found = selected.and_then(place).or_else(|| of_rate.and_then(|_| place(&FormRow::Currency)));
        found.unwrap_or(self.at.min(rows.len().saturating_sub(1)))
    }

    /// Selects a row by its place, the last one if there are fewer.
    pub(in crate::app) fn go(&mut self, at: usize, budget: &Budget) {
        let rows = self.rows(budget);
        self.fee = self.open_fee(budget).map(str::to_owned);
        self.risk = self.open_risk(budget).map(str::to_owned);
        self.at = at.min(rows.len().saturating_sub(1));
        self.selected = rows.get(self.at).cloned();
    }

    /// Selects a row, if the open page has it.
    pub(in crate::app) fn go_to(&mut self, row: &FormRow, budget: &Budget) {
        if let Some(at) = self.rows(budget).iter().position(|other| other == row) {
            self.go(at, budget);
        }
    }

    /// Opens the page of a fee.
    pub(in crate::app) fn open(&mut self, fee: String) {
        (self.fee, self.selected, self.at) = (Some(fee), None, 0);
    }

    /// Opens the page of a named risk.
    pub(in crate::app) fn open_page_of_risk(&mut self, risk: String) {
        (self.risk, self.selected, self.at) = (Some(risk), None, 0);
    }

    /// Whether a page of its own is open.
    #[must_use]
    pub fn has_page(&self, budget: &Budget) -> bool {
        self.open_fee(budget).is_some() || self.open_risk(budget).is_some()
    }

    /// From a fee's or a risk's page back to its row on the project's page.
    pub(in crate::app) fn close_page(&mut self, budget: &Budget) {
        if let Some(name) = self.risk.take() {
            self.go_to(&FormRow::NewRisk, budget);
            self.go_to(&FormRow::Risk(name), budget);
        }
        if let Some(name) = self.fee.take() {
            self.go_to(&FormRow::NewFee, budget);
            self.go_to(&FormRow::Fee(name), budget);
        }
    }
}

impl Typing {
    /// Fields with these texts; the keyboard is in the first.
    pub(in crate::app) fn of(fields: impl IntoIterator<Item = (FormRow, String)>) -> Typing {
        let fields = fields.into_iter().map(|(row, text)| (row, Entry::new(text))).collect();
        Typing { fields, at: 0, currency: None, dated: false, refused: None }
    }

    /// The text of a field, without blanks around it.
    #[must_use]
    pub fn text(&self, row: &FormRow) -> Option<&str> {
        self.fields.iter().find(|(of, _)| of == row).map(|(_, entry)| entry.text().trim())
    }
}
