//! Titles of a count for each of something: `Images per SKU`, `Bilder je Artikel`, `1商品あたりの枚数`, `每款图片数`.

use crate::tables::letters::{Words, has, is_unspaced};

/// Heads of titles such as `shots per unit`: what is counted for each unit.
static COUNTED: Words = Words::of(&[
    "shots | shot | images | image | pictures | photos | visuals | views | finals | angles | versions | img | imgs | pics | pic",
    "variants | variations | bilder | fotos | aufnahmen | motive | ansichten | varianten | visuels | vues | photo | picture | bild",
    "imagenes | vistas | tomas | immagini | foto | scatti | viste | declinaisons | qty | quantity | count | assets | creatives",
    "anzahl | anzahl bilder | nombre d'images | number of images | number of shots | cantidad | quantita | no of images",
    "no of shots | # images | # shots | nb images | nb visuels | nb de visuels | perspektiven | angulos | angolazioni",
    "枚数 | 画像枚数 | 画像数 | 写真数 | カット数 | 点数 | 張数 | 张数 | 图片数 | 图片数量 | 图数 | 图片张数 | 出图数 | 主图数 | 照片数 | 拍摄张数",
]);

/// Words between the counted and the unit: `shots per unit`, `Bilder je Artikel`.
static PER: Words = Words::of(&["per", "pro", "je", "par", "por", "a", "each", "/"]);

/// Titles of images for each unit that name the unit only by a classifier.
static PER_UNIT: Words = Words::of(&["単品枚数 | 单品张数 | 单品图片数 | 单款张数 | 单款图片数"]);

/// Words for one image: what is counted for it is no image.
static IMAGES: Words = Words::of(&[
    "image | images | call | final | finals | bild | endbild | picture | pic | photo | foto | shot | visual | visuel | motiv",
    "asset | imagen | immagine | scatto | toma | aufnahme | 枚 | 画像 | カット | 张 | 張 | 图 | 图片 | 照片",
]);

/// What heads of titles say that is tried again, folded.
static ATTEMPTS: Words = Words::of(&[
    "attempts | attempt | tries | try | retries | iterations | iteration | generations | generation | rerolls | takes | runs",
    "versuche | anlaufe | iterationen | generierungen | durchlaufe | essais | tentatives | iterations | relances",
    "intentos | reintentos | iteraciones | generaciones | tentativi | iterazioni | generazioni",
]);

/// What a factor is of, folded: `Factor de reintento`, `Fattore di ripetizione`.
static AGAIN: Words = Words::of(&[
    "reintento | reintentos | repeticion | repeticiones | intento | intentos | ripetizione | ripetizioni | tentativo | tentativi",
    "reprise | reprises | repetition | repetitions | relance | relances | essai | essais | retry | retries | iteration | iterazione",
]);

/// What a title counts, and for each of what, folded; the latter may be empty: `Images each`.
pub(in crate::tables) fn each(plain: &str) -> Option<(String, String)> {
    if plain.chars().any(is_unspaced) {
        return each_unspaced(&plain.replace(' ', ""));
    }
    let words: Vec<&str> = plain.split(' ').collect();
    let at = words.iter().position(|word| has(&PER, word))?;
    let complete = at > 0 && (at + 1 < words.len() || words[at] == "each");
    complete.then(|| (words[..at].join(" "), words[at + 1..].join(" ")))
}

/// The same where no blanks stand between words.
fn each_unspaced(plain: &str) -> Option<(String, String)> {
    const AFTER: [&str; 5] = ["あたりの", "あたり", "ごとの", "ごと", "毎の"];
    if let Some((unit, counted)) = AFTER.iter().find_map(|per| plain.split_once(per)) {
        return Some((counted.to_owned(), unit.trim_start_matches(['1', '一']).to_owned()));
    }
    if let Some((counted, unit)) = plain.split_once('/') {
        return Some((counted.to_owned(), unit.to_owned()));
    }
    let rest = plain.strip_prefix(['每', '各'])?;
    let starts = rest.char_indices().skip(1).map(|(at, _)| at);
    let at = starts.into_iter().find(|at| has(&COUNTED, &rest[*at..]))?;
    let unit = rest[..at].trim_start_matches(['个', '個', '1', '一']);
    Some((rest[at..].to_owned(), unit.to_owned()))
}

