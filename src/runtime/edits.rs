//! Edits as JSON and back, exactly: a step of the journal is a list of them.
//!
//! Values are written as the forms that people type, one key saying which form it is; decimals are text, so that no digit is
//! lost. What cannot be read back is no edit, and what follows it is not applied.

mod values;

use crate::app::flows::difference::edits_between;
use crate::cost::budget::edit::{Edit, Scope, TextField};
use crate::cost::rates::rate_card::TokenCard;
use crate::cost::{Budget, Knob, Line, Settings};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;
use values::{card, read_card, read_setting, setting};

/// A step as one line of text.
#[must_use]
pub fn written(edits: &[Edit]) -> String {
    Json::Array(edits.iter().flat_map(plain).collect()).to_string()
}

/// An edit of everything is the edits that lead from one to the other.
fn plain(whole: &Edit) -> Vec<Json> {
    match whole {
        Edit::Whole { before, after } => edits_between(before, after).iter().map(edit).collect(),
        one => vec![edit(one)],
    }
}

/// The edits of a step; none where it is not one.
#[must_use]
pub fn read(step: &str) -> Option<Vec<Edit>> {
    let step: Json = serde_json::from_str(step).ok()?;
    step.as_array()?.iter().map(read_edit).collect()
}

/// Carries steps out on the budget that they start from; false where one of them cannot be read.
#[must_use]
pub fn replay(budget: &mut Budget, steps: &[String]) -> bool {
    steps.iter().all(|step| {
        let Some(edits) = read(step) else { return false };
        for edit in &edits {
            edit.apply(budget);
        }
        true
    })
}

fn edit(edit: &Edit) -> Json {
    let optional = |part: Option<&crate::cost::Setting>| part.map_or(Json::Null, setting);
    match edit {
        Edit::Knob { scope, knob, before, after } => {
            let line = match scope {
                Scope::Assumptions => None,
                Scope::Line(index) => Some(*index),
            };
            json!(["knob", line, knob.row().name, optional(before.as_ref()), optional(after.as_ref())])
        }
        Edit::Text { field: TextField::ProjectName, before, after } => json!(["name", null, before, after]),
        Edit::Text { field: TextField::LineName(index), before, after } => json!(["name", index, before, after]),
        Edit::Insert { index, line } => json!(["insert", index, self::line(line)]),
        Edit::Remove { index, line } => json!(["remove", index, self::line(line)]),
        Edit::Move { from, to } => json!(["move", from, to]),
        Edit::Position { index, before, after } => json!(["position", index, before, after]),
        Edit::Pins { before, after } => json!(["pins", pins(before), pins(after)]),
        Edit::Compare { before, after } => json!(["compare", before, after]),
        Edit::Months { before, after } => json!(["months", before, after]),
        // Taken apart by [`plain`], and never among what it gives.
        Edit::Whole { .. } => Json::Null,
    }
}

fn read_edit(edit: &Json) -> Option<Edit> {
    let parts = edit.as_array()?;
    let index = |at: usize| parts.get(at)?.as_u64().and_then(|index| usize::try_from(index).ok());
    let text = |at: usize| match parts.get(at)? {
        Json::Null => Some(None),
        Json::String(text) => Some(Some(text.clone())),
        _ => None,
    };
    let number = |at: usize| match parts.get(at)? {
        Json::Null => Some(None),
        number => number.as_i64().map(Some),
    };
    let optional = |at: usize| match parts.get(at)? {
        Json::Null => Some(None),
        written => read_setting(written).map(Some),
    };
    Some(match parts.first()?.as_str()? {
        "knob" => {
            let scope = if parts.get(1)?.is_null() { Scope::Assumptions } else { Scope::Line(index(1)?) };
            Edit::Knob { scope, knob: Knob::named(parts.get(2)?.as_str()?)?, before: optional(3)?, after: optional(4)? }
        }
        "name" => {
            let whole = parts.get(1)?.is_null();
            let field = if whole { TextField::ProjectName } else { TextField::LineName(index(1)?) };
            Edit::Text { field, before: text(2)?, after: text(3)? }
        }
        "insert" => Edit::Insert { index: index(1)?, line: Box::new(read_line(parts.get(2)?)?) },
        "remove" => Edit::Remove { index: index(1)?, line: Box::new(read_line(parts.get(2)?)?) },
        "move" => Edit::Move { from: index(1)?, to: index(2)? },
        "position" => Edit::Position { index: index(1)?, before: number(2)?, after: number(3)? },
        "compare" => {
            let names = |at: usize| -> Option<Vec<String>> {
                parts.get(at)?.as_array()?.iter().map(|name| name.as_str().map(str::to_owned)).collect()
            };
            Edit::Compare { before: names(1)?, after: names(2)? }
        }
        "months" => {
            let months = |at: usize| match number(at)? {
                None => Some(None),
                Some(months) => u32::try_from(months).ok().map(Some),
            };
            Edit::Months { before: months(1)?, after: months(2)? }
        }
        "pins" => Edit::Pins { before: read_pins(parts.get(1)?)?, after: read_pins(parts.get(2)?)? },
        _ => return None,
    })
}

fn line(line: &Line) -> Json {
    let settings: Map<String, Json> =
        line.settings.iter().map(|(knob, set)| (knob.row().name.to_owned(), setting(set))).collect();
    json!({ "key": line.key, "name": line.name, "position": line.position, "note": line.note, "set": settings })
}

fn read_line(line: &Json) -> Option<Line> {
    let text = |key: &str| match line.get(key)? {
        Json::Null => Some(None),
        Json::String(text) => Some(Some(text.clone())),
        _ => None,
    };
    let position = match line.get("position")? {
        Json::Null => None,
        position => Some(position.as_i64()?),
    };
    let mut settings = Settings::default();
    for (name, set) in line.get("set")?.as_object()? {
        settings.put(Knob::named(name)?, Some(read_setting(set)?));
    }
    Some(Line { key: text("key")??, name: text("name")?, position, note: text("note")?, settings })
}

fn pins(pins: &BTreeMap<String, TokenCard>) -> Json {
    Json::Object(pins.iter().map(|(id, pinned)| (id.clone(), card(pinned))).collect())
}

fn read_pins(pins: &Json) -> Option<BTreeMap<String, TokenCard>> {
    pins.as_object()?.iter().map(|(id, pinned)| Some((id.clone(), read_card(pinned)?))).collect()
}
