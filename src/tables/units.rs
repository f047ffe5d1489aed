//! What a column of units says of a count: images, sets of them, or something that is no image, such as an hour or a fee.

use crate::tables::letters::{Words, has, parts};

/// What one of a count is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnitOfCount {
    /// This many images.
    Images(u64),
    /// Time, money, a right or a person.
    NoImage,
    /// Several images, and nothing says how many.
    Unsaid,
}

/// Words for one image, folded.
static IMAGES: Words = Words::of(&[
    "image | images | img | picture | pictures | pic | pics | photo | photos | shot | shots | final | finals | visual | visuals",
    "view | views | motif | motifs | asset | assets | piece | pieces | pc | pcs | each | ea | unit | units | item | items | bild",
    "bilder | motiv | motive | foto | fotos | stuck | stueck | stk | st | aufnahme | aufnahmen | ansicht | ansichten | visuel",
    "visuels | vue | vues | piece | u | unite | unites | imagen | imagenes | pieza | piezas | unidad | unidades | ud | uds | vista",
    "vistas | immagine | immagini | pezzo | pezzi | pz | scatto | scatti | unita | 枚 | 点 | 件 | 個 | カット | 本 | 画像 | 写真 | 张 | 張",
    "幅 | 个 | 款 | 图 | 图片 | 份",
]);

/// Words for what is no image: time, a fee, a right, a person; folded.
static NO_IMAGES: Words = Words::of(&[
    "hour | hours | hr | hrs | h | minute | minutes | min | day | days | half | full | week | weeks | month | months | year | years",
    "shift | fee | fees | flat | rate | lump | sum | fixed | allowance | licence | licences | license | licenses | usage | rights",
    "buyout | person | persons | people | model | models | man | head | heads | trip | km | mile | miles | night | nights",
    "stunde | stunden | std | tag | tage | halber | halbtag | woche | wochen | monat | monate | jahr | jahre | pauschale | pauschal",
    "psch | honorar | lizenz | lizenzen | nutzungsrecht | nutzungsrechte | personen | personentag | manntag | pt | mt | schicht",
    "heure | heures | jour | jours | jrs | demi | journee | journees | semaine | semaines | mois | an | ans | annee | forfait | forfaitaire | honoraires",
    "licences | droits | droit | personne | personnes | mannequin | hora | horas | dia | dias | jornada | jornadas | semana | semanas",
    "mes | meses | ano | anos | tarifa | alzado | tanto | honorarios | licencia | licencias | derechos | persona | personas",
    "ora | ore | giorno | giorni | giornata | giornate | settimana | settimane | mese | mesi | anno | anni | forfettario | compenso | corpo",
    "licenza | licenze | diritti | persone | 時間 | 日 | 日間 | 半日 | 週 | 週間 | か月 | ヶ月 | 月 | 年 | 人 | 名 | 人日 | 人月 | 式 | 一式 | 料金",
    "video | videos | spot | spots | clip | clips | text | texts | texte | textes | textos | testi | word | words | worter | mots | palabras | parole | location | locations",
    "ライセンス | 使用料 | 使用権 | 小时 | 小時 | 天 | 半天 | 周 | 个月 | 工日 | 工时 | 位 | 项 | 一项 | 授权 | 许可 | 固定费用 | 费",
]);

/// Words for several images together, folded.
static SETS: Words = Words::of(&[
    "set | sets | pack | packs | bundle | bundles | batch | batches | series | pair | pairs | dozen | group | kit | satz | satze | er",
    "paket | pakete | serie | serien | paar | dutzend | lot | lots | jeu | jeux | serie | series | paire | douzaine | juego | juegos",
    "paquete | paquetes | par | docena | gruppo | confezione | pacchetto | coppia | dozzina | セット | 枚セット | 点セット | 枚組 | 点組 | 組",
    "件套 | 枚一組 | 套 | 组 | 張一組 | 张一组 | 张一套 | 张套 | 图组 | 系列 | シリーズ",
]);

/// Words for one image of several that belong together, folded.
static FRAMES: Words = Words::of(&[
    "slide | slides | frame | frames | panel | panels | folie | folien | diapositive | diapositives | スライド | 张轮播",
]);

/// Words for what such images make up, folded.
static WHOLES: Words = Words::of(&["carousel | karussell | carrousel | carrusel | carosello | post | deck"]);

/// Words that only join others.
static JOINING: Words = Words::of(&[
    "of | per | a | the | x | zu | je | pro | mit | von | de | des | d | du | da | di | con | par | por | le | la | al | の",
]);

