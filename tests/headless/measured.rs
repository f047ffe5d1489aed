//! Measured tokens in printed estimates, in `check`, `w`-like calculations and `--set`. Figures are computed by hand.

use crate::commands::{answer, folder_with};
use retake::cli::{Answer, Exit};
use serde_json::{Value, json};

const PROJECT: &str = "retake = 1\n[assumptions]\nretry = 2\n[deliverable.a]\nsize = \"1024x1280\"\nquality = \"high\"\n\
    finals = 24\nreferences = [\"1024x1024\"]\n\
    tokens = { output = 6204, reference = 1100, source = \"usage of 3 calls\" }\n\
    [deliverable.b]\nmodel = \"gpt-image-2.6-flare\"\nquality = \"low\"\nfinals = 2\ntokens = { output = 500 }\n\
    [deliverable.c]\nsize = \"1402x1122\"\nquality = \"low\"\nreturned = true\nfinals = 1\n";

fn run(text: &str, command: &str) -> Answer {
    let folder = folder_with(&[("a.toml", text)]);
    answer(folder.path(), command, "")
}

fn json(text: &str, sets: &[&str]) -> Value {
    let sets: String = sets.iter().map(|set| format!(" --set {set}")).collect();
    let found = run(text, &format!("estimate {{}}/a.toml --format json{sets}"));
    assert_eq!(found.exit, Exit::Done, "{}", found.stderr);
    serde_json::from_str(&found.stdout).unwrap()
}

#[test]
fn json_says_what_was_measured_and_what_the_formula_has() {
    let found = json(PROJECT, &[]);
    let stage = |line: usize| &found["deliverables"][line]["stages"][0];
    assert_eq!(stage(0)["tokens_per_image"]["image_output"], 6204);
    assert_eq!(
        stage(0)["measured_tokens"],
        json!({ "image_output": { "measured": 6204, "formula": 6119 }, "image_input": { "measured": 1100, "formula": 1024 },
                "source": "usage of 3 calls" })
    );
    assert_eq!(stage(0)["cost"]["image_output"], "8.93376");
    assert_eq!(stage(0)["cost"]["image_input"], "0.4224");
    let unknown = json!({ "image_output": { "measured": 500, "formula": null }, "source": null });
    assert_eq!(stage(1)["measured_tokens"], unknown);
    assert_eq!(found["deliverables"][1]["subtotal"], "0.06012");
    assert_eq!(stage(2)["tokens_per_image"]["image_output"], 186);
    assert_eq!((&stage(2)["size"], &stage(2)["measured_tokens"]), (&json!("1402x1122"), &Value::Null));
}

#[test]
fn text_and_markdown_show_both_figures_and_csv_the_formulas() {
    let text = run(PROJECT, "estimate {}/a.toml").stdout.replace("\n    ", " ");
    let beside =
        "image output: measured 6,204, formula 6,119; references: measured 1,100, formula 1,024 (usage of 3 calls)";
    assert!(text.contains(&format!("tokens {beside}")), "{text}");
    assert!(text.contains("tokens measured 500, formula unknown"), "{text}");
    let markdown = run(PROJECT, "estimate {}/a.toml --format markdown").stdout;
    assert!(markdown.contains(&format!("\na: tokens {beside}\n")), "{markdown}");
    let csv = run(PROJECT, "estimate {}/a.toml --format csv").stdout;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let head = reader.headers().unwrap().clone();
    let column = |name: &str| head.iter().position(|column| column == name).unwrap();
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    let cell = |row: usize, name: &str| rows[row][column(name)].to_owned();
    assert_eq!((cell(0, "image_output_tokens"), cell(0, "formula_output_tokens")), ("6204".into(), "6119".into()));
    assert_eq!((cell(0, "image_input_tokens"), cell(0, "formula_input_tokens")), ("1100".into(), "1024".into()));
    assert_eq!((cell(1, "image_output_tokens"), cell(1, "formula_output_tokens")), ("500".into(), String::new()));
    assert_eq!((cell(2, "image_output_tokens"), cell(2, "formula_output_tokens")), ("186".into(), String::new()));
}

