//! Conversations of several steps: import, recovery, conflicts, other programs' changes, open, save and quit.

pub(in crate::app) mod ask;
pub mod conflict;
pub mod difference;
pub(in crate::app) mod external_change;
pub(in crate::app) mod import;
pub mod leads;
pub mod lifecycle;
pub(in crate::app) mod paths;
pub mod project_form;
pub(in crate::app) mod project_removal;
pub(in crate::app) mod project_risks;
pub(in crate::app) mod rates;
pub(in crate::app) mod reading;
pub mod recovery;
mod scenario_difference;
pub mod under_cap;
