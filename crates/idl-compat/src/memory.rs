//! How zero-copy types lie in memory: size, alignment and offsets.

use {
    crate::types::{Encoding, Field, Id, Node, Repr, Types},
    std::collections::HashMap,
};

/// How deep structs may lie within others.
pub(crate) const DEPTH: usize = 64;

/// A type in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    pub size: u64,
    pub align: u64,
    /// Whether the IDL tells it for sure.
    pub exact: bool,
    /// Size and alignment where 128-bit integers are aligned to 8 bytes, as older toolchains do.
    older: (u64, u64),
}

/// Remembers the shapes it computed.
pub(crate) struct Memory<'t, 'a> {
    types: &'t Types<'a>,
    shapes: HashMap<Id, Option<Shape>>,
}

/// The fields of a struct in memory.
pub(crate) struct Placed {
    pub offsets: Vec<u64>,
    pub shape: Shape,
}

impl<'t, 'a> Memory<'t, 'a> {
    pub fn new(types: &'t Types<'a>) -> Self {
        Self {
            types,
            shapes: HashMap::new(),
        }
    }

    /// `None` for a type that is infinite, too deep or too large.
    pub fn shape(&mut self, id: Id) -> Option<Shape> {
        self.shape_at(id, 0)
    }

    pub fn place(&mut self, fields: &[Field<'_>], encoding: Encoding<'_>) -> Option<Placed> {
        self.place_at(fields, encoding, 0)
    }

    fn shape_at(&mut self, id: Id, depth: usize) -> Option<Shape> {
        if depth > DEPTH {
            return None;
        }
        if let Some(known) = self.shapes.get(&id) {
            return *known;
        }
        // A type that contains itself finds this while it is open.
        self.shapes.insert(id, None);
        let shape = self.compute(id, depth);
        self.shapes.insert(id, shape);
        shape
    }

    fn compute(&mut self, id: Id, depth: usize) -> Option<Shape> {
        let types = self.types;
        match types.node(id) {
            Node::Plain(plain) => {
                let align = if plain.name == "Pubkey" {
                    1
                } else {
                    plain.len.min(16)
                };
                Some(Shape {
                    size: plain.len,
                    align,
                    exact: plain.len <= 16 || plain.name == "Pubkey",
                    older: (plain.len, align.min(8)),
                })
            }
            Node::Array(inner, len) => {
                let inner = self.shape_at(*inner, depth + 1)?;
                Some(Shape {
                    size: inner.size.checked_mul(*len)?,
                    older: (inner.older.0.checked_mul(*len)?, inner.older.1),
                    ..inner
                })
            }
            Node::Struct(it) => Some(self.place_at(&it.fields, it.encoding, depth)?.shape),
            // The rest does not belong in zero-copy data, but for an enum without fields: one byte, if
            // its author gave it `repr(u8)`.
            Node::Option(_) | Node::Vec(_) | Node::String | Node::Enum(_) => {
                let size = types.min_len(id)?;
                Some(Shape {
                    size,
                    align: 1,
                    exact: false,
                    older: (size, 1),
                })
            }
            Node::Unknown | Node::Alias(_) => None,
        }
    }

    fn place_at(
        &mut self,
        fields: &[Field<'_>],
        encoding: Encoding<'_>,
        depth: usize,
    ) -> Option<Placed> {
        let (packed, align, in_order) = match encoding.repr {
            Repr::C { packed, align } => (packed, align.unwrap_or(1), true),
            Repr::Rust { packed, align } => {
                (packed, align.unwrap_or(1), packed || fields.len() < 2)
            }
            Repr::Transparent => (false, 1, true),
        };
        let mut now = Row { end: 0, align };
        let mut older = Row { end: 0, align };
        let mut exact = in_order && align.is_power_of_two();
        let mut offsets = Vec::with_capacity(fields.len());
        for field in fields {
            let shape = self.shape_at(field.ty, depth + 1)?;
            let offset = now.push(shape.size, if packed { 1 } else { shape.align })?;
            let offset_older = older.push(shape.older.0, if packed { 1 } else { shape.older.1 })?;
            exact &= shape.exact && offset == offset_older;
            offsets.push(offset);
        }
        let (size, size_older) = (now.size()?, older.size()?);
        let shape = Shape {
            size,
            align: now.align,
            exact: exact && size == size_older,
            older: (size_older, older.align),
        };
        Some(Placed { offsets, shape })
    }
}

/// Fields in declaration order, each at the next offset that its alignment allows.
struct Row {
    end: u64,
    align: u64,
}

impl Row {
    fn push(&mut self, size: u64, align: u64) -> Option<u64> {
        let offset = self.end.checked_next_multiple_of(align)?;
        self.end = offset.checked_add(size)?;
        self.align = self.align.max(align);
        Some(offset)
    }

    /// With the padding behind the last field.
    fn size(&self) -> Option<u64> {
        self.end.checked_next_multiple_of(self.align)
    }
}
