//! Bills without a screen: every format, the list of cards, and public price lists.

mod currencies;
mod sellers;
mod unknown;

use retake::cli::{Answer, Env, Exit, Outcome, dispatch};
use retake::config::paths::Paths;
use serde_json::Value as Json;
use std::ffi::OsString;
use std::path::Path;

const PROJECT: &str = "retake = 1\nname = \"Spring launch\"\n[deliverable.pdp-hero]\nfinals = 24\nretry = 2.0\nsize = \"1024x1280\"\nquality = \"high\"\n\
prompt_tokens = 180\nreferences = [\"1024x1024\"]\n[bills]\ncompare = [\"pixapi\", \"muapi\", \"studio\"]\n\
[card.studio]\nkind = \"credits per image\"\nprice = 1\ninputs = \"included\"\npack.three = { usd = 10, credits = 30 }\n";

pub(crate) struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    pub(crate) fn new() -> Desk {
        Desk { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn file(&self, name: &str, text: &str) -> String {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    pub(crate) fn ask(&self, args: &[&str]) -> Answer {
        let config = Some(self.folder.path().join("config"));
        let paths = Paths { config, state: None };
        let today = "2026-11-22".parse().unwrap();
        let mut env = Env { stdin: &mut std::io::empty(), today, paths };
        match dispatch(["retake"].iter().chain(args).map(OsString::from), &mut env) {
            Outcome::Answer(answer) => answer,
            Outcome::Dashboard(_) => panic!("no dashboard was asked for"),
        }
    }

    pub(crate) fn json(&self, args: &[&str]) -> Json {
        let answer = self.ask(args);
        serde_json::from_str(&answer.stdout).unwrap_or_else(|error| panic!("{error}: {}", answer.stderr))
    }
}

/// A text without line breaks and hard spaces.
pub(crate) fn flowing(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn fixture(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/headless/lists").join(name).to_str().unwrap().to_owned()
}

#[test]
fn json_holds_every_bill_with_its_reasons() {
    let desk = Desk::new();
    let file = desk.file("p.retake.toml", PROJECT);
    let found = desk.json(&["estimate", &file, "--format", "json"]);
    let bills = found["bills"].as_array().unwrap();
    let own = |at: usize, key: &str| bills[at][key].as_str().unwrap_or("");
    assert_eq!((own(0, "card"), own(0, "kind"), own(0, "total")), ("openai/gpt-image-2", "tokens", "11.0990592"));
    // The seller publishes nothing about reference images, and no price of a credit.
    let unknown = "no price stated for calls with reference images (1 line); price per credit not published";
    assert_eq!((own(1, "card"), own(1, "kind"), own(1, "unknown")), ("pixapi", "credits", unknown));
    assert_eq!((&bills[1]["total"], bills[1].get("differs"), bills[1].get("credits")), (&Json::Null, None, None));
    // 48 · $0.06 and a buffer of a fifth.
    assert_eq!((own(2, "card"), own(2, "kind"), own(2, "total")), ("muapi", "per-image", "3.456"));
    let parts: Vec<(&str, &str)> = bills[2]["differs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| (part["why"].as_str().unwrap(), part["amount"].as_str().unwrap()))
        .collect();
    // Inputs: 0.437856 · 1.2. From 6,119 tokens to 7,024: 905 · 30 / 1M · 57.6. The rest: 3.456 − 7,024 · 30 / 1M · 57.6.
    let inputs = ("references and prompt not charged", "-0.5254272");
    assert_eq!(parts, [inputs, ("size tier", "1.56384"), ("seller's price", "-8.681472")]);
    assert_eq!(bills[2]["differs"][2]["of"], "12.137472");
    // 57.6 credits are two packs of 30.
    assert_eq!((own(3, "total"), &bills[3]["purchase"]["leftover_credits"]), ("20", &Json::from("2.4")));
    assert_eq!(bills[3]["purchase"]["packs"][0]["count"], 2);
    assert_eq!(bills[3]["differs"][2]["fraction"], Json::Null);
    let line = &found["deliverables"][0]["bills"];
    assert_eq!((&line[1]["total"], &line[2]["share_about"]), (&Json::from("3.456"), &Json::from("20")));
}

#[test]
fn credits_are_counted_where_a_credit_has_no_price() {
    let desk = Desk::new();
    let file = desk.file("p.retake.toml", &PROJECT.replace("references = [\"1024x1024\"]\n", ""));
    let pixapi = &desk.json(&["estimate", &file, "--format", "json"])["bills"][1];
    // 48 images of 14 credits; the price of a credit is not published.
    let told = ["card", "credits", "credits_with_buffer", "unknown"].map(|key| pixapi[key].as_str().unwrap());
    assert_eq!(told, ["pixapi", "672", "806.4", "price per credit not published"]);
    let text = desk.ask(&["estimate", &file]).stdout;
    assert!(text.contains("806.4 credits · unknown"), "{text}");
}

#[test]
fn text_markdown_and_csv_show_the_same_bills() {
    let desk = Desk::new();
    let file = desk.file("p.retake.toml", PROJECT);
    for format in ["text", "markdown"] {
        let text = desk.ask(&["estimate", &file, "--format", format]).stdout.replace("\n     ", " ").replace("  ", " ");
        for shown in ["The same work on other rate cards", "$3.46", "unknown", "price per credit not published"] {
            assert!(text.contains(shown), "{format}: {shown}\n{text}");
        }
        let flowing = flowing(&text);
        assert!(text.contains("−$7.64 against the official bill"), "{format}: {text}");
        // −8.681472 of 7,024 · 30 / 1M · 57.6.
        assert!(flowing.contains("seller's price −$8.68 (−72 % on $12.14)"), "{format}: {text}");
        // $11.0991 officially, $3.456 by class.
        let advice =
            "Lowest of 3 known at list prices: MuAPI, $7.64 below the official price; prices of 28 November 2026";
        assert!(flowing.contains(advice), "{format}: {text}");
    }
    let csv = desk.ask(&["estimate", &file, "--format", "csv"]).stdout;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let head = reader.headers().unwrap().clone();
    let at = |name: &str| head.iter().position(|column| column == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let of = |card: &str, row: &str| {
        rows.iter().filter(|r| &r[at("card")] == card && &r[at("row")] == row).collect::<Vec<_>>()
    };
    assert_eq!(&of("muapi", "bill")[0][at("bill_usd")], "3.456");
    assert_eq!(of("muapi", "differs").len(), 3);
    assert!(of("pixapi", "bill")[0][at("unknown")].ends_with("price per credit not published"));
    // The columns of the official bill add up as before.
    assert!(rows.iter().filter(|row| row[at("row")].starts_with("bill")).all(|row| row[at("total_usd")].is_empty()));
}

#[test]
fn a_card_of_ones_own_folder_serves_every_project() {
    let desk = Desk::new();
    desk.file("config/cards/a.toml", "[card.house]\nname = \"House\"\nkind = \"per image\"\nprice = 0.05\n");
    desk.file(
        "config/cards/b.toml",
        "[card.broken]\nkind = \"per image\"\nprice = \"dear\"\n[card.good]\nkind = \"per image\"\nprice = 1\n",
    );
    let file = desk.file(
        "p.retake.toml",
        "retake = 1\n[deliverable.a]\nfinals = 1\nretry = 1\n[bills]\ncompare = [\"house\", \"good\"]\n",
    );
    let answer = desk.ask(&["estimate", &file, "--format", "json"]);
    assert_eq!(answer.exit, Exit::Done, "{}", answer.stderr);
    let found: Json = serde_json::from_str(&answer.stdout).unwrap();
    assert_eq!((&found["bills"][1]["name"], &found["bills"][1]["total"]), (&Json::from("House"), &Json::from("0.06")));
    assert_eq!(found["bills"][2]["total"], "1.2");
    // The broken card is reported with its position, although no project uses it.
    assert_eq!((&found["issues"][0]["level"], &found["issues"][0]["line"]), (&Json::from("warning"), &Json::from(3)));
    let list = desk.json(&["rates", "list", "--format", "json"]);
    let house = list.as_array().unwrap().iter().find(|row| row["card"] == "house").unwrap();
    assert_eq!(house["found"], "own folder");
}

#[test]
fn rates_list_and_show_name_source_date_and_grade() {
    let desk = Desk::new();
    let list = desk.ask(&["rates", "list"]).stdout;
    assert_eq!(list, desk.ask(&["rates"]).stdout);
    for row in ["openai/gpt-image-2 ", "pixapi ", "imagesv2 "] {
        let line = list.lines().find(|line| line.starts_with(row)).unwrap();
        assert!(line.contains("2026-") && line.contains("built-in"), "{line}");
    }
    let shown = desk.ask(&["rates", "show", "pixapi"]).stdout;
    assert!(shown.contains("tier.2K = { long_edge = 2048, low = 2, medium = 17, high = 67 }"), "{shown}");
    let credits = desk.ask(&["rates", "show", "imagesv2", "--credits", "3000"]).stdout;
    assert!(credits.contains("$33.90: plan pro for 1 month; 2,000 credits left over"), "{credits}");
    let official = desk.ask(&["rates", "show", "openai/gpt-image-2"]).stdout;
    assert!(official.contains("image_output = 30"), "{official}");
    // A price per image does not make a card of tokens.
    let kind =
        |id: &str| list.lines().find(|line| line.starts_with(&format!("{id} "))).unwrap()[31..].split("  ").next();
    assert_eq!(kind("openai/dall-e-2"), Some("per image"));
    assert_eq!(kind("openai/gpt-image-1-mini"), Some("tokens and per image"));
    let by_image = desk.ask(&["rates", "show", "openai/dall-e-2"]).stdout;
    assert!(by_image.contains("\n# one image of 512x512, in USD: standard 0.018\n"), "{by_image}");
    let wrong = desk.ask(&["rates", "show", "pixapy"]);
    assert_eq!(wrong.exit, Exit::BadInput);
    assert!(wrong.stderr.contains("did you mean pixapi?"), "{}", wrong.stderr);
    assert_eq!(desk.ask(&["rates", "show", "imagesv2", "--credits", "many"]).exit, Exit::BadInput);
}

#[test]
fn litellms_list_is_read_and_what_it_cannot_say_is_left_out() {
    let desk = Desk::new();
    let found = desk.json(&["rates", "import", &fixture("litellm.json"), "--format", "json"]);
    let cards: Vec<(&str, &str)> = found["cards"]
        .as_array()
        .unwrap()
        .iter()
        .map(|card| (card["card"].as_str().unwrap(), card["against_built_in"].as_str().unwrap()))
        .collect();
    assert_eq!(
        cards,
        [
            ("litellm/aiml/openai/gpt-image-2/flat", "new"),
            ("litellm/azure/gpt-image-2", "new"),
            ("litellm/databricks/gpt-image-1.5", "new"),
            ("litellm/databricks/gpt-image-2", "new"),
            ("litellm/fal_ai/openai/gpt-image-2.5-flare/per-image", "new"),
            ("litellm/fal_ai/openai/gpt-image-2/per-image", "new"),
            ("litellm/gpt-image-1.5", "standard image output: $31 in the list, $32 built in"),
            ("litellm/gpt-image-2", "as built in"),
        ]
    );
    let why = |entry: &str| {
        let refused = found["refused"].as_array().unwrap();
        refused.iter().find(|left| left["entry"] == entry).unwrap()["why"].as_str().unwrap().to_owned()
    };
    assert!(why("azure/high/1024-x-1024/gpt-image-1").contains("per pixel"));
    assert!(why("gpt-image-2-2026-04-21").contains("says the same as"));
    assert!(why("litellm/fal_ai/openai/gpt-image-2/flat").contains("fallback"));
    assert!(why("textonly/gpt-image-2").contains("does not replace it"));
    assert!(why("other/gpt-image-2").contains("output_cost_per_image_token"));
    assert!(why("free/gpt-image-2").contains("priced at 0"));
    let toml = |card: &str| {
        let cards = found["cards"].as_array().unwrap();
        cards.iter().find(|own| own["card"] == card).unwrap()["toml"].as_str().unwrap().to_owned()
    };
    // The seller's rates are converted from its own unit, to six digits.
    assert!(toml("litellm/databricks/gpt-image-2").contains("image_output = 29.99997,"));
    assert!(
        toml("litellm/aiml/openai/gpt-image-2/flat").contains("medium-quality rate"),
        "what the list notes is kept"
    );
    // It is the price of that quality alone: high is about double.
    let of_medium = toml("litellm/aiml/openai/gpt-image-2/flat");
    assert!(of_medium.contains("price = { medium = 0.054 }"), "{of_medium}");
    assert!(toml("litellm/fal_ai/openai/gpt-image-2.5-flare/per-image").contains("max = 0.2"));
    let edits = toml("litellm/fal_ai/openai/gpt-image-2.5-flare/per-image");
    assert!(edits.contains("edit.size.1024x768 = { low = 0.00402 }\nedit.references = 1\n"), "{edits}");
    let fal = toml("litellm/fal_ai/openai/gpt-image-2/per-image");
    assert!(fal.contains("size.1024x1024 = { low = 0.006, high = 0.211 }"), "{fal}");
    assert!(!desk.folder.path().join("config").exists(), "nothing is written unasked");
}

#[test]
fn genai_prices_are_read_with_their_batch_rates() {
    let desk = Desk::new();
    let found = desk.json(&["rates", "import", &fixture("genai-prices.json"), "--format", "json"]);
    let cards = found["cards"].as_array().unwrap();
    assert_eq!(
        cards.iter().map(|card| card["against_built_in"].as_str().unwrap()).collect::<Vec<_>>(),
        ["as built in"; 2]
    );
    let toml = cards[1]["toml"].as_str().unwrap();
    assert!(toml.contains("batch = { image_output = 15, image_input = 4, image_input_cached = 1, text_input = 2.5, text_input_cached = 0.625 }"), "{toml}");
    // Output text has its own price there.
    assert!(cards[0]["toml"].as_str().unwrap().contains("image_output = 32,"), "{found}");
}

const MONTHS: &str = "retake = 1\n[deliverable.hero]\nfinals = 1200\nretry = 2\n[bills]\ncompare = [\"pl\", \"pk\", \"unp\"]\nmonths = 5\n\
[card.pl]\nname = \"Plan\"\nkind = \"credits per image\"\nprice = 1\nplan.pro = { usd = 33.90, per = \"month\", credits = 1000, overage = 0.05 }\n\
[card.pk]\nname = \"Packs\"\nkind = \"credits per image\"\nprice = 1\npack.small = { usd = 9.90, credits = 700, months = 2 }\n\
[card.unp]\nname = \"Odd packs\"\nkind = \"credits per image\"\nprice = 2999\npack.a = { usd = 999.90, credits = 100003 }\n\
pack.b = { usd = 99.90, credits = 9973 }\n";

/// 2,880 credits over five months are 576 a month: credits added, used, expired and left are shown month by month.
#[test]
fn credits_are_followed_over_the_months() {
    let desk = Desk::new();
    let file = desk.file("p.retake.toml", MONTHS);
    for format in ["text", "markdown"] {
        let text = desk.ask(&["estimate", &file, "--format", format]).stdout;
        for said in [
            "months 1–5 each: 1,000 included, 576 used, 424 expire",
            "month 1: 1,400 bought, 576 used, 824 left",
            "month 2: 576 used, 248 expire",
            "month 5: 700 bought, 576 used, 124 left",
            "after the work: 124 expire",
        ] {
            assert!(text.contains(said), "{format}: {said}\n{text}");
        }
        // With so many kinds of packs not every number is tried; the text does not claim the lowest price.
        assert!(
            text.contains("at most $") && text.replace("\n     ", "").contains("a cheaper one may exist"),
            "{text}"
        );
    }
    let found = desk.json(&["estimate", &file, "--format", "json"]);
    let bought = |at: usize| &found["bills"][at]["purchase"];
    assert_eq!((&bought(1)["proven"], &bought(3)["proven"]), (&Json::from(true), &Json::from(false)));
    let months = bought(2)["over_time"].as_array().unwrap();
    assert_eq!(months.len(), 5);
    assert_eq!((&months[1]["lost"], &months[1]["bought"]), (&Json::from("248"), &Json::from("0")));
    let csv = desk.ask(&["estimate", &file, "--format", "csv"]).stdout;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let head = reader.headers().unwrap().clone();
    let at = |name: &str| head.iter().position(|column| column == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let lost = |card: &str| -> Vec<&str> {
        let months = rows.iter().filter(|row| &row[at("row")] == "month" && &row[at("card")] == card);
        months.map(|row| &row[at("credits_lost")]).collect()
    };
    assert_eq!((lost("pl"), lost("pk")), (vec!["424"; 5], vec!["0", "248", "0", "248", "0"]));
    let plan = rows.iter().find(|row| &row[at("row")] == "bill" && &row[at("card")] == "pl").unwrap();
    assert!(plan[at("bought")].starts_with("plan pro for 5 months; 2,120 credits left over"), "{plan:?}");
}

/// A card that cannot be read is reported with its file and line wherever it is, and the others still work.
#[test]
fn a_wrong_card_is_told_where_it_stands_and_the_others_work() {
    const CARDS: &str = "[card.none]\nkind = \"credits per image\"\nprice = 1\npack.a = { usd = 5, credits = 0 }\n[card.euro]\n\
                         kind = \"per image\"\ncurrency = \"euro\"\nprice = 0.05\n[card.good]\nkind = \"per image\"\nprice = 0.05\n";
    const LINE: &str = "[deliverable.a]\nfinals = 1\nretry = 1\n[bills]\ncompare = [\"good\"]\n";
    for (file, first) in [("p.retake.toml", 7), ("team.toml", 2), ("config/cards/mine.toml", 1)] {
        let desk = Desk::new();
        let project = match file {
            "p.retake.toml" => desk.file(file, &format!("retake = 1\n{LINE}{CARDS}")),
            "team.toml" => {
                desk.file(file, &format!("retake = 1\n{CARDS}"));
                desk.file("p.retake.toml", &format!("retake = 1\nextends = \"team.toml\"\n{LINE}"))
            }
            _ => {
                desk.file(file, CARDS);
                desk.file("p.retake.toml", &format!("retake = 1\n{LINE}"))
            }
        };
        let answer = desk.ask(&["estimate", &project, "--format", "json"]);
        let found: Json = serde_json::from_str(&answer.stdout).unwrap();
        assert_eq!(found["bills"][1]["total"], "0.06", "{file}");
        let told: Vec<(String, i64)> = found["issues"]
            .as_array()
            .unwrap()
            .iter()
            .map(|issue| (issue["message"].as_str().unwrap().to_owned(), issue["line"].as_i64().unwrap_or(0)))
            .collect();
        for (said, line) in [("credits = 0 is out of range", first + 3), ("there is no currency \"euro\"", first + 6)] {
            assert!(
                told.iter().any(|(message, at)| message.starts_with(said) && *at == line),
                "{file} {said} {line}: {told:?}"
            );
        }
        let issues = found["issues"].as_array().unwrap();
        assert!(issues.iter().all(|issue| issue["file"].as_str().unwrap().ends_with(file)), "{file}: {issues:?}");
    }
}

/// Sentences about several models name the model.
#[test]
fn break_even_sentences_name_their_models_and_their_card() {
    let desk = Desk::new();
    let shown = desk.ask(&["rates", "show", "laozhang-vip"]).stdout;
    let lines: Vec<&str> = shown.lines().filter(|line| line.contains("cheaper")).collect();
    assert!(lines.len() > 1 || !lines[0].contains(": "), "{shown}");
    for line in lines.iter().filter(|_| lines.len() > 1) {
        assert!(
            line.starts_with("# gpt-image") || line.starts_with("# dall-e") || line.starts_with("# chatgpt"),
            "{line}"
        );
        assert!(line.contains("LaoZhang VIP is cheaper"), "{line}");
    }
}

/// The list shows a project's cards and its team's with their files, and the project's pinned prices apply.
#[test]
fn the_cards_of_a_project_are_listed_and_shown() {
    let desk = Desk::new();
    desk.file("config/cards/a.toml", "[card.mine]\nkind = \"per image\"\nprice = 0.05\n");
    desk.file("team.toml", "retake = 1\n[card.pixapi]\nname = \"Pixapi for us\"\nkind = \"per image\"\nprice = 0.02\n");
    let file = desk.file(
        "p.retake.toml",
        "retake = 1\nextends = \"team.toml\"\n[card.house]\nkind = \"per image\"\nprice = 0.04\n[card.broken]\nkind = \"per image\"\nprice = -1\n\
         [rates.\"openai/gpt-image-2\"]\nchecked = 2026-10-01\nsource = \"mail\"\nstandard = { image_output = 29 }\n",
    );
    let answer = desk.ask(&["rates", "list", "--project", &file, "--format", "json"]);
    let list: Json = serde_json::from_str(&answer.stdout).unwrap();
    let rows = list.as_array().unwrap();
    let found = |card: &str| {
        let rows: Vec<&Json> = rows.iter().filter(|row| row["card"] == card).collect();
        assert!(rows.len() < 2, "{rows:?}");
        rows.first().map(|row| row["found"].as_str().unwrap())
    };
    assert_eq!(
        (found("house"), found("pixapi"), found("mine")),
        (Some("project"), Some("team's file"), Some("own folder"))
    );
    assert_eq!((found("openai/gpt-image-2"), found("openai/gpt-image-1")), (Some("project"), Some("built-in")));
    assert_eq!((found("fal"), found("broken")), (Some("built-in"), None));
    assert!(answer.stderr.contains("p.retake.toml:8:9"), "a card that cannot be read is told: {}", answer.stderr);
    let without = desk.ask(&["rates", "list"]).stdout;
    assert!(!without.contains("house") && !without.contains("team's file"), "{without}");
    let shown = desk.ask(&["rates", "show", "pixapi", "--project", &file]).stdout;
    assert!(shown.contains("price = 0.02") && shown.contains("# found: team's file"), "{shown}");
    let pinned = desk.ask(&["rates", "show", "gpt-image-2", "--project", &file]).stdout;
    assert!(pinned.contains("image_output = 29") && pinned.contains(&format!("# found: project {file}")), "{pinned}");
    let gone = desk.ask(&["rates", "show", "pixapi", "--project", "/nowhere.toml"]);
    assert_eq!((gone.exit, gone.stdout.as_str()), (Exit::Failed, ""));
}

/// An older list had text rates only; $10 for output text is not the price of images that cost $32.
#[test]
fn a_rate_of_text_is_no_price_of_pictures() {
    let desk = Desk::new();
    let answer = desk.ask(&["rates", "import", &fixture("genai-prices-text-alone.json"), "--format", "json"]);
    let found: Json = serde_json::from_str(&answer.stdout).unwrap();
    assert_eq!((answer.exit, found["cards"].as_array().unwrap().len()), (Exit::BadInput, 0));
    let refused = found["refused"].as_array().unwrap();
    assert_eq!(refused.len(), 3);
    assert!(refused.iter().all(|left| left["why"].as_str().unwrap().contains("a text price does not replace it")));
}

/// Of prices with a first day, those in force on the day of the import are used.
#[test]
fn prices_of_another_day_do_not_count() {
    let desk = Desk::new();
    let prices = |usd: u32| format!("{{\"input_image_mtok\": 8, \"output_mtok\": {usd}}}");
    let list = format!(
        "[{{\"id\": \"openai\", \"models\": [{{\"id\": \"gpt-image-2\", \"prices\": [{{\"prices\": {}}}, \
         {{\"constraint\": {{\"start_date\": \"2026-06-01\"}}, \"prices\": {}}}, \
         {{\"constraint\": {{\"start_date\": \"2027-01-01\"}}, \"prices\": {}}}]}}]}}]",
        prices(40),
        prices(30),
        prices(20)
    );
    let file = desk.file("list.json", &list);
    for (day, said) in [("2026-01-01", "$40.00"), ("2026-11-22", "$30.00"), ("2027-01-01", "$20.00")] {
        let text = desk.ask(&["rates", "import", &file, "--today", day]).stdout;
        assert!(text.contains(&format!("{said} per million image tokens")), "{day}: {text}");
    }
}

/// The text is for people: counts with thousands separators, columns, a few names for each reason.
#[test]
fn what_an_import_prints_reads_well() {
    let desk = Desk::new();
    let many: Vec<String> = (0..1200)
        .map(|at| format!("\"x/{at}/gpt-image-9\": {{\"litellm_provider\": \"x\", \"output_cost_per_image\": 1}}"))
        .collect();
    let file = desk.file(
        "list.json",
        &format!(
            "{{\"gpt-image-2\": {{\"litellm_provider\": \"openai\", \"output_cost_per_image_token\": 3e-05}}, {}}}",
            many.join(", ")
        ),
    );
    let text = desk.ask(&["rates", "import", &file]).stdout;
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "LiteLLM: 1,201 entries read, 1 card of known models, 1,200 left out");
    assert_eq!(lines[2], "litellm/gpt-image-2  tokens  $30.00 per million image tokens  as built in");
    assert!(lines[4].starts_with("left out, 1,200: "), "{text}");
    assert_eq!(lines[11], "    … 1,194 more; --format json names them all");
    assert_eq!(lines.len(), 14, "{text}");
}

#[test]
fn an_import_is_kept_where_it_is_asked_for_and_never_written_over() {
    let desk = Desk::new();
    let list = fixture("litellm.json");
    let args = ["rates", "import", &list, "--write", "--name", "mine", "--source", "litellm 1.109.1"];
    let answer = desk.ask(&args);
    assert_eq!(answer.exit, Exit::Done, "{}", answer.stderr);
    let path = desk.folder.path().join("config/cards/mine.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("source = \"litellm 1.109.1, which names https://"), "{text}");
    assert!(text.contains("checked = 2026-11-22"), "{text}");
    let again = desk.ask(&args);
    assert_eq!(again.exit, Exit::Failed);
    assert!(again.stderr.contains("--name"), "{}", again.stderr);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    let project = desk.file(
        "p.retake.toml",
        "retake = 1\n[deliverable.a]\nfinals = 1\nretry = 1\n[bills]\ncompare = [\"litellm/gpt-image-2\"]\n",
    );
    let found = desk.json(&["estimate", &project, "--format", "json"]);
    assert_eq!(found["bills"][0]["total"], found["bills"][1]["total"]);
}

#[test]
fn what_is_no_price_list_is_refused() {
    let desk = Desk::new();
    for (name, text, code) in [
        ("a.json", "{", "list-no-json"),
        ("b.json", "[]", "list-unknown"),
        ("c.json", "{\"a\": {\"b\": 1}}", "list-unknown"),
    ] {
        let file = desk.file(name, text);
        let answer = desk.ask(&["rates", "import", &file]);
        assert_eq!((answer.exit, answer.stdout.as_str()), (Exit::BadInput, ""), "{code}");
        assert!(answer.stderr.contains("genai-prices"), "{}", answer.stderr);
    }
    let empty = desk.file("d.json", "{\"gpt-4\": {\"litellm_provider\": \"openai\", \"input_cost_per_token\": 1e-06}}");
    assert!(desk.ask(&["rates", "import", &empty]).stderr.contains("no card of a known model"));
    let folder = desk.folder.path().to_str().unwrap();
    for (file, exit) in [("/nowhere.json", Exit::Failed), (folder, Exit::BadInput)] {
        let answer = desk.ask(&["rates", "import", file]);
        assert_eq!(answer.exit, exit, "{file}");
        let told = answer.stderr.contains("genai-prices") && !answer.stderr.contains("project");
        assert!(told && !answer.stderr.contains("retake new"), "{}", answer.stderr);
    }
    let list = fixture("litellm.json");
    assert_eq!(desk.ask(&["rates", "import", &list, "--write", "--name", "../up"]).exit, Exit::BadInput);
}
