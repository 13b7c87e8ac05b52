//! What a manifest declares, bound to the accounts, arguments and types of an IDL.

use {
    super::{
        AccountType,
        args::{self, Data},
        defect::{Defect, OPTIONAL_VALUES, ROLES, VALUES, names},
    },
    crate::{fields::Comparison, manifest::Declared},
    account_layout::{Layout, layout::Offset},
    anchor_lang_idl_spec::{Idl, IdlInstruction, IdlInstructionAccount, IdlInstructionAccountItem},
    solana_pubkey::Pubkey,
    std::collections::BTreeMap,
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
    /// A field of the migrated account, by its index in the layout.
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

/// Binds all of it, or returns all that is wrong.
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
            idl,
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
    let unreadable = |error: account_layout::IdlError| Defect::Unreadable {
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
    idl: &'a Idl,
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
        let data = args::encode(
            self.idl,
            &self.instruction.name,
            &self.declared.args,
            self.defects,
        );
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
        let is_address = |it: &&account_layout::layout::Field| it.ty == "Pubkey";
        let mut all = fields.iter().enumerate();
        let found = all.find(|(_, it)| it.path == field && is_address(it));
        match found {
            Some((index, _)) => Ok(Source::Field(index)),
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
