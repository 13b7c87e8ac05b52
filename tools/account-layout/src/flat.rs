//! A type as the row of fields that its bytes are: structs within structs have no bytes of their own.

use crate::{
    memory::{DEPTH, Memory},
    types::{Id, Member, Node, Serialization, Types},
};

/// The most fields that a row may have.
pub const MAX_FIELDS: usize = 1 << 16;

/// Structs that are looked into for a row; structs without fields add none of them.
const MAX_STEPS: usize = 4 * MAX_FIELDS;

/// A field that is not a struct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// From the type the row was made of: `limits.per_day`; empty for that type itself.
    pub path: String,
    /// Length of the path that names the innermost named field: of `limits.0` it is `limits`.
    named: usize,
    pub ty: Id,
    /// RFC 6901, of the field's declaration.
    pub pointer: String,
    /// Where it begins, if every field of variable length before it is as short as possible.
    pub offset: u64,
    /// Whether it can begin nowhere else.
    pub fixed: bool,
}

impl Leaf {
    /// The path without the places in tuples at its end.
    pub fn named_path(&self) -> &str {
        &self.path[..self.named]
    }

    /// The name of the innermost named field.
    pub fn name(&self) -> &str {
        self.named_path().rsplit('.').next().unwrap_or_default()
    }
}

/// A row of fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flat {
    pub leaves: Vec<Leaf>,
    /// Bytes of the smallest value.
    pub min_len: u64,
    /// Bytes of the largest value; `None` if there is none.
    pub max_len: Option<u64>,
    /// Whether the IDL determines all offsets.
    pub exact: bool,
    /// The zero-copy type that the row is of.
    pub in_memory: Option<Id>,
}

impl Flat {
    /// Whether all values have the same length.
    pub fn is_fixed(&self) -> bool {
        self.max_len == Some(self.min_len)
    }
}

/// A field that a row begins with.
pub struct Start<'a> {
    pub name: Option<&'a str>,
    pub ty: Id,
    pub pointer: String,
}

/// The row of a type; `None` if it is infinite, nested too deep or has more than [`MAX_FIELDS`].
pub fn flatten(types: &Types<'_>, root: Id, pointer: &str) -> Option<Flat> {
    if is_zero_copy(types, root) {
        return in_memory(types, root, pointer);
    }
    let mut row = BorshRow::new(types);
    row.push("", 0, root, pointer.to_owned(), 0)?;
    Some(row.flat)
}

/// The row of a tuple or a list of arguments, in Borsh.
pub fn flatten_all<'a>(
    types: &Types<'_>,
    starts: impl IntoIterator<Item = Start<'a>>,
) -> Option<Flat> {
    let mut row = BorshRow::new(types);
    for (index, start) in starts.into_iter().enumerate() {
        let path = start.name.map_or_else(|| index.to_string(), str::to_owned);
        let named = if start.name.is_some() { path.len() } else { 0 };
        row.push(&path, named, start.ty, start.pointer, 0)?;
    }
    Some(row.flat)
}

/// The elements of a zero-copy array, or another part of zero-copy data.
pub fn in_memory(types: &Types<'_>, root: Id, pointer: &str) -> Option<Flat> {
    let mut row = MemoryRow {
        memory: Memory::new(types),
        types,
        leaves: Vec::new(),
        steps: 0,
    };
    let footprint = row.memory.footprint(root)?;
    row.push("", 0, root, pointer.to_owned(), 0, 0)?;
    Some(Flat {
        leaves: row.leaves,
        min_len: footprint.size,
        max_len: Some(footprint.size),
        exact: footprint.exact,
        in_memory: Some(root),
    })
}

pub fn is_zero_copy(types: &Types<'_>, id: Id) -> bool {
    matches!(types.node(id), Node::Struct(it) if it.encoding.serialization == Serialization::Bytemuck)
}

struct BorshRow<'t, 'a> {
    types: &'t Types<'a>,
    flat: Flat,
    steps: usize,
}

impl<'t, 'a> BorshRow<'t, 'a> {
    fn new(types: &'t Types<'a>) -> Self {
        let flat = Flat {
            max_len: Some(0),
            exact: true,
            ..Flat::default()
        };
        Self {
            types,
            flat,
            steps: 0,
        }
    }

    fn push(
        &mut self,
        path: &str,
        named: usize,
        ty: Id,
        pointer: String,
        depth: usize,
    ) -> Option<()> {
        self.steps += 1;
        if depth > DEPTH || self.steps > MAX_STEPS {
            return None;
        }
        let types = self.types;
        if let Node::Struct(it) = types.node(ty) {
            if it.encoding.serialization == Serialization::Borsh {
                for (index, field) in it.fields.iter().enumerate() {
                    let (path, named) = join(path, named, field, index);
                    let pointer = format!("/types/{}/type/fields/{index}", it.def);
                    self.push(&path, named, field.ty, pointer, depth + 1)?;
                }
                return Some(());
            }
            // Within Borsh, the bytes of a type that is not Borsh are its author's affair.
            self.flat.exact = false;
        }
        if self.flat.leaves.len() >= MAX_FIELDS {
            return None;
        }
        self.flat.leaves.push(Leaf {
            path: path.to_owned(),
            named,
            ty,
            pointer,
            offset: self.flat.min_len,
            fixed: self.flat.is_fixed(),
        });
        self.flat.min_len = self.flat.min_len.checked_add(types.min_len(ty)?)?;
        let max = self.flat.max_len.zip(types.max_len(ty));
        self.flat.max_len = max.and_then(|(sum, len)| sum.checked_add(len));
        Some(())
    }
}

struct MemoryRow<'t, 'a> {
    types: &'t Types<'a>,
    memory: Memory<'t, 'a>,
    leaves: Vec<Leaf>,
    steps: usize,
}

impl MemoryRow<'_, '_> {
    fn push(
        &mut self,
        path: &str,
        named: usize,
        ty: Id,
        pointer: String,
        offset: u64,
        depth: usize,
    ) -> Option<()> {
        self.steps += 1;
        if depth > DEPTH || self.steps > MAX_STEPS {
            return None;
        }
        let types = self.types;
        if let Node::Struct(it) = types.node(ty) {
            let placed = self.memory.place(&it.fields, it.encoding)?;
            for (index, (field, at)) in it.fields.iter().zip(placed.offsets).enumerate() {
                let (path, named) = join(path, named, field, index);
                let pointer = format!("/types/{}/type/fields/{index}", it.def);
                self.push(
                    &path,
                    named,
                    field.ty,
                    pointer,
                    offset.checked_add(at)?,
                    depth + 1,
                )?;
            }
            return Some(());
        }
        if self.leaves.len() >= MAX_FIELDS {
            return None;
        }
        let path = path.to_owned();
        self.leaves.push(Leaf {
            path,
            named,
            ty,
            pointer,
            offset,
            fixed: true,
        });
        Some(())
    }
}

fn join(path: &str, named: usize, field: &Member<'_>, index: usize) -> (String, usize) {
    let place = index.to_string();
    let name = field.name.unwrap_or(&place);
    let path = if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    };
    let named = if field.name.is_some() {
        path.len()
    } else {
        named
    };
    (path, named)
}
