//! `retake merge` as git runs it: real repositories, the driver installed as docs/git.md says, and without it.

use crate::commands::{CONTRACT, answer as run};
use crate::merge_model::{Model, Rng};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const FILE: &str = "spring.retake.toml";

/// An isolated repository, without home, system settings or a user name.
struct Repository(tempfile::TempDir);

impl Repository {
    fn new(driver: bool, base: &str) -> Repository {
        let repository = Repository(tempfile::tempdir().unwrap());
        repository.git(&["init", "-q", "-b", "main"]);
        if driver {
            fs::write(repository.path().join(".gitattributes"), "*.retake.toml merge=retake\n").unwrap();
            let program = env!("CARGO_BIN_EXE_retake");
            repository.git(&["config", "merge.retake.driver", &format!("'{program}' merge %O %A %B %P")]);
        }
        repository.commit(base);
        repository
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut git = Command::new("git");
        git.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("HOME", self.path());
        git.env("GIT_CONFIG_NOSYSTEM", "1");
        for who in ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"] {
            git.env(who, "a@example.org");
        }
        git.args(args).current_dir(self.path()).output().unwrap()
    }

    #[track_caller]
    fn git(&self, args: &[&str]) {
        let out = self.run(args);
        assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    }

    #[track_caller]
    fn commit(&self, text: &str) {
        fs::write(self.path().join(FILE), text).unwrap();
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", "step"]);
    }

    /// Merges both versions, each on a branch from the same commit; the first value is git's success.
    fn merge(&self, ours: &str, theirs: &str) -> (bool, String, String) {
        self.git(&["checkout", "-q", "-b", "theirs"]);
        self.commit(theirs);
        self.git(&["checkout", "-q", "main"]);
        self.commit(ours);
        let out = self.run(&["merge", "-q", "--no-edit", "theirs"]);
        let said = String::from_utf8_lossy(&[out.stdout, out.stderr].concat()).into_owned();
        (out.status.success(), fs::read_to_string(self.path().join(FILE)).unwrap(), said)
    }
}

fn parses(text: &str) -> bool {
    text.parse::<toml::Table>().is_ok()
}

#[test]
fn git_merges_fields_of_one_table_and_new_tables_at_one_place() {
    let ours =
        CONTRACT.replace("finals = 24", "finals = 30 # agreed").to_owned() + "\n[deliverable.set-a]\nfinals = 3\n";
    let theirs = CONTRACT.replace("retry = 2.0", "retry = 2.5") + "\n[deliverable.set-b]\nfinals = 4\n";
    let (done, text, said) = Repository::new(true, CONTRACT).merge(&ours, &theirs);
    assert!(done, "{said}");
    for wanted in
        ["finals = 30 # agreed", "retry = 2.5", "[deliverable.set-a]\nfinals = 3", "[deliverable.set-b]\nfinals = 4"]
    {
        assert!(text.contains(wanted), "{wanted}\n{text}");
    }
    assert!(parses(&text), "{text}");
    let (done, text, _) = Repository::new(false, CONTRACT).merge(&ours, &theirs);
    assert!(!done && !parses(&text), "without the driver these two meet\n{text}");
}

#[test]
fn what_both_changed_stands_between_markers_and_nothing_else_does() {
    let ours = CONTRACT.replace("finals = 24", "finals = 30").replace("\"high\"", "\"low\"");
    let theirs = CONTRACT.replace("finals = 24", "finals = 12").replace("retry = 2.0", "retry = 2.5");
    let (done, text, said) = Repository::new(true, CONTRACT).merge(&ours, &theirs);
    assert!(!done);
    assert!(said.contains("deliverable.pdp-hero.finals") && said.contains(FILE), "{said}");
    let marked = "<<<<<<< ours\nfinals = 30\n=======\nfinals = 12\n>>>>>>> theirs\n";
    assert_eq!(text, ours.replace("finals = 30\n", marked).replace("retry = 2.0", "retry = 2.5"));
}

