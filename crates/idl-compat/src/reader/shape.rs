//! A type, taken out of its IDL to read values by.

use {
    super::{Problem, to_usize},
    crate::{
        memory::Memory,
        types::{self, Id, Node, Serialization, Types},
    },
    std::{collections::HashMap, fmt, sync::Arc},
};

/// How deep values may lie within others: a type that contains itself sets no limit.
const DEPTH: usize = 128;

/// The type at the first place, and those that it is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shape(Arc<[Type]>);

#[derive(Debug, PartialEq, Eq)]
struct Type {
    kind: Kind,
    /// Bytes of the smallest value.
    min: usize,
}

/// Parts are named by their places in the [`Shape`].
#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Plain(&'static str),
    String,
    Option(usize),
    Vec(usize),
    Array(usize, usize),
    Struct(Vec<Part>),
    Enum(Vec<(String, Vec<Part>)>),
}

#[derive(Debug, PartialEq, Eq)]
struct Part {
    /// `None` in a tuple.
    name: Option<String>,
    ty: usize,
    /// From where the struct begins, in a zero-copy type; in Borsh, behind the part before.
    offset: Option<usize>,
}

/// Makes shapes, each only once.
pub(super) struct Shapes<'t, 'a> {
    types: &'t Types<'a>,
    memory: Memory<'t, 'a>,
    known: HashMap<Id, Option<Shape>>,
}

impl<'t, 'a> Shapes<'t, 'a> {
    pub fn new(types: &'t Types<'a>) -> Self {
        Self {
            types,
            memory: Memory::new(types),
            known: HashMap::new(),
        }
    }

    /// The shape of a type in a zero-copy type or in Borsh, always the same of the two; `None` if the IDL does not
    /// tell the bytes.
    pub fn of(&mut self, root: Id, zero_copy: bool) -> Option<Shape> {
        if let Some(known) = self.known.get(&root) {
            return known.clone();
        }
        let shape = self.make(root, zero_copy);
        self.known.insert(root, shape.clone());
        shape
    }

    fn make(&mut self, root: Id, zero_copy: bool) -> Option<Shape> {
        let mut places = Places {
            places: HashMap::from([(root, 0)]),
            open: vec![root],
        };
        let mut made = Vec::new();
        while let Some(id) = places.open.get(made.len()).copied() {
            let made_of = if zero_copy {
                self.in_memory(id, &mut places)?
            } else {
                self.in_borsh(id, &mut places)?
            };
            made.push(made_of);
        }
        Some(Shape(made.into()))
    }

    fn in_borsh(&self, id: Id, places: &mut Places) -> Option<Type> {
        let borsh = |encoding: types::Encoding<'_>| encoding.serialization == Serialization::Borsh;
        let kind = match self.types.node(id) {
            Node::Plain(plain) => Kind::Plain(plain.name),
            Node::String => Kind::String,
            Node::Option(inner) => Kind::Option(places.of(*inner)),
            Node::Vec(inner) => Kind::Vec(places.of(*inner)),
            Node::Array(inner, len) => Kind::Array(places.of(*inner), to_usize(*len)),
            Node::Struct(it) if borsh(it.encoding) => Kind::Struct(places.parts(&it.fields)),
            Node::Enum(it) if borsh(it.encoding) => {
                let variants = it.variants.iter();
                let variant = |it: &types::Variant<'_>| {
                    let parts = places.parts(&it.fields);
                    (it.name.to_owned(), parts)
                };
                Kind::Enum(variants.map(variant).collect())
            }
            Node::Struct(_) | Node::Enum(_) | Node::Unknown | Node::Alias(_) => return None,
        };
        Some(Type {
            kind,
            min: to_usize(self.types.min_len(id)?),
        })
    }

    fn in_memory(&mut self, id: Id, places: &mut Places) -> Option<Type> {
        let kind = match self.types.node(id) {
            Node::Plain(plain) => Kind::Plain(plain.name),
            Node::Array(inner, len) => Kind::Array(places.of(*inner), to_usize(*len)),
            Node::Struct(it) => {
                let mut parts = places.parts(&it.fields);
                let placed = self.memory.place(&it.fields, it.encoding)?;
                for (part, offset) in parts.iter_mut().zip(placed.offsets) {
                    part.offset = Some(to_usize(offset));
                }
                Kind::Struct(parts)
            }
            _ => return None,
        };
        Some(Type {
            kind,
            min: to_usize(self.memory.shape(id)?.size),
        })
    }
}

