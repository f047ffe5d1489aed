//! Parses one cell: normalizes a spreadsheet's way of writing, lets the knob parse it, and refuses it in the knob's own
//! words.

use crate::cost::base::limits::{CELL_BYTES_MAX, QUOTED_MAX};
use crate::cost::base::money::{Decimal, times};
use crate::cost::base::number_text::parse_decimal;
use crate::cost::base::retry::Retry;
use crate::cost::base::size::{Ratio, Size};
use crate::cost::budget::Catalog;
use crate::cost::budget::SizeChoice;
use crate::cost::budget::knob::Unit;
use crate::cost::budget::knob_text;
use crate::cost::budget::knob_text::Refusal;
use crate::cost::{Budget, Deliverable, Knob, Value};
use crate::tables::columns::Kind;
use crate::tables::numbers::{normalize_numbers, plain_number, with_plain_blanks};
use crate::words::{self, Explanation};

/// The context needed to parse a cell.
pub(super) struct CellContext<'a> {
    pub(super) budget: &'a Budget,
    pub(super) catalog: &'a Catalog,
    /// A deliverable with the row's model, which decides which values are valid.
    pub(super) deliverable: &'a Deliverable,
    /// True if the list writes 1,6 for one and six tenths.
    pub(super) comma: bool,
    /// The title of the cell's column.
    pub(super) title: &'a str,
}

/// A cell's value, and whether it may surprise a reader of the list.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) knob: Knob,
    pub(super) value: Value,
    pub(super) noteworthy: bool,
}

/// The start of a cell, for a sentence.
pub(super) fn quoted(cell: &str) -> String {
    match cell.char_indices().nth(QUOTED_MAX) {
        Some((end, _)) => format!("{}…", &cell[..end]),
        None => cell.to_owned(),
    }
}

/// Whether a cell holds no value: empty, or a sign that people fill gaps with.
pub(super) fn is_open(cell: &str) -> bool {
    matches!(cell, "" | "-" | "–" | "—") || cell.eq_ignore_ascii_case("n/a")
}

