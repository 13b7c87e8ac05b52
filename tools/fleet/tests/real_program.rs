//! What the demo's manifest calls, on the real program.

use {
    demo::{MANIFEST, client_v1::config_address, config, idl_v2, releases::release_2},
    fleet::{
        direction::Direction,
        rent::Rent,
        transition::{Roles, Stage, Transition},
    },
    solana_account::Account,
    solana_pubkey::Pubkey,
    svm_harness::{Backend, DEFAULT_LAMPORTS_PER_BYTE, Keypair, Outcome, Signer, Svm, block_on},
};

const RENT: Rent = Rent {
    lamports_per_byte: DEFAULT_LAMPORTS_PER_BYTE,
};
const FUNDS: u64 = 1_000_000_000;
const CONFIGS: u8 = 15;
/// Lamports that all configs lack.
const LACK: u64 = 48 * DEFAULT_LAMPORTS_PER_BYTE * CONFIGS as u64;

fn transition(direction: Direction) -> Transition {
    Transition::read(MANIFEST, idl_v2(), direction, None).unwrap()
}

/// A cluster with release 2, configs of release 1, and who migrates and pays.
struct RealProgram {
    svm: Svm,
    authority: Keypair,
    payer: Keypair,
    configs: Vec<Pubkey>,
}

impl RealProgram {
    async fn new(funds: u64) -> Self {
        let mut svm = Svm::start(Backend::Loader, &release_2()).await;
        let authority = svm.upgrade_authority().insecure_clone();
        let payer = Keypair::new_from_array([7; 32]);
        svm.fund(authority.pubkey(), FUNDS).await;
        svm.fund(payer.pubkey(), funds).await;
        let old = transition(Direction::Migrate).from;
        let mut configs = Vec::new();
        for number in 1..=CONFIGS {
            let owner = Pubkey::new_from_array([number; 32]);
            let account = Account {
                lamports: RENT.minimum(old.data_len),
                data: config::v1(&owner, number.into()),
                owner: transition(Direction::Migrate).program_id,
                ..Account::default()
            };
            configs.push(config_address(&owner));
            svm.set_account(config_address(&owner), account).await;
        }
        Self {
            svm,
            authority,
            payer,
            configs,
        }
    }

    async fn accounts(&mut self) -> Vec<(Pubkey, Account)> {
        let mut accounts = Vec::new();
        for address in self.configs.clone() {
            accounts.push((address, self.svm.account(address).await.unwrap()));
        }
        accounts
    }

    async fn lamports(&mut self, address: Pubkey) -> u64 {
        self.svm.account(address).await.unwrap().lamports
    }

    async fn send(&mut self, transition: &Transition, max_top_up: u64) -> Outcome {
        let accounts = self.accounts().await;
        let roles = Roles {
            authority: self.authority.pubkey(),
            payer: self.payer.pubkey(),
        };
        let instructions = transition
            .instructions(&accounts, roles, max_top_up)
            .unwrap();
        let signers = match transition.direction {
            Direction::Migrate => &[&self.authority, &self.payer][..],
            Direction::Rollback => &[&self.authority],
        };
        self.svm.send(&instructions, signers).await
    }

    /// Sends what must fail, and what is said of it.
    async fn explained(&mut self, max_top_up: u64) -> String {
        let transition = transition(Direction::Migrate);
        let outcome = self.send(&transition, max_top_up).await;
        transition.explain(&outcome.result.unwrap_err(), &outcome.logs)
    }
}

#[test]
fn all_accounts_go_there_and_back() {
    block_on(async {
        let mut scene = RealProgram::new(FUNDS).await;
        let (there, back) = (
            transition(Direction::Migrate),
            transition(Direction::Rollback),
        );
        let before = scene.accounts().await;
        let lack: u64 = before.iter().map(|(_, it)| there.shortfall(it, RENT)).sum();
        assert_eq!(lack, LACK);

        scene.send(&there, LACK).await.expect_ok();
        let after = scene.accounts().await;
        for ((_, old), (_, new)) in before.iter().zip(&after) {
            assert_eq!(there.stage(Some(new)), Stage::New);
            assert_eq!(there.differences(&old.data, &new.data), Ok(vec![]));
            assert_eq!(new.data.len() as u64, there.to.data_len);
            assert_eq!(new.lamports, RENT.minimum(there.to.data_len));
        }
        let payer = scene.payer.pubkey();
        assert_eq!(scene.lamports(payer).await, FUNDS - LACK);

        scene.send(&back, 0).await.expect_ok();
        for ((_, first), (_, last)) in before.iter().zip(&scene.accounts().await) {
            assert_eq!(back.stage(Some(last)), Stage::New);
            assert_eq!(last.data, first.data);
            assert_eq!(last.lamports, RENT.minimum(there.to.data_len));
        }
    });
}

#[test]
fn what_the_program_rejects_is_explained() {
    block_on(async {
        let mut scene = RealProgram::new(FUNDS).await;
        assert_eq!(
            scene.explained(LACK - 1).await,
            "instruction 0: TopUpAboveLimit (6028): the configs lack more rent than max_top_up: pass \
             a higher limit or fewer configs"
        );

        let (address, mut account) = scene.accounts().await.swap_remove(3);
        account.data.truncate(47);
        scene.svm.set_account(address, account.clone()).await;
        assert_eq!(
            scene.explained(LACK).await,
            "instruction 0: Truncated (6005): the config's data is shorter than its layout: it was \
             not made by this program [caused by account: remaining_accounts[3]]"
        );
        account.owner = Pubkey::new_from_array([9; 32]);
        scene.svm.set_account(address, account).await;
        assert_eq!(
            scene.explained(LACK).await,
            "instruction 0: AccountOwnedByWrongProgram (3007): The given account is owned by a \
             different program than expected [caused by account: remaining_accounts[3]]"
        );

        let mut poor = RealProgram::new(1_000_000).await;
        assert_eq!(
            poor.explained(LACK).await,
            "instruction 0: InsufficientFunds (6009): the payer has fewer lamports than the config \
             lacks to be rent-exempt: fund the payer"
        );
    });
}
