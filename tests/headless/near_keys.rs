//! Misspelled keys at every level of the file, made from the table of keys; and keys of one's own, which are none.

use crate::commands::{answer, folder_with};
use crate::texts::Dice;
use retake::cli::{Answer, Exit};
use retake::cost::{Knob, Setting, Value};
use retake::project::known_keys;
use std::fs;
use std::path::Path;

/// A sound project with each kind of table, by the way in which a file spells the table; `KEY` is where a key goes.
const TABLES: &[(&str, &str)] = &[
    ("", "KEY = 1\nretake = 1\n[deliverable.a]\nfinals = 1\n"),
    (
        "[exchange]",
        "retake = 1\ncurrency = \"JPY\"\n[exchange]\nKEY = 1\nrate = 150\nas_of = 2026-11-20\n[deliverable.a]\nfinals = 1\n",
    ),
    ("[assumptions]", "retake = 1\n[assumptions]\nKEY = 1\n[deliverable.a]\nfinals = 1\n"),
    ("[deliverable.KEY]", "retake = 1\n[deliverable.a]\nKEY = 1\nfinals = 1\n"),
    (
        "[deliverable.KEY.explore]",
        "retake = 1\n[deliverable.a]\nfinals = 1\n[deliverable.a.explore]\nKEY = 1\ndrafts_per_final = 2\n",
    ),
    (
        "[fee.NAME]",
        "retake = 1\n[fee.retouching]\nKEY = 1\namount = 4.50\nper = \"final\"\n[deliverable.a]\nfinals = 1\n",
    ),
    ("[risk.NAME]", "retake = 1\n[risk.day]\nKEY = 1\nchance = \"10%\"\namount = 4.50\n[deliverable.a]\nfinals = 1\n"),
    ("[scenario.NAME]", "retake = 1\n[deliverable.a]\nfinals = 1\n[scenario.x]\nKEY = 1\nassumptions.retry = 2\n"),
    (
        "[scenario.NAME.deliverable.KEY]",
        "retake = 1\n[deliverable.a]\nfinals = 1\n[scenario.x.deliverable.a]\nKEY = 1\nfinals = 2\n",
    ),
    ("[baseline]", "retake = 1\n[baseline]\nKEY = 1\ntotal = 5\non = 2026-11-18\n[deliverable.a]\nfinals = 1\n"),
    (
        "[retry_profile.NAME]",
        "retake = 1\n[retry_profile.ours]\nKEY = 1\nfactor = 2\n[deliverable.a]\nfinals = 1\nretry = \"ours\"\n",
    ),
    ("retry = { … }", "retake = 1\n[deliverable.a]\nfinals = 1\n[deliverable.a.retry]\nKEY = 1\nfactor = 2\n"),
    ("tokens = { … }", "retake = 1\n[deliverable.a]\nfinals = 1\n[deliverable.a.tokens]\nKEY = 1\noutput = 5\n"),
    (
        "[rates.\"openai/MODEL\"]",
        "retake = 1\n[rates.\"openai/gpt-image-2\"]\nKEY = 1\nchecked = 2026-11-20\n\
         standard = { image_output = 30, image_input = 8, text_input = 5 }\n[deliverable.a]\nfinals = 1\n",
    ),
    (
        "standard = { … }",
        "retake = 1\n[rates.\"openai/gpt-image-2\"]\nchecked = 2026-11-20\n[rates.\"openai/gpt-image-2\".standard]\n\
         KEY = 1\nimage_output = 30\nimage_input = 8\ntext_input = 5\n[deliverable.a]\nfinals = 1\n",
    ),
    ("[bills]", "retake = 1\n[bills]\nKEY = 1\n[deliverable.a]\nfinals = 1\n"),
    (
        "[card.ID]",
        "retake = 1\n[card.mine]\nKEY = 1\nkind = \"per image\"\nprice = \"0.05\"\n[deliverable.a]\nfinals = 1\n",
    ),
    (
        "tier.NAME = { … }",
        "retake = 1\n[card.mine]\nkind = \"per image\"\n[card.mine.tier.small]\nKEY = 1\nlong_edge = 4000\nprice = \"0.05\"\n\
         [deliverable.a]\nfinals = 1\n",
    ),
    (
        "price = { … }",
        "retake = 1\n[card.mine]\nkind = \"per image\"\n[card.mine.price]\nKEY = 1\nlow = \"0.05\"\n\
         [deliverable.a]\nfinals = 1\n",
    ),
    (
        "pack.NAME = { … }",
        "retake = 1\n[card.mine]\nkind = \"credits per image\"\nprice = \"5\"\n[card.mine.pack.one]\nKEY = 1\nusd = 5\n\
         credits = 50\n[deliverable.a]\nfinals = 1\n",
    ),
    (
        "plan.NAME = { … }",
        "retake = 1\n[card.mine]\nkind = \"credits per image\"\nprice = \"5\"\n[card.mine.plan.one]\nKEY = 1\nusd = 5\n\
         per = \"month\"\ncredits = 50\n[deliverable.a]\nfinals = 1\n",
    ),
];

