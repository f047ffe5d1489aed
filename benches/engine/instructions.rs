//! Instructions of the scenes under valgrind, compared with the counts in the repository.

use crate::scenes::{SCENES, Work};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The tolerated rise: the C library chooses its copying routines by processor.
const TOLERANCE_PERCENT: u64 = 5;
const ACCEPT: &str = "benches/count accept";

/// Counts every scene and fails if one exceeds its limit.
pub(crate) fn compare() {
    let kept = kept();
    let mut worse = 0;
    println!("{:<34} {:>14} {:>14} {:>8}", "instructions", "kept", "now", "");
    for (scene, now) in counted() {
        let Some(before) = kept.get(&scene) else {
            println!("{scene:<34} {:>14} {now:>14}   not kept yet", "");
            worse += 1;
            continue;
        };
        let risen = now * 100 > before * (100 + TOLERANCE_PERCENT);
        let change = (now as f64 / *before as f64 - 1.0) * 100.0;
        println!(
            "{scene:<34} {before:>14} {now:>14} {change:>+7.1}%{}",
            if risen { "   MORE THAN ALLOWED" } else { "" }
        );
        worse += usize::from(risen);
    }
    if worse > 0 {
        println!("{worse} rose by more than {TOLERANCE_PERCENT} %. Mend that, or keep the new counts with: {ACCEPT}");
        std::process::exit(1);
    }
}

/// Saves the current counts.
pub(crate) fn accept() {
    let mut text =
        format!("# Instructions under valgrind, held by .ci/run. After a change that is worth it: {ACCEPT}\n");
    for (scene, count) in counted() {
        text.push_str(&format!("{count:>12}  {scene}\n"));
    }
    std::fs::write(file(), text).unwrap();
    println!("kept in {}", file().display());
}

/// Runs one scene once, without its preparation: the run under valgrind.
pub(crate) fn once(name: &str) {
    let scene = SCENES.iter().find(|scene| scene.name == name).unwrap();
    let mut work = (scene.prepare)(scene.counted.unwrap());
    // Work of the first use only, like building the catalog of models, is not counted.
    work();
    only_this_is_counted(&mut work);
}

/// The name at which valgrind switches its counter.
#[inline(never)]
fn only_this_is_counted(work: &mut Work) {
    work();
}

fn counted() -> Vec<(String, u64)> {
    let folder = tempfile::tempdir().unwrap();
    let names = SCENES.iter().filter(|scene| scene.counted.is_some()).map(|scene| scene.name);
    names.map(|name| (name.to_owned(), count(name, folder.path()))).collect()
}

fn count(scene: &str, folder: &Path) -> u64 {
    let out = folder.join("counts");
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--quiet", "--toggle-collect=*only_this_is_counted*"]);
    valgrind.arg(format!("--callgrind-out-file={}", out.display()));
    valgrind.arg(std::env::current_exe().unwrap()).args(["once", scene]);
    // The caller's environment must not affect the run.
    valgrind.env_clear().env("PATH", std::env::var_os("PATH").unwrap()).env("HOME", folder).env("TZ", "UTC");
    let answer = valgrind.output().unwrap();
    assert!(answer.status.success(), "{scene}: {}", String::from_utf8_lossy(&answer.stderr));
    let counts = std::fs::read_to_string(&out).unwrap();
    let totals = counts.lines().find_map(|line| line.strip_prefix("totals: ").or(line.strip_prefix("summary: ")));
    let count = totals.unwrap().trim().parse().unwrap();
    assert!(count > 0, "{scene}: nothing was counted; is the binary stripped?");
    count
}

fn kept() -> BTreeMap<String, u64> {
    let text = std::fs::read_to_string(file()).unwrap_or_default();
    let rows = text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.trim().split_once("  "));
    rows.map(|(count, scene)| (scene.trim().to_owned(), count.parse().unwrap())).collect()
}

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/instructions.txt")
}
