//! One direction of one migration: which accounts it takes, what it calls, what becomes of them.

mod args;
mod bind;
mod defect;
mod explain;

pub use self::defect::Defect;

use {
    self::bind::{Call, Source},
    crate::{
        direction::Direction,
        fields::{Comparison, Difference, FieldError},
        manifest::{self, ManifestError},
        rent::Rent,
    },
    anchor_lang_idl_spec::{Idl, IdlErrorCode},
    solana_account::Account,
    solana_instruction::{AccountMeta, Instruction},
    solana_loader_v3_interface::get_program_data_address,
    solana_pubkey::Pubkey,
    thiserror::Error,
};

/// A layout as the IDL has it.
#[derive(Clone, Debug)]
pub struct AccountType {
    pub name: String,
    pub discriminator: Vec<u8>,
    /// Bytes of an account that was just brought to this layout, discriminator included.
    pub data_len: u64,
    /// Where the first 32-byte address of the fields lies: its first bytes divide the fleet into parts.
    pub address_offset: Option<u64>,
}

/// What an account is to this transition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// In the layout that the transition starts from.
    Old,
    /// In the layout that it ends with.
    New,
    /// Closed, or owned by another program: it left the fleet.
    Closed,
    /// This program's, but of neither layout.
    Other,
}

/// Who signs, and who pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Roles {
    pub authority: Pubkey,
    pub payer: Pubkey,
}

/// See the [module](self).
#[derive(Clone, Debug)]
pub struct Transition {
    pub program_id: Pubkey,
    pub program_name: String,
    pub direction: Direction,
    pub from: AccountType,
    pub to: AccountType,
    /// Bytes of the accounts that are listed; `None` lists those of any length.
    pub size: Option<u64>,
    /// The table of the manifest that describes it: `fleet.ConfigV1.migrate`.
    pub table: String,
    call: Call,
    errors: Vec<IdlErrorCode>,
    comparison: Comparison,
}

/// Why there is no transition.
#[derive(Debug, Error)]
pub enum TransitionError {
    #[error("the manifest cannot be used: {0}")]
    Manifest(#[from] ManifestError),
    #[error("[{table}] of the manifest does not fit the IDL of `{program}`:{}", list(.defects))]
    Unfit {
        table: String,
        program: String,
        defects: Vec<Defect>,
    },
}

/// An account whose instruction cannot be made, because it takes an address from its fields.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{address}: {error}")]
pub struct Unreadable {
    pub address: Pubkey,
    pub error: FieldError,
}

fn list(defects: &[Defect]) -> String {
    defects.iter().map(|one| format!("\n- {one}")).collect()
}

impl Transition {
    /// Binds `direction` of a migration of the manifest to the IDL. `from` names its `[[migration]]`,
    /// which only several need.
    ///
    /// # Errors
    /// The manifest says too little, or what does not fit the IDL: then every defect is returned.
    pub fn read(
        manifest: &str,
        idl: &Idl,
        direction: Direction,
        from: Option<&str>,
    ) -> Result<Self, TransitionError> {
        let declared = manifest::read(manifest, idl, direction, from)?;
        let bound = bind::bind(&declared, idl).map_err(|defects| TransitionError::Unfit {
            table: declared.table.clone(),
            program: idl.metadata.name.clone(),
            defects,
        })?;
        Ok(Self {
            program_id: bound.program_id,
            program_name: idl.metadata.name.clone(),
            direction,
            from: bound.from,
            to: bound.to,
            size: declared.size,
            table: declared.table,
            call: bound.call,
            errors: idl.errors.clone(),
            comparison: bound.comparison,
        })
    }

    /// What the account, as the cluster has it, is to this transition.
    pub fn stage(&self, account: Option<&Account>) -> Stage {
        match account {
            None => Stage::Closed,
            Some(account) if account.owner != self.program_id => Stage::Closed,
            Some(account) if account.data.starts_with(&self.from.discriminator) => Stage::Old,
            Some(account) if account.data.starts_with(&self.to.discriminator) => Stage::New,
            Some(_) => Stage::Other,
        }
    }

    /// Lamports that the account lacks to be rent-exempt in the layout that the transition ends with.
    pub fn shortfall(&self, account: &Account, rent: Rent) -> u64 {
        rent.minimum(self.to.data_len)
            .saturating_sub(account.lamports)
    }

    /// Whether the call takes the most lamports that it may pay as an argument.
    pub fn limits_top_up(&self) -> bool {
        !self.call.data.top_ups.is_empty()
    }

    /// Whether the authority signs. The payer signs always.
    pub fn needs_authority(&self) -> bool {
        let signs = |slot: &bind::Slot| slot.signer && slot.source == Source::Authority;
        self.call.slots.iter().any(signs)
    }

