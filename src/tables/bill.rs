//! A bill is no list of deliverables: its rows say what was spent. It is known by its titles, or by its keys if it is JSON.
//!
//! Some titles occur in exports of spend alone. Otherwise a bill has a column of money that was spent and two more that only bills
//! have, and none that says what a picture is. So a list of shots with prices, a budget or a cost stays a list; so does one of names
//! and counts whose money has no more beside it than its currency and tax.

use crate::cost::Knob;
use crate::tables::meanings::{FoundBy, Kind};
use crate::tables::table::Row;
use crate::tables::titles::proposals;
use crate::tables::vocabulary::may_be_sum;
use crate::words::{self, Explanation};

/// Titles that only exports of spend and usage have.
const OF_EXPORTS: &[&str] = &[
    "amount value",
    "amount currency",
    "billed cost",
    "effective cost",
    "charge period start",
    "num model requests",
    "prompt tokens",
    "completion tokens",
    "input cached tokens",
    "output image tokens",
    "consumed quantity",
    "pricing quantity",
    "total tokens",
    "request id",
    "cost in billing currency",
    "paid by",
    "rejects",
    "usage quantity",
    "usage unit",
    "usage amount",
    "pre tax cost",
    "unblended cost",
];
/// Titles of money that was spent.
const SPENT: &[&str] = &[
    "amount",
    "cost",
    "spend",
    "spent",
    "charge",
    "charges",
    "charged",
    "total cost",
    "net amount",
    "credits used",
    "betrag",
    "kosten",
    "montant",
    "importe",
    "importo",
    "金額",
    "金额",
    "pre tax cost",
    "gesamtpreis",
    "gesamtbetrag",
    "prix total",
    "precio total",
    "prezzo totale",
    "合計金額",
    "总价",
];
/// Titles beside the money that bills have and lists with costs do not.
const OF_BILLS: &[&str] = &[
    "line item",
    "unit price",
    "usage",
    "usage date",
    "usage type",
    "tokens",
    "input tokens",
    "output tokens",
    "requests",
    "service",
    "service name",
    "sku id",
    "invoice",
    "invoice id",
    "invoice number",
    "invoice date",
    "billing period",
    "billing currency",
    "period start",
    "period end",
    "start time",
    "end time",
    "organization id",
    "project id",
    "api key id",
    "api key",
    "account id",
    "einzelpreis",
    "rechnung",
    "rechnungsnr",
    "rechnungsnummer",
    "facture",
    "factura",
    "fattura",
    "請求書番号",
    "prix unitaire",
    "单价",
    "単価",
    "rate",
    "unit cost",
    "unit rate",
    "price per unit",
    "stückpreis",
    "stueckpreis",
    "preis je einheit",
    "pu",
    "p u",
    "pu ht",
    "prix unitaire ht",
    "precio unitario",
    "precio unidad",
    "prezzo unitario",
];
/// Words that begin the title or the number of a bill: `Facture n°`, `Rechnung 2026-11`, `发票号`.
const INVOICES: &[&str] = &["invoice", "rechnung", "facture", "factura", "fattura", "請求書", "发票", "發票", "请款"];
/// Titles of what each line of a bill costs together.
const TOTALS: &[&str] = &["total", "totale", "gesamt", "summe", "合計", "合计"];
/// Titles that say when something was used.
const TIMES: &[&str] = &["timestamp", "time", "start time", "end time", "created at", "created", "date", "datum"];
/// Titles beside the money that lists with costs have as well as bills.
const OF_BOTH: &[&str] = &[
    "currency",
    "tax",
    "vat",
    "tva",
    "mwst",
    "ust",
    "iva",
    "消費税",
    "税额",
    "währung",
    "devise",
    "moneda",
    "valuta",
    "通貨",
    "货币",
];
/// Titles that say what a picture is: with one of them it is a list, whatever its money.
const OF_LISTS: &[&str] = &[
    "name",
    "asset",
    "asset name",
    "image",
    "images",
    "picture",
    "pictures",
    "scene",
    "channel",
    "placement",
    "prompt",
    "ratio",
    "aspect ratio",
    "size",
    "size px",
    "dimensions",
    "format",
    "finals",
    "shots",
    "shot",
    "deliverable",
    "variants",
    "retry",
    "retry factor",
    "motiv",
    "artikel",
];
/// Keys that only JSON of spend and usage has; one of a set is enough.
const KEYS: &[&str] = &[
    "amount",
    "num_model_requests",
    "prompt_tokens",
    "completion_tokens",
    "input_tokens",
    "output_tokens",
    "total_tokens",
    "spend",
    "line_item",
    "custom_id",
    "image_generation_call",
];

