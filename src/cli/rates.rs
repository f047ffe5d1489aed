//! `retake rates`: lists the cards, shows one, and imports public price lists as cards.

use super::Env;
use super::answer::{Answer, Exit};
use super::open::{catalog_with, find, refused};
use crate::cost::base::money::{Decimal, Shown};
use crate::cost::base::number_text::parse_decimal;
use crate::cost::base::size::Size;
use crate::cost::base::tokens::Quality;
use crate::cost::bill::break_even::{OfModel, break_even};
use crate::cost::bill::{Card, Fraction};
use crate::cost::rates::card::Found;
use crate::cost::rates::rate_card::{Meter, Model, ServiceTier};
use crate::cost::{Budget, Catalog};
use crate::diagnostics::{Code, Problem};
use crate::figures::{credits_text, text_of_fraction};
use crate::project::card_write::card_text;
use crate::project::open::open;
use crate::report::pretty;
use crate::words;
use crate::words::safe::safe;
use clap::ArgMatches;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use unicode_width::UnicodeWidthStr;

/// Runs `retake rates`.
pub(super) fn run(args: &ArgMatches, env: &mut Env<'_>) -> Answer {
    let (catalog, problems) = match catalog_with(&env.paths) {
        Ok(found) => found,
        Err(answer) => return *answer,
    };
    let answer = match args.subcommand() {
        Some(("import", args)) => super::rates_import::run(args, env, catalog),
        Some((name, args)) => match of_project(args, catalog) {
            Ok((known, said)) => {
                let answer = if name == "show" { show(args, &known) } else { list(args, &known) };
                answer.telling(&said)
            }
            Err(answer) => return *answer,
        },
        None => list(args, &Known { catalog: Cow::Borrowed(catalog), project: None }),
    };
    answer.telling(&problems)
}

/// The cards that can be named, and where each is from.
struct Known<'a> {
    /// The built-in cards, the user's, and after them those of a project.
    catalog: Cow<'a, Catalog>,
    /// The project's file, and the official cards that it pins.
    project: Option<(PathBuf, Vec<String>)>,
}

impl Known<'_> {
    /// Where an official card is from.
    fn official(&self, model: &Model) -> Found {
        let pinned = self.project.iter().any(|(_, pins)| pins.contains(&model.card_id()));
        if pinned { Found::Project } else { Found::BuiltIn }
    }

    /// The same in words, with the project's file.
    fn place(&self, found: Found) -> String {
        let file = self.project.as_ref().filter(|_| found == Found::Project);
        let file = file.map_or_else(String::new, |(file, _)| file.display().to_string());
        words::rates_found(words::found(found), file).trim_end().to_owned()
    }
}

/// The catalogue with the cards of the project given by `--project`, and the problems of that file.
fn of_project<'a>(args: &ArgMatches, catalog: &'a Catalog) -> Result<(Known<'a>, Vec<Problem>), Box<Answer>> {
    let Some(file) = super::path(args, "project") else {
        return Ok((Known { catalog: Cow::Borrowed(catalog), project: None }, Vec::new()));
    };
    let file = find(&file).map_err(|refused| Box::new(refused.answer()))?;
    let reading = open(&file, catalog).map_err(|problem| Box::new(refused(*problem)))?.reading;
    if reading.unparsable() {
        return Err(Box::new(Answer::refused(&reading.problems, Exit::BadInput)));
    }
    let mut known = catalog.clone();
    known.cards.extend(reading.budget.cards.values().flatten().cloned());
    let mut pins = Vec::new();
    for model in &mut known.models {
        if let Some(pinned) = reading.budget.pins.get(&model.card_id()) {
            pins.push(model.card_id());
            Arc::make_mut(model).card = pinned.clone();
        }
    }
    Ok((Known { catalog: Cow::Owned(known), project: Some((file, pins)) }, reading.problems))
}

/// One card in a list.
#[derive(Serialize)]
struct Row {
    card: String,
    name: String,
    kind: &'static str,
    models: Vec<String>,
    checked: Option<String>,
    grade: Option<String>,
    source: String,
    found: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    toml: Option<String>,
}

fn rows(known: &Known<'_>) -> Vec<Row> {
    let catalog = &known.catalog;
    let official = catalog.models.iter().map(|model| Row {
        card: model.card_id(),
        name: model.id.clone(),
        kind: model.billing.name(),
        models: vec![model.id.clone()],
        checked: model.card.provenance.checked.map(|day| day.to_string()),
        grade: model.card.provenance.grade.map(|grade| grade.to_string()),
        source: model.card.provenance.source.clone(),
        found: words::found(known.official(model)),
        toml: None,
    });
    // Of two cards with one name only the later is used; the earlier is not listed.
    let mut seen = HashSet::new();
    let mut counting: Vec<&Arc<Card>> = catalog.cards.iter().rev().filter(|card| seen.insert(&card.id)).collect();
    counting.reverse();
    official.chain(counting.into_iter().map(|card| row(card))).collect()
}

fn row(card: &Card) -> Row {
    Row {
        card: card.id.clone(),
        name: card.name.clone(),
        kind: card.kind().name(),
        models: card.models.clone(),
        checked: card.provenance.checked.map(|day| day.to_string()),
        grade: card.provenance.grade.map(|grade| grade.to_string()),
        source: card.provenance.source.clone(),
        found: words::found(card.found),
        toml: None,
    }
}

