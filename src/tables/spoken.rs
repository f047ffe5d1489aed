//! Counts as people say them, in seven languages: `2+1`, `2–3`, `about 10`, `une dizaine`, `1 each`.

use crate::tables::letters::{Words, by_word, folded, has, is_unspaced, narrowed, parts, script, words};
use crate::tables::media;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A count that is said rather than written as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spoken {
    /// The most that it can mean.
    pub(super) count: u64,
    /// It may be another number: a range, or about so many.
    pub(super) unsure: bool,
}

/// Words for numbers, folded.
const NUMBERS: &[(u64, &[&str])] = &[
    (1, &["one | ein | eine | einen | eins | un | une | uno | una | 一"]),
    (2, &["two | a couple | a pair | couple | zwei | deux | dos | due | 二 | 两 | 兩"]),
    (3, &["three | drei | trois | tres | tre | 三"]),
    (4, &["four | vier | quatre | cuatro | quattro | 四"]),
    (5, &["five | funf | cinq | cinco | cinque | 五"]),
    (6, &["six | sechs | seis | sei | half a dozen | ein halbes dutzend | une demi douzaine | media docena | 六"]),
    (7, &["seven | sieben | sept | siete | sette | 七"]),
    (8, &["eight | acht | huit | ocho | otto | 八"]),
    (9, &["nine | neun | neuf | nueve | nove | 九"]),
    (10, &["ten | zehn | dix | diez | dieci | 十"]),
    (12, &["twelve | a dozen | dozen | zwolf | ein dutzend | douze | doce | dodici | 十二"]),
    (20, &["twenty | zwanzig | vingt | veinte | venti | 二十"]),
];

/// Words for about so many, folded.
const ABOUT: &[(u64, &[&str])] = &[
    (8, &["une huitaine"]),
    (10, &["une dizaine | una decena | una decina | 十来张 | 十几张"]),
    (12, &["une douzaine | una docena | una dozzina"]),
    (15, &["une quinzaine | una quincena | una quindicina"]),
    (20, &["une vingtaine | una veintena | una ventina"]),
    (30, &["une trentaine | una treintena | una trentina"]),
    (40, &["une quarantaine | una cuarentena | una quarantina"]),
    (50, &["une cinquantaine | una cincuentena | una cinquantina"]),
    (100, &["une centaine | un centenar | un centinaio"]),
];

/// Words of several times as many, folded.
static DOZENS: Words =
    Words::of(&["dozen | dutzend | douzaine | douzaines | docena | docenas | dozzina | dozzine | ダース | 打"]);

/// Words before or after a number that make it one of several, folded.
static NEARLY: Words = Words::of(&[
    "about | approx | approximately | around | circa | ca | c | roughly | up to | max | maximum | at most | at least | min | minimum | or so",
    "etwa | rund | ungefahr | bis zu | hochstens | maximal | mindestens | mind | environ | env | jusqu'a | au plus | au moins | maxi",
    "mini | unos | unas | aproximadamente | aprox | hasta | como maximo | al menos | minimo | maximo | mas o menos | circa | fino a",
    "al massimo | almeno | massimo | 約 | およそ | 最大 | 最低 | 程度 | 前後 | くらい | ぐらい | ほど | 以上 | 以内 | 大约 | 约 | 左右 | 最多 | 最少 | 至少",
]);

/// Words between the ends of a range, folded.
static RANGE: Words = Words::of(&[
    "- | – | — | ~ | 〜 | to | or | bis | oder | a | ou | o | hasta | al | から | または | 至 | 到 | 或 | か",
]);

/// Words that make a count one of each, folded.
static EACH: Words = Words::of(&[
    "each | ea | of each | per | per each | je | jeweils | pro | jede | jedes | chacun | chacune | chaque | par | de chaque | cada | cada uno | cada una",
    "de cada | por | ciascuno | ciascuna | di ciascuno | per | ogni | cadauno | 各 | ずつ | 毎 | 各自 | 每个 | 每款 | 每种 | 每",
]);

