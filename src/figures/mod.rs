//! Money as shown, in one place: screen, clipboard and every report read their figures here and round nowhere else.
//!
//! Each figure is rounded for itself, half to even, so that an edit of one line never changes the cents of another. If shown
//! parts do not add up to their shown sum, the difference gets its own line: [`Amount::rest_of`].

mod amount;
mod bill_money;
mod bills;
mod breakdown;
mod cap;
mod client_summary;
mod count;
mod credits;
mod difference;
mod factor;
mod followers;
mod headline;
mod how_sure;
mod invoice;
mod levers;
mod likely;
mod named_risks;
mod risk;
mod risk_page;
mod scenarios;
mod share;
mod summary;
mod sums;
mod work;

pub use amount::{
    Amount, Bound, about_if, bar_units, bracket_text, exact_usd, is_change_about, text, text_if, text_of_fraction,
    text_of_fraction_if, total_text, unit_price,
};
pub use bill_money::BillMoney;
pub use bills::{BillBrief, BillColumn, BillFigure, BillRow, BillTable, Tone};
pub use breakdown::{Breakdown, CostPart};
pub use cap::{BesideCap, CapMoney, cap_as_set, cap_without_cents, issue};
pub use client_summary::ClientSummary;
pub use count::{checkable_count, count, finals, short_count};
pub use credits::{Credits, credits_text};
pub use difference::Difference;
pub use factor::{accepted, factor, is_short, mean, printed_factor};
pub use followers::followers;
pub use headline::{Against, Headline};
pub use how_sure::{BESIDE_TOTAL, BufferOf, Coverage, Percentile, Reached, percentiles};
pub use invoice::{InvoiceRow, InvoiceRows, fee_label, surcharge_label};
pub use levers::{LeverWords, chance_figures, compared_name, lever_label};
pub use likely::Differences;
pub use named_risks::{NamedRow, Standing, brings, chance_of, named_rows};
pub use risk::{
    buffer_needed, chance, chance_over, chance_within, experience, none_seen, percentile_name, share, share_below,
    sharing, short_chance, tries,
};
pub use risk_page::{ReachOf, ReachRow, distinct_rows, missing, reach_rows, withheld};
pub use scenarios::{ComparedRow, SideBySide, in_shown_currency, since_change};
pub use share::{Percent, percent_of, percent_to_places, whole_percent};
pub use summary::{Summary, SummaryBill, SummaryRow, Summed};
pub use sums::Sums;
pub use work::StageWork;
