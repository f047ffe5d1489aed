//! `where`, `keys`, `themes`, `completions`, `man`.

use crate::support::User;
use retake::cli::Exit;
use retake::config::paths::Paths;
use retake::config::state::remember;
use retake::ui::theme::Theme;
use std::fs;

const COMMANDS: [&str; 17] = [
    "estimate",
    "check",
    "levers",
    "goal",
    "risk",
    "compare",
    "size",
    "tokens",
    "rates",
    "new",
    "import",
    "merge",
    "keys",
    "themes",
    "where",
    "completions",
    "man",
];
const SHELLS: [&str; 5] = ["bash", "zsh", "fish", "elvish", "powershell"];

/// The last column of a row of `where`.
fn found(user: &User, what: &str) -> String {
    let answer = user.run(&["where"]);
    assert_eq!(answer.exit, Exit::Done);
    let line = answer.stdout.lines().find(|line| line.starts_with(what)).unwrap_or_else(|| panic!("{}", answer.stdout));
    line.rsplit("  ").next().unwrap().to_owned()
}

#[test]
fn where_says_what_it_found_at_every_path() {
    let user = User::new();
    let rows = |user: &User| ["settings", "keys", "themes", "state", "samples"].map(|what| found(user, what));
    assert_eq!(rows(&user), ["not there", "the default keys", "not there", "not there", "8 samples"]);

    user.write(&user.paths.settings().unwrap(), "mouse = false\n[keys.list]\nadd = [\"N\"]\ndelete = []\n");
    user.write(&user.paths.themes().unwrap().join("dusk.toml"), "# Dusk\n");
    user.write(&user.paths.themes().unwrap().join("notes.txt"), "no theme");
    let [a, b] = ["a.toml", "b.toml"].map(|name| user.project(name));
    remember(&user.paths, &a).unwrap();
    remember(&user.paths, &b).unwrap();
    fs::remove_file(b).unwrap();
    let wanted = ["read", "2 actions have keys of your own", "1 theme", "2 recent projects, 1 of them missing"];
    assert_eq!(rows(&user)[..4], wanted);

    user.write(&user.paths.settings().unwrap(), "muose = false\n[keys.list]\nadd = [\"u\"]\n");
    assert_eq!(found(&user, "settings"), "read, with 1 problem and 1 note");
    let said = user.run(&["where"]).stderr;
    assert!(said.contains("config.toml:1:1: warning: unknown key muose") && said.contains(":3:8: note: "), "{said}");

    user.write(&user.paths.settings().unwrap(), "mouse = ");
    assert!(found(&user, "settings").starts_with("not used: not valid TOML"), "{}", found(&user, "settings"));
}

#[test]
fn where_says_why_something_cannot_be_read() {
    let user = User::new();
    fs::create_dir_all(user.paths.settings().unwrap()).unwrap();
    user.write(&user.paths.themes().unwrap(), "a file");
    fs::create_dir_all(user.paths.recent().unwrap()).unwrap();
    assert!(found(&user, "settings").ends_with("is a folder"), "{}", found(&user, "settings"));
    assert_eq!(found(&user, "themes"), "not a folder");
    assert!(found(&user, "state").starts_with("cannot be read: "), "{}", found(&user, "state"));
}

