//! Files made to become much more than they are: memory stays bounded whatever a file of the greatest size is full of.
//!
//! Each file is read by a child process, this test program itself, which tells its peak at its end.

use crate::commands::run;
use retake::config::paths::Paths;
use retake::cost::Budget;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

const MIB: usize = 1024 * 1024;

/// What a file is read as.
const KINDS: [&str; 7] = ["project", "team", "cards", "settings", "theme", "prices", "list"];

/// How soon a list of too much is refused by an optimised build, with the start of a child and the reading of its file.
const LIST_MILLISECONDS: u128 = 1000;

/// A piece that a file is filled with after a beginning; `#` in it is a number that differs each time.
const AMPLIFIERS: &[(&str, &str)] = &[
    ("", "["),
    ("x = ", "["),
    ("x = ", "{a="),
    ("x = [", "1,"),
    ("x = [", "[],"),
    ("x = [", "{},"),
    ("x = [", "{a=1},"),
    ("x = [", "'',"),
    ("x = {", "k@=1,"),
    ("", "a."),
    ("", "k@.a.a.a.a.a.a.a=1\n"),
    ("", "[k@.a.a.a.a.a.a.a]\n"),
    ("", "[k@]\n"),
    ("", "[[a]]\n"),
    ("", "[[a.b@]]\nc=1\n"),
    ("", "k@=1\n"),
    ("", "k@ = 0x\n"),
    ("retake = 1\n", "[deliverable.k@]\n"),
    ("retake = 1\n", "[deliverable.k@]\nfinals=1\n"),
    ("retake = 1\n[deliverable.a]\n", "k@=1\n"),
    ("retake = 1\n[deliverable]\n", "k@.a.b.c.d.e=1\n"),
    ("retake = 1\n[card]\n", "k@.kind=1\n"),
    ("retake = 1\n[retry_profile]\n", "k@.factor=2\n"),
    ("", "\n"),
    ("", "\r\n"),
    ("", "\r"),
    ("", "a\r"),
    ("", " \n"),
    ("", "#"),
    ("", "#\n"),
    ("", "\""),
    ("", "\"\n"),
    ("", "'"),
    ("x = \"\"\"", "\\u0041"),
    ("x = \"\"\"", "\"\n"),
    ("", "=\n"),
    ("", "a\n"),
    ("", "<<<<<<<\n"),
    ("", "<<<<<<< a\n=======\n>>>>>>> b\n"),
    ("", "\t"),
    ("", ","),
    ("", "a,"),
    ("", "\"a\";"),
    ("name,finals\n", "a,1\n"),
    ("name,finals,size,quality,retry,model\n", "x,x,x,x,x,x\n"),
    ("name\n", "\"\"\"\n"),
    ("[", "{\"a\":1},"),
    ("[", "[],"),
    ("{", "\"k@\":1,"),
    ("{", "\"a/gpt-image-@\":{\"litellm_provider\":1},"),
    ("[", "\"\\u0041\","),
    ("", "\u{feff}"),
    ("", "ä"),
];

/// A file of this many bytes.
fn filled(beginning: &str, piece: &str, bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + piece.len() + 16);
    text.push_str(beginning);
    let numbered = piece.split_once('@');
    for number in 0.. {
        match numbered {
            Some((before, after)) => text.push_str(&format!("{before}{number}{after}")),
            None => text.push_str(piece),
        }
        if text.len() >= bytes {
            text.truncate(text.floor_char_boundary(bytes));
            return text;
        }
    }
    text
}

/// Lays the text where a file of this kind is found, and gives the command that reads it.
fn laid(kind: &str, folder: &Path, text: &str) -> Vec<OsString> {
    let (name, command): (&str, &[&str]) = match kind {
        "project" => ("p.toml", &["check", "{}/p.toml"]),
        "team" => ("team.toml", &["check", "{}/q.toml"]),
        "cards" => ("config/cards/c.toml", &["rates"]),
        "settings" => ("config/config.toml", &["keys"]),
        "theme" => ("config/themes/t.toml", &["themes"]),
        _ => ("list", &["rates", "import", "{}/list"]),
    };
    let file = folder.join(name);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, text).unwrap();
    fs::write(folder.join("q.toml"), "retake = 1\nextends = \"team.toml\"\n").unwrap();
    command.iter().map(|word| OsString::from(word.replace("{}", folder.to_str().unwrap()))).collect()
}

