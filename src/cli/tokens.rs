//! `retake tokens`: counts the tokens of a prompt and their price.

use super::answer::{Answer, Exit};
use super::open::{not_utf8, piped_text, refused};
use super::size::{dollars, exact, model, rate};
use super::{Env, path};
use crate::cost::base::limits::PROMPT_MAX;
use crate::cost::base::money::{Decimal, times};
use crate::cost::base::number_text::grouped;
use crate::cost::rates::rate_card::{Billing, Meter};
use crate::diagnostics::{Code, Level, Problem};
use crate::project::open::store_problem;
use crate::project::store;
use crate::prompt::{self, ENCODING, NotCounted};
use crate::report::pretty;
use crate::{rates, words};
use clap::ArgMatches;
use serde::Serialize;
use std::io::Read;
use std::path::Path;

/// Number of images that the price is for: the price of one has too many digits to compare.
const IMAGES: u32 = 1000;

#[derive(Serialize)]
struct Tokens {
    tokens: u64,
    overhead_tokens: u64,
    tokens_each: u64,
    characters: usize,
    encoding: &'static str,
    model: String,
    images: u32,
    price: Option<String>,
}

/// Runs `retake tokens`.
pub(super) fn run(args: &ArgMatches, env: &mut Env<'_>) -> Answer {
    answer(args, env).unwrap_or_else(|problem| refused(*problem))
}

fn answer(args: &ArgMatches, env: &mut Env<'_>) -> Result<Answer, Box<Problem>> {
    let catalog = rates::built_in().map_err(|reason| Problem::new(Code::Catalog, reason))?;
    let option = |name: &str| args.get_one::<String>(name).map_or("", String::as_str);
    let model = match model(option("model"), catalog) {
        Ok(model) => model,
        Err(problem) => return Ok(Answer::refused(&[*problem], Exit::BadInput)),
    };
    let file = path(args, "file").unwrap_or_default();
    let text = text_of(&file, env.stdin)?;
    let text = prompt::of_file(&text);
    let tokens = match prompt::count(text) {
        Ok(tokens) => tokens,
        Err(why) => return Ok(Answer::refused(&[not_counted(&file, why)], Exit::BadInput)),
    };
    let overhead_tokens = catalog.extras.prompt_overhead_tokens;
    let tokens_each = tokens.saturating_add(overhead_tokens);
    let by_tokens = model.billing != Billing::ImagePrice;
    let per_million = rate(model, Meter::TextInput).filter(|_| by_tokens);
    // A thousand images at a rate per million tokens: shift by three digits.
    let each = |rate: Decimal| times(times(Decimal::from(tokens_each), rate).ok()?, Decimal::new(1, 3)).ok();
    let price = per_million.and_then(each);
    if option("format") == "json" {
        return Ok(Answer::done(pretty(&Tokens {
            tokens,
            overhead_tokens,
            tokens_each,
            characters: text.chars().count(),
            encoding: ENCODING,
            model: model.id.clone(),
            images: IMAGES,
            price: price.map(exact),
        })));
    }
    let counted = |tokens: u64| words::cli_size_tokens(grouped(Decimal::from(tokens)));
    let rows = [
        (counted(tokens), words::cli_tokens_counted(ENCODING)),
        (counted(overhead_tokens), words::cli_tokens_overhead().to_owned()),
        (counted(tokens_each), words::cli_tokens_each().to_owned()),
        (dollars(price), words::cli_tokens_price(grouped(Decimal::from(IMAGES)))),
    ];
    let lines = rows.map(|(figure, meaning)| format!("{figure:>15}  {meaning}\n")).concat();
    Ok(Answer::done(format!("{}\n\n{lines}", model.id)))
}

fn text_of(file: &Path, stdin: &mut dyn Read) -> Result<String, Box<Problem>> {
    if file.as_os_str() == "-" {
        return piped_text(stdin);
    }
    let bytes = store::load(file).map_err(|error| Box::new(store_problem(file, &error)))?.bytes;
    String::from_utf8(bytes).map_err(|error| {
        let kind = not_utf8(error.as_bytes(), error.utf8_error().valid_up_to());
        Box::new(store_problem(file, &store::StoreError { path: file.to_owned(), kind, cause: None }))
    })
}

fn not_counted(file: &Path, why: NotCounted) -> Problem {
    match why {
        NotCounted::TooLong(characters) => {
            let message = words::prompt_too_long(file.display(), grouped(Decimal::from(characters)));
            Problem::new(Code::PromptTooLong, message)
                .with_allowed(words::text_allowed(grouped(Decimal::from(PROMPT_MAX))))
                .with_remedy(words::cli_tokens_too_long_remedy())
        }
        // A single text is never too many.
        NotCounted::TooManyTogether | NotCounted::NoTokenizer => {
            Problem::new(Code::PromptNotCounted, words::cli_tokens_none())
                .with_level(Level::Error)
                .with_remedy(words::cli_tokens_none_remedy())
        }
    }
}
