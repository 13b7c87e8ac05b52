//! Makes the graph of an IDL.

use {
    super::graph::{
        Encoding, Enum, Id, Member, Node, Plain, Problem, Repr, Serialization, Struct, Types,
        Variant,
    },
    anchor_lang_idl_spec::{
        Idl, IdlArrayLen, IdlDefinedFields, IdlGenericArg, IdlRepr, IdlSerialization, IdlType,
        IdlTypeDef, IdlTypeDefGeneric, IdlTypeDefTy,
    },
    std::{cell::OnceCell, collections::HashMap},
};

/// The most types and fields that an IDL may expand to.
const LIMIT: usize = 1 << 17;

/// How deep a type may be written within others (`Vec<Option<...>>`); JSON readers allow no more.
const DEPTH: usize = 128;

impl<'a> Types<'a> {
    /// The graph of all types that accounts, events and instructions of the IDL use.
    pub fn new(idl: &'a Idl) -> Self {
        Builder::new(idl).build()
    }

    /// A type whose every value is infinite, or too long to count its bytes, is a problem.
    fn reject_endless(&mut self) {
        let mut problems = Vec::new();
        for node in &self.nodes {
            let (def, name, len) = match node {
                Node::Struct(it) => (it.def, it.name, self.len_of_fields(&it.fields)),
                Node::Enum(it) => {
                    let lens = it
                        .variants
                        .iter()
                        .map(|variant| self.len_of_fields(&variant.fields));
                    // Without variants there is nothing endless; `None` is less than any length.
                    (
                        it.def,
                        it.name,
                        lens.min_by_key(|len| len.unwrap_or(u64::MAX))
                            .unwrap_or(Some(0)),
                    )
                }
                _ => continue,
            };
            let message = match len {
                None => format!("type `{name}` contains itself without end"),
                Some(u64::MAX) => format!("type `{name}` is too long to count its bytes"),
                Some(_) => continue,
            };
            problems.push(Problem {
                pointer: format!("/types/{def}"),
                message,
            });
        }
        self.problems.extend(problems.into_iter().take(16));
    }

