//! What the fleet asks of a cluster. [`rpc`] asks a node over JSON-RPC.
//!
//! A cluster is not to be trusted with time: an answer may be late, stale or lost, and what was sent may
//! land although the answer was an error. Every answer about accounts or signatures therefore says at
//! which slot it was true.

pub mod rpc;

use {
    solana_account::Account,
    solana_hash::Hash,
    solana_pubkey::Pubkey,
    solana_signature::Signature,
    solana_transaction::versioned::VersionedTransaction,
    solana_transaction_error::TransactionError,
    std::{future::Future, time::Duration},
    thiserror::Error,
};

/// Most accounts that one call of [`Cluster::accounts`] may ask for.
pub const MAX_ACCOUNTS_PER_CALL: usize = 100;
/// Most signatures that one call of [`Cluster::statuses`] may ask for.
pub const MAX_SIGNATURES_PER_CALL: usize = 256;
/// Blocks after which a transaction can no longer land.
pub const BLOCKHASH_LIFETIME: u64 = 150;
/// Blocks whose transactions every node knows without looking into its ledger.
pub const RECENT_BLOCKS: u64 = 300;

/// How sure the cluster is of a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Commitment {
    /// Voted for by two thirds of the stake; rolled back only in an extraordinary event.
    Confirmed,
    /// Never rolled back.
    Finalized,
}

/// Where a node looks for a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// Among those of the last [`RECENT_BLOCKS`], which it has in memory.
    Recent,
    /// In its whole ledger, which providers charge more for.
    Ledger,
}

/// An answer and the slot at which it was true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At<T> {
    pub slot: u64,
    pub value: T,
}

/// A blockhash and the last block height at which a transaction that names it can land.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LatestBlockhash {
    pub hash: Hash,
    pub last_valid_block_height: u64,
}

/// How long the chain is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Height {
    pub slot: u64,
    /// Blocks below this slot; slots without a block do not count.
    pub block_height: u64,
}

/// Which accounts of a program are listed: those that begin with `discriminator`, and further.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    pub program_id: Pubkey,
    pub discriminator: Vec<u8>,
    /// Bytes of account data, when only accounts of exactly this length are wanted.
    pub data_len: Option<u64>,
    /// Bytes that the account's data must hold at this offset: a part of the key space.
    pub partition: Option<(u64, Vec<u8>)>,
    pub commitment: Commitment,
}

/// A part of a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub slot: u64,
    pub accounts: Vec<(Pubkey, Account)>,
    /// Where the next page begins; `None` behind the last.
    pub next: Option<String>,
}

/// What a transaction would do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Simulation {
    /// The slot that it saw.
    pub slot: u64,
    pub error: Option<TransactionError>,
    pub logs: Vec<String>,
    pub compute_units: u64,
    /// The accounts that were asked for, as the transaction would leave them.
    pub accounts: Vec<Option<Account>>,
}

/// What the cluster knows of a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The slot in which the transaction landed.
    pub slot: u64,
    pub error: Option<TransactionError>,
    /// `None` while fewer than two thirds of the stake voted for the slot.
    pub commitment: Option<Commitment>,
}

/// A finalized transaction as the ledger has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Landed {
    pub slot: u64,
    /// Lamports.
    pub fee: u64,
    pub error: Option<TransactionError>,
    /// Every account of the transaction with its lamports before and after.
    pub balances: Vec<(Pubkey, u64, u64)>,
}

/// Why a node did not do what it was asked.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ClusterError {
    /// No answer, too many requests, a node that fails or is behind: the same request may succeed later.
    /// What it was to do may have happened.
    #[error("{message}")]
    Transient {
        message: String,
        /// How long the node asks to be left alone.
        retry_after: Option<Duration>,
    },
    /// The node answers that the request is too large for it: ask for less at once.
    #[error("{0}")]
    TooLarge(String),
    /// The node does not know the method.
    #[error("{0}")]
    Unsupported(String),
    /// The node will answer the same again.
    #[error("{0}")]
    Rejected(String),
    /// The transaction failed in the node's simulation before it was sent on: it was not sent.
    #[error("{error}")]
    Preflight {
        error: TransactionError,
        logs: Vec<String>,
    },
}

pub type Answer<T> = Result<T, ClusterError>;

/// A cluster behind any transport. Calls do one request each and do not repeat it.
pub trait Cluster: Send + Sync {
    /// Which cluster this is.
    fn genesis_hash(&self) -> impl Future<Output = Answer<Hash>> + Send;

    fn height(&self, commitment: Commitment) -> impl Future<Output = Answer<Height>> + Send;

    /// At [`Commitment::Confirmed`].
    fn latest_blockhash(&self) -> impl Future<Output = Answer<LatestBlockhash>> + Send;

    /// Lamports that make an account with `data_len` bytes rent-exempt.
    fn rent_exempt_minimum(&self, data_len: u64) -> impl Future<Output = Answer<u64>> + Send;

    /// All accounts that match, in one answer.
    fn program_accounts(
        &self,
        query: &Query,
    ) -> impl Future<Output = Answer<At<Vec<(Pubkey, Account)>>>> + Send;

    /// The page of at most `limit` accounts that begins at `cursor`; [`ClusterError::Unsupported`] where
    /// the node cannot page.
    fn program_accounts_page(
        &self,
        query: &Query,
        cursor: Option<&str>,
        limit: usize,
    ) -> impl Future<Output = Answer<Page>> + Send;

    /// At most [`MAX_ACCOUNTS_PER_CALL`] accounts, not older than `min_slot`.
    fn accounts(
        &self,
        addresses: &[Pubkey],
        commitment: Commitment,
        min_slot: u64,
    ) -> impl Future<Output = Answer<At<Vec<Option<Account>>>>> + Send;

    /// The first `len` bytes of one account's data.
    fn account_start(
        &self,
        address: &Pubkey,
        len: usize,
        commitment: Commitment,
    ) -> impl Future<Output = Answer<At<Option<Vec<u8>>>>> + Send;

    /// Runs the transaction without sending it, at [`Commitment::Confirmed`], whatever its signatures
    /// and blockhash are.
    fn simulate(
        &self,
        transaction: &VersionedTransaction,
        accounts: &[Pubkey],
    ) -> impl Future<Output = Answer<Simulation>> + Send;

    /// Simulates the transaction and sends it on. That a transaction landed already is not an error.
    fn send(&self, transaction: &VersionedTransaction) -> impl Future<Output = Answer<()>> + Send;

    /// At most [`MAX_SIGNATURES_PER_CALL`] signatures.
    fn statuses(
        &self,
        signatures: &[Signature],
        lookup: Lookup,
    ) -> impl Future<Output = Answer<At<Vec<Option<Status>>>>> + Send;

    /// Micro-lamports per compute unit that transactions which write to these accounts paid lately.
    fn recent_prioritization_fees(
        &self,
        addresses: &[Pubkey],
    ) -> impl Future<Output = Answer<Vec<u64>>> + Send;

    /// Finalized transactions that named the account in slots above `after_slot`, newest first.
    fn signatures_of(
        &self,
        address: &Pubkey,
        after_slot: u64,
    ) -> impl Future<Output = Answer<Vec<Signature>>> + Send;

    /// A finalized transaction; `None` when there is none or the node no longer has it.
    fn transaction(
        &self,
        signature: &Signature,
    ) -> impl Future<Output = Answer<Option<Landed>>> + Send;
}
