//! Sizes of what is printed: in centimetres or inches, as sheets, in dots per inch. They are no pixels; two edges give a ratio.

use crate::cost::base::size::{Ratio, Size};
use crate::tables::letters::{Words, folded, has, narrowed, parts};
use crate::tables::shapes::speaks_of_pixels;
use crate::tables::vocabulary::orientation;

/// Units of length of what is printed, folded.
static UNITS: Words = Words::of(&[
    "cm | mm | inch | inches | zoll | pouces | pulgadas | pollici | feet | metre | metres | meter | metros | metri",
]);

/// Sheets that have names, folded.
static SHEETS: Words = Words::of(&["letter | legal | tabloid | ledger | broadsheet | berliner"]);

/// Whether a cell is a unit of length of what is printed and says nothing else: `mm`, `in`, `毫米`.
pub(super) fn is_length(cell: &str) -> bool {
    static OTHERS: Words = Words::of(&[
        "in | m | ft | millimeter | centimeter | zentimeter | millimetres | ミリ | センチ | 毫米 | 厘米 | 公分 | 英寸",
    ]);
    let plain = folded(cell.trim());
    let plain = plain.trim_end_matches('.');
    plain.len() <= 20 && (has(&UNITS, plain) || has(&OTHERS, plain))
}

/// Whether a cell is a size of paper, which says neither pixels nor a ratio: `210x297 mm`, `8x10 in`, `8"x10"`.
pub(super) fn is_paper(cell: &str) -> bool {
    // Most cells are digits around a sign.
    if cell.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'x' | b'X' | b':' | b' ')) {
        return false;
    }
    let plain = folded(cell.trim());
    let words: Vec<&str> = plain.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let last = words.last().copied().unwrap_or_default();
    let united = words.iter().any(|word| has(&UNITS, word))
        || last == "in"
        || (matches!(last, "m" | "ft") && printed_edges(cell).is_some());
    let quotes = cell.trim().ends_with(['"', '″', '”']);
    let measured = plain.contains(|c: char| c.is_ascii_digit()) && (united || quotes);
    (measured || is_sheet(cell) || is_page(cell)) && !speaks_of_pixels(cell, "")
}

/// Whether a cell says a part of a page: `1/2 page`, `full page`, `Pleine page`, `halbe Seite`.
fn is_page(cell: &str) -> bool {
    static PAGES: Words =
        Words::of(&["page | pages | pg | seite | seiten | pagina | paginas | pagine | ページ | 页 | 頁"]);
    static SHARES: Words = Words::of(&[
        "full | half | quarter | third | double | single | whole | ganze | halbe | viertel | drittel | doppelte | pleine | demi | quart | tiers",
        "completa | entera | media | cuarto | doble | intera | mezza | quarto | doppia | de | di | d",
    ]);
    let short = cell.is_ascii() && cell.bytes().filter(u8::is_ascii_alphabetic).count() < 4;
    if cell.len() > 40 || short {
        return false;
    }
    let parts = parts(cell, |c| c.is_ascii_digit());
    parts.iter().any(|part| has(&PAGES, part))
        && parts.iter().all(|part| has(&PAGES, part) || has(&SHARES, part) || is_number(part))
}

/// Whether a cell speaks of dots per inch, which say neither a size nor a quality: `300 dpi`, `Druck, 300 dpi`.
pub(super) fn speaks_of_dots(cell: &str) -> bool {
    if cell.len() > 60 {
        return false;
    }
    let parts = parts(cell, |c| (c.is_ascii_digit(), c.is_ascii()));
    parts.iter().any(|part| is_dots(part)) && parts.iter().any(|part| is_number(part))
}

fn is_dots(part: &str) -> bool {
    matches!(part, "dpi" | "ppi" | "ppp")
}

