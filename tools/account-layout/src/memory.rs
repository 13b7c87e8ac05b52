//! How zero-copy types lie in memory: size, alignment and offsets.

use {
    crate::types::{Encoding, Id, Member, Node, Repr, Types},
    std::collections::HashMap,
};

/// How deep structs may lie within others.
pub const DEPTH: usize = 64;

/// A type in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Footprint {
    pub size: u64,
    pub align: u64,
    /// Whether the IDL determines it.
    pub exact: bool,
    /// Size and alignment where 128-bit integers are aligned to 8 bytes, as older toolchains do.
    older: (u64, u64),
}

/// Remembers the footprints it computed.
pub struct Memory<'t, 'a> {
    types: &'t Types<'a>,
    footprints: HashMap<Id, Option<Footprint>>,
}

/// The fields of a struct in memory.
pub struct Placed {
    pub offsets: Vec<u64>,
    pub footprint: Footprint,
}

impl<'t, 'a> Memory<'t, 'a> {
    pub fn new(types: &'t Types<'a>) -> Self {
        Self {
            types,
            footprints: HashMap::new(),
        }
    }

    /// `None` for a type that is infinite, too deep or too large.
    pub fn footprint(&mut self, id: Id) -> Option<Footprint> {
        self.footprint_at(id, 0)
    }

    pub fn place(&mut self, fields: &[Member<'_>], encoding: Encoding<'_>) -> Option<Placed> {
        self.place_at(fields, encoding, 0)
    }

    fn footprint_at(&mut self, id: Id, depth: usize) -> Option<Footprint> {
        if depth > DEPTH {
            return None;
        }
        if let Some(known) = self.footprints.get(&id) {
            return *known;
        }
        // A type that contains itself finds this while it is open.
        self.footprints.insert(id, None);
        let footprint = self.compute(id, depth);
        self.footprints.insert(id, footprint);
        footprint
    }

    fn compute(&mut self, id: Id, depth: usize) -> Option<Footprint> {
        let types = self.types;
        match types.node(id) {
            Node::Plain(plain) => {
                let align = if plain.name == "Pubkey" {
                    1
                } else {
                    plain.len.min(16)
                };
                Some(Footprint {
                    size: plain.len,
                    align,
                    exact: plain.len <= 16 || plain.name == "Pubkey",
                    older: (plain.len, align.min(8)),
                })
            }
            Node::Array(inner, len) => {
                let inner = self.footprint_at(*inner, depth + 1)?;
                Some(Footprint {
                    size: inner.size.checked_mul(*len)?,
                    older: (inner.older.0.checked_mul(*len)?, inner.older.1),
                    ..inner
                })
            }
            Node::Struct(it) => Some(self.place_at(&it.fields, it.encoding, depth)?.footprint),
            // The rest does not belong in zero-copy data, but for an enum without fields: one byte, if
            // its author gave it `repr(u8)`.
            Node::Option(_) | Node::Vec(_) | Node::String | Node::Enum(_) => {
                let size = types.min_len(id)?;
                Some(Footprint {
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
        fields: &[Member<'_>],
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
        let mut now = Cursor { end: 0, align };
        let mut older = Cursor { end: 0, align };
        let mut exact = in_order && align.is_power_of_two();
        let mut offsets = Vec::with_capacity(fields.len());
        for field in fields {
            let footprint = self.footprint_at(field.ty, depth + 1)?;
            let offset = now.push(footprint.size, if packed { 1 } else { footprint.align })?;
            let offset_older = older.push(
                footprint.older.0,
                if packed { 1 } else { footprint.older.1 },
            )?;
            exact &= footprint.exact && offset == offset_older;
            offsets.push(offset);
        }
        let (size, size_older) = (now.size()?, older.size()?);
        let footprint = Footprint {
            size,
            align: now.align,
            exact: exact && size == size_older,
            older: (size_older, older.align),
        };
        Some(Placed { offsets, footprint })
    }
}

/// Fields in declaration order, each at the next offset that its alignment allows.
struct Cursor {
    end: u64,
    align: u64,
}

impl Cursor {
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
