//! `extends` without a disk: the values that a team's file fills in, precedence, and problems in a chain.

use crate::{Memory, Words, catalog, codes, printed};
use retake::cost::base::limits::TEAM_FILES_MAX;
use retake::cost::base::number_text::parse_decimal;
use retake::cost::base::retry::Retry;
use retake::cost::budget::{Knob, Setting, Value};
use retake::cost::{Decimal, Layer};
use retake::project::{Reading, read};
use std::path::Path;

/// Reads the first of these files, which may extend the others.
fn read_first(files: &[(&str, &str)]) -> Reading {
    let (path, text) = files[0];
    read(text, Some(Path::new(path)), catalog(), &mut Memory::of(files), &mut Words::default())
}

fn dec(text: &str) -> Decimal {
    parse_decimal(text).unwrap()
}

#[test]
fn the_nearest_file_wins_and_the_project_over_all() {
    let reading = read_first(&[
        (
            "shop/spring/a.toml",
            "retake = 1\nextends = \"../team.toml\"\n[assumptions]\nquality = \"low\"\n[deliverable.x]\nfinals = 1\n",
        ),
        (
            "shop/team.toml",
            "retake = 1\nextends = \"../house.toml\"\nclient = \"Shop\"\n[assumptions]\nquality = \"high\"\nbuffer = \"15%\"\n",
        ),
        (
            "house.toml",
            "retake = 1\nclient = \"House\"\n[assumptions]\nbuffer = \"30%\"\nretry = 3\nprompt_tokens = 7\n",
        ),
    ]);
    assert_eq!(printed(&reading.problems), "");
    assert_eq!(reading.extends, [Path::new("shop/team.toml"), Path::new("house.toml")]);
    assert_eq!(reading.budget.client.as_deref(), Some("Shop"));
    let line = reading.budget.resolve(reading.budget.lines.first().map(|line| &**line), catalog()).unwrap();
    assert_eq!((line.quality.layer, line.buffer.layer, line.buffer.value), (Layer::Project, Layer::Team, dec("15")));
    assert_eq!((line.retry.value, line.retry.layer), (Retry::plain(dec("3")), Layer::Team));
    assert_eq!((line.prompt_tokens.value, line.model.layer), (7, Layer::BuiltIn));
}

#[test]
fn profiles_and_prices_come_along_and_the_nearest_counts() {
    let card = |price: &str| format!("[rates.\"openai/gpt-image-2\"]\nstandard = {{ image_output = {price} }}\n");
    let team = format!("retake = 1\nextends = \"house.toml\"\n[retry_profile.ours]\nfactor = 2\n{}", card("20"));
    let house =
        format!("retake = 1\n[retry_profile.ours]\nfactor = 5\n[retry_profile.house]\nfactor = 4\n{}", card("10"));
    let reading = read_first(&[
        (
            "a.toml",
            "retake = 1\nextends = \"team.toml\"\n[assumptions]\nretry = \"house\"\n[deliverable.x]\nretry = \"ours\"\n",
        ),
        ("team.toml", &team),
        ("house.toml", &house),
    ]);
    assert_eq!(printed(&reading.problems), "");
    assert_eq!(reading.budget.profiles["ours"].retry, Retry::plain(dec("2")));
    assert_eq!(reading.budget.profiles["house"].retry, Retry::plain(dec("4")));
    let rates = reading.budget.pins["openai/gpt-image-2"].standard.unwrap();
    assert_eq!(rates.get(retake::cost::rates::rate_card::Meter::ImageOutput), Some(dec("20")));
}

#[test]
fn a_broken_profile_of_the_team_is_known_and_has_no_factor() {
    let reading = read_first(&[
        ("a.toml", "retake = 1\nextends = \"team.toml\"\n[assumptions]\nretry = \"product-edit\"\n"),
        ("team.toml", "retake = 1\n[retry_profile.product-edit]\nfactor = \"2\"\n"),
    ]);
    // One problem, at the mistake; the built-in profile of that name does not replace it.
    assert_eq!(codes(&reading.problems), ["type-wrong"]);
    let named = Value::Retry(Retry::Profile("product-edit".to_owned()));
    assert_eq!(reading.budget.assumptions.value(Knob::Retry), Some(&named));
    let line = reading.budget.resolve(None, retake::rates::built_in().unwrap()).unwrap();
    assert_eq!(line.factor, None);
}

#[test]
fn problems_of_the_project_come_first_then_the_files_nearest_first() {
    let reading = read_first(&[
        ("a.toml", "retake = 1\nextends = \"b.toml\"\n[assumptions]\nbuffer = 1\nquality = 2\n"),
        ("b.toml", "retake = 1\nextends = \"c.toml\"\n[assumptions]\nbuffer = 3\n"),
        ("c.toml", "[assumptions]\nbuffer = 4\n"),
    ]);
    let places: Vec<String> =
        reading.problems.iter().map(|p| p.one_line().split(": ").next().unwrap().to_owned()).collect();
    assert_eq!(places, ["a.toml:4:10", "a.toml:5:11", "b.toml:4:10", "c.toml", "c.toml:2:10"]);
}

