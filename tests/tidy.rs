//! The rules of the house (ARCHITECTURE.md) as a test: who may use whom, and the maximum length of a file and a function.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "tidy/arms.rs"]
mod arms;
#[path = "tidy/floors.rs"]
mod floors;
#[path = "tidy/lexer.rs"]
mod lexer;
#[path = "tidy/limits.rs"]
mod limits;
#[path = "tidy/rules.rs"]
mod rules;
#[path = "tidy/sentences.rs"]
mod sentences;

use std::path::{Path, PathBuf};
use std::process::Command;

/// The only files and folders at the top of the repository.
const TOP_LEVEL: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "src",
    "themes",
    "tests",
    "sample-projects",
    "docs",
    "README.md",
    "benches",
    ".ci",
    "LICENSE-MIT",
    "LICENSE-APACHE",
    "CHANGELOG.md",
    "ARCHITECTURE.md",
    "rustfmt.toml",
    "deny.toml",
    ".gitignore",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every `.rs` file below `folder`: its path from there, with `/`, and its text.
fn rust_files(folder: &str) -> Vec<(String, String)> {
    let base = root().join(folder);
    let files = walk(&base).into_iter().filter(|path| path.extension().is_some_and(|ext| ext == "rs"));
    files.map(|path| (slashed(path.strip_prefix(&base).unwrap()), std::fs::read_to_string(&path).unwrap())).collect()
}

fn slashed(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Every file below `folder`, without build output and git's own.
fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().map(Result::unwrap) {
        let kind = entry.file_type().unwrap();
        if kind.is_dir() && !matches!(entry.file_name().to_str(), Some("target" | ".git")) {
            files.extend(walk(&entry.path()));
        } else if kind.is_file() && entry.file_name() != ".git" {
            files.push(entry.path());
        }
    }
    files.sort();
    files
}

/// The files that git tracks; all files if git is not available. The command-line scope of `safe.directory` lets a build user ask
/// too.
fn tracked_files() -> Vec<String> {
    let answer = Command::new("git").args(["-c", "safe.directory=*", "ls-files", "-z"]).current_dir(root()).output();
    match answer {
        Ok(output) if output.status.success() && !output.stdout.is_empty() => {
            String::from_utf8(output.stdout).unwrap().split_terminator('\0').map(str::to_owned).collect()
        }
        _ => walk(root()).iter().map(|path| slashed(path.strip_prefix(root()).unwrap())).collect(),
    }
}

#[track_caller]
fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn arrows_between_modules_point_one_way() {
    let files = rust_files("src");
    assert!(!files.is_empty(), "no sources found below {}", root().display());
    none(&files.iter().flat_map(|(file, text)| rules::forbidden_arrows(file, text)).collect::<Vec<_>>());
}

#[test]
fn a_lower_floor_of_a_folder_uses_no_upper_one_and_no_file_is_on_a_circle() {
    let files = rust_files("src");
    let house = floors::House::new(files.iter().map(|(file, text)| (file.as_str(), text.as_str())));
    let upward = floors::FLOORS.iter().flat_map(|(folder, floors)| house.upward_arrows(folder, floors));
    let calls = floors::SHARED.iter().flat_map(|(folder, shared)| {
        let (_, floors) = floors::FLOORS.iter().find(|(name, _)| name == folder).unwrap();
        house.upward_calls(folder, floors, shared)
    });
    let circles =
        floors::WITHOUT_CIRCLES.iter().flat_map(|folder| [house.own_facade(folder), house.circles(folder)].concat());
    none(&upward.chain(calls).chain(circles).collect::<Vec<_>>());
}

#[test]
fn money_is_rounded_and_written_in_one_place() {
    let files = rust_files("src");
    let own = files.iter().flat_map(|(file, text)| rules::own_rounding(file, text));
    none(&own.chain(rules::idle_exceptions(&files)).collect::<Vec<_>>());
}

#[test]
fn pure_modules_name_nothing_of_the_world_outside() {
    none(&rust_files("src").iter().flat_map(|(file, text)| rules::banned_names(file, text)).collect::<Vec<_>>());
}

#[test]
fn only_one_room_knows_the_operating_system() {
    none(&rust_files("src").iter().flat_map(|(file, text)| rules::named_systems(file, text)).collect::<Vec<_>>());
}

