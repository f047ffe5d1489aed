//! Keys of keyboards in other scripts, with the Latin key in the same place.

/// The layouts: Latin keys, and what the same keys write, in the same order.
const LAYOUTS: [(&str, &str); 7] = [
    // Russian.
    ("qwertyuiop[]asdfghjkl;'zxcvbnm,./`", "йцукенгшщзхъфывапролджэячсмитьбю.ё"),
    // Ukrainian, where it differs; Bulgarian and Serbian phonetic layouts stand where Latin letters do.
    ("]s'`", "їієґ"),
    // Greek.
    ("wertyuiopasdfghjklzxcvbnm", "ςερτυθιοπασδφγηξκλζχψωβνμ"),
    // Hebrew.
    ("ertyuiopasdfghjkl;zxcvbnm,.", "קראטוןםפשדגכעיחלךףזסבהנמצתץ"),
    // Arabic; one key of it writes two letters.
    ("qwertyuiop[]asdfghjkl;'zxcvnm,./", "ضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظ"),
    // Kana of Japanese keyboards.
    (
        "1234567890-qwertyuiopasdfghjkl;zxcvbnm,./",
        "ぬふあうえおやゆよわほたていすかんなにらせちとしはきくまのりれつさそひこみもねるめ",
    ),
    // The same as katakana.
    (
        "1234567890-qwertyuiopasdfghjkl;zxcvbnm,./",
        "ヌフアウエオヤユヨワホタテイスカンナニラセチトシハキクマノリレツサソヒコミモネルメ",
    ),
];

/// The Latin key in the place of a key of another script; capitals stay capitals. `None` for a key of no such layout.
#[must_use]
pub fn latin(typed: char) -> Option<char> {
    if typed.is_ascii() {
        return None;
    }
    let small = typed.to_lowercase().next().filter(|_| typed.to_lowercase().count() == 1)?;
    let find = |(keys, letters): &(&str, &str)| keys.chars().zip(letters.chars()).find(|(_, letter)| *letter == small);
    let (key, _) = LAYOUTS.iter().find_map(find)?;
    Some(if small == typed { key } else { key.to_ascii_uppercase() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_layout_has_a_letter_for_each_of_its_keys() {
        for (keys, letters) in LAYOUTS {
            assert_eq!(keys.chars().count(), letters.chars().count(), "{letters}");
        }
    }

    #[test]
    fn a_letter_has_the_key_of_its_place() {
        for (typed, key) in [
            ('й', 'q'),
            ('Й', 'Q'),
            ('ц', 'w'),
            ('і', 's'),
            ('ω', 'v'),
            ('Σ', 'S'),
            ('ש', 'a'),
            ('ض', 'q'),
            ('た', 'q'),
            ('チ', 'a'),
        ] {
            assert_eq!(latin(typed), Some(key), "{typed}");
        }
        assert_eq!(['q', 'é', '漢', '€'].map(latin), [None; 4]);
    }
}