#[test]
fn a_currency_and_its_rate_are_taken_over_when_left_open() {
    let team = ("team.toml", "retake = 1\ncurrency = \"JPY\"\n[exchange]\nrate = 152.4\nas_of = 2026-11-20\n");
    let open = read_first(&[("a.toml", "retake = 1\nextends = \"team.toml\"\n"), team]);
    assert_eq!(printed(&open.problems), "");
    assert_eq!(open.budget.shown.currency.code(), "JPY");
    assert_eq!(open.budget.shown.exchange.as_ref().unwrap().rate, dec("152.4"));

    let same = read_first(&[("a.toml", "retake = 1\nextends = \"team.toml\"\ncurrency = \"JPY\"\n"), team]);
    assert_eq!(same.budget.shown, open.budget.shown);

    let own_rate = "retake = 1\nextends = \"team.toml\"\n[exchange]\nrate = 150\nas_of = 2026-11-21\n";
    let own = read_first(&[("a.toml", own_rate), team]);
    assert_eq!((printed(&own.problems).as_str(), own.budget.shown.exchange.unwrap().rate), ("", dec("150")));

    // A rate for yen says nothing about euros.
    let other = read_first(&[("a.toml", "retake = 1\nextends = \"team.toml\"\ncurrency = \"EUR\"\n"), team]);
    assert_eq!(codes(&other.problems), ["exchange-missing"]);
    assert_eq!(other.budget.shown.exchange, None);

    let dollars = read_first(&[("a.toml", "retake = 1\nextends = \"team.toml\"\ncurrency = \"USD\"\n"), team]);
    assert_eq!((printed(&dollars.problems).as_str(), dollars.budget.shown.exchange), ("", None));
}

#[test]
fn a_cap_keeps_its_currency_or_is_no_cap() {
    let yen = "retake = 1\nextends = \"team.toml\"\ncurrency = \"JPY\"\n[exchange]\nrate = 152.4\nas_of = 2026-11-20\n";
    let with = |project: &str, cap: &str| {
        let team = format!("retake = 1\n[assumptions]\ncap = {cap}\n");
        read_first(&[("a.toml", project), ("team.toml", &team)])
    };
    let bare = with(yen, "25");
    assert_eq!(codes(&bare.problems), ["cap-inherited"]);
    assert_eq!(bare.budget.cap(), None);
    let named = with(yen, "\"25 USD\"");
    assert_eq!((printed(&named.problems).as_str(), named.budget.cap().unwrap().amount), ("", dec("25")));
    let own = with(&format!("{yen}[assumptions]\ncap = 3000\n"), "25");
    assert_eq!((printed(&own.problems).as_str(), own.budget.cap().unwrap().amount), ("", dec("3000")));
    let same = with("retake = 1\nextends = \"team.toml\"\n", "25");
    assert_eq!((printed(&same.problems).as_str(), same.budget.cap().unwrap().amount), ("", dec("25")));
}

#[test]
fn circles_are_named_whole() {
    let reading = read_first(&[
        ("x/a.toml", "retake = 1\nextends = \"../b.toml\"\n"),
        ("b.toml", "retake = 1\nextends = \"y/c.toml\"\n[assumptions]\nretry = 3\n"),
        ("y/c.toml", "retake = 1\nextends = \"./../b.toml\"\n[assumptions]\nquality = \"low\"\n"),
    ]);
    assert_eq!(codes(&reading.problems), ["extends-circle"]);
    let problem = &reading.problems[0];
    assert_eq!(problem.file.as_deref(), Some(Path::new("y/c.toml")));
    assert!(problem.message.ends_with("b.toml → y/c.toml → b.toml"), "{}", problem.message);
    // Values inside the circle still apply; values that it leaves open are unknown.
    assert_eq!(reading.budget.team.value(Knob::Retry), Some(&Value::Retry(Retry::plain(dec("3")))));
    assert_eq!(reading.budget.team.get(Knob::Buffer), Some(&Setting::Unreadable));
}

#[test]
fn a_chain_may_be_long_and_not_endless() {
    let chain = |length: usize| {
        let file = |n: usize| {
            let more = if n + 1 < length { format!("extends = \"{}.toml\"\n", n + 1) } else { String::new() };
            (format!("{n}.toml"), format!("retake = 1\n{more}"))
        };
        let files: Vec<(String, String)> = (0..length).map(file).collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        read_first(&files)
    };
    assert_eq!(printed(&chain(TEAM_FILES_MAX + 1).problems), "");
    let endless = chain(TEAM_FILES_MAX + 2);
    assert_eq!(codes(&endless.problems), ["extends-too-long"]);
    assert_eq!(
        endless.problems[0].lines(),
        "16.toml:2:11: error: more than 16 files extend one another in a row\n  key: extends\n  \
         help: merge some of the team files into one"
    );
}

#[test]
fn a_project_without_a_file_has_nowhere_to_start_from() {
    let reading =
        read("retake = 1\nextends = \"team.toml\"\n", None, catalog(), &mut Memory::default(), &mut Words::default());
    assert_eq!(
        printed(&reading.problems),
        "2:11: error: team.toml cannot be found: the project has no folder yet\n  key: extends\n  \
         allowed: one relative path to a .toml file, such as \"../team.retake.toml\"\n  help: save the project first\n"
    );
}

#[test]
fn a_team_file_of_a_newer_version_does_not_lock_the_project() {
    let reading = read_first(&[
        ("a.toml", "retake = 1\nextends = \"team.toml\"\n"),
        ("team.toml", "retake = 9\nnew_thing = 1\n[assumptions]\nretry = 3\n"),
    ]);
    assert_eq!((reading.newer, codes(&reading.problems)), (None, vec!["version-newer"]));
    assert!(reading.budget.team.value(Knob::Retry).is_some());
}

#[test]
fn what_only_a_project_holds_is_not_taken_over() {
    let reading = read_first(&[
        ("a.toml", "retake = 1\nextends = \"team.toml\"\n"),
        ("team.toml", "retake = 1\nname = \"Team\"\nnotes = \"n\"\n[deliverable.x]\nfinals = 5\n"),
    ]);
    assert_eq!(codes(&reading.problems), ["team-deliverables"]);
    let budget = &reading.budget;
    assert!(budget.name.is_none() && budget.notes.is_none() && budget.lines.is_empty());
}