/// What one of a count is, by the text of its unit; `None` if the text is not known.
pub(super) fn unit_of_count(text: &str) -> Option<UnitOfCount> {
    // No unit is called by a long text.
    if text.len() > 60 {
        return None;
    }
    let parts = parts(text, |c| c.is_ascii_digit());
    let (numbers, words): (Vec<&String>, Vec<&String>) =
        parts.iter().partition(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    // A carousel of 5 slides is 5 images.
    let frames = |word: &&String| has(&FRAMES, word);
    if words.iter().any(frames) && words.iter().all(|word| frames(word) || has(&JOINING, word) || has(&WHOLES, word)) {
        let count = numbers.first().map_or(Some(1), |one| one.parse().ok().filter(|count| *count > 0));
        return Some(count.filter(|_| numbers.len() < 2).map_or(UnitOfCount::Unsaid, UnitOfCount::Images));
    }
    let all =
        |tables: &[&Words]| words.iter().all(|word| has(&JOINING, word) || tables.iter().any(|table| has(table, word)));
    let some = |table: &Words| words.iter().any(|word| has(table, word));
    if some(&NO_IMAGES) && all(&[&NO_IMAGES]) {
        return Some(UnitOfCount::NoImage);
    }
    let (sets, images) = (some(&SETS), some(&IMAGES));
    if !(sets || images) || !all(&[&SETS, &IMAGES]) {
        return None;
    }
    match (numbers.as_slice(), sets) {
        ([], false) => Some(UnitOfCount::Images(1)),
        ([], true) => Some(UnitOfCount::Unsaid),
        ([one], _) => {
            let several = one.parse().ok().filter(|count| *count > 0 && (sets || *count == 1));
            Some(several.map_or(UnitOfCount::Unsaid, UnitOfCount::Images))
        }
        _ => Some(UnitOfCount::Unsaid),
    }
}

/// Whether a count is one of time: `14 h`, `2 days`, `3時間`.
pub(super) fn counts_time(cell: &str) -> bool {
    static TIMES: Words = Words::of(&[
        "hour | hours | hr | hrs | h | minute | minutes | min | day | days | week | weeks | stunde | stunden | std | tag | tage | woche | wochen",
        "heure | heures | jour | jours | semaine | semaines | hora | horas | dia | dias | semana | semanas | ora | ore | giorno | giorni",
        "settimana | settimane | minuti | minutos | 時間 | 日間 | 週間 | 分間 | 小时 | 小時 | 天 | 工时",
    ]);
    if cell.len() > 20 || !cell.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let parts = parts(cell, |c| c.is_ascii_digit());
    let (numbers, words): (Vec<&String>, Vec<&String>) =
        parts.iter().partition(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    !numbers.is_empty() && words.len() == 1 && has(&TIMES, words[0])
}

#[cfg(test)]
mod tests {
    use super::{UnitOfCount, unit_of_count};

    #[test]
    fn a_unit_is_an_image_several_or_none() {
        let of = |count| Some(UnitOfCount::Images(count));
        for one in ["image", "pcs", "each", "Stück", "visuel", "imagen", "pezzi", "枚", "件", "张"] {
            assert_eq!(unit_of_count(one), of(1), "{one}");
        }
        for four in ["set of 4", "4er-Set", "pack of 4", "lot de 4", "juego de 4", "set da 4", "4枚セット", "4件套"]
        {
            assert_eq!(unit_of_count(four), of(4), "{four}");
        }
        for none in [
            "hour",
            "half day",
            "Std.",
            "Tag",
            "jour",
            "forfait",
            "licence",
            "Lizenz",
            "hora",
            "giorno",
            "時間",
            "一式",
            "小时",
            "lump sum",
            "flat fee",
            "person",
            "per hour",
            "2 years",
            "Pauschale",
            "人日",
            "à forfait",
        ] {
            assert_eq!(unit_of_count(none), Some(UnitOfCount::NoImage), "{none}");
        }
        for (text, count) in [("5 slides", 5), ("slide", 1), ("carousel of 4 frames", 4), ("6 Folien", 6)] {
            assert_eq!(unit_of_count(text), of(count), "{text}");
        }
        for unsaid in ["set", "pair", "Satz", "セット", "2 sets of 4", "5 images"] {
            assert_eq!(unit_of_count(unsaid), Some(UnitOfCount::Unsaid), "{unsaid}");
        }
        for unknown in ["spread", "4", "", "–", "blue", "4 km/h test"] {
            assert_eq!(unit_of_count(unknown), None, "{unknown}");
        }
    }
}
