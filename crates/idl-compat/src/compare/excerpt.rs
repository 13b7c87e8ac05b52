//! Parts of an IDL as the Rust source that they come from.

use {
    crate::{
        finding::Excerpt,
        types::{Node, Types},
    },
    anchor_lang_idl_spec::{
        Idl, IdlArrayLen, IdlDefinedFields, IdlEnumVariant, IdlGenericArg, IdlInstruction,
        IdlInstructionAccount, IdlInstructionAccountItem, IdlPda, IdlSeed, IdlType, IdlTypeDef,
        IdlTypeDefTy,
    },
    std::ops::Range,
};

/// Lines that are shown before and behind a line that changed.
const AROUND: usize = 3;

/// The declaration that a JSON pointer names; `None` if the IDL has nothing there that can be shown.
pub(super) fn excerpt(idl: &Idl, types: &Types<'_>, pointer: &str) -> Option<Excerpt> {
    let mut path = pointer.split('/').skip(1);
    let list = path.next()?;
    let mut index = || path.next()?.parse::<usize>().ok();
    match list {
        "address" => Some(whole(format!("declare_id!(\"{}\");", idl.address))),
        "accounts" => {
            let name = &idl.accounts.get(index()?)?.name;
            Some(named_type(idl, types, name))
        }
        "events" => {
            let name = &idl.events.get(index()?)?.name;
            Some(named_type(idl, types, name))
        }
        "errors" => {
            let error = idl.errors.get(index()?)?;
            Some(whole(format!("{} = {}", error.name, error.code)))
        }
        "constants" => {
            let constant = idl.constants.get(index()?)?;
            Some(whole(format!(
                "pub const {}: {} = {};",
                constant.name,
                rust(&constant.ty),
                constant.value
            )))
        }
        "instructions" => {
            let instruction = idl.instructions.get(index()?)?;
            match path.next() {
                Some("accounts") => {
                    Some(accounts(instruction, path.filter_map(|it| it.parse().ok())))
                }
                Some("args") => Some(signature(instruction, path.next()?.parse().ok(), false)),
                Some("returns") => Some(signature(instruction, None, true)),
                _ => Some(signature(instruction, None, false)),
            }
        }
        "types" => {
            let def = idl.types.get(index()?)?;
            let changed: Vec<usize> = path.filter_map(|it| it.parse().ok()).collect();
            Some(definition(def, changed.first().copied()))
        }
        _ => None,
    }
}

/// A type as Rust source.
pub(super) fn rust(ty: &IdlType) -> String {
    rust_at(ty, 0)
}

fn rust_at(ty: &IdlType, depth: usize) -> String {
    if depth > 32 {
        return "...".to_owned();
    }
    let inner = |ty: &IdlType| rust_at(ty, depth + 1);
    match ty {
        IdlType::Bool => "bool".to_owned(),
        IdlType::U8 => "u8".to_owned(),
        IdlType::I8 => "i8".to_owned(),
        IdlType::U16 => "u16".to_owned(),
        IdlType::I16 => "i16".to_owned(),
        IdlType::U32 => "u32".to_owned(),
        IdlType::I32 => "i32".to_owned(),
        IdlType::F32 => "f32".to_owned(),
        IdlType::U64 => "u64".to_owned(),
        IdlType::I64 => "i64".to_owned(),
        IdlType::F64 => "f64".to_owned(),
        IdlType::U128 => "u128".to_owned(),
        IdlType::I128 => "i128".to_owned(),
        IdlType::U256 => "u256".to_owned(),
        IdlType::I256 => "i256".to_owned(),
        IdlType::Bytes => "Vec<u8>".to_owned(),
        IdlType::String => "String".to_owned(),
        IdlType::Pubkey => "Pubkey".to_owned(),
        IdlType::Option(ty) => format!("Option<{}>", inner(ty)),
        IdlType::Vec(ty) => format!("Vec<{}>", inner(ty)),
        IdlType::Array(ty, IdlArrayLen::Value(len)) => format!("[{}; {len}]", inner(ty)),
        IdlType::Array(ty, IdlArrayLen::Generic(len)) => format!("[{}; {len}]", inner(ty)),
        IdlType::Generic(name) => name.clone(),
        IdlType::Defined { name, generics } => {
            let short = name.rsplit("::").next().unwrap_or(name);
            let args: Vec<String> = generics
                .iter()
                .map(|arg| match arg {
                    IdlGenericArg::Type { ty } => inner(ty),
                    IdlGenericArg::Const { value } => value.clone(),
                })
                .collect();
            if args.is_empty() {
                short.to_owned()
            } else {
                format!("{short}<{}>", args.join(", "))
            }
        }
        _ => "...".to_owned(),
    }
}

fn whole(source: String) -> Excerpt {
    let changed = 0..source.len();
    Excerpt { source, changed }
}

fn named_type(idl: &Idl, types: &Types<'_>, name: &str) -> Excerpt {
    let index = types.defined(name).and_then(|id| match types.node(id) {
        Node::Struct(it) => Some(it.def),
        Node::Enum(it) => Some(it.def),
        _ => None,
    });
    let is_it = |def: &&IdlTypeDef| def.name == name;
    let def = index.and_then(|index| idl.types.get(index)).filter(is_it);
    match def.or_else(|| idl.types.iter().find(is_it)) {
        Some(def) => definition(def, None),
        None => whole(format!("struct {name}")),
    }
}

