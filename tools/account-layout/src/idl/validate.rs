//! Whether an IDL is consistent: only then are its bytes known.

use {
    crate::{
        flat::{MAX_FIELDS, Start, flatten, flatten_all},
        types::{Problem, Types},
    },
    anchor_lang_idl_spec::{
        Idl, IdlDefinedFields, IdlField, IdlInstructionAccountItem, IdlTypeDefTy,
    },
    std::collections::HashSet,
};

pub(super) fn validate(idl: &Idl) -> Result<(), Problem> {
    unique(
        "instruction",
        "/instructions",
        idl.instructions.iter().map(|it| it.name.as_str()),
    )?;
    unique(
        "account type",
        "/accounts",
        idl.accounts.iter().map(|it| it.name.as_str()),
    )?;
    unique(
        "event",
        "/events",
        idl.events.iter().map(|it| it.name.as_str()),
    )?;
    unique(
        "type",
        "/types",
        idl.types.iter().map(|it| it.name.as_str()),
    )?;
    for (index, instruction) in idl.instructions.iter().enumerate() {
        let pointer = format!("/instructions/{index}");
        unique(
            "argument",
            &format!("{pointer}/args"),
            names(&instruction.args),
        )?;
        validate_accounts(&instruction.accounts, &format!("{pointer}/accounts"))?;
    }
    for (index, def) in idl.types.iter().enumerate() {
        let pointer = format!("/types/{index}/type");
        match &def.ty {
            IdlTypeDefTy::Struct { fields } => {
                validate_fields(fields.as_ref(), &format!("{pointer}/fields"))?
            }
            IdlTypeDefTy::Enum { variants } => {
                let pointer = format!("{pointer}/variants");
                unique(
                    "variant",
                    &pointer,
                    variants.iter().map(|it| it.name.as_str()),
                )?;
                for (index, variant) in variants.iter().enumerate() {
                    validate_fields(
                        variant.fields.as_ref(),
                        &format!("{pointer}/{index}/fields"),
                    )?;
                }
            }
            IdlTypeDefTy::Type { .. } => {}
        }
    }
    let types = Types::new(idl);
    if let Some(problem) = types.problems.first() {
        return Err(problem.clone());
    }
    validate_rows(idl, &types)
}

/// Every account, event and list of arguments has a type whose fields are known one by one.
fn validate_rows(idl: &Idl, types: &Types<'_>) -> Result<(), Problem> {
    let accounts = idl.accounts.iter().map(|it| &it.name).enumerate();
    let accounts = accounts.map(|(index, name)| ("account type", "accounts", index, name));
    let events = idl.events.iter().map(|it| &it.name).enumerate();
    let events = events.map(|(index, name)| ("event", "events", index, name));
    for (what, list, index, name) in accounts.chain(events) {
        let problem = |message: String| Problem {
            pointer: format!("/{list}/{index}"),
            message,
        };
        let root = types
            .defined(name)
            .ok_or_else(|| problem(format!("{what} `{name}` has no type among `types`")))?;
        flatten(types, root, "").ok_or_else(|| problem(too_many(&format!("{what} `{name}`"))))?;
    }
    for (index, instruction) in idl.instructions.iter().enumerate() {
        let starts = instruction.args.iter().filter_map(|arg| {
            Some(Start {
                name: Some(&arg.name),
                ty: types.of(&arg.ty)?,
                pointer: String::new(),
            })
        });
        flatten_all(types, starts).ok_or_else(|| Problem {
            pointer: format!("/instructions/{index}/args"),
            message: too_many(&format!("instruction `{}`", instruction.name)),
        })?;
    }
    Ok(())
}

fn too_many(what: &str) -> String {
    format!("{what} expands to more than {MAX_FIELDS} fields, or to structs nested too deep")
}

fn validate_fields(fields: Option<&IdlDefinedFields>, pointer: &str) -> Result<(), Problem> {
    match fields {
        Some(IdlDefinedFields::Named(fields)) => unique("field", pointer, names(fields)),
        Some(IdlDefinedFields::Tuple(_)) | None => Ok(()),
    }
}

fn validate_accounts(items: &[IdlInstructionAccountItem], pointer: &str) -> Result<(), Problem> {
    let mut open = vec![(items, pointer.to_owned())];
    while let Some((items, pointer)) = open.pop() {
        let names = items.iter().map(|item| match item {
            IdlInstructionAccountItem::Single(it) => it.name.as_str(),
            IdlInstructionAccountItem::Composite(it) => it.name.as_str(),
        });
        unique("account", &pointer, names)?;
        for (index, item) in items.iter().enumerate() {
            if let IdlInstructionAccountItem::Composite(it) = item {
                open.push((&it.accounts, format!("{pointer}/{index}/accounts")));
            }
        }
    }
    Ok(())
}

fn names(fields: &[IdlField]) -> impl Iterator<Item = &str> {
    fields.iter().map(|field| field.name.as_str())
}

fn unique<'a>(
    what: &str,
    pointer: &str,
    names: impl Iterator<Item = &'a str>,
) -> Result<(), Problem> {
    let mut seen = HashSet::new();
    for (index, name) in names.enumerate() {
        if !seen.insert(name) {
            return Err(Problem {
                pointer: format!("{pointer}/{index}"),
                message: format!("there are two of the {what} `{name}`"),
            });
        }
    }
    Ok(())
}
