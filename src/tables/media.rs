//! What is no picture: videos, texts, sound, places, print runs and services, by the words of seven languages.
//!
//! The word that decides stands at the end in English, German, Japanese and Chinese, and at the beginning in the others:
//! `Video thumbnail` is a picture, `Making-of video` and `Vidéo making-of` are none. Where neither says so, a row is unsure.

use crate::tables::letters::{Words, folded, has, is_unspaced, parts, script, words};

/// What a text says of its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Medium {
    /// A picture.
    Image,
    /// Nothing that an image is made for.
    Other,
    /// Perhaps a picture.
    Unsure,
}

impl Medium {
    /// What is unsure as what is no picture.
    pub(super) fn or_other(self) -> Medium {
        match self {
            Medium::Unsure => Medium::Other,
            Medium::Image | Medium::Other => self,
        }
    }
}

/// Words of pictures that may stand beside those of a video or a text, folded.
static IMAGES: Words = Words::of(&[
    "thumbnail | thumbnails | thumb | thumbs | still | stills | poster | posters | cover | covers | frame | frames | keyframe | keyframes",
    "image | images | picture | pictures | photo | photos | visual | visuals | banner | banners | overlay | overlays | background",
    "backgrounds | storyboard | storyboards | preview | icon | icons | logo | illustration | illustrations | illo | illos | mockup | packshot | card | cards | static",
    "titelbild | titelbilder | vorschaubild | vorschaubilder | standbild | standbilder | bild | bilder | foto | fotos | motiv | motive | hintergrund | statisch",
    "vignette | vignettes | miniature | miniatures | couverture | affiche | visuel | visuels | arriere | fond | image fixe | statique",
    "miniatura | miniaturas | portada | portadas | cartel | imagen | imagenes | fotograma | fondo | estatico | estatica | copertina | locandina | immagine",
    "immagini | anteprima | sfondo | fotogramma | statico | statica | jpg | jpeg | png | webp | tif | tiff | psd | svg | graphic | graphics | grafik | grafiken",
    "サムネイル | サムネ | 静止画 | 画像 | 写真 | カバー | 表紙 | 背景 | ポスター | バナー | アイコン | 封面 | 缩略图 | 静帧 | 图片 | 海报 | 截图 | 首帧 | 静态",
]);

/// Words of what is no picture, folded; where a word is also that of a product, only those that say more.
static OTHERS: Words = Words::of(&[
    "video | videos | tvc | podcast | podcasts | voiceover | voiceovers | jingle | jingles | audio | copywriting | bodycopy",
    "videoclip | videoclips | videospot | videospots | werbespot | werbespots | radiospot | radiospots | funkspot | funkspots | imagefilm | imagefilme",
    "textanzeige | textanzeigen | werbetext | werbetexte | produkttext | produkttexte | blogtext | texterstellung | druckauflage | auflage",
    "tirage | tirada | tiratura | 動画 | 映像 | ムービー | 音声 | ラジオ | 文言 | 原稿 | 视频 | 短视频 | 音频 | 广播 | 文案 | 印刷部数 | 印量 | 影片 | 視頻",
]);

/// The same in several words, folded.
static PHRASES: Words = Words::of(&[
    "radio spot | radio spots | radio ad | radio ads | tv spot | tv spots | tv ad | tv ads | tv commercial | voice over | brand film | body copy | ad copy",
    "product copy | headline copy | blog text | product text | text ad | text ads | search ads | search ad | alt text | alt texts | print run | print runs",
    "copy writing | spot radio | spot tv | spots radio | spots tv | cuna de radio | cuna radio | comunicato radio",
]);

/// Words that begin the name of a text in French, Spanish and Italian, where they decide, folded.
static BEGINNINGS: Words =
    Words::of(&["redaction | texte | textes | redaccion | textos | redazione | testi | tirage | tirada | tiratura"]);

/// Words of what moves and may yet be a picture, folded.
static PERHAPS: Words = Words::of(&[
    "gif | gifs | animation | animations | animated | animiert | animierte | reels | motion | アニメーション | リール動画 | 动图 | 动画",
]);

