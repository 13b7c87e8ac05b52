//! An instruction's data, from its arguments.

use {
    crate::{
        idl::IdlError,
        layout,
        schema::{BadValue, Schema, Schemas},
        types::Types,
    },
    anchor_lang_idl_spec::Idl,
    serde_json::{Map, Value},
};

/// The arguments that an instruction takes.
#[derive(Clone, Debug)]
pub struct Arguments {
    instruction: String,
    discriminator: Vec<u8>,
    list: Vec<Argument>,
}

/// One of them.
#[derive(Clone, Debug)]
pub struct Argument {
    pub name: String,
    /// As Rust source: `Option<u64>`.
    pub ty: String,
    schema: Schema,
}

/// Why there are no data.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArgumentError {
    #[error("there is no instruction `{name}`; there are {known}")]
    UnknownInstruction { name: String, known: String },
    #[error("instruction `{instruction}` has no argument `{name}`; {known}")]
    UnknownArgument {
        instruction: String,
        name: String,
        known: String,
    },
    #[error(transparent)]
    Value(#[from] BadValue),
    #[error(transparent)]
    Idl(#[from] IdlError),
}

impl Arguments {
    /// Those of the instruction `name`.
    ///
    /// # Errors
    /// There is no such instruction, or the IDL does not determine the bytes of an argument.
    pub fn of(idl: &Idl, name: &str) -> Result<Self, ArgumentError> {
        let found = idl.instructions.iter().find(|it| it.name == name);
        let instruction = found.ok_or_else(|| ArgumentError::UnknownInstruction {
            name: name.to_owned(),
            known: join(idl.instructions.iter().map(|it| it.name.as_str())),
        })?;
        let types = Types::new(idl);
        let mut schemas = Schemas::new(&types);
        let mut list = Vec::with_capacity(instruction.args.len());
        for arg in &instruction.args {
            let id = types.of(&arg.ty);
            let schema = id.and_then(|id| schemas.of(id, false));
            let Some((id, schema)) = id.zip(schema) else {
                let message = format!(
                    "the IDL does not determine the bytes of argument `{}` of `{name}`: they are not Borsh",
                    arg.name
                );
                return Err(layout::invalid(idl, message).into());
            };
            list.push(Argument {
                name: arg.name.clone(),
                ty: types.rust(id),
                schema,
            });
        }
        Ok(Self {
            instruction: name.to_owned(),
            discriminator: instruction.discriminator.clone(),
            list,
        })
    }

    /// What an instruction's data begin with.
    pub fn discriminator(&self) -> &[u8] {
        &self.discriminator
    }

    /// In the order of their bytes.
    pub fn list(&self) -> &[Argument] {
        &self.list
    }

    /// An instruction's data: the discriminator, then the arguments. An `Option` needs no value.
    ///
    /// # Errors
    /// A value does not fit, is missing, or belongs to no argument.
    pub fn data(&self, values: &Map<String, Value>) -> Result<Vec<u8>, ArgumentError> {
        let known = |name: &String| self.list.iter().any(|argument| argument.name == *name);
        if let Some(name) = values.keys().find(|name| !known(name)) {
            return Err(ArgumentError::UnknownArgument {
                instruction: self.instruction.clone(),
                name: name.clone(),
                known: match &self.list[..] {
                    [] => "it has none".to_owned(),
                    list => format!("it has {}", join(list.iter().map(|it| it.name.as_str()))),
                },
            });
        }
        let mut data = self.discriminator.clone();
        for argument in &self.list {
            argument.encode(values.get(&argument.name), &mut data)?;
        }
        Ok(data)
    }
}

impl Argument {
    /// Appends a value in Borsh; without one, the `None` of an `Option`. A value that does not fit adds nothing.
    ///
    /// Values are what [`Reader::json`](crate::Reader::json) returns. Integers may also be strings.
    ///
    /// # Errors
    /// The value does not fit, or is missing.
    pub fn encode(&self, value: Option<&Value>, data: &mut Vec<u8>) -> Result<(), BadValue> {
        let written = self.schema.encode(value, data);
        written.map_err(|error| error.within(&self.name))
    }
}

/// The data of the instruction `name` with these arguments.
///
/// # Errors
/// There is no such instruction, or the values are not its arguments.
pub fn instruction_data(
    idl: &Idl,
    name: &str,
    values: &Map<String, Value>,
) -> Result<Vec<u8>, ArgumentError> {
    Arguments::of(idl, name)?.data(values)
}

fn join<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use {super::*, crate::ReadIdl, serde_json::json};

    fn idl() -> Idl {
        let json = json!({
            "address": "6kKWMmNckGur5mgBxGHDXTGcNe4XCqMcot4KAXJMcF1s",
            "metadata": { "name": "app", "version": "1.0.0", "spec": "0.1.0" },
            "instructions": [
                { "name": "set", "discriminator": [1, 2], "accounts": [], "args": [
                    { "name": "side", "type": { "defined": { "name": "Side" } } },
                    { "name": "limit", "type": { "option": "u64" } },
                    { "name": "owners", "type": { "vec": "pubkey" } },
                ] },
                { "name": "close", "discriminator": [3], "accounts": [], "args": [] },
                { "name": "raw", "discriminator": [4], "accounts": [], "args": [
                    { "name": "raw", "type": { "defined": { "name": "Raw" } } },
                ] },
            ],
            "types": [
                { "name": "Side", "type": { "kind": "enum", "variants": [{ "name": "Buy" }, { "name": "Sell" }] } },
                { "name": "Raw", "serialization": "bytemuck", "repr": { "kind": "c" },
                  "type": { "kind": "struct", "fields": [{ "name": "a", "type": "u8" }] } },
            ],
        });
        let bytes = json.to_string();
        ReadIdl::read(bytes.as_bytes(), "app.json").unwrap().idl
    }

    fn data(name: &str, values: Value) -> Result<Vec<u8>, String> {
        let Value::Object(values) = values else {
            panic!("arguments are given by name")
        };
        instruction_data(&idl(), name, &values).map_err(|error| error.to_string())
    }

    #[test]
    fn the_discriminator_and_the_arguments_follow_each_other() {
        let owner = "11111111111111111111111111111111";
        assert_eq!(
            data(
                "set",
                json!({ "side": "Sell", "limit": 5, "owners": [owner] })
            )
            .unwrap(),
            [
                &[1, 2, 1, 1, 5, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0][..],
                &[0; 32]
            ]
            .concat()
        );
        assert_eq!(
            data("set", json!({ "side": "Buy", "owners": [] })).unwrap(),
            [1, 2, 0, 0, 0, 0, 0, 0]
        );
        assert_eq!(data("close", json!({})).unwrap(), [3]);
    }

    #[test]
    fn what_is_wrong_with_the_arguments_is_reported() {
        for (name, values, message) in [
            (
                "sett",
                json!({}),
                "there is no instruction `sett`; there are set, close, raw",
            ),
            (
                "close",
                json!({ "side": 1 }),
                "instruction `close` has no argument `side`; it has none",
            ),
            (
                "set",
                json!({ "sid": 1 }),
                "instruction `set` has no argument `sid`; it has side, limit, owners",
            ),
            (
                "set",
                json!({}),
                "`side`: it is missing; it must be one of Buy, Sell",
            ),
            (
                "set",
                json!({ "side": "Buy", "owners": [1] }),
                "`owners[0]`: 1 is not a `Pubkey`",
            ),
            (
                "raw",
                json!({ "raw": {} }),
                "app: the IDL does not determine the bytes of argument `raw` of `raw`: they are not Borsh (at /types)",
            ),
        ] {
            assert_eq!(data(name, values).unwrap_err(), message);
        }
    }

    #[test]
    fn an_argument_that_does_not_fit_adds_nothing() {
        let arguments = Arguments::of(&idl(), "set").unwrap();
        let mut bytes = arguments.discriminator().to_vec();
        let owners = &arguments.list()[2];
        assert_eq!(
            (owners.name.as_str(), owners.ty.as_str()),
            ("owners", "Vec<Pubkey>")
        );
        assert!(
            owners
                .encode(
                    Some(&json!(["11111111111111111111111111111111", 2])),
                    &mut bytes
                )
                .is_err()
        );
        assert_eq!(bytes, [1, 2]);
    }
}
