//! A valid IDL and a changed one, made of choices that bytes make.

use {
    anchor_lang_idl_spec::{
        Idl, IdlAccount, IdlArrayLen, IdlConst, IdlDefinedFields, IdlEnumVariant, IdlErrorCode, IdlEvent,
        IdlField, IdlGenericArg, IdlInstruction, IdlInstructionAccount, IdlInstructionAccountItem,
        IdlInstructionAccounts, IdlMetadata, IdlPda, IdlRepr, IdlReprModifier, IdlSeed, IdlSeedAccount,
        IdlSeedArg, IdlSeedConst, IdlSerialization, IdlType, IdlTypeDef, IdlTypeDefGeneric, IdlTypeDefTy,
    },
    std::fmt::Write,
};

/// The bytes that are left to choose by; when none are, every choice is the first.
struct Choices<'b>(&'b [u8]);

impl Choices<'_> {
    fn byte(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().map_or((0, self.0), |(first, rest)| (*first, rest));
        self.0 = rest;
        first
    }

    fn below(&mut self, end: usize) -> usize {
        usize::from(self.byte()).checked_rem(end).unwrap_or(0)
    }

    fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    fn list<T>(&mut self, most: usize, mut one: impl FnMut(&mut Self, usize) -> T) -> Vec<T> {
        (0..self.below(most + 1)).map(|index| one(self, index)).collect()
    }

    fn of<'a, T>(&mut self, all: &'a mut [T]) -> Option<&'a mut T> {
        let index = self.below(all.len());
        all.get_mut(index)
    }
}

/// The most types of an IDL.
const TYPES: usize = 8;

/// OLD, NEW and assumptions.
pub fn pair(bytes: &[u8]) -> (Idl, Idl, String) {
    let mut choices = Choices(bytes);
    let old = idl(&mut choices);
    let mut new = if choices.one_in(8) { idl(&mut choices) } else { old.clone() };
    for _ in 0..choices.below(6) {
        change(&mut choices, &mut new);
    }
    (old, new, assumptions(&mut choices))
}

pub fn text(idl: &Idl) -> Vec<u8> {
    serde_json::to_vec(idl).expect("an IDL is written")
}

fn idl(c: &mut Choices<'_>) -> Idl {
    Idl {
        address: address(c),
        metadata: IdlMetadata {
            name: "app".to_owned(),
            version: "1.0.0".to_owned(),
            spec: "0.1.0".to_owned(),
            description: None,
            repository: None,
            dependencies: Vec::new(),
            contact: None,
            deployments: None,
        },
        docs: Vec::new(),
        types: c.list(TYPES, type_def),
        instructions: c.list(3, instruction),
        accounts: c.list(3, |c, index| IdlAccount { name: format!("T{index}"), discriminator: discriminator(c) }),
        events: c.list(2, |c, index| IdlEvent { name: format!("T{index}"), discriminator: discriminator(c) }),
        errors: c.list(3, |c, index| IdlErrorCode {
            code: 6000 + u32::from(c.byte() % 4),
            name: format!("E{index}"),
            msg: None,
        }),
        constants: c.list(2, |c, index| IdlConst {
            name: format!("C{index}"),
            docs: Vec::new(),
            ty: ty(c, 0),
            value: c.byte().to_string(),
        }),
    }
}

fn address(c: &mut Choices<'_>) -> String {
    ["6kKWMmNckGur5mgBxGHDXTGcNe4XCqMcot4KAXJMcF1s", "11111111111111111111111111111111"][c.below(2)].to_owned()
}

fn discriminator(c: &mut Choices<'_>) -> Vec<u8> {
    let len = [8, 1, 2, 0][c.below(4)];
    (0..len).map(|_| c.byte() % 4).collect()
}

fn type_def(c: &mut Choices<'_>, index: usize) -> IdlTypeDef {
    let (serialization, repr) = encoding(c);
    let generics = match c.below(8) {
        6 => vec![IdlTypeDefGeneric::Type { name: "G".to_owned() }],
        7 => vec![
            IdlTypeDefGeneric::Type { name: "G".to_owned() },
            IdlTypeDefGeneric::Const { name: "N".to_owned(), ty: "usize".to_owned() },
        ],
        _ => Vec::new(),
    };
    let ty = match c.below(8) {
        0..=4 => IdlTypeDefTy::Struct { fields: fields(c, 6) },
        5 | 6 => IdlTypeDefTy::Enum {
            variants: c.list(4, |c, index| IdlEnumVariant { name: format!("V{index}"), fields: fields(c, 2) }),
        },
        _ => IdlTypeDefTy::Type { alias: ty(c, 0) },
    };
    IdlTypeDef { name: format!("T{index}"), docs: Vec::new(), serialization, repr, generics, ty }
}