/// Words of what runs for a time, folded: with seconds they are no pictures.
static TIMED: Words = Words::of(&[
    "spot | spots | clip | clips | reel | reels | film | filme | films | cut | cutdown | bumper | trailer | short | shorts | ad",
]);

/// Words that say nothing of the medium beside its own, folded.
static NEUTRAL: Words = Words::of(&[
    "ad | ads | asset | assets | file | files | content | post | posts | short | in | feed | story | form | only | spot | spots | online | social | file | datei",
    "anzeige | anzeigen | inhalt | nur | datei | fichier | contenu | seulement | uniquement | solo | contenido | archivo | contenuto | のみ | 仅",
]);

/// What a column of media or of file types says, folded: these alone.
static TYPES: Words = Words::of(&[
    "video | videos | film | movie | clip | mpeg | mov | avi | webm | audio | sound | wav | aac | podcast | radio | tv | tvc | text | texts",
    "headline | headlines | long headline | description | descriptions | call to action | cta | sitelink | sitelinks | callout | callouts | copy | txt | doc | docx | script | spot | reel | reels | print run | location | locations | event | service | texte | textes | texto | textos | testo",
    "testi | hoerfunk | horfunk | funk | ton | druckauflage | auflage | standort | standorte | drehort | dienstleistung | veranstaltung | son | lieu",
    "lieux | prestation | audio spot | ubicacion | lugar | servicio | luogo | servizio | 動画 | 映像 | 音声 | ラジオ | テキスト | 文章 | 原稿 | 文言 | テレビ",
    "视频 | 短视频 | 音频 | 广播 | 文字 | 文案 | 电视 | 影片 | 視頻 | 場所 | 地点",
]);

/// Titles of columns that name a medium or a file type, folded.
static TYPE_TITLES: Words = Words::of(&[
    "medium | media | media type | type | asset type | content type | creative type | ad type | ad format | file type | file format | filetype | format",
    "deliverable type | output | output type | kind | channel | media format | deliverable format | dateityp | dateiformat | medientyp | medienart | art | typ",
    "kanal | werbeform | inhaltstyp | ausgabe | type de fichier | type de media | type de contenu | format de fichier | canal | support | tipo | tipo de archivo",
    "formato | tipo de contenido | soporte | tipo di file | tipo di contenuto | supporto | canale | mezzo | medio | 種別 | 種類 | 媒体 | 媒体種別 | 形式 | ファイル形式",
    "タイプ | 使用媒体 | 类型 | 媒体类型 | 文件类型 | 内容类型 | 格式 | 文件格式 | 渠道 | 類型 | 媒介",
]);

/// Remarks that say that a row is no picture: the whole cell, folded.
static REMARKS: Words = Words::of(&[
    "type only | no new image | no new images | no new pic | no new picture | no extra image | no pic | layout only | kein neues bild | kein extra bild | pas de nouveau visuel | sin imagen nueva | nessuna nuova immagine | 新規画像なし | 不需新图 | text only | texts only | copy only | only text | only copy | words only | video only | only video | audio only | no image | no images | no image needed",
    "no images needed | no picture | no pictures | no visual | nur text | nur texte | nur video | nur ton | kein bild | keine bilder | kein motiv | textes seulement",
    "texte seulement | texte uniquement | textes uniquement | video seulement | video uniquement | pas d'image | pas de visuel | sans image | sans visuel",
    "solo texto | solo textos | solo video | sin imagen | sin imagenes | solo testo | solo testi | nessuna immagine | senza immagine | コピーのみ | テキストのみ",
    "文言のみ | 動画のみ | 画像なし | 画像不要 | 仅文字 | 仅文案 | 仅视频 | 只要文案 | 无图 | 不需要图片 | 无需图片",
]);