#[test]
fn check_vouches_for_what_was_measured() {
    let found = run(PROJECT, "check {}/a.toml --max 20");
    assert_eq!(found.exit, Exit::Done, "{}{}", found.stdout, found.stderr);
    let without = PROJECT.replace("tokens = { output = 500 }\n", "");
    assert_ne!(run(&without, "check {}/a.toml --max 20").exit, Exit::Done, "2.6 low has no published count");
    let misspelt = PROJECT.replace("output = 500", "ouput = 500");
    let found = run(&misspelt, "check {}/a.toml");
    assert_eq!(found.exit, Exit::BadInput);
    assert!(found.stderr.contains("did you mean output?"), "{}", found.stderr);
}

#[test]
fn one_run_sets_parts_of_measured_tokens() {
    let bare = "retake = 1\n[deliverable.a]\nsize = \"1024x1280\"\nquality = \"high\"\nfinals = 1\n[deliverable.b]\nfinals = 1\n";
    let output = |found: &Value, line: usize| {
        found["deliverables"][line]["stages"][0]["tokens_per_image"]["image_output"].clone()
    };
    let set = json(bare, &["deliverable.a.tokens.output=6204", "deliverable.a.tokens.reference=7"]);
    assert_eq!(
        (output(&set, 0), &set["deliverables"][0]["stages"][0]["tokens_per_image"]["image_input"]),
        (json!(6204), &json!(7))
    );
    // What was measured may come before the number, and a size before what frees it from its rules.
    let set = json(bare, &["deliverable.a.tokens.quality=high", "deliverable.a.tokens.output=6204"]);
    assert_eq!(output(&set, 0), 6204);
    let set = json(bare, &["deliverable.a.size=1402x1122", "deliverable.a.quality=low", "deliverable.a.returned=true"]);
    assert_eq!(output(&set, 0), 186);
    let set = json(bare, &["deliverable.a.tokens=6204"]);
    assert_eq!(output(&set, 0), 6204);
    // In assumptions what is in force there was measured: 1024x1024, medium.
    let set = json(bare, &["tokens.output=2000"]);
    assert_eq!((output(&set, 0), output(&set, 1)), (json!(6119), json!(2000)));
    for (set, hint) in [
        ("deliverable.a.tokens.ouput=5", "did you mean output?"),
        ("deliverable.a.tokens.output=5.5", "tokens.output"),
        ("deliverable.a.tokens.output=0", "10,000,000"),
        ("deliverable.a.tokens.quality=high", "output=6119"),
        ("deliverable.a.tokens=", "output tokens"),
        ("returned=true", "deliverable.KEY.returned"),
        ("deliverable.a.returned=maybe", "true, false"),
    ] {
        let found = run(bare, &format!("estimate {{}}/a.toml --set {set}"));
        assert_eq!(found.exit, Exit::BadInput, "{set}");
        assert!(found.stderr.contains(hint), "{set}: {}", found.stderr);
    }
}

#[test]
fn bills_by_tokens_follow_and_others_do_not() {
    let bills = format!("{PROJECT}[bills]\ncompare = [\"chatgpt-credits\", \"laozhang-vip\"]\n");
    let only = |text: &str| {
        text.split("[deliverable.b]").next().unwrap().replace("[deliverable.a]", "buffer = \"0%\"\n[deliverable.a]")
            + "[bills]\ncompare = [\"chatgpt-credits\", \"laozhang-vip\"]\n"
    };
    let found = json(&only(&bills), &[]);
    let total = |card: &str| {
        let bills = found["bills"].as_array().unwrap();
        bills.iter().find(|bill| bill["card"] == card).unwrap()["total"].clone()
    };
    // 48 images: 6,204 × 750 + 1,100 × 200 + 6 × 125 credits per million; 25 credits are a dollar.
    assert_eq!(total("chatgpt-credits"), "9.3576");
    assert_eq!(total("openai/gpt-image-2"), "9.3576");
    assert_eq!(total("laozhang-vip"), Value::Null, "it says nothing about reference images");
}

#[test]
fn the_price_of_a_size_is_the_formulas() {
    let found = run(PROJECT, "size 1024x1280 --quality high --format json");
    let found: Value = serde_json::from_str(&found.stdout).unwrap();
    assert_eq!(found["tokens"], 6119);
}
