//! An estimate's issues about fees in words.

use super::Explanation;
use super::issues::issue_unreadable_remedy;
use crate::cost::base::money::Currency;
use crate::cost::estimate::issue::IssueKind;
use crate::words::fees::{
    fee_currency, fee_currency_remedy, fee_currency_remedy_usd, fee_deliverable_remedy, fee_deliverable_unknown,
    fee_key_unused, fee_key_unused_remedy, fee_lacks, fee_left_by_scenario, fee_names_none, fee_names_none_remedy,
    fee_unreadable,
};

/// Issues about fees; empty for any other issue.
pub(super) fn about_a_fee(kind: &IssueKind) -> Explanation {
    match kind {
        IssueKind::FeeIncomplete { fee, key } => {
            let [message, remedy] = fee_lacks(fee, *key);
            Explanation::new(message, "", remedy)
        }
        IssueKind::FeeUnreadable { fee, key } => {
            Explanation::new(fee_unreadable(fee, key.name()), "", issue_unreadable_remedy())
        }
        IssueKind::FeeCurrency { fee, currency, project } => {
            let remedy = match *project == Currency::USD {
                true => fee_currency_remedy_usd().to_owned(),
                false => fee_currency_remedy(project.code()),
            };
            Explanation::new(fee_currency(fee, currency.code(), project.code()), "", remedy)
        }
        IssueKind::FeeDeliverable { fee, deliverable } => {
            Explanation::new(fee_deliverable_unknown(fee, deliverable), "", fee_deliverable_remedy())
        }
        IssueKind::FeeKeyUnused { fee, key, per } => {
            let key = key.name();
            Explanation::new(fee_key_unused(key, fee, per.name()), "", fee_key_unused_remedy(key))
        }
        IssueKind::FeeNamesNone { fee } => Explanation::new(fee_names_none(fee), "", fee_names_none_remedy()),
        _ => Explanation::default(),
    }
}

/// A fee whose deliverables a scenario took out.
#[must_use]
pub fn fee_left_without(scenario: &str, fee: &str) -> Explanation {
    Explanation::new(fee_left_by_scenario(scenario, fee), "", "")
}
