//! Whether two types, one of the old and one of the new release, are the same.

use {
    account_layout::types::{Encoding, Enum, Id, Member, Node, Serialization, Struct, Types},
    std::collections::HashSet,
};

/// Remembers what was found, so that a type that many others contain is compared once.
pub(super) struct Same<'t, 'a> {
    old: &'t Types<'a>,
    new: &'t Types<'a>,
    proven: HashSet<(Question, Id, Id)>,
    refuted: HashSet<(Question, Id, Id)>,
    /// Pairs that may still be compared.
    budget: usize,
}

/// Pairs that are compared in all; beyond, types count as different.
const BUDGET: usize = 1 << 23;

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Question {
    /// Fields and variants must have the same names; names of types never matter.
    names: bool,
    /// `repr` matters for Borsh types too, since they lie within a zero-copy type.
    repr: bool,
    /// Enums may have more variants in the new release.
    longer: bool,
}

impl<'t, 'a> Same<'t, 'a> {
    pub fn new(old: &'t Types<'a>, new: &'t Types<'a>) -> Self {
        Self {
            old,
            new,
            proven: HashSet::new(),
            refuted: HashSet::new(),
            budget: BUDGET,
        }
    }

    /// The same structure and the same names of fields and variants.
    pub fn by_name(&mut self, old: Id, new: Id) -> bool {
        self.ask(
            Question {
                names: true,
                repr: true,
                longer: false,
            },
            old,
            new,
        )
    }

    /// The same structure, whatever the names.
    pub fn by_structure(&mut self, old: Id, new: Id) -> bool {
        self.ask(
            Question {
                names: false,
                repr: false,
                longer: false,
            },
            old,
            new,
        )
    }

    /// The same structure and the same `repr` everywhere, whatever the names.
    pub fn in_memory(&mut self, old: Id, new: Id) -> bool {
        self.ask(
            Question {
                names: false,
                repr: true,
                longer: false,
            },
            old,
            new,
        )
    }

    /// The fields lie at the same bytes of memory, also where the IDL does not show which: the structure
    /// and the `repr` are the same everywhere, but for last variants of enums.
    pub fn laid_out_alike(&mut self, old: Id, new: Id) -> bool {
        self.ask(
            Question {
                names: false,
                repr: true,
                longer: true,
            },
            old,
            new,
        )
    }

    /// Pairs are assumed the same until one is not: that also settles cycles.
    fn ask(&mut self, question: Question, old: Id, new: Id) -> bool {
        if self.refuted.contains(&(question, old, new)) {
            return false;
        }
        let mut assumed = HashSet::new();
        let mut open = vec![(old, new)];
        while let Some((old_id, new_id)) = open.pop() {
            let pair = (question, old_id, new_id);
            if self.proven.contains(&pair) || !assumed.insert(pair) {
                continue;
            }
            let spent = self.budget.checked_sub(1);
            self.budget = spent.unwrap_or(0);
            if spent.is_none()
                || self.refuted.contains(&pair)
                || !self.one(question, old_id, new_id, &mut open)
            {
                self.refuted.insert(pair);
                self.refuted.insert((question, old, new));
                return false;
            }
        }
        self.proven.extend(assumed);
        true
    }

    /// Compares two nodes and leaves their parts to be compared.
    fn one(&self, question: Question, old: Id, new: Id, open: &mut Vec<(Id, Id)>) -> bool {
        match (self.old.node(old), self.new.node(new)) {
            (Node::Plain(old), Node::Plain(new)) => old == new,
            (Node::String, Node::String) => true,
            (Node::Option(old), Node::Option(new)) | (Node::Vec(old), Node::Vec(new)) => {
                open.push((*old, *new));
                true
            }
            (Node::Array(old, old_len), Node::Array(new, new_len)) => {
                open.push((*old, *new));
                old_len == new_len
            }
            (Node::Struct(old), Node::Struct(new)) => same_struct(question, old, new, open),
            (Node::Enum(old), Node::Enum(new)) => same_enum(question, old, new, open),
            _ => false,
        }
    }
}

fn same_struct(
    question: Question,
    old: &Struct<'_>,
    new: &Struct<'_>,
    open: &mut Vec<(Id, Id)>,
) -> bool {
    same_encoding(question, old.encoding, new.encoding)
        && same_fields(question, &old.fields, &new.fields, open)
}

fn same_enum(question: Question, old: &Enum<'_>, new: &Enum<'_>, open: &mut Vec<(Id, Id)>) -> bool {
    same_encoding(question, old.encoding, new.encoding)
        && (old.variants.len() == new.variants.len()
            || question.longer && old.variants.len() < new.variants.len())
        && old.variants.iter().zip(&new.variants).all(|(old, new)| {
            (!question.names || old.name == new.name)
                && same_fields(question, &old.fields, &new.fields, open)
        })
}

fn same_fields(
    question: Question,
    old: &[Member<'_>],
    new: &[Member<'_>],
    open: &mut Vec<(Id, Id)>,
) -> bool {
    old.len() == new.len()
        && old.iter().zip(new).all(|(old, new)| {
            open.push((old.ty, new.ty));
            !question.names || old.name == new.name
        })
}

fn same_encoding(question: Question, old: Encoding<'_>, new: Encoding<'_>) -> bool {
    let plain_borsh = old.serialization == Serialization::Borsh && !question.repr;
    old.serialization == new.serialization && (plain_borsh || old.repr == new.repr)
}
