//! Whether the changes that were found explain every difference.

use {
    super::Diff,
    crate::compare::{
        change::{Change, ChangeKind, Part},
        wire::{Wire, Wires},
    },
    account_layout::{flat::Flat, types::Node},
};

impl Diff<'_, '_, '_> {
    /// The last word: rows that differ in a way that no change explains are retyped.
    pub(super) fn verify(&mut self, old: &Flat, new: &Flat) {
        if self.has_hard() {
            return;
        }
        let found = |kind: ChangeKind| self.changes.iter().any(|change| change.kind == kind);
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
            kind: ChangeKind::Retyped,
            old: Some(part(old)),
            new: Some(part(new)),
        };
        if found(ChangeKind::ReservedUsed) {
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
        different |= longer && !found(ChangeKind::Added { last: true });
        different |= shorter && !found(ChangeKind::Removed { last: true });
        different |= longer && shorter;
        different |= extended && !found(ChangeKind::VariantAppended);
        // Without a field more or less, the alignment of a struct can still change the size.
        let resized = self.memory && old.min_len != new.min_len && !longer && !shorter;
        if different {
            self.changes.push(retyped);
        } else if resized {
            self.changes.push(Change {
                kind: ChangeKind::Serialization,
                ..retyped
            });
        }
    }
}
