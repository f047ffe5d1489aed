//! The estimate as a mail, as Markdown and as cells of a spreadsheet.

catalogue! { SUMMARY;
    /// Heading of the sum from deliverables to the total.
    why_sum() = "From the deliverables to the total";
    /// Where a value for all was set, and how many deliverables have it.
    why_followed(origin, follow, count) = "{origin}, {follow} of {count} {follow|follows|follow}";
    /// Deliverables beyond those that are listed.
    why_more_deliverables(count) = "{count} more {count|deliverable|deliverables}";
    /// The first line.
    summary_title(name) = "Estimate: {name}";
    /// The same for a project without a name.
    summary_untitled() = "Estimate";
    /// Label of the client.
    summary_client() = "Client";
    /// Label of the day that the estimate was made.
    summary_date() = "Date";
    /// Label of the scenario.
    summary_scenario() = "Scenario";
    /// The total below a cap.
    summary_total_left(total, left, cap) = "The total is {total}, {left} below the cap of {cap}.";
    /// The same above a cap.
    summary_total_over(total, over, cap) = "The total is {total}, {over} over the cap of {cap}.";
    /// Part of the total is unknown.
    summary_total_known(known) = "The total is unknown; what is known adds up to {known}.";
    /// The same, and the known part alone is over the cap.
    summary_total_known_over(known, over, cap) =
        "The total is unknown; what is known adds up to {known}, at least {over} over the cap of {cap}.";
    /// The retry factor in words.
    summary_tries(finals, images, tries, kept) =
        "{finals} {finals|final takes|finals take} about {images} images: {tries} tries per final, {kept} of the images are kept.";
    /// The same where drafts are among the images.
    summary_tries_drafts(finals, images) = "{finals} {finals|final takes|finals take} about {images} images, drafts included.";
    /// How many images are made, where a call makes several.
    summary_images(finals, images) = "{finals} {finals|final takes|finals take} about {images} images.";
    /// Heading of the deliverables.
    summary_rows() = "Images, before the buffer";
    /// A deliverable with its size and quality.
    summary_name(name, size, quality) = "{name}, {size} {quality}";
    /// A deliverable's work and its cost.
    summary_row(name, work, amount) = "{name}: {work}, {amount}";
    /// Its work: `becomes` is `=`, or `→` where it is no product.
    summary_work(finals, tries, becomes, images) = "{finals} × {tries} tries {becomes} {images} {images|image|images}";
    /// The same with drafts.
    summary_work_drafts(work, drafts) = "{work} + {drafts} {drafts|draft|drafts}";
    /// Heading of the sums.
    summary_sums() = "Sums";
    /// Heading of the bills.
    summary_bills() = "The same images by rate card";
    /// A deliverable, a sum, a bill: its name and its figures.
    summary_item(name, figures) = "{name}: {figures}";
    /// A bill with its difference from the official price.
    summary_bill(figure, difference, percent) = "{figure}, {difference} ({percent})";
    /// What the prices are of.
    summary_prices(prices, day) = "Official prices of {prices}, as of {day}.";
    /// A model with its service.
    summary_price(model, service) = "{model} ({service})";
    /// Other bills hold no charges beside images.
    summary_on_top() = "Fees, markup and tax come on top of each rate card.";
    /// What the total does not hold.
    summary_not_in(charges) = "Not in the total: {charges}.";
    /// Named risks, which the total leaves out.
    summary_risks(count, amount) = "{count} named {count|risk is|risks are} not in the total: {amount} on average.";
    /// A percentile over the cap.
    summary_percentile_over(name, amount, cap) = "{name} is {amount}, over the cap of {cap}.";
    /// A charge that is not in the total.
    summary_refused() = "refused requests";
    /// A deliverable's finals, for the client.
    summary_finals(finals) = "{finals} {finals|final|finals}";
    /// The total with the tax in it, for the client.
    summary_total_taxed(total, net, label, tax) = "The total is {total}: {net} and {label}, {tax}.";
    /// Heading of the deliverables, for the client.
    summary_client_rows() = "Images";
    /// What the total holds, for the client.
    summary_in(parts) = "The total includes {parts}.";
    /// A part of the total: the images that are made and not kept.
    summary_all_tries() = "all images made on the way to the finals";
    /// What is not in the total.
    summary_more_finals() = "additional finals";
    /// The day of the prices, for the client.
    summary_prices_day(day) = "Prices as of {day}.";
    /// Column of the cells: the unit of the cost.
    summary_column_currency() = "Currency";
    /// Title of the list of forms.
    dialog_summary() = "Copy the estimate";
    /// Purpose of the list of forms.
    help_summary() = "The estimate for somebody else: as a mail to your team or to the client, as Markdown, or as cells. Choosing one puts it on the clipboard.";
    /// A form, and what it is for.
    summary_text() = "mail to your team";
    /// Its purpose.
    summary_text_meaning() = "plain text, with the cap and the other bills";
    /// A form.
    summary_for_client() = "mail to the client";
    /// Its purpose.
    summary_for_client_meaning() = "plain text, without cap, markup and other bills";
    /// A form.
    summary_markdown() = "Markdown";
    /// Its purpose.
    summary_markdown_meaning() = "the team's mail for a chat or a page";
    /// A form.
    summary_cells() = "cells";
    /// Its purpose.
    summary_cells_meaning() = "rows and numbers for a spreadsheet";
    /// Notice: which form is on the clipboard.
    notice_summary_copied(form, lines) = "copied: {form}, {lines} {lines|line|lines}";
}