fn list(args: &ArgMatches, known: &Known<'_>) -> Answer {
    let rows = rows(known);
    if wants_json(args) {
        return Answer::done(pretty(&rows));
    }
    let cells = |row: &Row| {
        let day = row.checked.clone().unwrap_or_default();
        [
            row.card.clone(),
            row.kind.to_owned(),
            day,
            row.grade.clone().unwrap_or_default(),
            row.found.to_owned(),
            row.source.clone(),
        ]
        .map(|cell| safe(&cell).into_owned())
    };
    let table: Vec<_> = rows.iter().map(cells).collect();
    Answer::done(aligned(&table))
}

/// Rows of cells below each other, in columns as wide as their widest cell.
pub(super) fn aligned<const N: usize>(rows: &[[String; N]]) -> String {
    let widths: Vec<usize> = (0..N).map(|at| rows.iter().map(|row| row[at].width()).max().unwrap_or(0)).collect();
    let line = |row: &[String; N]| {
        let padded = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell}{}", " ".repeat(width.saturating_sub(cell.width()))));
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

pub(super) fn wants_json(args: &ArgMatches) -> bool {
    matches!(args.try_get_one::<String>("format"), Ok(Some(format)) if format == "json")
}

fn show(args: &ArgMatches, known: &Known<'_>) -> Answer {
    let catalog = known.catalog.as_ref();
    let id = args.get_one::<String>("id").map_or("", String::as_str);
    if let Some(model) = catalog.models.iter().find(|model| model.card_id() == id || model.id == id) {
        return official(args, model, known);
    }
    let Some(card) = catalog.card(id) else {
        let nearest =
            crate::cost::budget::knob_text::nearest_word(id, catalog.cards.iter().map(|card| card.id.as_str()));
        let remedy = nearest.map_or_else(|| words::rates_unknown_remedy().to_owned(), words::did_you_mean);
        let problem = Problem::new(Code::CardUnknown, words::rates_unknown(id)).with_remedy(remedy);
        return Answer::refused(&[problem], Exit::BadInput);
    };
    if wants_json(args) {
        return Answer::done(pretty(&Row { toml: Some(card_text(card)), ..row(card) }));
    }
    let mut text = words::safe::safe_lines(&card_text(card)).into_owned();
    let mut notes = vec![known.place(card.found)];
    let models = catalog.models.iter().filter(|model| card.is_for(&model.id));
    let even = |model: &Arc<Model>| {
        let found = vec![break_even(card, model, &Budget::default(), catalog)?];
        Some(OfModel { model: Arc::clone(model), found, all: true })
    };
    let found: Vec<_> = models.filter_map(even).collect();
    notes.extend(words::break_evens(card, &found));
    if let Some(typed) = args.get_one::<String>("credits") {
        match ways(card, typed) {
            Ok(ways) => notes.extend(ways),
            Err(problem) => return Answer::refused(&[*problem], Exit::BadInput),
        }
    }
    for note in notes {
        text.push_str(&format!("# {}\n", safe(&note)));
    }
    Answer::done(text)
}

/// The cost of a number of credits, cheapest way first.
fn ways(card: &Card, typed: &str) -> Result<Vec<String>, Box<Problem>> {
    let most = Decimal::from(1_000_000_000);
    let credits = parse_decimal(typed).ok().filter(|credits| (Decimal::ZERO..=most).contains(credits));
    let Some(credits) = credits else {
        let problem = Problem::new(Code::CreditsWrong, words::rates_credits_wrong(typed));
        return Err(Box::new(problem.with_key("--credits").with_allowed(words::rates_credits_allowed())));
    };
    let show = |usd: &Fraction| text_of_fraction(&Shown::usd(), usd);
    let ways = card.pay.ways(credits, 1);
    if ways.is_empty() {
        return Ok(vec![words::rates_no_way().to_owned()]);
    }
    let mut lines = vec![words::rates_ways(crate::cost::base::number_text::grouped(credits.normalize()))];
    lines.extend(
        ways.iter().map(|way| words::rates_way(show(&way.usd), words::purchase(&card.pay, way, show, credits_text))),
    );
    Ok(lines)
}

fn official(args: &ArgMatches, model: &Model, known: &Known<'_>) -> Answer {
    let mut text = format!("[rates.\"{}\"]\n", model.card_id());
    let from = &model.card.provenance;
    if let Some(checked) = from.checked {
        text.push_str(&format!("checked = {checked}\n"));
    }
    text.push_str(&format!("source = {}\n", crate::project::splice::render_string(&from.source)));
    if let Some(grade) = from.grade {
        text.push_str(&format!("grade = \"{grade}\"\n"));
    }
    for tier in [ServiceTier::Standard, ServiceTier::Batch] {
        let Some(rates) = model.card.rates(tier) else { continue };
        let set = Meter::ALL.into_iter().filter_map(|meter| Some(format!("{} = {}", meter.name(), rates.get(meter)?)));
        text.push_str(&format!("{} = {{ {} }}\n", tier.name(), set.collect::<Vec<_>>().join(", ")));
    }
    if wants_json(args) {
        let found = rows(known).into_iter().find(|row| row.card == model.card_id());
        return Answer::done(found.map(|row| pretty(&Row { toml: Some(text), ..row })).unwrap_or_default());
    }
    // The format of a pinned card has no field for them.
    for sizes in model.per_image.chunk_by(|a, b| a.0 == b.0) {
        let price = |(_, quality, usd): &(Size, Quality, Decimal)| format!("{quality} {}", usd.normalize());
        let prices: Vec<String> = sizes.iter().map(price).collect();
        if let Some((size, _, _)) = sizes.first() {
            text.push_str(&format!("# {}\n", words::rates_per_image(size, prices.join(", "))));
        }
    }
    text.push_str(&format!("# {}\n", safe(&known.place(known.official(model)))));
    Answer::done(text)
}

/// The answer for a file of cards that cannot be written.
pub(super) fn not_written(problem: Problem) -> Answer {
    refused(problem)
}