/// Whether a title counts images for each of something else.
pub(super) fn counts_each(plain: &str) -> bool {
    let other = |unit: &str| !has(&IMAGES, unit.split(' ').next().unwrap_or_default());
    has(&PER_UNIT, plain) || each(plain).is_some_and(|(counted, unit)| has(&COUNTED, &counted) && other(&unit))
}

/// Whether a title is of attempts for each image, or of their factor: `Tries per final`, `Factor de reintento`.
pub(super) fn counts_attempts(plain: &str) -> bool {
    let of_images = |unit: &str| has(&IMAGES, unit.split(' ').next_back().unwrap_or_default());
    if each(plain).is_some_and(|(counted, unit)| has(&ATTEMPTS, &counted) && of_images(&unit)) {
        return true;
    }
    let factor = ["factor de ", "facteur de ", "fattore di ", "coefficient de ", "coeficiente de "];
    factor.iter().any(|factor| plain.strip_prefix(factor).is_some_and(|rest| has(&AGAIN, rest)))
}

/// Titles of counts of things whose number says nothing of what is counted, folded.
static GENERIC: Words = Words::of(&[
    "qty | quantity | qnty | quant | count | number | anzahl | menge | stuck | stueck | stuckzahl | stueckzahl | stk | pieces | pcs",
    "quantite | qte | nombre | nb | nbre | exemplaires | cantidad | cant | piezas | quantita | q ta | qta | pezzi",
    "数量 | 個数 | 件数 | 數量 | 数目",
]);

/// Whether a title counts without saying what.
pub(in crate::tables) fn is_generic(plain: &str) -> bool {
    has(&GENERIC, plain)
}

/// Titles of what is counted of each product, folded.
static VIEWS: Words = Words::of(&[
    "views | angles | ansichten | perspektiven | blickwinkel | vues | angles de vue | vistas | angulos | viste | angolazioni",
    "アングル | アングル数 | ビュー数 | 角度 | 角度数 | 视角 | 视角数",
]);

/// Whether a title counts what each product has several of: `Views`, `Number of angles`.
pub(in crate::tables) fn counts_views(plain: &str) -> bool {
    has(&VIEWS, plain) || counted_noun(plain).is_some_and(|noun| has(&VIEWS, noun))
}

/// What a title counts, without the words that say that it counts: `sku` of `SKU count`, `products` of `number of products`.
pub(in crate::tables) fn counted_noun(plain: &str) -> Option<&str> {
    const BEFORE: [&str; 15] = [
        "no of ",
        "nr of ",
        "number of ",
        "# ",
        "# of ",
        "anzahl der ",
        "anzahl ",
        "nombre de ",
        "nb de ",
        "nb ",
        "numero de ",
        "numero di ",
        "n di ",
        "cantidad de ",
        "quantita di ",
    ];
    const BEHIND: [&str; 9] = [" count", " counts", " qty", " quantity", "anzahl", "の数", "数量", "個数", "数"];
    let bare = BEFORE.iter().find_map(|before| plain.strip_prefix(before)).unwrap_or(plain);
    let bare = BEHIND.iter().find_map(|behind| bare.strip_suffix(behind)).unwrap_or(bare).trim();
    (!bare.is_empty()).then_some(bare)
}

/// Whether two nouns are forms of one: `post` and `posts`, `Woche` and `Wochen`, `prodotto` and `prodotti`.
pub(in crate::tables) fn same_noun(one: &str, other: &str) -> bool {
    if one == other {
        return !one.is_empty();
    }
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let same = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (short, long) = (one.len().min(other.len()), one.len().max(other.len()));
    same >= 3 && same + 1 >= short && long - same <= 3
}

#[cfg(test)]
mod tests {
    use super::{counts_attempts, counts_each, same_noun};

    #[test]
    fn a_count_for_each_is_of_images_and_for_something_else() {
        for title in
            ["images per sku", "bilder je artikel", "pics / item", "shots each", "1商品あたりの枚数", "每个sku图片数"]
        {
            assert!(counts_each(title), "{title}");
        }
        for title in ["tries per image", "images", "posts per week", "枚数", "每张尝试次数", "images per call"]
        {
            assert!(!counts_each(title), "{title}");
        }
        assert!(counts_attempts("tries per final") && !counts_attempts("images per final"));
        assert!(same_noun("post", "posts") && same_noun("prodotto", "prodotti") && !same_noun("sku", "post"));
    }
}
