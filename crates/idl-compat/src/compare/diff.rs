//! What changed between two rows of fields, whatever they belong to.

use {
    super::{
        align::{Key, Step, align},
        wire::{Wire, Wires},
    },
    crate::{
        flat::{Flat, Leaf},
        types::{Enum, Id, Node, Types},
    },
    std::collections::{HashMap, HashSet},
};

/// The most changes that are told of one subject.
const MAX_CHANGES: usize = 200;

/// How deep containers are looked into.
const DEPTH: usize = 32;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `last`: the old row is a part of the new one, which goes on behind it.
    Added {
        last: bool,
    },
    Removed {
        last: bool,
    },
    Retyped,
    Reordered,
    Renamed,
    /// It lies at other bytes of memory, though nothing was put in front of it.
    Moved,
    /// Bytes of an array that was kept for it.
    ReservedUsed,
    Serialization,
    VariantAppended,
    VariantInserted,
    VariantRemoved,
    VariantsReordered,
    VariantChanged,
    VariantRenamed,
}

impl Kind {
    /// Whether old bytes read as the new type can be misread.
    fn is_hard(self) -> bool {
        match self {
            Self::Added { last } | Self::Removed { last } => !last,
            Self::Renamed | Self::ReservedUsed | Self::VariantAppended | Self::VariantRenamed => {
                false
            }
            Self::Retyped
            | Self::Reordered
            | Self::Moved
            | Self::Serialization
            | Self::VariantInserted
            | Self::VariantRemoved
            | Self::VariantsReordered
            | Self::VariantChanged => true,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub kind: Kind,
    pub old: Option<Part>,
    pub new: Option<Part>,
}

/// A field or a variant in one of the releases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// From the subject: `limits.per_day`; empty for the subject itself.
    pub path: String,
    pub pointer: String,
    /// As Rust source; of a variant, its name.
    pub ty: String,
    /// Where it begins at least.
    pub offset: u64,
    /// Bytes of its value where all are zero, in Borsh; `None` if there is none.
    pub zero_len: Option<u64>,
}

pub(super) struct Diff<'w, 't, 'a> {
    wires: &'w mut Wires<'t, 'a>,
    /// Bytes of memory rather than Borsh.
    memory: bool,
    changes: Vec<Change>,
    seen: HashSet<(Id, Id)>,
    depth: usize,
}

/// The changes from one whole row to another; those at the end are told as such.
pub(super) fn diff(wires: &mut Wires<'_, '_>, old: &Flat, new: &Flat, memory: bool) -> Vec<Change> {
    let mut diff = Diff {
        wires,
        memory,
        changes: Vec::new(),
        seen: HashSet::new(),
        depth: 0,
    };
    diff.rows("", old, new, true);
    diff.verify(old, new);
    diff.changes
}

impl<'a> Diff<'_, '_, 'a> {
    /// Tells whether anything changed; `whole`: the end of the row is the end of the value.
    fn rows(&mut self, base: &str, old: &Flat, new: &Flat, whole: bool) -> bool {
        if !self
            .wires
            .spend(old.leaves.len().saturating_add(new.leaves.len()))
        {
            return false;
        }
        let (wires, memory) = (&mut *self.wires, self.memory);
        let alignment = align(&keys_of(old), &keys_of(new), |i, j| {
            wires.compare(old.leaves[i].ty, new.leaves[j].ty, memory) == Wire::Same
        });
        let mut told = false;
        let exchanged = exchanged(&alignment.steps, old, new);
        if let Some((i, j)) = alignment.moved.first().or(exchanged.as_ref()) {
            let parts = (
                self.old_part(base, &old.leaves[*i]),
                self.new_part(base, &new.leaves[*j]),
            );
            told |= self.push(Kind::Reordered, Some(parts.0), Some(parts.1));
        }
        let reserved = self.reserved(&alignment.steps, old, new);
        for (index, step) in alignment.steps.iter().enumerate() {
            if let Some(is_new_field) = reserved.get(&index) {
                if let (true, Step::Added { new: j, .. } | Step::Pair(_, j)) =
                    (*is_new_field, *step)
                {
                    let part = self.new_part(base, &new.leaves[j]);
                    told |= self.push(Kind::ReservedUsed, None, Some(part));
                }
                continue;
            }
            told |= match *step {
                Step::Pair(i, j) => {
                    let last = (
                        whole && i + 1 == old.leaves.len(),
                        whole && j + 1 == new.leaves.len(),
                    );
                    self.pair(base, &old.leaves[i], &new.leaves[j], last)
                }
                Step::Added { new: j, last } => {
                    let part = self.new_part(base, &new.leaves[j]);
                    self.push(
                        Kind::Added {
                            last: last && whole,
                        },
                        None,
                        Some(part),
                    )
                }
                Step::Removed { old: i, last } => {
                    let part = self.old_part(base, &old.leaves[i]);
                    self.push(
                        Kind::Removed {
                            last: last && whole,
                        },
                        Some(part),
                        None,
                    )
                }
            };
        }
        told
    }

