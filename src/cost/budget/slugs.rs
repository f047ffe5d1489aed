//! Unique keys for new deliverables, made from their names.

use crate::cost::base::limits::NAME_MAX;
use crate::cost::budget::budget::Budget;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// The keys in use. A new key costs one lookup even among thousands.
#[derive(Debug, Clone, Default)]
pub struct FreeKeys<'k> {
    taken: HashSet<Cow<'k, str>>,
    /// The number to try next for a slug that is in use.
    next: HashMap<String, usize>,
}

impl<'k> FreeKeys<'k> {
    /// The free keys of a project.
    #[must_use]
    pub fn of(budget: &'k Budget) -> FreeKeys<'k> {
        FreeKeys::among(budget.lines.iter().map(|line| &line.key))
    }

    /// Keys that none of these is.
    #[must_use]
    pub fn among(taken: impl IntoIterator<Item = &'k String>) -> FreeKeys<'k> {
        FreeKeys { taken: taken.into_iter().map(|key| Cow::Borrowed(key.as_str())).collect(), next: HashMap::new() }
    }

    /// Keys for this name that no deliverable of either project has: keys that begin otherwise are in nobody's way.
    #[must_use]
    pub fn of_both(one: &'k Budget, other: &'k Budget, name: &str) -> FreeKeys<'k> {
        let slug = slug(name);
        let keys = one.lines.iter().chain(&other.lines).map(|line| &line.key);
        FreeKeys::among(keys.filter(|key| key.starts_with(stem(&slug))))
    }

    /// A free key made from the name; it is in use from now on.
    pub fn take(&mut self, name: &str) -> String {
        let slug = slug(name);
        let (first, stem, from) = match slug.as_str() {
            "" => (None, "item", self.taken.len() + 1),
            slug => (Some(slug), stem(slug), 2),
        };
        let key = match first.filter(|slug| !self.taken.contains(*slug)) {
            Some(slug) => slug.to_owned(),
            None => {
                let mut number = self.next.get(stem).copied().unwrap_or(from);
                while self.taken.contains(format!("{stem}-{number}").as_str()) {
                    number += 1;
                }
                self.next.insert(stem.to_owned(), number + 1);
                format!("{stem}-{number}")
            }
        };
        self.taken.insert(Cow::Owned(key.clone()));
        key
    }
}

/// What a number follows: a slug with space for it, so that the key stays within its limit.
fn stem(slug: &str) -> &str {
    slug.char_indices().nth(NAME_MAX - 10).map_or(slug, |(end, _)| &slug[..end])
}

/// A key made from the name that no other deliverable has.
#[must_use]
pub fn free_key(budget: &Budget, name: &str) -> String {
    FreeKeys::of(budget).take(name)
}

/// Letters and digits of any script in lower case, with a hyphen between words for everything else.
#[must_use]
pub fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let end = slug.char_indices().nth(NAME_MAX).map_or(slug.len(), |(at, _)| at);
    slug.truncate(slug[..end].trim_end_matches('-').len());
    slug
}
