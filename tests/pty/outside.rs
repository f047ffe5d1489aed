//! Other programs change the file while it is open: no edit is lost, and no change is overwritten.

use crate::harness::{ENTER, ESC, Home, Pty};
use std::fs;
use std::path::PathBuf;

const SAVE: &str = "\x13";
const FILE: &str = "spring.retake.toml";
const BASE: &str = "retake = 1\nname = \"Spring\"\n\n[assumptions]\nquality = \"high\"\nretry = 2.0\n\n# the hero\n[deliverable.hero]\nratio = \"4:5\"\nfinals = 24\n\n[deliverable.social]\nquality = \"medium\"\nfinals = 60\n";

fn project(home: &Home, text: &str) -> PathBuf {
    let file = home.path().join(FILE);
    fs::write(&file, text).unwrap();
    file
}

fn open(home: &Home) -> Pty {
    let mut command = home.command(env!("CARGO_BIN_EXE_retake"));
    command.arg(FILE);
    let mut t = Pty::spawn(command, 120, 36);
    t.wait_for("TOTAL");
    t
}

/// Saves like an editor: a new file replaces the old one.
fn replace(file: &PathBuf, text: &str) {
    let beside = file.with_extension("new");
    fs::write(&beside, text).unwrap();
    fs::rename(&beside, file).unwrap();
}

fn quit(mut t: Pty) {
    t.keys("q");
    t.finish().assert_clean(0);
}

#[test]
fn a_clean_screen_follows_the_file_and_undo_leads_back() {
    let home = Home::new();
    let file = project(&home, BASE);
    let mut t = open(&home);
    // Written in place, then replaced, then through a link to the folder.
    fs::write(&file, BASE.replace("finals = 24", "finals = 30")).unwrap();
    t.wait_for("reloaded: 1 deliverable changed");
    replace(&file, &BASE.replace("finals = 24", "finals = 31").replace("finals = 60", "finals = 61"));
    t.wait_for("reloaded: 2 deliverables changed");
    t.wait_for("31");
    assert!(!t.text().contains("unsaved"));
    t.keys("u");
    t.wait_for("unsaved");
    t.keys("u");
    t.wait_until("the first figures", |t| t.text().contains(" 24 "));
    t.keys("\x12\x12");
    t.wait_gone("unsaved");
    replace(&file, &BASE.replace("finals = 24", "finals = 31").replace("finals = 60", "finals = 61 # agreed"));
    t.wait_for("only comments");
    let rounds: u32 = std::env::var("RETAKE_CASES").map_or(3, |all| all.parse().unwrap());
    for round in 0..rounds {
        let text = BASE.replace("finals = 24", &format!("finals = {}", 1000 + round));
        let begun = std::time::Instant::now();
        if round % 2 == 0 {
            fs::write(&file, text).unwrap()
        } else {
            replace(&file, &text)
        }
        let shown = format!(" {},{:03} ", 1 + round / 1000, round % 1000);
        t.wait_for(&shown);
        t.wait_for("changed; total");
        assert!(begun.elapsed() < std::time::Duration::from_secs(3), "round {round}: {:?}", begun.elapsed());
    }
    quit(t);
}

#[test]
fn a_file_that_is_broken_or_gone_for_a_while_leaves_the_screen_alone() {
    let home = Home::new();
    let file = project(&home, BASE);
    let mut t = open(&home);
    fs::write(&file, BASE.replace("finals = 24", "finals = = 24")).unwrap();
    t.wait_for("cannot be read now");
    assert!(t.text().contains(" 24 "));
    fs::write(&file, BASE.replace("finals = 24", "finals = 25")).unwrap();
    t.wait_for("reloaded: 1 deliverable changed");
    fs::remove_file(&file).unwrap();
    t.wait_for("was deleted or moved");
    t.keys(SAVE);
    t.wait_for("Changed on disk");
    assert!(!file.exists());
    t.keys(ESC);
    fs::write(&file, BASE).unwrap();
    t.wait_for("reloaded: 1 deliverable changed");
    quit(t);
}

#[test]
fn edits_on_both_sides_of_different_fields_are_both_kept() {
    let home = Home::new();
    let file = project(&home, BASE);
    let mut t = open(&home);
    t.keys("+");
    t.wait_for("unsaved");
    let theirs =
        BASE.replace("# the hero", "# the hero, agreed").replace("finals = 60", "finals = 99") + "studio = \"north\"\n";
    replace(&file, &theirs);
    t.wait_for("merged with your edits: 1 deliverable changed");
    t.wait_for("unsaved");
    t.keys(SAVE);
    t.wait_for("saved spring");
    t.wait_gone("unsaved");
    assert_eq!(without_prices(&file), theirs.replace("finals = 24", "finals = 25"));
    quit(t);
}