fn with(table: &str, line: &str) -> String {
    table.replacen("KEY = 1", line, 1)
}

fn check(folder: &Path, text: &str) -> Answer {
    fs::write(folder.join("a.toml"), text).unwrap();
    answer(folder, "check {}/a.toml", "")
}

/// The key with one letter left out, added, replaced, or swapped with its neighbour; and with two of these if it is long.
fn misspelled(key: &str) -> Vec<String> {
    let letters: Vec<char> = key.chars().collect();
    let middle = letters.len() / 2;
    let edit = |change: &dyn Fn(&mut Vec<char>)| {
        let mut wrong = letters.clone();
        change(&mut wrong);
        wrong.into_iter().collect::<String>()
    };
    let mut all = vec![
        edit(&|wrong| _ = wrong.remove(middle)),
        edit(&|wrong| _ = wrong.pop()),
        edit(&|wrong| wrong.push('q')),
        edit(&|wrong| wrong.insert(1, 'q')),
        edit(&|wrong| wrong[middle] = 'q'),
        edit(&|wrong| wrong.swap(0, 1)),
        edit(&|wrong| wrong.swap(middle - 1, middle)),
        edit(&|wrong| wrong[0] = wrong[0].to_ascii_uppercase()),
    ];
    if letters.len() > 5 {
        all.push(edit(&|wrong| {
            wrong.remove(0);
            wrong.push('q');
        }));
        all.push(edit(&|wrong| {
            wrong.swap(0, 1);
            wrong[middle + 1] = 'q';
        }));
    }
    all
}

#[test]
fn every_table_of_the_format_is_gone_over() {
    let ours: Vec<&str> = TABLES.iter().map(|(place, _)| *place).collect();
    let known: Vec<&str> = known_keys().into_iter().map(|(place, _)| place).collect();
    assert_eq!(ours, known);
    let folder = folder_with(&[]);
    for (place, table) in TABLES {
        let sound = check(folder.path(), &with(table, "x-own = 1"));
        assert_eq!(sound.exit, Exit::Done, "{place}: {}", sound.stderr);
        assert!(!sound.stderr.contains("x-own") && !sound.stderr.contains("warning"), "{place}: {}", sound.stderr);
    }
}

#[test]
fn a_slip_in_any_key_is_an_error_that_names_the_key() {
    let folder = folder_with(&[]);
    let (mut tried, mut wrong) = (0, Vec::new());
    for ((place, table), (_, keys)) in TABLES.iter().zip(known_keys()) {
        for key in keys.iter().filter(|key| key.len() > 2) {
            for slip in misspelled(key) {
                // A swap of two equal letters is none, and a slip may hit another key.
                if keys.contains(&slip.as_str()) {
                    continue;
                }
                tried += 1;
                let found = check(folder.path(), &with(table, &format!("{slip} = 1")));
                let line = found.stderr.lines().find(|line| line.contains(&slip)).unwrap_or_default();
                // Another key may be as near, or nearer.
                let near = distance(&slip.to_lowercase(), key);
                let is_named = |key: &&&str| {
                    ["did you mean {}?", "or write {} if you mean that"]
                        .iter()
                        .any(|said| line.contains(&said.replace("{}", key)))
                };
                let named = keys.iter().filter(is_named).any(|key| distance(&slip.to_lowercase(), key) <= near);
                if found.exit != Exit::BadInput || !line.contains(": error: ") || !named {
                    wrong.push(format!("{place} {slip} for {key}: {}", found.stderr));
                }
            }
        }
    }
    assert!(tried > 800, "{tried}");
    assert!(wrong.is_empty(), "{} of {tried}\n{}", wrong.len(), wrong.join("\n"));
}

/// The distance of two names by the textbook: a table of prefixes, apart from the program's own search.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replaced.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[test]
fn keys_of_ones_own_are_never_an_error() {
    let folder = folder_with(&[]);
    let mut dice = Dice::new(11);
    let tables = known_keys();
    let everywhere: Vec<&str> = tables.iter().flat_map(|(_, keys)| keys.iter().copied()).collect();
    let near = |own: &str, key: &str| {
        let most = if key.len() <= 5 { 1 } else { 2 };
        key.len() > 2 && distance(own, key) <= most
    };
    let mut tried = 0;
    while tried < 1000 {
        let own: String = (0..3 + dice.below(10)).map(|_| char::from(b'a' + dice.below(26) as u8)).collect();
        let at = dice.below(TABLES.len());
        if everywhere.contains(&own.as_str()) || tables[at].1.iter().any(|key| near(&own, key)) {
            continue;
        }
        tried += 1;
        let found = check(folder.path(), &with(TABLES[at].1, &format!("{own} = 1")));
        assert_eq!(found.exit, Exit::Done, "{own} in {}: {}", TABLES[at].0, found.stderr);
        assert!(found.stderr.contains(&format!("warning: unknown key {own}")), "{own}: {}", found.stderr);
    }
}

