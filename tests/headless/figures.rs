//! Shown figures: each rounded for itself, and what they miss their sum by.

use crate::budgets::{Case, decimal, line, plain, with_lines, yen};
use crate::desk::Desk;
use proptest::prelude::*;
use retake::cost::base::money::{Decimal, Shown};
use retake::cost::base::tokens::Quality;
use retake::cost::budget::Cap;
use retake::cost::estimate::{CapState, against_cap};
use retake::cost::{Knob, Value};
use retake::figures::CapMoney;
use retake::report::{Formulas, csv, markdown, text};

/// Row, deliverable and shown amount of each row of the CSV that has one.
fn shown(case: &Case) -> Vec<(String, String, Decimal)> {
    let text = csv(&case.report(), Formulas::Defanged);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers().unwrap().clone();
    let at = |name: &str| head.iter().position(|column| column == name).unwrap();
    let (row, key, amount) = (at("row"), at("deliverable"), at("shown_subtotal"));
    let rows = reader.records().map(Result::unwrap).filter(|cells| !cells[amount].is_empty());
    rows.map(|cells| (cells[row].to_owned(), cells[key].to_owned(), decimal(&cells[amount]))).collect()
}

fn project(finals: &[u64], currency: &Shown) -> Case {
    let ratios = ["1:1", "4:5", "16:9", "3:2"];
    let qualities = [Quality::Low, Quality::Medium, Quality::High];
    let lines = finals.iter().enumerate().map(|(at, finals)| {
        let settings = plain(ratios[at % 4], qualities[at % 3], *finals, "1.15");
        line(&format!("d{at}"), &format!("D{at}"), settings)
    });
    let mut budget = with_lines(lines.collect());
    budget.shown = currency.clone();
    Case::of(budget)
}

/// The printed estimate, its notes and the screen say one cap and one overrun, and both add up to the total beside them.
#[test]
fn a_cap_and_what_is_over_it_have_the_same_digits_everywhere() {
    for (cap, currency, shown, total, over) in [
        ("1.265", Shown::usd(), "$1.265", "$11.099", "$9.834"),
        ("1.2650", Shown::usd(), "$1.265", "$11.099", "$9.834"),
        ("11", Shown::usd(), "$11.00", "$11.10", "$0.10"),
        ("11.10", Shown::usd(), "$11.10", "", ""),
        ("11.099", Shown::usd(), "$11.099", "$11.0991", "$0.0001"),
        ("1.23456789", Shown::usd(), "$1.23456789", "$11.09905920", "$9.86449131"),
        ("1000", yen("152.4"), "¥1,000", "≈¥1,691", "≈¥691"),
        ("100.5", yen("152.4"), "¥100.50", "≈¥1,691.50", "≈¥1,591.00"),
    ] {
        let mut budget = crate::budgets::contract();
        budget.shown = currency;
        let value = Value::Cap(Cap { amount: decimal(cap), currency: None });
        budget.assumptions = budget.assumptions.clone().with(Knob::Cap, value);
        let case = Case::of(budget.clone());
        if let CapState::Over { total: exact, cap, currency } = against_cap(&budget, &case.estimate.totals) {
            let beside = CapMoney::of(&budget.shown, currency, false).beside(exact, cap);
            let said = [beside.total, beside.cap, beside.over].map(|amount| amount.to_string());
            assert_eq!(said, [total, shown, over].map(str::to_owned), "as check and the notes say it");
        }
        let screen = Desk::new(budget).screen(160, 45);
        let texts = [text(&case.report()), markdown(&case.report()).replace('\\', ""), screen];
        for text in texts {
            let words: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(
                words.contains(&format!("cap {shown}")) || words.contains(&format!("cap of {shown}")),
                "{cap}: {text}"
            );
            if !over.is_empty() {
                assert!(words.contains(&format!("{over} over")), "{cap}: {text}");
            }
        }
    }
}

proptest! {
    /// A row's cents belong to its line: with the largest remainders an edit could change the cents of another.
    #[test]
    fn editing_one_line_never_changes_the_cents_of_another(finals in prop::collection::vec(1_u64..40, 2..12), edited in 0_usize..12, now in 1_u64..40, converted: bool) {
        let currency = if converted { yen("152.4") } else { Shown::usd() };
        let edited = edited % finals.len();
        let before = shown(&project(&finals, &currency));
        let mut finals = finals;
        finals[edited] = now;
        let after = shown(&project(&finals, &currency));
        let others = |rows: &[(String, String, Decimal)]| {
            let own = format!("d{edited}");
            rows.iter().filter(|(row, key, _)| row == "stage" && *key != own).cloned().collect::<Vec<_>>()
        };
        prop_assert_eq!(others(&before), others(&after));
    }

    #[test]
    fn parts_and_the_rounding_line_add_up_to_the_shown_sum(finals in prop::collection::vec(1_u64..40, 1..12), converted: bool) {
        let case = project(&finals, &if converted { yen("152.4") } else { Shown::usd() });
        let rows = shown(&case);
        let sum = |wanted: &[&str]| -> Decimal {
            rows.iter().filter(|(row, ..)| wanted.contains(&row.as_str())).map(|(_, _, amount)| *amount).sum()
        };
        prop_assert_eq!(sum(&["stage", "rounding"]), sum(&["total"]));
        // Where there is a rest, people are told of it too.
        if rows.iter().any(|(row, ..)| row == "rounding") {
            prop_assert!(text(&case.report()).contains("\nrounding "));
            prop_assert!(markdown(&case.report()).contains("| rounding |"));
        }
    }
}
