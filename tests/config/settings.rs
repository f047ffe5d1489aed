//! `config.toml`: which values apply, which are refused, and that nothing in it can keep the program from starting.

use crate::support::{User, brief, briefs, is_default, settings};
use retake::config::paths::Paths;
use retake::config::{Found, load};
use retake::cost::Marks;
use std::fs;
use std::process::Command;

#[test]
fn without_a_file_the_defaults_count_and_nothing_is_made() {
    let user = User::new();
    let found = load(&user.paths);
    assert!(is_default(&found) && found.problems.is_empty());
    assert_eq!((found.found, found.mouse, found.theme.as_deref()), (Found::Nothing, true, None));
    assert_eq!(fs::read_dir(user.home()).unwrap().count(), 0, "asking made a folder");
    assert!(is_default(&load(&Paths::default())), "a user without a home");
}

#[test]
fn every_setting_is_read() {
    let text = "theme = \"light\"\nmouse = false\nnumbers = \"1.234,56\"\n[keys.list]\nadd = [\"z\"]\n";
    let found = settings(text);
    assert_eq!(briefs(&found), [""; 0]);
    assert_eq!((found.theme.as_deref(), found.mouse), (Some("light"), false));
    assert_eq!((found.found, found.rebound), (Found::File, 1));
    assert_eq!(Some(found.numbers), Marks::of_example("1.234,56"));
}

#[test]
fn a_slip_is_a_warning_at_its_place_with_the_nearest_name_and_the_rest_counts() {
    let user = User::with("them = \"dark\"\ntheme = \"drak\"\nmouse = \"no\"\n[keys]\nlist = 5\n[colours]\n");
    user.write(&user.paths.themes().unwrap().join("darkish.toml"), "");
    let found = load(&user.paths);
    let wanted = [
        ("1:1 warning settings-key", "did you mean theme?"),
        ("2:9 warning settings-theme", "did you mean dark?"),
        ("3:9 warning settings-value", ""),
        ("5:1 warning keys-type", ""),
        ("6:2 warning settings-key", ""),
    ];
    let said: Vec<(String, &str)> = found.problems.iter().map(|p| (brief(p), p.remedy.as_str())).collect();
    assert_eq!(said, wanted.map(|(brief, remedy)| (brief.to_owned(), remedy)));
    assert_eq!(found.problems[4].allowed, "theme, mouse, numbers, keys", "no name is near, so all are offered");
    assert_eq!(found.problems[2].allowed, "true, false");
    let line = found.problems[0].one_line();
    assert!(line.starts_with(&format!("{}:1:1: warning: ", user.paths.settings().unwrap().display())), "{line}");
    assert_eq!((found.theme, found.mouse, found.found), (None, true, Found::File));
}

#[test]
fn numbers_are_written_as_an_example_and_anything_else_is_a_warning() {
    for example in
        ["1,234.56", "1.234,56", "1 234,56", "1\u{202f}234,56", "1'234.56", "1’234.56", "1_234.56", "1234,56"]
    {
        let found = settings(format!("numbers = \"{example}\"\n"));
        assert_eq!((briefs(&found), found.numbers.decimal()), (Vec::new(), example.chars().nth_back(2).unwrap()));
        let shown = found.numbers.punctuated("1,234.56").replace('\u{a0}', " ");
        assert_eq!(shown, example);
    }
    for wrong in
        ["\"1,234,56\"", "\"1.234.56\"", "\"1x234.56\"", "\"1,234\"", "\"\"", "\"12,34.56\"", "1234.56", "[\",\"]"]
    {
        let found = settings(format!("numbers = {wrong}\nmouse = false\n"));
        assert_eq!(briefs(&found), ["1:11 warning settings-value"], "{wrong}");
        assert!(found.problems[0].allowed.contains("\"1.234,56\"") && !found.problems[0].remedy.is_empty());
        assert_eq!((found.numbers, found.mouse), (Marks::default(), false), "the rest counts");
    }
}

/// Programs read the printed output: no setting of the user changes a byte of it.
#[test]
fn nothing_that_is_printed_follows_the_users_numbers() {
    let (plain, own) = (User::new(), User::with("numbers = \"1.234,56\"\n"));
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-projects/product-launch.retake.toml");
    for command in [
        &["estimate", sample][..],
        &["estimate", sample, "--format", "markdown"],
        &["estimate", sample, "--format", "csv"],
        &["check", sample, "--max", "25"],
        &["size", "4:5", "2k"],
        &["check", sample, "--max", "2,5"],
    ] {
        let (ours, theirs) = (plain.run(command), own.run(command));
        assert_eq!((&ours.stdout, &ours.stderr), (&theirs.stdout, &theirs.stderr), "{command:?}");
        assert!(!(ours.stdout + &ours.stderr).is_empty(), "{command:?}");
    }
}

#[test]
fn a_theme_of_the_users_own_is_known_and_its_slips_are_said_when_it_is_chosen() {
    let user = User::with("theme = \"dusk\"\n");
    assert_eq!(load(&user.paths).theme, None);
    let (dusk, dawn) = (user.paths.themes().unwrap().join("dusk.toml"), user.paths.themes().unwrap().join("dawn.toml"));
    user.write(&dusk, "ground = \"drak\"\n");
    user.write(&dawn, "ground = \"lihgt\"\n");
    let found = load(&user.paths);
    assert_eq!((found.theme.as_deref(), found.problems.len()), (Some("dusk"), 1));
    assert_eq!(found.problems[0].file.as_ref(), Some(&dusk), "nobody looks at the other one yet");
    assert!(found.themes.names().take(2).eq(["dawn", "dusk"]), "the user's own come first");
}