    /// Steps that use up an array of reserved bytes: each with whether it is one of the new fields.
    fn reserved(&self, steps: &[Step], old: &Flat, new: &Flat) -> HashMap<usize, bool> {
        let mut found = HashMap::new();
        for (index, step) in steps.iter().enumerate() {
            let Step::Pair(i, j) = *step else { continue };
            let (was, is) = (&old.leaves[i], &new.leaves[j]);
            let Some(before) = self.reserved_len(was) else {
                continue;
            };
            if was.name() != is.name() {
                let len = self.wires.new.fixed_len(is.ty);
                if len == Some(before) && !matches!(self.wires.new.node(is.ty), Node::Array(..)) {
                    found.insert(index, true);
                }
                continue;
            }
            let Node::Array(inner, after) = self.wires.new.node(is.ty) else {
                continue;
            };
            if self.wires.new.fixed_len(*inner) != Some(1) || *after >= before {
                continue;
            }
            let is_added = |index: &usize| matches!(steps.get(*index), Some(Step::Added { .. }));
            let runs: [Vec<usize>; 2] = [
                (0..index).rev().take_while(is_added).collect(),
                (index + 1..steps.len()).take_while(is_added).collect(),
            ];
            for run in runs {
                let lens = run.iter().map(|index| match steps[*index] {
                    Step::Added { new: j, .. } => self.wires.new.fixed_len(new.leaves[j].ty),
                    Step::Pair(..) | Step::Removed { .. } => None,
                });
                let sum = lens
                    .into_iter()
                    .try_fold(0_u64, |sum, len| sum.checked_add(len?));
                let is_free = !run.iter().any(|index| found.contains_key(index));
                if !run.is_empty() && is_free && sum == Some(before - after) {
                    found.insert(index, false);
                    found.extend(run.into_iter().map(|index| (index, true)));
                    break;
                }
            }
        }
        found
    }

    /// The length of an array of bytes whose name says that it is kept for later.
    fn reserved_len(&self, leaf: &Leaf) -> Option<u64> {
        let name = leaf.name();
        let kept = ["reserved", "padding", "spare", "unused"]
            .iter()
            .any(|word| name.contains(word));
        match self.wires.old.node(leaf.ty) {
            Node::Array(inner, len) if kept || name.starts_with('_') => {
                matches!(self.wires.old.node(*inner), Node::Plain(plain) if plain.name == "u8")
                    .then_some(*len)
            }
            _ => None,
        }
    }

    /// One field in both releases. `last`: nothing is behind it, in the old and in the new row.
    fn pair(&mut self, base: &str, old: &Leaf, new: &Leaf, last: (bool, bool)) -> bool {
        let parts = |this: &Self| {
            (
                Some(this.old_part(base, old)),
                Some(this.new_part(base, new)),
            )
        };
        let mut told = false;
        if old.named_path() != new.named_path() {
            let (was, is) = parts(self);
            told |= self.push(Kind::Renamed, was, is);
        }
        if self.memory && old.offset != new.offset && !self.has_hard() {
            let (was, is) = parts(self);
            told |= self.push(Kind::Moved, was, is);
        }
        if self.wires.same.by_name(old.ty, new.ty) {
            return told;
        }
        let wire = self.wires.compare(old.ty, new.ty, self.memory);
        let inside = self.types(base, old, new, last);
        if wire != Wire::Same && !inside {
            let (was, is) = parts(self);
            told |= self.push(Kind::Retyped, was, is);
        }
        told || inside
    }