/// The file without the prices that a save pins.
fn without_prices(file: &PathBuf) -> String {
    let text = fs::read_to_string(file).unwrap();
    text.split("\n[rates.").next().unwrap().to_owned()
}

#[test]
fn a_field_that_both_changed_is_a_question_and_each_answer_holds() {
    for (answer, finals) in [("m", 25), ("t", 12), ("M", 25), ("T", 12)] {
        let home = Home::new();
        let file = project(&home, BASE);
        let mut t = open(&home);
        t.keys("+");
        t.wait_for("unsaved");
        let theirs = BASE.replace("finals = 24", "finals = 12").replace("finals = 60", "finals = 70");
        replace(&file, &theirs);
        t.wait_for("Changed here and on disk: 1 value");
        t.wait_for("deliverable.hero.finals");
        assert_eq!(fs::read_to_string(&file).unwrap(), theirs);
        t.keys(ENTER);
        t.wait_for("1 choice is still open");
        t.keys(answer);
        t.wait_gone("still open");
        t.keys(ENTER);
        t.wait_for("merged with your edits");
        t.keys(SAVE);
        t.wait_for("saved spring");
        assert_eq!(without_prices(&file), theirs.replace("finals = 12", &format!("finals = {finals}")), "{answer}");
        quit(t);
    }
}

#[test]
fn a_question_put_off_comes_back_and_a_save_asks_it_again() {
    let home = Home::new();
    let file = project(&home, BASE);
    let mut t = open(&home);
    t.keys("+");
    t.wait_for("unsaved");
    let theirs = BASE.replace("finals = 24", "finals = 12");
    replace(&file, &theirs);
    t.wait_for("Changed here and on disk");
    t.keys(ESC);
    t.wait_gone("Changed here and on disk");
    t.keys("m");
    t.wait_for("Changed here and on disk");
    t.keys(ESC);
    t.wait_gone("Changed here and on disk");
    t.keys(SAVE);
    t.wait_for("Changed here and on disk");
    assert_eq!(fs::read_to_string(&file).unwrap(), theirs);
    t.keys("m");
    t.keys(ENTER);
    t.wait_for("saved spring");
    assert_eq!(without_prices(&file), theirs.replace("finals = 12", "finals = 25"));
    quit(t);
}

#[test]
fn a_team_file_that_changes_is_followed_too() {
    let home = Home::new();
    let team = home.path().join("team.retake.toml");
    fs::write(&team, "retake = 1\n[assumptions]\nretry = 2.0\n").unwrap();
    project(
        &home,
        &BASE.replace("retake = 1\n", "retake = 1\nextends = \"team.retake.toml\"\n").replace("\nretry = 2.0", ""),
    );
    let mut t = open(&home);
    replace(&team, "retake = 1\n[assumptions]\nretry = 3.0\n");
    t.wait_for("reloaded: team file changed");
    t.keys("+");
    t.wait_for("unsaved");
    replace(&team, "retake = 1\n[assumptions]\nretry = 2.5\n");
    t.wait_for("reloaded: team file changed");
    t.wait_for("unsaved");
    t.keys(SAVE);
    t.wait_for("saved spring");
    quit(t);
}

#[test]
fn conflict_markers_open_as_a_choice_and_leave_a_valid_file() {
    let home = Home::new();
    let ours = BASE.replace("finals = 24\n", "<<<<<<< HEAD\nfinals = 30\n=======\nfinals = 12\n>>>>>>> client\n");
    let file = project(&home, &ours);
    let mut t = open(&home);
    t.wait_for("Unfinished merge: 1 conflict");
    t.wait_for("mine (HEAD)");
    t.keys("t");
    t.wait_gone("still open");
    t.keys(ENTER);
    t.wait_for("1 conflict resolved, saved");
    assert_eq!(fs::read_to_string(&file).unwrap(), BASE.replace("finals = 24", "finals = 12"));
    // A pull that ends in a conflict while the project is open without edits shows the same.
    fs::write(&file, &ours).unwrap();
    t.wait_for("Unfinished merge: 1 conflict");
    t.keys(ESC);
    t.wait_gone("Unfinished merge");
    t.wait_for("unfinished merge: press m");
    t.keys("m");
    t.wait_for("Unfinished merge");
    t.keys("M");
    t.keys(ENTER);
    t.wait_for("resolved, saved");
    assert_eq!(fs::read_to_string(&file).unwrap(), BASE.replace("finals = 24", "finals = 30"));
    quit(t);
}

