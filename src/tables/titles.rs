//! What the title of a column may mean, in seven languages: a whole title that is known, one that is close to it, or a known
//! word at the place where its language puts the word that decides.
//!
//! A title proposes; `columns` lets the contents decide, because `On model` is no model and `Final approval` no count.

mod counted;
pub(super) mod each;
mod known;

use self::counted::counted;
use self::known::TITLES;
use crate::cost::Knob;
use crate::cost::budget::knob::{Scope, TABLE};
use crate::tables::letters::{Words, folded, has, is_unspaced, split, words};
use crate::tables::meanings::{FoundBy, Kind};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Titles of what several deliverables belong to, folded.
static GROUPS: Words = Words::of(&[
    "campaign | project | category | collection | series | season | section | chapter | area | group | theme | brand | client",
    "channel | platform | market | country | region | language | locale | line | product line | department | phase | room | set",
    "kampagne | projekt | kategorie | kollektion | serie | saison | bereich | kapitel | gruppe | thema | marke | kunde | kanal",
    "plattform | markt | land | sprache | campagne | projet | categorie | gamme | saison | rubrique | marque | canal | marche",
    "campana | proyecto | categoria | coleccion | temporada | seccion | marca | mercado | pais | campagna | progetto | collezione",
    "stagione | sezione | canale | mercato | キャンペーン | 案件 | カテゴリ | カテゴリー | 分類 | シリーズ | ブランド | チャネル",
    "colour | color | colourway | colorway | farbe | couleur | coloris | colore | カラー | 色 | 颜色 | 顏色 | ページ | 页面",
    "活动 | 项目组 | 类别 | 分类 | 类目 | 系列 | 品牌 | 渠道 | 平台 | 活動 | 類別 | 分類 | 通路",
]);

/// Titles of what a picture has and is not called by, folded.
static ATTRIBUTES: Words = Words::of(&[
    "priority | prio | owner | assignee | assigned | assigned to | responsible | photographer | designer | due | due date",
    "timestamp | zeitstempel | horodateur | marca temporal | created | created at | updated | last modified | タイムスタンプ",
    "deadline | date | tags | link | url | approved | approval | location | camera | lens | file type | type | urgency",
    "prioritat | verantwortlich | zustandig | termin | fotograf | priorite | responsable | echeance | prioridad | responsable",
    "fecha | fecha de entrega | priorita | responsabile | scadenza | 優先度 | 担当 | 担当者 | 納期 | 优先级 | 负责人 | 截止日期 | 優先級",
]);

/// Titles of what is high or low and is no quality, folded.
static RATED: Words = Words::of(&[
    "importance | risk | effort | complexity | impact | difficulty | demand | value | confidence | interest | severity | traffic",
    "wichtigkeit | risiko | aufwand | komplexitat | schwierigkeit | nachfrage | dringlichkeit | urgence | risque | effort | complexite",
    "difficulte | importancia | riesgo | esfuerzo | complejidad | dificultad | urgencia | importanza | rischio | sforzo | complessita",
    "difficolta | urgenza | 重要度 | 難易度 | リスク | 緊急度 | 工数 | 重要性 | 难度 | 风险 | 紧急程度 | 复杂度",
]);

/// Whether a title, by one of its words, is of what is high or low and is no quality.
pub(super) fn is_rated(title: &str) -> bool {
    let plain = plain_title(title);
    plain.split(' ').any(|word| has(&RATED, word) || has(&ATTRIBUTES, word))
}

/// Whether a title is of what a picture has and is not called by.
pub(super) fn is_attribute(title: &str) -> bool {
    has(&ATTRIBUTES, &plain_title(title))
}

/// Titles of what multiplies a number of images, folded.
static MULTIPLIERS: Words = Words::of(&[
    "markets | market | locales | languages | countries | regions | sizes | formats | versions | variants | channels | placements",
    "colours | colors | skus | products | models | months | weeks | markte | lander | sprachen | formate | grossen | marches",
    "pays | langues | formats | mercados | paises | idiomas | formatos | mercati | paesi | lingue | formati | 言語数 | 国数 | 市場数",
    "サイズ数 | 语言数 | 市场数 | 国家数 | 尺寸数",
]);

/// Whether a title is of what multiplies a number of images.
pub(super) fn is_multiplier(title: &str) -> bool {
    let plain = plain_title(title);
    let bare = ["no of ", "number of ", "# ", "anzahl ", "nombre de ", "numero de ", "numero di "];
    has(&MULTIPLIERS, bare.iter().find_map(|start| plain.strip_prefix(start)).unwrap_or(&plain))
}

