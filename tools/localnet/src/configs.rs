//! Many accounts that release 1 made: the instructions are the release-1 client's, the program is the one
//! deployed here, and each config has its own authority.

use {
    crate::cluster::Localnet,
    anyhow::{Context, Result, bail},
    demo::{client_v1, key::key},
    solana_account::Account,
    solana_message::{Message, VersionedMessage},
    solana_signature::Signature,
    solana_transaction::versioned::VersionedTransaction,
    std::ops::Range,
    surfpool_core::litesvm::LiteSVM,
    svm_harness::{DEFAULT_LAMPORTS_PER_BYTE, Keypair, Pubkey, Signer},
};

/// Rent, in lamports per byte, since mainnet lowered it in October 2026.
pub const LOWERED_LAMPORTS_PER_BYTE: u64 = 5_080;

/// Configs made by one transaction: two accounts each, of the 64 that a transaction may lock.
const PER_TRANSACTION: usize = 30;
/// Lamports of each authority before it pays its config's rent.
const AUTHORITY_FUNDS: u64 = 10_000_000;

/// The configs to make. The config of index `i` has the value `i`.
#[derive(Clone, Copy, Debug)]
pub struct Configs {
    /// Chooses the authorities: the same seed, the same addresses.
    pub seed: u64,
    /// Made while rent was what it used to be, so that they need no lamports for a longer layout of at
    /// most 65 bytes more.
    pub before_rent_fell: usize,
    /// Made afterwards.
    pub since_rent_fell: usize,
}

impl Configs {
    /// So many configs, half of them made before rent fell.
    pub fn half_before_rent_fell(seed: u64, count: usize) -> Self {
        Self {
            seed,
            before_rent_fell: count / 2,
            since_rent_fell: count - count / 2,
        }
    }

    pub fn count(&self) -> usize {
        self.before_rent_fell + self.since_rent_fell
    }

    /// The authority of the config of this index.
    pub fn authority(&self, index: usize) -> Keypair {
        key(&format!("{} {index}", self.seed))
    }
}

impl Localnet {
    /// Makes the configs, with release 1 deployed. Rent is [`LOWERED_LAMPORTS_PER_BYTE`] afterwards.
    ///
    /// The transactions are executed by the cluster's own SVM, not verified and not queued: no block has
    /// them.
    ///
    /// # Errors
    /// When release 1 rejects one, as it does when the config exists.
    pub fn make_configs(&self, configs: &Configs) -> Result<()> {
        self.set_rent(DEFAULT_LAMPORTS_PER_BYTE);
        self.make(configs, 0..configs.before_rent_fell)?;
        self.set_rent(LOWERED_LAMPORTS_PER_BYTE);
        self.make(configs, configs.before_rent_fell..configs.count())
    }

    fn make(&self, configs: &Configs, indices: Range<usize>) -> Result<()> {
        let payer = self.upgrade_authority().pubkey();
        let indices: Vec<usize> = indices.collect();
        for chunk in indices.chunks(PER_TRANSACTION) {
            let authorities: Vec<Pubkey> = chunk
                .iter()
                .map(|&index| configs.authority(index).pubkey())
                .collect();
            let instructions: Vec<_> = authorities
                .iter()
                .zip(chunk)
                .map(|(authority, &index)| client_v1::initialize(authority, index as u64))
                .collect();
            let message = Message::new(&instructions, Some(&payer));
            self.node
                .svm
                .with_svm_writer(move |svm| execute(&mut svm.inner.svm, &authorities, message))?;
        }
        Ok(())
    }
}

fn execute(svm: &mut LiteSVM, authorities: &[Pubkey], message: Message) -> Result<()> {
    for authority in authorities {
        let account = Account {
            lamports: AUTHORITY_FUNDS,
            ..Account::default()
        };
        svm.set_account(*authority, account)
            .with_context(|| format!("{authority} was not funded"))?;
    }
    let signatures = vec![Signature::default(); message.header.num_required_signatures.into()];
    let transaction = VersionedTransaction {
        signatures,
        message: VersionedMessage::Legacy(message),
    };
    if let Err(failed) = svm.send_transaction(transaction) {
        bail!("release 1 made no configs: {}", failed.err);
    }
    Ok(())
}
