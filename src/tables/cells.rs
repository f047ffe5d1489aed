//! Parses one cell: normalizes a spreadsheet's way of writing, lets the knob parse it, and refuses it in the knob's own
//! words.

use crate::cost::base::limits::{CELL_BYTES_MAX, MADE_IN_CELL_MAX, QUOTED_MAX};
use crate::cost::base::money::{Decimal, times};
use crate::cost::base::number_text::{parse_decimal, without_thousands};
use crate::cost::base::retry::Retry;
use crate::cost::base::size::{Ratio, Size};
use crate::cost::base::tokens::Quality;
use crate::cost::budget::Catalog;
use crate::cost::budget::SizeChoice;
use crate::cost::budget::knob::{Form, Unit};
use crate::cost::budget::knob_text;
use crate::cost::budget::knob_text::Refusal;
use crate::cost::{Budget, Deliverable, Knob, Value};
use crate::tables::letters::narrowed;
use crate::tables::meanings::Kind;
use crate::tables::numbers::{is_date, normalize_numbers, plain_number, with_plain_blanks};
use crate::tables::paper;
use crate::tables::shapes;
use crate::tables::spoken::{Spoken, spoken};
use crate::tables::titles::{may_number, plain_title};
use crate::tables::vocabulary::{self, Orientation, bare_count};
use crate::words::{self, Explanation};

/// The context needed to parse a cell.
#[derive(Clone, Copy)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) knob: Knob,
    pub(super) value: Value,
    pub(super) noteworthy: bool,
    /// The size that the cell asks for, if no model makes it; the value is the one to make for it.
    pub(super) asked: Option<Size>,
    /// A person has to decide whether it is so: the cell may mean another value.
    pub(super) unsure: bool,
}

/// Why a cell cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unread {
    pub(super) explanation: Explanation,
    /// It is of its column's kind, but may mean either of two values, or needs another cell beside it.
    pub(super) either_way: bool,
    /// It says only how the picture lies, which a size in the row settles.
    pub(super) orientation: Option<Orientation>,
}

impl From<Explanation> for Unread {
    fn from(explanation: Explanation) -> Unread {
        Unread { explanation, either_way: false, orientation: None }
    }
}

fn two_readings(written: &str, first: &str, second: &str) -> Unread {
    let explanation = words::intake_two_readings(&quoted(written), first, second);
    Unread { either_way: true, ..Unread::from(explanation) }
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
    matches!(cell, "" | "-" | "–" | "—" | "ー" | "－" | "/") || cell.eq_ignore_ascii_case("n/a")
}

/// Longest edge, in pixels, of a size that is rather one of paper.
const PAPER_EDGE: u32 = 64;

/// Years of two digits that a list of these days names behind a month.
const SHORT_YEARS: std::ops::RangeInclusive<u32> = 20..=39;

/// Both numbers of `20/60`; `None` for anything else.
fn two_counts(text: &str) -> Option<(u32, u32)> {
    let (first, second) = text.split_once('/')?;
    Some((first.trim().parse().ok()?, second.trim().parse().ok()?))
}

/// Whether a text may be a day and a month, or a month and a year. Only a column of what is kept says that it is not.
fn may_be_day(text: &str) -> bool {
    let is_month = |number: u32| (1..=12).contains(&number);
    let is_day = |number: u32| (1..=31).contains(&number);
    two_counts(text).is_some_and(|(first, second)| {
        (is_day(first) && is_month(second)) || (is_month(first) && (is_day(second) || SHORT_YEARS.contains(&second)))
    })
}