/// Whether a title is of what several deliverables belong to.
pub(super) fn is_of_group(title: &str) -> bool {
    let plain = plain_title(title);
    has(&GROUPS, &plain) || plain.rsplit_once(' ').is_some_and(|(first, last)| last == "name" && has(&GROUPS, first))
}

/// Words around a decisive one that say nothing: `Images needed`, `Total shots`.
static IDLE: Words = Words::of(&[
    "needed | required | requested | wanted | ordered | planned | total | overall | target | final",
    "output | of | deliverable | delivery | the | in | image | asset | benotigt | gewunscht | geplant",
    "gesamt | finale | finales | requis | demandes | totales | totale | totali | richieste | necesarias",
    "total de | #",
]);

/// Words that turn a count into one of something else, and a name into that of somebody.
static OTHER: Words = Words::of(&[
    "draft | drafts | reference | rejected | sample | existing | done | delivered | old | approved",
    "extra | test | stock | client | customer | owner | photographer | model | agency | vendor | author",
    "file | contact | brand | person | kunde | datei | entwurf | alt | min | max | minimum | maximum",
    "stocks | inventory | warehouse | lager | bestand | lagerbestand | lagermenge | existencias | almacen | inventario | giacenza",
    "magazzino",
]);

/// Words of titles without blanks between them that count something else.
const OTHER_UNSPACED: [&str; 4] = ["在庫", "库存", "庫存", "存量"];

/// Words that may stand beside `tokens` where those of the picture itself are meant, folded.
static OUTPUT: Words = Words::of(&[
    "tokens | token | output | measured | image | images | generated | completion | actual | ausgabe | gemessen | gemessene | sortie",
    "mesures | salida | medidos | uscita | misurati | de | d | di | in | per | 出力 | 输出",
]);

/// Titles of the unit that a count is in, folded; some of them count units elsewhere, so that the cells decide.
static UNITS_OF_COUNT: Words = Words::of(&[
    "unit | units | uom | unit of measure | einheit | einheiten | mengeneinheit | me | unite | unites | unite de mesure",
    "unidad | unidades | unidad de medida | unita | unita di misura | 単位 | 单位 | 單位 | 计量单位",
]);

/// Words of a title whose status is not that of the picture: `Payment status` may be done long before.
static OF_OTHERS_STATUS: Words = Words::of(&[
    "payment | invoice | billing | legal | rights | licence | license | approval | stock | contract | release | copy | quality",
    "brief | sample | samples | budget | model | client",
]);

/// Titles of counts that are titles of names too: `nombre` counts in French and names in Spanish.
static COUNT_OR_NAME: Words = Words::of(&[
    "nombre | visuels | visuals | shots | images | pictures | variants | versions | fotos | foto | stills | pics | creatives | assets | illustrations | illustrationen | renders | renderings | artworks",
]);

/// Titles of names that count where their cells are numbers.
static NAME_OR_COUNT: Words = Words::of(&[
    "deliverables | livrables | entregables | consegne | werbemittel | motive | motifs | 成果物 | 制作物 | 素材",
]);

/// Words of a title that mean money, folded.
static MONEY: Words = Words::of(&[
    "price | prices | cost | costs | total | subtotal | usd | eur | gbp | jpy | chf | cny | rmb | $ | €",
    "£ | ¥ | fee | fees | spend | budget | amount | rate | preis | einzelpreis | gesamtpreis | kosten",
    "betrag | summe | prix | cout | couts | montant | precio | precios | coste | costo | importe | prezzo",
    "prezzi | importo | 価格 | 単価 | 金額 | 料金 | 費用 | 价格 | 单价 | 金额 | 费用 | 預算 | 预算 | 予算 | honorar",
]);

/// Longest cell that may be a title, in bytes.
pub(super) const TITLE_BYTES: usize = 120;

/// What a title may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Proposal {
    pub(super) kind: Kind,
    pub(super) found: FoundBy,
    /// Of two columns with one meaning the one with the lower rank wins.
    pub(super) rank: usize,
    /// Whether the contents have to confirm it, because the title only contains or resembles a known one.
    pub(super) unsure: bool,
}

static KNOWN: LazyLock<HashMap<String, (Kind, usize)>> = LazyLock::new(|| {
    let listed = TITLES.iter().flat_map(|(kind, titles)| split(titles).enumerate().map(move |(at, t)| (*kind, at, t)));
    let mut known = HashMap::new();
    for (kind, at, title) in listed {
        known.entry(folded(title)).or_insert((kind, at));
    }
    for row in TABLE.iter().filter(|row| row.scope != Scope::Project) {
        known.entry(row.name.replace(['_', '.'], " ")).or_insert((Kind::Knob(row.knob), 0));
    }
    known
});

