//! One direction of one migration: which accounts it takes, what it calls, what becomes of them.

use {
    anchor_lang_idl_spec::Idl,
    serde::{Deserialize, Serialize},
    solana_account::Account,
    solana_instruction::Instruction,
    solana_pubkey::Pubkey,
};

/// Which way the accounts go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    Migrate,
    Rollback,
}

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
    Gone,
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
}