/// Rows among which the titles of a bill are looked for.
const TITLE_ROWS: usize = 10;
/// Bytes of JSON that are looked at.
const LOOKED_AT: usize = 64 * 1024;

/// Why a text is no list before it is split: a bill in JSON, other JSON, or a project.
pub(super) fn refused_text(text: &str) -> Option<Explanation> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let head = &text[..text.floor_char_boundary(LOOKED_AT)];
    if is_project(head) {
        return Some(words::list_foreign(words::list_is_project(), words::list_open_project()));
    }
    // A list may begin with a name in brackets; JSON goes on with a quote or another bracket.
    let inside = head.strip_prefix(['{', '[']).map(str::trim_start)?;
    if !inside.starts_with(['"', '{', '[', ']', '}']) {
        return None;
    }
    let keys: Vec<&str> = KEYS.iter().copied().filter(|key| has_key(head, key)).collect();
    Some(match keys.is_empty() {
        true => words::list_foreign(words::list_is_json(), words::list_from_spreadsheet()),
        false => words::list_is_bill(&keys.join(", ")),
    })
}

fn has_key(json: &str, key: &str) -> bool {
    json.match_indices(key).any(|(at, _)| {
        let before = json[..at].ends_with('"');
        let after = json[at + key.len()..].strip_prefix('"').map(str::trim_start);
        // A kind of item is a value, not a key.
        before && after.is_some_and(|after| after.starts_with(':') || key == "image_generation_call")
    })
}

/// Whether a line says the version of a project file.
fn is_project(head: &str) -> bool {
    let said = |line: &str| line.strip_prefix("retake").map(str::trim_start)?.strip_prefix('=')?.trim().chars().next();
    head.lines().find_map(said).is_some_and(|c| c.is_ascii_digit())
}

/// Why a table is a bill, if it is one.
pub(super) fn refused_table(sample: &[Row]) -> Option<Explanation> {
    sample.iter().take(TITLE_ROWS).find_map(|row| {
        let titles: Vec<(&str, String)> = row.cells.iter().map(|cell| (cell.trim(), plain(cell))).collect();
        let of = |known: fn(usize, &str) -> bool| -> Vec<&str> {
            let titles = titles.iter().enumerate();
            titles.filter(|(at, (_, plain))| known(*at, plain)).map(|(_, (written, _))| *written).collect()
        };
        let (exports, mut spent, bills) = (of(is_of_exports), of(is_spent), of(is_of_bills));
        if spent.is_empty() && !of(is_of_invoices).is_empty() {
            spent = of(|_, plain| TOTALS.contains(&plain));
        }
        let lists = titles.iter().any(|(written, plain)| OF_LISTS.contains(&plain.as_str()) || says_shape(written));
        let used = of(|at, plain| is_of_bills(at, plain) && !OF_BOTH.contains(&plain)).len() > 1;
        let named = titles.iter().any(|(written, _)| proposes(written, Kind::Name));
        let of_exports = !exports.is_empty() && exports.len() + spent.len() + bills.len() > 1;
        let logged = used && !named && titles.iter().any(|(_, plain)| TIMES.contains(&plain.as_str()));
        let told = if (of_exports && (!lists || exports.len() > 1 || logged)) || (!spent.is_empty() && logged) {
            [exports, spent, bills].concat()
        } else if !spent.is_empty()
            && !lists
            && ((bills.len() > 1 && !is_costed(&titles)) || (!bills.is_empty() && is_invoiced(sample, row.number)))
        {
            [spent, bills].concat()
        } else {
            return None;
        };
        Some(words::list_is_bill(&told.into_iter().take(4).collect::<Vec<_>>().join(", ")))
    })
}

