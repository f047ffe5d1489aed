//! Words that people write in cells, in seven languages, and the value that each certainly means.

use crate::tables::letters::{Words, by_word, folded, has, words};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Words for qualities, folded, by the name that the model knows. `standard` and `hd` are not here: they are other models' words.
const QUALITIES: &[(&str, &[&str])] = &[
    (
        "low",
        &[
            "low | lo | l | low quality | draft | niedrig | niedrige | gering | entwurf | basse | bas | faible",
            "brouillon | baja | bajo | borrador | bassa | basso | bozza | 低 | 低画質 | 低品質 | 低质量 | 下書き | ラフ | 草稿",
            "草图 | 低畫質",
        ],
    ),
    (
        "medium",
        &[
            "medium | med | mid | m | mq | medium quality | mittel | mittlere | moyenne | moyen | media | medio",
            "中 | 中画質 | 中品質 | 中质量 | 中等 | ミディアム",
        ],
    ),
    (
        "high",
        &[
            "high | hi | h | hq | high quality | hi q | hoch | hohe | hohe qualitat | haute | haut | elevee",
            "eleve | alta | alto | elevata | 高 | 高画質 | 高品質 | 高质量 | 高畫質 | ハイ",
        ],
    ),
    ("xhigh", &["xhigh", "x high", "extra high", "very high", "sehr hoch", "muy alta", "tres haute", "molto alta"]),
    ("max", &["max", "maximum", "maximal", "maximale", "maxima", "massima", "最高", "最大"]),
    (
        "auto",
        &["auto", "automatic", "automatisch", "automatique", "automatica", "automatico", "自動", "自动", "オート"],
    ),
];

/// Words that rank a quality among others without its name, folded, by the quality that comes closest: the plain one and the best.
/// Under other titles `standard` and `premium` are ways to ship or to pay.
const RANKED: &[(&str, &[&str])] = &[
    ("low", &["rough | lowest | minimum | minimal | minimale | minima | niedrigste | grob | 最低 | 最低画質 | 粗略"]),
    (
        "medium",
        &[
            "standard | std | normal | regular | average | standardqualitat | normale | durchschnitt | moderate",
            "courante | ordinaire | estandar | corriente | regolare | 標準 | 標準画質 | 普通 | ノーマル | スタンダード | 通常 | 标准 | 一般",
            "常规 | 並 | ふつう | 標準品質 | 标准质量 | 普通质量 | 標準畫質 | 中间",
        ],
    ),
    (
        "high",
        &[
            "best | premium | top | hi res | hires | highres | high res | high resolution | highest | hd | full hd | uhd | ultra | ultra hd | fine",
            "finest | superior | excellent | hochste | beste | hochwertig | sehr gut | bestens | superieure | superieur",
            "meilleure | meilleur | optimale | mejor | superiore | migliore | ottima | optima | excelente | eccellente | altissima",
            "最高画質 | 最高品質 | 最上 | 高精細 | 高解像度 | 高解像 | プレミアム | ベスト | 最高质量 | 高清 | 超清 | 超高清 | 最佳 | 高精度 | 优质 | 精细 | 极高 | 高清质量 | 優",
        ],
    ),
];

/// Whether a picture is taller than wide, wider than tall, or neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Orientation {
    /// Taller than wide.
    Portrait,
    /// Wider than tall.
    Landscape,
    /// 1:1.
    Square,
}

const ORIENTATIONS: &[(Orientation, &[&str])] = &[
    (
        Orientation::Portrait,
        &[
            "portrait | vertical | upright | hochformat | hochkant | vertikal | verticale | retrato | ritratto",
            "縦 | 縦長 | 縦型 | 縦位置 | タテ | 竖 | 竖版 | 竖图 | 竖构图 | 纵向 | 直式",
        ],
    ),
    (
        Orientation::Landscape,
        &[
            "landscape | horizontal | querformat | quer | paysage | horizontale | apaisado | paisaje",
            "orizzontale | 横 | 横長 | 横型 | 横位置 | ヨコ | 横版 | 横图 | 横构图 | 横向 | 橫式",
        ],
    ),
    (
        Orientation::Square,
        &[
            "square | quadrat | quadratisch | carre | carree | cuadrado | cuadrada | quadrato | quadrata | 正方形",
            "スクエア | 方形 | 方图 | 正方",
        ],
    ),
];