/// `deposit(amount: u64, memo: Option<String>) -> u64`
fn signature(instruction: &IdlInstruction, arg: Option<usize>, returns: bool) -> Excerpt {
    let mut source = format!("{}(", instruction.name);
    let mut changed = 0..instruction.name.len();
    for (index, it) in instruction.args.iter().enumerate() {
        if index > 0 {
            source.push_str(", ");
        }
        let start = source.len();
        source.push_str(&format!("{}: {}", it.name, rust(&it.ty)));
        if arg == Some(index) {
            changed = start..source.len();
        }
    }
    source.push(')');
    if let Some(ty) = &instruction.returns {
        let start = source.len() + " -> ".len();
        source.push_str(&format!(" -> {}", rust(ty)));
        if returns {
            changed = start..source.len();
        }
    }
    Excerpt { source, changed }
}

/// A struct or an enum, or the lines around a field or a variant of it.
fn definition(def: &IdlTypeDef, part: Option<usize>) -> Excerpt {
    let name = def.name.rsplit("::").next().unwrap_or(&def.name);
    match &def.ty {
        IdlTypeDefTy::Struct { fields } => {
            let fields = fields.as_ref();
            block(
                &format!("struct {name}"),
                fields.map_or(0, len),
                part,
                |index| {
                    fields
                        .map(|fields| field(fields, index))
                        .unwrap_or_default()
                },
            )
        }
        IdlTypeDefTy::Enum { variants } => {
            block(&format!("enum {name}"), variants.len(), part, |index| {
                variant(&variants[index])
            })
        }
        IdlTypeDefTy::Type { alias } => whole(format!("type {name} = {};", rust(alias))),
    }
}

fn variant(variant: &IdlEnumVariant) -> String {
    let Some(fields) = &variant.fields else {
        return variant.name.clone();
    };
    let all: Vec<String> = (0..len(fields)).map(|index| field(fields, index)).collect();
    match fields {
        IdlDefinedFields::Tuple(_) => format!("{}({})", variant.name, all.join(", ")),
        IdlDefinedFields::Named(_) => format!("{} {{ {} }}", variant.name, all.join(", ")),
    }
}

fn len(fields: &IdlDefinedFields) -> usize {
    match fields {
        IdlDefinedFields::Named(fields) => fields.len(),
        IdlDefinedFields::Tuple(types) => types.len(),
    }
}

fn field(fields: &IdlDefinedFields, index: usize) -> String {
    match fields {
        IdlDefinedFields::Named(fields) => {
            format!("{}: {}", fields[index].name, rust(&fields[index].ty))
        }
        IdlDefinedFields::Tuple(types) => rust(&types[index]),
    }
}

/// `head { lines }`, shortened to the lines around the one that changed.
fn block(
    head: &str,
    lines: usize,
    changed: Option<usize>,
    line: impl Fn(usize) -> String,
) -> Excerpt {
    let at = changed.filter(|index| *index < lines);
    let first = at.unwrap_or(0).saturating_sub(AROUND);
    let end = at.map_or(2 * AROUND, |index| index + AROUND + 1).min(lines);
    let mut source = format!("{head} {{\n");
    let mut range: Range<usize> = 0..head.len();
    if first > 0 {
        source.push_str("    // ...\n");
    }
    for index in first..end {
        let line = line(index);
        let start = source.len() + 4;
        source.push_str(&format!("    {line},\n"));
        if at == Some(index) {
            range = start..start + line.len();
        }
    }
    if end < lines {
        source.push_str("    // ...\n");
    }
    source.push('}');
    Excerpt {
        source,
        changed: range,
    }
}

/// The accounts of an instruction; `path` leads through composites.
fn accounts(instruction: &IdlInstruction, path: impl Iterator<Item = usize>) -> Excerpt {
    let mut items = &instruction.accounts[..];
    let mut head = instruction.name.clone();
    let mut changed = None;
    for index in path {
        changed = Some(index);
        if let Some(IdlInstructionAccountItem::Composite(group)) = items.get(index) {
            head = format!("{head}.{}", group.name);
            items = &group.accounts;
            changed = None;
        }
    }
    let line = |index: usize| match &items[index] {
        IdlInstructionAccountItem::Single(account) => describe(account),
        IdlInstructionAccountItem::Composite(group) => format!("{}: ...", group.name),
    };
    block(&format!("accounts of {head}"), items.len(), changed, line)
}

/// `vault: writable, signer, seeds = ["vault", authority]`
fn describe(account: &IdlInstructionAccount) -> String {
    let mut words = Vec::new();
    for (is, word) in [
        (account.writable, "mut"),
        (account.signer, "signer"),
        (account.optional, "optional"),
    ] {
        if is {
            words.push(word.to_owned());
        }
    }
    words.extend(
        account
            .address
            .as_ref()
            .map(|address| format!("address = {address}")),
    );
    words.extend(account.pda.as_ref().map(seeds));
    words.extend(
        account
            .relations
            .iter()
            .map(|other| format!("named by {other}")),
    );
    if words.is_empty() {
        account.name.clone()
    } else {
        format!("{}: {}", account.name, words.join(", "))
    }
}

/// `seeds = [b"vault", authority]`
pub(super) fn seeds(pda: &IdlPda) -> String {
    let all: Vec<String> = pda.seeds.iter().map(seed).collect();
    let program = pda
        .program
        .as_ref()
        .map(|program| format!(", seeds::program = {}", seed(program)));
    format!(
        "seeds = [{}]{}",
        all.join(", "),
        program.unwrap_or_default()
    )
}

fn seed(seed: &IdlSeed) -> String {
    match seed {
        IdlSeed::Const(it)
            if !it.value.is_empty() && it.value.iter().all(|byte| (b' '..=b'~').contains(byte)) =>
        {
            format!("b\"{}\"", it.value.escape_ascii())
        }
        IdlSeed::Const(it) => format!("{:?}", it.value),
        IdlSeed::Arg(it) => it.path.clone(),
        IdlSeed::Account(it) => it.path.clone(),
    }
}