    fn len_of_fields(&self, fields: &[Member<'a>]) -> Option<u64> {
        fields.iter().try_fold(0_u64, |sum, field| {
            Some(sum.saturating_add(self.min_len(field.ty)?))
        })
    }
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Arg<'a> {
    Type(Id),
    Const(&'a str),
}

/// A node without names, to have it only once.
#[derive(PartialEq, Eq, Hash)]
enum Key<'a> {
    Plain(&'static str),
    String,
    Unknown,
    Option(Id),
    Vec(Id),
    Array(Id, u64),
    Defined(usize, Vec<Arg<'a>>),
}

type Scope<'s, 'a> = &'s [(&'a str, Arg<'a>)];

struct Builder<'a> {
    idl: &'a Idl,
    defs: HashMap<&'a str, usize>,
    nodes: Vec<Node<'a>>,
    known: HashMap<Key<'a>, Id>,
    /// Defined types that have a node whose content is still to be made.
    open: Vec<(Id, usize, Vec<Arg<'a>>)>,
    size: usize,
    problems: Vec<Problem>,
}

impl<'a> Builder<'a> {
    fn new(idl: &'a Idl) -> Self {
        let mut defs = HashMap::new();
        for (index, def) in idl.types.iter().enumerate() {
            defs.entry(def.name.as_str()).or_insert(index);
        }
        Self {
            idl,
            defs,
            nodes: Vec::new(),
            known: HashMap::new(),
            open: Vec::new(),
            size: 0,
            problems: Vec::new(),
        }
    }

    fn build(mut self) -> Types<'a> {
        let idl = self.idl;
        let mut roots = HashMap::new();
        for (index, def) in idl.types.iter().enumerate() {
            if def.generics.is_empty() && self.defs.get(def.name.as_str()) == Some(&index) {
                let id = self.defined(index, Vec::new(), &|| format!("/types/{index}"));
                roots.insert(def.name.as_str(), id);
            }
        }
        let mut written = HashMap::new();
        for (i, instruction) in idl.instructions.iter().enumerate() {
            for (a, arg) in instruction.args.iter().enumerate() {
                let pointer = || format!("/instructions/{i}/args/{a}/type");
                written.insert(&raw const arg.ty, self.lower(&arg.ty, &[], 0, &pointer));
            }
            if let Some(ty) = &instruction.returns {
                let pointer = || format!("/instructions/{i}/returns");
                written.insert(std::ptr::from_ref(ty), self.lower(ty, &[], 0, &pointer));
            }
        }
        while let Some((id, def, args)) = self.open.pop() {
            let node = self.content(def, args);
            self.nodes[id.0 as usize] = node;
        }
        let target = self.resolve_aliases();
        for id in roots.values_mut().chain(written.values_mut()) {
            *id = target[id.0 as usize];
        }
        let mut types = Types {
            min: Vec::new(),
            max: Vec::new(),
            zero: OnceCell::new(),
            nodes: self.nodes,
            problems: self.problems,
            roots,
            written,
        };
        types.measure();
        types.reject_endless();
        types
    }

    fn problem(&mut self, pointer: String, message: String) {
        // One problem makes an IDL unusable; a handful is enough to say why.
        if self.problems.len() < 16 {
            self.problems.push(Problem { pointer, message });
        }
    }

    fn intern(&mut self, key: Key<'a>, node: Node<'a>) -> Id {
        if let Some(id) = self.known.get(&key) {
            return *id;
        }
        let id = self.push(node);
        self.known.insert(key, id);
        id
    }

    fn push(&mut self, node: Node<'a>) -> Id {
        let id = Id(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(node);
        self.size += 1;
        id
    }

    fn unknown(&mut self) -> Id {
        self.intern(Key::Unknown, Node::Unknown)
    }

    /// Whether there is room for more; says so once if not.
    fn has_room(&mut self, pointer: &dyn Fn() -> String) -> bool {
        if self.size < LIMIT {
            return true;
        }
        self.problem(
            pointer(),
            format!("the types expand to more than {LIMIT} types and fields"),
        );
        false
    }

    /// The node of a type as it is written, with the generic parameters in scope.
    fn lower(
        &mut self,
        ty: &'a IdlType,
        scope: Scope<'_, 'a>,
        depth: usize,
        pointer: &dyn Fn() -> String,
    ) -> Id {
        if depth > DEPTH {
            self.problem(
                pointer(),
                format!("the type is nested more than {DEPTH} deep"),
            );
            return self.unknown();
        }
        if !self.has_room(pointer) {
            return self.unknown();
        }
        if let Some(plain) = plain(ty) {
            return self.intern(Key::Plain(plain.name), Node::Plain(plain));
        }
        match ty {
            IdlType::String => self.intern(Key::String, Node::String),
            IdlType::Bytes => {
                let u8 = Plain { name: "u8", len: 1 };
                let byte = self.intern(Key::Plain(u8.name), Node::Plain(u8));
                self.intern(Key::Vec(byte), Node::Vec(byte))
            }
            IdlType::Option(inner) => {
                let inner = self.lower(inner, scope, depth + 1, pointer);
                self.intern(Key::Option(inner), Node::Option(inner))
            }
            IdlType::Vec(inner) => {
                let inner = self.lower(inner, scope, depth + 1, pointer);
                self.intern(Key::Vec(inner), Node::Vec(inner))
            }
            IdlType::Array(inner, len) => {
                let inner = self.lower(inner, scope, depth + 1, pointer);
                match self.array_len(len, scope, pointer) {
                    Some(len) => self.intern(Key::Array(inner, len), Node::Array(inner, len)),
                    None => self.unknown(),
                }
            }
            IdlType::Defined { name, generics } => {
                if let ([], Some(Arg::Type(id))) = (&generics[..], lookup(scope, name)) {
                    return *id;
                }
                let Some(def) = self.defs.get(name.as_str()).copied() else {
                    self.problem(pointer(), format!("type `{name}` is not defined"));
                    return self.unknown();
                };
                let args = generics
                    .iter()
                    .map(|arg| self.arg(arg, scope, depth + 1, pointer))
                    .collect();
                self.defined(def, args, pointer)
            }
            IdlType::Generic(name) => {
                if let Some(Arg::Type(id)) = lookup(scope, name) {
                    return *id;
                }
                self.problem(pointer(), format!("there is no generic type `{name}` here"));
                self.unknown()
            }
            _ => {
                self.problem(
                    pointer(),
                    "the type is of a kind that is not known".to_owned(),
                );
                self.unknown()
            }
        }
    }

    fn array_len(
        &mut self,
        len: &'a IdlArrayLen,
        scope: Scope<'_, 'a>,
        pointer: &dyn Fn() -> String,
    ) -> Option<u64> {
        match len {
            IdlArrayLen::Value(len) => u64::try_from(*len).ok(),
            IdlArrayLen::Generic(name) => {
                let written = match lookup(scope, name) {
                    Some(Arg::Const(value)) => value,
                    _ => name.as_str(),
                };
                let len = written.replace('_', "").parse().ok();
                if len.is_none() {
                    self.problem(
                        pointer(),
                        format!("array length `{written}` is not a number"),
                    );
                }
                len
            }
        }
    }

    fn arg(
        &mut self,
        arg: &'a IdlGenericArg,
        scope: Scope<'_, 'a>,
        depth: usize,
        pointer: &dyn Fn() -> String,
    ) -> Arg<'a> {
        // A parameter that is passed on is written as a type of its name, also if it is a constant.
        let name = match arg {
            IdlGenericArg::Const { value } => Some(value),
            IdlGenericArg::Type {
                ty: IdlType::Generic(name),
            } => Some(name),
            IdlGenericArg::Type {
                ty: IdlType::Defined { name, generics },
            } if generics.is_empty() => Some(name),
            IdlGenericArg::Type { .. } => None,
        };
        if let Some(arg) = name.and_then(|name| lookup(scope, name)) {
            return arg.clone();
        }
        match arg {
            IdlGenericArg::Const { value } => Arg::Const(value),
            IdlGenericArg::Type { ty } => Arg::Type(self.lower(ty, scope, depth, pointer)),
        }
    }

    fn defined(&mut self, def: usize, args: Vec<Arg<'a>>, pointer: &dyn Fn() -> String) -> Id {
        let generics = &self.idl.types[def].generics;
        let fits = generics.iter().zip(&args).all(|(parameter, arg)| {
            matches!(
                (parameter, arg),
                (IdlTypeDefGeneric::Type { .. }, Arg::Type(_))
                    | (IdlTypeDefGeneric::Const { .. }, Arg::Const(_))
            )
        });
        if generics.len() != args.len() || !fits {
            let name = &self.idl.types[def].name;
            let wanted = generics.len();
            let message = if fits {
                format!(
                    "type `{name}` has {wanted} generic parameters, not {}",
                    args.len()
                )
            } else {
                format!("a generic argument of `{name}` is a type for a constant, or the reverse")
            };
            self.problem(pointer(), message);
            return self.unknown();
        }
        let key = Key::Defined(def, args.clone());
        if let Some(id) = self.known.get(&key) {
            return *id;
        }
        let id = self.push(Node::Unknown);
        self.known.insert(key, id);
        self.open.push((id, def, args));
        id
    }

    fn content(&mut self, index: usize, args: Vec<Arg<'a>>) -> Node<'a> {
        let def = &self.idl.types[index];
        let scope: Vec<_> = def.generics.iter().map(generic_name).zip(args).collect();
        let Some(encoding) = encoding(def) else {
            let pointer = format!("/types/{index}");
            self.problem(
                pointer,
                format!("type `{}` is serialized in an unknown way", def.name),
            );
            return Node::Unknown;
        };
        match &def.ty {
            IdlTypeDefTy::Struct { fields } => {
                let pointer = || format!("/types/{index}/type/fields");
                Node::Struct(Struct {
                    name: &def.name,
                    def: index,
                    encoding,
                    fields: self.fields(fields.as_ref(), &scope, &pointer),
                })
            }
            IdlTypeDefTy::Enum { variants } => {
                let mut lowered = Vec::with_capacity(variants.len());
                for (v, variant) in variants.iter().enumerate() {
                    let pointer = || format!("/types/{index}/type/variants/{v}/fields");
                    self.size += 1;
                    lowered.push(Variant {
                        name: &variant.name,
                        fields: self.fields(variant.fields.as_ref(), &scope, &pointer),
                    });
                }
                Node::Enum(Enum {
                    name: &def.name,
                    def: index,
                    encoding,
                    variants: lowered,
                })
            }
            IdlTypeDefTy::Type { alias } => {
                let pointer = || format!("/types/{index}/type/alias");
                Node::Alias(self.lower(alias, &scope, 0, &pointer))
            }
        }
    }

    fn fields(
        &mut self,
        fields: Option<&'a IdlDefinedFields>,
        scope: Scope<'_, 'a>,
        pointer: &dyn Fn() -> String,
    ) -> Vec<Member<'a>> {
        let written: Vec<(Option<&str>, &IdlType)> = match fields {
            None => Vec::new(),
            Some(IdlDefinedFields::Named(fields)) => fields
                .iter()
                .map(|field| (Some(field.name.as_str()), &field.ty))
                .collect(),
            Some(IdlDefinedFields::Tuple(types)) => types.iter().map(|ty| (None, ty)).collect(),
        };
        self.size += written.len();
        let lowered = written.into_iter().enumerate().map(|(index, (name, ty))| {
            let suffix = if name.is_some() { "/type" } else { "" };
            let pointer = || format!("{}/{index}{suffix}", pointer());
            Member {
                name,
                ty: self.lower(ty, scope, 0, &pointer),
            }
        });
        lowered.collect()
    }

    /// Makes every reference to an alias one to its type; returns the target of each node.
    fn resolve_aliases(&mut self) -> Vec<Id> {
        let circle = self.push(Node::Unknown);
        let mut target: Vec<Option<Id>> = vec![None; self.nodes.len()];
        let mut in_circle = false;
        for start in 0..self.nodes.len() {
            let mut chain = Vec::new();
            let mut at = Id(u32::try_from(start).unwrap_or(u32::MAX));
            let end = loop {
                let index = at.0 as usize;
                if let Some(end) = target[index] {
                    break end;
                }
                let Node::Alias(next) = self.nodes[index] else {
                    break at;
                };
                // Until the chain is resolved, its own links lead nowhere: so a circle ends.
                target[index] = Some(circle);
                chain.push(index);
                at = next;
            };
            in_circle |= end == circle && !chain.is_empty();
            for index in chain {
                target[index] = Some(end);
            }
            target[start].get_or_insert(end);
        }
        if in_circle && self.problems.is_empty() {
            let message = "a type alias stands for itself".to_owned();
            self.problem("/types".to_owned(), message);
        }
        let target: Vec<Id> = target.into_iter().map(|id| id.unwrap_or(circle)).collect();
        for node in &mut self.nodes {
            let follow = |id: &mut Id| *id = target[id.0 as usize];
            match node {
                Node::Option(id) | Node::Vec(id) | Node::Array(id, _) | Node::Alias(id) => {
                    follow(id)
                }
                Node::Struct(it) => it.fields.iter_mut().for_each(|field| follow(&mut field.ty)),
                Node::Enum(it) => {
                    let fields = it
                        .variants
                        .iter_mut()
                        .flat_map(|variant| &mut variant.fields);
                    fields.for_each(|field| follow(&mut field.ty));
                }
                Node::Plain(_) | Node::String | Node::Unknown => {}
            }
        }
        target
    }
}

fn lookup<'s, 'a>(scope: Scope<'s, 'a>, name: &str) -> Option<&'s Arg<'a>> {
    scope
        .iter()
        .find(|(parameter, _)| *parameter == name)
        .map(|(_, arg)| arg)
}

fn generic_name(generic: &IdlTypeDefGeneric) -> &str {
    match generic {
        IdlTypeDefGeneric::Type { name } | IdlTypeDefGeneric::Const { name, .. } => name,
    }
}

fn plain(ty: &IdlType) -> Option<Plain> {
    let (name, len) = match ty {
        IdlType::Bool => ("bool", 1),
        IdlType::U8 => ("u8", 1),
        IdlType::I8 => ("i8", 1),
        IdlType::U16 => ("u16", 2),
        IdlType::I16 => ("i16", 2),
        IdlType::U32 => ("u32", 4),
        IdlType::I32 => ("i32", 4),
        IdlType::F32 => ("f32", 4),
        IdlType::U64 => ("u64", 8),
        IdlType::I64 => ("i64", 8),
        IdlType::F64 => ("f64", 8),
        IdlType::U128 => ("u128", 16),
        IdlType::I128 => ("i128", 16),
        IdlType::U256 => ("u256", 32),
        IdlType::I256 => ("i256", 32),
        IdlType::Pubkey => ("Pubkey", 32),
        _ => return None,
    };
    Some(Plain { name, len })
}

fn encoding(def: &IdlTypeDef) -> Option<Encoding<'_>> {
    let serialization = match &def.serialization {
        IdlSerialization::Borsh => Serialization::Borsh,
        IdlSerialization::Bytemuck | IdlSerialization::BytemuckUnsafe => Serialization::Bytemuck,
        IdlSerialization::Custom(name) => Serialization::Custom(name),
        _ => return None,
    };
    let width = |align: Option<usize>| align.and_then(|align| u64::try_from(align).ok());
    let repr = match &def.repr {
        None => Repr::Rust {
            packed: false,
            align: None,
        },
        Some(IdlRepr::Rust(it)) => Repr::Rust {
            packed: it.packed,
            align: width(it.align),
        },
        Some(IdlRepr::C(it)) => Repr::C {
            packed: it.packed,
            align: width(it.align),
        },
        Some(IdlRepr::Transparent) => Repr::Transparent,
        Some(_) => return None,
    };
    Some(Encoding {
        serialization,
        repr,
    })
}
