//! What is kept from one computation to the next, because an edit changes little of it.

use crate::cost::risk::prior::{Node, Prior};
use crate::cost::risk::work::Profile;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The nodes of each prior. A clone shares what it keeps, with other threads too.
#[derive(Debug, Clone, Default)]
pub struct Kept(Arc<Mutex<Shelf>>);

#[derive(Debug, Default)]
struct Shelf {
    nodes: HashMap<(u64, u64), Arc<[Node]>>,
}

impl Kept {
    /// What is kept is whole at any moment, so a thread that panicked leaves nothing half done.
    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn nodes(&self, prior: Prior) -> Arc<[Node]> {
        let key = (prior.retry.to_bits(), prior.worth.to_bits());
        if let Some(nodes) = self.shelf().nodes.get(&key) {
            return Arc::clone(nodes);
        }
        let nodes: Arc<[Node]> = prior.nodes().into();
        Arc::clone(self.shelf().nodes.entry(key).or_insert(nodes))
    }

    /// Whether a profile is kept, so that it costs next to nothing.
    pub(super) fn has(&self, _profile: &Profile) -> bool {
        false
    }
}
