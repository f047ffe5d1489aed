//! Other words for known keys, such as `vat` for tax: like a slip, such a key would count nothing, so a guard refuses it.

use super::schema::{Form, Section};
use super::unknown_keys::{self, counting_key};
use crate::cost::Knob;
use crate::cost::budget::other_words::{Meant, meant, meant_of_fee, meant_of_risk};
use crate::words;
use toml::Spanned;
use toml::de::DeValue;

/// What to write instead of a key; `None` if it is no other word that may stand in this table.
pub(super) fn remedy(section: Section, key: &str, item: &Spanned<DeValue<'_>>) -> Option<String> {
    if section != Section::Top && section != Section::Scenario && unknown_keys::is_charge(key) {
        return Some(words::risk_table_remedy().to_owned());
    }
    match section {
        Section::Fee => meant_of_fee(key).map(|key| words::did_you_mean(key.name())),
        Section::Risk => meant_of_risk(key).map(|key| words::did_you_mean(key.name())),
        Section::Top | Section::Assumptions | Section::Deliverable | Section::Patch | Section::Explore => {
            let meant = meant(key)?;
            // A table of one's own may bear the name of a count, and one with counts in it is told by those.
            let is_table = matches!(item.get_ref(), DeValue::Table(_));
            let may_stand = !is_table || (is_charge(meant) && counting_key(item).is_none());
            // `fees` at the top is a slip for fee.
            let slip = meant == Meant::Fee && section.near_miss(key) == Some("fee");
            (may_stand && !slip).then(|| instead(section, meant))
        }
        _ => None,
    }
}

/// Whether it is money beside the images, for which people expect a table too.
fn is_charge(meant: Meant) -> bool {
    match meant {
        Meant::Fee | Meant::Discount => true,
        Meant::Knob(knob) => matches!(knob, Knob::Tax | Knob::Markup | Knob::Surcharge),
    }
}

fn instead(section: Section, meant: Meant) -> String {
    match meant {
        Meant::Fee => words::other_word_fee().to_owned(),
        Meant::Discount => words::other_word_discount().to_owned(),
        Meant::Knob(knob) => match key_of(section, knob) {
            Some(key) => words::did_you_mean(key),
            None => {
                let home = [Section::Assumptions, Section::Deliverable].into_iter();
                let found = home.filter_map(|home| Some((key_of(home, knob)?, home.place()))).next();
                found.map_or_else(String::new, |(key, place)| words::other_word_elsewhere(key, place))
            }
        },
    }
}

/// The key of a knob in a table.
fn key_of(section: Section, knob: Knob) -> Option<&'static str> {
    section.rows().iter().find(|row| row.form == Form::Knob(knob)).map(|row| row.key)
}