/// What a child does: it reads one file and tells the most memory that it had, in KiB.
#[test]
#[ignore = "the other tests run it as a child"]
fn child() {
    let (Ok(kind), Ok(folder)) = (std::env::var("AMPLIFY_KIND"), std::env::var("AMPLIFY_FOLDER")) else { return };
    let folder = Path::new(&folder);
    if kind == "list" {
        let text = fs::read_to_string(folder.join("list")).unwrap();
        let read = retake::tables::read(&text, &Budget::default(), retake::rates::built_in().unwrap());
        println!("said {:?}", read.refused);
    } else {
        let command = fs::read_to_string(folder.join("command")).unwrap();
        let paths = Paths { config: Some(folder.join("config")), state: None };
        let answer = run(command.lines().map(OsString::from), "", paths);
        println!("said {:?} {:?}", answer.exit, answer.stderr.chars().take(300).collect::<String>());
    }
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    println!("peak {}", peak.trim().trim_end_matches(" kB"));
}

/// Reads a file in a child: its peak in MiB, its time in milliseconds, and what it said.
fn measured(kind: &str, text: &str) -> (usize, u128, String) {
    let folder = tempfile::tempdir().unwrap();
    let command = laid(kind, folder.path(), text);
    let words: Vec<&str> = command.iter().map(|word| word.to_str().unwrap()).collect();
    fs::write(folder.path().join("command"), words.join("\n")).unwrap();
    let begin = std::time::Instant::now();
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "amplify::child", "--ignored", "--nocapture"])
        .env("AMPLIFY_KIND", kind)
        .env("AMPLIFY_FOLDER", folder.path())
        .output()
        .unwrap();
    let took = begin.elapsed().as_millis();
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = |name: &str| told.lines().find_map(|line| line.split_once(name)).map(|(_, rest)| rest.to_owned());
    let peak = line("peak ").unwrap_or_else(|| panic!("{told}{}", String::from_utf8_lossy(&output.stderr)));
    (peak.parse::<usize>().unwrap() / 1024, took, line("said ").unwrap_or_default())
}

#[test]
fn a_file_of_some_megabytes_becomes_no_hundreds() {
    let most = 640;
    for (kind, beginning, piece) in [
        ("project", "retake = 1\nx = [", "1,"),
        ("project", "retake = 1\n", "["),
        ("project", "", "\n"),
        ("project", "retake = 1\n", "k@.a.a.a.a.a.a.a=1\n"),
        ("team", "retake = 1\nx = [", "{a=1},"),
        ("cards", "", "\"\n"),
        ("prices", "[", "{\"a\":1},"),
        ("list", "", "a,"),
        ("list", "x = ", "["),
        ("list", "", "\""),
        ("list", "", "\r"),
        ("list", "", "ä"),
        ("list", "Name;Qty\n", "a;1\r"),
    ] {
        let (peak, _, said) = measured(kind, &filled(beginning, piece, 8 * MIB));
        assert!(peak < most, "{kind} of {piece:?}: {peak} MiB; {said}");
        assert!(said.contains("at most") || said.contains("the limit is"), "{kind} of {piece:?}: {said}");
    }
}

#[test]
#[ignore = "takes minutes; its time means something in an optimised build only"]
fn a_file_of_the_greatest_size_stays_below_a_gigabyte() {
    let mut beyond = Vec::new();
    let only = std::env::var("AMPLIFY_ONLY").ok();
    for kind in KINDS.into_iter().filter(|kind| only.as_deref().is_none_or(|only| only == *kind)) {
        for (beginning, piece) in AMPLIFIERS {
            for bytes in [64 * MIB, 8 * MIB, 2 * MIB, MIB / 2] {
                let (peak, took, said) = measured(kind, &filled(beginning, piece, bytes));
                println!("{kind:8} {bytes:9} {piece:?}: {peak} MiB, {took} ms; {said}");
                if peak >= 1024 {
                    beyond.push(format!("{kind} of {} MiB {piece:?}: {peak} MiB", bytes / MIB));
                }
                let slow = kind == "list" && said.contains("at most") && took > LIST_MILLISECONDS;
                if slow && !cfg!(debug_assertions) {
                    beyond.push(format!("{kind} of {} MiB {piece:?}: {took} ms", bytes / MIB));
                }
            }
        }
    }
    assert!(beyond.is_empty(), "{}", beyond.join("\n"));
}
