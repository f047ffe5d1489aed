//! Each sample: read without problems, computed as by hand, explained by comments, and unchanged by a save without an edit.

use crate::figures::{Figures, figures};
use crate::support::{TODAY, catalog, read, samples};
use retake::cli::{Answer, Env, Exit, Outcome, dispatch};
use retake::config::paths::Paths;
use retake::cost::Level;
use retake::cost::base::money::Decimal;
use retake::cost::base::number_text::parse_decimal;
use retake::cost::bill::{Bills, Fraction, Kind};
use retake::cost::estimate::issue::Issue;
use retake::cost::rates::age::differences;
use retake::cost::{Estimate, estimate};
use retake::project::card_write::pinned;
use retake::project::write;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::Path;

fn all(mut test: impl FnMut(&Figures, &str, &Path)) {
    let samples = samples();
    let figures = figures();
    let names: Vec<&str> = samples.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, figures.iter().map(|figures| figures.file).collect::<Vec<_>>(), "a sample without figures");
    for ((_, path), figures) in samples.iter().zip(&figures) {
        test(figures, &std::fs::read_to_string(path).unwrap(), path);
    }
}

fn issues(estimate: &Estimate) -> impl Iterator<Item = &Issue> {
    estimate.issues.iter().chain(estimate.lines.iter().flat_map(|line| &line.issues))
}

#[test]
fn samples_read_without_a_problem_and_count_without_a_warning() {
    all(|_, text, path| {
        let reading = read(text, path);
        assert_eq!(reading.problems, [], "{}", path.display());
        let estimate = estimate(&reading.budget, catalog(), TODAY);
        let loud: Vec<_> = issues(&estimate).filter(|issue| issue.kind.level() != Level::Note).collect();
        assert!(loud.is_empty(), "{}: {loud:?}", path.display());
    });
}

#[test]
fn samples_come_to_what_they_come_to_by_hand() {
    // In units of the eighteenth decimal, which each of the five parts of a stage may be rounded to.
    let agree = |found: Option<Decimal>, units: i128, what: &str| {
        let found = Decimal::trunc_with_scale(&found.unwrap(), 18).normalize();
        let found = found.mantissa() * 10_i128.pow(18 - found.scale());
        assert!((found - units).abs() <= 10, "{what}: {found} and not {units}");
    };
    let all_units = |text: &str| {
        let number = parse_decimal(text).unwrap();
        number.mantissa() * 10_i128.pow(18 - number.scale())
    };
    all(|figures, text, path| {
        let estimate = estimate(&read(text, path).budget, catalog(), TODAY);
        let of = |part: &dyn Fn(&crate::figures::Stage) -> i128, key: Option<&str>| -> i128 {
            let stages = figures.stages.iter().filter(|stage| key.is_none_or(|key| key == stage.key));
            stages.map(|stage| part(stage) * stage.images.0 / stage.images.1).sum()
        };
        let cost = |stage: &crate::figures::Stage| stage.each * 10_i128.pow(9);
        let cents = |hundredths: i128| hundredths * 10_i128.pow(16);
        let fees = |key: Option<&str>| -> i128 {
            let charged = figures.fees.iter().filter(|(of, _)| key.is_none_or(|key| key == *of));
            charged.map(|(_, hundredths)| cents(*hundredths)).sum()
        };
        for line in &estimate.lines {
            let (key, what) = (Some(line.key.as_str()), format!("{} of {}", line.key, figures.file));
            agree(line.subtotal, of(&cost, key) + fees(key), &what);
        }
        let totals = &estimate.totals;
        assert_eq!(totals.finals, figures.finals);
        agree(totals.images, of(&|_| 10_i128.pow(18), None), figures.file);
        let subtotal = of(&cost, None) + fees(None);
        agree(totals.subtotal, subtotal, figures.file);
        let [of_project, markup, tax] = figures.on_top;
        let before = subtotal * (100 + figures.buffer_percent) / 100 + cents(of_project);
        agree(totals.total, before * (100 + markup) / 100 * (100 + tax) / 100, figures.file);
        agree(totals.subtotal, all_units(figures.subtotal), figures.file);
        agree(totals.total, all_units(figures.total), figures.file);
    });
}

#[test]
fn samples_have_a_cap_that_is_used_and_not_used_up() {
    all(|figures, text, path| {
        let budget = read(text, path).budget;
        let cap = budget.cap().unwrap();
        assert_eq!(cap.amount, Decimal::from_i128_with_scale(figures.cap_hundredths, 2));
        let total = estimate(&budget, catalog(), TODAY).totals.total.unwrap();
        let used = total * Decimal::from_i128_with_scale(figures.dollar_hundredths, 2) / cap.amount;
        assert!((Decimal::new(60, 2)..=Decimal::new(95, 2)).contains(&used), "{}: {used} of the cap", figures.file);
    });
}

