//! The bills beside each other as shown: a column for each bill, the official one first, and rows that lead from the official
//! total to each bill's.
//!
//! Screen, clipboard and printed estimates read from one table, so that a bill has the same figures on each of them.

use super::{Amount, BillMoney, Credits, Difference, Percent, Sums};
use crate::cost::base::fraction::Fraction;
use crate::cost::base::money::{Decimal, Shown};
use crate::cost::bill::{AboutWork, Bill, Bills, Card, Why};
use crate::cost::estimate::Estimate;
use crate::cost::rates::card::Route;
use crate::words;

/// What a row or a cell says about its figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// An ordinary figure.
    Plain,
    /// A less important figure.
    Less,
    /// The bill's total.
    Total,
    /// An unknown figure.
    Unknown,
    /// Less than the official bill.
    Cheaper,
}

/// One bill, from top to bottom; what is `None` is unknown or has no meaning for it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BillColumn {
    /// The card's name.
    pub name: String,
    /// How the seller reaches the model; `None` if that is not stated.
    pub route: Option<Route>,
    /// Credits of all the work.
    pub credits: Option<Credits>,
    /// Subtotal, buffer, the extra for packs or a plan, and the total.
    pub sums: Sums,
    /// The total for each final.
    pub per_final: Option<Amount>,
    /// What the bill is above the official one, and why.
    pub difference: Option<Difference>,
    /// The difference as a share of the official bill.
    pub percent: Option<Percent>,
}

/// What a row shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BillFigure {
    /// Whether the seller uses another way than the maker's own API.
    Route,
    /// Credits of all the work.
    Credits,
    /// Before the buffer.
    Subtotal,
    /// The buffer.
    Buffer,
    /// What packs or a plan cost above the list price of the credits.
    Extra,
    /// The rounding between the total and its parts as shown.
    Rounding,
    /// The total.
    Total,
    /// The total for each final.
    PerFinal,
    /// The difference from the official bill in percent.
    Percent,
    /// The difference from the official bill.
    Difference,
    /// The heading of the parts.
    Parts,
    /// One part of the difference.
    Part(Why),
    /// The rounding between the difference and its parts as shown.
    PartsRounding,
}

/// One row: its label, and a text with its tone for each column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillRow {
    /// What the row shows.
    pub figure: BillFigure,
    /// The row's label.
    pub label: String,
    /// The row's tone.
    pub tone: Tone,
    /// A cell for each column; an empty text if there is nothing to show.
    pub cells: Vec<(String, Tone)>,
}

/// One bill in a line: its card, its figure with the tone, the difference in percent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillBrief {
    /// The card's name.
    pub name: String,
    /// The total: money, or credits if a credit has no price.
    pub figure: String,
    /// The figure's tone.
    pub tone: Tone,
    /// The difference from the official bill.
    pub percent: String,
}

/// The bills of the whole project or of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillTable {
    /// The bills, the official one first.
    pub columns: Vec<BillColumn>,
    /// Their figures from credits to the parts of the difference: those that every table has, and of the others those that
    /// occur.
    pub rows: Vec<BillRow>,
}

impl BillTable {
    /// The bills of a line, by its index, or of the whole project.
    #[must_use]
    pub fn of(shown: &Shown, estimate: &Estimate, bills: &Bills, line: Option<usize>) -> BillTable {
        let counted = line.and_then(|line| estimate.lines.get(line));
        let finals = Decimal::from(counted.map_or(estimate.totals.finals, |line| line.deliverable.all_finals()));
        let sums = counted.map_or(estimate.totals.invoice.official, |line| line.official);
        let work = counted.map_or_else(|| AboutWork::of_project(&estimate.totals), AboutWork::of_line);
        let own = official(shown, sums, finals);
        let mut columns = vec![if work.official { own.about() } else { own }];
        for (at, card) in bills.cards.iter().enumerate() {
            let of_line = line.map(|line| bills.line(at, line, estimate));
            let bill = of_line.unwrap_or_else(|| Some(card.bill.clone()));
            let one = |bill: Bill| {
                let money = BillMoney::of(shown, card.card(), &bill, work);
                let column = column(shown, card.card(), &bill, finals, money);
                let credits = column.credits;
                let about = bill.has_about_credits(card.card(), work);
                BillColumn { credits: if about { credits.map(Credits::about) } else { credits }, ..column }
            };
            let column = bill.map_or_else(BillColumn::default, one);
            columns.push(BillColumn { name: card.card().name.clone(), route: card.card().route, ..column });
        }
        let rows = rows(&columns);
        BillTable { columns, rows }
    }

