//! What layers say of one thing key by key, such as of a fee: the nearest layer that says a key wins.

use std::collections::BTreeSet;

/// What one layer says of a fee or of a named risk.
pub trait Keyed: Clone + Default + PartialEq + 'static {
    /// A key.
    type Key: Copy + Ord + 'static;

    /// Every key, in the order that people write them.
    const KEYS: &'static [Self::Key];

    /// The name of a key in files.
    fn key_name(key: Self::Key) -> &'static str;

    /// Whether it has a value at a key that could be read.
    fn has_value(&self, key: Self::Key) -> bool;

    /// Takes the value at a key from another layer, with nothing if that has none.
    fn put_value(&mut self, key: Self::Key, from: &Self);

    /// Keys that are written but unreadable: no other layer's value may replace them.
    fn unreadable(&self) -> &BTreeSet<Self::Key>;

    /// The same, to be changed.
    fn unreadable_mut(&mut self) -> &mut BTreeSet<Self::Key>;

    /// A layer that says nothing but that it counts, and the key that says so.
    fn switched_on() -> (Self::Key, Self);

    /// The key that says the same in another way, so that a nearer layer with one of them replaces the other.
    fn instead(_key: Self::Key) -> Option<Self::Key> {
        None
    }

    /// Whether this layer says anything at a key, readable or not.
    fn says(&self, key: Self::Key) -> bool {
        self.has_value(key) || self.unreadable().contains(&key)
    }

    /// Whether this layer says nothing.
    fn is_empty(&self) -> bool {
        Self::KEYS.iter().all(|key| !self.says(*key))
    }

    /// Whether another layer says the same at a key.
    fn same_at(&self, key: Self::Key, other: &Self) -> bool {
        let mut taken = self.clone();
        taken.take(key, other);
        taken == *self
    }

    /// Takes a key from another layer, with nothing if that says nothing.
    fn take(&mut self, key: Self::Key, from: &Self) {
        self.put_value(key, from);
        if from.unreadable().contains(&key) {
            self.unreadable_mut().insert(key);
        } else {
            self.unreadable_mut().remove(&key);
        }
    }

    /// Takes every key that a change says; what says the same in another way goes.
    fn patch(&mut self, change: &Self) {
        for key in Self::KEYS.iter().copied().filter(|key| change.says(*key)) {
            if let Some(other) = Self::instead(key).filter(|other| !change.says(*other)) {
                self.take(other, &Self::default());
            }
            self.take(key, change);
        }
    }

    /// This layer on top of a more general one: key by key, the more specific one wins.
    #[must_use]
    fn over(self, general: &Self) -> Self {
        let mut both = general.clone();
        both.patch(&self);
        both
    }
}
