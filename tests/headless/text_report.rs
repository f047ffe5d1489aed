//! The text report: figures that add up, aligned columns, nothing that a terminal obeys.

use crate::budgets::{
    Case, HOSTILE, assert_harmless, catalog, contract, decimal, hostile, line, pdp_hero, plain, with_lines, yen,
};
use proptest::prelude::*;
use retake::cost::base::money::{Decimal, plus};
use retake::cost::base::retry::{Pick, Retry};
use retake::cost::base::tokens::Quality;
use retake::cost::budget::{Cap, QualityChoice, Setting};
use retake::cost::{Budget, Knob, Value};
use retake::diagnostics::{Code, Level, Problem};
use retake::report::text;
use retake::ui::text::width;

fn of(budget: Budget) -> String {
    text(&Case::of(budget).report())
}

/// The last figure of the line that begins with `label`.
#[track_caller]
fn figure(text: &str, label: &str) -> String {
    let line = text.lines().find(|line| line.starts_with(label)).unwrap_or_else(|| panic!("no {label:?} in\n{text}"));
    line.rsplit_once("  ").unwrap().1.to_owned()
}

/// An amount that may be below 0.
fn signed(figure: &str) -> Decimal {
    if figure.contains('−') { -money(figure) } else { money(figure) }
}

fn money(figure: &str) -> Decimal {
    decimal(&figure.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect::<String>())
}

#[test]
fn a_producer_finds_every_figure() {
    let mut budget = contract();
    budget.client = Some("Acme".to_owned());
    budget.assumptions.put(Knob::Cap, Some(Setting::Value(Value::Cap(Cap { amount: decimal("25"), currency: None }))));
    let text = of(budget);
    assert!(
        text.starts_with("Spring launch · Acme\ngpt-image-2 · standard · USD · rates 2026-11-21 · made 2026-11-22\n"),
        "{text}"
    );
    let row = text.lines().find(|line| line.starts_with("PDP hero")).unwrap();
    let words: Vec<&str> = row.split_whitespace().skip(2).collect();
    assert_eq!(words, ["1024x1280", "high", "24", "×", "2.00", "=", "48", "$0.1927", "$9.25"]);
    assert_eq!(figure(&text, "subtotal"), "$9.25");
    assert_eq!(figure(&text, "buffer 20 %"), "$1.85");
    assert_eq!(figure(&text, "TOTAL"), "$11.10");
    assert_eq!(figure(&text, "per final"), "$0.4625");
    assert_eq!(figure(&text, "of the cap of $25.00").trim(), "44 %");
    assert!(text.contains("1 reference image with each call: 1024x1024"), "{text}");
    let origins = text.split("Where the prices come from").nth(1).unwrap();
    for part in
        ["openai/gpt-image-2, built in", "developers.openai.com", "checked 2026-11-21", "grade A", "image output $30"]
    {
        assert!(origins.contains(part), "{part} in {origins}");
    }
}

#[test]
fn a_total_over_the_cap_says_the_money_over() {
    let capped = |cap: &str| {
        let mut budget = contract();
        let cap = Cap { amount: decimal(cap), currency: None };
        budget.assumptions.put(Knob::Cap, Some(Setting::Value(Value::Cap(cap))));
        of(budget)
    };
    assert_eq!(figure(&capped("10"), "cap of $10.00"), "$1.10 over");
    // Slightly over the cap is never shown as $0.00.
    assert_eq!(figure(&capped("11.099"), "cap of $11.099"), "$0.0001 over");
}

#[test]
fn a_converted_total_carries_its_rate_date_and_source() {
    let mut budget = contract();
    budget.shown = yen("152.40");
    let text = of(budget);
    assert_eq!(figure(&text, "TOTAL"), "≈¥1,691");
    assert!(text.contains("≈ converted at 1 USD = 152.4 JPY of 2026-11-20, finance desk"), "{text}");
}