#[test]
fn samples_pin_the_prices_of_every_model_that_they_use() {
    all(|figures, text, path| {
        let budget = read(text, path).budget;
        let estimate = estimate(&budget, catalog(), TODAY);
        let used: Vec<String> = estimate.models().map(|model| model.card_id()).collect();
        assert_eq!(budget.pins.keys().cloned().collect::<Vec<_>>(), used, "{}", figures.file);
        assert!(
            differences(&budget.pins, &catalog().models).is_empty(),
            "{}: nobody starts with old prices",
            figures.file
        );
        assert_eq!(write::pins(&budget, &estimate, catalog()), budget.pins, "a save has nothing to add");
        assert_eq!(pinned(&budget, catalog()), budget.cards, "a save has no card to add");
        let old: Vec<_> = budget.outdated_cards(catalog()).collect();
        assert!(old.is_empty(), "{}: {old:?}", figures.file);
    });
}

#[test]
fn samples_use_each_kind_of_bill_and_every_bill_has_a_total() {
    let mut kinds = BTreeSet::new();
    all(|figures, text, path| {
        let budget = read(text, path).budget;
        let bills = Bills::of(&budget, &estimate(&budget, catalog(), TODAY), catalog());
        for one in &bills.cards {
            kinds.insert(one.card().kind().name());
            assert!(one.bill.total.is_some(), "{} of {}: {:?}", one.card().id, figures.file, one.bill.missing);
            let parts = one.bill.parts.iter().fold(Fraction::zero(), |sum, part| &sum + &part.usd);
            assert_eq!(Some(parts), one.bill.difference(), "{} of {}", one.card().id, figures.file);
        }
    });
    assert_eq!(kinds.len(), Kind::ALL.len(), "{kinds:?}");
}

#[test]
fn samples_are_explained_small_and_tidy() {
    all(|figures, text, _| {
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[0].starts_with("# ") && lines[1].starts_with("# "), "{} says what it is", figures.file);
        let remarks = lines.iter().filter(|line| line.contains("# ")).count();
        assert!(remarks >= 6, "{}: {remarks} remarks teach little", figures.file);
        let tables = |of: &str| lines.iter().filter(|line| line.starts_with(of)).count();
        let room = 90.max(8 * tables("[deliverable.")) + 8 * tables("[scenario.");
        assert!(lines.len() <= room, "{}: {} lines are no example", figures.file, lines.len());
        for line in &lines {
            assert!(line.len() <= 144 && line.trim_end() == *line && !line.contains('\t'), "{}: {line}", figures.file);
        }
        assert!(text.ends_with('\n') && !text.ends_with("\n\n") && !text.contains("\n\n\n"), "{}", figures.file);
    });
}

#[test]
fn samples_opened_and_saved_unchanged_keep_every_byte() {
    all(|_, text, path| {
        let budget = read(text, path).budget;
        let mut after = budget.clone();
        after.pins = write::pins(&budget, &estimate(&budget, catalog(), TODAY), catalog());
        assert_eq!(write::updated(text.as_bytes(), &budget, &mut after).unwrap(), text.as_bytes());
    });
}

fn answer(args: &[&str]) -> Answer {
    let paths = Paths { config: None, state: None };
    let mut env = Env { stdin: &mut std::io::empty(), today: TODAY, paths };
    let args = ["retake"].iter().chain(args).map(OsString::from);
    match dispatch(args, &mut env) {
        Outcome::Answer(answer) => answer,
        Outcome::Dashboard(_) => panic!("no dashboard was asked for"),
    }
}

#[test]
fn samples_answer_every_command() {
    all(|figures, _, path| {
        let file = path.to_str().unwrap();
        for format in ["text", "json", "csv", "markdown"] {
            let answer = answer(&["estimate", file, "--format", format]);
            assert_eq!(answer.exit, Exit::Done, "{format} of {}: {}", figures.file, answer.stderr);
            assert!(format == "csv" || answer.stderr.is_empty(), "{}", answer.stderr);
            let exact = matches!(format, "json" | "csv");
            let shown = if exact { figures.total } else { figures.shown };
            assert!(answer.stdout.contains(shown), "{format} of {}: {shown}", figures.file);
        }
        assert_eq!(answer(&["check", file]).exit, Exit::Done, "{}", figures.file);
        assert_eq!(answer(&["check", file, "--max", "1"]).exit, Exit::OverBudget, "{}", figures.file);
    });
}
