//! `retake check` as a guard: it must not pass what it cannot read, nor vouch for nothing.

use crate::commands::{CONTRACT, answer, folder_with};
use retake::cli::{Answer, Exit};
use std::fs;
use std::path::Path;

/// A case that once failed, kept beside the tests.
fn case(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/headless/guards").join(name);
    fs::read_to_string(path).unwrap()
}

fn checked(text: &str) -> Answer {
    let folder = folder_with(&[("a.toml", text)]);
    answer(folder.path(), "check {}/a.toml", "")
}

/// Problems of one level: each line without its place.
fn told<'a>(answer: &'a Answer, level: &str) -> Vec<&'a str> {
    let mark = format!(": {level}: ");
    answer.stderr.lines().filter_map(|line| line.split_once(mark.as_str()).map(|(_, told)| told)).collect()
}

#[test]
fn a_misspelled_table_and_key_are_two_errors_that_name_the_right_ones() {
    let found = checked(&case("near-miss.toml"));
    assert_eq!(found.exit, Exit::BadInput);
    assert_eq!(
        told(&found, "error"),
        ["unknown key assumption; did you mean assumptions?", "unknown key final; did you mean finals?"]
    );
    assert_eq!(found.stdout, "");
    // Elsewhere they are warnings, and the figures are there.
    let folder = folder_with(&[("a.toml", &case("near-miss.toml"))]);
    let estimate = answer(folder.path(), "estimate {}/a.toml --format json", "");
    assert_eq!(estimate.exit, Exit::Done, "{}", estimate.stderr);
    assert_eq!(estimate.stdout.matches("key-near-miss").count(), 2, "{}", estimate.stdout);
}

#[test]
fn an_inherited_problem_is_told_once_with_its_heirs() {
    let text = case("inherited-problem.toml");
    let found = checked(&text);
    assert_eq!(found.exit, Exit::BadInput);
    for level in ["error", "note"] {
        let [only] = told(&found, level)[..] else { panic!("{level}: {}", found.stderr) };
        assert!(only.contains("; 12 deliverables inherit it"), "{only}");
    }
    let places: Vec<&str> = found.stderr.lines().filter_map(|line| line.split("a.toml:").nth(1)).collect();
    assert!(places[0].starts_with("3:10: ") && places[1].starts_with("4:8: "), "{places:?}");
    assert_eq!(found.stderr.lines().count(), 3, "two problems and their number: {}", found.stderr);
    let folder = folder_with(&[("a.toml", &text)]);
    let json = answer(folder.path(), "estimate {}/a.toml --format json", "").stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let keys: Vec<&str> =
        json["issues"].as_array().unwrap().iter().map(|issue| issue["key"].as_str().unwrap()).collect();
    assert_eq!(keys, ["assumptions.buffer", "assumptions.size"]);
}

#[test]
fn one_cause_is_one_message() {
    let three = "[deliverable.a]\nfinals = 1\n[deliverable.b]\nfinals = 1\n[deliverable.c]\nfinals = 1\n";
    let shared = "3 deliverables inherit it";
    let rows = [
        ("[assumptions]\nmodel = \"gpt-image-9\"\n", "error", "there is no model \"gpt-image-9\"", shared),
        ("[assumptions]\nretry = \"nobody\"\n", "error", "there is no retry profile", shared),
        ("[assumptions]\nbuffer = 20\n", "error", "needs a percent sign", shared),
        ("[assumptions]\nquality = \"xhigh\"\n", "error", "has no xhigh quality", shared),
        ("[assumptions]\nsize = \"1000x1000\"\n", "error", "does not take 1000×1000", shared),
        ("[assumptions]\nfinals = 3\n", "error", "finals has no meaning in [assumptions]", ""),
        ("[assumptions]\nbuffer = \"2%\"\n", "note", "a buffer of 2 % is unusual", shared),
        (
            "[assumptions]\nmodel = \"gpt-image-2.6-flare\"\nquality = \"low\"\n",
            "warning",
            "is not published",
            "3 deliverables",
        ),
        (
            "[assumptions]\nservice_tier = \"batch\"\n[rates.\"openai/gpt-image-2\"]\nchecked = 2026-11-01\n\
             standard = { image_output = 30, image_input = 8, text_input = 5 }\n",
            "warning",
            "has no batch rate",
            "3 deliverables",
        ),
    ];
    for (head, level, said, heirs) in rows {
        let found = checked(&format!("retake = 1\n{head}{three}"));
        let of_it: Vec<&str> = found.stderr.lines().filter(|line| line.contains(said)).collect();
        assert_eq!(of_it.len(), 1, "{head}: {}", found.stderr);
        assert!(of_it[0].contains(heirs), "{head}: {}", found.stderr);
        if level == "error" {
            assert_eq!(told(&found, "error").len(), 1, "nothing follows: {}", found.stderr);
            assert!(!found.stderr.contains("the total is unknown"), "{}", found.stderr);
        }
    }
}

