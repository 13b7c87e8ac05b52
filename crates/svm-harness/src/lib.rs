//! One test, two backends.
//!
//! [`Svm`] runs the same test body against a program's current Rust source
//! (`Backend::Native`: a validator's bank, no sBPF toolchain needed) and against its real `.so`
//! ([`Backend::Loader`]: LiteSVM, deployed and upgraded through the upgradeable loader).
//! `Backend::Native` takes the feature `native`, which brings solana-program-test and the bank; without it
//! there is the loader alone.
//!
//! ```text
//! async fn an_authority_updates_its_config(backend: Backend) {
//!     let mut svm = Svm::start(backend, &app()).await;
//!     svm.fund(authority.pubkey(), 1_000_000_000).await;
//!     svm.send(&[initialize(&authority, 7)], &[&authority]).await.expect_ok();
//! }
//!
//! svm_harness::on_both_backends!(an_authority_updates_its_config);
//! ```
//!
//! # Features of the runtime
//!
//! Clusters have mainnet's features. With the environment variable [`SWITCH`] set to `pending` they have
//! also those that mainnet has not activated yet: what a program will meet. A test in which such a feature
//! changes what is right asks [`Features::chosen`]. LiteSVM checks rents by itself, so
//! `relax_post_exec_min_balance_check` (SIMD-0392) shows natively alone; virtual address space adjustments
//! and direct mapping show in the `.so` alone.
//!
//! # What native code cannot show
//!
//! Anchor's `msg!`, `emit!` and `set_return_data` do not reach the runtime outside sBPF, compute
//! units are not metered and a stack has no 4 KiB frames. What a program writes to the data of a
//! writable account it does not own is dropped, where a cluster fails the instruction. CPI works
//! through `anchor_lang::solana_program::program::{invoke, invoke_signed}` and everything built on
//! it; `solana_cpi::invoke_signed` called directly silently does nothing.
//!
//! # Types
//!
//! Tests see one set of types. [`Pubkey`], [`Instruction`] and the account types of Anchor are those
//! of the runtime already, so nothing is converted; [`Account`], [`Keypair`], [`Signer`],
//! [`TransactionError`] and [`InstructionError`] are reexported here.

mod engine;
mod features;
mod loader;
#[cfg(feature = "native")]
mod native;
#[cfg(feature = "native")]
mod native_loader;
mod outcome;
mod program;
#[cfg(feature = "native")]
mod stubs;
mod transaction;
pub mod upgradeable_loader;

use {
    crate::{engine::Engine, loader::Loader},
    solana_rent::Rent,
};
pub use {
    crate::{
        features::{Features, SWITCH},
        outcome::Outcome,
        program::{NativeProgram, Program, call_entry},
    },
    anchor_lang::{prelude::Pubkey, solana_program::instruction::Instruction},
    solana_account::Account,
    solana_instruction_error::InstructionError,
    solana_keypair::Keypair,
    solana_packet::PACKET_DATA_SIZE,
    solana_signer::Signer,
    solana_transaction_error::TransactionError,
};

/// Rent of [`Svm::start`], in lamports per byte: what mainnet charged until it lowered its rent.
pub const DEFAULT_LAMPORTS_PER_BYTE: u64 = solana_rent::DEFAULT_LAMPORTS_PER_BYTE;

/// Makes tests of async functions that take a [`Backend`]: `native::<name>` and `loader::<name>`.
#[cfg(feature = "native")]
#[macro_export]
macro_rules! on_both_backends {
    ($($test:ident),+ $(,)?) => {
        mod native {
            $(#[test]
            fn $test() {
                $crate::block_on(super::$test($crate::Backend::Native));
            })+
        }
        mod loader {
            $(#[test]
            fn $test() {
                $crate::block_on(super::$test($crate::Backend::Loader));
            })+
        }
    };
}

/// Runs a test to its end on this thread; `on_both_backends!` does it for each of its tests.
pub fn block_on<T>(test: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a tokio runtime")
        .block_on(test)
}

/// What executes a test's transactions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// The program's Rust source, compiled for this machine.
    #[cfg(feature = "native")]
    Native,
    /// The program's `.so`, run by the real loader.
    Loader,
}

impl Backend {
    /// Every backend.
    #[cfg(feature = "native")]
    pub const ALL: [Backend; 2] = [Backend::Native, Backend::Loader];
}

/// A cluster of one test, in this process.
///
/// Every transaction's fee is paid by an account of the harness, so lamports of the test's accounts
/// change only by what programs do.
pub struct Svm {
    engine: Box<dyn Engine>,
    rent: Rent,
    upgrade_authority: Keypair,
}

impl Svm {
    /// A cluster with `program` deployed, with a rent of [`DEFAULT_LAMPORTS_PER_BYTE`].
    ///
    /// # Panics
    ///
    /// Panics with the logs if the program cannot be deployed.
    pub async fn start(backend: Backend, program: &Program) -> Svm {
        Self::start_with_rent(backend, program, DEFAULT_LAMPORTS_PER_BYTE).await
    }