#[test]
fn where_lists_every_path_in_aligned_columns_and_as_json() {
    let user = User::with("mous = true\n");
    let answer = user.run(&["where"]);
    let starts: Vec<usize> = answer.stdout.lines().map(|line| line.rfind("  ").unwrap()).collect();
    assert!(starts.iter().all(|start| *start == starts[0]), "{}", answer.stdout);
    let json: serde_json::Value = serde_json::from_str(&user.run(&["where", "--format", "json"]).stdout).unwrap();
    let rows: Vec<(&str, Option<&str>, &str)> = json["paths"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["what"].as_str().unwrap(), row["path"].as_str(), row["state"].as_str().unwrap()))
        .collect();
    let shown = |path: Option<std::path::PathBuf>| path.unwrap().display().to_string();
    let (settings, themes, state) =
        (shown(user.paths.settings()), shown(user.paths.themes()), shown(user.paths.recent()));
    let cards = shown(user.paths.cards());
    let (versions, journal) = (shown(user.paths.versions()), shown(user.paths.journals()));
    assert_eq!(
        rows,
        [
            ("settings", Some(settings.as_str()), "there"),
            ("keys", None, "built-in"),
            ("themes", Some(themes.as_str()), "missing"),
            ("rate cards", Some(cards.as_str()), "missing"),
            ("state", Some(state.as_str()), "missing"),
            ("versions", Some(versions.as_str()), "missing"),
            ("journal", Some(journal.as_str()), "missing"),
            ("samples", None, "built-in"),
        ]
    );
    assert_eq!(json["problems"][0]["code"], "settings-key");
    assert_eq!(
        (&json["problems"][0]["line"], &json["problems"][0]["remedy"]),
        (&1.into(), &"did you mean mouse?".into())
    );
}

#[test]
fn where_answers_a_user_without_a_home() {
    let mut user = User::new();
    user.paths = Paths::default();
    let answer = user.run(&["where"]);
    assert_eq!(answer.stdout.matches("nowhere: the system defines no home folder").count(), 6, "{}", answer.stdout);
}

#[test]
fn keys_are_the_live_ones_in_every_format() {
    let user = User::with("[keys.worksheet]\nundo = [\"U\", \"alt-u\"]\nadd = [\"nokey\"]\n");
    let text = user.run(&["keys"]);
    assert!(
        text.stdout.lines().any(|line| line.split_whitespace().take(3).eq(["U", "Alt-u", "undo"])),
        "{}",
        text.stdout
    );
    assert!(text.stderr.contains(":3:8: warning: nokey is not a key"), "{}", text.stderr);
    assert_eq!(text.exit, Exit::Done);
    let markdown = user.run(&["keys", "--format", "markdown"]).stdout;
    assert!(markdown.lines().any(|line| line.starts_with("| worksheet | U Alt-u | undo | ")), "{markdown}");
    let json: serde_json::Value = serde_json::from_str(&user.run(&["keys", "--format", "json"]).stdout).unwrap();
    let rows = json.as_array().unwrap();
    let row = |action: &str| rows.iter().find(|row| row["context"] == "worksheet" && row["action"] == action).unwrap();
    assert_eq!(row("undo")["keys"], serde_json::json!(["U", "alt-u"]));
    assert_eq!(row("redo")["keys"], serde_json::json!(["ctrl-r"]));
}

#[test]
fn themes_are_the_users_own_before_the_built_in_ones() {
    let user = User::new();
    let json = |user: &User| -> serde_json::Value {
        serde_json::from_str(&user.run(&["themes", "--format", "json"]).stdout).unwrap()
    };
    let names = |user: &User| -> Vec<String> {
        json(user).as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
    };
    let built_in: Vec<String> = Theme::names().map(str::to_owned).collect();
    assert_eq!(names(&user), built_in);
    for row in json(&user).as_array().unwrap() {
        assert!(row["description"].as_str().unwrap().len() > 10 && row["file"].is_null(), "{row}");
    }
    let folder = user.paths.themes().unwrap();
    user.write(&folder.join("dusk.toml"), "description = \"\\u001b[31mRed at night\"\nground = \"light\"\nmood = 1\n");
    user.write(&folder.join("dark.toml"), "ground = \"dark\"\n");
    let rest = built_in.iter().filter(|name| *name != "dark").cloned();
    assert_eq!(names(&user), ["dark".to_owned(), "dusk".to_owned()].into_iter().chain(rest).collect::<Vec<_>>());
    let rows = json(&user);
    assert_eq!((&rows[0]["description"], &rows[1]["ground"]), (&serde_json::Value::Null, &"light".into()));
    assert_eq!(rows[1]["file"], folder.join("dusk.toml").display().to_string());
    let answer = user.run(&["themes"]);
    let line = answer.stdout.lines().nth(1).unwrap();
    assert!(line.starts_with("dusk ") && line.contains("  light  your own"), "{line}");
    assert!(!answer.stdout.contains('\u{1b}') && !answer.stderr.contains('\u{1b}'));
    assert!(answer.stderr.contains("dusk.toml:3:1: warning: "), "{}", answer.stderr);
    assert_eq!(found(&user, "themes"), "2 themes with 1 problem");
}

