//! What a file or `--set` may say of the invoice: no sign is lost, no key is ignored in silence, other words name the right key.

use crate::commands::{CONTRACT, answer, folder_with};
use retake::cli::{Answer, Exit};
use retake::cost::budget::knob::{Form, Scope, TABLE};
use retake::cost::{Knob, Value};
use std::path::Path;

/// Runs `retake estimate` with a change for one run.
fn set(text: &str, change: &str) -> Answer {
    let folder = folder_with(&[("a.toml", text)]);
    let file = folder.path().join("a.toml");
    let args = ["retake", "estimate", file.to_str().unwrap(), "--format", "json", "--set", change];
    crate::commands::run(args[1..].iter().map(Into::into), "", retake::config::paths::Paths::default())
}

fn checked(text: &str) -> Answer {
    let folder = folder_with(&[("a.toml", text)]);
    answer(folder.path(), "check {}/a.toml", "")
}

/// A project whose assumptions say one thing more.
fn assuming(more: &str) -> String {
    format!("retake = 1\n\n[assumptions]\n{more}\n\n[deliverable.hero]\nfinals = 4\n")
}

/// The value of a knob in the assumptions of a text.
fn assumed(text: &str, knob: Knob) -> Option<Value> {
    let reading = retake::project::open::read_text(text, Path::new("a.toml"), retake::rates::built_in().unwrap());
    reading.budget.assumptions.value(knob).cloned()
}

#[test]
fn a_negative_share_is_refused_with_its_range_in_a_file_and_for_one_run() {
    let shares = TABLE.iter().filter(|row| row.form == Form::Percent && row.scope != Scope::Deliverable);
    for row in shares {
        let ((min, max), name) = (row.range, row.name);
        for sign in ["-", "−", "－", "﹣"] {
            let text = assuming(&format!("{name} = \"{sign}15%\""));
            let (file, run) = (checked(&text), set(CONTRACT, &format!("{name}={sign}15%")));
            if min < 0 {
                assert_eq!(assumed(&text, row.knob), Some(Value::Percent((-15).into())), "{text}");
                assert_eq!(run.exit, Exit::Done, "{name} {sign}: {}", run.stderr);
                continue;
            }
            assert_eq!((file.exit, run.exit), (Exit::BadInput, Exit::BadInput), "{name} {sign}");
            let range = [format!("\"{min}%\" to \"{max}%\""), format!("{min} % to {max} %")];
            assert!(file.stderr.contains(&range[0]), "{sign}: {}", file.stderr);
            let plain = run.stderr.replace(',', "");
            assert!(plain.contains(&range[1]), "{sign}: {}", run.stderr);
        }
    }
}

/// Where each word is tried: the place's name in messages, a file with `WORD = VALUE` in it, and the knobs that belong there.
const PLACES: [(&str, &str); 3] = [
    ("top", "WORD\nretake = 1\n[deliverable.a]\nfinals = 2\n"),
    ("[assumptions]", "retake = 1\n[assumptions]\nWORD\n[deliverable.a]\nfinals = 2\n"),
    ("[deliverable.KEY]", "retake = 1\n[deliverable.a]\nWORD\nfinals = 2\n"),
];

/// The keys of a kind of table.
fn keys_of(place: &str) -> Vec<&'static str> {
    retake::project::known_keys().into_iter().find(|(name, _)| *name == place).map(|(_, keys)| keys).unwrap_or_default()
}

#[test]
fn another_word_for_a_knob_is_an_error_of_check_that_names_the_right_key() {
    use retake::cost::budget::other_words::{Meant, all};
    for (word, meant) in all() {
        for (place, text) in PLACES {
            let quoted = if word.is_ascii() { word.to_owned() } else { format!("\"{word}\"") };
            if keys_of(place).contains(&word) || (place == "top" && keys_of("").contains(&word)) {
                continue;
            }
            let found = checked(&text.replace("WORD", &format!("{quoted} = 5")));
            assert_eq!(found.exit, Exit::BadInput, "{word} at {place}: {}", found.stderr);
            let told: Vec<&str> = found.stderr.lines().filter(|line| line.contains(": error: ")).collect();
            let [only] = told[..] else { panic!("{word} at {place}: {}", found.stderr) };
            let right = match meant {
                Meant::Knob(knob) => knob.row().name,
                Meant::Fee => "fee",
                Meant::Discount => "markup = \"-15%\"",
            };
            assert!(only.contains("unknown key") && only.contains(right), "{word} at {place}: {only}");
            assert!(!only.contains("x-") && !only.contains("allowed"), "one remedy: {only}");
        }
        let run = set(CONTRACT, &format!("{word}=5"));
        let line = set(CONTRACT, &format!("deliverable.pdp-hero.{word}=5"));
        for answer in [run, line] {
            assert_eq!(answer.exit, Exit::BadInput, "{word}: {}", answer.stdout);
            let right = match meant {
                Meant::Knob(knob) => knob.row().name,
                Meant::Fee => "fee.NAME.amount",
                Meant::Discount => "markup=-15%",
            };
            assert!(answer.stderr.contains(right), "--set {word}: {}", answer.stderr);
        }
    }
}