/// Words after a count that only say what is counted.
static COUNTED: Words = Words::of(&[
    "pcs | pc | pieces | piece | images | image | pictures | photos | shots | finals | x | stuck | stueck",
    "img | imgs | pic | pics | photo | shot | asset | assets | creative | creatives | slide | slides | frame | frames | folien",
    "stk | st | bilder | bild | motive | visuels | imagenes | fotos | piezas | uds | ud | unidades",
    "views | view | ansichten | ansicht | vues | vue | vistas | vista | viste",
    "immagini | foto | pezzi | pz | 屏 | 枚 | 点 | カット | 個 | 本 | 张 | 張 | 幅 | 件 | 款 | 个 | 份",
]);

static RANKED_WORDS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| by_word(RANKED));
static QUALITY_WORDS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| by_word(QUALITIES));
static ORIENTATION_WORDS: LazyLock<HashMap<&str, Orientation>> = LazyLock::new(|| by_word(ORIENTATIONS));
static SUM_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| words(&SUMS).collect());

/// The quality that a word means, by its name; `None` if it is no known word.
pub(super) fn quality(word: &str) -> Option<&'static str> {
    QUALITY_WORDS.get(bare_quality(&spaced(word))).copied()
}

/// The qualities of a word that ranks one, the closest first: the best of models that know no more than high is high.
pub(super) fn ranked(word: &str) -> impl Iterator<Item = &'static str> {
    let plain = spaced(word);
    let bare = bare_quality(&plain);
    let beyond = matches!(QUALITY_WORDS.get(bare), Some(&("xhigh" | "max"))).then_some("high");
    RANKED_WORDS.get(bare).copied().into_iter().chain(beyond)
}

/// A word for a quality without the noun and without that it is enough.
fn bare_quality(plain: &str) -> &str {
    let bare = ["quality", "qualitat", "qualite", "calidad", "qualita"]
        .into_iter()
        .find_map(|noun| plain.strip_suffix(noun).map(str::trim).or_else(|| plain.strip_prefix(noun).map(str::trim)));
    let bare = bare.filter(|rest| !rest.is_empty()).unwrap_or(plain);
    // `Draft ok` asks for no more than that.
    let enough =
        [" is ok", " ok", " okay", " is fine", " reicht", " genugt", " suffit", " basta", " va bene", "で可", "即可"];
    enough.iter().find_map(|end| bare.strip_suffix(end)).unwrap_or(bare)
}

/// The orientation that a word means.
pub(super) fn orientation(word: &str) -> Option<Orientation> {
    let plain = spaced(word);
    ORIENTATION_WORDS.get(plain.as_str()).copied()
}

/// A count without the word for what is counted: `12 pcs`, `12枚`, `× 12`.
pub(super) fn bare_count(text: &str) -> Option<&str> {
    let end = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let unit = spaced(&text[end..]);
    let before = text[..end].trim_start_matches(['x', 'X', '×']).trim_start();
    let bare = has(&COUNTED, &unit) || (unit.is_empty() && before.len() < end);
    bare.then_some(before)
}

/// Folded, with a blank for each dash, underscore and point.
fn spaced(word: &str) -> String {
    let plain = folded(word).replace(['-', '_', '.', '(', ')'], " ");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words of cells that somebody has still to fill, folded.
static UNSETTLED: Words = Words::of(&[
    "tbd | tbc | tba | ? | ?? | ??? | to be defined | to be confirmed | offen | noch offen | a definir | n c | por definir",
    "da definire | 未定 | 検討中 | 待定",
]);

/// Whether a cell says that its value is not settled yet.
pub(super) fn is_unsettled(text: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| words(&UNSETTLED).collect());
    text.len() <= 40 && WORDS.contains(spaced(text).replace('/', " ").trim())
}

