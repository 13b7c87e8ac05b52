//! What is wrong with a manifest.

use thiserror::Error;

/// Something in a manifest that does not fit the IDL, or in the IDL that no migration works with.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Defect {
    #[error("the IDL does not have the program's address: write it into its `address`")]
    NoProgramAddress,
    #[error("the IDL has no account type `{name}`; it has {known}")]
    UnknownType { name: String, known: String },
    #[error("accounts of type `{name}` cannot be read: {reason}")]
    Unreadable { name: String, reason: String },
    #[error(
        "the discriminator {discriminator:?} of `{name}` begins with {prefix:?} of `{shorter}`: their \
         accounts cannot be told apart"
    )]
    Ambiguous {
        name: String,
        discriminator: Vec<u8>,
        shorter: String,
        prefix: Vec<u8>,
    },
    #[error("the IDL has no instruction `{name}`; it has {known}")]
    UnknownInstruction { name: String, known: String },
    #[error("account = \"{name}\": `{instruction}` has no such account; it has {known}")]
    UnknownMigrated {
        name: String,
        instruction: String,
        known: String,
    },
    #[error("account = \"{name}\": `{instruction}` takes it read-only, so it cannot migrate it")]
    MigratedReadOnly { name: String, instruction: String },
    #[error("account = \"{name}\": `{instruction}` wants its signature, and no key signs for it")]
    MigratedSigns { name: String, instruction: String },
    #[error("accounts.{name} is missing: `{instruction}` takes it; it may be {values}")]
    Unbound {
        name: String,
        instruction: String,
        values: &'static str,
    },
    #[error("accounts.{name}: `{instruction}` has no such account; it has {known}")]
    UnknownAccount {
        name: String,
        instruction: String,
        known: String,
    },
    #[error("accounts.{name}: remove it, because this account is the migrated one")]
    BoundMigrated { name: String },
    #[error("accounts.{name}: remove it, because the IDL gives this account the address {address}")]
    BoundAddress { name: String, address: String },
    #[error("accounts.{name}: the IDL gives this account the address \"{address}\", which is none")]
    NoAddress { name: String, address: String },
    #[error("accounts.{name} = {value}: it may be {values}")]
    Value {
        name: String,
        value: String,
        values: &'static str,
    },
    #[error("accounts.{name} = \"omitted\": `{instruction}` does not work without it")]
    NotOptional { name: String, instruction: String },
    #[error("accounts.{name}: it signs, so it may be {ROLES}, not {value}")]
    NoKey { name: String, value: String },
    #[error(
        "accounts.{name} = \"field:{field}\": this takes one account for each instruction, which \
         `account` names"
    )]
    FieldOfMany { name: String, field: String },
    #[error(
        "accounts.{name} = \"field:{field}\": `{ty}` has no address under this name; it has {known}"
    )]
    NoAddressField {
        name: String,
        field: String,
        ty: String,
        known: String,
    },
    #[error("the arguments of `{instruction}` cannot be written: {reason}")]
    UnwritableArguments { instruction: String, reason: String },
    #[error("args.{name} is missing: it is of type {ty}")]
    NoArgument { name: String, ty: String },
    #[error("args.{name}: `{instruction}` has no such argument; it has {known}")]
    UnknownArgument {
        name: String,
        instruction: String,
        known: String,
    },
    #[error("args.{name} = {value}: the argument is of type {ty}")]
    ArgumentValue {
        name: String,
        ty: String,
        value: String,
    },
}

pub(super) const ROLES: &str = r#""authority" or "payer""#;
pub(super) const VALUES: &str = r#""authority", "payer", "field:NAME" or an address"#;
pub(super) const OPTIONAL_VALUES: &str =
    r#""authority", "payer", "field:NAME", "omitted" or an address"#;

/// `a, b`, or that there are none.
pub(super) fn names<'a>(names: impl Iterator<Item = &'a String>) -> String {
    let names: Vec<_> = names.map(|name| format!("`{name}`")).collect();
    if names.is_empty() {
        "none".to_owned()
    } else {
        names.join(", ")
    }
}
