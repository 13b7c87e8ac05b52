//! The arguments of a call, from the values of a manifest.

use {
    super::defect::{Defect, names},
    account_layout::{Arguments, arguments::Argument},
    anchor_lang_idl_spec::Idl,
    serde_json::json,
    toml::{Table, Value},
};

/// An instruction's data but for the limits that each transaction has its own of.
#[derive(Clone, Debug, Default)]
pub(super) struct Data {
    bytes: Vec<u8>,
    /// Where the most lamports that may be paid are, as a `u64`.
    pub top_ups: Vec<usize>,
}

/// What the manifest writes for that limit.
const TOP_UP: &str = "top_up";

impl Data {
    pub fn with(&self, max_top_up: u64) -> Vec<u8> {
        let mut bytes = self.bytes.clone();
        for at in &self.top_ups {
            bytes[*at..at + size_of::<u64>()].copy_from_slice(&max_top_up.to_le_bytes());
        }
        bytes
    }

    /// Appends a value in Borsh; `false` if the type has no such value.
    fn push(&mut self, argument: &Argument, value: Option<&Value>) -> bool {
        let takes_top_up = matches!(&argument.ty[..], "u64" | "Option<u64>");
        if takes_top_up && value.and_then(Value::as_str) == Some(TOP_UP) {
            let is_written = argument.encode(Some(&json!(0)), &mut self.bytes).is_ok();
            self.top_ups.push(self.bytes.len() - size_of::<u64>());
            return is_written;
        }
        let value = value.map(serde_json::to_value).transpose();
        value.is_ok_and(|value| argument.encode(value.as_ref(), &mut self.bytes).is_ok())
    }
}

/// The data of a call; what is wrong with the values is added to `defects`.
pub(super) fn encode(
    idl: &Idl,
    instruction: &str,
    values: &Table,
    defects: &mut Vec<Defect>,
) -> Data {
    let arguments = match Arguments::of(idl, instruction) {
        Ok(arguments) => arguments,
        Err(error) => {
            defects.push(Defect::UnwritableArguments {
                instruction: instruction.to_owned(),
                reason: error.to_string(),
            });
            return Data::default();
        }
    };
    let mut data = Data {
        bytes: arguments.discriminator().to_vec(),
        top_ups: Vec::new(),
    };
    let arguments = arguments.list();
    for argument in arguments {
        let value = values.get(&argument.name);
        if data.push(argument, value) {
            continue;
        }
        let (name, ty) = (argument.name.clone(), argument.ty.clone());
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
        if arguments.iter().all(|argument| argument.name != *name) {
            defects.push(Defect::UnknownArgument {
                name: name.clone(),
                instruction: instruction.to_owned(),
                known: names(arguments.iter().map(|argument| &argument.name)),
            });
        }
    }
    data
}
