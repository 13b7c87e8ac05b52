//! A release-2 client in Rust: the instructions that release 1 does not have.

use {
    anchor_lang::{
        InstructionData, ToAccountMetas, prelude::AccountMeta, solana_program::system_program,
    },
    app::{
        constants::{MIGRATION_AUTHORITY, PROGRAM_DATA_ADDRESS},
        instructions::InitializeV2Args,
    },
    svm_harness::{Instruction, Pubkey},
};

pub use crate::client_v1::config_address;

/// The trailing optional accounts of `update_v2`.
#[derive(Clone, Copy)]
pub struct FeeAccounts {
    pub source: Pubkey,
    pub vault: Pubkey,
    pub mint: Pubkey,
    pub token_program: Pubkey,
}

pub fn initialize_v2(authority: &Pubkey, args: InitializeV2Args) -> Instruction {
    instruction(
        app::accounts::InitializeV2 {
            config: config_address(authority),
            authority: *authority,
            system_program: system_program::ID,
        },
        app::instruction::InitializeV2 { args },
    )
}

/// `update_v2` without its trailing optional accounts.
pub fn update_v2(
    config: &Pubkey,
    signer: &Pubkey,
    value: u64,
    expected_revision: Option<u32>,
) -> Instruction {
    let mut instruction = update_v2_with(config, signer, value, expected_revision, 0, None);
    instruction.accounts.truncate(2);
    instruction
}

/// `update_v2` with all of its trailing optional accounts, or the program id in place of each, by a signer
/// who agrees to a fee of at most `max_fee`.
pub fn update_v2_with(
    config: &Pubkey,
    signer: &Pubkey,
    value: u64,
    expected_revision: Option<u32>,
    max_fee: u64,
    fee: Option<FeeAccounts>,
) -> Instruction {
    instruction(
        app::accounts::UpdateV2 {
            config: *config,
            signer: *signer,
            fee_source: fee.map(|fee| fee.source),
            fee_vault: fee.map(|fee| fee.vault),
            fee_mint: fee.map(|fee| fee.mint),
            token_program: fee.map(|fee| fee.token_program),
        },
        app::instruction::UpdateV2 {
            value,
            expected_revision,
            max_fee,
        },
    )
}

pub fn set_operators(authority: &Pubkey, operators: Vec<Pubkey>) -> Instruction {
    instruction(
        app::accounts::SetOperators {
            config: config_address(authority),
            authority: *authority,
            system_program: system_program::ID,
        },
        app::instruction::SetOperators { operators },
    )
}

pub fn set_fee(authority: &Pubkey, fee: u64, fee_mint: Pubkey) -> Instruction {
    instruction(
        app::accounts::SetFee {
            config: config_address(authority),
            authority: *authority,
        },
        app::instruction::SetFee { fee, fee_mint },
    )
}

/// `migrate` by the config's authority, which needs no trailing optional account.
pub fn migrate(config: &Pubkey, authority: &Pubkey, payer: &Pubkey) -> Instruction {
    let mut instruction = migrate_as_upgrade_authority(config, authority, payer);
    instruction.accounts.truncate(4);
    instruction
}

/// `migrate` by the program's upgrade authority.
pub fn migrate_as_upgrade_authority(
    config: &Pubkey,
    upgrade_authority: &Pubkey,
    payer: &Pubkey,
) -> Instruction {
    instruction(
        app::accounts::Migrate {
            config: *config,
            authority: *upgrade_authority,
            payer: *payer,
            system_program: system_program::ID,
            program_data: Some(PROGRAM_DATA_ADDRESS),
        },
        app::instruction::Migrate {},
    )
}

/// `migrate_many` by an upgrade authority that pays the missing rent itself.
pub fn migrate_many(
    configs: &[Pubkey],
    upgrade_authority: &Pubkey,
    max_top_up: u64,
) -> Instruction {
    let mut instruction = instruction(
        app::accounts::MigrateMany {
            upgrade_authority: *upgrade_authority,
            payer: *upgrade_authority,
            system_program: system_program::ID,
            program_data: PROGRAM_DATA_ADDRESS,
        },
        app::instruction::MigrateMany { max_top_up },
    );
    instruction.accounts.extend(
        configs
            .iter()
            .map(|config| AccountMeta::new(*config, false)),
    );
    instruction
}

pub fn rollback(config: &Pubkey, upgrade_authority: &Pubkey, discard_v2_data: bool) -> Instruction {
    instruction(
        app::accounts::Rollback {
            config: *config,
            upgrade_authority: *upgrade_authority,
            system_program: system_program::ID,
            program_data: PROGRAM_DATA_ADDRESS,
        },
        app::instruction::Rollback { discard_v2_data },
    )
}

/// `retire` as the migration program calls it; nobody else has the migration authority's signature.
pub fn retire(config: &Pubkey, authority: &Pubkey, recipient: &Pubkey) -> Instruction {
    instruction(
        app::accounts::Retire {
            config: *config,
            authority: *authority,
            migration_authority: MIGRATION_AUTHORITY,
            recipient: *recipient,
        },
        app::instruction::Retire {},
    )
}

fn instruction(accounts: impl ToAccountMetas, data: impl InstructionData) -> Instruction {
    Instruction {
        program_id: app::ID,
        accounts: accounts.to_account_metas(None),
        data: data.data(),
    }
}