fn encoding(c: &mut Choices<'_>) -> (IdlSerialization, Option<IdlRepr>) {
    let modifier = |c: &mut Choices<'_>| IdlReprModifier {
        packed: c.one_in(4),
        align: c.one_in(4).then(|| [1, 2, 8, 16, 32, 3, 0][c.below(7)]),
    };
    match c.below(10) {
        0..=4 => (IdlSerialization::Borsh, None),
        5 => (IdlSerialization::Borsh, Some(IdlRepr::C(modifier(c)))),
        6 | 7 => (IdlSerialization::Bytemuck, Some(IdlRepr::C(modifier(c)))),
        8 => (IdlSerialization::BytemuckUnsafe, Some(IdlRepr::Rust(modifier(c)))),
        _ if c.one_in(2) => (IdlSerialization::Bytemuck, Some(IdlRepr::Transparent)),
        _ => (IdlSerialization::Custom("other".to_owned()), None),
    }
}

fn fields(c: &mut Choices<'_>, most: usize) -> Option<IdlDefinedFields> {
    match c.below(8) {
        0..=5 => Some(IdlDefinedFields::Named(c.list(most, field))),
        6 => Some(IdlDefinedFields::Tuple(c.list(most, |c, _| ty(c, 0)))),
        _ => None,
    }
}

fn field(c: &mut Choices<'_>, index: usize) -> IdlField {
    let name = if c.one_in(6) { format!("_reserved{index}") } else { format!("f{index}") };
    IdlField { name, docs: Vec::new(), ty: ty(c, 0) }
}

fn ty(c: &mut Choices<'_>, depth: usize) -> IdlType {
    let inner = |c: &mut Choices<'_>| Box::new(ty(c, depth + 1));
    match c.below(if depth < 4 { 28 } else { 17 }) {
        0 => IdlType::U8,
        1 => IdlType::Bool,
        2 => IdlType::I8,
        3 => IdlType::U16,
        4 => IdlType::I16,
        5 => IdlType::U32,
        6 => IdlType::I32,
        7 => IdlType::F32,
        8 => IdlType::U64,
        9 => IdlType::I64,
        10 => IdlType::F64,
        11 => IdlType::U128,
        12 => IdlType::I128,
        13 => IdlType::U256,
        14 => IdlType::Pubkey,
        15 => IdlType::Bytes,
        16 => IdlType::String,
        17 | 18 => IdlType::Option(inner(c)),
        19 | 20 => IdlType::Vec(inner(c)),
        21 => IdlType::Array(inner(c), IdlArrayLen::Value(usize::from(c.byte()))),
        22 => {
            let len = IdlArrayLen::Value([4_000_000_000, usize::MAX, 0][c.below(3)]);
            IdlType::Array(inner(c), len)
        }
        23 => match c.below(2) {
            0 => IdlType::Generic("G".to_owned()),
            _ => IdlType::Array(inner(c), IdlArrayLen::Generic("N".to_owned())),
        },
        _ => IdlType::Defined {
            name: format!("T{}", c.below(TYPES)),
            generics: match c.below(8) {
                6 => vec![IdlGenericArg::Type { ty: ty(c, depth + 1) }],
                7 => vec![
                    IdlGenericArg::Type { ty: ty(c, depth + 1) },
                    IdlGenericArg::Const { value: c.byte().to_string() },
                ],
                _ => Vec::new(),
            },
        },
    }
}

fn instruction(c: &mut Choices<'_>, index: usize) -> IdlInstruction {
    IdlInstruction {
        name: format!("i{index}"),
        docs: Vec::new(),
        discriminator: discriminator(c),
        accounts: c.list(4, |c, index| item(c, index, 0)),
        args: c.list(4, field),
        returns: c.one_in(4).then(|| ty(c, 0)),
    }
}

fn item(c: &mut Choices<'_>, index: usize, depth: usize) -> IdlInstructionAccountItem {
    if depth < 3 && c.one_in(6) {
        return IdlInstructionAccountItem::Composite(IdlInstructionAccounts {
            name: format!("g{index}"),
            accounts: c.list(3, |c, index| item(c, index, depth + 1)),
        });
    }
    IdlInstructionAccountItem::Single(account(c, index))
}

fn account(c: &mut Choices<'_>, index: usize) -> IdlInstructionAccount {
    let flags = c.byte();
    IdlInstructionAccount {
        name: format!("a{index}"),
        docs: Vec::new(),
        writable: flags & 1 != 0,
        signer: flags & 2 != 0,
        optional: flags & 4 != 0,
        address: (flags & 24 == 24).then(|| address(c)),
        pda: (flags & 96 == 96).then(|| IdlPda {
            seeds: c.list(3, |c, _| seed(c)),
            program: c.one_in(3).then(|| seed(c)),
        }),
        relations: if flags & 136 == 136 { c.list(2, |c, _| format!("a{}", c.below(4))) } else { Vec::new() },
    }
}