/// Words of a status of what is not to be made, or no more, folded. `Rejected` is not here: it may have to be made again.
static NOT_COUNTED: Words = Words::of(&[
    "cut | axed | nixed | omitted | archive | archiv | archiviert | archivee | archivado | archivada | archiviato | archiviata | アーカイブ | 已归档 | 存档 | cancelled | canceled | cancel | cxl | cxld | dropped | drop | killed | kill | scrapped | abandoned | archived | obsolete",
    "out of scope | not needed | no longer needed | removed | withdrawn | void | deleted | won't do | wont do | descoped",
    "保留中 | on hold | hold | paused | parked | postponed | deferred | done | complete | completed | finished | delivered | shipped",
    "live | published | closed | storniert | abgebrochen | gestrichen | abgesagt | entfallt | entfallen | verworfen | pausiert",
    "zuruckgestellt | verschoben | ruht | auf eis | erledigt | fertig | abgeschlossen | geliefert | fertiggestellt | veroffentlicht",
    "annule | annulee | abandonne | abandonnee | supprime | supprimee | en pause | en suspens | suspendu | suspendue | reporte",
    "reportee | termine | terminee | fini | finie | fait | livre | livree | acheve | achevee | publie | publiee | cloture",
    "cancelado | cancelada | anulado | anulada | descartado | descartada | eliminado | eliminada | en pausa | pausado | pausada",
    "suspendido | suspendida | aplazado | aplazada | hecho | hecha | terminado | terminada | completado | completada | finalizado",
    "finalizada | entregado | entregada | publicado | publicada | cerrado | annullato | annullata | cancellato | cancellata",
    "scartato | scartata | eliminato | eliminata | in pausa | sospeso | sospesa | rimandato | rimandata | rinviato | rinviata",
    "fatto | fatta | completato | completata | finito | finita | terminato | terminata | consegnato | consegnata | pubblicato",
    "pubblicata | chiuso | キャンセル | 中止 | 取消 | 取り消し | 取消し | 没 | ボツ | 不要 | 保留 | 一時停止 | 停止 | 延期 | 完了 | 済",
    "済み | 納品済 | 納品済み | 終了 | 公開済み | 已取消 | 作废 | 废弃 | 已废弃 | 不做 | 暂停 | 已暂停 | 搁置 | 暫停 | 擱置 | 完成",
    "已完成 | 已交付 | 已发布 | 已上线 | 已结束 | 已交付 | 已發布 | 已上線",
]);

/// Whether a status says that a row is not to be made, or no more: done, dropped, on hold.
pub(super) fn is_not_counted(status: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| words(&NOT_COUNTED).collect());
    let bare = status.split(['(', '（']).next().unwrap_or_default();
    let bare = bare.trim_matches(|c: char| !c.is_alphanumeric());
    bare.len() <= 60 && WORDS.contains(spaced(bare).replace('’', "'").as_str())
}

/// Words of a status that waits for somebody, folded: what is to be approved or confirmed is still wanted.
static PENDING: Words = Words::of(&[
    "pending | pending approval | awaiting approval | waiting | waiting for approval | to be confirmed | tbc | tbd | to be approved | unconfirmed | in approval",
    "ausstehend | wartet | wartend | in wartestellung | in freigabe | wartet auf freigabe | freigabe ausstehend | unbestatigt | en attente",
    "en attente de validation | a valider | a confirmer | en validation | pendiente | pendiente de aprobacion | en espera | por confirmar | por aprobar",
    "in attesa | in attesa di approvazione | da confermare | da approvare | in approvazione | 確認待ち | 承認待ち | 待機 | 待ち | 未承認 | 未確認",
    "待确认 | 待审核 | 待批准 | 待审批 | 审核中 | 待定 | 待確認 | 待審核",
]);

/// Whether a status says that a row waits to be approved or confirmed.
pub(super) fn is_pending(status: &str) -> bool {
    let bare = status.split(['(', '（']).next().unwrap_or_default();
    bare.len() <= 60 && has(&PENDING, spaced(bare).replace('’', "'").as_str())
}

/// Words at the beginning of a note that stop a row, folded: only those that say nothing of a picture there.
static STOPPED: Words = Words::of(&[
    "cancelled | canceled | cxl | cxld | descoped | out of scope | on hold | storniert | abgesagt | gestrichen | entfallt | entfallen",
    "zuruckgestellt | auf eis | annule | annulee | annules | annulees | en suspens | cancelado | cancelada | anulado | anulada",
    "aplazado | aplazada | annullato | annullata | cancellato | cancellata | rimandato | rimandata",
    "キャンセル | 中止 | 取り消し | 取消 | 保留 | 保留中 | 延期 | 已取消 | 作废 | 暂停 | 搁置 | 暫停 | 擱置",
]);