/// Words of what each count is for, which stand with those, folded.
static OF_EACH: Words = Words::of(&[
    "format | formats | size | sizes | ratio | channel | colour | color | variant | motif | style | flavour | flavor | product | sku",
    "formate | grosse | grossen | farbe | motiv | kanal | produkt | variante | taille | couleur | canal | produit | formato | tamano",
    "language | languages | market | country | sprache | markt | langue | marche | pays | idioma | mercado | pais | lingua | mercato | paese | 言語 | 语言",
    "talla | producto | colore | misura | prodotto | サイズ | 色 | 種類 | 味 | フォーマット | 尺寸 | 颜色 | 口味 | 规格 | 款",
]);

/// Words of what is counted, which stand behind a number and say nothing of it, folded.
static COUNTED: Words = Words::of(&[
    "slides | slide | frames | folien | diapositives | スライド | pcs | pc | pieces | piece | images | image | pictures | photos | shots | shot | finals | views | view | visuals | variants | variant",
    "variations | versions | options | stuck | stueck | stk | st | bilder | bild | motive | motiv | varianten | ansichten | visuels | visuel",
    "vues | vue | photos | variantes | declinaisons | imagenes | imagen | fotos | piezas | uds | unidades | vistas | immagini | foto",
    "pezzi | pz | viste | varianti | 枚 | 点 | カット | 個 | 案 | パターン | 张 | 張 | 幅 | 件 | 款 | 个 | 份",
]);

/// Longest count that is said, in bytes.
const SPOKEN_BYTES: usize = 60;

/// The count that a text says without being a number; `None` if it says none.
pub(super) fn spoken(text: &str) -> Option<Spoken> {
    if text.len() > SPOKEN_BYTES {
        return None;
    }
    let plain = spaced(text);
    let said = (plain.split(' ').count() <= 5).then(|| said(&plain)).flatten();
    // Without a digit nothing else is said.
    let digits = || narrowed(text).contains(|c: char| c.is_ascii_digit());
    said.or_else(|| {
        digits().then(|| {
            moving(&plain, text)
                .or_else(|| frames(text))
                .or_else(|| sum(text))
                .or_else(|| range(text))
                .or_else(|| nearly(text))
        })?
    })
}

/// The text folded, with a blank for each dash and point, and apostrophes of one kind.
fn spaced(text: &str) -> String {
    let plain = folded(text).replace('’', "'").replace(['-', '.', '(', ')'], " ");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `three`, `a dozen`, `une dizaine`, `2 dozen`, each with or without the word for what is counted.
fn said(plain: &str) -> Option<Spoken> {
    // Without a blank a text with a digit is none of these.
    if plain.contains(|c: char| c.is_ascii_digit()) && !plain.contains(' ') && plain.is_ascii() {
        return None;
    }
    static EXACT: LazyLock<HashMap<&str, u64>> = LazyLock::new(|| by_word(NUMBERS));
    static ROUND: LazyLock<HashMap<&str, u64>> = LazyLock::new(|| by_word(ABOUT));
    let number = |text: &str| {
        let exact = EXACT.get(text).map(|count| Spoken { count: *count, unsure: false });
        exact.or_else(|| ROUND.get(text).map(|count| Spoken { count: *count, unsure: true }))
    };
    if let Some(spoken) = number(plain) {
        return Some(spoken);
    }
    let (first, last) = plain.rsplit_once(' ').or_else(|| without_counter(plain))?;
    if has(&DOZENS, last) {
        return first.parse::<u64>().ok().and_then(|n| n.checked_mul(12)).map(|count| Spoken { count, unsure: false });
    }
    let first = [" of", " de", " di", " d'"].iter().find_map(|end| first.strip_suffix(end)).unwrap_or(first);
    if has(&COUNTED, last) { number(first) } else { None }
}

/// `2 GIFs`, `1 reel`, `(3)`: pictures perhaps, and in brackets perhaps no demand.
fn moving(plain: &str, text: &str) -> Option<Spoken> {
    let (count, what) = plain.split_once(' ').unwrap_or((plain, ""));
    let bare = (what.is_empty()
        && text.strip_prefix('(').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())))
        || media::is_perhaps(what);
    number(count).filter(|_| bare).map(|count| Spoken { count, unsure: true })
}