#[test]
fn a_preset_and_a_team_file_pass_on_one_problem() {
    let team = "retake = 1\n[assumptions]\nbuffer = \"2%\"\nsize = \"1000x1000\"\nretry = 2\n";
    let own = "retake = 1\nextends = \"team.toml\"\n[deliverable.a]\nfinals = 1\n[deliverable.b]\nfinals = 1\n";
    let folder = folder_with(&[("team.toml", team), ("a.toml", own)]);
    let found = answer(folder.path(), "check {}/a.toml", "");
    assert_eq!(found.exit, Exit::BadInput);
    for level in ["error", "note"] {
        let [only] = told(&found, level)[..] else { panic!("{level}: {}", found.stderr) };
        assert!(only.contains("2 deliverables inherit it"), "{only}");
    }
    assert_eq!(found.stderr.matches("team.toml:").count(), 2, "{}", found.stderr);
    let preset = "preset = \"paid-social\"\nmodel = \"dall-e-2\"\nfinals = 1\n";
    let of_presets = checked(&format!("retake = 1\n[deliverable.a]\n{preset}[deliverable.b]\n{preset}"));
    let doubled: Vec<&str> = told(&of_presets, "error");
    let mut once = doubled.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(doubled.len(), once.len(), "{}", of_presets.stderr);
}

#[test]
fn nothing_to_count_is_a_problem() {
    let rows = [
        ("retake = 1\n", 1, "no deliverables"),
        ("retake = 1\n[deliverable]\n", 1, "no deliverables"),
        ("retake = 1\n[deliverable.a]\n", 1, "[deliverable.a] has no finals"),
        ("retake = 1\n[deliverable.a]\nfinals = 0\n", 1, "[deliverable.a] has no finals"),
        (
            "retake = 1\n[deliverable.a]\nfinals = 1\n[deliverable.b]\n[deliverable.c]\n",
            2,
            "[deliverable.c] has no finals",
        ),
        ("retake = 1\n[deliverables.a]\nfinals = 5000\n", 1, "did you mean deliverable?"),
        ("retake = 1\n[deliverable.a]\nfinal = 5000\n", 1, "did you mean finals?"),
        ("retake = 1\ndeliverable = 5\n", 1, "deliverable"),
        ("retake = 1\n[deliverable.a]\nfinals = \"x\"\n", 1, "finals"),
    ];
    for (text, errors, said) in rows {
        let found = checked(text);
        assert_eq!(found.exit, Exit::BadInput, "{text}");
        assert_eq!(told(&found, "error").len(), errors, "{text}: {}", found.stderr);
        assert!(found.stderr.contains(said), "{text}: {}", found.stderr);
    }
    let folder = folder_with(&[("a.toml", "retake = 1\n[deliverable.a]\n"), ("b.toml", "retake = 1\n")]);
    for (file, code) in [("a", "no-finals"), ("b", "no-deliverables")] {
        let estimate = answer(folder.path(), &format!("estimate {{}}/{file}.toml --format json"), "");
        assert_eq!(estimate.exit, Exit::Done);
        let json: serde_json::Value = serde_json::from_str(&estimate.stdout).unwrap();
        let issue = &json["issues"][0];
        assert_eq!((&issue["code"], &issue["level"]), (&code.into(), &"note".into()), "{json}");
    }
    // A change for one run counts.
    let set = answer(folder.path(), "check {}/a.toml --set deliverable.a.finals=2", "");
    assert_eq!(set.exit, Exit::Done, "{}", set.stderr);
}

