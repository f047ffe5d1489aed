//! CSV: numbers stay numbers, names stay names, columns add up.

use crate::budgets::{
    Case, HOSTILE, assert_harmless, contract, decimal, hostile, line, pdp_hero, plain, with_lines, yen,
};
use proptest::prelude::*;
use retake::cost::base::money::{Decimal, plus};
use retake::cost::base::tokens::Quality;
use retake::cost::{Knob, Value};
use retake::report::{Formulas, csv};
use std::collections::BTreeMap;

type Row = BTreeMap<String, String>;

fn rows(case: &Case, formulas: Formulas) -> Vec<Row> {
    let text = csv(&case.report(), formulas);
    let mut reader = csv_crate_reader(&text);
    let head = reader.headers().unwrap().clone();
    let row =
        |record: csv::StringRecord| head.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn csv_crate_reader(text: &str) -> csv::Reader<&[u8]> {
    csv::Reader::from_reader(text.as_bytes())
}

fn sum(rows: &[Row], column: &str) -> Decimal {
    let cells = rows.iter().filter(|row| row["row"] == "stage").map(|row| &row[column]).filter(|cell| !cell.is_empty());
    cells.fold(Decimal::ZERO, |sum, cell| plus(sum, decimal(cell)).unwrap())
}

fn staged() -> Case {
    let explore = plain("4:5", Quality::High, 7, "1.5")
        .with(Knob::Drafts, Value::Count(6))
        .with(Knob::DraftQuality, Value::Quality(retake::cost::budget::QualityChoice::Exact(Quality::Low)));
    Case::of(with_lines(vec![line("a", "A", pdp_hero()), line("b", "B", explore)]))
}

#[test]
fn rows_are_stages_and_columns_add_up_to_the_total_row() {
    let case = staged();
    let rows = rows(&case, Formulas::Defanged);
    let stages: Vec<_> =
        rows.iter().map(|row| (row["row"].as_str(), row["deliverable"].as_str(), row["stage"].as_str())).collect();
    assert_eq!(
        stages,
        [("stage", "a", "final"), ("stage", "b", "explore"), ("stage", "b", "final"), ("total", "", "")]
    );
    let total = &rows[3];
    for column in
        ["finals", "images", "known_subtotal_usd", "subtotal_usd", "buffer_usd", "total_usd", "shown_subtotal"]
    {
        assert_eq!(sum(&rows, column), decimal(&total[column]), "{column}");
    }
    assert_eq!(decimal(&total["total_usd"]), case.estimate.totals.total.unwrap());
    assert_eq!((rows[0]["image_output_tokens"].as_str(), rows[0]["total_usd"].as_str()), ("6119", "11.0990592"));
}

#[test]
fn what_is_not_known_is_an_empty_cell_and_never_a_zero() {
    let unknown = plain("1:1", Quality::Low, 3, "2").with(Knob::Model, Value::Word("gpt-image-2.6-flare".to_owned()));
    let rows = rows(&Case::of(with_lines(vec![line("b", "B", unknown)])), Formulas::Defanged);
    for column in ["image_output_tokens", "image_output_usd", "each_usd", "subtotal_usd", "buffer_usd", "total_usd"] {
        assert_eq!(rows[0][column], "", "{column}");
    }
    assert_eq!((rows[0]["known_subtotal_usd"].as_str(), rows[1]["total_usd"].as_str()), ("0.00018", ""));
}

#[test]
fn shown_amounts_are_in_the_currency_and_its_digits() {
    let mut budget = contract();
    budget.shown = yen("152.40");
    let rows = rows(&Case::of(budget), Formulas::Defanged);
    assert_eq!((rows[0]["shown_currency"].as_str(), rows[0]["shown_subtotal"].as_str()), ("JPY", "1410"));
}

#[test]
fn numbers_are_bare_and_texts_are_quoted() {
    let text = csv(&Case::of(contract()).report(), Formulas::Defanged);
    let line = text.lines().nth(1).unwrap();
    assert!(line.starts_with("\"stage\",\"pdp-hero\",\"PDP hero\",\"gpt-image-2\",\"standard\",\"final\",\"1024x1280\",\"high\",24,2,48,48,6119,1024,0,186,0,"), "{line}");
}

/// Whether a spreadsheet may run the cell.
fn would_run(cell: &str) -> bool {
    let bare = cell.trim_start_matches(|c: char| c.is_whitespace() || c.is_control());
    bare.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) || cell.starts_with(['\t', '\r', '\n'])
}

#[test]
fn no_hostile_name_is_a_formula_or_an_escape() {
    for name in HOSTILE {
        let case = hostile(name);
        assert_harmless(&csv(&case.report(), Formulas::Defanged));
        assert_harmless(&csv(&case.report(), Formulas::Raw));
        let found = rows(&case, Formulas::Defanged);
        assert_eq!(found.len(), 2, "{name:?} made a row of its own");
        assert!(!would_run(&found[0]["name"]) && !would_run(&found[0]["deliverable"]), "{name:?}");
        let raw = rows(&case, Formulas::Raw);
        assert_eq!(raw[0]["name"], retake::words::safe::safe(name), "{name:?}");
    }
    assert_eq!(rows(&hostile("=1+1"), Formulas::Defanged)[0]["name"], "'=1+1");
    assert_eq!(rows(&hostile("=1+1"), Formulas::Raw)[0]["name"], "=1+1");
}

proptest! {
    #[test]
    fn any_name_comes_back_as_it_is_shown(name in "(\\PC|[=+@＝\"',;\\-\\n\\r\\t ]){0,30}") {
        let found = rows(&hostile(&name), Formulas::Defanged);
        prop_assert_eq!(found.len(), 2);
        let cell = &found[0]["name"];
        prop_assert!(!would_run(cell));
        let shown = retake::words::safe::safe(&name);
        prop_assert!(cell == &*shown || cell.strip_prefix('\'') == Some(&*shown), "{:?} became {:?}", name, cell);
    }
}