/// `1 × 6 slides`, `carousel of 5`, `2 carruseles de 4`: several images that belong together.
fn frames(text: &str) -> Option<Spoken> {
    static FRAMES: Words = Words::of(&[
        "slide | slides | frame | frames | panel | panels | page | pages | folie | folien | vignettes | diapositives | laminas | スライド | 屏 | 页 | 頁",
    ]);
    static WHOLES: Words = Words::of(&[
        "carousel | carousels | karussell | karussells | carrousel | carrousels | carrusel | carruseles | carosello | caroselli | slideshow | deck | storyboard",
    ]);
    let words = parts(text, script);
    let is_number = |word: &&String| word.bytes().all(|byte| byte.is_ascii_digit());
    let joins =
        |word: &str| matches!(word, "x" | "of" | "a" | "de" | "di" | "da" | "mit" | "con" | "with" | "à" | "zu" | "je");
    let known = |word: &&String| has(&FRAMES, word) || has(&WHOLES, word) || joins(word);
    let says = words.iter().any(|word| has(&FRAMES, word));
    let multiplied = narrowed(text).contains(['x', 'X', '×', '*']);
    let whole = words.iter().position(|word| has(&WHOLES, word));
    let last = words.iter().rposition(|word| is_number(&word))?;
    let numbers: Vec<u64> = words.iter().filter(is_number).map(|word| number(word)).collect::<Option<_>>()?;
    let count = match numbers.as_slice() {
        [one] if whole.is_some_and(|at| at < last) => *one,
        [one, each] if (says && multiplied) || whole.is_some_and(|at| at < last) => one.checked_mul(*each)?,
        _ => return None,
    };
    words.iter().filter(|word| !is_number(word)).all(|word| known(&word)).then_some(Spoken { count, unsure: false })
}

/// `三张`: a number and its counter without a blank.
fn without_counter(plain: &str) -> Option<(&str, &str)> {
    plain.chars().last().filter(|c| is_unspaced(*c))?;
    let counter = words(&COUNTED).filter(|word| !word.is_ascii()).find(|word| plain.ends_with(word))?;
    Some((plain.strip_suffix(counter)?, counter))
}

/// `2+1`, `2 still + 1 on arm`, `1 + video`: what is no image adds nothing.
fn sum(text: &str) -> Option<Spoken> {
    let text = narrowed(text);
    if !text.contains('+')
        || text.starts_with('=')
        || text.contains(['x', '×', '*', '/']) && !text.contains(char::is_whitespace)
    {
        return None;
    }
    static OPTIONAL: Words = Words::of(&[
        "optional | option | opt | spare | maybe | evtl | ggf | eventuell | optionnel | facultatif | opcional | opzionale | 任意 | 予備 | 可选 | 备选",
    ]);
    let (mut count, mut unsure): (u64, bool) = (0, false);
    for (at, part) in text.split('+').enumerate() {
        let words = parts(part, script);
        unsure |= words.iter().any(|word| has(&OPTIONAL, word));
        let numbers: Vec<&String> =
            words.iter().filter(|word| word.bytes().all(|byte| byte.is_ascii_digit())).collect();
        match numbers.as_slice() {
            _ if at > 0 && media::is_other(part) => {}
            [one] if words.first() == Some(one) => count = count.checked_add(number(one)?)?,
            _ => return None,
        }
    }
    Some(Spoken { count, unsure })
}

/// `2-3`, `2~3枚`, `2 to 3`, `2 bis 3 Bilder`: the upper end.
fn range(text: &str) -> Option<Spoken> {
    let plain = folded(text);
    let digit = |c: char| c.is_ascii_digit();
    let rest = plain.trim_start_matches(digit);
    let low = number(&plain[..plain.len() - rest.len()])?;
    let rest = rest.trim_start();
    let rest = words(&COUNTED).find_map(|word| rest.strip_prefix(word).filter(|_| !word.is_ascii())).unwrap_or(rest);
    let at = rest.find(digit)?;
    let between = rest[..at].trim();
    let high_and_more = &rest[at..];
    let more = high_and_more.trim_start_matches(digit);
    let high = number(&high_and_more[..high_and_more.len() - more.len()])?;
    let is_year = |number: u64| (1900..2100).contains(&number);
    let orderly = low < high && !(is_year(low) && is_year(high));
    (orderly && has(&RANGE, between) && is_counted(more)).then_some(Spoken { count: high, unsure: true })
}

