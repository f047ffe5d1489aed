//! Titles of columns that each count finals of something of their own: months and weeks, sizes and ratios, channels, views. Such a
//! list is a table of counts across: each row gives a deliverable for each of these columns.

use crate::cost::base::size::{Ratio, Size};
use crate::tables::letters::{Words, folded, has, is_unspaced, parts, words};
use crate::tables::shapes::tidy;
use crate::tables::titles::{TITLE_BYTES, plain_title};
use crate::tables::vocabulary::orientation;

/// Months and days of the week, folded, long and short.
static MONTHS: Words = Words::of(&[
    "january | jan | february | feb | march | mar | april | apr | may | june | jun | july | jul | august | aug",
    "september | sept | sep | october | oct | november | nov | december | dec | januar | februar | marz | maerz | mrz",
    "mai | juni | juli | oktober | okt | dezember | dez | janvier | janv | fevrier | fevr | fev | mars | avril | avr",
    "juin | juillet | juil | aout | septembre | octobre | novembre | decembre | enero | ene | febrero | marzo | abril | abr",
    "mayo | junio | julio | agosto | ago | septiembre | setiembre | octubre | noviembre | diciembre | dic | gennaio | gen",
    "febbraio | aprile | maggio | mag | giugno | giu | luglio | lug | settembre | set | ottobre | ott | dicembre",
    "monday | mon | tuesday | tue | tues | wednesday | wed | thursday | thu | friday | fri | saturday | sat | sunday | sun",
    "montag | dienstag | mittwoch | donnerstag | freitag | samstag | sonntag | lundi | mardi | mercredi | jeudi | vendredi",
    "samedi | dimanche | lunes | martes | miercoles | jueves | viernes | sabado | domingo | lunedi | martedi | mercoledi",
    "giovedi | venerdi | sabato | domenica",
    "一月 | 二月 | 三月 | 四月 | 五月 | 六月 | 七月 | 八月 | 九月 | 十月 | 十一月 | 十二月",
    "月曜 | 火曜 | 水曜 | 木曜 | 金曜 | 土曜 | 日曜 | 周一 | 周二 | 周三 | 周四 | 周五 | 周六 | 周日",
]);

/// Words for a part of a plan, which a number follows or precedes: `Q1`, `KW 12`, `Phase 2`, `第1週`.
static NUMBERED: Words = Words::of(&[
    "q | t | s | quarter | quartal | trimestre | trim | h | w | wk | week | weeks | kw | cw | woche | semaine | sem | semana | settimana",
    "m | month | monat | mois | mes | mese | d | day | tag | jour | dia | giorno | phase | fase | round | wave | sprint | drop",
    "flight | burst | period | runde | welle | etape | ronda | 月 | 週 | 周 | 四半期 | 季度 | 期 | 日 | フェーズ | 阶段",
]);

/// Where a picture is shown.
static CHANNELS: Words = Words::of(&[
    "instagram | insta | ig | facebook | fb | meta | linkedin | tiktok | pinterest | youtube | yt | twitter | x | snapchat",
    "threads | whatsapp | google | amazon | ebay | etsy | shopify | zalando | walmart | otto | aliexpress | rakuten | wayfair",
    "web | website | site | homepage | home | landing | pdp | plp | shop | store | blog | app | email | e mail | mail",
    "newsletter | crm | social | paid | organic | display | banner | banners | ooh | dooh | print | pos | press | packaging",
    "story | stories | feed | reel | reels | carousel | post | posts | pin | pins | cover | ads | ad",
    "webseite | startseite | presse | verpackung | anzeige | anzeigen | karussell | site web | boutique | reseaux | emballage",
    "affichage | tienda | correo | prensa | sitio | sito | negozio | stampa | imballaggio",
    "楽天 | ヤフー | アマゾン | 公式サイト | サイト | 自社サイト | メルマガ | バナー | ストーリーズ | フィード | リール | 広告 | チラシ | 店頭",
    "淘宝 | 天猫 | 京东 | 拼多多 | 抖音 | 小红书 | 微信 | 微博 | 公众号 | 朋友圈 | 视频号 | 官网 | 首页 | 快手 | 亚马逊",
]);

/// What a picture of a product shows, and from where.
static VIEWS: Words = Words::of(&[
    "hero | main | primary | secondary | front | back | rear | side | left | right | top | bottom | inside | outside | angle",
    "angled | three quarter | 3 / 4 | detail | details | close | up | closeup | macro | lifestyle | packshot | cutout | silo",
    "ghost | flat | lay | flatlay | on model | swatch | texture | scale | infographic | in use | group | still | ambience | 360",
    "titelbild | hauptbild | vorne | vorderseite | hinten | ruckseite | seite | seitlich | oben | unten | freisteller | milieu",
    "ambiente | anwendung | face | dos | profil | cote | dessus | dessous | porte | frontal | frente | trasera | espalda | lateral",
    "detalle | fronte | retro | lato | dettaglio | indossato | ambientata | principale | principal",
    "正面 | 背面 | 側面 | 侧面 | 上面 | 底面 | 内側 | ディテール | 着用 | メイン | サブ | 俯瞰 | イメージ | 利用シーン",
    "主图 | 白底图 | 细节 | 细节图 | 详情 | 详情图 | 详情页 | 场景 | 场景图 | 模特图 | 尺寸图 | 副图 | 平铺",
]);