    /// Tells whether a change was found in the parts of the two types, here or at another field of them.
    fn types(&mut self, base: &str, old: &Leaf, new: &Leaf, last: (bool, bool)) -> bool {
        if self.depth >= DEPTH {
            return false;
        }
        self.depth += 1;
        let path = join(base, &old.path);
        let (old_types, new_types) = (self.wires.old, self.wires.new);
        let told = match (old_types.node(old.ty), new_types.node(new.ty)) {
            (Node::Option(was), Node::Option(is)) | (Node::Vec(was), Node::Vec(is)) => {
                self.inner(&path, *was, *is)
            }
            (Node::Array(was, old_len), Node::Array(is, new_len)) if old_len == new_len => {
                self.inner(&path, *was, *is)
            }
            (Node::Array(was, old_len), Node::Array(is, new_len)) => {
                let same = self.wires.compare(*was, *is, self.memory) == Wire::Same;
                let kind = if same && last.0 && old_len < new_len {
                    Kind::Added { last: true }
                } else if same && last.1 && old_len > new_len {
                    Kind::Removed { last: true }
                } else {
                    Kind::Retyped
                };
                let (was, is) = (self.old_part(base, old), self.new_part(base, new));
                self.push(kind, Some(was), Some(is))
            }
            (Node::Enum(was), Node::Enum(is)) => {
                !self.seen.insert((old.ty, new.ty)) || self.enums(&path, was, is)
            }
            _ => false,
        };
        self.depth -= 1;
        told
    }

    /// What a container holds: nothing in it is the end of the row.
    fn inner(&mut self, path: &str, old: Id, new: Id) -> bool {
        let structs = (self.wires.old.node(old), self.wires.new.node(new));
        if matches!(structs, (Node::Struct(_), Node::Struct(_))) && !self.seen.insert((old, new)) {
            return true;
        }
        match self.wires.rows(old, new, self.memory) {
            Some((old, new)) => self.rows(path, &old, &new, false),
            None => false,
        }
    }

