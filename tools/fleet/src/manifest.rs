//! The manifest: what [`account_layout::manifest::Manifest`] declares, and how the fleet calls it.
//!
//! ```toml
//! program = "app"
//!
//! [[migration]]
//! from = "ConfigV1"
//! to = "ConfigV2"
//! instruction = "migrate"
//! account = "config"
//!
//! # How `fleet` brings a ConfigV1 forward …
//! [fleet.ConfigV1.migrate]
//! instruction = "migrate_many"        # without `account`: the accounts follow as remaining accounts
//! accounts = { upgrade_authority = "authority", payer = "payer" }
//! args = { max_top_up = "top_up" }
//!
//! # … and back.
//! [fleet.ConfigV1.rollback]
//! instruction = "rollback"
//! account = "config"                  # one instruction for each account
//! accounts = { upgrade_authority = "authority" }
//! args = { discard_v2_data = false }
//! ```
//!
//! A `migrate` without `instruction` calls the one of `[[migration]]`; so does a manifest without the
//! table. An account that the IDL gives an address for needs no entry. The values of `accounts`:
//!
//! | value | the account is |
//! | --- | --- |
//! | `"authority"` | the key of `--authority` |
//! | `"payer"` | the key of `--payer` |
//! | `"field:NAME"` | the address in this field of the migrated account |
//! | `"omitted"` | an optional account that is not passed |
//! | an address | that one |
//!
//! Arguments are booleans, integers (as a string where TOML has none so large), strings and addresses;
//! an `Option` that is not given is `None`. The value `"top_up"` of an argument of type `u64` is the
//! most lamports of rent that may be paid.
//!
//! Two more keys of a table, where the IDL does not say: `data_len`, the bytes of an account after the
//! call, when the program reserves some; `size`, when only accounts of that many bytes are to be found.

use {
    crate::direction::Direction,
    account_layout::manifest::{Manifest, Migration},
    anchor_lang_idl_spec::Idl,
    serde::Deserialize,
    std::collections::BTreeMap,
    thiserror::Error,
    toml::Table,
};

/// Why a manifest does not say what to do.
#[derive(Debug, Error)]
pub enum ManifestError {
    #[error(transparent)]
    Declarations(#[from] account_layout::manifest::ManifestError),
    #[error("its [fleet] tables cannot be read: {0}")]
    Tables(#[from] toml::de::Error),
    #[error("it declares no migration: add a [[migration]]")]
    NoMigration,
    #[error("it declares no migration from `{from}`; those that it declares are from {declared}")]
    UnknownMigration { from: String, declared: String },
    #[error("it declares migrations from {0}: say which one with --from")]
    SeveralMigrations(String),
    #[error("[fleet.{from}] belongs to no migration; those that it declares are from {declared}")]
    StrayTable { from: String, declared: String },
    #[error("it does not say how a `{to}` becomes a `{from}` again: add [fleet.{from}.rollback]")]
    NoRollback { from: String, to: String },
    #[error("[{table}] has no `instruction`")]
    NoInstruction { table: String },
    #[error("[{table}] has an `account` but no `instruction` that takes it")]
    AccountAlone { table: String },
}

/// The part of the manifest that is the fleet's; the rest was read as declarations.
#[derive(Deserialize)]
struct Tables {
    #[serde(default)]
    fleet: BTreeMap<String, Calls>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Calls {
    migrate: Option<CallTable>,
    rollback: Option<CallTable>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct CallTable {
    instruction: Option<String>,
    account: Option<String>,
    #[serde(default)]
    accounts: Table,
    #[serde(default)]
    args: Table,
    data_len: Option<u64>,
    size: Option<u64>,
}

/// One direction of one migration, as the manifest has it.
#[derive(Debug)]
pub(crate) struct Declared {
    /// `fleet.ConfigV1.migrate`
    pub table: String,
    /// The account type that this direction starts from, and that it ends with.
    pub from: String,
    pub to: String,
    pub instruction: String,
    pub account: Option<String>,
    pub accounts: Table,
    pub args: Table,
    pub data_len: Option<u64>,
    pub size: Option<u64>,
}

/// Reads the direction of the migration from `from`, which needs no name when there is only one.
pub(crate) fn read(
    text: &str,
    idl: &Idl,
    direction: Direction,
    from: Option<&str>,
) -> Result<Declared, ManifestError> {
    let manifest = Manifest::read(text, idl)?;
    let Tables { mut fleet } = toml::from_str(text)?;
    let migration = choose(&manifest.migrations, from)?;
    let is_declared = |name: &String| manifest.migrations.iter().any(|one| one.from == *name);
    if let Some(stray) = fleet.keys().find(|name| !is_declared(name)) {
        return Err(ManifestError::StrayTable {
            from: stray.clone(),
            declared: sources(&manifest.migrations),
        });
    }
    let Migration { from, to, .. } = migration.clone();
    let calls = fleet.remove(&from).unwrap_or_default();
    match direction {
        Direction::Migrate => {
            let table = format!("fleet.{from}.migrate");
            let mut call = calls.migrate.unwrap_or_default();
            if call.instruction.is_none() {
                if call.account.is_some() {
                    return Err(ManifestError::AccountAlone { table });
                }
                call.instruction = Some(migration.instruction.clone());
                call.account = Some(migration.account.clone());
            }
            call.declare(table, from, to)
        }
        Direction::Rollback => {
            let table = format!("fleet.{from}.rollback");
            let Some(call) = calls.rollback else {
                return Err(ManifestError::NoRollback { from, to });
            };
            call.declare(table, to, from)
        }
    }
}

impl CallTable {
    fn declare(self, table: String, from: String, to: String) -> Result<Declared, ManifestError> {
        let Some(instruction) = self.instruction else {
            return Err(ManifestError::NoInstruction { table });
        };
        Ok(Declared {
            table,
            from,
            to,
            instruction,
            account: self.account,
            accounts: self.accounts,
            args: self.args,
            data_len: self.data_len,
            size: self.size,
        })
    }
}

fn choose<'a>(
    migrations: &'a [Migration],
    from: Option<&str>,
) -> Result<&'a Migration, ManifestError> {
    match (from, migrations) {
        (_, []) => Err(ManifestError::NoMigration),
        (None, [one]) => Ok(one),
        (None, several) => Err(ManifestError::SeveralMigrations(sources(several))),
        (Some(from), all) => {
            let found = all.iter().find(|one| one.from == from);
            found.ok_or_else(|| ManifestError::UnknownMigration {
                from: from.to_owned(),
                declared: sources(all),
            })
        }
    }
}

fn sources(migrations: &[Migration]) -> String {
    let names = migrations.iter().map(|one| format!("`{}`", one.from));
    names.collect::<Vec<_>>().join(", ")
}