/// The types of a shape in the order in which they are met.
struct Places {
    places: HashMap<Id, usize>,
    open: Vec<Id>,
}

impl Places {
    fn of(&mut self, id: Id) -> usize {
        *self.places.entry(id).or_insert_with(|| {
            self.open.push(id);
            self.open.len() - 1
        })
    }

    fn parts(&mut self, fields: &[types::Field<'_>]) -> Vec<Part> {
        let part = |field: &types::Field<'_>| Part {
            name: field.name.map(str::to_owned),
            ty: self.of(field.ty),
            offset: None,
        };
        fields.iter().map(part).collect()
    }
}

impl Shape {
    /// Bytes of the value that `data` begins with; or where it is none, and why.
    pub fn len_of(&self, data: &[u8]) -> Result<usize, (usize, Problem)> {
        let mut walk = Walk::new(self, data, None);
        match walk.value(0, 0) {
            Ok(()) => Ok(walk.at),
            Err(problem) => Err((walk.at, problem)),
        }
    }

    /// Shows a value that [`len_of`](Self::len_of) measured.
    pub fn show(&self, value: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut walk = Walk::new(self, value, Some(String::new()));
        walk.value(0, 0).map_err(|_| fmt::Error)?;
        f.write_str(&walk.text.unwrap_or_default())
    }
}

/// On its way through a value.
struct Walk<'a> {
    shape: &'a Shape,
    data: &'a [u8],
    at: usize,
    /// What was met, if it is to be shown.
    text: Option<String>,
}

impl<'a> Walk<'a> {
    fn new(shape: &'a Shape, data: &'a [u8], text: Option<String>) -> Self {
        Self {
            shape,
            data,
            at: 0,
            text,
        }
    }

    /// Goes behind a value of the type at place `ty`.
    fn value(&mut self, ty: usize, depth: usize) -> Result<(), Problem> {
        if depth > DEPTH {
            return Err(Problem::TooDeep(DEPTH));
        }
        let start = self.at;
        let shape = self.shape;
        let Type { kind, min } = &shape.0[ty];
        self.require(*min)?;
        match kind {
            Kind::Plain(name) => self.plain(name, *min)?,
            Kind::String => {
                let len = self.count(1)?;
                let text = std::str::from_utf8(&self.data[self.at..self.at + len]);
                let text = text.map_err(|_| Problem::Utf8)?;
                self.at += len;
                self.say(|| format!("{text:?}"));
            }
            Kind::Option(inner) => match self.data[start] {
                0 => {
                    self.at += 1;
                    self.say(|| "None");
                }
                1 => {
                    self.at += 1;
                    self.say(|| "Some(");
                    self.value(*inner, depth + 1)?;
                    self.say(|| ")");
                }
                other => return Err(Problem::Option(other)),
            },
            Kind::Vec(inner) => {
                let count = self.count(shape.0[*inner].min)?;
                self.list(*inner, count, depth)?;
            }
            Kind::Array(inner, len) => self.list(*inner, *len, depth)?,
            Kind::Struct(parts) => {
                self.parts(parts, depth)?;
                // Behind the last part of a zero-copy struct there may be padding.
                self.at = self.at.max(start + min);
            }
            Kind::Enum(variants) => {
                let tag = self.data[start];
                let variant = variants.get(usize::from(tag));
                let (name, parts) = variant.ok_or(Problem::Variant(tag))?;
                self.at += 1;
                self.say(|| name);
                match &parts[..] {
                    [] => {}
                    [Part { name: Some(_), .. }, ..] => {
                        self.say(|| " ");
                        self.parts(parts, depth)?;
                    }
                    _ => self.parts(parts, depth)?,
                }
            }
        }
        Ok(())
    }