    /// [`start`](Self::start) with a rent of `lamports_per_byte`.
    pub async fn start_with_rent(
        backend: Backend,
        program: &Program,
        lamports_per_byte: u64,
    ) -> Svm {
        let rent = rent(lamports_per_byte);
        let engine: Box<dyn Engine> = match backend {
            #[cfg(feature = "native")]
            Backend::Native => Box::new(native::Native::start(&rent).await),
            Backend::Loader => Box::new(Loader::start(&rent)),
        };
        let mut svm = Svm {
            engine,
            rent,
            upgrade_authority: transaction::upgrade_authority(),
        };
        svm.deploy(program).await;
        svm
    }

    /// Deploys a further program. It is callable when this returns, a slot later.
    ///
    /// # Panics
    ///
    /// Panics with the logs if the program cannot be deployed, or if its id is taken.
    pub async fn deploy(&mut self, program: &Program) {
        self.engine.deploy(program);
    }

    /// Replaces the release deployed at `program.id`. The new one is callable when this returns, a
    /// slot later, or two if the loader had to extend the program first. Accounts stay as they are.
    ///
    /// # Panics
    ///
    /// Panics with the logs if the program cannot be upgraded, or if none is deployed there.
    pub async fn upgrade(&mut self, program: &Program) {
        self.engine.upgrade(program);
    }

    /// The upgrade authority of every program deployed here. It has no lamports until it is funded.
    pub fn upgrade_authority(&self) -> &Keypair {
        &self.upgrade_authority
    }

    /// Executes one transaction, its signatures verified. Sending the same again is a new
    /// transaction. A signature missing from `signers` makes it fail as it would on a cluster.
    ///
    /// # Panics
    ///
    /// Panics if no instruction asks for one of the `signers`, or if the transaction has more than
    /// 1,232 bytes: no client could send it.
    #[must_use = "a failed transaction shows in its outcome only"]
    pub async fn send(&mut self, instructions: &[Instruction], signers: &[&Keypair]) -> Outcome {
        self.send_paid_by(&transaction::fee_payer(), instructions, signers)
            .await
    }

    /// [`send`](Self::send) with the fee, 5,000 lamports per signature, and the place of an account
    /// taken from `fee_payer`: the whole of a transaction's bytes is the test's.
    ///
    /// # Panics
    ///
    /// As [`send`](Self::send) does.
    #[must_use = "a failed transaction shows in its outcome only"]
    pub async fn send_paid_by(
        &mut self,
        fee_payer: &Keypair,
        instructions: &[Instruction],
        signers: &[&Keypair],
    ) -> Outcome {
        let blockhash = self.engine.blockhash();
        self.engine.process(transaction::signed(
            fee_payer,
            instructions,
            signers,
            blockhash,
        ))
    }

    /// The account, or `None` if it has 0 lamports.
    pub async fn account(&mut self, address: Pubkey) -> Option<Account> {
        self.engine
            .account(&address)
            .filter(|account| account.lamports > 0)
    }

    /// Writes an account past all rules. For accounts no program makes: hostile ones.
    pub async fn set_account(&mut self, address: Pubkey, account: Account) {
        self.engine.set_account(address, account);
    }

    /// Transfers `lamports` from the harness to the account.
    ///
    /// # Panics
    ///
    /// Panics if the cluster rejects it, as it does when a new account would stay below its rent.
    pub async fn fund(&mut self, address: Pubkey, lamports: u64) {
        let transfer = solana_system_interface::instruction::transfer(
            &transaction::fee_payer().pubkey(),
            &address,
            lamports,
        );
        self.send(&[transfer], &[]).await.expect_ok();
    }

    /// Changes the cluster's rent: the sysvar that programs read and the runtime's own check.
    ///
    /// A native bank cannot change its rent, so another takes over in the next slot, with the programs
    /// and all accounts a transaction or [`set_account`](Self::set_account) ever named.
    pub async fn set_rent(&mut self, lamports_per_byte: u64) {
        self.rent = rent(lamports_per_byte);
        self.engine.set_rent(&self.rent);
    }

    /// The least lamports with which an account of `data_len` bytes is rent-exempt.
    pub fn rent_exempt_minimum(&self, data_len: usize) -> u64 {
        self.rent.minimum_balance(data_len)
    }
}

/// The least lamports with which an account of `data_len` bytes is rent-exempt at a rent of
/// `lamports_per_byte`.
pub fn rent_exempt_minimum(data_len: usize, lamports_per_byte: u64) -> u64 {
    rent(lamports_per_byte).minimum_balance(data_len)
}

fn rent(lamports_per_byte: u64) -> Rent {
    Rent {
        lamports_per_byte,
        ..Rent::default()
    }
}