impl CellContext<'_> {
    /// The values of a cell; empty if it holds none, two if it holds a ratio and a size.
    pub(super) fn cell(&self, kind: Kind, cell: &str) -> Result<Vec<Cell>, Explanation> {
        let text = with_plain_blanks(cell);
        if is_open(&text) {
            return Ok(Vec::new());
        }
        let knob = match kind {
            Kind::Knob(knob) => knob,
            Kind::Accepted => Knob::Retry,
            Kind::Name | Kind::Note => return Ok(Vec::new()),
        };
        if text.len() > CELL_BYTES_MAX {
            return Err(words::refusal(knob, &quoted(&text), &Refusal::Form));
        }
        match (kind, knob.row().unit) {
            (Kind::Accepted, _) => self.accepted(&text).map(|cell| vec![cell]),
            (_, Unit::Times) => self.retry(&text).map(|cell| vec![cell]),
            (_, Unit::Percent) => self.share(knob, &text).map(|cell| vec![cell]),
            (_, Unit::Pictures | Unit::Tokens) => {
                let plain = self.plain(&text, true)?;
                self.read(knob, &text, &plain).map(|cell| vec![cell])
            }
            (_, Unit::Ratio | Unit::Pixels) if knob != Knob::References => self.shape(knob, &text),
            (_, Unit::Pixels) => self.references(&text).map(|cell| vec![cell]),
            _ => self.word(knob, &text).map(|cell| vec![cell]),
        }
    }

    /// Parses `plain`, the normalized form of `written`. The refusal quotes `written`.
    fn read(&self, knob: Knob, written: &str, plain: &str) -> Result<Cell, Explanation> {
        let value = knob_text::read(knob, plain, self.deliverable, self.catalog)
            .map_err(|refusal| words::refusal(knob, &quoted(written), &refusal))?;
        Ok(Cell { knob, value, noteworthy: plain != written })
    }

    fn plain(&self, number: &str, whole: bool) -> Result<String, Explanation> {
        plain_number(number, self.comma, whole).map_err(|(a, b)| words::intake_two_readings(&quoted(number), &a, &b))
    }

    fn retry(&self, text: &str) -> Result<Cell, Explanation> {
        if self.budget.profiles.contains_key(text) {
            let value = Value::Retry(Retry::Profile(text.to_owned()));
            return Ok(Cell { knob: Knob::Retry, value, noteworthy: false });
        }
        let title = self.title.to_lowercase();
        if text.ends_with('%') && title.contains("rate") {
            return Err(words::intake_which_share(&quoted(text)));
        }
        let plain =
            normalize_numbers(text, self.comma).map_err(|(a, b)| words::intake_two_readings(&quoted(text), &a, &b))?;
        self.read(Knob::Retry, text, &plain)
    }

    /// An acceptance rate. Without a sign, 40 and 0.4 both mean forty percent, and 1 is ambiguous.
    fn accepted(&self, text: &str) -> Result<Cell, Explanation> {
        if text.ends_with(['x', 'X', '×']) {
            return self.retry(text);
        }
        let bare = text.trim_end_matches('%').trim_end();
        let plain = self.plain(bare, false)?;
        let signed = bare != text || self.title.contains('%');
        let share = match parse_decimal(&plain) {
            Ok(number) if !signed => percent_of_bare(text, number)?.map_or(plain, |share| share.to_string()),
            _ => plain,
        };
        let cell = self.read(Knob::Retry, text, &format!("{share}%"))?;
        Ok(Cell { noteworthy: cell.noteworthy && !(signed && share == bare), ..cell })
    }

    /// Any other percentage; 0.15 without a sign may mean 15 % or 0.15 %.
    fn share(&self, knob: Knob, text: &str) -> Result<Cell, Explanation> {
        let bare = text.trim_end_matches('%').trim_end();
        let plain = self.plain(bare, false)?;
        let signed = bare != text || self.title.contains('%');
        let small = |number: &Decimal| *number > Decimal::ZERO && *number <= Decimal::ONE;
        if let (false, Some(number)) = (signed, parse_decimal(&plain).ok().filter(small)) {
            let share = times(number, Decimal::ONE_HUNDRED).unwrap_or(number).normalize();
            return Err(words::intake_two_readings(&quoted(text), &format!("{share}%"), &format!("{number}%")));
        }
        let cell = self.read(knob, text, &format!("{plain}%"))?;
        Ok(Cell { noteworthy: plain != bare, ..cell })
    }

    /// A ratio, a size, or both; people write either under either title.
    fn shape(&self, knob: Knob, text: &str) -> Result<Vec<Cell>, Explanation> {
        let size_knob = if knob == Knob::Ratio { Knob::Size } else { knob };
        let tidy = text.to_lowercase().replace(['(', ')', '[', ']'], " ").replace("pixels", "").replace("px", "");
        let tidy = tidy.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(both) = self.both(size_knob, &tidy) {
            return Ok(both);
        }
        let ratio = if knob == Knob::DraftSize { None } else { self.ratio_text(&tidy) };
        if let Some(ratio) = ratio {
            let cell = self.read(Knob::Ratio, text, &ratio)?;
            let as_time = Ratio::parse(text).is_none();
            return Ok(vec![Cell { noteworthy: as_time || knob != Knob::Ratio, ..cell }]);
        }
        let is_size = knob_text::size(&tidy, &self.deliverable.model.value.sizes) != Err(Refusal::Form);
        let as_size = is_size || knob != Knob::Ratio;
        let cell = self.read(if as_size { size_knob } else { knob }, text, &tidy)?;
        Ok(vec![Cell { noteworthy: cell.knob != knob, ..cell }])
    }

    /// `4:5 2k` and `1024x1280 4:5`.
    fn both(&self, size: Knob, tidy: &str) -> Option<Vec<Cell>> {
        let parts = tidy.match_indices(' ').map(|(at, _)| (&tidy[..at], &tidy[at + 1..]));
        let sized = |text: &str| self.read(size, text, text).ok();
        let shaped = |text: &str| self.read(Knob::Ratio, text, text).ok();
        let mut pairs = parts.filter_map(|(a, b)| shaped(a).zip(sized(b)).or_else(|| shaped(b).zip(sized(a))));
        pairs.next().map(|(ratio, size)| vec![ratio, size])
    }

    /// A ratio's text: a spreadsheet converts 4:5 to a time and writes 04:05:00, and some people write 1,91:1.
    fn ratio_text(&self, text: &str) -> Option<String> {
        let text = text.replace(',', ".");
        if Ratio::parse(&text).is_some() && (text.contains(':') || !text.contains('x')) {
            return Some(text);
        }
        let time = text.strip_suffix(":00")?;
        Ratio::parse(time).map(|ratio| ratio.to_string())
    }

    /// Sizes, or a number of reference images, each 1024x1024 as everywhere else.
    fn references(&self, text: &str) -> Result<Cell, Explanation> {
        let tidy = text.to_lowercase().replace([';', '|', '\n'], ",").replace(" x ", "x").replace(" × ", "×");
        let Some(count) = tidy.parse::<usize>().ok() else {
            let cell = self.read(Knob::References, text, &tidy)?;
            return Ok(Cell { noteworthy: false, ..cell });
        };
        let max = self.catalog.extras.references_max;
        let like = Size::new(1024, 1024).filter(|_| count <= max);
        let sizes = like.ok_or_else(|| words::refusal(Knob::References, text, &Refusal::TooMany { max }))?;
        Ok(Cell { knob: Knob::References, value: Value::Sizes(vec![sizes; count]), noteworthy: count > 0 })
    }

    /// A known word as it is, or in another spelling: `GPT Image 2` is `gpt-image-2`.
    fn word(&self, knob: Knob, text: &str) -> Result<Cell, Explanation> {
        let spelt = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-");
        self.read(knob, text, text).or_else(|refused| self.read(knob, text, &spelt).map_err(|_| refused))
    }
}

/// Converts a share without a percent sign to percent; `None` if it is already in percent.
fn percent_of_bare(written: &str, number: Decimal) -> Result<Option<Decimal>, Explanation> {
    if number == Decimal::ONE {
        return Err(words::intake_two_readings(&quoted(written), "1%", "100%"));
    }
    let is_part = number > Decimal::ZERO && number < Decimal::ONE;
    Ok(is_part.then(|| times(number, Decimal::ONE_HUNDRED).unwrap_or(number).normalize()))
}

/// The ratio and the size of a row if they disagree.
pub(super) fn shape_differs(values: &[Cell]) -> Option<(Ratio, Size)> {
    let ratio = values.iter().find_map(|cell| if let Value::Ratio(ratio) = cell.value { Some(ratio) } else { None })?;
    let size = values.iter().filter(|cell| cell.knob == Knob::Size);
    let mut exact =
        size.filter_map(|cell| if let Value::Size(SizeChoice::Exact(size)) = cell.value { Some(size) } else { None });
    let size = exact.next()?;
    (!ratio.fits(size)).then_some((ratio, size))
}