fn seed(c: &mut Choices<'_>) -> IdlSeed {
    match c.below(3) {
        0 => IdlSeed::Const(IdlSeedConst { value: c.list(4, |c, _| c.byte()) }),
        1 => IdlSeed::Arg(IdlSeedArg { path: format!("f{}", c.below(4)) }),
        _ => IdlSeed::Account(IdlSeedAccount {
            path: format!("a{}{}", c.below(4), ["", ".f0"][c.below(2)]),
            account: c.one_in(2).then(|| format!("T{}", c.below(3))),
        }),
    }
}

/// One change of the kind that a team makes.
fn change(c: &mut Choices<'_>, idl: &mut Idl) {
    match c.below(12) {
        0..=4 => {
            if let Some(def) = c.of(&mut idl.types) {
                change_type(c, def);
            }
        }
        5 | 6 => {
            if let Some(it) = c.of(&mut idl.instructions) {
                edit(c, &mut it.args, field, |c, field| field.ty = ty(c, 0));
            }
        }
        7 => {
            if let Some(it) = c.of(&mut idl.instructions) {
                edit(c, &mut it.accounts, |c, index| item(c, index, 0), |c, it| *it = item(c, 0, 0));
            }
        }
        8 => edit(c, &mut idl.instructions, instruction, |c, it| {
            it.discriminator = discriminator(c);
            it.returns = Some(ty(c, 0));
        }),
        9 => edit(
            c,
            &mut idl.accounts,
            |c, index| IdlAccount { name: format!("T{index}"), discriminator: discriminator(c) },
            |c, it| it.discriminator = discriminator(c),
        ),
        10 => edit(
            c,
            &mut idl.events,
            |c, index| IdlEvent { name: format!("T{index}"), discriminator: discriminator(c) },
            |c, it| it.discriminator = discriminator(c),
        ),
        _ => edit(
            c,
            &mut idl.errors,
            |_, index| IdlErrorCode { code: 6000, name: format!("E{index}"), msg: None },
            |c, it| it.code = 6000 + u32::from(c.byte() % 8),
        ),
    }
}

fn change_type(c: &mut Choices<'_>, def: &mut IdlTypeDef) {
    if c.one_in(6) {
        (def.serialization, def.repr) = encoding(c);
        return;
    }
    match &mut def.ty {
        IdlTypeDefTy::Struct { fields } => change_fields(c, fields),
        IdlTypeDefTy::Enum { variants } => edit(
            c,
            variants,
            |c, index| IdlEnumVariant { name: format!("W{index}"), fields: fields(c, 2) },
            |c, variant| change_fields(c, &mut variant.fields),
        ),
        IdlTypeDefTy::Type { alias } => *alias = ty(c, 0),
    }
}

fn change_fields(c: &mut Choices<'_>, fields: &mut Option<IdlDefinedFields>) {
    match fields {
        Some(IdlDefinedFields::Named(fields)) => edit(
            c,
            fields,
            |c, index| IdlField { name: format!("n{index}"), docs: Vec::new(), ty: ty(c, 0) },
            |c, field| {
                if c.one_in(3) {
                    field.name.push('x');
                } else {
                    field.ty = ty(c, 0);
                }
            },
        ),
        Some(IdlDefinedFields::Tuple(types)) => edit(c, types, |c, _| ty(c, 0), |c, it| *it = ty(c, 0)),
        None => *fields = self::fields(c, 3),
    }
}

/// Adds, removes, swaps or changes an element.
fn edit<T>(
    c: &mut Choices<'_>,
    list: &mut Vec<T>,
    make: impl FnOnce(&mut Choices<'_>, usize) -> T,
    with: impl FnOnce(&mut Choices<'_>, &mut T),
) {
    let len = list.len();
    match c.below(5) {
        0 => {
            let one = make(c, len);
            list.push(one);
        }
        1 => {
            let at = c.below(len + 1);
            let one = make(c, len);
            list.insert(at, one);
        }
        2 if len > 0 => {
            list.remove(c.below(len));
        }
        3 if len > 0 => {
            let (a, b) = (c.below(len), c.below(len));
            list.swap(a, b);
        }
        _ => {
            if let Some(one) = c.of(list) {
                with(c, one);
            }
        }
    }
}

fn assumptions(c: &mut Choices<'_>) -> String {
    let mut text = String::new();
    for index in 0..c.below(3) {
        let _ = writeln!(text, "[accounts.T{index}]");
        for name in ["live", "zero_filled", "variants_stored"] {
            if c.one_in(3) {
                let _ = writeln!(text, "{name} = {}", c.one_in(2));
            }
        }
        for name in ["allocated", "created", "reads"] {
            if c.one_in(3) {
                let _ = writeln!(text, "{name} = {}", c.byte());
            }
        }
    }
    for index in 0..c.below(3) {
        let _ = writeln!(text, "[instructions.i{index}]");
        for name in ["remaining_accounts", "uses_remaining_accounts"] {
            if c.one_in(3) {
                let _ = writeln!(text, "{name} = {}", c.one_in(2));
            }
        }
        if c.one_in(3) {
            let _ = writeln!(text, "clients_send = [\"a{}\"]", c.below(5));
        }
    }
    text
}