#[test]
fn a_question_about_markers_is_put_off_by_one_key_and_edits_beside_it_stay() {
    let home = Home::new();
    let ours = BASE.replace("finals = 24\n", "<<<<<<< HEAD\nfinals = 30\n=======\nfinals = 12\n>>>>>>> client\n");
    let file = project(&home, &ours);
    let mut t = open(&home);
    t.wait_for("Unfinished merge: 1 conflict");
    t.keys(ESC);
    t.wait_gone("Unfinished merge");
    // The window gets the focus again and again: that is no question.
    for _ in 0..2 {
        t.keys("\x1b[O\x1b[I");
        let quiet = (0..20).any(|_| t.stays_quiet(std::time::Duration::from_millis(600)));
        assert!(quiet, "{}", t.text());
        assert!(!t.text().contains("Unfinished merge"), "{}", t.text());
    }
    t.keys("\t+");
    t.wait_for("unsaved");
    t.keys("m");
    t.wait_for("Unfinished merge");
    t.keys("M");
    t.keys(ENTER);
    t.wait_for("resolved, saved");
    t.wait_for("unsaved");
    assert_eq!(fs::read_to_string(&file).unwrap(), BASE.replace("finals = 24", "finals = 30"));
    t.signal(rustix::process::Signal::KILL);
    t.wait_exit();
    let mut t = open(&home);
    t.wait_for("Edits that were not saved");
    t.wait_for("2.10×");
    t.signal(rustix::process::Signal::KILL);
}

/// The repository's own git: no home, no system settings.
fn git(home: &Home, args: &[&str]) {
    let mut git = std::process::Command::new("git");
    git.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("HOME", home.path());
    git.env("GIT_CONFIG_NOSYSTEM", "1");
    for who in ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"] {
        git.env(who, "a@example.org");
    }
    let out = git.args(args).current_dir(home.path()).output().unwrap();
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
}

fn commit(home: &Home, text: &str) {
    project(home, text);
    git(home, &["commit", "-qam", "step"]);
}

/// Finals of the file on disk, which git changes, and the retry factor, which only the dashboard edits.
fn on_disk(home: &Home) -> (i64, Option<f64>) {
    let table: toml::Table = fs::read_to_string(home.path().join(FILE)).unwrap().parse().unwrap();
    let hero = &table["deliverable"]["hero"];
    (hero["finals"].as_integer().unwrap(), hero.get("retry").and_then(toml::Value::as_float))
}

fn shows_finals(t: &mut Pty, finals: i64) {
    t.wait_until(&format!("finals {finals}"), |t| {
        let row = (0..36).map(|row| t.row(row)).find(|row| row.contains("▸hero")).unwrap_or_default();
        row.split_whitespace().any(|word| word == finals.to_string())
    });
}

#[test]
fn git_may_move_the_file_under_an_open_project() {
    let rounds: u32 = std::env::var("RETAKE_CASES").map_or(3, |all| all.parse().unwrap());
    let home = Home::new();
    project(&home, BASE);
    git(&home, &["init", "-q", "-b", "main"]);
    git(&home, &["add", FILE]);
    git(&home, &["commit", "-qm", "base"]);
    git(&home, &["checkout", "-qb", "other"]);
    commit(&home, &BASE.replace("finals = 24", "finals = 77"));
    let mut t = open(&home);
    shows_finals(&mut t, 77);
    t.keys("\t");
    for round in 0..rounds {
        // Changing the branch with nothing to save.
        git(&home, &["checkout", "-q", "main"]);
        shows_finals(&mut t, 24);
        // An edit here, a stash and a change of branch there: both are kept.
        t.keys("+");
        t.wait_for("unsaved");
        let theirs = fs::read_to_string(home.path().join(FILE)).unwrap().replace("finals = 60", "finals = 61");
        project(&home, &theirs);
        git(&home, &["stash", "-q"]);
        git(&home, &["checkout", "-q", "other"]);
        shows_finals(&mut t, 77);
        t.wait_for("unsaved");
        t.keys(SAVE);
        t.wait_gone("unsaved");
        assert_eq!(on_disk(&home), (77, Some(2.1)), "round {round}");
        git(&home, &["checkout", "-q", FILE]);
        t.wait_for("reloaded");
        t.keys(ESC);
        t.wait_gone("reloaded");
        git(&home, &["stash", "drop", "-q"]);
        // A rebase writes the file several times over.
        git(&home, &["checkout", "-qB", "side", "main"]);
        shows_finals(&mut t, 24);
        commit(&home, &BASE.replace("finals = 60", &format!("finals = {}", 100 + round)));
        commit(
            &home,
            &BASE.replace("finals = 60", &format!("finals = {}", 100 + round)).replace("\"high\"", "\"low\""),
        );
        git(&home, &["rebase", "-q", "other"]);
        shows_finals(&mut t, 77);
        assert_eq!(on_disk(&home), (77, None));
        assert!(!t.text().contains("unsaved"), "round {round}: {}", t.text());
        git(&home, &["checkout", "-q", "other"]);
        git(&home, &["branch", "-qD", "side"]);
    }
    quit(t);
}
