//! The encoding of a text: from its byte-order mark, else by a rule that looks at all of its bytes.
//!
//! Without a mark: UTF-16 if bytes of zero are many and most pairs with an ASCII character have it in the same half; UTF-8 if the
//! bytes are valid, or if valid characters of several bytes outnumber the damaged ones; an encoding of Japanese, Chinese or Korean
//! if that is the likeliest by its letters, every byte is valid in it, and most of its wide characters stand beside another one,
//! where accents in Western texts stand alone; Windows-1250 if that is the likeliest and its letters stand within words; else
//! Windows-1252.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, EUC_JP, EUC_KR, GB18030, GBK, ISO_8859_2, SHIFT_JIS, WINDOWS_1250, WINDOWS_1252};

/// Placeholder for bytes that are not a character.
pub(super) const LOST: char = '\u{fffd}';

/// An encoding that lists are read in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    Windows1252,
    /// Of the languages of Central Europe.
    Windows1250,
    /// One of Japanese, Chinese or Korean.
    Wide(&'static encoding_rs::Encoding),
}

impl Encoding {
    /// Its name in sentences.
    pub(super) fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16Le | Encoding::Utf16Be => "UTF-16",
            Encoding::Windows1252 => "Windows-1252",
            Encoding::Windows1250 => "Windows-1250",
            Encoding::Wide(encoding) if encoding == GB18030 => "GB18030",
            Encoding::Wide(encoding) => encoding.name(),
        }
    }
}