#[test]
fn another_word_for_a_key_of_a_fee_is_an_error_and_leaves_the_total_unknown() {
    use retake::cost::budget::other_words::all_of_fees;
    for (word, key) in all_of_fees() {
        let fee = match key.name() {
            "amount" => format!("{word} = 5\nper = \"final\""),
            "per" => format!("amount = 5\n{word} = \"final\""),
            _ => format!("amount = 5\nper = \"final\"\n{word} = true"),
        };
        let text = format!("retake = 1\n[fee.retouching]\n{fee}\n[deliverable.a]\nfinals = 2\n");
        let found = checked(&text);
        assert_eq!(found.exit, Exit::BadInput, "{word}: {}", found.stderr);
        let told: Vec<&str> = found.stderr.lines().filter(|line| line.contains(": error: ")).collect();
        let wanted = format!("unknown key {word}; did you mean {}?", key.name());
        assert!(told.iter().any(|line| line.ends_with(&wanted)), "{word}: {}", found.stderr);
        let sound = "retake = 1\n[fee.retouching]\namount = 5\nper = \"final\"\n[deliverable.a]\nfinals = 2\n";
        let run = set(sound, &format!("fee.retouching.{word}=5"));
        assert_eq!(run.exit, Exit::BadInput, "{word}: {}", run.stdout);
        assert!(run.stderr.contains(&format!("did you mean {}?", key.name())), "{word}: {}", run.stderr);
    }
}

/// Runs `retake estimate` with several changes for one run.
fn set_all(text: &str, changes: &[&str]) -> Answer {
    let folder = folder_with(&[("a.toml", text)]);
    let file = folder.path().join("a.toml");
    let mut args =
        vec!["estimate".to_owned(), file.to_str().unwrap().to_owned(), "--format".to_owned(), "json".to_owned()];
    args.extend(changes.iter().flat_map(|change| ["--set".to_owned(), (*change).to_owned()]));
    crate::commands::run(args.into_iter().map(Into::into), "", retake::config::paths::Paths::default())
}

#[test]
fn a_fee_for_one_run_needs_its_amount_and_its_unit_in_any_order() {
    let both = ["fee.shipping.amount=20", "fee.shipping.per=project"];
    for changes in [both, [both[1], both[0]]] {
        let run = set_all(CONTRACT, &changes);
        assert_eq!(run.exit, Exit::Done, "{}", run.stderr);
        let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(json["fees"][0]["amount"], "20", "{json}");
        assert_eq!(json["totals"]["total"], "31.0990592", "11.0990592 + 20");
    }
    for (changes, missing) in [
        (&both[..1], "--set fee.shipping.per=UNIT"),
        (&both[1..], "--set fee.shipping.amount=AMOUNT"),
        (&["fee.shipping.note=x"][..], "--set fee.shipping.amount=AMOUNT and --set fee.shipping.per=UNIT"),
    ] {
        let run = set_all(CONTRACT, changes);
        assert_eq!((run.exit, run.stdout.as_str()), (Exit::BadInput, ""), "{changes:?}");
        assert!(run.stderr.contains(missing) && run.stderr.contains("there is no fee shipping"), "{}", run.stderr);
        assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
    }
    let with_fee = CONTRACT.replace("\n[del", "\n[fee.shipping]\namount = 3\nper = \"final\"\n\n[del");
    let slip = set_all(&with_fee, &["fee.shiping.amount=20"]);
    assert!(slip.stderr.contains("did you mean shipping?"), "{}", slip.stderr);
}