#[test]
fn a_folder_of_themes_may_hold_anything() {
    let user = User::new();
    let folder = user.paths.themes().unwrap();
    user.write(&folder.join("big.toml"), "#".repeat(300 * 1024));
    user.write(&folder.join("bytes.toml"), b"\xff");
    user.write(&folder.join("good.toml"), "");
    user.write(&folder.join("notes.txt"), "");
    user.write(&folder.join("folder.toml/inside.toml"), "");
    assert!(Command::new("mkfifo").arg(folder.join("pipe.toml")).status().unwrap().success());
    std::os::unix::fs::symlink("nowhere", folder.join("to-nowhere.toml")).unwrap();
    user.write(&user.home().join("scheme.yaml"), "base00: \"000000\"\n");
    std::os::unix::fs::symlink(user.home().join("scheme.yaml"), folder.join("linked.yaml")).unwrap();
    let found = load(&user.paths);
    assert!(found.themes.names().take(2).eq(["good", "linked"]), "{:?}", found.themes.names().collect::<Vec<_>>());
    let names =
        found.problems.iter().map(|p| p.file.as_ref().unwrap().file_name().unwrap().to_str().unwrap().to_owned());
    assert_eq!(names.collect::<Vec<_>>(), ["big.toml", "bytes.toml", "pipe.toml", "to-nowhere.toml"]);
    assert!(found.problems.iter().all(|problem| brief(problem).contains(" warning ")));
}

#[test]
fn of_a_file_with_broken_syntax_nothing_counts() {
    // A truncated list would otherwise unbind keys.
    let found = settings("mouse = false\n[keys.list]\nadd = [\"n\", \n");
    assert_eq!(found.found, Found::Unusable);
    assert!(briefs(&found).iter().all(|brief| brief.ends_with("warning settings-syntax")), "{:?}", briefs(&found));
    assert!(is_default(&found));
}

#[test]
fn hostile_contents_are_warnings_and_defaults() {
    let deep = format!("theme = {}{}", "[".repeat(200_000), "]".repeat(200_000));
    let dotted = format!("{}x = 1", "a.".repeat(200_000));
    let long = format!("\"{}\" = 1", "k".repeat(900_000));
    let huge = "# \n".repeat(400_000);
    let escapes = "\"\\u001b[2J\" = 1\ntheme = \"\\u001b]52;c;aGk=\\u0007\"\n".to_owned();
    let cases: [(&[u8], Found); 8] = [
        (deep.as_bytes(), Found::Unusable),
        (dotted.as_bytes(), Found::Unusable),
        (long.as_bytes(), Found::File),
        (huge.as_bytes(), Found::Unusable),
        (escapes.as_bytes(), Found::File),
        (b"theme = \"\xff\xfe\"", Found::Unusable),
        (b"\0\0\0", Found::Unusable),
        (b"<<<<<<< ours\nmouse = true\n=======\nmouse = false\n>>>>>>> theirs\n", Found::Unusable),
    ];
    for (bytes, wanted) in cases {
        let user = User::with(bytes);
        let found = load(&user.paths);
        let start = String::from_utf8_lossy(&bytes[..bytes.len().min(40)]).into_owned();
        assert_eq!(found.found, wanted, "{start}");
        assert!(!found.problems.is_empty(), "{start}");
        let all_warn = found.problems.iter().all(|problem| brief(problem).contains(" warning "));
        assert!(all_warn, "{start}: {:?}", briefs(&found));
        assert_eq!((found.mouse, found.theme), (true, None), "{start}");
        let answer = user.run(&["where"]);
        let printed = answer.stdout + &answer.stderr;
        assert!(!printed.chars().any(|c| c != '\n' && c.is_control()), "{start}");
    }
}

#[test]
fn a_list_of_problems_ends() {
    let text: String = (0..1000).map(|n| format!("unknown-{n} = 1\n")).collect();
    let found = settings(text);
    assert_eq!(found.problems.len(), 101);
    assert!(found.problems[100].message.contains("900"), "{}", found.problems[100].message);
    assert_eq!(brief(&found.problems[100]), "- warning settings-unlisted");
}

#[test]
fn what_stands_in_the_place_of_the_file_is_said_and_not_waited_for() {
    let folder = User::new();
    fs::create_dir_all(folder.paths.settings().unwrap()).unwrap();
    let pipe = User::new();
    fs::create_dir_all(pipe.paths.config.as_ref().unwrap()).unwrap();
    assert!(Command::new("mkfifo").arg(pipe.paths.settings().unwrap()).status().unwrap().success());
    let dangling = User::new();
    fs::create_dir_all(dangling.paths.config.as_ref().unwrap()).unwrap();
    std::os::unix::fs::symlink("nowhere", dangling.paths.settings().unwrap()).unwrap();
    let file = User::new();
    file.write(file.paths.config.as_ref().unwrap(), "a file where the folder belongs");
    for (user, code) in [(folder, "not-a-file"), (pipe, "not-a-file"), (dangling, "dangling-link"), (file, "failed")] {
        let found = load(&user.paths);
        assert_eq!((found.found, briefs(&found)), (Found::Unusable, vec![format!("- warning {code}")]));
        assert!(is_default(&found));
    }
}

#[test]
fn a_link_to_the_file_is_followed() {
    let user = User::new();
    let kept = user.home().join("dotfiles.toml");
    user.write(&kept, "mouse = false");
    fs::create_dir_all(user.paths.config.as_ref().unwrap()).unwrap();
    std::os::unix::fs::symlink(&kept, user.paths.settings().unwrap()).unwrap();
    assert!(!load(&user.paths).mouse);
}
