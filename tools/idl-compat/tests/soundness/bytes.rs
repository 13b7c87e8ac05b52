//! Values as bytes: Borsh and zero-copy memory, written and read by the same description.

use crate::{
    model::{Body, Def, Encoding, Fields, PLAIN, Ty, World, join},
    random::Random,
};

/// A value without parts, or a length or tag, in bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    pub at: usize,
    pub len: usize,
    pub kind: &'static str,
    pub path: String,
}

/// Why bytes are not read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Failure {
    /// There are too few.
    Short,
    /// An enum's number that the reader does not know.
    Variant,
    /// A bool, an Option's tag or a text that is none.
    Invalid,
}

#[derive(Debug)]
pub struct Written {
    pub bytes: Vec<u8>,
    pub tokens: Vec<Token>,
    /// Behind the last byte that has a meaning.
    pub end: usize,
    /// Whether integers of 16 bytes are aligned to 16 bytes, as newer toolchains do, or to 8.
    pub wide: bool,
}

pub struct Read {
    pub tokens: Vec<Token>,
    pub len: usize,
}

pub fn write(world: &World, random: &mut Random) -> Written {
    let wide = random.one_in(2);
    let mut codec = Codec {
        world,
        wide,
        bytes: Vec::new(),
        at: 0,
        tokens: Vec::new(),
        random: Some(random),
    };
    codec.root().expect("every value is written");
    let end = codec
        .tokens
        .iter()
        .map(|token| token.at + token.len)
        .max()
        .unwrap_or(0);
    Written {
        end,
        bytes: codec.bytes,
        tokens: codec.tokens,
        wide,
    }
}

pub fn read(world: &World, bytes: &[u8], wide: bool) -> Result<Read, Failure> {
    let mut codec = Codec {
        world,
        wide,
        bytes: bytes.to_vec(),
        at: 0,
        tokens: Vec::new(),
        random: None,
    };
    codec.root()?;
    Ok(Read {
        tokens: codec.tokens,
        len: codec.at,
    })
}

/// The most elements of a random Vec, and how deep random values go.
const ELEMENTS: u64 = 3;
const DEPTH: usize = 8;

struct Codec<'c> {
    world: &'c World,
    wide: bool,
    bytes: Vec<u8>,
    at: usize,
    tokens: Vec<Token>,
    /// There is one to write with.
    random: Option<&'c mut Random>,
}

