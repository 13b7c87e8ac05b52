//! What a manifest declares, bound to the accounts, arguments and types of an IDL.

use {
    super::{
        AccountType,
        args::{self, Data},
    },
    crate::{fields::Comparison, manifest::Declared},
    anchor_lang_idl_spec::{Idl, IdlInstruction, IdlInstructionAccount, IdlInstructionAccountItem},
    idl_compat::{Layout, layout::Offset},
    solana_pubkey::Pubkey,
    std::collections::BTreeMap,
    thiserror::Error,
    toml::{Table, Value},
};

/// What each transaction calls.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub data: Data,
    pub slots: Vec<Slot>,
    /// Whether an instruction takes one account, not all of them as remaining accounts.
    pub one_each: bool,
}

/// An account that the instruction takes.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub source: Source,
    pub signer: bool,
    pub writable: bool,
}

/// Where the address of an account comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    Authority,
    Payer,
    Migrated,
    /// A field of the migrated account, by its place in the layout.
    Field(usize),
    Omitted,
    Address(Pubkey),
}

pub(super) struct Bound {
    pub program_id: Pubkey,
    pub from: AccountType,
    pub to: AccountType,
    pub call: Call,
    pub comparison: Comparison,
}

/// Something in a manifest that does not fit the IDL, or in the IDL that no migration works with.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Defect {
    #[error("the IDL does not tell the program's address: write it into its `address`")]
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

const ROLES: &str = r#""authority" or "payer""#;
const VALUES: &str = r#""authority", "payer", "field:NAME" or an address"#;
const OPTIONAL_VALUES: &str = r#""authority", "payer", "field:NAME", "omitted" or an address"#;

/// Binds all of it, or tells all that is wrong.
pub(super) fn bind(declared: &Declared, idl: &Idl) -> Result<Bound, Vec<Defect>> {
    let mut defects = Vec::new();
    // A legacy IDL without an address is read with that of the System program in its place.
    let program_id = idl.address.parse().unwrap_or_default();
    if program_id == Pubkey::default() {
        defects.push(Defect::NoProgramAddress);
    }
    let from = layout(idl, &declared.from, &mut defects);
    let to = layout(idl, &declared.to, &mut defects);
    ambiguous(idl, &[&declared.from, &declared.to], &mut defects);
    let mut instructions = idl.instructions.iter();
    let instruction = instructions.find(|it| it.name == declared.instruction);
    let call = match instruction {
        Some(instruction) => Binder {
            declared,
            instruction,
            from: from.as_ref(),
            defects: &mut defects,
        }
        .bind(),
        None => {
            defects.push(Defect::UnknownInstruction {
                name: declared.instruction.clone(),
                known: names(idl.instructions.iter().map(|it| &it.name)),
            });
            None
        }
    };
    let comparison = Comparison::new(idl, &declared.from, &declared.to);
    match (from, to, call, comparison) {
        (Some(from), Some(to), Some(call), Ok(comparison)) if defects.is_empty() => Ok(Bound {
            program_id,
            from: account_type(&from, None),
            to: account_type(&to, declared.data_len),
            call,
            comparison,
        }),
        (Some(_), Some(_), _, Err((name, reason))) => {
            defects.push(Defect::Unreadable { name, reason });
            Err(defects)
        }
        _ => Err(defects),
    }
}

fn layout(idl: &Idl, name: &str, defects: &mut Vec<Defect>) -> Option<Layout> {
    if idl.accounts.iter().all(|it| it.name != name) {
        defects.push(Defect::UnknownType {
            name: name.to_owned(),
            known: names(idl.accounts.iter().map(|it| &it.name)),
        });
        return None;
    }
    let layout = Layout::of(idl, name);
    let unreadable = |error: idl_compat::idl::Error| Defect::Unreadable {
        name: name.to_owned(),
        reason: error.to_string(),
    };
    layout.map_err(|error| defects.push(unreadable(error))).ok()
}

