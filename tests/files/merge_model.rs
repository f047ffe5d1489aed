//! A project as plain values that can be edited at random, merged by field and written as text: the reference for the merge.

use std::collections::{BTreeMap, BTreeSet};

/// Random numbers from a seed, so that a failing case can be repeated.
pub(crate) struct Rng(pub(crate) u64);

impl Rng {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    pub(crate) fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub(crate) fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

pub(crate) type Path = Vec<String>;

/// A line of the file that can carry comments: a value, or the header of a table.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(crate) struct Entry {
    pub(crate) value: Option<String>,
    pub(crate) above: Option<String>,
    pub(crate) behind: Option<String>,
}

/// All entries by path; an entry without a value is a table.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(crate) struct Model(pub(crate) BTreeMap<Path, Entry>);

const TABLES: [&[&str]; 10] = [
    &["assumptions"],
    &["deliverable", "pdp-hero"],
    &["deliverable", "pdp-hero", "explore"],
    &["deliverable", "banner"],
    &["deliverable", "\u{767a}\u{8868}"],
    &["deliverable", "social"],
    &["deliverable", "social", "explore"],
    &["rates", "openai/gpt-image-2"],
    &["studio"],
    &["studio", "room.a"],
];
const KEYS: [&str; 8] = ["finals", "retry", "quality", "note", "references", "standard", "k 1", "buffer"];
const VALUES: [&str; 12] = [
    "24",
    "2.50",
    "\"high\"",
    "\"x # y\"",
    "'[t]'",
    "[\"1024x1024\"]",
    "[\n  1,\n  2,\n]",
    "{ low = 1.5, likely = 2.0, high = 3.0 }",
    "{ accepted = \"40%\" }",
    "true",
    "2026-11-21",
    "\"\"\"\n# s\n[x]\n\"\"\"",
];

fn path(keys: &[&str]) -> Path {
    keys.iter().map(|key| (*key).to_owned()).collect()
}

impl Model {
    pub(crate) fn random(rng: &mut Rng, ids: &mut u32) -> Model {
        let mut model = Model::default();
        model.0.insert(path(&["retake"]), Entry { value: Some("1".to_owned()), ..Entry::default() });
        for _ in 0..rng.below(20) {
            model.add(rng, ids);
        }
        model
    }

    fn entry(rng: &mut Rng, ids: &mut u32, value: Option<String>) -> Entry {
        let mut comment = |rng: &mut Rng| {
            *ids += 1;
            rng.one_in(4).then(|| format!("# c{ids}."))
        };
        Entry { value, above: comment(rng), behind: comment(rng) }
    }

    /// A new key, with the tables that it needs.
    fn add(&mut self, rng: &mut Rng, ids: &mut u32) {
        let table = if rng.one_in(8) { Path::new() } else { path(TABLES[rng.below(TABLES.len())]) };
        let parent = &table[..table.len().min(2)];
        for needed in [parent, &table[..]] {
            if needed.len() >= 2 || needed.len() == table.len() && !needed.is_empty() {
                let entry = Model::entry(rng, ids, None);
                self.0.entry(needed.to_vec()).or_insert(entry);
            }
        }
        if rng.one_in(6) {
            return;
        }
        let mut key = table;
        key.push((*rng.pick(&KEYS)).to_owned());
        let value = (*rng.pick(&VALUES)).to_owned();
        let entry = Model::entry(rng, ids, Some(value));
        self.0.entry(key).or_insert(entry);
    }

    /// One edit as a person would make it.
    pub(crate) fn edit(&mut self, rng: &mut Rng, ids: &mut u32) {
        let all: Vec<Path> = self.0.keys().filter(|path| path[0] != "retake").cloned().collect();
        if all.is_empty() || rng.one_in(3) {
            return self.add(rng, ids);
        }
        let chosen = rng.pick(&all).clone();
        let kind = rng.below(4);
        if kind == 0 {
            self.0.retain(|path, _| !path.starts_with(&chosen));
            return;
        }
        let Some(entry) = self.0.get_mut(&chosen) else { return };
        *ids += 1;
        let comment = (!rng.one_in(4)).then(|| format!("# c{ids}."));
        match (kind, &entry.value) {
            (1, _) => entry.above = comment,
            (2, _) => entry.behind = comment,
            (_, Some(_)) => entry.value = Some(format!("{}", 100 + rng.below(40))),
            _ => {}
        }
    }

    fn said(&self, below: &[String]) -> BTreeMap<&Path, &Option<String>> {
        self.0.iter().filter(|(path, _)| path.starts_with(below)).map(|(path, entry)| (path, &entry.value)).collect()
    }

