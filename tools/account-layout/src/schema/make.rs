//! Takes types out of an IDL.

use {
    super::ty::{Part, Schema, Type, TypeKind},
    crate::{
        memory::Memory,
        types::{Encoding, Id, Member, Node, Serialization, Types, Variant},
    },
    std::collections::HashMap,
};

/// Makes schemas, each only once.
pub struct Schemas<'t, 'a> {
    types: &'t Types<'a>,
    memory: Memory<'t, 'a>,
    known: HashMap<Id, Option<Schema>>,
}

impl<'t, 'a> Schemas<'t, 'a> {
    pub fn new(types: &'t Types<'a>) -> Self {
        Self {
            types,
            memory: Memory::new(types),
            known: HashMap::new(),
        }
    }

    /// The schema of a type in a zero-copy type or in Borsh, always the same of the two; `None` if the IDL
    /// does not determine the bytes.
    pub fn of(&mut self, root: Id, zero_copy: bool) -> Option<Schema> {
        if let Some(known) = self.known.get(&root) {
            return known.clone();
        }
        let schema = self.make(root, zero_copy);
        self.known.insert(root, schema.clone());
        schema
    }

    fn make(&mut self, root: Id, zero_copy: bool) -> Option<Schema> {
        let mut met = Met {
            places: HashMap::from([(root, 0)]),
            order: vec![root],
        };
        let mut made = Vec::new();
        while let Some(id) = met.order.get(made.len()).copied() {
            made.push(if zero_copy {
                self.in_memory(id, &mut met)?
            } else {
                self.in_borsh(id, &mut met)?
            });
        }
        Some(Schema(made.into()))
    }

    fn in_borsh(&self, id: Id, met: &mut Met) -> Option<Type> {
        let borsh = |encoding: Encoding<'_>| encoding.serialization == Serialization::Borsh;
        let kind = match self.types.node(id) {
            Node::Plain(plain) => TypeKind::Plain(plain.name),
            Node::String => TypeKind::String,
            Node::Option(inner) => TypeKind::Option(met.place(*inner)),
            Node::Vec(inner) => TypeKind::Vec(met.place(*inner)),
            Node::Array(inner, len) => TypeKind::Array(met.place(*inner), to_usize(*len)),
            Node::Struct(it) if borsh(it.encoding) => TypeKind::Struct(met.parts(&it.fields)),
            Node::Enum(it) if borsh(it.encoding) => {
                let variants = it.variants.iter();
                let variant = |it: &Variant<'_>| (it.name.to_owned(), met.parts(&it.fields));
                TypeKind::Enum(variants.map(variant).collect())
            }
            Node::Struct(_) | Node::Enum(_) | Node::Unknown | Node::Alias(_) => return None,
        };
        Some(Type {
            kind,
            min: to_usize(self.types.min_len(id)?),
        })
    }

    fn in_memory(&mut self, id: Id, met: &mut Met) -> Option<Type> {
        let kind = match self.types.node(id) {
            Node::Plain(plain) => TypeKind::Plain(plain.name),
            Node::Array(inner, len) => TypeKind::Array(met.place(*inner), to_usize(*len)),
            Node::Struct(it) => {
                let mut parts = met.parts(&it.fields);
                let placed = self.memory.place(&it.fields, it.encoding)?;
                for (part, offset) in parts.iter_mut().zip(placed.offsets) {
                    part.offset = Some(to_usize(offset));
                }
                TypeKind::Struct(parts)
            }
            _ => return None,
        };
        Some(Type {
            kind,
            min: to_usize(self.memory.footprint(id)?.size),
        })
    }
}

/// The types of a schema in the order in which they are met.
struct Met {
    places: HashMap<Id, usize>,
    order: Vec<Id>,
}

impl Met {
    fn place(&mut self, id: Id) -> usize {
        *self.places.entry(id).or_insert_with(|| {
            self.order.push(id);
            self.order.len() - 1
        })
    }

    fn parts(&mut self, fields: &[Member<'_>]) -> Vec<Part> {
        let part = |field: &Member<'_>| Part {
            name: field.name.map(str::to_owned),
            ty: self.place(field.ty),
            offset: None,
        };
        fields.iter().map(part).collect()
    }
}

/// More bytes than there is memory for are as many as there can be.
pub fn to_usize(len: u64) -> usize {
    usize::try_from(len).unwrap_or(usize::MAX)
}