/// `about 10`, `ca. 10 Bilder`, `10枚程度`, `max. 4`, `~5`, `3+`.
fn nearly(text: &str) -> Option<Spoken> {
    let plain = folded(text);
    let begin = plain.find(|c: char| c.is_ascii_digit())?;
    let end = plain.rfind(|c: char| c.is_ascii_digit())? + 1;
    let count = number(&plain[begin..end])?;
    // Most texts with a number in them say something else.
    if plain[..begin].split_whitespace().count() + plain[end..].split_whitespace().count() > 4 {
        return None;
    }
    let before = plain[..begin].trim().trim_end_matches('.');
    let after = plain[end..].trim();
    let is_near = |text: &str| matches!(text, "~" | "±" | "≈" | "≤" | "≥" | "+") || has(&NEARLY, text);
    if !before.is_empty() && !is_near(before) {
        return None;
    }
    let bare = words(&COUNTED).filter_map(|word| after.strip_prefix(word)).map(str::trim);
    let after =
        bare.min_by_key(|rest| rest.len()).filter(|rest| rest.is_empty() || has(&NEARLY, rest)).unwrap_or(after);
    let near = (is_near(before) && (after.is_empty() || is_near(after))) || (before.is_empty() && is_near(after));
    near.then_some(Spoken { count, unsure: true })
}

/// The number of a count that holds for each of something: `1 each`, `je 2`, `各2枚`, `2 pro Format`.
pub(super) fn of_each(text: &str) -> Option<u64> {
    if text.len() > SPOKEN_BYTES || (text.is_ascii() && !text.contains(' ')) {
        return None;
    }
    let words = parts(text, script);
    let is_number = |word: &String| word.bytes().all(|byte| byte.is_ascii_digit());
    let numbers: Vec<&String> = words.iter().filter(|word| is_number(word)).collect();
    let [one] = numbers.as_slice() else { return None };
    let others: Vec<&str> = words.iter().filter(|word| !is_number(word)).map(String::as_str).collect();
    let known = |word: &&str| {
        has(&EACH, word)
            || has(&OF_EACH, word)
            || has(&COUNTED, word)
            || matches!(*word, "of" | "de" | "di" | "uno" | "una" | "枚ずつ" | "点ずつ")
    };
    let each = others.iter().any(|word| has(&EACH, word) || word.ends_with("ずつ"));
    (each && others.iter().all(known)).then(|| number(one))?
}

/// What a remark says of a count for each size: `2 per size` its number, `per size` none; `None` if it says nothing of that.
pub(super) fn per_size(remark: &str) -> Option<Option<u64>> {
    static SIZES: Words = Words::of(&[
        "format | formats | size | sizes | ratio | grosse | taille | tamano | formato | misura | サイズ | フォーマット | 尺寸 | 规格",
    ]);
    if remark.len() > 200 {
        return None;
    }
    let words = parts(remark, script);
    let at = words.windows(2).position(|pair| has(&EACH, &pair[0]) && has(&SIZES, &pair[1]))?;
    let numbers = [at.checked_sub(1), Some(at + 2)].into_iter().flatten().filter_map(|at| number(words.get(at)?));
    Some(numbers.into_iter().next())
}