/// A title folded, without text in brackets, with single blanks between its words.
pub(super) fn plain_title(title: &str) -> String {
    let folded = folded(title);
    let outside = folded.split(['(', '[', '【', '「']).next().unwrap_or_default();
    let outside = if outside.trim().is_empty() { folded.as_str() } else { outside };
    let parted = outside.replace(['_', '-', ':', '*', '.', ',', '\n', '\r', '\u{a0}', '(', ')', '[', ']'], " ");
    let parted = parted.replace('/', " / ");
    parted.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a title says that it numbers the rows or counts something, which its contents decide.
pub(super) fn may_number(plain: &str) -> bool {
    matches!(
        plain,
        "number" | "no" | "nr" | "#" | "numero" | "n" | "nb" | "num" | "数" | "id" | "pos" | "番号" | "序号"
    )
}

/// Whether a title has a word that means money.
pub(super) fn speaks_of_money(plain: &str) -> bool {
    plain.split(' ').any(|word| has(&MONEY, word))
        || words(&MONEY).any(|word| word.chars().all(is_unspaced) && plain.contains(word))
        || plain.contains(['$', '€', '£', '¥'])
}

/// Whether the title is a known one, whatever the contents say.
pub(super) fn is_known(plain: &str) -> bool {
    KNOWN.contains_key(plain) || speaks_of_money(plain) || each::counts_each(plain)
}

/// Every meaning that a title proposes, the surest first. A size in centimetres is none in pixels.
pub(super) fn proposals(title: &str) -> Vec<Proposal> {
    if title.len() > TITLE_BYTES {
        return Vec::new();
    }
    let mut all = proposals_in_pixels(title);
    if has(&UNITS_OF_COUNT, &plain_title(title)) {
        let kind = Kind::UnitOfCount;
        all.insert(0, Proposal { kind, found: FoundBy::Title, rank: 0, unsure: true });
    }
    if all.iter().any(|proposal| is_of_pixels(proposal.kind)) && speaks_of_paper(title) {
        all.retain(|proposal| !is_of_pixels(proposal.kind));
    }
    all
}

fn is_of_pixels(kind: Kind) -> bool {
    matches!(kind, Kind::Width | Kind::Height | Kind::Knob(Knob::Size | Knob::DraftSize))
}

/// Whether a title has a unit of paper or of storage.
pub(super) fn speaks_of_paper(title: &str) -> bool {
    static UNITS: Words =
        Words::of(&["cm | mm | inch | inches | zoll | pouces | pulgadas | pollici | kb | mb | din | print | druck"]);
    folded(title).split(|c: char| !c.is_alphanumeric()).any(|word| has(&UNITS, word))
}

fn proposals_in_pixels(title: &str) -> Vec<Proposal> {
    let plain = plain_title(title);
    let sure = |(kind, rank): (Kind, usize)| Proposal { kind, found: FoundBy::Title, rank, unsure: false };
    if let Some(exact) = KNOWN.get(&plain).copied() {
        let name = Proposal { kind: Kind::Name, found: FoundBy::Title, rank: 300, unsure: true };
        let may_name = exact.0 == Kind::Units || has(&COUNT_OR_NAME, &plain);
        let may_count = exact.0 == Kind::Name && has(&NAME_OR_COUNT, &plain);
        let count = may_count.then_some(Proposal { kind: Kind::Knob(Knob::Finals), ..name });
        return std::iter::once(sure(exact)).chain(may_name.then_some(name)).chain(count).collect();
    }
    if each::counts_each(&plain) {
        return vec![sure((Kind::PerUnit, 0))];
    }
    if each::counts_attempts(&plain) {
        return vec![sure((Kind::Knob(Knob::Retry), 60))];
    }
    let mut all = Vec::new();
    let within = [
        counted(&plain),
        without_idle(&plain),
        total_of_images(&plain),
        last_word(&plain),
        first_word(&plain),
        ending(&plain),
    ];
    for (kind, rank) in within.into_iter().flatten() {
        if all.iter().all(|known: &Proposal| known.kind != kind) && !is_of_another(&plain, kind) {
            all.push(Proposal { kind, found: FoundBy::Title, rank: rank + 100, unsure: true });
        }
    }
    if all.is_empty() && !speaks_of_money(&plain) {
        let near = near_title(&plain);
        all.extend(near.map(|(kind, rank)| Proposal {
            kind,
            found: FoundBy::NearTitle,
            rank: rank + 200,
            unsure: true,
        }));
    }
    all
}

/// Whether a title is a known one of finals.
pub(super) fn counts_finals(plain: &str) -> bool {
    known(plain).is_some_and(|(kind, _)| kind == Kind::Knob(Knob::Finals))
}

fn known(words: &str) -> Option<(Kind, usize)> {
    KNOWN.get(words).copied()
}

/// `Total shots`, `Images needed`: the title without its idle words.
fn without_idle(plain: &str) -> Option<(Kind, usize)> {
    let kept: Vec<&str> = plain.split(' ').filter(|word| !has(&IDLE, word)).collect();
    (!kept.is_empty() && kept.len() < plain.split(' ').count()).then(|| known(&kept.join(" ")))?
}

/// `asset notes` are notes, `image size` is a size: the last word decides in English and German.
fn last_word(plain: &str) -> Option<(Kind, usize)> {
    let (_, last) = plain.rsplit_once(' ')?;
    known(last).filter(|_| last.chars().count() > 2)
}

/// `taille image`, `cantidad de fotos`: the first word decides in French, Spanish and Italian.
fn first_word(plain: &str) -> Option<(Kind, usize)> {
    static FIRST: Words = Words::of(&[
        "taille | format | qualite | quantite | nombre | cantidad | tamano | formato | calidad | numero",
        "brief | quantita | dimensioni | qualita | nom | nome | dimensions | dimensiones | anzahl",
    ]);
    let (first, rest) = plain.split_once(' ')?;
    let names = first == "nombre" && rest.starts_with("del ");
    if names {
        return Some((Kind::Name, 50));
    }
    known(first).filter(|_| has(&FIRST, first))
}

/// `希望サイズ` is a size: where words have no blanks between them, the end of the title decides.
fn ending(plain: &str) -> Option<(Kind, usize)> {
    let unspaced = plain.chars().last().is_some_and(is_unspaced);
    let starts = plain.char_indices().skip(1).map(|(at, _)| &plain[at..]);
    starts.filter(|_| unspaced).filter(|end| end.chars().count() > 1).find_map(known)
}

/// Whether a word of the title says that something else is counted or called.
fn is_of_another(plain: &str, kind: Kind) -> bool {
    let counts_or_calls = matches!(kind, Kind::Name | Kind::Knob(Knob::Finals) | Kind::Units);
    let per = |word: &str| matches!(word, "per" | "pro" | "je" | "par" | "por");
    let of_rights = |word: &str| has(&OF_OTHERS_STATUS, word);
    if kind == Kind::Status && plain.split(' ').any(of_rights) {
        return true;
    }
    if kind == Kind::Knob(Knob::Measured) {
        return !plain.split(' ').all(|word| has(&OUTPUT, word));
    }
    let unspaced = || OTHER_UNSPACED.iter().any(|other| plain.contains(other));
    counts_or_calls && (plain.split(' ').any(|word| has(&OTHER, word) || per(word)) || unspaced())
}

/// `Image total`, `Total de imágenes`: nothing but pictures and their total.
fn total_of_images(plain: &str) -> Option<(Kind, usize)> {
    static TOTALS: Words = Words::of(&["total | totals | overall | gesamt | insgesamt | totale | totales | totaux"]);
    static PICTURES: Words = Words::of(&[
        "image | images | picture | pictures | photo | photos | shot | shots | visual | visuals | final | finals | bild | bilder",
        "foto | fotos | visuel | visuels | d'images | de | of | imagen | imagenes | immagine | immagini | scatti | d'image | di | des",
    ]);
    let words: Vec<&str> = plain.split(' ').collect();
    let (totals, pictures): (Vec<&str>, Vec<&str>) = words.into_iter().partition(|word| has(&TOTALS, word));
    let named = pictures.iter().any(|word| word.len() > 3);
    let found = totals.len() == 1 && named && pictures.iter().all(|word| has(&PICTURES, word));
    found.then_some((Kind::Knob(Knob::Finals), 30))
}

/// The known title with one letter changed, or two in a long word.
fn near_title(plain: &str) -> Option<(Kind, usize)> {
    let letters = plain.chars().count();
    let allowed = match letters {
        0..4 => return None,
        4..7 => 1,
        7..=40 => 2,
        _ => return None,
    };
    let close = KNOWN.iter().filter(|(title, _)| {
        let length = title.chars().count();
        length >= 4 && length.abs_diff(letters) <= allowed
    });
    let scored = close.map(|(title, (kind, at))| (strsim::damerau_levenshtein(plain, title), *at, title, *kind));
    // A short word is rather another one: `Stock` is no `Stück`.
    let other = |kind: Kind| is_of_another(plain, kind) || (kind.counts() && letters < 6);
    let found = scored.filter(|(distance, ..)| *distance <= allowed).min();
    found.filter(|(.., kind)| !other(*kind)).map(|(_, at, _, kind)| (kind, at))
}