#[test]
fn many_files_are_checked_each_by_itself() {
    let over = CONTRACT.replace("\n[del", "[assumptions]\ncap = 11.00\n\n[del");
    let (good, wrong) = (("good.toml", CONTRACT), ("wrong.toml", "retake = 1\n[deliverable.a]\nfinal = 1\n"));
    let folder = folder_with(&[good, wrong, ("over.toml", &over)]);
    let rows = [
        ("good", Exit::Done),
        ("good over", Exit::OverBudget),
        ("over wrong", Exit::BadInput),
        ("wrong over", Exit::BadInput),
        ("nowhere over good", Exit::OverBudget),
        ("nowhere good", Exit::Failed),
        ("nowhere wrong", Exit::BadInput),
    ];
    for (names, exit) in rows {
        let files: String = names.split(' ').map(|name| format!(" {{}}/{name}.toml")).collect();
        let found = answer(folder.path(), &format!("check{files}"), "");
        assert_eq!(found.exit, exit, "{names}: {}", found.stderr);
        for line in found.stdout.lines().chain(found.stderr.lines()) {
            assert!(line.starts_with(folder.path().to_str().unwrap()), "{names}: {line}");
        }
        for name in names.split(' ') {
            let file = format!("{name}.toml");
            assert!(found.stdout.contains(&file) || found.stderr.contains(&file), "{names}: {found:?}");
        }
    }
    let max = answer(folder.path(), "check {}/good.toml {}/good.toml --max 5", "");
    assert_eq!((max.exit, max.stderr.matches("2 problems").count()), (Exit::OverBudget, 0));
    assert_eq!(max.stderr.matches("1 problem\n").count(), 2, "{}", max.stderr);
    let refused = answer(folder.path(), "check {}/good.toml {}/over.toml --set buffer=15", "");
    assert_eq!((refused.exit, refused.stderr.matches("write 15%").count()), (Exit::BadInput, 2), "{}", refused.stderr);
}

#[test]
fn what_files_share_is_told_once() {
    let team = "retake = 1\n[assumptions]\nbuffer = 15\n";
    let own = "retake = 1\nextends = \"team.toml\"\n[deliverable.a]\nfinals = 1\nretry = 2\n";
    let folder = folder_with(&[("team.toml", team), ("a.toml", own), ("b.toml", own)]);
    let found = answer(folder.path(), "check {}/a.toml {}/b.toml", "");
    assert_eq!(found.stderr.matches("needs a percent sign").count(), 1, "{}", found.stderr);
    assert_eq!(found.stderr.matches(": 1 problem\n").count(), 2, "{}", found.stderr);
    let github = answer(folder.path(), "check {}/a.toml {}/b.toml --format github", "").stdout;
    assert_eq!(github.lines().count(), 1, "{github}");
}

#[test]
fn json_holds_every_file_with_its_own_outcome() {
    let capped = CONTRACT.replace("\n[del", "[assumptions]\ncap = 11.00\n\n[del");
    let unpriced = format!("{CONTRACT}model = \"gpt-image-2.6-flare\"\n").replace("\"high\"", "\"low\"");
    let folder = folder_with(&[("a.toml", CONTRACT), ("capped.toml", &capped), ("unpriced.toml", &unpriced)]);
    let found = answer(folder.path(), "check {}/a.toml {}/capped.toml {}/unpriced.toml {}/none.toml --format json", "");
    assert_eq!((found.exit, found.stderr.as_str()), (Exit::OverBudget, ""));
    let json: serde_json::Value = serde_json::from_str(&found.stdout).unwrap();
    assert_eq!(json["schema"], 1);
    let files = json["files"].as_array().unwrap();
    let exits: Vec<u64> = files.iter().map(|file| file["exit"].as_u64().unwrap()).collect();
    assert_eq!(exits, [0, 3, 0, 1]);
    assert_eq!(files[0]["total"], "11.0990592");
    assert_eq!((&files[0]["cap"], &files[1]["cap"]), (&serde_json::Value::Null, &"11".into()));
    assert_eq!((&files[2]["total"], &files[3]["total"]), (&serde_json::Value::Null, &serde_json::Value::Null));
    assert_eq!(files[1]["issues"][0]["code"], "over-cap");
    assert_eq!(files[3]["issues"][0]["code"], "missing");
    let keys: Vec<&String> = files[0].as_object().unwrap().keys().collect();
    for key in ["file", "exit", "total", "cap", "issues"] {
        assert!(keys.iter().any(|known| *known == key), "{key}: {keys:?}");
    }
    let max = answer(folder.path(), "check {}/unpriced.toml --max 100 --format json", "");
    let json: serde_json::Value = serde_json::from_str(&max.stdout).unwrap();
    assert_eq!((max.exit, &json["files"][0]["cap"]), (Exit::OverBudget, &"100".into()), "{json}");
}

