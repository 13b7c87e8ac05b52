//! Whether bytes that were written as one type read the same as another.

use {
    super::same::Same,
    account_layout::{
        flat::{Flat, MAX_FIELDS, Start, flatten, flatten_all, in_memory},
        types::{Enum, Id, Member, Node, Types},
    },
    std::collections::HashMap,
};

/// How deep containers may lie in each other.
const DEPTH: usize = 48;

/// Fields that are compared in all; beyond, types that are not obviously the same count as different.
const BUDGET: usize = 1 << 22;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Wire {
    /// The bytes of every value are the same.
    Same,
    /// The bytes of every old value are those of the new type; an enum has more variants.
    Extended,
    Different,
}

pub(super) struct Wires<'t, 'a> {
    pub old: &'t Types<'a>,
    pub new: &'t Types<'a>,
    pub same: Same<'t, 'a>,
    budget: usize,
    /// Pairs whose comparison is under way: what contains itself is not compared for ever.
    open: Vec<(Id, Id)>,
    known: HashMap<(Id, Id, bool), Wire>,
}

impl<'t, 'a> Wires<'t, 'a> {
    pub fn new(old: &'t Types<'a>, new: &'t Types<'a>) -> Self {
        Self {
            old,
            new,
            same: Same::new(old, new),
            budget: BUDGET,
            open: Vec::new(),
            known: HashMap::new(),
        }
    }

    /// Compares two types in Borsh, or in the bytes of memory.
    pub fn compare(&mut self, old: Id, new: Id, memory: bool) -> Wire {
        self.types(old, new, memory)
    }

    /// Whether so many more fields may be compared.
    pub fn spend(&mut self, fields: usize) -> bool {
        let left = self.budget.checked_sub(fields.saturating_add(1));
        self.budget = left.unwrap_or(0);
        left.is_some()
    }

    /// The shape of the same list in both releases, element by element.
    pub fn fields(&mut self, old: &[Member<'a>], new: &[Member<'a>]) -> Option<(Flat, Flat)> {
        if !self.spend(old.len().saturating_add(new.len())) {
            return None;
        }
        let starts = |fields: &[Member<'a>]| -> Vec<Start<'a>> {
            let start = |field: &Member<'a>| Start {
                name: field.name,
                ty: field.ty,
                pointer: String::new(),
            };
            fields.iter().map(start).collect()
        };
        let rows = (
            flatten_all(self.old, starts(old)),
            flatten_all(self.new, starts(new)),
        );
        self.paid(rows)
    }

    /// The rows of two types that lie in the same container.
    pub fn rows(&mut self, old: Id, new: Id, memory: bool) -> Option<(Flat, Flat)> {
        if !self.spend(1) {
            return None;
        }
        let row = if memory { in_memory } else { flatten };
        let rows = (row(self.old, old, ""), row(self.new, new, ""));
        self.paid(rows)
    }

    /// A row that was given up took the most work of all.
    fn paid(&mut self, rows: (Option<Flat>, Option<Flat>)) -> Option<(Flat, Flat)> {
        let cost = |row: &Option<Flat>| row.as_ref().map_or(MAX_FIELDS, |row| row.leaves.len());
        let paid = self.spend(cost(&rows.0).saturating_add(cost(&rows.1)));
        rows.0.zip(rows.1).filter(|_| paid)
    }

    fn types(&mut self, old: Id, new: Id, memory: bool) -> Wire {
        let same = if memory {
            self.same.in_memory(old, new)
        } else {
            self.same.by_structure(old, new)
        };
        if same || self.open.contains(&(old, new)) {
            return Wire::Same;
        }
        if let Some(wire) = self.known.get(&(old, new, memory)) {
            return *wire;
        }
        if self.open.len() >= DEPTH {
            return Wire::Different;
        }
        self.open.push((old, new));
        let wire = self.unequal(old, new, memory);
        self.open.pop();
        // What is the same only if a pair under way is must not be remembered.
        if wire == Wire::Different || self.open.is_empty() {
            self.known.insert((old, new, memory), wire);
        }
        wire
    }

    fn unequal(&mut self, old: Id, new: Id, memory: bool) -> Wire {
        match (self.old.node(old), self.new.node(new)) {
            (Node::Option(old), Node::Option(new)) | (Node::Vec(old), Node::Vec(new))
                if !memory =>
            {
                self.types(*old, *new, false)
            }
            (Node::Array(old, old_len), Node::Array(new, new_len)) if old_len == new_len => {
                self.types(*old, *new, memory)
            }
            (Node::Enum(old), Node::Enum(new)) if may_extend(old, new, memory) => {
                if old.variants.len() > new.variants.len() {
                    return Wire::Different;
                }
                let longer = old.variants.len() < new.variants.len();
                let mut wire = if longer { Wire::Extended } else { Wire::Same };
                for (old, new) in old.variants.iter().zip(&new.variants) {
                    let Some((old, new)) = self.fields(&old.fields, &new.fields) else {
                        return Wire::Different;
                    };
                    wire = wire.max(self.flats(&old, &new, false));
                }
                wire
            }
            (Node::Struct(_), _) | (_, Node::Struct(_)) => match self.rows(old, new, memory) {
                // A struct that is not Borsh is a field of its own row: there is nothing to look into.
                Some((old_row, new_row))
                    if is_itself(&old_row, old) && is_itself(&new_row, new) =>
                {
                    Wire::Different
                }
                Some((old, new)) if !memory || (old.exact && new.exact) => {
                    self.flats(&old, &new, memory)
                }
                _ => Wire::Different,
            },
            _ => Wire::Different,
        }
    }

    fn flats(&mut self, old: &Flat, new: &Flat, memory: bool) -> Wire {
        let differs = memory && old.min_len != new.min_len;
        if differs || old.leaves.len() != new.leaves.len() || !self.spend(old.leaves.len()) {
            return Wire::Different;
        }
        let mut wire = Wire::Same;
        for (old, new) in old.leaves.iter().zip(&new.leaves) {
            if memory && old.offset != new.offset {
                return Wire::Different;
            }
            wire = wire.max(self.types(old.ty, new.ty, memory));
            if wire == Wire::Different {
                break;
            }
        }
        wire
    }
}

/// Of an enum with fields, memory shows no more than that it is the same.
fn may_extend(old: &Enum<'_>, new: &Enum<'_>, memory: bool) -> bool {
    let number = |it: &Enum<'_>| it.variants.iter().all(|variant| variant.fields.is_empty());
    let in_memory = !memory || old.encoding.repr == new.encoding.repr && number(old) && number(new);
    old.encoding.serialization == new.encoding.serialization && in_memory
}

fn is_itself(row: &Flat, id: Id) -> bool {
    matches!(&row.leaves[..], [leaf] if leaf.ty == id)
}
