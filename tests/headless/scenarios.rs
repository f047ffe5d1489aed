//! `--scenario` of an estimate and a check, and `retake compare`.

use crate::commands::{answer, folder_with};
use retake::cli::{Answer, Exit};
use serde_json::Value;

const SAMPLE: &str = include_str!("../../sample-projects/product-launch.retake.toml");

fn on(text: &str, command: &str) -> Answer {
    let folder = folder_with(&[("a.toml", text)]);
    answer(folder.path(), command, "")
}

fn json(text: &str, command: &str) -> Value {
    let found = on(text, command);
    serde_json::from_str(&found.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", found.stdout, found.stderr))
}

/// Billionths of a dollar as a decimal string.
fn dollars(billionths: i128) -> String {
    let text = format!("{}.{:09}", billionths / 1_000_000_000, billionths % 1_000_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The sample's totals in tenths of billionths, in whole numbers from the published formulas: `tier` is 2 for standard rates and
/// 1 for batch, the mail's images are given in tenths.
fn by_hand(tier: i128, hero_tokens: i128, details: i128, mail_tenths: i128) -> i128 {
    let each = |tokens: i128, reference: i128| (tokens * 30_000 + reference * 8_000 + (180 + 6) * 5_000) / 2 * tier;
    // 24 × 2.00 images, details × 2.15, and the mail; 20 % of buffer on all.
    let tenths =
        480 * each(hero_tokens, 1024) + details * 215 / 10 * each(hero_tokens, 1024) + mail_tenths * each(1372, 0);
    tenths * 12 / 10
}

#[test]
fn the_sample_s_scenarios_come_to_what_a_hand_calculation_gives() {
    // 1024x1280 high has 6,119 output tokens, 1600x2000 high 9,610, 1536x1024 medium 1,372. Mail: 6 × 2.15, or 6 × 2.5.
    let (base, client, lean) = (by_hand(2, 6119, 48, 129), by_hand(2, 9610, 48, 150), by_hand(1, 6119, 36, 0));
    let totals = [base, client, lean].map(|tenths| dollars(tenths / 10));
    assert_eq!(
        totals,
        ["35.613589680", "54.721867680", "14.498146080"].map(|text| text.trim_end_matches('0').to_owned())
    );
    let total = |command: &str| json(SAMPLE, command)["totals"]["total"].as_str().unwrap().to_owned();
    assert_eq!(total("estimate {}/a.toml --format json"), totals[0]);
    assert_eq!(total("estimate {}/a.toml --format json --scenario client-2k"), totals[1]);
    assert_eq!(total("estimate {}/a.toml --format json --scenario lean"), totals[2]);
    let compared = json(SAMPLE, "compare {}/a.toml --format json");
    let column = |at: usize, key: &str| compared["columns"][at][key].as_str().unwrap_or("null").to_owned();
    assert_eq!([0, 1, 2].map(|at| column(at, "total")), totals);
    assert_eq!([0, 1, 2].map(|at| column(at, "images")), ["164.1", "166.2", "125.4"]);
    assert_eq!([0, 1, 2].map(|at| column(at, "change")), ["0", "19.108278", "-21.1154436"]);
    // 19.108278 / 35.61358968 and 21.1154436 / 35.61358968.
    assert_eq!([0, 1, 2].map(|at| column(at, "change_percent")), ["0", "53.6545", "-59.2904"]);
}

#[test]
fn every_format_says_which_scenario() {
    let told =
        |format: &str| on(SAMPLE, &format!("estimate {{}}/a.toml --scenario client-2k --format {format}")).stdout;
    assert_eq!(json(SAMPLE, "estimate {}/a.toml --scenario client-2k --format json")["scenario"], "client-2k");
    let text = told("text");
    assert!(text.starts_with("Spring launch · Acme · scenario client-2k\n"), "{text}");
    assert!(text.contains("\nScenario client-2k: Client wants 2K\n"), "{text}");
    assert!(text.contains("assumptions.retry 1.5–2–3 → 2.50×"), "{text}");
    let line = SAMPLE.lines().position(|line| line.starts_with("deliverable.pdp-hero.size")).unwrap() + 1;
    assert!(text.contains(&format!("a.toml:{line})")), "{text}");
    assert!(told("markdown").contains("**Scenario client-2k: Client wants 2K**"));
    let csv = told("csv");
    assert!(
        csv.lines().next().unwrap().ends_with(",\"scenario\"")
            && csv.lines().skip(1).all(|row| row.ends_with(",\"client-2k\""))
    );
    // Without one nothing is said of any.
    for format in ["text", "json", "markdown", "csv"] {
        let plain = on(SAMPLE, &format!("estimate {{}}/a.toml --format {format}")).stdout;
        assert!(!plain.to_lowercase().contains("scenario"), "{plain}");
    }
}

#[test]
fn an_unknown_scenario_is_refused_with_the_nearest() {
    for command in ["estimate", "check", "compare"] {
        let found = on(SAMPLE, &format!("{command} {{}}/a.toml --scenario client-4k"));
        let told = format!("{}{}", found.stdout, found.stderr);
        assert_eq!(found.exit, Exit::BadInput, "{told}");
        assert!(told.contains("there is no scenario client-4k; did you mean client-2k?"), "{told}");
    }
    let checked = json(SAMPLE, "check {}/a.toml --scenario client-4k --format json");
    assert_eq!(checked["files"][0]["issues"][0]["code"], "scenario-unknown");
    let none = on("retake = 1\n[deliverable.a]\nfinals = 1\n", "estimate {}/a.toml --scenario x");
    assert!(none.stderr.contains("add a table [scenario.NAME]"), "{}", none.stderr);
    let far = on(SAMPLE, "estimate {}/a.toml --scenario quite-another-one");
    assert!(far.stderr.contains("allowed: client-2k, lean"), "{}", far.stderr);
}

#[test]
fn set_comes_after_the_scenario() {
    let mail = |set: &str| {
        let lines = json(SAMPLE, &format!("estimate {{}}/a.toml --scenario client-2k --format json{set}"));
        lines["deliverables"][2]["retry"].as_str().unwrap().to_owned()
    };
    assert_eq!([mail(""), mail(" --set retry=3")], ["2.5", "3"]);
    let added = "retake = 1\n[deliverable.a]\nfinals = 1\n[scenario.x.deliverable.b]\nfinals = 2\n";
    let found = json(added, "estimate {}/a.toml --scenario x --set deliverable.b.finals=5 --format json");
    assert_eq!(found["totals"]["finals"], 6, "a deliverable that the scenario adds can be set");
}

#[test]
fn a_check_under_a_scenario_holds_its_total_against_the_cap() {
    assert_eq!(on(SAMPLE, "check {}/a.toml").exit, Exit::Done);
    let over = on(SAMPLE, "check {}/a.toml --scenario client-2k");
    assert_eq!(over.exit, Exit::OverBudget, "{}", over.stderr);
    assert!(over.stderr.contains("$54.72 is over the cap of $40.00"), "{}", over.stderr);
    assert_eq!(on(SAMPLE, "check {}/a.toml --scenario lean --max 14.50").exit, Exit::Done);
}

#[test]
fn what_is_doubtful_about_a_scenario_stands_at_its_place() {
    let text = "retake = 1\n[deliverable.hero]\nfinals = 4\nsize = \"1024x1024\"\n[scenario.x]\n\
                deliverable.pdp-hero.size = \"2k\"\ndeliverable.hero.size = \"2k\"\ndeliverable.hero.finals = 4\n\
                was = { \"deliverable.hero.size\" = \"1024x1280\" }\n";
    let found = json(text, "estimate {}/a.toml --scenario x --format json");
    let issues: Vec<_> = found["issues"].as_array().unwrap().iter().collect();
    let issue = |code: &str| *issues.iter().find(|issue| issue["code"] == code).unwrap();
    let at = |code: &str| (issue(code)["level"].as_str().unwrap(), issue(code)["line"].as_u64().unwrap());
    assert_eq!(at("scenario-gone"), ("error", 6));
    assert_eq!(at("scenario-base-moved"), ("warning", 7));
    assert_eq!(at("scenario-same"), ("note", 8));
    let message = issue("scenario-base-moved")["message"].as_str().unwrap();
    assert!(message.contains("1024×1280") && message.contains("1024×1024"), "{message}");
    assert!(issue("scenario-gone")["message"].as_str().unwrap().starts_with("pdp-hero no longer exists"));
    assert_eq!(on(text, "estimate {}/a.toml --scenario x").exit, Exit::BadInput);
    assert_eq!(on(text, "compare {}/a.toml").exit, Exit::BadInput);
    // The project's own figures lack nothing: told, and no error.
    let plain = on(text, "check {}/a.toml");
    assert_eq!(plain.exit, Exit::Done, "{}", plain.stderr);
    let told = json(text, "check {}/a.toml --format json");
    let told = told["files"][0]["issues"].as_array().unwrap();
    let levels: Vec<_> = ["scenario-gone", "scenario-base-moved", "scenario-same"]
        .iter()
        .map(|code| told.iter().find(|issue| issue["code"] == *code).unwrap_or_else(|| panic!("{code}: {told:?}")))
        .map(|issue| (issue["level"].as_str().unwrap(), issue["line"].as_u64().unwrap()))
        .collect();
    assert_eq!(levels, [("warning", 6), ("warning", 7), ("note", 8)]);
    assert!(!on(text, "estimate {}/a.toml").stderr.contains("scenario"), "an estimate is asked for the project alone");
}

#[test]
fn an_issue_of_a_patched_value_points_to_the_patch() {
    let text = "retake = 1\n[deliverable.hero]\nfinals = 4\nsize = \"1024x1024\"\n[scenario.x]\ndeliverable.hero.size = \"1023x1024\"\n";
    let found = json(text, "estimate {}/a.toml --scenario x --format json");
    let issue = found["issues"].as_array().unwrap().iter().find(|issue| issue["code"] == "size-illegal").unwrap();
    assert_eq!(issue["line"], 6, "{issue}");
}

const LOCKED: &str = "retake = 1\nname = \"N\"\n[deliverable.hero]\nfinals = 10\nretry = 2\nquality = \"low\"\n\
                      [scenario.more]\nname = \"More | finals\"\ndeliverable.hero.finals = 20\n\
                      [scenario.less]\ndeliverable.hero.finals = 5\n";

#[test]
fn the_baseline_comes_first_and_the_others_are_held_against_it() {
    let columns = |text: &str, args: &str| {
        let found = json(text, &format!("compare {{}}/a.toml --format json{args}"));
        let columns = found["columns"].as_array().unwrap().clone();
        columns.iter().map(|column| column["scenario"].as_str().unwrap_or("-").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(columns(LOCKED, ""), ["-", "less", "more"]);
    assert_eq!(columns(LOCKED, " --scenario more"), ["-", "more"]);
    assert_eq!(columns(LOCKED, " --scenario more --scenario less --scenario more"), ["-", "more", "less"]);
    let promoted = format!("{LOCKED}[baseline]\nscenario = \"more\"\n");
    assert_eq!(columns(&promoted, ""), ["more", "-", "less"]);
    assert_eq!(columns(&promoted, " --scenario less"), ["more", "less"]);
    let found = json(&promoted, "compare {}/a.toml --format json");
    assert_eq!((&found["baseline"], &found["columns"][1]["change_percent"]), (&"more".into(), &"-50".into()));
    assert_eq!(found["rows"][0]["key"], "deliverable.hero.finals");
    assert_eq!((&found["rows"][0]["from"], &found["rows"][0]["to"]), (&"20".into(), &serde_json::json!(["10", "5"])));
}

#[test]
fn a_locked_baseline_is_told_with_the_part_of_prices() {
    // 10 × 2 images of 196 output tokens and 6 of the prompt: 20 × (196 × 30 + 6 × 5) / 1,000,000 = 0.1182, and 20 % on it.
    let locked = format!("{LOCKED}[baseline]\ntotal = \"0.10\"\non = 2026-11-18\nprices = 2026-11-21\n");
    let found = json(&locked, "compare {}/a.toml --format json");
    let since = &found["columns"][0]["since"];
    assert_eq!(
        (&since["on"], &since["locked"], &since["currency"]),
        (&"2026-11-18".into(), &"0.1".into(), &"USD".into())
    );
    assert_eq!((&since["change"], &since["by_prices"]), (&"0.04184".into(), &"0".into()));
    let text = on(&locked, "compare {}/a.toml").stdout;
    assert!(text.contains("since 2026-11-18") && text.contains("+$0.04 (+42"), "{text}");
    let halved = format!(
        "{locked}[rates.\"openai/gpt-image-2\"]\nchecked = 2026-11-25\nsource = \"x\"\nstandard = {{ image_output = 15, image_input = 4, \
         image_input_cached = 1, text_input = 2.50, text_input_cached = 0.625 }}\n"
    );
    // The project is counted with its pinned prices: half of 0.14184, less 0.10.
    let told = |text: &str| {
        let since = json(text, "compare {}/a.toml --format json")["columns"][0]["since"].clone();
        (since["change"].clone(), since["by_prices"].clone())
    };
    assert_eq!(told(&halved), ("-0.02908".into(), "-0.07092".into()), "locked at the built-in prices");
    let pinned = halved.replace("prices = 2026-11-21", "prices = 2026-11-25");
    assert_eq!(told(&pinned), ("-0.02908".into(), "0".into()), "locked at the pinned prices");
    let later = halved.replace("prices = 2026-11-21", "prices = 2026-01-01");
    assert_eq!(told(&later), ("-0.02908".into(), Value::Null), "nobody has the prices of the lock any more");
    assert!(json(LOCKED, "compare {}/a.toml --format json")["columns"][0].get("since").is_none());
}

#[test]
fn a_table_that_is_too_wide_becomes_paragraphs_and_names_stay_names() {
    let text = on(LOCKED, "compare {}/a.toml").stdout;
    assert!(text.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= 80), "{text}");
    assert!(text.contains("→ 20"), "{text}");
    let many: String = (0..12)
        .map(|n| format!("[scenario.s{n}]\nname = \"A rather long name {n}\"\nassumptions.retry = {n}.5\n"))
        .collect();
    let wide = on(
        &format!("retake = 1\n[deliverable.a]\nfinals = 1\n{}", many.replace("= 0.5", "= 1.2")),
        "compare {}/a.toml",
    )
    .stdout;
    assert!(wide.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= 80), "{wide}");
    assert!(wide.contains("\ns11\n") && wide.contains("→ 11.50×"), "{wide}");
    let markdown = on(LOCKED, "compare {}/a.toml --format markdown").stdout;
    assert!(markdown.contains("| project | less | more |"), "{markdown}");
    assert!(markdown.contains("- more: More \\| finals\n"), "{markdown}");
    let hostile = LOCKED.replace("[scenario.less]", "[scenario.\"=1+1\"]");
    assert!(on(&hostile, "compare {}/a.toml --format csv").stdout.contains("\"'=1+1\""));
    assert!(on(&hostile, "compare {}/a.toml --format csv --raw-csv").stdout.contains("\"=1+1\""));
}

#[test]
fn a_project_without_scenarios_has_one_column() {
    let found = on("retake = 1\n[deliverable.a]\nfinals = 1\nretry = 2\n", "compare {}/a.toml");
    assert_eq!(found.exit, Exit::Done, "{}", found.stderr);
    assert!(
        found.stdout.contains("No value differs between these columns.") && !found.stdout.contains("against baseline"),
        "{}",
        found.stdout
    );
}

#[test]
fn an_unknown_total_has_no_change() {
    let text = "retake = 1\n[deliverable.a]\nfinals = 1\nretry = 2\n[scenario.x]\ndeliverable.a.quality = \"auto\"\n";
    let found = json(text, "compare {}/a.toml --format json");
    let column = &found["columns"][1];
    assert!(column["total"].is_null() && column["change"].is_null() && column["change_percent"].is_null(), "{column}");
    assert!(on(text, "compare {}/a.toml").stdout.contains("unknown"));
}

const UNDER: &str = "retake = 1\n[assumptions]\nquality = \"high\"\ncap = 400\n[deliverable.a]\nfinals = 10\n";

/// Changes of a scenario that are errors only with it: its table, the code, the line of the change, and a word of the message.
const WRONG_UNDER: [(&str, &str, u64, &str); 7] = [
    ("assumptions.quality = \"max\"", "quality-not-of-model", 8, "max"),
    ("deliverable.a.size = \"1000x1000\"", "size-illegal", 8, "1000"),
    ("deliverable.a.finals = 9000000\ndeliverable.a.repeat = 30", "too-many-finals", 9, "9,000,000"),
    ("assumptions.cap = \"25 GBP\"", "cap-currency", 8, "GBP"),
    ("fee.f.amount = \"5 GBP\"\nfee.f.per = \"final\"", "fee-currency", 8, "GBP"),
    ("fee.f.amount = 3\nfee.f.per = \"final\"\nfee.f.deliverables = [\"new\"]", "fee-deliverable-unknown", 10, "new"),
    ("deliverable.b.finals = 2\ndeliverable.b.size = \"1000x1000\"", "size-illegal", 9, "1000"),
];

#[test]
fn what_is_wrong_only_under_a_scenario_is_told_at_its_place() {
    for (table, code, line, word) in WRONG_UNDER {
        let text = format!("{UNDER}[scenario.x]\n{table}\n");
        let find = |issues: &Value| {
            let mut issues = issues.as_array().unwrap().iter();
            let found = issues.find(|issue| issue["code"] == code).unwrap_or_else(|| panic!("{table}")).clone();
            let message = found["message"].as_str().unwrap();
            assert!(message.starts_with("under scenario x: ") && message.contains(word), "{table}: {message}");
            assert!(found["key"].as_str().unwrap().starts_with("scenario.x."), "{found}");
            (found["level"].as_str().unwrap().to_owned(), found["line"].as_u64())
        };
        let compared = on(&text, "compare {}/a.toml --format json");
        assert_eq!(compared.exit, Exit::BadInput, "{table}");
        let compared: Value = serde_json::from_str(&compared.stdout).unwrap();
        assert_eq!(find(&compared["issues"]), ("error".to_owned(), Some(line)), "{table}");
        let told = on(&text, "compare {}/a.toml --scenario x");
        assert!(told.exit == Exit::BadInput && told.stderr.contains("under scenario x: "), "{table}: {}", told.stderr);
        let checked = json(&text, "check {}/a.toml --format json");
        assert_eq!(find(&checked["files"][0]["issues"]), ("warning".to_owned(), Some(line)), "{table}");
        assert_eq!(on(&text, "check {}/a.toml").exit, Exit::Done, "the project's own figures lack nothing: {table}");
        let under = json(&text, "estimate {}/a.toml --scenario x --format json");
        let under = under["issues"].as_array().unwrap().iter().find(|issue| issue["code"] == code).unwrap().clone();
        assert_eq!(under["line"].as_u64(), Some(line), "{table}: {under}");
    }
}

#[test]
fn an_error_of_the_project_is_told_once_for_all_columns() {
    let wrong = UNDER.replace("finals = 10", "finals = 10\nsize = \"1000x1000\"");
    let text = format!("{wrong}[scenario.x]\nassumptions.retry = 2\n[scenario.y]\ndeliverable.a.size = \"1k\"\n");
    let errors = |command: &str| {
        let found = json(&text, command);
        let all = found["issues"].as_array().unwrap().iter();
        all.filter(|issue| issue["level"] == "error").map(|issue| issue["key"].to_string()).collect::<Vec<_>>()
    };
    assert_eq!(errors("compare {}/a.toml --format json"), ["\"deliverable.a.size\""]);
    let promoted = format!("{text}[baseline]\nscenario = \"y\"\n");
    let found = on(&promoted, "compare {}/a.toml --scenario x");
    assert_eq!((found.exit, found.stderr.matches("1000").count() > 0), (Exit::BadInput, true), "{}", found.stderr);
    assert_eq!(on(&promoted, "compare {}/a.toml --scenario y").exit, Exit::Done, "the only column has no error");
}

#[test]
fn the_difference_of_two_known_totals_is_known() {
    // Sixty percent accepted is a quotient that does not end; with markup and tax in one column the exact difference has more
    // than 28 digits.
    let text = "retake = 1\ncurrency = \"EUR\"\n[exchange]\nrate = 0.92\nas_of = 2026-11-20\n[assumptions]\nquality = \"high\"\n\
                surcharge = \"16%\"\nimages_per_call = 3\nretry = { accepted = \"60%\" }\n[deliverable.d2]\nfinals = 24\n\
                [deliverable.d3]\nfinals = 240\n[scenario.s0]\nassumptions.markup = \"-27.2%\"\nassumptions.tax = \"13.8%\"\n\
                deliverable.d2.finals = 3\ndeliverable.d3.remove = true\n";
    let found = json(text, "compare {}/a.toml --format json");
    let column = &found["columns"][1];
    // 2.336937623999999999645162496 less 248.231076923076923078208, to 28 digits.
    assert_eq!(column["change"], "-245.8941392990769230785628375", "{column}");
    assert_eq!(column["change_percent"], "-99.0586");
    let told = on(text, "compare {}/a.toml").stdout;
    assert!(told.contains("≈−€226.22") && !told.contains("unknown"), "{told}");
    assert!(on(text, "compare {}/a.toml --format csv").stdout.contains("-245.894139"), "in CSV too");
}

#[test]
fn a_lock_is_held_against_the_baseline_alone() {
    let locked = format!("{LOCKED}[baseline]\ntotal = \"0.10\"\non = 2026-11-18\nprices = 2026-11-21\n");
    let found = json(&locked, "compare {}/a.toml --format json");
    let since: Vec<bool> =
        found["columns"].as_array().unwrap().iter().map(|column| column["since"].is_object()).collect();
    assert_eq!(since, [true, false, false], "another scenario's total is no change since the lock");
    // In a converted currency a change is as approximate as the total.
    let euro = "retake = 1\ncurrency = \"EUR\"\n[exchange]\nrate = 0.92\nas_of = 2026-11-20\n[deliverable.a]\nfinals = 10\n\
                [scenario.x]\ndeliverable.a.finals = 5\n[baseline]\ntotal = \"0.10\"\non = 2026-11-18\n";
    let told = on(euro, "compare {}/a.toml").stdout;
    let row = told.lines().find(|row| row.starts_with("since 2026-11-18")).unwrap();
    assert!(row.contains("≈+€") || row.contains("+≈€"), "{told}");
    // A locked total that is not above 0 has no percentage.
    let below = on(&euro.replace("\"0.10\"", "\"-3\""), "compare {}/a.toml").stdout;
    let row = below.lines().find(|row| row.starts_with("since 2026-11-18")).unwrap();
    assert!(row.contains('€') && !row.contains('%'), "{below}");
}

#[test]
fn a_percentage_of_nothing_is_not_defined() {
    let text = "retake = 1\n[deliverable.a]\nfinals = 10\n[assumptions]\nmarkup = \"-100%\"\n[scenario.x]\nassumptions.markup = \"0%\"\n";
    let told = on(text, "compare {}/a.toml").stdout;
    let row = told.lines().find(|row| row.contains("in percent")).unwrap();
    assert!(row.contains("not defined") && !row.contains("unknown"), "{told}");
}