#[test]
fn annotations_escape_what_would_end_them() {
    let text = "retake = 1\n[deliverable.\"a%b,c:d\"]\nfinals = 1\nbuffer = \"2%\"\nfinalz = 1\nsky = \"\"\n";
    let folder = folder_with(&[("a,b:c%d.toml", text)]);
    let found = answer(folder.path(), "check {}/a,b:c%d.toml --format github", "");
    assert_eq!((found.exit, found.stderr.as_str()), (Exit::BadInput, ""));
    let lines: Vec<&str> = found.stdout.lines().collect();
    let head = |level: &str, place: &str| {
        let file = format!("{}/a,b:c%d.toml", folder.path().to_str().unwrap());
        let file = file.replace('%', "%25").replace(':', "%3A").replace(',', "%2C");
        format!("::{level} file={file},{place}::")
    };
    for (level, place, said) in [
        ("error", "line=5,col=1", "did you mean finals?"),
        ("warning", "line=6,col=1", "unknown key sky"),
        ("notice", "line=4,col=10", "a buffer of 2 %25 is unusual"),
    ] {
        let head = head(level, place);
        assert!(lines.iter().any(|line| line.starts_with(&head) && line.contains(said)), "{head}{said}: {lines:#?}");
    }
    let sound = folder_with(&[("a.toml", CONTRACT)]);
    assert_eq!(answer(sound.path(), "check {}/a.toml --format github", "").stdout, "");
}

#[test]
fn an_approximate_price_counts_and_is_told() {
    let derived = format!("{CONTRACT}model = \"gpt-image-2.6-flare\"\n").replace("references", "# references");
    let weak = format!(
        "{CONTRACT}[rates.\"openai/gpt-image-2\"]\nchecked = 2026-11-01\ngrade = \"C\"\nsource = \"hearsay\"\n\
         standard = {{ image_output = 30, image_input = 8, text_input = 5 }}\n"
    );
    for text in [derived, weak] {
        let found = checked(&text);
        assert_eq!(found.exit, Exit::Done, "{}", found.stderr);
        assert_eq!(told(&found, "warning").iter().filter(|told| told.starts_with('≈')).count(), 1, "{}", found.stderr);
        assert!(found.stdout.contains("is sound: $") || found.stdout.contains("is sound: ≈$"), "{}", found.stdout);
    }
    assert_eq!(checked(CONTRACT).stderr, "");
}

#[test]
fn a_percentage_needs_its_sign_in_every_knob() {
    let folder = folder_with(&[("a.toml", CONTRACT)]);
    let rows = [
        ("buffer=0.2", "write 20%, or 0.2%"),
        ("buffer=15", "write 15%"),
        ("assumptions.buffer=15", "write 15%"),
        ("deliverable.pdp-hero.buffer=15", "write 15%"),
        ("cached_input=0.5", "write 50%, or 0.5%"),
        ("deliverable.pdp-hero.cached_input=50", "write 50%"),
        ("buffer=0", "write 0%"),
    ];
    for command in ["estimate", "check"] {
        for (change, said) in rows {
            let found = answer(folder.path(), &format!("{command} {{}}/a.toml --set {change}"), "");
            assert_eq!(found.exit, Exit::BadInput, "{command} {change}");
            assert!(found.stderr.contains(said), "{command} {change}: {}", found.stderr);
        }
        let signed =
            answer(folder.path(), &format!("{command} {{}}/a.toml --set buffer=15% --set cached_input=5%"), "");
        assert_eq!(signed.exit, Exit::Done, "{}", signed.stderr);
    }
}

