//! Arrays of bytes that were kept for later.

use {
    super::Diff,
    crate::compare::align::Step,
    account_layout::{
        flat::{Flat, Leaf},
        types::Node,
    },
    std::collections::HashMap,
};

impl Diff<'_, '_, '_> {
    /// Steps that use up an array of reserved bytes: each with whether it is one of the new fields.
    pub(super) fn reserved(&self, steps: &[Step], old: &Flat, new: &Flat) -> HashMap<usize, bool> {
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
}
