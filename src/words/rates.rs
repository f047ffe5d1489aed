//! Texts of `retake rates`.

catalogue! { RATES;
    /// Purpose of the command.
    cli_rates() = "Rate cards: official prices and other sellers', with source, date and grade";
    /// Purpose of its first subcommand.
    cli_rates_list() = "Every card, and where it was found";
    /// Purpose of its second subcommand.
    cli_rates_show() = "One card with all its prices, as a project file spells it";
    /// Purpose of its third subcommand.
    cli_rates_import() = "Read and show a public price list (LiteLLM's or genai-prices'); --write keeps its cards";
    /// The card to show.
    cli_rates_id() = "A card, such as openai/gpt-image-2 or pixapi";
    /// The project whose own cards are added.
    cli_rates_project() = "Include the cards of this project and of the file it extends, and use its pinned prices";
    /// A number of credits to pay for.
    cli_rates_credits() = "Also show what this many credits cost with each way to pay";
    /// The list to read.
    cli_rates_file() = "model_prices_and_context_window.json of LiteLLM, or prices/new_data/v2/data.json of genai-prices";
    /// Whether to keep the cards.
    cli_rates_write() = "Write the cards into the cards folder; without --write, nothing is written";
    /// The file to write.
    cli_rates_name() = "Name of the cards file [default: the list's name and the day]";
    /// The source to note.
    cli_rates_source() = "Where the list comes from, kept in each card [default: the file's name]";
    /// An example.
    cli_example_rates_list() = "all cards";
    /// An example.
    cli_example_rates_project() = "the cards that a project can be compared with, including its own";
    /// An example.
    cli_example_rates_show() = "one seller's credits, ready to paste into a project";
    /// An example.
    cli_example_rates_credits() = "what 3,000 credits cost by pack and by plan";
    /// An example.
    cli_example_rates_import() = "what a list says, against the built-in prices";
    /// An example.
    cli_example_rates_write() = "the same, kept as cards that compare = [\"litellm/…\"] may name";
    /// Where a card was found: built in.
    found_built_in() = "built-in";
    /// Where a card was found: in the user's folder.
    found_config() = "own folder";
    /// Where a card was found: in a team's file.
    found_team() = "team's file";
    /// Where a card was found: in the project. Also the project itself, as a column beside its scenarios.
    found_project() = "project";
    /// No such card.
    rates_unknown(id) = "there is no card {id}";
    /// Remedy.
    rates_unknown_remedy() = "retake rates list shows them all";
    /// Below a card: where it was found.
    rates_found(found, file) = "found: {found} {file}";
    /// Official prices of an image of one size.
    rates_per_image(size, prices) = "one image of {size}, in USD: {prices}";
    /// Ways to pay for a number of credits.
    rates_ways(credits) = "{credits} credits cost";
    /// One way to pay.
    rates_way(amount, way) = "{amount}: {way}";
    /// The card has no price of a credit.
    rates_no_way() = "what a credit costs is not published";
    /// Not a number of credits.
    rates_credits_wrong(typed) = "{typed} is not a number of credits";
    /// Allowed numbers of credits.
    rates_credits_allowed() = "a number from 0 to 1,000,000,000";
    /// The folder of cards, in a list of paths.
    where_cards() = "rate cards";
    /// Number of cards in it.
    where_card_count(count) = "{count} {count|card|cards}";
    /// Number of cards in it, and of problems.
    where_card_problems(count, problems) = "{count} {count|card|cards}, {problems} {problems|problem|problems}";
    /// The entries read from a list.
    import_read(list, entries, cards, refused) = "{list}: {entries} {entries|entry|entries} read, {cards} {cards|card|cards} of known models, {refused} left out";
    /// A card equal to the built-in one.
    import_same() = "as built in";
    /// A card of another seller, without a built-in one to compare with.
    import_new() = "new";
    /// A rate that differs from the built-in one.
    import_differs(meter, tier, theirs, ours) = "{tier} {meter}: {theirs} in the list, {ours} built in";
    /// A rate that is missing.
    import_none() = "no price";
    /// A price by pixel.
    import_by_pixel() = "priced per pixel, but images are not billed per pixel";
    /// No price of images.
    import_no_pictures() = "no price for generated images; a text price does not replace it";
    /// A repeated entry.
    import_same_as(name) = "says the same as {name}";
    /// Another price for the same.
    import_disagrees(name) = "has a different price from {name}, which comes first";
    /// A fallback price.
    import_fallback() = "a fallback for prices that are listed one by one";
    /// The price of an edit.
    import_edit() = "the price of an edit, which includes an input image";
    /// A price of 0.
    import_zero() = "priced at 0, which lists use for unknown";
    /// An unknown model.
    import_unknown_model() = "an image model by its name, but not known here";
    /// Heading of entries that repeat others.
    import_same_as_another() = "the same as another entry of that model";
    /// Heading of entries that contradict others.
    import_disagrees_with_another() = "a different price from an earlier entry of that model";
    /// Heading of entries that did not become a card.
    import_left_out(count, why) = "left out, {count}: {why}";
    /// Entries that are not named.
    import_more(count) = "… {count} more; --format json names them all";
    /// A number that cannot be used.
    import_not_exact(key) = "{key} is not a price that can be computed exactly";
    /// Nothing was written.
    import_dry() = "nothing is written; --write keeps these cards";
    /// What was written.
    import_written(file) = "written: {file}";
    /// Not JSON.
    import_no_json(file, reason) = "{file} is not JSON: {reason}";
    /// More than is read of a list.
    import_too_much(file) = "{file} is too large to read";
    /// The most objects and lists of a price list.
    import_tables_allowed(max) = "at most {max} objects and lists";
    /// The most entries of a price list.
    import_entries_allowed(max) = "at most {max} entries";
    /// JSON of another format.
    import_no_list(file) = "{file} is neither LiteLLM's price list nor genai-prices' data";
    /// Remedy.
    import_no_list_remedy() = "give model_prices_and_context_window.json of LiteLLM or data.json of genai-prices";
    /// The list has no known model.
    import_nothing() = "the list holds no card of a known model";
    /// There is no folder to write to.
    import_no_folder() = "the system defines no folder for settings";
    /// Remedy.
    import_no_folder_remedy() = "set HOME, or XDG_CONFIG_HOME";
    /// The file already exists.
    import_exists_remedy() = "choose another name with --name, or remove the old file";
    /// Not a file name.
    import_name_wrong(name) = "{name} is not a valid name for a file of cards";
    /// Allowed names.
    import_name_allowed() = "letters, digits, - and _";
}