/// Notes that take their row off the list, folded: only where nothing follows, as `duplicate of the hero` may ask for a picture.
static OFF: Words = Words::of(&[
    "delete | please delete | delete me | to be deleted | delete this row | duplicate | accidental duplicate",
    "delete duplicate | bitte loschen | loschen | doppelt | duplikat | a supprimer | doublon | eliminar | borrar | duplicado",
    "da eliminare | da cancellare | duplicato | doppione | 削除 | 重複 | 要削除 | 删除 | 重复 | 待删除",
]);

/// Longest note of these, in bytes.
const OFF_BYTES: usize = 60;

/// Whether a note is, or begins with, the word that a row is cancelled or on hold, or says only that the row is to go.
pub(super) fn is_stopped(note: &str) -> bool {
    let start: String = note.trim_start().chars().take(40).collect();
    let plain = folded(start.trim_start_matches(|c: char| !c.is_alphanumeric()));
    let ends = |rest: &str| rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
    let all = |rest: &str| {
        let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
        note.len() <= OFF_BYTES && (rest.is_empty() || words(&OFF).any(|word| rest == word))
    };
    words(&STOPPED).any(|word| plain.strip_prefix(word).is_some_and(ends))
        || words(&OFF).any(|word| plain.strip_prefix(word).is_some_and(all))
}

/// Answers of a column that only asks, folded: yes first.
static ANSWERS: [Words; 2] = [
    Words::of(&["yes | y | true | x | ✓ | ✔ | ✅ | ☑ | checked | ja | oui | si | はい | 是 | ○ | 1"]),
    Words::of(&["no | n | false | unchecked | ☐ | nein | non | いいえ | 否 | × | 0"]),
];

/// Whether a cell is an answer to a title that asks.
pub(super) fn is_yes_or_no(cell: &str) -> bool {
    let plain = folded(cell.trim());
    ANSWERS.iter().any(|answers| has(answers, &plain))
}

/// Whether a cell says yes.
pub(super) fn is_yes(cell: &str) -> bool {
    has(&ANSWERS[0], &folded(cell.trim()))
}

/// Whether a cell says no.
pub(super) fn is_no(cell: &str) -> bool {
    has(&ANSWERS[1], &folded(cell.trim()))
}

/// Whether a cell only marks that its column holds for its row: a cross, a tick, a circle.
pub(super) fn is_mark(cell: &str) -> bool {
    static MARKS: Words = Words::of(&[
        "x | × | ✓ | ✔ | ✅ | ☑ | √ | ● | ■ | • | ○ | 〇 | ◯ | ◎ | yes | ja | oui | si | はい | 是 | true",
    ]);
    cell.len() <= 8 && has(&MARKS, &folded(cell.trim()))
}

/// Whether a cell is a circle, beside which a cross says no.
pub(super) fn is_circle(cell: &str) -> bool {
    matches!(cell.trim(), "○" | "〇" | "◯" | "◎")
}

/// Words that mark a row of sums, folded.
static SUMS: Words = Words::of(&[
    "total | totals | sum | sums | subtotal | sub total | grand total | overall total | overall",
    "sum total | summe | gesamt | zwischensumme | gesamtsumme | endsumme | insgesamt | somme | sous total",
    "total general | totaux | suma | sumas | totales | somma | totale | totali | totale generale",
    "razem | ogółem | łącznie | celkem | mezisoucet | spolu | osszesen | ukupno",
    "subtotale | 合計 | 小計 | 総計 | 計 | 合计 | 小计 | 总计 | 總計 | 共计 | 总数 | σ | ∑",
]);

/// Whether a text marks a row of sums and says nothing else.
pub(super) fn is_sum(text: &str) -> bool {
    // No sum is called by a long name, and most cells are no sums.
    let first = text.trim_start().chars().next();
    first.is_some_and(|c| !c.is_ascii_digit())
        && text.len() <= 40
        && SUM_WORDS.contains(spaced(text).trim_end_matches(':'))
}