/// Account types whose accounts may be taken for those that are migrated, or the reverse.
fn ambiguous(idl: &Idl, migrated: &[&str], defects: &mut Vec<Defect>) {
    for (index, a) in idl.accounts.iter().enumerate() {
        for b in &idl.accounts[index + 1..] {
            let concerned = migrated.iter().any(|it| *it == a.name || *it == b.name);
            let (shorter, longer) = if a.discriminator.len() <= b.discriminator.len() {
                (a, b)
            } else {
                (b, a)
            };
            if concerned && longer.discriminator.starts_with(&shorter.discriminator) {
                defects.push(Defect::Ambiguous {
                    name: longer.name.clone(),
                    discriminator: longer.discriminator.clone(),
                    shorter: shorter.name.clone(),
                    prefix: shorter.discriminator.clone(),
                });
            }
        }
    }
}

fn account_type(layout: &Layout, data_len: Option<u64>) -> AccountType {
    let behind = layout.discriminator.len() as u64;
    let address = layout.fields.iter().find_map(|field| match field.offset {
        Offset::Fixed(at) if field.ty == "Pubkey" => Some(at + behind),
        _ => None,
    });
    AccountType {
        name: layout.name.clone(),
        discriminator: layout.discriminator.clone(),
        data_len: data_len.unwrap_or(layout.min_len.saturating_add(behind)),
        address_offset: address,
    }
}

struct Binder<'a> {
    declared: &'a Declared,
    instruction: &'a IdlInstruction,
    from: Option<&'a Layout>,
    defects: &'a mut Vec<Defect>,
}

