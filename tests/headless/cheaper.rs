//! How likely a scenario is cheaper than the baseline, in each format of `retake compare`.

use crate::commands::{answer, folder_with};
use serde_json::{Value, json};

const SAMPLE: &str = include_str!("../../sample-projects/product-launch.retake.toml");

fn compared(text: &str, format: &str) -> String {
    let folder = folder_with(&[("a.toml", text)]);
    answer(folder.path(), &format!("compare {{}}/a.toml --format {format}"), "").stdout
}

/// The difference of each column but the first.
fn differences(text: &str) -> Vec<Value> {
    let found: Value = serde_json::from_str(&compared(text, "json")).unwrap();
    let columns = found["columns"].as_array().unwrap();
    assert_eq!(columns[0].get("difference"), None, "the others are compared with it");
    columns[1..].iter().map(|column| column["difference"].clone()).collect()
}

/// A row of the text by its label, in cells.
fn row(text: &str, label: &str) -> Vec<String> {
    let printed = compared(text, "text");
    let row = printed.lines().find(|row| row.starts_with(label)).unwrap_or_else(|| panic!("{label}: {printed}"));
    let cells = row[label.len()..].split("  ").map(str::trim).filter(|cell| !cell.is_empty());
    cells.map(str::to_owned).collect()
}

/// A project of two deliverables with a scenario.
fn with(scenario: &str) -> String {
    format!(
        "retake = 1\nname = \"Launch\"\n[assumptions]\nretry = 2.0\nquality = \"high\"\n[deliverable.hero]\nfinals = 24\n\
         [deliverable.mail]\nfinals = 6\n[scenario.other]\n{scenario}\n"
    )
}

#[test]
fn a_table_of_scenarios_and_how_often_each_is_cheaper() {
    let table = [
        // The same tries at a lower price, fewer of them, or none at all.
        ("assumptions.service_tier = \"batch\"", "100 of 100"),
        ("assumptions.quality = \"medium\"", "100 of 100"),
        ("deliverable.hero.finals = 20", "100 of 100"),
        ("deliverable.mail.remove = true", "100 of 100"),
        ("assumptions.markup = \"10%\"", "0 of 100"),
        ("assumptions.quality = \"high\"", "the same"),
        ("assumptions.buffer = \"50%\"", "the same"),
        // Tries of its own.
        ("deliverable.hero.retry = 2.0", "50 of 100"),
        ("assumptions.retry = 1.1", "more than 99 of 100"),
    ];
    for (scenario, wanted) in table {
        let cells = row(&with(scenario), "cheaper than the baseline");
        assert_eq!(cells[0], "–", "{scenario}");
        match wanted {
            // The doubt of both is about the same, so luck decides.
            "50 of 100" => {
                assert!(["48 of 100", "49 of 100", "50 of 100", "51 of 100"].contains(&cells[1].as_str()), "{cells:?}")
            }
            wanted => assert_eq!(cells[1], wanted, "{scenario}"),
        }
    }
}

#[test]
fn by_how_much_is_told_without_buffers() {
    let text = with("assumptions.service_tier = \"batch\"\nassumptions.buffer = \"50%\"");
    let found = &differences(&text)[0];
    let mean = found["mean"].as_f64().unwrap();
    let subtotals: Value = serde_json::from_str(&compared(&text, "json")).unwrap();
    let subtotal = |at: usize| subtotals["columns"][at]["subtotal"].as_str().unwrap().parse::<f64>().unwrap();
    assert!((mean - (subtotal(1) - subtotal(0))).abs() < 1e-6, "{mean}");
    let [low, middle, high] = ["P10", "P50", "P90"].map(|name| found["percentiles"][name].as_f64().unwrap());
    assert!(low < middle && middle < high && high < 0.0, "{found}");
    assert_eq!((found["cheaper"].clone(), found["same"].clone()), (json!(1.0), json!(0.0)));
    assert_eq!((found["certain"].clone(), found["withheld"].clone()), (json!(true), Value::Null));
    let amount = |usd: f64| format!("−${:.2}", -usd);
    assert_eq!(row(&text, "on average, without buffer"), ["–".to_owned(), amount(mean)]);
    assert_eq!(row(&text, "8 of 10 cases"), ["–".to_owned(), format!("{} to {}", amount(low), amount(high))]);
    // A spreadsheet has the same figures, and Markdown the same rows.
    let csv = compared(&text, "csv");
    for (name, key) in [("mean", mean), ("p10", low), ("p50", middle), ("p90", high)] {
        let wanted = format!("\"difference_{name}_usd\",\"\",{key}");
        assert!(csv.lines().any(|row| row == wanted), "{wanted}: {csv}");
    }
    assert!(csv.contains("\"cheaper\",\"\",1\n") && csv.contains("\"same\",\"\",0\n"), "{csv}");
    assert!(compared(&text, "markdown").contains("| cheaper than the baseline | – | 100 of 100 |"));
}

#[test]
fn a_named_risk_on_one_side_leaves_a_chance_of_the_same() {
    let risk = "risk.lost-day = { chance = \"20%\", amount = 150 }";
    let found = &differences(&with(risk))[0];
    let told = ["cheaper", "same", "mean"].map(|key| found[key].as_f64().unwrap());
    assert_eq!(told, [0.0, 0.8, 30.0], "{found}");
    assert_eq!(found["certain"], false);
    assert_eq!(row(&with(risk), "cheaper than the baseline"), ["–", "0 of 100"]);
    assert_eq!(row(&with(risk), "as much as the baseline"), ["–", "80 of 100"]);
    // Without such a column there is no such row.
    assert!(!compared(SAMPLE, "text").contains("as much as the baseline"));
}

#[test]
fn a_factor_of_too_little_experience_withholds_what_is_rare() {
    let text = with("assumptions.service_tier = \"batch\"\ndeliverable.hero.finals = 30")
        .replace("retry = 2.0", "retry = { low = 1, likely = 2, high = 9 }");
    let found = &differences(&text)[0];
    assert_eq!((found["withheld"].clone(), found["cheaper"].clone()), (json!("wide-range"), Value::Null), "{found}");
    assert_eq!((found["percentiles"]["P10"].clone(), found["percentiles"]["P90"].clone()), (Value::Null, Value::Null));
    assert!(found["percentiles"]["P50"].is_f64() && found["mean"].is_f64());
    assert_eq!(row(&text, "cheaper than the baseline")[1], "at least 80 of 100");
    assert_eq!(row(&text, "8 of 10 cases")[1], "withheld");
}

#[test]
fn what_has_no_price_is_unknown_and_what_does_not_vary_is_certain() {
    let unknown = with("deliverable.hero.size = \"auto\"");
    assert_eq!(differences(&unknown), [Value::Null]);
    assert_eq!(row(&unknown, "cheaper than the baseline"), ["–", "unknown"]);
    let nothing = "retake = 1\nname = \"Launch\"\n[deliverable.hero]\nfinals = 0\n[fee.set-up]\namount = 100\nper = \"project\"\n\
                   [scenario.other]\nfee.set-up.amount = 90\n";
    let found = &differences(nothing)[0];
    assert_eq!((found["mean"].clone(), found["certain"].clone()), (json!(-10.0), json!(true)), "{found}");
    assert_eq!(row(nothing, "8 of 10 cases"), ["–", "−$10.00"]);
    // One column has nothing to be compared with.
    let alone = SAMPLE.split("[scenario.").next().unwrap();
    assert!(!compared(alone, "text").contains("cheaper") && !compared(alone, "csv").contains("difference"));
}