impl Codec<'_> {
    fn root(&mut self) -> Result<(), Failure> {
        let root = Ty::Named("Root".to_owned(), None);
        if !self.world.memory {
            return self.borsh(&root, "", 0);
        }
        let (size, _) = self.shape(&root);
        if let Some(random) = &mut self.random {
            self.bytes = (0..size).map(|_| random.byte()).collect();
        } else if self.bytes.len() < size {
            return Err(Failure::Short);
        }
        self.memory(&root, "", 0)?;
        self.at = size;
        Ok(())
    }

    /// The next bytes: made by `make` if there is something to write.
    fn take(
        &mut self,
        len: usize,
        kind: &'static str,
        path: &str,
        make: impl FnOnce(&mut Random) -> Vec<u8>,
    ) -> Result<Vec<u8>, Failure> {
        if let Some(random) = &mut self.random {
            self.bytes.extend(make(random));
        }
        let bytes = self
            .bytes
            .get(self.at..self.at + len)
            .ok_or(Failure::Short)?
            .to_vec();
        self.tokens.push(Token {
            at: self.at,
            len,
            kind,
            path: path.to_owned(),
        });
        self.at += len;
        Ok(bytes)
    }

    fn count(&mut self, path: &str, most: u64) -> Result<usize, Failure> {
        let make = |random: &mut Random| {
            u32::try_from(random.below(most + 1))
                .unwrap()
                .to_le_bytes()
                .to_vec()
        };
        let bytes = self.take(4, "length", path, make)?;
        let count = u32::from_le_bytes(bytes.try_into().unwrap());
        // Whatever garbage says, no more is read than there is.
        Ok(usize::try_from(count).unwrap().min(self.bytes.len() + 1))
    }

    fn borsh(&mut self, ty: &Ty, path: &str, depth: usize) -> Result<(), Failure> {
        match ty {
            Ty::Plain(index) => {
                let (kind, len) = PLAIN[*index];
                let bytes = self.take(len, kind, path, |random| plain(kind, len, random))?;
                if !is_valid(kind, &bytes) {
                    return Err(Failure::Invalid);
                }
            }
            Ty::Text => {
                let len = self.count(path, 5)?;
                let text = self.take(len, "text", path, |random| {
                    (0..len).map(|_| b'a' + random.byte() % 26).collect()
                })?;
                std::str::from_utf8(&text).map_err(|_| Failure::Invalid)?;
            }
            Ty::Option(inner) => {
                let some = depth < DEPTH;
                let make = |random: &mut Random| vec![u8::from(some && random.one_in(2))];
                match self.take(1, "option", path, make)?[0] {
                    0 => {}
                    1 => self.borsh(inner, &join(path, "?"), depth + 1)?,
                    _ => return Err(Failure::Invalid),
                }
            }
            Ty::Vec(inner) => {
                for _ in 0..self.count(path, if depth < DEPTH { ELEMENTS } else { 0 })? {
                    self.borsh(inner, &join(path, "[]"), depth + 1)?;
                    if self.at > self.bytes.len() || self.tokens.len() > 10_000 {
                        return Err(Failure::Short);
                    }
                }
            }
            Ty::Array(inner, len) => {
                for _ in 0..*len {
                    self.borsh(inner, path, depth + 1)?;
                }
            }
            Ty::Named(name, arguments) => {
                let def = self.world.resolved(name, arguments.as_deref());
                match &def.body {
                    Body::Alias(ty) => self.borsh(ty, path, depth)?,
                    Body::Struct(fields) => self.fields(fields, path, depth)?,
                    Body::Enum(variants) => {
                        let count = u64::try_from(variants.len()).unwrap();
                        let make = |random: &mut Random| {
                            vec![
                                u8::try_from(if depth < DEPTH {
                                    random.below(count)
                                } else {
                                    0
                                })
                                .unwrap(),
                            ]
                        };
                        let number = usize::from(self.take(1, "variant", path, make)?[0]);
                        let (name, fields) = variants.get(number).ok_or(Failure::Variant)?;
                        let path = join(path, name);
                        // The number means the variant of this name.
                        if let Some(token) = self.tokens.last_mut() {
                            token.path.clone_from(&path);
                        }
                        self.fields(fields, &path, depth + 1)?;
                    }
                }
            }
            Ty::Parameter | Ty::ArrayParameter(_) => unreachable!("parameters are filled in"),
        }
        Ok(())
    }

    fn fields(&mut self, fields: &Fields, path: &str, depth: usize) -> Result<(), Failure> {
        for (index, (name, ty)) in fields.list.iter().enumerate() {
            let name = if fields.named {
                name.clone()
            } else {
                index.to_string()
            };
            self.borsh(ty, &join(path, &name), depth + 1)?;
        }
        Ok(())
    }

    fn memory(&mut self, ty: &Ty, path: &str, at: usize) -> Result<(), Failure> {
        match ty {
            Ty::Plain(index) => {
                let (kind, len) = PLAIN[*index];
                self.tokens.push(Token {
                    at,
                    len,
                    kind,
                    path: path.to_owned(),
                });
            }
            Ty::Array(inner, len) => {
                let (size, _) = self.shape(inner);
                for index in 0..usize::try_from(*len).unwrap() {
                    self.memory(inner, path, at + index * size)?;
                }
            }
            Ty::Named(name, arguments) => {
                let def = self.world.resolved(name, arguments.as_deref());
                match &def.body {
                    Body::Alias(ty) => self.memory(ty, path, at)?,
                    Body::Struct(fields) => {
                        let (offsets, _, _) = self.place(&def, fields);
                        for ((name, ty), offset) in fields.list.iter().zip(offsets) {
                            self.memory(ty, &join(path, name), at + offset)?;
                        }
                    }
                    Body::Enum(_) => unreachable!("zero-copy types have no enum here"),
                }
            }
            _ => unreachable!("zero-copy types have a fixed length"),
        }
        Ok(())
    }

    /// Size and alignment.
    fn shape(&self, ty: &Ty) -> (usize, usize) {
        match ty {
            Ty::Plain(index) => {
                let (kind, len) = PLAIN[*index];
                let most = if self.wide { 16 } else { 8 };
                (len, if kind == "pubkey" { 1 } else { len.min(most) })
            }
            Ty::Array(inner, len) => {
                let (size, align) = self.shape(inner);
                (size * usize::try_from(*len).unwrap(), align)
            }
            Ty::Named(name, arguments) => {
                let def = self.world.resolved(name, arguments.as_deref());
                match &def.body {
                    Body::Alias(ty) => self.shape(ty),
                    Body::Struct(fields) => {
                        let (_, size, align) = self.place(&def, fields);
                        (size, align)
                    }
                    Body::Enum(_) => (1, 1),
                }
            }
            _ => unreachable!("zero-copy types have a fixed length"),
        }
    }

    /// Offsets, size and alignment. Without repr(C) the compiler chooses an order by the fields' types.
    fn place(&self, def: &Def, fields: &Fields) -> (Vec<usize>, usize, usize) {
        let Encoding { c, packed, align } = def.encoding;
        let mut order: Vec<usize> = (0..fields.list.len()).collect();
        if !c && !packed {
            let sizes: Vec<_> = fields.list.iter().map(|(_, ty)| self.shape(ty)).collect();
            let sum: usize = sizes.iter().map(|(size, align)| size * 7 + align).sum();
            order.sort_by_key(|index| (sizes[*index].0 * 31 + index * sum) % 13);
        }
        let (mut end, mut most) = (0_usize, align.unwrap_or(1));
        let mut offsets = vec![0; order.len()];
        for index in order {
            let (size, align) = self.shape(&fields.list[index].1);
            let align = if packed { 1 } else { align };
            offsets[index] = end.next_multiple_of(align);
            end = offsets[index] + size;
            most = most.max(align);
        }
        (offsets, end.next_multiple_of(most), most)
    }
}

fn plain(kind: &str, len: usize, random: &mut Random) -> Vec<u8> {
    match kind {
        "bool" => vec![u8::from(random.one_in(2))],
        "f64" => (random.below(1 << 50) as f64).to_le_bytes().to_vec(),
        _ => (0..len).map(|_| random.byte()).collect(),
    }
}

fn is_valid(kind: &str, bytes: &[u8]) -> bool {
    match kind {
        "bool" => bytes[0] <= 1,
        "f64" => !f64::from_le_bytes(bytes.try_into().unwrap()).is_nan(),
        _ => true,
    }
}