/// Services and things that are bought for pictures, folded: the whole name or its beginning.
static SERVICES: Words = Words::of(&[
    "studio hire | studio rental | studio rent | location hire | location rental | location fee | location scouting | equipment hire | equipment rental",
    "camera hire | prop purchase | prop hire | prop rental | props purchase | hand model | model fee | model fees | catering | casting | hair and makeup",
    "usage licence | usage license | usage rights | image rights | travel | photographer fee | retouching | styling fee | studiomiete | location miete",
    "locationmiete | miete | mietkosten | requisiten kauf | requisitenkauf | modelhonorar | nutzungsrechte | anfahrt | location studio | location de",
    "location du | location materiel | location lumiere | achat d'accessoires | frais de deplacement | droits d'utilisation | alquiler | alquiler de",
    "compra de atrezo | derechos de uso | noleggio | noleggio di | acquisto oggetti | diritti d'uso | スタジオ代 | スタジオ料 | スタジオレンタル | 機材レンタル",
    "小道具購入 | モデル代 | 使用料 | 场地租赁 | 场租 | 影棚租赁 | 设备租赁 | 道具采购 | 模特费 | 授权费",
]);

/// Breaks of a day's schedule, folded: the whole name apart from times.
static BREAKS: Words = Words::of(&[
    "lunch | lunch break | break | coffee break | wrap | set up | setup | call time | tear down | company move | mittag | mittagspause | pause | kaffeepause",
    "aufbau | abbau | drehschluss | dejeuner | pause dejeuner | pause cafe | installation | almuerzo | comida | descanso | montaje | desmontaje | pranzo | pausa",
    "pausa pranzo | allestimento | 昼食 | 昼休憩 | 休憩 | 設営 | 撤収 | 午休 | 午餐 | 休息 | 布场 | 撤场",
]);

/// Longest text that is judged, in bytes.
const TEXT_BYTES: usize = 200;

/// Longest remark that is judged, in bytes.
const REMARK_BYTES: usize = 60;

/// What a name says of its row; `None` if it speaks of no other medium.
pub(super) fn of_name(name: &str) -> Option<Medium> {
    if name.len() > TEXT_BYTES {
        return None;
    }
    let parts = parts(name, script);
    let words: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !is_number(part)).collect();
    let said = words.join(" ");
    let timed = has_seconds(&parts) && words.iter().any(|word| has(&TIMED, word));
    let speaks = words.iter().any(|word| speaks_of_other(word)) || phrase_at(&said).is_some() || timed;
    let begins = words.first().is_some_and(|word| has(&BEGINNINGS, word));
    if !speaks && !begins {
        return words.iter().any(|word| has(&PERHAPS, word)).then(|| image_or(&words, Medium::Unsure));
    }
    let decided = begins || timed || ends_other(&words, &said) || begins_accented(name);
    Some(image_or(&words, if decided { Medium::Other } else { Medium::Unsure }))
}

fn image_or(words: &[&str], medium: Medium) -> Medium {
    if words.iter().any(|word| is_image(word)) { Medium::Image } else { medium }
}

/// What a cell under a title of media or file types says; `None` if it says nothing of them.
pub(super) fn of_type(cell: &str) -> Option<Medium> {
    if cell.len() > TEXT_BYTES {
        return None;
    }
    let named = cell.to_lowercase().replace("mp4", "mpeg").replace("mp3", "mpeg").replace("m4v", "mpeg");
    let parts = parts(&named, script);
    let words: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !is_number(part)).collect();
    let whole = words.join(" ");
    if words.iter().any(|word| is_image(word)) {
        return Some(Medium::Image);
    }
    if is_spot(cell) {
        return Some(Medium::Unsure);
    }
    let known =
        words.iter().all(|word| has(&TYPES, word) || has(&NEUTRAL, word) || matches!(*word, "s" | "sec" | "sek"));
    let other =
        has(&TYPES, &whole) || phrase_at(&whole).is_some() || (known && words.iter().any(|word| has(&TYPES, word)));
    if other {
        return Some(Medium::Other);
    }
    words.iter().any(|word| has(&PERHAPS, word)).then_some(Medium::Unsure)
}

/// Whether a cell says only `spot`: one of radio or television, or a small picture in a book.
pub(super) fn is_spot(cell: &str) -> bool {
    matches!(folded(cell.trim()).as_str(), "spot" | "spots")
}

