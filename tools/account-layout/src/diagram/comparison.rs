//! What became of the bytes of one layout in another.

use {
    super::bar::{Bar, Run, RunKind},
    crate::layout::Layout,
    std::collections::{HashMap, HashSet},
};

/// What became of some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Kept,
    /// In their place with another value: the discriminator.
    Rewritten,
    Moved,
    /// The field has another type.
    Retyped,
    New,
    Gone,
}

impl Mark {
    pub fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Rewritten => "rewritten",
            Self::Moved => "moved",
            Self::Retyped => "retyped",
            Self::New => "new",
            Self::Gone => "gone",
        }
    }
}

/// Two bars, and for each run of the new one the run of the old one whose value it holds.
pub struct Comparison {
    pub old: Bar,
    pub new: Bar,
    pub predecessors: Vec<Option<usize>>,
    /// Old runs that are no predecessor.
    pub gone: HashSet<usize>,
    pub rewritten: bool,
}

impl Comparison {
    pub fn new(old_layout: &Layout, new_layout: &Layout, renamed: &[(&str, &str)]) -> Self {
        let (old, new) = (Bar::of(old_layout), Bar::of(new_layout));
        let names: HashMap<_, _> = renamed.iter().map(|(old, new)| (*new, *old)).collect();
        let by_name = by(&old, |run| run.name.as_str());
        let by_offset = by(&old, |run| run.offset);
        let new_names: HashSet<_> = new.runs.iter().map(|run| run.name.as_str()).collect();
        let renamed: HashSet<_> = names.values().copied().collect();
        let predecessor = |run: &Run| {
            let name = names.get(run.name.as_str()).copied().unwrap_or(&run.name);
            let there = |index: &&usize| {
                let there = &old.runs[**index];
                let name = there.name.as_str();
                let free = !new_names.contains(name) && !renamed.contains(name);
                there.same_bytes(run) && (free || run.kind == RunKind::Padding)
            };
            let candidates = by_name.get(name).filter(|_| run.kind != RunKind::Padding);
            let named = candidates.filter(|index| old.runs[**index].kind == run.kind);
            named
                .or_else(|| by_offset.get(&run.offset).filter(there))
                .copied()
        };
        let predecessors: Vec<_> = new.runs.iter().map(predecessor).collect();
        let kept: HashSet<_> = predecessors.iter().flatten().copied().collect();
        Self {
            gone: (0..old.runs.len())
                .filter(|index| !kept.contains(index))
                .collect(),
            rewritten: old_layout.discriminator != new_layout.discriminator,
            predecessors,
            old,
            new,
        }
    }

    /// The run whose value a new run holds.
    pub fn predecessor(&self, new: usize) -> Option<&Run> {
        self.predecessors[new].map(|index| &self.old.runs[index])
    }

    pub fn mark_new(&self, new: usize) -> Mark {
        let run = &self.new.runs[new];
        match self.predecessor(new) {
            None => Mark::New,
            Some(_) if run.kind == RunKind::Discriminator && self.rewritten => Mark::Rewritten,
            Some(old) if old.same_bytes(run) => Mark::Kept,
            Some(old) if old.ty != run.ty => Mark::Retyped,
            Some(_) => Mark::Moved,
        }
    }

    pub fn mark_old(&self, old: usize) -> Mark {
        if self.gone.contains(&old) {
            Mark::Gone
        } else if self.old.runs[old].kind == RunKind::Discriminator && self.rewritten {
            Mark::Rewritten
        } else {
            Mark::Kept
        }
    }
}

/// The first run of a bar for each key.
fn by<'a, K: Eq + std::hash::Hash>(bar: &'a Bar, key: impl Fn(&'a Run) -> K) -> HashMap<K, usize> {
    let mut runs = HashMap::new();
    for (index, run) in bar.runs.iter().enumerate() {
        runs.entry(key(run)).or_insert(index);
    }
    runs
}
