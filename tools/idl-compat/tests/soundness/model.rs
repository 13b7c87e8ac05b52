//! Random types, and the changes that are made to them.

use {
    crate::random::Random,
    serde_json::{Value, json},
    std::collections::HashSet,
};

/// Types without parts: name and bytes.
pub const PLAIN: [(&str, usize); 12] = [
    ("u8", 1),
    ("u16", 2),
    ("u32", 4),
    ("u64", 8),
    ("i8", 1),
    ("i64", 8),
    ("f64", 8),
    ("u128", 16),
    ("i128", 16),
    ("pubkey", 32),
    ("bool", 1),
    ("u256", 32),
];

/// Those of zero-copy types.
const IN_MEMORY: usize = 10;

/// Types beside `Root`; each has parts of those behind it only, but for Vecs.
const DEFS: usize = 4;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Use {
    Account,
    Arguments,
    Returns,
    Event,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Ty {
    Plain(usize),
    Text,
    Option(Box<Self>),
    Vec(Box<Self>),
    Array(Box<Self>, u64),
    /// With what fills in the parameters of a generic type: a type and an array's length.
    Named(String, Option<Box<(Self, u64)>>),
    /// In a generic type: the type.
    Parameter,
    /// In a generic type: an array of the length.
    ArrayParameter(Box<Self>),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Def {
    pub name: String,
    pub generic: bool,
    pub encoding: Encoding,
    pub body: Body,
}

/// Of a zero-copy type.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Encoding {
    pub c: bool,
    pub packed: bool,
    pub align: Option<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    Struct(Fields),
    Enum(Vec<(String, Fields)>),
    Alias(Ty),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Fields {
    pub named: bool,
    pub list: Vec<(String, Ty)>,
}

/// The types of a release; the first one is `Root`.
#[derive(Clone, Debug, PartialEq)]
pub struct World {
    pub memory: bool,
    defs: Vec<Def>,
    /// Names that were given so far.
    names: usize,
}

pub fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

impl World {
    pub fn random(random: &mut Random) -> Self {
        let mut world = Self {
            memory: random.one_in(4),
            defs: Vec::new(),
            names: 0,
        };
        for index in 0..=DEFS {
            let name = if index == 0 {
                "Root".to_owned()
            } else {
                format!("D{index}")
            };
            // A generic type is used with arguments, so what it is must be known when others are made.
            let generic = index + 1 >= DEFS && index > 0 && random.one_in(2);
            let encoding = world.encoding(random);
            let body = Body::Struct(Fields {
                named: true,
                list: Vec::new(),
            });
            world.defs.push(Def {
                name,
                generic,
                encoding,
                body,
            });
        }
        for index in (0..=DEFS).rev() {
            let body = world.body(index, random);
            world.defs[index].body = body;
        }
        world
    }

    fn encoding(&self, random: &mut Random) -> Encoding {
        if !self.memory {
            return Encoding {
                c: false,
                packed: false,
                align: None,
            };
        }
        let packed = random.one_in(4);
        Encoding {
            c: !random.one_in(8),
            packed,
            align: (!packed && random.one_in(5)).then(|| [1, 8, 16, 32][random.index(4)]),
        }
    }

    fn body(&self, index: usize, random: &mut Random) -> Body {
        if index > 0 && random.one_in(8) {
            return Body::Alias(self.ty(index, 0, random));
        }
        if index > 0 && !self.memory && random.one_in(3) {
            let variants = 1 + random.index(4);
            let variant = |number: usize| (format!("V{number}"), self.fields(index, 2, random));
            return Body::Enum((0..variants).map(variant).collect());
        }
        let mut fields = self.fields(index, 5, random);
        if index == 0 || self.memory {
            fields.named = true;
        }
        if self.memory && fields.list.is_empty() {
            fields.list.push(("a".to_owned(), Ty::Plain(0)));
        }
        Body::Struct(fields)
    }

    fn fields(&self, index: usize, most: usize, random: &mut Random) -> Fields {
        let named = !random.one_in(4);
        let count = random.index(most + 1);
        let reserved = if random.one_in(6) {
            random.index(most + 1)
        } else {
            most + 1
        };
        let field = |number: usize| {
            if number == reserved && named {
                return (
                    format!("_reserved{number}"),
                    Ty::Array(Box::new(Ty::Plain(0)), 1 + random.below(16)),
                );
            }
            (
                ["a", "b", "c", "d", "e"][number].to_owned(),
                self.ty(index, 0, random),
            )
        };
        Fields {
            named,
            list: (0..count).map(field).collect(),
        }
    }

    /// A type that a field of the type with this index may have.
    fn ty(&self, index: usize, depth: usize, random: &mut Random) -> Ty {
        let generic = self.defs[index].generic;
        if generic && random.one_in(3) {
            return if random.one_in(2) {
                Ty::Parameter
            } else {
                Ty::ArrayParameter(Box::new(self.plain(random)))
            };
        }
        let inner = |random: &mut Random| Box::new(self.ty(index, depth + 1, random));
        match random.below(if depth < 2 { 12 } else { 7 }) {
            0..=4 => self.plain(random),
            5 | 6 if index < DEFS => self.named(index + 1 + random.index(DEFS - index), random),
            7 => Ty::Array(inner(random), random.below(4)),
            8 if !self.memory => Ty::Text,
            9 if !self.memory => Ty::Option(inner(random)),
            10 if !self.memory => Ty::Vec(inner(random)),
            11 if !self.memory && depth == 0 && !generic => {
                // Through a Vec, a type may contain itself.
                let any = random.index(DEFS + 1);
                Ty::Vec(Box::new(if self.defs[any].generic {
                    Ty::Text
                } else {
                    self.named(any, random)
                }))
            }
            _ => self.plain(random),
        }
    }

    fn plain(&self, random: &mut Random) -> Ty {
        Ty::Plain(random.index(if self.memory { IN_MEMORY } else { PLAIN.len() }))
    }

    fn named(&self, index: usize, random: &mut Random) -> Ty {
        let def = &self.defs[index];
        let arguments = def
            .generic
            .then(|| Box::new((self.plain(random), random.below(4))));
        Ty::Named(def.name.clone(), arguments)
    }

    fn def(&self, name: &str) -> &Def {
        self.defs
            .iter()
            .find(|def| def.name == name)
            .expect("the type is defined")
    }

    /// The definition with its parameters filled in.
    pub fn resolved(&self, name: &str, arguments: Option<&(Ty, u64)>) -> Def {
        let mut def = self.def(name).clone();
        if let Some((ty, len)) = arguments {
            def.types_mut()
                .into_iter()
                .for_each(|it| fill_in(it, ty, *len));
        }
        def
    }

    /// The paths of all values, as deep as they differ.
    pub fn paths(&self) -> HashSet<String> {
        let mut paths = HashSet::new();
        self.paths_of(&Ty::Named("Root".to_owned(), None), "", 0, &mut paths);
        paths
    }

    fn paths_of(&self, ty: &Ty, path: &str, depth: usize, paths: &mut HashSet<String>) {
        if depth > 9 || paths.len() > 3_000 {
            return;
        }
        if !matches!(ty, Ty::Array(..) | Ty::Named(..)) {
            paths.insert(path.to_owned());
        }
        match ty {
            Ty::Option(inner) => self.paths_of(inner, &join(path, "?"), depth + 1, paths),
            Ty::Vec(inner) => self.paths_of(inner, &join(path, "[]"), depth + 1, paths),
            Ty::Array(inner, _) => self.paths_of(inner, path, depth + 1, paths),
            Ty::Named(name, arguments) => {
                let def = self.resolved(name, arguments.as_deref());
                let mut lists = Vec::new();
                match &def.body {
                    Body::Alias(ty) => self.paths_of(ty, path, depth + 1, paths),
                    Body::Struct(fields) => lists.push((path.to_owned(), fields)),
                    Body::Enum(variants) => {
                        lists.extend(
                            variants
                                .iter()
                                .map(|(name, fields)| (join(path, name), fields)),
                        );
                        paths.extend(lists.iter().map(|(path, _)| path.clone()));
                    }
                }
                for (path, fields) in lists {
                    for (index, (name, ty)) in fields.list.iter().enumerate() {
                        let name = if fields.named {
                            name.clone()
                        } else {
                            index.to_string()
                        };
                        self.paths_of(ty, &join(&path, &name), depth + 1, paths);
                    }
                }
            }
            Ty::Plain(_) | Ty::Text | Ty::Parameter | Ty::ArrayParameter(_) => {}
        }
    }

    fn fresh(&mut self, prefix: &str) -> String {
        self.names += 1;
        format!("{prefix}{}", self.names)
    }

    /// The types of the next release.
    pub fn changed(&self, random: &mut Random) -> Self {
        if random.one_in(8) {
            let mut other = Self::random(random);
            while other.memory != self.memory {
                other = Self::random(random);
            }
            return other;
        }
        let mut new = self.clone();
        for _ in 0..[0, 1, 1, 1, 2, 2, 3][random.index(7)] {
            // The closer to the root, the surer it is that the type is used.
            let index = random.index(DEFS + 1).min(random.index(DEFS + 1));
            new.change(index, random);
        }
        new
    }

    fn change(&mut self, index: usize, random: &mut Random) {
        let world = self.clone();
        if random.one_in(12) {
            self.defs[index].encoding = world.encoding(random);
            return;
        }
        if random.one_in(8) {
            self.alias(index, random);
            return;
        }
        let fresh = self.fresh("n");
        let ty = |random: &mut Random| world.ty(index, 0, random);
        match &mut self.defs[index].body {
            Body::Struct(fields) => {
                if random.one_in(10) && fields.named && !world.memory && !world.defs[index].generic
                {
                    self.nest(index, random);
                } else {
                    change_fields(fields, world.memory, fresh, ty, random);
                }
            }
            Body::Enum(variants) => {
                let at = random.index(variants.len());
                match random.below(7) {
                    0 | 1 => variants.push((fresh, world.fields(index, 2, random))),
                    2 => variants.insert(at, (fresh, world.fields(index, 2, random))),
                    3 if variants.len() > 1 => drop(variants.remove(at)),
                    4 => {
                        let other = random.index(variants.len());
                        variants.swap(at, other);
                    }
                    5 => variants[at].0 = fresh,
                    _ => change_fields(&mut variants[at].1, false, fresh, ty, random),
                }
            }
            Body::Alias(alias) => *alias = ty(random),
        }
    }

    /// Some fields become those of a struct of their own: no byte changes.
    fn nest(&mut self, index: usize, random: &mut Random) {
        let (name, field) = (self.fresh("S"), self.fresh("n"));
        let Body::Struct(fields) = &mut self.defs[index].body else {
            return;
        };
        let start = random.index(fields.list.len() + 1);
        let end = start + random.index(fields.list.len() - start + 1);
        let inner = Fields {
            named: true,
            list: fields.list.splice(start..end, []).collect(),
        };
        fields
            .list
            .insert(start, (field, Ty::Named(name.clone(), None)));
        let encoding = self.defs[index].encoding;
        self.defs.push(Def {
            name,
            generic: false,
            encoding,
            body: Body::Struct(inner),
        });
    }

    /// A type is written by another name: no byte changes.
    fn alias(&mut self, index: usize, random: &mut Random) {
        let name = self.fresh("A");
        let def = &mut self.defs[index];
        if def.generic {
            return;
        }
        let mut types = def.types_mut();
        if types.is_empty() {
            return;
        }
        let at = random.index(types.len());
        let ty = std::mem::replace(types[at], Ty::Named(name.clone(), None));
        let encoding = def.encoding;
        self.defs.push(Def {
            name,
            generic: false,
            encoding,
            body: Body::Alias(ty),
        });
    }

    /// The IDL of a program that uses `Root` in one way.
    pub fn idl(&self, role: Use) -> Value {
        let discriminator = [1, 2, 3, 4, 5, 6, 7, 8];
        let mut idl = json!({
            "address": "6kKWMmNckGur5mgBxGHDXTGcNe4XCqMcot4KAXJMcF1s",
            "metadata": { "name": "app", "version": "1.0.0", "spec": "0.1.0" },
            "instructions": [],
            "types": self.defs.iter().map(|def| self.def_json(def)).collect::<Vec<_>>(),
        });
        let root = json!([{ "name": "Root", "discriminator": discriminator }]);
        let call = |args: Value| json!([{ "name": "call", "discriminator": discriminator, "accounts": [], "args": args }]);
        match role {
            Use::Account => idl["accounts"] = root,
            Use::Event => idl["events"] = root,
            Use::Returns => {
                idl["instructions"] = call(json!([]));
                idl["instructions"][0]["returns"] = json!({ "defined": { "name": "Root" } });
            }
            Use::Arguments => {
                let Body::Struct(fields) = &self.defs[0].body else {
                    unreachable!("Root is a struct")
                };
                idl["instructions"] = call(fields_json(fields));
            }
        }
        idl
    }

    fn def_json(&self, def: &Def) -> Value {
        let fields = |fields: &Fields| {
            if fields.list.is_empty() {
                Value::Null
            } else {
                fields_json(fields)
            }
        };
        let ty = match &def.body {
            Body::Alias(ty) => json!({ "kind": "type", "alias": ty_json(ty) }),
            Body::Struct(it) => json!({ "kind": "struct", "fields": fields(it) }),
            Body::Enum(variants) => {
                let variants = variants
                    .iter()
                    .map(|(name, it)| json!({ "name": name, "fields": fields(it) }));
                json!({ "kind": "enum", "variants": variants.collect::<Vec<_>>() })
            }
        };
        let mut json = json!({ "name": def.name, "type": ty });
        if def.generic {
            json["generics"] = json!([
                { "kind": "type", "name": "T" },
                { "kind": "const", "name": "N", "type": "usize" },
            ]);
        }
        if self.memory {
            let Encoding { c, packed, align } = def.encoding;
            json["serialization"] = json!("bytemuck");
            json["repr"] =
                json!({ "kind": if c { "c" } else { "rust" }, "packed": packed, "align": align });
        }
        json
    }
}

impl Def {
    /// The types of all fields, or the alias.
    fn types_mut(&mut self) -> Vec<&mut Ty> {
        match &mut self.body {
            Body::Alias(ty) => vec![ty],
            Body::Struct(fields) => fields.list.iter_mut().map(|(_, ty)| ty).collect(),
            Body::Enum(variants) => variants
                .iter_mut()
                .flat_map(|(_, fields)| &mut fields.list)
                .map(|(_, ty)| ty)
                .collect(),
        }
    }
}

fn fill_in(ty: &mut Ty, parameter: &Ty, len: u64) {
    match ty {
        Ty::Parameter => *ty = parameter.clone(),
        Ty::ArrayParameter(inner) => {
            fill_in(inner, parameter, len);
            *ty = Ty::Array(inner.clone(), len);
        }
        Ty::Option(inner) | Ty::Vec(inner) | Ty::Array(inner, _) => fill_in(inner, parameter, len),
        Ty::Plain(_) | Ty::Text | Ty::Named(..) => {}
    }
}

fn change_fields(
    fields: &mut Fields,
    memory: bool,
    fresh: String,
    ty: impl Fn(&mut Random) -> Ty,
    random: &mut Random,
) {
    let len = fields.list.len();
    let at = random.index(len);
    match random.below(13) {
        0..=2 => fields.list.push((fresh, ty(random))),
        3 => fields.list.insert(at, (fresh, ty(random))),
        4 | 5 if len > 1 => drop(fields.list.pop()),
        6 if len > 1 => drop(fields.list.remove(at)),
        7 if len > 1 => {
            let other = random.index(len);
            fields.list.swap(at, other);
        }
        // Their names change places, which is the same as their values doing so.
        8 if len > 1 && fields.named => {
            let (a, b) = (at, (at + 1) % len);
            let name = std::mem::take(&mut fields.list[a].0);
            fields.list[a].0 = std::mem::replace(&mut fields.list[b].0, name);
        }
        9 if len > 0 => fields.list[at].0 = fresh,
        10 if len > 0 => change_type(&mut fields.list[at].1, memory, random),
        11 if len > 0 => fields.list[at].1 = ty(random),
        _ => {
            // Reserved bytes are used, from their start or from their end.
            let is_reserved = |(_, (name, ty)): &(usize, &(String, Ty))| {
                name.starts_with("_reserved") && matches!(ty, Ty::Array(..))
            };
            let Some((at, _)) = fields.list.iter().enumerate().find(is_reserved) else {
                fields.list.push((fresh, ty(random)));
                return;
            };
            let (index, len) = [(0, 1), (1, 2), (3, 8)][random.index(3)];
            if let Ty::Array(_, left) = &mut fields.list[at].1
                && *left >= len
            {
                *left -= len;
                let at = if random.one_in(2) { at } else { at + 1 };
                fields.list.insert(at, (fresh, Ty::Plain(index)));
            }
        }
    }
}

fn change_type(ty: &mut Ty, memory: bool, random: &mut Random) {
    let inner = Box::new(ty.clone());
    match (random.below(4), &mut *ty) {
        (0 | 1, Ty::Array(_, len)) => *len = (*len + [1, 2, 3][random.index(3)]) % 6,
        (0 | 1, Ty::Named(_, Some(arguments))) => arguments.1 += 1,
        (0 | 1, Ty::Option(inner) | Ty::Vec(inner)) | (2, Ty::Array(inner, _)) => {
            change_type(inner, memory, random)
        }
        (2, _) if !memory => *ty = Ty::Option(inner),
        (3, _) if !memory => *ty = Ty::Vec(inner),
        _ => *ty = Ty::Array(inner, 1 + random.below(2)),
    }
}

fn fields_json(fields: &Fields) -> Value {
    let field = |(name, ty): &(String, Ty)| {
        if fields.named {
            json!({ "name": name, "type": ty_json(ty) })
        } else {
            ty_json(ty)
        }
    };
    fields.list.iter().map(field).collect()
}

fn ty_json(ty: &Ty) -> Value {
    match ty {
        Ty::Plain(index) => PLAIN[*index].0.into(),
        Ty::Text => "string".into(),
        Ty::Option(inner) => json!({ "option": ty_json(inner) }),
        Ty::Vec(inner) => json!({ "vec": ty_json(inner) }),
        Ty::Array(inner, len) => json!({ "array": [ty_json(inner), len] }),
        Ty::Named(name, None) => json!({ "defined": { "name": name } }),
        Ty::Named(name, Some(arguments)) => json!({ "defined": { "name": name, "generics": [
            { "kind": "type", "type": ty_json(&arguments.0) },
            { "kind": "const", "value": arguments.1.to_string() },
        ] } }),
        Ty::Parameter => json!({ "generic": "T" }),
        Ty::ArrayParameter(inner) => json!({ "array": [ty_json(inner), { "generic": "N" }] }),
    }
}