    /// The account that says who may upgrade the program, when the call takes it: then the authority
    /// must be that one.
    pub fn program_data(&self) -> Option<Pubkey> {
        let address = get_program_data_address(&self.program_id);
        let source = Source::Address(address);
        let mut slots = self.call.slots.iter();
        slots.any(|slot| slot.source == source).then_some(address)
    }

    /// One instruction for all accounts, or one for each. Together they pay at most `max_top_up` lamports of
    /// rent where the call [limits](Self::limits_top_up) it; each of several gets the part that brings its
    /// account to the same level as the others.
    ///
    /// # Errors
    /// The call takes an address from a field, and an account does not decode.
    pub fn instructions(
        &self,
        accounts: &[(Pubkey, Account)],
        roles: Roles,
        max_top_up: u64,
    ) -> Result<Vec<Instruction>, Unreadable> {
        let instruction = |account, max_top_up| {
            Ok(Instruction {
                program_id: self.program_id,
                accounts: self.metas(account, roles)?,
                data: self.call.data.with(max_top_up),
            })
        };
        if self.call.one_each {
            let shares = shares(accounts, max_top_up);
            let pairs = accounts.iter().zip(shares);
            return pairs
                .map(|(account, share)| instruction(account, share))
                .collect();
        }
        let Some(first) = accounts.first() else {
            return Ok(Vec::new());
        };
        let mut batch = instruction(first, max_top_up)?;
        let migrated = accounts.iter();
        let metas = migrated.map(|(address, _)| AccountMeta::new(*address, false));
        batch.accounts.extend(metas);
        Ok(vec![batch])
    }

    /// Whether the account decodes where the call takes an address from a field.
    ///
    /// # Errors
    /// It does not: [`instructions`](Self::instructions) for it cannot be made.
    pub fn check_fields(&self, account: &(Pubkey, Account)) -> Result<(), Unreadable> {
        let mut fields = self.call.slots.iter().filter_map(|slot| match slot.source {
            Source::Field(field) => Some(field),
            _ => None,
        });
        fields.try_for_each(|field| self.address_in(field, account).map(drop))
    }

    fn address_in(
        &self,
        field: usize,
        (address, account): &(Pubkey, Account),
    ) -> Result<Pubkey, Unreadable> {
        let found = self.comparison.address_in(field, &account.data);
        found.map_err(|error| Unreadable {
            address: *address,
            error,
        })
    }

    fn metas(
        &self,
        account: &(Pubkey, Account),
        roles: Roles,
    ) -> Result<Vec<AccountMeta>, Unreadable> {
        let slots = self.call.slots.iter();
        let meta = |slot: &bind::Slot| {
            let pubkey = match slot.source {
                Source::Authority => roles.authority,
                Source::Payer => roles.payer,
                Source::Migrated => account.0,
                Source::Address(address) => address,
                // Anchor reads the program's own address as an optional account that is not there.
                Source::Omitted => self.program_id,
                Source::Field(field) => self.address_in(field, account)?,
            };
            Ok(AccountMeta {
                pubkey,
                is_signer: slot.signer,
                is_writable: slot.writable,
            })
        };
        slots.map(meta).collect()
    }

    /// The names of the fields that [`differences`](Self::differences) compares.
    pub fn compared_fields(&self) -> impl Iterator<Item = &str> {
        self.comparison.fields()
    }

    /// The fields that the layouts of both sides have, where the account's `old` and `new` data differ.
    ///
    /// # Errors
    /// Either does not decode.
    pub fn differences(&self, old: &[u8], new: &[u8]) -> Result<Vec<Difference>, FieldError> {
        self.comparison.differences(old, new)
    }
}

/// Divides lamports among accounts so that those which get some end with the same balance. All accounts
/// have the same minimum, so exactly what all lack is exactly what each lacks.
fn shares(accounts: &[(Pubkey, Account)], lamports: u64) -> Vec<u64> {
    let mut poorest: Vec<u128> = accounts.iter().map(|(_, it)| it.lamports.into()).collect();
    poorest.sort_unstable();
    let mut level = 0;
    let mut sum = u128::from(lamports);
    for (count, balance) in (0_u128..).zip(&poorest) {
        if count > 0 && sum / count <= *balance {
            break;
        }
        sum += balance;
        level = sum / (count + 1);
    }
    let share = |(_, account): &(Pubkey, Account)| {
        u64::try_from(level.saturating_sub(account.lamports.into())).unwrap_or(u64::MAX)
    };
    accounts.iter().map(share).collect()
}

#[cfg(test)]
pub(crate) mod tests;