#[test]
fn a_list_of_deliverables_without_effect_is_told_for_one_run_too() {
    let fee = ["fee.concept.amount=20", "fee.concept.per=project", "fee.concept.deliverables=pdp-hero"];
    let run = set_all(CONTRACT, &fee);
    assert!(run.stdout.contains(r#""fee-key-unused""#), "{}", run.stdout);
    let run = set_all(CONTRACT, &["fee.concept.amount=20", "fee.concept.per=final", "fee.concept.deliverables="]);
    assert!(run.stdout.contains(r#""fee-names-none""#), "{}", run.stdout);
}

#[test]
fn a_change_that_measured_tokens_do_not_follow_is_told() {
    let measured = format!("{CONTRACT}tokens = {{ output = 6204 }}\n");
    let total =
        |run: &Answer| serde_json::from_str::<serde_json::Value>(&run.stdout).unwrap()["totals"]["total"].clone();
    let plain = total(&set_all(&measured, &[]));
    for change in ["size=2k", "quality=low", "ratio=1:1"] {
        let own = format!("deliverable.pdp-hero.{change}");
        let run = set_all(&measured, &[&own]);
        let told = run.stdout.matches(r#""set-no-effect""#).count();
        let same = total(&run) == plain;
        assert_eq!(told == 1, same, "{change}: {}", run.stdout);
        // The deliverable has a size and a quality of its own: the assumption changes nothing there and says nothing of tokens.
        assert!(!set_all(&measured, &[change]).stdout.contains("set-no-effect"), "{change}");
    }
    let inherits = measured.replace("size = \"1024x1280\"\nquality = \"high\"\n", "");
    for change in ["size=2k", "quality=low"] {
        let run = set_all(&inherits, &[change]);
        assert_eq!(run.stdout.matches("\"set-no-effect\"").count(), 1, "{change}: {}", run.stdout);
    }
    assert!(!set_all(CONTRACT, &["deliverable.pdp-hero.size=2k"]).stdout.contains("set-no-effect"));
}

/// What `retake estimate` prints of a project that is compared with a card of its own.
fn compared_with(card: &str, format: &str) -> Answer {
    let text = format!(
        "retake = 1\n[bills]\ncompare = [\"shop\"]\n[card.shop]\nname = \"Shop\"\n{card}\n[deliverable.a]\nfinals = 20\n\
         quality = \"high\"\nretry = 2\n"
    );
    let folder = folder_with(&[("a.toml", &text)]);
    answer(folder.path(), &format!("estimate {{}}/a.toml --format {format}"), "")
}

#[test]
fn a_card_without_a_date_or_with_one_to_come_is_told() {
    let kinds = [
        "kind = \"per image\"\nprice = 0.001",
        "kind = \"credits per image\"\nprice = 1\nusd_per_credit = 0.001",
        "kind = \"tokens\"\ndiscount = \"90%\"",
        "kind = \"credits per token\"\nusd_per_credit = 0.001\n\
         standard = { image_output = 30, image_input = 8, text_input = 5 }",
    ];
    for kind in kinds {
        for (checked, code) in
            [("", None), ("checked = 2031-01-01", Some(r#""price-dated-ahead""#)), ("checked = 2026-11-20", None)]
        {
            let card = format!("{kind}\n{checked}");
            let json = compared_with(&card, "json").stdout;
            assert_eq!(json.contains(r#""price-dated-ahead""#), code.is_some(), "{card}: {json}");
            let text = compared_with(&card, "text").stdout.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(text.contains("list prices: Shop"), "{card} is the lowest: {text}");
            assert_eq!(text.contains("no date on its prices"), checked.is_empty(), "{card}: {text}");
        }
    }
}

#[test]
fn a_total_that_is_left_to_the_model_is_printed_with_its_bracket() {
    let text =
        "retake = 1\n[assumptions]\nmarkup = \"15%\"\n[deliverable.a]\nfinals = 20\nquality = \"auto\"\nretry = 2\n";
    for (text, is_open) in [(text.to_owned(), true), (text.replace("auto", "high"), false)] {
        let folder = folder_with(&[("a.toml", &text)]);
        for format in ["text", "markdown"] {
            let printed = answer(folder.path(), &format!("estimate {{}}/a.toml --format {format}"), "").stdout;
            let total = printed.lines().find(|row| row.contains("TOTAL")).unwrap_or_else(|| panic!("{printed}"));
            assert_eq!(total.contains("unknown: $") && total.contains(" to $"), is_open, "{format}: {total}");
        }
    }
}