/// What `spot` means in a list with these other types: beside `radio` it is sound or film, beside `spread` it is a picture.
pub(super) fn spots<'c>(types: impl Iterator<Item = &'c str>) -> Medium {
    static AIRED: Words = Words::of(&[
        "video | videos | tv | tvc | radio | audio | film | films | funk | horfunk | hoerfunk | podcast | cinema | kino | 動画 | ラジオ | テレビ | 视频 | 广播 | 电视",
    ]);
    static PRINTED: Words = Words::of(&[
        "full | half | spread | spreads | page | quarter | vignette | endpaper | endpapers | cover | illustration | illo | ganzseitig | halbseitig",
        "doppelseite | pleine | demi | planche | pagina | completa | intera | mezza | doppia | doble | 見開き | 全面 | 扉 | 跨页 | 整页 | 半页",
    ]);
    let (mut aired, mut printed) = (false, false);
    for cell in types.filter(|cell| cell.len() <= TEXT_BYTES && !is_spot(cell)) {
        let words = parts(cell, script);
        aired |= words.iter().any(|word| has(&AIRED, word)) || has_seconds(&words);
        printed |= words.iter().any(|word| has(&PRINTED, word));
    }
    match (aired, printed) {
        (true, false) => Medium::Other,
        (false, true) => Medium::Image,
        (true, true) | (false, false) => Medium::Unsure,
    }
}

/// Whether the title of a column is one of how long something runs.
pub(super) fn is_length_title(plain: &str) -> bool {
    static LENGTHS: Words = Words::of(&[
        "duration | length | runtime | running time | spot length | lange | dauer | spotlange | duree | duracion | durata | 尺 | 長さ | 再生時間 | 时长 | 片长 | 時長",
    ]);
    has(&LENGTHS, plain)
}