    /// The merge of the three: key by key; if mine and theirs disagree, mine wins and the path is a conflict.
    pub(crate) fn merged(base: &Model, mine: &Model, theirs: &Model) -> (Model, BTreeSet<Path>) {
        let mut conflicts: BTreeSet<Path> = BTreeSet::new();
        let mut merged = Model::default();
        let all: BTreeSet<&Path> = [base, mine, theirs].into_iter().flat_map(|model| model.0.keys()).collect();
        let mut taken: BTreeSet<Path> = BTreeSet::new();
        for path in all {
            if (1..path.len()).any(|depth| taken.contains(&path[..depth])) {
                continue;
            }
            let said = [base, mine, theirs].map(|model| model.said(path));
            let there = [1, 2].map(|side: usize| !said[side].is_empty());
            let table = [base, mine, theirs].iter().any(|model| model.0.get(path).is_some_and(|e| e.value.is_none()));
            let family = !base.0.contains_key(path);
            let lone = table && (family || there[0] && there[1]);
            let winner = match () {
                () if said[0] == said[2] || said[1] == said[2] => mine,
                () if said[0] == said[1] => theirs,
                () if lone => {
                    // The header is a field like others: whoever changed it since the base wins.
                    let [old, own, other] = [base, mine, theirs].map(|model| model.0.contains_key(path));
                    let has = if old == other { own } else { other };
                    if has {
                        merged.0.insert(path.clone(), Entry::default());
                    }
                    continue;
                }
                () => {
                    conflicts.insert(path.clone());
                    mine
                }
            };
            taken.insert(path.clone());
            let values = winner.said(path).into_iter();
            merged
                .0
                .extend(values.map(|(path, value)| (path.clone(), Entry { value: value.clone(), ..Entry::default() })));
        }
        // A value needs its table, whoever removed the header.
        let values = merged.0.iter().filter(|(path, entry)| entry.value.is_some() && path.len() > 1);
        let tables: Vec<Path> = values.map(|(path, _)| path[..path.len() - 1].to_vec()).collect();
        for table in tables {
            merged.0.entry(table).or_default();
        }
        (merged, conflicts)
    }

    /// The comments, except those in disputed tables that are not in `kept`: the other version was chosen there.
    pub(crate) fn comments_apart_from(&self, disputed: &BTreeSet<Path>, kept: &Model) -> BTreeSet<&str> {
        let counts = |path: &Path| kept.0.contains_key(path) || !disputed.iter().any(|above| path.starts_with(above));
        let entries = self.0.iter().filter(|(path, _)| counts(path)).map(|(_, entry)| entry);
        entries.flat_map(|entry| [&entry.above, &entry.behind]).flatten().map(String::as_str).collect()
    }

    pub(crate) fn comments(&self) -> BTreeSet<&str> {
        self.0.values().flat_map(|entry| [&entry.above, &entry.behind]).flatten().map(String::as_str).collect()
    }

    /// The model as a file; `order` shuffles the tables and the keys of each, 0 keeps them sorted.
    pub(crate) fn text(&self, order: u64) -> String {
        let mut rng = Rng(order);
        let is_table = |path: &Path| self.0[path].value.is_none();
        let mut text = String::new();
        let mut tables: Vec<(&Path, &Entry)> = self.0.iter().filter(|(path, _)| is_table(path)).collect();
        shuffle(&mut tables, order, &mut rng);
        let top = Path::new();
        for table in std::iter::once(&top).chain(tables.iter().map(|(path, _)| *path)) {
            if let Some(header) = self.0.get(table) {
                text.push('\n');
                line(&mut text, header, &format!("[{}]", dotted(table)));
            }
            let keys = self.0.iter().filter(|(path, _)| path.len() == table.len() + 1 && path.starts_with(table));
            let mut keys: Vec<(&Path, &Entry)> = keys.filter(|(path, _)| !is_table(path)).collect();
            shuffle(&mut keys, order, &mut rng);
            for (path, entry) in keys {
                let value = entry.value.clone().unwrap();
                line(&mut text, entry, &format!("{} = {value}", dotted(&path[table.len()..])));
            }
        }
        text
    }
}

fn shuffle<T>(all: &mut [T], order: u64, rng: &mut Rng) {
    for at in (1..all.len()).rev().filter(|_| order != 0) {
        all.swap(at, rng.below(at + 1));
    }
}

fn dotted(path: &[String]) -> String {
    retake::project::splice::render_path(path)
}

fn line(text: &mut String, entry: &Entry, said: &str) {
    if let Some(above) = &entry.above {
        text.push_str(&format!("{above}\n"));
    }
    let behind = entry.behind.as_ref().map_or(String::new(), |behind| format!(" {behind}"));
    text.push_str(&format!("{said}{behind}\n"));
}
