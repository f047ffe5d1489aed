//! A user's settings and recent projects, as the running program takes them up.

use crate::harness::{ENTER, ESC, Home, Pty};
use std::fs;
use std::path::PathBuf;

const SAMPLE: &str = "product-launch.retake.toml";
const CLEAR: &str = "\x15";
const SAVE: &str = "\x13";

/// A home with the sample and these settings.
fn home(settings: &str) -> Home {
    let home = Home::new();
    fs::copy(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sample-projects").join(SAMPLE), home.path().join(SAMPLE))
        .unwrap();
    fs::create_dir_all(home.path().join(".config/retake")).unwrap();
    fs::write(home.path().join(".config/retake/config.toml"), settings).unwrap();
    home
}

fn open(home: &Home) -> Pty {
    let mut command = home.command(env!("CARGO_BIN_EXE_retake"));
    command.arg(SAMPLE);
    let mut t = Pty::spawn(command, 120, 36);
    t.wait_for("TOTAL");
    t
}

/// The names of the files on the list, the latest first.
fn recent(home: &Home) -> Vec<String> {
    let text = fs::read_to_string(home.path().join(".local/state/retake/recent.toml")).unwrap_or_default();
    let names = text.lines().filter_map(|line| line.trim().strip_suffix("\","));
    names.map(|path| path.rsplit('/').next().unwrap().to_owned()).collect()
}

#[test]
fn keys_of_the_users_own_work_and_stand_in_the_footer() {
    let home = home("[keys.worksheet]\nquit = [\"Q\"]\nundo = [\"U\"]\n");
    let mut t = open(&home);
    t.wait_for("Q quit");
    t.keys("q+");
    t.wait_for("U undo");
    t.keys("U");
    t.keys("Q");
    t.finish().assert_clean(0);
}

/// Users read and type their own number format; files keep the standard one.
#[test]
fn figures_are_written_and_read_with_the_users_signs() {
    let home = home("numbers = \"1.234,56\"\n");
    let mut t = open(&home);
    t.wait_for("$35,61");
    t.keys("\t1,6x");
    t.keys(ENTER);
    t.wait_for("1,60×");
    t.keys(SAVE);
    t.wait_for("saved");
    t.keys("q");
    t.finish().assert_clean(0);
    let saved = fs::read_to_string(home.path().join(SAMPLE)).unwrap();
    assert!(saved.contains("retry = 1.6\n"), "{saved}");
}

#[test]
fn the_mouse_is_asked_for_unless_the_user_does_not_want_it() {
    for (settings, wanted) in [("", true), ("mouse = false\n", false)] {
        let home = home(settings);
        let mut t = open(&home);
        assert_eq!(t.modes().contains(&1000), wanted, "{settings:?}: {:?}", t.modes());
        // Shift-drag still selects text: a terminal keeps Shift to itself unless a program requests it.
        assert!(!t.raw().windows(5).any(|bytes| bytes == b"\x1b[>1s"), "Shift is left to the terminal");
        t.keys("q");
        t.finish().assert_clean(0);
    }
}

#[test]
fn the_theme_of_the_settings_is_the_one_at_the_start() {
    let colour = |settings: &str| {
        let home = home(settings);
        fs::create_dir_all(home.path().join(".config/retake/themes")).unwrap();
        fs::write(home.path().join(".config/retake/themes/mine.toml"), "[roles]\ntotal = \"#00ff00\"\n").unwrap();
        let mut t = open(&home);
        let colour = t.cell_of("$").fgcolor();
        t.keys("q");
        t.finish().assert_clean(0);
        colour
    };
    assert_eq!(colour("theme = \"dark\"\n"), colour(""));
    assert_ne!(colour("theme = \"light\"\n"), colour(""));
    assert_eq!(colour("theme = \"mine\"\n"), vt100::Color::Idx(46), "#00ff00 among 256 colours");
}

#[test]
fn a_broken_settings_file_is_said_and_keeps_nobody_from_working() {
    let home = home("theme = \n[keys");
    let mut t = open(&home);
    t.wait_for("The settings have");
    t.wait_for("retake where lists");
    t.keys("q");
    t.finish().assert_clean(0);
}

#[test]
fn opened_and_saved_projects_are_remembered() {
    let home = home("");
    let mut t = open(&home);
    t.keys("S");
    t.wait_for("Enter");
    t.keys(CLEAR);
    t.keys("copy.toml");
    t.wait_for("copy.toml");
    // The list is written after the first frame and before the first key.
    assert_eq!(recent(&home), [SAMPLE]);
    t.keys(ENTER);
    t.wait_until("copy.toml on the list", |_| recent(&home) == ["copy.toml", SAMPLE]);
    t.keys("q");
    t.finish().assert_clean(0);
}

#[test]
fn a_list_that_cannot_be_written_is_never_in_the_way_of_a_save() {
    let home = home("");
    fs::create_dir_all(home.path().join(".local")).unwrap();
    fs::write(home.path().join(".local/state"), "a file where the folder belongs").unwrap();
    let before = fs::read(home.path().join(SAMPLE)).unwrap();
    let mut t = open(&home);
    t.keys("+");
    t.wait_for("●");
    t.keys(SAVE);
    t.wait_gone("●");
    t.keys("q");
    t.finish().assert_clean(0);
    assert_ne!(fs::read(home.path().join(SAMPLE)).unwrap(), before);
}

/// The themes' list, with the cursor on the theme that the session has.
fn shown_theme(home: &Home) -> String {
    let mut t = open(home);
    t.keys("T");
    t.wait_for("Choose a theme");
    let screen = t.text();
    t.keys(ESC);
    t.wait_gone("Choose a theme");
    t.keys("q");
    t.finish().assert_clean(0);
    screen
}

#[test]
fn a_chosen_theme_starts_the_next_session_unless_the_settings_name_one() {
    let home = home("");
    let mut t = open(&home);
    t.keys("T");
    t.wait_for("Choose a theme");
    t.keys(&format!("monochrome{ENTER}"));
    t.wait_for("theme monochrome");
    t.keys("q");
    t.finish().assert_clean(0);
    assert!(shown_theme(&home).contains("▸monochrome"), "{}", shown_theme(&home));
    let config = home.path().join(".config/retake/config.toml");
    fs::write(&config, "theme = \"light\"\n").unwrap();
    let screen = shown_theme(&home);
    assert!(screen.contains("▸light") && screen.contains("your settings name one"), "{screen}");
    let mut t = open(&home);
    t.keys("T");
    t.wait_for("Choose a theme");
    t.keys(&format!("dark{ENTER}"));
    t.wait_for("until you quit");
    t.keys("q");
    t.finish().assert_clean(0);
    fs::write(&config, "").unwrap();
    assert!(shown_theme(&home).contains("▸monochrome"), "a choice against the settings is kept nowhere");
    fs::write(home.path().join(".local/state/retake/theme.toml"), "theme = \"no such theme\"\n").unwrap();
    assert!(shown_theme(&home).contains("▸dark"), "{}", shown_theme(&home));
}
