//! How sure a total is: the distribution against figures computed apart, its parts, and what must hold of any project.
#![allow(clippy::float_arithmetic, reason = "chances are binary floats")]

mod always;
mod differences;
mod differences_drawn;
mod exact;
mod golden;
mod kept;
mod named;
mod parts;
mod projects;
mod simulated;
mod worded;

use retake::cost::base::money::Decimal;
use retake::cost::risk::Prior;
use retake::cost::risk::work::{Item, Mode, Profile, Work};

/// The nearest decimal of 12 places of a number in a fixture.
fn decimal(number: f64) -> Decimal {
    format!("{number:.12}").parse::<Decimal>().unwrap().normalize()
}

fn item(finals: u64, unit: &str) -> Item {
    Item { deliverable: 0, finals, unit: unit.parse().unwrap(), mode: Mode::Single }
}

fn one_profile(retry: f64, worth: f64, items: Vec<Item>) -> Work {
    let items = items.into_iter().enumerate().map(|(deliverable, item)| Item { deliverable, ..item }).collect();
    let profile = Profile { prior: Prior { retry, worth }, items, extras: Vec::new() };
    Work { profiles: vec![profile], ..Work::default() }
}
