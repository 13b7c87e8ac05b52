//! How many bytes values take in Borsh.

use {
    super::graph::{Enum, Id, Member, Node, Types},
    std::{cmp::Reverse, collections::BinaryHeap},
};

impl Types<'_> {
    /// Bytes of the smallest value; `None` if every value is infinite. `u64::MAX` is too many to count.
    pub fn min_len(&self, id: Id) -> Option<u64> {
        self.min[id.0 as usize]
    }

    /// Bytes of the largest value; `None` if there is none.
    pub fn max_len(&self, id: Id) -> Option<u64> {
        self.max[id.0 as usize]
    }

    /// The length of every value, if all have the same.
    pub fn fixed_len(&self, id: Id) -> Option<u64> {
        self.min_len(id)
            .filter(|min| Some(*min) == self.max_len(id))
    }

    /// Bytes that are read where all are zero; `None` if no value is read.
    pub fn zero_len(&self, id: Id) -> Option<u64> {
        self.zero.get_or_init(|| self.of_zeros())[id.0 as usize]
    }

    pub(super) fn measure(&mut self) {
        self.min = self.smallest();
        self.max = self.largest();
    }

    /// Knuth's generalization of Dijkstra's algorithm: the node with the smallest value first, so that
    /// cycles need no guess.
    fn smallest(&self) -> Vec<Option<u64>> {
        let alternatives = self.alternatives();
        let mut users: Vec<Vec<usize>> = vec![Vec::new(); self.nodes.len()];
        let mut waiting: Vec<(usize, u64)> = Vec::with_capacity(alternatives.len());
        let mut heap = BinaryHeap::new();
        for (index, alternative) in alternatives.iter().enumerate() {
            waiting.push((alternative.parts.len(), alternative.own));
            for (part, _) in &alternative.parts {
                users[part.0 as usize].push(index);
            }
            if alternative.parts.is_empty() {
                heap.push(Reverse((alternative.own, alternative.node)));
            }
        }
        let mut min: Vec<Option<u64>> = vec![None; self.nodes.len()];
        while let Some(Reverse((len, node))) = heap.pop() {
            let index = node.0 as usize;
            if min[index].is_some() {
                continue;
            }
            min[index] = Some(len);
            // A node that occurs several times in an alternative is listed as often.
            for user in &users[index] {
                let alternative = &alternatives[*user];
                let (left, sum) = &mut waiting[*user];
                *left -= 1;
                if *left == 0 {
                    let parts = alternative.parts.iter().map(|(part, times)| {
                        min[part.0 as usize]
                            .unwrap_or(u64::MAX)
                            .saturating_mul(*times)
                    });
                    *sum = parts.fold(*sum, u64::saturating_add);
                    heap.push(Reverse((*sum, alternative.node)));
                }
            }
        }
        min
    }

    /// What a value of a node can be made of; an enum has an alternative for each variant.
    fn alternatives(&self) -> Vec<Alternative> {
        let mut all = Vec::with_capacity(self.nodes.len());
        for (index, node) in self.nodes.iter().enumerate() {
            let node_id = Id(u32::try_from(index).unwrap_or(u32::MAX));
            let mut add = |own: u64, parts: Vec<(Id, u64)>| {
                all.push(Alternative {
                    node: node_id,
                    own,
                    parts,
                });
            };
            match node {
                Node::Plain(plain) => add(plain.len, Vec::new()),
                Node::String | Node::Vec(_) => add(4, Vec::new()),
                Node::Option(_) => add(1, Vec::new()),
                Node::Unknown => add(0, Vec::new()),
                Node::Alias(target) => add(0, vec![(*target, 1)]),
                Node::Array(_, 0) => add(0, Vec::new()),
                Node::Array(inner, len) => add(0, vec![(*inner, *len)]),
                Node::Struct(it) => {
                    add(0, it.fields.iter().map(|field| (field.ty, 1)).collect());
                }
                Node::Enum(it) => {
                    for variant in &it.variants {
                        add(
                            1,
                            variant.fields.iter().map(|field| (field.ty, 1)).collect(),
                        );
                    }
                    // An enum without variants has no value; it is taken for its number alone.
                    if it.variants.is_empty() {
                        add(1, Vec::new());
                    }
                }
            }
        }
        all
    }

    fn largest(&self) -> Vec<Option<u64>> {
        self.parts_first(
            |index| self.bounded_parts(index).collect(),
            |index, max| self.largest_of(index, max),
        )
    }

    /// Bytes that are read of zeros alone; `None` if there is no end to it, or no value.
    fn of_zeros(&self) -> Vec<Option<u64>> {
        let first = |it: &Enum<'_>| it.variants.first().map(|first| ids(&first.fields));
        self.parts_first(
            |index| match &self.nodes[index] {
                Node::Array(_, 0) => Vec::new(),
                Node::Array(id, _) | Node::Alias(id) => vec![id.0 as usize],
                Node::Struct(it) => ids(&it.fields),
                Node::Enum(it) => first(it).unwrap_or_default(),
                Node::Plain(_) | Node::String | Node::Option(_) | Node::Vec(_) | Node::Unknown => {
                    Vec::new()
                }
            },
            |index, zero| {
                let sum = |ids: Vec<usize>| {
                    ids.into_iter()
                        .try_fold(0_u64, |sum, id| sum.checked_add(zero[id]?))
                };
                match &self.nodes[index] {
                    Node::Plain(plain) => Some(plain.len),
                    Node::String | Node::Vec(_) => Some(4),
                    Node::Option(_) => Some(1),
                    Node::Array(_, 0) => Some(0),
                    Node::Array(inner, len) => zero[inner.0 as usize]?.checked_mul(*len),
                    Node::Alias(target) => zero[target.0 as usize],
                    Node::Struct(it) => sum(ids(&it.fields)),
                    Node::Enum(it) => sum(first(it)?)?.checked_add(1),
                    Node::Unknown => None,
                }
            },
        )
    }

    /// Computes a length of every node after those of its parts. A part that is around the node itself
    /// has none yet.
    fn parts_first(
        &self,
        parts: impl Fn(usize) -> Vec<usize>,
        len: impl Fn(usize, &[Option<u64>]) -> Option<u64>,
    ) -> Vec<Option<u64>> {
        #[derive(Clone, Copy, PartialEq)]
        enum State {
            New,
            Open,
            Done,
        }
        let mut state = vec![State::New; self.nodes.len()];
        let mut lens: Vec<Option<u64>> = vec![None; self.nodes.len()];
        let mut stack = Vec::new();
        for start in 0..self.nodes.len() {
            stack.push(start);
            while let Some(&index) = stack.last() {
                match state[index] {
                    State::New => {
                        state[index] = State::Open;
                        let parts = parts(index).into_iter();
                        stack.extend(parts.filter(|part| state[*part] == State::New));
                    }
                    State::Open => {
                        lens[index] = len(index, &lens);
                        state[index] = State::Done;
                        stack.pop();
                    }
                    State::Done => {
                        stack.pop();
                    }
                }
            }
        }
        lens
    }

    /// The parts that the largest value of a node has.
    fn bounded_parts(&self, index: usize) -> impl Iterator<Item = usize> {
        let (one, fields, variants) = match &self.nodes[index] {
            Node::Option(id) | Node::Array(id, _) | Node::Alias(id) => {
                (Some(*id), &[][..], &[][..])
            }
            Node::Struct(it) => (None, &it.fields[..], &[][..]),
            Node::Enum(it) => (None, &[][..], &it.variants[..]),
            Node::Plain(_) | Node::String | Node::Vec(_) | Node::Unknown => {
                (None, &[][..], &[][..])
            }
        };
        let fields = fields
            .iter()
            .chain(variants.iter().flat_map(|variant| &variant.fields));
        one.into_iter()
            .chain(fields.map(|field| field.ty))
            .map(|id| id.0 as usize)
    }

    fn largest_of(&self, index: usize, max: &[Option<u64>]) -> Option<u64> {
        let of = |id: &Id| max[id.0 as usize];
        let sum = |fields: &[Member<'_>]| {
            fields
                .iter()
                .try_fold(0_u64, |sum, field| sum.checked_add(of(&field.ty)?))
        };
        match &self.nodes[index] {
            Node::Plain(plain) => Some(plain.len),
            Node::String | Node::Vec(_) | Node::Unknown => None,
            Node::Option(inner) => of(inner)?.checked_add(1),
            Node::Alias(target) => of(target),
            Node::Array(_, 0) => Some(0),
            Node::Array(inner, len) => of(inner)?.checked_mul(*len),
            Node::Struct(it) => sum(&it.fields),
            Node::Enum(it) => {
                let mut largest = 0;
                for variant in &it.variants {
                    largest = largest.max(sum(&variant.fields)?);
                }
                largest.checked_add(1)
            }
        }
    }
}

fn ids(fields: &[Member<'_>]) -> Vec<usize> {
    fields.iter().map(|field| field.ty.0 as usize).collect()
}

struct Alternative {
    node: Id,
    /// Bytes beside those of the parts.
    own: u64,
    /// Each with the number of times it occurs.
    parts: Vec<(Id, u64)>,
}