/// Whether a cell is a time in seconds: `30 s`, `0:15`, `15"`.
pub(super) fn is_time(cell: &str) -> bool {
    let clock = || {
        let (minutes, seconds) = cell.split_once(':').unwrap_or((cell, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        digits(minutes) && minutes.len() <= 2 && digits(seconds) && seconds.len() == 2
    };
    let bare = cell.trim_end_matches(['"', '″', '”']);
    let quoted = bare.len() < cell.len() && !bare.is_empty() && is_number(bare.trim());
    cell.len() <= 40 && (clock() || quoted || has_seconds(&parts(cell, script)))
}

/// Whether a part of a text says that no picture is made: `(crop of the cover, no new pic)`.
pub(super) fn has_remark(text: &str) -> bool {
    text.len() <= TEXT_BYTES
        && text.contains([',', ';', '(', '（', '、', '，', '–', '|'])
        && text.split([',', ';', '(', ')', '（', '）', '、', '，', '–', '|']).any(is_remark)
}

/// Whether the title of a column is one of media or file types.
pub(super) fn is_type_title(plain: &str) -> bool {
    has(&TYPE_TITLES, plain)
}

/// Whether a remark says that its row is no picture.
pub(super) fn is_remark(cell: &str) -> bool {
    // Each has a blank, or letters that need none; most cells have neither.
    cell.len() <= REMARK_BYTES
        && cell.bytes().any(|byte| byte == b' ' || !byte.is_ascii())
        && has(&REMARKS, folded(cell.trim().trim_end_matches(['.', '!', '。'])).replace('’', "'").as_str())
}

/// Whether a text speaks of something that is no picture and of nothing that is: `video`, `20s reel`.
pub(super) fn is_other(text: &str) -> bool {
    of_type(text) == Some(Medium::Other) || of_name(text) == Some(Medium::Other)
}

/// Whether the first word of a name is that of another medium.
pub(super) fn leads_other(name: &str) -> bool {
    parts(name, script).first().is_some_and(|word| speaks_of_other(word))
}

/// Whether a count is one of something that is no picture, and of nothing else: `1 video`, `Video`.
pub(super) fn counts_other(cell: &str) -> bool {
    let counted = cell.starts_with(char::is_numeric) || !cell.contains(char::is_numeric);
    counted && cell.chars().any(char::is_alphabetic) && !cell.contains('+') && is_other(cell)
}

/// Whether a word is of what moves and may yet be a picture.
pub(super) fn is_perhaps(word: &str) -> bool {
    has(&PERHAPS, word)
}

/// Titles of lists in French, Spanish and Italian, in which the first word of a name decides, folded.
static LEADING: Words = Words::of(&[
    "nom | titre | intitule | livrable | visuel | produit | sujet | quantite | qte | visuels | nombre | taille | qualite | statut",
    "titulo | pieza | entregable | producto | articulo | cantidad | imagenes | piezas | tamano | calidad | estado | descripcion",
    "nome | titolo | soggetto | consegna | prodotto | articolo | quantita | immagini | pezzi | dimensioni | qualita | stato | descrizione",
]);

/// Whether a title is of a language in which the first word of a name decides.
pub(super) fn leads(plain: &str) -> bool {
    has(&LEADING, plain) || plain.split(' ').next().is_some_and(|word| has(&LEADING, word))
}

/// Whether a name is that of a service or of something that is bought.
pub(super) fn is_service(name: &str) -> bool {
    let said = plain(name);
    let ends = |rest: &str| rest.is_empty() || rest.starts_with(' ');
    name.len() <= TEXT_BYTES && words(&SERVICES).any(|service| said.strip_prefix(service).is_some_and(ends))
}

/// Whether a name is a break of a schedule.
pub(super) fn is_break(name: &str) -> bool {
    name.len() <= TEXT_BYTES && has(&BREAKS, &plain(name))
}

/// The words of a name without numbers and what stands in brackets.
fn plain(name: &str) -> String {
    let folded = folded(name).replace('’', "'");
    let outside = folded.split(['(', '[']).next().unwrap_or_default();
    let letters = outside.replace(|c: char| !c.is_alphabetic() && c != '\'', " ");
    letters.split_whitespace().filter(|word| !matches!(*word, "h" | "uhr")).collect::<Vec<_>>().join(" ")
}

fn is_number(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_image(word: &str) -> bool {
    let unspaced =
        || word.chars().any(is_unspaced) && words(&IMAGES).any(|image| !image.is_ascii() && word.contains(image));
    has(&IMAGES, word) || unspaced()
}

/// Whether a word is that of another medium; compounds of German and words without blanks count by their end.
fn speaks_of_other(word: &str) -> bool {
    let compound = word.len() > 5 && ["video", "videos"].iter().any(|end| word.ends_with(end));
    has(&OTHERS, word) || compound || unspaced_other(word).is_some()
}

/// The other medium within a word without blanks, with what follows it.
fn unspaced_other(word: &str) -> Option<&str> {
    if !word.chars().any(is_unspaced) {
        return None;
    }
    let held = words(&OTHERS).filter(|other| other.chars().all(is_unspaced));
    held.filter_map(|other| word.rfind(other).map(|at| &word[at + other.len()..])).min_by_key(|rest| rest.len())
}

/// What follows the last phrase of another medium.
fn phrase_at(said: &str) -> Option<&str> {
    static WITHIN: Words =
        Words::of(&["radio | tv | over | film | copy | text | search | alt | print | writing | spot | spots"]);
    if !said.contains(' ') || !said.split(' ').any(|word| has(&WITHIN, word)) {
        return None;
    }
    let padded = |phrase: &str| {
        let at = said.rfind(phrase)?;
        let rest = &said[at + phrase.len()..];
        let whole = (at == 0 || said[..at].ends_with(' ')) && (rest.is_empty() || rest.starts_with(' '));
        whole.then_some(rest)
    };
    words(&PHRASES).filter_map(padded).min_by_key(|rest| rest.len())
}

/// Whether the name ends with the word of another medium, apart from its length and version.
fn ends_other(words: &[&str], said: &str) -> bool {
    static TAIL: Words = Words::of(&[
        "s | sec | secs | sek | sekunden | seconds | secondes | segundos | secondi | v | version | q | kw | 秒 | 本 | 分",
    ]);
    static MADE: Words = Words::of(&["制作 | 作成 | 撮影 | 編集 | 本 | 制作费 | 拍摄 | 剪辑 | 撰写 | 编写"]);
    let last = words.iter().rev().find(|word| !has(&TAIL, word));
    let Some(last) = last else { return false };
    let unspaced = unspaced_other(last).is_some_and(|rest| rest.is_empty() || has(&MADE, rest));
    let made = has(&MADE, last) && words.iter().any(|word| unspaced_other(word) == Some(""));
    let phrase = phrase_at(said).is_some_and(|rest| rest.split_whitespace().all(|word| has(&TAIL, word)));
    unspaced || made || phrase || (speaks_of_other(last) && !last.chars().any(is_unspaced))
}

/// `Vidéo`, `vídeo`: with its accent it is French, Spanish or Portuguese, and the first word decides.
fn begins_accented(name: &str) -> bool {
    let lower = name.trim_start().to_lowercase();
    ["vidéo", "vídeo", "vide\u{301}o", "vi\u{301}deo"].iter().any(|word| lower.starts_with(word))
}

/// Whether a number stands before a word for seconds.
fn has_seconds(parts: &[String]) -> bool {
    static SECONDS: Words =
        Words::of(&["s | sec | secs | sek | sekunden | seconds | secondes | segundos | secondi | seg | 秒"]);
    parts.windows(2).any(|pair| is_number(&pair[0]) && has(&SECONDS, &pair[1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_another_medium_where_its_language_lets_that_word_decide() {
        for other in [
            "In-Feed Video 15s",
            "Making-of video",
            "Produktvideo",
            "Vidéo Reels making-of",
            "Vídeo del evento",
            "TikTok 動画",
            "商品動画制作",
            "产品视频",
            "Spot 20s",
            "Radio spot Q3",
            "Google Search Textanzeigen",
            "Rédaction des accroches",
            "POP文言作成",
            "Copywriting",
            "Druckauflage",
            "Tirage flyer",
            "TV spot 30 sec",
            "Testi newsletter",
            "公众号文案",
            "Podcast",
        ] {
            assert_eq!(of_name(other), Some(Medium::Other), "{other}");
        }
        for image in [
            "Video thumbnail",
            "Video-Thumbnail",
            "Reel cover + 20s reel",
            "Text overlay",
            "YouTube 動画サムネイル",
            "视频封面",
            "Vignette vidéo",
            "Video still 3",
        ] {
            assert!(matches!(of_name(image), None | Some(Medium::Image)), "{image}: {:?}", of_name(image));
        }
        for unsure in ["Video wall", "Video game controller", "Animated GIF", "Instagram Reels"] {
            assert_eq!(of_name(unsure), Some(Medium::Unsure), "{unsure}");
        }
        for nothing in [
            "Textilien",
            "Paper clip, macro",
            "Vintage radio",
            "Hero",
            "Kontext",
            "Location shot",
            "Spotlight",
            "",
            "Copy of hero",
        ] {
            assert_eq!(of_name(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn a_type_is_another_medium_only_as_a_whole() {
        for other in [
            "Video",
            "MP4",
            "mov",
            "WAV",
            "Text",
            "Radio",
            "Video ad",
            "MP4 / MOV",
            "動画",
            "视频",
            "Texte",
            "Print run",
            "Location",
            "15s video",
            "Copy only",
        ] {
            assert_eq!(of_type(other), Some(Medium::Other), "{other}");
        }
        for image in ["JPG", "JPG/PNG", "JPG (Standbild)", "Video thumbnail", "Text overlay", "静止画", "MP4 + JPG"]
        {
            assert_eq!(of_type(image), Some(Medium::Image), "{image}");
        }
        for nothing in ["PDF/X-4", "Instagram", "OOH", "4:5", "Textilien", "", "A4"] {
            assert_eq!(of_type(nothing), None, "{nothing}");
        }
        assert_eq!(of_type("GIF"), Some(Medium::Unsure));
    }

    #[test]
    fn remarks_services_and_breaks_are_known_as_wholes() {
        for remark in ["textes seulement", "nur Text", "コピーのみ", "Text only.", "仅文案"] {
            assert!(is_remark(remark), "{remark}");
        }
        assert!(!is_remark("text only on the left") && !is_remark(""));
        for service in [
            "Location studio (1 jour)",
            "Studio hire",
            "Alquiler de estudio",
            "スタジオ代",
            "Prop purchase",
            "Studiomiete 2 Tage",
        ] {
            assert!(is_service(service), "{service}");
        }
        assert!(!is_service("Studio portrait") && !is_service("Location shot") && !is_service(""));
        assert!(
            is_break("LUNCH 13:00–13:45")
                && is_break("Mittagspause")
                && is_break("昼休憩")
                && !is_break("Lunch box hero")
        );
    }
}