    /// Tells whether a variant changed.
    fn enums(&mut self, path: &str, old: &Enum<'a>, new: &Enum<'a>) -> bool {
        let mut told = false;
        let part = |whose: &Enum<'_>, index: usize, name: &str| Part {
            path: join(path, name),
            pointer: format!("/types/{}/type/variants/{index}", whose.def),
            ty: name.to_owned(),
            offset: 0,
            zero_len: None,
        };
        let whole = |whose: &Enum<'_>| Part {
            path: path.to_owned(),
            pointer: format!("/types/{}", whose.def),
            ty: whose.name.to_owned(),
            offset: 0,
            zero_len: None,
        };
        if old.encoding.serialization != new.encoding.serialization {
            told |= self.push(Kind::Serialization, Some(whole(old)), Some(whole(new)));
        }
        let old_places: HashMap<&str, usize> = old
            .variants
            .iter()
            .enumerate()
            .map(|(i, it)| (it.name, i))
            .collect();
        let new_places: HashMap<&str, usize> = new
            .variants
            .iter()
            .enumerate()
            .map(|(i, it)| (it.name, i))
            .collect();
        // A name that is only old, at the place of one that is only new, is a renaming.
        let mut shuffled = true;
        for (i, variant) in old.variants.iter().enumerate() {
            let replaced = new
                .variants
                .get(i)
                .filter(|it| !old_places.contains_key(it.name));
            if !new_places.contains_key(variant.name) && replaced.is_none() {
                shuffled = false;
                told |= self.push(Kind::VariantRemoved, Some(part(old, i, variant.name)), None);
            }
        }
        for (j, variant) in new.variants.iter().enumerate() {
            let replaces = old
                .variants
                .get(j)
                .filter(|it| !new_places.contains_key(it.name));
            if old_places.contains_key(variant.name) || replaces.is_some() {
                continue;
            }
            let kind = if j < old.variants.len() {
                shuffled = false;
                Kind::VariantInserted
            } else {
                Kind::VariantAppended
            };
            told |= self.push(kind, None, Some(part(new, j, variant.name)));
        }
        let moved = old
            .variants
            .iter()
            .enumerate()
            .find(|(i, it)| new_places.get(it.name).is_some_and(|j| j != i));
        if let (true, Some((i, variant))) = (shuffled, moved) {
            let new_part = part(
                new,
                new_places.get(variant.name).copied().unwrap_or(0),
                variant.name,
            );
            told |= self.push(
                Kind::VariantsReordered,
                Some(part(old, i, variant.name)),
                Some(new_part),
            );
        }
        for (i, (was, is)) in old.variants.iter().zip(&new.variants).enumerate() {
            let renamed = was.name != is.name;
            if renamed && (new_places.contains_key(was.name) || old_places.contains_key(is.name)) {
                continue;
            }
            let parts = (Some(part(old, i, was.name)), Some(part(new, i, is.name)));
            let before = self.changes.len();
            match self.wires.fields(&was.fields, &is.fields) {
                Some((old_row, new_row)) => {
                    told |= self.rows(&join(path, was.name), &old_row, &new_row, false);
                }
                None => told |= self.push(Kind::VariantChanged, parts.0.clone(), parts.1.clone()),
            }
            let inner = self.changes.split_off(before);
            if inner.iter().any(|change| change.kind.is_hard()) {
                told |= self.push(Kind::VariantChanged, parts.0, parts.1);
            } else {
                self.changes.extend(
                    inner
                        .into_iter()
                        .map(|change| point_at(change, old.def, new.def, i)),
                );
                if renamed {
                    told |= self.push(Kind::VariantRenamed, parts.0, parts.1);
                }
            }
        }
        told
    }

    /// The last word: rows that differ in a way that nothing told are retyped.
    fn verify(&mut self, old: &Flat, new: &Flat) {
        if self.has_hard() {
            return;
        }
        let told = |kind: Kind| self.changes.iter().any(|change| change.kind == kind);
        let part = |flat: &Flat| Part {
            path: String::new(),
            pointer: flat
                .leaves
                .first()
                .map(|leaf| leaf.pointer.clone())
                .unwrap_or_default(),
            ty: String::new(),
            offset: 0,
            zero_len: None,
        };
        let retyped = Change {
            kind: Kind::Retyped,
            old: Some(part(old)),
            new: Some(part(new)),
        };
        if told(Kind::ReservedUsed) {
            // The rows differ in number there; of memory, the alignment of a new field can change the size.
            let resized = old.min_len != new.min_len || !old.exact || !new.exact;
            if self.memory && resized {
                self.changes.push(retyped);
            }
            return;
        }
        let (mut longer, mut shorter) = (
            old.leaves.len() < new.leaves.len(),
            old.leaves.len() > new.leaves.len(),
        );
        let alike = |wires: &mut Wires<'_, '_>| {
            let roots = old.in_memory.zip(new.in_memory);
            roots.is_some_and(|(old, new)| wires.same.laid_out_alike(old, new))
        };
        let mut different = self.memory && !(old.exact && new.exact) && !alike(self.wires);
        let mut extended = false;
        let last = old.leaves.len().min(new.leaves.len());
        for (index, (was, is)) in old.leaves.iter().zip(&new.leaves).enumerate() {
            different |= self.memory && was.offset != is.offset;
            match self.wires.compare(was.ty, is.ty, self.memory) {
                Wire::Same => {}
                Wire::Extended => extended = true,
                Wire::Different => {
                    match (self.wires.old.node(was.ty), self.wires.new.node(is.ty)) {
                        (Node::Array(was, n), Node::Array(is, m))
                            if self.wires.same.by_structure(*was, *is)
                                || self.wires.compare(*was, *is, self.memory) == Wire::Same =>
                        {
                            longer |= n < m;
                            shorter |= n > m;
                            different |= n < m && index + 1 != old.leaves.len();
                            different |= n > m && index + 1 != new.leaves.len();
                            different |= index + 1 != last;
                        }
                        _ => different = true,
                    }
                }
            }
        }
        different |= longer && !told(Kind::Added { last: true });
        different |= shorter && !told(Kind::Removed { last: true });
        different |= longer && shorter;
        different |= extended && !told(Kind::VariantAppended);
        // Without a field more or less, the alignment of a struct can still change the size.
        let resized = self.memory && old.min_len != new.min_len && !longer && !shorter;
        if different {
            self.changes.push(retyped);
        } else if resized {
            self.changes.push(Change {
                kind: Kind::Serialization,
                ..retyped
            });
        }
    }

    fn has_hard(&self) -> bool {
        self.changes.iter().any(|change| change.kind.is_hard())
    }

    /// Beyond [`MAX_CHANGES`], only the first hard one is kept. Returns true: there is something to tell.
    fn push(&mut self, kind: Kind, old: Option<Part>, new: Option<Part>) -> bool {
        if self.changes.len() < MAX_CHANGES || kind.is_hard() && !self.has_hard() {
            self.changes.push(Change { kind, old, new });
        }
        true
    }

    fn old_part(&self, base: &str, leaf: &Leaf) -> Part {
        part(base, leaf, self.wires.old)
    }

    fn new_part(&self, base: &str, leaf: &Leaf) -> Part {
        part(base, leaf, self.wires.new)
    }
}