    /// Every bill in a line.
    #[must_use]
    pub fn briefs(&self) -> Vec<BillBrief> {
        let brief = |(at, column): (usize, &BillColumn)| {
            let (figure, tone) = match (&column.sums.total, &column.credits) {
                (None, Some(credits)) => (words::credits_short(credits.to_string()), Tone::Plain),
                _ => column.cell(BillFigure::Total, at == 0),
            };
            let (percent, _) = column.cell(BillFigure::Percent, at == 0);
            let unofficial = column.route == Some(Route::Unofficial);
            let name = if unofficial { words::unofficial_name(&column.name) } else { column.name.clone() };
            BillBrief { name, figure, tone, percent }
        };
        self.columns.iter().enumerate().map(brief).collect()
    }
}

fn rows(columns: &[BillColumn]) -> Vec<BillRow> {
    use BillFigure::{Buffer, Difference, Extra, Part, Parts, PartsRounding, PerFinal, Rounding, Subtotal, Total};
    let occurs = |figure: &BillFigure| columns.iter().any(|column| column.figure(*figure).is_some());
    let mut figures = Vec::with_capacity(13 + Why::ALL.len());
    figures.extend(Some(BillFigure::Credits).filter(occurs));
    figures.extend([Subtotal, Buffer]);
    figures.extend([Extra, Rounding].into_iter().filter(occurs));
    figures.extend([Total, PerFinal]);
    if columns.len() > 1 {
        figures.extend(Some(BillFigure::Route).filter(occurs));
        figures.extend([BillFigure::Percent, Difference]);
        let parts: Vec<BillFigure> = Why::ALL.into_iter().map(Part).filter(occurs).collect();
        figures.extend(Some(Parts).filter(|_| !parts.is_empty()));
        figures.extend(parts);
        figures.extend(Some(PartsRounding).filter(occurs));
    }
    figures.into_iter().map(|figure| row(columns, figure)).collect()
}

fn row(columns: &[BillColumn], figure: BillFigure) -> BillRow {
    let cells = columns.iter().enumerate().map(|(at, column)| column.cell(figure, at == 0));
    BillRow { figure, label: figure.label(), tone: figure.tone(), cells: cells.collect() }
}

impl BillFigure {
    fn label(self) -> String {
        match self {
            BillFigure::Route => words::mix_unofficial().to_owned(),
            BillFigure::Credits => words::bill_row_credits().to_owned(),
            BillFigure::Subtotal => words::report_subtotal().to_owned(),
            BillFigure::Buffer => words::knob_label(crate::cost::Knob::Buffer).to_owned(),
            BillFigure::Extra => words::bill_row_extra().to_owned(),
            BillFigure::Rounding => words::differs(Why::Rounding).to_owned(),
            BillFigure::Total => words::total().to_owned(),
            BillFigure::PerFinal => words::per_final().to_owned(),
            BillFigure::Percent => words::bill_row_percent().to_owned(),
            BillFigure::Difference => words::bill_row_difference().to_owned(),
            BillFigure::Parts => words::bill_row_parts().to_owned(),
            BillFigure::Part(why) => format!("· {}", words::differs(why)),
            BillFigure::PartsRounding => format!("· {}", words::figures_rounding_of_parts()),
        }
    }

    fn tone(self) -> Tone {
        match self {
            BillFigure::Credits
            | BillFigure::Subtotal
            | BillFigure::Buffer
            | BillFigure::Extra
            | BillFigure::Percent
            | BillFigure::Difference => Tone::Plain,
            BillFigure::Total => Tone::Total,
            BillFigure::Route
            | BillFigure::Rounding
            | BillFigure::PerFinal
            | BillFigure::Parts
            | BillFigure::Part(_)
            | BillFigure::PartsRounding => Tone::Less,
        }
    }
}

impl BillColumn {
    /// A figure of the bill as text; `None` if it has none.
    fn figure(&self, figure: BillFigure) -> Option<String> {
        let text = |amount: Option<Amount>| amount.map(|amount| amount.to_string());
        let signed = |amount: Option<Amount>| amount.map(|amount| amount.signed());
        let difference = self.difference.as_ref();
        match figure {
            BillFigure::Route => (self.route == Some(Route::Unofficial)).then(|| words::flag_yes().to_owned()),
            BillFigure::Credits => self.credits.as_ref().map(Credits::to_string),
            BillFigure::Subtotal => text(self.sums.subtotal),
            BillFigure::Buffer => text(self.sums.buffer),
            BillFigure::Extra => text(self.sums.extra),
            BillFigure::Rounding => signed(self.sums.rounding()),
            BillFigure::Total => text(self.sums.total),
            BillFigure::PerFinal => text(self.per_final),
            BillFigure::Percent => self.percent.map(|percent| percent.signed()),
            BillFigure::Difference => signed(difference.map(|difference| difference.amount)),
            BillFigure::Parts => None,
            BillFigure::Part(why) => signed(difference.and_then(|difference| difference.part(why))),
            BillFigure::PartsRounding => signed(difference.and_then(Difference::rounding)),
        }
    }