#[test]
fn no_code_of_a_problem_is_read_back() {
    let files = rust_files("src");
    none(
        &files
            .iter()
            .flat_map(|(file, text)| rules::asked_codes(file, floors::without_tests(text)))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn no_match_over_a_table_has_a_catch_all() {
    none(&rust_files("src").iter().flat_map(|(file, text)| arms::catch_alls(file, text)).collect::<Vec<_>>());
}

#[test]
fn no_sentence_is_without_use() {
    none(&sentences::unused(&rust_files("src")));
}

#[test]
fn every_limit_on_what_is_read_and_held_stands_in_one_file() {
    let files = rust_files("src");
    none(&files.iter().flat_map(|(file, text)| limits::strays(file, text)).collect::<Vec<_>>());
    none(&limits::unused_exceptions(&files));
}

#[test]
fn files_and_functions_are_short_and_finished() {
    let all = ["src", "tests", "benches"]
        .into_iter()
        .flat_map(|folder| rust_files(folder).into_iter().map(move |(file, text)| (format!("{folder}/{file}"), text)));
    none(&all.flat_map(|(file, text)| rules::untidy(&file, &text)).collect::<Vec<_>>());
}

#[test]
fn no_tracked_text_names_a_folder_of_one_machine() {
    let texts = tracked_files().into_iter().filter_map(|file| {
        let text = std::fs::read_to_string(root().join(&file)).ok()?;
        Some(rules::machine_paths(&file, &text))
    });
    none(&texts.flatten().collect::<Vec<_>>());
}

#[test]
fn nothing_lies_at_the_top_that_has_no_business_there() {
    let mut tops: Vec<String> = tracked_files().iter().map(|file| file.split('/').next().unwrap().to_owned()).collect();
    tops.dedup();
    let strangers = tops.iter().filter(|top| !TOP_LEVEL.contains(&top.as_str()));
    none(
        &strangers
            .map(|top| format!("{top}: not on the list of ARCHITECTURE.md; move it or give it a reason there"))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn the_table_of_arrows_has_no_circle() {
    // Repeatedly removing the modules without remaining uses must remove them all.
    let mut left: Vec<_> = rules::ARROWS.iter().filter(|(name, _)| *name != "lib").collect();
    while !left.is_empty() {
        let names: Vec<&str> = left.iter().map(|(name, _)| *name).collect();
        let before = left.len();
        left.retain(|(_, uses)| uses.iter().any(|used| names.contains(used)));
        assert!(left.len() < before, "these use each other in a circle: {names:?}");
    }
}

/// The rules themselves, on small samples: each must be able to fail, and must accept correct code.
mod samples {
    use crate::floors::House;
    use crate::limits::strays;
    use crate::rules::{
        asked_codes, banned_names, forbidden_arrows, functions, machine_paths, module_of, named_systems, own_rounding,
        untidy,
    };

    #[test]
    fn modules_are_known_by_their_file() {
        assert_eq!(module_of("cost/money.rs"), ("cost".to_owned(), 2));
        assert_eq!(module_of("cost/mod.rs"), ("cost".to_owned(), 1));
        assert_eq!(module_of("diagnostics.rs"), ("diagnostics".to_owned(), 1));
        assert_eq!(module_of("lib.rs"), ("lib".to_owned(), 0));
    }

    #[test]
    fn forbidden_arrows_are_found_in_every_spelling() {
        let wrong = [
            ("cost/size.rs", "use crate::words;"),
            ("cost/size.rs", "use crate::{cost::money::Usd, app::State};"),
            ("ui/mod.rs", "fn f() { crate::project::read() }"),
            ("ui/mod.rs", "use crate::{words, cost::{self, money}, project as p};"),
            ("ui/theme.rs", "type T = Vec<crate::rates::Card>;"),
            ("words/mod.rs", "macro_rules! m { () => { $crate::ui::x() } }"),
            ("diagnostics.rs", "use super::words;"),
            ("app/state.rs", "mod tests { use super::super::super::ui; }"),
            ("app/mod.rs", "use crate::*;"),
            ("main.rs", "use retake::runtime;"),
            ("extra.rs", ""),
        ];
        for (file, source) in wrong {
            assert_eq!(forbidden_arrows(file, source).len(), 1, "{file}: {source}");
        }
        let complaint = forbidden_arrows("cost/size.rs", "\nuse crate::words;").remove(0);
        assert_eq!(complaint, "src/cost/size.rs:2: `cost` must not use `words`; it may use nothing of ours");
    }

    #[test]
    fn allowed_arrows_pass() {
        let right = [
            ("cost/size.rs", "use retake::cost::base::money; // crate::ui\n fn f() -> &'static str { \"crate::ui\" }"),
            ("ui/mod.rs", "use crate::{app::State, cost, words};"),
            ("diagnostics.rs", "mod tests { use super::*; }"),
            ("app/state.rs", "use super::action::Action; mod tests { use super::super::action; }"),
            ("main.rs", "fn main() { retake::cli::run() }"),
            ("lib.rs", "pub mod cost;"),
            ("cli/mod.rs", "use crate::{report, runtime, project};"),
        ];
        for (file, source) in right {
            assert_eq!(forbidden_arrows(file, source), Vec::<String>::new(), "{file}: {source}");
        }
    }

    fn house<'a>(files: &[(&'a str, &'a str)]) -> House<'a> {
        House::new(
            [("cost/mod.rs", "pub use base::Usd;"), ("cost/bill.rs", "")].into_iter().chain(files.iter().copied()),
        )
    }

    #[test]
    fn arrows_to_an_upper_floor_are_found_in_every_spelling() {
        let floors: &[&[&str]] = &[&["base"], &["bill", "pay"]];
        let wrong = [
            "use crate::cost::bill;",
            "use crate::cost::{bill::Card};",
            "fn f() { crate::cost::bill::f() }",
            "fn f() { super::super::bill::f() }",
            "mod inner { use super::super::super::bill::Card; }",
            "pub use super::super::bill::*;",
        ];
        for source in wrong {
            let complaints =
                house(&[("cost/base/mod.rs", ""), ("cost/base/size.rs", source)]).upward_arrows("cost", floors);
            let told =
                "src/cost/base/size.rs:1: `cost::base::size` must not use `cost::bill`, which is on no floor below it";
            assert_eq!(complaints, [told], "{source}");
        }
        let stranger = house(&[("cost/base.rs", ""), ("cost/risk/mod.rs", "")]).upward_arrows("cost", floors);
        assert!(
            stranger.len() == 1 && stranger[0].starts_with("`cost::risk` is on no floor of `cost`"),
            "{stranger:?}"
        );
        let beside = house(&[("cost/base.rs", ""), ("cost/bill.rs", "use super::pay;"), ("cost/pay.rs", "")]);
        assert_eq!(beside.upward_arrows("cost", floors).len(), 1);
        let right = [
            (
                "cost/base.rs",
                "use crate::words; // crate::cost::bill\n#[cfg(test)]\nmod tests { use crate::cost::bill; }",
            ),
            ("cost/bill.rs", "mod inner; use crate::cost::base::Usd; use inner::Card;"),
            ("cost/bill/inner.rs", "use super::Card;"),
            ("cost/pay.rs", "use crate::cost::base::Usd;"),
            ("cost/mod.rs", "pub use bill::Card; pub use base::Usd;"),
        ];
        assert_eq!(house(&right).upward_arrows("cost", floors), Vec::<String>::new());
    }

    #[test]
    fn calls_of_methods_that_an_upper_floor_adds_are_found() {
        let floors: &[&[&str]] = &[&["base"], &["pay"]];
        let calls = |base: &str, pay: &str| {
            let (base, pay) = (format!("\nimpl<'a> Bill<'a> {{ {base} }}"), format!("\nimpl Bill<'_> {{ {pay} }}"));
            house(&[("cost/base.rs", &base), ("cost/pay.rs", &pay)]).upward_calls("cost", floors, "Bill").len()
        };
        let (below, above) = ("fn add(&mut self, n: u8) {}", "fn sum<T>(&self) { self.add(1); }");
        assert_eq!(calls(below, above), 0);
        assert_eq!(calls("fn add(&mut self, n: u8) { self.sum(); text.sum(); }", above), 1);
    }

    #[test]
    fn circles_between_files_are_found_at_any_depth() {
        let circles = |files: &[(&'static str, &'static str)]| house(files).circles("cost").len();
        assert_eq!(circles(&[("cost/a.rs", "use super::b;"), ("cost/b.rs", "use crate::cost::a::A;")]), 2);
        assert_eq!(circles(&[("cost/a.rs", "mod b; use b::B;"), ("cost/a/b.rs", "use super::A;")]), 2);
        let three = [
            ("cost/a.rs", ""),
            ("cost/a/x.rs", "use super::super::b;"),
            ("cost/b.rs", "use super::c;"),
            ("cost/c.rs", "use super::a::x;"),
        ];
        assert_eq!(circles(&three), 3);
        assert_eq!(
            circles(&[
                ("cost/a.rs", "mod b; pub use b::B;"),
                ("cost/a/b.rs", "use super::super::c::C;"),
                ("cost/c.rs", "")
            ]),
            0
        );
    }

    #[test]
    fn what_a_folder_only_passes_on_is_named_by_its_file() {
        let base = [
            ("cost/base/mod.rs", "//! x\npub use size::{Size, Tier};\npub use money::Usd;"),
            ("cost/base/size.rs", ""),
        ];
        for source in ["use super::Size;", "use crate::cost::base::{Tier};", "fn f() -> crate::cost::base::Usd {}"] {
            let files = [base[0], base[1], ("cost/base/money.rs", source)];
            assert_eq!(house(&files).own_facade("cost").len(), 1, "{source}");
        }
        let files = [
            base[0],
            base[1],
            ("cost/base/money.rs", "use super::size::Size;"),
            ("cost/bill.rs", "use super::base::Usd;"),
        ];
        assert_eq!(house(&files).own_facade("cost"), Vec::<String>::new());
    }

    #[test]
    fn banned_names_are_found_in_every_spelling() {
        let wrong = [
            ("cost/size.rs", "use std::{fmt, fs};"),
            ("cost/mod.rs", "fn f() { std::time::Instant::now(); }"),
            ("app/state.rs", "use ratatui::style::Color;"),
            ("app/state.rs", "use crossterm as c;"),
            ("app/mod.rs", "#[derive(serde::Deserialize)] struct S;"),
            ("app/mod.rs", "fn f() { jiff::Zoned::now(); }"),
            ("cost/mod.rs", "use jiff::Timestamp; fn f() { Timestamp::now(); }"),
            ("ui/mod.rs", "use std::fs::File;"),
        ];
        for (file, source) in wrong {
            assert_eq!(banned_names(file, source).len(), 1, "{file}: {source}");
        }
        let right = [
            ("ui/mod.rs", "use ratatui::style::Color; use toml::Table;"),
            ("cost/mod.rs", "use std::fmt; // std::fs\n fn f(toml: u8) -> u8 { toml }"),
            ("app/mod.rs", "use jiff::civil::Date; fn f(a: &A) { a.b.std::<u8>() }"),
            ("project/mod.rs", "use std::fs;"),
        ];
        for (file, source) in right {
            assert_eq!(banned_names(file, source), Vec::<String>::new(), "{file}: {source}");
        }
    }

    #[test]
    fn systems_are_found_in_every_spelling() {
        for source in [
            "#[cfg(unix)] mod a;",
            "#[cfg(all(not(windows), test))] mod a;",
            "#[cfg_attr(target_os = \"macos\", path = \"b.rs\")] mod a;",
            "fn f() -> bool { cfg!(unix) }",
            "use std::os::unix::fs::MetadataExt;",
            "use std::{fs, os::fd::AsFd};",
            "fn f() { rustix::process::getpid(); }",
            "use nix::unistd;",
            "use signal_hook as s;",
        ] {
            assert_eq!(named_systems("project/store.rs", source).len(), 1, "{source}");
            assert_eq!(named_systems("system/unix/files.rs", source), Vec::<String>::new(), "{source}");
        }
        let right = "#[cfg(test)] mod tests { fn unix() { notify(windows); } } // rustix::fs\nuse std::fs;";
        assert_eq!(named_systems("terminal/guard.rs", right), Vec::<String>::new());
    }

    #[test]
    fn codes_that_are_read_back_are_found() {
        for source in [
            "fn f() -> bool { problem.code == \"deleted\" }",
            "fn f() { if a.code != \"b\" && c {} }",
            "fn f() -> bool { matches!(problem.code, \"a\" | \"b\") }",
            "fn f() { match self.problem.code { \"a\" => 1, _ => 2 } }",
        ] {
            assert_eq!(asked_codes("cli/open.rs", source).len(), 1, "{source}");
        }
        for source in [
            "fn f() { key.code == KeyCode::Esc && other.code() == b }",
            "fn f() { match key.code { KeyCode::Esc => 1, _ => 2 } }",
            "fn f() { (problem.code, problem.key); R { code: problem.code, level } }",
        ] {
            assert_eq!(asked_codes("terminal/replies.rs", source), Vec::<String>::new());
        }
    }

    #[test]
    fn own_rounding_is_found() {
        for source in [
            "fn f() { a.round_dp(2); }",
            "fn f() { number::amount(c, a); }",
            "fn f() { words::number::shown(s, a); }",
            "fn f() { money::rounded(a, 2); }",
            "fn f() { Currency::USD.show(a); }",
            "fn f() { cap.currency.show(a); }",
            "fn f() { budget.shown.text(a); }",
        ] {
            for file in ["ui/list.rs", "cli/check.rs", "runtime/workspace.rs", "words/bills.rs", "cost/bill/bill.rs"] {
                assert_eq!(own_rounding(file, source).len(), 1, "{file}: {source}");
            }
            for file in ["figures/amount.rs", "cost/base/money.rs", "words/number.rs"] {
                assert_eq!(own_rounding(file, source), Vec::<String>::new(), "{file}: {source}");
            }
        }
        let others = "fn f() { shown(a); x.amount; state.show(b); overlays.show(c); figures::text(s, a); }";
        assert_eq!(own_rounding("ui/list.rs", others), Vec::<String>::new());
    }

    #[test]
    fn limits_elsewhere_are_found() {
        for source in
            ["const NAME_MAX: u8 = 1;", "pub(super) static MAX_BYTES: u64 = 1;", "impl A { const MAX: u8 = 1; }"]
        {
            assert_eq!(strays("project/read.rs", source).len(), 1, "{source}");
            assert_eq!(strays("cost/base/limits.rs", source), Vec::<String>::new(), "{source}");
        }
        let right = "use a::NAME_MAX; // const NAME_MAX: u8\nconst MAXIMAL: u8 = u8::MAX; const fn most_max() {}";
        assert_eq!(strays("project/read.rs", right), Vec::<String>::new());
        assert_eq!(strays("ui/conflict.rs", "const LINES_MAX: usize = 6;"), Vec::<String>::new());
    }

    #[test]
    fn functions_are_measured_between_their_braces() {
        let source = "fn a() -> [u8; 2] {\n  let s = \"}\"; // }\n  let c = '}';\n  if x { r#\"\n}\"# }\n}\ntrait T { fn b(); }\nfn c() {}\n";
        assert_eq!(functions(source), [("a".to_owned(), 1, 6), ("c".to_owned(), 8, 1)]);
        let nested = "impl A {\n fn outer() {\n  fn inner() {\n  }\n }\n}";
        assert_eq!(functions(nested), [("outer".to_owned(), 2, 4), ("inner".to_owned(), 3, 2)]);
    }

    #[test]
    fn lengths_and_heads_have_limits() {
        let function = |lines: usize| format!("//! x\nfn long() {{\n{}}}\n", "a();\n".repeat(lines - 2));
        assert_eq!(untidy("f.rs", &function(70)), Vec::<String>::new());
        assert!(untidy("f.rs", &function(71))[0].contains("fn long has 71 lines"));
        let file = |lines: usize| format!("//! x\n{}", "//\n".repeat(lines - 1));
        assert_eq!(untidy("f.rs", &file(500)), Vec::<String>::new());
        assert!(untidy("f.rs", &file(501))[0].contains("501 lines"));
        assert!(untidy("f.rs", "fn a() {}")[0].contains("first line"));
    }

    #[test]
    fn unfinished_work_is_found() {
        let mark = ["FIX", "ME"].concat();
        for source in
            ["fn a() { todo!() }", "fn a() { dbg!(1); }", "fn a() { unimplemented!() }", &format!("// {mark}")]
        {
            assert_eq!(untidy("f.rs", &format!("//! x\n{source}")).len(), 1, "{source}");
        }
        assert_eq!(untidy("f.rs", "//! x\n// a todo! in words\nfn a() { let s = \"dbg!\"; }"), Vec::<String>::new());
    }

    #[test]
    fn folders_of_one_machine_are_found() {
        for name in ["home", "work", "root"] {
            let text = format!("see\n`/{name}/x/notes.md`");
            assert_eq!(machine_paths("a.md", &text).len(), 1, "{text}");
        }
        // Put together here, so that this file holds no such folder either.
        let within = format!("https://example.org/{}/ and src/{}/x and ~/notes", "home", "work");
        assert_eq!(machine_paths("a.md", &within), Vec::<String>::new());
    }
}
