//! What changed between two rows of fields, whatever they belong to.

mod enums;
mod names;
mod reserved;
mod verify;

use {
    super::{
        align::{Key, Step, align},
        change::{Change, ChangeKind, Part},
        wire::{Wire, Wires},
    },
    account_layout::{
        flat::{Flat, Leaf},
        types::{Id, Node, Types},
    },
    std::collections::HashSet,
};

/// The most changes that are found of one subject.
const MAX_CHANGES: usize = 200;

/// How deep containers are looked into.
const DEPTH: usize = 32;

pub(super) struct Diff<'w, 't, 'a> {
    wires: &'w mut Wires<'t, 'a>,
    /// Bytes of memory rather than Borsh.
    memory: bool,
    changes: Vec<Change>,
    seen: HashSet<(Id, Id)>,
    depth: usize,
}

/// The changes from one whole row to another; those at the end are marked as such.
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
    /// Returns whether anything changed; `whole`: the end of the row is the end of the value.
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
        let mut found = false;
        let exchanged = names::exchanged(&alignment.steps, old, new);
        if let Some((i, j)) = alignment.moved.first().or(exchanged.as_ref()) {
            let parts = (
                self.old_part(base, &old.leaves[*i]),
                self.new_part(base, &new.leaves[*j]),
            );
            found |= self.push(ChangeKind::Reordered, Some(parts.0), Some(parts.1));
        }
        let reserved = self.reserved(&alignment.steps, old, new);
        for (index, step) in alignment.steps.iter().enumerate() {
            if let Some(is_new_field) = reserved.get(&index) {
                if let (true, Step::Added { new: j, .. } | Step::Pair(_, j)) =
                    (*is_new_field, *step)
                {
                    let part = self.new_part(base, &new.leaves[j]);
                    found |= self.push(ChangeKind::ReservedUsed, None, Some(part));
                }
                continue;
            }
            found |= match *step {
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
                        ChangeKind::Added {
                            last: last && whole,
                        },
                        None,
                        Some(part),
                    )
                }
                Step::Removed { old: i, last } => {
                    let part = self.old_part(base, &old.leaves[i]);
                    self.push(
                        ChangeKind::Removed {
                            last: last && whole,
                        },
                        Some(part),
                        None,
                    )
                }
            };
        }
        found
    }

    /// One field in both releases. `last`: nothing is behind it, in the old and in the new row.
    fn pair(&mut self, base: &str, old: &Leaf, new: &Leaf, last: (bool, bool)) -> bool {
        let parts = |this: &Self| {
            (
                Some(this.old_part(base, old)),
                Some(this.new_part(base, new)),
            )
        };
        let mut found = false;
        if old.named_path() != new.named_path() {
            let (was, is) = parts(self);
            found |= self.push(ChangeKind::Renamed, was, is);
        }
        if self.memory && old.offset != new.offset && !self.has_hard() {
            let (was, is) = parts(self);
            found |= self.push(ChangeKind::Moved, was, is);
        }
        if self.wires.same.by_name(old.ty, new.ty) {
            return found;
        }
        let wire = self.wires.compare(old.ty, new.ty, self.memory);
        let inside = self.types(base, old, new, last);
        if wire != Wire::Same && !inside {
            let (was, is) = parts(self);
            found |= self.push(ChangeKind::Retyped, was, is);
        }
        found || inside
    }

    /// Returns whether a change was found in the parts of the two types, here or at another field of them.
    fn types(&mut self, base: &str, old: &Leaf, new: &Leaf, last: (bool, bool)) -> bool {
        if self.depth >= DEPTH {
            return false;
        }
        self.depth += 1;
        let path = join(base, &old.path);
        let (old_types, new_types) = (self.wires.old, self.wires.new);
        let found = match (old_types.node(old.ty), new_types.node(new.ty)) {
            (Node::Option(was), Node::Option(is)) | (Node::Vec(was), Node::Vec(is)) => {
                self.inner(&path, *was, *is)
            }
            (Node::Array(was, old_len), Node::Array(is, new_len)) if old_len == new_len => {
                self.inner(&path, *was, *is)
            }
            (Node::Array(was, old_len), Node::Array(is, new_len)) => {
                let same = self.wires.compare(*was, *is, self.memory) == Wire::Same;
                let kind = if same && last.0 && old_len < new_len {
                    ChangeKind::Added { last: true }
                } else if same && last.1 && old_len > new_len {
                    ChangeKind::Removed { last: true }
                } else {
                    ChangeKind::Retyped
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
        found
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

    fn has_hard(&self) -> bool {
        self.changes.iter().any(|change| change.kind.is_hard())
    }

    /// Beyond [`MAX_CHANGES`], only the first hard one is kept. Returns true: something changed.
    fn push(&mut self, kind: ChangeKind, old: Option<Part>, new: Option<Part>) -> bool {
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

fn join(base: &str, path: &str) -> String {
    match (base, path) {
        ("", path) => path.to_owned(),
        (base, "") => base.to_owned(),
        (base, path) => format!("{base}.{path}"),
    }
}