#[test]
fn a_crowd_of_own_keys_hides_no_slip() {
    let folder = folder_with(&[]);
    let crowd: String = (0..3000).map(|n| format!("sky_colour_{n} = 1\n")).collect();
    let found = check(folder.path(), &format!("retake = 1\n[deliverable.a]\nfinals = 1\n{crowd}bufer = \"9%\"\n"));
    assert_eq!(found.exit, Exit::BadInput);
    assert!(found.stderr.contains("unknown key bufer; did you mean buffer?"));
}

/// Keys and tables of one's own at every level are never reported, and every save and merge keeps them.
#[test]
fn keys_that_begin_with_x_are_ones_own() {
    let text = "retake = 1\nx-owner = \"me\"\nname = \"n\"\n\n[x-tool]\nfinal = 1\napi_key = \"s\"\n\n[assumptions]\nx-a = 1\n\
        buffer = \"20%\"\nretry = 2\n\n[deliverable.a]\nfinals = 1\nx-count = 2\nx-token = \"t\"\n\n[deliverable.a.x-more]\ndeep = [1]\n\n\
        [deliverable.b]\nfinals = 2\n";
    let folder = folder_with(&[]);
    let found = check(folder.path(), text);
    assert_eq!((found.exit, found.stderr.as_str()), (Exit::Done, ""));
    // A deliverable's name is no key: one that begins so counts like any other.
    let named = check(folder_with(&[]).path(), "retake = 1\n[deliverable.x-mas]\n");
    assert_eq!(named.exit, Exit::BadInput, "{}", named.stderr);
    // One side changes the finals of a, the other those of b; what is one's own stays where it is.
    let (ours, theirs) = (text.replace("finals = 1", "finals = 7"), text.replace("finals = 2\n", "finals = 9\n"));
    for (name, side) in [("base", text), ("ours", &ours), ("theirs", &theirs)] {
        fs::write(folder.path().join(name), side).unwrap();
    }
    let merged = answer(folder.path(), "merge {}/base {}/ours {}/theirs", "");
    assert_eq!(merged.exit, Exit::Done, "{}", merged.stderr);
    let both = ours.replace("finals = 2\n", "finals = 9\n");
    assert_eq!(fs::read_to_string(folder.path().join("ours")).unwrap(), both);
    let file = folder.path().join("a.toml");
    let before = retake::project::open::open(&file, retake::rates::built_in().unwrap()).unwrap().reading.budget;
    let mut after = before.clone();
    after.lines[1].settings.put(Knob::Finals, Some(Setting::Value(Value::Count(9))));
    let saved = retake::project::write::updated(text.as_bytes(), &before, &mut after).unwrap();
    assert_eq!(String::from_utf8(saved).unwrap(), text.replace("finals = 2\n", "finals = 9\n"));
}

#[test]
fn a_slip_in_a_scenario_is_an_error_that_names_the_key() {
    let folder = folder_with(&[]);
    let rows = [
        ("[scenario.x]\nnmae = \"y\"\n", "unknown key nmae; did you mean name?"),
        ("[scenario.x]\nassumption.retry = 2.5\n", "unknown key assumption; did you mean assumptions?"),
        ("[scenario.x]\nassumptions.bufer = \"9%\"\n", "unknown key bufer; did you mean buffer?"),
        ("[scenario.x.deliverable.a]\nfinal = 5\n", "unknown key final; did you mean finals?"),
        ("[scenario.x.deliverable.a]\nremoved = true\n", "unknown key removed; did you mean remove?"),
        ("[scenario.x]\ndeliverable.a.tokens.ouput = 5\n", "unknown key ouput; did you mean output?"),
        ("[scenario.x]\nassumptions.tokens = { ouput = 5 }\n", "unknown key ouput; did you mean output?"),
        ("[scenario.x.deliverable.a.explore]\nqualiti = \"low\"\n", "unknown key qualiti; did you mean quality?"),
    ];
    for (scenario, said) in rows {
        let found = check(folder.path(), &format!("retake = 1\n[deliverable.a]\nfinals = 1\n{scenario}"));
        let errors: Vec<&str> =
            found.stderr.lines().filter_map(|line| line.split_once(": error: ")).map(|(_, told)| told).collect();
        assert_eq!((found.exit, errors), (Exit::BadInput, vec![said]), "{scenario}: {}", found.stderr);
    }
    for sound in [
        "[scenario.x]\nname = \"y\"\nnote = \"z\"\nx-own = 1\nassumptions.retry = 2.5\nwas = { \"deliverable.a.finals\" = 1 }\n",
        "[scenario.x.deliverable.final]\nfinals = 5\nremove = true\n[scenario.x.fee.final]\namount = 1\n",
        "[scenario.x]\nx-nmae = 1\n",
    ] {
        let found = check(folder.path(), &format!("retake = 1\n[deliverable.a]\nfinals = 1\n{sound}"));
        assert_eq!(found.exit, Exit::Done, "{sound}: {}", found.stderr);
    }
}
