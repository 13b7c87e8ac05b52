//! `migrate` next to Anchor's own `Migration` and `realloc` doing the same work.

use {
    crate::instructions,
    anchor_lang::{InstructionData, ToAccountMetas, solana_program::system_program},
    support::{client_v1, client_v2, releases::newest_as_released, workspace::in_workspace},
    svm_harness::{Account, Backend, Instruction, Keypair, Program, Pubkey, Signer, Svm},
};

/// What `migrate` may cost at most, in percent of Anchor's.
pub const BUDGET_PERCENT: u64 = 75;

pub struct Comparison {
    pub name: &'static str,
    /// Compute units of `migrate`.
    pub ours: u64,
    /// Compute units of Anchor's own `Migration` and `realloc`.
    pub anchors: u64,
}

impl Comparison {
    pub fn within_budget(&self) -> bool {
        self.ours * 100 <= self.anchors * BUDGET_PERCENT
    }
}

pub async fn compare() -> Vec<Comparison> {
    let mut svm = Svm::start(Backend::Loader, &newest_as_released()).await;
    svm.deploy(&lab()).await;
    let authority = instructions::authority();
    svm.fund(authority.pubkey(), 10_000_000_000).await;
    let address = authority.pubkey();
    let config = client_v1::config_address(&address);

    let mut rows = Vec::new();
    for (name, donated) in [
        ("rent is missing", 0),
        ("no rent is missing", 1_000_000_000),
    ] {
        let initialize = client_v1::initialize(&address, 1);
        svm.send(&[initialize], &[&authority]).await.expect_ok();
        if donated > 0 {
            svm.fund(config, donated).await;
        }
        let unmigrated = svm.account(config).await.expect("initialize made it");
        let ours = cost(
            &mut svm,
            client_v2::migrate(&config, &address, &address),
            &authority,
        )
        .await;
        let migrated = svm.account(config).await.expect("migrate keeps it");
        let close = client_v1::close(&address);
        svm.send(&[close], &[&authority]).await.expect_ok();

        // The same account, owned by the program that uses Anchor's type.
        let twin = config_of_lab();
        let owned_by_lab = Account {
            owner: migration_lab::ID,
            ..unmigrated
        };
        svm.set_account(twin, owned_by_lab).await;
        let anchors = cost(&mut svm, anchor_migrate(twin, address), &authority).await;
        let result = svm.account(twin).await.expect("Anchor keeps it");
        assert_eq!(
            (&result.data, result.lamports),
            (&migrated.data, migrated.lamports),
            "the two do not do the same work"
        );
        rows.push(Comparison {
            name,
            ours,
            anchors,
        });
    }
    rows
}

async fn cost(svm: &mut Svm, instruction: Instruction, signer: &Keypair) -> u64 {
    svm.send(&[instruction], &[signer])
        .await
        .expect_ok()
        .compute_units
}

fn config_of_lab() -> Pubkey {
    support::key::key("lab config").pubkey()
}

fn anchor_migrate(config: Pubkey, authority: Pubkey) -> Instruction {
    let mut accounts = migration_lab::accounts::AnchorMigrate {
        config,
        authority,
        payer: authority,
        system_program: system_program::ID,
        program_data: None,
    }
    .to_account_metas(None);
    accounts.truncate(4);
    Instruction {
        program_id: migration_lab::ID,
        accounts,
        data: migration_lab::instruction::AnchorMigrate {}.data(),
    }
}

fn lab() -> Program {
    Program {
        id: migration_lab::ID,
        name: "migration-lab".to_owned(),
        native: None,
        elf: in_workspace("tests/fixtures/migration_lab.so"),
    }
}
