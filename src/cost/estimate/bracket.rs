//! The lowest and highest cost of what is left to the model: of a deliverable, and of the whole project with all that is
//! charged on top.

use crate::cost::base::money::Decimal;
use crate::cost::base::tokens::Quality;
use crate::cost::base::wide::Wide;
use crate::cost::budget::resolve::Deliverable;
use crate::cost::budget::{QualityChoice, SizeChoice};
use crate::cost::estimate::invoice::OfProject;
use crate::cost::estimate::line::{Bracket, LineEstimate};
use std::sync::Arc;

/// From low to high quality, and over all legal sizes, where size or quality is left to the model; `None` if neither is, or
/// an end has no price. `priced`: the total of a deliverable in USD, and whether it is approximate.
pub(super) fn of_line(line: &Deliverable, priced: impl Fn(Deliverable) -> Option<(Decimal, bool)>) -> Option<Bracket> {
    let (auto_size, auto_quality) = (line.size.value == SizeChoice::Auto, line.quality.value == QualityChoice::Auto);
    // Measured finals have a price; drafts that are as large as finals may have none.
    let is_priced = line.measured_output().is_some() && (!auto_size || line.explore.is_none());
    if is_priced || !auto_size && !auto_quality {
        return None;
    }
    let end = |highest: bool| {
        let mut tried = line.clone();
        if let Some(measured) = tried.measured.value.as_mut().filter(|_| line.measured_output().is_some()) {
            let measured = Arc::make_mut(measured);
            (measured.size, measured.quality) = (None, None);
        }
        if auto_quality {
            let quality = if highest { Quality::High } else { Quality::Low };
            tried.quality.value = QualityChoice::Exact(quality);
        }
        let QualityChoice::Exact(quality) = tried.quality.value else { return None };
        if auto_size {
            let model = &line.model.value;
            let counted = model.sizes.legal_sizes().filter_map(|size| Some((model.output.count(size, quality)?, size)));
            let (_, size) = if highest { counted.max()? } else { counted.min()? };
            tried.size.value = SizeChoice::Exact(size);
        }
        priced(tried)
    };
    let ((least, low), (most, high)) = end(false).zip(end(true))?;
    Some(Bracket { least, most, approximate: low || high })
}

/// The last total if every deliverable without a price has a bracket: the sum of the ends, with fees, markup and tax of the
/// project. `None` if something else is unknown. Asked only where a line has no price: each edit would walk all lines else.
pub(super) fn of_project(lines: &[LineEstimate], project: &OfProject) -> Option<Bracket> {
    let (mut least, mut most, mut approximate) = (Wide::default(), Wide::default(), false);
    for line in lines {
        let ends = match (line.total, line.bracket) {
            (Some(total), _) => Bracket { least: total, most: total, approximate: line.is_approximate() },
            (None, bracket) => bracket?,
        };
        least += &Wide::from(ends.least);
        most += &Wide::from(ends.most);
        approximate |= ends.approximate;
    }
    let total = |lines: &Wide| project.last_total(lines)?.nearest().ok();
    Some(Bracket { least: total(&least)?, most: total(&most)?, approximate })
}
