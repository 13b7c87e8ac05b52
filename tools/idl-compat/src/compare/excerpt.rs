//! Parts of an IDL as the Rust source that they come from.

use {
    crate::finding::Excerpt,
    account_layout::types::{Node, Types},
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
    let mut source = String::new();
    push_type(&mut source, ty, 0);
    source
}

fn push_type(source: &mut String, ty: &IdlType, depth: usize) {
    let mut around = |open: &str, ty: &IdlType, close: &str| {
        source.push_str(open);
        push_type(source, ty, depth + 1);
        source.push_str(close);
    };
    match ty {
        _ if depth > 32 => source.push_str("..."),
        IdlType::Option(ty) => around("Option<", ty, ">"),
        IdlType::Vec(ty) => around("Vec<", ty, ">"),
        IdlType::Array(ty, IdlArrayLen::Value(len)) => around("[", ty, &format!("; {len}]")),
        IdlType::Array(ty, IdlArrayLen::Generic(len)) => around("[", ty, &format!("; {len}]")),
        IdlType::Defined { name, generics } => {
            source.push_str(name.rsplit("::").next().unwrap_or(name));
            for (index, arg) in generics.iter().enumerate() {
                source.push_str(if index == 0 { "<" } else { ", " });
                match arg {
                    IdlGenericArg::Type { ty } => push_type(source, ty, depth + 1),
                    IdlGenericArg::Const { value } => source.push_str(value),
                }
            }
            if !generics.is_empty() {
                source.push('>');
            }
        }
        IdlType::Generic(name) => source.push_str(name),
        IdlType::Bool => source.push_str("bool"),
        IdlType::U8 => source.push_str("u8"),
        IdlType::I8 => source.push_str("i8"),
        IdlType::U16 => source.push_str("u16"),
        IdlType::I16 => source.push_str("i16"),
        IdlType::U32 => source.push_str("u32"),
        IdlType::I32 => source.push_str("i32"),
        IdlType::F32 => source.push_str("f32"),
        IdlType::U64 => source.push_str("u64"),
        IdlType::I64 => source.push_str("i64"),
        IdlType::F64 => source.push_str("f64"),
        IdlType::U128 => source.push_str("u128"),
        IdlType::I128 => source.push_str("i128"),
        IdlType::U256 => source.push_str("u256"),
        IdlType::I256 => source.push_str("i256"),
        IdlType::Bytes => source.push_str("Vec<u8>"),
        IdlType::String => source.push_str("String"),
        IdlType::Pubkey => source.push_str("Pubkey"),
        _ => source.push_str("..."),
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
            let count = fields.as_ref().map_or(0, len);
            block(&format!("struct {name}"), count, part, |source, index| {
                if let Some(fields) = fields {
                    push_field(source, fields, index);
                }
            })
        }
        IdlTypeDefTy::Enum { variants } => {
            let count = variants.len();
            block(&format!("enum {name}"), count, part, |source, index| {
                push_variant(source, &variants[index]);
            })
        }
        IdlTypeDefTy::Type { alias } => whole(format!("type {name} = {};", rust(alias))),
    }
}

fn push_variant(source: &mut String, variant: &IdlEnumVariant) {
    source.push_str(&variant.name);
    let Some(fields) = &variant.fields else {
        return;
    };
    let (open, close) = match fields {
        IdlDefinedFields::Tuple(_) => ("(", ")"),
        IdlDefinedFields::Named(_) => (" { ", " }"),
    };
    source.push_str(open);
    for index in 0..len(fields) {
        if index > 0 {
            source.push_str(", ");
        }
        push_field(source, fields, index);
    }
    source.push_str(close);
}

fn len(fields: &IdlDefinedFields) -> usize {
    match fields {
        IdlDefinedFields::Named(fields) => fields.len(),
        IdlDefinedFields::Tuple(types) => types.len(),
    }
}

fn push_field(source: &mut String, fields: &IdlDefinedFields, index: usize) {
    match fields {
        IdlDefinedFields::Named(fields) => {
            source.push_str(&fields[index].name);
            source.push_str(": ");
            push_type(source, &fields[index].ty, 0);
        }
        IdlDefinedFields::Tuple(types) => push_type(source, &types[index], 0),
    }
}

/// `head { lines }`, shortened to the lines around the one that changed.
fn block(
    head: &str,
    lines: usize,
    changed: Option<usize>,
    push_line: impl Fn(&mut String, usize),
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
        source.push_str("    ");
        let start = source.len();
        push_line(&mut source, index);
        if at == Some(index) {
            range = start..source.len();
        }
        source.push_str(",\n");
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
    let head = format!("accounts of {head}");
    block(&head, items.len(), changed, |source, index| {
        match &items[index] {
            IdlInstructionAccountItem::Single(account) => source.push_str(&describe(account)),
            IdlInstructionAccountItem::Composite(group) => {
                source.push_str(&group.name);
                source.push_str(": ...");
            }
        }
    })
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