#[test]
fn completions_know_every_command_in_every_shell() {
    let user = User::new();
    for shell in SHELLS {
        let answer = user.run(&["completions", shell]);
        assert_eq!((answer.exit, answer.stderr.as_str()), (Exit::Done, ""));
        for word in COMMANDS
            .into_iter()
            .chain(["--set", "--format", "--max"].map(|o| if shell == "fish" { &o[2..] } else { o }))
        {
            assert!(answer.stdout.contains(word), "{shell}: {word}");
        }
    }
    assert_eq!(user.run(&["completions", "tcsh"]).exit, Exit::BadInput);
    assert_eq!(user.run(&["completions"]).exit, Exit::BadInput);
}

#[test]
fn the_help_names_every_command_of_this_list_and_no_other() {
    let help = User::new().run(&["--help"]).stdout;
    let commands = help.split_once("Commands:\n").unwrap().1.split("\n\n").next().unwrap();
    let names: Vec<&str> = commands.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(names, COMMANDS);
}

/// Headings of a page with the lines below each.
fn sections<'a>(page: &'a str, heading: &str) -> Vec<(&'a str, Vec<&'a str>)> {
    let mut found: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in page.lines() {
        match line.strip_prefix(heading) {
            Some(name) => found.push((name.trim().trim_matches('"'), Vec::new())),
            None => found.last_mut().into_iter().for_each(|section| section.1.push(line)),
        }
    }
    found
}

#[test]
fn the_manual_page_has_its_sections_and_none_is_empty() {
    let page = User::new().run(&["man"]).stdout;
    let wanted =
        ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS", "EXIT STATUS", "FILES", "ENVIRONMENT", "EXAMPLES"];
    let found = sections(&page, ".SH ");
    assert_eq!(found.iter().map(|section| section.0).collect::<Vec<_>>(), wanted);
    let text = |lines: &[&str]| lines.iter().any(|line| !line.starts_with('.') && !line.trim().is_empty());
    for (name, lines) in &found {
        assert!(text(lines), "{name} is empty");
    }
    let commands: Vec<(&str, Vec<&str>)> = sections(&page, ".SS ");
    assert_eq!(commands.iter().map(|c| c.0).collect::<Vec<_>>(), COMMANDS.map(|name| format!("retake {name}")));
    for (name, lines) in &commands {
        assert!(text(lines), "{name} is empty");
    }
    assert!(page.starts_with(".ie") || page.starts_with(".TH"), "{}", &page[..60]);
}

#[test]
fn every_tagged_paragraph_of_the_manual_page_has_a_tag_and_a_text() {
    let page = User::new().run(&["man"]).stdout;
    let lines: Vec<&str> = page.lines().collect();
    let tags: Vec<usize> = (0..lines.len()).filter(|at| lines[*at] == ".TP").collect();
    assert!(tags.len() > 40, "{}", tags.len());
    for at in tags {
        let (tag, text) = (lines[at + 1], lines.get(at + 2).copied().unwrap_or_default());
        assert!(
            !tag.starts_with('.') && !tag.is_empty() && !text.starts_with('.') && !text.is_empty(),
            "{tag} / {text}"
        );
    }
    for (code, word) in [("0", "Done"), ("1", "system"), ("2", "cannot be used"), ("3", "over its budget")] {
        let at = lines.iter().position(|line| *line == format!("\\fB{code}\\fR")).unwrap_or_else(|| panic!("{code}"));
        assert!(lines[at + 1].contains(word), "{}", lines[at + 1]);
    }
}