/// A field whose new name, or that of a struct around it, was another's and no longer is: the fields
/// stay where they are, and their names do not.
fn exchanged(steps: &[Step], old: &Flat, new: &Flat) -> Option<(usize, usize)> {
    let pairs = || {
        steps.iter().filter_map(|step| match *step {
            Step::Pair(i, j) => Some((i, j)),
            Step::Added { .. } | Step::Removed { .. } => None,
        })
    };
    let paths = |(i, j): (usize, usize)| (old.leaves[i].named_path(), new.leaves[j].named_path());
    if pairs().map(paths).all(|(was, is)| was == is) {
        return None;
    }
    let (old_names, new_names) = (names_of(old), names_of(new));
    let kept: HashSet<&str> = pairs()
        .map(paths)
        .flat_map(|(was, is)| around(was).filter(move |name| is_around(name, is)))
        .collect();
    pairs().find(|pair| {
        let (was, is) = paths(*pair);
        let is_others =
            |names: &HashSet<&str>, name: &str| names.contains(name) && !kept.contains(name);
        around(is).any(|name| !is_around(name, was) && is_others(&old_names, name))
            || around(was).any(|name| !is_around(name, is) && is_others(&new_names, name))
    })
}

/// The names of all fields and of the structs around them.
fn names_of(flat: &Flat) -> HashSet<&str> {
    flat.leaves
        .iter()
        .flat_map(|leaf| around(leaf.named_path()))
        .collect()
}

/// The path and those of the structs around it.
fn around(path: &str) -> impl Iterator<Item = &str> {
    let path = (!path.is_empty()).then_some(path);
    std::iter::successors(path, |inner| Some(inner.rsplit_once('.')?.0))
}

fn is_around(name: &str, path: &str) -> bool {
    path.strip_prefix(name)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn keys_of(flat: &Flat) -> Vec<Key<'_>> {
    flat.leaves
        .iter()
        .map(|leaf| Key {
            path: &leaf.path,
            name: leaf.name(),
        })
        .collect()
}

fn part(base: &str, leaf: &Leaf, types: &Types<'_>) -> Part {
    Part {
        path: join(base, &leaf.path),
        pointer: leaf.pointer.clone(),
        ty: types.rust(leaf.ty),
        offset: leaf.offset,
        zero_len: types.zero_len(leaf.ty),
    }
}

/// Fields of a variant are told with the variant's pointer, since rows of fields have none.
fn point_at(mut change: Change, old_def: usize, new_def: usize, variant: usize) -> Change {
    for (part, def) in [(&mut change.old, old_def), (&mut change.new, new_def)] {
        if let Some(part) = part
            && part.pointer.is_empty()
        {
            part.pointer = format!("/types/{def}/type/variants/{variant}");
        }
    }
    change
}

fn join(base: &str, path: &str) -> String {
    match (base, path) {
        ("", path) => path.to_owned(),
        (base, "") => base.to_owned(),
        (base, path) => format!("{base}.{path}"),
    }
}
