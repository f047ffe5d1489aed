//! The README's commands, run from its first to its last in one folder, with the output that it shows.

use crate::markdown::{Fence, fences};
use crate::{none, path, text_of};
use jiff::civil::date;
use retake::cli::{Asked, Surroundings, ask};
use retake::config::paths::Paths;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A folder with the samples, in which nothing knows the real home.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let samples = folder.path().join("sample-projects");
    fs::create_dir(&samples).unwrap();
    for entry in fs::read_dir(path("sample-projects")).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_file() {
            fs::copy(entry.path(), samples.join(entry.file_name())).unwrap();
        }
    }
    folder
}

/// The words of a command line; quotes hold words together.
fn words(line: &str) -> Vec<String> {
    let pieces = line.split('"').enumerate();
    let mut words = vec![String::new()];
    for (index, piece) in pieces {
        if index % 2 == 1 {
            words.last_mut().unwrap().push_str(piece);
            continue;
        }
        for (place, word) in piece.split(' ').enumerate() {
            if place > 0 {
                words.push(String::new());
            }
            words.last_mut().unwrap().push_str(word);
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn run(line: &str, folder: &Path) -> Output {
    let mut args = words(line).split_off(1);
    // On a later day the same commands would also say that the prices are old.
    if ["estimate", "check"].contains(&args[0].as_str()) {
        args.extend(["--today", "2026-11-22"].map(str::to_owned));
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_retake"));
    let around = command.args(&args).current_dir(folder).env_clear().env("HOME", folder);
    around.stdin(Stdio::null()).output().unwrap()
}

/// Every shown line stands in the output, in its order; `…` stands for lines that are left out.
fn differences(line: &str, shown: &[&str], printed: &str) -> Vec<String> {
    let printed: Vec<&str> = printed.lines().map(str::trim_end).collect();
    let (mut at, mut skips) = (0, false);
    for wanted in shown {
        if *wanted == "…" {
            skips = true;
            continue;
        }
        let rest = &printed[at.min(printed.len())..];
        let found = if skips { rest.iter().position(|line| line == wanted) } else { Some(0) };
        match found.filter(|found| rest.get(*found) == Some(wanted)) {
            Some(found) => at += found + 1,
            None => return vec![format!("{line}\nshows   {wanted}\nprinted\n{}", rest.join("\n"))],
        }
        skips = false;
    }
    if !skips && at < printed.len() {
        return vec![format!("{line}\nprints more than is shown: {}", printed[at])];
    }
    Vec::new()
}

fn session(fence: &Fence, folder: &Path) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut code = None;
    let mut lines = fence.body.lines().peekable();
    while let Some(line) = lines.next() {
        let command = line.strip_prefix("$ ").unwrap_or_else(|| panic!("{line:?} belongs to no command"));
        let mut shown = Vec::new();
        while let Some(next) = lines.next_if(|next| !next.starts_with("$ ")) {
            shown.push(next);
        }
        if command == "echo $?" {
            assert_eq!(shown, [format!("{}", code.unwrap())], "exit code in\n{}", fence.body);
            continue;
        }
        let output = run(command, folder);
        code = output.status.code();
        let both = [output.stdout, output.stderr].concat();
        complaints.extend(differences(command, &shown, &String::from_utf8(both).unwrap()));
    }
    complaints
}

#[test]
fn the_commands_print_what_is_shown() {
    let folder = folder();
    let mut complaints = Vec::new();
    let (mut commands, mut files) = (0, 0);
    for fence in fences(&text_of("README.md")) {
        if let Some(name) = fence.note.strip_prefix("file ") {
            let file = folder.path().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, &fence.body).unwrap();
            files += 1;
        } else if fence.kind == "console" {
            complaints.extend(session(&fence, folder.path()));
            commands += 1;
        }
    }
    assert!(commands >= 4 && files >= 3, "{commands} sessions, {files} files");
    none(&complaints);
}

/// Each project that the README shows as a good one is one.
#[test]
fn the_projects_are_sound() {
    let folder = folder();
    let shown = fences(&text_of("README.md"));
    let files: Vec<_> = shown.iter().filter_map(|fence| Some((fence.note.strip_prefix("file ")?, fence))).collect();
    for (name, fence) in &files {
        let file = folder.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, &fence.body).unwrap();
    }
    for (name, _) in files.iter().filter(|(name, _)| !name.starts_with("mistakes")) {
        let output = run(&format!("retake check {name}"), folder.path());
        assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""), "{name}");
    }
    for fence in shown.iter().filter(|fence| fence.kind == "toml") {
        assert!(fence.note.starts_with("file "), "a project that no test reads:\n{}", fence.body);
    }
}

/// Command lines anywhere in a document's fences are such as the program takes.
#[test]
fn every_command_line_parses() {
    let folder = folder();
    let mut seen = 0;
    let fences = fences(&text_of("README.md"));
    for fence in fences.iter().filter(|fence| ["sh", "console", "yaml"].contains(&fence.kind.as_str())) {
        for line in fence.body.lines() {
            let line = line.trim().trim_start_matches("$ ").trim_start_matches("- ").trim_start_matches("run: ");
            let (cargo, own) = (line.strip_prefix("cargo run --release -- "), line.strip_prefix("retake "));
            let Some(rest) = cargo.or(own) else { continue };
            let rest = rest.split(" #").next().unwrap();
            let place =
                |word: String| if word.ends_with(".toml") { folder.path().join(word).into() } else { word.into() };
            let args: Vec<OsString> = ["retake".into()].into_iter().chain(words(rest).into_iter().map(place)).collect();
            let mut around =
                Surroundings { stdin: &mut std::io::empty(), today: date(2026, 11, 22), paths: Paths::default() };
            // Not written into the sources' folder: `new` is run where it may write, by the session above.
            if rest.starts_with("new ") {
                continue;
            }
            match ask(args, &mut around) {
                Asked::Dashboard(file) => assert!(file.is_some_and(|file| file.is_file()), "{line}"),
                Asked::Answer(answer) => assert!(!answer.stderr.contains("Usage:"), "{line}\n{}", answer.stderr),
            }
            seen += 1;
        }
    }
    assert!(seen >= 8, "{seen} command lines");
}

#[test]
fn a_wrong_output_is_found() {
    let printed = "a\nb\nc\n";
    for right in [&["a", "b", "c"][..], &["…"], &["a", "…"], &["…", "c"], &["a", "…", "c"]] {
        assert_eq!(differences("x", right, printed), Vec::<String>::new(), "{right:?}");
    }
    for wrong in [&["a", "c"][..], &["a", "b"], &["…", "d"], &["…", "c", "…", "b"], &["b", "…"]] {
        assert!(!differences("x", wrong, printed).is_empty(), "{wrong:?}");
    }
    assert_eq!(words(r#"retake check a --max "25 USD""#), ["retake", "check", "a", "--max", "25 USD"]);
}
