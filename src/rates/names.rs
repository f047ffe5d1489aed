//! Other spellings of models' names in public price lists.

/// A model's name with a point in its version, where a list has a hyphen: `gpt-image-1-5`.
pub(super) fn dotted(name: &str) -> Option<String> {
    let (before, after) = name.match_indices('-').map(|(at, _)| name.split_at(at)).find(|(before, after)| {
        let digit = |text: &str| text.chars().next().is_some_and(|c| c.is_ascii_digit());
        before.ends_with(|c: char| c.is_ascii_digit())
            && digit(&after[1..])
            && after[2..].chars().next().is_none_or(|c| c == '-')
    })?;
    Some(format!("{before}.{}", &after[1..]))
}