/// The number of kinds that a text names: `4 colours`, `3種類の味`.
pub(super) fn kinds(text: &str) -> Option<u64> {
    static KINDS: Words = Words::of(&[
        "colours | colors | colourways | colorways | flavours | flavors | variants | versions | products | motifs | styles | models | skus",
        "languages | scents | farben | sorten | varianten | produkte | motive | sprachen | couleurs | coloris | saveurs | parfums | variantes",
        "produits | langues | colores | sabores | versiones | productos | idiomas | colori | gusti | versioni | prodotti | lingue",
        "色 | 種類 | 種 | 味 | 品 | 种 | 种颜色 | 种口味 | 款 | 个颜色 | 颜色 | 口味",
    ]);
    if text.len() > 200 {
        return None;
    }
    let words = parts(text, script);
    let of = |word: &str| {
        has(&KINDS, word)
            || crate::tables::letters::words(&KINDS).any(|kind| !kind.is_ascii() && word.starts_with(kind))
    };
    let mut found = words.windows(2).filter(|pair| of(&pair[1])).filter_map(|pair| number(&pair[0]));
    let first = found.next()?;
    (found.all(|other| other == first) && (2..=100).contains(&first)).then_some(first)
}

fn is_counted(rest: &str) -> bool {
    let rest = rest.trim().trim_end_matches('.');
    rest.is_empty() || has(&COUNTED, rest)
}

fn number(digits: &str) -> Option<u64> {
    if digits.len() > 7 { None } else { digits.parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_that_are_said_are_understood_and_those_that_are_not_are_left() {
        for (text, count, unsure) in [
            ("2+1", 3, false),
            ("2 + 1", 3, false),
            ("2 still + 1 on arm", 3, false),
            ("1 + video", 1, false),
            ("3 + 20s Reel", 3, false),
            ("2-3", 3, true),
            ("2–3", 3, true),
            ("2~3枚", 3, true),
            ("2 to 3", 3, true),
            ("2 bis 3 Bilder", 3, true),
            ("2 à 3 vues", 3, true),
            ("2 o 3", 3, true),
            ("2枚〜3枚", 3, true),
            ("2到3张", 3, true),
            ("about 10", 10, true),
            ("ca. 10 Bilder", 10, true),
            ("~5", 5, true),
            ("environ 12", 12, true),
            ("unas 8", 8, true),
            ("約10枚", 10, true),
            ("10枚程度", 10, true),
            ("约10张", 10, true),
            ("max. 4", 4, true),
            ("3+", 3, true),
            ("up to 6", 6, true),
            ("une dizaine", 10, true),
            ("une douzaine de visuels", 12, true),
            ("three", 3, false),
            ("drei Bilder", 3, false),
            ("a dozen", 12, false),
            ("2 dozen", 24, false),
            ("2 Dutzend", 24, false),
            ("三张", 3, false),
        ] {
            assert_eq!(spoken(text), Some(Spoken { count, unsure }), "{text}");
        }
        for none in [
            "30 as B1",
            "1 each",
            "3-2",
            "2024-2025",
            "Hero",
            "",
            "2 x 3 + 1",
            "5%",
            "3/4",
            "12 mm",
            "+1 open",
            "1-1",
            "K-12",
            "2 sets of 4",
            "+",
        ] {
            assert_eq!(spoken(none), None, "{none}");
        }
    }

    #[test]
    fn a_count_of_each_and_what_it_is_of() {
        for (text, each) in [
            ("1 each", 1),
            ("je 2", 2),
            ("各2枚", 2),
            ("2 pro Format", 2),
            ("2 par format", 2),
            ("3 cada uno", 3),
            ("2枚ずつ", 2),
            ("每款3张", 3),
            ("2 per size", 2),
        ] {
            assert_eq!(of_each(text), Some(each), "{text}");
        }
        for none in ["2", "each", "2 each of 3", "peach 2", "2 hours each"] {
            assert_eq!(of_each(none), None, "{none}");
        }
        assert_eq!(
            (kinds("4 colours"), kinds("3種類の味(ほうじ茶)"), kinds("in 4 Farben"), kinds("4 legs")),
            (Some(4), Some(3), Some(4), None)
        );
        for (remark, said) in [
            ("je Format 2 Varianten", Some(Some(2))),
            ("2 per size", Some(Some(2))),
            ("per size", Some(None)),
            ("1 par format", Some(Some(1))),
            ("format 2", None),
        ] {
            assert_eq!(per_size(remark), said, "{remark}");
        }
    }
}
