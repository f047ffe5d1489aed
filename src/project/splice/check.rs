//! Checks that the new text has the old text's values, except for the changes.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::{Change, SpliceError, render_path};
use crate::project::outline::{Item, Kind, NONE, Outline};

/// The content of one entry; a table is the same in every form of writing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Says {
    Table,
    ArrayTable,
    Value(String),
}

fn says(outline: &Outline<'_>, item: &Item) -> Says {
    match item.kind {
        Kind::Table | Kind::Inline => Says::Table,
        Kind::ArrayTable => Says::ArrayTable,
        Kind::Value => Says::Value(outline.raw(item).to_owned()),
    }
}

type Path = Vec<String>;

/// The intended values at and below the changed paths, which do not contain each other.
#[derive(Default)]
struct Expected {
    regions: BTreeMap<Path, BTreeMap<Path, Says>>,
    /// Tables that a new key may have needed.
    made: BTreeSet<Path>,
}

impl Expected {
    fn new(changes: &[Change]) -> Option<Self> {
        let mut expected = Self::default();
        for change in changes {
            let path = change.path();
            match change {
                Change::Remove { .. } => expected.put(path, BTreeMap::new()),
                Change::Set { value, .. } => {
                    expected.put(path, entries_of(path, &format!("x = {value}"), 1)?);
                    expected.made.extend((1..path.len()).map(|depth| path[..depth].to_vec()));
                }
                Change::InsertTable { entries, .. } => {
                    let lines = entries.iter().map(|(key, value)| format!("{} = {value}\n", render_path(key)));
                    let mut inside = entries_of(path, &lines.collect::<String>(), 0)?;
                    inside.insert(path.to_vec(), Says::Table);
                    expected.put(path, inside);
                }
            }
        }
        Some(expected)
    }

    fn put(&mut self, path: &[String], entries: BTreeMap<Path, Says>) {
        if let Some(depth) = (1..=path.len()).find(|depth| self.regions.contains_key(&path[..*depth])) {
            let Some(region) = self.regions.get_mut(&path[..depth]) else { return };
            region.retain(|known, _| !known.starts_with(path));
            region.extend(entries);
            return;
        }
        let inner: Vec<Path> = self
            .regions
            .range(path.to_vec()..)
            .map(|(known, _)| known)
            .take_while(|known| known.starts_with(path))
            .cloned()
            .collect();
        for known in inner {
            self.regions.remove(&known);
        }
        self.regions.insert(path.to_vec(), entries);
    }
}

/// The entries of a small text, with the first `skip` keys of each path replaced by `at`.
fn entries_of(at: &[String], text: &str, skip: usize) -> Option<BTreeMap<Path, Says>> {
    let outline = Outline::parse(text).ok()?;
    let entry = |item: &Item| {
        let own = outline.path(item.node).into_iter().skip(skip).map(str::to_owned);
        (at.iter().cloned().chain(own).collect(), says(&outline, item))
    };
    Some(outline.items.iter().map(entry).collect())
}

pub(super) fn check(before: &Outline<'_>, after: &str, changes: &[Change]) -> Result<(), SpliceError> {
    let wrong = |path: Path| SpliceError::SelfCheck { path };
    let expected = Expected::new(changes).ok_or_else(|| wrong(Path::new()))?;
    let after = Outline::parse(after).map_err(|_| wrong(Path::new()))?;
    for (path, entries) in &expected.regions {
        let Some(node) = after.node(path) else {
            if entries.is_empty() { continue } else { return Err(wrong(path.clone())) }
        };
        let mut found = BTreeMap::new();
        for at in after.items_below(node) {
            let item = &after.items[at as usize];
            let path: Path = after.path(item.node).into_iter().map(str::to_owned).collect();
            if let Some(_twice) = found.insert(path.clone(), says(&after, item)) {
                return Err(wrong(path));
            }
        }
        found.retain(|path, says| *says != Says::Table || entries.contains_key(path) || !expected.made.contains(path));
        if found != *entries {
            return Err(wrong(path.clone()));
        }
    }
    compare_rest(before, &after, &expected).map_err(wrong)
}

