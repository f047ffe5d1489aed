//! No answer to the offer of an earlier session's edits loses an edit, whatever happened to the file meanwhile.

use crate::disk::Bench;
use crate::random::bare;
use retake::app::flows::recovery::{Recovered, Row};
use retake::app::{Action, Overlay};
use retake::cost::budget::edit::{Edit, Scope, TextField};
use retake::cost::{Budget, Decimal, Knob, Setting, Settings, SharedLine, Value};
use std::fs;
use std::time::Instant;

const BASE: &str = "retake = 1\n[deliverable.a]\nfinals = 10\n[deliverable.b]\nfinals = 20\n";

fn journals(bench: &Bench) -> usize {
    retake::project::journal::count(&bench.path("state/journal"))
}

fn offered(bench: &Bench) -> Option<&Recovered> {
    match bench.state.overlays.top() {
        Some(Overlay::Recover { recovered, .. }) => Some(recovered),
        _ => None,
    }
}

fn finals(line: usize, count: u64) -> Edit {
    let after = Some(Setting::Value(Value::Count(count)));
    Edit::Knob { scope: Scope::Line(line), knob: Knob::Finals, before: None, after }
}

fn does(bench: &mut Bench, edits: Vec<Edit>) {
    bench.state.carry_out("a step".to_owned(), edits);
    bench.workspace.note(&mut bench.state, Instant::now());
}

/// A session that makes every kind of edit and is cut off.
fn cut_off() -> Bench {
    let mut bench = Bench::with(&[("a.toml", BASE)]).kept();
    does(&mut bench, vec![finals(0, 11)]);
    does(&mut bench, vec![finals(1, 21)]);
    let name = |field, text: &str| Edit::Text { field, before: None, after: Some(text.to_owned()) };
    does(&mut bench, vec![name(TextField::ProjectName, "Spring")]);
    does(&mut bench, vec![name(TextField::LineName(1), "Beta")]);
    let mut added = (*bench.state.budget().lines[0]).clone();
    added.key = "c".to_owned();
    does(&mut bench, vec![Edit::Insert { index: 2, line: Box::new(added) }]);
    does(&mut bench, vec![Edit::Move { from: 0, to: 1 }]);
    let buffer = Setting::Value(Value::Percent(Decimal::from(7)));
    does(
        &mut bench,
        vec![Edit::Knob { scope: Scope::Assumptions, knob: Knob::Buffer, before: None, after: Some(buffer) }],
    );
    bench
}

/// The possible fates of the file meanwhile; `None` for a file that is gone.
const FATES: [(&str, Option<&str>); 12] = [
    ("as it was", Some(BASE)),
    ("without b", Some("retake = 1\n[deliverable.a]\nfinals = 10\n")),
    ("without a and b", Some("retake = 1\n")),
    ("emptied", Some("")),
    ("a blank line", Some("\n")),
    ("gone", None),
    (
        "every value another one",
        Some(
            "retake = 1\nname = \"X\"\n[assumptions]\nbuffer = \"8%\"\n[deliverable.a]\nfinals = 1\n[deliverable.b]\nname = \"Y\"\nfinals = 2\n[deliverable.c]\nfinals = 3\n",
        ),
    ),
    (
        "another order",
        Some("retake = 1\n[deliverable.b]\nfinals = 20\n[deliverable.x]\n[deliverable.a]\nfinals = 10\n"),
    ),
    ("b broken", Some("retake = 1\n[deliverable.a]\nfinals = 10\n[deliverable.b]\nfinals = \"many\"\n")),
    ("another project", Some("retake = 1\nname = \"Other\"\n[deliverable.z]\nfinals = 1\n")),
    ("a comment", Some("# new\nretake = 1\n[deliverable.a]\nfinals = 10\n[deliverable.b]\nfinals = 20\n")),
    ("without a version", Some("[deliverable.a]\nfinals = 10\n")),
];

/// Every edit of [`cut_off`], as the offer names it: by place and value.
const EDITS: [(&str, &str); 6] =
    [("a", "11"), ("Beta", "21"), ("Project", "Spring"), ("Beta", "Beta"), ("c", ""), ("assumptions", "7")];

fn names(row: &Row, place: &str, value: &str) -> bool {
    let of_place = row.place == place
        || row.place.contains(place)
        || (place == "Beta" && ["b", "Y"].contains(&row.place.as_str()));
    let values = row.values.as_ref().map_or("", |(_, new)| new.as_str());
    of_place && (value.is_empty() || values.contains(value))
}

/// Whether `now` has everything in `wanted`, in order; a file may have other deliverables besides.
fn holds(now: &Budget, wanted: &Budget) -> bool {
    let (now, wanted) = (bare(now), bare(wanted));
    let known = |line: &&SharedLine| wanted.lines.iter().any(|wanted| wanted.key == line.key);
    let same = |layer: &Settings, of: &Settings| of.iter().all(|(knob, setting)| layer.get(knob) == Some(setting));
    now.lines.iter().filter(known).eq(&wanted.lines)
        && now.name == wanted.name
        && same(&now.assumptions, &wanted.assumptions)
}

#[test]
fn whatever_became_of_the_file_no_answer_loses_an_edit() {
    for (fate, text) in FATES {
        for answer in [Action::Recover, Action::Later, Action::Quit, Action::OpenCopy, Action::Accept, Action::Cancel] {
            let bench = cut_off();
            let wanted = bench.state.budget().clone();
            match text {
                Some(text) => fs::write(bench.path("a.toml"), text).unwrap(),
                None => fs::remove_file(bench.path("a.toml")).unwrap(),
            }
            let mut bench = bench.again("a.toml");
            let found = offered(&bench).unwrap_or_else(|| panic!("no offer: {fate}")).clone();
            for (place, value) in EDITS {
                let told = found.rows.iter().chain(&found.left).any(|row| names(row, place, value));
                assert!(told, "{place} {value} is not named: {fate}\n{found:#?}");
            }
            let whole = found.left.is_empty();
            bench.act(answer);
            let kept = bench.state.budget().lines.iter().any(|line| line.key == "c") && bench.state.is_dirty();
            match answer {
                Action::Recover if whole => assert!(kept && journals(&bench) == 1, "{fate}"),
                Action::Recover | Action::OpenCopy => assert!(journals(&bench) >= 1, "{fate}"),
                _ => assert_eq!(journals(&bench), 1, "{answer:?}: {fate}"),
            }
            // Whatever the answer, and although this session is cut off too: all edits are still available.
            let mut bench = bench.again("a.toml");
            let mut rounds = 0;
            while !holds(bench.state.budget(), &wanted) {
                rounds += 1;
                assert!(
                    rounds < 5,
                    "the edits cannot be had any more: {answer:?}, {fate}\n{}\n{:?}",
                    bench.notice(),
                    bench.state.budget()
                );
                if (Action::OpenCopy.row().can)(&bench.state).is_ok() {
                    bench.act(Action::OpenCopy);
                    continue;
                }
                // A partly restored record is a separate record: the other one is offered after it.
                bench.act(Action::Recover);
                if bench.state.project.file().is_some() {
                    bench.act(Action::Save);
                    bench = bench.again("a.toml");
                }
            }
        }
    }
}
