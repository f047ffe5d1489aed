//! Shown figures: each rounded for itself, and what they miss their sum by.

use crate::budgets::{Case, decimal, line, plain, with_lines, yen};
use proptest::prelude::*;
use retake::cost::base::money::{Decimal, Shown};
use retake::cost::base::tokens::Quality;
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
