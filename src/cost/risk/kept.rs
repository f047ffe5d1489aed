//! What is kept from one computation to the next, because an edit changes the profile of its deliverable and no other.
//!
//! A profile is known by all that its part of the distribution depends on. So nothing has to be dropped when something changes,
//! and what is kept is what would be computed: an answer never depends on what was asked before it.

use crate::cost::base::limits::KEPT_BLOCKS_MAX;
use crate::cost::risk::block::Block;
use crate::cost::risk::kinds::{Group, Parts};
use crate::cost::risk::lattice::Spacing;
use crate::cost::risk::moments::{Layers, below, blur, over_all};
use crate::cost::risk::prior::{Node, Prior};
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What no computation used since so many is dropped: a project, tried at once and then on a thread, and the same with worse
/// factors take turns.
const TURNS: u64 = 3;

/// What is kept of profiles from one computation to the next. A clone shares it, with other threads too.
#[derive(Debug, Clone, Default)]
pub struct Kept(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    shelf: Mutex<Shelf>,
    nodes: AtomicUsize,
    blocks: AtomicUsize,
}

#[derive(Debug, Default)]
struct Shelf {
    /// Computations so far.
    turn: u64,
    nodes: HashMap<(u64, u64), Used<Arc<[Node]>>>,
    profiles: HashMap<Vec<u64>, Used<Arc<Prepared>>>,
}

#[derive(Debug)]
struct Used<T> {
    turn: u64,
    kept: T,
}

/// How much was computed so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Computed {
    /// Priors whose nodes were looked for.
    pub priors: usize,
    /// Products of a profile at a block of frequencies.
    pub products: usize,
}

/// A profile with what does not depend on the others.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) group: Group,
    pub(super) mean: f64,
    pub(super) layers: Layers,
    /// The variance to add at each node.
    pub(super) blur: Vec<f64>,
    /// USD below its floor that it reaches by that.
    pub(super) below: f64,
    values: Mutex<Values>,
}

/// The values of a profile's characteristic function, block by block.
#[derive(Debug, Default)]
struct Values {
    spacing: Option<Spacing>,
    blocks: Vec<Option<Arc<Block>>>,
}

/// What is behind a lock is whole at any moment, so a thread that panicked leaves nothing half done.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Kept {
    /// How much was computed with it so far.
    #[must_use]
    pub fn computed(&self) -> Computed {
        let [priors, products] = [&self.0.nodes, &self.0.blocks].map(|count| count.load(Ordering::Relaxed));
        Computed { priors, products }
    }

    /// Begins a computation; drops what was not used for some.
    pub(super) fn begin(&self) {
        let mut shelf = lock(&self.0.shelf);
        shelf.turn += 1;
        let turn = shelf.turn;
        shelf.profiles.retain(|_, used| used.turn + TURNS >= turn);
        // A profile that is kept has its nodes.
        shelf.nodes.retain(|_, used| used.turn + TURNS >= turn || Arc::strong_count(&used.kept) > 1);
    }

    /// The nodes of a prior.
    pub(super) fn nodes(&self, prior: Prior) -> Arc<[Node]> {
        let key = (prior.retry.to_bits(), prior.worth.to_bits());
        let mut shelf = lock(&self.0.shelf);
        let turn = shelf.turn;
        if let Some(used) = shelf.nodes.get_mut(&key) {
            used.turn = turn;
            return Arc::clone(&used.kept);
        }
        drop(shelf);
        self.0.nodes.fetch_add(1, Ordering::Relaxed);
        let kept: Arc<[Node]> = prior.nodes().into();
        lock(&self.0.shelf).nodes.insert(key, Used { turn, kept: Arc::clone(&kept) });
        kept
    }

    /// A profile that is kept.
    pub(super) fn known(&self, parts: &Parts) -> Option<Arc<Prepared>> {
        let mut shelf = lock(&self.0.shelf);
        let turn = shelf.turn;
        let used = shelf.profiles.get_mut(&parts.key())?;
        used.turn = turn;
        Some(Arc::clone(&used.kept))
    }

    /// A profile, made ready.
    pub(super) fn prepared(&self, parts: Parts) -> Arc<Prepared> {
        if let Some(known) = self.known(&parts) {
            return known;
        }
        let (key, nodes) = (parts.key(), self.nodes(parts.prior));
        let group = parts.at(nodes);
        let (mean, layers) = over_all(&group);
        let blur = blur(&group);
        let below = below(&group, &blur);
        let kept = Arc::new(Prepared { group, mean, layers, blur, below, values: Mutex::default() });
        let mut shelf = lock(&self.0.shelf);
        let turn = shelf.turn;
        shelf.profiles.insert(key, Used { turn, kept: Arc::clone(&kept) });
        kept
    }
}

impl Prepared {
    /// Whether its values have this spacing.
    pub(super) fn is_at(&self, spacing: Spacing) -> bool {
        lock(&self.values).spacing == Some(spacing)
    }

    /// The value at a block of frequencies: as it is kept, or as `compute` finds it. It is kept if there is room for as much of
    /// each of so many `profiles`.
    pub(super) fn value(
        &self,
        (spacing, at): (Spacing, usize),
        (kept, profiles): (&Kept, usize),
        compute: impl FnOnce() -> Block,
    ) -> Arc<Block> {
        let known = |values: &mut Values| {
            if values.spacing != Some(spacing) {
                *values = Values { spacing: Some(spacing), blocks: Vec::new() };
            }
            values.blocks.get(at).cloned().flatten()
        };
        if let Some(block) = known(&mut lock(&self.values)) {
            return block;
        }
        let block = Arc::new(compute());
        kept.0.blocks.fetch_add(1, Ordering::Relaxed);
        let mut values = lock(&self.values);
        if has_room(at, profiles) && values.spacing == Some(spacing) {
            let count = values.blocks.len().max(at + 1);
            values.blocks.resize(count, None);
            values.blocks[at] = Some(Arc::clone(&block));
        }
        block
    }
}

/// Whether a block of each of so many profiles is kept.
pub(super) fn has_room(block: usize, profiles: usize) -> bool {
    (block + 1) * profiles <= KEPT_BLOCKS_MAX
}