impl CellContext<'_> {
    /// The values of a cell; empty if it holds none, two if it holds a ratio and a size.
    pub(super) fn cell(&self, kind: Kind, cell: &str) -> Result<Vec<Cell>, Unread> {
        let cell = narrowed(cell);
        let text = with_plain_blanks(&cell);
        if is_open(&text) || vocabulary::is_unsettled(&text) {
            return Ok(Vec::new());
        }
        let knob = match kind {
            Kind::Knob(knob) => knob,
            Kind::Accepted => Knob::Retry,
            Kind::Units | Kind::PerUnit | Kind::Across | Kind::Width | Kind::Height => Knob::Finals,
            Kind::Name | Kind::Group | Kind::Note | Kind::Prompt | Kind::UnitOfCount | Kind::Status => {
                return Ok(Vec::new());
            }
        };
        if kind == Kind::Across && vocabulary::is_mark(&text) {
            let value = Value::Count(1);
            return Ok(vec![Cell { knob: Knob::Finals, value, noteworthy: false, asked: None, unsure: false }]);
        }
        if text.len() > CELL_BYTES_MAX {
            return Err(words::refusal(knob, &quoted(&text), &Refusal::Form).into());
        }
        if knob == Knob::Quality && paper::speaks_of_dots(&text) {
            return Ok(Vec::new());
        }
        if knob == Knob::Quality && shapes::is_tier(&text) {
            return self.shape(Knob::Size, &text);
        }
        match (kind, knob.row().unit) {
            (Kind::Accepted, _) => self.accepted(&text).map(|cell| vec![cell]),
            (_, Unit::Times) => self.retry(&text).map(|cell| vec![cell]),
            (_, Unit::Percent) => self.share(knob, &text).map(|cell| vec![cell]),
            (Kind::Width | Kind::Height, _) => self.edge(&text).map(|cell| vec![cell]),
            (_, Unit::Pictures | Unit::Repetitions | Unit::Tokens) => self.count(knob, &text).map(|cell| vec![cell]),
            (_, Unit::Ratio | Unit::Pixels) if knob != Knob::References => self.shape(knob, &text),
            (_, Unit::Pixels) => self.references(&text).map(|cell| vec![cell]),
            _ => self.word(knob, &text).map(|cell| vec![cell]),
        }
    }

    /// Parses `plain`, the normalized form of `written`. The refusal quotes `written`.
    fn read(&self, knob: Knob, written: &str, plain: &str) -> Result<Cell, Unread> {
        let value = knob_text::read(knob, plain, self.deliverable, self.catalog)
            .map_err(|refusal| words::refusal(knob, &quoted(written), &refusal))?;
        Ok(Cell { knob, value, noteworthy: plain != written, asked: None, unsure: false })
    }

    /// A whole number, with or without the word for what is counted.
    fn count(&self, knob: Knob, text: &str) -> Result<Cell, Unread> {
        if is_date(text) {
            return Err(words::intake_date(&quoted(text), knob).into());
        }
        let number = bare_count(text).unwrap_or(text);
        let read = match plain_number(number, self.comma, true) {
            Ok(plain) => self.read(knob, text, &plain),
            Err(readings) => return self.one_of(knob, (text, number), readings, str::to_owned),
        };
        // Under `No.` 2-3 is the number of a row.
        let counts = knob == Knob::Finals && !may_number(&plain_title(self.title));
        let said = if read.is_err() && counts { spoken(text) } else { None };
        match said {
            Some(Spoken { count, unsure }) => {
                let cell = self.read(knob, text, &count.to_string())?;
                Ok(Cell { unsure, noteworthy: true, ..cell })
            }
            None => read,
        }
    }

    /// An edge in pixels; it has no fraction, so any sign separates thousands.
    fn edge(&self, text: &str) -> Result<Cell, Unread> {
        let lower = text.to_lowercase();
        let number = lower.trim_end_matches("px").trim_end();
        let sign = number.chars().find(|c| !c.is_ascii_digit());
        let plain = without_thousands(number, |c| Some(c) == sign);
        let read = plain.and_then(|plain| self.read(Knob::Finals, text, &plain).ok());
        read.ok_or_else(|| words::refusal(Knob::Size, &quoted(text), &Refusal::Form).into())
    }

    /// The value of a number with two readings, of which the knob takes only one: 1.250 is no factor of more than a thousand, and
    /// 1,200 images are not one and a fifth. `form` is the number as the knob reads it.
    fn one_of(
        &self,
        knob: Knob,
        (text, number): (&str, &str),
        (first, second): (String, String),
        form: impl Fn(&str) -> String,
    ) -> Result<Cell, Unread> {
        let read = |reading: &str| self.read(knob, text, &form(reading)).ok();
        match (read(&first), read(&second)) {
            (Some(cell), None) | (None, Some(cell)) => Ok(Cell { noteworthy: true, ..cell }),
            (Some(_), Some(_)) | (None, None) => Err(two_readings(number, &first, &second)),
        }
    }

    fn retry(&self, text: &str) -> Result<Cell, Unread> {
        if self.budget.profiles.contains_key(text) {
            let value = Value::Retry(Retry::Profile(text.to_owned()));
            return Ok(Cell { knob: Knob::Retry, value, noteworthy: false, asked: None, unsure: false });
        }
        let title = self.title.to_lowercase();
        if text.ends_with('%') && title.contains("rate") {
            return Err(Unread { either_way: true, ..words::intake_which_share(&quoted(text)).into() });
        }
        // `#N/A` has a slash too.
        if text.matches('/').count() == 1 && text.contains(|c: char| c.is_ascii_digit()) {
            return match may_be_day(text) {
                true => Err(words::intake_date(&quoted(text), Knob::Retry).into()),
                false => self.kept_of_made(text),
            };
        }
        let factor = text.strip_prefix(['x', 'X', '×']).map_or(text, str::trim_start);
        match normalize_numbers(factor, self.comma) {
            Ok(plain) => self.read(Knob::Retry, text, &plain),
            Err(readings) => {
                let number = factor.trim_matches(|c: char| !c.is_ascii_digit());
                self.one_of(Knob::Retry, (text, text), readings, |reading| factor.replace(number, reading))
            }
        }
    }

    /// Images that were kept of those that were made: `20/60`, two whole numbers.
    fn kept_of_made(&self, text: &str) -> Result<Cell, Unread> {
        let lower = text.to_lowercase();
        let Some((kept, made)) = two_counts(knob_text::without_kept(&lower)) else {
            return Err(words::refusal(Knob::Retry, &quoted(text), &Refusal::Form).into());
        };
        if made > MADE_IN_CELL_MAX {
            return Err(words::intake_date(&quoted(text), Knob::Retry).into());
        }
        let cell = self.read(Knob::Retry, text, &format!("{kept}/{made}"))?;
        Ok(Cell { noteworthy: true, ..cell })
    }

    /// An acceptance rate. Without a sign, 40 and 0.4 both mean forty percent, and 1 is ambiguous.
    fn accepted(&self, text: &str) -> Result<Cell, Unread> {
        if text.ends_with(['x', 'X', '×']) {
            return self.retry(text);
        }
        if text.contains('/') && text.contains(|c: char| c.is_ascii_digit()) {
            return self.kept_of_made(text);
        }
        let bare = text.trim_end_matches('%').trim_end();
        let plain = match plain_number(bare, self.comma, false) {
            Ok(plain) => plain,
            Err(readings) => return self.one_of(Knob::Retry, (text, bare), readings, |share| format!("{share}%")),
        };
        let signed = bare != text || self.title.contains('%');
        let share = match parse_decimal(&plain) {
            Ok(number) if !signed => percent_of_bare(text, number)?.map_or(plain, |share| share.to_string()),
            _ => plain,
        };
        let cell = self.read(Knob::Retry, text, &format!("{share}%"))?;
        Ok(Cell { noteworthy: cell.noteworthy && !(signed && share == bare), ..cell })
    }

    /// Any other percentage; 0.15 without a sign may mean 15 % or 0.15 %.
    fn share(&self, knob: Knob, text: &str) -> Result<Cell, Unread> {
        let bare = text.trim_end_matches('%').trim_end();
        let plain = match plain_number(bare, self.comma, false) {
            Ok(plain) => plain,
            Err(readings) => return self.one_of(knob, (text, bare), readings, |share| format!("{share}%")),
        };
        let signed = bare != text || self.title.contains('%');
        let small = |number: &Decimal| *number > Decimal::ZERO && *number <= Decimal::ONE;
        if let (false, Some(number)) = (signed, parse_decimal(&plain).ok().filter(small)) {
            let share = times(number, Decimal::ONE_HUNDRED).unwrap_or(number).normalize();
            return Err(two_readings(text, &format!("{share}%"), &format!("{number}%")));
        }
        let cell = self.read(knob, text, &format!("{plain}%"))?;
        Ok(Cell { noteworthy: plain != bare, ..cell })
    }

    /// A ratio, a size, or both, with or without words around; people write either under either title.
    fn shape(&self, knob: Knob, text: &str) -> Result<Vec<Cell>, Unread> {
        let size_knob = if knob == Knob::Ratio { Knob::Size } else { knob };
        if let Some(orientation) = vocabulary::orientation(text).filter(|_| knob != Knob::DraftSize) {
            return self.lying(knob, text, orientation).map(|cell| vec![cell]);
        }
        if paper::is_paper(text) {
            return Ok(self.printed(knob, text));
        }
        if let Some(scaled) = shapes::scaled(text) {
            let cells = self.shape(knob, &scaled)?;
            return Ok(cells.into_iter().map(|cell| Cell { noteworthy: true, ..cell }).collect());
        }
        let tidy = shapes::tidy(text);
        let mut found: Vec<Cell> = Vec::new();
        for part in tidy.split(' ') {
            let cell = self.one_shape(knob, size_knob, text, part, tidy.contains(' '));
            match cell {
                Some(cell) if found.iter().any(|other| other.knob == cell.knob) => {
                    return self.no_shape(knob, text, &tidy);
                }
                Some(cell) => found.push(cell),
                None if part.chars().any(|c| c.is_ascii_digit()) => return self.no_shape(knob, text, &tidy),
                None => {}
            }
        }
        if found.is_empty() { self.no_shape(knob, text, &tidy) } else { Ok(found) }
    }

    /// The ratio of what is printed, if a model makes it; none where the cell says no two edges.
    fn printed(&self, knob: Knob, text: &str) -> Vec<Cell> {
        let ratio = paper::printed_ratio(text).filter(|_| knob != Knob::DraftSize);
        let cell = ratio.and_then(|ratio| self.read(Knob::Ratio, text, &ratio.to_string()).ok());
        cell.into_iter().collect()
    }

    /// One ratio or size of a cell; `among` says that the cell holds more than it.
    fn one_shape(&self, knob: Knob, size_knob: Knob, text: &str, part: &str, among: bool) -> Option<Cell> {
        let ratio = if knob == Knob::DraftSize { None } else { shapes::ratio(part, text) };
        if let Some(ratio) = ratio {
            let cell = self.read(Knob::Ratio, text, &ratio).ok()?;
            let as_time = Ratio::parse(text).is_none();
            return Some(Cell { noteworthy: !among && (as_time || knob != Knob::Ratio), ..cell });
        }
        if among && part == "auto" {
            return None;
        }
        let sizes = &self.deliverable.model.value.sizes;
        let (choice, asked) = match Size::parse(part) {
            Some(size) if sizes.is_legal(size) => (SizeChoice::Exact(size), None),
            // Without a word for pixels 20x30 is a size of paper.
            Some(size) if size.long() <= PAPER_EDGE && !shapes::speaks_of_pixels(text, self.title) => return None,
            Some(size) => (SizeChoice::Exact(sizes.for_delivery(size)?), Some(size)),
            None => (knob_text::size(part, sizes).ok()?, None),
        };
        let cell =
            Cell { knob: size_knob, value: Value::Size(choice), noteworthy: size_knob != knob, asked, unsure: false };
        Some(cell)
    }

    fn no_shape(&self, knob: Knob, text: &str, tidy: &str) -> Result<Vec<Cell>, Unread> {
        let size_knob = if knob == Knob::Ratio { Knob::Size } else { knob };
        if paper::refers_elsewhere(text) {
            return Ok(Vec::new());
        }
        let is_size = Size::parse(tidy).is_some();
        let knob = if is_size { size_knob } else { knob };
        self.read(knob, text, tidy).map(|cell| vec![cell])
    }

    /// `square` is 1:1; `portrait` is a ratio only for a model that makes just one such size.
    fn lying(&self, knob: Knob, text: &str, orientation: Orientation) -> Result<Cell, Unread> {
        let value = match shapes::only_ratio(orientation, &self.deliverable.model.value.sizes) {
            Some(ratio) => Value::Ratio(ratio),
            None => {
                let explanation = words::refusal(knob, &quoted(text), &Refusal::Form);
                return Err(Unread { explanation, either_way: true, orientation: Some(orientation) });
            }
        };
        Ok(Cell { knob: Knob::Ratio, value, noteworthy: true, asked: None, unsure: false })
    }

    /// Sizes, or a number of reference images, each 1024x1024 as everywhere else.
    fn references(&self, text: &str) -> Result<Cell, Unread> {
        let tidy = text.to_lowercase().replace([';', '|', '\n'], ",").replace(" x ", "x").replace(" × ", "×");
        let Some(count) = tidy.parse::<usize>().ok() else {
            let cell = self.read(Knob::References, text, &tidy)?;
            return Ok(Cell { noteworthy: false, ..cell });
        };
        let max = self.catalog.extras.references_max;
        let like = Size::new(1024, 1024).filter(|_| count <= max);
        let sizes = like.ok_or_else(|| words::refusal(Knob::References, text, &Refusal::TooMany { max }))?;
        Ok(Cell {
            knob: Knob::References,
            value: Value::Sizes(vec![sizes; count]),
            noteworthy: count > 0,
            asked: None,
            unsure: false,
        })
    }

    /// A known word as it is, or in another spelling: `GPT Image 2` and `openai/gpt-image-2` are `gpt-image-2`, `hoch` is `high`.
    fn word(&self, knob: Knob, text: &str) -> Result<Cell, Unread> {
        let spelt = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-");
        let mut tries = vec![text.to_owned(), spelt.clone()];
        let form = knob.row().form;
        if form == Form::Quality {
            tries.extend(vocabulary::quality(text).into_iter().chain(vocabulary::ranked(text)).map(str::to_owned));
        } else if form == Form::Model {
            let name = model_name(&spelt);
            tries.extend(undated(&name).map(str::to_owned));
            tries.insert(2, name);
        }
        // Reading an unknown word looks for the nearest one, which takes its time: only a known one is tried.
        let value = tries.iter().filter(|word| self.knows(knob, word)).find_map(|word| {
            let value = knob_text::read(knob, word, self.deliverable, self.catalog).ok()?;
            Some(Cell { knob, value, noteworthy: word != text, asked: None, unsure: false })
        });
        value.map_or_else(|| self.read(knob, text, text), Ok)
    }
}