impl Binder<'_> {
    fn bind(&mut self) -> Option<Call> {
        let accounts = flatten(&self.instruction.accounts);
        let mut values = BTreeMap::new();
        dotted("", &self.declared.accounts, &mut values);
        self.check_migrated(&accounts);
        let mut slots = Vec::with_capacity(accounts.len());
        for (name, account) in &accounts {
            slots.extend(self.slot(name, account, values.remove(name)));
        }
        for name in values.into_keys() {
            self.defects.push(Defect::UnknownAccount {
                name,
                instruction: self.instruction.name.clone(),
                known: names(accounts.iter().map(|(name, _)| name)),
            });
        }
        let data = args::encode(self.instruction, &self.declared.args, self.defects);
        Some(Call {
            data,
            slots,
            one_each: self.declared.account.is_some(),
        })
    }

    fn check_migrated(&mut self, accounts: &[(String, &IdlInstructionAccount)]) {
        let Some(name) = self.declared.account.clone() else {
            return;
        };
        let instruction = self.instruction.name.clone();
        match accounts.iter().find(|(known, _)| *known == name) {
            None => self.defects.push(Defect::UnknownMigrated {
                name,
                instruction,
                known: names(accounts.iter().map(|(name, _)| name)),
            }),
            Some((_, account)) if !account.writable => self
                .defects
                .push(Defect::MigratedReadOnly { name, instruction }),
            Some((_, account)) if account.signer => self
                .defects
                .push(Defect::MigratedSigns { name, instruction }),
            Some(_) => {}
        }
    }

    /// The account as the call passes it; `None` with a defect.
    fn slot(
        &mut self,
        name: &str,
        account: &IdlInstructionAccount,
        value: Option<&Value>,
    ) -> Option<Slot> {
        let source = match self.source(name, account, value) {
            Ok(source) => source,
            Err(defect) => {
                self.defects.push(defect);
                return None;
            }
        };
        let is_there = source != Source::Omitted;
        Some(Slot {
            source,
            signer: account.signer && is_there,
            writable: account.writable && is_there,
        })
    }

    fn source(
        &self,
        name: &str,
        account: &IdlInstructionAccount,
        value: Option<&Value>,
    ) -> Result<Source, Defect> {
        let instruction = || self.instruction.name.clone();
        let name = name.to_owned();
        let values = match account {
            it if it.signer => ROLES,
            it if it.optional => OPTIONAL_VALUES,
            _ => VALUES,
        };
        if self.declared.account.as_ref() == Some(&name) {
            return match value {
                None => Ok(Source::Migrated),
                Some(_) => Err(Defect::BoundMigrated { name }),
            };
        }
        let written = value.and_then(Value::as_str);
        if written == Some("omitted") {
            return if account.optional {
                Ok(Source::Omitted)
            } else {
                let instruction = instruction();
                Err(Defect::NotOptional { name, instruction })
            };
        }
        if let Some(address) = account.address.clone() {
            return match (value, address.parse()) {
                (Some(_), _) => Err(Defect::BoundAddress { name, address }),
                (None, Ok(address)) => Ok(Source::Address(address)),
                (None, Err(_)) => Err(Defect::NoAddress { name, address }),
            };
        }
        let Some(value) = value else {
            let instruction = instruction();
            return Err(Defect::Unbound {
                name,
                instruction,
                values,
            });
        };
        let source = match written {
            Some("authority") => Source::Authority,
            Some("payer") => Source::Payer,
            Some(text) => match (text.strip_prefix("field:"), text.parse()) {
                (Some(field), _) => self.field(&name, field)?,
                (None, Ok(address)) => Source::Address(address),
                (None, Err(_)) => {
                    let value = value.to_string();
                    return Err(Defect::Value {
                        name,
                        value,
                        values,
                    });
                }
            },
            None => {
                let value = value.to_string();
                return Err(Defect::Value {
                    name,
                    value,
                    values,
                });
            }
        };
        if account.signer && !matches!(source, Source::Authority | Source::Payer) {
            let value = value.to_string();
            return Err(Defect::NoKey { name, value });
        }
        Ok(source)
    }

    fn field(&self, name: &str, field: &str) -> Result<Source, Defect> {
        let (name, field) = (name.to_owned(), field.to_owned());
        if self.declared.account.is_none() {
            return Err(Defect::FieldOfMany { name, field });
        }
        let fields = self.from.map_or(&[][..], |layout| &layout.fields);
        let is_address = |it: &&idl_compat::layout::Field| it.ty == "Pubkey";
        let mut all = fields.iter().enumerate();
        let found = all.find(|(_, it)| it.path == field && is_address(it));
        match found {
            Some((place, _)) => Ok(Source::Field(place)),
            None => Err(Defect::NoAddressField {
                name,
                field,
                ty: self.declared.from.clone(),
                known: names(fields.iter().filter(is_address).map(|it| &it.path)),
            }),
        }
    }
}

/// The accounts by their paths through composites, in the order in which they are passed.
fn flatten(items: &[IdlInstructionAccountItem]) -> Vec<(String, &IdlInstructionAccount)> {
    let mut accounts = Vec::new();
    let mut open: Vec<_> = items
        .iter()
        .rev()
        .map(|item| (String::new(), item))
        .collect();
    while let Some((path, item)) = open.pop() {
        match item {
            IdlInstructionAccountItem::Single(it) => {
                accounts.push((format!("{path}{}", it.name), it));
            }
            IdlInstructionAccountItem::Composite(it) => {
                let path = format!("{path}{}.", it.name);
                open.extend(it.accounts.iter().rev().map(|item| (path.clone(), item)));
            }
        }
    }
    accounts
}

/// TOML reads an unquoted `composite.account` as a table within a table.
fn dotted<'a>(path: &str, table: &'a Table, values: &mut BTreeMap<String, &'a Value>) {
    for (name, value) in table {
        match value {
            Value::Table(inner) => dotted(&format!("{path}{name}."), inner, values),
            value => {
                values.insert(format!("{path}{name}"), value);
            }
        }
    }
}

/// `a, b`, or that there are none.
pub(super) fn names<'a>(names: impl Iterator<Item = &'a String>) -> String {
    let names: Vec<_> = names.map(|name| format!("`{name}`")).collect();
    if names.is_empty() {
        "none".to_owned()
    } else {
        names.join(", ")
    }
}