    /// A cell of the bill; the official one is what the others are measured by.
    fn cell(&self, figure: BillFigure, is_official: bool) -> (String, Tone) {
        let text = self.figure(figure);
        let or_none = |text: Option<String>, tone| match text {
            Some(text) => (text, tone),
            None => (words::bill_none().to_owned(), Tone::Less),
        };
        match figure {
            BillFigure::Percent | BillFigure::Difference if is_official => (words::bill_base().to_owned(), Tone::Less),
            BillFigure::Percent | BillFigure::Difference => {
                let is_cheaper = self.difference.as_ref().is_some_and(|difference| difference.is_saving);
                or_none(text, if is_cheaper { Tone::Cheaper } else { Tone::Plain })
            }
            BillFigure::Total => match text {
                Some(text) => (text, Tone::Total),
                None => (words::unknown().to_owned(), Tone::Unknown),
            },
            BillFigure::Credits | BillFigure::Subtotal | BillFigure::Buffer | BillFigure::Extra => {
                or_none(text, Tone::Plain)
            }
            BillFigure::PerFinal | BillFigure::Route => or_none(text, Tone::Less),
            BillFigure::Part(_) => (text.unwrap_or_default(), Tone::Plain),
            BillFigure::Rounding | BillFigure::Parts | BillFigure::PartsRounding => {
                (text.unwrap_or_default(), Tone::Less)
            }
        }
    }

    /// The total, or the word for an unknown one.
    #[must_use]
    pub fn total_text(&self) -> String {
        self.cell(BillFigure::Total, false).0
    }
}

fn official(shown: &Shown, sums: Option<(Decimal, Decimal)>, finals: Decimal) -> BillColumn {
    let name = words::bill_official().to_owned();
    let mut column = BillColumn { name, route: Some(Route::Official), ..BillColumn::default() };
    if let Some((subtotal, total)) = sums {
        let total = Fraction::from(total);
        column.sums = Sums::of_fractions(shown, &subtotal.into(), &total, None);
        column.per_final = per_final(shown, &total, finals);
    }
    column
}

fn per_final(shown: &Shown, total: &Fraction, finals: Decimal) -> Option<Amount> {
    Amount::of_fraction(shown, &total.checked_div(&finals.into())?, 0)
}

fn column(shown: &Shown, card: &Card, bill: &Bill, finals: Decimal, money: BillMoney<'_>) -> BillColumn {
    let mut column = BillColumn { credits: Credits::of(bill), ..BillColumn::default() };
    if let Some(share) = &bill.share {
        column.sums.total = Amount::of_fraction(shown, share, 0).map(Amount::about);
        column.per_final = per_final(shown, share, finals).map(Amount::about);
        if bill.official_complete {
            let exact = share - &bill.official.into();
            column.difference = Difference::of_share(shown, &exact);
            column.percent = Percent::of(&exact, &bill.official.into()).map(Percent::about);
        }
        return column;
    }
    let (Some(total), Some(exact)) = (&bill.total, bill.difference()) else { return column };
    column.sums = sums(shown, card, bill, total).each(|amount| money.mark(amount));
    column.per_final = per_final(shown, total, finals).map(|amount| money.mark(amount));
    column.difference = Difference::of(shown, bill);
    column.percent = Percent::of(&exact, &bill.official.into()).filter(|_| bill.official_complete);
    if money.is_difference_about {
        column.difference = column.difference.map(Difference::about);
        column.percent = column.percent.map(Percent::about);
    } else if money.are_parts_about {
        column.difference = column.difference.map(Difference::parts_about);
    }
    column
}

impl BillColumn {
    /// The same bill with its sums and the amount per final marked as approximate.
    fn about(self) -> BillColumn {
        BillColumn { sums: self.sums.about(), per_final: self.per_final.map(Amount::about), ..self }
    }
}

/// Subtotal and buffer, at the list price of a credit if credits are bought, the extra for packs or a plan, and the total.
fn sums(shown: &Shown, card: &Card, bill: &Bill, total: &Fraction) -> Sums {
    let bought = bill.ways.first();
    let credits = bought.zip(bill.credits.as_ref()).zip(bill.credits_total.as_ref());
    let sums = match (&bill.subtotal, credits) {
        (Some(subtotal), _) => Sums::of_fractions(shown, subtotal, total, None),
        (None, Some(((bought, credits), all))) => {
            let unit = &bought.offer.unit * &card.with_fee();
            let extra = card.pay.is_pooled().then(|| total - &(&unit * all));
            Sums::of_fractions(shown, &(&unit * credits), total, extra.as_ref())
        }
        (None, None) => Sums { total: Amount::of_fraction(shown, total, 0), ..Sums::default() },
    };
    // Without a proof that no choice of packs is cheaper, the total is an upper bound.
    let is_proven = bought.is_none_or(|bought| bought.proven);
    Sums { total: sums.total.map(|total| if is_proven { total } else { total.at_most() }), ..sums }
}
