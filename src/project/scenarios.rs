//! Scenarios, which are kept and not read: only slips in their keys are looked for, because a check must not vouch for a file
//! whose author would be surprised once they are read.

use super::other_words::key_meant;
use super::problem::{At, Sentence};
use super::reader::{Item, Reader};
use super::schema::{self, Section};
use crate::diagnostics::Code;
use crate::words;
use toml::de::{DeTable, DeValue};

impl Reader<'_> {
    /// Reports each key of a scenario that misses a known one by a slip, or is another word for one.
    pub(super) fn scenarios(&mut self, at: &At<'_>, item: &Item<'_>) {
        for (name, scenario) in entries(item) {
            let at = at.below(name);
            self.slips(&[Section::Scenario], &at, scenario);
            let part = |key: &str| table(scenario).and_then(|scenario| scenario.get(key));
            if let Some(assumptions) = part("assumptions") {
                self.slips(&[Section::Assumptions], &at.below("assumptions"), assumptions);
                self.measured_slips(&at.below("assumptions"), assumptions);
            }
            for (name, patch) in part("fee").into_iter().flat_map(entries) {
                self.slips(&[Section::Fee], &at.below("fee").below(name), patch);
            }
            let at = at.below("deliverable");
            for (key, patch) in part("deliverable").into_iter().flat_map(entries) {
                let at = at.below(key);
                self.slips(&[Section::Deliverable, Section::Patch], &at, patch);
                self.measured_slips(&at, patch);
                if let Some(explore) = table(patch).and_then(|patch| patch.get("explore")) {
                    self.slips(&[Section::Explore], &at.below("explore"), explore);
                }
            }
        }
    }

    /// Slips in the measured tokens of a table.
    fn measured_slips(&mut self, at: &At<'_>, item: &Item<'_>) {
        if let Some((_, tokens)) = entries(item).find(|(key, _)| *key == "tokens") {
            self.slips(&[Section::Tokens], &at.below("tokens"), tokens);
        }
    }

    /// Reports each key of a table that these sections do not have and that misses one of theirs.
    fn slips(&mut self, sections: &[Section], at: &At<'_>, item: &Item<'_>) {
        for (key, _) in table(item).into_iter().flatten() {
            let name: &str = key.get_ref();
            let known = sections.iter().any(|section| section.row(name).is_some());
            if known || self.newer || schema::is_own(name) || self.report.is_full(Code::KeyNear) {
                continue;
            }
            if let Some(near) = key_meant(sections, name) {
                self.report.say(Code::KeyNear, &at.below(name), &key.span(), |written| {
                    Sentence::new(words::key_unknown(written)).remedy(words::did_you_mean(near))
                });
            }
        }
    }
}

fn table<'t, 'i>(item: &'t Item<'i>) -> Option<&'t DeTable<'i>> {
    match item.get_ref() {
        DeValue::Table(table) => Some(table),
        _ => None,
    }
}

fn entries<'t, 'i>(item: &'t Item<'i>) -> impl Iterator<Item = (&'t str, &'t Item<'i>)> {
    table(item).into_iter().flatten().map(|(key, item)| (&**key.get_ref(), item))
}