/// Compares everything outside the changed paths, in time linear in the text. Fails with the first path that differs.
fn compare_rest(before: &Outline<'_>, after: &Outline<'_>, expected: &Expected) -> Result<(), Path> {
    let inside_before = inside(before, expected);
    let inside_after = inside(after, expected);
    let made: HashSet<u32> = expected.made.iter().filter_map(|path| after.node(path)).collect();
    let partner = partners(before, after);
    // For each path the next entry without a partner; only arrays of tables have several.
    let mut next: Vec<u32> = before.nodes.iter().map(|node| node.first_item).collect();
    let mut matched = 0;
    for item in &after.items {
        if inside_after[item.node as usize] {
            continue;
        }
        let old = before.nodes.get(partner[item.node as usize] as usize).map(|_| partner[item.node as usize] as usize);
        let old_item = old.and_then(|node| before.items.get(next[node] as usize));
        match (old, old_item) {
            (Some(node), Some(old_item)) if same(before, old_item, after, item) => {
                next[node] = old_item.next_same;
                matched += 1;
            }
            // A header that a changed key needed.
            (_, None) if item.kind == Kind::Table && made.contains(&item.node) => {}
            _ => return Err(after.path(item.node).into_iter().map(str::to_owned).collect()),
        }
    }
    let outside = before.items.iter().filter(|item| !inside_before[item.node as usize]);
    if outside.clone().count() == matched {
        return Ok(());
    }
    let lost = outside.map(|item| item.node).find(|node| next[*node as usize] != NONE);
    Err(lost.map_or_else(Path::new, |node| before.path(node).into_iter().map(str::to_owned).collect()))
}

fn same(before: &Outline<'_>, old: &Item, after: &Outline<'_>, new: &Item) -> bool {
    old.kind == new.kind && (old.kind != Kind::Value || before.raw(old) == after.raw(new))
}

/// For each node whether it is one of the changed paths or below one.
fn inside(outline: &Outline<'_>, expected: &Expected) -> Vec<bool> {
    let roots: HashSet<u32> = expected.regions.keys().filter_map(|path| outline.node(path)).collect();
    let mut inside: Vec<bool> = Vec::with_capacity(outline.nodes.len());
    // A node comes after its parent.
    for (at, node) in (0..).zip(&outline.nodes) {
        let by_parent = inside.get(node.parent as usize).copied().unwrap_or(false);
        inside.push(by_parent || roots.contains(&at));
    }
    inside
}

/// For each node of `after` the node of `before` with the same path, or [`NONE`].
fn partners(before: &Outline<'_>, after: &Outline<'_>) -> Vec<u32> {
    let mut partner: Vec<u32> = Vec::with_capacity(after.nodes.len());
    for node in &after.nodes {
        let found = match partner.get(node.parent as usize) {
            None => Some(0),
            Some(&NONE) => None,
            Some(&parent) => before.child(parent, &node.key),
        };
        partner.push(found.unwrap_or(NONE));
    }
    partner
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const BEFORE: &str = "x = 1\n[t]\na = { b = 1, c = 2 }\n[u.v]\n[[w]]\nk = 1\n[[w]]\nk = 2\n";

    fn wrong_at(after: &str) -> Option<String> {
        let set = Change::Set { path: vec!["t".to_owned(), "a".to_owned(), "b".to_owned()], value: "7".to_owned() };
        match check(&Outline::parse(BEFORE).unwrap(), after, &[set]) {
            Err(SpliceError::SelfCheck { path }) => Some(path.join(".")),
            other => other.map(|()| None).unwrap(),
        }
    }

    #[test]
    fn every_other_difference_is_noticed() {
        let right = BEFORE.replace("b = 1", "b = 7");
        assert_eq!(wrong_at(&right), None);
        assert_eq!(wrong_at(BEFORE).as_deref(), Some("t.a.b"));
        for (from, to, path) in [
            ("b = 7", "b = 8", "t.a.b"),
            ("b = 7", "b = 7, b = 7", "t.a.b"),
            ("b = 7", "b = { d = 7 }", "t.a.b"),
            ("c = 2", "c = 2.0", "t.a.c"),
            ("c = 2", "d = 2", "t.a.d"),
            (", c = 2", "", "t.a.c"),
            ("x = 1\n", "", "x"),
            ("x = 1\n", "x = 1\nx = 1\n", "x"),
            ("x = 1", "x = { }", "x"),
            ("[u.v]\n", "", "u.v"),
            ("[u.v]\n", "[u]\n[u.v]\n", "u"),
            ("k = 2", "k = 3", "w.k"),
            ("[[w]]\nk = 2\n", "", "w"),
            ("[[w]]", "[w]", "w"),
            ("[t]", "[t", ""),
        ] {
            assert!(right.contains(from));
            assert_eq!(wrong_at(&right.replacen(from, to, 1)).as_deref(), Some(path), "{from} -> {to}");
        }
    }
}