impl CellContext<'_> {
    /// Whether a word may be a value of a knob; of knobs without a list of words it always may.
    fn knows(&self, knob: Knob, word: &str) -> bool {
        match knob.row().form {
            Form::Model => self.catalog.model(word).is_some(),
            Form::Preset => self.catalog.preset(word).is_some(),
            Form::Quality => word.eq_ignore_ascii_case("auto") || Quality::parse(&word.to_lowercase()).is_some(),
            Form::Service
            | Form::Pick
            | Form::Ratio
            | Form::Size
            | Form::Sizes
            | Form::Count
            | Form::Percent
            | Form::Retry
            | Form::Cap
            | Form::Measured
            | Form::Flag => true,
        }
    }
}

/// A model's name without its provider: `openai/gpt-image-2`, `azure:gpt_image_2`.
fn model_name(spelt: &str) -> String {
    let bare = spelt.rsplit(['/', ':']).next().unwrap_or(spelt);
    bare.replace(['_', '@'], "-").split('(').next().unwrap_or(bare).trim_matches('-').to_owned()
}

/// A model's name without the date of its release or the word for the latest one: `gpt-image-2-2026-04-01`, `-20260401`, `-latest`.
fn undated(name: &str) -> Option<&str> {
    if let Some(bare) = name.strip_suffix("-latest") {
        return Some(bare);
    }
    let date = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
    let bare = name.char_indices().map(|(at, _)| at).filter(|at| *at >= date.len());
    let is_day = |end: &str| {
        let parts: Vec<usize> = end.split('-').map(str::len).collect();
        parts == [4, 2, 2] || parts == [8]
    };
    bare.filter(|at| name[*at..].starts_with('-') && is_day(&name[at + 1..])).map(|at| &name[..at]).next()
}

/// Converts a share without a percent sign to percent; `None` if it is already in percent.
fn percent_of_bare(written: &str, number: Decimal) -> Result<Option<Decimal>, Unread> {
    if number == Decimal::ONE {
        return Err(two_readings(written, "1%", "100%"));
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
