//! The commands of each page, run from first to last in their own folder, with the output that the page shows.

use crate::markdown::{Fence, fences};
use crate::{none, pages, path, text_of};
use jiff::civil::date;
use retake::cli::{Env, Outcome, dispatch};
use retake::config::paths::Paths;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A folder with the samples, which is also the commands' home: none of them sees the real one.
pub(crate) fn folder() -> tempfile::TempDir {
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

pub(crate) fn run(line: &str, folder: &Path) -> Output {
    let mut args = words(line).split_off(1);
    // On a later day the same commands would also say that the prices are old.
    if ["estimate", "check", "risk"].contains(&args[0].as_str()) {
        args.extend(["--today", "2026-11-22"].map(str::to_owned));
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_retake"));
    let env = command.args(&args).current_dir(folder).env_clear().env("HOME", folder);
    env.stdin(Stdio::null()).output().unwrap()
}

/// The output of a command. Below home a path is shortened to `~`, which shifts the columns after it: the blanks between columns
/// are not compared.
fn printed(output: &Output, folder: &Path) -> String {
    let both = String::from_utf8([&output.stdout[..], &output.stderr].concat()).unwrap();
    let home = folder.to_str().unwrap();
    if both.contains(home) { columns(&both.replace(home, "~")) } else { both }
}

/// The text with two blanks between columns.
fn columns(text: &str) -> String {
    let line =
        |line: &str| line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join("  ");
    text.lines().map(|text| format!("{}\n", line(text))).collect()
}

/// Every shown line is in the output, in order; `…` means omitted lines.
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

/// What is wrong with a session, and its text as it would be right: an output that is shown in full is what is printed now.
fn session(fence: &Fence, folder: &Path) -> (Vec<String>, String) {
    let mut complaints = Vec::new();
    let mut now = String::new();
    let mut code = None;
    let mut lines = fence.body.lines().peekable();
    while let Some(line) = lines.next() {
        let command = line.strip_prefix("$ ").unwrap_or_else(|| panic!("{line:?} belongs to no command"));
        let mut shown = Vec::new();
        while let Some(next) = lines.next_if(|next| !next.starts_with("$ ")) {
            shown.push(next);
        }
        let as_shown: String = [line].iter().chain(&shown).map(|line| format!("{line}\n")).collect();
        let is_excerpt = shown.contains(&"…");
        if command == "echo $?" {
            assert_eq!(shown, [format!("{}", code.unwrap())], "exit code in\n{}", fence.body);
            now += &as_shown;
            continue;
        }
        if let Some(file) = command.strip_prefix("cat ") {
            complaints.extend(differences(command, &shown, &fs::read_to_string(folder.join(file)).unwrap()));
            now += &as_shown;
            continue;
        }
        let output = run(command, folder);
        code = output.status.code();
        let text = printed(&output, folder);
        let shortened: Vec<String> = shown.iter().map(|line| columns(line).trim_end().to_owned()).collect();
        let home = text.contains("~/");
        let shown = if home { shortened.iter().map(String::as_str).collect() } else { shown };
        let found = differences(command, &shown, &text);
        let is_right = found.is_empty() || is_excerpt;
        now += &if is_right { as_shown } else { format!("{line}\n{}\n", text.trim_end()) };
        complaints.extend(found);
    }
    (complaints, now)
}

/// Writes the files that a page shows; returns the names of those that are projects.
pub(crate) fn write_files(page: &str, folder: &Path) -> Vec<String> {
    let mut projects = Vec::new();
    for fence in fences(&text_of(page)) {
        let Some(name) = fence.note.strip_prefix("file ") else { continue };
        let file = folder.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, &fence.body).unwrap();
        if name.ends_with(".retake.toml") {
            projects.push(name.to_owned());
        }
    }
    projects
}

#[test]
fn the_commands_print_what_is_shown() {
    let mut complaints = Vec::new();
    let mut sessions = 0;
    for page in pages() {
        let folder = folder();
        write_files(&page, folder.path());
        for fence in fences(&text_of(&page)).iter().filter(|fence| fence.kind == "console") {
            let (found, now) = session(fence, folder.path());
            if now != fence.body && std::env::var_os("UPDATE_EXPECTED").is_some() {
                fs::write(path(&page), text_of(&page).replacen(&fence.body, &now, 1)).unwrap();
            }
            complaints.extend(found.into_iter().map(|complaint| format!("{page}: {complaint}")));
            sessions += 1;
        }
    }
    assert!(sessions >= 14, "{sessions} sessions");
    none(&complaints);
}

/// Each project that a page shows as a good one is valid.
#[test]
fn the_projects_are_sound() {
    let mut seen = 0;
    for page in pages() {
        let folder = folder();
        let projects = write_files(&page, folder.path());
        // What is left to the model is warned of, too.
        let warned = |name: &&String| ["mistakes", "auto."].iter().any(|start| name.starts_with(start));
        for name in projects.iter().filter(|name| !warned(name)) {
            let output = run(&format!("retake check {name}"), folder.path());
            // A built-in profile is always said to be a guess.
            let said = String::from_utf8_lossy(&output.stderr);
            let said: String =
                said.split_inclusive('\n').filter(|line| !line.contains(" is a public guess ")).collect();
            // A team file has no deliverables of its own, which is all that there may be to say of it.
            let of_team = "team.retake.toml: error: the project has no deliverables";
            let sound = (output.status.code(), said.as_str()) == (Some(0), "");
            let team = said.starts_with(of_team) && said.lines().count() == 2;
            assert!(sound || team, "{page}: {name}: {said}");
            seen += 1;
        }
    }
    assert!(seen >= 9, "{seen} projects");
}

/// Lines of shell blocks that are run elsewhere: the first two by those who build, the others in [`crate::merge`].
const OTHER_LINES: [&str; 4] = [
    "cargo test",
    "cargo install --locked --path .",
    "echo \"*.retake.toml merge=retake\"",
    "git config merge.retake.driver",
];

/// All command lines in a page's blocks are accepted by the program.
#[test]
fn every_command_line_parses() {
    let folder = folder();
    let mut seen = 0;
    let fences: Vec<Fence> = pages()
        .iter()
        .flat_map(|page| {
            write_files(page, folder.path());
            fences(&text_of(page))
        })
        .collect();
    for fence in fences.iter().filter(|fence| ["sh", "console", "yaml"].contains(&fence.kind.as_str())) {
        for line in fence.body.lines() {
            // In a session the other lines are output.
            if fence.kind == "console" && !line.starts_with("$ ") {
                continue;
            }
            let line = line.trim().trim_start_matches("$ ").trim_start_matches("- ").trim_start_matches("run: ");
            let (cargo, own) = (line.strip_prefix("cargo run --release -- "), line.strip_prefix("retake "));
            let Some(rest) = cargo.or(own) else {
                let known = fence.kind != "sh" || OTHER_LINES.iter().any(|known| line.starts_with(known));
                assert!(known, "a line of shell that no test knows: {line}");
                continue;
            };
            let rest = rest.split(" #").next().unwrap();
            let place =
                |word: String| if word.ends_with(".toml") { folder.path().join(word).into() } else { word.into() };
            let args: Vec<OsString> = ["retake".into()].into_iter().chain(words(rest).into_iter().map(place)).collect();
            let mut env = Env { stdin: &mut std::io::empty(), today: date(2026, 11, 22), paths: Paths::default() };
            // Not written into the source folder: the session above runs `new` where it may write.
            if rest.starts_with("new ") || rest.starts_with("merge ") {
                continue;
            }
            match dispatch(args, &mut env) {
                Outcome::Dashboard(file) => assert!(file.is_some_and(|file| file.is_file()), "{line}"),
                Outcome::Answer(answer) => assert!(!answer.stderr.contains("Usage:"), "{line}\n{}", answer.stderr),
            }
            seen += 1;
        }
    }
    assert!(seen >= 16, "{seen} command lines");
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