/// The text of some bytes without its byte-order mark, with [`LOST`] for what is no character, and its encoding; `None` if the
/// bytes are no text.
pub(super) fn decoded(bytes: &[u8]) -> Option<(String, Encoding)> {
    let (encoding, bytes) = encoding(bytes)?;
    let text = match encoding {
        Encoding::Utf8 => String::from_utf8_lossy(bytes).into_owned(),
        Encoding::Utf16Le => utf16(bytes, u16::from_le_bytes),
        Encoding::Utf16Be => utf16(bytes, u16::from_be_bytes),
        Encoding::Windows1252 => {
            let text = WINDOWS_1252.decode_without_bom_handling(bytes).0;
            without_controls(&text)
        }
        Encoding::Windows1250 => without_controls(&WINDOWS_1250.decode_without_bom_handling(bytes).0),
        Encoding::Wide(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
    };
    // A text has no zero bytes but by damage; what has more is a file of another kind.
    (!has_many_zeros(text.as_bytes())).then(|| (text.replace('\0', &LOST.to_string()), encoding))
}

/// Some bytes of these encodings have no character; the decoder returns them as controls.
fn without_controls(text: &str) -> String {
    text.chars().map(|c| if ('\u{80}'..'\u{a0}').contains(&c) { LOST } else { c }).collect()
}

fn encoding(bytes: &[u8]) -> Option<(Encoding, &[u8])> {
    let marks: [(&[u8], Encoding); 3] =
        [(&[0xef, 0xbb, 0xbf], Encoding::Utf8), (&[0xff, 0xfe], Encoding::Utf16Le), (&[0xfe, 0xff], Encoding::Utf16Be)];
    let marked = marks.into_iter().find_map(|(mark, encoding)| Some((encoding, bytes.strip_prefix(mark)?)));
    if marked.is_some() {
        return marked;
    }
    let found = if has_many_zeros(bytes) {
        utf16_without_mark(bytes)?
    } else if std::str::from_utf8(bytes).is_ok() || is_damaged_utf8(bytes) {
        Encoding::Utf8
    } else if let Some(wide) = wide(bytes) {
        Encoding::Wide(wide)
    } else if is_central_european(bytes) {
        Encoding::Windows1250
    } else {
        Encoding::Windows1252
    };
    Some((found, bytes))
}

/// Commas, tabs, line breaks and digits are ASCII in every list: the half of their pair that is zero tells the order.
fn utf16_without_mark(bytes: &[u8]) -> Option<Encoding> {
    let pairs = || bytes.chunks_exact(2);
    let is_text = |byte: u8| matches!(byte, b'\t' | b'\n' | b'\r' | 0x20..0x7f);
    let little = pairs().filter(|pair| pair[1] == 0 && is_text(pair[0])).count();
    let big = pairs().filter(|pair| pair[0] == 0 && is_text(pair[1])).count();
    match little.cmp(&big) {
        std::cmp::Ordering::Greater => Some(Encoding::Utf16Le),
        std::cmp::Ordering::Less => Some(Encoding::Utf16Be),
        std::cmp::Ordering::Equal => None,
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let odd = (bytes.len() % 2 == 1).then_some(LOST);
    char::decode_utf16(units).map(|character| character.unwrap_or(LOST)).chain(odd).collect()
}

/// A text in another encoding has such a valid sequence by chance alone.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut damaged) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    valid > damaged
}

/// The likeliest encoding of Japanese, Chinese or Korean, if the bytes are valid in it and look like it.
fn wide(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let wide = [SHIFT_JIS, EUC_JP, GBK, BIG5, EUC_KR].into_iter().find(|wide| *wide == guess)?;
    // The newer encoding holds all of the older one.
    let wide = if wide == GBK { GB18030 } else { wide };
    let (text, damaged) = wide.decode_without_bom_handling(bytes);
    (!damaged && is_of_wide_runs(&text)).then_some(wide)
}

/// Whether a text is likelier of Central Europe than of the West: by its letters, and by signs such as `³` and `¿` within words,
/// which are letters there.
fn is_central_european(bytes: &[u8]) -> bool {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    // Bytes that are letters in Windows-1250 and signs in Windows-1252.
    let sign = |byte: u8| matches!(byte, 0xa3 | 0xa5 | 0xaa | 0xaf | 0xb3 | 0xb9 | 0xba | 0xbc | 0xbe | 0xbf);
    let letter = |byte: u8| byte.is_ascii_alphabetic() || byte >= 0xc0;
    let within = bytes.windows(2).filter(|pair| {
        (sign(pair[0]) && letter(pair[1]) && pair[0] != 0xbf) || (letter(pair[0]) && sign(pair[1]) && pair[1] != 0xb3)
    });
    [WINDOWS_1250, ISO_8859_2].contains(&guess) && within.count() > 1
}

fn is_of_wide_runs(text: &str) -> bool {
    let (mut wide, mut beside, mut run) = (0_usize, 0_usize, 0_usize);
    for c in text.chars().chain(['\n']) {
        if c.is_ascii() || c == '\u{80}' {
            beside += if run > 1 { run } else { 0 };
            run = 0;
        } else {
            (wide, run) = (wide + 1, run + 1);
        }
    }
    beside * 2 > wide
}

/// Whether more bytes of a text are zero than damage explains: one in sixteen.
fn has_many_zeros(bytes: &[u8]) -> bool {
    const RARE: usize = 16;
    bytes.iter().filter(|byte| **byte == 0).count() * RARE > bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Option<(String, &'static str)> {
        decoded(bytes).map(|(text, encoding)| (text, encoding.name()))
    }

    fn utf16_bytes(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn each_encoding_is_told_from_the_others_with_and_without_a_mark() {
        let japanese = "商材,枚数\n玄関ドア,24\n表札,3\n";
        for (text, wanted) in
            [("Name,Qty\nTile,3\n", "UTF-8"), ("Motif\tQté\nPoignée\t12\n", "UTF-8"), (japanese, "UTF-8")]
        {
            assert_eq!(read(text.as_bytes()), Some((text.to_owned(), wanted)));
            let marked = [&[0xef, 0xbb, 0xbf], text.as_bytes()].concat();
            assert_eq!(read(&marked), Some((text.to_owned(), wanted)));
            for (mark, unit) in
                [([0xff, 0xfe], u16::to_le_bytes as fn(u16) -> [u8; 2]), ([0xfe, 0xff], u16::to_be_bytes)]
            {
                let bytes = utf16_bytes(text, unit);
                assert_eq!(read(&bytes), Some((text.to_owned(), "UTF-16")));
                assert_eq!(read(&[&mark, &bytes[..]].concat()), Some((text.to_owned(), "UTF-16")));
            }
        }
        for text in
            [japanese, "カタカナ,1\n", "商品名,枚数,比率,品質\nA1,3,4:5,高\n", "素材名,ｻｲｽﾞ,枚数\nバナー,1200x630,3\n"]
        {
            for wide in [SHIFT_JIS, EUC_JP] {
                assert_eq!(read(&wide.encode(text).0), Some((text.to_owned(), wide.name())), "{text}");
            }
        }
        for (wide, name, texts) in [
            (
                GBK,
                "GB18030",
                ["名称,数量\n主图,5\n详情页,12\n", "素材,尺寸,数量\n首页横幅,1920x1080,3\n朋友圈海报,1080x1920,5\n"],
            ),
            (GB18030, "GB18030", ["名称,数量\n主图,5\n㐂字图,12\n", "商品名称,张数,比例\n杯子,3,1:1\n"]),
            (BIG5, "Big5", ["名稱,數量\n主圖,5\n詳情頁,12\n", "素材,尺寸,數量,品質\n首頁橫幅,1920x1080,3,高\n"]),
            (EUC_KR, "EUC-KR", ["이름,수량\n메인 배너,5\n상세 페이지,12\n", "상품명,개수\n컵,3\n"]),
        ] {
            for text in texts {
                assert_eq!(read(&wide.encode(text).0), Some((text.to_owned(), name)), "{text}");
            }
        }
        for text in [
            "Türgriff;12;1,6",
            "Client’s hero,3\nBob’s tile,4\n",
            "Größe;Maß\nÄrmel;3\n",
            "“Hero”,3 €\n",
            "Qualité,Poignée,Clé\n",
            "Año,Niño\n",
            "GRÖSSE;MAß\n",
        ] {
            assert_eq!(read(&WINDOWS_1252.encode(text).0), Some((text.to_owned(), "Windows-1252")), "{text}");
        }
    }

    #[test]
    fn damage_is_marked_and_the_rest_is_taken() {
        assert_eq!(read("Qualité,Poign\u{e9}e".as_bytes()), Some(("Qualité,Poignée".to_owned(), "UTF-8")));
        let mut cut = "Qualité,Poignée,Cl".as_bytes().to_vec();
        cut.push(0xc3);
        assert_eq!(read(&cut), Some((format!("Qualité,Poignée,Cl{LOST}"), "UTF-8")));
        let mut half = vec![0xff, 0xfe];
        half.extend(utf16_bytes("a,", u16::to_le_bytes));
        half.extend(0xd83c_u16.to_le_bytes());
        half.extend(utf16_bytes(",b\n", u16::to_le_bytes));
        assert_eq!(read(&half), Some((format!("a,{LOST},b\n"), "UTF-16")));
        half.push(b'x');
        assert_eq!(read(&half), Some((format!("a,{LOST},b\n{LOST}"), "UTF-16")));
        assert_eq!(read(b"caf\xe9 \x81 x"), Some((format!("café {LOST} x"), "Windows-1252")));
    }

    #[test]
    fn a_zero_byte_is_damage_and_no_encoding() {
        let wanted = format!("Asset,Qty\nHero,3\nT{LOST}ile,4\n");
        assert_eq!(read(b"Asset,Qty\nHero,3\nT\0ile,4\n"), Some((wanted, "UTF-8")));
        let wanted = format!("Größe,Qty\nTürgriff,1{LOST}\n");
        assert_eq!(read(b"Gr\xf6\xdfe,Qty\nT\xfcrgriff,1\0\n"), Some((wanted, "Windows-1252")));
    }

    #[test]
    fn bytes_that_are_no_text_are_no_text() {
        assert_eq!(read(&[0, 0, 0, 0]), None);
        assert_eq!(read(b"\x7fELF\x02\x01\x01\0\0\0\0\0"), None);
    }
}
