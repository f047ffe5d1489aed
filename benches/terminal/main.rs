//! The dashboard and a bare program side by side in pseudo-terminals: first frame, key to repaint, memory, a burst, idle.
//!
//! `cargo bench --bench terminal` runs both in turns and prints one table of figures, ratios and targets; it fails if a target is
//! missed. Run it on an idle machine: other load is measured too.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::float_arithmetic)]
#![allow(missing_docs)]

mod bare;
#[cfg(unix)]
mod measure;
#[path = "../project.rs"]
mod project;

fn main() {
    let mut args = std::env::args().skip(1);
    match args.next().as_deref() {
        Some("bare") => bare::run(args.next().unwrap().parse().unwrap()).unwrap(),
        #[cfg(unix)]
        _ => measure::table(),
        #[cfg(not(unix))]
        _ => println!("pseudo-terminals are measured on Unix only"),
    }
}