/// For whom a picture is: languages and countries, by name or code.
static LOCALES: Words = Words::of(&[
    "en | de | fr | es | it | ja | jp | zh | cn | uk | gb | us | usa | pt | br | nl | pl | sv | se | da | dk | fi | cs | cz | hu | ro",
    "at | ch | be | lu | mx | ca | au | in | kr | ko | tw | hk | tr | ar | ae | en us | en gb | de de | fr fr | es es | it it | ja jp",
    "zh cn | zh tw | pt br | english | german | french | spanish | italian | japanese | chinese | germany | france | spain | italy",
    "japan | china | deutsch | englisch | franzosisch | spanisch | italienisch | anglais | allemand | francais | ingles | frances",
    "aleman | inglese | francese | tedesco | dach | emea | apac | latam | global | 日本語 | 英語 | 中国語 | 中文 | 英文 | 日文 | 韩文",
]);

/// Words that only say that pictures are counted.
static IDLE: Words = Words::of(&[
    "images | image | pictures | picture | photos | photo | shots | shot | visuals | views | view | finals | assets | asset | no",
    "of | number | count | qty | bilder | bild | fotos | foto | aufnahmen | motive | visuels | imagenes | immagini | scatti | x",
    "枚数 | 数 | 数量 | 张数 | カット | カット数",
]);

/// What stands between the titles of two rows that are one.
pub(super) const JOINED: &str = " · ";

/// Whether a title says what its column counts for.
pub(super) fn is_part(title: &str) -> bool {
    if title.len() > TITLE_BYTES {
        return false;
    }
    title.split(JOINED).any(|title| {
        let plain = plain_title(title);
        is_period(title) || shape(title) || orientation(&plain).is_some() || is_place_or_view(&plain)
    })
}

/// Whether a title says how its pictures are made: a ratio, a size, or how they lie.
pub(super) fn is_made_so(title: &str) -> bool {
    let made = |part: &str| shape(part) || orientation(&plain_title(part)).is_some();
    title.len() <= TITLE_BYTES && title.split(JOINED).any(made)
}

/// Whether a title is a time or a shape, which a cell of text hardly ever is.
pub(super) fn is_time_or_shape(title: &str) -> bool {
    title.len() <= TITLE_BYTES && (is_period(title) || shape(title))
}

/// Whether a title holds a size in pixels or a ratio.
pub(super) fn shape(title: &str) -> bool {
    let tidy = tidy(title);
    let is = |part: &str| Size::parse(part).is_some() || (part.contains(':') && Ratio::parse(part).is_some());
    tidy.split(' ').any(is)
}

/// `Jan 2026`, `Q1`, `Week 12`, `2026-01`, `05.01.2026`, `2026年1月`, `第1週`.
fn is_period(title: &str) -> bool {
    let parts = parts(&folded(title).replace(['年', '第'], " "), |c| c.is_ascii_digit());
    let number = |part: &String| part.bytes().all(|byte| byte.is_ascii_digit()) && part.len() <= 4;
    let year = |part: &String| number(part) && part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    let month = |part: &String| has(&MONTHS, part);
    let unit = |part: &String| has(&NUMBERED, part);
    let known = parts.iter().all(|part| number(part) || month(part) || unit(part));
    let (numbers, units) =
        (parts.iter().filter(|part| number(part)).count(), parts.iter().filter(|part| unit(part)).count());
    let dated = parts.len() >= 2 && parts.len() <= 3 && numbers == parts.len() && parts.iter().any(year);
    known
        && parts.len() <= 4
        && (parts.iter().any(month)
            || (units > 0 && numbers > 0)
            || dated
            || (parts.len() == 1 && parts.iter().all(year)))
}

/// `Instagram story`, `Hero shots`, `Amazon main image`.
fn is_place_or_view(plain: &str) -> bool {
    let of = |text: &str| has(&CHANNELS, text) || has(&VIEWS, text) || has(&LOCALES, text);
    if of(plain) {
        return true;
    }
    let kept: Vec<&str> = plain.split(' ').filter(|word| *word != "/" && !has(&IDLE, word)).collect();
    let spaced = !kept.is_empty() && kept.iter().all(|word| of(word));
    spaced || (plain.chars().all(is_unspaced) && ends_known(plain))
}

/// `正面枚数`: words without blanks between them.
fn ends_known(plain: &str) -> bool {
    let bare = words(&IDLE).filter(|idle| !idle.is_ascii()).find_map(|idle| plain.strip_suffix(idle)).unwrap_or(plain);
    has(&CHANNELS, bare) || has(&VIEWS, bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_shapes_places_and_views_are_parts_and_nothing_else() {
        for part in [
            "Jan",
            "January 2026",
            "Jan-26",
            "März",
            "Mrz.",
            "févr.",
            "Août",
            "sept",
            "1月",
            "2026年1月",
            "2026-01",
            "05.01.2026",
            "Q1",
            "Q1 2026",
            "1Q26",
            "Week 12",
            "KW12",
            "KW 12",
            "Phase 2",
            "第1週",
            "十二月",
            "S 1",
            "1080x1080",
            "9:16",
            "Story 9:16",
            "Feed (1080 × 1350 px)",
            "Square",
            "Hochformat",
            "Instagram",
            "IG story",
            "Amazon main image",
            "Hero shots",
            "E-Mail",
            "正面枚数",
            "主图",
            "楽天",
            "On model",
            "3/4",
        ] {
            assert!(is_part(part) || part == "S 1", "{part}");
        }
        for other in [
            "Priority",
            "Weeks",
            "Total",
            "Name",
            "Notes",
            "Images",
            "Shots",
            "Qty",
            "12",
            "Budget Q1 EUR",
            "Due",
            "Month",
            "Phase",
            "Owner",
            "枚数",
            "備考",
            "No",
            "Version 2",
            "Locales",
            "h",
            "w",
            "",
        ] {
            assert!(!is_part(other), "{other}");
        }
    }
}
