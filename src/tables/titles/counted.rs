//! Titles that say that they are a number of something: `Number of deliverables`, `点数合計`.

use super::known;
use crate::cost::Knob;
use crate::tables::letters::{Words, has, is_unspaced, words};
use crate::tables::meanings::Kind;

/// What can be counted where a title says that it is a number of something, folded. One of them may be numbered instead: `Nr. Bild`.
static COUNTABLE: Words = Words::of(&[
    "deliverables | pics | pictures | photos | stills | images | shots | assets | finals | visuals | creatives | illustrations | renders",
    "artworks | motifs | banners | posts | posters | covers | scenes | frames | bilder | fotos | motive | aufnahmen | ansichten",
    "werbemittel | grafiken | abbildungen | endbilder | illustrationen | visuels | livrables | photographies | prises de vue | vues",
    "creations | declinaisons | affiches | imagenes | entregables | piezas | tomas | fotografias | creatividades | vistas",
    "ilustraciones | immagini | consegne | scatti | foto | fotografie | pezzi | soggetti | creativita | illustrazioni | viste",
]);

/// Words that make a number of what follows or stands before them, folded.
static NUMBER_OF: Words = Words::of(&[
    "number of | no of | # of | # | amount of | quantity of | qty of | qty | count of | num | no | anzahl der | anzahl | anz | zahl der | menge",
    "nombre de | nombre d' | nb de | nb d' | nbre de | nb | nbre | n de | n° de | quantite de | numero de | num de | n° | cantidad de | cant de | cant",
    "numero di | n di | nr | nr di | quantita di | numero",
]);

/// Words behind what is counted, folded.
static NUMBERED: Words = Words::of(&["count | qty | quantity | anzahl | menge"]);

/// Parts of titles without blanks that say only that all are counted: `点数合計`, `所需张数`.
static ALL: Words = Words::of(&[
    "合計 | 総計 | 総 | 計 | 必要 | 希望 | 最終 | 合计 | 总计 | 总 | 總 | 共 | 所需 | 需要 | 需求 | 最终 | 计划 | 預定",
]);

/// `Number of deliverables`, `Anz. Motive`, `Nombre total de visuels`, `点数合計`: a number of what can be counted.
pub(super) fn counted(plain: &str) -> Option<(Kind, usize)> {
    let finals = Some((Kind::Knob(Knob::Finals), 40));
    if plain.chars().any(is_unspaced) {
        let bare = words(&ALL).find_map(|all| plain.strip_prefix(all).or_else(|| plain.strip_suffix(all)));
        return known(bare?.trim_matches('の')).filter(|(kind, _)| *kind == Kind::Knob(Knob::Finals));
    }
    let all = |word: &&str| {
        !matches!(
            *word,
            "in" | "en"
                | "au"
                | "the"
                | "total"
                | "totale"
                | "totali"
                | "totales"
                | "insgesamt"
                | "gesamt"
                | "overall"
                | "all"
                | "tout"
        )
    };
    let several = |what: &str| has(&COUNTABLE, what) || has(&COUNTABLE, &format!("{what}s"));
    let kept = plain.split(' ').filter(all).collect::<Vec<_>>().join(" ");
    let begins = |of: &&str| kept.strip_prefix(*of).map(str::trim_start);
    let rest = words(&NUMBER_OF).filter(|of| begins(of).is_some_and(|rest| has(&COUNTABLE, rest)));
    let behind = kept.rsplit_once(' ').filter(|(first, last)| has(&NUMBERED, last) && several(first));
    let alone = kept.len() < plain.len() && known(&kept).is_some_and(|(kind, _)| kind == Kind::Knob(Knob::Finals));
    if rest.count() > 0 || behind.is_some() || alone { finals } else { None }
}
