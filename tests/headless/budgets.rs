//! Budgets built in code, and their reports.

use jiff::civil::{Date, date};
use retake::cost::base::money::{Currency, Decimal, Exchange, Shown};
use retake::cost::base::number_text::parse_decimal;
use retake::cost::base::retry::Retry;
use retake::cost::base::size::{Ratio, Size};
use retake::cost::base::tokens::Quality;
use retake::cost::budget::{QualityChoice, SizeChoice};
use retake::cost::{Budget, Catalog, Estimate, Knob, Line, Settings, Value, estimate};
use retake::diagnostics::Problem;
use retake::report::Report;

pub(crate) const TODAY: Date = date(2026, 11, 22);

pub(crate) fn catalog() -> &'static Catalog {
    retake::rates::built_in().unwrap()
}

pub(crate) fn decimal(text: &str) -> Decimal {
    parse_decimal(text).unwrap()
}

pub(crate) fn line(key: &str, name: &str, settings: Settings) -> Line {
    Line { key: key.to_owned(), name: Some(name.to_owned()), settings, ..Line::default() }
}

/// The deliverable of the JSON contract.
pub(crate) fn pdp_hero() -> Settings {
    Settings::default()
        .with(Knob::Size, Value::Size(SizeChoice::Exact(Size::parse("1024x1280").unwrap())))
        .with(Knob::Quality, Value::Quality(QualityChoice::Exact(Quality::High)))
        .with(Knob::References, Value::Sizes(vec![Size::parse("1024x1024").unwrap()]))
        .with(Knob::PromptTokens, Value::Count(180))
        .with(Knob::Finals, Value::Count(24))
        .with(Knob::Retry, Value::Retry(Retry::plain(decimal("2.0"))))
}

/// A deliverable by ratio, quality, finals and factor.
pub(crate) fn plain(ratio: &str, quality: Quality, finals: u64, factor: &str) -> Settings {
    Settings::default()
        .with(Knob::Ratio, Value::Ratio(Ratio::parse(ratio).unwrap()))
        .with(Knob::Quality, Value::Quality(QualityChoice::Exact(quality)))
        .with(Knob::Finals, Value::Count(finals))
        .with(Knob::Retry, Value::Retry(Retry::plain(decimal(factor))))
}

pub(crate) fn with_lines(lines: Vec<Line>) -> Budget {
    let lines = lines.into_iter().map(Into::into).collect();
    Budget { name: Some("Spring launch".to_owned()), lines, ..Budget::default() }
}

pub(crate) fn contract() -> Budget {
    with_lines(vec![line("pdp-hero", "PDP hero", pdp_hero())])
}

pub(crate) fn yen(rate: &str) -> Shown {
    let exchange = Exchange { rate: decimal(rate), as_of: date(2026, 11, 20), source: Some("finance desk".to_owned()) };
    Shown { currency: Currency::parse("JPY").unwrap(), exchange: Some(exchange) }
}

/// A budget with its estimate and problems, kept together for a test.
pub(crate) struct Case {
    pub(crate) budget: Budget,
    pub(crate) estimate: Estimate,
    pub(crate) problems: Vec<Problem>,
}

impl Case {
    pub(crate) fn of(budget: Budget) -> Case {
        let estimate = estimate(&budget, catalog(), TODAY);
        Case { budget, estimate, problems: Vec::new() }
    }

    pub(crate) fn report(&self) -> Report<'_> {
        Report {
            name: self.budget.name.as_deref().unwrap_or("untitled"),
            budget: &self.budget,
            estimate: &self.estimate,
            catalog: catalog(),
            problems: &self.problems,
            today: TODAY,
            scenario: None,
        }
    }
}

/// Names that try to command a terminal, a spreadsheet, Markdown or a JSON reader.
pub(crate) const HOSTILE: [&str; 22] = [
    "\u{1b}[2J\u{1b}]52;c;aGk=\u{7}",
    "\u{9b}31m\u{90}q\u{9c}",
    "a\u{202e}cba\u{2066}x\u{2069}",
    "zero\u{200b}width\u{feff}\u{2060}\u{ad}",
    "line\nbreak\r\n\ttab",
    "\0nul\u{7f}del",
    "=1+1",
    "  =HYPERLINK(\"http://x\")",
    "\t=1",
    "\n@SUM(A1)",
    "＝1＋1",
    "-2+3",
    "+1",
    "a\",\"b",
    "a;=1+1",
    "| x | y |\n|---|---|",
    "`code` [link](javascript:alert(1)) <script>alert(1)</script>",
    "**bold** _it_ ~~no~~ &lt; \\",
    "@everyone #1 https://x.example www.x.example",
    "\u{2028}\u{2029}\u{61c}",
    "発表会の写真🎨👩\u{200d}💻",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
];

/// Panics on any character that a terminal would obey or that is invisible, except line breaks.
#[track_caller]
pub(crate) fn assert_harmless(text: &str) {
    let bad = text.chars().find(|c| *c != '\n' && retake::words::safe::is_hostile(*c));
    assert_eq!(bad, None, "in {text:?}");
}

/// The budget with a hostile name in every text.
pub(crate) fn hostile(name: &str) -> Case {
    let mut budget = contract();
    budget.name = Some(name.to_owned());
    budget.client = Some(name.to_owned());
    budget.lines[0].name = Some(name.to_owned());
    budget.lines[0].key = name.to_owned();
    budget.shown = yen("152.40");
    if let Some(exchange) = &mut budget.shown.exchange {
        exchange.source = Some(name.to_owned());
    }
    let mut case = Case::of(budget);
    case.problems = vec![
        Problem::new(retake::diagnostics::Code::KeyUnknown, format!("unknown key {name}"))
            .at(Some(std::path::Path::new(&name.replace('\0', ""))), None)
            .with_key(format!("deliverable.{name}"))
            .with_allowed(name)
            .with_remedy(name),
    ];
    case
}
