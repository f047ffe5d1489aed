//! Kept of made on its way: typed in the dashboard, saved, read back.

use crate::disk::Bench;
use retake::app::actions::update::{paste, update};
use retake::app::model::field::Field;
use retake::app::{Action, Focus, Selection};
use retake::cost::base::retry::Retry;
use retake::cost::{Knob, Setting, Value};

const TEXT: &str = "retake = 1\n\n# counted\n[deliverable.hero]   # the first\nfinals = 4\nretry = 2.0\n";

fn type_retry(bench: &mut Bench, text: &str) {
    let pane = Knob::Retry.row().pane;
    bench.state.view.selection = Selection::Line(0);
    bench.state.view.focus = Focus::Pane(pane);
    let at = bench.state.fields(pane).iter().position(|field| *field == Field::Knob(Knob::Retry)).unwrap();
    bench.state.view.field_at[pane as usize] = at;
    paste(&mut bench.state, text);
    update(&mut bench.state, Action::Accept);
    assert!(bench.state.view.input.is_none(), "{text} was refused");
}

#[test]
fn counted_images_that_are_typed_are_saved_as_they_are_and_read_back() {
    for (typed, kept, made) in [("20/60", 20, 60), ("3/7", 3, 7), ("１/３", 1, 3), ("7/7", 7, 7)] {
        let mut bench = Bench::with(&[("a.toml", TEXT)]);
        type_retry(&mut bench, typed);
        bench.act(Action::Save);
        // The first save pins the prices below.
        let wanted = TEXT.replace("retry = 2.0\n", &format!("retry = {{ kept = {kept}, made = {made} }}\n"));
        let saved = bench.text("a.toml");
        assert!(saved.starts_with(&wanted), "{typed}: {saved}");
        let mut again = Bench::with(&[("a.toml", &saved)]);
        let own = again.state.budget().lines[0].settings.get(Knob::Retry).cloned();
        assert_eq!(own, Some(Setting::Value(Value::Retry(Retry::Kept { kept, made }))), "{typed}");
        // A step away and back is every byte of it.
        type_retry(&mut again, "4");
        again.act(Action::Save);
        again.act(Action::Undo);
        again.act(Action::Save);
        assert_eq!(again.text("a.toml"), saved, "{typed}");
    }
}