fn is_number(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a cell says only a sheet of paper or dots per inch: `A4`, `DIN A3 landscape`, `B2縦`, `300 dpi`.
fn is_sheet(cell: &str) -> bool {
    static AROUND: Words = Words::of(&[
        "din | iso | full | page | seite | double | format | size | bleed | beschnitt | fonds | perdus | us | ansi | 判 | サイズ",
    ]);
    // No sheet is called by a long text.
    if cell.len() > 60 {
        return false;
    }
    let parts = parts(cell, |c| (c.is_ascii_digit(), c.is_ascii()));
    let series = |at: usize| matches!(parts[at].as_str(), "a" | "b" | "c");
    let named = |at: usize| has(&SHEETS, &parts[at]);
    let sheet = |at: usize| series(at) && parts.get(at + 1).is_some_and(|part| part.len() < 3 && is_number(part));
    let number = |at: usize| {
        let after = at.checked_sub(1).is_some_and(sheet);
        is_number(&parts[at]) && (after || parts.get(at + 1).is_some_and(|part| is_dots(part)))
    };
    let known = |at: usize| {
        let part = parts[at].as_str();
        sheet(at)
            || named(at)
            || number(at)
            || is_dots(part)
            || has(&AROUND, part)
            || orientation(part).is_some()
            || part == "hoch"
    };
    let says = (0..parts.len()).any(|at| sheet(at) || named(at)) || speaks_of_dots(cell);
    says && (0..parts.len()).all(known)
}

/// The ratio of two edges of what is printed: `18 × 24 in`, `3,7 x 2,7 m`, `8"x10"`, `210×297 mm + 3 mm`.
pub(super) fn printed_ratio(cell: &str) -> Option<Ratio> {
    let (w, h) = printed_edges(cell).filter(|_| is_paper(cell))?;
    let decimals = |edge: &str| edge.split_once(['.', ',']).map(|(_, decimals)| decimals.len());
    // 1.200 beside 900 may be thousands.
    let unsure = |one: &str, other: &str| decimals(one) == Some(3) && decimals(other).is_none();
    if unsure(&w, &h) || unsure(&h, &w) {
        return None;
    }
    let places = decimals(&w).max(decimals(&h)).unwrap_or(0);
    let whole = |edge: &str| -> Option<u32> {
        let missing = places - decimals(edge).unwrap_or(0);
        format!("{}{}", edge.replace(['.', ','], ""), "0".repeat(missing)).parse().ok()
    };
    Some(Size::new(whole(&w)?, whole(&h)?)?.ratio())
}

/// The numbers around the first sign between two of them, each with or without its unit.
fn printed_edges(cell: &str) -> Option<(String, String)> {
    let plain = narrowed(cell).to_lowercase();
    let numeric = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let edge = |digits: &str| {
        let bare = digits.trim_matches(['.', ',']);
        let signs = bare.matches(['.', ',']).count();
        (!bare.is_empty() && bare.len() <= 7 && signs <= 1).then(|| bare.to_owned())
    };
    plain.char_indices().filter(|(_, c)| matches!(c, 'x' | '×' | '*')).find_map(|(at, sign)| {
        let before = plain[..at].trim_end();
        let before = ["mm", "cm", "in", "ft", "m", "\"", "″", "”"]
            .iter()
            .find_map(|unit| before.strip_suffix(unit))
            .unwrap_or(before);
        let before = before.trim_end();
        let after = plain[at + sign.len_utf8()..].trim_start();
        let first = &before[before.trim_end_matches(numeric).len()..];
        let second = &after[..after.len() - after.trim_start_matches(numeric).len()];
        Some((edge(first)?, edge(second)?))
    })
}

/// Whether a cell only says where its size stands: `s. Specs`, `see sheet 2`, `siehe Briefing`.
pub(super) fn refers_elsewhere(cell: &str) -> bool {
    static REFERS: Words = Words::of(&[
        "see | s | cf | siehe | vgl | laut | gemass | voir | selon | ver | vease | segun | vedi | secondo | per | refer | as per | nach",
    ]);
    let plain = folded(cell.trim());
    let begins = plain.split([' ', '.', ':']).next().is_some_and(|word| has(&REFERS, word));
    let unspaced = ["参照", "参见", "详见", "見る", "见", "參見"].iter().any(|word| plain.contains(word));
    cell.len() <= 60 && plain.contains([' ', '.', ':', '参', '见', '見']) && (begins || unspaced)
}

#[cfg(test)]
mod tests {
    use super::{is_paper, printed_ratio, refers_elsewhere};

    #[test]
    fn two_edges_of_what_is_printed_are_a_ratio_and_never_pixels() {
        for (cell, ratio) in [
            ("18 × 24 in", "3:4"),
            ("3,7 x 2,7 m", "37:27"),
            ("6 × 2,5 m", "12:5"),
            ("8\"x10\"", "4:5"),
            ("1,20 m x 1,76 m", "15:22"),
            ("210×297 mm + 3 mm", "70:99"),
            ("PDF X4 – 266 x 400 mm", "133:200"),
            ("14.8 x 10.5 cm", "148:105"),
            ("2 x 6 in", "1:3"),
        ] {
            assert_eq!(printed_ratio(cell).map(|ratio| ratio.to_string()).as_deref(), Some(ratio), "{cell}");
        }
        for none in ["1.200 x 900 mm", "Ø 90 mm", "A4", "1080 x 1920 px", "1080x1920", "4:5", "", "x", "300 dpi", "6 m"]
        {
            assert_eq!(printed_ratio(none), None, "{none}");
        }
        for paper in [
            "US Letter portrait",
            "Tabloid",
            "Letter",
            "A4",
            "3,7 x 2,7 m",
            "DIN A4 hoch",
            "1/2 page",
            "Pleine page",
            "halbe Seite",
            "1/2 page",
            "Pleine page",
            "halbe Seite",
        ] {
            assert!(is_paper(paper), "{paper}");
        }
        for other in ["Love letter", "1024x1024", "4K", "Feed", "", "m"] {
            assert!(!is_paper(other), "{other}");
        }
    }

    #[test]
    fn a_cell_that_points_elsewhere_has_no_size_of_its_own() {
        for cell in [
            "s. Specs",
            "see Specs",
            "siehe Briefing",
            "voir cahier des charges",
            "ver anexo",
            "参见规格表",
            "laut Anlage",
        ] {
            assert!(refers_elsewhere(cell), "{cell}");
        }
        for cell in ["square", "S", "seeds", "Story", "A4", "1080x1080", ""] {
            assert!(!refers_elsewhere(cell), "{cell}");
        }
    }
}