/// Whether the titles are of a list with costs: names and counts, and beside the money only how it is counted. A bill has more: a
/// date, an invoice, prices of units, usage.
fn is_costed(titles: &[(&str, String)]) -> bool {
    let names = |kind: Kind| titles.iter().any(|(written, _)| proposes(written, kind));
    let of_bills = titles.iter().enumerate().filter(|(at, (_, plain))| is_of_bills(*at, plain));
    let only_money = of_bills.map(|(_, (_, plain))| plain.as_str()).all(|plain| OF_BOTH.contains(&plain));
    only_money && names(Kind::Name) && names(Kind::Knob(Knob::Finals))
}

/// Whether a title is first of all of this kind.
fn proposes(title: &str, kind: Kind) -> bool {
    proposals(title).first().is_some_and(|first| first.kind == kind)
}

/// Whether a row above the titles begins as a bill does, or one below is the total of a bill: `Total factura`, `Rechnungsbetrag`.
fn is_invoiced(sample: &[Row], titles: usize) -> bool {
    let of_bill = |cell: &str, above: bool| {
        let plain = plain(cell);
        let begins = INVOICES.iter().any(|word| plain.starts_with(word));
        let sums = may_be_sum(&plain) || ["betrag", "summe", "金額", "金额"].iter().any(|sum| plain.ends_with(sum));
        let names = INVOICES.iter().any(|word| plain.contains(word));
        cell.len() <= 80 && ((above && begins) || (names && sums))
    };
    sample.iter().any(|row| row.cells.iter().any(|cell| of_bill(cell, row.number < titles)))
}

/// Whether only exports have a title: `lineItem/UsageAccountId` as well as those that are known by name.
fn is_of_exports(_: usize, plain: &str) -> bool {
    OF_EXPORTS.contains(&plain) || plain.starts_with("line item ")
}

/// Whether a title is of money that was spent, also with how it is counted: `Montant HT`, `Amount EUR`.
fn is_spent(_: usize, plain: &str) -> bool {
    const COUNTED_IN: &[&str] = &["ht", "ttc", "net", "gross", "netto", "brutto", "usd", "eur", "gbp", "jpy"];
    let bare = plain.rsplit_once(' ').filter(|(_, last)| COUNTED_IN.contains(last)).map_or(plain, |(bare, _)| bare);
    SPENT.contains(&bare)
}

/// Whether a title is of the number of a bill.
fn is_of_invoices(_: usize, plain: &str) -> bool {
    INVOICES.iter().any(|word| plain.starts_with(word))
}

/// Whether bills have a title beside the money; most begin with the date.
fn is_of_bills(at: usize, plain: &str) -> bool {
    OF_BILLS.contains(&plain)
        || is_of_invoices(at, plain)
        || OF_BOTH.contains(&plain)
        || (at == 0 && matches!(plain, "date" | "datum"))
}

/// Whether a title proposes a size, a ratio or a quality, as `Size / format` does.
fn says_shape(title: &str) -> bool {
    let shape = |kind: Kind| matches!(kind, Kind::Knob(Knob::Size | Knob::Ratio | Knob::Quality));
    proposals(title).iter().any(|proposal| proposal.found == FoundBy::Title && shape(proposal.kind))
}

/// A title in small letters with single blanks: `amount_value`, `BilledCost` and `Quantity (unit)` alike.
fn plain(title: &str) -> String {
    let mut plain = String::new();
    let mut before = ' ';
    for c in title.trim().chars() {
        let begins = c.is_uppercase() && before.is_lowercase();
        if begins || !c.is_alphanumeric() {
            plain.push(' ');
        }
        if c.is_alphanumeric() {
            plain.extend(c.to_lowercase());
        }
        before = c;
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