#[test]
fn a_file_that_is_no_project_is_told_once() {
    let folder = folder_with(&[
        ("Cargo.toml", "[package]\nname = \"x\"\nversion = \"0.1.0\"\n\n[dependencies]\ntoml = \"1\"\n"),
        ("py.toml", "[build-system]\nrequires = []\n[project]\nname = \"x\"\n[tool.ruff]\nline-length = 9\n"),
        ("list.csv", "Name,Finals\nHero,24\nStory,\"12\"\n"),
        ("data.json", "{\n  \"name\": \"x\",\n  \"items\": [1, 2]\n}\n"),
        ("prose.md", "# Title\n\nSome text, and more.\n"),
    ]);
    fs::write(folder.path().join("picture.png"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe").unwrap();
    let names = ["Cargo.toml", "py.toml", "list.csv", "data.json", "prose.md", "picture.png"];
    for name in names {
        for command in ["check", "estimate"] {
            let found = answer(folder.path(), &format!("{command} {{}}/{name}"), "");
            assert_eq!(found.exit, Exit::BadInput, "{name}");
            let [only] = told(&found, "error")[..] else { panic!("{name}: {}", found.stderr) };
            assert!(only.starts_with("this is not a retake project"), "{name}: {only}");
            assert!(!found.stderr.contains("warning"), "{name}: {}", found.stderr);
        }
    }
    // Ours all the same: each of these says what is wrong in it.
    let ours = [
        ("retake = 1\nx = 0x\ny = 0b_\n[deliverable.a]\nfinals = 1\n", 2),
        ("[deliverable.a]\nfinals = 1\n", 1),
        ("retak = 1\n[deliverable.a]\nfinals = 1\n", 1),
        ("[deliverable.a\nfinals = 1\n", 1),
        ("name = \"x\"\n", 2),
    ];
    for (text, errors) in ours {
        let found = checked(text);
        assert!(!found.stderr.contains("not a retake project"), "{text}: {}", found.stderr);
        assert_eq!(told(&found, "error").len(), errors, "{text}: {}", found.stderr);
    }
    let elsewhere = checked(&case("not-toml-elsewhere.toml"));
    assert_eq!(elsewhere.exit, Exit::BadInput);
    let lines: Vec<bool> = [":2:5: error", ":3:7: error"].map(|place| elsewhere.stderr.contains(place)).to_vec();
    assert_eq!(lines, [true, true], "{}", elsewhere.stderr);
}

#[test]
fn a_name_without_its_ending_finds_the_file() {
    let folder = folder_with(&[
        ("spring.retake.toml", CONTRACT),
        ("plain.toml", CONTRACT),
        ("both.toml", CONTRACT),
        ("both.retake.toml", CONTRACT),
        ("exact", CONTRACT),
        ("exact.toml", "retake = 1\n"),
    ]);
    for command in ["check {}/spring", "estimate {}/plain", "check {}/exact", "rates list --project {}/spring"] {
        let found = answer(folder.path(), command, "");
        assert_eq!(found.exit, Exit::Done, "{command}: {}", found.stderr);
    }
    assert!(answer(folder.path(), "check {}/spring", "").stdout.contains("spring.retake.toml is sound"));
    assert_eq!(answer(folder.path(), "new {}/n1 --from {}/spring", "").exit, Exit::Done);
    // A folder of that name beside it is no project.
    for name in ["spring", "alone"] {
        std::fs::create_dir(folder.path().join(name)).unwrap();
    }
    assert!(answer(folder.path(), "check {}/spring", "").stdout.contains("spring.retake.toml is sound"));
    assert!(answer(folder.path(), "check {}/alone", "").stderr.contains("alone is a folder"));
    for command in ["check {}/both", "estimate {}/both", "rates list --project {}/both", "{}/both"] {
        let found = answer(folder.path(), command, "");
        assert_eq!(found.exit, Exit::BadInput, "{command}");
        assert!(found.stderr.contains("both.retake.toml or "), "{command}: {}", found.stderr);
    }
    assert_eq!(answer(folder.path(), "check {}/nowhere", "").exit, Exit::Failed);
}

#[test]
fn help_and_misspelled_commands_are_answered() {
    let folder = folder_with(&[]);
    let ask = |command: &str| answer(folder.path(), command, "");
    assert_eq!(ask("help").stdout, ask("--help").stdout);
    for command in ["estimate", "check", "rates", "man"] {
        assert_eq!(ask(&format!("help {command}")).stdout, ask(&format!("{command} --help")).stdout);
        assert_eq!(ask(&format!("help {command}")).exit, Exit::Done);
    }
    for (wrong, right) in [
        ("estimat", "estimate"),
        ("estimat {}/a.toml --format json", "estimate"),
        ("chek", "check"),
        ("Check", "check"),
        ("hlep", "help"),
        ("help estimat", "estimate"),
        ("--hepl", "--help"),
        ("estimate --fromat json", "--format"),
    ] {
        let found = ask(wrong);
        assert_eq!((found.exit, found.stdout.as_str()), (Exit::BadInput, ""), "{wrong}");
        assert!(found.stderr.contains(right), "{wrong}: {}", found.stderr);
    }
}

/// Keys that would change the money where nothing reads them: each is an error of a check that names it, and a warning elsewhere.
#[test]
fn a_key_that_would_count_where_nothing_reads_it_is_an_error() {
    let rows = [
        ("[deliverable.a.variants.b]\nfinals = 5000\n", "unknown table deliverable.a.variants: finals in it"),
        ("[group.social.deliverable.b]\nfinals = 5000\n", "unknown table group: finals in it"),
        ("[asset.b]\nfinals = 5000\n", "unknown table asset: finals in it"),
        ("[asset.b]\nfinal = 5000\n", "unknown table asset: final in it"),
        ("[asset.b]\nFinals = 5000\n", "unknown table asset: Finals in it"),
        ("[group.a.b]\nimage_per_call = 9\n", "unknown table group: image_per_call in it"),
        ("[[asset]]\nfinals = 5000\n", "unknown table asset: finals in it"),
        ("[defaults]\nretry = 9\n", "unknown table defaults: retry in it"),
        ("[assumptions.extra]\nretry = 9\n", "unknown table assumptions.extra: retry in it"),
        ("[plans.x]\ndrafts_per_final = 9\n", "unknown table plans: drafts_per_final in it"),
        ("[charges]\ntax = 9\n", "unknown table charges: tax in it"),
        ("[assumptions]\nrisk = \"5%\"\n", "write a risk as a table [risk.NAME]"),
        ("[asset.b]\ntokens = { output = 5 }\n", "unknown table asset: tokens in it"),
        ("[risks.a]\namount = 5000\n", "did you mean risk?"),
        ("[retouching]\namount = 500\n", "unknown table retouching: amount in it"),
        ("[shoot.day]\namount = \"500 USD\"\nper = \"project\"\n", "unknown table shoot: amount in it"),
        ("[deliverable.a.retouching]\namount = 5\n", "unknown table deliverable.a.retouching: amount in it"),
    ];
    for (line, said) in rows {
        let text = format!("retake = 1\n[deliverable.a]\nfinals = 1\n{line}");
        let found = checked(&text);
        assert_eq!(found.exit, Exit::BadInput, "{line}: {}", found.stderr);
        let errors = told(&found, "error");
        assert!(matches!(errors[..], [only] if only.contains(said)), "{line}: {}", found.stderr);
        let folder = folder_with(&[("a.toml", &text)]);
        let estimate = answer(folder.path(), "estimate {}/a.toml", "");
        assert_eq!(estimate.exit, Exit::Done, "{line}: {}", estimate.stderr);
    }
    for own in [
        "[x-asset.b]\nfinals = 5000\n",
        "[x-asset.b]\nfinal = 5000\n",
        "[asset.x-b]\nfinals = 5000\n",
        "[asset.b]\ncolour = 1\n",
        "[asset.b]\nfinal = \"yes\"\n",
        "[x-shoot]\namount = 500\n",
        "[shoot]\namount = \"unknown\"\n",
        "[web]\nsite = 3\nmode = 2\nradio = 1\nreport = 5\nbutter = 2\n",
    ] {
        let found = checked(&format!("retake = 1\n[deliverable.a]\nfinals = 1\n{own}"));
        assert_eq!(found.exit, Exit::Done, "{own}: {}", found.stderr);
    }
}

#[test]
fn a_scenario_s_wrong_value_fails_the_check_and_leaves_the_total() {
    let found = checked(
        "retake = 1\n[deliverable.a]\nfinals = 1\nretry = 2\n[scenario.x]\nassumptions.retry = 0.5\n[scenario.y]\nretry = 8\n",
    );
    assert_eq!(found.exit, Exit::BadInput, "{}", found.stderr);
    let told = told(&found, "error");
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("0.5") && told[1].contains("assumptions.retry"), "{told:?}");
}

#[test]
fn a_broken_retry_profile_is_told_once_with_its_heirs() {
    let lines = |retry: &str| (0..12).map(|n| format!("[deliverable.d{n}]\nfinals = 1\n{retry}")).collect::<String>();
    for (head, retry) in [
        ("[retry_profile.ours]\nfactor = 0.5\n", "retry = \"ours\"\n"),
        ("[retry_profile.ours]\nfactor = 0.5\n[assumptions]\nretry = \"ours\"\n", ""),
        ("[retry_profile.\"our own\"]\nlow = 3\nlikely = 2\nhigh = 1\n", "retry = \"our own\"\n"),
        ("[retry_profile.planning-default]\n", ""),
    ] {
        let found = checked(&format!("retake = 1\n{head}{}", lines(retry)));
        let errors = told(&found, "error");
        assert!(matches!(errors[..], [only] if only.contains("; 12 deliverables inherit it")), "{}", found.stderr);
        assert_eq!(found.exit, Exit::BadInput);
    }
}

#[test]
fn a_whole_number_with_a_point_before_three_zeros_is_refused() {
    let found = checked("retake = 1\n[deliverable.a]\nfinals = 5.000\n");
    assert_eq!(told(&found, "error"), ["finals = 5.000 may mean 5 or 5000; write finals = 5 or finals = 5000"]);
    assert_eq!(checked("retake = 1\n[deliverable.a]\nfinals = 5.0\n").exit, Exit::Done);
    assert_eq!(checked("retake = 1\n[deliverable.a]\nfinals = 5\nretry = 2.000\n").exit, Exit::Done);
}

#[test]
fn a_total_is_null_where_an_error_may_hide_work() {
    let rows = [
        ("{\"a\": 1}", true),
        ("[package]\nname = \"x\"\nversion = \"1\"\n", true),
        ("retake = 1\n[deliverables.a]\nfinals = 5\n", true),
        ("retake = 1\ndeliverable = 5\n", true),
        ("retake = 1\n[deliverable.a]\nfinals = 1\n[deliverable.b]\nfinal = 5\n", true),
        ("retake = 1\n[deliverable.a]\nfinals = 1\n[asset.b]\nfinals = 5\n", true),
        ("retake = 1\n[deliverable.a]\nfinals = 1\n", false),
    ];
    for (text, null) in rows {
        let folder = folder_with(&[("a.toml", text)]);
        let found = answer(folder.path(), "check {}/a.toml --format json", "");
        let json: serde_json::Value = serde_json::from_str(&found.stdout).unwrap();
        assert_eq!(json["files"][0]["total"].is_null(), null, "{text}: {}", found.stdout);
        assert_eq!(found.exit, if null { Exit::BadInput } else { Exit::Done }, "{text}");
    }
}

#[test]
fn full_width_letters_are_a_slip() {
    let found = checked("retake = 1\n[deliverable.a]\nfinals = 1\n\"ｂｕｆｆｅｒ\" = \"90%\"\n");
    assert_eq!(found.exit, Exit::BadInput, "{}", found.stderr);
    assert!(found.stderr.contains("did you mean buffer?"), "{}", found.stderr);
}
