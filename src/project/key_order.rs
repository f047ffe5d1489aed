//! The order in which people write the keys of a table.

/// Keys in the order that people write them, so that a new key goes where they look for it.
const ORDER: &[&str] = &[
    "retake",
    "extends",
    "name",
    "position",
    "client",
    "currency",
    "notes",
    "rate",
    "as_of",
    "checked",
    "source",
    "grade",
    "standard",
    "batch",
    "preset",
    "model",
    "service_tier",
    "ratio",
    "size",
    "quality",
    "chance",
    "finals",
    "deliverable",
    "repeat",
    "drafts_per_final",
    "retry",
    "buffer",
    "surcharge",
    "references",
    "images_per_call",
    "pick",
    "prompt_tokens",
    "prompt",
    "prompt_file",
    "cached_input",
    "partial_images",
    "tokens",
    "returned",
    "markup",
    "tax",
    "cap",
    "amount",
    "per",
    "deliverables",
    "note",
    "off",
    "scenario",
    "total",
    "mean",
    "on",
    "prices",
    "lines",
    "remove",
    "was",
];

/// A key's place in the order of writing; `None` for an unknown key.
pub(super) fn rank(key: &str) -> Option<usize> {
    ORDER.iter().position(|known| *known == key)
}

/// How many keys of a path stand in the header of a table whose further keys people write dotted in it:
/// `deliverable.pdp-hero.size = "2k"` below `[scenario.client-2k]`. `None` if they give each table a header.
pub(super) fn dotted_below(path: &[String]) -> Option<usize> {
    (path.len() > 3 && path.first().is_some_and(|key| key == "scenario")).then_some(2)
}

#[cfg(test)]
mod tests {
    use crate::cost::budget::knob;
    use crate::project::key_order::rank;
    use crate::project::schema::{Form, Section};

    #[test]
    fn every_knob_has_a_key_and_a_place_among_the_keys() {
        let sections = [Section::Top, Section::Assumptions, Section::Deliverable, Section::Explore];
        let rows: Vec<_> = sections.into_iter().flat_map(Section::rows).collect();
        for knob in knob::TABLE.iter().map(|row| row.knob) {
            assert!(rows.iter().any(|row| row.form == Form::Knob(knob)), "no key of a file for {knob:?}");
        }
        let knobs = rows.iter().filter(|row| matches!(row.form, Form::Knob(_)));
        let lost: Vec<_> = knobs.map(|row| row.key).filter(|key| rank(key).is_none()).collect();
        assert!(lost.is_empty(), "no place for {lost:?}");
    }
}
