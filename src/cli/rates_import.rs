//! `retake rates import`: reads a public price list, compares it with the built-in prices, and writes its cards to the user's
//! folder.

use super::Env;
use super::answer::{Answer, Exit};
use super::rates::{aligned, not_written, wants_json};
use crate::cost::Catalog;
use crate::cost::base::money::{Currency, Decimal};
use crate::cost::base::number_text::grouped;
use crate::cost::bill::Card;
use crate::cost::rates::card::Pricing;
use crate::cost::rates::rate_card::{Meter, Rates, ServiceTier};
use crate::diagnostics::{Code, Level, Problem};
use crate::figures::Amount;
use crate::project::bills::read_cards;
use crate::project::card_write::card_text;
use crate::project::open::store_problem;
use crate::project::store::{self, Expected, StoreErrorKind};
use crate::rates::import::{Imported, NotRead, Refused, import};
use crate::report::pretty;
use crate::words;
use crate::words::safe::safe;
use clap::ArgMatches;
use jiff::civil::Date;
use serde::Serialize;
use std::path::{Path, PathBuf};

#[derive(Serialize)]
struct Outcome<'a> {
    list: &'static str,
    entries: usize,
    cards: Vec<Row>,
    refused: Vec<Left<'a>>,
    written: Option<String>,
}

#[derive(Serialize)]
struct Row {
    card: String,
    kind: &'static str,
    against_built_in: String,
    toml: String,
}

#[derive(Serialize)]
struct Left<'a> {
    entry: &'a str,
    why: String,
}

/// Runs `retake rates import`.
pub(super) fn run(args: &ArgMatches, env: &Env<'_>, catalog: &Catalog) -> Answer {
    let file = super::path(args, "file").unwrap_or_default();
    let today = args.get_one::<Date>("today").copied().unwrap_or(env.today);
    let found = match read(args, &file, today, catalog) {
        Ok(found) => found,
        Err(answer) => return *answer,
    };
    if found.cards.is_empty() && found.refused.is_empty() {
        let problem = Problem::new(Code::ListWithoutCards, words::import_nothing()).at(Some(&file), None);
        return Answer::refused(&[problem], Exit::BadInput);
    }
    let mut written = None;
    if args.get_flag("write") && !found.cards.is_empty() {
        match write(args, env, &found, today, catalog) {
            Ok(path) => written = Some(path.display().to_string()),
            Err(answer) => return *answer,
        }
    }
    let rows = found.cards.iter().map(|card| Row {
        card: card.id.clone(),
        kind: card.kind().name(),
        against_built_in: differences(card, catalog),
        toml: card_text(card),
    });
    let refused = found.refused.iter().map(|(entry, why)| Left { entry, why: reason(why) });
    let outcome = Outcome {
        list: found.list.name(),
        entries: found.entries,
        cards: rows.collect(),
        refused: refused.collect(),
        written,
    };
    let answer = Answer::done(if wants_json(args) { pretty(&outcome) } else { text(&found, &outcome) });
    if found.cards.is_empty() { Answer { exit: Exit::BadInput, ..answer } } else { answer }
}

fn read(args: &ArgMatches, file: &Path, today: Date, catalog: &Catalog) -> Result<Imported, Box<Answer>> {
    let loaded = store::load(file).map_err(|error| {
        let problem = store_problem(file, &error);
        // The remedies for a project's path do not help to find a price list.
        let of_projects = problem.no_text || matches!(error.kind, StoreErrorKind::Missing);
        let problem = if of_projects { problem.with_remedy(words::import_no_list_remedy()) } else { problem };
        Box::new(not_written(problem))
    })?;
    let text = String::from_utf8_lossy(&loaded.bytes);
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let source = args.get_one::<String>("source").cloned().unwrap_or(name);
    import(text.trim_start_matches('\u{feff}'), &source, today, catalog).map_err(|why| {
        let shown = file.display();
        let too_much =
            |allowed: &str| Problem::new(Code::LimitExceeded, words::import_too_much(&shown)).with_allowed(allowed);
        let problem = match why {
            NotRead::Json(reason) => Problem::new(Code::ListNoJson, words::import_no_json(shown, reason)),
            NotRead::TooManyTables(max) => too_much(&words::import_tables_allowed(grouped(Decimal::from(max)))),
            NotRead::TooManyEntries(max) => too_much(&words::import_entries_allowed(grouped(Decimal::from(max)))),
            NotRead::Shape => Problem::new(Code::ListUnknown, words::import_no_list(shown)),
        };
        Box::new(Answer::refused(&[problem.with_remedy(words::import_no_list_remedy())], Exit::BadInput))
    })
}

fn write(
    args: &ArgMatches,
    env: &Env<'_>,
    found: &Imported,
    today: Date,
    catalog: &Catalog,
) -> Result<PathBuf, Box<Answer>> {
    let refused = |problem: Problem, exit| Box::new(Answer::refused(&[problem], exit));
    let Some(folder) = env.paths.cards() else {
        let problem = Problem::new(Code::NoFolder, words::import_no_folder());
        return Err(refused(problem.with_remedy(words::import_no_folder_remedy()), Exit::Failed));
    };
    let usual = format!("{}-{today}", found.list.name());
    let name = args.get_one::<String>("name").unwrap_or(&usual);
    if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')) {
        let problem = Problem::new(Code::NameWrong, words::import_name_wrong(name)).with_key("--name");
        return Err(refused(problem.with_allowed(words::import_name_allowed()), Exit::BadInput));
    }
    let path = folder.join(format!("{name}.toml"));
    let cards: Vec<String> = found.cards.iter().map(card_text).collect();
    let text = cards.join("\n");
    let reads = |bytes: &[u8]| {
        let problems = read_cards(&String::from_utf8_lossy(bytes), &path, catalog).problems;
        // A list of edits that is shorter than that of other calls is a warning, and the seller's own.
        let wrong = problems.iter().find(|problem| problem.level == Level::Error);
        wrong.map_or(Ok(()), |problem| Err(problem.one_line()))
    };
    std::fs::create_dir_all(&folder).map_err(|error| {
        Box::new(not_written(Problem::new(Code::Failed, words::store_failed(folder.display(), error))))
    })?;
    store::save(&path, Expected::Nothing, text.as_bytes(), &reads).map_err(|error| {
        let problem = store_problem(&path, &error);
        let there = error.kind == StoreErrorKind::Exists;
        Box::new(not_written(if there { problem.with_remedy(words::import_exists_remedy()) } else { problem }))
    })?;
    Ok(path)
}

