//! The cost of the engine, the files and the drawing by themselves, without a terminal.
//!
//! `cargo bench --bench engine` prints a table of times and targets and fails if one is missed.
//!
//! `… --bench engine -- instructions` counts the instructions of each small scene under valgrind, compares them with
//! `benches/instructions.txt` and fails if one rose by more than 5 %; `… -- accept` saves the counts as the new reference. A
//! count is the same on a busy machine and on an idle one; a time is not.
//!
//! A table of its own rather than a benchmark crate: the rows carry targets that pass or fail, the same scenes run under
//! valgrind one by one, and none of the crates does either.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::float_arithmetic)]
#![allow(missing_docs)]

mod instructions;
#[path = "../project.rs"]
mod project;
mod risk;
mod scenes;
mod sure;

use scenes::{SCENES, Scene, TODAY};
use std::time::{Duration, Instant};

/// Samples of a scene, at most.
const SAMPLES: usize = 60;
/// Time for a scene, at most; one sample is always taken.
const PATIENCE: Duration = Duration::from_secs(4);

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["instructions"] => instructions::compare(),
        ["accept"] => instructions::accept(),
        ["once", scene] => instructions::once(scene),
        [] => finish(times(|_| true) + risk::ratios()),
        ["risk"] => finish(times(|scene| scene.name.contains("risk")) + risk::ratios()),
        [part] => finish(times(|scene| scene.name.contains(part))),
        _ => panic!("nothing, a part of a scene's name, instructions, or accept"),
    }
}

/// Times the scenes; returns how many miss their target.
fn times(wanted: impl Fn(&Scene) -> bool) -> usize {
    println!("{:<34} {:>8} {:>11} {:>11} {:>11}   target (median)", "", "lines", "least", "median", "each line");
    let mut missed = 0;
    for scene in SCENES.iter().filter(|scene| wanted(scene)) {
        for (lines, target) in scene.sizes {
            let mut work = (scene.prepare)(*lines);
            let mut taken = Vec::new();
            let begun = Instant::now();
            while taken.is_empty() || (taken.len() < SAMPLES && begun.elapsed() < PATIENCE) {
                let start = Instant::now();
                work();
                taken.push(start.elapsed());
            }
            taken.sort();
            let (least, median) = (taken[0], taken[taken.len() / 2]);
            let met = target.is_none_or(|target| median < target);
            missed += usize::from(!met);
            let target = target.map_or_else(String::new, |target| format!("{target:?}"));
            let (name, each) = (scene.name, median / u32::try_from(*lines).unwrap());
            let verdict = if met { "" } else { "   MISSED" };
            println!("{name:<34} {lines:>8} {least:>11.2?} {median:>11.2?} {each:>11.2?}   {target}{verdict}");
        }
    }
    missed
}

fn finish(missed: usize) {
    if missed > 0 {
        println!("{missed} missed");
        std::process::exit(1);
    }
}
