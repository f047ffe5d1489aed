//! Sentences for what the engine reports as codes and values.

catalogue! { COST;
    /// An edge off the 16-pixel grid.
    size_step(edge, value) = "The {edge} of {value} px is not a multiple of 16";
    /// No rate card has a price for this.
    price_unknown(model) = "No price is known for {model}";
    /// Generations that a plan needs.
    generation_count(count) = "{count} {count|generation|generations}";
    /// Pictures that are kept.
    final_count(count) = "{count} {count|final|finals}";
    /// The total stands above the cap; both amounts with their currency.
    over_cap(total, cap) = "The total of {total} is over the cap of {cap}";
    /// Buffer that covers a share of the outcomes, as a percentile name.
    buffer_covers(percentile) = "covers {percentile}";
}
