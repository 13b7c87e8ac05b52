//! A cluster with the fixture program `migration-lab`.

use {
    anchor_lang::{Discriminator, InstructionData, ToAccountMetas, solana_program::system_program},
    migration_lab::state::{ConfigV1, ConfigV2},
    support::{key::key, last_built::tested, workspace::in_workspace},
    svm_harness::{
        Account, Backend, DEFAULT_LAMPORTS_PER_BYTE, Instruction, Keypair, Outcome, Program,
        Pubkey, Signer, Svm, native_program,
    },
};

/// Lamports that the payer starts with.
pub const FUNDS: u64 = 1_000_000_000;

/// The authority in the accounts of the fixtures.
pub const AUTHORITY: Pubkey = Pubkey::new_from_array([0xA1; 32]);

/// A cluster with the fixture program, one account of it, and a payer.
pub struct Lab {
    pub svm: Svm,
    /// The account to migrate.
    pub account: Pubkey,
    /// Its key, for it to sign as its own payer.
    pub account_key: Keypair,
    pub payer: Keypair,
}

impl Lab {
    /// The account holds `data` and is just rent-exempt.
    pub async fn start(backend: Backend, data: Vec<u8>) -> Lab {
        Self::start_with_rent(backend, DEFAULT_LAMPORTS_PER_BYTE, data).await
    }

    pub async fn start_with_rent(backend: Backend, lamports_per_byte: u64, data: Vec<u8>) -> Lab {
        let svm = Svm::start_with_rent(backend, &migration_lab(), lamports_per_byte).await;
        let account_key = key("account");
        let mut lab = Lab {
            svm,
            account: account_key.pubkey(),
            account_key,
            payer: key("payer"),
        };
        lab.svm.fund(lab.payer.pubkey(), FUNDS).await;
        lab.set(data, 0).await;
        lab
    }

    /// Replaces the account: `data`, and `surplus` lamports above the rent-exempt minimum.
    pub async fn set(&mut self, data: Vec<u8>, surplus: u64) {
        let account = Account {
            lamports: self.svm.rent_exempt_minimum(data.len()) + surplus,
            data,
            owner: migration_lab::ID,
            executable: false,
            rent_epoch: u64::MAX,
        };
        self.svm.set_account(self.account, account).await;
    }

    /// Sends instructions that the payer signs, if any of them asks for it.
    pub async fn send(&mut self, instructions: &[Instruction]) -> Outcome {
        let payer = self.payer.pubkey();
        let metas = || {
            instructions
                .iter()
                .flat_map(|instruction| &instruction.accounts)
        };
        if metas().any(|meta| meta.is_signer && meta.pubkey == payer) {
            self.svm.send(instructions, &[&self.payer]).await
        } else {
            self.svm.send(instructions, &[]).await
        }
    }

    pub async fn data(&mut self) -> Vec<u8> {
        let account = self.svm.account(self.account).await;
        account.expect("the account exists").data
    }

    pub async fn lamports(&mut self, address: Pubkey) -> u64 {
        let account = self.svm.account(address).await;
        account.map_or(0, |account| account.lamports)
    }
}

fn migration_lab() -> Program {
    let fixture = Program {
        id: migration_lab::ID,
        name: "migration-lab".to_owned(),
        native: Some(native_program!(migration_lab::entry)),
        elf: in_workspace("tests/fixtures/migration_lab.so"),
    };
    tested(&fixture).unwrap_or(fixture)
}

pub fn instruction(accounts: impl ToAccountMetas, data: impl InstructionData) -> Instruction {
    Instruction {
        program_id: migration_lab::ID,
        accounts: accounts.to_account_metas(None),
        data: data.data(),
    }
}

/// A config in the first layout: 48 bytes.
pub fn config_v1(value: u64) -> Vec<u8> {
    let value = value.to_le_bytes();
    [ConfigV1::DISCRIMINATOR, AUTHORITY.as_ref(), &value].concat()
}

/// A config in the second layout with the fields that migrating gives it: 96 bytes.
pub fn config_v2(value: u64) -> Vec<u8> {
    let value = value.to_le_bytes();
    [
        ConfigV2::DISCRIMINATOR,
        AUTHORITY.as_ref(),
        &value,
        &[0; 48],
    ]
    .concat()
}

/// `ours_migrate` and its variations take these.
pub fn ours_accounts(lab: &Lab) -> migration_lab::accounts::OursMigrate {
    migration_lab::accounts::OursMigrate {
        config: lab.account,
        payer: lab.payer.pubkey(),
        system_program: system_program::ID,
    }
}

/// `anchor_migrate` by `authority`, without the trailing optional account.
pub fn anchor_migrate(lab: &Lab, authority: Pubkey) -> Instruction {
    let accounts = migration_lab::accounts::AnchorMigrate {
        config: lab.account,
        authority,
        payer: lab.payer.pubkey(),
        system_program: system_program::ID,
        program_data: None,
    };
    let mut instruction = instruction(accounts, migration_lab::instruction::AnchorMigrate {});
    instruction.accounts.truncate(4);
    instruction
}

pub fn ours_migrate(lab: &Lab) -> Instruction {
    instruction(
        ours_accounts(lab),
        migration_lab::instruction::OursMigrate {},
    )
}