#[test]
fn a_version_that_cannot_be_read_leaves_a_textual_conflict_and_never_a_broken_file() {
    let ours = CONTRACT.replace("finals = 24", "finals = 30");
    for broken in ["finals = = 12", "finals = 12\nfinals = 13", "finals = \"\u{1}\""] {
        let theirs = CONTRACT.replace("finals = 24", broken);
        let (done, text, said) = Repository::new(true, CONTRACT).merge(&ours, &theirs);
        assert!(!done && text.contains("<<<<<<< ours\nfinals = 30\n=======\n"), "{broken}: {said}\n{text}");
    }
    // The changes are far apart, so that the lines alone would merge, but into invalid TOML.
    let theirs = format!("name = \"again\"\n{CONTRACT}");
    let (done, text, _) = Repository::new(true, CONTRACT).merge(&ours, &theirs);
    assert!(!done && text.contains("<<<<<<<"), "{text}");
    // A side that fixes an error of the base is merged by line and parsed again.
    let base = CONTRACT.replace("finals = 24", "finals = = 24");
    let (done, text, said) = Repository::new(true, &base).merge(&ours, &base.replace("Spring launch", "Autumn"));
    assert!(done && parses(&text), "{said}\n{text}");
}

#[test]
fn bytes_that_are_no_text_stay_and_a_missing_file_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("o"), CONTRACT).unwrap();
    fs::write(at("a"), CONTRACT.replace("finals = 24", "finals = 30")).unwrap();
    fs::write(at("b"), [CONTRACT.replace("finals = 24", "finals = 12").as_bytes(), b"# \xff\n"].concat()).unwrap();
    let answer = run(folder.path(), "merge {}/o {}/a {}/b", "");
    assert_eq!(answer.exit.code(), 1);
    let written = fs::read(at("a")).unwrap();
    assert!(written.windows(3).any(|bytes| bytes == b"# \xff"), "{}", String::from_utf8_lossy(&written));
    let before = fs::read(at("a")).unwrap();
    let answer = run(folder.path(), "merge {}/o {}/a {}/gone", "");
    assert_eq!((answer.exit.code(), fs::read(at("a")).unwrap()), (1, before));
    assert!(answer.stderr.contains("gone"), "{}", answer.stderr);
}

