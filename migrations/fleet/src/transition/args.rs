//! The arguments of a call, from the values of a manifest.

use {
    anchor_lang_idl_spec::{IdlField, IdlInstruction, IdlType},
    solana_pubkey::Pubkey,
    std::str::FromStr,
    toml::{Table, Value},
};

use super::bind::Defect;

/// An instruction's data but for the limits that each transaction has its own of.
#[derive(Clone, Debug, Default)]
pub(super) struct Data {
    bytes: Vec<u8>,
    /// Where the most lamports that may be paid are, as a `u64`.
    pub top_ups: Vec<usize>,
}

impl Data {
    pub fn with(&self, max_top_up: u64) -> Vec<u8> {
        let mut bytes = self.bytes.clone();
        for at in &self.top_ups {
            bytes[*at..at + 8].copy_from_slice(&max_top_up.to_le_bytes());
        }
        bytes
    }

    /// Appends a value in Borsh; `false` if the type has no such value.
    fn push(&mut self, ty: &IdlType, value: Option<&Value>) -> bool {
        let Some(value) = value else {
            self.bytes.push(0);
            return matches!(ty, IdlType::Option(_));
        };
        let bytes = match ty {
            IdlType::Bool => value.as_bool().map(|it| vec![it.into()]),
            IdlType::U8 => number(value).map(|it: u8| it.to_le_bytes().into()),
            IdlType::I8 => number(value).map(|it: i8| it.to_le_bytes().into()),
            IdlType::U16 => number(value).map(|it: u16| it.to_le_bytes().into()),
            IdlType::I16 => number(value).map(|it: i16| it.to_le_bytes().into()),
            IdlType::U32 => number(value).map(|it: u32| it.to_le_bytes().into()),
            IdlType::I32 => number(value).map(|it: i32| it.to_le_bytes().into()),
            IdlType::U64 if value.as_str() == Some("top_up") => {
                self.top_ups.push(self.bytes.len());
                Some(vec![0; 8])
            }
            IdlType::U64 => number(value).map(|it: u64| it.to_le_bytes().into()),
            IdlType::I64 => number(value).map(|it: i64| it.to_le_bytes().into()),
            IdlType::U128 => number(value).map(|it: u128| it.to_le_bytes().into()),
            IdlType::I128 => number(value).map(|it: i128| it.to_le_bytes().into()),
            IdlType::String => value.as_str().and_then(string),
            IdlType::Pubkey => {
                let address = value.as_str().and_then(|it| it.parse::<Pubkey>().ok());
                address.map(|it| it.to_bytes().into())
            }
            IdlType::Option(inner) => {
                self.bytes.push(1);
                return self.push(inner, Some(value));
            }
            _ => None,
        };
        bytes.map(|bytes| self.bytes.extend(bytes)).is_some()
    }
}

/// The data of a call; what is wrong with the values is added to `defects`.
pub(super) fn encode(
    instruction: &IdlInstruction,
    values: &Table,
    defects: &mut Vec<Defect>,
) -> Data {
    let mut data = Data {
        bytes: instruction.discriminator.clone(),
        top_ups: Vec::new(),
    };
    for IdlField { name, ty, .. } in &instruction.args {
        let value = values.get(name);
        if data.push(ty, value) {
            continue;
        }
        let (name, ty) = (name.clone(), written(ty));
        defects.push(match value {
            None => Defect::NoArgument { name, ty },
            Some(value) => Defect::ArgumentValue {
                name,
                ty,
                value: value.to_string(),
            },
        });
    }
    for name in values.keys() {
        if instruction.args.iter().all(|arg| arg.name != *name) {
            defects.push(Defect::UnknownArgument {
                name: name.clone(),
                instruction: instruction.name.clone(),
                known: super::bind::names(instruction.args.iter().map(|arg| &arg.name)),
            });
        }
    }
    data
}

/// TOML's own integers end at 2⁶³; larger ones are written as strings.
fn number<T: FromStr>(value: &Value) -> Option<T> {
    match value {
        Value::Integer(it) => it.to_string().parse().ok(),
        Value::String(it) => it.parse().ok(),
        _ => None,
    }
}

fn string(text: &str) -> Option<Vec<u8>> {
    let len = u32::try_from(text.len()).ok()?;
    Some([&len.to_le_bytes(), text.as_bytes()].concat())
}

/// A type as the IDL writes it.
fn written(ty: &IdlType) -> String {
    match serde_json::to_value(ty) {
        Ok(serde_json::Value::String(name)) => name,
        Ok(other) => other.to_string(),
        Err(_) => "?".to_owned(),
    }
}