#[test]
fn an_unknown_price_is_said_and_never_a_zero() {
    let unknown = plain("1:1", Quality::Low, 3, "2").with(Knob::Model, Value::Word("gpt-image-2.6-flare".to_owned()));
    let text = of(with_lines(vec![line("a", "A", pdp_hero()), line("b", "Unpriced", unknown)]));
    assert_eq!(figure(&text, "TOTAL").trim(), "unknown");
    assert_eq!(figure(&text, "known part of the subtotal"), "$9.25");
    let row = text.lines().find(|line| line.starts_with("Unpriced")).unwrap();
    assert!(row.contains("unknown") && row.ends_with("$0.00 + ?"), "{row}");
}

#[test]
fn stages_and_several_pictures_a_call_are_spelt_out() {
    let explore = plain("4:5", Quality::High, 7, "1.5")
        .with(Knob::Drafts, Value::Count(6))
        .with(Knob::DraftQuality, Value::Quality(QualityChoice::Exact(Quality::Low)));
    let several = plain("1:1", Quality::Low, 5, "3")
        .with(Knob::ImagesPerCall, Value::Count(2))
        .with(Knob::Pick, Value::Pick(Pick::One));
    let text = of(with_lines(vec![line("a", "Campaign", explore), line("b", "Pairs", several)]));
    let words = |start: &str| {
        text.lines()
            .find(|line| line.starts_with(start))
            .unwrap()
            .split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(words("  drafts")[3..8], ["7", "×", "6", "=", "42"]);
    assert_eq!(words("  finals")[3..8], ["7", "×", "1.50", "=", "10.5"]);
    assert_eq!(words("Pairs")[3..8], ["5", "×", "3.00", "→", "18"]);
    assert!(text.contains("9 calls of 2 images, at most one of each kept: a lower bound"), "{text}");
}

#[test]
fn a_factor_without_an_end_is_a_fraction() {
    let mut budget = contract();
    let accepted = Retry::Accepted { percent: decimal("60"), confidence: None };
    budget.lines[0].settings.put(Knob::Retry, Some(Setting::Value(Value::Retry(accepted))));
    assert!(of(budget).contains("24 × 5/3       = 40"));
}

#[test]
fn lines_that_differ_in_model_or_buffer_say_so() {
    let other = plain("1:1", Quality::High, 3, "2")
        .with(Knob::Model, Value::Word("gpt-image-2.5-flare".to_owned()))
        .with(Knob::Buffer, Value::Percent(decimal("10")));
    let text = of(with_lines(vec![line("a", "A", pdp_hero()), line("b", "B", other)]));
    assert!(text.contains("    gpt-image-2.5-flare · standard\n") && text.contains("buffers 10–20 %"), "{text}");
}

#[test]
fn problems_follow_the_figures_worst_first() {
    let mut case = Case::of(contract());
    let problem = |level, message: &str| Problem::new(Code::Failed, message).with_level(level);
    case.problems = vec![
        problem(Level::Note, "third"),
        problem(Level::Error, "first").with_remedy("mend it"),
        problem(Level::Warning, "second"),
    ];
    let text = text(&case.report());
    let after = text.split("per final").nth(1).unwrap();
    assert!(after.contains("\nerror: first; mend it\nwarning: second\nnote: third\n"), "{after}");
}

#[test]
fn wide_names_keep_the_figures_in_their_columns() {
    let names = ["発表会の写真", "PDP hero", "👩\u{200d}💻 設計", "한국어 이름"];
    let lines = names
        .iter()
        .enumerate()
        .map(|(i, name)| line(&format!("k{i}"), name, plain("1:1", Quality::Low, 10 * (i as u64 + 1), "2")));
    let text = of(with_lines(lines.collect()));
    let column = |line: &str| width(&line[..line.find("1024x1024").unwrap()]);
    let columns: Vec<usize> =
        names.iter().map(|name| column(text.lines().find(|line| line.starts_with(name)).unwrap())).collect();
    assert!(columns.windows(2).all(|pair| pair[0] == pair[1]), "{columns:?}\n{text}");
    let ends: Vec<usize> =
        names.iter().map(|name| width(text.lines().find(|line| line.starts_with(name)).unwrap())).collect();
    assert!(ends.windows(2).all(|pair| pair[0] == pair[1]), "{ends:?}\n{text}");
}

#[test]
fn names_of_every_script_keep_the_figures_in_their_columns() {
    for name in crate::texts::scripts() {
        let lines = [("a", name.as_str()), ("b", "PDP hero")]
            .map(|(key, name)| line(key, name, plain("1:1", Quality::Low, 10, "2")));
        let text = of(with_lines(lines.to_vec()));
        let rows: Vec<&str> = text.lines().filter(|line| line.contains("1024x1024")).collect();
        let columns: Vec<usize> = rows.iter().map(|line| width(&line[..line.find("1024x1024").unwrap()])).collect();
        assert!(columns.len() == 2 && columns[0] == columns[1], "{name:?}: {columns:?}\n{text}");
        assert_eq!(width(rows[0]), width(rows[1]), "{name:?}\n{text}");
    }
}

#[test]
fn the_largest_figures_stay_whole_and_within_eighty_columns() {
    let mut budget =
        with_lines(vec![line("a", &"Very long name ".repeat(12), plain("16:9", Quality::High, 10_000_000, "1000"))]);
    budget.shown = yen("152.40");
    let text = of(budget);
    let widest = text.lines().map(width).max().unwrap();
    assert!(widest <= 80, "{text}");
    assert!(text.contains("10,000,000 × 1000.00 = 10,000,000,000"), "{text}");
}

#[test]
fn hostile_names_command_nothing() {
    for name in HOSTILE {
        let text = text(&hostile(name).report());
        assert_harmless(&text);
        let widest = text.lines().map(width).max().unwrap();
        assert!(widest <= 80, "{name:?}\n{text}");
        let rows = text.lines().count();
        assert!(rows < 60, "{name:?}\n{text}");
    }
}

proptest! {
    #[test]
    fn shown_parts_with_the_rounding_lines_add_up_to_the_shown_total(
        finals in prop::collection::vec((1_u64..500, 10_u32..40, 0_u32..35), 1..12),
        in_yen in any::<bool>(),
    ) {
        let lines = finals.iter().enumerate().map(|(index, (finals, tenths, buffer))| {
            let factor = Decimal::new(i64::from(*tenths), 1).to_string();
            let settings = plain("4:5", Quality::Medium, *finals, &factor).with(Knob::Buffer, Value::Percent(Decimal::from(*buffer)));
            line(&format!("k{index:02}"), &format!("Row{index:02}"), settings)
        });
        let mut budget = with_lines(lines.collect());
        if in_yen {
            budget.shown = yen("152.37");
        }
        let text = of(budget);
        let last = |row: &str| row.rsplit_once(' ').unwrap().1.to_owned();
        let rows: Vec<&str> = text.lines().skip_while(|line| !line.starts_with("Row")).collect();
        let mut sum = Decimal::ZERO;
        for row in rows {
            match row.split(' ').next().unwrap_or_default() {
                "subtotal" => prop_assert_eq!(sum, money(&last(row)), "{}", text),
                "TOTAL" => {
                    prop_assert_eq!(sum, money(&last(row)), "{}", text);
                    break;
                }
                "buffer" | "buffers" | "rounding" => sum = plus(sum, signed(&last(row))).unwrap(),
                name if name.starts_with("Row") => sum = plus(sum, money(&last(row))).unwrap(),
                _ => (),
            }
        }
        prop_assert_eq!(sum, money(&figure(&text, "TOTAL")));
        prop_assert!(catalog().models.len() > 1);
    }
}