/// Without the driver, git merges two sides that each add one deliverable most of the time, because each table has its sorted
/// place.
#[test]
fn without_the_driver_most_pairs_of_new_deliverables_merge_cleanly() {
    let rounds: u32 = std::env::var("RETAKE_CASES").map_or(40, |all| all.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let mut seed = 7_u64;
    let mut random = move |limit: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % limit
    };
    let key = |number: u64| format!("item-{number:06}");
    let mut clean = 0;
    for _ in 0..rounds {
        let mut base: Vec<u64> = (0..20).map(|_| random(1_000_000)).collect();
        base.sort_unstable();
        base.dedup();
        let tables = base.iter().map(|number| format!("\n[deliverable.{}]\nfinals = {}\n", key(*number), number % 50));
        let text = format!("retake = 1\n{}", tables.collect::<String>());
        let mut sides = [random(1_000_000), random(1_000_000)].map(|number| {
            let path = vec!["deliverable".to_owned(), key(number)];
            let entries = vec![(vec!["finals".to_owned()], (number % 40).to_string())];
            let insert = retake::project::splice::Change::InsertTable { path, entries };
            retake::project::splice::apply(text.as_bytes(), &[insert]).unwrap_or_else(|_| text.clone().into_bytes())
        });
        for (name, bytes) in ["o", "a", "b"].iter().zip([
            text.clone().into_bytes(),
            std::mem::take(&mut sides[0]),
            std::mem::take(&mut sides[1]),
        ]) {
            fs::write(folder.path().join(name), bytes).unwrap();
        }
        let out = Command::new("git")
            .args(["merge-file", "-p", "a", "o", "b"])
            .env("HOME", folder.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .current_dir(folder.path())
            .output()
            .unwrap();
        if out.status.success() {
            assert!(parses(std::str::from_utf8(&out.stdout).unwrap()));
            clean += 1;
        }
    }
    println!("{clean} of {rounds} clean");
    let least = if rounds < 1000 { 80 } else { 90 };
    assert!(clean * 100 >= rounds * least, "{clean} of {rounds}");
}

/// Random projects, some of them broken: exit 0 means a valid file equal to a plain model of the fields, any other exit means
/// markers.
#[test]
fn the_driver_never_calls_a_broken_file_done() {
    let rounds: u64 = std::env::var("RETAKE_CASES").map_or(150, |all| all.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let (mut done, mut marked, mut broken) = (0, 0, 0);
    for seed in 0..rounds {
        let mut rng = Rng(seed);
        let mut ids = 0;
        let base = Model::random(&mut rng, &mut ids);
        let (mut mine, mut theirs) = (base.clone(), base.clone());
        for side in [&mut mine, &mut theirs] {
            (0..rng.below(4)).for_each(|_| side.edit(&mut rng, &mut ids));
        }
        let mut texts = [&base, &mine, &theirs].map(|model| model.text(0).into_bytes());
        let breaks = rng.one_in(4);
        if breaks {
            let text = &mut texts[rng.below(3)];
            let place = rng.below(text.len());
            text[place] = *rng.pick(b"=\n[\"#\0\xff");
        }
        for (name, text) in ["o", "a", "b"].iter().zip(&texts) {
            fs::write(at(name), text).unwrap();
        }
        let answer = run(folder.path(), "merge {}/o {}/a {}/b", "");
        let result = String::from_utf8_lossy(&fs::read(at("a")).unwrap()).into_owned();
        if answer.exit.code() == 0 {
            assert!(parses(&result), "seed {seed}\n{result}");
        } else {
            assert!(result.contains("<<<<<<< ours\n") && result.contains(">>>>>>> theirs\n"), "seed {seed}\n{result}");
            assert!(!answer.stderr.is_empty());
        }
        if !breaks {
            let (expected, conflicts) = Model::merged(&base, &mine, &theirs);
            assert_eq!(answer.exit.code() == 0, conflicts.is_empty(), "seed {seed}: {}", answer.stderr);
            let same = || result.parse::<toml::Table>().unwrap() == expected.text(0).parse::<toml::Table>().unwrap();
            assert!(!conflicts.is_empty() || same(), "seed {seed}\n{result}");
        }
        let count = if breaks {
            &mut broken
        } else if answer.exit.code() == 0 {
            &mut done
        } else {
            &mut marked
        };
        *count += 1;
    }
    println!("{done} done, {marked} with markers, {broken} with a broken version");
    assert!(done > 0 && marked > 0 && broken > 0);
}

#[test]
fn a_file_with_markers_says_where_they_stand_and_how_to_get_rid_of_them() {
    let text = CONTRACT.replace(
        "finals = 24\n",
        "<<<<<<< HEAD\nfinals = 30\n||||||| base\nfinals = 24\n=======\nfinals = 12\n>>>>>>> b\n",
    );
    let folder = crate::commands::folder_with(&[("a.toml", &text)]);
    for command in ["check {}/a.toml", "estimate {}/a.toml"] {
        let answer = run(folder.path(), command, "");
        assert_eq!(answer.exit.code(), 2);
        let line = text.lines().position(|line| line.starts_with("<<<<<<<")).unwrap() + 1;
        for wanted in [
            &format!("a.toml:{line}:1: error: git left an unfinished merge"),
            "open the file with retake and choose",
            "|||||||",
        ] {
            assert!(answer.stderr.contains(wanted), "{wanted}: {}", answer.stderr);
        }
    }
}
