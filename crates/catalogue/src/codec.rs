//! Arguments and accounts as bytes, by the types of an IDL.
//!
//! Zero-copy types are read field by field, as Borsh: the catalogue's have no padding but named fields.

use {
    anchor_lang::prelude::Pubkey,
    anchor_lang_idl_spec::{
        Idl, IdlArrayLen, IdlDefinedFields, IdlEnumVariant, IdlField, IdlType, IdlTypeDefTy,
    },
    anyhow::{Context, Result, bail, ensure},
    serde_json::{Map, Value, json},
};

/// The bytes of an instruction's arguments, given by name. A unit variant is its name.
///
/// # Errors
/// When an argument is missing or its value does not fit its type.
pub fn encode(idl: &Idl, args: &[IdlField], values: &Map<String, Value>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for IdlField { name, ty, .. } in args {
        let value = values.get(name).unwrap_or(&Value::Null);
        encode_type(idl, ty, value, &mut bytes).with_context(|| format!("argument {name}"))?;
    }
    Ok(bytes)
}

fn encode_type(idl: &Idl, ty: &IdlType, value: &Value, bytes: &mut Vec<u8>) -> Result<()> {
    match ty {
        IdlType::U8 => bytes.extend(u8::try_from(number(value)?)?.to_le_bytes()),
        IdlType::U32 => bytes.extend(u32::try_from(number(value)?)?.to_le_bytes()),
        IdlType::U64 => bytes.extend(number(value)?.to_le_bytes()),
        IdlType::Pubkey => {
            let address = value.as_str().context("not an address")?;
            bytes.extend(address.parse::<Pubkey>()?.to_bytes());
        }
        IdlType::Option(_) if value.is_null() => bytes.push(0),
        IdlType::Option(inner) => {
            bytes.push(1);
            encode_type(idl, inner, value, bytes)?;
        }
        IdlType::Defined { name, .. } => {
            let IdlTypeDefTy::Enum { variants } = definition(idl, name)? else {
                bail!("{name} is not an enum");
            };
            let place = variants.iter().position(|variant| value == &variant.name);
            bytes.push(u8::try_from(
                place.with_context(|| format!("{name} has no variant {value}"))?,
            )?);
        }
        other => bail!("no argument of the catalogue has the type {other:?}"),
    }
    Ok(())
}

fn number(value: &Value) -> Result<u64> {
    value
        .as_u64()
        .with_context(|| format!("{value} is not a number"))
}

/// The fields of an account or an event, from its data behind a discriminator that must be `name`'s.
///
/// # Errors
/// When the discriminator is another one, the data end too early or hold what the type cannot.
pub fn decode(idl: &Idl, name: &str, discriminator: &[u8], data: &[u8]) -> Result<Value> {
    let mut data = data
        .strip_prefix(discriminator)
        .with_context(|| format!("not the discriminator of {name}"))?;
    decode_defined(idl, name, &mut data)
}

fn decode_defined(idl: &Idl, name: &str, data: &mut &[u8]) -> Result<Value> {
    match definition(idl, name)? {
        IdlTypeDefTy::Struct { fields } => decode_fields(idl, fields.as_ref(), data),
        IdlTypeDefTy::Enum { variants } => {
            let [place] = *take(data, 1)? else {
                bail!("no variant")
            };
            let IdlEnumVariant { name, fields } = variants
                .get(usize::from(place))
                .with_context(|| format!("{name} has no variant {place}"))?;
            Ok(match fields {
                None => json!(name),
                Some(_) => json!({ name: decode_fields(idl, fields.as_ref(), data)? }),
            })
        }
        IdlTypeDefTy::Type { alias } => decode_type(idl, alias, data),
    }
}

fn decode_fields(idl: &Idl, fields: Option<&IdlDefinedFields>, data: &mut &[u8]) -> Result<Value> {
    Ok(match fields {
        None => Value::Null,
        Some(IdlDefinedFields::Named(fields)) => {
            let mut map = Map::new();
            for IdlField { name, ty, .. } in fields {
                let value = decode_type(idl, ty, data).with_context(|| format!("field {name}"))?;
                map.insert(name.clone(), value);
            }
            Value::Object(map)
        }
        Some(IdlDefinedFields::Tuple(types)) => types
            .iter()
            .map(|ty| decode_type(idl, ty, data))
            .collect::<Result<_>>()?,
    })
}

fn decode_type(idl: &Idl, ty: &IdlType, data: &mut &[u8]) -> Result<Value> {
    Ok(match ty {
        IdlType::U8 => json!(take(data, 1)?[0]),
        IdlType::U64 => json!(u64::from_le_bytes(take(data, 8)?.try_into()?)),
        IdlType::Pubkey => json!(Pubkey::try_from(take(data, 32)?)?.to_string()),
        IdlType::Option(inner) => match take(data, 1)? {
            [0] => Value::Null,
            [1] => decode_type(idl, inner, data)?,
            other => bail!("an Option begins with {other:?}"),
        },
        IdlType::Array(inner, IdlArrayLen::Value(len)) => (0..*len)
            .map(|_| decode_type(idl, inner, data))
            .collect::<Result<_>>()?,
        IdlType::Defined { name, .. } => decode_defined(idl, name, data)?,
        other => bail!("no account of the catalogue has the type {other:?}"),
    })
}

fn take<'a>(data: &mut &'a [u8], len: usize) -> Result<&'a [u8]> {
    ensure!(data.len() >= len, "the data end too early");
    let (taken, rest) = data.split_at(len);
    *data = rest;
    Ok(taken)
}

fn definition<'a>(idl: &'a Idl, name: &str) -> Result<&'a IdlTypeDefTy> {
    let found = idl.types.iter().find(|definition| definition.name == name);
    Ok(&found
        .with_context(|| format!("the IDL has no type {name}"))?
        .ty)
}