/// Words of sums that begin the name of no picture, folded: `Total look` may be one.
static SURE_SUMS: Words = Words::of(&[
    "subtotal | sub total | grand total | zwischensumme | gesamtsumme | endsumme | summe | sous total | somme | suma | somma | subtotale",
    "total general | totale generale | razem | celkem | mezisoucet | osszesen | 小計 | 合計 | 総計 | 小计 | 合计 | 总计 | 總計",
]);

/// Whether a text begins with the word of a sum that no picture is called by: `Summe Social`, `Sous-total affichage`.
pub(super) fn is_surely_sum(text: &str) -> bool {
    text.len() <= 200 && beginnings(&spaced(text.trim())).any(|begin| has(&SURE_SUMS, begin))
}

/// Whether a text begins or ends as a sum does: `Total Website`, `Website total`, `Summe Social`.
pub(super) fn may_be_sum(text: &str) -> bool {
    let plain = spaced(text.trim().trim_end_matches([':', '.', '：']));
    let ends = || plain.rmatch_indices(' ').take(SUM_BLANKS).any(|(at, _)| has(&SUMS, &plain[at + 1..]));
    let unspaced = || {
        let wide = plain.chars().last().is_some_and(|c| !c.is_ascii());
        wide && words(&SUMS).any(|sum| !sum.is_ascii() && plain.ends_with(sum))
    };
    text.len() <= 200 && (beginnings(&plain).any(|begin| has(&SUMS, begin)) || ends() || unspaced())
}

/// Most blanks in the words of a sum, and one behind them.
const SUM_BLANKS: usize = 3;

/// What stands before the first blanks or colons of a text.
fn beginnings(plain: &str) -> impl Iterator<Item = &str> {
    plain.match_indices([' ', ':']).take(SUM_BLANKS).map(|(at, _)| &plain[..at])
}

/// Words of sums that name a picture or a product too, folded: `Totale` is a wide shot in German, `Overall` is worn.
static NAMES_TOO: Words = Words::of(&["totale | overall"]);

/// Whether a text is a word of a sum that names something to be pictured too, so that its number decides.
pub(super) fn names_too(text: &str) -> bool {
    text.len() <= 20 && has(&NAMES_TOO, &spaced(text))
}

/// Whether a text is a sum with what is added to it: `Total incl. 10% contingency`, `Total (+20%)`, `Summe mit Puffer`.
pub(super) fn is_sum_with_more(text: &str) -> bool {
    static WITH: Words = Words::of(&[
        "incl | including | inc | inkl | inklusive | mit | with | plus | avec | y compris | compris | con | compresa | compreso",
        "excl | excluding | exkl | ohne | without | zzgl | hors | sans | sin | senza | tout compris | incluye | incluido",
    ]);
    let first = text.trim_start().chars().next();
    if text.len() > 80 || first.is_none_or(|c| c.is_ascii_digit()) {
        return false;
    }
    let plain = folded(text.trim());
    let more = |rest: &str| {
        let rest = rest.trim_start();
        let added = rest.starts_with(['+', '(', '（', '±']) && rest.contains(['%', '％', '含', '込', '+']);
        let word: String =
            rest.trim_start_matches(['(', '（', '[']).chars().take_while(|c| c.is_alphabetic()).collect();
        let two = rest.starts_with("y compris") || rest.starts_with("tout compris");
        added || two || has(&WITH, &word)
    };
    words(&SUMS).any(|sum| {
        plain
            .strip_prefix(sum)
            .is_some_and(|rest| (rest.starts_with([' ', '(', '（', '+', ':']) || !sum.is_ascii()) && more(rest))
    })
}

/// Whether a name says that all is counted: `All`, `Tous`, `全部`.
pub(super) fn is_all(text: &str) -> bool {
    static ALL: Words = Words::of(&[
        "all | all images | all assets | everything | alle | alles | alle bilder | tous | toutes | tout | todos | todas | todo",
        "tutti | tutte | tutto | 全部 | 全体 | 全て | すべて | 全数 | 所有",
    ]);
    text.len() <= 40 && has(&ALL, &spaced(text))
}