    fn plain(&mut self, name: &str, len: usize) -> Result<(), Problem> {
        if let ("bool", byte @ 2..) = (name, self.data[self.at]) {
            return Err(Problem::Bool(byte));
        }
        let bytes = self.take(len);
        self.say(|| plain(name, bytes));
        Ok(())
    }

    fn parts(&mut self, parts: &[Part], depth: usize) -> Result<(), Problem> {
        let named = parts.iter().any(|part| part.name.is_some());
        let start = self.at;
        self.say(|| if named { "{ " } else { "(" });
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                self.say(|| ", ");
            }
            if let Some(name) = &part.name {
                self.say(|| format!("{name}: "));
            }
            if let Some(offset) = part.offset {
                self.at = start + offset;
            }
            self.value(part.ty, depth + 1)?;
        }
        self.say(|| if named { " }" } else { ")" });
        Ok(())
    }

    fn list(&mut self, ty: usize, count: usize, depth: usize) -> Result<(), Problem> {
        let Type { kind, min } = &self.shape.0[ty];
        match kind {
            Kind::Plain("u8") => {
                let bytes = self.take(count);
                self.say(|| hex(bytes.iter()));
            }
            Kind::Plain(name) if *name != "bool" && self.text.is_none() => {
                self.take(count * min);
            }
            // Nothing is read for them, however many they are.
            _ if *min == 0 => self.say(|| format!("[{count} empty values]")),
            _ => {
                self.say(|| "[");
                for index in 0..count {
                    if index > 0 {
                        self.say(|| ", ");
                    }
                    self.value(ty, depth + 1)?;
                }
                self.say(|| "]");
            }
        }
        Ok(())
    }

    /// The number of elements that follow, which have room for their least bytes.
    fn count(&mut self, min: usize) -> Result<usize, Problem> {
        let (count, _) = self.data[self.at..].split_at(4);
        let count = count
            .iter()
            .rev()
            .fold(0, |sum, byte| sum << 8 | usize::from(*byte));
        self.at += 4;
        self.require(count.saturating_mul(min))?;
        Ok(count)
    }

    fn require(&self, needed: usize) -> Result<(), Problem> {
        let left = self.data.len() - self.at;
        if left < needed {
            return Err(Problem::TooShort { needed, left });
        }
        Ok(())
    }

    fn take(&mut self, len: usize) -> &'a [u8] {
        let bytes = &self.data[self.at..self.at + len];
        self.at += len;
        bytes
    }

    fn say<T: AsRef<str>>(&mut self, text: impl FnOnce() -> T) {
        if let Some(out) = &mut self.text {
            out.push_str(text().as_ref());
        }
    }
}

/// A value of a type without parts.
fn plain(name: &str, bytes: &[u8]) -> String {
    macro_rules! number {
        ($ty:ty) => {
            bytes
                .try_into()
                .map(<$ty>::from_le_bytes)
                .map(|it| format!("{it:?}"))
        };
    }
    let number = match name {
        "bool" => return (bytes != [0]).to_string(),
        "Pubkey" => return bs58::encode(bytes).into_string(),
        "u8" => number!(u8),
        "i8" => number!(i8),
        "u16" => number!(u16),
        "i16" => number!(i16),
        "u32" => number!(u32),
        "i32" => number!(i32),
        "f32" => number!(f32),
        "u64" => number!(u64),
        "i64" => number!(i64),
        "f64" => number!(f64),
        "u128" => number!(u128),
        "i128" => number!(i128),
        _ => return hex(bytes.iter().rev()),
    };
    number.unwrap_or_default()
}

fn hex<'a>(bytes: impl Iterator<Item = &'a u8>) -> String {
    let digits = bytes.map(|byte| format!("{byte:02x}"));
    std::iter::once("0x".to_owned()).chain(digits).collect()
}
