//! The effect of each action on the state, one file per group.

pub mod bills;
pub mod bring_back;
pub mod card_list;
pub(in crate::app) mod cards;
pub(in crate::app) mod choose;
pub(in crate::app) mod clipboard;
pub mod factor;
pub mod fees;
pub mod followers;
pub(in crate::app) mod history;
pub mod knob_edit;
pub mod lines;
pub mod mouse;
pub mod named_risks;
pub(in crate::app) mod navigation;
pub mod project_values;
pub mod risk;
pub mod scenarios;
mod sign;
pub mod summary;
pub mod update;
pub mod why;