/// The differences of an official card from the built-in one; a seller's card is new or already known.
fn differences(card: &Card, catalog: &Catalog) -> String {
    if let Some(own) = catalog.card(&card.id) {
        let same = own.pricing == card.pricing && own.pay == card.pay;
        return if same { words::import_same() } else { words::import_new() }.to_owned();
    }
    let official = card.id.split('/').count() == 2;
    let model = card.models.first().and_then(|model| catalog.model(model)).filter(|_| official);
    let (Some(model), Pricing::Tokens { standard, batch, .. }) = (model, &card.pricing) else {
        return words::import_new().to_owned();
    };
    let mut differing = Vec::new();
    let tiers = [(ServiceTier::Standard, standard), (ServiceTier::Batch, batch)];
    for (tier, theirs) in tiers {
        // A price missing from the list is not a difference: the list may simply not have it.
        let Some(theirs) = theirs else { continue };
        let ours = model.card.rates(tier).copied().unwrap_or_default();
        differing.extend(rates_differ(tier, theirs, &ours));
    }
    if differing.is_empty() { words::import_same().to_owned() } else { differing.join("; ") }
}

fn rates_differ(tier: ServiceTier, theirs: &Rates, ours: &Rates) -> Vec<String> {
    let shown = |rate: Option<Decimal>| {
        rate.map_or_else(|| words::import_none().to_owned(), |rate| Amount::in_full(Currency::USD, rate, 0).to_string())
    };
    let differs = |meter: &Meter| theirs.get(*meter).is_some() && theirs.get(*meter) != ours.get(*meter);
    let told = |meter: Meter| {
        let (theirs, ours) = (shown(theirs.get(meter)), shown(ours.get(meter)));
        words::import_differs(words::meter_label(meter), tier.name(), theirs, ours)
    };
    Meter::ALL.into_iter().filter(differs).map(told).collect()
}

fn reason(why: &Refused) -> String {
    match why {
        Refused::ByPixel => words::import_by_pixel().to_owned(),
        Refused::NoPictures => words::import_no_pictures().to_owned(),
        Refused::SameAs(name) => words::import_same_as(name),
        Refused::Disagrees(name) => words::import_disagrees(name),
        Refused::Fallback => words::import_fallback().to_owned(),
        Refused::Edit => words::import_edit().to_owned(),
        Refused::Zero => words::import_zero().to_owned(),
        Refused::UnknownModel => words::import_unknown_model().to_owned(),
        Refused::NotExact(key) => words::import_not_exact(key),
    }
}

/// Entries named for each reason; JSON names them all.
const NAMED_MAX: usize = 6;

/// A count with thousands separators.
fn count(number: usize) -> String {
    grouped(Decimal::from(number))
}

fn text(found: &Imported, outcome: &Outcome<'_>) -> String {
    let (cards, refused) = (outcome.cards.len(), outcome.refused.len());
    let (entries, cards) = (count(outcome.entries), count(cards));
    let mut text = format!("{}\n", words::import_read(found.list.title(), entries, cards, count(refused)));
    let cells = |(card, row): (&Card, &Row)| {
        [row.card.clone(), row.kind.to_owned(), words::card_prices(card), row.against_built_in.clone()]
            .map(|cell| safe(&cell).into_owned())
    };
    let rows: Vec<_> = found.cards.iter().zip(&outcome.cards).map(cells).collect();
    if !rows.is_empty() {
        text.push_str(&format!("\n{}", aligned(&rows)));
    }
    // Entries that repeat another one are listed together, whichever entry they repeat.
    let kind = |why: &Refused| match why {
        Refused::SameAs(_) => words::import_same_as_another().to_owned(),
        Refused::Disagrees(_) => words::import_disagrees_with_another().to_owned(),
        other => reason(other),
    };
    let mut reasons: Vec<(String, Vec<&str>)> = Vec::new();
    for (entry, why) in &found.refused {
        match reasons.iter_mut().find(|(said, _)| *said == kind(why)) {
            Some((_, entries)) => entries.push(entry),
            None => reasons.push((kind(why), vec![entry])),
        }
    }
    for (why, entries) in reasons {
        text.push_str(&format!("\n{}\n", words::import_left_out(count(entries.len()), safe(&why))));
        entries.iter().take(NAMED_MAX).for_each(|entry| text.push_str(&format!("    {}\n", safe(entry))));
        if entries.len() > NAMED_MAX {
            text.push_str(&format!("    {}\n", words::import_more(count(entries.len() - NAMED_MAX))));
        }
    }
    let last = match &outcome.written {
        Some(file) => words::import_written(file),
        None if rows.is_empty() => return text,
        None => words::import_dry().to_owned(),
    };
    text + &format!("\n{last}\n")
}
