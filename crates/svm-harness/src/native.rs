use {
    crate::{
        Features, Outcome, Program,
        engine::Engine,
        native_loader::{self, Code},
        stubs,
        transaction::{FEE_PAYER_LAMPORTS, fee_payer, upgrade_authority},
    },
    anchor_lang::prelude::Pubkey,
    solana_account::{Account, AccountSharedData, ReadableAccount},
    solana_accounts_db::accounts_db::ACCOUNTS_DB_CONFIG_FOR_TESTING,
    solana_cluster_type::ClusterType,
    solana_fee_calculator::FeeRateGovernor,
    solana_hash::Hash,
    solana_loader_v3_interface::{get_program_data_address, state::UpgradeableLoaderState},
    solana_native_token::LAMPORTS_PER_SOL,
    solana_program_binaries::{core_bpf_programs, spl_programs},
    solana_rent::Rent,
    solana_runtime::{
        bank::Bank, bank_forks::BankForks, genesis_utils::create_genesis_config_with_leader_ex,
        runtime_config::RuntimeConfig,
    },
    solana_sdk_ids::{bpf_loader_upgradeable, native_loader as builtins, sysvar},
    solana_signer::Signer,
    solana_transaction::Transaction,
    std::{
        collections::BTreeSet,
        sync::{Arc, RwLock},
    },
};

/// A validator's bank, set up as solana-program-test does it but for three things a test must choose:
/// the rent, mainnet's features and the upgradeable loader.
pub struct Native {
    bank: Arc<Bank>,
    /// Owns the banks; their program cache looks slots up in it.
    forks: Arc<RwLock<BankForks>>,
    code: Code,
    /// Accounts to carry over when the bank is replaced.
    touched: BTreeSet<Pubkey>,
}

impl Native {
    pub async fn start(rent: &Rent) -> Self {
        stubs::install().await;
        let (bank, forks) = genesis(rent, 1);
        Self {
            bank,
            forks,
            code: Code::new(),
            touched: BTreeSet::new(),
        }
    }

    /// Goes to the next slot and writes the accounts the loader would have written in this one.
    fn install(&mut self, program: &Program) {
        let native = program.native.unwrap_or_else(|| {
            panic!(
                "{}: its Rust source is not here, run it with Backend::Loader",
                program.name
            )
        });
        self.code.insert(program.id, native);
        let programdata_address = get_program_data_address(&program.id);
        let deployed_in = self.bank.slot();
        self.next_slot();
        self.set_loader_account(
            program.id,
            true,
            &UpgradeableLoaderState::Program {
                programdata_address,
            },
        );
        self.set_loader_account(
            programdata_address,
            false,
            &UpgradeableLoaderState::ProgramData {
                slot: deployed_in,
                upgrade_authority_address: Some(upgrade_authority().pubkey()),
            },
        );
    }

    fn set_loader_account(
        &mut self,
        address: Pubkey,
        executable: bool,
        state: &UpgradeableLoaderState,
    ) {
        let data = wincode::serialize(state).expect("a loader state");
        let account = Account {
            lamports: self.bank.get_minimum_balance_for_rent_exemption(data.len()),
            data,
            owner: bpf_loader_upgradeable::ID,
            executable,
            rent_epoch: u64::MAX,
        };
        self.set_account(address, account);
    }

    fn next_slot(&mut self) {
        let next = child(&self.bank, self.bank.slot() + 1);
        self.bank = insert(&self.forks, next);
    }
}

impl Engine for Native {
    fn blockhash(&mut self) -> Hash {
        self.bank.register_unique_recent_blockhash_for_test();
        self.bank.last_blockhash()
    }

    fn process(&mut self, transaction: Transaction) -> Outcome {
        self.touched
            .extend(transaction.message.account_keys.iter().copied());
        // A bank leaves this to the stage before it.
        if let Err(error) = transaction.verify() {
            return Outcome {
                result: Err(error),
                compute_units: 0,
                logs: Vec::new(),
            };
        }
        let processed = native_loader::with_code(&self.code, || {
            self.bank.process_transaction_with_metadata(transaction)
        });
        match processed {
            Ok(processed) => Outcome {
                result: processed.status,
                compute_units: processed.executed_units,
                logs: processed.log_messages.unwrap_or_default(),
            },
            Err(error) => Outcome {
                result: Err(error),
                compute_units: 0,
                logs: Vec::new(),
            },
        }
    }

    fn account(&self, address: &Pubkey) -> Option<Account> {
        self.bank.get_account(address).map(Account::from)
    }

    fn set_account(&mut self, address: Pubkey, account: Account) {
        self.touched.insert(address);
        self.bank
            .store_account(&address, &AccountSharedData::from(account));
    }

    fn deploy(&mut self, program: &Program) {
        assert!(
            self.account(&program.id).is_none(),
            "{}: something is deployed at {} already",
            program.name,
            program.id
        );
        self.install(program);
    }

    fn upgrade(&mut self, program: &Program) {
        assert!(
            self.code.contains_key(&program.id),
            "{}: nothing is deployed at {}",
            program.name,
            program.id
        );
        self.install(program);
    }

    /// A bank's own rent is fixed in its genesis, so a bank with another genesis takes over.
    fn set_rent(&mut self, rent: &Rent) {
        let (bank, forks) = genesis(rent, self.bank.slot() + 1);
        for address in &self.touched {
            let Some(account) = self.bank.get_account(address) else {
                continue;
            };
            if *account.owner() != sysvar::ID && *account.owner() != builtins::ID {
                bank.store_account(address, &account);
            }
        }
        self.bank = bank;
        self.forks = forks;
    }
}

/// A bank in `slot` whose cluster has always had `rent`. It has all slots up to `slot`, because the
/// program cache ignores a program deployed in a slot its bank does not descend from.
fn genesis(rent: &Rent, slot: u64) -> (Arc<Bank>, Arc<RwLock<BankForks>>) {
    let features = Features::chosen().set();
    let config = create_genesis_config_with_leader_ex(
        FEE_PAYER_LAMPORTS,
        &fee_payer().pubkey(),
        &Pubkey::new_unique(),
        &Pubkey::new_unique(),
        &Pubkey::new_unique(),
        None,
        1_000_000 * LAMPORTS_PER_SOL,
        LAMPORTS_PER_SOL,
        FeeRateGovernor::default(),
        rent.clone(),
        ClusterType::Development,
        &features,
        Vec::new(),
    );
    let bank = Bank::new_from_genesis(
        &config,
        Arc::new(RuntimeConfig::default()),
        Vec::new(),
        None,
        ACCOUNTS_DB_CONFIG_FOR_TESTING,
        None,
        None,
        Arc::default(),
        None,
        None,
    );
    let programs = spl_programs(rent)
        .into_iter()
        .chain(core_bpf_programs(rent, |id| features.is_active(id)));
    for (address, account) in programs {
        bank.store_account(&address, &account);
    }
    bank.add_builtin(
        bpf_loader_upgradeable::ID,
        "upgradeable_loader",
        native_loader::cache_entry(),
    );
    bank.set_capitalization_for_tests(bank.calculate_capitalization_for_tests());

    let forks = BankForks::new_rw_arc(bank);
    let mut bank = forks.read().expect("unpoisoned").root_bank();
    for slot in 1..=slot {
        bank = insert(&forks, child(&bank, slot));
    }
    (bank, forks)
}

fn child(parent: &Arc<Bank>, slot: u64) -> Bank {
    parent.fill_bank_with_ticks_for_tests();
    Bank::new_from_parent(parent.clone(), *parent.leader(), slot)
}

fn insert(forks: &RwLock<BankForks>, bank: Bank) -> Arc<Bank> {
    forks
        .write()
        .expect("unpoisoned")
        .insert(bank)
        .clone_without_scheduler()
}
